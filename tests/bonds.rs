//! Pairs and groups on a day that changes: they come in, change, and go, as what they are.

use milkrun::error::{Error, Rule};
use milkrun::measure::{CarrierId, Cost, DimensionId, Load, OrderId, VehicleTypeId};
use milkrun::model::{Depot, Group, Model, Order, Place, VehicleType};
use milkrun::plan::RouteDraft;
use milkrun::problem::Edit;
use milkrun::solve::{Budget, LiveSolver};
use milkrun::travel::Euclidean;

const CRATES: DimensionId = DimensionId::new(0);

/// A yard with two vans for four crates each.
fn yard() -> Model {
    let mut model = Model::new();
    let crates = model.add_dimension("crates");
    let yard = model.add_depot(Depot::new("yard", Place::plane(0.0, 0.0)));
    model.add_vehicle_type(VehicleType::new("van", 2, yard).capacity(crates, Load(4)));
    model
}

fn from(name: &str, x: f64, crates: i64) -> Order {
    Order::pickup(name, Place::plane(x, 0.0)).quantity(CRATES, Load(crates))
}

fn to(name: &str, x: f64, crates: i64) -> Order {
    Order::drop_off(name, Place::plane(x, 0.0)).quantity(CRATES, Load(crates))
}

fn live(model: &Model) -> LiveSolver {
    let mut live = LiveSolver::new(model, Euclidean::rounded()).expect("a sound day");
    live.solve(Budget::iterations(50));
    live
}

/// The names on each route, sorted: which way round costs the same here.
fn routes(live: &LiveSolver) -> Vec<Vec<String>> {
    assert_eq!(live.plan().check(live.problem()), []);
    let name = |order: &OrderId| live.problem().names().order(*order).to_owned();
    let drafts = live.drafts().iter();
    let mut routes: Vec<Vec<String>> = drafts.map(|d| d.stops.iter().map(name).collect()).collect();
    for names in &mut routes {
        names.sort();
    }
    routes.sort();
    routes
}

fn rules(error: &Error) -> Vec<Rule> {
    let issues = error.issues().iter();
    issues.map(milkrun::error::Issue::rule).collect()
}

#[test]
fn a_pair_comes_in_and_goes_as_a_whole() {
    let mut model = yard();
    model.add_order(to("a", 5.0, 1));
    let mut live = live(&model);
    let applied = live
        .apply([Edit::AddPair(from("b", 3.0, 2), to("c", 6.0, 2))])
        .expect("a sound pair");
    let [b, c] = applied.added[..] else {
        panic!("two ids: {applied:?}");
    };
    assert_eq!(live.problem().mate(b), Some(c));
    assert_eq!(applied.unserved, []);
    assert_eq!(routes(&live), [["a", "b", "c"]]);

    // Both of its orders are no more, whichever is taken back, or both.
    let mut again = vec![vec![b], vec![c], vec![c, b]];
    while let Some(cancelled) = again.pop() {
        let edits = cancelled.into_iter().map(Edit::Cancel);
        live.apply(edits).expect("they are there");
        assert_eq!(routes(&live), [["a"]]);
        assert_eq!((live.order_id("b"), live.order_id("c")), (None, None));
        assert!(!live.problem().shape().paired);
        let pair = Edit::AddPair(from("b", 3.0, 2), to("c", 6.0, 2));
        let applied = live.apply([pair]).expect("a sound pair");
        let mut ids = applied.added;
        ids.sort_unstable();
        assert_eq!(ids, [b, c]);
        for ids in &mut again {
            ids.truncate(1);
        }
    }
}

