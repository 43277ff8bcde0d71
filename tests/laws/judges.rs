//! The two judges, `eval` and `plan`, agree to the unit.

use super::*;
use milkrun::model::OrderKind;
use milkrun::plan::{Fault, Route, Violation};

/// Whether a fault is that halves of a pair are apart, in the wrong order, or alone.
fn tears_a_pair(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::PairApart { .. } | Fault::PairReversed { .. } | Fault::PairHalved { .. }
    )
}

/// Whether the other half of a stop's pair, if it is in one, is on the route too, where it has to be.
fn is_whole(problem: &Problem, route: &Route, order: OrderId) -> bool {
    let place = |o: OrderId| route.stops().iter().position(|stop| stop.order == o);
    problem.mate(order).is_none_or(|mate| {
        let is_pickup = problem.kind(order) == OrderKind::Pickup;
        place(mate).is_some_and(|other| (place(order) < Some(other)) == is_pickup)
    })
}

/// Each route costs what walking it costs where it keeps all limits, and more where it does not; so does the plan.
fn the_judges_agree<R: Resource>(problem: &Problem, drafts: &[RouteDraft]) {
    let set = std::any::type_name::<R>();
    let tours = assigned::<R>(problem, drafts);
    assert_eq!(tours.cost(), tours.recomputed_cost());
    let plan = Plan::new(problem, drafts.to_vec());
    let violations = plan.check(problem);
    let step = tours.prices().step;
    // What orders on no route cost, as the plan has it.
    let paid = plan.cost().carriers.get() + plan.cost().unserved.get();
    let mandatory = plan.unserved().iter().filter(|u| u.is_mandatory());
    let mandatory = mandatory.count() as i64 * tours.prices().mandatory;
    let mut unserved = paid / step + mandatory;
    // Half of a pair that carriers take as a whole counts for nothing, or for both.
    let halved = problem.orders().any(|order| {
        let is_absent = |o: OrderId| tours.is_absent(tours.first_order() + o.index() as u32);
        let taken = !problem.carrier_prices(order).is_empty();
        let mate = problem.mate(order).filter(|_| taken);
        mate.is_some_and(|mate| is_absent(mate) != is_absent(order))
    });
    if tours.charging_carriers() == 0 && !halved {
        let absent = tours.absent().iter().filter(|n| tours.lead(**n) == **n);
        let prices = absent.map(|n| tours.absent_price(*n));
        assert_eq!(prices.sum::<i64>(), unserved, "{set}: orders on no route");
    }
    for (index, route) in plan.routes().iter().enumerate() {
        let entry = tours.route(index as u32);
        let walked = route.cost().total().get();
        let here = || violations.iter().filter(|v| v.route() == Some(index));
        // That pairs are whole is nothing that a segment says; what they carry is.
        // Nor is what a vehicle may carry.
        let barred = here().any(|v| v.fault() == Fault::NotOnThisVehicle);
        let weighed = |fault| !tears_a_pair(fault) && fault != Fault::NotOnThisVehicle;
        let broken = here().find(|v| weighed(v.fault()));
        match broken {
            None => assert_eq!(
                Some(walked),
                entry.cost.checked_mul(step),
                "{set}: route {index}"
            ),
            Some(why) => assert!(
                entry.cost > walked / step,
                "{set}: route {index} is not penalised: {why}"
            ),
        }
        let driven = route.distance().get();
        let forbidden = |v: &&Violation| v.fault() == Fault::DropOffBehindPickup;
        let forbidden = violations
            .iter()
            .filter(|v| v.route() == Some(index))
            .filter(forbidden);
        if forbidden.count() == 0 {
            assert_eq!(entry.distance, driven, "{set}: distance of route {index}");
        } else {
            assert!(entry.distance >= FAR, "{set}: order of route {index}");
        }
        unserved += entry.cost;
        // The same route offered to an empty plan: taken over where it keeps its limits, else left alone.
        let mut fresh = Tours::<R>::new(problem);
        let stops = nodes(&fresh, &drafts[index]);
        fresh.assign_if_kept(drafts[index].vehicle_type.index(), &stops);
        let taken = fresh.absent().len() < problem.order_count();
        let whole = route
            .stops()
            .iter()
            .all(|stop| is_whole(problem, route, stop.order));
        assert!(
            taken == (broken.is_none() && !barred) || !whole,
            "{set}: keeping limits on route {index}: {broken:?}"
        );
    }
    assert!(
        tours.cost() == unserved || halved,
        "{set}: routes and absent orders add up: {} and {unserved}",
        tours.cost()
    );
    for order in problem.orders() {
        let price = |o: OrderId| tours.absent_price(tours.first_order() + o.index() as u32);
        // A pair costs what both cost, at the same carrier; a group what its cheapest order does.
        let mate = problem.mate(order);
        let whole = price(order) + mate.map_or(0, price);
        let stated = |o: OrderId, carrier| {
            let mut prices = problem.carrier_prices(o).iter();
            prices.find(|c| c.carrier == carrier).map(|c| c.price)
        };
        let all = std::iter::once(order).chain(problem.alternatives(order));
        let carriers = all.flat_map(|o| problem.carrier_prices(o)).map(|c| {
            let other = mate.map(|mate| stated(mate, c.carrier).expect("it takes both"));
            c.price + other.unwrap_or(Cost::ZERO)
        });
        let other = mate.map(|mate| problem.price(mate).unwrap_or(Cost::ZERO));
        let own = problem
            .price(order)
            .map(|own| own + other.unwrap_or(Cost::ZERO));
        if let Some(stated) = carriers.chain(own).min() {
            let stated = Some(stated.get());
            assert_eq!(whole.checked_mul(step), stated, "{set}: price of {order}");
        }
    }
}

