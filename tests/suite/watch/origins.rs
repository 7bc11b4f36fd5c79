//! From a text on the page to the files that print it, and back.

use gen_report::watch::{Origin, OriginKind, Point, Session};

use super::session_of;
use crate::support::{EN_PROGRAMME, ProjectDir, RESULTS_FILE};

/// A project whose files are on disk, and the press release of Beijing in English.
fn press_release() -> (ProjectDir, Session) {
    let same = |project: ProjectDir, path: &str| project.edit(path, "e", "e");
    let files = [RESULTS_FILE, EN_PROGRAMME, "reports/press-release/city.typ.hbs", "reports/shared/press.typ"];
    let project = files.into_iter().fold(ProjectDir::new(), same);
    let session = session_of(&project, "press-release", &["en"]);
    (project, session)
}

/// The number of the line that contains a text.
fn line_of(project: &ProjectDir, path: &str, text: &str) -> usize {
    project.read(path).lines().position(|line| line.contains(text)).unwrap() + 1
}

/// The middle of the first part of a page that a line prints.
fn find(session: &Session, project: &ProjectDir, path: &str, line: usize) -> Point {
    let found = session.find_highlights(project.path().join(path).to_str().unwrap(), line);
    let first = found.first().unwrap_or_else(|| panic!("{path}:{line} prints nothing"));
    let [left, top, right, bottom] = first.bounds;
    Point { document: first.document, page: first.page, x: (left + right) / 2.0, y: (top + bottom) / 2.0 }
}

/// The end of the path and the line of an origin.
fn place(origin: &Origin) -> (OriginKind, String, usize) {
    let file = &origin.place.file;
    let path = file.path.rsplit('/').next().unwrap().to_owned();
    (origin.kind, path, file.line_column(origin.place.range.start).0)
}

#[test]
fn a_figure_comes_from_its_value_and_from_the_sentence_that_states_it() {
    let (project, session) = press_release();
    let value = line_of(&project, RESULTS_FILE, "value: 52");
    let highlights = session.find_highlights(project.path().join(RESULTS_FILE).to_str().unwrap(), value);
    // In the strip of key figures (before, number and after) and in the text.
    assert_eq!(highlights.len(), 3, "{highlights:?}");
    let origins: Vec<Vec<_>> = highlights
        .iter()
        .map(|highlight| {
            let [left, top, right, bottom] = highlight.bounds;
            let point = Point { document: 0, page: highlight.page, x: (left + right) / 2.0, y: (top + bottom) / 2.0 };
            session.find_origins(point).iter().map(place).collect()
        })
        .collect();
    for origins in &origins {
        assert_eq!(origins[0], (OriginKind::Fact, "results.yaml".to_owned(), value));
    }
    let is_sentence =
        |(kind, path, _): &(OriginKind, String, usize)| *kind == OriginKind::Message && path == "programme.ftl";
    assert!(origins.last().unwrap().iter().any(is_sentence), "{origins:?}");
}

#[test]
fn a_sentence_comes_from_its_message() {
    let (project, session) = press_release();
    let line = line_of(&project, EN_PROGRAMME, "sentence-routes =");
    let origins = session.find_origins(find(&session, &project, EN_PROGRAMME, line));
    assert_eq!(place(&origins[0]), (OriginKind::Message, "programme.ftl".to_owned(), line));
    assert_eq!(origins[0].name, "sentence-routes");
}

#[test]
fn a_name_in_a_sentence_comes_from_the_facts() {
    let (project, session) = press_release();
    let line = line_of(&project, RESULTS_FILE, "      en: Beijing");
    let origins = session.find_origins(find(&session, &project, RESULTS_FILE, line));
    // The place of the announcement has the same name: the page shows both.
    let facts: Vec<_> = origins.iter().map(place).filter(|(kind, ..)| *kind == OriginKind::Fact).collect();
    assert!(facts.contains(&(OriginKind::Fact, "results.yaml".to_owned(), line)), "{facts:?}");
}

