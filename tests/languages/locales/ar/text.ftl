# Words of the Arabic documents. Modern Standard Arabic in the style of the national press agencies.
# The programme is written between « », as the press writes names of programmes. “مدينة” before a city’s name
# carries the agreement, since the name may be masculine (خليج العوسق).

## Shared

press-release = بيان صحفي
specimen = نموذج ليست له صفة رسمية
# $edition: number of the edition.
selection = الدورة { ORDINAL($edition, gender: "feminine") }

# Between two sentences of a paragraph.
sentence-gap = { " " }

## Press release: parts of the page

release-now = للنشر الفوري
release-embargo = محظور النشر
# $until: a date, or a date and time. $zone: “توقيت بكين”, or none.
embargo-detail = حتى { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. لا يُنشر ولا يُبث قبل هذا الموعد.
dateline = { NAME($place) } في { DATE($date) }{ "\u00A0" }–
key-figures = أبرز الأرقام
sources-label = المصادر
contact-label = للتواصل الإعلامي
# U+200F keeps two parts in Latin letters in the order of the line; U+200E keeps the plus sign before a telephone number.
contact-separator = { "\u200F" }{ " · " }{ "\u200E" }
about-label = نبذة عن برنامج «{ $short }»
end-mark = (انتهى)
more-mark = (يتبع)

## Key figures
## The words under a key figure; `.of-city` in a press release that is not about that city. They follow شركة, شركتان, شركات
## alike, so nothing in them agrees with the noun.

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
figure-committee-countries = في لجنة الخبراء
    .of-city = في لجنة الخبراء
figure-digital-enterprises = بقدرات رقمية متقدمة
    .of-city = بقدرات رقمية متقدمة في { NAME($city) }
figure-digital-economy-size = حجم الاقتصاد الرقمي
    .of-city = حجم الاقتصاد الرقمي في { NAME($city) }
figure-digital-economy-value-added = القيمة المضافة للاقتصاد الرقمي
    .of-city = القيمة المضافة للاقتصاد الرقمي في { NAME($city) }
figure-digital-economy-share = حصة الاقتصاد الرقمي من الناتج المحلي الإجمالي
    .of-city = حصة الاقتصاد الرقمي من الناتج المحلي الإجمالي { NAME($city, form: "for") }
figure-ai-enterprises = في مجال الذكاء الاصطناعي
    .of-city = في مجال الذكاء الاصطناعي في { NAME($city) }
figure-ai-core-revenue = إيرادات الصناعة الأساسية للذكاء الاصطناعي
    .of-city = إيرادات الصناعة الأساسية للذكاء الاصطناعي في { NAME($city) }
figure-digital-manufacturers = من كبرى الشركات الصناعية المستوفية لمعيار التحول الرقمي
    .of-city = من كبرى الشركات الصناعية المستوفية لمعيار التحول الرقمي في { NAME($city) }
figure-digital-patents-rank = عالميا في براءات اختراع التكنولوجيا الرقمية
    .of-city = عالميا { NAME($city, form: "for") } في براءات اختراع التكنولوجيا الرقمية

## Notes

sources = البيانات: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
sources-forecasts = القيم المتوقعة وقت النشر: { $items }. وسائر القيم فعلية.
about = أُطلق برنامج «{ $programme }» في { DATE($founded) } بمبادرة من { NAME($organiser) } ({ $acronym }) وعدد من المنظمات الدولية. ويعمل البرنامج في إطار التعاون الرقمي العالمي للأمم المتحدة وأهداف التنمية المستدامة، ويُعنى باكتشاف المدن ذات التأثير العالمي التي تتميز بالابتكار في الاقتصاد الرقمي وتوظيف تطبيقاته.

## Press release of a city

city-short = { $rank ->
        [1] { NAME($city) } تتصدر قائمة المدن الرائدة
       *[other] { NAME($city) } في المرتبة { ORDINAL($rank, gender: "feminine") } بين المدن الرائدة
    }
city-headline = { $rank ->
        [1] { NAME($city) } تتصدر قائمة المدن الرائدة في الاقتصاد الرقمي
       *[other] { NAME($city) } في المرتبة { ORDINAL($rank, gender: "feminine") } بين المدن الرائدة في الاقتصاد الرقمي
    }
city-standfirst = لجنة خبراء من { MEASURE($countries, case: "genitive", style: "prose") } تحسم نتائج { selection } من برنامج دولي للمدن الرائدة في الاقتصاد الرقمي.
city-lede = جاءت مدينة { NAME($city) } في المرتبة { ORDINAL($rank, gender: "feminine") } في { selection } من برنامج «{ $programme }»، التي أُعلنت نتائجها في { NAME($place) } في { DATE($announced) }، ضمن فعاليات { $convention }.
city-committee = وتولت الاختيار لجنة تضم خبراء من { MEASURE($countries, case: "genitive", style: "prose") }.
city-routes = وللمدن أن تتقدم بترشحها بنفسها، أو أن تزكيها حكومة أو منظمة دولية.
city-enterprises = وتحتضن مدينة { NAME($city) } { MEASURE($enterprises, case: "accusative", style: "prose") } بقدرات متقدمة في الاقتصاد الرقمي.
# $hedge: over, almost, about, exact or range. $nature: forecast or observed.
city-value-added = { $nature ->
        [forecast] وكان من المتوقع أن { $hedge ->
            [over] تتجاوز القيمة المضافة للاقتصاد الرقمي فيها { MEASURE($value-added, approx: "exact", case: "accusative") }
            [range] تتراوح القيمة المضافة للاقتصاد الرقمي فيها { MEASURE($value-added, style: "prose") }
           *[other] تبلغ القيمة المضافة للاقتصاد الرقمي فيها { MEASURE($value-added, case: "accusative") }
        } في { DATE($period) }
       *[observed] وفي { DATE($period) }، { $hedge ->
            [over] تجاوزت القيمة المضافة للاقتصاد الرقمي فيها { MEASURE($value-added, approx: "exact", case: "accusative") }
            [range] تراوحت القيمة المضافة للاقتصاد الرقمي فيها { MEASURE($value-added, style: "prose") }
           *[other] بلغت القيمة المضافة للاقتصاد الرقمي فيها { MEASURE($value-added, case: "accusative") }
        }
    }، وهو ما يمثل { MEASURE($share, style: "prose") } من الناتج المحلي الإجمالي للمدينة.
city-size = { $nature ->
        [forecast] ومن المتوقع أن يبلغ حجم الاقتصاد الرقمي { MEASURE($size, case: "accusative", style: "prose") } في { DATE($period) }.
       *[observed] وفي { DATE($period) }، بلغ حجم الاقتصاد الرقمي { MEASURE($size, case: "accusative", style: "prose") }.
    }
city-ai = وتضم المدينة { MEASURE($enterprises, case: "accusative", style: "prose") } في مجال الذكاء الاصطناعي، فيما تبلغ إيرادات الصناعة الأساسية لهذا القطاع { MEASURE($revenue, case: "accusative", style: "prose") }.
city-manufacturers = وفي { DATE($period) }، بلغ عدد كبرى الشركات الصناعية المستوفية لمعيار التحول الرقمي في المدينة { MEASURE($manufacturers, case: "accusative", style: "prose") }.
city-patents = واحتلت المدينة { MEASURE($patents) } عالميا في عدد براءات الاختراع الممنوحة في مجال التكنولوجيا الرقمية، وذلك في { DATE($period) }.
city-ambition = وكانت مدينة { NAME($city) } قد أعلنت في { DATE($year) } عزمها على أن تصبح مدينة مرجعية عالمية في الاقتصاد الرقمي.
city-event = وأُعلنت النتائج خلال { NAME($conference) }، ضمن فعاليات { $convention }.

## Press release of the edition

edition-short = { $edition ->
        [1] إعلان أولى المدن الرائدة في الاقتصاد الرقمي
       *[other] إعلان مدن رائدة جديدة في الاقتصاد الرقمي
    }
edition-headline = { $edition ->
        [1] { NAME($place) } تشهد إعلان أولى المدن الرائدة في الاقتصاد الرقمي
       *[other] { NAME($place) } تشهد إعلان مدن رائدة جديدة في الاقتصاد الرقمي
    }
edition-standfirst = خبراء من { MEASURE($countries, case: "genitive", style: "prose") } يحسمون نتائج { selection } من برنامج دولي أُطلق في { DATE($founded) }، ومدينة { NAME($first) } تتصدر القائمة.
edition-lede = أُعلنت في { NAME($place) } في { DATE($announced) } نتائج { selection } من برنامج «{ $programme }»، وجاءت مدينة { NAME($first) } في المرتبة { ORDINAL($rank, gender: "feminine") }.
edition-event = وكُشف عن القائمة خلال { NAME($conference) }، ضمن فعاليات { $convention }.
edition-programme = ويبحث البرنامج، الذي أُطلق في { DATE($founded) } بمبادرة من { NAME($organiser) } وعدد من المنظمات الدولية، عن المدن ذات التأثير العالمي التي تتميز بالابتكار في الاقتصاد الرقمي وتوظيف تطبيقاته. ويعمل في إطار التعاون الرقمي العالمي للأمم المتحدة وأهداف التنمية المستدامة.
edition-routes-heading = مساران للترشح ولجنة واحدة
edition-routes = وأمام المدن مساران للترشح: أن تتقدم المدينة بترشحها بنفسها، أو أن تزكيها حكومة أو منظمة دولية.
edition-committee = وفي كل الأحوال، يعود القرار إلى لجنة تضم خبراء من { MEASURE($countries, case: "genitive", style: "prose") }.
edition-first = وتحتضن مدينة { NAME($city) }، متصدرة القائمة، { MEASURE($enterprises, case: "accusative", style: "prose") } بقدرات متقدمة في الاقتصاد الرقمي و{ MEASURE($ai, case: "accusative", style: "prose") } في مجال الذكاء الاصطناعي.
edition-first-value-added = { $nature ->
        [forecast] وكان من المتوقع أن { $hedge ->
            [over] تتجاوز القيمة المضافة لاقتصادها الرقمي { MEASURE($value-added, approx: "exact", case: "accusative") }
            [range] تتراوح القيمة المضافة لاقتصادها الرقمي { MEASURE($value-added, style: "prose") }
           *[other] تبلغ القيمة المضافة لاقتصادها الرقمي { MEASURE($value-added, case: "accusative") }
        } في { DATE($period) }
       *[observed] وفي { DATE($period) }، { $hedge ->
            [over] تجاوزت القيمة المضافة لاقتصادها الرقمي { MEASURE($value-added, approx: "exact", case: "accusative") }
            [range] تراوحت القيمة المضافة لاقتصادها الرقمي { MEASURE($value-added, style: "prose") }
           *[other] بلغت القيمة المضافة لاقتصادها الرقمي { MEASURE($value-added, case: "accusative") }
        }
    }، وهو ما يمثل { MEASURE($share, style: "prose") } من الناتج المحلي الإجمالي للمدينة.
edition-ranking-heading = ترتيب المدن المختارة
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
certificate-distinction = لحصولها على المرتبة { ORDINAL($rank, gender: "feminine") } في { selection }
certificate-citation = وتقديرا لتأثيرها العالمي وتميزها في ابتكار حلول الاقتصاد الرقمي وتوظيف تطبيقاته، بناء على قرار لجنة تضم خبراء من { MEASURE($countries, case: "genitive", style: "prose") }.
certificate-closing = { "" }
certificate-date = حُررت في { NAME($place) } بتاريخ { DATE($date) }
# U+200E: without it, the groups of the number would appear in reverse order after Arabic letters.
certificate-serial = الرقم:{ "\u00A0" }{ "\u200E" }{ $serial }
code-alt = رمز استجابة سريعة للتحقق من الشهادة رقم { "\u200E" }{ $serial }
seal-alt = ختم برنامج «{ $short }»
seal-foot = { selection }
