//! Fleets of several types, several depots and prizes: what they mean, and which vehicle a `.sol` speaks of.

use super::*;
use milkrun::solve::{Budget, Solver};

fn types(instance: &Instance) -> &[VehicleType] {
    instance.model.vehicle_types()
}

fn route(vehicle_type: usize, stops: &[usize]) -> RouteDraft {
    RouteDraft::new(VehicleTypeId::new(vehicle_type), draft(stops).stops)
}

#[test]
fn equal_vehicles_are_one_type_in_order_of_first_appearance() {
    let instance = format::read(FLEET).unwrap();
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Exact));
    let found: Vec<_> = (types(&instance).iter())
        .map(|v| (v.count, v.capacity[0], v.fixed_cost, v.cost_per_distance))
        .collect();
    // A hundredth of the file's costs, and lengths are in thousandths.
    let expected = [
        (Some(2), Some(Load(10)), Cost::units(3), Cost(1200)),
        (Some(2), Some(Load(6)), Cost(1_500_000), Cost(1000)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn conventions_change_lengths_and_not_what_vehicles_cost() {
    for (convention, expected) in [
        (Convention::Rounded, 27_000_000),
        (Convention::Dimacs, 27_000_000),
        (Convention::Exact, 27_000_000),
    ] {
        let instance = format::read_as(FLEET, convention).unwrap();
        // 20 units long, on a vehicle of 1.20 a unit and 3 to begin with.
        let plan = Plan::new(&instance.problem().unwrap(), vec![route(0, &[0, 1])]);
        assert_eq!(plan.cost().total(), Cost(expected), "{convention:?}");
    }
}

#[test]
fn a_line_speaks_for_all_vehicles() {
    let text = DEPOTS.replace("MDVRPTW", "VRPTW").replace(
        "CAPACITY : 10",
        "CAPACITY : 10\nVEHICLES_FIXED_COST : 7.5\nVEHICLES_MAX_DISTANCE : 80.25\n\
         VEHICLES_UNIT_DISTANCE_COST : 2",
    );
    let instance = format::read(text).unwrap();
    assert_eq!(types(&instance).len(), 2); // of two depots
    for vehicle in types(&instance) {
        assert_eq!(vehicle.fixed_cost, Cost(7_500_000));
        // Tenths: windows, and a type that is none of the exact ones.
        assert_eq!(vehicle.cost_per_distance, Cost(200_000));
        assert_eq!(vehicle.max_distance, Some(Distance(803)));
        assert_eq!(vehicle.max_duration, Some(Duration(405)));
    }
}

#[test]
fn vehicles_belong_to_their_depots() {
    let instance = format::read(DEPOTS).unwrap();
    let found: Vec<_> = (types(&instance).iter())
        .map(|v| (v.count, v.start.index(), v.end.map(DepotId::index)))
        .collect();
    assert_eq!(found, [(Some(2), 1, Some(1)), (Some(1), 0, Some(0))]);
    assert_eq!(types(&instance)[0].max_duration, Some(Duration(40_500)));
    let depots = instance.model.depots();
    assert_eq!(depots[0].window, Some(Window::new(Time(0), Time(100_000))));
    assert_eq!(depots[1].window, Some(Window::new(Time(0), Time(90_000))));
    let order = &instance.model.orders()[2];
    assert_eq!((order.name.as_str(), order.service), ("4", Duration(2500)));
    assert_eq!(instance.numbering.client(OrderId::new(0)), 2);
    assert_eq!(instance.numbering.depot(DepotId::new(1)), 1);
}

#[test]
fn prizes_are_prices_and_none_is_a_duty() {
    let instance = format::read(PRIZES).unwrap();
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Dimacs));
    let found: Vec<_> = (instance.model.orders().iter())
        .map(|order| (order.price, order.release))
        .collect();
    let expected = [
        (None, None),
        (Some(Cost(12_250_000)), None),
        (Some(Cost::units(30)), Some(Time(300))),
    ];
    assert_eq!(found, expected);
    assert_eq!(types(&instance)[0].count, Some(2));
    let plan = Plan::new(&instance.problem().unwrap(), vec![draft(&[0])]);
    // There and back in tenths, and both prizes.
    assert_eq!(
        plan.cost().total(),
        Cost(10_000_000 + 12_250_000 + 30_000_000)
    );
    assert!(plan.is_complete());
}

