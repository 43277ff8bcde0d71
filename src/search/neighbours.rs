//! Granular neighbourhoods: for each order, the orders near it (Toth and Vigo 2003, 10.1287/ijoc.15.4.333.24890).

mod live;

pub use live::LiveNeighbours;

use crate::measure::{OrderId, ProfileId};
use crate::problem::Problem;
use crate::travel::{FAR, Legs};

/// For each order its nearest orders by distance, nearest first, with that distance.
///
/// Coordinates are indexed by a k-d tree, O(k n log n) in all; given tables are scanned row by row with partial
/// selection. Nodes are numbered as in [`Tours`](crate::eval::Tours).
#[derive(Debug, Clone)]
pub struct Neighbours {
    first: u32,
    /// By order: where its entries begin and end.
    spans: Vec<[u32; 2]>,
    /// A node, and the distance to it from the order.
    near: Vec<(u32, u32)>,
    /// Whether each list is in order of distance.
    sorted: bool,
}

impl Neighbours {
    /// The `width` nearest orders of each order, computed on this thread.
    pub fn new(problem: &Problem, width: usize) -> Self {
        let mut part = Part::default();
        Index::new(problem).append(width, 0..problem.order_count(), &mut part);
        Self::from_parts(problem, vec![part])
    }

    /// Puts together the parts that [`Index::append`] filled, in order.
    pub fn from_parts(problem: &Problem, parts: Vec<Part>) -> Self {
        let mut all = Part::default();
        let total: usize = parts.iter().map(|part| part.near.len()).sum();
        for part in parts {
            if all.ends.is_empty() {
                all = part;
                all.near.reserve_exact(total - all.near.len());
            } else {
                let before = all.near.len() as u32;
                all.ends.extend(part.ends.iter().map(|end| before + end));
                all.near.extend(part.near);
            }
        }
        Self {
            first: problem.depot_count() as u32,
            spans: spans(&all.ends),
            near: all.near,
            sorted: !problem.shape().timed,
        }
    }

    /// The lists of some orders, limited to those orders and numbered by their position among them.
    ///
    /// `position` says where an order stands among them, if it does.
    #[must_use]
    pub fn part(&self, orders: &[u32], position: impl Fn(u32) -> Option<u32>) -> Self {
        let mut near = Vec::with_capacity(orders.len() * 16);
        let mut ends = Vec::with_capacity(orders.len());
        for order in orders {
            for (node, apart) in self.of(order + self.first) {
                if let Some(position) = position(node - self.first) {
                    near.push((position + self.first, *apart));
                }
            }
            ends.push(near.len() as u32);
        }
        Self {
            first: self.first,
            spans: spans(&ends),
            near,
            sorted: self.sorted,
        }
    }

    /// Whether each list is in order of distance; with windows, proximity in time counts too.
    #[inline]
    pub fn is_sorted(&self) -> bool {
        self.sorted
    }

    /// The orders near `node` and their distances from it, nearest first.
    #[inline]
    pub fn of(&self, node: u32) -> &[(u32, u32)] {
        let [from, to] = self.spans[(node - self.first) as usize];
        &self.near[from as usize..to as usize]
    }
}

/// Where lists that follow each other begin and end.
fn spans(ends: &[u32]) -> Vec<[u32; 2]> {
    let begins = std::iter::once(&0).chain(ends);
    begins.zip(ends).map(|(from, to)| [*from, *to]).collect()
}

/// The lists of consecutive orders.
#[derive(Debug, Clone, Default)]
pub struct Part {
    ends: Vec<u32>,
    near: Vec<(u32, u32)>,
}

/// Answers which orders are nearest; shared between threads that fill parts of the lists.
pub struct Index<'p> {
    problem: &'p Problem,
    timed: bool,
    legs: &'p Legs,
    depots: usize,
    /// How many orders there are; of their ids there may be more.
    orders: usize,
    tree: Option<Tree>,
}

impl<'p> Index<'p> {
    /// An index of the orders of `problem`, by the legs of its first travel profile.
    pub fn new(problem: &'p Problem) -> Self {
        let depots = problem.depot_count();
        let tree = problem.coordinates().map(|mut points| {
            points.drain(..depots);
            let orders = problem.orders().map(|order| order.index() as u32);
            Tree::new(points, orders.collect())
        });
        Self {
            tree,
            ..Self::scanning(problem, problem.shape().timed)
        }
    }

    /// An index for few questions: each looks at all orders.
    fn scanning(problem: &'p Problem, timed: bool) -> Self {
        Self {
            problem,
            timed,
            legs: problem.legs(ProfileId::new(0)),
            depots: problem.depot_count(),
            orders: problem.orders().count(),
            tree: None,
        }
    }

    /// Appends the `width` nearest of each order in the range; all other orders, where there are fewer.
    pub fn append(&self, width: usize, range: std::ops::Range<usize>, part: &mut Part) {
        let width = width.min(self.orders.saturating_sub(1));
        part.near.reserve_exact(width * range.len());
        // Those near in time are found among more that are near in space.
        let reach = if self.timed {
            (width * REACH).min(self.orders.saturating_sub(1))
        } else {
            width
        };
        let mut found: Vec<Near> = Vec::new();
        for order in range {
            found.clear();
            if !self.problem.has_order(OrderId::new(order)) {
                part.ends.push(part.near.len() as u32);
                continue;
            }
            match &self.tree {
                Some(tree) => tree.nearest(order, reach, |o| found.push(self.near(order, o))),
                None => found.extend(
                    self.problem
                        .orders()
                        .filter(|o| o.index() != order)
                        .map(|o| self.near(order, o.index() as u32)),
                ),
            }
            if found.len() > width {
                found.select_nth_unstable(width);
                found.truncate(width);
            }
            found.sort_unstable();
            for near in &found {
                let (there, here) = (near.order as usize + self.depots, order + self.depots);
                if near.distance >= FAR && self.legs.distance(there, here) >= FAR {
                    continue;
                }
                let distance = u32::try_from(near.distance).unwrap_or(u32::MAX);
                part.near.push((near.order + self.depots as u32, distance));
            }
            part.ends.push(part.near.len() as u32);
        }
    }

