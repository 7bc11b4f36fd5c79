//! Merges many documents into one PDF, with an outline entry and a branch of the structure tree for each. If all documents are
//! PDF/A-3a and PDF/UA-1, so is the result.
//!
//! Written for this crate because the result may be larger than memory: one document is held at a time. Streams that refer to
//! nothing and occur in several documents, such as a colour profile or a font with the same subset, are written once.

mod finish;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::objects::{resolve, write_dictionary, write_object};

/// Reserved numbers of the objects that are written last.
const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const STRUCTURE: u32 = 3;
const OUTLINES: u32 = 4;
const INFO: u32 = 5;
const METADATA: u32 = 6;
const FIRST_FREE: usize = 7;

/// An entry of the cross-reference stream (ISO 32000-2, 7.5.8.3).
#[derive(Clone, Copy)]
enum XrefEntry {
    /// Byte offset.
    Offset(u64),
    /// Number of an object stream, and the index in it.
    InStream(u32, u16),
}

/// Writes documents to one PDF as they are added.
pub struct OutlineMerger<W: Write> {
    out: W,
    /// Bytes written.
    offset: u64,
    /// By object number.
    entries: Vec<XrefEntry>,
    /// Numbers of shared streams by their hash.
    shared_streams: BTreeMap<[u8; 32], u32>,
    /// Hash of all documents added.
    hash: Sha256,
    page_trees: Vec<Object>,
    page_count: i64,
    /// Title and first page of each document.
    chapters: Vec<(Object, Object)>,
    structure_elements: Vec<Object>,
    role_map: Dictionary,
    /// Leaves of the parent tree and of the ID tree.
    parent_leaves: Vec<Object>,
    id_leaves: Vec<Object>,
    next_parent_key: i64,
    output_intents: Option<Object>,
    /// Attached files (ISO 32000-2, 14.13), and the leaves of the tree of their names.
    associated_files: Vec<Object>,
    file_leaves: Vec<Object>,
    /// The document information dictionary of the first document.
    info: Dictionary,
}

/// A document that is being added.
struct MergeSource<'a> {
    document: &'a Document,
    /// New numbers of its objects.
    numbers: BTreeMap<ObjectId, u32>,
    /// Added to its keys in the parent tree.
    parent_key_offset: i64,
    /// Prefixed to the identifiers of its structure elements.
    id_prefix: Vec<u8>,
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.to_owned())
}

fn reference(number: u32) -> Object {
    Object::Reference((number, 0))
}

impl<W: Write> OutlineMerger<W> {
    /// Writes the header.
    pub fn new(mut out: W) -> io::Result<Self> {
        let head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
        out.write_all(head)?;
        Ok(Self {
            out,
            offset: head.len() as u64,
            entries: vec![XrefEntry::Offset(0); FIRST_FREE],
            shared_streams: BTreeMap::new(),
            hash: Sha256::new(),
            page_trees: Vec::new(),
            page_count: 0,
            chapters: Vec::new(),
            structure_elements: Vec::new(),
            role_map: Dictionary::new(),
            parent_leaves: Vec::new(),
            id_leaves: Vec::new(),
            next_parent_key: 0,
            output_intents: None,
            associated_files: Vec::new(),
            file_leaves: Vec::new(),
            info: Dictionary::new(),
        })
    }

