//! Checking a plan against its problem from scratch.

mod assignment;

use super::pairs::pair_faults;
use super::records::wrong_records;
use super::recount::{Itinerary, Recount};
use super::violation::{Fault, Record};
use super::wide_cost::WideCost;
use super::{Plan, Route, Violation};
use crate::measure::{
    DepotId, DimensionId, Distance, Duration, Load, OrderId, Time, VehicleTypeId,
};
use crate::problem::{FleetType, Problem};

/// A draft's part that names something which does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stray {
    Order { draft: usize, order: OrderId },
    VehicleType { draft: usize, id: VehicleTypeId },
    Depot { draft: usize, id: DepotId },
}

/// The nearest number that fits.
fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// One pass over a plan; violations are gathered as they are found.
pub(super) struct Check<'a> {
    plan: &'a Plan,
    problem: &'a Problem,
    found: Vec<Violation>,
    cost: WideCost,
}

impl<'a> Check<'a> {
    pub(super) fn run(plan: &'a Plan, problem: &'a Problem) -> Vec<Violation> {
        let mut check = Self {
            plan,
            problem,
            found: Vec::new(),
            cost: WideCost::default(),
        };
        check.strays();
        for (index, route) in plan.routes.iter().enumerate() {
            check.route(index, route);
        }
        check.vehicles();
        check.assignment();
        for (route, order, fault) in pair_faults(plan, problem) {
            check.add(Some(route), Some(order), fault);
        }
        if !check.cost.is(&plan.cost) {
            check.add(None, None, Fault::WrongRecord { what: Record::Cost });
        }
        check.found
    }

    fn add(&mut self, route: Option<usize>, order: Option<OrderId>, fault: Fault) {
        let known = order.filter(|o| self.knows(*o));
        let name = known.map(|o| self.problem.names().order(o).into());
        self.found.push(Violation {
            route,
            order,
            name,
            fault,
        });
    }

    fn wrong(&mut self, route: usize, order: Option<OrderId>, what: Record) {
        self.add(Some(route), order, Fault::WrongRecord { what });
    }

    fn knows(&self, order: OrderId) -> bool {
        self.problem.has_order(order)
    }

    fn strays(&mut self) {
        for stray in &self.plan.strays {
            match *stray {
                Stray::Order { draft, order } => {
                    self.add(Some(draft), Some(order), Fault::UnknownOrder);
                }
                Stray::VehicleType { draft, id } => {
                    self.add(Some(draft), None, Fault::UnknownVehicleType(id));
                }
                Stray::Depot { draft, id } => {
                    self.add(Some(draft), None, Fault::UnknownDepot(id));
                }
            }
        }
    }

    fn route(&mut self, index: usize, route: &Route) {
        let id = route.vehicle_type;
        let Some(fleet) = self.problem.fleet().get(id.index()) else {
            self.add(Some(index), None, Fault::UnknownVehicleType(id));
            return;
        };
        let all: Vec<OrderId> = route.stops.iter().map(|s| s.order).collect();
        let problem = self.problem;
        for order in all.iter().filter(|o| !problem.has_order(**o)) {
            self.add(Some(index), Some(*order), Fault::UnknownOrder);
        }
        let known: Vec<OrderId> = all.iter().copied().filter(|o| self.knows(*o)).collect();
        let reloads = self.known_reloads(index, route);
        let itinerary = Itinerary {
            orders: &known,
            reloads: &reloads,
        };
        let recount = Recount::new(self.problem, fleet, &itinerary);
        self.legs(index, fleet, &known, &recount);
        self.order(index, &known, &recount);
        self.reloads(index, fleet, &reloads, &recount);
        self.loads(index, fleet, &recount);
        self.leaving(index, route, fleet, &recount);
        self.shipping(index, &itinerary, &recount);
        self.windows(index, &known, &recount);
        self.limits(index, fleet, &recount);
        let cost = self.charge(fleet, &recount);
        if known.len() == all.len() && reloads.len() == route.reloads.len() {
            for (order, what) in wrong_records(self.problem, route, fleet, &recount) {
                self.wrong(index, order, what);
            }
            if !cost.is(&route.cost) {
                self.wrong(index, None, Record::Cost);
            }
        }
    }

