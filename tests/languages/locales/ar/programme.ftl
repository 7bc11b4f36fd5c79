# Words of this programme, in Arabic. Another programme replaces this file; locales/en/programme.ftl lists the variables.
# The programme is written between « », as the press writes names of programmes. “مدينة” before a city’s name
# carries the agreement, since the name may be masculine (خليج العوسق).

about = أُطلق برنامج «{ $programme }» في { DATE($founded) } بمبادرة من { NAME($organiser) } ({ $acronym }) وعدد من المنظمات الدولية. ويعمل البرنامج في إطار التعاون الرقمي العالمي للأمم المتحدة وأهداف التنمية المستدامة، ويُعنى باكتشاف المدن ذات التأثير العالمي التي تتميز بالابتكار في الاقتصاد الرقمي وتوظيف تطبيقاته.

## The words under a key figure; `.of-city` in a press release that is not about that city. They follow شركة, شركتان, شركات
## alike, so nothing in them agrees with the noun.

figure-committee-countries = في لجنة الخبراء
figure-digital-enterprises = من ذوات القدرات الرقمية المتقدمة
    .of-city = من ذوات القدرات الرقمية المتقدمة في { NAME($city) }
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

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) } ضمن المدن النموذجية
        [1] { NAME($city) } في صدارة المدن النموذجية
       *[other] { NAME($city) } في المرتبة { ORDINAL($rank, gender: "feminine") } بين المدن النموذجية
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) } ضمن المدن النموذجية للاقتصاد الرقمي
        [1] { NAME($city) } في صدارة المدن النموذجية للاقتصاد الرقمي
       *[other] { NAME($city) } في المرتبة { ORDINAL($rank, gender: "feminine") } بين المدن النموذجية للاقتصاد الرقمي
    }
city-standfirst = { $digital-enterprises ->
        [none] برنامج دولي للمدن النموذجية في الاقتصاد الرقمي يعلن نتائج { selection }.
       *[some] { $rank ->
            [1] تتصدر
           *[other] تنضم
        } المدينة التي تحتضن { MEASURE($digital-enterprises, case: "accusative", style: "prose") } من ذوات القدرات الرقمية المتقدمة { $rank ->
            [1] قائمة
           *[other] إلى قائمة
        } { selection } من برنامج دولي للمدن النموذجية في الاقتصاد الرقمي.
    }
city-lede = { $rank ->
        [none] اختيرت مدينة { NAME($city) } في
       *[some] نالت مدينة { NAME($city) } المرتبة { ORDINAL($rank, gender: "feminine") } في
    } { selection } من برنامج «{ $programme }»، وأُعلنت نتائج هذه الدورة في { NAME($place) } في { DATE($announced) }{ $convention ->
        [none] { "" }
       *[some] ، خلال فعاليات { $convention }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] إعلان أولى المدن النموذجية للاقتصاد الرقمي
       *[other] إعلان مدن نموذجية جديدة للاقتصاد الرقمي
    }
edition-headline = { $edition ->
        [1] الإعلان في { NAME($place) } عن أولى المدن النموذجية للاقتصاد الرقمي
       *[other] الإعلان في { NAME($place) } عن مدن نموذجية جديدة للاقتصاد الرقمي
    }
edition-standfirst = { $rank ->
        [none] برنامج دولي أُطلق في { DATE($founded) } يعلن نتائج { selection }.
       *[some] مدينة { NAME($first) } تتصدر قائمة { selection } من برنامج دولي أُطلق في { DATE($founded) }.
    }
edition-lede = أُعلنت في { NAME($place) } في { DATE($announced) } نتائج { selection } من برنامج «{ $programme }»، { $rank ->
        [none] وضمت القائمة { $city-count ->
            [zero] { $city-count } مدينة
            [1] مدينة واحدة
            [one] { $city-count } مدينة
            [2] مدينتين
            [two] { $city-count } مدينة
            [3] ثلاث مدن
            [4] أربع مدن
            [5] خمس مدن
            [6] ست مدن
            [7] سبع مدن
            [8] ثماني مدن
            [9] تسع مدن
            [10] عشر مدن
            [few] { $city-count } مدن
            [many] { $city-count } مدينة
           *[other] { $city-count } مدينة
        }
       *[some] وجاءت مدينة { NAME($first) } في المرتبة { ORDINAL($rank, gender: "feminine") }
    }.
