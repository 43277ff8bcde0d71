//! The plan document.

use super::super::parsed::parsed;
use super::super::text::quoted;
use super::{VERSION, head};
use crate::error::{Error, Issues, Rule};
use crate::measure::{Cost, DepotId, Distance, Duration, Load, OrderId, Time, VehicleTypeId};
use crate::plan::{Plan, Route, RouteDraft, Stop};
use crate::problem::Problem;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Serialize)]
struct DocumentOut<'a> {
    milkrun: u64,
    plan: PlanOut<'a>,
}

#[derive(Serialize)]
struct PlanOut<'a> {
    cost: CostOut,
    routes: Vec<RouteOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hand_overs: Vec<HandOverOut<'a>>,
    unserved: Vec<UnservedOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaced: Vec<ReplacedOut<'a>>,
}

#[derive(Serialize)]
struct ReplacedOut<'a> {
    order: &'a str,
    by: &'a str,
}

#[derive(Serialize)]
struct CostOut {
    total: Cost,
    fixed: Cost,
    distance: Cost,
    duration: Cost,
    #[serde(skip_serializing_if = "is_nothing")]
    waiting: Cost,
    #[serde(skip_serializing_if = "is_nothing")]
    overtime: Cost,
    #[serde(skip_serializing_if = "is_nothing")]
    promises: Cost,
    #[serde(skip_serializing_if = "is_nothing")]
    stops: Cost,
    #[serde(skip_serializing_if = "Option::is_none")]
    carriers: Option<Cost>,
    unserved: Cost,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
fn is_nothing(cost: &Cost) -> bool {
    *cost == Cost::ZERO
}

#[derive(Serialize)]
struct RouteOut<'a> {
    vehicle_type: &'a str,
    vehicle: String,
    start: &'a str,
    end: Option<&'a str>,
    departure: Time,
    arrival: Time,
    distance: Distance,
    duration: Duration,
    waiting: Duration,
    #[serde(skip_serializing_if = "Option::is_none")]
    overtime: Option<Duration>,
    cost: Cost,
    load: &'a [Load],
    stops: Vec<StopOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reloads: Vec<ReloadOut<'a>>,
}

#[derive(Serialize)]
struct ReloadOut<'a> {
    before: &'a str,
    depot: &'a str,
    arrival: Time,
    wait: Duration,
    start: Time,
    departure: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    slack: Option<Duration>,
    load: &'a [Load],
}

#[derive(Serialize)]
struct StopOut<'a> {
    order: &'a str,
    arrival: Time,
    wait: Duration,
    start: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    early: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promise: Option<Cost>,
    departure: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    slack: Option<Duration>,
    load: &'a [Load],
}

#[derive(Serialize)]
struct HandOverOut<'a> {
    carrier: &'a str,
    fee: Cost,
    cost: Cost,
    orders: Vec<HandedOverOut<'a>>,
}

#[derive(Serialize)]
struct HandedOverOut<'a> {
    order: &'a str,
    price: Cost,
}

#[derive(Serialize)]
struct UnservedOut<'a> {
    order: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<&'a str>,
    code: &'static str,
    reason: String,
    would_help: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentIn<'a> {
    #[serde(rename = "milkrun")]
    _version: u64,
    #[serde(borrow)]
    plan: PlanIn<'a>,
}

