# The words of this programme in English. All other words come from the program.

about = { $programme } is a program that was founded { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }). It recognizes cities that light their streets without hiding the stars.

## The words under a key figure; `.of-city` in the press release of the edition

figure-applicants = applied
figure-lamps = refitted or switched off
    .of-city = refitted or switched off { NAME($city, form: "in") }
figure-saving = cut in electricity used for street lighting
    .of-city = cut in electricity used for street lighting { NAME($city, form: "in") }
figure-stars = visible to the naked eye
    .of-city = visible to the naked eye { NAME($city, form: "in") }
figure-grant = budget for new streetlights
    .of-city = budget for new streetlights { NAME($city, form: "in") }

## Press release of a city

city-short = { $short }: { NAME($city) }
city-headline = { NAME($city) } joins{ "\u2028" }the { $short }
city-standfirst = The title goes to cities that light their streets without hiding the stars.
city-lede = { NAME($city) } was named in the { selection } of { $programme }. The results were announced { NAME($place, form: "in") } { DATE($announced, style: "in") }.

## Press release of the edition

edition-short = { $short }: results
edition-headline = { $short } announces its { selection }
edition-standfirst = The title goes to cities that light their streets without hiding the stars.
edition-lede = The { selection } of { $programme } was announced { NAME($place, form: "in") } { DATE($announced, style: "in") }. It includes { small-number } { $city-count ->
        [one] city
       *[other] cities
    }.
heading-ranking = The selected cities

## Sentences of the story (reports/story.yaml)

sentence-applicants = The society received applications from { MEASURE($figure, style: "words") }.
sentence-aim = Streets that are lit only where and when people need it use less power, disturb less wildlife and leave the sky dark.
sentence-lamps = { NAME($city) } { $nature ->
        [forecast] is to refit or switch off
       *[observed] refitted or switched off
    } { MEASURE($figure, style: "words") }{ in-period }.
sentence-saving = Electricity used for street lighting { $nature ->
        [forecast] is forecast to fall
       *[observed] fell
    } by { MEASURE($figure) }{ in-period }.
sentence-stars = On a clear night, { MEASURE($figure, style: "words") } { $nature ->
        [forecast] will be
       *[observed] { COUNT($figure) ->
            [one] was
           *[other] were
        }
    } visible to the naked eye in { NAME($city) }{ in-period }.
sentence-grant = The city { $nature ->
        [forecast] expects to spend
       *[observed] spent
    } { MEASURE($figure) } on new streetlights{ in-period }.
sentence-observatory = The public can see the night sky from { NAME($observatory, form: "the") }.
sentence-first-night = Its first open night is planned for { DATE($first-night) }.
sentence-guide = The society’s guide for cities is available at { $guide }.

## Certificate

certificate-distinction = named in the { selection }
certificate-citation = for lighting its streets without hiding the stars,{ "\u2028" }by decision of { NAME($organiser, form: "the") }
