# The grammar of values in French, and how a French page is set.
# Sources: CLDR 48; Lexique des règles typographiques en usage à l’Imprimerie nationale.

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
# Characters with a narrow no-break space (U+202F) or a no-break space (U+00A0) before or after them.
space-narrow-before = ; ! ? »
space-narrow-after = «
space-fixed-before = : % ‰ €
space-fixed-after = { "" }
# Short words that are kept on one line with the next word.
bound-words = à
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = { "" }
# Endings that are raised after a numeral: 1er, 1re, 2e, 2es, XIXe.
ordinal-endings = er re e ers res es

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end. $style, in running text: words, or of, if “de” precedes
## the figure; both spell one to nine things, except in a range.

digits = { SHIFT($value, steps: "9 6", decimals: 2) }
scale = { SCALE($value, steps: "9 6", decimals: 2) ->
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
# The lower end, with a scale word if it differs from that of the upper end: “900 millions à 1,2 milliard”.
low = { SHIFT($min, steps: "9 6", decimals: 2) }{ SCALE($min, $value, steps: "9 6", decimals: 2) ->
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
hedge = { $style ->
        [of] { $approx ->
            [over] de plus de
            [almost] de près de
            [about] d’environ
            [range] de { low } à
           *[exact] de
        }
       *[none] { $approx ->
            [over] plus de
            [almost] près de
            [about] environ
            [range] entre { low } et
           *[exact] { "" }
        }
    }
# The hedge and the space that follows it.
hedged = { $style ->
        [of] { hedge }{ " " }
       *[none] { $approx ->
            [exact] { "" }
           *[other] { hedge }{ " " }
        }
    }
# The number before a noun: “2 400 pays”, but “3 millions de pays”.
number = { digits }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { " " }
       *[other] { "\u00A0" }{ scale } de{ " " }
    }
after-scale = { SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { "" }
       *[other] { scale } de{ " " }
    }
# A number without a scale word: “neuf”, “2 400”.
small = { $style ->
        [none] { $value }
       *[words] { $approx ->
            [range] { $value }
           *[exact] { $value ->
                [1] un
                [2] deux
                [3] trois
                [4] quatre
                [5] cinq
                [6] six
                [7] sept
                [8] huit
                [9] neuf
               *[other] { $value }
            }
        }
    }
small-feminine = { $style ->
        [none] { $value }
       *[words] { $approx ->
            [range] { $value }
           *[exact] { $value ->
                [1] une
               *[other] { small }
            }
        }
    }
# The hedge and the number before a noun that begins with a consonant: “plus de neuf ”, “3 millions de ”.
counted = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small }{ " " }
       *[other] { number }
    }

## Units
## $currency: the ISO 4217 code of a currency without its own message.

# Names of CLDR; other currencies show their code.
currency = { $currency ->
        [JPY] { $value ->
            [one] yen
            [many] yens
           *[other] yens
        }
        [GBP] { $value ->
            [one] livre sterling
            [many] livres sterling
           *[other] livres sterling
        }
        [CHF] { $value ->
            [one] franc suisse
            [many] francs suisses
           *[other] francs suisses
        }
        [KRW] { $value ->
            [one] won sud-coréen
            [many] wons sud-coréens
           *[other] wons sud-coréens
        }
        [INR] { $value ->
            [one] roupie indienne
            [many] roupies indiennes
           *[other] roupies indiennes
        }
        [BRL] { $value ->
            [one] réal brésilien
            [many] réals brésiliens
           *[other] réals brésiliens
        }
        [CAD] { $value ->
            [one] dollar canadien
            [many] dollars canadiens
           *[other] dollars canadiens
        }
        [AUD] { $value ->
            [one] dollar australien
            [many] dollars australiens
           *[other] dollars australiens
        }
        [HKD] { $value ->
            [one] dollar de Hong Kong
            [many] dollars de Hong Kong
           *[other] dollars de Hong Kong
        }
        [SGD] { $value ->
            [one] dollar de Singapour
            [many] dollars de Singapour
           *[other] dollars de Singapour
        }
        [MXN] { $value ->
            [one] peso mexicain
            [many] pesos mexicains
           *[other] pesos mexicains
        }
        [ZAR] { $value ->
            [one] rand sud-africain
            [many] rands sud-africains
           *[other] rands sud-africains
        }
        [RUB] { $value ->
            [one] rouble russe
            [many] roubles russes
           *[other] roubles russes
        }
        [SEK] { $value ->
            [one] couronne suédoise
            [many] couronnes suédoises
           *[other] couronnes suédoises
        }
       *[other] { $currency }
    }
