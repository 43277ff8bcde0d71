//! The rules of one order.

use super::carriers::check_carrier_prices;
use super::promises::check_promise;
use super::riders::check_only_on;
use super::rules::{
    MOST, check_amount, check_dimensions, check_money, check_window, order_subject,
};
use super::spots::check_aboard;
use crate::error::{Issues, Rule};
use crate::model::{Order, OrderKind};

/// How many there are of what an order may name.
pub(super) struct Known<'a> {
    pub(super) dimensions: usize,
    pub(super) carriers: usize,
    /// By vehicle type: whether it starts at a spot.
    pub(super) under_way: &'a [bool],
}

/// What an order states about itself.
pub(super) fn check_order(known: &Known<'_>, order: &Order, issues: &mut Issues) {
    check_order_amounts(known.dimensions, order, issues);
    check_window(order.window, || order_subject(order), "window", issues);
    check_release(order, issues);
    check_ship_by(order, issues);
    check_promise(order, issues);
    check_carrier_prices(known.carriers, order, issues);
    check_only_on(known.under_way.len(), order, issues);
    check_aboard(known.under_way, order, issues);
}

fn check_order_amounts(dimensions: usize, order: &Order, issues: &mut Issues) {
    let subject = || order_subject(order);
    check_dimensions(dimensions, order.quantities.len(), subject, issues);
    for (dimension, quantity) in order.quantities.iter().enumerate() {
        let what = format_args!("quantity of load dimension {dimension}");
        check_amount(quantity.get(), what, subject, issues);
    }
    check_dimensions(dimensions, order.taken.len(), subject, issues);
    for (dimension, taken) in order.taken.iter().enumerate() {
        let what = format_args!("quantity taken of load dimension {dimension}");
        check_amount(taken.get(), what, subject, issues);
    }
    if order.kind != OrderKind::Exchange && !order.taken.is_empty() {
        let advice = || {
            let kind = order.kind.word();
            format!(
                "it is a {kind} and states what is taken along, as exchanges do; state that as its quantity, or make it an exchange"
            )
        };
        issues.add(Rule::Inconsistent, subject, advice);
    }
    let service = order.service.get();
    check_amount(service, format_args!("service duration"), subject, issues);
    if let Some(price) = order.price {
        check_money(price, "price of not serving it", subject, issues);
    }
}

fn check_release(order: &Order, issues: &mut Issues) {
    let Some(release) = order.release else { return };
    if !(-MOST..=MOST).contains(&release.get()) {
        let advice = || {
            format!("its release time {release} is not within ±2^40 seconds of the horizon's start")
        };
        issues.add(Rule::OutOfRange, || order_subject(order), advice);
    }
    if order.kind == OrderKind::Pickup {
        let advice = || {
            "a pickup has no release time, its goods are at the customer's; use its window"
                .to_owned()
        };
        issues.add(Rule::Inconsistent, || order_subject(order), advice);
    }
    if order
        .window
        .is_some_and(|w| !w.is_reversed() && w.latest < release)
    {
        let advice =
            || "its window closes before its goods are released; correct one of the two".to_owned();
        issues.add(Rule::Inconsistent, || order_subject(order), advice);
    }
}

fn check_ship_by(order: &Order, issues: &mut Issues) {
    let Some(ship_by) = order.ship_by else { return };
    let subject = || order_subject(order);
    if !(-MOST..=MOST).contains(&ship_by.get()) {
        let advice = || {
            format!(
                "its ship-by deadline {ship_by} is not within ±2^40 seconds of the horizon's start"
            )
        };
        issues.add(Rule::OutOfRange, subject, advice);
    }
    if order.kind == OrderKind::Pickup {
        let advice = || {
            "a pickup has no ship-by deadline, its goods leave no depot; use its window".to_owned()
        };
        issues.add(Rule::Inconsistent, subject, advice);
    }
    if order.release.is_some_and(|release| ship_by < release) {
        let advice =
            || "it has to leave before its goods are released; correct one of the two".to_owned();
        issues.add(Rule::Inconsistent, subject, advice);
    }
}
