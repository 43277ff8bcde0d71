//! What the shop is told.

use super::*;
use milkrun::channel::tiktok_shop::{
    FailReason, FileType, Outcome, Proof, Tracking, deliver_batches, ship_batches,
};
use milkrun::measure::{OrderId, VehicleTypeId};
use milkrun::plan::{Plan, RouteDraft};

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
