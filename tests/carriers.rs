//! Carriers: when they are called, when they are sent away, and what is said of it.

use milkrun::format::{geojson, html, json};
use milkrun::measure::{Cost, Load, OrderId, VehicleTypeId};
use milkrun::model::{Carrier, Depot, Group, Model, Order, Place, VehicleType};
use milkrun::plan::{Plan, RouteDraft};
use milkrun::problem::{Edit, Problem};
use milkrun::solve::{Budget, LiveSolver, SolveOptions, Solver};
use milkrun::travel::Euclidean;

/// Ten orders near the depot; and as many again, 1,000 away and 10 apart, which a carrier takes at 5 each. One van.
fn two_towns(fee: i64, limit: i64) -> Model {
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 2, depot).capacity(parcels, Load(limit));
    model.add_vehicle_type(van.per_distance(Cost::units(1)));
    let post = model.add_carrier(Carrier::new("post").pickup_fee(Cost::units(fee)));
    for number in 0..10 {
        for (town, x) in [("near", 10.0), ("far", 1000.0)] {
            let place = Place::plane(x, f64::from(number) * 10.0);
            let order = Order::drop_off(format!("{town} {number}"), place);
            let order = order.quantity(parcels, Load(1));
            model.add_order(order.carrier_price(post, Cost::units(5)));
        }
    }
    model
}

/// How many of the far orders, and how many of all, are handed over.
fn handed(plan: &Plan) -> (usize, usize) {
    let orders = plan.hand_overs().iter().flat_map(|c| &c.orders);
    let far = orders.filter(|h| plan.names().order(h.order).starts_with("far"));
    (far.count(), plan.handed_over_count())
}

#[test]
fn a_carrier_comes_where_its_fee_is_worth_it() {
    // By van: some 2,000 for the far town, 200 for the near one. By carrier: the fee, and 50 for each town.
    for (fee, expected) in [(20, (10, 20)), (1_900, (10, 20)), (2_500, (0, 0))] {
        let problem = Problem::new(&two_towns(fee, 20), &Euclidean::rounded()).unwrap();
        let all: Vec<OrderId> = problem.orders().collect();
        let by_van = vec![RouteDraft::new(VehicleTypeId::new(0), all)];
        for start in [None, Some(Vec::new()), Some(by_van)] {
            let solver = Solver::new(&problem).seed(1);
            let named =
                start.as_ref().map_or(
                    "nothing",
                    |s| if s.is_empty() { "carriers" } else { "vans" },
                );
            let solver = match start {
                None => solver,
                Some(drafts) => solver.start_from(drafts),
            };
            let outcome = solver.solve(Budget::iterations(3_000));
            assert_eq!(outcome.violations, []);
            assert_eq!(handed(&outcome.plan), expected, "fee {fee}, from {named}");
        }
    }
}

#[test]
fn days_with_fees_are_not_cut_into_cells() {
    let problem = Problem::new(&two_towns(1_900, 20), &Euclidean::rounded()).unwrap();
    let mut options = SolveOptions::default();
    (options.cells_from, options.cell_orders) = (2, 5);
    let solver = Solver::new(&problem).options(options);
    let outcome = solver.solve(Budget::iterations(2_000));
    let whole = Solver::new(&problem).solve(Budget::iterations(2_000));
    assert_eq!(outcome.plan, whole.plan);
    assert_eq!(outcome.statistics.epochs, whole.statistics.epochs);
    assert_eq!(handed(&outcome.plan), (10, 20));
    // Without one, prices are each order's own.
    let problem = Problem::new(&two_towns(0, 20), &Euclidean::rounded()).unwrap();
    let outcome = Solver::new(&problem)
        .options(options)
        .solve(Budget::iterations(2_000));
    assert!(outcome.statistics.epochs > whole.statistics.epochs);
    assert_eq!(outcome.plan.cost().total(), Cost::units(20 * 5));
}

#[test]
fn documents_say_what_carriers_take() {
    let model = two_towns(1_900, 20);
    let text = json::write_model(&model, None);
    assert_eq!(json::read_model(&text).unwrap().0, model);
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    let near: Vec<OrderId> = problem.orders().step_by(2).collect();
    let plan = Plan::new(&problem, vec![RouteDraft::new(VehicleTypeId::new(0), near)]);
    let text = json::write_plan(&problem, &plan);
    assert!(
        text.contains("\"carriers\":1950000000,\"unserved\":0"),
        "{text}"
    );
    let start = "\"hand_overs\":[{\"carrier\":\"post\",\"fee\":1900000000,\"cost\":1950000000,\
                 \"orders\":[{\"order\":\"far 0\",\"price\":5000000},";
    assert!(text.contains(start), "{text}");
    assert_eq!(json::read_plan(&text, &problem).unwrap(), plan.drafts());
    let ghost = text.replace("{\"order\":\"far 0\"", "{\"order\":\"far 1\"");
    let error = json::read_plan(&ghost, &problem).unwrap_err();
    assert!(error.to_string().contains("hand_overs"), "{error}");
    let map = geojson::write(&problem, &plan);
    assert_eq!(map.matches("\"kind\":\"handed_over\"").count(), 10, "{map}");
    assert!(html::write(&problem, &plan).contains("10 handed over to carriers"));
    // Without carriers nothing of it is said.
    let plan = Plan::new(
        &problem,
        vec![RouteDraft::new(
            VehicleTypeId::new(0),
            problem.orders().collect(),
        )],
    );
    let text = json::write_plan(&problem, &plan);
    assert!(
        !text.contains("hand_overs") && !text.contains("carriers"),
        "{text}"
    );
}

