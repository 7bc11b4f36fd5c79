# The grammar of values in Spanish, and how a Spanish page is set.
# Sources: CLDR 48; Ortografía de la lengua española and Diccionario panhispánico de dudas (RAE and ASALE); FundéuRAE; style of the agency EFE.

## Settings

locale-icu = es-ES
# Messages that are missing here come from English, the fallback locale.
locale-fallback = en
# Four digits are not grouped: 2500, but 12 500, with a narrow no-break space (CLDR has a point).
number-grouping = min2
number-separator = { "\u202F" }
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
# The full stop of a quotation follows the closing mark.
quotation-stop = outside
apostrophe = ’
# Characters with a narrow no-break space (U+202F) before or after them, or a no-break space (U+00A0) before them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = % ‰ €
space-fixed-after = { "" }
# Short words that are kept on one line with the next word.
bound-words = a
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = { "" }
# Endings that are raised after a numeral: none, since a point and the letters º and ª write them, as in 2.ª.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## $style: article puts the article before an exact amount or percentage (“superó los 300 millones”); words spells one to
## nine things, as the press does in running text (“nueve países”, “una empresa”); or none.

# Spanish counts in millones (10⁶) and billones (10¹²); 10⁹ is “1000 millones”. A scale word is used
# only if it leaves whole thousands: “2,25 billones”, but “2 251 345 millones”; “1,25 millones”, but “1 234 567”.
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
# One to nine in words: in the feminine before “empresa”.
one = { $unit ->
        [enterprise] una
       *[other] un
    }
low-word = { $min ->
        [1] { one }
        [2] dos
        [3] tres
        [4] cuatro
        [5] cinco
        [6] seis
        [7] siete
        [8] ocho
       *[other] { low }
    }
hedge-words = { $approx ->
        [range] entre { low-word } y
        [about] { $value ->
            [1] alrededor de
           *[other] { $unit ->
                [enterprise] unas
               *[other] unos
            }
        }
       *[other] { hedge }
    }
hedged-words = { $approx ->
        [exact] { "" }
       *[other] { hedge-words }{ " " }
    }
# What precedes the noun: “más de dos”, “2500”.
counted = { $style ->
        [words] { $value ->
            [1] { hedged-words }{ one }{ " " }
            [2] { hedged-words }dos{ " " }
            [3] { hedged-words }tres{ " " }
            [4] { hedged-words }cuatro{ " " }
            [5] { hedged-words }cinco{ " " }
            [6] { hedged-words }seis{ " " }
            [7] { hedged-words }siete{ " " }
            [8] { hedged-words }ocho{ " " }
            [9] { hedged-words }nueve{ " " }
           *[other] { counted-digits }
        }
       *[none] { counted-digits }
    }
counted-digits = { $unit ->
        [enterprise] { hedged-feminine }{ number }
       *[other] { hedged }{ number }
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
measure-enterprise = { counted }{ enterprise }
    .before = { hedge-feminine }
    .number = { digits }
    .after = { after-scale }{ enterprise }
country = { $value ->
        [one] país
        [many] países
       *[other] países
    }
measure-country = { counted }{ country }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ country }
year = { $value ->
        [one] año
        [many] años
       *[other] años
    }
measure-year = { counted }{ year }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ year }
month = { $value ->
        [one] mes
        [many] meses
       *[other] meses
    }
measure-month = { counted }{ month }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ month }
day = { $value ->
        [one] día
        [many] días
       *[other] días
    }
measure-day = { counted }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ day }
# A feminine noun: “3.ª posición”, because a masculine one would shorten some ordinals (“3.er puesto”).
# $style: words spells the first ten.
measure-rank = { $style ->
        [words] { $value ->
            [1] primera{ " " }
            [2] segunda{ " " }
            [3] tercera{ " " }
            [4] cuarta{ " " }
            [5] quinta{ " " }
            [6] sexta{ " " }
            [7] séptima{ " " }
            [8] octava{ " " }
            [9] novena{ " " }
            [10] décima{ " " }
           *[other] { $value }.ª{ "\u00A0" }
        }
       *[none] { $value }.ª{ "\u00A0" }
    }posición
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
## $style: in, of and for put a preposition before the date: “en 2031”, “el 1 de mayo de 2031”, “a finales de 2031”;
## “de 2031”, “del 1 de mayo de 2031”; “para 2031”; until: “el 1 de mayo de 2031”, “las 10:00 del 1 de mayo de 2031”. Any other
## style gives the date alone.

date-day = { $style ->
        [in] el{ " " }
        [of] del{ " " }
        [for] para el{ " " }
        [until] el{ " " }
       *[long] { "" }
    }{ day-month-year }
day-month-year = { $day }{ "\u00A0" }de { $month-name } de{ "\u00A0" }{ $year }
# Before a month or a year.
preposition = { $style ->
        [in] en{ " " }
        [of] de{ " " }
        [for] para{ " " }
       *[long] { "" }
    }
date-month = { preposition }{ $month-name } de{ "\u00A0" }{ $year }
date-year = { preposition }{ $year }
date-year-end = { $style ->
        [in] a{ " " }
       *[long] { preposition }
    }finales de{ "\u00A0" }{ $year }
date-time = { $style ->
        [until] { clock } del { day-month-year }
       *[long] { date-day } a { clock }
    }
clock = { $hour ->
        [1] la
       *[other] las
    }{ "\u00A0" }{ $hour }:{ $minute }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month-name, $from-day, … Not $from and $to, which would each have a preposition.
date-span = { $style ->
        [in] { $precision ->
            [year] en el periodo{ " " }
            [month] de{ " " }
           *[day] { "" }
        }
        [of] del periodo{ " " }{ span-of }
        [for] para el periodo{ " " }{ span-of }
       *[long] { "" }
    }{ $precision ->
        [year] { $from-year }-{ $to-year }
        [month] { $from-month-name }{ $common ->
            [year] { "" }
           *[none] { " " }de { $from-year }
        } a { $to-month-name } de{ "\u00A0" }{ $to-year }
       *[day] del { $from-day }{ $common ->
            [month] { "" }
            [year] { "\u00A0" }de { $from-month-name }
           *[none] { "\u00A0" }de { $from-month-name } de{ "\u00A0" }{ $from-year }
        } al { $to-day }{ "\u00A0" }de { $to-month-name } de{ "\u00A0" }{ $to-year }
    }
# “el periodo de marzo a junio”, but “el periodo 2028-2031”, “el periodo del 1 al 15 de marzo”.
span-of = { $precision ->
        [month] de{ " " }
       *[other] { "" }
    }

## Forms of names
## $name: the plain name. The data gives a form that has an article: “de la Convención”, “del Foro”.
## No contraction of “de” or “a” with the article of a city’s name: “de El Cairo”.

name-of = de { unsure-name }
name-to = a { unsure-name }
name-in = en { unsure-name }
name-by = por { unsure-name }
name-the = { unsure-name }
# A common noun or an acronym needs an article, which only the data can give.
unsure-name = { NOUN($name, linking: "de del la las el los y en") ->
        [proper] { $name }
       *[common] { UNSURE($name) }
    }
