//! The diagnostic codes, grouped by the part of the project they concern, with the text of `gen-report explain`.

use super::Code;

macro_rules! codes {
    ($($(#[doc = $title:literal])+ $name:ident = $code:literal, $text:literal;)+) => {
        $($(#[doc = $title])+ pub const $name: Code = Code($code);)+

        /// Code, title and explanation of each diagnostic.
        pub const ALL: &[(Code, &str, &str)] = &[$(($name, concat!($($title),+), $text)),+];
    };
}

codes! {
    /// A project file cannot be read.
    PROJECT_FILE = "E0001",
    "The file is missing, not readable for this user, not UTF-8, or larger than such a file may be; or its path leaves \
     the project, by `..` or through a link.\n\
     Save it as UTF-8 under the name in the message, or choose another project with --project.";
    /// The project has no such language, report or city.
    NOT_IN_PROJECT = "E0002",
    "No language, report or city has the name given with --lang, --report or --city. `gen-report list` shows the \
     names.";
    /// There are no documents to build.
    NO_DOCUMENTS = "E0003",
    "No city has the status `selected`, or --report and --city exclude every document.";

    /// A YAML or JSON file is not valid, or exceeds a limit.
    YAML = "E0101",
    "The location is where the parser failed, which may be a line after the mistake: look for a missing space after a \
     colon, an unclosed quote or wrong indentation. Aliases, deep nesting and very large files are refused, because a \
     small file could use them to exhaust the memory.";
    /// A key is unknown.
    UNKNOWN_KEY = "E0102",
    "Unknown keys are errors, because a misspelt key would silently drop a fact. `gen-report schema` lists every key of the \
     results.";
    /// A value has the wrong type or format.
    WRONG_VALUE = "E0103",
    "Write numbers exactly (2500000000000, 2_500_000_000_000 or 2.5e12) and dates in ISO 8601 (2025-11-28, 2025-11, \
     2025, 2021/2025) or as `end of 2024`. For a key with a fixed set of words, use one of those that the message \
     lists.";
    /// A required key is missing.
    MISSING_KEY = "E0104",
    "The documents cannot be built without this fact. Add the key; `gen-report schema` describes its value.";
    /// A key, an identifier or a message is defined twice.
    DUPLICATE = "E0105",
    "The program cannot know which of the two is meant. Keep one.";
    /// A text has no translation for a language.
    MISSING_TEXT = "E0106",
    "A text in the results is either a map of languages, {fr: …, en: …}, or one plain text for all of them. Add the \
     language, or set `locale-fallback` in its locale to another language.";
    /// A name refers to nothing.
    BROKEN_REFERENCE = "E0107",
    "Nothing has the name that is written here, such as that of a source, a city, a figure or a column. Correct the name, \
     or add a definition.";

    /// Two facts contradict each other.
    CONTRADICTION = "E0108",
    "Ranks have no gaps; dates are in order (founded, announced, published); an embargo ends on the day of the \
     announcement and of the press release; a share is between 0 and 100 percent; and nothing is observed after the publication. Correct one of \
     the two facts.";

    /// No document shows a fact.
    NOT_SHOWN = "W0109",
    "A press release prints the facts that reports/story.yaml names; with the block `other-figures`, also the other figures. \
     Name the fact in the story, print it with a message or a template, or remove it from the results.";

    /// A language needs a form of a name that the results do not give.
    GUESSED_FORM = "W0110",
    "The rule of the language made the form, but cannot know whether it is right: French elides “de” before a mute h only, \
     and a common noun or an acronym has an article. Write the forms next to the name: {name: Hyères, of: d’Hyères}. Once \
     the form is written, the warning disappears, even if the rule was right.";

    /// A locale file cannot be parsed.
    FTL = "E0201",
    "Locale files are written in Project Fluent: `name = text`, continuation lines indented, placeables in braces, and \
     one variant of each selector marked with an asterisk. See https://projectfluent.org/fluent/guide/.";
    /// A language does not have a message.
    UNKNOWN_MESSAGE = "E0202",
    "A template uses the message, but neither the language nor its fallback defines it. Add the message, or correct \
     its name in the template.";
    /// A message uses a variable that it does not receive.
    MISSING_VARIABLE = "E0203",
    "A template passes the variables of a message by name: {{t \"headline\" city=city}}. The messages of numbers.ftl \
     receive the variables listed in locales/README.md of the project.";
    /// A locale calls an unknown function, or calls a function incorrectly.
    FUNCTION = "E0204",
    "locales/README.md of the project describes each function and its arguments. Messages of numbers.ftl and units.ftl must not call \
     functions that use these messages themselves, which would never end.";
    /// A setting of a locale is missing or invalid.
    SETTING = "E0205",
    "locales/README.md of the project lists the settings of numbers.ftl and their values.";
    /// A message cannot be resolved.
    MESSAGE = "E0206",
    "The message refers to itself, uses something undefined, or would print a brace. Correct its references.";
    /// A message or text comes from the fallback locale.
    FALLBACK_USE = "W0207",
    "The language has no translation, so the one of its `locale-fallback` is printed. Add a translation. With --strict \
     this is an error.";
    /// A message refers to an undefined message, term or attribute.
    REFERENCE = "E0208",
    "{ other }, { -term } and { other.attribute } refer to definitions in the same locale; in numbers.ftl and \
     units.ftl, to definitions in these files. A name form needs a message as well: NAME($city, form: \"in\") uses `name-in`.";
    /// A plural selector lacks a category, or has one that the language does not use.
    PLURAL = "E0209",
    "CLDR defines the plural categories of each language: one and other for English; one, few, many and other for \
     Russian. Give each of them a variant, so that the translator has chosen the form for every number.";
    /// A selector has a variant that never occurs, or lacks one that the facts need.
    VARIANT = "E0210",
    "Hedges are over, almost, about, exact and range; natures are forecast and observed. If a language ignored a \
     hedge, “more than 600” would become “600”. The options `case`, `gender` and `style` accept only the variants \
     that numbers.ftl and units.ftl define for them.";
    /// A language has no message for a unit of the facts.
    UNIT = "E0211",
    "Each unit is a message: `cny` is `measure-cny` in numbers.ftl, with the attributes .before, .number and .after. \
     An ISO 4217 currency without such a message uses `measure-money`.";
    /// A message, an attribute, a variable or a file is never used.
    UNUSED = "W0212",
    "It may be obsolete or misspelt: remove it, or correct its name. Messages that begin with measure-, name-, \
     figure-, sentence-, print-, proof- or verify- are not checked, because the data or the program decides which of them \
     are used. Templates are reports/REPORT/city.typ.hbs, \
     reports/REPORT/edition.typ.hbs and partials in reports/shared/; fonts are .ttf, .otf and .ttc files.";
    /// One language omits a variable that all others print.
    LEFT_OUT = "W0213",
    "A fact may have been lost in translation. If the omission is intended, say so in a comment above the message: # \
     without $place: the dateline names it.";
    /// The parts of a measure differ from the whole.
    PARTS = "W0214",
    "The strip of key figures prints the attributes .before, .number and .after of a measure, and a sentence prints \
     its value. Use the same words in both.";
    /// The words of a locale are about another programme.
    LEFTOVER_WORDS = "W0215",
    "The sentences about the programme are in programme.ftl of each locale. A project without this file uses the \
     sentences of the embedded edition, which are about another programme. Write your own, for example from the file in \
     a new project of `gen-report init`.";
    /// A locale has the words or the settings of another language.
    UNTRANSLATED = "W0216",
    "The folder or the file was probably copied from another language. Translate its messages, and write the language of the folder in \
     the setting `locale-icu` of numbers.ftl. A locale that uses the words of another language on purpose needs no copy \
     of them: name that language in `locale-fallback`.";
    /// A text has a straight quotation mark or apostrophe.
    STRAIGHT_QUOTE = "W0221",
    "Use the marks of the language, which are in its settings `quotation-marks` and `apostrophe`.";
    /// The spacing around a punctuation mark is not that of the language.
    SPACE = "W0222",
    "The settings space-narrow-… and space-fixed-… of the locale define the spaces around punctuation.";
    /// Half-width punctuation in full-width text.
    HALF_WIDTH = "W0223",
    "Use full-width punctuation next to Chinese and Japanese characters.";
    /// The ending of an ordinal is not superscript.
    ORDINAL_ENDING = "W0224",
    "The setting `ordinal-endings` lists the endings that are raised after a numeral: write 2{ SUPER(\"e\") }.";
    /// A page shows text that is neither in a message nor in the facts.
    HARD_CODED_TEXT = "W0225",
    "A build of the accented pseudo-locale (--pseudo) reads its pages. Text that no message and no fact printed is written \
     into a template or a style module, and the same in every language. Define a message in each locale, and print it there \
     with {{t \"…\"}}.";

    /// A template cannot be parsed, or uses a feature that is not allowed.
    TEMPLATE = "E0301",
    "Templates are Handlebars files that produce Typst. {{{…}}} and decorators are not allowed, because they could \
     turn data into code.";
    /// A template uses data that do not exist, or uses them incorrectly.
    TEMPLATE_DATA = "E0302",
    "Test for optional data first: {{#if city.photo}}.";
    /// A template calls an unknown helper, or calls a helper incorrectly.
    HELPER = "E0303",
    "The chapter “Template helpers” of the manual describes each helper and its arguments.";
    /// An image cannot be used.
    IMAGE = "E0304",
    "Photos are PNG, JPEG, SVG, GIF or WebP files in the folder of the results file or below it.";
    /// The resolution of an image is too low for print.
    RESOLUTION = "W0305",
    "A photo with fewer than 200 pixels per inch at its printed size looks blurred. Use a larger one. The number is \
     `resolution` of `print` in reports/design.yaml.";

    /// Typst cannot compile a page.
    TYPST = "E0401",
    "The location is the line of the template or of the style module that produced the invalid code.";
    /// A page cannot be exported as an accessible archive PDF.
    PDF = "E0402",
    "PDF/A-3a and PDF/UA-1 require a title, a language, alternative texts for images, and fonts whose licence permits \
     embedding.";
    /// The program crashed while it built a document.
    CRASH = "E0403",
    "This is a defect of the program, not of the project. The other documents are not affected. Please report it, with \
     the project's files if you can share them. With --timeout, a document that exceeds its time or memory has the \
     code E0405 or E0406 instead.";
    /// The layout of a page breaks a rule of its style.
    LAYOUT = "W0404",
    "A text is outside the page or outside the area that the style module states, overlaps another text, is crossed by a \
     line or a drawing, or is smaller than 5 pt; a table cell reaches over another one; two paragraphs have no space \
     between them; a short word, or a single Chinese character, is alone on the last line of a paragraph; one line of a \
     paragraph is alone on a page; less than a fifth of the last page is filled. Or the style module reports a finding, \
     such as a headline of more than three lines. A module reports one with #metadata((message: \"…\", help: \"…\")) and \
     the label <finding>, and states the area for text with #metadata((left: 20mm, right: 20mm, top: 30mm, bottom: 20mm)) \
     and the label <area>.";
    /// Building a document took longer than --timeout allows.
    TIMEOUT = "E0405",
    "With --timeout, `build` builds each document in a separate process, which is ended when the time is up. The other \
     documents are not affected. `print` ends without writing a sheet. The usual cause is an endless loop in a template.";
    /// The process that builds a document ended unexpectedly.
    WORKER = "E0406",
    "With --timeout each document is built in a separate process. The system ended it, most often because it ran out \
     of memory: look for a loop in the template that produces endless output, or allow more with --memory.";
    /// A file of the project changed during the run.
    INPUT_CHANGED = "E0407",
    "All documents of a run are built from the same facts. A file was edited, replaced or cut short while the run read \
     it. Run again; with --resume, the documents that are already right are not built again.";
    /// The system cannot start another thread or process.
    NO_THREAD = "E0408",
    "The limits of this user or container allow no further thread: `ulimit -u` for their number, `ulimit -v` for the \
     memory. Raise them, or build fewer documents at the same time with --jobs.";

    /// No font has a glyph for a character.
    MISSING_GLYPH = "E0501",
    "The page would show an empty box. Put a typeface with this character into fonts/, and name its family in a \
     fonts-… setting of the locale.";
    /// The project does not have a font family.
    MISSING_FAMILY = "E0502",
    "Only typefaces of the project and of the program are used, never those installed on the machine, so that every \
     machine produces the same pages. Put the typeface into fonts/, or name another family.";
    /// A font file cannot be read.
    FONT_FILE = "E0503",
    "fonts/ may contain TrueType and OpenType files: .ttf, .otf and .ttc.";

    /// A file of the output, a port or a program cannot be used.
    OUTPUT = "E0601",
    "The message says which. For a file, check that the folder exists, that you may write to it, and that the disk is not \
     full. Documents are never left half-written: each is written to a temporary file, which is then renamed.";
    /// An outdated document remains in place of one that failed.
    OUTDATED_DOCUMENT = "W0602",
    "It may contain facts or words that have changed since. Do not publish it; correct the error and build again.";
    /// Two documents have the same name, or a name is not safe on every system.
    OUTPUT_NAME = "E0603",
    "The names of reports and cities become parts of file names and web addresses. Use letters a–z, digits and `-`; names of \
     reports may also have `_`.";
    /// Another run is writing to the same place.
    LOCKED = "E0604",
    "Two runs that write the same manifest would lose each other's entries. Wait for the other run. Shards (--shard) \
     have separate manifests and may share a folder. The lock is released when its process ends, even if it crashes.";
    /// The store is temporarily unavailable.
    TRY_AGAIN = "E0605",
    "The network or the store reported a temporary error, and retrying did not help. The manifest lists the documents \
     that are finished: run again with --resume. The exit code is 75.";
    /// The shard of this run cannot be determined.
    SHARD = "E0606",
    "--shard auto reads it from the scheduler: SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX. \
     With --shards N the indices are 0 to N−1, so that a single one can be submitted again.";
    /// A document is missing from all manifests, or failed.
    MISSING_DOCUMENT = "E0607",
    "A merge needs each document of the project from exactly one shard. Run the shard with the missing document again \
     with --resume and the same --lang and --report, then merge again.";
    /// Two shards built the same document.
    DUPLICATE_DOCUMENT = "E0608",
    "The shards were divided in different ways, or a manifest was copied or edited. Keep only the manifests of one \
     division.";
    /// A document differs from its manifest entry, or from the current project.
    CHANGED_DOCUMENT = "E0609",
    "The file was changed after it was built; or the facts, locales or templates were. Run its shard again with \
     --resume, which rebuilds the document. If the shards were signed or sealed, give `merge` the same \
     `--sign` and options for seals.";
    /// A bucket or another store cannot be used.
    STORE = "E0610",
    "The settings are environment variables. s3://: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and \
     AWS_REGION; for other stores with an S3 API also AWS_ENDPOINT_URL, and AWS_ALLOW_HTTP=true if the connection is \
     not encrypted. gs://: GOOGLE_APPLICATION_CREDENTIALS. az://: AZURE_STORAGE_ACCOUNT_NAME and \
     AZURE_STORAGE_ACCOUNT_KEY. The roles of virtual machines and of Kubernetes are found automatically. The \
     credentials must permit putting, getting, listing and deleting objects. The program also needs the root \
     certificates of the system (package ca-certificates), or a file of them that SSL_CERT_FILE names.";
    /// An object exists and has different content.
    OBJECT_EXISTS = "E0611",
    "Objects are created, never replaced, so that no run destroys the work of another. An object with the same bytes \
     counts as built. After a change of facts, locales or templates, write to another prefix, or use --overwrite.";
    /// Documents of an earlier run are no longer part of the project.
    STALE_DOCUMENTS = "W0612",
    "Their city was removed or is no longer selected, or their language or report was removed. `gen-report build --prune` \
     removes those that the manifest lists, if their files are unchanged. It never removes other files.";

    /// A document does not print a fact.
    FACT_MISSING = "E0701",
    "The template contains the figure, date or rank, but the finished document does not, at least not as the language \
     writes it. The document may be older than the facts or the locale: build it again.";
    /// A number in a document does not come from the facts.
    NO_FACT = "E0702",
    "Facts are written once, in the results. A digit in a message, a template or a style module would remain when they \
     change. Print a value of the results, or spell the number out.";
    /// A language prints another value than the fact.
    VALUE_MISMATCH = "E0703",
    "The audit reads the digits in each language and multiplies them by the power of ten that CLDR gives for the word \
     after them. Correct the message of numbers.ftl that divides the value (SHIFT, PART), or the word that it prints.";
    /// A document is missing or cannot be read.
    UNREADABLE_DOCUMENT = "E0704",
    "An audit needs every document of a language. Build all of them, or choose the languages to audit with --lang.";

    /// A sheet size is unknown.
    SHEET = "E0801",
    "Use A4, SRA4, A3, SRA3, Letter or Tabloid, or a width and height in millimetres: --sheet 330x487.";
    /// The pages cannot be arranged on the sheet.
    IMPOSITION = "E0802",
    "A sheet must have room for the pages, their bleed and, 1 mm outside the bleed, marks of 3 mm. Each layout also \
     limits the other options; the message names what it requires.";
    /// An output profile cannot be used.
    PROFILE = "E0803",
    "--icc needs a CMYK ICC profile of the class `prtr`: the printing condition that the print shop specifies.";
    /// A colour has more ink than the paper can take.
    INK = "E0804",
    "The inks of a colour may total what the output profile allows, or `max-ink` in reports/design.yaml, or --max-ink. The check covers each colour of the pages and \
     each CMYK image. Inks that overprint are added to the heaviest colour of their page.";
    /// Small text is printed in several inks.
    SMALL_TEXT = "W0805",
    "Printing plates are never in perfect register, so text below 12 pt in several inks is blurred. Use one ink: black, \
     or an ink of its own (`spot` in reports/design.yaml). The size is `small-text` of `print` there.";
    /// A colour or an image is not in CMYK.
    RGB = "W0806",
    "RGB and CIE colours are converted by the print shop's equipment, with results that nobody has chosen. Give each \
     colour its inks in reports/design.yaml (`cmyk`), or define it with `swatch` in the style module, and save photos \
     as CMYK.";
    /// A page has less bleed than requested.
    BLEED = "E0807",
    "A style module sets the bleed of the page in the print variant: set page(bleed: bleed).";
    /// The slug line has too little room.
    SLUG = "W0808",
    "The line outside the trimmed page contains the job, sheet, language, date and colours. On a small sheet some of \
     them are omitted.";
    /// No page uses a finish.
    FINISH = "W0809",
    "--finish takes names of plates in the style modules, such as foil and varnish. They are defined in \
     reports/shared/colour.typ.";

    /// A stock file contradicts itself or its page.
    STOCK = "E0811",
    "Positions are in millimetres from the upper left corner of the page. They locate the start, middle or end of a \
     text on its baseline. The chapter “Pre-printed stock” of the manual has an example.";
    /// A text does not fit its field.
    STOCK_ROOM = "E0812",
    "A long text is shrunk from `size` to `min-size`, and never cut off. Widen the field, or give the text a shorter \
     form.";
    /// The scan of a stock has different proportions from its page.
    STOCK_SCAN = "W0813",
    "A proof stretches the picture to the page, so the fields appear in the wrong place. Crop the scan to the edges of \
     the page.";

    /// Marks are in the part of the sheet that the press cannot print.
    MARGIN = "W0814",
    "A press cannot print the outer millimetres of a sheet (--margin, 4 mm by default), nor the edge that its grippers \
     hold (--gripper, often 8 to 12 mm). Use a larger sheet, or set the two to what the press needs.";
    /// Both sides are printed, but the backs are blank.
    BLANK_BACKS = "W0815",
    "--duplex puts each second page of a document on the back of the first. A document of one page leaves the back \
     blank, and its sheet passes through the press for nothing.";
    /// Numbered documents are printed more often than ordered.
    SURPLUS = "W0816",
    "Work-and-turn and work-and-tumble print both halves of a sheet from one plate, so each page exists twice. A second \
     certificate with the same number is not a copy that anyone ordered: destroy it, or print sheetwise.";
    /// Lines are too thin for how they are printed.
    THIN_LINE = "W0817",
    "Lines below 0.5 pt in several inks fall apart into coloured dots: use one ink. Lines below 0.2 mm cannot be stamped \
     with foil: the finish needs thicker lines. The widths are `thin-line` and `foil-line` of `print` in reports/design.yaml.";

    /// A key cannot be used.
    KEY = "E0901",
    "`gen-report keys new NAME` makes a key and stores it in gen-report/keys/NAME.pem of the user's configuration folder \
     (XDG_CONFIG_HOME, or ~/.config): PKCS#8, encrypted with a password. Only its owner may read the file, and no file is \
     ever overwritten. With a path, such as ./issuer.pem, the key is in that file.";
    /// The password of a key is missing or wrong.
    PASSWORD = "E0902",
    "The password is read from the file of --password-file, from the environment variable GEN_REPORT_KEY_PASSWORD, or \
     from the terminal. A lost password cannot be recovered: make another key, and publish it next to the old one.";
    /// A key set cannot be used.
    KEY_SET = "E0903",
    "--keys takes the keys.json that the issuer has published with `gen-report keys publish`: a JSON Web Key Set (RFC \
     7517) with Ed25519 keys (RFC 8037). Get it from the issuer itself, over a connection that you trust: whoever chooses \
     the keys decides what is genuine.";
    /// A certificate for seals cannot be used.
    CERTIFICATE = "E0911",
    "`gen-report keys new NAME` writes the certificate of its seals to NAME.crt, beside the key. One from an authority takes \
     its place: `gen-report keys request NAME` prints the request, and `gen-report keys import NAME --certificate FILE.pem` \
     imports the answer. It must belong to the key, permit signatures, and be valid on the day of signing: \
     SOURCE_DATE_EPOCH, or else the day of publication, or the first day of the certificate if that is later. The \
     files of --validation-data must show that neither it nor an authority was revoked: each certificate below the roots needs a \
     revocation list or an OCSP response of its issuer, valid at the time of the first time stamp.";
    /// A time-stamp server gives no usable time stamp.
    TIME_STAMP = "E0912",
    "--timestamp takes the address of a time-stamp server (RFC 3161), which the authority gives its customers. The program \
     accepts a time stamp only if it is about this seal, answers this request, follows the policy of --timestamp-policy, and has a valid \
     signature of a certificate that is for time stamps only; with --timestamp-trust, one that these certificates \
     confirm. A server that cannot be reached, or is overloaded, gives E0605. The program also needs the root certificates of the system (package \
     ca-certificates), or a file of them that SSL_CERT_FILE names. No document is written without its time stamp.";

    /// A status list cannot be used.
    STATUS_LIST = "E0921",
    "--status takes the status.jwt that the issuer has published with `gen-report keys publish`: a Bitstring Status List \
     (W3C) as a JSON Web Token, signed with one of the keys of --keys. A list that anyone else has signed or changed says \
     nothing, so nothing is checked with it.";
    /// The register of withdrawn certificates contradicts itself, or cannot be extended.
    REGISTER = "E0922",
    "reports/register.yaml is a list with an entry for each certificate that is no longer valid: `serial`, `status` (revoked \
     or superseded), `date`, a `reason` (optional if it is superseded), a `successor` if it is superseded. An entry is never \
     removed or changed: a certificate that was withdrawn by mistake stays withdrawn. Give the city a new `serial`, and build its \
     certificate again.";
    /// A command needs a date.
    DATE = "E0923",
    "A withdrawal counts from a day that a person has chosen, so the program does not take it from the clock. Give it with \
     --date, as in --date 2026-01-15, or as SOURCE_DATE_EPOCH, in seconds since 1970-01-01.";
    /// Two certificates share a place in the status list.
    STATUS_INDEX = "E0924",
    "The place of a certificate in the status list is the beginning of the hash of its serial number, one of 16 777 216. \
     A valid certificate with the same place as a withdrawn one would be taken for withdrawn by programs that read only the \
     list. Give it another `serial`, and build and publish again.";
}
