//! The Handlebars helpers. Helpers that print text return it unescaped, and the engine escapes it.
//!
//! | helper | output |
//! |---|---|
//! | `{{t "id" name=value …}}` | a message of the locale, with its variables |
//! | `{{figure f part="number"}}` | a whole figure, or its part `before`, `number` or `after` |
//! | `{{date d style="short"}}` | a date |
//! | `{{ordinal n gender="feminine"}}` | a rank |
//! | `{{name x form="of"}}` | a name, or one of its forms |
//! | `{{quote text}}` | a text between the quotation marks of the language |
//! | `{{list items each="message"}}` | a list of names, or of a message for each item |
//! | `{{str "id" …}}` | like `t`, as a Typst string for use in code |
//! | `{{parts f}}` | a figure as a Typst dictionary: `before`, `number`, `after` |
//! | `{{image photo}}` | a Typst image with its alternative text |
//! | `{{code address}}` | a QR code as a Typst dictionary: `size` in modules, `path` as an SVG path of the dark modules, `address` |
//! | `{{credential}}` | the signed credential of a certificate, as a Typst string; `none` without a key |
//! | `{{json-ld}}` | the facts of the document as JSON-LD, as a Typst string |
//! | `{{locale}}` | the locale's page settings as a Typst dictionary |
//! | `{{#languages}}…{{/languages}}` | its content, once for each language of the document |

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, ScopedJson,
};
use serde_json::Value as Json;

use super::context::{MessageFacts, REF, Table};
use super::escape;
use super::linked_data;
use super::source_map::Image;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::document::Scope;
use crate::locale::{Args, Locale, Value, marks, trace};
use crate::project::{IMAGES, Project, picture, reason};
use crate::results::{City, Results};
use crate::trust::code::with_capital_host;
use crate::trust::{self, Claim, Signer};

/// The data of a document in one of its languages.
pub struct LanguageData<'a> {
    pub locale: &'a Locale,
    pub table: Table,
    pub context: Context,
    /// The facts that every message receives.
    pub facts: MessageFacts,
}

/// The state that the helpers share while a document is rendered.
pub struct Session<'a> {
    pub project: &'a Project,
    pub results: &'a Results,
    /// The city of the document, if it is not about the whole edition.
    city: Option<&'a City>,
    /// One for each language of the document. Not empty.
    languages: Vec<LanguageData<'a>>,
    /// The report of the document, which a signed code names.
    report: &'a str,
    signer: Option<&'a Signer>,
    /// What the certificate states in each language, and the messages that its credential repeats: signing takes a good part
    /// of the time of a certificate, and needs them more than once.
    claims: Vec<OnceLock<Option<Claim>>>,
    signed_messages: Vec<[OnceLock<String>; SIGNED_MESSAGES.len()]>,
    /// Index of the language that is being rendered.
    current: AtomicUsize,
    /// Whether the template has a `{{#languages}}` block.
    pub uses_languages: AtomicBool,
    /// The images that the document shows so far, see [`IMAGES`].
    pub images: Mutex<Vec<Image>>,
    /// The credentials of the document so far, by language.
    pub credentials: Mutex<Vec<(String, String)>>,
    /// The first diagnostic of a helper. The engine's errors cannot carry it.
    pub problem: Mutex<Option<Diagnostic>>,
}

/// The report that signed codes name if the template belongs to none, as on pre-printed stock.
const CERTIFICATE: &str = "certificate";

/// The message that a certificate prints as the name of its city.
const CITY_MESSAGE: &str = "certificate-city";

/// The messages of a certificate that its code and its credential repeat.
pub const SIGNED_MESSAGES: [&str; 4] = [CITY_MESSAGE, TITLE, CITATION, ABOUT];
pub const TITLE: &str = "certificate-title";
pub const CITATION: &str = "certificate-citation";
pub const ABOUT: &str = "about";

/// Renders a helper call.
type HelperFn = for<'a, 'rc> fn(&Session<'a>, &Helper<'rc>) -> Result<String>;

/// Helpers that print text, which the engine escapes.
const TEXT_HELPERS: &[(&str, HelperFn)] = &[
    ("date", date),
    ("figure", figure),
    ("list", list),
    ("name", name),
    ("ordinal", ordinal),
    ("quote", quote),
    ("t", message),
    ("text", text),
];

/// Helpers that print Typst code, with escaped strings.
const CODE_HELPERS: &[(&str, HelperFn)] = &[
    ("code", qr_code),
    ("credential", credential),
    ("image", image),
    ("json-ld", json_ld),
    ("locale", locale),
    ("parts", parts),
    ("str", string),
];

