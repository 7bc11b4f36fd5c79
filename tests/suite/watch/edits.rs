//! From a click on a word to the changed file, and back by an undo.

use std::fs;

use gen_report::watch::{EditRequest, Point, Session};
use serde_json::Value as Json;

use super::session_of;
use crate::support::{EN_PROGRAMME, ProjectDir, RESULTS_FILE};

/// A project with its facts and English messages on disk, and the press release of Beijing in some languages.
fn press_release(languages: &[&str]) -> (ProjectDir, Session) {
    let project =
        [RESULTS_FILE, EN_PROGRAMME].into_iter().fold(ProjectDir::new(), |project, path| project.edit(path, "e", "e"));
    let session = session_of(&project, "press-release", languages);
    (project, session)
}

/// Clicks what the first line that contains `needle` prints. Returns the edit that is offered for this line.
fn click(session: &mut Session, project: &ProjectDir, path: &str, needle: &str) -> Json {
    let line = project.read(path).lines().position(|line| line.contains(needle)).unwrap() + 1;
    let found = session.find_highlights(project.path().join(path).to_str().unwrap(), line);
    let first = found.first().unwrap_or_else(|| panic!("{path}:{line} prints nothing"));
    let [left, top, right, bottom] = first.bounds;
    let point = Point { document: first.document, page: first.page, x: (left + right) / 2.0, y: (top + bottom) / 2.0 };
    let origins = session.origins_to_json(point);
    let is_here =
        |origin: &&Json| origin["line"] == line && origin["file"].as_str().is_some_and(|file| file.ends_with(path));
    origins.as_array().unwrap().iter().find(is_here).unwrap_or_else(|| panic!("{path}:{line} in {origins}"))["edit"]
        .clone()
}

fn request(offer: &Json, text: &str, confirm: bool) -> EditRequest {
    EditRequest { id: offer["id"].as_u64().unwrap_or_else(|| panic!("{offer}")), text: text.to_owned(), confirm }
}

fn problem(answer: &Json) -> &str {
    answer["problem"].as_str().unwrap_or_else(|| panic!("a refusal: {answer}"))
}

fn hashes(session: &Session) -> Vec<String> {
    session.documents().iter().flat_map(|document| &document.pages).map(|page| page.hash.clone()).collect()
}

/// Edits a text from the page: the comparison writes nothing, the confirmation only this text, and the undo the file as it was.
fn edit_and_undo(languages: &[&str], path: &str, needle: &str, old: &str, new: &str, written: (&str, &str)) {
    let (project, mut session) = press_release(languages);
    let (file, pages) = (project.read(path), hashes(&session));
    let offer = click(&mut session, &project, path, needle);
    assert_eq!(offer["text"], old);
    let preview = session.edit(&request(&offer, new, false));
    assert_eq!((preview["before"][0][1].as_str(), preview["after"][0][1].as_str()), (Some(written.0), Some(written.1)));
    assert_eq!(project.read(path), file);
    let answer = session.edit(&request(&offer, new, true));
    assert_eq!(answer["edit"]["text"], new, "{answer}");
    let edited = file.replacen(needle, &needle.replace(written.0, written.1), 1);
    assert_eq!(project.read(path), edited);
    assert!(session.refresh());
    assert_ne!(hashes(&session), pages);
    assert!(session.to_json()["undo"].as_str().unwrap().contains(path));
    let undone = session.undo();
    assert!(undone["undone"].is_string(), "{undone}");
    assert_eq!(project.read(path), file);
    session.refresh();
    assert_eq!(hashes(&session), pages);
    assert!(session.to_json()["undo"].is_null());
}

#[test]
fn a_figure_is_edited_and_undone() {
    edit_and_undo(&["en"], RESULTS_FILE, "value: 52", "52", "53", ("52", "53"));
}

#[test]
fn a_chinese_name_is_edited_and_undone() {
    edit_and_undo(
        &["zh"],
        RESULTS_FILE,
        "    zh: 世界物联网大会",
        "世界物联网大会",
        "世界物联网大会：北京",
        ("世界物联网大会", "世界物联网大会：北京"),
    );
}

