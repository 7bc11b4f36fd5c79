//! `gen-report merge`: joins the manifests of shards, as if one run had made all.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Voice, project};
use crate::cli::{CommonArgs, MergeArgs};
use crate::diagnostic::{Diagnostic, code};
use crate::edition::{Choice, Edition, Job, Works};
use crate::exit;
use crate::hash::{Hash128, hash};
use crate::manifest::{self, Line, MANIFEST};
use crate::shard::Shard;
use crate::store::archive::{Kind, Names};
use crate::store::{Manner, Store};
use crate::typeset::Variant;

/// Documents that are told to be wrong, of each kind; of the others, their number.
const MANY: usize = 20;
/// Documents that are looked at together.
const AT_ONCE: usize = 512;

pub fn run(args: &MergeArgs, common: &CommonArgs) -> u8 {
    let mut voice = Voice::new(common);
    match merge(args, common, &mut voice) {
        Ok(()) => exit::OK,
        Err(problems) => {
            let again = problems.iter().any(|problem| problem.code == code::TRY_AGAIN);
            voice.tell_all(problems);
            if again { exit::TRY_AGAIN } else { exit::FAILED }
        }
    }
}

fn merge(args: &MergeArgs, common: &CommonArgs, voice: &mut Voice) -> Result<(), Vec<Diagnostic>> {
    let edition = Edition::load(project(common)?)?;
    let choice = Choice { languages: args.lang.clone(), reports: args.report.clone(), cities: Vec::new() };
    let plan = edition.plan(&choice)?;
    let works = Works::prepare(edition, plan, false, Variant::default())?;
    let manner = Manner { spread: args.spread, ..Manner::default() };
    let store = args.out.open(manner).map_err(|problem| vec![problem])?;
    let mut merge = Merge::read(&*store, &works)?;
    merge.archive = args.archive;
    let merged = merge.checked()?;
    if voice.is_json() {
        voice.data(&json!({ "type": "merged", "documents": merged, "shards": merge.shards.len() }), "");
    }
    voice.say(&format!("joined {merged} documents of {} shards", merge.shards.len()));
    Ok(())
}

struct Merge<'a> {
    store: &'a dyn Store,
    works: &'a Works,
    shards: Vec<Shard>,
    /// The last line of each document in each shard.
    lines: HashMap<Hash128, Vec<(Shard, Line)>>,
    /// Documents are in archives, which are looked for in place of each of them.
    archive: Option<Kind>,
    archives: Mutex<BTreeSet<String>>,
    _locks: Vec<crate::store::Lock>,
}

