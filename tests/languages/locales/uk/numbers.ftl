# The grammar of values in Ukrainian, and how a Ukrainian page is set.
# Sources: CLDR 48; «Український правопис» (2019); the news of Укрінформ (scale words, percent sign, dates).

## Settings

locale-icu = uk-UA
# Four digits are not grouped: 2302, but 45 000.
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
quotation-marks = « » „ “
# The full stop of a quotation follows the closing mark.
quotation-stop = outside
# As in “п’ять”.
apostrophe = ’
# Characters with a narrow no-break space (U+202F) or a no-break space (U+00A0) before or after them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = —
space-fixed-after = №
# Short words that are kept on one line with the next word.
bound-words = в у з із зі і й та а на за по від до об про під без не що чи
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = { "" }
# Endings that are raised after a numeral: none, an ordinal has a hyphen.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## $case: none (nominative), accusative or genitive.
## $style: words spells one to nine things, as the press does in running text (“два підприємства”).
## A scale word needs whole thousands (45 тис.) or at most three decimals (1,234 млн): otherwise the next
## lower one is used (12 345,6 млн), or the number is written in full (1 234 567).
## So a number that has a scale word ends in 000, its plural category is `many`, and units agree with $value.

digits = { SCALE($value, steps: "12 9 6 3", decimals: 2) ->
        [12] { SHAPE(SHIFT($value, by: 9)) ->
            [decimal] { digits-billion }
           *[other] { SHIFT($value, by: 12) }
        }
        [9] { digits-billion }
        [6] { digits-million }
        [3] { digits-thousand }
       *[0] { $value }
    }
digits-billion = { SHAPE(SHIFT($value, by: 6)) ->
        [decimal] { digits-million }
       *[other] { SHIFT($value, by: 9) }
    }
digits-million = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value }
       *[other] { SHIFT($value, by: 6) }
    }
# Thousands share “тис.” only if both ends of a range are whole: “від 200 до 300 тис.”, but “від 1500 до 3000”.
digits-thousand = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $value }
       *[other] { $approx ->
            [range] { SHAPE(SHIFT($min, by: 3)) ->
                [decimal] { $value }
               *[other] { SHIFT($value, by: 3) }
            }
           *[other] { SHIFT($value, by: 3) }
        }
    }
# The scale word and the space after it, by the same conditions.
scale = { SCALE($value, steps: "12 9 6 3", decimals: 2) ->
        [12] { SHAPE(SHIFT($value, by: 9)) ->
            [decimal] { scale-billion }
           *[other] трлн{ " " }
        }
        [9] { scale-billion }
        [6] { scale-million }
        [3] { scale-thousand }
       *[0] { "" }
    }
scale-billion = { SHAPE(SHIFT($value, by: 6)) ->
        [decimal] { scale-million }
       *[other] млрд{ " " }
    }
scale-million = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { "" }
       *[other] млн{ " " }
    }
scale-thousand = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { "" }
       *[other] { $approx ->
            [range] { SHAPE(SHIFT($min, by: 3)) ->
                [decimal] { "" }
               *[other] тис.{ " " }
            }
           *[other] тис.{ " " }
        }
    }
# The lower end, with a scale word if it differs from that of the upper end: “від 900 млн до 1,2 млрд”;
# in full next to an end with many decimals (a shift by −3 leaves more than three).
low = { SHAPE(SHIFT(SHIFT($value, steps: "12 9 6", decimals: 2), by: "-3")) ->
        [decimal] { $min }
       *[other] { SHAPE(SHIFT(SHIFT($min, steps: "12 9 6", decimals: 2), by: "-3")) ->
            [decimal] { $min }
           *[other] { SCALE($value, steps: "6 3", decimals: 2) ->
                [6] { low-scaled }
                [3] { low-thousands }
               *[0] { $min }
            }
        }
    }
low-scaled = { SCALE($min, $value, steps: "12 9 6", decimals: 2) ->
        [same] { SHIFT($min, steps: "12 9 6", decimals: 2) }
        [9] { SHIFT($min, by: 9) }{ "\u00A0" }млрд
        [6] { SHIFT($min, by: 6) }{ "\u00A0" }млн
       *[0] { SCALE($min, steps: "3", decimals: 2) ->
            [3] { SHAPE(SHIFT($min, by: 3)) ->
                [decimal] { $min }
               *[other] { SHIFT($min, by: 3) }{ "\u00A0" }тис.
            }
           *[0] { $min }
        }
    }
