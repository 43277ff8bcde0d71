//! Orders as Get Order Detail and Get Order List answer them.

use super::word::{DeliveryType, FulfillmentType, OrderStatus, PackageStatus, ShippingType};
use crate::channel::{Address, Note};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An order of `data.orders[]`: what a delivery day needs of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopOrder {
    /// Order id.
    pub id: String,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OrderStatus>,
    /// Whose warehouse fulfils it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fulfillment_type: Option<FulfillmentType>,
    /// Whose logistics ship it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_type: Option<ShippingType>,
    /// Where the buyer receives it; missing: at the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_type: Option<DeliveryType>,
    /// The delivery option that the buyer chose, such as the seller's own evening slot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_option_id: Option<String>,
    /// The warehouse that the platform chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warehouse_id: Option<String>,
    /// Paid at, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_time: Option<i64>,
    /// Latest shipping, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rts_sla_time: Option<i64>,
    /// Latest delivery that counts as on time, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_sla_time: Option<i64>,
    /// Latest delivery that the chosen delivery option promised, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_option_required_delivery_time: Option<i64>,
    /// Speed: 100 instant, 200 and 300 same day, 400 next day, 500 express, 600 standard, 700 economy, 800 cargo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fulfillment_priority_level: Option<i64>,
    /// Whether the driver collects money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_cod: Option<bool>,
    /// Whether the buyer asks to cancel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_buyer_request_cancel: Option<bool>,
    /// Orders of one buyer that the platform would combine; here each stays a stop of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_combine_group_id: Option<String>,
    /// The buyer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_message: Option<Note>,
    /// Where it goes; missing on unpaid and held orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_address: Option<ShopAddress>,
    /// Its packages.
    pub packages: Vec<PackageRef>,
    /// Its lines, one a unit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub line_items: Vec<LineItem>,
}

/// A package of an order, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PackageRef {
    /// Package id.
    pub id: String,
}

/// One unit of one product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineItem {
    /// Line id.
    pub id: String,
    /// The package it travels in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_id: Option<String>,
    /// Where that package stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_status: Option<PackageStatus>,
    /// Whether it is dangerous.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_dangerous_good: Option<bool>,
}

/// Where an order goes. The platform's fields for the name and telephone number of the buyer are not read.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopAddress {
    /// Country or region code.
    pub region_code: String,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// First line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line1: Option<String>,
    /// Second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<String>,
    /// Third line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line3: Option<String>,
    /// Fourth line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line4: Option<String>,
    /// Street and house where the platform gives no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_detail: Option<String>,
    /// All in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_address: Option<String>,
    /// The parts of the country, large to small.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub district_info: Vec<ShopDistrict>,
}

/// One level of the country's parts.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopDistrict {
    /// `L0` (country) to `L4`.
    pub address_level: String,
    /// Its name.
    pub address_name: String,
}

impl ShopAddress {
    /// The same in the form of all channels, for a [`Locator`](crate::channel::Locator).
    pub fn to_address(&self) -> Address {
        let mut districts: Vec<&ShopDistrict> = self.district_info.iter().collect();
        districts.sort_by(|a, b| a.address_level.cmp(&b.address_level));
        let lines = [
            &self.address_line1,
            &self.address_line2,
            &self.address_line3,
            &self.address_line4,
            &self.address_detail,
        ];
        Address {
            region: self.region_code.clone(),
            postal_code: self.postal_code.clone().unwrap_or_default(),
            districts: districts.iter().map(|d| d.address_name.clone()).collect(),
            lines: lines
                .into_iter()
                .flatten()
                .filter(|line| !line.is_empty())
                .cloned()
                .collect(),
            full: self.full_address.clone().unwrap_or_default(),
        }
    }
}

impl fmt::Debug for ShopAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShopAddress").finish_non_exhaustive()
    }
}

impl fmt::Debug for ShopDistrict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShopDistrict").finish_non_exhaustive()
    }
}
