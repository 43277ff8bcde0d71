//! Places that come, move and go.

use super::{Dense, Kind, Legs, NONE, Sphere, WHOLE};

/// What undoes [`Legs::put`].
#[derive(Debug)]
pub(crate) struct PlaceBefore {
    at: usize,
    /// `None`: there was no such place.
    point: Option<[f64; 3]>,
    longest: i64,
}

impl Legs {
    /// Whether `one`, the legs of a single place, can be [`put`](Legs::put) into these: both know coordinates, and
    /// measure between them in the same way. A table takes no more than `cells`.
    pub(crate) fn takes(&self, one: &Self, cells: usize) -> bool {
        let alike =
            |a: &Sphere, b: &Sphere| a.pace.to_bits() == b.pace.to_bits() && a.percent == b.percent;
        one.size() == 1
            && match (&self.0, &one.0) {
                (Kind::Plane(plane), Kind::Plane(point)) => {
                    plane.scale.to_bits() == point.scale.to_bits()
                        && plane.rounding == point.rounding
                        && plane.percent == point.percent
                }
                (Kind::Sphere(sphere), Kind::Sphere(point)) => alike(sphere, point),
                (Kind::Dense(dense), Kind::Sphere(point)) => {
                    // No arc is longer than half of the globe.
                    let slowed = point.percent as f64 / WHOLE as f64;
                    let furthest = 2.1e7_f64.max(2.1e7 * point.pace * slowed);
                    let room = (dense.size + 1).checked_mul(dense.size + 1);
                    room.is_some_and(|needed| needed <= cells)
                        && furthest < f64::from(NONE)
                        && dense
                            .sphere
                            .as_ref()
                            .is_some_and(|sphere| alike(sphere, point))
                }
                _ => false,
            }
    }

    /// Puts the one place of `one`, which these legs [take](Legs::takes), at an index: in place of another, or behind
    /// all. A table costs O(places), and O(places²) when its room is used up, which then grows by a quarter.
    pub(crate) fn put(&mut self, at: usize, one: &Self) -> PlaceBefore {
        let longest = match &self.0 {
            Kind::Dense(dense) => i64::from(dense.longest),
            Kind::Plane(_) | Kind::Sphere(_) => 0,
        };
        let point = match (&mut self.0, &one.0) {
            (Kind::Plane(plane), Kind::Plane(one)) => {
                put(&mut plane.points, at, one.points[0]).map(|[x, y]| [x, y, 0.0])
            }
            (Kind::Sphere(sphere), Kind::Sphere(one)) => put(&mut sphere.points, at, one.points[0]),
            (Kind::Dense(dense), Kind::Sphere(one)) => dense.put(at, one.points[0]),
            _ => None,
        };
        PlaceBefore { at, point, longest }
    }

    /// Takes back the last [`put`](Legs::put) that was not taken back yet.
    pub(crate) fn take_back(&mut self, before: &PlaceBefore) {
        let PlaceBefore { at, point, longest } = *before;
        match (&mut self.0, point) {
            (Kind::Plane(plane), Some([x, y, _])) => plane.points[at] = [x, y],
            (Kind::Plane(plane), None) => plane.points.truncate(at),
            (Kind::Sphere(sphere), Some(point)) => sphere.points[at] = point,
            (Kind::Sphere(sphere), None) => sphere.points.truncate(at),
            (Kind::Dense(dense), point) => {
                match point {
                    Some(point) => drop(dense.put(at, point)),
                    None => dense.truncate(at),
                }
                dense.longest = longest as u32;
            }
        }
    }

    /// Makes room for more places in a table that can take them, as far as `cells` allow.
    pub(crate) fn reserve(&mut self, more: usize, cells: usize) {
        if let Kind::Dense(dense) = &mut self.0
            && dense.sphere.is_some()
        {
            let wanted = (dense.size + more).min(cells.isqrt());
            if wanted > dense.stride {
                dense.widen(wanted);
            }
        }
    }
}

/// Sets or appends; returns what was there.
fn put<T>(points: &mut Vec<T>, at: usize, point: T) -> Option<T> {
    if let Some(there) = points.get_mut(at) {
        Some(std::mem::replace(there, point))
    } else {
        points.push(point);
        None
    }
}

impl Dense {
    /// Moves the rows apart.
    fn widen(&mut self, stride: usize) {
        let (size, old) = (self.size, self.stride);
        let spread = |cells: &[u32]| {
            let mut wide = vec![NONE; stride * stride];
            for row in 0..size {
                wide[row * stride..row * stride + size]
                    .copy_from_slice(&cells[row * old..row * old + size]);
            }
            wide
        };
        let tables = [Some(&self.distance), self.duration.as_ref()];
        let [distance, duration] = tables.map(|cells| cells.map(|cells| spread(cells)));
        self.distance = distance.unwrap_or_default();
        self.duration = duration;
        self.stride = stride;
    }

