# Words of the English documents. Style of the Associated Press.

## Shared

press-release = News release
specimen = Specimen — not an official document
selection = { ORDINAL($edition, style: "words") } selection

# Between two sentences of a paragraph.
sentence-gap = { " " }
# AP: in running text, numbers below ten in words.
small-number = { $city-count ->
        [1] one
        [2] two
        [3] three
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
        [9] nine
       *[other] { $city-count }
    }
# The period of a figure at the end of a sentence, or nothing.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "in") }
    }
as-of-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "as-of") }
    }

## Press release: parts of the page

release-now = FOR IMMEDIATE RELEASE
release-embargo = EMBARGOED
# $until: a date, or a date and time. $zone: “Beijing time”, or none.
# AP: time, zone, date.
embargo-detail = until { $zone ->
        [none] { DATE($until) }
       *[some] { DATE($until, style: "clock") } { $zone }, { DATE($until, style: "calendar") }
    }. Not for publication, posting or broadcast before then.
dateline = { NAME($place, form: "capitals") }, { DATE($published, style: "short") }{ "\u00A0" }—
# $count: the number of figures.
key-figures = { $count ->
        [one] Key figure
       *[other] Key figures
    }
sources-label = Sources
contact-label = Media contact
contact-separator = { "\u00A0· " }
about-label = About { $short }
end-mark = ###
more-mark = — more —

## Key figures

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

## Press release of the edition: the table

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
certificate-title = Certificate — { NAME($city) } — { $short }
certificate-programme = { $programme }
certificate-intro = presented to
certificate-city = { NAME($city) }
certificate-closing = { "" }
certificate-date = Given { NAME($place, form: "in") } on { DATE($announced, style: "full") }{ $expires ->
        [none] { "" }
       *[some] , valid until { DATE($expires, style: "full") }
    }
certificate-serial = No.{ "\u00A0" }{ $serial }
code-alt = QR code to verify certificate { $serial }: { $address }
seal-alt = Seal of the { $short } program
seal-foot = { selection }
