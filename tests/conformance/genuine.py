"""No genuine certificate is doubted: those of many cities, whose names, numbers and facts are all different, in three languages.

    python3 tests/conformance/genuine.py gen-report 10000 WORK

Builds at least that many certificates with codes, seals and credentials, as files and as archives, and checks all of them.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent.parent / "benches"))
import cities

program, count, work = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
environment = os.environ | {"GEN_REPORT_KEY_PASSWORD": "only for this test"}
COMPARED = {"seal", "signature", "serial number", "city", "date", "credential"}


def run(*arguments):
    return subprocess.run([program, *arguments], cwd=work, env=environment, capture_output=True, text=True)


def build(*arguments):
    done = run("--quiet", *arguments)
    assert done.returncode == 0, done.stderr


def verify(*inputs):
    """Returns the number of genuine files, and the seconds."""
    start = time.monotonic()
    done = run("verify", *inputs, "--keys", "site/keys.json", "--status", "site/status.jwt", "--project", "project", "--message-format", "json")
    answers = [event for event in map(json.loads, done.stdout.splitlines()) if event["type"] == "verified"]
    doubted = [answer for answer in answers if answer["status"] != "genuine" or set(answer["compared"]) != COMPARED]
    assert done.returncode == 0 and not doubted, (done.stderr, len(doubted), doubted[:3])
    assert len({answer["input"] for answer in answers}) == len(answers)
    return len(answers), time.monotonic() - start


number = -(-count // 3)
cities.write(number, str(work / "project"))
build("keys", "new", "./issuer.pem")
build("keys", "publish", "site", "./issuer.pem", "--project", "project")
certificates = ["--project", "project", "--lang", "en,fr,zh", "--report", "certificate", "--sign", "./issuer.pem"]
build(*certificates, "--out", "files")
files, seconds = verify("files")
assert files == 3 * number, files
print(f"{files} genuine certificates: none doubted ({seconds:.0f} s, {1000 * seconds / files:.0f} ms each)")
shutil.rmtree(work / "files")
build(*certificates, "--out", "archives", "--archive", "zip")
files, seconds = verify("archives")
assert files == 3 * number, files
print(f"the same in archives: none doubted ({seconds:.0f} s)")
