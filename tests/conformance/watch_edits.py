"""Many edits of every kind of file, valid and broken, while `gen-report watch` runs and Chromium shows its page. After each
edit, the page must show what a program that starts at this moment shows: never stuck, never stale.

watch_edits.py PROGRAM WORK CHROMIUM [EDITS] [SEED]: also prints the memory of the program after every 100 edits. In the first
half of the edits the cities are in the results file, in the second half in a table.
"""
import io
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

program, work, chromium = sys.argv[1:4]
edits = int(sys.argv[4]) if len(sys.argv) > 4 else 1000
choices = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 1)
if Path(work).exists():
    shutil.rmtree(work)
Path(work).mkdir(parents=True)
EJECTED = "reports/press-release,reports/shared,reports/design.yaml"
PHOTO_FACTS = "photo: {file: photos/harbour.png, credit: A, alt: B, caption: C}"
TABLE_FACTS = f"""cities:
  from: cities.csv
  columns: {{id: id, name: {{fr: nom, en: name, zh: 名称}}, country: country, rank: rank, figures: {{residents: {{value: residents}}}}}}
  every:
    status: selected
    figures: {{residents: {{unit: resident, nature: observed, period: 2030, source: yearbook}}}}
    key-figures: [residents]
    {PHOTO_FACTS}
"""
TABLE = """id,nom,name,名称,country,rank,residents
port-azure,Port-Azur,Port Azure,蓝港,Meridia,1,310000
mirage,Mirage,Mirage,幻影,Borealia,2,96000
"""


def png(colour):
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), colour).save(file, "png")
    return file.getvalue()


def create(project, has_table):
    for options in [[], ["--eject", EJECTED]]:
        subprocess.run([program, "--quiet", "init", project, *options], check=True, capture_output=True)
    path = project / "reports/results.yaml"
    facts = path.read_text()
    if has_table:
        before = facts[: facts.index("\ncities:") + 1]
        facts = re.sub(r"  key-figures: .*\n", "  key-figures: [committee-countries]\n", before) + TABLE_FACTS
        (project / "reports/cities.csv").write_text(TABLE)
    else:
        facts = re.sub(r"# photo: .*", PHOTO_FACTS, facts)
    path.write_text(facts)
    (project / "reports/photos").mkdir()
    (project / "reports/photos/harbour.png").write_bytes(png("teal"))


def variants(project, has_table):
    """For each file its contents, the first of which is good; `None` if the file does not exist."""

    def of(path, *changes):
        text = (project / path).read_text()
        for change in changes:
            assert change is None or isinstance(change, str) or text.count(change[0]), (path, change)
        make = lambda change: change if change is None or isinstance(change, str) else text.replace(*change, 1)
        return path, [text, *(make(change) for change in changes)]

    style = (project / "reports/shared/press-grid.typ").read_text()
    french = (project / "locales/fr/programme.ftl").read_text()
    drawing = "reports/shared/drawings/border.svg"
    font = next(Path(__file__).resolve().parent.parent.parent.glob("fonts/**/*.[ot]tf")).read_bytes()
    if has_table:
        facts = [
            of("reports/results.yaml", ("nature: observed", "nature: forecast"), ("residents: {value", "inhabitants: {value"), ("cities:", "cities: {"), ""),
            of("reports/cities.csv", ("310000", "320000"), ("310000", "many"), ("Port-Azur", "Port-Bleu"), ("id,nom", "id,name"), ("mirage", "port-azure"), None),
        ]
    else:
        facts = [of("reports/results.yaml", ("value: 310_000", "value: 320_000"), ("rank: 1", "rank: first"), ("cities:", "cities: {"), "")]
    return facts + [
        of("locales/fr/programme.ftl", ("sentence-routes =", "sentence-routes = Bref :"), french + "\nbroken = { NAME(\n", ("sentence-routes", "sentence-other"), None),
        of("locales/fr/units.ftl", "", "= nothing", None),
        of("reports/press-release/city.typ.hbs", ('{{t "city-standfirst"}}', '{{t "city-short"}}'), ('{{t "city-standfirst"}}', "{{#if}}"), ('{{t "city-standfirst"}}', '{{t "none"}}')),
        of("reports/shared/press-grid.typ", ("on-page(30mm)", "on-page(36mm)"), style + "\n#let (\n", "", None),
        of("reports/design.yaml", ('accent: {rgb: "#A3281F"', 'accent: {rgb: "#1F28A3"'), ('accent: {rgb: "#A3281F"', 'accent: {rgb: "red"'), None),
        of(drawing, ("<path", '<path opacity=".5"'), "<svg", None),
        ("fonts/more.ttf", [None, font, font[:1000], b"none"]),
        ("reports/photos/harbour.png", [png("teal"), png("navy"), png("navy")[:100], b"none", None]),
    ]


