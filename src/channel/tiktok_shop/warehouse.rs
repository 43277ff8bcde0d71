//! Warehouses as Get Warehouse List answers them.

use super::word::{EffectStatus, WarehouseType};
use crate::error::{Error, Rule, shown};
use crate::model::{Depot, Place};
use serde::{Deserialize, Serialize};

/// A warehouse of `data.warehouses[]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Warehouse {
    /// Warehouse id; it becomes the name of the depot.
    pub id: String,
    /// The seller's name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<WarehouseType>,
    /// Whether it is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect_status: Option<EffectStatus>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<WarehouseAddress>,
}

/// Where a warehouse is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WarehouseAddress {
    /// Coordinates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geolocation: Option<Geolocation>,
    /// Country or region code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// District. The platform writes it `distict`; the right spelling is read too.
    #[serde(
        rename = "distict",
        alias = "district",
        skip_serializing_if = "Option::is_none"
    )]
    pub district: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
}

/// Degrees as decimal strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Geolocation {
    /// Degrees north.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
}

impl Warehouse {
    /// Whether orders ship from it, by its type and status.
    pub fn ships(&self) -> bool {
        self.kind == Some(WarehouseType::Sales) && self.effect_status == Some(EffectStatus::Enabled)
    }

    /// The depot of the model, named by the warehouse's id.
    ///
    /// # Errors
    ///
    /// When it has no coordinates, or they are no numbers on the globe.
    pub fn depot(&self) -> Result<Depot, Error> {
        let subject = || format!("warehouse {:?}", shown(&self.id));
        let Some(at) = self.address.as_ref().and_then(|a| a.geolocation.as_ref()) else {
            let advice = "it has no geolocation; set it in the shop, or make the depot yourself";
            return Err(Error::one(subject(), Rule::Missing, advice));
        };
        let read = |text: &str, most: f64| -> Option<f64> {
            let degrees: f64 = text.trim().parse().ok()?;
            (degrees.abs() <= most).then_some(degrees)
        };
        match (read(&at.latitude, 90.0), read(&at.longitude, 180.0)) {
            (Some(latitude), Some(longitude)) => {
                Ok(Depot::new(&self.id, Place::geo(latitude, longitude)))
            }
            _ => Err(Error::one(
                subject(),
                Rule::BadCoordinate,
                "its geolocation is not degrees north within ±90 and east within ±180; correct it",
            )),
        }
    }
}
