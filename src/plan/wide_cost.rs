//! A cost recounted in 128 bits, which no plan overflows.

use super::CostBreakdown;
use super::recount::Recount;
use crate::measure::Cost;
use crate::problem::FleetType;

/// The parts of a cost, wide.
#[derive(Default)]
pub(super) struct WideCost {
    pub(super) fixed: i128,
    pub(super) distance: i128,
    pub(super) duration: i128,
    pub(super) waiting: i128,
    pub(super) overtime: i128,
    pub(super) promises: i128,
    pub(super) stops: i128,
    pub(super) carriers: i128,
    pub(super) unserved: i128,
}

impl WideCost {
    /// What a vehicle of this type costs on a route.
    pub(super) fn of(fleet: &FleetType, recount: &Recount) -> Self {
        Self {
            fixed: i128::from(fleet.fixed_cost.get()),
            distance: i128::from(fleet.cost_per_distance.get()) * recount.distance,
            duration: i128::from(fleet.cost_per_duration.get()) * recount.duration(),
            waiting: i128::from(fleet.cost_per_waiting.get()) * recount.waiting(),
            overtime: i128::from(fleet.cost_per_overtime.get()) * recount.overtime(fleet),
            promises: recount.promises,
            stops: i128::from(fleet.cost_per_stop.get()) * recount.stops.len() as i128,
            carriers: 0,
            unserved: 0,
        }
    }

    /// Adds the parts that a route has.
    pub(super) fn add_route(&mut self, route: &Self) {
        self.fixed += route.fixed;
        self.distance += route.distance;
        self.duration += route.duration;
        self.waiting += route.waiting;
        self.overtime += route.overtime;
        self.promises += route.promises;
        self.stops += route.stops;
    }

    /// Whether a stated cost has just these parts.
    pub(super) fn is(&self, cost: &CostBreakdown) -> bool {
        let same = |wide: i128, cost: Cost| wide == i128::from(cost.get());
        same(self.fixed, cost.fixed)
            && same(self.distance, cost.distance)
            && same(self.duration, cost.duration)
            && same(self.waiting, cost.waiting)
            && same(self.overtime, cost.overtime)
            // What breaks limits may be late beyond all sums.
            && same(self.promises.min(i64::MAX.into()), cost.promises)
            && same(self.stops, cost.stops)
            && same(self.carriers, cost.carriers)
            && same(self.unserved, cost.unserved)
    }
}
