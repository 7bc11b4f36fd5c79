# The units of this programme in French.

library = { $value ->
        [one] bibliothèque publique
        [many] bibliothèques publiques
       *[other] bibliothèques publiques
    }
counted-feminine = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small-feminine }{ " " }
       *[other] { number }
    }
measure-library = { counted-feminine }{ library }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ library }
loan = { $value ->
        [one] prêt
        [many] prêts
       *[other] prêts
    }
measure-loan = { counted }{ loan }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ loan }
city = { $value ->
        [one] ville
        [many] villes
       *[other] villes
    }
measure-city = { counted-feminine }{ city }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ city }
