//! Reports the progress of a run to a person who watches or a program that reads the output.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value as Json, json};

use super::Console;
use crate::diagnostic::count;
use crate::document::{DocumentId, Languages};
use crate::run::{Event, Outcome, Summary};

/// The time between two progress lines when no bar is shown.
const LINE_INTERVAL: Duration = Duration::from_secs(10);
/// The rate is measured over this time, so that it follows changes.
const RATE_WINDOW: Duration = Duration::from_secs(30);
/// A run of fewer documents ends before anyone could read a bar.
const MIN_DOCUMENTS_FOR_BAR: usize = 12;

/// A progress bar over documents, if a person watches and there are enough of them.
#[derive(Clone)]
pub struct DocumentBar(ProgressBar);

impl DocumentBar {
    pub fn new(console: &Console, documents: usize) -> Self {
        Self::with_template(console, documents, "{bar:24} {pos}/{len} documents")
    }

    fn with_template(console: &Console, documents: usize, template: &str) -> Self {
        if !console.shows_progress() || documents < MIN_DOCUMENTS_FOR_BAR {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(ProgressBar::new(documents as u64).with_style(style))
    }

    pub fn advance(&self) {
        self.0.inc(1);
    }

    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Shows the events of a build.
pub struct ProgressReporter<'c> {
    console: &'c mut Console,
    progress: Progress,
    start: Instant,
    bar: DocumentBar,
}

impl<'c> ProgressReporter<'c> {
    /// `totals`: the number of documents of each language.
    pub fn new(console: &'c mut Console, totals: BTreeMap<Languages, usize>, start: Instant) -> Self {
        let progress = Progress::new(totals);
        let bar = DocumentBar::with_template(console, progress.sum().total, "{bar:24} {msg}");
        Self { console, progress, start, bar }
    }

    pub fn observe(&mut self, event: Event<'_>) {
        match event {
            Event::Document { id, location, outcome, diagnostics } => {
                self.progress.add(&id.languages, outcome);
                let Self { console, bar, .. } = self;
                // The bar moves out of the way of the lines.
                bar.0.suspend(|| {
                    console.report_diagnostics(diagnostics);
                    report_document(console, id, &location, outcome);
                });
            }
            Event::StaleDocument { id, location, is_removed } => {
                let kind = if is_removed { "removed-document" } else { "stale-document" };
                let Self { console, bar, .. } = self;
                bar.0.suspend(|| {
                    console.write_event(&document_event(kind, id, &location));
                    if is_removed {
                        console.write_remark(&format!("removed {location}"));
                    }
                });
            }
            Event::Problems(problems) => {
                let Self { console, bar, .. } = self;
                bar.0.suspend(|| console.report_diagnostics(problems));
            }
            Event::Progress => self.show_progress(self.start.elapsed()),
        }
    }

    fn show_progress(&mut self, now: Duration) {
        if !self.bar.0.is_hidden() {
            self.bar.0.set_position(self.progress.sum().finished() as u64);
            self.bar.0.set_message(self.progress.line(now));
        } else if self.progress.is_line_due(now) {
            if self.console.is_json() {
                let event = self.progress.event(now);
                self.console.write_event(&event);
            } else {
                let line = self.progress.line(now);
                self.console.write_remark(&line);
            }
        }
    }

    /// Shows the result of the run.
    pub fn finish(self, summary: &Summary) {
        self.bar.clear();
        let Summary { built, up_to_date, failed, not_started, removed, .. } = *summary;
        self.console.write_event(&json!({
            "type": "summary", "built": built, "up-to-date": up_to_date, "failed": failed, "not-started": not_started,
            "removed": removed,
        }));
        self.console.write_remark(&summary_line(summary, self.start.elapsed().as_secs_f64()));
    }
}

/// Returns the JSON event of a document; `kind` is the `type` of the event.
pub fn document_event(kind: &str, id: &DocumentId, location: &str) -> Json {
    json!({ "type": kind, "language": id.languages, "report": id.report, "city": id.city, "path": location })
}

fn report_document(console: &Console, id: &DocumentId, location: &str, outcome: &Outcome) {
    match outcome {
        Outcome::Built(stored) => {
            let mut event = document_event("document", id, location);
            event["pages"] = stored.pages.into();
            event["bytes"] = stored.bytes.into();
            console.report_file(&event, location);
        }
        Outcome::UpToDate => console.write_event(&document_event("up-to-date", id, location)),
        Outcome::Failed => console.write_event(&document_event("failed", id, location)),
    }
}

/// “built 3 documents in 0.42 s; 2 documents up to date”
fn summary_line(summary: &Summary, seconds: f64) -> String {
    let mut text = format!("built {} in {seconds:.2} s", count(summary.built, "document"));
    for (n, what) in [
        (summary.up_to_date, "up to date"),
        (summary.failed, "failed"),
        (summary.not_started, "not started"),
        (summary.removed, "removed"),
    ] {
        if n > 0 {
            text.push_str(&format!("; {} {what}", count(n, "document")));
        }
    }
    text
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    built: usize,
    failed: usize,
    up_to_date: usize,
    total: usize,
}

impl Counts {
    fn finished(self) -> usize {
        self.built + self.failed + self.up_to_date
    }

