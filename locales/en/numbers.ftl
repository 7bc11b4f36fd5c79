# The grammar of values in English, and how an English page is set.
# Sources: CLDR 48; number and date style of the Associated Press.

## Settings

locale-icu = en-US
# AP has no comma before the “and” of a list, unlike CLDR.
list-comma = no
number-grouping = auto
number-digits = auto
text-direction = ltr
page-tradition = latin
paragraph = ragged
paragraph-indent = 0
hyphenation = yes
letter-spacing = yes
fonts-text = Source Serif 4, Noto Serif SC
fonts-label = Source Sans 3, Noto Sans SC
fonts-heading = Source Serif 4, Noto Serif SC
fonts-name = Source Serif 4, Noto Serif SC
fonts-emphasis = Source Sans 3, Noto Sans SC
# Outer opening and closing marks, then inner ones.
quotation-marks = “ ” ‘ ’
apostrophe = ’
# Characters with a narrow no-break space (U+202F) or a no-break space (U+00A0) before or after them.
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
## $style: words, in running text, where AP spells out one to nine things and first to ninth.

digits = { SHIFT($value, steps: "12 9 6", decimals: 2) }
scale = { SCALE($value, steps: "12 9 6", decimals: 2) ->
        [12] trillion
        [9] billion
        [6] million
       *[0] { "" }
    }
# The lower end with its own scale, which AP repeats: “200 billion to 300 billion”.
low = { SHIFT($min, steps: "12 9 6", decimals: 2) }{ SCALE($min, steps: "12 9 6", decimals: 2) ->
        [12] { " " }trillion
        [9] { " " }billion
        [6] { " " }million
       *[0] { "" }
    }
hedge = { $approx ->
        [over] more than
        [almost] nearly
        [about] about
        [range] { low } to
       *[exact] { "" }
    }
# The hedge and the space that follows it.
hedged = { $approx ->
        [exact] { "" }
       *[other] { hedge }{ " " }
    }
# The number and the space before what it counts.
number = { digits }{ SCALE($value, steps: "12 9 6", decimals: 2) ->
        [0] { " " }
       *[other] { " " }{ scale }{ " " }
    }
# A number of things, with the same space: “nine countries”, “10 countries”.
things = { $approx ->
        [range] { $min ->
            [1] one
            [2] two
            [3] three
            [4] four
            [5] five
            [6] six
            [7] seven
            [8] eight
            [9] nine
           *[other] { low }
        } to{ " " }
       *[other] { hedged }
    }{ $value ->
        [1] one{ " " }
        [2] two{ " " }
        [3] three{ " " }
        [4] four{ " " }
        [5] five{ " " }
        [6] six{ " " }
        [7] seven{ " " }
        [8] eight{ " " }
        [9] nine{ " " }
       *[other] { number }
    }
counted = { $style ->
        [words] { things }
       *[none] { hedged }{ number }
    }
after-scale = { SCALE($value, steps: "12 9 6", decimals: 2) ->
        [0] { "" }
       *[other] { scale }{ " " }
    }

## Units
## $currency: the ISO 4217 code of a currency without its own message.

# Names of CLDR; other currencies show their code.
currency = { $currency ->
        [JPY] yen
        [GBP] { $value ->
            [one] British pound
           *[other] British pounds
        }
        [CHF] { $value ->
            [one] Swiss franc
           *[other] Swiss francs
        }
        [KRW] South Korean won
        [INR] { $value ->
            [one] Indian rupee
           *[other] Indian rupees
        }
        [BRL] { $value ->
            [one] Brazilian real
           *[other] Brazilian reals
        }
        [CAD] { $value ->
            [one] Canadian dollar
           *[other] Canadian dollars
        }
        [AUD] { $value ->
            [one] Australian dollar
           *[other] Australian dollars
        }
        [HKD] { $value ->
            [one] Hong Kong dollar
           *[other] Hong Kong dollars
        }
        [SGD] { $value ->
            [one] Singapore dollar
           *[other] Singapore dollars
        }
        [MXN] { $value ->
            [one] Mexican peso
           *[other] Mexican pesos
        }
        [ZAR] South African rand
        [RUB] { $value ->
            [one] Russian ruble
           *[other] Russian rubles
        }
        [SEK] { $value ->
            [one] Swedish krona
           *[other] Swedish kronor
        }
       *[other] { $currency }
    }
measure-money = { hedged }{ number }{ currency }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ currency }
measure-cny = { hedged }{ number }yuan
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }yuan
euro = { $value ->
        [one] euro
       *[other] euros
    }
measure-eur = { hedged }{ number }{ euro }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ euro }
# AP writes “$2.5 trillion”, and repeats the sign at both ends of a range.
hedge-dollars = { $approx ->
        [range] ${ low } to
       *[other] { hedge }
    }
measure-usd = { hedge-dollars }{ $approx ->
        [exact] { "" }
       *[other] { " " }
    }${ digits }{ SCALE($value, steps: "12 9 6", decimals: 2) ->
        [0] { "" }
       *[other] { " " }{ scale }
    }
    .before = { hedge-dollars }
    .number = ${ digits }
    .after = { scale }
measure-percent = { $approx ->
        [range] { $min }% to { $value }%
       *[other] { hedged }{ $value }%
    }
    .before = { $approx ->
        [range] { $min }% to
       *[other] { hedge }
    }
    .number = { $value }%
    .after = { "" }
enterprise = { $value ->
        [one] enterprise
       *[other] enterprises
    }
measure-enterprise = { counted }{ enterprise }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ enterprise }
country = { $value ->
        [one] country
       *[other] countries
    }
measure-country = { counted }{ country }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ country }
year = { $value ->
        [one] year
       *[other] years
    }
