//! Clarke and Wright's savings.

use crate::eval::{NONE, Resource, Tours};
use crate::measure::ProfileId;
use crate::search::{Neighbours, along_curve, stand_ins};
use crate::travel::FAR;
use rayon::prelude::*;
use std::ops::Range;

/// Orders whose savings one thread looks at in a go.
const CHUNK: usize = 4096;

/// Steps of the scale by which savings are cut into portions.
const STEPS: usize = 1 << 12;

/// Into how many portions savings are cut, where there are many.
const PORTIONS: usize = 16;

/// The fewest savings that are worth another portion.
const PORTION: usize = 1 << 13;

/// What a saving between a drop-off and a pickup counts for, where drop-offs come first. In full, a dozen instances
/// of VRPB start 111 % above the best known instead of 16 %; how much less it is matters little.
const BETWEEN: (i64, i64) = (4, 5);

/// What an arc counts for in the gain of a saving (Paessens 1988, European Journal of Operational Research 34).
const ARC: (i64, i64) = (3, 2);

/// What the difference of the distances from the start counts for in it: routes lead outwards rather than around. Plans of
/// thousands of orders start 0.5 % cheaper than by 1 and 0.
const OUTWARDS: (i64, i64) = (3, 5);

/// A saving in one number, in the order of joining: the largest gain first, then the order it starts from, then the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Saving(u128);

impl Saving {
    fn new(gain: i64, from: u32, to: u32) -> Self {
        Self(u128::from(!(gain as u64)) << 64 | u128::from(from) << 32 | u128::from(to))
    }

    fn from(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn to(self) -> u32 {
        self.0 as u32
    }
}

/// Serves all absent orders that it may carry, one of each group, by vehicles of one type: one route an order, then the two
/// ends whose joining saves most are joined, as long as capacity and windows allow (Clarke and Wright 1964,
/// 10.1287/opre.12.4.568; parallel version, with the gain of Paessens 1988).
/// Only ends that are near each other are looked at: O(k n log n) for k neighbours.
///
/// Savings are computed and sorted in the pool, where there is one, a portion at a time from the largest on: most of
/// the smaller ones are between orders that are no ends any more by then. The tours are the same for any number of
/// threads.
///
/// Where drop-offs come before pickups, a saving between the two counts for less, as it ends a chain of drop-offs (Deif
/// and Bodin 1984). Chains of pickups that may not be routes are left for insertion.
///
/// Where more routes remain than there are vehicles, the smallest are dissolved and their orders left absent. Once
/// `interrupted` says so, what remains is joined as in [`along_curve`].
pub fn savings<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    vehicle: usize,
    pool: Option<&rayon::ThreadPool>,
    interrupted: &(dyn Fn() -> bool + Sync),
) {
    let mut chains = Chains::new(tours, vehicle);
    let offers = Offers::new(tours, neighbours, vehicle);
    let finished = offers.take_all(&mut chains, pool, interrupted);
    drop(offers);
    let mut routes = chains.into_routes();
    // A chain of one was never tested: it may not fit into a vehicle at all.
    routes.retain(|stops| {
        let led = tours.resource().led(*tours.own(stops[0]));
        stops.len() > 1 || tours.keeps_limits(vehicle, stops[0], &led, stops[0])
    });
    if !finished {
        along_curve(tours, routes);
        return;
    }
    if R::RULED {
        routes.retain(|stops| {
            let (first, last) = (stops[0], stops[stops.len() - 1]);
            tours.keeps_limits(vehicle, first, &tours.chain(vehicle, stops), last)
        });
    }
    let room = tours.problem().fleet()[vehicle].count;
    if routes.len() > room {
        routes.sort_by_key(|stops| std::cmp::Reverse(stops.len()));
        routes.truncate(room);
    }
    for stops in &routes {
        tours.assign(vehicle, stops);
    }
}

/// What there is to save.
struct Offers<'a, 'p, R: Resource> {
    tours: &'a Tours<'p, R>,
    neighbours: &'a Neighbours,
    vehicle: usize,
    /// Whether the listed distances are those of this vehicle.
    listed: bool,
    /// Whether both directions of an arc are one.
    symmetric: bool,
    /// By order: the distances from the start and to the end.
    ways: Vec<[i64; 2]>,
    /// The orders in the sequence of their lists in memory.
    sequence: Vec<u32>,
}

