//! Whether a route that picks up drops anything off.

use crate::eval::resource::{Insertion, LegCost, Resource};
use crate::eval::{Excess, Penalties};
use crate::measure::OrderId;
use crate::model::OrderKind;
use crate::problem::Problem;

/// The rules of [`Backhauls`](crate::model::Backhauls). That drop-offs come first is a matter of legs: one from a pickup
/// to a drop-off is missing. That pickups follow some drop-off, where that is asked for, is a limit that bends like the
/// others: a search that could not pass through routes of pickups alone would not get from one plan to the next where
/// routes have few drop-offs.
#[derive(Debug, Clone)]
pub struct Lead {
    /// By vehicle type: whether a route with pickups needs a drop-off.
    needed: Vec<bool>,
}

/// How many drop-offs and pickups a run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeadSegment {
    drop_offs: i32,
    pickups: i32,
}

impl Lead {
    /// How many drop-offs are missing.
    #[inline]
    fn missing(&self, route: LeadSegment, vehicle: usize) -> i64 {
        i64::from(route.drop_offs == 0 && route.pickups > 0 && self.needed[vehicle])
    }
}

impl Resource for Lead {
    type Segment = LeadSegment;

    const COLUMNS: bool = false;
    const UNIFORM: bool = true;
    const RULED: bool = true;

    fn new(problem: &Problem) -> Self {
        let needed = problem.fleet().iter().map(|t| t.backhauls.need_drop_off());
        Self {
            needed: needed.collect(),
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> LeadSegment {
        match problem.kind(OrderId::new(order)) {
            OrderKind::DropOff | OrderKind::Exchange => LeadSegment {
                drop_offs: 1,
                pickups: 0,
            },
            OrderKind::Pickup => LeadSegment {
                drop_offs: 0,
                pickups: 1,
            },
        }
    }

    fn leave(&self, _: usize) -> LeadSegment {
        LeadSegment::default()
    }

    fn arrive(&self, _: usize) -> LeadSegment {
        LeadSegment::default()
    }

    #[inline]
    fn join(&self, a: &LeadSegment, _: LegCost, b: &LeadSegment) -> LeadSegment {
        self.added(*a, *b)
    }

    #[inline]
    fn charge(&self, route: &LeadSegment, vehicle: usize, penalties: &Penalties) -> i64 {
        penalties.stops.on(self.missing(*route, vehicle))
    }

    #[inline]
    fn excess(&self, route: &LeadSegment, vehicle: usize) -> Excess {
        Excess {
            stops: self.missing(*route, vehicle),
            ..Excess::default()
        }
    }

    #[inline]
    fn may_fit(&self, _: &LeadSegment, _: &LeadSegment, _: usize, _: &Penalties) -> bool {
        true
    }

    #[inline]
    fn added(&self, route: LeadSegment, stop: LeadSegment) -> LeadSegment {
        LeadSegment {
            drop_offs: route.drop_offs + stop.drop_offs,
            pickups: route.pickups + stop.pickups,
        }
    }

    #[inline]
    fn removed(&self, route: LeadSegment, stop: LeadSegment) -> LeadSegment {
        LeadSegment {
            drop_offs: route.drop_offs - stop.drop_offs,
            pickups: route.pickups - stop.pickups,
        }
    }

    #[inline]
    fn led(&self, chain: LeadSegment) -> LeadSegment {
        LeadSegment {
            drop_offs: chain.drop_offs + 1,
            ..chain
        }
    }

    #[inline]
    fn charge_inserted(
        &self,
        at: &Insertion<'_, LeadSegment>,
        vehicle: usize,
        penalties: &Penalties,
        _: i64,
    ) -> i64 {
        self.charge(&self.added(*at.whole, *at.stop), vehicle, penalties)
    }
}
