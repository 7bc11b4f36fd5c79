"""A long run for real: time, rate, and memory over time; and what is left of one that is killed.

    python3 benches/long.py run 100000 --out /tmp/long       # certificates in English, on all cores
    python3 benches/long.py kill 5000 --times 20             # kill -9 at random moments, --resume, compare

`run` writes memory.svg and prints a line for the README. `kill` fails unless every file equals an undisturbed run's.
"""

import argparse
import hashlib
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import cities

ROOT = pathlib.Path(__file__).resolve().parent.parent


def command(args, project, out, *more):
    return [args.program, "--quiet", "--project", project, "-l", args.lang, "-r", args.report, "-j", str(args.jobs), "-o", out, *more]


def memory(process):
    """Resident mebibytes of a process and its children."""
    total = 0
    for pid in [str(process), *pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()]:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1])
    return total / 1024


def lines(file):
    return file.read_bytes().count(b"\n") if file.exists() else 0


def run(args):
    with tempfile.TemporaryDirectory() as project:
        cities.write(args.count, project)
        out = pathlib.Path(args.out)
        start = time.monotonic()
        process = subprocess.Popen(command(args, project, args.out), stdout=subprocess.DEVNULL)
        samples = []  # seconds, mebibytes, documents
        while process.poll() is None:
            try:
                samples.append((time.monotonic() - start, memory(process.pid), lines(out / "manifest.jsonl")))
            except (FileNotFoundError, ProcessLookupError):
                pass  # It has just ended.
            time.sleep(max(0.2, (time.monotonic() - start) / 200))
        seconds = time.monotonic() - start
        made = lines(out / "manifest.jsonl")
    pathlib.Path(args.plot).write_text(plot(samples, args.count), encoding="utf-8")
    at = lambda n: next((m for _, m, documents in samples if documents >= n), samples[-1][1])
    print(f"{made} documents in {seconds:.0f} s on {args.jobs} cores: {made / seconds:.0f} a second; "
          f"memory {at(1000):.0f} MB after 1 000, {samples[-1][1]:.0f} MB at the end, at most {max(m for _, m, _ in samples):.0f} MB")  # fmt: skip
    return int(process.returncode != 0 or made != args.count)


def plot(samples, count):
    """Memory over documents as a small SVG."""
    width, height, left, foot = 480, 160, 44, 24
    most = max(50, max(m for _, m, _ in samples) * 1.2)
    x = lambda documents: left + documents / count * (width - left - 10)
    y = lambda mebibytes: height - foot - mebibytes / most * (height - foot - 10)
    steps = [most * k / 4 for k in range(5)]
    grid = "".join(f'<path d="M{left} {y(s):.1f}H{width - 10}" stroke="#ddd"/><text x="{left - 6}" y="{y(s) + 3:.1f}" text-anchor="end">{s:.0f}</text>' for s in steps)
    marks = "".join(f'<text x="{x(count * k / 4):.1f}" y="{height - 8}" text-anchor="middle">{count * k // 4:,}</text>'.replace(",", "\u202f") for k in range(1, 5))
    points = " ".join(f"{x(documents):.1f},{y(m):.1f}" for _, m, documents in samples)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="9" fill="#333">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{grid}{marks}<text x="4" y="10">MB</text>'
        f'<polyline points="{points}" fill="none" stroke="#a3281f" stroke-width="1.5"/></svg>\n'
    )


def sums(folder):
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(pathlib.Path(folder).rglob("*.pdf"))}


def kill(args):
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as work:
        project, whole, broken = f"{work}/project", f"{work}/whole", f"{work}/broken"
        cities.write(args.count, project)
        start = time.monotonic()
        subprocess.run(command(args, project, whole), check=True, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - start
        for n in range(args.times):
            process = subprocess.Popen(command(args, project, broken, "--resume"), stdout=subprocess.DEVNULL, start_new_session=True)
            time.sleep(chance.uniform(0, seconds / args.times * 1.5))
            process.send_signal(signal.SIGKILL)
            process.wait()
            print(f"killed {n + 1}: {lines(pathlib.Path(broken, 'manifest.jsonl'))} documents told as done", flush=True)
        subprocess.run(command(args, project, broken, "--resume"), check=True, stdout=subprocess.DEVNULL)
        same = sums(whole) == sums(broken)
        left = [str(file) for file in pathlib.Path(broken).rglob("*.part")]
        print(f"{len(sums(broken))} files after {args.times} kills and the last --resume; equal to an undisturbed run: {same}; left over: {len(left)}")
        return int(not same)


def main():
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("what", choices=("run", "kill"))
    flags.add_argument("count", type=int)
    flags.add_argument("--program", default=str(ROOT / "target/release/gen-report"))
    flags.add_argument("--report", default="certificate")
    flags.add_argument("--lang", default="en")
    flags.add_argument("--jobs", type=int, default=2)
    flags.add_argument("--out", default="/tmp/long", help="a folder for the documents; it must not exist")
    flags.add_argument("--plot", default="memory.svg")
    flags.add_argument("--times", type=int, default=20)
    flags.add_argument("--seed", type=int, default=1)
    args = flags.parse_args()
    if args.what == "run" and pathlib.Path(args.out).exists():
        sys.exit(f"{args.out} exists already")
    return {"run": run, "kill": kill}[args.what](args)


if __name__ == "__main__":
    sys.exit(main())
