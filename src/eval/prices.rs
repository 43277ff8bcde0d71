//! The costs of a problem in the search's own steps.

use crate::measure::{Cost, OrderId};
use crate::problem::Problem;

/// The prices of a problem divided by their greatest common divisor, so that a benchmark's cost is its distance and
/// sums stay small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// How many [`Cost`] units one step is.
    pub step: i64,
    /// By vehicle type: for using one vehicle.
    pub fixed: Vec<i64>,
    /// By vehicle type: for one unit of distance.
    pub distance: Vec<i64>,
    /// By vehicle type: for one unit of time.
    pub duration: Vec<i64>,
    /// By order: for leaving it out. Mandatory orders have the price `mandatory`, cancelled ones none.
    pub absent: Vec<i64>,
    /// Above what any plan costs, optional orders left out included.
    pub mandatory: i64,
}

/// No sum of prices for leaving mandatory orders out may pass this.
const MOST_IN_ALL: i64 = 1 << 53;

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Prices {
    /// The prices of `problem`.
    pub fn new(problem: &Problem) -> Self {
        let fleet = problem.fleet();
        let price = |o: OrderId| problem.price(o).map(Cost::get);
        let of_fleet = fleet
            .iter()
            .flat_map(|t| [t.fixed_cost, t.cost_per_distance, t.cost_per_duration])
            .map(Cost::get);
        let step = of_fleet
            .chain(problem.orders().filter_map(price))
            .fold(0, gcd)
            .max(1);
        let steps = |cost: Cost| cost.get() / step;
        let mandatory = mandatory_price(problem, step);
        Self {
            step,
            fixed: fleet.iter().map(|t| steps(t.fixed_cost)).collect(),
            distance: fleet.iter().map(|t| steps(t.cost_per_distance)).collect(),
            duration: fleet.iter().map(|t| steps(t.cost_per_duration)).collect(),
            absent: (0..problem.order_count())
                .map(OrderId::new)
                .map(|o| match price(o) {
                    Some(price) => price / step,
                    None if problem.has_order(o) => mandatory,
                    None => 0,
                })
                .collect(),
            mandatory,
        }
    }
}

/// A price above what any plan costs, or as near to it as keeps the sum over all orders in range.
fn mandatory_price(problem: &Problem, step: i64) -> i64 {
    let most =
        |value: &dyn Fn(usize) -> i64| (0..problem.fleet().len()).map(value).max().unwrap_or(0);
    let fleet = problem.fleet();
    let longest = i128::from(problem.longest_leg());
    let fixed = i128::from(most(&|t| fleet[t].fixed_cost.get() / step));
    let distance = i128::from(most(&|t| fleet[t].cost_per_distance.get() / step));
    let duration = i128::from(most(&|t| fleet[t].cost_per_duration.get() / step));
    let service = problem
        .orders()
        .map(|o| i128::from(problem.service(o).get()))
        .max()
        .unwrap_or(0);
    let day = i128::from(problem.span());
    // One order more costs at most a new vehicle, a leg there, a leg back, its service and a day of waiting.
    let one = fixed + 2 * longest * distance + (2 * longest + service + day) * duration + 1;
    let count = i128::try_from(problem.order_count() + 1).unwrap_or(i128::MAX);
    // And it may push out optional orders.
    let prices = problem.orders().filter_map(|o| problem.price(o));
    let optional: i128 = prices.map(|price| i128::from(price.get() / step)).sum();
    let all = one * count + optional;
    i64::try_from(all.min(i128::from(MOST_IN_ALL) / count).max(1)).unwrap_or(MOST_IN_ALL)
}