measure-money = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { $value }{ "\u00A0" }
       *[other] { number }
    }{ currency }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ currency }
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
measure-eur = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { $value } { euro }
       *[other] { digits }{ "\u00A0" }{ scale } d’{ euro }
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6", decimals: 2) ->
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
percent-hedge = { $approx ->
        [range] { $style ->
            [of] de { $min } à
           *[none] entre { $min } et
        }
       *[other] { hedge }
    }
measure-percent = { $approx ->
        [range] { percent-hedge }{ " " }
       *[other] { hedged }
    }{ $value }{ "\u00A0" }%
    .before = { percent-hedge }
    .number = { $value }{ "\u00A0" }%
    .after = { "" }
enterprise = { $value ->
        [one] entreprise
        [many] entreprises
       *[other] entreprises
    }
measure-enterprise = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small-feminine } { enterprise }
       *[other] { digits }{ "\u00A0" }{ scale } d’{ enterprise }
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { enterprise }
       *[other] { scale } d’{ enterprise }
    }
# After a preposition, in running text: “d’un seul pays”, “de neuf pays”, “de plus de 20 pays”.
measure-country = { $style ->
        [of] { $value ->
            [1] { $approx ->
                [exact] d’un seul pays
               *[other] { counted }pays
            }
           *[other] { counted }pays
        }
       *[none] { counted }pays
    }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }pays
year = { $value ->
        [one] an
        [many] ans
       *[other] ans
    }
measure-year = { hedged }{ SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { small } { year }
       *[other] { digits }{ "\u00A0" }{ scale } d’années
    }
    .before = { hedge }
    .number = { digits }
    .after = { SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { year }
       *[other] { scale } d’années
    }
measure-month = { counted }mois
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }mois
day = { $value ->
        [one] jour
        [many] jours
       *[other] jours
    }
measure-day = { counted }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ day }
measure-rank = { $style ->
        [words] { rank-words }
       *[none] { rank-masculine }
    }{ " " }rang
    .before = { "" }
    .number = { rank-masculine }
    .after = rang
rank-masculine = { $value ->
        [1] 1{ SUPER("er") }
       *[other] { $value }{ SUPER("e") }
    }

rank-words = { $value ->
        [1] premier
        [2] deuxième
        [3] troisième
        [4] quatrième
        [5] cinquième
        [6] sixième
        [7] septième
        [8] huitième
        [9] neuvième
        [10] dixième
        [11] onzième
        [12] douzième
        [13] treizième
        [14] quatorzième
        [15] quinzième
        [16] seizième
        [17] dix-septième
        [18] dix-huitième
        [19] dix-neuvième
        [20] vingtième
       *[other] { rank-masculine }
    }

## Ordinals
## $n: the rank. $gender: feminine or masculine. $style: words, in running text (to twentieth).

ordinal = { $style ->
        [words] { $n ->
            [1] { $gender ->
                [masculine] premier
               *[feminine] première
            }
            [2] deuxième
            [3] troisième
            [4] quatrième
            [5] cinquième
            [6] sixième
            [7] septième
            [8] huitième
            [9] neuvième
            [10] dixième
            [11] onzième
            [12] douzième
            [13] treizième
            [14] quatorzième
            [15] quinzième
            [16] seizième
            [17] dix-septième
            [18] dix-huitième
            [19] dix-neuvième
            [20] vingtième
           *[other] { ordinal-digits }
        }
       *[none] { ordinal-digits }
    }
