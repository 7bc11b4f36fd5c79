//! The website of `gen-report keys publish`: its files, their words and what they may load.

use std::fs;

use gen_report::site::Site;
use serde_json::Value as Json;

use super::{issuer, run};
use crate::support::{ProjectDir, RESULTS_FILE, assert_contains};

fn publish(project: &ProjectDir) -> (String, String, i32) {
    run(project, &["keys", "publish", "site", "./issuer.pem"])
}

fn words(project: &ProjectDir) -> Json {
    serde_json::from_str(&project.read("site/verify/words.json")).unwrap()
}

#[test]
fn the_page_is_where_codes_lead() {
    let project = issuer(|p| p);
    let (stdout, stderr, code) = publish(&project);
    assert_eq!((code, stdout.as_str()), (0, "site/index.html\nsite/status.jwt\nsite/keys.json\n"), "{stderr}");
    assert_eq!(stderr, "published 1 key, 0 withdrawn certificates and a page for https://example.org/\n");
    // Each copy finds the files of the page from where it is.
    for (page, link) in [("index.html", "verify/"), ("C/index.html", "../verify/"), ("404.html", "/verify/")] {
        assert_contains(&project.read(&format!("site/{page}")), &[&format!("src=\"{link}page.js\"")]);
    }
    assert_eq!(words(&project)["codes"], "HTTPS://EXAMPLE.ORG/C/");
    let before = project.read("site/index.html");
    publish(&project);
    assert_eq!(project.read("site/index.html"), before);
}

#[test]
fn the_site_is_above_the_folder_of_codes() {
    for (verification, site) in [
        ("https://example.org/C/", "https://example.org/"),
        ("HTTPS://Example.org/C/", "https://example.org/"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/awards/cities/C/", "https://example.org/awards/cities/"),
        ("https://example.org/check?code=", "https://example.org/"),
        ("http://[::1]:8000/C/", "http://[::1]:8000/"),
    ] {
        assert_eq!(Site::new(verification).address(), site, "{verification}");
    }
}

/// The page has the words of every language, and no other page of the site is needed to read it without JavaScript.
#[test]
fn the_page_is_in_the_languages_of_the_project() {
    let project = issuer(|p| p);
    publish(&project);
    let words = words(&project);
    let languages = words["languages"].as_array().unwrap();
    let tags: Vec<&str> = languages.iter().map(|language| language["tag"].as_str().unwrap()).collect();
    assert_eq!(tags, ["en-US", "fr-FR", "zh-Hans-CN"]);
    for language in languages {
        for (id, text) in language["words"].as_object().unwrap() {
            let text = text.as_str().unwrap();
            assert!(!text.is_empty() && !text.contains(['{', '}', '\u{fdd0}']), "{id}: {text}");
        }
    }
    assert_eq!(languages[1]["words"]["genuine"], "Authentique");
    assert_eq!(languages[1]["awards"]["certificate"], "Certificat");
    assert_contains(
        &project.read("site/index.html"),
        &["<html lang=\"en-US\" dir=\"ltr\">", ">Check a certificate</h1>"],
    );
    // A message of the project replaces that of the program.
    let project = project.file("locales/fr/own.ftl", "verify-title = Contrôler <un> diplôme\n");
    publish(&project);
    assert_eq!(self::words(&project)["languages"][1]["words"]["title"], "Contrôler <un> diplôme");
}

/// Nothing is executed or loaded that the site does not have itself.
#[test]
fn the_page_runs_only_its_own_files() {
    let project = issuer(|p| p);
    publish(&project);
    for path in ["index.html", "404.html", "C/index.html"] {
        let page = project.read(&format!("site/{path}"));
        assert_contains(&page, &["default-src 'none'", "script-src 'self'", "connect-src 'self'"]);
        assert!(!page.contains(" style=") && !page.contains(" onclick") && !page.contains("<style"), "{path}");
        assert_eq!(page.matches("<script").count(), page.matches("<script type=\"module\" src=").count());
    }
    for path in ["page.css", "page.js", "code.js"] {
        assert!(!project.read(&format!("site/verify/{path}")).contains("https://"), "{path}");
    }
    // What the service worker keeps for times without a network exists.
    let worker = project.read("site/service-worker.js");
    let list = &worker[worker.find("const FILES").unwrap()..worker.find("].map").unwrap()];
    for path in list.split('"').skip(1).step_by(2) {
        assert!(project.path().join("site").join(path).is_file(), "{path}");
    }
}

#[test]
fn the_colours_are_those_of_the_design() {
    let project = issuer(|p| p.file("reports/design.yaml", "colours:\n  ink: \"#004488\"\n"));
    publish(&project);
    assert_contains(&project.read("site/verify/page.css"), &["--ink: #004488;", "--accent: #A3281F;"]);
}

#[test]
fn a_page_of_the_organisation_is_not_replaced() {
    let project = issuer(|p| p.file("site/index.html", "<h1>Welcome</h1>"));
    let (_, stderr, code) = publish(&project);
    assert_eq!(code, 1);
    assert_contains(&stderr, &["error[E0601]: `site/index.html` is not a page of gen-report"]);
    assert_eq!(fs::read_dir(project.path().join("site")).unwrap().count(), 1, "nothing was written");
}

#[test]
fn codes_may_lead_to_a_folder_of_a_larger_site() {
    let project = issuer(|p| p.edit(RESULTS_FILE, "https://example.org/C/", "https://example.org/awards/V/"));
    publish(&project);
    assert!(project.path().join("site/V/index.html").is_file());
    assert_contains(&project.read("site/404.html"), &["href=\"/awards/verify/page.css\""]);
}
