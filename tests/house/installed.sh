#!/bin/sh
# tests/house/installed.sh CMAKE GENERATOR BUILD SOURCE CC CFLAGS: installs into a fresh folder, then builds the
# C program of README.md against what was installed, through find_package (shared and static) and
# through pkg-config (shared and static), and runs each. Their output must be what README.md shows
# in the block behind the program.
set -eu
cmake=$1 generator=$2 build=$3 source=$4 cc=$5 cflags=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The first ```c block is the program, the ```text block behind it what it prints.
awk -v program="$work/program.c" -v expected="$work/expected.txt" '
    /^```/ && block { block = ""; next }
    /^```c$/ && !done { block = program; done = 1; next }
    /^```text$/ && done == 1 { block = expected; done = 2; next }
    block { print > block }' "$source/README.md"
[ -s "$work/program.c" ] || { echo "README.md holds no C program"; exit 1; }
[ -s "$work/expected.txt" ] || { echo "README.md does not show what its program prints"; exit 1; }
# Files that the program reads are named from the project's folder.
cp -R "$source/rules" "$work/rules"

DESTDIR='' "$cmake" --install "$build" --prefix "$work/prefix" > "$work/install.log"
libdir=$(dirname "$(find "$work/prefix" -name bylaw.pc)")/..
libdir=$(cd "$libdir" && pwd)
for library in "$libdir/libbylaw.so" "$libdir/libbylaw.a"; do
    [ -e "$library" ] || { echo "$library was not installed"; exit 1; }
done

run() { # label program
    (cd "$work" && LD_LIBRARY_PATH="$libdir" "$2") > "$work/printed.txt" || {
        echo "$1: the program failed"; cat "$work/printed.txt"; exit 1; }
    diff "$work/expected.txt" "$work/printed.txt" || { echo "$1: README.md shows other output"; exit 1; }
    echo "$1: as README.md shows"
}

mkdir "$work/user"
cat > "$work/user/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(user LANGUAGES C)
find_package(bylaw 0.1 REQUIRED)
foreach(kind bylaw static)
  add_executable(with_${kind} ../program.c)
  target_link_libraries(with_${kind} PRIVATE bylaw::${kind})
endforeach()
END
"$cmake" -G "$generator" -S "$work/user" -B "$work/user/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_C_FLAGS="$cflags" > "$work/user.log" 2>&1 || { cat "$work/user.log"; exit 1; }
"$cmake" --build "$work/user/build" > "$work/user.log" 2>&1 || { cat "$work/user.log"; exit 1; }
run "find_package, shared" "$work/user/build/with_bylaw"
run "find_package, static" "$work/user/build/with_static"

# The installed folder is not the configured prefix: bylaw.pc finds it by its own place.
export PKG_CONFIG_PATH="$libdir/pkgconfig"
pc() { pkg-config "$@" bylaw; }
# shellcheck disable=SC2046,SC2086
"$cc" $cflags "$work/program.c" -o "$work/with_pc" $(pc --cflags --libs)
run "pkg-config, shared" "$work/with_pc"
rm "$libdir"/libbylaw.so*
# shellcheck disable=SC2046,SC2086
"$cc" $cflags "$work/program.c" -o "$work/with_pc_static" $(pc --cflags) "$libdir/libbylaw.a" \
    $(pc --static --libs | sed 's/-lbylaw//')
run "pkg-config, static" "$work/with_pc_static"
