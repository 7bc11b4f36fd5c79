//! A project in a folder of its own, and the pages that it makes.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use gen_report::diagnostic::SourceFile;
use gen_report::edition::{Choice, Edition, Job, Works};
use gen_report::locale::Locale;
use gen_report::project::Project;
use gen_report::typeset::Variant;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// The first edition's results, to change in a test.
pub const RESULTS: &str = include_str!("../../reports/results.yaml");

/// A project in Spanish, Russian, Arabic and Japanese, with the typefaces that they need.
pub const LANGUAGES: &str = "tests/languages";

/// A language of the embedded edition, or of the languages project.
pub fn locale(language: &str) -> Locale {
    let folder = if Path::new("locales").join(language).is_dir() { "." } else { LANGUAGES };
    let edition = Edition::load(Project::open(Path::new(folder), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
    edition.locale(language).unwrap_or_else(|e| panic!("{}", e[0]))
}

/// A locale of a few messages: its settings, then what is given.
pub fn small_locale(name: &str, icu: &str, messages: &str) -> Locale {
    let settings: String = include_str!("../../locales/en/numbers.ftl")
        .lines()
        .skip_while(|line| !line.starts_with("locale-icu"))
        .take_while(|line| !line.starts_with("##"))
        .map(|line| if line.starts_with("locale-icu") { format!("locale-icu = {icu}\n") } else { format!("{line}\n") })
        .collect();
    let file = SourceFile::new(format!("locales/{name}/numbers.ftl"), settings + messages);
    Locale::new(name, &[file], &|_, _| panic!("no fallback")).unwrap_or_else(|e| panic!("{}", e[0]))
}

pub struct Shop(tempfile::TempDir);

impl Shop {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The first edition with parts of its results replaced.
    pub fn edited(changes: &[(&str, &str)]) -> Self {
        let mut results = RESULTS.to_owned();
        for (from, to) in changes {
            assert!(results.contains(from), "the results hold no {from:?}");
            results = results.replacen(from, to, 1);
        }
        Self::new().file("reports/results.yaml", &results)
    }

    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the program in the folder: standard output, standard error, exit code.
    pub fn run(&self, arguments: &[&str]) -> (String, String, i32) {
        let Output { stdout, stderr, status } = Command::new(env!("CARGO_BIN_EXE_gen-report"))
            .current_dir(self.path())
            .args(arguments)
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(stdout), text(stderr), status.code().unwrap())
    }

    /// Runs the program in the folder, on the project in another.
    pub fn run_in(&self, project: &str, arguments: &[&str]) -> (String, String, i32) {
        let project = std::fs::canonicalize(project).unwrap();
        self.run(&[arguments, &["--project", project.to_str().unwrap()]].concat())
    }

    /// Runs the program, which must refuse; gives its messages.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let (_, stderr, code) = self.run(arguments);
        assert_eq!(code, 1, "{stderr}");
        stderr
    }

    /// Every document below `out/`, sorted.
    pub fn made(&self) -> Vec<String> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(&self.path().join("out"), &mut found);
        found.retain(|path| path.extension().is_some_and(|end| end != "jsonl" && end != "lock"));
        let shown = |p: PathBuf| p.strip_prefix(self.path()).unwrap().to_string_lossy().into_owned();
        let mut names: Vec<String> = found.into_iter().map(shown).collect();
        names.sort();
        names
    }

    /// The text and the number of pages of one document, as the reader meets it.
    pub fn pages(&self, language: &str, report: &str, city: Option<&str>) -> (String, usize) {
        let runs = layout(self.path().to_str().unwrap(), language, report, city);
        (runs.iter().map(|run| run.text.as_str()).collect(), runs.last().map_or(0, |run| run.page))
    }
}

