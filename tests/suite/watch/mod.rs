//! `gen-report watch`: what the page in the browser shows after each change of a file, where the texts on it come from, and
//! whom the server answers.
//!
//! A session is driven without a browser. tests/conformance/watch.py tests the page itself.

mod edit;
mod edits;
mod origins;
mod server;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Cursor;
use std::sync::Arc;

use gen_report::document::Languages;
use gen_report::project::Project;
use gen_report::run::Selection;
use gen_report::watch::{Session, View};
use image::{DynamicImage, ImageFormat, RgbImage};

use crate::support::{EN_PROGRAMME, FR_PROGRAMME, ProjectDir, RESULTS_FILE};

const STYLE: &str = "reports/shared/certificate-parts.typ";
const TEMPLATE: &str = "reports/certificate/city.typ.hbs";

/// A session that shows the certificate of Beijing, after its first refresh.
fn session(project: &ProjectDir, languages: &[&str]) -> Session {
    session_of(project, "certificate", languages)
}

fn session_of(project: &ProjectDir, report: &str, languages: &[&str]) -> Session {
    select(project, languages, &[report], &["beijing"])
}

/// A session for the languages, reports and cities of a command line, after its first refresh.
fn select(project: &ProjectDir, languages: &[&str], reports: &[&str], cities: &[&str]) -> Session {
    let folder = project.path().to_owned();
    let open = move || Project::open(&folder, None).map_err(Into::into);
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let selection = Selection { languages: owned(languages), reports: owned(reports), cities: owned(cities) };
    let mut session = Session::new(Arc::new(open), selection);
    session.refresh();
    session
}

/// A document: its language, whether its pages are current, and their hashes.
type Shown = (String, bool, Vec<String>);

fn shown(session: &Session) -> Vec<Shown> {
    let documents = session.documents().iter().map(|document| {
        let hashes = document.pages.iter().map(|page| page.hash.clone()).collect();
        (document.languages.to_string(), document.is_current, hashes)
    });
    documents.collect()
}

fn messages(session: &Session) -> Vec<String> {
    session.problems().iter().map(|problem| problem.message.clone()).collect()
}

#[test]
fn a_change_of_any_kind_of_file_changes_the_pages_to_those_of_a_fresh_session() {
    let mut project = ProjectDir::new().edit(RESULTS_FILE, "specimen: true", "specimen: true");
    let mut session = session(&project, &["en"]);
    for (path, from, to) in [
        (RESULTS_FILE, "announced: 2025-11-28", "announced: 2025-11-27"),
        ("locales/en/text.ftl", "specimen = Specimen", "specimen = Sample"),
        (TEMPLATE, "title: {{str \"certificate\"}}", "title: {{str \"certificate-programme\"}}"),
        (STYLE, "#let ", "#let unused = 1\n#let "),
        ("reports/design.yaml", "award: {rgb: \"#74561C\"", "award: {rgb: \"#006600\""),
        ("reports/shared/drawings/border.svg", "<path", "<path opacity=\".5\""),
    ] {
        let before = shown(&session);
        project = project.edit(path, from, to);
        session.refresh();
        assert_eq!(shown(&session), shown(&self::session(&project, &["en"])), "{path}: as a fresh session shows it");
        // A definition that nothing uses is no change of the page.
        assert_eq!(shown(&session) != before, path != STYLE, "{path}: changes the page");
        assert!(!session.refresh(), "{path}: nothing more has changed");
    }
}

/// A picture of one colour, large enough for print.
fn png(colour: [u8; 3]) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(1600, 900, image::Rgb(colour)));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_changed_photo_changes_the_page_and_a_broken_one_is_an_error_until_it_is_mended() {
    const PHOTO: &str = "reports/photos/harbour.png";
    let facts = "    photo: {file: photos/harbour.png, credit: A, alt: B, caption: C}\n    milestones:";
    let project = ProjectDir::new().edit(RESULTS_FILE, "    milestones:", facts).file(PHOTO, png([200, 30, 30]));
    let mut session = session_of(&project, "press-release", &["en"]);
    assert_eq!(messages(&session), [] as [&str; 0]);
    let red = shown(&session);
    let project = project.file(PHOTO, png([30, 30, 200]));
    assert!(session.refresh());
    let blue = shown(&session);
    assert!(blue[0].1 && blue != red);
    assert_eq!(blue, shown(&session_of(&project, "press-release", &["en"])));
    let project = project.file(PHOTO, "no picture");
    session.refresh();
    assert_eq!((shown(&session)[0].1, messages(&session).len()), (false, 1), "{:?}", messages(&session));
    fs::remove_file(project.path().join(PHOTO)).unwrap();
    session.refresh();
    assert_eq!((shown(&session)[0].1, messages(&session).len()), (false, 1), "{:?}", messages(&session));
    assert_eq!(shown(&session)[0].2, blue[0].2, "the last good pages remain");
    let _project = project.file(PHOTO, png([200, 30, 30]));
    session.refresh();
    assert_eq!(shown(&session), red);
    assert_eq!(messages(&session), [] as [&str; 0]);
}