    fn legs(&mut self, index: usize, fleet: &FleetType, orders: &[OrderId], recount: &Recount) {
        for (order, stop) in orders.iter().zip(&recount.stops) {
            if stop.leg.is_none() {
                self.add(Some(index), Some(*order), Fault::NoLeg);
            }
        }
        let home = fleet.end.map(|_| &recount.end);
        let calls = recount.reloads.iter().chain(home);
        for _ in calls.filter(|call| call.leg.is_none()) {
            self.add(Some(index), None, Fault::NoLeg);
        }
    }

    fn order(&mut self, index: usize, orders: &[OrderId], recount: &Recount) {
        for late in &recount.behind {
            self.add(Some(index), Some(orders[*late]), Fault::DropOffBehindPickup);
        }
        if recount.unled {
            self.add(Some(index), None, Fault::PickupsOnly);
        }
        let vehicle_type = self.plan.routes[index].vehicle_type;
        let loaded = recount.first_trip * usize::from(self.problem.may_reload_first(vehicle_type));
        for (at, order) in orders.iter().enumerate() {
            if !self.problem.may_carry(vehicle_type, *order) {
                self.add(Some(index), Some(*order), Fault::NotOnThisVehicle);
            }
            if at < loaded && self.problem.is_at_depot(*order) {
                self.add(Some(index), Some(*order), Fault::NotLoaded);
            }
        }
    }

    /// Where the route reloads, as far as it can be: behind how many known orders, and at which depot.
    fn known_reloads(&mut self, index: usize, route: &Route) -> Vec<(usize, DepotId)> {
        let mut known = Vec::with_capacity(route.reloads.len());
        for reload in &route.reloads {
            if reload.depot.index() < self.problem.depot_count() {
                let before = route.stops.iter().take(reload.before);
                let count = before.filter(|s| self.knows(s.order)).count();
                known.push((count, reload.depot));
            } else {
                self.add(Some(index), None, Fault::UnknownDepot(reload.depot));
            }
        }
        // In order already, but for a record that is wrong.
        known.sort_by_key(|(before, _)| *before);
        known
    }

    /// Whether the vehicle may reload there and so often, while the depot is open.
    fn reloads(
        &mut self,
        index: usize,
        fleet: &FleetType,
        reloads: &[(usize, DepotId)],
        recount: &Recount,
    ) {
        if let Some(most) = fleet.max_reloads().filter(|most| reloads.len() > *most) {
            let reloads = reloads.len();
            self.add(Some(index), None, Fault::TooManyReloads { reloads, most });
        }
        for ((_, depot), call) in reloads.iter().zip(&recount.reloads) {
            let depot = *depot;
            if !fleet.reload_depots().contains(&depot) {
                self.add(Some(index), None, Fault::MayNotReload { depot });
            }
            let late = call.start - i128::from(self.problem.depot_window(depot).latest.get());
            if late > 0 {
                let by = Duration(narrow(late));
                self.add(Some(index), None, Fault::DepotClosed { depot, by });
            }
        }
    }

    fn loads(&mut self, index: usize, fleet: &FleetType, recount: &Recount) {
        for (d, load) in recount.peak.iter().enumerate() {
            let dimension = DimensionId::new(d);
            let Some(capacity) = fleet.capacity(dimension) else {
                continue;
            };
            if *load > i128::from(capacity.get()) {
                let load = Load(narrow(*load));
                let fault = Fault::Overload {
                    dimension,
                    load,
                    capacity,
                };
                self.add(Some(index), None, fault);
            }
        }
    }

