//! Handlebars templates that produce Typst, with a source map from the Typst to the template.

mod calls;
mod context;
mod credential;
mod elements;
pub mod escape;
mod helpers;
mod linked_data;
mod paths;
mod plain_text;
mod source_map;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use handlebars::{Context, Handlebars, RenderContext, RenderError, Renderable, StringOutput, Template};

use crate::diagnostic::{Diagnostic, Place, Problems, Result, SourceFile, code};
use crate::locale::Locale;
use crate::project::Project;
use crate::results::{City, Results};
use crate::trust::Signer;
pub use calls::{MessageCall, MessageName};
use context::Data;
pub use helpers::page_settings;
pub use paths::find_unknown_paths;
pub use source_map::{ElementStart, Image, Rendered};

/// The suffix of template files.
pub const SUFFIX: &str = ".typ.hbs";

/// The compiled templates of a project.
pub struct Templates {
    /// The names of all templates of the project, including those that were not loaded.
    names: Vec<String>,
    templates: BTreeMap<String, (Template, Arc<SourceFile>)>,
    /// Contains the partials. The state of a document is in its render context, so that documents can share the engine.
    engine: Handlebars<'static>,
    /// The elements of all templates, by the numbers of their marks; see [`Rendered::place`].
    pub element_starts: Vec<ElementStart>,
    /// The messages that the templates use.
    pub calls: Vec<MessageCall>,
    /// Signs the codes of certificates; `None` leaves them unsigned.
    pub signer: Option<Signer>,
    /// Whether documents carry their facts and credentials as attached files; pages for print do not.
    pub has_attachments: bool,
}

impl Templates {
    /// Compiles the templates below `reports/`. The name of a template is its path in that folder without the suffix.
    ///
    /// If `reports` is not empty, only the templates of these reports are compiled, with the shared ones: compiling all
    /// takes longer than building a certificate.
    pub fn load(project: &Project, reports: &[String]) -> Result<Self, Problems> {
        let name_of = |path: &str| path.strip_prefix("reports/")?.strip_suffix(SUFFIX).map(str::to_owned);
        let all: Vec<(String, String)> =
            project.list("reports").filter_map(|path| Some((name_of(path)?, path.to_owned()))).collect();
        let is_needed = |name: &str| {
            let report = name.rsplit_once('/').map_or(name, |(report, _)| report);
            reports.is_empty() || report == "shared" || reports.iter().any(|r| r == report)
        };
        let files = all.iter().filter(|(name, _)| is_needed(name));
        let mut templates = Self::compile(files.map(|(name, path)| (name.clone(), project.read_source(path))))?;
        templates.names = all.into_iter().map(|(name, _)| name).collect();
        Ok(templates)
    }

