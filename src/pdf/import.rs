//! Imports pages of finished PDFs into another PDF, each as a form XObject. Content that several of them share, such as
//! a font program or the border of every certificate, is written once.
//!
//! Written for this crate because no library merges pages by content: streams are cut where no graphics state, text or marked content is
//! open, and blocks that occur on several pages become forms that these pages share.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};

use super::matrix::Matrix;
use super::objects::{hash_object, page_resources};
use super::scan::Scanner;

type Hash = [u8; 32];

/// Category and name of a resource.
pub type ResourceName = (Vec<u8>, Vec<u8>);
/// The named resources of a page.
pub type NamedResources = BTreeMap<ResourceName, Object>;

/// New object numbers by those of the source document; `None` while the object is being copied.
type CopiedObjects = BTreeMap<ObjectId, Option<ObjectId>>;

/// Shared blocks shorter than this, in bytes, are repeated on each page: a form would not be smaller.
const MIN_FORM_LENGTH: usize = 400;

/// A block of a page's content that is visited once, however many pages show it.
pub struct ContentBlock<'a> {
    /// The document that holds the resources.
    pub document: &'a Document,
    pub content: &'a [u8],
    pub resources: &'a NamedResources,
    /// The transformation from the block's coordinates to those of the page.
    pub matrix: Matrix,
    /// The first imported page that shows the block, counted from 0.
    pub page: usize,
}

/// Visits each distinct block of the imported content.
pub trait ContentVisitor {
    /// Visits a block. Blocks are numbered from 0 in the order of the calls, and again from 0 after
    /// [`PageImporter::take_pages`].
    fn visit(&mut self, block: &ContentBlock<'_>);

    /// Is called for each page, counted from 0, that shows a block.
    fn record_use(&mut self, block: usize, page: usize);
}

struct ImportedPage {
    boxes: PageBoxes,
    resources: NamedResources,
    /// Indices into `PageImporter::blocks`.
    blocks: Vec<usize>,
}

/// A part of a content stream that can be repeated elsewhere: from a `q` to its `Q`, or what is between two such blocks.
struct Block {
    bytes: Vec<u8>,
    resources: NamedResources,
    /// The page's area in the block's coordinates; `None` if the block cannot become a form.
    bounds: Option<[f64; 4]>,
    /// Number of pages that have the block, and the last of them.
    page_count: usize,
    last_page: usize,
}

pub struct PageImporter<'d, V> {
    pub document: &'d mut Document,
    pub visitor: V,
    objects_by_hash: HashMap<Hash, ObjectId>,
    blocks: Vec<Block>,
    blocks_by_hash: HashMap<Hash, usize>,
    pages: Vec<ImportedPage>,
}

/// A page as a form XObject.
pub struct PageForm {
    pub id: ObjectId,
    pub boxes: PageBoxes,
}

/// A page whose content is divided between the page itself and shared forms.
pub struct ComposedPage {
    pub content: Vec<u8>,
    pub resources: Dictionary,
    pub boxes: PageBoxes,
}

/// MediaBox and TrimBox of a page (ISO 32000-2, 14.11.2) as `[left, bottom, right, top]`, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageBoxes {
    pub media: [f64; 4],
    pub trim: [f64; 4],
}

impl PageBoxes {
    /// Reads the boxes of a page. The TrimBox is the MediaBox by default.
    pub fn read(document: &Document, page: ObjectId) -> lopdf::Result<Self> {
        let read_box = |key: &[u8]| -> lopdf::Result<[f64; 4]> {
            let page = document.get_dictionary(page)?;
            let array = document.dereference(page.get(key)?)?.1.as_array()?;
            let mut sides = [0.0; 4];
            for (side, object) in sides.iter_mut().zip(array) {
                *side = f64::from(object.as_float()?);
            }
            Ok(sides)
        };
        let media = read_box(b"MediaBox")?;
        Ok(Self { media, trim: read_box(b"TrimBox").unwrap_or(media) })
    }

    /// Returns width and height of the trimmed page.
    pub fn trim_size(&self) -> (f64, f64) {
        (self.trim[2] - self.trim[0], self.trim[3] - self.trim[1])
    }

