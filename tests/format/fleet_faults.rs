//! Faults of what is stated of vehicles, depots and prizes, and of Cordeau's form: each named with its line.

use super::*;

type Case<'a> = (&'a str, &'a str, Rule, &'a str);

#[track_caller]
fn assert_faults(text: &str, cases: &[Case<'_>]) {
    for (from, to, rule, subject) in cases {
        assert_fault(text, from, to, *rule, subject);
    }
}

#[test]
fn faults_of_vehicles_are_named_with_their_line() {
    assert_faults(
        FLEET,
        &[
            // Of vehicles: none, too many, too few, not a number of them, and their number gone.
            ("VEHICLES : 4", "VEHICLES : -4", Rule::OutOfRange, "line 4"),
            ("VEHICLES : 4", "VEHICLES : four", Rule::Syntax, "line 4"),
            ("VEHICLES : 4\n", "", Rule::Missing, "line 15"),
            (
                "VEHICLES : 4",
                "VEHICLES : 5",
                Rule::Inconsistent,
                "line 16",
            ),
            (
                "VEHICLES : 4",
                "VEHICLES : 3",
                Rule::UnknownReference,
                "line 20",
            ),
            (
                "VEHICLES : 4",
                "VEHICLES : 1e12",
                Rule::Inconsistent,
                "line 16",
            ),
            // Of rows: one cut, one short, one long, one double, one of no vehicle.
            (
                "4 6\nVEHICLES_F",
                "VEHICLES_F",
                Rule::Inconsistent,
                "line 16",
            ),
            ("3 10\n", "3\n", Rule::Syntax, "line 19"),
            ("3 10\n", "3 10 1\n", Rule::Syntax, "line 19"),
            ("3 10\n", "2 10\n", Rule::DuplicateName, "line 19"),
            ("3 10\n", "0 10\n", Rule::UnknownReference, "line 19"),
            ("3 10\n", "-3 10\n", Rule::UnknownReference, "line 19"),
            // Of values.
            ("3 10\n", "3 nan\n", Rule::Syntax, "line 19"),
            ("3 10\n", "3 -10\n", Rule::OutOfRange, "line 19"),
            ("1 300", "1 NaN", Rule::Syntax, "line 22"),
            ("1 300", "1 -300", Rule::OutOfRange, "line 22"),
            ("1 300", "1 inf", Rule::Syntax, "line 22"),
            ("1 300", "1 1e30", Rule::Syntax, "line 22"),
            // A hundredth of a millionth of a unit is not kept.
            ("1 300", "1 300.00001", Rule::OutOfRange, "line 22"),
            ("1 120", "1 120.05", Rule::OutOfRange, "line 27"),
            ("1 120", "1 -0.1", Rule::OutOfRange, "line 27"),
            ("1 120", "1 1e-30", Rule::OutOfRange, "line 27"),
            // A line and a section, and neither.
            (
                "VEHICLES : 4",
                "VEHICLES : 4\nCAPACITY : 7",
                Rule::Inconsistent,
                "line 17",
            ),
            (
                "CAPACITY_SECTION\n1 10\n2 6\n3 10\n4 6\n",
                "",
                Rule::Missing,
                "file",
            ),
            (
                "VEHICLES_FIXED",
                "CAPACITY_SECTION\nVEHICLES_FIXED",
                Rule::DuplicateName,
                "line 21",
            ),
        ],
    );
}

#[test]
fn a_listed_fleet_without_vehicles_is_refused() {
    for zero in ["0", "00", "0.0"] {
        let text = format!(
            "TYPE:HFVRP\nDIMENSION:1\nVEHICLES:{zero}\nNODE_COORD_SECTION\n1 0 0\nDEMAND_SECTION\n1 0\n\
             CAPACITY_SECTION\nDEPOT_SECTION\n1\n"
        );
        assert_eq!(
            rules(&format::read(text).unwrap_err()),
            [Rule::Empty],
            "{zero}"
        );
    }
}

#[test]
fn faults_of_depots_are_named_with_their_line() {
    assert_faults(
        DEPOTS,
        &[
            ("2\n-1\nEOF", "1\n-1\nEOF", Rule::DuplicateName, "line 38"),
            (
                "2\n-1\nEOF",
                "6\n-1\nEOF",
                Rule::UnknownReference,
                "line 38",
            ),
            (
                "2\n-1\nEOF",
                "0\n-1\nEOF",
                Rule::UnknownReference,
                "line 38",
            ),
            (
                "2\n-1\nEOF",
                "2.5\n-1\nEOF",
                Rule::UnknownReference,
                "line 38",
            ),
            (
                "2\n-1\nEOF",
                "3\n-1\nEOF",
                Rule::UnknownReference,
                "line 33",
            ),
            (
                "1 2\n2 1\n3 2\n",
                "1 2\n2 1\n3 3\n",
                Rule::UnknownReference,
                "line 35",
            ),
            (
                "1 2\n2 1\n3 2\n",
                "1 2\n2 1\n3 -2\n",
                Rule::OutOfRange,
                "line 35",
            ),
            (
                "1 2\n2 1\n3 2\n",
                "1 2\n2 1\n",
                Rule::Inconsistent,
                "line 32",
            ),
            (
                "VEHICLES_DEPOT_SECTION\n1 2\n2 1\n3 2\n",
                "",
                Rule::Missing,
                "line 32",
            ),
            (
                "DEMAND_SECTION\n1 0\n2 0",
                "DEMAND_SECTION\n1 0\n2 1",
                Rule::Inconsistent,
                "DEMAND",
            ),
            (
                "TIME_SECTION\n1 0\n2 0",
                "TIME_SECTION\n1 0\n2 1",
                Rule::Inconsistent,
                "SERVICE_TIME",
            ),
            (
                "DURATION : 40.5",
                "DURATION : -1",
                Rule::OutOfRange,
                "line 6",
            ),
            ("DURATION : 40.5", "DURATION : NaN", Rule::Syntax, "line 6"),
            (
                "VEHICLES_MAX_DURATION",
                "VEHICLES_MAX_WEIGHT",
                Rule::Unsupported,
                "line 6",
            ),
            ("5 2.5", "5 -2.5", Rule::OutOfRange, "line 25"),
            ("5 0 20", "5 30 20", Rule::ReversedWindow, "line 31"),
        ],
    );
}

#[test]
fn faults_of_prizes_and_releases_are_named_with_their_line() {
    assert_faults(
        PRIZES,
        &[
            ("3 12.25", "3 -12.25", Rule::OutOfRange, "line 31"),
            ("3 12.25", "3 nan", Rule::Syntax, "line 31"),
            ("3 12.25", "3 0.0000001", Rule::OutOfRange, "line 31"),
            ("3 12.25", "3", Rule::Syntax, "line 31"),
            ("3 12.25", "4 12.25", Rule::DuplicateName, "line 32"),
            ("3 12.25\n", "", Rule::Inconsistent, "line 28"),
            (
                "PRIZE_SECTION\n1 0",
                "PRIZE_SECTION\n1 7",
                Rule::Inconsistent,
                "PRIZE",
            ),
            (
                "PRIZE_SECTION\n1 0\n2 0\n3 12.25\n4 30\n",
                "",
                Rule::Missing,
                "line 2",
            ),
            ("4 30\nPRIZE", "4 -30\nPRIZE", Rule::OutOfRange, "line 27"),
            ("4 30\nPRIZE", "4 NaN\nPRIZE", Rule::Syntax, "line 27"),
            ("4 30\nPRIZE", "3 30\nPRIZE", Rule::DuplicateName, "line 27"),
            ("4 30\nPRIZE", "PRIZE", Rule::Inconsistent, "line 23"),
            (
                "RELEASE_TIME_SECTION\n1 0",
                "RELEASE_TIME_SECTION\n1 5",
                Rule::Inconsistent,
                "RELEASE_TIME",
            ),
        ],
    );
}

#[test]
fn faults_of_cordeaus_form_are_named_with_their_line() {
    assert_faults(
        CORDEAU,
        &[
            // The first row.
            ("6 2 3 2", "6 -2 3 2", Rule::OutOfRange, "line 1"),
            ("6 2 3 2", "6 0 3 2", Rule::Empty, "line 1"),
            ("6 2 3 2", "6 2 3 0", Rule::Empty, "line 1"),
            ("6 2 3 2", "6 2 4294967296 2", Rule::OutOfRange, "line 1"),
            (
                "6 2 3 2",
                "6 2 4294967295 4294967295",
                Rule::Inconsistent,
                "line 1",
            ),
            ("6 2 3 2", "6 2 4 2", Rule::Inconsistent, "line 1"),
            ("6 2 3 2", "0 2 3 2", Rule::Unsupported, "line 1"),
            ("6 2 3 2", "1 2 3 2", Rule::Unsupported, "line 1"),
            ("6 2 3 2", "7 2 3 2", Rule::Unsupported, "line 1"),
            ("6 2 3 2", "99 2 3 2", Rule::Unsupported, "line 1"),
            ("6 2 3 2", "nan 2 3 2", Rule::Syntax, "file"), // of no known form
            // Limits.
            ("40.5 10", "-40.5 10", Rule::OutOfRange, "line 2"),
            ("40.5 10", "nan 10", Rule::Syntax, "line 2"),
            ("40.5 10", "40.5", Rule::Syntax, "line 2"),
            ("40.5 10", "40.5 10 1", Rule::Syntax, "line 2"),
            ("40.5 10", "40.5 -10", Rule::OutOfRange, "line 2"),
            // Rows: gone, short, long, double.
            (
                "2 97 4 2 5 1 2 1 2 20 50\n",
                "",
                Rule::Inconsistent,
                "line 1",
            ),
            ("1 2 20 50", "1 2 20", Rule::Syntax, "line 5"),
            (
                "2 97 4 2 5 1 2 1 2 20 50",
                "2 97 4 2",
                Rule::Syntax,
                "line 5",
            ),
            ("1 2 20 50", "1 2 20 50 7", Rule::Syntax, "line 5"),
            ("2 97 4", "1 97 4", Rule::DuplicateName, "line 5"),
            ("5 100 0 0", "1 100 0 0", Rule::DuplicateName, "line 8"),
            // Fields.
            ("2 97 4", "-2 97 4", Rule::OutOfRange, "line 5"),
            ("2 97 4", "2 nan 4", Rule::BadCoordinate, "line 5"),
            ("2 97 4 2 5", "2 97 4 -2 5", Rule::OutOfRange, "line 5"),
            ("2 97 4 2 5", "2 97 4 2 -5", Rule::OutOfRange, "line 5"),
            ("2 97 4 2 5 1", "2 97 4 2 5 2", Rule::Unsupported, "line 5"),
            ("2 97 4 2 5 1", "2 97 4 2 5 0", Rule::Unsupported, "line 5"),
            (
                "2 1 2 20 50",
                "4294967295 1 2 20 50",
                Rule::Syntax,
                "line 5",
            ),
            ("1 2 20 50", "1 1 20 50", Rule::Unsupported, "line 5"),
            ("1 2 20 50", "1 4 20 50", Rule::Unsupported, "line 5"),
            ("2 1 2 20 50", "1 1 20 50", Rule::Unsupported, "line 5"),
            ("1 2 20 50", "1 2 60 50", Rule::ReversedWindow, "line 5"),
            ("1 2 20 50", "1 2 x 50", Rule::Syntax, "line 5"),
            ("5 100 0 0 0", "5 100 0 0 3", Rule::Inconsistent, "line 8"),
            ("5 100 0 0 0", "5 100 0 1 0", Rule::Inconsistent, "line 8"),
        ],
    );
}

#[test]
fn all_faults_of_a_cordeau_file_are_reported_at_once() {
    let text = CORDEAU
        .replace("40.5 10", "-1 10")
        .replace("2 97 4", "2 nan 4")
        .replace("0 0 0 90", "0 0 0 -90");
    let error = format::read(text).unwrap_err();
    let found: Vec<(Rule, &str)> = (error.issues().iter())
        .map(|issue| (issue.rule(), issue.subject()))
        .collect();
    let expected = [
        (Rule::OutOfRange, "line 2"),
        (Rule::BadCoordinate, "line 5"),
        (Rule::ReversedWindow, "line 8"),
    ];
    assert_eq!(found, expected, "{error}");
}

/// A cut within a section is always seen; one between two sections leaves a whole file that says less.
#[test]
fn a_file_that_is_cut_is_refused() {
    for text in [FLEET, DEPOTS, PRIZES] {
        let first = text.find("NODE_COORD_SECTION").unwrap();
        let last = text.find("DEPOT_SECTION\n1\n").unwrap();
        let ends = text[..last].match_indices('\n').map(|(end, _)| end);
        for end in ends.filter(|end| *end > first) {
            let (left, lost) = text.split_at(end + 1);
            if !lost.starts_with(|c: char| c.is_ascii_alphabetic()) {
                assert!(format::read(left).is_err(), "{left}");
            }
        }
    }
    for (end, _) in CORDEAU.trim_end().match_indices('\n') {
        assert!(
            format::read(&CORDEAU[..end]).is_err(),
            "{}",
            &CORDEAU[..end]
        );
    }
}
