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
    /// For waiting, beside what it costs as time.
    #[serde(default)]
    pub waiting: Cost,
    /// For overtime, beside what it costs as time.
    #[serde(default)]
    pub overtime: Cost,
    /// For service before and after what is promised.
    #[serde(default)]
    pub promises: Cost,
    /// For stops.
    #[serde(default)]
    pub stops: Cost,
    /// What carriers charge: their fees for coming, and their prices; always zero for one route.
    #[serde(default)]
    pub carriers: Cost,
    /// The prices of optional orders that are not served; always zero for one route.
    pub unserved: Cost,
}

impl CostBreakdown {
    /// The sum of all parts, which is what a solver minimises.
    pub fn total(&self) -> Cost {
        let parts = [
            self.fixed,
            self.distance,
            self.duration,
            self.waiting,
            self.overtime,
            self.promises,
            self.stops,
            self.carriers,
            self.unserved,
        ];
        Cost(
            parts
                .iter()
                .fold(0, |sum: i64, part| sum.saturating_add(part.get())),
        )
    }

    /// The parts that few days have, by name, where they cost anything.
    pub(crate) fn rare(&self) -> impl Iterator<Item = (&'static str, Cost)> {
        let parts = [
            ("waiting", self.waiting),
            ("overtime", self.overtime),
            ("promises", self.promises),
            ("stops", self.stops),
            ("carriers", self.carriers),
        ];
        parts.into_iter().filter(|(_, part)| *part != Cost::ZERO)
    }

    /// Adds the parts of another, one by one.
    pub(super) fn add(&mut self, other: &Self) {
        let add = |a: &mut Cost, b: Cost| *a = Cost(a.get().saturating_add(b.get()));
        add(&mut self.fixed, other.fixed);
        add(&mut self.distance, other.distance);
        add(&mut self.duration, other.duration);
        add(&mut self.waiting, other.waiting);
        add(&mut self.overtime, other.overtime);
        add(&mut self.promises, other.promises);
        add(&mut self.stops, other.stops);
        add(&mut self.carriers, other.carriers);
        add(&mut self.unserved, other.unserved);
    }
}

/// `12.5 = fixed 10 + distance 2.5 + duration 0 + unserved 0`; parts that few days have are there where they cost anything.
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
        for (name, part) in self.rare() {
            write!(f, " + {name} {}", part.decimal())?;
        }
        write!(f, " + unserved {}", self.unserved.decimal())
    }
}
