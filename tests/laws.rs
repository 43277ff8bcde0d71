//! Laws that hold for every problem: segments may be joined in any grouping, the search's judge and the plan's judge
//! agree to the unit, changes of cost are predicted exactly, undo restores everything, and what a solve returns is a
//! valid plan that is no worse than its start.

mod random;

use milkrun::eval::{
    Around, Clock, ClockSegment, Duty, Halves, Lead, LegCost, Length, NONE, PeakSegment, Peaks,
    Penalties, Piece, Promises, Resource, Span, Sum, Tally, Tours, TripClock, Trips, Weight,
};
use milkrun::measure::{Cost, DepotId, Duration, OrderId, PlaceId, Time, Window};
use milkrun::model::{OrderKind, Place};
use milkrun::plan::{Fault, Plan, Route, RouteDraft, Violation};
use milkrun::problem::Problem;
use milkrun::search::Dice;
use milkrun::solve::{Budget, Outcome, Solver};
use milkrun::travel::{Leg, LegRequest, Travel};
use proptest::prelude::*;
use random::{
    ALL, HOLES, METRES, Recipe, any_routes, backhauls, cases, random_routes, recipes, unequal,
    worth,
};

/// What makes trips wait for one another, and that matter.
const TRIPS: u64 = random::RELOADS | random::RELEASES | random::WINDOWS | random::PAID_TIME;

/// The same day with promises, and some of what weighs against keeping them.
fn promised(recipe: Recipe, worked: u64) -> Recipe {
    use random::{FEW, PAID_TIME, PROMISES, SERVICE, SHIP_BY, WAGES, WINDOWS};
    let worked = worked & (FEW | PAID_TIME | SERVICE | SHIP_BY | WAGES | WINDOWS);
    Recipe {
        features: recipe.features | PROMISES | worked,
        ..recipe
    }
}

/// Beyond the cost of everything.
const ANY: i64 = 1 << 60;

/// Longer than any route here: such a distance has a leg in it that does not exist, or that its vehicle may not take.
const FAR: i64 = 1 << 43;

// ---------------------------------------------------------------------------------------------------------- segments

fn peaks() -> impl Strategy<Value = PeakSegment> {
    let amount = || -(1_i64 << 40)..1 << 40;
    (amount(), amount(), amount()).prop_map(|(initial, delta, peak)| PeakSegment {
        initial,
        delta,
        peak,
    })
}

fn stops() -> impl Strategy<Value = ClockSegment> {
    let length = prop_oneof![Just(0), 0..400_i64, Just(1 << 42)];
    (-500..500_i64, length, 0..60_i64, -500..900_i64).prop_map(
        |(earliest, length, service, release)| {
            let window = Window::new(Time(earliest), Time(earliest + length));
            ClockSegment::stop(window, service, release)
        },
    )
}

/// A run of stops, joined from the left.
fn runs() -> impl Strategy<Value = ClockSegment> {
    let more = prop::collection::vec((0..80_i64, stops()), 0..4);
    (stops(), more).prop_map(|(first, more)| {
        more.into_iter()
            .fold(first, |run, (leg, stop)| run.join(leg, stop))
    })
}

/// What a resource makes of the orders of a problem: any grouping of its joins is the same.
fn joins_in_any_grouping<R: Resource>(problem: &Problem, seed: u64) {
    groups_alike::<R>(problem, seed, 0.0);
}

/// The same with reloads among the orders, for resources that know them: long runs too, cut at random.
fn trips_join_in_any_grouping<R: Resource>(problem: &Problem, seed: u64) {
    for (round, share) in [0.0, 0.3, 0.5, 0.8].into_iter().enumerate() {
        groups_alike::<R>(problem, seed + 1000 * round as u64, share);
    }
    let resource = R::new(problem);
    let mut dice = Dice::new(seed, 5, 0);
    for _ in 0..8 {
        let pieces: Vec<(LegCost, R::Segment)> = (0..8)
            .map(|_| {
                let mut length = || dice.below(60) as i64;
                let (distance, duration) = (length(), length());
                let leg = LegCost { distance, duration };
                (leg, piece(&resource, problem, &mut dice, 0.45))
            })
            .collect();
        let left = pieces[1..].iter().fold(pieces[0].1, |whole, (leg, piece)| {
            resource.join(&whole, *leg, piece)
        });
        assert_eq!(left, cut_anywhere(&resource, &pieces, &mut dice));
    }
}

/// A run of pieces, each with the leg to it, joined from two parts that are joined likewise.
fn cut_anywhere<R: Resource>(
    resource: &R,
    pieces: &[(LegCost, R::Segment)],
    dice: &mut Dice,
) -> R::Segment {
    if let [(_, only)] = pieces {
        return *only;
    }
    let (front, back) = pieces.split_at(1 + dice.below(pieces.len() - 1));
    let (a, b) = (
        cut_anywhere(resource, front, dice),
        cut_anywhere(resource, back, dice),
    );
    resource.join(&a, back[0].0, &b)
}

