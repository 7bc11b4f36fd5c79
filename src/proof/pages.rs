//! The proof as a PDF, typeset by reports/shared/proof.typ.

use serde_json::{Value as Json, json};

use super::labels::Labels;
use super::list::{Entry, Print, UnprintedReason};
use super::margin::{self, MarginNumbers, Side};
use super::{NumberLabel, Proof, ProofPage};
use crate::diagnostic::Problems;
use crate::hash::hash;
use crate::project::IMAGES;
use crate::run::Builder;
use crate::template::{Image, Rendered, escape, page_settings};
use crate::typeset::LayoutJob;

/// The style module of the proof.
const MODULE: &str = "/reports/shared/proof.typ";

/// Typesets the proof. `name` is for diagnostics.
pub fn build(proof: &Proof, builder: &Builder, labels: &Labels<'_>, name: &str) -> Result<Vec<u8>, Problems> {
    let data = data(proof, builder, labels)?;
    let mut rendered = Rendered::default();
    rendered.push(&format!(
        "#import \"{MODULE}\": proof\n#proof({}, {}, json(bytes({})))\n",
        page_settings(labels.locale),
        page_settings(&labels.reference),
        escape::string(&data.to_string()),
    ));
    rendered.images = proof
        .documents
        .iter()
        .map(|document| Image {
            path: document.job.key().path(),
            bytes: document.pdf.as_slice().into(),
            hash: hash(&document.pdf),
        })
        .collect();
    let layout_job = LayoutJob {
        typesetter: &builder.typesetter,
        templates: &builder.project.templates,
        results: &builder.project.results,
        locales: &[labels.locale],
        city: None,
        template: "proof/page",
        name,
    };
    let pages = layout_job.layout(&rendered)?;
    layout_job.export_proof(&rendered, &pages)
}

/// Returns what the style module needs besides the locales.
fn data(proof: &Proof, builder: &Builder, labels: &Labels<'_>) -> Result<Json, Problems> {
    let mut documents = Vec::new();
    for (index, document) in proof.documents.iter().enumerate() {
        let mut pages = Vec::new();
        for (number, page) in document.pages.iter().enumerate() {
            pages.push(json!({
                "name": labels.page(number + 1, document.pages.len())?,
                "number": number + 1,
                "width": page.width,
                "height": page.height,
                "margin-numbers": margin_numbers(page),
                "carets": page.labels.iter().map(caret).collect::<Vec<_>>(),
                "entries": entries(proof.list.of_page(index, number), labels)?,
            }));
        }
        documents.push(json!({
            "name": labels.document(builder, document)?,
            "path": format!("{IMAGES}/{index}.pdf"),
            "pages": pages,
        }));
    }
    let unprinted = |reason: UnprintedReason| {
        let of_reason = proof.list.unprinted.iter().filter(move |message| message.reason == reason);
        let messages: Vec<Json> = of_reason
            .map(|message| json!({ "id": message.id, "translation": message.translation, "place": message.place }))
            .collect();
        json!({ "reason": format!("reason-{}", reason.as_str()), "messages": messages })
    };
    Ok(json!({
        "languages": [proof.source, proof.language],
        "words": labels.words(),
        "documents": documents,
        "parts": entries(proof.list.parts(), labels)?,
        "unprinted": UnprintedReason::ALL.map(unprinted),
    }))
}

fn margin_numbers(page: &ProofPage) -> Vec<Json> {
    let to_json =
        |found: MarginNumbers| json!({ "left": found.side == Side::Left, "y": found.y, "numbers": found.numbers });
    margin::margin_numbers(page).into_iter().map(to_json).collect()
}

fn caret(label: &NumberLabel) -> [f64; 4] {
    let [top, bottom] = label.caret;
    [top.x, top.y, bottom.x, bottom.y]
}

fn entries<'e>(entries: impl Iterator<Item = &'e Entry>, labels: &Labels<'_>) -> Result<Vec<Json>, Problems> {
    let entry = |entry: &Entry| {
        let inside = if entry.inside.is_empty() { String::new() } else { labels.inside(&entry.inside)? };
        let print = |print: &Print| {
            let values: Vec<[String; 2]> =
                print.values.iter().map(|(name, forms)| [format!("${name}"), forms.join(" / ")]).collect();
            json!({ "text": print.text, "values": values })
        };
        Ok(json!({
            "number": entry.number,
            "id": entry.id,
            "place": entry.place,
            "source": entry.source,
            "translation": entry.translation,
            "prints": entry.prints.iter().map(print).collect::<Vec<_>>(),
            "note": entry.note,
            "inside": inside,
        }))
    };
    entries.map(entry).collect()
}
