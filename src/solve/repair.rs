//! Making a plan whole again after edits.

use crate::eval::{NONE, Resource, Tours};
use crate::measure::OrderId;
use crate::plan::RouteDraft;
use crate::problem::Problem;
use crate::search::{Neighbours, escort, insert_anywhere, place_pairs, regret_of, shed};
use crate::solve::run::{draft_of_nodes, nodes_of_draft, whole_pairs};
use crate::solve::variants::Task;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The most positions that are looked at once more: some ten milliseconds of them, for edits of very many orders.
const MOST_LOOKS: usize = 1_000_000;

/// The routes of a plan whose problem was edited, to be brought to where every route keeps its limits and every order
/// that fits beside its neighbours is on one.
pub(super) struct Repair<'a> {
    pub(super) problem: &'a Problem,
    pub(super) neighbours: &'a Neighbours,
    /// The routes so far, without orders that are gone or moved.
    pub(super) routes: &'a [RouteDraft],
    /// Orders that may have a new place now.
    pub(super) dirty: &'a BTreeSet<OrderId>,
}

/// A plan made whole.
#[derive(Default)]
pub(super) struct Repaired {
    pub(super) routes: Vec<RouteDraft>,
    /// Orders that lost their place, whether they got another or not.
    pub(super) displaced: Vec<OrderId>,
    /// Orders that are on no route; of a group of which none is, the first.
    pub(super) unserved: Vec<OrderId>,
}

impl Task for Repair<'_> {
    type Answer = Repaired;

    /// Routes without a vehicle go to another type as a whole where one can drive them, else all their stops are given
    /// up; routes that exceed a limit give up few stops; then all of these and the dirty orders are put in by regret,
    /// beside their neighbours, and looked at once more on all routes.
    fn run<R: Resource>(self) -> Repaired {
        let mut tours = Tours::<R>::new(self.problem);
        let first = tours.first_order();
        let node = |order: &OrderId| first + order.index() as u32;
        let mut displaced = self.seat(&mut tours);
        tours.begin();
        for route in 0..tours.route_count() as u32 {
            shed(&mut tours, route);
        }
        if tours.has_reloads() {
            tours.spare_reloads();
        }
        tours.commit();
        let planned = self.routes.iter().flat_map(|draft| &draft.stops);
        let lost = planned.filter(|order| tours.node(node(order)).route == NONE);
        displaced.extend(lost);
        displaced.sort_unstable();
        displaced.dedup();

        let waiting = waiting(&tours, self.dirty.iter().chain(&displaced).map(node));
        let before = tours.cost();
        tours.begin();
        let (singles, pairs): (Vec<u32>, Vec<u32>) =
            waiting.iter().partition(|node| tours.mate(**node) == NONE);
        if tours.has_pairs() {
            place_pairs(&mut tours, self.neighbours, &pairs, &|| false);
        }
        regret_of(&mut tours, self.neighbours, &singles, &|| false);
        if tours.cost() > before {
            tours.rollback();
        } else {
            tours.commit();
        }
        escort(&mut tours, self.neighbours, &singles, &|| false);
        let most = (MOST_LOOKS / self.problem.order_count().max(1)).max(1);
        for node in waiting.into_iter().take(most) {
            look_again(&mut tours, node);
        }
        let mut unserved: Vec<OrderId> = tours
            .absent()
            .iter()
            .filter(|node| tours.lead(**node) == **node)
            .map(|node| OrderId::new((node - first) as usize))
            .collect();
        unserved.sort_unstable();
        Repaired {
            routes: drafts(&tours),
            displaced,
            unserved,
        }
    }
}

