//! The Handlebars helpers. Helpers that print text return it unescaped, and the engine escapes it.
//!
//! | helper | output |
//! |---|---|
//! | `{{t "id" name=value …}}` | a message of the locale, with its variables |
//! | `{{figure f part="number"}}` | a whole figure, or its part `before`, `number` or `after` |
//! | `{{date d style="short"}}` | a date |
//! | `{{ordinal n gender="feminine"}}` | a number as an ordinal, such as a rank |
//! | `{{name x form="of"}}` | a name, or one of its forms |
//! | `{{quote text}}` | a text between the quotation marks of the language |
//! | `{{list items each="message"}}` | a list of names, or of a message for each item |
//! | `{{str "id" …}}` | like `t`, as a Typst string for use in code |
//! | `{{parts f}}` | a figure as a Typst dictionary: `before`, `number`, `after` |
//! | `{{image photo}}` | a Typst image with its alternative text |
//! | `{{code address}}` | a QR code as a Typst dictionary: `size` in modules, `path` as an SVG path of the dark modules, `address` |
//! | `{{credential}}` | the signed credential of a certificate, as a Typst string; `none` without a key, and on pages for print |
//! | `{{json-ld}}` | the facts of the document as JSON-LD, as a Typst string; empty on pages for print |
//! | `{{locale}}` | the locale's page settings as a Typst dictionary |
//! | `{{#languages}}…{{/languages}}` | its content, once for each language of the document |

mod code;
mod qr_code;
mod session;
mod text;

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, ScopedJson,
};
use serde_json::Value as Json;

use crate::diagnostic::code::{HELPER, TEMPLATE_DATA};
use crate::diagnostic::{Diagnostic, Result};
pub use code::page_settings;
pub use session::{ABOUT, CITATION, LanguageData, Session, TITLE};

/// Renders a helper call.
type HelperFn = for<'a, 'rc> fn(&Session<'a>, &Helper<'rc>) -> Result<String>;

/// Helpers that print text, which the engine escapes.
const TEXT_HELPERS: &[(&str, HelperFn)] = &[
    ("date", text::date),
    ("figure", text::figure),
    ("list", text::list),
    ("name", text::name),
    ("ordinal", text::ordinal),
    ("quote", text::quote),
    ("t", text::message),
    ("text", text::text),
];

/// Helpers that print Typst code, with escaped strings.
const CODE_HELPERS: &[(&str, HelperFn)] = &[
    ("code", qr_code::qr_code),
    ("credential", code::credential),
    ("image", code::image),
    ("json-ld", code::json_ld),
    ("locale", code::locale),
    ("parts", code::parts),
    ("str", code::string),
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

/// Returns the names of this module's helpers. `text` is internal: see [`crate::template::source_map::prepare`].
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
        let Some(content) = call.template() else { return Ok(()) };
        self.session.for_each_language(|language| {
            // Without the surrounding blocks, because their data is that of the first language.
            let mut render_context = render_context.clone();
            render_context.replace_blocks([BlockContext::new()].into());
            content.render(engine, &language.context, &mut render_context, out)
        })
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

impl HelperDef for TextHelper<'_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        call: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        run(self.run, self.session, call).map(|text| ScopedJson::Derived(text.into()))
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
        out.write(&run(self.run, self.session, call)?)?;
        Ok(())
    }
}

/// Runs a helper. Keeps its diagnostic in the session and returns an error of the engine in its place.
fn run(helper: HelperFn, session: &Session<'_>, call: &Helper<'_>) -> Result<String, RenderError> {
    helper(session, call).map_err(|problem| {
        let text = problem.message.clone();
        session.keep_problem(problem);
        RenderErrorReason::Other(text).into()
    })
}

fn helper_error(message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(HELPER, message).help(help)
}

/// Returns the error for a path that the data lacks.
fn missing_data(path: &str) -> Diagnostic {
    Diagnostic::error(TEMPLATE_DATA, format!("no `{path}` in the data"))
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
