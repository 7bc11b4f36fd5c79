//! The projects in examples/: another programme needs only facts, words and settings.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use gen_report::init::skeleton;
use gen_report::typeset::Variant;

use crate::support::{Documents, ProjectDir, assert_contains, assert_snapshot, copy_folder, files_below};

const READING: &str = "examples/reading-cities";
const NIGHT_SKY: &str = "examples/night-sky";
const VOLUNTEERS: &str = "examples/volunteers";
/// Each example, and its languages that `init` knows.
const EXAMPLES: [(&str, &[&str]); 3] =
    [(READING, &["en", "fr", "zh"]), (NIGHT_SKY, &["en", "fr"]), (VOLUNTEERS, &["en", "fr"])];

/// Builds all documents of an example. Nothing may be reported about it, neither before nor after.
fn assert_builds(example: &str, documents: usize) {
    let project = ProjectDir::new();
    copy_folder(Path::new(example), project.path());
    assert_eq!(project.run_ok(&["check"]).1, "no problems found\n", "{example}");
    let (paths, _) = project.run_ok(&[]);
    assert_eq!(paths.lines().count(), documents, "{example}: {paths}");
    let read = format!("read {documents} finished documents\nno problems found\n");
    assert_eq!(project.run_ok(&["check", "--out", "out"]).1, read, "{example}");
}

