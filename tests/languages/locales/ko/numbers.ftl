# The grammar of values in Korean, and how a Korean page is set.
# Sources: CLDR 48; 한글 맞춤법 and 표준어 규정 with the appendix 문장 부호 (National Institute of Korean Language); usage of the
# daily press (12만1000곳, 1조5000억 위안).

## Settings

locale-icu = ko-KR
# No commas: 만, 억 and 조 separate the digits.
number-grouping = never
number-digits = latn
text-direction = ltr
# Korean has spaces and the punctuation of Latin scripts.
page-tradition = latin
paragraph = ragged
paragraph-indent = 0
hyphenation = no
# Lines end only at spaces, never inside a word.
line-breaks = spaces
letter-spacing = yes
fonts-text = Source Serif 4, Noto Serif KR
fonts-label = Source Sans 3, Noto Sans KR
fonts-heading = Source Serif 4, Noto Serif KR
fonts-name = Source Serif 4, Noto Serif KR
fonts-emphasis = Source Sans 3, Noto Sans KR
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
full-width-punctuation = { "" }
# Endings that are raised after a numeral.
ordinal-endings = { "" }

## Numbers
## $value: the number, or the upper end of a range; $min: its lower end, or none.
## $approx: over, almost, about or exact; range if there is a lower end.
## $style: subject, object or to, for the particles 이/가, 을/를, 으로/로 after the figure; none of them without it.
## formal writes “21개가 넘는 국가” where 이상 would say “21 or more”.
## 약 precedes the number; 초과 and 가까이 follow its unit. 이상 would include the number itself. Round numbers of things have 여 instead: 20여 개국.

# All groups of four digits, without the last scale word: `scale` has it, next to the unit after the large digits.
digits = { SCALE($value, steps: "4") ->
        [0] { $value }
       *[other] { digits-12 }{ digits-8 }{ digits-4 }{ digits-0 }
    }
digits-12 = { PART($value, of: 12) ->
        [0] { "" }
       *[other] { PART($value, of: 12) }{ PART($value, below: 12) ->
            [0] { "" }
           *[other] 조
        }
    }
digits-8 = { PART($value, of: 8, below: 12) ->
        [0] { "" }
       *[other] { PART($value, of: 8, below: 12) }{ PART($value, below: 8) ->
            [0] { "" }
           *[other] 억
        }
    }
digits-4 = { PART($value, of: 4, below: 8) ->
        [0] { "" }
       *[other] { PART($value, of: 4, below: 8) }{ PART($value, below: 4) ->
            [0] { "" }
           *[other] 만
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
                    [0] 조
                   *[other] 억
                }
               *[other] 만
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
       *[other] { PART($min, of: 12) }조
    }
low-8 = { PART($min, of: 8, below: 12) ->
        [0] { "" }
       *[other] { PART($min, of: 8, below: 12) }억
    }
low-4 = { PART($min, of: 4, below: 8) ->
        [0] { "" }
       *[other] { PART($min, of: 4, below: 8) }만
    }
low-0 = { PART($min, below: 4) ->
        [0] { "" }
       *[other] { PART($min, below: 4) }
    }
# 2000억~3000억 위안, but 5000위안~2만 위안: 5000~2만 위안 could be read as 5000만.
before = { $approx ->
        [about] 약
        [range] { low }{ SCALE($min, steps: "4") ->
            [0] { SCALE($value, steps: "4") ->
                [0] { "" }
               *[other] { unit }
            }
           *[other] { "" }
        }~
       *[other] { "" }
    }
# 약 and its space.
lead = { $approx ->
        [about] { before }{ " " }
       *[other] { before }
    }
postfix = { $approx ->
        [over] 초과
        [almost] 가까이
       *[exact] { "" }
    }
# 초과 and 가까이, with their space.
trail = { $approx ->
        [over] { " " }초과
        [almost] { " " }가까이
       *[exact] { "" }
    }
# What things are counted with. After 여 it is a separate word: 20개국, but 20여 개국.
counted = { $approx ->
        [over] { SHAPE($value) ->
            [round] 여{ "\u00A0" }{ unit }
           *[other] { unit }{ trail }
        }
       *[other] { unit }{ trail }
    }
