"""The time from a save to the painted page of `gen-report watch`, in Chromium. See ../README.md.

    python3 benches/watch/run.py [--edits 200] [--cases message,figure,style] [--languages fr en,fr,zh]
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REPORT, CITY = "press-release", "port-azure"
EJECTED = ["reports/press-release", "reports/shared", "reports/design.yaml"]
TICKS = os.sysconf("SC_CLK_TCK")

# Each case: the file, and its text after an edit of a number. One word or number changes, as when somebody types.
CASES = {
    "message": ("locales/fr/programme.ftl", lambda text, n: put(text, "sentence-routes =", f"sentence-routes = {n} :")),
    "figure": ("reports/results.yaml", lambda text, n: put(text, "value: 310_000", f"value: {310_001 + n}")),
    "style": ("reports/shared/press-grid.typ", lambda text, n: put(text, "on-page(30mm)", f"on-page({30 + (n + 1) / 100:.2f}mm)")),
}  # fmt: skip
GOALS = {("message", 1): 100, ("figure", 1): 100, ("message", 3): 250, ("figure", 3): 250, ("style", 1): 400, ("style", 3): 400}

# Resolves to the time in milliseconds of the second frame after all of `changed` columns show other pages, and no page waits.
OBSERVE = """(changed) => {
  const shown = () => columns.map((column) => column.pages.map((page) => page.drawing.hash));
  const before = shown().map(String);
  const isComplete = () => {
    const now = shown();
    return changed.every((at) => String(now[at]) !== before[at])
      && columns.every((column, at) => column.pages.every((page, index) => now[at][index] === page.drawing.wanted));
  };
  window.painted = new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (!isComplete()) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => done([performance.timeOrigin + performance.now(), state.milliseconds])));
    });
    observer.observe(document.getElementById("pages"), { attributeFilter: ["data-hash"], subtree: true });
  });
}"""


def put(text, old, new):
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in the file"
    return text.replace(old, new)


def save(path, text):
    """Writes a file as most editors do: another one that replaces it. Returns the time afterwards, in milliseconds."""
    other = path.with_suffix(".swp")
    other.write_text(text, encoding="utf-8")
    other.replace(path)
    return time.time() * 1000


def processor_time(pid):
    """Milliseconds that a process has computed, on all cores."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


