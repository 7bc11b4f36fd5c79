//! Text with the colours of a terminal, for the page in the browser.

/// Text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// `plain`, `strong`, `error`, `warning`, `help`, `note` or `frame`.
    pub style: &'static str,
    pub text: String,
}

/// Splits a rendered diagnostic at its escape sequences (ECMA-48, “select graphic rendition”), which are not part of the text.
pub fn spans(rendered: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut style = "plain";
    let mut push = |style: &'static str, text: &str| match found.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.style == style => last.text.push_str(text),
        _ => found.push(Span { style, text: text.to_owned() }),
    };
    let mut rest = rendered;
    while let Some((text, after)) = rest.split_once("\u{1b}[") {
        push(style, text);
        let Some((codes, tail)) = after.split_once('m') else { return found };
        for code in codes.split(';') {
            style = match code {
                "" | "0" => "plain",
                "1" if style == "plain" => "strong",
                "31" | "91" => "error",
                "33" | "93" => "warning",
                "36" | "96" => "help",
                "32" | "92" => "note",
                "34" | "94" => "frame",
                _ => style,
            };
        }
        rest = tail;
    }
    push(style, rest);
    found
}