low-thousands = { SHAPE(SHIFT($value, by: 3)) ->
        [decimal] { $min }
       *[other] { SHAPE(SHIFT($min, by: 3)) ->
            [decimal] { $min }
           *[other] { SHIFT($min, by: 3) }
        }
    }
# “понад 21 країну” with the accusative, “близько 21 країни” and “від … до” with the genitive; after a preposition, where
# the sentence requires the genitive: “із понад 21 країни”, “із приблизно 21 країни”, “із 20–30 країн”.
hedge = { $case ->
        [genitive] { $approx ->
            [over] понад
            [almost] майже
            [about] приблизно
            [range] { low }
           *[exact] { "" }
        }
       *[other] { $approx ->
            [over] понад
            [almost] майже
            [about] близько
            [range] від { low } до
           *[exact] { "" }
        }
    }
# The hedge and the space that follows it.
hedged = { $approx ->
        [exact] { "" }
        [range] { $case ->
            [genitive] { SCALE($min, $value, steps: "12 9 6", decimals: 2) ->
                [same] { hedge }–{ "\u2060" }
               *[other] { hedge }{ "\u00A0" }—{ " " }
            }
           *[other] { hedge }{ " " }
        }
       *[other] { hedge }{ " " }
    }
number = { hedged }{ digits }{ "\u00A0" }{ scale }
# One to nine in words, in the gender of the noun: “одна країна”, “два підприємства”, “близько п’яти днів”.
one = { $unit ->
        [country] одна
        [enterprise] одне
       *[other] один
    }
one-accusative = { $unit ->
        [country] одну
       *[other] { one }
    }
one-genitive = { $unit ->
        [country] однієї
       *[other] одного
    }
two = { $unit ->
        [country] дві
       *[other] два
    }
word = { $value ->
        [1] { $approx ->
            [over] { one-accusative }
           *[other] { $case ->
                [accusative] { one-accusative }
               *[other] { one }
            }
        }
        [2] { two }
        [3] три
        [4] чотири
        [5] п’ять
        [6] шість
        [7] сім
        [8] вісім
       *[9] дев’ять
    }
word-genitive = { $value ->
        [1] { one-genitive }
        [2] двох
        [3] трьох
        [4] чотирьох
        [5] п’яти
        [6] шести
        [7] семи
        [8] восьми
       *[9] дев’яти
    }
low-word = { $min ->
        [1] { one-genitive }
        [2] двох
        [3] трьох
        [4] чотирьох
        [5] п’яти
        [6] шести
        [7] семи
        [8] восьми
       *[other] { low }
    }
hedged-word = { $case ->
        [genitive] { $approx ->
            [range] { low-word }–{ "\u2060" }
           *[other] { hedged }
        }{ word-genitive }
       *[other] { $approx ->
            [about] { hedged }{ word-genitive }
            [range] від { low-word } до { word-genitive }
           *[other] { hedged }{ word }
        }
    }
counted = { $style ->
        [words] { $value ->
            [1] { hedged-word }{ " " }
            [2] { hedged-word }{ " " }
            [3] { hedged-word }{ " " }
            [4] { hedged-word }{ " " }
            [5] { hedged-word }{ " " }
            [6] { hedged-word }{ " " }
            [7] { hedged-word }{ " " }
            [8] { hedged-word }{ " " }
            [9] { hedged-word }{ " " }
           *[other] { number }
        }
       *[none] { number }
    }

## Units
## “близько” and “від … до” govern the genitive, “понад” the accusative; “майже” does not change the form.
## A currency without its own message shows its code ($currency, ISO 4217).

measure-money = { number }{ $currency }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ $currency }
yuan-genitive = { $value ->
        [one] юаня
        [few] юанів
        [many] юанів
       *[other] юаня
    }
yuan = { $case ->
        [genitive] { yuan-genitive }
       *[other] { $approx ->
            [about] { yuan-genitive }
            [range] { yuan-genitive }
           *[other] { $value ->
                [one] юань
                [few] юані
                [many] юанів
               *[other] юаня
            }
        }
    }
measure-cny = { number }{ yuan }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ yuan }
measure-eur = { number }євро
    .before = { hedge }
    .number = { digits }
    .after = { scale }євро
