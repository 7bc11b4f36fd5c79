//! A language is a folder of the project: Spanish, Russian, Arabic and Japanese in `tests/languages`.

use std::fs;
use std::path::Path;

use gen_report::locale::{Value, marks};
use gen_report::results::{Figure, Hedge, Period, decimal};
use gen_report::typeset::Variant;

use crate::support::{
    CERTIFICATE, Documents, FIRST_EDITION, LANGUAGES, ProjectDir, assert_contains, files_below, locale, small_locale,
};

fn figure(value: &str, unit: &str, hedge: Hedge) -> Figure {
    Figure::bare(value, unit, hedge).unwrap()
}

/// Shows no-break spaces as `_` and narrow ones as `~`.
fn visible(text: &str) -> String {
    marks::strip(text).replace('\u{a0}', "_").replace('\u{202f}', "~")
}

#[test]
fn figures_are_written_as_the_press_of_each_language_writes_them() {
    use Hedge::{About, Almost, Exact, Over};
    for (language, value, unit, hedge, expected) in [
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
        ("fr", "5e8", "chf", Over, "plus de 500_millions de francs suisses"),
        ("en", "2e11..3e11", "cny", Exact, "200 billion to 300 billion yuan"),
        ("en", "40..45", "percent", Exact, "40% to 45%"),
        ("en", "1", "month", Exact, "1 month"),
        ("zh", "2e11..3e11", "cny", Exact, "2000亿至3000亿元"),
        ("zh", "40..45", "percent", Exact, "40%至45%"),
        ("zh", "1e15", "usd", Exact, "1000万亿美元"),
    ] {
        let text = locale(language).measure(&figure(value, unit, hedge), None).unwrap();
        assert_eq!(visible(&text), expected, "{value} {unit} in {language}");
    }
}

#[test]
fn periods_do_not_repeat_what_both_dates_share() {
    for (language, period, expected) in [
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
        let text = locale(language).call("DATE", Value::Date(Period::parse(period).unwrap()), &[]).unwrap();
        assert_eq!(visible(&text), expected, "{period} in {language}");
    }
}

#[test]
fn numbers_reach_every_plural_category_of_their_language() {
    let forms = ["0", "1", "2", "3", "11", "100"].map(|n| locale("ar").category(&decimal(n).unwrap(), false));
    assert_eq!(forms, ["zero", "one", "two", "few", "many", "other"]);
    let forms = ["1", "2", "5", "1.5"].map(|n| locale("ru").category(&decimal(n).unwrap(), false));
    assert_eq!(forms, ["one", "few", "many", "other"]);
}

