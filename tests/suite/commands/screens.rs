//! The whole message of each diagnostic code, compared with tests/screens. Mistakes that `check` finds in locales,
//! templates and facts are compared in `check`, the others here.

use std::fs;
use std::path::Path;

use gen_report::diagnostic::code;

use crate::support::bucket::Bucket;
use crate::support::{CERTIFICATE, FR, FR_NUMBERS, FR_PROGRAMME, PIXEL, ProjectDir, RESULTS_FILE, assert_screen};

/// Codes without a stored screen, and why.
const WITHOUT_SCREEN: &[(&str, &str)] = &[
    ("E0403", "a bug of Typst or of this program"),
    ("E0407", "files change during a run: see `runs::faults`"),
    ("E0408", "the system decides how many threads there are: see `runs::faults`"),
    ("E0406", "the system decides when a process is out of memory: see `usage`"),
];

const ONE: &[&str] = &["-l", "fr", "-r", "certificate"];

/// A project whose certificate has the given Typst code.
fn page(body: &str) -> ProjectDir {
    ProjectDir::new().file(CERTIFICATE, format!("#set document(title: \"x\")\n{{{{city.name}}}}\n{body}\n"))
}

/// Builds all documents in French.
fn build(project: ProjectDir) -> ProjectDir {
    project.run_ok(&["-q", "-l", "fr"]);
    project
}

/// Runs the program, and compares the first message with this code.
#[track_caller]
fn assert_run(code: &str, project: &ProjectDir, arguments: &[&str]) {
    let (_, stderr, _) = project.run(arguments);
    assert_screen(code, &stderr);
}

#[test]
fn unusable_files() {
    assert_run("E0001", &ProjectDir::new().file(FR, b"specimen = caf\xe9\n"), ONE);
    assert_run("E0101", &ProjectDir::new().edit(RESULTS_FILE, "  founded: 2025-02\n", "  founded: [2025-02\n"), ONE);
    assert_run("E0103", &ProjectDir::new().edit(RESULTS_FILE, "value: 2_400", "value: two thousand"), ONE);
    assert_run("E0503", &ProjectDir::new().file("fonts/Headline.otf", "not a font"), ONE);
}

#[test]
fn unknown_languages_and_nothing_to_build() {
    assert_run("E0002", &ProjectDir::new(), &["-l", "de"]);
    let nobody = ProjectDir::new().edit(RESULTS_FILE, "status: selected", "status: shortlisted");
    assert_run("E0003", &nobody, ONE);
}

#[test]
fn messages_that_cannot_be_formatted() {
    assert_run("E0206", &ProjectDir::new().edit(FR, "specimen = ", "specimen = { specimen } "), ONE);
    let fallback = ProjectDir::new().edit(FR_NUMBERS, "locale-icu", "locale-fallback = en\nlocale-icu");
    assert_run("W0207", &fallback.edit(FR, "certificate = ", "former-certificate = "), ONE);
}

#[test]
fn pages_with_faults() {
    let photo = "    photo: {file: a.svg, credit: A, alt: B, caption: C}\n    milestones:";
    let coarse =
        ProjectDir::with_results(&[("    milestones:", &photo.replace("svg", "png"))]).file("reports/a.png", PIXEL);
    assert_run("W0305", &coarse, &["-l", "fr", "-c", "beijing", "-r", "press-release"]);
    assert_run("E0402", &page("#image(\"/reports/a.png\")").file("reports/a.png", PIXEL), ONE);
    assert_run("W0404", &page("#place(dx: 30cm)[{{t \"certificate\"}}]"), ONE);
    assert_run(
        "E0405",
        &page("#for i in range(100000) { for j in range(100000) { let k = i + j } }"),
        &[ONE, &["--timeout", "0.5"]].concat(),
    );
}

#[test]
fn documents_that_cannot_be_written() {
    assert_run("E0601", &ProjectDir::new().file("out", "a file"), ONE);
    assert_run("W0602", &page("#unknown()").file("out/fr/certificate-beijing.pdf", "of yesterday"), ONE);
    let line = ProjectDir::with_built_edition().read("out/manifest.jsonl").lines().next().unwrap().to_owned();
    let stale = ProjectDir::with_built_edition().append("out/manifest.jsonl", &line.replace("beijing", "lyon"));
    assert_run("W0612", &stale.file("out/en/certificate-lyon.pdf", "of an earlier edition"), &["--resume"]);
    assert_run("E0603", &ProjectDir::new().file("reports/so called/city.typ.hbs", "x"), ONE);
}

