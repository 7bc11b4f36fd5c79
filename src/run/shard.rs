//! One part of a run, for one of several machines.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::{Diagnostic, code};
use crate::hash::hash;

/// One of several parts. Which documents belong to it depends on their names alone, never on their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Counted from 1.
    pub index: u32,
    pub of: u32,
}

impl Shard {
    fn new(index: u64, of: u64) -> Option<Self> {
        let (index, of) = (u32::try_from(index).ok()?, u32::try_from(of).ok()?);
        (1..=of).contains(&index).then_some(Self { index, of })
    }

    /// Whether this part builds the documents of a city, or a report of the edition.
    pub fn contains(self, name: &str) -> bool {
        let number = hash(name).iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.of) == u64::from(self.index - 1)
    }

    /// `-3-of-8`, as it follows a name.
    pub fn suffix(self) -> String {
        format!("-{}-of-{}", self.index, self.of)
    }

    /// The name of a journal of this part: `manifest-3-of-8.jsonl`.
    pub fn journal(self, name: &str) -> String {
        format!("{name}{}.jsonl", self.suffix())
    }

    /// The part to which a journal belongs, by its name.
    pub fn of_journal(name: &str, journal: &str) -> Option<Self> {
        let (index, of) = journal.strip_prefix(name)?.strip_prefix('-')?.strip_suffix(".jsonl")?.split_once("-of-")?;
        let shard = Self::new(index.parse().ok()?, of.parse().ok()?)?;
        (shard.journal(name) == journal).then_some(shard)
    }
}

/// “3/8”
impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

/// The value of `--shard`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardSpec {
    /// The scheduler's environment variables say which part this is.
    Auto,
    Part(Shard),
}

impl FromStr for ShardSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" {
            return Ok(Self::Auto);
        }
        let part = text.split_once('/').and_then(|(i, n)| Shard::new(i.parse().ok()?, n.parse().ok()?));
        part.map(Self::Part).ok_or_else(|| "write `3/8` for the third of eight parts, or `auto`".to_owned())
    }
}

/// The environment variables of an array job.
struct Scheduler {
    index: &'static str,
    count: Option<&'static str>,
    /// The lowest index; without it the first index is 0.
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
    /// Returns the part that is meant.
    ///
    /// With `shards`, the number of parts, the indices of an array job count from 0, whichever of them were submitted.
    /// `variable` reads an environment variable.
    ///
    /// # Errors
    /// With `auto`: no scheduler is found, the number of parts is unknown, or the index is out of range.
    pub fn resolve(self, shards: Option<u32>, variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, Diagnostic> {
        let error = |message: String, help: &str| Diagnostic::error(code::SHARD, message).help(help);
        if let Self::Part(shard) = self {
            return Ok(shard);
        }
        let Some(scheduler) = SCHEDULERS.iter().find(|scheduler| variable(scheduler.index).is_some()) else {
            let names: Vec<&str> = SCHEDULERS.iter().map(|scheduler| scheduler.index).collect();
            return Err(error(
                format!("`--shard auto` finds no scheduler: none of {} is set", names.join(", ")),
                "name the part (for example `--shard 3/8` for the third of eight)",
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
        let (of, first) = match (shards, scheduler.count) {
            (Some(shards), _) => (u64::from(shards), 0),
            (None, Some(count)) => {
                let lowest = scheduler.lowest.map_or(Ok(None), number)?;
                let Some(of) = number(count)? else {
                    return Err(error(format!("`{count}` is not set"), "give the number of parts with `--shards`"));
                };
                (of, lowest.unwrap_or_default())
            }
            (None, None) => {
                let message = format!("`{name}` gives the index of this part, but not the number of parts");
                return Err(error(message, "give the number of parts with `--shards`"));
            }
        };
        let shard = index.checked_sub(first).and_then(|index| Shard::new(index.checked_add(1)?, of));
        shard.ok_or_else(|| {
            let last = (first + of).saturating_sub(1);
            let message = format!("`{name}` is {index}, but the indices of {of} parts run from {first} to {last}");
            error(message, "number the array job from 0, or give `--shards` the number of its parts")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str, shards: Option<u32>, variables: &[(&str, &str)]) -> Result<(u32, u32), String> {
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        let spec: ShardSpec = text.parse()?;
        spec.resolve(shards, &variable).map(|shard| (shard.index, shard.of)).map_err(|problem| problem.message)
    }

    #[test]
    fn a_part_is_given_or_read_from_the_scheduler() {
        assert_eq!(part("3/8", None, &[]), Ok((3, 8)));
        let slurm = [("SLURM_ARRAY_TASK_ID", "12"), ("SLURM_ARRAY_TASK_COUNT", "8"), ("SLURM_ARRAY_TASK_MIN", "10")];
        assert_eq!(part("auto", None, &slurm), Ok((3, 8)));
        let aws = [("AWS_BATCH_JOB_ARRAY_INDEX", "0"), ("AWS_BATCH_JOB_ARRAY_SIZE", "4")];
        assert_eq!(part("auto", None, &aws), Ok((1, 4)));
        assert_eq!(part("auto", Some(16), &[("JOB_COMPLETION_INDEX", "15")]), Ok((16, 16)));
    }

    /// One task of an array that is submitted again is an array of one.
    #[test]
    fn a_task_submitted_alone_keeps_its_part() {
        let alone = [("SLURM_ARRAY_TASK_ID", "5"), ("SLURM_ARRAY_TASK_COUNT", "1"), ("SLURM_ARRAY_TASK_MIN", "5")];
        assert_eq!(part("auto", Some(8), &alone), Ok((6, 8)));
    }

    #[test]
    fn an_invalid_part_is_refused() {
        for text in ["0/8", "9/8", "3", "3/0", "a/b", "-1/2", "1/99999999999"] {
            assert!(part(text, None, &[]).is_err(), "{text}");
        }
        assert!(part("auto", None, &[]).unwrap_err().contains("no scheduler"));
        assert!(part("auto", None, &[("JOB_COMPLETION_INDEX", "3")]).unwrap_err().contains("not the number of parts"));
        assert!(part("auto", Some(3), &[("JOB_COMPLETION_INDEX", "3")]).unwrap_err().contains("from 0 to 2"));
        assert!(part("auto", Some(3), &[("JOB_COMPLETION_INDEX", "x")]).unwrap_err().contains("not a number"));
    }

    #[test]
    fn every_name_belongs_to_exactly_one_part() {
        for of in 1..=9 {
            for name in ["port-azure", "lumen", "certificate"] {
                assert_eq!((1..=of).filter(|index| Shard { index: *index, of }.contains(name)).count(), 1);
            }
        }
        let shard = Shard { index: 3, of: 8 };
        assert_eq!(Shard::of_journal("manifest", &shard.journal("manifest")), Some(shard));
        for other in ["manifest.jsonl", "manifest-9-of-8.jsonl", "manifest-03-of-8.jsonl", "failed-3-of-8.jsonl"] {
            assert_eq!(Shard::of_journal("manifest", other), None, "{other}");
        }
    }
}
