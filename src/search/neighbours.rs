//! Granular neighbourhoods: for each order, the orders near it (Toth and Vigo 2003, 10.1287/ijoc.15.4.333.24890).

mod live;
mod succession;
mod tree;

pub use live::LiveNeighbours;
pub use succession::Succession;

use crate::eval::Resource;
use crate::measure::{OrderId, ProfileId};
use crate::problem::Problem;
use crate::travel::{FAR, Legs};
use rayon::prelude::*;
use std::time::{Duration, Instant};
use tree::{Question, Tree};

/// For each order its nearest orders by distance, nearest first, with that distance.
///
/// Coordinates are indexed by a k-d tree, O(n (k log k + log n)) in all where places are spread; given tables are scanned
/// row by row with partial selection. Nodes are numbered as in [`Tours`](crate::eval::Tours).
#[derive(Debug, Clone)]
pub struct Neighbours {
    first: u32,
    /// By order: where its entries begin and end. Lists of orders near each other are near each other.
    spans: Vec<[u32; 2]>,
    /// A node, and the distance to it from the order.
    near: Vec<(u32, u32)>,
    /// By entry, where windows count; otherwise none.
    successions: Vec<Succession>,
    /// Whether each list is in order of distance.
    sorted: bool,
}

impl Neighbours {
    /// The `width` nearest orders of each order, computed on this thread.
    pub fn new(problem: &Problem, width: usize) -> Self {
        let outlook = Outlook {
            width,
            pool: None,
            left: &|| None,
        };
        Self::within(problem, &outlook)
    }

    /// The nearest orders of each order, as far as time allows. Where it is not limited, nothing but the problem and the
    /// width decides what they are.
    pub fn within(problem: &Problem, outlook: &Outlook<'_>) -> Self {
        let empty = Self {
            first: problem.depot_count() as u32,
            spans: vec![[0, 0]; problem.order_count()],
            near: Vec::new(),
            successions: Vec::new(),
            sorted: !problem.shape().timed,
        };
        let is_up = || (outlook.left)().is_some_and(|left| left.is_zero());
        if is_up() {
            return empty;
        }
        let index = Index::new(problem, problem.shape().timed, outlook.pool);
        // Entries are counted in 32 bits.
        let most = u32::MAX as usize / index.orders.max(1);
        let width = outlook.width.min(index.orders.saturating_sub(1)).min(most);
        if width == 0 || is_up() {
            return empty;
        }
        let width = outlook.affordable(&index, width);
        empty.filled(&index, width, outlook.pool, &is_up)
    }

    /// Fills all lists, one after the other in the sequence of the index.
    fn filled(
        mut self,
        index: &Index<'_>,
        width: usize,
        pool: Option<&rayon::ThreadPool>,
        is_up: &(dyn Fn() -> bool + Sync),
    ) -> Self {
        let sequence = index.sequence();
        self.near = vec![(0, 0); width * sequence.len()];
        let fill = |(chunk, lists): (usize, &mut [(u32, u32)])| -> Vec<u32> {
            let mut work = Work::default();
            let lists = lists.chunks_exact_mut(width);
            if is_up() {
                return vec![0; lists.len()];
            }
            lists
                .zip(chunk * CHUNK..)
                .map(|(list, at)| index.list(at, width, &mut work, list) as u32)
                .collect()
        };
        let lengths: Vec<Vec<u32>> = if let Some(pool) = pool {
            let lists = self.near.par_chunks_mut(CHUNK * width);
            pool.install(|| lists.enumerate().map(fill).collect())
        } else {
            let lists = self.near.chunks_mut(CHUNK * width);
            lists.enumerate().map(fill).collect()
        };
        let lengths = lengths.iter().flatten();
        for ((at, order), length) in sequence.iter().enumerate().zip(lengths) {
            let from = (at * width) as u32;
            self.spans[*order as usize] = [from, from + length];
        }
        if index.is_timed() {
            self.note_successions(index, width, pool, is_up);
        }
        self
    }

