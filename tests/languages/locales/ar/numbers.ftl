# The grammar of values in Arabic, and how an Arabic page is set.
# Sources: CLDR 48 (locale ar-EG: Arabic-Indic digits, six plural categories); Modern Standard Arabic as the
# national press agencies write it (MENA of Egypt, the Arabic wire of Xinhua); the school grammar of counted nouns.

## Settings

locale-icu = ar-EG
number-grouping = auto
number-digits = arab
text-direction = rtl
page-tradition = latin
paragraph = ragged
paragraph-indent = 0
hyphenation = no
letter-spacing = no
# The Arabic face first: digits and punctuation come from it.
fonts-text = Amiri, Source Serif 4
fonts-label = IBM Plex Sans Arabic, Source Sans 3
fonts-heading = Amiri, Source Serif 4
fonts-name = Amiri, Source Serif 4
fonts-emphasis = IBM Plex Sans Arabic, Source Sans 3
# Outer opening and closing marks, then inner ones.
quotation-marks = « » “ ”
apostrophe = ’
# Characters with a narrow no-break space (U+202F) before or after them, or a no-break space (U+00A0) before them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = { "" }
space-fixed-after = { "" }
# Short words that are kept on one line with the next word.
bound-words = { "" }
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = { "" }
# Endings that are raised after a numeral.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## $case: accusative or genitive, as the sentence requires; nominative without it. A hedge and a range govern
## the genitive, whatever the sentence requires.
## $style: prose inside a sentence (“ما بين ٢٠٠ و٣٠٠”); “من ٢٠٠ إلى ٣٠٠” without it, as in the key figures.
##
## Whole thousands use ألف, مليون, مليار, تريليون; any other number is written in full: “١٢١ ألف”, but “٢٬٣٠٢”.
## Therefore SHAPE of the number of thousands decides: it is a decimal if the number is written in full.
## One and two are expressed by the noun alone: شركة واحدة، شركتان، مليون دولار، مليونا دولار.

# The end of a dual before the noun that it counts (مليونا دولار، مليوني دولار), and of one without a noun (شركتان، شركتين).
dual-construct = { $approx ->
        [exact] { $case ->
            [accusative] ي
            [genitive] ي
           *[nominative] ا
        }
       *[other] ي
    }
dual = { $approx ->
        [exact] { $case ->
            [accusative] ين
            [genitive] ين
           *[nominative] ان
        }
       *[other] ين
    }
# The alif of a masculine noun and of واحد in the accusative: “دولارا واحدا”.
tanwin = { $approx ->
        [exact] { $case ->
            [accusative] ا
           *[other] { "" }
        }
       *[other] { "" }
    }
digits = { SHIFT($value, steps: "12 9 6 3", decimals: 2) }
scale = { SCALE($value, steps: "12 9 6 3", decimals: 2) ->
        [12] { SHIFT($value, by: 12) ->
            [zero] تريليون
            [1] تريليون
            [one] تريليون
            [2] تريليون{ dual-construct }
            [two] تريليون
            [few] تريليونات
            [many] تريليون
           *[other] تريليون
        }
        [9] { SHIFT($value, by: 9) ->
            [zero] مليار
            [1] مليار
            [one] مليار
            [2] مليار{ dual-construct }
            [two] مليار
            [few] مليارات
            [many] مليار
           *[other] مليار
        }
        [6] { SHIFT($value, by: 6) ->
            [zero] مليون
            [1] مليون
            [one] مليون
            [2] مليون{ dual-construct }
            [two] مليون
            [few] ملايين
            [many] مليون
           *[other] مليون
        }
        [3] { SHIFT($value, by: 3) ->
            [zero] ألف
            [1] ألف
            [one] ألف
            [2] ألف{ dual-construct }
            [two] ألف
            [few] آلاف
            [many] ألف
           *[other] ألف
        }
       *[0] { "" }
    }
# The large part of a key figure: digits, or the word for one or two.
scaled-number = { SHIFT($value, steps: "12 9 6 3", decimals: 2) ->
        [1] { scale }
        [2] { scale }
       *[other] { digits }
    }
