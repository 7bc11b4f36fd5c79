//! `gen-report check`: mistakes that translators and editors make are found at their places.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{
    CERTIFICATE, CITY_RELEASE, EN, EN_NUMBERS, EN_PROGRAMME, FR, FR_NUMBERS, FR_PROGRAMME, ProjectDir, RESULTS_FILE,
    ZH, assert_contains, assert_screen,
};

/// A mistake in one file of the example edition, and where it must be reported.
struct Mistake {
    name: &'static str,
    file: &'static str,
    /// A text in the file and its replacement. If the text is empty, the replacement is added at the end.
    change: (&'static str, &'static str),
    code: &'static str,
    /// The file, and the text at whose start the diagnostic points.
    at: (&'static str, &'static str),
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a missing message that a template uses",
        file: FR_PROGRAMME,
        change: ("city-lede =", "city-led ="),
        code: "E0202",
        at: (CITY_RELEASE, "{{t \"city-lede\""),
    },
    Mistake {
        name: "an unused message",
        file: FR,
        change: ("", "forgotten = Rien\n"),
        code: "W0212",
        at: (FR, "forgotten"),
    },
    Mistake {
        name: "a misspelt variable",
        file: FR_PROGRAMME,
        change: ("sentence-routes = ", "sentence-routes = { MEASURE($contries) } "),
        code: "E0203",
        at: (FR_PROGRAMME, "contries"),
    },
    Mistake {
        name: "a variable that only one language does not use",
        file: EN,
        change: ("No.{ \"\\u00A0\" }{ $serial }", "No."),
        code: "W0213",
        at: (EN, "certificate-serial"),
    },
    Mistake {
        name: "a variable of the template that no language uses",
        file: CITY_RELEASE,
        change: ("{{t \"city-lede\"}}", "{{t \"city-lede\" ctiy=city}}"),
        code: "W0212",
        at: (CITY_RELEASE, "{{t \"city-lede\""),
    },
    Mistake {
        name: "a missing attribute that a template uses",
        file: EN_PROGRAMME,
        change: ("    .of-city = size of { NAME($city, form: \"of\") } digital economy\n", ""),
        code: "E0202",
        at: (EN_PROGRAMME, "figure-digital-economy-size"),
    },
    Mistake {
        name: "an unused attribute",
        file: EN,
        change: ("end-mark = ###\n", "end-mark = ###\n    .short = #\n"),
        code: "W0212",
        at: (EN, "short = #"),
    },
    Mistake {
        name: "an unknown term",
        file: FR,
        change: ("end-mark = ", "end-mark = { -brand } "),
        code: "E0208",
        at: (FR, "brand"),
    },
    Mistake {
        name: "an unknown message",
        file: FR_PROGRAMME,
        change: ("sentence-routes = ", "sentence-routes = { selectoin } "),
        code: "E0208",
        at: (FR_PROGRAMME, "selectoin"),
    },
    Mistake {
        name: "an unknown attribute",
        file: FR,
        change: ("end-mark = ", "end-mark = { certificate.long } "),
        code: "E0208",
        at: (FR, "long }"),
    },
    Mistake {
        name: "a missing plural category",
        file: FR_NUMBERS,
        change: ("        [many] yuans\n", ""),
        code: "E0209",
        at: (FR_NUMBERS, "value ->\n        [one] yuan"),
    },
    Mistake {
        name: "a plural category that the language does not have",
        file: EN_NUMBERS,
        change: ("        [one] enterprise\n", "        [one] enterprise\n        [few] enterprises\n"),
        code: "E0209",
        at: (EN_NUMBERS, "few] enterprises"),
    },
    Mistake {
        name: "a missing ordinal category",
        file: EN_NUMBERS,
        change: ("        [two] { $n }nd\n", ""),
        code: "E0209",
        at: (EN_NUMBERS, "NUMBER($n"),
    },
    Mistake {
        name: "a unit without words in any language",
        file: RESULTS_FILE,
        change: ("value: 2_400, unit: enterprise", "value: 2_400, unit: entreprise"),
        code: "E0211",
        at: (RESULTS_FILE, "entreprise, hedge"),
    },
    Mistake {
        name: "a hedge without its variant",
        file: EN_NUMBERS,
        change: ("        [almost] nearly\n", ""),
        code: "E0210",
        at: (EN_NUMBERS, "approx ->\n        [over] more than"),
    },
    Mistake {
        name: "a nature without its variant",
        file: ZH,
        change: ("        [forecast] 预测值\n", ""),
        code: "E0210",
        at: (ZH, "nature ->\n       *[observed] 实际数据"),
    },
    Mistake {
        name: "a misspelt variant",
        file: EN_NUMBERS,
        change: ("[over] more than", "[ovr] more than"),
        code: "E0210",
        at: (EN_NUMBERS, "ovr]"),
    },
    Mistake {
        name: "a misspelt style of a date",
        file: EN,
        change: ("DATE($published, style: \"short\")", "DATE($published, style: \"shrot\")"),
        code: "E0210",
        at: (EN, "shrot"),
    },
    Mistake {
        name: "a misspelt gender of an ordinal",
        file: FR_PROGRAMME,
        change: ("ORDINAL($edition, gender: \"feminine\")", "ORDINAL($edition, gender: \"femine\")"),
        code: "E0210",
        at: (FR_PROGRAMME, "femine\")"),
    },
    Mistake {
        name: "a misspelt style of a figure",
        file: FR_PROGRAMME,
        change: ("MEASURE($committee-countries, style: \"of\")", "MEASURE($committee-countries, style: \"off\")"),
        code: "E0210",
        at: (FR_PROGRAMME, "off\")"),
    },
    Mistake {
        name: "a measure without one of its parts",
        file: EN_NUMBERS,
        change: ("    .number = { $value }%\n", ""),
        code: "E0211",
        at: (EN_NUMBERS, "measure-percent"),
    },
    Mistake {
        name: "parts that differ from the whole",
        file: EN_NUMBERS,
        change: ("    .after = { after-scale }yuan\n", "    .after = { after-scale }renminbi\n"),
        code: "W0214",
        at: (EN_NUMBERS, "measure-cny"),
    },
    Mistake {
        name: "a straight apostrophe",
        file: FR,
        change: ("specimen = ", "specimen = L'exemple "),
        code: "W0221",
        at: (FR, "'exemple"),
    },
    Mistake {
        name: "straight quotation marks",
        file: EN,
        change: ("specimen = ", "specimen = \"So\" "),
        code: "W0221",
        at: (EN, "\"So"),
    },
    Mistake {
        name: "two spaces",
        file: EN,
        change: ("press-release = News ", "press-release = News  "),
        code: "W0222",
        at: (EN, "  release"),
    },
    Mistake {
        name: "a plain space where a no-break one belongs",
        file: FR,
        change: ("sources = Données{ \"\\u00A0\" }:", "sources = Données :"),
        code: "W0222",
        at: (FR, " : { $sources }"),
    },
    Mistake {
        name: "no space before a semicolon",
        file: FR,
        change: ("specimen = ", "specimen = Attention; "),
        code: "W0222",
        at: (FR, "; Exemple"),
    },
    Mistake {
        name: "half-width punctuation",
        file: ZH,
        change: ("specimen = 样张，", "specimen = 样张,"),
        code: "W0223",
        at: (ZH, ",不"),
    },
    Mistake {
        name: "an ordinal that is not raised",
        file: FR,
        change: ("specimen = ", "specimen = 2e "),
        code: "W0224",
        at: (FR, "e Exemple"),
    },
    Mistake {
        name: "a duplicate message in a file",
        file: FR,
        change: ("", "specimen = Exemple\n"),
        code: "E0105",
        at: (FR, "specimen = Exemple\n"),
    },
    Mistake {
        name: "a duplicate message in two files",
        file: FR_NUMBERS,
        change: ("", "specimen = Exemple\n"),
        code: "E0105",
        at: (FR_NUMBERS, "specimen"),
    },
    Mistake { name: "junk", file: FR, change: ("specimen = ", "specimen { $x = "), code: "E0201", at: (FR, "{ $x = ") },
    Mistake {
        name: "an unknown function",
        file: FR,
        change: ("NAME($place)", "NAM($place)"),
        code: "E0204",
        at: (FR, "NAM($place)"),
    },
    Mistake {
        name: "a message with the name of a function",
        file: FR,
        change: ("", "DATE = jour\n"),
        code: "E0201",
        at: (FR, "DATE = jour"),
    },
    Mistake {
        name: "an unknown form of a name",
        file: FR_PROGRAMME,
        change: ("NAME($organiser, form: \"by\")", "NAME($organiser, form: \"bye\")"),
        code: "E0208",
        at: (FR_PROGRAMME, "NAME($organiser, form: \"bye\")"),
    },
    Mistake {
        name: "a mistake that shows only with a value",
        file: EN_NUMBERS,
        change: ("digits = { SHIFT($value, steps: \"12 9 6\", decimals: 2) }", "digits = { SHIFT($value, by: \"x\") }"),
        code: "E0204",
        at: (EN_NUMBERS, "SHIFT($value, by"),
    },
    Mistake {
        name: "an invalid setting",
        file: FR_NUMBERS,
        change: ("text-direction = ltr", "text-direction = left"),
        code: "E0205",
        at: (FR_NUMBERS, "left"),
    },
    Mistake {
        name: "an unknown typeface",
        file: FR_NUMBERS,
        change: ("fonts-text = Source Serif 4", "fonts-text = Sauce Serif 4"),
        code: "E0502",
        at: (FR_NUMBERS, "Sauce Serif 4"),
    },
    Mistake {
        name: "a gap in the ranks",
        file: RESULTS_FILE,
        change: ("    rank: 1\n", "    rank: 2\n"),
        code: "E0108",
        at: (RESULTS_FILE, "2\n    # route"),
    },
    Mistake {
        name: "dates out of order",
        file: RESULTS_FILE,
        change: ("published: 2025-12-08\n  place", "published: 2025-11-08\n  place"),
        code: "E0108",
        at: (RESULTS_FILE, "2025-11-08\n  place"),
    },
    Mistake {
        name: "an embargo that ends after the announcement",
        file: RESULTS_FILE,
        change: ("contact:\n", "embargo: {until: 2025-12-01}\n\ncontact:\n"),
        code: "E0108",
        at: (RESULTS_FILE, "2025-12-01}"),
    },
    Mistake {
        name: "a share above 100 %",
        file: RESULTS_FILE,
        change: ("value: 52,", "value: 152,"),
        code: "E0108",
        at: (RESULTS_FILE, "152,"),
    },
    Mistake {
        name: "an observation in the future",
        file: RESULTS_FILE,
        change: (
            "hedge: almost, nature: observed, period: end of 2024",
            "hedge: almost, nature: observed, period: 2031",
        ),
        code: "E0108",
        at: (RESULTS_FILE, "600, unit"),
    },
    Mistake {
        name: "an unknown source",
        file: RESULTS_FILE,
        change: ("source: beijing-daily}", "source: bejing-daily}"),
        code: "E0107",
        at: (RESULTS_FILE, "bejing-daily}"),
    },
    Mistake {
        name: "an unknown key figure",
        file: RESULTS_FILE,
        change: ("    - beijing/digital-manufacturers\n", "    - beijing/digital-manufacturer\n"),
        code: "E0107",
        at: (RESULTS_FILE, "beijing/digital-manufacturer\n"),
    },
    Mistake {
        name: "a key figure of an unknown city",
        file: RESULTS_FILE,
        change: ("    - beijing/digital-manufacturers\n", "    - bejing/digital-manufacturers\n"),
        code: "E0107",
        at: (RESULTS_FILE, "bejing/digital-manufacturers"),
    },
    Mistake {
        name: "an unknown key figure of a city",
        file: RESULTS_FILE,
        change: ("key-figures: [digital-economy-size,", "key-figures: [digital-economy-sise,"),
        code: "E0107",
        at: (RESULTS_FILE, "digital-economy-sise"),
    },
    Mistake {
        name: "a milestone in the future",
        file: RESULTS_FILE,
        change: ("benchmark-ambition: 2021", "benchmark-ambition: 2031"),
        code: "E0108",
        at: (RESULTS_FILE, "2031"),
    },
    Mistake {
        name: "a text without one of the languages",
        file: RESULTS_FILE,
        change: ("country: {fr: Chine, en: China, zh: 中国}", "country: {fr: Chine, en: China}"),
        code: "E0106",
        at: (RESULTS_FILE, "{fr: Chine, en: China}"),
    },
    Mistake {
        name: "a misspelt key",
        file: RESULTS_FILE,
        change: ("    status: selected", "    statut: selected"),
        code: "E0102",
        at: (RESULTS_FILE, "statut"),
    },
    Mistake {
        name: "a missing photo",
        file: RESULTS_FILE,
        change: ("    milestones:", "    photo: {file: nowhere.jpg, credit: X, alt: Y, caption: Z}\n    milestones:"),
        code: "E0304",
        at: (RESULTS_FILE, "nowhere.jpg"),
    },
    Mistake {
        name: "a photo without alternative text",
        file: RESULTS_FILE,
        change: ("    milestones:", "    photo: {file: nowhere.jpg, credit: X, caption: Z}\n    milestones:"),
        code: "E0104",
        at: (RESULTS_FILE, "{file: nowhere.jpg"),
    },
    Mistake {
        name: "a photo that is not an image",
        file: RESULTS_FILE,
        change: ("    milestones:", "    photo: {file: results.yaml, credit: X, alt: Y, caption: Z}\n    milestones:"),
        code: "E0304",
        at: (RESULTS_FILE, "results.yaml, credit"),
    },
    Mistake {
        name: "a character without a glyph",
        file: RESULTS_FILE,
        change: ("      fr: Beijing\n", "      fr: Beijing 𓀀\n"),
        code: "E0501",
        at: (RESULTS_FILE, "𓀀"),
    },
    Mistake {
        name: "a name whose h may be mute",
        file: RESULTS_FILE,
        change: ("      fr: Beijing\n", "      fr: Hyères\n"),
        code: "W0110",
        at: (RESULTS_FILE, "Hyères"),
    },
    Mistake {
        name: "an unknown field in a branch that is not taken",
        file: CITY_RELEASE,
        change: ("{{../city.quotation.speaker}}", "{{../city.quotation.speeker}}"),
        code: "E0302",
        at: (CITY_RELEASE, "../city.quotation.speeker"),
    },
    Mistake {
        name: "an unknown partial",
        file: CITY_RELEASE,
        change: ("{{> shared/press-frame}}", "{{> shared/press-fram}}"),
        code: "E0301",
        at: (CITY_RELEASE, "{{> shared/press-fram}}"),
    },
    Mistake {
        name: "an unknown helper",
        file: CITY_RELEASE,
        change: ("{{t \"city-lede\"}}", "{{shout city}}"),
        code: "E0303",
        at: (CITY_RELEASE, "{{shout city}}"),
    },
    Mistake {
        name: "an unclosed block",
        file: CITY_RELEASE,
        change: ("{{#each city.key-figures}}", "{{#each city.key-figures"),
        code: "E0301",
        at: (CITY_RELEASE, "{> shared/press-figure}}"),
    },
    Mistake {
        name: "Typst that does not compile",
        file: CITY_RELEASE,
        change: ("#releases((", "#relases(("),
        code: "E0401",
        at: (CITY_RELEASE, "relases(("),
    },
    Mistake {
        name: "an unknown variable of a date",
        file: EN_NUMBERS,
        change: ("date-year = { preposition }{ $year }", "date-year = { preposition }{ $yaer }"),
        code: "E0203",
        at: (EN_NUMBERS, "yaer"),
    },
    Mistake {
        name: "an unclosed {{#if}}",
        file: CITY_RELEASE,
        change: ("{{/if}}", ""),
        code: "E0301",
        at: (CITY_RELEASE, "{{#if "),
    },
    Mistake {
        name: "a decimal comma",
        file: RESULTS_FILE,
        change: ("value: 52,", "value: 41,5,"),
        code: "E0103",
        at: (RESULTS_FILE, "41,5"),
    },
    Mistake {
        name: "a space for thousands",
        file: RESULTS_FILE,
        change: ("value: 2_400,", "value: 2 400,"),
        code: "E0103",
        at: (RESULTS_FILE, "2 400"),
    },
    Mistake {
        name: "no space after a colon",
        file: RESULTS_FILE,
        change: ("{value: 52,", "{value:52,"),
        code: "E0102",
        at: (RESULTS_FILE, "value:52"),
    },
    Mistake {
        name: "a language that no locale has",
        file: RESULTS_FILE,
        change: ("country: {fr: Chine", "country: {fre: Chine"),
        code: "E0106",
        at: (RESULTS_FILE, "{fre: Chine"),
    },
    Mistake {
        name: "a unit without words in any language that is a common word",
        file: RESULTS_FILE,
        change: ("600, unit: enterprise", "600, unit: city"),
        code: "E0211",
        at: (RESULTS_FILE, "city, hedge"),
    },
    Mistake {
        name: "a missing brace",
        file: FR,
        change: ("{ DATE($published) }", "{ DATE($published) "),
        code: "E0201",
        at: (FR, "{ \"\\u0"),
    },
    Mistake {
        name: "a key twice",
        file: RESULTS_FILE,
        change: ("    rank: 1\n", "    rank: 1\n    rank: 2\n"),
        code: "E0105",
        at: (RESULTS_FILE, "rank: 2"),
    },
    Mistake {
        name: "a tab",
        file: RESULTS_FILE,
        change: ("    rank: 1\n", "\trank: 1\n"),
        code: "E0101",
        at: (RESULTS_FILE, "select"),
    },
    Mistake {
        name: "an unclosed quote",
        file: RESULTS_FILE,
        change: ("acronym: WIOTC", "acronym: \"WIOTC"),
        code: "E0101",
        at: (RESULTS_FILE, "\"WIOTC"),
    },
    Mistake {
        name: "a thirteenth month",
        file: RESULTS_FILE,
        change: ("announced: 2025-11-28", "announced: 2025-13-28"),
        code: "E0103",
        at: (RESULTS_FILE, "2025-13-28"),
    },
    Mistake {
        name: "a date in another notation",
        file: RESULTS_FILE,
        change: ("announced: 2025-11-28", "announced: 28/11/2025"),
        code: "E0103",
        at: (RESULTS_FILE, "28/11"),
    },
    Mistake {
        name: "a misspelt hedge",
        file: RESULTS_FILE,
        change: ("600, unit: enterprise, hedge: almost", "600, unit: enterprise, hedge: allmost"),
        code: "E0103",
        at: (RESULTS_FILE, "allmost"),
    },
    Mistake {
        name: "a misspelt nature",
        file: RESULTS_FILE,
        change: ("nature: forecast, period: 2025", "nature: forcast, period: 2025"),
        code: "E0103",
        at: (RESULTS_FILE, "forcast"),
    },
    Mistake {
        name: "an address without https",
        file: RESULTS_FILE,
        change: ("verification: https://example.org/C/", "verification: example.org/C/"),
        code: "E0103",
        at: (RESULTS_FILE, "example.org/C"),
    },
    Mistake {
        name: "an identifier with a capital letter",
        file: RESULTS_FILE,
        change: ("  - id: beijing", "  - id: Beijing"),
        code: "E0103",
        at: (RESULTS_FILE, "Beijing\n"),
    },
    Mistake {
        name: "a misspelt status",
        file: RESULTS_FILE,
        change: ("status: selected", "status: selceted"),
        code: "E0103",
        at: (RESULTS_FILE, "selceted"),
    },
    Mistake {
        name: "a missing key",
        file: RESULTS_FILE,
        change: ("  founded: 2025-02\n", ""),
        code: "E0104",
        at: (RESULTS_FILE, "name:\n"),
    },
    Mistake {
        name: "a rank in words",
        file: RESULTS_FILE,
        change: ("    rank: 1\n", "    rank: first\n"),
        code: "E0103",
        at: (RESULTS_FILE, "first\n"),
    },
    Mistake {
        name: "a percent sign in a number",
        file: RESULTS_FILE,
        change: ("value: 52,", "value: 52%,"),
        code: "E0103",
        at: (RESULTS_FILE, "52%"),
    },
    Mistake {
        name: "a figure without a unit",
        file: RESULTS_FILE,
        change: ("{value: 20, unit: country,", "{value: 20,"),
        code: "E0104",
        at: (RESULTS_FILE, "{value"),
    },
    Mistake {
        name: "a misspelt part of the story",
        file: "reports/story.yaml",
        change: ("  - key-figures", "  - key-figure"),
        code: "E0103",
        at: ("reports/story.yaml", "key-figure\n"),
    },
    Mistake {
        name: "a fact that does not exist in the story",
        file: "reports/story.yaml",
        change: ("[benchmark-ambition]", "[benchmark-ambitoin]"),
        code: "E0107",
        at: ("reports/story.yaml", "benchmark-ambitoin"),
    },
    Mistake {
        name: "a heading of the story without words",
        file: "reports/story.yaml",
        change: ("{heading: routes,", "{heading: rutes,"),
        code: "E0202",
        at: ("reports/story.yaml", "rutes"),
    },
    Mistake {
        name: "a condition of the story that does not exist",
        file: "reports/story.yaml",
        change: ("if: routes}", "if: rutes}"),
        code: "E0107",
        at: ("reports/story.yaml", "rutes"),
    },
    Mistake {
        name: "a misspelt type of a project fact",
        file: "reports/facts.yaml",
        change: ("", "city:\n  twin: {type: nmae}\n"),
        code: "E0103",
        at: ("reports/facts.yaml", "nmae"),
    },
    Mistake {
        name: "a project fact with a reserved name",
        file: "reports/facts.yaml",
        change: ("", "city:\n  rank: {type: text}\n"),
        code: "E0103",
        at: ("reports/facts.yaml", "rank"),
    },
    Mistake {
        name: "a list without the type of its items",
        file: "reports/facts.yaml",
        change: ("", "city:\n  partners: {type: list}\n"),
        code: "E0104",
        at: ("reports/facts.yaml", "{type:"),
    },
    Mistake {
        name: "a misspelt key of a project fact",
        file: "reports/facts.yaml",
        change: ("", "city:\n  twin: {type: name, requird: true}\n"),
        code: "E0102",
        at: ("reports/facts.yaml", "requird"),
    },
    Mistake {
        name: "a decimal comma in a table",
        file: "c.csv",
        change: (
            "",
            "id,status,rank,name,country,figures.ai-enterprises.value,figures.ai-enterprises.unit,milestones.benchmark-ambition\nlumen,selected,2,Lumen,Borealia,\"310,5\",enterprise,2020\n",
        ),
        code: "E0103",
        at: ("c.csv", "\"310,5"),
    },
    Mistake {
        name: "a misspelt column",
        file: "c.csv",
        change: (
            "",
            "id,status,rank,name,contry,figures.ai-enterprises.value,figures.ai-enterprises.unit,milestones.benchmark-ambition\nlumen,selected,2,Lumen,Borealia,310,enterprise,2020\n",
        ),
        code: "E0102",
        at: ("c.csv", "contry"),
    },
    Mistake {
        name: "a misspelt status in a table",
        file: "c.csv",
        change: (
            "",
            "id,status,rank,name,country,figures.ai-enterprises.value,figures.ai-enterprises.unit,milestones.benchmark-ambition\nlumen,selceted,2,Lumen,Borealia,310,enterprise,2020\n",
        ),
        code: "E0103",
        at: ("c.csv", "selceted"),
    },
    Mistake {
        name: "a row with too many cells",
        file: "c.csv",
        change: (
            "",
            "id,status,rank,name,country,figures.ai-enterprises.value,figures.ai-enterprises.unit,milestones.benchmark-ambition\nlumen,selected,2,Lumen,Borealia,310,enterprise,2020,x\n",
        ),
        code: "E0103",
        at: ("c.csv", "lumen,"),
    },
    Mistake {
        name: "a missing colon in JSON",
        file: "c.jsonl",
        change: (
            "",
            "{\"id\": \"lumen\", \"status\": \"selected\", \"rank\": 2, \"name\": \"Lumen\", \"country\" \"Borealia\"}\n",
        ),
        code: "E0101",
        at: ("c.jsonl", "\"Borea"),
    },
    Mistake {
        name: "a misspelt key in JSON",
        file: "c.jsonl",
        change: (
            "",
            "{\"id\": \"lumen\", \"status\": \"selected\", \"rank\": 2, \"name\": \"Lumen\", \"contry\": \"Borealia\", \"country\": \"x\"}\n",
        ),
        code: "E0102",
        at: ("c.jsonl", "\"contry\""),
    },
    Mistake {
        name: "an unknown paper",
        file: "reports/design.yaml",
        change: ("certificate: a4", "certificate: a6"),
        code: "E0103",
        at: ("reports/design.yaml", "a6"),
    },
    Mistake {
        name: "a colour with a digit too few",
        file: "reports/design.yaml",
        change: ("ink: {rgb: \"#172543\"", "ink: {rgb: \"#17254\""),
        code: "E0103",
        at: ("reports/design.yaml", "\"#17254\""),
    },
    Mistake {
        name: "a misspelt key of the design",
        file: "reports/design.yaml",
        change: ("logo: none", "logos: none"),
        code: "E0102",
        at: ("reports/design.yaml", "logos"),
    },
    Mistake {
        name: "a missing logo",
        file: "reports/design.yaml",
        change: ("logo: none", "logo: nowhere.svg"),
        code: "E0107",
        at: ("reports/design.yaml", "nowhere.svg"),
    },
    Mistake {
        name: "the numbers of another language",
        file: "locales/zh/numbers.ftl",
        change: ("locale-icu = zh-Hans-CN", "locale-icu = ja-JP"),
        code: "W0216",
        at: ("locales/zh/numbers.ftl", "ja-JP"),
    },
    Mistake {
        name: "a plural category in a language without plural",
        file: "locales/zh/numbers.ftl",
        change: ("low = ", "own = { $value ->\n        [one] 一\n       *[other] 二\n    }\nlow = { own }"),
        code: "E0209",
        at: ("locales/zh/numbers.ftl", "one]"),
    },
    Mistake {
        name: "a call without its closing parenthesis",
        file: FR,
        change: ("NAME($place)", "NAME($place"),
        code: "E0201",
        at: (FR, "NAME($place }"),
    },
    Mistake {
        name: "a font of the web",
        file: "fonts/Own.woff2",
        change: ("", "wOF2"),
        code: "W0212",
        at: ("fonts/Own.woff2", "wOF2"),
    },
    Mistake {
        name: "a template beside the folders of the reports",
        file: "reports/letter.typ.hbs",
        change: ("", "{{city.name}}\n"),
        code: "W0212",
        at: ("reports/letter.typ.hbs", "{{city.name}}"),
    },
    Mistake {
        name: "a template in the folder of the locales",
        file: "locales/letter.typ.hbs",
        change: ("", "{{city.name}}\n"),
        code: "W0212",
        at: ("locales/letter.typ.hbs", "{{city.name}}"),
    },
    Mistake {
        name: "words beside the folders of the languages",
        file: "locales/programme.ftl",
        change: ("", "about = Rien\n"),
        code: "W0212",
        at: ("locales/programme.ftl", "about"),
    },
    Mistake {
        name: "words in the folder of the reports",
        file: "reports/fr/programme.ftl",
        change: ("", "about = Rien\n"),
        code: "W0212",
        at: ("reports/fr/programme.ftl", "about"),
    },
    Mistake {
        name: "a folder of words without numbers",
        file: "locales/de/words/programme.ftl",
        change: ("", "about = Nichts\n"),
        code: "W0212",
        at: ("locales/de/words/programme.ftl", "about"),
    },
];

