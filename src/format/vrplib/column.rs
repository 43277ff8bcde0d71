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
    pub(super) fn read<T: Copy, const N: usize>(
        self,
        section: &Section<'_>,
        value: impl Fn([&str; N]) -> Result<T, Fault>,
        issues: &mut Issues,
    ) -> Option<Vec<T>> {
        let count = self.count?;
        let mut sound = self.check_count(section, count, issues);
        let mut slots: Vec<Option<T>> = vec![None; count.min(section.rows.len())];
        for (line, row) in &section.rows {
            match self.row((*line, row), count, issues) {
                Some((index, fields)) => {
                    let found = value(fields)
                        .map_err(|(rule, advice)| issues.add(rule, || at(*line), || advice));
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

    /// The index (from 0) and the `N` fields of one row.
    fn row<'a, const N: usize>(
        self,
        (line, row): Row<'a>,
        count: usize,
        issues: &mut Issues,
    ) -> Option<(usize, [&'a str; N])> {
        let noun = self.noun;
        let mut fields = row.split_whitespace();
        let number = fields.next().unwrap_or_default();
        let mut values = [""; N];
        let filled = values
            .iter_mut()
            .zip(&mut fields)
            .map(|(value, field)| *value = field)
            .count();
        if filled != N || fields.next().is_some() {
            let (row, numbers) = (quoted(row), if N == 1 { "number" } else { "numbers" });
            let advice = || format!("{row} is not a {noun} and {N} {numbers}; correct the row");
            issues.add(Rule::Syntax, || at(line), advice);
            return None;
        }
        let index = Decimal::parse(number)
            .and_then(Decimal::whole)
            .and_then(|n| usize::try_from(n).ok())
            .filter(|n| (1..=count).contains(n));
        if index.is_none() {
            let number = quoted(number);
            let advice = || format!("{number} is not a {noun} from 1 to {count}; correct the row");
            issues.add(Rule::UnknownReference, || at(line), advice);
        }
        index.map(|index| (index - 1, values))
    }
}
