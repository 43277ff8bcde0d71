//! Packages as Get Package Detail and Search Package answer them: what orders lack, weight and size.

use super::word::PackageStatus;
use crate::channel::measurement;
use serde::{Deserialize, Serialize};

/// A package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopPackage {
    /// Package id; the search call spells it `id`.
    #[serde(alias = "id")]
    pub package_id: String,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none", alias = "status")]
    pub package_status: Option<PackageStatus>,
    /// How heavy it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// How large it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimension: Option<Dimension>,
}

/// A decimal string with a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weight {
    /// Such as `"540"` or `"1.25"`.
    pub value: String,
    /// `GRAM` or `POUND`.
    pub unit: String,
}

/// Three decimal strings with a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dimension {
    /// Such as `"22"`.
    pub length: String,
    /// Such as `"15"`.
    pub width: String,
    /// Such as `"9"`.
    pub height: String,
    /// `CM` or `INCH`.
    pub unit: String,
}

impl ShopPackage {
    /// Whole grams, rounded up; `None` when there is no weight that can be read, or it is zero: scales that say
    /// nothing say `"0"`.
    pub fn grams(&self) -> Option<i64> {
        let weight = self.weight.as_ref()?;
        measurement::grams(&weight.value, &weight.unit).filter(|grams| *grams > 0)
    }

    /// Length, width, height in whole millimetres, rounded up; `None` when one of them cannot be read.
    pub fn millimetres(&self) -> Option<[i64; 3]> {
        let size = self.dimension.as_ref()?;
        let read = |text: &str| measurement::millimetres(text, &size.unit);
        Some([read(&size.length)?, read(&size.width)?, read(&size.height)?])
    }
}
