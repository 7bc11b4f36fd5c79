//! Imposes small cards, whose positions are easy to verify by hand.

use super::*;

/// Size of a business card.
const CARD: (f64, f64) = (85.0, 55.0);

fn request(layout: Layout, up: (usize, usize), duplex: Option<Duplex>) -> ImpositionRequest {
    let sheet = SheetSize::parse("A3").ok();
    ImpositionRequest {
        sheet,
        layout,
        up: Some(up),
        duplex,
        gutter: None,
        bleed: 3.0,
        creep: 0.0,
        has_marks: true,
        margin: 4.0,
        gripper: 0.0,
        binds_on_right: false,
    }
}

fn items(pages: &[usize], copies: usize) -> Vec<DocumentToImpose> {
    let mut at = 0;
    let item = |count: &usize| {
        at += count;
        DocumentToImpose { pages: at - count..at, copies }
    };
    pages.iter().map(item).collect()
}

/// Returns the page numbers (from 1) of each side, row by row from the top; `.` is an empty cell, `'` marks an upside-down
/// page.
fn order(plan: &Imposition) -> Vec<String> {
    let cell = |side: &SheetSide, row: usize, column: usize| {
        let (x, y) = (plan.cuts.0[column] + 0.1, plan.cuts.1[row] + 0.1);
        let at = |p: &&PlacedPage| p.trim.left < x && x < p.trim.right && p.trim.bottom < y && y < p.trim.top;
        match side.placed.iter().find(at) {
            Some(p) => format!("{}{}", p.page_index + 1, if p.is_upside_down { "'" } else { "" }),
            None => ".".to_owned(),
        }
    };
    let (columns, rows) = (plan.cuts.0.len() / 2, plan.cuts.1.len() / 2);
    let line = |side: &SheetSide| {
        let row = |r: usize| (0..columns).map(|c| cell(side, 2 * r, 2 * c)).collect::<Vec<_>>().join(" ");
        (0..rows).rev().map(row).collect::<Vec<_>>().join(" / ")
    };
    plan.sides.iter().map(line).collect()
}

