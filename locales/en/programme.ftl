# Words of this programme, in English. Another programme replaces this file.
#
# Every message receives the facts as variables: $programme, $short, $founded, $organiser, $acronym, $edition,
# $announced, $published, $place, $convention, $conference, $routes, and $city, $country, $rank, $route, $serial in
# documents of a city or $first, $rank, $city-count in those of the edition ($scope is city or edition); also each figure,
# milestone and project fact under its name. A fact that the data lacks selects the variant [none].

about = The { $programme } program was founded { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }) together with several international organizations. It operates within the framework of the United Nations’ global digital cooperation and the Sustainable Development Goals, and seeks out cities of worldwide influence that are strong in innovation and application across the internet of things and the digital economy.

## The words under a key figure; `.of-city` in a press release that is not about that city

figure-committee-countries = represented on the expert committee
figure-digital-enterprises = with advanced digital capabilities
    .of-city = with advanced digital capabilities { NAME($city, form: "in") }
figure-digital-economy-size = size of the digital economy
    .of-city = size of { NAME($city, form: "of") } digital economy
figure-digital-economy-value-added = value added of the digital economy
    .of-city = value added of { NAME($city, form: "of") } digital economy
figure-digital-economy-share = digital economy’s share of GDP
    .of-city = digital economy’s share of { NAME($city, form: "of") } GDP
figure-ai-enterprises = in artificial intelligence
    .of-city = in artificial intelligence { NAME($city, form: "in") }
figure-ai-core-revenue = revenue of the core AI industry
    .of-city = revenue of { NAME($city, form: "of") } core AI industry
figure-digital-manufacturers = meeting the digital transformation standard, among large manufacturers
    .of-city = meeting the digital transformation standard, among large { NAME($city) } manufacturers
figure-digital-patents-rank = among cities worldwide in digital technology patents
    .of-city = for { NAME($city) } among cities worldwide in digital technology patents

## Press release of a city

city-short = { NAME($city) } { $rank ->
        [none] named a pilot city
       *[some] ranks { ORDINAL($rank, style: "words") } among pilot cities
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) } is named a pilot city for the digital economy
        [1] { NAME($city) } tops list of pilot cities for the digital economy
       *[other] { NAME($city) } ranks { ORDINAL($rank, style: "words") } among pilot cities for the digital economy
    }
city-standfirst = { $digital-enterprises ->
        [none] The { selection } is for a program that seeks cities at the forefront of the internet of things and the digital economy.
       *[some] Home to { MEASURE($digital-enterprises, style: "words") } with advanced digital capabilities, the city { $rank ->
            [1] leads
           *[other] is part of
        } the { selection } for a program that seeks cities at the forefront of the internet of things.
    }
city-lede = { $rank ->
        [none] { NAME($city) } has been named one of the { $programme }.
       *[some] { NAME($city) } has been ranked { ORDINAL($rank, style: "words") } among the { $programme }.
    } The { selection } was announced { NAME($place, form: "in") } { DATE($announced, style: "in") }{ $convention ->
        [none] { "" }
       *[some] , during { NAME($convention, form: "the") }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] First pilot cities named
       *[other] New pilot cities named
    }
edition-headline = { $edition ->
        [1] First pilot cities for the digital economy are named { NAME($place, form: "in") }
       *[other] New pilot cities for the digital economy are named { NAME($place, form: "in") }
    }
edition-standfirst = { $rank ->
        [none] The { selection } is for an international program created { DATE($founded, style: "in") }.
       *[some] { NAME($first) } tops the { selection } for an international program created { DATE($founded, style: "in") }.
    }
edition-lede = The { selection } of the { $programme } was announced { NAME($place, form: "in") } { DATE($announced, style: "in") }. { $rank ->
        [none] It includes { small-number } { $city-count ->
            [one] city
           *[other] cities
        }.
       *[some] { NAME($first) } is ranked { ORDINAL($rank, style: "words") }.
    }
heading-routes = Two ways in, one committee
heading-ranking = { $rank ->
        [none] The selected cities
       *[some] Ranking of the selected cities
    }

## Sentences of the story (reports/story.yaml)
## `sentence-FACT` is printed if the data has the fact; $city is the city that it is about. For a figure: $figure, and its
## $nature, $hedge (over, almost, about, exact, range) and $period. `.with-OTHER` is one sentence for the figure and the next,
## $other, if both have the same period, nature and source.

