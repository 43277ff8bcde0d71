//! The cheapest schedule of a route with promises once more, for the check: by slopes, from the departure on.
//!
//! What the calls up to one of them cost at least, by when that one happens (travel and service before it taken off), is
//! convex. Its slope is kept as the bends where it changes; once each call is added, what rises is cut off, as whoever is ready
//! earlier may wait. Where it was cut off is when the call happens, unless a later one happens earlier.

use std::collections::BTreeMap;
use std::ops::{Add, Neg};

/// A slope of everything that is to be least, the first number before all others: of time before it may be, of lateness for
/// windows, of cost, of time before the horizon's start, of the end, of the departure, of the starts of service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slope(pub(super) [i128; 7]);

/// Which number of a slope is which.
pub(super) const OPENS: usize = 0;
pub(super) const CLOSES: usize = 1;
pub(super) const COST: usize = 2;
pub(super) const HORIZON: usize = 3;
pub(super) const ENDS: usize = 4;
pub(super) const LEAVES: usize = 5;
pub(super) const SERVES: usize = 6;

impl Slope {
    /// So much of one number.
    pub(super) fn of(which: usize, amount: i128) -> Self {
        let mut slope = Self::default();
        slope.0[which] = amount;
        slope
    }
}

impl Add for Slope {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        for (one, other) in self.0.iter_mut().zip(other.0) {
            *one += other;
        }
        self
    }
}

impl Neg for Slope {
    type Output = Self;

    fn neg(mut self) -> Self {
        for one in &mut self.0 {
            *one = -*one;
        }
        self
    }
}

/// What a call costs by when it happens: its slope at the beginning of time, and where that rises, by how much.
#[derive(Debug, Default)]
pub(super) struct Bill {
    /// What it comes to at the moment zero, were its first slope that of all time.
    base: Slope,
    first: Slope,
    bends: Vec<(i128, Slope)>,
}

impl Bill {
    /// Each unit of time counts for so much.
    pub(super) fn always(mut self, which: usize, amount: i128) -> Self {
        self.first = self.first + Slope::of(which, amount);
        self
    }

    /// Each unit of time before this counts for so much.
    pub(super) fn before(mut self, moment: Option<i128>, which: usize, amount: i128) -> Self {
        if let Some(moment) = moment {
            self.first = self.first + Slope::of(which, -amount);
            self.base = self.base + Slope::of(which, amount * moment);
            self.bends.push((moment, Slope::of(which, amount)));
        }
        self
    }

    /// Each unit of time after this counts for so much.
    pub(super) fn after(mut self, moment: Option<i128>, which: usize, amount: i128) -> Self {
        let bend = moment.map(|moment| (moment, Slope::of(which, amount)));
        self.bends.extend(bend);
        self
    }

    /// What it comes to at a moment.
    pub(super) fn at(&self, moment: i128) -> Slope {
        let bends = self.bends.iter();
        let rises = bends.map(|(from, rise)| Slope(rise.0.map(|by| by * (moment - from).max(0))));
        let first = Slope(self.first.0.map(|by| by * moment));
        rises.fold(self.base + first, Add::add)
    }
}

/// When each of some calls happens, one after the other, given what each costs and the travel and service before it.
pub(super) fn cheapest(calls: &[(Bill, i128)]) -> Vec<i128> {
    let nothing = Slope::default();
    let mut bends: BTreeMap<i128, Slope> = BTreeMap::new();
    let mut last = nothing;
    let mut best: Vec<Option<i128>> = Vec::with_capacity(calls.len());
    for (bill, path) in calls {
        last = last + bill.first;
        for (moment, rise) in &bill.bends {
            let bend = bends.entry(moment - path).or_default();
            *bend = *bend + *rise;
            last = last + *rise;
        }
        let mut cut = None;
        while last > nothing {
            let Some((at, rise)) = bends.pop_last() else {
                break;
            };
            last = last + -rise;
            if last <= nothing {
                bends.insert(at, -last);
                last = nothing;
                cut = Some(at);
                break;
            }
        }
        best.push(cut);
    }
    let mut moments = vec![0; calls.len()];
    let mut next = None;
    for (index, (_, path)) in calls.iter().enumerate().rev() {
        next = best[index].into_iter().chain(next).min();
        moments[index] = next.unwrap_or(0) + path;
    }
    moments
}