dollar-genitive = { $value ->
        [one] долара США
        [few] доларів США
        [many] доларів США
       *[other] долара США
    }
dollar = { $case ->
        [genitive] { dollar-genitive }
       *[other] { $approx ->
            [about] { dollar-genitive }
            [range] { dollar-genitive }
           *[other] { $value ->
                [one] долар США
                [few] долари США
                [many] доларів США
               *[other] долара США
            }
        }
    }
measure-usd = { number }{ dollar }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ dollar }
measure-percent = { $approx ->
        [range] { $case ->
            [genitive] { $min }–{ "\u2060" }
           *[other] від { $min } до{ " " }
        }
       *[other] { hedged }
    }{ $value }%
    .before = { $approx ->
        [range] від { $min } до
       *[other] { hedge }
    }
    .number = { $value }%
    .after = { "" }
enterprise-genitive = { $value ->
        [one] підприємства
        [few] підприємств
        [many] підприємств
       *[other] підприємства
    }
enterprise = { $case ->
        [genitive] { enterprise-genitive }
       *[other] { $approx ->
            [about] { enterprise-genitive }
            [range] { enterprise-genitive }
           *[other] { $value ->
                [one] підприємство
                [few] підприємства
                [many] підприємств
               *[other] підприємства
            }
        }
    }
measure-enterprise = { counted }{ enterprise }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ enterprise }
country-genitive = { $value ->
        [one] країни
        [few] країн
        [many] країн
       *[other] країни
    }
country = { $case ->
        [genitive] { country-genitive }
       *[other] { $approx ->
            [about] { country-genitive }
            [range] { country-genitive }
            [over] { country-accusative }
           *[other] { $case ->
                [accusative] { country-accusative }
               *[other] { $value ->
                    [one] країна
                    [few] країни
                    [many] країн
                   *[other] країни
                }
            }
        }
    }
country-accusative = { $value ->
        [one] країну
        [few] країни
        [many] країн
       *[other] країни
    }
measure-country = { counted }{ country }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ country }
year-genitive = { $value ->
        [one] року
        [few] років
        [many] років
       *[other] року
    }
year = { $case ->
        [genitive] { year-genitive }
       *[other] { $approx ->
            [about] { year-genitive }
            [range] { year-genitive }
           *[other] { $value ->
                [one] рік
                [few] роки
                [many] років
               *[other] року
            }
        }
    }
measure-year = { counted }{ year }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ year }
month-genitive = { $value ->
        [one] місяця
        [few] місяців
        [many] місяців
       *[other] місяця
    }
month = { $case ->
        [genitive] { month-genitive }
       *[other] { $approx ->
            [about] { month-genitive }
            [range] { month-genitive }
           *[other] { $value ->
                [one] місяць
                [few] місяці
                [many] місяців
               *[other] місяця
            }
        }
    }
measure-month = { counted }{ month }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ month }
day-genitive = { $value ->
        [one] дня
        [few] днів
        [many] днів
       *[other] дня
    }
day = { $case ->
        [genitive] { day-genitive }
       *[other] { $approx ->
            [about] { day-genitive }
            [range] { day-genitive }
           *[other] { $value ->
                [one] день
                [few] дні
                [many] днів
               *[other] дня
            }
        }
    }
measure-day = { counted }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ day }
# $style: words spells the first nine (“третє місце”).
measure-rank = { $style ->
        [words] { $approx ->
            [range] { rank }{ "\u00A0" }{ place }
           *[other] { SCALE($value, steps: "1") ->
                [0] { rank-words } { place }
               *[other] { rank }{ "\u00A0" }{ place }
            }
        }
       *[none] { rank }{ "\u00A0" }{ place }
    }
    .before = { "" }
    .number = { rank }
    .after = { place }
rank = { $approx ->
        [range] { $min }–{ "\u2060" }{ $value }-{ "\u2060" }{ $case ->
            [genitive] х
           *[other] { PART($value, of: 1, below: 2) ->
                [1] ті
               *[other] { PART($value, below: 1) ->
                    [1] ші
                    [2] гі
                    [7] мі
                    [8] мі
                   *[other] ті
                }
            }
        }
       *[other] { $value }-{ "\u2060" }{ $case ->
            [genitive] го
           *[other] { PART($value, of: 1, below: 2) ->
                [1] те
               *[other] { PART($value, below: 1) ->
                    [0] { PART($value, below: 2) ->
                        [40] ве
                       *[other] те
                    }
                    [1] ше
                    [2] ге
                    [3] тє
                    [7] ме
                    [8] ме
                   *[other] те
                }
            }
        }
    }
