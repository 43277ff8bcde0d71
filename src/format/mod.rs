//! Doors for files: instances and models in, plans out.
//!
//! [`read`] takes the text of an instance in any supported form and answers with an [`Instance`]: a model, the way to
//! travel in it, and the numbering that its published solutions use. The rooms inside are one format each:
//!
//! | room | reads | writes |
//! |---|---|---|
//! | [`vrplib`] | CVRP, VRPTW, HFVRP, MDVRP(TW), PCVRP(TW) and MTVRPTWR instances of `CVRPLIB` and `PyVRP` | |
//! | [`cordeau`] | MDVRP and MDVRPTW instances of Cordeau | |
//! | [`lilim`] | PDPTW instances of Li and Lim | |
//! | [`solomon`] | VRPTW instances of Solomon and of Gehring and Homberger | |
//! | [`sol`] | routes in `CVRPLIB`'s `.sol` form | the same |
//! | [`routes`] | routes in a neutral JSON form, by client number | the same |
//! | [`json`] | the crate's own documents: models and plans | the same |
//! | [`geojson`] | | a plan as a map layer |
//! | [`html`] | | a plan as one page, to look at |
//!
//! Readers take text or bytes, never a path: where files lie is the caller's business. They never panic, trust no
//! count that a file declares, and report every fault of a file at once, with its line.
//!
//! ```
//! let text = "
//! NAME : three
//! TYPE : CVRP
//! DIMENSION : 4
//! CAPACITY : 10
//! EDGE_WEIGHT_TYPE : EUC_2D
//! NODE_COORD_SECTION
//! 1 0 0
//! 2 3 4
//! 3 6 8
//! 4 0 5
//! DEMAND_SECTION
//! 1 0
//! 2 4
//! 3 5
//! 4 6
//! DEPOT_SECTION
//! 1
//! -1
//! EOF";
//! let instance = milkrun::format::read(text)?;
//! assert_eq!(instance.model.orders().len(), 3);
//! let problem = instance.problem()?;
//! # assert_eq!(problem.order_count(), 3);
//! # Ok::<(), milkrun::error::Error>(())
//! ```

mod convention;
pub mod cordeau;
mod decimal;
mod field;
pub mod geojson;
pub mod html;
mod instance;
pub mod json;
pub mod lilim;
mod numbering;
mod palette;
mod parsed;
pub mod routes;
pub mod sol;
pub mod solomon;
mod text;
mod travel_by;
pub mod vrplib;

pub use convention::Convention;
pub use instance::Instance;
pub use numbering::Numbering;
pub use travel_by::{ProfileSpeed, TravelBy, TravelTable};

use crate::error::{Error, Rule};

/// Reads an instance in any of the supported forms, with the convention that is usual for it: the one by which the
/// best-known costs of such instances are stated. Each form says which that is; it follows from the file alone.
///
/// # Errors
///
/// Every fault found, each with its line; or that the form is not known.
pub fn read(text: impl AsRef<[u8]>) -> Result<Instance, Error> {
    sniff(text.as_ref(), None)
}

/// Reads an instance in any of the supported forms, with a convention of the caller's choice.
///
/// A convention says how coordinates become whole numbers; where a file gives tables of whole numbers, or states how to
/// travel itself, it has no say.
///
/// # Errors
///
/// As [`read`].
pub fn read_as(text: impl AsRef<[u8]>, convention: Convention) -> Result<Instance, Error> {
    sniff(text.as_ref(), Some(convention))
}

fn sniff(bytes: &[u8], convention: Option<Convention>) -> Result<Instance, Error> {
    let text = text::decode(bytes);
    if json::looks_like(&text) {
        json::instance(bytes)
    } else if solomon::looks_like(&text) {
        solomon::parse(&text, convention)
    } else if vrplib::looks_like(&text) {
        vrplib::parse(&text, convention)
    } else if cordeau::looks_like(&text) {
        cordeau::parse(&text, convention)
    } else if lilim::looks_like(&text) {
        lilim::parse(&text, convention)
    } else {
        Err(Error::one(
            "file",
            Rule::Syntax,
            "it is neither VRPLIB (no DIMENSION line), nor Solomon (no NUMBER CAPACITY line), nor Cordeau (no row of \
             four whole numbers first), nor Li and Lim (no row of three numbers first), nor a JSON document; convert it to one of these",
        ))
    }
}
