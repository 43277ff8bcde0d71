//! The rules of what third parties take.

use super::rules::{check_money, named, order_subject};
use crate::error::{Issues, Rule};
use crate::model::{Carrier, Model, Order};

/// The most carriers with a pick-up fee: a plan weighs every set of them.
pub(crate) const MOST_FEES: usize = 6;

pub(super) fn check_carriers(model: &Model, issues: &mut Issues) {
    let subject = |carrier: &Carrier| named("carrier", &carrier.name);
    for carrier in model.carriers() {
        check_money(
            carrier.pickup_fee,
            "pick-up fee",
            || subject(carrier),
            issues,
        );
    }
    let fees = model.carriers().iter().filter(|c| c.pickup_fee.get() != 0);
    let fees = fees.count();
    if fees > MOST_FEES {
        let advice = || {
            format!(
                "{fees} carriers charge for coming, at most {MOST_FEES} may; leave out the dearest, or set fees of 0"
            )
        };
        issues.add(Rule::TooLarge, || "model".to_owned(), advice);
    }
}

/// What an order states about the carriers, of which there are so many.
pub(super) fn check_carrier_prices(carriers: usize, order: &Order, issues: &mut Issues) {
    let subject = || order_subject(order);
    for (index, stated) in order.carrier_prices.iter().enumerate() {
        let id = stated.carrier;
        if id.index() >= carriers {
            let advice = || {
                format!("there is no carrier {id} to take it; use an id that add_carrier returned")
            };
            issues.add(Rule::UnknownReference, subject, advice);
        }
        let before = &order.carrier_prices[..index];
        if before.iter().any(|other| other.carrier == id) {
            let advice = || format!("it states two prices of carrier {id}; keep one");
            issues.add(Rule::Inconsistent, subject, advice);
        }
        check_money(stated.price, "carrier's price", subject, issues);
    }
}
