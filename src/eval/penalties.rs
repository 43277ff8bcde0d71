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

/// Excess beyond this is no worse: it keeps the product in range.
const MOST_EXCESS: i64 = 1 << 24;

impl Penalties {
    /// Limits that are never exceeded: one unit costs more than anything a route can save.
    pub const HARD: Self = Self {
        load: 1 << 34,
        time: 1 << 34,
        distance: 1 << 34,
    };

    /// The penalty on `excess` units at `weight`; nothing where there is no excess.
    #[inline]
    pub(crate) fn on(weight: i64, excess: i64) -> i64 {
        if excess <= 0 {
            0
        } else {
            weight * excess.min(MOST_EXCESS)
        }
    }
}

impl Default for Penalties {
    fn default() -> Self {
        Self::HARD
    }
}