#[test]
fn a_changed_font_changes_the_page() {
    const FONTS: &str = "fonts/source";
    let project = ProjectDir::new();
    let mut session = session(&project, &["en"]);
    let before = shown(&session);
    // The project has bold letters where the program has regular ones.
    let bold = fs::read(format!("{FONTS}/SourceSerif4-Bold.ttf")).unwrap();
    let project = project.file(&format!("{FONTS}/SourceSerif4-Regular.ttf"), bold);
    assert!(session.refresh());
    let after = shown(&session);
    assert!(after[0].1 && after != before);
    assert_eq!(after, shown(&self::session(&project, &["en"])));
    fs::remove_dir_all(project.path().join("fonts")).unwrap();
    assert!(session.refresh());
    assert_eq!(shown(&session), before);
}

/// A font of another family: the letters of a name of the same length are exchanged, so that the checksums remain.
fn renamed_font() -> Vec<u8> {
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (from, to) = (utf_16("Source Serif 4"), utf_16("Sruoce Serif 4"));
    let mut bytes = fs::read("fonts/source/SourceSerif4-Regular.ttf").unwrap();
    while let Some(at) = bytes.windows(from.len()).position(|window| window == from) {
        bytes[at..at + to.len()].copy_from_slice(&to);
    }
    bytes
}

#[test]
fn a_font_that_vanishes_is_an_error_until_it_is_back() {
    const FONT: &str = "fonts/own.ttf";
    let project = ProjectDir::new().file(FONT, renamed_font()).edit_all(
        "locales/en/numbers.ftl",
        "fonts-text = Source Serif 4,",
        "fonts-text = Sruoce Serif 4,",
    );
    let mut session = session(&project, &["en"]);
    assert_eq!(messages(&session), [] as [&str; 0]);
    let good = shown(&session);
    fs::remove_file(project.path().join(FONT)).unwrap();
    assert!(session.refresh());
    assert_eq!((shown(&session)[0].1, &shown(&session)[0].2), (false, &good[0].2));
    let found = messages(&session);
    assert!(found.len() == 1 && found[0].contains("Sruoce Serif 4"), "{found:?}");
    // Half a file, as while it is copied.
    let half = renamed_font();
    let project = project.file(FONT, &half[..half.len() / 2]);
    session.refresh();
    let found = messages(&session);
    assert!(!shown(&session)[0].1 && found.iter().any(|message| message.contains("own.ttf")), "{found:?}");
    let _project = project.file(FONT, half);
    session.refresh();
    assert_eq!(shown(&session), good);
    assert_eq!(messages(&session), [] as [&str; 0]);
}

#[test]
fn an_error_in_one_language_leaves_the_others_alone_and_keeps_its_last_good_pages() {
    let project = ProjectDir::new().edit(FR_PROGRAMME, "certificate", "certificate");
    let mut session = session(&project, &["en", "fr"]);
    let good = shown(&session);
    let text = project.read(FR_PROGRAMME);
    let project = project.append(FR_PROGRAMME, "\nbroken = { $x\n");
    assert!(session.refresh());
    let now = shown(&session);
    assert_eq!(now[0], good[0]);
    assert_eq!((now[1].1, &now[1].2), (false, &good[1].2));
    assert_eq!(messages(&session), ["the brace is not closed in the message `broken`"]);
    // The pages of the error can still be loaded.
    assert!(session.pages().get(&good[1].2[0]).is_some());
    let _project = project.file(FR_PROGRAMME, text);
    assert!(session.refresh());
    assert_eq!(shown(&session), good);
    assert_eq!(messages(&session), [] as [&str; 0]);
}

