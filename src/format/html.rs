//! A plan as one page, to look at: map, timeline, routes and what is left unserved.
//!
//! The page holds its data and its code, and fetches nothing: it can be mailed, archived, or opened without a network.
//! Its content policy forbids it to do otherwise. Names are shown as text only, whatever they contain.

use super::palette::colour;
use crate::measure::{Cost, DepotId, DimensionId, Duration, Load, OrderId, PlaceId, Time};
use crate::model::{OrderKind, Place};
use crate::plan::{Plan, Relaxation, Route, Unserved, Violation};
use crate::problem::Problem;
use serde::Serialize;

/// The page, with a mark where the data goes.
const PAGE: &str = include_str!("plan.html");

/// Where the data goes.
const MARK: &str = "/*DATA*/";

/// A window that reaches beyond this is open at that end.
const FOREVER: i64 = 1 << 40;

/// How many broken rules are listed.
const MOST_BROKEN: usize = 100;

#[derive(Serialize)]
struct Data<'a> {
    places: &'static str,
    subtitle: String,
    kpis: Vec<Kpi>,
    dimensions: Vec<&'a str>,
    depots: Vec<DepotData<'a>>,
    orders: Vec<OrderData<'a>>,
    routes: Vec<RouteData<'a>>,
    broken: Vec<String>,
    unserved: Vec<UnservedData>,
}

/// One number at the head of the page.
#[derive(Serialize)]
struct Kpi {
    label: &'static str,
    value: Value,
    unit: &'static str,
    note: String,
    bad: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Number(i64),
    Decimal(String),
}

#[derive(Serialize)]
struct DepotData<'a> {
    name: &'a str,
    x: Option<f64>,
    y: Option<f64>,
}

#[derive(Serialize)]
struct OrderData<'a> {
    name: &'a str,
    x: Option<f64>,
    y: Option<f64>,
    kind: &'static str,
    window: Option<[i64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promise: Option<[i64; 2]>,
    quantity: Vec<Load>,
    /// What an exchange takes along.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    taken: Vec<Load>,
}

#[derive(Serialize)]
struct RouteData<'a> {
    vehicle: String,
    colour: String,
    start: usize,
    end: Option<usize>,
    leaves: Time,
    ends: Time,
    end_wait: Duration,
    wait: Duration,
    distance: i64,
    cost: String,
    full: Option<i64>,
    stops: Vec<StopData<'a>>,
    reloads: Vec<ReloadData<'a>>,
}

#[derive(Serialize)]
struct StopData<'a> {
    order: usize,
    arrival: Time,
    wait: Duration,
    start: Time,
    /// Before and after what is promised; where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    early: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<Duration>,
    departure: Time,
    load: &'a [Load],
}

#[derive(Serialize)]
struct ReloadData<'a> {
    /// The index of the stop that comes next.
    before: usize,
    depot: usize,
    arrival: Time,
    wait: Duration,
    start: Time,
    departure: Time,
    load: &'a [Load],
}

#[derive(Serialize)]
struct UnservedData {
    order: usize,
    why: String,
    help: String,
    price: Option<String>,
}

/// Writes a plan as one HTML page.
///
/// # Panics
///
/// When the plan is not one of this problem.
pub fn write(problem: &Problem, plan: &Plan) -> String {
    let broken = plan.check(problem);
    let data = Data {
        places: places(problem),
        subtitle: subtitle(problem),
        kpis: kpis(problem, plan),
        broken: broken_data(&broken),
        dimensions: (0..problem.dimension_count())
            .map(|d| problem.names().dimension(DimensionId::new(d)))
            .collect(),
        depots: (0..problem.depot_count())
            .map(|depot| depot_data(problem, DepotId::new(depot)))
            .collect(),
        // By id: those of cancelled orders keep their position.
        orders: (0..problem.order_count())
            .map(|order| order_data(problem, OrderId::new(order)))
            .collect(),
        routes: plan
            .routes()
            .iter()
            .enumerate()
            .map(|(index, route)| route_data(index, route))
            .collect(),
        unserved: plan
            .unserved()
            .iter()
            .map(|u| unserved_data(problem, u))
            .collect(),
    };
    let json = serde_json::to_string(&data).expect("plain data serialises");
    let (head, tail) = PAGE.split_once(MARK).unwrap_or((PAGE, ""));
    [head, &embedded(&json), tail].concat()
}

