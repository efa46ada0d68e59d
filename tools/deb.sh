#!/bin/sh
# tools/deb.sh: builds the Debian package, of a release build, and prints its path; nothing else goes to standard output.
set -eu
cd "$(dirname "$0")/.."
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES dpkg-dev file >&2
build=$PWD/build/deb
mkdir -p "$build"
configure "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr >&2
rm -f "$build"/bylaw_*.deb
{ cmake --build "$build" && cd "$build" && cpack; } > "$build.make.log" 2>&1 || { cat "$build.make.log" >&2; exit 1; }
echo "$build"/bylaw_*.deb
