//! The frozen facts of vehicle types.

use super::facts::{ALWAYS, FOREVER};
use super::paces::Paces;
use super::reloads::reloads;
use super::spots::is_spot;
use crate::measure::{
    Cost, DepotId, DimensionId, Distance, Duration, Load, ProfileId, Time, Window,
};
use crate::model::{Backhauls, Model, VehicleType};

/// What a problem knows of one vehicle type. Where the user set no limit the fields hold `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FleetType {
    /// How many vehicles there are; never more than there are orders.
    pub count: usize,
    /// Where routes start.
    pub start: DepotId,
    /// Where routes end; `None`: at the last stop.
    pub end: Option<DepotId>,
    /// When a route may leave its start: the shift and the opening of the start depot.
    pub leaves: Window,
    /// When a route may reach its end: the shift, its overtime included, and the opening of the end depot. It waits for the
    /// opening.
    pub returns: Window,
    /// Cost of using a vehicle.
    pub fixed_cost: Cost,
    /// Cost of one unit of distance.
    pub cost_per_distance: Cost,
    /// Cost of one unit of time from leaving the start to reaching the end.
    pub cost_per_duration: Cost,
    /// Cost of one unit of time of waiting, beside that of duration.
    pub cost_per_waiting: Cost,
    /// Cost of one unit of overtime; nothing where there is none.
    pub cost_per_overtime: Cost,
    /// When overtime begins; `None`: routes have none.
    pub overtime_from: Option<Time>,
    /// Cost of each stop.
    pub cost_per_stop: Cost,
    /// The longest distance of a route.
    pub max_distance: Option<Distance>,
    /// The longest duration of a route.
    pub max_duration: Option<Duration>,
    /// The longest time that a route may drive.
    pub max_driving: Option<Duration>,
    /// The most stops of a route.
    pub max_stops: Option<usize>,
    /// Whose legs it travels, at which pace.
    pub profile: ProfileId,
    /// In which order routes may drop off and pick up.
    pub backhauls: Backhauls,
    /// Whether it starts at a spot on the road.
    pub(super) under_way: bool,
    capacity: Vec<Option<Load>>,
    reload_depots: Vec<DepotId>,
    most_reloads: Option<usize>,
    stated: Option<u32>,
}

impl FleetType {
    /// The most load of one dimension; `None`: any.
    pub fn capacity(&self, dimension: DimensionId) -> Option<Load> {
        self.capacity.get(dimension.index()).copied().flatten()
    }

    /// What it carries in all dimensions together, to tell large vehicles from small ones.
    pub(crate) fn room(&self) -> i64 {
        let most = self
            .capacity
            .iter()
            .map(|most| most.map_or(i64::MAX, Load::get));
        most.fold(0, i64::saturating_add)
    }

    /// The depots at which its vehicles may reload on the way; empty where they may not.
    pub fn reload_depots(&self) -> &[DepotId] {
        &self.reload_depots
    }

    /// The most reloads of a route; `None`: any number; `Some(0)` where its vehicles may not reload.
    pub fn max_reloads(&self) -> Option<usize> {
        self.most_reloads
    }

    /// All prices.
    pub(crate) fn prices(&self) -> [Cost; 6] {
        [
            self.fixed_cost,
            self.cost_per_distance,
            self.cost_per_duration,
            self.cost_per_waiting,
            self.cost_per_overtime,
            self.cost_per_stop,
        ]
    }

    /// How many vehicles were stated, be there orders for them or not; `None`: as many as are needed.
    pub fn stated_count(&self) -> Option<u32> {
        self.stated
    }

    /// States how many vehicles there are, for this many orders.
    pub(super) fn state_count(&mut self, stated: Option<u32>, orders: usize) {
        self.stated = stated;
        self.count = stated.map_or(orders, |c| (c as usize).min(orders));
    }
}

/// When a route has to be over at the latest, as far as its vehicle is concerned: its shift and overtime.
pub(super) fn last_end(vehicle: &VehicleType) -> Time {
    let Some(shift) = vehicle.shift else {
        return ALWAYS.latest;
    };
    let most = vehicle.overtime.map_or(0, |overtime| overtime.most.get());
    Time(shift.latest.get().saturating_add(most.max(0)))
}

/// Freezes the vehicle types of a checked model.
pub(super) fn freeze(model: &Model) -> Vec<FleetType> {
    let profiles = model.profiles();
    let paces = Paces::of(model);
    let orders = model.orders().len();
    let window = |depot: DepotId| model.depots()[depot.index()].window.unwrap_or(ALWAYS);
    model
        .vehicle_types()
        .iter()
        .map(|vehicle| {
            let shift = vehicle.shift.unwrap_or(ALWAYS);
            let both = |a: Window, b: Window| {
                Window::new(
                    Time(a.earliest.get().max(b.earliest.get())),
                    Time(a.latest.get().min(b.latest.get())),
                )
            };
            let end_window = vehicle.end.map_or(ALWAYS, window);
            let profile = profiles.iter().position(|p| *p == vehicle.profile);
            let mut capacity = vehicle.capacity.clone();
            capacity.resize(model.dimensions().len(), None);
            let reloads = reloads(vehicle);
            FleetType {
                count: vehicle.count.map_or(orders, |c| (c as usize).min(orders)),
                start: vehicle.start,
                end: vehicle.end,
                leaves: both(shift, window(vehicle.start)),
                // A vehicle may return before its shift begins only by never leaving, so no lower bound is needed.
                returns: both(Window::new(Time(-FOREVER), last_end(vehicle)), end_window),
                fixed_cost: vehicle.fixed_cost,
                cost_per_distance: vehicle.cost_per_distance,
                cost_per_duration: vehicle.cost_per_duration,
                cost_per_waiting: vehicle.cost_per_waiting,
                cost_per_overtime: vehicle.overtime.map_or(Cost::ZERO, |o| o.price),
                overtime_from: vehicle.overtime.map(|_| shift.latest),
                cost_per_stop: vehicle.cost_per_stop,
                max_distance: vehicle.max_distance,
                max_duration: vehicle.max_duration,
                max_driving: vehicle.max_driving,
                max_stops: vehicle.max_stops.map(|most| most as usize),
                profile: ProfileId::new(
                    profile
                        .and_then(|profile| paces.position(profile, vehicle.pace))
                        .expect("every vehicle type's profile and pace are listed"),
                ),
                backhauls: vehicle.backhauls,
                under_way: is_spot(model, vehicle.start),
                capacity,
                reload_depots: reloads.map_or(Vec::new(), |r| r.depots.clone()),
                most_reloads: reloads.map_or(Some(0), |r| r.most.map(|most| most as usize)),
                stated: vehicle.count,
            }
        })
        .collect()
}
