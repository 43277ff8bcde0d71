//! A plan in no time: fill one vehicle after the other along a curve.

use crate::eval::{Resource, Tours};
use crate::measure::OrderId;
use crate::travel::FAR;
use std::collections::VecDeque;

/// A vehicle type and the stops of one of its vehicles.
type Filled = (usize, Vec<u32>);

/// Puts chains of absent orders on fresh vehicles in their order along a space-filling curve (Bartholdi and Platzman
/// 1982): each goes behind the one before as long as limits allow, or begins the next vehicle. What fits none of the
/// first vehicle type is tried with the next. Chains are taken apart where that serves more, or by fewer vehicles.
///
/// Where windows count, chains are always taken apart, and some vehicles are filled at a time, in the order of due times
/// among the orders in a row along the curve. O(n log n); what still finds no vehicle stays absent.
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
        let mut open: VecDeque<(Vec<u32>, R::Segment)> = VecDeque::new();
        let mut left = Vec::new();
        for chain in chains {
            let segment = tours.chain(vehicle, &chain);
            let end = chain[chain.len() - 1];
            let mut best = (FAR, None);
            for (at, (stops, whole)) in open.iter().enumerate() {
                let last = stops[stops.len() - 1];
                let arc = tours.distance(vehicle as u32, last, chain[0]);
                if arc < best.0 {
                    let joined = tours.joined(vehicle, *whole, last, chain[0], segment);
                    if tours.keeps_limits(vehicle, stops[0], joined, end) {
                        best = (arc, Some((at, joined)));
                    }
                }
            }
            if let Some((at, joined)) = best.1 {
                let (stops, whole) = &mut open[at];
                stops.extend(chain);
                *whole = joined;
            } else if vehicles > 0 && tours.keeps_limits(vehicle, chain[0], segment, end) {
                vehicles -= 1;
                open.push_back((chain, segment));
                if open.len() > most {
                    let done = open.pop_front();
                    filled.extend(done.map(|(stops, _)| (vehicle, stops)));
                }
            } else {
                left.push(chain);
            }
        }
        filled.extend(open.into_iter().map(|(stops, _)| (vehicle, stops)));
        chains = left;
    }
    (filled, chains.iter().map(Vec::len).sum())
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
