//! The command line. The doc comments are the help texts.

#[cfg(feature = "print")]
mod print;
mod trust;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::run::shard::ShardSpec;
use crate::run::{Resume, Selection, StaleAction};
use crate::store::{ArchiveFormat, Destination, StoreOptions};
#[cfg(feature = "watch")]
use crate::watch::editor::Editor;
#[cfg(feature = "print")]
pub use print::{PageGrid, PrintArgs, StockArgs};
#[cfg(feature = "cloud")]
pub use trust::TimeStampArgs;
pub use trust::{
    ImportArgs, KeyArgs, KeysArgs, KeysCommand, NewKeyArgs, PasswordArgs, PublishArgs, RevokeArgs, SealArgs, SignArgs,
    SupersedeArgs, VerifyArgs,
};

/// Build press releases and certificates in every language from facts that are written once
///
/// Without a command, gen-report builds the documents. If there is no project in the working folder, it builds the edition
/// embedded in the program.
#[derive(Debug, Parser)]
#[command(name = "gen-report", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub build: BuildArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

impl Cli {
    /// Returns the command with a rule that clap's derive cannot express: for `check`, options of a bucket require `--out`.
    pub fn full_command() -> clap::Command {
        let needs_out = |arg: clap::Arg| arg.requires("out");
        Self::command()
            .mut_subcommand("check", |check| check.mut_arg("spread", needs_out).mut_arg("patience", needs_out))
    }

    /// Parses the command line, or ends the program with a usage error.
    pub fn from_command_line() -> Self {
        let matches = Self::full_command().get_matches();
        let cli = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        // Options of `build` before another command would be ignored.
        if let Some((name, _)) = matches.subcommand() {
            let build = BuildArgs::augment_args(clap::Command::new("build"));
            let is_given =
                |arg: &&clap::Arg| matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
            if let Some(arg) = build.get_arguments().find(is_given) {
                let option = arg.get_long().unwrap_or_default();
                let command = Self::command();
                let accepts = |command: &clap::Command| command.get_arguments().any(|own| own.get_id() == arg.get_id());
                let text = if command.find_subcommand(name).is_some_and(accepts) {
                    format!("write `--{option}` after the command: gen-report {name} --{option} …")
                } else {
                    format!("`--{option}` is an option of `build`, not of `{name}`")
                };
                Self::command().error(ErrorKind::ArgumentConflict, text).exit();
            }
        }
        if let Some(option) = matches.subcommand_matches("print").and_then(find_ineffective_option) {
            let text = format!("with `--stock`, `--{option}` requires `--sheet`, `--up` or `--layout`");
            Self::command().error(ErrorKind::MissingRequiredArgument, text).exit();
        }
        cli
    }
}

/// Returns an option of sheets that is given for stock that is not placed on sheets.
fn find_ineffective_option(print: &ArgMatches) -> Option<String> {
    let is_given = |id: &&str| print.value_source(id) == Some(ValueSource::CommandLine);
    let is_ineffective = is_given(&"stock") && !["sheet", "up", "layout"].iter().any(is_given);
    let option = ["gutter", "margin", "gripper", "no_marks", "job_number", "shop_lang"].into_iter().find(is_given)?;
    is_ineffective.then(|| option.replace('_', "-"))
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the documents (default)
    Build(BuildArgs),
    /// Report all problems of the project, without writing anything
    Check(CheckArgs),
    /// Print a script that completes commands and options in a shell
    Completions(CompletionsArgs),
    /// Explain a diagnostic code (for example E0103), or list all codes
    Explain(ExplainArgs),
    /// Create a project that is ready to build
    Init(InitArgs),
    /// Make, show and publish the keys that sign certificates
    Keys(Box<KeysArgs>),
    /// List the cities, reports and languages of the project
    List,
    /// Print a page of the manual for `man`
    Man(ManArgs),
    /// Check the documents of all shards and merge their manifests
    Merge(MergeArgs),
    /// Impose documents on sheets for a printing press, or print fields on pre-printed stock
    #[cfg(feature = "print")]
    Print(Box<PrintArgs>),
    /// Make proofs for translators: the pages with a number at each message, beside a list of all messages
    Proof(ProofArgs),
    /// Revoke a certificate: record it in reports/register.yaml (then run `keys publish`)
    Revoke(RevokeArgs),
    /// Print the JSON Schema of the results file, for editors
    Schema,
    /// Record in reports/register.yaml that a certificate is replaced by another
    Supersede(SupersedeArgs),
    /// Check whether certificates are genuine
    Verify(VerifyArgs),
    /// Show documents in a browser, and build them again at every change of a file
    #[cfg(feature = "watch")]
    Watch(WatchArgs),
}

