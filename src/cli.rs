//! The command line. The doc comments are the help text.

use std::path::PathBuf;

use crate::shard::Asked;
use crate::store::Target;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

/// Prints an edition's press releases and certificates, in every language, from facts written once.
///
/// Without a command it builds. Without a project in the working folder it makes the edition that is
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
    /// Reads the command line, or ends the program with what is wrong with it.
    pub fn read() -> Self {
        let matches = Self::command().get_matches();
        let cli = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        // What to build stands behind `build`, or alone: in front of a command it would be lost.
        if let Some((command, _)) = matches.subcommand() {
            let given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
            if let Some(id) = [
                "lang",
                "report",
                "city",
                "out",
                "overwrite",
                "spread",
                "patience",
                "jobs",
                "dry_run",
                "strict",
                "timeout",
                "memory",
                "fail_fast",
                "resume",
                "only",
                "shard",
                "shards",
            ]
            .into_iter()
            .find(given)
            {
                let text = format!("write `--{}` behind the command: gen-report {command} …", id.replace('_', "-"));
                Self::command().error(ErrorKind::ArgumentConflict, text).exit();
            }
        }
        cli
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the documents (the default)
    Build(BuildArgs),
    /// Find what is wrong with the project, and make nothing
    Check(CheckArgs),
    /// Explain a code of a message, as E0103; without one, list them all
    Explain(ExplainArgs),
    /// Write a new project that builds at once
    Init(InitArgs),
    /// Show the cities, reports and languages of the project
    List,
    /// Join the manifests of shards; gaps, doubles and documents that differ are errors
    Merge(MergeArgs),
    /// Print the JSON Schema of the results file, for editors
    Schema,
}

#[derive(Args, Debug)]
pub struct BuildArgs {
    /// Languages to make, as fr,zh,en; zh+en sets both in one document [default: all that the results speak]
    #[arg(short, long, value_name = "LANG", value_delimiter = ',', action = ArgAction::Append)]
    pub lang: Vec<String>,
    /// Reports to make, as press-release,certificate [default: all]
    #[arg(short, long, value_name = "REPORT", value_delimiter = ',', action = ArgAction::Append)]
    pub report: Vec<String>,
    /// Cities to make documents for, by id; the edition's own documents are then left out [default: all selected]
    #[arg(short, long, value_name = "CITY", value_delimiter = ',', action = ArgAction::Append)]
    pub city: Vec<String>,
    /// Folder for the documents, which go to DIR/LANG/REPORT-CITY.pdf, or a bucket: s3://, gs://, az://, file://
    #[arg(short, long, value_name = "DIR|URL", default_value = "out")]
    pub out: Target,
    /// One file for each report and language in place of one for each document: DIR/LANG/REPORT-all.zip or .pdf
    #[arg(long, value_name = "KIND", value_enum, conflicts_with_all = ["resume", "only"])]
    pub archive: Option<crate::store::archive::Kind>,
    /// Replace objects of a bucket that are there and differ; without it they are an error. Files are always replaced
    #[arg(long)]
    pub overwrite: bool,
    /// Begin the name of each object with two letters of its sum, for thousands of objects a second in one bucket
    #[arg(long)]
    pub spread: bool,
    /// Seconds for which a bucket that does not answer is asked again
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "60")]
    pub patience: std::time::Duration,
    /// Documents made at the same time [default: one for each core]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Say what would be made, and make nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Refuse words and names that come from a locale's fallback
    #[arg(long)]
    pub strict: bool,
    /// Seconds that one document may take; it is then ended, and the others go on [default: no limit]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<std::time::Duration>,
    /// Mebibytes of memory that one document may take, with --timeout
    #[cfg(unix)]
    #[arg(long, value_name = "MIB", requires = "timeout", value_parser = clap::value_parser!(u64).range(64..=1 << 20))]
    pub memory: Option<u64>,
    #[arg(long, hide = true)]
    pub worker: bool,
    /// Go on with an earlier run: make only what is missing or stale
    #[arg(long)]
    pub resume: bool,
    /// Make only the documents that a failed.jsonl or a manifest names
    #[arg(long, value_name = "FILE")]
    pub only: Option<PathBuf>,
    /// Make one of several parts, as 3/8; auto reads which from Slurm, Kubernetes or AWS Batch
    #[arg(long, value_name = "I/N|auto")]
    pub shard: Option<Asked>,
    /// How many parts there are, with --shard auto; the array's indices then count from 0
    #[arg(long, value_name = "N", requires = "shard", value_parser = clap::value_parser!(u32).range(1..))]
    pub shards: Option<u32>,
    /// Stop at the first document that fails
    #[arg(long)]
    pub fail_fast: bool,
}

#[derive(Args, Debug)]
pub struct MergeArgs {
    /// Where the shards have put their documents
    #[arg(value_name = "DIR|URL", default_value = "out")]
    pub out: Target,
    /// The shards made archives of that kind: each of them must be there
    #[arg(long, value_name = "KIND", value_enum)]
    pub archive: Option<crate::store::archive::Kind>,
    /// The names of objects begin with two letters of their sums
    #[arg(long)]
    pub spread: bool,
    /// Languages that the shards made [default: all that the results speak]
    #[arg(short, long, value_name = "LANG", value_delimiter = ',', action = ArgAction::Append)]
    pub lang: Vec<String>,
    /// Reports that the shards made [default: all]
    #[arg(short, long, value_name = "REPORT", value_delimiter = ',', action = ArgAction::Append)]
    pub report: Vec<String>,
}

#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Languages to check, as fr,zh,en [default: all of the project; with --out, those that stand there]
    #[arg(short, long, value_name = "LANG", value_delimiter = ',', action = ArgAction::Append)]
    pub lang: Vec<String>,
    /// Read the documents of a build in DIR back too, and compare each figure, date and rank with the results
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT", value_enum)]
    pub deny: Option<Deny>,
}

#[derive(Args, Debug)]
pub struct ExplainArgs {
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Args, Debug)]
pub struct InitArgs {
    /// Folder for the project; files that are there already are never touched
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Languages of the project, as fr,zh,en [default: all that are embedded]
    #[arg(short, long, value_name = "LANG", value_delimiter = ',', action = ArgAction::Append)]
    pub lang: Vec<String>,
    /// Write embedded files to change in place of a project, as locales/fr or reports/certificate
    #[arg(long, value_name = "PATH", value_delimiter = ',', action = ArgAction::Append, conflicts_with = "lang")]
    pub eject: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

#[derive(Args, Debug)]
pub struct CommonArgs {
    /// The project's folder, with reports/, locales/ and fonts/
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// The results file [default: reports/results.yaml of the project]
    #[arg(long, global = true, value_name = "FILE")]
    pub results: Option<PathBuf>,
    /// Cities in bulk: a .csv, .jsonl or .yaml file, or a folder of them [default: what the results name]
    #[arg(long, global = true, value_name = "FILE|DIR")]
    pub records: Option<PathBuf>,
    /// How messages are written: for people, one JSON object per line on standard output, or a SARIF 2.1.0 log
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub message_format: Format,
    /// Colour in messages
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what is done, and how long it takes
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Always,
    Auto,
    Never,
}

fn seconds(text: &str) -> Result<std::time::Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "write seconds, as in 10 or 0.5".to_owned())?;
    match std::time::Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err("write more than 0 seconds".to_owned()),
    }
}
