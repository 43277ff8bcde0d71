//! One way in which a plan is wrong.

use super::span;
use crate::error::shown;
use crate::measure::{
    CarrierId, DepotId, DimensionId, Distance, Duration, Load, OrderId, VehicleTypeId,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is wrong, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// There is no such order in the problem.
    UnknownOrder,
    /// There is no such vehicle type in the problem; the route was left out.
    UnknownVehicleType(VehicleTypeId),
    /// There is no such depot in the problem; the reload there was left out.
    UnknownDepot(DepotId),
    /// An earlier stop serves the order already.
    ServedTwice,
    /// The order is served, and listed as unserved.
    ServedAndUnserved,
    /// The order is listed as unserved more than once.
    UnservedTwice,
    /// The order is neither served, nor handed over, nor replaced by another one of its group, nor listed as unserved.
    Forgotten,
    /// The order is handed over, and served, listed as unserved, or handed over once more.
    HandedOverToo,
    /// There is no such carrier in the problem.
    UnknownCarrier(CarrierId),
    /// The order is handed over to a carrier for which it states no price.
    NotTaken {
        /// Which carrier.
        carrier: CarrierId,
    },
    /// The other half of its pair is on another route.
    PairApart {
        /// The other half.
        mate: OrderId,
    },
    /// Its stop comes before that of the pickup of its pair.
    PairReversed {
        /// The pickup.
        mate: OrderId,
    },
    /// The other half of its pair is on no route, or not with the same carrier.
    PairHalved {
        /// The other half.
        mate: OrderId,
    },
    /// Another order of its group is on a route too.
    GroupServedTwice {
        /// The one that comes first.
        other: OrderId,
    },
    /// More vehicles of a type are out than there are.
    TooManyVehicles {
        /// Which type.
        vehicle_type: VehicleTypeId,
        /// How many are out.
        used: usize,
        /// How many there are.
        count: usize,
    },
    /// More is on board than the vehicle takes.
    Overload {
        /// Of which dimension.
        dimension: DimensionId,
        /// The most on board.
        load: Load,
        /// What the vehicle takes.
        capacity: Load,
    },
    /// The route leaves before its shift, or before its start depot opens.
    LeavesTooEarly {
        /// By how much.
        by: Duration,
    },
    /// The vehicle may not reload at this depot.
    MayNotReload {
        /// Where it does.
        depot: DepotId,
    },
    /// The vehicle reloads more often than it may.
    TooManyReloads {
        /// How often.
        reloads: usize,
        /// The most that is allowed.
        most: usize,
    },
    /// Vehicles of this type may not carry the order.
    NotOnThisVehicle,
    /// The goods of this order are at a depot, and the vehicle, which is under way, has not reloaded yet.
    NotLoaded,
    /// Loading for another trip starts after the depot has closed.
    DepotClosed {
        /// Where.
        depot: DepotId,
        /// By how much.
        by: Duration,
    },
    /// The trip leaves, or is loaded at a reload, before the goods of this order are packed.
    LeavesBeforeRelease {
        /// By how much.
        by: Duration,
    },
    /// The trip leaves after the goods of this order were to be shipped.
    ShippedTooLate {
        /// By how much.
        by: Duration,
    },
    /// The route cannot leave before its shift or the opening hours of its start depot are over.
    LeavesTooLate {
        /// By how much.
        by: Duration,
    },
    /// Service starts after the window has closed.
    Late {
        /// By how much.
        by: Duration,
    },
    /// The route ends after its shift, or after its end depot has closed.
    EndsTooLate {
        /// By how much.
        by: Duration,
    },
    /// The route has a longer distance than its vehicle may drive.
    TooFar {
        /// The distance.
        distance: Distance,
        /// The most that is allowed.
        most: Distance,
    },
    /// The route takes longer than its vehicle may be out.
    TooLong {
        /// The duration.
        duration: Duration,
        /// The most that is allowed.
        most: Duration,
    },
    /// The route drives longer than its vehicle may.
    DrivesTooLong {
        /// The durations of its legs.
        driving: Duration,
        /// The most that is allowed.
        most: Duration,
    },
    /// The route has more stops than its vehicle may have.
    TooManyStops {
        /// How many, reloads not counted.
        stops: usize,
        /// The most that is allowed.
        most: usize,
    },
    /// The route picks something up before it comes to this drop-off, and its vehicle must not.
    DropOffBehindPickup,
    /// The route has pickups only, and its vehicle must not go for those alone.
    PickupsOnly,
    /// There is no leg from the place before to this order, or, without an order, to a reload or to the end depot.
    NoLeg,
    /// The plan states a number that a recomputation does not give.
    WrongRecord {
        /// Which number.
        what: Record,
    },
}

/// A number that a plan states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Record {
    /// The depots of a route.
    Depots,
    /// The departure of a route.
    Departure,
    /// The arrival of a route at its end, its waiting there, or its overtime.
    Arrival,
    /// The distance of a route.
    Distance,
    /// The leg to a stop.
    Leg,
    /// The arrival, waiting, service or slack of a stop.
    Schedule,
    /// The leg to a reload, or its arrival, waiting, loading or slack.
    Reload,
    /// What is on board, or the most of it.
    Load,
    /// The cost of a route or, without a route, of the plan.
    Cost,
    /// The price of an unserved order, or that of its carrier.
    Price,
    /// The fee of a carrier for coming.
    Fee,
    /// The order that is served in place of this one of its group.
    Replaced,
    /// The other orders of the group of an unserved one.
    Alternatives,
}

/// One way in which a plan breaks its problem's rules or its own word, as [`Plan::check`](super::Plan::check) lists them.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    pub(super) route: Option<usize>,
    pub(super) order: Option<OrderId>,
    pub(super) name: Option<Box<str>>,
    pub(super) fault: Fault,
}

