//! Writes a file of sheets: imported pages, marks, and the structure that PDF/X-4 requires (ISO 15930-7).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary, text_string};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::draw::{self, PageFormRef, Slug};
use super::identity::{FileIdentity, SheetSelection};
use super::imposition::{Imposition, Rect, SheetSide};
use super::inks::Inks;
use super::processing_step::{CREASE, CUT, DieLines, ProcessingStep};
use super::profile::Profile;
use super::text_line::{LabelFonts, MM_PER_POINT, to_points};
use crate::diagnostic::{BUG_HELP, Diagnostic, Problems, code, count};
use crate::pdf::fonts::{FontUse, list_fonts};
use crate::pdf::import::{ComposedPage, NamedResources, PageBoxes, PageForm, PageImporter};
use crate::pdf::objects::{format_date, hash_object};
use crate::pdf::xmp::PrintMetadata;
use crate::results::Date;
use crate::typeset::PROGRAM;

/// A side for which a slug line is needed.
pub struct SlugRequest<'a> {
    /// Index of the imposition.
    pub imposition: usize,
    pub side: &'a SheetSide,
    /// The number of the sheet in the file, from 1.
    pub sheet: usize,
    /// Number of sheets in the file.
    pub total: usize,
}

/// Returns the parts of the slug line, the most important first.
pub type SlugParts<'a> = dyn Fn(&SlugRequest<'_>) -> Result<Vec<String>, Diagnostic> + 'a;

/// Draws the pages before the sheets with printpdf. Parameter: names of the plates of the file, process inks first.
pub type DrawLeadingPages<'a> = dyn Fn(&[String]) -> Result<Vec<PdfPage>, Diagnostic> + 'a;

/// The contents of a file of sheets.
pub struct SheetFile<'a> {
    pub title: &'a str,
    pub file_name: &'a str,
    /// What the bar codes of the sheets name.
    pub identity: Option<&'a FileIdentity>,
    pub date: Date,
    /// The pages to place. Impositions number them consecutively across all documents.
    pub pages: &'a [(&'a Document, Vec<ObjectId>)],
    pub impositions: &'a [Imposition],
    pub fonts: &'a LabelFonts,
    pub profile: &'a Profile,
    pub slug_parts: &'a SlugParts<'a>,
    pub draw_leading_pages: &'a DrawLeadingPages<'a>,
    /// Whether the sheets have lines for a machine that cuts and creases.
    pub has_die_lines: bool,
    /// The sheets that the file has; `None`: all. A sheet has the same bytes as in the file of all sheets.
    pub only_sheets: Option<&'a SheetSelection>,
}

pub struct FinishedSheets {
    pub pdf: Vec<u8>,
    /// Number of pages of the file.
    pub sides: usize,
    pub inks: Inks,
    pub fonts: Vec<FontUse>,
    pub warnings: Problems,
}

/// The parts of a page that printpdf does not write: its boxes, in millimetres, and its forms by resource name.
struct SheetPage {
    /// The number of the sheet; `None` for a page before the sheets.
    sheet: Option<usize>,
    media: Rect,
    trim: Rect,
    bleed: Rect,
    forms: Vec<(String, ObjectId)>,
}

