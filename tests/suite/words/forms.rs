//! How figures, ranks, dates and names read in English, French and Chinese.

use std::sync::Arc;

use gen_report::locale::{Locale, Value, text_marks};
use gen_report::results::{Figure, Hedge, NameForms, Period, decimal};
use proptest::prelude::*;

use crate::support::locale;

fn figure(value: &str, unit: &str, hedge: Hedge) -> Figure {
    Figure::sample(value, unit, hedge).unwrap()
}

#[test]
fn figures_are_written_as_each_language_writes_them() {
    use Hedge::{Almost, Exact, Over};
    let table = [
        (
            "200000",
            "enterprise",
            Over,
            "plus de 200\u{202f}000 entreprises",
            "more than 200,000 enterprises",
            "20多万家企业",
        ),
        (
            "2.5e12",
            "cny",
            Over,
            "plus de 2\u{202f}500\u{a0}milliards de yuans",
            "more than 2.5 trillion yuan",
            "超过2.5万亿元",
        ),
        ("2.2e12", "cny", Exact, "2\u{202f}200\u{a0}milliards de yuans", "2.2 trillion yuan", "2.2万亿元"),
        ("2.25e12", "cny", Exact, "2\u{202f}250\u{a0}milliards de yuans", "2.25 trillion yuan", "2.25万亿元"),
        ("52", "percent", Over, "plus de 52\u{a0}%", "more than 52%", "52%以上"),
        ("2400", "enterprise", Over, "plus de 2\u{202f}400 entreprises", "more than 2,400 enterprises", "2400多家企业"),
        ("3e11", "cny", Over, "plus de 300\u{a0}milliards de yuans", "more than 300 billion yuan", "超过3000亿元"),
        ("600", "enterprise", Almost, "près de 600 entreprises", "nearly 600 enterprises", "近600家企业"),
        ("20", "country", Over, "plus de 20 pays", "more than 20 countries", "20多个国家"),
        ("1", "enterprise", Exact, "1 entreprise", "1 enterprise", "1家企业"),
        ("1e9", "cny", Exact, "1\u{a0}milliard de yuans", "1 billion yuan", "10亿元"),
        ("23", "enterprise", Over, "plus de 23 entreprises", "more than 23 enterprises", "超过23家企业"),
    ];
    let (fr, en, zh) = (locale("fr"), locale("en"), locale("zh"));
    for (value, unit, hedge, in_french, in_english, in_chinese) in table {
        let figure = figure(value, unit, hedge);
        for (locale, expected) in [(fr, in_french), (en, in_english), (zh, in_chinese)] {
            let whole = locale.measure(&figure, None).unwrap();
            assert_eq!(whole, expected, "{value} {unit} in {}", locale.name);
            // The key figures set the parts of a figure in different sizes: together they are the whole.
            let without_spaces = |text: &str| text.replace([' ', '\u{a0}'], "");
            let parts: String =
                ["before", "number", "after"].map(|part| locale.measure(&figure, Some(part)).unwrap()).concat();
            assert_eq!(without_spaces(&parts), without_spaces(expected), "parts of {value} {unit} in {}", locale.name);
        }
    }
}

#[test]
fn dates_keep_the_precision_of_the_source() {
    let (fr, en, zh) = (locale("fr"), locale("en"), locale("zh"));
    for (date, in_french, in_english, in_chinese) in [
        ("2025-11-28", "28 novembre 2025", "Nov. 28, 2025", "2025年11月28日"),
        ("2025-12-01", "1er décembre 2025", "Dec. 1, 2025", "2025年12月1日"),
        ("2025-02", "février 2025", "February 2025", "2025年2月"),
        ("2025", "2025", "2025", "2025年"),
        ("end of 2024", "fin 2024", "the end of 2024", "2024年底"),
    ] {
        for (locale, expected) in [(fr, in_french), (en, in_english), (zh, in_chinese)] {
            let text = locale.call("DATE", Value::Date(Period::parse(date).unwrap()), &[]).unwrap();
            assert_eq!(text_marks::strip(&text).replace('\u{a0}', " "), expected, "{date} in {}", locale.name);
        }
    }
}

#[test]
fn ordinals_agree_with_the_noun_in_gender() {
    let ordinal = |locale: &Locale, n: u32, gender: &str| {
        locale.call("ORDINAL", Value::Number(n.into()), &[("gender".into(), Value::Text(gender.into()))]).unwrap()
    };
    let fr = locale("fr");
    assert_eq!(ordinal(fr, 1, "feminine"), format!("1{}", text_marks::superscript("re")));
    assert_eq!(ordinal(fr, 1, "masculine"), format!("1{}", text_marks::superscript("er")));
    assert_eq!(ordinal(fr, 12, "feminine"), format!("12{}", text_marks::superscript("e")));
    let en = locale("en");
    let ordinals: Vec<String> = [1, 2, 3, 4, 11, 12, 21, 102, 113].map(|n| ordinal(en, n, "")).into();
    assert_eq!(ordinals, ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "102nd", "113th"]);
    let zh = locale("zh");
    assert_eq!([1, 10, 12].map(|n| ordinal(zh, n, "")), ["第一", "第十", "第十二"]);
}

#[test]
fn a_form_of_a_name_comes_from_the_data_or_from_the_rules_of_the_language() {
    let of = |forms: NameForms| {
        locale("fr").call("NAME", Value::Name(Arc::new(forms)), &[("form".into(), Value::Text("of".into()))]).unwrap()
    };
    let plain = |name: &str| NameForms { name: name.into(), others: Default::default(), span: 0..0 };
    for (name, expected) in
        [("Beijing", "de Beijing"), ("Athènes", "d’Athènes"), ("Évry", "d’Évry"), ("La Haye", "de La Haye")]
    {
        assert_eq!(of(plain(name)), expected);
    }
    for (name, given) in [("Hanoï", "de Hanoï"), ("Helsinki", "d’Helsinki"), ("Le Caire", "du Caire")] {
        let forms = NameForms { others: [("of".into(), given.into())].into(), ..plain(name) };
        assert_eq!(of(forms), given);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the size of a number, the page has all its digits.
    #[test]
    fn numbers_lose_no_digit(value in 0_u64..1_000_000_000_000_000) {
        let text = locale("en").measure(&figure(&value.to_string(), "cny", Hedge::Exact), None).unwrap();
        let (digits, words) = text.split_once(' ').unwrap();
        let power = match words {
            "trillion yuan" => "e12",
            "billion yuan" => "e9",
            "million yuan" => "e6",
            _ => "",
        };
        let back = decimal(&format!("{}{power}", digits.replace(',', ""))).unwrap();
        prop_assert_eq!(back.to_string(), value.to_string());
    }
}
