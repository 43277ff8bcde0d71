//! Load and time of routes that call at a depot on the way: several trips one after the other.
//!
//! At a reload a vehicle hands over what it has picked up and takes on board what the next trip drops off. So load begins
//! anew there, and a trip leaves no earlier than the goods of that trip are packed, whatever later trips carry. The goods of
//! pairs are no business of the depot: they stay on board, as do those that a vehicle under way has aboard from the start.
//! Such a vehicle has nothing on its first trip that is at a depot.

use crate::eval::clock::{Clock, ClockSegment, NEVER};
use crate::eval::load::{PeakSegment, PeakSegments, Peaks};
use crate::eval::penalties::MOST;
use crate::eval::resource::{LegCost, Resource};
use crate::eval::{Excess, Penalties};
use crate::measure::{OrderId, VehicleTypeId, Window};
use crate::problem::{ALWAYS, Problem};

/// What a reload too many costs: more than could be saved, whatever the weights are.
const BARRED: i64 = MOST / 4;

/// Load of one dimension over a run of stops with reloads: before the first, behind the last, and the most on the trips
/// between them. Without a reload all is in `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TripLoad {
    /// Up to the first reload.
    pub first: PeakSegment,
    /// From the last reload on; what pairs have left on board by then is on board at its start.
    pub last: PeakSegment,
    /// The most on board on trips that begin and end inside.
    pub most: i64,
    /// What pairs, and goods that are aboard from the start of the route, have left on board at the end, less what they had
    /// on board at the start.
    pub riding: i64,
}

impl TripLoad {
    /// The same behind a run at whose end pairs have left so much on board.
    #[inline]
    fn behind(self, riding: i64) -> Self {
        let PeakSegment {
            initial,
            delta,
            peak,
        } = self.last;
        Self {
            last: PeakSegment {
                initial: initial + riding,
                delta,
                peak: peak + riding,
            },
            // Where no trip lies inside, this is no more than what is on board at the first reload.
            most: self.most + riding,
            ..self
        }
    }

    /// `self`, then `next`, each with reloads or without.
    #[inline]
    fn join(self, next: Self, reloads: (bool, bool)) -> Self {
        let riding = self.riding + next.riding;
        let joined = match reloads {
            (false, false) => Self {
                first: self.first.join(next.first),
                ..self
            },
            (false, true) => Self {
                first: self.first.join(next.first),
                ..next.behind(self.riding)
            },
            (true, false) => Self {
                last: self.last.join(next.first),
                ..self
            },
            (true, true) => {
                let next = next.behind(self.riding);
                let between = self.last.join(next.first).peak;
                Self {
                    first: self.first,
                    most: self.most.max(next.most).max(between),
                    ..next
                }
            }
        };
        Self { riding, ..joined }
    }
}

/// Loads of up to `D` dimensions, and how many reloads there are. Of `A` dimensions also what is aboard vehicles under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TripLoads<const D: usize, const A: usize> {
    loads: [TripLoad; D],
    /// What is aboard from the start of the route for the stops inside: `loads` are less that.
    aboard: [i64; A],
    reloads: i32,
    /// How many stops before the first reload bring goods that are at a depot.
    early: i32,
}

impl<const D: usize, const A: usize> Default for TripLoads<D, A> {
    fn default() -> Self {
        Self {
            loads: [TripLoad::default(); D],
            aboard: [0; A],
            reloads: 0,
            early: 0,
        }
    }
}

/// Up to `D` load dimensions on routes with reloads. `A` is nothing where no vehicle is under way, else `D`.
#[derive(Debug, Clone)]
pub struct Trips<const D: usize, const A: usize = 0> {
    peaks: Peaks<D>,
    /// By vehicle type: the most reloads of a route.
    most: Vec<i32>,
    /// By vehicle type: whether it brings goods that are at a depot on later trips only.
    reloads_first: Vec<bool>,
}

