//! The rules of promises, and the most that they can cost.

use super::facts::FOREVER;
use super::reloads::reload_depots;
use super::rules::{check_amount, check_window, order_subject};
use super::{Problem, sums};
use crate::error::{Issues, Rule};
use crate::measure::{OrderId, Time};
use crate::model::{Model, Order};

/// What an order states of its promise: a window, and prices that are not negative.
pub(super) fn check_promise(order: &Order, issues: &mut Issues) {
    let Some(promise) = order.promise else { return };
    let subject = || order_subject(order);
    check_window(Some(promise.window), subject, "promise", issues);
    let early = promise.early.get();
    let what = format_args!("cost of coming early (in millionths a second)");
    check_amount(early, what, subject, issues);
    let late = promise.late.get();
    let what = format_args!("cost of coming late (in millionths a second)");
    check_amount(late, what, subject, issues);
}

/// Several trips, each of which may wait for its goods, are not scheduled together with promises.
pub(super) fn check_days_with_promises(model: &Model, issues: &mut Issues) {
    let promised = |order: &Order| order.promise.is_some_and(|promise| promise.is_priced());
    let types = model.vehicle_types();
    let reload = types.iter().any(|v| !reload_depots(v).is_empty());
    if reload && model.orders().iter().any(promised) {
        let advice = || {
            "it has promises with a price, and vehicle types that may reload, which are unsupported together; leave out one \
             of the two"
                .to_owned()
        };
        issues.add(Rule::Unsupported, || "model".to_owned(), advice);
    }
}

/// The most that all promises together can cost in a plan that keeps its limits: each service starts within its window and
/// the hours of the fleet, as far as those are stated, and else no longer before the first moment stated, or after the last,
/// than everything takes together.
pub(super) fn dearest(problem: &Problem) -> i128 {
    if !problem.orders.promised() {
        return 0;
    }
    let wide = |moment: Time| i128::from(moment.get());
    let services = problem
        .orders()
        .map(|o| i128::from(problem.service(o).get()));
    let legs = 2 * problem.orders().count() as i128;
    let all = services.sum::<i128>() + legs * i128::from(problem.longest_leg());
    let (first, last) = sums::moments(problem);
    let fleet = problem.fleet().iter();
    let opens = fleet.clone().map(|t| wide(t.leaves.earliest)).min();
    let closes = fleet.map(|t| wide(t.returns.latest)).max();
    let stated = |moment: &i128| moment.abs() < i128::from(FOREVER);
    let opens = opens.filter(stated).unwrap_or(first - all);
    let closes = closes.filter(stated).unwrap_or(last + all);
    let worst = |order: OrderId| {
        let promise = problem.promise(order)?;
        let window = problem.window(order);
        let from = opens.max(wide(window.earliest));
        let to = closes.min(wide(window.latest));
        let early = (wide(promise.window.earliest) - from).max(0) * i128::from(promise.early.get());
        let late = (to - wide(promise.window.latest)).max(0) * i128::from(promise.late.get());
        Some(early.max(late))
    };
    problem.orders().filter_map(worst).sum()
}
