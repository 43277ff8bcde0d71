//! Clients of which one is served: a row of nodes for each group.

use super::super::text::{at, quoted};
use super::sheet::Sheet;
use super::{Depots, node};
use crate::error::{Issues, Rule};
use std::collections::HashSet;

/// A group: its line, and its nodes from 0.
pub(super) type Row = (usize, Vec<usize>);

/// What `MUTUALLY_EXCLUSIVE_GROUP_SECTION` states: in each row the number of a group, then its clients. `None` where anything
/// in it is at fault.
pub(super) fn read(
    sheet: &Sheet<'_>,
    count: Option<usize>,
    depots: Option<&Depots>,
    issues: &mut Issues,
) -> Option<Vec<Row>> {
    let rows = sheet.section("MUTUALLY_EXCLUSIVE_GROUP");
    let rows = rows.map_or(&[][..], |section| &section.rows);
    let (mut groups, mut sound) = (Vec::new(), true);
    let (mut numbers, mut grouped) = (HashSet::new(), HashSet::new());
    for (line, row) in rows {
        let mut refuse = |rule, advice: String| {
            sound = false;
            issues.add(rule, || at(*line), || advice);
        };
        let mut fields = row.split_whitespace();
        let number = fields.next().unwrap_or_default();
        if number.parse::<u32>().is_err() {
            let advice = format!(
                "{} is not the number of a group; correct it",
                quoted(number)
            );
            refuse(Rule::Syntax, advice);
        } else if !numbers.insert(number) {
            let advice = format!("group {} is there twice; join the two", quoted(number));
            refuse(Rule::DuplicateName, advice);
        }
        let mut group = Vec::new();
        for field in fields {
            let Some(node) = node(field, count) else {
                let advice = format!("{} is not a node; correct it", quoted(field));
                refuse(Rule::UnknownReference, advice);
                continue;
            };
            if depots.is_some_and(|depots| depots.index(node).is_some()) {
                let advice = format!("node {} is a depot; groups are of clients", quoted(field));
                refuse(Rule::Inconsistent, advice);
            }
            if !grouped.insert(node) {
                let advice = format!("node {} is in a group already; keep one", quoted(field));
                refuse(Rule::DuplicateName, advice);
            }
            group.push(node);
        }
        if group.is_empty() {
            let advice = format!("group {} has no client; remove it", quoted(number));
            refuse(Rule::Empty, advice);
        }
        groups.push((*line, group));
    }
    sound.then_some(groups)
}
