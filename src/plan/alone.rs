//! Finding out why an order is not served, by sending a fresh vehicle there alone, on one trip; with a pair, to both of
//! its stops.

use super::obstacles::{Key, obstacles};
use super::walk::walk;
use super::{Reason, Relaxation, Reload, Route, Unserved};
use crate::measure::{Cost, DepotId, DimensionId, Load, OrderId, VehicleTypeId};
use crate::model::OrderKind;
use crate::problem::Problem;
use std::sync::Arc;

/// What the routes of one vehicle type leave over.
struct Left {
    /// How many vehicles are not out.
    vehicles: usize,
    /// Per dimension the most that one vehicle which is out could still take: of drop-offs, of pickups, of pairs.
    room: Vec<[i64; 3]>,
}

/// Finds reasons. Cost: one walk of a stop or two per order and vehicle type, whatever the number of routes.
pub(super) struct Inquiry<'a> {
    problem: &'a Problem,
    left: Vec<Left>,
}

/// What stands in the way of a route, and by how much.
type Obstructed = (Key, Reason, Vec<Relaxation>);

/// The outcome of one order, gathered over the vehicle types.
#[derive(Default)]
struct Findings {
    /// The cheapest cost on a free vehicle.
    free: Option<Cost>,
    /// The cheapest vehicle type that could serve it, had it a vehicle left.
    taken: Option<(Cost, VehicleTypeId)>,
    /// The cheapest vehicle type that could serve it and may not go for it alone, and whether it has a vehicle left.
    unled: Option<(Cost, VehicleTypeId, bool)>,
    /// A dimension that every fitting vehicle which is out lacks room of.
    full: Option<DimensionId>,
    /// Whether some fitting vehicle which is out has room.
    roomy: bool,
    /// What stands in the way on the type that comes closest.
    closest: Option<Obstructed>,
    /// Whether any vehicle may carry it.
    carried: bool,
}

impl<'a> Inquiry<'a> {
    pub(super) fn new(problem: &'a Problem, routes: &[Route]) -> Self {
        let mut left: Vec<Left> = problem
            .fleet()
            .iter()
            .map(|fleet| Left {
                vehicles: fleet.count,
                room: vec![[i64::MIN; 3]; problem.dimension_count()],
            })
            .collect();
        for route in routes {
            let left = &mut left[route.vehicle_type.index()];
            left.vehicles = left.vehicles.saturating_sub(1);
            let most = problem.vehicle_type(route.vehicle_type).max_reloads();
            let one_more_trip = most.is_none_or(|most| route.reloads.len() < most);
            for (d, room) in left.room.iter_mut().enumerate() {
                let capacity = route.capacity[d].map_or(i64::MAX, Load::get);
                let loads = if one_more_trip {
                    [Load::ZERO; 3]
                } else {
                    least_loads(problem, route, d)
                };
                for (room, load) in room.iter_mut().zip(loads) {
                    *room = (*room).max(capacity.saturating_sub(load.get()));
                }
            }
        }
        Self { problem, left }
    }

    /// Why an order is not served; of a group, the one that comes closest.
    pub(super) fn why(&self, order: OrderId) -> Unserved {
        let all = std::iter::once(order).chain(self.problem.alternatives(order));
        let all: Vec<OrderId> = all.collect();
        let found = all.iter().map(|one| (*one, self.findings(*one)));
        let (closest, (price, findings)) = found
            .min_by_key(|(one, (_, findings))| (findings.distance(), *one))
            .unwrap_or_else(|| (order, self.findings(order)));
        let others = all.into_iter().filter(|other| *other != closest);
        let mut alternatives: Box<[OrderId]> = others.collect();
        alternatives.sort_unstable();
        let (reason, relaxations) = self.conclude(closest, price, findings);
        Unserved {
            order: closest,
            name: self.problem.names().order(closest).into(),
            price: self.problem.price(closest),
            alternatives,
            reason,
            relaxations,
        }
    }

