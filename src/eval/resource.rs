//! One thing a route uses up, and tuples of them.

use crate::eval::promises::{Promises, Terms};
use crate::eval::{Excess, Penalties};
use crate::measure::Window;
use crate::problem::Problem;
use std::fmt::Debug;

/// One thing that a route uses up: load, distance, time.
///
/// A run of consecutive stops is summarised as a segment; [`join`](Resource::join) is associative, so that a route may
/// be put together from parts in any grouping. [`charge`](Resource::charge) is never negative: that is what lets an
/// evaluation stop early.
pub trait Resource: Send + Sync + Sized {
    /// The summary of a run of stops.
    type Segment: Copy + Debug + Default + PartialEq + Send + Sync;

    /// Whether an evaluation needs the segments before and after a position. Where it does not, the summary of the
    /// whole route is enough, and [`added`](Resource::added) and [`removed`](Resource::removed) keep it.
    const COLUMNS: bool;

    /// Whether part of the charge is the same in whatever order the stops come: that of resources without columns.
    const UNORDERED: bool = !Self::COLUMNS;

    /// Whether all vehicles pay the same for distance, so that it can be counted outside of the charge.
    const UNIFORM: bool;

    /// Whether every leg is the same for all vehicles.
    const ALIKE: bool = Self::UNIFORM;

    /// Whether summaries hold the distance of a route though there are no columns: legs count for them then, and
    /// [`lengthened`](Resource::lengthened) keeps them.
    const MEASURED: bool = false;

    /// Whether the rules of [`Backhauls`](crate::model::Backhauls) are looked at: some legs are missing then for what
    /// their ends are, so that a leg is not as long as the leg back even where the travel is symmetric.
    const RULED: bool = false;

    /// Whether what a route costs depends on when exactly each service starts, which no segment says: then part of its
    /// cost is found by walking it, once its segments are known not to cost too much already.
    const WALKED: bool = false;

    /// The resource for `problem`.
    fn new(problem: &Problem) -> Self;

    /// The stop at an order.
    fn visit(&self, problem: &Problem, order: usize) -> Self::Segment;

    /// Leaving the start depot with a vehicle of this type.
    fn leave(&self, vehicle: usize) -> Self::Segment;

    /// Reaching the end with a vehicle of this type.
    fn arrive(&self, vehicle: usize) -> Self::Segment;

    /// A call at a depot between two trips: when loading may start there, and how long it takes.
    fn reload(&self, open: Window, loading: i64) -> Self::Segment {
        let _ = (open, loading);
        Self::Segment::default()
    }

    /// `a`, then a leg, then `b`.
    fn join(&self, a: &Self::Segment, leg: LegCost, b: &Self::Segment) -> Self::Segment;

    /// What a whole route costs with a vehicle of this type, penalties included; never negative.
    fn charge(&self, route: &Self::Segment, vehicle: usize, penalties: &Penalties) -> i64;

    /// The part of [`charge`](Resource::charge) that is the same in whatever order the stops come.
    #[inline]
    fn charge_unordered(
        &self,
        route: &Self::Segment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> i64 {
        if Self::COLUMNS {
            0
        } else {
            self.charge(route, vehicle, penalties)
        }
    }

    /// A bound on the charge of any route with a vehicle of this type that has this run of stops in it.
    #[inline]
    fn at_least(&self, run: &Self::Segment, vehicle: usize, penalties: &Penalties) -> i64 {
        let _ = (run, vehicle, penalties);
        0
    }

    /// By how much a whole route exceeds the limits of a vehicle of this type.
    fn excess(&self, route: &Self::Segment, vehicle: usize) -> Excess;

    /// A cheap test whether a stop might fit into a route at all; `false` must be certain under hard limits. Under soft
    /// ones it may be said of a stop that would exceed a limit by far. Where there is no such test, any might.
    #[inline]
    fn may_fit(
        &self,
        route: &Self::Segment,
        stop: &Self::Segment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> bool {
        let _ = (route, stop, vehicle, penalties);
        true
    }

    /// A route with one more stop, where no columns are needed; where they are, nobody asks.
    #[inline]
    fn added(&self, route: Self::Segment, stop: Self::Segment) -> Self::Segment {
        let _ = stop;
        route
    }

    /// A route with one stop less, where no columns are needed; where they are, nobody asks.
    #[inline]
    fn removed(&self, route: Self::Segment, stop: Self::Segment) -> Self::Segment {
        let _ = stop;
        route
    }

    /// A route whose distance has changed by this, where that is part of its summary.
    #[inline]
    fn lengthened(&self, route: Self::Segment, arcs: i64) -> Self::Segment {
        let _ = arcs;
        route
    }

    /// A chain of stops as if a drop-off of nothing had come before: what it is to a vehicle that must have one.
    #[inline]
    fn led(&self, chain: Self::Segment) -> Self::Segment {
        chain
    }

    /// What is promised; only where routes are walked.
    #[inline]
    fn promises(&self) -> Option<&Promises> {
        None
    }

    /// What the segment of a whole route says to those who walk it.
    #[inline]
    fn terms(&self, route: &Self::Segment, vehicle: usize) -> Terms {
        let _ = (route, vehicle);
        Terms::default()
    }

    /// The charge of a route once `stop` stands between `before` and `after`; stops counting once `below` is reached.
    ///
    /// `whole` is the route as it is; resources without columns use only that.
    #[inline]
    fn charge_inserted(
        &self,
        at: &Insertion<'_, Self::Segment>,
        vehicle: usize,
        penalties: &Penalties,
        below: i64,
    ) -> i64 {
        let front = self.join(at.before, at.leg_in, at.stop);
        let least = self.at_least(&front, vehicle, penalties);
        if least >= below {
            return least;
        }
        self.charge(&self.join(&front, at.leg_out, at.after), vehicle, penalties)
    }
}

/// Distance and duration of a leg, as the search counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LegCost {
    /// How far.
    pub distance: i64,
    /// How long.
    pub duration: i64,
}

/// A stop about to be put between two neighbours.
#[derive(Debug, Clone, Copy)]
pub struct Insertion<'s, S> {
    /// The route as it is.
    pub whole: &'s S,
    /// The route up to and with the stop before.
    pub before: &'s S,
    /// The new stop.
    pub stop: &'s S,
    /// The route from the stop after to its end.
    pub after: &'s S,
    /// The leg to the new stop.
    pub leg_in: LegCost,
    /// The leg from it.
    pub leg_out: LegCost,
    /// What the route gains in distance.
    pub arcs: i64,
}

