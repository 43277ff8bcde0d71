//! Model documents.

use super::*;
use milkrun::travel::Euclidean;

fn round(instance: &Instance) {
    let text = json::write_model(&instance.model, Some(&instance.travel));
    let (model, travel) = json::read_model(&text).unwrap();
    assert_eq!(
        (&model, travel.as_ref()),
        (&instance.model, Some(&instance.travel))
    );
    let again = format::read(&text).unwrap();
    assert_eq!(
        distances(&again.problem().unwrap()),
        distances(&instance.problem().unwrap())
    );
}

#[test]
fn instances_go_round() {
    for text in [
        SQUARE, LOWER, WINDOWS, SOLOMON, FLEET, DEPOTS, PRIZES, CORDEAU,
    ] {
        round(&format::read(text).unwrap());
    }
}

#[test]
fn tables_with_gaps_and_durations_go_round() {
    let table = |cells| Table::from_cells(2, cells).unwrap();
    let travel = TravelBy::Tables(vec![TravelTable {
        profile: "van".to_owned(),
        distances: table(vec![Some(0), None, Some(7), Some(0)]),
        durations: Some(table(vec![Some(0), Some(1), None, Some(0)])),
    }]);
    let text = json::write_model(&milkrun::model::Model::new(), Some(&travel));
    assert!(text.contains(r#""distances":[[0,null],[7,0]]"#), "{text}");
    assert_eq!(json::read_model(text).unwrap().1, Some(travel));
}

#[test]
fn faults_keep_their_position_and_rule() {
    let cases = [
        (
            r#"{"milkrun": 1, "model": {"depot": []}}"#,
            Rule::Unsupported,
            "line 1, column 32",
        ),
        (r#"{"milkrun": 1}"#, Rule::Missing, "line 1"),
        (r#"{"model": {}}"#, Rule::Missing, "document"),
        (
            r#"{"milkrun": 2, "model": {}}"#,
            Rule::Unsupported,
            "document",
        ),
        (r#"{"milkrun": 1, "plan": {}}"#, Rule::Missing, "document"),
        (
            r#"{"milkrun": 1, "model": {}, "model": {}}"#,
            Rule::DuplicateName,
            "line 1",
        ),
        (
            "{\"milkrun\": 1,\n \"model\": {\"orders\": [7]}}",
            Rule::Syntax,
            "line 2",
        ),
        (
            r#"{"milkrun": 1, "model": {"orders": ["#,
            Rule::Syntax,
            "line 1",
        ),
        (
            r#"{"milkrun":1,"model":{},"travel":{"tables":[{"distances":[[1],[1,2]]}]}}"#,
            Rule::Syntax,
            "line 1",
        ),
    ];
    for (text, rule, subject) in cases {
        let error = json::read_model(text).unwrap_err();
        assert_eq!(rules(&error), [rule], "{text}: {error}");
        assert!(
            error.issues()[0].subject().contains(subject),
            "{text}: {error}"
        );
    }
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("{{\"milkrun\":1,\"model\":{}", "[".repeat(100_000));
    assert_eq!(rules(&json::read_model(text).unwrap_err()), [Rule::Syntax]);
}

/// What is promised and missed is in every form of a plan, and a reader gets over it.
#[test]
fn promises_that_are_missed_are_told() {
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 1, depot);
    model.add_vehicle_type(van.shift(Window::new(Time(0), Time(20_000))));
    let slot = |from, to| Promise::new(Window::new(Time(from), Time(to)));
    let near = Order::drop_off("near", Place::plane(600.0, 0.0));
    let far = Order::drop_off("far", Place::plane(4_200.0, 0.0));
    let near = model.add_order(near.promise(slot(3_600, 4_200).early(Cost(1))));
    let far = model.add_order(far.promise(slot(3_600, 3_900).late(Cost(2))));
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    let draft = RouteDraft::new(VehicleTypeId::new(0), vec![near, far]);
    let plan = Plan::new(&problem, vec![draft]);
    assert_eq!(plan.check(&problem), []);
    // An hour lies between the two, and it leaves at 0: early by 50 minutes at 1 a second, then late by 5 at 2.
    let document = json::write_plan(&problem, &plan);
    assert!(document.contains(r#""promises":3600,"#), "{document}");
    assert!(
        document.contains(r#""start":600,"early":3000,"promise":3000,"#),
        "{document}"
    );
    let drafts = json::read_plan(&document, &problem).unwrap();
    assert_eq!(Plan::new(&problem, drafts), plan);
    let text = plan.to_string();
    assert!(text.contains("  0:50 early\n"), "{text}");
    assert!(text.contains("  0:05 late\n"), "{text}");
    assert!(text.contains(" + promises 0.0036 + "), "{text}");
    let page = html::write(&problem, &plan);
    assert!(page.contains(r#""start":600,"early":3000,"#), "{page}");
    assert!(page.contains(r#""promise":[3600,4200],"#), "{page}");
    // And late, where the vehicle cannot be there before.
    let draft = RouteDraft::new(VehicleTypeId::new(0), vec![far]);
    let plan = Plan::new(&problem, vec![draft]);
    let document = json::write_plan(&problem, &plan);
    assert!(document.contains(r#""promises":600,"#), "{document}");
    assert!(
        document.contains(r#""start":4200,"late":300,"promise":600,"#),
        "{document}"
    );
}
