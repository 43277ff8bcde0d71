//! What holds for any model, plan and text.

use super::*;
use proptest::prelude::*;

fn any_place(kind: u8) -> BoxedStrategy<Place> {
    match kind {
        0 => (-90.0..90.0, -180.0..180.0)
            .prop_map(|(a, b)| Place::geo(a, b))
            .boxed(),
        1 => (
            -1e12..1e12,
            any::<f32>().prop_filter("finite", |v| v.is_finite()),
        )
            .prop_map(|(x, y)| Place::plane(x, f64::from(y)))
            .boxed(),
        _ => any::<u32>().prop_map(Place::row).boxed(),
    }
}

prop_compose! {
    fn any_order()(
        name in "\\PC{0,12}",
        pickup in any::<bool>(),
        place in (0..3_u8).prop_flat_map(any_place),
        quantities in prop::collection::vec(any::<i64>().prop_map(Load), 0..3),
        window in prop::option::of((any::<i64>(), any::<i64>())),
        service in any::<i64>(),
        release in prop::option::of(any::<i64>()),
        promise in prop::option::of((any::<(i64, i64)>(), any::<(i64, i64)>())),
        ship_by in prop::option::of(any::<i64>()),
        price in prop::option::of(any::<i64>()),
    ) -> Order {
        let mut order = if pickup { Order::pickup(name, place) } else { Order::drop_off(name, place) };
        order.quantities = quantities;
        order.window = window.map(|(a, b)| Window::new(Time(a), Time(b)));
        order.service = Duration(service);
        order.release = release.map(Time);
        order.promise = promise.map(|((from, until), (early, late))| {
            let window = Window::new(Time(from), Time(until));
            Promise::new(window).early(Cost(early)).late(Cost(late))
        });
        order.ship_by = ship_by.map(Time);
        order.price = price.map(Cost);
        order
    }
}

fn any_travel() -> impl Strategy<Value = TravelBy> {
    let convention = prop_oneof![
        Just(Convention::Rounded),
        Just(Convention::Dimacs),
        Just(Convention::Exact)
    ];
    let cells = || prop::collection::vec(prop::option::of(any::<i64>()), 9);
    let table = ("\\PC{0,5}", cells(), prop::option::of(cells())).prop_map(
        |(profile, distances, durations)| TravelTable {
            profile,
            distances: Table::from_cells(3, distances).unwrap(),
            durations: durations.map(|cells| Table::from_cells(3, cells).unwrap()),
        },
    );
    prop_oneof![
        convention.prop_map(TravelBy::Euclidean),
        (0.001..1e6, "\\PC{0,5}", 0.001..1e6).prop_map(|(kmh, profile, own)| TravelBy::Haversine {
            kmh,
            profiles: vec![milkrun::format::ProfileSpeed { profile, kmh: own }],
        }),
        prop::collection::vec(table, 0..3).prop_map(TravelBy::Tables),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a model states, sensible or not, its document says exactly that.
    #[test]
    fn models_go_round_exactly(
        orders in prop::collection::vec(any_order(), 0..6),
        paired in any::<bool>(),
        travel in prop::option::of(any_travel()),
        place in any_place(0),
        count in prop::option::of(any::<u32>()),
        shift in prop::option::of((any::<i64>(), any::<i64>())),
        capacity in prop::collection::vec(prop::option::of(any::<i64>()), 0..3),
        wages in (any::<i64>(), prop::option::of((any::<i64>(), any::<i64>()))),
        tallies in (any::<i64>(), prop::option::of(any::<u32>()), prop::option::of(any::<i64>()), any::<u32>()),
    ) {
        let mut model = Model::new();
        model.add_dimension("kg \"net\"");
        let depot = model.add_depot(Depot::new("\u{2028}hub", place));
        let mut vehicle = VehicleType::new("van", 1, depot).profile("van");
        vehicle.count = count;
        vehicle.shift = shift.map(|(a, b)| Window::new(Time(a), Time(b)));
        vehicle.capacity = capacity.into_iter().map(|c| c.map(Load)).collect();
        vehicle.cost_per_stop = Cost(tallies.0);
        vehicle.max_stops = tallies.1;
        vehicle.max_driving = tallies.2.map(Duration);
        vehicle.pace = tallies.3;
        vehicle.cost_per_waiting = Cost(wages.0);
        vehicle.overtime = wages.1.map(|(most, price)| Overtime { most: Duration(most), price: Cost(price) });
        model.add_vehicle_type(vehicle);
        let mut halves = None;
        for order in orders {
            // Every other one waits for the next; kinds and amounts need not match to be written down.
            match halves.take() {
                Some(pickup) => drop(model.add_pair(pickup, order)),
                None if paired => halves = Some(order),
                None => drop(model.add_order(order)),
            }
        }
        let text = json::write_model(&model, travel.as_ref());
        prop_assert_eq!(json::read_model(&text).unwrap(), (model, travel));
    }

    /// A plan's document, its neutral routes and its `.sol` lead back to the same plan.
    #[test]
    fn plans_go_round_exactly(
        points in prop::collection::vec((0..100_i32, 0..100_i32, 1..5_i64), 1..12),
        cuts in prop::collection::vec(any::<bool>(), 12),
        dropped in 0..3_usize,
    ) {
        let mut model = Model::new();
        let load = model.add_dimension("load");
        let depot = model.add_depot(Depot::new("depot", Place::plane(50.0, 50.0)));
        model.add_vehicle_type(VehicleType::new("van", 1, depot).unlimited().capacity(load, Load(20)));
        for (index, (x, y, q)) in points.iter().enumerate() {
            let place = Place::plane(f64::from(*x), f64::from(*y));
            model.add_order(Order::drop_off(format!("o\"{index}"), place).quantity(load, Load(*q)));
        }
        let problem = Problem::new(&model, &TravelBy::Euclidean(Convention::Exact)).unwrap();
        let mut drafts = vec![Vec::new()];
        for (order, cut) in cuts.iter().enumerate().take(points.len().saturating_sub(dropped)) {
            drafts.last_mut().unwrap().push(order);
            if *cut {
                drafts.push(Vec::new());
            }
        }
        let plan = Plan::new(&problem, drafts.iter().map(|stops| draft(stops)).collect());
        let numbering = Numbering::in_order(1, points.len());
        let again = |drafts| Plan::new(&problem, drafts);
        prop_assert_eq!(&again(json::read_plan(json::write_plan(&problem, &plan), &problem).unwrap()), &plan);
        prop_assert_eq!(&again(routes::read(routes::write(&plan, &numbering), &problem, &numbering).unwrap()), &plan);
        let solution = sol::read(sol::write(&plan, &numbering), &numbering).unwrap();
        prop_assert_eq!(solution.cost, Some(plan.cost().total()));
        prop_assert_eq!(&again(solution.routes), &plan);
    }

    /// No text at all makes a reader panic.
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), head in 0..9_usize) {
        let json = "{\"milkrun\":1,\"model\":{";
        let heads = [SQUARE, WINDOWS, SOLOMON, FLEET, DEPOTS, PRIZES, CORDEAU, LILIM, json];
        let mut text = heads[head].as_bytes().to_vec();
        text.truncate(text.len() - bytes.len().min(text.len() / 2));
        text.extend(&bytes);
        let _ = format::read(&text);
        let _ = sol::read(&bytes, &Numbering::in_order(1, 3));
    }
}
