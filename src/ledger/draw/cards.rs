use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of random words: ChaCha20 (20 rounds, as RFC 8439 has them) whose key
/// is the seed, nonce and counter zero, read as 32-bit words, little end first.
pub struct Cards(ChaCha20Rng);

impl Cards {
    /// The stream of a seed, 64 hexadecimal digits. What is no digit counts as 0.
    pub fn of(seed: &str) -> Self {
        let mut key = [0_u8; 32];
        let digits: Vec<u8> = seed
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(0))
            .collect();
        for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
            *byte = pair.iter().fold(0, |byte, digit| byte * 16 + digit);
        }
        Self(ChaCha20Rng::from_seed(key))
    }

    /// A number below `count`, each as likely as any other: a word at or above the
    /// largest multiple of `count` is thrown away, of another the remainder is
    /// taken. 0 when `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        let Some(count) = u32::try_from(count).ok().filter(|count| *count > 0) else { return 0 };
        let limit = u64::from(count) * ((1_u64 << 32) / u64::from(count));
        loop {
            let word = self.0.next_u32();
            if u64::from(word) < limit {
                return (word % count) as usize;
            }
        }
    }

    /// Shuffles by Fisher and Yates, from the last place to the second: each
    /// changes with one drawn from those up to itself.
    pub fn shuffle<T>(&mut self, cards: &mut [T]) {
        for last in (1..cards.len()).rev() {
            let other = self.below(last + 1);
            cards.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first words for a key of zeros: the key stream begins 76 b8 e0 ad a0 f1
    /// 3d 90 (RFC 8439, A.1, test vector 1).
    #[test]
    fn the_stream_is_that_of_the_standard() {
        let mut cards = Cards::of(&"0".repeat(64));
        assert_eq!([cards.0.next_u32(), cards.0.next_u32()], [0xade0_b876, 0x903d_f1a0]);
    }

    #[test]
    fn every_number_below_a_bound_comes_as_often() {
        let mut cards = Cards::of(&"ab".repeat(32));
        let mut counts = [0_u32; 6];
        for _ in 0..60_000 {
            counts[cards.below(6)] += 1;
        }
        // Six times the square root of the variance 60000/6 * 5/6.
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 6 * 92), "{counts:?}");
    }
}
