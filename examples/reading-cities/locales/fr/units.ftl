# The units of this programme in French.

library = { $value ->
        [one] bibliothèque publique
        [many] bibliothèques publiques
       *[other] bibliothèques publiques
    }
# $style: words spells one to nine, as running text does.
measure-library = { hedged }{ $style ->
        [words] { $value ->
            [1] une{ " " }
            [2] deux{ " " }
            [3] trois{ " " }
            [4] quatre{ " " }
            [5] cinq{ " " }
            [6] six{ " " }
            [7] sept{ " " }
            [8] huit{ " " }
            [9] neuf{ " " }
           *[other] { number }
        }
       *[none] { number }
    }{ library }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ library }
loan = { $value ->
        [one] prêt
        [many] prêts
       *[other] prêts
    }
measure-loan = { hedged }{ number }{ loan }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ loan }
city = { $value ->
        [one] ville
        [many] villes
       *[other] villes
    }
measure-city = { hedged }{ number }{ city }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ city }
