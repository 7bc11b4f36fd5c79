//! What the page in the browser shows.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::editor::Editor;
use super::screen;
use crate::diagnostic::{Diagnostic, FileOrigin, Problems, Severity};
use crate::document::Languages;
use crate::hash::Hash128;
use crate::locale::trace::ResolvedText;
use crate::run::{Builder, Job};
use crate::template::Rendered;
use crate::typeset::Pages;

/// A document beside the others, in one language or a pair.
pub struct ShownDocument {
    pub languages: Languages,
    /// Those of the last build that succeeded.
    pub pages: Vec<ShownPage>,
    /// Whether [`Self::pages`] are those of the files as they are now.
    pub is_current: bool,
    /// Of the last build.
    pub problems: Problems,
    /// The last build that succeeded.
    pub(super) built: Option<BuiltPages>,
}

/// A page as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownPage {
    /// The hash of its SVG.
    pub hash: String,
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
}

/// What the origins of the texts on a page are found with.
pub(super) struct BuiltPages {
    pub builder: Arc<Builder>,
    pub job: Job,
    pub rendered: Rendered,
    /// The hash of what the pages were laid out from, apart from the files in reports/.
    pub source: Hash128,
    pub pages: Arc<Pages>,
    /// What the locales have printed.
    pub texts: Vec<ResolvedText>,
}

/// A part of a page that a line of a file has printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Highlight {
    /// The index of the document.
    pub document: usize,
    /// The index of the page.
    pub page: usize,
    /// Left, top, right and bottom, in points.
    pub bounds: [f64; 4],
}

impl Highlight {
    pub fn to_json(&self) -> Json {
        json!({ "document": self.document, "page": self.page, "bounds": self.bounds })
    }
}

impl ShownDocument {
    pub(super) fn to_json(&self) -> Json {
        let locale = self.built.as_ref().and_then(|built| {
            let first = self.languages.iter().next()?;
            built.builder.locales.iter().find(|locale| locale.name == first)
        });
        let pages: Vec<Json> = self
            .pages
            .iter()
            .map(|page| json!({ "hash": page.hash, "width": page.width, "height": page.height }))
            .collect();
        json!({
            "languages": self.languages.to_string(),
            "tag": locale.map(|locale| locale.settings.tag()),
            "current": self.is_current,
            "problems": self.problems.iter().map(problem_key).collect::<Vec<_>>(),
            "pages": pages,
        })
    }
}

/// Identifies a diagnostic in the page.
pub(super) fn problem_key(problem: &Diagnostic) -> String {
    format!("{} {}", problem.code.0, problem.message)
}

/// Returns a diagnostic as the page shows it.
pub(super) fn problem_to_json(problem: &Diagnostic, editor: Option<&Editor>) -> Json {
    let place = problem.places.first().map(|place| {
        let (line, column) = place.file.line_column(place.range.start);
        let file = (place.file.origin == FileOrigin::Disk).then(|| place.file.path.clone());
        json!({ "shown": place.file.display_path(), "file": file, "line": line, "column": column })
    });
    let rendered: Vec<Json> =
        screen::spans(&problem.render(true)).into_iter().map(|span| json!([span.style, span.text])).collect();
    let mut json = json!({
        "key": problem_key(problem),
        "error": problem.severity == Severity::Error,
        "code": problem.code.0,
        "message": problem.message,
        "place": place,
        "rendered": rendered,
    });
    if let (Some(editor), Some(place)) = (editor, problem.places.first()) {
        editor.add_to(&mut json, place);
    }
    json
}
