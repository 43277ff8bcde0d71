//! Which vehicle may carry what.

use super::Tours;
use crate::eval::resource::Resource;
use crate::measure::{OrderId, VehicleTypeId};

impl<R: Resource> Tours<'_, R> {
    /// Whether some vehicle types may not carry some orders.
    #[inline(always)]
    pub fn is_restricted(&self) -> bool {
        self.problem.shape().restricted
    }

    /// Whether a vehicle type may carry an order; of a pair, both of its orders.
    #[inline(always)]
    pub fn may_carry(&self, vehicle: u32, node: u32) -> bool {
        !self.is_restricted() || {
            let order = OrderId::new((node - self.depots) as usize);
            let vehicle = VehicleTypeId::new(vehicle as usize);
            self.problem.may_carry(vehicle, order)
        }
    }

    /// Whether a vehicle type may carry all orders among some stops, reloads or the numbers of depots among them.
    /// O(stops), where some are restricted.
    pub(super) fn may_carry_all(&self, vehicle: u32, mut stops: impl Iterator<Item = u32>) -> bool {
        !self.is_restricted()
            || stops.all(|stop| {
                let is_order = self.depots <= stop && self.is_order(stop);
                !is_order || self.may_carry(vehicle, stop)
            })
    }
}
