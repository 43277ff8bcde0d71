//! An order comes in after the plan was made: the bakery's day is repaired at once, improved for a moment, and what
//! changes for the others is listed.

use milkrun::format::json;
use milkrun::measure::{Load, Time, Window};
use milkrun::model::{Order, Place};
use milkrun::plan::Plan;
use milkrun::problem::Edit;
use milkrun::solve::{Budget, LiveSolver};
use std::collections::HashMap;

/// When each order is served, by name.
fn arrivals(plan: &Plan) -> HashMap<String, (String, Time)> {
    let shipments = plan.shipments().into_iter();
    shipments
        .map(|s| (s.name, (s.vehicle.to_string(), s.eta)))
        .collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/bakery.json");
    let (model, travel) = json::read_model(std::fs::read(path)?)?;
    let travel = travel.ok_or("the document does not say how to travel")?;
    let mut live = LiveSolver::new(&model, travel)?;
    let first = live.solve(Budget::iterations(20_000)).plan;

    let mut party = Order::drop_off("birthday party", Place::geo(52.51, 13.39))
        .window(Window::new(Time::at(7, 30), Time::at(8, 30)));
    party.quantities = vec![Load(12), Load(3)]; // kilograms and crates
    let applied = live.apply([Edit::Add(party)])?;
    if !applied.unserved.is_empty() {
        println!("{} orders fit nowhere at first", applied.unserved.len());
    }
    let second = live.solve(Budget::iterations(2_000)).plan;

    let before = arrivals(&first);
    for shipment in second.shipments() {
        let now = shipment.eta.clock();
        match before.get(&shipment.name) {
            None => println!("{}: new, {} at {now}", shipment.name, shipment.vehicle),
            Some((vehicle, eta))
                if (vehicle.as_str(), *eta) != (&shipment.vehicle, shipment.eta) =>
            {
                let (then, name) = (eta.clock(), &shipment.name);
                println!(
                    "{name}: {} at {now}, was {vehicle} at {then}",
                    shipment.vehicle
                );
            }
            Some(_) => {}
        }
    }
    let more = second.cost().total() - first.cost().total();
    println!("{}which is {} more", second.summary(), more.decimal());
    Ok(())
}
