"""The page that `gen-report keys publish` writes, in Firefox: a PDF and a picture that are dropped on it, and a pasted address.

page_firefox.py WORK FIREFOX: WORK is the folder that page.py has filled.
"""
import base64
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pypdfium2
import zxingcpp

from firefox import run

work, firefox = sys.argv[1:]
work = Path(work).resolve()
certificate = work / "out/en/certificate-beijing.pdf"
(code,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(certificate)[0].render(scale=3).to_pil().convert("RGB"))
STATUS = "document.querySelector('#results article')?.dataset.status"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


async def drop(page, file, kind):
    """Drops a file on the page, and returns the status and the text of the answer."""
    content = base64.b64encode(file.read_bytes()).decode()
    await page.evaluate(f"""(() => {{
        document.querySelector("#results").replaceChildren();
        const bytes = Uint8Array.from(atob("{content}"), (letter) => letter.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], "{file.name}", {{ type: "{kind}" }}));
        document.body.dispatchEvent(new DragEvent("drop", {{ dataTransfer, bubbles: true, cancelable: true }}));
    }})()""")
    await page.wait(f"{STATUS} !== undefined")
    return await page.evaluate(STATUS), await page.evaluate("document.querySelector('#results').innerText")


async def test(page):
    for file, kind, expected, text in [
        (certificate, "application/pdf", "genuine", "as the text of page 1 has them"),
        (certificate, "application/pdf", "genuine", "nothing in the PDF has changed since"),
        (work / "changed.pdf", "application/pdf", "altered", "was changed after the issuer sealed it"),
        (work / "plain/en/certificate-beijing.pdf", "application/pdf", "unsigned", "has no seal"),
        (work / "forged/city/en/certificate-beijing.pdf", "application/pdf", "altered", "does not print the city"),
        (work / "forged/date/en/certificate-beijing.pdf", "application/pdf", "altered", "does not print the date"),
        (work / "empty.pdf", "application/pdf", "unreadable", "cannot be read"),
        (work / "scan.png", "image/png", "genuine", "The text and pictures on the certificate itself"),
        (work / "photo.jpg", "image/jpeg", "genuine", "The text and pictures on the certificate itself"),
        (work / "blank.png", "image/png", "unreadable", "No code was found"),
    ]:
        status, answer = await drop(page, file, kind)
        assert status == expected and text in answer, (file.name, status, answer)
    for address, expected in [(code.text, "genuine"), (code.text[:-1], "altered")]:
        await page.evaluate(f"""(() => {{
            document.querySelector("#results").replaceChildren();
            document.getElementById("address").value = "{address}";
            document.getElementById("form").requestSubmit();
        }})()""")
        await page.wait(f"{STATUS} !== undefined")
        assert await page.evaluate(STATUS) == expected
    assert not page.problems, page.problems
    print("the page: Firefox answers as Chromium does")


profile = work / "firefox-profile"
profile.mkdir(exist_ok=True)
(profile / "user.js").write_text('user_pref("intl.accept_languages", "en-US");\n')
server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=work / "genuine"))
Thread(target=server.serve_forever, daemon=True).start()
run(firefox, profile, f"http://127.0.0.1:{server.server_port}/", "document.querySelectorAll('#language option').length > 0", test)
server.shutdown()
