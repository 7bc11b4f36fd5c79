//! A text of a file is replaced from the page, and nothing else in the file changes.

use std::sync::Arc;

use gen_report::diagnostic::{FileOrigin, Place, SourceFile};
use gen_report::watch::edit::{Editable, EditableText};
use gen_report::watch::variants::PrintedText;
use proptest::prelude::*;

fn find_in(file: &Arc<SourceFile>, needle: &str, name: &str) -> Result<EditableText, String> {
    let start = file.text.find(needle).unwrap_or_else(|| panic!("{needle:?} is in the file"));
    EditableText::find(&Place::new(file, start..start + needle.len()), name)
}

/// Finds the value that is written as `needle`.
fn yaml(text: &str, needle: &str) -> Result<EditableText, String> {
    find_in(&SourceFile::new("results.yaml", text), needle, "")
}

/// Finds the message `name`, or the attribute `name.attribute`.
fn fluent(text: &str, name: &str) -> Result<EditableText, String> {
    // The place of a term begins after its hyphen.
    let id = name.split('.').next().unwrap().trim_start_matches('-');
    find_in(&SourceFile::new("programme.ftl", text), &format!("{id} ="), name)
}

/// Replaces a text that can be replaced. Returns the whole file.
fn replace(found: Result<EditableText, String>, new: &str) -> String {
    let found = found.unwrap();
    let edited = found.replace(new).unwrap();
    let (before, after) = (&found.file.text[..found.range.start], &found.file.text[found.range.end..]);
    assert!(edited.text.starts_with(before) && edited.text.ends_with(after), "{}", edited.text);
    assert_eq!(edited.text.len() - before.len() - after.len(), edited.range.len());
    edited.text
}

fn refusal<T: std::fmt::Debug>(result: Result<T, String>, reason: &str) {
    let given = result.unwrap_err();
    assert!(given.contains(reason), "{given:?} contains {reason:?}");
}

