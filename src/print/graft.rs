//! Takes pages of finished PDFs into another one, each as a form XObject. What is the same in several of them, a font
//! program or the border of every certificate, is taken once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};

use super::colour::Inks;
use super::scan::{Matrix, Scanner};

type Sum = [u8; 32];

/// Named resources of a page: category and name.
pub type Resources = BTreeMap<(Vec<u8>, Vec<u8>), Object>;

/// A part shorter than this is not worth a form of its own.
const WORTH_A_FORM: usize = 400;

/// A page that was taken in.
struct Page {
    boxes: Boxes,
    resources: Resources,
    blocks: Vec<usize>,
}

/// A part of a content stream: from a `q` to its `Q`, or what stands between two of these.
struct Block {
    bytes: Vec<u8>,
    resources: Resources,
    /// Where it is seen; `None` if it cannot stand alone.
    bounds: Option<[f64; 4]>,
    /// On how many pages, and which was the last.
    pages: usize,
    last: usize,
}

pub struct Graft<'d> {
    pub doc: &'d mut Document,
    pub inks: Inks,
    known: HashMap<Sum, ObjectId>,
    blocks: Vec<Block>,
    by_sum: HashMap<Sum, usize>,
    pages: Vec<Page>,
}

/// A page that can be drawn.
pub struct Form {
    pub id: ObjectId,
    pub boxes: Boxes,
}

/// Where the trimmed page and its bleed lie on a page of a document, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boxes {
    pub media: [f64; 4],
    pub trim: [f64; 4],
}

impl Boxes {
    /// The boxes of a page; without a TrimBox all of it is the trimmed page.
    pub fn of(document: &Document, page: ObjectId) -> lopdf::Result<Self> {
        let read = |key: &[u8]| -> lopdf::Result<[f64; 4]> {
            let page = document.get_dictionary(page)?;
            let array = document.dereference(page.get(key)?)?.1.as_array()?;
            let mut numbers = [0.0; 4];
            for (number, object) in numbers.iter_mut().zip(array) {
                *number = f64::from(object.as_float()?);
            }
            Ok(numbers)
        };
        let media = read(b"MediaBox")?;
        Ok(Self { media, trim: read(b"TrimBox").unwrap_or(media) })
    }

    /// Width and height of the trimmed page.
    pub fn size(&self) -> (f64, f64) {
        (self.trim[2] - self.trim[0], self.trim[3] - self.trim[1])
    }

    /// The least bleed of the four sides.
    pub fn bleed(&self) -> f64 {
        let (m, t) = (self.media, self.trim);
        [t[0] - m[0], t[1] - m[1], m[2] - t[2], m[3] - t[3]].into_iter().fold(f64::INFINITY, f64::min)
    }
}

impl<'d> Graft<'d> {
    pub fn new(doc: &'d mut Document, inks: Inks) -> Self {
        let (known, by_sum) = Default::default();
        Self { doc, inks, known, blocks: Vec::new(), by_sum, pages: Vec::new() }
    }

    /// Takes pages of a document.
    pub fn take(&mut self, source: &Document, pages: &[ObjectId]) -> lopdf::Result<()> {
        let mut copied = BTreeMap::new();
        for page in pages.iter().copied() {
            let boxes = Boxes::of(source, page)?;
            let resources = self.resources(source, page, &mut copied)?;
            let content = source.get_page_content(page);
            let index = self.pages.len();
            let mut blocks = Vec::new();
            for part in parts(&content) {
                blocks.push(self.block(&content, part, &resources, boxes.media, index));
            }
            self.pages.push(Page { boxes, resources, blocks });
        }
        Ok(())
    }

