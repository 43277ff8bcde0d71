//! What orders on no route cost, where carriers charge for coming.

use super::Prices;
use crate::measure::{CarrierId, Cost, OrderId};
use crate::problem::{MOST_FEES, Problem};

/// No price: the order has to go elsewhere.
const NEVER: i64 = i64::MAX;

/// What the orders on no route cost in all, where some carriers charge a fee that all orders handed over share.
///
/// For each set of carriers with a fee there is the sum over these orders of the cheapest that each of them can be had for
/// while exactly this set comes: its own price, that of a carrier without a fee, or that of one of the set. The cheapest of
/// all sets, fees included, is what a plan pays. Exact, and O(2^k) for each order that comes or goes, with at most six
/// carriers that charge.
#[derive(Debug, Clone)]
pub(super) struct Outlets {
    /// By set: the fees of its carriers.
    fees: Vec<i64>,
    now: Sums,
    before: Sums,
    /// By order: its cheapest price without any of these carriers, then that of each of them.
    offers: Vec<i64>,
    /// How many numbers of `offers` an order has.
    stride: usize,
    /// What an order counts for that has to go elsewhere.
    mandatory: i64,
    /// The carriers that the search takes to come anyway: prices asked for are those while this set comes.
    hoped: usize,
}

#[derive(Debug, Clone, Default)]
struct Sums {
    /// By set: the prices of the orders, without fees.
    prices: Vec<i64>,
    /// By set: how many orders none of it takes, that have no price either.
    stranded: Vec<u32>,
    /// The cheapest set, and what it costs in all.
    best: (i64, usize),
}

impl Outlets {
    /// No order is absent yet. `None` where no carrier charges a fee: then each order has one price of its own.
    pub(super) fn new(problem: &Problem, prices: &Prices) -> Option<Self> {
        let all = problem.pickup_fees();
        let charging: Vec<usize> = (0..all.len()).filter(|c| all[*c].get() != 0).collect();
        if charging.is_empty() {
            return None;
        }
        let (sets, stride) = (1 << charging.len(), charging.len() + 1);
        let mut fees = vec![0; sets];
        for set in 1..sets {
            let fee = all[charging[lowest(set)]].get() / prices.step;
            fees[set] = fees[without_lowest(set)] + fee;
        }
        let mut offers = vec![NEVER; problem.order_count() * stride];
        for (order, offers) in offers.chunks_exact_mut(stride).enumerate() {
            let order = OrderId::new(order);
            let steps = |cost: Cost| cost.get() / prices.step;
            offers[0] = problem.left_out(order).map_or(NEVER, steps);
            for stated in problem.offers(order) {
                let charges = charging
                    .iter()
                    .position(|c| CarrierId::new(*c) == stated.carrier);
                let offer = &mut offers[charges.map_or(0, |at| at + 1)];
                *offer = steps(stated.price).min(*offer);
            }
            // Where nobody takes it, whoever comes, it costs the same in each set.
            if offers.iter().all(|offer| *offer == NEVER) {
                offers[0] = prices.absent[order.index()];
            }
        }
        let now = Sums {
            prices: vec![0; sets],
            stranded: vec![0; sets],
            best: (0, 0),
        };
        Some(Self {
            fees,
            before: now.clone(),
            now,
            offers,
            stride,
            mandatory: prices.mandatory,
            hoped: sets - 1,
        })
    }

    /// What all orders on no route cost.
    #[inline]
    pub(super) fn cost(&self) -> i64 {
        self.now.best.0
    }

    /// What one more order on no route costs while the hoped-for carriers come.
    pub(super) fn price(&self, order: usize) -> i64 {
        let (own, carriers) = self.offers_of(order).split_at(1);
        let coming = carriers.iter().enumerate();
        let coming = coming.filter(|(at, _)| self.hoped & (1 << at) != 0);
        let price = coming.fold(own[0], |best, (_, price)| best.min(*price));
        if price == NEVER {
            self.mandatory
        } else {
            price
        }
    }

    fn offers_of(&self, order: usize) -> &[i64] {
        &self.offers[order * self.stride..(order + 1) * self.stride]
    }

    /// By set the cheapest price of an order; [`NEVER`] where none of it takes the order.
    fn cheapest(&self, order: usize) -> [i64; 1 << MOST_FEES] {
        let offers = self.offers_of(order);
        let mut cheapest = [NEVER; 1 << MOST_FEES];
        cheapest[0] = offers[0];
        for set in 1..self.fees.len() {
            cheapest[set] = cheapest[without_lowest(set)].min(offers[1 + lowest(set)]);
        }
        cheapest
    }

    /// An order becomes absent, or is no longer so.
    pub(super) fn change(&mut self, order: usize, absent: bool) {
        let cheapest = self.cheapest(order);
        let mut best = (NEVER, 0);
        for (set, fee) in self.fees.iter().enumerate() {
            let (sum, stranded) = (&mut self.now.prices[set], &mut self.now.stranded[set]);
            match (cheapest[set], absent) {
                (NEVER, true) => *stranded += 1,
                (NEVER, false) => *stranded -= 1,
                (price, true) => *sum += price,
                (price, false) => *sum -= price,
            }
            // All carriers together leave no order stranded.
            if *stranded == 0 {
                best = best.min((*sum + fee, set));
            }
        }
        self.now.best = best;
    }

    /// What all orders on no route cost less without this one of them.
    pub(super) fn saved(&self, order: usize) -> i64 {
        let cheapest = self.cheapest(order);
        let sets = 0..self.fees.len();
        let left = sets.filter_map(|set| {
            let (sum, stranded) = (self.now.prices[set], self.now.stranded[set]);
            let (price, one) = match cheapest[set] {
                NEVER => (0, 1),
                price => (price, 0),
            };
            (stranded == one).then(|| sum - price + self.fees[set])
        });
        self.cost() - left.min().unwrap_or(0)
    }

    /// Which carriers are taken to come, as a set of those that charge: `usize::MAX` for all of them.
    pub(super) fn hope(&mut self, set: usize) {
        self.hoped = set & (self.fees.len() - 1);
    }

    /// The set of carriers that comes.
    pub(super) fn coming(&self) -> usize {
        self.now.best.1
    }

    /// Whether a carrier that comes is not hoped for.
    pub(super) fn hopes_against(&self) -> bool {
        self.coming() & !self.hoped != 0
    }

    /// How many carriers charge a fee.
    pub(super) fn charging(&self) -> usize {
        self.stride - 1
    }

    /// Notes the sums, for [`take_back`](Outlets::take_back).
    pub(super) fn begin(&mut self) {
        self.before.prices.copy_from_slice(&self.now.prices);
        self.before.stranded.copy_from_slice(&self.now.stranded);
        self.before.best = self.now.best;
    }

    /// The sums are again as at [`begin`](Outlets::begin).
    pub(super) fn take_back(&mut self) {
        self.now.prices.copy_from_slice(&self.before.prices);
        self.now.stranded.copy_from_slice(&self.before.stranded);
        self.now.best = self.before.best;
    }

    /// What these orders cost on no route, counted anew.
    pub(super) fn anew(&self, absent: impl Iterator<Item = usize>) -> i64 {
        let mut fresh = self.clone();
        fresh.now.prices.fill(0);
        fresh.now.stranded.fill(0);
        fresh.now.best = (0, 0);
        for order in absent {
            fresh.change(order, true);
        }
        fresh.cost()
    }
}

/// The first carrier of a set that is not empty.
fn lowest(set: usize) -> usize {
    set.trailing_zeros() as usize
}

/// A set without its first carrier.
fn without_lowest(set: usize) -> usize {
    set & (set - 1)
}
