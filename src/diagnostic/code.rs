//! Every code, by the part of the project that it speaks of, with what `gen-report explain` says of it.

use super::Code;

macro_rules! codes {
    ($($(#[doc = $title:literal])+ $name:ident = $code:literal, $text:literal;)+) => {
        $($(#[doc = $title])+ pub const $name: Code = Code($code);)+

        /// Code, title and explanation, in the order of the codes.
        pub const ALL: &[(Code, &str, &str)] = &[$(($name, concat!($($title),+), $text)),+];
    };
}

codes! {
    /// A file of the project cannot be read, or is no text.
    PROJECT_FILE = "E0001",
    "The file is missing, may not be read, holds other bytes than UTF-8, or is too large to be what it says it is. \
     A path never leaves the project, by `..` or by a link.\n\
     Save the file as UTF-8 under its name, or name another folder with --project.";
    /// The project has no such language, report or city.
    NOT_IN_PROJECT = "E0002",
    "What --lang, --report or --city names does not exist. `gen-report list` shows what does.";
    /// There is nothing to make.
    NOTHING_TO_MAKE = "E0003",
    "No city has the status `selected`, or no report is left after --report and --city.";

    /// The results file is no YAML, or breaks a limit that protects the reader.
    YAML = "E0101",
    "The place is where the parser lost its way, which may be a line after the mistake: a missing space behind a colon, \
     an open quote, a wrong indent. Aliases, deep nesting and very large files are refused: they can make a small file \
     cost any amount of memory.";
    /// A key that the results file does not know.
    UNKNOWN_KEY = "E0102",
    "Keys are never ignored, since a misspelt one would leave a fact out unseen. `gen-report schema` lists them all.";
    /// A value of the wrong type or form.
    WRONG_VALUE = "E0103",
    "Numbers are written exactly (2500000000000, 2_500_000_000_000 or 2.5e12), dates as in ISO 8601 (2025-11-28, \
     2025-11, 2025, `end of 2024`, 2021/2025), words as the message lists them.";
    /// A key that must be there is not.
    MISSING_KEY = "E0104",
    "The documents cannot be made without this fact.";
    /// The same key, identifier or message twice.
    DUPLICATE = "E0105",
    "Which of the two is meant cannot be known. Keep one.";
    /// A text has no entry for a language.
    MISSING_TEXT = "E0106",
    "A text of the results is a map of languages, {fr: …, en: …}, or a plain text for all of them. Add the language, \
     or let its locale name another one to fall back to (`locale-fallback`).";
    /// A reference in the results file points at nothing.
    DANGLING = "E0107",
    "The source, the city or the figure that is named does not stand in the file.";

    /// Two facts that contradict each other.
    SENSE = "E0108",
    "Ranks leave none out, dates stand in order (founded, announced, published), an embargo ends by the announcement, a \
     share lies between 0 and 100 percent, and what is observed is not later than the publication.";

    /// A locale file does not parse.
    FTL = "E0201",
    "The file is Project Fluent: `name = text`, further lines indented, placeables in braces, a selector with one \
     variant marked by a star. See https://projectfluent.org/fluent/guide/.";
    /// A message that a language does not have.
    UNKNOWN_MESSAGE = "E0202",
    "A template asks for the message, and neither the language nor its fallback has it.";
    /// A message needs a variable that it does not get.
    MISSING_VARIABLE = "E0203",
    "Templates name the variables of a message, {{t \"headline\" city=city}}; the messages of numbers.ftl get those that \
     locales/README.md lists.";
    /// A function of the locale is unknown, or was called wrongly.
    FUNCTION = "E0204",
    "locales/README.md shows each function and what it takes. numbers.ftl may not call those that go back to it.";
    /// A setting of the locale is missing or not understood.
    SETTING = "E0205",
    "locales/README.md lists the settings of numbers.ftl and their values.";
    /// A message could not be resolved.
    MESSAGE = "E0206",
    "The message goes round in a circle, refers to what is not there, or shows braces on the page.";
    /// A message or a text was taken from the fallback of the locale.
    BORROWED = "W0207",
    "The locale names another one in `locale-fallback`, and this text came from there. With --strict it is an error.";
    /// A message refers to a message, a term or an attribute that is not there.
    REFERENCE = "E0208",
    "References in braces, { other }, { -term }, { other.attribute }, name what stands in the same locale; numbers.ftl \
     sees its own messages only. A form of names needs its message too: NAME($city, form: \"in\") goes to `name-in`.";
    /// A plural selector misses a category of the language, or names one that it lacks.
    PLURAL = "E0209",
    "CLDR gives each language its plural categories: English one and other, Russian one, few, many and other. A selector \
     names all of them, so that each number has a form which the translator chose.";
    /// A selector names a word that its variable never is, or lacks one that the facts use.
    VARIANT = "E0210",
    "Hedges are over, almost, about, exact and range; natures forecast and observed. A hedge that a language does not \
     say would turn “more than 600” into “600”.";
    /// A unit of the facts that a language cannot say.
    UNIT = "E0211",
    "A unit is a message: `cny` is `measure-cny` in numbers.ftl, with the attributes .before, .number and .after. A \
     currency of ISO 4217 without a message of its own goes through `measure-money`.";
    /// A message, an attribute or a variable that nothing uses.
    UNUSED = "W0212",
    "It may be left over, or misspelt. measure- and name- messages are never told: they belong to the data.";
    /// A variable that all languages but one print.
    LEFT_OUT = "W0213",
    "A fact may have been lost in translation. Where the sentence does without it on purpose, a comment above the \
     message says so: # without $place: the dateline names it.";
    /// The parts of a measure say something else than the whole.
    PARTS = "W0214",
    "The strip of key figures shows .before, .number and .after of a measure, a sentence the whole: they hold the same words.";
    /// A straight quotation mark or apostrophe.
    STRAIGHT = "W0221",
    "Write the marks of the language: its setting `quotation-marks` names them.";
    /// Spaces that the language does not put so.
    SPACE = "W0222",
    "The settings space-narrow-… and space-fixed-… of the locale say which spaces stand around punctuation.";
    /// Half-width punctuation in full-width text.
    WIDTH = "W0223",
    "Beside Chinese and Japanese characters punctuation is as wide as they are.";
    /// The ending of an ordinal that is not raised.
    RAISED = "W0224",
    "The setting `ordinal-endings` lists endings that are raised behind a numeral: write 2{ SUPER(\"e\") }.";

    /// A template does not parse, or may not do what it does.
    TEMPLATE = "E0301",
    "Templates are Handlebars that emit Typst. {{{…}}} and decorators are refused, since they would let data become code.";
    /// A template names data that is not there, or uses it in the wrong way.
    TEMPLATE_DATA = "E0302",
    "What is optional in the results must be asked for first: {{#if city.photo}}.";
    /// A helper is unknown, or was called wrongly.
    HELPER = "E0303",
    "README.md lists the helpers: “What a template may call”.";
    /// An image cannot be used.
    IMAGE = "E0304",
    "Photos are PNG, JPEG, SVG, GIF or WebP files below the folder of the results file.";

    /// An image is too coarse for print.
    RESOLUTION = "W0305",
    "Under 200 dots to an inch at the size that it is printed in, a photo looks soft. Take a larger one.";

    /// Typst refuses the page.
    TYPST = "E0401",
    "The place is the line of the template, or of the style module, that made the code which Typst refuses.";
    /// The page cannot become an archive document.
    PDF = "E0402",
    "PDF/A-3a and PDF/UA-1 ask for a title, a language, alternative texts and fonts that may be embedded.";
    /// The page is not as its style wants it.
    LAYOUT = "W0404",
    "A text outside the page, or a remark that the style module made: a headline of more than three lines. A module \
     makes one by #metadata((message: \"…\", help: \"…\")) with the label <finding>.";
    /// The typesetter broke down; the other documents go on.
    BREAKDOWN = "E0403",
    "A fault of the program, not of the project. Please report it with the project's files.";

    /// The process that built a document ended.
    WORKER = "E0406",
    "With --timeout each document is built in a separate process. It was ended by the system, most often because it ran out \
     of memory: look for a loop in the template that grows without end, or allow more with --memory.";

    /// A document took longer than --timeout allows.
    TIMEOUT = "E0405",
    "With --timeout each document is made in a process of its own, which is ended when its time is up; the others go on. \
     A template that loops without end is the usual cause.";

    /// A character that no font of the list covers.
    MISSING_GLYPH = "E0501",
    "A page never shows a box in place of a character. Put a typeface that has it into fonts/, and name the family in \
     the fonts-… settings of the locale.";
    /// A font family that the project does not have.
    MISSING_FAMILY = "E0502",
    "Only typefaces of the project and of the program are used, never those of the machine.";
    /// A font file that cannot be read.
    FONT_FILE = "E0503",
    "fonts/ holds TrueType and OpenType files: .ttf, .otf, .ttc.";

    /// A document could not be written.
    OUTPUT = "E0601",
    "Nothing half-written is left behind: a document is written aside and then renamed.";
    /// Two documents would have the same name, or one a name that is not safe everywhere.
    OUTPUT_NAME = "E0603",
    "Names of reports and cities become names of files and parts of addresses: letters a–z, digits, `-` and `_`.";
    /// Another run is writing to the same place.
    LOCKED = "E0604",
    "Two runs that write the same manifest would lose each other's lines. Shards (--shard) have a manifest each and may \
     share a folder. The lock goes with its process, however that ends.";
    /// The store asks to be tried again.
    TRY_AGAIN = "E0605",
    "The network or the store failed for now, and went on failing when it was asked again. What was made is in the \
     manifest: run again with --resume. The exit code is 75.";
    /// The part of a run cannot be told.
    SHARD = "E0606",
    "--shard auto reads which part of the run this is from the scheduler: SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or \
     AWS_BATCH_JOB_ARRAY_INDEX. With --shards N the indices count from 0 to N−1, so that one of them can be submitted again.";
    /// A document of the run is in no manifest, or failed.
    GAP = "E0607",
    "A merge wants each document of the project from one shard. Run the shard that misses it again with --resume, with the \
     same --lang and --report, then merge again.";
    /// Two shards made the same document.
    DOUBLE = "E0608",
    "The shards were cut in different ways, or a manifest was copied or edited. Keep the manifests of one cut.";
    /// A document is not what its manifest says, or was made of something else.
    DIFFERS = "E0609",
    "The file was changed after it was made, or the facts, words or shapes were. Run its shard again with --resume, which \
     makes it anew.";
    /// A bucket cannot be used.
    STORE = "E0610",
    "Settings come from the environment. s3://: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION; \
     for other stores that speak S3 AWS_ENDPOINT_URL, and AWS_ALLOW_HTTP=true where it is not encrypted. gs://: \
     GOOGLE_APPLICATION_CREDENTIALS. az://: AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY. Roles of machines \
     and of Kubernetes are found too. The key may put, get, list and delete objects.";
    /// An object is there and holds something else.
    OCCUPIED = "E0611",
    "Objects are created, never replaced, so that no run destroys what another one made. The same bytes count as made. \
     After facts, words or templates have changed, write under another prefix, or with --overwrite.";
    /// An older document stands where a failed one should be.
    STALE = "W0602",
    "It was made by an earlier run and may hold what has changed since.";

    /// A fact is missing from a document.
    FACT_MISSING = "E0701",
    "The template places the figure, the date or the rank, but the finished document does not say it as the language \
     does. The document may be older than the facts or the words: build it again.";
    /// A number in a document comes from no fact.
    NO_FACT = "E0702",
    "Facts are written once, in the results: a digit typed into a message, a template or a style module would stay when \
     they change. Print a value of the results, or write the number in words.";
    /// Two languages say different values of one fact.
    PARITY = "E0703",
    "The digits of each language are read back and multiplied by what CLDR says of the word behind them. Correct the \
     message of numbers.ftl that divides (SHIFT, PART), or the word that it prints.";
    /// A document cannot be read back, or is missing.
    UNREAD = "E0704",
    "An audit needs every document of a language. Build them all, or name the languages to audit with --lang.";

    /// A sheet of paper that is not known.
    SHEET = "E0801",
    "Sheets are A4, SRA4, A3, SRA3, Letter and Tabloid, or any width and height in millimetres: --sheet 330x487.";
    /// The pages do not fit on the sheet.
    PLAN = "E0802",
    "A sheet holds the pages, the bleed around them and, outside the bleed, marks of 3 mm at a distance of 1 mm.";
    /// An output profile that is not one.
    PROFILE = "E0803",
    "--icc names an ICC profile of the class `prtr` in CMYK: the printing condition that the print shop asks for.";
    /// More ink than the paper takes.
    INK = "E0804",
    "The inks of one colour add up to at most 300 %, or what --max-ink says. What is measured is each colour that the \
     pages use and each CMYK image that can be read; overprinted colours are not added up.";
    /// Black of several inks in small text.
    RICH_BLACK = "W0805",
    "Four plates never fall exactly on each other: small text is printed with the black ink alone.";
    /// A colour or an image that is no ink.
    RGB = "W0806",
    "RGB and CIE colours are converted by the print shop's device, not by the palette. The style modules name the \
     inks of each colour in reports/shared/colour.typ; a photo is saved as CMYK.";
    /// A page with less bleed than the sheet asks for.
    BLEED = "E0807",
    "Style modules give the page its bleed in the press variant: set page(bleed: bleed).";
    /// A slug that has no room.
    SLUG = "W0808",
    "The line outside the trimmed page names job, sheet, language, date and colours. On a small sheet some are left out.";
    /// A finish that no page has.
    FINISH = "W0809",
    "--finish names plates of the style modules, as foil and varnish: reports/shared/colour.typ has them.";

    /// The description of a stock contradicts itself or its page.
    STOCK = "E0811",
    "Places are millimetres from the upper left corner of the page to the point where a text starts, to its middle or to \
     its end, on its baseline. README.md shows a stock: “On stock printed beforehand”.";
    /// A text does not fit its field.
    STOCK_ROOM = "E0812",
    "A text that is too long is shrunk from `size` to `min-size`, and never cut off. Make the field wider, or give the \
     text a shorter form.";
    /// The scan of a stock has other proportions than its page.
    STOCK_SCAN = "W0813",
    "The picture is stretched over the page, so a proof shows the fields beside their places. Cut it at the edges of \
     the page.";
}
