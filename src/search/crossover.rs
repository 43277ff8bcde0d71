//! Recombination of two plans.

use crate::eval::{Resource, Tours};
use crate::search::{Best, Dice, Neighbours, regret};
use std::collections::HashSet;

/// A plan in a population: the stops of each route in use with its vehicle type, and the orders on none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Individual {
    /// Its cost, in steps.
    pub cost: i64,
    /// Vehicle type and stops of each route.
    pub routes: Vec<(u32, Vec<u32>)>,
    /// The orders that are on no route.
    pub absent: Vec<u32>,
}

impl Individual {
    /// The best routes of a search on `tours`.
    pub fn of<R: Resource>(tours: &Tours<'_, R>, best: &Best) -> Self {
        let filled = best.filled();
        Self {
            cost: best.cost(),
            routes: filled
                .map(|(route, stops)| (tours.route(route).vehicle, stops.to_vec()))
                .collect(),
            absent: best.absent().to_vec(),
        }
    }

    /// Puts its routes on empty `tours`, as far as they keep all limits there.
    pub fn lay_out<R: Resource>(&self, tours: &mut Tours<'_, R>) {
        for (vehicle, stops) in &self.routes {
            tours.assign_if_kept(*vehicle as usize, stops);
        }
    }
}

/// Fills empty `tours` with routes of both parents: a few near routes of `other` that `first` does not have, and those
/// of `first` without the stops on them; a route that loses half of its stops is given up. What is left over is put
/// back by regret. A form of selective route exchange (Nagata, Bräysy and Dullaert 2010, 10.1016/j.cor.2009.06.022),
/// with the routes picked around a random place. O(n).
pub fn crossover<R: Resource>(
    tours: &mut Tours<'_, R>,
    neighbours: &Neighbours,
    first: &Individual,
    other: &Individual,
    dice: &mut Dice,
) {
    let orders = (tours.orders_end() - tours.first_order()) as usize;
    let middle = tours.first_order() + dice.below(orders) as u32;
    let sorted = |stops: &[u32]| {
        let mut stops = stops.to_vec();
        stops.sort_unstable();
        stops
    };
    let known: HashSet<Vec<u32>> = first.routes.iter().map(|r| sorted(&r.1)).collect();
    let mut donors: Vec<(i64, usize)> = Vec::new();
    for (index, (vehicle, stops)) in other.routes.iter().enumerate() {
        if !known.contains(&sorted(stops)) {
            let legs = tours.legs_of(*vehicle);
            let apart = stops.iter();
            let apart = apart.map(|s| legs.distance(middle as usize, *s as usize));
            donors.push((apart.min().unwrap_or(i64::MAX), index));
        }
    }
    donors.sort_unstable();
    let given = 1 + dice.below((donors.len() / 2).max(1));
    let mut taken = HashSet::new();
    for (_, index) in donors.iter().take(given) {
        let (vehicle, stops) = &other.routes[*index];
        for order in stops.iter().copied().filter(|s| *s >= tours.first_order()) {
            taken.insert(order);
            taken.extend(tours.alternatives(order));
        }
        tours.assign_if_kept(*vehicle as usize, stops);
    }
    for (vehicle, stops) in &first.routes {
        let left: Vec<u32> = stops
            .iter()
            .copied()
            .filter(|s| !taken.contains(s))
            .collect();
        if 2 * left.len() > stops.len() {
            tours.assign_if_kept(*vehicle as usize, &left);
        }
    }
    regret(tours, neighbours, &|| false);
}
