//! Roads.

use super::haversine::degrees;
use super::legs::NONE;
use super::paths::{Paths, Reach, Search};
use super::road::{Road, RoadList, RoadNode};
use super::snap::{NodeGrid, metres};
use super::{LegRequest, Legs, Travel, TravelFault};
use crate::error::Rule;
use crate::model::Place;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};
use rayon::prelude::*;
use std::collections::HashMap;

/// How many faults of one network are said in words.
const SAID_FAULTS: usize = 100;

/// A road network: legs are the fastest paths over its roads.
///
/// # Snapping
///
/// A place is joined to the nearest node of the largest part of the network in which every node reaches every other
/// over the roads that the profile may use, so that a car park cut off from the town catches nobody. The straight
/// line to that node is travelled at the access speed (15 km/h) and must not be longer than the snapping distance
/// (1,000 m), else the place is at fault. [`RoadNetwork::snap_anywhere`] joins to the nearest node of any open road
/// instead; there, pairs of places without a path have no leg, and a place that reaches no other, or that no other
/// reaches, is at fault. Between two places that are joined to one node, the leg is the straight line between them,
/// at the access speed.
///
/// # Profiles
///
/// A profile travels a road at the road's speed, or at its own ([`RoadNetwork::profile_kmh`]) where that is lower,
/// and leaves out the roads that are closed to it. Once a profile is declared, a name that is not is a fault; the
/// default profile `""` always is there.
///
/// # Complexity
///
/// One Dijkstra search for each distinct node that places are joined to, run in the rayon pool of the caller; the
/// legs are the same for any number of threads. Legs form a dense table: a request above
/// [`LegRequest::dense_cells`] is refused.
///
/// ```
/// use milkrun::measure::PlaceId;
/// use milkrun::model::Place;
/// use milkrun::travel::{LegRequest, Road, RoadNetwork, Travel};
///
/// let mut network = RoadNetwork::new();
/// let mill = network.add_node(52.520, 13.400);
/// let inn = network.add_node(52.521, 13.410);
/// network.add_street(mill, inn, Road::new(720.0, 36.0));
///
/// let places = [Place::geo(52.520, 13.400), Place::geo(52.521, 13.410)];
/// let legs = network.legs(&LegRequest { profile: "", places: &places, dense_cells: 4 })?;
/// let leg = legs.leg(PlaceId::new(0), PlaceId::new(1)).unwrap();
/// assert_eq!((leg.distance.get(), leg.duration.get()), (720, 72)); // ten metres a second
/// # Ok::<(), Vec<milkrun::travel::TravelFault>>(())
/// ```
#[derive(Debug, Clone)]
pub struct RoadNetwork {
    graph: DiGraph<RoadNode, Road>,
    profiles: Vec<(String, f64)>,
    access_kmh: f64,
    snap_within: f64,
    snap_anywhere: bool,
    /// Faults of what was added that the graph cannot hold, each with the number of the road.
    faults: Vec<TravelFault>,
}

impl Default for RoadNetwork {
    fn default() -> Self {
        Self::new()
    }
}

impl RoadNetwork {
    /// A network without nodes.
    pub fn new() -> Self {
        Self::from_graph(DiGraph::new())
    }

    /// A network on a graph of yours. Its numbers are checked when legs are asked for.
    pub fn from_graph(graph: DiGraph<RoadNode, Road>) -> Self {
        Self {
            graph,
            profiles: Vec::new(),
            access_kmh: 15.0,
            snap_within: 1_000.0,
            snap_anywhere: false,
            faults: Vec::new(),
        }
    }

    /// A network from plain lists. An id that is used twice or points at nothing is a fault when legs are asked for.
    pub fn from_list(list: &RoadList) -> Self {
        let mut network = Self::new();
        let mut by_id = HashMap::with_capacity(list.nodes.len());
        for node in &list.nodes {
            let index = network.add_node(node.latitude, node.longitude);
            if by_id.insert(node.id, index).is_some() {
                let advice = format!("node {} is listed twice; give each its own id", node.id);
                network.note(Rule::DuplicateName, || advice);
            }
        }
        for (number, listed) in list.roads.iter().enumerate() {
            let ends = (by_id.get(&listed.from), by_id.get(&listed.to));
            let (Some(from), Some(to)) = ends else {
                let missing = if ends.0.is_none() {
                    listed.from
                } else {
                    listed.to
                };
                network.note(Rule::UnknownReference, || {
                    format!("road {number} names node {missing}, which is not listed; list it")
                });
                continue;
            };
            let straight = || metres(network.graph[*from], network.graph[*to]);
            let road = Road {
                metres: listed.metres.unwrap_or_else(straight),
                kmh: listed.kmh,
                closed_to: listed.closed_to.clone(),
            };
            if listed.one_way {
                network.add_road(*from, *to, road);
            } else {
                network.add_street(*from, *to, road);
            }
        }
        network
    }

