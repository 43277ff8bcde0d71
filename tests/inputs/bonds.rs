//! Pairs, groups and carriers that do not fit together.

use super::*;
use milkrun::model::{Group, OrderKind};

/// A day with a pair "from" and "to" of 5 kg, each changed by the caller.
fn pair(from: impl Fn(Order) -> Order, to: impl Fn(Order) -> Order) -> Model {
    let kg = DimensionId::new(0);
    let pickup = Order::pickup("from", CAFE).quantity(kg, Load(5));
    let drop_off = Order::drop_off("to", HUB).quantity(kg, Load(5));
    with(|m| m.add_pair(from(pickup.clone()), to(drop_off.clone())))
}

#[test]
fn pairs_that_do_not_fit_together() {
    use Rule::{Inconsistent, OutOfRange, Overflow};
    const FROM: &str = "order \"from\"";
    const TO: &str = "order \"to\"";
    let kg = DimensionId::new(0);
    let same = |o: Order| o;
    accepted("a pair", &pair(same, same), &road());
    let priced = |o: Order| o.price(Cost::ZERO);
    accepted("both may stay", &pair(priced, priced), &road());
    let none = |mut o: Order| {
        o.quantities.clear();
        o
    };
    let zero = |o: Order| o.quantity(kg, Load(0));
    accepted("nothing is nothing", &pair(none, zero), &road());
    let late = |o: Order| o.window(window(900, 901));
    let early = |o: Order| o.window(window(0, 1));
    accepted("never in time: unserved", &pair(late, early), &road());

    let four = |o: Order| o.quantity(kg, Load(4));
    refused(
        "less than fetched",
        &pair(same, four),
        &[(TO, Inconsistent)],
    );
    refused("nothing brought", &pair(same, none), &[(TO, Inconsistent)]);
    refused("one may stay", &pair(priced, same), &[(TO, Inconsistent)]);
    refused(
        "the other may",
        &pair(same, priced),
        &[(FROM, Inconsistent)],
    );
    let packed = |o: Order| o.release(Time(5));
    refused("packed", &pair(same, packed), &[(TO, Inconsistent)]);
    refused("packed there", &pair(packed, same), &[(FROM, Inconsistent)]);
    let kind = |kind| {
        move |mut o: Order| {
            o.kind = kind;
            o
        }
    };
    let (pickup, drop_off) = (OrderKind::Pickup, OrderKind::DropOff);
    let model = pair(kind(drop_off), kind(pickup));
    let expected = [(FROM, Inconsistent), (TO, Inconsistent)];
    refused("the wrong way", &model, &expected);
    // A release on both: of a pickup in its own right, of a drop-off as one of a pair; and all else that is wrong.
    let model = pair(packed, |o| four(priced(packed(o))).service(Duration(-1)));
    let expected = [
        (FROM, Inconsistent),
        (TO, OutOfRange),
        (TO, Inconsistent),
        (TO, Inconsistent),
        (FROM, Inconsistent),
    ];
    refused("all at once", &model, &expected);
    let prices = with(|m| {
        for i in 0..300 {
            let order = |o: Order| o.price(Cost(1 << 50));
            m.add_pair(
                order(Order::pickup(format!("from {i}"), CAFE)),
                order(Order::drop_off(format!("to {i}"), CAFE)),
            );
        }
    });
    refused("the prices of both", &prices, &[("model", Overflow)]);
}