    /// Says of all entries what windows do, as far as time allows.
    fn note_successions(
        &mut self,
        index: &Index<'_>,
        width: usize,
        pool: Option<&rayon::ThreadPool>,
        is_up: &(dyn Fn() -> bool + Sync),
    ) {
        self.successions = vec![Succession::ANY; self.near.len()];
        let look = |(at, list): (usize, &mut [Succession])| {
            if is_up() {
                return;
            }
            let order = index.sequence()[at] as usize;
            let [from, to] = self.spans[order].map(|entry| entry as usize);
            for (succession, (node, _)) in list.iter_mut().zip(&self.near[from..to]) {
                *succession = index.succession(order, (node - self.first) as usize);
            }
        };
        if let Some(pool) = pool {
            let lists = self.successions.par_chunks_mut(width);
            pool.install(|| lists.enumerate().for_each(look));
        } else {
            let lists = self.successions.chunks_mut(width);
            lists.enumerate().for_each(look);
        }
    }

    /// The lists of some orders, limited to those orders and numbered by their position among them.
    ///
    /// `position` says where an order stands among them, if it does.
    #[must_use]
    pub fn part(&self, orders: &[u32], position: impl Fn(u32) -> Option<u32>) -> Self {
        let mut near = Vec::with_capacity(orders.len() * 16);
        let mut successions = Vec::new();
        let mut ends = Vec::with_capacity(orders.len());
        for order in orders {
            let of = order + self.first;
            let known = self.successions(of);
            for (index, (node, apart)) in self.of(of).iter().enumerate() {
                if let Some(position) = position(node - self.first) {
                    near.push((position + self.first, *apart));
                    successions.extend(known.get(index));
                }
            }
            ends.push(near.len() as u32);
        }
        Self {
            first: self.first,
            spans: spans(&ends),
            near,
            successions,
            sorted: self.sorted,
        }
    }

    /// All nodes that are orders, in the sequence of their lists in memory: who is near is mostly not far off in it.
    pub fn sequence(&self) -> Vec<u32> {
        let mut nodes: Vec<u32> = (0..self.spans.len() as u32).collect();
        nodes.sort_by_key(|order| self.spans[*order as usize][0]);
        for node in &mut nodes {
            *node += self.first;
        }
        nodes
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

    /// What windows say of `node` and each of the orders near it; nothing where there are no windows.
    #[inline]
    pub fn successions(&self, node: u32) -> &[Succession] {
        if self.successions.is_empty() {
            return &[];
        }
        let [from, to] = self.spans[(node - self.first) as usize];
        &self.successions[from as usize..to as usize]
    }

    /// The same for a search with these resources: without columns there are no windows, and nothing to look up.
    #[inline(always)]
    pub(super) fn successions_for<R: Resource>(&self, node: u32) -> &[Succession] {
        if R::COLUMNS {
            self.successions(node)
        } else {
            &[]
        }
    }
}

/// Where lists that follow each other begin and end.
fn spans(ends: &[u32]) -> Vec<[u32; 2]> {
    let begins = std::iter::once(&0).chain(ends);
    begins.zip(ends).map(|(from, to)| [*from, *to]).collect()
}

/// How the neighbours of all orders are looked for.
#[derive(Clone, Copy)]
pub struct Outlook<'a> {
    /// How many neighbours each order gets.
    pub width: usize,
    /// Where to work; without a pool, on this thread.
    pub pool: Option<&'a rayon::ThreadPool>,
    /// How much time is left for all that follows, if that is limited. Lists become narrower where they would take more
    /// than half of it, and stay empty once it is up.
    pub left: &'a (dyn Fn() -> Option<Duration> + Sync),
}

/// Orders whose lists are computed between two looks at the clock: about a millisecond.
const CHUNK: usize = 256;

/// The fewest neighbours that haste leaves to an order: by fewer, savings are worse than no search at all.
const NARROW: usize = 16;

impl Outlook<'_> {
    /// How wide the lists are to be, after some of full width were computed to see how long that takes.
    fn affordable(&self, index: &Index<'_>, width: usize) -> usize {
        let orders = index.orders;
        let Some(left) = (self.left)().filter(|_| orders > 4 * CHUNK && width > NARROW) else {
            return width;
        };
        let start = Instant::now();
        let mut list = vec![(0, 0); width];
        let mut work = Work::default();
        for at in orders / 2..orders / 2 + CHUNK {
            index.list(at, width, &mut work, &mut list);
        }
        let threads = self.pool.map_or(1, rayon::ThreadPool::current_num_threads);
        let all = start.elapsed().as_secs_f64() * (orders / CHUNK) as f64 / threads as f64;
        let affordable = left.as_secs_f64() / 2.0 / all.max(f64::MIN_POSITIVE);
        if affordable >= 1.0 {
            width
        } else {
            ((width as f64 * affordable) as usize).clamp(NARROW, width)
        }
    }
}

