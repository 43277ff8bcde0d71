//! Fastest paths over the roads that one travel profile may use.
//!
//! ```text
//! settle(source):                                  Dijkstra 1959, binary heap, stale entries skipped
//!   label[source] = 0; push source
//!   while targets are open and the heap is not empty
//!     pop the least label; skip it when stale; close it when it is a target
//!     for each road out of it: push the head when its label falls
//! ```
//!
//! # References
//!
//! E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1 (1959),
//! doi:10.1007/BF01386390.

use super::road::{Road, RoadNode};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How far a path is: milliseconds first, then millimetres, so that the fastest path wins and, of equally fast ones,
/// the shortest. Whole numbers make the answer independent of the order of additions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reach {
    pub(super) milliseconds: u64,
    pub(super) millimetres: u64,
}

impl Reach {
    pub(super) const ZERO: Self = Self {
        milliseconds: 0,
        millimetres: 0,
    };

    const NEVER: Self = Self {
        milliseconds: u64::MAX,
        millimetres: u64::MAX,
    };

    /// So many metres at so many kilometres an hour.
    pub(super) fn of(metres: f64, kmh: f64) -> Self {
        Self {
            milliseconds: (metres * 3600.0 / kmh).round() as u64,
            millimetres: (metres * 1000.0).round() as u64,
        }
    }

    /// One path after another. A road has at most 3.6e11 milliseconds, so ten million of them stay in range.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            milliseconds: self.milliseconds.saturating_add(next.milliseconds),
            millimetres: self.millimetres.saturating_add(next.millimetres),
        }
    }
}

/// The roads of one profile, those out of each node side by side.
pub(super) struct Paths {
    first: Vec<u32>,
    heads: Vec<u32>,
    reaches: Vec<Reach>,
}

impl Paths {
    /// The roads for which `kmh` has a speed.
    pub(super) fn new(graph: &DiGraph<RoadNode, Road>, kmh: impl Fn(&Road) -> Option<f64>) -> Self {
        let mut paths = Self {
            first: Vec::with_capacity(graph.node_count() + 1),
            heads: Vec::with_capacity(graph.edge_count()),
            reaches: Vec::with_capacity(graph.edge_count()),
        };
        paths.first.push(0);
        for node in graph.node_indices() {
            for edge in graph.edges(node) {
                if let Some(kmh) = kmh(edge.weight()) {
                    paths.heads.push(edge.target().index() as u32);
                    paths.reaches.push(Reach::of(edge.weight().metres, kmh));
                }
            }
            paths.first.push(paths.heads.len() as u32);
        }
        paths
    }

    fn roads_out_of(&self, node: usize) -> impl Iterator<Item = (u32, Reach)> {
        let range = self.first[node] as usize..self.first[node + 1] as usize;
        self.heads[range.clone()]
            .iter()
            .copied()
            .zip(self.reaches[range].iter().copied())
    }
}

/// The memory of one search, used again for the next.
pub(super) struct Search {
    labels: Vec<Reach>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(Reach, u32)>>,
}

impl Search {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            labels: vec![Reach::NEVER; nodes],
            touched: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    /// Fastest paths from `source` to every target, until all of them are found.
    ///
    /// # Arguments
    ///
    /// `is_target`: by node; `targets`: how many of them there are.
    ///
    /// # Complexity
    ///
    /// O((n + m) log n) for the n nodes and m roads not slower to reach than the last target.
    pub(super) fn settle(
        &mut self,
        paths: &Paths,
        source: NodeIndex,
        is_target: &[bool],
        targets: usize,
    ) {
        for node in self.touched.drain(..) {
            self.labels[node as usize] = Reach::NEVER;
        }
        self.heap.clear();
        self.reach(source.index() as u32, Reach::ZERO);
        let mut open = targets;
        while let Some(Reverse((reach, node))) = self.heap.pop() {
            if reach != self.labels[node as usize] {
                continue;
            }
            if is_target[node as usize] {
                open -= 1;
                if open == 0 {
                    break;
                }
            }
            for (head, road) in paths.roads_out_of(node as usize) {
                self.reach(head, reach.then(road));
            }
        }
    }

    fn reach(&mut self, node: u32, reach: Reach) {
        let label = &mut self.labels[node as usize];
        if reach < *label {
            if *label == Reach::NEVER {
                self.touched.push(node);
            }
            *label = reach;
            self.heap.push(Reverse((reach, node)));
        }
    }

    /// How far a target of the last search is; `None`: there is no path.
    pub(super) fn reached(&self, target: NodeIndex) -> Option<Reach> {
        Some(self.labels[target.index()]).filter(|label| *label != Reach::NEVER)
    }
}
