# The grammar of values in Hebrew, and how a Hebrew page is set.
# Sources: CLDR 48; the Academy of the Hebrew Language (numerals, spelling without vowel points, maqaf); usage of the press.

## Settings

locale-icu = he-IL
number-grouping = auto
number-digits = latn
text-direction = rtl
page-tradition = latin
paragraph = ragged
paragraph-indent = 0
hyphenation = no
letter-spacing = yes
# The Hebrew face first: digits and punctuation come from it, Latin letters from the second.
fonts-text = Frank Ruhl Libre, Source Serif 4
fonts-label = Assistant, Source Sans 3
fonts-heading = Frank Ruhl Libre, Source Serif 4
fonts-name = Frank Ruhl Libre, Source Serif 4
fonts-emphasis = Assistant, Source Sans 3
# Outer opening and closing marks, then inner ones: Hebrew opens and closes with the same mark.
quotation-marks = ” ” ’ ’
# A straight apostrophe in a name is a geresh: אז׳ור.
apostrophe = ׳
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
## $style: in, to, from and and put the letters ב, ל, מ and ו before the figure; words spells out three to ten things, and
## so does from-words, with מ. A letter is joined to a word (בחברה אחת) and has a maqaf before digits (ב־20 חברות).

digits = { SHIFT($value, steps: "12 9 6", decimals: 2) }
scale = { SCALE($value, steps: "12 9 6", decimals: 2) ->
        [12] טריליון
        [9] מיליארד
        [6] מיליון
       *[0] { "" }
    }
after-scale = { SCALE($value, steps: "12 9 6", decimals: 2) ->
        [0] { "" }
       *[other] { scale }{ " " }
    }
# The lower end, with a scale word if it differs from that of the upper end; one and two things have no digits.
low = { $min ->
        [1] { $unit ->
            [enterprise] חברה אחת
            [country] מדינה אחת
            [year] שנה אחת
            [month] חודש אחד
            [day] יום אחד
           *[other] { low-digits }
        }
        [2] { $unit ->
            [enterprise] שתי חברות
            [country] שתי מדינות
            [year] שנתיים
            [month] חודשיים
            [day] יומיים
           *[other] { low-digits }
        }
       *[other] { low-digits }
    }
low-digits = { SHIFT($min, steps: "12 9 6", decimals: 2) }{ SCALE($min, $value, steps: "12 9 6", decimals: 2) ->
        [12] { "\u00A0" }טריליון
        [9] { "\u00A0" }מיליארד
        [6] { "\u00A0" }מיליון
       *[same] { "" }
    }
# The letter before the figure.
letter = { $style ->
        [in] ב
        [to] ל
        [from] מ
        [from-words] מ
        [and] ו
       *[none] { "" }
    }
# The same with its maqaf before the lower end of a range.
letter-low = { letter }{ INITIAL(low) ->
        [digit] ־
       *[other] { "" }
    }
# The letter and the hedge, up to what they are joined to. A range after a letter is “מ־20 עד 30”, else “בין 20 ל־30”.
hedge = { $approx ->
        [over] { letter }יותר מ
        [almost] { letter }כמעט
        [about] { letter }כ
        [range] { $style ->
            [in] { letter-low }{ low } עד
            [to] { letter-low }{ low } עד
            [from] { letter-low }{ low } עד
            [from-words] { letter-low }{ low } עד
           *[none] { letter }בין { low } ל
        }
       *[exact] { letter }
    }
# Whether a maqaf, a space or nothing follows the hedge before digits, and before a word.
joint-digits = { $approx ->
        [almost] { " " }
        [exact] { $style ->
            [in] ־
            [to] ־
            [from] ־
            [from-words] ־
            [and] ־
           *[none] { "" }
        }
        [range] { $style ->
            [in] { " " }
            [to] { " " }
            [from] { " " }
            [from-words] { " " }
           *[none] ־
        }
       *[other] ־
    }
joint-word = { $approx ->
        [almost] { " " }
        [range] { $style ->
            [in] { " " }
            [to] { " " }
            [from] { " " }
            [from-words] { " " }
           *[none] { "" }
        }
       *[other] { "" }
    }
# For amounts and percentages, which always begin with digits.
hedged = { hedge }{ joint-digits }
# The same without a space after it.
hedged-strip = { $approx ->
        [almost] { hedge }
       *[other] { hedged }
    }