/// Compares the first screen with this code to the one in tests/screens. A wanted change: `GOLDEN=write cargo test`.
#[track_caller]
#[allow(clippy::disallowed_methods, reason = "the only way to hand a wish to a test")]
pub fn same_screen(code: &str, stderr: &str) {
    let screen = stderr
        .split("\n\n")
        .find(|screen| screen.contains(&format!("[{code}]")))
        .unwrap_or_else(|| panic!("no {code} in:\n{stderr}"));
    // What was said before, on a line of its own, is no part of it.
    let screen = screen.lines().skip_while(|line| !line.contains(&format!("[{code}]"))).collect::<Vec<_>>().join("\n");
    let path = Path::new("tests/screens").join(format!("{code}.txt"));
    let found = format!("{}\n", screen.trim_end());
    if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
        fs::write(&path, &found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{} has changed; it is now\n{found}", path.display());
}

/// A text as it stands on a page, in points.
pub struct Run {
    pub text: String,
    /// The language that it is tagged with.
    pub lang: String,
    /// Counted from 1.
    pub page: usize,
    pub page_width: f64,
    pub x: f64,
    pub y: f64,
    pub width: f64,
}

/// One document as it is written.
pub fn pdf(project: &str, language: &str, report: &str, city: Option<&str>, variant: Variant) -> Vec<u8> {
    let (works, job) = works(project, language, report, city, variant);
    works.make(&job).unwrap_or_else(|e| panic!("{}", e[0])).0
}

/// A page of a PDF as dots: width, height, and red, green and blue of each.
pub fn drawn(pdf: &[u8], page: usize, dots_per_inch: f32) -> (usize, usize, Vec<[u8; 3]>) {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).unwrap();
    let scale = dots_per_inch / 72.0;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(&pdf.pages()[page], &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let dots = drawn.data().iter().map(|dot| [dot.r, dot.g, dot.b]).collect();
    (drawn.width().into(), drawn.height().into(), dots)
}

/// Every text of one document, in reading order.
pub fn layout(project: &str, language: &str, report: &str, city: Option<&str>) -> Vec<Run> {
    let (works, job) = works(project, language, report, city, Variant::default());
    works.with_pages(&job, |_, _, pages| Ok(runs(&pages.document))).unwrap_or_else(|e| panic!("{}", e[0]))
}

pub fn works(project: &str, language: &str, report: &str, city: Option<&str>, variant: Variant) -> (Works, Job) {
    let edition =
        Edition::load(Project::open(Path::new(project), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
    let choice = Choice {
        languages: vec![language.to_owned()],
        reports: vec![report.to_owned()],
        cities: city.map(str::to_owned).into_iter().collect(),
    };
    let plan = edition.plan(&choice).unwrap_or_else(|e| panic!("{}", e[0]));
    let mut jobs = edition.documents(&plan).map(Result::unwrap);
    let job = jobs.find(|j| j.city_id.as_deref() == city).unwrap();
    drop(jobs);
    let works = Works::prepare(edition, plan, false, variant).unwrap_or_else(|e| panic!("{}", e[0]));
    (works, job)
}

/// The texts of one document, in reading order.
pub fn texts(project: &str, language: &str, report: &str, city: Option<&str>) -> Vec<String> {
    layout(project, language, report, city).into_iter().map(|run| run.text).collect()
}

pub fn runs(document: &PagedDocument) -> Vec<Run> {
    let mut runs = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        let width = page.frame.width().to_pt();
        collect(&page.frame, Transform::identity(), &mut |text, at| {
            runs.push(Run {
                text: text.text.to_string(),
                lang: text.lang.as_str().to_owned(),
                page: index + 1,
                page_width: width,
                x: at.x.to_pt(),
                y: at.y.to_pt(),
                width: text.width().to_pt(),
            });
        });
    }
    runs
}

fn collect(frame: &Frame, above: Transform, found: &mut impl FnMut(&TextItem, Point)) {
    for (at, item) in frame.items() {
        let here = above.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => collect(&group.frame, here.pre_concat(group.transform), found),
            FrameItem::Text(run) => found(run, Point::zero().transform(here)),
            _ => {}
        }
    }
}
