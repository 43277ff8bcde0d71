//! A problem that takes edits.

mod staged;

use super::facts::Bonds;
use super::limits::Limits;
use super::paces::Paces;
use super::rules;
use super::shape::Shape;
use super::sums::check_sums;
use super::ways::{Ways, ask};
use super::{Edit, FleetType, Problem};
use crate::error::{Error, Issues};
use crate::measure::{Cost, DepotId, OrderId, PlaceId};
use crate::model::{Model, Order, Place};
use crate::travel::{LegRequest, Legs, PlaceBefore, Travel};
use staged::Staged;
use std::collections::HashMap;
use std::sync::Arc;

/// Keeps a problem with what it was made of, so that it can be edited in place.
///
/// Edits are refused where [`Problem::new`] would refuse the day that they lead to; then nothing has changed. (Places
/// of orders that are gone still count for the longest leg and for symmetry. So near the bounds of the arithmetic a
/// little more is refused, and a table may be searched as asymmetric that no longer is.)
///
/// Each index of an order is a slot. A cancelled order leaves its slot empty until an order that is added gets it: lists
/// that are addressed by ids stay as they are, and no longer than the most orders that there were at once.
pub(crate) struct Ledger {
    problem: Problem,
    travel: Box<dyn Travel + Send>,
    limits: Limits,
    profiles: Vec<String>,
    paces: Paces,
    ids: HashMap<String, OrderId>,
    free: Vec<OrderId>,
}

/// What edits did to a problem.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The ids of the orders added, in the order of the edits.
    pub(crate) added: Vec<OrderId>,
    /// Orders that are no more.
    pub(crate) gone: Vec<OrderId>,
    /// Orders of which something changed; not those added.
    pub(crate) changed: Vec<OrderId>,
    /// Those of them that are near to other orders than before: at another place, or at another time.
    pub(crate) moved: Vec<OrderId>,
    /// Whether all legs may have changed.
    pub(crate) legs: bool,
}

/// The legs to places that are new.
enum NewLegs {
    /// No place is new.
    None,
    /// By profile and pace the legs of each single place, to be put into those there are.
    Points(Vec<Vec<Legs>>),
    /// All places, and by profile and pace all legs.
    All(Vec<Place>, Vec<Legs>),
}

impl Ledger {
    pub(crate) fn new(
        model: &Model,
        travel: Box<dyn Travel + Send>,
        limits: Limits,
    ) -> Result<Self, Error> {
        let mut problem = Problem::with_limits(model, &*travel, &limits)?;
        let room = 64 + problem.place_count() / 8;
        for legs in &mut problem.legs {
            legs.reserve(room, limits.cells);
        }
        let named = model.orders().iter().zip(0..);
        Ok(Self {
            ids: named
                .map(|(order, index)| (order.name.clone(), OrderId::new(index)))
                .collect(),
            problem,
            travel,
            limits,
            profiles: model.profiles().into_iter().map(str::to_owned).collect(),
            paces: Paces::of(model),
            free: Vec::new(),
        })
    }

    pub(crate) fn problem(&self) -> &Problem {
        &self.problem
    }

    pub(crate) fn id(&self, name: &str) -> Option<OrderId> {
        self.ids.get(name).copied()
    }

    /// Makes all edits, or none of them where the day that they lead to is not sound.
    pub(crate) fn enter(&mut self, edits: Vec<Edit>) -> Result<Entry, Error> {
        let mut issues = Issues::new();
        let staged = Staged::new(self, edits, &mut issues);
        staged.check_sizes(self)?;
        staged.check(self, &mut issues);
        let legs = self.ask(&staged, &mut issues);
        let Some(legs) = legs else {
            // Where the travel is at fault, who can be reached is not known.
            return Err(issues.into_error());
        };
        let undo = self.put(&staged, legs);
        self.check_reachable(&staged, &mut issues);
        let checked = issues
            .into_result()
            .and_then(|()| check_sums(&self.problem));
        if let Err(error) = checked {
            self.take_back(undo);
            return Err(error);
        }
        Ok(self.keep(staged))
    }