/// A reload with this probability, else an order.
fn piece<R: Resource>(
    resource: &R,
    problem: &Problem,
    dice: &mut Dice,
    reloads: f64,
) -> R::Segment {
    if dice.chance(reloads) {
        let depot = DepotId::new(dice.below(problem.depot_count()));
        resource.reload(problem.depot_window(depot), problem.loading(depot).get())
    } else {
        resource.visit(problem, dice.below(problem.order_count()))
    }
}

/// Four pieces, each a reload with this probability, else an order.
fn groups_alike<R: Resource>(problem: &Problem, seed: u64, reloads: f64) {
    let resource = R::new(problem);
    let mut dice = Dice::new(seed, 3, 0);
    let mut some = || {
        let mut leg = || LegCost {
            distance: dice.below(100) as i64,
            duration: dice.below(100) as i64,
        };
        let (a, b) = (leg(), leg());
        let node = piece(&resource, problem, &mut dice, reloads);
        (a, node, b)
    };
    let ((_, a, ab), (_, b, bc), (_, c, cd), (_, d, _)) = (some(), some(), some(), some());
    let join = |x, leg, y| resource.join(&x, leg, &y);
    let left = join(join(join(a, ab, b), bc, c), cd, d);
    assert_eq!(
        left,
        join(a, ab, join(b, bc, join(c, cd, d))),
        "from the right"
    );
    assert_eq!(left, join(join(a, ab, b), bc, join(c, cd, d)), "in pairs");
    let whole = join(join(resource.leave(0), ab, left), cd, resource.arrive(0));
    let ends_first = join(resource.leave(0), ab, join(left, cd, resource.arrive(0)));
    assert_eq!(whole, ends_first, "with the ends of a route");
    // No route is charged less than a run in it.
    let (near, far) = (join(b, bc, c), join(c, cd, d));
    let front = join(resource.leave(0), ab, join(a, ab, b));
    for weight in [Weight::soft(0.5), Weight::soft(4_000_000.0)] {
        let penalties = Penalties::all(weight);
        let charge = resource.charge(&whole, 0, &penalties);
        assert!(resource.charge_unordered(&whole, 0, &penalties) <= charge);
        for run in [a, near, far, left, front, whole] {
            assert!(resource.at_least(&run, 0, &penalties) <= charge);
        }
    }
}

proptest! {
    #![proptest_config(cases(512))]

    /// Holds for all numbers, whether or not a load could look like that.
    #[test]
    fn peaks_join_in_any_grouping(a in peaks(), b in peaks(), c in peaks()) {
        prop_assert_eq!(a.join(b).join(c), a.join(b.join(c)));
    }

    /// Holds in all five fields for runs of stops whose windows are not reversed, legs that are not negative, whatever
    /// the lateness and waiting inside.
    #[test]
    fn clocks_join_in_any_grouping(a in runs(), b in runs(), c in runs(), ab in 0..80_i64, bc in 0..80_i64) {
        prop_assert_eq!(a.join(ab, b).join(bc, c), a.join(ab, b.join(bc, c)));
        prop_assert!(a.earliest <= a.latest && a.warp >= 0 && a.duration >= 0);
    }

    /// A clock segment says what a stopwatch says: leaving within [earliest, latest] takes `duration` with `warp` back
    /// in time, earlier leaving takes as much longer, later leaving warps as much more.
    #[test]
    fn a_clock_is_a_stopwatch(
        first in stops(),
        more in prop::collection::vec((0..80_i64, stops()), 0..5),
        leaves in -700..700_i64,
    ) {
        let run = more.iter().fold(first, |run, (leg, stop)| run.join(*leg, *stop));
        let (mut now, mut warp) = (leaves, 0);
        for (leg, stop) in std::iter::once((0, first)).chain(more) {
            now = (now + leg).max(stop.earliest);
            warp += (now - stop.latest).max(0);
            now = now.min(stop.latest) + stop.duration;
        }
        let late = (leaves - run.latest).max(0);
        prop_assert_eq!(warp, run.warp + late, "warp");
        prop_assert_eq!(now + warp - leaves, run.duration + (run.earliest - leaves).max(0), "duration");
    }

    #[test]
    fn resources_join_in_any_grouping(recipe in recipes(6, ALL)) {
        let (_, _, problem) = recipe.problem();
        joins_in_any_grouping::<Sum>(&problem, recipe.seed);
        joins_in_any_grouping::<Span>(&problem, recipe.seed);
        joins_in_any_grouping::<Length>(&problem, recipe.seed);
        joins_in_any_grouping::<Clock>(&problem, recipe.seed);
        joins_in_any_grouping::<(Lead, Halves)>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<1>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<2>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<3>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<4>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<8>>(&problem, recipe.seed);
        joins_in_any_grouping::<(Span, (Peaks<2>, Clock))>(&problem, recipe.seed);
        joins_in_any_grouping::<(Tally, (Span, (Peaks<8>, Duty)))>(&problem, recipe.seed);
    }

    #[test]
    fn resources_of_trips_join_in_any_grouping(recipe in recipes(6, ALL), timed in any::<bool>()) {
        let features = recipe.features | if timed { TRIPS } else { 0 };
        let recipe = Recipe { features, ..recipe };
        let (_, _, problem) = recipe.problem();
        trips_join_in_any_grouping::<Trips<1>>(&problem, recipe.seed);
        trips_join_in_any_grouping::<Trips<2>>(&problem, recipe.seed);
        trips_join_in_any_grouping::<Trips<8, 8>>(&problem, recipe.seed);
        trips_join_in_any_grouping::<TripClock>(&problem, recipe.seed);
        trips_join_in_any_grouping::<Duty>(&problem, recipe.seed);
        trips_join_in_any_grouping::<(Trips<1>, TripClock)>(&problem, recipe.seed);
        trips_join_in_any_grouping::<(Tally, (Span, (Trips<8, 8>, Duty)))>(&problem, recipe.seed);
    }
}

