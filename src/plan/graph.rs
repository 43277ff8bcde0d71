//! A plan as a graph.

use super::Plan;
use crate::error::shown;
use crate::measure::{DepotId, Distance, Duration, OrderId, VehicleTypeId};
use crate::model::OrderKind;
use crate::travel::Leg;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;
use std::fmt;

/// A node of [`Plan::graph`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphNode {
    /// A depot that some route starts, reloads or ends at; one node, however many routes.
    Depot {
        /// Which depot.
        id: DepotId,
        /// The caller's name for it.
        name: String,
    },
    /// The vehicle of one route.
    Vehicle {
        /// The index of its route in [`Plan::routes`].
        route: usize,
        /// Of which type it is.
        vehicle_type: VehicleTypeId,
        /// The name of its type and its number, such as `van 3`.
        name: String,
    },
    /// A stop.
    Order {
        /// The order that is served.
        id: OrderId,
        /// Drop-off, pickup, or exchange.
        kind: OrderKind,
        /// The caller's name for it.
        name: String,
    },
}

impl GraphNode {
    /// The caller's name for it.
    pub fn name(&self) -> &str {
        match self {
            Self::Depot { name, .. } | Self::Vehicle { name, .. } | Self::Order { name, .. } => {
                name
            }
        }
    }
}

/// Such as `drop-off A-17`.
impl fmt::Display for GraphNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Depot { .. } => "depot",
            Self::Vehicle { .. } => "vehicle",
            Self::Order { kind, .. } => kind.word(),
        };
        write!(f, "{what} {}", shown(self.name()))
    }
}

/// Prints no name.
impl fmt::Debug for GraphNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Depot { id, .. } => write!(f, "Depot({id})"),
            Self::Vehicle { route, .. } => write!(f, "Vehicle({route})"),
            Self::Order { id, .. } => write!(f, "Order({id})"),
        }
    }
}

impl Plan {
    /// The plan as a directed graph, for [`petgraph`]'s algorithms and its DOT export.
    ///
    /// Every route is a path: start depot, its vehicle, its stops, end depot. The edges are the legs driven; the one from
    /// a depot to a vehicle says that the vehicle starts there, and is a leg of nothing. So the edges add up to the
    /// distance of the plan, and routes are connected where they share a depot. A vehicle that reloads goes through the node
    /// of that depot, so its trips are a path each. An order served twice has two nodes; unserved orders have none.
    ///
    /// # Complexity
    ///
    /// Linear in the number of stops, with a name each.
    ///
    /// ```
    /// use milkrun::measure::VehicleTypeId;
    /// use milkrun::model::{Depot, Model, Order, Place, VehicleType};
    /// use milkrun::plan::{Plan, RouteDraft};
    /// use milkrun::problem::Problem;
    /// use milkrun::travel::Euclidean;
    /// use petgraph::algo::{connected_components, is_cyclic_directed};
    /// use petgraph::dot::Dot;
    ///
    /// let mut model = Model::new();
    /// let depot = model.add_depot(Depot::new("bakery", Place::plane(0.0, 0.0)));
    /// model.add_vehicle_type(VehicleType::new("van", 2, depot).open_end());
    /// let cafe = model.add_order(Order::drop_off("cafe", Place::plane(3.0, 4.0)));
    /// let hotel = model.add_order(Order::drop_off("hotel", Place::plane(0.0, 9.0)));
    /// let problem = Problem::new(&model, &Euclidean::rounded())?;
    /// let van = VehicleTypeId::new(0);
    /// let plan = Plan::new(&problem, vec![RouteDraft::new(van, vec![cafe]), RouteDraft::new(van, vec![hotel])]);
    ///
    /// let graph = plan.graph();
    /// assert_eq!((graph.node_count(), graph.edge_count()), (5, 4));
    /// assert_eq!(connected_components(&graph), 1); // both vans start at the bakery
    /// assert!(!is_cyclic_directed(&graph)); // and neither comes back
    ///
    /// let labelled = graph.map(|_, node| node.to_string(), |_, leg| leg.distance);
    /// let dot = Dot::new(&labelled).to_string();
    /// assert!(dot.contains("vehicle van 2") && dot.contains("drop-off cafe"));
    /// # Ok::<(), milkrun::error::Error>(())
    /// ```
    pub fn graph(&self) -> DiGraph<GraphNode, Leg> {
        let stops: usize = self.routes.iter().map(|r| r.stops.len()).sum();
        let nodes = stops + 2 * self.routes.len();
        let mut graph = DiGraph::with_capacity(nodes, nodes);
        let mut depots: BTreeMap<DepotId, NodeIndex> = BTreeMap::new();
        let mut depot = |graph: &mut DiGraph<GraphNode, Leg>, id: DepotId| {
            let name = || self.names.depot(id).to_owned();
            *depots
                .entry(id)
                .or_insert_with(|| graph.add_node(GraphNode::Depot { id, name: name() }))
        };
        let nothing = Leg {
            distance: Distance::ZERO,
            duration: Duration::ZERO,
        };
        for (index, route) in self.routes.iter().enumerate() {
            let start = depot(&mut graph, route.start);
            let mut at = graph.add_node(GraphNode::Vehicle {
                route: index,
                vehicle_type: route.vehicle_type,
                name: route.vehicle_name(),
            });
            graph.add_edge(start, at, nothing);
            let mut reloads = route.reloads.iter().peekable();
            for (position, stop) in route.stops.iter().enumerate() {
                while let Some(reload) = reloads.next_if(|r| r.before <= position) {
                    let node = depot(&mut graph, reload.depot);
                    graph.add_edge(at, node, reload.leg);
                    at = node;
                }
                let node = graph.add_node(GraphNode::Order {
                    id: stop.order,
                    kind: stop.kind,
                    name: self.names.order(stop.order).to_owned(),
                });
                graph.add_edge(at, node, stop.leg);
                at = node;
            }
            if let (Some(end), Some(leg)) = (route.end, route.final_leg) {
                let end = depot(&mut graph, end);
                graph.add_edge(at, end, leg);
            }
        }
        graph
    }
}
