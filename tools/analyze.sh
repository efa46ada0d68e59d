#!/bin/sh
# tools/analyze.sh [tool...]: what reads the code without running it: gcc's -fanalyzer, cppcheck, clang-tidy (all
# three, or those that are named: gcc cppcheck tidy). Ends with 1 where one finds anything. It takes some
# minutes, clang-tidy most of them, so it is no part of .ci/run: run it before a release and after
# larger changes.
#
# What is not looked for, and why:
#   gcc       -Wno-analyzer-use-of-uninitialized-value  gcc 12 takes the unused bytes of a copied union for it
#             -Wno-analyzer-malloc-leak                 and loses what a list in a structure owns; the tests run
#                                                       under the leak detector of the address sanitizer
#             -Wno-analyzer-null-dereference            and forgets in a merge of two lists that one is not at its
#                                                       end; clang-tidy looks for the same
#   cppcheck  varFuncNullUB                             NULL ends a list of arguments: POSIX has it a pointer
#   tidy      .clang-tidy says it beside each
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh

tools=${*:-gcc cppcheck tidy}
wrong=0
mkdir -p build

# A build tells how each file is compiled, and makes the files that are made.
commands() {
    configure build/analyze -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
    cmake --build build/analyze --target bundled_files.c > build/analyze.log 2>&1 ||
        { cat build/analyze.log >&2; exit 1; }
}

gcc_analyzer() {
    # shellcheck disable=SC2086
    need_packages $BUILD_PACKAGES
    configure build/analyze-gcc -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=gcc -DBYLAW_WERROR=ON \
        '-DCMAKE_C_FLAGS_DEBUG=-O1 -fanalyzer -Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-malloc-leak -Wno-analyzer-null-dereference'
    cmake --build build/analyze-gcc --target bylaw-cli -- -k 0 > build/analyze-gcc.log 2>&1 ||
        { grep -E -A 4 'warning:|error:' build/analyze-gcc.log; wrong=1; }
}

cppcheck_all() {
    # shellcheck disable=SC2086
    need_packages $BUILD_PACKAGES clang cppcheck
    commands
    cppcheck --project=build/analyze/compile_commands.json -i build --std=c11 --quiet --inline-suppr \
        --enable=warning,performance,portability --suppress=varFuncNullUB --suppress='*:build/*' \
        --error-exitcode=1 -j "$(nproc)" || wrong=1
}

tidy() {
    # shellcheck disable=SC2086
    need_packages $BUILD_PACKAGES clang clang-tidy
    commands
    # shellcheck disable=SC2046
    printf '%s\n' src/*/*.c tools/*.c | xargs -n 4 -P "$(nproc)" clang-tidy -p build/analyze --quiet 2> /dev/null ||
        wrong=1
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
[ $wrong = 0 ] && echo "nothing found"
exit $wrong