// ---------------------------------------------------------------------------------------------------- the two judges

/// Runs a law on each of the solver's sets of resources that covers the problem.
macro_rules! on_every_covering_set {
    ($problem:expr, $law:ident, $($argument:expr),*) => {{
        let shape = *$problem.shape();
        let worked = shape.tallied || shape.waged || shape.shipped_by;
        let plain = shape.dimensions <= 1 && !shape.mixed_loads;
        let even = uniform($problem);
        let last = $problem.fleet().iter().all(|t| t.backhauls.are_last());
        let halved = last && shape.dimensions <= 1 && !shape.exchanges;
        if !shape.promised && even && halved && !shape.timed && !shape.reloads && !worked {
            $law::<(Lead, Halves)>($problem, $($argument),*);
        }
        if !shape.reloads {
            $law::<(Lead, (Tally, (Span, (Peaks<8>, Promises))))>($problem, $($argument),*);
        }
        if shape.promised { return Ok(()); }
        if !shape.reloads {
            $law::<(Lead, (Tally, (Span, (Peaks<8>, Duty))))>($problem, $($argument),*);
        }
        if shape.backhauls { return Ok(()); }
        $law::<(Tally, (Span, (Trips<8, 8>, Duty)))>($problem, $($argument),*);
        if !shape.reloads { $law::<(Tally, (Span, (Peaks<8>, Duty)))>($problem, $($argument),*); }
        if worked { return Ok(()); }
        let fetched = shape.reloads && shape.under_way;
        if !fetched { $law::<(Tally, (Span, (Trips<8>, Duty)))>($problem, $($argument),*); }
        if even && shape.dimensions <= 1 && !fetched { $law::<(Trips<1>, TripClock)>($problem, $($argument),*); }
        if !shape.reloads {
        if even && plain && !shape.timed { $law::<Sum>($problem, $($argument),*); }
        if even && plain { $law::<(Sum, Clock)>($problem, $($argument),*); }
        if plain && !shape.timed { $law::<(Sum, Span)>($problem, $($argument),*); }
        let measured = plain && !shape.timed && shape.symmetric && one_profile($problem);
        if measured { $law::<(Sum, Length)>($problem, $($argument),*); }
        if even && shape.dimensions <= 2 { $law::<(Peaks<2>, Clock)>($problem, $($argument),*); }
        if shape.dimensions <= 2 { $law::<(Span, (Peaks<2>, Clock))>($problem, $($argument),*); }
        $law::<(Span, (Peaks<8>, Clock))>($problem, $($argument),*);
        }
    }};
}

/// Whether distance costs all vehicles the same, along the same legs, without a limit.
fn uniform(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    let alike = |t: &milkrun::problem::FleetType| {
        t.max_distance.is_none()
            && t.profile == fleet[0].profile
            && t.cost_per_distance == fleet[0].cost_per_distance
    };
    fleet.iter().all(alike)
}

/// Whether all vehicles travel the same legs.
fn one_profile(problem: &Problem) -> bool {
    let fleet = problem.fleet();
    fleet.iter().all(|t| t.profile == fleet[0].profile)
}

fn nodes<R: Resource>(tours: &Tours<'_, R>, draft: &RouteDraft) -> Vec<u32> {
    let mut nodes = Vec::new();
    let mut reloads = draft.reloads.iter().peekable();
    for (index, order) in draft.stops.iter().enumerate() {
        let reload = reloads.next_if(|reload| reload.before == index);
        nodes.extend(reload.map(|reload| reload.depot.index() as u32));
        nodes.push(tours.first_order() + order.index() as u32);
    }
    nodes
}

fn assigned<'p, R: Resource>(problem: &'p Problem, drafts: &[RouteDraft]) -> Tours<'p, R> {
    let mut tours = Tours::<R>::new(problem);
    for draft in drafts {
        let stops = nodes(&tours, draft);
        tours.assign(draft.vehicle_type.index(), &stops);
    }
    tours
}

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

// ------------------------------------------------------------------------------------------------- changes and undo

