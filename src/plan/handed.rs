//! Checking what carriers take.

use super::pairs::halves_handed;
use super::violation::{Fault, Record};
use super::{HandOver, Plan};
use crate::measure::OrderId;
use crate::problem::Problem;

/// What a plan hands over, recounted.
pub(super) struct Handed {
    pub(super) faults: Vec<(Option<OrderId>, Fault)>,
    /// By order, how often it is handed over.
    pub(super) counts: Vec<u32>,
    /// What the problem says that all of it costs.
    pub(super) cost: i128,
}

impl Handed {
    pub(super) fn of(plan: &Plan, problem: &Problem) -> Self {
        let mut handed = Self {
            faults: Vec::new(),
            counts: vec![0; problem.order_count()],
            cost: 0,
        };
        let mut came = vec![false; problem.carrier_count()];
        for taken in &plan.hand_overs {
            match came.get_mut(taken.carrier.index()) {
                None => {
                    let fault = Fault::UnknownCarrier(taken.carrier);
                    handed.faults.push((None, fault));
                }
                Some(before) => {
                    let again = std::mem::replace(before, true);
                    handed.take(problem, taken, again);
                }
            }
        }
        let halves = halves_handed(plan, problem);
        let halves = halves
            .into_iter()
            .map(|(order, fault)| (Some(order), fault));
        handed.faults.extend(halves);
        handed
    }