/// The helpers of the engine, and `languages`.
const BUILT_IN_HELPERS: &[&str] = &[
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

/// Returns the names of this module's helpers. `text` is internal: see [`super::source_map::prepare`].
pub fn names() -> Vec<&'static str> {
    TEXT_HELPERS.iter().chain(CODE_HELPERS).map(|(name, _)| *name).filter(|n| *n != "text").collect()
}

/// Returns whether a helper prints Typst code.
pub fn is_code_helper(name: &str) -> bool {
    CODE_HELPERS.iter().any(|(known, _)| *known == name)
}

/// Returns the names of all helpers, for “did you mean”.
pub fn all_names() -> Vec<&'static str> {
    names().into_iter().chain(BUILT_IN_HELPERS.iter().copied()).collect()
}

/// Registers the helpers for the rendering of one document.
pub fn register<'s>(render_context: &mut RenderContext<'_, 's>, session: &'s Session<'s>) {
    for (name, run) in TEXT_HELPERS {
        render_context.register_local_helper(name, Box::new(TextHelper { session, run: *run }));
    }
    for (name, run) in CODE_HELPERS {
        render_context.register_local_helper(name, Box::new(CodeHelper { session, run: *run }));
    }
    render_context.register_local_helper("languages", Box::new(LanguagesHelper { session }));
}

/// The helper `{{#languages}}`.
struct LanguagesHelper<'s> {
    session: &'s Session<'s>,
}

impl HelperDef for LanguagesHelper<'_> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        call: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        _: &'rc Context,
        render_context: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let session = self.session;
        session.uses_languages.store(true, Ordering::Relaxed);
        let Some(content) = call.template() else { return Ok(()) };
        for (index, language) in session.languages.iter().enumerate() {
            session.current.store(index, Ordering::Relaxed);
            // Without the surrounding blocks, because their data is that of the first language.
            let mut render_context = render_context.clone();
            render_context.replace_blocks([BlockContext::new()].into());
            content.render(engine, &language.context, &mut render_context, out)?;
        }
        session.current.store(0, Ordering::Relaxed);
        Ok(())
    }
}

struct TextHelper<'s> {
    session: &'s Session<'s>,
    run: HelperFn,
}

struct CodeHelper<'s> {
    session: &'s Session<'s>,
    run: HelperFn,
}

impl<'a> Session<'a> {
    pub fn new(
        project: &'a Project,
        results: &'a Results,
        city: Option<&'a City>,
        languages: Vec<LanguageData<'a>>,
    ) -> Self {
        let (current, uses_languages) = (AtomicUsize::new(0), AtomicBool::new(false));
        let (images, credentials, problem) = (Mutex::default(), Mutex::default(), Mutex::default());
        let (report, signer) = (CERTIFICATE, None);
        let (claims, signed_messages) = languages.iter().map(|_| Default::default()).unzip();
        Self {
            project,
            results,
            city,
            languages,
            report,
            signer,
            claims,
            signed_messages,
            current,
            uses_languages,
            images,
            credentials,
            problem,
        }
    }

    /// Sets what signs the codes. `template` is the name of the template.
    pub fn with_codes(self, template: &'a str, signer: Option<&'a Signer>) -> Self {
        Self { report: Scope::of_template(template).map_or(CERTIFICATE, |(report, _)| report), signer, ..self }
    }

