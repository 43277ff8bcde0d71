//! Straight lines on a plane.

use super::legs::Rounding;
use super::{LegRequest, Legs, Travel, TravelFault};
use crate::error::Rule;
use crate::model::Place;

/// Straight lines on a plane, made whole numbers by one of the conventions of the benchmark literature. A leg lasts as
/// long as it is (unit speed). The profile is ignored.
///
/// ```
/// use milkrun::travel::Euclidean;
/// let tsplib = Euclidean::rounded(); // nearest integer
/// let dimacs = Euclidean::dimacs(); // ten times the length, cut off
/// let real = Euclidean::exact(); // a thousand times the length, to the nearest
/// assert_eq!((tsplib.scale(), dimacs.scale(), real.scale()), (1, 10, 1000));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Euclidean {
    scale: u32,
    rounding: Rounding,
}

/// Coordinates beyond this are refused: squares and sums of them would lose whole units.
const FARTHEST: f64 = (1_i64 << 40) as f64;

/// A table of more cells than this is left to the coordinates: a square root costs less than a cell that is not in the
/// cache. Below, a search that has to look up places, as vehicles differ in their legs, is a tenth faster with a table.
const CACHED: usize = 1 << 17;

impl Euclidean {
    /// To the nearest integer (TSPLIB `EUC_2D`).
    pub const fn rounded() -> Self {
        Self {
            scale: 1,
            rounding: Rounding::Nearest,
        }
    }

    /// Ten times the length, cut off: one decimal, as in the DIMACS challenge. Times are to be scaled alike.
    pub const fn dimacs() -> Self {
        Self {
            scale: 10,
            rounding: Rounding::Down,
        }
    }

    /// A thousand times the length, to the nearest: real lengths to three decimals. Times are to be scaled alike.
    pub const fn exact() -> Self {
        Self {
            scale: 1000,
            rounding: Rounding::Nearest,
        }
    }

    /// How many units of [`Distance`](crate::measure::Distance) one unit of the plane is.
    pub const fn scale(self) -> u32 {
        self.scale
    }
}

impl Travel for Euclidean {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        let mut faults = Vec::new();
        let mut points = Vec::with_capacity(request.places.len());
        for (index, place) in request.places.iter().enumerate() {
            match place {
                Place::Plane { x, y } if x.abs() <= FARTHEST && y.abs() <= FARTHEST => points.push([*x, *y]),
                Place::Plane { .. } => faults.push(TravelFault {
                    place: Some(index),
                    rule: Rule::BadCoordinate,
                    advice: "its coordinates are not finite numbers within ±2^40; give the real ones".to_owned(),
                }),
                Place::Geo { .. } | Place::Row(_) => faults.push(TravelFault {
                    place: Some(index),
                    rule: Rule::Inconsistent,
                    advice: "Euclidean travel needs a place on a plane; use Place::plane, or another travel".to_owned(),
                }),
            }
        }
        if faults.is_empty() {
            let legs = Legs::plane(points, f64::from(self.scale), self.rounding);
            Ok(legs.densified(request.dense_cells.min(CACHED)))
        } else {
            Err(faults)
        }
    }
}