    /// The legs to and from the places that are new; to and from all places where the travel is new, or where it does
    /// not measure from place to place by coordinates. `None` where the travel is at fault.
    fn ask(&self, staged: &Staged, issues: &mut Issues) -> Option<NewLegs> {
        let placed = staged.placed(&self.problem);
        if staged.travel.is_none() {
            if placed.is_empty() {
                return Some(NewLegs::None);
            }
            if let Some(points) = self.ask_points(&placed) {
                return Some(NewLegs::Points(points));
            }
        }
        let depots = self.problem.depot_count();
        let mut places = self.problem.places.clone();
        for (slot, place) in placed {
            let at = depots + slot;
            places.resize(places.len().max(at + 1), place);
            places[at] = place;
        }
        // A slot without an order is to be at fault nowhere.
        for slot in 0..places.len() - depots {
            if !staged.has_order(&self.problem, slot) {
                places[depots + slot] = places[0];
            }
        }
        let owner = |place: usize| match place.checked_sub(depots) {
            Some(slot) if staged.has_order(&self.problem, slot) => {
                rules::named("order", staged.name(&self.problem, slot))
            }
            slot => {
                let depot = if slot.is_some() { 0 } else { place };
                rules::named("depot", self.problem.names.depot(DepotId::new(depot)))
            }
        };
        let travel = staged.travel.as_deref().unwrap_or(&*self.travel);
        let (profiles, limits) = (&self.profiles, &self.limits);
        let legs = ask(travel, profiles, &places, limits, &owner, issues);
        if legs.len() < profiles.len() {
            return None;
        }
        let legs = self.paces.apply(legs, profiles, issues);
        (legs.len() == self.paces.len()).then_some(NewLegs::All(places, legs))
    }

    /// The legs of single places; `None` where coordinates are not enough, or where something is wrong with a place.
    fn ask_points(&self, placed: &[(usize, Place)]) -> Option<Vec<Vec<Legs>>> {
        let grown = self.problem.place_count() + placed.len();
        let fits = grown
            .checked_mul(grown)
            .is_some_and(|needed| needed <= self.limits.cells);
        let cells = if fits { self.limits.cells } else { 0 };
        let of_pace = |((profile, percent), legs): ((usize, u32), &Legs)| -> Option<Vec<Legs>> {
            let one = |(_, place): &(usize, Place)| {
                let request = LegRequest {
                    profile: &self.profiles[profile],
                    places: std::slice::from_ref(place),
                    dense_cells: 0,
                };
                let answer = self.travel.legs(&request).ok()?.paced(percent);
                answer.filter(|answer| legs.takes(answer, cells))
            };
            placed.iter().map(one).collect()
        };
        let paces = self.paces.iter().zip(&self.problem.legs);
        paces.map(of_pace).collect()
    }

    /// Brings the problem to what the edits say. What is returned takes it back.
    fn put(&mut self, staged: &Staged, legs: NewLegs) -> Undo {
        let problem = &mut self.problem;
        let depots = problem.depot_count();
        let mut undo = Undo {
            slots: problem.order_count(),
            counts: problem.fleet.iter().map(FleetType::stated_count).collect(),
            ..Undo::default()
        };
        match legs {
            NewLegs::None => {}
            NewLegs::All(places, legs) => {
                let places = std::mem::replace(&mut problem.places, places);
                undo.all = Some((places, std::mem::replace(&mut problem.legs, legs)));
            }
            NewLegs::Points(points) => {
                let placed = staged.placed(problem);
                for (legs, points) in problem.legs.iter_mut().zip(&points) {
                    let put = placed.iter().zip(points);
                    let put = put.map(|((slot, _), one)| legs.put(depots + slot, one));
                    undo.points.push(put.collect());
                }
                for (slot, place) in placed {
                    let at = depots + slot;
                    undo.places.push((at, problem.places.get(at).copied()));
                    problem
                        .places
                        .resize(problem.places.len().max(at + 1), place);
                    problem.places[at] = place;
                }
            }
        }
        if staged.binds(problem) {
            undo.bonds = Some(problem.orders.bonds());
        }
        let paired = staged.paired(problem);
        for (slot, order) in &staged.orders {
            let id = OrderId::new(*slot);
            let (before, price) = (problem.order(id), problem.price(id));
            undo.orders.push((*slot, before, price));
            problem.orders.put(*slot, order.as_ref());
        }
        for pair in paired {
            let both = pair.map(|slot| staged.order(problem, slot));
            if let [Some(pickup), Some(drop_off)] = &both {
                problem
                    .orders
                    .pair([(pair[0], pickup), (pair[1], drop_off)]);
            }
        }
        for (slots, price) in &staged.groups {
            problem.orders.group(slots, *price);
        }
        problem.orders.tidy();
        let mut counts = undo.counts.clone();
        for (vehicle_type, count) in &staged.counts {
            counts[*vehicle_type] = *count;
        }
        self.recount(&counts);
        undo
    }