impl Repair<'_> {
    /// Gives each route its vehicle. Where there are fewer vehicles of a type than routes, those with the fewest stops
    /// go to the type that drives them for least, if any can. Returns the orders whose vehicle is another now.
    fn seat<R: Resource>(&self, tours: &mut Tours<'_, R>) -> Vec<OrderId> {
        let types = self.problem.fleet().len();
        let mut order: Vec<usize> = (0..self.routes.len()).collect();
        order.sort_by_key(|r| Reverse(self.routes[*r].stops.len()));
        let mut left: Vec<usize> = self.problem.fleet().iter().map(|t| t.count).collect();
        let mut seated = vec![false; self.routes.len()];
        for r in order {
            if let Some(left) = left.get_mut(self.routes[r].vehicle_type.index())
                && *left > 0
                && !self.routes[r].stops.is_empty()
            {
                *left -= 1;
                seated[r] = true;
            }
        }
        for (draft, _) in self
            .routes
            .iter()
            .zip(&seated)
            .filter(|(_, seated)| **seated)
        {
            let vehicle = draft.vehicle_type.index();
            // An order that was changed may no longer ride where it did.
            let stops = nodes_of_draft(tours, vehicle, draft, |order| {
                self.problem.may_carry(draft.vehicle_type, order)
            });
            let stops = whole_pairs(tours, stops);
            tours.begin();
            tours.assign(vehicle, &stops);
            if tours.has_reloads() {
                tours.spare_reloads();
            }
            tours.commit();
        }
        let mut displaced = Vec::new();
        for (draft, _) in self
            .routes
            .iter()
            .zip(&seated)
            .filter(|(_, seated)| !**seated)
        {
            let mut best: Option<(i64, usize)> = None;
            for vehicle in (0..types).filter(|t| *t != draft.vehicle_type.index()) {
                let before = tours.cost();
                tours.begin();
                let stops = nodes_of_draft(tours, vehicle, draft, |_| true);
                let stops = whole_pairs(tours, stops);
                tours.assign_if_kept(vehicle, &stops);
                let gain = tours.cost() - before;
                tours.rollback();
                if gain < 0 && best.is_none_or(|best| (gain, vehicle) < best) {
                    best = Some((gain, vehicle));
                }
            }
            if let Some((_, vehicle)) = best {
                let stops = nodes_of_draft(tours, vehicle, draft, |_| true);
                let stops = whole_pairs(tours, stops);
                tours.assign_if_kept(vehicle, &stops);
            }
            displaced.extend(&draft.stops);
        }
        displaced
    }
}

/// Who of these may have a new place: orders that are on no route, of pairs the pickups, of groups the first.
fn waiting<R: Resource>(tours: &Tours<'_, R>, nodes: impl Iterator<Item = u32>) -> Vec<u32> {
    let off = nodes.filter(|node| tours.node(*node).route == NONE);
    let unit = |node: u32| {
        let mate = tours.mate(node);
        if mate != NONE && !tours.is_paired_pickup(node) {
            mate
        } else {
            tours.lead(node)
        }
    };
    let mut waiting: Vec<u32> = off.map(unit).collect();
    waiting.sort_unstable();
    waiting.dedup();
    waiting
}

/// Takes an order off its route, if it is on one, and puts it where it costs least on any route at all, if the plan
/// costs less then: a vehicle far away may have room, where those near are full and a fresh one is dear. With the pickup of a
/// pair goes its drop-off; of a group the order that is on a route gives way to any of them. O(n).
fn look_again<R: Resource>(tours: &mut Tours<'_, R>, node: u32) {
    let before = tours.cost();
    tours.begin();
    let served = if tours.node(node).route == NONE {
        tours.standing_for(node).unwrap_or(node)
    } else {
        node
    };
    let home = tours.node(served).route;
    if home != NONE {
        let mate = tours.mate(served);
        tours.remove(served);
        if mate != NONE {
            tours.remove(mate);
        }
        tours.settle();
        tours.freshen(home);
    }
    insert_anywhere(tours, node);
    if tours.has_reloads() {
        tours.spare_reloads();
    }
    if tours.cost() < before {
        tours.commit();
    } else {
        tours.rollback();
    }
}

/// The present routes as drafts.
fn drafts<R: Resource>(tours: &Tours<'_, R>) -> Vec<RouteDraft> {
    let first = tours.first_order();
    let filled = (0..tours.route_count() as u32).filter(|route| tours.route(*route).size > 0);
    filled
        .map(|route| draft_of_nodes(tours.route(route).vehicle, tours.itinerary(route), first))
        .collect()
}