impl<'a, 'p, R: Resource> Offers<'a, 'p, R> {
    fn new(tours: &'a Tours<'p, R>, neighbours: &'a Neighbours, vehicle: usize) -> Self {
        let legs = tours.legs_of(vehicle as u32);
        let fleet = &tours.problem().fleet()[vehicle];
        let ways = (tours.first_order()..tours.orders_end()).map(|node| {
            let back = |end| legs.distance(node as usize, end);
            [
                legs.distance(fleet.start.index(), node as usize),
                fleet.end.map_or(0, |end| back(end.index())),
            ]
        });
        Self {
            tours,
            neighbours,
            vehicle,
            listed: fleet.profile == ProfileId::new(0),
            symmetric: tours.problem().shape().symmetric
                && fleet.end == Some(fleet.start)
                && !tours.problem().shape().timed,
            ways: ways.collect(),
            sequence: neighbours.sequence(),
        }
    }

    /// Visits the savings of an order: gain and the other, where both are still at an end.
    #[inline]
    fn visit<S: Copy>(&self, from: u32, chains: &Chains<S>, mut visit: impl FnMut(i64, u32)) {
        let first = self.tours.first_order();
        let legs = self.tours.legs_of(self.vehicle as u32);
        if chains.of(from) == NONE {
            return;
        }
        let [ahead, home] = self.ways[(from - first) as usize];
        for (to, listed) in self.neighbours.of(from) {
            let arc = if self.listed && *listed < u32::MAX {
                i64::from(*listed)
            } else {
                legs.distance(from as usize, *to as usize)
            };
            let out = self.ways[(to - first) as usize][0];
            if home + out <= arc {
                continue;
            }
            let outwards = (ahead - out).abs();
            let shaped = home + out - arc * ARC.0 / ARC.1 + outwards * OUTWARDS.0 / OUTWARDS.1;
            let gain = if R::RULED && !self.tours.are_alike(from, *to) {
                shaped * BETWEEN.0 / BETWEEN.1
            } else {
                shaped
            };
            if chains.of(*to) != NONE {
                visit(gain.max(1), *to);
            }
        }
    }

    /// The saving by two orders in this sequence; where that is a pickup and a drop-off, the other way around.
    fn saving(&self, gain: i64, from: u32, to: u32) -> Saving {
        if R::RULED && self.tours.is_pickup(from) && !self.tours.is_pickup(to) {
            Saving::new(gain, to, from)
        } else {
            Saving::new(gain, from, to)
        }
    }

    /// Whether a saving is also one of the other order.
    fn is_double(&self, from: u32, to: u32) -> bool {
        let lists = |of: u32, node: u32| self.neighbours.of(of).iter().any(|(n, _)| *n == node);
        if R::RULED && !self.tours.are_alike(from, to) {
            // The pickup is never the first of the two, so that it has nothing to add to the other's list.
            return self.tours.is_pickup(from) && (!self.symmetric || lists(to, from));
        }
        self.symmetric && to < from && lists(to, from)
    }

