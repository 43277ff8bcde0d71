//! A benchmark instance.

use super::{Numbering, TravelBy};
use crate::error::Error;
use crate::model::Model;
use crate::problem::{Limits, Problem};

/// A problem as a file states it: the model, how to travel in it, and how its published solutions number clients.
///
/// A plan's cost prints as the literature states it, whatever the scale of distances.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Instance {
    /// The name that the file gives itself; empty where it gives none.
    pub name: String,
    /// Depots, vehicle types and orders; orders are named by their client number.
    pub model: Model,
    /// How to travel.
    pub travel: TravelBy,
    /// The numbers of depots and clients in solutions.
    pub numbering: Numbering,
}

impl Instance {
    pub(super) fn new(name: String, model: Model, travel: TravelBy, numbering: Numbering) -> Self {
        Self {
            name,
            model,
            travel,
            numbering,
        }
    }

    /// How many units of distance and time one unit of the file is.
    pub fn scale(&self) -> u32 {
        self.travel.scale()
    }

    /// The frozen problem, within the default [`Limits`].
    ///
    /// # Errors
    ///
    /// As [`Problem::new`].
    pub fn problem(&self) -> Result<Problem, Error> {
        self.problem_within(&Limits::default())
    }

    /// The frozen problem, within the given [`Limits`].
    ///
    /// # Errors
    ///
    /// As [`Problem::new`].
    pub fn problem_within(&self, limits: &Limits) -> Result<Problem, Error> {
        Problem::with_limits(&self.model, &self.travel, limits)
    }
}
