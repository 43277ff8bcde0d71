//! A day that changes while it is planned: edits, repairs and warm solves against problems made from scratch.

mod random;

use milkrun::Error;
use milkrun::error::Rule;
use milkrun::measure::{
    Cost, DepotId, DimensionId, Duration, Load, OrderId, PlaceId, ProfileId, Table, Time,
    VehicleTypeId, Window,
};
use milkrun::model::{Depot, Group, Model, Order, OrderKind, Place, Promise, Reloads, VehicleType};
use milkrun::plan::{Plan, RouteDraft, Unserved};
use milkrun::problem::{Edit, Problem};
use milkrun::search::Dice;
use milkrun::solve::{Applied, Budget, Cancel, LiveSolver, SolveOptions, Status};
use milkrun::travel::{Euclidean, Haversine, LegRequest, Legs, Tables, Travel, TravelFault};
use proptest::prelude::*;
use random::{Recipe, cases, recipes};
use std::sync::Arc;
use std::time::Instant;

/// What the caller believes about a day: the model of it, with a hole where an order was cancelled.
#[derive(Clone)]
struct Ledger {
    model: Model,
    orders: Vec<Option<Order>>,
    /// The ids of pickup and drop-off.
    pairs: Vec<[usize; 2]>,
    groups: Vec<(Vec<usize>, Option<Cost>)>,
    counts: Vec<Option<u32>>,
    travel: Arc<dyn Travel + Send>,
}

