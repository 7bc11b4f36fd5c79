//! Many documents in one run: records in bulk, the manifest, runs that are ended and go on, shards.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::{RESULTS, Shop};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// A certificate that takes no time.
const TEMPLATE: &str = "#set document(title: \"x\")\n{{city.name}}, {{ordinal city.rank}}\n\
                        {{#if city.figures.size}}{{figure city.figures.size}}{{/if}}\n";

const EVERY: &str =
    "\n  every:\n    status: selected\n    country: Azuria\n    figures: {size: {unit: enterprise, hedge: over}}\n";

/// The first edition without its city, and with those that are read from a file.
fn results(cities: &str) -> String {
    let (head, _) = RESULTS.split_once("\ncities:\n").unwrap();
    let head: Vec<&str> = head.lines().filter(|line| !line.contains("- beijing/")).collect();
    format!("{}\ncities:\n  {cities}{EVERY}", head.join("\n"))
}

fn shop(cities: &str, files: &[(&str, &str)]) -> Shop {
    let shop =
        Shop::new().file("reports/results.yaml", results(cities)).file("reports/certificate/city.typ.hbs", TEMPLATE);
    files.iter().fold(shop, |shop, (path, text)| shop.file(&format!("reports/{path}"), text))
}

fn table(rows: usize) -> String {
    let row = |n| format!("town-{n},Ville {n},Town {n},云城{n},{n},{}\n", 100 + n);
    "id,name.fr,name.en,name.zh,rank,figures.size.value\n".to_owned() + &(1..=rows).map(row).collect::<String>()
}

fn of_table(rows: usize) -> Shop {
    shop("from: cities.csv", &[("cities.csv", &table(rows))])
}

const CERTIFICATES: [&str; 6] = ["-l", "fr,zh", "-r", "certificate", "-j", "2"];

fn made(shop: &Shop, more: &[&str]) -> String {
    let (_, stderr, code) = shop.run(&[&CERTIFICATES[..], more].concat());
    assert_eq!(code, 0, "{stderr}");
    stderr
}

