//! Every diagnostic code, by the part of a project it is about, with the explanation that `gen-report explain` prints.

use super::Code;

macro_rules! codes {
    ($($(#[doc = $title:literal])+ $name:ident = $code:literal, $text:literal;)+) => {
        $($(#[doc = $title])+ pub const $name: Code = Code($code);)+

        /// Code, title and explanation, in the order of the codes.
        pub const ALL: &[(Code, &str, &str)] = &[$(($name, concat!($($title),+), $text)),+];
    };
}

codes! {
    /// A file of the project cannot be read, or is not text.
    PROJECT_FILE = "E0001",
    "The file is missing, not readable, not UTF-8, or too large. A path may not leave the project, by `..` or by a link.\n\
     Save the file as UTF-8, or name another folder with --project.";
    /// The project has no such language, report or city.
    NOT_IN_PROJECT = "E0002",
    "--lang, --report or --city names something that does not exist. `gen-report list` shows what exists.";
    /// The selection contains no document.
    NOTHING_TO_MAKE = "E0003",
    "No city has the status `selected`, or --report and --city together leave no document.";

    /// The results file is not valid YAML, or exceeds a limit that protects the reader.
    YAML = "E0101",
    "The place is where the parser stopped, which may be a line after the mistake: a missing space after a colon, an \
     open quote, a wrong indent. Aliases, deep nesting and very large files are rejected, because they let a small file \
     use any amount of memory.";
    /// An unknown key in the results file.
    UNKNOWN_KEY = "E0102",
    "Unknown keys are errors, because a misspelt key would silently drop a fact. `gen-report schema` lists all keys.";
    /// A value of the wrong type or form.
    WRONG_VALUE = "E0103",
    "Numbers are written exactly (2500000000000, 2_500_000_000_000 or 2.5e12), dates as in ISO 8601 (2025-11-28, \
     2025-11, 2025, `end of 2024`, 2021/2025), words as the message lists them.";
    /// A required key is missing.
    MISSING_KEY = "E0104",
    "The documents cannot be built without this fact.";
    /// The same key, identifier or message twice.
    DUPLICATE = "E0105",
    "It is unclear which of the two is meant. Keep one of them.";
    /// A text has no translation for a language.
    MISSING_TEXT = "E0106",
    "A text of the results is a map of languages, {fr: …, en: …}, or a plain text for all of them. Add the language, \
     or let its locale name another one to fall back to (`locale-fallback`).";
    /// A reference in the results file has no target.
    DANGLING = "E0107",
    "The file does not define the source, city or figure that is named.";

    /// Two facts that contradict each other.
    SENSE = "E0108",
    "Ranks have no gaps; dates are in order (founded, announced, published); an embargo ends no later than the \
     announcement; a share is between 0 and 100 percent; an observed value is not later than the publication.";

    /// A locale file is not valid Fluent.
    FTL = "E0201",
    "The file is Project Fluent: `name = text`, further lines indented, placeables in braces, a selector with one \
     variant marked by a star. See https://projectfluent.org/fluent/guide/.";
    /// A message that does not exist in a language.
    UNKNOWN_MESSAGE = "E0202",
    "A template uses the message, but neither the language nor its fallback locale has it.";
    /// A message uses a variable that it is not given.
    MISSING_VARIABLE = "E0203",
    "Templates give a message its variables ({{t \"headline\" city=city}}). Messages of numbers.ftl are given those that \
     locales/README.md lists.";
    /// An unknown function of a locale, or a wrong call of one.
    FUNCTION = "E0204",
    "locales/README.md shows each function and its arguments. numbers.ftl cannot call the functions that use its own \
     messages.";
    /// A setting of a locale is missing or invalid.
    SETTING = "E0205",
    "locales/README.md lists the settings of numbers.ftl and their values.";
    /// A message could not be resolved.
    MESSAGE = "E0206",
    "The message refers to itself or to something that does not exist, or would print braces on the page.";
    /// A message or a text comes from the fallback locale.
    BORROWED = "W0207",
    "The locale names a fallback in `locale-fallback`, and this text comes from there. With --strict it is an error.";
    /// A message refers to a message, term or attribute that does not exist.
    REFERENCE = "E0208",
    "References in braces ({ other }, { -term }, { other.attribute }) must exist in the same locale; numbers.ftl can only \
     use its own messages. A form of names needs a message too: NAME($city, form: \"in\") uses `name-in`.";
    /// A plural selector lacks a category of the language, or has one that the language does not use.
    PLURAL = "E0209",
    "CLDR gives each language its plural categories: English one and other, Russian one, few, many and other. A selector \
     must have all of them, so that the translator chooses the form for every number.";
    /// A selector has a variant that its variable never takes, or lacks one that the facts use.
    VARIANT = "E0210",
    "Hedges are over, almost, about, exact and range; natures forecast and observed. Without the \
     variant of a hedge, “more than 600” would become “600”.";
    /// A unit of the facts for which a language has no message.
    UNIT = "E0211",
    "A unit is a message: `cny` is `measure-cny` in numbers.ftl, with the attributes .before, .number and .after. A \
     currency of ISO 4217 without its own message uses `measure-money`.";
    /// A message, an attribute or a variable that nothing uses.
    UNUSED = "W0212",
    "It may be obsolete or misspelt. Messages that begin with measure- or name- are never reported: the data selects them.";
    /// A variable that every other language prints.
    LEFT_OUT = "W0213",
    "A fact may have been lost in translation. If the sentence omits it on purpose, say so in a comment above the \
     message: # without $place: the dateline names it.";
    /// The parts of a measure differ from the whole.
    PARTS = "W0214",
    "The key figures show .before, .number and .after of a measure, a sentence shows the whole message: both must have the \
     same words.";
    /// A straight quotation mark or apostrophe.
    STRAIGHT = "W0221",
    "Use the quotation marks of the language: its setting `quotation-marks` names them.";
    /// Spaces around punctuation that the language does not use.
    SPACE = "W0222",
    "The settings space-narrow-… and space-fixed-… of the locale say which spaces belong around punctuation.";
    /// Half-width punctuation in full-width text.
    WIDTH = "W0223",
    "Next to Chinese and Japanese characters, punctuation is full-width.";
    /// The ending of an ordinal that is not superscript.
    RAISED = "W0224",
    "The setting `ordinal-endings` lists the endings that are superscript after a numeral: write 2{ SUPER(\"e\") }.";

    /// A template is not valid, or uses something that is not allowed.
    TEMPLATE = "E0301",
    "Templates are Handlebars that emit Typst. {{{…}}} and decorators are not allowed, because they would let data become code.";
    /// A template uses data that does not exist, or uses it in the wrong way.
    TEMPLATE_DATA = "E0302",
    "Check first whether an optional fact exists: {{#if city.photo}}.";
    /// An unknown helper, or a wrong call of one.
    HELPER = "E0303",
    "The manual lists the helpers: docs/src/reference/template-helpers.md.";
    /// An image cannot be used.
    IMAGE = "E0304",
    "Photos are PNG, JPEG, SVG, GIF or WebP files in the folder of the results file or below it.";

    /// An image is too coarse for print.
    RESOLUTION = "W0305",
    "Below 200 dots per inch at its printed size, a photo looks soft. Use a larger one.";

    /// Typst reports an error in a page.
    TYPST = "E0401",
    "The place is the line of the template or style module that produced the Typst code.";
    /// A page cannot be exported as an archive document.
    PDF = "E0402",
    "PDF/A-3a and PDF/UA-1 require a title, a language, alternative texts and fonts that may be embedded.";
    /// A page does not look as intended.
    LAYOUT = "W0404",
    "Text extends beyond the page, or a style module made a remark, for example about a headline of more than three \
     lines. A module makes a remark by #metadata((message: \"…\", help: \"…\")) with the label <finding>.";
    /// The typesetter crashed; the other documents are still built.
    BREAKDOWN = "E0403",
    "This is a bug of gen-report. Report it with the files of the project. A document that runs out of memory or time has \
     the codes E0406 and E0405.";

    /// The process that built a document ended unexpectedly.
    WORKER = "E0406",
    "With --timeout each document is built in a separate process. It was ended by the system, most often because it ran out \
     of memory: look for a loop in the template that grows without end, or allow more with --memory.";

    /// A document took longer than --timeout allows.
    TIMEOUT = "E0405",
    "With --timeout each document is built in a separate process, which is killed when it takes too long; the others go \
     on. The usual cause is an endless loop in a template.";

    /// A character that no font in the list covers.
    MISSING_GLYPH = "E0501",
    "A page never shows a box instead of a character. Put a font that has the character into fonts/, and name its family \
     in the fonts-… settings of the locale.";
    /// A font family that the project does not have.
    MISSING_FAMILY = "E0502",
    "Only the fonts of the project and of the program are used, never those of the system.";
    /// A font file that cannot be read.
    FONT_FILE = "E0503",
    "fonts/ contains TrueType and OpenType files: .ttf, .otf, .ttc.";

    /// A document could not be written.
    OUTPUT = "E0601",
    "A document is written to a temporary file and then renamed, so no partial file is left.";
    /// Two documents would have the same file name, or a name is not valid on every system.
    OUTPUT_NAME = "E0603",
    "The names of reports and cities become file names and parts of URLs: use letters a–z, digits, `-` and `_`.";
    /// Another run is writing to the same folder or prefix.
    LOCKED = "E0604",
    "Two runs that write the same manifest would lose each other's entries. Shards (--shard) have separate manifests and \
     may share a folder. The lock is released when its process ends, in any way.";
    /// The store or the network failed temporarily.
    TRY_AGAIN = "E0605",
    "The network or the store failed, and retries failed too. Everything that was built is in the manifest: run again \
     with --resume. The exit code is 75.";
    /// The part of a run cannot be determined.
    SHARD = "E0606",
    "--shard auto reads from the scheduler which part of the run this is: SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or \
     AWS_BATCH_JOB_ARRAY_INDEX. With --shards N the indices count from 0 to N−1, so that one of them can be submitted again.";
    /// A document is missing from all manifests, or failed.
    GAP = "E0607",
    "A merge needs each document of the project from exactly one shard. Run the shard that lacks it again with --resume \
     and the same --lang and --report, then merge again.";
    /// Two shards built the same document.
    DOUBLE = "E0608",
    "The shards belong to runs with different numbers of parts, or a manifest was copied or edited. Keep the manifests of \
     one run.";
    /// A document does not match its manifest entry, or was built from other input.
    DIFFERS = "E0609",
    "The file was changed after it was built, or the facts, messages or templates were. Run its shard again with --resume, \
     which builds it again.";
    /// A bucket cannot be used.
    STORE = "E0610",
    "Settings come from the environment. s3://: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION; \
     for other S3-compatible stores AWS_ENDPOINT_URL, and AWS_ALLOW_HTTP=true if it is not encrypted. gs://: \
     GOOGLE_APPLICATION_CREDENTIALS. az://: AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY. Roles of machines \
     and of Kubernetes are used too. The key needs permission to put, get, list and delete objects.";
    /// An object exists with other content.
    OCCUPIED = "E0611",
    "Objects are created, never replaced, so that no run destroys the output of another. An object with the same bytes \
     counts as built. After facts, messages or templates have changed, use another prefix or --overwrite.";
    /// A document of an earlier run remains because building it failed.
    STALE = "W0602",
    "It may contain facts that have changed since.";

    /// A fact is missing from a document.
    FACT_MISSING = "E0701",
    "The template prints the figure, date or rank, but the finished document does not contain it as the language writes \
     it. The document may be older than the facts or the messages: build it again.";
    /// A number in a document that comes from no fact.
    NO_FACT = "E0702",
    "Facts are written once, in the results: a digit typed into a message, template or style module would not \
     change with them. Print a value of the results, or write the number in words.";
    /// Two languages give different values for one fact.
    PARITY = "E0703",
    "The digits of each language are read back and multiplied by the value that CLDR gives to the word after them. Correct \
     the message of numbers.ftl that divides (SHIFT, PART), or the word that it prints.";
    /// A finished document cannot be read, or is missing.
    UNREAD = "E0704",
    "An audit needs every document of a language. Build them all, or name the languages to audit with --lang.";

    /// An unknown sheet size.
    SHEET = "E0801",
    "Sheets are A4, SRA4, A3, SRA3, Letter and Tabloid, or any width and height in millimetres: --sheet 330x487.";
    /// The pages do not fit on the sheet.
    PLAN = "E0802",
    "A sheet needs room for the pages, the bleed around them and, outside the bleed, marks of 3 mm at a distance of 1 mm.";
    /// A file that is not a usable output profile.
    PROFILE = "E0803",
    "--icc names an ICC profile of the class `prtr` in CMYK: the printing condition that the print shop specifies.";
    /// More ink than the paper can take.
    INK = "E0804",
    "The inks of one colour add up to at most 300 %, or what --max-ink says. Each colour of the pages and each \
     readable CMYK image is measured; overprinted colours are not added up.";
    /// Black of several inks in small text.
    RICH_BLACK = "W0805",
    "Plates never register exactly, so small text should be printed with black ink alone.";
    /// A colour or an image that is not in process inks.
    RGB = "W0806",
    "RGB and CIE colours would be converted by the print shop, not by your palette. Style modules name the inks of each \
     colour in reports/shared/colour.typ; save photos as CMYK.";
    /// A page with less bleed than the sheet needs.
    BLEED = "E0807",
    "Style modules give the page its bleed in the press variant: set page(bleed: bleed).";
    /// No room for the whole slug line.
    SLUG = "W0808",
    "The line outside the trimmed page names job, sheet, language, date and colours. On a small sheet some of \
     them are omitted.";
    /// A finish that no page uses.
    FINISH = "W0809",
    "--finish names plates of the style modules, such as foil and varnish, from reports/shared/colour.typ.";

    /// A stock file contradicts itself or its page.
    STOCK = "E0811",
    "Positions are millimetres from the upper left corner of the page to the start, middle or end of a text, on its \
     baseline. The manual shows a stock file: docs/src/stock.md.";
    /// A text does not fit its field.
    STOCK_ROOM = "E0812",
    "A text that is too long is set smaller, from `size` down to `min-size`, and never cut off. Make the field wider, or \
     shorten the text.";
    /// The scan of a stock does not have the proportions of its page.
    STOCK_SCAN = "W0813",
    "The scan is stretched over the page, so a proof shows the fields in the wrong places. Crop the scan at the edges of \
     the page.";
}
