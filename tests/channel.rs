//! The channel door: what enters the model, what does not, and that every order is accounted for.

use milkrun::channel::tiktok_shop::{
    self, FailReason, FileType, Outcome, Proof, TiktokShop, Tracking, deliver_batches, ship_batches,
};
use milkrun::channel::{
    Address, ChannelOrder, ChannelOrderKind, DayPlan, Defect, Fate, IntakeReport, LeftOut, Note,
    Parcel, PostponePrice, UnixWindow,
};
use milkrun::error::Rule;
use milkrun::measure::{Cost, Duration, Load, OrderId, Time, VehicleTypeId, Window};
use milkrun::model::{Depot, Model, OrderKind, Place, VehicleType};
use milkrun::plan::{Plan, RouteDraft};
use milkrun::problem::Problem;
use milkrun::travel::Haversine;

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

fn fate_of(fields: &[(&str, &str)]) -> (Fate, Vec<Defect>) {
    let (_, _, report) = admit(&[shop_order("1", fields)], &[PACKAGE.to_owned()]);
    let entry = &report.entries()[0];
    (entry.fate.clone(), entry.defects.clone())
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

fn admit_one(order: ChannelOrder) -> (Model, Fate, Vec<Defect>) {
    let mut model = Model::new();
    let report = day().admit(&[order], &mut model);
    assert_conserved(1, &model, &report);
    let entry = report.entries()[0].clone();
    (model, entry.fate, entry.defects)
}

#[test]
fn times_become_moments_of_the_day() {
    let mut order = neutral("1");
    order.windows = vec![
        UnixWindow {
            earliest: START - 7200,
            latest: START - 3600,
        },
        UnixWindow {
            earliest: START + 3600,
            latest: START + 7200,
        },
        UnixWindow {
            earliest: START + 9000,
            latest: START + 9999,
        },
    ];
    order.ready_at = Some(START + 600);
    order.deliver_by = Some(START + 7000);
    let (model, _, defects) = admit_one(order);
    let planned = &model.orders()[0];
    assert_eq!(planned.window, Some(Window::new(Time(3600), Time(7000))));
    assert_eq!(planned.release, Some(Time(600)));
    assert_eq!(planned.service, Duration::minutes(3));
    assert_eq!(defects, [Defect::SeveralWindows]);
    assert_eq!(day().unix(Time(3600)), START + 3600);
}

#[test]
fn promises_that_cannot_be_kept_are_told_apart() {
    let window = |from: i64, to: i64| {
        vec![UnixWindow {
            earliest: START + from,
            latest: START + to,
        }]
    };
    let mut over = neutral("1");
    over.windows = window(-7200, -1);
    assert_eq!(admit_one(over).2, [Defect::WindowPassed]);

    let mut tomorrow = neutral("1");
    tomorrow.windows = window(90_000, 97_200);
    assert_eq!(admit_one(tomorrow).1, Fate::LeftOut(LeftOut::NotToday));

    let mut unpacked = neutral("1");
    unpacked.ready_at = Some(START + 12 * 3600 + 1);
    assert_eq!(admit_one(unpacked).1, Fate::LeftOut(LeftOut::NotReady));

    let mut late = neutral("1");
    late.windows = window(0, 3600);
    late.ready_at = Some(START + 3601);
    assert_eq!(admit_one(late).2, [Defect::ReadyTooLate]);

    let mut overdue = neutral("1");
    overdue.deliver_by = Some(START - 1);
    let (model, fate, defects) = admit_one(overdue);
    assert!(matches!(fate, Fate::Planned(_)));
    assert_eq!(
        (defects.as_slice(), model.orders()[0].window),
        (&[Defect::Overdue][..], None)
    );
}

#[test]
fn extreme_times_neither_overflow_nor_panic() {
    for time in [i64::MIN, -1, 0, i64::MAX] {
        let mut order = neutral("1");
        order.ready_at = Some(time);
        order.ship_by = Some(time);
        order.deliver_by = Some(time);
        order.windows = vec![UnixWindow {
            earliest: i64::MIN,
            latest: time,
        }];
        admit_one(order.clone());
        for start in [i64::MIN, i64::MAX] {
            let day = DayPlan::new(start, Duration(i64::MAX), Duration(i64::MAX));
            day.admit(&[order.clone()], &mut Model::new());
        }
    }
}

#[test]
fn leaving_an_order_to_tomorrow_costs_by_its_deadline() {
    let price = PostponePrice {
        due: None,
        later: Some(Cost::units(4)),
        undated: Some(Cost::units(9)),
    };
    let mut due = neutral("due");
    due.ship_by = Some(START + 3600);
    let mut undated = neutral("undated");
    undated.deliver_by = None;
    let mut model = Model::new();
    day()
        .postpone(price)
        .admit(&[due, neutral("later"), undated], &mut model);
    let prices: Vec<Option<Cost>> = model.orders().iter().map(|o| o.price).collect();
    assert_eq!(prices, [None, Some(Cost::units(4)), Some(Cost::units(9))]);
}

#[test]
fn ship_by_is_a_limit_where_the_day_keeps_it() {
    let order = |id: &str, by: i64, ready: Option<i64>| {
        let mut order = neutral(id);
        (order.ship_by, order.ready_at) = (Some(START + by), ready.map(|at| START + at));
        order
    };
    let orders = [
        order("in time", 3600, Some(3600)),
        order("packed too late", 3600, Some(3601)),
        order("overdue", -1, None),
        order("tomorrow", 12 * 3600 + 1, None),
    ];
    let deadlines = |day: DayPlan| -> Vec<Option<Time>> {
        let mut model = Model::new();
        assert_eq!(day.admit(&orders, &mut model).planned(), 4);
        model.orders().iter().map(|o| o.ship_by).collect()
    };
    assert_eq!(deadlines(day()), [None; 4]);
    let kept = deadlines(day().keep_ship_by());
    assert_eq!(kept, [Some(Time(3600)), None, None, None]);
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

#[test]
fn warehouses_become_depots() {
    let json = br#"{"code":0,"data":{"warehouses":[
        {"id":"W1","type":"SALES_WAREHOUSE","effect_status":"ENABLED",
         "address":{"distict":"Kebayoran","geolocation":{"latitude":"-6.25","longitude":"106.80"}}},
        {"id":"W2","type":"RETURN_WAREHOUSE","effect_status":"ENABLED","address":{}},
        {"id":"W3","type":"SALES_WAREHOUSE","effect_status":"ENABLED",
         "address":{"geolocation":{"latitude":"106.80","longitude":"-6.25"}}}]}}"#;
    let warehouses = tiktok_shop::read_warehouses(json).unwrap();
    assert_eq!(
        warehouses[0].depot().unwrap().place,
        Place::geo(-6.25, 106.80)
    );
    assert_eq!(
        warehouses[0].address.as_ref().unwrap().district.as_deref(),
        Some("Kebayoran")
    );
    let ships: Vec<bool> = warehouses
        .iter()
        .map(milkrun::channel::tiktok_shop::Warehouse::ships)
        .collect();
    assert_eq!(ships, [true, false, true]);
    assert_eq!(
        warehouses[1].depot().unwrap_err().issues()[0].rule(),
        Rule::Missing
    );
    assert_eq!(
        warehouses[2].depot().unwrap_err().issues()[0].rule(),
        Rule::BadCoordinate
    );
}