fn manifest(shop: &Shop, path: &str) -> Vec<Json> {
    let text = fs::read_to_string(shop.path().join(path)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// Every file of a folder with its bytes, but locks.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|end| end != "lock") {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Whatever the manifest calls made is there, whole.
fn assert_true(shop: &Shop, out: &str) {
    let text = fs::read_to_string(shop.path().join(out).join("manifest.jsonl")).unwrap();
    for line in text.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok()) {
        if line["status"] == "made" {
            let bytes = fs::read(shop.path().join(out).join(line["file"].as_str().unwrap())).unwrap();
            let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((line["bytes"].as_u64(), line["sha256"].as_str()), (Some(bytes.len() as u64), Some(&*sum)));
        }
    }
}

// ---- records

#[test]
fn a_table_lines_of_json_and_yaml_give_the_same_documents() {
    let columns = "from: cities.csv\n  columns:\n    id: code\n    name: {fr: nom, en: name, zh: 名称}\n    rank: rang\n    figures: {size: {value: taille}}";
    let json = |n: u32| {
        let name = format!(r#"{{"fr": "Ville {n}", "en": "Town {n}", "zh": "云城{n}"}}"#);
        format!(r#"{{"id": "town-{n}", "name": {name}, "rank": {n}, "figures": {{"size": {{"value": {}}}}}}}"#, 100 + n)
    };
    let yaml = |n: u32| {
        format!(
            "id: town-{n}\nname: {{fr: Ville {n}, en: Town {n}, zh: 云城{n}}}\nrank: {n}\nfigures: {{size: {{value: {}}}}}\n",
            100 + n
        )
    };
    let excel = "\u{feff}code;nom;name;名称;rang;taille;remarque\r\ntown-1;\"Ville 1\";Town 1;云城1;1;101;\"a\nb\"\r\n\r\ntown-2;Ville 2;Town 2;云城2;2;102;\r\n";
    let shops = [
        of_table(2),
        shop(columns, &[("cities.csv", excel)]),
        shop("from: cities.jsonl", &[("cities.jsonl", &format!("{}\n\n{}", json(1), json(2)))]),
        shop("from: cities.yaml", &[("cities.yaml", &format!("# towns\n---\n{}---\n{}...\n", yaml(1), yaml(2)))]),
        shop("from: cities", &[("cities/a.yaml", &yaml(1)), ("cities/b/b.yml", &yaml(2)), ("cities/.old.yaml", "x")]),
    ];
    let mut first = None;
    for shop in shops {
        made(&shop, &[]);
        let made = tree(&shop.path().join("out"));
        assert_eq!(made.len(), 5, "{:?}", made.keys());
        // The manifests are alike too, and so are the sums of what the documents were made of.
        assert!(*first.get_or_insert_with(|| made.clone()) == made);
    }
    let (text, _) = of_table(2).pages("fr", "certificate", Some("town-2"));
    assert!(text.contains("Ville 2") && text.contains("102"), "{text}");
}

#[test]
fn a_mistake_is_told_at_its_line_and_column_in_every_format() {
    for (cities, path, text, expected) in [
        ("from: c.csv", "c.csv", "id,name,rank\na,A,1\nb,B,x\n", "reports/c.csv:3:5"),
        ("from: c.csv", "c.csv", "id;name;rank\n\n\"a\";\"A\n2\";1\nb;\"B\";\"x\"\n", "reports/c.csv:5:7"),
        ("from: c.csv", "c.csv", "id,name,rank\na,A,1\nb,B\n", "reports/c.csv:3:1"),
        ("from: c.csv", "c.csv", "id,name,rank\na,\"A\" b,1\n", "reports/c.csv:2:6"),
        ("from: c.csv", "c.csv", "id,nome,rank\na,A,1\n", "reports/c.csv:1:4"),
        ("from: c.csv", "c.csv", "id,name.fr,name.fr,rank\na,A,A,1\n", "reports/c.csv:1:12"),
        ("from: c.csv", "c.csv", "id,name,rank\na,A,1\na,B,2\n", "reports/c.csv:3:1"),
        ("from: c.csv", "c.csv", "id,name,rank\na,A,1\nb,B,1\n", "reports/c.csv:3:1"),
        ("from: c.csv", "c.csv", "id,name,rank,figures.size.value\na,A,1,4-\n", "reports/c.csv:2:7"),
        ("from: c.csv\n  columns: {id: code}", "c.csv", "id,name\na,A\n", "reports/results.yaml:"),
        (
            "from: c.jsonl",
            "c.jsonl",
            "{\"id\": \"a\", \"name\": \"A\", \"rank\": 1}\n{\"id\": \"b\",\n",
            "reports/c.jsonl:2:12",
        ),
        ("from: c.jsonl", "c.jsonl", "{\"id\": \"a\", \"name\": \"A\", \"rank\": []}\n", "reports/c.jsonl:1:34"),
        ("from: c.jsonl", "c.jsonl", "{\"id\": \"a\", \"id\": \"b\"}\n", "reports/c.jsonl:1:13"),
        ("from: c.yaml", "c.yaml", "id: a\nname: A\nrank: 1\n---\nid: b\nname: B\nrank: none\n", "reports/c.yaml:7:7"),
        ("from: c.yaml", "c.yaml", "id: a\nname: A\nrank: 1\n--- {id: b, name: B, rang: 2}\n", "reports/c.yaml:4:22"),
        ("from: c", "c/b.yaml", "id: b\nname: B\n", "reports/c/b.yaml:1:1"),
        ("from: c.csv", "d.csv", "", "reports/results.yaml:"),
        ("from: ../c.csv", "d.csv", "", "reports/results.yaml:"),
        ("from: c.txt", "c.txt", "", "reports/results.yaml:"),
    ] {
        let screen = shop(cities, &[(path, text)]).refused(&CERTIFICATES);
        assert!(screen.contains(expected) && screen.contains("help: "), "{cities} {text}: {screen}");
    }
}

#[test]
fn bytes_that_are_no_text_and_quotes_that_never_close_are_told() {
    let shop = shop("from: c.csv", &[]).file("reports/c.csv", b"id,name,rank\na,\xc9vreux,1\n");
    let screen = shop.refused(&[]);
    assert!(screen.contains("reports/c.csv:2:3") && screen.contains("UTF-8"), "{screen}");
    let open = format!("id,name,rank\na,\"A,1\n{}", "b,B,2\n".repeat(200_000));
    let screen = shop.file("reports/c.csv", open).refused(&[]);
    assert!(screen.contains("larger than 1024 KiB"), "{screen}");
}

/// Beyond a thousand, records are a stream: each is checked, and is made like any other.
#[test]
fn cities_in_bulk_are_checked_and_made_one_by_one() {
    let shop = of_table(1200);
    let (stdout, stderr, code) = shop.run(&["--dry-run"]);
    assert_eq!((stdout.lines().count(), code), (3 * 1200 * 2, 0), "{stderr}");
    assert!(shop.run(&["list"]).0.contains("1200 of reports/cities.csv"));
    made(&shop, &["-c", "town-7,town-1199"]);
    assert_eq!(shop.made().len(), 4);
    let few = of_table(10);
    made(&few, &["-c", "town-7"]);
    let read = |shop: &Shop| fs::read(shop.path().join("out/fr/certificate-town-7.pdf")).unwrap();
    assert!(read(&shop) == read(&few), "a record of many makes another document than one of few");
    // In a process of its own too.
    made(&shop, &["-c", "town-7", "--timeout", "600", "-o", "apart"]);
    assert!(fs::read(shop.path().join("apart/fr/certificate-town-7.pdf")).unwrap() == read(&shop));
    assert!(shop.refused(&["-c", "town-1201"]).contains("no city `town-1201`"));

    let wrong = table(1200).replace("\ntown-1100,", "\ntown-3,").replace(",900,", ",neuf cents,");
    let screen = shop.file("reports/cities.csv", wrong).refused(&["check"]);
    assert!(screen.contains("reports/cities.csv:1101:1") && screen.contains("reports/cities.csv:4:1"), "{screen}");
    assert!(screen.contains("reports/cities.csv:901:"), "{screen}");
}

#[test]
fn the_command_line_may_name_the_records() {
    let shop = of_table(2).file("others/towns.csv", table(3));
    made(&shop, &["--records", "others/towns.csv"]);
    assert_eq!(shop.made().len(), 6);
    assert!(shop.refused(&["--records", "others/none.csv"]).contains("others/none.csv"));
}

// ---- the manifest

#[test]
fn the_manifest_has_a_line_for_each_document() {
    let shop = of_table(2);
    made(&shop, &[]);
    let lines = manifest(&shop, "out/manifest.jsonl");
    let files: Vec<&str> = lines.iter().map(|line| line["file"].as_str().unwrap()).collect();
    let expected = [
        "fr/certificate-town-1.pdf",
        "fr/certificate-town-2.pdf",
        "zh/certificate-town-1.pdf",
        "zh/certificate-town-2.pdf",
    ];
    assert_eq!(files, expected);
    let line = &lines[1];
    assert_eq!(
        (&line["record"], &line["report"], &line["language"]),
        (&"town-2".into(), &"certificate".into(), &"fr".into())
    );
    assert_eq!(
        (&line["status"], &line["pages"], &line["warnings"]),
        (&"made".into(), &1.into(), &Json::Array(Vec::new()))
    );
    assert_true(&shop, "out");
    // A run anew writes the same lines, and none twice.
    let before = tree(&shop.path().join("out"));
    made(&shop, &[]);
    assert!(before == tree(&shop.path().join("out")));
}

#[test]
fn a_file_ejected_and_not_changed_makes_no_document_stale() {
    let shop = Shop::edited(&[]);
    let release = ["-l", "fr", "-r", "press-release"];
    assert_eq!(shop.run(&release).2, 0);
    for path in ["reports/press-release", "reports/shared", "locales/fr", "fonts"] {
        assert_eq!(shop.run(&["init", ".", "--eject", path]).2, 0, "{path}");
        let (stdout, stderr, code) = shop.run(&[&release[..], &["--resume"]].concat());
        assert!(code == 0 && stdout.is_empty() && stderr.contains("made 0 documents"), "{path}: {stdout}{stderr}");
    }
}

#[test]
fn resume_makes_what_is_missing_or_stale_and_removes_nothing() {
    let shop = of_table(3).file("out/fr/letter.txt", "mine");
    made(&shop, &[]);
    assert!(made(&shop, &["--resume"]).contains("made 0 documents") && shop.path().join("out/fr/letter.txt").exists());
    let again = |shop: &Shop| {
        let (stdout, stderr, code) = shop.run(&[&CERTIFICATES[..], &["--resume"]].concat());
        assert_eq!(code, 0, "{stderr}");
        stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    // One record, a file that is gone, one that was cut short, then what all share.
    let shop = shop.file("reports/cities.csv", table(3).replace("Ville 2", "Bourg 2"));
    assert_eq!(again(&shop), ["out/fr/certificate-town-2.pdf", "out/zh/certificate-town-2.pdf"]);
    fs::remove_file(shop.path().join("out/zh/certificate-town-1.pdf")).unwrap();
    fs::write(shop.path().join("out/fr/certificate-town-3.pdf"), "half").unwrap();
    assert_eq!(again(&shop), ["out/fr/certificate-town-3.pdf", "out/zh/certificate-town-1.pdf"]);
    // A line more, and the order of the records, change no document.
    let (head, rows) = table(3).split_once('\n').map(|(h, r)| (h.to_owned(), r.replace("Ville 2", "Bourg 2"))).unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    let shop = shop.file("reports/cities.csv", format!("{head}\n\n{}\n", turned.join("\n")));
    assert_eq!(again(&shop), Vec::<String>::new());
    let shop = shop.file("reports/certificate/city.typ.hbs", TEMPLATE.replace(", ", "; "));
    assert_eq!(again(&shop).len(), 6);
    let french = fs::read_to_string("locales/fr/text.ftl").unwrap();
    let shop = shop.file("locales/fr/text.ftl", format!("{french}\n# changed\n"));
    assert_eq!(again(&shop).iter().filter(|path| path.starts_with("out/fr/")).count(), 3);
    assert_eq!(again(&shop), Vec::<String>::new());
    let shop =
        shop.file("reports/results.yaml", results("from: cities.csv").replace("specimen: true", "specimen: false"));
    assert_eq!(again(&shop).len(), 6);
    assert_true(&shop, "out");
}

#[test]
fn failures_are_kept_apart_and_can_be_made_alone() {
    let bad = format!("{TEMPLATE}{{{{#if city.quotation}}}}#nothing{{{{/if}}}}");
    let rows = "{\"id\": \"a\", \"name\": \"A\", \"rank\": 1}\n{\"id\": \"b\", \"name\": \"B\", \"rank\": 2, \"quotation\": {\"text\": \"x\", \"speaker\": \"y\", \"role\": \"z\"}}\n";
    let shop = shop("from: c.jsonl", &[("c.jsonl", rows)]).file("reports/certificate/city.typ.hbs", bad);
    assert_eq!(shop.run(&CERTIFICATES).2, 1);
    let failed = manifest(&shop, "out/failed.jsonl");
    assert_eq!(failed.len(), 2);
    assert_eq!((&failed[0]["record"], &failed[0]["diagnostics"][0]["code"]), (&"b".into(), &"E0401".into()));
    assert_eq!(failed[0]["diagnostics"][0]["places"][0]["line"], 4);
    assert_eq!(manifest(&shop, "out/manifest.jsonl").iter().filter(|line| line["status"] == "failed").count(), 2);
    // Only those, in their languages; what fails again stays, what is made goes.
    let only = ["-r", "certificate", "--only", "out/failed.jsonl"];
    assert_eq!(shop.run(&only).2, 1);
    assert_eq!(manifest(&shop, "out/failed.jsonl").len(), 2);
    let shop = shop.file("reports/certificate/city.typ.hbs", TEMPLATE);
    let (stdout, stderr, code) = shop.run(&only);
    assert_eq!((code, stdout.lines().count()), (0, 2), "{stderr}");
    assert!(!shop.path().join("out/failed.jsonl").exists());
    assert_eq!(manifest(&shop, "out/manifest.jsonl").len(), 4);
    assert!(shop.refused(&["--only", "reports/results.yaml"]).contains("names no document"));
}

#[test]
fn two_runs_into_one_folder_do_not_meet() {
    let shop = of_table(1);
    made(&shop, &[]);
    let lock = fs::File::open(shop.path().join("out/.manifest.lock")).unwrap();
    lock.lock().unwrap();
    let screen = shop.refused(&CERTIFICATES);
    assert!(screen.contains("E0604") && screen.contains("`out`"), "{screen}");
    // Another folder, and a shard of its own manifest, are free.
    made(&shop, &["-o", "other"]);
    made(&shop, &["--shard", "1/2"]);
    // However the other one ended, its lock is gone with it.
    drop(lock);
    made(&shop, &[]);
}

// ---- ended and gone on with

fn begin(shop: &Shop, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_gen-report"))
        .current_dir(shop.path())
        .args([&CERTIFICATES[..], &["--message-format", "json"], more].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until so many documents are told to be made; false where the run ends before.
fn wait_for(run: &mut Child, documents: usize) -> bool {
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines();
    let told = |line: std::io::Result<String>| line.unwrap().contains("\"type\":\"document\"");
    (0..documents).all(|_| lines.by_ref().any(told))
}

#[test]
fn a_run_that_is_killed_loses_nothing_that_it_told() {
    let shop = of_table(150);
    made(&shop, &["-o", "whole"]);
    let (mut at, mut kills) = (7, 0);
    loop {
        // Moments that follow no pattern, and are the same each time.
        at = (at * 31 + 11) % 61;
        let mut run = begin(&shop, &["--resume"]);
        if !wait_for(&mut run, at) {
            assert!(run.wait().unwrap().success());
            break;
        }
        run.kill().unwrap();
        run.wait().unwrap();
        kills += 1;
        assert_true(&shop, "out");
    }
    assert!(kills > 3, "killed only {kills} times");
    assert!(tree(&shop.path().join("out")) == tree(&shop.path().join("whole")));
}

/// A crash can leave half a line. What it would have said is made again.
#[test]
fn half_a_line_at_the_end_is_no_line() {
    let shop = of_table(3);
    made(&shop, &["-o", "whole"]);
    made(&shop, &[]);
    let path = shop.path().join("out/manifest.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, &text[..text.len() - 40]).unwrap();
    assert!(made(&shop, &["--resume"]).contains("made 1 document "));
    assert!(tree(&shop.path().join("out")) == tree(&shop.path().join("whole")));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_in_order_and_goes_on() {
    let shop = of_table(150);
    let mut run = begin(&shop, &[]);
    let output = run.stdout.take().unwrap();
    let mut lines = BufReader::new(output).lines();
    assert!(lines.by_ref().any(|line| line.unwrap().contains("\"type\":\"document\"")));
    assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
    let rest: Vec<Json> = lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    assert_eq!(run.wait().unwrap().code(), Some(130));
    let summary = rest.last().unwrap();
    assert_eq!(summary["type"], "summary");
    assert!(summary["left"].as_u64().unwrap() > 0);
    let lines = manifest(&shop, "out/manifest.jsonl").len();
    assert_eq!(summary["made"].as_u64().unwrap() as usize, lines);
    assert!(made(&shop, &["--resume"]).contains(&format!("{lines} documents made before")));
    assert_eq!(manifest(&shop, "out/manifest.jsonl").len(), 300);
}

// ---- shards

fn shards(shop: &Shop, of: usize) {
    for index in 1..=of {
        made(shop, &["--shard", &format!("{index}/{of}")]);
    }
}

const MERGE: [&str; 5] = ["merge", "-l", "fr,zh", "-r", "certificate"];

#[test]
fn the_union_of_shards_is_the_whole_run() {
    let shop = of_table(20);
    made(&shop, &["-o", "whole"]);
    shards(&shop, 3);
    let (_, stderr, code) = shop.run(&MERGE);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("joined 40 documents of 3 shards"), "{stderr}");
    let mut union = tree(&shop.path().join("out"));
    let own = union.keys().filter(|name| name.starts_with("manifest-")).cloned().collect::<Vec<_>>();
    assert_eq!(own.len(), 3);
    own.iter().for_each(|name| drop(union.remove(name)));
    assert!(union == tree(&shop.path().join("whole")));
    // The merged manifest is one that a run can go on with.
    assert!(made(&shop, &["--resume"]).contains("made 0 documents"));
    // Documents of the edition are in one shard.
    let edition = |index: usize| {
        shop.run(&["-l", "fr", "-r", "press-release", "--dry-run", "--shard", &format!("{index}/3")])
            .0
            .contains("/press-release.pdf")
    };
    assert_eq!((1..=3).filter(|index| edition(*index)).count(), 1);
}

#[test]
fn a_scheduler_says_which_shard_this_is() {
    let shop = of_table(20);
    let dry = |arguments: &[&str], variables: &[(&str, &str)]| {
        let output = Command::new(env!("CARGO_BIN_EXE_gen-report"))
            .current_dir(shop.path())
            .args([&CERTIFICATES[..], &["--dry-run"], arguments].concat())
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let third = dry(&["--shard", "3/4"], &[]).0;
    let slurm = [("SLURM_ARRAY_TASK_ID", "2"), ("SLURM_ARRAY_TASK_COUNT", "4"), ("SLURM_ARRAY_TASK_MIN", "0")];
    assert_eq!(dry(&["--shard", "auto"], &slurm).0, third);
    assert_eq!(dry(&["--shard", "auto", "--shards", "4"], &[("JOB_COMPLETION_INDEX", "2")]).0, third);
    assert!(dry(&["--shard", "auto"], &[]).1.contains("E0606"));
}

#[test]
fn a_merge_refuses_gaps_doubles_and_what_differs() {
    let shop = of_table(20);
    let refused = |code: &str, what: &str| {
        let screen = shop.refused(&MERGE);
        assert!(screen.contains(code) && screen.contains(what), "{screen}");
        assert!(!shop.path().join("out/manifest.jsonl").exists());
    };
    refused("E0607", "no shard's manifest");
    made(&shop, &["--shard", "1/3"]);
    made(&shop, &["--shard", "3/3"]);
    refused("E0607", "the shard 2/3 has no manifest");
    made(&shop, &["--shard", "2/3"]);
    let path = |name: &str| shop.path().join("out").join(name);
    let name = |line: &str| serde_json::from_str::<Json>(line).unwrap()["file"].as_str().unwrap().to_owned();
    let manifests: Vec<String> =
        (1..=3).map(|n| fs::read_to_string(path(&format!("manifest-{n}-of-3.jsonl"))).unwrap()).collect();
    let (first, rest) = manifests[1].split_once('\n').unwrap();
    let file = name(first);
    let bytes = fs::read(path(&file)).unwrap();

    // A gap: the line is not there, or the file, or it failed.
    fs::write(path("manifest-2-of-3.jsonl"), rest).unwrap();
    refused("E0607", &format!("no shard has made `out/{file}`"));
    fs::write(path("manifest-2-of-3.jsonl"), manifests[1].replacen("\"made\"", "\"failed\"", 1)).unwrap();
    refused("E0607", "failed-2-of-3.jsonl");
    fs::write(path("manifest-2-of-3.jsonl"), &manifests[1]).unwrap();
    fs::remove_file(path(&file)).unwrap();
    refused("E0607", "but not there");
    // A file that is another than was made.
    fs::write(path(&file), [&bytes[..bytes.len() - 1], b"x"].concat()).unwrap();
    refused("E0609", "is not what the manifest says");
    fs::write(path(&file), &bytes).unwrap();
    // A double.
    fs::write(path("manifest-1-of-3.jsonl"), format!("{}{first}\n", manifests[0])).unwrap();
    refused("E0608", "two shards have made");
    let digits = &first.split("\"sha256\":\"").nth(1).unwrap()[..64];
    let other = first.replace(digits, &"0".repeat(64));
    fs::write(path("manifest-1-of-3.jsonl"), format!("{}{other}\n", manifests[0])).unwrap();
    refused("E0608", "not alike");
    fs::write(path("manifest-1-of-3.jsonl"), &manifests[0]).unwrap();
    // A cut of another number.
    fs::write(path("manifest-1-of-2.jsonl"), "").unwrap();
    refused("E0608", "of 2 shards and of 3");
    fs::remove_file(path("manifest-1-of-2.jsonl")).unwrap();
    // Facts that changed since.
    fs::write(path("../reports/cities.csv"), table(20).replace("Ville 2,", "Bourg 2,")).unwrap();
    let screen = shop.refused(&MERGE);
    assert!(screen.contains("E0609") && screen.contains("other facts"), "{screen}");
    // A shard that is still running.
    let lock = fs::File::open(path(".manifest-1-of-3.lock")).unwrap();
    lock.lock().unwrap();
    assert!(shop.refused(&MERGE).contains("E0604"));
}
