//! Many documents in one PDF, with an outline entry and a branch of the structure tree for each.
//!
//! One document is in memory at a time. What has no references of its own and stands in several documents, such as a
//! profile or a typeface cut to the same letters, is written once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::syntax;

/// Numbers of the objects that are written last.
const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const STRUCTURE: u32 = 3;
const OUTLINES: u32 = 4;
const INFO: u32 = 5;

/// Where an object stands.
#[derive(Clone, Copy)]
enum Entry {
    At(u64),
    /// In an object stream, at an index.
    In(u32, u16),
}

pub struct Merger<W: Write> {
    out: W,
    at: u64,
    /// By object number, which begins at 0.
    entries: Vec<Entry>,
    seen: BTreeMap<[u8; 32], u32>,
    sum: Sha256,
    page_nodes: Vec<Object>,
    pages: i64,
    /// Title and first page of each document.
    chapters: Vec<(Object, Object)>,
    elements: Vec<Object>,
    roles: Dictionary,
    parents: Vec<Object>,
    next_parent: i64,
    ids: Vec<Object>,
    intents: Option<Object>,
}

/// The parts of a document that is being added.
struct Source<'a> {
    document: &'a Document,
    /// New numbers of its objects.
    numbers: BTreeMap<ObjectId, u32>,
    /// What its keys in the parent tree begin at.
    shift: i64,
    /// Begins the identifiers of its structure elements.
    mark: Vec<u8>,
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

fn reference(number: u32) -> Object {
    Object::Reference((number, 0))
}

impl<W: Write> Merger<W> {
    pub fn new(mut out: W) -> io::Result<Self> {
        let head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
        out.write_all(head)?;
        Ok(Self {
            out,
            at: head.len() as u64,
            entries: vec![Entry::At(0); INFO as usize + 1],
            seen: BTreeMap::new(),
            sum: Sha256::new(),
            page_nodes: Vec::new(),
            pages: 0,
            chapters: Vec::new(),
            elements: Vec::new(),
            roles: Dictionary::new(),
            parents: Vec::new(),
            next_parent: 0,
            ids: Vec::new(),
            intents: None,
        })
    }

    /// Adds a document; `name` is its title where it has none.
    pub fn add(&mut self, bytes: &[u8], name: &str) -> io::Result<()> {
        self.sum.update(bytes);
        let document = Document::load_mem(bytes).map_err(|_| broken("it cannot be read back"))?;
        let catalog = document.catalog().map_err(|_| broken("it has no catalogue"))?;
        let root = |key: &[u8]| catalog.get(key).and_then(Object::as_reference).ok();
        let pages = root(b"Pages").ok_or_else(|| broken("it has no pages"))?;
        let structure = root(b"StructTreeRoot");
        let intents = catalog.get(b"OutputIntents").ok().cloned();

        let mut used = BTreeSet::new();
        let mut roots = vec![Object::Reference(pages)];
        roots.extend(structure.map(Object::Reference));
        if self.intents.is_none() {
            roots.extend(intents.clone());
        }
        roots.iter().for_each(|root| reach(&document, root, &mut used));
        let mut source = Source {
            document: &document,
            numbers: BTreeMap::new(),
            shift: self.next_parent,
            mark: format!("{:07}-", self.chapters.len()).into_bytes(),
        };
        if let Some(structure) = structure {
            source.numbers.insert(structure, STRUCTURE);
            used.remove(&structure);
        }
        self.write_objects(&mut source, &used, pages)?;

        let moved = |object: &Object| source.moved(object);
        self.page_nodes.push(moved(&Object::Reference(pages)));
        let own_pages = document.get_pages();
        self.pages += i64::try_from(own_pages.len()).map_err(|_| broken("it has too many pages"))?;
        let first = own_pages.values().next().ok_or_else(|| broken("it has no page"))?;
        let info = document.trailer.get(b"Info").ok().map(|info| resolve(&document, info));
        let title =
            info.and_then(|info| info.as_dict().ok()?.get(b"Title").ok().map(|title| resolve(&document, title)));
        let title = title.cloned().unwrap_or_else(|| lopdf::text_string(name));
        self.chapters.push((title, moved(&Object::Reference(*first))));
        if self.intents.is_none() {
            self.intents = intents.as_ref().map(moved);
        }
        match structure.map(|id| document.get_dictionary(id)) {
            Some(Ok(tree)) => self.add_structure(&source, tree),
            _ => Ok(()),
        }
    }

