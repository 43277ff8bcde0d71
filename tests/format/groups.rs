//! Orders of which one is served: the section of VRPLIB that states them, every fault of it, and what the documents say.

use super::*;
use milkrun::model::Group;
use milkrun::solve::{Budget, Solver};

/// The square, with a group of its clients 2 and 4.
fn grouped(rows: &str) -> String {
    let section = format!("MUTUALLY_EXCLUSIVE_GROUP_SECTION\n{rows}\nDEPOT_SECTION");
    SQUARE.replace("DEPOT_SECTION", &section)
}

#[test]
fn a_file_says_of_which_clients_one_is_served() {
    let instance = format::read(grouped("1 2 4\n2 3")).unwrap();
    let ids = [0, 2].map(OrderId::new);
    // A group of one says nothing.
    assert_eq!(instance.model.groups(), [Group::of(ids)]);
    let problem = instance.problem().unwrap();
    let plan = Solver::new(&problem).solve(Budget::iterations(50)).plan;
    // To (0, 2.5) and to (1, 1), on two vehicles, instead of over (3, 4) and (1, 1) on one.
    let cost = Cost::units(2 * (3 + 1));
    assert_eq!((plan.cost().total(), plan.order_count()), (cost, 2));
    assert_eq!(plan.replaced()[0].order, ids[0]);
}

#[test]
fn every_fault_of_a_group_has_its_line() {
    let cases = [
        ("1 2 5", Rule::UnknownReference, "line 18"),
        ("1 2 x", Rule::UnknownReference, "line 18"),
        ("1 2 1", Rule::Inconsistent, "line 18"),
        ("1 2 2", Rule::DuplicateName, "line 18"),
        ("1 2 3\n2 3 4", Rule::DuplicateName, "line 19"),
        ("1 2 3\n1 4", Rule::DuplicateName, "line 19"),
        ("1", Rule::Empty, "line 18"),
        ("-1 2 3", Rule::Syntax, "line 18"),
    ];
    for (rows, rule, line) in cases {
        let error = format::read(grouped(rows)).unwrap_err();
        assert_eq!(rules(&error), [rule], "{rows}: {error}");
        assert_eq!(error.issues()[0].subject(), line, "{rows}: {error}");
    }
    let prizes = "1 2 4\nPRIZE_SECTION\n1 0\n2 5\n3 5\n4 0";
    let error = format::read(grouped(prizes)).unwrap_err();
    assert_eq!(rules(&error), [Rule::Unsupported], "{error}");
    assert!(
        error.to_string().contains("node 2 is in a group"),
        "{error}"
    );
}

/// An order in two windows, one that may be left out in one of two places, and one of none.
fn model() -> Model {
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("hub", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 1, depot).per_distance(Cost::units(1));
    model.add_vehicle_type(van.max_duration(Duration(100)));
    let order = |name: &str, x| Order::drop_off(name, Place::plane(x, 0.0));
    let windows = [(500, 600), (20, 40)].map(|(from, to)| Window::new(Time(from), Time(to)));
    model.add_order_in_windows(order("cafe", 10.0), windows);
    let far = [order("home", 400.0), order("work", 300.0)].map(|o| model.add_order(o));
    model.add_group(Group::of(far).price(Cost::units(7)));
    model.add_order(order("inn", 12.0).window(windows[1]));
    model
}

#[test]
fn documents_tell_of_groups() {
    let model = model();
    let travel = TravelBy::Euclidean(Convention::Rounded);
    let text = json::write_model(&model, Some(&travel));
    let groups = r#""groups":[{"orders":[0,1]},{"orders":[2,3],"price":7000000}]"#;
    assert!(text.contains(groups), "{text}");
    assert_eq!(json::read_model(&text).unwrap(), (model, Some(travel)));

    let instance = format::read(&text).unwrap();
    let problem = instance.problem().unwrap();
    let plan = Solver::new(&problem).solve(Budget::iterations(200)).plan;
    assert_eq!(plan.cost().total(), Cost::units(24 + 7));
    let text = json::write_plan(&problem, &plan);
    let unserved = r#""unserved":[{"order":"work","alternatives":["home"],"code":"#;
    assert!(text.contains(unserved), "{text}");
    let replaced = r#""replaced":[{"order":"cafe #1","by":"cafe #2"}]"#;
    assert!(text.contains(replaced), "{text}");
    let drafts = json::read_plan(&text, &problem).unwrap();
    assert_eq!(Plan::new(&problem, drafts), plan);
    for (from, to, rule) in [
        (
            "\"by\":\"cafe #2\"",
            "\"by\":\"bar\"",
            Rule::UnknownReference,
        ),
        (
            "{\"order\":\"cafe #1\"",
            "{\"order\":\"inn\"",
            Rule::DuplicateName,
        ),
        ("[\"home\"]", "[\"bar\"]", Rule::UnknownReference),
        ("[\"home\"]", "[\"inn\"]", Rule::DuplicateName),
    ] {
        let error = json::read_plan(text.replace(from, to), &problem).unwrap_err();
        assert_eq!(rules(&error), [rule], "{to}: {error}");
    }
}

#[test]
fn neutral_routes_leave_out_all_that_is_on_none() {
    let instance = format::read(json::write_model(
        &model(),
        Some(&TravelBy::Euclidean(Convention::Rounded)),
    ));
    let instance = instance.unwrap();
    let problem = instance.problem().unwrap();
    let plan = Plan::new(&problem, vec![draft(&[1, 4])]);
    assert_eq!(plan.check(&problem), []);
    let text = routes::write(&plan, &instance.numbering);
    assert!(text.contains("\"unserved\":[1,3,4]"), "{text}");
    let drafts = routes::read(&text, &problem, &instance.numbering).unwrap();
    assert_eq!(Plan::new(&problem, drafts), plan);
}

#[test]
fn pictures_show_the_place_that_is_served() {
    let instance = format::read(json::write_model(
        &model(),
        Some(&TravelBy::Euclidean(Convention::Rounded)),
    ));
    let problem = instance.unwrap().problem().unwrap();
    let plan = Plan::new(&problem, vec![draft(&[1, 4])]);
    let page = format::html::write(&problem, &plan);
    assert!(page.contains("cafe #2") && page.contains("work"));
    // One cross for a group, and none for what another order stands for.
    let tail = page.split("\"unserved\":").nth(1).unwrap();
    assert_eq!(
        tail.split(']')
            .next()
            .unwrap()
            .matches("\"order\":")
            .count(),
        1
    );
}