#[test]
fn cordeaus_form_says_the_same_as_vrplib() {
    let instance = format::read(CORDEAU).unwrap();
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Exact));
    let found: Vec<_> = (types(&instance).iter())
        .map(|v| {
            (
                v.count,
                v.start.index(),
                v.end.map(DepotId::index),
                v.max_duration,
            )
        })
        .collect();
    let expected = [
        (Some(2), 0, Some(0), Some(Duration(40_500))),
        (Some(2), 1, Some(1), None),
    ];
    assert_eq!(found, expected);
    assert_eq!(types(&instance)[0].capacity, [Some(Load(10))]);
    assert!(types(&instance)[1].capacity.iter().all(Option::is_none));
    let same = format::read(DEPOTS).unwrap();
    let pairs = instance.model.orders().iter().zip(same.model.orders());
    for (order, same) in pairs {
        let mut renamed = same.clone();
        renamed.name.clone_from(&order.name);
        assert_eq!(order, &renamed);
    }
    let windows = |i: &Instance| [0, 1].map(|d: usize| i.model.depots()[d].window);
    assert_eq!(windows(&instance), windows(&same));
    // Clients 1 to 3, and depots behind them.
    assert_eq!(instance.numbering.order(3), Some(OrderId::new(2)));
    assert_eq!(instance.numbering.order(4), None);
    assert_eq!(instance.numbering.depot(DepotId::new(1)), 5);
}

#[test]
fn sol_lists_routes_by_vehicle_where_the_file_does() {
    let instance = format::read(FLEET).unwrap();
    let problem = instance.problem().unwrap();
    let numbering = &instance.numbering;
    // Vehicles 1 and 3 are of type 0, 2 and 4 of type 1.
    let plan = Plan::new(
        &problem,
        vec![route(1, &[2]), route(1, &[0]), route(0, &[1])],
    );
    let text = sol::write(&plan, numbering);
    let expected = "Route #1: 2\nRoute #2: 3\nRoute #3:\nRoute #4: 1\nCost 45\n";
    assert_eq!(text, expected);
    let solution = sol::read(&text, numbering).unwrap();
    let expected = [route(0, &[1]), route(1, &[2]), route(1, &[0])];
    assert_eq!(solution.routes, expected);
    assert_eq!(Plan::new(&problem, solution.routes).cost(), plan.cost());
    // There are four vehicles.
    let text = "Route #1: 1\nRoute #2:\nRoute #3:\nRoute #4:\nRoute #5: 2\nRoute #6:\n";
    let error = sol::read(text, numbering).unwrap_err();
    assert_eq!(rules(&error), [Rule::UnknownReference]);
    let issue = &error.issues()[0];
    assert_eq!(issue.subject(), "line 5");
    assert!(issue.advice().contains("there are 4 vehicles"), "{error}");
}

#[test]
fn sol_is_refused_where_nothing_says_which_vehicle_drives() {
    let document = json::write_model(
        &format::read(FLEET).unwrap().model,
        Some(&TravelBy::Euclidean(Convention::Exact)),
    );
    for text in [CORDEAU, &document] {
        let instance = format::read(text).unwrap();
        assert!(!instance.numbering.places_tell_vehicles());
        assert_eq!(instance.numbering.vehicle_type(0), None);
        let error = sol::read("Route #1: 1 2\nRoute #2:\n", &instance.numbering).unwrap_err();
        assert_eq!(rules(&error), [Rule::UnknownReference]);
        let advice = error.issues()[0].advice();
        assert!(advice.contains("state it in neutral routes"), "{error}");
    }
    for text in [SQUARE, WINDOWS, SOLOMON, FLEET, DEPOTS, PRIZES] {
        let numbering = format::read(text).unwrap().numbering;
        assert!(numbering.places_tell_vehicles(), "{text}");
    }
}

