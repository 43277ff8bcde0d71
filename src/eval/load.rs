//! Load: what a route carries.

use crate::eval::resource::{Insertion, LegCost, Resource};
use crate::eval::{Excess, Penalties};
use crate::measure::{DimensionId, Load, OrderId, VehicleTypeId};
use crate::model::OrderKind;
use crate::problem::Problem;

/// A capacity that nothing exceeds, for dimensions without a limit.
pub(super) const ROOMY: i64 = i64::MAX / 4;

/// The most load that is worth looking at: a fifth above a soft capacity.
#[inline]
pub(super) fn most_of(capacity: i64, penalties: &Penalties) -> i64 {
    if penalties.load.is_soft() {
        capacity + capacity / 5
    } else {
        capacity
    }
}

/// The most load of a dimension, which need not be there, that a vehicle type takes.
pub(super) fn capacity(problem: &Problem, vehicle: usize, dimension: usize) -> i64 {
    let vehicle = problem.vehicle_type(VehicleTypeId::new(vehicle));
    vehicle
        .capacity(DimensionId::new(dimension))
        .map_or(ROOMY, Load::get)
}

/// One dimension in which goods only leave, or only board: the load of a route is a sum, wherever a stop stands.
#[derive(Debug, Clone)]
pub struct Sum {
    capacity: Vec<i64>,
}

impl Resource for Sum {
    type Segment = i64;

    const COLUMNS: bool = false;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let limited = problem.dimension_count() > 0;
        let of = |vehicle| {
            if limited {
                capacity(problem, vehicle, 0)
            } else {
                ROOMY
            }
        };
        Self {
            capacity: (0..problem.fleet().len()).map(of).collect(),
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> i64 {
        // Where one of the two is more than nothing, the other is nothing, of all orders.
        let amount = |amounts: &[i64]| amounts.first().copied().unwrap_or(0);
        amount(problem.quantities(order)) + amount(problem.taken(order))
    }

    fn leave(&self, _: usize) -> i64 {
        0
    }

    fn arrive(&self, _: usize) -> i64 {
        0
    }

    #[inline]
    fn join(&self, a: &i64, _: LegCost, b: &i64) -> i64 {
        a + b
    }

    #[inline]
    fn charge(&self, route: &i64, vehicle: usize, penalties: &Penalties) -> i64 {
        penalties.load.on(route - self.capacity[vehicle])
    }

    #[inline]
    fn excess(&self, route: &i64, vehicle: usize) -> Excess {
        Excess {
            load: (route - self.capacity[vehicle]).max(0),
            ..Excess::default()
        }
    }

    #[inline]
    fn may_fit(&self, route: &i64, stop: &i64, vehicle: usize, penalties: &Penalties) -> bool {
        route + stop <= most_of(self.capacity[vehicle], penalties)
    }

    #[inline]
    fn added(&self, route: i64, stop: i64) -> i64 {
        route + stop
    }

    #[inline]
    fn removed(&self, route: i64, stop: i64) -> i64 {
        route - stop
    }

    #[inline]
    fn charge_inserted(
        &self,
        at: &Insertion<'_, i64>,
        vehicle: usize,
        penalties: &Penalties,
        _: i64,
    ) -> i64 {
        self.charge(&(at.whole + at.stop), vehicle, penalties)
    }
}

/// Load of one dimension over a run of stops, after Hiermann and Schiffer (EJOR 2026, 10.1016/j.ejor.2026.01.037): what
/// must be on board at its start, how much more or less is on board at its end, and the most on the way.
///
/// Drop-offs, pickups and mixtures are one algebra: a drop-off of q is (q, −q, q), a pickup (0, q, q), an exchange of q for t,
/// where q leaves before t boards, is (q, t − q, max(q, t)). In a pair the goods
/// are not on board from the start, so the drop-off is (0, −q, 0) there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeakSegment {
    /// On board at the start for the drop-offs inside.
    pub initial: i64,
    /// On board at the end, less `initial`.
    pub delta: i64,
    /// The most on board on the way.
    pub peak: i64,
}

