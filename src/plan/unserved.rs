//! An order that no route serves.

use super::{Reason, Relaxation};
use crate::error::shown;
use crate::measure::{Cost, OrderId};
use serde::Serialize;
use std::fmt;

/// An order that no route serves: why, and the least that would help.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Unserved {
    pub(super) order: OrderId,
    pub(super) name: Box<str>,
    pub(super) price: Option<Cost>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) alternatives: Box<[OrderId]>,
    pub(super) reason: Reason,
    pub(super) relaxations: Vec<Relaxation>,
}

impl Unserved {
    /// Which order; of a group, the one that comes closest to being served.
    pub fn order(&self) -> OrderId {
        self.order
    }

    /// The caller's name for the order.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What leaving it out costs; `None`: it is mandatory. Of a pair each order has its own price here, of a
    /// group it is the price of serving none.
    pub fn price(&self) -> Option<Cost> {
        self.price
    }

    /// Whether it had to be served.
    pub fn is_mandatory(&self) -> bool {
        self.price.is_none()
    }

    /// The other orders of its group, by id, none of which is served either.
    pub fn alternatives(&self) -> &[OrderId] {
        &self.alternatives
    }

    /// Why it is not served.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The least changes that, all together, let a vehicle serve it; empty where none is known. They are found by sending
    /// a vehicle there alone, so less may do where the order can ride along.
    pub fn relaxations(&self) -> &[Relaxation] {
        &self.relaxations
    }
}

/// `order "A-17": no vehicle is free, … (would help: one more vehicle of type 0)`.
impl fmt::Display for Unserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "order \"{}\"", shown(&self.name))?;
        match self.alternatives.len() {
            0 => {}
            1 => f.write_str(", or the other one of its group")?,
            others => write!(f, ", or {others} others of its group")?,
        }
        if self.is_mandatory() {
            f.write_str(" (mandatory)")?;
        }
        write!(f, ": {}", self.reason)?;
        for (index, relaxation) in self.relaxations.iter().enumerate() {
            let lead = if index == 0 {
                "; would help: "
            } else {
                " and "
            };
            write!(f, "{lead}{relaxation}")?;
        }
        Ok(())
    }
}

/// Prints no name.
impl fmt::Debug for Unserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unserved")
            .field("order", &self.order)
            .field("price", &self.price)
            .field("alternatives", &self.alternatives)
            .field("reason", &self.reason)
            .field("relaxations", &self.relaxations)
            .finish_non_exhaustive()
    }
}
