//! A language is a folder of the project: Spanish, Arabic, Korean and others in `tests/languages`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gen_report::locale::{Value, text_marks};
use gen_report::results::{Figure, Hedge, NameForms, Period, decimal};
use gen_report::typeset::Variant;

use crate::support::{
    CERTIFICATE, Documents, EXAMPLE_EDITION, LANGUAGES, ProjectDir, TextRun, assert_contains, files_below, locale,
    small_locale,
};

fn figure(value: &str, unit: &str, hedge: Hedge) -> Figure {
    Figure::sample(value, unit, hedge).unwrap()
}

/// Shows no-break spaces as `_` and narrow ones as `~`, without word joiners.
fn visible(text: &str) -> String {
    text_marks::strip(text).replace('\u{a0}', "_").replace('\u{202f}', "~").replace('\u{2060}', "")
}

#[test]
fn figures_are_written_as_the_press_of_each_language_writes_them() {
    use Hedge::{About, Almost, Exact, Over};
    for (language, value, unit, hedge, expected) in [
        ("es", "2.5e12", "cny", Over, "más de 2,5_billones de yuanes"),
        ("es", "3e11", "cny", Over, "más de 300~000_millones de yuanes"),
        ("es", "1e9", "cny", Exact, "1000_millones de yuanes"),
        ("es", "1", "enterprise", Exact, "1_empresa"),
        ("es", "42.5", "percent", Almost, "casi el 42,5_%"),
        ("ru", "1.5e12", "cny", Over, "более 1,5_трлн юаней"),
        ("ru", "1", "enterprise", Exact, "1_предприятие"),
        ("ru", "2", "enterprise", Exact, "2_предприятия"),
        ("ru", "5", "enterprise", Exact, "5_предприятий"),
        ("ru", "21", "enterprise", Over, "более 21_предприятия"),
        ("ru", "2e11..3e11", "cny", Exact, "от_200 до_300_млрд юаней"),
        ("uk", "1", "enterprise", Exact, "1_підприємство"),
        ("uk", "2", "enterprise", Exact, "2_підприємства"),
        ("uk", "5", "enterprise", Exact, "5_підприємств"),
        ("uk", "1.5", "enterprise", Exact, "1,5_підприємства"),
        ("uk", "2302", "enterprise", Exact, "2302_підприємства"),
        ("uk", "45000", "enterprise", Almost, "майже 45_тис. підприємств"),
        ("uk", "21", "country", Exact, "21_країна"),
        ("uk", "21", "country", Over, "понад 21_країну"),
        ("uk", "21", "country", About, "близько 21_країни"),
        ("uk", "20..30", "country", Exact, "від_20 до_30_країн"),
        ("uk", "1.5e12", "cny", Over, "понад 1,5_трлн юанів"),
        ("uk", "2", "cny", Exact, "2_юані"),
        ("uk", "2e11..3e11", "cny", Exact, "від_200 до_300_млрд юанів"),
        ("uk", "9e8..1.2e9", "cny", Exact, "від_900_млн до_1,2_млрд юанів"),
        ("uk", "2.5", "eur", Exact, "2,5_євро"),
        ("uk", "1", "usd", Exact, "1_долар США"),
        ("uk", "3", "usd", Exact, "3_долари США"),
        ("uk", "1.5e7", "usd", About, "близько 15_млн доларів США"),
        ("uk", "5e8", "chf", Over, "понад 500_млн CHF"),
        ("uk", "42.5", "percent", Almost, "майже 42,5%"),
        ("uk", "40..45", "percent", Exact, "від_40 до_45%"),
        ("uk", "-0.5", "percent", Exact, "−0,5%"),
        ("uk", "2", "year", About, "близько 2_років"),
        ("uk", "1.5", "year", Exact, "1,5_року"),
        ("uk", "4", "month", Exact, "4_місяці"),
        ("uk", "11", "day", Exact, "11_днів"),
        ("uk", "3", "rank", Exact, "3-тє_місце"),
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
        ("pt", "2.5e12", "cny", Over, "mais de 2,5_biliões de yuans"),
        ("pt", "1e9", "eur", Exact, "1000_milhões de euros"),
        ("pt", "1.5e9", "eur", About, "cerca de 1,5_mil_milhões de euros"),
        ("pt", "1e6", "enterprise", Exact, "1_milhão de empresas"),
        ("pt", "1", "enterprise", Exact, "1_empresa"),
        ("pt", "2302", "enterprise", Exact, "2302_empresas"),
        ("pt", "121000", "enterprise", Over, "mais de 121_000_empresas"),
        ("pt", "42.5", "percent", Almost, "quase 42,5%"),
        ("pt", "9e8..1.2e9", "cny", Exact, "entre 900_milhões e 1,2_mil_milhões de yuans"),
        ("pt", "5e8", "chf", Over, "mais de 500_milhões de francos suíços"),
        ("ko", "1.5e12", "cny", Over, "1조5000억_위안 초과"),
        ("ko", "8.205e11", "cny", About, "약 8205억_위안"),
        ("ko", "121000", "enterprise", Over, "12만1000여_곳"),
        ("ko", "20", "country", Over, "20여_개국"),
        ("ko", "21", "country", Over, "21개국 초과"),
        ("ko", "45000", "enterprise", Almost, "4만5000곳 가까이"),
        ("ko", "2e11..3e11", "cny", Exact, "2000억~3000억_위안"),
        ("ko", "5000..20000", "cny", Exact, "5000위안~2만_위안"),
        ("ko", "5e11", "krw", Exact, "5000억원"),
        ("ko", "40..45", "percent", Exact, "40~45%"),
        ("he", "1", "enterprise", Exact, "חברה אחת"),
        ("he", "1", "month", Exact, "חודש אחד"),
        ("he", "1", "enterprise", Over, "יותר מחברה אחת"),
        ("he", "2", "enterprise", Exact, "שתי_חברות"),
        ("he", "2", "enterprise", About, "כשתי_חברות"),
        ("he", "2", "year", Exact, "שנתיים"),
        ("he", "3", "country", Exact, "3_מדינות"),
        ("he", "20", "country", Over, "יותר מ־20_מדינות"),
        ("he", "1.5e12", "cny", Almost, "כמעט 1.5_טריליון יואן"),
        ("he", "8.205e11", "cny", About, "כ־820.5_מיליארד יואן"),
        ("he", "9e8..1.2e9", "cny", Exact, "בין 900_מיליון ל־1.2_מיליארד יואן"),
        ("he", "1..2", "country", Exact, "בין מדינה אחת לשתי_מדינות"),
        ("he", "40..45", "percent", Exact, "בין 40% ל־45%"),
        ("vi", "1.5e12", "cny", Over, "hơn 1.500_tỷ nhân dân tệ"),
        ("vi", "2.5e9", "usd", Exact, "2,5_tỷ USD"),
        ("vi", "121000", "enterprise", Over, "hơn 121.000_doanh nghiệp"),
        ("vi", "1", "country", Exact, "1_quốc gia"),
        ("vi", "9e8..1.2e9", "cny", Exact, "từ 900_triệu đến 1,2_tỷ nhân dân tệ"),
        ("vi", "42.5", "percent", Almost, "gần 42,5%"),
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
        ("fr", "2025-03/2025-06", "de mars à_juin 2025"),
        ("fr", "2025-03-01/2025-03-15", "du 1er au 15_mars 2025"),
        ("fr", "2025-03-01/2025-04-15", "du 1er_mars au 15_avril 2025"),
        ("en", "2021/2025", "2021–2025"),
        ("en", "2025-03/2025-06", "March to June 2025"),
        ("en", "2025-03-01/2025-03-15", "March_1–15, 2025"),
        ("zh", "2021/2025", "2021年至2025年"),
        ("zh", "2025-03-01/2025-04-15", "2025年3月1日至4月15日"),
        ("ru", "2021/2025", "2021–2025_годы"),
        ("uk", "2021/2025", "2021–2025_роки"),
        ("uk", "2025-03/2025-06", "березень_— червень 2025_року"),
        ("uk", "2025-03-01/2025-03-15", "1–15_березня 2025_року"),
        ("es", "2025-03/2025-06", "marzo a_junio de_2025"),
        ("es", "2025-03-01/2025-04-15", "del 1_de marzo al 15_de abril de_2025"),
        ("ja", "2021/2025", "2021〜2025年"),
        ("ja", "2025-03/2025-06", "2025年3〜6月"),
        ("ja", "2025-03-01/2025-04-15", "2025年3月1日〜4月15日"),
        ("pt", "2021/2025", "2021-2025"),
        ("pt", "2025-03/2025-06", "março a junho de_2025"),
        ("pt", "2025-03-01/2025-04-15", "1_de março a 15_de abril de_2025"),
        ("ko", "2021/2025", "2021~2025년"),
        ("ko", "2025-03-01/2025-03-15", "2025년 3월 1~15일"),
        ("he", "2021/2025", "2021–2025"),
        ("he", "2025-03/2025-06", "מרץ עד יוני 2025"),
        ("vi", "2021/2025", "giai_đoạn_2021-2025"),
        ("vi", "2025-03/2025-06", "từ tháng_3 đến tháng_6 năm_2025"),
    ] {
        let text = locale(language).call("DATE", Value::Date(Period::parse(period).unwrap()), &[]).unwrap();
        assert_eq!(visible(&text), expected, "{period} in {language}");
    }
}

