//! Which vehicle may carry what.

use super::Tours;
use crate::eval::resource::Resource;

const BITS: u32 = u64::BITS;

impl<R: Resource> Tours<'_, R> {
    /// Whether some vehicle types may not carry some orders. Where they may carry all, nothing else here is asked.
    #[inline(always)]
    pub fn is_restricted(&self) -> bool {
        !self.riders.is_empty()
    }

    /// Whether a vehicle type may carry an order; of a pair, both of its orders. Only where some are restricted.
    #[inline]
    pub fn may_carry(&self, vehicle: u32, node: u32) -> bool {
        let words = (self.vacant.len() as u32).div_ceil(BITS);
        let row = (node - self.depots) * words;
        self.riders[(row + vehicle / BITS) as usize] >> (vehicle % BITS) & 1 == 1
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