rank-words = { $value ->
        [1] { $case ->
            [genitive] першого
           *[other] перше
        }
        [2] { $case ->
            [genitive] другого
           *[other] друге
        }
        [3] { $case ->
            [genitive] третього
           *[other] третє
        }
        [4] { $case ->
            [genitive] четвертого
           *[other] четверте
        }
        [5] { $case ->
            [genitive] п’ятого
           *[other] п’яте
        }
        [6] { $case ->
            [genitive] шостого
           *[other] шосте
        }
        [7] { $case ->
            [genitive] сьомого
           *[other] сьоме
        }
        [8] { $case ->
            [genitive] восьмого
           *[other] восьме
        }
        [9] { $case ->
            [genitive] дев’ятого
           *[other] дев’яте
        }
       *[other] { rank }
    }
place = { $approx ->
        [range] { $case ->
            [genitive] місць
           *[other] місця
        }
       *[other] { $case ->
            [genitive] місця
           *[other] місце
        }
    }

## Ordinals
## $n: the rank. $gender: masculine, feminine or neuter. $case: none (nominative) or any other.
## $style: words spells the first nine in the masculine and the neuter, in running text.
## One letter after a vowel, two after a consonant: 1-й, 1-го, and with the stem’s last consonant 1-ша, 2-га, 3-тє, 7-ме, 40-ва.

ordinal-letter = { PART($n, of: 1, below: 2) ->
        [1] т
       *[other] { PART($n, below: 1) ->
            [0] { PART($n, below: 2) ->
                [40] в
               *[other] т
            }
            [1] ш
            [2] г
            [7] м
            [8] м
           *[other] т
        }
    }
# The third is soft, the thirteenth is not: 3-тя, 3-тє, 3-тю, but 13-та.
ordinal-a = { NUMBER($n, type: "ordinal") ->
        [few] я
       *[other] а
    }
ordinal-e = { NUMBER($n, type: "ordinal") ->
        [few] є
       *[other] е
    }
ordinal-u = { NUMBER($n, type: "ordinal") ->
        [few] ю
       *[other] у
    }
ordinal-figures = { $n }-{ ordinal-suffix }
# U+2060: in running text, no line break after the hyphen.
ordinal-unbroken = { $n }-{ "\u2060" }{ ordinal-suffix }
ordinal-suffix = { $gender ->
        [feminine] { $case ->
            [none] { ordinal-letter }{ ordinal-a }
            [nominative] { ordinal-letter }{ ordinal-a }
            [accusative] { ordinal-letter }{ ordinal-u }
            [genitive] ї
            [instrumental] ю
           *[other] й
        }
       *[masculine] { $case ->
            [genitive] го
            [dative] му
            [instrumental] м
            [prepositional] му
           *[other] { $gender ->
                [neuter] { ordinal-letter }{ ordinal-e }
               *[masculine] й
            }
        }
    }
ordinal-ending = { $case ->
        [genitive] ого
        [dative] ому
        [instrumental] им
        [prepositional] ому
       *[other] { $gender ->
            [neuter] е
           *[masculine] ий
        }
    }
ordinal-words = { $n ->
        [1] перш{ ordinal-ending }
        [2] друг{ ordinal-ending }
        [3] трет{ $case ->
            [genitive] ього
            [dative] ьому
            [instrumental] ім
            [prepositional] ьому
           *[other] { $gender ->
                [neuter] є
               *[masculine] ій
            }
        }
        [4] четверт{ ordinal-ending }
        [5] п’ят{ ordinal-ending }
        [6] шост{ ordinal-ending }
        [7] сьом{ ordinal-ending }
        [8] восьм{ ordinal-ending }
        [9] дев’ят{ ordinal-ending }
       *[other] { ordinal-unbroken }
    }
