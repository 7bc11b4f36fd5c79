### The grammar of values in French, and how a French page is set.
### Sources: CLDR 48; Lexique des règles typographiques en usage à l’Imprimerie nationale.

## Settings

locale-icu = fr-FR
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
quotation-marks = « » “ ”
apostrophe = ’
# Characters that take a narrow no-break space (U+202F) or a no-break space (U+00A0) before or behind them.
space-narrow-before = ; ! ? »
space-narrow-after = «
space-fixed-before = : % ‰ €
space-fixed-after = { "" }
# Short words that keep the next one beside them.
bound-words = { "" }
# What , . ; : ? ! ( ) become beside a Chinese or Japanese character.
full-width-punctuation = { "" }
# Endings that are raised behind a numeral: 1er, 1re, 2e, 2es, XIXe.
ordinal-endings = er re e ers res es

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range where there is a lower end.

digits = { SHIFT($value, steps: "9 6") }
scale = { SCALE($value, steps: "9 6") ->
        [9] { SHIFT($value, by: 9) ->
            [one] milliard
            [many] milliards
           *[other] milliards
        }
        [6] { SHIFT($value, by: 6) ->
            [one] million
            [many] millions
           *[other] millions
        }
       *[0] { "" }
    }
# The lower end, with a scale where it is another than that of the upper end: “900 millions à 1,2 milliard”.
low = { SHIFT($min, steps: "9 6") }{ SCALE($min, $value, steps: "9 6") ->
        [9] { "\u00A0" }{ SHIFT($min, by: 9) ->
            [one] milliard
            [many] milliards
           *[other] milliards
        }
        [6] { "\u00A0" }{ SHIFT($min, by: 6) ->
            [one] million
            [many] millions
           *[other] millions
        }
       *[same] { "" }
    }
hedge = { $approx ->
        [over] plus de
        [almost] près de
        [about] environ
        [range] de { low } à
       *[exact] { "" }
    }
# The hedge and the space that follows it.
hedged = { $approx ->
        [exact] { "" }
       *[other] { hedge }{ " " }
    }
# A thing counted: “2 400 pays”, but “3 millions de pays”.
number = { digits }{ SCALE($value, steps: "9 6") ->
        [0] { " " }
       *[other] { "\u00A0" }{ scale } de{ " " }
    }
after-scale = { SCALE($value, steps: "9 6") ->
        [0] { "" }
       *[other] { scale } de{ " " }
    }

## Units
## Money without a message of its own shows its code ($currency, ISO 4217).

# “500 CHF” and “2 milliards de CHF”: the code stands for the name.
measure-money = { hedged }{ number }{ $currency }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ $currency }
yuan = { $value ->
        [one] yuan
        [many] yuans
       *[other] yuans
    }
measure-cny = { hedged }{ number }{ yuan }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ yuan }
euro = { $value ->
        [one] euro
        [many] euros
       *[other] euros
    }
measure-eur = { hedged }{ SCALE($value, steps: "9 6") ->
        [0] { $value } { euro }
       *[other] { digits }{ "\u00A0" }{ scale } d’{ euro }
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6") ->
        [0] { euro }
       *[other] { scale } d’{ euro }
    }
dollar = { $value ->
        [one] dollar
        [many] dollars
       *[other] dollars
    }
measure-usd = { hedged }{ number }{ dollar }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ dollar }
measure-percent = { $approx ->
        [range] de { $min } à { $value }{ "\u00A0" }%
       *[other] { hedged }{ $value }{ "\u00A0" }%
    }
    .before = { $approx ->
        [range] de { $min } à
       *[other] { hedge }
    }
    .number = { $value }{ "\u00A0" }%
    .after = { "" }
enterprise = { $value ->
        [one] entreprise
        [many] entreprises
       *[other] entreprises
    }
measure-enterprise = { hedged }{ SCALE($value, steps: "9 6") ->
        [0] { $value } { enterprise }
       *[other] { digits }{ "\u00A0" }{ scale } d’{ enterprise }
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6") ->
        [0] { enterprise }
       *[other] { scale } d’{ enterprise }
    }
measure-country = { hedged }{ number }pays
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }pays
year = { $value ->
        [one] an
        [many] ans
       *[other] ans
    }
measure-year = { hedged }{ SCALE($value, steps: "9 6") ->
        [0] { $value } { year }
       *[other] { digits }{ "\u00A0" }{ scale } d’années
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6") ->
        [0] { year }
       *[other] { scale } d’années
    }
measure-month = { hedged }{ number }mois
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }mois
day = { $value ->
        [one] jour
        [many] jours
       *[other] jours
    }
measure-day = { hedged }{ number }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ day }
measure-rank = { rank-masculine }{ " " }rang
    .before = { "" }
    .number = { rank-masculine }
    .after = rang
rank-masculine = { $value ->
        [1] 1{ SUPER("er") }
       *[other] { $value }{ SUPER("e") }
    }

## Ordinals
## $n: the rank. $gender: feminine or masculine.

ordinal = { $n ->
        [1] 1{ $gender ->
            [masculine] { SUPER("er") }
           *[feminine] { SUPER("re") }
        }
       *[other] { $n }{ SUPER("e") }
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long or short.

date-day = { $day ->
        [1] 1{ SUPER("er") }
       *[other] { $day }
    }{ "\u00A0" }{ $month-name } { $year }
date-month = { $month-name } { $year }
date-year = { $year }
date-year-end = fin{ "\u00A0" }{ $year }
# $from, $to: the two dates in words; $precision: year, month or day; $common: year or month where both share it, or
# none; and the parts of both: $from-year, $from-month, $from-month-name, $from-day, $to-year, …
date-span = { $precision ->
        [year] { $from-year }-{ $to-year }
        [month] { $common ->
            [year] de { $from-month-name } à { $to-month-name } { $to-year }
           *[none] de { $from } à { $to }
        }
       *[day] { $common ->
            [month] du { first-day } au { $to }
            [year] du { first-day }{ "\u00A0" }{ $from-month-name } au { $to }
           *[none] du { $from } au { $to }
        }
    }
first-day = { $from-day ->
        [1] 1{ SUPER("er") }
       *[other] { $from-day }
    }
date-time = { date-day } à { $hour }{ "\u00A0" }h{ $minute ->
        [00] { "" }
       *[other] { "\u00A0" }{ $minute }
    }

## Forms of names
## $name: the plain name.

name-of = { INITIAL($name) ->
        [vowel] d’{ $name }
       *[other] de { $name }
    }
name-to = à { $name }
name-in = à { $name }
name-by = par { $name }
name-full = { $name }
name-the = { $name }
# Before the city’s name on a certificate, and the name after it: “au” and “Caire” come from the data.
name-to-lead = à
name-bare = { $name }
