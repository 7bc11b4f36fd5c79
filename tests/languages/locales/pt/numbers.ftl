# The grammar of values in European Portuguese, and how a Portuguese page is set.
# Sources: CLDR 48 (pt-PT); Código de Redação Interinstitucional (European Union, Portuguese edition); style of the agency
# Lusa; Acordo Ortográfico of 1990.

## Settings

locale-icu = pt-PT
# Four digits are not grouped: 2500, but 12 500.
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
# Outer opening and closing marks, then inner ones. No space inside « ».
quotation-marks = « » “ ”
apostrophe = ’
# Characters with a narrow no-break space (U+202F) or a no-break space (U+00A0) before or after them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = €
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
## $style: words, in running text, where one to nine things are spelled out; of, the same after “de”; article, an exact
## amount after a verb (“ultrapassou os 300 milhões”).

# Portugal counts in milhões (10⁶), mil milhões (10⁹) and biliões (10¹²). 10⁹ itself is “1000 milhões”.
digits = { SCALE($value, steps: "12 9 6", decimals: 2) ->
        [9] { SHIFT($value, by: 9) ->
            [1] { SHIFT($value, by: 6) }
           *[other] { SHIFT($value, by: 9) }
        }
       *[other] { SHIFT($value, steps: "12 9 6", decimals: 2) }
    }
scale = { SCALE($value, steps: "12 9 6", decimals: 2) ->
        [12] { SHIFT($value, by: 12) ->
            [one] bilião
            [many] biliões
           *[other] biliões
        }
        [9] { SHIFT($value, by: 9) ->
            [1] milhões
           *[other] mil{ "\u00A0" }milhões
        }
        [6] { SHIFT($value, by: 6) ->
            [one] milhão
            [many] milhões
           *[other] milhões
        }
       *[0] { "" }
    }
low-digits = { SCALE($min, steps: "12 9 6", decimals: 2) ->
        [9] { SHIFT($min, by: 9) ->
            [1] { SHIFT($min, by: 6) }
           *[other] { SHIFT($min, by: 9) }
        }
       *[other] { SHIFT($min, steps: "12 9 6", decimals: 2) }
    }
low-scale = { SCALE($min, steps: "12 9 6", decimals: 2) ->
        [12] { "\u00A0" }{ SHIFT($min, by: 12) ->
            [one] bilião
            [many] biliões
           *[other] biliões
        }
        [9] { "\u00A0" }{ SHIFT($min, by: 9) ->
            [1] milhões
           *[other] mil{ "\u00A0" }milhões
        }
        [6] { "\u00A0" }{ SHIFT($min, by: 6) ->
            [one] milhão
            [many] milhões
           *[other] milhões
        }
       *[0] { "" }
    }
# The lower end, with a scale word if it differs from that of the upper end: “900 milhões e 1,2 mil milhões”.
low = { low-digits }{ SCALE($min, $value, steps: "12 9 6", decimals: 2) ->
        [9] { low-scale }
        [same] { SCALE($min, steps: "12 9 6", decimals: 2) ->
            [9] { SHIFT($min, by: 9) ->
                [1] { low-scale }
               *[other] { "" }
            }
           *[other] { "" }
        }
       *[other] { low-scale }
    }
