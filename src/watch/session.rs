//! A session: the documents that are shown, and how they are built again from the files as they are now.
//!
//! Each refresh reads the project as a build does, so that it shows what a build would write. What is kept from one refresh to
//! the next are the facts and the fonts, if their files have not changed, the pages of a document whose source and files are the
//! same, and what Typst has memoised.

mod load;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use serde_json::{Value as Json, json};

use super::check::{self, CheckTask};
use super::cities::{CityEntry, CityIndex};
use super::crashed;
use super::editor::Editor;
use super::edits::{EditRequest, Edits};
use super::origins::{self, Origin, OriginKind};
use super::pages::PageStore;
use super::state::{BuiltPages, Highlight, ShownDocument, ShownPage, problem_key, problem_to_json};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::hash::Hash128;
use crate::locale::trace;
use crate::project::Project;
use crate::run::{Builder, Job, Report, Selection, Subject, catch_panic};
use crate::typeset::{Fonts, spawn_worker};
use load::{FileStamp, KnownResults, Loaded};

/// Opens the project as the files are now. It is called from several threads.
pub type OpenProject = Arc<dyn Fn() -> Result<Project, Problems> + Send + Sync>;

/// For how many refreshes Typst keeps what it has memoised.
const MAX_MEMO_AGE: usize = 3;

/// The documents to show: those of a report about one city, or about the edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The id of a city; `None` for the edition.
    pub city: Option<String>,
    pub report: String,
    pub languages: Vec<Languages>,
}

/// A point on a page that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The index of the document.
    pub document: usize,
    /// The index of the page.
    pub page: usize,
    /// From the left, in points.
    pub x: f64,
    /// From the top, in points.
    pub y: f64,
}

/// What the page asks to open in the editor. It does not name a file, so that no request can open any other.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// One of the origins of the text at a point, by its index.
    Origin(Point, usize),
    /// The first place of a problem, by its key.
    Problem(String),
}

/// See the module.
pub struct Session {
    open: OpenProject,
    /// What the command line selects: the reports and cities that can be shown, and the languages to show first and to check.
    selection: Selection,
    view: View,
    documents: Vec<ShownDocument>,
    /// The problems of the project, apart from those of single documents.
    problems: Problems,
    /// The result of the last check of the whole project; `None` after a refresh that changed what the page shows.
    checked: Option<Problems>,
    /// The project with its files as they were when it was last opened.
    project: Option<Arc<Project>>,
    summary: Option<ProjectSummary>,
    builder: Option<Arc<Builder>>,
    /// The facts, if they include so many records that reading them takes long.
    known_results: Option<KnownResults>,
    /// Counts how often the facts were read.
    facts_version: u64,
    known_fonts: Option<(Vec<FileStamp>, Fonts)>,
    /// What the documents are about, for a version of the facts and the id of a city.
    subject: Option<(u64, Option<String>, Subject)>,
    /// The cities that can be chosen.
    cities: CityIndex,
    pages: PageStore,
    refresh_count: u64,
    editor: Option<Editor>,
    edits: Edits,
    /// How long the last refresh took.
    milliseconds: u64,
}

/// What the page says about the project, and offers to show.
#[derive(Clone, Debug, PartialEq)]
struct ProjectSummary {
    title: String,
    reports: Vec<Report>,
    /// Single languages, those of the project first.
    languages: Vec<String>,
    city_count: usize,
    has_edition: bool,
    is_embedded: bool,
}

impl Session {
    /// Creates a session. Nothing is read before the first refresh.
    pub fn new(open: OpenProject, selection: Selection) -> Self {
        Self {
            open,
            selection,
            view: View::default(),
            documents: Vec::new(),
            problems: Problems::new(),
            checked: None,
            project: None,
            summary: None,
            builder: None,
            known_results: None,
            facts_version: 0,
            known_fonts: None,
            subject: None,
            cities: CityIndex::default(),
            pages: PageStore::default(),
            refresh_count: 0,
            editor: None,
            edits: Edits::default(),
            milliseconds: 0,
        }
    }

    /// Sets how the page opens files.
    pub fn set_editor(&mut self, editor: Option<Editor>) {
        self.editor = editor;
    }

    /// Sets how long the last refresh took, which the page shows.
    pub fn set_milliseconds(&mut self, milliseconds: u64) {
        self.milliseconds = milliseconds;
    }

