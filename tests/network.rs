//! Legs over a road network: against Floyd and Warshall, and at the edges of what a network can be.

use milkrun::error::Rule;
use milkrun::measure::{PlaceId, Table};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::travel::{
    LegRequest, Legs, ListedNode, ListedRoad, Road, RoadList, RoadNetwork, Travel, TravelFault,
};
use proptest::prelude::*;

/// A thousandth of a degree of latitude, about 111 metres.
const STEP: f64 = 0.001;

fn on_line(index: usize) -> Place {
    Place::geo(50.0 + STEP * index as f64, 7.0)
}

/// A network of nodes on a line north, and one-way roads (from, to, metres, kilometres an hour).
fn network(nodes: usize, roads: &[(usize, usize, f64, f64)]) -> RoadNetwork {
    let mut network = RoadNetwork::new();
    let nodes: Vec<_> = (0..nodes)
        .map(|i| network.add_node(50.0 + STEP * i as f64, 7.0))
        .collect();
    for (from, to, metres, kmh) in roads {
        network.add_road(nodes[*from], nodes[*to], Road::new(*metres, *kmh));
    }
    network
}

fn legs(network: &RoadNetwork, profile: &str, places: &[Place]) -> Result<Legs, Vec<TravelFault>> {
    network.legs(&LegRequest {
        profile,
        places,
        dense_cells: 1_000_000,
    })
}

fn leg(legs: &Legs, from: usize, to: usize) -> Option<(i64, i64)> {
    legs.leg(PlaceId::new(from), PlaceId::new(to))
        .map(|leg| (leg.distance.get(), leg.duration.get()))
}

/// The rules broken, each with the place at fault.
fn broken(result: Result<Legs, Vec<TravelFault>>) -> Vec<(Option<usize>, Rule)> {
    let faults = result.map(|_| ()).unwrap_err();
    assert!(faults.iter().all(|f| !f.advice.is_empty()));
    faults.iter().map(|f| (f.place, f.rule)).collect()
}

/// All fastest paths: milliseconds, then millimetres.
fn floyd_warshall(nodes: usize, roads: &[(usize, usize, f64, f64)]) -> Table<Option<(u64, u64)>> {
    let mut table = Table::from_cells(nodes, vec![None; nodes * nodes]).unwrap();
    for (from, to, metres, kmh) in roads {
        let road = (
            (metres * 3600.0 / kmh).round() as u64,
            (metres * 1000.0).round() as u64,
        );
        let cell = &mut table[(*from, *to)];
        *cell = Some(cell.map_or(road, |old: (u64, u64)| old.min(road)));
    }
    for node in 0..nodes {
        table[(node, node)] = Some((0, 0));
    }
    for middle in 0..nodes {
        for from in 0..nodes {
            for to in 0..nodes {
                if let (Some(a), Some(b)) = (table[(from, middle)], table[(middle, to)]) {
                    let through = (a.0 + b.0, a.1 + b.1);
                    let cell = &mut table[(from, to)];
                    *cell = Some(cell.map_or(through, |old| old.min(through)));
                }
            }
        }
    }
    table
}

