"""The same pages as HTML, for WeasyPrint and Chromium: same text, faces, sizes, colours, border, seal and code."""

import html
import pathlib

FACES = [
    ("Source Serif 4", 300, "normal", "SourceSerif4-Light"),
    ("Source Serif 4", 400, "normal", "SourceSerif4-Regular"),
    ("Source Serif 4", 600, "normal", "SourceSerif4-SemiBold"),
    ("Source Serif 4", 400, "italic", "SourceSerif4-Regular_Italic"),
    ("Source Sans 3", 400, "normal", "SourceSans3-Regular"),
    ("Source Sans 3", 600, "normal", "SourceSans3-SemiBold"),
    ("Source Sans 3", 700, "normal", "SourceSans3-Bold"),
    ("Noto Serif SC", 400, "normal", "NotoSerifSC-Regular"),
    ("Noto Serif SC", 700, "normal", "NotoSerifSC-Bold"),
    ("Noto Sans SC", 400, "normal", "NotoSansSC-Regular"),
    ("Noto Sans SC", 700, "normal", "NotoSansSC-Bold"),
    ("Press Kai", 400, "normal", "PressKai-Regular"),
]


def font_path(root, file):
    (path,) = pathlib.Path(root, "fonts").glob(f"*/{file}.ttf")
    return path


def faces(root):
    rule = '@font-face{{font-family:"{}";font-weight:{};font-style:{};src:url("file://{}")}}'
    return "\n".join(rule.format(family, weight, style, font_path(root, file)) for family, weight, style, file in FACES)


def family(doc, role):
    return ",".join(f"'{name}'" for name in doc["locale"]["fonts"][role])


def drawing(root, name, colour):
    return pathlib.Path(root, f"reports/shared/drawings/{name}.svg").read_text().replace("currentColor", colour)


def code(doc):
    size = int(doc["code"]["size"])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {size + 8} {size + 8}"><path fill="#172543" d="{doc["code"]["path"]}"/></svg>'


