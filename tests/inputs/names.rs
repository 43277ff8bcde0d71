//! Things that are missing, named twice or badly, and references to nothing.

use super::*;

#[test]
fn missing_things() {
    use Rule::{DuplicateName, Empty, Missing, UnknownReference};
    refused(
        "nothing",
        &Model::new(),
        &[("model", Empty), ("model", Empty)],
    );
    let mut only_depot = Model::new();
    let hub = only_depot.add_depot(Depot::new("hub", HUB));
    refused("no fleet", &only_depot, &[("model", Empty)]);
    let mut no_depot = Model::new();
    no_depot.add_vehicle_type(VehicleType::new("van", 1, hub));
    refused(
        "no depot",
        &no_depot,
        &[("model", Empty), (VAN, UnknownReference)],
    );
    let none = |mut v: VehicleType| {
        v.count = Some(0);
        v
    };
    refused("count 0", &vehicle(none), &[("model", Empty)]);
    let nameless = |mut d: Depot| {
        d.name.clear();
        d
    };
    refused(
        "nameless depot",
        &depot(nameless),
        &[("depot number 0", Missing)],
    );
    let nameless = |mut v: VehicleType| {
        v.name.clear();
        v
    };
    refused(
        "nameless vehicle",
        &vehicle(nameless),
        &[("vehicle type number 0", Missing)],
    );
    let nameless = |mut o: Order| {
        o.name.clear();
        o
    };
    refused(
        "nameless order",
        &order(nameless),
        &[("order number 0", Missing)],
    );
    let nameless = with(|m| {
        m.add_dimension("");
    });
    refused(
        "nameless dimension",
        &nameless,
        &[("load dimension number 1", Missing)],
    );
    let van = VehicleType::new("van", 1, DepotId::new(0));
    let twice = [
        (HUB_DEPOT, with(|m| m.add_depot(Depot::new("hub", HUB)))),
        (VAN, with(|m| m.add_vehicle_type(van.clone()))),
        (
            CAFE_ORDER,
            with(|m| m.add_order(Order::pickup("cafe", CAFE))),
        ),
        ("load dimension \"kg\"", with(|m| m.add_dimension("kg"))),
    ];
    for (subject, model) in twice {
        refused("twice", &model, &[(subject, DuplicateName)]);
    }
}

#[test]
fn references_to_nothing() {
    use Rule::UnknownReference;
    let ghost = DepotId::new(7);
    let start = |mut v: VehicleType| {
        v.start = ghost;
        v.end = None;
        v
    };
    refused("start depot", &vehicle(start), &[(VAN, UnknownReference)]);
    refused(
        "end depot",
        &vehicle(|v| v.end(ghost)),
        &[(VAN, UnknownReference)],
    );
    let both = vehicle(|v| start(v).end(DepotId::new(8)));
    refused(
        "both depots",
        &both,
        &[(VAN, UnknownReference), (VAN, UnknownReference)],
    );
    let fifth = DimensionId::new(4);
    let capacity = vehicle(|v| v.capacity(fifth, Load(1)));
    refused("capacity dimension", &capacity, &[(VAN, UnknownReference)]);
    let quantity = order(|o| o.quantity(fifth, Load(1)));
    refused(
        "quantity dimension",
        &quantity,
        &[(CAFE_ORDER, UnknownReference)],
    );
    let carried = order(|o| o.carrier_price(CarrierId::new(0), Cost(1)));
    refused("carrier", &carried, &[(CAFE_ORDER, UnknownReference)]);
    let last = vehicle(|v| v.end(DepotId::new(u32::MAX as usize)));
    refused("the last id", &last, &[(VAN, UnknownReference)]);
}

#[test]
fn names_are_shown_safely() {
    let name = format!("\u{1b}[31m\n{}", "x".repeat(100));
    let model = with(|m| m.add_order(Order::drop_off(name.clone(), Place::row(0))));
    let text = Problem::new(&model, &road()).unwrap_err().to_string();
    assert!(!text.contains('\u{1b}') && !text.contains('\n'));
    assert!(text.len() < 400, "{text}");
    let problem = Problem::new(&order(|o| o), &road()).unwrap();
    assert!(!format!("{problem:?}").contains("cafe"));
}