impl Ledger {
    fn new(model: &Model, travel: Arc<dyn Travel + Send>) -> Self {
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

    fn alive(&self) -> Vec<OrderId> {
        let there = |(id, order): (usize, &Option<Order>)| order.as_ref().map(|_| OrderId::new(id));
        self.orders.iter().enumerate().filter_map(there).collect()
    }
}

/// Edits as the tests keep them.
#[derive(Clone)]
enum Wish {
    Add(Order),
    AddPair(Box<[Order; 2]>),
    AddGroup(Vec<Order>, Option<Cost>),
    Cancel(OrderId),
    Change(OrderId, Order),
    Vehicles(VehicleTypeId, Option<u32>),
    Travel(Arc<dyn Travel + Send>),
}

fn edits(wishes: &[Wish]) -> Vec<Edit> {
    let edit = |wish: &Wish| match wish.clone() {
        Wish::Add(order) => Edit::Add(order),
        Wish::AddPair(pair) => {
            let [pickup, drop_off] = *pair;
            Edit::AddPair(pickup, drop_off)
        }
        Wish::AddGroup(orders, price) => Edit::AddGroup(orders, price),
        Wish::Cancel(id) => Edit::Cancel(id),
        Wish::Change(id, order) => Edit::Change(id, order),
        Wish::Vehicles(id, count) => Edit::Vehicles(id, count),
        Wish::Travel(travel) => Edit::travel(travel),
    };
    wishes.iter().map(edit).collect()
}

/// What the ledger says after the wishes, where orders that are added get these ids; `None` where an id names nothing.
fn grant(ledger: &Ledger, wishes: &[Wish], mut ids: impl Iterator<Item = usize>) -> Option<Ledger> {
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
fn apply(live: &mut LiveSolver, ledger: &mut Ledger, wishes: &[Wish]) -> Result<Applied, Error> {
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
fn agrees(live: &LiveSolver, ledger: &Ledger) {
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

/// Random wishes: mostly sound ones, now and then something that makes no sense.
fn wishes(dice: &mut Dice, ledger: &Ledger, day: &Day) -> Vec<Wish> {
    let alive = ledger.alive();
    let pick = |dice: &mut Dice| {
        if alive.is_empty() || dice.chance(0.03) {
            OrderId::new(dice.below(ledger.orders.len() + 2))
        } else {
            alive[dice.below(alive.len())]
        }
    };
    let wish = |dice: &mut Dice| match dice.below(20) {
        0..5 => Wish::Add((day.order)(dice)),
        5 => pair(dice, day),
        6 => group(dice, day),
        7..11 => Wish::Cancel(pick(dice)),
        11..16 => {
            let id = pick(dice);
            let mut order = (day.order)(dice);
            // Half of the changes keep the place, as most do in life.
            if let Some(Some(known)) = ledger.orders.get(id.index()).filter(|_| dice.chance(0.7)) {
                order.name.clone_from(&known.name);
                if dice.chance(0.6) {
                    order.place = known.place;
                }
                let slot = id.index();
                if ledger.pairs.iter().any(|pair| pair.contains(&slot)) {
                    halve(&mut order, known);
                }
                if ledger.groups.iter().any(|(group, _)| group.contains(&slot)) {
                    order.price = None;
                }
            }
            Wish::Change(id, order)
        }
        16..19 => {
            let id = VehicleTypeId::new(dice.below(ledger.counts.len()));
            let count = dice.chance(0.9).then(|| dice.below(5) as u32);
            Wish::Vehicles(id, count)
        }
        _ => Wish::Travel(Arc::clone(&day.travels[dice.below(day.travels.len())])),
    };
    (0..=dice.below(3)).map(|_| wish(dice)).collect()
}

/// An order becomes half of a pair, in place of one that is.
fn halve(order: &mut Order, known: &Order) {
    order.kind = known.kind;
    order.quantities.clone_from(&known.quantities);
    order.price = known.price.map(|_| order.price.unwrap_or(Cost(3)));
    (order.release, order.ship_by, order.aboard) = (None, None, None);
    order.taken = Vec::new();
    // The carriers that take the other half.
    order.carrier_prices.clone_from(&known.carrier_prices);
}

/// Mostly a sound pair.
fn pair(dice: &mut Dice, day: &Day) -> Wish {
    let [mut pickup, mut drop_off] = [0; 2].map(|_| (day.order)(dice));
    if dice.chance(0.95) {
        for (order, kind) in [
            (&mut pickup, OrderKind::Pickup),
            (&mut drop_off, OrderKind::DropOff),
        ] {
            let known = Order {
                kind,
                ..order.clone()
            };
            halve(order, &known);
        }
        drop_off.quantities.clone_from(&pickup.quantities);
        drop_off.price = pickup.price;
        drop_off.carrier_prices.clone_from(&pickup.carrier_prices);
    }
    Wish::AddPair(Box::new([pickup, drop_off]))
}

/// Mostly a sound group.
fn group(dice: &mut Dice, day: &Day) -> Wish {
    let mut orders: Vec<Order> = (0..dice.below(4)).map(|_| (day.order)(dice)).collect();
    for order in orders.iter_mut().filter(|_| dice.chance(0.95)) {
        order.price = None;
    }
    let price = dice.chance(0.6).then(|| Cost(dice.below(100) as i64));
    Wish::AddGroup(orders, price)
}

/// What a random day is made of.
struct Day {
    model: Model,
    travels: Vec<Arc<dyn Travel + Send>>,
    order: Box<dyn Fn(&mut Dice) -> Order>,
}

/// Edits a day at random, with a short solve now and then.
fn live_through(day: &Day, seed: u64, steps: usize) {
    let mut dice = Dice::new(seed, 0, 7);
    let mut ledger = Ledger::new(&day.model, Arc::clone(&day.travels[0]));
    let mut live = LiveSolver::new(&day.model, Arc::clone(&day.travels[0])).expect("a sound day");
    for step in 0..steps {
        let wishes = wishes(&mut dice, &ledger, day);
        let _ = apply(&mut live, &mut ledger, &wishes);
        if step % 4 == 1 {
            let before = random::worth(&live.plan());
            let outcome = live.solve(Budget::iterations(40));
            assert_eq!(outcome.violations, []);
            assert_eq!(outcome.plan, live.plan());
            assert!(random::worth(&outcome.plan) <= before || step == 1);
            agrees(&live, &ledger);
        }
    }
}

/// A day of the recipe's orders; the ones that come in are others of it under new names.
fn recipe_day(recipe: Recipe) -> Day {
    let (model, travel, _) = recipe.problem();
    let other = Recipe {
        seed: recipe.seed + 1,
        ..recipe
    };
    let (_, slower, _) = other.problem();
    let orders = model.orders().to_vec();
    let order = move |dice: &mut Dice| {
        let mut order = orders[dice.below(orders.len())].clone();
        order.name = format!("order {}", dice.below(40));
        match dice.below(60) {
            0 => order.service = Duration(-1),
            1 => order.place = Place::row(10_000),
            2 => order.name.clear(),
            3 => order.window = Some(Window::new(Time(9), Time(1))),
            4 => order.quantities = vec![Load(1); 9],
            5 => order.price = Some(Cost(1 << 60)),
            _ => {}
        }
        order
    };
    Day {
        model,
        travels: vec![Arc::new(travel), Arc::new(slower)],
        order: Box::new(order),
    }
}

/// A day on a plane or on the globe, of all kinds of orders.
fn open_air_day(globe: bool, seed: u64, orders: usize) -> Day {
    let place = move |dice: &mut Dice| {
        let (x, y) = (dice.below(1000) as f64, dice.below(1000) as f64);
        if globe {
            Place::geo(52.0 + x / 2000.0, 13.0 + y / 1000.0)
        } else {
            Place::plane(x, y)
        }
    };
    let timed = seed.is_multiple_of(2);
    let order = move |dice: &mut Dice| {
        let at = if dice.chance(0.01) {
            Place::row(1)
        } else {
            place(dice)
        };
        let name = format!("order {}", dice.below(1 << 20));
        let mut order = if dice.chance(0.2) && timed {
            Order::pickup(name, at)
        } else {
            Order::drop_off(name, at)
        };
        order = order.quantity(DimensionId::new(0), Load(1 + dice.below(9) as i64));
        if dice.chance(if timed { 0.5 } else { 0.01 }) {
            let from = dice.below(6_000) as i64;
            order = order.window(Window::new(Time(from), Time(from + 3_000)));
        }
        if dice.chance(0.2) {
            order = order.price(Cost::units(50 + dice.below(300) as i64));
        }
        order
    };
    let mut dice = Dice::new(seed, 1, 0);
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let depots: Vec<DepotId> = (0..2)
        .map(|d| model.add_depot(Depot::new(format!("depot {d}"), place(&mut dice))))
        .collect();
    for (d, depot) in depots.into_iter().enumerate() {
        let van = VehicleType::new(format!("van {d}"), 4, depot).capacity(parcels, Load(40));
        let bike = VehicleType::new(format!("bike {d}"), 4, depot).capacity(parcels, Load(12));
        model.add_vehicle_type(van.fixed_cost(Cost::units(30)));
        model.add_vehicle_type(bike.profile("bike").per_distance(Cost(800_000)));
    }
    let mut number = 0..;
    while model.orders().len() < orders {
        let mut order = order(&mut dice);
        order.name = format!("first {}", number.next().unwrap_or(0));
        if !matches!(order.place, Place::Row(_)) {
            model.add_order(order);
        }
    }
    let travels: Vec<Arc<dyn Travel + Send>> = if globe {
        let slow = Haversine::at_kmh(20.0).profile_kmh("bike", 15.0);
        vec![Arc::new(Haversine::at_kmh(40.0)), Arc::new(slow)]
    } else {
        vec![
            Arc::new(Euclidean::rounded()),
            Arc::new(Euclidean::dimacs()),
        ]
    };
    Day {
        model,
        travels,
        order: Box::new(order),
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn any_edits_of_a_day_with_tables_lead_to_what_a_fresh_problem_is(
        recipe in recipes(12, random::ALL),
        seed: u32,
    ) {
        live_through(&recipe_day(recipe), u64::from(seed), 24);
    }

    #[test]
    fn any_edits_of_a_day_with_reloads_lead_to_what_a_fresh_problem_is(
        recipe in recipes(12, random::ALL),
        seed: u32,
    ) {
        let features = recipe.features | random::RELOADS | random::LOADS;
        live_through(&recipe_day(Recipe { features, ..recipe }), u64::from(seed), 24);
    }

    #[test]
    fn any_edits_of_a_day_with_coordinates_lead_to_what_a_fresh_problem_is(
        globe: bool,
        seed: u32,
        orders in 0..40_usize,
    ) {
        live_through(&open_air_day(globe, u64::from(seed), orders), u64::from(seed), 24);
    }
}

/// A day of `orders` orders on a plane or the globe, and its solver.
fn city(globe: bool, orders: usize) -> (Day, Ledger, LiveSolver) {
    let day = open_air_day(globe, 4, orders);
    let ledger = Ledger::new(&day.model, Arc::clone(&day.travels[0]));
    let live = LiveSolver::new(&day.model, Arc::clone(&day.travels[0])).expect("a sound day");
    (day, ledger, live)
}

#[test]
fn the_same_edits_and_seed_give_the_same_plans_for_any_number_of_threads() {
    let story = |threads: usize| -> Vec<Plan> {
        let mut options = SolveOptions::default();
        (options.threads, options.seed) = (threads, 3);
        (options.cells_from, options.cell_orders) = (100, 60);
        let (day, mut ledger, live) = city(false, 150);
        let mut live = live.options(options);
        let mut dice = Dice::new(11, 0, 0);
        let mut plans = vec![live.solve(Budget::iterations(600)).plan];
        for _ in 0..8 {
            let some = wishes(&mut dice, &ledger, &day);
            let _ = apply(&mut live, &mut ledger, &some);
            plans.push(live.plan());
            plans.push(live.solve(Budget::iterations(200)).plan);
        }
        plans
    };
    let alone = story(1);
    assert_eq!(alone, story(1));
    assert_eq!(alone, story(4));
}

#[test]
fn ids_and_names_hold_and_cancelled_ids_are_used_again() {
    let (_, _, mut live) = city(false, 20);
    let third = live.order_id("first 3").expect("it was stated");
    assert_eq!(third, OrderId::new(3));
    live.solve(Budget::iterations(50));
    live.apply([Edit::Cancel(OrderId::new(2))])
        .expect("it is there");
    assert_eq!(live.order_id("first 2"), None);
    assert_eq!(live.order_id("first 3"), Some(third));
    assert_eq!(live.problem().order(OrderId::new(2)), None);
    assert!(!live.problem().has_order(OrderId::new(2)));
    assert_eq!(
        (live.problem().order_count(), live.plan().order_count()),
        (20, 19)
    );

    let late = |name: &str| Edit::Add(Order::drop_off(name, Place::plane(7.0, 7.0)));
    let applied = live
        .apply([late("late"), late("later")])
        .expect("sound orders");
    assert_eq!(applied.added, [OrderId::new(2), OrderId::new(20)]);
    assert_eq!(live.order_id("late"), Some(OrderId::new(2)));
    let order = live.problem().order(third).expect("it is there");
    live.apply([Edit::Change(
        third,
        Order {
            name: "renamed".to_owned(),
            ..order
        },
    )])
    .expect("a name is a name");
    assert_eq!(live.problem().names().order(third), "renamed");
    assert_eq!(
        (live.order_id("first 3"), live.order_id("renamed")),
        (None, Some(third))
    );
}

/// A promise may come and go with an order.
#[test]
fn promises_come_and_go() {
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 1, depot).shift(Window::new(Time(0), Time(900)));
    model.add_vehicle_type(van);
    model.add_order(Order::drop_off("first", Place::plane(30.0, 0.0)));
    let slot = Promise::new(Window::new(Time(0), Time(5))).late(Cost::units(2));
    let hasty = Order::drop_off("hasty", Place::plane(10.0, 0.0)).promise(slot);
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    let added = live.apply(vec![Edit::Add(hasty.clone())]).unwrap();
    let outcome = live.solve(Budget::iterations(100));
    assert_eq!(outcome.violations, []);
    // There at 10 at the earliest, on the way to the first.
    assert_eq!(live.plan().cost().promises, Cost::units(10));
    live.apply(vec![Edit::Cancel(added.added[0])]).unwrap();
    assert_eq!(live.plan().cost().promises, Cost::ZERO);
    assert!(!live.problem().shape().promised);
}

/// Trips live through edits: each keeps its orders, loses its reload with its last one, and one more may begin.
#[test]
fn a_day_of_trips_takes_orders_in_and_gives_them_up() {
    // A bike for one parcel, which may come back as often as it likes.
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let shop = model.add_depot(Depot::new("shop", Place::plane(0.0, 0.0)));
    let bike = VehicleType::new("bike", 1, shop).capacity(parcels, Load(1));
    model.add_vehicle_type(bike.reloads(Reloads::at(shop)));
    let order = |name: &str, x| {
        let order = Order::drop_off(name, Place::plane(x, 0.0));
        order.quantity(parcels, Load(1))
    };
    for (name, x) in [("a", 1.0), ("b", 2.0), ("c", 3.0)] {
        model.add_order(order(name, x));
    }
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).expect("a sound day");
    live.solve(Budget::iterations(200));
    let trips = |live: &LiveSolver| -> Vec<usize> {
        let drafts = live.drafts().iter();
        drafts.map(|draft| 1 + draft.reloads.len()).collect()
    };
    let cost = |live: &LiveSolver| live.plan().cost().total();
    assert_eq!((trips(&live), cost(&live)), (vec![3], Cost::units(12)));

    // Another one is another trip, at once; one less is one less, whichever it is.
    let applied = live.apply([Edit::Add(order("d", 4.0))]).expect("sound");
    assert_eq!(applied.unserved, []);
    assert_eq!((trips(&live), cost(&live)), (vec![4], Cost::units(20)));
    for (name, left) in [
        ("a", Cost::units(18)),
        ("d", Cost::units(10)),
        ("b", Cost::units(6)),
    ] {
        let id = live.order_id(name).expect("it is in the day");
        live.apply([Edit::Cancel(id)]).expect("sound");
        assert_eq!(live.plan().check(live.problem()), []);
        assert_eq!(cost(&live), left, "without {name}");
    }
    assert_eq!(trips(&live), [1]);

    // A plan from elsewhere is taken over with its trips; where one is overloaded, what is too much gets another.
    for reloads in [vec![1, 2], vec![2], vec![]] {
        let stops = (0..3).map(OrderId::new).collect();
        let whole = RouteDraft::new(VehicleTypeId::new(0), stops);
        let draft = reloads.iter().fold(whole, |d, at| d.reload(*at, shop));
        let live = LiveSolver::new(&model, Euclidean::rounded()).expect("a sound day");
        let live = live.start_from(vec![draft]);
        assert_eq!(live.plan().check(live.problem()), []);
        assert_eq!(
            (trips(&live), cost(&live)),
            (vec![3], Cost::units(12)),
            "{reloads:?}"
        );
    }
}

#[test]
fn all_faults_of_edits_are_said_at_once_and_nothing_is_changed() {
    let (_, ledger, mut live) = city(true, 20);
    live.solve(Budget::iterations(50));
    let before = live.plan();
    let bad = Order::drop_off("bad", Place::geo(152.0, 13.0)).service(Duration(-5));
    let error = live
        .apply([
            Edit::Add(Order::drop_off("fine", Place::geo(52.1, 13.1))),
            Edit::Add(bad),
            Edit::Add(Order::drop_off("first 4", Place::geo(52.1, 13.1))),
            Edit::Cancel(OrderId::new(99)),
            Edit::Vehicles(VehicleTypeId::new(9), Some(1)),
        ])
        .unwrap_err();
    let rules: Vec<Rule> = error
        .issues()
        .iter()
        .map(milkrun::error::Issue::rule)
        .collect();
    assert_eq!(
        rules,
        [
            Rule::UnknownReference,
            Rule::UnknownReference,
            Rule::OutOfRange,
            Rule::DuplicateName,
            Rule::BadCoordinate,
        ],
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("order 99: there is no order with this id")
    );
    assert_eq!(live.plan(), before);
    agrees(&live, &ledger);
}

#[test]
fn a_vehicle_that_is_gone_hands_its_route_over_whole_where_another_type_can_drive_it() {
    let mut model = Model::new();
    let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    let van = model.add_vehicle_type(VehicleType::new("van", 1, yard));
    let spare = VehicleType::new("spare", 1, yard).per_distance(Cost::units(3));
    let spare = model.add_vehicle_type(spare);
    for x in 1..6 {
        model.add_order(Order::drop_off(
            format!("order {x}"),
            Place::plane(f64::from(x), 1.0),
        ));
    }
    let mut live = LiveSolver::new(&model, Euclidean::exact()).expect("a sound day");
    live.solve(Budget::iterations(100));
    assert_eq!(live.drafts().len(), 1);
    let stops = live.drafts()[0].stops.clone();
    let applied = live
        .apply([Edit::Vehicles(van, Some(0))])
        .expect("a spare is left");
    assert_eq!((applied.displaced.len(), applied.unserved.len()), (5, 0));
    assert_eq!(live.drafts(), [RouteDraft::new(spare, stops.clone())]);
    // It comes back, and takes the route over when there is time to search.
    live.apply([Edit::Vehicles(van, Some(1))]).expect("a van");
    live.solve(Budget::iterations(400));
    assert_eq!(live.drafts()[0].vehicle_type, van);
    // With none at all, the day is one that nobody would take.
    let none = [Edit::Vehicles(van, Some(0)), Edit::Vehicles(spare, Some(0))];
    assert_eq!(
        live.apply(none).unwrap_err().issues()[0].rule(),
        Rule::Empty
    );
}

#[test]
fn a_route_that_is_overloaded_by_a_change_gives_up_one_stop() {
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(VehicleType::new("van", 2, yard).capacity(kg, Load(10)));
    let order = |x: u32, load| {
        let order = Order::drop_off(format!("order {x}"), Place::plane(f64::from(x), 5.0));
        order.quantity(kg, Load(load))
    };
    for x in 1..=5 {
        model.add_order(order(x, 2));
    }
    let mut live = LiveSolver::new(&model, Euclidean::exact()).expect("a sound day");
    live.solve(Budget::iterations(200));
    assert_eq!(live.drafts().len(), 1);
    let applied = live
        .apply([Edit::Change(OrderId::new(1), order(2, 4))])
        .expect("sound");
    assert_eq!((applied.displaced.len(), applied.unserved.len()), (1, 0));
    assert_eq!(live.drafts().len(), 2);
}

#[test]
fn new_places_of_tables_come_with_new_travel() {
    let table = |places: usize| {
        let cells = (0..places * places).map(|at| {
            let (from, to) = (at / places, at % places);
            Some((from as i64 - to as i64).abs())
        });
        Tables::new(Table::from_cells(places, cells.collect()).expect("whole rows"))
    };
    let mut model = Model::new();
    let yard = model.add_depot(Depot::new("yard", Place::row(0)));
    model.add_vehicle_type(VehicleType::new("van", 1, yard));
    model.add_order(Order::drop_off("near", Place::row(1)));
    let mut live = LiveSolver::new(&model, table(3)).expect("a sound day");
    live.solve(Budget::iterations(50));
    // A row that is there already may be used.
    let known = Order::drop_off("known", Place::row(2));
    let applied = live
        .apply([Edit::Add(known)])
        .expect("row 2 is in the table");
    assert!(applied.unserved.is_empty());
    // One that is not is said to be missing, and may come with the same edits.
    let far = || Edit::Add(Order::drop_off("far", Place::row(3)));
    let error = live.apply([far()]).unwrap_err().to_string();
    assert!(
        error.contains("order \"far\": row 3 is not in the table of 3 rows"),
        "{error}"
    );
    let applied = live
        .apply([far(), Edit::travel(table(4))])
        .expect("now it is");
    assert!(applied.unserved.is_empty());
    assert_eq!(live.plan().distance().get(), 6);
    // A table that lacks the row of an order that was cancelled will do.
    let far = live.order_id("far").expect("it was added");
    live.apply([Edit::Cancel(far), Edit::travel(table(3))])
        .expect("row 3 is not needed");
    assert_eq!(live.plan().distance().get(), 4);
}

/// A travel of the caller's own that answers otherwise each time it is asked.
struct Moody(std::sync::atomic::AtomicU32);

impl Travel for Moody {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        let asked = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Haversine::at_kmh(30.0 + f64::from(asked)).legs(request)
    }
}

#[test]
fn a_travel_that_changes_its_mind_is_asked_for_all_legs_again() {
    let (day, _, _) = city(true, 30);
    let mut live = LiveSolver::new(&day.model, Moody(0.into())).expect("a sound day");
    live.solve(Budget::iterations(50));
    for at in [52.2, 52.3] {
        let order = Order::drop_off(format!("at {at}"), Place::geo(at, 13.2));
        live.apply([Edit::Add(order)]).expect("a sound order");
        assert_eq!(live.plan().check(live.problem()), []);
        live.solve(Budget::iterations(50));
    }
}

#[test]
fn deadlines_and_cancelling_hold_for_warm_solves_too() {
    let (day, mut ledger, mut live) = city(false, 300);
    live.solve(Budget::seconds(0.2));
    let mut dice = Dice::new(2, 0, 0);
    for _ in 0..5 {
        let some = wishes(&mut dice, &ledger, &day);
        let _ = apply(&mut live, &mut ledger, &some);
        let begun = Instant::now();
        let outcome = live.solve(Budget::seconds(0.1));
        assert_eq!(outcome.status, Status::TimeSpent);
        assert!(begun.elapsed().as_secs_f64() < 0.3, "{:?}", begun.elapsed());
    }
    let flag = Cancel::new();
    flag.raise();
    let before = live.plan();
    let outcome = live.solve(Budget::seconds(5.0).and_cancel(&flag));
    assert_eq!((outcome.status, outcome.plan), (Status::Cancelled, before));
}

#[test]
fn a_day_may_begin_and_end_empty() {
    let (_, _, mut live) = city(false, 0);
    assert_eq!(
        live.solve(Budget::iterations(10)).status,
        Status::NothingToDo
    );
    let one = || Edit::Add(Order::drop_off("one", Place::plane(5.0, 5.0)));
    let applied = live.apply([one()]).expect("a sound order");
    assert!(
        applied.unserved.is_empty(),
        "a plan of nothing is a plan to start from"
    );
    assert!(live.plan().is_complete());
    live.apply([Edit::Cancel(applied.added[0])])
        .expect("it is there");
    assert_eq!(
        live.solve(Budget::iterations(10)).status,
        Status::NothingToDo
    );
    assert_eq!(live.plan().routes().len(), 0);
    let applied = live.apply([one()]).expect("the name is free again");
    assert_eq!(applied.added, [OrderId::new(0)]);
    assert!(live.solve(Budget::iterations(10)).plan.is_complete());
}

/// Resident memory in bytes, where the system says.
fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// Random edits and warm solves for some time: every plan is sound, nothing is lost, memory does not grow. How many
/// minutes is in `MILKRUN_SOAK_MINUTES`; a tenth of one with `MILKRUN_LONG` alone, else two seconds.
#[test]
fn memory_does_not_grow_over_a_long_day() {
    let minutes = std::env::var("MILKRUN_SOAK_MINUTES").ok();
    let minutes = minutes.and_then(|text| text.parse().ok());
    let long = std::env::var_os("MILKRUN_LONG").is_some();
    let seconds = minutes.map_or(if long { 6.0 } else { 2.0 }, |minutes: f64| minutes * 60.0);
    let day = open_air_day(true, 8, 400);
    let mut ledger = Ledger::new(&day.model, Arc::clone(&day.travels[0]));
    let mut live = LiveSolver::new(&day.model, Arc::clone(&day.travels[0])).expect("a sound day");
    let mut dice = Dice::new(5, 5, 5);
    let begun = Instant::now();
    let (mut steps, mut granted, mut warm, mut told) = (0_u64, 0_u64, None, 0.0);
    while begun.elapsed().as_secs_f64() < seconds {
        let mut some = wishes(&mut dice, &ledger, &day);
        // About as many go as come.
        let (alive, target) = (ledger.alive(), 400);
        let comes =
            |wish: &Wish| matches!(wish, Wish::Add(_) | Wish::AddPair(..) | Wish::AddGroup(..));
        some.retain(|wish| !comes(wish) || alive.len() < target + 40);
        some.retain(|wish| !matches!(wish, Wish::Cancel(_)) || alive.len() > target - 40);
        let before = granted;
        match live.apply(edits(&some)) {
            Err(_) => {}
            Ok(applied) => {
                granted += 1;
                let ids = applied.added.iter().map(|id| id.index());
                ledger = grant(&ledger, &some, ids).expect("it names orders");
            }
        }
        assert_eq!(live.plan().check(live.problem()), []);
        if steps.is_multiple_of(8) {
            let outcome = live.solve(Budget::seconds(0.02));
            assert_eq!(outcome.violations, []);
        }
        if steps.is_multiple_of(500) && granted > before {
            agrees(&live, &ledger);
        }
        steps += 1;
        let spent = begun.elapsed().as_secs_f64();
        let Some(now) = resident() else { continue };
        if spent > seconds * 0.2 && warm.is_none() {
            warm = Some(now);
        }
        if spent - told > seconds / 10.0 {
            told = spent;
            println!(
                "{spent:.0} s: {steps} sets of edits, {granted} granted, {} orders, {} KiB resident",
                ledger.alive().len(),
                now / 1024
            );
        }
    }
    if let (Some(warm), Some(now)) = (warm, resident()) {
        let bound = warm + warm / 10 + (8 << 20);
        assert!(
            now <= bound,
            "resident memory grew from {warm} to {now} bytes"
        );
    }
    assert!(steps > 10 && granted > 0);
}