impl Mistake {
    /// For a mistake in a locale, only this language is checked, which is faster. A file beside the folders is a table.
    fn arguments(&self) -> Vec<&'static str> {
        match self.file.split('/').collect::<Vec<_>>()[..] {
            ["locales", language, _] => vec!["-l", language],
            [table] => vec!["--records", table],
            _ => Vec::new(),
        }
    }

    /// A project with this mistake.
    fn project(&self) -> ProjectDir {
        match self.change {
            ("", added) if !Path::new(self.file).exists() => ProjectDir::new().file(self.file, added),
            ("", added) => ProjectDir::new().append(self.file, &format!("\n{added}")),
            (from, to) => ProjectDir::new().edit(self.file, from, to),
        }
    }

    /// The line and column at which it must be reported.
    fn position(&self, project: &ProjectDir) -> (u64, u64) {
        let (file, needle) = self.at;
        let text = if file == self.file { project.read(file) } else { fs::read_to_string(file).unwrap() };
        // What is added is the last occurrence.
        let at = if self.change.0.is_empty() { text.rfind(needle) } else { text.find(needle) };
        let at = at.unwrap_or_else(|| panic!("{}: {file} does not contain {needle:?}", self.name));
        let line = text[..at].matches('\n').count() as u64 + 1;
        let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() as u64 + 1;
        (line, column)
    }
}