    /// The resources of a page, each taken in.
    fn resources(
        &mut self,
        source: &Document,
        page: ObjectId,
        copied: &mut BTreeMap<ObjectId, Option<ObjectId>>,
    ) -> lopdf::Result<Resources> {
        let (own, inherited) = source.get_page_resources(page)?;
        let own = match (own, inherited.first()) {
            (Some(own), _) => own,
            (None, Some(id)) => source.get_dictionary(*id)?,
            (None, None) => return Ok(Resources::new()),
        };
        let mut taken = Resources::new();
        for (category, named) in own {
            // ProcSet is an array, and obsolete.
            let Ok(named) = source.dereference(named).and_then(|(_, named)| named.as_dict()) else { continue };
            for (name, object) in named {
                taken.insert((category.clone(), name.clone()), self.object(source, object, copied));
            }
        }
        Ok(taken)
    }

    /// An object of another document. `copied`: what of that document has come over already.
    pub fn object(
        &mut self,
        source: &Document,
        object: &Object,
        copied: &mut BTreeMap<ObjectId, Option<ObjectId>>,
    ) -> Object {
        match object {
            Object::Reference(id) => {
                match copied.get(id) {
                    Some(Some(new)) => return (*new).into(),
                    // It refers to itself: it gets its number first.
                    Some(None) => {
                        let new = self.doc.new_object_id();
                        copied.insert(*id, Some(new));
                        return new.into();
                    }
                    None => {}
                }
                copied.insert(*id, None);
                let target = source.get_object(*id).unwrap_or(&Object::Null);
                let copy = self.object(source, target, copied);
                let new = match copied.get(id) {
                    Some(Some(new)) => {
                        self.doc.objects.insert(*new, copy);
                        *new
                    }
                    _ => self.add(copy),
                };
                copied.insert(*id, Some(new));
                new.into()
            }
            Object::Array(items) => Object::Array(items.iter().map(|item| self.object(source, item, copied)).collect()),
            Object::Dictionary(dict) => Object::Dictionary(self.dictionary(source, dict, copied)),
            Object::Stream(stream) => {
                let dict = self.dictionary(source, &stream.dict, copied);
                Object::Stream(Stream::new(dict, stream.content.clone()))
            }
            other => other.clone(),
        }
    }

    fn dictionary(
        &mut self,
        source: &Document,
        dict: &Dictionary,
        copied: &mut BTreeMap<ObjectId, Option<ObjectId>>,
    ) -> Dictionary {
        // Structure and pages do not come along.
        let left = |key: &[u8]| matches!(key, b"StructParent" | b"StructParents" | b"Parent" | b"Length");
        dict.iter()
            .filter(|(key, _)| !left(key))
            .map(|(key, value)| (key.clone(), self.object(source, value, copied)))
            .collect()
    }

    /// Adds an object, unless the same one is there.
    pub fn add(&mut self, object: Object) -> ObjectId {
        let mut sum = Sha256::new();
        digest(&object, &mut sum);
        let sum: Sum = sum.finalize().into();
        if let Some(id) = self.known.get(&sum) {
            return *id;
        }
        let id = self.doc.add_object(object);
        self.known.insert(sum, id);
        id
    }

    /// The number of a part of a page's content.
    fn block(&mut self, content: &[u8], part: Part, page: &Resources, media: [f64; 4], index: usize) -> usize {
        let bytes = content.get(part.range).unwrap_or_default();
        let used = part.used.into_iter().filter_map(|name| page.get(&name).map(|object| (name, object.clone())));
        let resources: Resources = used.collect();
        let bounds = part.matrix.and_then(|matrix| bounds(media, &matrix));
        let mut sum = Sha256::new();
        sum.update((bytes.len() as u64).to_be_bytes());
        sum.update(bytes);
        for ((category, name), object) in &resources {
            sum.update([category.as_slice(), b" ", name.as_slice(), b" "].concat());
            digest(object, &mut sum);
        }
        bounds.iter().flatten().for_each(|side| sum.update(side.to_be_bytes()));
        let sum: Sum = sum.finalize().into();
        let at = *self.by_sum.entry(sum).or_insert_with(|| {
            self.inks.look(self.doc, bytes, &resources, part.matrix.unwrap_or(Matrix::IDENTITY), index);
            self.blocks.push(Block { bytes: bytes.to_vec(), resources, bounds, pages: 0, last: usize::MAX });
            self.blocks.len() - 1
        });
        if let Some(block) = self.blocks.get_mut(at)
            && block.last != index
        {
            block.pages += 1;
            block.last = index;
        }
        at
    }

