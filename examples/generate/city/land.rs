//! Where people live: districts, arterial roads and suburbs, a river and a coast where nobody does.
//!
//! Kilometres east and north of the centre.

use crate::random::Random;

type Point = (f64, f64);

/// A centre of a district: where, how many people, how far it reaches, and how its streets lie (a unit vector).
struct District {
    at: Point,
    weight: f64,
    reach: f64,
    along: Point,
}

/// The city's plan.
pub(crate) struct Land {
    districts: Vec<District>,
    roads: Vec<Vec<Point>>,
    river: Vec<Point>,
}

/// A house: where, in which district, on which street, at which number.
#[derive(Clone)]
pub(crate) struct House {
    pub(crate) at: Point,
    pub(crate) district: usize,
    pub(crate) street: i64,
    pub(crate) number: i64,
}

/// Streets are this far apart, and houses along them.
const STREET: f64 = 0.11;
const HOUSE: f64 = 0.012;

fn district(x: f64, y: f64, weight: f64, reach: f64, along: Point) -> District {
    let length = (along.0 * along.0 + along.1 * along.1).sqrt();
    District {
        at: (x, y),
        weight,
        reach,
        along: (along.0 / length, along.1 / length),
    }
}

impl Land {
    pub(crate) fn new() -> Self {
        Self {
            districts: vec![
                district(0.0, 0.0, 15.0, 0.75, (1.0, 0.15)),
                district(-2.1, 1.7, 9.0, 0.60, (1.0, -0.30)),
                district(2.6, 1.2, 9.0, 0.60, (1.0, 0.45)),
                district(1.1, -2.3, 7.0, 0.55, (1.0, 0.05)),
                district(-3.4, -1.6, 7.0, 0.65, (1.0, 0.60)),
                district(0.6, 3.6, 6.0, 0.50, (1.0, -0.10)),
                district(4.9, 3.4, 6.0, 0.60, (1.0, 0.80)),
                district(-5.8, 2.6, 5.0, 0.55, (1.0, -0.50)),
                district(5.4, -1.4, 5.0, 0.60, (1.0, 0.20)),
                district(-5.2, -4.4, 4.0, 0.50, (1.0, 0.90)),
                district(2.4, -5.4, 4.0, 0.45, (1.0, -0.20)),
                district(-1.6, 6.1, 3.5, 0.45, (1.0, 0.35)),
                district(8.3, 5.2, 3.0, 0.45, (1.0, 0.70)),
                district(-9.2, 0.6, 3.0, 0.40, (1.0, 0.10)),
                district(9.1, -2.2, 2.5, 0.40, (1.0, -0.40)),
            ],
            roads: vec![
                vec![(0.0, 0.0), (-2.1, 1.7), (-5.8, 2.6), (-9.2, 0.6)],
                vec![(0.0, 0.0), (-3.4, -1.6), (-5.2, -4.4), (-6.4, -6.0)],
                vec![(0.0, 0.0), (1.1, -2.3), (2.4, -5.4), (2.2, -6.6)],
                vec![(0.0, 0.0), (2.6, 1.2), (4.9, 3.4), (8.3, 5.2)],
                vec![(0.0, 0.0), (0.6, 3.6), (-1.6, 6.1), (-2.2, 7.9)],
                vec![(1.1, -2.3), (5.4, -1.4), (9.1, -2.2)],
                // The ring.
                vec![
                    (-3.4, -1.6),
                    (-3.9, 0.4),
                    (-2.1, 1.7),
                    (-0.9, 3.3),
                    (0.6, 3.6),
                    (3.0, 3.3),
                    (4.9, 3.4),
                    (5.6, 1.0),
                    (5.4, -1.4),
                    (3.6, -2.6),
                    (1.1, -2.3),
                    (-1.4, -2.5),
                    (-3.4, -1.6),
                ],
            ],
            river: vec![
                (-11.0, 4.6),
                (-7.6, 3.9),
                (-4.2, 3.6),
                (-1.9, 2.9),
                (-0.9, 1.4),
                (0.9, 0.9),
                (2.0, -0.6),
                (3.4, -1.7),
                (4.1, -3.8),
                (4.4, -7.5),
            ],
        }
    }

