# Words of the English documents. Style of the Associated Press.

## Shared

press-release = News release
specimen = Specimen – not an official document
# $edition: number of the edition.
selection = { ORDINAL($edition, style: "words") } selection

# Between two sentences of a paragraph.
sentence-gap = { " " }

## Press release: parts of the page

release-now = FOR IMMEDIATE RELEASE
release-embargo = EMBARGOED
# $until: a date, or a date and time. $zone: “Beijing time”, or none.
# AP: time, zone, date.
embargo-detail = until { $zone ->
        [none] { DATE($until) }
       *[some] { DATE($until, style: "clock") } { $zone }, { DATE($until, style: "calendar") }
    }. Not for publication, posting or broadcast before then.
dateline = { NAME($place, form: "capitals") }, { DATE($date, style: "short") }{ "\u00A0" }—
key-figures = Key figures
sources-label = Sources
contact-label = Media contact
contact-separator = { " · " }
about-label = About { $short }
end-mark = ###
more-mark = – more –

## Key figures
## The words under a key figure; `.of-city` in a press release that is not about that city.

figure-note = { $nature ->
        [forecast] { $period ->
            [none] forecast
           *[some] forecast for { DATE($period) }
        }
       *[observed] { $period ->
            [none] observed
           *[some] observed, { DATE($period, style: "short") }
        }
    }
figure-committee-countries = represented on the expert committee
    .of-city = represented on the expert committee
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

## Notes

sources = Data: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [one] Forecast
       *[other] Forecasts
    } at the time of publication: { $items }. All other figures are observed.
about = The { $programme } program was founded { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }) together with several international organizations. It operates within the framework of the United Nations’ global digital cooperation and the Sustainable Development Goals, and seeks out cities of worldwide influence that are strong in innovation and application across the internet of things and the digital economy.

## Press release of a city

city-short = { NAME($city) } ranks { ORDINAL($rank) } among pilot cities
city-headline = { $rank ->
        [1] { NAME($city) } tops list of pilot cities for the digital economy
       *[other] { NAME($city) } ranks { ORDINAL($rank) } among pilot cities for the digital economy
    }
city-standfirst = Experts from { MEASURE($countries, style: "words") } have made the { selection } for a program that seeks cities at the forefront of the internet of things.
city-lede = { NAME($city) } has been ranked { ORDINAL($rank, style: "words") } among the { $programme }. The { selection } was announced { NAME($place, form: "in") } { DATE($announced, style: "in") }, during { NAME($convention, form: "the") }.
city-committee = A committee of experts from { MEASURE($countries, style: "words") } made the choice.
city-routes = A city may apply on its own or be recommended by a government or an international organization.
city-enterprises = { NAME($city) } is home to { MEASURE($enterprises, style: "words") } with advanced capabilities in the digital economy.
# $hedge: over, almost, about or exact. $nature: forecast or observed.
city-value-added = The value added of its digital economy { $nature ->
        [forecast] { $hedge ->
            [over] was forecast to exceed { MEASURE($value-added, approx: "exact") }
           *[other] was forecast at { MEASURE($value-added) }
        }
       *[observed] { $hedge ->
            [over] exceeded { MEASURE($value-added, approx: "exact") }
           *[other] came to { MEASURE($value-added) }
        }
    } { DATE($period, style: "in") }, equal to { MEASURE($share) } of the city’s gross domestic product.
city-size = { $nature ->
        [forecast] The size of the digital economy is forecast at { MEASURE($size) } { DATE($period, style: "in") }.
       *[observed] The size of the digital economy came to { MEASURE($size) } { DATE($period, style: "in") }.
    }
city-ai = The city has { MEASURE($enterprises, style: "words") } in artificial intelligence, and the core AI industry brings in { MEASURE($revenue) } in revenue.
city-manufacturers = Among large local manufacturers, { MEASURE($manufacturers, style: "words") } had met the standard for digital transformation { DATE($period, style: "by") }.
# without $city: “the city”, so as not to begin two paragraphs running with its name.
city-patents = The city ranked { MEASURE($patents, style: "words") } worldwide in digital technology patents granted { DATE($period, style: "as-of") }.
city-ambition = { NAME($city) } announced { DATE($year, style: "in") } its ambition to become a global benchmark city for the digital economy.
city-event = The results were released { NAME($conference, form: "to") }, part of { $convention }.

## Press release of the edition

edition-short = { $edition ->
        [1] First pilot cities named
       *[other] New pilot cities named
    }
edition-headline = { $edition ->
        [1] First pilot cities for the digital economy are named { NAME($place, form: "in") }
       *[other] New pilot cities for the digital economy are named { NAME($place, form: "in") }
    }
edition-standfirst = Experts from { MEASURE($countries, style: "words") } have made the { selection } for an international program created { DATE($founded, style: "in") }. { NAME($first) } tops the list.
edition-lede = The { selection } of the { $programme } was announced { NAME($place, form: "in") } { DATE($announced, style: "in") }. { NAME($first) } is ranked { ORDINAL($rank, style: "words") }.
edition-event = The list was unveiled { NAME($conference, form: "to") }, part of { NAME($convention, form: "the") }.
edition-programme = Founded { DATE($founded, style: "in") } by the convention’s organizer and several international organizations, the program seeks cities of worldwide influence that are strong in innovation and application across the internet of things and the digital economy. Its framework is the United Nations’ global digital cooperation and the Sustainable Development Goals.
edition-routes-heading = Two ways in, one committee
edition-routes = Two routes are open: A city applies on its own, or a government or an international organization recommends it.
edition-committee = In every case, the decision rests with a committee of experts from { MEASURE($countries, style: "words") }.
edition-first = Top-ranked { NAME($city) } is home to { MEASURE($enterprises, style: "words") } with advanced capabilities in the digital economy and to { MEASURE($ai, style: "words") } in artificial intelligence.
edition-first-value-added = The value added of its digital economy { $nature ->
        [forecast] { $hedge ->
            [over] was forecast to exceed { MEASURE($value-added, approx: "exact") }
           *[other] was forecast at { MEASURE($value-added) }
        }
       *[observed] { $hedge ->
            [over] exceeded { MEASURE($value-added, approx: "exact") }
           *[other] came to { MEASURE($value-added) }
        }
    } { DATE($period, style: "in") }, equal to { MEASURE($share) } of the city’s gross domestic product.
edition-ranking-heading = Ranking of the selected cities
ranking-rank = Rank
ranking-city = City
ranking-country = Country
ranking-route = Route
ranking-place = { ORDINAL($rank) }
route-application = application
route-recommendation = recommendation
route-unpublished = not published

## Certificate

certificate = Certificate
certificate-title = Certificate – { NAME($city) } – { $short }
certificate-programme = { $programme }
certificate-intro = presented to
certificate-city = { NAME($city) }
certificate-distinction = ranked { ORDINAL($rank, style: "words") } in the { selection }
certificate-citation = in recognition of its worldwide influence and its strength in innovation and application across the internet of things and the digital economy, by decision of a committee of experts from { MEASURE($countries, style: "words") }
certificate-closing = { "" }
certificate-date = Given { NAME($place, form: "in") } on { DATE($date, style: "full") }
certificate-serial = No.{ "\u00A0" }{ $serial }
code-alt = QR code to verify certificate { $serial }
seal-alt = Seal of the { $short } program
seal-foot = { selection }