#[test]
fn documents_are_built_in_every_language() {
    let project = ProjectDir::new();
    let (_, stderr, code) = project.run_on(LANGUAGES, &["-l", "es,ru,ar,ja,ar+en"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(!stderr.contains("warning"), "{stderr}");
    assert_eq!(project.output_files().len(), 5 * 7);
}

#[test]
fn check_finds_nothing_in_any_locale() {
    for project in [".", LANGUAGES] {
        let (_, stderr, code) = ProjectDir::new().run_on(project, &["check", "--deny", "warnings"]);
        assert_eq!((code, stderr.trim()), (0, "no problems found"), "{project}");
    }
}

/// The organiser's mark is in the margin where lines start, and so are the key figures and the certificate's number.
#[test]
fn a_right_to_left_page_mirrors_a_left_to_right_page() {
    let documents = Documents::open(LANGUAGES, &["es", "ar"], Variant::default());
    let side = |language: &str, report: &str, text: &str| {
        let page = documents.text_runs(language, report, Some("port-azure"));
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
fn a_bilingual_document_has_a_part_in_each_language() {
    for (report, city) in
        [("certificate", Some("beijing")), ("press-release", Some("beijing")), ("press-release", None)]
    {
        let runs = FIRST_EDITION.text_runs("zh+en", report, city);
        let first = |lang: &str| runs.iter().position(|run| run.lang == lang).unwrap();
        assert!(first("zh") < first("en"), "{report}");
        let text = |lang: &str| runs.iter().filter(|r| r.lang == lang).map(|r| r.text.as_str()).collect::<String>();
        assert!(text("zh").contains("北京") && !text("zh").contains("more than"));
        assert!(text("en").contains("more than 20 countries") && !text("en").contains("北京"));
    }
}

#[test]
fn a_bilingual_document_needs_two_different_languages_and_a_template_for_them() {
    let project = ProjectDir::new();
    assert!(project.run_failing(&["-l", "zh+zh"]).contains("`zh+zh` is not a pair of languages"));
    assert!(project.run_failing(&["-l", "fr+zh+en"]).contains("`fr+zh+en` is not a pair of languages"));
    assert!(project.run_failing(&["-l", "fr+ge"]).contains("no language `ge`"));
    let monolingual = project.file(CERTIFICATE, "#set document(title: \"x\")\n{{city.name}}");
    let stderr = monolingual.run_failing(&["-l", "zh+en", "-r", "certificate"]);
    assert!(stderr.contains("supports only one language per document"), "{stderr}");
}

/// The first edition, with Spanish as one more language.
fn with_spanish() -> ProjectDir {
    let read = |file: &str| fs::read(Path::new(LANGUAGES).join("locales/es").join(file)).unwrap();
    ProjectDir::new().file("locales/es/numbers.ftl", read("numbers.ftl")).file("locales/es/text.ftl", read("text.ftl"))
}

/// Names that the results do not give in Spanish come from its fallback locale, with a warning.
#[test]
fn a_copied_folder_is_a_new_language() {
    let project = with_spanish();
    let (_, stderr) = project.run_ok(&["-l", "es"]);
    assert_eq!(project.output_files().len(), 3);
    assert_contains(&stderr, &["W0207", "no `es` text is given; the `en` text is used", "reports/results.yaml:"]);
    let strict = with_spanish();
    assert!(strict.run_failing(&["-l", "es", "--strict"]).contains("error[W0207]"));
    assert_eq!(strict.output_files(), Vec::<String>::new());
}

#[test]
fn a_message_from_the_fallback_locale_is_tagged_with_its_language() {
    let project = with_spanish();
    let text = project.read("locales/es/text.ftl");
    let is_other = |line: &&str| !line.starts_with("city-committee =");
    let without: String = text.lines().filter(is_other).map(|line| format!("{line}\n")).collect();
    assert_ne!(text, without);
    let project = project.file("locales/es/text.ftl", without);
    let runs = project.documents("es").text_runs("es", "press-release", Some("beijing"));
    let run = runs.iter().find(|run| run.text.contains("A committee of experts")).unwrap();
    assert_eq!(run.lang, "en");
    let (_, stderr) = project.run_ok(&["-l", "es"]);
    assert!(stderr.contains("no message `city-committee`; the message of `en` is used"), "{stderr}");
}

#[test]
fn an_unknown_or_circular_fallback_is_an_error_at_its_line() {
    let edited = |to: &str| with_spanish().edit("locales/es/numbers.ftl", "locale-fallback = en", to);
    let stderr = edited("locale-fallback = eo").run_failing(&["-l", "es"]);
    assert_contains(&stderr, &["no locale `eo` to fall back to", "locales/es/numbers.ftl:"]);
    let stderr = edited("locale-fallback = es").run_failing(&["-l", "es"]);
    assert_contains(&stderr, &["leads back to `es`", "locales/es/numbers.ftl:"]);
}

#[test]
fn each_locale_chooses_its_digits() {
    let thai = small_locale("th", "th-TH", "");
    assert_eq!(thai.ten_digits(), "0123456789");
    assert_eq!(locale("ar").ten_digits(), "٠١٢٣٤٥٦٧٨٩");
}

/// The rules of a language are in its locale, never in the program.
#[test]
fn no_language_is_named_in_the_source() {
    let files = [Path::new("src"), Path::new("reports/shared")].map(files_below).into_iter().flatten();
    for (path, bytes) in files {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        let code: String =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
        for tag in ["\"fr\"", "\"zh\"", "\"en\"", "\"ja\"", "\"ar\"", "\"fr-FR\"", "\"zh-Hans\"", "\"en-US\""] {
            assert!(!code.contains(tag), "{path} names {tag}");
        }
    }
}