/// Languages and reports, for commands that select documents.
#[derive(Args, Debug)]
pub struct SelectionArgs {
    /// Languages (for example fr,zh,en); zh+en puts both in one document [default: every language used in the results file]
    #[arg(short, long, value_name = "LANG", value_delimiter = ',', action = ArgAction::Append)]
    pub lang: Vec<String>,
    /// Reports (for example press-release,certificate) [default: all]
    #[arg(short, long, value_name = "REPORT", value_delimiter = ',', action = ArgAction::Append)]
    pub report: Vec<String>,
}

/// Cities, for commands that can leave some out.
#[derive(Args, Debug)]
pub struct CityArgs {
    /// Cities (for example beijing); documents about the whole edition are then left out [default: all selected cities]
    #[arg(short, long, value_name = "CITY", value_delimiter = ',', action = ArgAction::Append)]
    pub city: Vec<String>,
}

impl SelectionArgs {
    pub fn selection(&self, cities: &[String]) -> Selection {
        Selection { languages: self.lang.clone(), reports: self.report.clone(), cities: cities.to_vec() }
    }
}

#[cfg(feature = "watch")]
#[derive(Args, Debug)]
pub struct WatchArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    #[command(flatten)]
    pub cities: CityArgs,
    /// Open the page in the default browser
    #[arg(long)]
    pub open: bool,
    /// Port of the page on 127.0.0.1 [default: any free one]
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// How to open a file from the page: a URL (for example vscode://file/{file}:{line}:{column}) or a command (for example
    /// code --goto {file}:{line}:{column})
    #[arg(long, value_name = "PATTERN", value_parser = Editor::parse)]
    pub editor: Option<Editor>,
}

/// How to use a bucket or a time-stamp server.
#[derive(Args, Debug)]
pub struct StoreArgs {
    /// Prefix object names with two hex digits of their hash, to spread load over a bucket
    #[arg(long)]
    pub spread: bool,
    /// How long to retry an unresponsive bucket or time-stamp server, in seconds
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds, default_value = "60")]
    pub patience: Duration,
}

/// The help of `--patience` for commands that ask no time-stamp server.
const BUCKET_PATIENCE: &str = "How long to retry an unresponsive bucket, in seconds";

impl StoreArgs {
    pub fn options(&self) -> StoreOptions {
        StoreOptions { overwrite: false, spread: self.spread, patience: self.patience }
    }
}

