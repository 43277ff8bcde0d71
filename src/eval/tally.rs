//! How many stops a route has, and how long it drives.

use crate::eval::penalties::{MOST, Penalties};
use crate::eval::prices::Prices;
use crate::eval::resource::{LegCost, Resource};
use crate::eval::{Excess, load};
use crate::measure::Duration;
use crate::problem::Problem;

/// The stops of a route, priced and limited by vehicle type, and its driving time, which is limited: sums, wherever a stop
/// stands. Stops too many and missing drop-offs are one kind of excess, too much driving is one with lateness.
#[derive(Debug, Clone)]
pub struct Tally {
    price: Vec<i64>,
    most: Vec<i64>,
    longest: Vec<i64>,
}

/// What is counted of a run of stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TallySegment {
    /// How many orders it serves.
    pub stops: i64,
    /// The durations of its legs.
    pub driving: i64,
}

impl Tally {
    #[inline]
    fn over(&self, route: TallySegment, vehicle: usize) -> (i64, i64) {
        let stops = (route.stops - self.most[vehicle]).max(0);
        (stops, (route.driving - self.longest[vehicle]).max(0))
    }
}

impl Resource for Tally {
    type Segment = TallySegment;

    const COLUMNS: bool = true;
    const UNIFORM: bool = true;

    fn new(problem: &Problem) -> Self {
        let fleet = problem.fleet();
        let most = |stops: Option<usize>| stops.map_or(load::ROOMY, |most| most as i64);
        Self {
            price: Prices::new(problem).stop,
            most: fleet.iter().map(|t| most(t.max_stops)).collect(),
            longest: fleet
                .iter()
                .map(|t| t.max_driving.map_or(load::ROOMY, Duration::get))
                .collect(),
        }
    }

    fn visit(&self, _: &Problem, _: usize) -> TallySegment {
        TallySegment {
            stops: 1,
            driving: 0,
        }
    }

    fn leave(&self, _: usize) -> TallySegment {
        TallySegment::default()
    }

    fn arrive(&self, _: usize) -> TallySegment {
        TallySegment::default()
    }

    #[inline]
    fn join(&self, a: &TallySegment, leg: LegCost, b: &TallySegment) -> TallySegment {
        TallySegment {
            stops: a.stops + b.stops,
            driving: a.driving + leg.duration + b.driving,
        }
    }

    #[inline]
    fn charge(&self, route: &TallySegment, vehicle: usize, penalties: &Penalties) -> i64 {
        let (stops, driving) = self.over(*route, vehicle);
        let paid = route.stops.saturating_mul(self.price[vehicle]).min(MOST);
        paid + penalties.stops.on(stops) + penalties.time.on(driving)
    }

    #[inline]
    fn at_least(&self, run: &TallySegment, vehicle: usize, penalties: &Penalties) -> i64 {
        self.charge(run, vehicle, penalties)
    }

    #[inline]
    fn excess(&self, route: &TallySegment, vehicle: usize) -> Excess {
        let (stops, time) = self.over(*route, vehicle);
        Excess {
            time,
            stops,
            ..Excess::default()
        }
    }

    #[inline]
    fn may_fit(
        &self,
        route: &TallySegment,
        stop: &TallySegment,
        vehicle: usize,
        penalties: &Penalties,
    ) -> bool {
        let most = self.most[vehicle];
        let spare = if penalties.stops.is_soft() {
            1 + most / 5
        } else {
            0
        };
        route.stops + stop.stops <= most + spare
    }
}
