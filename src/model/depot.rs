//! Where routes start, end and reload.

use crate::measure::{Duration, Window};
use crate::model::Place;
use serde::{Deserialize, Serialize};

/// A warehouse, hub or yard where routes start or end, or vehicles [reload](super::Reloads).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Depot {
    /// The caller's own name for it; unique among depots.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// When vehicles may leave and return, and when loading may start at a reload; `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// How long loading takes at a reload. At the first departure of a route the vehicle is loaded already.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub loading: Duration,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(duration: &Duration) -> bool {
    *duration == Duration::ZERO
}

impl Depot {
    /// A depot that is always open.
    pub fn new(name: impl Into<String>, place: Place) -> Self {
        Self {
            name: name.into(),
            place,
            window: None,
            loading: Duration::ZERO,
        }
    }

    /// Restricts departures, returns and reloads to `window`.
    #[must_use]
    pub fn window(mut self, window: Window) -> Self {
        self.window = Some(window);
        self
    }

    /// Sets how long loading takes at a reload (default: no time).
    #[must_use]
    pub fn loading(mut self, loading: Duration) -> Self {
        self.loading = loading;
        self
    }
}
