//! Times of a channel as moments of the day.

use super::*;
use milkrun::channel::{PostponePrice, UnixWindow};
use milkrun::measure::Window;

fn admit_one(order: ChannelOrder) -> (Model, Fate, Vec<Defect>) {
    let mut model = Model::new();
    let report = day().admit(&[order], &mut model);
    assert_conserved(1, &model, &report);
    let entry = report.entries()[0].clone();
    (model, entry.fate, entry.defects)
}

#[test]
fn times_become_moments_of_the_day() {
    let mut order = neutral("1");
    order.windows = vec![
        UnixWindow {
            earliest: START - 7200,
            latest: START - 3600,
        },
        UnixWindow {
            earliest: START + 3600,
            latest: START + 7200,
        },
        UnixWindow {
            earliest: START + 9000,
            latest: START + 9999,
        },
    ];
    order.ready_at = Some(START + 600);
    order.deliver_by = Some(START + 7000);
    let (model, _, defects) = admit_one(order);
    let planned = &model.orders()[0];
    assert_eq!(planned.window, Some(Window::new(Time(3600), Time(7000))));
    assert_eq!(planned.release, Some(Time(600)));
    assert_eq!(planned.service, Duration::minutes(3));
    assert_eq!(defects, [Defect::SeveralWindows]);
    assert_eq!(day().unix(Time(3600)), START + 3600);
}

#[test]
fn promises_that_cannot_be_kept_are_told_apart() {
    let window = |from: i64, to: i64| {
        vec![UnixWindow {
            earliest: START + from,
            latest: START + to,
        }]
    };
    let mut over = neutral("1");
    over.windows = window(-7200, -1);
    assert_eq!(admit_one(over).2, [Defect::WindowPassed]);

    let mut tomorrow = neutral("1");
    tomorrow.windows = window(90_000, 97_200);
    assert_eq!(admit_one(tomorrow).1, Fate::LeftOut(LeftOut::NotToday));

    let mut unpacked = neutral("1");
    unpacked.ready_at = Some(START + 12 * 3600 + 1);
    assert_eq!(admit_one(unpacked).1, Fate::LeftOut(LeftOut::NotReady));

    let mut late = neutral("1");
    late.windows = window(0, 3600);
    late.ready_at = Some(START + 3601);
    assert_eq!(admit_one(late).2, [Defect::ReadyTooLate]);

    let mut overdue = neutral("1");
    overdue.deliver_by = Some(START - 1);
    let (model, fate, defects) = admit_one(overdue);
    assert!(matches!(fate, Fate::Planned(_)));
    assert_eq!(
        (defects.as_slice(), model.orders()[0].window),
        (&[Defect::Overdue][..], None)
    );
}

#[test]
fn extreme_times_neither_overflow_nor_panic() {
    for time in [i64::MIN, -1, 0, i64::MAX] {
        let mut order = neutral("1");
        order.ready_at = Some(time);
        order.ship_by = Some(time);
        order.deliver_by = Some(time);
        order.windows = vec![UnixWindow {
            earliest: i64::MIN,
            latest: time,
        }];
        admit_one(order.clone());
        for start in [i64::MIN, i64::MAX] {
            let day = DayPlan::new(start, Duration(i64::MAX), Duration(i64::MAX));
            day.admit(&[order.clone()], &mut Model::new());
        }
    }
}

#[test]
fn leaving_an_order_to_tomorrow_costs_by_its_deadline() {
    let price = PostponePrice {
        due: None,
        later: Some(Cost::units(4)),
        undated: Some(Cost::units(9)),
    };
    let mut due = neutral("due");
    due.ship_by = Some(START + 3600);
    let mut undated = neutral("undated");
    undated.deliver_by = None;
    let mut model = Model::new();
    day()
        .postpone(price)
        .admit(&[due, neutral("later"), undated], &mut model);
    let prices: Vec<Option<Cost>> = model.orders().iter().map(|o| o.price).collect();
    assert_eq!(prices, [None, Some(Cost::units(4)), Some(Cost::units(9))]);
}

#[test]
fn ship_by_is_a_limit_where_the_day_keeps_it() {
    let order = |id: &str, by: i64, ready: Option<i64>| {
        let mut order = neutral(id);
        (order.ship_by, order.ready_at) = (Some(START + by), ready.map(|at| START + at));
        order
    };
    let orders = [
        order("in time", 3600, Some(3600)),
        order("packed too late", 3600, Some(3601)),
        order("overdue", -1, None),
        order("tomorrow", 12 * 3600 + 1, None),
    ];
    let deadlines = |day: DayPlan| -> Vec<Option<Time>> {
        let mut model = Model::new();
        assert_eq!(day.admit(&orders, &mut model).planned(), 4);
        model.orders().iter().map(|o| o.ship_by).collect()
    };
    assert_eq!(deadlines(day()), [None; 4]);
    let kept = deadlines(day().keep_ship_by());
    assert_eq!(kept, [Some(Time(3600)), None, None, None]);
}