    /// Makes a form of each page, in the order in which they were taken.
    pub fn forms(&mut self) -> Vec<Form> {
        let pages = std::mem::take(&mut self.pages);
        let blocks = std::mem::take(&mut self.blocks);
        let mut shared: BTreeMap<Vec<usize>, ObjectId> = BTreeMap::new();
        let mut forms = Vec::new();
        for page in &pages {
            let (mut content, mut resources) = (Vec::new(), page.resources.clone());
            for run in runs(&page.blocks, &blocks) {
                let parts = || run.iter().filter_map(|at| blocks.get(*at));
                let bytes: Vec<u8> = parts().flat_map(|block| [block.bytes.as_slice(), b"\n"].concat()).collect();
                let bounds = parts().next().and_then(|block| block.bounds).filter(|_| {
                    parts().all(|block| block.pages > 1 && block.bounds.is_some()) && bytes.len() >= WORTH_A_FORM
                });
                let Some(bounds) = bounds else {
                    content.extend(bytes);
                    continue;
                };
                let id = *shared.entry(run.to_vec()).or_insert_with(|| {
                    let mut used = Resources::new();
                    parts().for_each(|block| used.extend(block.resources.clone()));
                    self.form(bounds, used, bytes)
                });
                let name = format!("Gr{}", id.0);
                content.extend(format!("/{name} Do\n").into_bytes());
                resources.insert((b"XObject".to_vec(), name.into_bytes()), id.into());
            }
            // What only shared parts use is theirs to name.
            let used = names(&content);
            resources.retain(|name, _| used.contains(name));
            let id = self.form(page.boxes.media, resources, content);
            forms.push(Form { id, boxes: page.boxes });
        }
        forms
    }

    fn form(&mut self, bounds: [f64; 4], resources: Resources, content: Vec<u8>) -> ObjectId {
        let mut dict = Dictionary::new();
        for ((category, name), object) in resources {
            if !dict.has(&category) {
                dict.set(category.clone(), Dictionary::new());
            }
            if let Ok(named) = dict.get_mut(&category).and_then(Object::as_dict_mut) {
                named.set(name, object);
            }
        }
        let bounds: Vec<Object> = bounds.iter().map(|side| Object::Real(*side as f32)).collect();
        let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds, "Resources" => dict };
        self.add(Object::Stream(Stream::new(form, content)))
    }
}

/// Neighbouring blocks that stand on the same number of pages.
fn runs<'a>(page: &'a [usize], blocks: &'a [Block]) -> impl Iterator<Item = &'a [usize]> {
    let kind = |at: &usize| blocks.get(*at).map(|block| (block.pages, block.bounds.map(|b| b.map(f64::to_bits))));
    page.chunk_by(move |a, b| kind(a) == kind(b))
}

/// A part of a content stream.
struct Part {
    range: Range<usize>,
    used: BTreeSet<(Vec<u8>, Vec<u8>)>,
    /// What stands between `q` and `Q`: the matrix that holds there.
    matrix: Option<Matrix>,
}

/// Cuts a content stream where nothing is open.
fn parts(content: &[u8]) -> Vec<Part> {
    let mut scanner = Scanner::new(content);
    let mut parts = Vec::new();
    let (mut depth, mut start, mut end) = (0usize, 0, 0);
    let mut matrix = Matrix::IDENTITY;
    let mut used = BTreeSet::new();
    // A text or a marked content may be open as well.
    let mut open = 0usize;
    while let Some((name, span)) = scanner.next() {
        match name {
            b"q" if depth == 0 && open == 0 => {
                if start < span.start {
                    let used = std::mem::take(&mut used);
                    parts.push(Part { range: start..span.start, used, matrix: None });
                }
                start = span.start;
                depth = 1;
            }
            b"q" => depth += 1,
            b"Q" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && open == 0 {
                    let used = std::mem::take(&mut used);
                    parts.push(Part { range: start..span.end, used, matrix: Some(matrix) });
                    start = span.end;
                }
            }
            b"BT" if depth == 0 => open += 1,
            b"ET" if depth == 0 => open = open.saturating_sub(1),
            b"cm" if depth == 0 => {
                if let Some(inner) = scanner.numbers() {
                    matrix = matrix.then_inside(Matrix(inner));
                }
            }
            _ => {}
        }
        used.extend(resource(name, &scanner));
        end = span.end;
    }
    if start < end {
        parts.push(Part { range: start..end, used, matrix: None });
    }
    parts
}

