//! The proof that no sum over a plan can overflow.

use super::facts::FOREVER;
use super::promises;
use super::rules::named;
use super::{FleetType, Problem};
use crate::error::{Error, Issues, Rule};
use crate::measure::{DepotId, DimensionId, OrderId};

/// The largest sum of anything over a whole plan; a factor of 16 below the range of `i64`.
const MOST_IN_ALL: i128 = 1 << 59;

/// How many reloads that serve nothing a search may have at a moment.
const SPARE: i128 = 64;

/// What the sums over any plan, good or bad, are made of. Amounts were checked before and are below 2⁵², so that no
/// product of two of them and a count comes near the range of `i128`.
struct Sums {
    orders: i128,
    /// The most reloads that serve something: each begins a trip.
    reloads: i128,
    /// The most routes: each has at least one order, and a vehicle.
    routes: i128,
    longest_leg: i128,
    service: i128,
    /// The longest that loading at a reload takes.
    loading: i128,
    /// From the first to the last moment that anything can be waited for.
    span: i128,
    fixed: i128,
    per_distance: i128,
    per_duration: i128,
    per_stop: i128,
    per_waiting: i128,
    per_overtime: i128,
    prices: i128,
    /// What all promises together can cost where limits are kept. What breaks them may cost more; such sums saturate.
    promises: i128,
    loads: Vec<(String, i128)>,
}

impl Sums {
    fn of(problem: &Problem) -> Self {
        let of_orders = |value: &dyn Fn(OrderId) -> i64| -> i128 {
            problem.orders().map(|o| i128::from(value(o))).sum()
        };
        let of_types = |value: &dyn Fn(&FleetType) -> i64| {
            i128::from(problem.fleet().iter().map(value).max().unwrap_or(0))
        };
        let orders = problem.orders().count() as i128;
        let vehicles: i128 = problem.fleet().iter().map(|t| t.count as i128).sum();
        let load = |dimension: DimensionId| {
            let name = problem.names().dimension(dimension);
            let all = of_orders(&|o| problem.quantity(o, dimension).get())
                + of_orders(&|o| problem.taken_quantity(o, dimension).get());
            (named("load dimension", name), all)
        };
        Self {
            orders,
            reloads: if problem.shape().reloads { orders } else { 0 },
            routes: vehicles.min(orders),
            longest_leg: i128::from(problem.longest_leg()),
            service: of_orders(&|o| problem.service(o).get()),
            loading: longest_loading(problem),
            span: span(problem),
            fixed: of_types(&|t| t.fixed_cost.get()),
            per_distance: of_types(&|t| t.cost_per_distance.get()),
            per_duration: of_types(&|t| t.cost_per_duration.get()),
            per_stop: of_types(&|t| t.cost_per_stop.get()),
            per_waiting: of_types(&|t| t.cost_per_waiting.get()),
            per_overtime: of_types(&|t| t.cost_per_overtime.get()),
            prices: prices(problem),
            promises: promises::dearest(problem),
            loads: (0..problem.dimension_count())
                .map(|d| load(DimensionId::new(d)))
                .collect(),
        }
    }

    /// Each sum's subject, name, and the most that it can reach.
    fn worst(&self) -> Vec<(String, &'static str, i128)> {
        // A leg into every order and every reload, and one to the end of every route.
        let spare = if self.reloads > 0 { SPARE } else { 0 };
        let reloads = self.reloads + spare;
        let distance = (self.orders + reloads + self.routes) * self.longest_leg;
        // A bad order of stops waits once for each of them; a reload that serves nothing waits for nothing but the opening
        // of its depot, as the one beside it does.
        let waiting = (self.orders + self.reloads) * self.span;
        let duration = distance + self.service + reloads * self.loading + waiting;
        // A bad route may leave when its shift is over by all of the span.
        let overtime = duration + self.routes * self.span;
        let cost = self.routes * self.fixed
            + distance * self.per_distance
            + duration * self.per_duration
            + self.orders * self.per_stop
            + waiting * self.per_waiting
            + overtime * self.per_overtime
            + self.prices
            + self.promises;
        let model = || "model".to_owned();
        let mut worst = vec![
            (model(), "distance", distance),
            (model(), "duration", duration + 2 * i128::from(FOREVER)),
            (model(), "cost (in millionths)", cost),
        ];
        let loads = self.loads.iter().cloned();
        worst.extend(loads.map(|(subject, most)| (subject, "load", most)));
        worst
    }
}

