//! Each thing that a day may ask for, on days that surely ask for it, among some others.

use super::{Miss, SHORT, meets_the_optimum, most_orders};
use crate::random::{self, HOLES, METRES, Recipe};
use milkrun::measure::{Cost, VehicleTypeId};
use milkrun::model::{Model, VehicleType};
use milkrun::problem::{Problem, Shape};
use milkrun::search::Dice;

/// How many days each item is tried on.
fn days() -> usize {
    if std::env::var_os("MILKRUN_LONG").is_some() {
        2_000
    } else {
        100
    }
}

/// Recipe number `index` of days with some features and up to four others.
fn recipe(index: u64, features: u64) -> Recipe {
    let mut dice = Dice::new(index, features, 11);
    let mut all = features | random::LOADS;
    for _ in 0..dice.below(5) {
        all |= (1 << dice.below(40)) & random::ALL;
    }
    if features & HOLES != 0 {
        all &= !METRES;
    } else if all & METRES != 0 {
        all &= !HOLES;
    }
    Recipe {
        seed: index,
        orders: 1 + dice.below(most_orders(all)),
        features: all,
    }
}

/// How long a day is solved for that a short solve missed.
const LONG: u64 = 20_000;

/// The solver meets the oracle on the first days of these features that use them, nearly always: it misses two in a hundred.
/// A short solve is enough but where there are too many orders: which of them to leave out shows only once limits have
/// become so dear that the search no longer bends them.
fn is_met(features: u64, uses: impl Fn(&Model, &Problem) -> bool) {
    let mut misses: Vec<Miss> = Vec::new();
    let mut tried = 0;
    for index in 0.. {
        let recipe = recipe(index, features);
        let (model, _, problem) = recipe.problem();
        if !uses(&model, &problem) {
            assert!(index < 100 * days() as u64, "hardly a day uses it");
            continue;
        }
        let meets = |iterations| meets_the_optimum(recipe, &model, &problem, iterations);
        let missed = meets(SHORT).and_then(|_| meets(LONG));
        misses.extend(missed);
        tried += 1;
        if tried == days() {
            break;
        }
    }
    for miss in &misses {
        println!("{miss}");
    }
    assert!(
        misses.len() * 100 <= 2 * tried,
        "{} of {tried} days were missed",
        misses.len()
    );
}

/// Names the tests: by which features days are made, and what is asked of those that count.
macro_rules! items {
    ($($name:ident: $features:expr, $uses:expr;)*) => {$(
        #[test]
        fn $name() {
            use crate::random::*;
            is_met($features, $uses);
        }
    )*};
}

/// A day that asks for something by its shape.
fn shaped(is: impl Fn(&Shape) -> bool) -> impl Fn(&Model, &Problem) -> bool {
    move |_, problem| is(problem.shape())
}

/// A day on which a vehicle under way may reload, and another order is aboard.
fn reloads_under_way(model: &Model, problem: &Problem) -> bool {
    let mut types = (0..problem.fleet().len()).map(VehicleTypeId::new);
    types.any(|t| problem.may_reload_first(t)) && model.orders().iter().any(|o| o.aboard.is_some())
}

/// A day on which some vehicle type has something.
fn driven(has: impl Fn(&VehicleType) -> bool) -> impl Fn(&Model, &Problem) -> bool {
    move |model, _| model.vehicle_types().iter().any(&has)
}

