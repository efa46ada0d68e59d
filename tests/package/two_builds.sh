#!/bin/sh
# Two builds of one source at two places give the same bytes: the libraries, the program, what is embedded, the manual pages.
#   two_builds.sh SOURCE COMPILER
set -eu
source=$1
compiler=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failures=0

# build PLACE: a release
build() {
    mkdir -p "$1"
    for entry in include src rules tests tools CMakeLists.txt README.md LICENSE; do
        cp -r "$source/$entry" "$1/"
    done
    (cmake -S "$1" -B "$1/build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER="$compiler" && cmake --build "$1/build" -j2) \
        >"$tmp/log" 2>&1 || { tail -20 "$tmp/log"; exit 1; }
}
build "$tmp/here"
TZ=Asia/Shanghai LC_ALL=C.UTF-8 build "$tmp/a place/somewhere else"

for file in libbylaw.so libbylaw.a bylaw bundled_files.c man/bylaw.1 man/bylaw-record.5 bylaw.pc; do
    [ -e "$tmp/here/build/$file" ] || continue
    cmp "$tmp/here/build/$file" "$tmp/a place/somewhere else/build/$file" || failures=$((failures + 1))
done
for file in libbylaw.so libbylaw.a bylaw; do
    [ -e "$tmp/here/build/$file" ] || { echo "$file was not built"; failures=$((failures + 1)); }
    if grep -q "$tmp" "$tmp/here/build/$file"; then
        echo "$file names the folder it was built in"
        failures=$((failures + 1))
    fi
done
exit $((failures > 0))