#[test]
fn a_pair_stays_sound_through_changes() {
    let mut model = yard();
    let (b, c) = model.add_pair(from("b", 3.0, 2), to("c", 6.0, 2));
    let mut live = live(&model);
    // More goods than come in, or more than go out, are no transport.
    let more = [
        Edit::Change(b, from("b", 3.0, 3)),
        Edit::Change(c, to("c", 6.0, 3)),
    ];
    let [at_b, at_c] = more;
    let error = live.apply([at_b]).unwrap_err();
    assert_eq!(rules(&error), [Rule::Inconsistent]);
    let error = live.apply([Edit::Change(b, to("b", 3.0, 2))]).unwrap_err();
    assert_eq!(rules(&error), [Rule::Inconsistent]);
    live.apply([at_c, Edit::Change(b, from("b", 3.0, 3))])
        .expect("both carry three");
    assert_eq!(live.problem().quantity(c, CRATES), Load(3));
    assert_eq!(routes(&live), [["b", "c"]]);

    // Where its drop-off moves, the pair is put anew, and stays one.
    let applied = live
        .apply([Edit::Change(c, to("c", -6.0, 3))])
        .expect("sound");
    assert_eq!((applied.displaced, applied.unserved), (vec![b], vec![]));
    assert_eq!(live.problem().mate(c), Some(b));
    assert_eq!(routes(&live), [["b", "c"]]);
}

#[test]
fn a_route_that_is_overloaded_gives_up_a_pair_whole() {
    let mut model = yard();
    let (b, c) = model.add_pair(from("b", 20.0, 3), to("c", 40.0, 3));
    let d = model.add_order(to("d", 30.0, 1));
    let mut live = live(&model);
    assert_eq!(routes(&live), [["b", "c", "d"]]);
    // Two crates for d, which three do not leave room for; the pair is dearer to move than d.
    let applied = live.apply([Edit::Change(d, to("d", 30.0, 2))]);
    let applied = applied.expect("sound");
    assert_eq!(applied.unserved, []);
    assert_eq!(live.plan().check(live.problem()), []);

    // With one van there is room for the one, and then for the other.
    let van = VehicleTypeId::new(0);
    let heavy = [
        Edit::Vehicles(van, Some(1)),
        Edit::Change(b, from("b", 20.0, 5)),
        Edit::Change(c, to("c", 40.0, 5)),
    ];
    let applied = live.apply(heavy).expect("sound");
    assert_eq!(applied.unserved, [b, c]);
    assert_eq!(routes(&live), [["d"]]);
    let light = [
        Edit::Change(b, from("b", 20.0, 1)),
        Edit::Change(c, to("c", 40.0, 1)),
    ];
    let applied = live.apply(light).expect("sound");
    assert_eq!(applied.unserved, []);
    assert_eq!(routes(&live), [["b", "c", "d"]]);
}

#[test]
fn a_group_comes_in_changes_and_shrinks() {
    let mut model = yard();
    model.add_order(to("a", 5.0, 1));
    let mut live = live(&model);
    let group = vec![
        to("home", 20.0, 1),
        to("office", 8.0, 1),
        to("shop", 30.0, 1),
    ];
    let applied = live
        .apply([Edit::AddGroup(group, None)])
        .expect("a sound group");
    let [home, office, shop] = applied.added[..] else {
        panic!("three ids: {applied:?}");
    };
    let others: Vec<OrderId> = live.problem().alternatives(office).collect();
    assert_eq!(others, [shop, home]);
    assert_eq!(applied.unserved, []);
    assert_eq!(routes(&live), [["a", "office"]]);

    // One that is not served comes nearer.
    live.apply([Edit::Change(home, to("home", 4.0, 1))])
        .expect("sound");
    assert_eq!(routes(&live), [["a", "home"]]);
    // The one that is served is taken back: the next one is served at once.
    live.apply([Edit::Cancel(home)]).expect("it is there");
    assert_eq!(routes(&live), [["a", "office"]]);
    live.apply([Edit::Cancel(shop)]).expect("it is there");
    let error = live
        .apply([Edit::Change(
            office,
            to("office", 8.0, 1).price(Cost::units(1)),
        )])
        .unwrap_err();
    assert_eq!(rules(&error), [Rule::Inconsistent]);
    live.apply([Edit::Cancel(office)]).expect("it is there");
    assert_eq!(routes(&live), [["a"]]);
    assert!(!live.problem().shape().grouped);
}