    fn write_objects(&mut self, source: &mut Source<'_>, used: &BTreeSet<ObjectId>, pages: ObjectId) -> io::Result<()> {
        let document = source.document;
        let objects = || used.iter().filter_map(|id| Some((*id, document.objects.get(id)?)));
        for (id, object) in objects() {
            let shared = object.as_stream().ok().filter(|stream| !refers(&stream.dict));
            let number = match shared {
                Some(stream) => self.share(stream)?,
                None => self.reserve(),
            };
            source.numbers.insert(id, number);
        }
        let mut bundle = Vec::new();
        for (id, object) in objects() {
            let Some(number) = source.numbers.get(&id).copied() else { continue };
            match object {
                Object::Stream(stream) if refers(&stream.dict) => {
                    let Object::Dictionary(dict) = source.moved(&Object::Dictionary(stream.dict.clone())) else {
                        continue;
                    };
                    self.write_stream(number, &Stream::new(dict, stream.content.clone()))?;
                }
                Object::Stream(_) => {}
                other => {
                    let mut moved = source.moved(other);
                    if let (true, Object::Dictionary(node)) = (id == pages, &mut moved) {
                        node.set("Parent", reference(PAGES));
                    }
                    bundle.push((number, moved));
                }
            }
        }
        self.write_bundle(&bundle)
    }

    fn add_structure(&mut self, source: &Source<'_>, tree: &Dictionary) -> io::Result<()> {
        let document = source.document;
        match tree.get(b"K").map(|kids| resolve(document, kids)) {
            Ok(Object::Array(kids)) => self.elements.extend(kids.iter().map(|kid| source.moved(kid))),
            Ok(Object::Dictionary(_)) => self.elements.extend(tree.get(b"K").ok().map(|kid| source.moved(kid))),
            _ => {}
        }
        if let Ok(Object::Dictionary(roles)) = tree.get(b"RoleMap").map(|roles| resolve(document, roles)) {
            for (role, stands_for) in roles {
                self.roles.set(role.clone(), source.moved(stands_for));
            }
        }
        let mut numbers = Vec::new();
        tree.get(b"ParentTree").into_iter().for_each(|root| leaves(document, root, b"Nums", 0, &mut numbers));
        let mut moved: Vec<(i64, Object)> = Vec::new();
        for (key, value) in &numbers {
            let key = key.as_i64().map_err(|_| broken("its structure tree is damaged"))? + source.shift;
            moved.push((key, source.moved(value)));
        }
        if let (Some((first, _)), Some((last, _))) = (moved.first(), moved.last()) {
            self.next_parent = last + 1;
            let limits = vec![Object::Integer(*first), Object::Integer(*last)];
            let nums = moved.into_iter().flat_map(|(key, value)| [Object::Integer(key), value]).collect();
            let leaf = self.leaf("Nums", nums, limits)?;
            self.parents.push(leaf);
        }
        let mut ids = Vec::new();
        tree.get(b"IDTree").into_iter().for_each(|root| leaves(document, root, b"Names", 0, &mut ids));
        let ids: Vec<Object> =
            ids.into_iter().flat_map(|(id, element)| [source.marked(&id), source.moved(&element)]).collect();
        if let [first, .., last, _] = ids.as_slice() {
            let limits = vec![first.clone(), last.clone()];
            let leaf = self.leaf("Names", ids, limits)?;
            self.ids.push(leaf);
        }
        Ok(())
    }

    fn leaf(&mut self, kind: &str, pairs: Vec<Object>, limits: Vec<Object>) -> io::Result<Object> {
        let leaf = Dictionary::from_iter([("Limits", Object::Array(limits)), (kind, Object::Array(pairs))]);
        let number = self.reserve();
        self.write_bundle(&[(number, Object::Dictionary(leaf))])?;
        Ok(reference(number))
    }