impl PeakSegment {
    /// `self`, then `next`: what `next` drops off rides along through `self`, and what `self` picked up rides on.
    #[inline]
    #[must_use]
    pub fn join(self, next: Self) -> Self {
        Self {
            initial: self.initial + next.initial,
            delta: self.delta + next.delta,
            // Through `self` the goods for `next` are on board too; through `next`, what `self` has picked up.
            peak: (self.peak + next.initial).max(self.initial + self.delta + next.peak),
        }
    }
}

/// Up to `D` dimensions in which goods may leave and board along the way.
#[derive(Debug, Clone)]
pub struct Peaks<const D: usize> {
    capacity: Vec<[i64; D]>,
    paired: bool,
}

/// The segments of `D` dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeakSegments<const D: usize>([PeakSegment; D]);

impl<const D: usize> Default for PeakSegments<D> {
    fn default() -> Self {
        Self([PeakSegment::default(); D])
    }
}

impl<const D: usize> PeakSegments<D> {
    /// These, by dimension.
    pub(super) fn of(each: [PeakSegment; D]) -> Self {
        Self(each)
    }

    /// By dimension.
    pub(super) fn each(self) -> [PeakSegment; D] {
        self.0
    }
}

impl<const D: usize> Peaks<D> {
    /// What a vehicle of this type takes, by dimension.
    pub(super) fn capacity(&self, vehicle: usize) -> &[i64; D] {
        &self.capacity[vehicle]
    }
}

