//! The junctions and roads that a network is made of, and the plain lists it can be read from.

use serde::{Deserialize, Serialize};

/// A point where roads meet or bend, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoadNode {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
}

impl RoadNode {
    /// Whether its degrees are those of a point on the globe.
    pub(super) fn is_on_globe(self) -> bool {
        self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0
    }
}

/// A road from one node to another, in that direction only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Road {
    /// Its length, 0 to 10,000,000.
    pub metres: f64,
    /// The speed on it for profiles that are not slower, 0.1 to 1,000 kilometres an hour.
    pub kmh: f64,
    /// The travel profiles that may not use it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_to: Vec<String>,
}

impl Road {
    /// A road that every profile may use.
    ///
    /// # Arguments
    ///
    /// `metres`: its length; `kmh`: the speed on it, in kilometres an hour.
    pub const fn new(metres: f64, kmh: f64) -> Self {
        Self {
            metres,
            kmh,
            closed_to: Vec::new(),
        }
    }

    /// Closes the road to one travel profile.
    #[must_use]
    pub fn closed_to(mut self, profile: impl Into<String>) -> Self {
        self.closed_to.push(profile.into());
        self
    }

    /// Whether a profile may use it.
    pub fn open_to(&self, profile: &str) -> bool {
        !self.closed_to.iter().any(|closed| closed == profile)
    }
}

/// A network as plain lists, for files: nodes by id, and roads between them. Other sections of the same document, such
/// as orders, are passed over.
///
/// ```
/// use milkrun::travel::{RoadList, RoadNetwork};
/// let text = r#"{
///   "nodes": [
///     {"id": 7, "latitude": 52.520, "longitude": 13.400},
///     {"id": 9, "latitude": 52.521, "longitude": 13.410}
///   ],
///   "roads": [{"from": 7, "to": 9, "metres": 690.0, "kmh": 30.0, "one_way": false}]
/// }"#;
/// let list: RoadList = serde_json::from_str(text)?;
/// let network = RoadNetwork::from_list(&list);
/// assert_eq!(network.graph().edge_count(), 2); // one in each direction
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RoadList {
    /// The nodes, each id once.
    pub nodes: Vec<ListedNode>,
    /// The roads between them.
    pub roads: Vec<ListedRoad>,
}

/// A node of a [`RoadList`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedNode {
    /// The caller's own number for it, such as an OpenStreetMap node id.
    pub id: i64,
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
}

/// A road of a [`RoadList`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedRoad {
    /// The id of the node where it begins.
    pub from: i64,
    /// The id of the node where it ends.
    pub to: i64,
    /// Its length; `None`: the great circle between its two nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metres: Option<f64>,
    /// The speed on it, in kilometres an hour.
    pub kmh: f64,
    /// Whether it may be used from `from` to `to` only.
    #[serde(default)]
    pub one_way: bool,
    /// The travel profiles that may not use it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_to: Vec<String>,
}
