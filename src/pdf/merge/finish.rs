//! Writes what follows the documents of a merged PDF: outline, page tree, structure tree, metadata, catalog, and the
//! cross-reference stream.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, Stream, StringFormat};
use sha2::Digest;

use super::{CATALOG, INFO, METADATA, OUTLINES, OutlineMerger, PAGES, STRUCTURE, XrefEntry, invalid, reference};
use crate::pdf::objects::format_uuid;
use crate::pdf::xmp::{LanguageMetadata, PdfaMetadata};

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// Returns the root of a number tree or a name tree.
fn tree(leaves: &mut Vec<Object>) -> Object {
    Object::Dictionary(Dictionary::from_iter([("Kids", Object::Array(std::mem::take(leaves)))]))
}

impl<W: Write> OutlineMerger<W> {
    /// Writes the catalog, the page tree, the outline and the structure tree, and ends the file. Author, program and date are
    /// those of the first document.
    pub fn finish(mut self, title: &str, languages: &[&str]) -> io::Result<W> {
        let mut final_objects = self.outline();
        let pages = Dictionary::from_iter([
            ("Type", name("Pages")),
            ("Count", self.page_count.into()),
            ("Kids", Object::Array(std::mem::take(&mut self.page_trees))),
        ]);
        final_objects.push((PAGES, Object::Dictionary(pages)));
        final_objects.push((STRUCTURE, self.structure_tree()));
        let xmp = self.metadata(title, languages).to_xmp();
        self.info.set("Title", lopdf::text_string(title));
        for key in [&b"Subject"[..], b"Keywords"] {
            self.info.remove(key);
        }
        final_objects.push((INFO, Object::Dictionary(std::mem::take(&mut self.info))));
        let dict = Dictionary::from_iter([("Type", name("Metadata")), ("Subtype", name("XML"))]);
        self.write_stream(METADATA, &Stream::new(dict, xmp.into_bytes()))?;
        let main_language = languages.first().copied().unwrap_or_default();
        final_objects.push((CATALOG, self.catalog(main_language)));
        self.write_object_streams(&final_objects)?;
        self.write_xref()
    }

    /// Returns the items of the outline and its root.
    fn outline(&mut self) -> Vec<(u32, Object)> {
        let chapters = std::mem::take(&mut self.chapters);
        let numbers: Vec<u32> = chapters.iter().map(|_| self.reserve()).collect();
        let mut objects = Vec::new();
        for (index, (title, page)) in chapters.into_iter().enumerate() {
            let destination = [page, name("XYZ"), Object::Null, Object::Null, Object::Null];
            let mut item = Dictionary::from_iter([
                ("Title", title),
                ("Parent", reference(OUTLINES)),
                ("Dest", Object::Array(destination.into())),
            ]);
            let item_at =
                |index: Option<usize>| index.and_then(|index| numbers.get(index)).map(|number| reference(*number));
            item_at(index.checked_sub(1)).into_iter().for_each(|item_before| item.set("Prev", item_before));
            item_at(Some(index + 1)).into_iter().for_each(|item_after| item.set("Next", item_after));
            if let Some(number) = numbers.get(index) {
                objects.push((*number, Object::Dictionary(item)));
            }
        }
        let mut root = Dictionary::from_iter([("Type", name("Outlines"))]);
        root.set("Count", i64::try_from(numbers.len()).unwrap_or_default());
        for (key, end) in [("First", numbers.first()), ("Last", numbers.last())] {
            end.into_iter().for_each(|number| root.set(key, reference(*number)));
        }
        objects.push((OUTLINES, Object::Dictionary(root)));
        objects
    }