#[test]
fn delivery_bodies_are_what_the_shop_reads() {
    let mut order = neutral("1");
    order.source = tiktok_shop::SOURCE.to_owned();
    order.parcels.push(Parcel {
        id: "P2".to_owned(),
        ..Parcel::default()
    });
    let proof = Proof {
        file_type: FileType::Img,
        file_url: "https://example.invalid/pod/1.jpg".to_owned(),
    };
    let outcomes = [
        (
            "1",
            Outcome::Failed(FailReason::UnableContactBuyer, Some(proof.clone())),
        ),
        ("1", Outcome::Delivered(None)),
        ("1", Outcome::ProofUpdated(proof)),
    ];
    let bodies = deliver_batches(&[order.clone()], &outcomes).unwrap();
    let failed = r#""delivery_type":"DELIVERY_FAILED","fail_delivery_reason":"UNABLE_CONTACT_BUYER","file_type":"IMG","file_url":"https://example.invalid/pod/1.jpg"}"#;
    let proven = r#""delivery_type":"UPDATE_POD","file_type":"IMG","file_url":"https://example.invalid/pod/1.jpg"}"#;
    assert_eq!(
        serde_json::to_string(&bodies).unwrap(),
        format!(
            r#"[{{"packages":[{{"id":"P1",{failed},{{"id":"P2",{failed},{{"id":"P1","delivery_type":"DELIVERY_SUCCESS"}},{{"id":"P2","delivery_type":"DELIVERY_SUCCESS"}},{{"id":"P1",{proven},{{"id":"P2",{proven}]}}]"#
        )
    );
    let unknown = [
        ("7", Outcome::Delivered(None)),
        ("8", Outcome::Delivered(None)),
    ];
    assert_eq!(deliver_batches(&[order], &unknown).unwrap_err().total(), 2);
}

