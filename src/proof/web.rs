//! The proof as a web page: one file without scripts, whose policy lets it load nothing. Numbers on the pages are links to the
//! list, and back.

use std::collections::BTreeSet;
use std::fmt::Write;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::labels::Labels;
use super::list::{Entry, Unprinted, UnprintedReason};
use super::margin::{DISTANCE, Side, margin_numbers};
use super::picture::draw_pages;
use super::{Proof, ProofDocument, ProofPage};
use crate::diagnostic::Problems;
use crate::html::escape;
use crate::locale::Locale;
use crate::run::Builder;

const STYLE: &str = include_str!("proof.css");

/// Width of the margin for numbers on each side of a page, in points.
const MARGIN: f64 = 46.0;

/// Writes the page.
struct Writer<'a> {
    out: String,
    labels: &'a Labels<'a>,
    /// The numbers that some page links to already: a number on several pages leads back to the first.
    linked: BTreeSet<usize>,
}

pub fn build(proof: &Proof, builder: &Builder, labels: &Labels<'_>) -> Result<String, Problems> {
    let mut writer = Writer { out: String::new(), labels, linked: BTreeSet::new() };
    let title = format!("{} · {}", labels.word("title"), proof.language);
    writer.write_head(&title, builder);
    for (index, document) in proof.documents.iter().enumerate() {
        writer.write_document(proof, builder, index, document)?;
    }
    if proof.list.parts().next().is_some() {
        writer.open_section("parts");
        writer.write_entries(proof.list.parts())?;
        writer.out.push_str("</section>\n");
    }
    if !proof.list.unprinted.is_empty() {
        writer.open_section("unprinted");
        for reason in UnprintedReason::ALL {
            let messages: Vec<&Unprinted> =
                proof.list.unprinted.iter().filter(|message| message.reason == reason).collect();
            writer.write_unprinted(reason, &messages);
        }
        writer.out.push_str("</section>\n");
    }
    writer.out.push_str("</main>\n</body>\n</html>\n");
    Ok(writer.out)
}

