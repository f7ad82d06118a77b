//! Which cells of tables of sums and means may be published: threshold rule and
//! complementary suppression (Hundepool et al. 2012, Statistical Disclosure
//! Control, chapter 4; Fischetti and Salazar 2001, Management Science 47:
//! 1008-1027). Cells are sets of units, so nested and overlapping tables are the
//! same as one.

mod published;

use published::{Derived, Published};

/// Why a cell is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// It has too few units.
    Few,
    /// With it, the sum of too few units could be computed from the others.
    Protects,
}

/// The cells to withhold, of tables whose totals are published. `totals` are the
/// units of each variable, all that have a value of it; `cells` are the units of
/// each cell, sorted. A cell is published of all variables or of none. Afterwards
/// no sum over a union of fewer than `least` units is a linear combination of
/// the published sums of a variable, and each cell that is withheld to protect
/// others is needed for that. Of the cells that could be withheld the smallest
/// goes first. A total of fewer than `least` units counts as not published.
///
/// ```
/// # use benchline::numeric::{Withheld, suppress};
/// let all: Vec<usize> = (0..20).collect();
/// let cells = [vec![0, 1], (2..8).collect(), (8..20).collect()];
/// // The cell of two would be the total less the others, so the next smallest goes too.
/// assert_eq!(suppress(&[all], &cells, 5), [Some(Withheld::Few), Some(Withheld::Protects), None]);
/// ```
pub fn suppress(totals: &[Vec<usize>], cells: &[Vec<usize>], least: usize) -> Vec<Option<Withheld>> {
    let tables: Vec<Table> = totals.iter().map(|total| Table::of(total, cells)).collect();
    let is_few = |at: usize| {
        let sizes = tables.iter().filter_map(|table| table.cells.get(at)).map(Vec::len);
        sizes.into_iter().any(|size| 0 < size && size < least)
    };
    let mut withheld: Vec<Option<Withheld>> =
        (0..cells.len()).map(|at| is_few(at).then_some(Withheld::Few)).collect();
    if least < 2 {
        return withheld;
    }
    for table in &tables {
        while let Some(cell) = table.next(&withheld, least) {
            set(&mut withheld, cell, Some(Withheld::Protects));
        }
    }
    give_back(&tables, &mut withheld, least);
    withheld
}

/// Publishes again what the cells withheld after it made needless, the largest
/// first.
fn give_back(tables: &[Table], withheld: &mut [Option<Withheld>], least: usize) {
    let size = |cell: usize| tables.iter().map(|table| table.size(cell)).max().unwrap_or(0);
    let mut secondary: Vec<usize> =
        (0..withheld.len()).filter(|at| withheld.get(*at) == Some(&Some(Withheld::Protects))).collect();
    secondary.sort_by_key(|at| std::cmp::Reverse(size(*at)));
    for cell in secondary {
        set(withheld, cell, None);
        if tables.iter().any(|table| table.next(withheld, least).is_some()) {
            set(withheld, cell, Some(Withheld::Protects));
        }
    }
}

fn set(withheld: &mut [Option<Withheld>], cell: usize, to: Option<Withheld>) {
    if let Some(slot) = withheld.get_mut(cell) {
        *slot = to;
    }
}

/// A variable: the units that have it, and those of each cell.
struct Table {
    total: Vec<usize>,
    cells: Vec<Vec<usize>>,
}

impl Table {
    fn of(total: &[usize], cells: &[Vec<usize>]) -> Self {
        let mut total = total.to_vec();
        total.sort_unstable();
        let own = |cell: &Vec<usize>| -> Vec<usize> {
            cell.iter().copied().filter(|unit| total.binary_search(unit).is_ok()).collect()
        };
        Self { cells: cells.iter().map(own).collect(), total }
    }

    fn size(&self, cell: usize) -> usize {
        self.cells.get(cell).map_or(0, Vec::len)
    }

