//! Shows diagnostics on a terminal.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// Renders the diagnostic for a terminal.
    pub fn render(&self, styled: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = make_printable(&self.message);
        let notes: Vec<String> = self.notes.iter().map(|n| make_printable(n)).collect();
        let help = self.help.as_deref().map(make_printable);
        let windows: Vec<Window> = self.places.iter().map(Window::around).collect();

        let mut group = Group::with_title(level.primary_title(&message).id(self.code.0));
        for (index, window) in windows.iter().enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            group = group.element(
                Snippet::source(&window.text)
                    .line_start(window.line)
                    .path(&window.path)
                    .annotation(kind.span(window.range.clone()).label(&window.label)),
            );
        }
        for note in &notes {
            group = group.element(Level::NOTE.message(note));
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let screen = renderer.render(&[group]);
        // Without a place, the vertical bar under the title leads nowhere.
        let idle = |line: &&str| self.places.is_empty() && anstream::adapter::strip_str(line).to_string().trim() == "|";
        screen.lines().filter(|line| !idle(line)).fold(String::new(), |screen, line| screen + line + "\n")
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// The line of a place. Only this line is rendered, so that long files cost nothing.
struct Window {
    text: String,
    path: String,
    line: usize,
    range: Range<usize>,
    label: String,
}

impl Window {
    /// The longest text shown, in bytes; a longer line is cut around the place.
    const WIDTH: usize = 160;

    fn around(place: &Place) -> Self {
        let text = &place.file.text;
        let start = text[..place.range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[place.range.start..].find('\n').map_or(text.len(), |at| place.range.start + at);
        let (line, _) = place.file.line_column(start);
        let mut range = place.range.start - start..place.range.end.min(end) - start;
        let mut shown = &text[start..end];
        if shown.len() > Self::WIDTH {
            let from = shown.floor_char_boundary(range.start.saturating_sub(Self::WIDTH / 2));
            let to = shown.floor_char_boundary(from + Self::WIDTH);
            shown = &shown[from..to];
            range = range.start - from..range.end.min(to) - from;
        }
        if range.is_empty() {
            range.end = shown[range.start..].chars().next().map_or(range.start, |c| range.start + c.len_utf8());
        }
        // The replacement has the same number of bytes, which keeps the caret in its place.
        let text = shown.replace(['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}'], "\u{fffd}");
        Self { text, path: place.file.display_path(), line, range, label: make_printable(&place.label) }
    }
}

/// Replaces control characters, with which data could move the cursor or hide text on a terminal.
fn make_printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => '\n',
            '\t' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
