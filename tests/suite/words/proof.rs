//! Proofs for translators, and the pseudo-locales.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gen_report::document::DocumentId;
use gen_report::locale::catalog;
use gen_report::project::Project;
use gen_report::proof::{self, Entry, Print, Proof, ProofFiles, UnprintedReason};
use gen_report::run::{Builder, LoadedProject, Selection};

use crate::runs::project_with_table;
use crate::support::{
    CERTIFICATE, Documents, EN, EN_PROGRAMME, EXAMPLE_EDITION, FR, LANGUAGES, ProjectDir, assert_contains,
    assert_screen, load_edition,
};

fn builder(project: LoadedProject, language: &str) -> Builder {
    builder_of(project, &[language], &[])
}

fn builder_of(project: LoadedProject, languages: &[&str], reports: &[&str]) -> Builder {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let selection = Selection { languages: list(languages), reports: list(reports), ..Selection::default() };
    let plan = project.plan(&selection).unwrap_or_else(|e| panic!("{}", e[0]));
    proof::builder(project, plan).unwrap_or_else(|e| panic!("{}", e[0]))
}

fn make_proof(project: &ProjectDir, language: &str) -> (Proof, ProofFiles) {
    let builder = builder(load_edition(project.path()), language);
    let proof = Proof::new(&builder, language).unwrap_or_else(|e| panic!("{}", e[0]));
    let files = proof.build(&builder).unwrap_or_else(|e| panic!("{}", e[0]));
    (proof, files)
}

/// The line of a file that begins with this text, from 1.
fn line_of(path: &str, start: &str) -> usize {
    fs::read_to_string(path).unwrap().lines().position(|line| line.starts_with(start)).unwrap() + 1
}

#[test]
fn each_message_of_a_locale_is_listed_once_with_its_number_or_a_reason() {
    for (project, language) in [(".", "fr"), (".", "zh"), (LANGUAGES, "ar")] {
        let builder = builder(load_edition(project), language);
        let proof = Proof::new(&builder, language).unwrap_or_else(|e| panic!("{}", e[0]));
        let files = LoadedProject::read_locale_files(&builder.project.files, language).unwrap();
        let mut expected: Vec<String> = catalog::read(language, &files).into_iter().map(|m| m.id).collect();
        let numbered = proof.list.entries.iter().map(|entry| &entry.id);
        let mut listed: Vec<String> =
            numbered.chain(proof.list.unprinted.iter().map(|message| &message.id)).cloned().collect();
        expected.sort();
        listed.sort();
        assert_eq!(listed, expected, "{language}");

        let numbers: Vec<usize> = proof.list.entries.iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
        let printed: BTreeSet<usize> =
            proof.list.entries.iter().filter(|entry| entry.page.is_some()).map(|entry| entry.number).collect();
        let on_pages: BTreeSet<usize> = proof
            .documents
            .iter()
            .flat_map(|document| &document.pages)
            .flat_map(|page| &page.labels)
            .map(|label| label.number)
            .collect();
        assert_eq!(on_pages, printed, "{language}");
    }
}

#[test]
fn a_number_is_at_the_first_letter_of_its_message() {
    let builder = builder(load_edition("."), "fr");
    let proof = Proof::new(&builder, "fr").unwrap_or_else(|e| panic!("{}", e[0]));
    for (report, id, text, size) in [
        ("press-release", "press-release", "Communiqué de presse", 0.0),
        ("press-release", "sentence-conference", "Les résultats", 0.0),
        ("press-release", "sources-label", "Sources", 0.0),
        ("press-release", "city-standfirst", "Forte", 0.0),
        // The style module sets these letters itself.
        ("press-release", "city-headline", "Beijing", 18.0),
        ("certificate", "certificate", "C", 18.0),
    ] {
        let is_it = |id: &DocumentId| id.report == report && id.city.as_deref() == Some("beijing");
        let document = proof.documents.iter().find(|document| is_it(&document.job.id)).unwrap();
        let number = proof.list.number_of(id).unwrap_or_else(|| panic!("{id} has no number"));
        let label = document.pages[0].labels.iter().find(|label| label.number == number).unwrap();
        let runs = EXAMPLE_EDITION.text_runs("fr", report, Some("beijing"));
        let run = runs.iter().find(|run| run.text.starts_with(text) && run.size >= size);
        let distance = run.unwrap_or_else(|| panic!("no {text}")).x - label.caret[0].x;
        assert!((0.0..4.0).contains(&distance), "{id}: the stroke is {distance} pt before the text");
    }
}

