//! The shapes: Handlebars templates that emit Typst, with a way back from the Typst to the template.

mod calls;
mod context;
pub mod escape;
mod helpers;
mod paths;
mod phrase;
mod source_map;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use handlebars::{Context, Handlebars, RenderContext, RenderError, Renderable, StringOutput, Template};

use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::locale::Locale;
use crate::project::Project;
use crate::results::{City, Results};
pub use calls::{Call, Message};
pub use context::ITEM;
pub use paths::check as unknown_paths;
pub use source_map::{Origin, Rendered};

/// Ends the name of every template.
pub const SUFFIX: &str = ".typ.hbs";

/// The templates of a project, compiled.
pub struct Templates {
    /// Of all templates, compiled or not.
    names: Vec<String>,
    templates: BTreeMap<String, (Template, Arc<SourceFile>)>,
    /// Holds the partials; what belongs to one document goes into its render context.
    engine: Handlebars<'static>,
    pub origins: Vec<Origin>,
    /// The messages that they ask for.
    pub calls: Vec<Call>,
}

impl Templates {
    /// Compiles the templates below `reports/`; their names are their paths there without the ending. Only those of
    /// some reports, if any are named: compiling takes longer than a certificate.
    pub fn load(project: &Project, reports: &[String]) -> std::result::Result<Self, Vec<Diagnostic>> {
        let name = |path: &str| path.strip_prefix("reports/")?.strip_suffix(SUFFIX).map(str::to_owned);
        let all: Vec<(String, String)> =
            project.list("reports").into_iter().filter_map(|path| Some((name(&path)?, path))).collect();
        let wanted = |name: &str| {
            let report = name.rsplit_once('/').map_or(name, |(report, _)| report);
            reports.is_empty() || report == "shared" || reports.iter().any(|r| r == report)
        };
        let files = all.iter().filter(|(name, _)| wanted(name));
        let mut templates = Self::of(files.map(|(name, path)| (name.clone(), project.source(path))))?;
        templates.names = all.into_iter().map(|(name, _)| name).collect();
        Ok(templates)
    }