/// What is read of a plan; the facts that follow from it are named, so that nothing unknown slips in, and skipped.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanIn<'a> {
    #[serde(borrow)]
    routes: Vec<RouteIn<'a>>,
    #[serde(borrow, default)]
    hand_overs: Vec<HandOverIn<'a>>,
    #[serde(borrow, default)]
    unserved: Vec<UnservedIn<'a>>,
    #[serde(borrow, default)]
    replaced: Vec<ReplacedIn<'a>>,
    #[serde(rename = "cost")]
    _cost: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteIn<'a> {
    #[serde(borrow)]
    vehicle_type: Text<'a>,
    #[serde(borrow)]
    stops: Vec<StopIn<'a>>,
    #[serde(borrow, default)]
    reloads: Vec<ReloadIn<'a>>,
    #[serde(rename = "vehicle")]
    _vehicle: Option<IgnoredAny>,
    #[serde(rename = "start")]
    _start: Option<IgnoredAny>,
    #[serde(rename = "end")]
    _end: Option<IgnoredAny>,
    #[serde(rename = "departure")]
    _departure: Option<IgnoredAny>,
    #[serde(rename = "arrival")]
    _arrival: Option<IgnoredAny>,
    #[serde(rename = "distance")]
    _distance: Option<IgnoredAny>,
    #[serde(rename = "duration")]
    _duration: Option<IgnoredAny>,
    #[serde(rename = "waiting")]
    _waiting: Option<IgnoredAny>,
    #[serde(rename = "overtime")]
    _overtime: Option<IgnoredAny>,
    #[serde(rename = "cost")]
    _cost: Option<IgnoredAny>,
    #[serde(rename = "load")]
    _load: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StopIn<'a> {
    #[serde(borrow)]
    order: Text<'a>,
    #[serde(rename = "early")]
    _early: Option<IgnoredAny>,
    #[serde(rename = "late")]
    _late: Option<IgnoredAny>,
    #[serde(rename = "promise")]
    _promise: Option<IgnoredAny>,
    #[serde(rename = "arrival")]
    _arrival: Option<IgnoredAny>,
    #[serde(rename = "wait")]
    _wait: Option<IgnoredAny>,
    #[serde(rename = "start")]
    _start: Option<IgnoredAny>,
    #[serde(rename = "departure")]
    _departure: Option<IgnoredAny>,
    #[serde(rename = "slack")]
    _slack: Option<IgnoredAny>,
    #[serde(rename = "load")]
    _load: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReloadIn<'a> {
    #[serde(borrow)]
    before: Text<'a>,
    #[serde(borrow)]
    depot: Text<'a>,
    #[serde(rename = "arrival")]
    _arrival: Option<IgnoredAny>,
    #[serde(rename = "wait")]
    _wait: Option<IgnoredAny>,
    #[serde(rename = "start")]
    _start: Option<IgnoredAny>,
    #[serde(rename = "departure")]
    _departure: Option<IgnoredAny>,
    #[serde(rename = "slack")]
    _slack: Option<IgnoredAny>,
    #[serde(rename = "load")]
    _load: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandOverIn<'a> {
    #[serde(borrow)]
    orders: Vec<HandedOverIn<'a>>,
    #[serde(rename = "carrier")]
    _carrier: Option<IgnoredAny>,
    #[serde(rename = "fee")]
    _fee: Option<IgnoredAny>,
    #[serde(rename = "cost")]
    _cost: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandedOverIn<'a> {
    #[serde(borrow)]
    order: Text<'a>,
    #[serde(rename = "price")]
    _price: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnservedIn<'a> {
    #[serde(borrow)]
    order: Text<'a>,
    #[serde(borrow, default)]
    alternatives: Vec<Text<'a>>,
    #[serde(rename = "code")]
    _code: Option<IgnoredAny>,
    #[serde(rename = "reason")]
    _reason: Option<IgnoredAny>,
    #[serde(rename = "would_help")]
    _would_help: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplacedIn<'a> {
    #[serde(borrow)]
    order: Text<'a>,
    #[serde(borrow)]
    by: Text<'a>,
}

/// A name: borrowed where the JSON has no escapes in it.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

/// Writes a plan document, on one line.
///
/// # Panics
///
/// Never: plain data has no way to fail.
pub fn write_plan(problem: &Problem, plan: &Plan) -> String {
    let names = problem.names();
    let cost = plan.cost();
    let unserved = plan.unserved().iter().map(|u| UnservedOut {
        order: names.order(u.order()),
        alternatives: u.alternatives().iter().map(|o| names.order(*o)).collect(),
        code: u.reason().code(),
        reason: u.reason().to_string(),
        would_help: u.relaxations().iter().map(ToString::to_string).collect(),
    });
    let replaced = plan.replaced().iter().map(|one| ReplacedOut {
        order: names.order(one.order),
        by: names.order(one.by),
    });
    let hand_overs = plan.hand_overs().iter().map(|taken| HandOverOut {
        carrier: names.carrier(taken.carrier),
        fee: taken.fee,
        cost: taken.cost(),
        orders: (taken.orders.iter())
            .map(|handed| HandedOverOut {
                order: names.order(handed.order),
                price: handed.price,
            })
            .collect(),
    });
    let plan = PlanOut {
        cost: CostOut {
            total: cost.total(),
            fixed: cost.fixed,
            distance: cost.distance,
            duration: cost.duration,
            waiting: cost.waiting,
            overtime: cost.overtime,
            promises: cost.promises,
            stops: cost.stops,
            carriers: Some(cost.carriers).filter(|paid| *paid != Cost::ZERO),
            unserved: cost.unserved,
        },
        routes: plan
            .routes()
            .iter()
            .map(|r| route_out(problem, r))
            .collect(),
        hand_overs: hand_overs.collect(),
        unserved: unserved.collect(),
        replaced: replaced.collect(),
    };
    let document = DocumentOut {
        milkrun: VERSION,
        plan,
    };
    serde_json::to_string(&document).expect("plain data serialises")
}

