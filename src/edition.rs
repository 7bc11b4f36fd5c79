//! A project, read and checked, and the making of one document after another.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::diagnostic::{Diagnostic, SourceFile, closest, code};
use crate::locale::{Locale, NUMBERS};
use crate::project::Project;
use crate::results::{self, City, Results};
use crate::store;
use crate::template::{Rendered, Templates};
use crate::typeset::{self, Fonts, Pages, Press, Sheet, Variant};

/// What to make: all of it where a list is empty.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub languages: Vec<String>,
    pub reports: Vec<String>,
    pub cities: Vec<String>,
}

/// The facts and the shapes of a project.
pub struct Edition {
    pub project: Arc<Project>,
    pub results: Results,
    pub templates: Templates,
    /// Folders of `locales/`.
    pub languages: Vec<String>,
}

/// The parts of a project as far as they can be read, and what is wrong with the others.
pub struct Parts {
    pub results: Option<Results>,
    pub templates: Option<Templates>,
    pub languages: Vec<String>,
    pub problems: Vec<Diagnostic>,
}

/// A report of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub name: String,
    /// It has a document for each selected city.
    pub city: bool,
    /// It has a document for the whole edition.
    pub edition: bool,
}

/// One document to make.
#[derive(Clone, Debug)]
pub struct Job {
    pub report: String,
    pub language: String,
    /// Index among the cities of the results; `None` for the edition.
    city: Option<usize>,
    pub city_id: Option<String>,
    pub path: PathBuf,
}

impl Job {
    fn template(&self) -> String {
        format!("{}/{}", self.report, if self.city.is_some() { "city" } else { "edition" })
    }

    /// How messages call the document.
    pub fn name(&self) -> String {
        match &self.city_id {
            Some(city) => format!("{}-{city} in `{}`", self.report, self.language),
            None => format!("{} in `{}`", self.report, self.language),
        }
    }
}

/// What became of a job.
pub struct Outcome {
    pub made: Option<Made>,
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Copy, Debug)]
pub struct Made {
    pub pages: usize,
    pub bytes: usize,
}

/// Pages for the printing press. With bleed, the MediaBox is the TrimBox and the bleed around it.
pub struct Art {
    pub pdf: Vec<u8>,
    pub pages: usize,
    pub warnings: Vec<Diagnostic>,
}

impl Edition {
    pub fn load(project: Project) -> Result<Self, Vec<Diagnostic>> {
        let project = Arc::new(project);
        match Self::parts(&project) {
            Parts { results: Some(results), templates: Some(templates), languages, problems }
                if problems.is_empty() =>
            {
                Ok(Self { project, results, templates, languages })
            }
            parts => Err(parts.problems),
        }
    }

