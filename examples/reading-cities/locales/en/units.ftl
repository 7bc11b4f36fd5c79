# The units of this programme in English.

library = { $value ->
        [one] public library
       *[other] public libraries
    }
measure-library = { counted }{ library }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ library }
loan = { $value ->
        [one] loan
       *[other] loans
    }
measure-loan = { counted }{ loan }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ loan }
city = { $value ->
        [one] city
       *[other] cities
    }
measure-city = { counted }{ city }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ city }
