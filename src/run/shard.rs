//! Shards: parts of a run for several machines.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::{Diagnostic, code};
use crate::hash::hash;

/// One of several parts of a run. A document belongs to the same shard wherever it is in the plan, because only the
/// name of its city or report decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Counted from 1.
    pub index: u32,
    /// The number of shards.
    pub count: u32,
}

impl Shard {
    fn new(index: u64, count: u64) -> Option<Self> {
        let (index, count) = (u32::try_from(index).ok()?, u32::try_from(count).ok()?);
        (1..=count).contains(&index).then_some(Self { index, count })
    }

    /// Whether this shard builds the documents of a city, or the edition's document of a report. `name` is the id of
    /// the city or the name of the report.
    pub fn contains(self, name: &str) -> bool {
        let number = hash(name).iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.count) == u64::from(self.index - 1)
    }

    /// Returns the suffix of file names of this shard: `-3-of-8`.
    pub fn suffix(self) -> String {
        format!("-{}-of-{}", self.index, self.count)
    }

    /// Returns the file name of a journal of this shard: `manifest-3-of-8.jsonl`.
    pub fn journal_name(self, name: &str) -> String {
        format!("{name}{}.jsonl", self.suffix())
    }

    /// Parses the file name of a journal called `name`. Returns `None` if it is not the journal of a shard.
    pub fn from_journal_name(name: &str, file: &str) -> Option<Self> {
        let (index, count) = file.strip_prefix(name)?.strip_prefix('-')?.strip_suffix(".jsonl")?.split_once("-of-")?;
        let shard = Self::new(index.parse().ok()?, count.parse().ok()?)?;
        (shard.journal_name(name) == file).then_some(shard)
    }
}

/// Formats a shard as in `--shard 3/8`.
impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

/// The value of `--shard`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardSpec {
    /// Use the shard given by the environment variables of a scheduler.
    Auto,
    Shard(Shard),
}

impl FromStr for ShardSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" {
            return Ok(Self::Auto);
        }
        let shard = text.split_once('/').and_then(|(i, n)| Shard::new(i.parse().ok()?, n.parse().ok()?));
        shard.map(Self::Shard).ok_or_else(|| "write `3/8` for the third of eight shards, or `auto`".to_owned())
    }
}

/// The names of the environment variables that a scheduler sets for each task of an array job.
struct Scheduler {
    index: &'static str,
    /// Holds the number of tasks.
    count: Option<&'static str>,
    /// Holds the lowest index. Without this variable, indices start at 0.
    lowest: Option<&'static str>,
}

const SCHEDULERS: &[Scheduler] = &[
    Scheduler {
        index: "SLURM_ARRAY_TASK_ID",
        count: Some("SLURM_ARRAY_TASK_COUNT"),
        lowest: Some("SLURM_ARRAY_TASK_MIN"),
    },
    Scheduler { index: "AWS_BATCH_JOB_ARRAY_INDEX", count: Some("AWS_BATCH_JOB_ARRAY_SIZE"), lowest: None },
    Scheduler { index: "JOB_COMPLETION_INDEX", count: None, lowest: None },
];

impl ShardSpec {
    /// Returns the shard that this process builds. `shards` is the value of `--shards`.
    ///
    /// # Errors
    /// See [`Self::resolve`].
    pub fn resolve_here(self, shards: Option<u32>) -> Result<Shard, Diagnostic> {
        self.resolve(shards, &read_environment_variable)
    }

