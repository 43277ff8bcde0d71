//! Bodies of Batch Ship Packages: telling the shop that packages leave with the own fleet.

use super::BATCH;
use crate::channel::{ChannelOrder, ChannelOrderKind};
use crate::error::{Error, Issues, Rule, shown};
use crate::plan::Shipment;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// How packages come to the carrier, which with an own fleet is the seller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HandoverMethod {
    /// They are picked up at the warehouse, as by the own vans.
    Pickup,
    /// They are brought somewhere.
    DropOff,
}

/// How tracking numbers are made, and what else the shop wants to know of a shipment.
///
/// A number is `PREFIX-VAN-1-003`: the caller's prefix, the vehicle's name in capitals with a dash for anything but
/// letters and digits, and the stop's place in the route, from 1. An order of several packages adds `-1`, `-2`. The same
/// plan always gives the same numbers; a prefix with the date keeps days apart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tracking {
    /// What each number begins with, such as `"MR1122"`.
    pub prefix: String,
    /// The id that Get Shipping Providers gives for the seller's own fleet.
    pub shipping_provider_id: String,
    /// How packages come to the carrier. Default: picked up.
    pub handover_method: HandoverMethod,
}

impl Tracking {
    /// Numbers with `prefix`, for the shipping provider of this id.
    pub fn new(prefix: impl Into<String>, shipping_provider_id: impl Into<String>) -> Self {
        Self {
            prefix: prefix.into(),
            shipping_provider_id: shipping_provider_id.into(),
            handover_method: HandoverMethod::Pickup,
        }
    }

    fn number(&self, vehicle: &str, stop: usize, package: Option<usize>) -> String {
        let vehicle = vehicle.to_ascii_uppercase();
        let words: Vec<&str> = vehicle
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let vehicle = words.join("-");
        let number = format!("{}-{vehicle}-{stop:03}", self.prefix);
        match package {
            Some(index) => format!("{number}-{}", index + 1),
            None => number,
        }
    }
}

/// The body of one call of Batch Ship Packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShipBatch {
    /// At most [`BATCH`] of them.
    pub packages: Vec<ShipPackage>,
}

/// One package that leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShipPackage {
    /// Package id.
    pub id: String,
    /// How it comes to the carrier.
    pub handover_method: HandoverMethod,
    /// Who carries it, and under which number.
    pub self_shipment: SelfShipment,
}

/// Who carries a package that the seller ships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelfShipment {
    /// The number made by [`Tracking`].
    pub tracking_number: String,
    /// The seller's own fleet, as the shop knows it.
    pub shipping_provider_id: String,
}

/// Bodies that tell the shop which packages leave, in the order of the plan, each package of an order in turn.
///
/// Shipments that are no order of this shop are passed over, as are pickups, and packages that the shop was told of
/// before.
///
/// # Arguments
///
/// * `orders`: what [`TiktokShop`](super::TiktokShop) made of the shop's orders.
/// * `shipments`: those of the plan.
///
/// # Errors
///
/// When two packages would get the same tracking number, since the names of two vehicles differ in nothing but
/// punctuation.
pub fn ship_batches(
    orders: &[ChannelOrder],
    shipments: &[Shipment],
    tracking: &Tracking,
) -> Result<Vec<ShipBatch>, Error> {
    let leaving: Vec<Leaving<'_>> = shipments
        .iter()
        .map(|shipment| Leaving {
            order: &shipment.name,
            vehicle: &shipment.vehicle,
            stop: shipment.sequence,
        })
        .collect();
    batches(orders, &leaving, tracking)
}

/// What the bodies need of a shipment.
struct Leaving<'a> {
    order: &'a str,
    vehicle: &'a str,
    stop: usize,
}