things = { lead }{ digits }{ scale }{ counted }{ particle }
# The word whose end decides the particle. 퍼센트 is how % is read.
tail = { $approx ->
        [over] { $unit ->
            [percent] 초과
            [enterprise] { tail-things }
            [country] { tail-things }
            [year] { tail-things }
            [month] { tail-things }
            [day] { tail-things }
           *[other] 초과
        }
        [almost] 가까이
       *[exact] { unit }
    }
tail-things = { SHAPE($value) ->
        [round] { unit }
       *[other] 초과
    }
particle = { $style ->
        [subject] { FINAL(tail) ->
            [vowel] 가
            [rieul] 이
            [consonant] 이
            [l] 이
            [m] 이
            [n] 이
            [r] 이
           *[other] 가
        }
        [object] { FINAL(tail) ->
            [vowel] 를
            [rieul] 을
            [consonant] 을
            [l] 을
            [m] 을
            [n] 을
            [r] 을
           *[other] 를
        }
        [to] { FINAL(tail) ->
            [consonant] 으로
            [m] 으로
            [n] 으로
           *[other] 로
        }
       *[none] { "" }
    }

## Units
## $currency: the ISO 4217 code of a currency without its own message.

unit = { $unit ->
        [percent] 퍼센트
        [enterprise] 곳
        [country] 개국
        [year] 년
        [month] 개월
        [day] 일
       *[other] { currency }
    }
# Names of CLDR; other currencies show their code.
currency = { $currency ->
        [CNY] 위안
        [EUR] 유로
        [USD] 달러
        [KRW] 원
        [JPY] 엔
        [GBP] 파운드
        [CHF] 스위스 프랑
        [INR] 루피
       *[other] { $currency }
    }
# 원 is written with the number, foreign currencies are separate words.
measure-money = { lead }{ digits }{ scale }{ "\u00A0" }{ currency }{ trail }{ particle }
    .before = { before }
    .number = { digits }
    .after = { scale }{ "\u00A0" }{ currency }{ trail }
measure-krw = { lead }{ digits }{ scale }원{ trail }{ particle }
    .before = { before }
    .number = { digits }
    .after = { scale }원{ trail }
measure-cny = { measure-money }
    .before = { measure-money.before }
    .number = { measure-money.number }
    .after = { measure-money.after }
measure-eur = { measure-money }
    .before = { measure-money.before }
    .number = { measure-money.number }
    .after = { measure-money.after }
measure-usd = { measure-money }
    .before = { measure-money.before }
    .number = { measure-money.number }
    .after = { measure-money.after }
percent-before = { $approx ->
        [range] { $min }~
       *[other] { before }
    }
measure-percent = { $approx ->
        [about] { percent-before }{ " " }
       *[other] { percent-before }
    }{ $value }%{ trail }{ particle }
    .before = { percent-before }
    .number = { $value }%
    .after = { postfix }
# 여 is a suffix of the number: large with it in a key figure.
things-number = { digits }{ $approx ->
        [over] { SHAPE($value) ->
            [round] { scale }여
           *[other] { "" }
        }
       *[other] { "" }
    }
things-after = { $approx ->
        [over] { SHAPE($value) ->
            [round] { unit }
           *[other] { scale }{ unit }{ trail }
        }
       *[other] { scale }{ unit }{ trail }
    }
measure-enterprise = { things }
    .before = { before }
    .number = { things-number }
    .after = { things-after }
measure-country = { $style ->
        [formal] { $approx ->
            [over] { digits }{ scale }개가 넘는 국가
           *[other] { things }
        }
       *[other] { things }
    }
    .before = { before }
    .number = { things-number }
    .after = { things-after }
measure-year = { things }
    .before = { before }
    .number = { things-number }
    .after = { things-after }
measure-month = { things }
    .before = { before }
    .number = { things-number }
    .after = { things-after }
measure-day = { things }
    .before = { before }
    .number = { things-number }
    .after = { things-after }
measure-rank = { $value }위
    .before = { "" }
    .number = { $value }
    .after = 위

## Ordinals
## $n: the rank.

