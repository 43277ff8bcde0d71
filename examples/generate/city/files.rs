//! The folder's files; one thing a line, so that they can be read and compared.

use super::orders::{Bought, SLOTS, State};
use super::{HOUR, MIDNIGHT, WAREHOUSES, degrees};
use std::collections::BTreeMap;
use std::fmt::Write;

const STREETS: [&str; 16] = [
    "Melati",
    "Mawar",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Dahlia",
    "Teratai",
    "Flamboyan",
    "Bakau",
    "Jati",
    "Cemara",
    "Beringin",
    "Merak",
    "Rajawali",
    "Kutilang",
    "Pelita",
];

/// The first address line: unique to the house.
fn line(bought: &Bought) -> String {
    let house = &bought.house;
    let name = STREETS[house.street.rem_euclid(STREETS.len() as i64) as usize];
    let series = house.street.div_euclid(STREETS.len() as i64) + 20;
    // Even numbers go one way from the middle of a street, odd ones the other.
    let number = if house.number >= 0 {
        house.number * 2 + 2
    } else {
        -house.number * 2 - 1
    };
    format!("Jl. {name} {series} No. {number}")
}

fn postal_code(bought: &Bought) -> String {
    format!("9{:04}", 10 * bought.house.district + 110)
}

fn list(name: &str, items: &[String]) -> String {
    format!(
        "{{\"code\":0,\"message\":\"Success\",\"data\":{{\"total_count\":{},\"{name}\":[\n{}\n]}}}}\n",
        items.len(),
        items.join(",\n")
    )
}

/// The package ids of an order.
fn package_id(bought: &Bought, index: usize) -> String {
    format!("1{}{index}", &bought.id[6..])
}

pub(crate) fn orders(all: &[Bought]) -> String {
    let items: Vec<String> = all.iter().map(order).collect();
    list("orders", &items)
}

fn order(bought: &Bought) -> String {
    let status = match bought.state {
        State::Cancelled => "CANCELLED",
        State::OnHold => "ON_HOLD",
        State::OnItsWay => "IN_TRANSIT",
        State::Open | State::CancelAsked | State::ByPlatform => "AWAITING_SHIPMENT",
    };
    let shipping = if bought.state == State::ByPlatform {
        "TIKTOK"
    } else {
        "SELLER"
    };
    let mut text = format!(
        "{{\"id\":\"{}\",\"status\":\"{status}\",\"fulfillment_type\":\"FULFILLMENT_BY_SELLER\",\
         \"shipping_type\":\"{shipping}\",\"delivery_option_id\":\"{}\",\"warehouse_id\":\"{}\",\"paid_time\":{},\
         \"rts_sla_time\":{}",
        bought.id, bought.option, bought.warehouse, bought.paid, bought.ship_by
    );
    if let Some(time) = bought.deliver_by {
        let _ = write!(text, ",\"delivery_sla_time\":{time}");
    } else {
        // No promise at all: neither to ship nor to deliver.
        text = text.replace(&format!(",\"rts_sla_time\":{}", bought.ship_by), "");
    }
    let _ = write!(text, ",\"fulfillment_priority_level\":{}", bought.priority);
    if bought.state == State::CancelAsked {
        text.push_str(",\"is_buyer_request_cancel\":true");
    }
    if let Some(group) = &bought.group {
        let _ = write!(text, ",\"auto_combine_group_id\":\"{group}\"");
    }
    let packages: Vec<String> = (0..bought.packages.len())
        .map(|index| format!("{{\"id\":\"{}\"}}", package_id(bought, index)))
        .collect();
    let _ = write!(text, ",\"packages\":[{}]", packages.join(","));
    // Held orders have no address on the platform either.
    if bought.state != State::OnHold {
        let _ = write!(
            text,
            ",\"recipient_address\":{{\"region_code\":\"ID\",\"postal_code\":\"{}\",\"address_line1\":\"{}\"}}",
            postal_code(bought),
            line(bought)
        );
    }
    text.push('}');
    text
}