#[test]
fn a_value_keeps_its_quotes_its_comment_and_the_layout_around_it() {
    let file = "a:   52   # percent\r\nb: 'it''s'\t# x\r\nc: \"say\" \r\nd: {e: plain, f: [北京, 上海]}\r\n";
    assert_eq!(replace(yaml(file, "52"), "53.5"), file.replace("52", "53.5"));
    assert_eq!(yaml(file, "'it''s'").unwrap().text(), "it's");
    assert_eq!(replace(yaml(file, "'it''s'"), "that's it"), file.replace("it''s", "that''s it"));
    assert_eq!(replace(yaml(file, "\"say\""), "say \"no\" \\"), file.replace("\"say\"", r#""say \"no\" \\""#));
    assert_eq!(replace(yaml(file, "北京"), "北京市"), file.replace("北京", "北京市"));
    assert_eq!(replace(yaml(file, "plain"), "plain too"), file.replace("plain", "plain too"));
}

#[test]
fn a_text_gets_quotes_if_it_would_be_read_as_something_else() {
    let file = "a: one\nb: {c: two}\n";
    for (new, written) in [
        ("it's", "it's"),
        ("a: b", "\"a: b\""),
        ("x #1", "\"x #1\""),
        ("52", "\"52\""),
        ("yes", "\"yes\""),
        ("~", "\"~\""),
        (" padded ", "\" padded \""),
        ("- x", "\"- x\""),
        ("\"quoted\"", "\"\\\"quoted\\\"\""),
        ("@x", "\"@x\""),
        ("*x", "\"*x\""),
        ("!x y", "\"!x y\""),
        (":“", "\":“\""),
    ] {
        assert_eq!(replace(yaml(file, "one"), new), file.replace("one", written));
    }
    assert_eq!(replace(yaml(file, "two"), "2, 3"), file.replace("two", "\"2, 3\""));
    assert_eq!(replace(yaml(file, "two"), "a}b"), file.replace("two", "\"a}b\""));
    // The quotes are those that the file has.
    let file = "a: one\nb: 'x'\n";
    assert_eq!(replace(yaml(file, "one"), "a: b"), file.replace("one", "'a: b'"));
}

#[test]
fn escape_sequences_are_edited_as_they_are_written() {
    let file = "a: \"no\\u00a0break\" # x\n";
    let found = yaml(file, "\"no\\u00a0break\"");
    assert_eq!(found.as_ref().unwrap().text(), "no\\u00a0break");
    assert_eq!(replace(found.clone(), "a\\u00a0b"), file.replace("no\\u00a0break", "a\\u00a0b"));
    for bad in ["a\" # \"b", "a\\", "a\\q"] {
        refusal(found.clone().unwrap().replace(bad), "not valid between double quotes");
    }
}

#[test]
fn a_number_remains_a_number() {
    let found = yaml("value: 310_000 # x\n", "310_000").unwrap();
    assert_eq!(found.text(), "310_000");
    assert_eq!(found.replace("2.5e12").unwrap().text, "value: 2.5e12 # x\n");
    for bad in ["many", "1, 2", "5 # five", "'5'", " 5", "5: 6", "true"] {
        refusal(found.replace(bad), "is not a number");
    }
}

#[test]
fn what_cannot_be_replaced_alone_is_refused_with_the_reason() {
    refusal(yaml("a: |\n  one\n  two\n", "|\n  one\n  two\n"), "");
    refusal(yaml("a: >-\n  folded\nb: 1\n", ">-\n  folded"), "");
    refusal(yaml("a: one\n  two\n", "one\n  two"), "several lines");
    refusal(yaml("a: 'one\n  two'\n", "'one\n  two'"), "several lines");
    refusal(yaml("a: \"one\\ntwo\"\n", "\"one\\ntwo\""), "several lines");
    refusal(yaml("a: &x one\nb: *x\n", "one"), "anchor");
    refusal(yaml("a: !!str one\n", "one"), "anchor");
    refusal(yaml("a: &x {b: one}\nc: *x\n", "one"), "several places");
    refusal(yaml("a: true\n", "true"), "not a text");
    refusal(yaml("a: one\n", "on"), "not found");
    refusal(yaml("a: [\n", "["), "not valid YAML");
    refusal(find_in(&SourceFile::new("cities.csv", "a,b\n"), "b", ""), "table");
    refusal(find_in(&SourceFile::with_origin(FileOrigin::Embedded, "a.yaml", "a: b\n"), "b", ""), "inside the program");
    let found = yaml("a: one\n", "one").unwrap();
    refusal(found.replace("  "), "empty");
    refusal(found.replace("a\nb"), "on one line");
    refusal(found.replace("a\u{202e}b"), "U+202E");
}

const MESSAGES: &str = "### File\n\n# Note\nfirst = One { $city } two # no comment\n    .title = A title\n    .label =\n        Some\n        label\n# Of the second\nsecond =\n    Two\n    lines\n\n\n-brand = Brand\nlast = { $n ->\n    [one] one\n   *[other] many\n}\n";

#[test]
fn a_sentence_is_edited_as_its_fluent_source() {
    let found = fluent(MESSAGES, "first").unwrap();
    assert_eq!(found.text(), "One { $city } two # no comment");
    let new = "{ $city }: “one” {\"{\"}";
    assert_eq!(found.replace(new).unwrap().text, MESSAGES.replace(&found.text(), new));
    assert_eq!(replace(fluent(MESSAGES, "first.title"), "Un titre"), MESSAGES.replace("A title", "Un titre"));
    assert_eq!(fluent(MESSAGES, "first.label").unwrap().text(), "Some\n        label");
    assert_eq!(
        replace(fluent(MESSAGES, "second"), "三\n    行\n    字"),
        MESSAGES.replace("Two\n    lines", "三\n    行\n    字")
    );
    assert_eq!(replace(fluent(MESSAGES, "-brand"), "Marque"), MESSAGES.replace("Brand", "Marque"));
    assert_eq!(fluent(MESSAGES, "last").unwrap().text(), "{ $n ->\n    [one] one\n   *[other] many\n}");
    assert_eq!(
        replace(fluent(MESSAGES, "last"), "{ $n }"),
        format!("{}last = {{ $n }}\n", MESSAGES.split("last =").next().unwrap())
    );
}

#[test]
fn the_line_ends_of_a_message_remain() {
    let file = MESSAGES.replace('\n', "\r\n");
    let found = fluent(&file, "second").unwrap();
    assert_eq!(found.text(), "Two\n    lines");
    assert_eq!(found.replace("Two\n    long\n    lines").unwrap().text, file.replace("Two\r\n", "Two\r\n    long\r\n"));
    assert_eq!(replace(fluent(&file, "first.title"), "New"), file.replace("A title", "New"));
    refusal(fluent("a = b\n    c\r\n    d\n", "a"), "two ways");
}

#[test]
fn a_message_that_would_change_others_is_refused() {
    let found = fluent(MESSAGES, "first").unwrap();
    for bad in ["One { $city", "One }", "{ $n -> [one] x }", "One\n# A comment"] {
        refusal(found.replace(bad), "not valid Fluent");
    }
    for bad in ["One\nthird = Three", "One\n    .more = More"] {
        refusal(found.replace(bad), "other messages would change");
    }
    refusal(found.replace("\n \n"), "empty");
    refusal(fluent("a =\n    .b = c\n", "a"), "no text of its own");
    refusal(fluent("a = b\n", "a.c"), "not found");
    refusal(fluent("a = b { $x\n", "a"), "not valid Fluent");
}

const VARIANTS: &str = "# Note\nrank = { $rank ->\n    [none] { NAME($city) } is named\n    [1] { NAME($city) } \"tops\" the list{ $year ->\n        [some] { \" \" }in { $year }\n       *[none] { \"\" }\n    }\n   *[other] { NAME($city) } ranks { ORDINAL($rank, style: \"words\") }\n             among the cities\n}, it was said.\n    .short = { $rank ->\n        [1] first\n       *[other] among the first\n    }\nnext = Next\n";

/// Finds what printed the part of a text after `|`.
fn printed(file: &str, name: &str, text: &str) -> Editable {
    let file = SourceFile::new("programme.ftl", file);
    let start = file.text.find(&format!("{name} =")).unwrap();
    let (before, after) = text.split_once('|').unwrap();
    let printed = PrintedText { text: format!("{before}{after}"), at: before.len() };
    Editable::find(&Place::new(&file, start..start + name.len()), name, Some(&printed)).unwrap()
}

#[test]
fn the_variant_that_was_printed_is_edited_alone() {
    let edited = |text: &str, new: &str| {
        let found = printed(VARIANTS, "rank", text);
        (found.part.clone().unwrap_or_default(), found.text.text(), replace(Ok(found.text), new))
    };
    // The typography of the language has changed quotes and spaces.
    let (part, old, file) = edited("Lumen “|tops” the list, it was said.", "{ NAME($city) } leads");
    assert_eq!(part, "the variant [1]");
    assert!(old.starts_with("{ NAME($city) } \"tops\" the list{ $year ->") && old.ends_with("    }"), "{old}");
    assert_eq!(file, VARIANTS.replace(&old, "{ NAME($city) } leads"));
    // The innermost variant of two.
    let (part, old, file) = edited("Lumen “tops” the list |in 2025, it was said.", "since { $year }");
    assert_eq!((part.as_str(), old.as_str()), ("the variant [1] [some]", "{ \" \" }in { $year }"));
    assert_eq!(file, VARIANTS.replace(&old, "since { $year }"));
    // The last variant, on several lines.
    let (part, old, file) = edited("Lumen ranks |third among the cities, it was said.", "other\n        words");
    assert_eq!(part, "the variant [other]");
    assert_eq!(old, "{ NAME($city) } ranks { ORDINAL($rank, style: \"words\") }\n             among the cities");
    assert_eq!(file, VARIANTS.replace(&old, "other\n        words"));
    // The whole message is offered too.
    let found = printed(VARIANTS, "rank", "|Lumen is named, it was said.");
    assert_eq!(
        (found.text.text().as_str(), found.part.as_deref()),
        ("{ NAME($city) } is named", Some("the variant [none]"))
    );
    let whole = found.whole.unwrap().text();
    assert!(whole.starts_with("{ $rank ->") && whole.ends_with("}, it was said."), "{whole}");
}

#[test]
fn an_attribute_is_edited_if_it_was_printed() {
    let found = printed(VARIANTS, "rank", "among |the first");
    assert_eq!((found.part.as_deref(), found.text.text().as_str()), (Some("the variant [other]"), "among the first"));
    assert_eq!(replace(Ok(found.text), "near the top"), VARIANTS.replace("among the first", "near the top"));
}

#[test]
fn words_outside_of_variants_are_edited_with_the_whole_message() {
    let found = printed(VARIANTS, "rank", "Lumen is named, it |was said.");
    assert_eq!((found.part, found.whole.is_none(), found.note), (None, true, None));
    assert!(found.text.text().starts_with("{ $rank ->"));
    // So are words that are no longer those of the file.
    assert_eq!(printed(VARIANTS, "rank", "Lumen |tops the ranking.").part, None);
}

#[test]
fn variants_that_print_the_same_text_are_named() {
    let file = "a = { $n ->\n    [one] { $n } pays\n   *[other] { $n } pays\n}\n";
    let found = printed(file, "a", "1 |pays");
    assert_eq!(found.part, None);
    assert_eq!(
        found.note.unwrap(),
        "Several variants of the message print this text, so it is not known which of them was clicked: [one], [other]."
    );
    assert_eq!(found.text.text(), file.trim_start_matches("a = ").trim_end());
    // What both are in is known.
    let file = format!(
        "b = {{ $m ->\n    [some] In {{ $m }}: {}\n   *[none] None\n}}\n",
        file.trim_start_matches("a = ").trim_end()
    );
    let found = printed(&file, "b", "In 2025: 1 |pays");
    assert_eq!(found.part.as_deref(), Some("the variant [some]"));
    assert!(found.note.unwrap().contains("[some] [one], [some] [other]"));
}

#[test]
fn a_variant_changes_nothing_outside_of_it() {
    let found = || printed(VARIANTS, "rank", "Lumen |ranks third among the cities, it was said.").text;
    for bad in ["x\n   *[more] y", "x\n    [more] y", "x }{ $y", "x\n} y\nother = { $z ->\n *[a] b"] {
        assert!(found().replace(bad).is_err(), "{bad}");
    }
    refusal(found().replace("x\n    [more] y"), "other variants would change");
}

#[test]
fn the_form_of_a_name_that_was_printed_is_edited() {
    let file = "zh: {name: 北京, full: 北京市} # capital\nfr:\n  name: Le Mirage\n  of: 'du Mirage'\nsame: {name: Lumen, full: Lumen}\n";
    let source = SourceFile::new("results.yaml", file);
    // The place of a map is its brace, or the point before its first key.
    let form = |needle: &str, text: &str| {
        let start = source.text.find(needle).unwrap();
        let printed = PrintedText { text: text.to_owned(), at: 0 };
        let end = start + usize::from(needle.starts_with('{'));
        Editable::find(&Place::new(&source, start..end), "", Some(&printed))
    };
    let found = form("{name: 北京, full: 北京市}", "北京市").unwrap();
    assert_eq!(found.part.as_deref(), Some("the form `full`"));
    assert_eq!(replace(Ok(found.text), "北京城"), file.replace("北京市", "北京城"));
    assert_eq!(form("{name: 北京, full: 北京市}", "北京").unwrap().text.text(), "北京");
    let french = "name: Le Mirage\n  of: 'du Mirage'\n";
    assert_eq!(form(french, "du Mirage").unwrap().text.text(), "du Mirage");
    // A form that a rule of the language makes comes from the one that is a part of it.
    assert_eq!(form(french, "à Le Mirage").unwrap().part.as_deref(), Some("the form `name`"));
    refusal(form("{name: Lumen, full: Lumen}", "Lumen"), "the same text (`name`, `full`)");
    refusal(form("{name: Lumen, full: Lumen}", "Mirage"), "none of them");
}

proptest! {
    #[test]
    fn no_variant_changes_anything_outside_of_it(new in "[a-z {}$.\\[\\]*#=\n\"北-]{0,32}", at in 0..3_usize) {
        let texts = ["|Lumen is named, it was said.", "Lumen “tops” the list |in 2025, it was said.", "Lumen ranks x |among the cities, it was said."];
        let found = printed(VARIANTS, "rank", texts[at]).text;
        if let Ok(edited) = found.replace(&new) {
            let (before, after) = (&VARIANTS[..found.range.start], &VARIANTS[found.range.end..]);
            prop_assert_eq!(edited.text.strip_prefix(before).and_then(|text| text.strip_suffix(after)), Some(&edited.text[edited.range.clone()]));
            let again = found.find_again(edited.clone()).unwrap();
            prop_assert_eq!(again.range, edited.range);
        }
    }

    #[test]
    fn every_text_is_written_so_that_it_is_read_again(new in "[ -~\u{a0}é北、’“”#:'\"\\\\\\[\\]{}&*!|>%@`,-]{1,24}", at in 0..4_usize) {
        let file = "\"k\": 'one' # c\nlist:\n- two   \n- {a: three, b: \"four\"}\nend: 1\n";
        let needle = ["'one'", "two", "three", "\"four\""][at];
        let found = yaml(file, needle).unwrap();
        if new.trim().is_empty() {
            prop_assert!(found.replace(&new).is_err());
        } else {
            let edited = found.replace(&new).unwrap();
            prop_assert_eq!(&edited.text, &file.replace(needle, &edited.text[edited.range.clone()]));
            // A second, independent reader.
            let tree: serde_yaml::Value = serde_yaml::from_str(&edited.text).unwrap();
            let value = [&tree["k"], &tree["list"][0], &tree["list"][1]["a"], &tree["list"][1]["b"]][at];
            prop_assert_eq!(value.as_str(), Some(new.as_str()));
        }
    }

    #[test]
    fn no_message_changes_anything_outside_of_it(new in "[a-z {}$.\\[\\]*#=\n\"北-]{0,32}", name in "first|first\\.title|first\\.label|second|last") {
        let found = fluent(MESSAGES, &name).unwrap();
        if let Ok(edited) = found.replace(&new) {
            let (before, after) = (&MESSAGES[..found.range.start], &MESSAGES[found.range.end..]);
            prop_assert_eq!(edited.text.strip_prefix(before).and_then(|text| text.strip_suffix(after)), Some(&edited.text[edited.range.clone()]));
            let again = find_in(&SourceFile::new("x.ftl", &*edited.text), &format!("{} =", name.split('.').next().unwrap()), &name).unwrap();
            prop_assert_eq!(again.range, edited.range);
        }
    }
}
