//! `DISTANCE`: how far, or how long, a route may go.

use super::super::field;
use super::super::text::at;
use super::sheet::Sheet;
use crate::error::{Issues, Rule};
use crate::measure::{Distance, Duration};
use crate::model::VehicleType;

/// A limit that the literature states for routes whose time is their distance and their service, without windows.
pub(super) struct Longest {
    line: usize,
    value: i64,
}

impl Longest {
    /// The limit where the file has one; the outer `None` where it is at fault.
    #[allow(clippy::option_option, reason = "a fault is not an absence")]
    pub(super) fn read(sheet: &Sheet<'_>, scale: u32, issues: &mut Issues) -> Option<Option<Self>> {
        let Some(spec) = sheet.spec("DISTANCE") else {
            return Some(None);
        };
        let line = spec.line;
        match field::span(spec.value, scale) {
            Ok(value) => Some(Some(Self { line, value })),
            Err((rule, advice)) => {
                issues.add(rule, || at(line), || format!("DISTANCE: {advice}"));
                None
            }
        }
    }

    /// Limits a vehicle type, where service takes time or not.
    pub(super) fn limit(&self, vehicle: &mut VehicleType, served: bool) {
        if served {
            let stated = vehicle.max_duration.map_or(self.value, Duration::get);
            vehicle.max_duration = Some(Duration(self.value.min(stated)));
        } else {
            let stated = vehicle.max_distance.map_or(self.value, Distance::get);
            vehicle.max_distance = Some(Distance(self.value.min(stated)));
        }
    }

    /// Says that it has no one meaning.
    pub(super) fn refuse(&self, issues: &mut Issues) {
        let advice = || {
            "DISTANCE is not supported with service and windows or release times: whether waiting counts is not said; state \
             VEHICLES_MAX_DURATION, which it counts for, or VEHICLES_MAX_DISTANCE, which neither does"
                .to_owned()
        };
        issues.add(Rule::Unsupported, || at(self.line), advice);
    }
}