    /// Writes what holds the documents together, and ends the file.
    pub fn finish(mut self, title: &str, language: &str) -> io::Result<W> {
        let name = |text: &str| Object::Name(text.as_bytes().to_vec());
        let mut last = Vec::new();
        let chapters = std::mem::take(&mut self.chapters);
        let numbers: Vec<u32> = chapters.iter().map(|_| self.reserve()).collect();
        for (index, (title, page)) in chapters.into_iter().enumerate() {
            let view = [page, name("XYZ"), Object::Null, Object::Null, Object::Null];
            let mut item = Dictionary::from_iter([
                ("Title", title),
                ("Parent", reference(OUTLINES)),
                ("Dest", Object::Array(view.into())),
            ]);
            let beside = |at: Option<usize>| at.and_then(|at| numbers.get(at)).map(|number| reference(*number));
            beside(index.checked_sub(1)).into_iter().for_each(|before| item.set("Prev", before));
            beside(Some(index + 1)).into_iter().for_each(|after| item.set("Next", after));
            if let Some(number) = numbers.get(index) {
                last.push((*number, Object::Dictionary(item)));
            }
        }
        let ends = [("First", numbers.first()), ("Last", numbers.last())];
        let mut outlines = Dictionary::from_iter([("Type", name("Outlines"))]);
        outlines.set("Count", i64::try_from(numbers.len()).unwrap_or_default());
        ends.into_iter().filter_map(|(key, end)| Some((key, *end?))).for_each(|(key, end)| {
            outlines.set(key, reference(end));
        });
        last.push((OUTLINES, Object::Dictionary(outlines)));
        let pages = Dictionary::from_iter([
            ("Type", name("Pages")),
            ("Count", self.pages.into()),
            ("Kids", Object::Array(std::mem::take(&mut self.page_nodes))),
        ]);
        last.push((PAGES, Object::Dictionary(pages)));
        let tree = |kids: &mut Vec<Object>| {
            Object::Dictionary(Dictionary::from_iter([("Kids", Object::Array(std::mem::take(kids)))]))
        };
        let mut structure = Dictionary::from_iter([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Array(std::mem::take(&mut self.elements))),
            ("ParentTree", tree(&mut self.parents)),
            ("ParentTreeNextKey", self.next_parent.into()),
        ]);
        if !self.ids.is_empty() {
            structure.set("IDTree", tree(&mut self.ids));
        }
        if !self.roles.is_empty() {
            structure.set("RoleMap", std::mem::take(&mut self.roles));
        }
        last.push((STRUCTURE, Object::Dictionary(structure)));
        last.push((INFO, Object::Dictionary(Dictionary::from_iter([("Title", lopdf::text_string(title))]))));
        let mut catalog = Dictionary::from_iter([
            ("Type", name("Catalog")),
            ("Pages", reference(PAGES)),
            ("Outlines", reference(OUTLINES)),
            ("PageMode", name("UseOutlines")),
            ("StructTreeRoot", reference(STRUCTURE)),
            ("Lang", lopdf::text_string(language)),
        ]);
        catalog.set("MarkInfo", Dictionary::from_iter([("Marked", Object::Boolean(true))]));
        catalog.set("ViewerPreferences", Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]));
        self.intents.take().into_iter().for_each(|intents| catalog.set("OutputIntents", intents));
        last.push((CATALOG, Object::Dictionary(catalog)));
        self.write_bundle(&last)?;
        self.end()
    }

    /// The cross-reference stream.
    fn end(mut self) -> io::Result<W> {
        let start = self.at;
        let own = self.reserve();
        if let Some(entry) = self.entries.get_mut(own as usize) {
            *entry = Entry::At(start);
        }
        let mut table = Vec::with_capacity(self.entries.len() * 8);
        for (number, entry) in self.entries.iter().enumerate() {
            let (kind, place, index) = match *entry {
                _ if number == 0 => (0, 0, u16::MAX),
                Entry::At(offset) => (1, offset, 0),
                Entry::In(stream, index) => (2, u64::from(stream), index),
            };
            table.push(kind);
            table.extend(place.to_be_bytes().get(3..).unwrap_or_default());
            table.extend(index.to_be_bytes());
        }
        let sum = std::mem::take(&mut self.sum).finalize();
        let id = Object::String(sum.get(..16).unwrap_or_default().to_vec(), StringFormat::Hexadecimal);
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
        stream.compress().map_err(|_| broken("its table cannot be packed"))?;
        self.write_stream(own, &stream)?;
        self.emit(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn reserve(&mut self) -> u32 {
        self.entries.push(Entry::At(0));
        u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
    }

    /// The number of a stream without references, which is written unless one like it was.
    fn share(&mut self, stream: &Stream) -> io::Result<u32> {
        let mut written = Vec::new();
        syntax::dictionary(&stream.dict, &mut written);
        let sum = Sha256::new().chain_update(&written).chain_update(&stream.content).finalize().into();
        if let Some(number) = self.seen.get(&sum) {
            return Ok(*number);
        }
        let number = self.reserve();
        self.seen.insert(sum, number);
        self.write_stream(number, stream)?;
        Ok(number)
    }

    fn write_stream(&mut self, number: u32, stream: &Stream) -> io::Result<()> {
        if let Some(entry) = self.entries.get_mut(number as usize) {
            *entry = Entry::At(self.at);
        }
        let mut dict = stream.dict.clone();
        dict.set("Length", i64::try_from(stream.content.len()).unwrap_or_default());
        let mut written = format!("{number} 0 obj\n").into_bytes();
        syntax::dictionary(&dict, &mut written);
        written.extend(b"\nstream\n");
        written.extend(&stream.content);
        written.extend(b"\nendstream\nendobj\n");
        self.emit(&written)
    }

    /// Writes objects into streams of objects, packed.
    fn write_bundle(&mut self, objects: &[(u32, Object)]) -> io::Result<()> {
        for objects in objects.chunks(500) {
            let own = self.reserve();
            let (mut index, mut body) = (Vec::new(), Vec::new());
            for (at, (number, object)) in objects.iter().enumerate() {
                index.extend(format!("{number} {} ", body.len()).bytes());
                syntax::object(object, &mut body);
                body.push(b'\n');
                if let Some(entry) = self.entries.get_mut(*number as usize) {
                    *entry = Entry::In(own, u16::try_from(at).unwrap_or_default());
                }
            }
            let dict = Dictionary::from_iter([
                ("Type", Object::Name(b"ObjStm".to_vec())),
                ("N", Object::Integer(i64::try_from(objects.len()).unwrap_or_default())),
                ("First", Object::Integer(i64::try_from(index.len()).unwrap_or_default())),
            ]);
            index.extend(body);
            let mut stream = Stream::new(dict, index);
            stream.compress().map_err(|_| broken("it cannot be packed"))?;
            self.write_stream(own, &stream)?;
        }
        Ok(())
    }

    fn emit(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

impl Source<'_> {
    /// An object with the new numbers of what it refers to.
    fn moved(&self, object: &Object) -> Object {
        match object {
            Object::Reference(id) => self.numbers.get(id).map_or(Object::Null, |number| reference(*number)),
            Object::Array(items) => Object::Array(items.iter().map(|item| self.moved(item)).collect()),
            Object::Dictionary(dict) => Object::Dictionary(
                dict.iter()
                    .map(|(key, value)| {
                        let value = match (key.as_slice(), value) {
                            (b"StructParent" | b"StructParents", Object::Integer(key)) => {
                                Object::Integer(key + self.shift)
                            }
                            (b"ID" | b"Headers", value) => self.marked(value),
                            (_, value) => self.moved(value),
                        };
                        (key.clone(), value)
                    })
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    /// Identifiers of structure elements, which are the same in many documents, made their own.
    fn marked(&self, object: &Object) -> Object {
        match object {
            Object::String(id, format) => Object::String([self.mark.as_slice(), id].concat(), *format),
            Object::Array(items) => Object::Array(items.iter().map(|item| self.marked(item)).collect()),
            other => self.moved(other),
        }
    }
}

fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

/// The pairs in the leaves of a number tree or a name tree.
fn leaves(document: &Document, node: &Object, kind: &[u8], depth: usize, pairs: &mut Vec<(Object, Object)>) {
    let Ok(node) = resolve(document, node).as_dict() else { return };
    if let Ok(Object::Array(own)) = node.get(kind).map(|own| resolve(document, own)) {
        let (own, _) = own.as_chunks::<2>();
        pairs.extend(own.iter().map(|[key, value]| (key.clone(), value.clone())));
    }
    if let (true, Ok(Object::Array(kids))) = (depth < 32, node.get(b"Kids").map(|kids| resolve(document, kids))) {
        kids.iter().for_each(|kid| leaves(document, kid, kind, depth + 1, pairs));
    }
}

/// All objects that can be reached from one.
fn reach(document: &Document, from: &Object, used: &mut BTreeSet<ObjectId>) {
    let mut open = vec![from];
    while let Some(object) = open.pop() {
        match object {
            Object::Reference(id) if used.insert(*id) => open.extend(document.objects.get(id)),
            Object::Array(items) => open.extend(items),
            Object::Dictionary(dict) => open.extend(dict.iter().map(|(_, value)| value)),
            Object::Stream(stream) => open.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}

fn refers(dict: &Dictionary) -> bool {
    fn inside(object: &Object) -> bool {
        match object {
            Object::Reference(_) => true,
            Object::Array(items) => items.iter().any(inside),
            Object::Dictionary(dict) => refers(dict),
            _ => false,
        }
    }
    dict.iter().any(|(_, value)| inside(value))
}
