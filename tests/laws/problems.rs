//! A problem has the legs that its model asks for, and no more dimensions than the search carries.

use super::*;
use milkrun::measure::{Duration, PlaceId};
use milkrun::model::Place;
use milkrun::travel::{Leg, LegRequest, Travel};

proptest! {
    /// Each vehicle type travels the legs of its profile, as much slower or faster as it states.
    #[test]
    fn legs_are_those_of_the_profile_at_the_pace_of_the_type(recipe in recipes(5, ALL)) {
        let features = recipe.features | random::PACES | random::TYPES;
        let (model, travel, problem) = Recipe { features, ..recipe }.problem();
        let places: Vec<PlaceId> = (0..problem.place_count()).map(PlaceId::new).collect();
        let locations: Vec<Place> = places.iter().map(|p| problem.location(*p)).collect();
        for (stated, frozen) in model.vehicle_types().iter().zip(problem.fleet()) {
            let (profile, dense_cells) = (stated.profile.as_str(), 1_000);
            let request = LegRequest { profile, places: &locations, dense_cells };
            let legs = travel.legs(&request).unwrap();
            for (from, to) in places.iter().flat_map(|a| places.iter().map(move |b| (*a, *b))) {
                let slower = legs.leg(from, to).map(|leg| {
                    let percent = i64::from(stated.pace);
                    let hundredths = leg.duration.get() * percent;
                    Leg { duration: Duration((hundredths + 50).div_euclid(100)), ..leg }
                });
                prop_assert_eq!(problem.leg(frozen.profile, from, to), slower);
            }
        }
        let distinct: std::collections::HashSet<_> =
            model.vehicle_types().iter().map(|t| (&t.profile, t.pace)).collect();
        prop_assert_eq!(problem.profile_count(), distinct.len());
    }
}

/// Limits cannot be raised to more dimensions than the largest set of resources carries.
#[test]
fn more_than_eight_dimensions_are_refused() {
    use milkrun::measure::{DimensionId, Load};
    use milkrun::model::{Depot, Model, Order, VehicleType};
    let mut model = Model::new();
    let dimensions: Vec<DimensionId> = (0..9)
        .map(|d| model.add_dimension(format!("dimension {d}")))
        .collect();
    let depot = model.add_depot(Depot::new("depot", Place::plane(0.0, 0.0)));
    let van = VehicleType::new("van", 2, depot);
    model.add_vehicle_type(van.capacity(dimensions[8], Load(1)));
    for name in ["a", "b"] {
        let order = Order::drop_off(name, Place::plane(5.0, 0.0));
        model.add_order(order.quantity(dimensions[8], Load(1)));
    }
    let mut limits = milkrun::problem::Limits::default();
    limits.dimensions = 9;
    let travel = milkrun::travel::Euclidean::rounded();
    let error = Problem::with_limits(&model, &travel, &limits).unwrap_err();
    assert_eq!(error.issues()[0].rule(), milkrun::error::Rule::TooLarge);
}
