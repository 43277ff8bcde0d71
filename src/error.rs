//! What can be wrong with an input, said all at once.
//!
//! Errors exist at the doors only: [`Problem::new`](crate::problem::Problem::new), the readers in
//! [`format`](crate::format) and the adapters in [`channel`](crate::channel). They all return the one opaque
//! [`Error`], whose [`issues`](Error::issues) list every fault found.

use std::fmt;

/// How many issues an [`Error`] keeps; [`Error::total`] counts the rest.
pub const KEPT_ISSUES: usize = 100;

/// How many characters of a caller's own text an issue repeats.
const SHOWN_CHARS: usize = 64;

/// The rule that an input breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// The text is not of the stated format.
    Syntax,
    /// A field or section that is needed is not there.
    Missing,
    /// The value is of a kind, or has a meaning, that this crate does not support.
    Unsupported,
    /// A number is outside of the range that has a meaning.
    OutOfRange,
    /// A coordinate is not a finite number, or lies outside of the globe or plane.
    BadCoordinate,
    /// An id points at nothing.
    UnknownReference,
    /// Two things carry the same name.
    DuplicateName,
    /// Two facts contradict each other.
    Inconsistent,
    /// A window ends before it begins.
    ReversedWindow,
    /// No vehicle could ever serve this.
    Unservable,
    /// A place cannot be reached, or cannot be left.
    Unreachable,
    /// A count or size is above the [`Limits`](crate::problem::Limits).
    TooLarge,
    /// Sums of these quantities could overflow.
    Overflow,
    /// There is nothing to plan with.
    Empty,
}

impl Rule {
    /// A short stable code, for programs and for searching the documentation.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Missing => "missing",
            Self::Unsupported => "unsupported",
            Self::OutOfRange => "out-of-range",
            Self::BadCoordinate => "bad-coordinate",
            Self::UnknownReference => "unknown-reference",
            Self::DuplicateName => "duplicate-name",
            Self::Inconsistent => "inconsistent",
            Self::ReversedWindow => "reversed-window",
            Self::Unservable => "unservable",
            Self::Unreachable => "unreachable",
            Self::TooLarge => "too-large",
            Self::Overflow => "overflow",
            Self::Empty => "empty",
        }
    }
}

/// One fault of an input: where it is, which rule it breaks, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    subject: String,
    rule: Rule,
    advice: String,
}

impl Issue {
    pub(crate) fn new(subject: impl Into<String>, rule: Rule, advice: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            rule,
            advice: advice.into(),
        }
    }

    /// What is at fault, such as `order "A-17"` or `line 12`.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The rule that is broken.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// What is wrong in words, and what to do.
    pub fn advice(&self) -> &str {
        &self.advice
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} [{}]",
            self.subject,
            self.advice,
            self.rule.code()
        )
    }
}

/// A caller's text made safe to show: control characters escaped, cut to 64 characters.
pub(crate) fn shown(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(SHOWN_CHARS)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(SHOWN_CHARS).is_some() {
        out.push('…');
    }
    out
}

/// Collects issues while a door reads or checks; turned into a `Result` at the end.
#[derive(Debug, Default)]
pub(crate) struct Issues {
    kept: Vec<Issue>,
    total: usize,
}

impl Issues {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Notes one issue; the text is only built while issues are still kept.
    pub(crate) fn add(
        &mut self,
        rule: Rule,
        subject: impl FnOnce() -> String,
        advice: impl FnOnce() -> String,
    ) {
        self.total += 1;
        if self.kept.len() < KEPT_ISSUES {
            self.kept.push(Issue::new(subject(), rule, advice()));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// `Ok` when nothing was noted, else all that was.
    pub(crate) fn into_result(self) -> Result<(), Error> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(self.into_error())
        }
    }

    /// All that was noted.
    pub(crate) fn into_error(self) -> Error {
        Error {
            issues: self.kept,
            total: self.total,
        }
    }
}

/// Why an input was refused: every issue found, not only the first.
///
/// ```
/// use milkrun::model::Model;
/// use milkrun::problem::Problem;
/// use milkrun::travel::Euclidean;
///
/// let error = Problem::new(&Model::new(), &Euclidean::exact()).unwrap_err();
/// assert!(!error.issues().is_empty());
/// println!("{error}"); // one line an issue, each with advice
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    issues: Vec<Issue>,
    total: usize,
}

impl Error {
    pub(crate) fn one(subject: impl Into<String>, rule: Rule, advice: impl Into<String>) -> Self {
        Self {
            issues: vec![Issue::new(subject, rule, advice)],
            total: 1,
        }
    }

    /// The issues found, in the order of the input; at most [`KEPT_ISSUES`].
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// How many issues were found in all.
    pub fn total(&self) -> usize {
        self.total
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.issues.as_slice() {
            [only] if self.total == 1 => only.fmt(f),
            issues => {
                write!(f, "{} issues:", self.total)?;
                for issue in issues {
                    write!(f, "\n- {issue}")?;
                }
                if self.total > issues.len() {
                    write!(f, "\n- and {} more", self.total - issues.len())?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_issues_are_counted_and_the_first_hundred_kept() {
        let mut issues = Issues::new();
        for i in 0..250 {
            issues.add(
                Rule::Missing,
                || format!("line {i}"),
                || "add it".to_owned(),
            );
        }
        let error = issues.into_result().unwrap_err();
        assert_eq!((error.issues().len(), error.total()), (KEPT_ISSUES, 250));
        assert!(error.to_string().ends_with("and 150 more"));
    }

    #[test]
    fn shown_text_is_escaped_and_cut() {
        assert_eq!(shown("a\nb\u{1b}"), "a\\nb\\u{1b}");
        assert_eq!(shown(&"x".repeat(65)).chars().count(), 65);
    }
}
