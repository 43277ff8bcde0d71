//! One delivery day: which orders enter its model, and how.

use super::order::{ChannelOrder, ChannelOrderKind, UnixWindow};
use super::report::{Defect, Entry, Fate, IntakeReport, LeftOut};
use crate::measure::{Cost, DimensionId, Duration, Load, Time, Window};
use crate::model::{Model, Order, Place};
use std::collections::HashSet;

/// The most grams of an order, and the longest id, that [`Problem::new`](crate::problem::Problem::new) accepts.
const MOST_GRAMS: i64 = 1 << 40;
const LONGEST_ID: usize = 128;

/// What it costs to leave an order to another day.
///
/// # Units
///
/// Money a whole order; `None`: it must be served today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostponePrice {
    /// Orders whose deadline lies before the day's end.
    pub due: Option<Cost>,
    /// Orders whose deadline lies later.
    pub later: Option<Cost>,
    /// Orders without a deadline.
    pub undated: Option<Cost>,
}

/// The load dimensions that orders from channels use.
///
/// # Units
///
/// `"g"`: grams; `"parcels"`: parcels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParcelDimensions {
    /// Weight in grams.
    pub grams: DimensionId,
    /// Number of parcels.
    pub parcels: DimensionId,
}

impl ParcelDimensions {
    /// The dimensions `"g"` and `"parcels"` of a model, added where they are not there yet.
    pub fn of(model: &mut Model) -> Self {
        let mut find = |name: &str| match model.dimensions().iter().position(|d| d == name) {
            Some(index) => DimensionId::new(index),
            None => model.add_dimension(name),
        };
        Self {
            grams: find("g"),
            parcels: find("parcels"),
        }
    }
}

/// How the orders of one day enter a model.
///
/// ```
/// use milkrun::channel::{ChannelOrder, ChannelOrderKind, DayPlan, Parcel};
/// use milkrun::measure::Duration;
/// use milkrun::model::Model;
///
/// let eight_o_clock = 1_790_035_200;
/// let day = DayPlan::new(eight_o_clock, Duration::hours(12), Duration::minutes(3));
///
/// let mut order = ChannelOrder::new("9001", "my_shop", ChannelOrderKind::Deliver);
/// order.place = Some((-6.2297, 106.8091));
/// order.parcels.push(Parcel { id: "P1".to_owned(), weight: Some(540), ..Parcel::default() });
/// let nowhere = ChannelOrder::new("9002", "my_shop", ChannelOrderKind::Deliver);
///
/// let mut model = Model::new();
/// let report = day.admit(&[order, nowhere], &mut model);
/// assert_eq!((report.planned(), report.defective()), (1, 1));
/// assert_eq!(model.orders()[0].name, "9001");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DayPlan {
    /// Unix seconds at which the planning horizon, and the day, begin: `Time(0)` of the model.
    pub start: i64,
    /// Unix seconds at which the day ends.
    pub end: i64,
    /// How long one stop takes.
    pub service: Duration,
    /// How much longer it takes for each parcel. Default: nothing.
    pub service_per_parcel: Duration,
    /// What it costs to leave an order to another day. Default: every order must be served.
    pub postpone: PostponePrice,
    /// Whether `ship_by` is a limit beside a price: goods that a channel wants on their way within the day leave their depot
    /// by then, or stay. Default: no, late is better than never.
    pub keep_ship_by: bool,
}

impl DayPlan {
    /// A day from `start` (Unix seconds) over `length`, on which a stop takes `service`.
    pub fn new(start: i64, length: Duration, service: Duration) -> Self {
        Self {
            start,
            end: start.saturating_add(length.get()),
            service,
            service_per_parcel: Duration::ZERO,
            postpone: PostponePrice {
                due: None,
                later: None,
                undated: None,
            },
            keep_ship_by: false,
        }
    }

    /// Sets how much longer a stop takes for each parcel.
    #[must_use]
    pub fn service_per_parcel(mut self, service: Duration) -> Self {
        self.service_per_parcel = service;
        self
    }

    /// Makes `ship_by` a limit where it lies within the day: [`Order::ship_by`].
    #[must_use]
    pub fn keep_ship_by(mut self) -> Self {
        self.keep_ship_by = true;
        self
    }