/// Proves, in 128-bit arithmetic, that no sum over a plan can overflow.
pub(super) fn check_sums(problem: &Problem) -> Result<(), Error> {
    let mut issues = Issues::new();
    for (subject, what, most) in Sums::of(problem).worst() {
        if most > MOST_IN_ALL {
            let advice = || {
                format!(
                    "the {what} of a plan could reach {most}, above 2^59; choose a larger unit or correct outliers"
                )
            };
            issues.add(Rule::Overflow, || subject, advice);
        }
    }
    issues.into_result()
}

/// The longest that loading takes at any depot.
pub(super) fn longest_loading(problem: &Problem) -> i128 {
    let loading = (0..problem.depot_count()).map(|d| problem.loading(DepotId::new(d)).get());
    i128::from(loading.max().unwrap_or(0))
}

/// The most that orders on no route cost.
fn prices(problem: &Problem) -> i128 {
    let fees = problem.pickup_fees().iter();
    let orders = problem.leads().map(|o| problem.dearest_absence(o));
    fees.copied()
        .chain(orders)
        .map(|c| i128::from(c.get()))
        .sum()
}

/// A vehicle leaves as late as its schedule allows, so it waits at most from the first moment stated to the last
/// beginning of anything.
pub(super) fn span(problem: &Problem) -> i128 {
    let (first, last) = moments(problem);
    last - first
}

/// The first and the last moment stated for anything to begin, that of the horizon's start among them.
pub(super) fn moments(problem: &Problem) -> (i128, i128) {
    let depots = (0..problem.depot_count()).map(|d| problem.depot_window(DepotId::new(d)));
    let shifts = problem.fleet().iter().map(|t| t.leaves);
    let orders = problem.orders().map(|o| problem.window(o));
    let promises = problem
        .orders()
        .filter_map(|o| Some(problem.promise(o)?.window));
    let windows = orders.chain(promises).chain(depots).chain(shifts);
    let windows = windows.map(|w| w.earliest);
    let releases = problem.orders().map(|o| problem.release(o));
    let ship_bys = problem.orders().filter_map(|o| problem.ship_by(o));
    windows
        .chain(releases)
        .chain(ship_bys)
        .filter(|moment| moment.get() != -FOREVER)
        .map(|moment| i128::from(moment.get()))
        .fold((0, 0), |(first, last): (i128, i128), moment| {
            (first.min(moment), last.max(moment))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A million orders on a thousand vans of 500 millionths a metre (half a euro a kilometre) and 20 euros an hour.
    fn huge() -> Sums {
        Sums {
            orders: 1_000_000,
            reloads: 0,
            routes: 1_000,
            longest_leg: 1_000_000,
            service: 300_000_000,
            loading: 0,
            span: 86_400,
            fixed: 100_000_000,
            per_distance: 500,
            per_duration: 5_556,
            per_stop: 500_000,
            per_waiting: 1_000,
            per_overtime: 0,
            prices: 50_000_000_000_000,
            promises: 0,
            loads: vec![("kg".to_owned(), 20_000_000)],
        }
    }

    fn above(sums: &Sums) -> Vec<&'static str> {
        let worst = sums.worst().into_iter();
        worst
            .filter(|(.., most)| *most > MOST_IN_ALL)
            .map(|(_, what, _)| what)
            .collect()
    }

    #[test]
    fn a_million_orders_across_a_country_are_accepted() {
        assert_eq!(above(&huge()), [""; 0]);
    }

    #[test]
    fn a_million_legs_of_a_thousand_million_are_accepted() {
        let sums = Sums {
            longest_leg: 1_000_000_000,
            per_distance: 500,
            per_duration: 0,
            ..huge()
        };
        // (1,000,000 + 1,000) x 10^9 = 1.001e15, x 500 = 5.005e17, below 2^59 = 5.76e17.
        assert_eq!(above(&sums), [""; 0]);
    }

    #[test]
    fn what_i64_cannot_carry_is_refused() {
        let sums = Sums {
            longest_leg: 1_000_000_000,
            per_distance: 1_000_000,
            ..huge()
        };
        // 1.001e15 x 10^6 = 1e21, above the 9.2e18 of i64: a bad plan would overflow.
        assert_eq!(above(&sums), ["cost (in millionths)"]);
        let sums = Sums {
            reloads: 1_000_000,
            loading: 600_000_000_000,
            per_duration: 0,
            ..huge()
        };
        // 10^6 x 6 x 10^11 = 6e17, above 5.76e17.
        assert_eq!(above(&sums), ["duration"]);
        let sums = Sums {
            span: 1 << 41,
            per_duration: 0,
            per_waiting: 0,
            ..huge()
        };
        assert_eq!(above(&sums), ["duration"]);
    }
}
