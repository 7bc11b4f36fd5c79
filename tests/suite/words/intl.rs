//! Numbers, plurals, dates and lists, compared with another implementation of CLDR: ICU4C, through Node's Intl.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use gen_report::locale::{Locale, Value};
use gen_report::results::{Figure, Hedge, Period, decimal};
use serde_json::{Value as Json, json};

use crate::support::{locale, small_locale};

const VALUES: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "11",
    "12",
    "13",
    "14",
    "15",
    "19",
    "20",
    "21",
    "22",
    "23",
    "25",
    "31",
    "42",
    "99",
    "100",
    "101",
    "102",
    "103",
    "111",
    "121",
    "200",
    "999",
    "1000",
    "1001",
    "1234.5",
    "9999",
    "10000",
    "12345",
    "100000",
    "200000",
    "999999",
    "1000000",
    "1500000",
    "2000000",
    "2000001",
    "10000000",
    "123456789",
    "1000000000",
    "2500000000",
    "300000000000",
    "1000000000000",
    "2250000000000",
    "2500000000000",
    "1000000000000000",
    "0.5",
    "1.5",
    "2.25",
    "52.75",
    "-1",
    "-2.5",
    "-1234.5",
];
const ORDINALS: std::ops::RangeInclusive<u32> = 1..=125;
const DATES: &[&str] = &["2025-11-28", "2025-12-01", "2024-02-29", "2031-03-05", "2025-05-31", "2025-08-08"];

/// Whether a difference from CLDR is intended.
fn is_intended(locale: &str, kind: &str, ours: &str, theirs: &str) -> bool {
    let plain = |text: &str| {
        text.replace('\u{2212}', "-") // a minus sign, where CLDR has a hyphen
            .replace(['\u{a0}', '\u{202f}'], " ") // no line break inside a number or a date
            .replace(['\u{200e}', '\u{200f}', '\u{61c}'], "") // Typst applies the bidi algorithm to the page
    };
    let (ours, theirs) = (plain(ours), plain(theirs));
    ours == theirs
        || match (locale, kind) {
            // The first of a month is an ordinal in French (Imprimerie nationale); CLDR has “1 décembre”.
            ("fr", "dates") => ours.replacen("1er ", "1 ", 1) == theirs,
            // The year's word is written out in Russian and Ukrainian prose; CLDR shortens it to “г.”, “р.”.
            ("ru", "dates") => ours.replace("года", "г.") == theirs,
            ("uk", "dates") => ours.replace("року", "р.") == theirs,
            // Vietnamese prose has “ngày” and “năm”; CLDR has “28 tháng 11, 2025”.
            ("vi", "dates") => ours.replacen("ngày ", "", 1).replace(" năm", ",") == theirs,
            // Vietnamese has a plural category `one`, which its words do not use, and Hebrew lists a no-break hyphen before
            // Latin letters.
            ("vi", "cardinals") => ours == "one" && theirs == "other",
            ("he", "lists") => ours.replace('\u{2011}', "-") == theirs,
            // A narrow space groups the digits in Spanish (RAE); CLDR has a point.
            ("es", "numbers" | "percents") => ours.replace(' ', "") == theirs.replace(['.', ' '], ""),
            // AP has no comma before “and”.
            ("en", "lists") => ours == theirs.replace(", and", " and"),
            // ICU4X has a newer CLDR: Spanish has ordinal categories (1.er, 3.er), Hindi lists lost their last comma.
            ("es", "ordinals") => ours == "one" && theirs == "other",
            ("hi", "lists") => ours == theirs.replace(", और", " और"),
            _ => false,
        }
}

fn figure(value: &str) -> Figure {
    Figure::sample(value, "percent", Hedge::Exact).unwrap()
}

fn number(value: &str) -> Value {
    Value::Number(decimal(value).unwrap())
}

