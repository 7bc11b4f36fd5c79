# The units of this programme in French.

streetlight = { $value ->
        [one] lampadaire
        [many] lampadaires
       *[other] lampadaires
    }
measure-streetlight = { counted }{ streetlight }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ streetlight }
star = { $value ->
        [one] étoile
        [many] étoiles
       *[other] étoiles
    }
measure-star = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small-feminine } { star }
       *[other] { digits }{ "\u00A0" }{ scale } d’{ star }
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { star }
       *[other] { scale } d’{ star }
    }
city = { $value ->
        [one] ville
        [many] villes
       *[other] villes
    }
measure-city = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small-feminine }{ " " }
       *[other] { number }
    }{ city }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ city }
