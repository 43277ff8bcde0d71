//! Decimal strings with a unit, read exactly.

/// Reads `text`, a non-negative decimal such as `"1.25"`, times `numerator / denominator`, rounded up.
///
/// `None`: no such number, or a result above `i64::MAX`. Rounding up never makes a parcel lighter or smaller than it is.
pub(super) fn scaled_up(text: &str, numerator: i128, denominator: i128) -> Option<i64> {
    // 18 digits each side: products stay below 10^36 * 10^8 only if bounded here, and no parcel needs more.
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = || whole.bytes().chain(fraction.bytes());
    if (whole.is_empty() && fraction.is_empty())
        || whole.len() > 15
        || fraction.len() > 12
        || !digits().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let value = digits().fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    let parts = denominator * 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let exact = value * numerator;
    i64::try_from((exact + parts - 1) / parts).ok()
}

/// A weight in whole grams, rounded up; `None` for a unit or number that is not known.
pub(super) fn grams(value: &str, unit: &str) -> Option<i64> {
    match unit {
        "GRAM" | "g" => scaled_up(value, 1, 1),
        "KILOGRAM" | "kg" => scaled_up(value, 1_000, 1),
        // The international pound is 453.59237 g by definition (1959).
        "POUND" | "lb" => scaled_up(value, 45_359_237, 100_000),
        "OUNCE" | "oz" => scaled_up(value, 45_359_237, 1_600_000),
        _ => None,
    }
}

/// A length in whole millimetres, rounded up; `None` for a unit or number that is not known.
pub(super) fn millimetres(value: &str, unit: &str) -> Option<i64> {
    match unit {
        "MM" | "mm" => scaled_up(value, 1, 1),
        "CM" | "cm" => scaled_up(value, 10, 1),
        "INCH" | "in" => scaled_up(value, 254, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_exact_and_rounded_up() {
        assert_eq!(grams("540", "GRAM"), Some(540));
        assert_eq!(grams("540.000", "GRAM"), Some(540));
        assert_eq!(grams("0.1", "GRAM"), Some(1));
        // 1 lb = 453.59237 g; 100000 lb = 45,359,237 g to the gram.
        assert_eq!(grams("1", "POUND"), Some(454));
        assert_eq!(grams("100000", "POUND"), Some(45_359_237));
        assert_eq!(grams("1.5", "POUND"), Some(681)); // 680.388555
        assert_eq!(millimetres("10", "INCH"), Some(254));
        assert_eq!(millimetres("2.25", "CM"), Some(23));
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in [
            "",
            ".",
            "-1",
            "1e3",
            "1,5",
            "NaN",
            "1.2.3",
            "٣",
            "9999999999999999",
        ] {
            assert_eq!(grams(text, "GRAM"), None, "{text}");
        }
        assert_eq!(grams("1", "STONE"), None);
    }
}
