//! Finishes PDF/A files: metadata in each language, the drawings, and packed objects.

use std::sync::Arc;

use typst::foundations::Value;
use typst::model::Document;
use typst_layout::PagedDocument;

use super::drawings::Drawings;
use super::metadata::{get_text, query_metadata, query_places};
use super::outlines::Outlines;
use crate::diagnostic::Result;
use crate::locale::Locale;
use crate::pdf::sign::VisiblePlace;
use crate::pdf::splice::{TypstPdf, find};
use crate::pdf::xmp::{LanguageMetadata, PdfaMetadata};
use crate::results::Date;
use crate::trust::Seal;

/// Returns the metadata of a document. Style modules give the part of each language: `#metadata((language: "fr-FR", title:
/// "…", description: "…", publisher: "…")) <description>`. Without it, both languages have the title of the document.
pub fn read_metadata(document: &PagedDocument, locales: &[&Locale], program: &str, date: Date) -> PdfaMetadata {
    let info = document.info();
    let authors: Vec<String> = info.author.iter().map(ToString::to_string).collect();
    let mut languages = described_languages(document);
    if languages.is_empty() {
        languages.extend(locales.iter().map(|locale| LanguageMetadata {
            tag: locale.settings.tag(),
            title: info.title.as_deref().unwrap_or_default().to_owned(),
            description: info.description.as_deref().unwrap_or_default().to_owned(),
            publisher: authors.first().cloned().unwrap_or_default(),
        }));
    }
    PdfaMetadata {
        languages,
        authors,
        keywords: info.keywords.iter().map(ToString::to_string).collect(),
        program: program.to_owned(),
        date: (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1)),
        ..PdfaMetadata::default()
    }
}

fn described_languages(document: &PagedDocument) -> Vec<LanguageMetadata> {
    let described = query_metadata(document, "description").into_iter();
    let language = |(value, _)| match value {
        Value::Dict(values) => Some(LanguageMetadata {
            tag: get_text(&values, "language"),
            title: get_text(&values, "title"),
            description: get_text(&values, "description"),
            publisher: get_text(&values, "publisher"),
        }),
        _ => None,
    };
    described.filter_map(language).collect()
}

/// Returns where a document prints its first seal. Style modules mark the place: `#metadata((side: 34mm, alt: "…")) <printed-seal>`
/// is at the upper left corner of a square.
pub fn find_printed_seal(document: &PagedDocument) -> Option<VisiblePlace> {
    let (Value::Dict(seal), position) = query_places(document, "printed-seal").into_iter().next()? else { return None };
    let Ok(Value::Length(side)) = seal.get("side") else { return None };
    let page = position.page.get() - 1;
    let height = document.pages().get(page)?.frame.height();
    let (left, top) = (position.point.x, height - position.point.y);
    let rectangle = [left, top - side.abs, left + side.abs, top].map(|length| length.to_pt());
    Some(VisiblePlace { page, rectangle, description: get_text(&seal, "alt") })
}

/// Returns the finished file of a PDF that Typst has written. Returns `None` if it cannot be sealed because its structure is unknown.
///
/// # Errors
/// If the key of the seal cannot sign.
pub fn finish(
    pdf: Vec<u8>,
    drawings: &Drawings,
    outlines: &[Arc<Outlines>],
    metadata: PdfaMetadata,
    seal: Option<(&Seal, Option<VisiblePlace>)>,
) -> Option<Result<Vec<u8>>> {
    let Some(mut objects) = TypstPdf::new(&pdf) else { return seal.is_none().then_some(Ok(pdf)) };
    let producer = format!("/Producer({})>>", metadata.program);
    objects
        .replace(|object| drawings.find_replacement(object, outlines).or_else(|| replace_metadata(object, &metadata)));
    objects.replace_info(|info| Some([info.strip_suffix(b">>")?, producer.as_bytes()].concat()));
    let Some((seal, place)) = seal else { return Some(Ok(objects.into_packed().unwrap_or(pdf))) };
    seal.add_field(&mut objects, place.as_ref())?;
    let mut sealed = objects.into_packed()?;
    Some(seal.sign(&mut sealed)?.map(|()| sealed))
}

/// Returns the metadata that replaces Typst's, which has the title in one language only. The identifiers stay the same.
fn replace_metadata(object: &[u8], metadata: &PdfaMetadata) -> Option<Arc<Vec<u8>>> {
    /// Typst writes no longer metadata dictionary, in bytes.
    const LONGEST_DICTIONARY: usize = 100;
    object.ends_with(b"endstream").then_some(())?;
    find(object.get(..object.len().min(LONGEST_DICTIONARY))?, b"/Type/Metadata")?;
    let text = String::from_utf8_lossy(object);
    let value = |name: &str| {
        let rest = text.split_once(&format!("<{name}>"))?.1;
        rest.split_once('<').map(|(value, _)| value.to_owned())
    };
    let (document_id, instance_id) = (value("xmpMM:DocumentID")?, value("xmpMM:InstanceID")?);
    let xmp = PdfaMetadata { document_id, instance_id, ..metadata.clone() }.to_xmp();
    let dictionary = format!("<</Type/Metadata/Subtype/XML/Length {}>>\nstream\n", xmp.len());
    Some(Arc::new([dictionary.as_bytes(), xmp.as_bytes(), b"\nendstream"].concat()))
}
