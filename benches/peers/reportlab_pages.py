"""The same pages with ReportLab: platypus for texts, path operators for border, seal and code."""

import io
import math
import pathlib
import re

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, HRFlowable, PageTemplate, Paragraph, Spacer, Table

from pages import FACES, font_path

INK, GOLD, DEEP, GREY, RED = map(HexColor, ("#172543", "#957127", "#74561C", "#565D68", "#A3281F"))
PATHS = {}


def set_up(root):
    for *_, file in FACES:
        pdfmetrics.registerFont(TTFont(file, str(font_path(root, file))))
    for name in ("border", "seal", "spindle"):
        svg = pathlib.Path(root, f"reports/shared/drawings/{name}.svg").read_text()
        origin = tuple(map(float, re.search(r'viewBox="([^ ]+) ([^ ]+)', svg).groups()))
        PATHS[name] = origin, [lines(path) for path in re.findall(r"<path ([^>]*)/>", svg)]


def lines(attributes):
    """Stroke width, place, and steps of an SVG path."""
    width = re.search(r'stroke-width="([^"]+)"', attributes)
    place = re.search(r'translate\(([^ ]+) ([^)]+)\)', attributes)
    steps = re.findall(r"([MLCZ])([^MLCZ]*)", re.search(r' d="([^"]*)"', attributes)[1])
    return (
        float(width[1]) if width else None,
        tuple(map(float, place.groups())) if place else (0, 0),
        [(kind, [float(n) for n in re.findall(r"-?[\d.]+", numbers)]) for kind, numbers in steps],
    )


