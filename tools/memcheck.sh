#!/bin/sh
# tools/memcheck.sh: valgrind's memcheck over the program on every example and every one of its commands, and
# over the C tests of every layer: no invalid access, nothing read before it was written, nothing lost. The
# sanitizers of tools/test.sh look for the same; valgrind also sees into the libraries, and runs an
# optimised build. Some twenty minutes: no part of .ci/run.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES valgrind
mkdir -p build
configure build/memcheck -DCMAKE_BUILD_TYPE=RelWithDebInfo -DBYLAW_TESTS=ON
cmake --build build/memcheck > build/memcheck.log 2>&1 || { cat build/memcheck.log >&2; exit 1; }

root=$(pwd)
bylaw=$root/build/memcheck/bylaw
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0
programs=0
tests=0

# What is only possibly lost is ICU's: its tables point into the midst of what they own. memcheck's own exit code
# is 99; a run that ends with any other than it should has not looked at what it was to look at.
under() { # CODE WHAT COMMAND...
    want=$1 what=$2 code=0
    shift 2
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite --child-silent-after-fork=yes "$@" > "$root/build/memcheck.out" 2>&1 || code=$?
    if [ $code -ne "$want" ]; then
        echo "$what: exit $code, not $want"
        head -n 60 "$root/build/memcheck.out"
        wrong=1
    fi
}

run() { # CODE ARGUMENT...: the program
    want=$1
    shift
    programs=$((programs + 1))
    under "$want" "bylaw $*" "$bylaw" "$@"
}

# Works in a folder of its own: some commands write files.
cp -R rules/examples "$work/examples"
cp -R tests/recipes/repository "$work/society"
cp -R rules/workplan2020*.yaml rules/provisions "$work"
cp tests/bench/reference.yaml tests/bench/records.ndjson "$work"
cp -R tests/check/decisions "$work/mistakes"
cp -R tests/bench/provisions "$work" 2> /dev/null || :
cd "$work"
one=examples/联盟-决议-到会8赞成3-宣布通过.yaml
society=society/章程/reading-circle.yaml

for format in text json jsonl sarif junit tap github gitlab markdown html compact; do
    run 2 check -f $format examples # one of them is not governed
done
run 2 check -v --readings examples
run 2 check -j 2 examples
run 2 check --lang zh,en -f text -o one.txt -f sarif -o one.sarif examples
run 3 check -qq --strict --at 2026-11-22 --set vote.yes=5 --source society "$one"
run 1 check -r "$society" society/议案
run 1 check -r reference.yaml --flat kind --unknown-keys ignore --template '{violated}' records.ndjson
run 2 check mistakes/decisions.yaml
run 2 check no-such-file.yaml
run 2 check --record record.json -j 2 examples
run 0 verify record.json
run 0 check --write-baseline "$one"
run 0 check --baseline .bylaw-baseline.json "$one"
run 0 need -r wcasp
run 0 need resolution -r wcasp --table present=1..12 -f html
run 0 need -f json "$one"
run 0 explain "$one"
run 0 lint wcasp
run 0 lint --exhaustive --max 2 workplan2020
run 0 lint --exhaustive "$society"
run 2 lint one.txt
run 0 diff firstclass2021 workplan2020
run 0 diff -f json wcasp cast-union
run 0 diff --actions society/议案 "$society" "$society"
run 0 doc wcasp
run 0 doc -f html workplan2020
run 0 coverage
run 0 coverage -f json wcasp
run 0 test workplan2020.yaml
run 0 test --mutate workplan2020.yaml
run 0 test --boundary workplan2020.yaml
run 0 eval '[1, 2, 3].map(x, x * 2)'
run 2 eval '1 +'
run 0 new
run 0 new resolution -r wcasp --all -o motion.yaml
run 0 new --ruleset mysoc
run 0 rules
run 0 rule -r wcasp 第十一条
run 0 schema
run 0 config
run 0 completion bash
run 0 help check
run 0 help unknown-fact
run 0 version
run 2 chekc
cd "$root"

# Two tests fail each allocation of the whole in turn: they would take hours, and the sanitizers run them.
# What has arguments is no C test, or needs another program.
for test in $(ctest --test-dir build/memcheck --show-only=json-v1 | python3 -c '
import json, sys
skip = ("check/test_fault_sites_exact", "check/test_every_fault_exact")
for test in json.load(sys.stdin)["tests"]:
    command = test.get("command", [])
    if len(command) == 1 and test["name"] not in skip:
        print(command[0])
'); do
    tests=$((tests + 1))
    under 0 "${test##*/}" "$test"
done
echo "memcheck: $programs runs of the program and $tests C tests under valgrind: $([ $wrong = 0 ] && echo nothing found || echo see above)"
exit $wrong
