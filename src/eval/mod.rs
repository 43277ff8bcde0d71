//! How much does a change cost? In O(1), by concatenating segments.
//!
//! # Objective
//!
//! A plan costs
//!
//! ```text
//!   Σ over routes r of type t   fixed(t) + per_distance(t) · distance(r) + per_duration(t) · duration(r)
//!                               + per_stop(t) · stops(r) + per_waiting(t) · waiting(r) + per_overtime(t) · overtime(r)
//! + Σ over promises p kept late or early   early(p) · seconds before + late(p) · seconds after
//! + Σ over unserved orders o    price(o)
//! ```
//!
//! and mandatory orders carry, inside the search only, a price above everything else a plan could cost. Hard limits
//! (capacity, windows, shifts, longest distance, duration and driving, most stops) enter as [`Penalties`] on what exceeds them.
//!
//! # Resources
//!
//! What a route uses up is a tuple of [`Resource`]s, cheapest first: [`Span`] or [`Length`] distance, [`Sum`], [`Halves`] or
//! [`Peaks`] load, [`Clock`] time; [`Lead`] comes first where the order of drop-offs and pickups is restricted, [`Tally`]
//! before the rest where stops or driving have limits or prices of their own, and [`Duty`] takes the place of the clock
//! where waiting or overtime has, or goods are to be shipped by a deadline. Each summarises a run of stops as a `Copy`
//! segment with an associative join; [`Tours`] keeps the segment before and after each stop, so that any change of a route
//! is a join of few segments. Where service is [promised](crate::model::Promise) at a price, when it best starts depends on
//! the whole route: [`Promises`] is [`Duty`], a bound, and a walk of those routes that the bound does not rule out. This room knows the problem and nothing of search; the other judge, [`plan`](crate::plan),
//! shares no code with it.

mod clock;
mod duty;
mod halves;
mod lead;
mod length;
mod load;
mod outlets;
mod penalties;
mod prices;
mod promises;
mod resource;
mod schedule;
mod span;
mod tally;
mod tours;
mod trips;
mod undo;

pub use clock::{Clock, ClockSegment};
pub use duty::{Duty, DutySegment, DutyTrip};
pub use halves::{Halves, HalvesSegment};
pub use lead::{Lead, LeadSegment};
pub use length::Length;
pub use load::{PeakSegment, PeakSegments, Peaks, Sum};
pub(crate) use penalties::KINDS;
pub use penalties::{Excess, Penalties, Weight};
pub use prices::{Prices, vehicle_price};
pub use promises::{Promises, Terms};
pub use resource::{Insertion, LegCost, Resource};
pub use span::Span;
pub use tally::{Tally, TallySegment};
pub use tours::{Arcs, Around, NONE, Node, PairPlace, Piece, Route, Spare, Tours};
pub use trips::{TripClock, TripClockSegment, TripLoad, TripLoads, Trips};
