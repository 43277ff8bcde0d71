//! Every fault, named with its line.

use super::*;

#[test]
#[allow(clippy::too_many_lines, reason = "one table")]
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
            Rule::Missing,
            "file",
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
            Rule::Missing, // which vehicles belong to which
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
        (LOWER, "LOWER_ROW", "FUNCTION", Rule::Unsupported, "line 5"),
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
    for (section, meaning) in [
        (
            "BACKHAUL",
            "what it means is known where TYPE is VRPB or VRPSPD",
        ),
        (
            "LINEHAUL",
            "what it means is known where TYPE is VRPB or VRPSPD",
        ),
        (
            "PICKUP_AND_DELIVERY",
            "goods that go from one client to another are read in Li and Lim's form only",
        ),
        ("VEHICLES_PAINT", "solve the problem without it"),
    ] {
        let text = SQUARE.replace(
            "DEPOT_SECTION",
            &format!("{section}_SECTION\n1 1\nDEPOT_SECTION"),
        );
        let error = format::read(text).unwrap_err();
        assert_eq!(rules(&error), [Rule::Unsupported], "{section}: {error}");
        let issue = &error.issues()[0];
        assert_eq!(issue.subject(), "line 17");
        for words in [&format!("{section}_SECTION"), meaning] {
            assert!(issue.advice().contains(words), "{error}");
        }
    }
}

#[test]
fn types_beyond_the_model_are_refused_by_name() {
    for (name, meaning) in [
        ("PDPTW", "are read in Li and Lim's form only"),
        ("PVRP", "second day"),
        (
            "TSP",
            "read are CVRP, VRPTW, VRPB, VRPSPD, HFVRP, MDVRP, MDVRPTW, PCVRP, PCVRPTW and MTVRPTWR",
        ),
    ] {
        let error = format::read(SQUARE.replace("CVRP", name)).unwrap_err();
        assert_eq!(rules(&error), [Rule::Unsupported], "{name}: {error}");
        let advice = error.issues()[0].advice();
        assert!(advice.contains(name) && advice.contains(meaning), "{error}");
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
        .replace("EOF", "PRIZE_SECTION\n1 0\nBACKHAUL_SECTION\n1 0\nEOF");
    let error = format::read(text).unwrap_err();
    let mut found: Vec<(Rule, &str)> = (error.issues().iter())
        .map(|issue| (issue.rule(), issue.subject()))
        .collect();
    found.sort();
    let mut expected = [
        (Rule::Missing, "line 3"), // no windows, which the type asks for
        (Rule::Syntax, "line 6"),
        (Rule::BadCoordinate, "line 9"),
        (Rule::Syntax, "line 11"),
        (Rule::OutOfRange, "line 15"),
        (Rule::Inconsistent, "line 20"), // one prize
        (Rule::Unsupported, "line 22"),
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
    for text in ["", SQUARE, SOLOMON] {
        assert!(cordeau::read(text, None).is_err(), "{text}");
        assert!(lilim::read(text, None).is_err(), "{text}");
    }
}

#[test]
fn empty_dimension_is_refused() {
    let text = "TYPE:CVRP\nDIMENSION:0\nCAPACITY:1\nNODE_COORD_SECTION\nDEMAND_SECTION\nDEPOT_SECTION\n-1\n";
    assert_eq!(rules(&format::read(text).unwrap_err()), [Rule::Empty]);
}
