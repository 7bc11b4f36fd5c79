"""Checks that programs that share no code with gen-report find the words, links and data of archive files.

    readers.py PDFJS-FOLDER FILE...      (pip install pikepdf pypdfium2 pymupdf; npm install pdfjs-dist)

The words are those of the tags, as a screen reader gets them. Every one must be in the text that PDFium (Chrome), pdf.js
(Firefox), MuPDF and poppler extract from the page, which is what their search looks through.
"""

import json
import pathlib
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict

import pikepdf
import pymupdf
import pypdfium2

pdfjs, files = pathlib.Path(sys.argv[1]).resolve(), [pathlib.Path(name) for name in sys.argv[2:]]
PDFJS = """
import fs from "fs";
import { getDocument } from "%s/node_modules/pdfjs-dist/legacy/build/pdf.mjs";
const texts = {};
for (const file of process.argv.slice(2)) {
  const document = await getDocument({ data: new Uint8Array(fs.readFileSync(file)), verbosity: 0 }).promise;
  texts[file] = "";
  for (let number = 1; number <= document.numPages; number++) {
    const content = await (await document.getPage(number)).getTextContent();
    texts[file] += content.items.map((item) => item.str + (item.hasEOL ? "\\n" : "")).join("") + "\\n";
  }
}
console.log(JSON.stringify(texts));
"""
script = pdfjs / "extract.mjs"
script.write_text(PDFJS % pdfjs)
from_pdfjs = json.loads(subprocess.run(["node", script, *files], capture_output=True, check=True).stdout)
READERS = {
    "PDFium": lambda file: "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)),
    "pdf.js": lambda file: from_pdfjs[str(file)],
    "MuPDF": lambda file: "\n".join(page.get_text() for page in pymupdf.open(file)),
    "poppler": lambda file: subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode(),
}


def unicode_map(font):
    """The text of each code of a font, from its ToUnicode map."""
    codes = {}
    source = font.ToUnicode.read_bytes().decode("latin1") if "/ToUnicode" in font else ""
    text = lambda digits: bytes.fromhex(digits).decode("utf-16-be")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.S):
        for code, digits in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            codes[int(code, 16)] = text(digits)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.S):
        for first, last, digits in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for at in range(int(first, 16), int(last, 16) + 1):
                codes[at] = chr(int(digits, 16) + at - int(first, 16))
    return codes


def marked_texts(page):
    """The text of each marked content sequence, by its identifier."""
    texts, maps = defaultdict(str), {}
    marks, font = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in ("BDC", "BMC"):
            properties = operands[1] if operator == "BDC" else {}
            if isinstance(properties, pikepdf.Name):
                properties = page.Resources.Properties[properties]
            marks.append((properties.get("/MCID"), properties.get("/ActualText")))
            if marks[-1][1] is not None:
                inner = [number for number, _ in marks if number is not None]
                texts[int(inner[-1]) if inner else None] += str(marks[-1][1])
        elif operator == "EMC":
            marks.pop()
        elif operator == "Tf":
            name = str(operands[0])
            maps.setdefault(name, unicode_map(page.Resources.Font[name]))
            font = maps[name]
        elif operator in ("Tj", "TJ") and all(replaced is None for _, replaced in marks):
            numbers = [number for number, _ in marks if number is not None]
            for item in operands[0] if operator == "TJ" else [operands[0]]:
                if isinstance(item, pikepdf.String) and numbers:
                    code = bytes(item)
                    pairs = (int.from_bytes(code[at : at + 2], "big") for at in range(0, len(code), 2))
                    texts[int(numbers[-1])] += "".join(font.get(pair, "\ufffd") for pair in pairs)
    return texts