# What follows it, up to the noun.
scaled-after = { SHIFT($value, steps: "12 9 6 3", decimals: 2) ->
        [0] { "" }
        [1] { "" }
        [2] { "" }
       *[other] { scale }{ " " }
    }
# The two together, up to the noun.
scaled = { SHIFT($value, steps: "12 9 6 3", decimals: 2) ->
        [0] { digits }{ "\u00A0" }
        [1] { scale }{ " " }
        [2] { scale }{ " " }
       *[other] { digits }{ "\u00A0" }{ scale }{ " " }
    }
# The lower end with its own scale word, if that differs from the upper end’s or the number is one or two:
# “من ٩٠٠ مليون إلى ١٫٢ مليار”, “من مليونين إلى ٥ ملايين”. No noun follows, hence مليونين and مليونا.
low-scaled = { SCALE($min, steps: "12 9 6 3", decimals: 2) ->
        [12] { SHIFT($min, by: 12) ->
            [zero] { SHIFT($min, by: 12) }{ "\u00A0" }تريليون
            [1] تريليون
            [one] { SHIFT($min, by: 12) }{ "\u00A0" }تريليون
            [2] تريليونين
            [two] { SHIFT($min, by: 12) }{ "\u00A0" }تريليون
            [few] { SHIFT($min, by: 12) }{ "\u00A0" }تريليونات
            [many] { SHIFT($min, by: 12) }{ "\u00A0" }تريليونا
           *[other] { SHIFT($min, by: 12) }{ "\u00A0" }تريليون
        }
        [9] { SHIFT($min, by: 9) ->
            [zero] { SHIFT($min, by: 9) }{ "\u00A0" }مليار
            [1] مليار
            [one] { SHIFT($min, by: 9) }{ "\u00A0" }مليار
            [2] مليارين
            [two] { SHIFT($min, by: 9) }{ "\u00A0" }مليار
            [few] { SHIFT($min, by: 9) }{ "\u00A0" }مليارات
            [many] { SHIFT($min, by: 9) }{ "\u00A0" }مليارا
           *[other] { SHIFT($min, by: 9) }{ "\u00A0" }مليار
        }
        [6] { SHIFT($min, by: 6) ->
            [zero] { SHIFT($min, by: 6) }{ "\u00A0" }مليون
            [1] مليون
            [one] { SHIFT($min, by: 6) }{ "\u00A0" }مليون
            [2] مليونين
            [two] { SHIFT($min, by: 6) }{ "\u00A0" }مليون
            [few] { SHIFT($min, by: 6) }{ "\u00A0" }ملايين
            [many] { SHIFT($min, by: 6) }{ "\u00A0" }مليونا
           *[other] { SHIFT($min, by: 6) }{ "\u00A0" }مليون
        }
        [3] { SHIFT($min, by: 3) ->
            [zero] { SHIFT($min, by: 3) }{ "\u00A0" }ألف
            [1] ألف
            [one] { SHIFT($min, by: 3) }{ "\u00A0" }ألف
            [2] ألفين
            [two] { SHIFT($min, by: 3) }{ "\u00A0" }ألف
            [few] { SHIFT($min, by: 3) }{ "\u00A0" }آلاف
            [many] { SHIFT($min, by: 3) }{ "\u00A0" }ألفا
           *[other] { SHIFT($min, by: 3) }{ "\u00A0" }ألف
        }
       *[0] { $min }
    }
# A lower end in full. One and two are expressed by the noun: “من شركة إلى ٥ شركات”.
low-plain = { $min ->
        [1] { $unit ->
            [cny] يوان
            [usd] دولار
            [enterprise] شركة
            [country] دولة
            [year] سنة
            [month] شهر
            [day] يوم
           *[other] { $min }
        }
        [2] { $unit ->
            [cny] يوانين
            [usd] دولارين
            [enterprise] شركتين
            [country] دولتين
            [year] سنتين
            [month] شهرين
            [day] يومين
           *[other] { $min }
        }
       *[other] { $min }
    }
low = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { low-plain }
       *[integer] { SHAPE(SHIFT($min, by: 3)) ->
            [decimal] { low-plain }
           *[integer] { SCALE($min, $value, steps: "12 9 6 3", decimals: 2) ->
                [same] { SHIFT($min, steps: "12 9 6 3", decimals: 2) ->
                    [1] { low-scaled }
                    [2] { low-scaled }
                   *[other] { SHIFT($min, steps: "12 9 6 3", decimals: 2) }
                }
               *[other] { low-scaled }
            }
        }
    }
hedge = { $approx ->
        [over] أكثر من
        [almost] قرابة
        [about] نحو
        [range] من { low } إلى
       *[exact] { "" }
    }
# The hedge and the space that follows it; “و” is written with what follows.
hedged = { $approx ->
        [exact] { "" }
        [range] { $style ->
            [prose] ما بين { low } و
           *[strip] { hedge }{ " " }
        }
       *[other] { hedge }{ " " }
    }

## Units
## A currency without its own message shows its code ($currency, ISO 4217).

measure-money = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value }{ "\u00A0" }
       *[integer] { scaled }
    }{ $currency }
    .before = { hedge }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { "" }
       *[integer] { scaled-after }
    }{ $currency }
yuan = { $value ->
        [zero] { $value }{ "\u00A0" }يوان
        [1] يوان{ tanwin } واحد{ tanwin }
        [one] { $value }{ "\u00A0" }يوان
        [2] يوان{ dual }
        [two] { $value }{ "\u00A0" }يوان
        [few] { $value }{ "\u00A0" }يوانات
        [many] { $value }{ "\u00A0" }يوانا
       *[other] { $value }{ "\u00A0" }يوان
    }
measure-cny = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { yuan }
       *[integer] { scaled }يوان
    }
    .before = { $value ->
        [1] { hedged }يوان
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحد
            [2] يوان{ dual }
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [zero] يوان
            [1] { "" }
            [one] يوان
            [2] { "" }
            [two] يوان
            [few] يوانات
            [many] يوانا
           *[other] يوان
        }
       *[integer] { scaled-after }يوان
    }
# يورو has one form for all numbers.
measure-eur = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] يورو واحد
           *[other] { $value }{ "\u00A0" }يورو
        }
       *[integer] { scaled }يورو
    }
    .before = { $value ->
        [1] { hedged }يورو
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحد
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] { "" }
           *[other] يورو
        }
       *[integer] { scaled-after }يورو
    }
dollar = { $value ->
        [zero] { $value }{ "\u00A0" }دولار
        [1] دولار{ tanwin } واحد{ tanwin }
        [one] { $value }{ "\u00A0" }دولار
        [2] دولار{ dual }
        [two] { $value }{ "\u00A0" }دولار
        [few] { $value }{ "\u00A0" }دولارات
        [many] { $value }{ "\u00A0" }دولارا
       *[other] { $value }{ "\u00A0" }دولار
    }
measure-usd = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { dollar }
       *[integer] { scaled }دولار
    }
    .before = { $value ->
        [1] { hedged }دولار
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحد
            [2] دولار{ dual }
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [zero] دولار
            [1] { "" }
            [one] دولار
            [2] { "" }
            [two] دولار
            [few] دولارات
            [many] دولارا
           *[other] دولار
        }
       *[integer] { scaled-after }دولار
    }
measure-percent = { $approx ->
        [range] { $style ->
            [prose] ما بين { $min }٪ و{ $value }٪
           *[strip] من { $min }٪ إلى { $value }٪
        }
       *[other] { hedged }{ $value }٪
    }
    .before = { $approx ->
        [range] من { $min }٪ إلى
       *[other] { hedge }
    }
    .number = { $value }٪
    .after = { "" }
