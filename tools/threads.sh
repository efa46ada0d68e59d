#!/bin/sh
# tools/threads.sh: the thread sanitizer over what several threads do: many checkers over the same rule sets,
# check -j over files that share rules, registers, quotes and a record, in every format, and -j over a stream.
# Ends with 1 where two threads meet on what neither guards. Some minutes: no part of .ci/run.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES
mkdir -p build
configure build/threads -DCMAKE_BUILD_TYPE=Debug '-DCMAKE_C_FLAGS_DEBUG=-O1 -g' -DBYLAW_TESTS=ON -DBYLAW_SANITIZE=thread
cmake --build build/threads --target bylaw-cli check_test_threads > build/threads.log 2>&1 ||
    { cat build/threads.log >&2; exit 1; }

bylaw=$PWD/build/threads/bylaw
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0
runs=0

# The sanitizer's own exit code is 66.
watched() { # CODE COMMAND...
    want=$1 code=0
    shift
    runs=$((runs + 1))
    TSAN_OPTIONS=exitcode=66 "$@" > "$work/told" 2>&1 || code=$?
    if [ $code -ne "$want" ]; then
        echo "$*: exit $code, not $want"
        head -n 60 "$work/told"
        wrong=1
    fi
}

watched 0 build/threads/tests/check/check_test_threads
watched 0 sh tests/cli/jobs.sh "$bylaw" "$PWD"
for copy in 1 2 3; do
    cp -R rules/examples "$work/$copy"
    cat tests/bench/records.ndjson tests/bench/records.ndjson
done > "$work/records.ndjson"
for jobs in 2 8; do
    watched 2 "$bylaw" check -j $jobs --record "$work/record.json" -f html -o "$work/report.html" "$work/1" "$work/2" "$work/3"
    watched 0 "$bylaw" verify -j $jobs "$work/record.json"
    watched 1 "$bylaw" check -j $jobs -r tests/bench/reference.yaml --flat kind --unknown-keys ignore \
        --template '{violated}' "$work/records.ndjson"
done
echo "threads: $runs runs under the thread sanitizer: $([ $wrong = 0 ] && echo nothing found || echo see above)"
exit $wrong
