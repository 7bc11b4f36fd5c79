# The units of this programme in French: a figure with `unit: resident` is printed by `measure-resident`. The parts
# .before, .number and .after are those of a key figure. locales/README.md describes the variables.

resident = { $value ->
        [one] habitant
        [many] habitants
       *[other] habitants
    }
measure-resident = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small } { resident }
       *[other] { digits }{ "\u00A0" }{ scale } d’{ resident }
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { resident }
       *[other] { scale } d’{ resident }
    }
project = { $value ->
        [one] projet
        [many] projets
       *[other] projets
    }
measure-project = { counted }{ project }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ project }
