//! The crate's own documents: models and plans as versioned JSON.
//!
//! # The model document
//!
//! ```json
//! {
//!   "milkrun": 1,
//!   "model": {
//!     "dimensions": ["kg"],
//!     "depots": [{"name": "bakery", "place": {"geo": {"latitude": 52.52, "longitude": 13.4}}}],
//!     "vehicle_types": [{"name": "van", "count": 2, "start": 0, "end": 0, "capacity": [400], "cost_per_distance": 250}],
//!     "orders": [{"name": "cafe", "kind": "drop_off", "place": {"geo": {"latitude": 52.53, "longitude": 13.42}},
//!                 "quantities": [25], "window": {"earliest": 25200, "latest": 32400}, "service": 240}]
//!   },
//!   "travel": {"haversine": {"kmh": 34.0}}
//! }
//! ```
//!
//! Fields are those of [`Model`], [`Depot`](crate::model::Depot), [`VehicleType`](crate::model::VehicleType) and
//! [`Order`](crate::model::Order), in their units: whole seconds, units of distance, and millionths of a unit of cost.
//! `travel` is a [`TravelBy`] and may be left out by a caller that brings its own.
//!
//! # The plan document
//!
//! ```json
//! {"milkrun": 1,
//!  "plan": {
//!    "cost": {"total": 7500000, "fixed": 0, "distance": 7500000, "duration": 0, "unserved": 0},
//!    "routes": [{"vehicle_type": "van", "vehicle": "van 1", "start": "bakery", "end": "bakery", "departure": 25000,
//!                "arrival": 26000, "distance": 30000, "duration": 1000, "waiting": 0, "cost": 7500000, "load": [25],
//!                "stops": [{"order": "cafe", "arrival": 25200, "wait": 0, "start": 25200, "departure": 25440,
//!                           "slack": 7200, "load": [0]}]}],
//!    "unserved": [{"order": "bar", "code": "too-large", "reason": "…", "would_help": ["…"]}]}}
//! ```
//!
//! Names are the problem's. Parts of the cost that few days have, `waiting`, `overtime`, `promises` and `stops`, and the
//! `overtime` of a route, are there where they are not zero. A stop that misses what is promised says by how much, `early` or
//! `late`, and what that costs, `promise`. `load` is what is on board when leaving, by dimension. Where a vehicle reloads on the way, its
//! route has `reloads` too, such as `{"before": "cafe", "depot": "bakery", "arrival": …}`: the trip that begins with it
//! begins with the stop at that order. A reader needs `vehicle_type`, the orders of the stops, and `before` and `depot` of
//! the reloads only; the rest follows from them, is written for other programs, and may be left out.
//!
//! What carriers take is in `hand_overs`, by carrier:
//! `{"carrier": "parcel service", "fee": 8000000, "cost": 13000000, "orders": [{"order": "inn", "price": 5000000}]}`, and
//! what they charge in all is `carriers` of `cost`. Both are there only where something is handed over.
//!
//! Orders that are not served because another one of their group is are in `replaced`, such as
//! `{"order": "at home", "by": "in the locker"}`. A group of which none is served is in `unserved` once, with its other orders
//! as `alternatives`. A reader takes notice of the names alone.
//!
//! Unknown fields and unknown versions are refused, so that nothing a document says is lost in silence. Documents go
//! round exactly: what was written reads back equal, coordinates to the last bit.

mod plan;

pub use plan::{read_plan, write_plan};

use super::parsed::parsed;
use super::{Instance, Numbering, TravelBy};
use crate::error::{Error, Rule};
use crate::model::Model;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// The version that this crate writes, and the only one that it reads.
pub const VERSION: u64 = 1;

/// What a document says of itself, before the rest of it is understood.
#[derive(Deserialize)]
struct Head {
    milkrun: Option<u64>,
    model: Option<IgnoredAny>,
    plan: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelIn {
    #[serde(rename = "milkrun")]
    _version: u64,
    model: Model,
    travel: Option<TravelBy>,
}

#[derive(Serialize)]
struct ModelOut<'a> {
    milkrun: u64,
    model: &'a Model,
    #[serde(skip_serializing_if = "Option::is_none")]
    travel: Option<&'a TravelBy>,
}

/// Reads a model document: the model, and how to travel in it if it says so.
///
/// # Errors
///
/// The first fault of the JSON, with its line and column; a version that is not known; a document that is no model.
/// Whether the model makes sense is for [`Problem::new`](crate::problem::Problem::new) to say.
///
/// ```
/// use milkrun::format::json;
/// let (model, travel) = json::read_model(r#"{"milkrun": 1, "model": {"dimensions": ["kg"]}}"#)?;
/// assert_eq!((model.dimensions().len(), travel), (1, None));
///
/// let error = json::read_model(r#"{"milkrun": 99, "model": {}}"#).unwrap_err();
/// assert!(error.to_string().contains("99"));
/// # Ok::<(), milkrun::error::Error>(())
/// ```
pub fn read_model(text: impl AsRef<[u8]>) -> Result<(Model, Option<TravelBy>), Error> {
    let text = text.as_ref();
    let head = head(text)?;
    if head.model.is_none() && head.plan.is_some() {
        let advice = "it is a plan document, not a model document; read it with read_plan";
        return Err(Error::one("document", Rule::Missing, advice));
    }
    let document: ModelIn = parsed(text)?;
    Ok((document.model, document.travel))
}

/// Writes a model document, with or without a way to travel, on one line.
///
/// Coordinates and speeds that are not finite have no form in JSON: they become `null`, which no reader takes.
///
/// # Panics
///
/// Never: plain data has no way to fail.
pub fn write_model(model: &Model, travel: Option<&TravelBy>) -> String {
    let document = ModelOut {
        milkrun: VERSION,
        model,
        travel,
    };
    serde_json::to_string(&document).expect("plain data serialises")
}

pub(super) fn looks_like(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// A model document that says how to travel, as an instance: depots are numbered 0, 1, … and orders go on from there.
pub(super) fn instance(text: &[u8]) -> Result<Instance, Error> {
    let (model, travel) = read_model(text)?;
    let Some(travel) = travel else {
        let advice = "it does not say how to travel; add \"travel\", or read it with read_model";
        return Err(Error::one("document", Rule::Missing, advice));
    };
    let mut numbering = Numbering::in_order(model.depots().len(), model.orders().len());
    if model.vehicle_types().len() > 1 {
        numbering = numbering.vehicles_unsaid();
    }
    Ok(Instance::new(String::new(), model, travel, numbering))
}

/// Checks the version.
fn head(text: &[u8]) -> Result<Head, Error> {
    let head: Head = parsed(text)?;
    match head.milkrun {
        Some(VERSION) => Ok(head),
        Some(version) => {
            let advice = format!(
                "version {version} is not known, this crate reads {VERSION}; update the crate, or write the document \
                 as version {VERSION}"
            );
            Err(Error::one("document", Rule::Unsupported, advice))
        }
        None => {
            let advice = format!(
                "there is no version; if this is a document of milkrun, add \"milkrun\": {VERSION}"
            );
            Err(Error::one("document", Rule::Missing, advice))
        }
    }
}
