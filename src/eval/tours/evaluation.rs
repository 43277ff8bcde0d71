//! What changes of routes would cost.

use super::{NONE, Node, Piece, Route, Tours, paid_for};
use crate::eval::resource::{Insertion, Resource};
use crate::measure::DepotId;
use crate::travel::FAR;

/// What may be saved by changes of some routes beside distance.
#[derive(Debug, Clone, Copy)]
pub struct Spare {
    /// The price of distance there.
    unit: i64,
    most: i64,
}

impl Spare {
    /// Where a change of distance does not say what it costs, as vehicles differ.
    const UNKNOWN: Self = Self {
        unit: 0,
        most: i64::MAX,
    };

    /// Whether a change that adds so much to the distance, or more, may cost less.
    #[inline]
    pub fn pays(self, arcs: i64) -> bool {
        paid_for(arcs, self.unit) < self.most
    }
}

impl<R: Resource> Tours<'_, R> {
    /// What the cost changes by when `node`, absent, is put between `prev` and `next` of a settled route; anything
    /// from `below` on may be returned as `below`. The distances are those to `node` and from it.
    #[inline]
    pub fn insertion(
        &self,
        node: u32,
        prev: u32,
        next: u32,
        [to, from]: [i64; 2],
        below: i64,
    ) -> i64 {
        let arcs = to + from - self.nodes[prev as usize].arc_out;
        let route = &self.routes[self.nodes[prev as usize].route as usize];
        let vehicle = route.vehicle;
        if arcs >= FAR / 2 {
            return below;
        }
        let paid = paid_for(arcs, self.distance_price(vehicle));
        if paid >= below {
            return below;
        }
        let base = if R::UNIFORM {
            paid - route.charge
        } else {
            -route.charge
        };
        let at = Insertion {
            whole: &route.whole,
            before: &self.before[prev as usize],
            stop: &self.own[node as usize],
            // Without columns, nobody looks.
            after: if R::COLUMNS {
                &self.after[next as usize]
            } else {
                &route.whole
            },
            leg_in: self.leg_of(vehicle, prev, node, to),
            leg_out: self.leg_of(vehicle, node, next, from),
            arcs,
        };
        let charge =
            self.resource
                .charge_inserted(&at, vehicle as usize, &self.penalties, below - base);
        if R::WALKED && base + charge < below {
            return base + charge + self.walked_insertion(vehicle, &at, (prev, node, next));
        }
        base + charge
    }

    /// What a route is charged more, at least, with one more stop, wherever that stands, beside its detour. Cheap.
    #[inline]
    pub fn visit_at_least(&self, node: u32, route: u32) -> i64 {
        if R::COLUMNS || R::MEASURED {
            return 0;
        }
        let Route {
            vehicle,
            whole,
            charge,
            ..
        } = self.routes[route as usize];
        let whole = self.resource.added(whole, self.own[node as usize]);
        self.charge_lengthened(vehicle, whole, 0) - charge
    }

    /// The charge of a whole route whose distance has changed by this.
    #[inline(always)]
    fn charge_lengthened(&self, vehicle: u32, whole: R::Segment, arcs: i64) -> i64 {
        let whole = self.resource.lengthened(whole, arcs);
        self.resource
            .charge(&whole, vehicle as usize, &self.penalties)
    }

    /// What a walk of a route with one more stop adds to its charge.
    fn walked_insertion(
        &self,
        vehicle: u32,
        at: &Insertion<'_, R::Segment>,
        (prev, node, next): (u32, u32, u32),
    ) -> i64 {
        let front = self.resource.join(at.before, at.leg_in, at.stop);
        let whole = self.resource.join(&front, at.leg_out, at.after);
        let pieces = [Piece::Before(prev), Piece::Node(node), Piece::After(next)];
        self.walked_cost_of(vehicle, &whole, &pieces)
    }

    /// What the cost of its settled route changes by when a stop is taken off it, the price of leaving it out aside.
    pub fn removal(&self, node: u32) -> i64 {
        let stop = self.nodes[node as usize];
        let route = &self.routes[stop.route as usize];
        if route.size == 1 {
            return -route.cost;
        }
        let arcs = self.distance(route.vehicle, stop.prev, stop.next) - stop.arc_in - stop.arc_out;
        if arcs >= FAR / 2 {
            return FAR;
        }
        let charge = if R::COLUMNS {
            self.charge_of(
                route.vehicle,
                &[Piece::Before(stop.prev), Piece::After(stop.next)],
            )
        } else {
            let whole = self.resource.removed(route.whole, self.own[node as usize]);
            self.charge_lengthened(route.vehicle, whole, arcs)
        };
        self.arc_cost(arcs) + charge - route.charge
    }

    /// What the cost changes by when a vehicle of this type leaves its depot for `node` alone; `None` where it cannot.
    pub fn opening(&self, node: u32, vehicle: usize) -> Option<i64> {
        if !self.may_carry(vehicle as u32, node) {
            return None;
        }
        if self.reloads_first(vehicle, node) {
            return self.opening_by_depot(node, vehicle).map(|(cost, _)| cost);
        }
        self.opening_of(&[node], &self.own[node as usize], 0, vehicle)
    }

    /// What [`opening`](Tours::opening) comes to at least: the vehicle and its way. Cheap.
    #[inline]
    pub fn opening_at_least(&self, node: u32, vehicle: usize) -> i64 {
        let fleet = &self.problem.fleet()[vehicle];
        let legs = self.legs_of(vehicle as u32);
        let out = legs.distance(fleet.start.index(), node as usize);
        let back = |end: DepotId| legs.distance(node as usize, end.index());
        let way = out + fleet.end.map_or(0, back);
        self.prices.fixed[vehicle] + paid_for(way, self.distance_price(vehicle as u32))
    }

    /// As [`opening`](Tours::opening), as if a drop-off of nothing came before.
    pub fn opening_led(&self, node: u32, vehicle: usize) -> Option<i64> {
        if !self.may_carry(vehicle as u32, node) {
            return None;
        }
        let led = self.resource.led(self.own[node as usize]);
        self.opening_of(&[node], &led, 0, vehicle)
    }

    /// The same for a chain of one or two stops that it may carry, the number of a depot for a reload, and the distance between
    /// them.
    #[inline]
    pub(super) fn opening_of(
        &self,
        stops: &[u32],
        chain: &R::Segment,
        inner: i64,
        vehicle: usize,
    ) -> Option<i64> {
        let (first, last) = (*stops.first()?, *stops.last()?);
        let (whole, ends) = self.driven(vehicle, first, chain, last)?;
        let mut charge = self.resource.charge(&whole, vehicle, &self.penalties);
        if R::WALKED {
            charge += self.walked_cost(vehicle as u32, &whole, stops.iter().copied());
        }
        Some(self.prices.fixed[vehicle] + self.arc_cost(inner + ends) + charge)
    }

    /// What the charges of two routes change by when `u` of the first and `v` of the second change routes, and these gain
    /// so much in distance; only where the resource needs no columns.
    #[inline]
    pub fn charge_of_swap(&self, (one, two): (u32, u32), [u, v]: [u32; 2], arcs: [i64; 2]) -> i64 {
        let (a, b) = (&self.routes[one as usize], &self.routes[two as usize]);
        let (own_u, own_v) = (self.own[u as usize], self.own[v as usize]);
        let first = self
            .resource
            .added(self.resource.removed(a.whole, own_u), own_v);
        let second = self
            .resource
            .added(self.resource.removed(b.whole, own_v), own_u);
        let first = self.charge_lengthened(a.vehicle, first, arcs[0]);
        let second = self.charge_lengthened(b.vehicle, second, arcs[1]);
        first + second - a.charge - b.charge
    }

    /// The first and last node of a piece.
    pub(super) fn ends(&self, piece: Piece) -> (u32, u32) {
        match piece {
            Piece::Before(last) => (self.start(self.nodes[last as usize].route), last),
            Piece::After(first) => (first, self.end(self.nodes[first as usize].route)),
            Piece::Node(node) => (node, node),
            Piece::Run(first, last) => (first, last),
            Piece::Reversed(first, last) => (last, first),
        }
    }

    /// The charge of a route of this vehicle type made of these pieces, in order. Pieces `Before` and `After` must
    /// come from routes of that type; all routes must be settled. O(pieces), plus the length of runs; where routes are
    /// walked, all stops.
    #[inline]
    pub fn charge_of(&self, vehicle: u32, pieces: &[Piece]) -> i64 {
        if R::COLUMNS {
            self.charge_within(vehicle, pieces, i64::MAX)
        } else {
            self.charge_unordered(vehicle, pieces)
        }
    }

    /// The same where there are columns; anything from `below` on may be less than the charge, if no less than `below`. Ends
    /// as soon as it is.
    #[inline]
    fn charge_within(&self, vehicle: u32, pieces: &[Piece], below: i64) -> i64 {
        let (mut front, mut tail) = (R::Segment::default(), NONE);
        for piece in pieces {
            let (first, last) = self.ends(*piece);
            let known = match *piece {
                Piece::Before(node) => &self.before[node as usize],
                Piece::After(node) => &self.after[node as usize],
                Piece::Node(_) | Piece::Run(..) | Piece::Reversed(..) => &self.own[first as usize],
            };
            front = if tail == NONE {
                *known
            } else {
                let leg = self.leg(vehicle, tail, first);
                self.resource.join(&front, leg, known)
            };
            if self.is_charged(&front, vehicle, below) {
                return below;
            }
            // What is known of a run is its first stop.
            let back = matches!(piece, Piece::Reversed(..));
            let mut at = first;
            while at != last && (back || matches!(piece, Piece::Run(..))) {
                let Node { prev, next, .. } = self.nodes[at as usize];
                let next = if back { prev } else { next };
                let leg = self.leg(vehicle, at, next);
                front = self.resource.join(&front, leg, &self.own[next as usize]);
                if self.is_charged(&front, vehicle, below) {
                    return below;
                }
                at = next;
            }
            tail = last;
        }
        if tail == NONE {
            return 0;
        }
        let charge = self
            .resource
            .charge(&front, vehicle as usize, &self.penalties);
        if R::WALKED && charge < below {
            charge + self.walked_cost_of(vehicle, &front, pieces)
        } else {
            charge
        }
    }

    /// Whether every route with this run of stops is charged so much or more.
    #[inline(always)]
    pub(super) fn is_charged(&self, run: &R::Segment, vehicle: u32, below: i64) -> bool {
        let least = self
            .resource
            .at_least(run, vehicle as usize, &self.penalties);
        least >= below
    }

    /// From a node of a fresh route to its end.
    #[inline]
    fn after(&self, node: u32) -> R::Segment {
        if R::COLUMNS {
            return self.after[node as usize];
        }
        let whole = self.routes[self.nodes[node as usize].route as usize].whole;
        self.from(node, whole)
    }

    /// From a node of a fresh route on, where there are no columns; `front` is from the start to the last of it.
    #[inline]
    fn from(&self, node: u32, front: R::Segment) -> R::Segment {
        let Node { prev, arc_in, .. } = self.nodes[node as usize];
        let part = self.resource.removed(front, self.before[prev as usize]);
        self.resource.lengthened(part, -arc_in)
    }

    /// The part of the charge of a route made of these pieces that does not depend on their order. O(pieces).
    #[inline(always)]
    fn charge_unordered(&self, vehicle: u32, pieces: &[Piece]) -> i64 {
        let (mut whole, mut tail) = (R::Segment::default(), NONE);
        for piece in pieces {
            let part = match *piece {
                Piece::Before(node) => self.before[node as usize],
                Piece::After(node) => self.after(node),
                Piece::Node(node) => self.own[node as usize],
                Piece::Run(first, last) | Piece::Reversed(first, last) => {
                    self.from(first, self.before[last as usize])
                }
            };
            whole = self.resource.added(whole, part);
            if R::MEASURED {
                let (first, last) = self.ends(*piece);
                if tail != NONE {
                    let arc = self.distance(vehicle, tail, first);
                    whole = self.resource.lengthened(whole, arc);
                }
                tail = last;
            }
        }
        self.resource
            .charge_unordered(&whole, vehicle as usize, &self.penalties)
    }

    /// Replaces one route by a rearrangement of itself where that costs less; `arcs` is the change of distance. Whether that
    /// [may pay](Spare::pays) is to be asked first.
    #[inline]
    pub fn improve_one(&mut self, arcs: i64, route: u32, pieces: &[Piece]) -> bool {
        if arcs >= FAR / 2 {
            return false;
        }
        let Route {
            vehicle,
            charge,
            whole,
            ..
        } = self.routes[route as usize];
        let delta = if R::COLUMNS {
            let paid = self.arc_cost(arcs);
            paid + self.charge_within(vehicle, pieces, charge - paid) - charge
        } else if R::MEASURED {
            self.charge_lengthened(vehicle, whole, arcs) - charge
        } else {
            paid_for(arcs, self.unit)
        };
        delta < 0 && self.replace(delta, &[(route, pieces)])
    }

    /// Replaces two routes by a rearrangement of their stops where that costs less; `arcs` is the change of distance. Whether
    /// that [may pay](Spare::pays) is to be asked first.
    #[inline(always)]
    pub fn improve_two(&mut self, arcs: i64, one: (u32, &[Piece]), two: (u32, &[Piece])) -> bool {
        if arcs >= FAR / 2 {
            return false;
        }
        if R::COLUMNS {
            self.exchange(arcs, one, two)
        } else {
            self.exchange_unordered(arcs, one, two)
        }
    }

    /// What a rearrangement of two routes, or of one, can save beside distance.
    #[inline]
    pub fn spare(&self, one: u32, two: u32) -> Spare {
        let (a, b) = (&self.routes[one as usize], &self.routes[two as usize]);
        if !R::UNIFORM && a.vehicle != b.vehicle {
            return Spare::UNKNOWN;
        }
        let unit = self.distance_price(a.vehicle);
        // What the resource counts of distance is no more to be saved than what it leaves to the tours.
        let beside = |route: &Route<R::Segment>| {
            if R::UNIFORM {
                route.charge
            } else {
                route.charge - route.distance.saturating_mul(unit).min(route.charge)
            }
        };
        let most = if one == two {
            beside(a)
        } else {
            // One of them may be left without stops.
            let unused = |route: &Route<R::Segment>| self.unused[route.vehicle as usize];
            beside(a) + beside(b) + unused(a) + unused(b)
        };
        Spare { unit, most }
    }

    /// [`improve_two`](Tours::improve_two) where there are columns.
    fn exchange(&mut self, arcs: i64, one: (u32, &[Piece]), two: (u32, &[Piece])) -> bool {
        let (mut delta, [first, second], [first_bare, second_bare]) = self.without(arcs, one, two);
        // From here on nothing is saved any more: charges are never negative. What is the same in any order is asked first.
        let mut ahead = 0;
        if R::UNORDERED && delta < 0 {
            let unordered = |bare: bool, vehicle: u32, pieces: &[Piece]| {
                if bare {
                    0
                } else {
                    self.charge_unordered(vehicle, pieces)
                }
            };
            ahead = unordered(second_bare, second, two.1);
            if delta + ahead + unordered(first_bare, first, one.1) >= 0 {
                return false;
            }
        }
        if delta < 0 && !first_bare {
            delta += self.charge_within(first, one.1, -delta - ahead);
        }
        if delta < 0 && !second_bare {
            delta += self.charge_within(second, two.1, -delta);
        }
        delta < 0 && self.replace(delta, &[one, two])
    }

    /// The same where there are no columns. Most moves that seem to gain are given up here: with the pieces in sight, what is
    /// added up is known when this is compiled.
    #[inline(always)]
    fn exchange_unordered(
        &mut self,
        arcs: i64,
        one: (u32, &[Piece]),
        two: (u32, &[Piece]),
    ) -> bool {
        let (mut delta, [first, second], [first_bare, second_bare]) = self.without(arcs, one, two);
        if delta < 0 && !first_bare {
            delta += self.charge_unordered(first, one.1);
        }
        if delta < 0 && !second_bare {
            delta += self.charge_unordered(second, two.1);
        }
        delta < 0 && self.replace(delta, &[one, two])
    }

    /// What an exchange comes to before the new routes are charged, their vehicle types, and whether they have no stops.
    #[inline(always)]
    fn without(
        &self,
        arcs: i64,
        one: (u32, &[Piece]),
        two: (u32, &[Piece]),
    ) -> (i64, [u32; 2], [bool; 2]) {
        let (a, b) = (&self.routes[one.0 as usize], &self.routes[two.0 as usize]);
        let (first_bare, second_bare) = (self.is_bare(one.1), self.is_bare(two.1));
        let mut delta = self.arc_cost(arcs) - a.charge - b.charge;
        if first_bare {
            delta -= self.spared(one.0, a.vehicle);
        }
        if second_bare {
            delta -= self.spared(two.0, b.vehicle);
        }
        (delta, [a.vehicle, b.vehicle], [first_bare, second_bare])
    }

    /// What is saved, beside arcs and charge, by a route that is left without stops: its vehicle, and the leg between its
    /// ends, which is among the arcs.
    fn spared(&self, route: u32, vehicle: u32) -> i64 {
        let idle = self.distance(vehicle, self.start(route), self.end(route));
        self.prices.fixed[vehicle as usize] + self.arc_cost(idle)
    }

    /// Whether pieces make a route without stops.
    #[inline(always)]
    fn is_bare(&self, pieces: &[Piece]) -> bool {
        pieces.iter().all(|piece| match *piece {
            Piece::Before(node) | Piece::After(node) | Piece::Node(node) => !self.is_stop(node),
            Piece::Run(..) | Piece::Reversed(..) => false,
        })
    }

    fn replace(&mut self, delta: i64, proposals: &[(u32, &[Piece])]) -> bool {
        let bound = self.has_pairs() || self.has_reloads() || self.is_restricted();
        if bound && !self.keeps_bonds(proposals) {
            return false;
        }
        let before = self.cost;
        self.rearrange(proposals);
        debug_assert_eq!(
            self.cost,
            before + delta,
            "the change of cost was predicted exactly"
        );
        true
    }
}
