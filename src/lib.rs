//! Delivery route optimisation for sellers with their own fleet: orders in, routes and shipments out.
//!
//! A day goes through the crate in one direction, and each step is a module, met in this order:
//!
//! | room | what is in it |
//! |---|---|
//! | [`channel`] | orders as a sales channel has them, and what became of each; shipment updates back to the channel |
//! | [`model`] | the day as you state it: depots, vehicle types, orders; plain data in the units of [`measure`] |
//! | [`travel`] | how to get from place to place: great circles, a road network, a plane, given tables |
//! | [`problem`] | model and travel, checked as a whole and frozen; the only place that says no, with an [`Error`] |
//! | [`solve`] | the solver: budgets, threads, progress, cancelling |
//! | [`plan`] | what will happen: routes with schedule and cost, shipments, and why an order is not served |
//! | [`format`](mod@format) | files: instances, models and plans in; plans, maps and pages out |
//!
//! Inside of the solver are [`eval`], which says what a change of a plan costs, and [`search`], which looks for changes.
//! [`docs`] has the design notes.
//!
//! ```
//! use milkrun::measure::{Cost, Duration, Load, Time, Window};
//! use milkrun::model::{Depot, Model, Order, Place, VehicleType};
//! use milkrun::problem::Problem;
//! use milkrun::solve::{Budget, Solver};
//! use milkrun::travel::Haversine;
//!
//! // What there is, and what is to be done.
//! let mut model = Model::new();
//! let parcels = model.add_dimension("parcels");
//! let hub = model.add_depot(Depot::new("hub", Place::geo(-6.21, 106.85)));
//! model.add_vehicle_type(
//!     VehicleType::new("van", 3, hub)
//!         .capacity(parcels, Load(80))
//!         .shift(Window::new(Time::at(8, 0), Time::at(18, 0)))
//!         .fixed_cost(Cost::units(45))
//!         .per_distance(Cost(320)), // 0.32 a kilometre, stated for each metre
//! );
//! for (name, latitude, longitude) in [("A-1", -6.22, 106.81), ("A-2", -6.25, 106.87), ("A-3", -6.19, 106.90)] {
//!     let order = Order::drop_off(name, Place::geo(latitude, longitude));
//!     model.add_order(order.quantity(parcels, Load(1)).service(Duration::minutes(3)));
//! }
//!
//! // Checked once, then solved as often as you like.
//! let problem = Problem::new(&model, &Haversine::at_kmh(24.0))?;
//! let outcome = Solver::new(&problem).seed(7).solve(Budget::iterations(200));
//!
//! // What will happen.
//! let plan = &outcome.plan;
//! assert!(plan.is_complete() && outcome.violations.is_empty());
//! assert_eq!((plan.routes().len(), plan.shipments().len()), (1, 3));
//! println!("{plan}");
//! # Ok::<(), milkrun::Error>(())
//! ```

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

/// The programs of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
