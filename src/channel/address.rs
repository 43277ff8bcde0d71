//! Where an order goes, in words, and who turns words into coordinates.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A postal address without the name or telephone number of anybody.
///
/// It lives only between a channel and the caller's [`Locator`]; no model, problem or plan holds one. `Debug` prints
/// the region and the number of lines.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Country or region code, such as `"ID"`.
    pub region: String,
    /// Postal code; empty where the channel has none.
    pub postal_code: String,
    /// The parts of the country from large to small, such as province, city, district.
    pub districts: Vec<String>,
    /// Street, house, floor, as the channel gives them.
    pub lines: Vec<String>,
    /// The whole address as one line; empty where the channel has none.
    pub full: String,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("region", &self.region)
            .field("lines", &self.lines.len())
            .finish_non_exhaustive()
    }
}

/// Finds the coordinates of an address: a geocoder, or a table of known customers.
///
/// Closures implement it.
///
/// ```
/// use milkrun::channel::{Address, Locator};
///
/// let by_post_code = |address: &Address| match address.postal_code.as_str() {
///     "12190" => Some((-6.2297, 106.8091)),
///     _ => None,
/// };
/// let address = Address { postal_code: "12190".to_owned(), ..Address::default() };
/// assert!(by_post_code.locate(&address).is_some());
/// ```
pub trait Locator {
    /// Degrees north, then degrees east (WGS 84); `None` where the address is not known.
    fn locate(&self, address: &Address) -> Option<(f64, f64)>;
}

impl<F: Fn(&Address) -> Option<(f64, f64)>> Locator for F {
    fn locate(&self, address: &Address) -> Option<(f64, f64)> {
        self(address)
    }
}
