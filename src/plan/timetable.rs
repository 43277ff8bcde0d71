//! The cheapest schedule of a route with promises, by partition.
//!
//! With `path` the travel and service from the start to a call, and `u` the moment of the call less its path, a schedule is any
//! sequence of `u` that does not fall. What a call costs is a convex function of its `u` that bends at few moments, and some
//! cheapest schedule has every `u` at a bend of some call: isotonic regression. Whether each `u` is at the upper or the lower
//! half of all bends is found first, by looking at two neighbouring bends alone, then the same for each half.
//!
//! # References
//!
//! Stout (2013), 10.1007/s00453-012-9628-4, for regression by partition.

use super::walk::{self, Site, is_bound};
use crate::measure::{Duration, Time, Window};
use crate::model::Promise;
use crate::problem::{FleetType, Problem};

/// What is to be least, the first number before all others: before it may be, lateness for windows, cost, time before the
/// horizon where no start is stated, the end, the departure (the latest), and the starts of service.
type Worth = [i128; 7];

/// What a call is.
enum Role<'a> {
    Departure { stated: bool },
    Stop(Option<&'a Promise>),
    End { overtime: Option<(i128, i128)> },
}

struct Call<'a> {
    role: Role<'a>,
    path: i128,
    opens: Option<i128>,
    closes: Option<i128>,
}

/// The calls of a route, its departure and its end among them.
pub(super) struct Timetable<'a> {
    calls: Vec<Call<'a>>,
    /// Of duration and waiting.
    price: i128,
    longest: Option<i128>,
}

fn stated(moment: Time) -> Option<i128> {
    is_bound(moment).then(|| i128::from(moment.get()))
}

/// What is promised for a call.
fn promise<'a>(problem: &'a Problem, call: &walk::Call) -> Option<&'a Promise> {
    match call.site {
        Site::Order(order) => problem.promise(order),
        Site::Depot(_) => None,
    }
}

impl<'a> Timetable<'a> {
    /// That of a route which may leave within a window, of its calls and how long its last leg takes; `None` where missing
    /// what is promised costs nothing.
    pub(super) fn of(
        problem: &'a Problem,
        fleet: &FleetType,
        leaves: Window,
        way: (&[walk::Call], Duration),
    ) -> Option<Self> {
        let priced = |call: &walk::Call| promise(problem, call).is_some_and(Promise::is_priced);
        let any = problem.shape().promised && way.0.iter().any(priced);
        any.then(|| Self::new(problem, fleet, leaves, way))
    }

    fn new(
        problem: &'a Problem,
        fleet: &FleetType,
        leaves: Window,
        (way, last): (&[walk::Call], Duration),
    ) -> Self {
        let mut path = 0;
        let opens = stated(leaves.earliest);
        let mut calls = vec![Call {
            role: Role::Departure {
                stated: opens.is_some(),
            },
            path,
            opens,
            closes: stated(leaves.latest),
        }];
        for call in way {
            path += i128::from(call.leg.duration.get());
            calls.push(Call {
                role: Role::Stop(promise(problem, call)),
                path,
                opens: stated(call.window.earliest),
                closes: stated(call.window.latest),
            });
            path += i128::from(call.service.get());
        }
        path += i128::from(last.get());
        let price = i128::from(fleet.cost_per_overtime.get());
        calls.push(Call {
            role: Role::End {
                overtime: fleet.overtime_from.map(|from| (from.get().into(), price)),
            },
            path,
            opens: stated(fleet.returns.earliest),
            closes: stated(fleet.returns.latest),
        });
        let wages = [fleet.cost_per_duration, fleet.cost_per_waiting];
        let price = wages.into_iter().map(|price| i128::from(price.get())).sum();
        let longest = fleet.max_duration.map(|most| i128::from(most.get()));
        Self {
            calls,
            price,
            longest,
        }
    }

    /// When the route leaves, and when each of its calls starts.
    pub(super) fn cheapest(&self) -> (i64, Vec<i64>) {
        let moments = self.within_longest();
        let mut moments = moments.into_iter().map(narrow);
        let departure = moments.next().unwrap_or(0);
        (departure, moments.take(self.calls.len() - 2).collect())
    }