#[test]
fn an_entry_has_source_translation_note_values_and_line() {
    let (proof, files) = make_proof(&ProjectDir::new(), "fr");
    let entry = |id: &str| proof.list.entries.iter().find(|entry| entry.id == id).unwrap();

    let intro = entry("certificate-intro");
    assert_eq!(intro.source.as_deref(), Some("presented to"));
    assert_eq!(intro.translation.as_deref(), Some("décerné { NAME($city, form: \"to-lead\") }"));
    let values = vec![("city".to_owned(), vec!["à".to_owned()])];
    assert_eq!(intro.prints, [Print { text: Some("décerné à".to_owned()), values }]);
    assert!(intro.note.starts_with("The line above the city’s name"), "{}", intro.note);
    assert_eq!(intro.place, format!("{FR}:{}", line_of(FR, "certificate-intro")));

    // Each print with other values is listed.
    let note = entry("figure-note");
    let periods: Vec<&str> = note.prints.iter().map(|print| print.values[1].1[0].as_str()).collect();
    assert_eq!(periods, ["2025", "2024", "none", "fin\u{a0}2024"]);
    assert_eq!(note.prints[1].text.as_deref(), Some("prévision 2024"));
    let page = &files.web_page;
    let (_, rows) = page.split_once(">figure-note</code>").unwrap();
    let (rows, _) = rows.split_once("</dl>").unwrap();
    assert_contains(rows, &["prévision 2025</dd>", "$period: 2025</dd>", "prévision 2024</dd>", "$period: 2024</dd>"]);
    assert!(proof.list.entries.iter().all(|entry| entry.prints.len() <= Entry::MAX_PRINTS));

    // A message of the grammar of values is inside the sentences that print its value.
    let unit = entry("measure-country");
    let sentence = entry("sentence-committee-countries");
    assert!(unit.page.is_none() && unit.inside.contains(&sentence.number), "{:?}", unit.inside);
}

#[test]
fn messages_that_no_page_prints_have_a_reason() {
    let project = ProjectDir::new().append(FR, "\nforgotten = Jamais imprimé\n");
    let (proof, _) = make_proof(&project, "fr");
    let reasons: BTreeMap<&str, UnprintedReason> =
        proof.list.unprinted.iter().map(|message| (message.id.as_str(), message.reason)).collect();
    for (id, reason) in [
        ("forgotten", UnprintedReason::Unused),
        ("code-alt", UnprintedReason::Hidden),
        ("sentence-gap", UnprintedReason::Blank),
        ("measure-eur", UnprintedReason::NotReached),
        ("release-embargo", UnprintedReason::NotReached),
        ("print-paper", UnprintedReason::Sheets),
        ("verify-title", UnprintedReason::WebPage),
        ("proof-title", UnprintedReason::Proof),
        ("hyphenation", UnprintedReason::Setting),
    ] {
        assert_eq!(reasons.get(id), Some(&reason), "{id}");
    }
}

#[test]
fn a_proof_shows_the_documents_as_they_are_built() {
    let (proof, _) = make_proof(&ProjectDir::new(), "zh");
    for document in &proof.documents {
        let id = &document.job.id;
        assert_eq!(document.pdf, EXAMPLE_EDITION.pdf("zh", &id.report, id.city.as_deref()), "{id}");
    }
}

#[test]
fn the_same_project_gives_the_same_bytes_and_a_changed_message_others() {
    let (_, first) = make_proof(&ProjectDir::new(), "fr");
    let (_, again) = make_proof(&ProjectDir::new(), "fr");
    assert!(first.pdf == again.pdf && first.web_page == again.web_page);
    let (proof, changed) = make_proof(&ProjectDir::new().edit(FR, "press-release = ", "press-release = Grand "), "fr");
    assert!(first.pdf != changed.pdf && first.web_page != changed.web_page);
    let entry = proof.list.entries.iter().find(|entry| entry.id == "press-release").unwrap();
    assert_eq!(entry.translation.as_deref(), Some("Grand Communiqué de presse"));
}