/// The resources that a content names.
fn names(content: &[u8]) -> BTreeSet<(Vec<u8>, Vec<u8>)> {
    let mut scanner = Scanner::new(content);
    let mut names = BTreeSet::new();
    while let Some((name, _)) = scanner.next() {
        names.extend(resource(name, &scanner));
    }
    names
}

/// The resource that an operator names, if it does.
fn resource(operator: &[u8], scanner: &Scanner<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (category, name): (&[u8], _) = match operator {
        b"Tf" => (b"Font", scanner.name(0)),
        b"gs" => (b"ExtGState", scanner.name(0)),
        b"cs" | b"CS" => (b"ColorSpace", scanner.name(0)),
        b"scn" | b"SCN" => (b"Pattern", scanner.operands.len().checked_sub(1).and_then(|last| scanner.name(last))),
        b"Do" => (b"XObject", scanner.name(0)),
        b"sh" => (b"Shading", scanner.name(0)),
        b"BDC" | b"DP" => (b"Properties", scanner.name(1)),
        _ => return None,
    };
    Some((category.to_vec(), name?.to_vec()))
}

/// The page's area as it is seen through a matrix.
fn bounds(media: [f64; 4], matrix: &Matrix) -> Option<[f64; 4]> {
    let back = matrix.inverse()?;
    let [l, b, r, t] = media;
    let corners = [(l, b), (r, b), (r, t), (l, t)].map(|corner| back.apply(corner));
    let least = |f: fn(&(f64, f64)) -> f64| corners.iter().map(f).fold(f64::INFINITY, f64::min);
    let most = |f: fn(&(f64, f64)) -> f64| corners.iter().map(f).fold(f64::NEG_INFINITY, f64::max);
    Some([least(|c| c.0), least(|c| c.1), most(|c| c.0), most(|c| c.1)])
}

/// The sum of an object's content, whatever its number.
pub fn digest(object: &Object, sum: &mut Sha256) {
    let mut tagged = |tag: u8, bytes: &[u8]| {
        sum.update([tag]);
        sum.update((bytes.len() as u64).to_be_bytes());
        sum.update(bytes);
    };
    match object {
        Object::Null => tagged(0, b""),
        Object::Boolean(b) => tagged(1, &[u8::from(*b)]),
        Object::Integer(n) => tagged(2, &n.to_be_bytes()),
        Object::Real(n) => tagged(3, &n.to_be_bytes()),
        Object::Name(name) => tagged(4, name),
        Object::String(text, _) => tagged(5, text),
        Object::Reference((id, generation)) => tagged(6, &[&id.to_be_bytes()[..], &generation.to_be_bytes()].concat()),
        Object::Array(items) => {
            tagged(7, &(items.len() as u64).to_be_bytes());
            items.iter().for_each(|item| digest(item, sum));
        }
        Object::Dictionary(dict) => digest_dictionary(dict, sum),
        Object::Stream(stream) => {
            tagged(8, &stream.content);
            digest_dictionary(&stream.dict, sum);
        }
    }
}

fn digest_dictionary(dict: &Dictionary, sum: &mut Sha256) {
    sum.update([9]);
    sum.update((dict.len() as u64).to_be_bytes());
    for (key, value) in dict {
        digest(&Object::Name(key.clone()), sum);
        digest(value, sum);
    }
}