/// Options of a locale function, as a sentence gives them.
fn options(options: &[(&str, &str)]) -> Vec<(String, Value)> {
    options.iter().map(|(name, value)| ((*name).to_owned(), Value::Text((*value).to_owned()))).collect()
}

#[test]
fn dates_have_the_preposition_and_the_case_of_their_sentence() {
    for (language, date, style, expected) in [
        ("uk", "2031", "when", "2031_року"),
        ("uk", "2031-11", "when", "в_листопаді 2031_року"),
        ("uk", "2031-09", "when", "у_вересні 2031_року"),
        ("uk", "2031-11-28", "when", "28_листопада 2031_року"),
        ("uk", "end of 2031", "when", "наприкінці 2031_року"),
        ("uk", "2028/2031", "when", "в_2028–2031_роках"),
        ("uk", "2025-03/2025-06", "when", "від_березня до_червня 2025_року"),
        ("uk", "2032-12-01", "short", "1_грудня 2032_р."),
        ("uk", "2031", "none", "2031_рік"),
        ("uk", "end of 2031", "none", "кінець 2031_року"),
        ("ru", "2031-11", "when", "в_ноябре 2031_года"),
        ("ru", "2028/2031", "when", "в_2028–2031_годах"),
        ("es", "2031", "in", "en 2031"),
        ("es", "end of 2031", "in", "a_finales de_2031"),
        ("es", "2031-05-01", "of", "del 1_de mayo de_2031"),
        ("es", "2028/2031", "for", "para el periodo 2028-2031"),
        ("es", "2025-03/2025-06", "in", "de marzo a_junio de_2025"),
    ] {
        let date_value = Value::Date(Period::parse(date).unwrap());
        let text = locale(language).call("DATE", date_value, &options(&[("style", style)])).unwrap();
        assert_eq!(visible(&text), expected, "{date} in {language}");
    }
}

