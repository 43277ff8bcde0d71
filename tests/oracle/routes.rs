//! The least cost of a route for each set of orders, by trying everything.
//!
//! It reads the model and the legs alone. For each vehicle type it walks every sequence of every set of orders, with
//! every way to reload between them.

use milkrun::measure::{
    Cost, DimensionId, Distance, Duration, Load, OrderId, PlaceId, Time, VehicleTypeId, Window,
};
use milkrun::model::{Backhauls, Model, Order, OrderKind, VehicleType};
use milkrun::problem::Problem;

/// Above every cost.
pub(crate) const NEVER: i128 = i128::MAX / 4;

/// Outside of every stated moment.
pub(crate) const ALWAYS: (i128, i128) = (-(1 << 60), 1 << 60);

pub(crate) fn bounds(window: Option<Window>) -> (i128, i128) {
    let wide = |t: Time| i128::from(t.get());
    window.map_or(ALWAYS, |w| (wide(w.earliest), wide(w.latest)))
}

pub(crate) fn both(a: (i128, i128), b: (i128, i128)) -> (i128, i128) {
    (a.0.max(b.0), a.1.min(b.1))
}

/// A route without its end, as it grows by one stop after the other.
#[derive(Clone)]
pub(crate) struct Sequence {
    set: usize,
    /// The orders so far.
    pub(crate) orders: Vec<usize>,
    /// The place where it stands.
    at: usize,
    distance: i128,
    driving: i128,
    stops: usize,
    /// Service and loading so far.
    serving: i128,
    /// Travel, service and loading so far.
    path: i128,
    /// When it is through here, were it to leave at any time in the past.
    held: i128,
    /// The last moment at which it may leave for all windows so far to be kept.
    latest: i128,
    /// The first moment at which it may leave: shift, opening hours, releases of the first trip.
    earliest: i128,
    /// Whether it has a drop-off.
    drops: bool,
    /// Whether its present trip has a pickup.
    picks: bool,
    /// Its reloads: behind how many orders, at which depot, and the last release that it waited for.
    pub(crate) reloads: Vec<(usize, usize, i128)>,
    /// Whether its present trip has an order yet.
    serves: bool,
    /// On a later trip: the last release that its loading waited for. Each that may matter is tried.
    packed: Option<i128>,
    /// Travel, service and loading up to where its present trip leaves, and when it leaves there at the earliest, were it to
    /// leave its start at any time in the past.
    left: (i128, i128),
    /// By dimension: on board as the trip leaves, for all of it, on board now less that, and the most of that.
    load: Vec<(i128, i128, i128)>,
    /// By dimension: what is on board of pairs.
    riding: Vec<i128>,
}

fn over(limit: Option<i64>, value: i128) -> bool {
    limit.is_some_and(|most| value > most.into())
}

/// What is asked of one vehicle type.
pub(crate) struct Oracle<'a> {
    pub(crate) model: &'a Model,
    problem: &'a Problem,
    pub(crate) vehicle: &'a VehicleType,
    id: VehicleTypeId,
    /// By order the other one of its pair.
    mates: Vec<Option<usize>>,
    /// The least cost of a route for each set of orders.
    best: Vec<i128>,
}

/// The least cost of a route of a vehicle type for each set of orders, [`NEVER`] where there is none.
pub(crate) fn routes(model: &Model, problem: &Problem, id: VehicleTypeId) -> Vec<i128> {
    let oracle = Oracle {
        model,
        problem,
        vehicle: &model.vehicle_types()[id.index()],
        id,
        mates: mates(model),
        best: vec![NEVER; 1 << model.orders().len()],
    };
    oracle.costs()
}