/// All that is observable of settled tours.
#[allow(clippy::format_push_string, reason = "a test may allocate")]
fn portrait<R: Resource>(tours: &mut Tours<'_, R>, routes: u32) -> String {
    (0..routes).for_each(|route| tours.freshen(route));
    let mut text = format!("{} {:?}", tours.cost(), tours.absent());
    for route in 0..routes {
        let entry = *tours.route(route);
        text += &format!(
            "\n{} {} {} {:?} {} {} {}:",
            entry.vehicle,
            entry.size,
            entry.distance,
            entry.whole,
            entry.charge,
            entry.cost,
            entry.stale
        );
        let ends = [tours.start(route), tours.end(route)];
        for node in ends.into_iter().chain(tours.stops(route)) {
            text += &format!(" {node} {:?}", tours.node(node));
            if R::COLUMNS && tours.is_stop(node) {
                let vehicle = entry.vehicle;
                let next = tours.node(node).next;
                text += &format!(
                    " {}",
                    tours.charge_of(vehicle, &[Piece::Before(node), Piece::After(next)])
                );
            }
        }
    }
    for node in tours.absent() {
        let slot = tours.node(*node);
        text += &format!("\n{node} {} {}", slot.route, slot.position);
    }
    for node in tours.first_order()..tours.orders_end() {
        text += &format!(" {} {}", tours.node(node).route, tours.is_absent(node));
    }
    (0..tours.problem().fleet().len()).for_each(|t| text += &format!(" {}", tours.has_vehicle(t)));
    text
}

/// One random change by the public ways of changing tours, with its prediction checked.
fn change<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    match dice.below(6) {
        1 if tours.has_reloads() => insert_trip(tours, dice),
        0 | 1 => insert(tours, dice),
        2 => open(tours, dice),
        3 => remove(tours, dice),
        4 => rearrange_one(tours, dice),
        _ => rearrange_two(tours, dice),
    }
    tours.settle();
    assert_eq!(tours.cost(), tours.recomputed_cost());
}

fn pick<T: Copy>(dice: &mut Dice, from: &[T]) -> Option<T> {
    (!from.is_empty()).then(|| from[dice.below(from.len())])
}

fn filled<R: Resource>(tours: &Tours<'_, R>) -> Vec<u32> {
    let routes = 0..tours.route_count() as u32;
    routes.filter(|r| tours.route(*r).size > 0).collect()
}

fn insert<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    let (Some(node), Some(route)) = (pick(dice, tours.absent()), pick(dice, &filled(tours))) else {
        return;
    };
    tours.freshen(route);
    let mut behind: Vec<u32> = tours.stops(route).collect();
    behind.push(tours.start(route));
    let prev = behind[dice.below(behind.len())];
    let (next, vehicle) = (tours.node(prev).next, tours.route(route).vehicle);
    let (into, on) = (
        tours.distance(vehicle, prev, node),
        tours.distance(vehicle, node, next),
    );
    let arcs = into + on - tours.distance(vehicle, prev, next);
    let gain = tours.insertion(node, prev, next, [into, on], ANY);
    if into.max(on) >= FAR {
        assert_eq!(gain, ANY, "a leg that does not exist is never worth it");
        return;
    }
    // A bound only cuts off what is not below it, or what gains by shortening a route that it makes longer.
    let below = gain + dice.below(7) as i64 - 3;
    let bounded = tours.insertion(node, prev, next, [into, on], below);
    let detours = gain >= arcs * tours.distance_price(vehicle);
    assert!(bounded >= below || bounded == gain);
    assert!(bounded == gain || gain >= below || !detours);
    let may_fit = tours.may_fit(node, route);
    let before = tours.cost();
    let spared = tours.absence_saved(node);
    tours.insert(node, prev);
    assert_eq!(
        tours.cost(),
        before + gain - spared,
        "insertion was predicted exactly"
    );
    assert!(
        may_fit || tours.route(route).charge >= 1 << 34,
        "what may not fit is penalised"
    );
}

/// An order with a reload beside it.
fn insert_trip<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    let (Some(node), Some(route)) = (pick(dice, tours.absent()), pick(dice, &filled(tours))) else {
        return;
    };
    let vehicle = tours.route(route).vehicle;
    let Some(depot) = pick(dice, tours.reload_depots(vehicle)) else {
        return;
    };
    let depot = depot.index() as u32;
    tours.freshen(route);
    let mut behind: Vec<u32> = tours.stops(route).collect();
    behind.push(tours.start(route));
    let prev = behind[dice.below(behind.len())];
    let around = if dice.chance(0.5) {
        Around::Before(depot)
    } else {
        Around::After(depot)
    };
    let gain = tours.trip_insertion(node, prev, around, ANY);
    if gain == ANY {
        return;
    }
    let below = gain + dice.below(7) as i64 - 3;
    let bounded = tours.trip_insertion(node, prev, around, below);
    assert!(bounded >= below || bounded == gain);
    let before = tours.cost();
    let spared = tours.absence_saved(node);
    tours.insert(node, prev);
    match around {
        Around::Before(depot) => tours.insert_reload(depot, prev),
        Around::After(depot) => tours.insert_reload(depot, node),
    }
    tours.settle();
    assert_eq!(
        tours.cost(),
        before + gain - spared,
        "a trip was predicted exactly"
    );
    let reloads = |tours: &Tours<'_, R>| tours.stops(route).filter(|s| tours.is_reload(*s)).count();
    if dice.chance(0.3) {
        let (cost, had) = (tours.cost(), reloads(tours));
        // A trip without orders goes whatever it brings, as where the way by its depot is the shorter one.
        let routes = 0..tours.route_count() as u32;
        let idle = routes.flat_map(|r| tours.stops(r)).any(|stop| {
            let node = tours.node(stop);
            tours.is_reload(stop) && !(tours.is_order(node.prev) && tours.is_order(node.next))
        });
        tours.spare_reloads();
        assert!((idle || tours.cost() <= cost) && reloads(tours) <= had);
    }
}

