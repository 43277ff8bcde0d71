//! Files in and out: exact arithmetic, any layout, every fault, and all published solutions at their stated costs.

use milkrun::error::{Error, Rule};
use milkrun::format::{self, Convention, Instance, TravelBy, TravelTable, json, solomon, vrplib};
use milkrun::measure::{Cost, Load, OrderId, PlaceId, ProfileId, Table, Time, Window};
use milkrun::problem::Problem;

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

mod arithmetic {
    use super::*;

    #[test]
    fn rounded_dimacs_and_exact_lengths() {
        // Square roots of 25, 2, 6.25, 13 (3-1, 4-1), 11.25 (3, 1.5), 3.25 (1, 1.5).
        let at = |convention| {
            let instance = format::read_as(SQUARE, convention).unwrap();
            let d = distances(&instance.problem().unwrap());
            [d[0][1], d[0][2], d[0][3], d[1][2], d[1][3], d[2][3]]
        };
        assert_eq!(at(Convention::Rounded), [5, 1, 3, 4, 3, 2]);
        assert_eq!(at(Convention::Dimacs), [50, 14, 25, 36, 33, 18]);
        assert_eq!(at(Convention::Exact), [5000, 1414, 2500, 3606, 3354, 1803]);
    }

    #[test]
    fn costs_are_in_the_unit_of_the_file() {
        for (convention, per_distance) in [
            (Convention::Rounded, 1_000_000),
            (Convention::Dimacs, 100_000),
            (Convention::Exact, 1000),
        ] {
            let instance = format::read_as(SQUARE, convention).unwrap();
            assert_eq!(
                instance.model.vehicle_types()[0].cost_per_distance,
                Cost(per_distance)
            );
            assert_eq!(i64::from(instance.scale()) * per_distance, Cost::SCALE);
        }
    }

    #[test]
    fn cvrp_has_as_many_vehicles_as_it_needs_and_orders_named_by_client() {
        let instance = format::read(SQUARE).unwrap();
        assert_eq!(instance.name, "square");
        assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Rounded));
        assert_eq!(instance.model.vehicle_types()[0].count, None);
        let names: Vec<&str> = instance
            .model
            .orders()
            .iter()
            .map(|o| o.name.as_str())
            .collect();
        assert_eq!(names, ["1", "2", "3"]);
        assert_eq!(instance.numbering.order(3), Some(OrderId::new(2)));
        assert_eq!(instance.numbering.order(0), None);
        assert_eq!(instance.model.orders()[2].quantities, [Load(6)]);
    }

    #[test]
    fn windows_and_services_scale_like_lengths() {
        let instance = format::read(WINDOWS).unwrap();
        assert_eq!(instance.travel, TravelBy::Euclidean(Convention::Dimacs));
        let order = &instance.model.orders()[0];
        // 20.25 in tenths is 202.5, halves go up.
        assert_eq!(order.window, Some(Window::new(Time(100), Time(203))));
        assert_eq!(order.service.get(), 95);
        assert_eq!(
            instance.model.depots()[0].window,
            Some(Window::new(Time(0), Time(1000)))
        );
        assert_eq!(instance.model.vehicle_types()[0].count, Some(2));
    }

    #[test]
    fn solomon_numbers_are_those_of_the_file() {
        let instance = format::read(SOLOMON).unwrap();
        assert_eq!(instance.name, "tiny");
        assert_eq!(instance.model.vehicle_types()[0].count, Some(2));
        assert_eq!(instance.model.orders()[1].name, "7");
        assert_eq!(instance.numbering.order(7), Some(OrderId::new(1)));
        assert_eq!(
            instance.model.orders()[0].window,
            Some(Window::new(Time(9120), Time(9670)))
        );
        assert_eq!(
            instance.model.depots()[0].window,
            Some(Window::new(Time(0), Time(12_360)))
        );
        // (45, 68) from (40, 50): the root of 349 is 18.68…
        assert_eq!(distances(&instance.problem().unwrap())[0][1], 186);
    }

    #[test]
    fn depot_row_of_solomon_may_come_last_and_headings_vary() {
        let text = "t\nvehicle\nnumber capacity\n3 20\ncust. no. x y d r d s\n4 1 1 2 0 9 1\n5 2 2 2 0 9 1\n0 0 0 0 0 9 0";
        let instance = format::read(text).unwrap();
        assert_eq!(instance.numbering.order(4), Some(OrderId::new(0)));
        assert_eq!(instance.numbering.order(5), Some(OrderId::new(1)));
        assert_eq!(instance.model.orders().len(), 2);
    }
}

