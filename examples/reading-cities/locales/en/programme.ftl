# The words of this programme in English. All other words come from the program.

about = { $programme } was founded { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }). The program honors cities that bring books to everyone.

## The words under a key figure; `.of-city` in the press release of the edition

figure-committee-countries = represented on the jury
figure-candidates = considered by the jury
figure-libraries = in the city
    .of-city = { NAME($city, form: "in") }
figure-loans = from the city’s libraries
    .of-city = from { NAME($city, form: "of") } libraries
figure-cardholders = share of residents with a library card
    .of-city = share of { NAME($city) } residents with a library card
figure-acquisitions = budget for new books
    .of-city = budget for new books { NAME($city, form: "in") }

## Press release of a city

city-short = { $short }: { NAME($city) }
city-headline = { $rank ->
        [none] { NAME($city) } joins the { $short }
       *[some] { NAME($city) } ranks { ORDINAL($rank, style: "words") } among the { $short }
    }
city-standfirst = The { selection } honors cities that bring books to everyone.
city-lede = { NAME($city) } { $rank ->
        [none] has been selected
       *[some] ranks { ORDINAL($rank, style: "words") }
    } in the { selection } of { $programme }. The results were announced { $conference ->
        [none] { "" }
       *[some] { NAME($conference, form: "to") }{ " " }
    }{ NAME($place, form: "in") } { DATE($announced, style: "in") }.

## Press release of the edition

edition-short = { $short }: results
edition-headline = { $rank ->
        [none] { $short }: the { selection }
       *[some] { NAME($first) } leads the { selection } of { $short }
    }
edition-standfirst = The program honors cities that bring books to everyone.
edition-lede = The { selection } of { $programme } was announced { $conference ->
        [none] { "" }
       *[some] { NAME($conference, form: "to") }{ " " }
    }{ NAME($place, form: "in") } { DATE($announced, style: "in") }. It includes { small-number } { $city-count ->
        [one] city
       *[other] cities
    }{ $rank ->
        [none] { "" }
       *[some] , and { NAME($first) } ranks { ORDINAL($rank, style: "words") }
    }.
heading-routes = How a city is selected
heading-ranking = { $rank ->
        [none] The selected cities
       *[some] Ranking of the selected cities
    }
heading-library = A library to visit

## Sentences of the story (reports/story.yaml)

sentence-candidates = The jury considered { MEASURE($figure, style: "words") }.
    .with-committee-countries = A jury with members from { MEASURE($other, style: "words") } considered { MEASURE($figure, style: "words") }.
sentence-committee-countries = The jury has members from { MEASURE($figure, style: "words") }.
sentence-routes = A city may apply on its own or be recommended by a government or an international organization.
has-libraries = { NAME($city) } { $nature ->
        [forecast] is forecast to have
       *[observed] { $period ->
            [none] has
           *[some] had
        }
    } { MEASURE($figure, style: "words") }
sentence-libraries = { has-libraries }{ in-period }.
    .with-loans = { has-libraries }, with { MEASURE($other, style: "words") }{ in-period }.
sentence-loans = The city’s libraries { $nature ->
        [forecast] are forecast to record
       *[observed] recorded
    } { MEASURE($figure, style: "words") }{ in-period }.
sentence-cardholders = Library cards { $nature ->
        [forecast] are forecast to be
       *[observed] were
    } held by { MEASURE($figure) } of residents{ in-period }.
sentence-acquisitions = The city { $nature ->
        [forecast] expects to spend
       *[observed] spent
    } { MEASURE($figure) } on books{ in-period }.
sentence-central-library = The jury singled out { NAME($central-library, form: "the") }{ $scope ->
        [edition] { " " }{ NAME($city, form: "in") }
       *[city] { "" }
    }.
sentence-opening = Its new reading room is to open { DATE($opening, style: "in") }.
sentence-partners = The city exchanges books with { LIST($partners) }.
sentence-reading-list = The jury’s reading list is available at { $reading-list }.

## Certificate

certificate-distinction = { $rank ->
        [none] named in the { selection }
       *[some] ranked { ORDINAL($rank, style: "words") } in the { selection }
    }
certificate-citation = for bringing books to everyone,{ "\u2028" }by decision of the jury of { NAME($organiser, form: "the") }
