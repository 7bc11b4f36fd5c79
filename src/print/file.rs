//! A file of sheets: pages grafted, marks drawn, and what PDF/X-4 (ISO 15930-7) asks of the structure around them.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::colour::Inks;
use super::draw::{self, Slug, Source};
use super::graft::{Boxes, Graft, Resources};
use super::plan::{Face, Plan, Rect, Side};
use super::profile::Profile;
use super::text::{Faces, POINT, units};
use crate::diagnostic::{Diagnostic, code};
use crate::results::Date;

/// What goes into a file.
pub struct Book<'a> {
    pub title: &'a str,
    /// Of the file.
    pub name: &'a str,
    pub date: Date,
    /// Pages of documents, counted on from one document to the next.
    pub art: &'a [(&'a Document, Vec<ObjectId>)],
    pub plans: &'a [Plan],
    pub faces: &'a Faces,
    pub profile: &'a Profile,
    /// The parts of a side's slug line, the most important first, of a plan: which sheet of how many.
    pub slug: &'a dyn Fn(usize, &Side, usize, usize) -> Vec<String>,
    /// Pages in front of the sheets, as printpdf's.
    pub cover: Vec<PdfPage>,
}

pub struct Bound {
    pub pdf: Vec<u8>,
    /// Pages of the file.
    pub sides: usize,
    pub inks: Inks,
    pub warnings: Vec<Diagnostic>,
}

/// A page of the file beside what printpdf writes of it.
struct Around {
    media: Rect,
    trim: Rect,
    bleed: Rect,
    /// Forms that it shows.
    forms: Vec<(String, ObjectId)>,
}

impl Book<'_> {
    pub fn bind(&self) -> Result<Bound, Vec<Diagnostic>> {
        self.put_together().map_err(|problem| vec![problem])
    }

    fn put_together(&self) -> Result<Bound, Diagnostic> {
        let broken = |error: lopdf::Error| {
            Diagnostic::error(code::BREAKDOWN, format!("a press page cannot be read: {error}"))
                .help("this is a fault of the program: please report it with the project's files")
        };
        let mut doc = Document::with_version("1.6");
        let mut graft = Graft::new(&mut doc, Inks::default());
        for (document, pages) in self.art {
            graft.take(document, pages).map_err(broken)?;
        }
        let forms = graft.forms();
        let plates = graft.inks.plates();
        let source = |(index, form): (usize, &super::graft::Form)| Source {
            name: format!("Page{}", index + 1),
            trim: form.boxes.trim,
        };
        let sources: Vec<Source> = forms.iter().enumerate().map(source).collect();

        let (mut sheet_pages, mut around, mut left_out) = (Vec::new(), Vec::new(), 0);
        for page in &self.cover {
            let (width, height) = (page.media_box.width.0, page.media_box.height.0);
            let right = f64::from(width) * POINT;
            let media = Rect { left: 0.0, bottom: 0.0, right, top: f64::from(height) * POINT };
            around.push(Around { media, trim: media, bleed: media, forms: Vec::new() });
            sheet_pages.push(page.clone());
        }
        let count = |plan: &Plan| plan.sides.iter().filter(|side| side.face != Face::Back).count();
        let total: usize = self.plans.iter().map(count).sum();
        let mut before = 0;
        for (number, plan) in self.plans.iter().enumerate() {
            let (width, height) = (plan.sheet.width, plan.sheet.height);
            for side in &plan.sides {
                let parts = (self.slug)(number, side, before + side.sheet + 1, total);
                let slug = Slug { parts: &parts, plates: &plates };
                let (ops, left) = draw::side(plan, side, &sources, &slug, self.faces)?;
                left_out = left_out.max(left);
                sheet_pages.push(PdfPage::new(Mm(width as f32), Mm(height as f32), ops));
                let shown = side
                    .placed
                    .iter()
                    .filter_map(|placed| Some((sources.get(placed.page)?.name.clone(), forms.get(placed.page)?.id)));
                around.push(Around {
                    media: Rect { left: 0.0, bottom: 0.0, right: width, top: height },
                    trim: plan.trim,
                    bleed: plan.bleed_box(),
                    forms: shown.collect(),
                });
            }
            before += count(plan);
        }
        let drawn = PdfDocument { resources: self.faces.resources(), pages: sheet_pages, ..PdfDocument::new("") };
        // Operators that printpdf does not know are ours: pages, separations.
        let options = PdfSaveOptions { optimize: false, subset_fonts: true, secure: false, image_optimization: None };
        let drawn = drawn.to_lopdf_document(&options, &mut Vec::new());
        let spaces = separations(&mut graft);
        let layer = graft.doc.add_object(dictionary! { "Type" => "OCG", "Name" => text(draw::LAYER) });
        let tree = graft.doc.new_object_id();
        // What stands on every sheet alike is drawn once, too.
        let inks = std::mem::take(&mut graft.inks);
        let mut copied = BTreeMap::new();
        for (page, around) in drawn.page_iter().zip(&around) {
            let mut resources: Resources = spaces.clone();
            let fonts = drawn.get_dictionary(page).and_then(|page| page.get_deref(b"Resources", &drawn)?.as_dict());
            let fonts = fonts.and_then(|resources| resources.get_deref(b"Font", &drawn)?.as_dict());
            for (name, font) in fonts.into_iter().flatten() {
                let font = graft.object(&drawn, font, &mut copied);
                resources.insert((b"Font".to_vec(), name.clone()), font);
            }
            for (name, id) in &around.forms {
                resources.insert((b"XObject".to_vec(), name.clone().into_bytes()), (*id).into());
            }
            resources.insert((b"Properties".to_vec(), draw::LAYER.into()), layer.into());
            let [media, trim] = [&around.media, &around.trim].map(|r| [r.left, r.bottom, r.right, r.top].map(units));
            graft.take_content(&drawn.get_page_content(page), resources, Boxes { media, trim });
        }
        let mut kids = Vec::new();
        for ((content, resources, _), around) in graft.composed().into_iter().zip(&around) {
            let content = graft.doc.add_object(Stream::new(Dictionary::new(), content));
            kids.push(Object::from(graft.doc.add_object(dictionary! {
                "Type" => "Page", "Parent" => tree, "Resources" => resources, "Contents" => content,
                "MediaBox" => area(&around.media), "BleedBox" => area(&around.bleed), "TrimBox" => area(&around.trim),
            })));
        }
        let sides = kids.len();
        doc.objects.insert(
            tree,
            dictionary! { "Type" => "Pages", "Count" => sides as i64, "Kids" => Object::Array(kids) }.into(),
        );
        self.around(&mut doc, tree, layer);
        doc.compress();
        let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(9);
        let mut pdf = Vec::new();
        doc.save_with_options(&mut pdf, options.build())
            .map_err(|error| Diagnostic::error(code::BREAKDOWN, format!("the sheets cannot be written: {error}")))?;
        pdf.push(b'\n');
        let mut warnings = Vec::new();
        if left_out > 0 {
            warnings.push(
                Diagnostic::warning(
                    code::SLUG,
                    format!("{left_out} parts of the slug line of `{}` have no room", self.name),
                )
                .help("take a larger sheet with --sheet"),
            );
        }
        Ok(Bound { pdf, sides, inks, warnings })
    }

    /// Catalogue, output intent, metadata and identifiers.
    fn around(&self, doc: &mut Document, tree: ObjectId, layer: ObjectId) {
        let profile = doc.add_object(Stream::new(dictionary! { "N" => 4 }, self.profile.bytes.clone()));
        let mut intent = dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFX", "DestOutputProfile" => profile,
            "OutputConditionIdentifier" => text(self.profile.registered.unwrap_or("Custom")),
            "Info" => text(&self.profile.name),
        };
        if self.profile.registered.is_some() {
            intent.set("RegistryName", text("http://www.color.org"));
        }
        let date = pdf_date(self.date);
        let creator = concat!("gen-report ", env!("CARGO_PKG_VERSION"));
        let info = doc.add_object(dictionary! {
            "Title" => text(self.title), "Creator" => text(creator), "Producer" => text(creator),
            "CreationDate" => text(&date), "ModDate" => text(&date),
            "Trapped" => "False", "GTS_PDFXVersion" => text("PDF/X-4"),
        });
        // The identifiers are sums of the content, so that the same sheets are the same file.
        let mut sum = Sha256::new();
        for (id, object) in &doc.objects {
            sum.update(id.0.to_be_bytes());
            super::graft::digest(object, &mut sum);
        }
        let sum: [u8; 32] = sum.finalize().into();
        let id = Object::String(sum[..16].to_vec(), StringFormat::Hexadecimal);
        let packet = xmp(self.title, creator, self.date, &uuid(&sum));
        let metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes());
        let metadata = doc.add_object(metadata.with_compression(false));
        let layers = Object::Array(vec![layer.into()]);
        let catalogue = doc.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => tree, "Metadata" => metadata,
            "OutputIntents" => vec![Object::Dictionary(intent)],
            "OCProperties" => dictionary! {
                "OCGs" => layers.clone(),
                "D" => dictionary! { "Name" => text("Sheet"), "Order" => layers.clone(), "ON" => layers },
            },
        });
        doc.trailer.set("Root", catalogue);
        doc.trailer.set("Info", info);
        doc.trailer.set("ID", vec![id.clone(), id]);
    }
}

