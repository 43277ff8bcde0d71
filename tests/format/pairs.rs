//! Goods that go from one client to another: Li and Lim's form, what it means, and every fault of it; and what the other
//! forms say of pairs.

use super::*;

fn ids(stops: [usize; 4]) -> Vec<OrderId> {
    stops.into_iter().map(OrderId::new).collect()
}

#[test]
fn a_file_means_what_it_says() {
    let instance = format::read(LILIM).unwrap();
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Exact));
    let model = &instance.model;
    // In the order of the pickups: 1 and 2, then 7 and 5.
    let names: Vec<&str> = model.orders().iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["1", "2", "7", "5"]);
    let pairs: Vec<_> = model
        .pairs()
        .iter()
        .map(|p| (p.pickup.index(), p.drop_off.index()))
        .collect();
    assert_eq!(pairs, [(0, 1), (2, 3)]);
    let numbers = ids([0, 1, 2, 3]).into_iter();
    let numbers: Vec<u32> = numbers.map(|o| instance.numbering.client(o)).collect();
    assert_eq!(numbers, [1, 2, 7, 5]);
    assert_eq!(instance.numbering.depot(DepotId::new(0)), 0);
    let to = &model.orders()[3];
    assert_eq!(to.quantities, [Load(4)]);
    let window = Window::new(Time(10_000), Time(90_500));
    assert_eq!((to.window, to.service), (Some(window), Duration(2_000)));
    assert_eq!(to.place, Place::plane(97.0, 4.0));
    let vehicle = &model.vehicle_types()[0];
    assert_eq!(
        (vehicle.count, vehicle.capacity[0]),
        (Some(3), Some(Load(10)))
    );
    let depot = model.depots()[0].window;
    assert_eq!(depot, Some(Window::new(Time(0), Time(200_000))));
    // From 0 over 1, 2 and back: 5 + 5 + 10.
    let problem = instance.problem().unwrap();
    let plan = Plan::new(&problem, vec![draft(&[0, 1])]);
    assert_eq!(plan.cost().total(), Cost::units(20));
    assert_eq!(plan.check(&problem), []);
    assert_eq!(plan.routes()[0].load_at_departure(), [Load(0)]);
}

#[test]
fn a_convention_of_choice_is_kept() {
    let instance = format::read_as(LILIM, Convention::Dimacs).unwrap();
    assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Dimacs));
    let to = &instance.model.orders()[3];
    assert_eq!(to.window, Some(Window::new(Time(100), Time(905))));
}

#[test]
fn layout_does_not_matter() {
    let expected = format::read(LILIM).unwrap();
    let tabbed = LILIM.replace(' ', "\t").replace('\n', "\t\r\n\r\n");
    let marked = format!("\u{feff}{}", LILIM.replace('\n', "\r"));
    for text in [tabbed, marked, LILIM.replacen("3 10 1", "3 10 0", 1)] {
        assert_eq!(format::read(&text).unwrap(), expected, "{text:?}");
    }
}