#[test]
fn running_text_spells_small_numbers() {
    use Hedge::{About, Almost, Exact, Over};
    for (language, value, unit, hedge, case, expected) in [
        ("fr", "9", "country", Exact, "none", "neuf pays"),
        ("fr", "1", "enterprise", About, "none", "environ une entreprise"),
        ("fr", "2..5", "country", Exact, "none", "entre 2 et 5 pays"),
        ("fr", "12", "month", Over, "none", "plus de 12 mois"),
        ("es", "1", "enterprise", Exact, "none", "una empresa"),
        ("es", "3..5", "country", Exact, "none", "entre tres y cinco países"),
        ("es", "5", "enterprise", About, "none", "unas cinco empresas"),
        ("es", "12", "month", Over, "none", "más de 12_meses"),
        ("ru", "2", "enterprise", Exact, "none", "два предприятия"),
        ("ru", "2", "country", Over, "accusative", "более двух стран"),
        ("ru", "1", "country", Exact, "accusative", "одну страну"),
        ("ru", "2..5", "enterprise", Exact, "none", "от_двух до_пяти предприятий"),
        ("ru", "5..12", "enterprise", Exact, "none", "от_5 до_12_предприятий"),
        ("ru", "3", "country", Over, "genitive", "более чем трех стран"),
        ("uk", "2", "enterprise", Exact, "none", "два підприємства"),
        ("uk", "1", "country", Over, "none", "понад одну країну"),
        ("uk", "3", "country", Almost, "accusative", "майже три країни"),
        ("uk", "5", "enterprise", About, "none", "близько п’яти підприємств"),
        ("uk", "2..5", "day", Exact, "none", "від_двох до_п’яти днів"),
        ("uk", "2..5", "country", Exact, "genitive", "двох–п’яти країн"),
        ("uk", "3", "rank", Exact, "none", "третє місце"),
        ("uk", "12", "rank", Exact, "none", "12-те_місце"),
    ] {
        let figure = Value::Figure(Arc::new(figure(value, unit, hedge)));
        let text = locale(language).call("MEASURE", figure, &options(&[("style", "words"), ("case", case)])).unwrap();
        assert_eq!(visible(&text), expected, "{value} {unit} in {language}");
    }
}