def certificate(doc, root):
    han = doc["locale"]["tradition"] == "han"
    ink, gold, deep = "#172543", "#957127", "#74561C"
    seal = doc["seal-text"]
    ring = lambda text, path, size: (
        f'<text font-size="{size}" fill="{deep}" letter-spacing="1" text-anchor="middle">'
        f'<textPath href="#{path}" startOffset="50%">{html.escape(str(text).upper())}</textPath></text>'
    )
    signs = "".join(
        f'<div class="sign"><hr/>{"<b>" + s["name"].html() + "</b>" if s["name"] else ""}{s["office"].html()}</div>'
        for s in doc["signs"]
    )
    stamp = drawing(root, "seal", gold).replace(
        "</svg>",
        f'<defs><path id="over" d="M17.8 48.2a30.6 30.6 0 0 1 61.2 0"/><path id="foot" d="M14 48.2a34 34 0 0 0 68.4 0"/></defs>'
        f'<g stroke="none" transform="scale(100)">{ring(seal["above"][-1], "over", 5.2)}{ring(seal["below"], "foot", 5.2)}'
        f'<text x="48.2" y="52.4" font-size="12" fill="{deep}" text-anchor="middle">{seal["initials"].html()}</text></g></svg>',
    )
    return f"""<!doctype html><html lang="{doc['locale']['lang']}"><head><meta charset="utf-8"><title>{html.escape(doc['document-title'])}</title>
<style>{faces(root)}
@page{{size:297mm 210mm;margin:0}}
body{{margin:0;color:{ink};font-family:{family(doc, 'text')};text-align:center;hyphens:manual}}
.page{{position:relative;width:297mm;height:209.9mm;overflow:hidden}} .border,.border svg{{position:absolute;left:0;top:0;width:297mm;height:210mm}}
.in{{position:absolute;left:30mm;right:30mm;top:28.5mm}} .in>*{{margin:0}}
.mark{{font-weight:600;font-size:13pt;letter-spacing:.34em;line-height:1}} .org{{font-family:{family(doc, 'label')};font-weight:{400 if han else 600};font-size:{9.5 if han else 7.6}pt;letter-spacing:.17em;text-transform:uppercase;margin-top:2mm;line-height:1.2}}
h1{{font-weight:{700 if han else 300};font-size:{42 if han else 36}pt;letter-spacing:{.7 if han else .24}em;color:{deep};text-transform:uppercase;margin-top:7mm!important;line-height:1.1}}
.prog{{{'font-weight:700;font-size:18pt' if han else 'font-style:italic;font-size:15.5pt'};margin-top:4mm!important}}
.spindle svg{{width:68mm;height:5mm;margin:-1mm}} .intro{{{'' if han else 'font-style:italic;'}font-size:13pt;margin-top:4mm!important}}
h2{{font-family:{family(doc, 'name')};font-weight:400;font-size:56pt;margin-top:2mm!important;line-height:1.15}}
.dist{{font-family:{family(doc, 'label' if han else 'text')};font-weight:{700 if han else 600};font-size:{13.5 if han else 16}pt;font-variant-caps:small-caps;letter-spacing:.07em;color:{deep};margin-top:2mm!important}}
.cite{{font-size:{14 if han else 12}pt;line-height:1.5;max-width:166mm;margin:5mm auto 0!important;{'text-align:justify;text-indent:2em' if han else ''}}}
.foot{{position:absolute;left:30mm;right:30mm;top:148mm;height:34mm}} .code{{position:absolute;left:0;top:0;width:34mm}} .code svg{{width:30mm;height:30mm}}
.serial{{font-family:{family(doc, 'label')};font-size:7pt}} .seal{{position:absolute;right:-1mm;top:-1mm}} .seal svg{{width:36mm;height:36mm;font-family:{family(doc, 'label')}}}
.mid{{position:absolute;left:43mm;right:43mm;top:5mm;font-size:11pt}} .sign{{display:inline-block;width:62mm;margin:9mm 6mm 0;font-size:9pt}} hr{{border:0;border-top:.45pt solid {ink};margin:0 0 2mm}}
.spec{{position:absolute;left:0;right:0;top:184mm;font-family:{family(doc, 'label')};font-size:6.8pt;color:#565D68}}
sup{{font-size:.62em;line-height:0}}</style></head><body><div class="page">
<div class="border" aria-hidden="true">{drawing(root, 'border', gold)}</div>
<div class="in"><p class="mark">{doc['mark'].html()}</p><p class="org">{doc['organiser'].html()}</p><h1>{html.escape(doc['title'])}</h1>
<p class="prog">{doc['programme'].html()}</p><div class="spindle" aria-hidden="true">{drawing(root, 'spindle', gold)}</div>
<p class="intro">{doc['intro'].html()}</p><h2>{html.escape(doc['city'])}</h2><p class="dist">{doc['distinction'].html()}</p>
<p class="cite">{doc['citation'].html()}</p>{f'<p class="cite">{doc["closing"].html()}</p>' if doc['closing'] else ''}</div>
<div class="foot"><div class="mid">{doc['date-line'].html()}<div>{signs}</div></div>
<div class="code" role="img" aria-label="{html.escape(doc['code']['alt'])}">{code(doc)}<div class="serial">{doc['serial'].html()}</div></div>
<div class="seal" role="img" aria-label="{html.escape(seal['alt'])}">{stamp}</div></div>
<div class="spec">{doc['specimen'].html()}</div></div></body></html>"""