#[test]
fn broken_facts_keep_all_last_good_pages_until_they_are_mended() {
    let project = ProjectDir::new().edit(RESULTS_FILE, "rank: 1", "rank: 1");
    let mut session = session(&project, &["en", "fr"]);
    let good = shown(&session);
    let project = project.edit(RESULTS_FILE, "rank: 1", "rank: first");
    session.refresh();
    assert!(shown(&session).iter().zip(&good).all(|(now, good)| !now.1 && now.2 == good.2));
    assert_eq!(messages(&session).len(), 1);
    let _project = project.edit(RESULTS_FILE, "rank: first", "rank: 1");
    session.refresh();
    assert_eq!(shown(&session), good);
}

#[test]
fn a_project_that_is_broken_from_the_start_is_shown_once_it_is_mended() {
    let project = ProjectDir::new().edit(RESULTS_FILE, "rank: 1", "rank: first");
    let mut session = session(&project, &["en"]);
    assert_eq!(session.documents().len(), 0);
    assert_eq!(messages(&session).len(), 1);
    let _project = project.edit(RESULTS_FILE, "rank: first", "rank: 1");
    assert!(session.refresh());
    assert_eq!(shown(&session).len(), 1);
}

#[test]
fn a_folder_that_disappears_leaves_the_embedded_edition() {
    let project = ProjectDir::new().edit(RESULTS_FILE, "rank: 1", "rank: 1");
    let mut session = session(&project, &["en"]);
    assert_eq!(session.to_json()["embedded"], false);
    let good = shown(&session);
    fs::remove_dir_all(project.path().join("reports")).unwrap();
    session.refresh();
    assert_eq!(session.to_json()["embedded"], true);
    assert_eq!(shown(&session), good);
}

fn view(city: Option<&str>, report: &str, languages: &[&str]) -> View {
    View {
        city: city.map(str::to_owned),
        report: report.to_owned(),
        languages: languages.iter().map(|text| Languages::parse(text).unwrap()).collect(),
    }
}

#[test]
fn another_city_report_or_language_can_be_chosen() {
    let project = ProjectDir::new();
    let mut session = select(&project, &["en"], &[], &[]);
    session.show(view(Some("beijing"), "certificate", &["fr", "zh+en"]));
    let languages: Vec<String> = shown(&session).into_iter().map(|(languages, ..)| languages).collect();
    assert_eq!(languages, ["fr", "zh+en"]);
    session.show(view(None, "press-release", &["en"]));
    assert_eq!((session.view().city.as_deref(), shown(&session)[0].1), (None, true));
    // What the project does not have is replaced by what it has.
    session.show(view(Some("nowhere"), "leaflet", &["xx"]));
    assert_eq!(session.view().city.as_deref(), Some("beijing"));
    assert_eq!(session.view().report, "certificate");
    assert!(!shown(&session).is_empty());
}

#[test]
fn a_pseudo_locale_is_shown_and_checked_like_any_language() {
    let project = ProjectDir::new().edit(RESULTS_FILE, "e", "e");
    let mut session = select(&project, &["en-XA", "fr"], &["certificate"], &[]);
    let languages: Vec<String> = shown(&session).into_iter().map(|(languages, ..)| languages).collect();
    assert_eq!(languages, ["en-XA", "fr"]);
    assert!(shown(&session)[0].1);
    assert_eq!(session.check_task()().len(), 0);
    session.show(view(Some("beijing"), "certificate", &["fr-XA"]));
    assert_ne!(shown(&session)[0].0, "fr-XA", "pseudo-locales are made from the reference language");
}

/// A project of the two cities `beijing` and `port-azure`.
fn two_cities() -> ProjectDir {
    let second = "\n  - id: port-azure\n    name: {en: Port Azure}\n    country: {en: Azuria}\n    status: selected\n    rank: 2\n";
    ProjectDir::new().edit(RESULTS_FILE, "e", "e").append(RESULTS_FILE, second)
}

