//! Recreate: put absent orders back beside their neighbours.

use crate::eval::{Around, NONE, Resource, Tours};
use crate::search::{Dice, Neighbours, Succession, groups, pairs, regret, trips};

/// Above this many absent orders, looking at all of them by regret would cost more than the ruin touches.
const MOST_BY_REGRET: usize = 60;

/// The most orders near the seed of a ruin that were left out before and are tried again.
const NEAREST: usize = 30;

/// The share of calls that try those, where orders are optional, instead of some anywhere.
const NEARBY: f64 = 0.95;

/// How absent orders are put back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recreate {
    /// The chance that a position is passed over, so that the same ruin is not always mended in the same way.
    pub blink: f64,
    /// How many neighbours are looked at.
    pub near: usize,
    /// The share of calls that look at all neighbours that are known.
    pub wide: f64,
    /// The most orders absent from before that one call tries to place beside those just removed.
    pub older: usize,
    /// The share of calls that open a vehicle without regard to its fixed cost, which orders to come may share, where all
    /// vehicles are of one type.
    pub eager: f64,
    /// The share of calls that open a vehicle of a type that is drawn, at a share of what it costs that is drawn too,
    /// where there are several types; always, where some types carry or cost more than others. Which type the orders to
    /// come will fill best is not known; where another one turns out to be cheaper, it is exchanged afterwards.
    pub drawn: f64,
    /// The share of calls that place optional orders at up to three times their price, in the hope of more near them;
    /// those that do not pay are left out again.
    pub hopeful: f64,
    /// The share of calls that place all absent orders by regret, without blinks; not where very many are absent.
    pub regret: f64,
}

impl Default for Recreate {
    fn default() -> Self {
        Self {
            blink: 1.0 / 128.0,
            near: 40,
            wide: 0.2,
            older: 10,
            eager: 0.1,
            drawn: 0.2,
            hopeful: 0.9,
            regret: 0.005,
        }
    }
}

/// Where an order would go, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// Behind this node.
    Behind(u32),
    /// Behind this node, with a reload beside it.
    Trip(u32, Around),
    /// On a vehicle of this type that still stands at its depot.
    Fresh(usize),
}

impl Spot {
    /// Puts an absent order there.
    pub(super) fn take<R: Resource>(self, tours: &mut Tours<'_, R>, node: u32) {
        match self {
            Self::Behind(prev) => tours.insert(node, prev),
            Self::Trip(prev, around) => {
                tours.insert(node, prev);
                match around {
                    Around::Before(depot) => tours.insert_reload(depot, prev),
                    Around::After(depot) => tours.insert_reload(depot, node),
                }
            }
            Self::Fresh(vehicle) => {
                tours.send(node, vehicle);
            }
        }
    }
}

/// What the orders to come are hoped to pay of a vehicle that is opened for one of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Hope {
    /// Nothing.
    Alone,
    /// Its fixed cost.
    Shared,
    /// All but this share of what it costs, where it is of this type.
    Drawn(usize, f64),
}

impl Hope {
    /// What opening a vehicle counts for, which costs `delta`, `fixed` of it for using the vehicle at all.
    #[inline]
    pub(super) fn of(self, delta: i64, fixed: i64, vehicle: usize) -> i64 {
        match self {
            Self::Shared => delta - fixed,
            Self::Drawn(drawn, share) if drawn == vehicle => (delta as f64 * share) as i64,
            _ => delta,
        }
    }
}

/// Working memory, kept between calls.
#[derive(Debug, Default, Clone)]
pub(super) struct Buffer {
    order: Vec<(i64, u32)>,
    /// What a vehicle sent out for orders left out has come to serve.
    pub(super) served: Vec<u32>,
    /// By node, whether it was tried on the way; none between calls.
    pub(super) tried: Vec<bool>,
}

/// Passes over each position with a given probability, at the cost of one random number for each pass.
pub(super) struct Blinker {
    left: u32,
    log: f64,
}

impl Blinker {
    pub(super) fn new(probability: f64, dice: &mut Dice) -> Self {
        let log = if probability > 0.0 {
            (1.0 - probability).ln()
        } else {
            0.0
        };
        let mut blinker = Self {
            left: u32::MAX,
            log,
        };
        blinker.draw(dice);
        blinker
    }

    fn draw(&mut self, dice: &mut Dice) {
        self.left = if self.log < 0.0 {
            dice.failures_before_success(self.log)
        } else {
            u32::MAX
        };
    }

    #[inline]
    pub(super) fn blinks(&mut self, dice: &mut Dice) -> bool {
        if self.left == 0 {
            self.draw(dice);
            return true;
        }
        self.left -= 1;
        false
    }
}