    /// What comes of sending a vehicle to an order alone, and the price of leaving it out, with the other half of its pair.
    fn findings(&self, order: OrderId) -> (Option<Cost>, Findings) {
        let own = self.problem.price(order);
        let stops = self.stops(order);
        // A pair has two prices or none.
        let price = own.map(|_| {
            let prices = stops.iter().filter_map(|o| self.problem.price(*o));
            Cost(prices.map(Cost::get).sum())
        });
        let mut findings = Findings::default();
        for (index, fleet) in self.problem.fleet().iter().enumerate() {
            if fleet.count > 0 && self.problem.may_carry(VehicleTypeId::new(index), order) {
                findings.carried = true;
                self.try_alone(&stops, VehicleTypeId::new(index), &mut findings);
            }
            let worth = |cost: Cost| price.is_none_or(|p| cost <= p);
            if findings.free.is_some_and(worth) {
                break;
            }
        }
        (price, findings)
    }

    /// The reason, and what would help, where vehicles are under way or may not carry everything.
    fn conclude(
        &self,
        order: OrderId,
        price: Option<Cost>,
        findings: Findings,
    ) -> (Reason, Vec<Relaxation>) {
        let (mut reason, mut relaxations) = if findings.carried {
            findings.conclude(price)
        } else {
            (Reason::NoVehicleMayCarry, Vec::new())
        };
        let none_left = matches!(reason, Reason::NoVehicleLeft | Reason::NoVehicleMayCarry);
        if none_left && self.problem.aboard(order).is_some() {
            reason = Reason::StaysAboard;
        }
        // Of vehicles under way there is never one more.
        relaxations.retain(|help| match help {
            Relaxation::OneMoreVehicle { vehicle_type } => {
                !self.problem.is_under_way(*vehicle_type)
            }
            _ => true,
        });
        (reason, relaxations)
    }

    /// What a vehicle has to do that serves nothing but this order: of a pair, the pickup first.
    fn stops(&self, order: OrderId) -> Vec<OrderId> {
        match (self.problem.mate(order), self.problem.kind(order)) {
            (None, _) | (_, OrderKind::Exchange) => vec![order],
            (Some(mate), OrderKind::Pickup) => vec![order, mate],
            (Some(mate), OrderKind::DropOff) => vec![mate, order],
        }
    }

    fn try_alone(&self, stops: &[OrderId], vehicle_type: VehicleTypeId, findings: &mut Findings) {
        if stops.len() > 1 && self.problem.vehicle_type(vehicle_type).backhauls.are_last() {
            // Its vehicles serve no pairs; others do.
            return;
        }
        let route = match self.sent(stops, vehicle_type) {
            Ok(route) => route,
            Err(obstacle) => {
                let best = findings.closest.as_ref();
                if best.is_none_or(|(key, ..)| obstacle.0 < *key) {
                    findings.closest = Some(obstacle);
                }
                return;
            }
        };
        let cost = route.cost.total();
        let left = &self.left[vehicle_type.index()];
        let backhauls = self.problem.vehicle_type(vehicle_type).backhauls;
        let pickup = stops.len() == 1 && self.problem.kind(stops[0]) == OrderKind::Pickup;
        if pickup && backhauls.need_drop_off() {
            let unled = (cost, vehicle_type, left.vehicles > 0);
            let better = |best: &(Cost, VehicleTypeId, bool)| (!unled.2, cost) < (!best.2, best.0);
            if findings.unled.as_ref().is_none_or(better) {
                findings.unled = Some(unled);
            }
            return;
        }
        if left.vehicles > 0 {
            findings.free = Some(findings.free.map_or(cost, |best| best.min(cost)));
            return;
        }
        if findings.taken.is_none_or(|(best, _)| cost < best) {
            findings.taken = Some((cost, vehicle_type));
        }
        match (0..self.problem.dimension_count()).find(|d| !self.has_room(left, stops, *d)) {
            Some(dimension) => findings.full = Some(DimensionId::new(dimension)),
            None => findings.roomy = true,
        }
    }