    /// Draws a house: in a district, along a road, or in the suburbs.
    pub(crate) fn house(&self, random: &mut Random) -> House {
        loop {
            let point = match random.weighted(&[0.52, 0.27, 0.21]) {
                0 => self.in_district(random),
                1 => self.along_road(random),
                _ => Self::in_suburb(random),
            };
            let house = self.on_street(random, point);
            if self.habitable(house.at) {
                return house;
            }
        }
    }

    fn in_district(&self, random: &mut Random) -> Point {
        let weights: Vec<f64> = self.districts.iter().map(|d| d.weight).collect();
        let district = &self.districts[random.weighted(&weights)];
        let (dx, dy) = random.around(district.reach * 0.7);
        (district.at.0 + dx, district.at.1 + dy)
    }

    /// Density falls along a road with the distance from the centre, and fast to its sides.
    fn along_road(&self, random: &mut Random) -> Point {
        loop {
            let road = &self.roads[random.index(self.roads.len())];
            let leg = random.index(road.len() - 1);
            let (a, b) = (road[leg], road[leg + 1]);
            let t = random.unit();
            let (x, y) = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            let (dx, dy) = random.around(0.13);
            if random.chance(1.0 / (1.0 + (x * x + y * y) / 30.0)) {
                return (x + dx, y + dy);
            }
        }
    }

    fn in_suburb(random: &mut Random) -> Point {
        let (dx, dy) = random.around(1.9);
        (dx * 1.15, dy)
    }

    /// Moves a point to the nearest street of the nearest district's grid, and to a house number on it.
    fn on_street(&self, random: &mut Random, (x, y): Point) -> House {
        let square = |d: &District| {
            let (dx, dy) = (x - d.at.0, y - d.at.1);
            dx * dx + dy * dy
        };
        let nearest = (0..self.districts.len())
            .min_by(|a, b| square(&self.districts[*a]).total_cmp(&square(&self.districts[*b])))
            .unwrap_or(0);
        let grid = &self.districts[nearest];
        let (dx, dy) = (x - grid.at.0, y - grid.at.1);
        // In the grid's own axes: u along, v across.
        let (mut u, mut v) = (
            dx * grid.along.0 + dy * grid.along.1,
            dy * grid.along.0 - dx * grid.along.1,
        );
        let across = random.chance(0.35);
        // Cross streets are twice as far apart, as blocks are longer than deep.
        let street = if across {
            let line = (u / (2.0 * STREET)).round();
            u = line * 2.0 * STREET;
            v = (v / HOUSE).round() * HOUSE;
            (line as i64) * 2 + 1
        } else {
            let line = (v / STREET).round();
            v = line * STREET;
            u = (u / HOUSE).round() * HOUSE;
            (line as i64) * 2
        };
        let number = ((if across { v } else { u }) / HOUSE).round() as i64;
        House {
            at: (
                grid.at.0 + u * grid.along.0 - v * grid.along.1,
                grid.at.1 + u * grid.along.1 + v * grid.along.0,
            ),
            district: nearest,
            street,
            number,
        }
    }

    fn habitable(&self, (x, y): Point) -> bool {
        let coast = -7.1 + 0.02 * (x - 2.0) * (x - 2.0);
        let river = self
            .river
            .windows(2)
            .map(|leg| distance((x, y), leg[0], leg[1]))
            .fold(f64::INFINITY, f64::min);
        // A park west of the centre, and the airfield in the east.
        let park = (x + 1.35) * (x + 1.35) + (y + 0.75) * (y + 0.75) < 0.2;
        let airfield = (6.4..8.2).contains(&x) && (0.3..1.5).contains(&y);
        y > coast && y < 9.0 && x.abs() < 11.5 && river > 0.13 && !park && !airfield
    }
}

/// From a point to a line segment.
fn distance((x, y): Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let t = (((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    let (ex, ey) = (x - a.0 - t * dx, y - a.1 - t * dy);
    (ex * ex + ey * ey).sqrt()
}