/// What the plan breaks, in words; of very many, the first.
fn broken_data(violations: &[Violation]) -> Vec<String> {
    let mut lines: Vec<String> = violations
        .iter()
        .take(MOST_BROKEN)
        .map(ToString::to_string)
        .collect();
    if violations.len() > MOST_BROKEN {
        lines.push(format!("and {} more", violations.len() - MOST_BROKEN));
    }
    lines
}

/// JSON that can stand inside of a script element: nothing in it ends the element, opens a comment or breaks a line.
fn embedded(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// What the coordinates are: on the globe, on a plane, or none.
fn places(problem: &Problem) -> &'static str {
    let mut kinds =
        (0..problem.place_count()).map(|place| match problem.location(PlaceId::new(place)) {
            Place::Geo { .. } => "geo",
            Place::Plane { .. } => "plane",
            Place::Row(_) => "none",
        });
    kinds.find(|kind| *kind != "none").unwrap_or("none")
}

fn position(problem: &Problem, place: PlaceId) -> (Option<f64>, Option<f64>) {
    match problem.location(place) {
        Place::Geo {
            latitude,
            longitude,
        } => (Some(longitude), Some(latitude)),
        Place::Plane { x, y } => (Some(x), Some(y)),
        Place::Row(_) => (None, None),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn subtitle(problem: &Problem) -> String {
    format!(
        "{}, {}, {}",
        counted(problem.orders().count(), "order", "orders"),
        counted(problem.depot_count(), "depot", "depots"),
        counted(problem.fleet().len(), "vehicle type", "vehicle types")
    )
}

fn kpis(problem: &Problem, plan: &Plan) -> Vec<Kpi> {
    let routes = plan.routes();
    let sum = |value: &dyn Fn(&Route) -> i64| routes.iter().map(value).fold(0, i64::saturating_add);
    let stops = sum(&|r| r.stops().len() as i64);
    let waiting = sum(&|r| r.waiting().get());
    let unserved = plan.unserved().len();
    let handed = plan.handed_over_count();
    let number = |label, value, unit, note: String| Kpi {
        label,
        value: Value::Number(value),
        unit,
        note,
        bad: false,
    };
    let fleet: usize = problem
        .fleet()
        .iter()
        .map(|t| t.count)
        .fold(0, usize::saturating_add);
    let limited = fleet < problem.order_count();
    vec![
        Kpi {
            label: "Cost",
            value: Value::Decimal(plan.cost().total().decimal()),
            unit: "decimal",
            note: cost_note(plan),
            bad: false,
        },
        number(
            "Routes",
            routes.len() as i64,
            "count",
            if limited {
                format!("of {fleet} vehicles")
            } else {
                String::new()
            },
        ),
        number("Stops", stops, "count", per_route(stops, routes.len())),
        number(
            "Distance",
            sum(&|r| r.distance().get()),
            "distance",
            String::new(),
        ),
        number(
            "Time on the road",
            sum(&|r| r.duration().get()),
            "duration",
            share(waiting, sum(&|r| r.duration().get())),
        ),
        Kpi {
            label: "Unserved",
            value: Value::Number(unserved as i64),
            unit: "count",
            note: if handed > 0 {
                format!("{handed} handed over to carriers")
            } else if unserved == 0 {
                "every order is served".to_owned()
            } else {
                "reasons below".to_owned()
            },
            bad: unserved > 0,
        },
    ]
}

/// The parts of the cost that are not zero, if there are several.
fn cost_note(plan: &Plan) -> String {
    let cost = plan.cost();
    let parts = [
        ("fixed", cost.fixed),
        ("distance", cost.distance),
        ("time", cost.duration),
        ("unserved", cost.unserved),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .chain(cost.rare())
        .filter(|(_, part)| part.get() != 0)
        .map(|(name, part)| format!("{name} {:.0}", part.to_f64()))
        .collect();
    if parts.len() > 1 {
        parts.join(" + ")
    } else {
        String::new()
    }
}

fn per_route(stops: i64, routes: usize) -> String {
    if routes == 0 {
        String::new()
    } else {
        format!("{:.1} a route", stops as f64 / routes as f64)
    }
}

fn share(waiting: i64, duration: i64) -> String {
    if waiting == 0 || duration == 0 {
        return "no waiting".to_owned();
    }
    format!(
        "{:.1} % of it waiting",
        100.0 * waiting as f64 / duration as f64
    )
}

fn depot_data(problem: &Problem, depot: DepotId) -> DepotData<'_> {
    let (x, y) = position(problem, problem.depot_place(depot));
    DepotData {
        name: problem.names().depot(depot),
        x,
        y,
    }
}

fn order_data(problem: &Problem, order: OrderId) -> OrderData<'_> {
    let (x, y) = position(problem, problem.order_place(order));
    let window = problem.window(order);
    let window = [window.earliest.get(), window.latest.get()];
    OrderData {
        name: problem.names().order(order),
        x,
        y,
        kind: problem.kind(order).word(),
        promise: problem
            .promise(order)
            .map(|promise| [promise.window.earliest, promise.window.latest].map(Time::get)),
        window: (window[0] > -FOREVER || window[1] < FOREVER).then_some(window),
        quantity: (0..problem.dimension_count())
            .map(|d| problem.quantity(order, DimensionId::new(d)))
            .collect(),
        taken: if problem.kind(order) == OrderKind::Exchange {
            problem
                .taken(order.index())
                .iter()
                .map(|q| Load(*q))
                .collect()
        } else {
            Vec::new()
        },
    }
}

fn route_data(index: usize, route: &Route) -> RouteData<'_> {
    let stops = route.stops().iter().enumerate().map(|(at, stop)| StopData {
        order: stop.order.index(),
        arrival: stop.arrival,
        wait: stop.wait,
        start: stop.start,
        early: Some(stop.early).filter(|span| *span != Duration::ZERO),
        late: Some(stop.late).filter(|span| *span != Duration::ZERO),
        departure: stop.departure,
        load: route.load_after(at),
    });
    let reloads = route.reloads().iter().enumerate();
    let reloads = reloads.map(|(at, reload)| ReloadData {
        before: reload.before,
        depot: reload.depot.index(),
        arrival: reload.arrival,
        wait: reload.wait,
        start: reload.start,
        departure: reload.departure,
        load: route.load_after_reload(at),
    });
    RouteData {
        vehicle: route.vehicle_name(),
        colour: colour(index),
        start: route.start().index(),
        end: route.end().map(DepotId::index),
        leaves: route.departure(),
        ends: route.arrival(),
        end_wait: route.end_wait(),
        wait: route.waiting(),
        distance: route.distance().get(),
        cost: route.cost().total().decimal(),
        full: fullness(route),
        stops: stops.collect(),
        reloads: reloads.collect(),
    }
}

