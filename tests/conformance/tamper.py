"""No file in which one byte was changed at random is genuine, and no genuine file is doubted.

    python3 tests/conformance/tamper.py gen-report keys.json 10000 FILE|FOLDER...

Takes the signed PDFs one after the other. The files with changes are written, checked and removed in batches, so that a few tens
of megabytes of disk are enough. With 0, only the genuine files are checked.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

BATCH = 500

program, keys, count, *inputs = sys.argv[1:]
count = int(count)
given = [pathlib.Path(path) for path in inputs]
files = sorted(file for path in given for file in (path.rglob("*.pdf") if path.is_dir() else [path]))
assert files, "no PDF"
# Always the same changes, so that a failure can be repeated.
choice = random.Random(18)


def verify(folders):
    """Returns exit code and answers: for each file, the set of what was found in it."""
    run = subprocess.run([program, "verify", *folders, "--keys", keys, "--message-format", "json"],
                         capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stderr
    answers = {}
    for line in run.stdout.splitlines():
        event = json.loads(line)
        if "status" in event:
            answers.setdefault(event["input"], set()).add(event["status"])
    return run.returncode, answers


start = time.monotonic()
code, answers = verify(given)
doubted = {name: found for name, found in answers.items() if found != {"genuine"}}
assert code == 0 and len(answers) == len(files) and not doubted, f"doubted: {doubted}"
print(f"{len(files)} genuine files: none doubted ({time.monotonic() - start:.0f} s)")

start = time.monotonic()
seen = {}
for first in range(0, count, BATCH):
    with tempfile.TemporaryDirectory() as folder:
        changes = {}
        for number in range(first, min(first + BATCH, count)):
            file = files[number % len(files)]
            content = bytearray(file.read_bytes())
            at, change = choice.randrange(len(content)), choice.randrange(1, 256)
            content[at] ^= change
            changed = pathlib.Path(folder, f"{number}.pdf")
            changed.write_bytes(content)
            changes[str(changed)] = f"{file}, byte {at} ^ {change}"
        code, answers = verify([folder])
        assert code == 1 and answers.keys() == changes.keys(), f"no answer for {changes.keys() - answers.keys()}"
        for name, found in answers.items():
            assert "genuine" not in found, f"{changes[name]}: {found}"
            for status in found:
                seen[status] = seen.get(status, 0) + 1
if count:
    found = ", ".join(f"{number} {status}" for status, number in sorted(seen.items()))
    print(f"{count} files with a changed byte: none genuine ({found}; {time.monotonic() - start:.0f} s)")
