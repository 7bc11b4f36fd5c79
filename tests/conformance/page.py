"""The page that `gen-report keys publish` writes, in Chromium: what it answers, to whom it is usable, and what it loads.

page.py PROGRAM WORK AXE CHROMIUM: AXE is the file axe.min.js of the npm package axe-core.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import sync_playwright

program, work, axe, chromium = sys.argv[1:]
work = Path(work)
work.mkdir(parents=True, exist_ok=True)
ORIGIN = "https://example.org"
LANGUAGES = {"en-US": "en", "fr-FR": "fr", "zh-Hans-CN": "zh"}
environment = os.environ | {"GEN_REPORT_KEY_PASSWORD": "only for this test"}


def run(*arguments):
    return subprocess.run([program, "--quiet", *arguments], cwd=work, env=environment, check=True, capture_output=True)


def publish(folder):
    run("keys", "publish", folder, "./issuer.pem")
    return work / folder


def draw(pdf, scale):
    return pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("RGB")


run("keys", "new", "./issuer.pem")
run("--lang", "fr,en,zh", "--report", "certificate", "--sign", "./issuer.pem")
genuine = publish("genuine")
# The same issuer without a key for seals.
shutil.copy(work / "issuer.pem", work / "codes.pem")
run("keys", "publish", "unsealed", "./codes.pem")
run("--lang", "en,zh+en", "--report", "certificate", "--sign", "./codes.pem", "--out", "plain")
plain = work / "plain/en/certificate-beijing.pdf"
run("keys", "new", "./rsa.pem", "--seal-algorithm", "rsa-3072")
run("--lang", "en", "--report", "certificate", "--sign", "./rsa.pem", "--out", "rsa-sealed")
run("keys", "publish", "rsa", "./rsa.pem")
rsa_sealed = work / "rsa-sealed/en/certificate-beijing.pdf"
run("revoke", "2025-01-0001", "--reason", "The figures were wrong.", "--date", "2026-01-15")
revoked = publish("revoked")
certificates = {language: work / f"out/{language}/certificate-beijing.pdf" for language in LANGUAGES.values()}
(code,) = zxingcpp.read_barcodes(draw(certificates["en"], 3))
address = code.text

# What a forger makes of the genuine code: certificates with another name, number or date, one without a credential, and a genuine
# one whose credential is changed.
forger = work / "forger"
RESULTS, TEMPLATE = forger / "reports/results.yaml", forger / "reports/certificate/city.typ.hbs"
run("init", "forger", "--eject", "reports")
template, results = TEMPLATE.read_text(), RESULTS.read_text()
printed = template.replace("code: (address: {{str city.address}}, ..{{code city.address packed=true}}",
                           f'code: (address: "{address}", ..{{{{code "{address}"}}}}')
assert printed != template
TEMPLATE.write_text(printed)


def forge(name, old, new):
    assert old in results, old
    RESULTS.write_text(results.replace(old, new))
    run("--project", "forger", "--lang", "en", "--report", "certificate", "--out", f"forged/{name}")
    return work / f"forged/{name}/en/certificate-beijing.pdf"


forged = {
    "city": forge("city", "      en: Beijing\n", "      en: Port Azure\n"),
    "serial": forge("serial", "    rank: 1\n", "    rank: 1\n    serial: 2025-01-0002\n"),
    "date": forge("date", "announced: 2025-11-28", "announced: 2025-11-08"),
    "missing": forge("missing", "      en: Beijing\n", "      en: Beijing\n"),
}
for name in ("credential", "saved", "resealed"):
    with pikepdf.open(certificates["en"] if name == "resealed" else plain) as pdf:
        if name == "credential":
            file = pdf.attachments["credential-en-US.jwt"].get_file()
            token = file.read_bytes().decode()
            file.obj.write(token.replace(token[200], "A" if token[200] != "A" else "B", 1).encode())
        pdf.save(work / f"{name}.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)

# Pictures: a scan, a turned one, a soft photo of a creased page, a page without a code.
page = draw(certificates["fr"], 150 / 72)
page.save(work / "scan.png")
page.rotate(7, expand=True, fillcolor="white", resample=Image.BICUBIC).save(work / "turned.jpg")
photo = draw(certificates["zh"], 3).filter(ImageFilter.GaussianBlur(1.2))
shade = Image.linear_gradient("L").resize(photo.size).point(lambda grey: 150 + grey * 105 // 255)
Image.composite(photo, Image.new("RGB", photo.size, "#6b665c"), shade).rotate(90, expand=True).save(work / "photo.jpg", quality=70)
Image.new("RGB", (600, 400), "white").save(work / "blank.png")
(work / "notes.txt").write_text("no picture")
(work / "empty.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
# A film for the camera: the printed code, turned and with a crease.
film = Image.new("RGB", (1280, 960), "#4a4f55")
paper = draw(certificates["fr"], 150 / 72)
paper = paper.crop((0, paper.height * 5 // 8, paper.width // 2, paper.height)).rotate(4, expand=True, fillcolor="#4a4f55", resample=Image.BICUBIC)
film.paste(paper.resize((1100, 1100 * paper.height // paper.width)), (90, 120))
film.paste(Image.new("RGB", (1280, 2), "#c9c9c9"), (0, 500))
width, height = film.size
planes = [plane.tobytes() for plane in film.convert("YCbCr").split()[:1]]
planes += [plane.resize((width // 2, height // 2)).tobytes() for plane in film.convert("YCbCr").split()[1:]]
with open(work / "film.y4m", "wb") as out:
    out.write(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode())
    for _ in range(10):
        out.write(b"FRAME\n" + b"".join(planes))

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
         ".svg": "image/svg+xml", ".ttf": "font/ttf", ".jwt": "application/vc+jwt"}


class Host:
    """A static host: the files of a folder, and 404.html for everything else, as many hosts have it."""

    def __init__(self, folder, changes=None):
        self.folder, self.changes, self.asked = folder, changes or {}, []

    def answer(self, route):
        url = route.request.url
        self.asked.append(url)
        assert url.startswith(ORIGIN + "/"), f"the page asks another host: {url}"
        path = url[len(ORIGIN) + 1:].split("?")[0]
        file = self.folder / (path + "index.html" if path == "" or path.endswith("/") else path)
        if path in self.changes:
            change = self.changes[path]
            return route.abort() if change is None else route.fulfill(body=change, content_type="text/plain")
        if file.is_file():
            return route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))
        route.fulfill(status=404, body=(self.folder / "404.html").read_bytes(), content_type=TYPES[".html"])


def open_page(browser, host, path="/", language="en-US", scheme="light", width=1200, **options):
    context = browser.new_context(locale=language, color_scheme=scheme, viewport={"width": width, "height": 900},
                                  service_workers="block", reduced_motion="reduce", **options)
    context.route("**/*", host.answer)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    # A browser reports the status 404 of the address of a code, although it shows the page.
    page.on("console", lambda message: message.type == "error" and "404" not in message.text and "ERR_FAILED" not in message.text
            and problems.append(message.text))
    page.goto(ORIGIN + path)
    page.wait_for_selector("#language option", state="attached")
    page.problems = problems
    return page


def answer(page):
    page.wait_for_selector("#results article")
    assert not page.problems, page.problems
    return page.locator("#results article").first.get_attribute("data-status")


def paste(page, text):
    page.get_by_label("Address of the code").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    return answer(page)


def give(page, file):
    page.set_input_files("#file", file)
    return answer(page)


def check_accessibility(page, what):
    page.evaluate(Path(axe).read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert not found["violations"], (what, json.dumps([(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]], indent=1))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{what}: wider than the window"


def changed(text, at):
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1:]


def changed_byte(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1:]


def forged_list():
    header, payload, signature = (genuine / "status.jwt").read_text().split(".")
    credential = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    credential["credentialSubject"]["register"] = []
    payload = base64.urlsafe_b64encode(json.dumps(credential).encode()).decode().rstrip("=")
    return f"{header}.{payload}.{signature}"


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    host = Host(genuine)
    path = address.removeprefix("HTTPS://EXAMPLE.ORG")

    # The address that a phone opens, on a host that has no such file.
    page = open_page(browser, host, path)
    assert answer(page) == "genuine"
    assert page.locator(".city").inner_text() == "Beijing"
    assert page.evaluate("document.activeElement.textContent") == "Genuine", "the answer has the focus"
    facts = page.locator("dl").inner_text()
    for fact in ("Global Pilot Cities", "2025-01-0001", "November 28, 2025"):
        assert fact in facts, facts
    check_accessibility(page, "genuine")
    page.get_by_role("button", name="Check another certificate").click()
    assert page.locator("#results article").count() == 0

    # Texts, in one browser window.
    base, encoded = address.rsplit("/", 1)
    middle = len(base) + 1 + len(encoded) // 2
    for text, expected in [
        (address, "genuine"),
        (address.replace("HTTPS://EXAMPLE.ORG", "https://example.org"), "genuine"),
        (f" {address[:70]}\n{address[70:]}\n", "genuine"),
        (changed(address, middle), "altered"),
        (changed(address, len(address) - 30), "altered"),
        (address.replace("EXAMPLE.ORG", "EXAMPLE.COM"), "altered"),
        (address[:-1], "altered"),
        (address + "A", "altered"),
        (address.lower(), "altered"),
        ("https://example.org/C/2025-01-0001", "unsigned"),
        ("genuine", "unreadable"),
        ("", "unreadable"),
        ("<img src=x onerror=alert(1)>", "unreadable"),
    ]:
        page = open_page(browser, host)
        assert paste(page, text) == expected, text
        page.context.close()
    # Every letter of the code, by the same rules without the window.
    page = open_page(browser, host)
    count = page.evaluate("""async ([address, from]) => {
        const { readCode, readKeys, findSigner } = await import("/verify/code.js");
        const keys = await readKeys(await (await fetch("/keys.json")).json());
        const isGenuine = async (text) => { try { return (await findSigner(readCode(text), keys)).status === "genuine"; } catch { return false; } };
        let accepted = (await isGenuine(address)) ? 1 : 0;
        for (let at = from; at < address.length; at += 1)
            for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567a0")
                if (letter !== address[at] && (await isGenuine(address.slice(0, at) + letter + address.slice(at + 1)))) accepted += 1;
        return accepted;
    }""", [address, len(base) + 1])
    assert count == 1, f"{count} addresses are genuine"

    # Pictures and PDFs.
    for file, expected in [("scan.png", "genuine"), ("turned.jpg", "genuine"), ("photo.jpg", "genuine"), ("blank.png", "unreadable"),
                           ("notes.txt", "unreadable"), ("empty.pdf", "unreadable"), (certificates["en"], "genuine")]:
        page = open_page(browser, host)
        assert give(page, work / file) == expected, file
        page.context.close()
    page = open_page(browser, host)
    give(page, certificates["en"])
    checked = page.locator(".meaning").inner_text()
    for text in ("nothing in the PDF has changed since", "as the text of page 1 has them", "The attached credentials, which state the same (American English)",
                 "The printed code, because the page takes the code from its link"):
        assert text in checked, checked
    check_accessibility(page, "a PDF")
    page.screenshot(path=work / "pdf.png", full_page=True)
    page.context.close()
    for language in ("fr", "zh"):
        page = open_page(browser, host)
        assert give(page, certificates[language]) == "genuine", language
        page.context.close()

    # Forged PDFs with the genuine code: the page finds what was changed. The issuer of the first folder seals its PDFs.
    unsealed = work / "unsealed"
    (work / "changed.pdf").write_bytes(changed_byte(certificates["en"].read_bytes(), 3000))
    for name, folder, file, status, reason in [
        ("city", genuine, forged["city"], "altered", "does not print the city that its code states, Beijing"),
        ("city-unsealed", unsealed, forged["city"], "altered", "does not print the city that its code states, Beijing"),
        ("serial", unsealed, forged["serial"], "altered", "does not print the certificate number that its code states, 2025-01-0001"),
        ("date", unsealed, forged["date"], "altered", "does not print the date that its code states, November 28, 2025"),
        ("credential", unsealed, work / "credential.pdf", "altered", "A credential that is attached to this PDF was changed"),
        ("no-credential", unsealed, forged["missing"], "altered", "attaches credentials to each certificate, and one is missing"),
        ("no-seal", genuine, plain, "unsigned", "the PDF has no seal, and this issuer seals its PDFs"),
        ("changed", genuine, work / "changed.pdf", "altered", "was changed after the issuer sealed it"),
        ("resealed", genuine, work / "resealed.pdf", "altered", "was changed after the issuer sealed it"),
        ("other-seal", unsealed, certificates["en"], "unknown-issuer", "sealed with a certificate that this issuer has not published"),
    ]:
        page = open_page(browser, Host(folder))
        assert give(page, file) == status, name
        assert reason in page.locator(".verdict").inner_text(), page.locator(".verdict").inner_text()
        check_accessibility(page, name)
        page.screenshot(path=work / f"forged-{name}.png", full_page=True)
        page.context.close()
    # Genuine ones without a seal; another program has written the second one anew.
    for file in (plain, work / "saved.pdf", work / "plain/zh+en/certificate-beijing.pdf"):
        page = open_page(browser, Host(unsealed))
        assert give(page, file) == "genuine", file
        assert "Other words, figures and pictures in the PDF" in page.locator(".meaning").inner_text()
        page.context.close()
    # A seal with RSA.
    (work / "changed-rsa.pdf").write_bytes(changed_byte(rsa_sealed.read_bytes(), 3000))
    for file, status in [(rsa_sealed, "genuine"), (work / "changed-rsa.pdf", "altered")]:
        page = open_page(browser, Host(work / "rsa"))
        assert give(page, file) == status, file
        page.context.close()
    # No sealed PDF with a changed byte is genuine.
    page = open_page(browser, host)
    whole = certificates["en"].read_bytes()
    answers = page.evaluate("""async ([whole, count]) => {
        const { checkSeal, readSealCertificates } = await import("/verify/seal.js");
        const chains = readSealCertificates(await (await fetch("/keys.json")).json());
        const bytes = Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
        const answers = { genuine: 0, others: 0, unchanged: await checkSeal(bytes, chains) };
        // The certificate of the signer has been published twice, once with another one above it.
        answers.published = await checkSeal(bytes, [...chains.map(([signer]) => [signer, signer]), ...chains]);
        // Every byte of the signature and near it, and some of all others.
        const seal = new TextDecoder("latin1").decode(bytes).indexOf("/ByteRange");
        const places = [...Array(1600).keys()].map((at) => seal + at).concat([...Array(count).keys()].map((at) => Math.floor(at * bytes.length / count)));
        for (const at of places) {
            const changed = bytes.slice();
            changed[at] ^= 1 + (at * 7) % 255;
            answers[(await checkSeal(changed, chains)) === "genuine" ? "genuine" : "others"] += 1;
        }
        return answers;
    }""", [base64.b64encode(whole).decode(), 500])
    assert answers == {"genuine": 0, "others": 2100, "unchanged": "genuine", "published": "genuine"}, answers
    page.context.close()

    # Withdrawn, and what an attacker or a bad connection does to the list of withdrawn certificates and to the keys.
    page = open_page(browser, Host(revoked), path)
    assert answer(page) == "revoked"
    assert "January 15, 2026" in page.locator(".verdict").inner_text() and "The figures were wrong." in page.locator(".verdict").inner_text()
    check_accessibility(page, "revoked")
    run("keys", "new", "./other.pem")
    run("keys", "publish", "other", "./other.pem")
    other_keys = (work / "other/keys.json").read_text()
    for changes, expected in [
        ({"status.jwt": forged_list()}, "unclear"),
        ({"status.jwt": (work / "other/status.jwt").read_text()}, "unclear"),
        ({"status.jwt": "<h1>Not found</h1>"}, "unclear"),
        ({"status.jwt": None}, "unclear"),
        ({"keys.json": None}, "unable"),
        ({"keys.json": "{}"}, "unable"),
        ({"keys.json": other_keys}, "unknown-issuer"),
    ]:
        page = open_page(browser, Host(genuine, changes), path)
        assert answer(page) == expected, (changes.keys(), expected)
        page.context.close()

    # Every language, light and dark, narrow and wide.
    for tag, language in LANGUAGES.items():
        for scheme in ("light", "dark"):
            for width in (320, 1200):
                for name, folder, where in (("start", genuine, "/"), ("genuine", genuine, path), ("revoked", revoked, path)):
                    page = open_page(browser, Host(folder), where, tag, scheme, width)
                    assert page.evaluate("document.documentElement.lang") == tag
                    if where != "/":
                        answer(page)
                    what = f"{name}-{language}-{scheme}-{width}"
                    check_accessibility(page, what)
                    page.screenshot(path=work / f"{what}.png", full_page=True)
                    page.context.close()
    page = open_page(browser, host, path)
    answer(page)
    page.get_by_label("Language").select_option(label="Français")
    assert page.locator("h2").first.inner_text() == "Authentique"
    assert page.evaluate("document.documentElement.lang") == "fr-FR"
    # By keyboard alone.
    page = open_page(browser, host)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "address":
            break
    page.keyboard.insert_text(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert answer(page) == "genuine"
    assert all(url.startswith(ORIGIN) for url in host.asked)
    browser.close()

    # The camera.
    flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={work}/film.y4m"]
    browser = playwright.chromium.launch(executable_path=chromium, args=flags)
    page = open_page(browser, host, permissions=["camera"])
    page.get_by_role("button", name="Use the camera").click()
    assert answer(page) == "genuine"
    assert page.locator("#camera").is_hidden(), "the camera is off"
    browser.close()

    # Without a network, after one visit: the service worker shows the page and checks.
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
    from functools import partial
    from threading import Thread

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=genuine))
    Thread(target=server.serve_forever, daemon=True).start()
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    page = browser.new_page(locale="en-US")
    page.problems = []
    local = f"http://127.0.0.1:{server.server_port}/"
    page.goto(local)
    page.evaluate("navigator.serviceWorker.ready")
    assert paste(page, address) == "genuine"
    server.shutdown()
    server.server_close()
    page.goto(local + path.lstrip("/"))
    # The code belongs to another host than this one, so its own address here is altered; pasted, it is genuine.
    assert answer(page) == "altered"
    page.get_by_role("button", name="Check another certificate").click()
    assert paste(page, address) == "genuine"
    browser.close()
print("the page: passed")