items! {
    windows: WINDOWS | SERVICE, |model, _| model.orders().iter().any(|o| o.window.is_some());
    service_and_shifts: SERVICE | SHIFTS | HOURS, driven(|v| v.shift.is_some());
    other_depots: DEPOTS, |model, _| model.depots().len() > 1;
    other_ends: DEPOTS, driven(|v| v.end.is_some_and(|end| end != v.start));
    open_ends: OPEN_ENDS, driven(|v| v.end.is_none());
    mixed_fleets: TYPES | UNEQUAL | FIXED, shaped(|s| s.mixed_fleet);
    few_vehicles: FEW | TYPES, |model, _| model.orders().len() > 2;
    profiles: TYPES | PROFILES, |model, _| model.profiles().len() > 1;
    fixed_costs: FIXED, driven(|v| v.fixed_cost > Cost::ZERO);
    paid_time: PAID_TIME | WINDOWS, driven(|v| v.cost_per_duration > Cost::ZERO);
    longest_distances: LONGEST, driven(|v| v.max_distance.is_some());
    longest_durations: TIME_LIMIT | SERVICE, driven(|v| v.max_duration.is_some());
    several_dimensions: DIMENSIONS, shaped(|s| s.dimensions > 1);
    mixed_pickups: PICKUPS, shaped(|s| s.mixed_loads && !s.paired);
    pairs: PAIRS, shaped(|s| s.paired);
    pairs_and_carriers: PAIRS | CARRIERS, |model, _| {
        let mut pairs = model.pairs().iter();
        pairs.any(|pair| !model.orders()[pair.pickup.index()].carrier_prices.is_empty())
    };
    groups_and_carriers: GROUPS | CARRIERS, |model, _| {
        let mut members = model.groups().iter().flat_map(|group| &group.orders);
        members.any(|order| !model.orders()[order.index()].carrier_prices.is_empty())
    };
    under_way: UNDER_WAY, |model, _| model.orders().iter().any(|o| o.aboard.is_some());
    under_way_with_pairs: UNDER_WAY | PAIRS, shaped(|s| s.restricted && s.paired);
    under_way_with_trips: UNDER_WAY | RELOADS | RELEASES, reloads_under_way;
    under_way_with_trips_and_pairs: UNDER_WAY | RELOADS | PAIRS, reloads_under_way;
    under_way_with_trips_and_exchanges: UNDER_WAY | RELOADS | EXCHANGES | PICKUPS, reloads_under_way;
    under_way_with_exchanges: UNDER_WAY | EXCHANGES | PICKUPS, shaped(|s| s.restricted && s.exchanges);
    only_on_some_types: ONLY_ON | TYPES, shaped(|s| s.restricted);
    pairs_on_some_types: ONLY_ON | TYPES | PAIRS, shaped(|s| s.restricted && s.paired);
    trips_on_some_types: ONLY_ON | TYPES | RELOADS, shaped(|s| s.restricted && s.reloads);
    exchanges: EXCHANGES, shaped(|s| s.exchanges && s.mixed_loads && !s.paired);
    exchanges_and_backhauls: EXCHANGES | BACKHAULS, shaped(|s| s.exchanges && s.backhauls);
    exchanges_and_trips: EXCHANGES | RELOADS, shaped(|s| s.exchanges && s.reloads);
    backhauls: BACKHAULS, shaped(|s| s.backhauls);
    reloads: RELOADS, shaped(|s| s.reloads);
    trips_and_releases: RELOADS | RELEASES, |model, problem| {
        problem.shape().reloads && model.orders().iter().any(|o| o.release.is_some())
    };
    releases: RELEASES, |model, _| model.orders().iter().any(|o| o.release.is_some());
    optional_orders: OPTIONAL, shaped(|s| s.optional);
    asymmetric_legs: ASYMMETRIC, shaped(|s| !s.symmetric);
    missing_legs: HOLES, |model, _| model.orders().len() > 2;
    prices_of_stops: TALLIES, driven(|v| v.cost_per_stop > Cost::ZERO);
    most_stops: TALLIES, driven(|v| v.max_stops.is_some());
    longest_driving: TALLIES | SLOW, driven(|v| v.max_driving.is_some());
    paces: PACES | PAID_TIME | WINDOWS, driven(|v| v.pace != 100);
    prices_of_waiting: WAGES | WINDOWS, driven(|v| v.cost_per_waiting > Cost::ZERO);
    overtime: WAGES | SERVICE | WINDOWS, driven(|v| v.overtime.is_some());
    ship_by: SHIP_BY | WINDOWS, shaped(|s| s.shipped_by);
    groups_one_of_which_must_be_served: GROUPS, |model, _| {
        model.groups().iter().any(|g| g.price.is_none() && g.orders.len() > 1)
    };
    groups_that_may_be_left_out: GROUPS | OPTIONAL, |model, _| {
        model.groups().iter().any(|g| g.price.is_some() && g.orders.len() > 1)
    };
    groups_with_windows: GROUPS | WINDOWS | SERVICE, |model, _| {
        let windows = model.orders().iter().filter(|o| o.window.is_some());
        windows.count() > 2 && model.groups().iter().any(|g| g.orders.len() > 1)
    };
    several_windows: SEVERAL | SERVICE, |model, _| {
        model.groups().iter().any(|g| g.orders.len() > 1)
    };
    several_windows_and_trips: SEVERAL | RELOADS, |model, problem| {
        problem.shape().reloads && model.groups().iter().any(|g| g.orders.len() > 1)
    };
    several_windows_and_few_vehicles: SEVERAL | FEW | TYPES | OPTIONAL, |model, _| {
        model.groups().iter().any(|g| g.orders.len() > 1)
    };
    promises: PROMISES | SERVICE, shaped(|s| s.promised);
    promises_and_wages: PROMISES | WAGES | PAID_TIME | WINDOWS, |model, problem| {
        problem.shape().promised && driven(|v| v.cost_per_waiting > Cost::ZERO)(model, problem)
    };
    promises_and_longest_durations: PROMISES | TIME_LIMIT | SERVICE, |model, problem| {
        problem.shape().promised && driven(|v| v.max_duration.is_some())(model, problem)
    };
    promises_of_pairs: PROMISES | PAIRS | SHIFTS, shaped(|s| s.promised && s.paired);
    trips_and_pairs: RELOADS | PAIRS, shaped(|s| s.reloads && s.paired);
    trips_and_backhauls: RELOADS | BACKHAULS, shaped(|s| s.reloads && s.backhauls);
    trips_and_promises: RELOADS | PROMISES | SERVICE, shaped(|s| s.reloads && s.promised);
    trips_promises_and_wages: RELOADS | PROMISES | WAGES | SHIP_BY | RELEASES, shaped(|s| {
        s.reloads && s.promised && s.shipped_by
    });
    trips_and_ship_by: RELOADS | SHIP_BY, shaped(|s| s.shipped_by && s.reloads);
}