    /// How near one order is to another.
    fn near(&self, from: usize, order: u32) -> Near {
        let to = order as usize;
        let distance = self.legs.distance(from + self.depots, to + self.depots);
        let apart = if self.timed {
            distance + self.ahead(from, to).min(self.ahead(to, from))
        } else {
            distance
        };
        Near {
            apart,
            order,
            distance,
        }
    }

    /// What driving from one order straight to another costs in waiting and lateness (Vidal et al. 2013, section 4.3.2).
    fn ahead(&self, from: usize, to: usize) -> i64 {
        let (a, b) = (OrderId::new(from), OrderId::new(to));
        let (open, due) = (self.problem.window(a), self.problem.window(b));
        let busy = self.problem.service(a).get()
            + self.legs.duration(from + self.depots, to + self.depots);
        let wait = (due.earliest.get() - busy - open.latest.get()).max(0);
        let late = (open.earliest.get() + busy - due.latest.get()).max(0);
        wait / WAITING + late
    }
}

/// How many times as many orders as are kept are looked at where windows count.
const REACH: usize = 6;

/// How much of a unit of waiting counts as a unit of distance: one in this many.
const WAITING: i64 = 5;

/// A candidate, ordered by how near it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Near {
    apart: i64,
    order: u32,
    distance: i64,
}

/// Points of a leaf of the tree.
const LEAF: usize = 8;

/// A k-d tree as one array: each half split at its median along its widest axis.
struct Tree {
    points: Vec<[f64; 3]>,
    /// The points in tree order.
    order: Vec<u32>,
    /// In tree order, for locality.
    sorted: Vec<[f64; 3]>,
    /// The split axis of the range whose median is at this position.
    axes: Vec<u8>,
}

impl Tree {
    /// A tree of some of the points.
    fn new(points: Vec<[f64; 3]>, mut order: Vec<u32>) -> Self {
        let mut axes = vec![0_u8; order.len()];
        // An explicit stack: depth is logarithmic, but hostile input decides nothing about recursion here.
        let mut ranges = vec![(0, order.len())];
        while let Some((from, to)) = ranges.pop() {
            if to - from <= LEAF {
                continue;
            }
            let axis = widest(&points, &order[from..to]);
            let middle = from.midpoint(to);
            let key = |i: &u32| (ordered_float::OrderedFloat(points[*i as usize][axis]), *i);
            order[from..to].select_nth_unstable_by_key(middle - from, key);
            axes[middle] = axis as u8;
            ranges.extend([(from, middle), (middle + 1, to)]);
        }
        let sorted = order.iter().map(|i| points[*i as usize]).collect();
        Self {
            points,
            order,
            sorted,
            axes,
        }
    }

    /// Visits the `count` points nearest to point `of`, itself left out, in no order.
    fn nearest(&self, of: usize, count: usize, visit: impl FnMut(u32)) {
        let target = self.points[of];
        let mut heap: std::collections::BinaryHeap<(ordered_float::OrderedFloat<f64>, u32)> =
            std::collections::BinaryHeap::with_capacity(count + 1);
        let mut stack = vec![(0, self.order.len(), 0.0_f64)];
        while let Some((from, to, gap)) = stack.pop() {
            if heap.len() == count && heap.peek().is_none_or(|worst| gap > worst.0.0) {
                continue;
            }
            if to - from <= LEAF {
                for at in from..to {
                    self.offer(at, of, target, count, &mut heap);
                }
                continue;
            }
            let middle = from.midpoint(to);
            let axis = self.axes[middle] as usize;
            let apart = target[axis] - self.sorted[middle][axis];
            self.offer(middle, of, target, count, &mut heap);
            let (low, high) = ((from, middle), (middle + 1, to));
            let (near, far) = if apart < 0.0 {
                (low, high)
            } else {
                (high, low)
            };
            stack.push((far.0, far.1, apart * apart));
            stack.push((near.0, near.1, gap));
        }
        heap.into_iter().map(|(_, order)| order).for_each(visit);
    }

    #[inline]
    fn offer(
        &self,
        at: usize,
        of: usize,
        target: [f64; 3],
        count: usize,
        heap: &mut std::collections::BinaryHeap<(ordered_float::OrderedFloat<f64>, u32)>,
    ) {
        if self.order[at] as usize == of || count == 0 {
            return;
        }
        let [x, y, z] = self.sorted[at];
        let apart = (x - target[0]).powi(2) + (y - target[1]).powi(2) + (z - target[2]).powi(2);
        let entry = (ordered_float::OrderedFloat(apart), self.order[at]);
        if heap.len() < count {
            heap.push(entry);
        } else if heap.peek().is_some_and(|worst| entry < *worst) {
            heap.pop();
            heap.push(entry);
        }
    }
}

fn widest(points: &[[f64; 3]], of: &[u32]) -> usize {
    let mut low = [f64::INFINITY; 3];
    let mut high = [f64::NEG_INFINITY; 3];
    for index in of {
        for axis in 0..3 {
            low[axis] = low[axis].min(points[*index as usize][axis]);
            high[axis] = high[axis].max(points[*index as usize][axis]);
        }
    }
    (0..3)
        .max_by_key(|axis| ordered_float::OrderedFloat(high[*axis] - low[*axis]))
        .unwrap_or(0)
}
