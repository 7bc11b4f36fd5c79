# Words of the Arabic documents. Modern Standard Arabic in the style of the national press agencies.

## Shared

press-release = بيان صحفي
specimen = نموذج ليست له صفة رسمية
selection = الدورة { ORDINAL($edition, gender: "feminine") }

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure at the end of a sentence, or nothing.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }في { DATE($period) }
    }

## Press release: parts of the page

release-now = للنشر الفوري
release-embargo = محظور النشر
# $until: a date, or a date and time. $zone: “توقيت بكين”, or none.
embargo-detail = حتى { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. لا يُنشر ولا يُبث قبل هذا الموعد.
dateline = { NAME($place) } في { DATE($published) }{ "\u00A0" }–
# $count: the number of figures.
key-figures = { $count ->
        [1] أبرز رقم
       *[other] أبرز الأرقام
    }
sources-label = المصادر
contact-label = للتواصل الإعلامي
# U+200F keeps two parts in Latin letters in the order of the line; U+200E keeps the plus sign before a telephone number.
contact-separator = { "\u200F" }{ "\u00A0· " }{ "\u200E" }
about-label = نبذة عن برنامج «{ $short }»
end-mark = (انتهى)
more-mark = (يتبع)

## Key figures

figure-note = { $nature ->
        [forecast] توقعات{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period) }
        }
       *[observed] بيانات فعلية{ $period ->
            [none] { "" }
           *[some] ، { DATE($period) }
        }
    }

## Notes

sources = البيانات: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
sources-forecasts = القيم المتوقعة وقت النشر: { $items }. وسائر القيم فعلية.

## Press release of the edition: the table

ranking-rank = المرتبة
ranking-city = المدينة
ranking-country = الدولة
ranking-route = مسار الترشح
ranking-place = { ORDINAL($rank, gender: "feminine") }
route-application = ترشح ذاتي
route-recommendation = تزكية
route-unpublished = غير معلن

## Certificate

certificate = شهادة
certificate-title = شهادة – { NAME($city) } – { $short }
certificate-programme = { $programme }
certificate-intro = تُمنح هذه الشهادة لمدينة
certificate-city = { NAME($city) }
certificate-closing = { "" }
certificate-date = حُررت في { NAME($place) } بتاريخ { DATE($announced) }{ $expires ->
        [none] { "" }
       *[some] ، صالحة حتى { DATE($expires) }
    }
# U+200E: without it, the groups of the number would appear in reverse order after Arabic letters.
certificate-serial = الرقم:{ "\u00A0" }{ "\u200E" }{ $serial }
code-alt = رمز استجابة سريعة للتحقق من الشهادة رقم { "\u200E" }{ $serial }: { $address }
seal-alt = ختم برنامج «{ $short }»
seal-foot = { selection }