## Things: the noun follows its number, except “חברה אחת”; two things are “שתי חברות” or a dual, “שנתיים”.

noun-one = { $unit ->
        [enterprise] חברה
        [country] מדינה
        [year] שנה
        [month] חודש
       *[day] יום
    }
nouns = { $unit ->
        [enterprise] חברות
        [country] מדינות
        [year] שנים
        [month] חודשים
       *[day] ימים
    }
# The number, in digits or words; the noun alone for a dual.
count = { $value ->
        [1] { $unit ->
            [month] אחד
            [day] אחד
           *[feminine] אחת
        }
        [2] { $unit ->
            [year] שנתיים
            [month] חודשיים
            [day] יומיים
           *[other] שתי
        }
       *[other] { digits }
    }
lead-noun = { $value ->
        [1] { noun-one }{ " " }
       *[other] { "" }
    }
after-count = { $value ->
        [1] { "" }
        [2] { $unit ->
            [year] { "" }
            [month] { "" }
            [day] { "" }
           *[other] { nouns }
        }
       *[other] { after-scale }{ nouns }
    }
# Three to ten in words, in the gender of the noun, where the sentence asks for words; not in a range.
number-words = { $approx ->
        [range] { count }
       *[other] { $value ->
            [3] { $unit ->
                [month] שלושה
                [day] שלושה
               *[feminine] שלוש
            }
            [4] { $unit ->
                [month] ארבעה
                [day] ארבעה
               *[feminine] ארבע
            }
            [5] { $unit ->
                [month] חמישה
                [day] חמישה
               *[feminine] חמש
            }
            [6] { $unit ->
                [month] שישה
                [day] שישה
               *[feminine] שש
            }
            [7] { $unit ->
                [month] שבעה
                [day] שבעה
               *[feminine] שבע
            }
            [8] { $unit ->
                [month] שמונה
                [day] שמונה
               *[feminine] שמונה
            }
            [9] { $unit ->
                [month] תשעה
                [day] תשעה
               *[feminine] תשע
            }
            [10] { $unit ->
                [month] עשרה
                [day] עשרה
               *[feminine] עשר
            }
           *[other] { count }
        }
    }
number = { $style ->
        [words] { number-words }
        [from-words] { number-words }
       *[none] { count }
    }
start = { lead-noun }{ number }
joint = { INITIAL(start) ->
        [digit] { joint-digits }
       *[other] { joint-word }
    }
things = { hedge }{ joint }{ start }{ $value ->
        [1] { "" }
        [2] { $unit ->
            [year] { "" }
            [month] { "" }
            [day] { "" }
           *[other] { "\u00A0" }
        }
       *[other] { "\u00A0" }
    }{ after-count }
things-before = { $value ->
        [1] { hedge }{ joint }{ noun-one }
       *[other] { $approx ->
            [almost] { hedge }
           *[other] { hedge }{ joint }
        }
    }

## Units
## $currency: the ISO 4217 code of a currency without its own message.

# Names of CLDR; other currencies show their code. After digits the names have one form.
currency = { $currency ->
        [JPY] ין יפני
        [GBP] ליש״ט
        [CHF] פרנק שווייצרי
        [KRW] וון דרום־קוריאני
        [ILS] ש״ח
       *[other] { $currency }
    }
measure-money = { hedged }{ digits }{ "\u00A0" }{ after-scale }{ currency }
    .before = { hedged-strip }
    .number = { digits }
    .after = { after-scale }{ currency }
measure-cny = { hedged }{ digits }{ "\u00A0" }{ after-scale }יואן
    .before = { hedged-strip }
    .number = { digits }
    .after = { after-scale }יואן
measure-eur = { hedged }{ digits }{ "\u00A0" }{ after-scale }אירו
    .before = { hedged-strip }
    .number = { digits }
    .after = { after-scale }אירו
measure-usd = { hedged }{ digits }{ "\u00A0" }{ after-scale }דולר
    .before = { hedged-strip }
    .number = { digits }
    .after = { after-scale }דולר
percent-range = { $style ->
        [in] ב־{ $min }% עד{ " " }
        [to] ל־{ $min }% עד{ " " }
        [from] מ־{ $min }% עד{ " " }
       *[none] { letter }בין { $min }% ל־
    }