    /// Adds a document. Its outline entry is its title, or `name` if it has none.
    pub fn add(&mut self, bytes: &[u8], name: &str) -> io::Result<()> {
        self.hash.update(bytes);
        let document = Document::load_mem(bytes).map_err(|_| invalid("cannot read the document as PDF"))?;
        let catalog = document.catalog().map_err(|_| invalid("the document has no catalog"))?;
        let root = |key: &[u8]| catalog.get(key).and_then(Object::as_reference).ok();
        let pages = root(b"Pages").ok_or_else(|| invalid("the document has no page tree"))?;
        let structure = root(b"StructTreeRoot");
        let intents = catalog.get(b"OutputIntents").ok().cloned();
        let files = match catalog.get(b"AF").map(|files| resolve(&document, files)) {
            Ok(Object::Array(files)) => files.clone(),
            _ => Vec::new(),
        };

        let mut used = BTreeSet::new();
        let mut roots = vec![Object::Reference(pages)];
        roots.extend(structure.map(Object::Reference));
        roots.extend(files.iter().cloned());
        if self.output_intents.is_none() {
            roots.extend(intents.clone());
        }
        roots.iter().for_each(|root| collect_reachable(&document, root, &mut used));
        let mut source = MergeSource {
            document: &document,
            numbers: BTreeMap::new(),
            parent_key_offset: self.next_parent_key,
            id_prefix: format!("{:07}-", self.chapters.len()).into_bytes(),
        };
        if let Some(structure) = structure {
            source.numbers.insert(structure, STRUCTURE);
            used.remove(&structure);
        }
        self.write_objects(&mut source, &used, pages)?;

        let renumber = |object: &Object| source.renumber(object);
        self.page_trees.push(renumber(&Object::Reference(pages)));
        let own_pages = document.get_pages();
        self.page_count += i64::try_from(own_pages.len()).map_err(|_| invalid("the document has too many pages"))?;
        let first = own_pages.values().next().ok_or_else(|| invalid("the document has no pages"))?;
        let info = document.trailer.get(b"Info").ok().and_then(|info| resolve(&document, info).as_dict().ok());
        if self.chapters.is_empty() {
            self.info = info.cloned().unwrap_or_default();
        }
        let title = info.and_then(|info| info.get(b"Title").ok().map(|title| resolve(&document, title)));
        let title = title.cloned().unwrap_or_else(|| lopdf::text_string(name));
        self.chapters.push((title, renumber(&Object::Reference(*first))));
        let files: Vec<(Object, Object)> =
            files.iter().map(|file| (source.prefixed_file_name(file), renumber(file))).collect();
        if self.output_intents.is_none() {
            self.output_intents = intents.as_ref().map(renumber);
        }
        self.associated_files.extend(files.iter().map(|(_, file)| file.clone()));
        let leaf = self.write_names(files)?;
        self.file_leaves.extend(leaf);
        match structure.map(|id| document.get_dictionary(id)) {
            Some(Ok(tree)) => self.add_structure(&source, tree),
            _ => Ok(()),
        }
    }

    fn write_objects(
        &mut self,
        source: &mut MergeSource<'_>,
        used: &BTreeSet<ObjectId>,
        pages: ObjectId,
    ) -> io::Result<()> {
        let document = source.document;
        let objects = || used.iter().filter_map(|id| Some((*id, document.objects.get(id)?)));
        for (id, object) in objects() {
            let shared = object.as_stream().ok().filter(|stream| !has_references(&stream.dict));
            let number = match shared {
                Some(stream) => self.write_shared_stream(stream)?,
                None => self.reserve(),
            };
            source.numbers.insert(id, number);
        }
        let mut objects_to_bundle = Vec::new();
        for (id, object) in objects() {
            let Some(number) = source.numbers.get(&id).copied() else { continue };
            match object {
                Object::Stream(stream) if has_references(&stream.dict) => {
                    let Object::Dictionary(dict) = source.renumber(&Object::Dictionary(stream.dict.clone())) else {
                        continue;
                    };
                    self.write_stream(number, &Stream::new(dict, stream.content.clone()))?;
                }
                Object::Stream(_) => {}
                other => {
                    let mut renumbered = source.renumber(other);
                    if let (true, Object::Dictionary(node)) = (id == pages, &mut renumbered) {
                        node.set("Parent", reference(PAGES));
                    }
                    objects_to_bundle.push((number, renumbered));
                }
            }
        }
        self.write_object_streams(&objects_to_bundle)
    }

