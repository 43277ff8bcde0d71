//! Routes in and out.

use super::*;

fn square() -> (Instance, Problem) {
    let instance = format::read(SQUARE).unwrap();
    let problem = instance.problem().unwrap();
    (instance, problem)
}

#[test]
fn sol_is_written_and_read_back() {
    let (instance, problem) = square();
    let plan = Plan::new(&problem, vec![draft(&[1, 0]), draft(&[2])]);
    let text = sol::write(&plan, &instance.numbering);
    // 0-2 1, 2-1 4, 1-0 5; then 3 there and 3 back.
    assert_eq!(text, "Route #1: 2 1\nRoute #2: 3\nCost 16\n");
    let solution = sol::read(&text, &instance.numbering).unwrap();
    assert_eq!(solution.routes, plan.drafts());
    assert_eq!(solution.cost, Some(plan.cost().total()));
}

#[test]
fn sol_is_read_leniently() {
    let (instance, _) = square();
    let expected = sol::read(
        "Route #1: 2 1\nRoute #2: 3\nCost 16.5\n",
        &instance.numbering,
    )
    .unwrap();
    assert_eq!(expected.cost, Some(Cost(16_500_000)));
    for text in [
        "route #1 : 2 1\r\nROUTE #7:3\r\ncost: 16.5",
        "Route 1 2 1\nTime 12\nRoute 2 3\nRoute #3:\nCOST = 1.65e1\nby hand",
        "Route #1:\t2\t1\n\n\nRoute#2:3\nCost : 16.50",
    ] {
        assert_eq!(
            sol::read(text, &instance.numbering).unwrap(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn sol_faults_are_all_named() {
    let (instance, _) = square();
    let error = sol::read(
        "Route #1: 2 9 x\n3 4\nRoute #2: 2\nCost many",
        &instance.numbering,
    )
    .unwrap_err();
    let subjects: Vec<&str> = error
        .issues()
        .iter()
        .map(milkrun::error::Issue::subject)
        .collect();
    assert_eq!(subjects, ["line 1", "line 1", "line 2", "line 3", "line 4"]);
    assert!(sol::read("hello", &instance.numbering).is_err());
}

#[test]
fn neutral_routes_are_written_and_read_back() {
    let (instance, problem) = square();
    let plan = Plan::new(&problem, vec![draft(&[2, 0])]);
    let text = routes::write(&plan, &instance.numbering);
    assert_eq!(
        text,
        r#"{"routes":[{"vehicle_type":0,"start_depot":0,"end_depot":0,"trips":[[3,1]]}],"unserved":[2]}"#
    );
    assert_eq!(
        routes::read(&text, &problem, &instance.numbering).unwrap(),
        plan.drafts()
    );
    for text in [
        r#"{"routes":[{"trips":[[3,1],[]]},{"trips":[]}]}"#,
        r#"{"routes":[{"clients":[3,1],"start_depot":0}],"cost":12.5}"#,
    ] {
        assert_eq!(
            routes::read(text, &problem, &instance.numbering).unwrap(),
            plan.drafts()
        );
    }
}

#[test]
fn neutral_routes_with_faults_are_refused() {
    let (instance, problem) = square();
    let cases = [
        (
            r#"{"routes":[{"trips":[[1],[2]]}]}"#,
            vec![Rule::Inconsistent],
        ),
        (
            r#"{"routes":[{"clients":[1,1,9]}]}"#,
            vec![Rule::DuplicateName, Rule::UnknownReference],
        ),
        (
            r#"{"routes":[{"clients":[1],"vehicle_type":3}]}"#,
            vec![Rule::UnknownReference],
        ),
        (
            r#"{"routes":[{"clients":[1],"start_depot":2}]}"#,
            vec![Rule::UnknownReference],
        ),
        (
            r#"{"routes":[{"clients":[1],"end_depot":2}]}"#,
            vec![Rule::Inconsistent],
        ),
        (
            r#"{"routes":[{"clients":[1]}],"unserved":[2]}"#,
            vec![Rule::Inconsistent],
        ),
        (r#"{"routes":[{"client":[1]}]}"#, vec![Rule::Unsupported]),
        (r#"{"routes":[{"clients":[-1]}]}"#, vec![Rule::OutOfRange]),
    ];
    for (text, expected) in cases {
        let error = routes::read(text, &problem, &instance.numbering).unwrap_err();
        assert_eq!(rules(&error), expected, "{text}: {error}");
    }
}

#[test]
fn plan_documents_with_faults_are_refused() {
    let (_, problem) = square();
    let cases = [
        (
            r#"{"milkrun":1,"plan":{"routes":[{"vehicle_type":"van","stops":[{"order":"1"},{"order":"x"}]}]}}"#,
            2,
        ),
        (
            r#"{"milkrun":1,"plan":{"routes":[{"vehicle_type":"vehicle","stops":[{"order":"1"},{"order":"1"}]}]}}"#,
            1,
        ),
        (
            r#"{"milkrun":1,"plan":{"routes":[],"unserved":[{"order":"1"},{"order":"1"},{"order":"y"}]}}"#,
            2,
        ),
        (r#"{"milkrun":1,"plan":{"routes":[],"price":1}}"#, 1),
        (r#"{"milkrun":3,"plan":{"routes":[]}}"#, 1),
        (r#"{"milkrun":1,"model":{}}"#, 1),
    ];
    for (text, count) in cases {
        assert_eq!(
            json::read_plan(text, &problem).unwrap_err().total(),
            count,
            "{text}"
        );
    }
}

#[test]
fn cut_off_anywhere_no_solution_reader_panics() {
    let (instance, problem) = square();
    let plan = Plan::new(&problem, vec![draft(&[1, 0])]);
    for text in [
        sol::write(&plan, &instance.numbering),
        routes::write(&plan, &instance.numbering),
        json::write_plan(&problem, &plan),
    ] {
        for end in 0..=text.len() {
            let _ = sol::read(&text[..end], &instance.numbering);
            let _ = routes::read(&text[..end], &problem, &instance.numbering);
            let _ = json::read_plan(&text[..end], &problem);
        }
    }
}
