//! The helpers of a template. Those that give text return it bare: the engine escapes it.
//!
//! | helper | prints |
//! |---|---|
//! | `{{t "id" name=value …}}` | a message of the locale, with its variables |
//! | `{{figure f part="number"}}` | a figure whole, or its part before, number or after |
//! | `{{date d style="short"}}` | a date |
//! | `{{ordinal n gender="feminine"}}` | a rank |
//! | `{{name x form="of"}}` | a name, or one of its forms |
//! | `{{list items each="message"}}` | a list of names, or of a message made of each item |
//! | `{{str "id" …}}` | like `t`, as a Typst string for a place in code |
//! | `{{parts f}}` | a figure as a Typst dictionary: before, number, after |
//! | `{{image photo}}` | a Typst image with its alternative text |
//! | `{{code address}}` | a QR code as a Typst dictionary: its size in modules, its dark runs as an SVG path |
//! | `{{locale}}` | the locale's settings as a Typst dictionary |
//! | `{{#languages}}…{{/languages}}` | its inside, once for each language of the document |

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, ScopedJson,
};
use serde_json::Value as Json;

use super::context::{REF, Table};
use super::escape;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::locale::{Args, Locale, Value, marks};
use crate::project::{ASSETS, Project, picture, reason};
use crate::results::Results;

/// A document in one of its languages.
pub struct Part<'a> {
    pub locale: &'a Locale,
    pub table: Table,
    pub context: Context,
}

/// All that the helpers of one document share.
pub struct Session<'a> {
    pub project: &'a Project,
    pub results: &'a Results,
    /// One for each language of the document; there is at least one.
    parts: Vec<Part<'a>>,
    /// The part that is being rendered.
    now: AtomicUsize,
    /// The template has said what to do with several languages.
    pub spoken: AtomicBool,
    /// The first problem: a template error only carries a place.
    pub problem: Mutex<Option<Diagnostic>>,
}

type Run = for<'a, 'rc> fn(&Session<'a>, &Helper<'rc>) -> Result<String>;

/// Prints text, which the engine escapes.
const TEXT: &[(&str, Run)] = &[
    ("date", date),
    ("figure", figure),
    ("list", list),
    ("name", name),
    ("ordinal", ordinal),
    ("t", message),
    ("text", text),
];

/// Prints Typst, made of escaped strings.
const CODE: &[(&str, Run)] = &[("code", qr), ("image", image), ("locale", locale), ("parts", parts), ("str", string)];

const BUILT_IN: &[&str] = &[
    "languages",
    "if",
    "unless",
    "each",
    "with",
    "else",
    "lookup",
    "eq",
    "ne",
    "gt",
    "lt",
    "and",
    "or",
    "not",
    "len",
    "this",
];

pub fn names() -> Vec<&'static str> {
    TEXT.iter().chain(CODE).map(|(name, _)| *name).filter(|n| *n != "text").collect()
}

/// Names that a template may call, for “did you mean”.
pub fn callable() -> Vec<&'static str> {
    names().into_iter().chain(BUILT_IN.iter().copied()).collect()
}

pub fn register<'s>(document: &mut RenderContext<'_, 's>, session: &'s Session<'s>) {
    for (name, run) in TEXT {
        document.register_local_helper(name, Box::new(TextHelper { session, run: *run }));
    }
    for (name, run) in CODE {
        document.register_local_helper(name, Box::new(CodeHelper { session, run: *run }));
    }
    document.register_local_helper("languages", Box::new(Languages { session }));
}

struct Languages<'s> {
    session: &'s Session<'s>,
}

impl HelperDef for Languages<'_> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        call: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        _: &'rc Context,
        document: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let session = self.session;
        session.spoken.store(true, Ordering::Relaxed);
        let Some(inside) = call.template() else { return Ok(()) };
        for (index, part) in session.parts.iter().enumerate() {
            session.now.store(index, Ordering::Relaxed);
            // Its helpers, but none of the blocks around: the data is another language's.
            let mut own = document.clone();
            own.replace_blocks([BlockContext::new()].into());
            inside.render(engine, &part.context, &mut own, out)?;
        }
        session.now.store(0, Ordering::Relaxed);
        Ok(())
    }
}

struct TextHelper<'s> {
    session: &'s Session<'s>,
    run: Run,
}

struct CodeHelper<'s> {
    session: &'s Session<'s>,
    run: Run,
}

