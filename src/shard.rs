//! A part of a run, for one of several machines. What belongs to it depends on names alone, never on their order.

use std::str::FromStr;

use crate::diagnostic::{Diagnostic, code};
use crate::hash::hash;

/// One of several parts.
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

    /// Whether the documents of a city, or a report of the edition, belong to this part.
    pub fn holds(self, name: &str) -> bool {
        let number = hash(name).iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.of) == u64::from(self.index - 1)
    }

    /// The name of this part's own journal: `manifest-3-of-8.jsonl`.
    pub fn journal(self, name: &str) -> String {
        format!("{name}-{}-of-{}.jsonl", self.index, self.of)
    }

    /// The part that a journal of that name belongs to.
    pub fn of_journal(name: &str, journal: &str) -> Option<Self> {
        let (index, of) = journal.strip_prefix(name)?.strip_prefix('-')?.strip_suffix(".jsonl")?.split_once("-of-")?;
        let shard = Self::new(index.parse().ok()?, of.parse().ok()?)?;
        (shard.journal(name) == journal).then_some(shard)
    }
}

/// What `--shard` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Auto,
    Part(Shard),
}

impl FromStr for Asked {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" {
            return Ok(Self::Auto);
        }
        let part = text.split_once('/').and_then(|(i, n)| Shard::new(i.parse().ok()?, n.parse().ok()?));
        part.map(Self::Part).ok_or_else(|| "write `3/8` for the third of eight parts, or `auto`".to_owned())
    }
}

/// Array jobs of schedulers: the variables of the index, of how many there are, and of the lowest index.
const SCHEDULERS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("SLURM_ARRAY_TASK_ID", Some("SLURM_ARRAY_TASK_COUNT"), Some("SLURM_ARRAY_TASK_MIN")),
    ("AWS_BATCH_JOB_ARRAY_INDEX", Some("AWS_BATCH_JOB_ARRAY_SIZE"), None),
    ("JOB_COMPLETION_INDEX", None, None),
];

impl Asked {
    /// The part that is meant. `shards` is how many there are; indices of an array then count from 0, whichever of them
    /// were submitted. `variable` reads the environment.
    pub fn part(self, shards: Option<u32>, variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, Diagnostic> {
        let wrong = |message: String, help: &str| Diagnostic::error(code::SHARD, message).help(help);
        if let Self::Part(shard) = self {
            return Ok(shard);
        }
        let Some((name, count, lowest)) = SCHEDULERS.iter().find(|(name, ..)| variable(name).is_some()) else {
            let names: Vec<&str> = SCHEDULERS.iter().map(|(name, ..)| *name).collect();
            return Err(wrong(
                format!("no scheduler says which part this is: none of {} is set", names.join(", ")),
                "write --shard 3/8 for the third of eight parts",
            ));
        };
        let number = |name: &str| -> Result<Option<u64>, Diagnostic> {
            let Some(text) = variable(name) else { return Ok(None) };
            let number =
                text.parse().map_err(|_| wrong(format!("`{name}` is `{text}`, no number"), "number the array"));
            number.map(Some)
        };
        let index = number(name)?.unwrap_or_default();
        let (of, first) = match (shards, count) {
            (Some(shards), _) => (u64::from(shards), 0),
            (None, Some(count)) => {
                let lowest = lowest.map_or(Ok(None), number)?;
                let Some(of) = number(count)? else {
                    return Err(wrong(format!("`{count}` is not set"), "say how many parts there are with --shards"));
                };
                (of, lowest.unwrap_or_default())
            }
            (None, None) => {
                let message = format!("`{name}` says which part this is, but not how many there are");
                return Err(wrong(message, "say it with --shards"));
            }
        };
        let part = index.checked_sub(first).and_then(|index| Shard::new(index + 1, of));
        part.ok_or_else(|| {
            let message = format!("`{name}` is {index}, but the {of} parts count from {first} to {}", first + of - 1);
            wrong(message, "number the array from 0, or give --shards as many as there are")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str, shards: Option<u32>, variables: &[(&str, &str)]) -> Result<(u32, u32), String> {
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        let asked: Asked = text.parse()?;
        asked.part(shards, &variable).map(|shard| (shard.index, shard.of)).map_err(|problem| problem.message)
    }

    #[test]
    fn a_part_is_said_or_read_from_the_scheduler() {
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
    fn what_is_no_part_is_refused() {
        for text in ["0/8", "9/8", "3", "3/0", "a/b", "-1/2", "1/99999999999"] {
            assert!(part(text, None, &[]).is_err(), "{text}");
        }
        assert!(part("auto", None, &[]).unwrap_err().contains("no scheduler"));
        assert!(part("auto", None, &[("JOB_COMPLETION_INDEX", "3")]).unwrap_err().contains("not how many"));
        assert!(part("auto", Some(3), &[("JOB_COMPLETION_INDEX", "3")]).unwrap_err().contains("from 0 to 2"));
        assert!(part("auto", Some(3), &[("JOB_COMPLETION_INDEX", "x")]).unwrap_err().contains("no number"));
    }

    #[test]
    fn every_name_is_in_one_part() {
        for of in 1..=9 {
            for name in ["port-azure", "lumen", "certificate"] {
                assert_eq!((1..=of).filter(|index| Shard { index: *index, of }.holds(name)).count(), 1);
            }
        }
        let shard = Shard { index: 3, of: 8 };
        assert_eq!(Shard::of_journal("manifest", &shard.journal("manifest")), Some(shard));
        for other in ["manifest.jsonl", "manifest-9-of-8.jsonl", "manifest-03-of-8.jsonl", "failed-3-of-8.jsonl"] {
            assert_eq!(Shard::of_journal("manifest", other), None, "{other}");
        }
    }
}
