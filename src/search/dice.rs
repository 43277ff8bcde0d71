//! Randomness with a stream that never changes.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A seeded source of random choices: xoshiro256++, whose stream is fixed, with own range reduction, so that a seed
/// gives the same plan on every platform and in every release of the generators' crates.
#[derive(Debug, Clone)]
pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// Dice for one worker: the same `(seed, epoch, cell)` always throws the same.
    pub fn new(seed: u64, epoch: u64, cell: u64) -> Self {
        // Each coordinate is spread by an odd constant (Weyl sequences), so that neighbours in one differ everywhere.
        let mixed = seed
            .wrapping_add(epoch.wrapping_mul(0x9E37_79B9_7F4A_7C15))
            .wrapping_add(cell.wrapping_mul(0xD1B5_4A32_D192_ED03));
        Self(Xoshiro256PlusPlus::seed_from_u64(mixed))
    }

    /// A whole number in `0..bound`; 0 where `bound` is 0.
    #[inline]
    pub fn below(&mut self, bound: usize) -> usize {
        // Multiply-shift (Lemire 2019); the bias of at most bound / 2^64 does not matter to a heuristic.
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// A number in the open interval (0, 1).
    #[inline]
    pub fn unit(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1_u64 << 53) as f64)
    }

    /// True with this probability.
    #[inline]
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// How many failures come before the first success of this probability.
    #[inline]
    pub fn failures_before_success(&mut self, log_of_failure: f64) -> u32 {
        (self.unit().ln() / log_of_failure) as u32
    }

    /// Puts a slice in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_fixed() {
        let mut dice = Dice::new(7, 0, 0);
        let thrown: Vec<usize> = (0..6).map(|_| dice.below(100)).collect();
        assert_eq!(thrown, [5, 17, 71, 42, 96, 46]);
    }

    #[test]
    fn cells_and_epochs_differ() {
        let first = |seed, epoch, cell| Dice::new(seed, epoch, cell).below(1 << 40);
        let all = [
            first(1, 0, 0),
            first(1, 1, 0),
            first(1, 0, 1),
            first(2, 0, 0),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|b| a != b));
        }
    }
}
