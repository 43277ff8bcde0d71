//! A small town's roads: a bent grid with diagonals, a river with three bridges, one-way streets, and orders.

use crate::random::Random;
use std::fmt::Write;

const COLUMNS: usize = 20;
const ROWS: usize = 15;
/// The river flows between this row and the next.
const RIVER: usize = 7;
const BRIDGES: [usize; 3] = [3, 9, 16];
/// One block, in metres.
const BLOCK: f64 = 180.0;
const SOUTH_WEST: (f64, f64) = (1.10, 105.20);

fn id(column: usize, row: usize) -> usize {
    row * COLUMNS + column
}

/// Metres east and north of the corner, bent so that no two streets are quite parallel.
fn nodes(random: &mut Random) -> Vec<(f64, f64)> {
    let mut nodes = Vec::new();
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let (x, y) = (column as f64 * BLOCK, row as f64 * BLOCK);
            let bank = if row > RIVER { BLOCK * 0.6 } else { 0.0 };
            let bend = (column as f64 - 10.0) * (column as f64 - 10.0) * 2.0;
            nodes.push((
                x + random.between(-25.0, 25.0),
                y + bank + bend + random.between(-25.0, 25.0),
            ));
        }
    }
    nodes
}

struct Road {
    from: usize,
    to: usize,
    kmh: i64,
    one_way: bool,
}

fn roads(random: &mut Random) -> Vec<Road> {
    let mut roads = Vec::new();
    let mut road = |from, to, kmh, one_way| {
        roads.push(Road {
            from,
            to,
            kmh,
            one_way,
        });
    };
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let here = id(column, row);
            let main_row = row % 5 == 2;
            if column + 1 < COLUMNS {
                // Side streets alternate in direction, as in many a centre; a few are dead ends on one side.
                let one_way = !main_row && row % 2 == 1 && (5..15).contains(&column);
                let next = id(column + 1, row);
                let (from, to) = if row % 4 == 1 {
                    (here, next)
                } else {
                    (next, here)
                };
                if main_row || one_way || random.chance(0.92) {
                    road(from, to, if main_row { 50 } else { 30 }, one_way);
                }
            }
            if row + 1 < ROWS {
                let main_column = BRIDGES.contains(&column);
                if row == RIVER && !main_column {
                    continue;
                }
                road(
                    here,
                    id(column, row + 1),
                    if main_column { 50 } else { 30 },
                    false,
                );
            }
        }
    }
    // Two avenues that cut the corners.
    for step in 0..7 {
        road(id(2 + step, step), id(3 + step, step + 1), 60, false);
        road(
            id(18 - step, 14 - step.min(5)),
            id(17 - step, 13 - step.min(5)),
            60,
            false,
        );
    }
    roads
}

/// Writes nodes, roads, one depot and the orders, each at a node.
pub(crate) fn generate(random: &mut Random, orders: usize) -> String {
    let nodes = nodes(random);
    let roads = roads(random);
    let mut text = String::from("{\"nodes\":[\n");
    for (index, (x, y)) in nodes.iter().enumerate() {
        let (latitude, longitude) = (SOUTH_WEST.0 + y / 111_195.0, SOUTH_WEST.1 + x / 111_174.0);
        let comma = if index + 1 < nodes.len() { "," } else { "" };
        let _ = writeln!(
            text,
            "{{\"id\":{index},\"latitude\":{latitude:.6},\"longitude\":{longitude:.6}}}{comma}"
        );
    }
    text.push_str("],\"roads\":[\n");
    for (index, road) in roads.iter().enumerate() {
        let (a, b) = (nodes[road.from], nodes[road.to]);
        let straight = ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt();
        let metres = (straight * random.between(1.0, 1.08)).ceil();
        let comma = if index + 1 < roads.len() { "," } else { "" };
        let _ = writeln!(
            text,
            "{{\"from\":{},\"to\":{},\"metres\":{metres},\"kmh\":{},\"one_way\":{}}}{comma}",
            road.from, road.to, road.kmh, road.one_way
        );
    }
    let _ = writeln!(
        text,
        "],\"depot\":{{\"name\":\"yard\",\"node\":{}}},\"orders\":[",
        id(0, 2)
    );
    for index in 0..orders {
        let node = random.index(nodes.len());
        let comma = if index + 1 < orders { "," } else { "" };
        let parcels = random.whole(1, 9);
        let _ = writeln!(
            text,
            "{{\"name\":\"order {}\",\"node\":{node},\"parcels\":{parcels}}}{comma}",
            index + 1
        );
    }
    text.push_str("]}\n");
    text
}
