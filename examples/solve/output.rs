//! Files that are written.

use milkrun::format::{Numbering, geojson, html, json, routes, sol};
use milkrun::plan::Plan;
use milkrun::problem::Problem;
use std::path::PathBuf;

/// In which form.
enum Form {
    Sol,
    Routes,
    Json,
    GeoJson,
    Html,
}

/// A file to write: where, and in which form.
pub(crate) struct Output {
    path: PathBuf,
    form: Form,
}

impl Output {
    /// The form that the ending of the path names.
    pub(crate) fn at(path: &str) -> Result<Self, String> {
        let endings = [
            (".sol", Form::Sol),
            (".routes.json", Form::Routes),
            (".json", Form::Json),
            (".geojson", Form::GeoJson),
            (".html", Form::Html),
        ];
        let found = endings.into_iter().find(|(end, _)| path.ends_with(end));
        let (_, form) = found.ok_or_else(|| {
            format!("--out {path:?} ends in none of .sol, .routes.json, .json, .geojson and .html")
        })?;
        Ok(Self {
            path: PathBuf::from(path),
            form,
        })
    }

    /// Whether the form can say which vehicle drives a route of this instance.
    pub(crate) fn check(&self, numbering: &Numbering) -> Result<(), String> {
        if matches!(self.form, Form::Sol) && !numbering.places_tell_vehicles() {
            return Err(format!(
                "--out {}: there are several vehicle types, and .sol does not say which one drives a route; use \
                 .routes.json",
                self.path.display()
            ));
        }
        Ok(())
    }

    pub(crate) fn write(
        &self,
        problem: &Problem,
        numbering: &Numbering,
        plan: &Plan,
    ) -> Result<(), String> {
        let text = match self.form {
            Form::Sol => sol::write(plan, numbering),
            Form::Routes => routes::write(plan, numbering),
            Form::Json => json::write_plan(problem, plan),
            Form::GeoJson => geojson::write(problem, plan),
            Form::Html => html::write(problem, plan),
        };
        std::fs::write(&self.path, text)
            .map_err(|fault| format!("{}: {fault}", self.path.display()))
    }
}
