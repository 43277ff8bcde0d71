//! A plan in no time: fill one vehicle after the other along a curve.

use crate::eval::{Resource, Tours};
use crate::measure::OrderId;
use crate::travel::FAR;
use std::collections::VecDeque;

/// A vehicle type and the stops of one of its vehicles.
type Filled = (usize, Vec<u32>);

/// The stops of one vehicle so far, and their segment.
type Load<R> = (Vec<u32>, <R as Resource>::Segment);

/// Puts chains of absent orders on fresh vehicles in their order along a space-filling curve (Bartholdi and Platzman
/// 1982): each goes behind the one before as long as limits allow, or begins the next vehicle. What fits none of the
/// first vehicle type is tried with the next. Chains are taken apart where that serves more, or by fewer vehicles.
///
/// Where windows count, chains are always taken apart, and some vehicles are filled at a time, in the order of due times
/// among the orders in a row along the curve. Vehicles that drop off first get their drop-offs so, and then pickups
/// behind them. O(n log n); what still finds no vehicle stays absent.
pub fn along_curve<R: Resource>(tours: &mut Tours<'_, R>, chains: Vec<Vec<u32>>) {
    let singles: Vec<Vec<u32>> = chains.iter().flatten().map(|node| vec![*node]).collect();
    let filled = if tours.has_pairs() {
        // Taken apart, the stops of a pair would go different ways.
        fill(tours, chains).0
    } else if tours.problem().shape().timed || singles.len() == chains.len() {
        fill(tours, singles).0
    } else {
        let (whole, left) = fill(tours, chains);
        let apart = fill(tours, singles);
        if (apart.1, apart.0.len()) < (left, whole.len()) {
            apart.0
        } else {
            whole
        }
    };
    for (vehicle, stops) in filled {
        tours.assign(vehicle, &stops);
    }
}

/// How many vehicles are filled at a time where windows count.
const OPEN: usize = 12;

/// From how many chains in a row along the curve they are filled.
const BLOCK: usize = 128;

/// Fills vehicles with chains; how many orders are left over.
fn fill<R: Resource>(tours: &Tours<'_, R>, mut chains: Vec<Vec<u32>>) -> (Vec<Filled>, usize) {
    let problem = tours.problem();
    let curve = Curve::around(tours, &chains);
    chains.sort_by_cached_key(|chain| curve.position(problem.point(chain[0] as usize)));
    let timed = problem.shape().timed;
    if timed {
        let due = |chain: &Vec<u32>| {
            let order = OrderId::new((chain[0] - tours.first_order()) as usize);
            (problem.window(order).latest, chain[0])
        };
        for block in chains.chunks_mut(BLOCK) {
            block.sort_by_key(due);
        }
    }
    let most = if timed { OPEN } else { 1 };
    let mut filled = Vec::new();
    for (vehicle, fleet) in problem.fleet().iter().enumerate() {
        let mut vehicles = fleet.count.saturating_sub(tours.used(vehicle));
        let mut open: VecDeque<Load<R>> = VecDeque::new();
        let (mut done, mut left) = (Vec::new(), Vec::new());
        let comes_last =
            |chain: &Vec<u32>| R::RULED && fleet.backhauls.are_last() && tours.is_pickup(chain[0]);
        // No such vehicle can drive a pair, or may carry what it brings; other chains were joined by legs that are there.
        let barred = |chain: &Vec<u32>| {
            let mut arcs = chain.windows(2);
            let rides = |node: &u32| tours.may_carry(vehicle as u32, *node);
            !chain.iter().all(rides)
                || arcs.any(|pair| tours.distance(vehicle as u32, pair[0], pair[1]) >= FAR)
        };
        if tours.has_pairs() || tours.is_restricted() {
            (left, chains) = chains.into_iter().partition(barred);
        }
        let (behind, first): (Vec<_>, Vec<_>) = chains.into_iter().partition(comes_last);
        for chain in first {
            let segment = tours.chain(vehicle, &chain);
            let end = chain[chain.len() - 1];
            let mut best = (FAR, None);
            for (at, (stops, whole)) in open.iter().enumerate() {
                let last = stops[stops.len() - 1];
                let arc = tours.distance(vehicle as u32, last, chain[0]);
                if arc < best.0 {
                    let joined = tours.joined(vehicle, whole, last, chain[0], &segment);
                    if tours.keeps_limits(vehicle, stops[0], &joined, end) {
                        best = (arc, Some((at, joined)));
                    }
                }
            }
            if let Some((at, joined)) = best.1 {
                let (stops, whole) = &mut open[at];
                stops.extend(chain);
                *whole = joined;
            } else if vehicles > 0 && tours.keeps_limits(vehicle, chain[0], &segment, end) {
                vehicles -= 1;
                open.push_back((chain, segment));
                if open.len() > most {
                    done.extend(open.pop_front());
                }
            } else {
                left.push(chain);
            }
        }
        done.extend(open);
        follow(tours, vehicle, vehicles, &mut done, behind, &mut left);
        filled.extend(done.into_iter().map(|(stops, _)| (vehicle, stops)));
        chains = left;
    }
    (filled, chains.iter().map(Vec::len).sum())
}