enterprise = { $value ->
        [zero] { $value }{ "\u00A0" }شركة
        [1] شركة واحدة
        [one] { $value }{ "\u00A0" }شركة
        [2] شركت{ dual }
        [two] { $value }{ "\u00A0" }شركة
        [few] { $value }{ "\u00A0" }شركات
        [many] { $value }{ "\u00A0" }شركة
       *[other] { $value }{ "\u00A0" }شركة
    }
measure-enterprise = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { enterprise }
       *[integer] { scaled }شركة
    }
    .before = { $value ->
        [1] { hedged }شركة
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحدة
            [2] شركت{ dual }
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [zero] شركة
            [1] { "" }
            [one] شركة
            [2] { "" }
            [two] شركة
            [few] شركات
            [many] شركة
           *[other] شركة
        }
       *[integer] { scaled-after }شركة
    }
country = { $value ->
        [zero] { $value }{ "\u00A0" }دولة
        [1] دولة واحدة
        [one] { $value }{ "\u00A0" }دولة
        [2] دولت{ dual }
        [two] { $value }{ "\u00A0" }دولة
        [few] { $value }{ "\u00A0" }دول
        [many] { $value }{ "\u00A0" }دولة
       *[other] { $value }{ "\u00A0" }دولة
    }
measure-country = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { country }
       *[integer] { scaled }دولة
    }
    .before = { $value ->
        [1] { hedged }دولة
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحدة
            [2] دولت{ dual }
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [zero] دولة
            [1] { "" }
            [one] دولة
            [2] { "" }
            [two] دولة
            [few] دول
            [many] دولة
           *[other] دولة
        }
       *[integer] { scaled-after }دولة
    }
year = { $value ->
        [zero] { $value }{ "\u00A0" }سنة
        [1] سنة واحدة
        [one] { $value }{ "\u00A0" }سنة
        [2] سنت{ dual }
        [two] { $value }{ "\u00A0" }سنة
        [few] { $value }{ "\u00A0" }سنوات
        [many] { $value }{ "\u00A0" }سنة
       *[other] { $value }{ "\u00A0" }سنة
    }
measure-year = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { year }
       *[integer] { scaled }سنة
    }
    .before = { $value ->
        [1] { hedged }سنة
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحدة
            [2] سنت{ dual }
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [zero] سنة
            [1] { "" }
            [one] سنة
            [2] { "" }
            [two] سنة
            [few] سنوات
            [many] سنة
           *[other] سنة
        }
       *[integer] { scaled-after }سنة
    }
month = { $value ->
        [zero] { $value }{ "\u00A0" }شهر
        [1] شهر{ tanwin } واحد{ tanwin }
        [one] { $value }{ "\u00A0" }شهر
        [2] شهر{ dual }
        [two] { $value }{ "\u00A0" }شهر
        [few] { $value }{ "\u00A0" }أشهر
        [many] { $value }{ "\u00A0" }شهرا
       *[other] { $value }{ "\u00A0" }شهر
    }
measure-month = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { month }
       *[integer] { scaled }شهر
    }
    .before = { $value ->
        [1] { hedged }شهر
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحد
            [2] شهر{ dual }
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [zero] شهر
            [1] { "" }
            [one] شهر
            [2] { "" }
            [two] شهر
            [few] أشهر
            [many] شهرا
           *[other] شهر
        }
       *[integer] { scaled-after }شهر
    }
day = { $value ->
        [zero] { $value }{ "\u00A0" }يوم
        [1] يوم{ tanwin } واحد{ tanwin }
        [one] { $value }{ "\u00A0" }يوم
        [2] يوم{ dual }
        [two] { $value }{ "\u00A0" }يوم
        [few] { $value }{ "\u00A0" }أيام
        [many] { $value }{ "\u00A0" }يوما
       *[other] { $value }{ "\u00A0" }يوم
    }
