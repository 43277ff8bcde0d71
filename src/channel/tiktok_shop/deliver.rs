//! Bodies of Update Package Delivery Status: telling the shop how the day went.

use super::{BATCH, SOURCE};
use crate::channel::{ChannelOrder, ChannelOrderKind};
use crate::error::{Error, Issues, Rule, shown};
use serde::Serialize;
use std::collections::HashMap;

/// Why a delivery failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FailReason {
    /// The address is wrong.
    InvalidAddress,
    /// The buyer cannot receive it now.
    UnableReceive,
    /// The buyer does not answer.
    UnableContactBuyer,
    /// The buyer does not take it.
    BuyerRefused,
    /// It is late.
    DelayDelivery,
    /// It is lost.
    PackageLost,
    /// It is damaged.
    PackageDamage,
    /// Something beyond anybody's control.
    ForceMajeure,
    /// Anything else.
    Other,
}

/// What kind of file proves a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FileType {
    /// A picture.
    Img,
    /// A document.
    Pdf,
}

/// A proof, uploaded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What kind of file it is.
    pub file_type: FileType,
    /// Where the platform's upload call has put it.
    pub file_url: String,
}

/// How the visit to an order went.
///
/// The platform takes the first two at the earliest 24 hours after shipping, by a rule of its seller academy, and wants
/// two attempts before a failure: when to post is the caller's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All packages of the order were handed over.
    Delivered(Option<Proof>),
    /// None was.
    Failed(FailReason, Option<Proof>),
    /// They were before; here is the proof.
    ProofUpdated(Proof),
}

/// The body of one call of Update Package Delivery Status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliverBatch {
    /// At most [`BATCH`] of them.
    pub packages: Vec<DeliverPackage>,
}

/// How one package fared, in the platform's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliverPackage {
    /// Package id.
    pub id: String,
    /// `DELIVERY_SUCCESS`, `DELIVERY_FAILED` or `UPDATE_POD`.
    pub delivery_type: &'static str,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_delivery_reason: Option<FailReason>,
    /// What kind of file the proof is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_type: Option<FileType>,
    /// Where the proof is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_url: Option<String>,
}

impl DeliverPackage {
    fn new(id: &str, outcome: &Outcome) -> Self {
        let (delivery_type, fail_delivery_reason, proof) = match outcome {
            Outcome::Delivered(proof) => ("DELIVERY_SUCCESS", None, proof.as_ref()),
            Outcome::Failed(reason, proof) => ("DELIVERY_FAILED", Some(*reason), proof.as_ref()),
            Outcome::ProofUpdated(proof) => ("UPDATE_POD", None, Some(proof)),
        };
        Self {
            id: id.to_owned(),
            delivery_type,
            fail_delivery_reason,
            file_type: proof.map(|p| p.file_type),
            file_url: proof.map(|p| p.file_url.clone()),
        }
    }
}

/// Bodies that tell the shop the outcome of visits, in the given order, each package of an order in turn.
///
/// # Arguments
///
/// * `orders`: what [`TiktokShop`](super::TiktokShop) made of the shop's orders.
/// * `outcomes`: order ids with what happened.
///
/// # Errors
///
/// Every id that is no order of this shop, or is a return or a replacement: these have no packages to report as delivered.
///
/// ```
/// use milkrun::channel::tiktok_shop::{deliver_batches, FailReason, Outcome};
/// use milkrun::channel::{ChannelOrder, ChannelOrderKind, Parcel};
///
/// let mut order = ChannelOrder::new("9001", "tiktok_shop", ChannelOrderKind::Deliver);
/// order.parcels.push(Parcel { id: "PK-1".to_owned(), ..Parcel::default() });
/// let outcome = Outcome::Failed(FailReason::UnableContactBuyer, None);
/// let bodies = deliver_batches(&[order], &[("9001", outcome)])?;
/// assert_eq!(bodies[0].packages[0].delivery_type, "DELIVERY_FAILED");
/// # Ok::<(), milkrun::error::Error>(())
/// ```
pub fn deliver_batches(
    orders: &[ChannelOrder],
    outcomes: &[(&str, Outcome)],
) -> Result<Vec<DeliverBatch>, Error> {
    let mut by_id: HashMap<&str, &ChannelOrder> = HashMap::new();
    for order in orders {
        by_id.entry(&order.id).or_insert(order);
    }
    let mut issues = Issues::new();
    let mut packages = Vec::new();
    for (id, outcome) in outcomes {
        match by_id.get(id).filter(|order| order.source == SOURCE) {
            Some(order) if order.kind == ChannelOrderKind::Deliver => {
                let each = order.parcels.iter();
                packages.extend(each.map(|parcel| DeliverPackage::new(&parcel.id, outcome)));
            }
            Some(_) => issues.add(
                Rule::Unsupported,
                || format!("order {:?}", shown(id)),
                || {
                    "it is a return or a replacement, which has no delivery to report; leave it out"
                        .to_owned()
                },
            ),
            None => issues.add(
                Rule::UnknownReference,
                || format!("order {:?}", shown(id)),
                || "no order of this shop has the id; hand over all orders of the day".to_owned(),
            ),
        }
    }
    issues.into_result()?;
    Ok(packages
        .chunks(BATCH)
        .map(|chunk| DeliverBatch {
            packages: chunk.to_vec(),
        })
        .collect())
}