/// The reports that the page offers, the cities, and whether it offers the edition.
fn offered(session: &mut Session) -> (Vec<String>, Vec<String>, bool) {
    let state = session.to_json();
    let reports = state["reports"].as_array().unwrap().iter().map(|report| report["name"].as_str().unwrap().to_owned());
    let (cities, count) = session.find_cities("", 10);
    assert_eq!(state["cityCount"], count);
    (reports.collect(), cities.into_iter().map(|city| city.id).collect(), state["edition"].as_bool().unwrap())
}

#[test]
fn the_page_offers_exactly_the_reports_and_cities_of_the_command_line() {
    let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let project = two_cities();
    let mut all = select(&project, &["en"], &[], &[]);
    assert_eq!(messages(&all), [] as [&str; 0]);
    assert_eq!(
        offered(&mut all),
        (strings(&["certificate", "press-release"]), strings(&["beijing", "port-azure"]), true)
    );
    // The reports are offered in the order of the command line, and the first one is shown.
    let mut reports = select(&project, &["en"], &["press-release", "certificate", "press-release"], &[]);
    assert_eq!(offered(&mut reports).0, ["press-release", "certificate"]);
    assert_eq!(reports.view(), &view(Some("beijing"), "press-release", &["en"]));
    // As in a build, cities leave out the edition.
    let mut one = select(&project, &["en"], &["press-release"], &["port-azure"]);
    assert_eq!(offered(&mut one), (strings(&["press-release"]), strings(&["port-azure"]), false));
    for other in [view(None, "press-release", &["en"]), view(Some("beijing"), "certificate", &["en"])] {
        one.show(other);
        assert_eq!(one.view(), &view(Some("port-azure"), "press-release", &["en"]));
    }
    // The page can choose among several.
    let mut cities = select(&project, &["en"], &[], &["port-azure", "beijing"]);
    assert_eq!(cities.view().city.as_deref(), Some("port-azure"));
    cities.show(view(Some("beijing"), "press-release", &["en"]));
    assert_eq!(cities.view().city.as_deref(), Some("beijing"));
}

#[test]
fn a_city_of_the_command_line_that_the_project_no_longer_has_gives_way_to_the_others_or_is_an_error() {
    let project = two_cities();
    let results = project.read(RESULTS_FILE);
    let mut two = select(&project, &["en"], &["certificate"], &["port-azure", "beijing"]);
    let mut one = select(&project, &["en"], &["certificate"], &["port-azure"]);
    let project = project.edit(RESULTS_FILE, "id: port-azure", "id: port-rouge");
    two.refresh();
    assert_eq!((two.view().city.as_deref(), messages(&two).len()), (Some("beijing"), 0));
    one.refresh();
    assert_eq!(messages(&one), ["this project has no city `port-azure`"]);
    assert!(!shown(&one)[0].1);
    let _project = project.file(RESULTS_FILE, results);
    one.refresh();
    assert_eq!((one.view().city.as_deref(), messages(&one).len()), (Some("port-azure"), 0));
    assert!(shown(&one)[0].1);
}

#[test]
fn cities_are_found_by_each_word_of_a_query_in_any_language() {
    let records: String = (0..1500).map(|n| format!("{{\"id\": \"city-{n}\", \"name\": \"City {n}\", \"country\": \"Somewhere\", \"status\": \"selected\", \"rank\": {}}}\n", n + 2)).collect();
    let project = ProjectDir::new().edit(RESULTS_FILE, "rank: 1", "rank: 1").file("reports/cities.jsonl", records);
    let results = project.read(RESULTS_FILE);
    let results = results[..results.find("\ncities:").unwrap()].replace("    - beijing/digital-manufacturers\n    - beijing/digital-economy-size\n    - beijing/digital-economy-share\n", "");
    let project = project.file(RESULTS_FILE, results + "\ncities: {from: cities.jsonl}\n");
    let folder = project.path().to_owned();
    let mut session =
        Session::new(Arc::new(move || Project::open(&folder, None).map_err(Into::into)), Selection::default());
    session.refresh();
    assert_eq!(messages(&session), [] as [&str; 0]);
    // The list was made while the records were read: a search does not read them again.
    fs::remove_file(project.path().join("reports/cities.jsonl")).unwrap();
    let find = |query: &str| {
        let (found, count) = session.find_cities(query, 3);
        (found.into_iter().map(|city| city.id).collect::<Vec<_>>(), count)
    };
    assert_eq!(find("CITY 149"), (vec!["city-149".to_owned(), "city-1490".to_owned(), "city-1491".to_owned()], 12));
    assert_eq!(find(""), (["city-0", "city-1", "city-2"].map(str::to_owned).to_vec(), 1500));
    // A word of one city is not found across the end of its texts.
    assert_eq!(find("1499 city-1499"), (vec!["city-1499".to_owned()], 1));
    assert_eq!(find("city-0 city 1"), (vec![], 0));
    assert_eq!(find("ity 7").1, find("city 7").1);
    // What begins with the query comes first.
    assert_eq!(find("77").0, ["city-77", "city-177", "city-277"]);
    assert_eq!(find("city-77").0, ["city-77", "city-770", "city-771"]);
    assert_eq!(find("\0"), (vec![], 0));
    assert_eq!(find("beijing"), (vec![], 0));
}