#[test]
fn faults_are_named_with_their_line() {
    for (from, to, rule, subject) in [
        // The first row.
        ("3 10 1", "0 10 1", Rule::Empty, "line 1"),
        ("3 10 1", "-3 10 1", Rule::OutOfRange, "line 1"),
        ("3 10 1", "3 -10 1", Rule::OutOfRange, "line 1"),
        ("3 10 1", "3 nan 1", Rule::Syntax, "line 1"),
        ("3 10 1", "3 10", Rule::Syntax, "line 1"),
        ("3 10 1", "3 10 fast", Rule::Syntax, "line 1"),
        ("3 10 1\n", "", Rule::Syntax, "line 1"),
        // Rows: short, long, double, of no depot.
        (
            "1 3 4 7 10 60 1 0 2",
            "1 3 4 7 10 60 1 0",
            Rule::Syntax,
            "line 5",
        ),
        (
            "1 3 4 7 10 60 1 0 2",
            "1 3 4 7 10 60 1 0 2 9",
            Rule::Syntax,
            "line 5",
        ),
        ("7 97 0 4", "1 97 0 4", Rule::DuplicateName, "line 6"),
        ("0 0 0 0 0 200 0 0 0\n", "", Rule::Missing, "file"),
        (
            "0 0 0 0 0 200 0",
            "0 0 0 3 0 200 0",
            Rule::Inconsistent,
            "line 4",
        ),
        (
            "0 0 0 0 0 200 0",
            "0 0 0 0 0 200 1",
            Rule::Inconsistent,
            "line 4",
        ),
        ("0 200 0 0 0", "0 200 0 0 2", Rule::Inconsistent, "line 4"),
        // Fields.
        ("7 97 0 4", "-7 97 0 4", Rule::OutOfRange, "line 6"),
        ("7 97 0 4", "7 nan 0 4", Rule::BadCoordinate, "line 6"),
        ("7 97 0 4", "7 97 0 4.5", Rule::Syntax, "line 6"),
        ("7 97 0 4", "7 97 0 1e30", Rule::Syntax, "line 6"),
        ("4 0 99 2.5", "4 0 99 -2.5", Rule::OutOfRange, "line 6"),
        ("4 0 99 2.5", "4 100 99 2.5", Rule::ReversedWindow, "line 6"),
        ("2.5 0 5", "2.5 0 x", Rule::Syntax, "line 6"),
        ("2.5 0 5", "2.5 0 -5", Rule::OutOfRange, "line 6"),
        // Siblings: none, both, itself, not there, not mutual, the depot, another way round.
        ("2.5 0 5", "2.5 0 0", Rule::Missing, "line 6"),
        ("2.5 0 5", "2.5 5 5", Rule::Inconsistent, "line 6"),
        ("2.5 0 5", "2.5 0 7", Rule::Inconsistent, "line 6"),
        ("2 7 0", "2 5 0", Rule::Inconsistent, "line 2"),
        ("2.5 0 5", "2.5 0 6", Rule::UnknownReference, "line 6"),
        ("2.5 0 5", "2.5 0 6", Rule::Inconsistent, "line 2"),
        ("2.5 0 5", "2.5 0 2", Rule::Inconsistent, "line 6"),
        ("2.5 0 5", "2.5 5 0", Rule::Inconsistent, "line 6"),
        // Demands: of the wrong sign, not opposite.
        ("7 97 0 4", "7 97 0 -4", Rule::Inconsistent, "line 6"),
        ("5 97 4 -4", "5 97 4 4", Rule::Inconsistent, "line 2"),
        ("7 97 0 4", "7 97 0 5", Rule::Inconsistent, "line 6"),
        ("5 97 4 -4", "5 97 4 0", Rule::Inconsistent, "line 6"),
    ] {
        assert_fault(LILIM, from, to, rule, subject);
    }
}

#[test]
fn all_faults_of_a_file_are_reported_at_once() {
    let text = LILIM
        .replace("3 10 1", "0 10 1")
        .replace("2 6 8", "2 nan 8") // whose pickup is not told that it has no sibling
        .replace("0 0 0 0 0 200", "0 0 0 1 0 200")
        .replace("7 97 0 4", "7 97 0 5");
    let error = format::read(text).unwrap_err();
    let found: Vec<(Rule, &str)> = (error.issues().iter())
        .map(|issue| (issue.rule(), issue.subject()))
        .collect();
    let expected = [
        (Rule::Empty, "line 1"),
        (Rule::BadCoordinate, "line 3"),
        (Rule::Inconsistent, "line 4"),
        (Rule::Inconsistent, "line 6"),
    ];
    assert_eq!(found, expected, "{error}");
}

/// A cut that takes one half of a pair is seen; here each does.
#[test]
fn a_file_that_is_cut_is_refused() {
    for end in (0..LILIM.len() - 2).filter(|end| LILIM.is_char_boundary(*end)) {
        assert!(format::read(&LILIM[..end]).is_err(), "{}", &LILIM[..end]);
    }
}

