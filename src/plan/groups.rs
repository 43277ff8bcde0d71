//! Checking that one order of each group is served at most, and that the others say which.

use super::violation::{Fault, Record};
use super::{Plan, Unserved};
use crate::measure::OrderId;
use crate::problem::Problem;

/// What a plan says of groups, recounted.
pub(super) struct Groups {
    pub(super) faults: Vec<(Option<usize>, Option<OrderId>, Fault)>,
    /// By order, whether another one of its group is said to be served in its place.
    pub(super) replaced: Vec<bool>,
}

impl Groups {
    pub(super) fn of(plan: &Plan, problem: &Problem) -> Self {
        let mut groups = Self {
            faults: Vec::new(),
            replaced: vec![false; problem.order_count()],
        };
        let mut served = vec![false; problem.order_count()];
        let stops = plan.routes.iter().enumerate();
        let stops = stops.flat_map(|(index, route)| route.stops.iter().map(move |s| (index, s)));
        let stops = stops.map(|(index, stop)| (Some(index), stop.order));
        let handed = plan.hand_overs.iter().flat_map(|h| &h.orders);
        for (route, order) in stops.chain(handed.map(|handed| (None, handed.order))) {
            if !problem.has_order(order) {
                continue;
            }
            served[order.index()] = true;
            let mut others = problem.alternatives(order);
            if let Some(other) = others.find(|other| served[other.index()]) {
                let fault = Fault::GroupServedTwice { other };
                groups.faults.push((route, Some(order), fault));
            }
        }
        groups.check_replaced(plan, problem, &served);
        for unserved in &plan.unserved {
            groups.check_alternatives(problem, unserved);
        }
        groups
    }

    /// Who is replaced is on no route and with no carrier, listed once, and another one of its group is.
    fn check_replaced(&mut self, plan: &Plan, problem: &Problem, served: &[bool]) {
        for one in &plan.replaced {
            let order = one.order;
            if !problem.has_order(order) {
                self.faults.push((None, Some(order), Fault::UnknownOrder));
                continue;
            }
            let again = std::mem::replace(&mut self.replaced[order.index()], true);
            let by = problem.alternatives(order).find(|other| *other == one.by);
            let stands = by.is_some_and(|by| served[by.index()]);
            if again || served[order.index()] || !stands {
                let what = Record::Replaced;
                let fault = Fault::WrongRecord { what };
                self.faults.push((None, Some(order), fault));
            }
        }
    }

    /// An unserved order names all others of its group.
    fn check_alternatives(&mut self, problem: &Problem, unserved: &Unserved) {
        let order = unserved.order;
        if !problem.has_order(order) {
            return; // Said already.
        }
        let mut others: Vec<OrderId> = problem.alternatives(order).collect();
        others.sort_unstable();
        if *others != *unserved.alternatives {
            let what = Record::Alternatives;
            let fault = Fault::WrongRecord { what };
            self.faults.push((None, Some(order), fault));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::{Cost, OrderId, Time, VehicleTypeId, Window};
    use crate::model::{Depot, Group, Model, Order, Place, VehicleType};
    use crate::plan::{Fault, Plan, Reason, Record, Replaced, RouteDraft, Violation};
    use crate::problem::Problem;
    use crate::travel::Euclidean;

    /// Three orders of one group, one of them out of reach of its window, and one of none.
    fn day(price: Option<Cost>) -> Problem {
        let mut model = Model::new();
        let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot).per_distance(Cost(1)));
        let order = |name: &str, x| Order::drop_off(name, Place::plane(x, 0.0));
        let early = order("early", 50.0).window(Window::new(Time(-100), Time(20)));
        let early = model.add_order(early);
        let near = model.add_order(order("near", 3.0));
        let far = model.add_order(order("far", 40.0));
        model.add_order(order("other", 5.0));
        let group = Group::of([early, near, far]);
        model.add_group(Group { price, ..group });
        Problem::new(&model, &Euclidean::rounded()).unwrap()
    }

    fn plan(problem: &Problem, stops: &[usize]) -> Plan {
        let stops = stops.iter().map(|order| OrderId::new(*order)).collect();
        Plan::new(problem, vec![RouteDraft::new(VehicleTypeId::new(0), stops)])
    }

    fn faults(problem: &Problem, plan: &Plan) -> Vec<Fault> {
        plan.check(problem).iter().map(Violation::fault).collect()
    }

