//! The ticket as XJDF 2.1, the exchange format of print shops (cip4.org): the facts of `ticket.json` that it has a place for.
//!
//! Lengths are in points. The order of elements and the types of attributes are those of the schema
//! `http://www.CIP4.org/JDFSchema_2_0`.

use std::fmt::Write;

use super::{Ticket, TicketFile, TicketPart};
use crate::pdf::objects::format_number;
use crate::pdf::xmp::escape;
use crate::print::imposition::{Duplex, Layout, Rect};
use crate::print::inks::PROCESS;
use crate::print::processing_step::{CREASE, CUT, ProcessingStep};
use crate::print::text_line::to_points;

/// An element: name, attributes, children.
struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
}

impl Element {
    fn new(name: &'static str, attributes: &[(&'static str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { name, attributes, children: Vec::new() }
    }

    fn with(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    fn with_optional(mut self, name: &'static str, value: Option<String>) -> Self {
        self.attributes.extend(value.map(|value| (name, value)));
        self
    }

    fn write(&self, depth: usize, out: &mut String) {
        let (indent, name) = ("  ".repeat(depth), self.name);
        let _ = write!(out, "{indent}<{name}");
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escape(value));
        }
        if self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push_str(">\n");
        self.children.iter().for_each(|child| child.write(depth + 1, out));
        let _ = writeln!(out, "{indent}</{name}>");
    }
}

impl Ticket {
    /// Returns the ticket as XJDF.
    pub fn xjdf(&self) -> String {
        // Sheets of one part have one name; the parts are numbered through all files.
        let parts: Vec<(String, &TicketFile, &TicketPart)> = self
            .files
            .iter()
            .flat_map(|file| file.parts.iter().map(move |part| (file, part)))
            .enumerate()
            .map(|(index, (file, part))| (format!("S{}", index + 1), file, part))
            .collect();
        let identity = self.files.first().map_or("", |file| file.identity.0.as_str());
        let job_id = to_token(self.order.job_number.as_deref().unwrap_or(identity));
        let time = format!("{}T00:00:00Z", self.date);
        let program = env!("CARGO_PKG_NAME");
        let header = [
            ("AgentName", program),
            ("AgentVersion", env!("CARGO_PKG_VERSION")),
            ("DeviceID", program),
            ("Time", &time),
        ];
        let created = Element::new("AuditCreated", &[]).with([Element::new("Header", &header)]);
        let types = self.process_types();
        let attributes = [
            ("xmlns", "http://www.CIP4.org/JDFSchema_2_0"),
            ("Version", "2.1"),
            ("JobID", &job_id),
            ("Types", &types),
            ("DescriptiveName", &self.title),
        ];
        let root = Element::new("XJDF", &attributes)
            .with([Element::new("AuditPool", &[]).with([created])])
            .with([Element::new("ProductList", &[]).with(parts.iter().map(product))])
            .with(self.order_sets())
            .with(self.sheet_sets(&parts));
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        root.write(0, &mut out);
        out
    }

    /// Returns the names of the processes, in the order of work.
    fn process_types(&self) -> String {
        let has_step = |step| {
            let plates = self.files.iter().flat_map(|file| &file.plates);
            plates.into_iter().any(|plate| ProcessingStep::of_separation(plate) == Some(step))
        };
        let is_booklet = self.files.iter().flat_map(|file| &file.parts).any(|part| part.layout == Layout::Booklet);
        let is_stamped = has_step(ProcessingStep::FoilStamping) || has_step(ProcessingStep::Embossing);
        let types = [
            ("ConventionalPrinting", true),
            ("Varnishing", has_step(ProcessingStep::Varnish)),
            ("Embossing", is_stamped),
            ("Cutting", true),
            ("Folding", is_booklet),
            ("Stitching", is_booklet),
        ];
        types.iter().filter(|(_, is_needed)| *is_needed).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }

    fn order_sets(&self) -> [Element; 2] {
        let customer = Element::new("CustomerInfo", &[("CustomerJobName", &self.title)])
            .with_optional("CustomerOrderID", self.order.job_number.clone());
        let customer = Element::new("Resource", &[]).with([customer]);
        let node = Element::new("Resource", &[]).with([Element::new("NodeInfo", &[("Status", "Waiting")])]);
        [input_set("CustomerInfo", [customer]), input_set("NodeInfo", [node])]
    }