    /// Returns the smallest bleed of the four sides.
    pub fn bleed(&self) -> f64 {
        let (m, t) = (self.media, self.trim);
        [t[0] - m[0], t[1] - m[1], m[2] - t[2], m[3] - t[3]].into_iter().fold(f64::INFINITY, f64::min)
    }
}

impl<'d, V: ContentVisitor> PageImporter<'d, V> {
    pub fn new(document: &'d mut Document, visitor: V) -> Self {
        let (objects_by_hash, blocks_by_hash) = Default::default();
        Self { document, visitor, objects_by_hash, blocks: Vec::new(), blocks_by_hash, pages: Vec::new() }
    }

    /// Imports pages of another document.
    pub fn import_pages(&mut self, source: &Document, pages: &[ObjectId]) -> lopdf::Result<()> {
        let mut copied = CopiedObjects::new();
        for page in pages.iter().copied() {
            let boxes = PageBoxes::read(source, page)?;
            let resources = self.copy_page_resources(source, page, &mut copied)?;
            self.add_page(&source.get_page_content(page), resources, boxes);
        }
        Ok(())
    }

    /// Adds a page whose resources are in this document already.
    pub fn add_page(&mut self, content: &[u8], resources: NamedResources, boxes: PageBoxes) {
        let index = self.pages.len();
        let ranges = split_content(content).into_iter();
        let blocks = ranges.map(|range| self.add_block(content, range, &resources, boxes.media, index)).collect();
        self.pages.push(ImportedPage { boxes, resources, blocks });
    }

    fn copy_page_resources(
        &mut self,
        source: &Document,
        page: ObjectId,
        copied: &mut CopiedObjects,
    ) -> lopdf::Result<NamedResources> {
        let mut resources = NamedResources::new();
        for (category, named) in page_resources(source, page)?.into_iter().flatten() {
            // ProcSet is an array, and obsolete.
            let Ok(named) = source.dereference(named).and_then(|(_, named)| named.as_dict()) else { continue };
            for (name, object) in named {
                resources.insert((category.clone(), name.clone()), self.copy_object(source, object, copied));
            }
        }
        Ok(resources)
    }

