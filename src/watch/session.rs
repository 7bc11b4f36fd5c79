//! A session: the documents that are shown, and how they are built again from the files as they are now.
//!
//! Each refresh reads the project as a build does, so that it shows what a build would write. What is kept from one refresh to
//! the next are the facts and the fonts, if their files have not changed, and what Typst has memoised.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use serde_json::{Value as Json, json};

use super::check::{self, CheckTask};
use super::cities::{CityEntry, CityIndex};
use super::editor::Editor;
use super::edits::{EditRequest, Edits};
use super::origins::{self, Origin, OriginKind};
use super::pages::PageStore;
use super::state::{BuiltPages, Highlight, ShownDocument, ShownPage, problem_key, problem_to_json};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::hash::{Hash128, hash};
use crate::locale::{Locale, trace};
use crate::project::Project;
use crate::results::{FACTS_PATH, RecordSource, Results, STORY_PATH, Status};
use crate::run::{Builder, Job, LoadedProject, ProjectParts, Report, Selection, Subject, catch_panic};
use crate::typeset::{Fonts, Variant, spawn_worker};

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
    /// What the command line selects: the first documents to show, and the languages to check.
    selection: Selection,
    view: View,
    documents: Vec<ShownDocument>,
    /// The problems of the project, apart from those of single documents.
    problems: Problems,
    /// The result of the last check of the whole project, if the files have not changed since.
    checked: Option<Problems>,
    project: Option<ProjectSummary>,
    builder: Option<Arc<Builder>>,
    /// The facts, if they include so many records that reading them takes long.
    known_results: Option<KnownResults>,
    /// Counts how often the facts were read.
    facts_version: u64,
    known_fonts: Option<(Vec<FileStamp>, Fonts)>,
    /// What the documents are about, for a version of the facts and the id of a city.
    subject: Option<(u64, Option<String>, Subject)>,
    /// For a version of the facts.
    cities: Option<(u64, CityIndex)>,
    pages: PageStore,
    refresh_count: u64,
    editor: Option<Editor>,
    edits: Edits,
    /// How long the last refresh took.
    milliseconds: u64,
}

/// What the page says about the project.
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

/// Path, length and time of change of a file.
type FileStamp = (PathBuf, u64, Option<SystemTime>);

/// Facts with many records, and the files that they were read from.
struct KnownResults {
    /// The hash of the results file and of the definitions.
    texts: Hash128,
    records: Vec<FileStamp>,
    results: Results,
}