    /// Returns the sets of paper, sheets, files, colours and finishing.
    fn sheet_sets(&self, parts: &[(String, &TicketFile, &TicketPart)]) -> Vec<Element> {
        let paper = |(name, _, part): &(String, &TicketFile, &TicketPart)| {
            let size = size_of(part.sheet.width, part.sheet.height);
            let media = Element::new("Media", &[("Dimension", &size), ("MediaType", "Paper"), ("MediaUnit", "Sheet")])
                .with_optional("MediaQuality", self.order.paper.clone())
                .with_optional("Weight", self.order.weight.map(|weight| weight.to_string()));
            Element::new("Resource", &[("ID", &paper_id(name))]).with([sheet_part(name), media])
        };
        let layout = |(name, _, part): &(String, &TicketFile, &TicketPart)| {
            let style = match part.duplex {
                None => "Simplex",
                Some(Duplex::Sheetwise) => "WorkAndBack",
                Some(Duplex::WorkAndTurn) => "WorkAndTurn",
                Some(Duplex::WorkAndTumble) => "WorkAndTumble",
            };
            let contents = format!("0 0 {}", size_of(part.sheet.width, part.sheet.height));
            let attributes = [("PaperRef", &*paper_id(name)), ("SurfaceContentsBox", &contents), ("WorkStyle", style)];
            let positions = part.placed.iter().map(|(trim, is_upside_down)| {
                let orientation = if *is_upside_down { "Rotate180" } else { "Rotate0" };
                Element::new("Position", &[("AbsoluteBox", &box_of(trim)), ("Orientation", orientation)])
            });
            Element::new("Resource", &[]).with([sheet_part(name), Element::new("Layout", &attributes).with(positions)])
        };
        let run = |file: &TicketFile| {
            let names = parts.iter().filter(|(_, other, _)| other.name == file.name).map(|(name, ..)| sheet_part(name));
            let hash = Element::new("GeneralID", &[("IDUsage", "SHA-256"), ("IDValue", &file.sha256)]);
            let spec = Element::new("FileSpec", &[("MimeType", "application/pdf"), ("URL", &to_url(&file.name))]);
            Element::new("Resource", &[]).with([hash]).with(names).with([Element::new("RunList", &[]).with([spec])])
        };
        let colorants = |file: &TicketFile| {
            let names = parts.iter().filter(|(_, other, _)| other.name == file.name).map(|(name, ..)| sheet_part(name));
            let control = Element::new("ColorantControl", &[("ProcessColorModel", "DeviceCMYK")])
                .with_optional("ColorantOrder", to_tokens(&file.plates));
            Element::new("Resource", &[]).with(names).with([control])
        };
        let cutting = |(name, _, part): &(String, &TicketFile, &TicketPart)| {
            let block = |(index, piece): (usize, &Rect)| {
                Element::new("CutBlock", &[("BlockName", &format!("{name}-{}", index + 1)), ("Box", &box_of(piece))])
            };
            let params = Element::new("CuttingParams", &[]).with(part.pieces.iter().enumerate().map(block));
            Element::new("Resource", &[]).with([sheet_part(name), params])
        };
        let sheets = |(name, _, part): &(String, &TicketFile, &TicketPart)| {
            let amount = Element::new("PartAmount", &[("Amount", &part.print_count.to_string())]);
            let amount = Element::new("AmountPool", &[]).with([amount]);
            let component = Element::new("Component", &[("MediaRef", &*paper_id(name))]);
            Element::new("Resource", &[]).with([amount, sheet_part(name), component])
        };
        let booklets: Vec<_> = parts.iter().filter(|(.., part)| part.layout == Layout::Booklet).collect();
        let on_booklets = |element: fn() -> Element| {
            let resource = move |(name, ..): &&(String, &TicketFile, &TicketPart)| {
                Element::new("Resource", &[]).with([sheet_part(name), element()])
            };
            booklets.iter().map(resource).collect::<Vec<_>>()
        };
        let mut sets = vec![
            input_set("Media", parts.iter().map(paper)),
            input_set("Layout", parts.iter().map(layout)),
            input_set("RunList", self.files.iter().map(run)),
            input_set("ColorantControl", self.files.iter().map(colorants)),
            input_set("Color", self.colours()),
            input_set("CuttingParams", parts.iter().map(cutting)),
        ];
        if !booklets.is_empty() {
            // One fold in the middle.
            let folding = on_booklets(|| Element::new("FoldingParams", &[("FoldCatalog", "F4-1")]));
            sets.push(input_set("FoldingParams", folding));
            sets.push(input_set("StitchingParams", on_booklets(|| Element::new("StitchingParams", &[]))));
        }
        let output = Element::new("ResourceSet", &[("Name", "Component"), ("Usage", "Output")]);
        sets.push(output.with(parts.iter().map(sheets)));
        sets
    }

