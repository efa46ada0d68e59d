#!/bin/sh
# tests/house/headers.sh CC CXX FOLDER: compiles each public header alone, as C11 and as C++, with
# warnings as errors. CXX may be empty: then the C++ half is refused, not skipped.
set -u
cc=$1 cxx=$2 folder=$3 failed=0 seen=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
[ -n "$cxx" ] || { echo "no C++ compiler: install g++"; exit 1; }
for header in "$folder"/bylaw/*.h; do
    name=bylaw/$(basename "$header")
    seen=$((seen + 1))
    # Twice: the guard holds.
    printf '#include <%s>\n#include <%s>\nint main(void) { return 0; }\n' "$name" "$name" > "$work/one.c"
    cp "$work/one.c" "$work/one.cc"
    "$cc" -std=c11 -Wall -Wextra -pedantic -Werror -Wstrict-prototypes -I "$folder" -c "$work/one.c" \
        -o "$work/one.o" || { echo "$name is no C11 header by itself"; failed=1; }
    "$cxx" -std=c++11 -Wall -Wextra -pedantic -Werror -I "$folder" -c "$work/one.cc" \
        -o "$work/one.o" || { echo "$name is no C++ header by itself"; failed=1; }
done
[ "$seen" -gt 0 ] || { echo "no header in $folder/bylaw"; exit 1; }
echo "$seen headers"
exit "$failed"