/// What the shown documents are built from.
struct Loaded {
    builder: Arc<Builder>,
    jobs: Vec<(Languages, Result<Job, Problems>)>,
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
            builder: None,
            known_results: None,
            facts_version: 0,
            known_fonts: None,
            subject: None,
            cities: None,
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
            Err(reason) => {
                let problem =
                    Diagnostic::error(code::CRASH, format!("gen-report crashed while it read the project: {reason}"));
                self.fail(problem.help(crate::diagnostic::BUG_HELP).into());
            }
        }
        self.pages.sweep(self.refresh_count);
        comemo::evict(MAX_MEMO_AGE);
        let is_changed = self.refresh_count == 1 || before != self.fingerprint();
        if !is_changed {
            // Until the next check, because the change may be in files that the shown documents do not use.
            self.checked = checked;
        }
        is_changed
    }

    /// Shows other documents. What the project does not have is replaced by its default.
    pub fn show(&mut self, view: View) -> bool {
        self.view = view;
        self.refresh();
        true
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

    /// Returns the folder of the project.
    pub fn folder(&self) -> PathBuf {
        (self.open)().map(|project| project.folder().to_owned()).unwrap_or_default()
    }

    /// Returns the folders to watch besides those of the project, and files that it names elsewhere.
    pub fn other_paths(&self) -> Vec<PathBuf> {
        let Ok(project) = (self.open)() else { return Vec::new() };
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
                json["edit"] = self.edits.offer(&folder, &origin.place, &origin.name);
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
            _ => Err("there is nothing to open".to_owned()),
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
    pub fn find_cities(&mut self, query: &str, limit: usize) -> (Vec<CityEntry>, usize) {
        let Some(builder) = &self.builder else { return (Vec::new(), 0) };
        let version = self.facts_version;
        if self.cities.as_ref().is_none_or(|(known, _)| *known != version) {
            let languages = builder.project.default_languages();
            self.cities = Some((version, CityIndex::new(&builder.project.results, &languages)));
        }
        self.cities.as_ref().map(|(_, cities)| cities.search(query, limit)).unwrap_or_default()
    }

    /// Returns what the page shows.
    pub fn to_json(&self) -> Json {
        let project = self.project.as_ref();
        let reports: Vec<Json> = project
            .iter()
            .flat_map(|project| &project.reports)
            .map(|report| json!({ "name": report.name, "city": report.has_city_documents, "edition": report.has_edition_documents }))
            .collect();
        let name = self.view.city.as_ref().and_then(|id| self.city_name(id));
        json!({
            "refresh": self.refresh_count,
            "title": project.map(|project| &project.title),
            "embedded": project.is_some_and(|project| project.is_embedded),
            "city": self.view.city.as_ref().map(|id| json!({ "id": id, "name": name.as_ref().unwrap_or(id) })),
            "cityCount": project.map_or(0, |project| project.city_count),
            "edition": project.is_some_and(|project| project.has_edition),
            "report": self.view.report,
            "reports": reports,
            "languages": project.map(|project| &project.languages),
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

    /// Returns what a change of makes a new event necessary.
    fn fingerprint(&self) -> String {
        let mut json = self.to_json();
        json["refresh"] = Json::Null;
        json["checked"] = Json::Null;
        json["milliseconds"] = Json::Null;
        json.to_string()
    }

    /// Reads everything that the shown documents need.
    fn load(&mut self) -> Result<Loaded, Problems> {
        let project = Arc::new((self.open)()?);
        let texts = hash_fact_texts(&project);
        let is_same = |known: &KnownResults| {
            known.texts == texts && record_stamps(&project, known.results.record_source.as_ref()) == known.records
        };
        let known = self.known_results.as_ref().filter(|known| is_same(known)).map(|known| known.results.clone());
        if known.is_none() {
            self.facts_version += 1;
        }
        let parts = LoadedProject::load_parts_with(&project, &[], known);
        let ProjectParts { results, templates, design, languages, mut problems } = parts;
        let has_records = |results: &&Results| results.record_source.is_some();
        self.known_results = results.as_ref().filter(has_records).filter(|_| problems.is_empty()).map(|results| {
            let records = record_stamps(&project, results.record_source.as_ref());
            KnownResults { texts, records, results: results.clone() }
        });
        let fonts = self.load_fonts(&project).map_err(|found| problems.extend(found)).ok();
        let (Some(results), Some(templates), Some(design), Some(fonts), true) =
            (results, templates, design, fonts, problems.is_empty())
        else {
            return Err(problems);
        };
        let project = LoadedProject { files: project, results, templates, design, languages, seal: None };
        let subject = self.resolve_view(&project)?;
        let (locales, unreadable) = read_locales(&project, &fonts, &self.view.languages);
        let is_readable = |languages: &Languages| {
            let mut problems = Problems::new();
            for (name, found) in &unreadable {
                if languages.contains(name) {
                    problems.extend(found.iter().cloned());
                }
            }
            problems.or(())
        };
        let jobs = self
            .view
            .languages
            .iter()
            .map(|languages| {
                let job = is_readable(languages).and_then(|()| {
                    Job::new(&self.view.report, languages, subject.clone(), &project.results).ok_or_else(Problems::new)
                });
                (languages.clone(), job)
            })
            .collect();
        let plan = project.plan(&Selection { reports: vec![self.view.report.clone()], ..Selection::default() })?;
        let mut builder = Builder::from_parts(project, plan, locales, fonts, Variant::default());
        builder.typesetter.draw_drawings();
        Ok(Loaded { builder: Arc::new(builder), jobs })
    }

    /// Reads the fonts, unless none of their files has changed.
    fn load_fonts(&mut self, project: &Project) -> Result<Fonts, Problems> {
        let stamps = project.list("fonts").map(|path| stamp(&project.folder().join(path))).collect();
        if let Some((known, fonts)) = &self.known_fonts
            && *known == stamps
        {
            return Ok(fonts.clone());
        }
        let fonts = Fonts::load(project)?;
        self.known_fonts = Some((stamps, fonts.clone()));
        Ok(fonts)
    }

    /// Replaces what the project does not have in the view, and finds what its documents are about.
    fn resolve_view(&mut self, project: &LoadedProject) -> Result<Subject, Problems> {
        let is_first = self.project.is_none();
        let reports = project.reports();
        if is_first {
            self.check_selection(project)?;
            self.view = self.first_view(project, &reports);
        }
        let mut languages: Vec<String> = project.default_languages().into_iter().map(str::to_owned).collect();
        let others = project.languages.iter().filter(|name| !languages.contains(name)).cloned().collect::<Vec<_>>();
        languages.extend(others);
        let title =
            project.default_languages().iter().find_map(|language| project.results.programme.name.find(language));
        self.project = Some(ProjectSummary {
            title: title.map(|forms| forms.name.clone()).unwrap_or_default(),
            languages,
            city_count: project.results.selected().len() + project.results.record_counts.selected,
            has_edition: project.has_edition_documents() && reports.iter().any(|report| report.has_edition_documents),
            is_embedded: project.files.is_embedded_edition(),
            reports: reports.clone(),
        });
        let is_known =
            |languages: &Languages| languages.iter().all(|name| project.languages.iter().any(|known| known == name));
        self.view.languages.retain(is_known);
        if self.view.languages.is_empty() {
            self.view.languages = project.default_languages().into_iter().map(Languages::one).collect();
        }
        let subject = self.find_subject(project)?;
        let has_documents = |report: &Report| match subject {
            Subject::Edition => report.has_edition_documents,
            _ => report.has_city_documents,
        };
        let is_shown = |report: &&Report| report.name == self.view.report && has_documents(report);
        if !reports.iter().any(|report| is_shown(&report)) {
            let other = reports.iter().find(|report| has_documents(report));
            self.view.report = other.map(|report| report.name.clone()).unwrap_or_default();
        }
        Ok(subject)
    }

    /// Returns an error if the command line selects what the project does not have.
    fn check_selection(&self, project: &LoadedProject) -> Result<(), Problems> {
        project.plan(&self.selection).map(|_| ())
    }

    /// Returns the first documents to show.
    fn first_view(&self, project: &LoadedProject, reports: &[Report]) -> View {
        let first_city = project.results.selected().first().map(|city| city.id.clone());
        let first_record = || {
            let mut records = project.results.records().into_iter().flatten().flatten();
            records.find(|record| record.city.status == Status::Selected).map(|record| record.city.id)
        };
        let city = self.selection.cities.first().cloned().or(first_city).or_else(first_record);
        let has_city = reports.iter().find(|report| report.has_city_documents);
        let report = self.selection.reports.first().cloned();
        let of_city =
            report.as_ref().is_none_or(|name| reports.iter().any(|r| r.name == *name && r.has_city_documents));
        View {
            city: city.filter(|_| of_city),
            report: report.or_else(|| has_city.map(|report| report.name.clone())).unwrap_or_default(),
            languages: self.selection.languages.iter().filter_map(|text| Languages::parse(text).ok()).collect(),
        }
    }

    /// Finds the shown city. If the project no longer has it, its first one is shown, or else the edition.
    fn find_subject(&mut self, project: &LoadedProject) -> Result<Subject, Problems> {
        if let Some((version, city, subject)) = &self.subject
            && *version == self.facts_version
            && *city == self.view.city
        {
            return Ok(subject.clone());
        }
        let mut subject = self.view.city.as_deref().and_then(|id| find_city(project, id));
        if subject.is_none() && self.view.city.is_some() {
            let reports = project.reports();
            self.view.city = self.first_view(project, &reports).city;
            subject = self.view.city.as_deref().and_then(|id| find_city(project, id));
        }
        if subject.is_none() {
            self.view.city = None;
        }
        let subject = subject.unwrap_or(Subject::Edition);
        let has_city_reports = project.reports().iter().any(|report| report.has_city_documents);
        if matches!(subject, Subject::Edition) && !project.has_edition_documents() && !has_city_reports {
            let problem = Diagnostic::error(code::NO_DOCUMENTS, "the project has no document");
            return Err(problem.help("give a city the status `selected`").into());
        }
        self.subject = Some((self.facts_version, self.view.city.clone(), subject.clone()));
        Ok(subject)
    }

    /// Builds the documents of a project that could be read.
    fn build(&mut self, loaded: Loaded) {
        let Loaded { builder, jobs } = loaded;
        let mut results: Vec<Option<Result<(BuiltPages, Vec<String>), Problems>>> = jobs.iter().map(|_| None).collect();
        thread::scope(|scope| {
            for ((_, job), result) in jobs.iter().zip(&mut results) {
                let Ok(job) = job else { continue };
                let builder = &builder;
                let build = move || *result = Some(build_document(builder, job));
                spawn_worker(scope, build);
            }
        });
        let mut old = std::mem::take(&mut self.documents);
        for ((languages, job), result) in jobs.into_iter().zip(results) {
            let is_same = |document: &ShownDocument| document.languages == languages && document.shows(&self.view);
            let last = old.iter().position(is_same).map(|at| old.swap_remove(at));
            let built = match (job, result) {
                (Err(problems), _) => Err(problems),
                (Ok(_), Some(result)) => result,
                (Ok(_), None) => Err(Diagnostic::error(code::CRASH, "no thread could be started to build a document")
                    .help("close other programs")
                    .into()),
            };
            let document = match built {
                Ok((built, svgs)) => self.shown(languages, built, svgs),
                Err(problems) => self.failed(languages, last, problems),
            };
            self.documents.push(document);
        }
        self.builder = Some(builder);
    }

    fn shown(&self, languages: Languages, mut built: BuiltPages, svgs: Vec<String>) -> ShownDocument {
        let sizes = built.pages.sizes();
        let pages = svgs.into_iter().zip(sizes).map(|(svg, [width, height])| ShownPage {
            hash: self.pages.insert(svg, self.refresh_count),
            width,
            height,
        });
        let pages = pages.collect();
        let problems = std::mem::take(&mut built.pages.warnings);
        ShownDocument { languages, pages, is_current: true, problems, built: Some(built) }
    }

    /// Returns a document whose build has failed: with the pages of its last build, if there are any.
    fn failed(&self, languages: Languages, last: Option<ShownDocument>, problems: Problems) -> ShownDocument {
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
    /// Returns whether its pages are those of the view, in its languages.
    fn shows(&self, view: &View) -> bool {
        self.built.as_ref().is_some_and(|built| built.job.id.report == view.report && built.job.id.city == view.city)
    }
}

/// Reads each language of the documents. Returns those that cannot be used with the reasons.
fn read_locales(project: &LoadedProject, fonts: &Fonts, shown: &[Languages]) -> (Vec<Locale>, Vec<(String, Problems)>) {
    let mut names: Vec<&str> = shown.iter().flat_map(Languages::iter).collect();
    names.sort_unstable();
    names.dedup();
    let (mut locales, mut unreadable) = (Vec::new(), Vec::new());
    for name in names {
        match project.read_locale(name).and_then(|locale| fonts.missing_families(&locale).or(locale)) {
            Ok(locale) => locales.push(locale),
            Err(problems) => unreadable.push((name.to_owned(), problems)),
        }
    }
    (locales, unreadable)
}

/// Builds one document, and draws its pages. Returns the SVG of each page too.
fn build_document(builder: &Arc<Builder>, job: &Job) -> Result<(BuiltPages, Vec<String>), Problems> {
    catch_panic(&job.id.to_string(), || {
        let (result, trace) = trace::observe(|| builder.render_and_lay_out(job));
        let (rendered, pages) = result?;
        let svgs = pages.to_svg();
        let built = BuiltPages { builder: builder.clone(), job: job.clone(), rendered, pages, texts: trace.texts };
        Ok((built, svgs))
    })
}

/// Finds a city in the results file, or else in the records.
fn find_city(project: &LoadedProject, id: &str) -> Option<Subject> {
    if let Some(at) = project.results.cities.iter().position(|city| city.id == id) {
        return Some(Subject::City(at));
    }
    let mut records = project.results.records()?.flatten();
    records.find(|record| record.city.id == id).map(|record| Subject::Record(record.into()))
}

/// Returns the hash of the results file and of the definitions.
fn hash_fact_texts(project: &Project) -> Hash128 {
    let texts = [project.results().ok(), project.source(FACTS_PATH).ok(), project.source(STORY_PATH).ok()];
    let parts = texts.iter().map(|file| match file {
        Some(file) => format!("{} {} {}", file.path, file.text.len(), file.text),
        None => "none".to_owned(),
    });
    hash(parts.collect::<Vec<_>>().join("\n"))
}

/// Returns the state of the files of records.
fn record_stamps(project: &Project, records: Option<&RecordSource>) -> Vec<FileStamp> {
    let paths = project.records.iter().cloned().chain(records.map(|records| records.path().to_owned()));
    let mut stamps = Vec::new();
    for path in paths {
        let entries = fs::read_dir(&path).into_iter().flatten().flatten();
        stamps.extend(entries.map(|entry| stamp(&entry.path())));
        stamps.push(stamp(&path));
    }
    stamps.sort();
    stamps
}

fn stamp(path: &Path) -> FileStamp {
    let metadata = fs::metadata(path).ok();
    let length = metadata.as_ref().map_or(0, fs::Metadata::len);
    (path.to_owned(), length, metadata.and_then(|metadata| metadata.modified().ok()))
}