fn open<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    let vehicle = dice.below(tours.problem().fleet().len());
    let Some(node) = pick(dice, tours.absent()) else {
        return;
    };
    let Some(gain) = tours.opening(node, vehicle) else {
        return;
    };
    let had = tours.has_vehicle(vehicle);
    let before = tours.cost();
    let spared = tours.absence_saved(node);
    assert_eq!(tours.send(node, vehicle), had);
    if !had {
        return;
    }
    tours.settle();
    assert_eq!(
        tours.cost(),
        before + gain - spared,
        "opening was predicted exactly"
    );
}

fn remove<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    for _ in 0..=dice.below(3) {
        let on_routes = tours.first_order()..tours.orders_end();
        let served = on_routes.filter(|node| tours.node(*node).route != NONE);
        let Some(node) = pick(dice, &served.collect::<Vec<_>>()) else {
            return;
        };
        let entry = *tours.node(node);
        let vehicle = tours.route(entry.route).vehicle;
        // Nothing takes out a stop between two that no leg joins, unless that leg is mended in the same group.
        if tours.distance(vehicle, entry.prev, entry.next) < FAR {
            tours.remove(node);
            // With it all of its group are absent, and nothing else.
            let group: Vec<u32> = tours.alternatives(node).chain([node]).collect();
            let behind = &tours.absent()[tours.absent().len() - group.len()..];
            assert!(behind.iter().all(|absent| group.contains(absent)));
            assert!(group.iter().all(|one| tours.is_absent(*one)));
        }
    }
}

/// A route cut into pieces: a beginning, runs of stops, and an end.
struct Cut {
    before: u32,
    runs: Vec<Vec<u32>>,
    after: u32,
}

fn cut<R: Resource>(tours: &mut Tours<'_, R>, route: u32, dice: &mut Dice) -> Cut {
    tours.freshen(route);
    let mut nodes = vec![tours.start(route)];
    nodes.extend(tours.stops(route));
    nodes.push(tours.end(route));
    let from = 1 + dice.below(nodes.len() - 1);
    let to = from + dice.below(nodes.len() - from);
    let mut runs: Vec<Vec<u32>> = Vec::new();
    for node in &nodes[from..to] {
        match runs.last_mut() {
            Some(run) if dice.chance(0.6) => run.push(*node),
            _ => runs.push(vec![*node]),
        }
    }
    Cut {
        before: nodes[from - 1],
        runs,
        after: nodes[to],
    }
}

/// Runs in a random order, some of them turned around, as pieces between two given ones, and the nodes they list.
fn proposal(
    before: u32,
    mut runs: Vec<Vec<u32>>,
    after: &[Piece],
    dice: &mut Dice,
) -> (Vec<Piece>, Vec<u32>) {
    dice.shuffle(&mut runs);
    let (mut pieces, mut order) = (vec![Piece::Before(before)], Vec::new());
    for run in runs {
        let (first, last) = (run[0], run[run.len() - 1]);
        if dice.chance(0.5) {
            pieces.push(Piece::Reversed(first, last));
            order.extend(run.iter().rev());
        } else if first == last {
            pieces.push(Piece::Node(first));
            order.push(first);
        } else {
            pieces.push(Piece::Run(first, last));
            order.extend(run);
        }
    }
    pieces.extend_from_slice(after);
    (pieces, order)
}

/// The length of a route along these nodes.
fn length<R: Resource>(tours: &Tours<'_, R>, vehicle: u32, nodes: &[u32]) -> i64 {
    let legs = nodes.windows(2);
    legs.map(|pair| tours.distance(vehicle, pair[0], pair[1]))
        .sum()
}

/// All nodes of a route once `order` stands between `before` and the node `after`, which ends or ended some route.
fn all_nodes<R: Resource>(
    tours: &Tours<'_, R>,
    before: u32,
    order: &[u32],
    after: u32,
) -> Vec<u32> {
    let mut nodes = vec![before];
    while let prev @ 0.. = tours.node(nodes[0]).prev
        && prev != NONE
    {
        nodes.insert(0, prev);
    }
    nodes.extend(order);
    let mut at = after;
    while at != NONE {
        nodes.push(at);
        at = tours.node(at).next;
    }
    nodes
}