/// What `check` reports.
fn diagnostics(project: &ProjectDir, arguments: &[&str]) -> Vec<Json> {
    let (stdout, _, _) = project.run(&[&["check", "--message-format", "json"], arguments].concat());
    stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|o: &Json| o["type"] == "diagnostic")
        .collect()
}

#[test]
fn each_kind_of_mistake_is_reported_once_at_its_place() {
    // Half of the time is spent starting processes: two at a time are faster.
    let (first, second) = MISTAKES.split_at(MISTAKES.len() / 2);
    let missed = std::thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().filter_map(missed).collect::<Vec<_>>());
        let mut missed: Vec<String> = first.iter().filter_map(missed).collect();
        missed.extend(other.join().unwrap());
        missed
    });
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// If a mistake is not reported as it must be: what is reported instead.
fn missed(mistake: &Mistake) -> Option<String> {
    let project = mistake.project();
    let (line, column) = mistake.position(&project);
    let found = diagnostics(&project, &mistake.arguments());
    let hit = found.iter().any(|d| {
        let place = &d["places"][0];
        d["code"] == mistake.code
            && place["file"].as_str().is_some_and(|f| f.ends_with(mistake.at.0))
            && (place["line"].as_u64(), place["column"].as_u64()) == (Some(line), Some(column))
            // No line of a font can be shown.
            && (mistake.at.0.ends_with("woff2") || !place["excerpt"].as_str().unwrap().is_empty())
            && d["help"].is_string()
    });
    // Its consequences are not reported.
    if hit && found.len() == 1 {
        return None;
    }
    let show = |d: &Json| {
        let place = &d["places"][0];
        format!("{} {}:{}:{} {}", d["code"], place["file"], place["line"], place["column"], d["message"])
    };
    let seen: Vec<String> = found.iter().map(show).collect();
    let (at, list) = (mistake.at.0, seen.join("\n  "));
    Some(format!("{}: {} at {at}:{line}:{column} among\n  {list}", mistake.name, mistake.code))
}

