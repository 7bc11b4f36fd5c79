//! Reads the operators of a content stream (ISO 32000-1, 7.8.2), without building a tree of it.

use std::ops::Range;

/// What stands in front of an operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand<'a> {
    Number(f64),
    /// Without its slash.
    Name(&'a [u8]),
    /// A string, an array, a dictionary.
    Other,
}

/// Goes through a content stream, one operator after another.
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    pub operands: Vec<Operand<'a>>,
}

impl<'a> Scanner<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, operands: Vec::new() }
    }

    /// The next operator and where it stands, from its first operand on.
    pub fn next(&mut self) -> Option<(&'a [u8], Range<usize>)> {
        self.operands.clear();
        let mut start = None;
        loop {
            let here = self.skip_space()?;
            let start = *start.get_or_insert(here);
            let byte = self.peek()?;
            let operand = match byte {
                b'/' => {
                    self.at += 1;
                    Operand::Name(self.word())
                }
                b'(' => self.string(),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.nested(),
                b'<' => self.hex(),
                b'[' => self.nested(),
                b')' | b'>' | b']' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let word = self.word();
                    match number(word) {
                        Some(number) => Operand::Number(number),
                        None if matches!(word, b"true" | b"false" | b"null") => Operand::Other,
                        None => {
                            if word == b"ID" {
                                self.inline_image();
                            }
                            return Some((word, start..self.at));
                        }
                    }
                }
            };
            self.operands.push(operand);
        }
    }

    /// The last operands as numbers, if there are that many.
    pub fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let tail = self.operands.get(self.operands.len().checked_sub(N)?..)?;
        let mut numbers = [0.0; N];
        for (number, operand) in numbers.iter_mut().zip(tail) {
            let Operand::Number(value) = operand else { return None };
            *number = *value;
        }
        Some(numbers)
    }

    /// The operand with the given index, if it is a name.
    pub fn name(&self, index: usize) -> Option<&'a [u8]> {
        match self.operands.get(index)? {
            Operand::Name(name) => Some(name),
            _ => None,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) -> Option<usize> {
        loop {
            match self.peek()? {
                b'%' => {
                    while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                        self.at += 1
                    }
                }
                byte if is_space(byte) => self.at += 1,
                _ => return Some(self.at),
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn string(&mut self) -> Operand<'a> {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' if depth <= 1 => break,
                b')' => depth -= 1,
                _ => {}
            }
        }
        Operand::Other
    }

    fn hex(&mut self) -> Operand<'a> {
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
        }
        Operand::Other
    }

    /// An array or a dictionary.
    fn nested(&mut self) -> Operand<'a> {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'(' => {
                    self.string();
                    continue;
                }
                b'<' if self.bytes.get(self.at + 1) != Some(&b'<') => {
                    self.hex();
                    continue;
                }
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'<' => {
                    self.at += 1;
                    depth += 1;
                }
                b'>' => {
                    self.at += 1;
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        Operand::Other
    }

    /// The bytes of an inline image, up to its EI.
    fn inline_image(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.windows(4).position(|w| is_space(w[0]) && &w[1..3] == b"EI" && is_space(w[3]));
        self.at += end.map_or(rest.len(), |at| at + 3);
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x0c | 0)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn number(word: &[u8]) -> Option<f64> {
    word.first().filter(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'))?;
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// A matrix as PDF writes it: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// What `cm` makes of `self`: first `inner`, then `self`.
    #[must_use]
    pub fn then_inside(self, inner: Self) -> Self {
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

    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let det = self.determinant();
        let inverse = [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
        inverse.iter().all(|n| n.is_finite()).then_some(Self(inverse))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(text: &str) -> Vec<(String, usize, String)> {
        let mut scanner = Scanner::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some((name, span)) = scanner.next() {
            let name = String::from_utf8_lossy(name).into_owned();
            found.push((name, scanner.operands.len(), text[span].to_owned()));
        }
        found
    }

    #[test]
    fn every_operator_is_found_with_its_operands() {
        let text = "q 1 0 0 -1 0 .5 cm/c0 cs 0.1 -2 scn % a (comment\nBT/f1 12 Tf[(a\\)b(c))-3<4d>]TJ ET Q";
        let names: Vec<_> = operators(text).into_iter().map(|(name, count, _)| format!("{name}{count}")).collect();
        assert_eq!(names, ["q0", "cm6", "cs1", "scn2", "BT0", "Tf2", "TJ1", "ET0", "Q0"]);
        assert_eq!(operators(text)[2].2, "/c0 cs");
        assert_eq!(operators("/Span<</ActualText( <<)>>BDC EMC").len(), 2);
        assert_eq!(operators("BI /W 1 ID \x00Q EI \nEI Q").len(), 4);
    }

    #[test]
    fn broken_content_ends_the_reading() {
        for text in ["(", "<", "[ [", "<< /a", "\\", ")", "ID ", "/", "%", "1 2 3"] {
            assert!(operators(text).len() <= 1, "{text}");
        }
    }

    #[test]
    fn a_matrix_and_its_inverse_lead_back() {
        let outer = Matrix([1.0, 0.0, 0.0, -1.0, 0.0, 595.0]);
        let both = outer.then_inside(Matrix([0.5, 0.2, -0.2, 0.5, 10.0, 20.0]));
        let (x, y) = both.inverse().unwrap().apply(both.apply((3.0, 4.0)));
        assert!((x - 3.0).abs() < 1e-9 && (y - 4.0).abs() < 1e-9);
        assert_eq!(outer.apply((1.0, 2.0)), (1.0, 593.0));
        assert_eq!(Matrix([0.0; 6]).inverse(), None);
    }
}