    /// Copies an object of another document with all that it refers to.
    pub fn copy_object(&mut self, source: &Document, object: &Object, copied: &mut CopiedObjects) -> Object {
        match object {
            Object::Reference(id) => {
                match copied.get(id) {
                    Some(Some(new)) => return (*new).into(),
                    // The object refers to itself, so it needs its number before it is complete.
                    Some(None) => {
                        let new = self.document.new_object_id();
                        copied.insert(*id, Some(new));
                        return new.into();
                    }
                    None => {}
                }
                copied.insert(*id, None);
                let target = source.get_object(*id).unwrap_or(&Object::Null);
                let copy = self.copy_object(source, target, copied);
                let new = match copied.get(id) {
                    Some(Some(new)) => {
                        self.document.objects.insert(*new, copy);
                        *new
                    }
                    _ => self.add_object(copy),
                };
                copied.insert(*id, Some(new));
                new.into()
            }
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| self.copy_object(source, item, copied)).collect())
            }
            Object::Dictionary(dict) => Object::Dictionary(self.copy_dictionary(source, dict, copied)),
            Object::Stream(stream) => {
                let dict = self.copy_dictionary(source, &stream.dict, copied);
                Object::Stream(Stream::new(dict, stream.content.clone()))
            }
            other => other.clone(),
        }
    }

    fn copy_dictionary(&mut self, source: &Document, dict: &Dictionary, copied: &mut CopiedObjects) -> Dictionary {
        // The structure tree and the page tree are not imported.
        let is_dropped = |key: &[u8]| matches!(key, b"StructParent" | b"StructParents" | b"Parent" | b"Length");
        dict.iter()
            .filter(|(key, _)| !is_dropped(key))
            .map(|(key, value)| (key.clone(), self.copy_object(source, value, copied)))
            .collect()
    }

    /// Adds an object and returns its number, or that of an equal object that was added before.
    pub fn add_object(&mut self, object: Object) -> ObjectId {
        let mut hash = Sha256::new();
        hash_object(&object, &mut hash);
        let hash: Hash = hash.finalize().into();
        if let Some(id) = self.objects_by_hash.get(&hash) {
            return *id;
        }
        let id = self.document.add_object(object);
        self.objects_by_hash.insert(hash, id);
        id
    }

    /// Returns the index of the block for a part of a page's content.
    fn add_block(
        &mut self,
        content: &[u8],
        block: BlockRange,
        page_resources: &NamedResources,
        media: [f64; 4],
        page: usize,
    ) -> usize {
        let bytes = content.get(block.range).unwrap_or_default();
        let used = block.used.into_iter();
        let used = used.filter_map(|name| page_resources.get(&name).map(|object| (name, object.clone())));
        let resources: NamedResources = used.collect();
        let bounds = block.matrix.and_then(|matrix| Some(matrix.inverse()?.bounding_box(media)));
        let mut hash = Sha256::new();
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
        for ((category, name), object) in &resources {
            hash.update([category.as_slice(), b" ", name.as_slice(), b" "].concat());
            hash_object(object, &mut hash);
        }
        bounds.iter().flatten().for_each(|side| hash.update(side.to_be_bytes()));
        let hash: Hash = hash.finalize().into();
        let index = *self.blocks_by_hash.entry(hash).or_insert_with(|| {
            self.visitor.visit(&ContentBlock {
                document: self.document,
                content: bytes,
                resources: &resources,
                matrix: block.matrix.unwrap_or(Matrix::IDENTITY),
                page,
            });
            let bytes = bytes.to_vec();
            self.blocks.push(Block { bytes, resources, bounds, page_count: 0, last_page: usize::MAX });
            self.blocks.len() - 1
        });
        if let Some(block) = self.blocks.get_mut(index)
            && block.last_page != page
        {
            block.page_count += 1;
            block.last_page = page;
        }
        self.visitor.record_use(index, page);
        index
    }

    /// Makes a form of each page added since the last call, in order.
    pub fn take_forms(&mut self) -> Vec<PageForm> {
        let pages = self.take_pages().into_iter();
        pages
            .map(|ComposedPage { content, resources, boxes }| PageForm {
                id: self.add_form(boxes.media, resources, content),
                boxes,
            })
            .collect()
    }

    /// Returns each page added since the last call, in order. Content that several of them share is in shared forms.
    pub fn take_pages(&mut self) -> Vec<ComposedPage> {
        let pages = std::mem::take(&mut self.pages);
        let blocks = std::mem::take(&mut self.blocks);
        self.blocks_by_hash.clear();
        let mut shared_forms: BTreeMap<Vec<usize>, ObjectId> = BTreeMap::new();
        let mut composed = Vec::new();
        for page in pages {
            let (mut content, mut resources) = (Vec::new(), page.resources);
            for run in group_blocks(&page.blocks, &blocks) {
                let members = || run.iter().filter_map(|index| blocks.get(*index));
                let bytes: Vec<u8> = members().flat_map(|block| [block.bytes.as_slice(), b"\n"].concat()).collect();
                let bounds = members().next().and_then(|block| block.bounds).filter(|_| {
                    members().all(|block| block.page_count > 1 && block.bounds.is_some())
                        && bytes.len() >= MIN_FORM_LENGTH
                });
                let Some(bounds) = bounds else {
                    content.extend(bytes);
                    continue;
                };
                let id = *shared_forms.entry(run.to_vec()).or_insert_with(|| {
                    let mut used = NamedResources::new();
                    members().for_each(|block| used.extend(block.resources.clone()));
                    self.add_form(bounds, to_dictionary(used), bytes)
                });
                let name = format!("Gr{}", id.0);
                content.extend(format!("/{name} Do\n").into_bytes());
                resources.insert((b"XObject".to_vec(), name.into_bytes()), id.into());
            }
            // Drop resources that only shared forms use: those forms list them.
            let used = used_resources(&content);
            resources.retain(|name, _| used.contains(name));
            composed.push(ComposedPage { content, resources: to_dictionary(resources), boxes: page.boxes });
        }
        composed
    }

    fn add_form(&mut self, bounds: [f64; 4], resources: Dictionary, content: Vec<u8>) -> ObjectId {
        let bounds: Vec<Object> = bounds.iter().map(|side| Object::Real(*side as f32)).collect();
        let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds, "Resources" => resources };
        self.add_object(Object::Stream(Stream::new(form, content)))
    }
}

