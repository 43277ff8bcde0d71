//! Changes of cost are predicted exactly, and undo restores everything.

use super::*;
use milkrun::eval::{Around, NONE, Piece};
use milkrun::measure::DepotId;

/// Beyond the cost of everything.
const ANY: i64 = 1 << 60;

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
        let pays = tours.spare(route, route).pays(arcs);
        let gained = tours.improve_one(arcs, route, &pieces);
        assert!(pays || !gained, "what may be saved is bounded");
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
        let pays = tours.spare(a, b).pays(arcs);
        let gained = tours.improve_two(arcs, (a, &pieces_a), (b, &pieces_b));
        assert!(pays || !gained, "what may be saved is bounded");
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

/// The ends of routes are where their depots are, and to an open one it is no way.
fn ends_are_at_their_depots<R: Resource>(tours: &Tours<'_, R>) {
    for route in 0..tours.route_count() as u32 {
        let vehicle = tours.route(route).vehicle;
        let fleet = &tours.problem().fleet()[vehicle as usize];
        let distance = |from: u32, to: u32| tours.distance(vehicle, from, to);
        let (start, end) = (tours.start(route), tours.end(route));
        let depot = fleet.start.index() as u32;
        for stop in tours.stops(route).filter(|_| !R::RULED) {
            assert_eq!(distance(start, stop), distance(depot, stop));
            let back = |end: DepotId| distance(stop, end.index() as u32);
            assert_eq!(distance(stop, end), fleet.end.map_or(0, back));
        }
        if fleet.end.is_none() {
            assert_eq!(distance(start, end), 0);
        }
    }
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
        ends_are_at_their_depots(&tours);
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
