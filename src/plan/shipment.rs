//! What leaves on the vehicles.

use super::route::text;
use crate::measure::{OrderId, Time};
use crate::model::OrderKind;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// The packages of one served order on their vehicle: what a sales channel or a customer is told.
///
/// # Units
///
/// Moments are seconds from the start of the horizon.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Shipment {
    /// The order.
    pub order: OrderId,
    /// The caller's name for the order.
    pub name: String,
    /// Which way the goods go.
    pub kind: OrderKind,
    /// The index of the route in [`Plan::routes`](super::Plan::routes).
    pub route: usize,
    /// The vehicle, such as `van 3`; shared by the shipments of a route.
    #[serde(serialize_with = "text")]
    pub vehicle: Arc<str>,
    /// Which stop of its route it is, from 1.
    pub sequence: usize,
    /// When it leaves: its trip leaves the depot where it was loaded; a pickup goes with the trip that fetches it.
    pub departure: Time,
    /// When service is to start.
    pub eta: Time,
    /// The latest arrival of the vehicle that keeps this promise and all later ones of the route; `None`: any.
    pub latest: Option<Time>,
}

/// Prints no names.
impl fmt::Debug for Shipment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shipment")
            .field("order", &self.order)
            .field("kind", &self.kind)
            .field("route", &self.route)
            .field("sequence", &self.sequence)
            .field("departure", &self.departure)
            .field("eta", &self.eta)
            .field("latest", &self.latest)
            .finish_non_exhaustive()
    }
}
