//! The order type that all channels share.

use super::LeftOut;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is to be done for a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChannelOrderKind {
    /// Bring parcels.
    Deliver,
    /// Fetch a return.
    ReturnPickup,
    /// Bring parcels, and fetch as much in return: the replacement of what was delivered before.
    Exchange,
}

impl ChannelOrderKind {
    /// Whether parcels are brought to the buyer.
    pub(super) fn brings(self) -> bool {
        matches!(self, Self::Deliver | Self::Exchange)
    }
}

/// How fast an order was promised, fastest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServiceLevel {
    /// At once.
    Instant,
    /// On the same day.
    SameDay,
    /// On the next day.
    NextDay,
    /// In a few days.
    Express,
    /// As usual.
    Standard,
    /// As cheaply as possible.
    Economy,
    /// Heavy goods.
    Cargo,
}

/// A closed interval of moments.
///
/// # Units
///
/// Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnixWindow {
    /// The first moment inside.
    pub earliest: i64,
    /// The last moment inside.
    pub latest: i64,
}

/// One parcel of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The channel's id of the package.
    pub id: String,
    /// Grams, rounded up; `None`: not known.
    #[serde(default)]
    pub weight: Option<i64>,
    /// Length, width, height in millimetres, rounded up; `None`: not known.
    #[serde(default)]
    pub size: Option<[i64; 3]>,
    /// Whether it holds dangerous goods.
    #[serde(default)]
    pub dangerous: bool,
    /// Whether the channel was already told that it ships, so that it must not be told again.
    #[serde(default)]
    pub announced: bool,
}

/// Words for the driver, such as "leave with the guard". They may hold anything, so `Debug` hides them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Note(pub String);

impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Note({} bytes)", self.0.len())
    }
}

/// An order as it came from a channel, in one form for all channels.
///
/// It has no name, telephone number or address of anybody: the caller keeps these and joins on `id`. What the channel
/// did not say is `None`, never a default; [`DayPlan::admit`](super::DayPlan::admit) counts it as a defect.
///
/// # Units
///
/// Times are Unix seconds, weights grams, sizes millimetres.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChannelOrder {
    /// The channel's id; it becomes the name of the order in the model, and must be unique within a day.
    pub id: String,
    /// Which channel it came from, such as `"tiktok_shop"`.
    pub source: String,
    /// What is to be done.
    pub kind: ChannelOrderKind,
    /// Degrees north, then degrees east.
    #[serde(default)]
    pub place: Option<(f64, f64)>,
    /// What is to be carried; the parcels that are still to go.
    #[serde(default)]
    pub parcels: Vec<Parcel>,
    /// When it is packed.
    #[serde(default)]
    pub ready_at: Option<i64>,
    /// When it must have left at the latest.
    #[serde(default)]
    pub ship_by: Option<i64>,
    /// When it must have arrived at the latest.
    #[serde(default)]
    pub deliver_by: Option<i64>,
    /// When the buyer is to be met; empty: any time.
    #[serde(default)]
    pub windows: Vec<UnixWindow>,
    /// How fast it was promised.
    #[serde(default)]
    pub service_level: Option<ServiceLevel>,
    /// The warehouses that hold the goods. The model cannot state this yet, so it is carried, not planned with.
    #[serde(default)]
    pub depots: Vec<String>,
    /// Whether the driver collects money.
    #[serde(default)]
    pub cash_on_delivery: bool,
    /// Words for the driver; hidden from `Debug`, and never part of a model.
    #[serde(default)]
    pub note: Option<Note>,
    /// Why the channel says that the own fleet is not to serve it (now); `None`: it is.
    #[serde(default)]
    pub left_out: Option<LeftOut>,
    /// Values that the adapter had never seen, as `field=value`. They are reported, and change nothing.
    #[serde(default)]
    pub unknown: Vec<String>,
}

impl ChannelOrder {
    /// An order of which nothing is known but what it is.
    pub fn new(id: impl Into<String>, source: impl Into<String>, kind: ChannelOrderKind) -> Self {
        Self {
            id: id.into(),
            source: source.into(),
            kind,
            place: None,
            parcels: Vec::new(),
            ready_at: None,
            ship_by: None,
            deliver_by: None,
            windows: Vec::new(),
            service_level: None,
            depots: Vec::new(),
            cash_on_delivery: false,
            note: None,
            left_out: None,
            unknown: Vec::new(),
        }
    }

    /// Grams of all parcels; `None` when there is no parcel, or one without a weight, or the sum is out of range.
    pub fn weight(&self) -> Option<i64> {
        let mut weights = self.parcels.iter().map(|p| p.weight);
        let first = weights.next()??;
        weights.try_fold(first, |sum, weight| sum.checked_add(weight?))
    }

    /// The earlier of `ship_by` and `deliver_by`: when leaving the order out starts to hurt.
    pub fn deadline(&self) -> Option<i64> {
        match (self.ship_by, self.deliver_by) {
            (Some(ship), Some(deliver)) => Some(ship.min(deliver)),
            (one, other) => one.or(other),
        }
    }
}

/// Prints ids, kinds and counts; where the buyer lives and what the note says stay out of logs.
impl fmt::Debug for ChannelOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelOrder")
            .field("id", &self.id)
            .field("source", &self.source)
            .field("kind", &self.kind)
            .field("located", &self.place.is_some())
            .field("parcels", &self.parcels.len())
            .field("left_out", &self.left_out)
            .finish_non_exhaustive()
    }
}
