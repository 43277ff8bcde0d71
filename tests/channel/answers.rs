//! Answers of the shop: warehouses, broken ones, and what is personal in them.

use super::*;
use milkrun::channel::Note;
use milkrun::error::Rule;

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
