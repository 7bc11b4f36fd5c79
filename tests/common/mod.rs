//! A project in a folder of its own, and the pages that it makes.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gen_report::edition::{Choice, Edition, Works};
use gen_report::project::Project;
use typst::layout::{Frame, FrameItem};

/// The first edition's results, to change in a test.
pub const RESULTS: &str = include_str!("../../reports/results.yaml");

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

    /// Runs the program, which must refuse; gives its messages.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let (_, stderr, code) = self.run(arguments);
        assert_eq!(code, 1, "{stderr}");
        stderr
    }

    /// Every file below `out/`, sorted.
    pub fn made(&self) -> Vec<String> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(&self.path().join("out"), &mut found);
        let shown = |p: PathBuf| p.strip_prefix(self.path()).unwrap().to_string_lossy().into_owned();
        let mut names: Vec<String> = found.into_iter().map(shown).collect();
        names.sort();
        names
    }

    /// The text and the number of pages of one document, as the reader meets it.
    pub fn pages(&self, language: &str, report: &str, city: Option<&str>) -> (String, usize) {
        let edition = Edition::load(Project::open(self.path(), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
        let choice = Choice {
            languages: vec![language.to_owned()],
            reports: vec![report.to_owned()],
            cities: city.map(str::to_owned).into_iter().collect(),
        };
        let jobs = edition.jobs(&choice, Path::new("out")).unwrap_or_else(|e| panic!("{}", e[0]));
        let job = jobs.iter().find(|j| j.city_id.as_deref() == city).unwrap().clone();
        let works = Works::prepare(edition, &jobs, false).unwrap_or_else(|e| panic!("{}", e[0]));
        works
            .with_pages(&job, |_, _, pages| {
                let mut text = String::new();
                for page in pages.document.pages() {
                    words(&page.frame, &mut text);
                }
                Ok((text, pages.document.pages().len()))
            })
            .unwrap_or_else(|e| panic!("{}", e[0]))
    }
}

fn words(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => words(&group.frame, text),
            FrameItem::Text(run) => text.push_str(&run.text),
            _ => {}
        }
    }
}
