# The units of this programme in English: a figure with `unit: resident` is printed by `measure-resident`. The parts
# .before, .number and .after are those of a key figure. locales/README.md describes the variables.

resident = { $value ->
        [one] resident
       *[other] residents
    }
measure-resident = { counted }{ resident }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ resident }
project = { $value ->
        [one] project
       *[other] projects
    }
measure-project = { counted }{ project }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ project }