impl<'a> Session<'a> {
    pub fn new(project: &'a Project, results: &'a Results, parts: Vec<Part<'a>>) -> Self {
        let (now, spoken, problem) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(None));
        Self { project, results, parts, now, spoken, problem }
    }

    pub fn part(&self) -> &Part<'a> {
        &self.parts[self.now.load(Ordering::Relaxed).min(self.parts.len() - 1)]
    }

    fn locale(&self) -> &'a Locale {
        self.part().locale
    }

    fn run(&self, run: Run, call: &Helper<'_>) -> std::result::Result<String, RenderError> {
        run(self, call).map_err(|problem| {
            let text = problem.message.clone();
            if let Ok(mut slot) = self.problem.lock() {
                slot.get_or_insert(problem);
            }
            RenderErrorReason::Other(text).into()
        })
    }

    /// The typed value behind a parameter.
    fn value(&self, json: &Json) -> Value {
        match json {
            Json::Null => Value::None,
            Json::String(text) => Value::Code(text.clone()),
            Json::Bool(flag) => Value::Text(flag.to_string()),
            Json::Number(number) => crate::results::decimal(&number.to_string()).map_or(Value::None, Value::Number),
            Json::Array(items) => Value::List(items.iter().filter_map(|item| self.plain(item)).collect()),
            Json::Object(_) => self.part().table.get(json).map_or(Value::None, |(value, _)| value.clone()),
        }
    }

    /// What prints as it is: a text or a name.
    fn plain(&self, json: &Json) -> Option<String> {
        match self.value(json) {
            Value::Text(text) => Some(text),
            Value::Code(text) => Some(self.locale().finish(&marks::verbatim(&text))),
            Value::Name(forms) => Some(self.locale().finish(&forms.name)),
            _ => None,
        }
    }

    fn args<'h>(&self, call: &'h Helper<'_>) -> Args<'h> {
        call.hash().iter().map(|(name, json)| ((*name).into(), self.value(json.value()))).collect()
    }

    fn options(&self, call: &Helper<'_>) -> Vec<(String, Value)> {
        call.hash().iter().map(|(name, json)| ((*name).to_owned(), self.value(json.value()))).collect()
    }
}

impl HelperDef for TextHelper<'_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        call: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> std::result::Result<ScopedJson<'rc>, RenderError> {
        self.session.run(self.run, call).map(|text| ScopedJson::Derived(text.into()))
    }
}

impl HelperDef for CodeHelper<'_> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        call: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        out.write(&self.session.run(self.run, call)?)?;
        Ok(())
    }
}

fn wrong(message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code::HELPER, message).help(help)
}

fn missing(path: &str) -> Diagnostic {
    Diagnostic::error(code::TEMPLATE_DATA, format!("the data has no `{path}` here"))
        .help("correct the name, or ask first with {{#if …}}")
}

/// The first parameter, which must be there.
fn first<'h>(call: &'h Helper<'_>) -> Result<&'h Json> {
    let param = call
        .param(0)
        .ok_or_else(|| wrong(format!("`{}` needs something to print", call.name()), "name it behind the helper"))?;
    let path = param.relative_path().map_or("value", String::as_str);
    if param.is_value_missing() || param.value().is_null() { Err(missing(path)) } else { Ok(param.value()) }
}

fn text(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first(call)?;
    session.plain(json).or_else(|| json.as_u64().map(|n| n.to_string())).ok_or_else(|| {
        let path = call.param(0).and_then(|p| p.relative_path()).map_or("this", String::as_str);
        match session.value(json) {
            Value::Figure(_) => wrong("a figure cannot be printed as it is", format!("write {{{{figure {path}}}}}")),
            Value::Date(_) => wrong("a date cannot be printed as it is", format!("write {{{{date {path}}}}}")),
            Value::Number(_) => wrong("a rank cannot be printed as it is", format!("write {{{{ordinal {path}}}}}")),
            Value::List(_) => wrong("a list cannot be printed as it is", format!("write {{{{list {path}}}}}")),
            _ => wrong(
                if call.param(0).is_some_and(|p| p.value().is_object()) {
                    format!("`{path}` holds several values and cannot be printed as it is")
                } else {
                    format!("`{path}` cannot be printed")
                },
                "name one of its values",
            ),
        }
    })
}

/// Message identifier of a call, and its variables; a missing parameter is an error of the template.
fn message(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let Json::String(id) = first(call)? else {
        return Err(wrong("`t` needs the name of a message", "write it in quotes: {{t \"headline\"}}"));
    };
    for (name, value) in call.hash() {
        if value.is_value_missing() {
            let path = value.relative_path().map_or("value", String::as_str);
            return Err(missing(path).note(format!("it is wanted as `${name}` of the message `{id}`")));
        }
    }
    session.locale().message(id, session.args(call))
}

fn figure(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let part = call.hash_get("part").and_then(|p| p.value().as_str());
    if let Some(other) = part.filter(|p| !["before", "number", "after"].contains(p)) {
        return Err(wrong(format!("a figure has no part `{other}`"), "there is: before, number, after"));
    }
    measured(session, first(call)?, part)
}

