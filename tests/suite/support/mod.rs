//! Temporary projects, documents built in this process, and comparison with stored files.

pub mod authority;
pub mod bucket;
mod pdf;
pub mod time_stamps;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex};

use gen_report::diagnostic::SourceFile;
use gen_report::locale::Locale;
use gen_report::project::Project;
use gen_report::run::{Builder, Job, LoadedProject, Selection};
use gen_report::typeset::Variant;
use snapbox::Data;
use snapbox::data::DataFormat;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

pub use pdf::{attached_files, rasterize, structure};

/// The results of the example edition, which tests change.
pub const RESULTS: &str = include_str!("../../../reports/results.yaml");

/// A project in the languages that are not embedded, with the typefaces that these need.
pub const LANGUAGES: &str = "tests/languages";

pub const RESULTS_FILE: &str = "reports/results.yaml";
pub const CERTIFICATE: &str = "reports/certificate/city.typ.hbs";
pub const CITY_RELEASE: &str = "reports/press-release/city.typ.hbs";
pub const EN: &str = "locales/en/text.ftl";
pub const EN_NUMBERS: &str = "locales/en/numbers.ftl";
pub const FR: &str = "locales/fr/text.ftl";
pub const FR_PROGRAMME: &str = "locales/fr/programme.ftl";
pub const FR_NUMBERS: &str = "locales/fr/numbers.ftl";
pub const ZH: &str = "locales/zh/text.ftl";
pub const ZH_PROGRAMME: &str = "locales/zh/programme.ftl";
pub const EN_PROGRAMME: &str = "locales/en/programme.ftl";

/// A PNG of one pixel.
pub const PIXEL: &[u8] = include_bytes!("../../hostile/pixel.png");

/// Returns a language of the example edition or of the languages project. Each is loaded once.
pub fn locale(language: &str) -> &'static Locale {
    static LOADED: Mutex<Option<HashMap<String, &'static Locale>>> = Mutex::new(None);
    let mut loaded = LOADED.lock().unwrap();
    loaded.get_or_insert_default().entry(language.to_owned()).or_insert_with(|| {
        let project = if Path::new("locales").join(language).is_dir() { "." } else { LANGUAGES };
        let locale = load_edition(project).read_locale(language).unwrap_or_else(|e| panic!("{}", e[0]));
        Box::leak(Box::new(locale))
    })
}

/// Returns a locale with the settings of English, another ICU tag, and the given messages.
pub fn small_locale(name: &str, icu: &str, messages: &str) -> Locale {
    let settings: String = include_str!("../../../locales/en/numbers.ftl")
        .lines()
        .skip_while(|line| !line.starts_with("locale-icu"))
        .take_while(|line| !line.starts_with("##"))
        .map(|line| if line.starts_with("locale-icu") { format!("locale-icu = {icu}\n") } else { format!("{line}\n") })
        .collect();
    let file = SourceFile::new(format!("locales/{name}/numbers.ftl"), settings + messages);
    Locale::new(name, &[file], &|_, _| panic!("no fallback")).unwrap_or_else(|e| panic!("{}", e[0]))
}

pub fn load_edition(project: impl AsRef<Path>) -> LoadedProject {
    LoadedProject::load(Project::open(project.as_ref(), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]))
}

/// A temporary project folder. What it does not hold comes from the example edition, which is embedded in the program.
pub struct ProjectDir(tempfile::TempDir);

impl ProjectDir {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A project that differs from the example edition in parts of its results: pairs of old and new text.
    pub fn with_results(changes: &[(&str, &str)]) -> Self {
        changes.iter().fold(Self::new(), |project, (from, to)| project.edit(RESULTS_FILE, from, to))
    }

    /// A copy of the languages project.
    pub fn with_languages() -> Self {
        let project = Self::new();
        copy_folder(Path::new(LANGUAGES), project.path());
        project
    }