#[test]
fn the_web_page_runs_nothing_loads_nothing_and_its_links_lead_somewhere() {
    let (_, files) = make_proof(&ProjectDir::new().append(FR, "\nevil = <script>alert(1)</script>\n"), "fr");
    let page = files.web_page;
    assert_contains(
        &page,
        &["default-src 'none'", "&lt;script&gt;alert(1)&lt;/script&gt;", "<html lang=\"fr-FR\" dir=\"ltr\">"],
    );
    for forbidden in ["<script", " style=", "<link", " onload="] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for address in ["href=\"", "src=\""].iter().flat_map(|name| page.split(name).skip(1)) {
        assert!(address.starts_with('#') || address.starts_with("data:image/png;"), "{}", &address[..40]);
    }
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

/// Of many records, the first ones of each report in each language are searched.
#[test]
fn many_records_of_one_report_or_language_do_not_hide_the_others() {
    let leaflet = "#set document(title: \"x\")\n#set text(font: \"Source Serif 4\")\n{{t \"seal-alt\"}}\n";
    let project = project_with_table(1_001).file("reports/leaflet/city.typ.hbs", leaflet);
    let reports = ["certificate", "leaflet"];
    let builder = builder_of(load_edition(project.path()), &["fr", "en"], &reports);
    let proof = Proof::new(&builder, "en").unwrap_or_else(|e| panic!("{}", e[0]));
    let documents: Vec<String> = proof.documents.iter().map(|document| document.job.id.to_string()).collect();
    assert_eq!(documents, ["certificate-town-1 in `en`", "leaflet-town-1 in `en`"]);
    // The text that a template prints itself, in the second report of the second language.
    let project = project.edit("reports/leaflet/city.typ.hbs", "\n{{t", "\nLeaflet {{t");
    let builder = builder_of(load_edition(project.path()), &["fr", "en-XA"], &reports);
    let found = proof::find_hard_coded_text(&builder);
    assert!(found[0].message.starts_with("“Leaflet” on page 1 of leaflet-town-1 in `en-XA`"), "{:?}", found[0].message);
}

#[test]
fn the_command_writes_a_pdf_and_a_page_for_each_language() {
    let project = ProjectDir::new();
    let (stdout, stderr) =
        project.run_ok(&["proof", "-l", "fr,zh", "-r", "certificate", "-c", "beijing", "--out", "p"]);
    assert_eq!(stdout, "p/fr.pdf\np/fr.html\np/zh.pdf\np/zh.html\n");
    assert_contains(&stderr, &["`fr`: ", " messages on 1 page, ", " not printed"]);
    assert!(project.read_bytes("p/fr.pdf").starts_with(b"%PDF-"));
    let events = ["proof", "-l", "fr", "-r", "certificate", "--out", "p", "--message-format", "json"];
    let (stdout, _) = project.run_ok(&events);
    assert_eq!(stdout.lines().next(), Some(r#"{"language":"fr","path":"p/fr.pdf","type":"proof"}"#));
}

#[test]
fn a_proof_is_in_one_language_of_the_project() {
    let project = ProjectDir::new();
    let unknown = project.run_failing(&["proof", "-l", "de"]);
    assert_contains(&unknown, &["error[E0002]: this project has no language `de`", "available: en, fr, zh"]);
    let pair = project.run_failing(&["proof", "-l", "zh+en"]);
    assert_contains(&pair, &["a proof is in one language, not in `zh+en`", "--lang zh,en"]);
    assert!(!project.path().join("proof").exists());
}

#[test]
fn a_project_names_its_reference_language_for_translation_tools() {
    let project =
        ProjectDir::new().file("locales/l10n.toml", "locales = [\"en\"]\n[[paths]]\nreference = \"fr/**.ftl\"\n");
    let edition =
        LoadedProject::load(Project::open(project.path(), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
    assert_eq!(edition.reference_language(), "fr");
    assert_eq!(edition.pseudo_languages(), ["fr-XA", "fr-XB"]);
    assert_eq!(load_edition(".").reference_language(), "en");
}

#[test]
fn the_accented_locale_changes_messages_and_nothing_else() {
    let documents = Documents::open(ProjectDir::new().path(), &["en-XA"], Default::default());
    let (text, _) = documents.text("en-XA", "press-release", Some("beijing"));
    // Facts, which the functions in the messages print.
    assert_contains(&text, &["Beijing", "200,000", "2.5", "52%", "⟦", "⟧"]);
    for word in ["economy", "enterprises", "more than", "Sources", "NAME", "MEASURE", "$"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

#[test]
fn the_mirrored_locale_turns_the_page_round() {
    let documents = Documents::open(ProjectDir::new().path(), &["en", "en-XB"], Default::default());
    let x_of_name = |language: &str| {
        let runs = documents.text_runs(language, "press-release", Some("beijing"));
        let name = runs.into_iter().find(|run| run.text.contains("WIOTC")).unwrap();
        (name.x + name.width / 2.0) / name.page_width
    };
    assert!(x_of_name("en") < 0.5, "{}", x_of_name("en"));
    assert!(x_of_name("en-XB") > 0.5, "{}", x_of_name("en-XB"));
}

#[test]
fn a_pseudo_build_shows_what_overflows_and_does_not_stop() {
    let long = "press-release = News release for all the editors of newspapers and magazines";
    let project = ProjectDir::new().edit(EN, "press-release = News release", long);
    let (_, english) = project.run_ok(&["-l", "en"]);
    assert!(!english.contains("W0404"), "{english}");
    let (stdout, stderr) = project.run_ok(&["--pseudo"]);
    assert_eq!(stdout.lines().count(), 6, "{stdout}");
    assert_contains(&stderr, &["warning[W0404]", "overlaps", "press-release-beijing in `en-XA`", "built 6 documents"]);
}

#[test]
fn text_in_a_template_is_reported_by_a_pseudo_build() {
    let project = ProjectDir::new().edit(CERTIFICATE, "closing: [", "closing: [Signed and sealed ");
    let (_, stderr, code) = project.run(&["--pseudo"]);
    assert_eq!(code, 0, "{stderr}");
    assert_screen("W0225", &stderr);
    let (_, untouched) = ProjectDir::new().run_ok(&["--pseudo"]);
    assert!(!untouched.contains("warning"), "{untouched}");
}

#[test]
fn a_check_of_a_pseudo_locale_lays_out_its_pages_and_checks_the_messages_that_it_is_made_from() {
    let check = |project: &ProjectDir, languages: &str| {
        let (_, stderr, code) = project.run(&["check", "--lang", languages]);
        (code, stderr)
    };
    let project = ProjectDir::new();
    assert_eq!(check(&project, "en-XA,en-XB,en-XA+zh"), (0, "no problems found\n".to_owned()));
    // Only the pseudo-locale overflows, and only it shows that a text is in a template.
    let long = "press-release = News release for all the editors of newspapers and magazines";
    let project = project
        .edit(EN, "press-release = News release", long)
        .edit(CERTIFICATE, "closing: [", "closing: [Signed and sealed ")
        .append(FR, "\nfaux = { $x\n");
    let (code, stderr) = check(&project, "en-XA");
    assert_eq!(code, 0, "{stderr}");
    assert_contains(
        &stderr,
        &["warning[W0404]", "press-release-beijing in `en-XA`", "warning[W0225]", "“Signed and sealed”"],
    );
    assert!(!stderr.contains("faux"), "French was not asked for: {stderr}");
    assert!(!check(&project, "en").1.contains("W0225"));
    // A mistake in a message is shown once, at its place.
    let project = project.edit(EN_PROGRAMME, "DATE($announced", "DAT($announced");
    let (code, stderr) = check(&project, "en-XA");
    assert_eq!(code, 1);
    assert_eq!(stderr.matches("error[").count(), 1, "{stderr}");
    assert_contains(&stderr, &["locales/en/programme.ftl:", "DAT"]);
    // Pseudo-locales are made from the reference language only.
    let (code, stderr) = check(&ProjectDir::new(), "fr-XA");
    assert_eq!(code, 1);
    assert_contains(&stderr, &["this project has no language `fr-XA`", "en-XA, en-XB"]);
}

#[test]
fn pseudo_documents_are_neither_signed_nor_default() {
    let project = ProjectDir::new();
    let named = project.run_failing(&["--lang", "fr,en-XA", "--sign", "issuer"]);
    assert_contains(&named, &["documents in the pseudo-locale `en-XA` are not signed", "leave out `--sign`"]);
    let (_, stderr, code) = project.run(&["--pseudo", "--sign", "issuer"]);
    assert_eq!(code, 2);
    assert_contains(&stderr, &["--pseudo", "--sign"]);
    assert_eq!(load_edition(project.path()).default_languages(), ["en", "fr", "zh"]);
}
