//! What one edit does to a plan, and what is refused.

use crate::days::city;
use crate::ledger::agrees;
use milkrun::error::Rule;
use milkrun::measure::{Cost, Duration, Load, OrderId, Table, Time, VehicleTypeId, Window};
use milkrun::model::{Depot, Model, Order, Place, Promise, Reloads, VehicleType};
use milkrun::plan::RouteDraft;
use milkrun::problem::Edit;
use milkrun::solve::{Budget, LiveSolver, Status};
use milkrun::travel::{Euclidean, Haversine, LegRequest, Legs, Tables, Travel, TravelFault};

#[test]
fn ids_and_names_hold_and_cancelled_ids_are_used_again() {
    let (_, _, mut live) = city(false, 20);
    let third = live.order_id("first 3").expect("it was stated");
    assert_eq!(third, OrderId::new(3));
    live.solve(Budget::iterations(50));
    live.apply([Edit::Cancel(OrderId::new(2))])
        .expect("it is there");
    assert_eq!(live.order_id("first 2"), None);
    assert_eq!(live.order_id("first 3"), Some(third));
    assert_eq!(live.problem().order(OrderId::new(2)), None);
    assert!(!live.problem().has_order(OrderId::new(2)));
    assert_eq!(
        (live.problem().order_count(), live.plan().order_count()),
        (20, 19)
    );

    let late = |name: &str| Edit::Add(Order::drop_off(name, Place::plane(7.0, 7.0)));
    let applied = live
        .apply([late("late"), late("later")])
        .expect("sound orders");
    assert_eq!(applied.added, [OrderId::new(2), OrderId::new(20)]);
    assert_eq!(live.order_id("late"), Some(OrderId::new(2)));
    let order = live.problem().order(third).expect("it is there");
    live.apply([Edit::Change(
        third,
        Order {
            name: "renamed".to_owned(),
            ..order
        },
    )])
    .expect("a name is a name");
    assert_eq!(live.problem().names().order(third), "renamed");
    assert_eq!(
        (live.order_id("first 3"), live.order_id("renamed")),
        (None, Some(third))
    );
}

/// A promise may come and go with an order.
#[test]
fn promises_come_and_go() {
    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 1, depot).shift(Window::new(Time(0), Time(900)));
    model.add_vehicle_type(van);
    model.add_order(Order::drop_off("first", Place::plane(30.0, 0.0)));
    let slot = Promise::new(Window::new(Time(0), Time(5))).late(Cost::units(2));
    let hasty = Order::drop_off("hasty", Place::plane(10.0, 0.0)).promise(slot);
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).unwrap();
    let added = live.apply(vec![Edit::Add(hasty.clone())]).unwrap();
    let outcome = live.solve(Budget::iterations(100));
    assert_eq!(outcome.violations, []);
    // There at 10 at the earliest, on the way to the first.
    assert_eq!(live.plan().cost().promises, Cost::units(10));
    live.apply(vec![Edit::Cancel(added.added[0])]).unwrap();
    assert_eq!(live.plan().cost().promises, Cost::ZERO);
    assert!(!live.problem().shape().promised);
}

