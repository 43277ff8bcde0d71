//! The nearest node of a road network.

use super::road::RoadNode;
use geo::{Distance, Haversine, Point};
use petgraph::graph::NodeIndex;
use std::collections::HashMap;

/// The mean Earth radius in metres, that of the metric: no chord is longer than its arc, and both order points alike.
const RADIUS: f64 = 6_371_008.8;

/// No cell is finer than this many metres.
const FINEST: f64 = 200.0;

/// How many cells, at most, the search goes outwards.
const SHELLS: f64 = 8.0;

/// Nodes in cubes of space around the globe, so that neither poles nor the date line need care.
pub(super) struct NodeGrid {
    edge: f64,
    shells: i32,
    within: f64,
    /// Nodes sorted by cube.
    nodes: Vec<(NodeIndex, [f64; 3], RoadNode)>,
    /// Where the nodes of a cube are; looked up, never iterated.
    cubes: HashMap<[i32; 3], (u32, u32)>,
}

/// The great circle between two points of degrees, in metres.
pub(super) fn metres(a: RoadNode, b: RoadNode) -> f64 {
    Haversine.distance(
        Point::new(a.longitude, a.latitude),
        Point::new(b.longitude, b.latitude),
    )
}

fn in_space(node: RoadNode) -> [f64; 3] {
    let (lat, lon) = (node.latitude.to_radians(), node.longitude.to_radians());
    [
        RADIUS * lat.cos() * lon.cos(),
        RADIUS * lat.cos() * lon.sin(),
        RADIUS * lat.sin(),
    ]
}

impl NodeGrid {
    /// An index of `nodes` for searches up to `within` metres.
    ///
    /// # Complexity
    ///
    /// O(n log n).
    pub(super) fn new(nodes: impl Iterator<Item = (NodeIndex, RoadNode)>, within: f64) -> Self {
        let edge = FINEST.max(within / SHELLS);
        let mut nodes: Vec<_> = nodes
            .map(|(index, node)| (index, in_space(node), node))
            .collect();
        nodes.sort_by_key(|(index, point, _)| (cube(*point, edge), *index));
        let mut cubes = HashMap::new();
        for (at, (_, point, _)) in nodes.iter().enumerate() {
            let at = at as u32;
            cubes
                .entry(cube(*point, edge))
                .and_modify(|range: &mut (u32, u32)| range.1 = at + 1)
                .or_insert((at, at + 1));
        }
        Self {
            edge,
            shells: (within / edge).ceil() as i32,
            within,
            nodes,
            cubes,
        }
    }

    /// The node nearest to a place and how many metres away it is; the lower index where two are equally near;
    /// `None`: none is within the limit.
    pub(super) fn nearest(&self, place: RoadNode) -> Option<(NodeIndex, f64)> {
        let point = in_space(place);
        let centre = cube(point, self.edge);
        let mut best: Option<(f64, NodeIndex, RoadNode)> = None;
        for shell in 0..=self.shells {
            // Whatever lies in this shell or beyond is at least so far away.
            let nearest_here = f64::from(shell - 1).max(0.0) * self.edge;
            if best.is_some_and(|(square, ..)| square < nearest_here * nearest_here) {
                break;
            }
            each_of_shell(shell, |step| self.scan(centre, step, point, &mut best));
        }
        let (_, index, node) = best?;
        Some((index, metres(place, node))).filter(|(_, metres)| *metres <= self.within)
    }

    fn scan(
        &self,
        centre: [i32; 3],
        step: [i32; 3],
        point: [f64; 3],
        best: &mut Option<(f64, NodeIndex, RoadNode)>,
    ) {
        let at = std::array::from_fn(|axis| centre[axis] + step[axis]);
        let Some((first, end)) = self.cubes.get(&at) else {
            return;
        };
        for (index, other, node) in &self.nodes[*first as usize..*end as usize] {
            let square: f64 = (0..3).map(|i| (other[i] - point[i]).powi(2)).sum();
            if best.is_none_or(|(least, which, _)| (square, *index) < (least, which)) {
                *best = Some((square, *index, *node));
            }
        }
    }
}

fn cube(point: [f64; 3], edge: f64) -> [i32; 3] {
    point.map(|axis| (axis / edge).floor() as i32)
}

/// The steps to the cubes on the surface of the cube of cubes that goes `shell` cubes out.
fn each_of_shell(shell: i32, mut visit: impl FnMut([i32; 3])) {
    for x in -shell..=shell {
        for y in -shell..=shell {
            if x.abs() == shell || y.abs() == shell {
                for z in -shell..=shell {
                    visit([x, y, z]);
                }
            } else {
                visit([x, y, -shell]);
                visit([x, y, shell]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nodes(degrees: &[(f64, f64)]) -> Vec<(NodeIndex, RoadNode)> {
        let node = |(latitude, longitude): &(f64, f64)| RoadNode {
            latitude: *latitude,
            longitude: *longitude,
        };
        degrees
            .iter()
            .enumerate()
            .map(|(i, d)| (NodeIndex::new(i), node(d)))
            .collect()
    }

    #[test]
    fn the_date_line_and_the_poles_are_no_borders() {
        let nodes = nodes(&[(0.0, 179.999), (89.999, 0.0), (10.0, 10.0)]);
        let grid = NodeGrid::new(nodes.iter().copied(), 1_000.0);
        let nearest = |latitude, longitude| {
            grid.nearest(RoadNode {
                latitude,
                longitude,
            })
            .map(|(n, _)| n.index())
        };
        assert_eq!(nearest(0.0, -179.999), Some(0));
        assert_eq!(nearest(89.999, 180.0), Some(1));
        // A hundredth of a degree north is 1,112 metres: too far.
        assert_eq!(nearest(10.01, 10.0), None);
        assert_eq!(nearest(10.008, 10.0), Some(2));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_nearest_is_the_nearest_of_all(
            degrees in prop::collection::vec((50.0..50.03_f64, 7.0..7.05_f64), 1..60),
            place in (49.98..50.05_f64, 6.98..7.07_f64),
            within in 0.0..4_000.0_f64,
        ) {
            let nodes = nodes(&degrees);
            let place = RoadNode { latitude: place.0, longitude: place.1 };
            let grid = NodeGrid::new(nodes.iter().copied(), within);
            let least = nodes.iter().map(|(_, n)| metres(place, *n)).fold(f64::INFINITY, f64::min);
            match grid.nearest(place) {
                Some((_, found)) => prop_assert!((found - least).abs() < 1e-6),
                None => prop_assert!(least > within),
            }
        }
    }
}