fn roads(nodes: usize) -> impl Strategy<Value = Vec<(usize, usize, f64, f64)>> {
    let road = (
        0..nodes,
        0..nodes,
        0..3_000_u32,
        prop::sample::select(vec![10.0, 30.0, 50.0, 80.0]),
    );
    prop::collection::vec(road, 1..4 * nodes).prop_map(|roads| {
        roads
            .into_iter()
            .map(|(from, to, metres, kmh)| (from, to, f64::from(metres), kmh))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn legs_are_those_of_floyd_and_warshall((nodes, roads) in (2..12_usize).prop_flat_map(|n| (Just(n), roads(n)))) {
        let places: Vec<Place> = (0..nodes).map(on_line).collect();
        let truth = floyd_warshall(nodes, &roads);
        let has_road = |node| roads.iter().any(|(from, to, ..)| *from == node || *to == node);
        let cut_off = |node: usize| {
            (0..nodes).all(|other| other == node || truth[(node, other)].is_none())
                || (0..nodes).all(|other| other == node || truth[(other, node)].is_none())
        };
        // A place exactly at a node that has no road would be joined to a neighbour of that node.
        prop_assume!((0..nodes).all(has_road));
        match legs(&network(nodes, &roads).snap_anywhere(), "", &places) {
            Ok(legs) => for from in 0..nodes {
                for to in 0..nodes {
                    let expected = truth[(from, to)]
                        .map(|(ms, mm)| (((mm + 500) / 1000) as i64, ((ms + 500) / 1000) as i64));
                    prop_assert_eq!(leg(&legs, from, to), expected);
                }
            },
            Err(faults) => {
                let found: Vec<usize> = faults.iter().filter_map(|f| f.place).collect();
                let expected: Vec<usize> = (0..nodes).filter(|n| cut_off(*n)).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_legs(roads in roads(30)) {
        let network = network(30, &roads);
        let places: Vec<Place> = (0..30).map(on_line).collect();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| legs(&network.clone().snap_within(5_000.0), "", &places))
        };
        match (with(1), with(4)) {
            (Ok(one), Ok(four)) => for from in 0..30 {
                for to in 0..30 {
                    prop_assert_eq!(leg(&one, from, to), leg(&four, from, to));
                }
            },
            (one, four) => prop_assert_eq!(one.map(|_| ()), four.map(|_| ())),
        }
    }
}

#[test]
fn the_fastest_path_wins_and_the_shorter_of_two_equally_fast() {
    // 0 to 2: straight 900 m at 30 km/h = 108 s; over 1: 1,000 m at 60 km/h = 60 s.
    let roads = [
        (0, 2, 900.0, 30.0),
        (0, 1, 500.0, 60.0),
        (1, 2, 500.0, 60.0),
        (2, 0, 400.0, 40.0), // 36 s
        (2, 0, 300.0, 30.0), // 36 s too, and shorter
    ];
    let legs = legs(&network(3, &roads), "", &[on_line(0), on_line(2)]).unwrap();
    assert_eq!(leg(&legs, 0, 1), Some((1_000, 60)));
    assert_eq!(leg(&legs, 1, 0), Some((300, 36)));
    assert!(!legs.is_symmetric());
}

#[test]
fn a_one_way_road_is_driven_around_or_not_at_all() {
    // A ring 0 → 1 → 2 → 0 of 360 m at 36 km/h, 36 s each.
    let ring = [
        (0, 1, 360.0, 36.0),
        (1, 2, 360.0, 36.0),
        (2, 0, 360.0, 36.0),
    ];
    let places = [on_line(0), on_line(1), on_line(2)];
    let around = legs(&network(3, &ring), "", &places).unwrap();
    assert_eq!(leg(&around, 0, 1), Some((360, 36)));
    assert_eq!(leg(&around, 1, 0), Some((720, 72)));
    // Without the way back, 0 is never reached again and 2 is never left.
    let open = network(3, &ring[..2]).snap_anywhere();
    let found = broken(legs(&open, "", &places));
    assert_eq!(
        found,
        [(Some(0), Rule::Unreachable), (Some(2), Rule::Unreachable)]
    );
}

#[test]
fn profiles_have_their_own_speed_and_their_own_roads() {
    let mut network = RoadNetwork::new();
    let nodes: Vec<_> = (0..3)
        .map(|i| network.add_node(50.0 + STEP * f64::from(i), 7.0))
        .collect();
    network.add_street(
        nodes[0],
        nodes[2],
        Road::new(200.0, 36.0).closed_to("truck"),
    );
    network.add_street(nodes[0], nodes[1], Road::new(500.0, 36.0));
    network.add_street(nodes[1], nodes[2], Road::new(500.0, 36.0));
    let network = network.profile_kmh("truck", 80.0).profile_kmh("bike", 18.0);
    let places = [on_line(0), on_line(2)];
    let of = |profile| leg(&legs(&network, profile, &places).unwrap(), 0, 1);
    assert_eq!(of(""), Some((200, 20)));
    assert_eq!(of("truck"), Some((1_000, 100)));
    assert_eq!(of("bike"), Some((200, 40)));
    let unknown = broken(legs(&network, "bikes", &places));
    assert_eq!(unknown, [(None, Rule::UnknownReference)]);
}

#[test]
fn an_island_catches_nobody_unless_it_may() {
    // 0 ⇄ 1 ⇄ 2 is the town, 3 ⇄ 4 a car park that no road leads to.
    let town = [(0, 1), (1, 2), (3, 4)];
    let roads: Vec<_> = town
        .iter()
        .flat_map(|(a, b)| [(*a, *b, 100.0, 36.0), (*b, *a, 100.0, 36.0)])
        .collect();
    let network = network(5, &roads);
    let places: Vec<Place> = (0..5).map(on_line).collect();
    let joined = legs(&network, "", &places).unwrap();
    // Places 3 and 4 walk 111 and 222 m to node 2 at 15 km/h (27 and 53 s); among them the straight line.
    assert_eq!(leg(&joined, 0, 3), Some((200 + 111, 20 + 27)));
    assert_eq!(leg(&joined, 4, 3), Some((111, 27)));
    let apart = legs(&network.snap_anywhere(), "", &places).unwrap();
    assert_eq!(leg(&apart, 0, 3), None);
    assert_eq!(leg(&apart, 3, 4), Some((100, 10)));
}

#[test]
fn a_place_too_far_from_any_road_is_named() {
    let roads = [(0, 1, 100.0, 36.0), (1, 0, 100.0, 36.0)];
    let network = network(2, &roads);
    let places = [
        on_line(0),
        Place::geo(50.02, 7.0),
        on_line(1),
        Place::geo(0.0, 0.0),
    ];
    let found = broken(legs(&network, "", &places));
    assert_eq!(
        found,
        [(Some(1), Rule::Unreachable), (Some(3), Rule::Unreachable)]
    );
    // 50.02 is 2,113 m north of node 1.
    assert!(legs(&network.clone().snap_within(2_112.0), "", &places[..3]).is_err());
    assert!(legs(&network.snap_within(2_114.0), "", &places[..3]).is_ok());

    let mut model = Model::new();
    let depot = model.add_depot(Depot::new("hub", on_line(0)));
    model.add_vehicle_type(VehicleType::new("van", 1, depot));
    model.add_order(Order::drop_off("far away", Place::geo(50.02, 7.0)));
    let network = self::network(2, &roads);
    let error = Problem::new(&model, &network).unwrap_err();
    assert_eq!(error.issues()[0].subject(), "order \"far away\"");
}

#[test]
fn places_at_one_point_or_one_node_are_near() {
    let roads = [(0, 1, 100.0, 36.0), (1, 0, 100.0, 36.0)];
    let door = Place::geo(50.0, 7.002);
    let next_door = Place::geo(50.0, 7.002_1);
    let legs = legs(
        &network(2, &roads),
        "",
        &[door, door, next_door, on_line(1)],
    )
    .unwrap();
    assert_eq!(leg(&legs, 0, 1), Some((0, 0)));
    assert_eq!(leg(&legs, 2, 2), Some((0, 0)));
    // Seven metres apart, at 15 km/h.
    assert_eq!(leg(&legs, 0, 2), Some((7, 2)));
    // 143 m to node 0 and 100 m of road: 34.3 s and 10 s.
    assert_eq!(leg(&legs, 1, 3), Some((243, 44)));
}

#[test]
fn every_fault_of_a_network_is_told_at_once() {
    let nan = f64::NAN;
    let roads = [
        (0, 1, -1.0, 30.0),
        (0, 1, nan, 30.0),
        (0, 1, 1e9, 30.0),
        (0, 1, 1.0, 0.0),
        (0, 1, 1.0, f64::INFINITY),
        (0, 1, 1.0, nan),
    ];
    let mut network = network(2, &roads)
        .access_kmh(-1.0)
        .snap_within(nan)
        .profile_kmh("van", 0.0);
    network.add_node(nan, 7.0);
    network.add_node(50.0, 181.0);
    network.add_road(
        petgraph::graph::NodeIndex::new(0),
        petgraph::graph::NodeIndex::new(77),
        Road::new(1.0, 1.0),
    );
    let places = [on_line(0), Place::row(3), Place::geo(91.0, 0.0)];
    let found = broken(legs(&network, "van", &places));
    let count = |rule| found.iter().filter(|(_, r)| *r == rule).count();
    assert_eq!(count(Rule::OutOfRange), 6 + 3);
    assert_eq!(count(Rule::BadCoordinate), 2 + 1);
    assert_eq!(count(Rule::UnknownReference), 1);
    assert_eq!(count(Rule::Inconsistent), 1);
}

#[test]
fn an_empty_network_and_a_closed_one_are_faults() {
    let places = [on_line(0)];
    assert_eq!(
        broken(legs(&RoadNetwork::new(), "", &places)),
        [(None, Rule::Empty)]
    );
    let mut closed = RoadNetwork::new();
    let (a, b) = (closed.add_node(50.0, 7.0), closed.add_node(50.001, 7.0));
    closed.add_street(a, b, Road::new(1.0, 1.0).closed_to("van"));
    assert_eq!(broken(legs(&closed, "van", &places)), [(None, Rule::Empty)]);
    assert!(legs(&closed, "bike", &places).is_ok());
    assert!(legs(&closed, "bike", &[]).is_ok());
}

#[test]
fn a_table_above_the_limit_is_refused() {
    let roads = [(0, 1, 100.0, 36.0), (1, 0, 100.0, 36.0)];
    let network = network(2, &roads);
    let places = [on_line(0); 4];
    let ask = |dense_cells| {
        network.legs(&LegRequest {
            profile: "",
            places: &places,
            dense_cells,
        })
    };
    assert!(ask(16).is_ok());
    assert_eq!(broken(ask(15)), [(None, Rule::TooLarge)]);
}

#[test]
fn lists_become_networks_and_their_faults_are_told() {
    let node = |id, latitude| ListedNode {
        id,
        latitude,
        longitude: 7.0,
    };
    let road = |from, to, metres, one_way| ListedRoad {
        from,
        to,
        metres,
        kmh: 36.0,
        one_way,
        closed_to: Vec::new(),
    };
    let mut list = RoadList {
        nodes: vec![node(10, 50.0), node(20, 50.001), node(30, 50.002)],
        roads: vec![road(10, 20, None, false), road(20, 30, Some(500.0), false)],
    };
    let places = [on_line(0), on_line(1), on_line(2)];
    let sound = legs(&RoadNetwork::from_list(&list), "", &places).unwrap();
    // The road without a length is as long as the great circle, 111 m.
    assert_eq!(leg(&sound, 0, 1), Some((111, 11)));
    assert_eq!(leg(&sound, 2, 0), Some((611, 61)));
    list.nodes.push(node(10, 50.0));
    list.roads.push(road(10, 99, Some(1.0), true));
    list.roads.push(road(98, 10, Some(1.0), true));
    let found = broken(legs(&RoadNetwork::from_list(&list), "", &places));
    assert_eq!(
        found,
        [
            (None, Rule::DuplicateName),
            (None, Rule::UnknownReference),
            (None, Rule::UnknownReference)
        ]
    );
}
