//! What the caller believes about a day, and whether a live solver believes the same.

use crate::wishes::{Wish, edits};
use milkrun::Error;
use milkrun::measure::{Cost, DimensionId, OrderId, PlaceId, ProfileId, VehicleTypeId};
use milkrun::model::{Group, Model, Order};
use milkrun::plan::{Plan, RouteDraft, Unserved};
use milkrun::problem::Problem;
use milkrun::solve::{Applied, LiveSolver};
use milkrun::travel::Travel;
use std::sync::Arc;

/// What the caller believes about a day: the model of it, with a hole where an order was cancelled.
#[derive(Clone)]
pub(crate) struct Ledger {
    pub(crate) model: Model,
    pub(crate) orders: Vec<Option<Order>>,
    /// The ids of pickup and drop-off.
    pub(crate) pairs: Vec<[usize; 2]>,
    pub(crate) groups: Vec<(Vec<usize>, Option<Cost>)>,
    pub(crate) counts: Vec<Option<u32>>,
    pub(crate) travel: Arc<dyn Travel + Send>,
}

impl Ledger {
    pub(crate) fn new(model: &Model, travel: Arc<dyn Travel + Send>) -> Self {
        Self {
            orders: model.orders().iter().cloned().map(Some).collect(),
            pairs: model
                .pairs()
                .iter()
                .map(|p| [p.pickup.index(), p.drop_off.index()])
                .collect(),
            groups: model
                .groups()
                .iter()
                .map(|group| {
                    let orders = group.orders.iter().map(|order| order.index());
                    (orders.collect(), group.price)
                })
                .collect(),
            counts: model.vehicle_types().iter().map(|t| t.count).collect(),
            model: model.clone(),
            travel,
        }
    }

    /// The day as one would state it now, and which of its orders each id is.
    fn stated(&self) -> (Model, Vec<Option<OrderId>>) {
        let mut model = Model::new();
        for name in self.model.dimensions() {
            model.add_dimension(name.clone());
        }
        for depot in self.model.depots() {
            model.add_depot(depot.clone());
        }
        for (vehicle_type, count) in self.model.vehicle_types().iter().zip(&self.counts) {
            let mut vehicle_type = vehicle_type.clone();
            vehicle_type.count = *count;
            model.add_vehicle_type(vehicle_type);
        }
        for carrier in self.model.carriers() {
            model.add_carrier(carrier.clone());
        }
        let mut ids = vec![None; self.orders.len()];
        for (slot, order) in self.orders.iter().enumerate() {
            let Some(order) = order.as_ref().filter(|_| ids[slot].is_none()) else {
                continue;
            };
            if let Some([from, to]) = self.pairs.iter().find(|pair| pair.contains(&slot)) {
                let half = |slot: &usize| self.orders[*slot].clone().expect("a pair is whole");
                let (pickup, drop_off) = model.add_pair(half(from), half(to));
                (ids[*from], ids[*to]) = (Some(pickup), Some(drop_off));
            } else {
                ids[slot] = Some(model.add_order(order.clone()));
            }
        }
        for (orders, price) in &self.groups {
            let orders = orders.iter().map(|slot| ids[*slot].expect("it is there"));
            let mut group = Group::of(orders);
            group.price = *price;
            model.add_group(group);
        }
        (model, ids)
    }

    /// Orders are gone, and with them what they were to others.
    fn let_go(&mut self) {
        let orders = &mut self.orders;
        self.pairs.retain(|pair| {
            let whole = pair.iter().all(|slot| orders[*slot].is_some());
            if !whole {
                for slot in pair {
                    orders[*slot] = None;
                }
            }
            whole
        });
        for (group, _) in &mut self.groups {
            group.retain(|slot| orders[*slot].is_some());
        }
        self.groups.retain(|(group, _)| !group.is_empty());
    }

    pub(crate) fn alive(&self) -> Vec<OrderId> {
        let there = |(id, order): (usize, &Option<Order>)| order.as_ref().map(|_| OrderId::new(id));
        self.orders.iter().enumerate().filter_map(there).collect()
    }
}

/// What the ledger says after the wishes, where orders that are added get these ids; `None` where an id names nothing.
pub(crate) fn grant(
    ledger: &Ledger,
    wishes: &[Wish],
    mut ids: impl Iterator<Item = usize>,
) -> Option<Ledger> {
    let mut after = ledger.clone();
    let mut added: Vec<(usize, Order)> = Vec::new();
    let (mut pairs, mut groups) = (Vec::new(), Vec::new());
    let mut add = |order: Order| {
        let id = ids.next().expect("an id for each order added");
        added.push((id, order));
        id
    };
    for wish in wishes {
        match wish.clone() {
            Wish::Add(order) => {
                add(order);
            }
            Wish::AddPair(pair) => pairs.push(pair.map(&mut add)),
            Wish::AddGroup(orders, price) => {
                groups.push((orders.into_iter().map(&mut add).collect(), price));
            }
            Wish::Cancel(id) => {
                after.orders.get_mut(id.index())?.take()?;
            }
            Wish::Change(id, order) => {
                after
                    .orders
                    .get_mut(id.index())?
                    .as_mut()?
                    .clone_from(&order);
            }
            Wish::Vehicles(id, count) => *after.counts.get_mut(id.index())? = count,
            Wish::Travel(travel) => after.travel = travel,
        }
    }
    after.let_go();
    for (id, order) in added {
        let slots = after.orders.len().max(id + 1);
        after.orders.resize(slots, None);
        assert_eq!(
            ledger.orders.get(id).cloned().flatten(),
            None,
            "the id named something"
        );
        after.orders[id] = Some(order);
    }
    after.pairs.extend(pairs);
    after.groups.extend(groups);
    Some(after)
}

