//! A language is only a folder: Spanish, Russian, Arabic and Japanese from `tests/languages`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::{LANGUAGES, Shop, layout, locale, small_locale};
use gen_report::locale::{Value, marks};
use gen_report::results::{Figure, Hedge, Period, decimal};

fn figure(value: &str, unit: &str, hedge: Hedge) -> Figure {
    Figure::bare(value, unit, hedge).unwrap()
}

/// No-break spaces as `_`, narrow ones as `~`.
fn shown(text: &str) -> String {
    marks::without(text).replace('\u{a0}', "_").replace('\u{202f}', "~")
}

#[test]
fn each_language_says_figures_as_its_press_does() {
    use Hedge::{About, Almost, Exact, Over};
    for (language, value, unit, hedge, said) in [
        ("es", "2.5e12", "cny", Over, "más de 2,5_billones de yuanes"),
        ("es", "3e11", "cny", Over, "más de 300.000_millones de yuanes"),
        ("es", "1e9", "cny", Exact, "1000_millones de yuanes"),
        ("es", "1", "enterprise", Exact, "1_empresa"),
        ("es", "42.5", "percent", Almost, "casi el 42,5_%"),
        ("ru", "1.5e12", "cny", Over, "более 1,5_трлн юаней"),
        ("ru", "1", "enterprise", Exact, "1_предприятие"),
        ("ru", "2", "enterprise", Exact, "2_предприятия"),
        ("ru", "5", "enterprise", Exact, "5_предприятий"),
        ("ru", "21", "enterprise", Over, "более 21_предприятия"),
        ("ru", "2e11..3e11", "cny", Exact, "от_200 до_300_млрд юаней"),
        ("ar", "1", "enterprise", Exact, "شركة واحدة"),
        ("ar", "2", "enterprise", Exact, "شركتان"),
        ("ar", "2", "enterprise", Over, "أكثر من شركتين"),
        ("ar", "3", "enterprise", Exact, "٣_شركات"),
        ("ar", "11", "enterprise", Exact, "١١_شركة"),
        ("ar", "100", "enterprise", Exact, "١٠٠_شركة"),
        ("ar", "1.5e12", "cny", Over, "أكثر من ١٫٥_تريليون يوان"),
        ("ja", "1.5e12", "cny", Over, "1兆5000億元超"),
        ("ja", "121000", "enterprise", Exact, "12万1000社"),
        ("ja", "8.205e11", "cny", About, "約8205億元"),
        ("ja", "2e11..3e11", "cny", Exact, "2000億〜3000億元"),
        ("fr", "2e11..3e11", "cny", Exact, "entre 200 et 300_milliards de yuans"),
        ("fr", "9e8..1.2e9", "cny", Exact, "entre 900_millions et 1,2_milliard de yuans"),
        ("fr", "2", "year", About, "environ 2 ans"),
        ("fr", "-0.5", "percent", Exact, "−0,5_%"),
        ("fr", "2e9", "eur", Exact, "2_milliards d’euros"),
        ("fr", "5e8", "chf", Over, "plus de 500_millions de CHF"),
        ("en", "2e11..3e11", "cny", Exact, "200 billion to 300 billion yuan"),
        ("en", "40..45", "percent", Exact, "40% to 45%"),
        ("en", "1", "month", Exact, "1 month"),
        ("zh", "2e11..3e11", "cny", Exact, "2000亿至3000亿元"),
        ("zh", "40..45", "percent", Exact, "40%至45%"),
        ("zh", "1e15", "usd", Exact, "1000万亿美元"),
    ] {
        let text = locale(language).measure(&figure(value, unit, hedge), None).unwrap();
        assert_eq!(shown(&text), said, "{value} {unit} in {language}");
    }
}

