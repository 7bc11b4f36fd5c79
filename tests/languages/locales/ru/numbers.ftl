# The grammar of values in Russian, and how a Russian page is set.
# Sources: CLDR 48; А. Э. Мильчин, Л. К. Чельцова, «Справочник издателя и автора» (numerals, ordinals, spaces,
# quotation marks); the news of ТАСС (scale words, no letter ё).

## Settings

locale-icu = ru-RU
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
apostrophe = ’
# Characters with a narrow no-break space (U+202F) before or after them, or a no-break space (U+00A0) before them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = — % ‰
space-fixed-after = №
# Short words that are kept on one line with the next word.
bound-words = в к о с у и а на из за по от до об во со ко не
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = { "" }
# Endings that are raised after a numeral: none, an ordinal has a hyphen.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## $case: none (nominative), accusative or genitive.
## $style: words spells one to nine things, as the press does in running text (“два предприятия”).
## A scale word needs whole thousands (45 тыс.) or at most three decimals (1,234 млн): otherwise the next
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
# Thousands share “тыс.” only if both ends of a range are whole: “от 200 до 300 тыс.”, but “от 1500 до 3000”.
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
               *[other] тыс.{ " " }
            }
           *[other] тыс.{ " " }
        }
    }
# The lower end, with a scale word if it differs from that of the upper end: “от 900 млн до 1,2 млрд”;
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
               *[other] { SHIFT($min, by: 3) }{ "\u00A0" }тыс.
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
# “более 21 страны”; after a preposition “из более чем 21 страны”, and a range is “из 20–30 стран”.
hedge = { $case ->
        [genitive] { $approx ->
            [over] более чем
            [almost] почти
            [about] примерно
            [range] { low }
           *[exact] { "" }
        }
       *[other] { $approx ->
            [over] более
            [almost] почти
            [about] около
            [range] от { low } до
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
# One to nine in words, in the gender of the noun: “одна страна”, “два предприятия”, “более пяти дней”.
one = { $unit ->
        [country] одна
        [enterprise] одно
       *[other] один
    }
one-accusative = { $unit ->
        [country] одну
       *[other] { one }
    }
one-genitive = { $unit ->
        [country] одной
       *[other] одного
    }
two = { $unit ->
        [country] две
       *[other] два
    }
word = { $value ->
        [1] { $case ->
            [accusative] { one-accusative }
           *[other] { one }
        }
        [2] { two }
        [3] три
        [4] четыре
        [5] пять
        [6] шесть
        [7] семь
        [8] восемь
       *[9] девять
    }
word-genitive = { $value ->
        [1] { one-genitive }
        [2] двух
        [3] трех
        [4] четырех
        [5] пяти
        [6] шести
        [7] семи
        [8] восьми
       *[9] девяти
    }
low-word = { $min ->
        [1] { one-genitive }
        [2] двух
        [3] трех
        [4] четырех
        [5] пяти
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
            [over] { hedged }{ word-genitive }
            [about] { hedged }{ word-genitive }
            [range] от { low-word } до { word-genitive }
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
## “более”, “около” and “от … до” govern the genitive; “почти” does not change the form.
## A currency without its own message shows its code ($currency, ISO 4217).

measure-money = { number }{ $currency }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ $currency }
yuan-genitive = { $value ->
        [one] юаня
        [few] юаней
        [many] юаней
       *[other] юаня
    }
yuan = { $case ->
        [genitive] { yuan-genitive }
       *[other] { $approx ->
            [over] { yuan-genitive }
            [about] { yuan-genitive }
            [range] { yuan-genitive }
           *[other] { $value ->
                [one] юань
                [few] юаня
                [many] юаней
               *[other] юаня
            }
        }
    }
measure-cny = { number }{ yuan }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ yuan }
measure-eur = { number }евро
    .before = { hedge }
    .number = { digits }
    .after = { scale }евро
dollar-genitive = { $value ->
        [one] доллара США
        [few] долларов США
        [many] долларов США
       *[other] доллара США
    }
dollar = { $case ->
        [genitive] { dollar-genitive }
       *[other] { $approx ->
            [over] { dollar-genitive }
            [about] { dollar-genitive }
            [range] { dollar-genitive }
           *[other] { $value ->
                [one] доллар США
                [few] доллара США
                [many] долларов США
               *[other] доллара США
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
           *[other] от { $min } до{ " " }
        }
       *[other] { hedged }
    }{ $value }{ "\u00A0" }%
    .before = { $approx ->
        [range] от { $min } до
       *[other] { hedge }
    }
    .number = { $value }{ "\u00A0" }%
    .after = { "" }
enterprise-genitive = { $value ->
        [one] предприятия
        [few] предприятий
        [many] предприятий
       *[other] предприятия
    }
enterprise = { $case ->
        [genitive] { enterprise-genitive }
       *[other] { $approx ->
            [over] { enterprise-genitive }
            [about] { enterprise-genitive }
            [range] { enterprise-genitive }
           *[other] { $value ->
                [one] предприятие
                [few] предприятия
                [many] предприятий
               *[other] предприятия
            }
        }
    }
measure-enterprise = { counted }{ enterprise }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ enterprise }
country-genitive = { $value ->
        [one] страны
        [few] стран
        [many] стран
       *[other] страны
    }
country = { $case ->
        [genitive] { country-genitive }
       *[other] { $approx ->
            [over] { country-genitive }
            [about] { country-genitive }
            [range] { country-genitive }
           *[other] { $value ->
                [one] { $case ->
                    [accusative] страну
                   *[other] страна
                }
                [few] страны
                [many] стран
               *[other] страны
            }
        }
    }
measure-country = { counted }{ country }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ country }
year-genitive = { $value ->
        [one] года
        [few] лет
        [many] лет
       *[other] года
    }
