//! Whatever text stands in the data, the finished PDF holds it as the language's typography sets it, and the page is
//! built as it was; or it is refused for a reason.

use std::cell::RefCell;
use std::path::Path;

use crate::support::RESULTS;
use gen_report::pdf::text::ExtractedText;
use gen_report::diagnostic::SourceFile;
use gen_report::run::{Selection, LoadedProject, Job, Builder};
use gen_report::locale::{Locale, marks};
use gen_report::pdf::text::ExtractedText;
use gen_report::project::Project;
use gen_report::results::load;
use gen_report::typeset::Variant;
use lopdf::Object;
use proptest::prelude::*;
use proptest::sample::select;

/// Letters, and all that means something to YAML, Fluent, Handlebars, Typst or PDF.
const CHARACTERS: &str = "aeioukzMRTéœßÅøłŞ0189 #$*_`<>@\\/\"'{}[]()=+-~&|^%!?.,;:–—’“北京数字经济，。、《》";

/// The certificate of a city whose name changes, in two languages.
struct ProjectDir {
    works: RefCell<Builder>,
    jobs: Vec<Job>,
    locales: Vec<Locale>,
}

impl ProjectDir {
    fn new() -> Self {
        let edition =
            LoadedProject::load(Project::open(Path::new("."), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
        let languages = vec!["en".to_owned(), "zh".to_owned()];
        let locales = languages.iter().map(|l| edition.locale(l).unwrap_or_else(|e| panic!("{}", e[0]))).collect();
        let choice = Selection { languages, reports: vec!["certificate".into()], cities: Vec::new() };
        let plan = edition.plan(&choice).unwrap_or_else(|e| panic!("{}", e[0]));
        let jobs = edition.jobs(&choice).unwrap_or_else(|e| panic!("{}", e[0]));
        let works = Builder::new(edition, plan, false, Variant::default()).unwrap_or_else(|e| panic!("{}", e[0]));
        Self { works: works.into(), jobs, locales }
    }

    /// The PDFs, or why the name is refused.
    fn pdfs(&self, name: &str) -> Vec<Result<Vec<u8>, String>> {
        let written = serde_json::to_string(name).unwrap();
        let (before, after) = RESULTS.split_once("    name:\n      fr: Beijing\n").unwrap();
        let (_, after) = after.split_once("    country:").unwrap();
        let yaml = format!("{before}    name: {written}\n    country:{after}");
        let results = match load(&SourceFile::new("results.yaml", yaml)) {
            Ok(results) => results,
            Err(problems) => return vec![Err(problems[0].to_string())],
        };
        self.works.borrow_mut().edition.results = results;
        let works = self.works.borrow();
        self.jobs.iter().map(|job| works.make(job).map(|made| made.0).map_err(|e| e[0].to_string())).collect()
    }
}

/// Whether the text stands in the document; a line end may stand for a space, or between any two characters.
fn holds(document: &[char], text: &str) -> bool {
    let text: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    (0..document.len()).any(|start| {
        let mut rest = &document[start..];
        text.iter().all(|c| {
            let gap = rest.iter().take_while(|c| c.is_whitespace()).count();
            let broken = gap > 0 && rest[..gap].contains(&'\n');
            rest = match *c {
                ' ' if gap > 0 => {
                    return {
                        rest = &rest[gap..];
                        true
                    };
                }
                _ if broken => &rest[gap..],
                _ => rest,
            };
            let same = rest.first() == Some(c);
            rest = rest.get(1..).unwrap_or_default();
            same
        })
    })
}

/// The kinds of the structure's elements, in order (ISO 32000-2, 14.7). A change of language inside a text is a span.
fn tags(pdf: &[u8]) -> Vec<String> {
    fn walk(document: &lopdf::Document, object: &Object, found: &mut Vec<String>) {
        match document.dereference(object).unwrap().1 {
            Object::Array(items) => items.iter().for_each(|item| walk(document, item, found)),
            Object::Dictionary(element) => {
                if let Ok(kind) = element.get(b"S").and_then(Object::as_name) {
                    found.push(String::from_utf8_lossy(kind).into_owned());
                }
                if let Ok(inside) = element.get(b"K") {
                    walk(document, inside, found);
                }
            }
            _ => {}
        }
    }
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().clone();
    let mut found = Vec::new();
    walk(&document, &root, &mut found);
    found.retain(|kind| kind != "Span");
    found
}

#[test]
fn any_text_stands_in_the_pdf_as_the_language_sets_it() {
    let project = ProjectDir::new();
    let plain: Vec<Vec<String>> = project.pdfs("Beijing").iter().map(|pdf| tags(pdf.as_ref().unwrap())).collect();
    assert!(plain.iter().all(|tags| tags.len() > 10 && tags.contains(&"Figure".to_owned())), "{plain:?}");
    let printed = RefCell::new(0);
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let names = prop::collection::vec(select(characters), 1..20).prop_map(String::from_iter);
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&names, |name| {
        for ((pdf, locale), plain) in project.pdfs(&name).into_iter().zip(&project.locales).zip(&plain) {
            match pdf {
                Ok(pdf) => {
                    prop_assert_eq!(&tags(&pdf), plain);
                    let document = ExtractedText::read(pdf, false).unwrap();
                    prop_assert_eq!(document.page_count(), 1);
                    let set = marks::strip(&locale.finish(&name)).into_owned();
                    let text: String = document.chars.iter().collect();
                    prop_assert!(holds(&document.chars, &set), "{:?} in `{}`:\n{}", set, locale.name, text);
                    *printed.borrow_mut() += 1;
                }
                Err(screen) => prop_assert!(screen.contains("error[E0") && screen.contains("help: "), "{}", screen),
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|e| panic!("{e}"));
    assert!(printed.into_inner() > 100);
}
