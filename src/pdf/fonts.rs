//! Lists the fonts of a document.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};

/// A font of a document, and how it is embedded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FontUse {
    /// Without the tag of a subset.
    pub name: String,
    pub is_embedded: bool,
    /// Whether it has only the glyphs that the document needs.
    pub is_subset: bool,
}

/// Returns the fonts of a document, without duplicates.
pub fn list_fonts(document: &Document) -> Vec<FontUse> {
    let fonts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts: BTreeSet<FontUse> = fonts.filter_map(|font| read_font_use(document, font)).collect();
    fonts.into_iter().collect()
}

/// Reads how a font is used; `None` for other dictionaries, and for the descendant of a composite font.
fn read_font_use(document: &Document, font: &Dictionary) -> Option<FontUse> {
    let name_of = |key: &[u8]| font.get(key).and_then(Object::as_name).unwrap_or_default();
    let subtype = name_of(b"Subtype");
    if !font.has_type(b"Font") || subtype.starts_with(b"CIDFont") {
        return None;
    }
    let descendant = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
    let descendant = descendant.ok().and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
    let descriptor = descendant.unwrap_or(font).get_deref(b"FontDescriptor", document).and_then(Object::as_dict);
    let has_program = |descriptor: &Dictionary| {
        [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|program| descriptor.has(program))
    };
    let name = String::from_utf8_lossy(name_of(b"BaseFont")).into_owned();
    // The tag of a subset is six capitals (ISO 32000-2, 9.9.2).
    let tag =
        name.split_once('+').filter(|(tag, _)| tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
    Some(FontUse {
        is_embedded: subtype == b"Type3" || descriptor.is_ok_and(has_program),
        is_subset: tag.is_some(),
        name: tag.map_or(name.clone(), |(_, name)| name.to_owned()),
    })
}
