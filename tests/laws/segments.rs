//! Segments may be joined in any grouping.

use super::*;
use milkrun::eval::{ClockSegment, LegCost, PeakSegment, Penalties, Weight};
use milkrun::measure::{DepotId, Time, Window};

fn peaks() -> impl Strategy<Value = PeakSegment> {
    let amount = || -(1_i64 << 40)..1 << 40;
    (amount(), amount(), amount()).prop_map(|(initial, delta, peak)| PeakSegment {
        initial,
        delta,
        peak,
    })
}

fn stops() -> impl Strategy<Value = ClockSegment> {
    let length = prop_oneof![Just(0), 0..400_i64, Just(1 << 42)];
    (-500..500_i64, length, 0..60_i64, -500..900_i64).prop_map(
        |(earliest, length, service, release)| {
            let window = Window::new(Time(earliest), Time(earliest + length));
            ClockSegment::stop(window, service, release)
        },
    )
}

/// A run of stops, joined from the left.
fn runs() -> impl Strategy<Value = ClockSegment> {
    let more = prop::collection::vec((0..80_i64, stops()), 0..4);
    (stops(), more).prop_map(|(first, more)| {
        more.into_iter()
            .fold(first, |run, (leg, stop)| run.join(leg, stop))
    })
}

/// What a resource makes of the orders of a problem: any grouping of its joins is the same.
fn joins_in_any_grouping<R: Resource>(problem: &Problem, seed: u64) {
    groups_alike::<R>(problem, seed, 0.0);
}

/// The same with reloads among the orders, for resources that know them: long runs too, cut at random.
fn trips_join_in_any_grouping<R: Resource>(problem: &Problem, seed: u64) {
    for (round, share) in [0.0, 0.3, 0.5, 0.8].into_iter().enumerate() {
        groups_alike::<R>(problem, seed + 1000 * round as u64, share);
    }
    let resource = R::new(problem);
    let mut dice = Dice::new(seed, 5, 0);
    for _ in 0..8 {
        let pieces: Vec<(LegCost, R::Segment)> = (0..8)
            .map(|_| {
                let mut length = || dice.below(60) as i64;
                let (distance, duration) = (length(), length());
                let leg = LegCost { distance, duration };
                (leg, piece(&resource, problem, &mut dice, 0.45))
            })
            .collect();
        let left = pieces[1..].iter().fold(pieces[0].1, |whole, (leg, piece)| {
            resource.join(&whole, *leg, piece)
        });
        assert_eq!(left, cut_anywhere(&resource, &pieces, &mut dice));
    }
}

/// A run of pieces, each with the leg to it, joined from two parts that are joined likewise.
fn cut_anywhere<R: Resource>(
    resource: &R,
    pieces: &[(LegCost, R::Segment)],
    dice: &mut Dice,
) -> R::Segment {
    if let [(_, only)] = pieces {
        return *only;
    }
    let (front, back) = pieces.split_at(1 + dice.below(pieces.len() - 1));
    let (a, b) = (
        cut_anywhere(resource, front, dice),
        cut_anywhere(resource, back, dice),
    );
    resource.join(&a, back[0].0, &b)
}

/// A reload with this probability, else an order.
fn piece<R: Resource>(
    resource: &R,
    problem: &Problem,
    dice: &mut Dice,
    reloads: f64,
) -> R::Segment {
    if dice.chance(reloads) {
        let depot = DepotId::new(dice.below(problem.depot_count()));
        resource.reload(problem.depot_window(depot), problem.loading(depot).get())
    } else {
        resource.visit(problem, dice.below(problem.order_count()))
    }
}

/// Four pieces, each a reload with this probability, else an order.
fn groups_alike<R: Resource>(problem: &Problem, seed: u64, reloads: f64) {
    let resource = R::new(problem);
    let mut dice = Dice::new(seed, 3, 0);
    let mut some = || {
        let mut leg = || LegCost {
            distance: dice.below(100) as i64,
            duration: dice.below(100) as i64,
        };
        let (a, b) = (leg(), leg());
        let node = piece(&resource, problem, &mut dice, reloads);
        (a, node, b)
    };
    let ((_, a, ab), (_, b, bc), (_, c, cd), (_, d, _)) = (some(), some(), some(), some());
    let join = |x, leg, y| resource.join(&x, leg, &y);
    let left = join(join(join(a, ab, b), bc, c), cd, d);
    assert_eq!(
        left,
        join(a, ab, join(b, bc, join(c, cd, d))),
        "from the right"
    );
    assert_eq!(left, join(join(a, ab, b), bc, join(c, cd, d)), "in pairs");
    let whole = join(join(resource.leave(0), ab, left), cd, resource.arrive(0));
    let ends_first = join(resource.leave(0), ab, join(left, cd, resource.arrive(0)));
    assert_eq!(whole, ends_first, "with the ends of a route");
    // No route is charged less than a run in it.
    let (near, far) = (join(b, bc, c), join(c, cd, d));
    let front = join(resource.leave(0), ab, join(a, ab, b));
    for weight in [Weight::soft(0.5), Weight::soft(4_000_000.0)] {
        let penalties = Penalties::all(weight);
        let charge = resource.charge(&whole, 0, &penalties);
        assert!(resource.charge_unordered(&whole, 0, &penalties) <= charge);
        for run in [a, near, far, left, front, whole] {
            assert!(resource.at_least(&run, 0, &penalties) <= charge);
        }
    }
}

