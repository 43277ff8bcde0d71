//! What exceeding a limit costs inside the search.

/// Weights on what exceeds a limit, in steps of cost for each unit of excess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Penalties {
    /// For each unit of load above a capacity.
    pub load: i64,
    /// For each unit of time warp, or of duration above the longest.
    pub time: i64,
    /// For each unit of distance above the longest.
    pub distance: i64,
}

/// No penalty or charge of one resource is above this: it keeps the sums over all routes of a change in range.
pub(crate) const MOST: i64 = 1 << 55;

impl Penalties {
    /// Limits that are never exceeded: one unit costs more than `all`, which is above everything that could be saved.
    pub(crate) fn above(all: i64) -> Self {
        let weight = all.saturating_mul(2).clamp(1 << 34, MOST);
        Self {
            load: weight,
            time: weight,
            distance: weight,
        }
    }

    /// The penalty on `excess` units at `weight`; nothing where there is no excess.
    #[inline]
    pub(crate) fn on(weight: i64, excess: i64) -> i64 {
        if excess <= 0 {
            0
        } else {
            weight.saturating_mul(excess).min(MOST)
        }
    }
}