    /// The cell to withhold next; `None` when what is published tells the sum of
    /// no few units.
    fn next(&self, withheld: &[Option<Withheld>], least: usize) -> Option<usize> {
        let shown: Vec<usize> = (0..self.cells.len())
            .filter(|at| withheld.get(*at) == Some(&None) && self.size(*at) > 0)
            .collect();
        let sets = shown.iter().filter_map(|at| self.cells.get(*at));
        let total = (self.total.len() >= least).then_some(&self.total);
        let published = Published::new(&self.total, sets.chain(total));
        let smallest = |cells: &mut dyn Iterator<Item = usize>| cells.min_by_key(|at| self.size(*at));
        match published.derived(least) {
            Derived::Nothing => None,
            // The total comes after the cells and stays.
            Derived::From(sums) => smallest(&mut sums.iter().filter_map(|at| shown.get(*at).copied())),
            Derived::TooManyToTell => smallest(&mut shown.iter().copied()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(n: usize) -> Vec<Vec<usize>> {
        vec![(0..n).collect()]
    }

    /// Hundepool et al. 2012, section 4.2: one primary cell in a row with a total
    /// needs a second one; two that hold enough units together need none.
    #[test]
    fn a_single_small_cell_takes_the_next_smallest_with_it() {
        use Withheld::{Few, Protects};
        let cells = [vec![0, 1, 2], (3..13).collect(), (13..19).collect()];
        assert_eq!(suppress(&all(19), &cells, 5), [Some(Few), None, Some(Protects)]);
        // Together six units: neither can be told.
        let cells = [vec![0, 1, 2], vec![3, 4, 5], (6..16).collect()];
        assert_eq!(suppress(&all(16), &cells, 5), [Some(Few), Some(Few), None]);
        // Together four: their sum is still one of fewer than five.
        let cells = [vec![0, 1], vec![2, 3], (4..14).collect(), (14..22).collect()];
        assert_eq!(suppress(&all(22), &cells, 5), [Some(Few), Some(Few), None, Some(Protects)]);
    }

    /// A province that nearly fills its region: both published, the rest is told,
    /// though no cell is small.
    #[test]
    fn overlapping_tables_tell_a_difference() {
        let cells = [(0..8).collect(), (8..20).collect(), (0..10).collect(), (10..20).collect()];
        let withheld = suppress(&all(20), &cells, 5);
        // One of the two tables can be published, not both.
        let protects = Some(Withheld::Protects);
        assert_eq!(withheld, [None, None, protects, protects]);
    }

    /// Two provinces of a region of three are published: the third is small, so
    /// another of its region goes, though the nation has small cells enough.
    #[test]
    fn nested_tables_are_protected_in_each_part() {
        let provinces =
            [vec![0, 1], (2..9).collect(), (9..20).collect(), vec![20, 21, 22, 23], (24..40).collect()];
        let regions = [(0..20).collect::<Vec<_>>(), (20..40).collect()];
        let cells: Vec<Vec<usize>> = provinces.into_iter().chain(regions).collect();
        let withheld = suppress(&all(40), &cells, 5);
        assert_eq!(withheld[0], Some(Withheld::Few));
        assert_eq!(withheld[1], Some(Withheld::Protects));
        assert_eq!(withheld[2], None);
        assert_eq!(withheld[3], Some(Withheld::Few));
        assert!(withheld[4].is_some() || withheld[6].is_some(), "{withheld:?}");
    }

    /// A cell is small of the variable that some of its units lack.
    #[test]
    fn a_cell_is_withheld_of_all_variables() {
        let totals = vec![(0..30).collect::<Vec<_>>(), (3..30).collect()];
        let cells = [(0..6).collect(), (6..14).collect(), (14..30).collect()];
        let withheld = suppress(&totals, &cells, 5);
        assert_eq!(withheld, [Some(Withheld::Few), Some(Withheld::Protects), None]);
    }

    #[test]
    fn without_a_limit_everything_is_published() {
        assert_eq!(suppress(&all(3), &[vec![0], vec![1, 2]], 1), [None, None]);
        assert_eq!(suppress(&all(3), &[vec![0], vec![1, 2]], 5), [Some(Withheld::Few); 2]);
        assert_eq!(suppress(&[], &[vec![0]], 5), [None]);
    }

    /// A limit for which unions cannot be looked through falls back on fewer cells.
    #[test]
    fn a_large_limit_ends() {
        let cells: Vec<Vec<usize>> = (0..20).map(|at| (at * 20..at * 20 + 20).collect()).collect();
        let crossed: Vec<Vec<usize>> =
            (0..20).map(|at| (0..20).map(|cell| cell * 20 + at).collect()).collect();
        let withheld = suppress(&all(400), &[cells, crossed].concat(), 20);
        assert!(withheld.iter().any(Option::is_none));
    }
}
