//! The rules of promises, and the most that they can cost.

use super::facts::FOREVER;
use super::rules::{check_amount, check_window, order_subject};
use super::{Problem, sums};
use crate::error::Issues;
use crate::measure::{OrderId, Time};
use crate::model::Order;

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
    // To each order, and to the end of its route; where there are trips, to a depot before it too.
    let orders = problem.orders().count() as i128;
    let trips = if problem.shape().reloads { orders } else { 0 };
    let all = services.sum::<i128>()
        + (2 * orders + trips) * i128::from(problem.longest_leg())
        + trips * sums::longest_loading(problem);
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
