#!/usr/bin/env bash
# Time and memory that each hostile file of tests/it/bombs.rs costs `benchline check`.
#   cargo build --release && benches/bombs.sh
# Prints seconds, MB at the peak and exit code of each, the slowest first.
# Needs GNU time (package `time`).
set -euo pipefail
cd "$(dirname "$0")/.."
benchline=$(realpath "${CARGO_TARGET_DIR:-target}")/release/benchline
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
BENCHLINE_BOMBS=$work cargo test --release --locked --quiet --test it bombs:: >/dev/null 2>&1

for project in "$work"/*/; do
  code=0
  /usr/bin/time -q -o "$work/measured" -f '%e %M' "$benchline" check "$project" >/dev/null 2>&1 || code=$?
  read -r seconds kilobytes <"$work/measured"
  printf '%6.2f s %5d MB  exit %d  %s\n' "$seconds" $((kilobytes / 1024)) "$code" "$(basename "$project")"
done | sort -rn