    /// Undoes [`put`](Ledger::put).
    fn take_back(&mut self, undo: Undo) {
        let problem = &mut self.problem;
        for (slot, order, price) in undo.orders.iter().rev() {
            problem.orders.put(*slot, order.as_ref());
            problem.orders.put_price(*slot, *price);
        }
        problem.orders.truncate(undo.slots);
        if let Some(bonds) = undo.bonds {
            problem.orders.bring_back(bonds);
        }
        problem.orders.tidy();
        for (legs, points) in problem.legs.iter_mut().zip(&undo.points) {
            for point in points.iter().rev() {
                legs.take_back(point);
            }
        }
        for (at, place) in undo.places.into_iter().rev() {
            match place {
                Some(place) => problem.places[at] = place,
                None => problem.places.truncate(at),
            }
        }
        if let Some((places, legs)) = undo.all {
            (problem.places, problem.legs) = (places, legs);
        }
        self.recount(&undo.counts);
    }

    /// States how many vehicles there are of each type, and the shape that follows from all.
    fn recount(&mut self, counts: &[Option<u32>]) {
        let problem = &mut self.problem;
        let orders = problem.orders().count();
        for (vehicle_type, count) in problem.fleet.iter_mut().zip(counts) {
            vehicle_type.state_count(*count, orders);
        }
        problem.shape = Shape::new(
            &problem.fleet,
            &problem.depot_windows,
            &problem.legs,
            &problem.orders,
            &problem.pickup_fees,
        );
    }

    /// Names, ids and travel follow the edits for good.
    fn keep(&mut self, staged: Staged) -> Entry {
        let names = Arc::make_mut(&mut self.problem.names);
        for (slot, order) in &staged.orders {
            let name = order.as_ref().map_or("", |order| &order.name);
            if name != names.known_order(*slot) {
                names.name_order(*slot, name);
            }
        }
        for name in &staged.names_gone {
            self.ids.remove(name);
        }
        for (slot, order) in &staged.orders {
            if let Some(order) = order {
                self.ids.insert(order.name.clone(), OrderId::new(*slot));
            }
        }
        self.free.truncate(self.free.len() - staged.reused);
        let gone = staged.orders.iter().filter(|(_, order)| order.is_none());
        self.free.extend(gone.map(|(slot, _)| OrderId::new(*slot)));
        if let Some(travel) = staged.travel {
            self.travel = travel;
        }
        staged.entry
    }

    /// Orders that no vehicle can reach and leave again: those at new places, or all where the ways have changed.
    fn check_reachable(&self, staged: &Staged, issues: &mut Issues) {
        let problem = &self.problem;
        let mut ways = Ways::default();
        for t in problem.fleet.iter().filter(|t| t.stated_count() != Some(0)) {
            let start = problem.depot_place(t.start);
            let end = t.end.map(|end| problem.depot_place(end));
            let reloads = t.reload_depots().iter();
            let reloads: Vec<PlaceId> = reloads.map(|d| problem.depot_place(*d)).collect();
            ways.add(Some(t.profile.index()), start, end, &reloads);
        }
        let mut check = |order: OrderId, place: PlaceId| {
            let subject = || {
                let stated = staged.orders.get(&order.index()).and_then(Option::as_ref);
                let name = stated.map_or_else(|| problem.names.order(order), |o: &Order| &o.name);
                rules::named("order", name)
            };
            ways.check(&problem.legs, place, subject, issues);
        };
        if staged.travel.is_some() || !staged.counts.is_empty() {
            for order in problem.orders() {
                check(order, problem.order_place(order));
            }
        } else {
            for (slot, _) in staged.orders.iter().filter(|(_, order)| order.is_some()) {
                let order = OrderId::new(*slot);
                check(order, problem.order_place(order));
            }
        }
    }
}

/// What takes edits back.
#[derive(Default)]
struct Undo {
    /// How many slots there were.
    slots: usize,
    /// The orders that were put, by slot, and what was there, with the price of leaving it out.
    orders: Vec<(usize, Option<Order>, Option<Cost>)>,
    bonds: Option<Bonds>,
    counts: Vec<Option<u32>>,
    /// The places that were put, by number, and what was there.
    places: Vec<(usize, Option<Place>)>,
    /// By profile and pace.
    points: Vec<Vec<PlaceBefore>>,
    /// All places and legs.
    all: Option<(Vec<Place>, Vec<Legs>)>,
}