year = { $case ->
        [genitive] { year-genitive }
       *[other] { $approx ->
            [over] { year-genitive }
            [about] { year-genitive }
            [range] { year-genitive }
           *[other] { $value ->
                [one] год
                [few] года
                [many] лет
               *[other] года
            }
        }
    }
measure-year = { counted }{ year }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ year }
month-genitive = { $value ->
        [one] месяца
        [few] месяцев
        [many] месяцев
       *[other] месяца
    }
month = { $case ->
        [genitive] { month-genitive }
       *[other] { $approx ->
            [over] { month-genitive }
            [about] { month-genitive }
            [range] { month-genitive }
           *[other] { $value ->
                [one] месяц
                [few] месяца
                [many] месяцев
               *[other] месяца
            }
        }
    }
measure-month = { counted }{ month }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ month }
day-genitive = { $value ->
        [one] дня
        [few] дней
        [many] дней
       *[other] дня
    }
day = { $case ->
        [genitive] { day-genitive }
       *[other] { $approx ->
            [over] { day-genitive }
            [about] { day-genitive }
            [range] { day-genitive }
           *[other] { $value ->
                [one] день
                [few] дня
                [many] дней
               *[other] дня
            }
        }
    }
measure-day = { counted }{ day }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ day }
rank = { $approx ->
        [range] { $min }–{ "\u2060" }{ $value }
       *[other] { $value }
    }-{ "\u2060" }{ $case ->
        [genitive] { $approx ->
            [range] х
           *[other] го
        }
       *[other] е
    }
rank-words = { $value ->
        [1] { $case ->
            [genitive] первого
           *[other] первое
        }
        [2] { $case ->
            [genitive] второго
           *[other] второе
        }
        [3] { $case ->
            [genitive] третьего
           *[other] третье
        }
        [4] { $case ->
            [genitive] четвертого
           *[other] четвертое
        }
        [5] { $case ->
            [genitive] пятого
           *[other] пятое
        }
        [6] { $case ->
            [genitive] шестого
           *[other] шестое
        }
        [7] { $case ->
            [genitive] седьмого
           *[other] седьмое
        }
        [8] { $case ->
            [genitive] восьмого
           *[other] восьмое
        }
        [9] { $case ->
            [genitive] девятого
           *[other] девятое
        }
       *[other] { rank }
    }
place = { $approx ->
        [range] { $case ->
            [genitive] мест
           *[other] места
        }
       *[other] { $case ->
            [genitive] места
           *[other] место
        }
    }
# $style: words spells the first nine (“третье место”).
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

## Ordinals
## $n: the rank. $gender: masculine, feminine or neuter. $case: none (nominative) or any other.
## $style: words spells the first nine in the masculine and the neuter, in running text.
## One letter after a vowel, two after a consonant: 1-й, 1-я, 1-е, but 1-го, 1-му.

ordinal-ending = { $gender ->
        [feminine] { $case ->
            [none] я
            [nominative] я
            [accusative] ю
           *[other] й
        }
       *[masculine] { $case ->
            [genitive] го
            [dative] му
            [instrumental] м
            [prepositional] м
           *[other] { $gender ->
                [neuter] е
               *[masculine] й
            }
        }
    }
ordinal-figures = { $n }-{ ordinal-ending }
# U+2060: in running text, no line break after the hyphen.
ordinal-unbroken = { $n }-{ "\u2060" }{ ordinal-ending }
# The adjectives первый, пятый, девятый and четвертый have the ending -ый; второй, шестой, седьмой and восьмой, -ой.
hard-ending = { $case ->
        [genitive] ого
        [dative] ому
        [instrumental] ым
        [prepositional] ом
       *[other] { $gender ->
            [neuter] ое
           *[masculine] ый
        }
    }
