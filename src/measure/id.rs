//! Typed indices: `u32` inside, one type a thing, so that an order is never looked up as a depot.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The id of the thing at `index`.
            ///
            /// # Panics
            ///
            /// When `index` is above `u32::MAX`, which no accepted problem reaches.
            pub const fn new(index: usize) -> Self {
                assert!(index <= u32::MAX as usize, "ids are below 2^32");
                Self(index as u32)
            }

            /// The position of the thing in its list.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// An order, in the order in which orders were added.
    OrderId,
    /// A depot, in the order in which depots were added.
    DepotId,
    /// A vehicle type, in the order in which vehicle types were added.
    VehicleTypeId,
    /// A carrier, in the order in which carriers were added.
    CarrierId,
    /// A load dimension, such as weight.
    DimensionId,
    /// A travel profile, such as van or bike.
    ProfileId,
    /// A place of a problem: first all depots, then all orders.
    PlaceId,
}
