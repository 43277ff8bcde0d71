//! `DISTANCE`: how far, or how long, a route may go.

use super::SQUARE;
use milkrun::error::Rule;
use milkrun::format::{self, Convention, Instance, vrplib};
use milkrun::measure::{Cost, Distance, Duration, OrderId, VehicleTypeId};
use milkrun::plan::{Fault, Plan, RouteDraft};
use milkrun::problem::Problem;

fn limited(distance: &str, more: &str) -> String {
    let lines = format!("CAPACITY : 10\nDISTANCE : {distance}\n{more}");
    SQUARE.replace("CAPACITY : 10\n", &lines)
}

fn read(text: &str) -> Instance {
    format::read(text).expect("a sound file")
}

#[test]
fn it_limits_distance_where_there_is_no_service() {
    for service in ["", "SERVICE_TIME : 0\n"] {
        let instance = read(&limited("10.5", service));
        let [vehicle] = instance.model.vehicle_types() else {
            panic!("one type");
        };
        // Best-known costs of such files are of real distances: thousandths.
        assert_eq!(vehicle.max_distance, Some(Distance(10_500)));
        assert_eq!((vehicle.max_duration, vehicle.count), (None, None));
        let rounded = vrplib::read(limited("10.5", service), Some(Convention::Rounded));
        let rounded = rounded.expect("a sound file");
        let limit = rounded.model.vehicle_types()[0].max_distance;
        assert_eq!(limit, Some(Distance(11)));
    }
}

#[test]
fn it_limits_distance_and_service_where_there_is_some() {
    let instance = read(&limited("14", "SERVICE_TIME : 4\n"));
    let vehicle = &instance.model.vehicle_types()[0];
    assert_eq!(vehicle.max_distance, None);
    assert_eq!(vehicle.max_duration, Some(Duration(14_000)));
    let problem = Problem::new(&instance.model, &instance.travel).expect("a sound day");
    // Ten there and back, and four there; the next one is too far, or takes too long.
    let faults = |stops: &[usize]| -> Vec<Fault> {
        let stops = stops.iter().map(|stop| OrderId::new(*stop));
        let draft = RouteDraft::new(VehicleTypeId::new(0), stops.collect());
        let plan = Plan::new(&problem, vec![draft]);
        plan.check(&problem)
            .iter()
            .map(milkrun::plan::Violation::fault)
            .collect()
    };
    assert_eq!(faults(&[0]), []);
    assert!(
        matches!(faults(&[0, 1])[..], [Fault::TooLong { .. }]),
        "{:?}",
        faults(&[0, 1])
    );
    // Service is no part of the cost.
    let draft = RouteDraft::new(VehicleTypeId::new(0), vec![OrderId::new(0)]);
    let plan = Plan::new(&problem, vec![draft]);
    assert_eq!(plan.cost().distance, Cost::units(10));
    assert_eq!(plan.cost().duration, Cost::ZERO);
}

#[test]
fn the_tighter_of_two_limits_holds() {
    for (stated, expected) in [("8", 8_000), ("12", 10_500)] {
        let more = format!("VEHICLES_MAX_DISTANCE : {stated}\n");
        let instance = read(&limited("10.5", &more));
        let limit = instance.model.vehicle_types()[0].max_distance;
        assert_eq!(limit, Some(Distance(expected)));
    }
}

#[test]
fn what_leaves_its_meaning_open_is_refused() {
    let windows = "TIME_WINDOW_SECTION\n1 0 99\n2 0 99\n3 0 99\n4 0 99\nDEPOT_SECTION\n";
    let timed = |text: String| text.replace("DEPOT_SECTION\n", windows);
    let without = read(&timed(limited("10.5", "")));
    let limit = without.model.vehicle_types()[0].max_distance;
    assert_eq!(limit, Some(Distance(105)));
    let rules = |text: String| -> Vec<(Rule, String)> {
        let error = format::read(text).expect_err("it is at fault");
        let issues = error.issues().iter();
        issues.map(|i| (i.rule(), i.subject().to_owned())).collect()
    };
    let both = rules(timed(limited("10.5", "SERVICE_TIME : 4\n")));
    assert_eq!(both, [(Rule::Unsupported, "line 7".to_owned())]);
    for (wrong, rule) in [("far", Rule::Syntax), ("-1", Rule::OutOfRange)] {
        assert_eq!(rules(limited(wrong, "")), [(rule, "line 7".to_owned())]);
    }
}
