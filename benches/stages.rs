//! What a document costs, stage by stage. Every document is another city's, as in a run: Typst remembers what they
//! share, and is swept as in a run.
//!
//!     cargo bench -p gen-report-benches --bench stages
#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gen_report::project::Project;
use gen_report::results;
use gen_report::run::{Builder, Job, LoadedProject, Selection};
use gen_report::typeset::{self, Variant};

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CITIES: usize = 200;

/// The example edition with its one city many times, under other names.
fn many() -> String {
    let edition = include_str!("../reports/results.yaml");
    let (head, city) = edition.split_once("\n  - id: beijing\n").unwrap();
    let mut text = head.to_owned();
    for i in 1..=CITIES {
        let (id, rank) = (if i == 1 { "beijing".to_owned() } else { format!("city-{i}") }, format!("rank: {i}\n"));
        let own = city.replace("rank: 1\n", &rank).replace("fr: Beijing", &format!("fr: Ville {i}"));
        let own = own
            .replace("en: Beijing\n", &format!("en: City {i}\n"))
            .replace("full: 北京市", &format!("full: 北京{i}市"));
        text.push_str(&format!("\n  - id: {id}\n{own}"));
    }
    text
}

fn edition(folder: &Path) -> LoadedProject {
    fs::create_dir_all(folder.join("reports")).unwrap();
    fs::write(folder.join("reports/results.yaml"), many()).unwrap();
    LoadedProject::load(Project::open(folder, None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]))
}

/// Runs `stage` on one job after another, and adds up what it says it took.
fn each(jobs: &[Job], times: u64, at: &mut usize, stage: impl Fn(&Job) -> Duration) -> Duration {
    (0..times)
        .map(|_| {
            *at += 1;
            typeset::evict_cache(*at);
            stage(&jobs[*at % jobs.len()])
        })
        .sum()
}

fn stages(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let first = edition(folder.path());
    let file = first.files.read_results().unwrap();
    c.bench_function(&format!("read {CITIES} cities"), |b| {
        b.iter(|| results::load(&file).unwrap_or_else(|e| panic!("{}", e[0])))
    });

    // As each worker has it.
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    for report in ["certificate", "press-release"] {
        for language in ["en", "fr", "zh"] {
            let edition = edition(folder.path());
            let (languages, reports) = (vec![language.to_owned()], vec![report.to_owned()]);
            let cities = edition.results.cities.iter().map(|city| city.id.clone()).collect();
            let selection = Selection { languages, reports, cities };
            let (plan, jobs) = (edition.plan(&selection).unwrap(), edition.collect_jobs(&selection).unwrap());
            let works = Builder::new(edition, plan, false, Variant::default()).unwrap_or_else(|e| panic!("{}", e[0]));
            let mut at = 0;
            let mut group = c.benchmark_group(report);
            group.bench_function(BenchmarkId::new("template and layout", language), |b| {
                b.iter_custom(|times| {
                    each(&jobs, times, &mut at, |job| {
                        let start = Instant::now();
                        works.with_pages(job, |_, _, _| Ok(())).unwrap();
                        start.elapsed()
                    })
                });
            });
            group.bench_function(BenchmarkId::new("pdf", language), |b| {
                b.iter_custom(|times| {
                    each(&jobs, times, &mut at, |job| {
                        works
                            .with_pages(job, |layout_job, rendered, pages| {
                                let start = Instant::now();
                                layout_job.export_pdf(rendered, &pages)?;
                                Ok(start.elapsed())
                            })
                            .unwrap()
                    })
                });
            });
            let edition = &works.project;
            let locale = edition.read_locale(language).unwrap();
            let template = format!("{report}/city");
            group.bench_function(BenchmarkId::new("template", language), |b| {
                let mut cities = edition.results.cities.iter().cycle();
                b.iter(|| {
                    let (project, results) = (&edition.files, &edition.results);
                    edition.templates.render(&template, project, results, &[&locale], cities.next()).unwrap()
                });
            });
            group.finish();
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = stages
}
criterion_main!(benches);