    /// Returns the data of the language that is being rendered.
    pub fn language(&self) -> &LanguageData<'a> {
        &self.languages[self.current_index()]
    }

    fn current_index(&self) -> usize {
        self.current.load(Ordering::Relaxed).min(self.languages.len() - 1)
    }

    pub fn locale(&self) -> &'a Locale {
        self.language().locale
    }

    pub fn signer(&self) -> Option<&'a Signer> {
        self.signer
    }

    /// Returns what a certificate states in the language that is being rendered, if the document is about a city.
    pub fn claim(&self) -> Result<Option<&Claim>> {
        let claim = &self.claims[self.current_index()];
        match claim.get() {
            Some(claim) => Ok(claim.as_ref()),
            None => self.new_claim().map(|new| claim.get_or_init(|| new).as_ref()),
        }
    }

    fn new_claim(&self) -> Result<Option<Claim>> {
        let (Some(city), locale) = (self.city, self.locale()) else { return Ok(None) };
        let name = match locale.has(CITY_MESSAGE) {
            true => self.message(CITY_MESSAGE, Vec::new())?,
            false => locale.forms(&city.name, self.results)?.name.clone(),
        };
        Claim::new(self.results, locale, city, &name, self.report).map(Some)
    }

    /// Runs a helper. Keeps its diagnostic and returns an error of the engine in its place.
    fn run(&self, run: HelperFn, call: &Helper<'_>) -> std::result::Result<String, RenderError> {
        run(self, call).map_err(|problem| {
            let text = problem.message.clone();
            if let Ok(mut slot) = self.problem.lock() {
                slot.get_or_insert(problem);
            }
            RenderErrorReason::Other(text).into()
        })
    }

    /// Returns the typed value of a parameter.
    fn value(&self, json: &Json) -> Value {
        match json {
            Json::Null => Value::None,
            Json::String(text) => Value::Code(text.clone()),
            Json::Bool(flag) => Value::Text(flag.to_string()),
            Json::Number(number) => crate::results::decimal(&number.to_string()).map_or(Value::None, Value::Number),
            Json::Array(items) => Value::List(items.iter().filter_map(|item| self.to_text(item)).collect()),
            Json::Object(_) => self.language().table.get(json).map_or(Value::None, |(value, _)| value.clone()),
        }
    }

    /// Records that a value of the data is printed, for the search for facts that no document shows.
    fn record_shown(&self, json: &Json) {
        if let Some((_, span)) = self.language().table.get(json) {
            trace::record_shown(span.start);
        }
    }

    /// Returns the text of a value that needs no helper: a text or a name.
    fn to_text(&self, json: &Json) -> Option<String> {
        match self.value(json) {
            Value::Text(text) => Some(text),
            Value::Code(text) => Some(self.locale().apply_typography(&marks::verbatim(&text))),
            Value::Name(forms) => Some(self.locale().apply_typography(&forms.name)),
            _ => None,
        }
    }

    /// Resolves a message with its own variables, and with the facts that it uses and that have no variable of the same name.
    pub fn message<'h>(&'h self, id: &str, args: Args<'h>) -> Result<String> {
        let known = SIGNED_MESSAGES.iter().position(|known| *known == id);
        match known.filter(|_| self.signer.is_some() && args.is_empty()) {
            Some(at) => {
                let text = &self.signed_messages[self.current_index()][at];
                if text.get().is_none() {
                    let new = self.resolve(id, args)?;
                    return Ok(text.get_or_init(|| new).clone());
                }
                Ok(text.get().cloned().unwrap_or_default())
            }
            None => self.resolve(id, args),
        }
    }

    fn resolve<'h>(&'h self, id: &str, mut args: Args<'h>) -> Result<String> {
        let own = args.len();
        for (name, value) in &self.language().facts {
            let is_given = args[..own].iter().any(|(known, _)| known == name);
            if !is_given && self.locale().uses_variable(id, name) {
                args.push((name.as_ref().into(), value.clone()));
            }
        }
        self.locale().message(id, args)
    }

    /// Returns the named parameters of a call as the options of a locale function.
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

fn helper_error(message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code::HELPER, message).help(help)
}

/// Returns the error for a path that the data lacks.
fn missing_data(path: &str) -> Diagnostic {
    Diagnostic::error(code::TEMPLATE_DATA, format!("no `{path}` in the data"))
        .help("correct the name, or test for the value with {{#if …}}")
}

/// Returns the first parameter, which is required.
fn first_parameter<'h>(call: &'h Helper<'_>) -> Result<&'h Json> {
    let param = call.param(0).ok_or_else(|| {
        helper_error(
            format!("the helper `{}` requires a parameter", call.name()),
            "add it after the name of the helper",
        )
    })?;
    let path = param.relative_path().map_or("value", String::as_str);
    if param.is_value_missing() || param.value().is_null() { Err(missing_data(path)) } else { Ok(param.value()) }
}

fn text(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first_parameter(call)?;
    session.record_shown(json);
    session.to_text(json).or_else(|| json.as_u64().map(|n| n.to_string())).ok_or_else(|| {
        let path = call.param(0).and_then(|p| p.relative_path()).map_or("this", String::as_str);
        match session.value(json) {
            Value::Figure(_) => {
                helper_error("a figure cannot be printed without a helper", format!("write {{{{figure {path}}}}}"))
            }
            Value::Date(_) => {
                helper_error("a date cannot be printed without a helper", format!("write {{{{date {path}}}}}"))
            }
            Value::Number(_) => {
                helper_error("a rank cannot be printed without a helper", format!("write {{{{ordinal {path}}}}}"))
            }
            Value::List(_) => {
                helper_error("a list cannot be printed without a helper", format!("write {{{{list {path}}}}}"))
            }
            _ => helper_error(
                if call.param(0).is_some_and(|p| p.value().is_object()) {
                    format!("`{path}` has several fields and cannot be printed")
                } else {
                    format!("`{path}` cannot be printed")
                },
                "name one of its fields",
            ),
        }
    })
}

