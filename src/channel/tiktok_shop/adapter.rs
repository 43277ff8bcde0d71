//! From the platform's orders to the neutral ones.

use super::word::{
    DeliveryType, FulfillmentType, OrderStatus, PackageStatus, ReturnMethod, ReturnStatus,
    ReturnType, ShippingType,
};
use super::{SOURCE, ShopOrder, ShopPackage, ShopReturn};
use crate::channel::{
    ChannelOrder, ChannelOrderKind, LeftOut, Locator, Parcel, ServiceLevel, UnixWindow,
};
use crate::measure::Duration;
use std::collections::{HashMap, HashSet};

/// Turns a shop's orders and returns into [`ChannelOrder`]s, one for each, none dropped.
///
/// An order is for the own fleet when the seller fulfils and ships it (`FULFILLMENT_BY_SELLER`, `SELLER`) and it waits
/// for shipment or collection. Any other carries the reason why it is left out. Orders of one buyer
/// (`auto_combine_group_id`) stay separate orders; the search is free to visit them one after the other.
pub struct TiktokShop<'a> {
    locator: &'a dyn Locator,
    packages: HashMap<&'a str, &'a ShopPackage>,
    slots: HashMap<String, UnixWindow>,
    packing: Option<Duration>,
}

impl<'a> TiktokShop<'a> {
    /// An adapter that asks `locator` for coordinates, which the platform does not give.
    pub fn new(locator: &'a dyn Locator) -> Self {
        Self {
            locator,
            packages: HashMap::new(),
            slots: HashMap::new(),
            packing: None,
        }
    }

    /// Hands over package details, for weights and sizes; of two with one id the later counts.
    #[must_use]
    pub fn packages(mut self, packages: &'a [ShopPackage]) -> Self {
        self.packages
            .extend(packages.iter().map(|p| (p.package_id.as_str(), p)));
        self
    }

    /// States the hours that a delivery option of the shop means on this day, such as an evening slot: orders with it
    /// get that window.
    #[must_use]
    pub fn slot(mut self, delivery_option_id: impl Into<String>, window: UnixWindow) -> Self {
        self.slots.insert(delivery_option_id.into(), window);
        self
    }

    /// States that an order is packed this long after it was paid. Without it, orders are taken as packed.
    #[must_use]
    pub fn packing(mut self, packing: Duration) -> Self {
        self.packing = Some(packing);
        self
    }

    /// The orders in neutral form, in the given order.
    pub fn orders(&self, orders: &[ShopOrder]) -> Vec<ChannelOrder> {
        orders.iter().map(|order| self.order(order)).collect()
    }

    fn order(&self, order: &ShopOrder) -> ChannelOrder {
        let mut neutral = ChannelOrder::new(&order.id, SOURCE, ChannelOrderKind::Deliver);
        neutral.left_out = left_out(order);
        neutral.place = self.place(order);
        neutral.parcels = self.parcels(order);
        if neutral.parcels.is_empty() && !order.packages.is_empty() && neutral.left_out.is_none() {
            neutral.left_out = Some(LeftOut::AlreadyShipped);
        }
        neutral.ready_at = self
            .packing
            .zip(order.paid_time)
            .map(|(packing, paid)| paid.saturating_add(packing.get()));
        neutral.ship_by = stated(order.rts_sla_time);
        neutral.deliver_by = match (
            stated(order.delivery_sla_time),
            stated(order.delivery_option_required_delivery_time),
        ) {
            (Some(sla), Some(promised)) => Some(sla.min(promised)),
            (one, other) => one.or(other),
        };
        let option = order.delivery_option_id.as_deref().unwrap_or_default();
        neutral.windows = self.slots.get(option).copied().into_iter().collect();
        neutral.service_level = order.fulfillment_priority_level.and_then(service_level);
        neutral.depots = order.warehouse_id.iter().cloned().collect();
        neutral.cash_on_delivery = order.is_cod.unwrap_or(false);
        neutral.note.clone_from(&order.buyer_message);
        neutral.unknown = self.unknown(order);
        neutral
    }

    fn place(&self, order: &ShopOrder) -> Option<(f64, f64)> {
        let address = order.recipient_address.as_ref()?;
        self.locator.locate(&address.to_address())
    }

    /// The packages that are still to go.
    fn parcels(&self, order: &ShopOrder) -> Vec<Parcel> {
        order
            .packages
            .iter()
            .filter(|package| {
                let status = self.package_status(order, &package.id);
                let done = [PackageStatus::Completed, PackageStatus::Cancelled];
                let gone = order.status == Some(OrderStatus::PartiallyShipping)
                    && status == Some(&PackageStatus::Fulfilling);
                !gone && !status.is_some_and(|s| done.contains(s))
            })
            .map(|package| self.parcel(order, &package.id))
            .collect()
    }

