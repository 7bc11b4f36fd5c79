//! Rows of a table (RFC 4180) with the place of each cell. Written here because the csv crate gives only the place of
//! a record.

use std::ops::Range;

/// The text of a cell and its place in the row, in bytes.
#[derive(Debug, PartialEq)]
pub struct Cell {
    pub span: Range<usize>,
    pub text: String,
}

/// Tracks whether a row continues on the next line because a quote is open.
#[derive(Default)]
pub struct Quotes {
    open: bool,
}

impl Quotes {
    /// Reads the next line of the row, and returns whether the row continues.
    pub fn read(&mut self, line: &str, is_separator: impl Fn(u8) -> bool) -> bool {
        let mut start = !self.open;
        for byte in line.bytes() {
            let was_open = self.open;
            if byte == b'"' {
                self.open = !was_open && start;
            }
            // Two consecutive quotes close the cell and open it again.
            start = !self.open && (is_separator(byte) || (was_open && byte == b'"'));
        }
        self.open
    }
}

/// Splits a row into cells. The error is the offset of a misplaced quote, or of text after a closing quote.
pub fn cells(row: &str, separator: u8) -> Result<Vec<Cell>, usize> {
    let row = row.trim_end_matches(['\r', '\n']);
    let bytes = row.as_bytes();
    let (mut cells, mut at) = (Vec::new(), 0);
    loop {
        let start = at;
        let mut text = String::new();
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let from = at;
                at += bytes[at.min(bytes.len())..].iter().position(|b| *b == b'"').ok_or(start)?;
                text.push_str(&row[from..at]);
                at += 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                text.push('"');
                at += 1;
            }
            if at < bytes.len() && bytes[at] != separator {
                return Err(at);
            }
        } else {
            at += bytes[at..].iter().position(|b| *b == separator).unwrap_or(bytes.len() - at);
            text.push_str(&row[start..at]);
        }
        cells.push(Cell { span: start..at, text });
        if at >= bytes.len() {
            return Ok(cells);
        }
        at += 1;
    }
}

/// Returns the separator of a table: comma, semicolon or tab, whichever is most frequent in its header.
pub fn separator(header: &str) -> u8 {
    let count = |separator: &u8| {
        let mut quoted = false;
        header
            .bytes()
            .filter(|b| {
                quoted ^= *b == b'"';
                !quoted && b == separator
            })
            .count()
    };
    // Among equal counts, `max_by_key` returns the last: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Splits a file into rows, as the reader of records does.
    fn rows(file: &str) -> Vec<String> {
        let (mut rows, mut row, mut quotes) = (Vec::new(), String::new(), Quotes::default());
        for line in file.split_inclusive('\n') {
            row.push_str(line);
            if !quotes.read(line, |byte| byte == b',') {
                rows.push(std::mem::take(&mut row));
            }
        }
        rows.extend((!row.is_empty()).then_some(row));
        rows.retain(|row| !row.trim_end_matches(['\r', '\n']).is_empty());
        rows
    }

    proptest! {
        /// The csv crate finds the same cells, unless a quote is misplaced.
        #[test]
        fn the_csv_crate_reads_the_same(file in "([a-c é]{0,3}|\"([a-c,é \n]|\"\"){0,4}\")(,([a-c é]{0,3}|\"([a-c,é\r\n]|\"\"){0,4}\")){0,3}(\r?\n([a-c \"é]{0,3}|\"([a,\n]|\"\"){0,4}\")){0,3}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_bytes());
            let theirs: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            let ours: Result<Vec<Vec<Cell>>, usize> = rows(&file).iter().map(|row| cells(row, b',')).collect();
            if let Ok(ours) = ours {
                let ours: Vec<Vec<String>> =
                    ours.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect();
                prop_assert_eq!(ours, theirs);
            }
        }
    }

    #[test]
    fn a_cell_knows_its_place() {
        let row = "a,\"b \"\"c\"\", d\",é\r\n";
        let cells = cells(row, b',').unwrap();
        assert_eq!(cells[1].text, "b \"c\", d");
        assert_eq!(&row[cells[1].span.clone()], "\"b \"\"c\"\", d\"");
        assert_eq!(&row[cells[2].span.clone()], "é");
    }

    #[test]
    fn the_separator_is_detected_from_the_header() {
        for (header, expected) in [("id,name", b','), ("id;name.fr;name.en", b';'), ("id\tname", b'\t'), ("id", b',')] {
            assert_eq!(separator(header), expected, "{header}");
        }
    }
}
