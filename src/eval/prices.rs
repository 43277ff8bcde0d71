//! The costs of a problem in the search's own steps.

use crate::measure::{Cost, OrderId};
use crate::problem::{FleetType, Problem};

/// The prices of a problem divided by their greatest common divisor, so that a benchmark's cost is its distance and
/// sums stay small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// How many [`Cost`] units one step is.
    pub step: i64,
    /// By vehicle type: for using one vehicle, [`extra`](Prices::extra) included.
    pub fixed: Vec<i64>,
    /// What the search adds to the price of any vehicle, where it is to spare them.
    pub extra: i64,
    /// By vehicle type: for one unit of distance.
    pub distance: Vec<i64>,
    /// By vehicle type: for one unit of time.
    pub duration: Vec<i64>,
    /// By vehicle type: for one stop.
    pub stop: Vec<i64>,
    /// By vehicle type: for one unit of waiting.
    pub waiting: Vec<i64>,
    /// By vehicle type: for one unit of overtime.
    pub overtime: Vec<i64>,
    /// By order: for each unit of time before and after what is promised.
    pub promises: Vec<[i64; 2]>,
    /// By order: for leaving it out, or for the cheapest carrier, whose fee for coming is not in it. Orders without a price
    /// of either kind have the price `mandatory`, cancelled ones none.
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
        Self::sparing(problem, Cost::ZERO)
    }

    /// The prices of `problem`, with `extra` on top of what any vehicle costs, rounded up to whole steps.
    pub fn sparing(problem: &Problem, extra: Cost) -> Self {
        let fleet = problem.fleet();
        let price = |o: OrderId| problem.absence(o).map(Cost::get);
        let step = step(problem);
        let steps = |cost: Cost| cost.get() / step;
        let extra = extra.get() / step + i64::from(extra.get() % step > 0);
        let mandatory = mandatory_price(problem, step, extra);
        Self {
            step,
            fixed: fleet.iter().map(|t| steps(t.fixed_cost) + extra).collect(),
            extra,
            distance: fleet.iter().map(|t| steps(t.cost_per_distance)).collect(),
            duration: fleet.iter().map(|t| steps(t.cost_per_duration)).collect(),
            stop: fleet.iter().map(|t| steps(t.cost_per_stop)).collect(),
            waiting: fleet.iter().map(|t| steps(t.cost_per_waiting)).collect(),
            overtime: fleet.iter().map(|t| steps(t.cost_per_overtime)).collect(),
            promises: if problem.shape().promised {
                let orders = (0..problem.order_count()).map(OrderId::new);
                let promise = |o| {
                    problem
                        .promise(o)
                        .map_or([Cost::ZERO; 2], |p| [p.early, p.late])
                };
                orders.map(|o| promise(o).map(steps)).collect()
            } else {
                Vec::new()
            },
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

/// What one vehicle is to count for, beside its own cost, where vehicles are to be spared before anything else: more
/// than any saving of distance, time and fixed costs over a whole plan, or as near to it as keeps sums in range. The
/// prices of optional orders are not part of it.
pub fn vehicle_price(problem: &Problem) -> Cost {
    /// Of what mandatory orders cost at most: none of them is left out to spare fewer vehicles than this.
    const SHARE: i64 = 4;
    /// No sum of it over all vehicles, in units of cost, may pass this.
    const MOST: i64 = 1 << 61;
    let step = step(problem);
    let count = problem.order_count() as i64 + 1;
    let room = (MOST_IN_ALL / SHARE).min(MOST / step) / count;
    let promises = problem.dearest_promises() / i128::from(step);
    let all = one_more(problem, step) * i128::from(count) + promises;
    Cost(i64::try_from(all).unwrap_or(i64::MAX).min(room) * step)
}

/// The greatest common divisor of all prices.
fn step(problem: &Problem) -> i64 {
    let fleet = problem.fleet().iter();
    let of_fleet = fleet.flat_map(FleetType::prices);
    let of_orders = problem.orders().filter_map(|o| problem.price(o));
    let of_carriers = problem.orders().flat_map(|o| problem.carrier_prices(o));
    let of_carriers = of_carriers
        .map(|c| c.price)
        .chain(problem.pickup_fees().iter().copied());
    let of_promises = problem.orders().filter_map(|o| problem.promise(o));
    let of_promises = of_promises.flat_map(|p| [p.early, p.late]);
    let of_orders = of_orders.chain(of_promises);
    let prices = of_fleet.chain(of_orders).chain(of_carriers).map(Cost::get);
    prices.fold(0, gcd).max(1)
}

/// The most that one order more costs, and a step: a new vehicle, a leg there, a leg back, its service and a day of
/// waiting.
fn one_more(problem: &Problem, step: i64) -> i128 {
    let most =
        |value: &dyn Fn(usize) -> i64| (0..problem.fleet().len()).map(value).max().unwrap_or(0);
    let fleet = problem.fleet();
    let longest = i128::from(problem.longest_leg());
    let fixed = i128::from(most(&|t| fleet[t].fixed_cost.get() / step));
    let distance = i128::from(most(&|t| fleet[t].cost_per_distance.get() / step));
    let duration = i128::from(most(&|t| fleet[t].cost_per_duration.get() / step));
    let stop = i128::from(most(&|t| fleet[t].cost_per_stop.get() / step));
    let service = problem
        .orders()
        .map(|o| i128::from(problem.service(o).get()))
        .max()
        .unwrap_or(0);
    let day = i128::from(problem.span());
    // Waiting and overtime may last from the first to the last moment of all.
    let wages =
        |t: usize| (fleet[t].cost_per_waiting.get() + fleet[t].cost_per_overtime.get()) / step;
    let wages = i128::from(most(&wages));
    let wages = wages * (2 * longest + service + problem.stated_span());
    fixed + stop + wages + 2 * longest * distance + (2 * longest + service + day) * duration + 1
}

/// A price above what any plan costs, or as near to it as keeps the sum over all orders in range. All vehicles may
/// cost `extra`.
fn mandatory_price(problem: &Problem, step: i64, extra: i64) -> i64 {
    let one = one_more(problem, step) + i128::from(extra);
    let count = i128::try_from(problem.order_count() + 1).unwrap_or(i128::MAX);
    // And it may push out optional orders, or have them handed over.
    let prices = problem.leads().map(|o| problem.dearest_absence(o));
    let prices = prices.chain(problem.pickup_fees().iter().copied());
    let optional: i128 = prices.map(|price| i128::from(price.get() / step)).sum();
    let promises = problem.dearest_promises() / i128::from(step);
    let all = one * count + optional + promises;
    i64::try_from(all.min(i128::from(MOST_IN_ALL) / count).max(1)).unwrap_or(MOST_IN_ALL)
}