ordinal = { $style ->
        [words] { $gender ->
            [feminine] { ordinal-unbroken }
           *[other] { ordinal-words }
        }
       *[none] { ordinal-figures }
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long, short (“р.”) or when.
## $case: none (nominative and accusative) or genitive.
## style "when" answers the question “коли?”: “2031 року”, “28 листопада 2031 року”, “наприкінці 2031 року”, and
## “в листопаді 2031 року”. It has “в”, which the language requires after a vowel: a sentence that uses it puts it there.

month-name-genitive = { $month ->
        [1] січня
        [2] лютого
        [3] березня
        [4] квітня
        [5] травня
        [6] червня
        [7] липня
        [8] серпня
        [9] вересня
        [10] жовтня
        [11] листопада
       *[12] грудня
    }
# “у” before в.
in-month = { $month ->
        [1] в{ "\u00A0" }січні
        [2] в{ "\u00A0" }лютому
        [3] в{ "\u00A0" }березні
        [4] в{ "\u00A0" }квітні
        [5] в{ "\u00A0" }травні
        [6] в{ "\u00A0" }червні
        [7] в{ "\u00A0" }липні
        [8] в{ "\u00A0" }серпні
        [9] у{ "\u00A0" }вересні
        [10] в{ "\u00A0" }жовтні
        [11] в{ "\u00A0" }листопаді
       *[12] в{ "\u00A0" }грудні
    }
# The word for a year in the genitive: “28 листопада 2031 року”, “28 листопада 2031 р.”.
of-year = { $style ->
        [short] р.
       *[long] року
    }
date-day = { $day }{ "\u00A0" }{ $month-name } { $year }{ "\u00A0" }{ of-year }
date-month = { $style ->
        [when] { in-month }
       *[long] { $case ->
            [genitive] { month-name-genitive }
           *[none] { $month-name }
        }
    } { $year }{ "\u00A0" }{ of-year }
date-year = { $year }{ "\u00A0" }{ $style ->
        [when] року
        [short] р.
       *[long] { $case ->
            [genitive] року
           *[none] рік
        }
    }
date-year-end = { $style ->
        [when] наприкінці
       *[long] { $case ->
            [genitive] кінця
           *[none] кінець
        }
    } { $year }{ "\u00A0" }{ of-year }
date-time = { $hour }:{ $minute } { date-day }
# $from, $to: the two dates in words; $from-year, $to-year: texts; $precision: year, month or day.
# U+2060: no line break after the dash.
date-span = { $precision ->
        [year] { $style ->
            [when] в{ "\u00A0" }
           *[long] { "" }
        }{ $from-year }–{ "\u2060" }{ $to-year }{ "\u00A0" }{ $style ->
            [when] роках
            [short] рр.
           *[long] { $case ->
                [genitive] років
               *[none] роки
            }
        }
        [month] { $style ->
            [when] від { from-month-genitive }{ $common ->
                [year] { "" }
               *[none] { " " }{ $from-year }{ "\u00A0" }року
            } до { to-month-genitive } { $to-year }{ "\u00A0" }року
           *[long] { $common ->
                [year] { $case ->
                    [genitive] { $from }
                   *[none] { $from-month-name }
                }
               *[none] { $from }
            }{ "\u00A0" }— { $to }
        }
       *[day] { $style ->
            [when] від{ " " }{ $common ->
                [month] { $from-day }
                [year] { $from-day }{ "\u00A0" }{ $from-month-name }
               *[none] { $from }
            } до{ " " }{ $to }
           *[long] { $common ->
                [month] { $from-day }–{ "\u2060" }{ $to }
                [year] { $from-day }{ "\u00A0" }{ $from-month-name }{ "\u00A0" }— { $to }
               *[none] { $from }{ "\u00A0" }— { $to }
            }
        }
    }
from-month-genitive = { $from-month ->
        [1] січня
        [2] лютого
        [3] березня
        [4] квітня
        [5] травня
        [6] червня
        [7] липня
        [8] серпня
        [9] вересня
        [10] жовтня
        [11] листопада
       *[12] грудня
    }
to-month-genitive = { $to-month ->
        [1] січня
        [2] лютого
        [3] березня
        [4] квітня
        [5] травня
        [6] червня
        [7] липня
        [8] серпня
        [9] вересня
        [10] жовтня
        [11] листопада
       *[12] грудня
    }

## Forms of names
## $name: the plain name. It cannot be declined by rule, so it is an apposition to a word that can:
## “у місті Порт-Азур”. If the data gives forms: “у Порт-Азурі”.
## The form `in` follows a vowel in every sentence and label: “в Порт-Азурі”, but “у Львові” and “у Франкфурті”.

name-of = міста { $name }
name-in = в{ "\u00A0" }місті { $name }
name-to = на конференції «{ $name }»
name-full = { $name }
