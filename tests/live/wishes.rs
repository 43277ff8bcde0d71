//! Edits at random.

use crate::days::Day;
use crate::ledger::Ledger;
use milkrun::measure::{Cost, OrderId, VehicleTypeId};
use milkrun::model::{Order, OrderKind};
use milkrun::problem::Edit;
use milkrun::search::Dice;
use milkrun::travel::Travel;
use std::sync::Arc;

/// Edits as the tests keep them.
#[derive(Clone)]
pub(crate) enum Wish {
    Add(Order),
    AddPair(Box<[Order; 2]>),
    AddGroup(Vec<Order>, Option<Cost>),
    Cancel(OrderId),
    Change(OrderId, Order),
    Vehicles(VehicleTypeId, Option<u32>),
    Travel(Arc<dyn Travel + Send>),
}

pub(crate) fn edits(wishes: &[Wish]) -> Vec<Edit> {
    let edit = |wish: &Wish| match wish.clone() {
        Wish::Add(order) => Edit::Add(order),
        Wish::AddPair(pair) => {
            let [pickup, drop_off] = *pair;
            Edit::AddPair(pickup, drop_off)
        }
        Wish::AddGroup(orders, price) => Edit::AddGroup(orders, price),
        Wish::Cancel(id) => Edit::Cancel(id),
        Wish::Change(id, order) => Edit::Change(id, order),
        Wish::Vehicles(id, count) => Edit::Vehicles(id, count),
        Wish::Travel(travel) => Edit::travel(travel),
    };
    wishes.iter().map(edit).collect()
}

/// Random wishes: mostly sound ones, now and then something that makes no sense.
pub(crate) fn wishes(dice: &mut Dice, ledger: &Ledger, day: &Day) -> Vec<Wish> {
    let alive = ledger.alive();
    let pick = |dice: &mut Dice| {
        if alive.is_empty() || dice.chance(0.03) {
            OrderId::new(dice.below(ledger.orders.len() + 2))
        } else {
            alive[dice.below(alive.len())]
        }
    };
    let wish = |dice: &mut Dice| match dice.below(20) {
        0..5 => Wish::Add((day.order)(dice)),
        5 => pair(dice, day),
        6 => group(dice, day),
        7..11 => Wish::Cancel(pick(dice)),
        11..16 => {
            let id = pick(dice);
            let mut order = (day.order)(dice);
            // Half of the changes keep the place, as most do in life.
            if let Some(Some(known)) = ledger.orders.get(id.index()).filter(|_| dice.chance(0.7)) {
                order.name.clone_from(&known.name);
                if dice.chance(0.6) {
                    order.place = known.place;
                }
                let slot = id.index();
                if ledger.pairs.iter().any(|pair| pair.contains(&slot)) {
                    halve(&mut order, known);
                }
                if ledger.groups.iter().any(|(group, _)| group.contains(&slot)) {
                    order.price = None;
                }
            }
            Wish::Change(id, order)
        }
        16..19 => {
            let id = VehicleTypeId::new(dice.below(ledger.counts.len()));
            let count = dice.chance(0.9).then(|| dice.below(5) as u32);
            Wish::Vehicles(id, count)
        }
        _ => Wish::Travel(Arc::clone(&day.travels[dice.below(day.travels.len())])),
    };
    (0..=dice.below(3)).map(|_| wish(dice)).collect()
}

/// An order becomes half of a pair, in place of one that is.
fn halve(order: &mut Order, known: &Order) {
    order.kind = known.kind;
    order.quantities.clone_from(&known.quantities);
    order.price = known.price.map(|_| order.price.unwrap_or(Cost(3)));
    (order.release, order.ship_by, order.aboard) = (None, None, None);
    order.taken = Vec::new();
    // The carriers that take the other half.
    order.carrier_prices.clone_from(&known.carrier_prices);
}

/// Mostly a sound pair.
fn pair(dice: &mut Dice, day: &Day) -> Wish {
    let [mut pickup, mut drop_off] = [0; 2].map(|_| (day.order)(dice));
    if dice.chance(0.95) {
        for (order, kind) in [
            (&mut pickup, OrderKind::Pickup),
            (&mut drop_off, OrderKind::DropOff),
        ] {
            let known = Order {
                kind,
                ..order.clone()
            };
            halve(order, &known);
        }
        drop_off.quantities.clone_from(&pickup.quantities);
        drop_off.price = pickup.price;
        drop_off.carrier_prices.clone_from(&pickup.carrier_prices);
    }
    Wish::AddPair(Box::new([pickup, drop_off]))
}

/// Mostly a sound group.
fn group(dice: &mut Dice, day: &Day) -> Wish {
    let mut orders: Vec<Order> = (0..dice.below(4)).map(|_| (day.order)(dice)).collect();
    for order in orders.iter_mut().filter(|_| dice.chance(0.95)) {
        order.price = None;
    }
    let price = dice.chance(0.6).then(|| Cost(dice.below(100) as i64));
    Wish::AddGroup(orders, price)
}
