"""A page in Firefox, through WebDriver BiDi, which needs no driver program."""
import asyncio
import json
import os
import socket
import subprocess
import time

import websockets


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

    async def open(self, address, ready):
        await self.call("session.new", capabilities={})
        await self.call("session.subscribe", events=["log.entryAdded"])
        self.context = (await self.call("browsingContext.getTree"))["contexts"][0]["context"]
        await self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")
        await self.wait(ready)

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


def run(firefox, profile, address, ready, test, seconds=150):
    """Opens an address in a new Firefox, waits until an expression is true, and calls `test` with the page."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    browser = subprocess.Popen([firefox, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", str(port),
                                "--width", "1440", "--height", "900"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"HOME": str(profile)})

    async def main():
        page = Firefox(await connect(port))
        await page.open(address, ready)
        await test(page)

    try:
        asyncio.run(asyncio.wait_for(main(), seconds))
    finally:
        browser.terminate()
        browser.wait(20)


async def connect(port):
    for attempt in range(100):
        try:
            return await websockets.connect(f"ws://127.0.0.1:{port}/session", max_size=None)
        except OSError:
            assert attempt < 99, "Firefox does not start"
            await asyncio.sleep(0.3)