    #[test]
    fn one_of_a_group_is_served_and_replaces_the_others() {
        let problem = day(None);
        let plan = plan(&problem, &[1, 3]);
        assert_eq!(faults(&problem, &plan), []);
        let by = OrderId::new(1);
        let replaced = |order: usize| Replaced {
            order: OrderId::new(order),
            by,
        };
        assert_eq!(plan.replaced(), [replaced(0), replaced(2)]);
        assert!(plan.is_complete() && plan.unserved().is_empty());
        assert_eq!((plan.order_count(), plan.cost().unserved), (2, Cost::ZERO));
        assert!(plan.to_string().contains("2 of 2 orders served"), "{plan}");
    }

    #[test]
    fn a_group_is_unserved_once_as_the_order_that_comes_closest() {
        let problem = day(Some(Cost(5)));
        let plan = plan(&problem, &[3]);
        assert_eq!(faults(&problem, &plan), []);
        let [left] = plan.unserved() else {
            panic!("one group: {:?}", plan.unserved());
        };
        assert_eq!((left.name(), left.price()), ("near", Some(Cost(5))));
        assert_eq!(left.alternatives(), [OrderId::new(0), OrderId::new(2)]);
        // The only van is out.
        assert_eq!(left.reason(), Reason::NoVehicleLeft);
        assert_eq!(plan.cost().unserved, Cost(5));
        assert!(plan.replaced().is_empty() && plan.is_complete());
        let text = left.to_string();
        assert!(
            text.contains("\"near\", or 2 others of its group: no vehicle"),
            "{text}"
        );
        let empty = Plan::new(&problem, Vec::new());
        let alone = Cost(6);
        let reason = Reason::NotWorthItsPrice {
            price: Cost(5),
            alone,
        };
        assert_eq!(empty.unserved()[0].reason(), reason);
        // Without a price one of them must be served.
        let problem = day(None);
        let left = Plan::new(&problem, Vec::new());
        assert!(!left.is_complete() && left.unserved().len() == 2);
        assert_eq!(left.unserved()[0].reason(), Reason::NotPlaced { alone });
    }

    #[test]
    fn two_of_a_group_are_one_too_many() {
        let problem = day(None);
        let plan = plan(&problem, &[1, 3, 2]);
        let other = OrderId::new(1);
        assert_eq!(faults(&problem, &plan), [Fault::GroupServedTwice { other }]);
        let text = plan.check(&problem)[0].to_string();
        let expected =
            "route 1, order \"far\": another order of its group is served too: order number 1";
        assert_eq!(text, expected);
    }

    #[test]
    fn what_is_said_of_a_group_is_recounted() {
        type Corrupt = fn(&mut Plan);
        let wrong = |what| Fault::WrongRecord { what };
        let replaced = wrong(Record::Replaced);
        let served: [(Fault, Corrupt); 6] = [
            (replaced, |p| p.replaced[0].by = OrderId::new(2)),
            (replaced, |p| p.replaced[0].by = OrderId::new(9)),
            (replaced, |p| p.replaced[0].order = OrderId::new(3)),
            (replaced, |p| p.replaced[0].order = OrderId::new(2)),
            (Fault::UnknownOrder, |p| {
                p.replaced[0].order = OrderId::new(9);
            }),
            (Fault::Forgotten, |p| p.replaced.clear()),
        ];
        let problem = day(Some(Cost(5)));
        for (fault, corrupt) in served {
            let mut plan = plan(&problem, &[1, 3]);
            corrupt(&mut plan);
            let found = faults(&problem, &plan);
            assert!(found.contains(&fault), "{fault}: {found:?}");
        }
        let unserved: [(Fault, Corrupt); 6] = [
            (wrong(Record::Alternatives), |p| {
                p.unserved[0].alternatives = Box::new([]);
            }),
            (Fault::Forgotten, |p| {
                p.unserved[0].alternatives = Box::new([]);
            }),
            (Fault::Forgotten, |p| p.unserved.clear()),
            (Fault::UnservedTwice, |p| {
                let mut again = p.unserved[0].clone();
                again.order = OrderId::new(0);
                p.unserved.push(again);
            }),
            (wrong(Record::Price), |p| p.unserved[0].price = None),
            (wrong(Record::Cost), |p| p.cost.unserved = Cost(15)),
        ];
        for (fault, corrupt) in unserved {
            let mut plan = plan(&problem, &[3]);
            corrupt(&mut plan);
            let found = faults(&problem, &plan);
            assert!(found.contains(&fault), "{fault}: {found:?}");
        }
        // A group that is served, and listed as unserved too.
        let mut both = plan(&problem, &[1, 3]);
        both.unserved.clone_from(&plan(&problem, &[3]).unserved);
        let found = faults(&problem, &both);
        assert!(found.contains(&Fault::ServedAndUnserved), "{found:?}");
        assert!(found.contains(&replaced), "{found:?}");
    }
}
