//! Orders that stand for one another: which of them to serve.

use crate::eval::{NONE, Resource, Tours};
use crate::measure::OrderId;
use crate::search::recreate::{Blinker, Hope, Recreate, Spot};
use crate::search::touched::draw_touched;
use crate::search::{Dice, Neighbours};
use crate::travel::FAR;
use std::cmp::Reverse;

/// Above every change of cost, with room for sums.
const ANY: i64 = i64::MAX / 4;

/// What to list of an absent order, to be put back: the first of its group, unless that is listed. The orders from `older` on
/// became absent just now, so that all of a group are among them, or none; of the others any may be asked for.
pub(super) fn entry<R: Resource>(
    tours: &Tours<'_, R>,
    node: u32,
    older: usize,
    listed: &[(i64, u32)],
) -> Option<u32> {
    if !tours.has_groups() {
        return Some(node);
    }
    let lead = tours.lead(node);
    let known = if tours.node(lead).position as usize >= older {
        lead != node
    } else {
        listed.iter().any(|(_, listed)| *listed == lead)
    };
    (!known).then_some(lead)
}

/// The cheapest place for any order of an absent group, and for which, that costs less than `below`.
pub(super) fn cheapest<R: Resource>(
    tours: &Tours<'_, R>,
    neighbours: &Neighbours,
    node: u32,
    dice: &mut Dice,
    blinker: &mut Blinker,
    (reach, hope, below): (usize, Hope, i64),
) -> Option<(i64, u32, Spot)> {
    let mut best = None;
    let mut least = below;
    for one in std::iter::once(node).chain(tours.alternatives(node)) {
        let terms = (reach, hope, least);
        if let Some((delta, spot)) =
            Recreate::cheapest(tours, neighbours, one, dice, blinker, terms)
        {
            (best, least) = (Some((delta, one, spot)), delta);
        }
    }
    best
}

/// A search around an order of which another one of its group is served also takes that off its route, so that recreate
/// chooses between the two places.
pub(super) fn take_off<R: Resource>(tours: &mut Tours<'_, R>, seed: u32) {
    if tours.node(seed).route == NONE
        && let Some(served) = tours.standing_for(seed)
    {
        tours.remove(served);
        tours.settle();
    }
}

/// Looks at some served orders of groups on the routes changed since [`Tours::begin`]: takes each off, and puts that order of
/// its group where it costs least which costs least, be it the same. The cost never rises. O(stops of these routes), for each
/// of them.
pub(super) fn exchange<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    reach: usize,
    dice: &mut Dice,
) {
    let is_one_of_several =
        |tours: &Tours<'_, R>, stop: u32| tours.alternatives(stop).next().is_some();
    for node in draw_touched(tours, dice, is_one_of_several) {
        reconsider(tours, neighbours, node, reach, dice);
    }
}

/// Takes a served order of a group off its settled route, and puts the cheapest of its group where it costs least.
fn reconsider<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    node: u32,
    reach: usize,
    dice: &mut Dice,
) {
    let stop = *tours.node(node);
    let route = *tours.route(stop.route);
    let straight = tours.distance(route.vehicle, stop.prev, stop.next);
    if straight >= FAR {
        return;
    }
    let before = tours.cost();
    tours.remove(node);
    tours.settle();
    let own = if route.size == 1 {
        let vehicle = route.vehicle as usize;
        let delta = tours.opening(node, vehicle);
        delta.map(|delta| (delta, node, Spot::Fresh(vehicle)))
    } else {
        let arcs = [stop.arc_in, stop.arc_out];
        let delta = tours.insertion(node, stop.prev, stop.next, arcs, ANY);
        Some((delta, node, Spot::Behind(stop.prev)))
    };
    let below = own.map_or(ANY, |own| own.0);
    let mut never = Blinker::new(0.0, dice);
    let terms = (reach, Hope::Alone, below);
    let found = cheapest(tours, neighbours, node, dice, &mut never, terms);
    if let Some((_, one, spot)) = found.or(own) {
        spot.take(tours, one);
    }
    debug_assert!(tours.cost() <= before, "its own place is there still");
}

/// The absent orders that a first plan may begin with: those of no group, and of each group the one that a vehicle of its own
/// serves at the least cost; among equals that with the longest window.
pub fn stand_ins<R: Resource>(tours: &Tours<'_, R>) -> Vec<u32> {
    if !tours.has_groups() {
        return tours.absent().to_vec();
    }
    let types = tours.problem().fleet().len();
    let key = |node: &u32| {
        let alone = (0..types).filter_map(|vehicle| tours.opening(*node, vehicle));
        let order = OrderId::new((node - tours.first_order()) as usize);
        let window = tours.problem().window(order);
        let length = (window.latest - window.earliest).get();
        (alone.min().unwrap_or(i64::MAX), Reverse(length), *node)
    };
    let leads = tours.absent().iter().copied();
    let leads = leads.filter(|node| tours.lead(*node) == *node);
    let best = leads.map(|lead| {
        let group = std::iter::once(lead).chain(tours.alternatives(lead));
        group.min_by_key(key).unwrap_or(lead)
    });
    best.collect()
}
