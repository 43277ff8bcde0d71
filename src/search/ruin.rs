//! Ruin: take a few near orders off their routes.

use crate::eval::{NONE, Resource, Tours};
use crate::search::{Dice, Neighbours};

/// How much is ruined, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruin {
    /// How many orders are removed on average.
    pub average: f64,
    /// The longest string.
    pub longest: usize,
    /// The share of strings that keep an inner part.
    pub split: f64,
    /// The chance that the kept part of a split string stops growing.
    pub grow: f64,
    /// The share of iterations that remove a random walk instead of strings.
    pub walk: f64,
    /// The share of iterations that remove the orders that cost most where they are.
    pub worst: f64,
    /// The share of iterations that remove orders anywhere.
    pub random: f64,
    /// The share of iterations that remove a whole route.
    pub route: f64,
    /// The share of iterations that remove one to three whole routes near each other, where some vehicles carry or cost
    /// more than others: what several small vehicles carry may be cheaper on a large one, and the other way round.
    pub routes: f64,
}

impl Default for Ruin {
    fn default() -> Self {
        Self {
            average: 10.0,
            longest: 10,
            split: 0.5,
            grow: 0.99,
            walk: 0.1,
            worst: 0.02,
            random: 0.01,
            route: 0.01,
            routes: 0.03,
        }
    }
}

