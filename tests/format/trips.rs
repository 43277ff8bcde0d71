//! Vehicles that reload: what is read of them, and what is wrong with it.

use super::*;
use milkrun::measure::{Cost, DepotId, Distance, Time, Window};
use milkrun::model::Reloads;
use milkrun::plan::Plan;

/// Two depots, four vehicles of the first, of which all but one may reload.
const TRIPS: &str = "\
NAME : trips
TYPE : MTVRPTWR
DIMENSION : 5
VEHICLES : 4
CAPACITY : 10
SERVICE_TIME : 1
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 6 8
3 3 4
4 0 2.5
5 6 0
DEMAND_SECTION
1 0
2 0
3 6
4 6
5 7
TIME_WINDOW_SECTION
1 0 200
2 0 150
3 0 100
4 0 100
5 20 100
RELEASE_TIME_SECTION
1 0
2 0
3 0
4 30
5 12.5
VEHICLES_DEPOT_SECTION
1 1
2 1
3 1
4 1
VEHICLES_RELOAD_DEPOT_SECTION
1 1
2 1 2
3 1
4 2\t1
VEHICLES_MAX_RELOADS_SECTION
1 3
2 3
3 3
4 0
DEPOT_SECTION
1
2
-1
EOF
";

#[test]
fn vehicles_that_reload_are_read() {
    let instance = format::read(TRIPS).unwrap();
    let model = &instance.model;
    let (first, second) = (DepotId::new(0), DepotId::new(1));
    let reloads = |depots: &[DepotId], most| {
        let depots = depots.to_vec();
        Some(Reloads {
            depots,
            most: Some(most),
        })
    };
    let types: Vec<_> = (model.vehicle_types().iter())
        .map(|v| (v.count, v.reloads.clone()))
        .collect();
    let expected = [
        (Some(2), reloads(&[first], 3)),
        (Some(1), reloads(&[first, second], 3)),
        (Some(1), reloads(&[second, first], 0)),
    ];
    assert_eq!(types, expected);
    // Ten times, cut off.
    assert_eq!(model.orders()[1].release, Some(Time(300)));
    assert_eq!(model.orders()[2].release, Some(Time(125)));
    assert_eq!(
        model.depots()[1].window,
        Some(Window::new(Time(0), Time(1500)))
    );
    let problem = instance.problem().unwrap();
    let fleet = problem.fleet();
    assert_eq!(
        (fleet[0].reload_depots(), fleet[0].max_reloads()),
        (&[first][..], Some(3))
    );
    assert_eq!(
        (fleet[2].reload_depots(), fleet[2].max_reloads()),
        (&[][..], Some(0))
    );
    assert_eq!(problem.loading(first), milkrun::measure::Duration::ZERO);
    // 5 out and back, 2.5 out and back, 6 out and back.
    let draft = draft(&[0, 1, 2]).reload(1, first).reload(2, first);
    let plan = Plan::new(&problem, vec![draft]);
    assert_eq!(plan.check(&problem), []);
    assert_eq!(plan.distance(), Distance(50 + 50 + 25 + 25 + 60 + 60));
    assert_eq!(plan.cost().total(), Cost::units(27));
}

#[test]
fn one_line_says_it_for_all_vehicles() {
    let start = TRIPS.find("VEHICLES_RELOAD_DEPOT_SECTION").unwrap();
    let end = TRIPS.find("DEPOT_SECTION\n1\n2").unwrap();
    let rest = [&TRIPS[..start], &TRIPS[end..]].concat();
    let with = |line: &str| format::read(rest.replace("CAPACITY", &format!("{line}\nCAPACITY")));
    let read = |line: &str| with(line).unwrap().model.vehicle_types()[0].reloads.clone();
    let (first, second) = (DepotId::new(0), DepotId::new(1));
    assert_eq!(read("VEHICLES_RELOAD_DEPOT : 1"), Some(Reloads::at(first)));
    assert_eq!(
        read("VEHICLES_RELOAD_DEPOT : 1 2\nVEHICLES_MAX_RELOADS : 2"),
        Some(Reloads::at(first).or_at(second).most(2))
    );
    assert_eq!(read("VEHICLES_MAX_RELOADS : 2"), None);
    let error = with("VEHICLES_RELOAD_DEPOT : 3").unwrap_err();
    assert_eq!(rules(&error), [Rule::UnknownReference]);
    assert_eq!(error.issues()[0].subject(), "line 5");
}

#[test]
fn faults_of_reloads_are_named_with_their_line() {
    for (from, to, rule, subject) in [
        (
            "2 1 2\n3 1\n4 2",
            "2 1 3\n3 1\n4 2",
            Rule::UnknownReference,
            "line 39",
        ),
        (
            "2 1 2\n3 1\n4 2",
            "2 1 x\n3 1\n4 2",
            Rule::Syntax,
            "line 39",
        ),
        ("2 1 2\n3 1\n4 2", "2\n3 1\n4 2", Rule::Syntax, "line 39"),
        (
            "2 1 2\n3 1\n4 2",
            "1 1 2\n3 1\n4 2",
            Rule::DuplicateName,
            "line 39",
        ),
        (
            "2 1 2\n3 1\n4 2",
            "9 1 2\n3 1\n4 2",
            Rule::UnknownReference,
            "line 39",
        ),
        ("2 1 2\n3 1\n4 2", "3 1\n4 2", Rule::Inconsistent, "line 37"),
        ("4 0\nDEPOT", "4 -1\nDEPOT", Rule::OutOfRange, "line 46"),
        ("4 0\nDEPOT", "4 0.5\nDEPOT", Rule::Syntax, "line 46"),
        ("4 0\nDEPOT", "4 0 0\nDEPOT", Rule::Syntax, "line 46"),
        (
            "RELEASE_TIME_SECTION\n1 0\n2 0\n3 0\n4 30\n5 12.5\n",
            "",
            Rule::Missing,
            "line 2",
        ),
        (
            "1 0\n2 0\n3 0\n4 30",
            "1 0\n2 1\n3 0\n4 30",
            Rule::Inconsistent,
            "RELEASE_TIME",
        ),
    ] {
        assert_fault(TRIPS, from, to, rule, subject);
    }
    // A depot twice is for the model to refuse.
    let instance = format::read(TRIPS.replace("2 1 2\n3", "2 2 2\n3")).unwrap();
    assert_eq!(
        rules(&instance.problem().unwrap_err()),
        [Rule::DuplicateName]
    );
}
