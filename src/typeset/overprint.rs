//! Plates that lie over the others. Typst paints every colour opaque, so that a varnish would knock a hole into what it
//! is laid on; here its plate is set to overprint (ISO 32000-1, 8.6.7).

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Finishes that leave what is below them as it is.
pub const OVER: &[&str] = &["varnish", "emboss"];

const ON: &str = "GrOver";
const OFF: &str = "GrApart";

/// Sets the plates of `OVER` in a finished PDF to overprint.
pub fn set(pdf: &[u8]) -> lopdf::Result<Vec<u8>> {
    let mut document = Document::load_mem(pdf)?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for page in pages {
        let (own, inherited) = document.get_page_resources(page)?;
        let resources = match (own, inherited.first()) {
            (Some(own), _) => own.clone(),
            (None, Some(id)) => document.get_dictionary(*id)?.clone(),
            (None, None) => continue,
        };
        let over = spaces(&document, &resources);
        if over.is_empty() {
            continue;
        }
        let content = marked(Content::decode(&document.get_page_content(page))?, &over);
        document.change_page_content(page, content.encode()?)?;
        let resources = with_states(&document, resources)?;
        document.get_dictionary_mut(page)?.set("Resources", resources);
    }
    document.compress();
    let mut out = Vec::with_capacity(pdf.len());
    document.save_to(&mut out)?;
    Ok(out)
}

/// Names of the colour spaces whose plates lie over the others.
fn spaces(document: &Document, resources: &Dictionary) -> Vec<Vec<u8>> {
    let Ok(spaces) = resources.get(b"ColorSpace").and_then(|o| document.dereference(o)).and_then(|(_, o)| o.as_dict())
    else {
        return Vec::new();
    };
    let lies_over = |space: &Object| {
        let Ok([Object::Name(kind), Object::Name(plate), ..]) =
            document.dereference(space).and_then(|(_, o)| o.as_array()).map(Vec::as_slice)
        else {
            return false;
        };
        kind == b"Separation" && OVER.iter().any(|over| plate.eq_ignore_ascii_case(over.as_bytes()))
    };
    spaces.iter().filter(|(_, space)| lies_over(space)).map(|(name, _)| name.clone()).collect()
}

/// The content with overprint switched on where a colour of such a space is chosen, and off where another is.
fn marked(content: Content, over: &[Vec<u8>]) -> Content {
    let mut operations = Vec::with_capacity(content.operations.len() + 4);
    let (mut on, mut below) = (false, Vec::new());
    for operation in content.operations {
        let chosen = match operation.operator.as_str() {
            "q" => {
                below.push(on);
                None
            }
            "Q" => {
                on = below.pop().unwrap_or(false);
                None
            }
            "cs" | "CS" => {
                operation.operands.first().and_then(|o| o.as_name().ok()).map(|n| over.iter().any(|s| s == n))
            }
            "g" | "G" | "rg" | "RG" | "k" | "K" => Some(false),
            _ => None,
        };
        if let Some(chosen) = chosen
            && chosen != on
        {
            let name = if chosen { ON } else { OFF };
            operations.push(Operation::new("gs", vec![name.into()]));
            on = chosen;
        }
        operations.push(operation);
    }
    Content { operations }
}

fn with_states(document: &Document, mut resources: Dictionary) -> lopdf::Result<Dictionary> {
    let mut states = match resources.get(b"ExtGState") {
        Ok(states) => document.dereference(states)?.1.as_dict()?.clone(),
        Err(_) => Dictionary::new(),
    };
    for (name, over) in [(ON, true), (OFF, false)] {
        states.set(name, dictionary! { "Type" => "ExtGState", "OP" => over, "op" => over, "OPM" => 0 });
    }
    resources.set("ExtGState", states);
    Ok(resources)
}
