//! Load where all drop-offs come before all pickups.

use crate::eval::load::{capacity, most_of};
use crate::eval::resource::{Insertion, LegCost, Resource};
use crate::eval::{Excess, Penalties};
use crate::measure::OrderId;
use crate::model::OrderKind;
use crate::problem::Problem;

/// One dimension on routes, without exchanges, that drop off everything before they pick up anything: the most on board is
/// what leaves the depot or what comes back, whichever is more, so that two sums say it all, wherever the stops stand.
#[derive(Debug, Clone)]
pub struct Halves {
    capacity: Vec<i64>,
}

/// What a run drops off, and what it picks up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HalvesSegment {
    dropped: i64,
    picked: i64,
}

impl Halves {
    #[inline]
    fn over(&self, route: HalvesSegment, vehicle: usize) -> i64 {
        route.dropped.max(route.picked) - self.capacity[vehicle]
    }
}

impl Resource for Halves {
    type Segment = HalvesSegment;

    const COLUMNS: bool = false;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let vehicles = 0..problem.fleet().len();
        Self {
            capacity: vehicles.map(|v| capacity(problem, v, 0)).collect(),
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> HalvesSegment {
        let quantity = problem.quantities(order).first().copied().unwrap_or(0);
        match problem.kind(OrderId::new(order)) {
            OrderKind::DropOff => HalvesSegment {
                dropped: quantity,
                picked: 0,
            },
            OrderKind::Pickup => HalvesSegment {
                dropped: 0,
                picked: quantity,
            },
            OrderKind::Exchange => HalvesSegment {
                dropped: quantity,
                picked: problem.taken(order).first().copied().unwrap_or(0),
            },
        }
    }

    fn leave(&self, _: usize) -> HalvesSegment {
        HalvesSegment::default()
    }

    fn arrive(&self, _: usize) -> HalvesSegment {
        HalvesSegment::default()
    }

    #[inline]
    fn join(&self, a: &HalvesSegment, _: LegCost, b: &HalvesSegment) -> HalvesSegment {
        self.added(*a, *b)
    }

    #[inline]
    fn charge(&self, route: &HalvesSegment, vehicle: usize, penalties: &Penalties) -> i64 {
        penalties.load.on(self.over(*route, vehicle))
    }

    #[inline]
    fn excess(&self, route: &HalvesSegment, vehicle: usize) -> Excess {
        Excess {
            load: self.over(*route, vehicle).max(0),
            ..Excess::default()
        }
    }

    #[inline]
    fn may_fit(
        &self,
        route: &HalvesSegment,
        stop: &HalvesSegment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> bool {
        let most = most_of(self.capacity[vehicle], penalties);
        route.dropped + stop.dropped <= most && route.picked + stop.picked <= most
    }

    #[inline]
    fn added(&self, route: HalvesSegment, stop: HalvesSegment) -> HalvesSegment {
        HalvesSegment {
            dropped: route.dropped + stop.dropped,
            picked: route.picked + stop.picked,
        }
    }

    #[inline]
    fn removed(&self, route: HalvesSegment, stop: HalvesSegment) -> HalvesSegment {
        HalvesSegment {
            dropped: route.dropped - stop.dropped,
            picked: route.picked - stop.picked,
        }
    }

    #[inline]
    fn charge_inserted(
        &self,
        at: &Insertion<'_, HalvesSegment>,
        vehicle: usize,
        penalties: &Penalties,
        _: i64,
    ) -> i64 {
        self.charge(&self.added(*at.whole, *at.stop), vehicle, penalties)
    }
}
