#!/usr/bin/env bash
# Writes the pages for `man` and the completions for shells, as the program prints them.
#     packaging/pages.sh PROGRAM FOLDER
set -euo pipefail
program=$1 folder=$2
mkdir -p "$folder"
"$program" man >"$folder/gen-report.1"
for command in $("$program" man | sed -n 's/^gen\\-report\\-\([a-z]*\)(1)$/\1/p'); do
  "$program" man "$command" >"$folder/gen-report-$command.1"
done
for shell in bash zsh fish; do "$program" completions "$shell" >"$folder/gen-report.$shell"; done
