//! Design notes. They are part of the documentation, so that the code in them is compiled and run with the tests.

#[doc = include_str!("design.md")]
pub mod design {}

#[doc = include_str!("constraints.md")]
pub mod constraints {}