#[test]
fn a_sentence_with_a_placeable_is_edited_and_undone() {
    let project = ProjectDir::new().edit(EN_PROGRAMME, "e", "e");
    let text = project.read(EN_PROGRAMME);
    let line = text.lines().find(|line| line.starts_with("about =")).unwrap();
    let old = line.strip_prefix("about = ").unwrap();
    assert!(old.contains('{'), "{old}");
    let new = format!("In short: {old}");
    edit_and_undo(&["en"], EN_PROGRAMME, line, old, &new, (old, &new));
}

#[test]
fn a_quoted_text_keeps_its_quotes() {
    let (project, _) = press_release(&["en"]);
    let project = project.edit(RESULTS_FILE, "      en: Beijing\n", "      en: 'O''Beijing' # as they say\n");
    let mut session = session_of(&project, "press-release", &["en"]);
    let offer = click(&mut session, &project, RESULTS_FILE, "en: 'O''Beijing'");
    assert_eq!(offer["text"], "O'Beijing");
    session.edit(&request(&offer, "O'Bei'jing", true));
    assert!(project.read(RESULTS_FILE).contains("      en: 'O''Bei''jing' # as they say\n"));
}

#[test]
fn a_file_that_has_changed_is_neither_edited_nor_undone() {
    let (project, mut session) = press_release(&["en"]);
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 52");
    let project = project.append(RESULTS_FILE, "# another editor\n");
    let file = project.read(RESULTS_FILE);
    assert!(problem(&session.edit(&request(&offer, "53", true))).contains("has changed since it was shown"));
    assert_eq!(project.read(RESULTS_FILE), file);
    session.refresh();
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 52");
    session.edit(&request(&offer, "53", true));
    let project = project.append(RESULTS_FILE, "# and again\n");
    let file = project.read(RESULTS_FILE);
    assert!(problem(&session.undo()).contains("cannot be undone"));
    assert_eq!(project.read(RESULTS_FILE), file);
    assert_eq!(problem(&session.undo()), "There is no edit to undo.");
}

#[test]
fn several_edits_are_undone_one_by_one() {
    let (project, mut session) = press_release(&["en"]);
    let original = project.read(RESULTS_FILE);
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 52");
    let answer = session.edit(&request(&offer, "53", true));
    let first = project.read(RESULTS_FILE);
    // The answer offers the new text, before the page is built again.
    session.edit(&request(&answer["edit"], "1_000", true));
    assert!(project.read(RESULTS_FILE).contains("value: 1_000"));
    // The first offer is used up.
    assert!(problem(&session.edit(&request(&offer, "54", true))).contains("Click it on the page again"));
    session.undo();
    assert_eq!(project.read(RESULTS_FILE), first);
    session.undo();
    assert_eq!(project.read(RESULTS_FILE), original);
}

#[test]
fn the_same_text_and_an_unknown_id_write_nothing() {
    let (project, mut session) = press_release(&["en"]);
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 52");
    assert!(problem(&session.edit(&request(&offer, "52", true))).contains("the same as before"));
    assert!(
        problem(&session.edit(&EditRequest { id: 999, text: "53".into(), confirm: true }))
            .contains("Click it on the page again")
    );
    assert!(session.to_json()["undo"].is_null());
}

#[test]
fn the_printed_form_of_a_name_is_edited() {
    let (project, mut session) = press_release(&["zh"]);
    let file = project.read(RESULTS_FILE);
    let offer = click(&mut session, &project, RESULTS_FILE, "zh: {name: 北京");
    assert_eq!((offer["part"].as_str(), offer["text"].as_str()), (Some("the form `name`"), Some("北京")), "{offer}");
    session.edit(&request(&offer, "京城", true));
    assert_eq!(project.read(RESULTS_FILE), file.replacen("name: 北京, full", "name: 京城, full", 1));
}

