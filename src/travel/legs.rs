//! The legs among the places of a problem.

mod edit;

pub(crate) use edit::PlaceBefore;

use crate::measure::{Distance, Duration, PlaceId, Table};
use serde::{Deserialize, Serialize};

/// The distance that the search sees where there is no leg: longer than any accepted leg, and small enough that sums
/// of a few of them stay in range. Nothing outside the crate sees it; [`Legs::leg`] says `None`.
pub(crate) const FAR: i64 = 1 << 44;

/// The table cell that means "no leg"; it never leaves this room.
pub(super) const NONE: u32 = u32::MAX;

/// Per cent of a duration that are all of it.
const WHOLE: i64 = 100;

/// So many per cent of a duration, to the nearest second; half a second goes up.
#[inline]
fn scaled(duration: i64, percent: i64) -> i64 {
    if percent == WHOLE {
        duration
    } else {
        (duration * percent + WHOLE / 2) / WHOLE
    }
}

/// Metres on a great circle of the mean Earth radius (IUGG), the one that `geo` uses.
const EARTH_RADIUS: f64 = 6_371_008.8;

/// Travel from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// How far.
    pub distance: Distance,
    /// How long.
    pub duration: Duration,
}

/// The legs of one travel profile among the places of a problem.
#[derive(Debug, Clone)]
pub struct Legs(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Dense(Dense),
    Plane(Plane),
    Sphere(Sphere),
}

#[derive(Debug, Clone)]
struct Dense {
    size: usize,
    /// Cells from one row to the next: at least `size`, more where there is room for places to come.
    stride: usize,
    distance: Vec<u32>,
    /// `None`: durations are the distances.
    duration: Option<Vec<u32>>,
    symmetric: bool,
    /// No cell is above this.
    longest: u32,
    /// The legs from coordinates that the table was filled from, where more places may be measured in the same way.
    source: Option<Box<Legs>>,
}

/// How a straight length becomes a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rounding {
    Nearest,
    Down,
}

/// Straight lines on a plane.
#[derive(Debug, Clone)]
pub(crate) struct Plane {
    points: Vec<[f64; 2]>,
    scale: f64,
    rounding: Rounding,
    /// Per cent of a distance that its duration is.
    percent: i64,
}

#[derive(Debug, Clone)]
struct Sphere {
    /// Unit vectors.
    points: Vec<[f64; 3]>,
    /// Seconds per metre.
    pace: f64,
    /// Per cent of these seconds that a leg lasts.
    percent: i64,
}

impl Plane {
    /// One more point, where another one is; or nowhere: it is no way at all from there, and to there.
    pub(crate) fn push(&mut self, twin: Option<usize>) {
        let point = twin.map_or([f64::NAN; 2], |twin| self.points[twin]);
        self.points.push(point);
    }

    /// The distance between two points, by their numbers.
    #[inline(always)]
    pub(crate) fn distance(&self, from: usize, to: usize) -> i64 {
        let ([ax, ay], [bx, by]) = (self.points[from], self.points[to]);
        let (dx, dy) = (ax - bx, ay - by);
        let length = (dx * dx + dy * dy).sqrt() * self.scale;
        match self.rounding {
            Rounding::Nearest => (length + 0.5) as i64,
            Rounding::Down => length as i64,
        }
    }

    #[inline]
    fn duration(&self, from: usize, to: usize) -> i64 {
        scaled(self.distance(from, to), self.percent)
    }
}

impl Sphere {
    #[inline]
    fn metres(&self, from: usize, to: usize) -> f64 {
        let ([ax, ay, az], [bx, by, bz]) = (self.points[from], self.points[to]);
        let (dx, dy, dz) = (ax - bx, ay - by, az - bz);
        let chord = (dx * dx + dy * dy + dz * dz).sqrt();
        2.0 * EARTH_RADIUS * (chord * 0.5).min(1.0).asin()
    }

    #[inline]
    fn distance(&self, from: usize, to: usize) -> i64 {
        (self.metres(from, to) + 0.5) as i64
    }

