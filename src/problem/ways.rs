//! The ways to the orders: the legs that a travel gives, and who can be reached by them.

use super::limits::Limits;
use super::rules::named;
use crate::error::{Issues, Rule};
use crate::measure::PlaceId;
use crate::model::Place;
use crate::travel::{LegRequest, Legs, Travel};
use std::collections::HashSet;

/// Asks the travel for the legs of each profile; its faults become issues of the places' owners.
pub(super) fn ask<P: AsRef<str>>(
    travel: &dyn Travel,
    profiles: &[P],
    places: &[Place],
    limits: &Limits,
    owner: &dyn Fn(usize) -> String,
    issues: &mut Issues,
) -> Vec<Legs> {
    let mut all = Vec::new();
    let mut faulty_places = HashSet::new();
    for profile in profiles.iter().map(AsRef::as_ref) {
        let request = LegRequest {
            profile,
            places,
            dense_cells: limits.cells,
        };
        match travel.legs(&request) {
            Ok(legs) if legs.size() == places.len() => all.push(legs),
            Ok(legs) => {
                let advice = || {
                    format!(
                        "it gave legs for {} of {} places; give all",
                        legs.size(),
                        places.len()
                    )
                };
                issues.add(
                    Rule::Inconsistent,
                    || named("travel profile", profile),
                    advice,
                );
            }
            Err(faults) if faults.is_empty() => {
                let advice = || "it gave neither legs nor a reason; mend the travel".to_owned();
                issues.add(
                    Rule::Inconsistent,
                    || named("travel profile", profile),
                    advice,
                );
            }
            Err(faults) => {
                for fault in faults {
                    match fault.place {
                        // A place that is at fault for one profile mostly is for all: say it once.
                        Some(place) if place < places.len() => {
                            if faulty_places.insert((place, fault.rule.code())) {
                                issues.add(fault.rule, || owner(place), || fault.advice);
                            }
                        }
                        _ => issues.add(
                            fault.rule,
                            || named("travel profile", profile),
                            || fault.advice,
                        ),
                    }
                }
            }
        }
    }
    all
}

/// By which legs vehicles travel, from where, and to where; and on the way, from and to any place where they reload.
type Way = (Option<usize>, PlaceId, Option<PlaceId>, Vec<PlaceId>);

/// The different ways in which vehicles leave and return.
#[derive(Debug, Default)]
pub(super) struct Ways(Vec<Way>);

impl Ways {
    pub(super) fn add(
        &mut self,
        profile: Option<usize>,
        start: PlaceId,
        end: Option<PlaceId>,
        reloads: &[PlaceId],
    ) {
        let way = (profile, start, end, reloads.to_vec());
        if !self.0.contains(&way) {
            self.0.push(way);
        }
    }

    /// Notes an order whose place no vehicle can reach and leave again.
    pub(super) fn check(
        &self,
        legs: &[Legs],
        at: PlaceId,
        subject: impl FnOnce() -> String,
        issues: &mut Issues,
    ) {
        let goes = self.0.iter().any(|(profile, start, end, reloads)| {
            let legs = profile.and_then(|profile| legs.get(profile));
            legs.is_some_and(|legs| {
                let mut from = [start].into_iter().chain(reloads);
                let mut to = end.iter().chain(reloads);
                from.any(|from| legs.leg(*from, at).is_some())
                    && (end.is_none() || to.any(|to| legs.leg(at, *to).is_some()))
            })
        });
        if !self.0.is_empty() && !goes {
            let advice = || {
                "no vehicle can get there from its depot and back; correct the place or the travel"
                    .to_owned()
            };
            issues.add(Rule::Unreachable, subject, advice);
        }
    }
}