/// The whole message of the first mistake with each code; `screens` has the other codes.
#[test]
fn each_message_is_as_in_its_screen() {
    // `screens` has these.
    let mut seen: Vec<&str> = vec!["E0101", "E0103"];
    for mistake in MISTAKES {
        if !seen.contains(&mistake.code) {
            seen.push(mistake.code);
            assert_screen(
                mistake.code,
                &mistake.project().run(&[&["check"], mistake.arguments().as_slice()].concat()).1,
            );
        }
    }
}

#[test]
fn every_code_is_explained() {
    let (list, _) = ProjectDir::new().run_ok(&["explain"]);
    for mistake in MISTAKES {
        assert!(list.lines().any(|line| line.starts_with(mistake.code)), "{}", mistake.code);
    }
    let (text, _) = ProjectDir::new().run_ok(&["explain", "e0209"]);
    assert_contains(&text, &["E0209: A plural selector lacks", "CLDR"]);
    let (_, stderr, code) = ProjectDir::new().run(&["explain", "E9999"]);
    assert_eq!((code, stderr.contains("unknown diagnostic code `E9999`")), (2, true));
}

#[test]
fn diagnostics_can_be_a_sarif_log() {
    let project = ProjectDir::new().edit(FR, "DATE($published)", "DAT($published)");
    let (stdout, stderr, code) = project.run(&["check", "-l", "fr", "--message-format", "sarif"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    let log: Json = serde_json::from_str(&stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "E0204");
    assert_eq!(run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize]["id"], "E0204");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "locales/fr/text.ftl");
    assert!(place["region"]["startLine"].as_u64().unwrap() > 1 && place["region"]["startColumn"].as_u64().unwrap() > 1);
}

