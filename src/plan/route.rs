//! The day of one vehicle.

use super::reload::trips;
use super::{CostBreakdown, ReloadStop, RouteDraft, Stop};
use crate::measure::{DepotId, DimensionId, Distance, Duration, Load, Time, VehicleTypeId};
use crate::travel::Leg;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The day of one vehicle, walked: schedule, loads and cost.
///
/// # Schedule
///
/// A route leaves no earlier than its shift and start depot allow and than all orders of its first trip are packed, and no
/// later than they are to be shipped. It
/// drives, waits where it comes before a window opens, serves, and ends when it reaches its end depot while that is open,
/// or, with an open end, when the last service ends. At a [reload](ReloadStop) it waits until the depot is open and all
/// orders of the trip that then begins are packed; it is loaded, and leaves at once.
///
/// Leaving as early as possible gives the earliest end. The route leaves at the latest moment that keeps this end and
/// every window, so that no time is paid for waiting that could be spent at the depot: [`Route::duration`] is the least
/// possible, and so are waiting and overtime. Where nothing bounds the departure from below it is not before `Time(0)`, unless a window can only be kept
/// by leaving earlier; then it is as late as the windows allow.
///
/// Where service is [promised](crate::model::Promise) at a price, the schedule is the one that costs least of all that are as
/// little late for windows, and take as little too long, as can be; of several, the one that ends first, of those the one that leaves last (and not before
/// `Time(0)`, as above), and of those the one in which each service starts first.
///
/// A window that is missed does not stop the walk: service starts on arrival, and the departure is as late as possible
/// without making anything later than the earliest departure would. [`Plan::check`](super::Plan::check) lists what is
/// broken.
///
/// # Loads
///
/// Goods of a drop-off are on board from the start of their trip to their stop, those of a pickup from their stop to the end
/// of their trip, and those of a [`Pair`](crate::model::Pair) from its pickup to its drop-off. (Where a plan has a drop-off before its pickup, or
/// without it, loads may be negative; [`Plan::check`](super::Plan::check) says so.)
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    pub(super) vehicle_type: VehicleTypeId,
    #[serde(serialize_with = "text")]
    pub(super) type_name: Arc<str>,
    pub(super) number: usize,
    pub(super) start: DepotId,
    pub(super) end: Option<DepotId>,
    pub(super) departure: Time,
    pub(super) arrival: Time,
    pub(super) end_wait: Duration,
    #[serde(skip_serializing_if = "is_none")]
    pub(super) overtime: Duration,
    pub(super) distance: Distance,
    pub(super) final_leg: Option<Leg>,
    pub(super) cost: CostBreakdown,
    pub(super) capacity: Box<[Option<Load>]>,
    pub(super) peak: Box<[Load]>,
    /// Row by row: at departure, then after each stop. One allocation, however many stops.
    pub(super) loads: Vec<Load>,
    /// Row by row: after each reload.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reloaded: Vec<Load>,
    pub(super) stops: Vec<Stop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reloads: Vec<ReloadStop>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
pub(super) fn is_none(span: &Duration) -> bool {
    *span == Duration::ZERO
}

/// Serialises shared text, for which serde would want another feature.
pub(super) fn text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

impl Route {
    /// Which kind of vehicle drives it.
    pub fn vehicle_type(&self) -> VehicleTypeId {
        self.vehicle_type
    }

    /// The caller's name for the kind of vehicle.
    pub fn vehicle_type_name(&self) -> &str {
        &self.type_name
    }

    /// Which vehicle of its type drives it, from 1 in the order of the plan's routes.
    pub fn vehicle_number(&self) -> usize {
        self.number
    }

    /// The name of its type and its number, such as `van 3`.
    pub fn vehicle_name(&self) -> String {
        format!("{} {}", self.type_name, self.number)
    }

    /// Where it starts.
    pub fn start(&self) -> DepotId {
        self.start
    }

    /// Where it ends; `None`: at its last stop.
    pub fn end(&self) -> Option<DepotId> {
        self.end
    }

    /// Its stops; never empty.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// Where it calls at a depot between two trips, in the order of the stops; empty where it is one trip. Each comes before a
    /// stop, and behind another, but for one that a vehicle under way begins with.
    pub fn reloads(&self) -> &[ReloadStop] {
        &self.reloads
    }

    /// Its trips, as ranges of its stops; none is empty, but for the first where a vehicle under way begins with a reload.
    pub fn trips(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        trips(self.stops.len(), self.reloads.iter().map(|r| r.before))
    }

    /// How many of its trips have stops.
    pub fn trip_count(&self) -> usize {
        self.trips().filter(|trip| !trip.is_empty()).count()
    }