#[derive(Args, Debug)]
pub struct BuildArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    #[command(flatten)]
    pub cities: CityArgs,
    /// Build the two pseudo-locales, which show what a translation may break: the same as --lang en-XA,en-XB if English is the reference
    #[arg(long, conflicts_with_all = ["lang", "sign", "prune", "only"])]
    pub pseudo: bool,
    /// Folder for the documents (DIR/LANG/REPORT-CITY.pdf), or a bucket: s3://, gs://, az://, file://
    #[arg(short, long, value_name = "DIR|URL", default_value = "out")]
    pub out: Destination,
    /// Write one archive for each report and language (DIR/LANG/REPORT-all.zip) instead of one file for each document
    #[arg(long, value_name = "FORMAT", value_enum, conflicts_with_all = ["resume", "only"])]
    pub archive: Option<ArchiveFormat>,
    /// Overwrite objects in a bucket if their content differs (files in a folder are always replaced)
    #[arg(long)]
    pub overwrite: bool,
    #[command(flatten)]
    pub store: StoreArgs,
    /// Number of documents to build at the same time [default: number of cores]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Remove the documents of cities, languages and reports that are no longer in the project, if the manifest lists them and they are unchanged
    #[arg(long, conflicts_with_all = ["only", "shard", "city", "archive"])]
    pub prune: bool,
    /// List the documents without building them (with --prune, also those that would be removed)
    #[arg(long)]
    pub dry_run: bool,
    /// Treat text from a fallback locale as an error
    #[arg(long)]
    pub strict: bool,
    /// Time limit for one document, in seconds; a document that exceeds it fails [default: no limit]
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    pub timeout: Option<Duration>,
    /// Memory limit for one document, in mebibytes (requires --timeout)
    #[cfg(unix)]
    #[arg(long, value_name = "MIB", requires = "timeout", value_parser = clap::value_parser!(u64).range(64..=1 << 20))]
    pub memory: Option<u64>,
    #[command(flatten)]
    pub seal: SealArgs,
    #[cfg(feature = "cloud")]
    #[command(flatten)]
    pub time_stamp: TimeStampArgs,
    /// Write only the credentials of certificates, for wallets (DIR/LANG/certificate-CITY.jwt), and no PDF
    #[arg(long, requires = "sign", conflicts_with_all = [
        "archive", "resume", "only", "shard", "prune", "dry_run", "timeout", "fail_fast",
    ])]
    pub credential_only: bool,
    #[arg(long, hide = true)]
    pub worker: bool,
    /// Continue an earlier run: build only what is missing or out of date (with `verify`, also compare the hash of each
    /// document)
    #[arg(long, value_name = "HOW", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "size")]
    pub resume: Option<Resume>,
    /// Build only the documents listed in FILE, a failed.jsonl or manifest.jsonl
    #[arg(long, value_name = "FILE")]
    pub only: Option<PathBuf>,
    /// Build one part (shard) of the documents (for example 3/8), or the one that Slurm, Kubernetes or AWS Batch assigns (auto)
    #[arg(long, value_name = "I/N|auto")]
    pub shard: Option<ShardSpec>,
    /// Number of shards, for --shard auto if the scheduler does not give it or only some tasks are submitted (array indices
    /// then start at 0)
    #[arg(long, value_name = "N", requires = "shard", value_parser = clap::value_parser!(u32).range(1..))]
    pub shards: Option<u32>,
    /// Stop at the first document that fails
    #[arg(long)]
    pub fail_fast: bool,
}

impl BuildArgs {
    /// Returns what to do about stale documents. Without `--prune`, a run that builds only some of the documents does not look for
    /// them.
    pub fn stale_action(&self) -> StaleAction {
        let is_partial = self.only.is_some()
            || self.pseudo
            || self.shard.is_some()
            || !self.cities.city.is_empty()
            || !self.selection.report.is_empty()
            || !self.selection.lang.is_empty();
        match self.prune {
            true => StaleAction::Remove(self.selection.selection(&[])),
            false if is_partial || self.archive.is_some() => StaleAction::Ignore,
            false => StaleAction::Report,
        }
    }

    /// Returns the memory limit for one document, in mebibytes. Only Unix systems have one.
    pub fn memory_limit(&self) -> Option<u64> {
        #[cfg(unix)]
        return self.memory;
        #[cfg(not(unix))]
        return None;
    }
}

