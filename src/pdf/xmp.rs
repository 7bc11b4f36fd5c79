//! Metadata in XMP (ISO 16684-1): of documents, for PDF/A-3a (ISO 19005-3, 6.6) and PDF/UA-1 (ISO 14289-1, 5); and of sheets
//! for the press, for PDF/X-4 (ISO 15930-7, 6.7).

use std::fmt::Write;

use super::objects::format_uuid;

/// The metadata of a document, or of several that were merged.
#[derive(Clone, Debug, Default)]
pub struct PdfaMetadata {
    /// What depends on the language, the main language first. Not empty.
    pub languages: Vec<LanguageMetadata>,
    pub authors: Vec<String>,
    pub keywords: Vec<String>,
    /// The program that made the file, with its version.
    pub program: String,
    /// Year, month and day of publication.
    pub date: (i32, u8, u8),
    /// Identifies all versions of the document.
    pub document_id: String,
    /// Identifies this file.
    pub instance_id: String,
}

/// What the metadata says in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LanguageMetadata {
    /// A language tag (BCP 47).
    pub tag: String,
    pub title: String,
    pub description: String,
    pub publisher: String,
}

impl PdfaMetadata {
    /// Returns the XMP packet.
    pub fn to_xmp(&self) -> String {
        let (year, ..) = self.date;
        let date = format_date(self.date);
        let mut xmp = format!("{PACKET_START}{META_START}{NAMESPACES}");
        let tags: Vec<&str> = self.languages.iter().map(|language| language.tag.as_str()).collect();
        push_list(&mut xmp, "dc:language", "Bag", &tags);
        self.push_alternatives(&mut xmp, "dc:title", |language| language.title.clone());
        self.push_alternatives(&mut xmp, "dc:description", |language| language.description.clone());
        self.push_alternatives(&mut xmp, "dc:rights", |language| match language.publisher.as_str() {
            "" => String::new(),
            publisher => format!("© {year} {publisher}"),
        });
        push_list(&mut xmp, "dc:creator", "Seq", &self.authors);
        let mut publishers: Vec<&str> = self.languages.iter().map(|language| language.publisher.as_str()).collect();
        publishers.dedup();
        publishers.retain(|publisher| !publisher.is_empty());
        push_list(&mut xmp, "dc:publisher", "Bag", &publishers);
        push_list(&mut xmp, "dc:subject", "Bag", &self.keywords);
        push_list(&mut xmp, "dc:date", "Seq", &[&date[..10]]);
        for (name, value) in [
            ("dc:format", "application/pdf"),
            ("pdf:Keywords", &self.keywords.join(", ")),
            ("pdf:Producer", &self.program),
            ("xmp:CreatorTool", &self.program),
            ("xmp:CreateDate", &date),
            ("xmp:ModifyDate", &date),
            ("xmp:MetadataDate", &date),
            ("xmpMM:DocumentID", &self.document_id),
            ("xmpMM:InstanceID", &self.instance_id),
        ] {
            if !value.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(xmp, "<{name}>{}</{name}>", escape(value));
            }
        }
        xmp + TAIL
    }

    /// Writes a property with a value for each language (ISO 16684-1, 8.2.2.4).
    fn push_alternatives(&self, xmp: &mut String, name: &str, value: impl Fn(&LanguageMetadata) -> String) {
        let default = self.languages.first().map(|language| ("x-default", language));
        let each = self.languages.iter().map(|language| (language.tag.as_str(), language));
        let items: String = default
            .into_iter()
            .chain(each)
            .map(|(tag, language)| (tag, value(language)))
            .filter(|(_, value)| !value.is_empty())
            .map(|(tag, value)| format!("<rdf:li xml:lang=\"{}\">{}</rdf:li>", escape(tag), escape(&value)))
            .collect();
        if !items.is_empty() {
            let _ = write!(xmp, "<{name}><rdf:Alt>{items}</rdf:Alt></{name}>");
        }
    }
}

/// The metadata of a file of sheets for the press.
pub struct PrintMetadata<'a> {
    pub title: &'a str,
    /// The program that made the file, used as creator and as producer.
    pub program: &'a str,
    /// Year, month and day.
    pub date: (i32, u8, u8),
    /// Sixteen bytes that identify the file.
    pub id: [u8; 16],
}

impl PrintMetadata<'_> {
    /// Returns the XMP packet.
    pub fn to_xmp(&self) -> String {
        let Self { title, program, date, id } = self;
        let (title, program, date, id) = (escape(title), escape(program), format_date(*date), format_uuid(*id));
        format!(
            "{PACKET_START}\n{META_START}\n\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
             xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n\
             <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
             <dc:format>application/pdf</dc:format>\n\
             <xmp:CreatorTool>{program}</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate>\
             <xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>\n\
             <pdf:Producer>{program}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>\n\
             <xmpMM:DocumentID>{id}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>\
             <xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n\
             <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n\
             </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
        )
    }
}

fn push_list(xmp: &mut String, name: &str, kind: &str, values: &[impl AsRef<str>]) {
    if !values.is_empty() {
        let items: String = values.iter().map(|value| format!("<rdf:li>{}</rdf:li>", escape(value.as_ref()))).collect();
        let _ = write!(xmp, "<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>");
    }
}

/// Formats midnight UTC of a day (ISO 16684-1, 8.2.1.2).
fn format_date((year, month, day): (i32, u8, u8)) -> String {
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}

/// Escapes text for XML, which has no control characters.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

const PACKET_START: &str = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>";
const META_START: &str =
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">";

/// Declares the namespaces of [`PdfaMetadata`].
const NAMESPACES: &str = concat!(
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" ",
    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" ",
    "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" ",
    "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" ",
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" ",
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">",
);

/// Claims both standards. PDF/A requires a description of the schema of PDF/UA (ISO 19005-3, 6.6.2.3).
const TAIL: &str = concat!(
    "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>",
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>",
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_values_and_the_first_is_the_default() {
        let language = |tag: &str, title: &str| LanguageMetadata {
            tag: tag.to_owned(),
            title: title.to_owned(),
            ..LanguageMetadata::default()
        };
        let languages = vec![language("zh-CN", "证书"), language("en-US", "A & B")];
        let xmp = PdfaMetadata { languages, ..PdfaMetadata::default() }.to_xmp();
        for expected in [
            "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li><rdf:li>en-US</rdf:li></rdf:Bag></dc:language>",
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">证书</rdf:li><rdf:li xml:lang=\"zh-CN\">证书</rdf:li>\
             <rdf:li xml:lang=\"en-US\">A &amp; B</rdf:li></rdf:Alt></dc:title>",
        ] {
            assert!(xmp.contains(expected), "{xmp}");
        }
        assert!(!xmp.contains("dc:rights") && !xmp.contains("dc:description"), "no empty values: {xmp}");
        assert!(roxmltree::Document::parse(&xmp).is_ok());
    }
}
