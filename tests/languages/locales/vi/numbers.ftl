# The grammar of values in Vietnamese, and how a Vietnamese page is set.
# Sources: CLDR 48; style of the Vietnam News Agency (TTXVN); Decree 30/2020/NĐ-CP on clerical work (dates, signs).

## Settings

locale-icu = vi-VN
number-grouping = auto
number-digits = auto
text-direction = ltr
page-tradition = latin
paragraph = ragged
paragraph-indent = 0
hyphenation = no
letter-spacing = yes
fonts-text = Source Serif 4, Noto Serif SC
fonts-label = Source Sans 3, Noto Sans SC
fonts-heading = Source Serif 4, Noto Serif SC
fonts-name = Source Serif 4, Noto Serif SC
fonts-emphasis = Source Sans 3, Noto Sans SC
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
## $approx: over, almost, about or exact; range if there is a lower end. Nouns have no plural.
## $style: from, after “đến từ”, which has the “từ” of a range.

# The press counts in triệu (10⁶) and tỷ (10⁹): 1.500 tỷ.
digits = { SHIFT($value, steps: "9 6", decimals: 2) }
scale = { SCALE($value, steps: "9 6", decimals: 2) ->
        [9] tỷ
        [6] triệu
       *[0] { "" }
    }
# The lower end, with a scale word if it differs from that of the upper end: “từ 900 triệu đến 1,2 tỷ”.
low = { SHIFT($min, steps: "9 6", decimals: 2) }{ SCALE($min, $value, steps: "9 6", decimals: 2) ->
        [9] { "\u00A0" }tỷ
        [6] { "\u00A0" }triệu
       *[same] { "" }
    }
hedge = { $approx ->
        [over] hơn
        [almost] gần
        [about] khoảng
        [range] { $style ->
            [from] { low } đến
           *[none] từ { low } đến
        }
       *[exact] { "" }
    }
# The hedge and the space that follows it.
hedged = { $approx ->
        [exact] { "" }
       *[other] { hedge }{ " " }
    }
# The number and the space before what it counts.
number = { digits }{ "\u00A0" }{ after-scale }
after-scale = { SCALE($value, steps: "9 6", decimals: 2) ->
        [0] { "" }
       *[other] { scale }{ " " }
    }

## Units
## $currency: the ISO 4217 code of a currency without its own message.

# Names in use in the press; other currencies show their code.
currency = { $currency ->
        [JPY] yên
        [GBP] bảng Anh
        [CHF] franc Thụy Sĩ
        [KRW] won
        [INR] rupee
        [VND] đồng
       *[other] { $currency }
    }
measure-money = { hedged }{ number }{ currency }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ currency }
measure-cny = { hedged }{ number }nhân dân tệ
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }nhân dân tệ
measure-eur = { hedged }{ number }euro
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }euro
# The press writes the code of the dollar: “2,5 tỷ USD”.
measure-usd = { hedged }{ number }USD
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }USD
percent-hedge = { $approx ->
        [range] từ { $min }% đến
       *[other] { hedge }
    }
measure-percent = { $approx ->
        [range] { percent-hedge }{ " " }
       *[other] { hedged }
    }{ $value }%
    .before = { percent-hedge }
    .number = { $value }%
    .after = { "" }
measure-enterprise = { hedged }{ number }doanh nghiệp
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }doanh nghiệp
measure-country = { hedged }{ number }quốc gia
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }quốc gia
measure-year = { hedged }{ number }năm
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }năm
measure-month = { hedged }{ number }tháng
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }tháng
measure-day = { hedged }{ number }ngày
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }ngày
measure-rank = thứ { rank-words }
    .before = hạng
    .number = { $value }
    .after = { "" }
rank-words = { $value ->
        [1] nhất
        [2] hai
        [3] ba
        [4] tư
        [5] năm
        [6] sáu
        [7] bảy
        [8] tám
        [9] chín
        [10] mười
       *[other] { $value }
    }

## Ordinals
## $n: the rank. “Thứ nhất”, “thứ hai” … “thứ mười”, then “thứ 11”.

ordinal = thứ { $n ->
        [1] nhất
        [2] hai
        [3] ba
        [4] tư
        [5] năm
        [6] sáu
        [7] bảy
        [8] tám
        [9] chín
        [10] mười
       *[other] { $n }
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long, the default; when, of an event (“vào tháng 2 năm 2031”);
## in, of what happens during a period (“trong năm 2031”); as-of, of a count, with its comma or space
## (“, tính đến cuối năm 2031”, “ trong giai đoạn 2028-2031”).

date-day = { $style ->
        [when] vào{ " " }
        [in] vào{ " " }
        [as-of] , tính đến{ " " }
       *[long] { "" }
    }ngày{ "\u00A0" }{ $day } tháng{ "\u00A0" }{ $month } năm{ "\u00A0" }{ $year }
date-month = { $style ->
        [when] vào{ " " }
        [in] trong{ " " }
        [as-of] , tính đến{ " " }
       *[long] { "" }
    }tháng{ "\u00A0" }{ $month } năm{ "\u00A0" }{ $year }
date-year = { $style ->
        [when] vào{ " " }
        [in] trong{ " " }
        [as-of] , tính đến{ " " }
       *[long] { "" }
    }năm{ "\u00A0" }{ $year }
date-year-end = { $style ->
        [when] vào{ " " }
        [in] vào{ " " }
        [as-of] , tính đến{ " " }
       *[long] { "" }
    }cuối năm{ "\u00A0" }{ $year }
# 24-hour clock: “10 giờ 5 phút ngày 8 tháng 12 năm 2025”.
date-time = { $hour }{ "\u00A0" }giờ{ $minute ->
        [00] { "" }
       *[other] { " " }{ $minute }{ "\u00A0" }phút
    } ngày{ "\u00A0" }{ $day } tháng{ "\u00A0" }{ $month } năm{ "\u00A0" }{ $year }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month, $from-day, $to-year, … Not $from and $to, which would each have a preposition.
date-span = { $style ->
        [when] trong{ " " }
        [in] trong{ " " }
        [as-of] { " " }trong{ " " }
       *[long] { "" }
    }{ $precision ->
        [year] giai{ "\u00A0" }đoạn{ "\u00A0" }{ $from-year }-{ $to-year }
        [month] { span-lead }từ tháng{ "\u00A0" }{ $from-month }{ $common ->
            [year] { "" }
           *[none] { " " }năm{ "\u00A0" }{ $from-year }
        } đến tháng{ "\u00A0" }{ $to-month } năm{ "\u00A0" }{ $to-year }
       *[day] { span-lead }từ ngày{ "\u00A0" }{ $from-day }{ $common ->
            [month] { "" }
            [year] { " " }tháng{ "\u00A0" }{ $from-month }
           *[none] { " " }tháng{ "\u00A0" }{ $from-month } năm{ "\u00A0" }{ $from-year }
        } đến ngày{ "\u00A0" }{ $to-day } tháng{ "\u00A0" }{ $to-month } năm{ "\u00A0" }{ $to-year }
    }
span-lead = { $style ->
        [when] thời gian{ " " }
        [in] thời gian{ " " }
        [as-of] thời gian{ " " }
       *[long] { "" }
    }

## Forms of names
## $name: the plain name.

name-of = của { $name }
name-to = cho { $name }
name-in = tại { $name }
name-by = do { $name }
name-full = { $name }
