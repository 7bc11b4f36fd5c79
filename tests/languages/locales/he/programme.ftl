# Words of this programme, in Hebrew. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = התוכנית ”{ $programme }” נוסדה { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }) יחד עם כמה ארגונים בין־לאומיים. היא פועלת במסגרת שיתוף הפעולה הדיגיטלי העולמי של האומות המאוחדות והיעדים לפיתוח בר־קיימא, ומאתרת ערים בעלות השפעה עולמית המצטיינות בחדשנות וביישום בתחום הכלכלה הדיגיטלית.

## The words under a key figure; `.of-city` in a press release that is not about that city.
## They follow “חברה אחת” and “20 חברות” alike, so nothing in them agrees with the noun.

figure-committee-countries = בוועדת המומחים
figure-digital-enterprises = עם יכולות דיגיטליות מתקדמות
    .of-city = עם יכולות דיגיטליות מתקדמות { NAME($city, form: "in") }
figure-digital-economy-size = היקף הכלכלה הדיגיטלית
    .of-city = היקף הכלכלה הדיגיטלית { NAME($city, form: "in") }
figure-digital-economy-value-added = הערך המוסף של הכלכלה הדיגיטלית
    .of-city = הערך המוסף של הכלכלה הדיגיטלית { NAME($city, form: "in") }
figure-digital-economy-share = חלקה של הכלכלה הדיגיטלית בתמ״ג
    .of-city = חלקה של הכלכלה הדיגיטלית בתמ״ג { NAME($city, form: "of") }
figure-ai-enterprises = בתחום הבינה המלאכותית
    .of-city = בתחום הבינה המלאכותית { NAME($city, form: "in") }
figure-ai-core-revenue = הכנסות תעשיית הליבה של הבינה המלאכותית
    .of-city = הכנסות תעשיית הליבה של הבינה המלאכותית { NAME($city, form: "in") }
figure-digital-manufacturers = מקרב היצרניות הגדולות העומדות בתקן הטרנספורמציה הדיגיטלית
    .of-city = מקרב היצרניות הגדולות { NAME($city, form: "in") } העומדות בתקן הטרנספורמציה הדיגיטלית
figure-digital-patents-rank = בין ערי העולם בפטנטים בטכנולוגיה דיגיטלית
    .of-city = { NAME($city, form: "to") } בין ערי העולם בפטנטים בטכנולוגיה דיגיטלית

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) } נבחרה לעיר פיילוט
       *[some] { NAME($city) } במקום { ORDINAL($rank) } בין ערי הפיילוט
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) } נבחרה לעיר פיילוט בכלכלה הדיגיטלית
        [1] { NAME($city) } בראש רשימת ערי הפיילוט בכלכלה הדיגיטלית
       *[other] { NAME($city) } במקום { ORDINAL($rank) } בין ערי הפיילוט בכלכלה הדיגיטלית
    }
city-standfirst = { $digital-enterprises ->
        [none] העיר נבחרה ב{ selection } של תוכנית לערים שבחזית הכלכלה הדיגיטלית.
       *[some] העיר, ובה { MEASURE($digital-enterprises, style: "words") } { COUNT($digital-enterprises) ->
            [1] בעלת
           *[other] בעלות
        } יכולות דיגיטליות מתקדמות, { $rank ->
            [1] דורגה ראשונה
           *[other] נבחרה
        } ב{ selection } של תוכנית לערים שבחזית הכלכלה הדיגיטלית.
    }
city-lede = { $rank ->
        [none] { NAME($city) } נבחרה לתוכנית ”{ $programme }”.
       *[some] { NAME($city) } דורגה במקום { ORDINAL($rank) } בתוכנית ”{ $programme }”.
    } תוצאות { selection } פורסמו { NAME($place, form: "in") } { DATE($announced, style: "in") }{ $convention ->
        [none] { "" }
       *[some] , במהלך { $convention }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] { $city-count ->
            [1] נבחרה עיר הפיילוט הראשונה
           *[other] נבחרו ערי הפיילוט הראשונות
        }
       *[other] { $city-count ->
            [1] נבחרה עיר פיילוט חדשה
           *[other] נבחרו ערי פיילוט חדשות
        }
    }
edition-headline = { NAME($place, form: "in") } { edition-short } בכלכלה הדיגיטלית
edition-standfirst = { $rank ->
        [none] זהו { selection } של תוכנית בין־לאומית שנוסדה { DATE($founded, style: "in") }.
       *[some] { NAME($first) } דורגה ראשונה ב{ selection } של תוכנית בין־לאומית שנוסדה { DATE($founded, style: "in") }.
    }
edition-lede = תוצאות { selection } של התוכנית ”{ $programme }” פורסמו { NAME($place, form: "in") } { DATE($announced, style: "in") }. { $rank ->
        [none] { $city-count ->
            [1] נבחרה עיר אחת.
            [2] נבחרו שתי ערים.
            [3] נבחרו שלוש ערים.
            [4] נבחרו ארבע ערים.
            [5] נבחרו חמש ערים.
            [6] נבחרו שש ערים.
            [7] נבחרו שבע ערים.
            [8] נבחרו שמונה ערים.
            [9] נבחרו תשע ערים.
            [10] נבחרו עשר ערים.
           *[other] נבחרו { $city-count } ערים.
        }
       *[some] { NAME($first) } דורגה במקום { ORDINAL($rank) }.
    }
