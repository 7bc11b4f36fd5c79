//! `gen-report check`: each mistake that a translator can make, found where it was made.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::fs;

use common::{RESULTS, Shop, same_screen};
use serde_json::Value as Json;

/// A mistake put into one file of the embedded edition, and where it must be found.
struct Seed {
    /// What kind of mistake it is.
    name: &'static str,
    file: &'static str,
    /// Text of the file, and what takes its place; with no text, it is added at the end.
    change: (&'static str, &'static str),
    code: &'static str,
    /// File and text at whose start the finding points; for a file of no change, the embedded one.
    at: (&'static str, &'static str),
}

const FR: &str = "locales/fr/text.ftl";
const FR_NUMBERS: &str = "locales/fr/numbers.ftl";
const EN: &str = "locales/en/text.ftl";
const EN_NUMBERS: &str = "locales/en/numbers.ftl";
const ZH: &str = "locales/zh/text.ftl";
const CITY: &str = "reports/press-release/city.typ.hbs";
const RESULTS_FILE: &str = "reports/results.yaml";

const SEEDS: &[Seed] = &[
    Seed {
        name: "a message that a template asks for is missing",
        file: FR,
        change: ("city-event =", "city-evnt ="),
        code: "E0202",
        at: (CITY, "{{t \"city-event\""),
    },
    Seed {
        name: "a message that nothing uses",
        file: FR,
        change: ("", "forgotten = Rien\n"),
        code: "W0212",
        at: (FR, "forgotten"),
    },
    Seed {
        name: "a misspelt variable",
        file: FR,
        change: ("city-committee = ", "city-committee = { MEASURE($contries) } "),
        code: "E0203",
        at: (FR, "contries"),
    },
    Seed {
        name: "a variable that only one language leaves out",
        file: EN,
        change: ("No.{ \"\\u00A0\" }{ $serial }", "No."),
        code: "W0213",
        at: (EN, "certificate-serial"),
    },
    Seed {
        name: "a variable of the template that no language uses",
        file: CITY,
        change: ("{{t \"city-routes\"}}", "{{t \"city-routes\" city=city}}"),
        code: "W0212",
        at: (CITY, "{{t \"city-routes\""),
    },
    Seed {
        name: "an attribute that a template asks for is missing",
        file: EN,
        change: ("    .of-city = size of { NAME($city, form: \"of\") } digital economy\n", ""),
        code: "E0202",
        at: (EN, "figure-digital-economy-size"),
    },
    Seed {
        name: "an attribute that nothing uses",
        file: EN,
        change: ("end-mark = ###\n", "end-mark = ###\n    .short = #\n"),
        code: "W0212",
        at: (EN, "short = #"),
    },
    Seed {
        name: "a term that is not there",
        file: FR,
        change: ("end-mark = ", "end-mark = { -brand } "),
        code: "E0208",
        at: (FR, "brand"),
    },
    Seed {
        name: "a message that is not there",
        file: FR,
        change: ("city-committee = ", "city-committee = { selectoin } "),
        code: "E0208",
        at: (FR, "selectoin"),
    },
    Seed {
        name: "an attribute that is not there",
        file: FR,
        change: ("end-mark = ", "end-mark = { certificate.long } "),
        code: "E0208",
        at: (FR, "long }"),
    },
    Seed {
        name: "a plural category that the language has is missing",
        file: FR_NUMBERS,
        change: ("        [many] yuans\n", ""),
        code: "E0209",
        at: (FR_NUMBERS, "value ->\n        [one] yuan"),
    },
    Seed {
        name: "a plural category that the language lacks",
        file: EN_NUMBERS,
        change: ("        [one] enterprise\n", "        [one] enterprise\n        [few] enterprises\n"),
        code: "E0209",
        at: (EN_NUMBERS, "few] enterprises"),
    },
    Seed {
        name: "an ordinal category that the language has is missing",
        file: EN_NUMBERS,
        change: ("        [two] { $n }nd\n", ""),
        code: "E0209",
        at: (EN_NUMBERS, "NUMBER($n"),
    },
    Seed {
        name: "a unit that no language can say",
        file: RESULTS_FILE,
        change: ("value: 2_400, unit: enterprise", "value: 2_400, unit: entreprise"),
        code: "E0211",
        at: (RESULTS_FILE, "2_400, unit"),
    },
    Seed {
        name: "a hedge that is lost",
        file: EN_NUMBERS,
        change: ("        [almost] nearly\n", ""),
        code: "E0210",
        at: (EN_NUMBERS, "approx ->\n        [over] more than"),
    },
    Seed {
        name: "a nature without its variant",
        file: ZH,
        change: ("        [forecast] 预测值\n", ""),
        code: "E0210",
        at: (ZH, "nature ->\n       *[observed] 实际数据"),
    },
    Seed {
        name: "a misspelt variant",
        file: EN_NUMBERS,
        change: ("[over] more than", "[ovr] more than"),
        code: "E0210",
        at: (EN_NUMBERS, "ovr]"),
    },
    Seed {
        name: "a measure without one of its parts",
        file: EN_NUMBERS,
        change: ("    .number = { $value }%\n", ""),
        code: "E0211",
        at: (EN_NUMBERS, "measure-percent"),
    },
    Seed {
        name: "parts that say something else than the whole",
        file: EN_NUMBERS,
        change: ("    .after = { after-scale }yuan\n", "    .after = { after-scale }renminbi\n"),
        code: "W0214",
        at: (EN_NUMBERS, "measure-cny"),
    },
    Seed {
        name: "a straight apostrophe",
        file: FR,
        change: ("specimen = ", "specimen = L'exemple "),
        code: "W0221",
        at: (FR, "'exemple"),
    },
    Seed {
        name: "straight quotation marks",
        file: EN,
        change: ("specimen = ", "specimen = \"So\" "),
        code: "W0221",
        at: (EN, "\"So"),
    },
    Seed {
        name: "two spaces",
        file: EN,
        change: ("press-release = News ", "press-release = News  "),
        code: "W0222",
        at: (EN, "  release"),
    },
    Seed {
        name: "a plain space where a no-break one belongs",
        file: FR,
        change: ("sources = Données{ \"\\u00A0\" }:", "sources = Données :"),
        code: "W0222",
        at: (FR, " : { $sources }"),
    },
    Seed {
        name: "no space before a semicolon",
        file: FR,
        change: ("specimen = ", "specimen = Attention; "),
        code: "W0222",
        at: (FR, "; Exemple"),
    },
    Seed {
        name: "half-width punctuation",
        file: ZH,
        change: ("specimen = 样张，", "specimen = 样张,"),
        code: "W0223",
        at: (ZH, ",不"),
    },
    Seed {
        name: "an ordinal that is not raised",
        file: FR,
        change: ("specimen = ", "specimen = 2e "),
        code: "W0224",
        at: (FR, "e Exemple"),
    },
    Seed {
        name: "a message twice in a file",
        file: FR,
        change: ("", "specimen = Exemple\n"),
        code: "E0105",
        at: (FR, "specimen = Exemple\n"),
    },
    Seed {
        name: "a message in two files",
        file: FR_NUMBERS,
        change: ("", "specimen = Exemple\n"),
        code: "E0105",
        at: (FR, "specimen"),
    },
    Seed { name: "junk", file: FR, change: ("specimen = ", "specimen { $x = "), code: "E0201", at: (FR, "{ $x = ") },
    Seed {
        name: "a function that is not there",
        file: FR,
        change: ("NAME($place)", "NAM($place)"),
        code: "E0204",
        at: (FR, "NAM($place)"),
    },
    Seed {
        name: "a form of names that is not there",
        file: FR,
        change: ("NAME($organiser, form: \"by\")", "NAME($organiser, form: \"bye\")"),
        code: "E0208",
        at: (FR, "NAME($organiser, form: \"bye\")"),
    },
    Seed {
        name: "a mistake that only a value shows",
        file: EN_NUMBERS,
        change: ("digits = { SHIFT($value, steps: \"12 9 6\") }", "digits = { SHIFT($value, by: \"x\") }"),
        code: "E0204",
        at: (EN_NUMBERS, "SHIFT($value, by"),
    },
    Seed {
        name: "a setting that is not understood",
        file: FR_NUMBERS,
        change: ("text-direction = ltr", "text-direction = left"),
        code: "E0205",
        at: (FR_NUMBERS, "left"),
    },
    Seed {
        name: "a typeface that the project does not have",
        file: FR_NUMBERS,
        change: ("fonts-text = Source Serif 4", "fonts-text = Sauce Serif 4"),
        code: "E0502",
        at: (FR_NUMBERS, "Sauce Serif 4"),
    },
    Seed {
        name: "a rank that leaves one out",
        file: RESULTS_FILE,
        change: ("    rank: 1\n", "    rank: 2\n"),
        code: "E0108",
        at: (RESULTS_FILE, "2\n    # route"),
    },
    Seed {
        name: "dates out of order",
        file: RESULTS_FILE,
        change: ("published: 2025-12-08\n  place", "published: 2025-11-08\n  place"),
        code: "E0108",
        at: (RESULTS_FILE, "2025-11-08\n  place"),
    },
    Seed {
        name: "an embargo that ends after the announcement",
        file: RESULTS_FILE,
        change: ("contact:\n", "embargo: {until: 2025-12-01}\n\ncontact:\n"),
        code: "E0108",
        at: (RESULTS_FILE, "2025-12-01}"),
    },
    Seed {
        name: "a share of more than all",
        file: RESULTS_FILE,
        change: ("value: 52,", "value: 152,"),
        code: "E0108",
        at: (RESULTS_FILE, "152,"),
    },
    Seed {
        name: "what was observed in the future",
        file: RESULTS_FILE,
        change: (
            "hedge: almost, nature: observed, period: end of 2024",
            "hedge: almost, nature: observed, period: 2031",
        ),
        code: "E0108",
        at: (RESULTS_FILE, "600, unit"),
    },
    Seed {
        name: "a source that is not there",
        file: RESULTS_FILE,
        change: ("source: beijing-daily}", "source: bejing-daily}"),
        code: "E0107",
        at: (RESULTS_FILE, "200_000"),
    },
    Seed {
        name: "a key figure that is not there",
        file: RESULTS_FILE,
        change: ("    - beijing/digital-manufacturers\n", "    - beijing/digital-manufacturer\n"),
        code: "E0107",
        at: (RESULTS_FILE, "https://example.org/C/"),
    },
    Seed {
        name: "a text that a language lacks",
        file: RESULTS_FILE,
        change: ("country: {fr: Chine, en: China, zh: 中国}", "country: {fr: Chine, en: China}"),
        code: "E0106",
        at: (RESULTS_FILE, "{fr: Chine, en: China}"),
    },
    Seed {
        name: "a misspelt key",
        file: RESULTS_FILE,
        change: ("    status: selected", "    statut: selected"),
        code: "E0102",
        at: (RESULTS_FILE, "statut"),
    },
    Seed {
        name: "a photo that is not there",
        file: RESULTS_FILE,
        change: ("    milestones:", "    photo: {file: nowhere.jpg, credit: X, alt: Y, caption: Z}\n    milestones:"),
        code: "E0304",
        at: (RESULTS_FILE, "nowhere.jpg"),
    },
    Seed {
        name: "a photo without alternative text",
        file: RESULTS_FILE,
        change: ("    milestones:", "    photo: {file: nowhere.jpg, credit: X, caption: Z}\n    milestones:"),
        code: "E0104",
        at: (RESULTS_FILE, "{file: nowhere.jpg"),
    },
    Seed {
        name: "a photo that is no image",
        file: RESULTS_FILE,
        change: ("    milestones:", "    photo: {file: results.yaml, credit: X, alt: Y, caption: Z}\n    milestones:"),
        code: "E0304",
        at: (RESULTS_FILE, "results.yaml, credit"),
    },
    Seed {
        name: "a character that no typeface has",
        file: RESULTS_FILE,
        change: ("      fr: Beijing\n", "      fr: Beijing 𓀀\n"),
        code: "E0501",
        at: (RESULTS_FILE, "𓀀"),
    },
    Seed {
        name: "a field that the data never has, in a branch that is not taken",
        file: CITY,
        change: ("{{city.quotation.speaker}}", "{{city.quotation.speeker}}"),
        code: "E0302",
        at: (CITY, "city.quotation.speeker"),
    },
    Seed {
        name: "a partial that is not there",
        file: CITY,
        change: ("{{> shared/press-frame}}", "{{> shared/press-fram}}"),
        code: "E0301",
        at: (CITY, "{{> shared/press-fram}}"),
    },
    Seed {
        name: "a helper that is not there",
        file: CITY,
        change: ("{{t \"city-routes\"}}", "{{shout city}}"),
        code: "E0303",
        at: (CITY, "{{shout city}}"),
    },
    Seed {
        name: "an open block",
        file: CITY,
        change: ("{{#each city.key-figures}}", "{{#each city.key-figures"),
        code: "E0301",
        at: (CITY, "{parts this}}"),
    },
    Seed {
        name: "Typst that does not compile",
        file: CITY,
        change: ("#releases((", "#relases(("),
        code: "E0401",
        at: (CITY, "relases(("),
    },
    Seed {
        name: "a variable that a date does not have",
        file: EN_NUMBERS,
        change: ("date-year = { $year }", "date-year = { $yaer }"),
        code: "E0203",
        at: (EN_NUMBERS, "yaer"),
    },
];