impl Ruin {
    /// Takes orders near `seed` off their routes, all of which are settled afterwards.
    pub fn apply<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        seed: u32,
        dice: &mut Dice,
    ) {
        let draw = dice.unit();
        if draw < self.walk {
            self.walk(tours, neighbours, seed, dice);
        } else if draw < self.walk + self.worst {
            self.worst(tours, neighbours, seed, dice);
        } else if draw < self.walk + self.worst + self.random {
            self.random(tours, dice);
        } else if draw > 1.0 - self.route {
            Self::route(tours, seed);
        } else if draw > 1.0 - self.route - self.routes && tours.problem().shape().mixed_fleet {
            Self::routes(tours, neighbours, seed, dice);
        } else {
            self.strings(tours, neighbours, seed, dice);
        }
        tours.settle();
    }

    /// Adjacent strings (Christiaens and Vanden Berghe 2020, 10.1287/trsc.2019.0914, section 5.1): one string from each
    /// of a few routes that pass near the seed. The limits are those of equations 5 to 7, with the size of the seed's
    /// route in place of the mean, so that nothing has to be averaged.
    fn strings<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        seed: u32,
        dice: &mut Dice,
    ) {
        let home = tours.node(seed).route;
        let typical = if home == NONE {
            self.longest
        } else {
            tours.route(home).size as usize
        };
        let longest = self.longest.min(typical).max(1);
        let most = (4.0 * self.average / (1.0 + longest as f64) - 1.0).max(1.0);
        let strings = (1.0 + dice.unit() * most) as usize;
        // At most a few routes are ruined, so a linear search beats a set.
        let mut ruined = [NONE; 64];
        let mut count = 0;
        let mut at = Some(seed);
        let mut near = neighbours.of(seed).iter();
        while let Some(node) = at {
            let route = tours.node(node).route;
            if route != NONE && !ruined[..count].contains(&route) {
                let size = tours.route(route).size as usize;
                let limit = longest.min(size);
                let length = 1 + dice.below(limit);
                self.string(tours, node, length, size, dice);
                ruined[count] = route;
                count += 1;
                if count == strings.min(ruined.len()) {
                    return;
                }
            }
            at = near.next().map(|(node, _)| *node);
        }
    }

    /// Removes a string of `length` stops that contains `node`, or all but an inner part of a longer one.
    fn string<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        node: u32,
        length: usize,
        size: usize,
        dice: &mut Dice,
    ) {
        let mut kept = 0;
        if length > 1 && length < size && dice.chance(self.split) {
            kept = 1;
            while length + kept < size && dice.chance(1.0 - self.grow) {
                kept += 1;
            }
        }
        let span = length + kept;
        // Where may the string start so that it contains the node? Walk back and forth within reach.
        let mut back = 0;
        let mut at = tours.node(node).prev;
        while back + 1 < span && tours.is_stop(at) {
            back += 1;
            at = tours.node(at).prev;
        }
        let mut ahead = 0;
        let mut at = tours.node(node).next;
        while ahead + 1 < span && tours.is_stop(at) {
            ahead += 1;
            at = tours.node(at).next;
        }
        let least = (span - 1).saturating_sub(ahead);
        let offset = least + dice.below(back - least + 1);
        let mut at = node;
        for _ in 0..offset {
            at = tours.node(at).prev;
        }
        let skip_from = if kept == 0 {
            span
        } else {
            1 + dice.below(length - 1)
        };
        for index in 0..span {
            let next = tours.node(at).next;
            if (index < skip_from || index >= skip_from + kept) && !tours.is_reload(at) {
                tours.remove(at);
            }
            at = next;
        }
    }

    /// A random walk over the routes (Accorsi and Vigo 2021, 10.1287/trsc.2021.1059, section 4.2): half of the steps go
    /// along the route, the others to a near order on any route.
    fn walk<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        seed: u32,
        dice: &mut Dice,
    ) {
        let count = 1 + dice.below((2.0 * self.average) as usize);
        let mut at = seed;
        for _ in 0..count {
            if tours.node(at).route == NONE {
                return;
            }
            let beside = if dice.chance(0.5) {
                tours.node(at).next
            } else {
                tours.node(at).prev
            };
            let next = if dice.chance(0.5) && tours.is_order(beside) {
                beside
            } else {
                let on_route =
                    |(node, _): &&(u32, u32)| tours.node(*node).route != NONE && *node != at;
                let skip = dice.below(4);
                let mut options = neighbours.of(at).iter().filter(on_route);
                options.nth(skip).map_or(at, |(node, _)| *node)
            };
            tours.remove(at);
            at = next;
        }
    }

    /// The orders near the seed whose removal saves most distance.
    fn worst<R: Resource>(
        &self,
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        seed: u32,
        dice: &mut Dice,
    ) {
        let count = 1 + dice.below((2.0 * self.average) as usize);
        for _ in 0..count {
            let gain = |node: u32| {
                let entry = tours.node(node);
                let vehicle = tours.route(entry.route).vehicle;
                entry.arc_in + entry.arc_out - tours.distance(vehicle, entry.prev, entry.next)
            };
            let near = neighbours
                .of(seed)
                .iter()
                .map(|(node, _)| *node)
                .chain([seed]);
            let Some(node) = near
                .filter(|n| tours.node(*n).route != NONE)
                .max_by_key(|n| (gain(*n), *n))
            else {
                return;
            };
            tours.remove(node);
        }
    }

    /// The whole route of the seed, so that its vehicle can be spared or exchanged.
    fn route<R: Resource>(tours: &mut Tours<'_, R>, seed: u32) {
        let route = tours.node(seed).route;
        if route != NONE {
            take_apart(tours, route);
        }
    }

    /// The whole routes of the seed and of up to two orders near it.
    fn routes<R: Resource>(
        tours: &mut Tours<'_, R>,
        neighbours: &Neighbours,
        seed: u32,
        dice: &mut Dice,
    ) {
        let mut more = dice.below(3);
        Self::route(tours, seed);
        for (near, _) in neighbours.of(seed) {
            if more == 0 {
                return;
            }
            if tours.node(*near).route != NONE {
                Self::route(tours, *near);
                more -= 1;
            }
        }
    }

    /// Orders anywhere.
    fn random<R: Resource>(&self, tours: &mut Tours<'_, R>, dice: &mut Dice) {
        let count = 1 + dice.below(self.average as usize);
        let orders = (tours.orders_end() - tours.first_order()) as usize;
        for _ in 0..count {
            let node = tours.first_order() + dice.below(orders) as u32;
            if tours.node(node).route != NONE {
                tours.remove(node);
            }
        }
    }
}

/// Removes all stops of a route; not where it is very long.
pub(super) fn take_apart<R: Resource>(tours: &mut Tours<'_, R>, route: u32) {
    const LONGEST: u32 = 80;
    if tours.route(route).size > LONGEST {
        return;
    }
    let mut at = tours.node(tours.start(route)).next;
    while tours.is_stop(at) {
        let next = tours.node(at).next;
        tours.remove(at);
        at = next;
    }
}