fn lay(layout: Layout, up: (usize, usize), duplex: Option<Duplex>, items: &[DocumentToImpose]) -> Imposition {
    Imposition::new(&request(layout, up, duplex), CARD, items).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn one_up_centres_the_page_on_the_sheet() {
    let plan = lay(Layout::OneUp, (1, 1), None, &items(&[1, 1], 1));
    assert_eq!(order(&plan), ["1", "2"]);
    let page = &plan.sides[0].placed[0];
    assert_eq!((plan.sheet.width, plan.sheet.height), (420.0, 297.0), "the sheet has the orientation of the page");
    assert_eq!(page.trim, Rect { left: 167.5, bottom: 121.0, right: 252.5, top: 176.0 });
    assert_eq!(page.clip, page.trim.outset(3.0));
    assert_eq!(plan.block, page.trim);
}

#[test]
fn n_up_fills_each_sheet_and_copies_stay_together() {
    let plan = lay(Layout::NUp, (2, 2), None, &items(&[1, 1, 1, 1, 1], 1));
    assert_eq!(order(&plan), ["1 2 / 3 4", "5 . / . ."]);
    let plan = lay(Layout::NUp, (2, 2), None, &items(&[1, 2], 2));
    assert_eq!(order(&plan), ["1 1 / 2 3", "2 3 / . ."]);
}

#[test]
fn step_and_repeat_fills_each_sheet_with_one_page() {
    let plan = lay(Layout::StepRepeat, (2, 2), None, &items(&[1, 1], 10));
    assert_eq!(order(&plan), ["1 1 / 1 1", "2 2 / 2 2"]);
    assert_eq!(
        plan.sides.iter().map(|side| side.print_count).collect::<Vec<_>>(),
        [3, 3],
        "ten copies, four per sheet"
    );
    assert_eq!(plan.print_count(), 6);
}

#[test]
fn cut_stacks_placed_on_each_other_are_in_order() {
    let plan = lay(Layout::CutStack, (2, 2), None, &items(&[1; 10], 1));
    assert_eq!(order(&plan), ["1 4 / 7 10", "2 5 / 8 .", "3 6 / 9 ."]);
    // The stack of the first position, then those of the others.
    let stacks: Vec<usize> = (0..4)
        .flat_map(|place| plan.sides.iter().filter_map(move |side| side.placed.get(place)).map(|p| p.page_index))
        .collect();
    assert_eq!(stacks, (0..10).collect::<Vec<_>>());
}

#[test]
fn backs_are_on_the_reverse_of_their_fronts() {
    let pages = items(&[2, 2, 1], 1);
    let plan = lay(Layout::NUp, (2, 1), Some(Duplex::Sheetwise), &pages);
    assert_eq!(order(&plan), ["1 3", "4 2", "5 .", ". ."]);
    let faces: Vec<_> = plan.sides.iter().map(|side| (side.sheet, side.face)).collect();
    assert_eq!(faces, [(0, SheetFace::Front), (0, SheetFace::Back), (1, SheetFace::Front), (1, SheetFace::Back)]);
    assert_eq!(plan.print_count(), 2);
}

#[test]
fn work_and_turn_prints_both_sides_from_one_plate() {
    // Turned about the vertical axis, the right half backs the left one, which gives two copies of each piece.
    let plan = lay(Layout::NUp, (4, 1), Some(Duplex::WorkAndTurn), &items(&[2, 2], 2));
    assert_eq!(order(&plan), ["1 3 4 2"]);
    assert_eq!(plan.sides[0].face, SheetFace::Both);
    // Turned head to foot, the lower half backs the upper one; its pages are upside down.
    let plan = lay(Layout::NUp, (2, 2), Some(Duplex::WorkAndTumble), &items(&[2, 2], 2));
    assert_eq!(order(&plan), ["1 3 / 2' 4'"]);
    for side in &plan.sides {
        for (front, back) in side.placed[..2].iter().zip(&side.placed[2..]) {
            let tumbled = plan.sheet.height - back.trim.top;
            assert!((front.trim.bottom - tumbled).abs() < 1e-9 && front.trim.left == back.trim.left);
        }
    }
}

#[test]
fn a_booklet_folds_into_reading_order() {
    let plan = lay(Layout::Booklet, (1, 1), None, &items(&[8], 1));
    let spreads: Vec<Vec<usize>> =
        plan.sides.iter().map(|side| side.placed.iter().map(|p| p.page_index + 1).collect()).collect();
    assert_eq!(spreads, [[8, 1], [2, 7], [6, 3], [4, 5]]);
    // Blank pages fill the last sheet.
    let plan = lay(Layout::Booklet, (1, 1), None, &items(&[5], 1));
    let spreads: Vec<Vec<usize>> =
        plan.sides.iter().map(|side| side.placed.iter().map(|p| p.page_index + 1).collect()).collect();
    assert_eq!(spreads, [vec![1], vec![2], vec![3], vec![4, 5]]);
    assert_eq!(plan.folds, [plan.sheet.width / 2.0]);
}

#[test]
fn a_right_to_left_booklet_is_bound_on_the_right() {
    let request = ImpositionRequest { binds_on_right: true, ..request(Layout::Booklet, (1, 1), None) };
    let plan = Imposition::new(&request, CARD, &items(&[8], 1)).unwrap();
    let spread = |side: &SheetSide| {
        let mut placed: Vec<&PlacedPage> = side.placed.iter().collect();
        placed.sort_by(|a, b| a.trim.left.total_cmp(&b.trim.left));
        placed.iter().map(|p| p.page_index + 1).collect::<Vec<_>>()
    };
    assert_eq!(plan.sides.iter().map(spread).collect::<Vec<_>>(), [[1, 8], [7, 2], [3, 6], [5, 4]]);
}

#[test]
fn stacks_that_would_be_face_down_are_refused() {
    for duplex in [Duplex::WorkAndTurn, Duplex::WorkAndTumble] {
        let request = request(Layout::CutStack, (2, 2), Some(duplex));
        let problem = Imposition::new(&request, CARD, &items(&[2, 2], 1)).unwrap_err();
        assert!(problem.to_string().contains("cut and stacked"), "{problem}");
    }
}

#[test]
fn overs_are_the_pieces_beyond_the_ordered_copies() {
    assert_eq!(lay(Layout::StepRepeat, (2, 2), None, &items(&[1], 5)).overs, 3);
    assert_eq!(lay(Layout::NUp, (2, 2), None, &items(&[1], 5)).overs, 0, "empty positions are not pieces");
    assert_eq!(lay(Layout::NUp, (2, 1), Some(Duplex::WorkAndTurn), &items(&[2], 3)).overs, 1);
}

#[test]
fn creep_moves_inner_pages_towards_the_spine_but_not_across_it() {
    let request = ImpositionRequest { creep: 1.2, ..request(Layout::Booklet, (1, 1), None) };
    let plan = Imposition::new(&request, CARD, &items(&[12], 1)).unwrap();
    let spine = plan.folds[0];
    for (sheet, shift) in [(0, 0.0), (1, 0.6), (2, 1.2)] {
        for side in plan.sides.iter().filter(|side| side.sheet == sheet) {
            let [left, right] = &side.placed[..] else { panic!("two pages") };
            assert!((left.trim.right - (spine + shift)).abs() < 1e-9);
            assert!((right.trim.left - (spine - shift)).abs() < 1e-9);
            assert_eq!((left.clip.right, right.clip.left), (spine, spine));
        }
    }
}

#[test]
fn bleed_never_overlaps_a_neighbouring_page() {
    for gutter in [0.0, 2.0, 6.0, 10.0] {
        let request = ImpositionRequest { gutter: Some(gutter), ..request(Layout::NUp, (2, 2), None) };
        let plan = Imposition::new(&request, CARD, &items(&[1; 4], 1)).unwrap();
        let placed = &plan.sides[0].placed;
        assert!((placed[1].trim.left - placed[0].trim.right - gutter).abs() < 1e-9);
        assert!(placed[0].clip.right <= placed[1].clip.left + 1e-9);
        assert!((placed[0].clip.right - placed[0].trim.right - (gutter / 2.0).min(3.0)).abs() < 1e-9);
        assert_eq!(placed[0].clip.left, placed[0].trim.left - 3.0, "the outer bleed is complete");
    }
}

#[test]
fn defaults_are_the_most_pieces_and_the_smallest_sheet() {
    let a4 = (297.0, 210.0);
    let default = ImpositionRequest { sheet: None, up: None, ..request(Layout::OneUp, (1, 1), None) };
    let plan = Imposition::new(&default, a4, &items(&[1], 1)).unwrap();
    assert_eq!((plan.sheet.name.as_str(), plan.sheet.width), ("A3", 420.0), "marks on SRA4 end 0.5 mm from its edge");
    let full = ImpositionRequest { margin: 0.0, ..default.clone() };
    assert_eq!(Imposition::new(&full, a4, &items(&[1], 1)).unwrap().sheet.name, "SRA4");
    let bare = ImpositionRequest { bleed: 0.0, has_marks: false, ..default.clone() };
    assert_eq!(Imposition::new(&bare, a4, &items(&[1], 1)).unwrap().sheet.name, "A4");
    let gang = ImpositionRequest { layout: Layout::NUp, ..default };
    let plan = Imposition::new(&gang, a4, &items(&[1; 4], 1)).unwrap();
    assert_eq!((plan.sheet.name.as_str(), plan.sheet.height), ("SRA3", 450.0));
    assert_eq!((plan.columns, plan.rows, plan.sides.len()), (1, 2, 2));
}

#[test]
fn a_sheet_in_millimetres_is_fed_as_given() {
    let lay = |sheet: &str| {
        let request = ImpositionRequest { sheet: SheetSize::parse(sheet).ok(), ..request(Layout::NUp, (2, 4), None) };
        Imposition::new(&request, (297.0, 210.0), &items(&[1; 8], 1))
    };
    let plan = lay("950x1300").unwrap();
    assert_eq!((plan.sheet.width, plan.sheet.height), (950.0, 1300.0));
    let message = lay("1000x650").unwrap_err().to_string();
    assert!(message.contains("the turned sheet fits (--sheet 650x1000)"), "{message}");
}

#[test]
fn the_pieces_make_room_for_the_gripper() {
    let lay = |sheet: &str, duplex| {
        let request = ImpositionRequest {
            gripper: 12.0,
            sheet: SheetSize::parse(sheet).ok(),
            ..request(Layout::NUp, (1, 2), duplex)
        };
        Imposition::new(&request, CARD, &items(&[2], 2)).unwrap()
    };
    let plan = lay("210x297", Some(Duplex::Sheetwise));
    assert_eq!(plan.printable, Rect { left: 4.0, bottom: 12.0, right: 206.0, top: 293.0 });
    assert_eq!(plan.block.bottom - plan.printable.bottom, plan.printable.top - plan.block.top);
    // A tumbled sheet is gripped at both ends, and stays in the middle.
    let plan = lay("210x297", Some(Duplex::WorkAndTumble));
    assert_eq!((plan.printable.bottom, plan.printable.top), (12.0, 285.0));
    assert_eq!(plan.block.bottom, plan.sheet.height - plan.block.top);
}

#[test]
fn an_imposition_that_does_not_fit_suggests_options_that_do() {
    let a4 = (297.0, 210.0);
    let error = |sheet: &str, up, change: &dyn Fn(&mut ImpositionRequest)| {
        let sheet = SheetSize::parse(sheet).ok();
        let mut request = ImpositionRequest { sheet, up: Some(up), ..request(Layout::NUp, up, None) };
        change(&mut request);
        Imposition::new(&request, a4, &items(&[1; 4], 1)).unwrap_err().to_string()
    };
    let message = error("SRA3", (2, 2), &|_| ());
    assert!(message.contains("2x2 pages of 297×210 mm with bleed, marks and margins need 622×448 mm"), "{message}");
    assert!(message.contains("--up 1x2 fits this sheet; --sheet 622x448 is large enough"), "{message}");
    let message = error("A4", (1, 1), &|_| ());
    assert!(message.contains("it fits with --no-marks --bleed 0; --sheet A3 is large enough"), "{message}");
    let message = error("SRA3", (1, 2), &|r| r.gutter = Some(40.0));
    assert!(message.contains("a smaller --gutter fits"), "{message}");
    let message = error("SRA3", (3, 1), &|r| r.duplex = Some(Duplex::WorkAndTurn));
    assert!(message.contains("work-and-turn needs an even number of columns"), "{message}");
    assert!(error("SRA3", (0, 1), &|_| ()).contains("at least one column"));
}