    /// Adds a node, in degrees.
    pub fn add_node(&mut self, latitude: f64, longitude: f64) -> NodeIndex {
        self.graph.add_node(RoadNode {
            latitude,
            longitude,
        })
    }

    /// Adds a road in one direction. A node that does not exist is a fault when legs are asked for.
    pub fn add_road(&mut self, from: NodeIndex, to: NodeIndex, road: Road) {
        let known = self.graph.node_count();
        if let Some(missing) = [from, to].iter().find(|n| n.index() >= known) {
            let missing = missing.index();
            self.note(Rule::UnknownReference, || {
                format!("a road names node {missing}, which does not exist; use what add_node gave")
            });
        } else {
            self.graph.add_edge(from, to, road);
        }
    }

    /// Adds a road in both directions.
    pub fn add_street(&mut self, one: NodeIndex, other: NodeIndex, road: Road) {
        self.add_road(one, other, road.clone());
        self.add_road(other, one, road);
    }

    /// Declares a profile and the speed that it does not exceed, 0.1 to 1,000 kilometres an hour.
    #[must_use]
    pub fn profile_kmh(mut self, profile: impl Into<String>, kmh: f64) -> Self {
        self.profiles.push((profile.into(), kmh));
        self
    }

    /// Sets the speed between a place and its node, 0.1 to 1,000 kilometres an hour (default: 15).
    #[must_use]
    pub fn access_kmh(mut self, kmh: f64) -> Self {
        self.access_kmh = kmh;
        self
    }

    /// Sets how far, in metres, a place may be from its node, 0 to 100,000 (default: 1,000).
    #[must_use]
    pub fn snap_within(mut self, metres: f64) -> Self {
        self.snap_within = metres;
        self
    }

    /// Joins places to the nearest node of any road that is open to the profile, not only of the largest part.
    #[must_use]
    pub fn snap_anywhere(mut self) -> Self {
        self.snap_anywhere = true;
        self
    }

    /// The graph of nodes and roads.
    pub fn graph(&self) -> &DiGraph<RoadNode, Road> {
        &self.graph
    }

    fn note(&mut self, rule: Rule, advice: impl FnOnce() -> String) {
        note(&mut self.faults, rule, advice);
    }

    /// The speed of a profile where a road allows it; `None`: the profile is not declared.
    fn cap(&self, profile: &str) -> Option<f64> {
        let declared = self.profiles.iter().rev().find(|(name, _)| name == profile);
        match declared {
            Some((_, kmh)) => Some(*kmh),
            None if profile.is_empty() || self.profiles.is_empty() => Some(f64::INFINITY),
            None => None,
        }
    }

    /// Everything that is wrong with the network itself, for one profile.
    fn faults(&self, profile: &str) -> Vec<TravelFault> {
        let mut faults = self.faults.clone();
        self.check_settings(profile, &mut faults);
        self.check_graph(profile, &mut faults);
        faults
    }

    fn check_settings(&self, profile: &str, faults: &mut Vec<TravelFault>) {
        let cap = self.cap(profile);
        if cap.is_none() {
            note(faults, Rule::UnknownReference, || {
                "the road network does not know this profile; declare it with profile_kmh"
                    .to_owned()
            });
        }
        let cap = cap.filter(|kmh| *kmh != f64::INFINITY);
        for (what, kmh) in [("access", Some(self.access_kmh)), ("profile's", cap)] {
            if let Some(kmh) = kmh.filter(|kmh| !is_speed(*kmh)) {
                note(faults, Rule::OutOfRange, || {
                    format!(
                        "the {what} speed of {kmh} km/h is not within 0.1 to 1,000; state a real one"
                    )
                });
            }
        }
        if !(0.0..=100_000.0).contains(&self.snap_within) {
            let most = self.snap_within;
            note(faults, Rule::OutOfRange, || {
                format!("the snapping distance of {most} m is not within 0 to 100,000; correct it")
            });
        }
    }