impl Seed {
    /// The language that the mistake was made in, to be quick; all of them for the other files.
    fn language(&self) -> Vec<&'static str> {
        match self.file.strip_prefix("locales/").and_then(|rest| rest.split_once('/')) {
            Some((language, _)) => vec!["-l", language],
            None => Vec::new(),
        }
    }

    fn sown(&self) -> (Shop, String) {
        let embedded =
            if self.file == RESULTS_FILE { RESULTS.to_owned() } else { fs::read_to_string(self.file).unwrap() };
        let (from, to) = self.change;
        assert!(embedded.contains(from), "{}: {} holds no {from:?}", self.name, self.file);
        let text = if from.is_empty() { embedded + "\n" + to } else { embedded.replacen(from, to, 1) };
        (Shop::new().file(self.file, &text), text)
    }

    /// Line and column at which it must be found.
    fn spot(&self, changed: &str) -> (u64, u64) {
        let (file, needle) = self.at;
        let text = if file == self.file { changed.to_owned() } else { fs::read_to_string(file).unwrap() };
        // What is added at the end stands last.
        let at = if self.change.0.is_empty() { text.rfind(needle) } else { text.find(needle) };
        let at = at.unwrap_or_else(|| panic!("{}: {file} holds no {needle:?}", self.name));
        let line = text[..at].matches('\n').count() as u64 + 1;
        let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() as u64 + 1;
        (line, column)
    }
}

