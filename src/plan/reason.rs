//! Why an order is not served, and what would help.

use super::span;
use crate::measure::{Cost, DimensionId, Distance, Duration, Load, Time, VehicleTypeId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why an order is not served.
///
/// The first group holds even on a vehicle of its own, fresh and otherwise empty, of the vehicle type that comes closest;
/// the second is about the rest of the plan. Of a [`Pair`](crate::model::Pair) both orders have the same reason: it is about
/// a vehicle that goes to the pickup, then to the drop-off, and on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// No vehicle can get there from its start and on to its end.
    Unreachable,
    /// It needs more of one load dimension than a vehicle takes.
    TooLarge {
        /// Which dimension.
        dimension: DimensionId,
        /// How much the order is.
        needed: Load,
        /// How much the vehicle takes.
        most: Load,
    },
    /// Its goods are packed only after the vehicle must have left.
    ReleasedTooLate {
        /// When the goods are packed.
        release: Time,
        /// When the vehicle must leave at the latest.
        latest: Time,
    },
    /// No vehicle leaves its depot before the goods were to be shipped.
    ShipByOutOfReach {
        /// When a vehicle can leave.
        departure: Time,
        /// When it has to.
        ship_by: Time,
    },
    /// Every vehicle that could bring its goods is under way, and at a depot to load them only after that has closed.
    ReloadTooLate {
        /// When loading could start.
        start: Time,
        /// When it has to.
        latest: Time,
    },
    /// A vehicle that goes straight there comes after its window.
    WindowUnreachable {
        /// When a vehicle could be there.
        arrival: Time,
        /// When the window closes.
        latest: Time,
    },
    /// A vehicle that goes there and straight on is at its end after the shift, or after the end depot has closed.
    ReturnTooLate {
        /// When the vehicle is at its end.
        arrival: Time,
        /// When it has to be there.
        latest: Time,
    },
    /// Going there alone is a longer distance than a route may have.
    TooFar {
        /// The distance there and on.
        needed: Distance,
        /// The longest distance of a route.
        most: Distance,
    },
    /// Going there alone takes longer than a route may.
    TooLong {
        /// The duration there and on, service included.
        needed: Duration,
        /// The longest duration of a route.
        most: Duration,
    },
    /// Going there alone takes longer on the road than a route may drive.
    TooMuchDriving {
        /// The driving time there and on.
        needed: Duration,
        /// The longest driving time of a route.
        most: Duration,
    },
    /// A pair alone has more stops than a route may have.
    TooManyStops {
        /// How many it has.
        needed: usize,
        /// The most stops of a route.
        most: usize,
    },
    /// There is no vehicle of a type that may carry it.
    NoVehicleMayCarry,
    /// Its goods are aboard a vehicle under way that cannot bring them too.
    StaysAboard,
    /// No vehicle is free, and none that is out has room.
    NoCapacityLeft {
        /// A dimension of which too little is left.
        dimension: DimensionId,
    },
    /// No vehicle is free that could serve it, and none that is out can take it in.
    NoVehicleLeft,
    /// No vehicle goes for a pickup alone, and none that has a drop-off can take it in.
    PickupAlone,
    /// A free vehicle could serve it, at a cost above the price of leaving it out.
    NotWorthItsPrice {
        /// The price of not serving it; of a pair, the sum of both.
        price: Cost,
        /// What it would cost on a vehicle of its own.
        alone: Cost,
    },
    /// A free vehicle could serve it and should; the search did not get that far.
    NotPlaced {
        /// What it would cost on a vehicle of its own.
        alone: Cost,
    },
}

