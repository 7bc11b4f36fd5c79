# The grammar of values in Japanese, and how a Japanese page is set.
# Sources: CLDR 48 (numerals: 万, 億 and 兆 without 千, as in financial newspapers: 12万1000社); 共同通信社『記者ハンドブック』
# (hedges, counters, times of day); JIS X 4051 (composition).

## Settings

locale-icu = ja-JP
# No commas: 万, 億 and 兆 separate the digits.
number-grouping = never
number-digits = latn
text-direction = ltr
page-tradition = han
paragraph = justified
paragraph-indent = 1
hyphenation = no
letter-spacing = yes
fonts-text = Source Serif 4, Noto Serif JP
fonts-label = Source Sans 3, Noto Sans JP
fonts-heading = Source Sans 3, Noto Sans JP
fonts-name = Source Serif 4, Noto Serif JP
fonts-emphasis = Source Serif 4, Noto Serif JP
# Outer opening and closing marks, then inner ones.
quotation-marks = 「 」 『 』
# No full stop before or after the closing mark of a quotation.
quotation-stop = none
apostrophe = ’
# Characters with a narrow no-break space (U+202F) before or after them, or a no-break space (U+00A0) before them.
space-narrow-before = { "" }
space-narrow-after = { "" }
space-fixed-before = { "" }
space-fixed-after = { "" }
# Short words that are kept on one line with the next word.
bound-words = { "" }
# Replacements for , . ; : ? ! ( ) next to a Chinese or Japanese character.
full-width-punctuation = 、 。 ； ： ？ ！ （ ）
# Endings that are raised after a numeral.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## 約 precedes the number; 超 and 近く follow its counter: 約8205億元, 2302社超, 42%近く.

# All groups of four digits, without the last scale word: `scale` has it, next to the unit after the large digits.
digits = { SCALE($value, steps: "4") ->
        [0] { $value }
       *[other] { digits-12 }{ digits-8 }{ digits-4 }{ digits-0 }
    }
digits-12 = { PART($value, of: 12) ->
        [0] { "" }
       *[other] { PART($value, of: 12) }{ PART($value, below: 12) ->
            [0] { "" }
           *[other] 兆
        }
    }
digits-8 = { PART($value, of: 8, below: 12) ->
        [0] { "" }
       *[other] { PART($value, of: 8, below: 12) }{ PART($value, below: 8) ->
            [0] { "" }
           *[other] 億
        }
    }
digits-4 = { PART($value, of: 4, below: 8) ->
        [0] { "" }
       *[other] { PART($value, of: 4, below: 8) }{ PART($value, below: 4) ->
            [0] { "" }
           *[other] 万
        }
    }
digits-0 = { PART($value, below: 4) ->
        [0] { "" }
       *[other] { PART($value, below: 4) }
    }
scale = { SCALE($value, steps: "4") ->
        [0] { "" }
       *[other] { PART($value, below: 4) ->
            [0] { PART($value, below: 8) ->
                [0] { PART($value, below: 12) ->
                    [0] 兆
                   *[other] 億
                }
               *[other] 万
            }
           *[other] { "" }
        }
    }
# The lower end keeps all its scale words.
low = { SCALE($min, steps: "4") ->
        [0] { $min }
       *[other] { low-12 }{ low-8 }{ low-4 }{ low-0 }
    }
low-12 = { PART($min, of: 12) ->
        [0] { "" }
       *[other] { PART($min, of: 12) }兆
    }
low-8 = { PART($min, of: 8, below: 12) ->
        [0] { "" }
       *[other] { PART($min, of: 8, below: 12) }億
    }
low-4 = { PART($min, of: 4, below: 8) ->
        [0] { "" }
       *[other] { PART($min, of: 4, below: 8) }万
    }
low-0 = { PART($min, below: 4) ->
        [0] { "" }
       *[other] { PART($min, below: 4) }
    }
before = { $approx ->
        [about] 約
        [range] { low }〜
       *[other] { "" }
    }
behind = { $approx ->
        [over] 超
        [almost] 近く
       *[other] { "" }
    }
number = { before }{ digits }{ scale }

## Units

# A currency without a name here shows its code ($currency, ISO 4217).
money = { $currency ->
        [CNY] 元
        [EUR] ユーロ
        [JPY] 円
        [USD] ドル
       *[other] { $currency }
    }
# 2000億〜3000億元, but 5000元〜2万元: 5000〜2万元 could be read as 5000万.
before-money = { $approx ->
        [range] { low }{ SCALE($min, steps: "4") ->
            [0] { SCALE($value, steps: "4") ->
                [0] { "" }
               *[other] { money }
            }
           *[other] { "" }
        }〜
       *[other] { before }
    }