    /// A project in which `gen-report` has already built the example edition into `out/`.
    pub fn with_built_edition() -> Self {
        static OUTPUT: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
            let project = ProjectDir::new();
            project.run_ok(&["--quiet"]);
            files_below(&project.path().join("out"))
        });
        OUTPUT.iter().fold(Self::new(), |project, (path, bytes)| project.file(&format!("out/{path}"), bytes))
    }

    /// Writes a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Replaces the first occurrence of a text in a file of this project or, if it has none, of the example edition.
    #[track_caller]
    pub fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.own_or_embedded(path);
        assert!(text.contains(from), "{path} does not contain {from:?}");
        self.file(path, text.replacen(from, to, 1))
    }

    /// Like `edit`, but replaces every occurrence.
    #[track_caller]
    pub fn edit_all(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.own_or_embedded(path);
        assert!(text.contains(from), "{path} does not contain {from:?}");
        self.file(path, text.replace(from, to))
    }

    fn own_or_embedded(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).or_else(|_| fs::read_to_string(path)).unwrap()
    }

    /// Adds text at the end of a file of this project or, if it has none, of the example edition.
    pub fn append(self, path: &str, more: &str) -> Self {
        let text = self.own_or_embedded(path);
        self.file(path, text + more)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub fn read_bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path().join(path)).unwrap()
    }

    /// The program, about to run in this folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gen-report"));
        command.current_dir(self.path()).env("NO_COLOR", "1").env_remove("GEN_REPORT_KEY_PASSWORD");
        command
    }

    /// Runs the program in this folder: standard output, standard error, exit code.
    pub fn run(&self, arguments: &[&str]) -> (String, String, i32) {
        let output = self.command().args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    }

    /// Runs the program in this folder on a project elsewhere.
    pub fn run_on(&self, project: &str, arguments: &[&str]) -> (String, String, i32) {
        let project = fs::canonicalize(project).unwrap();
        self.run(&[arguments, &["--project", project.to_str().unwrap()]].concat())
    }

    /// Runs the program, which must succeed; returns standard output and standard error.
    #[track_caller]
    pub fn run_ok(&self, arguments: &[&str]) -> (String, String) {
        let (stdout, stderr, code) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {stderr}");
        (stdout, stderr)
    }

    /// Runs the program, which must fail with exit code 1; returns standard error.
    #[track_caller]
    pub fn run_failing(&self, arguments: &[&str]) -> String {
        let (_, stderr, code) = self.run(arguments);
        assert_eq!(code, 1, "{arguments:?}: {stderr}");
        stderr
    }

    /// The paths of all documents in `out/`, sorted.
    pub fn output_files(&self) -> Vec<String> {
        let is_document = |path: &String| !path.ends_with(".jsonl");
        let files = files_below(&self.path().join("out")).into_keys();
        files.filter(is_document).map(|path| format!("out/{path}")).collect()
    }

    /// Builds a document in this process.
    pub fn documents(&self, language: &str) -> Documents {
        Documents::open(self.path(), &[language], Variant::default())
    }
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// All files below a folder except locks: relative path to bytes. Empty if there is no such folder.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|end| end != "lock") {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Asserts that a text contains each of the parts.
#[track_caller]
pub fn assert_contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
}

/// Asserts that a text is the content of a file of this repository, byte for byte. `SNAPSHOTS=overwrite` writes the
/// file instead.
#[track_caller]
pub fn assert_snapshot(path: impl AsRef<Path>, actual: &str) {
    // Snapbox resolves relative paths by the folder of the package; raw, since no part of the file is a placeholder.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let expected = Data::read_from(&path, Some(DataFormat::Text)).raw();
    snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV).eq(actual.to_owned(), expected);
}

/// Whether stored files are to be replaced, for what snapbox cannot compare.
#[allow(clippy::disallowed_methods, reason = "the same variable as snapbox reads")]
pub fn overwrites_snapshots() -> bool {
    std::env::var(snapbox::assert::DEFAULT_ACTION_ENV).is_ok_and(|action| action == "overwrite")
}