/// Applies wishes, and checks all that must hold whether they are granted or refused.
pub(crate) fn apply(
    live: &mut LiveSolver,
    ledger: &mut Ledger,
    wishes: &[Wish],
) -> Result<Applied, Error> {
    let before = live.plan();
    let lawful = grant(ledger, wishes, ledger.orders.len()..)
        .map(|after| Problem::new(&after.stated().0, &after.travel))
        .is_some_and(|fresh| fresh.is_ok());
    let answer = live.apply(edits(wishes));
    match &answer {
        Err(error) => {
            assert!(!lawful, "refused, but a fresh problem is not: {error}");
            assert!(!error.issues().is_empty());
            assert_eq!(live.plan(), before, "a refused edit changes nothing");
        }
        Ok(applied) => {
            assert!(lawful, "a fresh problem would be refused");
            let ids = applied.added.iter().map(|id| id.index());
            *ledger = grant(ledger, wishes, ids).expect("what was granted names orders");
            let plan = live.plan();
            let handed = plan
                .hand_overs()
                .iter()
                .flat_map(|h| &h.orders)
                .map(|h| h.order);
            let off = plan.unserved().iter().map(Unserved::order).chain(handed);
            let lead = |order: OrderId| live.problem().alternatives(order).fold(order, Ord::min);
            let mut off: Vec<OrderId> = off.map(lead).collect();
            off.sort_unstable();
            assert_eq!(applied.unserved, off);
        }
    }
    agrees(live, ledger);
    answer
}

/// The live problem is the one that the ledger states, and its plan is sound on either.
pub(crate) fn agrees(live: &LiveSolver, ledger: &Ledger) {
    let (model, ids) = ledger.stated();
    let fresh = Problem::new(&model, &ledger.travel).expect("what was granted is sound");
    same_facts(live.problem(), &fresh, &ids);
    let plan = live.plan();
    assert_eq!(plan.check(live.problem()), []);
    let renamed = plan.drafts().into_iter().map(|draft| {
        let stops = draft
            .stops
            .iter()
            .map(|o| ids[o.index()].expect("it is on a route"));
        RouteDraft {
            stops: stops.collect(),
            ..draft.clone()
        }
    });
    let again = Plan::new(&fresh, renamed.collect());
    assert_eq!(again.check(&fresh), []);
    assert_eq!(again.cost(), plan.cost());
    assert_eq!(again.order_count(), plan.order_count());
    let reasons =
        |plan: &Plan| -> Vec<String> { plan.unserved().iter().map(ToString::to_string).collect() };
    let mut pair = [reasons(&plan), reasons(&again)];
    for reasons in &mut pair {
        reasons.sort();
    }
    assert_eq!(pair[0], pair[1]);
}

/// Every fact that one can ask a problem for is the same.
fn same_facts(live: &Problem, fresh: &Problem, ids: &[Option<OrderId>]) {
    assert!(live.order_count() >= ids.len());
    let alive: Vec<(OrderId, OrderId)> = ids
        .iter()
        .enumerate()
        .filter_map(|(id, there)| Some((OrderId::new(id), (*there)?)))
        .collect();
    assert!(live.orders().eq(alive.iter().map(|(id, _)| *id)));
    // Tables may keep rows of orders that are gone, and with them a leg that is not as long as the leg back.
    let mut shape = *live.shape();
    assert!(!shape.symmetric || fresh.shape().symmetric);
    shape.symmetric = fresh.shape().symmetric;
    assert_eq!(&shape, fresh.shape());
    assert_eq!(live.fleet(), fresh.fleet());
    for (here, there) in &alive {
        assert_eq!(live.order(*here), fresh.order(*there));
        assert_eq!(live.names().order(*here), fresh.names().order(*there));
        for d in (0..fresh.dimension_count()).map(DimensionId::new) {
            assert_eq!(live.quantity(*here, d), fresh.quantity(*there, d));
        }
        for vehicle_type in (0..fresh.fleet().len()).map(VehicleTypeId::new) {
            let may_carry = live.may_carry(vehicle_type, *here);
            assert_eq!(may_carry, fresh.may_carry(vehicle_type, *there));
        }
        let renamed = |order: OrderId| ids[order.index()].expect("it is there");
        assert_eq!(live.price(*here), fresh.price(*there));
        assert_eq!(live.mate(*here).map(renamed), fresh.mate(*there));
        let others = live.alternatives(*here).map(renamed);
        assert!(others.eq(fresh.alternatives(*there)));
    }
    let depots = (0..fresh.depot_count()).map(PlaceId::new).map(|d| (d, d));
    let orders = alive
        .iter()
        .map(|(a, b)| (live.order_place(*a), fresh.order_place(*b)));
    let places: Vec<(PlaceId, PlaceId)> = depots.chain(orders).collect();
    for profile in (0..fresh.profile_count()).map(ProfileId::new) {
        for (a, b) in &places {
            for (c, d) in &places {
                assert_eq!(live.leg(profile, *a, *c), fresh.leg(profile, *b, *d));
            }
        }
    }
}
