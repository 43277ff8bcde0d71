//! The `EDGE_WEIGHT_SECTION`: a table of legs as a stream of numbers, however they are wrapped.

use super::super::decimal::Decimal;
use super::super::text::{at, quoted};
use super::sheet::{Section, Sheet};
use crate::error::{Issues, Rule};
use crate::measure::Table;

/// How the numbers fill the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Row by row, all cells.
    Full,
    /// One half of a symmetric table, row by row: what lies left of the diagonal or right of it, with the diagonal or without.
    Half { right: bool, diagonal: bool },
}

impl Layout {
    fn cells(self, nodes: usize) -> Option<usize> {
        match self {
            Self::Full => nodes.checked_mul(nodes),
            Self::Half { diagonal, .. } => {
                let longest = if diagonal {
                    nodes + 1
                } else {
                    nodes.saturating_sub(1)
                };
                nodes.checked_mul(longest).map(|cells| cells / 2)
            }
        }
    }

    /// Half a table, column by column, is the other half row by row.
    fn of(name: &str) -> Option<Self> {
        let half = |right, diagonal| Some(Self::Half { right, diagonal });
        match name {
            "FULL_MATRIX" => Some(Self::Full),
            "LOWER_ROW" | "UPPER_COL" => half(false, false),
            "LOWER_DIAG_ROW" | "UPPER_DIAG_COL" => half(false, true),
            "UPPER_ROW" | "LOWER_COL" => half(true, false),
            "UPPER_DIAG_ROW" | "LOWER_DIAG_COL" => half(true, true),
            _ => None,
        }
    }
}

/// The table of legs among `nodes` nodes; `None` where anything in it is at fault.
pub(super) fn table(
    sheet: &Sheet<'_>,
    nodes: Option<usize>,
    issues: &mut Issues,
) -> Option<Table<Option<i64>>> {
    let layout = layout(sheet, issues);
    let Some(section) = sheet.section("EDGE_WEIGHT") else {
        let advice = "EDGE_WEIGHT_TYPE is EXPLICIT, but there is no EDGE_WEIGHT_SECTION; add it";
        issues.add(Rule::Missing, || "file".to_owned(), || advice.to_owned());
        return None;
    };
    let cells = numbers(section, issues);
    let (nodes, layout, cells) = (nodes?, layout?, cells?);
    if layout.cells(nodes) != Some(cells.len()) {
        let advice = || {
            let wanted = layout
                .cells(nodes)
                .map_or("more".to_owned(), |c| c.to_string());
            format!(
                "EDGE_WEIGHT_SECTION has {} numbers, {nodes} nodes need {wanted}; correct one",
                cells.len()
            )
        };
        issues.add(Rule::Inconsistent, || at(section.line), advice);
        return None;
    }
    let cells = match layout {
        Layout::Full => cells.into_iter().map(Some).collect(),
        Layout::Half { right, diagonal } => mirrored(nodes, right, diagonal, &cells),
    };
    Table::from_cells(nodes, cells).ok()
}

fn layout(sheet: &Sheet<'_>, issues: &mut Issues) -> Option<Layout> {
    let Some(format) = sheet.spec("EDGE_WEIGHT_FORMAT") else {
        let advice = "EDGE_WEIGHT_TYPE is EXPLICIT, but there is no EDGE_WEIGHT_FORMAT; add it";
        issues.add(Rule::Missing, || "file".to_owned(), || advice.to_owned());
        return None;
    };
    let layout = Layout::of(&format.value.to_ascii_uppercase());
    if layout.is_none() {
        let advice = || {
            format!(
                "EDGE_WEIGHT_FORMAT {} is not supported; use FULL_MATRIX, or one half of it such as LOWER_ROW",
                quoted(format.value)
            )
        };
        issues.add(Rule::Unsupported, || at(format.line), advice);
    }
    layout
}

fn numbers(section: &Section<'_>, issues: &mut Issues) -> Option<Vec<i64>> {
    let mut sound = true;
    let mut cells = Vec::new();
    for (line, row) in &section.rows {
        for field in row.split_whitespace() {
            match Decimal::parse(field).and_then(Decimal::whole) {
                Some(cell) if (0..i64::from(u32::MAX)).contains(&cell) => cells.push(cell),
                _ => {
                    sound = false;
                    let advice = || {
                        format!(
                            "{} is not a whole number from 0 to 2^32 - 2; correct it",
                            quoted(field)
                        )
                    };
                    issues.add(Rule::OutOfRange, || at(*line), advice);
                }
            }
        }
    }
    sound.then_some(cells)
}

/// The full table of which `half` holds the cells left or right of the diagonal, row by row.
fn mirrored(nodes: usize, right: bool, diagonal: bool, half: &[i64]) -> Vec<Option<i64>> {
    let mut cells = vec![Some(0); nodes * nodes];
    let mut given = half.iter();
    for from in 0..nodes {
        let row = match (right, diagonal) {
            (false, false) => 0..from,
            (false, true) => 0..from + 1,
            (true, false) => from + 1..nodes,
            (true, true) => from..nodes,
        };
        for (to, cell) in row.zip(&mut given) {
            cells[from * nodes + to] = Some(*cell);
            cells[to * nodes + from] = Some(*cell);
        }
    }
    cells
}
