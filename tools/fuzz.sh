#!/usr/bin/env bash
# tools/fuzz.sh [SECONDS [TARGET...]]: libFuzzer over the targets of tests/fuzz, or over those that are named, for
# SECONDS each (60), under the address, leak and undefined behaviour sanitizers. What it learns is kept in
# build/fuzz/corpus and used the next time. Prints for each target how often it ran, the edges reached, the
# inputs that are kept, and the seconds of processor time; a unit that takes longer than 2 seconds is told.
#
# Ends with 1 where something broke; what broke it is then build/fuzz/found/TARGET-*. Once it is mended, that
# belongs under tests/fuzz/regressions/TARGET, made small (-minimize_crash=1) and named for what it is: the tests
# run it from then on.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES clang

seconds=${1:-60}
[ $# -eq 0 ] || shift
targets=$*
if [ -z "$targets" ]; then
    targets=$(sed -n 's/^bylaw_fuzz(\([a-z]*\) .*/\1/p' tests/fuzz/CMakeLists.txt)
fi

mkdir -p build
configure build/fuzz -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER=clang -DBYLAW_TESTS=ON -DBYLAW_FUZZ=ON \
    -DBYLAW_SANITIZE=address,undefined,fuzzer-no-link
# shellcheck disable=SC2046,SC2086
cmake --build build/fuzz --target $(printf 'fuzz_%s ' $targets) > build/fuzz.log 2>&1 || { cat build/fuzz.log >&2; exit 1; }

wrong=0
TIMEFORMAT='%U %S'
export UBSAN_OPTIONS=print_stacktrace=1
printf '%-10s %10s %7s %7s %7s\n' target runs edges inputs seconds
for target in $targets; do
    here=build/fuzz/tests/fuzz log=build/fuzz/$target.log
    known=tests/fuzz/regressions/$target
    mkdir -p "build/fuzz/corpus/$target" build/fuzz/found
    [ -d "$known" ] || known=
    # shellcheck disable=SC2086
    used=$({ time "$here/fuzz_$target" "build/fuzz/corpus/$target" "$here/seeds/$target" $known \
        -dict="$here/seeds/$target.dict" -max_total_time="$seconds" -timeout=25 -report_slow_units=2 \
        -rss_limit_mb=2048 -artifact_prefix="build/fuzz/found/$target-" -print_final_stats=1 > "$log" 2>&1; } 2>&1) ||
        { wrong=1; grep -a -B 2 -A 12 'ERROR:' "$log" >&2; }
    printf '%-10s %10s %7s %7s %7s\n' "$target" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
        "$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)" \
        "$(sed -n 's/.* corp: \([0-9]*\)\/.*/\1/p' "$log" | tail -n 1)" \
        "$(echo "$used" | awk 'END { printf "%d", $1 + $2 }')"
    grep -a '^Slowest unit:' "$log" >&2 || true
done
exit $wrong