#[derive(Args, Debug)]
#[command(mut_arg("patience", |arg| arg.help(BUCKET_PATIENCE)))]
#[command(mut_arg("sign", |arg| arg.help(
    "Key with which the shards were signed: its name, or its file (for example issuer or ./issuer.pem)"
)))]
pub struct MergeArgs {
    /// Folder or bucket that contains the documents of the shards
    #[arg(value_name = "DIR|URL", default_value = "out")]
    pub out: Destination,
    /// Check the archives of the shards in this format instead of single documents
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub archive: Option<ArchiveFormat>,
    #[command(flatten)]
    pub store: StoreArgs,
    #[command(flatten)]
    pub selection: SelectionArgs,
    #[command(flatten)]
    pub seal: SealArgs,
}

#[derive(Args, Debug)]
#[command(mut_arg("patience", |arg| arg.help(BUCKET_PATIENCE)))]
pub struct CheckArgs {
    /// Languages to check (for example fr,zh,en); zh+en checks the documents in both [default: those used in the results file, and those that the project adds to the embedded ones; with --out: those found there]
    #[arg(short, long, value_name = "LANG", value_delimiter = ',', action = ArgAction::Append)]
    pub lang: Vec<String>,
    /// Also read the finished documents in a folder or bucket, compare each figure, date and rank with the facts, and report documents that the project no longer has
    #[arg(short, long, value_name = "DIR|URL")]
    pub out: Option<Destination>,
    #[command(flatten)]
    pub store: StoreArgs,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT", value_enum)]
    pub deny: Option<Deny>,
}

#[derive(Args, Debug)]
pub struct ProofArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    #[command(flatten)]
    pub cities: CityArgs,
    /// Make proofs of the two pseudo-locales: the same as --lang en-XA,en-XB if English is the reference
    #[arg(long, conflicts_with = "lang")]
    pub pseudo: bool,
    /// Folder for the proofs (DIR/LANG.pdf and DIR/LANG.html)
    #[arg(short, long, value_name = "DIR", default_value = "proof")]
    pub out: PathBuf,
}

#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// A diagnostic code [default: list all codes]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Args, Debug)]
pub struct InitArgs {
    /// Folder for the project; existing files are never changed
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Languages of the project (for example fr,zh,en) [default: all embedded languages]
    #[arg(short, long, value_name = "LANG", value_delimiter = ',', action = ArgAction::Append)]
    pub lang: Vec<String>,
    /// Write only these embedded files, for editing (for example locales/fr or reports/certificate)
    #[arg(long, value_name = "PATH", value_delimiter = ',', action = ArgAction::Append, conflicts_with = "lang")]
    pub eject: Vec<String>,
}

#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// Shell
    pub shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
pub struct ManArgs {
    /// Command that the page is about [default: the program]
    pub command: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

#[derive(Args, Clone, Debug)]
pub struct CommonArgs {
    /// Folder of the project, with reports/, locales/ or fonts/ [default: the working folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// Results file [default: reports/results.yaml of the project]
    #[arg(long, global = true, value_name = "FILE")]
    pub results: Option<PathBuf>,
    /// Records of many cities: a .csv, .jsonl or .yaml file, or a folder of them [default: as set in the results file]
    #[arg(long, global = true, value_name = "FILE|DIR")]
    pub records: Option<PathBuf>,
    /// Format of diagnostics: human, json (one object per line on standard output) or sarif (a SARIF 2.1.0 log)
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// Print only errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print details and timings
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

impl CommonArgs {
    /// Returns the folder of the project.
    pub fn folder(&self) -> &Path {
        self.project.as_deref().unwrap_or(Path::new("."))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    Human,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Always,
    Auto,
    Never,
}

fn parse_jobs(text: &str) -> Result<NonZeroUsize, String> {
    /// Each job needs a thread, and memory for a document.
    const MAX_JOBS: usize = 1024;
    let jobs = text.parse().ok().filter(|jobs: &NonZeroUsize| jobs.get() <= MAX_JOBS);
    jobs.ok_or_else(|| format!("expected a number from 1 to {MAX_JOBS} (more jobs than cores bring no gain)"))
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "expected a number of seconds (for example 10 or 0.5)".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err("expected a number above 0".to_owned()),
    }
}
