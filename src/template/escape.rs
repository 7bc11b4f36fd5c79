//! Data is never code: any text becomes a Typst string, in which only `\` and `"` mean something.

use crate::locale::marks::{
    self, FOREIGN_END, FOREIGN_START, FOREIGN_TAG_END, NO_HYPHENATION_END, NO_HYPHENATION_START, SUPERSCRIPT_END,
    SUPERSCRIPT_START, VERBATIM_END, VERBATIM_START,
};
use crate::locale::typography::{is_full_width, is_ideograph};

/// A Typst string literal.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    literal(&mut out, &joined(&marks::strip(text).replace('\u{2028}', "\n")));
    out.push('"');
    out
}

/// Markup that prints the text as it is, wherever it stands: `#"…";`, with marks as Typst functions.
pub fn content(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        if !run.is_empty() {
            out.push_str("#\"");
            literal(out, run);
            out.push_str("\";");
            run.clear();
        }
    };
    for c in joined(text).chars() {
        let code = match c {
            SUPERSCRIPT_START => "#super[",
            NO_HYPHENATION_START => "#text(hyphenate: false)[",
            // Left in a text that runs from right to left: an address runs the other way.
            VERBATIM_START => "#text(dir: ltr)[",
            SUPERSCRIPT_END | NO_HYPHENATION_END | FOREIGN_END | VERBATIM_END => "];",
            // The tag of a language comes from a locale's settings: letters only.
            FOREIGN_START => "#text(lang: \"",
            FOREIGN_TAG_END => {
                out.push_str(&run);
                run.clear();
                out.push_str("\")[");
                continue;
            }
            '\u{2028}' => "#linebreak();",
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

fn literal(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\t' => out.push(' '),
            c => out.push(c),
        }
    }
}

/// A line end of the source is a space between words, and nothing between Chinese or Japanese characters.
fn joined(text: &str) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.truncate(out.trim_end().len());
        let line = line.trim_start();
        let closed = out.chars().next_back().is_some_and(ideographic) && line.chars().next().is_some_and(ideographic);
        if !closed && !line.is_empty() && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

fn ideographic(c: char) -> bool {
    is_ideograph(c) || is_full_width(c) || matches!(c, '\u{ff00}'..='\u{ffef}' | '“' | '”' | '—' | '…')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use typst::syntax::{SyntaxNode, ast, parse};

    use super::*;

    /// All string literals of a tree, in order; anything else that prints would be a leak.
    fn strings(node: &SyntaxNode, out: &mut String) {
        match node.cast::<ast::Str<'_>>() {
            Some(string) => out.push_str(&string.get()),
            None => node.children().for_each(|child| strings(child, out)),
        }
    }

    proptest! {
        /// Typst reads back exactly what stood in the data, and nothing but strings.
        #[test]
        fn any_text_is_one_string(text in "[^\\p{Cc}\u{2028}\u{fdd0}-\u{fdef}]{1,40}") {
            let root = parse(&format!("a {}(b)", content(&text)));
            prop_assert!(root.errors_and_warnings().0.is_empty());
            let mut read = String::new();
            strings(&root, &mut read);
            prop_assert_eq!(read, text);
        }
    }

    #[test]
    fn markup_in_data_is_text() {
        assert_eq!(content(r#"#read("x") *b* \ $1$"#), r##"#"#read(\"x\") *b* \\ $1$";"##);
        assert_eq!(string("a \"b\" \\"), r#""a \"b\" \\""#);
    }

    #[test]
    fn line_ends_join_as_the_script_does() {
        assert_eq!(content("two\nwords"), "#\"two words\";");
        assert_eq!(content("数字\n经济"), "#\"数字经济\";");
        assert_eq!(content("经济\nGDP"), "#\"经济 GDP\";");
    }

    #[test]
    fn spaces_at_the_ends_stay() {
        assert_eq!(content(" "), "#\" \";");
        assert_eq!(content(" · "), "#\" · \";");
    }

    #[test]
    fn marks_are_styles_in_markup_and_nothing_in_a_string() {
        let first = format!("1{}", marks::superscript("re"));
        assert_eq!(content(&first), "#\"1\";#super[#\"re\";];");
        assert_eq!(string(&first), "\"1re\"");
    }
}
