//! What the cheapest schedule of a route costs.

use crate::problem::ALWAYS;

/// Finds the least cost of a route of which prices depend on when things happen, stop by stop, in O(n) where windows
/// follow each other along the route, as they do on good ones, and O(n²) at worst.
///
/// With `path` the travel and service from the start to a moment of the route, and `u` that moment less its path, a route
/// may be on its way whenever `u` does not fall from one moment to the next: it rises where the vehicle waits. What a stop
/// costs is a convex function of its own `u`, and so is the least that the route up to it costs while it happens no later
/// than `u`: it falls ever less steeply, and is flat in the end. Kept are that flat value and, from the last on, the bends
/// before it, each with by how much the slope changes there.
///
/// A price for coming early adds a bend. A price for coming late, from some moment on, makes the flat end rise: those who come
/// later yield, at what their bends lie behind that moment, and bend there instead. A moment that is the last is a price
/// above all. What must not happen before some moment costs nothing, as bends up to it never count.
///
/// A window that cannot be kept, however early the route leaves, closes when the vehicle can be there first.
///
/// # References
///
/// Ibaraki, Imahori, Kubo, Masuda, Uno, Yagiura (2005), 10.1287/trsc.1030.0085, and Ibaraki, Imahori, Nonobe, Sobue, Uno,
/// Yagiura (2008), 10.1016/j.dam.2007.04.022, for optimal start times as convex piecewise linear functions.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    /// Where the slope changes, the last behind, and by how much. New ones are among the last nearly always.
    bends: Vec<(i64, i64)>,
    /// No earlier may anything from here on happen.
    first: i64,
    path: i64,
    cost: i128,
}

/// Where the bends of what never is late enough lie: the end of time. It counts from zero there, as those moments that are never
/// early enough do at the other end of time.
const LAST: i64 = i64::MAX;

/// A moment as costs count it.
fn moment(at: i64) -> i128 {
    if at == LAST { 0 } else { i128::from(at) }
}

impl Schedule {
    /// Leaves within these moments; from then to the end each unit of time costs `price`.
    #[inline]
    pub(super) fn leave(&mut self, earliest: i64, latest: i64, price: i64) {
        self.bends.clear();
        (self.first, self.path, self.cost) = (earliest, 0, 0);
        if price > 0 {
            self.bend(LAST, price);
        }
        self.hold(latest);
    }

    /// Goes on by `travel`, to where nothing happens before `earliest`.
    #[inline]
    pub(super) fn arrive(&mut self, travel: i64, earliest: i64) {
        self.path += travel;
        self.first = self.first.max(earliest - self.path);
    }

    /// Spends time.
    #[inline]
    pub(super) fn serve(&mut self, service: i64) {
        self.path += service;
    }

    /// Each unit of time before `from` costs `price`.
    #[inline]
    pub(super) fn pull(&mut self, from: i64, price: i64) {
        let at = from - self.path;
        if price > 0 && at > self.first {
            self.bend(at, price);
        }
    }

    /// Each unit of time after `until` costs `price`.
    #[inline]
    pub(super) fn press(&mut self, until: i64, price: i64) {
        if price == 0 {
            return;
        }
        let at = until - self.path;
        let yielded = self.take(at.max(self.first), price, moment(at));
        if at < self.first {
            // So much is late however early it leaves.
            self.cost += i128::from(price - yielded) * i128::from(self.first - at);
        } else if yielded > 0 {
            self.bend(at, yielded);
        }
    }

    /// Nothing happens after `until`, but for what cannot happen earlier.
    #[inline]
    pub(super) fn hold(&mut self, until: i64) {
        if until >= ALWAYS.latest.get() {
            return;
        }
        let at = (until - self.path).max(self.first);
        let yielded = self.take(at, i64::MAX, moment(at));
        if yielded > 0 {
            self.bend(at, yielded);
        }
    }

    /// Ends the route: what it costs with these prices of each unit of time, and of each that is waited.
    #[inline]
    pub(super) fn end(&mut self, duration: i64, waiting: i64) -> i128 {
        let price = duration + waiting;
        let yielded = self.take(self.first, price, 0);
        self.cost += i128::from(price - yielded) * i128::from(self.first);
        self.cost + i128::from(self.path) * i128::from(duration)
    }

    /// Takes up to `most` from the bends behind a moment, the last first, and pays for how far each lies behind `to`; returns
    /// how much there was.
    #[inline]
    fn take(&mut self, behind: i64, most: i64, to: i128) -> i64 {
        let mut taken = 0;
        while taken < most {
            let Some(last) = self.bends.last_mut() else {
                break;
            };
            let (at, change) = *last;
            if at <= behind {
                break;
            }
            let part = change.min(most - taken);
            self.cost += i128::from(part) * (moment(at) - to);
            taken += part;
            if part == change {
                self.bends.pop();
            } else {
                last.1 -= part;
            }
        }
        taken
    }

    /// The slope changes at a moment.
    #[inline]
    fn bend(&mut self, at: i64, change: i64) {
        let mut slot = self.bends.len();
        while slot > 0 && self.bends[slot - 1].0 > at {
            slot -= 1;
        }
        self.bends.insert(slot, (at, change));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: i64 = ALWAYS.earliest.get();
    const EVER: i64 = ALWAYS.latest.get();

    #[test]
    fn two_promises_that_cannot_both_be_kept() {
        // 10 to the first, 40 more to the second, both promised from 100 to 120, early 1 and late 3: 20 early costs 20.
        let mut schedule = Schedule::default();
        schedule.leave(0, EVER, 0);
        for travel in [10, 40] {
            schedule.arrive(travel, NEVER);
            schedule.pull(100, 1);
            schedule.press(120, 3);
            schedule.hold(EVER);
            schedule.serve(0);
        }
        schedule.arrive(50, NEVER);
        assert_eq!(schedule.end(0, 0), 20);
    }

    #[test]
    fn waiting_is_weighed_against_coming_early() {
        // One stop promised at 100 at 2 a unit early, which opens at 80, and one far away that closes at 95: 15 after the
        // first at best. Wait at the first until 80 (20 early), and be there at 95; the route lasts 100 - 65.
        let mut schedule = Schedule::default();
        schedule.leave(0, EVER, 1);
        schedule.arrive(15, 80);
        schedule.pull(100, 2);
        schedule.serve(0);
        schedule.arrive(15, NEVER);
        schedule.hold(95);
        schedule.arrive(5, NEVER);
        assert_eq!(schedule.end(1, 0), 40 + 35);
    }

    #[test]
    fn what_is_late_anyway_is_paid_once() {
        // It leaves at 50 at the earliest, 10 away is a stop promised until 30 at 4 a unit: 30 late.
        let mut schedule = Schedule::default();
        schedule.leave(50, 60, 7);
        schedule.arrive(10, NEVER);
        schedule.press(30, 4);
        schedule.hold(20);
        schedule.arrive(10, NEVER);
        assert_eq!(schedule.end(3, 4), 120 + 3 * 20);
    }
}
