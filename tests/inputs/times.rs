//! Windows, shifts, deadlines and promises that nothing can keep.

use super::*;

#[test]
fn windows_that_cannot_be() {
    use Rule::{Inconsistent, OutOfRange, ReversedWindow};
    let opens = |a, b| depot(|d| d.window(window(a, b)));
    let shift = |a, b| vehicle(|v| v.shift(window(a, b)));
    let promised = |a, b| order(|o| o.window(window(a, b)));
    refused("depot", &opens(10, 9), &[(HUB_DEPOT, ReversedWindow)]);
    refused("shift", &shift(10, 9), &[(VAN, ReversedWindow)]);
    refused("order", &promised(10, 9), &[(CAFE_ORDER, ReversedWindow)]);
    refused(
        "far",
        &promised(0, (1 << 40) + 1),
        &[(CAFE_ORDER, OutOfRange)],
    );
    refused(
        "long ago",
        &opens(-(1 << 40) - 1, 0),
        &[(HUB_DEPOT, OutOfRange)],
    );
    let ends = promised(i64::MIN, i64::MAX);
    refused(
        "all time",
        &ends,
        &[(CAFE_ORDER, OutOfRange), (CAFE_ORDER, OutOfRange)],
    );
    let worst = shift(i64::MAX, i64::MIN);
    let expected = [(VAN, ReversedWindow), (VAN, OutOfRange), (VAN, OutOfRange)];
    refused("reversed and far", &worst, &expected);
    let released = |release| order(move |o| o.release(Time(release)).window(window(0, 99)));
    refused(
        "release after window",
        &released(100),
        &[(CAFE_ORDER, Inconsistent)],
    );
    accepted("release at the end of the window", &released(99), &road());
    let far = order(|o| o.release(Time(i64::MIN)));
    refused("release long ago", &far, &[(CAFE_ORDER, OutOfRange)]);
    let pickup = with(|m| m.add_order(Order::pickup("return", CAFE).release(Time(0))));
    refused(
        "release of a pickup",
        &pickup,
        &[("order \"return\"", Inconsistent)],
    );
}

#[test]
fn opening_hours_that_never_meet() {
    use Rule::Inconsistent;
    let hours = |open: Window, shift: Option<Window>, close: Option<Window>| {
        let mut model = Model::new();
        let hub = model.add_depot(Depot::new("hub", HUB).window(open));
        let mut end = Depot::new("yard", CAFE);
        end.window = close;
        let yard = model.add_depot(end);
        let mut van = VehicleType::new("van", 1, hub).end(yard);
        van.shift = shift;
        model.add_vehicle_type(van);
        model
    };
    let nine = window(9, 17);
    let van = [(VAN, Inconsistent)];
    refused("shift before", &hours(nine, Some(window(5, 8)), None), &van);
    refused(
        "shift after",
        &hours(nine, Some(window(18, 20)), None),
        &van,
    );
    refused(
        "end before",
        &hours(nine, Some(nine), Some(window(1, 8))),
        &van,
    );
    refused(
        "end after",
        &hours(nine, Some(nine), Some(window(18, 30))),
        &van,
    );
    refused(
        "end closes early, no shift",
        &hours(nine, None, Some(window(1, 8))),
        &van,
    );
    accepted(
        "touching",
        &hours(nine, Some(window(17, 30)), Some(window(30, 31))),
        &road(),
    );
}