#[test]
fn errors_fail_the_check_and_warnings_only_if_denied() {
    let warning = ProjectDir::new().append(FR, "\nforgotten = Rien\n");
    warning.run_ok(&["check"]);
    warning.run_failing(&["check", "--deny", "warnings"]);
    let wrong = ProjectDir::new().edit(FR, "DATE($published)", "DAT($published)");
    let (stdout, stderr, code) = wrong.run(&["check"]);
    assert_eq!((stdout.as_str(), code), ("", 1));
    assert!(stderr.contains("found") && stderr.contains("error"), "{stderr}");
    assert_eq!(wrong.output_files(), Vec::<String>::new());
}

#[test]
fn mistakes_in_several_files_are_found_in_one_run() {
    let project = ProjectDir::new()
        .edit(FR, "DATE($published)", "DAT($published)")
        .edit(RESULTS_FILE, "status: selected", "status: selceted")
        .file(CERTIFICATE, "{{#if city}}");
    let codes: Vec<String> =
        diagnostics(&project, &[]).iter().map(|d| d["code"].as_str().unwrap().to_owned()).collect();
    for code in ["E0103", "E0204", "E0301"] {
        assert!(codes.iter().any(|c| c == code), "no {code} in {codes:?}");
    }
}

#[test]
fn embedded_languages_that_a_project_does_not_use_are_not_checked() {
    let project = ProjectDir::new();
    // Its locales have words for the unit `resident`; the embedded Chinese one has none.
    project.run_ok(&["init", ".", "--lang", "fr,en"]);
    for arguments in [&[][..], &["-l", "fr,en"]] {
        assert_eq!(diagnostics(&project, arguments), Vec::<Json>::new(), "{arguments:?}");
    }
    let found = diagnostics(&project, &["-l", "zh"]);
    assert!(found.iter().any(|d| d["code"] == "E0211" && d.to_string().contains("measure-resident")), "{found:#?}");
}