heading-routes = שני מסלולים, ועדה אחת
heading-ranking = { $rank ->
        [none] הערים שנבחרו
       *[some] דירוג הערים שנבחרו
    }

## Sentences of the story (reports/story.yaml)

sentence-committee-countries = הבחירה נעשתה בידי ועדה של מומחים { MEASURE($figure, style: "from-words") }.
sentence-routes = עיר יכולה להגיש מועמדות בעצמה או לקבל המלצה של ממשלה או של ארגון בין־לאומי.
# יש; הייתה and היו at a date in the past, by the number of $figure; צפויה and צפויות in a forecast, which may still come true.
has = { $nature ->
        [forecast] { COUNT($figure) ->
            [1] צפויה להיות
           *[other] צפויות להיות
        }
       *[observed] { $period ->
            [none] יש
           *[some] { COUNT($figure) ->
                [1] הייתה
               *[other] היו
            }
        }
    }
with-capabilities = { COUNT($figure) ->
        [1] בעלת
       *[other] בעלות
    } יכולות מתקדמות בכלכלה הדיגיטלית
sentence-digital-enterprises = { NAME($city, form: "in") } { has } { MEASURE($figure, style: "words") } { with-capabilities }{ in-period }.
    .with-ai-enterprises = { NAME($city, form: "in") } { has } { MEASURE($figure, style: "words") } { with-capabilities } { MEASURE($other, style: "and") } בתחום הבינה המלאכותית{ in-period }.
# What a sum (a masculine noun) reached: עלה על, נע בין, הסתכם ב.
reached = { $nature ->
        [forecast] { $hedge ->
            [over] לעלות על { MEASURE($figure, approx: "exact") }
            [range] לנוע { MEASURE($figure) }
           *[other] להגיע { MEASURE($figure, style: "to") }
        }
       *[observed] { $hedge ->
            [over] עלה על { MEASURE($figure, approx: "exact") }
            [range] נע { MEASURE($figure) }
           *[other] הסתכם { MEASURE($figure, style: "in") }
        }
    }
value-added = הערך המוסף של הכלכלה הדיגיטלית בעיר { $nature ->
        [forecast] צפוי { reached }
       *[observed] { reached }
    }{ in-period }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, שהם { MEASURE($other) } מהתוצר המקומי הגולמי (תמ״ג) של העיר.
sentence-digital-economy-share = הכלכלה הדיגיטלית { $nature ->
        [forecast] צפויה להוות
       *[observed] היוותה
    } { MEASURE($figure) } מהתוצר המקומי הגולמי (תמ״ג) של העיר{ in-period }.
sentence-digital-economy-size = היקף הכלכלה הדיגיטלית { $nature ->
        [forecast] צפוי { reached }
       *[observed] { reached }
    }{ in-period }.
sentence-ai-enterprises = בעיר { has } { MEASURE($figure, style: "words") } בתחום הבינה המלאכותית{ in-period }.
    .with-ai-core-revenue = בעיר { has } { MEASURE($figure, style: "words") } בתחום הבינה המלאכותית, ותעשיית הליבה של התחום { yields } הכנסות של { MEASURE($other) }{ in-period }.
yields = { $nature ->
        [forecast] צפויה להניב
       *[observed] { $period ->
            [none] מניבה
           *[some] הניבה
        }
    }
sentence-ai-core-revenue = תעשיית הליבה של הבינה המלאכותית { yields } הכנסות של { MEASURE($figure) }{ in-period }.
meets-standard = מקרב היצרניות הגדולות בעיר, { MEASURE($figure, style: "words") } { $nature ->
        [forecast] { COUNT($figure) ->
            [1] צפויה
           *[other] צפויות
        } לעמוד
       *[observed] { COUNT($figure) ->
            [1] עמדה
           *[other] עמדו
        }
    } בתקן הטרנספורמציה הדיגיטלית{ in-period }
sentence-digital-manufacturers = { meets-standard }.
    .with-digital-patents-rank = { meets-standard }, והעיר { $nature ->
        [forecast] צפויה להיות מדורגת
       *[observed] דורגה
    } { MEASURE($other, style: "in") } בעולם במספר הפטנטים שנרשמו בטכנולוגיה דיגיטלית.
# without $city: “העיר”, so as not to begin two paragraphs running with its name.
sentence-digital-patents-rank = העיר { $nature ->
        [forecast] צפויה להיות מדורגת
       *[observed] דורגה
    } { MEASURE($figure, style: "in") } בעולם במספר הפטנטים שנרשמו בטכנולוגיה דיגיטלית{ in-period }.
sentence-benchmark-ambition = { NAME($city) } הכריזה { DATE($benchmark-ambition, style: "in") } על שאיפתה להיות עיר מופת עולמית בכלכלה הדיגיטלית.
sentence-conference = { $scope ->
        [city] התוצאות הוצגו
       *[edition] הרשימה הוצגה
    } { NAME($conference, form: "in") }{ $convention ->
        [none] { "" }
       *[some] , במסגרת { $convention }
    }.

## Certificate

certificate-distinction = { $rank ->
        [none] עיר פיילוט ב{ selection }
       *[some] שדורגה במקום { ORDINAL($rank) } ב{ selection }
    }
certificate-citation = בהוקרה על השפעתה העולמית ועל הצטיינותה בחדשנות וביישום בתחום הכלכלה הדיגיטלית, על פי החלטת ועדה של מומחים { MEASURE($committee-countries, style: "from-words") }
