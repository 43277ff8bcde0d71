//! A plan as text.

use super::{HandOver, Plan, Route, Stop, span};
use crate::error::shown;
use crate::measure::{DimensionId, Duration, Load};
use std::fmt;

/// What a plan comes to, in a few lines; made by [`Plan::summary`].
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a>(pub(super) &'a Plan);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.0;
        let handed = plan.handed_over_count();
        let served = plan.order_count - plan.unserved.len() - handed;
        let routes = plan.routes.len();
        let s = if routes == 1 { "" } else { "s" };
        write!(
            f,
            "{routes} route{s}, {served} of {} orders served",
            plan.order_count
        )?;
        if handed > 0 {
            write!(f, ", {handed} handed over")?;
        }
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

/// Each route as a table of its stops, then what carriers take, then the unserved orders with their reasons, then the
/// [`Summary`]. However large the plan, all of it is written; [`Plan::summary`] is the short form.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, route) in self.routes.iter().enumerate() {
            self.write_header(f, index, route)?;
            self.write_stops(f, route)?;
            writeln!(f)?;
        }
        for carrier in &self.hand_overs {
            self.write_hand_over(f, carrier)?;
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
    fn write_hand_over(&self, f: &mut fmt::Formatter<'_>, taken: &HandOver) -> fmt::Result {
        let count = taken.orders.len();
        writeln!(
            f,
            "Carrier {}: {count} order{}, fee {}, cost {}",
            shown(self.names.carrier(taken.carrier)),
            if count == 1 { "" } else { "s" },
            taken.fee.decimal(),
            taken.cost().decimal()
        )?;
        for handed in &taken.orders {
            let name = shown(self.names.order(handed.order));
            writeln!(f, "  {name}: {}", handed.price.decimal())?;
        }
        writeln!(f)
    }

    fn write_header(&self, f: &mut fmt::Formatter<'_>, index: usize, route: &Route) -> fmt::Result {
        let stops = route.stops.len();
        let trips = match route.trip_count() {
            1 => String::new(),
            trips => format!(" on {trips} trips"),
        };
        write!(
            f,
            "Route {}: {} {}, {stops} stop{}{}, distance {}, duration {}",
            index + 1,
            shown(route.vehicle_type_name()),
            route.number,
            if stops == 1 { "" } else { "s" },
            trips,
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
        let depots = [Some(route.start), route.end].into_iter().flatten();
        let depots = depots.chain(route.reloads.iter().map(|r| r.depot));
        let depots = depots.map(|d| shown(self.names.depot(d)).chars().count());
        let width = wide.chain(depots).max().unwrap_or(0).max(5);
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
        let mut reloads = route.reloads.iter().enumerate().peekable();
        for (index, stop) in route.stops.iter().enumerate() {
            while let Some((number, reload)) = reloads.next_if(|(_, r)| r.before <= index) {
                writeln!(
                    f,
                    "  {:>4}  {:width$}  {:>9}  {:>8}  {:>9}  {:>9}  {:>8}  {}",
                    "",
                    shown(self.names.depot(reload.depot)),
                    reload.arrival.clock(),
                    span(reload.wait),
                    reload.start.clock(),
                    reload.departure.clock(),
                    reload.slack.map_or_else(|| "any".to_owned(), span),
                    loads(route.load_after_reload(number))
                )?;
            }
            writeln!(
                f,
                "  {:>4}  {:width$}  {:>9}  {:>8}  {:>9}  {:>9}  {:>8}  {}{}",
                index + 1,
                name(index),
                stop.arrival.clock(),
                span(stop.wait),
                stop.start.clock(),
                stop.departure.clock(),
                stop.slack.map_or_else(|| "any".to_owned(), span),
                loads(route.load_after(index)),
                missed(stop)
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

/// By how much a stop misses what is promised, where it does.
fn missed(stop: &Stop) -> String {
    match (stop.early, stop.late) {
        (_, late) if late > Duration::ZERO => format!("  {} late", span(late)),
        (early, _) if early > Duration::ZERO => format!("  {} early", span(early)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::{Cost, Load, Time, VehicleTypeId, Window};
    use crate::model::{Depot, Model, Order, Place, VehicleType};
    use crate::plan::{Plan, RouteDraft};
    use crate::problem::Problem;
    use crate::travel::Euclidean;

    #[test]
    fn a_plan_prints_as_a_table() {
        let mut model = Model::new();
        let kg = model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("bakery", Place::plane(0.0, 0.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot).capacity(kg, Load(9)));
        let window = Window::new(Time::at(7, 0), Time::at(9, 0));
        let cafe = Order::drop_off("cafe", Place::plane(0.0, 60.0)).window(window);
        let cafe = model.add_order(cafe.quantity(kg, Load(4)));
        model
            .add_order(Order::drop_off("\u{1b}inn", Place::plane(0.0, 70.0)).price(Cost::units(5)));
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let draft = RouteDraft::new(VehicleTypeId::new(0), vec![cafe]);
        let expected = "\
Route 1: van 1, 1 stop, distance 120, duration 0:02, kg 4/9, cost 120
     #  order     arrival      wait      start  departure     slack  load
        bakery                                       6:59            4
     1  cafe         7:00      0:00       7:00       7:00      2:00  0
        bakery       7:01

Unserved: 1
  order \"\\u{1b}inn\": no vehicle is free, and none that is out can take it in; would help: one more vehicle of type 0

1 route, 1 of 2 orders served
distance 120, duration 0:02
cost 125 = fixed 0 + distance 120 + duration 0 + unserved 5
";
        let plan = Plan::new(&problem, vec![draft]).to_string();
        assert_eq!(plan, expected, "\n{plan}");
    }
}
