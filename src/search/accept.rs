//! Simulated annealing.

use crate::search::Dice;

/// Geometric cooling over the elapsed share of a budget.
///
/// A candidate is kept when it costs less than `reference − T ln U`, U uniform in (0, 1): the Metropolis rule
/// (Kirkpatrick, Gelatt, Vecchi 1983, 10.1126/science.220.4598.671) with the logarithm drawn beforehand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Annealing {
    first: f64,
    last: f64,
    temperature: f64,
}

impl Annealing {
    /// From temperature `first` to `last`, in steps of cost.
    pub fn new(first: f64, last: f64) -> Self {
        Self {
            first,
            last,
            temperature: first,
        }
    }

    /// Cools to where this share of the budget (0 to 1) is spent.
    pub fn cool(&mut self, elapsed: f64) {
        let share = elapsed.clamp(0.0, 1.0);
        self.temperature = self.first * (self.last / self.first).powf(share);
    }

    /// The temperature now, in steps of cost.
    pub fn temperature(&self) -> f64 {
        self.temperature
    }

    /// The cost up to which a candidate is kept in place of one of cost `reference`.
    #[inline]
    pub fn threshold(&self, reference: i64, dice: &mut Dice) -> i64 {
        reference.saturating_add((-self.temperature * dice.unit().ln()) as i64)
    }
}
