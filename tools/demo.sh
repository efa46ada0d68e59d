#!/bin/sh
# tools/demo.sh: builds a release and checks an example: a dissolution that lacks one vote.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/deps.sh
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES
mkdir -p build
configure build/release -DCMAKE_BUILD_TYPE=Release
cmake --build build/release > build/release.log 2>&1 || { cat build/release.log >&2; exit 1; }
example=rules/examples/联盟-解散-8个成员赞成5.yaml
echo "\$ bylaw check $example"
status=0
build/release/bylaw check "$example" || status=$?
# 0 compliant, 1 violation, 3 undetermined are verdicts; anything else means that nothing was checked.
case $status in
0 | 1 | 3) echo "Exit code $status. Your own file: build/release/bylaw check FILE" ;;
*) exit "$status" ;;
esac
