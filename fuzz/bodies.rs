//! What each fuzz target does with its bytes. The suite replays the corpus: see tests/suite/safety/corpus.rs.
//!
//! Each function returns what came of the input, or `None` if it is not UTF-8: the targets ignore it, the suite
//! compares it.
#![allow(dead_code, reason = "each target uses its own")]

use std::path::Path;
use std::sync::OnceLock;

use gen_report::diagnostic::{Diagnostic, Place, Problems, SourceFile};
use gen_report::locale::{Locale, text_marks};
use gen_report::pdf::text::ExtractedText;
use gen_report::project::{Project, picture};
use gen_report::results::{self, ReadOptions, Results};
use gen_report::run::manifest::ManifestEntry;
use gen_report::template::{Templates, escape as escaping};
use gen_report::trust::{self, KeySet, Signer, Status};

use crate::syntax::{self, SyntaxNode, ast};

/// Codes of diagnostics.
pub type Codes = Vec<&'static str>;

/// Asserts that a diagnostic can be rendered, and survives its way between processes; returns its code.
fn check(problem: &Diagnostic) -> &'static str {
    assert!(problem.render(true).contains(problem.code.0));
    let wire = problem.to_wire();
    let is = |p: &Place, origin, path: &str| p.file.origin == origin && p.file.path == path;
    let file = |origin, path: &str| {
        problem.places.iter().find(|p| is(p, origin, path)).expect("a file of the diagnostic").file.clone()
    };
    let again = Diagnostic::from_wire(&wire, &file).expect("a diagnostic reads what it has written");
    assert_eq!(again.to_json(), problem.to_json());
    problem.code.0
}

/// Reads results: they are read, or there are diagnostics, each with help. Returns the identifiers of the cities, and
/// the codes.
pub fn yaml(bytes: &[u8]) -> Option<(Vec<String>, Codes)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (results, problems) = results::read(&SourceFile::new("results.yaml", text), &ReadOptions::default());
    assert!(results.is_some() || !problems.is_empty());
    for problem in problems.iter().take(20) {
        assert!(problem.help.is_some() || problem.message.starts_with("there is no"), "{problem}");
        check(problem);
    }
    for text in results.iter().flat_map(Results::texts) {
        for language in ["fr", "en", "zh"] {
            let name = text.find(language).map(|forms| forms.name.clone()).unwrap_or_default();
            assert!(!name.chars().any(results::is_forbidden));
        }
    }
    let cities = results.iter().flat_map(|results| &results.cities).map(|city| city.id.clone());
    Some((cities.collect(), problems.iter().map(|problem| problem.code.0).collect()))
}

struct ExampleEdition {
    project: Project,
    results: Results,
    locale: Locale,
}

/// The example edition in English.
fn example_edition() -> &'static ExampleEdition {
    static LOADED: OnceLock<ExampleEdition> = OnceLock::new();
    LOADED.get_or_init(|| {
        let facts = SourceFile::new("results.yaml", include_str!("../reports/results.yaml"));
        let files = [
            SourceFile::new("locales/en/numbers.ftl", include_str!("../locales/en/numbers.ftl")),
            SourceFile::new("locales/en/text.ftl", include_str!("../locales/en/text.ftl")),
        ];
        ExampleEdition {
            project: Project::open(Path::new("."), None).expect("there is a folder"),
            results: results::load(&facts).expect("the results of the example edition are valid"),
            locale: Locale::new("en", &files, &|_, _| Err(Problems::new())).expect("the English locale is valid"),
        }
    })
}

/// Compiles and renders a template, with a city and without: there is a source, each byte of which has an origin, or
/// there are diagnostics. Returns the sources, or the codes.
pub fn template(bytes: &[u8]) -> Option<Vec<Result<String, Codes>>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let ExampleEdition { project, results, locale } = example_edition();
    // A shared template can call itself.
    let name = "shared/fuzz";
    let file = SourceFile::new("reports/shared/fuzz.typ.hbs", text);
    let templates = match Templates::compile([(name.to_owned(), Ok(file))]) {
        Ok(templates) => templates,
        Err(problems) => return Some(vec![Err(problems.iter().map(check).collect())]),
    };
    let render = |city| match templates.render(name, project, results, &[locale], city) {
        Ok(rendered) => {
            for offset in 0..=rendered.source.len() {
                let _ = rendered.place(offset, &templates.element_starts);
            }
            Ok(rendered.source)
        }
        Err(problems) => Err(problems.iter().map(check).collect()),
    };
    Some([results.cities.first(), None].map(render).into())
}

/// Collects the string literals of a tree, in order: escaped text is nothing else.
fn strings(node: &SyntaxNode, out: &mut String) {
    match node.cast::<ast::Str<'_>>() {
        Some(string) => out.push_str(&string.get()),
        None => node.children().for_each(|child| strings(child, out)),
    }
}