#[test]
fn own_instances_are_solved_and_their_plans_read_back() {
    // Path, depots, vehicles by type, orders, those with a price.
    let cases: [(&str, usize, &[u32], usize, usize); 5] = [
        ("HFVRP-n20.vrp", 1, &[3, 2, 2], 20, 0),
        ("MDVRPTW-n20.vrp", 3, &[3, 3, 3], 20, 0),
        ("PCVRPTW-n25.vrp", 1, &[7], 25, 21),
        ("MTVRPTWR-n20.vrp", 1, &[3], 20, 0),
        ("MDVRP-n20.txt", 3, &[3, 3, 3], 20, 0),
    ];
    for (name, depots, vehicles, orders, priced) in cases {
        let path = format!("{}/data/instances/{name}", env!("CARGO_MANIFEST_DIR"));
        let instance = format::read(std::fs::read(path).unwrap()).unwrap();
        let model = &instance.model;
        assert_eq!(model.depots().len(), depots, "{name}");
        let counts: Vec<u32> = types(&instance).iter().map(|v| v.count.unwrap()).collect();
        assert_eq!(counts, vehicles, "{name}");
        assert_eq!(model.orders().len(), orders, "{name}");
        let with_price = model.orders().iter().filter(|o| o.price.is_some()).count();
        assert_eq!(with_price, priced, "{name}");

        let problem = instance.problem().unwrap();
        let outcome = Solver::new(&problem)
            .seed(1)
            .solve(Budget::iterations(3000));
        let plan = &outcome.plan;
        assert!(plan.is_complete(), "{name}: {plan}");
        assert_eq!(plan.check(&problem), [], "{name}");
        let numbering = &instance.numbering;
        let again = routes::read(routes::write(plan, numbering), &problem, numbering).unwrap();
        assert_eq!(again, plan.drafts(), "{name}");
        assert_eq!(&Plan::new(&problem, again), plan, "{name}");
        if numbering.places_tell_vehicles() {
            let solution = sol::read(sol::write(plan, numbering), numbering).unwrap();
            let total = Plan::new(&problem, solution.routes).cost().total();
            assert_eq!(
                (solution.cost, total),
                (Some(total), plan.cost().total()),
                "{name}"
            );
        }
    }
}

/// Vehicles that serve other clients are other types, in whatever order the clients are named.
#[test]
fn vehicles_may_serve_some_clients_only() {
    let with = |rows: &str| {
        let section = format!("VEHICLES_ALLOWED_CLIENTS_SECTION\n{rows}DEPOT_SECTION");
        format::read(FLEET.replace("DEPOT_SECTION", &section))
    };
    let instance = with("1 2 3\n2 2 4\n3 3 2 3\n4 4 3 2\n").unwrap();
    let counts: Vec<Option<u32>> = types(&instance).iter().map(|v| v.count).collect();
    assert_eq!(counts, [Some(2), Some(1), Some(1)]);
    let named = instance.model.orders().iter();
    let named: Vec<Vec<usize>> = named
        .map(|order| order.only_on.iter().map(|id| id.index()).collect())
        .collect();
    assert_eq!(named, [vec![], vec![0, 2], vec![1, 2]]);
    let problem = instance.problem().unwrap();
    let outcome = Solver::new(&problem).solve(Budget::iterations(200));
    assert!(outcome.violations.is_empty() && outcome.plan.is_complete());

    for (rows, rule) in [
        ("1 2 3\n2 2\n3 3 2 3\n4 3 2\n", Rule::Unservable),
        ("1 2 3\n2 2 4\n3 1 3\n4 3 2\n", Rule::UnknownReference),
        ("1 2 3\n2 2 4\n3 2 5\n4 3 2\n", Rule::UnknownReference),
        ("1 2 3\n2 2 4\n3 2 x\n4 3 2\n", Rule::Syntax),
        ("1 2 3\n2 2 4\n3 2 3\n", Rule::Inconsistent),
    ] {
        let error = with(rows).unwrap_err();
        assert_eq!(rules(&error), [rule], "{rows}: {error}");
    }
}
