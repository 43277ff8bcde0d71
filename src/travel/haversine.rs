//! Great circles on the globe.

use super::{LegRequest, Legs, Travel, TravelFault};
use crate::error::Rule;
use crate::model::Place;

/// Great-circle distances in metres, driven at a constant speed for each travel profile.
///
/// A straight line is shorter than the road; a usual remedy is a speed that is lower by the detour factor (1.3 to 1.4
/// in cities).
///
/// ```
/// use milkrun::travel::Haversine;
/// let travel = Haversine::at_kmh(34.0).profile_kmh("bike", 15.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Haversine {
    default_kmh: f64,
    profiles: Vec<(String, f64)>,
}

impl Haversine {
    /// Every profile at this many kilometres an hour.
    pub fn at_kmh(kmh: f64) -> Self {
        Self {
            default_kmh: kmh,
            profiles: Vec::new(),
        }
    }

    /// One profile at its own speed.
    #[must_use]
    pub fn profile_kmh(mut self, profile: impl Into<String>, kmh: f64) -> Self {
        self.profiles.push((profile.into(), kmh));
        self
    }

    fn kmh(&self, profile: &str) -> f64 {
        self.profiles
            .iter()
            .rev()
            .find(|(name, _)| name == profile)
            .map_or(self.default_kmh, |(_, kmh)| *kmh)
    }
}

/// Degrees north and east of a place on the globe, else why it is none.
pub(super) fn degrees(index: usize, place: &Place) -> Result<[f64; 2], TravelFault> {
    let (rule, advice) = match place {
        Place::Geo {
            latitude,
            longitude,
        } if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 => {
            return Ok([*latitude, *longitude]);
        }
        Place::Geo { .. } => (
            Rule::BadCoordinate,
            "its latitude is not within ±90 or its longitude not within ±180 degrees; check that they are not swapped",
        ),
        Place::Plane { .. } | Place::Row(_) => (
            Rule::Inconsistent,
            "this travel needs a place on the globe; use Place::geo, or another travel",
        ),
    };
    Err(TravelFault {
        place: Some(index),
        rule,
        advice: advice.to_owned(),
    })
}

impl Travel for Haversine {
    fn legs(&self, request: &LegRequest<'_>) -> Result<Legs, Vec<TravelFault>> {
        let mut faults = Vec::new();
        let kmh = self.kmh(request.profile);
        if !(0.001..=1_000_000.0).contains(&kmh) {
            faults.push(TravelFault {
                place: None,
                rule: Rule::OutOfRange,
                advice: format!(
                    "the speed of {kmh} km/h is not within 0.001 to 1,000,000; state a real one"
                ),
            });
        }
        let mut points = Vec::with_capacity(request.places.len());
        for (index, place) in request.places.iter().enumerate() {
            match degrees(index, place) {
                Ok(point) => points.push(point),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            Ok(Legs::sphere(&points, kmh / 3.6).densified(request.dense_cells))
        } else {
            Err(faults)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::PlaceId;
    use geo::{Distance, Haversine as Reference, Point};

    #[test]
    fn agrees_with_geo_to_the_metre() {
        let degrees = [
            (52.5, 13.4),
            (48.1, 11.6),
            (-33.9, 151.2),
            (0.0, 0.0),
            (0.0, 180.0),
            (89.9, -12.0),
        ];
        let places: Vec<Place> = degrees.iter().map(|(a, b)| Place::geo(*a, *b)).collect();
        let request = LegRequest {
            profile: "",
            places: &places,
            dense_cells: 0,
        };
        let legs = Haversine::at_kmh(36.0).legs(&request).unwrap();
        for (i, a) in degrees.iter().enumerate() {
            for (j, b) in degrees.iter().enumerate() {
                let metres = Reference.distance(Point::new(a.1, a.0), Point::new(b.1, b.0));
                let leg = legs.leg(PlaceId::new(i), PlaceId::new(j)).unwrap();
                assert!(
                    (leg.distance.get() as f64 - metres).abs() <= 1.0,
                    "{a:?} {b:?}"
                );
                // 36 km/h is ten metres a second.
                assert!(
                    (leg.duration.get() as f64 - metres / 10.0).abs() <= 1.0,
                    "{a:?} {b:?}"
                );
            }
        }
    }
}