#[test]
fn ordinals_have_the_ending_of_their_gender_and_case() {
    let ordinals = |language: &str, numbers: &[u32], given: &[(&str, &str)]| -> Vec<String> {
        let ordinal = |n: &u32| locale(language).call("ORDINAL", Value::Number((*n).into()), &options(given)).unwrap();
        numbers.iter().map(|n| visible(&ordinal(n))).collect()
    };
    let numbers = [1, 2, 3, 7, 13, 23, 40, 100];
    let neuter = ordinals("uk", &numbers, &[("gender", "neuter")]);
    assert_eq!(neuter, ["1-ше", "2-ге", "3-тє", "7-ме", "13-те", "23-тє", "40-ве", "100-те"]);
    let feminine = ordinals("uk", &numbers, &[("gender", "feminine")]);
    assert_eq!(feminine, ["1-ша", "2-га", "3-тя", "7-ма", "13-та", "23-тя", "40-ва", "100-та"]);
    assert_eq!(ordinals("uk", &[1, 3], &[("gender", "masculine"), ("case", "genitive")]), ["1-го", "3-го"]);
    let words = |language, gender, case| {
        ordinals(language, &[1, 2, 3, 6, 11], &[("style", "words"), ("gender", gender), ("case", case)])
    };
    assert_eq!(words("uk", "masculine", "none"), ["перший", "другий", "третій", "шостий", "11-й"]);
    assert_eq!(words("uk", "neuter", "prepositional"), ["першому", "другому", "третьому", "шостому", "11-му"]);
    assert_eq!(words("ru", "masculine", "none"), ["первый", "второй", "третий", "шестой", "11-й"]);
    assert_eq!(words("ru", "masculine", "genitive"), ["первого", "второго", "третьего", "шестого", "11-го"]);
    assert_eq!(words("ru", "neuter", "none"), ["первое", "второе", "третье", "шестое", "11-е"]);
}

