# The units of this programme in Chinese: a figure with `unit: resident` is printed by `measure-resident`. The parts
# .before, .number and .after are those of a key figure. locales/README.md describes the variables.

measure-resident = { things }人
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }人
measure-project = { things }个项目
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }个项目