impl<const D: usize, const A: usize> Trips<D, A> {
    fn load(&self, route: &TripLoads<D, A>, vehicle: usize) -> i64 {
        let capacity = self.peaks.capacity(vehicle);
        let over = |d: usize| {
            let TripLoad {
                first, last, most, ..
            } = route.loads[d];
            let aboard = route.aboard.get(d).copied().unwrap_or(0);
            (first.peak.max(last.peak).max(most) + aboard - capacity[d]).max(0)
        };
        (0..D).map(over).sum()
    }

    /// How many reloads too many there are, and stops whose goods the vehicle cannot have yet.
    fn barred(&self, route: &TripLoads<D, A>, vehicle: usize) -> i64 {
        let early = if A > 0 && self.reloads_first[vehicle] {
            route.early
        } else {
            0
        };
        i64::from((route.reloads - self.most[vehicle]).max(0)) + i64::from(early)
    }
}

impl<const D: usize, const A: usize> Resource for Trips<D, A> {
    type Segment = TripLoads<D, A>;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let most = |reloads: Option<usize>| {
            reloads.map_or(i32::MAX, |most| i32::try_from(most).unwrap_or(i32::MAX))
        };
        let types = (0..problem.fleet().len()).map(VehicleTypeId::new);
        Self {
            reloads_first: types.map(|t| problem.may_reload_first(t)).collect(),
            peaks: Peaks::new(problem),
            most: problem
                .fleet()
                .iter()
                .map(|t| most(t.max_reloads()))
                .collect(),
        }
    }

    fn visit(&self, problem: &Problem, order: usize) -> Self::Segment {
        let own = self.peaks.visit(problem, order);
        let order = OrderId::new(order);
        let paired = problem.mate(order).is_some();
        let aboard = A > 0 && problem.aboard(order).is_some();
        let load = |own: PeakSegment| {
            let (first, riding) = match (paired, aboard) {
                (true, _) => (own, own.delta),
                // On board long before this trip, so not at its start, and gone from then on.
                (false, true) => {
                    let first = PeakSegment {
                        initial: 0,
                        peak: own.peak - own.initial,
                        ..own
                    };
                    (first, -own.initial)
                }
                (false, false) => (own, 0),
            };
            TripLoad {
                first,
                riding,
                ..TripLoad::default()
            }
        };
        let loads = own.each().map(load);
        TripLoads {
            aboard: std::array::from_fn(|d| if aboard { -loads[d].riding } else { 0 }),
            loads,
            reloads: 0,
            early: problem.is_at_depot(order).into(),
        }
    }

    fn leave(&self, _: usize) -> Self::Segment {
        TripLoads::default()
    }

    fn arrive(&self, _: usize) -> Self::Segment {
        TripLoads::default()
    }

    fn reload(&self, _: Window, _: i64) -> Self::Segment {
        TripLoads {
            reloads: 1,
            ..TripLoads::default()
        }
    }

    #[inline]
    fn join(&self, a: &Self::Segment, _: LegCost, b: &Self::Segment) -> Self::Segment {
        let reloads = (a.reloads > 0, b.reloads > 0);
        let loads = std::array::from_fn(|d| a.loads[d].join(b.loads[d], reloads));
        TripLoads {
            loads,
            aboard: std::array::from_fn(|d| a.aboard[d] + b.aboard[d]),
            reloads: a.reloads + b.reloads,
            early: if A == 0 || reloads.0 {
                a.early
            } else {
                a.early + b.early
            },
        }
    }

    #[inline]
    fn charge(&self, route: &Self::Segment, vehicle: usize, penalties: &Penalties) -> i64 {
        // No weight makes a vehicle reload where it may not, or bring what it has not.
        let barred = self.barred(route, vehicle);
        penalties.load.on(self.load(route, vehicle)) + barred.saturating_mul(BARRED).min(MOST)
    }

    #[inline]
    fn excess(&self, route: &Self::Segment, vehicle: usize) -> Excess {
        Excess {
            load: self.load(route, vehicle) + self.barred(route, vehicle),
            ..Excess::default()
        }
    }

    #[inline]
    fn may_fit(
        &self,
        _: &Self::Segment,
        stop: &Self::Segment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> bool {
        // It may have a trip to itself.
        let own = PeakSegments::of(stop.loads.map(|load| load.first));
        self.peaks
            .may_fit(&PeakSegments::default(), &own, vehicle, penalties)
    }
}

