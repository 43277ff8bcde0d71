//! At which paces the legs of each profile are travelled.

use super::rules::named;
use crate::error::{Issues, Rule};
use crate::model::Model;
use crate::travel::Legs;

/// The paces that a vehicle type may have, in per cent.
pub(super) const PACES: std::ops::RangeInclusive<u32> = 1..=1_000;

/// The profiles that a fleet travels, each at each pace that some vehicle type has: what
/// [`ProfileId`](crate::measure::ProfileId) numbers. Legs of one profile at one pace are kept once, whoever travels them.
#[derive(Debug, Clone)]
pub(super) struct Paces(Vec<(usize, u32)>);

impl Paces {
    /// Those of a model, in the order of first use; profiles are numbered as [`Model::profiles`] lists them.
    pub(super) fn of(model: &Model) -> Self {
        let profiles = model.profiles();
        let mut paces = Vec::new();
        for vehicle in model.vehicle_types() {
            let profile = profiles.iter().position(|p| *p == vehicle.profile);
            let pace = (
                profile.expect("profiles() lists every vehicle type's profile"),
                vehicle.pace,
            );
            if !paces.contains(&pace) {
                paces.push(pace);
            }
        }
        Self(paces)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// By pace: the number of the profile, and the per cent of its durations.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.0.iter().copied()
    }

    /// The number of a profile at a pace.
    pub(super) fn position(&self, profile: usize, percent: u32) -> Option<usize> {
        self.0.iter().position(|pace| *pace == (profile, percent))
    }

    /// The legs of each profile as legs of each pace. What is too long for a table at its pace is noted, by the names of
    /// the profiles; there are fewer legs then.
    pub(super) fn apply<P: AsRef<str>>(
        &self,
        legs: Vec<Legs>,
        profiles: &[P],
        issues: &mut Issues,
    ) -> Vec<Legs> {
        let mut legs: Vec<Option<Legs>> = legs.into_iter().map(Some).collect();
        let mut all = Vec::with_capacity(self.0.len());
        for (index, (profile, percent)) in self.0.iter().enumerate() {
            let last = !self.0[index + 1..].iter().any(|(p, _)| p == profile);
            let own = &mut legs[*profile];
            let own = if last { own.take() } else { own.clone() };
            let paced = own.and_then(|own| own.paced(*percent));
            // A pace out of range is said already.
            if paced.is_none() && PACES.contains(percent) {
                let advice = || {
                    format!(
                        "at a pace of {percent} per cent it has a leg of more than 2^32 - 2 seconds; correct the pace, or \
                         the travel"
                    )
                };
                let subject = || named("travel profile", profiles[*profile].as_ref());
                issues.add(Rule::OutOfRange, subject, advice);
            }
            all.extend(paced);
        }
        all
    }
}