heading-routes = مساران للترشح ولجنة واحدة
heading-ranking = { $rank ->
        [none] المدن المختارة
       *[some] ترتيب المدن المختارة
    }

## Sentences of the story (reports/story.yaml)
## Each sentence begins with “و”. A forecast may be for a year that is over or to come: “تشير التوقعات إلى أن” fits both.

# In the press release of the edition, each sentence names its city.
the-city = { $scope ->
        [edition] مدينة { NAME($city) }
       *[city] المدينة
    }
# “للمدينة”, “لمدينة بورت أزور”.
of-the-city = { $scope ->
        [edition] لمدينة { NAME($city) }
       *[city] للمدينة
    }
# Before a verb in the past: “وفي عام ٢٠٣١، بلغت”.
in-period-first = وفي { DATE($period) }،
forecast-that = وتشير التوقعات إلى أن

sentence-committee-countries = وتولت الاختيار لجنة تضم خبراء من { MEASURE($figure, case: "genitive", style: "prose") }.
sentence-routes = وللمدن أن تترشح بنفسها أو أن تزكيها حكومة أو منظمة دولية.
digital-enterprises = { $nature ->
        [forecast] { forecast-that } مدينة { NAME($city) } تحتضن
       *[observed] { $period ->
            [none] وتحتضن مدينة { NAME($city) }
           *[some] { in-period-first } كانت مدينة { NAME($city) } تحتضن
        }
    } { MEASURE($figure, case: "accusative", style: "prose") } من ذوات القدرات المتقدمة في الاقتصاد الرقمي
# The period of a forecast ends the sentence.
forecast-period = { $nature ->
        [forecast] { in-period }
       *[observed] { "" }
    }
sentence-digital-enterprises = { digital-enterprises }{ forecast-period }.
    .with-ai-enterprises = { digital-enterprises } و{ MEASURE($other, case: "accusative", style: "prose") } في مجال الذكاء الاصطناعي{ forecast-period }.
value-added = القيمة المضافة للاقتصاد الرقمي في { the-city }
amount = { $hedge ->
        [over] { MEASURE($figure, approx: "exact", case: "accusative") }
       *[other] { MEASURE($figure, case: "accusative", style: "prose") }
    }
# A feminine verb: exceeds, ranges, amounts to.
amounts = { $hedge ->
        [over] تتجاوز
        [range] تتراوح
       *[other] تبلغ
    }
amounted = { $hedge ->
        [over] تجاوزت
        [range] تراوحت
       *[other] بلغت
    }
value-added-clause = { $nature ->
        [forecast] { forecast-that } { value-added } { amounts } { amount }{ in-period }
       *[observed] { $period ->
            [none] و{ amounts } { value-added } { amount }
           *[some] { in-period-first } { amounted } { value-added } { amount }
        }
    }
sentence-digital-economy-value-added = { value-added-clause }.
    .with-digital-economy-share = { value-added-clause }، وهو ما يمثل { MEASURE($other, case: "accusative", style: "prose") } من الناتج المحلي الإجمالي للمدينة.
sentence-digital-economy-share = { $nature ->
        [forecast] { forecast-that } الاقتصاد الرقمي يشكل { MEASURE($figure, case: "accusative", style: "prose") } من الناتج المحلي الإجمالي { of-the-city }{ in-period }
       *[observed] { $period ->
            [none] ويشكل الاقتصاد الرقمي { MEASURE($figure, case: "accusative", style: "prose") } من الناتج المحلي الإجمالي { of-the-city }
           *[some] { in-period-first } شكّل الاقتصاد الرقمي { MEASURE($figure, case: "accusative", style: "prose") } من الناتج المحلي الإجمالي { of-the-city }
        }
    }.
# The same in the masculine.
reaches = { $hedge ->
        [over] يتجاوز
        [range] يتراوح
       *[other] يبلغ
    }
reached = { $hedge ->
        [over] تجاوز
        [range] تراوح
       *[other] بلغ
    }
sentence-digital-economy-size = { $nature ->
        [forecast] { forecast-that } حجم الاقتصاد الرقمي في { the-city } { reaches } { amount }{ in-period }
       *[observed] { $period ->
            [none] و{ reaches } حجم الاقتصاد الرقمي في { the-city } { amount }
           *[some] { in-period-first } { reached } حجم الاقتصاد الرقمي في { the-city } { amount }
        }
    }.
