//! Model documents.

use super::*;

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
