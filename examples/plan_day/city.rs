//! The city day as a model.

use crate::fleet::Fleet;
use milkrun::channel::tiktok_shop::{
    TiktokShop, Warehouse, read_orders, read_packages, read_warehouses,
};
use milkrun::channel::{
    Address, ChannelOrder, DayPlan, IntakeReport, ParcelDimensions, PostponePrice,
};
use milkrun::measure::{DepotId, Duration};
use milkrun::model::Model;
use milkrun::travel::Haversine;
use std::collections::HashMap;
use std::path::Path;

/// How far the city's clocks are ahead of UTC, in seconds.
const CLOCK_AHEAD: i64 = 7 * 3600;

/// The speed of a profile for which the fleet states none, in kilometres an hour.
const USUAL_KMH: f64 = 20.0;

/// What the files say, put together.
pub(crate) struct City {
    /// All orders of the channel.
    pub(crate) orders: Vec<ChannelOrder>,
    /// What became of each.
    pub(crate) report: IntakeReport,
    /// The orders to plan, the warehouses and the fleet.
    pub(crate) model: Model,
    /// Great circles at the speeds of the fleet.
    pub(crate) travel: Haversine,
}

impl City {
    /// Reads the five files of a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let text = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|fault| format!("{}: {fault}", path.display()))
        };
        let named = |name: &'static str| move |fault| format!("{name}: {fault}");
        let orders = read_orders(&text("orders.json")?).map_err(named("orders.json"))?;
        let packages = read_packages(&text("packages.json")?).map_err(named("packages.json"))?;
        let warehouses =
            read_warehouses(&text("warehouses.json")?).map_err(named("warehouses.json"))?;
        let places: HashMap<String, (f64, f64)> = serde_json::from_slice(&text("places.json")?)?;
        let fleet: Fleet = serde_json::from_slice(&text("fleet.json")?)?;

        // The seller's own table of addresses stands in for a geocoder.
        let locate = |address: &Address| {
            let line = address.lines.first()?;
            places
                .get(&format!("{} {line}", address.postal_code))
                .copied()
        };
        let mut shop = TiktokShop::new(&locate)
            .packages(&packages)
            .packing(Duration(fleet.day.packing_seconds));
        for slot in &fleet.slots {
            shop = shop.slot(slot.delivery_option_id.clone(), slot.window);
        }
        let orders = shop.orders(&orders);

        let day = day(&fleet)?;
        let (model, report) = model(&day, &orders, &warehouses, &fleet)?;
        let travel = fleet
            .vehicles
            .iter()
            .fold(Haversine::at_kmh(USUAL_KMH), |travel, vehicle| {
                travel.profile_kmh(&vehicle.profile, vehicle.kmh)
            });
        Ok(Self {
            orders,
            report,
            model,
            travel,
        })
    }
}

/// Orders, warehouses and fleet in one model, and what became of each order.
fn model(
    day: &DayPlan,
    orders: &[ChannelOrder],
    warehouses: &[Warehouse],
    fleet: &Fleet,
) -> Result<(Model, IntakeReport), Box<dyn std::error::Error>> {
    let mut model = Model::new();
    let report = day.admit(orders, &mut model);
    let dimensions = ParcelDimensions::of(&mut model);
    let mut depots: HashMap<&str, DepotId> = HashMap::new();
    for warehouse in warehouses.iter().filter(|w| w.ships()) {
        depots.insert(&warehouse.id, model.add_depot(warehouse.depot()?));
    }
    for vehicle in &fleet.vehicles {
        let id = &vehicle.warehouse_id;
        let depot = depots
            .get(id.as_str())
            .ok_or_else(|| format!("fleet.json: there is no warehouse {id:?}"))?;
        model.add_vehicle_type(vehicle.vehicle_type(*depot, day, dimensions)?);
    }
    Ok((model, report))
}

/// The day from midnight on the city's clocks, so that every moment of the plan reads as the time on the wall.
fn day(fleet: &Fleet) -> Result<DayPlan, String> {
    let day = &fleet.day;
    let since_midnight = (day.start + CLOCK_AHEAD).rem_euclid(24 * 3600);
    let horizon = DayPlan::new(
        day.start - since_midnight,
        Duration(since_midnight + day.seconds),
        Duration(day.service_seconds),
    );
    let postpone = &day.postpone;
    Ok(horizon
        .service_per_parcel(Duration(day.service_seconds_per_parcel))
        .postpone(PostponePrice {
            due: Some(postpone.due.cost()?),
            later: Some(postpone.later.cost()?),
            undated: Some(postpone.undated.cost()?),
        }))
}
