//! Units, windows, typed ids and tables.
//!
//! This room knows numbers and their units, and nothing about routing. Every quantity in milkrun is a whole number
//! in an `i64` newtype, so that a metre is never added to a second and sums are exact. Any room may import it.

mod id;
mod quantity;
mod table;
mod window;

pub use id::{CarrierId, DepotId, DimensionId, OrderId, PlaceId, ProfileId, VehicleTypeId};
pub use quantity::{Cost, Distance, Duration, Load, Time};
pub use table::Table;
pub use window::Window;
