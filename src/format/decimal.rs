//! Decimal numbers of files, exactly.

/// A decimal number as written: `mantissa · 10^exponent`, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Longer mantissas are refused: scaled ones must stay far inside 128 bits.
const MOST_DIGITS: usize = 24;

/// Further exponents are refused, for the same reason.
const FURTHEST_EXPONENT: u32 = 30;

impl Decimal {
    /// Reads `-12.50`, `.5`, `1e3`; `None` when the text is no decimal number of a sensible size.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let digits = whole.bytes().chain(fraction.bytes());
        let mut mantissa = 0_i128;
        let mut count = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            mantissa = mantissa * 10 + i128::from(digit - b'0');
            count += usize::from(mantissa != 0);
            if count > MOST_DIGITS {
                return None;
            }
        }
        let exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        if mantissa == 0 {
            return Some(Self {
                mantissa,
                exponent: 0,
            });
        }
        (exponent.unsigned_abs() <= FURTHEST_EXPONENT).then_some(Self {
            mantissa: if negative { -mantissa } else { mantissa },
            exponent,
        })
    }

    /// The number times `scale`, to the nearest integer, halves up; `None` when it is out of range.
    pub(super) fn times(self, scale: u32) -> Option<i64> {
        let scaled = self.mantissa * i128::from(scale);
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs())?;
        let value = if self.exponent >= 0 {
            scaled.checked_mul(power)?
        } else {
            (2 * scaled + power).div_euclid(2 * power)
        };
        i64::try_from(value).ok()
    }

    /// The number times `by / over`, when that is an integer in range; `over` is positive.
    pub(super) fn exactly(self, by: u32, over: u32) -> Option<i64> {
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs())?;
        let scaled = self.mantissa * i128::from(by);
        let (scaled, over) = if self.exponent >= 0 {
            (scaled.checked_mul(power)?, i128::from(over))
        } else {
            (scaled, i128::from(over).checked_mul(power)?)
        };
        (scaled % over == 0)
            .then(|| i64::try_from(scaled / over).ok())
            .flatten()
    }

    /// The number when it is an integer in range.
    pub(super) fn whole(self) -> Option<i64> {
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs())?;
        let exact = self.exponent >= 0 || self.mantissa % power == 0;
        if exact { self.times(1) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_exactly_and_rounds_halves_up() {
        let times = |text: &str, scale| Decimal::parse(text).and_then(|d| d.times(scale));
        assert_eq!(times("90", 10), Some(900));
        assert_eq!(times("12.34", 10), Some(123)); // 123.4
        assert_eq!(times("12.35", 10), Some(124)); // 123.5
        assert_eq!(times("-12.35", 10), Some(-123)); // -123.5, halves go up
        assert_eq!(times("1e3", 1), Some(1000));
        assert_eq!(times("0.0000001e7", 1), Some(1));
        assert_eq!(times(".5", 10), Some(5));
        assert_eq!(times("5.", 1), Some(5));
    }

    #[test]
    fn divides_exactly_or_not_at_all() {
        let exactly = |text: &str, by, over| Decimal::parse(text).and_then(|d| d.exactly(by, over));
        assert_eq!(exactly("83", 1_000_000, 100_000), Some(830));
        assert_eq!(exactly("83.5", 1_000_000, 100_000), Some(835));
        assert_eq!(exactly("83.55", 1_000_000, 100_000), None);
        assert_eq!(exactly("-2.5e1", 2, 10), Some(-5));
        assert_eq!(exactly("1e30", 1_000_000, 1), None);
        assert_eq!(exactly("1e-30", 1_000_000, 1000), None);
    }

    #[test]
    fn refuses_what_is_no_number_or_too_big() {
        for text in [
            "",
            "-",
            ".",
            "1,5",
            "nan",
            "inf",
            "1e",
            "1e99",
            "0x10",
            "--1",
            "1.2.3",
            "٣",
            "1e-2147483648",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::parse("1e19").unwrap().times(1), None);
        assert_eq!(Decimal::parse(&"9".repeat(25)), None);
        assert_eq!(Decimal::parse("1.50").unwrap().whole(), None);
        assert_eq!(Decimal::parse("15.0").unwrap().whole(), Some(15));
    }
}
