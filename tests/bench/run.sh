#!/bin/sh
# Everything that is measured, with one command: answers compared first, then figures.
#   tests/bench/run.sh [BUILD]             BUILD: a release build with the tests (default build)
#   SCALE=0.01 tests/bench/run.sh BUILD    does it run at all?
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

title "one action with a bundled rule set: processor us, wall us, peak KiB"
example=$(ls "$here"/../../rules/examples/*.yaml | sed -n 40p)
"$bench/bench_time" 21 "$bylaw" check "$example"
echo "and a program that does nothing:"
"$bench/bench_time" 21 /bin/true

title "growth: processor time above that of one item"
sh "$here/growth.sh" "$bylaw" "$bench/bench_time" "$scale"