    /// Sets what it costs to leave an order to another day.
    #[must_use]
    pub fn postpone(mut self, price: PostponePrice) -> Self {
        self.postpone = price;
        self
    }

    /// A Unix time as a moment of the model, bounded by the day.
    pub fn moment(&self, unix: i64) -> Time {
        Time(
            unix.min(self.end)
                .max(self.start)
                .saturating_sub(self.start),
        )
    }

    /// Unix seconds of a moment of the model, as for telling a buyer when to expect the van.
    pub fn unix(&self, moment: Time) -> i64 {
        self.start.saturating_add(moment.get())
    }

    /// Adds to `model` every order that can be served on this day, and says what became of each.
    ///
    /// Every input order has one entry in the report: planned, left out, or defective. A planned drop-off is released
    /// when it is packed; its window is its first open one, cut at `deliver_by`; its quantities are grams and parcels.
    /// `ship_by` sets the price of leaving it, no window: a day's routes leave on that day. Where it is to be
    /// [kept](DayPlan::keep_ship_by), it is the ship-by deadline of the order as well, unless that is over before the day
    /// begins or before the goods are packed.
    ///
    /// # Complexity
    ///
    /// Linear in the number of orders.
    pub fn admit(&self, orders: &[ChannelOrder], model: &mut Model) -> IntakeReport {
        let dimensions = ParcelDimensions::of(model);
        let mut seen: HashSet<String> = model.orders().iter().map(|o| o.name.clone()).collect();
        let mut report = IntakeReport::default();
        for order in orders {
            for value in &order.unknown {
                report.note_unknown(value);
            }
            let (fate, defects) = match self.left_out(order, &seen) {
                Some(reason) => (Fate::LeftOut(reason), Vec::new()),
                None => match self.plan(order, dimensions) {
                    (Some(planned), defects) => {
                        seen.insert(order.id.clone());
                        (Fate::Planned(model.add_order(planned)), defects)
                    }
                    (None, defects) => (Fate::Defective, defects),
                },
            };
            report.push(Entry {
                id: order.id.clone(),
                fate,
                defects,
            });
        }
        report
    }

    fn left_out(&self, order: &ChannelOrder, seen: &HashSet<String>) -> Option<LeftOut> {
        if let Some(reason) = &order.left_out {
            return Some(reason.clone());
        }
        if seen.contains(&order.id) {
            return Some(LeftOut::Duplicate);
        }
        let ready = order.kind.brings() && order.ready_at.is_some_and(|ready| ready > self.end);
        if ready {
            return Some(LeftOut::NotReady);
        }
        // Only when no window touches the day: one that is over is a defect, not another day's business.
        let later = |w: &UnixWindow| w.earliest > self.end;
        let ahead =
            order.windows.iter().any(later) && !order.windows.iter().any(|w| self.is_open(*w));
        ahead.then_some(LeftOut::NotToday)
    }

    fn is_open(&self, window: UnixWindow) -> bool {
        window.earliest <= window.latest
            && window.latest >= self.start
            && window.earliest <= self.end
    }

    /// The order of the model, unless a defect blocks, and all defects.
    fn plan(
        &self,
        order: &ChannelOrder,
        dimensions: ParcelDimensions,
    ) -> (Option<Order>, Vec<Defect>) {
        let mut defects = Vec::new();
        if order.id.is_empty() || order.id.len() > LONGEST_ID {
            defects.push(Defect::BadId);
        }
        let place = read_place(order, &mut defects);
        let weight = read_weight(order, &mut defects);
        let window = self.read_window(order, &mut defects);
        self.check_deadline(order, &mut defects);
        if order.parcels.iter().any(|p| p.dangerous) {
            defects.push(Defect::DangerousGoods);
        }
        if defects.iter().any(|d| d.blocks()) {
            defects.retain(|d| d.blocks() || *d != Defect::SeveralWindows);
            return (None, defects);
        }
        let (Some(place), Some(weight)) = (place, weight) else {
            return (None, defects);
        };
        let parcels = order.parcels.len() as i64;
        let mut planned = match order.kind {
            ChannelOrderKind::Deliver => Order::drop_off(&order.id, place),
            ChannelOrderKind::ReturnPickup => Order::pickup(&order.id, place),
            ChannelOrderKind::Exchange => Order::exchange(&order.id, place)
                .taken(dimensions.grams, Load(weight))
                .taken(dimensions.parcels, Load(parcels)),
        };
        planned = planned
            .quantity(dimensions.grams, Load(weight))
            .quantity(dimensions.parcels, Load(parcels))
            .service(Duration(self.service.get().saturating_add(
                self.service_per_parcel.get().saturating_mul(parcels),
            )));
        planned.window = window;
        planned.price = self.price(order);
        planned.release = self.release(order);
        planned.ship_by = self.ship_by(order, planned.release);
        (Some(planned), defects)
    }

