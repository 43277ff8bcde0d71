//! `TikTok` Shop's Open Platform: its orders, packages, returns and warehouses in, its write bodies out.
//!
//! # Units
//!
//! As the platform has them: ids are strings, times Unix seconds, weights and sizes decimal strings with a unit.
//! Fields that are not needed here are skipped, unknown ones too; values of enumerations that this crate has never seen
//! are accepted and reported.
//!
//! # References
//!
//! `TikTok` Shop Open Platform, version 202309: Get Order Detail, Get Order List, Get Package Detail, Search Returns, Get
//! Warehouse List, Batch Ship Packages, Update Package Delivery Status.

mod adapter;
mod answer;
mod deliver;
mod order;
mod package;
mod returns;
mod ship;
mod warehouse;
mod word;

pub use adapter::TiktokShop;
pub use answer::{read_orders, read_packages, read_returns, read_warehouses};
pub use deliver::{
    DeliverBatch, DeliverPackage, FailReason, FileType, Outcome, Proof, deliver_batches,
};
pub use order::{LineItem, PackageRef, ShopAddress, ShopDistrict, ShopOrder};
pub use package::{Dimension, ShopPackage, Weight};
pub use returns::{ReturnLineItem, ShopReturn};
pub use ship::{HandoverMethod, SelfShipment, ShipBatch, ShipPackage, Tracking, ship_batches};
pub use warehouse::{Geolocation, Warehouse, WarehouseAddress};
pub use word::{
    DeliveryType, EffectStatus, FulfillmentType, OrderStatus, PackageStatus, ReturnMethod,
    ReturnStatus, ReturnType, ShippingType, WarehouseType,
};

/// What [`ChannelOrder::source`](crate::channel::ChannelOrder::source) says of orders from here.
pub const SOURCE: &str = "tiktok_shop";

/// The most packages that one body holds.
///
/// The platform's documents that are known to this crate state no limit for its two batch calls; 50 is the limit of
/// its batch reads, and taken for these too.
pub const BATCH: usize = 50;
