# The unit of this programme in French.

hour = { $value ->
        [one] heure
        [many] heures
       *[other] heures
    }
measure-hour = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small-feminine } { hour }
       *[other] { digits }{ "\u00A0" }{ scale } d’{ hour }
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { hour }
       *[other] { scale } d’{ hour }
    }