    fn price(&self, order: &ChannelOrder) -> Option<Cost> {
        match order.deadline() {
            None => self.postpone.undated,
            Some(deadline) if deadline <= self.end => self.postpone.due,
            Some(_) => self.postpone.later,
        }
    }

    /// When the goods are packed; nothing for a pickup, and nothing when that is before the day begins.
    fn release(&self, order: &ChannelOrder) -> Option<Time> {
        let ready = order.ready_at.filter(|_| order.kind.brings());
        ready
            .filter(|ready| *ready > self.start)
            .map(|ready| self.moment(ready))
    }

    /// When its trip leaves at the latest: a deadline of this day that the goods can still keep.
    fn ship_by(&self, order: &ChannelOrder, release: Option<Time>) -> Option<Time> {
        let brings = order.kind.brings();
        let stated = order.ship_by.filter(|_| self.keep_ship_by && brings);
        let within = stated.filter(|by| (self.start..=self.end).contains(by));
        let by = within.map(|by| self.moment(by))?;
        release.is_none_or(|release| release <= by).then_some(by)
    }

    /// The first open window, cut at the deadline of this day.
    fn read_window(&self, order: &ChannelOrder, defects: &mut Vec<Defect>) -> Option<Window> {
        let mut open: Vec<UnixWindow> = order
            .windows
            .iter()
            .copied()
            .filter(|w| self.is_open(*w))
            .collect();
        open.sort_unstable();
        if open.is_empty() && !order.windows.is_empty() {
            defects.push(Defect::WindowPassed);
            return None;
        }
        if open.len() > 1 {
            defects.push(Defect::SeveralWindows);
        }
        let deadline = order
            .deliver_by
            .filter(|by| (self.start..=self.end).contains(by));
        let window = match (open.first(), deadline) {
            (None, None) => return None,
            (Some(window), deadline) => UnixWindow {
                earliest: window.earliest,
                latest: deadline.map_or(window.latest, |by| by.min(window.latest)),
            },
            (None, Some(by)) => UnixWindow {
                earliest: self.start,
                latest: by,
            },
        };
        if window.latest < window.earliest.max(self.start) {
            // The buyer's window opens after the deadline: both cannot be kept.
            defects.push(Defect::WindowPassed);
            return None;
        }
        let packed = self.release(order).map_or(self.start, |t| self.unix(t));
        if window.latest < packed {
            defects.push(Defect::ReadyTooLate);
            return None;
        }
        Some(Window::new(
            self.moment(window.earliest),
            self.moment(window.latest),
        ))
    }

    fn check_deadline(&self, order: &ChannelOrder, defects: &mut Vec<Defect>) {
        match order.deadline() {
            None => defects.push(Defect::MissingDeadline),
            Some(deadline) if deadline < self.start => defects.push(Defect::Overdue),
            Some(_) => {}
        }
    }
}

fn read_place(order: &ChannelOrder, defects: &mut Vec<Defect>) -> Option<Place> {
    let Some((latitude, longitude)) = order.place else {
        defects.push(Defect::MissingPlace);
        return None;
    };
    if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
        Some(Place::geo(latitude, longitude))
    } else {
        defects.push(Defect::BadPlace);
        None
    }
}

fn read_weight(order: &ChannelOrder, defects: &mut Vec<Defect>) -> Option<i64> {
    if order.parcels.is_empty() || order.parcels.iter().any(|p| p.weight.is_none()) {
        defects.push(Defect::MissingWeight);
        return None;
    }
    let negative = order
        .parcels
        .iter()
        .any(|p| p.weight.is_some_and(|w| w < 0));
    let weight = order.weight().filter(|w| *w <= MOST_GRAMS && !negative);
    if weight.is_none() {
        defects.push(Defect::BadWeight);
    }
    weight
}
