//! Files in and out: exact arithmetic, any layout, every fault, and all published solutions at their stated costs.

use milkrun::error::{Error, Rule};
use milkrun::format::{
    self, Convention, Instance, Numbering, TravelBy, TravelTable, geojson, html, json, routes, sol,
    solomon, vrplib,
};
use milkrun::measure::{
    Cost, Duration, Load, OrderId, PlaceId, ProfileId, Table, Time, VehicleTypeId, Window,
};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::plan::{Plan, RouteDraft};
use milkrun::problem::{Limits, Problem};

mod arithmetic;
mod documents;
mod faults;
mod hostile;
mod laws;
mod layout;
mod pictures;
mod published;
mod solutions;

const SQUARE: &str = "\
NAME : square
COMMENT : \"four corners : and a colon\"
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 3 4
3 1 1
4 0 2.5
DEMAND_SECTION
1 0
2 4
3 5
4 6
DEPOT_SECTION
1
-1
EOF
";

const LOWER: &str = "\
NAME : lower
TYPE : CVRP
DIMENSION : 5
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : LOWER_ROW
CAPACITY : 10
EDGE_WEIGHT_SECTION
10
20 21
30 31 32
40 41 42 43
DEMAND_SECTION
1 0
2 1
3 1
4 1
5 1
DEPOT_SECTION
1
-1
EOF
";

const WINDOWS: &str = "\
NAME : windows
TYPE : VRPTW
DIMENSION : 3
VEHICLES : 2
CAPACITY : 10
SERVICE_TIME : 9.5
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 1 1
3 2 2
DEMAND_SECTION
1 0
2 1
3 2
TIME_WINDOW_SECTION
1 0 100
2 10 20.25
3 0 50
DEPOT_SECTION
1
-1
EOF
";

const SOLOMON: &str = "\
tiny

VEHICLE
Number     Capacity
  2         200

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      40         50          0          0       1236          0
    1      45         68         10        912        967         90
    7      42.5       66         30        825        870         90
";

/// All legs of the default profile, as distances.
fn distances(problem: &Problem) -> Vec<Vec<i64>> {
    let places = || (0..problem.place_count()).map(PlaceId::new);
    let leg = |from, to| {
        problem
            .leg(ProfileId::new(0), from, to)
            .unwrap()
            .distance
            .get()
    };
    places()
        .map(|from| places().map(|to| leg(from, to)).collect())
        .collect()
}

fn rules(error: &Error) -> Vec<Rule> {
    error
        .issues()
        .iter()
        .map(milkrun::error::Issue::rule)
        .collect()
}

/// The one issue of `text` after `from` is replaced by `to`.
#[track_caller]
fn assert_fault(text: &str, from: &str, to: &str, rule: Rule, subject: &str) {
    assert!(text.contains(from), "the file has no {from:?}");
    let error = format::read(text.replacen(from, to, 1)).expect_err(to);
    assert!(
        error
            .issues()
            .iter()
            .any(|i| i.rule() == rule && i.subject().contains(subject)),
        "{from:?} -> {to:?}: {error}"
    );
}

fn draft(stops: &[usize]) -> RouteDraft {
    RouteDraft::new(
        VehicleTypeId::new(0),
        stops.iter().map(|s| OrderId::new(*s)).collect(),
    )
}