/// Every form that a plan or model is written in takes pairs, and reads back the same.
#[test]
fn plans_and_models_with_pairs_go_round() {
    let instance = format::read(LILIM).unwrap();
    let text = json::write_model(&instance.model, Some(&instance.travel));
    assert!(text.contains(r#""pairs":[{"pickup":0,"drop_off":1},{"pickup":2,"drop_off":3}]"#));
    let (model, travel) = json::read_model(&text).unwrap();
    assert_eq!(
        (&model, travel.as_ref()),
        (&instance.model, Some(&instance.travel))
    );

    let problem = instance.problem().unwrap();
    let numbering = &instance.numbering;
    let plan = Plan::new(&problem, vec![draft(&[0, 1]), draft(&[2, 3])]);
    let again = |drafts| Plan::new(&problem, drafts);
    let document = json::write_plan(&problem, &plan);
    assert_eq!(again(json::read_plan(document, &problem).unwrap()), plan);
    let neutral = routes::write(&plan, numbering);
    assert!(neutral.contains(r#""trips":[[1,2]]"#) && neutral.contains(r#""trips":[[7,5]]"#));
    let drafts = routes::read(neutral, &problem, numbering).unwrap();
    assert_eq!(again(drafts), plan);
    let solution = sol::read(sol::write(&plan, numbering), numbering).unwrap();
    assert_eq!(solution.cost, Some(plan.cost().total()));
    assert_eq!(again(solution.routes), plan);
}

/// Writers say what happens, be it allowed or not: a torn pair is no panic.
#[test]
fn torn_pairs_can_be_drawn() {
    let mut model = Model::new();
    let load = model.add_dimension("load");
    let place = |i: i32| Place::geo(52.5, 13.4 + f64::from(i) / 100.0);
    let depot = model.add_depot(Depot::new("depot", place(0)));
    model.add_vehicle_type(VehicleType::new("van", 1, depot));
    for i in [1, 3] {
        model.add_pair(
            Order::pickup(format!("from {i}"), place(i)).quantity(load, Load(7)),
            Order::drop_off(format!("to {i}"), place(i + 1)).quantity(load, Load(7)),
        );
    }
    let travel = milkrun::travel::Haversine::at_kmh(34.0);
    let problem = Problem::new(&model, &travel).unwrap();
    for (stops, torn) in [
        (&[0, 1, 2, 3][..], false),
        (&[0, 2, 3, 1], false),
        (&[1, 0], true),
        (&[3], true),
        (&[0], true),
    ] {
        let plan = Plan::new(&problem, vec![draft(stops)]);
        let found = plan.check(&problem);
        let torn_found = found.iter().any(|v| v.to_string().contains("its pair"));
        assert_eq!(torn_found, torn, "{stops:?}: {found:?}");
        assert_eq!(plan.shipments().len(), stops.len());
        assert_eq!(plan.graph().node_count(), stops.len() + 2);
        assert!(plan.to_string().contains("Route 1"));
        let page = html::write(&problem, &plan);
        assert!(page.trim_end().ends_with("</html>"));
        assert!(geojson::write(&problem, &plan).contains("FeatureCollection"));
    }
}

#[test]
fn faults_of_pairs_in_a_document_are_found() {
    let text = json::write_model(
        &format::read(LILIM).unwrap().model,
        Some(&TravelBy::Euclidean(Convention::Exact)),
    );
    let broken = text.replace(
        r#"[{"pickup":0,"drop_off":1},{"pickup":2,"drop_off":3}]"#,
        r#"[{"pickup":0,"drop_off":1},{"pickup":2,"drop_off":9},{"pickup":2,"drop_off":1},{"pickup":3,"drop_off":3}]"#,
    );
    let error = format::read(broken).unwrap().problem().unwrap_err();
    let found: Vec<(Rule, &str)> = (error.issues().iter())
        .map(|issue| (issue.rule(), issue.subject()))
        .collect();
    let expected = [
        (Rule::UnknownReference, "pair number 1"),
        (Rule::Inconsistent, "order \"7\""), // a second time
        (Rule::Inconsistent, "order \"2\""), // a second time
        (Rule::Inconsistent, "order \"2\""), // brings 7 of 4
        (Rule::Inconsistent, "order \"5\""), // a pickup
        (Rule::Inconsistent, "order \"5\""), // twice in one
    ];
    assert_eq!(found, expected, "{error}");
    let unknown = text.replace(r#""drop_off":1"#, r#""drop_off":1,"swap":true"#);
    assert_eq!(
        rules(&format::read(unknown).unwrap_err()),
        [Rule::Unsupported]
    );
    let missing = text.replace(r#","drop_off":1"#, "");
    assert_eq!(rules(&format::read(missing).unwrap_err()), [Rule::Missing]);
}