#[test]
fn a_pair_of_languages_is_checked_as_it_is_built() {
    // In a bilingual document, the second language is printed over the first.
    let template = "#set document(title: \"x\")\n#set text(font: \"Source Serif 4\", fallback: false)\n\
                    {{#languages}}#place(top + left)[{{t \"certificate\"}}]{{/languages}}\n";
    let project = ProjectDir::new().file("reports/note/city.typ.hbs", template);
    for (languages, expected) in [("fr,en", 0), ("fr+en", 1), ("fr,en,fr+en", 1)] {
        let found = diagnostics(&project, &["-l", languages]);
        assert_eq!(found.len(), expected, "{languages}: {found:#?}");
        let is_overlap = |d: &Json| d["message"].as_str().unwrap().contains("on page 1 of note-beijing in `fr+en`");
        assert!(found.iter().all(is_overlap), "{found:#?}");
    }
    for languages in ["fr+xx", "fr+fr", "fr+en+zh"] {
        project.run_failing(&["check", "-l", languages]);
    }
    // What is wrong with one language is wrong with the pair.
    let found = diagnostics(&project.edit(FR, "DATE($published)", "DAT($published)"), &["-l", "fr+en"]);
    assert!(found.len() == 1 && found[0]["code"] == "E0204", "{found:#?}");
}

