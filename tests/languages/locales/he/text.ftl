# Words of the Hebrew documents. Spelling without vowel points, by the rules of the Academy of the Hebrew Language (2017).
# Cities agree as feminine nouns, since each is a עיר.

## Shared

press-release = הודעה לעיתונות
specimen = דוגמה ללא תוקף רשמי
selection = סבב הבחירה { ORDINAL($edition) }

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure at the end of a sentence, or nothing.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "in") }
    }

## Press release: parts of the page

release-now = לפרסום מיידי
release-embargo = באמברגו
# $until: a date, or a date and time. $zone: “שעון בייג׳ינג”, or none.
embargo-detail = עד { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. אין לפרסם או לשדר לפני מועד זה.
dateline = { NAME($place) }, { DATE($published) }{ "\u00A0" }–
# $count: the number of figures.
key-figures = { $count ->
        [1] נתון עיקרי
       *[other] נתונים עיקריים
    }
sources-label = מקורות
contact-label = לפניות התקשורת
contact-separator = { "\u00A0· " }
about-label = על התוכנית ”{ $short }”
end-mark = – סוף –
more-mark = – המשך בעמוד הבא –

## Key figures

figure-note = { $nature ->
        [forecast] תחזית{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period, style: "for") }
        }
       *[observed] נתון בפועל{ $period ->
            [none] { "" }
           *[some] , { DATE($period) }
        }
    }

## Notes

sources = הנתונים: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [one] תחזית
        [two] תחזיות
       *[other] תחזיות
    } במועד הפרסום: { $items }. כל שאר הנתונים הם נתונים בפועל.

## Press release of the edition: the table

ranking-rank = מקום
ranking-city = עיר
ranking-country = מדינה
ranking-route = מסלול
ranking-place = { $rank }
route-application = הגשת מועמדות
route-recommendation = המלצה
route-unpublished = לא פורסם

## Certificate

certificate = תעודה
certificate-title = תעודה – { NAME($city) } – { $short }
certificate-programme = { $programme }
certificate-intro = מוענקת לעיר
certificate-city = { NAME($city) }
certificate-closing = { "" }
certificate-date = ניתנה { NAME($place, form: "in") } { DATE($announced, style: "in") }{ $expires ->
        [none] { "" }
       *[some] , בתוקף עד { DATE($expires) }
    }
certificate-serial = מס׳{ "\u00A0" }{ $serial }
code-alt = קוד QR לאימות תעודה מס׳ { $serial }: { $address }
seal-alt = חותם התוכנית ”{ $short }”
seal-foot = { selection }