mod layout {
    use super::*;

    fn sections(text: &str) -> Vec<String> {
        let mut parts = vec![String::new()];
        for line in text.lines().filter(|l| *l != "EOF") {
            if line.ends_with("_SECTION") {
                parts.push(String::new());
            }
            let part = parts.last_mut().unwrap();
            part.push_str(line);
            part.push('\n');
        }
        parts
    }

    #[test]
    fn lower_row_reads_alike_however_it_is_wrapped() {
        let expected = format::read(LOWER).unwrap();
        let d = distances(&expected.problem().unwrap());
        assert_eq!(d[1], [10, 0, 21, 31, 41]);
        assert_eq!(d[4], [40, 41, 42, 43, 0]);
        let head = LOWER.find("10\n20 21").unwrap();
        let tail = LOWER.find("DEMAND_SECTION").unwrap();
        let numbers: Vec<&str> = LOWER[head..tail].split_whitespace().collect();
        for width in 1..=numbers.len() {
            for (gap, end) in [(" ", "\n"), ("\t", "\r\n"), ("   ", " \n\n")] {
                let rows: Vec<String> = numbers.chunks(width).map(|row| row.join(gap)).collect();
                let text = format!("{}{}\n{}", &LOWER[..head], rows.join(end), &LOWER[tail..]);
                assert_eq!(format::read(text).unwrap(), expected, "{width} {gap:?}");
            }
        }
        let one_line = format!(
            "{}{}",
            LOWER[..head].trim_end(),
            format!(" {}\n", numbers.join(" "))
        );
        assert_eq!(format::read(one_line + &LOWER[tail..]).unwrap(), expected);
    }

    #[test]
    fn full_matrix_may_be_asymmetric() {
        let text = LOWER.replace("LOWER_ROW", "FULL_MATRIX").replace(
            "10\n20 21\n30 31 32\n40 41 42 43",
            "0 1 2 3 4\n5 0 6 7 8 9 10 0 11\n12 13 14 15 0 16 17 18 19 20 0",
        );
        let d = distances(&format::read(text).unwrap().problem().unwrap());
        assert_eq!(
            (d[0][1], d[1][0], d[2].clone(), d[4][3]),
            (1, 5, vec![9, 10, 0, 11, 12], 20)
        );
    }

    #[test]
    fn sections_come_in_any_order() {
        for text in [SQUARE, LOWER, WINDOWS] {
            let expected = format::read(text).unwrap();
            let mut parts = sections(text);
            for _ in 0..parts.len() {
                parts.rotate_left(1);
                assert_eq!(format::read(parts.concat()).unwrap(), expected);
            }
            parts.reverse();
            assert_eq!(format::read(parts.concat()).unwrap(), expected);
        }
    }

    #[test]
    fn line_ends_tabs_case_and_a_missing_eof_do_not_matter() {
        for text in [SQUARE, LOWER, WINDOWS] {
            let expected = format::read(text).unwrap();
            let variants = [
                text.replace('\n', "\r\n"),
                text.replace('\n', "\r"),
                text.replace(" : ", ":"),
                text.replace(' ', "\t"),
                text.replace("EOF\n", ""),
                format!("\u{feff}{text}"),
                format!("\n\n{text}\n trailing after EOF"),
            ];
            for variant in variants {
                assert_eq!(
                    format::read(&variant).map(|i| i.model).as_ref(),
                    Ok(&expected.model),
                    "{variant}"
                );
            }
            let lower = text.to_ascii_lowercase();
            assert_eq!(format::read(lower).unwrap().model, expected.model);
        }
        assert_eq!(
            format::read(SOLOMON.replace('\n', "\r\n")),
            format::read(SOLOMON)
        );
    }

    #[test]
    fn bytes_that_are_no_utf8_are_latin_1() {
        let mut bytes = SQUARE.replace("square", "caf?").into_bytes();
        let at = bytes.iter().position(|b| *b == b'?').unwrap();
        bytes[at] = 0xe9;
        assert_eq!(format::read(bytes).unwrap().name, "café");
    }

    #[test]
    fn a_depot_that_is_not_the_first_node_keeps_the_numbering() {
        let text = SQUARE
            .replace("DEPOT_SECTION\n1", "DEPOT_SECTION\n3")
            .replace("1 0\n2 4\n3 5", "1 1\n2 4\n3 0");
        let instance = format::read(text).unwrap();
        let names: Vec<&str> = instance
            .model
            .orders()
            .iter()
            .map(|o| o.name.as_str())
            .collect();
        assert_eq!(names, ["0", "1", "3"]);
        assert_eq!(
            instance.numbering.depot(milkrun::measure::DepotId::new(0)),
            2
        );
    }
}

