//! The helpers that print Typst code, in which each text is an escaped string.

use std::sync::PoisonError;

use handlebars::Helper;
use serde_json::Value as Json;

use super::text::{measure, message, text};
use super::{Session, first_parameter, helper_error, missing_data};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::locale::{Locale, Value};
use crate::project::{IMAGES, picture, reason};
use crate::template::source_map::Image;
use crate::template::{credential as credentials, escape, linked_data};

pub fn string(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    match first_parameter(call)? {
        Json::String(id) if session.locale().has(id) => Ok(escape::string(&message(session, call)?)),
        Json::String(id) if call.param(0).is_some_and(|p| p.relative_path().is_none()) => {
            Err(session.locale().message(id, Vec::new()).err().unwrap_or_else(|| missing_data(id)))
        }
        _ => Ok(escape::string(&text(session, call)?)),
    }
}

pub fn parts(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first_parameter(call)?;
    let mut out = String::from("(");
    for part in ["before", "number", "after"] {
        let text = measure(session, json, Some(part))?;
        out.push_str(&format!("{part}: [{}], ", escape::content(&text)));
    }
    out.push(')');
    Ok(out)
}

pub fn image(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first_parameter(call)?;
    session.record_shown(json);
    let Some((Value::Code(file), span)) = session.language().table.get(json) else {
        return Err(helper_error("the parameter is not an image", "name an image, for example city.photo"));
    };
    let error = |message: String, help: &str| {
        Diagnostic::error(code::IMAGE, message).place(session.results.place(span)).help(help)
    };
    let supported = ["png", "jpg", "jpeg", "svg", "gif", "webp"];
    let extension = file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    if !supported.contains(&extension.as_str()) {
        return Err(error(format!("unsupported image format of `{file}`"), "use PNG, JPEG, SVG, GIF or WebP"));
    }
    let (bytes, hash) = session.project.read_asset(file).map_err(|cause| {
        error(
            format!("cannot read the image `{file}`: {}", reason(&cause)),
            "give a path relative to the folder of the results file, and inside it",
        )
    })?;
    if let Some(why) = picture::find_problem(&bytes) {
        return Err(error(
            format!("cannot use the image `{file}`: {why}"),
            "export it again, as a self-contained file of moderate size",
        ));
    }
    let alt = session.to_text(&json["alt"]).unwrap_or_default();
    let mut images = session.images.lock().unwrap_or_else(PoisonError::into_inner);
    let number = images.iter().position(|image| image.path == *file).unwrap_or_else(|| {
        images.push(Image { path: file.clone(), bytes: bytes.as_ref().into(), hash });
        images.len() - 1
    });
    Ok(format!("image(\"{IMAGES}/{number}.{extension}\", alt: {}, width: 100%)", escape::string(&alt)))
}

/// Prints the credential of a signed certificate, and `none` for other documents and on pages for print.
pub fn credential(session: &Session<'_>, _: &Helper<'_>) -> Result<String> {
    let credential = if session.has_attachments { credentials::credential(session)? } else { None };
    // A token has no character that needs to be escaped.
    let printed = credential.as_deref().map_or_else(|| "none".to_owned(), |token| format!("\"{token}\""));
    let mut credentials = session.credentials.lock().unwrap_or_else(PoisonError::into_inner);
    credentials.extend(credential.map(|token| (session.locale().name.clone(), token)));
    Ok(printed)
}

/// Prints the facts as JSON-LD, and an empty text on pages for print.
pub fn json_ld(session: &Session<'_>, _: &Helper<'_>) -> Result<String> {
    if !session.has_attachments {
        return Ok(escape::string(""));
    }
    Ok(escape::string(&linked_data::json_ld(session.results, session.locale(), session.city)))
}

pub fn locale(session: &Session<'_>, _: &Helper<'_>) -> Result<String> {
    Ok(page_settings(session.locale()))
}

/// Returns the page settings of a locale as a Typst dictionary.
pub fn page_settings(locale: &Locale) -> String {
    let settings = &locale.settings;
    let fonts: String = settings
        .fonts
        .iter()
        .map(|(role, families)| {
            let list: String = families.iter().map(|f| format!("{},", escape::string(f))).collect();
            format!("{role}: ({list}), ")
        })
        .collect();
    format!(
        "(tag: {}, lang: {}, region: {}, dir: {}, tradition: {}, justify: {}, indent: {}em, hyphenate: {}, \
         spaced: {}, keep-words: {}, digits: {}, fonts: ({fonts}))",
        escape::string(&settings.tag()),
        escape::string(settings.language()),
        settings.region().map_or_else(|| "none".to_owned(), escape::string),
        settings.direction,
        escape::string(settings.tradition),
        settings.paragraph == "justified",
        settings.indent,
        settings.hyphenation,
        settings.letter_spacing,
        settings.typography.breaks_only_at_spaces,
        escape::string(&locale.ten_digits()),
    )
}