    /// Reads the project again, and builds the shown documents. Returns whether anything that the page shows has changed.
    pub fn refresh(&mut self) -> bool {
        let checked = self.checked.take();
        let before = self.fingerprint();
        self.refresh_count += 1;
        self.problems = Problems::new();
        let loaded = crate::panic::catch(|| self.load());
        match loaded {
            Ok(Ok(loaded)) => self.build(loaded),
            Ok(Err(problems)) => self.fail(problems),
            Err(reason) => self.fail(crashed("read", &reason).into()),
        }
        self.pages.sweep(self.refresh_count);
        comemo::evict(MAX_MEMO_AGE);
        let is_changed = self.refresh_count == 1 || before != self.fingerprint();
        if !is_changed {
            // Keep showing the last result until the new check ends, so that the number of problems does not flicker.
            self.checked = checked;
        }
        is_changed
    }

    /// Shows other documents. What the project does not have is replaced by its default.
    pub fn show(&mut self, view: View) {
        self.view = view;
        self.refresh();
    }

    /// Returns the documents that are shown.
    pub fn documents(&self) -> &[ShownDocument] {
        &self.documents
    }

    /// Returns which documents are shown.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Returns how often the files were read.
    pub fn refresh_count(&self) -> u64 {
        self.refresh_count
    }

    /// Returns the pages by their hashes.
    pub fn pages(&self) -> PageStore {
        self.pages.clone()
    }

    /// Returns all problems: of the whole project if it was checked, and of the shown documents otherwise.
    pub fn problems(&self) -> Problems {
        let of_documents = self.documents.iter().flat_map(|document| document.problems.iter());
        let mut all: Problems = self
            .checked
            .iter()
            .flat_map(|found| found.iter())
            .chain(self.problems.iter())
            .chain(of_documents)
            .cloned()
            .collect();
        all.remove_duplicates();
        all.sort_by_key(|problem| (problem.severity == crate::diagnostic::Severity::Warning, problem.sort_key()));
        all
    }

    /// Returns the task that checks the whole project.
    pub fn check_task(&self) -> CheckTask {
        let open = self.open.clone();
        let languages = self.selection.languages.iter().filter_map(|text| Languages::parse(text).ok()).collect();
        check::task(move || open(), languages)
    }

    /// Stores the result of a check, unless the files have changed since. Returns whether it is stored.
    pub fn set_checked(&mut self, refresh_count: u64, problems: Problems) -> bool {
        let is_recent = refresh_count == self.refresh_count;
        if is_recent {
            self.checked = Some(problems);
        }
        is_recent
    }

    /// Returns the folder of the project; empty before the first refresh.
    pub fn folder(&self) -> PathBuf {
        self.project.as_deref().map_or(Path::new(""), Project::folder).to_owned()
    }

    /// Returns further paths to watch: folders of results and photos, and files of records.
    pub fn other_paths(&self) -> Vec<PathBuf> {
        let Some(project) = &self.project else { return Vec::new() };
        let mut paths = vec![project.results_folder()];
        paths.extend(project.records.clone());
        if let Some(builder) = &self.builder {
            let results = &builder.project.results;
            let photos = results.cities.iter().filter_map(|city| city.photo.as_ref());
            paths.extend(
                photos.filter_map(|photo| Some(project.results_folder().join(&photo.file.value).parent()?.to_owned())),
            );
            paths.extend(results.record_source.as_ref().map(|records| records.path().to_owned()));
        }
        paths.sort();
        paths.dedup();
        paths
    }

    /// Returns the origins of the text at a point of a page, in points.
    pub fn find_origins(&self, point: Point) -> Vec<Origin> {
        let built = self.documents.get(point.document).and_then(|document| document.built.as_ref());
        built.map(|built| origins::at_point(built, point.page, point.x, point.y)).unwrap_or_default()
    }

    /// Returns the origins of the text at a point as the page shows them. The values and messages among them can be edited.
    pub fn origins_to_json(&mut self, point: Point) -> Json {
        let folder = self.folder();
        let origins = self.find_origins(point).into_iter().map(|origin| {
            let mut json = origin.to_json(self.editor.as_ref());
            if matches!(origin.kind, OriginKind::Fact | OriginKind::Message) {
                json["edit"] = self.edits.offer(&folder, &origin.place, &origin.name, origin.printed.as_ref());
            }
            json
        });
        origins.collect()
    }

    /// Replaces a text in a file, or returns what that would change.
    pub fn edit(&mut self, request: &EditRequest) -> Json {
        self.edits.edit(&self.folder(), request)
    }

