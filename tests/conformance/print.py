"""Judges sheets for the press with programs that share no code with ours: poppler, qpdf, Ghostscript, pikepdf.

    print.py PROGRAM WORKING-FOLDER
"""

import json
import math
import os
import pathlib
import re
import subprocess
import sys

import pikepdf
from PIL import Image, ImageChops

program, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
root = pathlib.Path(__file__).resolve().parents[2]
MM = 72 / 25.4
CITIES = 200


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, **options)
    assert done.returncode == 0, f"{command}: {done.stdout.decode()[-2000:]}{done.stderr.decode()[-2000:]}"
    return done.stdout


def silent(*command):
    said = run(*command, cwd=work).decode()
    assert said.strip() == "", f"{command} says {said[-2000:]}"


def fictional(folder):
    """A project of fictional cities: the example edition's words and shapes, none of its facts."""
    text = (root / "reports/results.yaml").read_text(encoding="utf-8")
    head = text[: text.index("\ncities:")]
    head = re.sub(r"  key-figures:\n(    - .*\n)+", "  key-figures: [committee-countries]\n", head)
    digits = "零一二三四五六七八九"
    cities = ["\ncities:\n"]
    for n in range(1, CITIES + 1):
        han = "数城" + "".join(digits[int(d)] for d in f"{n:03}")
        cities.append(
            f"  - id: fictive-{n:03}\n"
            f"    name: {{fr: Fictive-Élan {n:03}, en: Fictive Haven {n:03}, zh: {han}}}\n"
            f"    country: {{fr: Pays fictif, en: Fictland, zh: 数国}}\n"
            f"    status: selected\n    rank: {n}\n"
        )
    target = folder / "reports/results.yaml"
    target.parent.mkdir(parents=True)
    target.write_text(head + "".join(cities), encoding="utf-8")


def squeeze(text):
    return re.sub(r"\s", "", text)


