# The unit of this programme in English.

hour = { $value ->
        [one] hour
       *[other] hours
    }
measure-hour = { counted }{ hour }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ hour }