#[test]
fn spans_of_dates_say_what_both_ends_share_once() {
    for (language, span, said) in [
        ("fr", "2021/2025", "2021-2025"),
        ("fr", "2025-03/2025-06", "de mars à juin 2025"),
        ("fr", "2025-03-01/2025-03-15", "du 1er au 15_mars 2025"),
        ("fr", "2025-03-01/2025-04-15", "du 1er_mars au 15_avril 2025"),
        ("en", "2021/2025", "2021–2025"),
        ("en", "2025-03/2025-06", "March to June 2025"),
        ("en", "2025-03-01/2025-03-15", "March_1–15, 2025"),
        ("zh", "2021/2025", "2021年至2025年"),
        ("zh", "2025-03-01/2025-04-15", "2025年3月1日至4月15日"),
        ("ru", "2021/2025", "2021–2025_годы"),
        ("ja", "2021/2025", "2021〜2025年"),
    ] {
        let text = locale(language).call("DATE", Value::Date(Period::parse(span).unwrap()), &[]).unwrap();
        assert_eq!(shown(&text), said, "{span} in {language}");
    }
}

#[test]
fn every_plural_category_is_reached() {
    let forms = ["0", "1", "2", "3", "11", "100"].map(|n| locale("ar").category(&decimal(n).unwrap(), false));
    assert_eq!(forms, ["zero", "one", "two", "few", "many", "other"]);
    let forms = ["1", "2", "5", "1.5"].map(|n| locale("ru").category(&decimal(n).unwrap(), false));
    assert_eq!(forms, ["one", "few", "many", "other"]);
}

