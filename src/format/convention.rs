//! How coordinates become whole numbers.

use crate::measure::Cost;
use crate::travel::Euclidean;
use serde::{Deserialize, Serialize};

/// How straight lengths on a plane become whole numbers, as the benchmark literature does it.
///
/// Times, windows and service durations of a file are scaled alike, so that a leg lasts as long as it is. Costs stay in
/// the file's unit: a [`Cost`] of one unit is one unit of length in the file.
///
/// ```
/// use milkrun::format::Convention;
/// assert_eq!(Convention::Dimacs.scale(), 10);
/// assert_eq!(Convention::Dimacs.cost_per_distance().decimal(), "0.1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    /// To the nearest integer. The usual one for VRPLIB files without time windows.
    Rounded,
    /// One decimal, cut off; times in tenths. The usual one for files with time windows.
    Dimacs,
    /// Three decimals, rounded; times in thousandths.
    Exact,
}

impl Convention {
    /// The travel that computes these lengths.
    pub const fn euclidean(self) -> Euclidean {
        match self {
            Self::Rounded => Euclidean::rounded(),
            Self::Dimacs => Euclidean::dimacs(),
            Self::Exact => Euclidean::exact(),
        }
    }

    /// How many units of distance and time one unit of the file is: 1, 10 or 1000.
    pub const fn scale(self) -> u32 {
        self.euclidean().scale()
    }

    /// The cost of one unit of distance at which a plan's cost is its length in the file's unit.
    pub fn cost_per_distance(self) -> Cost {
        Cost(Cost::SCALE / i64::from(self.scale()))
    }
}