hedge = { $style ->
        [of] { $approx ->
            [over] de mais de
            [almost] de quase
            [about] de cerca de
            [range] de { low } a
           *[exact] de
        }
       *[none] { $approx ->
            [over] mais de
            [almost] quase
            [about] cerca de
            [range] entre { low } e
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
# The hedge of an amount, or the article of an exact one: “os 300 milhões”, but “1 milhão” and “300 libras”.
hedged-sum = { $style ->
        [article] { $approx ->
            [exact] { SCALE($value, steps: "12 9 6", decimals: 2) ->
                [0] { "" }
               *[other] { SHIFT($value, steps: "12 9 6", decimals: 2) ->
                    [1] { SCALE($value, steps: "12 9 6", decimals: 2) ->
                        [9] os{ " " }
                       *[other] { "" }
                    }
                   *[other] os{ " " }
                }
            }
           *[other] { hedged }
        }
       *[none] { hedged }
    }
# The number and what comes between it and the noun: “3 milhões de empresas”, but “300 empresas”.
number = { digits }{ "\u00A0" }{ after-scale }
after-scale = { SCALE($value, steps: "12 9 6", decimals: 2) ->
        [0] { "" }
       *[other] { scale } de{ " " }
    }
# One to nine in words. “Um” and “dois” agree with the noun: only “empresa” is feminine.
counted = { $style ->
        [words] { things }
        [of] { things }
       *[none] { hedged }{ number }
    }
things = { $approx ->
        [range] { $style ->
            [of] de { low-word } a
           *[words] entre { low-word } e
        }{ " " }
       *[other] { hedged }
    }{ $value ->
        [1] { $unit ->
            [enterprise] uma
           *[other] um
        }{ " " }
        [2] { $unit ->
            [enterprise] duas
           *[other] dois
        }{ " " }
        [3] três{ " " }
        [4] quatro{ " " }
        [5] cinco{ " " }
        [6] seis{ " " }
        [7] sete{ " " }
        [8] oito{ " " }
        [9] nove{ " " }
       *[other] { number }
    }
low-word = { $min ->
        [1] { $unit ->
            [enterprise] uma
           *[other] um
        }
        [2] { $unit ->
            [enterprise] duas
           *[other] dois
        }
        [3] três
        [4] quatro
        [5] cinco
        [6] seis
        [7] sete
        [8] oito
        [9] nove
       *[other] { low }
    }

## Units
## $currency: the ISO 4217 code of a currency without its own message.

# Names of CLDR; other currencies show their code.
currency = { $currency ->
        [JPY] { $value ->
            [one] iene
            [many] ienes
           *[other] ienes
        }
        [GBP] { $value ->
            [one] libra esterlina
            [many] libras esterlinas
           *[other] libras esterlinas
        }
        [CHF] { $value ->
            [one] franco suíço
            [many] francos suíços
           *[other] francos suíços
        }
        [KRW] { $value ->
            [one] won sul-coreano
            [many] wons sul-coreanos
           *[other] wons sul-coreanos
        }
        [INR] { $value ->
            [one] rupia indiana
            [many] rupias indianas
           *[other] rupias indianas
        }
        [BRL] { $value ->
            [one] real brasileiro
            [many] reais brasileiros
           *[other] reais brasileiros
        }
       *[other] { $currency }
    }
# A code has no “de” before it without a scale word: “300 XTS”, but “3 milhões de XTS”.
measure-money = { hedged-sum }{ number }{ currency }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ currency }
yuan = { $value ->
        [one] yuan
        [many] yuans
       *[other] yuans
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
percent-hedge = { $approx ->
        [range] { $style ->
            [of] de { $min }% a
           *[none] entre { $min }% e
        }
       *[other] { hedge }
    }
measure-percent = { $approx ->
        [range] { percent-hedge }{ " " }
       *[other] { hedged }
    }{ $value }%
    .before = { percent-hedge }
    .number = { $value }%
    .after = { "" }
enterprise = { $value ->
        [one] empresa
        [many] empresas
       *[other] empresas
    }
measure-enterprise = { counted }{ enterprise }
    .before = { hedge }
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
        [one] ano
        [many] anos
       *[other] anos
    }
measure-year = { counted }{ year }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ year }
month = { $value ->
        [one] mês
        [many] meses
       *[other] meses
    }
measure-month = { counted }{ month }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ month }
day = { $value ->
        [one] dia
        [many] dias
       *[other] dias
    }