def memory(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def distribution(times):
    times = sorted(times)
    return {"minimum": times[0], "median": statistics.median(times), "p95": times[len(times) * 95 // 100]}


def measure_watch(browser, project, case, languages):
    name, change = CASES[case]
    path = project / name
    original = path.read_text(encoding="utf-8")
    shown = languages.split(",")
    changed = [shown.index("fr")] if case == "message" else list(range(len(shown)))
    command = [ARGS.program, "watch", "--message-format", "json", "--project", project, "-r", REPORT, "-c", CITY, "-l", languages]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(json.loads(process.stdout.readline())["address"])
        is_checked = "document.body.dataset.checked === 'true'"
        while not page.evaluate(is_checked):
            page.wait_for_timeout(50)
        times, built, rests = [], [], random.Random(1)
        computed = processor_time(process.pid)
        for n in range(ARGS.edits):
            page.evaluate(OBSERVE, changed)
            start = save(path, change(original, n))
            end, milliseconds = page.evaluate("window.painted")
            times.append(end - start)
            built.append(milliseconds)
            # At random moments, so that some edits meet the check of the project, which follows each build.
            page.wait_for_timeout(rests.uniform(0, ARGS.rest))
        computed = (processor_time(process.pid) - computed) / ARGS.edits
        page.context.close()
        return distribution(times) | {"build": statistics.median(built), "cpu": computed, "memory": memory(process.pid)}
    finally:
        path.write_text(original, encoding="utf-8")
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def typst_sources(work, project):
    """Writes the Typst source of the documents in each language, as gen-report typesets it."""
    source = [os.path.abspath(ARGS.source)] if ARGS.source else ["cargo", "bench", "--quiet", "-p", "gen-report-benches", "--bench", "typst-source", "--"]
    for language in ("en", "fr", "zh"):
        subprocess.run([*source, project, language, work / "typst" / language], check=True, cwd=ROOT)


def main_source(folder):
    return folder / f"reports/{REPORT}/{CITY}.typ"


def peer_edit(case, folder):
    """The file that a peer sees changed, and its text after an edit: the source contains the words and the figures."""
    if case == "style":
        return folder / CASES[case][0], CASES[case][1]
    # A key figure.
    return main_source(folder), lambda text, n: text.replace('number: [#"', f'number: [#"{n}', 1)


def measure_typst_py(work, case, languages):
    """Only the compilation: from a save to the pages in SVG, one language after the other."""
    import typst

    folders = [work / "typst" / language for language in languages.split(",")]
    compilers = [typst.Compiler(root=folder, font_paths=[folder / "fonts"], ignore_system_fonts=True) for folder in folders]
    edits = [peer_edit(case, folder) for folder in folders]
    mains = [main_source(folder) for folder in folders]
    originals = [path.read_text(encoding="utf-8") for path, _ in edits]
    changed = [languages.split(",").index("fr")] if case == "message" else range(len(folders))
    times, computed = [], 0
    last = [compiler.compile(main, format="svg") for compiler, main in zip(compilers, mains)]
    for n in range(ARGS.edits):
        for at in changed:
            save(edits[at][0], edits[at][1](originals[at], n))
        start, cpu = time.perf_counter(), time.process_time()
        for at in changed:
            pages = compilers[at].compile(mains[at], format="svg")
            assert pages != last[at], "the edit changes nothing"
            last[at] = pages
        times.append((time.perf_counter() - start) * 1000)
        computed += time.process_time() - cpu
    for (path, _), original in zip(edits, originals):
        path.write_text(original, encoding="utf-8")
    return distribution(times) | {"cpu": computed * 1000 / ARGS.edits}


def measure_typst_cli(work, case, languages):
    """From a save to the new files of `typst watch`, one process for each language."""
    folders = [work / "typst" / language for language in languages.split(",")]
    edits = [peer_edit(case, folder) for folder in folders]
    originals = [path.read_text(encoding="utf-8") for path, _ in edits]
    changed = [languages.split(",").index("fr")] if case == "message" else range(len(folders))
    outputs = [folder / "out" for folder in folders]
    processes = []
    written = lambda at: max((path.stat().st_mtime_ns for path in outputs[at].glob("*.svg")), default=0)

    def await_output(at, before):
        end = time.monotonic() + 60
        while written(at) == before:
            assert time.monotonic() < end, "typst watch writes nothing"
            time.sleep(0.0005)

    try:
        for at, folder in enumerate(folders):
            outputs[at].mkdir()
            main = main_source(folder)
            command = [ARGS.typst, "watch", "--root", folder, "--font-path", folder / "fonts", "--ignore-system-fonts", main, outputs[at] / "{p}.svg"]
            processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            await_output(at, 0)
        time.sleep(1)
        times, rests = [], random.Random(1)
        computed = sum(processor_time(process.pid) for process in processes)
        for n in range(ARGS.edits):
            before = [written(at) for at in range(len(folders))]
            for at in changed:
                start = save(edits[at][0], edits[at][1](originals[at], n))
            for at in changed:
                await_output(at, before[at])
            times.append(time.time() * 1000 - start)
            time.sleep(0.1 + rests.uniform(0, ARGS.rest) / 1000)
        computed = sum(processor_time(process.pid) for process in processes) - computed
        return distribution(times) | {"cpu": computed / ARGS.edits}
    finally:
        for process in processes:
            process.send_signal(signal.SIGINT)
            process.wait(20)
        for output in outputs:
            shutil.rmtree(output, ignore_errors=True)
        for (path, _), original in zip(edits, originals):
            path.write_text(original, encoding="utf-8")


def report(program, case, languages, result, rows):
    count = len(languages.split(","))
    goal = GOALS[case, count] if program == "gen-report" else None
    load = os.getloadavg()[0]
    rows.append({"program": program, "case": case, "languages": languages, "load": load, "goal": goal} | result)
    mark = "" if goal is None else f", goal {goal}{'' if result['p95'] <= goal else ' (missed)'}"
    more = f"; build {result['build']:.0f} ms, memory {result['memory']} MB" if "build" in result else ""
    print(f"{program:10} {case:8} {languages:9} minimum {result['minimum']:4.0f} ms, median {result['median']:4.0f} ms, "
          f"95th percentile {result['p95']:4.0f} ms{mark}; processor {result['cpu']:.0f} ms per edit{more}; load {load:.1f}", flush=True)  # fmt: skip


def main():
    global ARGS
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("--edits", type=int, default=200)
    flags.add_argument("--rest", type=float, default=700, help="milliseconds between two edits at most")
    flags.add_argument("--cases", default=",".join(CASES))
    flags.add_argument("--languages", nargs="+", default=["fr", "en,fr,zh"], help="each with commas: side by side")
    flags.add_argument("--peers", default="", help="typst-py, typst-cli or both, with a comma")
    flags.add_argument("--program", default=str(ROOT / "target/release/gen-report"))
    flags.add_argument("--chromium", default="/usr/bin/chromium")
    flags.add_argument("--typst", default="typst", help="the command of typst-cli")
    flags.add_argument("--source", help="a compiled benches/peers/source.rs; without it cargo builds it")
    flags.add_argument("--json", help="a file for the numbers")
    ARGS = flags.parse_args()
    peers = {"typst-py": measure_typst_py, "typst-cli": measure_typst_cli}
    peers = {name: peers[name] for name in ARGS.peers.split(",") if name}
    rows = []
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        work = pathlib.Path(work)
        project = work / "project"
        subprocess.run([ARGS.program, "--quiet", "init", project], check=True, capture_output=True)
        subprocess.run([ARGS.program, "--quiet", "init", project, "--eject", ",".join(EJECTED)], check=True, capture_output=True)
        if peers:
            typst_sources(work, project)
        browser = playwright.chromium.launch(executable_path=ARGS.chromium, args=["--no-sandbox"])
        for case in ARGS.cases.split(","):
            for languages in ARGS.languages:
                report("gen-report", case, languages, measure_watch(browser, project, case, languages), rows)
                for name, measure in peers.items():
                    report(name, case, languages, measure(work, case, languages), rows)
        browser.close()
    if ARGS.json:
        pathlib.Path(ARGS.json).write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
