//! Draws: a seed from a secret fixed first and a public value fixed later, a
//! stream of random words from the seed, and what is drawn from the stream.

mod cards;
mod order;
mod seats;

use crate::digest::sha256;

pub use cards::Cards;

use super::{DrawCommitted, Drawn};

/// What is published before the public value is known: SHA-256 of `ID:SECRET`.
pub fn commitment(draw: &str, secret: &str) -> String {
    sha256(format!("{draw}:{secret}").as_bytes())
}

/// What decides a draw: SHA-256 of `ID:SECRET:PUBLIC`. Whoever fixed the secret
/// did not know the public value, and whoever fixes the public value does not know
/// the secret.
pub fn seed(draw: &str, secret: &str, public: &str) -> String {
    sha256(format!("{draw}:{secret}:{public}").as_bytes())
}

/// What decides whose marks are counted again: SHA-256 of `HEAD:PUBLIC`.
pub fn recount_seed(head: &str, public: &str) -> String {
    sha256(format!("{head}:{public}").as_bytes())
}

/// What a seed draws from what was fixed before.
pub fn drawn(committed: &DrawCommitted, seed: &str) -> Drawn {
    let mut cards = Cards::of(seed);
    match committed.panel {
        None => order::draw(&committed.entrants, committed.gap, &mut cards),
        Some(_) => seats::draw(&committed.entrants, &committed.judges, committed.seats, &mut cards),
    }
}

/// `count` of these, in the order in which they are drawn.
pub fn sample(mut from: Vec<String>, count: usize, seed: &str) -> Vec<String> {
    Cards::of(seed).shuffle(&mut from);
    from.truncate(count);
    from
}