/// How full the vehicle is at its fullest, in per cent of the dimension that is nearest to its limit.
fn fullness(route: &Route) -> Option<i64> {
    let shares = route
        .peak()
        .iter()
        .enumerate()
        .filter_map(|(dimension, peak)| {
            let most = route.capacity(DimensionId::new(dimension))?.get();
            (most > 0).then(|| (100.0 * peak.get() as f64 / most as f64).round() as i64)
        });
    shares.max()
}

fn unserved_data(problem: &Problem, unserved: &Unserved) -> UnservedData {
    let help = unserved
        .relaxations()
        .iter()
        .map(|relaxation| match relaxation {
            Relaxation::OneMoreVehicle { vehicle_type } => {
                format!("one more {}", problem.names().vehicle_type(*vehicle_type))
            }
            Relaxation::PickupsOnly { vehicle_type } => {
                let name = problem.names().vehicle_type(*vehicle_type);
                format!("a {name} that may go for pickups alone")
            }
            other => other.to_string(),
        });
    UnservedData {
        order: unserved.order().index(),
        why: unserved.reason().to_string(),
        help: help.collect::<Vec<String>>().join(", and "),
        price: unserved.price().map(Cost::decimal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_leaves_the_script_element() {
        let json = "\"</script><!-- &\u{2028}\u{2029}\"";
        let safe = embedded(json);
        assert!(
            safe.chars().all(|c| !"<>&\u{2028}\u{2029}".contains(c)),
            "{safe}"
        );
        assert_eq!(
            serde_json::from_str::<String>(&safe).unwrap(),
            "</script><!-- &\u{2028}\u{2029}"
        );
    }

    #[test]
    fn the_page_has_one_place_for_the_data_and_fetches_nothing() {
        assert_eq!(PAGE.matches(MARK).count(), 1);
        for word in [
            "http://",
            "https://",
            "src=",
            "@import",
            "url(",
            "innerHTML",
            "fetch(",
            "eval(",
        ] {
            assert!(!PAGE.contains(word), "{word}");
        }
    }
}