ordinal-digits = { $n ->
        [1] 1{ $gender ->
            [masculine] { SUPER("er") }
           *[feminine] { SUPER("re") }
        }
       *[other] { $n }{ SUPER("e") }
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long; when, with its preposition (“le 1er mars 2025”, “en
## 2025”); at, the date at which a figure was counted (“au 1er mars 2025”); short, for the labels of figures.

date-day = { $style ->
        [when] le{ " " }
        [at] au{ " " }
       *[long] { "" }
    }{ $day ->
        [1] 1{ SUPER("er") }
       *[other] { $day }
    }{ "\u00A0" }{ $month-name } { $year }
date-month = { $style ->
        [when] en{ "\u00A0" }
        [at] en{ "\u00A0" }
       *[long] { "" }
    }{ $month-name } { $year }
date-year = { $style ->
        [when] en{ "\u00A0" }
        [at] en{ "\u00A0" }
       *[long] { "" }
    }{ $year }
date-year-end = fin{ "\u00A0" }{ $year }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month, $from-month-name, $from-day, $to-year, … Not $from and $to, which would each
# have a preposition if the style is “when”.
date-span = { $style ->
        [short] { $precision ->
            [year] { $from-year }-{ $to-year }
            [month] { $common ->
                [year] { $from-month-name }-{ last-month }
               *[none] { first-month }{ "\u00A0" }– { last-month }
            }
           *[day] { $common ->
                [month] { first-day }-{ last-day }
                [year] { first-day }{ "\u00A0" }{ $from-month-name }{ "\u00A0" }– { last-day }
               *[none] { first-day }{ "\u00A0" }{ first-month }{ "\u00A0" }– { last-day }
            }
        }
       *[long] { $precision ->
            [year] { $style ->
                [when] de { $from-year } à { $to-year }
                [at] de { $from-year } à { $to-year }
               *[long] { $from-year }-{ $to-year }
            }
            [month] { $from-month ->
                [4] d’
                [8] d’
                [10] d’
               *[other] de{ " " }
            }{ $common ->
                [year] { $from-month-name }
               *[none] { first-month }
            } à { last-month }
           *[day] du { $common ->
                [month] { first-day }
                [year] { first-day }{ "\u00A0" }{ $from-month-name }
               *[none] { first-day }{ "\u00A0" }{ first-month }
            } au { last-day }
        }
    }
first-day = { $from-day ->
        [1] 1{ SUPER("er") }
       *[other] { $from-day }
    }
first-month = { $from-month-name } { $from-year }
last-month = { $to-month-name } { $to-year }
last-day = { $to-day ->
        [1] 1{ SUPER("er") }
       *[other] { $to-day }
    }{ "\u00A0" }{ last-month }
date-time = { date-day } à{ "\u00A0" }{ $hour }{ "\u00A0" }h{ $minute ->
        [00] { "" }
       *[other] { "\u00A0" }{ $minute }
    }

## Forms of names
## $name: the plain name.

# An article is contracted: du Havre, des Abymes. Two things no rule can know, so check asks for the form: whether an h is
# mute (d’Hyères, de Houilles), and the article of a common noun or an acronym (de la Convention mondiale, de l’UNESCO).
name-of = { ARTICLE($name, of: "Le Les") ->
        [Le] du { REST($name, of: "Le Les") }
        [Les] des { REST($name, of: "Le Les") }
       *[none] { INITIAL($name) ->
            [vowel] d’{ unsure-name }
            [h] de { UNSURE($name) }
           *[other] de { unsure-name }
        }
    }
name-to = { name-to-lead } { name-bare }
name-in = { name-to-lead } { name-bare }
name-by = par { unsure-name }
name-full = { $name }
name-the = { unsure-name }
# The full name, with its article contracted: “de la Convention … (WIOTC 2025)”.
name-of-full = { name-of }
# On a certificate, the words before the city’s name and the name after them: “au” and “Havre”, on two lines.
name-to-lead = { ARTICLE($name, of: "Le Les") ->
        [Le] au
        [Les] aux
       *[none] { NOUN($name, linking: "de du la le les en sur") ->
            [proper] à
           *[common] { UNSURE("à") }
        }
    }
name-bare = { REST($name, of: "Le Les") }
# A common noun or an acronym needs an article, which only the data can give.
unsure-name = { NOUN($name, linking: "de du la le les en sur") ->
        [proper] { $name }
       *[common] { UNSURE($name) }
    }