    fn put(&mut self, at: usize, point: [f64; 3]) -> Option<[f64; 3]> {
        let sphere = self.sphere.as_mut()?;
        let before = put(&mut sphere.points, at, point);
        let size = sphere.points.len();
        if size > self.stride {
            self.widen(size + size / 4);
        }
        self.size = size;
        let sphere = self.sphere.as_ref()?;
        for other in 0..size {
            let (there, back) = (at * self.stride + other, other * self.stride + at);
            // Filled as `densified` fills: the diagonal is zero, and the later place is the one that measures.
            let (a, b) = (at.max(other), at.min(other));
            let (mut distance, mut duration) = (0, 0);
            if a != b {
                (distance, duration) = (sphere.distance(a, b) as u32, sphere.duration(a, b) as u32);
            }
            (self.distance[there], self.distance[back]) = (distance, distance);
            self.longest = self.longest.max(distance);
            if let Some(cells) = &mut self.duration {
                (cells[there], cells[back]) = (duration, duration);
                self.longest = self.longest.max(duration);
            }
        }
        before
    }

    fn truncate(&mut self, size: usize) {
        self.size = size;
        if let Some(sphere) = &mut self.sphere {
            sphere.points.truncate(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{PlaceId, Table};

    const DEGREES: [[f64; 2]; 5] = [
        [52.5, 13.4],
        [48.1, 11.6],
        [-33.9, 151.2],
        [0.0, 0.0],
        [51.0, 7.0],
    ];

    fn sphere(of: &[[f64; 2]], cells: usize) -> Legs {
        Legs::sphere(of, 10.0).densified(cells)
    }

    fn same(a: &Legs, b: &Legs) {
        assert_eq!(a.size(), b.size());
        for from in (0..a.size()).map(PlaceId::new) {
            for to in (0..a.size()).map(PlaceId::new) {
                assert_eq!(a.leg(from, to), b.leg(from, to), "{from} to {to}");
            }
        }
    }

    #[test]
    fn places_come_move_and_are_taken_back_in_tables_and_coordinates() {
        for cells in [0, 1000] {
            let mut legs = sphere(&DEGREES[..3], cells);
            legs.reserve(1, cells);
            let one = |i: usize| sphere(&DEGREES[i..=i], 0);
            assert!(legs.takes(&one(3), 1000));
            let pushed = [legs.put(3, &one(3)), legs.put(4, &one(4))];
            same(&legs, &sphere(&DEGREES, cells));
            let moved = legs.put(1, &one(4));
            let [a, _, c, d, e] = DEGREES;
            same(&legs, &sphere(&[a, e, c, d, e], cells));
            legs.take_back(&moved);
            same(&legs, &sphere(&DEGREES, cells));
            for before in pushed.iter().rev() {
                legs.take_back(before);
            }
            same(&legs, &sphere(&DEGREES[..3], cells));
        }
    }

    #[test]
    fn a_pace_scales_durations_in_tables_and_coordinates_alike() {
        let slow = |cells| sphere(&DEGREES, cells).paced(137).unwrap();
        same(&slow(0), &slow(1000));
        let (plain, slow) = (sphere(&DEGREES, 0), slow(0));
        let [from, to] = [0, 1].map(PlaceId::new);
        let (leg, slower) = (plain.leg(from, to).unwrap(), slow.leg(from, to).unwrap());
        assert_eq!(slower.distance, leg.distance);
        assert_eq!(slower.duration.get(), (leg.duration.get() * 137 + 50) / 100);
        assert!(slower.duration.get() <= slow.longest());
        // A place that comes is measured at the same pace.
        for cells in [0, 1000] {
            let mut legs = sphere(&DEGREES[..4], cells).paced(137).unwrap();
            let one = |percent| sphere(&DEGREES[4..], 0).paced(percent).unwrap();
            assert!(legs.takes(&one(137), 1000) && !legs.takes(&one(100), 1000));
            legs.put(4, &one(137));
            same(&legs, &slow);
        }
    }

    #[test]
    fn a_pace_keeps_what_is_no_leg_and_what_does_not_fit() {
        let table = |cells: [Option<i64>; 4]| {
            let rows = cells.chunks(2).map(<[_]>::to_vec).collect();
            Legs::from_tables(&Table::from_rows(rows).unwrap(), None).unwrap()
        };
        let [a, b] = [0, 1].map(PlaceId::new);
        let slow = table([Some(0), Some(3), None, Some(0)]).paced(150).unwrap();
        // 4.5 goes up.
        assert_eq!(slow.leg(a, b).map(|leg| leg.duration.get()), Some(5));
        assert_eq!(slow.leg(b, a), None);
        let long = i64::from(u32::MAX) - 1;
        assert!(
            table([Some(0), Some(long), None, Some(0)])
                .paced(101)
                .is_none()
        );
        assert!(
            table([Some(0), Some(long), None, Some(0)])
                .paced(99)
                .is_some()
        );
    }

    #[test]
    fn what_measures_otherwise_is_not_taken() {
        let legs = sphere(&DEGREES, 1000);
        let faster = Legs::sphere(&DEGREES[..1], 11.0);
        assert!(!legs.takes(&faster, 1000));
        assert!(
            !legs.takes(&sphere(&DEGREES[..1], 0), 35),
            "36 cells are needed"
        );
        assert!(!legs.takes(&sphere(&DEGREES[..2], 0), 1000));
    }
}
