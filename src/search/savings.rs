//! Clarke and Wright's savings.

use crate::eval::{Resource, Tours};
use crate::search::Neighbours;

/// What joining the ends of two routes saves.
struct Saving {
    gain: i64,
    from: u32,
    to: u32,
}

/// Serves all absent orders by vehicles of one type: one route an order, then the two ends whose joining saves most are
/// joined, as long as capacity and windows allow (Clarke and Wright 1964, 10.1287/opre.12.4.568; parallel version).
/// Only ends that are near each other are looked at: O(k n log n) for k neighbours.
///
/// Where more routes remain than there are vehicles, the smallest are dissolved and their orders left absent.
pub fn savings<R: Resource>(tours: &mut Tours<'_, R>, neighbours: &Neighbours, vehicle: usize) {
    let mut chains = Chains::new(tours);
    for saving in candidates(tours, neighbours, vehicle) {
        chains.join(tours, vehicle, &saving);
    }
    let mut routes = chains.into_routes();
    // A chain of one was never tested: it may not fit into a vehicle at all.
    routes.retain(|stops| {
        stops.len() > 1 || tours.keeps_limits(vehicle, stops[0], *tours.own(stops[0]), stops[0])
    });
    let room = tours.problem().fleet()[vehicle].count;
    if routes.len() > room {
        routes.sort_by_key(|stops| std::cmp::Reverse(stops.len()));
        routes.truncate(room);
    }
    for stops in &routes {
        tours.assign(vehicle, stops);
    }
}

/// All savings between near orders, largest first.
fn candidates<R: Resource>(
    tours: &Tours<'_, R>,
    neighbours: &Neighbours,
    vehicle: usize,
) -> Vec<Saving> {
    let legs = tours.legs_of(vehicle as u32);
    let fleet = &tours.problem().fleet()[vehicle];
    let start = fleet.start.index();
    let home = |node: u32| {
        fleet
            .end
            .map_or(0, |end| legs.distance(node as usize, end.index()))
    };
    let symmetric = tours.problem().shape().symmetric
        && fleet.end == Some(fleet.start)
        && !tours.problem().shape().timed;
    let mut all = Vec::new();
    for from in tours.first_order()..tours.orders_end() {
        for (to, _) in neighbours.of(from) {
            // Where both directions are one, once is enough, unless the neighbour does not list this order.
            if symmetric && *to < from && neighbours.of(*to).iter().any(|(n, _)| *n == from) {
                continue;
            }
            let arc = legs.distance(from as usize, *to as usize);
            let gain = home(from) + legs.distance(start, *to as usize) - arc;
            if gain > 0 {
                all.push(Saving {
                    gain,
                    from,
                    to: *to,
                });
            }
        }
    }
    all.sort_unstable_by_key(|s| (std::cmp::Reverse(s.gain), s.from, s.to));
    all
}

/// Routes under construction.
struct Chains<S> {
    first: u32,
    /// By order: its chain.
    chain: Vec<u32>,
    /// By chain: its stops (empty once merged into another) and their segment.
    stops: Vec<Vec<u32>>,
    whole: Vec<S>,
    reversible: bool,
}

impl<S: Copy> Chains<S> {
    fn new<R: Resource<Segment = S>>(tours: &Tours<'_, R>) -> Self {
        let first = tours.first_order();
        let nodes = tours.absent().to_vec();
        let mut chain = vec![u32::MAX; (tours.orders_end() - first) as usize];
        for (index, node) in nodes.iter().enumerate() {
            chain[(node - first) as usize] = index as u32;
        }
        Self {
            first,
            chain,
            whole: nodes.iter().map(|n| *tours.own(*n)).collect(),
            stops: nodes.into_iter().map(|n| vec![n]).collect(),
            reversible: !R::COLUMNS && tours.problem().shape().symmetric,
        }
    }

    /// Joins the chain that ends with `from` to the one that begins with `to`, where both are at such an end and the
    /// whole keeps all limits.
    fn join<R: Resource<Segment = S>>(
        &mut self,
        tours: &Tours<'_, R>,
        vehicle: usize,
        saving: &Saving,
    ) {
        let (a, b) = (self.chain_of(saving.from), self.chain_of(saving.to));
        if a == u32::MAX || b == u32::MAX || a == b {
            return;
        }
        let (a, b) = (a as usize, b as usize);
        let (one, two) = (&self.whole[a], &self.whole[b]);
        let penalties = tours.penalties();
        if !tours.resource().may_fit(one, two, vehicle, penalties) {
            return;
        }
        let last = |stops: &[u32], node| stops.last() == Some(&node);
        let head = |stops: &[u32], node| stops.first() == Some(&node);
        let (from, to) = (saving.from, saving.to);
        let at_ends = |chains: &Self| last(&chains.stops[a], from) && head(&chains.stops[b], to);
        if self.reversible && !at_ends(self) {
            let either = |stops: &[u32], node| last(stops, node) || head(stops, node);
            if !either(&self.stops[a], from) || !either(&self.stops[b], to) {
                return;
            }
            if !last(&self.stops[a], from) {
                self.stops[a].reverse();
            }
            if !head(&self.stops[b], to) {
                self.stops[b].reverse();
            }
        }
        if !at_ends(self) {
            return;
        }
        let whole = tours.joined(vehicle, self.whole[a], from, to, self.whole[b]);
        if !tours.keeps_limits(
            vehicle,
            self.stops[a][0],
            whole,
            *self.stops[b].last().unwrap_or(&to),
        ) {
            return;
        }
        self.merge(a, b, whole);
    }

    fn chain_of(&self, node: u32) -> u32 {
        self.chain[(node - self.first) as usize]
    }

    /// Appends chain `b` to chain `a`, moving the shorter one's stops.
    fn merge(&mut self, a: usize, b: usize, whole: S) {
        let tail = std::mem::take(&mut self.stops[b]);
        if tail.len() <= self.stops[a].len() {
            for node in &tail {
                self.chain[(node - self.first) as usize] = a as u32;
            }
            self.stops[a].extend(tail);
            self.whole[a] = whole;
        } else {
            let mut joined = std::mem::take(&mut self.stops[a]);
            for node in &joined {
                self.chain[(node - self.first) as usize] = b as u32;
            }
            joined.extend(tail);
            self.stops[b] = joined;
            self.whole[b] = whole;
        }
    }

    fn into_routes(self) -> Vec<Vec<u32>> {
        self.stops
            .into_iter()
            .filter(|stops| !stops.is_empty())
            .collect()
    }
}