    #[inline]
    fn duration(&self, from: usize, to: usize) -> i64 {
        scaled(
            (self.metres(from, to) * self.pace + 0.5) as i64,
            self.percent,
        )
    }
}

impl Legs {
    /// Legs from given tables of distances and durations; `None` in a cell means that there is no such leg. Without
    /// durations, a leg lasts as many seconds as it has units of distance.
    ///
    /// # Errors
    ///
    /// `None` when a table is not square, the two differ in size, or a number is negative or above 2³² − 2.
    pub fn from_tables(
        distance: &Table<Option<i64>>,
        duration: Option<&Table<Option<i64>>>,
    ) -> Option<Self> {
        let size = distance.rows();
        if distance.columns() != size
            || duration.is_some_and(|d| d.rows() != size || d.columns() != size)
        {
            return None;
        }
        let cell = |value: &Option<i64>| match value {
            None => Some(NONE),
            Some(v) => u32::try_from(*v).ok().filter(|v| *v != NONE),
        };
        let mut distances: Vec<u32> = distance.cells().iter().map(cell).collect::<Option<_>>()?;
        let mut durations: Option<Vec<u32>> = match duration {
            None => None,
            Some(table) => Some(table.cells().iter().map(cell).collect::<Option<_>>()?),
        };
        if let Some(durations) = &mut durations {
            // A leg needs both numbers to exist.
            for (a, b) in distances.iter_mut().zip(durations) {
                if *a == NONE || *b == NONE {
                    (*a, *b) = (NONE, NONE);
                }
            }
        }
        Some(Self::dense(size, distances, durations))
    }

    /// Legs from `size²` cells each, row by row, in which [`NONE`] means that there is no leg; without durations they
    /// are equal to the distances.
    pub(super) fn dense(size: usize, distance: Vec<u32>, duration: Option<Vec<u32>>) -> Self {
        let even = |cells: &[u32]| {
            (0..size).all(|i| (0..i).all(|j| cells[i * size + j] == cells[j * size + i]))
        };
        let symmetric = even(&distance) && duration.as_deref().is_none_or(even);
        let longest = longest_of(&distance).max(duration.as_deref().map_or(0, longest_of));
        Self(Kind::Dense(Dense {
            size,
            stride: size,
            distance,
            duration,
            symmetric,
            longest,
            source: None,
        }))
    }

    /// Straight lines on a plane, computed when asked for.
    pub(crate) fn plane(points: Vec<[f64; 2]>, scale: f64, rounding: Rounding) -> Self {
        Self(Kind::Plane(Plane {
            points,
            scale,
            rounding,
            percent: WHOLE,
        }))
    }

