//! Some of the stops on the routes that an iteration changed.

use crate::eval::{NONE, Resource, Tours};
use crate::search::Dice;

/// How many stops are drawn at most.
const LOOKS: usize = 4;

/// The routes changed first, among whose stops they are drawn.
const ROUTES: usize = 4;

/// Draws some of the orders on the routes changed since [`Tours::begin`] of which `counts` says so, each with the same chance.
/// All routes are settled afterwards. O(stops of these routes).
pub(super) fn draw_touched<R: Resource>(
    tours: &mut Tours<'_, R>,
    dice: &mut Dice,
    counts: fn(&Tours<'_, R>, u32) -> bool,
) -> impl Iterator<Item = u32> + use<R> {
    let (routes, count) = tours.first_touched::<ROUTES>();
    let mut drawn = [NONE; LOOKS];
    let mut seen = 0;
    for route in &routes[..count] {
        for stop in tours.stops(*route) {
            if !tours.is_order(stop) || !counts(tours, stop) {
                continue;
            }
            seen += 1;
            let slot = if seen <= LOOKS {
                seen - 1
            } else {
                dice.below(seen)
            };
            if let Some(slot) = drawn.get_mut(slot) {
                *slot = stop;
            }
        }
    }
    tours.settle();
    drawn.into_iter().take(seen)
}