    /// Compiles templates from their names and contents.
    pub fn compile(files: impl IntoIterator<Item = (String, Result<Arc<SourceFile>>)>) -> Result<Self, Problems> {
        let mut templates = BTreeMap::new();
        let mut element_starts = Vec::new();
        let mut calls = Vec::new();
        let mut problems = Problems::new();
        for (name, file) in files {
            let compiled = file.and_then(|file| {
                let mut template = compile_template(&file, &name)?;
                calls::collect(&template, &file, &mut calls);
                source_map::prepare(&mut template, &file, &mut element_starts)?;
                Ok((template, file))
            });
            match compiled {
                Ok(compiled) => drop(templates.insert(name, compiled)),
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(templates.keys().filter_map(|name| calls::check_partials(name, &templates)));
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        engine.set_prevent_indent(true);
        engine.register_escape_fn(escape::content);
        for (name, (template, _)) in templates.iter().filter(|(name, _)| name.starts_with("shared/")) {
            engine.register_template(name, template.clone());
        }
        let names = templates.keys().cloned().collect();
        Ok(Self { names, templates, engine, element_starts, calls, signer: None, has_attachments: true })
    }

    /// Adds a template from outside `reports/`. If `is_plain_text`, the text between its expressions is printed unchanged;
    /// otherwise it is Typst.
    pub fn add(&mut self, name: &str, file: &Arc<SourceFile>, is_plain_text: bool) -> Result<()> {
        let mut template = compile_template(file, name)?;
        if is_plain_text {
            plain_text::convert(&mut template, file)?;
        }
        source_map::prepare(&mut template, file, &mut self.element_starts)?;
        self.templates.insert(name.to_owned(), (template, file.clone()));
        Ok(())
    }

    /// Returns the names of all templates of the project.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Returns whether a template calls a helper without parameters, itself or through its partials.
    pub fn calls_helper(&self, template: &str, helper: &str) -> bool {
        calls::calls_helper(template, helper, &self.templates)
    }

    /// Returns whether the text of some template contains `.FIELD`.
    pub fn mentions_field(&self, field: &str) -> bool {
        self.templates.keys().any(|template| self.mentions_field_in(template, field))
    }

    /// Returns whether the text of a template contains `.FIELD`.
    pub fn mentions_field_in(&self, template: &str, field: &str) -> bool {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let Some((_, file)) = self.templates.get(template) else { return false };
        file.text.match_indices(field).any(|(at, _)| {
            let rest = &file.text[at + field.len()..];
            file.text[..at].ends_with('.') && !rest.starts_with(is_word)
        })
    }

    /// Renders the Typst source of a document in one or more languages.
    pub fn render(
        &self,
        name: &str,
        project: &Project,
        results: &Results,
        locales: &[&Locale],
        city: Option<&City>,
    ) -> Result<Rendered, Problems> {
        let mut languages = Vec::with_capacity(locales.len());
        for &locale in locales {
            let Data { json, table, facts } = context::build(results, locale, city)?;
            let context = Context::wraps(json).map_err(|e| Diagnostic::error(code::TEMPLATE, e.to_string()))?;
            languages.push(helpers::LanguageData::new(locale, table, context, facts));
        }
        let session = helpers::Session::new(self, name, project, results, city, languages);
        let Some((template, file)) = self.templates.get(name) else {
            return Err(Diagnostic::error(code::TEMPLATE, format!("unknown template `{name}`")).into());
        };
        let root = name.to_owned();
        let mut render_context = RenderContext::new(Some(&root));
        helpers::register(&mut render_context, &session);
        let mut out = StringOutput::new();
        let rendered = template.render(&self.engine, &session.language().context, &mut render_context, &mut out);
        match rendered {
            Ok(()) if !session.is_complete() => Err(Diagnostic::error(
                code::TEMPLATE,
                format!("the template `{name}` supports only one language per document"),
            )
            .place(Place::at(file, 1, 1))
            .help("put the parts that depend on the language between {{#languages}} and {{/languages}}")
            .into()),
            Ok(()) => {
                let images = session.images.lock().map(|mut images| std::mem::take(&mut *images)).unwrap_or_default();
                let credentials = session.credentials.lock().map(|mut list| std::mem::take(&mut *list));
                let mut rendered = Rendered::new(&out.into_string().unwrap_or_default(), images);
                rendered.credentials = credentials.unwrap_or_default();
                Ok(rendered)
            }
            Err(error) => {
                let cause = session.take_problem();
                Err(self.to_diagnostic(&error, cause, file).into())
            }
        }
    }

    /// Converts a rendering error of the template in `main`. `cause` is the diagnostic of the helper that failed, if any.
    fn to_diagnostic(&self, error: &RenderError, cause: Option<Diagnostic>, main: &Arc<SourceFile>) -> Diagnostic {
        let file = error.template_name.as_ref().and_then(|n| self.templates.get(n)).map_or(main, |(_, file)| file);
        let place = match (error.line_no, error.column_no) {
            (Some(line), Some(column)) => {
                let start = file.offset(line, column);
                let end = file.text[start..].find("}}").map_or(start, |end| start + end + 2);
                Place::new(file, start..end)
            }
            _ => Place::at(file, 1, 1),
        };
        match cause {
            Some(mut problem) => {
                // A wrong call has to be corrected here. Errors in a message or in the data have their own place, which comes
                // first.
                if matches!(problem.code, code::UNKNOWN_MESSAGE | code::MISSING_VARIABLE) || problem.places.is_empty() {
                    problem.places.insert(0, place);
                } else {
                    problem.places.push(place.labelled("used here"));
                }
                problem
            }
            None => {
                let reason = error.reason().to_string();
                let unknown_helper = reason.strip_prefix("Helper not found ");
                match unknown_helper {
                    Some(name) => Diagnostic::error(code::HELPER, format!("unknown helper `{name}`"))
                        .place(place)
                        .help("see the list of helpers in docs/src/reference/template-helpers.md")
                        .suggest(name, helpers::all_names()),
                    None => Diagnostic::error(code::TEMPLATE, clean_message(&reason))
                        .place(place)
                        .help("check the names and arguments in this tag"),
                }
            }
        }
    }
}

/// Limit on nested blocks, and on nested brackets in a tag: beyond it, the recursive engine overflows its stack.
const MAX_DEPTH: usize = 64;

/// Returns the offset of the first tag that exceeds [`MAX_DEPTH`].
fn find_too_deep(text: &str) -> Option<usize> {
    let mut blocks = 0_usize;
    for (at, _) in text.match_indices("{{") {
        let tag = text[at + 2..].split("}}").next().unwrap_or_default();
        match tag.trim_start_matches(['~', '{']).chars().next() {
            Some('#') => blocks += 1,
            Some('/') => blocks = blocks.saturating_sub(1),
            _ => {}
        }
        let mut brackets = 0_usize;
        let is_too_deep = tag.chars().any(|c| {
            match c {
                '(' | '[' | '{' => brackets += 1,
                ')' | ']' | '}' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            brackets > MAX_DEPTH
        });
        if is_too_deep || blocks > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

/// Returns a diagnostic for the first block that is not closed, or the first `{{/…}}` that closes no block.
fn find_unbalanced_block(file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let error = |message: String, range: Range<usize>, help: String| {
        Diagnostic::error(code::TEMPLATE, message).place(Place::new(file, range)).help(help)
    };
    let unclosed = |name: &str, range: &Range<usize>| {
        let help = format!("add `{{{{/{name}}}}}` where the block ends");
        error(format!("the block `{{{{#{name}}}}}` is not closed"), range.clone(), help)
    };
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    let mut rest = file.text.as_str();
    while let Some(at) = rest.find("{{") {
        let start = file.text.len() - rest.len() + at;
        let tag = &rest[at + 2..];
        let is_escaped = rest[..at].ends_with('\\');
        let end = if tag.trim_start_matches('~').starts_with("!--") { "--}}" } else { "}}" };
        let Some(length) = tag.find(end) else { break };
        let range = start..start + 2 + length + end.len();
        rest = &tag[length + end.len()..];
        let tag = tag[..length].trim_start_matches('~').trim_end_matches('~');
        // Without its closing braces, a tag contains the next one, which is another mistake.
        if tag.contains("{{") {
            return None;
        }
        if is_escaped {
            continue;
        } else if let Some(block) = tag.strip_prefix('#') {
            let block = block.trim_start_matches(['>', '*']);
            open.push((block.split_whitespace().next().unwrap_or_default(), range));
        } else if let Some(closed) = tag.strip_prefix('/') {
            let closed = closed.trim();
            match open.pop() {
                Some((name, _)) if name == closed => {}
                Some((name, at)) if open.iter().any(|(outer, _)| *outer == closed) => return Some(unclosed(name, &at)),
                Some((name, at)) => {
                    let message = format!("`{{{{/{closed}}}}}` does not close the block `{{{{#{name}}}}}`");
                    let problem = error(message, range, format!("write `{{{{/{name}}}}}`"));
                    return Some(problem.place(Place::new(file, at).labelled("the open block")));
                }
                None => {
                    let help = format!("remove it, or add `{{{{#{closed} …}}}}` before it");
                    return Some(error(format!("`{{{{/{closed}}}}}` closes no block"), range, help));
                }
            }
        }
    }
    open.pop().map(|(name, range)| unclosed(name, &range))
}

/// Compiles a template. Deep nesting and syntax errors are reported at their place.
fn compile_template(file: &Arc<SourceFile>, name: &str) -> Result<Template> {
    if let Some(at) = find_too_deep(&file.text) {
        return Err(Diagnostic::error(
            code::TEMPLATE,
            format!("blocks or brackets are nested more than {MAX_DEPTH} levels deep"),
        )
        .place(Place::new(file, at..at + 2))
        .help("move the inner levels to a partial: {{> name}}"));
    }
    Template::compile_with_name(&file.text, name.to_owned()).map_err(|error| {
        // The parser reports an unclosed block at the end of the file, with the names of its grammar rules.
        if let Some(problem) = find_unbalanced_block(file) {
            return problem;
        }
        let (line, column) = error.pos().unwrap_or((1, 1));
        // Handlebars adds an excerpt of the source; the diagnostic shows its own.
        let reason = error.reason().to_string();
        let reason = clean_message(reason.trim());
        let reason = reason.strip_prefix("invalid handlebars syntax: ").unwrap_or(&reason);
        Diagnostic::error(code::TEMPLATE, format!("invalid Handlebars syntax: {reason}"))
            .place(Place::at(file, line, column))
            .help("check that every {{#…}} has its {{/…}} and that quotes are closed")
    })
}

/// Returns the last line of an error message of the engine, which states the problem, in the style of a diagnostic.
fn clean_message(text: &str) -> String {
    let line = text.lines().map(str::trim).rfind(|l| !l.is_empty()).unwrap_or_default();
    let line = line.trim_start_matches("= ");
    line.chars().next().map_or_else(String::new, |c| c.to_lowercase().chain(line.chars().skip(1)).collect())
}