measure-year = { counted }{ year }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ year }
month = { $value ->
        [one] month
       *[other] months
    }
measure-month = { counted }{ month }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ month }
day = { $value ->
        [one] day
       *[other] days
    }
measure-day = { counted }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ day }
measure-rank = { $style ->
        [words] { rank-words }
       *[none] { rank }
    }
    .before = { "" }
    .number = { rank }
    .after = place
rank = { NUMBER($value, type: "ordinal") ->
        [one] { $value }st
        [two] { $value }nd
        [few] { $value }rd
       *[other] { $value }th
    }
rank-words = { $value ->
        [1] first
        [2] second
        [3] third
        [4] fourth
        [5] fifth
        [6] sixth
        [7] seventh
        [8] eighth
        [9] ninth
       *[other] { rank }
    }

## Ordinals
## $n: the rank. $style: words, in running text.

ordinal = { $style ->
        [words] { $n ->
            [1] first
            [2] second
            [3] third
            [4] fourth
            [5] fifth
            [6] sixth
            [7] seventh
            [8] eighth
            [9] ninth
           *[other] { ordinal-digits }
        }
       *[none] { ordinal-digits }
    }
ordinal-digits = { NUMBER($n, type: "ordinal") ->
        [one] { $n }st
        [two] { $n }nd
        [few] { $n }rd
       *[other] { $n }th
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long, the default; short, for labels; full, with the whole name
## of the month; in, by and as-of, with a preposition (“in 2024”, “on Dec. 1, 2024”, “as of Dec. 1, 2024”, but “from October
## to December 2024”); clock and calendar, only the time of day and only the date of an embargo.

# AP abbreviates all months except March to July when a day follows.
month-short = { $month ->
        [1] Jan.
        [2] Feb.
        [8] Aug.
        [9] Sept.
        [10] Oct.
        [11] Nov.
        [12] Dec.
       *[other] { $month-name }
    }
# The preposition and the space that follows it.
preposition = { $style ->
        [in] in{ " " }
        [by] by{ " " }
        [as-of] as of{ " " }
       *[long] { "" }
    }
date-day = { $style ->
        [clock] { "" }
        [full] { $month-name }{ "\u00A0" }{ $day }, { $year }
        [in] on { month-short }{ "\u00A0" }{ $day }, { $year }
       *[long] { preposition }{ month-short }{ "\u00A0" }{ $day }, { $year }
    }
date-month = { preposition }{ $month-name } { $year }
date-year = { preposition }{ $year }
date-year-end = { $style ->
        [short] end of { $year }
        [in] at the end of { $year }
       *[long] { preposition }the end of { $year }
    }
date-time = { $style ->
        [clock] { clock }
        [calendar] { date-day }
       *[long] { clock } on { date-day }
    }
clock = { $minute ->
        [00] { $hour ->
            [12] noon
           *[other] { hour-of-twelve }{ "\u00A0" }{ half-day }
        }
       *[other] { hour-of-twelve }:{ $minute }{ "\u00A0" }{ half-day }
    }
hour-of-twelve = { $hour ->
        [0] 12
        [13] 1
        [14] 2
        [15] 3
        [16] 4
        [17] 5
        [18] 6
        [19] 7
        [20] 8
        [21] 9
        [22] 10
        [23] 11
       *[other] { $hour }
    }
half-day = { $hour ->
        [0] a.m.
        [1] a.m.
        [2] a.m.
        [3] a.m.
        [4] a.m.
        [5] a.m.
        [6] a.m.
        [7] a.m.
        [8] a.m.
        [9] a.m.
        [10] a.m.
        [11] a.m.
       *[other] p.m.
    }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month, $from-month-name, $from-day, $to-year, … Not $from and $to, which would each have a preposition.
date-span = { $style ->
        [in] from { first-date } to { last-date }
        [by] from { first-date } to { last-date }
        [as-of] from { first-date } to { last-date }
       *[long] { $precision ->
            [year] { $from-year }–{ $to-year }
            [month] { first-date } to { last-date }
           *[day] { $common ->
                [month] { first-date }–{ $to-day }, { $to-year }
                [year] { first-date } to { last-date }
               *[none] { first-date }, to { last-date }
            }
        }
    }
first-date = { $precision ->
        [year] { $from-year }
        [month] { $common ->
            [year] { $from-month-name }
           *[none] { $from-month-name } { $from-year }
        }
       *[day] { first-month }{ "\u00A0" }{ $from-day }{ $common ->
            [none] , { $from-year }
           *[other] { "" }
        }
    }
last-date = { $precision ->
        [year] { $to-year }
        [month] { $to-month-name } { $to-year }
       *[day] { last-month }{ "\u00A0" }{ $to-day }, { $to-year }
    }
first-month = { $from-month ->
        [1] Jan.
        [2] Feb.
        [8] Aug.
        [9] Sept.
        [10] Oct.
        [11] Nov.
        [12] Dec.
       *[other] { $from-month-name }
    }
last-month = { $to-month ->
        [1] Jan.
        [2] Feb.
        [8] Aug.
        [9] Sept.
        [10] Oct.
        [11] Nov.
        [12] Dec.
       *[other] { $to-month-name }
    }

## Forms of names
## $name: the plain name.

# AP: a name that ends in s has only an apostrophe.
name-of = { FINAL($name) ->
        [s] { $name }’
       *[other] { $name }’s
    }
# Whether a common noun has an article, the rule cannot know: check asks for the form.
name-to = to { unsure-name }
name-in = in { $name }
name-by = by { unsure-name }
name-the = the { $name }
name-full = { $name }
name-capitals = { $name }
unsure-name = { NOUN($name) ->
        [common] { UNSURE($name) }
       *[proper] { $name }
    }