/// Trips live through edits: each keeps its orders, loses its reload with its last one, and one more may begin.
#[test]
fn a_day_of_trips_takes_orders_in_and_gives_them_up() {
    // A bike for one parcel, which may come back as often as it likes.
    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let shop = model.add_depot(Depot::new("shop", Place::plane(0.0, 0.0)));
    let bike = VehicleType::new("bike", 1, shop).capacity(parcels, Load(1));
    model.add_vehicle_type(bike.reloads(Reloads::at(shop)));
    let order = |name: &str, x| {
        let order = Order::drop_off(name, Place::plane(x, 0.0));
        order.quantity(parcels, Load(1))
    };
    for (name, x) in [("a", 1.0), ("b", 2.0), ("c", 3.0)] {
        model.add_order(order(name, x));
    }
    let mut live = LiveSolver::new(&model, Euclidean::rounded()).expect("a sound day");
    live.solve(Budget::iterations(200));
    let trips = |live: &LiveSolver| -> Vec<usize> {
        let drafts = live.drafts().iter();
        drafts.map(|draft| 1 + draft.reloads.len()).collect()
    };
    let cost = |live: &LiveSolver| live.plan().cost().total();
    assert_eq!((trips(&live), cost(&live)), (vec![3], Cost::units(12)));

    // Another one is another trip, at once; one less is one less, whichever it is.
    let applied = live.apply([Edit::Add(order("d", 4.0))]).expect("sound");
    assert_eq!(applied.unserved, []);
    assert_eq!((trips(&live), cost(&live)), (vec![4], Cost::units(20)));
    for (name, left) in [
        ("a", Cost::units(18)),
        ("d", Cost::units(10)),
        ("b", Cost::units(6)),
    ] {
        let id = live.order_id(name).expect("it is in the day");
        live.apply([Edit::Cancel(id)]).expect("sound");
        assert_eq!(live.plan().check(live.problem()), []);
        assert_eq!(cost(&live), left, "without {name}");
    }
    assert_eq!(trips(&live), [1]);

    // A plan from elsewhere is taken over with its trips; where one is overloaded, what is too much gets another.
    for reloads in [vec![1, 2], vec![2], vec![]] {
        let stops = (0..3).map(OrderId::new).collect();
        let whole = RouteDraft::new(VehicleTypeId::new(0), stops);
        let draft = reloads.iter().fold(whole, |d, at| d.reload(*at, shop));
        let live = LiveSolver::new(&model, Euclidean::rounded()).expect("a sound day");
        let live = live.start_from(vec![draft]);
        assert_eq!(live.plan().check(live.problem()), []);
        assert_eq!(
            (trips(&live), cost(&live)),
            (vec![3], Cost::units(12)),
            "{reloads:?}"
        );
    }
}

#[test]
fn all_faults_of_edits_are_said_at_once_and_nothing_is_changed() {
    let (_, ledger, mut live) = city(true, 20);
    live.solve(Budget::iterations(50));
    let before = live.plan();
    let bad = Order::drop_off("bad", Place::geo(152.0, 13.0)).service(Duration(-5));
    let error = live
        .apply([
            Edit::Add(Order::drop_off("fine", Place::geo(52.1, 13.1))),
            Edit::Add(bad),
            Edit::Add(Order::drop_off("first 4", Place::geo(52.1, 13.1))),
            Edit::Cancel(OrderId::new(99)),
            Edit::Vehicles(VehicleTypeId::new(9), Some(1)),
        ])
        .unwrap_err();
    let rules: Vec<Rule> = error
        .issues()
        .iter()
        .map(milkrun::error::Issue::rule)
        .collect();
    assert_eq!(
        rules,
        [
            Rule::UnknownReference,
            Rule::UnknownReference,
            Rule::OutOfRange,
            Rule::DuplicateName,
            Rule::BadCoordinate,
        ],
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("order 99: there is no order with this id")
    );
    assert_eq!(live.plan(), before);
    agrees(&live, &ledger);
}

#[test]
fn a_vehicle_that_is_gone_hands_its_route_over_whole_where_another_type_can_drive_it() {
    let mut model = Model::new();
    let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    let van = model.add_vehicle_type(VehicleType::new("van", 1, yard));
    let spare = VehicleType::new("spare", 1, yard).per_distance(Cost::units(3));
    let spare = model.add_vehicle_type(spare);
    for x in 1..6 {
        model.add_order(Order::drop_off(
            format!("order {x}"),
            Place::plane(f64::from(x), 1.0),
        ));
    }
    let mut live = LiveSolver::new(&model, Euclidean::exact()).expect("a sound day");
    live.solve(Budget::iterations(100));
    assert_eq!(live.drafts().len(), 1);
    let stops = live.drafts()[0].stops.clone();
    let applied = live
        .apply([Edit::Vehicles(van, Some(0))])
        .expect("a spare is left");
    assert_eq!((applied.displaced.len(), applied.unserved.len()), (5, 0));
    assert_eq!(live.drafts(), [RouteDraft::new(spare, stops.clone())]);
    // It comes back, and takes the route over when there is time to search.
    live.apply([Edit::Vehicles(van, Some(1))]).expect("a van");
    live.solve(Budget::iterations(400));
    assert_eq!(live.drafts()[0].vehicle_type, van);
    // With none at all, the day is one that nobody would take.
    let none = [Edit::Vehicles(van, Some(0)), Edit::Vehicles(spare, Some(0))];
    assert_eq!(
        live.apply(none).unwrap_err().issues()[0].rule(),
        Rule::Empty
    );
}

