"""The page of `gen-report watch` in Firefox, through WebDriver BiDi, which needs no driver program.

watch_firefox.py PROGRAM WORK FIREFOX
"""
import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import websockets

program, work, firefox = sys.argv[1:]
project, profile = Path(work).resolve() / "project", Path(work).resolve() / "profile"
shutil.rmtree(work, ignore_errors=True)
profile.mkdir(parents=True)
subprocess.run([program, "--quiet", "init", project], check=True, capture_output=True)
FRENCH = project / "locales/fr/programme.ftl"
PICTURES = "columns.map((column) => column.pages[0].drawing.hash).join()"
PLACES = "[...document.querySelectorAll('#side article .where')].map((place) => place.innerText).join(' ')"


class Firefox:
    """A page in Firefox."""

    def __init__(self, socket):
        self.socket, self.number, self.context, self.problems = socket, 0, None, []

    async def call(self, method, **parameters):
        self.number += 1
        await self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(await asyncio.wait_for(self.socket.recv(), 30))
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.problems.append(message["params"]["text"])
            if message.get("id") == self.number:
                assert message["type"] == "success", message
                return message["result"]

    async def open(self, address):
        await self.call("session.new", capabilities={})
        await self.call("session.subscribe", events=["log.entryAdded"])
        self.context = (await self.call("browsingContext.getTree"))["contexts"][0]["context"]
        await self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")
        await self.wait("document.body.dataset.refresh > 0")

    async def evaluate(self, expression):
        answer = await self.call("script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True)
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    async def wait(self, condition):
        end = time.monotonic() + 30
        while not await self.evaluate(condition):
            assert time.monotonic() < end, f"in vain: {condition}"
            await asyncio.sleep(0.02)

    async def act(self, kind, *actions):
        await self.call("input.performActions", context=self.context, actions=[{"type": kind, "id": kind, "actions": list(actions)}])

    async def press(self, key):
        await self.act("key", {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})


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


async def main(address, port):
    for attempt in range(100):
        try:
            socket = await websockets.connect(f"ws://127.0.0.1:{port}/session", max_size=None)
            break
        except OSError:
            assert attempt < 99, "Firefox does not start"
            await asyncio.sleep(0.3)
    page = Firefox(socket)
    await page.open(address)
    await test(page)


PORT = "29333"
watch = subprocess.Popen([program, "watch", "--message-format", "json", "--project", project, "--report", "press-release,certificate"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
browser = subprocess.Popen([firefox, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", PORT,
                            "--width", "1440", "--height", "900"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"HOME": str(profile)})
try:
    asyncio.run(asyncio.wait_for(main(json.loads(watch.stdout.readline())["address"], PORT), 150))
finally:
    browser.terminate()
    browser.wait(20)
    watch.send_signal(signal.SIGINT)
    assert watch.wait(20) == 130
