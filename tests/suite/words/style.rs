//! Rules of the press in each language: the words for numbers in sentences, prepositions before dates, articles and elision.

use std::sync::Arc;

use gen_report::locale::{Args, Value, text_marks};
use gen_report::results::{Figure, Hedge, NameForms, Period};

use crate::support::locale;

fn figure(value: &str, unit: &str, hedge: Hedge) -> Value {
    Value::Figure(Arc::new(Figure::sample(value, unit, hedge).unwrap()))
}

fn name(name: &str) -> Value {
    Value::Name(Arc::new(NameForms { name: name.into(), others: Default::default(), span: 0..0 }))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn date(date: &str) -> Value {
    Value::Date(Period::parse(date).unwrap())
}

fn plain(text: &str) -> String {
    text_marks::strip(text).replace(['\u{a0}', '\u{202f}'], " ")
}

/// Calls a function of a locale with one option.
fn call(language: &str, function: &str, value: Value, option: (&str, &str)) -> String {
    plain(&locale(language).call(function, value, &[(option.0.into(), text(option.1))]).unwrap())
}

fn message(language: &str, id: &str, args: Vec<(&'static str, Value)>) -> String {
    let args: Args<'static> = args.into_iter().map(|(name, value)| (name.into(), value)).collect();
    plain(&locale(language).message(id, args).unwrap())
}

#[test]
fn sentences_spell_out_small_numbers() {
    use Hedge::{Exact, Over};
    for (language, value, unit, hedge, style, expected) in [
        ("en", "1", "country", Exact, "words", "one country"),
        ("en", "9", "enterprise", Over, "words", "more than nine enterprises"),
        ("en", "10", "country", Exact, "words", "10 countries"),
        ("en", "3..12", "country", Exact, "words", "three to 12 countries"),
        ("en", "2e6", "enterprise", Exact, "words", "2 million enterprises"),
        ("en", "3", "percent", Exact, "words", "3%"),
        ("en", "3", "rank", Exact, "words", "third"),
        ("en", "12", "rank", Exact, "words", "12th"),
        ("fr", "1", "country", Exact, "of", "d’un seul pays"),
        ("fr", "20", "country", Over, "of", "de plus de 20 pays"),
        ("fr", "1", "rank", Exact, "words", "premier rang"),
        ("zh", "1", "rank", Exact, "place", "首位"),
        ("zh", "2", "rank", Exact, "place", "第二位"),
    ] {
        assert_eq!(call(language, "MEASURE", figure(value, unit, hedge), ("style", style)), expected);
    }
    for (language, rank, expected) in
        [("en", 1_u32, "first"), ("en", 10, "10th"), ("en", 22, "22nd"), ("fr", 1, "première"), ("fr", 21, "21e")]
    {
        assert_eq!(call(language, "ORDINAL", Value::Number(rank.into()), ("style", "words")), expected);
    }
}

#[test]
fn a_certificate_uses_one_notation_for_both_ordinals() {
    let distinction = |rank: u32, edition: u32| {
        let args = vec![("rank", Value::Number(rank.into())), ("edition", Value::Number(edition.into()))];
        message("fr", "certificate-distinction", args)
    };
    assert_eq!(distinction(1, 1), "première ville de la première sélection");
    assert_eq!(distinction(3, 2), "troisième ville de la deuxième sélection");
    assert_eq!(distinction(12, 1), "12e ville de la 1re sélection");
}

#[test]
fn dates_follow_the_preposition_of_their_sentence() {
    for (language, period, style, expected) in [
        ("en", "2025-11-28", "long", "Nov. 28, 2025"),
        ("en", "2025-11-28", "full", "November 28, 2025"),
        ("en", "2025-11-28", "in", "on Nov. 28, 2025"),
        ("en", "2024", "in", "in 2024"),
        ("en", "end of 2024", "by", "by the end of 2024"),
        ("en", "2024-08/2024-12", "by", "from August to December 2024"),
        ("en", "2024-10/2024-12", "as-of", "from October to December 2024"),
        ("en", "2024-12-30/2025-01-02", "long", "Dec. 30, 2024, to Jan. 2, 2025"),
        ("fr", "2024-12-01", "at", "au 1er décembre 2024"),
        ("fr", "end of 2024", "at", "fin 2024"),
        ("zh", "end of 2024", "by", "截至2024年底"),
        ("zh", "2024-12-01", "by", "截至2024年12月1日"),
        ("zh", "2024-11/2025-02", "by", "2024年11月至2025年2月"),
    ] {
        assert_eq!(call(language, "DATE", date(period), ("style", style)), expected, "{period} {style} {language}");
    }
}

#[test]
fn full_hours_have_no_minutes() {
    let until = |language: &str, time: &str, zone: &str| {
        message(language, "embargo-detail", vec![("until", date(time)), ("zone", text(zone))])
    };
    for (time, in_english, in_french, in_chinese) in [
        (
            "2025-12-01T10:00",
            "until 10 a.m. Beijing time, Dec. 1, 2025.",
            "à 10 h, heure",
            "12月1日10时\u{2028}（北京时间）解禁。",
        ),
        (
            "2025-12-01T12:00",
            "until noon Beijing time, Dec. 1, 2025.",
            "12 h, heure",
            "12月1日12时\u{2028}（北京时间）解禁。",
        ),
        (
            "2025-12-01T09:05",
            "until 9:05 a.m. Beijing time, Dec. 1, 2025.",
            "9 h 05, heure",
            "12月1日9时05分\u{2028}（北京时间）解禁。",
        ),
    ] {
        let english = until("en", time, "Beijing time");
        assert!(english.starts_with(in_english), "{english}");
        let french = until("fr", time, "heure de Beijing");
        assert!(french.contains(in_french), "{french}");
        let chinese = until("zh", time, "北京时间");
        assert!(chinese.contains(in_chinese), "{chinese}");
    }
    let japanese = |time: &str| plain(&locale("ja").call("DATE", date(time), &[]).unwrap());
    assert!(japanese("2025-12-01T10:00").ends_with("午前10時"));
    assert!(japanese("2025-12-01T12:00").ends_with("正午"));
    assert!(japanese("2025-12-01T10:05").ends_with("午前10時5分"));
}

#[test]
fn names_take_the_articles_and_endings_of_their_language() {
    for (language, form, city, expected) in [
        ("en", "of", "Paris", "Paris’"),
        ("en", "of", "Les Abymes", "Les Abymes’"),
        ("en", "of", "Beijing", "Beijing’s"),
        ("fr", "of", "Le Havre", "du Havre"),
        ("fr", "of", "Les Abymes", "des Abymes"),
        ("fr", "to", "Le Havre", "au Havre"),
        ("fr", "in", "Les Abymes", "aux Abymes"),
        ("fr", "in", "La Haye", "à La Haye"),
        ("fr", "of", "Lescar", "de Lescar"),
        ("fr", "of", "Ypres", "d’Ypres"),
        ("fr", "of", "Yokohama", "de Yokohama"),
        ("fr", "to-lead", "Le Havre", "au"),
        ("fr", "bare", "Le Havre", "Havre"),
    ] {
        assert_eq!(call(language, "NAME", name(city), ("form", form)), expected, "{city}");
    }
}

/// A number with more than two decimals is written with all its digits.
#[test]
fn a_scale_word_has_at_most_two_decimals() {
    for (language, value, unit, expected) in [
        ("fr", "999999999999", "cny", "999 999 999 999 yuans"),
        ("en", "12345678", "cny", "12,345,678 yuan"),
        ("en", "12340000", "cny", "12.34 million yuan"),
        ("zh", "12345", "enterprise", "12345家企业"),
        ("zh", "123400", "enterprise", "12.34万家企业"),
        ("es", "12345678", "eur", "12 345 678 euros"),
    ] {
        let text = locale(language).measure(&Figure::sample(value, unit, Hedge::Exact).unwrap(), None).unwrap();
        assert_eq!(plain(&text), expected);
    }
}

#[test]
fn a_chinese_hedge_is_placed_where_its_sentence_needs_it() {
    use Hedge::{About, Almost, Exact, Over};
    for (hedge, expected) in [
        (Over, "占地区生产总值的80%以上"),
        (Almost, "占地区生产总值近80%"),
        (About, "约占地区生产总值的80%"),
        (Exact, "占地区生产总值的80%"),
    ] {
        assert_eq!(call("zh", "MEASURE", figure("80", "percent", hedge), ("style", "of-gdp")), expected);
    }
    assert_eq!(call("zh", "MEASURE", figure("1e6", "eur", Exact), ("style", "is")), "为100万欧元");
    assert_eq!(call("zh", "MEASURE", figure("4e10..4.5e10", "eur", Exact), ("style", "is")), "为400亿至450亿欧元");
    assert_eq!(call("zh", "MEASURE", figure("1e6", "eur", Over), ("style", "is")), "超过100万欧元");
}

#[test]
fn the_list_of_forecasts_agrees_in_number() {
    let forecasts = |language: &str, count: u32| {
        message(language, "sources-forecasts", vec![("items", text("A")), ("count", Value::Number(count.into()))])
    };
    assert!(forecasts("fr", 1).starts_with("Prévision à la date"));
    assert!(forecasts("fr", 2).starts_with("Prévisions à la date"));
    assert!(forecasts("en", 1).starts_with("Forecast at the time"));
    assert!(forecasts("en", 2).starts_with("Forecasts at the time"));
}

#[test]
fn a_currency_has_its_name() {
    for (language, value, unit, expected) in [
        ("fr", "2.5e12", "jpy", "2 500 milliards de yens"),
        ("fr", "1", "gbp", "1 livre sterling"),
        ("en", "2.5e12", "jpy", "2.5 trillion yen"),
        ("en", "2", "chf", "2 Swiss francs"),
        ("zh", "2.5e12", "jpy", "2.5万亿日元"),
        ("zh", "1e6", "bhd", "100万BHD"),
    ] {
        let text = locale(language).measure(&Figure::sample(value, unit, Hedge::Exact).unwrap(), None).unwrap();
        assert_eq!(plain(&text), expected);
    }
}