def boxes(page):
    """Boxes in millimetres."""
    return {key: [float(side) / MM for side in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")}


def near(found, wanted):
    assert all(abs(a - b) <= 0.01 for a, b in zip(found, wanted, strict=True)), f"{found}, not {wanted}"


def structure(pdf):
    """The keys that ISO 15930-7 asks for. No judge of PDF/X is at hand: this claims no more than it looks at."""
    assert pdf.pdf_version == "1.6"
    assert pdf.docinfo["/Trapped"] == "/False" and pdf.docinfo["/GTS_PDFXVersion"] == "PDF/X-4"
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFX" and "/DestOutputProfile" in intent
    profile = intent.DestOutputProfile.read_bytes()
    assert profile[12:16] == b"prtr" and profile[16:20] == b"CMYK"
    assert len(pdf.trailer.ID) == 2 and "/Name" in pdf.Root.OCProperties.D
    for page in pdf.pages:
        media, bleed, trim = (boxes(page)[key] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
        assert media[0] <= bleed[0] <= trim[0] and trim[2] <= bleed[2] <= media[2]
        assert media[1] <= bleed[1] <= trim[1] and trim[3] <= bleed[3] <= media[3]
        assert "/Annots" not in page


def plates(pdf, dpi, page=1):
    """Each plate of a page as rows of bytes: 0 is full ink, 255 none."""
    folder = work / f"plates-{pdf.stem}"
    folder.mkdir(exist_ok=True)
    said = run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-sCompression=none", f"-r{dpi}",
               f"-dFirstPage={page}", f"-dLastPage={page}", "-o", folder / "p.tif", pdf)
    assert said == b"", said
    found = {}
    for path in folder.glob("p(*).tif"):
        image = Image.open(path).convert("L")
        found[path.stem[2:-1]] = image
    return found


def ink(image, dpi, height, rect):
    """The most ink of a plate in a rectangle in millimetres from the lower left corner, 0 to 255."""
    left, bottom, right, top = (side * dpi / 25.4 for side in rect)
    high = height * dpi / 25.4
    area = image.crop((round(left), round(high - top), round(right), round(high - bottom)))
    return 255 - area.getextrema()[0]


# 200 certificates two-up on SRA3, in each language.
project = work / "fictional"
fictional(project)
run(program, "print", "--quiet", "--project", project, "--sheet", "SRA3", "--layout", "n-up", "--up", "1x2", "--out",
    work / "gang")
for language, wanted, slug in [("fr", "Fictive-Élan {:03}", "feuille {} sur 100"), ("zh", None, "第{}张，共100张"),
                               ("en", "Fictive Haven {:03}", "sheet {} of 100")]:
    path = work / f"gang/certificate-{language}.pdf"
    size = path.stat().st_size
    assert size < 1_000_000, f"{path}: {size} bytes"
    run("qpdf", "--check", path)
    silent("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=nullpage", "-r36", path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == CITIES // 2
        structure(pdf)
        for page in pdf.pages:
            found = boxes(page)
            near(found["/MediaBox"], [0, 0, 320, 450])
            near(found["/TrimBox"], [11.5, 12, 308.5, 438])
            near(found["/BleedBox"], [8.5, 9, 311.5, 441])
        fonts = {obj.objgen for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/FontFile2" in obj}
        assert len(fonts) < 60, f"{len(fonts)} fonts"
    sheets = run("pdftotext", path, "-").decode().split("\f")
    for n in range(1, CITIES + 1):
        text = squeeze(sheets[(n - 1) // 2])
        digits = "零一二三四五六七八九"
        name = wanted.format(n) if wanted else "数城" + "".join(digits[int(d)] for d in f"{n:03}")
        assert squeeze(name) in text and f"2025-01-{n:04}" in text, f"sheet {(n + 1) // 2} lacks {name}"
        assert squeeze(slug.format((n + 1) // 2)) in text, f"{language}: the slug line lacks its sheet number"

# The bar code of a sheet is read by zbar, and its identity is that of the ticket.
ticket = json.loads((work / "gang/ticket.json").read_text(encoding="utf-8"))
(identity,) = [entry["identity"] for entry in ticket["files"] if entry["file"] == "certificate-fr.pdf"]
run("pdftoppm", "-r", "300", "-f", "100", "-l", "100", "-gray", "-png", "-singlefile", work / "gang/certificate-fr.pdf",
    work / "sheet-100")
codes = run("zbarimg", "-q", "--raw", "-Sdisable", "-Scode128.enable", work / "sheet-100.png").decode().split()
assert codes == [f"{identity}-100"], codes

# A sheet that is printed again is the same sheet.
run(program, "print", "--quiet", "--project", project, "--sheet", "SRA3", "--layout", "n-up", "--up", "1x2", "--lang", "fr",
    "--only-sheets", "100", "--out", work / "gang")
for name, page in [("certificate-fr", "100"), ("certificate-fr-reprint", "1")]:
    run("pdftoppm", "-r", "100", "-f", page, "-l", page, "-png", "-singlefile", work / f"gang/{name}.pdf", work / name)
assert (work / "certificate-fr.png").read_bytes() == (work / "certificate-fr-reprint.png").read_bytes()

# The texts of the sheet are those of the archive file.
empty = work / "first"
empty.mkdir()
run(program, "--quiet", "--report", "certificate", "--out", "out", cwd=empty)
run(program, "print", "--quiet", cwd=empty)
for language in ("fr", "zh", "en"):
    words = run("pdftotext", empty / f"out/{language}/certificate-beijing.pdf", "-").decode().split()
    sheet = squeeze(run("pdftotext", empty / f"print/certificate-{language}.pdf", "-").decode())
    lost = [word for word in words if word not in sheet]
    assert not lost, f"{language}: {lost}"
    with pikepdf.open(empty / f"print/certificate-{language}.pdf") as pdf:
        structure(pdf)
        near(boxes(pdf.pages[0])["/MediaBox"], [0, 0, 420, 297])
        near(boxes(pdf.pages[0])["/TrimBox"], [61.5, 43.5, 358.5, 253.5])
        near(boxes(pdf.pages[0])["/BleedBox"], [58.5, 40.5, 361.5, 256.5])

# The ticket in XJDF, by the schema of CIP4. Its licence does not let us ship it, and no package registry has it.
schema = os.environ.get("XJDF_SCHEMA")
if schema:
    from lxml import etree
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.parse(work / "gang/ticket.xjdf"))
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.parse(empty / "print/ticket.xjdf"))
else:
    print("XJDF: skipped, because XJDF_SCHEMA does not name the schema (jdfschema_2_1.xsd of cip4.org)")

# No mark is in the margin, nor where the gripper holds the sheet: as Ghostscript paints them.
run(program, "print", "--quiet", "--lang", "fr", "--sheet", "330x250", "--gripper", "12", "--out", "gripper", cwd=empty)
bbox = subprocess.run(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=bbox", "-o", "-",
                       empty / "gripper/certificate-fr.pdf"], capture_output=True).stderr.decode()
painted = [float(side) / MM for side in re.search(r"HiResBoundingBox: (.*)", bbox)[1].split()]
assert painted[0] >= 3.95 and painted[1] >= 11.95 and painted[2] <= 326.05 and painted[3] <= 246.05, painted


def circles(pdf, owner):
    """The middles of the circles of a page and of its forms, in millimetres: the registration marks."""
    found, curves = [], []
    for operands, operator in pikepdf.parse_content_stream(owner):
        if str(operator) == "Do" and owner.Resources.XObject[str(operands[0])].Subtype == "/Form":
            found += circles(pdf, owner.Resources.XObject[str(operands[0])])
        curves = [*curves, [float(n) / MM for n in operands]] if str(operator) == "c" else []
        if len(curves) == 4:
            found.append(tuple(sum(curve[at] for curve in curves) / 4 for at in (4, 5)))
    return found


# The registration marks of a booklet's front and back meet when the sheet is turned.
run(program, "print", "--quiet", "--lang", "fr", "--report", "press-release", "--city", "beijing", "--layout",
    "booklet", "--out", "booklet", cwd=empty)
with pikepdf.open(empty / "booklet/press-release-fr.pdf") as pdf:
    width = boxes(pdf.pages[0])["/MediaBox"][2]
    front, back = (circles(pdf, page) for page in pdf.pages[:2])
    assert len(front) >= 4, front
    for x, y in front:
        assert any(abs(width - x - u) < 0.01 and abs(y - v) < 0.01 for u, v in back), f"nothing meets ({x}, {y})"

# Separations: what stands on which plate.
DPI = 300
run(program, "print", "--quiet", "--lang", "fr", "--finish", "foil", "--sheet", "SRA4", "--margin", "0", "--out", "foil",
    cwd=empty)
found = plates(empty / "foil/certificate-fr.pdf", DPI)
assert set(found) == {"Cyan", "Magenta", "Yellow", "Black", "Foil"}, set(found)
look = lambda plate, rect: ink(found[plate], DPI, 225, rect)
for plate in found:
    # The left registration mark, and the crop marks at the left.
    assert look(plate, (2.5, 109.5, 7.4, 115.5)) > 200, f"no registration mark on {plate}"
    assert look(plate, (2.5, 217.0, 7.4, 218.0)) > 200, f"no crop mark on {plate}"
    # Nothing between the bleed and the marks.
    for rect in [(7.6, 0, 8.4, 225), (311.6, 0, 312.4, 225), (11, 220.7, 309, 221.3), (11, 3.7, 309, 4.3)]:
        assert look(plate, rect) == 0, f"{plate} has ink at {rect}"
slug = (13, 0.4, 100, 3.4)
assert look("Black", slug) > 200, "the slug line is not on the black plate"
assert all(look(plate, slug) == 0 for plate in found if plate != "Black"), "the slug line stands on more than one plate"
inside = (20, 20, 300, 205)
assert look("Foil", inside) > 200, "no foil"

# The preflight report of the ticket: fonts as pdffonts lists them, and no pixel with more ink than it says.
(entry,) = json.loads((empty / "foil/ticket.json").read_text(encoding="utf-8"))["files"]
rows = run("pdffonts", empty / "foil/certificate-fr.pdf").decode().splitlines()[2:]
assert all(row.split()[-5] == "yes" for row in rows), rows
assert {row.split()[0].split("+")[-1] for row in rows} == {font["name"] for font in entry["preflight"]["fonts"]}, rows
process = [found[name].crop((140, 90, 3640, 2560)).resize((875, 617), Image.NEAREST).tobytes()
           for name in ("Cyan", "Magenta", "Yellow", "Black")]
most = max(sum(255 - ink for ink in inks) for inks in zip(*process)) / 2.55
percent = entry["preflight"]["most-ink"]["percent"]
assert percent - 3 <= most <= percent + 1, f"{most:.1f} % of ink, not {percent} %"
assert [part["colours"] for part in entry["parts"]] == ["4/0"], entry["parts"]

# The layers of processing steps (ISO 19593-1), on a sheet that is cut by a machine. Its lines are on no plate of an ink.
run(program, "print", "--quiet", "--lang", "fr", "--finish", "foil", "--sheet", "SRA4", "--margin", "0", "--cut-contour",
    "--out", "cut", cwd=empty)
with pikepdf.open(empty / "cut/certificate-fr.pdf") as pdf:
    structure(pdf)
    steps = {str(layer.Name): layer.get("/GTS_Metadata") for layer in pdf.Root.OCProperties.OCGs}
    assert steps["Foil"] == pikepdf.Dictionary(
        GTS_ProcStepsGroup=pikepdf.Name.Structural, GTS_ProcStepsType=pikepdf.Name.FoilStamping), steps
    assert steps["CutContour"] == pikepdf.Dictionary(
        GTS_ProcStepsGroup=pikepdf.Name.Structural, GTS_ProcStepsType=pikepdf.Name.Cutting), steps
    assert len(pdf.Root.OCProperties.D.Order) == len(steps) == 3
cut = plates(empty / "cut/certificate-fr.pdf", DPI)
contour = cut.pop("CutContour")
assert set(cut) == set(found), set(cut)
assert ink(contour, DPI, 225, (11, 50, 12, 60)) > 200 and ink(contour, DPI, 225, (13, 10, 300, 215)) == 0, "no contour"
for plate in found:
    differ = ImageChops.difference(cut[plate].crop((140, 90, 3640, 2560)), found[plate].crop((140, 90, 3640, 2560)))
    assert differ.getbbox() is None, f"the contour changes the plate {plate}"
# Without the layer of foil, nothing is left on its plate inside the page.
with pikepdf.open(empty / "cut/certificate-fr.pdf") as pdf:
    pdf.Root.OCProperties.D.OFF = [layer for layer in pdf.Root.OCProperties.OCGs if layer.Name == "Foil"]
    del pdf.Root.OCProperties.D.ON
    pdf.save(empty / "no-foil.pdf")
hidden = plates(empty / "no-foil.pdf", DPI)
assert "Foil" not in hidden or ink(hidden["Foil"], DPI, 225, inside) == 0, "foil outside its layer"

# A page cut out of the sheet is the page of the print variant, pixel by pixel, where both fall on the same grid.
pixel, inch = 25.4 / 150, 25.4
run(program, "print", "--quiet", "--lang", "fr", "--sheet", f"{303 + 2 * inch}x{216 + 2 * inch}", "--out", "grid",
    cwd=empty)
# Without marks, on a sheet as large as page and bleed, the sheet is the page of the print variant.
run(program, "print", "--quiet", "--lang", "fr", "--sheet", "303x216", "--no-marks", "--out", "bare", cwd=empty)
trimmed = []
for name, offset in [("grid", 150), ("bare", 0)]:
    run("pdftoppm", "-r", "150", "-png", "-singlefile", empty / f"{name}/certificate-fr.pdf", work / name)
    image = Image.open(work / f"{name}.png").convert("RGB")
    left, top = offset + math.ceil(3 / pixel), offset + math.ceil(3 / pixel)
    trimmed.append(image.crop((left, top, left + math.floor(297 / pixel) - 1, top + math.floor(210 / pixel) - 1)))
differ = ImageChops.difference(*trimmed).getbbox()
assert differ is None, f"the page on the sheet is not the page: pixels differ in {differ}"
print("print: 200 certificates two-up", {p.name: p.stat().st_size for p in (work / "gang").glob("*.pdf")})