#[test]
fn the_printed_variant_of_a_message_is_edited_and_undone() {
    let (project, mut session) = press_release(&["en"]);
    let file = project.read(EN_PROGRAMME);
    let old = "{ NAME($city) } tops list of pilot cities for the digital economy";
    assert!(file.contains(&format!("        [1] {old}\n")));
    let offer = click(&mut session, &project, EN_PROGRAMME, "city-headline =");
    assert_eq!((offer["part"].as_str(), offer["text"].as_str()), (Some("the variant [1]"), Some(old)), "{offer}");
    assert!(offer["whole"]["text"].as_str().unwrap().starts_with("{ $rank ->"));
    let answer = session.edit(&request(&offer, "{ NAME($city) } is the first", true));
    assert_eq!(answer["edit"]["text"], "{ NAME($city) } is the first", "{answer}");
    assert_eq!(project.read(EN_PROGRAMME), file.replacen(old, "{ NAME($city) } is the first", 1));
    session.undo();
    assert_eq!(project.read(EN_PROGRAMME), file);
}

#[test]
fn embedded_files_are_not_edited() {
    let project = ProjectDir::new().edit(RESULTS_FILE, "e", "e");
    let mut session = session_of(&project, "press-release", &["en"]);
    let text = fs::read_to_string(EN_PROGRAMME).unwrap();
    let line = text.lines().position(|line| line.starts_with("sentence-routes =")).unwrap() + 1;
    let found = session.find_highlights(&format!("(embedded) {EN_PROGRAMME}"), line);
    let [left, top, right, bottom] = found[0].bounds;
    let point = Point { document: 0, page: found[0].page, x: (left + right) / 2.0, y: (top + bottom) / 2.0 };
    let origins = session.origins_to_json(point);
    let message = origins.as_array().unwrap().iter().find(|origin| origin["kind"] == "message").unwrap();
    assert!(problem(&message["edit"]).contains("inside the program"));
}

#[test]
fn a_byte_order_mark_remains() {
    let (project, _) = press_release(&["en"]);
    let text = format!("\u{feff}{}", project.read(RESULTS_FILE).replace('\n', "\r\n"));
    let project = project.file(RESULTS_FILE, &text);
    let mut session = session_of(&project, "press-release", &["en"]);
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 52");
    session.edit(&request(&offer, "53", true));
    assert_eq!(project.read(RESULTS_FILE), text.replacen("value: 52", "value: 53", 1));
    session.undo();
    assert_eq!(project.read(RESULTS_FILE), text);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_remain_and_nothing_outside_is_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (project, _) = press_release(&["en"]);
    let (file, other) = (project.path().join(RESULTS_FILE), project.path().join("reports/real.yaml"));
    fs::rename(&file, &other).unwrap();
    symlink("real.yaml", &file).unwrap();
    fs::set_permissions(&other, fs::Permissions::from_mode(0o640)).unwrap();
    let mut session = session_of(&project, "press-release", &["en"]);
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 52");
    session.edit(&request(&offer, "53", true));
    assert!(fs::read_to_string(&other).unwrap().contains("value: 53"));
    assert!(file.is_symlink());
    assert_eq!(fs::metadata(&other).unwrap().permissions().mode() & 0o777, 0o640);
    session.refresh();
    // The text was offered; then the link leads out of the project.
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 53");
    let outside = ProjectDir::new().edit(RESULTS_FILE, "e", "e");
    let target = outside.path().join("results.yaml");
    fs::copy(&other, &target).unwrap();
    fs::remove_file(&file).unwrap();
    symlink(&target, &file).unwrap();
    assert!(problem(&session.edit(&request(&offer, "54", true))).contains("outside the folder of the project"));
    assert!(fs::read_to_string(&target).unwrap().contains("value: 53"));
    fs::remove_file(&file).unwrap();
    fs::rename(&other, &file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    let offer = click(&mut session, &project, RESULTS_FILE, "value: 53");
    assert!(problem(&offer).contains("read-only"));
}