    fn to_json(self) -> Json {
        json!({ "built": self.built, "failed": self.failed, "up-to-date": self.up_to_date, "total": self.total })
    }
}

/// Counts documents and measures their rate. It has no clock: the caller passes the time since the start of the run.
struct Progress {
    counts: BTreeMap<Languages, Counts>,
    last_line: Duration,
    /// Times, each with the number of documents built or failed by then, the oldest first. Documents that are up to
    /// date take no time and do not count.
    samples: Vec<(Duration, usize)>,
}

impl Progress {
    fn new(totals: BTreeMap<Languages, usize>) -> Self {
        let start = |(languages, total)| (languages, Counts { total, ..Counts::default() });
        let counts = totals.into_iter().map(start).collect();
        Self { counts, last_line: Duration::ZERO, samples: vec![(Duration::ZERO, 0)] }
    }

    fn add(&mut self, languages: &Languages, outcome: &Outcome) {
        let counts = self.counts.entry(languages.clone()).or_default();
        match outcome {
            Outcome::Built(_) => counts.built += 1,
            Outcome::UpToDate => counts.up_to_date += 1,
            Outcome::Failed => counts.failed += 1,
        }
    }

    fn sum(&self) -> Counts {
        self.counts.values().fold(Counts::default(), |sum, counts| Counts {
            built: sum.built + counts.built,
            failed: sum.failed + counts.failed,
            up_to_date: sum.up_to_date + counts.up_to_date,
            total: sum.total + counts.total,
        })
    }

    /// Whether it is time for another line. Returns true once for each interval.
    fn is_line_due(&mut self, now: Duration) -> bool {
        let is_due = now >= self.last_line + LINE_INTERVAL;
        if is_due {
            self.last_line = now;
        }
        is_due
    }

    /// Returns documents per second, and the seconds that the remaining ones will take.
    fn rate(&mut self, now: Duration) -> (f64, Option<f64>) {
        let sum = self.sum();
        let worked = sum.built + sum.failed;
        if self.samples.last().is_none_or(|(at, _)| now >= *at + Duration::from_secs(1)) {
            self.samples.push((now, worked));
        }
        while self.samples.get(1).is_some_and(|(at, _)| *at + RATE_WINDOW <= now) {
            self.samples.remove(0);
        }
        let (since, before) = self.samples.first().copied().unwrap_or_default();
        let rate = (worked - before) as f64 / (now - since).as_secs_f64().max(0.001);
        let left = sum.total.saturating_sub(sum.finished());
        (rate, (rate > 0.0).then(|| left as f64 / rate))
    }

    /// “1200 of 5000 documents, 3 failed, 410/s, 9 s left (fr 1200/2500, zh 0/2500)”
    fn line(&mut self, now: Duration) -> String {
        let (rate, left) = self.rate(now);
        let sum = self.sum();
        let mut text = format!("{} of {} documents", sum.finished(), sum.total);
        if sum.failed > 0 {
            text.push_str(&format!(", {} failed", sum.failed));
        }
        text.push_str(&format!(", {}/s", if rate < 10.0 { format!("{rate:.1}") } else { format!("{rate:.0}") }));
        if let Some(left) = left {
            text.push_str(&format!(", {} left", duration(left)));
        }
        if self.counts.len() > 1 {
            let each = |(name, counts): (&Languages, &Counts)| format!("{name} {}/{}", counts.finished(), counts.total);
            text.push_str(&format!(" ({})", self.counts.iter().map(each).collect::<Vec<_>>().join(", ")));
        }
        text
    }

    fn event(&mut self, now: Duration) -> Json {
        let (rate, left) = self.rate(now);
        let mut event = self.sum().to_json();
        event["type"] = "progress".into();
        event["per-second"] = ((rate * 10.0).round() / 10.0).into();
        event["seconds-left"] = left.map_or(Json::Null, |left| left.ceil().into());
        event["languages"] = self.counts.iter().map(|(name, counts)| (name.to_string(), counts.to_json())).collect();
        event
    }
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{:.0} s", s.ceil()),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn languages(name: &str) -> Languages {
        Languages::one(name)
    }

    fn progress() -> Progress {
        Progress::new([(languages("fr"), 3000), (languages("zh"), 3000)].into())
    }

    #[test]
    fn a_line_shows_documents_done_rate_and_time_left() {
        let mut progress = progress();
        for _ in 0..1000 {
            progress.add(&languages("fr"), &Outcome::UpToDate);
            progress.add(&languages("zh"), &Outcome::Failed);
        }
        let line = progress.line(after(10));
        assert_eq!(line, "2000 of 6000 documents, 1000 failed, 100/s, 40 s left (fr 1000/3000, zh 1000/3000)");
        let event = progress.event(after(10));
        assert_eq!((&event["per-second"], &event["seconds-left"]), (&json!(100.0), &json!(40.0)));
        assert_eq!(event["languages"]["zh"], json!({ "built": 0, "failed": 1000, "up-to-date": 0, "total": 3000 }));
    }

    #[test]
    fn the_rate_is_that_of_the_last_half_minute() {
        let mut progress = progress();
        for second in 1..=60 {
            for _ in 0..(if second <= 20 { 100 } else { 10 }) {
                progress.add(&languages("fr"), &Outcome::Failed);
            }
            progress.rate(after(second));
        }
        assert!(progress.line(after(60)).contains("10/s"), "{}", progress.line(after(60)));
    }

    #[test]
    fn lines_are_ten_seconds_apart() {
        let mut progress = progress();
        let due: Vec<u64> = (0..45).filter(|second| progress.is_line_due(after(*second))).collect();
        assert_eq!(due, [10, 20, 30, 40]);
    }

    #[test]
    fn a_duration_is_shown_in_a_fitting_unit() {
        let shown: Vec<String> = [0.2, 89.0, 600.0, 9000.0].into_iter().map(duration).collect();
        assert_eq!(shown, ["1 s", "89 s", "10 min", "2.5 h"]);
    }
}
