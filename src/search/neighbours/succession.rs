//! Which of two orders may be served first.

/// Whether an order may be served right before a near one, and whether right behind it, as far as their windows say.
///
/// Where windows are narrow, few neighbours may come in either order, so that most moves that would join two stops need not
/// be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    /// Whether the order may come right before its neighbour.
    pub ahead: bool,
    /// Whether it may come right behind it.
    pub behind: bool,
}

impl Succession {
    /// Nothing is known against either.
    pub const ANY: Self = Self {
        ahead: true,
        behind: true,
    };

    /// That of an entry of a list of neighbours, where so much is known of them; else any.
    #[inline]
    pub(in crate::search) fn of_entry(known: &[Self], entry: usize) -> Self {
        known.get(entry).copied().unwrap_or(Self::ANY)
    }

    /// Whether the two are never served one right behind the other.
    #[inline]
    pub fn is_barred(self) -> bool {
        !self.ahead && !self.behind
    }
}
