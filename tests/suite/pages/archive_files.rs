//! What programs get from archive files: words, data, metadata.

use gen_report::pdf::text::ExtractedText;
use lopdf::Document;
use lopdf::content::Content;
use serde_json::Value as Json;

use crate::support::{EXAMPLE_EDITION, ProjectDir, assert_contains, assert_snapshot, attached_files};

/// Programs that extract text take a gap of a tenth of an em for a space: with one, nobody finds “CERTIFICAT”.
#[test]
fn no_gap_between_letters_is_wide_enough_for_a_space() {
    for language in ["en", "fr"] {
        let pdf = Document::load_mem(&EXAMPLE_EDITION.pdf(language, "certificate", Some("beijing"))).unwrap();
        let page = pdf.page_iter().next().unwrap();
        let content = Content::decode(&pdf.get_page_content(page)).unwrap();
        let shown = content.operations.iter().filter(|operation| operation.operator == "TJ");
        let gaps = shown.flat_map(|operation| operation.operands[0].as_array().unwrap());
        // Thousandths of an em; negative numbers move the next glyph away.
        let widest = gaps.filter_map(|item| item.as_float().ok()).fold(0.0, f32::min);
        assert!(widest > -100.0, "{language}: {widest}");
    }
}

/// On a seal, letters are turned one by one, and no program joins them to words. The alternative text describes the seal.
#[test]
fn the_letters_on_a_seal_are_drawings() {
    let pdf = EXAMPLE_EDITION.pdf("fr", "certificate", Some("beijing"));
    let text: String = ExtractedText::read(pdf, false).unwrap().chars.into_iter().collect();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.contains(&"VPM") && lines.contains(&"CERTIFICAT"), "{text}");
    assert!(
        lines.iter().map(|line| line.trim()).all(|line| line.chars().count() != 1 || ["N", "o"].contains(&line)),
        "{text}"
    );
}

#[test]
fn the_facts_of_a_document_are_attached_as_json_ld() {
    for (language, report, city) in [("fr", "certificate", Some("beijing")), ("en", "press-release", None)] {
        let pdf = Document::load_mem(&EXAMPLE_EDITION.pdf(language, report, city)).unwrap();
        let files = attached_files(&pdf);
        let [(name, data)] = files.as_slice() else { panic!("{files:?}") };
        assert_eq!(name, if language == "fr" { "facts-fr-FR.jsonld" } else { "facts-en-US.jsonld" });
        let facts: Json = serde_json::from_str(data).unwrap();
        assert_snapshot(
            format!("tests/golden/{language}-{report}.jsonld"),
            &format!("{}\n", serde_json::to_string_pretty(&facts).unwrap()),
        );
    }
}

#[test]
fn the_metadata_are_in_both_languages_of_a_bilingual_document() {
    let project = ProjectDir::new();
    project.run_ok(&["--lang", "zh+en", "--report", "certificate"]);
    let pdf = Document::load_mem(&project.read_bytes("out/zh+en/certificate-beijing.pdf")).unwrap();
    let metadata = pdf.catalog().unwrap().get_deref(b"Metadata", &pdf).unwrap().as_stream().unwrap();
    let xmp = String::from_utf8(metadata.content.clone()).unwrap();
    assert_contains(
        &xmp,
        &[
            "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li><rdf:li>en-US</rdf:li></rdf:Bag></dc:language>",
            "<rdf:li xml:lang=\"en-US\">Certificate — Beijing — Global Pilot Cities</rdf:li>",
            "<dc:publisher><rdf:Bag><rdf:li>世界物联网大会</rdf:li><rdf:li>World Internet of Things Convention</rdf:li>",
            "<rdf:li xml:lang=\"zh-CN\">© 2025 世界物联网大会</rdf:li>",
            "<pdf:Producer>gen-report ",
        ],
    );
    assert_eq!(attached_files(&pdf).len(), 2, "the facts in each language");
}

/// A template that gives no description of its own, as a project may have it.
#[test]
fn a_document_without_description_has_its_title_in_the_metadata() {
    let template = "#set document(title: \"Note\")\n#set text(lang: \"fr\")\nTexte";
    let project = ProjectDir::new().file("reports/note/edition.typ.hbs", template);
    let pdf = Document::load_mem(&project.documents("fr").pdf("fr", "note", None)).unwrap();
    let metadata = pdf.catalog().unwrap().get_deref(b"Metadata", &pdf).unwrap().as_stream().unwrap();
    let xmp = String::from_utf8(metadata.content.clone()).unwrap();
    assert_contains(&xmp, &["<rdf:li xml:lang=\"fr-FR\">Note</rdf:li>", "<rdf:li>fr-FR</rdf:li>"]);
}
