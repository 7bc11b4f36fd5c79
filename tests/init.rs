//! `gen-report init`: a project that builds at once, and never at the cost of a file that is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::fs;

use common::Shop;
use gen_report::init::{FACTS, languages};

const PATHS: &str = "new/.gitignore\nnew/README.md\nnew/reports/results.schema.json\nnew/reports/results.yaml\n";

/// Runs the program, which must succeed; gives its standard output.
fn done(shop: &Shop, arguments: &[&str]) -> String {
    let (stdout, stderr, code) = shop.run(arguments);
    assert_eq!(code, 0, "{stderr}");
    stdout
}

fn read(shop: &Shop, path: &str) -> String {
    fs::read_to_string(shop.path().join(path)).unwrap()
}

#[test]
fn a_new_project_is_faultless_in_each_language_and_in_all() {
    let known = languages();
    let all = known.join(",");
    let each = known.iter().map(|language| vec!["--lang", language]);
    for chosen in each.chain([vec![], vec!["--lang", &all]]) {
        let shop = Shop::new();
        assert_eq!(done(&shop, &[&["init", "new"], &chosen[..]].concat()), PATHS);
        done(&shop, &["check", "--project", "new", "--deny", "warnings"]);
        let (made, stderr, code) = shop.run(&["--project", "new"]);
        assert_eq!(code, 0, "{stderr}");
        assert!(!stderr.contains("warning"), "{stderr}");
        // Three certificates, three press releases, and the edition's own.
        let count = if chosen.is_empty() || chosen[1] == all { known.len() } else { 1 };
        assert_eq!(made.lines().count(), 7 * count, "{chosen:?}");
    }
}

#[test]
fn two_languages_stand_in_one_document() {
    let shop = Shop::new();
    done(&shop, &["init", "new"]);
    let [first, second, ..] = languages()[..] else { panic!("fewer than two languages") };
    let pair = format!("{first}+{second}");
    let made = done(&shop, &["--project", "new", "--lang", &pair, "--report", "certificate"]);
    assert_eq!(made.lines().count(), 3);
}

#[test]
fn the_facts_speak_every_embedded_language_and_only_those_asked_for() {
    for language in languages() {
        let keys = |text: &str| text.lines().filter(|l| l.trim_start().starts_with(&format!("{language}:"))).count();
        let shop = Shop::new();
        done(&shop, &["init", "new", "--lang", language]);
        let facts = read(&shop, "new/reports/results.yaml");
        assert!(keys(FACTS) == 20 && keys(&facts) == keys(FACTS), "{language}");
        for other in languages().into_iter().filter(|other| *other != language) {
            assert!(!facts.contains(&format!(" {other}:")), "{other} is left in {language}");
        }
        assert!(read(&shop, "new/README.md").contains(&format!("--lang {language} ")));
    }
}

#[test]
fn editors_and_git_know_the_project() {
    let shop = Shop::new();
    done(&shop, &["init", "new"]);
    assert!(
        read(&shop, "new/reports/results.yaml").starts_with("# yaml-language-server: $schema=results.schema.json\n")
    );
    assert_eq!(read(&shop, "new/reports/results.schema.json"), include_str!("../reports/results.schema.json"));
    assert_eq!(read(&shop, "new/.gitignore"), "/out\n");
}

#[test]
fn what_is_there_is_named_and_nothing_is_written() {
    let shop = Shop::new().file("new/README.md", "mine").file("new/notes.txt", "mine too");
    let screen = shop.refused(&["init", "new"]);
    assert!(screen.contains("E0601") && screen.contains("`new/README.md` already exists"), "{screen}");
    assert_eq!(read(&shop, "new/README.md"), "mine");
    assert_eq!(fs::read_dir(shop.path().join("new")).unwrap().count(), 2);
    fs::remove_file(shop.path().join("new/README.md")).unwrap();
    assert_eq!(done(&shop, &["init", "new"]), PATHS);

    let shop = Shop::new().file("new/reports", "a file where a folder must be");
    let screen = shop.refused(&["init", "new"]);
    assert!(screen.contains("`new/reports` already exists"), "{screen}");
    assert_eq!(fs::read_dir(shop.path().join("new")).unwrap().count(), 1);
}

#[test]
fn what_fails_midway_leaves_neither_files_nor_folders() {
    let shop = Shop::new().file("new/mine.txt", "mine");
    let file = |path: &str| (path.to_owned(), "text".as_bytes().into());
    // A file cannot stand below a file.
    let files = [file("reports/deep/a"), file("reports/b"), file("reports/b/c")];
    let problems = gen_report::init::write(&shop.path().join("new"), &files).unwrap_err();
    assert!(problems[0].message.contains("cannot be written"), "{}", problems[0]);
    let left: Vec<_> = fs::read_dir(shop.path().join("new")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["mine.txt"]);
}

#[test]
fn a_language_that_is_not_embedded_is_refused_with_those_that_are() {
    let shop = Shop::new();
    let screen = shop.refused(&["init", "new", "--lang", "de,xx"]);
    let list = format!("there is: {}", languages().join(", "));
    for part in ["no language `de` is embedded", "no language `xx` is embedded", &list] {
        assert!(screen.contains(part), "no {part:?} in:\n{screen}");
    }
    assert!(!shop.path().join("new").exists());
}

#[test]
fn embedded_files_come_out_to_be_changed() {
    let shop = Shop::new();
    done(&shop, &["init", "."]);
    let language = languages()[0];
    let text = format!("locales/{language}/text.ftl");
    let made =
        done(&shop, &["init", ".", "--eject", &format!("./locales/{language}/"), "--eject", "reports/certificate"]);
    assert_eq!(made, format!("locales/{language}/numbers.ftl\n{text}\nreports/certificate/city.typ.hbs\n"));
    assert_eq!(read(&shop, &text), fs::read_to_string(&text).unwrap());
    done(&shop, &["check", "--deny", "warnings"]);
    let screen = shop.refused(&["init", ".", "--eject", "locales"]);
    assert!(screen.contains(&format!("`{text}` already exists")), "{screen}");
    let screen = shop.refused(&["init", ".", "--eject", "local"]);
    assert!(screen.contains("no file `local` is embedded") && screen.contains("reports/certificate"), "{screen}");
}

#[test]
fn programs_read_one_object_a_file() {
    let shop = Shop::new();
    let stdout = done(&shop, &["init", "new", "--message-format", "json"]);
    let objects: Vec<serde_json::Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 4);
    assert_eq!(objects[3], serde_json::json!({ "type": "file", "path": "new/reports/results.yaml" }));
}
