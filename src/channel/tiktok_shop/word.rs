//! The platform's enumerations; a value that is not known is kept, not refused.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$word_doc])* $variant,)*
            /// A value that this crate does not know.
            Other(String),
        }

        impl $name {
            /// The platform's spelling.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)*
                    _ => Self::Other(text),
                }
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.as_str().to_owned()
            }
        }

        /// Prints known words only: an unknown value may hold anything.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Other(text) => write!(f, "Other({} bytes)", text.len()),
                    known => f.write_str(known.as_str()),
                }
            }
        }
    )*};
}

words! {
    /// Where an order stands.
    OrderStatus {
        /// Not paid yet.
        Unpaid = "UNPAID",
        /// Paid, and held for an hour in which the buyer may cancel.
        OnHold = "ON_HOLD",
        /// To be shipped.
        AwaitingShipment = "AWAITING_SHIPMENT",
        /// Some of its packages have shipped.
        PartiallyShipping = "PARTIALLY_SHIPPING",
        /// The shipment is arranged, the goods have not left.
        AwaitingCollection = "AWAITING_COLLECTION",
        /// On its way.
        InTransit = "IN_TRANSIT",
        /// Arrived.
        Delivered = "DELIVERED",
        /// Arrived, and the time for returns is over.
        Completed = "COMPLETED",
        /// Cancelled.
        Cancelled = "CANCELLED",
    }

    /// Whose warehouse fulfils an order.
    FulfillmentType {
        /// The seller's.
        BySeller = "FULFILLMENT_BY_SELLER",
        /// The platform's.
        ByTiktok = "FULFILLMENT_BY_TIKTOK",
        /// A partner platform's.
        ByDilayani = "FULFILLMENT_BY_DILAYANI_TOKOPEDIA",
    }

    /// Whose logistics ship an order.
    ShippingType {
        /// The platform's.
        Tiktok = "TIKTOK",
        /// The seller's.
        Seller = "SELLER",
    }

    /// Where the buyer receives an order.
    DeliveryType {
        /// At the address.
        HomeDelivery = "HOME_DELIVERY",
        /// At a collection point.
        CollectionPoint = "COLLECTION_POINT",
    }

    /// Where a package, or a line of an order, stands.
    PackageStatus {
        /// To be arranged.
        ToFulfill = "TO_FULFILL",
        /// To be shipped.
        Processing = "PROCESSING",
        /// The shipment is arranged or on its way.
        Fulfilling = "FULFILLING",
        /// Arrived.
        Completed = "COMPLETED",
        /// Cancelled.
        Cancelled = "CANCELLED",
    }

    /// What a buyer wants of a return.
    ReturnType {
        /// Money.
        Refund = "REFUND",
        /// Money for goods that go back.
        ReturnAndRefund = "RETURN_AND_REFUND",
        /// Other goods.
        Replacement = "REPLACEMENT",
    }

    /// Who brings returned goods back.
    ReturnMethod {
        /// The seller fetches them.
        SellerShipped = "SELLER_SHIPPED",
        /// The buyer sends them.
        BuyerShipped = "BUYER_SHIPPED",
        /// The platform fetches them.
        PlatformShipped = "PLATFORM_SHIPPED",
    }

    /// Where a return stands.
    ReturnStatus {
        /// Accepted; the goods are still with the buyer.
        AwaitingBuyerShip = "AWAITING_BUYER_SHIP",
        /// The seller has not answered yet.
        RequestPending = "RETURN_OR_REFUND_REQUEST_PENDING",
        /// The goods are on their way.
        BuyerShipped = "BUYER_SHIPPED_ITEM",
        /// Settled.
        Complete = "RETURN_OR_REFUND_REQUEST_COMPLETE",
        /// Taken back.
        Cancelled = "RETURN_OR_REFUND_REQUEST_CANCEL",
    }

    /// What a warehouse is for.
    WarehouseType {
        /// Orders ship from it.
        Sales = "SALES_WAREHOUSE",
        /// Returns go to it.
        Return = "RETURN_WAREHOUSE",
    }

    /// Whether a warehouse is in use.
    EffectStatus {
        /// It is.
        Enabled = "ENABLED",
        /// It is not.
        Disabled = "DISABLED",
        /// In part.
        Restricted = "RESTRICTED",
    }
}