def draw(canvas, name, x, y):
    """Draws with the top left corner at (x, y). The SVG is in hundredths of a point, and counts downwards."""
    (left, top), paths = PATHS[name]
    for width, (dx, dy), steps in paths:
        canvas.saveState()
        canvas.transform(0.01, 0, 0, -0.01, x + (dx - left) / 100, y - (dy - top) / 100)
        path = canvas.beginPath()
        for kind, n in steps:
            {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": lambda: path.close()}[kind](*n)
        if width is None:
            canvas.setFillColor(white)
            canvas.drawPath(path, stroke=0, fill=1)
        else:
            canvas.setStrokeColor(GOLD)
            canvas.setLineWidth(width)
            canvas.drawPath(path)
        canvas.restoreState()


def face(doc, weight="Regular", role="serif", italic=False):
    han = doc["locale"]["tradition"] == "han"
    if han:
        weight = "Bold" if weight in ("SemiBold", "Bold") else "Regular"
        return {"serif": f"NotoSerifSC-{weight}", "sans": f"NotoSansSC-{weight}", "name": "PressKai-Regular"}[role]
    if role == "sans":
        return f"SourceSans3-{weight}"
    return "SourceSerif4-Regular_Italic" if italic else f"SourceSerif4-{weight}"


def style(doc, size, leading=None, colour=INK, align=0, **how):
    wrap = {"wordWrap": "CJK"} if doc["locale"]["tradition"] == "han" else {}
    extra = {key: how.pop(key) for key in ("spaceAfter", "spaceBefore", "firstLineIndent") if key in how}
    return ParagraphStyle("", fontName=face(doc, **how), fontSize=size, leading=leading or size * 1.3, textColor=colour, alignment=align, **extra, **wrap)


def certificate(doc, root):
    out = io.BytesIO()
    width, height = landscape(A4)
    canvas = Canvas(out, pagesize=(width, height))
    canvas.setTitle(doc["document-title"])
    canvas.setAuthor(doc["author"])
    draw(canvas, "border", 0, height)
    han = doc["locale"]["tradition"] == "han"
    y = height - 28.5 * mm

    def put(text, gap, size, x=0, w=width, leading=None, **how):
        nonlocal y
        paragraph = Paragraph(text, style(doc, size, leading, align=how.pop("align", TA_CENTER), **how))
        _, h = paragraph.wrap(w, height)
        y -= gap * mm + h
        paragraph.drawOn(canvas, x, y)

    put(doc["mark"].html(), 0, 13, weight="SemiBold")
    put(doc["organiser"].html(), 1, 9.5 if han else 7.6, role="sans", weight="SemiBold")
    put(doc["title"].upper(), 5, 42 if han else 36, weight="Bold" if han else "Light", colour=DEEP)
    put(doc["programme"].html(), 5, 18 if han else 15.5, weight="Bold" if han else "Regular", italic=True)
    draw(canvas, "spindle", width / 2 - 33 * mm, y - 3 * mm)
    put(doc["intro"].html(), 9, 13, italic=True)
    put(doc["city"], 2, 56, role="name" if han else "serif", leading=64)
    put(doc["distinction"].html(), 2, 13.5 if han else 16, weight="SemiBold", colour=DEEP)
    margin = (width - 166 * mm) / 2
    put(doc["citation"].html(), 5, 14 if han else 12, x=margin, w=166 * mm, leading=18)
    if doc["closing"]:
        put(doc["closing"].html(), 0, 14 if han else 12, x=margin, w=166 * mm)
    y = height - 150 * mm
    put(doc["date-line"].html(), 0, 11)
    for i, sign in enumerate(doc["signs"]):
        left = width / 2 + (i * 70 - 66) * mm
        canvas.setStrokeColor(INK)
        canvas.line(left, height - 172 * mm, left + 62 * mm, height - 172 * mm)
        paragraph = Paragraph(sign["office"].html(), style(doc, 9, align=TA_CENTER))
        paragraph.wrap(62 * mm, 20 * mm)
        paragraph.drawOn(canvas, left, height - 178 * mm)
    size = int(doc["code"]["size"])
    module = 30 * mm / (size + 8)
    path = canvas.beginPath()
    for x, row, run in re.findall(r"M(\d+) (\d+)h(\d+)", doc["code"]["path"]):
        path.rect(32 * mm + (4 + int(x)) * module, height - 148 * mm - (5 + int(row)) * module, int(run) * module, module)
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)
    serial = Paragraph(doc["serial"].html(), style(doc, 7, role="sans", align=TA_CENTER))
    serial.wrap(34 * mm, 9 * mm)
    serial.drawOn(canvas, 30 * mm, height - 182 * mm)
    draw(canvas, "seal", width - 64 * mm, height - 148 * mm)
    seal, centre = doc["seal-text"], (width - 47 * mm, height - 165 * mm)
    canvas.setFillColor(DEEP)
    for text, side in ((seal["above"][-1].upper(), 1), (seal["below"].upper(), -1)):
        font, step = face(doc, "SemiBold", "sans"), 0.13 if not han else 0.24
        for i, letter in enumerate(text):
            angle = side * (len(text) - 1 - 2 * i) * step / 2 + (0 if side == 1 else math.pi)
            canvas.saveState()
            canvas.translate(*centre)
            canvas.rotate(math.degrees(angle if side == 1 else angle - math.pi))
            canvas.setFont(font, 5.2)
            canvas.drawCentredString(0, 30.6 if side == 1 else -34, letter)
            canvas.restoreState()
    canvas.setFont(face(doc, "SemiBold"), 12)
    canvas.drawCentredString(centre[0], centre[1] - 4, str(seal["initials"]))
    spec = Paragraph(doc["specimen"].html(), style(doc, 6.8, colour=GREY, role="sans", align=TA_CENTER))
    spec.wrap(width, 9 * mm)
    spec.drawOn(canvas, 0, height - 188 * mm)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def press(doc, root):
    out = io.BytesIO()
    han = doc["locale"]["tradition"] == "han"

    def frame(canvas, document):
        canvas.setFillColor(INK)
        canvas.setFont(face(doc, "SemiBold"), 21)
        canvas.drawString(20 * mm, 269.6 * mm, str(doc["mark"]))
        canvas.setFont(face(doc), 11.5)
        canvas.drawString(64 * mm, 269.6 * mm, str(doc["organiser"]))
        canvas.setFont(face(doc, role="sans"), 8.6)
        canvas.drawRightString(190 * mm, 269.6 * mm, str(doc["kind"]))
        canvas.line(20 * mm, 267 * mm, 190 * mm, 267 * mm)
        canvas.setFont(face(doc, role="sans"), 8.2)
        canvas.drawString(64 * mm, 13 * mm, str(doc["specimen"]))
        canvas.drawRightString(190 * mm, 13 * mm, str(document.page))
        y = 252 * mm
        for flowable in margin:
            _, h = flowable.wrap(38 * mm, 250 * mm)
            y -= h
            flowable.drawOn(canvas, 20 * mm, y)

    small = lambda text, colour=INK, **how: Paragraph(text, style(doc, 8.2, 3.75 * mm, colour, role="sans", **how))
    margin = [small(doc["status"]["line"].html(), RED, weight="Bold"), small(doc["status"]["detail"].html(), GREY), Spacer(1, 25 * mm)]
    margin.append(small(doc["figures-title"].html(), weight="Bold"))
    for f in doc["figures"]:
        margin += [
            small(f["parts"]["before"].html(), GREY),
            Paragraph(f["parts"]["number"].html(), style(doc, 32, 36, weight="Light")),
            small(f["parts"]["after"].html(), weight="Bold"),
            small(f["label"].html()),
            small(f["note"].html() if f["note"] else "", RED if f["forecast"] else GREY, weight="SemiBold"),
            HRFlowable(width="100%", thickness=0.4),
        ]
    size, leading = (11.1, 6.15 * mm) if han else (10.5, 5 * mm)
    text = style(doc, size, leading, align=TA_JUSTIFY if han else 0, **({"firstLineIndent": 2 * size} if han else {"spaceAfter": 2.5 * mm}))
    story = [
        Paragraph(doc["headline-text"].html(), style(doc, 23, 10 * mm, weight="SemiBold", spaceAfter=2.5 * mm)),
        Paragraph(doc["standfirst-text"].html(), style(doc, 12.5, 6.25 * mm, role="sans" if not han else "name", spaceAfter=5 * mm)),
        Paragraph(f'<font name="{face(doc, "SemiBold")}">{doc["dateline"].html()}</font> {doc["lede"].html()}', text),
    ]
    story += [Paragraph(item.html(), text) for item in doc["body"] if not isinstance(item, dict)]
    story.append(small(doc["end"].html(), RED, weight="Bold", align=TA_CENTER))
    notes = [[small(n["label"].html(), weight="Bold"), small(n["body"].html())] for n in doc["notes-at-end"]]
    table = Table(notes, colWidths=(44 * mm, 126 * mm), style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEABOVE", (0, 0), (-1, -1), 0.4, GREY), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    table.hAlign = "RIGHT"
    story += [Spacer(1, 3 * mm), table]
    document = BaseDocTemplate(out, pagesize=A4, title=doc["title"], author=doc["author"])
    document.addPageTemplates(PageTemplate(frames=[Frame(64 * mm, 21 * mm, 126 * mm, 246 * mm, 0, 0, 0, 8 * mm)], onPage=frame))
    document.build(story)
    return out.getvalue()


PAGES = {"certificate": certificate, "press-release": press}
