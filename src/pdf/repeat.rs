//! Repeats the pages of a finished PDF. The copies of a page share its content and resources.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// The attributes that a page can inherit (ISO 32000-2, table 31).
const INHERITABLE: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// Returns the PDF with each page as many times in a row as `counts` says.
pub fn repeat_pages(pdf: &[u8], counts: &[usize]) -> lopdf::Result<Vec<u8>> {
    let mut document = Document::load_mem(pdf)?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let mut kids = Vec::new();
    for (page, count) in pages.into_iter().zip(counts) {
        let mut own = with_inherited(&document, page)?;
        own.set("Parent", root);
        for copy in 0..*count {
            let id = if copy == 0 { page } else { document.new_object_id() };
            document.set_object(id, own.clone());
            kids.push(Object::Reference(id));
        }
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    document.set_object(root, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids });
    document.catalog_mut()?.set("Pages", root);
    document.prune_objects();
    document.compress();
    let mut out = Vec::with_capacity(pdf.len());
    document.save_to(&mut out)?;
    Ok(out)
}

/// Returns the dictionary of a page with all attributes that it inherits.
fn with_inherited(document: &Document, page: ObjectId) -> lopdf::Result<Dictionary> {
    let mut own = document.get_dictionary(page)?.clone();
    let mut above = own.get(b"Parent").and_then(Object::as_reference);
    while let Ok(parent) = above {
        let node = document.get_dictionary(parent)?;
        for name in INHERITABLE {
            if let (false, Ok(value)) = (own.has(name), node.get(name)) {
                own.set(name, value.clone());
            }
        }
        above = node.get(b"Parent").and_then(Object::as_reference);
    }
    Ok(own)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn copies_follow_their_page_and_share_its_content() {
        let mut document = Document::with_version("1.7");
        let root = document.new_object_id();
        let kids: Vec<Object> = ["a", "b"]
            .map(|text| document.add_object(lopdf::Stream::new(Dictionary::new(), text.as_bytes().to_vec())))
            .map(|content| {
                document.add_object(dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content })
            })
            .map(Object::Reference)
            .to_vec();
        let media_box: Vec<Object> = [0, 0, 9, 9].map(Object::Integer).to_vec();
        document
            .set_object(root, dictionary! { "Type" => "Pages", "Count" => 2, "Kids" => kids, "MediaBox" => media_box });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
        document.trailer.set("Root", catalog);
        let mut pdf = Vec::new();
        document.save_to(&mut pdf).unwrap();

        let repeated = Document::load_mem(&repeat_pages(&pdf, &[3, 1]).unwrap()).unwrap();
        let pages = repeated.get_pages();
        let text = |page: &ObjectId| String::from_utf8(repeated.get_page_content(*page)).unwrap().trim().to_owned();
        assert_eq!(pages.values().map(text).collect::<String>(), "aaab");
        assert!(pages.values().all(|page| repeated.get_dictionary(*page).unwrap().has(b"MediaBox")));
        let content = |page: &ObjectId| repeated.get_dictionary(*page).unwrap().get(b"Contents").unwrap().clone();
        assert_eq!(content(&pages[&1]), content(&pages[&3]));
    }
}
