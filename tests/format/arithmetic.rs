//! Whole numbers from coordinates, exactly as the literature has them.

use super::*;

#[test]
fn rounded_dimacs_and_exact_lengths() {
    // Square roots of 25, 2, 6.25, 13 (3-1, 4-1), 11.25 (3, 1.5), 3.25 (1, 1.5).
    let at = |convention| {
        let instance = format::read_as(SQUARE, convention).unwrap();
        let d = distances(&instance.problem().unwrap());
        [d[0][1], d[0][2], d[0][3], d[1][2], d[1][3], d[2][3]]
    };
    assert_eq!(at(Convention::Rounded), [5, 1, 3, 4, 3, 2]);
    assert_eq!(at(Convention::Dimacs), [50, 14, 25, 36, 33, 18]);
    assert_eq!(at(Convention::Exact), [5000, 1414, 2500, 3606, 3354, 1803]);
}

#[test]
fn costs_are_in_the_unit_of_the_file() {
    for (convention, per_distance) in [
        (Convention::Rounded, 1_000_000),
        (Convention::Dimacs, 100_000),
        (Convention::Exact, 1000),
    ] {
        let instance = format::read_as(SQUARE, convention).unwrap();
        assert_eq!(
            instance.model.vehicle_types()[0].cost_per_distance,
            Cost(per_distance)
        );
        assert_eq!(i64::from(instance.scale()) * per_distance, Cost::SCALE);
    }
}

#[test]
fn cvrp_has_as_many_vehicles_as_it_needs_and_orders_named_by_client() {
    let instance = format::read(SQUARE).unwrap();
    assert_eq!(instance.name, "square");
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Rounded));
    assert_eq!(instance.model.vehicle_types()[0].count, None);
    let names: Vec<&str> = instance
        .model
        .orders()
        .iter()
        .map(|o| o.name.as_str())
        .collect();
    assert_eq!(names, ["1", "2", "3"]);
    assert_eq!(instance.numbering.order(3), Some(OrderId::new(2)));
    assert_eq!(instance.numbering.order(0), None);
    assert_eq!(instance.model.orders()[2].quantities, [Load(6)]);
}

#[test]
fn windows_and_services_scale_like_lengths() {
    let instance = format::read(WINDOWS).unwrap();
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Dimacs));
    let order = &instance.model.orders()[0];
    // 20.25 in tenths is 202.5, halves go up.
    assert_eq!(order.window, Some(Window::new(Time(100), Time(203))));
    assert_eq!(order.service.get(), 95);
    assert_eq!(
        instance.model.depots()[0].window,
        Some(Window::new(Time(0), Time(1000)))
    );
    assert_eq!(instance.model.vehicle_types()[0].count, Some(2));
}

#[test]
fn solomon_numbers_are_those_of_the_file() {
    let instance = format::read(SOLOMON).unwrap();
    assert_eq!(instance.name, "tiny");
    assert_eq!(instance.model.vehicle_types()[0].count, Some(2));
    assert_eq!(instance.model.orders()[1].name, "7");
    assert_eq!(instance.numbering.order(7), Some(OrderId::new(1)));
    assert_eq!(
        instance.model.orders()[0].window,
        Some(Window::new(Time(9120), Time(9670)))
    );
    assert_eq!(
        instance.model.depots()[0].window,
        Some(Window::new(Time(0), Time(12_360)))
    );
    // (45, 68) from (40, 50): the root of 349 is 18.68…
    assert_eq!(distances(&instance.problem().unwrap())[0][1], 186);
}

#[test]
fn depot_row_of_solomon_may_come_last_and_headings_vary() {
    let text = "t\nvehicle\nnumber capacity\n3 20\ncust. no. x y d r d s\n4 1 1 2 0 9 1\n5 2 2 2 0 9 1\n0 0 0 0 0 9 0";
    let instance = format::read(text).unwrap();
    assert_eq!(instance.numbering.order(4), Some(OrderId::new(0)));
    assert_eq!(instance.numbering.order(5), Some(OrderId::new(1)));
    assert_eq!(instance.model.orders().len(), 2);
}
