//! Legs given as tables.

use super::{LegRequest, Legs, Travel, TravelFault};
use crate::error::Rule;
use crate::measure::Table;
use crate::model::Place;

/// Given tables of distances and durations, one pair for each travel profile; asymmetric ones are welcome.
///
/// Places are rows ([`Place::row`]). A cell `None` says that there is no such leg.
///
/// ```
/// use milkrun::measure::Table;
/// use milkrun::travel::Tables;
/// let distances = Table::from_rows(vec![vec![Some(0), Some(7)], vec![Some(9), Some(0)]]).unwrap();
/// let travel = Tables::new(distances);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tables {
    profiles: Vec<Profile>,
}

#[derive(Debug, Clone, PartialEq)]
struct Profile {
    name: String,
    distance: Table<Option<i64>>,
    duration: Option<Table<Option<i64>>>,
}

impl Tables {
    /// Distances of the default profile `""`; durations are equal to them.
    pub fn new(distance: Table<Option<i64>>) -> Self {
        Self::default().with(String::new(), distance, None)
    }

    /// Adds the tables of one profile; without durations they are equal to the distances.
    #[must_use]
    pub fn profile(
        self,
        name: impl Into<String>,
        distance: Table<Option<i64>>,
        duration: Option<Table<Option<i64>>>,
    ) -> Self {
        self.with(name.into(), distance, duration)
    }

    fn with(
        mut self,
        name: String,
        distance: Table<Option<i64>>,
        duration: Option<Table<Option<i64>>>,
    ) -> Self {
        self.profiles.push(Profile {
            name,
            distance,
            duration,
        });
        self
    }
}

impl Travel for Tables {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        let fault = |place, rule, advice: String| TravelFault {
            place,
            rule,
            advice,
        };
        let Some(profile) = self
            .profiles
            .iter()
            .rev()
            .find(|p| p.name == request.profile)
        else {
            let advice = format!(
                "there is no table for the travel profile {:?}; add one",
                request.profile
            );
            return Err(vec![fault(None, Rule::UnknownReference, advice)]);
        };
        let size = profile.distance.rows();
        let mut faults = Vec::new();
        let square = |t: &Table<Option<i64>>| t.rows() == size && t.columns() == size;
        if !square(&profile.distance) || !profile.duration.as_ref().is_none_or(square) {
            let advice =
                "the tables are not square and of one size; give a row and a column to each place"
                    .to_owned();
            faults.push(fault(None, Rule::Inconsistent, advice));
        }
        let sound = |t: &Table<Option<i64>>| {
            t.cells()
                .iter()
                .flatten()
                .all(|v| (0..i64::from(u32::MAX)).contains(v))
        };
        if !sound(&profile.distance) || !profile.duration.as_ref().is_none_or(sound) {
            let advice =
                "a cell is negative or above 2^32 - 2; use None for a leg that does not exist"
                    .to_owned();
            faults.push(fault(None, Rule::OutOfRange, advice));
        }
        let mut rows = Vec::with_capacity(request.places.len());
        for (index, place) in request.places.iter().enumerate() {
            match place {
                Place::Row(row) if (*row as usize) < size => rows.push(*row as usize),
                Place::Row(row) => {
                    let advice =
                        format!("row {row} is not in the table of {size} rows; correct the row");
                    faults.push(fault(Some(index), Rule::UnknownReference, advice));
                }
                Place::Geo { .. } | Place::Plane { .. } => {
                    let advice = "given tables need a place that is a row; use Place::row, or another travel";
                    faults.push(fault(Some(index), Rule::Inconsistent, advice.to_owned()));
                }
            }
        }
        let cells = rows.len().saturating_mul(rows.len());
        if cells > request.dense_cells {
            let advice = format!(
                "{cells} cells are above the limit of {}; raise Limits::cells",
                request.dense_cells
            );
            faults.push(fault(None, Rule::TooLarge, advice));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let pick = |table: &Table<Option<i64>>| {
            let cells = rows
                .iter()
                .flat_map(|from| rows.iter().map(|to| table[(*from, *to)]))
                .collect();
            Table::from_cells(rows.len(), cells).expect("rows times columns cells were picked")
        };
        let duration = profile.duration.as_ref().map(pick);
        Ok(
            Legs::from_tables(&pick(&profile.distance), duration.as_ref())
                .expect("the cells were checked above"),
        )
    }
}