sentence-committee-countries = A committee of experts from { MEASURE($figure, style: "words") } made the choice.
sentence-routes = A city may apply on its own or be recommended by a government or an international organization.
is-or-forecast = { $nature ->
        [forecast] is forecast to be
       *[observed] is
    }
sentence-digital-enterprises = { NAME($city) } { is-or-forecast } home to { MEASURE($figure, style: "words") } with advanced capabilities in the digital economy{ as-of-period }.
    .with-ai-enterprises = { NAME($city) } { is-or-forecast } home to { MEASURE($figure, style: "words") } with advanced capabilities in the digital economy and to { MEASURE($other, style: "words") } in artificial intelligence{ as-of-period }.
value-added = The value added of the city’s digital economy { $nature ->
        [forecast] { $hedge ->
            [over] was forecast to exceed { MEASURE($figure, approx: "exact") }
           *[other] was forecast at { MEASURE($figure) }
        }
       *[observed] { $hedge ->
            [over] exceeded { MEASURE($figure, approx: "exact") }
           *[other] came to { MEASURE($figure) }
        }
    }{ in-period }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, equal to { MEASURE($other) } of local gross domestic product.
sentence-digital-economy-share = The digital economy { $nature ->
        [forecast] was forecast to account for
       *[observed] accounted for
    } { MEASURE($figure) } of the city’s gross domestic product{ in-period }.
sentence-digital-economy-size = The size of the digital economy { $nature ->
        [forecast] is forecast at
       *[observed] came to
    } { MEASURE($figure) }{ in-period }.
has-or-forecast = { $nature ->
        [forecast] is forecast to have
       *[observed] has
    }
sentence-ai-enterprises = The city { has-or-forecast } { MEASURE($figure, style: "words") } in artificial intelligence{ as-of-period }.
    .with-ai-core-revenue = The city { has-or-forecast } { MEASURE($figure, style: "words") } in artificial intelligence, and the core AI industry { $nature ->
        [forecast] to bring in
       *[observed] brings in
    } { MEASURE($other) } in revenue{ as-of-period }.
sentence-ai-core-revenue = The core artificial intelligence industry { $nature ->
        [forecast] was forecast to bring in
       *[observed] { $period ->
            [none] brings in
           *[some] brought in
        }
    } { MEASURE($figure) } in revenue{ in-period }.
sentence-digital-manufacturers = Among large local manufacturers, { MEASURE($figure, style: "words") } { meet-standard }.
    .with-digital-patents-rank = Among large local manufacturers, { MEASURE($figure, style: "words") } { meet-standard }, and the city { $nature ->
        [forecast] was forecast to rank
       *[observed] { $period ->
            [none] ranks
           *[some] ranked
        }
    } { MEASURE($other, style: "words") } worldwide in digital technology patents granted.
meet-standard = { $nature ->
        [forecast] { COUNT($figure) ->
            [one] was
           *[other] were
        } forecast to meet
       *[observed] { $period ->
            [none] { COUNT($figure) ->
                [one] meets
               *[other] meet
            }
           *[some] had met
        }
    } the standard for digital transformation{ $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "by") }
    }
# without $city: “the city”, so as not to begin two paragraphs running with its name.
sentence-digital-patents-rank = The city { $nature ->
        [forecast] was forecast to rank
       *[observed] ranked
    } { MEASURE($figure, style: "words") } worldwide in digital technology patents granted{ as-of-period }.
sentence-benchmark-ambition = { NAME($city) } announced { DATE($benchmark-ambition, style: "in") } its ambition to become a global benchmark city for the digital economy.
sentence-conference = The { $scope ->
        [city] results were released
       *[edition] list was unveiled
    } { NAME($conference, form: "to") }{ $convention ->
        [none] { "" }
       *[some] , part of { $scope ->
            [city] { $convention }
           *[edition] { NAME($convention, form: "the") }
        }
    }.

## Certificate

certificate-distinction = { $rank ->
        [none] a pilot city of the { selection }
       *[some] ranked { ORDINAL($rank, style: "words") } in the { selection }
    }
certificate-citation = in recognition of its worldwide influence and its strength in innovation and application across the internet of things and the digital economy, by decision of a committee of experts from { MEASURE($committee-countries, style: "words") }
