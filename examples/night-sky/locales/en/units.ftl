# The units of this programme in English.

streetlight = { $value ->
        [one] streetlight
       *[other] streetlights
    }
measure-streetlight = { counted }{ streetlight }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ streetlight }
star = { $value ->
        [one] star
       *[other] stars
    }
measure-star = { counted }{ star }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ star }
city = { $value ->
        [one] city
       *[other] cities
    }
measure-city = { counted }{ city }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ city }
