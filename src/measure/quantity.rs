//! Whole-number quantities, one type a unit.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);

            /// The bare number, in this type's unit.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! sums {
    ($name:ident) => {
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
                Self(iter.map(|x| x.0).sum())
            }
        }
    };
}

quantity! {
    /// A length of travel, in metres or, for benchmark instances, in the instance's scaled unit.
    Distance
}
quantity! {
    /// A span of time in seconds (or the instance's scaled unit).
    Duration
}
quantity! {
    /// A moment, in seconds from the start of the planning horizon; it may lie before it.
    Time
}
quantity! {
    /// An amount of one load dimension, in the unit the caller chose for it (kilograms, litres, parcels).
    Load
}
quantity! {
    /// Money or another price, fixed-point: millionths of the caller's unit.
    ///
    /// # Units
    ///
    /// `Cost(1_000_000)` is one euro, one rupiah, or one unit of a benchmark's objective. Millionths are fine enough
    /// to state a price per metre or per second exactly, and wide enough for nine million million units.
    Cost
}

sums!(Distance);
sums!(Duration);
sums!(Load);
sums!(Cost);

impl Duration {
    /// A span of whole minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// A span of whole hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(3600))
    }
}

impl Time {
    /// `hours:minutes` after the start of the horizon.
    ///
    /// ```
    /// use milkrun::measure::Time;
    /// assert_eq!(Time::at(9, 30).get(), 34_200);
    /// ```
    pub const fn at(hours: i64, minutes: i64) -> Self {
        Self(
            hours
                .saturating_mul(3600)
                .saturating_add(minutes.saturating_mul(60)),
        )
    }

    /// The moment as `9:05` or `9:05:30`, hours counted from the start of the horizon.
    pub fn clock(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let total = self.0.unsigned_abs();
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
        if seconds == 0 {
            format!("{sign}{hours}:{minutes:02}")
        } else {
            format!("{sign}{hours}:{minutes:02}:{seconds:02}")
        }
    }
}

impl Add<Duration> for Time {
    type Output = Self;
    fn add(self, span: Duration) -> Self {
        Self(self.0 + span.0)
    }
}

impl Sub<Duration> for Time {
    type Output = Self;
    fn sub(self, span: Duration) -> Self {
        Self(self.0 - span.0)
    }
}

impl Sub for Time {
    type Output = Duration;
    fn sub(self, earlier: Self) -> Duration {
        Duration(self.0 - earlier.0)
    }
}

impl Cost {
    /// How many of the fixed-point steps make one unit.
    pub const SCALE: i64 = 1_000_000;

    /// A whole number of units, such as euros; saturates at the ends of the range.
    pub const fn units(units: i64) -> Self {
        Self(units.saturating_mul(Self::SCALE))
    }

    /// The cost in units, rounded as `f64` rounds; for reports only.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }

    /// Reads a decimal number such as `"12.50"` exactly.
    ///
    /// # Errors
    ///
    /// `None` when the text is no decimal number, has more than six decimals that matter, or is out of range.
    ///
    /// ```
    /// use milkrun::measure::Cost;
    /// assert_eq!(Cost::parse("12.5"), Some(Cost(12_500_000)));
    /// assert_eq!(Cost::parse("-0.000001"), Some(Cost(-1)));
    /// assert_eq!(Cost::parse("1e3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        if !whole
            .bytes()
            .chain(fraction.bytes())
            .all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 6 {
            return None;
        }
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        let millionths: i64 = if fraction.is_empty() {
            0
        } else {
            format!("{fraction:0<6}").parse().ok()?
        };
        let value = whole.checked_mul(Self::SCALE)?.checked_add(millionths)?;
        Some(Self(if negative { -value } else { value }))
    }

    /// The cost in units as an exact decimal without needless zeros: `12.5`, `-0.000001`, `3`.
    pub fn decimal(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let total = self.0.unsigned_abs();
        let (whole, millionths) = (total / Self::SCALE as u64, total % Self::SCALE as u64);
        if millionths == 0 {
            format!("{sign}{whole}")
        } else {
            let digits = format!("{millionths:06}");
            format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_go_round() {
        for text in ["0", "3", "12.5", "-0.000001", "9223372036854.775807"] {
            assert_eq!(Cost::parse(text).unwrap().decimal(), text);
        }
        for text in ["", ".", "-", "1.2345678", "9223372036855", "1,5", "+1", "٣"] {
            assert_eq!(Cost::parse(text), None, "{text}");
        }
    }

    #[test]
    fn clock_reads_like_a_watch() {
        assert_eq!(Time(34_200).clock(), "9:30");
        assert_eq!(Time(-61).clock(), "-0:01:01");
    }
}