#[test]
fn forms_of_names_that_no_rule_can_know_are_asked_for() {
    let by =
        "{name: Convention mondiale de l’Internet des objets, by: par la Convention mondiale de l’Internet des objets}";
    let of = "      of: de la WIOTC 2025\n";
    let project = ProjectDir::with_results(&[
        (by, "Convention mondiale"),
        (of, ""),
        ("      fr: Beijing\n", "      fr: Hyères\n"),
    ]);
    let found = diagnostics(&project, &["-l", "fr,en,fr+en"]);
    let seen: Vec<(&str, &str)> =
        found.iter().map(|d| (d["code"].as_str().unwrap(), d["message"].as_str().unwrap())).collect();
    assert_eq!(
        seen,
        [
            ("W0110", "`fr` needs the form `by` of “Convention mondiale”"),
            ("W0110", "`fr` needs the form `of` of “WIOTC 2025”"),
            ("W0110", "`fr` needs the form `of` of “Hyères”"),
        ]
    );
    let convention = &found[1];
    assert_eq!(convention["places"][0]["excerpt"], "      name: WIOTC 2025");
    assert_eq!(convention["notes"][0], "`of` is printed as “de WIOTC 2025” by `sentence-conference`");
    assert_eq!(convention["help"], "write what must be printed next to the name: {name: WIOTC 2025, of: …}");
    // What a rule can derive is not asked for, nor what the facts give.
    for name in ["Le Havre", "Les Abymes", "Ypres", "Aix-en-Provence", "Rio de Janeiro", "{name: Hyères, of: d’Hyères}"]
    {
        let project = ProjectDir::with_results(&[("      fr: Beijing\n", &format!("      fr: {name}\n"))]);
        assert_eq!(diagnostics(&project, &["-l", "fr"]), Vec::<Json>::new(), "{name}");
    }
}

