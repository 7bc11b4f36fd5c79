use proptest::prelude::*;

use super::*;
use crate::locale::text_marks::{self, SUPERSCRIPT_END, SUPERSCRIPT_START};

fn french() -> Typography {
    Typography {
        quotes: ['«', '»', '“', '”'],
        apostrophe: '’',
        narrow_before: vec![';', '!', '?', '»'],
        narrow_after: vec!['«'],
        fixed_before: vec![':', '%', '€'],
        ordinal_endings: ["er", "re", "e", "es"].map(str::to_owned).into(),
        ..Typography::default()
    }
}

fn english() -> Typography {
    Typography { quotes: ['“', '”', '‘', '’'], apostrophe: '’', ..Typography::default() }
}

fn chinese() -> Typography {
    Typography {
        quotes: ['“', '”', '‘', '’'],
        apostrophe: '’',
        full_width: Some(['，', '。', '；', '：', '？', '！', '（', '）']),
        ..Typography::default()
    }
}

/// Applies the rules, and shows narrow spaces as `~`, no-break spaces as `_` and superscripts as `^{…}`.
fn show(rules: &Typography, text: &str) -> String {
    rules
        .apply(text)
        .replace(NARROW_NBSP, "~")
        .replace(NBSP, "_")
        .replace(SUPERSCRIPT_START, "^{")
        .replace(SUPERSCRIPT_END, "}")
}

#[test]
fn french_punctuation_is_spaced() {
    for (typed, set) in [
        ("Quoi ? Non ! Si;", "Quoi~? Non~! Si~;"),
        ("Données : 52 %, 3€", "Données_: 52_%, 3_€"),
        ("« Beijing Daily »", "«~Beijing Daily~»"),
        ("\"Beijing Daily\"", "«~Beijing Daily~»"),
        ("dit \"un \"deux\" trois\"", "dit «~un “deux” trois~»"),
        ("Quoi ?! Vraiment…?", "Quoi~?! Vraiment…?"),
        ("l'économie d'aujourd'hui", "l’économie d’aujourd’hui"),
        ("à 10:30, score 3:2", "à 10:30, score 3:2"),
        ("la 2e Conférence, au XXIe siècle, Ier", "la 2^{e} Conférence, au XXI^{e} siècle, I^{er}"),
        ("Le 12 De Ce 2eme 5e12", "Le 12 De Ce 2eme 5e12"),
        ("deux  mots", "deux mots"),
        (" ", " "),
        (" · ", " · "),
    ] {
        assert_eq!(show(&french(), typed), set, "{typed}");
    }
}

#[test]
fn russian_short_words_and_dashes_take_no_break_spaces() {
    let russian = Typography {
        quotes: ['«', '»', '„', '“'],
        apostrophe: '’',
        fixed_before: vec!['—', '%'],
        fixed_after: vec!['№'],
        bound_words: ["в", "и", "на"].map(str::to_owned).into(),
        ..Typography::default()
    };
    for (typed, set) in [
        ("В городе и на море", "В_городе и_на_море"),
        ("\"Люмен\" — город № 5", "«Люмен»_— город №_5"),
        ("рост 5 % и 7%", "рост 5_% и_7_%"),
    ] {
        assert_eq!(show(&russian, typed), set, "{typed}");
    }
}

#[test]
fn addresses_are_not_changed() {
    for text in ["http://www.wiotc.org/?a=b;c", "a'b@example.org", "www.example.org/x:y"] {
        assert_eq!(show(&french(), text), text);
    }
    let serial = format!("N° {} : fin", text_marks::verbatim("2025-\"01\"-2e"));
    assert_eq!(show(&french(), &serial), "N° 2025-\"01\"-2e_: fin");
    assert_eq!(show(&french(), "voir http://x.org/ ; fin"), "voir http://x.org/~; fin");
}

#[test]
fn english_quotes_are_curled() {
    for (typed, set) in [
        ("\"It's 'fine',\" she said", "“It’s ‘fine’,” she said"),
        ("the '90s and the cities' plans", "the ’90s and the cities’ plans"),
        ("Note: 52% of \"all\"", "Note: 52% of “all”"),
    ] {
        assert_eq!(show(&english(), typed), set, "{typed}");
    }
}

#[test]
fn chinese_punctuation_is_full_width_without_spaces() {
    for (typed, set) in [
        ("北京,中国.", "北京，中国。"),
        ("他说:\"好\"!", "他说：“好”！"),
        ("世界物联网大会(WIOTC) 召开", "世界物联网大会（WIOTC）召开"),
        ("数字 经济， GDP 增长", "数字经济，GDP 增长"),
        ("WIOTC (2025), 3.5 and 1,000", "WIOTC (2025), 3.5 and 1,000"),
        ("见http://www.wiotc.org/", "见http://www.wiotc.org/"),
    ] {
        assert_eq!(show(&chinese(), typed), set, "{typed}");
    }
}

proptest! {
    /// Applying the rules to their own output changes nothing.
    #[test]
    fn applying_the_rules_again_changes_nothing(text in "[ a-e'\"«»“”:;!?%0-3€京。，,.()\u{a0}\u{202f}-]{0,24}") {
        for rules in [french(), english(), chinese()] {
            let once = rules.apply(&text);
            prop_assert_eq!(rules.apply(&once), once);
        }
    }
}