measure-money = { before-money }{ digits }{ scale }{ money }{ behind }
    .before = { before-money }
    .number = { digits }
    .after = { scale }{ money }{ behind }
measure-cny = { measure-money }
    .before = { measure-money.before }
    .number = { measure-money.number }
    .after = { measure-money.after }
measure-eur = { measure-money }
    .before = { measure-money.before }
    .number = { measure-money.number }
    .after = { measure-money.after }
measure-jpy = { measure-money }
    .before = { measure-money.before }
    .number = { measure-money.number }
    .after = { measure-money.after }
measure-usd = { measure-money }
    .before = { measure-money.before }
    .number = { measure-money.number }
    .after = { measure-money.after }
before-percent = { $approx ->
        [range] { $min }〜
       *[other] { before }
    }
measure-percent = { before-percent }{ $value }%{ behind }
    .before = { before-percent }
    .number = { $value }%
    .after = { behind }
# The sentence contains 企業; the figure has its counter: 20〜30社, 5000社〜2万社.
before-enterprise = { $approx ->
        [range] { low }{ SCALE($min, steps: "4") ->
            [0] { SCALE($value, steps: "4") ->
                [0] { "" }
               *[other] 社
            }
           *[other] { "" }
        }〜
       *[other] { before }
    }
measure-enterprise = { before-enterprise }{ digits }{ scale }社{ behind }
    .before = { before-enterprise }
    .number = { digits }
    .after = { scale }社{ behind }
# A certificate uses `style: "formal"`: 21を超える国, because 21カ国超 is press style.
measure-country = { $style ->
        [formal] { $approx ->
            [over] { number }を超える国
           *[other] { number }カ国{ behind }
        }
       *[other] { number }カ国{ behind }
    }
    .before = { before }
    .number = { digits }
    .after = { scale }カ国{ behind }
measure-year = { number }年{ behind }
    .before = { before }
    .number = { digits }
    .after = { scale }年{ behind }
measure-month = { number }カ月{ behind }
    .before = { before }
    .number = { digits }
    .after = { scale }カ月{ behind }
# 10日間, so that it is not read as a date; 10日超, 10日近く.
days = { $approx ->
        [over] 日
        [almost] 日
       *[other] 日間
    }
measure-day = { number }{ days }{ behind }
    .before = { before }
    .number = { digits }
    .after = { scale }{ days }{ behind }
measure-rank = { $value }位
    .before = { "" }
    .number = { $value }
    .after = 位

## Ordinals
## $n: the rank. The press writes 1位; a certificate puts 第 before it.

ordinal = { $n }位

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long or short.

date-day = { $year }年{ $month }月{ $day }日
date-month = { $year }年{ $month }月
date-year = { $year }年
date-year-end = { $year }年末
# $from, $to: the two dates in words; $precision: year, month or day; $common: year or month if both dates share it,
# otherwise none; $from-year, $from-month, … are the parts of both: “2031年3〜6月”, “2031年3月1日〜4月15日”.
date-span = { $precision ->
        [year] { $from-year }〜{ $to-year }年
        [month] { $common ->
            [year] { $from-year }年{ $from-month }〜{ $to-month }月
           *[none] { $from }〜{ $to }
        }
       *[day] { $common ->
            [month] { $from-year }年{ $from-month }月{ $from-day }〜{ $to-day }日
            [year] { $from }〜{ $to-month }月{ $to-day }日
           *[none] { $from }〜{ $to }
        }
    }
# 12-hour clock, from 午前0時 to 午後11時59分; 12:00 is 正午, 12:30 is 午後0時30分.
clock-hour = { $hour ->
        [12] 午後0
        [13] 午後1
        [14] 午後2
        [15] 午後3
        [16] 午後4
        [17] 午後5
        [18] 午後6
        [19] 午後7
        [20] 午後8
        [21] 午後9
        [22] 午後10
        [23] 午後11
       *[other] 午前{ $hour }
    }時
# No zero before the minutes: 午前10時5分.
clock-minute = { $minute ->
        [01] 1
        [02] 2
        [03] 3
        [04] 4
        [05] 5
        [06] 6
        [07] 7
        [08] 8
        [09] 9
       *[other] { $minute }
    }分
date-time = { date-day }{ $minute ->
        [00] { $hour ->
            [12] 正午
           *[other] { clock-hour }
        }
       *[other] { clock-hour }{ clock-minute }
    }

## Forms of names
## $name: the plain name.

name-of = { $name }の
name-to = { $name }へ
name-in = { $name }で
name-by = { $name }が
# The form of a certificate; 市 and the like come from the data.
name-full = { $name }
