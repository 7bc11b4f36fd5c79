# The grammar of values in English, and how an English page is set.
# Sources: CLDR 48; number and date style of the Associated Press.

## Settings

locale-icu = en-US
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

digits = { SHIFT($value, steps: "12 9 6") }
scale = { SCALE($value, steps: "12 9 6") ->
        [12] trillion
        [9] billion
        [6] million
       *[0] { "" }
    }
# The lower end with its own scale, which AP repeats: “200 billion to 300 billion”.
low = { SHIFT($min, steps: "12 9 6") }{ SCALE($min, steps: "12 9 6") ->
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
number = { digits }{ SCALE($value, steps: "12 9 6") ->
        [0] { " " }
       *[other] { " " }{ scale }{ " " }
    }
after-scale = { SCALE($value, steps: "12 9 6") ->
        [0] { "" }
       *[other] { scale }{ " " }
    }

## Units
## A currency without its own message shows its code ($currency, ISO 4217).

measure-money = { hedged }{ number }{ $currency }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ $currency }
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
    }${ digits }{ SCALE($value, steps: "12 9 6") ->
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
measure-enterprise = { hedged }{ number }{ enterprise }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ enterprise }
country = { $value ->
        [one] country
       *[other] countries
    }
measure-country = { hedged }{ number }{ country }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ country }
year = { $value ->
        [one] year
       *[other] years
    }
measure-year = { hedged }{ number }{ year }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ year }
month = { $value ->
        [one] month
       *[other] months
    }
measure-month = { hedged }{ number }{ month }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ month }
day = { $value ->
        [one] day
       *[other] days
    }
measure-day = { hedged }{ number }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ day }
measure-rank = { rank }
    .before = { "" }
    .number = { rank }
    .after = place
rank = { NUMBER($value, type: "ordinal") ->
        [one] { $value }st
        [two] { $value }nd
        [few] { $value }rd
       *[other] { $value }th
    }

## Ordinals
## $n: the rank.

ordinal = { NUMBER($n, type: "ordinal") ->
        [one] { $n }st
        [two] { $n }nd
        [few] { $n }rd
       *[other] { $n }th
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long or short.

# AP abbreviates all months except March to July when a day follows in a dateline.
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
date-day = { $style ->
        [short] { month-short }{ "\u00A0" }{ $day }, { $year }
       *[long] { $month-name }{ "\u00A0" }{ $day }, { $year }
    }
date-month = { $month-name } { $year }
date-year = { $year }
date-year-end = { $style ->
        [short] end of { $year }
       *[long] the end of { $year }
    }
# AP: “10 a.m.”, “2:30 p.m.”, “noon”. Not “midnight”, which for AP belongs to the day that ends.
date-time = { $minute ->
        [00] { $hour ->
            [12] noon
           *[other] { hour-of-twelve }{ "\u00A0" }{ half-day }
        }
       *[other] { hour-of-twelve }:{ $minute }{ "\u00A0" }{ half-day }
    } on { date-day }
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
# $from, $to: the two dates in words; $precision: year, month or day; $common: year or month if both dates share it,
# otherwise none; and the parts of both: $from-year, $from-month, $from-month-name, $from-day, $to-year, …
date-span = { $precision ->
        [year] { $from-year }–{ $to-year }
        [month] { $common ->
            [year] { $from-month-name } to { $to-month-name } { $to-year }
           *[none] { $from } to { $to }
        }
       *[day] { $common ->
            [month] { $from-month-name }{ "\u00A0" }{ $from-day }–{ $to-day }, { $to-year }
            [year] { $from-month-name }{ "\u00A0" }{ $from-day } to { $to-month-name }{ "\u00A0" }{ $to-day }, { $to-year }
           *[none] { $from }, to { $to }
        }
    }

## Forms of names
## $name: the plain name.

name-of = { $name }’s
name-to = to { $name }
name-in = in { $name }
name-by = by { $name }
name-full = { $name }
name-capitals = { $name }