    /// The route of a vehicle to these stops and nothing else, or what stands in its way. One under way fetches first what is at a
    /// depot: from where that costs least, or stands in the way least.
    fn sent(&self, stops: &[OrderId], vehicle_type: VehicleTypeId) -> Result<Route, Obstructed> {
        let along = |reloads: &[Reload]| {
            let name = (Arc::default(), 1);
            let route = walk(self.problem, vehicle_type, name, (stops, reloads));
            match obstacles(self.problem, &route) {
                None => Ok(route),
                Some(obstacle) => Err(obstacle),
            }
        };
        let fetches = stops.iter().any(|order| self.problem.is_at_depot(*order));
        if !(fetches && self.problem.may_reload_first(vehicle_type)) {
            return along(&[]);
        }
        let fleet = self.problem.vehicle_type(vehicle_type);
        let depots = fleet.reload_depots().iter();
        let by = |depot: &DepotId| {
            along(&[Reload {
                before: 0,
                depot: *depot,
            }])
        };
        let best = depots.map(by).min_by_key(|sent| match sent {
            Ok(route) => (0, (0, 0, route.cost.total().get())),
            Err((key, ..)) => (1, *key),
        });
        best.unwrap_or_else(|| along(&[]))
    }

    /// Whether some vehicle that is out could take these stops along too, as far as one dimension says.
    fn has_room(&self, left: &Left, stops: &[OrderId], d: usize) -> bool {
        let [drops, picks, pairs] = left.room[d];
        let amount = |order: OrderId| self.problem.quantities(order.index())[d];
        match *stops {
            [single] => match self.problem.kind(single) {
                OrderKind::DropOff => amount(single) <= drops,
                OrderKind::Pickup => amount(single) <= picks,
                OrderKind::Exchange => {
                    let taken = self.problem.taken_quantity(single, DimensionId::new(d));
                    amount(single) <= drops && taken.get() <= picks
                }
            },
            _ => amount(stops[0]) <= pairs,
        }
    }
}

/// What is on board of one dimension where the least is: at the beginning of a trip, at the end of one, and anywhere. Goods
/// of a pair have to find room somewhere on the way, the others at an end of a trip.
fn least_loads(problem: &Problem, route: &Route, d: usize) -> [Load; 3] {
    let least = |loads: &mut dyn Iterator<Item = &[Load]>| {
        loads.map(|load| load[d]).min().unwrap_or(Load::ZERO)
    };
    let reloaded = (0..route.reloads.len()).map(|reload| route.load_after_reload(reload));
    let begins = least(&mut [route.load_at_departure()].into_iter().chain(reloaded));
    let ends = least(
        &mut route.trips().map(|trip| match trip.end.checked_sub(1) {
            Some(last) => route.load_after(last),
            None => route.load_at_departure(),
        }),
    );
    let anywhere = if problem.shape().paired {
        route.least(d)
    } else {
        begins
    };
    [begins, ends, anywhere]
}

impl Findings {
    /// How far an order is from being served: what stands in its way, and by how much, or what it would cost.
    fn distance(&self) -> (u8, Key) {
        let cost = |cost: Cost| (0, 0, cost.get());
        let free = self.free.map(|alone| (0, cost(alone)));
        let taken = self.taken.map(|(alone, _)| (1, cost(alone)));
        let unled = self.unled.map(|(alone, ..)| (2, cost(alone)));
        let closest = self.closest.as_ref().map(|(key, ..)| (3, *key));
        free.or(taken)
            .or(unled)
            .or(closest)
            .unwrap_or((4, (0, 0, 0)))
    }

