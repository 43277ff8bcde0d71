//! One visit of a route.

use super::route::is_none;
use crate::measure::{Duration, OrderId, Time};
use crate::model::OrderKind;
use crate::travel::Leg;
use serde::Serialize;

/// One visit of a route, with its place in the schedule.
///
/// # Units
///
/// Moments are seconds from the start of the horizon, spans are seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stop {
    /// The order that is served.
    pub order: OrderId,
    /// Which way its goods go.
    pub kind: OrderKind,
    /// The leg from the stop before, or from the start depot. Where the travel knows no such leg both its numbers are
    /// zero, and [`Plan::check`](super::Plan::check) says so.
    pub leg: Leg,
    /// When the vehicle gets there.
    pub arrival: Time,
    /// How long it waits: for the window to open, or, where that is cheaper, for what is [promised](crate::model::Promise).
    pub wait: Duration,
    /// When service starts: arrival and wait, even where that is too late.
    pub start: Time,
    /// How long before what is promised that is; zero where nothing is.
    #[serde(skip_serializing_if = "is_none")]
    pub early: Duration,
    /// How long after what is promised that is; zero where nothing is.
    #[serde(skip_serializing_if = "is_none")]
    pub late: Duration,
    /// When service ends and the vehicle leaves.
    pub departure: Time,
    /// By how much this arrival could slip until this promise or a later one of the route breaks: a window, the closing
    /// of the end depot, or the end of the shift. Zero where one is broken already; `None` where none can break.
    pub slack: Option<Duration>,
}

impl Stop {
    /// The latest arrival that keeps this and all later promises of the route; `None`: any.
    pub fn latest_arrival(&self) -> Option<Time> {
        self.slack
            .map(|s| Time(self.arrival.get().saturating_add(s.get())))
    }
}
