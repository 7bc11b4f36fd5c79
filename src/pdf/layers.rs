//! Puts what is painted in some separations on layers (optional content, ISO 32000-2, 8.11).

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::objects::{page_resources, separation_name};

/// The layers of a content stream, by the resource name of the colour space: resource name of the layer, and its object.
type LayersOfSpaces = BTreeMap<Vec<u8>, (String, ObjectId)>;

/// Wraps everything painted in a separation, on pages and in forms, in the layer that `layer_of` returns for its name.
pub fn add_layers(document: &mut Document, layer_of: impl Fn(&str) -> Option<Dictionary>) -> lopdf::Result<()> {
    let mut layers: BTreeMap<String, ObjectId> = BTreeMap::new();
    let is_form =
        |stream: &Stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
    let forms: Vec<ObjectId> = document
        .objects
        .iter()
        .filter_map(|(id, object)| object.as_stream().ok().filter(|form| is_form(form)).map(|_| *id))
        .collect();
    for form in forms {
        let stream = document.get_object(form)?.as_stream()?;
        let Ok(resources) = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).cloned() else {
            continue;
        };
        let spaces = find_spaces(document, &resources, &layer_of, &mut layers);
        if spaces.is_empty() {
            continue;
        }
        let content = document.get_object(form)?.as_stream()?.get_plain_content()?;
        let content = insert_layers(Content::decode(&content)?, &spaces).encode()?;
        let resources = add_properties(document, resources, &spaces)?;
        let stream = document.get_object_mut(form)?.as_stream_mut()?;
        stream.set_plain_content(content);
        stream.dict.set("Resources", resources);
    }
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for page in pages {
        let Some(resources) = page_resources(document, page)?.cloned() else { continue };
        let spaces = find_spaces(document, &resources, &layer_of, &mut layers);
        if spaces.is_empty() {
            continue;
        }
        let content = insert_layers(Content::decode(&document.get_page_content(page))?, &spaces).encode()?;
        document.change_page_content(page, content)?;
        let resources = add_properties(document, resources, &spaces)?;
        document.get_dictionary_mut(page)?.set("Resources", resources);
    }
    Ok(())
}

/// Returns the layers of the separations among some resources, and adds those that the document does not have yet.
fn find_spaces(
    document: &mut Document,
    resources: &Dictionary,
    layer_of: impl Fn(&str) -> Option<Dictionary>,
    layers: &mut BTreeMap<String, ObjectId>,
) -> LayersOfSpaces {
    let Ok(spaces) = resources.get_deref(b"ColorSpace", document).and_then(Object::as_dict) else {
        return LayersOfSpaces::new();
    };
    let separation = |space| Some(String::from_utf8_lossy(separation_name(document, space)?).into_owned());
    let named: Vec<(Vec<u8>, String)> =
        spaces.iter().filter_map(|(name, space)| Some((name.clone(), separation(space)?))).collect();
    let mut found = LayersOfSpaces::new();
    for (space, separation) in named {
        let Some(layer) = layer_of(&separation) else { continue };
        // Names without escapes are the same in a dictionary and in a content stream.
        let name: String =
            separation.bytes().fold("Step".to_owned(), |name, byte| match byte.is_ascii_alphanumeric() {
                true => name + &char::from(byte).to_string(),
                false => format!("{name}-{byte:02X}"),
            });
        let id = *layers.entry(separation).or_insert_with(|| document.add_object(layer));
        found.insert(space, (name, id));
    }
    found
}

/// Inserts marked content around each path and each piece of text that is painted in one of the spaces.
fn insert_layers(content: Content, spaces: &LayersOfSpaces) -> Content {
    let layer_of = |operation: &Operation| {
        let name = operation.operands.first().and_then(|name| name.as_name().ok())?;
        spaces.get(name).map(|(layer, _)| layer.as_str())
    };
    let mut operations = Vec::with_capacity(content.operations.len() + 16);
    // The operators of a path that is not painted yet: marked content may not begin inside it.
    let mut path = Vec::new();
    let (mut fill, mut stroke, mut saved) = (None, None, Vec::new());
    for operation in content.operations {
        let painted = match operation.operator.as_str() {
            "q" => {
                saved.push((fill, stroke));
                None
            }
            "Q" => {
                (fill, stroke) = saved.pop().unwrap_or_default();
                None
            }
            "cs" => {
                fill = layer_of(&operation);
                None
            }
            "CS" => {
                stroke = layer_of(&operation);
                None
            }
            "g" | "rg" | "k" => {
                fill = None;
                None
            }
            "G" | "RG" | "K" => {
                stroke = None;
                None
            }
            "m" | "l" | "c" | "v" | "y" | "h" | "re" | "W" | "W*" => {
                path.push(operation);
                continue;
            }
            "f" | "F" | "f*" | "Tj" | "TJ" | "'" | "\"" => fill,
            "S" | "s" => stroke,
            // A shape whose line and area belong to different layers is on none of them.
            "B" | "B*" | "b" | "b*" => fill.filter(|_| fill == stroke),
            _ => None,
        };
        if let Some(layer) = painted {
            operations.push(Operation::new("BDC", vec!["OC".into(), layer.into()]));
        }
        operations.append(&mut path);
        operations.push(operation);
        if painted.is_some() {
            operations.push(Operation::new("EMC", Vec::new()));
        }
    }
    operations.append(&mut path);
    Content { operations }
}

/// Returns the resources with the layers added.
fn add_properties(
    document: &Document,
    mut resources: Dictionary,
    spaces: &LayersOfSpaces,
) -> lopdf::Result<Dictionary> {
    let mut properties = match resources.get_deref(b"Properties", document) {
        Ok(properties) => properties.as_dict()?.clone(),
        Err(_) => Dictionary::new(),
    };
    for (name, id) in spaces.values() {
        properties.set(name.as_str(), *id);
    }
    resources.set("Properties", properties);
    Ok(resources)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_painted_in_the_separation_is_on_the_layer() {
        let spaces = LayersOfSpaces::from([(b"foil".to_vec(), ("Step".to_owned(), (1, 0)))]);
        let written = |content: &str| {
            let content = insert_layers(Content::decode(content.as_bytes()).unwrap(), &spaces);
            let names: Vec<String> = content.operations.into_iter().map(|operation| operation.operator).collect();
            names.join(" ")
        };
        assert_eq!(written("/foil cs 1 scn 0 0 m 9 9 l f"), "cs scn BDC m l f EMC");
        assert_eq!(written("/foil cs 1 scn 0 0 m 9 9 l S"), "cs scn m l S");
        assert_eq!(written("/foil CS 1 SCN 0 0 9 9 re B"), "CS SCN re B");
        assert_eq!(written("/foil CS /foil cs 0 0 9 9 re B"), "CS cs BDC re B EMC");
        assert_eq!(written("/foil cs q 0 0 0 1 k 0 0 9 9 re f Q 0 0 9 9 re f"), "cs q k re f Q BDC re f EMC");
        assert_eq!(written("/foil cs BT /f 9 Tf (a) Tj /other cs (b) Tj ET"), "cs BT Tf BDC Tj EMC cs Tj ET");
        assert_eq!(written("/foil cs 0 0 9 9 re W n"), "cs re W n");
    }
}
