#!/bin/sh
# tools/coverage.sh [conditions] [ctest option...]: what the tests reach of src/ and include/. Lines and
# branches by file and in total, counted by gcc and gcovr; with `conditions` also modified
# condition/decision coverage, counted by clang 19, of the files that decide a verdict, with each condition
# that no test shows to matter by itself.
#
# A branch counts as reached when any test takes it; the fault tests, which let every allocation fail
# in turn, are tests like the others. The details
# by line: build/coverage/report/index.html, build/conditions/report/index.html.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh

# threshold and quorum, verdict and outcome, readings; what a fact's value is, what is looked at, what an
# unknown count can be, what it would take
DECIDES='src/check/threshold.c src/check/judge.c src/check/result.c src/check/readings.c
    src/check/settle.c src/check/accept.c src/check/bounds.c src/check/remedy_threshold.c'

what=branches
if [ "${1:-}" = conditions ]; then
    what=conditions
    shift
fi
mkdir -p build

build_and_test() { # FOLDER ctest-option... : tests that fail are told, and end the script after the figures
    folder=$1
    shift
    cmake --build "$folder" > "$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
    failed=0
    ctest --test-dir "$folder" --output-on-failure -j "$(nproc)" "$@" > "$folder.tests.log" 2>&1 || failed=1
    [ $failed = 0 ] || { cat "$folder.tests.log" >&2; }
    tail -n 4 "$folder.tests.log"
}

if [ $what = branches ]; then
    # shellcheck disable=SC2086
    need_packages $BUILD_PACKAGES $TEST_PACKAGES gcovr
    configure build/coverage -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=gcc -DBYLAW_TESTS=ON -DBYLAW_COVERAGE=ON
    find build/coverage -name '*.gcda' -delete
    build_and_test build/coverage "$@"
    mkdir -p build/coverage/report
    # What the generator of the bundled files ran while building is no test.
    gcovr --root . --filter src/ --filter include/ --exclude-unreachable-branches \
        --exclude-directories '.*bylaw_embed.dir.*' --html-details build/coverage/report/index.html \
        --json build/coverage/coverage.json build/coverage
    python3 tools/coverage.py build/coverage/coverage.json
else
    # shellcheck disable=SC2086
    need_packages $BUILD_PACKAGES $TEST_PACKAGES clang-19 llvm-19 libclang-rt-19-dev
    configure build/conditions -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang-19 -DBYLAW_TESTS=ON \
        -DBYLAW_COVERAGE=ON
    rm -rf build/conditions/counts
    LLVM_PROFILE_FILE="$PWD/build/conditions/counts/%4m.profraw" # four files, that all programs merge into
    export LLVM_PROFILE_FILE
    build_and_test build/conditions "$@"
    llvm-profdata-19 merge -o build/conditions/counts/all.profdata build/conditions/counts/*.profraw
    # The functions of every test program are those of the library, and are counted under its names.
    # shellcheck disable=SC2086
    llvm-cov-19 report --show-mcdc-summary --show-branch-summary --show-region-summary=false \
        --instr-profile build/conditions/counts/all.profdata build/conditions/libbylaw.so $DECIDES
    # shellcheck disable=SC2086
    llvm-cov-19 show --show-mcdc --show-branches=count --format html --output-dir build/conditions/report \
        --instr-profile build/conditions/counts/all.profdata build/conditions/libbylaw.so $DECIDES
    for file in $DECIDES; do
        llvm-cov-19 show --show-mcdc --instr-profile build/conditions/counts/all.profdata \
            build/conditions/libbylaw.so "$file" | python3 tools/conditions.py "$file"
    done
fi
exit $failed