    fn structure_tree(&mut self) -> Object {
        let mut root = Dictionary::from_iter([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Array(std::mem::take(&mut self.structure_elements))),
            ("ParentTree", tree(&mut self.parent_leaves)),
            ("ParentTreeNextKey", self.next_parent_key.into()),
        ]);
        if !self.id_leaves.is_empty() {
            root.set("IDTree", tree(&mut self.id_leaves));
        }
        if !self.role_map.is_empty() {
            root.set("RoleMap", std::mem::take(&mut self.role_map));
        }
        Object::Dictionary(root)
    }

    fn catalog(&mut self, main_language: &str) -> Object {
        let mut catalog = Dictionary::from_iter([
            ("Type", name("Catalog")),
            ("Pages", reference(PAGES)),
            ("Outlines", reference(OUTLINES)),
            ("PageMode", name("UseOutlines")),
            ("StructTreeRoot", reference(STRUCTURE)),
            ("Metadata", reference(METADATA)),
            ("Lang", lopdf::text_string(main_language)),
        ]);
        catalog.set("MarkInfo", Dictionary::from_iter([("Marked", Object::Boolean(true))]));
        catalog.set("ViewerPreferences", Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]));
        if !self.associated_files.is_empty() {
            catalog.set("AF", Object::Array(std::mem::take(&mut self.associated_files)));
            catalog.set("Names", Dictionary::from_iter([("EmbeddedFiles", tree(&mut self.file_leaves))]));
        }
        self.output_intents.take().into_iter().for_each(|intents| catalog.set("OutputIntents", intents));
        Object::Dictionary(catalog)
    }

    fn metadata(&self, title: &str, languages: &[&str]) -> PdfaMetadata {
        let text = |key: &[u8]| self.info.get(key).ok().and_then(|value| lopdf::decode_text_string(value).ok());
        let author = text(b"Author");
        let date = text(b"CreationDate").unwrap_or_default();
        let part = |range: std::ops::Range<usize>| date.get(range).and_then(|digits| digits.parse().ok());
        let language = |tag: &&str| LanguageMetadata {
            tag: (*tag).to_owned(),
            title: title.to_owned(),
            publisher: author.clone().unwrap_or_default(),
            ..LanguageMetadata::default()
        };
        let mut id = [0; 16];
        id.iter_mut().zip(self.hash.clone().finalize()).for_each(|(byte, of_hash)| *byte = of_hash);
        let id = format_uuid(id);
        PdfaMetadata {
            languages: languages.iter().map(language).collect(),
            authors: author.iter().cloned().collect(),
            keywords: Vec::new(),
            program: text(b"Creator").unwrap_or_default(),
            // D:20251208…
            date: (part(2..6).unwrap_or(1), part(6..8).unwrap_or(1) as u8, part(8..10).unwrap_or(1) as u8),
            document_id: id.clone(),
            instance_id: id,
        }
    }

    /// Writes the cross-reference stream.
    fn write_xref(mut self) -> io::Result<W> {
        let start = self.offset;
        let own = self.reserve();
        if let Some(entry) = self.entries.get_mut(own as usize) {
            *entry = XrefEntry::Offset(start);
        }
        let mut table = Vec::with_capacity(self.entries.len() * 8);
        for (number, entry) in self.entries.iter().enumerate() {
            let (kind, place, index) = match *entry {
                _ if number == 0 => (0, 0, u16::MAX),
                XrefEntry::Offset(offset) => (1, offset, 0),
                XrefEntry::InStream(stream, index) => (2, u64::from(stream), index),
            };
            table.push(kind);
            table.extend(place.to_be_bytes().get(3..).unwrap_or_default());
            table.extend(index.to_be_bytes());
        }
        let hash = std::mem::take(&mut self.hash).finalize();
        let id = Object::String(hash.get(..16).unwrap_or_default().to_vec(), StringFormat::Hexadecimal);
        let width = [1, 5, 2].map(Object::Integer);
        let dict = Dictionary::from_iter([
            ("Type", Object::Name(b"XRef".to_vec())),
            ("Size", Object::Integer(i64::try_from(self.entries.len()).unwrap_or_default())),
            ("W", Object::Array(width.into())),
            ("Root", reference(CATALOG)),
            ("Info", reference(INFO)),
            ("ID", Object::Array(vec![id.clone(), id])),
        ]);
        let mut stream = Stream::new(dict, table);
        stream.compress().map_err(|_| invalid("cannot compress the cross-reference stream"))?;
        self.write_stream(own, &stream)?;
        self.write_bytes(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}
