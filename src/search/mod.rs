//! One trajectory of search: ruin, recreate, descend, accept.
//!
//! A search runs on one thread, on [`Tours`](crate::eval::Tours), with randomness from a [`Dice`] that the caller
//! seeds; only what comes before it, neighbours and savings, uses the caller's thread pool. Nothing in the loop costs
//! more than the routes it touches. This room knows how to change routes and when to keep a change; it knows nothing of
//! budgets.

mod accept;
mod best;
mod carriers;
mod crossover;
mod curve;
mod descent;
mod dice;
mod escort;
mod focus;
mod groups;
mod insertion;
mod neighbours;
mod optional;
mod pairs;
mod pressure;
mod recreate;
mod regret;
mod ruin;
mod savings;
mod shed;
mod touched;
mod trajectory;
mod trips;
mod vehicles;

pub use accept::Annealing;
pub use best::Best;
pub use carriers::hand_over;
pub use crossover::{Individual, crossover};
pub use curve::along_curve;
pub use descent::Descent;
pub use dice::Dice;
pub use escort::escort;
pub use focus::Focus;
pub use groups::stand_ins;
pub use insertion::insert_anywhere;
pub use neighbours::{LiveNeighbours, Neighbours, Outlook, Succession};
pub use pairs::place_pairs;
pub use pressure::Pressure;
pub use recreate::Recreate;
pub use regret::{regret, regret_of};
pub use ruin::Ruin;
pub use savings::savings;
pub use shed::shed;
pub use trajectory::{Knobs, Trajectory};
pub use vehicles::refit_all;