/// (name, BCP 47 tag, Intl's useGrouping, locale).
fn locales() -> Vec<(&'static str, &'static str, Json, &'static Locale)> {
    let german = small_locale(
        "de",
        "de-DE",
        "measure-percent = { $value }{ \"\\u00A0\" }%\ndate-day = { $day }. { $month-name } { $year }\n",
    );
    let hindi =
        small_locale("hi", "hi-IN", "measure-percent = { $value }%\ndate-day = { $day } { $month-name } { $year }\n");
    vec![
        ("fr", "fr-FR", json!("auto"), locale("fr")),
        ("en", "en-US", json!("auto"), locale("en")),
        ("zh", "zh-Hans-CN", json!(false), locale("zh")),
        ("es", "es-ES", json!("min2"), locale("es")),
        ("ru", "ru-RU", json!("min2"), locale("ru")),
        ("uk", "uk-UA", json!("min2"), locale("uk")),
        ("ar", "ar-EG", json!("auto"), locale("ar")),
        ("ja", "ja-JP", json!(false), locale("ja")),
        ("pt", "pt-PT", json!("min2"), locale("pt")),
        ("ko", "ko-KR", json!(false), locale("ko")),
        ("he", "he-IL", json!("auto"), locale("he")),
        ("vi", "vi-VN", json!("auto"), locale("vi")),
        ("de", "de-DE", json!("auto"), Box::leak(Box::new(german))),
        ("hi", "hi-IN", json!("auto"), Box::leak(Box::new(hindi))),
    ]
}

#[test]
fn numbers_plurals_dates_and_lists_agree_with_icu() {
    let locales = locales();
    let lists = [vec!["A"], vec!["A", "B"], vec!["A", "B", "C"]];
    let question = json!({
        "locales": locales.iter().map(|(name, tag, grouping, _)| json!({ "name": name, "tag": tag, "grouping": grouping }))
            .collect::<Vec<_>>(),
        "values": VALUES, "ordinals": ORDINALS.collect::<Vec<_>>(), "dates": DATES, "lists": lists,
    });
    let node = Command::new("node").arg("tests/intl/intl.mjs").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut node) = node else {
        println!("skipped: `node` is not installed");
        return;
    };
    node.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let mut answer: BTreeMap<String, Json> = serde_json::from_slice(&node.wait_with_output().unwrap().stdout).unwrap();
    let icu = answer.remove("icu").unwrap().as_str().unwrap().to_owned();
    if !icu.starts_with("78.") {
        println!("skipped: intended differences are listed for ICU 78 (CLDR 48); this `node` has ICU {icu}");
        return;
    }

    let mut differences = Vec::new();
    for (name, _, _, locale) in &locales {
        // English sentences abbreviate the name of the month.
        let full = [("style".to_owned(), Value::Text("full".to_owned()))];
        let date = |d: &str| locale.call("DATE", Value::Date(Period::parse(d).unwrap()), &full).unwrap();
        let text = |t: String| gen_report::locale::text_marks::strip(&t).into_owned();
        let ours: [(&str, Vec<String>); 6] = [
            ("numbers", VALUES.iter().map(|v| locale.call("NUMBER", number(v), &[]).unwrap()).collect()),
            ("percents", VALUES.iter().map(|v| locale.measure(&figure(v), None).unwrap()).collect()),
            ("cardinals", VALUES.iter().map(|v| locale.category(&decimal(v).unwrap(), false).to_owned()).collect()),
            ("ordinals", ORDINALS.map(|n| locale.category(&n.into(), true).to_owned()).collect()),
            ("dates", DATES.iter().map(|d| text(date(d))).collect()),
            (
                "lists",
                lists.iter().map(|l| locale.list(&l.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())).collect(),
            ),
        ];
        for (kind, ours) in ours {
            let theirs: Vec<String> = serde_json::from_value(answer[*name][kind].clone()).unwrap();
            assert_eq!(ours.len(), theirs.len());
            for (ours, theirs) in ours.iter().zip(&theirs) {
                if !is_intended(name, kind, ours, theirs) {
                    differences.push(format!("{name} {kind}: {ours:?} here, {theirs:?} in ICU4C"));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