fn route_out<'a>(problem: &'a Problem, route: &'a Route) -> RouteOut<'a> {
    let names = problem.names();
    let stops = route
        .stops()
        .iter()
        .enumerate()
        .map(|(index, stop)| StopOut {
            order: names.order(stop.order),
            arrival: stop.arrival,
            wait: stop.wait,
            start: stop.start,
            early: Some(stop.early).filter(|span| *span != Duration::ZERO),
            late: Some(stop.late).filter(|span| *span != Duration::ZERO),
            promise: missed(problem, stop),
            departure: stop.departure,
            slack: stop.slack,
            load: route.load_after(index),
        });
    let reloads = route.reloads().iter().enumerate();
    let reloads = reloads.map(|(index, reload)| ReloadOut {
        before: names.order(route.stops()[reload.before].order),
        depot: names.depot(reload.depot),
        arrival: reload.arrival,
        wait: reload.wait,
        start: reload.start,
        departure: reload.departure,
        slack: reload.slack,
        load: route.load_after_reload(index),
    });
    RouteOut {
        vehicle_type: names.vehicle_type(route.vehicle_type()),
        vehicle: route.vehicle_name(),
        start: names.depot(route.start()),
        end: route.end().map(|depot| names.depot(depot)),
        departure: route.departure(),
        arrival: route.arrival(),
        distance: route.distance(),
        duration: route.duration(),
        waiting: route.waiting(),
        overtime: Some(route.overtime()).filter(|over| *over != Duration::ZERO),
        cost: route.cost().total(),
        load: route.load_at_departure(),
        stops: stops.collect(),
        reloads: reloads.collect(),
    }
}

/// What it costs that a promise is missed, where it is.
fn missed(problem: &Problem, stop: &Stop) -> Option<Cost> {
    let promise = problem.promise(stop.order)?;
    Some(promise.cost(stop.start)).filter(|cost| *cost != Cost::ZERO)
}

/// Reads the routes of a plan document. Its schedule, loads, costs and carriers are not looked at: they follow from the routes,
/// and a [`Plan`] of these says them anew.
///
/// # Errors
///
/// The first fault of the JSON, with its line and column; a version that is not known; or every name that the problem
/// does not have, every order that is visited twice, and every reload that is not before an order of its route.
pub fn read_plan(text: impl AsRef<[u8]>, problem: &Problem) -> Result<Vec<RouteDraft>, Error> {
    let text = text.as_ref();
    let head = head(text)?;
    if head.plan.is_none() && head.model.is_some() {
        let advice = "it is a model document, not a plan document; read it with read_model";
        return Err(Error::one("document", Rule::Missing, advice));
    }
    let document: DocumentIn<'_> = parsed(text)?;
    let mut reading = Reading::new(problem);
    let routes = (1..).zip(&document.plan.routes);
    let drafts = routes
        .filter_map(|(number, route)| reading.route(number, route))
        .collect();
    let handed = document
        .plan
        .hand_overs
        .iter()
        .flat_map(|taken| &taken.orders);
    let handed = handed.map(|handed| ("hand_overs", &handed.order.0));
    let left = document.plan.unserved.iter();
    let left = left.flat_map(|left| std::iter::once(&left.order).chain(&left.alternatives));
    let left = left.map(|left| ("unserved", &left.0));
    let replaced = document.plan.replaced.iter();
    let replaced = replaced.map(|one| ("replaced", &one.order.0));
    for one in &document.plan.replaced {
        reading.order(|| "replaced".to_owned(), &one.by.0);
    }
    for (list, name) in handed.chain(left).chain(replaced) {
        if let Some(order) = reading.order(|| list.to_owned(), name) {
            reading.visit(|| list.to_owned(), order, name);
        }
    }
    reading.issues.into_result().map(|()| drafts)
}

