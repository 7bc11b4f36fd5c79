//! Reads the operators of a content stream (ISO 32000-2, 7.8.2).
//!
//! Used instead of `lopdf::content` because the importer cuts streams at byte offsets, which a decoded list of
//! operations no longer has, and because it allocates nothing per operator.

use std::ops::Range;

/// An operand of an operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand<'a> {
    Number(f64),
    /// Without the slash; escapes are not decoded.
    Name(&'a [u8]),
    /// A string, an array, a dictionary.
    Other,
}

/// Iterates over the operators of a content stream.
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The operands of the last operator.
    pub operands: Vec<Operand<'a>>,
}

impl<'a> Scanner<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, operands: Vec::new() }
    }

    /// Returns the next operator, and its byte range including its operands.
    pub fn next_operator(&mut self) -> Option<(&'a [u8], Range<usize>)> {
        self.operands.clear();
        let mut start = None;
        loop {
            let here = self.skip_space()?;
            let start = *start.get_or_insert(here);
            let byte = self.peek()?;
            let operand = match byte {
                b'/' => {
                    self.at += 1;
                    Operand::Name(self.read_word())
                }
                b'(' => self.skip_string(),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.skip_nested(),
                b'<' => self.skip_hex_string(),
                b'[' => self.skip_nested(),
                b')' | b'>' | b']' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let word = self.read_word();
                    match parse_number(word) {
                        Some(number) => Operand::Number(number),
                        None if matches!(word, b"true" | b"false" | b"null") => Operand::Other,
                        None => {
                            if word == b"ID" {
                                self.skip_inline_image();
                            }
                            return Some((word, start..self.at));
                        }
                    }
                }
            };
            self.operands.push(operand);
        }
    }

    /// Returns the last `N` operands, if they are all numbers.
    pub fn last_numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let tail = self.operands.get(self.operands.len().checked_sub(N)?..)?;
        let mut numbers = [0.0; N];
        for (number, operand) in numbers.iter_mut().zip(tail) {
            let Operand::Number(value) = operand else { return None };
            *number = *value;
        }
        Some(numbers)
    }

    /// Returns the operand with the given index, if it is a name.
    pub fn name_at(&self, index: usize) -> Option<&'a [u8]> {
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

    fn read_word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn skip_string(&mut self) -> Operand<'a> {
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

    fn skip_hex_string(&mut self) -> Operand<'a> {
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
        }
        Operand::Other
    }

    /// Skips an array or a dictionary.
    fn skip_nested(&mut self) -> Operand<'a> {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'(' => {
                    self.skip_string();
                    continue;
                }
                b'<' if self.bytes.get(self.at + 1) != Some(&b'<') => {
                    self.skip_hex_string();
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

    /// Skips the data of an inline image with its `EI`.
    fn skip_inline_image(&mut self) {
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

fn parse_number(word: &[u8]) -> Option<f64> {
    word.first().filter(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'))?;
    std::str::from_utf8(word).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Vec<(String, usize, String)> {
        let mut scanner = Scanner::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some((name, span)) = scanner.next_operator() {
            let name = String::from_utf8_lossy(name).into_owned();
            found.push((name, scanner.operands.len(), text[span].to_owned()));
        }
        found
    }

    #[test]
    fn operators_are_found_with_their_operands() {
        let text = "q 1 0 0 -1 0 .5 cm/c0 cs 0.1 -2 scn % a (comment\nBT/f1 12 Tf[(a\\)b(c))-3<4d>]TJ ET Q";
        let names: Vec<_> = scan(text).into_iter().map(|(name, count, _)| format!("{name}{count}")).collect();
        assert_eq!(names, ["q0", "cm6", "cs1", "scn2", "BT0", "Tf2", "TJ1", "ET0", "Q0"]);
        assert_eq!(scan(text)[2].2, "/c0 cs");
        assert_eq!(scan("/Span<</ActualText( <<)>>BDC EMC").len(), 2);
        assert_eq!(scan("BI /W 1 ID \x00Q EI \nEI Q").len(), 4);
    }

    #[test]
    fn malformed_content_ends_the_iteration() {
        for text in ["(", "<", "[ [", "<< /a", "\\", ")", "ID ", "/", "%", "1 2 3"] {
            assert!(scan(text).len() <= 1, "{text}");
        }
    }
}