#[test]
fn runs_and_shards_in_conflict() {
    let certificates = |shard: &str| {
        let project = ProjectDir::new();
        project.run_ok(&[ONE, &["-q", "--shard", shard]].concat());
        project
    };
    let merge: &[&str] = &[&["merge"], ONE].concat();
    let running = ProjectDir::with_built_edition().file("out/.manifest.lock", "");
    let lock = fs::File::open(running.path().join("out/.manifest.lock")).unwrap();
    lock.lock().unwrap();
    assert_run("E0604", &running, ONE);
    assert_run("E0606", &ProjectDir::new(), &["--shard", "auto"]);
    let project = certificates("1/2");
    assert_run("E0607", &project, merge);
    let whole = certificates("1/1");
    let lines = fs::read(whole.path().join("out/manifest-1-of-1.jsonl")).unwrap();
    assert_run(
        "E0608",
        &project.file("out/manifest-1-of-2.jsonl", &lines).file("out/manifest-2-of-2.jsonl", &lines),
        merge,
    );
    assert_run("E0609", &whole.file("out/fr/certificate-beijing.pdf", "of somebody else"), merge);
}

#[test]
fn buckets_that_cannot_be_used() {
    let bucket = Bucket::start();
    let assert_run = |code: &str, bucket: &Bucket, more: &[&str]| {
        assert_screen(code, &bucket.run(&ProjectDir::new(), &[&["-l", "fr"], more].concat()).0);
    };
    assert_run("E0605", &Bucket::unreachable(), &["-o", "s3://press/x", "--patience", "0.1"]);
    assert_run("E0610", &bucket, &["-o", "s3://nowhere/x"]);
    bucket.contents().objects.insert("x/fr/certificate-beijing.pdf".to_owned(), b"of somebody else".to_vec());
    assert_run("E0611", &bucket, &["-o", "s3://press/x"]);
}

#[test]
fn keys_that_cannot_be_used() {
    assert_run("E0901", &ProjectDir::new(), &["--sign", "./issuer.pem"]);
    assert_run("E0902", &ProjectDir::new(), &["keys", "new", "./issuer.pem"]);
    let keys = ProjectDir::new().file("keys.json", "{\n  \"keys\": [}\n");
    assert_run("E0903", &keys, &["verify", "certificate.pdf", "--keys", "keys.json"]);
    let no_certificate = ProjectDir::new().file("root.pem", "not a certificate\n");
    assert_run("E0911", &no_certificate, &["verify", "certificate.pdf", "--trust", "root.pem"]);
}

#[test]
fn certificates_that_cannot_be_withdrawn() {
    let revoke = ["revoke", "2025-01-0001", "--reason", "The figures were wrong.", "--date", "2026-01-15"];
    assert_run("E0922", &ProjectDir::new().file("reports/register.yaml", "# None so far.\n[]\n"), &revoke);
    assert_run("E0923", &ProjectDir::new(), &revoke[..4]);
    // RFC 8037, appendix A.
    let key = r#"{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
    let list = ProjectDir::new().file("keys.json", key).file("status.jwt", "not found");
    assert_run("E0921", &list, &["verify", "certificate.pdf", "--keys", "keys.json", "--status", "status.jwt"]);
}

/// The hashes of the two serial numbers begin with the same 24 bits.
#[test]
fn certificates_that_share_a_place_in_the_status_list() {
    let serial = "    rank: 1\n    serial: B-33820516\n";
    let register = "- {serial: 2025-01-0001, status: revoked, date: 2026-01-15, reason: The figures were wrong.}\n";
    let project = ProjectDir::with_results(&[("    rank: 1\n", serial)]).file("reports/register.yaml", register);
    let run = |arguments: &[&str]| {
        let output = project.command().env("GEN_REPORT_KEY_PASSWORD", "only for this test").args(arguments).output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    };
    run(&["keys", "new", "./issuer.pem"]);
    assert_screen("E0924", &run(&["keys", "publish", "site", "./issuer.pem"]));
}

