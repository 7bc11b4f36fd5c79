//! Transformation matrices (ISO 32000-2, 8.3.4).

/// The matrix `[a b c d e f]`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Returns the matrix that applies `inner` first and then `self`, as the operator `cm` does.
    #[must_use]
    pub fn concat(self, inner: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, inner.0);
        Self([g * a + h * c, g * b + h * d, i * a + j * c, i * b + j * d, k * a + l * c + e, k * b + l * d + f])
    }

    pub fn apply(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    pub fn determinant(&self) -> f64 {
        self.0[0] * self.0[3] - self.0[1] * self.0[2]
    }

    /// Returns the inverse, or `None` if the matrix is singular.
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let det = self.determinant();
        let inverse = [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
        inverse.iter().all(|n| n.is_finite()).then_some(Self(inverse))
    }

    /// Returns the bounding box `[left, bottom, right, top]` of a transformed rectangle.
    pub fn bounding_box(&self, [left, bottom, right, top]: [f64; 4]) -> [f64; 4] {
        let corners = [(left, bottom), (right, bottom), (right, top), (left, top)].map(|corner| self.apply(corner));
        let min = |side: fn(&(f64, f64)) -> f64| corners.iter().map(side).fold(f64::INFINITY, f64::min);
        let max = |side: fn(&(f64, f64)) -> f64| corners.iter().map(side).fold(f64::NEG_INFINITY, f64::max);
        [min(|c| c.0), min(|c| c.1), max(|c| c.0), max(|c| c.1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_and_its_inverse_cancel_out() {
        let outer = Matrix([1.0, 0.0, 0.0, -1.0, 0.0, 595.0]);
        let both = outer.concat(Matrix([0.5, 0.2, -0.2, 0.5, 10.0, 20.0]));
        let (x, y) = both.inverse().unwrap().apply(both.apply((3.0, 4.0)));
        assert!((x - 3.0).abs() < 1e-9 && (y - 4.0).abs() < 1e-9);
        assert_eq!(outer.apply((1.0, 2.0)), (1.0, 593.0));
        assert_eq!(Matrix([0.0; 6]).inverse(), None);
    }

    #[test]
    fn a_bounding_box_encloses_a_rotated_rectangle() {
        let quarter_turn = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        assert_eq!(quarter_turn.bounding_box([0.0, 0.0, 2.0, 1.0]), [-1.0, 0.0, 0.0, 2.0]);
    }
}