#[test]
fn numbers_reach_every_plural_category_of_their_language() {
    let forms = ["0", "1", "2", "3", "11", "100"].map(|n| locale("ar").category(&decimal(n).unwrap(), false));
    assert_eq!(forms, ["zero", "one", "two", "few", "many", "other"]);
    for language in ["ru", "uk"] {
        let forms = ["1", "2", "5", "1.5"].map(|n| locale(language).category(&decimal(n).unwrap(), false));
        assert_eq!(forms, ["one", "few", "many", "other"]);
    }
    let forms = ["0", "1", "1.5", "1000000"].map(|n| locale("pt").category(&decimal(n).unwrap(), false));
    assert_eq!(forms, ["other", "one", "other", "many"]);
    let forms = ["0", "1", "2", "3", "0.5"].map(|n| locale("he").category(&decimal(n).unwrap(), false));
    assert_eq!(forms, ["other", "one", "two", "other", "one"]);
    assert_eq!(locale("ko").categories(false), ["other"]);
}

/// Calls a function of a language with one option.
fn call(language: &str, function: &str, value: Value, option: (&'static str, &str)) -> String {
    let options = [(option.0.to_owned(), Value::Text(option.1.to_owned()))];
    visible(&locale(language).call(function, value, &options).unwrap())
}

fn name(text: &str) -> Value {
    Value::Name(Arc::new(NameForms { name: text.to_owned(), others: BTreeMap::default(), span: 0..0 }))
}

#[test]
fn korean_particles_follow_the_sound_before_them() {
    for (text, particles) in [
        ("루멘", ["은", "이", "을", "과", "으로"]),
        ("서울", ["은", "이", "을", "과", "로"]),
        ("포트애저", ["는", "가", "를", "와", "로"]),
        ("EXC 2032", ["는", "가", "를", "와", "로"]),
        ("EXC 2030", ["은", "이", "을", "과", "으로"]),
        ("EXC 2031", ["은", "이", "을", "과", "로"]),
        ("APEC", ["는", "가", "를", "와", "로"]),
        ("LAN", ["은", "이", "을", "과", "으로"]),
        ("회의 (부산)", ["은", "이", "을", "과", "으로"]),
    ] {
        for (form, particle) in ["topic", "subject", "object", "with", "to"].into_iter().zip(particles) {
            assert_eq!(call("ko", "NAME", name(text), ("form", form)), format!("{text}{particle}"));
        }
    }
    for (value, unit, hedge, style, expected) in [
        ("8e11", "cny", Hedge::Exact, "object", "8000억_위안을"),
        ("8e11", "eur", Hedge::Exact, "object", "8000억_유로를"),
        ("8e11", "cny", Hedge::About, "to", "약 8000억_위안으로"),
        ("8e11", "usd", Hedge::Exact, "to", "8000억_달러로"),
        ("601", "enterprise", Hedge::Over, "subject", "601곳 초과가"),
        ("600", "enterprise", Hedge::Over, "subject", "600여_곳이"),
        ("21", "country", Hedge::Over, "formal", "21개가 넘는 국가"),
        ("21", "country", Hedge::Exact, "formal", "21개국"),
        ("45", "percent", Hedge::Almost, "object", "45% 가까이를"),
        ("45", "percent", Hedge::Exact, "object", "45%를"),
    ] {
        let figure = Value::Figure(Arc::new(figure(value, unit, hedge)));
        assert_eq!(call("ko", "MEASURE", figure, ("style", style)), expected);
    }
}

#[test]
fn hebrew_letters_are_joined_to_words_and_have_a_maqaf_before_digits() {
    for (value, unit, hedge, style, expected) in [
        ("3", "country", Hedge::Exact, "from-words", "משלוש_מדינות"),
        ("3", "month", Hedge::Exact, "words", "שלושה_חודשים"),
        ("1", "country", Hedge::Exact, "from-words", "ממדינה אחת"),
        ("20", "country", Hedge::Exact, "from-words", "מ־20_מדינות"),
        ("20", "country", Hedge::Over, "from-words", "מיותר מ־20_מדינות"),
        ("20..30", "country", Hedge::Exact, "from-words", "מ־20 עד 30_מדינות"),
        ("8e9", "cny", Hedge::Almost, "in", "בכמעט 8_מיליארד יואן"),
        ("8e9", "cny", Hedge::Exact, "in", "ב־8_מיליארד יואן"),
        ("2", "enterprise", Hedge::Exact, "and", "ושתי_חברות"),
        ("2302", "enterprise", Hedge::Exact, "and", "ו־2,302_חברות"),
        ("3", "rank", Hedge::Exact, "in", "במקום השלישי"),
        ("11", "rank", Hedge::Exact, "in", "במקום ה־11"),
    ] {
        let figure = Value::Figure(Arc::new(figure(value, unit, hedge)));
        assert_eq!(call("he", "MEASURE", figure, ("style", style)), expected);
    }
    assert_eq!(call("he", "NAME", name("לומן"), ("form", "in")), "בלומן");
    assert_eq!(call("he", "NAME", name("EXC 2032"), ("form", "in")), "ב־EXC 2032");
}

#[test]
fn ordinals_and_dates_of_the_later_languages() {
    for (language, n, gender, expected) in [
        ("pt", 1, "feminine", "1.ª"),
        ("pt", 11, "masculine", "11.º"),
        ("ko", 3, "", "3위"),
        ("he", 1, "", "הראשון"),
        ("he", 11, "", "ה־11"),
        ("vi", 1, "", "thứ nhất"),
        ("vi", 4, "", "thứ tư"),
        ("vi", 11, "", "thứ 11"),
    ] {
        assert_eq!(call(language, "ORDINAL", Value::Number(u32::into(n)), ("gender", gender)), expected);
    }
    for (language, date, style, expected) in [
        ("pt", "2025-12-01", "in", "a 1_de dezembro de_2025"),
        ("pt", "end of 2024", "in", "no final de_2024"),
        ("pt", "2021/2025", "in", "entre 2021 e 2025"),
        ("ko", "2025-12-01", "long", "2025년 12월_1일"),
        ("ko", "end of 2024", "as-of", "2024년 말 기준"),
        ("ko", "2025-12-08T12:30", "long", "2025년 12월_8일 낮 12시 30분"),
        ("he", "2025-12-01", "in", "ב־1_בדצמבר 2025"),
        ("he", "2025-02", "in", "בפברואר 2025"),
        ("he", "2025", "in", "ב־2025"),
        ("he", "end of 2024", "in", "בסוף 2024"),
        ("vi", "2025-12-01", "when", "vào ngày_1 tháng_12 năm_2025"),
        ("vi", "end of 2024", "as-of", ", tính đến cuối năm_2024"),
        ("vi", "2021/2025", "as-of", " trong giai_đoạn_2021-2025"),
    ] {
        let date = Value::Date(Period::parse(date).unwrap());
        assert_eq!(call(language, "DATE", date, ("style", style)), expected);
    }
}

/// Korean lines end only at spaces: a word is one run, and the punctuation after a figure stays beside it.
#[test]
fn korean_words_are_not_split() {
    let documents = Documents::open(LANGUAGES, &["ko"], Variant::default());
    let runs = documents.text_runs("ko", "press-release", None);
    assert!(runs.iter().any(|run| run.text == "콘퍼런스에서"));
    let adjoin = |a: &TextRun, b: &TextRun| (a.x + a.width - b.x).abs() < 0.5;
    assert!(runs.windows(2).any(|r| r[0].text == "곳" && r[1].text.starts_with(',') && adjoin(&r[0], &r[1])));
}

#[test]
fn documents_are_built_in_every_language() {
    let project = ProjectDir::new();
    let (_, stderr, code) = project.run_on(LANGUAGES, &["-l", "es,ru,uk,ar,ja,pt,ko,he,vi,ar+en,ko+en"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(!stderr.contains("warning"), "{stderr}");
    assert_eq!(project.output_files().len(), 11 * 7);
}

#[test]
fn check_finds_nothing_in_any_locale() {
    let (_, stderr, code) = ProjectDir::new().run_on(".", &["check", "--deny", "warnings"]);
    assert_eq!((code, stderr.trim()), (0, "no problems found"));
    // Its English words are those of the embedded edition.
    let (_, stderr, code) = ProjectDir::new().run_on(LANGUAGES, &["check"]);
    assert_contains(
        &stderr,
        &[
            "warning[W0215]: the locale `en` still describes the programme of the embedded edition",
            "found 0 errors and 1 warning",
        ],
    );
    assert_eq!(code, 0);
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
    assert_eq!(side("es", "press-release", "Cifras clave"), "left");
    assert_eq!(side("ar", "press-release", "الأرقام"), "right");
    assert_eq!(side("es", "certificate", "2032-02-0001"), "left");
    assert_eq!(side("ar", "certificate", "2032-02-0001"), "right");
}

#[test]
fn a_bilingual_document_has_a_part_in_each_language() {
    for (report, city) in
        [("certificate", Some("beijing")), ("press-release", Some("beijing")), ("press-release", None)]
    {
        let runs = EXAMPLE_EDITION.text_runs("zh+en", report, city);
        let first = |lang: &str| runs.iter().position(|run| run.lang == lang).unwrap();
        assert!(first("zh") < first("en"), "{report}");
        let text = |lang: &str| runs.iter().filter(|r| r.lang == lang).map(|r| r.text.as_str()).collect::<String>();
        assert!(text("zh").contains("北京") && !text("zh").contains("more than"));
        assert!(text("en").replace('\u{a0}', " ").contains("more than 20 countries") && !text("en").contains("北京"));
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

/// The example edition, with Spanish as one more language.
fn with_spanish() -> ProjectDir {
    let read = |file: &str| fs::read(Path::new(LANGUAGES).join("locales/es").join(file)).unwrap();
    ["numbers.ftl", "text.ftl", "programme.ftl"]
        .into_iter()
        .fold(ProjectDir::new(), |project, file| project.file(&format!("locales/es/{file}"), read(file)))
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
    let text = project.read("locales/es/programme.ftl");
    let is_other = |line: &&str| !line.starts_with("sentence-committee-countries =");
    let without: String = text.lines().filter(is_other).map(|line| format!("{line}\n")).collect();
    assert_ne!(text, without);
    let project = project.file("locales/es/programme.ftl", without);
    let runs = project.documents("es").text_runs("es", "press-release", Some("beijing"));
    let run = runs.iter().find(|run| run.text.contains("A committee of experts")).unwrap();
    assert_eq!(run.lang, "en");
    let (_, stderr) = project.run_ok(&["-l", "es"]);
    assert!(stderr.contains("no message `sentence-committee-countries`; the message of `en` is used"), "{stderr}");
}

/// A third locale between the one that has the message and the one that lacks it is not named.
#[test]
fn a_warning_names_the_fallback_that_has_the_message() {
    let project = with_spanish();
    let settings = project.read("locales/es/numbers.ftl").replace("locale-fallback = en", "locale-fallback = es");
    let project = project.file("locales/an/numbers.ftl", settings).edit_all(
        "locales/es/programme.ftl",
        "sentence-committee-countries =",
        "sentence-of-none =",
    );
    let (_, stderr) = project.run_ok(&["-l", "an", "-r", "press-release"]);
    assert_contains(
        &stderr,
        &[
            "the locale `an` has no message `sentence-committee-countries`; the message of `en` is used",
            "the locale `an` has no message `press-release`; the message of `es` is used",
        ],
    );
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
    // The page of `watch` is in the language of the program's messages.
    for (path, bytes) in files.filter(|(path, _)| !path.starts_with("watch/page/")) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        let code: String =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
        for tag in [
            "\"fr\"",
            "\"zh\"",
            "\"en\"",
            "\"ja\"",
            "\"ar\"",
            "\"ko\"",
            "\"he\"",
            "\"fr-FR\"",
            "\"zh-Hans\"",
            "\"en-US\"",
        ] {
            assert!(!code.contains(tag), "{path} names {tag}");
        }
    }
}
