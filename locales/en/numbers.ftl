### The grammar of values in English, and how an English page is set.
### Sources: CLDR 48; number and date style of the Associated Press.

## Settings

locale-icu = en-US
number-grouping = auto
text-direction = ltr
page-tradition = latin
paragraph = ragged
paragraph-indent = 0
hyphenation = yes
fonts-text = Source Serif 4, Noto Serif SC
fonts-label = Source Sans 3, Noto Sans SC
fonts-heading = Source Serif 4, Noto Serif SC
fonts-name = Source Serif 4, Noto Serif SC
fonts-emphasis = Source Sans 3, Noto Sans SC

## Numbers
## $value: the number. $approx: over, almost, about or exact.

hedge = { $approx ->
        [over] more than
        [almost] nearly
        [about] about
       *[exact] { "" }
    }
# The hedge and the space that follows it.
hedged = { $approx ->
        [exact] { "" }
       *[other] { hedge }{ " " }
    }
digits = { SCALE($value, steps: "12 9 6") ->
        [12] { SHIFT($value, by: 12) }
        [9] { SHIFT($value, by: 9) }
        [6] { SHIFT($value, by: 6) }
       *[0] { $value }
    }
scale = { SCALE($value, steps: "12 9 6") ->
        [12] trillion
        [9] billion
        [6] million
       *[0] { "" }
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

measure-cny = { hedged }{ number }yuan
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }yuan
measure-percent = { hedged }{ $value }%
    .before = { hedge }
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

# AP shortens all months but March to July when a day follows in a dateline.
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
date-year-end = the end of { $year }
date-time = { $hour }:{ $minute } on { date-day }

## Forms of names
## $name: the plain name.

name-of = { $name }’s
name-to = to { $name }
name-in = in { $name }
name-by = by { $name }
name-full = { $name }
name-capitals = { $name }