#[test]
fn documents_are_made_in_every_language() {
    let shop = Shop::new();
    let (_, stderr, code) = shop.run_in(LANGUAGES, &["-l", "es,ru,ar,ja,ar+en"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(!stderr.contains("warning"), "{stderr}");
    assert_eq!(shop.made().len(), 5 * 7);
}

#[test]
fn nothing_is_wrong_with_any_locale() {
    for project in [".", LANGUAGES] {
        let (_, stderr, code) = Shop::new().run_in(project, &["check", "--deny", "warnings"]);
        assert_eq!((code, stderr.trim()), (0, "nothing is wrong"), "{project}");
    }
}

/// The mark stands in the margin column, which is at the start of the line; figures and code follow it.
#[test]
fn a_page_from_right_to_left_is_the_mirror_of_one_from_left_to_right() {
    let side = |language: &str, report: &str, text: &str| {
        let page = layout(LANGUAGES, language, report, Some("port-azure"));
        let run = page.iter().find(|run| run.text.contains(text)).unwrap_or_else(|| panic!("no {text} in {language}"));
        if run.x + run.width / 2.0 < run.page_width / 2.0 { "left" } else { "right" }
    };
    assert_eq!(side("es", "press-release", "CEX"), "left");
    assert_eq!(side("ar", "press-release", "EXC"), "right");
    assert_eq!(side("es", "press-release", "121.000"), "left");
    assert_eq!(side("ar", "press-release", "١٢١"), "right");
    assert_eq!(side("es", "certificate", "2032-02-0001"), "left");
    assert_eq!(side("ar", "certificate", "2032-02-0001"), "right");
}

#[test]
fn a_bilingual_document_has_each_part_in_its_language() {
    for (report, city) in
        [("certificate", Some("beijing")), ("press-release", Some("beijing")), ("press-release", None)]
    {
        let runs = layout(".", "zh+en", report, city);
        let first = |lang: &str| runs.iter().position(|run| run.lang == lang).unwrap();
        assert!(first("zh") < first("en"), "{report}");
        let words = |lang: &str| runs.iter().filter(|r| r.lang == lang).map(|r| r.text.as_str()).collect::<String>();
        assert!(words("zh").contains("北京") && !words("zh").contains("more than"));
        assert!(words("en").contains("more than 20 countries") && !words("en").contains("北京"));
    }
}

#[test]
fn two_different_languages_make_a_bilingual_document() {
    let shop = Shop::new();
    assert!(shop.refused(&["-l", "zh+zh"]).contains("does not name two languages"));
    assert!(shop.refused(&["-l", "fr+zh+en"]).contains("does not name two languages"));
    assert!(shop.refused(&["-l", "fr+ge"]).contains("no language `ge`"));
    let plain = Shop::new().file("reports/certificate/city.typ.hbs", "#set document(title: \"x\")\n{{city.name}}");
    assert!(plain.refused(&["-l", "zh+en", "-r", "certificate"]).contains("makes documents in one language"));
}

fn spanish_alone() -> Shop {
    let read = |file: &str| std::fs::read(Path::new(LANGUAGES).join("locales/es").join(file)).unwrap();
    Shop::new().file("locales/es/numbers.ftl", read("numbers.ftl")).file("locales/es/text.ftl", read("text.ftl"))
}

/// The names that the results do not give in Spanish come from its fallback, and that is told.
#[test]
fn a_copied_folder_is_a_new_language() {
    let shop = spanish_alone();
    let (_, stderr, code) = shop.run(&["-l", "es"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(shop.made().len(), 3);
    assert!(stderr.contains("W0207") && stderr.contains("not given in `es`: it is printed in `en`"), "{stderr}");
    assert!(stderr.contains("reports/results.yaml:"), "{stderr}");
    let strict = spanish_alone();
    assert!(strict.refused(&["-l", "es", "--strict"]).contains("error[W0207]"));
    assert_eq!(strict.made(), Vec::<String>::new());
}

#[test]
fn a_message_from_the_fallback_keeps_its_language() {
    let text = std::fs::read_to_string(Path::new(LANGUAGES).join("locales/es/text.ftl")).unwrap();
    let without: String =
        text.lines().filter(|l| !l.starts_with("city-committee =")).map(|l| format!("{l}\n")).collect();
    let shop = spanish_alone().file("locales/es/text.ftl", without);
    let project = shop.path().to_str().unwrap().to_owned();
    let runs = layout(&project, "es", "press-release", Some("beijing"));
    let run = runs.iter().find(|run| run.text.contains("A committee of experts")).unwrap();
    assert_eq!(run.lang, "en");
    let (_, stderr, _) = shop.run(&["-l", "es"]);
    assert!(stderr.contains("no message `city-committee`: it is printed in `en`"), "{stderr}");
}

#[test]
fn a_fallback_that_leads_nowhere_is_told_at_its_line() {
    let edited = |to: &str| {
        let numbers = std::fs::read_to_string(Path::new(LANGUAGES).join("locales/es/numbers.ftl")).unwrap();
        spanish_alone().file("locales/es/numbers.ftl", numbers.replace("locale-fallback = en", to))
    };
    let screen = edited("locale-fallback = eo").refused(&["-l", "es"]);
    assert!(
        screen.contains("no locale `eo` to fall back to") && screen.contains("locales/es/numbers.ftl:"),
        "{screen}"
    );
    assert!(edited("locale-fallback = es").refused(&["-l", "es"]).contains("leads back to `es`"));
}

#[test]
fn names_contract_as_the_data_says() {
    let of = |name: &str, of: Option<&str>| {
        let others = of.map(|of| ("of".to_owned(), of.to_owned())).into_iter().collect();
        let forms = gen_report::results::NameForms { name: name.to_owned(), others, span: 0..0 };
        locale("fr").call("NAME", Value::Name(forms.into()), &[("form".into(), Value::Text("of".into()))]).unwrap()
    };
    for (name, given, said) in [
        ("Beijing", None, "de Beijing"),
        ("Athènes", None, "d’Athènes"),
        ("La Haye", None, "de La Haye"),
        ("Hanoï", Some("de Hanoï"), "de Hanoï"),
        ("Helsinki", Some("d’Helsinki"), "d’Helsinki"),
        ("Le Caire", Some("du Caire"), "du Caire"),
    ] {
        assert_eq!(of(name, given), said);
    }
}

#[test]
fn digits_are_those_that_the_locale_names() {
    let thai = small_locale("th", "th-TH", "");
    assert_eq!(thai.ten_digits(), "0123456789");
    assert_eq!(locale("ar").ten_digits(), "٠١٢٣٤٥٦٧٨٩");
}

/// A search for a language in the program finds none: a locale decides.
#[test]
fn no_language_is_named_in_the_source() {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    files(Path::new("reports/shared"), &mut found);
    for path in found {
        let Ok(text) = std::fs::read_to_string(&path) else { continue }; // a colour profile
        let code: String = text
            .split("#[cfg(test)]")
            .next()
            .unwrap()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect();
        for tag in ["\"fr\"", "\"zh\"", "\"en\"", "\"ja\"", "\"ar\"", "\"fr-FR\"", "\"zh-Hans\"", "\"en-US\""] {
            assert!(!code.contains(tag), "{} names {tag}", path.display());
        }
    }
}