/// Returns a resource dictionary: one dictionary for each category.
fn to_dictionary(resources: NamedResources) -> Dictionary {
    let mut dict = Dictionary::new();
    for ((category, name), object) in resources {
        if !dict.has(&category) {
            dict.set(category.clone(), Dictionary::new());
        }
        if let Ok(named) = dict.get_mut(&category).and_then(Object::as_dict_mut) {
            named.set(name, object);
        }
    }
    dict
}

/// Groups neighbouring blocks that have the same number of pages and the same bounds, and so can share a form.
fn group_blocks<'a>(page: &'a [usize], blocks: &'a [Block]) -> impl Iterator<Item = &'a [usize]> {
    let key = |index: &usize| blocks.get(*index).map(|b| (b.page_count, b.bounds.map(|sides| sides.map(f64::to_bits))));
    page.chunk_by(move |a, b| key(a) == key(b))
}

/// The bytes of a block in a content stream, between two points where nothing is open.
struct BlockRange {
    range: Range<usize>,
    used: BTreeSet<ResourceName>,
    /// The transformation at the start of a block from `q` to `Q`; `None` for what is between two such blocks.
    matrix: Option<Matrix>,
}

/// Splits a content stream where no graphics state, text object or marked content is open.
fn split_content(content: &[u8]) -> Vec<BlockRange> {
    let mut scanner = Scanner::new(content);
    let mut blocks = Vec::new();
    let (mut state_depth, mut start, mut end) = (0usize, 0, 0);
    let mut matrix = Matrix::IDENTITY;
    let mut used = BTreeSet::new();
    let mut text_depth = 0usize;
    while let Some((operator, span)) = scanner.next_operator() {
        match operator {
            b"q" if state_depth == 0 && text_depth == 0 => {
                // White space between two blocks is not a block.
                if content.get(start..span.start).is_some_and(|between| !between.trim_ascii().is_empty()) {
                    let used = std::mem::take(&mut used);
                    blocks.push(BlockRange { range: start..span.start, used, matrix: None });
                }
                start = span.start;
                state_depth = 1;
            }
            b"q" => state_depth += 1,
            b"Q" => {
                state_depth = state_depth.saturating_sub(1);
                if state_depth == 0 && text_depth == 0 {
                    let used = std::mem::take(&mut used);
                    blocks.push(BlockRange { range: start..span.end, used, matrix: Some(matrix) });
                    start = span.end;
                }
            }
            b"BT" if state_depth == 0 => text_depth += 1,
            b"ET" if state_depth == 0 => text_depth = text_depth.saturating_sub(1),
            b"cm" if state_depth == 0 => {
                if let Some(inner) = scanner.last_numbers() {
                    matrix = matrix.concat(Matrix(inner));
                }
            }
            _ => {}
        }
        used.extend(resource_name(operator, &scanner));
        end = span.end;
    }
    if start < end {
        blocks.push(BlockRange { range: start..end, used, matrix: None });
    }
    blocks
}

/// Returns the resources that a content stream uses.
fn used_resources(content: &[u8]) -> BTreeSet<ResourceName> {
    let mut scanner = Scanner::new(content);
    let mut names = BTreeSet::new();
    while let Some((operator, _)) = scanner.next_operator() {
        names.extend(resource_name(operator, &scanner));
    }
    names
}

/// Returns the resource that an operator uses, if any.
fn resource_name(operator: &[u8], scanner: &Scanner<'_>) -> Option<ResourceName> {
    let (category, name): (&[u8], _) = match operator {
        b"Tf" => (b"Font", scanner.name_at(0)),
        b"gs" => (b"ExtGState", scanner.name_at(0)),
        b"cs" | b"CS" => (b"ColorSpace", scanner.name_at(0)),
        b"scn" | b"SCN" => (b"Pattern", scanner.operands.len().checked_sub(1).and_then(|last| scanner.name_at(last))),
        b"Do" => (b"XObject", scanner.name_at(0)),
        b"sh" => (b"Shading", scanner.name_at(0)),
        b"BDC" | b"DP" => (b"Properties", scanner.name_at(1)),
        _ => return None,
    };
    Some((category.to_vec(), name?.to_vec()))
}
