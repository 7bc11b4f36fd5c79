//! The website with which everyone can check certificates: one page in the languages of the project, without a server.
//!
//! The page is in three places: at the address of the site, in the folder to which codes lead, and as the page for unknown
//! addresses, which many hosts show for the address of a code. Its files are in `page/`; words, colours and the typeface come
//! from the project. The reader of QR codes is the package `qr` from npm, version 0.7.0, unchanged.

pub mod publish;

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::{Diagnostic, Problems, Result, code};
use crate::html::escape;
use crate::locale::{Locale, Value, text_marks};
use crate::project::{embedded, reason};
use crate::run::LoadedProject;
pub use crate::trust::Site;
use crate::trust::code::with_capital_host;

/// The page at the address of the site.
pub const PAGE_PATH: &str = "index.html";

const PAGE: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/page.css");

/// The files that are published as they are.
const FILES: &[(&str, &str)] = &[
    ("verify/page.js", include_str!("page/page.js")),
    ("verify/code.js", include_str!("page/code.js")),
    ("verify/certificate.js", include_str!("page/certificate.js")),
    ("verify/pdf.js", include_str!("page/pdf.js")),
    ("verify/seal.js", include_str!("page/seal.js")),
    ("verify/text.js", include_str!("page/text.js")),
    ("verify/icon.svg", include_str!("page/icon.svg")),
    ("verify/qr/decode.js", include_str!("page/qr/decode.js")),
    ("verify/qr/index.js", include_str!("page/qr/index.js")),
    ("verify/qr/LICENSE-MIT", include_str!("page/qr/LICENSE-MIT")),
    ("service-worker.js", include_str!("page/service-worker.js")),
];

/// Files of the project that the page uses: their path in the project, and their path on the site.
const PROJECT_FILES: &[(&str, &str)] = &[
    ("fonts/source/SourceSerif4-Regular.ttf", "verify/serif.ttf"),
    ("reports/shared/drawings/seal.svg", "verify/seal.svg"),
];

/// The tag by which [`is_own_page`] recognises a page that this program has written.
const GENERATOR: &str = r#"<meta name="generator" content="gen-report">"#;

/// The messages of the page: each is `verify-ID`.
const MESSAGE_IDS: &[&str] = &[
    "title",
    "lead",
    "private",
    "no-script-text",
    "language",
    "ways",
    "camera",
    "camera-stop",
    "camera-hint",
    "file",
    "drop",
    "text-label",
    "text-hint",
    "check",
    "working",
    "again",
    "result",
    "genuine",
    "genuine-text",
    "revoked",
    "revoked-text",
    "superseded",
    "superseded-text",
    "expired",
    "expired-text",
    "altered",
    "altered-text",
    "incomplete-text",
    "print-serial-text",
    "print-city-text",
    "print-date-text",
    "credential-altered-text",
    "credential-missing-text",
    "credential-unknown-text",
    "seal-altered-text",
    "seal-missing-text",
    "seal-stamped-text",
    "seal-unknown-issuer-text",
    "unknown-issuer",
    "unknown-issuer-text",
    "unsigned",
    "unsigned-text",
    "unclear",
    "unclear-missing-text",
    "unclear-broken-text",
    "unreadable",
    "no-code-text",
    "no-address-text",
    "no-picture-text",
    "too-large-text",
    "no-link-text",
    "no-text-text",
    "no-language-text",
    "no-camera-text",
    "unable",
    "no-signatures-text",
    "no-keys-text",
    "reason",
    "fact-programme",
    "fact-edition",
    "fact-rank",
    "fact-serial",
    "fact-date",
    "fact-expires",
    "compare",
    "compare-text",
    "done",
    "done-signature",
    "done-seal",
    "done-print",
    "done-credential",
    "done-list",
    "done-expiry",
    "not-done",
    "not-done-paper",
    "not-done-pdf",
    "not-done-sealed",
];

/// The variables of the messages that the page fills in, because only it knows their values.
const PLACEHOLDERS: [&str; 7] = ["date", "successor", "reason", "key", "value", "page", "languages"];