    /// Compiles templates that were read, by their names.
    pub fn of(
        files: impl IntoIterator<Item = (String, Result<Arc<SourceFile>>)>,
    ) -> std::result::Result<Self, Vec<Diagnostic>> {
        let mut templates = BTreeMap::new();
        let mut origins = Vec::new();
        let mut calls = Vec::new();
        let mut problems = Vec::new();
        for (name, file) in files {
            let compiled = file.and_then(|file| {
                let mut template = compile(&file, &name)?;
                calls::collect(&template, &file, &mut calls);
                source_map::prepare(&mut template, &file, &helpers::names(), &mut origins)?;
                Ok((template, file))
            });
            match compiled {
                Ok(compiled) => drop(templates.insert(name, compiled)),
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(templates.keys().filter_map(|name| calls::circle(name, &templates)));
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
        Ok(Self { names, templates, engine, origins, calls })
    }

    /// Adds a template that stands outside `reports/`. A phrase prints what stands between its expressions as it is;
    /// otherwise that is Typst.
    pub fn add(&mut self, name: &str, file: &Arc<SourceFile>, phrase: bool) -> Result<()> {
        let mut template = compile(file, name)?;
        if phrase {
            phrase::literal(&mut template, file)?;
        }
        source_map::prepare(&mut template, file, &helpers::names(), &mut self.origins)?;
        self.templates.insert(name.to_owned(), (template, file.clone()));
        Ok(())
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Renders the Typst source of one document, in one language or in several.
    pub fn render(
        &self,
        name: &str,
        project: &Project,
        results: &Results,
        locales: &[&Locale],
        city: Option<&City>,
    ) -> std::result::Result<Rendered, Vec<Diagnostic>> {
        let mut parts = Vec::with_capacity(locales.len());
        for &locale in locales {
            let (json, table) = context::build(results, locale, city)?;
            let context = Context::wraps(json).map_err(|e| vec![Diagnostic::error(code::TEMPLATE, e.to_string())])?;
            parts.push(helpers::Part { locale, table, context });
        }
        let session = helpers::Session::new(project, results, parts);
        let Some((template, file)) = self.templates.get(name) else {
            return Err(vec![Diagnostic::error(code::TEMPLATE, format!("there is no template `{name}`"))]);
        };
        let root = name.to_owned();
        let mut render_context = RenderContext::new(Some(&root));
        helpers::register(&mut render_context, &session);
        let mut out = StringOutput::new();
        let rendered = template.render(&self.engine, &session.part().context, &mut render_context, &mut out);
        match rendered {
            Ok(()) if locales.len() > 1 && !session.spoken.load(Ordering::Relaxed) => Err(vec![
                Diagnostic::error(code::TEMPLATE, format!("the template `{name}` makes documents in one language"))
                    .place(Place::at(file, 1, 1))
                    .help("put what differs by language between {{#languages}} and {{/languages}}"),
            ]),
            Ok(()) => Ok(Rendered::new(&out.into_string().unwrap_or_default())),
            Err(error) => {
                let own = session.problem.lock().ok().and_then(|mut slot| slot.take());
                Err(vec![self.located(&error, own, file)])
            }
        }
    }

    /// A rendering error with its place in the template put first.
    fn located(&self, error: &RenderError, own: Option<Diagnostic>, main: &Arc<SourceFile>) -> Diagnostic {
        let file = error.template_name.as_ref().and_then(|n| self.templates.get(n)).map_or(main, |(_, file)| file);
        let place = match (error.line_no, error.column_no) {
            (Some(line), Some(column)) => {
                let start = file.offset(line, column);
                let end = file.text[start..].find("}}").map_or(start, |end| start + end + 2);
                Place::new(file, start..end)
            }
            _ => Place::at(file, 1, 1),
        };
        match own {
            Some(mut problem) => {
                // A wrong call is a mistake of this line; one inside a message or the data is used here.
                if matches!(problem.code, code::UNKNOWN_MESSAGE | code::MISSING_VARIABLE) || problem.places.is_empty() {
                    problem.places.insert(0, place);
                } else {
                    problem.places.push(place.labelled("used here"));
                }
                problem
            }
            None => {
                let reason = error.reason().to_string();
                let unknown = reason.strip_prefix("Helper not found ");
                match unknown {
                    Some(name) => Diagnostic::error(code::HELPER, format!("there is no helper `{name}`"))
                        .place(place)
                        .help("README.md lists the helpers: “What a template may call”")
                        .suggest(name, helpers::callable()),
                    None => Diagnostic::error(code::TEMPLATE, lower(&reason))
                        .place(place)
                        .help("see the table of helpers in README.md"),
                }
            }
        }
    }
}

/// Blocks within blocks, and brackets within brackets of a tag: the engine takes a part of the stack for each.
const MAX_DEPTH: usize = 64;

/// The tag that goes deeper than that.
fn too_deep(text: &str) -> Option<usize> {
    let mut blocks = 0_usize;
    for (at, _) in text.match_indices("{{") {
        let tag = text[at + 2..].split("}}").next().unwrap_or_default();
        match tag.trim_start_matches(['~', '{']).chars().next() {
            Some('#') => blocks += 1,
            Some('/') => blocks = blocks.saturating_sub(1),
            _ => {}
        }
        let mut brackets = 0_usize;
        let deep = tag.chars().any(|c| {
            match c {
                '(' | '[' | '{' => brackets += 1,
                ')' | ']' | '}' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            brackets > MAX_DEPTH
        });
        if deep || blocks > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

fn compile(file: &Arc<SourceFile>, name: &str) -> Result<Template> {
    if let Some(at) = too_deep(&file.text) {
        return Err(Diagnostic::error(
            code::TEMPLATE,
            format!("more than {MAX_DEPTH} levels stand in each other here"),
        )
        .place(Place::new(file, at..at + 2))
        .help("move some of them into a partial: {{> name}}"));
    }
    Template::compile_with_name(&file.text, name.to_owned()).map_err(|error| {
        let (line, column) = error.pos().unwrap_or((1, 1));
        // The parser adds a drawing of its own under the first line.
        let reason = error.reason().to_string();
        Diagnostic::error(code::TEMPLATE, format!("this is not valid Handlebars: {}", lower(reason.trim())))
            .place(Place::at(file, line, column))
            .help("check that every {{#…}} has its {{/…}} and that quotes are closed")
    })
}

fn lower(text: &str) -> String {
    let line = text.lines().map(str::trim).rfind(|l| !l.is_empty()).unwrap_or_default();
    let line = line.trim_start_matches("= ");
    line.chars().next().map_or_else(String::new, |c| c.to_lowercase().chain(line.chars().skip(1)).collect())
}