/// Puts chains of pickups behind what vehicles of one type have so far, each on the nearest of some in a row along the
/// curve, or on a fresh one, of which there are `spare`. What fits on none of all these is left.
fn follow<R: Resource>(
    tours: &Tours<'_, R>,
    vehicle: usize,
    mut spare: usize,
    done: &mut Vec<Load<R>>,
    chains: Vec<Vec<u32>>,
    left: &mut Vec<Vec<u32>>,
) {
    /// How many vehicles are tried once none of them all had room for one chain.
    const FEW: usize = 64 * OPEN;
    let (mut at, most) = (0, done.len());
    let mut reach = most;
    for chain in chains {
        let segment = tours.chain(vehicle, &chain);
        let end = chain[chain.len() - 1];
        let joined = |(stops, whole): &Load<R>| {
            let last = stops[stops.len() - 1];
            let arc = tours.distance(vehicle as u32, last, chain[0]);
            let joined = tours.joined(vehicle, whole, last, chain[0], &segment);
            let fits = arc < FAR && tours.keeps_limits(vehicle, stops[0], &joined, end);
            fits.then_some((arc, joined))
        };
        let mut best = None;
        // From where the last one fitted, and the newest of all.
        let mut tried = 0;
        while best.is_none() && tried < reach {
            let row = (at..at + OPEN.min(most - tried)).map(|i| i % most);
            best = row
                .filter_map(|i| joined(&done[i]).map(|(arc, whole)| (arc, i, whole)))
                .min_by_key(|(arc, i, _)| (*arc, *i));
            if best.is_none() {
                (at, tried) = ((at + OPEN) % most, tried + OPEN);
            }
        }
        if best.is_none() {
            reach = reach.min(FEW);
        }
        let newest = done.len().wrapping_sub(1);
        let best = best.or_else(|| {
            let (arc, whole) = joined(done.get(newest)?)?;
            Some((arc, newest, whole))
        });
        if let Some((_, i, whole)) = best {
            done[i].0.extend(chain);
            done[i].1 = whole;
        } else if spare > 0 && tours.keeps_limits(vehicle, chain[0], &segment, end) {
            spare -= 1;
            done.push((chain, segment));
        } else {
            left.push(chain);
        }
    }
}

/// How finely the curve fills its square, in bits for each axis.
const BITS: u32 = 16;

/// A Hilbert curve through a square.
struct Curve {
    low: [f64; 2],
    /// Steps for each unit of length.
    scale: f64,
}

impl Curve {
    /// A curve through the first orders of all chains. Where places are rows of a table, all are at one point of it.
    fn around<R: Resource>(tours: &Tours<'_, R>, chains: &[Vec<u32>]) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for chain in chains {
            let point = tours.problem().point(chain[0] as usize);
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let side = (high[0] - low[0]).max(high[1] - low[1]);
        let steps = f64::from((1_u32 << BITS) - 1);
        let scale = if side > 0.0 { steps / side } else { 0.0 };
        Self { low, scale }
    }

    /// How far along the curve a point is. Which quarter it is in decides first, and how the curve goes through that.
    fn position(&self, point: [f64; 2]) -> u64 {
        let step = |axis: usize| ((point[axis] - self.low[axis]) * self.scale) as u32;
        let [mut x, mut y] = [step(0), step(1)];
        let mut position = 0;
        for bit in (0..BITS).rev() {
            let (right, upper) = (x >> bit & 1, y >> bit & 1);
            position = position << 2 | u64::from((3 * right) ^ upper);
            let rest = (1 << bit) - 1;
            (x, y) = (x & rest, y & rest);
            if upper == 0 {
                if right == 1 {
                    (x, y) = (rest - x, rest - y);
                }
                (x, y) = (y, x);
            }
        }
        position
    }
}
