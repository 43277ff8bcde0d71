//! One field of a text file: what it must be, and what to say when it is not.

use super::decimal::Decimal;
use super::text::quoted;
use crate::error::Rule;
use crate::measure::{Cost, Time, Window};
use crate::model::Place;

/// Coordinates beyond this are refused, as [`Euclidean`](crate::travel::Euclidean) does.
const FARTHEST: f64 = (1_i64 << 40) as f64;

/// The rule that a field breaks, and advice.
pub(super) type Fault = (Rule, String);

fn wrong(rule: Rule, field: &str, what: &str) -> Fault {
    (rule, format!("{} is not {what}; correct it", quoted(field)))
}

/// A whole number of 0 or more.
pub(super) fn amount(field: &str) -> Result<i64, Fault> {
    match Decimal::parse(field).and_then(Decimal::whole) {
        Some(value) if value >= 0 => Ok(value),
        Some(_) => Err(wrong(Rule::OutOfRange, field, "0 or more")),
        None => Err(wrong(Rule::Syntax, field, "a whole number in range")),
    }
}

/// The number of a node or client.
pub(super) fn number(field: &str) -> Result<u32, Fault> {
    u32::try_from(amount(field)?).map_err(|_| wrong(Rule::OutOfRange, field, "below 2^32"))
}

/// A moment, scaled.
pub(super) fn moment(field: &str, scale: u32) -> Result<i64, Fault> {
    Decimal::parse(field)
        .and_then(|decimal| decimal.times(scale))
        .ok_or_else(|| wrong(Rule::Syntax, field, "a number in range"))
}

/// A span of time, scaled.
pub(super) fn span(field: &str, scale: u32) -> Result<i64, Fault> {
    match moment(field, scale)? {
        value if value >= 0 => Ok(value),
        _ => Err(wrong(Rule::OutOfRange, field, "0 or more")),
    }
}

/// A cost of 0 or more; `over` of the file's units are one. It is kept exactly, or refused.
pub(super) fn cost(field: &str, over: u32) -> Result<Cost, Fault> {
    let decimal = Decimal::parse(field);
    let Some(decimal) = decimal.filter(|d| d.times(Cost::SCALE as u32).is_some()) else {
        return Err(wrong(Rule::Syntax, field, "a number in range"));
    };
    match decimal.exactly(Cost::SCALE as u32, over) {
        Some(value) if value >= 0 => Ok(Cost(value)),
        Some(_) => Err(wrong(Rule::OutOfRange, field, "0 or more")),
        None => {
            let what = "a whole number of millionths of a unit; round it".to_owned();
            Err((Rule::OutOfRange, format!("{} is not {what}", quoted(field))))
        }
    }
}

/// A window, scaled.
pub(super) fn window(from: &str, to: &str, scale: u32) -> Result<Window, Fault> {
    let window = Window::new(Time(moment(from, scale)?), Time(moment(to, scale)?));
    if window.is_reversed() {
        let advice = "the window ends before it begins; swap or correct the two";
        return Err((Rule::ReversedWindow, advice.to_owned()));
    }
    Ok(window)
}

/// A point on a plane.
pub(super) fn point(x: &str, y: &str) -> Result<Place, Fault> {
    let coordinate = |field: &str| match field.parse::<f64>() {
        Ok(value) if value.abs() <= FARTHEST => Ok(value),
        _ => Err(wrong(
            Rule::BadCoordinate,
            field,
            "a finite number within ±2^40",
        )),
    };
    Ok(Place::plane(coordinate(x)?, coordinate(y)?))
}
