//! What a plan costs, part by part.

use crate::measure::Cost;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The parts of the cost of a route or plan; their sum is the objective.
///
/// # Units
///
/// Millionths of the caller's unit of money, as all of [`Cost`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CostBreakdown {
    /// For using vehicles at all.
    pub fixed: Cost,
    /// For distance.
    pub distance: Cost,
    /// For time, from leaving the start to reaching the end.
    pub duration: Cost,
    /// What carriers charge: their fees for coming, and their prices; always zero for one route.
    #[serde(default)]
    pub carriers: Cost,
    /// The prices of optional orders that are not served; always zero for one route.
    pub unserved: Cost,
}

impl CostBreakdown {
    /// The sum of all parts, which is what a solver minimises.
    pub fn total(&self) -> Cost {
        let vehicles = [self.fixed, self.distance, self.duration];
        let parts = vehicles.into_iter().chain([self.carriers, self.unserved]);
        Cost(parts.fold(0, |sum: i64, part| sum.saturating_add(part.get())))
    }

    /// Adds the parts of another, one by one.
    pub(super) fn add(&mut self, other: &Self) {
        let add = |a: &mut Cost, b: Cost| *a = Cost(a.get().saturating_add(b.get()));
        add(&mut self.fixed, other.fixed);
        add(&mut self.distance, other.distance);
        add(&mut self.duration, other.duration);
        add(&mut self.carriers, other.carriers);
        add(&mut self.unserved, other.unserved);
    }
}

/// `12.5 = fixed 10 + distance 2.5 + duration 0 + unserved 0`; carriers come before what is unserved, where some are paid.
impl fmt::Display for CostBreakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} = fixed {} + distance {} + duration {}",
            self.total().decimal(),
            self.fixed.decimal(),
            self.distance.decimal(),
            self.duration.decimal(),
        )?;
        if self.carriers != Cost::ZERO {
            write!(f, " + carriers {}", self.carriers.decimal())?;
        }
        write!(f, " + unserved {}", self.unserved.decimal())
    }
}
