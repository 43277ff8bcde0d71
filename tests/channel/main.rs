//! The channel door: what enters the model, what does not, and that every order is accounted for.

use milkrun::channel::tiktok_shop::{self, TiktokShop};
use milkrun::channel::{
    Address, ChannelOrder, ChannelOrderKind, DayPlan, Defect, Fate, IntakeReport, LeftOut, Parcel,
};
use milkrun::measure::{Cost, Duration, Load, Time};
use milkrun::model::{Depot, Model, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::travel::Haversine;

mod answers;
mod intake;
mod moments;
mod updates;

/// Eight in the morning of the day of the tests, Unix seconds.
const START: i64 = 1_790_035_200;

fn day() -> DayPlan {
    DayPlan::new(START, Duration::hours(12), Duration::minutes(3))
}

fn locate(address: &Address) -> Option<(f64, f64)> {
    (!address.postal_code.is_empty()).then_some((-6.2, 106.8))
}

/// An order of the shop with the given fields added to, or put over, those of one that can be served.
fn shop_order(id: &str, fields: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("status", "\"AWAITING_SHIPMENT\""),
        ("fulfillment_type", "\"FULFILLMENT_BY_SELLER\""),
        ("shipping_type", "\"SELLER\""),
        ("rts_sla_time", "1790070000"),
        ("delivery_sla_time", "1790259200"),
        (
            "recipient_address",
            r#"{"region_code":"ID","postal_code":"12190","name":"PII-CANARY-1","phone_number":"PII-CANARY-2"}"#,
        ),
        ("packages", r#"[{"id":"PK"}]"#),
    ];
    for (name, value) in fields {
        all.retain(|(known, _)| known != name);
        all.push((name, value));
    }
    let fields: Vec<String> = all.iter().map(|(k, v)| format!("\"{k}\":{v}")).collect();
    format!("{{\"id\":\"{id}\",{}}}", fields.join(","))
}

fn answer(list: &str, items: &[String]) -> Vec<u8> {
    format!(
        r#"{{"code":0,"message":"Success","data":{{"{list}":[{}],"total_count":{}}}}}"#,
        items.join(","),
        items.len()
    )
    .into_bytes()
}

const PACKAGE: &str = r#"{"package_id":"PK","weight":{"value":"540","unit":"GRAM"},"dimension":{"length":"22","width":"15","height":"9.5","unit":"CM"}}"#;

fn admit(orders: &[String], packages: &[String]) -> (Vec<ChannelOrder>, Model, IntakeReport) {
    let orders = tiktok_shop::read_orders(&answer("orders", orders)).unwrap();
    let packages = tiktok_shop::read_packages(&answer("packages", packages)).unwrap();
    let neutral = TiktokShop::new(&locate).packages(&packages).orders(&orders);
    let mut model = Model::new();
    let report = day().admit(&neutral, &mut model);
    (neutral, model, report)
}

fn assert_conserved(inputs: usize, model: &Model, report: &IntakeReport) {
    assert_eq!(report.entries().len(), inputs);
    assert_eq!(
        report.planned() + report.left_out() + report.defective(),
        inputs
    );
    assert_eq!(report.planned(), model.orders().len());
    for entry in report.entries() {
        match &entry.fate {
            Fate::Planned(id) => {
                assert_eq!(model.orders()[id.index()].name, entry.id);
                assert!(entry.defects.iter().all(|d| !d.blocks()));
            }
            Fate::LeftOut(_) => assert!(entry.defects.is_empty()),
            Fate::Defective => assert!(entry.defects.iter().any(|d| d.blocks())),
        }
    }
}

fn neutral(id: &str) -> ChannelOrder {
    let mut order = ChannelOrder::new(id, "shop", ChannelOrderKind::Deliver);
    order.place = Some((-6.2, 106.8));
    order.parcels.push(Parcel {
        id: format!("P{id}"),
        weight: Some(700),
        ..Parcel::default()
    });
    order.deliver_by = Some(START + 7 * 86_400);
    order
}
