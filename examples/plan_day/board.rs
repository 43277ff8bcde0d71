//! The dispatcher's board: one line for each vehicle.

use milkrun::measure::{DimensionId, Load, Time};
use milkrun::plan::{Plan, Route};
use milkrun::problem::Problem;
use std::fmt;

pub(crate) struct Board<'a> {
    problem: &'a Problem,
    routes: Vec<&'a Route>,
}

impl<'a> Board<'a> {
    /// The routes by vehicle.
    pub(crate) fn new(problem: &'a Problem, plan: &'a Plan) -> Self {
        let mut routes: Vec<&Route> = plan.routes().iter().collect();
        routes.sort_by_key(|r| (r.vehicle_type(), r.vehicle_number()));
        Self { problem, routes }
    }

    /// How full a vehicle leaves, by dimension, in per cent.
    fn fullness(&self, route: &Route) -> String {
        let dimensions = (0..self.problem.dimension_count()).map(DimensionId::new);
        let shares = dimensions.zip(route.peak()).map(|(dimension, peak)| {
            let most = route.capacity(dimension).map_or(0, Load::get);
            if most == 0 {
                format!("{:>8}", "-")
            } else {
                format!("{:>6} %", (100 * peak.get() + most / 2) / most)
            }
        });
        shares.collect()
    }
}

impl fmt::Display for Board<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.routes.iter().map(|r| r.vehicle_name().chars().count());
        let width = widths.max().unwrap_or(0).max("vehicle".len());
        write!(
            f,
            "{:width$} {:>6} {:>7} {:>7} {:>7} {:>8}",
            "vehicle", "stops", "leaves", "ends", "hours", "km"
        )?;
        for dimension in (0..self.problem.dimension_count()).map(DimensionId::new) {
            write!(f, "{:>8}", self.problem.names().dimension(dimension))?;
        }
        write!(f, " {:>9}", "cost")?;
        for route in &self.routes {
            write!(
                f,
                "\n{:width$} {:>6} {:>7} {:>7} {:>7} {:>8.1}{} {:>9.2}",
                route.vehicle_name(),
                route.stops().len(),
                minutes(route.departure()),
                minutes(route.arrival()),
                minutes(Time(route.duration().get())),
                route.distance().get() as f64 / 1_000.0,
                self.fullness(route),
                route.cost().total().to_f64(),
            )?;
        }
        Ok(())
    }
}

/// A moment to the minute that it lies in.
fn minutes(time: Time) -> String {
    Time(time.get().div_euclid(60) * 60).clock()
}
