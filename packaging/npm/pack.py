#!/usr/bin/env python3
"""Makes npm packages of a program that is built already: one that holds the program, for one platform, and one that runs
it, with the packages of all platforms as optional dependencies. npm installs only the one that fits the machine.

    packaging/npm/pack.py PROGRAM PLATFORM FOLDER     # PLATFORM: linux-x64, linux-arm64, darwin-arm64, darwin-x64, win32-x64
"""

import json
import re
import shutil
import sys
from pathlib import Path

PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"]
here = Path(__file__).parent
root = here.parent.parent

program, platform, folder = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
if platform not in PLATFORMS:
    sys.exit(f"unknown platform {platform}: use one of {', '.join(PLATFORMS)}")
cargo = (root / "Cargo.toml").read_text(encoding="utf-8").split("[package]", 1)[1]
common = {key: re.search(rf'^{key} = "(.*)"$', cargo, re.M)[1] for key in ("version", "description", "license")}
common["license"] = f"({common['license']})"


def write(name, manifest, files):
    package = folder / name
    shutil.rmtree(package, ignore_errors=True)
    package.mkdir(parents=True)
    (package / "package.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for source, target in files:
        (package / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, package / target)


licences = [(file, f"licences/{file.name}") for file in sorted([*root.glob("LICENSE-*"), *root.glob("fonts/*/LICENSE-*")])]
name = "gen-report.exe" if platform.startswith("win32") else "gen-report"
system, processor = platform.split("-")
manifest = {"name": f"gen-report-{platform}", **common, "os": [system], "cpu": [processor], "files": [name, "licences"]}
if system == "linux":
    manifest["libc"] = ["glibc"]
write(f"gen-report-{platform}", manifest, [(program, name), *licences])
manifest = {"name": "gen-report", **common, "bin": {"gen-report": "run.js"}, "files": ["run.js"], "engines": {"node": ">=18"},
            "optionalDependencies": {f"gen-report-{other}": common["version"] for other in PLATFORMS}}
write("gen-report", manifest, [(here / "run.js", "run.js"), (root / "README.md", "README.md")])