def press(doc, root):
    han = doc["locale"]["tradition"] == "han"
    ink, red, grey = "#14233C", "#A3281F", "#565D68"

    def figure(f):
        parts = f["parts"]
        return (
            f'<div class="fig"><div class="pre">{parts["before"].html()}</div><div class="num">{parts["number"].html()}</div>'
            f'<div class="unit">{parts["after"].html()}</div>{f["label"].html()}'
            f'<div class="note" style="color:{red if f["forecast"] else grey}">{f["note"].html() if f["note"] else ""}</div></div>'
        )

    body = "".join(f"<p>{item.html()}</p>" for item in doc["body"] if not isinstance(item, dict))
    notes = "".join(f'<div class="hung"><h2>{n["label"].html()}</h2><p>{n["body"].html()}</p></div>' for n in doc["notes-at-end"])
    text = family(doc, "text")
    label = family(doc, "label")
    return f"""<!doctype html><html lang="{doc['locale']['lang']}"><head><meta charset="utf-8"><title>{html.escape(doc['title'])}</title>
<style>{faces(root)}
@page{{size:A4;margin:30mm 20mm 21mm;@bottom-left{{content:"{doc['specimen']}";font:8.2pt {label};color:{grey}}}@bottom-right{{content:counter(page)"/"counter(pages);font:8.2pt {label};color:{ink}}}}}
body{{margin:0;font:{11.1 if han else 10.5}pt/5mm {text};color:#1B1D21;hyphens:{'manual' if han else 'auto'};{'line-height:6.15mm;text-align:justify' if han else ''}}}
.mast{{position:relative;margin:-15mm 0 10mm;height:15mm;border-bottom:.5pt solid {ink};color:{ink}}} .mast *{{position:absolute;bottom:2mm}}
.mark{{font:600 21pt {text};left:0}} .org{{font-size:11.5pt;left:44mm}} .kind{{font:8.6pt {label};right:0;color:{grey}}}
.rel{{float:left;width:38mm;font:8.2pt/3.75mm {label};color:{grey};text-align:left}} .rel b{{color:{red};font-size:7.6pt;letter-spacing:.06em}}
.col{{margin-left:44mm}} h1{{font:{700 if han else 600} 23pt/10mm {family(doc, 'heading')};color:{ink};margin:0 0 2.5mm;text-align:left}} .stand{{font:12.5pt/6.25mm {family(doc, 'emphasis')};color:{ink};margin:0 0 5mm;text-align:left}}
p{{margin:0 0 {0 if han else 2.5}mm;{'text-indent:2em' if han else ''}}} .strip{{float:left;clear:left;width:38mm;font:8.2pt/3.75mm {label};border-top:.5pt solid {ink};text-align:left}}
.fig{{border-bottom:.4pt solid #A9AFB8;padding:1.5mm 0}} .num{{font:300 32pt/10mm {text};color:{ink}}} .unit{{font-weight:700;color:{ink}}} .note{{font-weight:600}} .pre{{color:{grey}}}
.strip h2,.hung h2{{font:700 7.6pt/3.75mm {label};color:{ink};letter-spacing:.06em;margin:1mm 0}} .end{{font:700 8.2pt {label};color:{red};text-align:center;text-indent:0}}
.hung{{clear:both;border-top:.4pt solid #A9AFB8;padding:1mm 0 2mm;position:relative;font:8.2pt/3.75mm {label};break-inside:avoid;text-align:left}} .hung p{{margin:0 0 0 44mm;text-indent:0}} .hung h2{{float:left;width:38mm}}
sup{{font-size:.56em;line-height:0}}</style></head><body>
<div class="mast"><span class="mark">{doc['mark'].html()}</span><span class="org">{doc['organiser'].html()}</span><span class="kind">{doc['kind'].html()}</span></div>
<div class="rel"><b>{doc['status']['line'].html()}</b><br/>{doc['status']['detail'].html()}</div>
<div class="col"><h1>{doc['headline-text'].html()}</h1><p class="stand">{doc['standfirst-text'].html()}</p></div>
<div class="strip"><h2>{doc['figures-title'].html()}</h2>{''.join(map(figure, doc['figures']))}</div>
<div class="col"><p><b>{doc['dateline'].html()}</b> {doc['lede'].html()}</p>{body}<p class="end">{doc['end'].html()}</p></div>
{notes}</body></html>"""


PAGES = {"certificate": certificate, "press-release": press}