    fn add_structure(&mut self, source: &MergeSource<'_>, tree: &Dictionary) -> io::Result<()> {
        let document = source.document;
        match tree.get(b"K").map(|kids| resolve(document, kids)) {
            Ok(Object::Array(kids)) => self.structure_elements.extend(kids.iter().map(|kid| source.renumber(kid))),
            Ok(Object::Dictionary(_)) => {
                self.structure_elements.extend(tree.get(b"K").ok().map(|kid| source.renumber(kid)))
            }
            _ => {}
        }
        if let Ok(Object::Dictionary(roles)) = tree.get(b"RoleMap").map(|roles| resolve(document, roles)) {
            for (role, standard) in roles {
                self.role_map.set(role.clone(), source.renumber(standard));
            }
        }
        let mut numbers = Vec::new();
        tree.get(b"ParentTree")
            .into_iter()
            .for_each(|root| collect_tree_pairs(document, root, b"Nums", 0, &mut numbers));
        let mut renumbered: Vec<(i64, Object)> = Vec::new();
        for (key, value) in &numbers {
            let key = key.as_i64().map_err(|_| invalid("the structure tree is damaged"))? + source.parent_key_offset;
            renumbered.push((key, source.renumber(value)));
        }
        if let (Some((first, _)), Some((last, _))) = (renumbered.first(), renumbered.last()) {
            self.next_parent_key = last + 1;
            let limits = vec![Object::Integer(*first), Object::Integer(*last)];
            let nums = renumbered.into_iter().flat_map(|(key, value)| [Object::Integer(key), value]).collect();
            let leaf = self.write_leaf("Nums", nums, limits)?;
            self.parent_leaves.push(leaf);
        }
        let mut ids = Vec::new();
        tree.get(b"IDTree").into_iter().for_each(|root| collect_tree_pairs(document, root, b"Names", 0, &mut ids));
        let ids = ids.into_iter().map(|(id, element)| (source.prefix_ids(&id), source.renumber(&element))).collect();
        let leaf = self.write_names(ids)?;
        self.id_leaves.extend(leaf);
        Ok(())
    }

    /// Writes a leaf of a name tree. Returns `None` if it would be empty.
    fn write_names(&mut self, pairs: Vec<(Object, Object)>) -> io::Result<Option<Object>> {
        let (Some((first, _)), Some((last, _))) = (pairs.first(), pairs.last()) else { return Ok(None) };
        let limits = vec![first.clone(), last.clone()];
        let names = pairs.into_iter().flat_map(|(name, object)| [name, object]).collect();
        self.write_leaf("Names", names, limits).map(Some)
    }

    fn write_leaf(&mut self, key: &str, pairs: Vec<Object>, limits: Vec<Object>) -> io::Result<Object> {
        let leaf = Dictionary::from_iter([("Limits", Object::Array(limits)), (key, Object::Array(pairs))]);
        let number = self.reserve();
        self.write_object_streams(&[(number, Object::Dictionary(leaf))])?;
        Ok(reference(number))
    }

    /// Reserves the number of an object that is written later.
    fn reserve(&mut self) -> u32 {
        self.entries.push(XrefEntry::Offset(0));
        u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
    }

    /// Writes a stream without references unless an equal one was written before, and returns its number.
    fn write_shared_stream(&mut self, stream: &Stream) -> io::Result<u32> {
        let mut written = Vec::new();
        write_dictionary(&stream.dict, &mut written);
        let hash = Sha256::new().chain_update(&written).chain_update(&stream.content).finalize().into();
        if let Some(number) = self.shared_streams.get(&hash) {
            return Ok(*number);
        }
        let number = self.reserve();
        self.shared_streams.insert(hash, number);
        self.write_stream(number, stream)?;
        Ok(number)
    }

    fn write_stream(&mut self, number: u32, stream: &Stream) -> io::Result<()> {
        if let Some(entry) = self.entries.get_mut(number as usize) {
            *entry = XrefEntry::Offset(self.offset);
        }
        let mut dict = stream.dict.clone();
        dict.set("Length", i64::try_from(stream.content.len()).unwrap_or_default());
        let mut written = format!("{number} 0 obj\n").into_bytes();
        write_dictionary(&dict, &mut written);
        written.extend(b"\nstream\n");
        written.extend(&stream.content);
        written.extend(b"\nendstream\nendobj\n");
        self.write_bytes(&written)
    }

