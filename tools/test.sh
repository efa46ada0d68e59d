#!/bin/sh
# tools/test.sh [ctest option...]: builds everything with the address and undefined behaviour
# sanitizers and runs all tests. For example: sh tools/test.sh -R doc/
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES
mkdir -p build
# -O1: the tests run several times as fast as without, and traces stay readable.
configure build/test -DCMAKE_BUILD_TYPE=Debug '-DCMAKE_C_FLAGS_DEBUG=-O1 -g' -DBYLAW_TESTS=ON \
    -DBYLAW_WERROR=ON -DBYLAW_SANITIZE=address,undefined
cmake --build build/test > build/test.log 2>&1 || { cat build/test.log >&2; exit 1; }
exec ctest --test-dir build/test --output-on-failure -j "$(nproc)" "$@"
