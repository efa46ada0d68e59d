#!/bin/sh
# Everything that is measured, with one command: answers compared first, then figures.
#   tests/bench/run.sh [BUILD]             BUILD: a release build with the tests (default build)
#   SCALE=0.01 COLD=3 tests/bench/run.sh BUILD    does it run at all?
# Where the harness of the reference work is at hand (BYLAW_HARNESS, or ../shared/bench), its
# contestants are timed beside bylaw and the figures are ratios taken in one run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:-$here/../../build}" && pwd)
bylaw=$build/bylaw
bench=$build/tests/bench
scale=${SCALE:-1}
harness=${BYLAW_HARNESS:-$here/../../../shared/bench}
template='{id}\t{violated}'
cold_runs=${COLD:-101}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

title() { printf '\n## %s\n' "$1"; }

title machine
uname -srm
awk -F': ' '/model name/ { m = $2; n++ } END { if (n) print n " x " m }' /proc/cpuinfo
awk '{ print "load " $1 " " $2 " " $3 }' /proc/loadavg
date -u +%Y-%m-%d

title versions
"$bylaw" version
${CC:-cc} --version | head -1
grep -E '^CMAKE_(BUILD_TYPE|C_FLAGS_RELEASE|C_FLAGS):' "$build/CMakeCache.txt" || true

title answers
sh "$here/check_answers.sh" "$bylaw" && echo "the command line: right"
"$bench/bench_inproc" "$here/reference.yaml" "$here/records.ndjson" answers | cmp - "$here/inproc.answers" &&
    echo "the library: right"

if [ -x "$harness/run.sh" ]; then
    title "beside others, as ratios"
    # the harness takes words apart at blanks and passes them on as they are
    BYLAW_CMD="$bylaw check -r $here/reference.yaml --flat kind --unknown-keys ignore --fail-on never --template $template {}" \
    BYLAW_INPROC="$bench/bench_inproc $here/reference.yaml {}" \
    ONLY=${ONLY:-jansson,scan,simdjson,bylaw} SCALE=$scale bash "$harness/run.sh" || echo "the harness failed"
else
    title "evaluation alone, actions a second: by wall time, by processor time"
    "$bench/bench_inproc" "$here/reference.yaml" "$here/records.ndjson"
fi

# The cold start of whole processes, in turn with the plain C program on jansson where there is one,
# else with a program that does nothing.
title "cold start: whole processes in turn, medians"
example=$(find "$here/../../rules/examples" -name '*.yaml' | LC_ALL=C sort | sed -n 40p)
head -1 "$here/records.ndjson" >"$dir/one.ndjson"
first=/bin/true
name="/bin/true"
if [ -f "$harness/peers/jansson.c" ] &&
    ${CC:-cc} -O2 -I"$harness/peers" -o "$dir/jansson" "$harness/peers/jansson.c" -ljansson 2>"$dir/cc.log"; then
    first="$dir/jansson $dir/one.ndjson"
    name="jansson, one action"
fi
# shellcheck disable=SC2086
"$bench/bench_time" "$cold_runs" $first -- "$bylaw" check "$example" -- \
    "$bylaw" check -r "$here/reference.yaml" --flat kind --unknown-keys ignore --template "$template" "$dir/one.ndjson" -- \
    "$bylaw" version -- /bin/true >"$dir/cold"
printf '%s\n' "$name" "check ONE, bundled set" "check --flat ONE" "version" "/bin/true" | paste -d' ' "$dir/cold" - |
    awk 'BEGIN { printf "%8s %8s %9s %14s %9s\n", "cpu us", "wall us", "peak KiB", "x first (cpu)", "(wall)" }
        { what = $6; for (i = 7; i <= NF; i++) what = what " " $i
          printf "%8d %8d %9d %14.2f %9.2f  %s\n", $1, $2, $3, $4, $5, what }'

if command -v valgrind >/dev/null && command -v callgrind_annotate >/dev/null; then
    title "where the time goes: instructions by function (callgrind)"
    profile() { # profile TITLE ARGUMENT...
        printf '\n%s\n' "$1"
        shift
        valgrind --tool=callgrind --callgrind-out-file="$dir/callgrind" "$bylaw" check "$@" >"$dir/out" 2>&1 || true
        callgrind_annotate "$dir/callgrind" | sed -n -e 's/ \[.*//' -e '/PROGRAM TOTALS/p' -e '/^ *[0-9,]* *([ 0-9.]*%)  [^ ]*:/p' | head -16
    }
    profile "cold start, one action under a bundled set" "$example"
    for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$here/records.ndjson"; done >"$dir/many.ndjson"
    profile "$(wc -l <"$dir/many.ndjson") actions of a stream" \
        -r "$here/reference.yaml" --flat kind --unknown-keys ignore --template "$template" "$dir/many.ndjson"
fi

title "growth: processor time above that of one item"
sh "$here/growth.sh" "$bylaw" "$bench/bench_time" "$scale"
