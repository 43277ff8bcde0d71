//! Places that come, move and go.

use super::{Dense, Kind, Legs, NONE, WHOLE, diagonal, scaled};

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
        one.size() == 1
            && match (&self.0, &one.0) {
                (Kind::Plane(plane), Kind::Plane(point)) => {
                    plane.scale.to_bits() == point.scale.to_bits()
                        && plane.rounding == point.rounding
                        && plane.percent == point.percent
                }
                (Kind::Sphere(sphere), Kind::Sphere(point)) => {
                    sphere.pace.to_bits() == point.pace.to_bits() && sphere.percent == point.percent
                }
                (Kind::Dense(dense), Kind::Plane(_) | Kind::Sphere(_)) => {
                    let room = (dense.size + 1).checked_mul(dense.size + 1);
                    room.is_some_and(|needed| needed <= cells)
                        && dense.source.as_ref().is_some_and(|source| {
                            source.takes(one, cells) && source.reach(one) < i64::from(NONE)
                        })
                }
                _ => false,
            }
    }

    /// A bound on every distance and duration to the one place of `one`, in these legs from coordinates.
    fn reach(&self, one: &Self) -> i64 {
        match (&self.0, &one.0) {
            (Kind::Plane(plane), Kind::Plane(point)) => {
                let points: Vec<_> = plane.points.iter().chain(&point.points).copied().collect();
                let most = (diagonal(&points) * plane.scale) as i64 + 1;
                most.max(scaled(most, plane.percent))
            }
            // No arc is longer than half of the globe.
            (_, Kind::Sphere(point)) => {
                let slowed = point.percent as f64 / WHOLE as f64;
                2.1e7_f64.max(2.1e7 * point.pace * slowed) as i64
            }
            _ => i64::MAX,
        }
    }

    /// Puts the one place of `one`, which these legs [take](Legs::takes), at an index: in place of another, or behind
    /// all. A table costs O(places), and O(places²) when its room is used up, which then grows by a quarter.
    pub(crate) fn put(&mut self, at: usize, one: &Self) -> PlaceBefore {
        let (mut longest, mut point) = (0, None);
        match (&mut self.0, &one.0) {
            (Kind::Plane(plane), Kind::Plane(one)) => {
                point = put(&mut plane.points, at, one.points[0]).map(|[x, y]| [x, y, 0.0]);
            }
            (Kind::Sphere(sphere), Kind::Sphere(one)) => {
                point = put(&mut sphere.points, at, one.points[0]);
            }
            (Kind::Dense(dense), _) => {
                longest = i64::from(dense.longest);
                if let Some(source) = &mut dense.source {
                    point = source.put(at, one).point;
                    dense.measure(at);
                }
            }
            _ => {}
        }
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
                if let Some(source) = &mut dense.source {
                    source.take_back(before);
                }
                match point {
                    Some(_) => dense.measure(at),
                    None => dense.size = at,
                }
                dense.longest = longest as u32;
            }
        }
    }

    /// Makes room for more places in a table that can take them, as far as `cells` allow.
    pub(crate) fn reserve(&mut self, more: usize, cells: usize) {
        if let Kind::Dense(dense) = &mut self.0
            && dense.source.is_some()
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

    /// Fills the row and the column of a place from the coordinates.
    fn measure(&mut self, at: usize) {
        let size = self
            .source
            .as_ref()
            .map_or(self.size, |source| source.size());
        if size > self.stride {
            self.widen(size + size / 4);
        }
        self.size = size;
        let Some(source) = &self.source else { return };
        for other in 0..size {
            let (there, back) = (at * self.stride + other, other * self.stride + at);
            // Filled as `densified` fills: the diagonal is zero, and the later place is the one that measures.
            let (a, b) = (at.max(other), at.min(other));
            let (mut distance, mut duration) = (0, 0);
            if a != b {
                (distance, duration) = (source.distance(a, b) as u32, source.duration(a, b) as u32);
            }
            (self.distance[there], self.distance[back]) = (distance, distance);
            self.longest = self.longest.max(distance);
            if let Some(cells) = &mut self.duration {
                (cells[there], cells[back]) = (duration, duration);
                self.longest = self.longest.max(duration);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{PlaceId, Table};
    use crate::travel::legs::Rounding;

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

    fn plane(of: &[[f64; 2]], cells: usize) -> Legs {
        Legs::plane(of.to_vec(), 10.0, Rounding::Down).densified(cells)
    }

    #[test]
    fn places_come_move_and_are_taken_back_in_tables_and_coordinates() {
        for from in [sphere, plane] {
            for cells in [0, 1000] {
                let mut legs = from(&DEGREES[..3], cells);
                legs.reserve(1, cells);
                let one = |i: usize| from(&DEGREES[i..=i], 0);
                assert!(legs.takes(&one(3), 1000));
                let pushed = [legs.put(3, &one(3)), legs.put(4, &one(4))];
                same(&legs, &from(&DEGREES, cells));
                let moved = legs.put(1, &one(4));
                let [a, _, c, d, e] = DEGREES;
                same(&legs, &from(&[a, e, c, d, e], cells));
                legs.take_back(&moved);
                same(&legs, &from(&DEGREES, cells));
                for before in pushed.iter().rev() {
                    legs.take_back(before);
                }
                same(&legs, &from(&DEGREES[..3], cells));
            }
        }
    }

    #[test]
    fn a_pace_scales_durations_in_tables_and_coordinates_alike() {
        let flat = |cells| plane(&DEGREES, cells).paced(137).unwrap();
        same(&flat(0), &flat(1000));
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
            let mut legs = plane(&DEGREES[..4], cells).paced(137).unwrap();
            let one = plane(&DEGREES[4..], 0).paced(137).unwrap();
            assert!(legs.takes(&one, 1000));
            legs.put(4, &one);
            same(&legs, &flat(0));
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
        assert!(!legs.takes(&plane(&DEGREES[..1], 0), 1000));
        let flat = plane(&DEGREES, 1000);
        assert!(flat.takes(&plane(&DEGREES[..1], 0), 1000));
        let far = [1e9, 0.0];
        assert!(
            !flat.takes(&plane(&[far], 0), 1000),
            "no cell holds a leg to it"
        );
        let finer = Legs::plane(vec![DEGREES[0]], 100.0, Rounding::Down);
        assert!(!flat.takes(&finer, 1000));
    }
}
