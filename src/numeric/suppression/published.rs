use std::collections::BTreeMap;

use crate::numeric::Stream;

/// The field that equations are solved in: exact, and so large that no two sums
/// are equal by chance.
const PRIME: u64 = (1 << 61) - 1;

/// Unions of this many units alike are looked through; more are not.
const MOST_UNIONS: usize = 50_000;

/// Sums that are published, as equations over units that they cannot tell apart.
pub(super) struct Published {
    /// How many units are alike, by the sums that they are in.
    atoms: Vec<usize>,
    /// A number for each atom. The numbers of a union add up to zero if and, but
    /// for a chance of 2⁻⁵³, only if its sum is a combination of published ones.
    marks: Vec<u64>,
    /// The equations, solved: which atom each one gives, and from which sums.
    solved: Vec<(usize, Vec<u64>)>,
}

/// What few units' sum can be derived.
pub(super) enum Derived {
    /// None.
    Nothing,
    /// One, from the published sums at these positions.
    From(Vec<usize>),
    /// There are too many unions to try.
    TooManyToTell,
}

/// Some atoms in order, as one half of a union.
struct Half {
    atoms: Vec<usize>,
    units: usize,
    mark: u64,
}

impl Published {
    /// The sums over `sets` of the units of `total`, all sorted.
    pub(super) fn new<'a>(total: &[usize], sets: impl Iterator<Item = &'a Vec<usize>>) -> Self {
        let sets: Vec<&Vec<usize>> = sets.collect();
        let mut alike: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        for unit in total {
            let of: Vec<bool> = sets.iter().map(|set| set.binary_search(unit).is_ok()).collect();
            *alike.entry(of).or_default() += 1;
        }
        let width = alike.len();
        let equations = (0..sets.len()).map(|at| {
            let has = |key: &Vec<bool>| u64::from(key.get(at) == Some(&true));
            let own = (0..sets.len()).map(|other| u64::from(other == at));
            alike.keys().map(has).chain(own).collect()
        });
        let solved = solve(equations.collect(), width);
        Self { marks: marks(&solved, width), atoms: alike.into_values().collect(), solved }
    }

    /// Looks for a union of fewer than `least` units whose sum can be derived: any
    /// such union is two halves of at most `⌈(least − 1) / 2⌉` atoms whose marks add
    /// up to zero.
    pub(super) fn derived(&self, least: usize) -> Derived {
        let Some(halves) = self.halves(least) else { return Derived::TooManyToTell };
        let mut by_mark: BTreeMap<u64, Vec<&Half>> = BTreeMap::new();
        for half in &halves {
            by_mark.entry(half.mark).or_default().push(half);
        }
        for first in halves.iter().filter(|half| !half.atoms.is_empty()) {
            let completes = |second: &&&Half| {
                let after = second.atoms.is_empty() || second.atoms.first() > first.atoms.last();
                after && second.units + first.units < least
            };
            let others = by_mark.get(&minus(0, first.mark)).map_or(&[][..], Vec::as_slice);
            if let Some(second) = others.iter().find(completes) {
                return Derived::From(self.sums([&first.atoms[..], &second.atoms[..]].concat()));
            }
        }
        Derived::Nothing
    }

    fn halves(&self, least: usize) -> Option<Vec<Half>> {
        let mut halves = vec![Half { atoms: Vec::new(), units: 0, mark: 0 }];
        let mut from = 0;
        for _ in 0..least.saturating_sub(1).div_ceil(2) {
            let to = halves.len();
            let longer: Vec<Half> = halves
                .get(from..to)?
                .iter()
                .flat_map(|half| self.longer(half, least))
                .take(MOST_UNIONS)
                .collect();
            if halves.len() + longer.len() > MOST_UNIONS {
                return None;
            }
            halves.extend(longer);
            from = to;
        }
        Some(halves)
    }

    /// A half with one more atom after its last.
    fn longer<'a>(&'a self, half: &'a Half, least: usize) -> impl Iterator<Item = Half> + 'a {
        let start = half.atoms.last().map_or(0, |last| last + 1);
        let atoms = self.atoms.iter().zip(&self.marks).enumerate().skip(start);
        atoms.filter(move |(_, (units, _))| half.units + **units < least).map(|(at, (units, mark))| Half {
            atoms: half.atoms.iter().copied().chain([at]).collect(),
            units: half.units + units,
            mark: plus(half.mark, *mark),
        })
    }

    /// The sums that the sum of a union is combined of.
    fn sums(&self, union: Vec<usize>) -> Vec<usize> {
        let width = self.atoms.len();
        let rows = self.solved.iter().filter(|(atom, _)| union.contains(atom));
        let mut shares = vec![0; self.solved.first().map_or(0, |(_, row)| row.len() - width)];
        for (_, row) in rows {
            for (share, own) in shares.iter_mut().zip(row.iter().skip(width)) {
                *share = plus(*share, *own);
            }
        }
        shares.iter().enumerate().filter(|(_, share)| **share != 0).map(|(at, _)| at).collect()
    }
}

/// Gauss-Jordan elimination over the first `width` columns: each row that is left
/// with the column it has a one in, alone of all rows.
fn solve(mut rows: Vec<Vec<u64>>, width: usize) -> Vec<(usize, Vec<u64>)> {
    let mut solved: Vec<(usize, Vec<u64>)> = Vec::new();
    for column in 0..width {
        let at = |row: &Vec<u64>| row.get(column).copied().unwrap_or(0);
        let Some(pivot) = rows.iter().position(|row| at(row) != 0) else { continue };
        let mut pivot = rows.swap_remove(pivot);
        let scale = inverse(at(&pivot));
        pivot.iter_mut().for_each(|value| *value = times(*value, scale));
        for row in rows.iter_mut().chain(solved.iter_mut().map(|(_, row)| row)) {
            let factor = at(row);
            if factor != 0 {
                row.iter_mut().zip(&pivot).for_each(|(own, by)| *own = minus(*own, times(factor, *by)));
            }
        }
        solved.push((column, pivot));
    }
    solved
}

/// A random combination of a basis of what the solved equations leave open. What
/// is orthogonal to it, is a combination of equations.
fn marks(solved: &[(usize, Vec<u64>)], width: usize) -> Vec<u64> {
    let mut stream = Stream::new(0, 0);
    let mut draw = || (stream.uniform() * PRIME as f64) as u64 % (PRIME - 1) + 1;
    let is_free = |column: &usize| solved.iter().all(|(pivot, _)| pivot != column);
    let free: Vec<(usize, u64)> = (0..width).filter(is_free).map(|column| (column, draw())).collect();
    let value = |row: &Vec<u64>, column: usize| row.get(column).copied().unwrap_or(0);
    let mark = |column: usize| match solved.iter().find(|(pivot, _)| *pivot == column) {
        None => free.iter().find(|(at, _)| *at == column).map_or(0, |(_, drawn)| *drawn),
        Some((_, row)) => free.iter().fold(0, |sum, (at, drawn)| minus(sum, times(value(row, *at), *drawn))),
    };
    (0..width).map(mark).collect()
}

fn plus(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn minus(a: u64, b: u64) -> u64 {
    (a + PRIME - b) % PRIME
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// By Fermat: `a^(p − 2)`.
fn inverse(a: u64) -> u64 {
    let (mut power, mut base, mut exponent) = (1, a, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = times(power, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    power
}
