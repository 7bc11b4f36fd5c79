//! Bar codes in Code 128, set B (ISO/IEC 15417). Written for this crate because it needs only a table and a checksum.

/// Widths of bars and spaces, alternating, in modules: values 0 to 102, then the start symbols of sets A and B.
const PATTERNS: [&str; 105] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
    "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
    "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
    "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
    "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
    "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214",
];
const STOP: &str = "2331112";
const START_B: usize = 104;

/// Returns the widths of bars and spaces in modules, in turn, the first a bar. `None` if a character is not printable ASCII.
pub fn encode(text: &str) -> Option<Vec<u8>> {
    let value = |c: char| matches!(c, ' '..='\u{7f}').then(|| c as usize - 32);
    let values: Vec<usize> = text.chars().map(value).collect::<Option<_>>()?;
    let sum = values.iter().enumerate().map(|(index, value)| (index + 1) * value).sum::<usize>() + START_B;
    let symbols = [START_B].into_iter().chain(values).chain([sum % 103]);
    let patterns = symbols.filter_map(|value| PATTERNS.get(value)).chain([&STOP]);
    Some(patterns.flat_map(|pattern| pattern.bytes()).map(|digit| digit - b'0').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_symbol_has_eleven_modules_and_is_unique() {
        let mut seen = Vec::new();
        for pattern in PATTERNS {
            assert_eq!(pattern.bytes().map(|digit| digit - b'0').sum::<u8>(), 11, "{pattern}");
            // An even number of modules is black.
            assert_eq!(pattern.bytes().step_by(2).map(|digit| digit - b'0').sum::<u8>() % 2, 0, "{pattern}");
            assert!(!seen.contains(&pattern), "{pattern}");
            seen.push(pattern);
        }
    }

    #[test]
    fn a_code_ends_with_its_check_symbol() {
        // “PJJ123C” has the check value 54 (an example of the standard for set A; the values are the same in set B, whose
        // start is 104 instead of 103).
        let code = encode("PJJ123C").unwrap();
        let check: String = code[code.len() - 13..code.len() - 7].iter().map(u8::to_string).collect();
        assert_eq!(PATTERNS.iter().position(|pattern| *pattern == check), Some(55));
        assert_eq!(code.iter().map(|width| usize::from(*width)).sum::<usize>(), 11 * 9 + 13);
        assert_eq!(encode("é"), None);
    }
}
