#!/usr/bin/env node
// Runs the program from the package of this platform, and ends as it ends.
"use strict";
const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const platform = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "gen-report.exe" : "gen-report";
let program;
try {
  program = require.resolve(`gen-report-${platform}/${name}`);
} catch {
  console.error(`error: there is no gen-report for ${platform} in this installation`);
  console.error("help: install it again without --omit=optional, or build the program from its source");
  process.exit(1);
}
const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// A terminal sends Ctrl-C to both; the program decides when to end.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => signal === "SIGINT" || child.kill(signal));
}
child.on("error", (error) => {
  console.error(`error: cannot run ${program}: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
