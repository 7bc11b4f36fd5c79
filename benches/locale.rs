//! What words cost: loading the locales, and one message.
//!
//!     cargo bench -p gen-report-benches --bench locale
#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot go on has failed")]

use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use gen_report::locale::{Args, Locale, Value};
use gen_report::project::Project;
use gen_report::run::LoadedProject;

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn edition() -> LoadedProject {
    LoadedProject::load(Project::open(Path::new("."), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]))
}

fn load(c: &mut Criterion) {
    let edition = edition();
    c.bench_function("load fr, zh and en", |b| {
        b.iter(|| {
            ["fr", "zh", "en"].map(|language| edition.read_locale(language).unwrap_or_else(|e| panic!("{}", e[0])))
        });
    });
}

/// Messages of a city's release, each with the variables that the template gives it.
const MESSAGES: &[(&str, &[&str])] = &[
    ("press-release", &[]),
    ("city-headline", &["city", "rank", "edition"]),
    ("sentence-routes", &[]),
    ("sentence-digital-enterprises", &["city", "figure", "nature", "hedge", "period"]),
    ("city-lede", &["city", "rank", "programme", "edition", "announced", "place", "convention"]),
    ("sentence-digital-economy-value-added", &["figure", "nature", "hedge", "period"]),
    ("certificate-citation", &["committee-countries"]),
];

fn value(name: &str, edition: &LoadedProject, locale: &Locale) -> Value {
    let results = &edition.results;
    let city = &results.cities[0];
    let figure = |id: &str| Value::Figure(Arc::new(city.figures[id].clone()));
    let text = |text| Value::Name(locale.forms(text, results).unwrap());
    match name {
        "city" => text(&city.name),
        "programme" => text(&results.programme.name),
        "place" => text(&results.edition.place),
        "convention" => text(results.edition.convention.as_ref().unwrap()),
        "rank" => Value::Number(city.rank.unwrap().into()),
        "edition" => Value::Number(results.edition.number.into()),
        "announced" => Value::Date((*results.edition.announced).into()),
        "period" => Value::Date(city.figures["digital-economy-share"].period.unwrap()),
        "committee-countries" => Value::Figure(Arc::new(results.edition.figures["committee-countries"].clone())),
        "figure" => figure("digital-economy-value-added"),
        "nature" => Value::Code("forecast".into()),
        "hedge" => Value::Code("over".into()),
        other => panic!("no value for {other}"),
    }
}

fn messages(c: &mut Criterion) {
    let edition = edition();
    let mut group = c.benchmark_group("message");
    for language in ["fr", "zh", "en"] {
        let locale = edition.read_locale(language).unwrap_or_else(|e| panic!("{}", e[0]));
        for (id, names) in MESSAGES {
            let args = || -> Args<'static> {
                names.iter().map(|name| ((*name).into(), value(name, &edition, &locale))).collect()
            };
            group.bench_function(BenchmarkId::new(*id, language), |b| {
                b.iter_batched(args, |args| locale.message(id, args).unwrap(), BatchSize::SmallInput);
            });
        }
    }
    group.finish();
}

criterion_group!(benches, load, messages);
criterion_main!(benches);
