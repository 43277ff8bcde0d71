//! A plan as text.

use super::{Plan, Route, span};
use crate::error::shown;
use crate::measure::{DimensionId, Load};
use std::fmt;

/// What a plan comes to, in a few lines; made by [`Plan::summary`].
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a>(pub(super) &'a Plan);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.0;
        let served = plan.order_count - plan.unserved.len();
        let routes = plan.routes.len();
        let s = if routes == 1 { "" } else { "s" };
        write!(
            f,
            "{routes} route{s}, {served} of {} orders served",
            plan.order_count
        )?;
        let mandatory = plan.unserved.iter().filter(|u| u.is_mandatory()).count();
        if mandatory > 0 {
            write!(f, ", {mandatory} mandatory not served")?;
        }
        writeln!(f)?;
        let duration = span(plan.duration());
        writeln!(f, "distance {}, duration {duration}", plan.distance())?;
        writeln!(f, "cost {}", plan.cost)
    }
}

/// Each route as a table of its stops, then the unserved orders with their reasons, then the [`Summary`]. However large the
/// plan, all of it is written; [`Plan::summary`] is the short form.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, route) in self.routes.iter().enumerate() {
            self.write_header(f, index, route)?;
            self.write_stops(f, route)?;
            writeln!(f)?;
        }
        if !self.unserved.is_empty() {
            writeln!(f, "Unserved: {}", self.unserved.len())?;
            for unserved in &self.unserved {
                writeln!(f, "  {unserved}")?;
            }
            writeln!(f)?;
        }
        self.summary().fmt(f)
    }
}

impl Plan {
    fn write_header(&self, f: &mut fmt::Formatter<'_>, index: usize, route: &Route) -> fmt::Result {
        let stops = route.stops.len();
        write!(
            f,
            "Route {}: {} {}, {stops} stop{}, distance {}, duration {}",
            index + 1,
            shown(route.vehicle_type_name()),
            route.number,
            if stops == 1 { "" } else { "s" },
            route.distance,
            span(route.duration()),
        )?;
        for (d, peak) in route.peak.iter().enumerate() {
            let dimension = DimensionId::new(d);
            write!(f, ", {} {peak}", shown(self.names.dimension(dimension)))?;
            if let Some(capacity) = route.capacity(dimension) {
                write!(f, "/{capacity}")?;
            }
        }
        writeln!(f, ", cost {}", route.cost.total().decimal())
    }

    fn write_stops(&self, f: &mut fmt::Formatter<'_>, route: &Route) -> fmt::Result {
        let name = |index: usize| shown(self.names.order(route.stops[index].order));
        let wide = (0..route.stops.len()).map(|i| name(i).chars().count());
        let width = wide.max().unwrap_or(0).max(5);
        let loads = |loads: &[Load]| -> String {
            let texts: Vec<String> = loads.iter().map(ToString::to_string).collect();
            texts.join(" ")
        };
        writeln!(
            f,
            "  {:>4}  {:width$}  {:>9}  {:>8}  {:>9}  {:>9}  {:>8}  load",
            "#", "order", "arrival", "wait", "start", "departure", "slack"
        )?;
        writeln!(
            f,
            "  {:>4}  {:width$}  {:>9}  {:>8}  {:>9}  {:>9}  {:>8}  {}",
            "",
            shown(self.names.depot(route.start)),
            "",
            "",
            "",
            route.departure.clock(),
            "",
            loads(route.load_at_departure())
        )?;
        for (index, stop) in route.stops.iter().enumerate() {
            writeln!(
                f,
                "  {:>4}  {:width$}  {:>9}  {:>8}  {:>9}  {:>9}  {:>8}  {}",
                index + 1,
                name(index),
                stop.arrival.clock(),
                span(stop.wait),
                stop.start.clock(),
                stop.departure.clock(),
                stop.slack.map_or_else(|| "any".to_owned(), span),
                loads(route.load_after(index))
            )?;
        }
        let Some(end) = route.end else { return Ok(()) };
        writeln!(
            f,
            "  {:>4}  {:width$}  {:>9}",
            "",
            shown(self.names.depot(end)),
            route.arrival.clock()
        )
    }
}
