//! Which points are nearest: a balanced k-d tree over points kept in the order of its leaves.

use ordered_float::OrderedFloat;
use rayon::prelude::*;

/// The most points of a leaf.
const LEAF: usize = 16;

/// A range of points this small is not worth a thread.
const SERIAL: usize = 1 << 14;

/// How much further than those of the question before the answers to one are looked for at first (squared).
const SLACK: f64 = 1.3;

/// A squared distance and then the number of a point: the order of nearness, ties included. Squared distances are not
/// negative, so that their bits are in order.
fn key(squared: f64, point: u32) -> u128 {
    u128::from(squared.to_bits()) << 32 | u128::from(point)
}

fn squared_of(key: u128) -> f64 {
    f64::from_bits((key >> 32) as u64)
}

/// A k-d tree of points in `D` dimensions. Ranges are halved at the median of their widest axis until none is larger
/// than a leaf, so that the shape follows from the number of points alone.
pub(super) struct Tree<const D: usize> {
    /// The coordinates, axis by axis, in tree order: points near each other are near in memory.
    axes: [Vec<f64>; D],
    /// The points in tree order.
    points: Vec<u32>,
    /// The box around each range; the halves of range `i` are `2i + 1` and `2i + 2`.
    boxes: Vec<Bounds<D>>,
}

/// The box around some points, and the smallest of their numbers, which decides where all are equally near.
#[derive(Debug, Clone, Copy)]
struct Bounds<const D: usize> {
    low: [f64; D],
    high: [f64; D],
    smallest: u32,
}

/// Working memory of questions that follow each other; best if they are near each other.
#[derive(Debug, Default)]
pub(super) struct Question {
    found: Vec<u128>,
    /// Ranges yet to be looked at: how near they come, number, begin and end.
    waiting: Vec<(u128, u32, u32, u32)>,
    /// How far the furthest answer to the question before was, squared and with some slack.
    reach: f64,
}

impl<const D: usize> Tree<D> {
    /// A tree of points and their numbers, built in the pool where there is one.
    pub(super) fn new(mut items: Vec<([f64; D], u32)>, pool: Option<&rayon::ThreadPool>) -> Self {
        let mut level: Vec<&mut [([f64; D], u32)]> = vec![&mut items];
        let mut ranges = 1_usize;
        while level.first().is_some_and(|range| range.len() > LEAF)
            || level.last().is_some_and(|range| range.len() > LEAF)
        {
            level = match pool {
                Some(pool) if level[0].len() > SERIAL / 16 && ranges > 1 => {
                    pool.install(|| level.into_par_iter().flat_map_iter(halves).collect())
                }
                _ => level.into_iter().flat_map(halves).collect(),
            };
            ranges *= 2;
        }
        let mut boxes = vec![Bounds::NONE; 2 * ranges - 1];
        for (at, leaf) in level.iter().enumerate() {
            boxes[ranges - 1 + at] = Bounds::around(leaf);
        }
        for at in (0..ranges - 1).rev() {
            boxes[at] = boxes[2 * at + 1].with(&boxes[2 * at + 2]);
        }
        Self {
            axes: std::array::from_fn(|axis| items.iter().map(|(point, _)| point[axis]).collect()),
            points: items.iter().map(|(_, number)| *number).collect(),
            boxes,
        }
    }

    /// The numbers of the points in tree order.
    pub(super) fn points(&self) -> &[u32] {
        &self.points
    }

    /// Visits the `count` points nearest to the one at this position in tree order, itself left out, in no order.
    pub(super) fn nearest(
        &self,
        at: usize,
        count: usize,
        question: &mut Question,
        mut visit: impl FnMut(u32),
    ) {
        let wanted = count.min(self.points.len().saturating_sub(1));
        if wanted == 0 {
            return;
        }
        // Whatever the limit was, once enough are found within it the nearest of all are among them.
        let mut limit = key(question.reach, u32::MAX);
        for attempt in 0.. {
            if question.reach.is_nan() || question.reach <= 0.0 || attempt == 3 {
                limit = u128::MAX;
            }
            self.gather(at, wanted, limit, question);
            if question.found.len() >= wanted {
                break;
            }
            question.reach *= 2.0;
            limit = key(question.reach, u32::MAX);
        }
        let found = &mut question.found;
        let (_, furthest, _) = found.select_nth_unstable(wanted - 1);
        question.reach = squared_of(*furthest) * SLACK;
        for key in &found[..wanted] {
            visit(*key as u32);
        }
    }