proptest! {
    #![proptest_config(cases(512))]

    /// Holds for all numbers, whether or not a load could look like that.
    #[test]
    fn peaks_join_in_any_grouping(a in peaks(), b in peaks(), c in peaks()) {
        prop_assert_eq!(a.join(b).join(c), a.join(b.join(c)));
    }

    /// Holds in all five fields for runs of stops whose windows are not reversed, legs that are not negative, whatever
    /// the lateness and waiting inside.
    #[test]
    fn clocks_join_in_any_grouping(a in runs(), b in runs(), c in runs(), ab in 0..80_i64, bc in 0..80_i64) {
        prop_assert_eq!(a.join(ab, b).join(bc, c), a.join(ab, b.join(bc, c)));
        prop_assert!(a.earliest <= a.latest && a.warp >= 0 && a.duration >= 0);
    }

    /// A clock segment says what a stopwatch says: leaving within [earliest, latest] takes `duration` with `warp` back
    /// in time, earlier leaving takes as much longer, later leaving warps as much more.
    #[test]
    fn a_clock_is_a_stopwatch(
        first in stops(),
        more in prop::collection::vec((0..80_i64, stops()), 0..5),
        leaves in -700..700_i64,
    ) {
        let run = more.iter().fold(first, |run, (leg, stop)| run.join(*leg, *stop));
        let (mut now, mut warp) = (leaves, 0);
        for (leg, stop) in std::iter::once((0, first)).chain(more) {
            now = (now + leg).max(stop.earliest);
            warp += (now - stop.latest).max(0);
            now = now.min(stop.latest) + stop.duration;
        }
        let late = (leaves - run.latest).max(0);
        prop_assert_eq!(warp, run.warp + late, "warp");
        prop_assert_eq!(now + warp - leaves, run.duration + (run.earliest - leaves).max(0), "duration");
    }

    #[test]
    fn resources_join_in_any_grouping(recipe in recipes(6, ALL)) {
        let (_, _, problem) = recipe.problem();
        joins_in_any_grouping::<Sum>(&problem, recipe.seed);
        joins_in_any_grouping::<Span>(&problem, recipe.seed);
        joins_in_any_grouping::<Length>(&problem, recipe.seed);
        joins_in_any_grouping::<Clock>(&problem, recipe.seed);
        joins_in_any_grouping::<(Lead, Halves)>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<1>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<2>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<3>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<4>>(&problem, recipe.seed);
        joins_in_any_grouping::<Peaks<8>>(&problem, recipe.seed);
        joins_in_any_grouping::<(Span, (Peaks<2>, Clock))>(&problem, recipe.seed);
        joins_in_any_grouping::<(Tally, (Span, (Peaks<8>, Duty)))>(&problem, recipe.seed);
    }

    #[test]
    fn resources_of_trips_join_in_any_grouping(recipe in recipes(6, ALL), timed in any::<bool>()) {
        let features = recipe.features | if timed { TRIPS } else { 0 };
        let recipe = Recipe { features, ..recipe };
        let (_, _, problem) = recipe.problem();
        trips_join_in_any_grouping::<Trips<1>>(&problem, recipe.seed);
        trips_join_in_any_grouping::<Trips<2>>(&problem, recipe.seed);
        trips_join_in_any_grouping::<Trips<8, 8>>(&problem, recipe.seed);
        trips_join_in_any_grouping::<TripClock>(&problem, recipe.seed);
        trips_join_in_any_grouping::<Duty>(&problem, recipe.seed);
        trips_join_in_any_grouping::<(Trips<1>, TripClock)>(&problem, recipe.seed);
        trips_join_in_any_grouping::<(Tally, (Span, (Trips<8, 8>, Duty)))>(&problem, recipe.seed);
    }
}
