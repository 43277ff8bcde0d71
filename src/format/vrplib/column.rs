//! The rows of a section that state something of each node.

use super::super::decimal::Decimal;
use super::super::field::Fault;
use super::super::text::{at, quoted};
use super::sheet::{Row, Section};
use crate::error::{Issues, Rule};

/// What the rows `node value…` of a section state, by node from 0; `None` where anything in it is at fault.
///
/// `nodes` is the number that the file declares. It is only compared: memory is reserved for the rows that are there.
pub(super) fn by_node<T: Copy, const N: usize>(
    section: &Section<'_>,
    nodes: Option<usize>,
    value: impl Fn([&str; N]) -> Result<T, Fault>,
    issues: &mut Issues,
) -> Option<Vec<T>> {
    let nodes = nodes?;
    let mut sound = check_count(section, nodes, issues);
    let mut slots: Vec<Option<T>> = vec![None; nodes.min(section.rows.len())];
    for (line, row) in &section.rows {
        match node_row((*line, row), nodes, issues) {
            Some((node, fields)) => {
                let found = value(fields)
                    .map_err(|(rule, advice)| issues.add(rule, || at(*line), || advice));
                sound &= found.is_ok();
                if slots.get(node).is_some_and(Option::is_some) {
                    sound = false;
                    let advice = || format!("node {} has a second row; keep one", node + 1);
                    issues.add(Rule::DuplicateName, || at(*line), advice);
                } else if let (Some(slot), Ok(found)) = (slots.get_mut(node), found) {
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

fn check_count(section: &Section<'_>, nodes: usize, issues: &mut Issues) -> bool {
    let found = section.rows.len();
    if found != nodes {
        let advice = || {
            format!(
                "{}_SECTION has {found} rows, but DIMENSION is {nodes}; give one row to each node",
                section.name
            )
        };
        issues.add(Rule::Inconsistent, || at(section.line), advice);
    }
    found == nodes
}

/// The node (from 0) and the `N` fields of one row.
fn node_row<'a, const N: usize>(
    (line, row): Row<'a>,
    nodes: usize,
    issues: &mut Issues,
) -> Option<(usize, [&'a str; N])> {
    let mut fields = row.split_whitespace();
    let node = fields.next().unwrap_or_default();
    let mut values = [""; N];
    let filled = values
        .iter_mut()
        .zip(&mut fields)
        .map(|(value, field)| *value = field)
        .count();
    if filled != N || fields.next().is_some() {
        let advice = || {
            format!(
                "{} is not a node and {N} numbers; correct the row",
                quoted(row)
            )
        };
        issues.add(Rule::Syntax, || at(line), advice);
        return None;
    }
    let number = Decimal::parse(node)
        .and_then(Decimal::whole)
        .and_then(|n| usize::try_from(n).ok());
    let number = number.filter(|n| (1..=nodes).contains(n));
    if number.is_none() {
        let advice = || {
            format!(
                "{} is not a node from 1 to {nodes}; correct the row",
                quoted(node)
            )
        };
        issues.add(Rule::UnknownReference, || at(line), advice);
    }
    number.map(|number| (number - 1, values))
}