    /// Finds all points within the limit, or, where those are many, at least the `wanted` nearest of them.
    fn gather(&self, at: usize, wanted: usize, mut limit: u128, question: &mut Question) {
        let Question { found, waiting, .. } = question;
        let most = 2 * wanted + 2 * LEAF;
        let mut length = 0;
        found.clear();
        found.resize(most + LEAF, 0);
        let target: [f64; D] = std::array::from_fn(|axis| self.axes[axis][at]);
        let first_leaf = self.boxes.len() / 2;
        waiting.clear();
        waiting.push((0, 0, 0, self.points.len() as u32));
        while let Some((nearest, range, from, to)) = waiting.pop() {
            if nearest > limit {
                continue;
            }
            if (range as usize) < first_leaf {
                let middle = from.midpoint(to);
                let low = (range * 2 + 1, from, middle);
                let high = (range * 2 + 2, middle, to);
                let [low, high] = [low, high].map(|(range, from, to)| {
                    let nearest = self.boxes[range as usize].nearest(&target);
                    (nearest, range, from, to)
                });
                let (near, far) = if low.0 <= high.0 {
                    (low, high)
                } else {
                    (high, low)
                };
                waiting.extend([far, near]);
                continue;
            }
            for other in from as usize..to as usize {
                let mut squared = 0.0;
                for (values, target) in self.axes.iter().zip(&target) {
                    squared += (values[other] - target).powi(2);
                }
                let key = key(squared, self.points[other]);
                found[length] = key;
                length += usize::from(key <= limit && other != at);
            }
            if length > most {
                let (_, furthest, _) = found[..length].select_nth_unstable(wanted - 1);
                limit = *furthest;
                length = wanted;
            }
        }
        found.truncate(length);
    }
}

/// A range cut at the median of its widest axis.
fn halves<const D: usize>(range: &mut [([f64; D], u32)]) -> [&mut [([f64; D], u32)]; 2] {
    let middle = range.len() / 2;
    let axis = Bounds::around(range).widest();
    if middle > 0 {
        range.select_nth_unstable_by_key(middle, |(point, number)| {
            (OrderedFloat(point[axis]), *number)
        });
    }
    let (low, high) = range.split_at_mut(middle);
    [low, high]
}

impl<const D: usize> Bounds<D> {
    const NONE: Self = Self {
        low: [f64::INFINITY; D],
        high: [f64::NEG_INFINITY; D],
        smallest: u32::MAX,
    };

    fn around(items: &[([f64; D], u32)]) -> Self {
        items.iter().fold(Self::NONE, |all, (point, number)| {
            all.with(&Self {
                low: *point,
                high: *point,
                smallest: *number,
            })
        })
    }

    fn with(&self, other: &Self) -> Self {
        Self {
            low: std::array::from_fn(|axis| self.low[axis].min(other.low[axis])),
            high: std::array::from_fn(|axis| self.high[axis].max(other.high[axis])),
            smallest: self.smallest.min(other.smallest),
        }
    }

    fn widest(&self) -> usize {
        let width = |axis: &usize| OrderedFloat(self.high[*axis] - self.low[*axis]);
        (0..D).max_by_key(width).unwrap_or(0)
    }

    /// What no point of the box is nearer than. Rounding keeps the order of numbers, so that this holds for the squares
    /// as they are computed.
    fn nearest(&self, target: &[f64; D]) -> u128 {
        let mut squared = 0.0;
        for (axis, target) in target.iter().enumerate() {
            let outside = (self.low[axis] - target)
                .max(target - self.high[axis])
                .max(0.0);
            squared += outside.powi(2);
        }
        key(squared, self.smallest)
    }
}