impl<const D: usize> Resource for Peaks<D> {
    type Segment = PeakSegments<D>;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let used = problem.dimension_count();
        let of = |vehicle| {
            std::array::from_fn(|d| {
                if d < used {
                    capacity(problem, vehicle, d)
                } else {
                    ROOMY
                }
            })
        };
        Self {
            capacity: (0..problem.fleet().len()).map(of).collect(),
            paired: problem.shape().paired,
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> Self::Segment {
        let (quantities, taken) = (problem.quantities(order), problem.taken(order));
        let order = OrderId::new(order);
        let (kind, paired) = (problem.kind(order), problem.mate(order).is_some());
        PeakSegments(std::array::from_fn(|d| {
            let quantity = quantities.get(d).copied().unwrap_or(0);
            match kind {
                OrderKind::DropOff if paired => PeakSegment {
                    initial: 0,
                    delta: -quantity,
                    peak: 0,
                },
                OrderKind::DropOff => PeakSegment {
                    initial: quantity,
                    delta: -quantity,
                    peak: quantity,
                },
                OrderKind::Pickup => PeakSegment {
                    initial: 0,
                    delta: quantity,
                    peak: quantity,
                },
                OrderKind::Exchange => {
                    let taken = taken.get(d).copied().unwrap_or(0);
                    PeakSegment {
                        initial: quantity,
                        delta: taken - quantity,
                        peak: quantity.max(taken),
                    }
                }
            }
        }))
    }

    fn leave(&self, _: usize) -> Self::Segment {
        PeakSegments::default()
    }

    fn arrive(&self, _: usize) -> Self::Segment {
        PeakSegments::default()
    }

    #[inline]
    fn join(&self, a: &Self::Segment, _: LegCost, b: &Self::Segment) -> Self::Segment {
        PeakSegments(std::array::from_fn(|d| a.0[d].join(b.0[d])))
    }

    #[inline]
    fn charge(&self, route: &Self::Segment, vehicle: usize, penalties: &Penalties) -> i64 {
        let most = &self.capacity[vehicle];
        (0..D)
            .map(|d| penalties.load.on(route.0[d].peak - most[d]))
            .sum()
    }

    #[inline]
    fn excess(&self, route: &Self::Segment, vehicle: usize) -> Excess {
        let most = &self.capacity[vehicle];
        let load = (0..D).map(|d| (route.0[d].peak - most[d]).max(0)).sum();
        Excess {
            load,
            ..Excess::default()
        }
    }

    #[inline]
    fn may_fit(
        &self,
        route: &Self::Segment,
        stop: &Self::Segment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> bool {
        // Wherever the stop stands, the drop-offs are all on board at the start, the pickups all at the end; but not those
        // of pairs, whose goods may leave again once the other half is there too.
        let most = &self.capacity[vehicle];
        (0..D).all(|d| {
            let (a, b) = (route.0[d], stop.0[d]);
            let (initial, last) = (
                a.initial + b.initial,
                a.initial + a.delta + b.initial + b.delta,
            );
            let most = most_of(most[d], penalties);
            initial <= most && (self.paired || last <= most)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn drop(q: i64) -> PeakSegment {
        PeakSegment {
            initial: q,
            delta: -q,
            peak: q,
        }
    }

    const fn pick(q: i64) -> PeakSegment {
        PeakSegment {
            initial: 0,
            delta: q,
            peak: q,
        }
    }

    #[test]
    fn peaks_follow_the_load_along_the_way() {
        // Leaves with 5 + 3 = 8; drops 5 -> 3; picks 4 -> 7; drops 3 -> 4.
        let route = drop(5).join(pick(4)).join(drop(3));
        assert_eq!(
            route,
            PeakSegment {
                initial: 8,
                delta: -4,
                peak: 8
            }
        );
        // Leaves with 3; picks 4 -> 7; drops 3 -> 4. The peak is on the way.
        assert_eq!(
            pick(4).join(drop(3)),
            PeakSegment {
                initial: 3,
                delta: 1,
                peak: 7
            }
        );
    }

    /// A vehicle that is full at its end takes a pair on its way there.
    #[test]
    fn a_pair_may_fit_where_its_pickup_alone_does_not() {
        use crate::eval::Weight;
        use crate::model::{Depot, Model, Order, Place, VehicleType};
        use crate::travel::Euclidean;
        let mut model = Model::new();
        let kg = model.add_dimension("kg");
        let place = Place::plane(0.0, 0.0);
        let depot = model.add_depot(Depot::new("depot", place));
        model.add_vehicle_type(VehicleType::new("van", 1, depot).capacity(kg, Load(9)));
        let order = |order: Order, load| order.quantity(kg, Load(load));
        let (from, to) = model.add_pair(
            order(Order::pickup("from", place), 5),
            order(Order::drop_off("to", place), 5),
        );
        let back = model.add_order(order(Order::pickup("back", place), 9));
        let full = model.add_order(order(Order::drop_off("full", place), 10));
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let peaks = Peaks::<1>::new(&problem);
        let stop = |order: OrderId| peaks.visit(&problem, order.index());
        let penalties = Penalties::all(Weight::above(100));
        let join = |a, b| peaks.join(&a, LegCost::default(), &b);
        let route = join(join(stop(from), stop(to)), stop(back));
        assert_eq!(peaks.charge(&route, 0, &penalties), 0);
        for half in [from, to] {
            assert!(peaks.may_fit(&stop(back), &stop(half), 0, &penalties));
        }
        assert!(!peaks.may_fit(&stop(back), &stop(full), 0, &penalties));
    }

    #[test]
    fn goods_of_a_pair_are_on_board_between_its_stops() {
        let bring = |q: i64| PeakSegment {
            initial: 0,
            delta: -q,
            peak: 0,
        };
        // Leaves with 3; picks 4 -> 7; brings 4 -> 3; picks 5 -> 8; drops 3 -> 5; brings 5 -> 0.
        let route = pick(4).join(bring(4)).join(pick(5)).join(drop(3));
        let expected = PeakSegment {
            initial: 3,
            delta: -3,
            peak: 8,
        };
        assert_eq!(route.join(bring(5)), expected);
        // Nothing but a pair: nothing at the start, nothing at the end.
        let expected = PeakSegment {
            initial: 0,
            delta: 0,
            peak: 4,
        };
        assert_eq!(pick(4).join(bring(4)), expected);
    }
}
