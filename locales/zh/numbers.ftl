# The grammar of values in Chinese, and how a Chinese page is set.
# Sources: CLDR 48; GB/T 15835—2011 (numerals in publications); GB/T 15834—2011 (punctuation).

## Settings

locale-icu = zh-Hans-CN
number-grouping = never
number-digits = latn
text-direction = ltr
page-tradition = han
paragraph = justified
paragraph-indent = 2
hyphenation = no
letter-spacing = yes
fonts-text = Source Serif 4, Noto Serif SC
fonts-label = Source Sans 3, Noto Sans SC
fonts-heading = Source Sans 3, Noto Sans SC
fonts-name = Source Serif 4, Press Kai
fonts-emphasis = Source Serif 4, Press Kai
# Outer opening and closing marks, then inner ones.
quotation-marks = “ ” ‘ ’
apostrophe = ’
# Characters with a narrow no-break space (U+202F) or a no-break space (U+00A0) before or after them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = { "" }
space-fixed-after = { "" }
# Short words that are kept on one line with the next word.
bound-words = { "" }
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = ， 。 ； ： ？ ！ （ ）
# Endings that are raised after a numeral.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## $style: is, after a noun or 预计; of-gdp, a percentage as the share of the GDP; place, a rank after 居.
## A round number of things is followed by 多 (20多万家); money and decimals are preceded by 超过.

digits = { SHIFT($value, steps: "12 8 4", decimals: 2) }
scale = { SCALE($value, steps: "12 8 4", decimals: 2) ->
        [12] 万亿
        [8] 亿
        [4] 万
       *[0] { "" }
    }
# The lower end keeps its 万 or 亿 (GB/T 15835—2011, 5.1.3).
low = { SHIFT($min, steps: "12 8 4", decimals: 2) }{ SCALE($min, steps: "12 8 4", decimals: 2) ->
        [12] 万亿
        [8] 亿
        [4] 万
       *[0] { "" }
    }
hedge = { $approx ->
        [over] 超过
        [almost] 近
        [about] 约
        [range] { is }{ low }至
       *[exact] { is }
    }
# The verb before a number without a hedge: “预计为100万欧元”, but “预计超过100万欧元”.
is = { $style ->
        [is] 为
       *[none] { "" }
    }
# What precedes a number of things, and what directly follows its digits.
hedge-things = { $approx ->
        [over] { SHAPE(SHIFT($value, steps: "12 8 4", decimals: 2)) ->
            [round] { "" }
           *[other] { hedge }
        }
       *[other] { hedge }
    }
more-things = { $approx ->
        [over] { SHAPE(SHIFT($value, steps: "12 8 4", decimals: 2)) ->
            [round] 多
           *[other] { "" }
        }
       *[other] { "" }
    }
things = { hedge-things }{ digits }{ more-things }{ scale }

## Units
## $currency: the ISO 4217 code of a currency without its own message.

# Names of CLDR; other currencies show their code.
currency = { $currency ->
        [JPY] 日元
        [GBP] 英镑
        [CHF] 瑞士法郎
        [KRW] 韩元
        [INR] 印度卢比
        [BRL] 巴西雷亚尔
        [CAD] 加拿大元
        [AUD] 澳大利亚元
        [HKD] 港元
        [SGD] 新加坡元
        [MXN] 墨西哥比索
        [ZAR] 南非兰特
        [RUB] 俄罗斯卢布
        [SEK] 瑞典克朗
       *[other] { $currency }
    }
measure-money = { hedge }{ digits }{ scale }{ currency }
    .before = { hedge }
    .number = { digits }
    .after = { scale }{ currency }
measure-cny = { hedge }{ digits }{ scale }元
    .before = { hedge }
    .number = { digits }
    .after = { scale }元
measure-eur = { hedge }{ digits }{ scale }欧元
    .before = { hedge }
    .number = { digits }
    .after = { scale }欧元
measure-usd = { hedge }{ digits }{ scale }美元
    .before = { hedge }
    .number = { digits }
    .after = { scale }美元
# 约 precedes the verb, and 近 follows the noun without 的.
measure-percent = { $style ->
        [of-gdp] { $approx ->
            [over] 占地区生产总值的{ $value }%以上
            [almost] 占地区生产总值近{ $value }%
            [about] 约占地区生产总值的{ $value }%
            [range] 占地区生产总值的{ $min }%至{ $value }%
           *[exact] 占地区生产总值的{ $value }%
        }
       *[none] { $approx ->
            [over] { $value }%以上
            [range] { $min }%至{ $value }%
           *[other] { hedge }{ $value }%
        }
    }
    .before = { $approx ->
        [over] { "" }
        [range] { $min }%至
       *[other] { hedge }
    }
    .number = { $value }%
    .after = { $approx ->
        [over] 以上
       *[other] { "" }
    }
measure-enterprise = { things }家企业
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }家企业
measure-country = { things }个国家
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }个国家
measure-year = { things }年
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }年
measure-month = { things }个月
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }个月
measure-day = { things }天
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }天
measure-rank = { $style ->
        [place] { $value ->
            [1] 首位
           *[other] 第{ NUMERAL($value, system: "hans") }位
        }
       *[none] 第{ NUMERAL($value, system: "hans") }
    }
    .before = { "" }
    .number = 第{ NUMERAL($value, system: "hans") }
    .after = { "" }

## Ordinals
## $n: the rank.

ordinal = 第{ NUMERAL($n, system: "hans") }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long, short, or by (截至 before a date).

date-day = { until }{ $year }年{ $month }月{ $day }日
date-month = { until }{ $year }年{ $month }月
date-year = { $year }年
date-year-end = { until }{ $year }年底
until = { $style ->
        [by] 截至
       *[long] { "" }
    }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month, $from-month-name, $from-day, $to-year, … Not $from and $to, which would each have 截至.
date-span = { $precision ->
        [year] { $from-year }年至{ $to-year }年
        [month] { $from-year }年{ $from-month }月至{ $common ->
            [year] { $to-month }月
           *[none] { $to-year }年{ $to-month }月
        }
       *[day] { $from-year }年{ $from-month }月{ $from-day }日至{ $common ->
            [month] { $to-day }日
            [year] { $to-month }月{ $to-day }日
           *[none] { $to-year }年{ $to-month }月{ $to-day }日
        }
    }
date-time = { date-day }{ $hour }时{ $minute ->
        [00] { "" }
       *[other] { $minute }分
    }

## Forms of names
## $name: the plain name.

name-of = { $name }
name-to = { $name }
name-in = { $name }
name-by = 由{ $name }
name-full = { $name }
