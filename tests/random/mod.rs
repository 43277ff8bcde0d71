//! Random small days with every feature of the model, for the tests that compare two answers.
//!
//! A [`Recipe`] is a seed, a number of orders and a set of features. Each fact is drawn from dice of its own, so that
//! taking a feature away leaves all else as it was: proptest shrinks a failing case to few orders and few features.

// Each test program uses its own part of this.
#![allow(dead_code)]

mod day;
mod routes;

use milkrun::measure::Cost;
use milkrun::plan::Plan;
use proptest::prelude::*;
#[allow(unused_imports, reason = "not all of them make routes")]
pub(crate) use routes::{any_routes, random_routes};

/// Names the bits of a set of features, in order.
macro_rules! features {
    ($($name:ident),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u64)]
        enum Bit { $($name),* }
        $(pub(crate) const $name: u64 = 1 << Bit::$name as u64;)*
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        /// Every feature.
        pub(crate) const ALL: u64 = (1 << NAMES.len()) - 1;
    };
}

features!(
    LOADS,      // quantities and capacities
    DIMENSIONS, // two or three dimensions instead of one
    PICKUPS,    // some orders are pickups
    WINDOWS,    // some orders have windows
    SERVICE,    // service takes time
    RELEASES,   // some drop-offs are packed late
    OPTIONAL,   // some orders may be left out at a price
    DEAR,       // and some of those at a very high one
    DEPOTS,     // several depots, routes end at another one than they start at
    OPEN_ENDS,  // some routes end at their last stop
    TYPES,      // several vehicle types
    UNEQUAL,    // which pay differently for distance
    PROFILES,   // and travel different legs
    FEW,        // hardly enough vehicles, or too few
    FIXED,      // using a vehicle costs
    PAID_TIME,  // time costs
    LONGEST,    // distance is limited
    TIME_LIMIT, // duration is limited
    SHIFTS,     // vehicles work at certain hours
    HOURS,      // depots open at certain hours
    ASYMMETRIC, // the way there is not the way back
    HOLES,      // some legs do not exist
    SLOW,       // durations are not the distances
    EPOCH,      // times are counted from far away
    METRES,     // distances are large numbers at large prices
    PAIRS,      // some goods go from one order to another
    BACKHAULS,  // some vehicles drop off first, and some of those do not go for pickups alone
    RELOADS,    // vehicles may make several trips
    TALLIES,    // stops cost, or their number and the time on the road are limited
    WAGES,      // waiting costs by itself, and shifts may be overrun at a price
    SHIP_BY,    // some drop-offs have to be on their way early
    PACES,      // some vehicles are faster or slower than their profile
    CARRIERS,   // some orders may be handed over to carriers, some of which charge for coming
    EXCHANGES,  // some orders drop off and take along at one stop
    UNDER_WAY,  // two vehicles are on the road already, with some of the goods
    ONLY_ON,    // some orders ride on vehicles of certain types only
    GROUPS,     // some orders stand for one another
    SEVERAL,    // some orders have several windows
    PROMISES,   // some orders have windows that may be missed at a price
);

/// What a random day is made from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recipe {
    pub(crate) seed: u64,
    pub(crate) orders: usize,
    pub(crate) features: u64,
}

impl std::fmt::Debug for Recipe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let on = |(bit, _): &(usize, &&str)| self.features & (1 << bit) != 0;
        let names: Vec<&str> = NAMES.iter().enumerate().filter(on).map(|n| *n.1).collect();
        let (seed, orders, features) = (self.seed, self.orders, names.join(" | "));
        write!(
            f,
            "Recipe {{ seed: {seed}, orders: {orders}, features: {features} }}"
        )
    }
}

/// Recipes of up to `most` orders with any of the allowed features; each is on in a third of all cases or so.
pub(crate) fn recipes(most: usize, allowed: u64) -> impl Strategy<Value = Recipe> {
    (any::<u32>(), 1..=most, any::<u64>(), any::<u64>()).prop_map(move |(seed, orders, a, b)| {
        Recipe {
            seed: u64::from(seed),
            orders,
            features: a & (b | LOADS) & allowed,
        }
    })
}

/// Recipes of days with backhauls, most of which are within the set of resources for such days alone.
pub(crate) fn backhauls(most: usize) -> impl Strategy<Value = Recipe> {
    let rare = UNEQUAL | LONGEST | WINDOWS | DIMENSIONS;
    let allowed =
        PICKUPS | OPTIONAL | DEPOTS | OPEN_ENDS | TYPES | FEW | FIXED | ASYMMETRIC | HOLES;
    let plain = recipes(most, LOADS | allowed);
    let any = recipes(most, LOADS | allowed | rare);
    prop_oneof![plain, any].prop_map(|recipe| Recipe {
        features: recipe.features | BACKHAULS,
        ..recipe
    })
}

/// Recipes of days on which distance costs vehicles different amounts or is limited, most of which are within the set of
/// resources for such days alone.
pub(crate) fn unequal(most: usize) -> impl Strategy<Value = Recipe> {
    let allowed = OPTIONAL | DEAR | DEPOTS | OPEN_ENDS | TYPES | FEW | FIXED | HOLES | ONLY_ON;
    let also = allowed | GROUPS | CARRIERS | ASYMMETRIC | PROFILES | METRES;
    let few = recipes(most, LOADS | allowed | LONGEST);
    let more = recipes(most, LOADS | also | LONGEST);
    prop_oneof![few, more].prop_map(|recipe| Recipe {
        features: recipe.features | TYPES | UNEQUAL,
        ..recipe
    })
}

/// How many cases a property is tried on: `usual`, or ten times as many where `MILKRUN_LONG` is set.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let long = std::env::var_os("MILKRUN_LONG").is_some();
    ProptestConfig {
        cases: if long { usual * 10 } else { usual },
        failure_persistence: None,
        max_shrink_iters: 4096,
        ..ProptestConfig::default()
    }
}

/// How many mandatory orders a plan leaves out, and what it costs: less is better, in this order.
pub(crate) fn worth(plan: &Plan) -> (usize, Cost) {
    let mandatory = plan.unserved().iter().filter(|u| u.is_mandatory());
    (mandatory.count(), plan.cost().total())
}
