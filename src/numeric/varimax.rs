//! Rotation of factors.

/// Turns factors pairwise until the variance of their squared loadings is
/// largest (Kaiser 1958), each column brought to unit length first.
pub(super) fn varimax(factors: &mut [Vec<f64>]) {
    let size = factors.first().map_or(0, Vec::len);
    let length = |factors: &[Vec<f64>], at: usize| {
        let squares: f64 = factors.iter().filter_map(|factor| factor.get(at)).map(|part| part * part).sum();
        if squares > 0.0 { squares.sqrt() } else { 1.0 }
    };
    let lengths: Vec<f64> = (0..size).map(|at| length(factors, at)).collect();
    let scale = |factors: &mut [Vec<f64>], by: fn(f64, f64) -> f64| {
        for factor in factors {
            factor.iter_mut().zip(&lengths).for_each(|(part, length)| *part = by(*part, *length));
        }
    };
    scale(factors, |part, length| part / length);
    for _ in 0..1_000 {
        let mut turned = 0.0_f64;
        for first in 0..factors.len() {
            let (head, tail) = factors.split_at_mut(first + 1);
            let Some(one) = head.last_mut() else { continue };
            for two in tail {
                turned = turned.max(turn(one, two).abs());
            }
        }
        if turned < 1e-14 {
            break;
        }
    }
    scale(factors, |part, length| part * length);
}

/// Turns two factors into each other by the best angle, and returns it.
fn turn(one: &mut [f64], two: &mut [f64]) -> f64 {
    let n = one.len() as f64;
    let (mut a, mut b, mut c, mut d) = (0.0, 0.0, 0.0, 0.0);
    for (x, y) in one.iter().zip(two.iter()) {
        let (u, v) = (x * x - y * y, 2.0 * x * y);
        a += u;
        b += v;
        c += u * u - v * v;
        d += 2.0 * u * v;
    }
    let angle = libm::atan2(d - 2.0 * a * b / n, c - (a * a - b * b) / n) / 4.0;
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    for (x, y) in one.iter_mut().zip(two.iter_mut()) {
        (*x, *y) = (*x * cos + *y * sin, *y * cos - *x * sin);
    }
    angle
}
