//! What each fuzz target does with its bytes. `cargo test` does it with the corpus: see tests/fuzz.rs.
#![allow(dead_code, reason = "each target uses its own")]

use std::path::Path;
use std::sync::OnceLock;

use gen_report::diagnostic::{Diagnostic, Place, SourceFile};
use gen_report::locale::{Locale, marks};
use gen_report::project::Project;
use gen_report::results::{self, Results};
use gen_report::template::{Templates, escape as escaping};

use crate::syntax::{self, SyntaxNode, ast};

/// What is said can be shown: as a screen, and to other programs.
fn told(problem: &Diagnostic) {
    assert!(problem.render(true).contains(problem.code.0));
    let wire = problem.to_wire();
    let is = |p: &Place, origin, path: &str| p.file.origin == origin && p.file.path == path;
    let file = |origin, path: &str| problem.places.iter().find(|p| is(p, origin, path)).expect("its own").file.clone();
    let again = Diagnostic::from_wire(&wire, &file).expect("what was written is read");
    assert_eq!(again.to_json(), problem.to_json());
}

/// Facts are read, or all that is wrong with them is told at its place.
pub fn yaml(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (results, problems) = results::read_results(&SourceFile::new("results.yaml", text), None, None, false);
    assert!(results.is_some() || !problems.is_empty());
    for problem in problems.iter().take(20) {
        assert!(problem.help.is_some() || problem.message.starts_with("there is no"), "{problem}");
        told(problem);
    }
    for text in results.iter().flat_map(Results::texts) {
        for language in ["fr", "en", "zh"] {
            let name = text.find(language).map(|forms| forms.name.clone()).unwrap_or_default();
            assert!(!name.chars().any(results::forbidden));
        }
    }
}

struct Shop {
    project: Project,
    results: Results,
    locale: Locale,
}

/// The embedded edition in English.
fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| {
        let facts = SourceFile::new("results.yaml", include_str!("../reports/results.yaml"));
        let files = [
            SourceFile::new("locales/en/numbers.ftl", include_str!("../locales/en/numbers.ftl")),
            SourceFile::new("locales/en/text.ftl", include_str!("../locales/en/text.ftl")),
        ];
        Shop {
            project: Project::open(Path::new("."), None).expect("there is a folder"),
            results: results::load(&facts).expect("ours are right"),
            locale: Locale::new("en", &files, &|_, _| Err(Vec::new())).expect("ours is right"),
        }
    })
}

/// A template is compiled and rendered, or what is wrong with it is told; each byte of it leads back somewhere.
pub fn template(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Shop { project, results, locale } = shop();
    // As a shared one it can call itself.
    let name = "shared/fuzz";
    let file = SourceFile::new("reports/shared/fuzz.typ.hbs", text);
    let templates = match Templates::of([(name.to_owned(), Ok(file))]) {
        Ok(templates) => templates,
        Err(problems) => return problems.iter().for_each(told),
    };
    for city in [results.cities.first(), None] {
        match templates.render(name, project, results, &[locale], city) {
            Ok(rendered) => {
                for offset in 0..=rendered.source.len() {
                    let _ = rendered.place(offset, &templates.origins);
                }
            }
            Err(problems) => problems.iter().for_each(told),
        }
    }
}

/// The string literals of a tree, in order. Anything else that prints would be a leak.
fn strings(node: &SyntaxNode, out: &mut String) {
    match node.cast::<ast::Str<'_>>() {
        Some(string) => out.push_str(&string.get()),
        None => node.children().for_each(|child| strings(child, out)),
    }
}

/// Any text is read back by Typst as it is, in markup and in code. Only white space may join lines.
pub fn escape(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // The reader of facts refuses these, and so nothing but a locale makes them, in pairs.
    if text.chars().any(results::forbidden) {
        return;
    }
    let exact = !text.contains(['\n', '\t', '\u{2028}']);
    let black = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for source in [format!("a {}(b)", escaping::content(text)), format!("#let a = {}", escaping::string(text))] {
        let root = syntax::parse(&source);
        assert!(root.errors_and_warnings().0.is_empty(), "{source}");
        let mut read = String::new();
        strings(&root, &mut read);
        match exact {
            true => assert_eq!(read, text),
            false => assert_eq!(black(&read), black(text)),
        }
    }
    assert_eq!(marks::strip(text), text);
}
