//! What is left for another day.

use milkrun::measure::Cost;
use milkrun::plan::{Plan, Relaxation, Unserved};
use milkrun::problem::Problem;
use std::collections::BTreeMap;
use std::fmt;

/// The most orders that are named for one reason.
const NAMED: usize = 3;

/// The unserved orders by reason, with the price of leaving them and the first of each.
pub(crate) struct Summary<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) plan: &'a Plan,
}

impl Summary<'_> {
    /// What would let a vehicle serve an order, with the vehicle by its name.
    fn help(&self, unserved: &Unserved) -> String {
        let words = unserved.relaxations().iter().map(|help| match help {
            Relaxation::OneMoreVehicle { vehicle_type } => {
                let name = self.problem.names().vehicle_type(*vehicle_type);
                format!("one more {name}")
            }
            other => other.to_string(),
        });
        words.collect::<Vec<String>>().join(" and ")
    }
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons: BTreeMap<&str, Vec<&Unserved>> = BTreeMap::new();
        for unserved in self.plan.unserved() {
            let code = unserved.reason().code();
            reasons.entry(code).or_default().push(unserved);
        }
        for (code, orders) in reasons {
            let price: f64 = orders
                .iter()
                .filter_map(|u| u.price())
                .map(Cost::to_f64)
                .sum();
            writeln!(
                f,
                "{} orders postponed, price {price:.2}: {code}",
                orders.len()
            )?;
            for unserved in orders.iter().take(NAMED) {
                let (name, reason) = (unserved.name(), unserved.reason());
                writeln!(f, "  {name}: {reason}; would help: {}", self.help(unserved))?;
            }
            if orders.len() > NAMED {
                writeln!(f, "  and {} more", orders.len() - NAMED)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
