"""No certificate that was changed on purpose is genuine.

    python3 tests/conformance/deliberate.py gen-report keys.json FILE|FOLDER...

Changes each sealed PDF in about fifty ways: other words and figures, in a new revision and in a file that is written anew;
attachments that are removed, changed or taken from another certificate; drawings, metadata, links, pages; no seal, a damaged
seal; bytes before and after the file.
"""
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pikepdf

program, keys, *inputs = sys.argv[1:]
given = [pathlib.Path(path) for path in inputs]
files = sorted(file for path in given for file in (path.rglob("*.pdf") if path.is_dir() else [path]))


def rewritten(content, change):
    """Returns the PDF after `change`, written anew."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def appended(content, number, body):
    """Returns the PDF with a revision that replaces an object (ISO 32000-2, 7.5.6)."""
    start = len(content) + 1
    previous = int(content[content.rindex(b"startxref") :].split()[1])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        size, root = int(pdf.trailer.Size), pdf.Root.objgen[0]
    entry = f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n{number} 1\n{start:010} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {previous}>>\n"
    return content + b"\n" + entry + table.encode() + f"startxref\n{start + len(entry)}\n%%EOF\n".encode()


def texts(content):
    """Returns the page's content stream with other letters or figures, in sixteen ways, and the number of its object."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        stream = pdf.pages[0].Contents
        number, operators = stream.objgen[0], stream.read_bytes()
    # The last digit of the first glyph of a text, as in `(\000\006)`.
    places = [found.end() - 1 for found in re.finditer(rb"\(\\000\\\d\d\d", operators)]
    step = max(1, len(places) // 16)
    for place in places[::step][:16]:
        changed = bytearray(operators)
        changed[place] = ord("1") if changed[place] != ord("1") else ord("2")
        yield number, bytes(changed)


def set_stream(number, data):
    return lambda pdf: pdf.get_object(number, 0).write(data)


def forms(pdf):
    return [(name, form) for name, form in pdf.pages[0].Resources.XObject.items() if form.get("/Subtype") == "/Form"]


def attached(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}


def with_attachment(name, data):
    def change(pdf):
        pdf.attachments[name].get_file().obj.write(data)

    return change


def without_seal(pdf):
    del pdf.Root.AcroForm
    pdf.pages[0].Annots = pikepdf.Array([a for a in pdf.pages[0].Annots if a.get("/Subtype") != "/Widget"])


def with_link(address):
    def change(pdf):
        for annotation in pdf.pages[0].Annots:
            if "/A" in annotation and "/URI" in annotation.A:
                annotation.A.URI = pikepdf.String(address)

    return change


def changes(content, other):
    """Yields the name of each change, and the changed file."""
    for at, (number, operators) in enumerate(texts(content)):
        body = f"<</Length {len(operators)}>>\nstream\n".encode() + operators + b"\nendstream"
        yield f"text-revision-{at}", appended(content, number, body)
        yield f"text-written-{at}", rewritten(content, set_stream(number, operators))
    files, others = attached(content), attached(other)
    for name, data in files.items():
        yield f"attachment-removed-{name}", rewritten(content, lambda pdf, name=name: pdf.attachments.__delitem__(name))
        yield f"attachment-changed-{name}", rewritten(content, with_attachment(name, data.replace(b"e", b"a", 1)))
        for source, taken in others.items():
            if taken != data:
                yield f"attachment-{source}-as-{name}", rewritten(content, with_attachment(name, taken))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = [name for name, _ in forms(pdf)]
    for name in names:
        yield f"drawing-{name}", rewritten(content, lambda pdf, name=name: dict(forms(pdf))[name].write(b"0 0 1 1 re f"))
    yield "title", rewritten(content, lambda pdf: pdf.docinfo.__setitem__("/Title", "Another certificate"))
    yield "metadata", rewritten(content, lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"gen-report", b"gen-repart")))
    yield "page-added", rewritten(content, lambda pdf: pdf.add_blank_page())
    yield "page-turned", rewritten(content, lambda pdf: pdf.pages[0].rotate(180, relative=True))
    yield "page-cropped", rewritten(content, lambda pdf: setattr(pdf.pages[0], "cropbox", [0, 0, 300, 300]))
    yield "page-shown-larger", rewritten(content, lambda pdf: setattr(pdf.pages[0], "mediabox", [0, 0, 3000, 3000]))
    yield "link", rewritten(content, with_link("https://forger.example/C/"))
    yield "seal-removed", rewritten(content, without_seal)
    yield "written-anew", rewritten(content, lambda pdf: None)
    yield "line-after", content + b"\n"
    yield "words-after", content + b"\n% nothing\n%%EOF\n"
    yield "other-after", content + other
    yield "twice", content + content
    yield "byte-before", b"\n" + content
    yield "end-cut", content[:-1]
    yield "half", content[: len(content) // 2]
    at = content.index(b"/ByteRange[")
    for digit in (13, 24, 35):
        place = at + digit
        yield f"byte-range-{digit}", content[:place] + (b"9" if content[place : place + 1] != b"9" else b"8") + content[place + 1 :]
    first = content.index(b"<", at)
    yield "signature-empty", content[: first + 1] + b"0" * 64 + content[first + 65 :]
    theirs = other.index(b"<", other.index(b"/ByteRange["))
    length = content.index(b">", first) - first
    if other.index(b">", theirs) - theirs == length:
        yield "signature-of-another", content[:first] + other[theirs : theirs + length] + content[first + length :]


count, seen = 0, {}
for file, other in zip(files, files[1:] + files[:1]):
    with tempfile.TemporaryDirectory() as folder:
        names = set()
        for name, changed in changes(file.read_bytes(), other.read_bytes()):
            path = pathlib.Path(folder, name.replace("/", "") + ".pdf")
            assert changed != file.read_bytes() and path not in names, name
            path.write_bytes(changed)
            names.add(path)
        run = subprocess.run([program, "verify", folder, "--keys", keys, "--message-format", "json"], capture_output=True, text=True)
        assert run.returncode == 1, run.stderr
        answers = {}
        for line in run.stdout.splitlines():
            event = json.loads(line)
            if "status" in event:
                answers.setdefault(event["input"], set()).add(event["status"])
        assert answers.keys() == {str(path) for path in names}, names - {pathlib.Path(name) for name in answers}
        for name, found in answers.items():
            assert "genuine" not in found, f"{file}: {pathlib.Path(name).stem} is {found}"
            for status in found:
                seen[status] = seen.get(status, 0) + 1
        count += len(names)
assert count >= 200, count
print(f"{count} deliberate changes: none genuine ({', '.join(f'{number} {status}' for status, number in sorted(seen.items()))})")
