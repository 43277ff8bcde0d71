//! What became of every order that came in.

use crate::measure::OrderId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why an order is not for the own fleet on this day, though nothing is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LeftOut {
    /// It is cancelled.
    Cancelled,
    /// The buyer asks to cancel; it must not ship before that is settled.
    CancelPending,
    /// The channel holds it back.
    OnHold,
    /// It is not paid.
    Unpaid,
    /// It is on its way, or arrived.
    AlreadyShipped,
    /// The platform ships it.
    ShippedByPlatform,
    /// The buyer fetches it from a collection point.
    NotHomeDelivery,
    /// No goods are to be fetched or brought by the own fleet, as in a refund without return.
    NothingToMove,
    /// It asks for something that this crate does not plan yet.
    NotSupported,
    /// An order with the same id came before it.
    Duplicate,
    /// It is packed only after the day's end.
    NotReady,
    /// Its window opens only after the day's end.
    NotToday,
    /// A field that decides who ships it is missing, or has a value that is not known; to ship would be a guess.
    Unclear {
        /// The field in the channel's own spelling.
        field: String,
        /// The value; empty: missing.
        value: String,
    },
}

/// What is wrong with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Defect {
    /// It has no coordinates: the locator does not know the address, or there is none.
    MissingPlace,
    /// Its coordinates are not on the globe.
    BadPlace,
    /// It has no parcel, or a parcel without a weight.
    MissingWeight,
    /// Its weight is negative or beyond every vehicle (above 2^40 g).
    BadWeight,
    /// Its id is empty, or longer than 128 bytes.
    BadId,
    /// All of its windows are over, or end before they begin: a new promise is needed.
    WindowPassed,
    /// Its goods are packed only after its last window or its deadline of this day.
    ReadyTooLate,
    /// It has neither a ship-by nor a deliver-by time. It is planned at the price for undated orders.
    MissingDeadline,
    /// Its deadline has passed. It is planned as due, without a latest moment.
    Overdue,
    /// It has several windows, of which the model can state one: the first that is still open is planned.
    SeveralWindows,
    /// It holds dangerous goods, which the model cannot state: it is planned like any other.
    DangerousGoods,
}

impl Defect {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::MissingPlace,
        Self::BadPlace,
        Self::MissingWeight,
        Self::BadWeight,
        Self::BadId,
        Self::WindowPassed,
        Self::ReadyTooLate,
        Self::MissingDeadline,
        Self::Overdue,
        Self::SeveralWindows,
        Self::DangerousGoods,
    ];

    /// Whether it keeps the order out of the model.
    pub const fn blocks(self) -> bool {
        !matches!(
            self,
            Self::MissingDeadline | Self::Overdue | Self::SeveralWindows | Self::DangerousGoods
        )
    }

    /// What it is in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::MissingPlace => "no coordinates",
            Self::BadPlace => "coordinates not on the globe",
            Self::MissingWeight => "no weight",
            Self::BadWeight => "weight out of range",
            Self::BadId => "id empty or too long",
            Self::WindowPassed => "window over",
            Self::ReadyTooLate => "packed after its window or deadline",
            Self::MissingDeadline => "no deadline (planned)",
            Self::Overdue => "deadline passed (planned)",
            Self::SeveralWindows => "several windows (planned in one)",
            Self::DangerousGoods => "dangerous goods (planned as any)",
        }
    }
}

/// Where an order ended; each ends in exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is an order of the model.
    Planned(OrderId),
    /// It is not for the own fleet on this day.
    LeftOut(LeftOut),
    /// It cannot be planned before its defects are mended.
    Defective,
}

/// One order of the input and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The channel's id of the order.
    pub id: String,
    /// Where it ended.
    pub fate: Fate,
    /// All that is wrong with it; on a planned order only what does not block. Empty on one left out.
    pub defects: Vec<Defect>,
}

/// What became of every order: one [`Entry`] for each input order, in the order of the input.
///
/// `Display` prints the counts; `Debug` too, so that logs stay short.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct IntakeReport {
    entries: Vec<Entry>,
    unknown: Vec<(String, usize)>,
}

impl IntakeReport {
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(super) fn note_unknown(&mut self, value: &str) {
        match self.unknown.iter_mut().find(|(known, _)| known == value) {
            Some((_, count)) => *count += 1,
            None => self.unknown.push((value.to_owned(), 1)),
        }
    }

    /// One entry for each input order, in the order of the input.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many orders entered the model.
    pub fn planned(&self) -> usize {
        self.count(|e| matches!(e.fate, Fate::Planned(_)))
    }

    /// How many orders are not for the own fleet on this day.
    pub fn left_out(&self) -> usize {
        self.count(|e| matches!(e.fate, Fate::LeftOut(_)))
    }

    /// How many orders cannot be planned before they are mended.
    pub fn defective(&self) -> usize {
        self.count(|e| e.fate == Fate::Defective)
    }

    /// How many orders have this defect, planned or not.
    pub fn defects(&self, defect: Defect) -> usize {
        self.count(|e| e.defects.contains(&defect))
    }

    /// Values that the adapter had never seen, as `field=value`, each with the number of orders that have it.
    pub fn unknown(&self) -> &[(String, usize)] {
        &self.unknown
    }

    fn count(&self, which: impl Fn(&Entry) -> bool) -> usize {
        self.entries.iter().filter(|e| which(e)).count()
    }
}

impl fmt::Display for IntakeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} orders: {} planned, {} left out, {} defective",
            self.entries.len(),
            self.planned(),
            self.left_out(),
            self.defective()
        )?;
        for defect in Defect::ALL {
            match self.defects(defect) {
                0 => {}
                count => write!(f, "\n- {count} with {}", defect.words())?,
            }
        }
        for (value, count) in &self.unknown {
            write!(f, "\n- {count} with unknown {}", crate::error::shown(value))?;
        }
        Ok(())
    }
}

impl fmt::Debug for IntakeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntakeReport")
            .field("planned", &self.planned())
            .field("left_out", &self.left_out())
            .field("defective", &self.defective())
            .finish_non_exhaustive()
    }
}
