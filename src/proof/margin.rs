//! Numbers in the margins of a page: beside the line that they are about, on the nearer side, and far enough from each other
//! to be read.

use super::ProofPage;
use super::page_text::Position;

/// The numbers beside a line.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginNumbers {
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

/// Labels whose vertical distance is smaller than this are on one line, in points.
const LINE: f64 = 5.0;

/// The smallest distance between numbers above each other, in points.
pub const DISTANCE: f64 = 10.5;

/// Returns the middle of a caret.
pub fn middle(caret: [Position; 2]) -> Position {
    Position { x: (caret[0].x + caret[1].x) / 2.0, y: (caret[0].y + caret[1].y) / 2.0 }
}

/// Returns pairs of a line number and the index of a caret: from top to bottom, and on a line from left to right.
pub fn in_order(carets: &[[Position; 2]]) -> Vec<(usize, usize)> {
    let at = |index: usize| middle(carets[index]);
    let mut order: Vec<usize> = (0..carets.len()).collect();
    order.sort_by(|a, b| at(*a).y.total_cmp(&at(*b).y));
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for index in order {
        match lines.last_mut().filter(|line| at(index).y - at(line[0]).y < LINE) {
            Some(line) => line.push(index),
            None => lines.push(vec![index]),
        }
    }
    lines.iter_mut().for_each(|line| line.sort_by(|a, b| at(*a).x.total_cmp(&at(*b).x)));
    lines
        .into_iter()
        .enumerate()
        .flat_map(|(number, line)| line.into_iter().map(move |index| (number, index)))
        .collect()
}

/// Returns the numbers beside a page.
pub fn margin_numbers(page: &ProofPage) -> Vec<MarginNumbers> {
    let carets: Vec<[Position; 2]> = page.labels.iter().map(|label| label.caret).collect();
    let order = in_order(&carets);
    let mut found = Vec::new();
    for side in [Side::Left, Side::Right] {
        let mut lines: Vec<(usize, f64, Vec<usize>)> = Vec::new();
        for (line, index) in &order {
            let at = middle(carets[*index]);
            if (at.x < page.width / 2.0) != (side == Side::Left) {
                continue;
            }
            let number = page.labels[*index].number;
            match lines.last_mut().filter(|(last, ..)| last == line) {
                Some((.., numbers)) => numbers.push(number),
                None => lines.push((*line, at.y, vec![number])),
            }
        }
        let mut ys: Vec<f64> = lines.iter().map(|(_, y, _)| *y).collect();
        spread(&mut ys, page.height);
        found.extend(lines.into_iter().zip(ys).map(|((.., numbers), y)| MarginNumbers { side, y, numbers }));
    }
    found
}

/// Moves ascending positions apart until each is at least [`DISTANCE`] from the next. Positions that are too close move in both
/// directions, so that they stay beside their lines.
fn spread(ys: &mut [f64], height: f64) {
    // The pool-adjacent-violators algorithm: each group of touching numbers is centred on the mean of its lines.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for y in ys.iter() {
        // Where the group's first number is if the group is centred, and how many numbers it has.
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
    fn labels_are_ordered_along_lines_and_then_down() {
        let caret = |x: f64, y: f64| [Position { x, y: y - 5.0 }, Position { x, y: y + 5.0 }];
        let order = in_order(&[caret(300.0, 101.0), caret(50.0, 103.0), caret(50.0, 80.0)]);
        assert_eq!(order, [(0, 2), (1, 1), (1, 0)]);
    }

    #[test]
    fn numbers_that_are_too_close_move_apart_in_both_directions() {
        let mut ys = [100.0, 104.0, 300.0];
        spread(&mut ys, 800.0);
        assert!((ys[1] - ys[0] - DISTANCE).abs() < 1e-9, "{ys:?}");
        assert!((ys[0] + ys[1] - 204.0).abs() < 1e-9, "{ys:?}");
        assert!((ys[2] - 300.0).abs() < 1e-9, "{ys:?}");
    }
}