measure-percent = { $approx ->
        [range] { percent-range }
       *[other] { hedged }
    }{ $value }%
    .before = { $approx ->
        [range] בין { $min }% ל־
       *[other] { hedged-strip }
    }
    .number = { $value }%
    .after = { "" }
# The large part of a key figure: “שתי” is not parted from its noun.
things-number = { $value ->
        [2] { count }{ "\u00A0" }{ nouns }
       *[other] { count }
    }
things-after = { $value ->
        [2] { "" }
       *[other] { after-count }
    }
measure-enterprise = { things }
    .before = { things-before }
    .number = { things-number }
    .after = { things-after }
measure-country = { things }
    .before = { things-before }
    .number = { things-number }
    .after = { things-after }
measure-year = { things }
    .before = { things-before }
    .number = { count }
    .after = { after-count }
measure-month = { things }
    .before = { things-before }
    .number = { count }
    .after = { after-count }
measure-day = { things }
    .before = { things-before }
    .number = { count }
    .after = { after-count }
measure-rank = { $style ->
        [in] במקום
       *[none] המקום
    } { rank }
    .before = מקום
    .number = { $value }
    .after = { "" }
rank = { $value ->
        [1] הראשון
        [2] השני
        [3] השלישי
        [4] הרביעי
        [5] החמישי
        [6] השישי
        [7] השביעי
        [8] השמיני
        [9] התשיעי
        [10] העשירי
       *[other] ה־{ $value }
    }

## Ordinals
## $n: the rank. Masculine and definite: המקום השני, הסבב השני. In words up to ten, then “ה־11”.

ordinal = { $n ->
        [1] הראשון
        [2] השני
        [3] השלישי
        [4] הרביעי
        [5] החמישי
        [6] השישי
        [7] השביעי
        [8] השמיני
        [9] התשיעי
        [10] העשירי
       *[other] ה־{ $n }
    }

## Dates
## $day, $month: numbers. $month-name, $year: texts. $style: long, the default; in, with ב (“ב־2031”, “בסוף 2031”); for, with ל.

# The letter with its maqaf, and before a word.
date-letter = { $style ->
        [in] ב
        [for] ל
       *[long] { "" }
    }
date-letter-digits = { $style ->
        [in] ב־
        [for] ל־
       *[long] { "" }
    }
date-day = { date-letter-digits }{ $day }{ "\u00A0" }ב{ $month-name } { $year }
date-month = { date-letter }{ $month-name } { $year }
date-year = { date-letter-digits }{ $year }
date-year-end = { date-letter }סוף { $year }
date-time = { date-day } בשעה { $hour }:{ $minute }
# $precision: year, month or day; $common: year or month if both dates share it, otherwise none; and the parts of both:
# $from-year, $from-month-name, $from-day, $to-year, … Not $from and $to, which would each have a letter.
date-span = { $precision ->
        [year] { $style ->
            [in] בשנים{ " " }
            [for] לשנים{ " " }
           *[long] { "" }
        }{ $from-year }–{ $to-year }
       *[other] { $style ->
            [in] בין { first-date } ל{ last-joint }{ last-date }
            [for] לתקופה שבין { first-date } ל{ last-joint }{ last-date }
           *[long] { first-date } עד { last-date }
        }
    }
last-joint = { $precision ->
        [day] ־
       *[month] { "" }
    }
first-date = { $precision ->
        [month] { $from-month-name }{ $common ->
            [none] { " " }{ $from-year }
           *[year] { "" }
        }
       *[day] { $from-day }{ $common ->
            [month] { "" }
            [year] { "\u00A0" }ב{ $from-month-name }
           *[none] { "\u00A0" }ב{ $from-month-name } { $from-year }
        }
    }
last-date = { $precision ->
        [month] { $to-month-name } { $to-year }
       *[day] { $to-day }{ "\u00A0" }ב{ $to-month-name } { $to-year }
    }

## Forms of names
## $name: the plain name. A letter is joined to a Hebrew name and has a maqaf before Latin letters and digits. A name with
## the article gives its forms in the data: “בכנס”.

name-in = { INITIAL($name) ->
        [other] ב{ $name }
       *[digit] ב־{ $name }
    }
name-to = { INITIAL($name) ->
        [other] ל{ $name }
       *[digit] ל־{ $name }
    }
name-of = של { $name }
name-by = בידי { $name }
name-full = { $name }