    /// Counts what one carrier takes; it comes `again` where it was listed before.
    fn take(&mut self, problem: &Problem, taken: &HandOver, again: bool) {
        let carrier = taken.carrier;
        let wrong = |what| Fault::WrongRecord { what };
        let fee = problem.pickup_fee(carrier);
        if again || taken.orders.is_empty() || taken.fee != fee {
            self.faults.push((None, wrong(Record::Fee)));
        }
        self.cost += if again { 0 } else { i128::from(fee.get()) };
        for one in &taken.orders {
            let order = one.order;
            if !problem.has_order(order) {
                self.faults.push((Some(order), Fault::UnknownOrder));
                continue;
            }
            self.counts[order.index()] += 1;
            let mut stated = problem.carrier_prices(order).iter();
            match stated.find(|stated| stated.carrier == carrier) {
                None => self.faults.push((Some(order), Fault::NotTaken { carrier })),
                Some(stated) => {
                    self.cost += i128::from(stated.price.get());
                    if stated.price != one.price {
                        self.faults.push((Some(order), wrong(Record::Price)));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::{CarrierId, Cost, OrderId, VehicleTypeId};
    use crate::model::{Carrier, Depot, Group, Model, Order, Place, VehicleType};
    use crate::plan::{Fault, HandedOver, Plan, Record, RouteDraft, Unserved, Violation};
    use crate::problem::Problem;
    use crate::travel::Euclidean;

    /// One order on a route, one with a carrier whose fee is 7 at a price of 3, one that is not worth it at 2.
    fn day() -> (Problem, Plan) {
        let mut model = Model::new();
        let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot));
        model.add_carrier(Carrier::new("dear").pickup_fee(Cost(90)));
        let post = model.add_carrier(Carrier::new("post").pickup_fee(Cost(7)));
        let order = |name: &str| Order::drop_off(name, Place::plane(3.0, 4.0));
        let served = model.add_order(order("served"));
        model.add_order(order("handed").carrier_price(post, Cost(3)));
        let left = order("left").price(Cost(2));
        model.add_order(left.carrier_price(post, Cost(4)));
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let draft = RouteDraft::new(VehicleTypeId::new(0), vec![served]);
        let plan = Plan::new(&problem, vec![draft]);
        (problem, plan)
    }

    /// A pair and a group, which one carrier takes, as two orders and one.
    fn remote_day() -> (Problem, Plan) {
        let mut model = Model::new();
        let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot));
        let post = model.add_carrier(Carrier::new("post"));
        let place = Place::plane(3.0, 4.0);
        let taken = |order: Order| order.carrier_price(post, Cost(3));
        model.add_pair(
            taken(Order::pickup("from", place)),
            taken(Order::drop_off("to", place)),
        );
        let home = model.add_order(taken(Order::drop_off("home", place)));
        let office = model.add_order(taken(Order::drop_off("office", place)));
        model.add_group(Group::of([home, office]));
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let plan = Plan::new(&problem, Vec::new());
        assert_eq!(plan.check(&problem), []);
        assert_eq!((plan.handed_over_count(), plan.replaced().len()), (3, 1));
        (problem, plan)
    }

    #[test]
    fn a_plan_chooses_the_cheapest_carriers() {
        let (problem, plan) = day();
        assert_eq!(plan.check(&problem), []);
        let [taken] = plan.hand_overs() else {
            panic!("one carrier: {:?}", plan.hand_overs());
        };
        let (order, price) = (OrderId::new(1), Cost(3));
        assert_eq!(taken.orders, [HandedOver { order, price }]);
        assert_eq!((taken.carrier, taken.cost()), (CarrierId::new(1), Cost(10)));
        let cost = plan.cost();
        assert_eq!((cost.carriers, cost.unserved), (Cost(10), Cost(2)));
        assert!(plan.is_complete());
        let left: Vec<&str> = plan.unserved().iter().map(Unserved::name).collect();
        assert_eq!(left, ["left"]);
        let text = plan.to_string();
        let lines = "Carrier post: 1 order, fee 0.000007, cost 0.00001\n  handed: 0.000003\n\n";
        assert!(text.contains(lines), "{text}");
        assert!(
            text.contains("1 of 3 orders served, 1 handed over\n"),
            "{text}"
        );
        assert!(
            text.contains(" + carriers 0.00001 + unserved 0.000002"),
            "{text}"
        );
    }

    #[test]
    fn what_carriers_take_is_recounted() {
        type Corrupt = fn(&mut Plan);
        let wrong = |what| Fault::WrongRecord { what };
        let taken = |order: usize| HandedOver {
            order: OrderId::new(order),
            price: Cost(3),
        };
        let corrupt: [(Fault, Corrupt); 10] = [
            (wrong(Record::Fee), |p| p.hand_overs[0].fee = Cost(6)),
            (wrong(Record::Fee), |p| p.hand_overs[0].orders.clear()),
            (wrong(Record::Fee), |p| {
                p.hand_overs.push(p.hand_overs[0].clone());
            }),
            (wrong(Record::Price), |p| {
                p.hand_overs[0].orders[0].price = Cost(4);
            }),
            (wrong(Record::Cost), |p| p.cost.carriers = Cost(9)),
            (Fault::Forgotten, |p| p.hand_overs.clear()),
            (Fault::UnknownCarrier(CarrierId::new(5)), |p| {
                p.hand_overs[0].carrier = CarrierId::new(5);
            }),
            (
                Fault::NotTaken {
                    carrier: CarrierId::new(0),
                },
                |p| p.hand_overs[0].carrier = CarrierId::new(0),
            ),
            (Fault::HandedOverToo, |p| {
                let again = p.hand_overs[0].orders[0];
                p.hand_overs[0].orders.push(again);
            }),
            (Fault::UnknownOrder, |p| {
                p.hand_overs[0].orders[0].order = OrderId::new(9);
            }),
        ];
        let (problem, plan) = day();
        let faults = |plan: &Plan| -> Vec<Fault> {
            plan.check(&problem).iter().map(Violation::fault).collect()
        };
        for (fault, corrupt) in corrupt {
            let mut plan = plan.clone();
            corrupt(&mut plan);
            let found = faults(&plan);
            assert!(found.contains(&fault), "{fault}: {found:?}");
        }
        // Half of a pair, two of a group, and one of it beside the one in its place.
        let halved = |mate: usize| Fault::PairHalved {
            mate: OrderId::new(mate),
        };
        let other = OrderId::new(2);
        let whole: [(Fault, Corrupt); 5] = [
            (halved(1), |p| {
                p.hand_overs[0].orders.remove(1);
            }),
            (halved(0), |p| {
                p.hand_overs[0].orders.remove(0);
            }),
            (Fault::Forgotten, |p| {
                p.hand_overs[0].orders.remove(2);
            }),
            (wrong(Record::Replaced), |p| {
                p.hand_overs[0].orders.remove(2);
            }),
            (Fault::GroupServedTwice { other }, |p| {
                let again = HandedOver {
                    order: OrderId::new(3),
                    ..p.hand_overs[0].orders[2]
                };
                p.hand_overs[0].orders.push(again);
            }),
        ];
        let (remote, all) = remote_day();
        for (fault, corrupt) in whole {
            let mut plan = all.clone();
            corrupt(&mut plan);
            let found: Vec<Fault> = plan.check(&remote).iter().map(Violation::fault).collect();
            assert!(found.contains(&fault), "{fault}: {found:?}");
        }
        // Handed over beside being served, and beside being left out.
        for order in [0, 2] {
            let mut plan = plan.clone();
            plan.hand_overs[0].orders.push(taken(order));
            let found = faults(&plan);
            assert!(found.contains(&Fault::HandedOverToo), "{order}: {found:?}");
        }
    }
}