    /// The moments of all calls. Where the cheapest take too long, they are those of the best departure once the end is tied
    /// to it: how good a departure is, is convex, so there is one to which all others lead.
    fn within_longest(&self) -> Vec<i128> {
        let moments = self.moments(None);
        let (first, last) = (moments[0], moments[moments.len() - 1]);
        let Some(longest) = self.longest.filter(|most| last - first > *most) else {
            return moments;
        };
        let tied = |departure: i128| {
            let tie = Some((departure, departure + longest));
            let moments = self.moments(tie);
            let calls = self.calls.iter().zip(&moments);
            let mut sum = [0; 7];
            for (call, moment) in calls {
                add(&mut sum, self.worth(call, moment - call.path, tie));
            }
            (sum, moments)
        };
        let bends = self.bends(None);
        let spare = (longest - self.calls[self.calls.len() - 1].path).abs() + 1;
        let (mut from, mut to) = (bends[0] - spare, bends[bends.len() - 1] + spare);
        while from < to {
            let middle = (from + to).div_euclid(2);
            if tied(middle).0 <= tied(middle + 1).0 {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        tied(from).1
    }

    /// The best moments of all calls, where the route leaves and ends as it is tied to, if at all.
    fn moments(&self, tie: Option<(i128, i128)>) -> Vec<i128> {
        let bends = self.bends(tie);
        let mut chosen = vec![0; self.calls.len()];
        let mut parts = vec![(0..self.calls.len(), 0..bends.len())];
        while let Some((calls, among)) = parts.pop() {
            if among.len() <= 1 {
                chosen[calls].fill(among.start);
                continue;
            }
            if calls.is_empty() {
                continue;
            }
            let upper = among.start + among.len() / 2;
            let split = self.split(calls.clone(), (bends[upper - 1], bends[upper]), tie);
            parts.push((calls.start..split, among.start..upper));
            parts.push((split..calls.end, upper..among.end));
        }
        let chosen = chosen.iter().zip(&self.calls);
        chosen
            .map(|(bend, call)| bends[*bend] + call.path)
            .collect()
    }

    /// From which of some calls on it is better to be at the higher of two neighbouring bends.
    fn split(
        &self,
        calls: std::ops::Range<usize>,
        (lower, upper): (i128, i128),
        tie: Option<(i128, i128)>,
    ) -> usize {
        let (mut best, mut least) = (calls.start, [0; 7]);
        let mut sum = [0; 7];
        for index in calls {
            let call = &self.calls[index];
            add(&mut sum, self.worth(call, lower, tie));
            add(&mut sum, self.worth(call, upper, tie).map(|worth| -worth));
            if sum < least {
                (best, least) = (index + 1, sum);
            }
        }
        best
    }

    fn worth(&self, call: &Call<'_>, at: i128, tie: Option<(i128, i128)>) -> Worth {
        let moment = at + call.path;
        let mut worth = [0; 7];
        worth[0] = call.opens.map_or(0, |opens| (opens - moment).max(0));
        worth[1] = call.closes.map_or(0, |closes| (moment - closes).max(0));
        match &call.role {
            Role::Departure { stated } => {
                worth[0] += tie.map_or(0, |(departure, _)| (departure - moment).abs());
                worth[2] = -self.price * at;
                worth[3] = if *stated { 0 } else { (-moment).max(0) };
                worth[5] = -moment;
            }
            Role::Stop(promise) => {
                if let Some(promise) = promise {
                    let from = i128::from(promise.window.earliest.get());
                    let until = i128::from(promise.window.latest.get());
                    worth[2] = (from - moment).max(0) * i128::from(promise.early.get())
                        + (moment - until).max(0) * i128::from(promise.late.get());
                }
                worth[6] = moment;
            }
            Role::End { overtime } => {
                worth[1] += tie.map_or(0, |(_, end)| (moment - end).max(0));
                let over = overtime.map_or(0, |(from, price)| (moment - from).max(0) * price);
                worth[2] = self.price * at + over;
                worth[4] = moment;
            }
        }
        worth
    }

    /// All moments at which a worth bends, less the paths there, in order, each once; at least one.
    fn bends(&self, tie: Option<(i128, i128)>) -> Vec<i128> {
        let mut bends: Vec<i128> = Vec::with_capacity(4 * self.calls.len());
        let path = self.calls[self.calls.len() - 1].path;
        bends.extend(
            tie.into_iter()
                .flat_map(|(departure, end)| [departure, end - path]),
        );
        for call in &self.calls {
            let limits = call.opens.into_iter().chain(call.closes);
            let own: [Option<i128>; 2] = match &call.role {
                Role::Departure { stated: false } => [Some(0), None],
                Role::Departure { stated: true } | Role::Stop(None) => [None, None],
                Role::Stop(Some(promise)) => {
                    let window = promise.window;
                    [window.earliest, window.latest].map(|moment| Some(moment.get().into()))
                }
                Role::End { overtime } => [overtime.map(|(from, _)| from), None],
            };
            let moments = limits.chain(own.into_iter().flatten());
            bends.extend(moments.map(|moment| moment - call.path));
        }
        bends.sort_unstable();
        bends.dedup();
        bends
    }
}

fn add(sum: &mut Worth, worth: Worth) {
    for (sum, worth) in sum.iter_mut().zip(worth) {
        *sum += worth;
    }
}

fn narrow(moment: i128) -> i64 {
    i64::try_from(moment).unwrap_or(if moment < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Cost, OrderId, VehicleTypeId};
    use crate::model::{Depot, Model, Order, Place, VehicleType};
    use crate::plan::{Plan, RouteDraft};
    use crate::travel::Euclidean;

    fn window(from: i64, length: i64) -> Window {
        Window::new(Time(from), Time(from + length))
    }

    /// A number that looks like chance, below `most`.
    fn some(seed: u64, fact: u64, most: i64) -> i64 {
        let mixed = (seed * 31 + fact).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) as i64 % most
    }

    /// Three stops with windows, some of them tight, now and then with a shift and a price of time.
    fn day(seed: u64) -> Problem {
        let mut model = Model::new();
        let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
        let mut van = VehicleType::new("van", 1, depot).per_duration(Cost(some(seed, 1, 3)));
        if some(seed, 2, 2) == 0 {
            van = van.shift(window(some(seed, 3, 90), 1_000));
        }
        if some(seed, 4, 3) == 0 {
            van = van.open_end();
        }
        model.add_vehicle_type(van);
        for stop in 0..3_u64 {
            let fact = |of: u64| 10 * (stop + 1) + of;
            let x = some(seed, fact(0), 60) as f64;
            let mut order = Order::drop_off(format!("stop {stop}"), Place::plane(x, 0.0));
            if some(seed, fact(1), 4) > 0 {
                let from = some(seed, fact(2), 300) - 50;
                order = order.window(window(from, some(seed, fact(3), 200)));
            }
            if some(seed, fact(4), 5) == 0 {
                let packed = Time(some(seed, fact(5), 80));
                let closes = order.window.map_or(packed, |w| w.latest);
                order = order.release(packed.min(closes));
            }
            model.add_order(order.service(Duration(some(seed, fact(6), 9))));
        }
        Problem::new(&model, &Euclidean::rounded()).unwrap()
    }

    /// Where nothing is promised, the cheapest schedule is that of every other route.
    #[test]
    fn without_promises_it_is_the_usual_schedule() {
        let mut kept = 0;
        for seed in 0..2_000 {
            let problem = day(seed);
            let orders: Vec<OrderId> = problem.orders().collect();
            let id = VehicleTypeId::new(0);
            let plan = Plan::new(&problem, vec![RouteDraft::new(id, orders.clone())]);
            if !plan.check(&problem).is_empty() {
                continue;
            }
            kept += 1;
            let route = &plan.routes()[0];
            let starts = route.stops().iter().map(|stop| stop.start.get()).collect();
            let fleet = problem.vehicle_type(id);
            let (calls, home) = walk::drive(&problem, fleet, &orders, &[]);
            let leaves = walk::departures(&problem, fleet, &calls);
            let last = home.map_or(Duration::ZERO, |leg| leg.duration);
            let timetable = Timetable::new(&problem, fleet, leaves, (&calls, last));
            let usual = (route.departure().get(), starts);
            assert_eq!(timetable.cheapest(), usual, "day {seed}");
        }
        assert!(kept > 200, "{kept}");
    }
}