/// Whether a move that was refused was made all the same, to see that it costs no less; not where other rules than the cost
/// may have refused it.
fn is_dear<R: Resource>(
    tours: &mut Tours<'_, R>,
    before: i64,
    arcs: i64,
    proposals: &[(u32, &[Piece])],
) -> bool {
    assert_eq!(tours.cost(), before);
    let shape = tours.problem().shape();
    let bound = shape.paired || shape.restricted || tours.has_reloads();
    if bound || arcs.abs() >= FAR / 2 || !tours.is_driveable() {
        return false;
    }
    tours.rearrange(proposals);
    assert!(tours.cost() >= before, "a move that gains is not refused");
    true
}

fn rearrange_one<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    let Some(route) = pick(dice, &filled(tours)) else {
        return;
    };
    let parts = cut(tours, route, dice);
    let (pieces, order) = proposal(parts.before, parts.runs, &[Piece::After(parts.after)], dice);
    let vehicle = tours.route(route).vehicle;
    let nodes = all_nodes(tours, parts.before, &order, parts.after);
    let arcs = length(tours, vehicle, &nodes) - tours.route(route).distance;
    let before = tours.cost();
    let charge = tours.charge_of(vehicle, &pieces);
    if dice.chance(0.5) || arcs >= FAR {
        let gained = tours.improve_one(arcs, route, &pieces);
        if !gained && !is_dear(tours, before, arcs, &[(route, &pieces)]) {
            return;
        }
        assert!(!gained || tours.cost() < before);
    } else {
        tours.rearrange(&[(route, &pieces)]);
    }
    assert_eq!(tours.route(route).distance, length(tours, vehicle, &nodes));
    if R::COLUMNS {
        assert_eq!(
            tours.route(route).charge,
            charge,
            "joined from pieces and walked"
        );
    }
    let inner: Vec<u32> = nodes[1..nodes.len() - 1].to_vec();
    assert_eq!(tours.stops(route).collect::<Vec<_>>(), inner);
}

fn rearrange_two<R: Resource>(tours: &mut Tours<'_, R>, dice: &mut Dice) {
    let routes = filled(tours);
    let (Some(a), Some(b)) = (pick(dice, &routes), pick(dice, &routes)) else {
        return;
    };
    if a == b {
        return;
    }
    let (one, two) = (cut(tours, a, dice), cut(tours, b, dice));
    let (first, second) = (tours.route(a).vehicle, tours.route(b).vehicle);
    // Tails may be exchanged as they are only between vehicles of one type.
    let swaps_tails = first == second && dice.chance(0.5);
    let (end_a, end_b) = if swaps_tails {
        (two.after, one.after)
    } else {
        (one.after, two.after)
    };
    let (pieces_a, order_a) = proposal(one.before, two.runs, &[Piece::After(end_a)], dice);
    let (pieces_b, order_b) = proposal(two.before, one.runs, &[Piece::After(end_b)], dice);
    let nodes_a = all_nodes(tours, one.before, &order_a, end_a);
    let nodes_b = all_nodes(tours, two.before, &order_b, end_b);
    let (long_a, long_b) = (
        length(tours, first, &nodes_a),
        length(tours, second, &nodes_b),
    );
    let arcs = long_a + long_b - tours.route(a).distance - tours.route(b).distance;
    let before = tours.cost();
    if dice.chance(0.5) || long_a.max(long_b) >= FAR {
        let gained = tours.improve_two(arcs, (a, &pieces_a), (b, &pieces_b));
        let proposals: [(u32, &[Piece]); 2] = [(a, &pieces_a), (b, &pieces_b)];
        if !gained && !is_dear(tours, before, arcs, &proposals) {
            return;
        }
        assert!(!gained || tours.cost() < before);
    } else {
        tours.rearrange(&[(a, &pieces_a), (b, &pieces_b)]);
    }
    assert_eq!(
        (tours.route(a).distance, tours.route(b).distance),
        (long_a, long_b)
    );
    let inner = |nodes: &[u32]| nodes[1..nodes.len() - 1].to_vec();
    assert_eq!(tours.stops(a).collect::<Vec<_>>(), inner(&nodes_a));
    assert_eq!(tours.stops(b).collect::<Vec<_>>(), inner(&nodes_b));
}