    /// Early departures can only be on record; late ones may be all that is possible.
    fn leaving(&mut self, index: usize, route: &Route, fleet: &FleetType, recount: &Recount) {
        let departure = i128::from(route.departure.get());
        let before = |moment: Time| i128::from(moment.get()) - departure;
        let early = before(fleet.leaves.earliest);
        if early > 0 {
            let by = Duration(narrow(early));
            self.add(Some(index), None, Fault::LeavesTooEarly { by });
        }
        let problem = self.problem;
        let stops = route.stops.iter().enumerate();
        for (at, stop) in stops.filter(|(_, s)| problem.has_order(s.order)) {
            let loaded = match route.reloads.partition_point(|r| r.before <= at) {
                0 => route.departure,
                count => route.reloads[count - 1].start,
            };
            let release = self.problem.release(stop.order);
            let early = i128::from(release.get()) - i128::from(loaded.get());
            if early > 0 {
                let by = Duration(narrow(early));
                let fault = Fault::LeavesBeforeRelease { by };
                self.add(Some(index), Some(stop.order), fault);
            }
        }
        let late = departure.max(recount.departure) - i128::from(fleet.leaves.latest.get());
        if late > 0 {
            let by = Duration(narrow(late));
            self.add(Some(index), None, Fault::LeavesTooLate { by });
        }
    }

    /// Drop-offs whose trip leaves after they were to be shipped.
    fn shipping(&mut self, index: usize, route: &Itinerary<'_>, recount: &Recount) {
        for (at, order) in route.orders.iter().enumerate() {
            let Some(ship_by) = self.problem.ship_by(*order) else {
                continue;
            };
            let before = route.reloads.partition_point(|(before, _)| *before <= at);
            let departure = before.checked_sub(1).map_or(recount.departure, |reload| {
                recount.reloads[reload].departure()
            });
            let late = departure - i128::from(ship_by.get());
            if late > 0 {
                let by = Duration(narrow(late));
                self.add(Some(index), Some(*order), Fault::ShippedTooLate { by });
            }
        }
    }

    fn windows(&mut self, index: usize, orders: &[OrderId], recount: &Recount) {
        for (order, stop) in orders.iter().zip(&recount.stops) {
            if stop.late() > 0 {
                let by = Duration(narrow(stop.late()));
                self.add(Some(index), Some(*order), Fault::Late { by });
            }
        }
        if recount.end.late() > 0 {
            let by = Duration(narrow(recount.end.late()));
            self.add(Some(index), None, Fault::EndsTooLate { by });
        }
    }

    fn limits(&mut self, index: usize, fleet: &FleetType, recount: &Recount) {
        if let Some(most) = fleet.max_distance
            && recount.distance > i128::from(most.get())
        {
            let distance = Distance(narrow(recount.distance));
            self.add(Some(index), None, Fault::TooFar { distance, most });
        }
        if let Some(most) = fleet.max_duration
            && recount.duration() > i128::from(most.get())
        {
            let duration = Duration(narrow(recount.duration()));
            self.add(Some(index), None, Fault::TooLong { duration, most });
        }
        if let Some(most) = fleet.max_driving
            && recount.driving > i128::from(most.get())
        {
            let driving = Duration(narrow(recount.driving));
            self.add(Some(index), None, Fault::DrivesTooLong { driving, most });
        }
        let stops = recount.stops.len();
        if let Some(most) = fleet.max_stops.filter(|most| stops > *most) {
            self.add(Some(index), None, Fault::TooManyStops { stops, most });
        }
    }

    /// The cost of a route, which is also added to that of the plan.
    fn charge(&mut self, fleet: &FleetType, recount: &Recount) -> WideCost {
        let cost = WideCost::of(fleet, recount);
        self.cost.add_route(&cost);
        cost
    }

