//! Plans over the roads of `data/network.json`: a town with a river, three bridges and one-way streets. With the
//! argument `dot` the plan is printed as a graph in DOT.

use milkrun::measure::{Cost, Load};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::solve::{Budget, Solver};
use milkrun::travel::{RoadList, RoadNetwork};
use petgraph::dot::Dot;
use serde::Deserialize;

/// A yard or an order, at a crossing of the network.
#[derive(Deserialize)]
struct Site {
    name: String,
    node: i64,
    #[serde(default)]
    parcels: i64,
}

#[derive(Deserialize)]
struct Town {
    #[serde(flatten)]
    roads: RoadList,
    depot: Site,
    orders: Vec<Site>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/network.json");
    let town: Town = serde_json::from_slice(&std::fs::read(path)?)?;
    let place = |site: &Site| {
        let node = town.roads.nodes.iter().find(|node| node.id == site.node);
        node.map(|node| Place::geo(node.latitude, node.longitude))
            .ok_or_else(|| format!("{} is at no crossing", site.name))
    };

    let mut model = Model::new();
    let parcels = model.add_dimension("parcels");
    let yard = model.add_depot(Depot::new(&town.depot.name, place(&town.depot)?));
    let bike = VehicleType::new("cargo bike", 4, yard).capacity(parcels, Load(20));
    let bike = bike.per_distance(Cost(40)).per_duration(Cost(3_000));
    model.add_vehicle_type(bike.profile("bike"));
    for order in &town.orders {
        let drop_off = Order::drop_off(&order.name, place(order)?);
        model.add_order(drop_off.quantity(parcels, Load(order.parcels)));
    }

    let network = RoadNetwork::from_list(&town.roads).profile_kmh("bike", 16.0);
    let problem = Problem::new(&model, &network)?;
    let plan = Solver::new(&problem).solve(Budget::seconds(0.5)).plan;
    if std::env::args().nth(1).is_some_and(|word| word == "dot") {
        let graph = plan.graph();
        let labelled = graph.map(|_, node| node.to_string(), |_, leg| leg.distance);
        println!("{}", Dot::new(&labelled));
    } else {
        println!("{plan}");
    }
    Ok(())
}