def walk(element, page, texts, visit):
    """Visits the elements of a structure tree in order: a role, or the text of a marked content sequence."""
    if not isinstance(element, pikepdf.Dictionary):
        visit("text", texts[page][int(element)])
        return
    page = element.Pg.objgen if "/Pg" in element else page
    if element.get("/Type") == "/MCR":
        visit("text", texts[page][int(element.MCID)])
    elif element.get("/Type") == "/OBJR":
        visit("object", element.Obj)
    else:
        visit("element", element)
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            walk(kid, page, texts, visit)
        visit("end", element)


def squeezed(text):
    """Text without what a search ignores: the kind of spaces, hyphens at line ends, the vowel signs of Arabic."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\ufffe", "").replace("\u2010", "-")
    text = re.sub(r"[\u064b-\u065f\u200b-\u200f\u2060\ufeff\u2066-\u2069]", "", text)
    return re.sub(r"\s+", " ", text)


failures = []
for file in files:
    pdf = pikepdf.open(file)
    texts = {page.obj.objgen: marked_texts(page) for page in pdf.pages}
    pieces, links, roles, paragraphs = [], [], [], []

    def visit(kind, value):
        if kind == "text":
            pieces.append(value)
            if paragraphs:
                paragraphs[-1].append(value)
        elif kind == "object" and value.get("/Subtype") == "/Link":
            links.append(value)
        elif kind == "element":
            roles.append(str(value.S))
            if value.S == "/P":
                paragraphs.append([])

    for root in pdf.Root.StructTreeRoot.K:
        walk(root, None, texts, visit)

    words = set()
    for piece in map(squeezed, pieces):
        # Chinese and Japanese have no spaces: there, the line is what must be found.
        words.update(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]{2,}|(?:(?![\u3040-\u30ff\u3400-\u9fff])\w)+", piece))
    for name, read in READERS.items():
        text = squeezed(read(file))
        dense = re.sub(r"(?<=[\u3000-\u9fff]) (?=[\u3000-\u9fff])", "", text)
        # Words from right to left are in the file in the order in which they stand on the page.
        found = lambda word: word in text or word in dense or word[::-1] in text
        missing = sorted(word for word in words if not found(word))
        # Some readers reorder vowel signs of Arabic, or numbers inside it; no order of the glyphs suits them all.
        tolerated = 0.1 * len(words) if file.parent.name.startswith("ar") else 0
        if len(missing) > tolerated:
            failures.append(f"{file}: {name} does not find {missing}")
    # What a screen reader hears: no words joined at the ends of lines.
    for paragraph in paragraphs:
        for end, start in zip(paragraph, paragraph[1:]):
            if re.search(r"[a-zà-ÿ]{2}$", end) and re.match(r"[a-zà-ÿ]{2}", start):
                failures.append(f"{file}: the words {end[-20:]!r} and {start[:20]!r} are joined")
    if not links or any("/Contents" not in link or "/URI" not in link.A for link in links):
        failures.append(f"{file}: links without an address or a description")
    if "press-release" in file.name and not ("/L" in roles and "/LI" in roles):
        failures.append(f"{file}: the key figures are no list")
    # The facts, for programs.
    languages = file.parent.name.split("+")
    attached = [pdf.attachments[name] for name in pdf.attachments]
    if len(attached) != len(languages):
        failures.append(f"{file}: {len(attached)} attached files")
    for attachment in attached:
        data = json.loads(attachment.get_file().read_bytes())
        if attachment.obj.AFRelationship != "/Data" or data["@context"] != "https://schema.org":
            failures.append(f"{file}: the attached facts are not JSON-LD with the relationship Data")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in ("dc:title", "dc:description", "dc:rights", "dc:publisher", "dc:language", "pdf:Producer"):
            if not metadata.get(key):
                failures.append(f"{file}: no {key}")
        if len(metadata["dc:language"]) != len(languages):
            failures.append(f"{file}: dc:language is {metadata['dc:language']}")
    if "/Outlines" not in pdf.Root:
        failures.append(f"{file}: no bookmarks")

print("\n".join(failures) or f"readers: {len(files)} files, each word found by {', '.join(READERS)}")
sys.exit(1 if failures else 0)