    fn vehicles(&mut self) {
        let mut used = vec![0_usize; self.problem.fleet().len()];
        for route in &self.plan.routes {
            if let Some(used) = used.get_mut(route.vehicle_type.index()) {
                *used += 1;
            }
        }
        for (index, used) in used.into_iter().enumerate() {
            let count = self.problem.fleet()[index].count;
            if used > count {
                let vehicle_type = VehicleTypeId::new(index);
                let fault = Fault::TooManyVehicles {
                    vehicle_type,
                    used,
                    count,
                };
                self.add(None, None, fault);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Cost, Window};
    use crate::model::{Depot, Model, Order, Place, Reloads, VehicleType};
    use crate::plan::RouteDraft;
    use crate::travel::Euclidean;

    /// Two orders on one route, one optional order left out.
    fn day() -> (Problem, Plan) {
        let mut model = Model::new();
        let kg = model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
        let van = VehicleType::new("van", 2, depot).capacity(kg, Load(5));
        model.add_vehicle_type(van.shift(Window::new(Time(10), Time(500))));
        for (x, name) in [(3.0, "secret-a"), (6.0, "secret-b"), (9.0, "secret-c")] {
            let order = Order::drop_off(name, Place::plane(x, 0.0)).quantity(kg, Load(1));
            let order = order.release(Time(20)).price(Cost(100));
            model.add_order(order.window(Window::new(Time(0), Time(90))));
        }
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let stops = vec![OrderId::new(0), OrderId::new(1)];
        let plan = Plan::new(
            &problem,
            vec![RouteDraft::new(VehicleTypeId::new(0), stops)],
        );
        (problem, plan)
    }

    /// The faults of the day after `corrupt`.
    fn faults(corrupt: impl Fn(&mut Plan)) -> Vec<Fault> {
        let (problem, mut plan) = day();
        corrupt(&mut plan);
        plan.check(&problem).iter().map(Violation::fault).collect()
    }

    #[test]
    fn a_sound_plan_has_no_violation() {
        assert_eq!(faults(|_| {}), []);
    }

    #[test]
    fn every_number_on_record_is_compared() {
        type Corrupt = fn(&mut Plan);
        let corrupt: [(Record, Corrupt); 16] = [
            (Record::Depots, |p| p.routes[0].end = None),
            (Record::Departure, |p| p.routes[0].departure = Time(21)),
            (Record::Arrival, |p| p.routes[0].arrival = Time(33)),
            (Record::Arrival, |p| p.routes[0].end_wait = Duration(1)),
            (Record::Arrival, |p| p.routes[0].overtime = Duration(1)),
            (Record::Distance, |p| p.routes[0].distance = Distance(13)),
            (Record::Leg, |p| p.routes[0].final_leg = None),
            (Record::Leg, |p| {
                p.routes[0].stops[1].leg.distance = Distance(2);
            }),
            (Record::Load, |p| p.routes[0].loads[1] = Load(2)),
            (Record::Load, |p| p.routes[0].peak[0] = Load(1)),
            (Record::Cost, |p| p.routes[0].cost.fixed = Cost(1)),
            (Record::Cost, |p| p.cost.unserved = Cost::ZERO),
            (Record::Schedule, |p| {
                p.routes[0].stops[0].wait = Duration(1);
            }),
            (Record::Schedule, |p| p.routes[0].stops[1].slack = None),
            (Record::Schedule, |p| {
                p.routes[0].stops[0].start = Time(24);
            }),
            (Record::Price, |p| p.unserved[0].price = None),
        ];
        for (what, corrupt) in corrupt {
            let found = faults(corrupt);
            assert!(
                found.contains(&Fault::WrongRecord { what }),
                "{what}: {found:?}"
            );
        }
    }

    /// Two trips to one place, for goods that are released at 20.
    fn trips() -> (Problem, Plan) {
        let mut model = Model::new();
        let kg = model.add_dimension("kg");
        let hub = Depot::new("hub", Place::plane(0.0, 0.0)).loading(Duration(3));
        let hub = model.add_depot(hub.window(Window::new(Time(0), Time(99))));
        let van = VehicleType::new("van", 1, hub).capacity(kg, Load(5));
        model.add_vehicle_type(van.reloads(Reloads::at(hub)));
        for name in ["a", "b"] {
            let order = Order::drop_off(name, Place::plane(5.0, 0.0)).quantity(kg, Load(4));
            model.add_order(order.release(Time(20)));
        }
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let stops = vec![OrderId::new(0), OrderId::new(1)];
        let draft = RouteDraft::new(VehicleTypeId::new(0), stops).reload(1, hub);
        let plan = Plan::new(&problem, vec![draft]);
        assert_eq!(plan.check(&problem), []);
        (problem, plan)
    }

    #[test]
    fn every_number_of_a_reload_on_record_is_compared() {
        type Corrupt = fn(&mut Route);
        let (problem, mut plan) = trips();
        let corrupt: [(Record, Corrupt); 8] = [
            (Record::Reload, |r| r.reloads[0].leg.distance = Distance(4)),
            (Record::Reload, |r| r.reloads[0].arrival = Time(29)),
            (Record::Reload, |r| r.reloads[0].wait = Duration(1)),
            (Record::Reload, |r| r.reloads[0].start = Time(31)),
            (Record::Reload, |r| r.reloads[0].departure = Time(32)),
            (Record::Reload, |r| r.reloads[0].slack = None),
            (Record::Load, |r| r.reloaded[0] = Load(5)),
            (Record::Load, |r| r.reloads.clear()),
        ];
        for (what, corrupt) in corrupt {
            let mut plan = plan.clone();
            corrupt(&mut plan.routes[0]);
            let found = plan.check(&problem);
            let wrong = Fault::WrongRecord { what };
            assert!(
                found.iter().any(|v| v.fault() == wrong),
                "{what}: {found:?}"
            );
        }
        // Loading is on record before the goods are there.
        plan.routes[0].reloads[0].start = Time(18);
        let early = Fault::LeavesBeforeRelease { by: Duration(2) };
        let found = plan.check(&problem);
        let early = found.iter().find(|v| v.fault() == early).unwrap();
        assert_eq!(early.order(), Some(OrderId::new(1)));
        // What is out of all bounds is listed, and not a panic.
        plan.routes[0].reloads[0].before = 9;
        plan.routes[0].reloads[0].depot = DepotId::new(9);
        let found = plan.check(&problem);
        let unknown = Fault::UnknownDepot(DepotId::new(9));
        assert!(found.iter().any(|v| v.fault() == unknown));
    }

    #[test]
    fn departures_on_record_keep_shift_and_release() {
        let found = faults(|p| p.routes[0].departure = Time(4));
        let by = Duration(6);
        assert!(found.contains(&Fault::LeavesTooEarly { by }));
        let by = Duration(16);
        assert!(found.contains(&Fault::LeavesBeforeRelease { by }));
    }

    #[test]
    fn every_order_is_served_or_listed_once() {
        assert!(faults(|p| p.unserved.clear()).contains(&Fault::Forgotten));
        assert!(faults(|p| p.unserved.push(p.unserved[0].clone())).contains(&Fault::UnservedTwice));
        let both = faults(|p| p.unserved[0].order = OrderId::new(0));
        assert!(both.contains(&Fault::ServedAndUnserved) && both.contains(&Fault::Forgotten));
        let dropped = faults(|p| p.routes[0].stops.truncate(1));
        assert!(dropped.contains(&Fault::Forgotten));
    }

    #[test]
    fn a_plan_of_another_problem_is_listed_and_not_a_panic() {
        let (_, plan) = day();
        let mut model = Model::new();
        let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
        model.add_vehicle_type(VehicleType::new("van", 2, depot));
        model.add_order(Order::drop_off("x", Place::plane(1.0, 0.0)));
        let other = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let found = plan.check(&other);
        assert!(found.iter().any(|v| v.fault() == Fault::UnknownOrder));
        assert!(
            found[0]
                .to_string()
                .starts_with("route 1, order number 1: there is no such")
        );
    }

    #[test]
    fn debug_prints_no_names() {
        let (problem, mut plan) = day();
        plan.routes[0].arrival = Time(0);
        plan.routes[0].stops[0].wait = Duration(5);
        let texts = [
            format!("{plan:?} {:?} {:?}", plan.routes(), plan.unserved()),
            format!("{:?} {:?}", plan.check(&problem), plan.shipments()),
            format!("{:?}", plan.graph()),
        ];
        for text in texts {
            assert!(!text.contains("secret") && !text.contains("van"), "{text}");
        }
        assert!(plan.to_string().contains("secret-a"));
    }
}