#[test]
fn a_route_that_is_overloaded_by_a_change_gives_up_one_stop() {
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(VehicleType::new("van", 2, yard).capacity(kg, Load(10)));
    let order = |x: u32, load| {
        let order = Order::drop_off(format!("order {x}"), Place::plane(f64::from(x), 5.0));
        order.quantity(kg, Load(load))
    };
    for x in 1..=5 {
        model.add_order(order(x, 2));
    }
    let mut live = LiveSolver::new(&model, Euclidean::exact()).expect("a sound day");
    live.solve(Budget::iterations(200));
    assert_eq!(live.drafts().len(), 1);
    let applied = live
        .apply([Edit::Change(OrderId::new(1), order(2, 4))])
        .expect("sound");
    assert_eq!((applied.displaced.len(), applied.unserved.len()), (1, 0));
    assert_eq!(live.drafts().len(), 2);
}

#[test]
fn new_places_of_tables_come_with_new_travel() {
    let table = |places: usize| {
        let cells = (0..places * places).map(|at| {
            let (from, to) = (at / places, at % places);
            Some((from as i64 - to as i64).abs())
        });
        Tables::new(Table::from_cells(places, cells.collect()).expect("whole rows"))
    };
    let mut model = Model::new();
    let yard = model.add_depot(Depot::new("yard", Place::row(0)));
    model.add_vehicle_type(VehicleType::new("van", 1, yard));
    model.add_order(Order::drop_off("near", Place::row(1)));
    let mut live = LiveSolver::new(&model, table(3)).expect("a sound day");
    live.solve(Budget::iterations(50));
    // A row that is there already may be used.
    let known = Order::drop_off("known", Place::row(2));
    let applied = live
        .apply([Edit::Add(known)])
        .expect("row 2 is in the table");
    assert!(applied.unserved.is_empty());
    // One that is not is said to be missing, and may come with the same edits.
    let far = || Edit::Add(Order::drop_off("far", Place::row(3)));
    let error = live.apply([far()]).unwrap_err().to_string();
    assert!(
        error.contains("order \"far\": row 3 is not in the table of 3 rows"),
        "{error}"
    );
    let applied = live
        .apply([far(), Edit::travel(table(4))])
        .expect("now it is");
    assert!(applied.unserved.is_empty());
    assert_eq!(live.plan().distance().get(), 6);
    // A table that lacks the row of an order that was cancelled will do.
    let far = live.order_id("far").expect("it was added");
    live.apply([Edit::Cancel(far), Edit::travel(table(3))])
        .expect("row 3 is not needed");
    assert_eq!(live.plan().distance().get(), 4);
}

/// A travel of the caller's own that answers otherwise each time it is asked.
struct Moody(std::sync::atomic::AtomicU32);

impl Travel for Moody {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        let asked = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Haversine::at_kmh(30.0 + f64::from(asked)).legs(request)
    }
}

#[test]
fn a_travel_that_changes_its_mind_is_asked_for_all_legs_again() {
    let (day, _, _) = city(true, 30);
    let mut live = LiveSolver::new(&day.model, Moody(0.into())).expect("a sound day");
    live.solve(Budget::iterations(50));
    for at in [52.2, 52.3] {
        let order = Order::drop_off(format!("at {at}"), Place::geo(at, 13.2));
        live.apply([Edit::Add(order)]).expect("a sound order");
        assert_eq!(live.plan().check(live.problem()), []);
        live.solve(Budget::iterations(50));
    }
}

#[test]
fn a_day_may_begin_and_end_empty() {
    let (_, _, mut live) = city(false, 0);
    assert_eq!(
        live.solve(Budget::iterations(10)).status,
        Status::NothingToDo
    );
    let one = || Edit::Add(Order::drop_off("one", Place::plane(5.0, 5.0)));
    let applied = live.apply([one()]).expect("a sound order");
    assert!(
        applied.unserved.is_empty(),
        "a plan of nothing is a plan to start from"
    );
    assert!(live.plan().is_complete());
    live.apply([Edit::Cancel(applied.added[0])])
        .expect("it is there");
    assert_eq!(
        live.solve(Budget::iterations(10)).status,
        Status::NothingToDo
    );
    assert_eq!(live.plan().routes().len(), 0);
    let applied = live.apply([one()]).expect("the name is free again");
    assert_eq!(applied.added, [OrderId::new(0)]);
    assert!(live.solve(Budget::iterations(10)).plan.is_complete());
}
