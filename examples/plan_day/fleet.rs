//! What the seller states: `fleet.json`.

use milkrun::channel::{DayPlan, ParcelDimensions, UnixWindow};
use milkrun::measure::{Cost, DepotId, Load, Window};
use milkrun::model::VehicleType;
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Fleet {
    pub(crate) day: Day,
    pub(crate) slots: Vec<Slot>,
    pub(crate) vehicles: Vec<Vehicle>,
}

/// The planning horizon, and what all orders share.
#[derive(Deserialize)]
pub(crate) struct Day {
    pub(crate) start: i64,
    pub(crate) seconds: i64,
    pub(crate) service_seconds: i64,
    pub(crate) service_seconds_per_parcel: i64,
    pub(crate) packing_seconds: i64,
    pub(crate) postpone: Postpone,
}

/// The prices of leaving an order to another day.
#[derive(Deserialize)]
pub(crate) struct Postpone {
    pub(crate) due: Money,
    pub(crate) later: Money,
    pub(crate) undated: Money,
}

/// The hours of a delivery option.
#[derive(Deserialize)]
pub(crate) struct Slot {
    pub(crate) delivery_option_id: String,
    #[serde(flatten)]
    pub(crate) window: UnixWindow,
}

/// Decimal text in the seller's currency.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Money(String);

impl Money {
    pub(crate) fn cost(&self) -> Result<Cost, String> {
        Cost::parse(&self.0).ok_or_else(|| format!("fleet.json: {:?} is no amount", self.0))
    }

    /// A price for `parts` units, stated for each, to the nearest millionth.
    fn per(&self, parts: i64) -> Result<Cost, String> {
        Ok(Cost((self.cost()?.get() + parts / 2).div_euclid(parts)))
    }
}

#[derive(Deserialize)]
pub(crate) struct Vehicle {
    pub(crate) warehouse_id: String,
    pub(crate) profile: String,
    pub(crate) kmh: f64,
    name: String,
    count: u32,
    kg: i64,
    parcels: i64,
    fixed_cost: Money,
    cost_per_km: Money,
    cost_per_hour: Money,
    shift: UnixWindow,
}

impl Vehicle {
    pub(crate) fn vehicle_type(
        &self,
        depot: DepotId,
        day: &DayPlan,
        dimensions: ParcelDimensions,
    ) -> Result<VehicleType, String> {
        let shift = Window::new(
            day.moment(self.shift.earliest),
            day.moment(self.shift.latest),
        );
        Ok(VehicleType::new(&self.name, self.count, depot)
            .capacity(dimensions.grams, Load(self.kg * 1_000))
            .capacity(dimensions.parcels, Load(self.parcels))
            .shift(shift)
            .fixed_cost(self.fixed_cost.cost()?)
            .per_distance(self.cost_per_km.per(1_000)?)
            .per_duration(self.cost_per_hour.per(3_600)?)
            .profile(&self.profile))
    }
}