    fn check_graph(&self, profile: &str, faults: &mut Vec<TravelFault>) {
        let mut roads = self.graph.edge_weights();
        if !roads.any(|road| road.open_to(profile)) {
            note(faults, Rule::Empty, || {
                "the road network has no road that is open to the profile; add its nodes and roads"
                    .to_owned()
            });
        }
        for index in self.graph.node_indices() {
            if !self.graph[index].is_on_globe() {
                note(faults, Rule::BadCoordinate, || {
                    let index = index.index();
                    format!(
                        "node {index} of the road network is not on the globe; correct its degrees"
                    )
                });
            }
        }
        for edge in self.graph.edge_references() {
            let Road { metres, kmh, .. } = edge.weight();
            if !(0.0..=10_000_000.0).contains(metres) || !is_speed(*kmh) {
                note(faults, Rule::OutOfRange, || {
                    let (from, to) = (edge.source().index(), edge.target().index());
                    format!(
                        "the road from node {from} to node {to} has {metres} m at {kmh} km/h, not within 0 to \
                         10,000,000 m at 0.1 to 1,000 km/h; correct it"
                    )
                });
            }
        }
    }

    /// The nodes that places may be joined to, in the order of their indices.
    fn joinable(&self, profile: &str) -> Vec<NodeIndex> {
        let open = |road: &Road| road.open_to(profile);
        if self.snap_anywhere {
            let mut joinable = vec![false; self.graph.node_count()];
            for edge in self.graph.edge_references().filter(|e| open(e.weight())) {
                joinable[edge.source().index()] = true;
                joinable[edge.target().index()] = true;
            }
            let nodes = self.graph.node_indices();
            return nodes.filter(|node| joinable[node.index()]).collect();
        }
        let usable = EdgeFiltered::from_fn(&self.graph, |edge| open(edge.weight()));
        let mut largest: Vec<NodeIndex> = Vec::new();
        for mut part in kosaraju_scc(&usable) {
            part.sort_unstable();
            if part.len() > largest.len() || (part.len() == largest.len() && part < largest) {
                largest = part;
            }
        }
        largest
    }

    /// Joins every place to a node; of the others, says why not.
    fn joins(&self, request: &LegRequest<'_>, faults: &mut Vec<TravelFault>) -> Vec<Join> {
        let nodes = self.joinable(request.profile).into_iter();
        let grid = NodeGrid::new(nodes.map(|n| (n, self.graph[n])), self.snap_within);
        let join = |(index, place): (usize, &Place)| {
            let [latitude, longitude] = degrees(index, place)?;
            let place = RoadNode {
                latitude,
                longitude,
            };
            let (node, metres) = grid.nearest(place).ok_or_else(|| TravelFault {
                place: Some(index),
                rule: Rule::Unreachable,
                advice: format!(
                    "no road that it can be joined to is within {} m; correct the place, extend the network, \
                     or raise snap_within",
                    self.snap_within
                ),
            })?;
            Ok(Join {
                place,
                node,
                access: Reach::of(metres, self.access_kmh),
            })
        };
        let mut joins = Vec::with_capacity(request.places.len());
        for joined in request.places.iter().enumerate().map(join) {
            match joined {
                Ok(joined) => joins.push(joined),
                Err(fault) => faults.push(fault),
            }
        }
        joins
    }

    /// The two tables of cells, row by row.
    fn tables(&self, paths: &Paths, joins: &[Join]) -> (Vec<u32>, Vec<u32>) {
        let size = joins.len();
        let nodes = self.graph.node_count();
        let mut distances = vec![NONE; size * size];
        let mut durations = vec![NONE; size * size];
        let mut is_target = vec![false; nodes];
        for join in joins {
            is_target[join.node.index()] = true;
        }
        let targets = is_target.iter().filter(|is| **is).count();
        // One search serves the rows of all places joined to its node.
        let mut rows: Vec<_> = distances
            .chunks_mut(size.max(1))
            .zip(durations.chunks_mut(size.max(1)))
            .zip(joins)
            .map(|((distances, durations), from)| Row {
                from,
                distances,
                durations,
            })
            .collect();
        rows.sort_by_key(|row| row.from.node);
        rows.chunk_by_mut(|a, b| a.from.node == b.from.node)
            .collect::<Vec<_>>()
            .into_par_iter()
            .for_each_init(
                || Search::new(nodes),
                |search, rows| {
                    search.settle(paths, rows[0].from.node, &is_target, targets);
                    for row in rows {
                        row.fill(search, joins, self.access_kmh);
                    }
                },
            );
        (distances, durations)
    }
}