#[test]
fn the_second_line_of_a_list_leads_to_the_same_words_of_a_message_that_contains_the_list() {
    // In quotation marks, because `y` and `n` are words of YAML. Items of one letter are not searched for in the message.
    let letters: Vec<char> = ('A'..='Y').chain('a'..='y').collect();
    let items = letters.iter().map(|letter| format!("'{letter}'")).collect::<Vec<_>>().join(", ");
    let words = items.replace('\'', "").replace(", y", " and y");
    let (project, _) = press_release();
    let standfirst = "standfirst-text: [{{t \"city-standfirst\"}}]";
    let project = project
        .file("reports/facts.yaml", "city:\n  grades: {type: list, of: name}\n")
        .edit(RESULTS_FILE, "    milestones:", &format!("    grades: [{items}]\n    milestones:"))
        .edit("reports/press-release/city.typ.hbs", standfirst, "standfirst-text: [{{list city.grades}}]")
        .edit(EN_PROGRAMME, "city-short = ", &format!("city-short = The grades are {words}: "));
    let session = session_of(&project, "press-release", &["en"]);
    let path = project.path().join(EN_PROGRAMME);
    let line = line_of(&project, EN_PROGRAMME, "city-short =");
    let lines = session.find_highlights(path.to_str().unwrap(), line);
    let [.., first, second] = lines.as_slice() else { panic!("the list is not on two lines: {lines:?}") };
    // The letter of the message that is at a point of the page.
    let letter_at = |page, x, [_, top, _, bottom]: [f64; 4]| {
        let origins = session.find_origins(Point { document: 0, page, x, y: (top + bottom) / 2.0 });
        let message = origins.into_iter().find(|origin| origin.name == "city-short");
        message.and_then(|message| message.printed).expect("the message contains the list").at
    };
    let end_of_first = letter_at(first.page, first.bounds[2] - 1.0, first.bounds);
    let start_of_second = letter_at(second.page, second.bounds[0] + 1.0, second.bounds);
    assert!(start_of_second > end_of_first && start_of_second <= end_of_first + 2, "{end_of_first}, {start_of_second}");
}

#[test]
fn comments_above_a_text_move_its_origins_though_the_pages_remain() {
    let (project, mut session) = press_release();
    let value = line_of(&project, RESULTS_FILE, "value: 52");
    let point = find(&session, &project, RESULTS_FILE, value);
    let pages: Vec<_> = session.documents()[0].pages.clone();
    let before: Vec<_> = session.find_origins(point).iter().map(place).collect();
    let comment = "# One.\n# Two.\n";
    let project = [RESULTS_FILE, EN_PROGRAMME].into_iter().fold(project, |project, path| {
        let text = project.read(path);
        project.file(path, format!("{comment}{text}"))
    });
    let template = "reports/press-release/city.typ.hbs";
    let text = project.read(template);
    let _project = project.file(template, format!("{{{{!-- One. --}}}}\n{text}"));
    session.refresh();
    assert_eq!(session.documents()[0].pages, pages);
    let after: Vec<_> = session.find_origins(point).iter().map(place).collect();
    let moved: Vec<_> = before
        .into_iter()
        .map(|(kind, path, line)| {
            let lines = match path.as_str() {
                "results.yaml" | "programme.ftl" => 2,
                "city.typ.hbs" => 1,
                _ => 0,
            };
            (kind, path, line + lines)
        })
        .collect();
    assert_eq!(after, moved);
}

#[test]
fn a_text_has_a_place_in_a_template_or_a_style_module_too() {
    let (project, session) = press_release();
    let value = line_of(&project, RESULTS_FILE, "value: 52");
    let origins = session.find_origins(find(&session, &project, RESULTS_FILE, value));
    let last = origins.last().unwrap();
    assert!(matches!(last.kind, OriginKind::Template | OriginKind::Style), "{last:?}");
}

#[test]
fn a_point_without_text_has_no_origin_and_a_comment_prints_nothing() {
    let (project, session) = press_release();
    assert!(session.find_origins(Point { document: 0, page: 0, x: 1.0, y: 1.0 }).is_empty());
    assert!(session.find_origins(Point { document: 7, page: 9, x: f64::NAN, y: -1.0 }).is_empty());
    let path = project.path().join(RESULTS_FILE);
    assert!(session.find_highlights(path.to_str().unwrap(), 2).is_empty());
    assert!(session.find_highlights("/etc/passwd", 1).is_empty());
}
