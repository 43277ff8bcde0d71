//! The law of the rooms: imports point down the tower, files and their panics stay small.
//!
//! The sources are read as text, without comments and string literals. Test code counts too: a room that can only be
//! tested by reaching up is a room in the wrong place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every room, its level, and the rooms that it may import beside `error` and `measure`.
const ROOMS: &[(&str, u8, &[&str])] = &[
    ("error", 0, &[]),
    ("measure", 1, &[]),
    ("model", 2, &[]),
    ("travel", 3, &["model"]),
    ("carrier", 3, &["model"]),
    ("problem", 4, &["travel", "model"]),
    ("eval", 5, &["problem"]),
    ("plan", 5, &["problem", "model"]),
    ("search", 6, &["eval", "problem"]),
    ("bound", 6, &["problem"]),
    ("insight", 6, &["plan", "model"]),
    ("solve", 7, &["search", "plan", "eval", "bound", "problem"]),
    ("format", 8, &["plan", "travel", "model"]),
    ("channel", 8, &["plan", "model"]),
];

/// Arrows down that the table does not list, each granted for a reason.
const GRANTED: &[(&str, &str, &str)] = &[
    ("eval", "model", "Problem::kind answers in OrderKind"),
    (
        "eval",
        "travel",
        "Problem::legs answers in Legs, read in place by the hot loop",
    ),
    ("plan", "travel", "Problem::leg answers in Leg"),
    (
        "solve",
        "model",
        "a LiveSolver is made of what the user states, and keeps it",
    ),
    (
        "solve",
        "travel",
        "a LiveSolver asks for the legs of orders that come in",
    ),
    (
        "format",
        "problem",
        "solutions are read against a Problem, and places are written from it",
    ),
    (
        "search",
        "travel",
        "the neighbour index is built on the coordinates of Legs",
    ),
];

/// The rooms that every level above them may import.
const GROUND: &[&str] = &["error", "measure"];

/// Design notes, rendered as documentation: not a room, imports nothing.
const NOTES: &str = "docs";

/// The most lines of a source file.
const MOST_LINES: usize = 600;

/// What no code outside of tests may say: user data never panics, and nothing is left for later.
const BANNED: &[&str] = &[
    ".unwrap()",
    "panic!",
    "todo!",
    "unimplemented!",
    "dbg!",
    "println!",
];

fn level(room: &str) -> Option<u8> {
    ROOMS
        .iter()
        .find(|(name, ..)| *name == room)
        .map(|(_, level, _)| *level)
}

/// Why an import is against the law; `None`: it is not.
fn verdict(from: &str, to: &str) -> Option<String> {
    if from == to {
        return None;
    }
    let (Some(above), Some(below)) = (level(from), level(to)) else {
        return Some(format!("{from} -> {to}: not both are rooms"));
    };
    let listed = ROOMS
        .iter()
        .any(|(name, _, allowed)| *name == from && allowed.contains(&to));
    let granted = GRANTED.iter().any(|(a, b, _)| (*a, *b) == (from, to));
    let allowed = below < above && (listed || granted || GROUND.contains(&to));
    (!allowed).then(|| {
        format!("{from} (level {above}) -> {to} (level {below}) is not an arrow of the design")
    })
}

/// The text with comments and the insides of string and character literals made blank; lines keep their numbers.
fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let end = match (at(i), at(i + 1)) {
            ('/', '/') => (i..chars.len())
                .find(|k| at(*k) == '\n')
                .unwrap_or(chars.len()),
            ('/', '*') => end_of_block(&chars, i),
            ('"', _) => end_of_string(&chars, i),
            ('r', '"' | '#') if !is_word(at(i.wrapping_sub(1))) => end_of_raw(&chars, i),
            ('\'', '\\') => 1 + (i + 3..chars.len()).find(|k| at(*k) == '\'').unwrap_or(i),
            ('\'', _) if at(i + 2) == '\'' => i + 3,
            _ => i,
        };
        if end == i {
            out.push(at(i));
            i += 1;
        } else {
            out.extend((i..end).map(|k| if at(k) == '\n' { '\n' } else { ' ' }));
            i = end;
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_block(chars: &[char], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut i = start;
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

/// The end of `r"…"` or `r#"…"#`; the start itself where it is neither, such as `r#type`.
fn end_of_raw(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return start;
    }
    let closes = |i: &usize| {
        chars[*i] == '"'
            && chars[i + 1..]
                .iter()
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes
    };
    (open + 1..chars.len())
        .find(closes)
        .map_or(chars.len(), |i| i + 1 + hashes)
}

/// The first names of what follows `crate::`, be it `a::b` or `{a::b, c::{d, e}}`.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| is_word(*c))
            .collect()
    };
    let Some(group) = rest.trim_start().strip_prefix('{') else {
        return vec![name(rest)];
    };
    let mut names = vec![name(group)];
    let mut depth = 1;
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&group[i + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The modules from the crate's root to a file, such as `[travel, legs]` for `travel/legs.rs`.
fn modules(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> = path
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

/// The rooms that a file imports.
fn imports(path: &Path, text: &str) -> BTreeSet<String> {
    let code = code_only(text);
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let word_goes_on = code[..at].chars().next_back().is_some_and(is_word);
        if !word_goes_on {
            found.extend(first_names(&code[at + "crate::".len()..]));
        }
    }
    // `super` as often as the file is deep reaches the root; a module inside of the file is one deeper.
    let depth = modules(path).len();
    let inner = code.find("\nmod tests {").unwrap_or(code.len());
    let mut at = 0;
    while let Some(step) = code[at..].find("super::") {
        let start = at + step;
        let mut rest = &code[start..];
        let mut steps = 0;
        while let Some(next) = rest.strip_prefix("super::") {
            (rest, steps) = (next, steps + 1);
        }
        if steps == depth + usize::from(start > inner) {
            found.extend(first_names(rest));
        }
        at = code.len() - rest.len();
    }
    found
}

/// The code without `#[cfg(test)]` items; lines keep their numbers.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let mut depth = 0;
        let ends = |(i, c): (usize, char)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0 && matches!(c, '}' | ';')).then_some(start + i + 1)
        };
        let end = out[start..]
            .char_indices()
            .find_map(ends)
            .unwrap_or(out.len());
        let blank: String = out[start..end]
            .chars()
            .map(|c| if c == '\n' { '\n' } else { ' ' })
            .collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// Everything in one file that is against the law.
