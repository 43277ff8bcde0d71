//! How dear it is to break a limit.

use crate::eval::{KINDS, Penalties, Resource, Tours, Weight};
use crate::problem::Problem;

/// How many iterations a weight is tried for, in the end; at first fewer, so that short searches find theirs too.
const EVERY: u32 = 1_000;

/// How many iterations the first weights are tried for; each next ones twice as long.
const FIRST: u32 = 16;

/// The share of iterations after which all routes are to keep a limit.
const KEPT: f64 = 0.5;

/// By what a weight changes.
const STEP: f64 = 1.1;

/// By what a weight rises that no iteration heeded.
const LEAP: f64 = 2.0;

/// What is added to the weights of a typical order too many, and a typical arc too long, of what a vehicle counts for
/// beside its cost. The full price would be as good as hard; without it, short searches do not come back.
const SPARED: f64 = 0.01;

/// A weight that would pass this many steps is hard from then on: the limit cannot be kept with all orders on routes.
const DEAREST: f64 = (1 << 22) as f64;

/// Steers the weights of [`Penalties`] so that the search spends about half of its time within each limit.
///
/// Where capacity or time is tight, plans that keep all limits lie far apart, and the way from one to the next leads
/// through plans that break one a little (Vidal et al. 2012, 10.1287/opre.1120.1048, section 4.4).
#[derive(Debug, Clone)]
pub struct Pressure {
    /// How many units of cost one step is, in which the weights are.
    step: i64,
    weights: [f64; KINDS],
    kept: [u32; KINDS],
    seen: u32,
    every: u32,
}

impl Pressure {
    /// Weights to start from: a typical order too many costs ten typical arcs, as do a stop too many and a missing drop-off, and
    /// a typical arc too long in time one.
    pub(super) fn new<R: Resource>(tours: &Tours<'_, R>) -> Self {
        let problem = tours.problem();
        let arc = tours.arcs().mean();
        let fleet = 0..problem.fleet().len() as u32;
        let distance = fleet.map(|t| tours.distance_price(t)).max().unwrap_or(1);
        // Where vehicles count for much, low weights would lead far away from plans that keep the limits.
        let spared = tours.prices().extra as f64 * SPARED;
        Self {
            step: tours.prices().step,
            weights: [
                (10.0 * arc + spared) / mean_quantity(problem),
                (arc + spared) / mean_duration(tours),
                5.0 * distance.max(1) as f64,
                10.0 * arc + spared,
            ],
            kept: [0; KINDS],
            seen: 0,
            every: FIRST,
        }
    }

    /// The mean of what several searches have come to, for what comes next where they part; `None` of none.
    pub fn mean<'a>(all: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut all = all.into_iter();
        let mut mean = all.next()?.clone();
        let mut count = 1.0;
        for other in all {
            let other = other.in_steps_of(mean.step);
            count += 1.0;
            for (weight, more) in mean.weights.iter_mut().zip(other.weights) {
                *weight += (more - *weight) / count;
            }
            mean.every = mean.every.max(other.every);
        }
        Some(mean)
    }

    /// The same weights where a step is so many units of cost.
    pub(super) fn in_steps_of(&self, step: i64) -> Self {
        let scale = self.step as f64 / step as f64;
        Self {
            step,
            weights: self.weights.map(|weight| weight * scale),
            kept: [0; KINDS],
            seen: 0,
            every: self.every,
        }
    }

    /// The penalties now.
    pub(super) fn penalties<R: Resource>(&self, tours: &Tours<'_, R>) -> Penalties {
        let hard = tours.hard_penalties();
        let pick = |steps: f64, hard: Weight| {
            if steps > DEAREST {
                hard
            } else {
                Weight::soft(steps)
            }
        };
        Penalties {
            load: pick(self.weights[0], hard.load),
            time: pick(self.weights[1], hard.time),
            distance: pick(self.weights[2], hard.distance),
            stops: pick(self.weights[3], hard.stops),
        }
    }

    /// Notes the state after an iteration, and now and then changes the weights.
    #[inline]
    pub(super) fn note<R: Resource>(&mut self, tours: &mut Tours<'_, R>) {
        self.seen += 1;
        for (kept, over) in self.kept.iter_mut().zip(tours.over_by_kind()) {
            *kept += u32::from(over == 0);
        }
        if self.seen >= self.every {
            self.adjust();
            tours.set_penalties(self.penalties(tours));
        }
    }

    fn adjust(&mut self) {
        for (weight, kept) in self.weights.iter_mut().zip(&mut self.kept) {
            let share = f64::from(*kept) / f64::from(self.seen);
            *kept = 0;
            if *weight > DEAREST {
                continue;
            }
            *weight *= if share == 0.0 {
                LEAP
            } else if share < KEPT {
                STEP
            } else {
                1.0 / STEP
            };
            *weight = weight.max(1e-3);
        }
        self.seen = 0;
        self.every = (2 * self.every).min(EVERY);
    }
}

/// What an order brings onto a vehicle, on average over orders and dimensions.
fn mean_quantity(problem: &Problem) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u64);
    for order in problem.orders() {
        for quantity in problem.quantities(order.index()) {
            sum += *quantity as f64;
            count += u64::from(*quantity > 0);
        }
    }
    (sum / count.max(1) as f64).max(1.0)
}

/// How long a leg between two stops of the present routes takes.
fn mean_duration<R: Resource>(tours: &Tours<'_, R>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u64);
    for route in 0..tours.route_count() as u32 {
        let legs = tours.legs_of(tours.route(route).vehicle);
        let mut before = None;
        for stop in tours.itinerary(route) {
            if let Some(from) = before {
                sum += legs.duration(from as usize, stop as usize) as f64;
                count += 1;
            }
            before = Some(stop);
        }
    }
    (sum / count.max(1) as f64).max(1.0)
}