    /// Great circles, from degrees north and east, computed when asked for.
    pub(crate) fn sphere(degrees: &[[f64; 2]], metres_per_second: f64) -> Self {
        let points = degrees
            .iter()
            .map(|[latitude, longitude]| {
                let (lat, lon) = (latitude.to_radians(), longitude.to_radians());
                [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
            })
            .collect();
        Self(Kind::Sphere(Sphere {
            points,
            pace: 1.0 / metres_per_second,
            percent: WHOLE,
        }))
    }

    /// The same legs as a dense table where `size²` is within `cells` and every number fits, else unchanged.
    pub(crate) fn densified(self, cells: usize) -> Self {
        let size = self.size();
        if size.checked_mul(size).is_none_or(|needed| needed > cells)
            || self.longest() >= i64::from(NONE)
        {
            return self;
        }
        let fill = |measure: &dyn Fn(usize, usize) -> i64| -> Vec<u32> {
            let mut table = vec![0_u32; size * size];
            for from in 0..size {
                for to in 0..from {
                    let value = measure(from, to) as u32;
                    table[from * size + to] = value;
                    table[to * size + from] = value;
                }
            }
            table
        };
        let distances = match &self.0 {
            Kind::Dense(_) => return self,
            Kind::Plane(_) | Kind::Sphere(_) => fill(&|a, b| self.distance(a, b)),
        };
        // On a plane a leg lasts as long as it is far, for a vehicle of the usual pace.
        let durations = match &self.0 {
            Kind::Plane(plane) if plane.percent == WHOLE => None,
            _ => Some(fill(&|a, b| self.duration(a, b))),
        };
        let mut legs = Self::dense(size, distances, durations);
        if let Kind::Dense(dense) = &mut legs.0 {
            dense.source = Some(Box::new(self));
        }
        legs
    }

    /// The same legs for a vehicle that takes so many per cent of their durations, each to the nearest second; half a second
    /// goes up. `None` where that is more than a table can hold.
    pub(crate) fn paced(mut self, percent: u32) -> Option<Self> {
        let share = i64::from(percent);
        match &mut self.0 {
            _ if share == WHOLE => {}
            Kind::Dense(dense) => {
                let slower = |cell: &u32| match *cell {
                    NONE => Some(NONE),
                    cell => {
                        let slower = u32::try_from(scaled(i64::from(cell), share)).ok();
                        slower.filter(|slower| *slower != NONE)
                    }
                };
                let durations = dense.duration.as_ref().unwrap_or(&dense.distance);
                let durations: Vec<u32> = durations.iter().map(slower).collect::<Option<_>>()?;
                dense.longest = longest_of(&dense.distance).max(longest_of(&durations));
                dense.duration = Some(durations);
                let source = dense.source.take();
                dense.source = source.and_then(|source| source.paced(percent).map(Box::new));
            }
            Kind::Plane(plane) => plane.percent = share,
            Kind::Sphere(sphere) => sphere.percent = share,
        }
        Some(self)
    }

    /// The legs among some of the places, numbered by their position.
    pub(crate) fn part(&self, places: &[usize]) -> Self {
        match &self.0 {
            Kind::Dense(dense) => {
                let pick = |cells: &Vec<u32>| -> Vec<u32> {
                    places
                        .iter()
                        .flat_map(|a| places.iter().map(move |b| cells[a * dense.stride + b]))
                        .collect()
                };
                let distance = pick(&dense.distance);
                let duration = dense.duration.as_ref().map(pick);
                Self(Kind::Dense(Dense {
                    size: places.len(),
                    stride: places.len(),
                    longest: longest_of(&distance).max(duration.as_deref().map_or(0, longest_of)),
                    distance,
                    duration,
                    symmetric: dense.symmetric,
                    source: None,
                }))
            }
            Kind::Plane(plane) => {
                let points = places.iter().map(|p| plane.points[*p]).collect();
                Self(Kind::Plane(Plane {
                    points,
                    scale: plane.scale,
                    rounding: plane.rounding,
                    percent: plane.percent,
                }))
            }
            Kind::Sphere(sphere) => {
                let points = places.iter().map(|p| sphere.points[*p]).collect();
                Self(Kind::Sphere(Sphere {
                    points,
                    pace: sphere.pace,
                    percent: sphere.percent,
                }))
            }
        }
    }

    /// How many places the legs connect.
    pub fn size(&self) -> usize {
        match &self.0 {
            Kind::Dense(dense) => dense.size,
            Kind::Plane(plane) => plane.points.len(),
            Kind::Sphere(sphere) => sphere.points.len(),
        }
    }

    /// The leg between two places, or `None` where there is none.
    ///
    /// # Panics
    ///
    /// When a place is not one of these.
    pub fn leg(&self, from: PlaceId, to: PlaceId) -> Option<Leg> {
        let (from, to) = (from.index(), to.index());
        let (distance, duration) = match &self.0 {
            Kind::Dense(dense) => {
                let at = from * dense.stride + to;
                let distance = dense.distance[at];
                if distance == NONE {
                    return None;
                }
                (
                    i64::from(distance),
                    i64::from(dense.duration.as_ref().map_or(distance, |d| d[at])),
                )
            }
            Kind::Plane(plane) => (plane.distance(from, to), plane.duration(from, to)),
            Kind::Sphere(sphere) => (sphere.distance(from, to), sphere.duration(from, to)),
        };
        Some(Leg {
            distance: Distance(distance),
            duration: Duration(duration),
        })
    }

    /// The distance between two places for the search: [`FAR`] where there is no leg.
    #[inline(always)]
    pub(crate) fn distance(&self, from: usize, to: usize) -> i64 {
        match &self.0 {
            Kind::Dense(dense) => {
                let cell = dense.distance[from * dense.stride + to];
                if cell == NONE { FAR } else { i64::from(cell) }
            }
            Kind::Plane(plane) => plane.distance(from, to),
            Kind::Sphere(sphere) => sphere.distance(from, to),
        }
    }

    /// The duration between two places for the search: [`FAR`] where there is no leg.
    #[inline(always)]
    pub(crate) fn duration(&self, from: usize, to: usize) -> i64 {
        match &self.0 {
            Kind::Dense(dense) => {
                let cells = dense.duration.as_ref().unwrap_or(&dense.distance);
                let cell = cells[from * dense.stride + to];
                if cell == NONE { FAR } else { i64::from(cell) }
            }
            Kind::Plane(plane) => plane.duration(from, to),
            Kind::Sphere(sphere) => sphere.duration(from, to),
        }
    }

    /// As [`duration`](Legs::duration), of a leg whose distance is known.
    #[inline(always)]
    pub(crate) fn duration_of(&self, from: usize, to: usize, distance: i64) -> i64 {
        match &self.0 {
            Kind::Dense(dense) if dense.duration.is_none() => distance,
            Kind::Plane(plane) => scaled(distance, plane.percent),
            Kind::Dense(_) | Kind::Sphere(_) => self.duration(from, to),
        }
    }

    /// The plane on which these legs are straight lines, though a table may hold them too; `None` where they are not.
    pub(crate) fn straight(&self) -> Option<&Plane> {
        match &self.0 {
            Kind::Plane(plane) => Some(plane),
            Kind::Dense(dense) => dense.source.as_ref().and_then(|source| source.straight()),
            Kind::Sphere(_) => None,
        }
    }

    /// Whether every leg is as long as the leg back.
    pub fn is_symmetric(&self) -> bool {
        match &self.0 {
            Kind::Dense(dense) => dense.symmetric,
            Kind::Plane(_) | Kind::Sphere(_) => true,
        }
    }

    /// A bound on every distance and duration that exists: exact for a table in which no place was moved,
    /// the diameter for coordinates.
    pub(crate) fn longest(&self) -> i64 {
        match &self.0 {
            Kind::Dense(dense) => i64::from(dense.longest),
            Kind::Plane(plane) => {
                let most = (diagonal(&plane.points) * plane.scale) as i64 + 1;
                most.max(scaled(most, plane.percent))
            }
            Kind::Sphere(sphere) => {
                // No chord is longer than the diagonal, and no arc is longer than that of the longest chord.
                let chord = diagonal(&sphere.points);
                let metres = 2.0 * EARTH_RADIUS * (chord * 0.5).min(1.0).asin();
                let duration = scaled((metres * sphere.pace) as i64 + 1, sphere.percent);
                duration.max(metres as i64 + 1)
            }
        }
    }
}

/// The largest of the cells that hold a leg.
fn longest_of(cells: &[u32]) -> u32 {
    cells
        .iter()
        .copied()
        .filter(|c| *c != NONE)
        .max()
        .unwrap_or(0)
}

/// The diagonal of the box around points.
fn diagonal<const N: usize>(points: &[[f64; N]]) -> f64 {
    let extent = |axis: usize| {
        let values = points.iter().map(|p| p[axis]);
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = values.fold(ends, |(low, high), v| (low.min(v), high.max(v)));
        (high - low).max(0.0)
    };
    (0..N).map(|axis| extent(axis).powi(2)).sum::<f64>().sqrt()
}
