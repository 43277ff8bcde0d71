//! Comparing what a route has on record with its recount.

use super::recount::{Recount, Visit};
use super::violation::Record;
use super::{ReloadStop, Route, Stop};
use crate::measure::{Duration, Load, OrderId, Time};
use crate::problem::{FleetType, Problem};
use crate::travel::Leg;

/// The numbers on record that are not those recounted, the cost left aside; of each kind the first.
pub(super) fn wrong_records(
    problem: &Problem,
    route: &Route,
    fleet: &FleetType,
    recount: &Recount,
) -> Vec<(Option<OrderId>, Record)> {
    let same = |wide: i128, stored: i64| wide == i128::from(stored);
    let loads_same = |wide: &[i128], stored: &[Load]| {
        wide.len() == stored.len() && wide.iter().zip(stored).all(|(w, s)| same(*w, s.get()))
    };
    let end = &recount.end;
    let end_leg = fleet.end.map(|_| end.leg.unwrap_or((0, 0)));
    let reloads = route.reloads.iter().map(reload_facts);
    let facts = [
        (
            Record::Depots,
            route.start == fleet.start && route.end == fleet.end,
        ),
        (
            Record::Departure,
            same(recount.departure, route.departure.get()),
        ),
        (
            Record::Arrival,
            same(end.start, route.arrival.get())
                && same(end.wait(), route.end_wait.get())
                && same(recount.overtime(fleet), route.overtime.get()),
        ),
        (
            Record::Distance,
            same(recount.distance, route.distance.get()),
        ),
        (Record::Leg, end_leg == route.final_leg.map(wide)),
        (
            Record::Reload,
            reloads.eq(recount.reloads.iter().map(counted)),
        ),
        (
            Record::Load,
            loads_same(&recount.loads, &route.loads)
                && loads_same(&recount.reloaded, &route.reloaded)
                && loads_same(&recount.peak, &route.peak),
        ),
    ];
    let mut wrong: Vec<(Option<OrderId>, Record)> = facts
        .into_iter()
        .filter(|(_, right)| !right)
        .map(|(what, _)| (None, what))
        .collect();
    let pairs = || route.stops.iter().zip(&recount.stops);
    let leg_wrong = pairs().find(|(stop, call)| stop_facts(stop).0 != counted(call).0);
    wrong.extend(leg_wrong.map(|(stop, _)| (Some(stop.order), Record::Leg)));
    let missed = |stop: &Stop, call: &Visit| {
        let counted = problem
            .promise(stop.order)
            .map_or((0, 0), |p| call.missed(p));
        counted == (stop.early.get().into(), stop.late.get().into())
    };
    let schedule_wrong =
        pairs().find(|(stop, call)| stop_facts(stop).1 != counted(call).1 || !missed(stop, call));
    wrong.extend(schedule_wrong.map(|(stop, _)| (Some(stop.order), Record::Schedule)));
    wrong
}

/// The leg to a call; arrival, wait, start and departure, and slack.
type Facts = ((i128, i128), ([i128; 4], Option<i128>));

fn counted(call: &Visit) -> Facts {
    let moments = [call.arrival, call.wait(), call.start, call.departure()];
    (call.leg.unwrap_or((0, 0)), (moments, call.slack))
}

fn stop_facts(stop: &Stop) -> Facts {
    let moments = [stop.arrival, stop.start, stop.departure];
    stored(stop.leg, moments, stop.wait, stop.slack)
}

fn reload_facts(reload: &ReloadStop) -> Facts {
    let moments = [reload.arrival, reload.start, reload.departure];
    stored(reload.leg, moments, reload.wait, reload.slack)
}

fn stored(leg: Leg, moments: [Time; 3], wait: Duration, slack: Option<Duration>) -> Facts {
    let [arrival, start, departure] = moments.map(|moment| i128::from(moment.get()));
    let wait = i128::from(wait.get());
    let slack = slack.map(|s| i128::from(s.get()));
    (wide(leg), ([arrival, wait, start, departure], slack))
}

fn wide(leg: Leg) -> (i128, i128) {
    (
        i128::from(leg.distance.get()),
        i128::from(leg.duration.get()),
    )
}
