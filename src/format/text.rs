//! The text of a file: how it is decoded and cut into numbered lines.

use crate::error::shown;
use std::borrow::Cow;

/// The text of a file: UTF-8, with or without a byte order mark, else Latin-1, in which every byte is a character.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|b| char::from(*b)).collect()),
    }
}

/// The lines that are not blank, trimmed, each with its number from 1. A text without any line feed is cut at carriage
/// returns.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let feed = if text.contains('\n') { '\n' } else { '\r' };
    text.split(feed)
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty())
}

/// The subject of an issue in one line.
pub(super) fn at(line: usize) -> String {
    format!("line {line}")
}

/// A caller's text in quotes, made safe to show.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", shown(text))
}