#[test]
fn the_price_of_a_group_holds_as_long_as_one_of_it() {
    let mut live = live(&yard());
    let group = vec![to("near", 9.0, 1), to("far", 50.0, 1)];
    let price = Some(Cost::units(30));
    let applied = live
        .apply([Edit::AddGroup(group, price)])
        .expect("a sound group");
    let [near, far] = applied.added[..] else {
        panic!("two ids: {applied:?}");
    };
    assert_eq!(routes(&live), [["near"]]);
    // The way there costs 100, and leaving the group out 30.
    let applied = live.apply([Edit::Cancel(near)]).expect("it is there");
    assert_eq!(applied.unserved, [far]);
    assert_eq!(live.plan().cost().total(), Cost::units(30));
    live.apply([Edit::Change(far, to("far", 12.0, 1))])
        .expect("sound");
    assert_eq!(routes(&live), [["far"]]);
    assert_eq!(live.problem().price(far), price);
}

#[test]
fn what_comes_in_is_refused_with_all_its_faults() {
    let mut live = live(&yard());
    let error = live
        .apply([
            Edit::AddPair(
                to("a", 1.0, 1).price(Cost::units(1)),
                from("b", 2.0, 2).carrier_price(CarrierId::new(0), Cost::units(1)),
            ),
            Edit::AddGroup(vec![], Some(Cost(-1))),
            Edit::AddGroup(vec![to("c", 1.0, 1).price(Cost(1)), to("c", 2.0, 1)], None),
            Edit::Add(to("d", 1.0, 1).only_on([VehicleTypeId::new(70)])),
        ])
        .unwrap_err();
    let mut found = rules(&error);
    found.sort_unstable();
    let mut expected = vec![
        Rule::Inconsistent,     // a is no pickup,
        Rule::Inconsistent,     // and b no drop-off,
        Rule::Inconsistent,     // and they carry different amounts,
        Rule::Inconsistent,     // and only one may be left out;
        Rule::Inconsistent,     // no carrier takes half of a pair,
        Rule::UnknownReference, // and there is none.
        Rule::Empty,            // A group of nothing,
        Rule::OutOfRange,       // at less than nothing;
        Rule::Inconsistent,     // a price in a group
        Rule::DuplicateName,    // of two orders of one name;
        Rule::UnknownReference, // and no such van.
    ];
    expected.sort_unstable();
    assert_eq!(found, expected, "{error}");
    assert_eq!(live.problem().orders().count(), 0);
    assert_eq!(routes(&live), [[""; 0]; 0]);
}

/// Half of a pair, or two of a group, in a plan from elsewhere: what makes no plan is put right.
#[test]
fn a_plan_from_elsewhere_is_put_right() {
    let mut model = yard();
    let (b, c) = model.add_pair(from("b", 3.0, 2), to("c", 6.0, 2));
    let home = model.add_order(to("home", 7.0, 1));
    let office = model.add_order(to("office", 4.0, 1));
    model.add_group(Group::of([home, office]));
    let van = VehicleTypeId::new(0);
    let drafts = [
        vec![vec![c, home, office]],
        vec![vec![c, b]],
        vec![vec![b], vec![office, c, home]],
        vec![vec![b, home, b, c, c]],
    ];
    for stops in drafts {
        let drafts = stops.iter().map(|s| RouteDraft::new(van, s.clone()));
        let live = LiveSolver::new(&model, Euclidean::rounded()).expect("a sound day");
        let live = live.start_from(drafts.collect());
        let plan = live.plan();
        assert_eq!(plan.check(live.problem()), [], "{stops:?}");
        assert_eq!(plan.unserved().len(), 0, "{stops:?}");
        assert_eq!(plan.order_count(), 3, "{stops:?}");
    }
}
