//! What stands in the way of a route.

use super::walk::is_bound;
use super::{Reason, Relaxation, Route};
use crate::measure::DimensionId;
use crate::problem::Problem;

/// How far from fitting: how many facts, which kind is first, by how much.
pub(super) type Key = (usize, u8, i64);

/// What stands in the way of a route that serves one order, or one pair; `None`: nothing.
pub(super) fn obstacles(
    problem: &Problem,
    route: &Route,
) -> Option<(Key, Reason, Vec<Relaxation>)> {
    if !is_connected(problem, route) {
        return Some(((usize::MAX, 0, 0), Reason::Unreachable, Vec::new()));
    }
    let mut found: Vec<(u8, i64, Reason, Relaxation)> = Vec::new();
    found.extend(load_obstacles(route));
    found.extend(time_obstacles(problem, route));
    found.extend(length_obstacles(problem, route));
    let (rank, amount, reason, _) = *found.first()?;
    let key = (found.len(), rank, amount);
    Some((key, reason, found.into_iter().map(|(.., r)| r).collect()))
}

fn is_connected(problem: &Problem, route: &Route) -> bool {
    let profile = problem.vehicle_type(route.vehicle_type).profile;
    let mut at = problem.depot_place(route.start);
    let reloads = route.reloads.iter();
    let reloads = reloads.map(|reload| problem.depot_place(reload.depot));
    let stops = route.stops.iter();
    let stops = stops.map(|stop| problem.order_place(stop.order));
    let end = route.end.map(|end| problem.depot_place(end));
    // There is no other reload than one before all stops.
    reloads.chain(stops).chain(end).all(|place| {
        let from = std::mem::replace(&mut at, place);
        problem.leg(profile, from, place).is_some()
    })
}

type Obstacle = (u8, i64, Reason, Relaxation);

fn load_obstacles(route: &Route) -> impl Iterator<Item = Obstacle> + '_ {
    let limits = route.capacity.iter().zip(&route.peak).enumerate();
    limits.filter_map(|(d, (most, needed))| {
        let most = most.filter(|most| needed > most)?;
        let (dimension, needed) = (DimensionId::new(d), *needed);
        let reason = Reason::TooLarge {
            dimension,
            needed,
            most,
        };
        let relaxation = Relaxation::Capacity {
            dimension,
            from: most,
            to: needed,
        };
        Some((1, needed.get() - most.get(), reason, relaxation))
    })
}

fn time_obstacles(problem: &Problem, route: &Route) -> Vec<Obstacle> {
    let fleet = problem.vehicle_type(route.vehicle_type);
    let mut found = Vec::new();
    let (from, to) = (fleet.leaves.latest, route.departure);
    if to > from {
        let reason = Reason::ReleasedTooLate {
            release: to,
            latest: from,
        };
        found.push((
            2,
            (to - from).get(),
            reason,
            Relaxation::LeaveUntil { from, to },
        ));
    }
    // What is on a route that begins with a reload leaves from there.
    let to = route.reloads.first().map_or(to, |r| r.departure);
    for reload in &route.reloads {
        let (latest, start) = (problem.depot_window(reload.depot).latest, reload.start);
        if start > latest {
            let reason = Reason::ReloadTooLate { start, latest };
            let help = Relaxation::ReloadUntil {
                from: latest,
                to: start,
            };
            found.push((2, (start - latest).get(), reason, help));
        }
    }
    for stop in &route.stops {
        if let Some(from) = problem.ship_by(stop.order).filter(|by| to > *by) {
            let reason = Reason::ShipByOutOfReach {
                departure: to,
                ship_by: from,
            };
            let help = Relaxation::ShipUntil { from, to };
            found.push((2, (to - from).get(), reason, help));
        }
    }
    for stop in &route.stops {
        let (from, to) = (problem.window(stop.order).latest, stop.start);
        if to > from {
            let reason = Reason::WindowUnreachable {
                arrival: to,
                latest: from,
            };
            found.push((
                3,
                (to - from).get(),
                reason,
                Relaxation::WindowUntil { from, to },
            ));
        }
    }
    let (from, to) = (fleet.returns.latest, route.arrival);
    if to > from && is_bound(from) {
        let reason = Reason::ReturnTooLate {
            arrival: to,
            latest: from,
        };
        found.push((
            4,
            (to - from).get(),
            reason,
            Relaxation::ReturnUntil { from, to },
        ));
    }
    found
}

fn length_obstacles(problem: &Problem, route: &Route) -> impl Iterator<Item = Obstacle> + use<> {
    let fleet = problem.vehicle_type(route.vehicle_type);
    let (far, long) = (route.distance, route.duration());
    let distance = fleet.max_distance.filter(|most| far > *most).map(|most| {
        let reason = Reason::TooFar { needed: far, most };
        let relaxation = Relaxation::MaxDistance {
            from: most,
            to: far,
        };
        (5, far.get() - most.get(), reason, relaxation)
    });
    let duration = fleet.max_duration.filter(|most| long > *most).map(|most| {
        let reason = Reason::TooLong { needed: long, most };
        let relaxation = Relaxation::MaxDuration {
            from: most,
            to: long,
        };
        (6, long.get() - most.get(), reason, relaxation)
    });
    let driving = route.driving();
    let driving = fleet
        .max_driving
        .filter(|most| driving > *most)
        .map(|most| {
            let reason = Reason::TooMuchDriving {
                needed: driving,
                most,
            };
            let relaxation = Relaxation::MaxDriving {
                from: most,
                to: driving,
            };
            (7, driving.get() - most.get(), reason, relaxation)
        });
    let needed = route.stops.len();
    let stops = fleet.max_stops.filter(|most| needed > *most).map(|most| {
        let reason = Reason::TooManyStops { needed, most };
        let relaxation = Relaxation::MaxStops {
            from: most,
            to: needed,
        };
        (8, (needed - most) as i64, reason, relaxation)
    });
    let all = distance.into_iter().chain(duration).chain(driving);
    all.chain(stops)
}
