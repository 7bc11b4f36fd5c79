### The grammar of values in French, and how a French page is set.
### Sources: CLDR 48; Lexique des règles typographiques en usage à l’Imprimerie nationale.

## Settings

locale-icu = fr-FR
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
        [over] plus de
        [almost] près de
        [about] environ
       *[exact] { "" }
    }
# The hedge and the space that follows it.
hedged = { $approx ->
        [exact] { "" }
       *[other] { hedge }{ " " }
    }
digits = { SCALE($value, steps: "9 6") ->
        [9] { SHIFT($value, by: 9) }
        [6] { SHIFT($value, by: 6) }
       *[0] { $value }
    }
scale = { SCALE($value, steps: "9 6") ->
        [9] { SHIFT($value, by: 9) ->
            [one] milliard
           *[other] milliards
        }
        [6] { SHIFT($value, by: 6) ->
            [one] million
           *[other] millions
        }
       *[0] { "" }
    }
# A thing counted: "2 400 entreprises", but "3 millions d’entreprises".
number = { SCALE($value, steps: "9 6") ->
        [0] { digits }{ " " }
       *[other] { digits }{ "\u00A0" }{ scale } de{ " " }
    }
after-scale = { SCALE($value, steps: "9 6") ->
        [0] { "" }
       *[other] { scale } de{ " " }
    }

## Units

yuan = { SCALE($value, steps: "6") ->
        [0] { $value ->
            [one] yuan
           *[other] yuans
        }
       *[other] yuans
    }
measure-cny = { hedged }{ number }{ yuan }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ yuan }
measure-percent = { hedged }{ $value }{ "\u00A0" }%
    .before = { hedge }
    .number = { $value }{ "\u00A0" }%
    .after = { "" }
enterprise = { SCALE($value, steps: "9 6") ->
        [0] { $value ->
            [one] entreprise
           *[other] entreprises
        }
       *[other] entreprises
    }
measure-enterprise = { hedged }{ SCALE($value, steps: "9 6") ->
        [0] { $value } { enterprise }
       *[other] { digits }{ "\u00A0" }{ scale } d’entreprises
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6") ->
        [0] { enterprise }
       *[other] { scale } d’entreprises
    }
measure-country = { hedged }{ number }pays
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }pays
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