    /// When the trip of stop `index` leaves: its reload is done or, on the first trip, the route leaves.
    pub fn trip_departure(&self, index: usize) -> Time {
        let before = self.reloads.partition_point(|r| r.before <= index);
        let reload = before.checked_sub(1).map(|last| self.reloads[last]);
        reload.map_or(self.departure, |reload| reload.departure)
    }

    /// The leg to the end depot; `None` with an open end. Zero where the travel knows no such leg.
    pub fn final_leg(&self) -> Option<Leg> {
        self.final_leg
    }

    /// How far it drives, the legs to reloads and to the end depot included.
    pub fn distance(&self) -> Distance {
        self.distance
    }

    /// How long it takes, in seconds from leaving the start to reaching the end: driving, waiting and service.
    pub fn duration(&self) -> Duration {
        Duration(self.arrival.get().saturating_sub(self.departure.get()))
    }

    /// How long it drives, in seconds: the durations of its legs.
    pub fn driving(&self) -> Duration {
        let legs = self.stops.iter().map(|s| s.leg);
        let legs = legs
            .chain(self.reloads.iter().map(|r| r.leg))
            .chain(self.final_leg);
        Duration(legs.fold(0, |sum: i64, leg| sum.saturating_add(leg.duration.get())))
    }

    /// When it leaves its start.
    pub fn departure(&self) -> Time {
        self.departure
    }

    /// When it ends: it is at its open end depot, or its last service is done.
    pub fn arrival(&self) -> Time {
        self.arrival
    }

    /// How long it goes on after the end of the shift; zero where its vehicle works no overtime.
    pub fn overtime(&self) -> Duration {
        self.overtime
    }

    /// How long it waits for its end depot to open; part of the duration.
    pub fn end_wait(&self) -> Duration {
        self.end_wait
    }

    /// How long it waits in all, in seconds, the waits at reloads and at the end included.
    pub fn waiting(&self) -> Duration {
        let waits = self.stops.iter().map(|s| s.wait.get());
        let waits = waits.chain(self.reloads.iter().map(|r| r.wait.get()));
        Duration(waits.fold(self.end_wait.get(), i64::saturating_add))
    }

    /// What it costs; `unserved` is zero.
    pub fn cost(&self) -> &CostBreakdown {
        &self.cost
    }

    /// What is on board when it leaves its start, by dimension.
    pub fn load_at_departure(&self) -> &[Load] {
        self.load_row(0)
    }

    /// What is on board after stop `index`, by dimension; empty where there is no such stop.
    pub fn load_after(&self, index: usize) -> &[Load] {
        self.load_row(index.saturating_add(1))
    }

    /// What is on board when it leaves the depot of reload `index`, by dimension; empty where there is no such reload.
    pub fn load_after_reload(&self, index: usize) -> &[Load] {
        self.row(&self.reloaded, index)
    }

    fn load_row(&self, row: usize) -> &[Load] {
        self.row(&self.loads, row)
    }

    fn row<'a>(&self, loads: &'a [Load], row: usize) -> &'a [Load] {
        let width = self.peak.len();
        let from = row.saturating_mul(width);
        loads.get(from..from.saturating_add(width)).unwrap_or(&[])
    }

    /// The least that is ever on board of one dimension, the ends of the route included.
    pub(super) fn least(&self, dimension: usize) -> Load {
        let loads = self.loads.iter().skip(dimension).step_by(self.peak.len());
        loads.copied().min().unwrap_or(Load::ZERO)
    }

    /// The most that is ever on board, by dimension.
    pub fn peak(&self) -> &[Load] {
        &self.peak
    }

    /// The most that the vehicle takes of one dimension; `None`: any, or no such dimension.
    pub fn capacity(&self, dimension: DimensionId) -> Option<Load> {
        self.capacity.get(dimension.index()).copied().flatten()
    }

    /// The stops without their schedule, as for a warm start.
    pub fn draft(&self) -> RouteDraft {
        RouteDraft {
            vehicle_type: self.vehicle_type,
            stops: self.stops.iter().map(|s| s.order).collect(),
            reloads: self.reloads.iter().map(ReloadStop::draft).collect(),
        }
    }
}

/// Prints no names and no stops: a route may have very many.
impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("vehicle_type", &self.vehicle_type)
            .field("number", &self.number)
            .field("stops", &self.stops.len())
            .field("reloads", &self.reloads.len())
            .field("distance", &self.distance)
            .field("departure", &self.departure)
            .field("arrival", &self.arrival)
            .field("cost", &self.cost)
            .finish_non_exhaustive()
    }
}