measure-day = { hedged }{ SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { day }
       *[integer] { scaled }يوم
    }
    .before = { $value ->
        [1] { hedged }يوم
       *[other] { hedge }
    }
    .number = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [1] واحد
            [2] يوم{ dual }
           *[other] { $value }
        }
       *[integer] { scaled-number }
    }
    .after = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value ->
            [zero] يوم
            [1] { "" }
            [one] يوم
            [2] { "" }
            [two] يوم
            [few] أيام
            [many] يوما
           *[other] يوم
        }
       *[integer] { scaled-after }يوم
    }
measure-rank = المرتبة { rank }
    .before = المرتبة
    .number = { rank }
    .after = { "" }
# In words up to nineteen, which have one form in all cases; in digits after the noun above that: “المرتبة ٢١”.
rank = { $value ->
        [1] الأولى
        [2] الثانية
        [3] الثالثة
        [4] الرابعة
        [5] الخامسة
        [6] السادسة
        [7] السابعة
        [8] الثامنة
        [9] التاسعة
        [10] العاشرة
        [11] الحادية عشرة
        [12] الثانية عشرة
        [13] الثالثة عشرة
        [14] الرابعة عشرة
        [15] الخامسة عشرة
        [16] السادسة عشرة
        [17] السابعة عشرة
        [18] الثامنة عشرة
        [19] التاسعة عشرة
       *[other] { $value }
    }

## Ordinals
## $n: the rank. $gender: masculine, or feminine without it (المرتبة، الدورة).

ordinal = { $gender ->
        [masculine] { ordinal-masculine }
       *[feminine] { ordinal-feminine }
    }
ordinal-feminine = { $n ->
        [1] الأولى
        [2] الثانية
        [3] الثالثة
        [4] الرابعة
        [5] الخامسة
        [6] السادسة
        [7] السابعة
        [8] الثامنة
        [9] التاسعة
        [10] العاشرة
        [11] الحادية عشرة
        [12] الثانية عشرة
        [13] الثالثة عشرة
        [14] الرابعة عشرة
        [15] الخامسة عشرة
        [16] السادسة عشرة
        [17] السابعة عشرة
        [18] الثامنة عشرة
        [19] التاسعة عشرة
       *[other] { $n }
    }
ordinal-masculine = { $n ->
        [1] الأول
        [2] الثاني
        [3] الثالث
        [4] الرابع
        [5] الخامس
        [6] السادس
        [7] السابع
        [8] الثامن
        [9] التاسع
        [10] العاشر
        [11] الحادي عشر
        [12] الثاني عشر
        [13] الثالث عشر
        [14] الرابع عشر
        [15] الخامس عشر
        [16] السادس عشر
        [17] السابع عشر
        [18] الثامن عشر
        [19] التاسع عشر
       *[other] { $n }
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts.
## Each form fits after “في”: “في عام ٢٠٣١”, “في نهاية عام ٢٠٣١”, “في الفترة ٢٠٢٨–٢٠٣١”.

date-day = { $day }{ "\u00A0" }{ $month-name } { $year }
date-month = { $month-name } { $year }
date-year = عام{ "\u00A0" }{ $year }
date-year-end = نهاية عام{ "\u00A0" }{ $year }
# 24-hour clock.
date-time = الساعة { $hour }:{ $minute } من يوم { date-day }
# $from, $to: the two dates in words; $from-year, $to-year: texts; $precision: year, month or day.
# U+2060: no line break after the dash.
date-span = { $precision ->
        [year] الفترة { $from-year }–{ "\u2060" }{ $to-year }
        [month] { $common ->
            [year] الفترة من { $from-month-name } إلى { $to }
           *[none] الفترة من { $from } إلى { $to }
        }
       *[day] { $common ->
            [month] الفترة من { $from-day } إلى { $to }
            [year] الفترة من { $from-day }{ "\u00A0" }{ $from-month-name } إلى { $to }
           *[none] الفترة من { $from } إلى { $to }
        }
    }

## Forms of names
## $name: the plain name. Prepositions of one letter are written with the name: a name that begins with the article
## gives the form in the data (`for: للقاهرة`). All others (في، من) are separate words in the sentences.

name-for = ل{ $name }
