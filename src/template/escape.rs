//! Escapes data for Typst. Any text becomes a Typst string, in which only `\` and `"` are special, so that data is never
//! code.

use unicode_bidi::{BidiClass, bidi_class};

use super::source_map::{MARK_END, MARK_START};
use crate::locale::text_marks::{
    self, FOREIGN_END, FOREIGN_START, FOREIGN_TAG_END, NO_HYPHENATION_END, NO_HYPHENATION_START, SUPERSCRIPT_END,
    SUPERSCRIPT_START, VERBATIM_END, VERBATIM_START,
};
use crate::locale::typography::{is_full_width, is_ideograph};

/// Returns a Typst string literal. Style marks (`locale::text_marks`) are removed.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    push_escaped(&mut out, &join_lines(&text_marks::strip(text).replace('\u{2028}', "\n")));
    out.push('"');
    out
}

/// Returns Typst markup that prints the text unchanged in any position: `#"…";`. Style marks
/// (`locale::text_marks`) become Typst functions; marks of the source map are kept.
pub fn content(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        if !run.is_empty() {
            out.push_str("#\"");
            push_escaped(out, run);
            out.push_str("\";");
            run.clear();
        }
    };
    let text = join_lines(text);
    let mut previous = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        // Outside the string literal if the text begins here, so that the source is the same with and without marks.
        if c == MARK_START {
            let mark = [c].into_iter().chain(rest.by_ref().take_while(|c| *c != MARK_END)).chain([MARK_END]);
            if run.is_empty() {
                out.extend(mark)
            } else {
                run.extend(mark)
            }
            continue;
        }
        let before = previous.replace(c);
        let code = match c {
            SUPERSCRIPT_START => "#super[",
            NO_HYPHENATION_START => "#text(hyphenate: false)[",
            // Addresses run from left to right, even in text that runs from right to left. A name may be in its own script.
            VERBATIM_START if rest.clone().take_while(|c| *c != VERBATIM_END).any(is_rtl) => "#text[",
            VERBATIM_START => "#text(dir: ltr)[",
            SUPERSCRIPT_END | NO_HYPHENATION_END | FOREIGN_END | VERBATIM_END => "];",
            // The language tag that follows comes from a locale's settings and contains only letters.
            FOREIGN_START => "#text(lang: \"",
            FOREIGN_TAG_END => {
                out.push_str(&run);
                run.clear();
                out.push_str("\")[");
                continue;
            }
            '\u{2028}' => {
                if before.is_some_and(joins_without_space) && rest.clone().next().is_some_and(joins_without_space) {
                    "#linebreak();"
                } else {
                    // The space takes no room. Without it, programs that read the text would join the words.
                    "#box(width: 0pt, \" \");#linebreak();"
                }
            }
            c => {
                run.push(c);
                continue;
            }
        };
        flush(&mut run, &mut out);
        out.push_str(code);
    }
    flush(&mut run, &mut out);
    out
}

/// Appends text with the escapes of a Typst string.
fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\t' => out.push(' '),
            c => out.push(c),
        }
    }
}

/// Joins lines: without a space between Chinese or Japanese characters, with a space elsewhere.
fn join_lines(text: &str) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.truncate(out.trim_end().len());
        let line = line.trim_start();
        let without_space = out.chars().next_back().is_some_and(joins_without_space)
            && line.chars().next().is_some_and(joins_without_space);
        if !without_space && !line.is_empty() && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Whether a letter belongs to a script that runs from right to left.
fn is_rtl(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

fn joins_without_space(c: char) -> bool {
    is_ideograph(c) || is_full_width(c) || matches!(c, '\u{ff00}'..='\u{ffef}' | '“' | '”' | '—' | '…')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use typst::syntax::{SyntaxNode, ast, parse};

    use super::*;

    /// Appends all string literals of a syntax tree, in order.
    fn collect_strings(node: &SyntaxNode, out: &mut String) {
        match node.cast::<ast::Str<'_>>() {
            Some(string) => out.push_str(&string.get()),
            None => node.children().for_each(|child| collect_strings(child, out)),
        }
    }

    proptest! {
        /// Typst reads exactly the text of the data, as strings.
        #[test]
        fn any_text_is_one_string(text in "[^\\p{Cc}\u{2028}\u{fdd0}-\u{fdef}]{1,40}") {
            let root = parse(&format!("a {}(b)", content(&text)));
            prop_assert!(root.errors_and_warnings().0.is_empty());
            let mut read = String::new();
            collect_strings(&root, &mut read);
            prop_assert_eq!(read, text);
        }
    }

    #[test]
    fn markup_in_data_is_text() {
        assert_eq!(content(r#"#read("x") *b* \ $1$"#), r##"#"#read(\"x\") *b* \\ $1$";"##);
        assert_eq!(string("a \"b\" \\"), r#""a \"b\" \\""#);
    }

    #[test]
    fn lines_join_by_script() {
        assert_eq!(content("two\nwords"), "#\"two words\";");
        assert_eq!(content("数字\n经济"), "#\"数字经济\";");
        assert_eq!(content("经济\nGDP"), "#\"经济 GDP\";");
    }

    #[test]
    fn words_stay_apart_where_a_line_ends() {
        assert_eq!(content("two\u{2028}words"), "#\"two\";#box(width: 0pt, \" \");#linebreak();#\"words\";");
        assert_eq!(content("数字\u{2028}经济"), "#\"数字\";#linebreak();#\"经济\";");
    }

    #[test]
    fn only_text_from_left_to_right_is_set_that_way_in_the_middle_of_hebrew() {
        assert_eq!(content(&text_marks::verbatim("a@b.org")), "#text(dir: ltr)[#\"a@b.org\";];");
        assert_eq!(content(&text_marks::verbatim("שנתון הדוגמה")), "#text[#\"שנתון הדוגמה\";];");
    }

    #[test]
    fn spaces_at_the_ends_are_kept() {
        assert_eq!(content(" "), "#\" \";");
        assert_eq!(content(" · "), "#\" · \";");
    }

    #[test]
    fn marks_are_styles_in_markup_and_absent_from_strings() {
        let first = format!("1{}", text_marks::superscript("re"));
        assert_eq!(content(&first), "#\"1\";#super[#\"re\";];");
        assert_eq!(string(&first), "\"1re\"");
    }
}