    fn parcel(&self, order: &ShopOrder, id: &str) -> Parcel {
        let details = self.packages.get(id);
        let dangerous = order
            .line_items
            .iter()
            .filter(|line| {
                line.package_id
                    .as_deref()
                    .is_none_or(|package| package == id)
            })
            .any(|line| line.is_dangerous_good == Some(true));
        Parcel {
            id: id.to_owned(),
            weight: details.and_then(|p| p.grams()),
            size: details.and_then(|p| p.millimetres()),
            dangerous,
            announced: order.status == Some(OrderStatus::AwaitingCollection)
                || self.package_status(order, id) == Some(&PackageStatus::Fulfilling),
        }
    }

    /// From the package details, else from the lines of the order.
    fn package_status<'b>(&'b self, order: &'b ShopOrder, id: &str) -> Option<&'b PackageStatus> {
        let details = self
            .packages
            .get(id)
            .and_then(|p| p.package_status.as_ref());
        let lines = || {
            order
                .line_items
                .iter()
                .filter(|line| line.package_id.as_deref() == Some(id))
                .find_map(|line| line.package_status.as_ref())
        };
        details.or_else(lines)
    }

    /// Returns in neutral form, in the given order, with place and weight from the order that is returned.
    ///
    /// A return is fetched by the own fleet when its goods come back (`RETURN_AND_REFUND`), the seller brings them
    /// (`SELLER_SHIPPED`) and the buyer still has them (`AWAITING_BUYER_SHIP`). A `REPLACEMENT` is an exchange on the same
    /// terms: the same goods go out as come back. The weight is that of the packages in
    /// which the returned lines came: at least what comes back. Returns have no deadline here.
    pub fn returns(&self, returns: &[ShopReturn], orders: &[ShopOrder]) -> Vec<ChannelOrder> {
        let by_id: HashMap<&str, &ShopOrder> = orders
            .iter()
            .map(|order| (order.id.as_str(), order))
            .collect();
        returns
            .iter()
            .map(|item| self.pickup(item, by_id.get(item.order_id.as_str()).copied()))
            .collect()
    }

    fn pickup(&self, item: &ShopReturn, order: Option<&ShopOrder>) -> ChannelOrder {
        let kind = match item.return_type {
            Some(ReturnType::Replacement) => ChannelOrderKind::Exchange,
            _ => ChannelOrderKind::ReturnPickup,
        };
        let mut neutral = ChannelOrder::new(&item.return_id, SOURCE, kind);
        neutral.left_out = return_left_out(item);
        if let Some(order) = order {
            neutral.place = self.place(order);
            let lines: HashSet<&str> = item
                .return_line_items
                .iter()
                .map(|line| line.order_line_item_id.as_str())
                .collect();
            let comes_back = |package: &str| {
                order
                    .line_items
                    .iter()
                    .filter(|line| lines.contains(line.id.as_str()))
                    .any(|line| line.package_id.as_deref().is_none_or(|id| id == package))
            };
            neutral.parcels = order
                .packages
                .iter()
                .filter(|package| comes_back(&package.id))
                .map(|package| self.parcel(order, &package.id))
                .collect();
        }
        neutral.unknown = [
            item.return_type.as_ref().and_then(|word| match word {
                ReturnType::Other(value) => Some(("return_type", value)),
                _ => None,
            }),
            item.return_method.as_ref().and_then(|word| match word {
                ReturnMethod::Other(value) => Some(("return_method", value)),
                _ => None,
            }),
            item.return_status.as_ref().and_then(|word| match word {
                ReturnStatus::Other(value) => Some(("return_status", value)),
                _ => None,
            }),
        ]
        .into_iter()
        .flatten()
        .map(|(field, value)| format!("{field}={value}"))
        .collect();
        neutral
    }

    fn unknown(&self, order: &ShopOrder) -> Vec<String> {
        let mut unknown = Vec::new();
        let mut note = |field: &str, value: &str| unknown.push(format!("{field}={value}"));
        if let Some(OrderStatus::Other(value)) = &order.status {
            note("status", value);
        }
        if let Some(FulfillmentType::Other(value)) = &order.fulfillment_type {
            note("fulfillment_type", value);
        }
        if let Some(ShippingType::Other(value)) = &order.shipping_type {
            note("shipping_type", value);
        }
        if let Some(DeliveryType::Other(value)) = &order.delivery_type {
            note("delivery_type", value);
        }
        if let Some(level) = order.fulfillment_priority_level
            && service_level(level).is_none()
        {
            note("fulfillment_priority_level", &level.to_string());
        }
        for package in &order.packages {
            if let Some(PackageStatus::Other(value)) = self.package_status(order, &package.id) {
                note("package_status", value);
            }
        }
        unknown
    }
}

