//! How much a problem may ask for.

/// Bounds that are checked before anything is allocated, so that a hostile or mistaken input cannot take a service
/// down. All of them are adjustable; [`Limits::trusted`] lifts them to what the arithmetic can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most orders. Default 100,000.
    pub orders: usize,
    /// The most depots. Default 10,000.
    pub depots: usize,
    /// The most vehicle types. Default 1,000.
    pub vehicle_types: usize,
    /// The most carriers. Default 64.
    pub carriers: usize,
    /// The most load dimensions. Default 8, and never more than 8.
    pub dimensions: usize,
    /// The most travel profiles; one that vehicle types travel at several paces counts once for each. Default 16.
    pub profiles: usize,
    /// The longest name, in bytes. Default 128.
    pub name_bytes: usize,
    /// The most cells of one dense table of legs (4 to 8 bytes each). Where coordinates are known, a larger problem
    /// computes legs when they are asked for; where legs are only a table, it is refused. Default 36,000,000.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            orders: 100_000,
            depots: 10_000,
            vehicle_types: 1_000,
            carriers: 64,
            dimensions: 8,
            profiles: 16,
            name_bytes: 128,
            cells: 36_000_000,
        }
    }
}

impl Limits {
    /// For input that comes from yourself: two million orders.
    pub fn trusted() -> Self {
        Self {
            orders: 2_000_000,
            depots: 100_000,
            name_bytes: 1024,
            ..Self::default()
        }
    }
}