pub(crate) fn packages(all: &[Bought]) -> String {
    let mut items = Vec::new();
    for bought in all {
        for (index, grams) in bought.packages.iter().enumerate() {
            let id = package_id(bought, index);
            let weight = match grams {
                Some(grams) => format!(",\"weight\":{{\"value\":\"{grams}\",\"unit\":\"GRAM\"}}"),
                None => String::new(),
            };
            items.push(format!("{{\"package_id\":\"{id}\"{weight}}}"));
        }
    }
    list("packages", &items)
}

/// The locator's table: postal code and first address line, to degrees north and east.
pub(crate) fn places(all: &[Bought]) -> String {
    let mut places = BTreeMap::new();
    for bought in all.iter().filter(|bought| bought.located) {
        let key = format!("{} {}", postal_code(bought), line(bought));
        places.insert(key, degrees(bought.house.at));
    }
    let items: Vec<String> = places
        .iter()
        .map(|(key, (north, east))| format!("\"{key}\":[{north},{east}]"))
        .collect();
    format!("{{\n{}\n}}\n", items.join(",\n"))
}

pub(crate) fn warehouses() -> String {
    let items: Vec<String> = WAREHOUSES
        .iter()
        .map(|(id, at)| {
            let (north, east) = degrees(*at);
            format!(
                "{{\"id\":\"{id}\",\"name\":\"{id}\",\"type\":\"SALES_WAREHOUSE\",\"effect_status\":\"ENABLED\",\
                 \"address\":{{\"region_code\":\"ID\",\"distict\":\"Kota Milir\",\"geolocation\":\
                 {{\"latitude\":\"{north}\",\"longitude\":\"{east}\"}}}}}}"
            )
        })
        .collect();
    list("warehouses", &items)
}

/// The day as the seller states it: hours, slots, prices, and the vehicles of each warehouse.
pub(crate) fn fleet(orders: usize) -> String {
    let slots: Vec<String> = SLOTS
        .iter()
        .map(|(option, first, last)| {
            format!(
                "{{\"delivery_option_id\":\"{option}\",\"earliest\":{},\"latest\":{}}}",
                MIDNIGHT + first * HOUR,
                MIDNIGHT + last * HOUR
            )
        })
        .collect();
    let mut vehicles = Vec::new();
    // Vans carry by number of parcels, bikes by weight too; together a little less than a day of two thousand needs.
    let kinds = [
        ("van", [6, 6, 5], 700, 88, 20, "45", "0.32", "14", 8, 18),
        ("bike", [8, 9, 7], 35, 26, 14, "6", "0.04", "11", 9, 20),
    ];
    for (kind, counts, kg, parcels, kmh, fixed, per_km, per_hour, from, to) in kinds {
        for ((warehouse, _), count) in WAREHOUSES.iter().zip(counts) {
            let count = (count * orders / 2_000).max(1);
            vehicles.push(format!(
                "{{\"name\":\"{kind} {warehouse}\",\"warehouse_id\":\"{warehouse}\",\"count\":{count},\
                 \"profile\":\"{kind}\",\"kmh\":{kmh},\"kg\":{kg},\"parcels\":{parcels},\"fixed_cost\":\"{fixed}\",\
                 \"cost_per_km\":\"{per_km}\",\"cost_per_hour\":\"{per_hour}\",\"shift\":{{\"earliest\":{},\
                 \"latest\":{}}}}}",
                MIDNIGHT + from * HOUR,
                MIDNIGHT + to * HOUR
            ));
        }
    }
    format!(
        "{{\n\"day\":{{\"start\":{},\"seconds\":{},\"service_seconds\":200,\"service_seconds_per_parcel\":20,\
         \"packing_seconds\":2700,\"postpone\":{{\"due\":\"25\",\"later\":\"3\",\"undated\":\"8\"}}}},\n\"slots\":[\n\
         {}\n],\n\"vehicles\":[\n{}\n]\n}}\n",
        MIDNIGHT + 7 * HOUR,
        13 * HOUR,
        slots.join(",\n"),
        vehicles.join(",\n")
    )
}