    /// Returns the shard that a process builds.
    ///
    /// `shards` is the value of `--shards`: if it is given, array indices start at 0, even if only some of the tasks
    /// were submitted. `variable` reads an environment variable.
    ///
    /// # Errors
    /// With `auto`: no scheduler is found, the number of shards is unknown, or the index is out of range.
    pub fn resolve(self, shards: Option<u32>, variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, Diagnostic> {
        let error = |message: String, help: &str| Diagnostic::error(code::SHARD, message).help(help);
        if let Self::Shard(shard) = self {
            return Ok(shard);
        }
        let Some(scheduler) = SCHEDULERS.iter().find(|scheduler| variable(scheduler.index).is_some()) else {
            let names: Vec<&str> = SCHEDULERS.iter().map(|scheduler| scheduler.index).collect();
            return Err(error(
                format!("`--shard auto` found no scheduler: none of {} is set", names.join(", ")),
                "name the shard (for example `--shard 3/8` for the third of eight)",
            ));
        };
        let number = |name: &str| -> Result<Option<u64>, Diagnostic> {
            let Some(text) = variable(name) else { return Ok(None) };
            let number = text.parse().map_err(|_| {
                error(format!("`{name}` is `{text}`, not a number"), "give the array job numeric indices")
            });
            number.map(Some)
        };
        let name = scheduler.index;
        let index = number(name)?.unwrap_or_default();
        let (count, first) = match (shards, scheduler.count) {
            (Some(shards), _) => (u64::from(shards), 0),
            (None, Some(count)) => {
                let lowest = scheduler.lowest.map_or(Ok(None), number)?;
                let Some(tasks) = number(count)? else {
                    return Err(error(format!("`{count}` is not set"), "give the number of shards with `--shards`"));
                };
                (tasks, lowest.unwrap_or_default())
            }
            (None, None) => {
                let message = format!("`{name}` gives the index of this shard, but not the number of shards");
                return Err(error(message, "give the number of shards with `--shards`"));
            }
        };
        let shard = index.checked_sub(first).and_then(|index| Shard::new(index.checked_add(1)?, count));
        shard.ok_or_else(|| {
            let last = (first + count).saturating_sub(1);
            let message =
                format!("`{name}` is {index}, but the indices of {count} shards range from {first} to {last}");
            error(message, "number the tasks of the array job from 0, or give the number of shards with `--shards`")
        })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "only the scheduler knows which shard this is, and no document depends on it"
)]
fn read_environment_variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(text: &str, shards: Option<u32>, variables: &[(&str, &str)]) -> Result<(u32, u32), String> {
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        let spec: ShardSpec = text.parse()?;
        spec.resolve(shards, &variable).map(|shard| (shard.index, shard.count)).map_err(|problem| problem.message)
    }

    #[test]
    fn a_shard_is_given_or_read_from_the_scheduler() {
        assert_eq!(resolve("3/8", None, &[]), Ok((3, 8)));
        let slurm = [("SLURM_ARRAY_TASK_ID", "12"), ("SLURM_ARRAY_TASK_COUNT", "8"), ("SLURM_ARRAY_TASK_MIN", "10")];
        assert_eq!(resolve("auto", None, &slurm), Ok((3, 8)));
        let aws = [("AWS_BATCH_JOB_ARRAY_INDEX", "0"), ("AWS_BATCH_JOB_ARRAY_SIZE", "4")];
        assert_eq!(resolve("auto", None, &aws), Ok((1, 4)));
        assert_eq!(resolve("auto", Some(16), &[("JOB_COMPLETION_INDEX", "15")]), Ok((16, 16)));
    }

    /// A single task that is submitted again is an array of one task.
    #[test]
    fn a_task_submitted_alone_keeps_its_shard() {
        let alone = [("SLURM_ARRAY_TASK_ID", "5"), ("SLURM_ARRAY_TASK_COUNT", "1"), ("SLURM_ARRAY_TASK_MIN", "5")];
        assert_eq!(resolve("auto", Some(8), &alone), Ok((6, 8)));
    }

    #[test]
    fn an_invalid_shard_is_refused() {
        for text in ["0/8", "9/8", "3", "3/0", "a/b", "-1/2", "1/99999999999"] {
            assert!(resolve(text, None, &[]).is_err(), "{text}");
        }
        assert!(resolve("auto", None, &[]).unwrap_err().contains("no scheduler"));
        assert!(
            resolve("auto", None, &[("JOB_COMPLETION_INDEX", "3")]).unwrap_err().contains("not the number of shards")
        );
        assert!(resolve("auto", Some(3), &[("JOB_COMPLETION_INDEX", "3")]).unwrap_err().contains("from 0 to 2"));
        assert!(resolve("auto", Some(3), &[("JOB_COMPLETION_INDEX", "x")]).unwrap_err().contains("not a number"));
    }

    #[test]
    fn every_name_belongs_to_exactly_one_shard() {
        for count in 1..=9 {
            for name in ["port-azure", "lumen", "certificate"] {
                assert_eq!((1..=count).filter(|index| Shard { index: *index, count }.contains(name)).count(), 1);
            }
        }
        let shard = Shard { index: 3, count: 8 };
        assert_eq!(Shard::from_journal_name("manifest", &shard.journal_name("manifest")), Some(shard));
        for other in ["manifest.jsonl", "manifest-9-of-8.jsonl", "manifest-03-of-8.jsonl", "failed-3-of-8.jsonl"] {
            assert_eq!(Shard::from_journal_name("manifest", other), None, "{other}");
        }
    }
}