    /// Returns a resource for each separation of the files.
    fn colours(&self) -> Vec<Element> {
        let mut names: Vec<(&str, bool)> = PROCESS.iter().map(|name| (*name, false)).collect();
        names.retain(|(name, _)| self.files.iter().any(|file| file.plates.iter().any(|plate| plate == name)));
        for file in &self.files {
            names.extend(file.plates.iter().map(|plate| (plate.as_str(), false)));
            let has_creases = file.parts.iter().any(|part| part.layout == Layout::Booklet);
            let lines = [(CUT, file.has_die_lines), (CREASE, file.has_die_lines && has_creases)];
            names.extend(lines.iter().filter(|(_, is_used)| *is_used).map(|(name, _)| (*name, true)));
        }
        let mut seen: Vec<&str> = Vec::new();
        names.retain(|(name, _)| {
            let is_new = !seen.contains(name);
            seen.push(*name);
            is_new
        });
        let standard = self.files.first().and_then(|file| file.condition);
        let resource = |(name, is_line): (&str, bool)| {
            let kind = if is_line { "DieLine" } else { "Normal" };
            let is_process = PROCESS.contains(&name);
            let colour = Element::new("Color", &[("ActualColorName", name), ("ColorType", kind)])
                .with_optional("PrintStandard", standard.filter(|_| is_process).map(str::to_owned));
            let part = Element::new("Part", &[("Separation", &to_token(name))]);
            Element::new("Resource", &[]).with([part, colour])
        };
        names.into_iter().map(resource).collect()
    }
}

/// Returns what is ordered of a part: its amount, finished size, sides and colours.
fn product((name, file, part): &(String, &TicketFile, &TicketPart)) -> Element {
    let copies: usize = part.documents.iter().map(|(_, copies)| copies).sum();
    let (width, height) = part.page;
    let sides = match part.duplex {
        None => "OneSided",
        Some(Duplex::WorkAndTumble) => "TwoSidedHeadToFoot",
        Some(_) => "TwoSidedHeadToHead",
    };
    let size = format!("{} 0", size_of(width, height));
    let layout = Element::new("LayoutIntent", &[("FinishedDimensions", &size), ("Sides", sides)]);
    let used = to_tokens(file.plates.iter().filter(|plate| ProcessingStep::of_separation(plate).is_none()));
    let (front, back) = part.colours;
    let surfaces = [("Front", front), ("Back", back)].into_iter().filter(|(_, count)| *count > 0);
    let surfaces = surfaces
        .map(|(side, _)| Element::new("SurfaceColor", &[("Surface", side)]).with_optional("ColorsUsed", used.clone()));
    let colour = Element::new("ColorIntent", &[]).with(surfaces);
    let intent = |name, intent| Element::new("Intent", &[("Name", name)]).with([intent]);
    let attributes = [
        ("Amount", &*copies.to_string()),
        ("DescriptiveName", &format!("{}, {}", part.report, part.language)),
        ("ID", &format!("P{}", name.trim_start_matches('S'))),
        ("IsRoot", "true"),
    ];
    Element::new("Product", &attributes).with([intent("LayoutIntent", layout), intent("ColorIntent", colour)])
}

fn input_set(name: &str, resources: impl IntoIterator<Item = Element>) -> Element {
    Element::new("ResourceSet", &[("Name", name), ("Usage", "Input")]).with(resources)
}

fn sheet_part(name: &str) -> Element {
    Element::new("Part", &[("SheetName", name)])
}

fn paper_id(sheet: &str) -> String {
    format!("M{}", sheet.trim_start_matches('S'))
}

fn size_of(width: f64, height: f64) -> String {
    [width, height].map(|mm| format_number(to_points(mm))).join(" ")
}

fn box_of(rect: &Rect) -> String {
    [rect.left, rect.bottom, rect.right, rect.top].map(|mm| format_number(to_points(mm))).join(" ")
}

/// Returns a text as an NMTOKEN (XML 1.0, 2.3): characters that it may not have become `_`.
fn to_token(text: &str) -> String {
    text.chars().map(|c| if is_name_char(c) { c } else { '_' }).collect()
}

/// Returns texts as NMTOKENS, or nothing if there are none: an attribute of that type may not be empty.
fn to_tokens<'t>(texts: impl IntoIterator<Item = &'t String>) -> Option<String> {
    let tokens: Vec<String> = texts.into_iter().map(|text| to_token(text)).collect();
    (!tokens.is_empty()).then(|| tokens.join(" "))
}

/// Whether a character may be in an XML name. Accepts only letters and digits of NameChar (XML 1.0, fifth edition), because
/// validators of the fourth edition allow these too. `¹ ² ³ ª º` are in neither.
fn is_name_char(c: char) -> bool {
    match c {
        '.' | '-' | '_' | ':' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{1FFF}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' => {
            c.is_alphanumeric()
        }
        _ => false,
    }
}

/// Returns the name of a file as a relative reference (RFC 3986).
fn to_url(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    name.bytes().fold(String::new(), |url, byte| match is_plain(byte) {
        true => url + &char::from(byte).to_string(),
        false => format!("{url}%{byte:02X}"),
    })
}
