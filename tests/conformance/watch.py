"""The page of `gen-report watch` in Chromium: what it shows after each change of a file, where a text leads, and to whom the
page is usable.

watch.py PROGRAM WORK AXE CHROMIUM: AXE is the file axe.min.js of the npm package axe-core. See also watch_edits.py, and
benches/watch for the time from save to painted page.
"""
import io
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

program, work, axe, chromium = sys.argv[1:5]
project = Path(work) / "project"
if Path(work).exists():
    shutil.rmtree(work)
Path(work).mkdir(parents=True)
subprocess.run([program, "--quiet", "init", project], check=True, capture_output=True)
REPORTS = ["reports/press-release", "reports/certificate", "reports/shared", "reports/design.yaml"]
subprocess.run([program, "--quiet", "init", project, "--eject", ",".join(REPORTS)], check=True, capture_output=True)
RESULTS, FRENCH, ENGLISH = (project / path for path in ["reports/results.yaml", "locales/fr/programme.ftl", "locales/en/programme.ftl"])


class Watch:
    """A running `gen-report watch`."""

    def __init__(self, *arguments, folder=project, cwd=None):
        command = [program, "watch", "--message-format", "json", *(["--project", folder] if folder else []), *arguments]
        self.process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = json.loads(self.process.stdout.readline())["address"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(20)
        assert code == 130, code


def wait(page, condition, arg=None):
    """Waits for a condition. `wait_for_function` would need `eval`, which the page forbids."""
    end = time.monotonic() + 30
    while not page.evaluate(condition, arg):
        assert time.monotonic() < end, f"in vain: {condition}"
        page.wait_for_timeout(20)


def open_page(browser, watch, **options):
    options = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US", "reduced_motion": "reduce"} | options
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(30_000)
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
    page.on("request", lambda request: None if request.url.startswith(watch.address) else page.problems.append(request.url))
    page.goto(watch.address)
    wait(page, "document.body.dataset.refresh > 0")
    return page


def pictures(page):
    """The hash of each page that is shown, by column."""
    return page.evaluate("columns.map((column) => column.pages.map((page) => page.drawing.hash))")


def settle(page):
    """Waits until the last state is painted, and the project is checked."""
    wait(page, "document.body.dataset.checked === 'true' && Number(document.body.dataset.refresh) === state.refresh")


def check_accessibility(page, what):
    page.evaluate(Path(axe).read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert not found["violations"], (what, json.dumps([(v["id"], [n["html"][:300] for n in v["nodes"]]) for v in found["violations"]], indent=1))


def replace(path, old, new):
    text = path.read_text()
    assert old in text, (path, old)
    # As many editors save: into another file, which then replaces it.
    other = path.with_suffix(".swp")
    other.write_text(text.replace(old, new, 1))
    other.replace(path)


def assert_alike(*pictures):
    """The browser smooths edges a little differently when it paints only a part."""
    first, second = (Image.open(io.BytesIO(picture)).convert("RGB") for picture in pictures)
    assert max(high for _, high in ImageChops.difference(first, second).getextrema()) < 32


def click(page, text_place, column=0):
    """Clicks the first text that a line of a file prints."""
    file, needle = text_place
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if needle in text)
    found = page.request.get(f"{page.url}jump", params={"file": str(file), "line": str(line)}).json()["highlights"]
    found = [highlight for highlight in found if highlight["document"] == column]
    assert found, f"{file}:{line} prints nothing"
    left, top, right, bottom = found[-1]["bounds"]
    target = page.locator(".column").nth(column).locator(".page").nth(found[-1]["page"])
    target.scroll_into_view_if_needed()
    scale = page.evaluate("pixelsPerPoint()")
    # The answer to an earlier click may still be there.
    page.evaluate("document.querySelectorAll('#side article').forEach(card => card.remove())")
    target.click(position={"x": (left + right) / 2 * scale, "y": (top + bottom) / 2 * scale})
    page.wait_for_selector("#side article")
    return line


def cards(page):
    list = page.locator("#side article").all()
    return [(card.get_attribute("data-kind"), card.locator(".where").inner_text()) for card in list]


def test(browser):
    with Watch("--report", "press-release,certificate", "--editor", "true {file}:{line}") as watch:
        page = open_page(browser, watch)
        settle(page)
        assert page.locator("#problems-count").inner_text() == "No problems"
        assert page.locator(".column h2 b").all_inner_texts() == ["English", "français", "中文"]

        # A save changes the picture, for every kind of file, and only of the languages that depend on it.
        for path, old, new, changed in [
            (RESULTS, "value: 310_000", "value: 320_000", [True, True, True]),
            (FRENCH, "sentence-routes =", "sentence-routes = Bref :", [False, True, False]),
            (project / "reports/press-release/city.typ.hbs", '{{t "city-standfirst"}}]', '{{t "city-short"}}]', [True, True, True]),
            (project / "reports/shared/press-grid.typ", "#let top-margin = on-page(30mm)", "#let top-margin = on-page(36mm)", [True, True, True]),
            (project / "reports/design.yaml", 'accent: {rgb: "#A3281F"', 'accent: {rgb: "#1F28A3"', [True, True, True]),
        ]:
            before = pictures(page)
            replace(path, old, new)
            expected = "[" + ",".join(str(flag).lower() for flag in changed) + "]"
            wait(page,
                f"([before]) => JSON.stringify(columns.map((column, at) => column.pages[0].drawing.hash !== before[at][0])) === '{expected}'",
                arg=[before])
            settle(page)

        # A page that was patched by these changes looks as when it is drawn at once.
        patched = page.locator("#pages").screenshot()
        page.reload()
        settle(page)
        assert_alike(patched, page.locator("#pages").screenshot())

        # An error keeps the last good page of its language, and is shown with its excerpt until it is mended.
        before = pictures(page)
        good = FRENCH.read_text()
        FRENCH.write_text(good + "\nbroken = { $x\n")
        page.wait_for_selector("#overlay:not([hidden])")
        assert "broken = { $x" in page.locator("#overlay").inner_text()
        assert "add the closing brace" in page.locator("#overlay").inner_text()
        assert pictures(page) == before
        assert page.locator(".column.stale").count() == 1
        page.locator("#overlay").get_by_role("button", name="Open in the editor").click()
        wait(page, "document.querySelector('#status').textContent === 'Opened in the editor'")
        check_accessibility(page, "error")
        page.keyboard.press("p")
        assert "E0201" in page.locator("#side").inner_text()
        check_accessibility(page, "problems")
        page.keyboard.press("Escape")
        FRENCH.write_text(good)
        page.wait_for_selector("#overlay", state="hidden")
        settle(page)
        assert pictures(page) == before and page.locator(".column.stale").count() == 0

        # Broken facts stop every language, and a folder may vanish and come back.
        facts = RESULTS.read_text()
        RESULTS.write_text(facts.replace("rank: 1", "rank: first"))
        wait(page, "document.querySelectorAll('.column.stale').length === 3")
        RESULTS.write_text(facts)
        wait(page, "document.querySelectorAll('.column.stale').length === 0")
        (project / "locales").rename(project / "elsewhere")
        wait(page, "document.querySelectorAll('.column.stale').length > 0")
        (project / "elsewhere").rename(project / "locales")
        wait(page, "([before]) => columns[1].pages[0].drawing.hash === before[1][0] && !document.querySelector('.column.stale')", arg=[before])
        replace(FRENCH, "sentence-routes =", "sentence-routes = Bref : ")
        wait(page, "([before]) => columns[1].pages[0].drawing.hash !== before[1][0]", arg=[before])

        # A click leads to the line of the value, and of the sentence.
        line = click(page, (RESULTS, "value: 320_000"))
        kind, where = cards(page)[0]
        assert (kind, where.split(":")[-2]) == ("fact", str(line)) and "results.yaml" in where, cards(page)
        assert "320_000" in page.locator("#side .excerpt").first.inner_text()
        line = click(page, (ENGLISH, "sentence-routes ="))
        assert any(kind == "message" and f"programme.ftl:{line}:" in where for kind, where in cards(page)), cards(page)
        check_accessibility(page, "origins")
        # And back: an editor names a line.
        page.get_by_role("button", name="Show all on the pages").first.click()
        page.wait_for_selector(".highlight")
        page.keyboard.press("Escape")

        # A click, and the value is edited in its file: by keyboard, and after a comparison. The undo restores the bytes.
        bytes_before, before = RESULTS.read_bytes(), pictures(page)
        click(page, (RESULTS, "value: 320_000"))
        page.get_by_role("button", name="Edit", exact=True).first.focus()
        page.keyboard.press("Enter")
        field = page.get_by_role("textbox", name="New text for")
        assert field.input_value() == "320_000" and field.evaluate("(field) => field === document.activeElement")
        page.keyboard.press("Control+A")
        page.keyboard.type("many")
        page.keyboard.press("Enter")
        page.wait_for_selector(".refusal:not(:empty)")
        assert "is not a number" in page.locator(".refusal").inner_text()
        check_accessibility(page, "edit")
        page.keyboard.press("Control+A")
        page.keyboard.type("330_000")
        page.keyboard.press("Enter")
        page.wait_for_selector(".compare")
        assert (page.locator(".compare del").inner_text(), page.locator(".compare ins").inner_text()) == ("320_000", "330_000")
        assert RESULTS.read_bytes() == bytes_before
        check_accessibility(page, "compare")
        page.screenshot(path=Path(work) / "compare.png")
        page.keyboard.press("Enter")
        wait(page, "([before]) => columns.every((column, at) => column.pages[0].drawing.hash !== before[at][0])", arg=[before])
        assert RESULTS.read_bytes() == bytes_before.replace(b"value: 320_000", b"value: 330_000", 1)
        wait(page, "document.activeElement.textContent === 'Undo'")
        check_accessibility(page, "saved")
        page.screenshot(path=Path(work) / "saved.png")
        page.keyboard.press("Enter")
        wait(page, "([before]) => JSON.stringify(columns.map((column) => column.pages[0].drawing.hash)) === JSON.stringify(before.map((pages) => pages[0]))", arg=[before])
        assert RESULTS.read_bytes() == bytes_before
        wait(page, "!state.undo && document.getElementById('undo-button').hidden")
        # A file that was changed elsewhere meanwhile is not overwritten.
        click(page, (ENGLISH, "sentence-routes ="))
        page.locator("article[data-kind=message]").first.get_by_role("button", name="Edit", exact=True).click()
        message = ENGLISH.read_text()
        ENGLISH.write_text(message + "\n# changed\n")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".refusal:not(:empty)")
        assert "has changed" in page.locator(".refusal").inner_text()
        ENGLISH.write_text(message)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        settle(page)

        # By keyboard: zoom, languages, reports, cities, help, and the origin of a text.
        page.keyboard.press("+")
        assert page.evaluate("zoom.mode") == "fixed"
        page.keyboard.press("w")
        page.keyboard.press("f")
        assert page.evaluate("zoom.mode") == "fit"
        page.keyboard.press("2")
        wait(page, "state.shown.join() === 'en,zh' && columns.length === 2")
        page.keyboard.press("2")
        wait(page, "state.shown.join() === 'en,fr,zh' && columns.length === 3")
        page.keyboard.press("]")
        wait(page, "state.report === 'certificate'")
        page.keyboard.press("]")
        wait(page, "state.report === 'press-release'")
        page.keyboard.press("c")
        page.keyboard.type("幻影")
        wait(page, "document.querySelectorAll('#city-list li').length === 1")
        check_accessibility(page, "cities")
        page.keyboard.press("Enter")
        wait(page, "state.city?.id === 'mirage'")
        page.keyboard.press("/")
        page.keyboard.type("edition")
        wait(page, "document.querySelector('#city-list').textContent === 'The edition'")
        page.keyboard.press("Enter")
        wait(page, "state.city === null && state.documents.every((document) => document.current)")
        settle(page)
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()
        check_accessibility(page, "help")
        page.keyboard.press("Escape")
        reached = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.id || document.activeElement.className || document.activeElement.parentElement.id"))
        assert {"city", "reports", "languages", "zoom-in", "problems-button", "help-button", "page"} <= reached, reached
        page.locator(".page").first.focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(".cross", state="attached")
        for _ in range(30):
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            page.wait_for_timeout(60)
            if page.locator("#side article").count():
                break
        assert page.locator("#side article").count()
        check_accessibility(page, "page")
        assert not page.problems, page.problems

    # The embedded edition can be looked at; the page says that there is nothing to edit.
    empty = Path(work) / "empty"
    empty.mkdir()
    page = browser.new_page()
    with Watch(folder=None, cwd=empty) as watch:
        page.goto(watch.address)
        wait(page, "document.body.dataset.refresh > 0")
        assert "gen-report init" in page.locator("#embedded").inner_text()
        check_accessibility(page, "embedded edition")
    # When the program ends, the page says so.
    wait(page, "document.body.dataset.connection === 'lost'")
    # It still does after another message, which is shown for four seconds.
    page.evaluate('''
        said = [];
        new MutationObserver(() => said.push(document.getElementById("status").textContent))
            .observe(document.getElementById("status"), { childList: true });
        say("Copied the place");
    ''')
    page.wait_for_timeout(5000)
    said = page.evaluate("said")
    assert said[0] == "Copied the place" and len(said) == 2 and "has ended" in said[1], said
    assert page.evaluate("document.body.dataset.connection") == "lost"
    print("watch: every kind of change, errors, origins, keys and accessibility are as they should be")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    test(browser)
    browser.close()