/// Prints a message with its variables. A variable whose value is missing from the data is an error.
fn message(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let Json::String(id) = first_parameter(call)? else {
        return Err(helper_error("`t` requires the identifier of a message", "write it in quotes: {{t \"headline\"}}"));
    };
    for (name, value) in call.hash() {
        if value.is_value_missing() {
            let path = value.relative_path().map_or("value", String::as_str);
            return Err(missing_data(path).note(format!("needed for the variable `${name}` of the message `{id}`")));
        }
    }
    let args: Args<'_> = call.hash().iter().map(|(name, json)| ((*name).into(), session.value(json.value()))).collect();
    check_period_and_nature(id, &args)?;
    session.message(id, args)
}

/// Returns an error if a call passes a period or nature together with a figure that has a different one: the message would
/// state it about that figure.
fn check_period_and_nature(id: &str, args: &Args<'_>) -> Result<()> {
    let passed = |wanted: &str| args.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let (period, nature) = (passed("period"), passed("nature"));
    for (name, value) in args {
        let Value::Figure(figure) = value else { continue };
        let has_period = |period: &Value| *period == figure.period.map_or(Value::None, Value::Date);
        let has_nature = |nature: &Value| match (nature, figure.nature) {
            (Value::Code(word) | Value::Text(word), Some(nature)) => word == nature.word(),
            (Value::None, None) => true,
            _ => false,
        };
        let wrong = match (period, nature) {
            (Some(period), _) if !has_period(period) => "period",
            (_, Some(nature)) if !has_nature(nature) => "nature",
            _ => continue,
        };
        return Err(helper_error(
            format!("the message `{id}` receives a {wrong} that differs from the {wrong} of `${name}`"),
            format!("pass the {wrong} of this figure, or print the figures in separate sentences"),
        ));
    }
    Ok(())
}

fn figure(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let part = call.hash_get("part").and_then(|p| p.value().as_str());
    if let Some(other) = part.filter(|p| !["before", "number", "after"].contains(p)) {
        return Err(helper_error(format!("unknown part `{other}` of a figure"), "available: before, number, after"));
    }
    measure(session, first_parameter(call)?, part)
}

/// Returns the text of a figure with its unit, or of a part of it.
fn measure(session: &Session<'_>, json: &Json, part: Option<&str>) -> Result<String> {
    match session.language().table.get(json) {
        Some((Value::Figure(figure), span)) => session
            .locale()
            .measure(figure, part)
            .map_err(|problem| problem.place(session.results.place(span).labelled("for this figure"))),
        _ => Err(helper_error("the parameter is not a figure", "name a figure, for example city.figures.share")),
    }
}

fn date(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("DATE", session.value(first_parameter(call)?), &session.options(call))
}

fn ordinal(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("ORDINAL", session.value(first_parameter(call)?), &session.options(call))
}

fn name(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("NAME", session.value(first_parameter(call)?), &session.options(call))
}

fn quote(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first_parameter(call)?;
    session.record_shown(json);
    match session.value(json) {
        Value::Name(forms) => Ok(session.locale().quote(&forms.name)),
        _ => Err(helper_error("the parameter is not a text", "name a text, for example city.quotation.text")),
    }
}

fn list(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let Json::Array(items) = first_parameter(call)? else {
        return Err(helper_error("the parameter is not a list", "name a list, for example edition.routes"));
    };
    let each = call.hash_get("each").and_then(|e| e.value().as_str());
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        texts.push(match each {
            None => session.to_text(item).ok_or_else(|| {
                helper_error(
                    "the items of this list cannot be printed without a message",
                    "name a message for them: each=\"…\"",
                )
            })?,
            Some(id) => {
                let mut args: Args<'_> = vec![("item".into(), session.value(item))];
                for (name, field) in item.as_object().into_iter().flatten().filter(|(name, _)| *name != REF) {
                    match field.as_str().filter(|_| name == "label") {
                        Some(label) => args.push(("label".into(), Value::Text(figure_label(session, item, label)?))),
                        None => args.push((name.into(), session.value(field))),
                    }
                }
                session.message(id, args)?
            }
        });
    }
    Ok(session.locale().list(&texts))
}

