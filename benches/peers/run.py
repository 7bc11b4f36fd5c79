"""The same documents by gen-report and by others, side by side in one run. See README.md.

    python3 benches/peers/run.py [--documents 100] [--rounds 3] [--peers gen-report,typst-py,…]
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REPORTS, LANGUAGES = ("certificate", "press-release"), ("en", "fr", "zh")
GOALS = {
    "typst-py": (2, 2), "typst-cli": (12, 5), "reportlab": (10, 5), "weasyprint": (12, 10), "chromium": (13, 10),
}  # fmt: skip
# Slow ones make fewer documents: a rate needs no more.
SHARE = {"gen-report": 1, "typst-py": 1, "typst-cli": 0.3, "reportlab": 0.3, "weasyprint": 0.2, "chromium": 0.2}
STANDARDS = ["a-3a", "ua-1"]


def worker(peer, work, report, language, count, out):
    """Makes the documents in this process."""
    project = f"{work}/{language}"
    sources = [f"{project}/reports/{report}/city-{i + 1}.typ" for i in range(count)]
    if peer == "typst-py":
        import typst

        compiler = typst.Compiler(root=project, font_paths=[f"{project}/fonts"], ignore_system_fonts=True)
        # One path, so that what Typst remembers of places in the source fits the next document: the quickest way found.
        main = f"{project}/reports/{report}/main.typ"
        for i, source in enumerate(sources):
            shutil.copyfile(source, main)
            pathlib.Path(out, f"{i}.pdf").write_bytes(compiler.compile(main, pdf_standards=STANDARDS))
    elif peer == "typst-cli":
        for i, source in enumerate(sources):
            command = [TYPST, "compile", "--root", project, "--font-path", f"{project}/fonts", "--ignore-system-fonts"]
            subprocess.run([*command, "--pdf-standard", ",".join(STANDARDS), source, f"{out}/{i}.pdf"], check=True)
    elif peer == "weasyprint":
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        fonts, cache = FontConfiguration(), {}
        for i in range(count):
            page = weasyprint.HTML(f"{project}/html/{report}-{i}.html")
            page.write_pdf(f"{out}/{i}.pdf", font_config=fonts, cache=cache, pdf_variant="pdf/a-3a", pdf_tags=True)
    elif peer == "reportlab":
        import reportlab_pages
        from content import read

        reportlab_pages.set_up(project)
        for i, source in enumerate(sources):
            pathlib.Path(out, f"{i}.pdf").write_bytes(reportlab_pages.PAGES[report](read(source), project))


def command(peer, work, report, language, count, out):
    if peer == "gen-report":
        cities = ",".join(f"city-{i + 1}" for i in range(count))
        return [PROGRAM, "--quiet", "--project", f"{work}/project", "-l", language, "-r", report, "-c", cities, "-j", "1", "-o", out]
    if peer == "chromium":
        return ["node", str(HERE / "chromium.js"), out, *(f"{work}/{language}/html/{report}-{i}.html" for i in range(count))]
    return [sys.executable, __file__, "--worker", peer, work, report, language, str(count), out]


def timed(peer, work, report, language, count):
    """Documents a second of the whole process, its start counted; pages and bytes of the first document."""
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        subprocess.run(["taskset", "-c", "0", *command(peer, work, report, language, count, out)], check=True, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        made = sorted(pathlib.Path(out).rglob("*.pdf"))
        assert len(made) == count, f"{peer} made {len(made)} of {count}"
        info = subprocess.run(["pdfinfo", made[0]], capture_output=True, text=True, errors="replace").stdout
        pages = int(next(line for line in info.splitlines() if line.startswith("Pages")).split()[1])
        if KEEP:
            shutil.copyfile(made[0], f"{KEEP}/{peer}-{report}-{language}.pdf")
        return count / seconds, pages, made[0].stat().st_size


def set_up(work, count, peers):
    assert count <= 1000, "the sources of more documents are not read as a stream"
    subprocess.run([sys.executable, ROOT / "benches/cities.py", str(count), f"{work}/project"], check=True)
    from content import read
    from pages import PAGES

    for language in LANGUAGES:
        source = SOURCE or ["cargo", "bench", "--quiet", "--bench", "typst-source", "--"]
        subprocess.run([*source, f"{work}/project", language, f"{work}/{language}"], check=True, cwd=ROOT)
        os.makedirs(f"{work}/{language}/html")
        for report in REPORTS if {"weasyprint", "chromium"} & set(peers) else ():
            for i in range(int(count * SHARE["weasyprint"]) + 1):
                doc = read(f"{work}/{language}/reports/{report}/city-{i + 1}.typ")
                page = PAGES[report](doc, f"{work}/{language}")
                pathlib.Path(f"{work}/{language}/html/{report}-{i}.html").write_text(page, encoding="utf-8")


def versions(peers):
    run = lambda *c: subprocess.run(c, capture_output=True, text=True).stdout.strip().splitlines()[0]
    package = lambda name: f"{name} {importlib.metadata.version(name)}"
    node = lambda: "playwright-core " + run("node", "-p", "require('playwright-core/package.json').version")
    known = {
        "gen-report": lambda: run(PROGRAM, "--version"),
        "typst-py": lambda: package("typst"),
        "typst-cli": lambda: run(TYPST, "--version"),
        "reportlab": lambda: package("reportlab"),
        "weasyprint": lambda: package("weasyprint"),
        "chromium": lambda: run(os.environ.get("CHROMIUM", "/usr/bin/chromium"), "--version") + ", " + node(),
    }
    return {peer: known[peer]() for peer in peers}


def main():
    global PROGRAM, SOURCE, TYPST, KEEP
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("--documents", type=int, default=100)
    flags.add_argument("--rounds", type=int, default=3)
    flags.add_argument("--peers", default=",".join(GOALS))
    flags.add_argument("--reports", default=",".join(REPORTS))
    flags.add_argument("--languages", default=",".join(LANGUAGES))
    flags.add_argument("--program", default=str(ROOT / "target/release/gen-report"))
    flags.add_argument("--source", help="a compiled benches/peers/source.rs; without it cargo builds it")
    flags.add_argument("--typst", default="typst", help="the command of typst-cli")
    flags.add_argument("--keep", help="a folder for one document of each")
    flags.add_argument("--json", help="a file for the numbers")
    flags.add_argument("--worker", nargs=6, help=argparse.SUPPRESS)
    args = flags.parse_args()
    PROGRAM, SOURCE, TYPST, KEEP = args.program, [os.path.abspath(args.source)] if args.source else [], os.environ.get("TYPST", args.typst), args.keep
    if args.worker:
        peer, work, report, language, count, out = args.worker
        return worker(peer, work, report, language, int(count), out)
    os.environ["TYPST"] = TYPST
    peers = ["gen-report", *args.peers.split(",")]
    if KEEP:
        os.makedirs(KEEP, exist_ok=True)
    for peer, version in versions(peers).items():
        print(f"{peer}: {version}", flush=True)
    rows = []
    with tempfile.TemporaryDirectory() as work:
        set_up(work, args.documents, peers)
        for report in args.reports.split(","):
            for language in args.languages.split(","):
                rates = {peer: [] for peer in peers}
                facts = {}
                # In turns, so that a machine that slows down slows all of them.
                for _ in range(args.rounds):
                    for peer in peers:
                        count = max(2, int(args.documents * SHARE[peer]))
                        rate, pages, size = timed(peer, work, report, language, count)
                        rates[peer].append(rate)
                        facts[peer] = (pages, size)
                for peer in peers:
                    ratio = statistics.median(ours / theirs for ours, theirs in zip(rates["gen-report"], rates[peer]))
                    pages, size = facts[peer]
                    goal = GOALS.get(peer, (None, None))[REPORTS.index(report)]
                    rows.append(dict(report=report, language=language, peer=peer, rate=statistics.median(rates[peer]), ratio=ratio, goal=goal, pages=pages, bytes=size))
                    mark = "" if goal is None else f"  {ratio:6.1f} ×  (goal {goal}{'' if ratio >= goal else ', missed'})"
                    print(f"{report:14} {language} {peer:11} {rows[-1]['rate']:8.1f}/s  {pages} p. {size / 1024:5.0f} KB{mark}", flush=True)
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
