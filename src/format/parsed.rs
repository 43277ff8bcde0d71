//! JSON of the outside, into typed structs only.

use super::text::at;
use crate::error::{Error, Rule};
use serde::Deserialize;
use serde_json::error::Category;

/// How many characters of a parser's message an issue repeats.
const SHOWN_CHARS: usize = 240;

/// Reads JSON into a typed struct; the position of a fault is kept.
pub(super) fn parsed<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, Error> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    serde_json::from_slice(text).map_err(|fault| issue(&fault))
}

fn issue(fault: &serde_json::Error) -> Error {
    let place = format!(" at line {} column {}", fault.line(), fault.column());
    let text = fault.to_string();
    let message: String = text
        .strip_suffix(&place)
        .unwrap_or(&text)
        .chars()
        .take(SHOWN_CHARS)
        .flat_map(char::escape_debug)
        .collect();
    let subject = format!("{}, column {}", at(fault.line()), fault.column());
    let (rule, what) = match fault.classify() {
        Category::Io | Category::Syntax => (Rule::Syntax, "correct the JSON"),
        Category::Eof => (Rule::Syntax, "the text is cut off; send all of it"),
        Category::Data => data_rule(&message),
    };
    Error::one(subject, rule, format!("{message}; {what}"))
}

fn data_rule(message: &str) -> (Rule, &'static str) {
    let begins = |words: &str| message.starts_with(words);
    if begins("missing field") {
        (Rule::Missing, "add it")
    } else if begins("unknown") {
        (Rule::Unsupported, "correct or remove it")
    } else if begins("duplicate field") {
        (Rule::DuplicateName, "keep one")
    } else if begins("invalid value") {
        (Rule::OutOfRange, "correct it")
    } else {
        (Rule::Syntax, "correct it")
    }
}