/// Groups of random changes, kept or taken back.
fn changes_are_predicted_and_undone<R: Resource>(
    problem: &Problem,
    drafts: &[RouteDraft],
    seed: u64,
) {
    let mut tours = assigned::<R>(problem, drafts);
    let mut dice = Dice::new(seed, 2, 0);
    for _ in 0..12 {
        let routes = tours.route_count() as u32;
        let before = portrait(&mut tours, routes);
        tours.begin();
        for _ in 0..=dice.below(5) {
            change(&mut tours, &mut dice);
        }
        if dice.chance(0.5) {
            tours.rollback();
            let after = portrait(&mut tours, routes);
            assert_eq!(before, after, "undo restores everything");
            assert!((routes..tours.route_count() as u32).all(|r| tours.route(r).size == 0));
        } else {
            tours.commit();
        }
        assert_eq!(tours.cost(), tours.recomputed_cost());
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn changes_of_cost_are_predicted_and_undo_restores_promises(
        recipe in recipes(14, ALL),
        worked in any::<u64>(),
    ) {
        let recipe = promised(recipe, worked);
        let (_, _, problem) = recipe.problem();
        let drafts = random_routes(&problem, &mut Dice::new(recipe.seed, 1, 0));
        let problem = &problem;
        on_every_covering_set!(problem, changes_are_predicted_and_undone, &drafts, recipe.seed);
    }

    #[test]
    fn changes_of_cost_are_predicted_and_undo_restores(recipe in prop_oneof![recipes(14, ALL), backhauls(14), unequal(14)]) {
        let (_, _, problem) = recipe.problem();
        let drafts = random_routes(&problem, &mut Dice::new(recipe.seed, 1, 0));
        let problem = &problem;
        on_every_covering_set!(problem, changes_are_predicted_and_undone, &drafts, recipe.seed);
    }
}

// ------------------------------------------------------------------------------------------------------------ solves

/// What holds for every outcome.
fn is_sound(problem: &Problem, outcome: &Outcome) {
    let plan = &outcome.plan;
    assert_eq!(outcome.violations, []);
    assert_eq!(plan.check(problem), []);
    let mut seen = vec![0; problem.order_count()];
    let stops = plan.routes().iter().flat_map(milkrun::plan::Route::stops);
    stops.for_each(|stop| seen[stop.order.index()] += 1);
    let handed = plan.hand_overs().iter().flat_map(|c| &c.orders);
    handed.for_each(|handed| seen[handed.order.index()] += 1);
    for group in problem.orders() {
        let mut group = problem.alternatives(group).chain([group]);
        assert!(group.by_ref().map(|o| seen[o.index()]).sum::<i32>() <= 1);
    }
    for one in plan.replaced() {
        assert_eq!(seen[one.by.index()], 1, "who replaces is served");
        seen[one.order.index()] += 1;
    }
    for left in plan.unserved() {
        let group = left.alternatives().iter().copied().chain([left.order()]);
        group.for_each(|order| seen[order.index()] += 1);
    }
    assert!(
        seen.iter().all(|count| *count == 1),
        "each order once: {seen:?}"
    );
    for unserved in plan.unserved() {
        assert!(!unserved.reason().code().is_empty());
    }
    assert_eq!(&Plan::new(problem, plan.drafts()), plan);
}

fn solve(problem: &Problem, seed: u64, iterations: u64) -> Outcome {
    Solver::new(problem)
        .seed(seed)
        .solve(Budget::iterations(iterations))
}

/// Short solves, from nothing and from earlier plans.
fn solves_are_sound(recipe: Recipe) {
    let (_, _, problem) = recipe.problem();
    let start = solve(&problem, 1, 0);
    let found = solve(&problem, 1, 200);
    is_sound(&problem, &start);
    is_sound(&problem, &found);
    assert!(
        worth(&found.plan) <= worth(&start.plan),
        "{:?} after {:?}",
        found.plan,
        start.plan
    );
    let stated: Option<Cost> = found.statistics.start_cost;
    assert_eq!(
        stated,
        start
            .plan
            .is_complete()
            .then_some(start.plan.cost().total())
    );
    // Its own output is a start that is taken over whole, and bettered or kept.
    let from = |drafts: Vec<RouteDraft>, iterations| {
        let solver = Solver::new(&problem).seed(2).start_from(drafts);
        solver.solve(Budget::iterations(iterations))
    };
    let kept = from(found.plan.drafts(), 0);
    is_sound(&problem, &kept);
    assert!(
        worth(&kept.plan) <= worth(&found.plan),
        "{:?} kept of {:?}",
        kept.plan,
        found.plan
    );
    let again = from(found.plan.drafts(), 100);
    is_sound(&problem, &again);
    assert!(worth(&again.plan) <= worth(&found.plan));
    // So is any list of routes: what keeps no limit is taken apart.
    let drafts = random_routes(&problem, &mut Dice::new(recipe.seed, 4, 0));
    is_sound(&problem, &from(drafts, 20));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn solves_of_random_days_are_sound(recipe in recipes(24, ALL & !METRES)) {
        solves_are_sound(recipe);
    }

    #[test]
    fn solves_of_days_with_backhauls_are_sound(recipe in backhauls(24)) {
        solves_are_sound(recipe);
    }

    #[test]
    fn solves_of_days_with_unequal_vehicles_are_sound(recipe in unequal(24)) {
        solves_are_sound(recipe);
    }

    #[test]
    fn solves_of_days_with_promises_are_sound(recipe in recipes(16, ALL & !HOLES), worked in any::<u64>()) {
        solves_are_sound(promised(recipe, worked));
    }

    #[test]
    fn solves_of_days_without_holes_are_sound(recipe in recipes(12, ALL & !HOLES)) {
        solves_are_sound(recipe);
    }
}

/// Missing legs are kept out by the price of a very long distance, which is nothing where distance is free, and more
/// than fits where it is dear in steps.
#[test]
fn missing_legs_are_kept_out_at_any_price() {
    use random::{DEPOTS, FEW, HOURS, OPTIONAL, PAID_TIME};
    solves_are_sound(Recipe {
        seed: 6_307_993,
        orders: 5,
        features: OPTIONAL | DEPOTS | FEW | PAID_TIME | HOURS | HOLES | METRES,
    });
}

/// A plan that leaves out pickups is not made dearer by sending them a vehicle whose cost nobody shares.
#[test]
fn pickups_left_out_stay_so_where_they_do_not_pay() {
    use random::{BACKHAULS, FIXED, OPTIONAL};
    solves_are_sound(Recipe {
        seed: 3_328_329_774,
        orders: 2,
        features: OPTIONAL | FIXED | BACKHAULS,
    });
}

/// Savings turn a chain round to test whether it joins another. Where it does not it stays as it was: vehicles that end
/// anywhere may have too far to go to what would be its first stop.
#[test]
fn chains_that_are_not_joined_are_not_turned_round() {
    use random::{BACKHAULS, LONGEST, OPEN_ENDS};
    solves_are_sound(Recipe {
        seed: 3_721_043_657,
        orders: 20,
        features: OPEN_ENDS | LONGEST | HOLES | BACKHAULS,
    });
}

/// Loading at a nearer depot before the first order would keep a shift that leaving the own depot with the goods does not;
/// plans have no trips without orders, so the search may not count on one.
#[test]
fn no_trip_is_without_orders() {
    use random::{
        DEPOTS, EPOCH, FEW, FIXED, LONGEST, METRES, PAID_TIME, PROFILES, RELEASES, RELOADS, SHIFTS,
        SLOW, TYPES,
    };
    solves_are_sound(Recipe {
        seed: 1_589_422_388,
        orders: 9,
        features: RELEASES
            | DEPOTS
            | TYPES
            | PROFILES
            | FEW
            | FIXED
            | PAID_TIME
            | LONGEST
            | SHIFTS
            | SLOW
            | EPOCH
            | METRES
            | RELOADS,
    });
}

/// A route that begins with a reload, as one may while stops are taken out, is offered to vehicles of another type.
#[test]
fn routes_that_begin_with_a_reload_may_change_vehicles() {
    use random::{ASYMMETRIC, DEPOTS, DIMENSIONS, EPOCH, LOADS, LONGEST, PROFILES, RELOADS, TYPES};
    solves_are_sound(Recipe {
        seed: 605_613_591,
        orders: 8,
        features: LOADS
            | DIMENSIONS
            | DEPOTS
            | TYPES
            | PROFILES
            | LONGEST
            | ASYMMETRIC
            | EPOCH
            | RELOADS,
    });
}

proptest! {
    /// Each vehicle type travels the legs of its profile, as much slower or faster as it states.
    #[test]
    fn legs_are_those_of_the_profile_at_the_pace_of_the_type(recipe in recipes(5, ALL)) {
        let features = recipe.features | random::PACES | random::TYPES;
        let (model, travel, problem) = Recipe { features, ..recipe }.problem();
        let places: Vec<PlaceId> = (0..problem.place_count()).map(PlaceId::new).collect();
        let locations: Vec<Place> = places.iter().map(|p| problem.location(*p)).collect();
        for (stated, frozen) in model.vehicle_types().iter().zip(problem.fleet()) {
            let (profile, dense_cells) = (stated.profile.as_str(), 1_000);
            let request = LegRequest { profile, places: &locations, dense_cells };
            let legs = travel.legs(&request).unwrap();
            for (from, to) in places.iter().flat_map(|a| places.iter().map(move |b| (*a, *b))) {
                let slower = legs.leg(from, to).map(|leg| {
                    let percent = i64::from(stated.pace);
                    let hundredths = leg.duration.get() * percent;
                    Leg { duration: Duration((hundredths + 50).div_euclid(100)), ..leg }
                });
                prop_assert_eq!(problem.leg(frozen.profile, from, to), slower);
            }
        }
        let distinct: std::collections::HashSet<_> =
            model.vehicle_types().iter().map(|t| (&t.profile, t.pace)).collect();
        prop_assert_eq!(problem.profile_count(), distinct.len());
    }
}

/// Limits cannot be raised to more dimensions than the largest set of resources carries.
#[test]
fn more_than_eight_dimensions_are_refused() {
    use milkrun::measure::{DimensionId, Load};
    use milkrun::model::{Depot, Model, Order, VehicleType};
    let mut model = Model::new();
    let dimensions: Vec<DimensionId> = (0..9)
        .map(|d| model.add_dimension(format!("dimension {d}")))
        .collect();
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 2, depot);
    model.add_vehicle_type(van.capacity(dimensions[8], Load(1)));
    for name in ["a", "b"] {
        let order = Order::drop_off(name, Place::plane(5.0, 0.0));
        model.add_order(order.quantity(dimensions[8], Load(1)));
    }
    let mut limits = milkrun::problem::Limits::default();
    limits.dimensions = 9;
    let travel = milkrun::travel::Euclidean::rounded();
    let error = Problem::with_limits(&model, &travel, &limits).unwrap_err();
    assert_eq!(error.issues()[0].rule(), milkrun::error::Rule::TooLarge);
}
