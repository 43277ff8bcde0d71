//! A plan in no time: fill one vehicle after the other, going round.

use crate::eval::{Resource, Tours};
use crate::travel::FAR;
use ordered_float::OrderedFloat;

/// A vehicle type and the stops of one of its vehicles.
type Filled = (usize, Vec<u32>);

/// Puts chains of absent orders on fresh vehicles, in the order of their direction from the depot (Gillett and Miller
/// 1974, 10.1287/opre.22.2.340): each goes behind the one before as long as limits allow, or begins the next vehicle.
/// What fits none of the first vehicle type is tried with the next. Where vehicles do not suffice, chains are taken
/// apart. O(n log n), and no more than two looks at each order and type; what still finds no vehicle stays absent.
pub fn sweep<R: Resource>(tours: &mut Tours<'_, R>, chains: Vec<Vec<u32>>) {
    let orders: Vec<u32> = chains.iter().flatten().copied().collect();
    let whole = orders.len() == chains.len();
    let (mut filled, left) = fill(tours, chains);
    if !whole && left > 0 {
        let apart = fill(tours, orders.into_iter().map(|node| vec![node]).collect());
        if apart.1 < left {
            filled = apart.0;
        }
    }
    for (vehicle, stops) in filled {
        tours.assign(vehicle, &stops);
    }
}

/// Fills vehicles with chains; how many orders are left over.
fn fill<R: Resource>(tours: &Tours<'_, R>, mut chains: Vec<Vec<u32>>) -> (Vec<Filled>, usize) {
    let direction = direction(tours);
    chains.sort_by_cached_key(|chain| OrderedFloat(direction(chain[0])));
    let mut filled = Vec::new();
    for (vehicle, fleet) in tours.problem().fleet().iter().enumerate() {
        let mut vehicles = fleet.count.saturating_sub(tours.used(vehicle));
        let mut open: Vec<u32> = Vec::new();
        let mut whole = R::Segment::default();
        let mut left = Vec::new();
        for chain in chains {
            let segment = segment(tours, vehicle, &chain);
            let end = chain[chain.len() - 1];
            if let (Some(first), Some(last)) = (open.first(), open.last())
                && tours.distance(vehicle as u32, *last, chain[0]) < FAR
            {
                let joined = tours.joined(vehicle, whole, *last, chain[0], segment);
                if tours.keeps_limits(vehicle, *first, joined, end) {
                    whole = joined;
                    open.extend(chain);
                    continue;
                }
            }
            if vehicles > 0 && tours.keeps_limits(vehicle, chain[0], segment, end) {
                vehicles -= 1;
                filled.push((vehicle, std::mem::replace(&mut open, chain)));
                whole = segment;
            } else {
                left.push(chain);
            }
        }
        filled.push((vehicle, open));
        chains = left;
    }
    filled.retain(|(_, stops)| !stops.is_empty());
    (filled, chains.iter().map(Vec::len).sum())
}

/// The segment of a chain.
fn segment<R: Resource>(tours: &Tours<'_, R>, vehicle: usize, chain: &[u32]) -> R::Segment {
    let legs = chain.windows(2);
    legs.fold(*tours.own(chain[0]), |whole, pair| {
        tours.joined(vehicle, whole, pair[0], pair[1], *tours.own(pair[1]))
    })
}

/// Which way an order lies from the depot of the first vehicle type; where places are rows of a table, all lie the same
/// way.
fn direction<'p, R: Resource>(tours: &Tours<'p, R>) -> impl Fn(u32) -> f64 + use<'p, R> {
    let problem = tours.problem();
    let depot = problem.fleet().first().map_or(0, |t| t.start.index());
    let [x, y] = problem.point(depot);
    move |node| {
        let [east, north] = problem.point(node as usize);
        (north - y).atan2(east - x)
    }
}
