//! Distance as one number, for fleets on which every leg is the same for all, and as long as the leg back.

use crate::eval::resource::{Insertion, LegCost, Resource};
use crate::eval::{Excess, Penalties, Span};
use crate::problem::Problem;

/// As [`Span`], without columns: what a change adds to the distance of a route is all that there is to know.
#[derive(Debug, Clone)]
pub struct Length(Span);

impl Resource for Length {
    type Segment = i64;

    const COLUMNS: bool = false;
    const UNIFORM: bool = false;
    const ALIKE: bool = true;
    const MEASURED: bool = true;

    fn new(problem: &Problem) -> Self {
        Self(Span::new(problem))
    }

    fn visit(&self, _: &Problem, _: usize) -> i64 {
        0
    }

    fn leave(&self, _: usize) -> i64 {
        0
    }

    fn arrive(&self, _: usize) -> i64 {
        0
    }

    #[inline]
    fn join(&self, a: &i64, leg: LegCost, b: &i64) -> i64 {
        self.0.join(a, leg, b)
    }

    #[inline]
    fn charge(&self, route: &i64, vehicle: usize, penalties: &Penalties) -> i64 {
        self.0.charge(route, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: &i64, vehicle: usize) -> Excess {
        self.0.excess(route, vehicle)
    }

    #[inline]
    fn added(&self, route: i64, part: i64) -> i64 {
        route + part
    }

    #[inline]
    fn removed(&self, route: i64, part: i64) -> i64 {
        route - part
    }

    #[inline]
    fn lengthened(&self, route: i64, arcs: i64) -> i64 {
        route + arcs
    }

    #[inline]
    fn charge_inserted(
        &self,
        at: &Insertion<'_, i64>,
        vehicle: usize,
        penalties: &Penalties,
        _: i64,
    ) -> i64 {
        self.charge(&(*at.whole + at.arcs), vehicle, penalties)
    }
}