impl SheetFile<'_> {
    /// Returns the finished PDF.
    pub fn build(&self) -> Result<FinishedSheets, Problems> {
        self.build_pdf().map_err(Problems::from)
    }

    fn build_pdf(&self) -> Result<FinishedSheets, Diagnostic> {
        let mut document = Document::with_version("1.6");
        let mut importer = PageImporter::new(&mut document, Inks::default());
        for (source, pages) in self.pages {
            importer.import_pages(source, pages).map_err(|error| {
                Diagnostic::error(code::CRASH, format!("cannot read a print page: {error}")).help(BUG_HELP)
            })?;
        }
        let forms = importer.take_forms();
        let plates = importer.visitor.plates();
        let (drawn, sheet_pages, omitted) = self.draw(&forms, &plates)?;
        let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
        let drawn = drawn.to_lopdf_document(&options, &mut Vec::new());
        let mut shared = add_separations(&mut importer);
        let layer_name = text_string(draw::MARKS_LAYER);
        let layer = importer.document.add_object(dictionary! { "Type" => "OCG", "Name" => layer_name });
        shared.insert((b"Properties".to_vec(), draw::MARKS_LAYER.into()), layer.into());
        if self.has_die_lines {
            let has_folds = self.impositions.iter().any(|imposition| !imposition.folds.is_empty());
            shared.extend(add_die_lines(&mut importer, has_folds));
        }
        let page_tree = importer.document.new_object_id();
        // Taken before the marks are added, so that only the inks of the pages count.
        let inks = std::mem::take(&mut importer.visitor);
        // Sheets go through the importer, too, so that content they share is written once.
        let mut copied = BTreeMap::new();
        for (page, sheet_page) in drawn.page_iter().zip(&sheet_pages) {
            let mut resources = shared.clone();
            let fonts = drawn.get_dictionary(page).and_then(|page| page.get_deref(b"Resources", &drawn)?.as_dict());
            let fonts = fonts.and_then(|resources| resources.get_deref(b"Font", &drawn)?.as_dict());
            for (name, font) in fonts.into_iter().flatten() {
                let font = importer.copy_object(&drawn, font, &mut copied);
                resources.insert((b"Font".to_vec(), name.clone()), font);
            }
            for (name, id) in &sheet_page.forms {
                resources.insert((b"XObject".to_vec(), name.clone().into_bytes()), (*id).into());
            }
            let [media, trim] = [&sheet_page.media, &sheet_page.trim].map(in_points);
            importer.add_page(&drawn.get_page_content(page), resources, PageBoxes { media, trim });
        }
        let mut kids = Vec::new();
        let is_selected = |page: &SheetPage| match self.only_sheets {
            None => true,
            Some(selection) => page.sheet.is_some_and(|sheet| selection.contains(sheet)),
        };
        let composed = importer.take_pages().into_iter().zip(&sheet_pages);
        for (ComposedPage { content, resources, .. }, page) in composed.filter(|(_, page)| is_selected(page)) {
            let content = importer.document.add_object(Stream::new(Dictionary::new(), content));
            kids.push(Object::from(importer.document.add_object(dictionary! {
                "Type" => "Page", "Parent" => page_tree, "Resources" => resources, "Contents" => content,
                "MediaBox" => to_box(&page.media), "BleedBox" => to_box(&page.bleed), "TrimBox" => to_box(&page.trim),
            })));
        }
        let sides = kids.len();
        document.objects.insert(
            page_tree,
            dictionary! { "Type" => "Pages", "Count" => sides as i64, "Kids" => Object::Array(kids) }.into(),
        );
        self.add_structure(&mut document, page_tree);
        if self.only_sheets.is_some() {
            document.prune_objects();
        }
        let fonts = list_fonts(&document);
        let pdf = save(document)?;
        let mut warnings = Problems::new();
        if omitted > 0 {
            let (name, omitted) = (self.file_name, count(omitted, "part"));
            let message = format!("the slug line of `{name}` does not fit: up to {omitted} omitted");
            warnings.push(Diagnostic::warning(code::SLUG, message).help("choose a larger sheet with --sheet"));
        }
        Ok(FinishedSheets { pdf, sides, inks, fonts, warnings })
    }

    /// Draws the cover and the sheets. Also returns the largest number of parts omitted from a slug line.
    fn draw(&self, forms: &[PageForm], plates: &[String]) -> Result<(PdfDocument, Vec<SheetPage>, usize), Diagnostic> {
        let to_source = |(index, form): (usize, &PageForm)| PageFormRef {
            name: format!("Page{}", index + 1),
            trim: form.boxes.trim,
        };
        let sources: Vec<PageFormRef> = forms.iter().enumerate().map(to_source).collect();
        let (mut pages, mut sheet_pages, mut omitted) = (Vec::new(), Vec::new(), 0);
        for page in (self.draw_leading_pages)(plates)? {
            let (width, height) = (page.media_box.width.0, page.media_box.height.0);
            let right = f64::from(width) * MM_PER_POINT;
            let media = Rect { left: 0.0, bottom: 0.0, right, top: f64::from(height) * MM_PER_POINT };
            sheet_pages.push(SheetPage { sheet: None, media, trim: media, bleed: media, forms: Vec::new() });
            pages.push(page);
        }
        let total: usize = self.impositions.iter().map(Imposition::sheet_count).sum();
        let mut sheets_before = 0;
        for (index, imposition) in self.impositions.iter().enumerate() {
            let (width, height) = (imposition.sheet.width, imposition.sheet.height);
            for side in &imposition.sides {
                let sheet = sheets_before + side.sheet + 1;
                let parts = (self.slug_parts)(&SlugRequest { imposition: index, side, sheet, total })?;
                let code = self.identity.map(|identity| identity.code(sheet, side.face));
                let slug = Slug { parts: &parts, plates, code: code.as_deref() };
                let (mut ops, omitted_here) = draw::draw_side(imposition, side, &sources, &slug, self.fonts)?;
                if self.has_die_lines {
                    draw::draw_die_lines(&mut ops, &DieLines::new(imposition, side));
                }
                omitted = omitted.max(omitted_here);
                pages.push(PdfPage::new(Mm(width as f32), Mm(height as f32), ops));
                let placed = side.placed.iter();
                let placed = placed.filter_map(|placed| {
                    Some((sources.get(placed.page_index)?.name.clone(), forms.get(placed.page_index)?.id))
                });
                sheet_pages.push(SheetPage {
                    sheet: Some(sheet),
                    media: Rect { left: 0.0, bottom: 0.0, right: width, top: height },
                    trim: imposition.block,
                    bleed: imposition.bleed_box(),
                    forms: placed.collect(),
                });
            }
            sheets_before += imposition.sheet_count();
        }
        let drawn = PdfDocument { resources: self.fonts.resources(&pages)?, pages, ..PdfDocument::new("") };
        Ok((drawn, sheet_pages, omitted))
    }

    /// Adds catalog, output intent, metadata and identifiers.
    fn add_structure(&self, document: &mut Document, page_tree: ObjectId) {
        let profile = document.add_object(Stream::new(dictionary! { "N" => 4 }, self.profile.bytes.clone()));
        let mut intent = dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFX", "DestOutputProfile" => profile,
            "OutputConditionIdentifier" => text_string(self.profile.condition.map_or("Custom", |condition| condition.registered_name)),
            "Info" => text_string(&self.profile.name),
        };
        if self.profile.condition.is_some() {
            intent.set("RegistryName", text_string("http://www.color.org"));
        }
        let day = (self.date.year, self.date.month.unwrap_or(1), self.date.day.unwrap_or(1));
        let date = format_date(day);
        let info = document.add_object(dictionary! {
            "Title" => text_string(self.title), "Creator" => text_string(PROGRAM), "Producer" => text_string(PROGRAM),
            "CreationDate" => text_string(&date), "ModDate" => text_string(&date),
            "Trapped" => "False", "GTS_PDFXVersion" => text_string("PDF/X-4"),
        });
        // The identifiers are hashes of the content, so that identical sheets give identical files.
        let mut hash = Sha256::new();
        for (id, object) in &document.objects {
            hash.update(id.0.to_be_bytes());
            hash_object(object, &mut hash);
        }
        let hash: [u8; 32] = hash.finalize().into();
        let (file_id, document_id) = hash.split_at(16);
        let file_id = Object::String(file_id.to_vec(), StringFormat::Hexadecimal);
        let id = document_id.try_into().unwrap_or_default();
        let xmp = PrintMetadata { title: self.title, program: PROGRAM, date: day, id }.to_xmp();
        let metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp.into_bytes());
        let metadata = document.add_object(metadata.with_compression(false));
        let is_layer = |(_, object): &(&ObjectId, &Object)| object.as_dict().is_ok_and(|dict| dict.has_type(b"OCG"));
        let layers = document.objects.iter().filter(is_layer).map(|(id, _)| Object::from(*id));
        let layers = Object::Array(layers.collect());
        let catalog = document.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => page_tree, "Metadata" => metadata,
            "OutputIntents" => vec![Object::Dictionary(intent)],
            "OCProperties" => dictionary! {
                "OCGs" => layers.clone(),
                "D" => dictionary! { "Name" => text_string("Sheet"), "Order" => layers.clone(), "ON" => layers },
            },
        });
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        document.trailer.set("ID", vec![file_id.clone(), file_id]);
    }
}

