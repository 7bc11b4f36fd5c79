# The grammar of values in Spanish, and how a Spanish page is set.
# Sources: CLDR 48; Ortografía de la lengua española and Diccionario panhispánico de dudas (RAE and ASALE); FundéuRAE; style of the agency EFE.

## Settings

locale-icu = es-ES
# Messages that are missing here come from English, the fallback locale.
locale-fallback = en
# Four digits are not grouped: 2500, but 12.500.
number-grouping = min2
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
# Characters with a narrow no-break space (U+202F) before or after them, or a no-break space (U+00A0) before them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = % ‰ €
space-fixed-after = { "" }
# Short words that are kept on one line with the next word.
bound-words = { "" }
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = { "" }
# Endings that are raised after a numeral: none, since a point and the letters º and ª write them, as in 2.ª.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## $style: article puts the article before an exact amount or percentage (“superó los 300 millones”); or none.

# Spanish counts in millones (10⁶) and billones (10¹²); 10⁹ is “1000 millones”. A scale word is used
# only if it leaves whole thousands: “2,25 billones”, but “2.251.345 millones”; “1,25 millones”, but “1.234.567”.
digits = { SCALE($value, steps: "12 6", decimals: 2) ->
        [12] { SHAPE(SHIFT($value, by: 9)) ->
            [decimal] { SHIFT($value, by: 6) }
           *[integer] { SHIFT($value, by: 12) }
        }
        [6] { SHAPE(SHIFT($value, by: 3)) ->
            [decimal] { $value }
           *[integer] { SHIFT($value, by: 6) }
        }
       *[0] { $value }
    }
million = { SHIFT($value, by: 6) ->
        [one] millón
        [many] millones
       *[other] millones
    }
billion = { SHIFT($value, by: 12) ->
        [one] billón
        [many] billones
       *[other] billones
    }
# The scale word and what joins it to the noun: “3 millones de empresas”, but “300 empresas”.
after-scale = { SCALE($value, steps: "12 6", decimals: 2) ->
        [12] { SHAPE(SHIFT($value, by: 9)) ->
            [decimal] { million } de{ " " }
           *[integer] { billion } de{ " " }
        }
        [6] { SHAPE(SHIFT($value, by: 3)) ->
            [decimal] { "" }
           *[integer] { million } de{ " " }
        }
       *[0] { "" }
    }
# The number and what comes between it and the noun. No line break after the digits.
number = { digits }{ "\u00A0" }{ after-scale }
# The lower end, written like the upper one; with its own scale word if that differs:
# “entre 200 y 300 millones”, “entre 500 millones y 1,2 billones”.
low = { SCALE($value, steps: "12 6", decimals: 2) ->
        [12] { SHAPE(SHIFT($value, by: 9)) ->
            [decimal] { SHIFT($min, by: 6) }
           *[integer] { SHIFT($min, steps: "12 6", decimals: 2) }{ SCALE($min, steps: "12 6", decimals: 2) ->
                [6] { "\u00A0" }{ SHIFT($min, by: 6) ->
                    [one] millón
                    [many] millones
                   *[other] millones
                }
               *[same] { "" }
            }
        }
        [6] { SHAPE(SHIFT($value, by: 3)) ->
            [decimal] { $min }
           *[integer] { SHIFT($min, steps: "6", decimals: 2) }
        }
       *[0] { $min }
    }
hedge = { $approx ->
        [over] más de
        [almost] casi
        [about] { SHIFT($value, steps: "12 6", decimals: 2) ->
            [one] alrededor de
            [many] unos
           *[other] unos
        }
        [range] entre { low } y
       *[exact] { "" }
    }
# The hedge, or the article, and the space that follows it.
hedged = { $approx ->
        [exact] { "" }
       *[other] { hedge }{ " " }
    }
hedged-sum = { $approx ->
        [exact] { $style ->
            [article] { SHIFT($value, steps: "12 6", decimals: 2) ->
                [one] { "" }
                [many] los{ " " }
               *[other] los{ " " }
            }
           *[none] { "" }
        }
       *[other] { hedge }{ " " }
    }
# Before a feminine noun: “unas 300 empresas”, but “unos 3 millones de empresas”.
hedge-feminine = { $approx ->
        [about] { SCALE($value, steps: "12 6", decimals: 2) ->
            [12] { hedge }
            [6] { SHAPE(SHIFT($value, by: 3)) ->
                [decimal] unas
               *[integer] { hedge }
            }
           *[0] { $value ->
                [one] alrededor de
                [many] unas
               *[other] unas
            }
        }
       *[other] { hedge }
    }
hedged-feminine = { $approx ->
        [exact] { "" }
       *[other] { hedge-feminine }{ " " }
    }
# Before the code of a currency, whose gender is not known.
hedge-code = { $approx ->
        [about] alrededor de
       *[other] { hedge }
    }
hedged-code = { $approx ->
        [exact] { "" }
       *[other] { hedge-code }{ " " }
    }

## Units
## A currency without its own message shows its code ($currency, ISO 4217).

measure-money = { hedged-code }{ number }{ $currency }
    .before = { hedge-code }
    .number = { digits }
    .after = { after-scale }{ $currency }
