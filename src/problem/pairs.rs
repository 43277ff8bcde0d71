//! The rules of goods that go from one customer to another.

use super::riders::check_pair_rides;
use super::rules::order_subject;
use crate::error::{Issues, Rule, shown};
use crate::measure::{CarrierId, OrderId};
use crate::model::{Backhauls, Model, Order, OrderKind};

/// All rules of the pairs of a model: that both orders exist, and what each pair has to keep.
pub(super) fn check_pairs(model: &Model, issues: &mut Issues) {
    let mut bound = vec![
        false;
        if model.pairs().is_empty() {
            0
        } else {
            model.orders().len()
        }
    ];
    let types = model.vehicle_types();
    if !model.pairs().is_empty() && !types.is_empty() {
        check_mixing(types.iter().map(|t| t.backhauls), issues);
    }
    for (number, pair) in model.pairs().iter().enumerate() {
        let mut half = |id: OrderId, kind: OrderKind| {
            let Some(order) = model.orders().get(id.index()) else {
                let advice = || {
                    format!("there is no order {id}; use the ids of orders that are in the model")
                };
                issues.add(
                    Rule::UnknownReference,
                    || format!("pair number {number}"),
                    advice,
                );
                return None;
            };
            if std::mem::replace(&mut bound[id.index()], true) {
                let advice = || {
                    "it is in more than one pair, or twice in one; state an order for each transport"
                        .to_owned()
                };
                issues.add(Rule::Inconsistent, || order_subject(order), advice);
            }
            check_half(order, kind, issues);
            Some(order)
        };
        let pickup = half(pair.pickup, OrderKind::Pickup);
        let drop_off = half(pair.drop_off, OrderKind::DropOff);
        if let (Some(pickup), Some(drop_off)) = (pickup, drop_off) {
            check_both(model.dimensions().len(), pickup, drop_off, issues);
        }
    }
}

/// Where there are pairs, a vehicle type may serve a pickup before a drop-off.
pub(super) fn check_mixing(backhauls: impl Iterator<Item = Backhauls>, issues: &mut Issues) {
    let mut backhauls = backhauls;
    if backhauls.all(Backhauls::are_last) {
        let advice = || {
            "there are pairs, but on every vehicle type all drop-offs come before all pickups; add a type that mixes them"
                .to_owned()
        };
        issues.add(Rule::Unservable, || "model".to_owned(), advice);
    }
}

/// What one order of a pair has to keep: that it goes the right way, and states nothing that a pair has not.
pub(super) fn check_half(order: &Order, kind: OrderKind, issues: &mut Issues) {
    check_kind(order, kind, issues);
    if kind == OrderKind::DropOff {
        check_departure(order, issues);
        check_not_aboard(order, issues);
    }
}

/// What the orders of a pair have to keep together: they carry the same, can be left out and handed over together, and ride
/// together.
pub(super) fn check_both(dimensions: usize, pickup: &Order, drop_off: &Order, issues: &mut Issues) {
    check_quantities(dimensions, pickup, drop_off, issues);
    check_prices(pickup, drop_off, issues);
    check_pair_rides(pickup, drop_off, issues);
    check_carriers_of_both(pickup, drop_off, issues);
}

fn check_kind(order: &Order, kind: OrderKind, issues: &mut Issues) {
    if order.kind != kind {
        let (half, found) = (kind.word(), order.kind.word());
        let help = match order.kind {
            OrderKind::Exchange => "state an order for each way its goods go",
            _ => "swap the two, or correct its kind",
        };
        let advice = || format!("it is the {half} of a pair, but its kind is {found}; {help}");
        issues.add(Rule::Inconsistent, || order_subject(order), advice);
    }
}

/// A pickup never has a release time or a ship-by deadline, in a pair or not.
fn check_departure(drop_off: &Order, issues: &mut Issues) {
    if drop_off.kind == OrderKind::DropOff && drop_off.release.is_some() {
        let advice = || {
            "the drop-off of a pair has no release time, its goods come from its pickup; use the window of that"
                .to_owned()
        };
        issues.add(Rule::Inconsistent, || order_subject(drop_off), advice);
    }
    if drop_off.kind == OrderKind::DropOff && drop_off.ship_by.is_some() {
        let advice = || {
            "the drop-off of a pair has no ship-by deadline, its goods come from its pickup; use the window of that"
                .to_owned()
        };
        issues.add(Rule::Inconsistent, || order_subject(drop_off), advice);
    }
}

fn check_not_aboard(drop_off: &Order, issues: &mut Issues) {
    if drop_off.aboard.is_some() {
        let advice = || {
            "it is aboard, and the drop-off of a pair that is still to be picked up; state the pair, or this order alone"
                .to_owned()
        };
        issues.add(Rule::Inconsistent, || order_subject(drop_off), advice);
    }
}

fn check_quantities(dimensions: usize, pickup: &Order, drop_off: &Order, issues: &mut Issues) {
    let stated = |order: &Order, d: usize| order.quantities.get(d).map_or(0, |q| q.get());
    for d in 0..dimensions {
        let (on, off) = (stated(pickup, d), stated(drop_off, d));
        if on != off {
            let advice = || {
                format!(
                    "{off} of load dimension {d} leave the vehicle here, but {on} board at order \"{}\"; state the same",
                    shown(&pickup.name)
                )
            };
            issues.add(Rule::Inconsistent, || order_subject(drop_off), advice);
        }
    }
}

/// A carrier takes a pair, or does not: never half of it.
fn check_carriers_of_both(pickup: &Order, drop_off: &Order, issues: &mut Issues) {
    let takes = |order: &Order, carrier: CarrierId| {
        let mut prices = order.carrier_prices.iter();
        prices.any(|price| price.carrier == carrier)
    };
    for (order, other) in [(pickup, drop_off), (drop_off, pickup)] {
        let taken = order.carrier_prices.iter().map(|price| price.carrier);
        for carrier in taken.filter(|carrier| !takes(other, *carrier)) {
            let advice = || {
                format!(
                    "carrier {carrier} takes the other order of its pair, \"{}\"; state its price for both, or for neither",
                    shown(&order.name)
                )
            };
            issues.add(Rule::Inconsistent, || order_subject(other), advice);
        }
    }
}

fn check_prices(pickup: &Order, drop_off: &Order, issues: &mut Issues) {
    if pickup.price.is_some() != drop_off.price.is_some() {
        let (optional, mandatory) = if pickup.price.is_some() {
            (pickup, drop_off)
        } else {
            (drop_off, pickup)
        };
        let advice = || {
            format!(
                "it must be served, but the other order of its pair, \"{}\", has a price for leaving it out; state a \
                 price for both (0 is one), or for neither",
                shown(&optional.name)
            )
        };
        issues.add(Rule::Inconsistent, || order_subject(mandatory), advice);
    }
}
