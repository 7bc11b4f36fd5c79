### The grammar of values in Chinese, and how a Chinese page is set.
### Sources: CLDR 48; GB/T 15835—2011 (numerals in publications); GB/T 15834—2011 (punctuation).

## Settings

locale-icu = zh-Hans-CN
number-grouping = never
text-direction = ltr
page-tradition = han
paragraph = justified
paragraph-indent = 2
hyphenation = no
fonts-text = Source Serif 4, Noto Serif SC
fonts-label = Source Sans 3, Noto Sans SC
fonts-heading = Source Sans 3, Noto Sans SC
fonts-name = Source Serif 4, Press Kai
fonts-emphasis = Source Serif 4, Press Kai

## Numbers
## $value: the number. $approx: over, almost, about or exact.
## A round number of things takes 多 behind it (20多万家); money and decimals take 超过 before it.

digits = { SCALE($value, steps: "12 8 4") ->
        [12] { SHIFT($value, by: 12) }
        [8] { SHIFT($value, by: 8) }
        [4] { SHIFT($value, by: 4) }
       *[0] { $value }
    }
scale = { SCALE($value, steps: "12 8 4") ->
        [12] 万亿
        [8] 亿
        [4] 万
       *[0] { "" }
    }
hedge = { $approx ->
        [over] 超过
        [almost] 近
        [about] 约
       *[exact] { "" }
    }
# What stands before a number of things, and right behind its digits.
hedge-things = { $approx ->
        [over] { SCALE($value, steps: "12 8 4") ->
            [12] { SHAPE(SHIFT($value, by: 12)) ->
                [round] { "" }
               *[other] { hedge }
            }
            [8] { SHAPE(SHIFT($value, by: 8)) ->
                [round] { "" }
               *[other] { hedge }
            }
            [4] { SHAPE(SHIFT($value, by: 4)) ->
                [round] { "" }
               *[other] { hedge }
            }
           *[0] { SHAPE($value) ->
                [round] { "" }
               *[other] { hedge }
            }
        }
       *[other] { hedge }
    }
more-things = { $approx ->
        [over] { SCALE($value, steps: "12 8 4") ->
            [12] { SHAPE(SHIFT($value, by: 12)) ->
                [round] 多
               *[other] { "" }
            }
            [8] { SHAPE(SHIFT($value, by: 8)) ->
                [round] 多
               *[other] { "" }
            }
            [4] { SHAPE(SHIFT($value, by: 4)) ->
                [round] 多
               *[other] { "" }
            }
           *[0] { SHAPE($value) ->
                [round] 多
               *[other] { "" }
            }
        }
       *[other] { "" }
    }

## Units

measure-cny = { hedge }{ digits }{ scale }元
    .before = { hedge }
    .number = { digits }
    .after = { scale }元
measure-percent = { $approx ->
        [over] { $value }%以上
       *[other] { hedge }{ $value }%
    }
    .before = { $approx ->
        [over] { "" }
       *[other] { hedge }
    }
    .number = { $value }%
    .after = { $approx ->
        [over] 以上
       *[other] { "" }
    }
measure-enterprise = { hedge-things }{ digits }{ more-things }{ scale }家企业
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }家企业
measure-country = { hedge-things }{ digits }{ more-things }{ scale }个国家
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }个国家
measure-rank = 第{ NUMERAL($value, system: "hans") }
    .before = { "" }
    .number = 第{ NUMERAL($value, system: "hans") }
    .after = { "" }

## Ordinals
## $n: the rank.

ordinal = 第{ NUMERAL($n, system: "hans") }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long or short.

date-day = { $year }年{ $month }月{ $day }日
date-month = { $year }年{ $month }月
date-year = { $year }年
date-year-end = { $year }年底
date-time = { date-day }{ $hour }时{ $minute }分

## Forms of names
## $name: the plain name.

name-of = { $name }
name-to = { $name }
name-in = { $name }
name-by = 由{ $name }
name-full = { $name }
