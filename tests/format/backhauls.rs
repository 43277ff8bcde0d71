//! Backhauls and exchanges in VRPLIB's form: what they mean, and what is refused about them.

use super::*;
use milkrun::model::{Backhauls, OrderKind};
use milkrun::plan::{Fault, Violation};
use milkrun::solve::{Budget, Solver};

/// Two linehauls of 4 and 5, two backhauls of 6 and 10, on a line.
const BACKHAULS: &str = "\
NAME : backhauls
TYPE : VRPB
DIMENSION : 5
VEHICLES : 1
CAPACITY : 10
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 0 10
3 0 20.4
4 0 5
5 0 15
DEMAND_SECTION
1 0
2 4
3 5
4 0
5 0
BACKHAUL_SECTION
1 0
2 0
3 0
4 6
5 10
DEPOT_SECTION
1
-1
EOF
";

#[test]
fn linehauls_come_first_and_nobody_goes_for_backhauls_alone() {
    let instance = format::read(BACKHAULS).unwrap();
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Rounded));
    let vehicle = &instance.model.vehicle_types()[0];
    assert_eq!(
        (vehicle.count, vehicle.backhauls),
        (None, Backhauls::LastAfterDropOff)
    );
    let orders = instance.model.orders().iter();
    let found: Vec<_> = orders.map(|o| (o.kind, o.quantities[0])).collect();
    let (drop, pick) = (OrderKind::DropOff, OrderKind::Pickup);
    let expected = [(drop, 4), (drop, 5), (pick, 6), (pick, 10)];
    assert_eq!(found, expected.map(|(kind, load)| (kind, Load(load))));

    // 6 and 10 do not fit on one vehicle, so two go out, each for a linehaul: 0-20-15-0 and 0-10-5-0.
    let problem = instance.problem().unwrap();
    let outcome = Solver::new(&problem).solve(Budget::iterations(500));
    assert_eq!(outcome.plan.cost().total(), Cost::units(60));
    let cost = |drafts: &[&[usize]]| {
        let drafts = drafts.iter().map(|stops| draft(stops)).collect();
        let plan = Plan::new(&problem, drafts);
        let faults: Vec<Fault> = plan.check(&problem).iter().map(Violation::fault).collect();
        (plan.cost().total(), faults)
    };
    assert_eq!(cost(&[&[1, 3], &[0, 2]]), (Cost::units(60), vec![]));
    assert_eq!(cost(&[&[0, 1, 3], &[2]]).1, [Fault::PickupsOnly]);
    assert_eq!(cost(&[&[2, 0], &[1, 3]]).1, [Fault::DropOffBehindPickup]);
}

#[test]
fn linehauls_may_have_a_section_of_their_name() {
    let named = BACKHAULS.replace("DEMAND", "LINEHAUL");
    let (one, other) = (format::read(BACKHAULS), format::read(named));
    assert_eq!(one.unwrap().model, other.unwrap().model);
}

#[test]
fn documents_keep_the_rule() {
    let instance = format::read(BACKHAULS).unwrap();
    let text = json::write_model(&instance.model, Some(&instance.travel));
    assert!(
        text.contains("\"backhauls\":\"last_after_drop_off\""),
        "{text}"
    );
    let (model, _) = json::read_model(&text).unwrap();
    assert_eq!(model, instance.model);
    let plain = format::read(SQUARE).unwrap();
    let text = json::write_model(&plain.model, None);
    assert!(!text.contains("backhauls"), "{text}");
}

#[test]
fn faults_of_backhauls_are_named_with_their_line() {
    let cases: [(&str, &str, Rule, &str); 7] = [
        ("4 6\n", "4 -6\n", Rule::OutOfRange, "line 23"),
        ("4 6\n", "4 six\n", Rule::Syntax, "line 23"),
        ("5 10\nDEPOT", "DEPOT", Rule::Inconsistent, "line 19"),
        (
            "BACKHAUL_SECTION\n1 0\n2 0",
            "BACKHAUL_SECTION\n1 0\n2 7",
            Rule::Unsupported,
            "line 19",
        ),
        (
            "BACKHAUL_SECTION\n1 0",
            "BACKHAUL_SECTION\n1 3",
            Rule::Inconsistent,
            "DEMAND",
        ),
        ("TYPE : VRPB", "TYPE : CVRP", Rule::Unsupported, "line 19"),
        (
            "DEPOT_SECTION",
            "LINEHAUL_SECTION\n1 0\n2 4\n3 5\n4 0\n5 0\nDEPOT_SECTION",
            Rule::Inconsistent,
            "line 25",
        ),
    ];
    for (from, to, rule, subject) in cases {
        assert_fault(BACKHAULS, from, to, rule, subject);
    }
    let error = format::read(SQUARE.replace("CVRP", "VRPB")).unwrap_err();
    assert_eq!(rules(&error), [Rule::Missing], "{error}");
}

/// Both at one stop: 4 out and 3 back, 5 out and 6 back, and the two clients with backhauls alone.
#[test]
fn clients_with_both_are_exchanges() {
    let text = BACKHAULS.replace("VRPB", "VRPSPD").replace(
        "BACKHAUL_SECTION\n1 0\n2 0\n3 0\n",
        "BACKHAUL_SECTION\n1 0\n2 3\n3 6\n",
    );
    let instance = format::read(&text).unwrap();
    let vehicle = &instance.model.vehicle_types()[0];
    assert_eq!((vehicle.count, vehicle.backhauls), (None, Backhauls::Mixed));
    let orders = instance.model.orders().iter();
    let found: Vec<_> = orders
        .map(|o| {
            (
                o.kind,
                o.quantities[0].get(),
                o.taken.first().map(|t| t.get()),
            )
        })
        .collect();
    let (both, pick) = (OrderKind::Exchange, OrderKind::Pickup);
    let expected = [
        (both, 4, Some(3)),
        (both, 5, Some(6)),
        (pick, 6, None),
        (pick, 10, None),
    ];
    assert_eq!(found, expected);

    // 19 come back on one vehicle of 10 only as 3 + 6 and 10 alone, with 6 on a third: 0-10-20-0, 0-5-0, 0-15-0.
    let problem = instance.problem().unwrap();
    let outcome = Solver::new(&problem).solve(Budget::iterations(500));
    assert_eq!(outcome.plan.cost().total(), Cost::units(40 + 10 + 30));
    // A document keeps what is taken, and a plain one says nothing of it.
    let written = json::write_model(&instance.model, Some(&instance.travel));
    assert_eq!(json::read_model(&written).unwrap().0, instance.model);
    let plain = json::write_model(&format::read(SQUARE).unwrap().model, None);
    assert!(!plain.contains("taken"), "{plain}");
    // What a depot is to take is refused.
    let faulty = text.replace("BACKHAUL_SECTION\n1 0", "BACKHAUL_SECTION\n1 3");
    let error = format::read(faulty).unwrap_err();
    assert_eq!(rules(&error), [Rule::Inconsistent], "{error}");
}
