"""The page of `gen-report watch` in Firefox, through WebDriver BiDi, which needs no driver program.

watch_firefox.py PROGRAM WORK FIREFOX
"""
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from firefox import run

program, work, firefox = sys.argv[1:]
project, profile = Path(work).resolve() / "project", Path(work).resolve() / "profile"
shutil.rmtree(work, ignore_errors=True)
profile.mkdir(parents=True)
subprocess.run([program, "--quiet", "init", project], check=True, capture_output=True)
FRENCH = project / "locales/fr/programme.ftl"
PICTURES = "columns.map((column) => column.pages[0].drawing.hash).join()"
PLACES = "[...document.querySelectorAll('#side article .where')].map((place) => place.innerText).join(' ')"


async def test(page):
    before = await page.evaluate(PICTURES)
    good = FRENCH.read_text()
    FRENCH.write_text(good.replace("sentence-routes =", "sentence-routes = Bref :"))
    await page.wait(f"{PICTURES} !== '{before}'")
    FRENCH.write_text(good + "\nbroken = { $x\n")
    await page.wait("!document.getElementById('overlay').hidden")
    assert "broken = { $x" in await page.evaluate("document.getElementById('overlay').innerText")
    FRENCH.write_text(good)
    await page.wait(f"document.getElementById('overlay').hidden && {PICTURES} === '{before}'")
    # A click on a sentence, and on a figure.
    for file, needle in [(FRENCH, "sentence-routes ="), (project / "reports/results.yaml", "value: 310_000")]:
        line = next(number for number, text in enumerate(good.splitlines() if file == FRENCH else file.read_text().splitlines(), 1) if needle in text)
        query = f"new URLSearchParams({{file: {json.dumps(str(file))}, line: {line}}})"
        x, y = json.loads(await page.evaluate(f"""(async () => {{
            const {{ highlights }} = await (await fetch(`jump?${{{query}}}`)).json();
            const {{ document: column, page, bounds: [left, top, right, bottom] }} = highlights[0];
            const box = columns[column].pages[page].root.getBoundingClientRect();
            return JSON.stringify([box.x + (left + right) / 2 * pixelsPerPoint(), box.y + (top + bottom) / 2 * pixelsPerPoint()].map(Math.round));
        }})()"""))
        await page.act("pointer", {"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0})
        await page.wait(f"{PLACES}.includes('{file.name}:{line}:')")
        await page.press("\ue00c")
        await page.wait("document.getElementById('side').hidden")
    await page.press("2")
    await page.wait("state.shown.join() === 'en,zh' && columns.length === 2")
    assert not page.problems, page.problems
    print("watch: Firefox shows changes, errors and origins as Chromium does")


watch = subprocess.Popen([program, "watch", "--message-format", "json", "--project", project, "--report", "press-release,certificate"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
try:
    address = json.loads(watch.stdout.readline())["address"]
    run(firefox, profile, address, "document.body.dataset.refresh > 0", test)
finally:
    watch.send_signal(signal.SIGINT)
    assert watch.wait(20) == 130