/// Edits of one file each: the text that replaces it, or `None` for the embedded file.
fn variants() -> Vec<(&'static str, Vec<Option<String>>)> {
    let read = |path: &str| fs::read_to_string(path).unwrap();
    let changed = |path: &str, from: &str, to: &str| {
        let text = read(path);
        assert!(text.contains(from), "{path} contains {from:?}");
        Some(text.replacen(from, to, 1))
    };
    vec![
        (
            RESULTS_FILE,
            vec![
                None,
                changed(RESULTS_FILE, "announced: 2025-11-28", "announced: 2025-11-20"),
                changed(RESULTS_FILE, "rank: 1", "rank: first"),
                changed(RESULTS_FILE, "cities:", "cities: {"),
                Some(String::new()),
            ],
        ),
        (
            EN_PROGRAMME,
            vec![
                None,
                changed(EN_PROGRAMME, "certificate", "certificate"),
                Some(read(EN_PROGRAMME) + "\nbroken = { NAME(\n"),
                Some(read(EN_PROGRAMME).replace("certificate-citation", "certificate-other")),
            ],
        ),
        (
            TEMPLATE,
            vec![
                None,
                changed(TEMPLATE, "{{str \"certificate\"}}", "{{str \"certificate-programme\"}}"),
                changed(TEMPLATE, "{{/languages}}", ""),
                changed(TEMPLATE, "{{str \"certificate\"}}", "{{figure city}}"),
            ],
        ),
        (
            STYLE,
            vec![None, Some(read(STYLE) + "\n#let more = 1\n"), Some(read(STYLE) + "\n#let (\n"), Some(String::new())],
        ),
        ("reports/shared/drawings/border.svg", vec![None, Some("<svg".to_owned()), Some(String::new())]),
    ]
}

#[test]
fn after_each_of_200_random_edits_the_page_is_that_of_a_fresh_session() {
    let project = ProjectDir::new();
    let variants = variants();
    let mut state = vec![0; variants.len()];
    let mut session = session(&project, &["en"]);
    // What a fresh session shows of a state of the files.
    let mut fresh: HashMap<Vec<usize>, (Vec<Shown>, Vec<String>)> = HashMap::new();
    let mut last_good: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // A linear congruential generator, so that the edits are the same each time.
    let mut random = 1_u64;
    let mut next = |limit: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % limit
    };
    for _ in 0..200 {
        let file = next(variants.len());
        // Half of the edits mend a file, or else hardly any state would be good.
        state[file] = if next(2) == 0 { 0 } else { next(variants[file].1.len()) };
        let (path, texts) = &variants[file];
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match &texts[state[file]] {
            Some(text) => fs::write(&path, text).unwrap(),
            None => drop(fs::remove_file(&path)),
        }
        session.refresh();
        let (expected, problems) = fresh.entry(state.clone()).or_insert_with(|| {
            let session = self::session(&project, &["en"]);
            (shown(&session), messages(&session))
        });
        assert_eq!(messages(&session), *problems, "{state:?}");
        for (language, is_current, hashes) in shown(&session) {
            let good = expected.iter().find(|(_, is_good, _)| *is_good);
            assert_eq!(is_current, good.is_some(), "{state:?}");
            let last = last_good.entry(language).or_default();
            if let Some((_, _, hashes)) = good {
                last.clone_from(hashes);
            }
            assert_eq!(hashes, *last, "{state:?}");
        }
    }
}
