//! Sets separations to overprint (ISO 32000-2, 8.6.7). Typst knocks out: a varnish would erase what is printed below it.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::objects::{page_resources, separation_name};

/// Resource names of the two graphics states.
const OVERPRINT: &str = "GrOverprint";
const KNOCK_OUT: &str = "GrKnockout";

/// Returns the PDF with the separations named in `plates` (ignoring case) set to overprint.
pub fn set_overprint(pdf: &[u8], plates: &[&str]) -> lopdf::Result<Vec<u8>> {
    let mut document = Document::load_mem(pdf)?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for page in pages {
        let Some(resources) = page_resources(&document, page)?.cloned() else { continue };
        let spaces = overprinting_spaces(&document, &resources, plates);
        if spaces.is_empty() {
            continue;
        }
        let content = insert_states(Content::decode(&document.get_page_content(page))?, &spaces);
        document.change_page_content(page, content.encode()?)?;
        let resources = add_states(&document, resources)?;
        document.get_dictionary_mut(page)?.set("Resources", resources);
    }
    document.compress();
    let mut out = Vec::with_capacity(pdf.len());
    document.save_to(&mut out)?;
    Ok(out)
}

/// Returns the resource names of the separations that are to overprint.
fn overprinting_spaces(document: &Document, resources: &Dictionary, plates: &[&str]) -> Vec<Vec<u8>> {
    let Ok(spaces) = resources.get(b"ColorSpace").and_then(|o| document.dereference(o)).and_then(|(_, o)| o.as_dict())
    else {
        return Vec::new();
    };
    let overprints = |space: &Object| {
        let plate = separation_name(document, space);
        plate.is_some_and(|plate| plates.iter().any(|name| plate.eq_ignore_ascii_case(name.as_bytes())))
    };
    spaces.iter().filter(|(_, space)| overprints(space)).map(|(name, _)| name.clone()).collect()
}

/// Inserts operators that switch overprint on where one of `spaces` is selected, and off where another colour is.
fn insert_states(content: Content, spaces: &[Vec<u8>]) -> Content {
    let mut operations = Vec::with_capacity(content.operations.len() + 4);
    let (mut is_on, mut saved) = (false, Vec::new());
    for operation in content.operations {
        let wanted = match operation.operator.as_str() {
            "q" => {
                saved.push(is_on);
                None
            }
            "Q" => {
                is_on = saved.pop().unwrap_or(false);
                None
            }
            "cs" | "CS" => {
                operation.operands.first().and_then(|o| o.as_name().ok()).map(|n| spaces.iter().any(|s| s == n))
            }
            "g" | "G" | "rg" | "RG" | "k" | "K" => Some(false),
            _ => None,
        };
        if let Some(wanted) = wanted
            && wanted != is_on
        {
            let name = if wanted { OVERPRINT } else { KNOCK_OUT };
            operations.push(Operation::new("gs", vec![name.into()]));
            is_on = wanted;
        }
        operations.push(operation);
    }
    Content { operations }
}

/// Returns the resources with the two graphics states added.
fn add_states(document: &Document, mut resources: Dictionary) -> lopdf::Result<Dictionary> {
    let mut states = match resources.get(b"ExtGState") {
        Ok(states) => document.dereference(states)?.1.as_dict()?.clone(),
        Err(_) => Dictionary::new(),
    };
    for (name, is_on) in [(OVERPRINT, true), (KNOCK_OUT, false)] {
        states.set(name, dictionary! { "Type" => "ExtGState", "OP" => is_on, "op" => is_on, "OPM" => 0 });
    }
    resources.set("ExtGState", states);
    Ok(resources)
}
