//! Settings of a locale: the separator of digits, the full stop of a quotation, bound words.

use gen_report::locale::Value;
use gen_report::results::{Figure, Hedge, decimal};

use crate::support::{ProjectDir, assert_contains, locale, small_locale};

#[test]
fn a_locale_may_have_its_own_separator_between_groups_of_digits() {
    let number = |separator: &str, value: &str| {
        let locale = small_locale("de", "de-CH", &format!("number-separator = {separator}\n"));
        locale.call("NUMBER", Value::Number(decimal(value).unwrap()), &[]).unwrap()
    };
    assert_eq!(number("auto", "-1234567.5"), "−1’234’567.5");
    assert_eq!(number("{ \"\\u202F\" }", "-1234567.5"), "−1\u{202f}234\u{202f}567.5");
    assert_eq!(number("_", "999"), "999");
}

#[test]
fn a_separator_that_could_be_misread_is_an_error_at_its_line() {
    for separator in [",", "0", "x", "{ \" \" }", "{ \"\" }", "’’"] {
        let setting = format!("number-grouping = auto\nnumber-separator = {separator}");
        let project = ProjectDir::new().edit("locales/fr/numbers.ftl", "number-grouping = auto", &setting);
        let stderr = project.run_failing(&["-l", "fr"]);
        assert_contains(
            &stderr,
            &["E0205", "for the setting `number-separator`", "locales/fr/numbers.ftl:8:", "write `auto`"],
        );
    }
}

/// The results have the full stop in every language.
#[test]
fn the_full_stop_of_a_quotation_is_where_its_language_has_it() {
    for (language, text, expected) in [
        ("es", "Son públicas. Compruébelas.", "«Son públicas. Compruébelas»."),
        ("es", "¿Son públicas?", "«¿Son públicas?»"),
        ("es", "Son públicas...", "«Son públicas...»"),
        ("ru", "Они открыты.", "«Они открыты»."),
        ("uk", "Вони відкриті.", "«Вони відкриті»."),
        ("ja", "公開しています。", "「公開しています」"),
        ("pt", "São públicos.", "«São públicos.»"),
        ("fr", "Ils sont publics.", "«\u{202f}Ils sont publics.\u{202f}»"),
        ("en", "They are public.", "“They are public.”"),
        ("zh", "数据是公开的。", "“数据是公开的。”"),
    ] {
        assert_eq!(locale(language).quote(text), expected);
    }
}

/// A serial number or an address is a text for the functions that read letters. Marks surround what is set as a superscript.
#[test]
fn functions_read_addresses_and_codes_as_texts() {
    let locale = small_locale("en", "en-GB", "code = { SUPER($code) } { FINAL($code) ->\n    *[other] any\n }\n");
    let args = vec![("code".into(), Value::Code("X-1".to_owned()))];
    assert_eq!(
        locale.message("code", args).map_err(|problem| problem.message),
        Ok("\u{fdd0}X-1\u{fdd1} any".to_owned())
    );
}

/// The same mark opens in one language and closes in another.
#[test]
fn quotation_marks_inside_a_quotation_become_the_inner_ones() {
    for inside in ["“Tor”", "„Tor“", "„Tor”", "«Tor»", "»Tor«", "\"Tor\"", "「Tor」", "『Tor』", "”Tor”"]
    {
        for (language, expected) in [
            ("en", "“The ‘Tor’ here”"),
            ("es", "«The “Tor” here»"),
            ("zh", "“The ‘Tor’ here”"),
            ("ru", "«The „Tor“ here»"),
        ] {
            assert_eq!(locale(language).quote(&format!("The {inside} here")), expected, "{inside}");
        }
    }
    assert_eq!(locale("en").quote("„Eins“ and «two» and \"three\"."), "“‘Eins’ and ‘two’ and ‘three’.”");
}

#[test]
fn the_and_of_a_list_may_be_a_bound_word() {
    let items = ["Люмен", "Порт-Азур"].map(str::to_owned);
    assert_eq!(locale("uk").list(&items), "Люмен і\u{a0}Порт-Азур");
    assert_eq!(locale("es").list(&items), "Люмен y Порт-Азур");
}

/// A key figure has its number in large type, without what belongs to the number in small type on the next line.
#[test]
fn the_large_part_of_a_key_figure_is_whole() {
    for (language, value, hedge, number, after) in [
        ("ko", "121000", Hedge::Over, "12만1000여", "곳"),
        ("ko", "601", Hedge::Over, "601", "곳 초과"),
        ("he", "2", Hedge::Exact, "שתי\u{a0}חברות", ""),
        ("he", "3", Hedge::Exact, "3", "חברות"),
    ] {
        let figure = Figure::sample(value, "enterprise", hedge).unwrap();
        let part = |name: &str| {
            gen_report::locale::text_marks::strip(&locale(language).measure(&figure, Some(name)).unwrap()).into_owned()
        };
        assert_eq!((part("number").as_str(), part("after").as_str()), (number, after), "{value} in {language}");
    }
}
