//! What enters the model, what is left out, and what lacks something.

use super::*;
use milkrun::model::OrderKind;

fn fate_of(fields: &[(&str, &str)]) -> (Fate, Vec<Defect>) {
    let (_, _, report) = admit(&[shop_order("1", fields)], &[PACKAGE.to_owned()]);
    let entry = &report.entries()[0];
    (entry.fate.clone(), entry.defects.clone())
}

#[test]
fn states_that_must_not_ship_are_left_out_with_the_reason() {
    let unclear = |field: &str, value: &str| LeftOut::Unclear {
        field: field.to_owned(),
        value: value.to_owned(),
    };
    let cases = [
        ("status", "\"CANCELLED\"", LeftOut::Cancelled),
        ("status", "\"ON_HOLD\"", LeftOut::OnHold),
        ("status", "\"UNPAID\"", LeftOut::Unpaid),
        ("status", "\"IN_TRANSIT\"", LeftOut::AlreadyShipped),
        ("status", "\"DELIVERED\"", LeftOut::AlreadyShipped),
        ("status", "\"COMPLETED\"", LeftOut::AlreadyShipped),
        ("status", "\"STOCKING\"", unclear("status", "STOCKING")),
        ("status", "null", unclear("status", "")),
        ("shipping_type", "\"TIKTOK\"", LeftOut::ShippedByPlatform),
        ("shipping_type", "null", unclear("shipping_type", "")),
        (
            "fulfillment_type",
            "\"FULFILLMENT_BY_TIKTOK\"",
            LeftOut::ShippedByPlatform,
        ),
        (
            "fulfillment_type",
            "\"BY_DRONE\"",
            unclear("fulfillment_type", "BY_DRONE"),
        ),
        (
            "delivery_type",
            "\"COLLECTION_POINT\"",
            LeftOut::NotHomeDelivery,
        ),
        (
            "delivery_type",
            "\"MOON\"",
            unclear("delivery_type", "MOON"),
        ),
        ("is_buyer_request_cancel", "true", LeftOut::CancelPending),
    ];
    for (field, value, reason) in cases {
        let (fate, defects) = fate_of(&[(field, value)]);
        assert_eq!(fate, Fate::LeftOut(reason), "{field} {value}");
        assert!(defects.is_empty());
    }
    for status in [
        "AWAITING_SHIPMENT",
        "AWAITING_COLLECTION",
        "PARTIALLY_SHIPPING",
    ] {
        let (fate, _) = fate_of(&[("status", &format!("{status:?}"))]);
        assert!(matches!(fate, Fate::Planned(_)), "{status}");
    }
}

#[test]
fn what_is_missing_is_a_defect_and_never_a_default() {
    let cases: [(&str, &str, &[Defect]); 4] = [
        ("recipient_address", "null", &[Defect::MissingPlace]),
        (
            "recipient_address",
            r#"{"region_code":"ID"}"#,
            &[Defect::MissingPlace],
        ),
        (
            "packages",
            r#"[{"id":"unknown"}]"#,
            &[Defect::MissingWeight],
        ),
        ("packages", "[]", &[Defect::MissingWeight]),
    ];
    for (field, value, expected) in cases {
        let (fate, defects) = fate_of(&[(field, value)]);
        assert_eq!(
            (fate, defects.as_slice()),
            (Fate::Defective, expected),
            "{field} {value}"
        );
    }
    // Several at once are all told.
    let (fate, defects) = fate_of(&[("recipient_address", "null"), ("packages", "[]")]);
    assert_eq!(fate, Fate::Defective);
    assert_eq!(defects, [Defect::MissingPlace, Defect::MissingWeight]);
    // Without a deadline an order enters, and is listed.
    let (fate, defects) = fate_of(&[("rts_sla_time", "null"), ("delivery_sla_time", "0")]);
    assert!(matches!(fate, Fate::Planned(_)));
    assert_eq!(defects, [Defect::MissingDeadline]);
}