stressed-ending = { $case ->
        [none] { $gender ->
            [neuter] ое
           *[masculine] ой
        }
       *[other] { hard-ending }
    }
ordinal-words = { $n ->
        [1] перв{ hard-ending }
        [2] втор{ stressed-ending }
        [3] трет{ $case ->
            [genitive] ьего
            [dative] ьему
            [instrumental] ьим
            [prepositional] ьем
           *[other] { $gender ->
                [neuter] ье
               *[masculine] ий
            }
        }
        [4] четверт{ hard-ending }
        [5] пят{ hard-ending }
        [6] шест{ stressed-ending }
        [7] седьм{ stressed-ending }
        [8] восьм{ stressed-ending }
        [9] девят{ hard-ending }
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
## $day, $month: numbers. $month-name, $year: texts. $style: long, short (“г.”) or when.
## $case: none (nominative and accusative), genitive or prepositional.
## style "when" answers the question “когда?”, with the preposition that the date requires: “в феврале 2025 года”,
## “в 2025 году”, but “28 ноября 2025 года”.

month-name-genitive = { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    }
month-name-prepositional = { $month ->
        [1] январе
        [2] феврале
        [3] марте
        [4] апреле
        [5] мае
        [6] июне
        [7] июле
        [8] августе
        [9] сентябре
        [10] октябре
        [11] ноябре
       *[12] декабре
    }
date-day = { $day }{ "\u00A0" }{ $month-name } { $year }{ "\u00A0" }{ $style ->
        [short] г.
       *[long] года
    }
date-month = { $style ->
        [when] в{ "\u00A0" }{ month-name-prepositional }
       *[long] { $case ->
            [genitive] { month-name-genitive }
            [prepositional] { month-name-prepositional }
           *[none] { $month-name }
        }
    } { $year }{ "\u00A0" }{ $style ->
        [short] г.
       *[long] года
    }
date-year = { $style ->
        [when] в{ "\u00A0" }{ $year }{ "\u00A0" }году
        [short] { $year }{ "\u00A0" }г.
       *[long] { $year }{ "\u00A0" }{ $case ->
            [genitive] года
            [prepositional] году
           *[none] год
        }
    }
date-year-end = { $style ->
        [when] в{ "\u00A0" }конце
       *[long] { $case ->
            [genitive] конца
            [prepositional] конце
           *[none] конец
        }
    } { $year }{ "\u00A0" }{ $style ->
        [short] г.
       *[long] года
    }
# “в 10:00 8 декабря”, and “до 10:00 8 декабря”.
date-time = { $style ->
        [when] в{ "\u00A0" }
       *[long] { "" }
    }{ $hour }:{ $minute } { date-day }
# $from, $to: the two dates in words; $from-year, $to-year: texts; $precision: year, month or day.
# U+2060: no line break after the dash.
date-span = { $precision ->
        [year] { $style ->
            [when] в{ "\u00A0" }
           *[long] { "" }
        }{ $from-year }–{ "\u2060" }{ $to-year }{ "\u00A0" }{ $style ->
            [when] годах
            [short] гг.
           *[long] { $case ->
                [genitive] годов
                [prepositional] годах
               *[none] годы
            }
        }
        [month] { $common ->
            [year] { $style ->
                [when] { $from }{ "\u00A0" }— { $to }
               *[long] { $case ->
                    [genitive] { $from }{ "\u00A0" }— { $to }
                    [prepositional] { $from }{ "\u00A0" }— { $to }
                   *[none] { $from-month-name }{ "\u00A0" }— { $to }
                }
            }
           *[none] { $from }{ "\u00A0" }— { $to }
        }
       *[day] { $style ->
            [when] с{ "\u00A0" }{ $common ->
                [month] { $from-day }
                [year] { $from-day }{ "\u00A0" }{ $from-month-name }
               *[none] { $from }
            } по{ "\u00A0" }{ $to }
           *[long] { $common ->
                [month] { $from-day }–{ "\u2060" }{ $to }
                [year] { $from-day }{ "\u00A0" }{ $from-month-name }{ "\u00A0" }— { $to }
               *[none] { $from }{ "\u00A0" }— { $to }
            }
        }
    }

## Forms of names
## $name: the plain name. It cannot be declined by rule, so it is an apposition to a word that can:
## “в городе Порт-Азур”. If the data gives forms: “в Порт-Азуре”.

name-of = города { $name }
name-in = в{ "\u00A0" }городе { $name }
name-to = на конференции «{ $name }»
name-by = организацией «{ $name }»
name-full = { $name }