    /// Takes back the last edit.
    pub fn undo(&mut self) -> Json {
        self.edits.undo(&self.folder())
    }

    /// Opens a place in the editor.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn open(&self, target: &Target) -> Result<(), String> {
        let place = match target {
            Target::Origin(point, index) => {
                self.find_origins(*point).into_iter().nth(*index).map(|origin| origin.place)
            }
            Target::Problem(key) => {
                let problem = self.problems().into_iter().find(|problem| problem_key(problem) == *key);
                problem.and_then(|problem| problem.places.into_iter().next())
            }
        };
        match (&self.editor, place) {
            (Some(editor), Some(place)) => editor.open(&place).map_err(|problem| problem.message),
            _ => Err("This text or problem is no longer there. Reload the page, or click the text again.".to_owned()),
        }
    }

    /// Returns the parts of the shown pages that a line of a file has printed.
    pub fn find_highlights(&self, file: &str, line: usize) -> Vec<Highlight> {
        let documents = self.documents.iter().enumerate();
        documents
            .filter_map(|(index, document)| Some((index, document.built.as_ref()?)))
            .flat_map(|(index, built)| origins::of_line(built, index, file, line))
            .collect()
    }

    /// Returns the first cities whose id or name contains each word of the query, and the number of all that do.
    pub fn find_cities(&self, query: &str, limit: usize) -> (Vec<CityEntry>, usize) {
        match self.summary.as_ref().is_some_and(|summary| summary.city_count > 0) {
            true => self.cities.search(query, limit),
            false => (Vec::new(), 0),
        }
    }

    /// Returns what the page shows.
    pub fn to_json(&self) -> Json {
        let summary = self.summary.as_ref();
        let reports: Vec<Json> = summary
            .iter()
            .flat_map(|summary| &summary.reports)
            .map(|report| json!({ "name": report.name, "city": report.has_city_documents, "edition": report.has_edition_documents }))
            .collect();
        let name = self.view.city.as_ref().and_then(|id| self.city_name(id));
        json!({
            "refresh": self.refresh_count,
            "title": summary.map(|summary| &summary.title),
            "embedded": summary.is_some_and(|summary| summary.is_embedded),
            "city": self.view.city.as_ref().map(|id| json!({ "id": id, "name": name.as_ref().unwrap_or(id) })),
            "cityCount": summary.map_or(0, |summary| summary.city_count),
            "edition": summary.is_some_and(|summary| summary.has_edition),
            "report": self.view.report,
            "reports": reports,
            "languages": summary.map(|summary| &summary.languages),
            "shown": self.view.languages.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "documents": self.documents.iter().map(ShownDocument::to_json).collect::<Vec<_>>(),
            "checked": self.checked.is_some(),
            "problems": self.problems().iter().map(|problem| problem_to_json(problem, self.editor.as_ref())).collect::<Vec<_>>(),
            "undo": self.edits.last(),
            "milliseconds": self.milliseconds,
        })
    }

    /// Returns the name of the shown city in the first of its languages.
    fn city_name(&self, id: &str) -> Option<String> {
        let (_, known, subject) = self.subject.as_ref()?;
        let builder = self.builder.as_ref()?;
        let (_, city) = subject.facts(&builder.project);
        let languages = builder.project.default_languages();
        let name = languages.iter().find_map(|language| city?.name.find(language));
        name.filter(|_| known.as_deref() == Some(id)).map(|forms| forms.name.clone())
    }

    /// Returns what the page shows, without the numbers that each refresh changes. If it differs, the page gets it.
    fn fingerprint(&self) -> String {
        let mut json = self.to_json();
        json["refresh"] = Json::Null;
        json["checked"] = Json::Null;
        json["milliseconds"] = Json::Null;
        json.to_string()
    }

    /// Builds the documents of a project that could be read.
    fn build(&mut self, loaded: Loaded) {
        let Loaded { builder, jobs } = loaded;
        let mut old = std::mem::take(&mut self.documents);
        let lasts: Vec<Option<ShownDocument>> = jobs
            .iter()
            .map(|(languages, _)| {
                let is_same = |document: &ShownDocument| document.languages == *languages && document.is_of(&self.view);
                old.iter().position(is_same).map(|at| old.swap_remove(at))
            })
            .collect();
        let mut results: Vec<Option<Result<(BuiltPages, Drawn), Problems>>> = jobs.iter().map(|_| None).collect();
        thread::scope(|scope| {
            for (((_, job), last), result) in jobs.iter().zip(&lasts).zip(&mut results) {
                let Ok(job) = job else { continue };
                let builder = &builder;
                let build = move || *result = Some(build_document(builder, job, last.as_ref()));
                spawn_worker(scope, build);
            }
        });
        for (((languages, job), last), result) in jobs.into_iter().zip(lasts).zip(results) {
            let built = match (job, result) {
                (Err(problems), _) => Err(problems),
                (Ok(_), Some(result)) => result,
                (Ok(_), None) => Err(Diagnostic::error(code::CRASH, "no thread could be started to build a document")
                    .help("close other programs")
                    .into()),
            };
            let document = match built {
                Ok((built, drawn)) => self.show_built(languages, built, drawn),
                Err(problems) => self.show_last(languages, last, problems),
            };
            self.documents.push(document);
        }
        self.builder = Some(builder);
    }

    /// Returns a document whose build has succeeded.
    fn show_built(&self, languages: Languages, built: BuiltPages, drawn: Drawn) -> ShownDocument {
        let sizes = built.pages.sizes();
        let pages = match drawn {
            Drawn::Before(pages) => pages,
            Drawn::Now(svgs) => svgs
                .into_iter()
                .zip(sizes)
                .map(|(svg, [width, height])| ShownPage {
                    hash: self.pages.insert(svg, self.refresh_count),
                    width,
                    height,
                })
                .collect(),
        };
        pages.iter().for_each(|page: &ShownPage| self.pages.keep(&page.hash, self.refresh_count));
        let problems = built.pages.warnings.clone();
        ShownDocument { languages, pages, is_current: true, problems, built: Some(built) }
    }

    /// Returns a document whose build has failed: with the pages of its last build, if there are any.
    fn show_last(&self, languages: Languages, last: Option<ShownDocument>, problems: Problems) -> ShownDocument {
        let (pages, built) = last.map(|last| (last.pages, last.built)).unwrap_or_default();
        pages.iter().for_each(|page: &ShownPage| self.pages.keep(&page.hash, self.refresh_count));
        ShownDocument { languages, pages, is_current: false, problems, built }
    }

    /// Keeps the pages of the last build, because the project cannot be read.
    fn fail(&mut self, problems: Problems) {
        self.problems = problems;
        for document in &mut self.documents {
            document.is_current = false;
            document.problems = Problems::new();
            document.pages.iter().for_each(|page| self.pages.keep(&page.hash, self.refresh_count));
        }
    }
}