    /// Reads all parts of a project; one that cannot be read does not keep the others back.
    pub fn parts(project: &Project) -> Parts {
        let mut problems = Vec::new();
        let results = match project.results() {
            Ok(file) => {
                let (results, found) = results::read_results(&file);
                problems.extend(found);
                results
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let templates = Templates::load(project).map_err(|found| problems.extend(found)).ok();
        Parts { results, templates, languages: Self::languages(project), problems }
    }

    /// Folders of `locales/` that hold a locale.
    pub fn languages(project: &Project) -> Vec<String> {
        let suffix = format!("/{NUMBERS}");
        let name = |path: &String| path.strip_prefix("locales/")?.strip_suffix(&suffix).map(str::to_owned);
        project.list("locales").iter().filter_map(name).filter(|name| !name.contains('/')).collect()
    }

    /// Languages in which the results speak, which are those made by default.
    pub fn spoken(&self) -> Vec<&str> {
        let name = &self.results.programme.name;
        self.languages.iter().map(String::as_str).filter(|l| name.find(l).is_some()).collect()
    }

    pub fn reports(&self) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::new();
        for name in self.templates.names() {
            let Some((report, scope @ ("city" | "edition"))) = name.rsplit_once('/') else { continue };
            let at = reports.iter().position(|r| r.name == report).unwrap_or_else(|| {
                reports.push(Report { name: report.to_owned(), city: false, edition: false });
                reports.len() - 1
            });
            reports[at].city |= scope == "city";
            reports[at].edition |= scope == "edition";
        }
        reports
    }

    /// The documents to make, in the order in which they are reported.
    pub fn jobs(&self, choice: &Choice, out: &Path) -> Result<Vec<Job>, Vec<Diagnostic>> {
        let reports = self.reports();
        let selected = self.results.selected();
        let mut problems = Vec::new();
        let languages = self.chosen_languages(&choice.languages, &mut problems);
        let names: Vec<&str> = reports.iter().map(|r| r.name.as_str()).collect();
        let report_names = chosen(&choice.reports, &names, "report", &names, &mut problems);
        let ids: Vec<&str> = selected.iter().map(|c| c.id.as_str()).collect();
        for id in choice.cities.iter().filter(|id| !ids.contains(&id.as_str())) {
            if let Some(city) = self.results.cities.iter().find(|c| c.id == *id) {
                problems.push(
                    Diagnostic::error(
                        code::NOT_IN_PROJECT,
                        format!("the city `{id}` is {}, not selected: it gets no documents", city.status.word()),
                    )
                    .place(self.results.place(&city.span))
                    .suggest("", ids.iter().copied()),
                );
            }
        }
        let known: Vec<&str> = self.results.cities.iter().map(|c| c.id.as_str()).collect();
        let cities = chosen(&choice.cities, &ids, "city", &known, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let cities: BTreeSet<String> = cities.into_iter().collect();
        let mut jobs = Vec::new();
        for language in &languages {
            for report in reports.iter().filter(|r| report_names.contains(&r.name)) {
                if report.city {
                    for (index, city) in self.results.cities.iter().enumerate().filter(|(_, c)| cities.contains(&c.id))
                    {
                        jobs.push(self.job(report, language, Some((index, city)), out));
                    }
                }
                if report.edition && choice.cities.is_empty() {
                    jobs.push(self.job(report, language, None, out));
                }
            }
        }
        let unsafe_name =
            |name: &str| name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
        for report in reports.iter().filter(|r| unsafe_name(&r.name)) {
            problems.push(
                Diagnostic::error(
                    code::OUTPUT_NAME,
                    format!("the report `{}` cannot name a file everywhere", report.name),
                )
                .help("rename its folder in reports/ to letters a–z, digits, `-` and `_`"),
            );
        }
        let mut names: BTreeMap<&Path, &Job> = BTreeMap::new();
        for job in &jobs {
            if let Some(other) = names.insert(&job.path, job) {
                let both = format!("{} and {} would both be `{}`", other.name(), job.name(), job.path.display());
                problems.push(Diagnostic::error(code::OUTPUT_NAME, both).help("rename one of the reports or cities"));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if jobs.is_empty() {
            return Err(vec![
                Diagnostic::error(code::NOTHING_TO_MAKE, "there is nothing to make")
                    .help("give a city the status `selected`, or choose another report"),
            ]);
        }
        Ok(jobs)
    }

    /// Languages to make; `zh+en` asks for documents in both.
    fn chosen_languages(&self, asked: &[String], problems: &mut Vec<Diagnostic>) -> Vec<String> {
        let parts: Vec<String> = asked.iter().flat_map(|a| a.split('+')).map(str::to_owned).collect();
        let single = chosen(&parts, &self.spoken(), "language", &self.languages, problems);
        if asked.is_empty() {
            return single;
        }
        let mut languages: Vec<String> = Vec::new();
        for language in asked {
            let parts: Vec<&str> = language.split('+').collect();
            if parts.len() > 2 || (parts.len() == 2 && parts[0] == parts[1]) {
                problems.push(
                    Diagnostic::error(code::NOT_IN_PROJECT, format!("`{language}` does not name two languages"))
                        .help("write two different ones with a plus between them, as in `zh+en`"),
                );
            } else if !languages.contains(language) {
                languages.push(language.clone());
            }
        }
        languages
    }

    fn job(&self, report: &Report, language: &str, city: Option<(usize, &City)>, out: &Path) -> Job {
        let file = match city {
            Some((_, city)) => format!("{}-{}.pdf", report.name, city.id),
            None => format!("{}.pdf", report.name),
        };
        Job {
            report: report.name.clone(),
            language: language.to_owned(),
            city: city.map(|(index, _)| index),
            city_id: city.map(|(_, city)| city.id.clone()),
            path: out.join(language).join(file.replace('/', "-")),
        }
    }

    /// Reads the locale of a language, and those that it falls back to.
    pub fn locale(&self, language: &str) -> Result<Locale, Vec<Diagnostic>> {
        Self::read_locale(&self.project, &self.languages, language)
    }

    pub fn read_locale(project: &Project, languages: &[String], language: &str) -> Result<Locale, Vec<Diagnostic>> {
        locale_below(project, languages, language, &[])
    }

    /// The Fluent files of a language.
    pub fn locale_files(project: &Project, language: &str) -> Result<Vec<Arc<SourceFile>>, Vec<Diagnostic>> {
        let prefix = format!("locales/{language}/");
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for path in project.list("locales").iter().filter(|p| p.starts_with(&prefix) && p.ends_with(".ftl")) {
            match project.source(path) {
                Ok(file) => files.push(file),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(files) } else { Err(problems) }
    }
}

/// A locale, unless it is one of those `above` it that fall back to it.
fn locale_below(
    project: &Project,
    languages: &[String],
    language: &str,
    above: &[&str],
) -> Result<Locale, Vec<Diagnostic>> {
    let files = Edition::locale_files(project, language)?;
    let above: Vec<&str> = above.iter().copied().chain([language]).collect();
    Locale::new(language, &files, &|other, place| {
        let refused = |message: String| Diagnostic::error(code::SETTING, message).place(place.clone());
        if above.contains(&other) {
            let problem = refused(format!("the fallback of `{language}` leads back to `{other}`"));
            return Err(vec![problem.help("name another locale, or none")]);
        }
        if !languages.iter().any(|l| l == other) {
            let known = languages.iter().map(String::as_str).filter(|l| *l != language);
            return Err(vec![refused(format!("there is no locale `{other}` to fall back to")).suggest(other, known)]);
        }
        locale_below(project, languages, other, &above)
    })
}

/// The names asked for, or the default; a name that does not exist lists those that do.
pub fn chosen<S: AsRef<str>>(
    asked: &[String],
    default: &[&str],
    what: &str,
    known: &[S],
    problems: &mut Vec<Diagnostic>,
) -> Vec<String> {
    if asked.is_empty() {
        return default.iter().map(|name| (*name).to_owned()).collect();
    }
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let mut names: Vec<String> = Vec::new();
    for name in asked {
        if !known.contains(&name.as_str()) {
            let near =
                closest(name, known.iter().copied()).map(|n| format!("did you mean `{n}`? ")).unwrap_or_default();
            let list = if known.len() > 24 {
                "see `gen-report list`".to_owned()
            } else {
                format!("there is: {}", known.join(", "))
            };
            problems.push(
                Diagnostic::error(code::NOT_IN_PROJECT, format!("this project has no {what} `{name}`"))
                    .help(format!("{near}{list}")),
            );
        } else if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Everything that the making of documents needs.
pub struct Works {
    pub edition: Edition,
    pub locales: Vec<Locale>,
    pub press: Press,
}

/// Makes a document; a breakdown of the typesetter is an error like any other.
pub fn unbroken<T>(name: &str, make: impl FnOnce() -> Result<T, Vec<Diagnostic>>) -> Result<T, Vec<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|panic| {
        let why = panic
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        Err(vec![
            Diagnostic::error(code::BREAKDOWN, format!("the typesetter broke down on {name}: {why}"))
                .help("this is a fault of the program: please report it with the project's files"),
        ])
    })
}

/// How a run goes.
pub struct Pace<'a> {
    pub workers: usize,
    pub fail_fast: bool,
    /// Raised from outside to stop between two documents.
    pub stop: &'a AtomicBool,
}

impl Works {
    /// Reads the locales that the jobs need, and the fonts. `strict`: nothing comes from a fallback.
    pub fn prepare(edition: Edition, jobs: &[Job], strict: bool, variant: Variant) -> Result<Self, Vec<Diagnostic>> {
        let mut languages: Vec<&str> = jobs.iter().flat_map(|j| j.language.split('+')).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut problems = Vec::new();
        let (fonts, locales) = thread::scope(|scope| {
            let fonts = scope.spawn(|| Fonts::load(&edition.project));
            let locales: Vec<_> = languages.iter().map(|language| edition.locale(language)).collect();
            (fonts.join(), locales)
        });
        let fonts = fonts.unwrap_or_else(|_| Err(vec![Diagnostic::error(code::FONT_FILE, "a font broke the reader")]));
        let fonts = fonts.map_err(|found| problems.extend(found)).ok();
        let mut locales: Vec<Locale> =
            locales.into_iter().filter_map(|l| l.map_err(|found| problems.extend(found)).ok()).collect();
        locales.iter_mut().for_each(|locale| locale.strict = strict);
        if let Some(fonts) = &fonts {
            problems.extend(locales.iter().flat_map(|locale| fonts.missing(locale)));
        }
        match fonts {
            Some(fonts) if problems.is_empty() => {
                let press = Press::new(edition.project.clone(), fonts, variant);
                Ok(Self { edition, locales, press })
            }
            _ => Err(problems),
        }
    }

    /// What came from fallback locales, each once.
    pub fn borrowed(&self) -> Vec<Diagnostic> {
        self.locales.iter().flat_map(Locale::borrowed).collect()
    }

    /// Makes the PDF of one job.
    pub fn make(&self, job: &Job) -> Result<(Vec<u8>, usize, Vec<Diagnostic>), Vec<Diagnostic>> {
        self.with_pages(job, |sheet, rendered, pages| {
            let pdf = sheet.pdf(rendered, &pages)?;
            Ok((pdf, pages.document.pages().len(), pages.warnings))
        })
    }

    /// Lays out one job and hands on its pages.
    pub fn with_pages<T>(
        &self,
        job: &Job,
        then: impl FnOnce(&Sheet<'_>, &Rendered, Pages) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<T, Vec<Diagnostic>> {
        let find = |name: &str| self.locales.iter().find(|l| l.name == name);
        let Some(locales) = job.language.split('+').map(find).collect::<Option<Vec<&Locale>>>() else {
            return Err(vec![Diagnostic::error(code::NOT_IN_PROJECT, format!("no language `{}`", job.language))]);
        };
        let edition = &self.edition;
        let city = job.city.and_then(|index| edition.results.cities.get(index));
        let (template, name) = (job.template(), job.name());
        let rendered = edition.templates.render(&template, &edition.project, &edition.results, &locales, city)?;
        let sheet = Sheet {
            press: &self.press,
            origins: &edition.templates.origins,
            results: &edition.results,
            locales: &locales,
            city,
            template: &template,
            name: &name,
        };
        let pages = sheet.layout(&rendered)?;
        then(&sheet, &rendered, pages)
    }

    /// Makes the job. Whatever happens, the next job can go on.
    fn made(&self, job: &Job) -> Result<(Vec<u8>, usize, Vec<Diagnostic>), Vec<Diagnostic>> {
        unbroken(&job.name(), || self.make(job))
    }

    /// The pages of a job as a PDF in memory, with what there is to say of them.
    pub fn art(&self, job: &Job) -> Result<Art, Vec<Diagnostic>> {
        self.made(job).map(|(pdf, pages, warnings)| Art { pdf, pages, warnings })
    }

    /// Makes the job and puts it where it belongs.
    pub fn press(&self, job: &Job) -> Outcome {
        let stored = self.made(job).and_then(|(pdf, pages, warnings)| {
            store::write(&job.path, &pdf).map_err(|problem| vec![problem])?;
            Ok((Made { pages, bytes: pdf.len() }, warnings))
        });
        match stored {
            Ok((made, diagnostics)) => Outcome { made: Some(made), diagnostics },
            Err(mut diagnostics) => {
                if job.path.is_file() {
                    diagnostics.push(
                        Diagnostic::warning(code::STALE, format!("`{}` is from an earlier run", job.path.display()))
                            .help("do not send it: this run could not make the document anew"),
                    );
                }
                Outcome { made: None, diagnostics }
            }
        }
    }

    /// Makes the job and keeps nothing but what there is to say of it.
    pub fn rehearse(&self, job: &Job) -> Outcome {
        match self.made(job) {
            Ok((pdf, pages, diagnostics)) => Outcome { made: Some(Made { pages, bytes: pdf.len() }), diagnostics },
            Err(diagnostics) => Outcome { made: None, diagnostics },
        }
    }

    /// Does `one` with each job and its index, on as many workers as there are, and hands each outcome on in the order of the jobs.
    pub fn run(
        jobs: &[Job],
        pace: &Pace<'_>,
        one: impl Fn(usize, &Job) -> Outcome + Sync,
        mut report: impl FnMut(&Job, Outcome),
    ) {
        /// Documents after which Typst's memory is swept.
        const SWEEP: usize = 10;
        /// Layout recurses deeper than the two megabytes that a thread has by default.
        const STACK: usize = 16 << 20;

        let next = AtomicUsize::new(0);
        let failed = AtomicBool::new(false);
        let (sender, receiver) = mpsc::channel::<(usize, Outcome)>();
        thread::scope(|scope| {
            for _ in 0..pace.workers.clamp(1, jobs.len().max(1)) {
                let sender = sender.clone();
                let (next, failed, one) = (&next, &failed, &one);
                let work = move || {
                    // A pool of its own: in a shared one, the export of one document would steal another whole.
                    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
                    let mut since = 0;
                    let stopped =
                        || pace.stop.load(Ordering::Relaxed) || (pace.fail_fast && failed.load(Ordering::Relaxed));
                    while !stopped() {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(job) = jobs.get(index) else { break };
                        let outcome = match &pool {
                            Ok(pool) => pool.install(|| one(index, job)),
                            Err(_) => one(index, job),
                        };
                        failed.fetch_or(outcome.made.is_none(), Ordering::Relaxed);
                        since += 1;
                        if since == SWEEP {
                            typeset::forget();
                            since = 0;
                        }
                        if sender.send((index, outcome)).is_err() {
                            break;
                        }
                    }
                };
                if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).is_err() {
                    break;
                }
            }
            drop(sender);
            let mut waiting = BTreeMap::new();
            let mut due = 0;
            for (index, outcome) in receiver {
                waiting.insert(index, outcome);
                while let Some(outcome) = waiting.remove(&due) {
                    report(&jobs[due], outcome);
                    due += 1;
                }
            }
            // After a stop there are gaps: what was made is still told.
            for (index, outcome) in waiting {
                report(&jobs[index], outcome);
            }
        });
    }
}
