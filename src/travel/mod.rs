//! Distances and durations between places: straight lines, a road network, or given tables.
//!
//! A [`Travel`] is a value, such as [`Haversine::at_kmh`]`(34.0)`. Asked for the places of a problem it answers with
//! [`Legs`]: a dense table where one fits, else coordinates from which each leg is computed when it is asked for.
//! This room knows places and nothing of orders or routes.

mod euclidean;
mod haversine;
mod legs;
mod network;
mod paths;
mod road;
mod snap;
mod tables;

pub use euclidean::Euclidean;
pub use haversine::Haversine;
pub use legs::{Leg, Legs};
pub use network::RoadNetwork;
pub use road::{ListedNode, ListedRoad, Road, RoadList, RoadNode};
pub use tables::Tables;

pub(crate) use legs::{FAR, PlaceBefore, Plane};

use crate::error::Rule;
use crate::model::Place;

/// What a problem asks of a [`Travel`]: the legs of one profile among all of its places.
#[derive(Debug, Clone, Copy)]
pub struct LegRequest<'a> {
    /// The travel profile, such as `"van"`; `""` is the default one.
    pub profile: &'a str,
    /// The places, in the order in which the legs are to be numbered.
    pub places: &'a [Place],
    /// The most cells that a dense table may have; above it legs are computed when asked for, or refused.
    pub dense_cells: usize,
}

/// Why a [`Travel`] could not give legs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TravelFault {
    /// The index of the place at fault, when it is one place's fault.
    pub place: Option<usize>,
    /// The rule that is broken.
    pub rule: Rule,
    /// What is wrong, and what to do.
    pub advice: String,
}

/// A way of travelling: answers with the legs between places.
///
/// Implement it to bring your own travel data; most callers use [`Haversine`], [`Euclidean`], [`Tables`] or
/// [`RoadNetwork`].
pub trait Travel: Sync {
    /// The legs of one profile among `request.places`.
    ///
    /// # Errors
    ///
    /// Every fault found: a place of the wrong kind, a profile that is not known, a place that cannot be reached.
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>>;
}

/// A travel that several problems share, such as one road network.
impl<T: Travel + Send + ?Sized> Travel for std::sync::Arc<T> {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        (**self).legs(request)
    }
}