impl Reason {
    /// A short stable code, for programs and for searching the documentation.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TooLarge { .. } => "too-large",
            Self::ReleasedTooLate { .. } => "released-too-late",
            Self::ShipByOutOfReach { .. } => "ship-by-out-of-reach",
            Self::ReloadTooLate { .. } => "reload-too-late",
            Self::WindowUnreachable { .. } => "window-unreachable",
            Self::ReturnTooLate { .. } => "return-too-late",
            Self::TooFar { .. } => "too-far",
            Self::TooLong { .. } => "too-long",
            Self::TooMuchDriving { .. } => "too-much-driving",
            Self::TooManyStops { .. } => "too-many-stops",
            Self::NoVehicleMayCarry => "no-vehicle-may-carry",
            Self::StaysAboard => "stays-aboard",
            Self::NoCapacityLeft { .. } => "no-capacity-left",
            Self::NoVehicleLeft => "no-vehicle-left",
            Self::PickupAlone => "pickup-alone",
            Self::NotWorthItsPrice { .. } => "not-worth-its-price",
            Self::NotPlaced { .. } => "not-placed",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("no vehicle can get there and on"),
            Self::TooLarge {
                dimension,
                needed,
                most,
            } => {
                write!(
                    f,
                    "too large: needs {needed} of load dimension {dimension}, a vehicle takes {most}"
                )
            }
            Self::ReleasedTooLate { release, latest } => write!(
                f,
                "released too late: packed at {}, vehicles leave until {}",
                release.clock(),
                latest.clock()
            ),
            Self::ReloadTooLate { start, latest } => write!(
                f,
                "reload too late: a vehicle under way could load at {}, the depot is open until {}",
                start.clock(),
                latest.clock()
            ),
            Self::ShipByOutOfReach { departure, ship_by } => write!(
                f,
                "ship-by deadline out of reach: a vehicle leaves at {} at the earliest, it must by {}",
                departure.clock(),
                ship_by.clock()
            ),
            Self::WindowUnreachable { arrival, latest } => write!(
                f,
                "window out of reach: a vehicle is there at {} at the earliest, the window closes at {}",
                arrival.clock(),
                latest.clock()
            ),
            Self::ReturnTooLate { arrival, latest } => write!(
                f,
                "no way back in time: a vehicle ends its route at {} at the earliest, it must by {}",
                arrival.clock(),
                latest.clock()
            ),
            Self::TooFar { needed, most } => {
                write!(
                    f,
                    "too far: a route there has a distance of {needed}, at most {most} is allowed"
                )
            }
            Self::TooLong { needed, most } => {
                let (needed, most) = (span(*needed), span(*most));
                write!(
                    f,
                    "too long: a route there takes {needed}, at most {most} is allowed"
                )
            }
            Self::TooMuchDriving { needed, most } => {
                let (needed, most) = (span(*needed), span(*most));
                write!(
                    f,
                    "too much driving: a route there drives for {needed}, at most {most} is allowed"
                )
            }
            Self::TooManyStops { needed, most } => {
                write!(
                    f,
                    "too many stops: it needs {needed}, a route has {most} at most"
                )
            }
            Self::NoVehicleMayCarry => f.write_str("there is no vehicle that may carry it"),
            Self::StaysAboard => {
                f.write_str("its goods are aboard a vehicle that cannot bring them too")
            }
            Self::NoCapacityLeft { dimension } => {
                write!(
                    f,
                    "no vehicle is free, and none has enough of load dimension {dimension} left"
                )
            }
            Self::NoVehicleLeft => {
                f.write_str("no vehicle is free, and none that is out can take it in")
            }
            Self::PickupAlone => f.write_str(
                "no vehicle goes for a pickup alone, and none with a drop-off can take it in",
            ),
            Self::NotWorthItsPrice { price, alone } => write!(
                f,
                "not worth its price: leaving it out costs {}, a vehicle of its own {}",
                price.decimal(),
                alone.decimal()
            ),
            Self::NotPlaced { alone } => {
                write!(
                    f,
                    "fits on a free vehicle for {}, but was not placed",
                    alone.decimal()
                )
            }
        }
    }
}