impl Oracle<'_> {
    pub(crate) fn leg(&self, from: usize, to: usize) -> Option<(i128, i128)> {
        let profile = self.problem.vehicle_type(self.id).profile;
        let leg = self
            .problem
            .leg(profile, PlaceId::new(from), PlaceId::new(to))?;
        Some((leg.distance.get().into(), leg.duration.get().into()))
    }

    /// The least cost of a route of this vehicle type for each set of orders.
    fn costs(mut self) -> Vec<i128> {
        let shift = bounds(self.vehicle.shift);
        let depot = &self.model.depots()[self.vehicle.start.index()];
        let (earliest, latest) = both(shift, bounds(depot.window));
        let nowhere = Sequence {
            set: 0,
            orders: Vec::new(),
            at: self.vehicle.start.index(),
            distance: 0,
            driving: 0,
            stops: 0,
            serving: 0,
            path: 0,
            held: ALWAYS.0,
            latest,
            earliest,
            drops: false,
            picks: false,
            reloads: Vec::new(),
            serves: false,
            packed: None,
            left: (0, ALWAYS.0),
            load: vec![(0, 0, 0); self.model.dimensions().len()],
            riding: vec![0; self.model.dimensions().len()],
        };
        self.grow(&nowhere);
        self.best
    }

    fn grow(&mut self, sequence: &Sequence) {
        // A vehicle under way may go to a depot at once.
        let begins = sequence.orders.is_empty() && sequence.reloads.is_empty();
        if sequence.serves || begins && self.is_under_way() {
            self.reload(sequence);
        }
        if sequence.serves {
            let cost = self.close(sequence);
            let best = &mut self.best[sequence.set];
            *best = (*best).min(cost);
        }
        for (index, order) in self.model.orders().iter().enumerate() {
            if sequence.set & (1 << index) == 0
                && let Some(longer) = self.extend(sequence, index, order)
            {
                self.grow(&longer);
            }
        }
    }

    /// Every way to begin another trip: at each depot, having waited for any of the goods that are left.
    fn reload(&mut self, sequence: &Sequence) {
        let Some(reloads) = &self.vehicle.reloads else {
            return;
        };
        let may = reloads
            .most
            .is_none_or(|most| sequence.reloads.len() < most as usize);
        if !may || self.overloads(sequence) {
            return;
        }
        let left = self.model.orders().iter().enumerate();
        let left = left.filter(|(index, _)| sequence.set & (1 << index) == 0);
        let releases = left.filter_map(|(_, order)| order.release);
        let mut waits: Vec<i128> = releases.map(|r| r.get().into()).collect();
        waits.push(ALWAYS.0);
        waits.sort_unstable();
        waits.dedup();
        for depot in &reloads.depots {
            let Some((distance, duration)) = self.leg(sequence.at, depot.index()) else {
                continue;
            };
            let stated = &self.model.depots()[depot.index()];
            for packed in &waits {
                let mut longer = sequence.clone();
                longer.at = depot.index();
                longer.distance += distance;
                longer.driving += duration;
                let loads = both(bounds(stated.window), (*packed, ALWAYS.1));
                longer.visit(duration, loads, stated.loading.get().into());
                let call = (longer.orders.len(), depot.index(), *packed);
                longer.reloads.push(call);
                (longer.serves, longer.picks) = (false, false);
                longer.packed = Some(*packed);
                longer.left = (longer.path, longer.held);
                // What was picked up stays there, but for the goods of pairs.
                longer.load = sequence.riding.iter().map(|load| (*load, 0, 0)).collect();
                if longer.earliest <= longer.latest {
                    self.grow(&longer);
                }
            }
        }
    }

    /// Whether more is on board on the present trip than the vehicle takes.
    fn overloads(&self, sequence: &Sequence) -> bool {
        sequence
            .load
            .iter()
            .enumerate()
            .any(|(d, (drops, _, most))| {
                let capacity = self.vehicle.capacity.get(DimensionId::new(d).index());
                over(capacity.copied().flatten().map(Load::get), drops + most)
            })
    }

    fn is_under_way(&self) -> bool {
        self.model.depots()[self.vehicle.start.index()].spot
    }

    /// Whether more is on board at any moment of a whole route than the vehicle takes, where some of it is there from the start.
    fn overloads_with_what_is_aboard(&self, route: &Sequence) -> bool {
        let orders = self.model.orders();
        let is_aboard = |order: usize| orders[order].aboard.is_some();
        if !route.orders.iter().any(|order| is_aboard(*order)) {
            return false;
        }
        (0..self.model.dimensions().len()).any(|d| {
            let capacity = self.vehicle.capacity.get(d).copied().flatten();
            let capacity = capacity.map(Load::get);
            let amount = |order: usize| orders[order].quantities.get(d).map_or(0, |q| q.get());
            let taken = |order: usize| orders[order].taken.get(d).map_or(0, |q| q.get());
            let is_picked = |order: usize| orders[order].kind == OrderKind::Pickup;
            // Where each trip begins.
            let mut begins: Vec<usize> = route.reloads.iter().map(|(at, ..)| *at).collect();
            begins.insert(0, 0);
            (0..route.orders.len()).any(|now| {
                let trip = begins
                    .iter()
                    .rposition(|from| *from <= now)
                    .expect("the first");
                let (from, to) = (
                    begins[trip],
                    begins.get(trip + 1).copied().unwrap_or(route.orders.len()),
                );
                // Before and after each stop of the trip: what is to come, and what has come.
                let on_board = |now: usize| -> i64 {
                    let later = route.orders[now..].iter().filter(|o| is_aboard(**o));
                    let later: i64 = later.map(|o| amount(*o)).sum();
                    let loaded = route.orders[now..to].iter().filter(|o| {
                        !is_picked(**o) && !is_aboard(**o) && self.mates[**o].is_none()
                    });
                    let loaded: i64 = loaded.map(|o| amount(*o)).sum();
                    let done = &route.orders[from..now.max(from)];
                    let single = done.iter().filter(|o| self.mates[**o].is_none());
                    let fetched: i64 = single
                        .map(|o| taken(*o) + if is_picked(*o) { amount(*o) } else { 0 })
                        .sum();
                    let halves = route.orders[..now]
                        .iter()
                        .filter(|o| self.mates[**o].is_some());
                    let rides: i64 = halves
                        .map(|o| {
                            if is_picked(*o) {
                                amount(*o)
                            } else {
                                -amount(*o)
                            }
                        })
                        .sum();
                    later + loaded + fetched + rides
                };
                over(capacity, on_board(now).max(on_board(now + 1)).into())
            })
        })
    }

    fn extend(&self, sequence: &Sequence, index: usize, order: &Order) -> Option<Sequence> {
        let fetched = self.mates[index].filter(|_| order.kind == OrderKind::DropOff);
        if fetched.is_some_and(|mate| sequence.set & (1 << mate) == 0) {
            return None;
        }
        if !order.only_on.is_empty() && !order.only_on.contains(&self.id) {
            return None;
        }
        let at_spot = self.is_under_way() && sequence.reloads.is_empty();
        let from_depot =
            order.kind.drops() && self.mates[index].is_none() && order.aboard.is_none();
        if (at_spot && from_depot) || order.aboard.is_some_and(|id| id != self.id) {
            return None;
        }
        if has_two_of_a_group(self.model, sequence.set | 1 << index) {
            return None;
        }
        let mut longer = sequence.clone();
        let place = self.model.depots().len() + index;
        let (distance, duration) = self.leg(sequence.at, place)?;
        let pickup = order.kind == OrderKind::Pickup;
        if !pickup && sequence.picks && self.vehicle.backhauls != Backhauls::Mixed {
            return None;
        }
        longer.drops |= !pickup;
        longer.picks |= pickup;
        longer.set |= 1 << index;
        longer.orders.push(index);
        longer.at = place;
        longer.distance += distance;
        longer.driving += duration;
        longer.stops += 1;
        longer.visit(duration, bounds(order.window), order.service.get().into());
        longer.serves = true;
        if let Some(release) = order.release {
            let release = i128::from(release.get());
            match longer.packed {
                None => longer.earliest = longer.earliest.max(release),
                Some(packed) if release > packed => return None,
                Some(_) => {}
            }
        }
        if let Some(ship_by) = order.ship_by {
            let by = i128::from(ship_by.get());
            let (path, held) = longer.left;
            if held > by {
                return None;
            }
            longer.latest = longer.latest.min(by - path);
        }
        for (d, (drops, change, most)) in longer.load.iter_mut().enumerate() {
            let quantity = order.quantities.get(d).map_or(0, |q| i128::from(q.get()));
            // What a pair fetches boards on the way; what is aboard from the start is counted at the end.
            if from_depot {
                *drops += quantity;
            }
            *change += match order.kind {
                OrderKind::DropOff => -quantity,
                OrderKind::Pickup => quantity,
                // Both are on board at no moment: the one leaves before the other boards.
                OrderKind::Exchange => {
                    order.taken.get(d).map_or(0, |q| i128::from(q.get())) - quantity
                }
            };
            *most = (*most).max(*change);
            if self.mates[index].is_some() || order.aboard.is_some() {
                longer.riding[d] += if pickup { quantity } else { -quantity };
            }
        }
        (longer.held <= ALWAYS.1 && longer.earliest <= longer.latest).then_some(longer)
    }

    /// What the route costs if it ends here; never, where a limit is exceeded.
    fn close(&self, sequence: &Sequence) -> i128 {
        let on = |order: usize| sequence.set & (1 << order) != 0;
        let halves = self.mates.iter().enumerate();
        let mut halves = halves.filter_map(|(order, mate)| Some((order, (*mate)?)));
        if halves.any(|(order, mate)| on(order) && !on(mate)) {
            return NEVER;
        }
        let mut route = sequence.clone();
        let shift_ends = bounds(self.vehicle.shift).1;
        let overtime = self.vehicle.overtime;
        let longest = overtime.map_or(0, |o| i128::from(o.most.get()));
        let mut end = (ALWAYS.0, shift_ends + longest);
        let mut home = (0, 0);
        if let Some(depot) = self.vehicle.end {
            let Some(leg) = self.leg(route.at, depot.index()) else {
                return NEVER;
            };
            home = leg;
            end = both(end, bounds(self.model.depots()[depot.index()].window));
        }
        route.distance += home.0;
        route.driving += home.1;
        route.visit(home.1, end, 0);
        // Waiting is least where it leaves as late as it may.
        let duration = route.path.max(route.held - route.latest);
        let unled = self.vehicle.backhauls == Backhauls::LastAfterDropOff && !route.drops;
        if self.overloads(&route)
            || self.overloads_with_what_is_aboard(&route)
            || unled
            || route.earliest > route.latest
            || over(self.vehicle.max_distance.map(Distance::get), route.distance)
            || over(self.vehicle.max_duration.map(Duration::get), duration)
            || over(self.vehicle.max_driving.map(Duration::get), route.driving)
            || over(self.vehicle.max_stops.map(i64::from), route.stops as i128)
        {
            return NEVER;
        }
        let beside = paid(self.vehicle.fixed_cost, 1)
            + paid(self.vehicle.cost_per_distance, route.distance)
            + paid(self.vehicle.cost_per_stop, route.stops as i128);
        let orders = self.model.orders();
        if route.orders.iter().any(|o| orders[*o].promise.is_some()) {
            return beside + self.scheduled(&route, end);
        }
        beside
            + paid(self.vehicle.cost_per_duration, duration)
            + paid(
                self.vehicle.cost_per_waiting,
                duration - route.driving - route.serving,
            )
            + overtime.map_or(0, |o| {
                // However late it leaves, as long as it keeps its windows, it ends no earlier than this.
                let ends = route.held.max(route.earliest + route.path);
                paid(o.price, (ends - shift_ends).max(0))
            })
    }
}

