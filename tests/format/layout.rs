//! The same file however it is laid out.

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
    let one_line = format!("{} {}\n", LOWER[..head].trim_end(), numbers.join(" "));
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
fn half_a_matrix_is_read_by_row_and_by_column_with_the_diagonal_or_without() {
    let lower = "10\n20 21\n30 31 32\n40 41 42 43";
    let expected = format::read(LOWER).unwrap();
    for (format, cells) in [
        ("UPPER_COL", lower),
        ("LOWER_DIAG_ROW", "0 10 0 20 21 0 30 31 32 0 40 41 42 43 0"),
        ("UPPER_DIAG_COL", "0 10 0 20 21 0 30 31 32 0 40 41 42 43 0"),
        ("UPPER_ROW", "10 20 30 40 21 31 41 32 42 43"),
        ("LOWER_COL", "10 20 30 40 21 31 41 32 42 43"),
        ("UPPER_DIAG_ROW", "0 10 20 30 40 0 21 31 41 0 32 42 0 43 0"),
        ("LOWER_DIAG_COL", "0 10 20 30 40 0 21 31 41 0 32 42 0 43 0"),
    ] {
        let text = LOWER.replace("LOWER_ROW", format).replace(lower, cells);
        assert_eq!(format::read(&text).unwrap(), expected, "{format}");
        let short = text.replace("42 43", "42").replace("42 0 43", "42 0");
        let error = format::read(short).expect_err("a number is missing");
        assert_eq!(error.issues()[0].rule(), milkrun::error::Rule::Inconsistent);
    }
}

#[test]
fn sections_come_in_any_order() {
    for text in [SQUARE, LOWER, WINDOWS, FLEET, DEPOTS, PRIZES] {
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
    for text in [SQUARE, LOWER, WINDOWS, FLEET, DEPOTS, PRIZES] {
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
    for text in [SOLOMON, CORDEAU] {
        let expected = format::read(text);
        assert_eq!(format::read(text.replace('\n', "\r\n")), expected);
        assert_eq!(format::read(text.replace(' ', "\t")), expected);
    }
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