impl<'a> Merge<'a> {
    /// Reads the manifests of all shards; none of them may still be running.
    fn read(store: &'a dyn Store, works: &'a Works) -> Result<Self, Vec<Diagnostic>> {
        let one = |problem| vec![problem];
        let names = store.journals().map_err(one)?;
        let shards: Vec<Shard> = names.iter().filter_map(|name| Shard::of_journal(MANIFEST, name)).collect();
        let Some(of) = shards.iter().map(|shard| shard.of).max() else {
            let message = format!("there is no shard's manifest in `{}`", store.shown(""));
            return Err(vec![
                Diagnostic::error(code::GAP, message)
                    .help("make the shards with --shard I/N into one folder, then merge it"),
            ]);
        };
        let mut problems = Vec::new();
        if let Some(other) = shards.iter().find(|shard| shard.of != of) {
            let message = format!("there are manifests of {} shards and of {of}", other.of);
            let help = "keep those of one cut, and move the others away";
            problems.push(Diagnostic::error(code::DOUBLE, message).help(help));
        }
        for index in (1..=of).filter(|index| !shards.contains(&Shard { index: *index, of })).take(MANY) {
            let message = format!("the shard {index}/{of} has no manifest");
            let help = format!("make it, with the same --lang and --report: gen-report build --shard {index}/{of}");
            problems.push(Diagnostic::error(code::GAP, message).help(help));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut locks = vec![store.lock(&format!("{MANIFEST}.jsonl")).map_err(one)?];
        let mut lines: HashMap<Hash128, Vec<(Shard, Line)>> = HashMap::new();
        for shard in &shards {
            let journal = shard.journal(MANIFEST);
            locks.push(store.lock(&journal).map_err(one)?);
            for line in manifest::lines(store, &journal).map_err(one)? {
                let Some(line) = Line::read(&line.map_err(one)?.1) else { continue };
                let of_document = lines.entry(hash(&line.key)).or_default();
                of_document.retain(|(other, _)| other != shard);
                of_document.push((*shard, line));
            }
        }
        Ok(Self { store, works, shards, lines, archive: None, archives: Mutex::default(), _locks: locks })
    }

    /// Looks at every document of the project, then writes the one manifest in their order.
    fn checked(&self) -> Result<usize, Vec<Diagnostic>> {
        let mut problems = Problems::default();
        let mut count = 0;
        let mut jobs = self.jobs();
        loop {
            let some: Vec<Job> = jobs.by_ref().take(AT_ONCE).collect::<Result<_, _>>()?;
            if some.is_empty() {
                break;
            }
            count += some.len();
            self.look(&some).into_iter().for_each(|problem| problems.add(problem));
        }
        problems.end()?;
        let mut lines = self.jobs().map(|job| job.map_err(first).and_then(|job| self.line(&job, false)));
        self.store.rewrite(&format!("{MANIFEST}.jsonl"), &mut lines).map_err(|problem| vec![problem])?;
        Ok(count)
    }

    /// What is wrong with some documents, in their order; a bucket is asked for many at once.
    fn look(&self, jobs: &[Job]) -> Vec<Diagnostic> {
        let wrong = |jobs: &[Job]| jobs.iter().filter_map(|job| self.line(job, true).err()).collect::<Vec<_>>();
        let lanes = self.store.lanes();
        if lanes == 0 {
            return wrong(jobs);
        }
        thread::scope(|scope| {
            let parts = jobs.chunks(jobs.len().div_ceil(lanes).max(1));
            let looking: Vec<_> = parts.map(|part| scope.spawn(|| wrong(part))).collect();
            let broken = || vec![Diagnostic::error(code::BREAKDOWN, "a look at the bucket broke down")];
            looking.into_iter().flat_map(|part| part.join().unwrap_or_else(|_| broken())).collect()
        })
    }

    fn jobs(&self) -> impl Iterator<Item = Result<Job, Vec<Diagnostic>>> {
        self.works.edition.documents(&self.works.plan)
    }

    /// The line of a document, which one shard has made and nobody has touched since.
    fn line(&self, job: &Job, look: bool) -> Result<String, Diagnostic> {
        let shown = self.store.shown(&job.key);
        let none = Vec::new();
        let found = self.lines.get(&hash(&job.key)).unwrap_or(&none);
        let mut made = found.iter().filter_map(|(shard, line)| Some((shard, line, line.made.as_ref()?)));
        let Some((shard, line, document)) = made.next() else {
            let problem = Diagnostic::error(code::GAP, format!("no shard has made `{shown}`"));
            return Err(match found.first() {
                Some((shard, _)) => {
                    let journal = self.store.shown(&shard.journal(manifest::FAILED));
                    problem.help(format!("it failed in {}/{}: see {journal}", shard.index, shard.of))
                }
                None => problem.help("run its shard again with --resume, for the same languages and reports"),
            });
        };
        if let Some((other, _, second)) = made.next() {
            let same = if second.sha256 == document.sha256 { "" } else { ", and not alike" };
            let (index, of) = (shard.index, shard.of);
            let message = format!("two shards have made `{shown}`{same}: {index}/{of} and {}/{of}", other.index);
            let help = "one of their manifests was copied or edited: delete it, then run its shard again";
            return Err(Diagnostic::error(code::DOUBLE, message).help(help));
        }
        let stale = || format!("make it anew: gen-report build --resume --shard {}/{}", shard.index, shard.of);
        if document.input != self.works.input(job) {
            let message = format!("`{shown}` was made of other facts, words or shapes than those of today");
            return Err(Diagnostic::error(code::DIFFERS, message).help(stale()));
        }
        if let (true, Some(kind)) = (look, self.archive) {
            self.find_archive(kind, *shard, job)?;
        } else if look {
            match self.store.get(&job.key)? {
                None => {
                    let message = format!("`{shown}` is in the manifest, but not there");
                    return Err(Diagnostic::error(code::GAP, message).help(stale()));
                }
                Some(bytes) if <[u8; 32]>::from(Sha256::digest(&bytes)) != document.sha256 => {
                    let message = format!("`{shown}` is not what the manifest says");
                    let help = format!("it was changed since: delete it, then {}", stale());
                    return Err(Diagnostic::error(code::DIFFERS, message).help(help));
                }
                Some(_) => {}
            }
        }
        Ok(Line::write(job, Some(document), &line.warnings))
    }
}

impl Merge<'_> {
    /// The manifest of a shard is written after its archives; they must still be there.
    fn find_archive(&self, kind: Kind, shard: Shard, job: &Job) -> Result<(), Diagnostic> {
        let reports: Vec<String> = self.works.edition.reports().into_iter().map(|report| report.name).collect();
        let (archive, _) = Names::new(kind, &reports, Some(shard)).place(&job.key);
        let mut found = self.archives.lock().unwrap_or_else(PoisonError::into_inner);
        if found.contains(&archive) {
            return Ok(());
        }
        if self.store.size(&archive)?.is_none() {
            let message = format!("`{}` is not there", self.store.shown(&archive));
            let help = format!("make it: gen-report build --archive … --shard {}/{}", shard.index, shard.of);
            return Err(Diagnostic::error(code::GAP, message).help(help));
        }
        found.insert(archive);
        Ok(())
    }
}

/// The first of each kind, and how many more there are.
#[derive(Default)]
struct Problems {
    told: Vec<Diagnostic>,
    counts: HashMap<&'static str, usize>,
}

impl Problems {
    fn add(&mut self, problem: Diagnostic) {
        let count = self.counts.entry(problem.code.0).or_default();
        *count += 1;
        if *count <= MANY {
            self.told.push(problem);
        }
    }

    fn end(mut self) -> Result<(), Vec<Diagnostic>> {
        for problem in self.told.iter_mut().rev() {
            if let Some(count) = self.counts.remove(problem.code.0)
                && count > MANY
            {
                problem.notes.push(format!("and {} more", count - MANY));
            }
        }
        if self.told.is_empty() { Ok(()) } else { Err(self.told) }
    }
}

/// One problem of several, where there is room for one.
fn first(problems: Vec<Diagnostic>) -> Diagnostic {
    problems.into_iter().next().unwrap_or_else(|| Diagnostic::error(code::PROJECT_FILE, "a record cannot be read"))
}
