//! Closed time intervals.

use crate::measure::Time;
use serde::{Deserialize, Serialize};

/// A closed interval of moments, such as the promised window of an order: service may START at any moment in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first moment inside.
    pub earliest: Time,
    /// The last moment inside.
    pub latest: Time,
}

impl Window {
    /// The interval from `earliest` to `latest`, both inside.
    pub const fn new(earliest: Time, latest: Time) -> Self {
        Self { earliest, latest }
    }

    /// Whether `moment` lies inside.
    pub fn contains(self, moment: Time) -> bool {
        self.earliest <= moment && moment <= self.latest
    }

    /// Whether no moment lies inside.
    pub fn is_reversed(self) -> bool {
        self.latest < self.earliest
    }
}
