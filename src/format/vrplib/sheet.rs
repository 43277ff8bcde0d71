//! A VRPLIB file cut into specifications and sections, in whatever order they come.

use super::super::text::{at, lines, quoted};
use crate::error::{Issues, Rule};

/// A `KEY : value` line.
pub(super) struct Spec<'a> {
    pub(super) line: usize,
    pub(super) key: String,
    pub(super) value: &'a str,
}

/// A row of a section: the number of its line, and the line.
pub(super) type Row<'a> = (usize, &'a str);

/// A section: its name without `_SECTION`, and its rows.
pub(super) struct Section<'a> {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) rows: Vec<Row<'a>>,
}

/// The whole file, not yet understood.
pub(super) struct Sheet<'a> {
    pub(super) specs: Vec<Spec<'a>>,
    pub(super) sections: Vec<Section<'a>>,
}

impl<'a> Sheet<'a> {
    /// Cuts the text at its keywords: lines that begin with a letter.
    pub(super) fn scan(text: &'a str, issues: &mut Issues) -> Self {
        let mut sheet = Self {
            specs: Vec::new(),
            sections: Vec::new(),
        };
        let mut inside = false;
        for (line, row) in lines(text) {
            if !row.starts_with(|c: char| c.is_ascii_alphabetic()) {
                match sheet.sections.last_mut().filter(|_| inside) {
                    Some(section) => section.rows.push((line, row)),
                    None => issues.add(
                        Rule::Syntax,
                        || at(line),
                        || {
                            format!(
                                "{} stands outside of any section; remove it or head it",
                                quoted(row)
                            )
                        },
                    ),
                }
                continue;
            }
            let end = row
                .find(|c: char| c == ':' || c.is_whitespace())
                .unwrap_or(row.len());
            let (word, rest) = row.split_at(end);
            let word = word.to_ascii_uppercase();
            let rest = rest.trim_start();
            if word == "EOF" {
                break;
            }
            if let Some(name) = word.strip_suffix("_SECTION") {
                sheet.open(
                    line,
                    name,
                    rest.trim_start_matches(':').trim_start(),
                    issues,
                );
                inside = true;
            } else {
                inside = false;
                sheet.specify(line, word, rest, issues);
            }
        }
        sheet
    }

    fn open(&mut self, line: usize, name: &str, rest: &'a str, issues: &mut Issues) {
        if self.section(name).is_some() {
            issues.add(
                Rule::DuplicateName,
                || at(line),
                || format!("there is a second {name}_SECTION; keep one"),
            );
        }
        let rows = if rest.is_empty() {
            Vec::new()
        } else {
            vec![(line, rest)]
        };
        self.sections.push(Section {
            line,
            name: name.to_owned(),
            rows,
        });
    }

    fn specify(&mut self, line: usize, key: String, rest: &'a str, issues: &mut Issues) {
        let Some(value) = rest.strip_prefix(':') else {
            issues.add(
                Rule::Syntax,
                || at(line),
                || format!("{} is neither `KEY : value`, nor a section, nor a row of numbers; correct it", quoted(&key)),
            );
            return;
        };
        if key != "COMMENT" && self.spec(&key).is_some() {
            issues.add(
                Rule::DuplicateName,
                || at(line),
                || format!("{} is stated twice; keep one", quoted(&key)),
            );
        }
        self.specs.push(Spec {
            line,
            key,
            value: value.trim(),
        });
    }

    pub(super) fn spec(&self, key: &str) -> Option<&Spec<'a>> {
        self.specs.iter().find(|spec| spec.key == key)
    }

    pub(super) fn section(&self, name: &str) -> Option<&Section<'a>> {
        self.sections.iter().find(|section| section.name == name)
    }
}
