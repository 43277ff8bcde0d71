//! Files in and out: exact arithmetic, any layout, every fault, and all published solutions at their stated costs.

use milkrun::error::{Error, Rule};
use milkrun::format::{
    self, Convention, Instance, Numbering, TravelBy, TravelTable, cordeau, geojson, html, json,
    lilim, routes, sol, solomon, vrplib,
};
use milkrun::measure::{
    Cost, DepotId, Distance, Duration, Load, OrderId, PlaceId, ProfileId, Table, Time,
    VehicleTypeId, Window,
};
use milkrun::model::{Depot, Model, Order, Overtime, Place, Promise, VehicleType};
use milkrun::plan::{Plan, RouteDraft};
use milkrun::problem::{Limits, Problem};

mod arithmetic;
mod backhauls;
mod documents;
mod faults;
mod fleet_faults;
mod fleets;
mod groups;
mod hostile;
mod laws;
mod layout;
mod longest;
mod pairs;
mod pictures;
mod published;
mod solutions;
mod trips;

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

/// Two kinds of vehicles, in turn.
const FLEET: &str = "\
NAME : fleet
TYPE : HFVRP
DIMENSION : 4
VEHICLES : 4
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 6 8
4 0 2.5
DEMAND_SECTION
1 0
2 4
3 5
4 6
CAPACITY_SECTION
1 10
2 6
3 10
4 6
VEHICLES_FIXED_COST_SECTION
1 300
2 150
3 300
4 150
VEHICLES_UNIT_DISTANCE_COST_SECTION
1 120
2 100
3 120
4 100
DEPOT_SECTION
1
-1
EOF
";

/// Two depots, with one vehicle and with two.
const DEPOTS: &str = "\
NAME : depots
TYPE : MDVRPTW
DIMENSION : 5
VEHICLES : 3
CAPACITY : 10
VEHICLES_MAX_DURATION : 40.5
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 100 0
3 3 4
4 97 4
5 100 5
DEMAND_SECTION
1 0
2 0
3 4
4 5
5 6
SERVICE_TIME_SECTION
1 0
2 0
3 2
4 2
5 2.5
TIME_WINDOW_SECTION
1 0 100
2 0 90
3 10 60
4 20 50
5 0 20
VEHICLES_DEPOT_SECTION
1 2
2 1
3 2
DEPOT_SECTION
1
2
-1
EOF
";

/// One client that must be served, one that is ready late, and one with a prize in cents.
const PRIZES: &str = "\
NAME : prizes
TYPE : PCVRPTW
DIMENSION : 4
VEHICLES : 2
CAPACITY : 10
SERVICE_TIME : 1
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 30 40
4 0 2.5
DEMAND_SECTION
1 0
2 4
3 5
4 6
TIME_WINDOW_SECTION
1 0 200
2 0 100
3 0 100
4 0 100
RELEASE_TIME_SECTION
1 0
2 0
3 0
4 30
PRIZE_SECTION
1 0
2 0
3 12.25
4 30
DEPOT_SECTION
1
-1
EOF
";

/// As `DEPOTS`, but with two vehicles at each depot, and one of the depots has no limits.
const CORDEAU: &str = "\
6 2 3 2
40.5 10
0 0
1 3 4 2 4 1 2 1 2 10 60
2 97 4 2 5 1 2 1 2 20 50
3 100 5 2.5 6 1 2 2 1 0 20
4 0 0 0 0 0 0 0 100
5 100 0 0 0 0 0 0 90
";

/// Two pairs, whose deliveries come first in the file, and a depot in between.
const LILIM: &str = "\
3 10 1
5 97 4 -4 10 90.5 2 7 0
2 6 8 -7 0 50 1.5 1 0
0 0 0 0 0 200 0 0 0
1 3 4 7 10 60 1 0 2
7 97 0 4 0 99 2.5 0 5
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
