//! What exceeding a limit costs inside the search.

/// Weights on what exceeds a limit.
///
/// A hard weight is more than anything that could be saved; a soft one lets a search pass through routes that break a
/// limit a little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Penalties {
    /// For each unit of load above a capacity.
    pub load: Weight,
    /// For each unit of time warp, and of duration or driving above the longest.
    pub time: Weight,
    /// For each unit of distance above the longest.
    pub distance: Weight,
    /// For each stop above the most, and for a drop-off that a route with pickups must have and has not.
    pub stops: Weight,
}

/// No penalty or charge of one resource is above this: it keeps the sums over all routes of a change in range.
pub(crate) const MOST: i64 = 1 << 55;

/// How many kinds of limits there are.
pub(crate) const KINDS: usize = 4;

/// The price of one unit of excess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight(i64);

/// Weights from here on are steps of cost; those below are parts of one step.
const HARD: i64 = 1 << 34;

/// As many parts make one step: costs may be much coarser than units of load or time.
const PARTS: i64 = 1 << 10;

impl Weight {
    /// A price that is above `all`, which is above everything that could be saved.
    pub(crate) fn above(all: i64) -> Self {
        Self(all.saturating_mul(2).clamp(HARD, MOST))
    }

    /// A price of this many steps of cost, in whole parts of a step, at least one of them; at most 2^23.
    #[must_use]
    pub fn soft(steps: f64) -> Self {
        Self((steps * PARTS as f64).clamp(1.0, (HARD / 2) as f64) as i64)
    }

    /// Whether a limit may be broken at this price.
    #[inline]
    #[must_use]
    pub fn is_soft(self) -> bool {
        self.0 < HARD
    }

    /// What `excess` units cost, in steps; nothing where there is no excess, something for any.
    #[inline]
    #[must_use]
    pub fn on(self, excess: i64) -> i64 {
        if excess <= 0 {
            0
        } else if self.is_soft() {
            (1 + self.0.saturating_mul(excess) / PARTS).min(MOST)
        } else {
            self.0.saturating_mul(excess).min(MOST)
        }
    }
}

impl Penalties {
    /// Limits that are never exceeded, where `all` is above everything that could be saved.
    pub(crate) fn above(all: i64) -> Self {
        Self::all(Weight::above(all))
    }

    /// The same weight for every kind of excess.
    #[must_use]
    pub fn all(weight: Weight) -> Self {
        Self {
            load: weight,
            time: weight,
            distance: weight,
            stops: weight,
        }
    }
}

/// By how much a route exceeds its limits, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Excess {
    /// Units of load above a capacity, of all dimensions.
    pub load: i64,
    /// Lateness, and duration and driving above the longest.
    pub time: i64,
    /// Distance above the longest.
    pub distance: i64,
    /// How many stops are too many, and how many drop-offs are missing that pickups must follow.
    pub stops: i64,
}

impl Excess {
    /// All units, whatever their kind.
    #[must_use]
    pub fn total(self) -> i64 {
        self.load
            .saturating_add(self.time)
            .saturating_add(self.distance)
            .saturating_add(self.stops)
    }

    /// The same by kind: load, time, distance, stops.
    #[inline]
    #[must_use]
    pub fn kinds(self) -> [i64; KINDS] {
        [self.load, self.time, self.distance, self.stops]
    }
}

impl std::ops::Add for Excess {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self {
            load: self.load + other.load,
            time: self.time + other.time,
            distance: self.distance + other.distance,
            stops: self.stops + other.stops,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_soft_weight_prices_any_excess() {
        let cheap = Weight::soft(0.001);
        assert!(cheap.is_soft());
        assert_eq!((cheap.on(0), cheap.on(-5), cheap.on(1)), (0, 0, 1));
        assert_eq!(Weight::soft(2.5).on(4), 11);
    }

    #[test]
    fn a_hard_weight_is_above_what_could_be_saved() {
        let hard = Weight::above(1 << 53);
        assert!(!hard.is_soft());
        assert!(hard.on(1) > 1 << 53 && hard.on(i64::MAX) <= MOST);
        assert!(Weight::above(0).on(1) >= HARD);
    }
}
