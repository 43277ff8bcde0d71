//! A city day of about two thousand orders from three warehouses, in the JSON of `TikTok` Shop.
//!
//! The city is made up and lies in the open sea, so that no address is anybody's. Goods are in stock in all three
//! warehouses: the order states the one that the platform chose, the plan may choose another.

mod files;
mod land;
mod orders;

use crate::kind::Files;
use crate::random::Random;

/// Midnight (UTC+7) at the beginning of Monday 23 November 2026, Unix seconds.
const MIDNIGHT: i64 = 1_795_366_800;

/// One hour, seconds.
const HOUR: i64 = 3_600;

/// Where kilometre (0, 0), the centre, lies: degrees north and east.
const CENTRE: (f64, f64) = (1.2, 105.0);

/// Degrees of a point given in kilometres east and north of the centre, to five decimals (a metre).
fn degrees((x, y): (f64, f64)) -> (String, String) {
    (
        format!("{:.5}", CENTRE.0 + y / 111.195),
        format!("{:.5}", CENTRE.1 + x / 111.171),
    )
}

/// Warehouses: id and kilometres from the centre; at the western exit, near the eastern ring, at the southern port.
const WAREHOUSES: [(&str, (f64, f64)); 3] = [
    ("WH-WEST", (-7.4, 1.2)),
    ("WH-EAST", (5.6, 3.1)),
    ("WH-PORT", (1.8, -6.3)),
];

/// Writes the folder.
pub(crate) fn generate(random: &mut Random, count: usize) -> Files {
    let land = land::Land::new();
    let orders = orders::draw(random, &land, count);
    vec![
        ("orders.json", files::orders(&orders)),
        ("packages.json", files::packages(&orders)),
        ("places.json", files::places(&orders)),
        ("warehouses.json", files::warehouses()),
        ("fleet.json", files::fleet(count)),
    ]
}