/// Escapes a text: Typst reads back the same text, in markup and in code. Only line ends and tabs may become spaces.
/// Returns what Typst reads.
pub fn escape(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    // The reader of results rejects these characters. Only locales use them, in pairs.
    if text.chars().any(results::is_forbidden) {
        return None;
    }
    let mut last = String::new();
    let exact = !text.contains(['\n', '\t', '\u{2028}']);
    let without_spaces = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for source in [format!("a {}(b)", escaping::content(text)), format!("#let a = {}", escaping::string(text))] {
        let root = syntax::parse(&source);
        assert!(root.errors_and_warnings().0.is_empty(), "{source}");
        let mut read = String::new();
        strings(&root, &mut read);
        match exact {
            true => assert_eq!(read, text),
            false => assert_eq!(without_spaces(&read), without_spaces(text)),
        }
        last = read;
    }
    assert_eq!(text_marks::strip(text), text);
    Some(last)
}

/// Reads a file of records; the first byte says of which kind. They are read, or there are diagnostics, each with help.
/// Returns the identifiers of the cities, and the codes.
pub fn records(bytes: &[u8]) -> Option<(Vec<String>, Codes)> {
    let (kind, rest) = bytes.split_first()?;
    let extension = ["csv", "jsonl", "yaml", "tsv"][usize::from(*kind) % 4];
    let path = std::env::temp_dir().join(format!("gen-report-fuzz-{}.{extension}", std::process::id()));
    std::fs::write(&path, rest).expect("the folder of temporary files is writable");
    // The example edition without its own city.
    let (head, _) = include_str!("../reports/results.yaml").split_once("\ncities:\n").expect("there is a list");
    let head: Vec<&str> = head.lines().filter(|line| !line.contains("- beijing/")).collect();
    let facts = SourceFile::new("results.yaml", head.join("\n") + "\ncities: []\n");
    let (results, problems) = results::read(&facts, &ReadOptions { records: Some(&path), ..ReadOptions::default() });
    std::fs::remove_file(&path).expect("the file was written");
    for problem in problems.iter().take(20) {
        assert!(problem.help.is_some(), "{problem}");
        check(problem);
    }
    let cities = results.iter().flat_map(|results| &results.cities).map(|city| city.id.clone());
    Some((cities.collect(), problems.iter().map(|problem| problem.code.0).collect()))
}

/// Looks at a picture before it is decoded. Returns why it cannot be used.
pub fn picture(bytes: &[u8]) -> Option<String> {
    picture::find_problem(bytes)
}

/// Reads the lines of a manifest: what is read is written in the same way again. Returns the number of entries.
pub fn manifest(bytes: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(bytes).ok()?;
    let entries: Vec<ManifestEntry> = text.lines().filter_map(ManifestEntry::parse).collect();
    for entry in &entries {
        let again = ManifestEntry::parse(&entry.to_line()).expect("an entry reads what it has written");
        assert_eq!(again, *entry);
    }
    Some(entries.len())
}

/// Extracts the text of a finished document, as `check --out` does. Returns the number of its pages.
pub fn audit(bytes: &[u8]) -> Option<usize> {
    let text = [false, true].map(|rtl| ExtractedText::read(bytes.to_vec(), rtl));
    let text = text.into_iter().flatten().next()?;
    let _ = text.excerpt(0, text.chars.len());
    Some(text.page_count())
}

/// The secret key that signed the corpus of [`verify`], and no other certificate: test vector 1 of RFC 8032, section 7.1.
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

/// Checks a PDF, a picture, an address or a credential. Nothing is genuine but the one certificate that the key has signed.
/// Returns the answers.
pub fn verify(bytes: &[u8]) -> Vec<Status> {
    static KEYS: OnceLock<KeySet> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let signer: Signer = serde_json::from_str(&format!("\"{SEED}\"")).expect("a key");
        let mut keys = KeySet::default();
        keys.add(signer.public_key());
        keys
    });
    let findings = trust::verify(bytes, keys, std::slice::from_ref(&example_edition().locale));
    assert!(!findings.is_empty(), "there is an answer to everything");
    for finding in &findings {
        let (json, line) = (finding.to_json("input"), finding.describe("input"));
        assert!(!line.is_empty() && !json["status"].is_null());
        if finding.status == Status::Genuine {
            assert_eq!(finding.serial(), Some("2025-01-0001"), "{finding:?}");
            assert_eq!(json["claim"]["city"], "Beijing");
            assert_eq!(json["claim"]["date"], "2025-11-28");
            assert!(finding.key.as_ref().is_some_and(|id| keys.with_id(id).is_some()));
            assert!(finding.compared.contains(&"signature"));
        }
    }
    findings.into_iter().map(|finding| finding.status).collect()
}
