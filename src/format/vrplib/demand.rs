//! What each node wants, and which way it goes.

use super::super::field;
use super::super::text::at;
use super::column::Rows;
use super::kind::Kind;
use super::section;
use super::sheet::Sheet;
use crate::error::{Issues, Rule};
use crate::model::OrderKind;

/// By node: how much, and which way.
pub(super) struct Demands {
    /// What is delivered, or picked up where nothing is delivered.
    pub(super) amounts: Vec<i64>,
    /// What is picked up where something is delivered too; empty where there is no such node.
    pub(super) taken: Vec<i64>,
    pub(super) kinds: Vec<OrderKind>,
}

impl Demands {
    /// Of a file with backhauls: what is delivered in `LINEHAUL_SECTION`, or `DEMAND_SECTION` as in other files, and what
    /// is picked up in `BACKHAUL_SECTION`. A node has one of the two, or where all is delivered and picked up in any order, both.
    pub(super) fn read(
        sheet: &Sheet<'_>,
        nodes: Rows,
        kind: Kind,
        issues: &mut Issues,
    ) -> Option<Self> {
        let amount = |[amount]: [&str; 1]| field::amount(amount);
        let name = linehauls(sheet, kind, issues);
        let amounts = section(sheet, name, issues).and_then(|s| nodes.read(s, amount, issues));
        if !kind.picks_up() {
            let amounts = amounts?;
            let kinds = vec![OrderKind::DropOff; amounts.len()];
            let taken = Vec::new();
            return Some(Self {
                amounts,
                taken,
                kinds,
            });
        }
        // Where there is none, that was said already.
        let backhauls = sheet.section("BACKHAUL")?;
        let picked = nodes.read(backhauls, amount, issues);
        let (mut amounts, picked) = (amounts?, picked?);
        let mut kinds = vec![OrderKind::DropOff; amounts.len()];
        let mut taken = Vec::new();
        for (node, picked) in picked.into_iter().enumerate().filter(|(_, p)| *p > 0) {
            if amounts[node] > 0 && kind == Kind::Exchanges {
                taken.resize(amounts.len(), 0);
                (taken[node], kinds[node]) = (picked, OrderKind::Exchange);
                continue;
            }
            if amounts[node] > 0 {
                let advice = || {
                    let node = node + 1;
                    format!(
                        "node {node} has a row in {name}_SECTION too, and only one of the two can be above 0 where TYPE is VRPB; split the node in two, or solve it as VRPSPD"
                    )
                };
                issues.add(Rule::Unsupported, || at(backhauls.line), advice);
            }
            (amounts[node], kinds[node]) = (picked, OrderKind::Pickup);
        }
        Some(Self {
            amounts,
            taken,
            kinds,
        })
    }
}

/// Which section says what is delivered.
fn linehauls(sheet: &Sheet<'_>, kind: Kind, issues: &mut Issues) -> &'static str {
    let Some(linehauls) = sheet.section("LINEHAUL").filter(|_| kind.picks_up()) else {
        return "DEMAND";
    };
    if sheet.section("DEMAND").is_some() {
        let advice =
            || "there is a DEMAND_SECTION too, which says the same; keep one of the two".to_owned();
        issues.add(Rule::Inconsistent, || at(linehauls.line), advice);
    }
    "LINEHAUL"
}
