//! The numbers by which published solutions name clients.

use crate::measure::{DepotId, OrderId, VehicleTypeId};
use std::collections::HashMap;

/// The numbers by which an instance's published solutions name its depots and clients.
///
/// VRPLIB: the number of the node in the file, minus one. Solomon, Cordeau, and Li and Lim: the number in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    depots: Vec<u32>,
    clients: Vec<u32>,
    /// Looked up only, never walked.
    orders: HashMap<u32, u32>,
    vehicles: Vehicles,
}

/// How solutions that number routes say which vehicle drives one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Vehicles {
    /// All are of the first type.
    Alike,
    /// The first route is that of the first vehicle, and so on; the type of each.
    Listed(Vec<VehicleTypeId>),
    /// They do not say it, and there are several types.
    Unsaid,
}

impl Numbering {
    /// Depots are 0, 1, … and clients go on from there.
    ///
    /// # Panics
    ///
    /// When there are more than 2^32, which no accepted problem reaches.
    pub fn in_order(depots: usize, clients: usize) -> Self {
        let number = |i: usize| u32::try_from(i).expect("counts are below 2^32");
        Self::new(
            (0..depots).map(number).collect(),
            (depots..depots + clients).map(number).collect(),
        )
    }

    /// The numbers of the depots and of the clients, each in the order of the ids.
    pub(super) fn new(depots: Vec<u32>, clients: Vec<u32>) -> Self {
        let orders = clients
            .iter()
            .zip(0..)
            .map(|(number, order)| (*number, order))
            .collect();
        Self {
            depots,
            clients,
            orders,
            vehicles: Vehicles::Alike,
        }
    }

    /// The first route of a solution is that of the first of these vehicles, and so on.
    pub(super) fn vehicles(mut self, types: Vec<VehicleTypeId>) -> Self {
        self.vehicles = Vehicles::Listed(types);
        self
    }

    /// The place of a route in a solution does not say which vehicle drives it.
    pub(super) fn vehicles_unsaid(mut self) -> Self {
        self.vehicles = Vehicles::Unsaid;
        self
    }

    /// The number of an order's client.
    ///
    /// # Panics
    ///
    /// When the order is not one of the instance.
    pub fn client(&self, order: OrderId) -> u32 {
        self.clients[order.index()]
    }

    /// The order of the client with this number, if there is one.
    pub fn order(&self, client: u32) -> Option<OrderId> {
        self.orders
            .get(&client)
            .map(|order| OrderId::new(*order as usize))
    }

    /// The number of a depot.
    ///
    /// # Panics
    ///
    /// When the depot is not one of the instance.
    pub fn depot(&self, depot: DepotId) -> u32 {
        self.depots[depot.index()]
    }

    /// The depot with this number, if there is one.
    pub fn depot_id(&self, number: u32) -> Option<DepotId> {
        let place = self.depots.iter().position(|depot| *depot == number);
        place.map(DepotId::new)
    }

    /// How many clients there are.
    pub fn client_count(&self) -> usize {
        self.clients.len()
    }

    /// The type of the vehicle that drives the route at this place, from 0, of a solution that lists routes and nothing
    /// else, such as a `.sol` file. `None` where there is no such vehicle, or nothing says which it is: a fleet of
    /// several types, and no list of its vehicles.
    pub fn vehicle_type(&self, place: usize) -> Option<VehicleTypeId> {
        match &self.vehicles {
            Vehicles::Alike => Some(VehicleTypeId::new(0)),
            Vehicles::Listed(types) => types.get(place).copied(),
            Vehicles::Unsaid => None,
        }
    }

    /// Whether a solution that lists routes and nothing else says all: which vehicle drives a route follows from the
    /// route's place.
    pub fn places_tell_vehicles(&self) -> bool {
        self.vehicles != Vehicles::Unsaid
    }

    /// The type of each vehicle, where solutions list their routes by vehicle.
    pub(super) fn listed(&self) -> Option<&[VehicleTypeId]> {
        match &self.vehicles {
            Vehicles::Listed(types) => Some(types),
            Vehicles::Alike | Vehicles::Unsaid => None,
        }
    }
}
