//! Sales channels: orders in, shipment updates out.
//!
//! An adapter, such as [`tiktok_shop`], reads a channel's own JSON into the one neutral [`ChannelOrder`]. A [`DayPlan`]
//! turns those into orders of a [`Model`](crate::model::Model) and says in an [`IntakeReport`] what became of every
//! one: planned, left out, or defective. After solving, the adapter turns the plan's shipments into the bodies that the
//! channel wants posted. This room knows the channels' words and units; it opens no connection, and keeps no name or
//! telephone number of anybody.
//!
//! ```
//! use milkrun::channel::tiktok_shop::{self, TiktokShop};
//! use milkrun::channel::{Address, DayPlan};
//! use milkrun::measure::{Duration, Load, Time, Window};
//! use milkrun::model::Model;
//!
//! let orders = br#"{"code":0,"data":{"orders":[
//!   {"id":"9001","status":"AWAITING_SHIPMENT","fulfillment_type":"FULFILLMENT_BY_SELLER","shipping_type":"SELLER",
//!    "paid_time":1790000000,"rts_sla_time":1790080000,"delivery_sla_time":1790259200,"packages":[{"id":"PK-1"}],
//!    "recipient_address":{"region_code":"ID","postal_code":"12190"}},
//!   {"id":"9002","status":"CANCELLED","fulfillment_type":"FULFILLMENT_BY_SELLER","shipping_type":"SELLER"}]}}"#;
//! let packages = br#"{"code":0,"data":{"packages":[
//!   {"package_id":"PK-1","weight":{"value":"1.5","unit":"POUND"}}]}}"#;
//!
//! let orders = tiktok_shop::read_orders(orders)?;
//! let packages = tiktok_shop::read_packages(packages)?;
//! let locate = |address: &Address| (address.postal_code == "12190").then_some((-6.2297, 106.8091));
//! let orders = TiktokShop::new(&locate).packages(&packages).orders(&orders);
//!
//! let mut model = Model::new();
//! let report = DayPlan::new(1_790_035_200, Duration::hours(12), Duration::minutes(3)).admit(&orders, &mut model);
//! assert_eq!((report.planned(), report.left_out(), report.defective()), (1, 1, 0));
//! assert_eq!(model.orders()[0].quantities, [Load(681), Load(1)]); // grams, rounded up, and parcels
//! # Ok::<(), milkrun::error::Error>(())
//! ```

mod address;
mod day;
mod measurement;
mod order;
mod report;
pub mod tiktok_shop;

pub use address::{Address, Locator};
pub use day::{DayPlan, ParcelDimensions, PostponePrice};
pub use order::{ChannelOrder, ChannelOrderKind, Note, Parcel, ServiceLevel, UnixWindow};
pub use report::{Defect, Entry, Fate, IntakeReport, LeftOut};
