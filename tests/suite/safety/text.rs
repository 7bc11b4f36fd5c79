//! Any text in the data: the finished PDF contains it as the typography of the language sets it, and nothing else
//! changes; or it is refused for a stated reason.

use std::cell::RefCell;
use std::collections::BTreeMap;

use gen_report::diagnostic::SourceFile;
use gen_report::locale::text_marks;
use gen_report::pdf::text::ExtractedText;
use gen_report::results::load;
use gen_report::run::Builder;
use gen_report::typeset::Variant;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::{RELEASE, assert_refused};
use crate::support::{Documents, EN, ProjectDir, RESULTS, RESULTS_FILE, locale, structure};

/// The documents of a city whose name changes.
struct NamedCity {
    documents: RefCell<Documents>,
    report: &'static str,
    language: &'static str,
    /// The structure, the number of pages and the text of the document for a city named `Lumen`.
    plain: (Vec<(usize, String)>, usize, String),
}

/// A name that nothing else in the example edition contains.
const PLAIN: &str = "Lumen";

enum Outcome {
    Printed,
    /// The code of the error.
    Refused(&'static str),
}

impl NamedCity {
    fn new(report: &'static str, language: &'static str) -> Self {
        let documents = Documents::open(ProjectDir::new().path(), &[language], Variant::default());
        let mut city = Self { documents: documents.into(), report, language, plain: Default::default() };
        let pdf = city.pdf(PLAIN).unwrap();
        let elements = elements(&pdf);
        let (pages, text) = pages_and_text(pdf);
        city.plain = (elements, pages, text);
        assert!(city.plain.0.len() > 10 && city.plain.2.contains(PLAIN), "{:?}", city.plain);
        city
    }

    /// Builds the document, or returns the code of the first error.
    fn pdf(&self, name: &str) -> Result<Vec<u8>, &'static str> {
        // JSON is YAML: any text can be written like this.
        let name = serde_json::to_string(name).unwrap();
        let (before, after) = RESULTS.split_once("    name:\n      fr: Beijing\n").unwrap();
        let (_, after) = after.split_once("    country:").unwrap();
        let yaml = format!("{before}    name: {name}\n    country:{after}");
        let mut documents = self.documents.borrow_mut();
        let result = load(&SourceFile::new(RESULTS_FILE, yaml)).and_then(|results| {
            let builder: &mut Builder = &mut documents.builder;
            builder.project.results = results;
            Ok(documents.builder.build(documents.job(self.language, self.report, Some("beijing")))?.pdf)
        });
        result.map_err(|problems| {
            assert!(problems.iter().all(|p| p.help.is_some() && !p.places.is_empty()), "{name}: {}", problems[0]);
            problems[0].code.0
        })
    }

    /// Asserts that a name is printed as text and nothing else changes, or that it is refused with a message.
    fn check(&self, name: &str) -> Outcome {
        let pdf = match self.pdf(name) {
            Ok(pdf) => pdf,
            Err(code) => return Outcome::Refused(code),
        };
        assert_eq!(elements(&pdf), self.plain.0, "{name:?} changes the structure of the page");
        let expected = visible(&text_marks::strip(&locale(self.language).apply_typography(name)));
        let (pages, printed) = pages_and_text(pdf);
        assert!(contains(&printed, &expected), "{name:?}: {expected:?} is missing in `{}`:\n{printed}", self.language);
        // French contracts “de” and “à” with the name, and a long name may need a second page with a heading: more changes
        // there than the name.
        if self.language != "fr" && pages == self.plain.1 {
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            let expected = squeezed(&self.plain.2).replace(PLAIN, &squeezed(&expected));
            assert_eq!(squeezed(&printed), expected, "{name:?} changes other text");
        }
        Outcome::Printed
    }
}

/// The structure elements of a document without spans, which mark a change of language inside a text.
fn elements(pdf: &[u8]) -> Vec<(usize, String)> {
    structure(pdf).into_iter().filter(|(_, kind)| kind != "Span").collect()
}

fn pages_and_text(pdf: Vec<u8>) -> (usize, String) {
    let document = ExtractedText::read(pdf, false).unwrap();
    (document.page_count(), visible(&document.chars.iter().collect::<String>()))
}