impl Violation {
    /// The index of the route in [`Plan::routes`](super::Plan::routes), or, for an unknown order or vehicle type, of the
    /// draft; `None`: it concerns the plan.
    pub fn route(&self) -> Option<usize> {
        self.route
    }

    /// The order concerned, if it is one order's matter.
    pub fn order(&self) -> Option<OrderId> {
        self.order
    }

    /// What is wrong, and by how much.
    pub fn fault(&self) -> Fault {
        self.fault
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.route {
            Some(route) => write!(f, "route {}", route + 1)?,
            None => f.write_str("plan")?,
        }
        match (&self.name, self.order) {
            (Some(name), _) => write!(f, ", order \"{}\"", shown(name))?,
            (None, Some(order)) => write!(f, ", order number {order}")?,
            (None, None) => {}
        }
        write!(f, ": {}", self.fault)
    }
}

/// Prints no name.
impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("route", &self.route)
            .field("order", &self.order)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

impl Fault {
    /// What is wrong with an order and another one, where it is a fault of two.
    fn of_two(&self) -> &'static str {
        match self {
            Self::PairApart { .. } => "the other half of its pair is on another route",
            Self::PairReversed { .. } => "it comes before the pickup of its pair",
            Self::PairHalved { .. } => "the other half of its pair is left behind",
            _ => "another order of its group is served too",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOrder => f.write_str("there is no such order"),
            Self::UnknownVehicleType(id) => write!(f, "there is no vehicle type number {id}"),
            Self::UnknownDepot(id) => write!(f, "there is no depot number {id} to reload at"),
            Self::ServedTwice => f.write_str("it is served more than once"),
            Self::ServedAndUnserved => f.write_str("it is served, and listed as unserved"),
            Self::UnservedTwice => f.write_str("it is listed as unserved more than once"),
            Self::Forgotten => f.write_str(
                "it is neither served, nor handed over or replaced, nor listed as unserved",
            ),
            Self::HandedOverToo => f.write_str(
                "it is handed over, and served, listed as unserved, or handed over once more",
            ),
            Self::UnknownCarrier(id) => write!(f, "there is no carrier number {id}"),
            Self::NotTaken { carrier } => {
                write!(f, "carrier number {carrier} states no price for it")
            }
            Self::PairApart { mate: other }
            | Self::PairReversed { mate: other }
            | Self::PairHalved { mate: other }
            | Self::GroupServedTwice { other } => {
                write!(f, "{}: order number {other}", self.of_two())
            }
            Self::TooManyVehicles {
                vehicle_type,
                used,
                count,
            } => {
                write!(
                    f,
                    "{used} vehicles of type number {vehicle_type} are out, there are {count}"
                )
            }
            Self::Overload {
                dimension,
                load,
                capacity,
            } => {
                write!(
                    f,
                    "{load} of load dimension {dimension} on board, the vehicle takes {capacity}"
                )
            }
            Self::LeavesTooEarly { by } => write!(f, "it leaves {} too early", span(*by)),
            Self::MayNotReload { depot } => {
                write!(f, "it reloads at depot number {depot}, where it may not")
            }
            Self::NotOnThisVehicle => f.write_str("its vehicle may not carry it"),
            Self::NotLoaded => f.write_str("its vehicle has not been at a depot to load it"),
            Self::TooManyReloads { reloads, most } => {
                write!(f, "it reloads {reloads} times, at most {most} is allowed")
            }
            Self::DepotClosed { depot, by } => write!(
                f,
                "loading at depot number {depot} starts {} after it has closed",
                span(*by)
            ),
            Self::LeavesBeforeRelease { by } => {
                write!(f, "its trip leaves {} before it is packed", span(*by))
            }
            Self::ShippedTooLate { by } => {
                write!(
                    f,
                    "its trip leaves {} after its ship-by deadline",
                    span(*by)
                )
            }
            Self::LeavesTooLate { by } => write!(f, "it leaves {} too late", span(*by)),
            Self::Late { by } => write!(f, "service starts {} after its window", span(*by)),
            Self::EndsTooLate { by } => write!(f, "it ends {} too late", span(*by)),
            Self::TooFar { distance, most } => {
                write!(f, "its distance is {distance}, at most {most} is allowed")
            }
            Self::TooLong { duration, most } => {
                write!(
                    f,
                    "it takes {}, at most {} is allowed",
                    span(*duration),
                    span(*most)
                )
            }
            Self::DrivesTooLong { driving, most } => {
                let (driving, most) = (span(*driving), span(*most));
                write!(f, "it drives for {driving}, at most {most} is allowed")
            }
            Self::TooManyStops { stops, most } => {
                write!(f, "it has {stops} stops, at most {most} are allowed")
            }
            Self::DropOffBehindPickup => {
                f.write_str("it is dropped off behind a pickup, on a vehicle that drops off first")
            }
            Self::PickupsOnly => {
                f.write_str("it has pickups only, on a vehicle that needs a drop-off")
            }
            Self::NoLeg => f.write_str("the travel knows no way there"),
            Self::WrongRecord { what } => {
                write!(f, "the {what} on record is not what a recomputation gives")
            }
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Depots => "start or end depot",
            Self::Departure => "departure",
            Self::Arrival => "arrival at the end",
            Self::Distance => "distance",
            Self::Leg => "leg",
            Self::Schedule => "schedule",
            Self::Reload => "reload",
            Self::Load => "load",
            Self::Cost => "cost",
            Self::Price => "price",
            Self::Fee => "fee of a carrier",
            Self::Replaced => "order in place of it",
            Self::Alternatives => "list of other orders of its group",
        })
    }
}
