//! The numbers by which published solutions name clients.

use crate::measure::{DepotId, OrderId};
use std::collections::HashMap;

/// The numbers by which an instance's published solutions name its depots and clients.
///
/// VRPLIB: the number of the node in the file, minus one. Solomon: the number in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    depots: Vec<u32>,
    clients: Vec<u32>,
    /// Looked up only, never walked.
    orders: HashMap<u32, u32>,
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
        }
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

    /// How many clients there are.
    pub fn client_count(&self) -> usize {
        self.clients.len()
    }
}