/// A change of one fact by the least that helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Relaxation {
    /// The vehicle takes more.
    Capacity {
        /// Of which dimension.
        dimension: DimensionId,
        /// The capacity now.
        from: Load,
        /// The capacity that is enough.
        to: Load,
    },
    /// The vehicle may leave later: a longer shift or longer opening hours of the start depot.
    LeaveUntil {
        /// The latest departure now.
        from: Time,
        /// The latest departure that is enough.
        to: Time,
    },
    /// The depot where the vehicle reloads is open for longer.
    ReloadUntil {
        /// The last moment to load now.
        from: Time,
        /// The last moment to load that is enough.
        to: Time,
    },
    /// The order may be shipped later.
    ShipUntil {
        /// The deadline now.
        from: Time,
        /// The deadline that is enough.
        to: Time,
    },
    /// The order's window closes later; of a pair, that of one of its orders.
    WindowUntil {
        /// The end of the window now.
        from: Time,
        /// The end of the window that is enough.
        to: Time,
    },
    /// The vehicle may reach its end later: a longer shift or longer opening hours of the end depot.
    ReturnUntil {
        /// The latest end now.
        from: Time,
        /// The latest end that is enough.
        to: Time,
    },
    /// Routes may have a longer distance.
    MaxDistance {
        /// The limit now.
        from: Distance,
        /// The limit that is enough.
        to: Distance,
    },
    /// Routes may take longer.
    MaxDuration {
        /// The limit now.
        from: Duration,
        /// The limit that is enough.
        to: Duration,
    },
    /// Routes may drive longer.
    MaxDriving {
        /// The limit now.
        from: Duration,
        /// The limit that is enough.
        to: Duration,
    },
    /// Routes may have more stops.
    MaxStops {
        /// The limit now.
        from: usize,
        /// The limit that is enough.
        to: usize,
    },
    /// One more vehicle.
    OneMoreVehicle {
        /// Of this type.
        vehicle_type: VehicleTypeId,
    },
    /// Vehicles may go for pickups alone.
    PickupsOnly {
        /// Of this type, which has one that is free.
        vehicle_type: VehicleTypeId,
    },
    /// A higher price of leaving the order out, or the pair, both prices summed; a lower one may do where it can share a
    /// vehicle.
    Price {
        /// The price now.
        from: Cost,
        /// The price that is enough.
        to: Cost,
    },
}

impl fmt::Display for Relaxation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Capacity { from, to, .. } => write!(f, "capacity {to} instead of {from}"),
            Self::LeaveUntil { from, to } => {
                let (from, to) = (from.clock(), to.clock());
                write!(f, "departures until {to} instead of {from}")
            }
            Self::ReloadUntil { from, to } => {
                let (from, to) = (from.clock(), to.clock());
                write!(f, "loading until {to} instead of {from}")
            }
            Self::ShipUntil { from, to } => {
                let (from, to) = (from.clock(), to.clock());
                write!(f, "shipping until {to} instead of {from}")
            }
            Self::WindowUntil { from, to } => {
                let (from, to) = (from.clock(), to.clock());
                write!(f, "window open until {to} instead of {from}")
            }
            Self::ReturnUntil { from, to } => {
                let (from, to) = (from.clock(), to.clock());
                write!(f, "route end until {to} instead of {from}")
            }
            Self::MaxDistance { from, to } => write!(f, "distance {to} instead of {from}"),
            Self::MaxDuration { from, to } => {
                write!(f, "duration {} instead of {}", span(*to), span(*from))
            }
            Self::MaxDriving { from, to } => {
                write!(f, "driving for {} instead of {}", span(*to), span(*from))
            }
            Self::MaxStops { from, to } => write!(f, "{to} stops a route instead of {from}"),
            Self::OneMoreVehicle { vehicle_type } => {
                write!(f, "one more vehicle of type {vehicle_type}")
            }
            Self::PickupsOnly { vehicle_type } => {
                write!(
                    f,
                    "vehicles of type {vehicle_type} that may go for pickups alone"
                )
            }
            Self::Price { from, to } => {
                write!(f, "price {} instead of {}", to.decimal(), from.decimal())
            }
        }
    }
}