impl ShownDocument {
    /// Returns whether its last build was of the report and the city of the view.
    fn is_of(&self, view: &View) -> bool {
        self.built.as_ref().is_some_and(|built| built.job.id.report == view.report && built.job.id.city == view.city)
    }
}

/// The pages of a document.
enum Drawn {
    /// The SVG of each page.
    Now(Vec<String>),
    /// Those of the last build.
    Before(Vec<ShownPage>),
}

/// Builds one document, and draws its pages. If nothing that they are laid out from has changed since the last build, its
/// pages are used.
fn build_document(
    builder: &Arc<Builder>,
    job: &Job,
    last: Option<&ShownDocument>,
) -> Result<(BuiltPages, Drawn), Problems> {
    catch_panic(&job.id.to_string(), || {
        let last = last.and_then(|last| Some((last, last.built.as_ref()?)));
        let same = last.filter(|(_, built)| have_same_files(built, builder));
        let is_known = |source: &Hash128| same.is_some_and(|(_, built)| built.source == *source);
        let (result, trace) = trace::observe(|| builder.lay_out_unless(job, is_known));
        let (rendered, source, pages) = result?;
        let (pages, drawn) = match (pages, same) {
            (None, Some((last, built))) => (built.pages.clone(), Drawn::Before(last.pages.clone())),
            (pages, _) => {
                let pages = Arc::new(pages.ok_or_else(Problems::new)?);
                let svgs = pages.to_svg();
                (pages, Drawn::Now(svgs))
            }
        };
        let built =
            BuiltPages { builder: builder.clone(), job: job.clone(), rendered, source, pages, texts: trace.texts };
        Ok((built, drawn))
    })
}

/// Returns whether the files in reports/ that Typst read for a document are the same now. Warnings name lines of other files,
/// so a document with warnings is laid out again.
fn have_same_files(built: &BuiltPages, builder: &Builder) -> bool {
    let mut files = built.pages.report_files.iter();
    built.pages.warnings.is_empty() && files.all(|(path, hash)| builder.typesetter.hash_of(path) == *hash)
}