mod faults {
    use super::*;

    #[test]
    fn each_fault_is_named_with_its_line() {
        let cases: [(&str, &str, &str, Rule, &str); 26] = [
            (
                SQUARE,
                "TYPE : CVRP",
                "TYPE : TSP",
                Rule::Unsupported,
                "line 3",
            ),
            (SQUARE, "TYPE : CVRP", "TYPE CVRP", Rule::Syntax, "line 3"),
            (
                SQUARE,
                "DIMENSION : 4",
                "DIMENSION : 5",
                Rule::Inconsistent,
                "line 7",
            ),
            (
                SQUARE,
                "DIMENSION : 4",
                "DIMENSION : 1000000000",
                Rule::Inconsistent,
                "line 12",
            ),
            (
                SQUARE,
                "DIMENSION : 4",
                "DIMENSION : 4294967296",
                Rule::Inconsistent,
                "line 12",
            ),
            (
                SQUARE,
                "DIMENSION : 4",
                "DIMENSION : -4",
                Rule::OutOfRange,
                "line 4",
            ),
            (
                SQUARE,
                "DIMENSION : 4",
                "DIMENSION : 1e99",
                Rule::Syntax,
                "line 4",
            ),
            (SQUARE, "DIMENSION : 4\n", "", Rule::Missing, "file"),
            (SQUARE, "CAPACITY : 10\n", "", Rule::Missing, "file"),
            (
                SQUARE,
                "CAPACITY : 10",
                "CAPACITY : ten",
                Rule::Syntax,
                "line 6",
            ),
            (
                SQUARE,
                "CAPACITY : 10",
                "DISTANCE : 10",
                Rule::Unsupported,
                "line 6",
            ),
            (SQUARE, "EUC_2D", "GEO", Rule::Unsupported, "line 5"),
            (SQUARE, "2 3 4", "2 nan 4", Rule::BadCoordinate, "line 9"),
            (SQUARE, "2 3 4", "2 1e999 4", Rule::BadCoordinate, "line 9"),
            (SQUARE, "2 3 4", "2 3", Rule::Syntax, "line 9"),
            (SQUARE, "2 3 4", "2 3 4 5", Rule::Syntax, "line 9"),
            (SQUARE, "2 3 4", "9 3 4", Rule::UnknownReference, "line 9"),
            (SQUARE, "2 3 4", "1 3 4", Rule::DuplicateName, "line 9"),
            (SQUARE, "2 4\n", "2 -4\n", Rule::OutOfRange, "line 14"),
            (SQUARE, "2 4\n", "2 4.5\n", Rule::Syntax, "line 14"),
            (
                SQUARE,
                "DEPOT_SECTION\n1",
                "DEPOT_SECTION\n9",
                Rule::UnknownReference,
                "line 18",
            ),
            (
                SQUARE,
                "DEPOT_SECTION\n1",
                "DEPOT_SECTION\n1\n2",
                Rule::Unsupported,
                "line 17",
            ),
            (
                SQUARE,
                "DEMAND_SECTION\n1 0",
                "DEMAND_SECTION\n1 3",
                Rule::Inconsistent,
                "DEMAND",
            ),
            (
                LOWER,
                "40 41 42 43",
                "40 41 42",
                Rule::Inconsistent,
                "line 7",
            ),
            (
                LOWER,
                "40 41 42 43",
                "40 41 42 -43",
                Rule::OutOfRange,
                "line 11",
            ),
            (LOWER, "LOWER_ROW", "UPPER_ROW", Rule::Unsupported, "line 5"),
        ];
        for (text, from, to, rule, subject) in cases {
            assert_fault(text, from, to, rule, subject);
        }
    }