measure-day = { counted }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ day }
measure-rank = { $style ->
        [words] { rank-words }
       *[none] { $value }.º
    }{ "\u00A0" }lugar
    .before = { "" }
    .number = { $value }.º
    .after = lugar
rank-words = { $value ->
        [1] primeiro
        [2] segundo
        [3] terceiro
        [4] quarto
        [5] quinto
        [6] sexto
        [7] sétimo
        [8] oitavo
        [9] nono
        [10] décimo
       *[other] { $value }.º
    }

## Ordinals
## $n: the rank. $gender: feminine or masculine. $style: words spells the first ten; or none.

ordinal = { $style ->
        [words] { $n ->
            [1] primeir{ ending }
            [2] segund{ ending }
            [3] terceir{ ending }
            [4] quart{ ending }
            [5] quint{ ending }
            [6] sext{ ending }
            [7] sétim{ ending }
            [8] oitav{ ending }
            [9] non{ ending }
            [10] décim{ ending }
           *[other] { ordinal-digits }
        }
       *[none] { ordinal-digits }
    }
ending = { $gender ->
        [masculine] o
       *[feminine] a
    }
ordinal-digits = { $n }.{ $gender ->
        [masculine] º
       *[feminine] ª
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long, the default; in, with its preposition (“a 1 de março
## de 2025”, “em 2025”, “no final de 2025”); for, after a forecast (“para 2025”); until, after “até”.

date-day = { $style ->
        [in] a{ " " }
        [for] para{ " " }
       *[long] { "" }
    }{ $day }{ "\u00A0" }de { $month-name } de{ "\u00A0" }{ $year }
date-month = { preposition }{ $month-name } de{ "\u00A0" }{ $year }
date-year = { preposition }{ $year }
preposition = { $style ->
        [in] em{ " " }
        [for] para{ " " }
       *[long] { "" }
    }
date-year-end = { $style ->
        [in] no final de{ "\u00A0" }{ $year }
        [for] para o final de{ "\u00A0" }{ $year }
        [until] ao final de{ "\u00A0" }{ $year }
       *[long] final de{ "\u00A0" }{ $year }
    }
# 24-hour clock: “às 10h00 de 8 de dezembro de 2025”.
date-time = { $hour ->
        [1] à
       *[other] às
    }{ "\u00A0" }{ $hour }h{ $minute } de { $day }{ "\u00A0" }de { $month-name } de{ "\u00A0" }{ $year }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month-name, $from-day, $to-year, … Not $from and $to, which would each have a preposition.
date-span = { $style ->
        [in] entre { first-date } e { last-date }
        [for] para o período de { first-date } a { last-date }
       *[long] { $precision ->
            [year] { $from-year }-{ $to-year }
           *[other] { first-date } a { last-date }
        }
    }
first-date = { $precision ->
        [year] { $from-year }
        [month] { $from-month-name }{ $common ->
            [none] { " " }de { $from-year }
           *[year] { "" }
        }
       *[day] { $from-day }{ $common ->
            [month] { "" }
            [year] { "\u00A0" }de { $from-month-name }
           *[none] { "\u00A0" }de { $from-month-name } de{ "\u00A0" }{ $from-year }
        }
    }
last-date = { $precision ->
        [year] { $to-year }
        [month] { $to-month-name } de{ "\u00A0" }{ $to-year }
       *[day] { $to-day }{ "\u00A0" }de { $to-month-name } de{ "\u00A0" }{ $to-year }
    }

## Forms of names
## $name: the plain name. The data gives a form that has an article: “da Convenção”, “no Porto”, “à Figueira da Foz”.

name-of = de { unsure-name }
name-to = a { unsure-name }
name-in = em { unsure-name }
name-by = por { unsure-name }
name-the = { unsure-name }
name-full = { $name }
# A common noun or an acronym needs an article, which only the data can give.
unsure-name = { NOUN($name, linking: "da de do das dos e em") ->
        [proper] { $name }
       *[common] { UNSURE($name) }
    }
