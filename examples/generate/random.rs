//! Randomness that is the same on every machine.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A generator with the distributions that the samples need.
pub(crate) struct Random(Xoshiro256PlusPlus);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// Uniform in [0, 1), on a grid of 2^-53.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A whole number from `low` to `high`, both inside.
    pub(crate) fn whole(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low) as u64 + 1;
        // The bias of the remainder is below span / 2^64: nothing for sample data.
        low + (self.0.next_u64() % span) as i64
    }

    /// An index below `count`.
    pub(crate) fn index(&mut self, count: usize) -> usize {
        self.whole(0, count as i64 - 1) as usize
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// An index with probability proportional to its weight.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest < 0.0 {
                return index;
            }
        }
        weights.len() - 1
    }

    /// Exponential with the given mean.
    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * ln(1.0 - self.unit())
    }

    /// A point of the unit circle, by rejection from the square.
    pub(crate) fn direction(&mut self) -> (f64, f64) {
        loop {
            let (x, y) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            let square = x * x + y * y;
            if (1e-6..=1.0).contains(&square) {
                let length = square.sqrt();
                return (x / length, y / length);
            }
        }
    }

    /// Standard normal, by Marsaglia's polar method (1964).
    pub(crate) fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * ln(square) / square).sqrt();
            }
        }
    }

    /// Log-normal with the given median and spread.
    pub(crate) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * exp(sigma * self.normal())
    }

    /// An offset whose density falls as exp(-distance / decay): the radius is Gamma(2, decay).
    pub(crate) fn around(&mut self, decay: f64) -> (f64, f64) {
        let radius = self.exponential(decay) + self.exponential(decay);
        let (x, y) = self.direction();
        (x * radius, y * radius)
    }

    /// Fisher and Yates.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }
}

/// Natural logarithm of a positive normal number, from basic operations: exponent and a series in the mantissa.
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    // ln m = 2 artanh((m - 1) / (m + 1)); the argument is below 1/3, so 20 terms are below 1e-19.
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let (mut power, mut sum) = (z, 0.0);
    for term in 0..20 {
        sum += power / f64::from(2 * term + 1);
        power *= z * z;
    }
    2.0 * sum + exponent as f64 * std::f64::consts::LN_2
}

/// The exponential function for |x| below 500, from basic operations: a series at x / 1024, squared ten times.
pub(crate) fn exp(x: f64) -> f64 {
    let small = x / 1024.0;
    let (mut term, mut sum) = (1.0, 1.0);
    for step in 1..16 {
        term *= small / f64::from(step);
        sum += term;
    }
    for _ in 0..10 {
        sum *= sum;
    }
    sum
}