#[test]
fn sheets_that_cannot_be_printed() {
    // A certificate of 85 × 55 mm with the given Typst code.
    let card = |typst: &str| {
        let page = "#set page(width: 85mm, height: 55mm, margin: 5mm, bleed: 3mm)";
        let text = "#set text(fill: cmyk(0%, 0%, 0%, 100%), font: \"Source Sans 3\")";
        ProjectDir::new().file(CERTIFICATE, format!("{page}\n{text}\n{{{{city.name}}}} {typst}"))
    };
    let print = |code: &str, project: &ProjectDir, more: &[&str]| {
        assert_run(code, project, &[&["print", "-l", "fr"], more].concat())
    };
    print("E0801", &card(""), &["--sheet", "SRA33"]);
    print("E0802", &card(""), &["--sheet", "90x60"]);
    print("E0803", &card("").file("press.icc", "no profile"), &["--icc", "press.icc"]);
    print("E0804", &card("#rect(fill: cmyk(100%, 90%, 80%, 70%))"), &[]);
    print("W0805", &card("#text(size: 8pt, fill: cmyk(60%, 0%, 0%, 100%))[small]"), &[]);
    print("W0806", &card("#rect(fill: red)"), &[]);
    print("E0807", &card(""), &["--bleed", "5"]);
    print("W0808", &card(""), &["--sheet", "105x75", "--margin", "0"]);
    print("W0809", &card(""), &["--finish", "foli"]);
    print("W0814", &card(""), &["--sheet", "105x75"]);
    print("W0815", &card(""), &["--duplex", "sheetwise"]);
    print("W0817", &card("#line(stroke: .3pt + cmyk(10%, 20%, 0%, 0%))"), &[]);
    let numbered = card("{{city.serial}} #pagebreak() #v(35mm) Back");
    print("W0816", &numbered, &["--duplex", "work-and-turn"]);
}

#[test]
fn mistakes_in_the_description_of_a_stock() {
    const STOCK: &str = include_str!("../../stock/stock.yaml");
    let print = |code: &str, from: &str, to: &str, more: &[&str]| {
        assert!(STOCK.contains(from), "the stock does not contain {from:?}");
        let project = ProjectDir::new()
            .file("stock.yaml", STOCK.replacen(from, to, 1))
            .file("stock.png", include_bytes!("../../stock/stock.png"));
        assert_run(code, &project, &[&["print", "--stock", "stock.yaml", "-l", "fr"], more].concat());
    };
    print("E0811", "y: 108", "y: 240", &[]);
    print("E0812", "width: 210\n    by", "width: 21\n    by", &[]);
    print("W0813", "height: 210", "height: 200", &["--proof"]);
}

#[test]
fn facts_and_words_that_do_not_belong_together() {
    let check = &["check", "-l", "fr"];
    let unshown = ProjectDir::new().edit("reports/story.yaml", "  - [benchmark-ambition]\n", "");
    assert_run("W0109", &unshown, check);
    let other = ProjectDir::with_results(&[(
        "fr: Villes pilotes mondiales de l’économie numérique intelligente et interconnectée",
        "fr: Villes exemplaires",
    )]);
    assert_run("W0215", &other, check);
}

#[test]
fn finished_documents_that_differ_from_the_results() {
    let audit = &["check", "-l", "fr", "--out", "out"];
    assert_run("E0704", &ProjectDir::new(), audit);
    let project = ProjectDir::with_built_edition().edit(RESULTS_FILE, "value: 200_000", "value: 210_000");
    assert_run("E0701", &project, audit);
    let project =
        build(ProjectDir::new().edit(FR_PROGRAMME, "sentence-conference = ", "sentence-conference = Dans 12 jours, "));
    assert_run("E0702", &project, audit);
    let wrong_scale =
        ProjectDir::new().edit(FR_NUMBERS, "SHIFT($value, steps: \"9 6\"", "SHIFT($value, steps: \"8 6\"");
    assert_run("E0703", &build(wrong_scale), audit);
}

#[test]
fn every_code_has_a_screen() {
    for (code, ..) in code::ALL {
        let stored = Path::new("tests/screens").join(format!("{}.txt", code.0)).is_file();
        let without = WITHOUT_SCREEN.iter().any(|(without, _)| *without == code.0);
        assert!(stored != without, "{}: stored {stored}, listed as without screen {without}", code.0);
    }
    for entry in fs::read_dir("tests/screens").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(code::ALL.iter().any(|(code, ..)| name == format!("{}.txt", code.0)), "{name} belongs to no code");
    }
}