    fn conclude(self, price: Option<Cost>) -> (Reason, Vec<Relaxation>) {
        if let Some(alone) = self.free {
            return match price {
                Some(price) if price < alone => (
                    Reason::NotWorthItsPrice { price, alone },
                    vec![Relaxation::Price {
                        from: price,
                        to: alone,
                    }],
                ),
                _ => (Reason::NotPlaced { alone }, Vec::new()),
            };
        }
        if let Some((_, vehicle_type)) = self.taken {
            let reason = match self.full {
                Some(dimension) if !self.roomy => Reason::NoCapacityLeft { dimension },
                _ => Reason::NoVehicleLeft,
            };
            return (reason, vec![Relaxation::OneMoreVehicle { vehicle_type }]);
        }
        if let Some((_, vehicle_type, free)) = self.unled {
            let help = free.then_some(Relaxation::PickupsOnly { vehicle_type });
            return (Reason::PickupAlone, help.into_iter().collect());
        }
        self.closest.map_or_else(
            || (Reason::NoVehicleLeft, Vec::new()),
            |(_, reason, relaxations)| (reason, relaxations),
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::{Cost, DimensionId, Load, OrderId, Time, VehicleTypeId, Window};
    use crate::model::{Depot, Model, Order, OrderKind, Place, VehicleType};
    use crate::plan::{Plan, Reason, RouteDraft, Unserved};
    use crate::problem::Problem;
    use crate::travel::Euclidean;

    const KG: fn() -> DimensionId = || DimensionId::new(0);

    fn at(x: f64) -> Place {
        Place::plane(x, 0.0)
    }

    /// One van for 10 kg that leaves at 0; `served` drop-offs of 4 kg are on it.
    fn first_unserved(order: Order, served: usize) -> (Reason, String) {
        let mut model = Model::new();
        model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("depot", at(0.0)));
        let van = VehicleType::new("van", 1, depot).capacity(KG(), Load(10));
        model.add_vehicle_type(van.shift(Window::new(Time(0), Time(100))));
        let stops: Vec<OrderId> = (0..served)
            .map(|i| Order::drop_off(format!("served {i}"), at(1.0)).quantity(KG(), Load(4)))
            .map(|o| model.add_order(o))
            .collect();
        model.add_order(order);
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let draft = RouteDraft::new(VehicleTypeId::new(0), stops);
        let plan = Plan::new(&problem, vec![draft]);
        let unserved = &plan.unserved()[0];
        (unserved.reason(), unserved.to_string())
    }

    #[test]
    fn what_holds_alone_comes_first() {
        let (_, text) = first_unserved(Order::drop_off("x", at(1.0)).quantity(KG(), Load(12)), 1);
        assert!(
            text.contains("would help: capacity 12 instead of 10"),
            "{text}"
        );
        // There at 30, back at 60.
        let closed = Order::drop_off("x", at(30.0)).window(Window::new(Time(0), Time(20)));
        let (reason, text) = first_unserved(closed, 0);
        let (arrival, latest) = (Time(30), Time(20));
        assert_eq!(reason, Reason::WindowUnreachable { arrival, latest });
        assert!(text.ends_with("would help: window open until 0:00:30 instead of 0:00:20"));
        // There at 70, back at 140.
        let (reason, _) = first_unserved(Order::drop_off("x", at(70.0)), 0);
        let (arrival, latest) = (Time(140), Time(100));
        assert_eq!(reason, Reason::ReturnTooLate { arrival, latest });
    }

    /// One van for 10 kg that leaves at 0 and must be back at 100; a pair of 6 kg from 20 to 30, changed, is left out, and so
    /// are as many drop-offs as are not on the van.
    fn unserved_pair(change: impl Fn(Order) -> Order, loads: &[i64], served: usize) -> Vec<Reason> {
        let mut model = Model::new();
        model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("depot", at(0.0)));
        let van = VehicleType::new("van", 1, depot).capacity(KG(), Load(10));
        model.add_vehicle_type(van.shift(Window::new(Time(0), Time(100))));
        let order = |order: Order| change(order.quantity(KG(), Load(6)));
        model.add_pair(
            order(Order::pickup("from", at(20.0))),
            order(Order::drop_off("to", at(30.0))),
        );
        let single = |(i, load): (usize, &i64)| {
            let order = Order::drop_off(format!("single {i}"), at(1.0));
            order.quantity(KG(), Load(*load))
        };
        let singles = loads.iter().enumerate().map(single);
        let stops: Vec<OrderId> = singles.map(|o| model.add_order(o)).collect();
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let stops = stops[..served].to_vec();
        let plan = Plan::new(
            &problem,
            vec![RouteDraft::new(VehicleTypeId::new(0), stops)],
        );
        assert_eq!(plan.check(&problem), []);
        let prices = plan.unserved().iter().filter_map(Unserved::price);
        let prices: i64 = prices.map(Cost::get).sum();
        assert_eq!(plan.cost().unserved, Cost(prices));
        plan.unserved().iter().map(Unserved::reason).collect()
    }