#[test]
fn a_live_day_hands_over_what_comes_in() {
    let model = two_towns(2_500, 20);
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    let first = live.solve(Budget::iterations(500)).plan;
    assert_eq!(handed(&first), (0, 0));
    // Nobody goes there at less than 10,000: the carrier is called for it, fee and all.
    let post = milkrun::measure::CarrierId::new(0);
    let remote = Order::drop_off("remote", Place::plane(-9_000.0, 0.0));
    let applied = live.apply([Edit::Add(remote.carrier_price(post, Cost::units(9)))]);
    applied.unwrap();
    assert_eq!(live.plan().hand_overs()[0].cost(), Cost::units(2_500 + 9));
    // Now that it comes, it takes all the rest too.
    let second = live.solve(Budget::iterations(2_000)).plan;
    assert_eq!(handed(&second), (10, 21));
    // A carrier that there is not takes nothing.
    let none = Order::drop_off("none", Place::plane(1.0, 0.0));
    let none = none.carrier_price(milkrun::measure::CarrierId::new(1), Cost(1));
    assert!(live.apply([Edit::Add(none)]).is_err());
}

/// A pair and a group, both 1,000 away, and a carrier that takes either at what is stated here; leaving out the halves of the
/// pair may have prices.
fn remote_day(pair: [i64; 2], own: Option<[i64; 2]>, group: [i64; 2]) -> (Model, [OrderId; 4]) {
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(VehicleType::new("van", 2, depot).per_distance(Cost::units(1)));
    let post = model.add_carrier(Carrier::new("post").pickup_fee(Cost::units(50)));
    let at = |y: f64| Place::plane(1_000.0, y);
    let taken = |order: Order, price: i64| order.carrier_price(post, Cost::units(price));
    let mut pickup = taken(Order::pickup("from", at(0.0)), pair[0]);
    let mut drop_off = taken(Order::drop_off("to", at(5.0)), pair[1]);
    if let Some([a, b]) = own.map(|own| own.map(Cost::units)) {
        (pickup, drop_off) = (pickup.price(a), drop_off.price(b));
    }
    let (from, to) = model.add_pair(pickup, drop_off);
    let home = model.add_order(taken(Order::drop_off("home", at(7.0)), group[0]));
    let office = model.add_order(taken(Order::drop_off("office", at(9.0)), group[1]));
    model.add_group(Group::of([home, office]));
    (model, [from, to, home, office])
}

#[test]
fn a_pair_is_handed_over_whole_and_a_group_once() {
    let (model, [from, to, home, office]) = remote_day([3, 4], None, [9, 6]);
    let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
    let plan = Solver::new(&problem).solve(Budget::iterations(300)).plan;
    assert_eq!(plan.check(&problem), []);
    let [post] = plan.hand_overs() else {
        panic!("one carrier: {plan}");
    };
    let orders: Vec<OrderId> = post.orders.iter().map(|handed| handed.order).collect();
    assert_eq!(orders, [from, to, office]);
    assert_eq!(post.cost(), Cost::units(50 + 3 + 4 + 6));
    assert_eq!(plan.replaced().len(), 1);
    assert_eq!(
        (plan.replaced()[0].order, plan.replaced()[0].by),
        (home, office)
    );
    assert!(plan.is_complete() && plan.unserved().is_empty());
    let text = json::write_plan(&problem, &plan);
    assert_eq!(json::read_plan(&text, &problem).unwrap(), []);

    // A van comes for one of them where the carrier is too dear for it, and takes the other along.
    for (pair, group) in [([900, 1_500], [2_500, 2_500]), ([1_990, 0], [2_050, 2_050])] {
        let (model, _) = remote_day(pair, None, group);
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let plan = Solver::new(&problem).solve(Budget::iterations(300)).plan;
        assert_eq!(
            (plan.handed_over_count(), plan.routes().len()),
            (0, 1),
            "{plan}"
        );
    }
}

#[test]
fn a_pair_that_may_be_left_out_is_left_out_or_handed_over_as_a_whole() {
    // Dearer with the carrier for its pickup, but cheaper in all; and dearer in all.
    for (prices, left) in [([10, 80], 2), ([10, 20], 0)] {
        let (model, _) = remote_day([30, 30], Some(prices), [1, 1]);
        let problem = Problem::new(&model, &Euclidean::rounded()).unwrap();
        let plan = Solver::new(&problem).solve(Budget::iterations(300)).plan;
        assert_eq!(plan.check(&problem), []);
        let pair = plan.hand_overs()[0].orders.len() - 1;
        assert_eq!((pair, plan.unserved().len()), (left, 2 - left), "{plan}");
    }
}
