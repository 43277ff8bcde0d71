//! The rows of a section that state something of each node or vehicle.

use super::super::decimal::Decimal;
use super::super::field::Fault;
use super::super::text::{at, quoted};
use super::sheet::{Row, Section};
use crate::error::{Issues, Rule};

/// Of what a section has a row each, and how many there are by what the file declares.
///
/// The number is only compared: memory is reserved for the rows that are there.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    noun: &'static str,
    key: &'static str,
    pub(super) count: Option<usize>,
}

impl Rows {
    /// One row for each node.
    pub(super) fn nodes(count: Option<usize>) -> Self {
        Self {
            noun: "node",
            key: "DIMENSION",
            count,
        }
    }

    /// One row for each vehicle.
    pub(super) fn vehicles(count: Option<usize>) -> Self {
        Self {
            noun: "vehicle",
            key: "VEHICLES",
            count,
        }
    }

    /// What the rows `number value…` of a section state, in the order of the numbers; `None` where anything in it is
    /// at fault.
    pub(super) fn read<T: Clone, const N: usize>(
        self,
        section: &Section<'_>,
        value: impl Fn([&str; N]) -> Result<T, Fault>,
        issues: &mut Issues,
    ) -> Option<Vec<T>> {
        let split = |rest: &str| {
            let mut fields = rest.split_whitespace();
            let mut values = [""; N];
            let filled = values
                .iter_mut()
                .zip(&mut fields)
                .map(|(value, field)| *value = field)
                .count();
            let whole = filled == N && fields.next().is_none();
            whole.then(|| value(values))
        };
        let what = if N == 1 { "number" } else { "numbers" };
        self.read_rows(section, &format!("{N} {what}"), split, issues)
    }

    /// What the rows `number value…` state, in the order of the numbers; `value` sees all that follows the number, and is
    /// `None` where that is not `what`.
    pub(super) fn read_rows<T: Clone>(
        self,
        section: &Section<'_>,
        what: &str,
        value: impl Fn(&str) -> Option<Result<T, Fault>>,
        issues: &mut Issues,
    ) -> Option<Vec<T>> {
        let count = self.count?;
        let mut sound = self.check_count(section, count, issues);
        let mut slots: Vec<Option<T>> = vec![None; count.min(section.rows.len())];
        for (line, row) in &section.rows {
            match self.row((*line, row), what, &value, count, issues) {
                Some((index, found)) => {
                    let found =
                        found.map_err(|(rule, advice)| issues.add(rule, || at(*line), || advice));
                    sound &= found.is_ok();
                    if slots.get(index).is_some_and(Option::is_some) {
                        sound = false;
                        let advice =
                            || format!("{} {} has a second row; keep one", self.noun, index + 1);
                        issues.add(Rule::DuplicateName, || at(*line), advice);
                    } else if let (Some(slot), Ok(found)) = (slots.get_mut(index), found) {
                        *slot = Some(found);
                    }
                }
                None => sound = false,
            }
        }
        if sound {
            slots.into_iter().collect()
        } else {
            None
        }
    }

    fn check_count(self, section: &Section<'_>, count: usize, issues: &mut Issues) -> bool {
        let found = section.rows.len();
        if found != count {
            let advice = || {
                format!(
                    "{}_SECTION has {found} rows, but {} is {count}; give one row to each {}",
                    section.name, self.key, self.noun
                )
            };
            issues.add(Rule::Inconsistent, || at(section.line), advice);
        }
        found == count
    }

    /// The index (from 0) of one row, and what it states.
    fn row<T>(
        self,
        (line, row): Row<'_>,
        what: &str,
        value: impl Fn(&str) -> Option<Result<T, Fault>>,
        count: usize,
        issues: &mut Issues,
    ) -> Option<(usize, Result<T, Fault>)> {
        let noun = self.noun;
        let row = row.trim();
        let (number, rest) = row.split_once(char::is_whitespace).unwrap_or((row, ""));
        let Some(found) = value(rest) else {
            let advice = || {
                format!(
                    "{} is not a {noun} and {what}; correct the row",
                    quoted(row)
                )
            };
            issues.add(Rule::Syntax, || at(line), advice);
            return None;
        };
        let index = Decimal::parse(number)
            .and_then(Decimal::whole)
            .and_then(|n| usize::try_from(n).ok())
            .filter(|n| (1..=count).contains(n));
        if index.is_none() {
            let number = quoted(number);
            let advice = || format!("{number} is not a {noun} from 1 to {count}; correct the row");
            issues.add(Rule::UnknownReference, || at(line), advice);
        }
        index.map(|index| (index - 1, found))
    }
}
