//! What was bought, when, and how fast it is to come.

use super::land::{House, Land};
use super::{HOUR, MIDNIGHT, WAREHOUSES};
use crate::random::Random;

/// Everything that the files say of one order.
pub(crate) struct Bought {
    pub(crate) id: String,
    pub(crate) house: House,
    /// Whether the locator knows the house.
    pub(crate) located: bool,
    pub(crate) state: State,
    pub(crate) warehouse: &'static str,
    pub(crate) paid: i64,
    pub(crate) ship_by: i64,
    pub(crate) deliver_by: Option<i64>,
    pub(crate) priority: i64,
    pub(crate) option: &'static str,
    /// Grams of each package; `None`: nobody weighed it.
    pub(crate) packages: Vec<Option<i64>>,
    pub(crate) group: Option<String>,
}

/// Where the order stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Cancelled,
    OnHold,
    CancelAsked,
    ByPlatform,
    OnItsWay,
}

/// Delivery options of the shop: id, first and last hour; the first is any time of the day.
pub(crate) const SLOTS: [(&str, i64, i64); 6] = [
    ("7100", 8, 20),
    ("7110", 9, 11),
    ("7112", 11, 13),
    ("7114", 13, 15),
    ("7116", 15, 17),
    ("7118", 17, 19),
];

/// How an order was bought: a livestream in the morning, the same day, or the evening and night before.
#[derive(Clone, Copy)]
enum Sale {
    Live,
    SameDay,
    Before,
}

pub(crate) fn draw(random: &mut Random, land: &Land, count: usize) -> Vec<Bought> {
    let mut houses: Vec<House> = Vec::new();
    let mut all = Vec::new();
    for index in 0..count {
        // Blocks of flats: some orders share a house.
        let house = if !houses.is_empty() && random.chance(0.06) {
            houses[random.index(houses.len())].clone()
        } else {
            land.house(random)
        };
        houses.push(house.clone());
        all.push(order(random, index, house));
    }
    // A list answer is newest first.
    all.sort_by(|a, b| b.paid.cmp(&a.paid).then_with(|| a.id.cmp(&b.id)));
    all
}

fn order(random: &mut Random, index: usize, house: House) -> Bought {
    let sale = [Sale::Live, Sale::SameDay, Sale::Before][random.weighted(&[0.16, 0.12, 0.72])];
    let paid = MIDNIGHT
        + match sale {
            // The livestream sells from ten; most buy in its first minutes.
            Sale::Live => 10 * HOUR + (random.exponential(900.0) as i64).min(2 * HOUR),
            Sale::SameDay => random.whole(6 * HOUR, 11 * HOUR),
            Sale::Before => random.whole(-10 * HOUR, 5 * HOUR),
        };
    let (option, priority, deliver_by) = promise(random, sale);
    let state = state(random);
    let parcels = 1 + usize::from(random.chance(0.09)) + usize::from(random.chance(0.02));
    let unweighed = state == State::Open && random.chance(0.010);
    Bought {
        id: format!("5790{:014}", 81_000_000_000_u64 + 7_919 * index as u64),
        located: !random.chance(0.008),
        state,
        warehouse: nearest_mostly(random, &house),
        paid,
        ship_by: (MIDNIGHT + 20 * HOUR).max(paid + 24 * HOUR).min(deliver_by),
        deliver_by: (!random.chance(0.004)).then_some(deliver_by),
        priority,
        option,
        packages: (0..parcels)
            .map(|_| (!unweighed).then(|| grams(random)))
            .collect(),
        group: (matches!(sale, Sale::Live) && random.chance(0.1))
            .then(|| format!("G{}", index / 8)),
        house,
    }
}

/// The delivery option, the platform's priority and the latest delivery.
fn promise(random: &mut Random, sale: Sale) -> (&'static str, i64, i64) {
    let tonight = MIDNIGHT + 20 * HOUR;
    match sale {
        // A slot of the afternoon, since it is packed only an hour after the sale.
        Sale::Live | Sale::SameDay if random.chance(0.35) => {
            let (option, _, last) = SLOTS[random.index(3) + 3];
            (option, 200, MIDNIGHT + last * HOUR)
        }
        Sale::Live | Sale::SameDay => (SLOTS[0].0, 300, tonight),
        Sale::Before if random.chance(0.22) => {
            let (option, _, last) = SLOTS[random.index(5) + 1];
            (option, 400, MIDNIGHT + last * HOUR)
        }
        Sale::Before => {
            let days = [0, 1, 2][random.weighted(&[0.62, 0.25, 0.13])];
            let priority = if days == 0 { 400 } else { 600 };
            (SLOTS[0].0, priority, tonight + days * 24 * HOUR)
        }
    }
}

fn state(random: &mut Random) -> State {
    let states = [
        State::Open,
        State::Cancelled,
        State::OnHold,
        State::CancelAsked,
        State::ByPlatform,
        State::OnItsWay,
    ];
    states[random.weighted(&[0.935, 0.018, 0.012, 0.006, 0.017, 0.012])]
}

/// Log-normal, with a heavy tail of rice, water and small furniture.
fn grams(random: &mut Random) -> i64 {
    let weight = if random.chance(0.05) {
        random.log_normal(5_200.0, 0.6)
    } else {
        random.log_normal(620.0, 0.85)
    };
    (weight / 10.0).round().clamp(3.0, 2_800.0) as i64 * 10
}

/// The platform mostly chooses the nearest warehouse.
fn nearest_mostly(random: &mut Random, house: &House) -> &'static str {
    if random.chance(0.15) {
        return WAREHOUSES[random.index(WAREHOUSES.len())].0;
    }
    let square = |at: (f64, f64)| {
        let (dx, dy) = (house.at.0 - at.0, house.at.1 - at.1);
        dx * dx + dy * dy
    };
    WAREHOUSES
        .iter()
        .min_by(|a, b| square(a.1).total_cmp(&square(b.1)))
        .map_or(WAREHOUSES[0].0, |warehouse| warehouse.0)
}
