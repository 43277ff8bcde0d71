//! How to travel, as data.

use super::Convention;
use crate::measure::Table;
use crate::travel::{Haversine, LegRequest, Legs, Tables, Travel, TravelFault};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How to travel in an instance or a model document: a [`Travel`] that can be written down.
///
/// ```
/// use milkrun::format::TravelBy;
/// let bikes: TravelBy = serde_json::from_str(
///     r#"{"haversine": {"kmh": 34.0, "profiles": [{"profile": "bike", "kmh": 15.0}]}}"#,
/// ).unwrap();
/// assert_eq!(bikes.scale(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TravelBy {
    /// Straight lines on a plane: `{"euclidean": "rounded"}`, or `"dimacs"`, or `"exact"`.
    Euclidean(Convention),
    /// Great circles on the globe, in metres and seconds.
    Haversine {
        /// The speed of every profile that is not listed, in kilometres an hour.
        kmh: f64,
        /// Profiles with a speed of their own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        profiles: Vec<ProfileSpeed>,
    },
    /// Given tables, one entry for each travel profile.
    Tables(Vec<TravelTable>),
}

/// The speed of one travel profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileSpeed {
    /// The travel profile, such as `"bike"`.
    pub profile: String,
    /// Its speed in kilometres an hour.
    pub kmh: f64,
}

/// The tables of one travel profile; in JSON an array of rows, `null` where there is no leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TravelTable {
    /// The travel profile; `""` is the default one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// Distances, `[from][to]`.
    #[serde(serialize_with = "write_rows", deserialize_with = "read_rows")]
    pub distances: Table<Option<i64>>,
    /// Durations, `[from][to]`; left out, they are equal to the distances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(
        serialize_with = "write_some_rows",
        deserialize_with = "read_some_rows"
    )]
    pub durations: Option<Table<Option<i64>>>,
}

impl TravelBy {
    /// How many units of distance one unit of the source is: 1 but for scaled straight lines.
    pub fn scale(&self) -> u32 {
        match self {
            Self::Euclidean(convention) => convention.scale(),
            Self::Haversine { .. } | Self::Tables(_) => 1,
        }
    }
}

impl Travel for TravelBy {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        match self {
            Self::Euclidean(convention) => convention.euclidean().legs(request),
            Self::Haversine { kmh, profiles } => profiles
                .iter()
                .fold(Haversine::at_kmh(*kmh), |travel, p| {
                    travel.profile_kmh(&p.profile, p.kmh)
                })
                .legs(request),
            Self::Tables(tables) => tables
                .iter()
                .filter(|table| table.profile == request.profile)
                .fold(Tables::default(), |travel, t| {
                    travel.profile(&t.profile, t.distances.clone(), t.durations.clone())
                })
                .legs(request),
        }
    }
}

fn write_rows<S: Serializer>(table: &Table<Option<i64>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq((0..table.rows()).map(|row| table.row(row)))
}

#[allow(clippy::ref_option, reason = "the signature is serde's")]
fn write_some_rows<S: Serializer>(
    table: &Option<Table<Option<i64>>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match table {
        Some(table) => write_rows(table, serializer),
        None => serializer.serialize_none(),
    }
}

fn read_rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Table<Option<i64>>, D::Error> {
    table(Vec::deserialize(deserializer)?)
}

fn read_some_rows<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Table<Option<i64>>>, D::Error> {
    Option::<Vec<Vec<Option<i64>>>>::deserialize(deserializer)?
        .map(table)
        .transpose()
}

fn table<E: serde::de::Error>(rows: Vec<Vec<Option<i64>>>) -> Result<Table<Option<i64>>, E> {
    Table::from_rows(rows)
        .map_err(|row| E::custom(format!("row {row} of the table is not as long as row 0")))
}
