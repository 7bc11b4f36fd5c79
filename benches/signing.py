"""What signing adds to a run: processor time of the same certificates, unsigned and signed, one after the other.

    python3 benches/signing.py 10000 [--runs 3] [--print] [--program target/release/gen-report]

With --print, sheets for a press. The ratio is that of the fastest runs. It contains the time of opening the keys, which is the same
for any number of certificates.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import tempfile

import cities

options = argparse.ArgumentParser()
options.add_argument("count", type=int)
options.add_argument("--runs", type=int, default=1)
options.add_argument("--print", action="store_true")
options.add_argument("--program", default="target/release/gen-report")
options = options.parse_args()
os.environ["GEN_REPORT_KEY_PASSWORD"] = "only for this test"


def processor_time(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([options.program, "--quiet", *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


with tempfile.TemporaryDirectory() as folder:
    project, key, out = (str(pathlib.Path(folder, name)) for name in ("project", "issuer.pem", "out"))
    cities.write(options.count, project)
    processor_time("keys", "new", key)
    command = ["print"] if options.print else ["build", "--report", "certificate", "--jobs", "1"]
    command += ["--project", project, "--lang", "en", "--out", out]
    times = {"unsigned": [], "signed": []}
    for _ in range(options.runs):
        for kind, more in [("unsigned", []), ("signed", ["--sign", key])]:
            times[kind].append(processor_time(*command, *more))
            subprocess.run(["rm", "-rf", out], check=True)
for kind, seconds in times.items():
    print(f"{kind}: {min(seconds):.2f} s of processor time ({', '.join(f'{time:.2f}' for time in seconds)})")
print(f"signing adds {100 * (min(times['signed']) / min(times['unsigned']) - 1):.0f} %")
