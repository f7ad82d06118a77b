use nalgebra::{DMatrix, SymmetricEigen};

/// The first union of fewer than `least` of `n` units whose sum is a linear
/// combination of the sums over the published sets. A union is, if its indicator is
/// orthogonal to all that the published sums leave open: the null space of their
/// matrix, here from the eigenvectors of `MᵀM`.
pub(super) fn told(n: usize, published: &[Vec<usize>], least: usize) -> Option<Vec<usize>> {
    let matrix =
        DMatrix::from_fn(published.len(), n, |row, unit| f64::from(u8::from(published[row].contains(&unit))));
    let eigen = SymmetricEigen::new(matrix.transpose() * &matrix);
    let open: Vec<usize> = (0..n).filter(|at| eigen.eigenvalues[*at].abs() < 1e-8).collect();
    let rows: Vec<Vec<f64>> =
        (0..n).map(|unit| open.iter().map(|at| eigen.eigenvectors[(unit, *at)]).collect()).collect();
    search(&rows, &mut Vec::new(), &vec![0.0; open.len()], least)
}

fn search(rows: &[Vec<f64>], union: &mut Vec<usize>, sum: &[f64], least: usize) -> Option<Vec<usize>> {
    if !union.is_empty() && sum.iter().all(|value| value.abs() < 1e-7) {
        return Some(union.clone());
    }
    if union.len() + 1 >= least {
        return None;
    }
    for unit in union.last().map_or(0, |last| last + 1)..rows.len() {
        let with: Vec<f64> = sum.iter().zip(&rows[unit]).map(|(a, b)| a + b).collect();
        union.push(unit);
        if let Some(found) = search(rows, union, &with, least) {
            return Some(found);
        }
        union.pop();
    }
    None
}

#[test]
fn the_attack_finds_what_can_be_told() {
    let published = [(0..10).collect::<Vec<_>>(), (0..6).collect(), (2..10).collect()];
    assert_eq!(told(10, &published[..1], 5), None);
    // All less the six are four; all less the eight are two.
    assert_eq!(told(10, &published[..2], 5), Some(vec![6, 7, 8, 9]));
    assert_eq!(told(10, &published[..2], 4), None);
    assert_eq!(told(10, &published, 5), Some(vec![0, 1]));
}
