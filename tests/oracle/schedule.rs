//! What the time of a route with promises costs at least, by trying every moment.

use crate::routes::{ALWAYS, NEVER, Oracle, Sequence, both, bounds, paid};
use milkrun::measure::{Cost, Time};

impl Oracle<'_> {
    /// What the time of a route with promises costs at least: every way to be through with each call, one after the other, at
    /// any moment at all; travel and service on the way there taken off, moments never fall from one call to the next.
    pub(crate) fn scheduled(&self, route: &Sequence, end: (i128, i128)) -> i128 {
        let orders = self.model.orders();
        let depot = &self.model.depots()[self.vehicle.start.index()];
        let mut leaves = both(bounds(self.vehicle.shift), bounds(depot.window));
        let mut calls: Vec<Call> = Vec::new();
        let (mut at, mut path) = (self.vehicle.start.index(), 0);
        let mut drive = |to: usize| {
            self.leg(std::mem::replace(&mut at, to), to)
                .expect("a leg")
                .1
        };
        let wide = |moment: Option<Time>, else_: i128| moment.map_or(else_, |t| t.get().into());
        let mut reloads = route.reloads.iter().peekable();
        // Where the present trip leaves: at which call, and how long loading takes there.
        let mut loaded: Option<(usize, i128)> = None;
        for (behind, order) in route.orders.iter().enumerate() {
            if let Some((_, depot, packed)) = reloads.next_if(|(before, ..)| *before == behind) {
                path += drive(*depot);
                let stated = &self.model.depots()[*depot];
                let loading = i128::from(stated.loading.get());
                let window = both(bounds(stated.window), (*packed, ALWAYS.1));
                loaded = Some((calls.len(), loading));
                calls.push(Call::new(path, window, Vec::new()));
                path += loading;
            }
            path += drive(self.model.depots().len() + order);
            let order = &orders[*order];
            let by = wide(order.ship_by, ALWAYS.1);
            if let Some((call, loading)) = loaded {
                let window = &mut calls[call].window;
                window.1 = window.1.min(by - loading);
            } else {
                leaves.0 = leaves.0.max(wide(order.release, ALWAYS.0));
                leaves.1 = leaves.1.min(by);
            }
            let mut prices = Vec::new();
            if let Some(promise) = order.promise {
                let (from, until) = bounds(Some(promise.window));
                prices = vec![(from, -1, promise.early), (until, 1, promise.late)];
            }
            calls.push(Call::new(path, bounds(order.window), prices));
            path += i128::from(order.service.get());
        }
        path += self.vehicle.end.map_or(0, |depot| drive(depot.index()));
        let over = self
            .vehicle
            .overtime
            .map(|o| (bounds(self.vehicle.shift).1, 1, o.price));
        calls.push(Call::new(path, end, over.into_iter().collect()));
        let longest = self.vehicle.max_duration.map(|d| i128::from(d.get()));
        let moments = moments(leaves, &calls, longest.map(|longest| longest - path));
        let Some(longest) = longest else {
            return self.least(&moments, leaves, &calls)
                + paid(self.vehicle.cost_per_duration, path);
        };
        let departures = moments
            .iter()
            .filter(|u| leaves.0 <= **u && **u <= leaves.1);
        let costs = departures.map(|departure| {
            let last = calls.len() - 1;
            let window = &mut calls[last].window;
            *window = both(end, (ALWAYS.0, departure + longest));
            self.least(&moments, (*departure, *departure), &calls)
        });
        costs.min().expect("it keeps its limits") + paid(self.vehicle.cost_per_duration, path)
    }

    /// What the time of a route costs at least, travel and service aside, that leaves between some moments; all of its calls
    /// happen at moments that are tried.
    fn least(&self, moments: &[i128], leaves: (i128, i128), calls: &[Call]) -> i128 {
        let wages = self.vehicle.cost_per_duration + self.vehicle.cost_per_waiting;
        let out = |u: &i128| leaves.0 <= *u && *u <= leaves.1;
        let mut least: Vec<i128> = moments
            .iter()
            .map(|u| if out(u) { -paid(wages, *u) } else { NEVER })
            .collect();
        for call in calls {
            let mut before = NEVER;
            for (least, u) in least.iter_mut().zip(moments) {
                before = before.min(*least);
                *least = before.saturating_add(call.cost(*u)).min(NEVER);
            }
        }
        let ends = least
            .iter()
            .zip(moments)
            .filter(|(least, _)| **least < NEVER / 2);
        let ends = ends.map(|(least, u)| least + paid(wages, *u));
        ends.min().unwrap_or(NEVER)
    }
}

/// A stop or the end of a route: its moment is to be within a window, and costs something before (-1) or after (1) some others.
struct Call {
    path: i128,
    window: (i128, i128),
    prices: Vec<(i128, i128, Cost)>,
}

impl Call {
    fn new(path: i128, window: (i128, i128), prices: Vec<(i128, i128, Cost)>) -> Self {
        Self {
            path,
            window,
            prices,
        }
    }

    fn cost(&self, u: i128) -> i128 {
        let moment = u + self.path;
        if moment < self.window.0 || self.window.1 < moment {
            return NEVER;
        }
        let prices = self.prices.iter();
        prices
            .map(|(at, side, price)| paid(*price, ((moment - at) * side).max(0)))
            .sum()
    }
}

/// The moments to try: every one from the first to the last at which anything is stated, where that is no more than a long day
/// of small numbers; else those moments themselves, as straight lines are least at their ends.
/// Where the end is tied to the departure, `spare` longer than its path at most, also what lies that far from those.
fn moments(leaves: (i128, i128), calls: &[Call], spare: Option<i128>) -> Vec<i128> {
    const LONG: i128 = 3_000;
    let mut stated = vec![leaves.0, leaves.1];
    for call in calls {
        let all = [call.window.0, call.window.1].into_iter();
        let all = all.chain(call.prices.iter().map(|(at, ..)| *at));
        stated.extend(all.map(|at| at - call.path));
    }
    stated.retain(|at| at.abs() < ALWAYS.1 / 2);
    stated.push(stated.first().copied().unwrap_or(0));
    if let Some(spare) = spare {
        let tied = stated.iter().flat_map(|at| [at - spare, at + spare]);
        stated.extend(tied.collect::<Vec<_>>());
    }
    stated.sort_unstable();
    stated.dedup();
    match (stated[0], stated[stated.len() - 1]) {
        // With every departure it would be too many.
        (first, last) if last - first <= LONG && spare.is_none() => (first..=last).collect(),
        _ => stated,
    }
}