#[test]
fn weights_are_read_as_decimal_strings() {
    let weigh = |value: &str, unit: &str| {
        let package =
            format!(r#"{{"package_id":"PK","weight":{{"value":"{value}","unit":"{unit}"}}}}"#);
        let (_, model, report) = admit(&[shop_order("1", &[])], &[package]);
        assert_conserved(1, &model, &report);
        model.orders().first().map(|o| o.quantities[0])
    };
    assert_eq!(weigh("540", "GRAM"), Some(Load(540)));
    assert_eq!(weigh("2.2046", "POUND"), Some(Load(1000))); // 999.989…
    assert_eq!(weigh("0", "GRAM"), None);
    assert_eq!(weigh("-1", "GRAM"), None);
    assert_eq!(weigh("1", "TON"), None);
    assert_eq!(weigh("heavy", "GRAM"), None);
    assert_eq!(weigh("999999999999999", "GRAM"), None);
}

#[test]
fn every_order_ends_in_exactly_one_way() {
    let values: [(&str, &[&str]); 6] = [
        (
            "status",
            &["\"AWAITING_SHIPMENT\"", "\"CANCELLED\"", "\"NEW\"", "null"],
        ),
        ("shipping_type", &["\"SELLER\"", "\"TIKTOK\""]),
        ("is_buyer_request_cancel", &["false", "true"]),
        ("recipient_address", &[r#"{"postal_code":"1"}"#, "null"]),
        (
            "packages",
            &[r#"[{"id":"PK"}]"#, "[]", r#"[{"id":"?"},{"id":"PK"}]"#],
        ),
        (
            "delivery_sla_time",
            &["1790050000", "1", "null", "9223372036854775807"],
        ),
    ];
    let total: usize = values.iter().map(|(_, v)| v.len()).product();
    let orders: Vec<String> = (0..total)
        .map(|index| {
            let mut code = index;
            let fields = values.map(|(field, choices)| {
                let choice = choices[code % choices.len()];
                code /= choices.len();
                (field, choice)
            });
            // Every seventh repeats the id before it.
            shop_order(&(index - usize::from(index % 7 == 6)).to_string(), &fields)
        })
        .collect();
    let (_, mut model, report) = admit(&orders, &[PACKAGE.to_owned()]);
    assert_conserved(total, &model, &report);
    assert!(report.planned() > 0 && report.left_out() > 0 && report.defective() > 0);
    // What entered freezes without a complaint.
    let depot = model.add_depot(Depot::new("WH", Place::geo(-6.2, 106.8)));
    model.add_vehicle_type(VehicleType::new("van", 3, depot));
    let problem = Problem::new(&model, &Haversine::at_kmh(30.0)).unwrap();
    assert_eq!(problem.order_count(), report.planned());
}

#[test]
fn values_never_seen_are_counted() {
    let orders = [
        shop_order("1", &[("status", "\"STOCKING\"")]),
        shop_order("2", &[("status", "\"STOCKING\"")]),
        shop_order("3", &[("fulfillment_priority_level", "150")]),
    ];
    let (_, model, report) = admit(&orders, &[PACKAGE.to_owned()]);
    assert_conserved(3, &model, &report);
    assert_eq!(
        report.unknown(),
        [
            ("status=STOCKING".to_owned(), 2),
            ("fulfillment_priority_level=150".to_owned(), 1)
        ]
    );
}

#[test]
fn returns_become_pickups_and_replacements_exchanges() {
    let order = shop_order(
        "1",
        &[
            ("status", "\"DELIVERED\""),
            ("packages", r#"[{"id":"PK"},{"id":"PK2"}]"#),
            (
                "line_items",
                r#"[{"id":"L1","package_id":"PK"},{"id":"L2","package_id":"PK2"}]"#,
            ),
        ],
    );
    let fetch = r#"{"return_id":"R1","order_id":"1","return_type":"RETURN_AND_REFUND","return_method":"SELLER_SHIPPED","return_status":"AWAITING_BUYER_SHIP","return_line_items":[{"order_line_item_id":"L1"}]}"#;
    let items = [
        fetch.to_owned(),
        fetch
            .replace("R1", "R2")
            .replace("SELLER_SHIPPED", "BUYER_SHIPPED"),
        fetch
            .replace("R1", "R3")
            .replace("RETURN_AND_REFUND", "REPLACEMENT"),
        fetch
            .replace("R1", "R4")
            .replace("\"order_id\":\"1\"", "\"order_id\":\"?\""),
    ];
    let orders = tiktok_shop::read_orders(&answer("orders", &[order])).unwrap();
    let packages = tiktok_shop::read_packages(&answer("packages", &[PACKAGE.to_owned()])).unwrap();
    let returns = tiktok_shop::read_returns(&answer("return_orders", &items)).unwrap();
    let shop = TiktokShop::new(&locate).packages(&packages);
    let mut model = Model::new();
    let report = day().admit(&shop.returns(&returns, &orders), &mut model);
    assert_conserved(4, &model, &report);
    assert_eq!(model.orders()[0].kind, OrderKind::Pickup);
    assert_eq!(model.orders()[0].quantities, [Load(540), Load(1)]);
    // The replacement takes back what it brings.
    let replacement = &model.orders()[1];
    assert_eq!(
        (replacement.name.as_str(), replacement.kind),
        ("R3", OrderKind::Exchange)
    );
    assert_eq!(replacement.quantities, [Load(540), Load(1)]);
    assert_eq!(replacement.taken, replacement.quantities);
    assert_eq!(
        (
            report.planned(),
            report.left_out(),
            report.defects(Defect::MissingPlace)
        ),
        (2, 1, 1)
    );
}