    /// Writes objects to compressed object streams.
    fn write_object_streams(&mut self, objects: &[(u32, Object)]) -> io::Result<()> {
        for objects in objects.chunks(500) {
            let own = self.reserve();
            let (mut index, mut body) = (Vec::new(), Vec::new());
            for (at, (number, object)) in objects.iter().enumerate() {
                index.extend(format!("{number} {} ", body.len()).bytes());
                write_object(object, &mut body);
                body.push(b'\n');
                if let Some(entry) = self.entries.get_mut(*number as usize) {
                    *entry = XrefEntry::InStream(own, u16::try_from(at).unwrap_or_default());
                }
            }
            let dict = Dictionary::from_iter([
                ("Type", Object::Name(b"ObjStm".to_vec())),
                ("N", Object::Integer(i64::try_from(objects.len()).unwrap_or_default())),
                ("First", Object::Integer(i64::try_from(index.len()).unwrap_or_default())),
            ]);
            index.extend(body);
            let mut stream = Stream::new(dict, index);
            stream.compress().map_err(|_| invalid("cannot compress an object stream"))?;
            self.write_stream(own, &stream)?;
        }
        Ok(())
    }

    fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.offset += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

impl MergeSource<'_> {
    /// Returns the object with the new numbers of the objects that it refers to.
    fn renumber(&self, object: &Object) -> Object {
        match object {
            Object::Reference(id) => self.numbers.get(id).map_or(Object::Null, |number| reference(*number)),
            Object::Array(items) => Object::Array(items.iter().map(|item| self.renumber(item)).collect()),
            Object::Dictionary(dict) => Object::Dictionary(
                dict.iter()
                    .map(|(key, value)| {
                        let value = match (key.as_slice(), value) {
                            (b"StructParent" | b"StructParents", Object::Integer(key)) => {
                                Object::Integer(key + self.parent_key_offset)
                            }
                            (b"ID" | b"Headers", value) => self.prefix_ids(value),
                            (_, value) => self.renumber(value),
                        };
                        (key.clone(), value)
                    })
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    /// Returns the name of an attached file for the tree of names, in which no two are equal.
    fn prefixed_file_name(&self, file: &Object) -> Object {
        let name = resolve(self.document, file).as_dict().ok().and_then(|file| file.get(b"UF").ok()?.as_str().ok());
        Object::String([self.id_prefix.as_slice(), name.unwrap_or_default()].concat(), StringFormat::Literal)
    }

    /// Makes identifiers of structure elements unique, because many documents use the same ones.
    fn prefix_ids(&self, object: &Object) -> Object {
        match object {
            Object::String(id, format) => Object::String([self.id_prefix.as_slice(), id].concat(), *format),
            Object::Array(items) => Object::Array(items.iter().map(|item| self.prefix_ids(item)).collect()),
            other => self.renumber(other),
        }
    }
}

/// Collects the pairs of a number tree (`Nums`) or a name tree (`Names`) (ISO 32000-2, 7.9.6 and 7.9.7).
fn collect_tree_pairs(document: &Document, node: &Object, key: &[u8], depth: usize, pairs: &mut Vec<(Object, Object)>) {
    let Ok(node) = resolve(document, node).as_dict() else { return };
    if let Ok(Object::Array(own)) = node.get(key).map(|own| resolve(document, own)) {
        let (own, _) = own.as_chunks::<2>();
        pairs.extend(own.iter().map(|[key, value]| (key.clone(), value.clone())));
    }
    if let (true, Ok(Object::Array(kids))) = (depth < 32, node.get(b"Kids").map(|kids| resolve(document, kids))) {
        kids.iter().for_each(|kid| collect_tree_pairs(document, kid, key, depth + 1, pairs));
    }
}

/// Collects the objects that can be reached from an object.
fn collect_reachable(document: &Document, from: &Object, reachable: &mut BTreeSet<ObjectId>) {
    let mut open = vec![from];
    while let Some(object) = open.pop() {
        match object {
            Object::Reference(id) if reachable.insert(*id) => open.extend(document.objects.get(id)),
            Object::Array(items) => open.extend(items),
            Object::Dictionary(dict) => open.extend(dict.iter().map(|(_, value)| value)),
            Object::Stream(stream) => open.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}

fn has_references(dict: &Dictionary) -> bool {
    fn is_or_has_reference(object: &Object) -> bool {
        match object {
            Object::Reference(_) => true,
            Object::Array(items) => items.iter().any(is_or_has_reference),
            Object::Dictionary(dict) => has_references(dict),
            _ => false,
        }
    }
    dict.iter().any(|(_, value)| is_or_has_reference(value))
}