    #[test]
    fn windows_and_solomon_faults_are_named_with_their_line() {
        let cases: [(&str, &str, &str, Rule, &str); 10] = [
            (
                WINDOWS,
                "2 10 20.25",
                "2 30 20.25",
                Rule::ReversedWindow,
                "line 18",
            ),
            (
                WINDOWS,
                "SERVICE_TIME : 9.5",
                "SERVICE_TIME : -1",
                Rule::OutOfRange,
                "line 6",
            ),
            (
                WINDOWS,
                "TIME_WINDOW_SECTION\n1 0 100\n2 10 20.25\n3 0 50\n",
                "",
                Rule::Missing,
                "line 2",
            ),
            (SOLOMON, "2         200", "two 200", Rule::Syntax, "line 5"),
            (SOLOMON, "2         200", "", Rule::Syntax, "line"),
            (
                SOLOMON,
                "    0      40",
                "    3      40",
                Rule::Missing,
                "file",
            ),
            (SOLOMON, "    7 ", "    1 ", Rule::DuplicateName, "line 12"),
            (SOLOMON, "42.5       66 ", "42.5 ", Rule::Syntax, "line 12"),
            (
                SOLOMON,
                "825        870",
                "925 870",
                Rule::ReversedWindow,
                "line 12",
            ),
            (SOLOMON, "42.5", "inf", Rule::BadCoordinate, "line 12"),
        ];
        for (text, from, to, rule, subject) in cases {
            assert_fault(text, from, to, rule, subject);
        }
    }

    #[test]
    fn what_changes_the_meaning_is_refused_by_name() {
        for section in [
            "PRIZE",
            "BACKHAUL",
            "LINEHAUL",
            "RELEASE_TIME",
            "VEHICLES_DEPOT",
            "CAPACITY",
            "MUTUALLY_EXCLUSIVE_GROUP",
        ] {
            let text = SQUARE.replace(
                "DEPOT_SECTION",
                &format!("{section}_SECTION\n1 1\nDEPOT_SECTION"),
            );
            let error = format::read(text).unwrap_err();
            assert_eq!(rules(&error), [Rule::Unsupported]);
            assert!(
                error.issues()[0]
                    .advice()
                    .contains(&format!("{section}_SECTION")),
                "{error}"
            );
        }
    }

    #[test]
    fn all_faults_of_a_file_are_reported_at_once() {
        let text = SQUARE
            .replace("CVRP", "PCVRPTW")
            .replace("CAPACITY : 10", "CAPACITY : x")
            .replace("2 3 4", "2 nan 4")
            .replace("4 0 2.5", "4 0")
            .replace("3 5\n", "3 -5\n")
            .replace("EOF", "PRIZE_SECTION\n1 0\nEOF");
        let error = format::read(text).unwrap_err();
        let mut found = rules(&error);
        found.sort();
        let mut expected = [
            Rule::Unsupported,
            Rule::Syntax,
            Rule::BadCoordinate,
            Rule::Syntax,
            Rule::OutOfRange,
            Rule::Unsupported,
        ];
        expected.sort();
        assert_eq!(found, expected, "{error}");
    }

    #[test]
    fn text_that_is_nothing_is_refused() {
        for text in ["", " \n\n", "hello", "EOF", "1 2 3", "\0\0", "[]", "null"] {
            assert_eq!(
                rules(&format::read(text).unwrap_err()),
                [Rule::Syntax],
                "{text:?}"
            );
        }
        assert!(vrplib::read("", None).is_err() && solomon::read("", None).is_err());
        assert!(vrplib::read(SOLOMON, None).is_err() && solomon::read(SQUARE, None).is_err());
    }

    #[test]
    fn empty_dimension_is_refused() {
        let text = "TYPE:CVRP\nDIMENSION:0\nCAPACITY:1\nNODE_COORD_SECTION\nDEMAND_SECTION\nDEPOT_SECTION\n-1\n";
        assert_eq!(rules(&format::read(text).unwrap_err()), [Rule::Empty]);
    }
}

mod hostile {
    use super::*;

    fn poke(bytes: &[u8]) {
        for read in [vrplib::read, solomon::read] {
            let _ = read(bytes, None);
        }
        if let Ok(instance) = format::read(bytes) {
            let _ = instance.problem();
        }
    }

    #[test]
    fn cut_off_anywhere_nothing_panics() {
        let json = json::write_model(
            &format::read(WINDOWS).unwrap().model,
            Some(&TravelBy::Euclidean(Convention::Exact)),
        );
        for text in [SQUARE, LOWER, WINDOWS, SOLOMON, &json] {
            for end in 0..=text.len() {
                poke(&text.as_bytes()[..end]);
            }
        }
    }

    #[test]
    fn any_byte_changed_nothing_panics() {
        for text in [SQUARE, LOWER, WINDOWS, SOLOMON] {
            for at in 0..text.len() {
                for byte in [b'-', b'9', b' ', b'\n', b':', b'e', 0, 0xff] {
                    let mut bytes = text.as_bytes().to_vec();
                    bytes[at] = byte;
                    poke(&bytes);
                }
            }
        }
    }
}

mod documents {
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
        for text in [SQUARE, LOWER, WINDOWS, SOLOMON] {
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
}