impl Sequence {
    /// Travels, waits for the window to open, and serves.
    fn visit(&mut self, travel: i128, window: (i128, i128), service: i128) {
        let arrives = self.held + travel;
        let starts = arrives.max(window.0);
        if starts > window.1 {
            // Too late however early it leaves.
            self.latest = ALWAYS.0 - 1;
        }
        self.latest = self.latest.min(window.1 - self.path - travel);
        self.serving += service;
        self.path += travel + service;
        self.held = starts + service;
    }
}

/// What a unit of something costs, so often.
pub(crate) fn paid(price: Cost, amount: i128) -> i128 {
    i128::from(price.get()) * amount
}

/// By order the other one of its pair.
fn mates(model: &Model) -> Vec<Option<usize>> {
    let mut mates = vec![None; model.orders().len()];
    for pair in model.pairs() {
        mates[pair.pickup.index()] = Some(pair.drop_off.index());
        mates[pair.drop_off.index()] = Some(pair.pickup.index());
    }
    mates
}

/// Whether a set of orders has more than one of a group.
pub(crate) fn has_two_of_a_group(model: &Model, set: usize) -> bool {
    let count = |orders: &[OrderId]| {
        let served = orders.iter().filter(|o| set & (1 << o.index()) != 0);
        served.count()
    };
    model.groups().iter().any(|group| count(&group.orders) > 1)
}
