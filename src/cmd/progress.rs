//! How far a run is, for a person who watches or a program that reads along.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::edition::Status;

/// Where nobody watches, so much time lies between two lines.
const PAUSE: Duration = Duration::from_secs(10);
/// The rate is that of about so much time, so that it follows a change.
const MEMORY: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    done: usize,
    failed: usize,
    kept: usize,
    total: usize,
}

/// Counts documents. It has no clock: whoever calls says how long the run has lasted.
pub struct Progress {
    languages: BTreeMap<String, Count>,
    told: Duration,
    /// Documents done at some moments, the oldest first: those kept need no time, and do not count.
    pace: Vec<(Duration, usize)>,
}

impl Progress {
    pub fn new(totals: BTreeMap<String, usize>) -> Self {
        let languages = totals.into_iter().map(|(name, total)| (name, Count { total, ..Count::default() })).collect();
        Self { languages, told: Duration::ZERO, pace: vec![(Duration::ZERO, 0)] }
    }

    pub fn count(&mut self, language: &str, status: &Status) {
        let count = self.languages.entry(language.to_owned()).or_default();
        match status {
            Status::Made(_) => count.done += 1,
            Status::Kept => count.kept += 1,
            Status::Failed => count.failed += 1,
        }
    }

    fn sum(&self) -> Count {
        self.languages.values().fold(Count::default(), |sum, count| Count {
            done: sum.done + count.done,
            failed: sum.failed + count.failed,
            kept: sum.kept + count.kept,
            total: sum.total + count.total,
        })
    }

    pub fn total(&self) -> usize {
        self.sum().total
    }

    pub fn past(&self) -> usize {
        self.sum().past()
    }

    /// Whether it is time for another line.
    pub fn due(&mut self, now: Duration) -> bool {
        let due = now >= self.told + PAUSE;
        if due {
            self.told = now;
        }
        due
    }

    /// Documents a second, and the seconds that the others will take.
    fn rate(&mut self, now: Duration) -> (f64, Option<f64>) {
        let sum = self.sum();
        let worked = sum.done + sum.failed;
        if self.pace.last().is_none_or(|(at, _)| now >= *at + Duration::from_secs(1)) {
            self.pace.push((now, worked));
        }
        while self.pace.get(1).is_some_and(|(at, _)| *at + MEMORY <= now) {
            self.pace.remove(0);
        }
        let (since, before) = self.pace.first().copied().unwrap_or_default();
        let rate = (worked - before) as f64 / (now - since).as_secs_f64().max(0.001);
        let left = sum.total.saturating_sub(sum.past());
        (rate, (rate > 0.0).then(|| left as f64 / rate))
    }

    /// “1200 of 5000 documents, 3 failed, 410/s, 9 s left (fr 1200/2500, zh 0/2500)”
    pub fn line(&mut self, now: Duration) -> String {
        let (rate, left) = self.rate(now);
        let sum = self.sum();
        let mut text = format!("{} of {} documents", sum.past(), sum.total);
        if sum.failed > 0 {
            text.push_str(&format!(", {} failed", sum.failed));
        }
        text.push_str(&format!(", {}/s", if rate < 10.0 { format!("{rate:.1}") } else { format!("{rate:.0}") }));
        if let Some(left) = left {
            text.push_str(&format!(", {} left", duration(left)));
        }
        if self.languages.len() > 1 {
            let each = |(name, count): (&String, &Count)| format!("{name} {}/{}", count.past(), count.total);
            text.push_str(&format!(" ({})", self.languages.iter().map(each).collect::<Vec<_>>().join(", ")));
        }
        text
    }

    pub fn event(&mut self, now: Duration) -> Json {
        let (rate, left) = self.rate(now);
        let object = |count: &Count| json!({ "made": count.done, "failed": count.failed, "kept": count.kept, "total": count.total });
        let mut event = object(&self.sum());
        event["type"] = "progress".into();
        event["per-second"] = ((rate * 10.0).round() / 10.0).into();
        event["seconds-left"] = left.map_or(Json::Null, |left| left.ceil().into());
        event["languages"] = self.languages.iter().map(|(name, count)| (name.clone(), object(count))).collect();
        event
    }
}

impl Count {
    fn past(self) -> usize {
        self.done + self.failed + self.kept
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

    fn progress() -> Progress {
        Progress::new([("fr".to_owned(), 3000), ("zh".to_owned(), 3000)].into())
    }

    #[test]
    fn a_line_says_what_is_done_how_fast_and_what_is_left() {
        let mut progress = progress();
        for _ in 0..1000 {
            progress.count("fr", &Status::Kept);
            progress.count("zh", &Status::Failed);
        }
        let line = progress.line(after(10));
        assert_eq!(line, "2000 of 6000 documents, 1000 failed, 100/s, 40 s left (fr 1000/3000, zh 1000/3000)");
        let event = progress.event(after(10));
        assert_eq!((&event["per-second"], &event["seconds-left"]), (&json!(100.0), &json!(40.0)));
        assert_eq!(event["languages"]["zh"], json!({ "made": 0, "failed": 1000, "kept": 0, "total": 3000 }));
    }

    #[test]
    fn the_rate_is_that_of_the_last_half_minute() {
        let mut progress = progress();
        for second in 1..=60 {
            for _ in 0..(if second <= 20 { 100 } else { 10 }) {
                progress.count("fr", &Status::Failed);
            }
            progress.rate(after(second));
        }
        assert!(progress.line(after(60)).contains("10/s"), "{}", progress.line(after(60)));
    }

    #[test]
    fn ten_seconds_lie_between_two_lines() {
        let mut progress = progress();
        let told: Vec<u64> = (0..45).filter(|second| progress.due(after(*second))).collect();
        assert_eq!(told, [10, 20, 30, 40]);
    }

    #[test]
    fn time_is_said_in_the_unit_that_fits() {
        let said: Vec<String> = [0.2, 89.0, 600.0, 9000.0].into_iter().map(duration).collect();
        assert_eq!(said, ["1 s", "89 s", "10 min", "2.5 h"]);
    }
}