/// A text without characters that no page shows: joiners, directional marks, variation selectors and the like.
fn visible(text: &str) -> String {
    let is_invisible = |c: char| {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{180e}' | '\u{61c}')
    };
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Whether a document contains a text. A line end may replace a space, or be between any two characters.
fn contains(document: &str, text: &str) -> bool {
    let document: Vec<char> = document.chars().collect();
    let text: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    (0..document.len()).any(|start| {
        let mut rest = &document[start..];
        text.iter().all(|c| {
            let gap = rest.iter().take_while(|c| c.is_whitespace()).count();
            if *c == ' ' && gap > 0 {
                rest = &rest[gap..];
                return true;
            }
            if rest[..gap].contains(&'\n') {
                rest = &rest[gap..];
            }
            let is_same = rest.first() == Some(c);
            rest = rest.get(1..).unwrap_or_default();
            is_same
        })
    })
}

#[test]
fn markup_in_a_name_is_printed_as_text() {
    let names = [
        r##"#read("secret.txt") *x* $1$ <a> @b \ // /* c"##,
        "= a",
        "- a",
        "+ a",
        "/ a: b",
        "`a`",
        "~a -- b",
        "'a' \"b\"",
        "#",
        "]",
        "{{city.id}}",
        "{ $x }",
        "\\u{41}",
    ];
    for (report, language) in [("certificate", "fr"), ("certificate", "zh"), ("press-release", "fr")] {
        let city = NamedCity::new(report, language);
        for name in names {
            assert!(matches!(city.check(name), Outcome::Printed), "{name} is refused");
        }
    }
}

/// The Big List of Naughty Strings (npm `big-list-of-naughty-strings` 1.0.0, MIT).
#[test]
fn naughty_strings_are_printed_as_text_or_refused() {
    let strings: Vec<String> = serde_json::from_str(include_str!("../../naughty/blns.json")).unwrap();
    let city = NamedCity::new("certificate", "en");
    let mut printed = 0;
    let mut refused = BTreeMap::<&str, usize>::new();
    for string in &strings {
        match city.check(string) {
            Outcome::Printed => printed += 1,
            Outcome::Refused(code) => *refused.entry(code).or_default() += 1,
        }
    }
    assert_eq!(printed + refused.values().sum::<usize>(), strings.len());
    // An empty or forbidden text, a page that overflows, a character without a glyph.
    assert!(refused.keys().all(|code| ["E0103", "E0104", "E0401", "E0501"].contains(code)), "{refused:?}");
    assert!(printed > 250, "only {printed} of {} were printed: {refused:?}", strings.len());
}

/// Letters, and characters with a meaning in YAML, Fluent, Handlebars, Typst or PDF.
const CHARACTERS: &str = "aeioukzMRTéœßÅøłŞ0189 #$*_`<>@\\/\"'{}[]()=+-~&|^%!?.,;:–—’“北京数字经济，。、《》";

#[test]
fn random_names_are_printed_as_text_or_refused() {
    let cities = ["en", "zh"].map(|language| NamedCity::new("certificate", language));
    let printed = RefCell::new(0);
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let names = prop::collection::vec(select(characters), 1..20).prop_map(String::from_iter);
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&names, |name| {
        for city in &cities {
            match city.check(&name) {
                Outcome::Printed => *printed.borrow_mut() += 1,
                Outcome::Refused(code) => prop_assert!(["E0103", "E0104", "E0501"].contains(&code), "{name:?}: {code}"),
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|e| panic!("{e}"));
    assert!(printed.into_inner() > 100);
}

/// A project with another English name of the city.
fn named(name: &str) -> ProjectDir {
    let written = serde_json::to_string(name).unwrap();
    ProjectDir::with_results(&[("      en: Beijing\n", &format!("      en: {written}\n"))])
}

#[test]
fn control_characters_and_unclosed_directional_marks_are_refused() {
    for name in ["Bei\0jing", "Bei\u{7}jing", "Bei\u{1b}[31mjing", "Bei\u{85}jing", "Bei\u{fdd0}jing"] {
        assert_refused(&named(name), RELEASE, &["E0103", "cannot be printed", RESULTS_FILE]);
    }
    // After an unclosed override the whole sentence would run from right to left.
    for mark in ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}'] {
        assert_refused(&named(&format!("Bei{mark}jing")), RELEASE, &["E0103", RESULTS_FILE]);
    }
    for open in ["Bei\u{2067}jing", "Bei\u{2069}jing", "\u{2066}Bei\u{2068}jing\u{2069}"] {
        assert_refused(&named(open), RELEASE, &["E0103", "direction", RESULTS_FILE]);
    }
    named("Bei\u{2068}jing\u{2069}").run_ok(RELEASE);
    assert_refused(&ProjectDir::new().file(EN, "a = b\u{202e}c\n"), RELEASE, &["E0201", "text.ftl"]);
    assert_refused(&ProjectDir::new().file(RESULTS_FILE, format!("a: b\0\n{RESULTS}")), &[], &[RESULTS_FILE]);
}

#[test]
fn very_many_characters_are_refused_or_printed_in_reasonable_time() {
    assert_refused(&named(&format!("Be{}ijing", "\u{301}".repeat(10_000))), RELEASE, &["E0103", RESULTS_FILE]);
    assert_refused(
        &named(&format!("Be{}ijing", "\u{301}".repeat(9_000))),
        RELEASE,
        &["E0103", "30 combining marks", RESULTS_FILE],
    );
    assert_refused(&named(&"Beijing ".repeat(2_000)), RELEASE, &["E0103", "10000 characters", RESULTS_FILE]);
    // Thirty marks on a letter are more than any script has, and are printed.
    named(&format!("Be{}ijing", "\u{301}".repeat(30))).run_ok(RELEASE);
    for invisible in ["\u{200b}", "\u{200d}", "\u{2060}", "\u{ad}", "\u{feff}", "\u{34f}"] {
        let (_, stderr, code) = named(&format!("Bei{}jing", invisible.repeat(5_000))).run(RELEASE);
        assert!(
            code == 0 || stderr.contains("E0501") || stderr.contains("E0402"),
            "U+{:04X}: {stderr}",
            u32::from(invisible.chars().next().unwrap())
        );
    }
    let (_, stderr, code) = named(&"Beijing ".repeat(1_000)).run(RELEASE);
    assert!(code == 0 || stderr.contains("error["), "{stderr}");
}