impl Writer<'_> {
    fn write_head(&mut self, title: &str, builder: &Builder) {
        let style = format!("\n{}{STYLE}", builder.project.design.css_variables());
        let hash = BASE64.encode(&Sha256::digest(&style));
        let settings = &self.labels.locale.settings;
        let (tag, direction) = (settings.tag(), settings.direction);
        let (title, legend) = (escape(title), escape(self.labels.word("legend")));
        self.out = format!(
            "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
             style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"gen-report\">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n\
             <body>\n<main>\n<header>\n<h1>{title}</h1>\n<p>{legend}</p>\n</header>\n"
        );
    }

    fn write_document(
        &mut self,
        proof: &Proof,
        builder: &Builder,
        index: usize,
        document: &ProofDocument,
    ) -> Result<(), Problems> {
        let name = self.labels.document(builder, document)?;
        let pictures = draw_pages(&document.pdf, &document.job.id.to_string())?;
        for (number, (page, picture)) in document.pages.iter().zip(pictures).enumerate() {
            let heading = format!("{name}, {}", self.labels.page(number + 1, document.pages.len())?);
            let id = format!("page-{}-{}", index + 1, number + 1);
            let heading = escape(&heading);
            let _ = writeln!(
                self.out,
                "<section class=\"sheet\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>"
            );
            self.write_picture(page, &picture, &heading);
            self.write_entries(proof.list.of_page(index, number))?;
            self.out.push_str("</section>\n");
        }
        Ok(())
    }

    /// Writes the picture of a page, with carets and numbers.
    fn write_picture(&mut self, page: &ProofPage, picture: &[u8], alt: &str) {
        let (width, height) = (page.width, page.height);
        let _ = writeln!(
            self.out,
            "<svg class=\"page\" viewBox=\"{} 0 {} {}\" role=\"group\" aria-label=\"{alt}\">\n\
             <image width=\"{}\" height=\"{}\" href=\"data:image/png;base64,{}\"/>\n\
             <rect class=\"edge\" width=\"{}\" height=\"{}\"/>",
            -MARGIN,
            round(width + 2.0 * MARGIN),
            round(height),
            round(width),
            round(height),
            BASE64.encode(picture),
            round(width),
            round(height)
        );
        for label in &page.labels {
            let [top, bottom] = label.caret.map(|at| (round(at.x), round(at.y)));
            let _ =
                writeln!(self.out, "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", top.0, top.1, bottom.0, bottom.1);
        }
        for beside_line in margin_numbers(page) {
            // The width of the digits of each number, and of the space after it.
            let widths: Vec<f64> =
                beside_line.numbers.iter().map(|number| number.to_string().len() as f64 * 6.3 + 5.5).collect();
            let mut x = match beside_line.side {
                Side::Left => -4.0 - widths.iter().sum::<f64>(),
                Side::Right => width + 6.0,
            };
            for (number, width) in beside_line.numbers.iter().zip(widths) {
                let back = if self.linked.insert(*number) { format!(" id=\"at-{number}\"") } else { String::new() };
                let _ = writeln!(
                    self.out,
                    "<a{back} href=\"#message-{number}\"><text x=\"{}\" y=\"{}\">{number}</text></a>",
                    round(x),
                    round(beside_line.y + DISTANCE * 0.32)
                );
                x += width;
            }
        }
        self.out.push_str("</svg>\n");
    }

    /// Leaves the section open: its content follows.
    fn open_section(&mut self, id: &str) {
        let [title, text] = ["title", "text"].map(|end| escape(self.labels.word(&format!("{id}-{end}"))));
        let _ = writeln!(self.out, "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<p>{text}</p>");
    }

    fn write_entries<'e>(&mut self, entries: impl Iterator<Item = &'e Entry>) -> Result<(), Problems> {
        self.out.push_str("<ol class=\"messages\">\n");
        for entry in entries {
            self.write_entry(entry)?;
        }
        self.out.push_str("</ol>\n");
        Ok(())
    }

    fn write_entry(&mut self, entry: &Entry) -> Result<(), Problems> {
        let number = entry.number;
        let shown = if self.linked.contains(&number) {
            format!("<a class=\"number\" href=\"#at-{number}\">{number}</a>")
        } else {
            format!("<span class=\"number\">{number}</span>")
        };
        let _ = write!(
            self.out,
            "<li id=\"message-{number}\">\n<p class=\"head\">{shown} <code dir=\"ltr\">{}</code> <span class=\"place\" dir=\"ltr\">{}</span>",
            escape(&entry.id),
            escape(&entry.place)
        );
        if !entry.inside.is_empty() {
            let _ = write!(self.out, " <span class=\"inside\">{}</span>", escape(&self.labels.inside(&entry.inside)?));
        }
        self.out.push_str("</p>\n<dl>\n");
        let own = attributes_of(self.labels.locale, "");
        if let Some(source) = &entry.source {
            self.write_row("source", &attributes_of(&self.labels.reference, source), source);
        }
        match &entry.translation {
            Some(translation) => {
                self.write_row("translation", &attributes_of(self.labels.locale, translation), translation)
            }
            None => self.write_row("translation", "", self.labels.word("missing")),
        }
        for print in &entry.prints {
            if let Some(text) = &print.text {
                self.write_row("printed", &own, text);
            }
            if !print.values.is_empty() {
                let values: Vec<String> =
                    print.values.iter().map(|(name, forms)| format!("${name}: {}", forms.join(" / "))).collect();
                self.write_row("values", &own, &values.join("\n"));
            }
        }
        if !entry.note.is_empty() {
            self.write_row("note", "", &entry.note);
        }
        self.out.push_str("</dl>\n</li>\n");
        Ok(())
    }

    fn write_row(&mut self, id: &str, attributes: &str, text: &str) {
        let label = escape(self.labels.word(id));
        let _ = writeln!(self.out, "<dt>{label}</dt><dd class=\"{id}\"{attributes}>{}</dd>", escape(text));
    }

    fn write_unprinted(&mut self, reason: UnprintedReason, messages: &[&Unprinted]) {
        if messages.is_empty() {
            return;
        }
        let title = escape(self.labels.word(&format!("reason-{}", reason.as_str())));
        let _ = writeln!(self.out, "<h3>{title}</h3>\n<ul class=\"unprinted\">");
        for message in messages {
            let attributes = attributes_of(self.labels.locale, &message.translation);
            let _ = writeln!(
                self.out,
                "<li><code dir=\"ltr\">{}</code> <span class=\"place\" dir=\"ltr\">{}</span><p{attributes}>{}</p></li>",
                escape(&message.id),
                escape(&message.place),
                escape(&message.translation)
            );
        }
        self.out.push_str("</ul>\n");
    }
}

/// Returns the language of a text, and its direction. Code with several lines runs from left to right in every language.
fn attributes_of(locale: &Locale, text: &str) -> String {
    let direction = if text.contains('\n') { "ltr" } else { locale.settings.direction };
    format!(" lang=\"{}\" dir=\"{direction}\"", locale.settings.tag())
}

/// Returns a length with at most two decimals.
fn round(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}
