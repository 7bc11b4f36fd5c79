//! Numerals of the algorithmic numbering systems of CLDR.

/// Formats a number from 1 to 99999 in simplified Chinese numerals (CLDR, zh spellout-cardinal): 12 is 十二, 105 is
/// 一百零五.
pub fn han(n: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut out = String::new();
    let mut gap = false;
    for (power, unit) in [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (n / power % 10) as usize;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push_str(DIGITS[0]);
            gap = false;
        }
        // 10 to 19 begin with 十, not 一十.
        if !(power == 10 && digit == 1 && out.is_empty()) {
            out.push_str(DIGITS[digit]);
        }
        out.push_str(unit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numerals_follow_cldr() {
        for (n, words) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (21, "二十一"),
            (100, "一百"),
            (105, "一百零五"),
            (110, "一百一十"),
            (115, "一百一十五"),
            (1000, "一千"),
            (1005, "一千零五"),
            (1010, "一千零一十"),
            (10001, "一万零一"),
        ] {
            assert_eq!(han(n), words);
        }
    }
}