    /// Joins by one portion of the savings after the other; whether none was left out.
    fn take_all(
        &self,
        chains: &mut Chains<R::Segment>,
        pool: Option<&rayon::ThreadPool>,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> bool {
        let scale = self.scale(chains, pool, interrupted);
        let enough = (scale.counts.iter().sum::<usize>() / PORTIONS).max(PORTION);
        let mut above = STEPS;
        while above > 0 {
            let (mut below, mut size) = (above, 0);
            while below > 0 && (size == 0 || size + scale.counts[below - 1] <= enough) {
                below -= 1;
                size += scale.counts[below];
            }
            let steps = below..above;
            let portion = self.portion(&scale, &steps, chains, pool, interrupted);
            for (number, saving) in (1_usize..).zip(portion) {
                if number.is_multiple_of(4096) && interrupted() {
                    return false;
                }
                chains.join(self.tours, self.vehicle, saving);
            }
            if interrupted() {
                return false;
            }
            above = below;
        }
        true
    }

    /// How the gains spread.
    fn scale(
        &self,
        chains: &Chains<R::Segment>,
        pool: Option<&rayon::ThreadPool>,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Scale {
        let most = |way: usize| self.ways.iter().map(|ways| ways[way]).max().unwrap_or(0);
        // A gain is at most the way home and the way out, and by less than another way out more.
        let bits = u64::BITS - ((2 * most(0) + most(1)) as u64).leading_zeros();
        let shift = bits.saturating_sub(STEPS.ilog2());
        let of_chunk = |_: usize, chunk: &[u32]| {
            let (mut counts, mut extents) = (vec![0_u32; STEPS], vec![[1, 0]; chunk.len()]);
            if interrupted() {
                return (counts, extents);
            }
            for (from, extent) in chunk.iter().zip(&mut extents) {
                let (mut low, mut high) = (u16::MAX, 0);
                self.visit(*from, chains, |gain, _| {
                    let step = (gain >> shift) as u16;
                    counts[step as usize] += 1;
                    (low, high) = (low.min(step), high.max(step));
                });
                *extent = [low, high];
            }
            (counts, extents)
        };
        let mut scale = Scale {
            shift,
            counts: vec![0; STEPS],
            extents: Vec::with_capacity(self.sequence.len()),
        };
        for (counts, extents) in self.by_chunk(pool, of_chunk) {
            for (sum, count) in scale.counts.iter_mut().zip(counts) {
                *sum += count as usize;
            }
            scale.extents.extend(extents);
        }
        scale
    }

    /// The savings on these steps of the scale, in the order of joining.
    fn portion(
        &self,
        scale: &Scale,
        steps: &Range<usize>,
        chains: &Chains<R::Segment>,
        pool: Option<&rayon::ThreadPool>,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Saving> {
        let gains = (steps.start as i64) << scale.shift..(steps.end as i64) << scale.shift;
        let of_chunk = |at: usize, chunk: &[u32]| {
            let mut some = Vec::new();
            if interrupted() {
                return some;
            }
            for (from, [low, high]) in chunk.iter().zip(&scale.extents[at..]) {
                if (*high as usize) < steps.start || *low as usize >= steps.end || low > high {
                    continue;
                }
                self.visit(*from, chains, |gain, to| {
                    if gains.contains(&gain) && !self.is_double(*from, to) {
                        some.push(self.saving(gain, *from, to));
                    }
                });
            }
            some
        };
        let mut all = self.by_chunk(pool, of_chunk).concat();
        match pool {
            Some(pool) => pool.install(|| all.par_sort_unstable()),
            None => all.sort_unstable(),
        }
        all
    }

    /// Does something for each chunk of the sequence and where it begins.
    fn by_chunk<T: Send>(
        &self,
        pool: Option<&rayon::ThreadPool>,
        of_chunk: impl Fn(usize, &[u32]) -> T + Send + Sync,
    ) -> Vec<T> {
        let numbered = |(number, chunk): (usize, &[u32])| of_chunk(number * CHUNK, chunk);
        if let Some(pool) = pool {
            let chunks = self.sequence.par_chunks(CHUNK);
            pool.install(|| chunks.enumerate().map(numbered).collect())
        } else {
            let chunks = self.sequence.chunks(CHUNK);
            chunks.enumerate().map(numbered).collect()
        }
    }
}

/// A scale of gains, in steps of a power of two.
struct Scale {
    shift: u32,
    /// By step: how many savings there are.
    counts: Vec<usize>,
    /// In sequence, by order: the steps of its least and its largest saving.
    extents: Vec<[u16; 2]>,
}

/// A chain, and its first and last stop in the direction it is driven.
type Directed = (usize, [u32; 2]);

/// Routes under construction, known by their ends.
struct Chains<S> {
    first: u32,
    /// By order: the chain whose end it is; [`NONE`] inside of a chain.
    chain: Vec<u32>,
    /// By order: the stops beside it, in no order.
    beside: Vec<[u32; 2]>,
    /// By chain: the first and the last stop, how many there are (none once it is part of another), and their segment.
    ends: Vec<[u32; 2]>,
    sizes: Vec<u32>,
    whole: Vec<S>,
    reversible: bool,
}

impl<S: Copy> Chains<S> {
    fn new<R: Resource<Segment = S>>(tours: &Tours<'_, R>, vehicle: usize) -> Self {
        let first = tours.first_order();
        let mut nodes = stand_ins(tours);
        nodes.retain(|node| tours.may_carry(vehicle as u32, *node));
        let orders = (tours.orders_end() - first) as usize;
        let mut chain = vec![NONE; orders];
        for (index, node) in nodes.iter().enumerate() {
            chain[(node - first) as usize] = index as u32;
        }
        Self {
            first,
            chain,
            beside: vec![[NONE; 2]; orders],
            ends: nodes.iter().map(|node| [*node; 2]).collect(),
            sizes: vec![1; nodes.len()],
            whole: nodes.iter().map(|node| *tours.own(*node)).collect(),
            reversible: !R::COLUMNS && tours.problem().shape().symmetric,
        }
    }

    /// Joins the chain that ends with the one order to that which begins with the other, where both are at such an end
    /// and the whole keeps all limits.
    fn join<R: Resource<Segment = S>>(
        &mut self,
        tours: &Tours<'_, R>,
        vehicle: usize,
        saving: Saving,
    ) {
        let (from, to) = (saving.from(), saving.to());
        let (a, b) = (self.of(from), self.of(to));
        if a == NONE || b == NONE || a == b {
            return;
        }
        let (a, b) = (a as usize, b as usize);
        let (one, two) = (&self.whole[a], &self.whole[b]);
        let penalties = tours.penalties();
        if !tours.resource().may_fit(one, two, vehicle, penalties) {
            return;
        }
        // Either order is at an end of its chain: if need be, the chain is turned round. One that is not joined stays as
        // it is: the other way round, it may be too far to its first stop.
        let ([mut head, mut last], [mut next, mut tail]) = (self.ends[a], self.ends[b]);
        if last != from && self.may_turn(tours, vehicle, a) {
            (head, last) = (last, head);
        }
        if next != to && self.may_turn(tours, vehicle, b) {
            (next, tail) = (tail, next);
        }
        if last != from || next != to {
            return;
        }
        if R::RULED && tours.distance(vehicle as u32, from, to) >= FAR {
            return;
        }
        let whole = tours.joined(vehicle, &self.whole[a], from, to, &self.whole[b]);
        // A chain of pickups may still come behind drop-offs.
        let led = tours.resource().led(whole);
        if tours.keeps_limits(vehicle, head, &led, tail) {
            self.merge((a, [head, from]), (b, [to, tail]), whole);
        }
    }

    fn may_turn<R: Resource<Segment = S>>(
        &self,
        tours: &Tours<'_, R>,
        vehicle: usize,
        chain: usize,
    ) -> bool {
        let [first, last] = self.ends[chain];
        self.reversible && tours.may_turn(vehicle as u32, first, last)
    }

    /// The chain that an order is an end of.
    fn of(&self, node: u32) -> u32 {
        self.chain[(node - self.first) as usize]
    }

    /// Appends chain `b` to chain `a`, each driven from the one end to the other; the longer one lends its number.
    fn merge(&mut self, (a, [head, from]): Directed, (b, [to, tail]): Directed, whole: S) {
        for (node, other) in [(from, to), (to, from)] {
            let at = (node - self.first) as usize;
            let free = usize::from(self.beside[at][0] != NONE);
            self.beside[at][free] = other;
            self.chain[at] = NONE;
        }
        let size = self.sizes[a] + self.sizes[b];
        let (kept, gone) = if self.sizes[b] <= self.sizes[a] {
            (a, b)
        } else {
            (b, a)
        };
        for node in [head, tail] {
            self.chain[(node - self.first) as usize] = kept as u32;
        }
        self.sizes[gone] = 0;
        (self.sizes[kept], self.ends[kept], self.whole[kept]) = (size, [head, tail], whole);
    }

    fn into_routes(self) -> Vec<Vec<u32>> {
        let alive = self.sizes.iter().zip(&self.ends).filter(|(s, _)| **s > 0);
        alive
            .map(|(size, [head, _])| self.walk(*head, *size as usize))
            .collect()
    }

    /// The stops of a chain from its first on.
    fn walk(&self, head: u32, size: usize) -> Vec<u32> {
        let mut stops = Vec::with_capacity(size);
        let (mut before, mut at) = (NONE, head);
        while stops.len() < size {
            stops.push(at);
            let [one, other] = self.beside[(at - self.first) as usize];
            let next = if one == before { other } else { one };
            (before, at) = (at, next);
        }
        stops
    }
}
