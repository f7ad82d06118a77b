#!/usr/bin/env bash
# Times whole commands as users run them, with the memory they need.
#   cargo build --release && benches/commands.sh [RUNS]
# Prints: the score of 342 cities (process time), the batch of city reports for
# two audiences, cold and from the cache, and peak memory where GNU time is there.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
benchline=$(realpath "${CARGO_TARGET_DIR:-target}")/release/benchline
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/hotline-2025 "$work/hotline"

# Runs a command several times; prints the least wall and processor time in ms.
measure() {
  local name=$1 best_wall= best_cpu= wall cpu
  shift
  for _ in $(seq "$runs"); do
    local TIMEFORMAT='%R %U %S' times
    times=$( { time "$@" >/dev/null 2>&1; } 2>&1 | tail -1)
    wall=$(awk '{ printf "%d", $1 * 1000 }' <<<"$times")
    cpu=$(awk '{ printf "%d", ($2 + $3) * 1000 }' <<<"$times")
    [ -z "$best_wall" ] || [ "$wall" -lt "$best_wall" ] && best_wall=$wall
    [ -z "$best_cpu" ] || [ "$cpu" -lt "$best_cpu" ] && best_cpu=$cpu
  done
  printf '%-44s %7d ms wall %7d ms cpu\n' "$name" "$best_wall" "$best_cpu"
}

# The most memory that a command had, as Linux tells it.
peak() {
  local name=$1
  shift
  command -v /usr/bin/time >/dev/null || return 0
  printf '%-44s %7d MB peak\n' "$name" \
    "$(/usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -1 | awk '{ printf "%d", $1 / 1024 }')"
}

measure "score, 342 cities, three editions" "$benchline" score "$work/hotline" --quiet
runs=1 measure "run, everything, cold" "$benchline" run "$work/hotline" --quiet --no-cache
"$benchline" run "$work/hotline" --quiet >/dev/null 2>&1
reports=$(find "$work/hotline/out/internal/cities" -name '*.pdf' | wc -l)
measure "run, everything, from the cache" "$benchline" run "$work/hotline" --quiet

# City reports alone: one audience, so that a report counts once.
sed -i '/^\[policy.public\]/,/^$/d; s/^outputs = .*/outputs = ["unit-reports"]/' "$work/hotline/benchline.toml"
runs=3 measure "city reports, $reports, internal" "$benchline" run "$work/hotline" --quiet --no-cache
runs=3 measure "city reports, $reports, internal, one thread" "$benchline" run "$work/hotline" --quiet --no-cache --jobs 1
peak "city reports, $reports, internal" "$benchline" run "$work/hotline" --quiet --no-cache