/// Compares the first message with this code to the one in tests/screens.
#[track_caller]
pub fn assert_screen(code: &str, stderr: &str) {
    let label = format!("[{code}]");
    let screen = stderr
        .split("\n\n")
        .find(|screen| screen.contains(&label))
        .unwrap_or_else(|| panic!("no message with {code} in:\n{stderr}"));
    // Progress lines may precede the message.
    let screen = screen.lines().skip_while(|line| !line.contains(&label)).collect::<Vec<_>>().join("\n");
    assert_snapshot(format!("tests/screens/{code}.txt"), &format!("{}\n", screen.trim_end()));
}

/// The documents of a project, built in this process.
pub struct Documents {
    pub builder: Builder,
    jobs: Vec<Job>,
}

/// The example edition in its languages and in a pair of them.
pub static EXAMPLE_EDITION: LazyLock<Documents> =
    LazyLock::new(|| Documents::open(ProjectDir::new().path(), &["en", "fr", "zh", "zh+en"], Variant::default()));

impl Documents {
    /// Opens all reports about all cities of a project.
    pub fn open(project: impl AsRef<Path>, languages: &[&str], variant: Variant) -> Self {
        let edition = load_edition(project);
        let languages = languages.iter().map(|language| (*language).to_owned()).collect();
        let choice = Selection { languages, reports: Vec::new(), cities: Vec::new() };
        let plan = edition.plan(&choice).unwrap_or_else(|e| panic!("{}", e[0]));
        let jobs = edition.jobs(&plan).map(|job| job.unwrap_or_else(|e| panic!("{}", e[0]))).collect();
        let builder = Builder::new(edition, plan, false, variant).unwrap_or_else(|e| panic!("{}", e[0]));
        Self { builder, jobs }
    }

    pub fn job(&self, language: &str, report: &str, city: Option<&str>) -> &Job {
        let is_it = |job: &&Job| {
            job.id.languages.to_string() == language && job.id.report == report && job.id.city.as_deref() == city
        };
        self.jobs.iter().find(is_it).unwrap_or_else(|| panic!("no {report} of {city:?} in `{language}`"))
    }

    /// One document as the program writes it.
    pub fn pdf(&self, language: &str, report: &str, city: Option<&str>) -> Vec<u8> {
        self.builder.build(self.job(language, report, city)).unwrap_or_else(|e| panic!("{}", e[0])).pdf
    }

    /// All text of one document, in reading order.
    pub fn text_runs(&self, language: &str, report: &str, city: Option<&str>) -> Vec<TextRun> {
        let job = self.job(language, report, city);
        let runs = self.builder.with_pages(job, |_, _, pages| Ok(text_runs(&pages.document)));
        runs.unwrap_or_else(|e| panic!("{}", e[0]))
    }

    /// The text and the number of pages of one document.
    pub fn text(&self, language: &str, report: &str, city: Option<&str>) -> (String, usize) {
        let runs = self.text_runs(language, report, city);
        (runs.iter().map(|run| run.text.as_str()).collect(), runs.last().map_or(0, |run| run.page))
    }
}

/// A run of text on a page. Lengths are in points.
pub struct TextRun {
    pub text: String,
    /// The language that it is tagged with.
    pub lang: String,
    /// Counted from 1.
    pub page: usize,
    pub page_width: f64,
    pub x: f64,
    pub width: f64,
    /// The size of the type.
    pub size: f64,
    /// From 100 to 900.
    pub weight: u16,
}

fn text_runs(document: &PagedDocument) -> Vec<TextRun> {
    let mut runs = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        let page_width = page.frame.width().to_pt();
        collect_runs(&page.frame, Transform::identity(), &mut |text, at| {
            runs.push(TextRun {
                text: text.text.to_string(),
                lang: text.lang.as_str().to_owned(),
                page: index + 1,
                page_width,
                x: at.x.to_pt(),
                width: text.width().to_pt(),
                size: text.size.to_pt(),
                weight: text.font.info().variant.weight.to_number(),
            });
        });
    }
    runs
}

fn collect_runs(frame: &Frame, outer: Transform, found: &mut impl FnMut(&TextItem, Point)) {
    for (at, item) in frame.items() {
        let inner = outer.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => collect_runs(&group.frame, inner.pre_concat(group.transform), found),
            FrameItem::Text(run) => found(run, Point::zero().transform(inner)),
            _ => {}
        }
    }
}
