#!/bin/sh
# tools/analyze.sh [tool...]: what reads the code without running it: gcc's -fanalyzer, cppcheck, clang-tidy (all
# three, or those that are named: gcc cppcheck tidy), over the library, the program and the tests. Ends
# with 1 where one finds anything, else with a line that says how many files were read. It takes some
# minutes, clang-tidy most of them, so it is no part of .ci/run: run it before a release and after
# larger changes.
#
# What is not looked for, and why:
#   gcc       -Wno-analyzer-use-of-uninitialized-value  gcc 12 takes the unused bytes of a copied union for it;
#                                                       tools/memcheck.sh looks for the same
#             -Wno-analyzer-malloc-leak                 and loses what a list in a structure owns; the tests run
#                                                       under the leak detector of the address sanitizer
#   cppcheck  varFuncNullUB                             NULL ends a list of arguments: POSIX has it a pointer
#             in tests: memleak                         and there too loses what a structure owns
#             in tests: memleakOnRealloc                behind a call that ends the program
#             in tests: unknownEvaluationOrder          takes .name = in an argument for an assignment
#   tidy      .clang-tidy and tests/.clang-tidy say it beside each
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh

tools=${*:-gcc cppcheck tidy}
wrong=0
read_by=
mkdir -p build

# A build tells how each file is compiled, and makes the files that are made. BYLAW_ANALYZED: tests/support.h.
commands() {
    # shellcheck disable=SC2086
    need_packages $BUILD_PACKAGES $TEST_PACKAGES clang
    configure build/analyze -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
        -DBYLAW_TESTS=ON -DCMAKE_C_FLAGS=-DBYLAW_ANALYZED
    cmake --build build/analyze --target bundled_files.c > build/analyze.log 2>&1 ||
        { cat build/analyze.log >&2; exit 1; }
}

told() { # TOOL COUNT
    read_by="$read_by${read_by:+, }$1 $2"
}

gcc_analyzer() {
    # shellcheck disable=SC2086
    need_packages $BUILD_PACKAGES $TEST_PACKAGES
    configure build/analyze-gcc -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=gcc -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
        -DBYLAW_TESTS=ON -DBYLAW_WERROR=ON -DCMAKE_C_FLAGS=-DBYLAW_ANALYZED \
        '-DCMAKE_C_FLAGS_DEBUG=-O1 -fanalyzer -Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-malloc-leak'
    cmake --build build/analyze-gcc -- -k 0 > build/analyze-gcc.log 2>&1 || wrong=1
    grep -E -A 4 'warning:|error:|^FAILED:' build/analyze-gcc.log && wrong=1
    told gcc "$(sources build/analyze-gcc)"
}

# The files that a build compiles, those that it makes left out: each once.
sources() {
    sed -n 's/^ *"file": "\(.*\)".*/\1/p' "$1/compile_commands.json" | grep -v "/$1/" | sort -u | wc -l
}

cppcheck_all() {
    need_packages cppcheck
    commands
    cppcheck --project=build/analyze/compile_commands.json -i build --std=c11 --quiet --inline-suppr \
        --enable=warning,performance,portability --suppress=varFuncNullUB --suppress='*:build/*' \
        --suppress='memleak:tests/*' --suppress='memleakOnRealloc:tests/*' \
        --suppress='unknownEvaluationOrder:tests/*' --error-exitcode=1 -j "$(nproc)" || wrong=1
    told cppcheck "$(sources build/analyze)"
}

tidy() {
    need_packages clang-tidy
    commands
    # Without a command of its own a file would be read with another's.
    for file in src/*/*.c tools/*.c tests/*/*.c; do
        if grep -q "\"file\": \"$PWD/$file\"" build/analyze/compile_commands.json; then
            echo "$file"
        fi
    done > build/analyze.files
    xargs -n 4 -P "$(nproc)" clang-tidy -p build/analyze --quiet < build/analyze.files 2> /dev/null || wrong=1
    told clang-tidy "$(wc -l < build/analyze.files)"
}

for tool in $tools; do
    echo "== $tool"
    case $tool in
    gcc) gcc_analyzer ;;
    cppcheck) cppcheck_all ;;
    tidy) tidy ;;
    *) echo "no such tool: $tool" >&2; exit 2 ;;
    esac
done
[ $wrong = 0 ] && echo "analyze: files read by $read_by: nothing found" || echo "analyze: files read by $read_by: see above"
exit $wrong
