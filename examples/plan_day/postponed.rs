//! What is left for another day.

use milkrun::plan::{Plan, Unserved};
use std::collections::BTreeMap;
use std::fmt;

/// The most orders that are named for one reason.
const NAMED: usize = 3;

/// The unserved orders by reason, with the price of leaving them and the first of each.
pub(crate) struct Summary<'a>(pub(crate) &'a Plan);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons: BTreeMap<&str, Vec<&Unserved>> = BTreeMap::new();
        for unserved in self.0.unserved() {
            let code = unserved.reason().code();
            reasons.entry(code).or_default().push(unserved);
        }
        for (code, orders) in reasons {
            let price: f64 = orders
                .iter()
                .filter_map(|u| u.price())
                .map(milkrun::measure::Cost::to_f64)
                .sum();
            writeln!(
                f,
                "{} orders postponed, price {price:.2}: {code}",
                orders.len()
            )?;
            for unserved in orders.iter().take(NAMED) {
                writeln!(f, "  {unserved}")?;
            }
            if orders.len() > NAMED {
                writeln!(f, "  and {} more", orders.len() - NAMED)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