ordinal = { $n }위

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long, the default; in, at the beginning of a sentence (“2031년”,
## “2031년 말”); as-of, the date of a count (“2031년 말 기준”); by, the date until which something is expected (“2033년까지”).

date-day = { $year }년 { $month }월{ "\u00A0" }{ $day }일{ as-of }
date-month = { $year }년 { $month }월{ as-of }
date-year = { $year }년{ as-of }
date-year-end = { $year }년 말{ as-of }
as-of = { $style ->
        [as-of] { " " }기준
        [by] 까지
       *[long] { "" }
    }
# 12-hour clock: 오전 0시 to 오후 11시 59분; 12:00 is 낮 12시.
date-time = { $year }년 { $month }월{ "\u00A0" }{ $day }일 { $hour ->
        [12] 낮 12
        [13] 오후 1
        [14] 오후 2
        [15] 오후 3
        [16] 오후 4
        [17] 오후 5
        [18] 오후 6
        [19] 오후 7
        [20] 오후 8
        [21] 오후 9
        [22] 오후 10
        [23] 오후 11
       *[other] 오전 { $hour }
    }시{ $minute ->
        [00] { "" }
        [01] { " " }1분
        [02] { " " }2분
        [03] { " " }3분
        [04] { " " }4분
        [05] { " " }5분
        [06] { " " }6분
        [07] { " " }7분
        [08] { " " }8분
        [09] { " " }9분
       *[other] { " " }{ $minute }분
    }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month, $from-day, $to-year, …
date-span = { $precision ->
        [year] { $from-year }~{ $to-year }년
        [month] { $common ->
            [year] { $from-year }년 { $from-month }~{ $to-month }월
           *[none] { $from-year }년 { $from-month }월~{ $to-year }년 { $to-month }월
        }
       *[day] { $common ->
            [month] { $from-year }년 { $from-month }월 { $from-day }~{ $to-day }일
            [year] { $from-year }년 { $from-month }월 { $from-day }일~{ $to-month }월 { $to-day }일
           *[none] { $from-year }년 { $from-month }월 { $from-day }일~{ $to-year }년 { $to-month }월 { $to-day }일
        }
    }{ $style ->
        [as-of] { " " }사이
        [by] { " " }사이
       *[long] { "" }
    }

## Forms of names
## $name: the plain name. Particles depend on how it ends: 루멘은, 서울은, 포트애저는. Digits and Latin letters are read in
## Korean: 2032 ends in 이, L in 엘. A Latin word that is not read letter by letter gives its forms in the data.

name-topic = { $name }{ FINAL($name) ->
        [vowel] 는
        [rieul] 은
        [consonant] 은
        [0] 은
        [1] 은
        [2] 는
        [3] 은
        [4] 는
        [5] 는
        [6] 은
        [7] 은
        [8] 은
        [9] 는
        [l] 은
        [m] 은
        [n] 은
        [r] 은
       *[other] 는
    }
name-subject = { $name }{ FINAL($name) ->
        [vowel] 가
        [rieul] 이
        [consonant] 이
        [0] 이
        [1] 이
        [2] 가
        [3] 이
        [4] 가
        [5] 가
        [6] 이
        [7] 이
        [8] 이
        [9] 가
        [l] 이
        [m] 이
        [n] 이
        [r] 이
       *[other] 가
    }
name-object = { $name }{ FINAL($name) ->
        [vowel] 를
        [rieul] 을
        [consonant] 을
        [0] 을
        [1] 을
        [2] 를
        [3] 을
        [4] 를
        [5] 를
        [6] 을
        [7] 을
        [8] 을
        [9] 를
        [l] 을
        [m] 을
        [n] 을
        [r] 을
       *[other] 를
    }
name-with = { $name }{ FINAL($name) ->
        [vowel] 와
        [rieul] 과
        [consonant] 과
        [0] 과
        [1] 과
        [2] 와
        [3] 과
        [4] 와
        [5] 와
        [6] 과
        [7] 과
        [8] 과
        [9] 와
        [l] 과
        [m] 과
        [n] 과
        [r] 과
       *[other] 와
    }
# 로 after a vowel and after ㄹ: 서울로, 1로.
name-to = { $name }{ FINAL($name) ->
        [vowel] 로
        [rieul] 로
        [consonant] 으로
        [0] 으로
        [1] 로
        [2] 로
        [3] 으로
        [4] 로
        [5] 로
        [6] 으로
        [7] 로
        [8] 로
        [9] 로
        [m] 으로
        [n] 으로
       *[other] 로
    }
name-of = { $name }의
name-in = { $name }에
name-at = { $name }에서
# The form of a certificate; 시 and the like come from the data.
name-full = { $name }
