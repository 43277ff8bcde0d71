//! A call at a depot between two trips of a route.

use super::Reload;
use crate::measure::{DepotId, Duration, Time};
use crate::travel::Leg;
use serde::Serialize;

/// A call at a depot between two trips, with its place in the schedule: the vehicle hands over all that it has picked up,
/// and takes on board what the next trip drops off. Goods of pairs, and those aboard a vehicle that is under way, stay on board.
///
/// # Units
///
/// Moments are seconds from the start of the horizon, spans are seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReloadStop {
    /// The index in [`Route::stops`](super::Route::stops) of the first stop of the trip that begins with it.
    pub before: usize,
    /// Where.
    pub depot: DepotId,
    /// The leg from the stop before. Where the travel knows no such leg both its numbers are zero, and
    /// [`Plan::check`](super::Plan::check) says so.
    pub leg: Leg,
    /// When the vehicle gets there.
    pub arrival: Time,
    /// How long it waits for the depot to open and for the goods of the next trip to be released.
    pub wait: Duration,
    /// When loading starts: arrival and wait, even where that is too late.
    pub start: Time,
    /// When loading ends and the vehicle leaves.
    pub departure: Time,
    /// By how much this arrival could slip until the depot closes or a later promise of the route breaks, as
    /// [`Stop::slack`](super::Stop::slack).
    pub slack: Option<Duration>,
}

impl ReloadStop {
    /// The reload without its schedule.
    pub(super) fn draft(&self) -> Reload {
        Reload {
            before: self.before,
            depot: self.depot,
        }
    }
}

/// The trips of a route of this many stops with these reloads, as ranges of its stops.
pub(super) fn trips(
    stops: usize,
    reloads: impl Iterator<Item = usize>,
) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    reloads.chain([stops]).map(move |to| {
        let range = from.min(to)..to.min(stops);
        from = to;
        range
    })
}

/// The reloads of a draft that begin a trip and follow one: those before the first stop, unless the vehicle comes from where it
/// could not load, behind the last, and all but the last of several in a row serve nothing. `kept` says of each stop of the
/// draft whether it is left.
pub(super) fn serving(mut reloads: Vec<Reload>, kept: &[bool], may_be_first: bool) -> Vec<Reload> {
    reloads.sort_by_key(|reload| reload.before);
    let mut left = Vec::with_capacity(reloads.len());
    let (mut at, mut before) = (0, 0);
    let all = kept.iter().filter(|kept| **kept).count();
    for reload in reloads {
        while at < reload.before.min(kept.len()) {
            before += usize::from(kept[at]);
            at += 1;
        }
        if (before == 0 && !may_be_first) || before == all {
            continue;
        }
        if left
            .last()
            .is_some_and(|last: &Reload| last.before == before)
        {
            left.pop();
        }
        left.push(Reload { before, ..reload });
    }
    left
}
