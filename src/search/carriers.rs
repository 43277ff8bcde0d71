//! Which carriers come.

use crate::eval::{Resource, Tours};
use crate::search::Dice;

/// The share of iterations that take one carrier more to come than do, or one less.
const OTHERWISE: f64 = 0.3;

/// Draws the carriers with a fee that this iteration takes to come anyway, so that orders are handed over, and taken back,
/// at their prices alone: mostly those that come, now and then one more or one less. What the change is worth with its
/// fees is seen in the end. One order after the other would never call a carrier, as the first would pay the whole fee, nor
/// send one away.
pub(super) fn hope<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    let mut set = tours.coming_carriers();
    if dice.chance(OTHERWISE) {
        set ^= 1 << dice.below(tours.charging_carriers());
    }
    tours.hope_for_carriers(set);
}

/// Hands over what costs more on its route than with a carrier: as if one of those that charge came, or all of them, as
/// far as that lowers the cost. O(n) for each.
pub fn hand_over<R: Resource>(tours: &mut Tours<'_, R>) {
    let charging = tours.charging_carriers();
    if charging == 0 {
        return;
    }
    let each = (0..charging).map(|carrier| 1 << carrier);
    for more in each.chain([usize::MAX]) {
        let before = tours.cost();
        tours.begin();
        tours.hope_for_carriers(more | tours.coming_carriers());
        for route in 0..tours.route_count() as u32 {
            super::optional::leave_out_of(tours, route);
        }
        if tours.cost() < before {
            tours.commit();
        } else {
            tours.rollback();
        }
    }
    tours.hope_for_carriers(usize::MAX);
}
