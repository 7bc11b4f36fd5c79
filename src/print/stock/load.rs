//! Reads `stock.yaml`: the positions of fields on pre-printed stock.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Problems, SourceFile, code};
use crate::results::reading::places::Files;
use crate::results::reading::read::{Fields, Reader};
use crate::results::reading::yaml::{self, Node};

use super::{Align, Field, FieldContent, FieldStyle, Stock};

/// Largest side of a sheet, in millimetres.
const MAX_LENGTH: f64 = 2000.0;
/// Smallest side of a code with its quiet zone, in millimetres. Below this a phone's camera cannot resolve the modules.
const MIN_CODE_SIDE: f64 = 12.0;

pub fn read(file: &Arc<SourceFile>, languages: &[String]) -> Result<Stock, Problems> {
    let root = yaml::parse(file)?;
    let reader = Reader::new(Files::new(file));
    let stock = read_stock(&reader, file, &root, languages);
    let mut problems = reader.into_problems();
    problems.sort_by_key(crate::diagnostic::Diagnostic::sort_key);
    match stock {
        Some(stock) if problems.is_empty() => Ok(stock),
        _ => Err(problems),
    }
}

fn read_stock(r: &Reader, file: &Arc<SourceFile>, root: &Node, languages: &[String]) -> Option<Stock> {
    let f = r.fields(root, "stock")?;
    let name = f.required("name").and_then(|n| r.text(n)).filter(|t| r.check_identifier(&t.value, &t.span));
    let page = f.required("page").and_then(|node| {
        let f = r.fields(node, "page")?;
        let side = |node| r.number_in(node, 10.0..=MAX_LENGTH, "a length in millimetres");
        let (width, height) = (f.required("width").and_then(side), f.required("height").and_then(side));
        f.finish();
        Some((width?.value, height?.value))
    });
    let scan = f.optional("scan").and_then(|n| r.text(n));
    let printers = match f.optional("printers") {
        None => Some(BTreeMap::new()),
        Some(node) => r
            .entries(node, |key, node| {
                let f = r.fields(node, "printer")?;
                let shift = |node: Option<&Node>| {
                    node.and_then(|n| r.number_in(n, -MAX_LENGTH..=MAX_LENGTH, "a distance in millimetres"))
                        .map_or(0.0, |n| n.value)
                };
                let offset = (shift(f.optional("offset-x")), shift(f.optional("offset-y")));
                f.finish();
                Some((key.name.clone(), offset))
            })
            .map(|list| list.into_iter().collect()),
    };
    let fields = f.required("fields").and_then(|node| {
        r.entries(node, |key, node| {
            let named = r.check_identifier(&key.name, &key.span);
            read_field(r, &key.name, node, languages).filter(|_| named)
        })
    });
    f.finish();
    if fields.as_ref().is_some_and(Vec::is_empty) {
        r.report_invalid(code::MISSING_KEY, &root.span, "the stock has no fields", "add one below `fields`");
    }
    Some(Stock { file: file.clone(), name: name?.value, page: page?, scan, printers: printers?, fields: fields? })
}

fn read_field(r: &Reader, id: &str, node: &Node, languages: &[String]) -> Option<Field> {
    let f = r.fields(node, "field")?;
    let is_code = f.optional("code").is_some();
    let content = if is_code {
        f.optional("code").and_then(|n| r.text(n)).map(FieldContent::Code)
    } else {
        f.required("text").and_then(|n| r.text(n)).map(FieldContent::Text)
    };
    let base = read_style(r, &f, is_code);
    let by_language = match f.optional("by-language") {
        None => Some(BTreeMap::new()),
        Some(node) => r
            .entries(node, |key, node| {
                if !languages.contains(&key.name) {
                    let known: Vec<&str> = languages.iter().map(String::as_str).collect();
                    r.report_unknown_word(&key.span, "language of the project", &key.name, &known);
                }
                let f = r.fields(node, "field")?;
                let style = read_style(r, &f, is_code);
                f.finish();
                Some((key.name.clone(), style))
            })
            .map(|list| list.into_iter().collect()),
    };
    f.finish();
    Some(Field { id: id.to_owned(), span: node.span.clone(), content: content?, base, by_language: by_language? })
}

fn read_style(r: &Reader, f: &Fields<'_>, is_code: bool) -> FieldStyle {
    let length = |node: Option<&Node>, from: f64, to: f64, what: &str| r.number_in(node?, from..=to, what);
    let mut style = FieldStyle {
        x: length(f.optional("x"), -MAX_LENGTH, MAX_LENGTH, "a distance in millimetres"),
        y: length(f.optional("y"), -MAX_LENGTH, MAX_LENGTH, "a distance in millimetres"),
        rotate: length(f.optional("rotate"), -360.0, 360.0, "an angle in degrees"),
        align: f.optional("align").and_then(|node| {
            let word = r.text(node)?;
            let align = Align::parse(&word);
            if align.is_none() {
                r.report_unknown_word(&word.span, "alignment", &word, Align::WORDS);
            }
            align
        }),
        ..FieldStyle::default()
    };
    if is_code {
        style.width = length(f.optional("side"), MIN_CODE_SIDE, MAX_LENGTH, "a length in millimetres");
        return style;
    }
    style.width = length(f.optional("width"), 1.0, MAX_LENGTH, "a length in millimetres");
    style.size = length(f.optional("size"), 1.0, 1000.0, "a size in points");
    style.min_size = length(f.optional("min-size"), 1.0, 1000.0, "a size in points");
    style.weight = length(f.optional("weight"), 100.0, 900.0, "a weight");
    style.tracking = length(f.optional("tracking"), -0.2, 2.0, "a distance in ems");
    style.font = f.optional("font").and_then(|n| r.text(n));
    style.italic = f.optional("italic").and_then(|n| r.flag(n));
    style.small_caps = f.optional("small-caps").and_then(|n| r.flag(n));
    style
}
