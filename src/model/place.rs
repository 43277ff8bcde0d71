//! Where things are.

use serde::{Deserialize, Serialize};

/// A location, in one of the three ways that a [`Travel`](crate::travel::Travel) understands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// A point on the globe, in degrees (WGS 84).
    Geo {
        /// Degrees north, −90 to 90.
        latitude: f64,
        /// Degrees east, −180 to 180.
        longitude: f64,
    },
    /// A point on a plane, in the instance's unit.
    Plane {
        /// Abscissa.
        x: f64,
        /// Ordinate.
        y: f64,
    },
    /// A row and column of a given table of legs.
    Row(u32),
}

impl Place {
    /// A point on the globe: degrees north, then degrees east.
    pub const fn geo(latitude: f64, longitude: f64) -> Self {
        Self::Geo {
            latitude,
            longitude,
        }
    }

    /// A point on a plane.
    pub const fn plane(x: f64, y: f64) -> Self {
        Self::Plane { x, y }
    }

    /// Row `index` of a given table.
    pub const fn row(index: u32) -> Self {
        Self::Row(index)
    }
}
