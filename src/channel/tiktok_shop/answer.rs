//! The platform's answers around its data.

use super::{ShopOrder, ShopPackage, ShopReturn, Warehouse};
use crate::error::{Error, Rule};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Answer<T> {
    #[serde(default)]
    code: i64,
    data: Option<T>,
}

#[derive(Deserialize)]
struct Orders {
    #[serde(default)]
    orders: Option<Vec<ShopOrder>>,
}

#[derive(Deserialize)]
struct Packages {
    #[serde(default)]
    packages: Option<Vec<ShopPackage>>,
}

#[derive(Deserialize)]
struct Returns {
    #[serde(default)]
    return_orders: Option<Vec<ShopReturn>>,
}

#[derive(Deserialize)]
struct Warehouses {
    #[serde(default)]
    warehouses: Option<Vec<Warehouse>>,
}

/// Reads the orders of an answer of Get Order Detail or Get Order List; one page.
///
/// # Errors
///
/// When it is no JSON of that form, or the platform answered with an error code.
pub fn read_orders(json: &[u8]) -> Result<Vec<ShopOrder>, Error> {
    let data: Orders = read(json, "orders")?;
    listed(data.orders, "orders")
}

/// Reads the packages of `data.packages[]`: package details gathered in one list, or an answer of Search Package.
///
/// # Errors
///
/// As [`read_orders`].
pub fn read_packages(json: &[u8]) -> Result<Vec<ShopPackage>, Error> {
    let data: Packages = read(json, "packages")?;
    listed(data.packages, "packages")
}

/// Reads the returns of an answer of Search Returns.
///
/// # Errors
///
/// As [`read_orders`].
pub fn read_returns(json: &[u8]) -> Result<Vec<ShopReturn>, Error> {
    let data: Returns = read(json, "return_orders")?;
    listed(data.return_orders, "return_orders")
}

/// Reads the warehouses of an answer of Get Warehouse List.
///
/// # Errors
///
/// As [`read_orders`].
pub fn read_warehouses(json: &[u8]) -> Result<Vec<Warehouse>, Error> {
    let data: Warehouses = read(json, "warehouses")?;
    listed(data.warehouses, "warehouses")
}

fn read<T: DeserializeOwned>(json: &[u8], what: &str) -> Result<T, Error> {
    // The reader's own message repeats the input's text, which may be personal: only the position is passed on.
    let answer: Answer<T> = serde_json::from_slice(json).map_err(|fault| {
        let kind = match fault.classify() {
            serde_json::error::Category::Data => "a value is not of the platform's type",
            serde_json::error::Category::Eof => "the text ends too early",
            _ => "the text is no JSON",
        };
        Error::one(
            format!("{what}: line {} column {}", fault.line(), fault.column()),
            Rule::Syntax,
            format!("{kind}; hand over the answer as the platform sent it"),
        )
    })?;
    if answer.code != 0 {
        return Err(Error::one(
            what,
            Rule::Inconsistent,
            format!(
                "the platform answered with error code {}; repeat the call",
                answer.code
            ),
        ));
    }
    answer.data.ok_or_else(|| {
        Error::one(
            what,
            Rule::Missing,
            "the answer has no data; repeat the call",
        )
    })
}

/// A page without its list is an empty page only if the platform says so with an empty list.
fn listed<T>(list: Option<Vec<T>>, what: &str) -> Result<Vec<T>, Error> {
    list.ok_or_else(|| {
        Error::one(
            what,
            Rule::Missing,
            format!("the data has no {what}; hand over the answer of the right call"),
        )
    })
}