#[test]
fn overtime_that_never_begins() {
    use Rule::Inconsistent;
    let (most, price) = (Duration(60), Cost(1));
    let shiftless = vehicle(|v| v.overtime(most, price));
    refused("no shift", &shiftless, &[(VAN, Inconsistent)]);
    let until = |end| vehicle(|v| v.shift(window(0, end)).overtime(most, price));
    accepted("as late as can be", &until((1 << 40) - 60), &road());
    let beyond = until((1 << 40) - 59);
    refused("beyond all times", &beyond, &[(VAN, Rule::OutOfRange)]);
    let nine = window(9, 17);
    let open = |end| {
        let hub = |d: Depot| d.window(window(0, 100));
        let mut model = day(hub, |v| v.shift(nine), |o| o);
        let late = model.add_depot(Depot::new("late", HUB).window(window(end, 1000)));
        let van = VehicleType::new("late van", 1, DepotId::new(0)).end(late);
        model.add_vehicle_type(van.shift(nine).overtime(most, price));
        model
    };
    accepted("the end opens in overtime", &open(77), &road());
    let late_van = [("vehicle type \"late van\"", Inconsistent)];
    refused("the end opens after overtime", &open(78), &late_van);
}

#[test]
fn deadlines_that_nothing_can_keep() {
    use Rule::{Inconsistent, OutOfRange};
    let before = order(|o| o.release(Time(8)).ship_by(Time(7)));
    refused("before release", &before, &[(CAFE_ORDER, Inconsistent)]);
    let at_once = order(|o| o.release(Time(8)).ship_by(Time(8)));
    accepted("at once", &at_once, &road());
    for bad in [i64::MIN, -(1 << 40) - 1, (1 << 40) + 1, i64::MAX] {
        let never = order(|o| o.ship_by(Time(bad)));
        refused("ship-by", &never, &[(CAFE_ORDER, OutOfRange)]);
    }
    let pickup = with(|m| m.add_order(Order::pickup("return", CAFE).ship_by(Time(0))));
    let expected = [("order \"return\"", Inconsistent)];
    refused("a pickup", &pickup, &expected);
    let pair = with(|m| {
        let half = Order::drop_off("to", CAFE).ship_by(Time(0));
        m.add_pair(Order::pickup("from", CAFE), half)
    });
    refused("half of a pair", &pair, &[("order \"to\"", Inconsistent)]);
}

#[test]
fn promises_that_cannot_be() {
    use Rule::{OutOfRange, ReversedWindow};
    let slot = || Promise::new(window(0, 60)).late(Cost(1));
    let promised = |promise: Promise| order(|o| o.promise(promise));
    accepted("a slot", &promised(slot().early(Cost(0))), &road());
    let reversed = Promise::new(window(9, 8));
    refused(
        "reversed",
        &promised(reversed),
        &[(CAFE_ORDER, ReversedWindow)],
    );
    let never = Promise::new(window(0, (1 << 40) + 1));
    refused("never", &promised(never), &[(CAFE_ORDER, OutOfRange)]);
    for bad in [i64::MIN, -1, (1 << 40) + 1, i64::MAX] {
        for priced in [slot().late(Cost(bad)), slot().early(Cost(bad))] {
            refused("a price", &promised(priced), &[(CAFE_ORDER, OutOfRange)]);
        }
    }
    let mut trips = vehicle(|v| v.reloads(Reloads::at(DepotId::new(0))));
    trips.add_order(Order::drop_off("slot", CAFE).promise(slot()));
    accepted("trips", &trips, &road());
    let mut trips = vehicle(|v| v.reloads(Reloads::at(DepotId::new(0))));
    trips.add_order(Order::drop_off("slot", CAFE).promise(slot().late(Cost(0))));
    accepted("no price", &trips, &road());
}

/// What promises can cost is part of the proof that no sum overflows, as far as limits let them be missed.
#[test]
fn promises_beyond_all_sums() {
    let long_ago = -(1 << 40);
    let dear = |from: i64, price: i64| {
        let slot = Promise::new(window(from, from)).late(Cost(price));
        order(|o| o.window(window(0, 1 << 10)).promise(slot))
    };
    let refusal = [("model", Rule::Overflow)];
    refused("late at a price", &dear(long_ago, 1 << 40), &refusal);
    accepted("late for little", &dear(long_ago, 1), &road());
    // 2^40 a second for no more than 2^10 seconds.
    accepted("hardly late", &dear(0, 1 << 40), &road());
}