/// A place and the node it is joined to.
struct Join {
    place: RoadNode,
    node: NodeIndex,
    access: Reach,
}

/// The legs from one place.
struct Row<'a> {
    from: &'a Join,
    distances: &'a mut [u32],
    durations: &'a mut [u32],
}

impl Row<'_> {
    fn fill(&mut self, search: &Search, joins: &[Join], access_kmh: f64) {
        for (column, to) in joins.iter().enumerate() {
            let reach = if to.node == self.from.node {
                Some(Reach::of(metres(self.from.place, to.place), access_kmh))
            } else {
                let road = search.reached(to.node);
                road.map(|road| self.from.access.then(road).then(to.access))
            };
            let cells = reach.and_then(|r| Some((cell(r.millimetres)?, cell(r.milliseconds)?)));
            if let Some((metres, seconds)) = cells {
                self.distances[column] = metres;
                self.durations[column] = seconds;
            }
        }
    }
}

/// Thousandths as a whole number; `None` above the range of a cell (136 years, or a hundred times around the globe),
/// where there is no leg that anyone could drive.
fn cell(thousandths: u64) -> Option<u32> {
    let whole = u32::try_from(thousandths.saturating_add(500) / 1000).ok()?;
    Some(whole).filter(|whole| *whole != NONE)
}

fn is_speed(kmh: f64) -> bool {
    (0.1..=1_000.0).contains(&kmh)
}

/// Adds one more fault of the network as a whole, up to [`SAID_FAULTS`].
fn note(faults: &mut Vec<TravelFault>, rule: Rule, advice: impl FnOnce() -> String) {
    if faults.len() < SAID_FAULTS {
        faults.push(TravelFault {
            place: None,
            rule,
            advice: advice(),
        });
    }
}

/// The places of a table that reach no other, or that no other reaches.
fn cut_off(size: usize, cells: &[u32]) -> Vec<TravelFault> {
    let mut leaves = vec![size < 2; size];
    let mut arrives = vec![size < 2; size];
    for (from, row) in cells.chunks(size.max(1)).enumerate() {
        for (to, cell) in row.iter().enumerate() {
            if from != to && *cell != NONE {
                leaves[from] = true;
                arrives[to] = true;
            }
        }
    }
    let said = |place: usize, what: &str| TravelFault {
        place: Some(place),
        rule: Rule::Unreachable,
        advice: format!("{what} over the open roads; correct the place, or the network"),
    };
    (0..size)
        .filter_map(|place| match (leaves[place], arrives[place]) {
            (true, true) => None,
            (true, false) => Some(said(place, "it cannot be reached from any other place")),
            (false, _) => Some(said(place, "no other place can be reached from it")),
        })
        .collect()
}

impl Travel for RoadNetwork {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        let mut faults = self.faults(request.profile);
        let size = request.places.len();
        let cells = size.checked_mul(size);
        if cells.is_none_or(|cells| cells > request.dense_cells) {
            note(&mut faults, Rule::TooLarge, || {
                let most = request.dense_cells;
                format!(
                    "a table of {size} by {size} legs is above the limit of {most} cells; raise Limits::cells"
                )
            });
        }
        let joins = if faults.is_empty() {
            self.joins(request, &mut faults)
        } else {
            // Nothing can be joined to a broken network, but the places can still be checked.
            let places = request.places.iter().enumerate();
            faults.extend(places.filter_map(|(i, place)| degrees(i, place).err()));
            Vec::new()
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let cap = self.cap(request.profile).unwrap_or(f64::INFINITY);
        let paths = Paths::new(&self.graph, |road| {
            road.open_to(request.profile).then(|| road.kmh.min(cap))
        });
        let (distances, durations) = self.tables(&paths, &joins);
        let faults = cut_off(size, &distances);
        if faults.is_empty() {
            Ok(Legs::dense(size, distances, Some(durations)))
        } else {
            Err(faults)
        }
    }
}