    #[test]
    fn a_pair_is_tried_as_a_whole() {
        let same = |o: Order| o;
        // There and back is 60.
        let alone = Cost::units(60);
        let reason = Reason::NotPlaced { alone };
        assert_eq!(unserved_pair(same, &[], 0), [reason; 2]);
        let price = Cost::units(58);
        let reason = Reason::NotWorthItsPrice { price, alone };
        let at_29 = |o: Order| o.price(Cost::units(29));
        assert_eq!(unserved_pair(at_29, &[], 0), [reason; 2]);
        let at_31 = |o: Order| o.price(Cost::units(31));
        let reason = Reason::NotPlaced { alone };
        assert_eq!(unserved_pair(at_31, &[], 0), [reason; 2]);
        // The drop-off closes before a vehicle that was at the pickup can be there.
        let closed = |o: Order| match o.kind {
            OrderKind::Pickup => o.window(Window::new(Time(40), Time(90))),
            _ => o.window(Window::new(Time(0), Time(45))),
        };
        let (arrival, latest) = (Time(50), Time(45));
        let reason = Reason::WindowUnreachable { arrival, latest };
        assert_eq!(unserved_pair(closed, &[], 0), [reason; 2]);
        // What is on board at the start does not matter where the van is empty later.
        assert_eq!(
            unserved_pair(same, &[9], 1),
            [Reason::NoVehicleLeft; 2],
            "room at the end"
        );
        let heavy = |o: Order| o.quantity(KG(), Load(11));
        let (dimension, needed, most) = (KG(), Load(11), Load(10));
        let reason = Reason::TooLarge {
            dimension,
            needed,
            most,
        };
        assert_eq!(unserved_pair(heavy, &[], 0), [reason; 2]);
    }

    #[test]
    fn a_pair_needs_room_somewhere_on_the_way() {
        let mut model = Model::new();
        model.add_dimension("kg");
        let depot = model.add_depot(Depot::new("depot", at(0.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot).capacity(KG(), Load(10)));
        let order = |order: Order, load| order.quantity(KG(), Load(load));
        model.add_pair(
            order(Order::pickup("from", at(2.0)), 6),
            order(Order::drop_off("to", at(3.0)), 6),
        );
        // At least 5 are on board all the way: 6 do not find room, however full it is at the ends.
        let there = model.add_order(order(Order::drop_off("there", at(1.0)), 8));
        let back = model.add_order(order(Order::pickup("back", at(1.0)), 5));
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let reasons = |stops: Vec<OrderId>| -> Vec<Reason> {
            let draft = RouteDraft::new(VehicleTypeId::new(0), stops);
            let plan = Plan::new(&problem, vec![draft]);
            plan.unserved()[..2].iter().map(Unserved::reason).collect()
        };
        // Overloaded in between, which is the plan's own fault.
        let dimension = KG();
        let full = Reason::NoCapacityLeft { dimension };
        assert_eq!(reasons(vec![back, there]), [full; 2]);
        assert_eq!(reasons(vec![there, back]), [Reason::NoVehicleLeft; 2]);
    }

    #[test]
    fn then_what_the_plan_leaves_over() {
        let order = || Order::drop_off("x", at(5.0)).quantity(KG(), Load(4));
        let alone = Cost::units(10);
        assert_eq!(first_unserved(order(), 0).0, Reason::NotPlaced { alone });
        let price = Cost::units(9);
        let reason = Reason::NotWorthItsPrice { price, alone };
        assert_eq!(first_unserved(order().price(price), 0).0, reason);
        assert_eq!(first_unserved(order(), 1).0, Reason::NoVehicleLeft);
        let dimension = KG();
        assert_eq!(
            first_unserved(order(), 2).0,
            Reason::NoCapacityLeft { dimension }
        );
    }
}