/// The colour spaces of marks: all plates at once, and each plate that the pages have beside the process inks.
fn separations(graft: &mut Graft<'_>) -> Resources {
    let function = dictionary! {
        "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![Object::Integer(0); 4], "C1" => vec![Object::Integer(1); 4],
    };
    let all: Vec<Object> = vec!["Separation".into(), draw::ALL.into(), "DeviceCMYK".into(), function.into()];
    let all = graft.add(all.into());
    let space = |name: String| (b"ColorSpace".to_vec(), name.into_bytes());
    let spots = graft.inks.spots.values().enumerate();
    let spots = spots.map(|(index, object)| (space(draw::spot_name(index)), object.clone()));
    spots.chain([(space(draw::ALL.to_owned()), all.into())]).collect()
}

/// A rectangle in points: left, bottom, right, top.
fn area(rect: &Rect) -> Object {
    let side = |mm: &f64| Object::Real(units(*mm) as f32);
    Object::Array([rect.left, rect.bottom, rect.right, rect.top].iter().map(side).collect())
}

/// A text string (ISO 32000-1, 7.9.2.2): ASCII, or UTF-16 with its mark.
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn pdf_date(date: Date) -> String {
    format!("D:{:04}{:02}{:02}000000Z", date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

fn uuid(sum: &[u8; 32]) -> String {
    let hex: String = sum[16..].iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    format!("uuid:{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

fn xmp(title: &str, creator: &str, date: Date, id: &str) -> String {
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let day = format!("{:04}-{:02}-{:02}T00:00:00Z", date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{escaped}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:format>application/pdf</dc:format>\n\
         <xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate>\
         <xmp:ModifyDate>{day}</xmp:ModifyDate><xmp:MetadataDate>{day}</xmp:MetadataDate>\n\
         <pdf:Producer>{creator}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>\n\
         <xmpMM:DocumentID>{id}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>\
         <xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n\
         <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}