ai-enterprises = { $nature ->
        [forecast] { forecast-that } { the-city } تضم
       *[observed] { $period ->
            [none] وتضم { the-city }
           *[some] { in-period-first } كانت { the-city } تضم
        }
    } { MEASURE($figure, case: "accusative", style: "prose") } في مجال الذكاء الاصطناعي
sentence-ai-enterprises = { ai-enterprises }{ forecast-period }.
    .with-ai-core-revenue = { ai-enterprises }، { $nature ->
        [forecast] وأن إيرادات الصناعة الأساسية لهذا القطاع تبلغ
       *[observed] { $period ->
            [none] فيما تبلغ إيرادات الصناعة الأساسية لهذا القطاع
           *[some] فيما بلغت إيرادات الصناعة الأساسية لهذا القطاع
        }
    } { MEASURE($other, case: "accusative", style: "prose") }{ forecast-period }.
sentence-ai-core-revenue = { $nature ->
        [forecast] { forecast-that } إيرادات الصناعة الأساسية للذكاء الاصطناعي { amounts } { amount }{ in-period }
       *[observed] { $period ->
            [none] و{ amounts } إيرادات الصناعة الأساسية للذكاء الاصطناعي { amount }
           *[some] { in-period-first } { amounted } إيرادات الصناعة الأساسية للذكاء الاصطناعي { amount }
        }
    }.
forecast-standard = وتشير التوقعات إلى استيفاء { MEASURE($figure, case: "genitive", style: "prose") } من كبرى الشركات الصناعية في { the-city } معيار التحول الرقمي
observed-standard = { $period ->
        [none] { $hedge ->
            [over] ويستوفي
            [range] ويستوفي
           *[other] وتستوفي
        } { MEASURE($figure, style: "prose") } من كبرى الشركات الصناعية في { the-city } معيار التحول الرقمي
       *[some] { in-period-first } { $hedge ->
            [over] استوفى
            [range] استوفى
           *[other] استوفت
        } { MEASURE($figure, style: "prose") } من كبرى الشركات الصناعية في { the-city } معيار التحول الرقمي
    }
sentence-digital-manufacturers = { $nature ->
        [forecast] { forecast-standard }{ in-period }
       *[observed] { observed-standard }
    }.
    .with-digital-patents-rank = { $nature ->
        [forecast] { forecast-standard }، وإلى احتلال المدينة
       *[observed] { observed-standard }، { $period ->
            [none] وتحتل
           *[some] واحتلت
        } المدينة
    } { MEASURE($other) } بين مدن العالم في عدد براءات الاختراع الممنوحة في مجال التكنولوجيا الرقمية{ forecast-period }.
sentence-digital-patents-rank = { $nature ->
        [forecast] { forecast-that } { the-city } تحتل
       *[observed] { $period ->
            [none] وتحتل { the-city }
           *[some] { in-period-first } احتلت { the-city }
        }
    } { MEASURE($figure) } بين مدن العالم في عدد براءات الاختراع الممنوحة في مجال التكنولوجيا الرقمية{ forecast-period }.
sentence-benchmark-ambition = وكانت مدينة { NAME($city) } قد أعلنت في { DATE($benchmark-ambition) } عزمها على أن تصبح مدينة مرجعية عالمية في الاقتصاد الرقمي.
sentence-conference = { $scope ->
        [city] وعُرضت النتائج
       *[edition] وكُشف عن القائمة
    } خلال { NAME($conference) }{ $convention ->
        [none] { "" }
       *[some] ، ضمن فعاليات { $convention }
    }.

## Certificate
## The lines continue “تُمنح هذه الشهادة لمدينة”.

certificate-distinction = { $rank ->
        [none] لاختيارها ضمن المدن النموذجية في { selection }
       *[some] لحصولها على المرتبة { ORDINAL($rank, gender: "feminine") } في { selection }
    }
certificate-citation = وتقديرا لتأثيرها العالمي وتميزها في ابتكار حلول الاقتصاد الرقمي وتوظيف تطبيقاته، بناء على قرار لجنة { $committee-countries ->
        [none] من الخبراء
       *[some] تضم خبراء من { MEASURE($committee-countries, case: "genitive", style: "prose") }
    }.