#[test]
fn groups_that_cannot_be() {
    use Rule::{Empty, Inconsistent, OutOfRange, UnknownReference};
    const BAR: &str = "order \"bar\"";
    const GROUP: &str = "group number 0";
    let two = |model: &mut Model, change: &dyn Fn(&mut Order)| {
        let mut bar = Order::drop_off("bar", CAFE);
        change(&mut bar);
        let inn = model.add_order(Order::pickup("inn", HUB));
        [model.add_order(bar), inn]
    };
    let group = |change: &dyn Fn(&mut Order)| {
        with(|model| {
            let orders = two(model, change);
            model.add_group(Group::of(orders));
        })
    };
    accepted("a group", &group(&|_| {}), &road());
    let of = |orders: &dyn Fn([OrderId; 2]) -> Vec<OrderId>, price: Cost| {
        with(|model| {
            let both = two(model, &|_| {});
            model.add_group(Group::of(orders(both)).price(price));
        })
    };
    accepted("for nothing", &of(&|both| both.into(), Cost::ZERO), &road());
    accepted("of one", &of(&|both| vec![both[0]], Cost(5)), &road());
    let late = group(&|o| o.window = Some(window(900, 901)));
    accepted("one of them too late", &late, &road());

    refused("of none", &of(&|_| vec![], Cost(5)), &[(GROUP, Empty)]);
    let no_window = with(|model| {
        model.add_order_in_windows(Order::drop_off("bar", CAFE), []);
    });
    refused("at no time", &no_window, &[(GROUP, Empty)]);
    let below = of(&|both| both.into(), Cost(-1));
    refused("a price below 0", &below, &[(GROUP, OutOfRange)]);
    let twice = of(&|[bar, inn]| vec![bar, inn, bar], Cost(5));
    refused("one of it twice", &twice, &[(BAR, Inconsistent)]);
    let unknown = of(&|[bar, _]| vec![bar, OrderId::new(99)], Cost(5));
    refused("nobody", &unknown, &[(GROUP, UnknownReference)]);
    let priced = group(&|o| o.price = Some(Cost::ZERO));
    refused("a price of its own", &priced, &[(BAR, Inconsistent)]);
    let two_groups = with(|model| {
        let [bar, inn] = two(model, &|_| {});
        model.add_group(Group::of([bar]));
        model.add_group(Group::of([inn, bar]));
    });
    refused("two groups", &two_groups, &[(BAR, Inconsistent)]);
    let mut paired = pair(|o| o, |o| o);
    let to = paired.pairs()[0].drop_off;
    paired.add_group(Group::of([to]));
    refused("half of a pair", &paired, &[("order \"to\"", Inconsistent)]);
    let mut carried = group(&|o| {
        *o = o.clone().carrier_price(CarrierId::new(0), Cost(1));
    });
    carried.add_carrier(Carrier::new("dhl"));
    accepted("carried", &carried, &road());

    // A price that all share is counted once.
    let day = |groups: usize| {
        with(|model| {
            for g in 0..groups {
                let windows = (0..10).map(|at| window(at, at));
                let order = Order::drop_off(format!("order {g}"), CAFE).price(Cost(1 << 50));
                model.add_order_in_windows(order, windows);
            }
        })
    };
    accepted("dear", &day(300), &road());
    refused("too dear in all", &day(600), &[("model", Rule::Overflow)]);
}

#[test]
fn carriers_that_cannot_be() {
    use Rule::{DuplicateName, Inconsistent, Missing, OutOfRange, TooLarge};
    let carriers = |carriers: &[(&str, i64)]| {
        with(|model| {
            for (name, fee) in carriers {
                model.add_carrier(Carrier::new(*name).pickup_fee(Cost(*fee)));
            }
        })
    };
    let dhl = "carrier \"dhl\"";
    let twice = carriers(&[("dhl", 1), ("dhl", 0)]);
    refused("one name twice", &twice, &[(dhl, DuplicateName)]);
    refused(
        "nameless",
        &carriers(&[("", 0)]),
        &[("carrier number 0", Missing)],
    );
    refused(
        "a fee below 0",
        &carriers(&[("dhl", -1)]),
        &[(dhl, OutOfRange)],
    );
    let dear = carriers(&[("dhl", (1 << 50) + 1)]);
    refused("a fee above all", &dear, &[(dhl, OutOfRange)]);
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let seven = |fee: i64| carriers(&names.map(|name| (name, fee)));
    refused("seven that charge", &seven(1), &[("model", TooLarge)]);
    accepted("seven that do not", &seven(0), &road());
    let bar = "order \"bar\"";
    let priced = |change: &dyn Fn(&mut Order)| {
        with(|model| {
            let dhl = model.add_carrier(Carrier::new("dhl"));
            let mut order = Order::drop_off("bar", CAFE).carrier_price(dhl, Cost(5));
            change(&mut order);
            model.add_order(order)
        })
    };
    accepted("a carrier", &priced(&|_| {}), &road());
    let below = priced(&|o| o.carrier_prices[0].price = Cost(-1));
    refused("a price below 0", &below, &[(bar, OutOfRange)]);
    let again = priced(&|o| o.carrier_prices.push(o.carrier_prices[0]));
    refused("two prices", &again, &[(bar, Inconsistent)]);
    let carried = |o: Order| o.carrier_price(CarrierId::new(0), Cost(1));
    let mut halved = pair(carried, |o| o);
    halved.add_carrier(Carrier::new("dhl"));
    refused("half of a pair", &halved, &[("order \"to\"", Inconsistent)]);
    let mut whole = pair(carried, carried);
    whole.add_carrier(Carrier::new("dhl"));
    accepted("a pair", &whole, &road());
}
