# The words of this programme in English. All other words come from the program.

about = The { $programme } were founded { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }).

# These replace words of the program, which are about a selection and a name without an article.
selection = { ORDINAL($edition, style: "words") } games
about-label = About the { $short }

## The words under a key figure

figure-hours = of service on the { $team } team

## Press release about one recipient

city-short = { $short }: { NAME($city) }
city-headline = { NAME($city) } is thanked for service at the { $short }
city-standfirst = The { $short } exist because people give their time.
city-lede = { NAME($city) } was a volunteer at the { ORDINAL($edition, style: "words") } { $programme }. The { $organiser } thanked its volunteers { NAME($place, form: "in") } { DATE($announced, style: "in") }.
sentence-hours = The volunteer gave { MEASURE($figure, style: "words") } to the { $team } team.

## Press release of the edition

edition-short = { $short }: the volunteers
edition-headline = The { $short } thank their volunteers
edition-standfirst = The { $short } exist because people give their time.
edition-lede = { $city-count ->
        [one] One volunteer was
       *[other] Volunteers were
    } thanked { NAME($place, form: "in") } { DATE($announced, style: "in") } for their help at the { ORDINAL($edition, style: "words") } { $programme }.

## Certificate

certificate-distinction = volunteer at the { ORDINAL($edition, style: "words") } { $short }
certificate-citation = for { $hours ->
        [none] service
       *[some] { MEASURE($hours, style: "words") } of service
    } on the { $team } team,{ "\u2028" }with the thanks of { NAME($organiser, form: "the") }