impl<'s, S> Insertion<'s, S> {
    /// The same insertion seen by one part of the segments.
    #[inline]
    fn part<T>(&self, pick: impl Fn(&'s S) -> &'s T) -> Insertion<'s, T> {
        Insertion {
            whole: pick(self.whole),
            before: pick(self.before),
            stop: pick(self.stop),
            after: pick(self.after),
            leg_in: self.leg_in,
            leg_out: self.leg_out,
            arcs: self.arcs,
        }
    }
}

/// Two resources, the cheaper one first. Charges add up; an evaluation stops after the first where that is enough.
impl<A: Resource, B: Resource> Resource for (A, B) {
    type Segment = (A::Segment, B::Segment);

    const COLUMNS: bool = A::COLUMNS || B::COLUMNS;
    const UNORDERED: bool = A::UNORDERED || B::UNORDERED;
    const UNIFORM: bool = A::UNIFORM && B::UNIFORM;
    const ALIKE: bool = A::ALIKE && B::ALIKE;
    const MEASURED: bool = A::MEASURED || B::MEASURED;
    const RULED: bool = A::RULED || B::RULED;
    const WALKED: bool = A::WALKED || B::WALKED;

    fn new(problem: &Problem) -> Self {
        (A::new(problem), B::new(problem))
    }

    fn visit(&self, problem: &Problem, order: usize) -> Self::Segment {
        (self.0.visit(problem, order), self.1.visit(problem, order))
    }

    fn leave(&self, vehicle: usize) -> Self::Segment {
        (self.0.leave(vehicle), self.1.leave(vehicle))
    }

    fn arrive(&self, vehicle: usize) -> Self::Segment {
        (self.0.arrive(vehicle), self.1.arrive(vehicle))
    }

    fn reload(&self, open: Window, loading: i64) -> Self::Segment {
        (self.0.reload(open, loading), self.1.reload(open, loading))
    }

    #[inline]
    fn join(&self, a: &Self::Segment, leg: LegCost, b: &Self::Segment) -> Self::Segment {
        (self.0.join(&a.0, leg, &b.0), self.1.join(&a.1, leg, &b.1))
    }

    #[inline]
    fn charge(&self, route: &Self::Segment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.0.charge(&route.0, vehicle, penalties) + self.1.charge(&route.1, vehicle, penalties)
    }

    #[inline]
    fn charge_unordered(
        &self,
        route: &Self::Segment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> i64 {
        self.0.charge_unordered(&route.0, vehicle, penalties)
            + self.1.charge_unordered(&route.1, vehicle, penalties)
    }

    #[inline]
    fn at_least(&self, run: &Self::Segment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.0.at_least(&run.0, vehicle, penalties) + self.1.at_least(&run.1, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: &Self::Segment, vehicle: usize) -> Excess {
        self.0.excess(&route.0, vehicle) + self.1.excess(&route.1, vehicle)
    }

    #[inline]
    fn may_fit(
        &self,
        route: &Self::Segment,
        stop: &Self::Segment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> bool {
        self.0.may_fit(&route.0, &stop.0, vehicle, penalties)
            && self.1.may_fit(&route.1, &stop.1, vehicle, penalties)
    }

    #[inline]
    fn added(&self, route: Self::Segment, stop: Self::Segment) -> Self::Segment {
        (self.0.added(route.0, stop.0), self.1.added(route.1, stop.1))
    }

    #[inline]
    fn removed(&self, route: Self::Segment, stop: Self::Segment) -> Self::Segment {
        (
            self.0.removed(route.0, stop.0),
            self.1.removed(route.1, stop.1),
        )
    }

    #[inline]
    fn lengthened(&self, route: Self::Segment, arcs: i64) -> Self::Segment {
        (
            self.0.lengthened(route.0, arcs),
            self.1.lengthened(route.1, arcs),
        )
    }

    #[inline]
    fn led(&self, chain: Self::Segment) -> Self::Segment {
        (self.0.led(chain.0), self.1.led(chain.1))
    }

    #[inline]
    fn promises(&self) -> Option<&Promises> {
        self.0.promises().or_else(|| self.1.promises())
    }

    #[inline]
    fn terms(&self, route: &Self::Segment, vehicle: usize) -> Terms {
        if A::WALKED {
            self.0.terms(&route.0, vehicle)
        } else {
            self.1.terms(&route.1, vehicle)
        }
    }

    #[inline]
    fn charge_inserted(
        &self,
        at: &Insertion<'_, Self::Segment>,
        vehicle: usize,
        penalties: &Penalties,
        below: i64,
    ) -> i64 {
        let first = self
            .0
            .charge_inserted(&at.part(|s| &s.0), vehicle, penalties, below);
        if first >= below {
            return first;
        }
        first
            + self
                .1
                .charge_inserted(&at.part(|s| &s.1), vehicle, penalties, below - first)
    }
}
