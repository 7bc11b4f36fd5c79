"""The web page of `gen-report proof` in Chromium: it loads nothing, its links lead somewhere, it fits on a narrow screen and at
400 %, and axe-core finds nothing.

proof.py PROGRAM WORK AXE CHROMIUM: AXE is the file axe.min.js of the npm package axe-core. Pictures of the pages are in WORK.
"""
import json
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

program, work, axe, chromium = sys.argv[1:5]
work = Path(work)
if work.exists():
    shutil.rmtree(work)
work.mkdir(parents=True)
LANGUAGES = ["en", "fr", "zh"]
PSEUDO = ["en-XA", "en-XB"]
subprocess.run([program, "--quiet", "proof", "--lang", ",".join(LANGUAGES + PSEUDO), "--out", work.resolve() / "proof"],
               check=True, capture_output=True, cwd=work)


def open_proof(browser, language, **options):
    options = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options
    page = browser.new_context(**options).new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
    address = (work / "proof" / f"{language}.html").resolve().as_uri()
    own = ("data:", address)
    page.on("request", lambda request: None if request.url.startswith(own) else page.problems.append(request.url))
    page.goto(address)
    return page


def check_accessibility(page, what):
    page.evaluate(Path(axe).read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert not found["violations"], (what, json.dumps([(v["id"], [n["html"][:300] for n in v["nodes"][:5]]) for v in found["violations"]], indent=1))


def check_links(page, language):
    """Each number on a page leads to its message, and back."""
    broken = page.evaluate("[...document.querySelectorAll('a')].filter((a) => !document.getElementById(a.getAttribute('href').slice(1))).map((a) => a.outerHTML)")
    assert not broken, (language, broken)
    page.locator("svg a").first.focus()
    page.keyboard.press("Enter")
    target = page.evaluate("location.hash")
    assert target.startswith("#message-"), target
    assert page.evaluate("(hash) => { const box = document.querySelector(hash).getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; }", target)
    page.locator(f"{target} a.number").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == target.replace("message", "at")


def check_width(page, what):
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{what} is {overflow} px too wide"


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium)
    for language in LANGUAGES + PSEUDO:
        page = open_proof(browser, language)
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "en-XB" else "ltr")
        page.screenshot(path=work / f"{language}.png")
        check_accessibility(page, language)
        check_links(page, language)
        check_width(page, language)
        assert not page.problems, page.problems
        page.context.close()
        # A telephone, and also the width at a zoom of 400 % (WCAG 2.2, 1.4.10).
        narrow = open_proof(browser, language, viewport={"width": 320, "height": 640})
        narrow.screenshot(path=work / f"{language}-narrow.png")
        check_width(narrow, f"{language}, narrow")
        check_accessibility(narrow, f"{language}, narrow")
        narrow.context.close()
    browser.close()
print(f"proof: the web page is usable in {', '.join(LANGUAGES + PSEUDO)}")