impl Recreate {
    /// Puts absent orders back, one after the other, each where it costs least (greedy insertion with blinks, after
    /// Christiaens and Vanden Berghe 2020, section 5.2, limited to the neighbourhood of each order). An order whose
    /// cheapest place costs more than leaving it out stays absent. The first `older` absent orders were so before the
    /// ruin; only a few of them are tried.
    ///
    /// Ends early, and says `false`, once the cost is sure to pass `limit`; what is left stays absent then.
    pub(super) fn apply<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        (seed, older): (u32, usize),
        dice: &mut Dice,
        buffer: &mut Buffer,
        limit: i64,
    ) -> bool {
        // Who sends a carrier away has to find places for all that it takes.
        if tours.absent().len() <= MOST_BY_REGRET
            && (dice.chance(self.regret) || tours.hopes_against_carriers())
        {
            regret(tours, neighbours, &|| false);
            return true;
        }
        let mut order = std::mem::take(&mut buffer.order);
        self.gather(tours, neighbours, (seed, older), dice, &mut order);
        let hope = self.hope(tours, dice);
        let reach = if dice.chance(self.wide) {
            usize::MAX
        } else {
            self.near
        };
        let mut blinker = Blinker::new(self.blink, dice);
        // Several orders may be worth a way that none of them is worth alone.
        let worth = if tours.problem().shape().optional && dice.chance(self.hopeful) {
            1.0 + 2.0 * dice.unit()
        } else {
            1.0
        };
        // What placing the orders may cost in all: greedy insertion never lowers the cost.
        let unplaced: i64 = order
            .iter()
            .map(|(_, node)| pairs::price_of(tours, (*node, tours.mate(*node))))
            .sum();
        let mut left = limit.saturating_sub(tours.cost() - unplaced);
        let grouped = tours.has_groups();
        for (_, node) in &order {
            let pair = (*node, tours.mate(*node));
            let price = pairs::price_of(tours, pair);
            let most = if worth > 1.0 {
                (price as f64 * worth) as i64
            } else {
                price
            };
            let below = most.min(left.saturating_add(1));
            let terms = (reach, hope, below);
            let before = tours.cost() - price;
            let placed = if pair.1 != NONE {
                pairs::cheapest(tours, neighbours, pair, dice, &mut blinker, terms)
                    .map(|spot| spot.take(tours, pair))
            } else if grouped {
                groups::cheapest(tours, neighbours, *node, dice, &mut blinker, terms)
                    .map(|(_, one, spot)| spot.take(tours, one))
            } else {
                Self::cheapest(tours, neighbours, *node, dice, &mut blinker, terms)
                    .map(|(_, spot)| spot.take(tours, *node))
            };
            if placed.is_none() && below < price {
                left = -1;
            }
            // Where carriers charge for coming, prices add up to more than the absent orders cost; there is no limit then.
            left = left.saturating_sub(tours.cost() - before);
            if left < 0 {
                break;
            }
        }
        buffer.order = order;
        left >= 0
    }

    fn hope<R: Resource>(&self, tours: &Tours<'_, R>, dice: &mut Dice) -> Hope {
        let types = tours.problem().fleet().len();
        if types > 1 {
            if tours.problem().shape().mixed_fleet || dice.chance(self.drawn) {
                return Hope::Drawn(dice.below(types), dice.unit());
            }
        } else if tours.problem().shape().rich_fleet && dice.chance(self.eager) {
            return Hope::Shared;
        }
        Hope::Alone
    }

    /// The orders to place, in a random order, or by load, distance from the depot, or window.
    fn gather<R: Resource>(
        &self,
        tours: &Tours<'_, R>,
        neighbours: &Neighbours,
        (seed, older): (u32, usize),
        dice: &mut Dice,
        order: &mut Vec<(i64, u32)>,
    ) {
        order.clear();
        let problem = tours.problem();
        let first = tours.first_order();
        let depot = problem.fleet()[0].start.index() as u32;
        let shape = problem.shape();
        let draw = dice.below(if shape.timed { 17 } else { 11 });
        let id = |node: u32| crate::measure::OrderId::new((node - first) as usize);
        // What is promised is where an order wants to be.
        let window = |node: u32| {
            let order = id(node);
            (problem.promise(order)).map_or_else(|| problem.window(order), |promise| promise.window)
        };
        let (old, removed) = tours.absent().split_at(older);
        let skip = if old.len() > self.older {
            dice.below(old.len())
        } else {
            0
        };
        // Some of those that were left out before: anywhere, or the nearest to what was removed.
        let mut near = [NONE; NEAREST];
        let nearest =
            tours.problem().shape().optional && old.len() > self.older && dice.chance(NEARBY);
        if nearest {
            let left_out = neighbours
                .of(seed)
                .iter()
                .map(|(node, _)| *node)
                .filter(|node| {
                    tours.is_absent(*node) && (tours.node(*node).position as usize) < older
                });
            for (slot, node) in near.iter_mut().zip(left_out) {
                *slot = node;
            }
        }
        let near = near.iter().filter(|node| **node != NONE);
        let anywhere = if nearest {
            0
        } else {
            old.len().min(self.older)
        };
        let tried = old.iter().cycle().skip(skip).take(anywhere);
        for node in removed.iter().chain(near).chain(tried) {
            if tours.mate(*node) != NONE && !tours.is_paired_pickup(*node) {
                // It goes with its pickup.
                continue;
            }
            let Some(node) = groups::entry(tours, *node, older, order) else {
                continue;
            };
            let far = || tours.distance(0, depot, node);
            let key = match draw {
                0..4 => dice.below(1 << 30) as i64,
                4..8 => -problem
                    .quantities((node - first) as usize)
                    .iter()
                    .sum::<i64>(),
                8..10 => -far(),
                10 => far(),
                11..13 => {
                    let window = window(node);
                    (window.latest - window.earliest).get()
                }
                13..15 => window(node).earliest.get(),
                _ => -window(node).latest.get(),
            };
            order.push((key, node));
        }
        order.sort_unstable();
    }

    /// The cheapest place for an absent order that costs less than `below`, and what it costs.
    #[inline]
    pub(super) fn cheapest<R: Resource>(
        tours: &Tours<'_, R>,
        neighbours: &Neighbours,
        node: u32,
        dice: &mut Dice,
        blinker: &mut Blinker,
        (reach, hope, below): (usize, Hope, i64),
    ) -> Option<(i64, Spot)> {
        let mut best = below;
        let mut spot = None;
        let near = neighbours.of(node);
        let listed = tours.travels_as_listed();
        let successions = neighbours.successions_for::<R>(node);
        for (index, (beside, apart)) in near[..near.len().min(reach)].iter().enumerate() {
            let succession = Succession::of_entry(successions, index);
            if succession.is_barred() {
                continue;
            }
            let entry = *tours.node(*beside);
            if entry.route == NONE {
                continue;
            }
            let apart = i64::from(*apart);
            let vehicle = || tours.route(entry.route).vehicle;
            let (there, back) = if listed {
                (apart, apart)
            } else {
                let vehicle = vehicle();
                let there = tours.distance(vehicle, *beside, node);
                (there, tours.distance(vehicle, node, *beside))
            };
            // By the triangle inequality a detour costs at least twice what the neighbour is further than the arc.
            let unit = tours.distance_price(if R::UNIFORM { 0 } else { vehicle() });
            let pays = |further: i64, best: i64| (2 * further).saturating_mul(unit) < best;
            let behind = succession.behind && pays(there - entry.arc_out, best);
            let ahead = succession.ahead && pays(back - entry.arc_in, best);
            if !(behind || ahead) || !tours.may_fit(node, entry.route) {
                continue;
            }
            let vehicle = vehicle();
            if !tours.may_carry(vehicle, node) {
                continue;
            }
            // What is charged for one more stop wherever it stands leaves less for the detour.
            let more = tours.visit_at_least(node, entry.route);
            let behind = behind && pays(there - entry.arc_out, best - more);
            if behind && !blinker.blinks(dice) {
                let arcs = [there, tours.distance(vehicle, node, entry.next)];
                let delta = tours.insertion(node, *beside, entry.next, arcs, best);
                if delta < best {
                    (best, spot) = (delta, Some(Spot::Behind(*beside)));
                }
            }
            if ahead && pays(back - entry.arc_in, best - more) && !blinker.blinks(dice) {
                let arcs = [tours.distance(vehicle, entry.prev, node), back];
                let delta = tours.insertion(node, entry.prev, *beside, arcs, best);
                if delta < best {
                    (best, spot) = (delta, Some(Spot::Behind(entry.prev)));
                }
            }
        }
        if tours.has_reloads()
            && let Some(trip) =
                trips::cheapest(tours, &near[..near.len().min(reach)], node, dice, best)
        {
            (best, spot) = (trip.0, Some(trip.1));
        }
        for vehicle in 0..tours.problem().fleet().len() {
            if tours.has_vehicle(vehicle) && !blinker.blinks(dice) {
                let fixed = tours.prices().fixed[vehicle];
                if hope.of(tours.opening_at_least(node, vehicle), fixed, vehicle) >= best {
                    continue;
                }
                let Some(delta) = tours.opening(node, vehicle) else {
                    continue;
                };
                let paid = hope.of(delta, fixed, vehicle);
                if paid < best {
                    (best, spot) = (paid, Some(Spot::Fresh(vehicle)));
                }
            }
        }
        spot.map(|spot| (best, spot))
    }
}