/// Answers which orders are nearest; shared between threads that fill parts of the lists.
struct Index<'p> {
    problem: &'p Problem,
    legs: &'p Legs,
    /// Those of the other profiles.
    others: Vec<&'p Legs>,
    symmetric: bool,
    /// By order, where windows count; otherwise none.
    hours: Vec<Hours>,
    depots: usize,
    /// How many orders there are; of their ids there may be more.
    orders: usize,
    space: Space,
}

/// Where the orders are.
enum Space {
    Plane(Tree<2>),
    Globe(Tree<3>),
    /// Anywhere: each question looks at all of these orders.
    Table(Vec<u32>),
}

/// Working memory of questions.
#[derive(Default)]
struct Work {
    question: Question,
    found: Vec<Near>,
}

impl<'p> Index<'p> {
    /// An index of the orders of `problem`, by the legs of its first travel profile.
    fn new(problem: &'p Problem, timed: bool, pool: Option<&rayon::ThreadPool>) -> Self {
        let depots = problem.depot_count();
        let orders = || problem.orders().map(OrderId::index);
        let space = match problem.coordinates() {
            None => Space::Table(orders().map(|order| order as u32).collect()),
            // On a plane the third axis is naught.
            Some(points) if points.iter().all(|point| point[2] == 0.0) => {
                let flat = |order: usize| ([0, 1].map(|a| points[depots + order][a]), order as u32);
                Space::Plane(Tree::new(orders().map(flat).collect(), pool))
            }
            Some(points) => {
                let placed = |order: usize| (points[depots + order], order as u32);
                Space::Globe(Tree::new(orders().map(placed).collect(), pool))
            }
        };
        Self {
            space,
            ..Self::scanning(problem, timed)
        }
    }

    /// An index for few questions: each looks at all orders.
    fn scanning(problem: &'p Problem, timed: bool) -> Self {
        Self {
            problem,
            symmetric: problem.legs(ProfileId::new(0)).is_symmetric(),
            hours: if timed { hours(problem) } else { Vec::new() },
            legs: problem.legs(ProfileId::new(0)),
            others: (1..problem.profile_count())
                .map(|profile| problem.legs(ProfileId::new(profile)))
                .collect(),
            depots: problem.depot_count(),
            orders: problem.orders().count(),
            space: Space::Table(Vec::new()),
        }
    }

    /// Whether windows count.
    fn is_timed(&self) -> bool {
        !self.hours.is_empty()
    }

    /// What windows say of two orders, for the fastest vehicle.
    fn succession(&self, order: usize, other: usize) -> Succession {
        let [Some(a), Some(b)] = [order, other].map(|order| self.hours.get(order)) else {
            return Succession::ANY;
        };
        let (here, there) = (order + self.depots, other + self.depots);
        let fastest = |from: usize, to: usize| {
            let others = self.others.iter().map(|legs| legs.duration(from, to));
            others.fold(self.legs.duration(from, to), i64::min)
        };
        Succession {
            ahead: a.late(fastest(here, there), b) == 0,
            behind: b.late(fastest(there, here), a) == 0,
        }
    }

    /// The orders such that those near each other in space are near each other here.
    fn sequence(&self) -> &[u32] {
        match &self.space {
            Space::Plane(tree) => tree.points(),
            Space::Globe(tree) => tree.points(),
            Space::Table(orders) => orders,
        }
    }

    /// Writes the `width` nearest of the order at a position of the sequence, and says how many there are: all other
    /// orders, where there are fewer, and none without a leg.
    fn list(&self, at: usize, width: usize, work: &mut Work, list: &mut [(u32, u32)]) -> usize {
        let width = width.min(self.orders.saturating_sub(1));
        // Those near in time are found among more that are near in space.
        let reach = if self.hours.is_empty() {
            width
        } else {
            width * REACH
        };
        let order = self.sequence()[at] as usize;
        let Work { question, found } = work;
        found.clear();
        match &self.space {
            Space::Plane(tree) => {
                tree.nearest(at, reach, question, |o| found.push(self.near(order, o)));
            }
            Space::Globe(tree) => {
                tree.nearest(at, reach, question, |o| found.push(self.near(order, o)));
            }
            Space::Table(_) => self.scan(order, found),
        }
        self.keep_nearest(order, width, found, list)
    }

