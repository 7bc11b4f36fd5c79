//! A text of a file is replaced from the page, and nothing else in the file changes.

use std::sync::Arc;

use gen_report::diagnostic::{Origin, Place, SourceFile};
use gen_report::watch::edit::EditableText;
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
    refusal(find_in(&SourceFile::with_origin(Origin::Embedded, "a.yaml", "a: b\n"), "b", ""), "inside the program");
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

proptest! {
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