/// Adds the colour spaces of the marks: one that prints on all plates, and each separation of the pages.
fn add_separations(importer: &mut PageImporter<'_, Inks>) -> NamedResources {
    let function = dictionary! {
        "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![Object::Integer(0); 4], "C1" => vec![Object::Integer(1); 4],
    };
    let all: Vec<Object> = vec!["Separation".into(), draw::ALL_PLATES.into(), "DeviceCMYK".into(), function.into()];
    let all = importer.add_object(all.into());
    let resource_name = |name: String| (b"ColorSpace".to_vec(), name.into_bytes());
    let spots = importer.visitor.spots.values().enumerate();
    let spots = spots.map(|(index, space)| (resource_name(draw::spot_resource_name(index)), space.clone()));
    spots.chain([(resource_name(draw::ALL_PLATES.to_owned()), all.into())]).collect()
}

/// Adds what lines for machines need: their separations, which no ink prints, their layers, and overprint.
fn add_die_lines(importer: &mut PageImporter<'_, Inks>, has_folds: bool) -> NamedResources {
    let mut resources = NamedResources::new();
    // On screen, cuts are magenta and creases cyan.
    let lines = [(ProcessingStep::Cutting, CUT, [0, 1, 0, 0]), (ProcessingStep::Creasing, CREASE, [1, 0, 0, 0])];
    for (step, name, colour) in lines.into_iter().take(if has_folds { 2 } else { 1 }) {
        let function = dictionary! {
            "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
            "C0" => vec![Object::Integer(0); 4], "C1" => colour.map(Object::Integer).to_vec(),
        };
        let space: Vec<Object> = vec!["Separation".into(), name.into(), "DeviceCMYK".into(), function.into()];
        resources.insert((b"ColorSpace".to_vec(), name.into()), importer.add_object(space.into()).into());
        let layer = importer.add_object(step.layer(name).into());
        resources.insert((b"Properties".to_vec(), name.into()), layer.into());
    }
    let overprint = dictionary! { "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1 };
    resources.insert((b"ExtGState".to_vec(), draw::OVERPRINT.into()), overprint.into());
    resources
}

fn save(mut document: Document) -> Result<Vec<u8>, Diagnostic> {
    document.compress();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(9);
    let mut pdf = Vec::new();
    document
        .save_with_options(&mut pdf, options.build())
        .map_err(|error| Diagnostic::error(code::CRASH, format!("cannot write the sheets: {error}")).help(BUG_HELP))?;
    pdf.push(b'\n');
    Ok(pdf)
}

/// Converts a rectangle in millimetres to `[left, bottom, right, top]` in points.
fn in_points(rect: &Rect) -> [f64; 4] {
    [rect.left, rect.bottom, rect.right, rect.top].map(to_points)
}

/// Converts a rectangle in millimetres to a page box.
fn to_box(rect: &Rect) -> Object {
    Object::Array(in_points(rect).iter().map(|side| Object::Real(*side as f32)).collect())
}
