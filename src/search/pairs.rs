//! Putting pickup→drop-off pairs on routes.

use crate::eval::{NONE, Resource, Tours};
use crate::search::recreate::{Blinker, Hope};
use crate::search::touched::draw_touched;
use crate::search::{Dice, Neighbours, Succession};

/// Where a pair would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PairSpot {
    /// The pickup behind the one node, then the drop-off behind the other.
    Behind([u32; 2]),
    /// On a vehicle of this type that still stands at its depot.
    Fresh(usize),
}

impl PairSpot {
    /// Puts an absent pair there.
    pub(super) fn take<R: Resource>(self, tours: &mut Tours<'_, R>, pair: (u32, u32)) {
        let [pickup, drop_off] = match self {
            Self::Behind(behind) => behind,
            Self::Fresh(vehicle) => match tours.open(vehicle) {
                Some(route) => [tours.start(route), pair.0],
                None => return,
            },
        };
        tours.insert(pair.0, pickup);
        tours.insert(pair.1, drop_off);
    }
}

/// The cheapest place for an absent pair that costs less than `below`: the pickup beside one of its nearest `reach`
/// neighbours, the drop-off anywhere behind it. Blinks pass over a place of the pickup.
pub(super) fn cheapest<R: Resource>(
    tours: &Tours<'_, R>,
    neighbours: &Neighbours,
    pair: (u32, u32),
    dice: &mut Dice,
    blinker: &mut Blinker,
    (reach, hope, below): (usize, Hope, i64),
) -> Option<PairSpot> {
    let (mut best, mut spot) = (below, None);
    let near = neighbours.of(pair.0);
    let successions = neighbours.successions_for::<R>(pair.0);
    for (index, (beside, _)) in near[..near.len().min(reach)].iter().enumerate() {
        let succession = Succession::of_entry(successions, index);
        let entry = *tours.node(*beside);
        if entry.route == NONE {
            continue;
        }
        let places = [(succession.behind, *beside), (succession.ahead, entry.prev)];
        for (_, prev) in places.into_iter().filter(|(may, _)| *may) {
            if blinker.blinks(dice) {
                continue;
            }
            if let Some(place) = tours.pair_place(pair, prev, best) {
                best = place.delta;
                spot = Some(PairSpot::Behind([prev, place.drop_behind]));
            }
        }
    }
    for vehicle in 0..tours.problem().fleet().len() {
        if tours.has_vehicle(vehicle)
            && !blinker.blinks(dice)
            && let Some(delta) = tours.opening_pair(pair, vehicle)
        {
            let paid = hope.of(delta, tours.prices().fixed[vehicle], vehicle);
            if paid < best {
                (best, spot) = (paid, Some(PairSpot::Fresh(vehicle)));
            }
        }
    }
    spot
}

/// The price of leaving out an order and the other stop of its pair, where there is one.
#[inline]
pub(super) fn price_of<R: Resource>(tours: &Tours<'_, R>, (node, mate): (u32, u32)) -> i64 {
    let more = if mate == NONE {
        0
    } else {
        tours.absent_price(mate)
    };
    tours.absent_price(node) + more
}

/// Takes the other stops of the pairs off their routes of which one is absent; those absent before `older` are not
/// looked at. Routes are settled afterwards.
pub(super) fn complete<R: Resource>(tours: &mut Tours<'_, R>, older: usize) {
    let mut at = older;
    while let Some(node) = tours.absent().get(at).copied() {
        let mate = tours.mate(node);
        if mate != NONE && tours.node(mate).route != NONE {
            tours.remove(mate);
        }
        at += 1;
    }
    tours.settle();
}

/// Relocates some of the pairs on the routes changed since [`Tours::begin`]: takes each off, both of its stops, and puts it where it
/// costs least, be it the same place. The cost never rises. O(stops of these routes), for each of them.
pub(super) fn relocate<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    reach: usize,
    dice: &mut Dice,
) {
    let is_pickup = |tours: &Tours<'_, R>, stop: u32| tours.is_paired_pickup(stop);
    for pickup in draw_touched(tours, dice, is_pickup) {
        let pair = (pickup, tours.mate(pickup));
        relocate_one(tours, neighbours, pair, reach, dice);
    }
}

/// Takes a served pair off its settled route, and puts it where it costs least.
fn relocate_one<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    pair: (u32, u32),
    reach: usize,
    dice: &mut Dice,
) {
    let (pickup, drop_off) = (*tours.node(pair.0), *tours.node(pair.1));
    let route = *tours.route(pickup.route);
    let before = tours.cost();
    tours.remove(pair.0);
    tours.remove(pair.1);
    tours.settle();
    let own = if route.size == 2 {
        PairSpot::Fresh(route.vehicle as usize)
    } else {
        PairSpot::Behind([pickup.prev, drop_off.prev])
    };
    // Where a leg is missing between the stops on either side, no other place is to be compared with its own.
    let found = if tours.is_driveable() {
        let below = route.cost - tours.route(pickup.route).cost;
        let mut never = Blinker::new(0.0, dice);
        let terms = (reach, Hope::Alone, below);
        cheapest(tours, neighbours, pair, dice, &mut never, terms)
    } else {
        None
    };
    found.unwrap_or(own).take(tours, pair);
    tours.settle();
    debug_assert!(tours.cost() <= before, "its own place is there still");
}

/// Puts those of these orders that are absent pickups of pairs where they and their drop-offs cost least, one pair after the
/// other, those that are far from the depot first; a pair that costs more than leaving it out stays absent. Ends early once
/// `interrupted` says so.
pub fn place_pairs<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    orders: &[u32],
    interrupted: &dyn Fn() -> bool,
) {
    let depot = tours.problem().fleet()[0].start.index() as u32;
    let mut pairs: Vec<(i64, u32)> = orders
        .iter()
        .filter(|node| tours.is_paired_pickup(**node) && tours.is_absent(**node))
        .map(|node| (-tours.distance(0, depot, *node), *node))
        .collect();
    pairs.sort_unstable();
    let mut dice = Dice::new(0, 0, 0);
    let mut never = Blinker::new(0.0, &mut dice);
    for (number, (_, pickup)) in (1_usize..).zip(&pairs) {
        if number.is_multiple_of(64) && interrupted() {
            return;
        }
        let pair = (*pickup, tours.mate(*pickup));
        let terms = (usize::MAX, Hope::Alone, price_of(tours, pair));
        if let Some(spot) = cheapest(tours, neighbours, pair, &mut dice, &mut never, terms) {
            spot.take(tours, pair);
        }
    }
}
