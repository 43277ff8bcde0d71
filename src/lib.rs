//! Delivery route optimisation for own fleets.
pub mod channel;
pub mod docs;
pub mod error;
pub mod eval;
pub mod format;
pub mod measure;
pub mod model;
pub mod plan;
pub mod problem;
pub mod search;
pub mod solve;
pub mod travel;

pub use error::Error;