/// Time over a run of stops with reloads: everything before the last reload, trips inside put together with the moments
/// at which they may leave; and from the last reload on, of which more goods may still be packed later. Without a reload
/// all is in `front`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TripClockSegment {
    /// Up to the last reload; its release is that of the first trip.
    pub front: ClockSegment,
    /// From the last reload on.
    pub last: ClockSegment,
    /// Whether there is a reload.
    pub reloads: bool,
}

impl TripClockSegment {
    /// A trip of which all goods are known: it leaves no earlier than they are packed.
    #[inline]
    fn close(trip: ClockSegment) -> ClockSegment {
        let open = ClockSegment {
            release: NEVER,
            ..trip
        };
        if trip.release <= trip.earliest.min(trip.latest) {
            return open;
        }
        let packed = Window::new(crate::measure::Time(trip.release), ALWAYS.latest);
        ClockSegment::stop(packed, 0, NEVER).join(0, open)
    }

    /// The whole as one segment.
    #[inline]
    fn whole(self) -> ClockSegment {
        if self.reloads {
            self.front.join(0, Self::close(self.last))
        } else {
            self.front
        }
    }
}

/// Time of routes with reloads: as [`Clock`], but each trip waits for its own goods only.
#[derive(Debug, Clone)]
pub struct TripClock(Clock);

impl Resource for TripClock {
    type Segment = TripClockSegment;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        Self(Clock::new(problem))
    }

    fn visit(&self, problem: &Problem, order: usize) -> TripClockSegment {
        TripClockSegment {
            front: self.0.visit(problem, order),
            ..TripClockSegment::default()
        }
    }

    fn leave(&self, vehicle: usize) -> TripClockSegment {
        TripClockSegment {
            front: self.0.leave(vehicle),
            ..TripClockSegment::default()
        }
    }

    fn arrive(&self, vehicle: usize) -> TripClockSegment {
        TripClockSegment {
            front: self.0.arrive(vehicle),
            ..TripClockSegment::default()
        }
    }

    fn reload(&self, open: Window, loading: i64) -> TripClockSegment {
        TripClockSegment {
            // It may come at any time; loading waits for the depot to open.
            front: ClockSegment::stop(ALWAYS, 0, NEVER),
            last: ClockSegment::stop(open, loading, NEVER),
            reloads: true,
        }
    }

    #[inline]
    fn join(&self, a: &TripClockSegment, leg: LegCost, b: &TripClockSegment) -> TripClockSegment {
        match (a.reloads, b.reloads) {
            (false, _) => TripClockSegment {
                front: a.front.join(leg.duration, b.front),
                ..*b
            },
            (true, false) => TripClockSegment {
                last: a.last.join(leg.duration, b.front),
                ..*a
            },
            (true, true) => {
                let trip = a.last.join(leg.duration, b.front);
                TripClockSegment {
                    front: a.front.join(0, TripClockSegment::close(trip)),
                    last: b.last,
                    reloads: true,
                }
            }
        }
    }

    #[inline]
    fn charge(&self, route: &TripClockSegment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.0.charge(&route.whole(), vehicle, penalties)
    }

    #[inline]
    fn at_least(&self, run: &TripClockSegment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.0.at_least(&run.front, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: &TripClockSegment, vehicle: usize) -> Excess {
        self.0.excess(&route.whole(), vehicle)
    }
}