yuan = { $value ->
        [one] yuan
        [many] yuanes
       *[other] yuanes
    }
measure-cny = { hedged-sum }{ number }{ yuan }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ yuan }
euro = { $value ->
        [one] euro
        [many] euros
       *[other] euros
    }
measure-eur = { hedged-sum }{ number }{ euro }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ euro }
dollar = { $value ->
        [one] dólar
        [many] dólares
       *[other] dólares
    }
measure-usd = { hedged-sum }{ number }{ dollar }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ dollar }
# A percentage has its article, which follows a hedge: “casi el 40 %”, “más del 40 %”.
hedge-percent = { $approx ->
        [over] más del
        [almost] casi el
        [about] alrededor del
        [range] entre el { $min }{ "\u00A0" }% y el
       *[exact] { "" }
    }
measure-percent = { $approx ->
        [exact] { $style ->
            [article] el{ " " }
           *[none] { "" }
        }
       *[other] { hedge-percent }{ " " }
    }{ $value }{ "\u00A0" }%
    .before = { hedge-percent }
    .number = { $value }{ "\u00A0" }%
    .after = { "" }
enterprise = { $value ->
        [one] empresa
        [many] empresas
       *[other] empresas
    }
measure-enterprise = { hedged-feminine }{ number }{ enterprise }
    .before = { hedge-feminine }
    .number = { digits }
    .after = { after-scale }{ enterprise }
country = { $value ->
        [one] país
        [many] países
       *[other] países
    }
measure-country = { hedged }{ number }{ country }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ country }
year = { $value ->
        [one] año
        [many] años
       *[other] años
    }
measure-year = { hedged }{ number }{ year }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ year }
month = { $value ->
        [one] mes
        [many] meses
       *[other] meses
    }
measure-month = { hedged }{ number }{ month }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ month }
day = { $value ->
        [one] día
        [many] días
       *[other] días
    }
measure-day = { hedged }{ number }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ day }
# A feminine noun: “3.ª posición”, because a masculine one would shorten some ordinals (“3.er puesto”).
measure-rank = { $value }.ª{ "\u00A0" }posición
    .before = { "" }
    .number = { $value }.ª
    .after = posición

## Ordinals
## $n: the rank. $gender: feminine or masculine. $style: words spells the first ten; or none.

ordinal = { $style ->
        [words] { $n ->
            [1] primer{ ending }
            [2] segund{ ending }
            [3] tercer{ ending }
            [4] cuart{ ending }
            [5] quint{ ending }
            [6] sext{ ending }
            [7] séptim{ ending }
            [8] octav{ ending }
            [9] noven{ ending }
            [10] décim{ ending }
           *[other] { ordinal-figures }
        }
       *[none] { ordinal-figures }
    }
ending = { $gender ->
        [masculine] o
       *[feminine] a
    }
ordinal-figures = { $n }.{ $gender ->
        [masculine] º
       *[feminine] ª
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts.
## $style: in, of and for give what precedes the date in a sentence, without the date: “en” 2031, “el” 1 de mayo,
## “a” finales de 2031; “de” 2031, “del” 1 de mayo; “para” 2031. Any other style gives the date.

date-day = { $style ->
        [in] el{ " " }
        [of] del{ " " }
        [for] para el{ " " }
       *[long] { $day }{ "\u00A0" }de { $month-name } de { $year }
    }
date-month = { $style ->
        [in] en{ " " }
        [of] de{ " " }
        [for] para{ " " }
       *[long] { $month-name } de { $year }
    }
date-year = { $style ->
        [in] en{ " " }
        [of] de{ " " }
        [for] para{ " " }
       *[long] { $year }
    }
date-year-end = { $style ->
        [in] a{ " " }
        [of] de{ " " }
        [for] para{ " " }
       *[long] finales de { $year }
    }
date-time = { $style ->
        [in] { date-day }
        [of] { date-day }
        [for] { date-day }
       *[long] { date-day } a { $hour ->
            [1] la
           *[other] las
        }{ "\u00A0" }{ $hour }:{ $minute }
    }
# $from, $to: the two dates in words; $from-year, $to-year: texts; $precision: year, month or day.
date-span = { $precision ->
        [year] { $style ->
            [in] en el periodo{ " " }
            [of] del periodo{ " " }
            [for] para el periodo{ " " }
           *[none] { $from-year }-{ $to-year }
        }
        [month] { $style ->
            [in] en el periodo de{ " " }
            [of] del periodo de{ " " }
            [for] para el periodo de{ " " }
           *[none] { $from } a { $to }
        }
       *[day] { $style ->
            [in] en el periodo{ " " }
            [of] del periodo{ " " }
            [for] para el periodo{ " " }
           *[none] del { $from } al { $to }
        }
    }

## Forms of names
## $name: the plain name. The data gives a form that has an article: “de la Convención”, “del Foro”.
## No contraction of “de” or “a” with the article of a city’s name: “de El Cairo”.

name-of = de { $name }
name-to = a { $name }
name-in = en { $name }
name-by = por { $name }
name-the = { $name }