fn findings(shop: &Shop, languages: &[&str]) -> Vec<Json> {
    let (stdout, _, _) = shop.run(&[&["check", "--message-format", "json"], languages].concat());
    stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|o: &Json| o["type"] == "diagnostic")
        .collect()
}

#[test]
fn each_kind_of_mistake_is_found_once_where_it_was_made() {
    // Half of the time is spent waiting for one process to begin: two go on at a time.
    let halves = SEEDS.split_at(SEEDS.len() / 2);
    let lost = std::thread::scope(|scope| {
        let other = scope.spawn(|| halves.1.iter().filter_map(lost).collect::<Vec<_>>());
        let mut lost: Vec<String> = halves.0.iter().filter_map(lost).collect();
        lost.extend(other.join().unwrap());
        lost
    });
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// What is said in place of the finding.
fn lost(seed: &Seed) -> Option<String> {
    let (shop, changed) = seed.sown();
    let (line, column) = seed.spot(&changed);
    let found = findings(&shop, &seed.language());
    let hit = found.iter().any(|d| {
        let place = &d["places"][0];
        d["code"] == seed.code
            && place["file"].as_str().is_some_and(|f| f.ends_with(seed.at.0))
            && (place["line"].as_u64(), place["column"].as_u64()) == (Some(line), Some(column))
            && !place["excerpt"].as_str().unwrap().is_empty()
            && d["help"].is_string()
    });
    // One mistake is not told again by all that follows from it; each language may tell it.
    if hit && found.len() <= 4 {
        return None;
    }
    let shown = |d: &Json| {
        let place = &d["places"][0];
        format!("{} {}:{}:{} {}", d["code"], place["file"], place["line"], place["column"], d["message"])
    };
    let seen: Vec<String> = found.iter().map(shown).collect();
    let (at, list) = (seed.at.0, seen.join("\n  "));
    Some(format!("{}: {} at {at}:{line}:{column} among\n  {list}", seed.name, seed.code))
}

/// The whole screen of the first mistake of each code; tests/screens.rs has the other codes.
#[test]
fn each_screen_says_what_is_wrong_where_and_what_to_do() {
    let mut done: Vec<&str> = Vec::new();
    for seed in SEEDS {
        if !done.contains(&seed.code) {
            done.push(seed.code);
            let (shop, _) = seed.sown();
            same_screen(seed.code, &shop.run(&[&["check"], seed.language().as_slice()].concat()).1);
        }
    }
}

#[test]
fn every_code_is_explained() {
    let (list, _, code) = Shop::new().run(&["explain"]);
    assert_eq!(code, 0);
    for seed in SEEDS {
        assert!(list.lines().any(|line| line.starts_with(seed.code)), "{}", seed.code);
    }
    let (text, _, code) = Shop::new().run(&["explain", "e0209"]);
    assert!(code == 0 && text.starts_with("E0209: A plural selector misses") && text.contains("CLDR"), "{text}");
    let (_, stderr, code) = Shop::new().run(&["explain", "E9999"]);
    assert_eq!((code, stderr.contains("there is no code `E9999`")), (2, true));
}

#[test]
fn findings_are_a_sarif_log_too() {
    let shop = Shop::new().file(FR, fs::read_to_string(FR).unwrap().replace("DATE($date)", "DAT($date)"));
    let (stdout, stderr, code) = shop.run(&["check", "-l", "fr", "--message-format", "sarif"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    let log: Json = serde_json::from_str(&stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "E0204");
    assert_eq!(run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize]["id"], "E0204");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "locales/fr/text.ftl");
    assert!(place["region"]["startLine"].as_u64().unwrap() > 1 && place["region"]["startColumn"].as_u64().unwrap() > 1);
}

#[test]
fn errors_fail_and_warnings_only_when_denied() {
    let warned = |shop: Shop| shop.file(FR, fs::read_to_string(FR).unwrap() + "\nforgotten = Rien\n");
    assert_eq!(warned(Shop::new()).run(&["check"]).2, 0);
    assert_eq!(warned(Shop::new()).run(&["check", "--deny", "warnings"]).2, 1);
    let wrong = Shop::new().file(FR, fs::read_to_string(FR).unwrap().replace("DATE($date)", "DAT($date)"));
    let (stdout, stderr, code) = wrong.run(&["check"]);
    assert_eq!((stdout.as_str(), code), ("", 1));
    assert!(stderr.contains("found") && stderr.contains("error"), "{stderr}");
    assert_eq!(wrong.made(), Vec::<String>::new());
}

#[test]
fn mistakes_in_several_files_are_found_in_one_run() {
    let shop = Shop::new()
        .file(FR, fs::read_to_string(FR).unwrap().replace("DATE($date)", "DAT($date)"))
        .file(EN, fs::read_to_string(EN).unwrap().replace("$serial", "$seriel"))
        .file(RESULTS_FILE, RESULTS.replace("status: selected", "status: selceted"))
        .file("reports/certificate/city.typ.hbs", "{{#if city}}");
    let codes: Vec<String> = findings(&shop, &[]).iter().map(|d| d["code"].as_str().unwrap().to_owned()).collect();
    for code in ["E0103", "E0204", "E0301"] {
        assert!(codes.iter().any(|c| c == code), "no {code} in {codes:?}");
    }
}

#[test]
fn what_is_embedded_is_not_blamed_for_what_a_project_leaves_out() {
    let shop = Shop::edited(&[("    milestones:\n      benchmark-ambition: 2021", "    milestones: {}")]).file(
        "reports/press-release/edition.typ.hbs",
        "#set document(title: \"x\")\n{{t \"edition-headline\" edition=edition.number place=edition.place}}\n",
    );
    assert_eq!(findings(&shop, &[]), Vec::<Json>::new());
}