/// A file of the site.
pub struct SiteFile {
    /// Relative to the folder of the site, with `/` between its parts.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// Returns whether these are the bytes of a page that this program has written.
pub fn is_own_page(bytes: &[u8]) -> bool {
    bytes.windows(GENERATOR.len()).any(|window| window == GENERATOR.as_bytes())
}

/// Returns the files of the page.
pub fn build_files(project: &LoadedProject, site: &Site) -> Result<Vec<SiteFile>, Problems> {
    let fallback = embedded::language_with("verify.ftl");
    let mut locales = Vec::new();
    for language in project.default_languages() {
        let locale = project.read_locale(language)?;
        if locale.has("verify-title") {
            locales.push(locale);
        }
    }
    if locales.is_empty() {
        locales.push(project.read_locale(fallback)?);
    }
    let reports: Vec<String> = project.reports().into_iter().map(|report| report.name).collect();
    let mut languages = Vec::new();
    for locale in &locales {
        languages.push(to_json(project, locale, &reports)?);
    }
    let words = json!({ "codes": with_capital_host(&site.codes), "languages": languages });
    let first = languages.iter().find(|language| language["name"] == fallback).unwrap_or(&languages[0]);
    let page = |prefix: &str| fill(PAGE, first, prefix);

    let mut files = vec![
        SiteFile::new(PAGE_PATH, page("")),
        SiteFile::new("404.html", page(&site.root)),
        SiteFile::new("verify/words.json", format!("{words}\n")),
        SiteFile::new("verify/page.css", format!("{}\n{STYLE}", project.design.css_variables())),
    ];
    if let Some(folder) = &site.folder {
        files.push(SiteFile::new(format!("{folder}/index.html"), page("../")));
    }
    files.extend(FILES.iter().map(|(path, text)| SiteFile::new(*path, *text)));
    for (source, path) in PROJECT_FILES {
        let bytes = project.files.read(source).map_err(|error| {
            Diagnostic::error(code::PROJECT_FILE, format!("`{source}` cannot be read: {}", reason(&error)))
                .help("check that you have permission to read it")
        })?;
        files.push(SiteFile { path: (*path).to_owned(), bytes: bytes.into_owned() });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

impl SiteFile {
    fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), bytes: text.into().into_bytes() }
    }
}

/// Returns the messages of a language as JSON.
fn to_json(project: &LoadedProject, locale: &Locale, reports: &[String]) -> Result<Json> {
    let results = &project.results;
    let organiser = locale.forms(&results.organiser.name, results)?;
    let plain = |text: &str| text_marks::strip(text).into_owned();
    let mut words = Map::new();
    for id in MESSAGE_IDS {
        let placeholders = PLACEHOLDERS.map(|name| (name.into(), Value::Code(format!("%{name}%"))));
        let args = placeholders.into_iter().chain([("organiser".into(), Value::Name(organiser.clone()))]).collect();
        words.insert((*id).to_owned(), plain(&locale.message(&format!("verify-{id}"), args)?).into());
    }
    let mut report_names = Map::new();
    for report in reports.iter().filter(|report| locale.has(report)) {
        if let Ok(name) = locale.message(report, Vec::new()) {
            report_names.insert(report.clone(), plain(&name).into());
        }
    }
    words.insert("organiser".to_owned(), plain(&organiser.name).into());
    words.insert("initials".to_owned(), plain(&locale.forms(&results.programme.initials, results)?.name).into());
    Ok(json!({
        "name": locale.name, "tag": locale.settings.icu.id.to_string(), "direction": locale.settings.direction, "words": words, "awards": report_names,
    }))
}

/// Fills in the words of a language, and the path from the page to the folder of the site.
fn fill(page: &str, language: &Json, prefix: &str) -> String {
    let mut page = page
        .replace("%root%", &escape(prefix))
        .replace("%lang%", &escape(language["tag"].as_str().unwrap_or_default()))
        .replace("%dir%", &escape(language["direction"].as_str().unwrap_or_default()));
    for (id, word) in language["words"].as_object().into_iter().flatten() {
        let mark = format!(" data-word=\"{id}\">");
        page = page.replace(&mark, &format!("{mark}{}", escape(word.as_str().unwrap_or_default())));
    }
    page
}