def write(path, content):
    if content is None:
        return path.unlink(missing_ok=True)
    content = content if isinstance(content, bytes) else content.encode()
    path.parent.mkdir(exist_ok=True)
    if choices.random() < 0.5:
        return path.write_bytes(content)
    # As many editors save: into another file, which then replaces it.
    other = path.with_suffix(".swp")
    other.write_bytes(content)
    other.replace(path)


def start(project):
    command = [program, "watch", "--message-format", "json", "--project", project, "-r", "press-release", "-l", "fr"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = json.loads(process.stdout.readline())["address"]
    # The program would wait for a reader of its messages when the pipe is full.
    threading.Thread(target=process.stdout.read, daemon=True).start()
    return process, address


def stop(process):
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130


def fresh(project, until_checked):
    """Returns what a program shows that starts now: whether the document is current, its pages, and the problems."""
    process, address = start(project)
    with urllib.request.urlopen(f"{address}events", timeout=60) as events:
        for line in events:
            if not line.startswith(b"data:"):
                continue
            state = json.loads(line[5:])
            if "documents" in state and (state["checked"] or not until_checked):
                break
    stop(process)
    document = next(iter(state["documents"]), {"current": False, "pages": []})
    problems = sorted(problem["key"] for problem in state["problems"])
    return document["current"], [page["hash"] for page in document["pages"]], problems


def memory(process):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


SHOWN = """() => ({
  current: !document.querySelector(".column.stale"),
  pages: columns.flatMap((column) => column.pages.map((page) => page.drawing.hash)),
  checked: state.checked,
  problems: state.problems.map((problem) => problem.key).sort(),
})"""

# A page that was patched many times is the same as one that is drawn at once.
WRONG = """async () => {
  for (const { drawing } of columns.flatMap((column) => column.pages)) {
    const fresh = new Drawing();
    await fresh.show(drawing.hash);
    if (fresh.hash !== drawing.hash) return `${drawing.hash} cannot be loaded`;
    if (!fresh.page.isEqualNode(drawing.page)) return `${drawing.hash} is drawn wrongly`;
    const glyphs = [...fresh.glyphs];
    if (glyphs.length !== drawing.glyphs.size || !glyphs.every(([id, glyph]) => drawing.glyphs.get(id)?.isEqualNode(glyph))) return `${drawing.hash} has other glyphs`;
  }
  return null;
}"""


def test(browser, project, has_table, edits):
    create(project, has_table)
    files, states, good_pages = variants(project, has_table), {}, None
    at = [0] * len(files)
    process, address = start(project)
    page = browser.new_page()
    page.goto(address)
    begin, longest, broken = time.monotonic(), 0, 0
    for number in range(edits + 1):
        if number:
            # Two files differ at most, so that many states return, and half of the edits mend a file.
            different = [index for index, variant in enumerate(at) if variant]
            index = choices.choice(different) if len(different) > 1 else choices.randrange(len(files))
            at[index] = 0 if index in different and choices.random() < 0.5 else choices.randrange(len(files[index][1]))
            if len(different) > 1:
                at[index] = 0
            write(project / files[index][0], files[index][1][at[index]])
        saved = time.monotonic()
        # The check of the whole project follows when the files rest, so it is compared now and then.
        is_checked = number % 20 == 0
        key = (*at, is_checked)
        if key not in states:
            states[key] = fresh(project, is_checked)
        is_current, hashes, problems = states[key]
        good_pages = hashes if is_current else good_pages
        broken += not is_current
        end = time.monotonic() + 30
        while True:
            shown = page.evaluate(SHOWN)
            is_same = (shown["current"], shown["pages"]) == (is_current, good_pages)
            if is_same and (not is_checked or (shown["checked"] and shown["problems"] == problems)):
                break
            assert time.monotonic() < end, (number, at, shown, states[key], good_pages)
            page.wait_for_timeout(10)
        longest = max(longest, time.monotonic() - saved)
        wrong = page.evaluate(WRONG)
        assert wrong is None, (number, at, wrong)
        if number % 100 == 0 or number == edits:
            print(f"{number} edits, {broken} states with an error, {len(states)} different ones: memory {memory(process)} MB, "
                  f"{time.monotonic() - begin:.0f} s, longest {longest:.1f} s", flush=True)  # fmt: skip
    page.close()
    stop(process)


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    test(browser, Path(work) / "project", False, edits - edits // 2)
    test(browser, Path(work) / "table", True, edits // 2)
    browser.close()