/// The check finds torn pairs, and only those: by the lists of stops alone.
fn torn_pairs_are_found(problem: &Problem, drafts: &[RouteDraft]) -> (usize, usize) {
    let plan = Plan::new(problem, drafts.to_vec());
    let torn: std::collections::BTreeSet<OrderId> = (plan.check(problem).iter())
        .filter(|v| tears_a_pair(v.fault()))
        .map(|v| v.order().expect("it is one order's matter"))
        .collect();
    let on = |order: OrderId| {
        let routes = plan.routes().iter();
        routes
            .into_iter()
            .find(|r| r.stops().iter().any(|s| s.order == order))
    };
    let (mut whole, mut halves) = (0, 0);
    for order in problem.orders() {
        let (Some(mate), Some(route)) = (problem.mate(order), on(order)) else {
            assert!(!torn.contains(&order));
            continue;
        };
        let found = torn.contains(&order) || torn.contains(&mate);
        assert_eq!(found, !is_whole(problem, route, order), "{order}");
        (whole, halves) = (whole + usize::from(!found), halves + usize::from(found));
    }
    (whole, halves)
}

/// Random routes with pairs have enough of both: whole ones, and torn ones.
#[test]
fn pairs_are_whole_or_said_to_be_torn() {
    let (mut whole, mut halves) = (0, 0);
    for seed in 0..400 {
        let features = random::PAIRS | random::LOADS | random::TYPES;
        let (_, _, problem) = Recipe {
            seed,
            orders: 10,
            features,
        }
        .problem();
        let drafts = random_routes(&problem, &mut Dice::new(seed, 1, 0));
        let found = torn_pairs_are_found(&problem, &drafts);
        (whole, halves) = (whole + found.0, halves + found.1);
    }
    assert!(
        whole > 2 * halves && halves > 100,
        "{whole} whole, {halves} torn"
    );
}

proptest! {
    #![proptest_config(cases(512))]

    /// With all that makes trips wait for one another.
    #[test]
    fn segments_say_what_walking_says_of_trips(recipe in recipes(8, ALL)) {
        let features = recipe.features | TRIPS;
        let (_, _, problem) = Recipe { features, ..recipe }.problem();
        let drafts = random_routes(&problem, &mut Dice::new(recipe.seed, 1, 0));
        let problem = &problem;
        on_every_covering_set!(problem, the_judges_agree, &drafts);
    }

    /// Where what is promised is missed at a price, and other things that bind the schedule cost too.
    #[test]
    fn segments_say_what_walking_says_of_promises(recipe in recipes(14, ALL), worked in any::<u64>()) {
        let recipe = promised(recipe, worked);
        let (_, _, problem) = recipe.problem();
        let routes = if recipe.seed.is_multiple_of(2) { any_routes } else { random_routes };
        let drafts = routes(&problem, &mut Dice::new(recipe.seed, 1, 0));
        let problem = &problem;
        on_every_covering_set!(problem, the_judges_agree, &drafts);
    }

    #[test]
    fn segments_say_what_walking_says(recipe in prop_oneof![recipes(14, ALL), backhauls(14), unequal(14)]) {
        let (_, _, problem) = recipe.problem();
        let routes = if recipe.seed.is_multiple_of(2) { any_routes } else { random_routes };
        let drafts = routes(&problem, &mut Dice::new(recipe.seed, 1, 0));
        let problem = &problem;
        on_every_covering_set!(problem, the_judges_agree, &drafts);
    }
}