fn measured(session: &Session<'_>, json: &Json, part: Option<&str>) -> Result<String> {
    match session.part().table.get(json) {
        Some((Value::Figure(figure), span)) => session
            .locale()
            .measure(figure, part)
            .map_err(|problem| problem.place(session.results.place(span).labelled("for this figure"))),
        _ => Err(wrong("this is no figure", "name one, as in city.figures.share")),
    }
}

fn date(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("DATE", session.value(first(call)?), &session.options(call))
}

fn ordinal(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("ORDINAL", session.value(first(call)?), &session.options(call))
}

fn name(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("NAME", session.value(first(call)?), &session.options(call))
}

fn list(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let Json::Array(items) = first(call)? else {
        return Err(wrong("this is no list", "name one, as in edition.routes"));
    };
    let each = call.hash_get("each").and_then(|e| e.value().as_str());
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        texts.push(match each {
            None => session.plain(item).ok_or_else(|| {
                wrong("the items of this list cannot be printed as they are", "name a message for them with each=\"…\"")
            })?,
            Some(id) => {
                let mut args: Args<'_> = vec![("item".into(), session.value(item))];
                for (name, field) in item.as_object().into_iter().flatten().filter(|(name, _)| *name != REF) {
                    match field.as_str().filter(|_| name == "label") {
                        Some(label) => {
                            args.push(("label".into(), Value::Text(session.locale().message(label, Vec::new())?)))
                        }
                        None => args.push((name.into(), session.value(field))),
                    }
                }
                session.locale().message(id, args)?
            }
        });
    }
    Ok(session.locale().list(&texts))
}

fn string(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    match first(call)? {
        Json::String(id) if session.locale().has(id) => Ok(escape::string(&message(session, call)?)),
        Json::String(id) if call.param(0).is_some_and(|p| p.relative_path().is_none()) => {
            Err(session.locale().message(id, Vec::new()).err().unwrap_or_else(|| missing(id)))
        }
        _ => Ok(escape::string(&text(session, call)?)),
    }
}

fn parts(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first(call)?;
    let mut out = String::from("(");
    for part in ["before", "number", "after"] {
        let text = measured(session, json, Some(part))?;
        out.push_str(&format!("{part}: [{}], ", escape::content(&text)));
    }
    out.push(')');
    Ok(out)
}

fn image(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first(call)?;
    let Some((Value::Code(file), span)) = session.part().table.get(json) else {
        return Err(wrong("this is no picture", "name one, as in city.photo"));
    };
    let refused = |message: String, help: &str| {
        Diagnostic::error(code::IMAGE, message).place(session.results.place(span)).help(help)
    };
    let known = ["png", "jpg", "jpeg", "svg", "gif", "webp"];
    let extension = file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    if !known.contains(&extension.as_str()) {
        return Err(refused(format!("`{file}` is no picture that can be printed"), "use PNG, JPEG, SVG, GIF or WebP"));
    }
    let bytes = session.project.asset(file).map_err(|error| {
        refused(
            format!("the picture `{file}` cannot be read: {}", reason(&error)),
            "the path starts in the folder of the results file and stays in it",
        )
    })?;
    if let Some(why) = picture::find_problem(&bytes) {
        return Err(refused(
            format!("the picture `{file}` cannot be used: {why}"),
            "export it anew: nothing outside the file is read, and nothing is unfolded without measure",
        ));
    }
    let alt = session.plain(&json["alt"]).unwrap_or_default();
    Ok(format!("image({}, alt: {}, width: 100%)", escape::string(&format!("{}/{file}", ASSETS)), escape::string(&alt)))
}

fn qr(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let address = text(session, call)?;
    let address = marks::strip(&address);
    let code = fast_qr::QRBuilder::new(address.as_ref())
        .ecl(fast_qr::ECL::M)
        .build()
        .map_err(|_| wrong("the address is too long for a code", "shorten `verification` in the results"))?;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|at| code[y][*at].value()).count();
            if run > 0 {
                path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
            }
            x += run.max(1);
        }
    }
    Ok(format!("(size: {}, path: \"{path}\")", code.size))
}

fn locale(session: &Session<'_>, _: &Helper<'_>) -> Result<String> {
    let locale = session.locale();
    let s = &locale.settings;
    let fonts: String = s
        .fonts
        .iter()
        .map(|(role, families)| {
            let list: String = families.iter().map(|f| format!("{},", escape::string(f))).collect();
            format!("{role}: ({list}), ")
        })
        .collect();
    Ok(format!(
        "(lang: {}, region: {}, dir: {}, tradition: {}, justify: {}, indent: {}em, hyphenate: {}, \
         spaced: {}, digits: {}, fonts: ({fonts}))",
        escape::string(s.language()),
        s.region().map_or_else(|| "none".to_owned(), escape::string),
        s.direction,
        escape::string(s.tradition),
        s.paragraph == "justified",
        s.indent,
        s.hyphenation,
        s.letter_spacing,
        escape::string(&locale.ten_digits()),
    ))
}