/// The platform writes 0 for a time that it does not state.
fn stated(time: Option<i64>) -> Option<i64> {
    time.filter(|seconds| *seconds > 0)
}

fn service_level(priority: i64) -> Option<ServiceLevel> {
    Some(match priority {
        100 => ServiceLevel::Instant,
        200 | 300 => ServiceLevel::SameDay,
        400 => ServiceLevel::NextDay,
        500 => ServiceLevel::Express,
        600 => ServiceLevel::Standard,
        700 => ServiceLevel::Economy,
        800 => ServiceLevel::Cargo,
        _ => return None,
    })
}

fn unclear(field: &str, value: Option<&str>) -> LeftOut {
    LeftOut::Unclear {
        field: field.to_owned(),
        value: value.unwrap_or_default().to_owned(),
    }
}

/// Why the own fleet is not to serve this order; the state of the order first, then whose it is.
fn left_out(order: &ShopOrder) -> Option<LeftOut> {
    let by_status = match &order.status {
        // Arranged is not gone: the goods of an order that awaits collection still lie in the warehouse.
        Some(
            OrderStatus::AwaitingShipment
            | OrderStatus::PartiallyShipping
            | OrderStatus::AwaitingCollection,
        ) => None,
        Some(OrderStatus::Cancelled) => Some(LeftOut::Cancelled),
        Some(OrderStatus::OnHold) => Some(LeftOut::OnHold),
        Some(OrderStatus::Unpaid) => Some(LeftOut::Unpaid),
        Some(OrderStatus::InTransit | OrderStatus::Delivered | OrderStatus::Completed) => {
            Some(LeftOut::AlreadyShipped)
        }
        other => Some(unclear("status", other.as_ref().map(OrderStatus::as_str))),
    };
    let by_owner = || match (&order.fulfillment_type, &order.shipping_type) {
        (Some(FulfillmentType::BySeller), Some(ShippingType::Seller)) => None,
        (Some(FulfillmentType::ByTiktok | FulfillmentType::ByDilayani), _)
        | (_, Some(ShippingType::Tiktok)) => Some(LeftOut::ShippedByPlatform),
        (Some(FulfillmentType::BySeller), other) => Some(unclear(
            "shipping_type",
            other.as_ref().map(ShippingType::as_str),
        )),
        (other, _) => Some(unclear(
            "fulfillment_type",
            other.as_ref().map(FulfillmentType::as_str),
        )),
    };
    let by_door = || match &order.delivery_type {
        None | Some(DeliveryType::HomeDelivery) => None,
        Some(DeliveryType::CollectionPoint) => Some(LeftOut::NotHomeDelivery),
        Some(other) => Some(unclear("delivery_type", Some(other.as_str()))),
    };
    let by_buyer =
        || (order.is_buyer_request_cancel == Some(true)).then_some(LeftOut::CancelPending);
    by_status
        .or_else(by_owner)
        .or_else(by_door)
        .or_else(by_buyer)
}

fn return_left_out(item: &ShopReturn) -> Option<LeftOut> {
    let by_type = match &item.return_type {
        Some(ReturnType::ReturnAndRefund | ReturnType::Replacement) => None,
        Some(ReturnType::Refund) => Some(LeftOut::NothingToMove),
        other => Some(unclear(
            "return_type",
            other.as_ref().map(ReturnType::as_str),
        )),
    };
    let by_method = || match &item.return_method {
        Some(ReturnMethod::SellerShipped) => None,
        Some(ReturnMethod::BuyerShipped) => Some(LeftOut::NothingToMove),
        Some(ReturnMethod::PlatformShipped) => Some(LeftOut::ShippedByPlatform),
        other => Some(unclear(
            "return_method",
            other.as_ref().map(ReturnMethod::as_str),
        )),
    };
    let by_status = || match &item.return_status {
        Some(ReturnStatus::AwaitingBuyerShip) => None,
        Some(ReturnStatus::RequestPending) => Some(LeftOut::OnHold),
        Some(ReturnStatus::BuyerShipped | ReturnStatus::Complete) => Some(LeftOut::AlreadyShipped),
        Some(ReturnStatus::Cancelled) => Some(LeftOut::Cancelled),
        other => Some(unclear(
            "return_status",
            other.as_ref().map(ReturnStatus::as_str),
        )),
    };
    by_type.or_else(by_method).or_else(by_status)
}