#[test]
fn files_that_are_never_read_are_reported() {
    let unread = [
        ("fonts/Own.woff2", "convert the font to .ttf or .otf"),
        ("reports/letter.typ.hbs", "move it to reports/letter/city.typ.hbs"),
        ("reports/letter/town.typ.hbs", "move it to reports/letter/city.typ.hbs"),
        ("reports/note/city.typ", "rename it to reports/note/city.typ.hbs"),
        ("reports/note/edition.hbs", "rename it to reports/note/edition.typ.hbs"),
    ];
    let project = unread.iter().fold(ProjectDir::new(), |project, (path, _)| project.file(path, "text"));
    // These are read, or need no place of their own.
    let project = project
        .file("reports/shared/own.typ.hbs", "")
        .file("reports/certificate/own.typ", "")
        .file("fonts/LICENSE.txt", "");
    let found = diagnostics(&project, &["-l", "fr"]);
    for (path, help) in unread {
        let is_it = |d: &&Json| d["code"] == "W0212" && d["places"][0]["file"] == path;
        let problem = found.iter().find(is_it).unwrap_or_else(|| panic!("{path} is not reported: {found:#?}"));
        assert!(problem["help"].as_str().unwrap().contains(help), "{problem:#}");
    }
    assert_eq!(found.len(), unread.len(), "{found:#?}");
}

#[test]
fn a_locale_that_was_copied_and_not_translated_is_reported() {
    let copy = |folder: &str| {
        ["text.ftl", "programme.ftl", "numbers.ftl"].iter().fold(ProjectDir::new(), |project, file| {
            let text = fs::read_to_string(format!("locales/en/{file}")).unwrap();
            project.file(&format!("locales/{folder}/{file}"), text)
        })
    };
    let found = |project: &ProjectDir, folder: &str| -> Vec<Json> {
        diagnostics(project, &["-l", folder]).into_iter().filter(|d| d["code"] == "W0216").collect()
    };
    let mut dutch = found(&copy("nl"), "nl");
    dutch.sort_by_key(|d| d["message"].to_string());
    let messages: Vec<&str> = dutch.iter().map(|d| d["message"].as_str().unwrap()).collect();
    assert_eq!(
        messages,
        [
            "the locale `nl` formats numbers and dates as `en-US`",
            "the locale `nl` is not translated: its words are those of `en`"
        ]
    );
    assert_eq!(dutch[0]["places"][0]["excerpt"], "locale-icu = en-US");
    assert_contains(dutch[1]["notes"][0].as_str().unwrap(), &["the same in both: `", " more"]);
    // Two locales of one language may have the same words, and so may one that names the other as its fallback.
    assert_eq!(found(&copy("en-GB"), "en-GB"), Vec::<Json>::new());
    let with_fallback = copy("nl")
        .edit("locales/nl/numbers.ftl", "locale-icu = en-US", "locale-icu = nl-NL")
        .append("locales/nl/numbers.ftl", "\nlocale-fallback = en\n");
    assert_eq!(found(&with_fallback, "nl"), Vec::<Json>::new());
}

#[test]
fn a_unit_that_contains_a_number_is_explained() {
    let project = ProjectDir::with_results(&[("value: 600, unit: enterprise", "value: 41.5, unit: billion euros")]);
    let found = diagnostics(&project, &["-l", "fr"]);
    let problem = found.iter().find(|d| d["code"] == "E0103").unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(problem["message"], "`billion euros` cannot be a unit");
    assert_eq!(
        problem["help"],
        "use up to 64 lower-case letters a–z, digits and hyphens, as in `eur`; a word such as `billion` belongs to the number in `value`"
    );
}

/// `cp -r locales/en locales/es` copies the files with the words of sheets, proofs and the web page too, of which a language may
/// have none.
#[test]
fn a_file_of_a_locale_that_was_copied_and_not_translated_is_reported() {
    let language = |folder: &str, file: &str| fs::read_to_string(format!("{folder}/{file}")).unwrap();
    let spanish = ["text.ftl", "programme.ftl", "numbers.ftl"];
    let project = spanish.iter().fold(ProjectDir::new(), |project, file| {
        project.file(&format!("locales/es/{file}"), language("tests/languages/locales/es", file))
    });
    let english = ["print.ftl", "proof.ftl", "verify.ftl"];
    let project = english
        .iter()
        .fold(project, |project, file| project.file(&format!("locales/es/{file}"), language("locales/en", file)));
    let found = diagnostics(&project, &["-l", "es"]);
    let found: Vec<&Json> = found.iter().filter(|d| d["code"] == "W0216").collect();
    let files: Vec<&str> = found.iter().map(|d| d["places"][0]["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["locales/es/print.ftl", "locales/es/proof.ftl", "locales/es/verify.ftl"], "{found:#?}");
    assert_eq!(found[2]["message"], "`locales/es/verify.ftl` is not translated: its words are those of `en`");
    assert_eq!(found[2]["help"], "translate the file, or delete it");
}

#[test]
fn a_mistake_in_the_fallback_of_a_checked_language_is_reported() {
    let project = ProjectDir::new()
        .edit(FR, "DATE($published)", "DAT($published)")
        .append(EN_NUMBERS, "\nlocale-fallback = fr\n");
    let found = diagnostics(&project, &["-l", "en"]);
    assert!(found.iter().any(|d| d["code"] == "E0204"), "{found:#?}");
}

#[test]
fn embedded_files_that_a_project_does_not_use_are_not_reported() {
    let project =
        ProjectDir::with_results(&[("    milestones:\n      benchmark-ambition: 2021", "    milestones: {}")]).file(
            "reports/press-release/edition.typ.hbs",
            "#set document(title: \"x\")\n{{t \"edition-headline\" edition=edition.number place=edition.place}}\n",
        );
    assert_eq!(diagnostics(&project, &[]), Vec::<Json>::new());
}
