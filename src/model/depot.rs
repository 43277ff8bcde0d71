//! Where routes start and end.

use crate::measure::Window;
use crate::model::Place;
use serde::{Deserialize, Serialize};

/// A warehouse, hub or yard where routes start or end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Depot {
    /// The caller's own name for it; unique among depots.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// When vehicles may leave and return; `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
}

impl Depot {
    /// A depot that is always open.
    pub fn new(name: impl Into<String>, place: Place) -> Self {
        Self {
            name: name.into(),
            place,
            window: None,
        }
    }

    /// Restricts departures and returns to `window`.
    #[must_use]
    pub fn window(mut self, window: Window) -> Self {
        self.window = Some(window);
        self
    }
}