    /// As [`list`](Index::list), of any order, by looking at all others.
    fn scan(&self, order: usize, found: &mut Vec<Near>) {
        let others = self.problem.orders().map(OrderId::index);
        found.extend(
            others
                .filter(|other| *other != order)
                .map(|other| self.near(order, other as u32)),
        );
    }

    /// Writes the nearest of those that were found.
    fn keep_nearest(
        &self,
        order: usize,
        width: usize,
        found: &mut Vec<Near>,
        list: &mut [(u32, u32)],
    ) -> usize {
        if found.len() > width {
            found.select_nth_unstable(width);
            found.truncate(width);
        }
        found.sort_unstable();
        let mut length = 0;
        let listed = |near: &&Near| {
            !self.is_missing(order, **near) && !self.is_alternative(order, near.order())
        };
        for near in found.iter().filter(listed) {
            list[length] = (near.order() + self.depots as u32, near.distance());
            length += 1;
        }
        length
    }

    /// Whether one order stands for another: both are never served.
    fn is_alternative(&self, order: usize, other: u32) -> bool {
        self.problem.shape().grouped
            && self.problem.lead(OrderId::new(order))
                == self.problem.lead(OrderId::new(other as usize))
    }

    /// Whether there is no leg from an order to one that was found.
    fn is_missing(&self, order: usize, near: Near) -> bool {
        let (here, there) = (order + self.depots, near.order() as usize + self.depots);
        near.distance() == u32::MAX && self.legs.distance(here, there) >= FAR
    }

    /// How near one order is to another.
    #[inline]
    fn near(&self, from: usize, order: u32) -> Near {
        let to = order as usize;
        let (here, there) = (from + self.depots, to + self.depots);
        let distance = self.legs.distance(here, there);
        let Some([a, b]) = self
            .hours
            .get(from)
            .zip(self.hours.get(to))
            .map(<[&Hours; 2]>::from)
        else {
            return Near::new(distance, order, distance);
        };
        let there_from_here = self.legs.duration(here, there);
        let here_from_there = if self.symmetric {
            there_from_here
        } else {
            self.legs.duration(there, here)
        };
        let apart = a.ahead(there_from_here, b).min(b.ahead(here_from_there, a));
        Near::new(distance + apart, order, distance)
    }
}

/// When an order is served, as far as it is stated.
struct Hours {
    earliest: i64,
    latest: i64,
    service: i64,
}

impl Hours {
    /// What driving straight on to another order costs in waiting and lateness (Vidal et al. 2013, section 4.3.2).
    #[inline]
    fn ahead(&self, drive: i64, other: &Self) -> i64 {
        let wait = (other.earliest - self.service - drive - self.latest).max(0);
        wait / WAITING + self.late(drive, other)
    }

    /// How late one comes to another order at least, who drives straight on to it.
    #[inline]
    fn late(&self, drive: i64, other: &Self) -> i64 {
        (self.earliest + self.service + drive - other.latest).max(0)
    }
}

/// When each order is served.
fn hours(problem: &Problem) -> Vec<Hours> {
    let of_order = |order| {
        let window = problem.window(order);
        Hours {
            earliest: window.earliest.get(),
            latest: window.latest.get(),
            service: problem.service(order).get(),
        }
    };
    (0..problem.order_count())
        .map(|order| of_order(OrderId::new(order)))
        .collect()
}

/// How many times as many orders as are kept are looked at where windows count.
const REACH: usize = 6;

/// How much of a unit of waiting counts as a unit of distance: one in this many.
const WAITING: i64 = 5;

/// A candidate in one number, ordered by how near it is: how far apart, the order, and its distance as far as it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Near(u128);

impl Near {
    /// None of the numbers is negative.
    fn new(apart: i64, order: u32, distance: i64) -> Self {
        let distance = u32::try_from(distance).unwrap_or(u32::MAX);
        Self(u128::from(apart as u64) << 64 | u128::from(order) << 32 | u128::from(distance))
    }

    fn apart(self) -> i64 {
        (self.0 >> 64) as i64
    }

    fn order(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// At most `u32::MAX`.
    fn distance(self) -> u32 {
        self.0 as u32
    }
}
