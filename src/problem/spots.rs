//! The rules of vehicles that are under way, and of what they carry.

use super::reloads::reload_depots;
use super::rules::{order_subject, vehicle_subject};
use crate::error::{Issues, Rule, shown};
use crate::measure::DepotId;
use crate::model::{Model, Order, OrderKind};

/// Whether a depot, which need not be there, is a spot on the road.
pub(super) fn is_spot(model: &Model, depot: DepotId) -> bool {
    let depot = model.depots().get(depot.index());
    depot.is_some_and(|depot| depot.spot)
}

/// By vehicle type: whether it starts at a spot.
pub(super) fn under_way(model: &Model) -> Vec<bool> {
    let types = model.vehicle_types().iter();
    types.map(|vehicle| is_spot(model, vehicle.start)).collect()
}

/// Vehicles at spots are single, and nothing is loaded there.
pub(super) fn check_spots(model: &Model, issues: &mut Issues) {
    for vehicle in model.vehicle_types() {
        let subject = || vehicle_subject(vehicle);
        if is_spot(model, vehicle.start) {
            check_single(vehicle.count, subject, issues);
        }
        for depot in reload_depots(vehicle)
            .iter()
            .filter(|d| is_spot(model, **d))
        {
            let advice = || {
                let name = shown(&model.depots()[depot.index()].name);
                format!(
                    "its reload depot \"{name}\" is a spot on the road, where nothing is loaded; name a depot"
                )
            };
            issues.add(Rule::Inconsistent, subject, advice);
        }
    }
}

/// A spot is where one vehicle is.
pub(super) fn check_single(
    count: Option<u32>,
    subject: impl FnOnce() -> String,
    issues: &mut Issues,
) {
    if count.is_none_or(|count| count > 1) {
        let advice = || {
            "it starts at a spot on the road, where one vehicle is; state a count of 1, and a type for each vehicle under way"
                .to_owned()
        };
        issues.add(Rule::Inconsistent, subject, advice);
    }
}

/// What an order that is aboard states beside, where so many vehicle types start at a spot or do not.
pub(super) fn check_aboard(under_way: &[bool], order: &Order, issues: &mut Issues) {
    let Some(id) = order.aboard else { return };
    let subject = || order_subject(order);
    match under_way.get(id.index()) {
        None => {
            let advice = || {
                format!(
                    "there is no vehicle type {id} that it is aboard of; use an id that add_vehicle_type returned"
                )
            };
            issues.add(Rule::UnknownReference, subject, advice);
        }
        Some(false) => {
            let advice = || {
                format!(
                    "it is aboard a vehicle of type {id}, which does not start at a spot on the road; let it start at a Depot::spot"
                )
            };
            issues.add(Rule::Inconsistent, subject, advice);
        }
        Some(true) => {}
    }
    let beside = [
        (
            order.kind == OrderKind::Pickup,
            "is a pickup, whose goods are at the customer's",
        ),
        (order.release.is_some(), "has a release time"),
        (order.ship_by.is_some(), "has a ship-by deadline"),
        (!order.only_on.is_empty(), "names vehicle types"),
        (!order.carrier_prices.is_empty(), "has prices of carriers"),
    ];
    for (_, what) in beside.into_iter().filter(|(stated, _)| *stated) {
        let advice = || format!("it is aboard, and {what}; leave out one of the two");
        issues.add(Rule::Inconsistent, subject, advice);
    }
}