/// The text of a document, in one line and with plain spaces.
fn text(documents: &Documents, language: &str, report: &str, city: Option<&str>) -> String {
    let (text, _) = documents.text(language, report, city);
    text.replace(['\u{a0}', '\u{202f}'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn cities_of_readers_builds_in_four_languages() {
    assert_builds(READING, 4 * (3 + 3 + 1));
}

#[test]
fn cities_of_readers_says_the_same_in_four_languages() {
    let documents = Documents::open(READING, &["en", "fr", "zh", "es"], Variant::default());
    for (language, city, edition, certificate) in [
        (
            "en",
            [
                "Lanternport ranks first among the Cities of Readers",
                "until 10 a.m. Inkhaven time, April 22, 2032",
                "had 42 public libraries, with more than 3.4 million loans in 2031.",
                "held by nearly 64% of residents at the end of 2031.",
                "expects to spend 4.5 million to 5 million euros on books in 2032.",
                "“A library card costs nothing here.",
                "The jury singled out the Lighthouse Library. Its new reading room is to open on Oct. 1, 2032.",
                "exchanges books with Rowanford and Avelune.",
                "nora@example.org · +999 555 0142",
            ],
            "considered 57 cities.",
            ["Lanternport", "ranked first in the third selection", "Tomas Sample"],
        ),
        (
            "fr",
            [
                "Port-Lanterne, première des Villes de la lecture",
                "jusqu’au 22 avril 2032 à 10 h, heure de Port-l’Encre",
                "comptait 42 bibliothèques publiques, qui ont enregistré plus de 3,4 millions de prêts en 2031.",
                "près de 64 % des habitants avaient une carte de bibliothèque fin 2031.",
                "prévoit de consacrer entre 4,5 et 5 millions d’euros à l’achat de livres en 2032.",
                "« La carte de bibliothèque est gratuite.",
                "Le jury a distingué la bibliothèque du Phare. Celle-ci doit ouvrir sa nouvelle salle de lecture le 1er octobre 2032.",
                "échange des livres avec Le Rouvre et Avelune.",
                "nora@example.org · +999 555 0142",
            ],
            "les dossiers de 57 villes.",
            ["Port-Lanterne", "première place de la troisième sélection", "Tomas Exemple"],
        ),
        (
            "zh",
            [
                "灯港位列书香城市评选第一",
                "2032年4月22日10时 （墨港时间）解禁。",
                "2031年，灯港有42座公共图书馆，借阅量340多万册次。",
                "2031年底，有近64%的居民持有借书证。",
                "2032年，该市预计投入450万至500万欧元采购图书。",
                "“在这里，办理借书证分文不取",
                "特别肯定了灯塔图书馆。其新阅览室定于2032年10月1日启用。",
                "该市开展馆际互借，合作城市为橡原和阿维伦。",
                "nora@example.org，+999 555 0142",
            ],
            "共评审了57座城市。",
            ["灯港市", "名列第一", "托马斯·样张"],
        ),
        (
            "es",
            [
                "Puerto Linterna, primera de las Ciudades de la Lectura",
                "hasta las 10:00 del 22 de abril de 2032 (hora de Puerto Tinta)",
                "contaba con 42 bibliotecas públicas, que registraron más de 3,4 millones de préstamos en 2031.",
                "casi el 64 % de la población disponía de carné de biblioteca a finales de 2031.",
                "prevé destinar entre 4,5 y 5 millones de euros a la compra de libros en 2032.",
                "«El carné de la biblioteca es gratuito.",
                "El jurado destacó la Biblioteca del Faro. Su nueva sala de lectura abrirá el 1 de octubre de 2032.",
                "intercambia libros con Robledal y Avelune.",
                "nora@example.org · +999 555 0142",
            ],
            "las candidaturas de 57 ciudades.",
            ["Puerto Linterna", "primera posición en la tercera selección", "Tomás Ejemplo"],
        ),
    ] {
        assert_contains(&text(&documents, language, "press-release", Some("lanternport")), &city);
        assert_contains(&text(&documents, language, "press-release", None), &[edition]);
        assert_contains(&text(&documents, language, "certificate", Some("lanternport")), &certificate);
    }
    // Few things are spelled out, and names bring their forms.
    let of = |language, city| text(&documents, language, "press-release", Some(city));
    assert_contains(&of("en", "rowanford"), &["had eight public libraries, with about 910,000 loans in 2031."]);
    assert_contains(
        &of("fr", "avelune"),
        &["comptait une bibliothèque publique, qui a enregistré 96 000 prêts en 2031."],
    );
    assert_contains(
        &of("es", "avelune"),
        &["una biblioteca pública, que registró 96 000 préstamos", "abrirá en marzo de 2033."],
    );
    assert_contains(&of("zh", "rowanford"), &["8座公共图书馆，借阅量约91万册次。", "71.5%的居民"]);
    assert_contains(&text(&documents, "fr", "certificate", Some("rowanford")), &["décerné au", "Rouvre"]);
}

#[test]
fn the_night_sky_builds_without_ranks_and_without_a_convention() {
    assert_builds(NIGHT_SKY, 2 * (3 + 3 + 1));
    let documents = Documents::open(NIGHT_SKY, &["en", "fr"], Variant::default());
    for (language, city, edition, certificate) in [
        (
            "en",
            [
                "Duskmoor joins the Cities Under the Stars",
                "refitted or switched off 38,000 streetlights in 2030.",
                "is forecast to fall by 35% to 40% in 2032.",
                "expects to spend $1.25 million on new streetlights in 2032.",
            ],
            "The society received applications from 26 cities.",
            ["Duskmoor", "first selection", "No. 2031-01-DUSKMOOR"],
        ),
        (
            "fr",
            [
                "Le Crépuscule rejoint les Villes sous les étoiles",
                "a rénové ou éteint 38 000 lampadaires en 2030.",
                "devrait diminuer de 35 à 40 % en 2032.",
                "prévoit de consacrer 1,25 million de dollars à de nouveaux lampadaires en 2032.",
            ],
            "La Société fictive du ciel nocturne a reçu les candidatures de 26 villes.",
            ["décerné au", "première sélection", "2031-01-DUSKMOOR"],
        ),
    ] {
        assert_contains(&text(&documents, language, "press-release", Some("duskmoor")), &city);
        assert_contains(&text(&documents, language, "press-release", None), &[edition]);
        assert_contains(&text(&documents, language, "certificate", Some("duskmoor")), &certificate);
    }
}

#[test]
fn no_city_is_emphasized_in_a_table_without_ranks() {
    let documents = Documents::open(NIGHT_SKY, &["en"], Variant::default());
    let runs = documents.text_runs("en", "press-release", None);
    let in_table = |text: &str| runs.iter().rfind(|run| run.text == text).unwrap_or_else(|| panic!("{text}"));
    let (first, second) = (in_table("Starwell"), in_table("Duskmoor"));
    assert_eq!((first.weight, first.size), (second.weight, second.size));
    assert!(in_table("Meridia").size < first.size, "the country is not the city");
}

#[test]
fn a_certificate_for_each_of_10_000_volunteers() {
    let project = ProjectDir::new();
    copy_folder(Path::new(VOLUNTEERS), project.path());
    assert_eq!(project.run_ok(&["check"]).1, "no problems found\n");
    let table = project.read("reports/recipients.csv");
    assert_eq!(table.lines().count(), 1 + 10_000);

    // The first and the last of them.
    let lines: Vec<&str> = table.lines().collect();
    let project = project.file("reports/recipients.csv", [lines[0], lines[1], lines[10_000]].join("\n"));
    let documents = project.documents("en");
    let certificate = text(&documents, "en", "certificate", Some("v-00001"));
    assert_contains(&certificate, &["presented to", "Ada Amberbridge", "volunteer at the fourth River Games"]);
    assert_contains(&certificate, &["for four hours of service on the welcome team,", "No. 2031-04-V-00001"]);
    let documents = project.documents("fr");
    let certificate = text(&documents, "fr", "certificate", Some("v-10000"));
    assert_contains(&certificate, &["décerné à", "bénévole de la quatrième édition", "2031-04-V-10000"]);
    assert_contains(&certificate, &["pour 42 heures de bénévolat dans l’équipe des transports,"]);

    // Four certificates share a sheet; the stacks of a cut pile are in the order of the table.
    let (_, stderr) =
        project.run_ok(&["print", "-l", "en", "--sheet", "480x330", "--layout", "cut-stack", "--copies", "2"]);
    assert_contains(&stderr, &["placed 2 documents on 1 sheet"]);
}

#[test]
fn no_example_has_a_template_or_a_style_module() {
    for (example, _) in EXAMPLES {
        let is_code = |path: &&String| [".hbs", ".typ", ".rs"].iter().any(|end| path.ends_with(end));
        let files = files_below(Path::new(example));
        assert_eq!(files.keys().find(is_code), None, "{example}");
    }
}

/// Counts lines that are not empty and that `init` does not write into the same file.
#[test]
fn each_example_says_how_much_was_written_for_it() {
    for (example, languages) in EXAMPLES {
        let known = skeleton(languages);
        let count = |paths: &dyn Fn(&str) -> bool| -> usize {
            let files = files_below(Path::new(example));
            let own = files.iter().filter(|(path, _)| paths(path) && !SPANISH.contains(&path.as_str()));
            own.map(|(path, bytes)| {
                let written = known.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.as_ref());
                let written = String::from_utf8_lossy(written.unwrap_or_default()).into_owned();
                let written: HashSet<&str> = written.lines().collect();
                let is_own = |line: &&str| !line.trim().is_empty() && !written.contains(line);
                std::str::from_utf8(bytes).unwrap().lines().filter(is_own).count()
            })
            .sum()
        };
        let facts = count(&|path| path == "reports/results.yaml");
        let words = count(&|path| path.ends_with(".ftl"));
        let settings = count(&|path| path.ends_with(".yaml") && path != "reports/results.yaml");
        let readme = fs::read_to_string(Path::new(example).join("README.md")).unwrap();
        let sentence = format!("{facts} lines of facts, {words} of words and {settings} of settings");
        assert!(readme.contains(&sentence), "{example}/README.md does not say: {sentence}");
    }
}

/// The forms of Spanish, which the program does not bring.
const SPANISH: [&str; 2] = ["locales/es/numbers.ftl", "locales/es/text.ftl"];

/// To copy them again after a change: `SNAPSHOTS=overwrite cargo test examples`.
#[test]
fn spanish_is_that_of_the_languages_project() {
    for path in SPANISH {
        let text = fs::read_to_string(Path::new("tests/languages").join(path)).unwrap();
        assert_snapshot(Path::new(READING).join(path), &text);
    }
}
