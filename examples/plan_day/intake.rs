//! What became of the orders that came in.

use milkrun::channel::{Defect, Fate, IntakeReport, LeftOut};
use std::collections::BTreeMap;
use std::fmt;

/// The counts by reason and defect, a line each.
pub(crate) struct Summary<'a>(pub(crate) &'a IntakeReport);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.0;
        let total = report.entries().len();
        writeln!(f, "{total:>6} orders came in")?;
        write!(f, "{:>6} to plan", report.planned())?;
        noted(f, report, |defect| !defect.blocks())?;
        write!(f, "\n{:>6} left out", report.left_out())?;
        let mut reasons: BTreeMap<&LeftOut, usize> = BTreeMap::new();
        for entry in report.entries() {
            if let Fate::LeftOut(reason) = &entry.fate {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        for (reason, count) in reasons {
            write!(f, "\n{count:>14} {}", words(reason))?;
        }
        write!(f, "\n{:>6} defective", report.defective())?;
        noted(f, report, Defect::blocks)
    }
}

/// The defects of one sort that there are.
fn noted(
    f: &mut fmt::Formatter<'_>,
    report: &IntakeReport,
    of: impl Fn(Defect) -> bool,
) -> fmt::Result {
    for defect in Defect::ALL.into_iter().filter(|d| of(*d)) {
        match report.defects(defect) {
            0 => {}
            count => write!(f, "\n{count:>14} {}", defect.words())?,
        }
    }
    Ok(())
}

fn words(reason: &LeftOut) -> String {
    match reason {
        LeftOut::Cancelled => "cancelled".to_owned(),
        LeftOut::CancelPending => "buyer asks to cancel".to_owned(),
        LeftOut::OnHold => "held by the platform".to_owned(),
        LeftOut::Unpaid => "not paid".to_owned(),
        LeftOut::AlreadyShipped => "on their way already".to_owned(),
        LeftOut::ShippedByPlatform => "shipped by the platform".to_owned(),
        LeftOut::NotReady => "packed after the day".to_owned(),
        LeftOut::NotToday => "window on another day".to_owned(),
        LeftOut::Unclear { field, value } => format!("{field} {value:?} is not clear"),
        other => format!("{other:?}"),
    }
}
