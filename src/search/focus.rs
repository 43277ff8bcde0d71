//! Where to search.

use crate::eval::{NONE, Resource, Tours};
use crate::search::Dice;

/// From which orders the seeds of a search are drawn. By default all are equally likely.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Focus {
    /// Orders to search around; one that is listed more often is drawn more often.
    pub nodes: Vec<u32>,
    /// The share of the seeds that are drawn from them.
    pub share: f64,
}

impl Focus {
    /// A seed.
    #[inline]
    pub(super) fn seed<R: Resource>(&self, tours: &Tours<'_, R>, dice: &mut Dice) -> u32 {
        if !self.nodes.is_empty() && dice.chance(self.share) {
            return self.nodes[dice.below(self.nodes.len())];
        }
        let orders = (tours.orders_end() - tours.first_order()) as usize;
        let mut seed = tours.first_order() + dice.below(orders) as u32;
        // Where most orders are left out, little happens around one of those.
        let mut again = if tours.problem().shape().optional {
            3
        } else {
            0
        };
        while again > 0 && tours.node(seed).route == NONE {
            seed = tours.first_order() + dice.below(orders) as u32;
            again -= 1;
        }
        seed
    }
}