struct Reading<'a> {
    types: HashMap<&'a str, VehicleTypeId>,
    depots: HashMap<&'a str, DepotId>,
    orders: HashMap<&'a str, OrderId>,
    named: Vec<bool>,
    issues: Issues,
}

impl<'a> Reading<'a> {
    fn new(problem: &'a Problem) -> Self {
        let names = problem.names();
        let types = (0..problem.fleet().len()).map(VehicleTypeId::new);
        Self {
            types: types.map(|id| (names.vehicle_type(id), id)).collect(),
            depots: (0..problem.depot_count())
                .map(DepotId::new)
                .map(|id| (names.depot(id), id))
                .collect(),
            orders: problem.orders().map(|id| (names.order(id), id)).collect(),
            named: vec![false; problem.order_count()],
            issues: Issues::new(),
        }
    }

    fn route(&mut self, number: usize, route: &RouteIn<'_>) -> Option<RouteDraft> {
        let name = &route.vehicle_type.0;
        let vehicle_type = self.types.get(&**name).copied();
        if vehicle_type.is_none() {
            let advice = || {
                format!(
                    "there is no vehicle type {}; correct the name",
                    quoted(name)
                )
            };
            self.issues
                .add(Rule::UnknownReference, || format!("route {number}"), advice);
        }
        let mut stops = Vec::with_capacity(route.stops.len());
        for (index, stop) in (1..).zip(&route.stops) {
            let subject = || format!("route {number}, stop {index}");
            if let Some(order) = self.order(subject, &stop.order.0) {
                self.visit(subject, order, &stop.order.0);
                stops.push(order);
            }
        }
        let mut draft = RouteDraft::new(vehicle_type.unwrap_or(VehicleTypeId::new(0)), stops);
        for (index, reload) in (1..).zip(&route.reloads) {
            let subject = || format!("route {number}, reload {index}");
            if let Some((before, depot)) = self.reload(subject, &draft.stops, reload) {
                draft = draft.reload(before, depot);
            }
        }
        draft.reloads.sort_by_key(|reload| reload.before);
        vehicle_type
            .filter(|_| !draft.stops.is_empty())
            .map(|_| draft)
    }

    /// Before which of the stops a reload is, and where.
    fn reload(
        &mut self,
        subject: impl Fn() -> String,
        stops: &[OrderId],
        reload: &ReloadIn<'_>,
    ) -> Option<(usize, DepotId)> {
        let depot = self.depots.get(&*reload.depot.0).copied();
        if depot.is_none() {
            let advice = || {
                let name = quoted(&reload.depot.0);
                format!("there is no depot {name}; correct the name")
            };
            self.issues.add(Rule::UnknownReference, &subject, advice);
        }
        let order = self.orders.get(&*reload.before.0);
        let before = order.and_then(|order| stops.iter().position(|stop| stop == order));
        if before.is_none() {
            let advice = || {
                let name = quoted(&reload.before.0);
                format!("order {name} is no stop of the route; name the first of the next trip")
            };
            self.issues.add(Rule::UnknownReference, &subject, advice);
        }
        before.zip(depot)
    }

    fn order(&mut self, subject: impl FnOnce() -> String, name: &str) -> Option<OrderId> {
        let order = self.orders.get(name).copied();
        if order.is_none() {
            let advice = || format!("there is no order {}; correct the name", quoted(name));
            self.issues.add(Rule::UnknownReference, subject, advice);
        }
        order
    }

    fn visit(&mut self, subject: impl FnOnce() -> String, order: OrderId, name: &str) {
        if std::mem::replace(&mut self.named[order.index()], true) {
            let advice = || format!("order {} is there twice; keep one", quoted(name));
            self.issues.add(Rule::DuplicateName, subject, advice);
        }
    }
}