fn batches(
    orders: &[ChannelOrder],
    leaving: &[Leaving<'_>],
    tracking: &Tracking,
) -> Result<Vec<ShipBatch>, Error> {
    let mut by_id: HashMap<&str, &ChannelOrder> = HashMap::new();
    for order in orders {
        // Of two orders of one id the first was planned.
        by_id.entry(&order.id).or_insert(order);
    }
    let mut issues = Issues::new();
    let mut numbers = HashSet::new();
    let mut packages = Vec::new();
    for leaves in leaving {
        let Some(order) = by_id.get(leaves.order) else {
            continue; // Another channel's order on the same van.
        };
        if order.kind != ChannelOrderKind::Deliver || order.source != super::SOURCE {
            continue;
        }
        for (index, parcel) in order.parcels.iter().enumerate() {
            let several = (order.parcels.len() > 1).then_some(index);
            let number = tracking.number(leaves.vehicle, leaves.stop, several);
            if !numbers.insert(number.clone()) {
                issues.add(
                    Rule::DuplicateName,
                    || format!("tracking number {:?}", shown(&number)),
                    || {
                        "the names of two vehicles differ in punctuation only; rename one"
                            .to_owned()
                    },
                );
            }
            if parcel.announced {
                continue;
            }
            packages.push(ShipPackage {
                id: parcel.id.clone(),
                handover_method: tracking.handover_method,
                self_shipment: SelfShipment {
                    tracking_number: number,
                    shipping_provider_id: tracking.shipping_provider_id.clone(),
                },
            });
        }
    }
    issues.into_result()?;
    Ok(packages
        .chunks(BATCH)
        .map(|chunk| ShipBatch {
            packages: chunk.to_vec(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Parcel;

    fn order(id: &str, parcels: &[&str]) -> ChannelOrder {
        let mut order = ChannelOrder::new(id, super::super::SOURCE, ChannelOrderKind::Deliver);
        order.parcels = parcels
            .iter()
            .map(|id| Parcel {
                id: (*id).to_owned(),
                ..Parcel::default()
            })
            .collect();
        order
    }

    fn leaving<'a>(order: &'a str, vehicle: &'a str, stop: usize) -> Leaving<'a> {
        Leaving {
            order,
            vehicle,
            stop,
        }
    }

    #[test]
    fn each_package_of_an_order_has_its_own_number() {
        let orders = [order("A", &["P1", "P2"]), order("B", &["P3"])];
        let plan = [leaving("B", "van 1", 1), leaving("A", "van 1", 2)];
        let bodies = batches(&orders, &plan, &Tracking::new("MR1122", "77")).unwrap();
        assert_eq!(
            serde_json::to_string(&bodies[0]).unwrap(),
            concat!(
                r#"{"packages":["#,
                r#"{"id":"P3","handover_method":"PICKUP","self_shipment":{"tracking_number":"MR1122-VAN-1-001","shipping_provider_id":"77"}},"#,
                r#"{"id":"P1","handover_method":"PICKUP","self_shipment":{"tracking_number":"MR1122-VAN-1-002-1","shipping_provider_id":"77"}},"#,
                r#"{"id":"P2","handover_method":"PICKUP","self_shipment":{"tracking_number":"MR1122-VAN-1-002-2","shipping_provider_id":"77"}}]}"#,
            )
        );
    }

    #[test]
    fn batches_are_bounded_and_announced_packages_are_not_sent_again() {
        let mut orders: Vec<ChannelOrder> = (0..120)
            .map(|i| order(&format!("O{i}"), &[&format!("P{i}")]))
            .collect();
        orders[7].parcels[0].announced = true;
        let plan: Vec<Leaving<'_>> = orders
            .iter()
            .enumerate()
            .map(|(i, o)| leaving(&o.id, "bike", i + 1))
            .collect();
        let bodies = batches(&orders, &plan, &Tracking::new("X", "77")).unwrap();
        let sizes: Vec<usize> = bodies.iter().map(|b| b.packages.len()).collect();
        assert_eq!(sizes, [50, 50, 19]);
    }

    #[test]
    fn vehicles_that_would_share_numbers_are_an_error() {
        let orders = [order("A", &["P1"]), order("B", &["P2"])];
        let plan = [leaving("A", "van-1", 1), leaving("B", "van 1", 1)];
        let error = batches(&orders, &plan, &Tracking::new("X", "77")).unwrap_err();
        assert_eq!(error.issues()[0].rule(), Rule::DuplicateName);
    }
}
