//! Distance as a resource, for fleets whose types pay differently or have a longest distance.

use crate::eval::Excess;
use crate::eval::penalties::{MOST, Penalties};
use crate::eval::prices::Prices;
use crate::eval::resource::{LegCost, Resource};
use crate::measure::Distance;
use crate::problem::Problem;
use crate::travel::FAR;

/// The distance of a route, priced by its vehicle type and limited by its longest distance.
#[derive(Debug, Clone)]
pub struct Span {
    price: Vec<i64>,
    /// Never as far as a missing leg, so that one is kept out even where distance is free.
    longest: Vec<i64>,
}

impl Resource for Span {
    type Segment = i64;

    const COLUMNS: bool = true;
    const UNIFORM: bool = false;

    fn new(problem: &Problem) -> Self {
        let most = |limit: Option<Distance>| limit.map_or(FAR / 2, |most| most.get().min(FAR / 2));
        let longest = problem
            .fleet()
            .iter()
            .map(|t| most(t.max_distance))
            .collect();
        Self {
            price: Prices::new(problem).distance,
            longest,
        }
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
        a + leg.distance + b
    }

    #[inline]
    fn charge(&self, route: &i64, vehicle: usize, penalties: &Penalties) -> i64 {
        let paid = route.saturating_mul(self.price[vehicle]).min(MOST);
        paid + penalties.distance.on(route - self.longest[vehicle])
    }

    #[inline]
    fn at_least(&self, run: &i64, vehicle: usize, penalties: &Penalties) -> i64 {
        self.charge(run, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: &i64, vehicle: usize) -> Excess {
        Excess {
            distance: (route - self.longest[vehicle]).max(0),
            ..Excess::default()
        }
    }
}
