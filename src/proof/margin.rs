//! Numbers in the margins of a page: beside the line that they are about, on the nearer side, and far enough from each other
//! to be read.

use super::ProofPage;
use super::page_text::Position;

/// Numbers beside a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub side: Side,
    /// The middle of the numbers, in points from the upper edge of the page.
    pub y: f64,
    /// From left to right, as the messages are printed.
    pub numbers: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// Marks whose distance is smaller than this are on one line, in points.
const LINE: f64 = 5.0;

/// The smallest distance between numbers above each other, in points.
pub const DISTANCE: f64 = 10.5;

/// Returns the middle of the leading edge of a letter.
pub fn middle(edge: [Position; 2]) -> Position {
    Position { x: (edge[0].x + edge[1].x) / 2.0, y: (edge[0].y + edge[1].y) / 2.0 }
}

/// Sorts marks from top to bottom, and on a line from left to right.
pub fn sort_key(edge: [Position; 2]) -> (i64, i64) {
    let middle = middle(edge);
    ((middle.y / LINE).round() as i64, (middle.x * 10.0).round() as i64)
}

/// Returns the numbers beside a page.
pub fn notes(page: &ProofPage) -> Vec<Note> {
    let mut notes = Vec::new();
    for side in [Side::Left, Side::Right] {
        let of_side = page.marks.iter().filter(|mark| {
            let is_left = middle(mark.edge).x < page.width / 2.0;
            is_left == (side == Side::Left)
        });
        let mut lines: Vec<(f64, Vec<(f64, usize)>)> = Vec::new();
        let mut marks: Vec<(Position, usize)> = of_side.map(|mark| (middle(mark.edge), mark.number)).collect();
        marks.sort_by(|(a, _), (b, _)| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
        for (at, number) in marks {
            match lines.last_mut().filter(|(y, _)| at.y - *y < LINE) {
                Some((_, numbers)) => numbers.push((at.x, number)),
                None => lines.push((at.y, vec![(at.x, number)])),
            }
        }
        let mut ys: Vec<f64> = lines.iter().map(|(y, _)| *y).collect();
        spread(&mut ys, page.height);
        for ((_, mut numbers), y) in lines.into_iter().zip(ys) {
            numbers.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            notes.push(Note { side, y, numbers: numbers.into_iter().map(|(_, number)| number).collect() });
        }
    }
    notes
}

/// Moves ascending positions apart until each is at least [`DISTANCE`] from the next. Positions that are too close move in both
/// directions, so that they stay beside their lines.
fn spread(ys: &mut [f64], height: f64) {
    // Each group of touching positions is centred on the mean of what its members want.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for y in ys.iter() {
        // The wanted position of the first member, if the others follow at equal distances.
        let mut group = (*y, 1);
        while let Some((start, count)) = groups.last().copied() {
            if start + count as f64 * DISTANCE <= group.0 {
                break;
            }
            groups.pop();
            let total = (count + group.1) as f64;
            let wanted = (start * count as f64 + (group.0 - count as f64 * DISTANCE) * group.1 as f64) / total;
            group = (wanted, count + group.1);
        }
        groups.push(group);
    }
    let mut at = 0;
    for (start, count) in groups {
        let last = height - DISTANCE / 2.0 - (count - 1) as f64 * DISTANCE;
        let start = start.clamp(DISTANCE / 2.0, last.max(DISTANCE / 2.0));
        for index in 0..count {
            ys[at + index] = start + index as f64 * DISTANCE;
        }
        at += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_too_close_move_apart_in_both_directions() {
        let mut ys = [100.0, 104.0, 300.0];
        spread(&mut ys, 800.0);
        assert!((ys[1] - ys[0] - DISTANCE).abs() < 1e-9, "{ys:?}");
        assert!((ys[0] + ys[1] - 204.0).abs() < 1e-9, "{ys:?}");
        assert!((ys[2] - 300.0).abs() < 1e-9, "{ys:?}");
    }
}
