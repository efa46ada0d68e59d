#!/bin/sh
# tools/memcheck.sh: valgrind's memcheck over the program on every example and a sample of its commands, and
# over the C tests of every layer: no invalid access, nothing read before it was written, nothing lost. The sanitizers
# of tools/test.sh look for the same; valgrind also sees into the libraries, and runs the release build.
# Some minutes: no part of .ci/run.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES valgrind
mkdir -p build
configure build/memcheck -DCMAKE_BUILD_TYPE=RelWithDebInfo -DBYLAW_TESTS=ON
cmake --build build/memcheck > build/memcheck.log 2>&1 || { cat build/memcheck.log >&2; exit 1; }

wrong=0
runs=0
# What is only possibly lost is ICU's: its tables point into the midst of what they own.
# Exit codes of the program are its verdicts: 0 to 3. memcheck's own is 99.
under() { # WHAT COMMAND...
    what=$1
    shift
    code=0
    valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
        --child-silent-after-fork=yes "$@" > build/memcheck.out 2>&1 || code=$?
    runs=$((runs + 1))
    if [ $code -gt 3 ]; then
        echo "$what: exit $code"
        cat build/memcheck.out
        wrong=1
    fi
}

bylaw=build/memcheck/bylaw
under "every example" "$bylaw" check rules/examples
for format in json jsonl sarif junit tap github gitlab markdown html compact; do
    under "$format" "$bylaw" check -f $format rules/examples
done
under "readings and remedies" "$bylaw" check -v --readings rules/examples
under "two jobs" "$bylaw" check -j 2 rules/examples
under stream "$bylaw" check -r tests/bench/reference.yaml --flat kind --unknown-keys ignore --template '{violated}' tests/bench/records.ndjson
under test "$bylaw" test rules/workplan2020.yaml
under lint "$bylaw" lint wcasp
under need "$bylaw" need -r wcasp
under diff "$bylaw" diff wcasp cast-union
under doc "$bylaw" doc wcasp
under coverage "$bylaw" coverage
under rules "$bylaw" rules
under eval "$bylaw" eval '[1, 2, 3].map(x, x * 2)'
under mistakes "$bylaw" check tests/check/decisions/decisions.yaml

# The sweeps of failing memory and the tests that try every number would take hours; the sanitizers run them.
for test in $(ctest --test-dir build/memcheck --show-only=json-v1 | python3 -c '
import json, sys
skip = ("fault", "remedy", "limits", "transcript", "fuzz", "house", "threads", "unicode")
for test in json.load(sys.stdin)["tests"]:
    command = test.get("command", [""])
    if len(command) == 1 and not any(word in test["name"] for word in skip):
        print(command[0])
'); do
    under "$(basename "$test")" "$test"
done
[ $wrong = 0 ] && echo "$runs runs, nothing found"
exit $wrong
