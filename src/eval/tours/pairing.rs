//! Pickup→drop-off pairs: two stops that go on one route together.

use super::{NONE, Node, Piece, Tours, paid_for};
use crate::eval::resource::Resource;
use crate::measure::OrderId;
use crate::model::OrderKind;
use crate::travel::FAR;

/// Behind which stops a pair would go, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairPlace {
    /// The change of cost.
    pub delta: i64,
    /// The node behind which the drop-off goes once the pickup is there; the pickup itself where it follows at once.
    pub drop_behind: u32,
}

impl<R: Resource> Tours<'_, R> {
    /// Whether some orders are pairs.
    #[inline]
    pub fn has_pairs(&self) -> bool {
        self.problem.shape().paired
    }

    /// The other stop of a pair; [`NONE`] where the order is none of a pair.
    #[inline]
    pub fn mate(&self, node: u32) -> u32 {
        // Reloads lie behind all orders, and have none.
        let order = OrderId::new((node - self.depots) as usize);
        let mate = self.problem.mate(order);
        mate.map_or(NONE, |mate| self.depots + mate.index() as u32)
    }

    /// The cheapest way to put a pair, absent, on a settled route with its pickup behind `prev`; `None` where each costs
    /// `below` or more. O(stops behind `prev`), fewer where limits or costs are passed on the way.
    ///
    /// What is on the way from the pickup is summarised once and grows by one stop for each place of the drop-off.
    pub fn pair_place(&self, pair: (u32, u32), prev: u32, below: i64) -> Option<PairPlace> {
        let (pickup, drop_off) = pair;
        let route = &self.routes[self.nodes[prev as usize].route as usize];
        let vehicle = route.vehicle;
        if !self.may_carry(vehicle, pickup) {
            return None;
        }
        let unit = self.distance_price(vehicle);
        let (next, arc) = (
            self.nodes[prev as usize].next,
            self.nodes[prev as usize].arc_out,
        );
        let into = self.distance(vehicle, prev, pickup);
        // From the stop behind which the drop-off goes to the one after it.
        let mut onward = self.distance(vehicle, pickup, next);
        let detour = into + onward - arc;
        let base = if R::UNIFORM {
            paid_for(detour, unit)
        } else {
            0
        };
        if into >= FAR || (R::UNIFORM && base >= below) {
            return None;
        }
        let mut best: Option<PairPlace> = None;
        let mut least = below;
        let mut front = self.resource.join(
            &self.before[prev as usize],
            self.leg(vehicle, prev, pickup),
            &self.own[pickup as usize],
        );
        let (mut at, mut ahead) = (pickup, next);
        loop {
            // Whatever comes behind, the route costs no less than this part of it, and goes no shorter way.
            let so_far = self
                .resource
                .charge(&front, vehicle as usize, &self.penalties);
            if base + so_far - route.charge >= least {
                return best;
            }
            let (to, from) = (
                self.distance(vehicle, at, drop_off),
                self.distance(vehicle, drop_off, ahead),
            );
            let arcs = detour + to + from - onward;
            let paid = paid_for(arcs, unit);
            if arcs < FAR / 2 && paid < least {
                let spent = if R::UNIFORM { paid } else { 0 } - route.charge;
                let leg = self.leg_of(vehicle, at, drop_off, to);
                let with = self
                    .resource
                    .join(&front, leg, &self.own[drop_off as usize]);
                if !self.is_charged(&with, vehicle, least - spent) {
                    let leg = self.leg_of(vehicle, drop_off, ahead, from);
                    let whole = self.resource.join(&with, leg, &self.after[ahead as usize]);
                    let mut delta = spent
                        + self
                            .resource
                            .charge(&whole, vehicle as usize, &self.penalties);
                    if R::WALKED && delta < least {
                        delta += self.walked_pair(vehicle, &whole, pair, [prev, next, at, ahead]);
                    }
                    if delta < least {
                        least = delta;
                        best = Some(PairPlace {
                            delta,
                            drop_behind: at,
                        });
                    }
                }
            }
            if !self.is_stop(ahead) {
                return best;
            }
            let leg = self.leg_of(vehicle, at, ahead, onward);
            front = self.resource.join(&front, leg, &self.own[ahead as usize]);
            let Node { next, arc_out, .. } = self.nodes[ahead as usize];
            (at, ahead, onward) = (ahead, next, arc_out);
        }
    }

    /// What a walk of a route with a pair adds to its charge; the drop-off follows on the pickup where `at` is that.
    fn walked_pair(
        &self,
        vehicle: u32,
        whole: &R::Segment,
        (pickup, drop_off): (u32, u32),
        [prev, next, at, ahead]: [u32; 4],
    ) -> i64 {
        let (pickup, drop_off) = (Piece::Node(pickup), Piece::Node(drop_off));
        let (before, after) = (Piece::Before(prev), Piece::After(ahead));
        if Piece::Node(at) == pickup {
            self.walked_cost_of(vehicle, whole, &[before, pickup, drop_off, after])
        } else {
            let run = Piece::Run(next, at);
            self.walked_cost_of(vehicle, whole, &[before, pickup, run, drop_off, after])
        }
    }

    /// What the cost changes by when a vehicle of this type leaves its depot for a pair alone; `None` where it cannot.
    pub fn opening_pair(&self, (pickup, drop_off): (u32, u32), vehicle: usize) -> Option<i64> {
        let arc = self.distance(vehicle as u32, pickup, drop_off);
        if arc >= FAR || !self.may_carry(vehicle as u32, pickup) {
            return None;
        }
        let pair = [pickup, drop_off];
        self.opening_of(&pair, &self.chain(vehicle, &pair), arc, vehicle)
    }

    /// Whether routes made of these pieces keep each pair on one route, the pickup first, reload where their vehicles
    /// may, and serve what these may carry. O(stops of the pieces).
    pub(super) fn keeps_bonds(&mut self, proposals: &[(u32, &[Piece])]) -> bool {
        let mut stops = std::mem::take(&mut self.scratch);
        let mut open = std::mem::take(&mut self.open);
        let kept = proposals.iter().all(|(route, pieces)| {
            stops.clear();
            open.clear();
            for piece in *pieces {
                self.collect(*piece, &mut stops);
            }
            let vehicle = self.routes[*route as usize].vehicle;
            if self.has_reloads() && !self.may_reload(vehicle, stops.iter().copied()) {
                return false;
            }
            if !self.may_carry_all(vehicle, stops.iter().copied()) {
                return false;
            }
            let paired = stops.iter().filter(|stop| self.mate(**stop) != NONE);
            let mut each = paired.map(|stop| {
                if self.is_paired_pickup(*stop) {
                    open.push(*stop);
                    return true;
                }
                let mate = self.mate(*stop);
                let at = open.iter().rposition(|pickup| *pickup == mate);
                at.map(|at| open.swap_remove(at)).is_some()
            });
            each.all(|kept| kept) && open.is_empty()
        });
        (self.scratch, self.open) = (stops, open);
        kept
    }

    /// Whether an order is the pickup of a pair.
    #[inline]
    pub fn is_paired_pickup(&self, node: u32) -> bool {
        let order = OrderId::new((node - self.depots) as usize);
        self.mate(node) != NONE && self.problem.kind(order) == OrderKind::Pickup
    }
}