/// Returns the label of an item, with the name of its city if it has one.
fn figure_label(session: &Session<'_>, item: &Json, label: &str) -> Result<String> {
    match (item.get("city"), item.get("label-city").and_then(Json::as_str)) {
        (Some(city), Some(label)) if !city.is_null() => {
            session.message(label, vec![("city".into(), session.value(city))])
        }
        _ => session.message(label, Vec::new()),
    }
}

fn string(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    match first_parameter(call)? {
        Json::String(id) if session.locale().has(id) => Ok(escape::string(&message(session, call)?)),
        Json::String(id) if call.param(0).is_some_and(|p| p.relative_path().is_none()) => {
            Err(session.locale().message(id, Vec::new()).err().unwrap_or_else(|| missing_data(id)))
        }
        _ => Ok(escape::string(&text(session, call)?)),
    }
}

fn parts(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first_parameter(call)?;
    let mut out = String::from("(");
    for part in ["before", "number", "after"] {
        let text = measure(session, json, Some(part))?;
        out.push_str(&format!("{part}: [{}], ", escape::content(&text)));
    }
    out.push(')');
    Ok(out)
}

fn image(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
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
    let (bytes, hash) = session.project.asset(file).map_err(|cause| {
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

/// Prints a QR code with error correction level M. Each run of dark modules in a row is a rectangle of the path. The code of
/// a certificate is signed if the run has a key.
fn qr_code(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let address = text(session, call)?;
    let address = with_capital_host(&marks::strip(&address));
    let signed = sign_code(session, &address)?;
    let mut builder = fast_qr::QRBuilder::new(signed.as_deref().unwrap_or(&address));
    if signed.is_some() {
        // What a signed code contains looks random, so that no mask (ISO/IEC 18004, 7.8) is better than another one; to compare
        // all eight would take longer than to sign.
        builder.mask(fast_qr::Mask::Checkerboard);
    }
    let code = builder
        .ecl(fast_qr::ECL::M)
        .build()
        .map_err(|_| helper_error("the address is too long for a QR code", "shorten `verification` in the results"))?;
    let mut path = String::with_capacity(8 * code.size * code.size / 2);
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|at| code[y][*at].value()).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    let address = signed.map(|signed| format!(", address: {}", escape::string(&signed))).unwrap_or_default();
    Ok(format!("(size: {}, path: \"{path}\"{address})", code.size))
}

/// Returns the signed address for the code of a certificate; `None` without a key, and for other addresses.
fn sign_code(session: &Session<'_>, address: &str) -> Result<Option<String>> {
    let (Some(signer), Some(city)) = (session.signer, session.city) else { return Ok(None) };
    let edition = &session.results.edition;
    let base = &edition.verification;
    if with_capital_host(&format!("{}{}", base.value, city.serial(edition))) != address {
        return Ok(None);
    }
    let Some(claim) = session.claim()? else { return Ok(None) };
    let signed = trust::code::sign(signer, &base.value, claim).ok_or_else(|| {
        let message = format!("`{}` cannot be the beginning of a signed code", base.value);
        Diagnostic::error(code::WRONG_VALUE, message)
            .place(session.results.place(&base.span))
            .help("end it with `/`, as in https://example.org/C/")
    })?;
    Ok(Some(signed))
}

/// Prints the credential of a signed certificate, and `none` for other documents.
fn credential(session: &Session<'_>, _: &Helper<'_>) -> Result<String> {
    let credential = super::credential::credential(session)?;
    // A token has no character that needs to be escaped.
    let printed = credential.as_deref().map_or_else(|| "none".to_owned(), |token| format!("\"{token}\""));
    let mut credentials = session.credentials.lock().unwrap_or_else(PoisonError::into_inner);
    credentials.extend(credential.map(|token| (session.locale().name.clone(), token)));
    Ok(printed)
}

fn json_ld(session: &Session<'_>, _: &Helper<'_>) -> Result<String> {
    let data = linked_data::json_ld(session.results, session.locale(), session.city);
    Ok(escape::string(&data))
}

fn locale(session: &Session<'_>, _: &Helper<'_>) -> Result<String> {
    let locale = session.locale();
    let settings = &locale.settings;
    let fonts: String = settings
        .fonts
        .iter()
        .map(|(role, families)| {
            let list: String = families.iter().map(|f| format!("{},", escape::string(f))).collect();
            format!("{role}: ({list}), ")
        })
        .collect();
    Ok(format!(
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
    ))
}