fn faults(path: &Path, text: &str) -> Vec<String> {
    let said = |what: String| format!("{}: {what}", path.display());
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > MOST_LINES {
        faults.push(said(format!("{lines} lines, the most are {MOST_LINES}")));
    }
    // The crate's root opens all rooms.
    if let Some(from) = modules(path).first().filter(|room| *room != NOTES) {
        let targets = imports(path, text);
        faults.extend(targets.iter().filter_map(|to| verdict(from, to)).map(said));
    }
    for (number, line) in without_tests(&code_only(text)).lines().enumerate() {
        for banned in BANNED.iter().filter(|banned| line.contains(**banned)) {
            faults.push(said(format!(
                "line {}: {banned} outside of tests",
                number + 1
            )));
        }
    }
    faults
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_source_keeps_the_law() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&root);
    assert!(files.len() > 20, "the sources were not found");
    let faults: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            self::faults(file.strip_prefix(&root).unwrap(), &text)
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_table_of_rooms_itself_points_down() {
    for (room, level, allowed) in ROOMS {
        for below in *allowed {
            assert!(self::level(below).unwrap() < *level, "{room} -> {below}");
        }
    }
    for (room, below, _) in GRANTED {
        assert!(
            level(below).unwrap() < level(room).unwrap(),
            "{room} -> {below}"
        );
    }
}

#[test]
fn planted_violations_are_caught() {
    let caught = |path: &str, text: &str| !faults(Path::new(path), text).is_empty();
    let planted = [
        ("travel/legs.rs", "use crate::problem::Problem;"), // up
        ("eval/mod.rs", "use crate::plan::Plan;"),          // sideways
        (
            "plan/check.rs",
            "use crate::{\n    measure::Cost,\n    eval::{Segment, Route},\n};",
        ),
        ("search/ruin.rs", "fn f() { crate::solve::run() }"), // inline
        ("search/ruin.rs", "use crate::model::Place;"), // down, but not an arrow of the design
        ("error.rs", "use crate::measure::Cost;"),
        ("model/order.rs", "use super::super::travel::Legs;"),
        (
            "model/mod.rs",
            "use super::{error::Rule, problem::Problem};",
        ),
        (
            "model/mod.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::problem::Problem;\n}",
        ),
        ("util/mod.rs", "use crate::measure::Cost;"), // no such room
        ("model/mod.rs", "fn f() { x.unwrap(); }"),
        ("model/mod.rs", "fn f() { todo!() }"),
        (
            "model/mod.rs",
            "#[cfg(test)]\nuse std::fmt;\nfn f() { panic!() }",
        ),
        (
            "model/mod.rs",
            "#[cfg(test)]\nmod tests { fn f() { panic!() } }\nfn g() { panic!() }",
        ),
        ("model/mod.rs", &"\n".repeat(601)),
    ];
    for (path, text) in planted {
        assert!(caught(path, text), "{path} {text}");
    }
}

#[test]
fn what_is_lawful_is_left_alone() {
    let lawful = [
        ("lib.rs", "pub use crate::solve::Solver;\npub mod plan;"),
        (
            "docs/mod.rs",
            "#[doc = include_str!(\"design.md\")]\npub mod design {}",
        ),
        (
            "solve/mod.rs",
            "use crate::{plan::Plan, search::construct, eval, bound, error::Error};",
        ),
        (
            "error.rs",
            "//! See [`Problem`](crate::problem::Problem).\n/* crate::plan */ use std::fmt;",
        ),
        (
            "model/mod.rs",
            "const A: &str = \"crate::plan panic! \\\" todo!\"; const B: char = '\"';",
        ),
        (
            "model/mod.rs",
            "const A: &str = r#\"crate::plan \" panic!\"#; fn f<'a>(r#type: &'a str) {}",
        ),
        (
            "model/order.rs",
            "use super::Place; use super::super::measure::Cost;",
        ),
        (
            "model/mod.rs",
            "#[cfg(test)]\nmod tests { fn f() { x.unwrap(); { panic!() } } }",
        ),
        (
            "model/order.rs",
            "fn f() {}\nmod tests {\n    use super::super::Place;\n}",
        ),
    ];
    for (path, text) in lawful {
        let found = faults(Path::new(path), text);
        assert!(found.is_empty(), "{path} {text}: {found:?}");
    }
}