#[test]
fn broken_answers_are_errors_without_the_input_in_them() {
    let cases: [&[u8]; 7] = [
        b"",
        b"PII-CANARY",
        br#"{"code":0,"data":{"orders":[{"id":{"PII-CANARY":1}}]}}"#,
        br#"{"code":0,"data":{"orders":[{"id":"1","paid_time":"PII-CANARY"}]}}"#,
        br#"{"code":36009003,"message":"PII-CANARY"}"#,
        br#"{"code":0}"#,
        br#"{"code":0,"data":{"PII-CANARY":[]}}"#,
    ];
    for json in cases {
        let error = tiktok_shop::read_orders(json).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("CANARY"));
    }
    let deep = "[".repeat(100_000);
    assert!(tiktok_shop::read_orders(deep.as_bytes()).is_err());
}

#[test]
fn debug_output_holds_nothing_personal() {
    let fields = [
        ("buyer_message", "\"PII-CANARY-3\""),
        ("seller_note", "\"PII-CANARY-4\""),
        ("status", "\"PII-CANARY-5\""),
        (
            "recipient_address",
            r#"{"name":"PII-CANARY-6","address_line1":"PII-CANARY-7","full_address":"PII-CANARY-8","district_info":[{"address_name":"PII-CANARY-9"}]}"#,
        ),
    ];
    let json = answer(
        "orders",
        &[shop_order("1", &fields[..2]), shop_order("2", &fields)],
    );
    let orders = tiktok_shop::read_orders(&json).unwrap();
    assert!(
        !format!(
            "{orders:?} {:?}",
            orders[1].recipient_address.as_ref().unwrap().to_address()
        )
        .contains("CANARY")
    );
    let neutral = TiktokShop::new(&locate).orders(&orders);
    assert_eq!(neutral[0].note, Some(Note("PII-CANARY-3".to_owned())));
    assert!(!format!("{:?}", neutral[0]).contains("CANARY"));
    let mut model = Model::new();
    let report = day().admit(&neutral, &mut model);
    assert!(!format!("{model:?} {report:?}").contains("CANARY"));
    assert!(!serde_json::to_string(&model).unwrap().contains("CANARY"));
}

#[test]
fn neutral_orders_go_round_through_json() {
    let (orders, _, _) = admit(&[shop_order("1", &[])], &[PACKAGE.to_owned()]);
    let text = serde_json::to_string(&orders).unwrap();
    let back: Vec<ChannelOrder> = serde_json::from_str(&text).unwrap();
    assert_eq!(orders, back);
    assert_eq!(orders[0].parcels[0].size, Some([220, 150, 95]));
}

#[test]
fn a_plan_tells_the_shop_what_leaves() {
    let orders = [
        shop_order("1", &[("packages", r#"[{"id":"PK"},{"id":"PK2"}]"#)]),
        shop_order("2", &[("status", "\"AWAITING_COLLECTION\"")]),
        shop_order("3", &[("packages", r#"[{"id":"PK3"}]"#)]),
    ];
    let packages = ["PK", "PK2", "PK3"].map(|id| PACKAGE.replace("PK", id));
    let (mut neutral, mut model, report) = admit(&orders, &packages);
    assert_eq!(report.planned(), 3);
    // Another channel's order rides on the same van, and is nothing to this shop.
    let mut other = neutral[0].clone();
    other.source = "other".to_owned();
    other.id = "X".to_owned();
    day().admit(std::slice::from_ref(&other), &mut model);
    neutral.push(other);
    let depot = model.add_depot(Depot::new("WH", Place::geo(-6.2, 106.8)));
    model.add_vehicle_type(VehicleType::new("van", 2, depot));
    let problem = Problem::new(&model, &Haversine::at_kmh(30.0)).unwrap();
    let van = VehicleTypeId::new(0);
    let stops = |ids: &[usize]| ids.iter().map(|i| OrderId::new(*i)).collect();
    let drafts = vec![
        RouteDraft::new(van, stops(&[3, 1, 0])),
        RouteDraft::new(van, stops(&[2])),
    ];
    let plan = Plan::new(&problem, drafts);
    let tracking = Tracking::new("MR1122", "77");
    let bodies = ship_batches(&neutral, &plan.shipments(), &tracking).unwrap();
    let package = |id: &str, number: &str| {
        format!(
            r#"{{"id":"{id}","handover_method":"PICKUP","self_shipment":{{"tracking_number":"{number}","shipping_provider_id":"77"}}}}"#
        )
    };
    let expected = [
        package("PK", "MR1122-VAN-1-003-1"),
        package("PK2", "MR1122-VAN-1-003-2"),
        package("PK3", "MR1122-VAN-2-001"),
    ];
    assert_eq!(
        serde_json::to_string(&bodies).unwrap(),
        format!(r#"[{{"packages":[{}]}}]"#, expected.join(","))
    );
}
