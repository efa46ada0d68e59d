#!/bin/sh
# tests/house/symbols.sh CC LIBRARY INCLUDE: the shared library shows exactly the functions that the
# public headers declare, all called bylaw_….
set -eu
cc=$1 library=$2 include=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

nm -D --defined-only "$library" | awk '{ print $3 }' | sed 's/@.*//' | sort -u > "$work/shown"

# Every declaration that is marked as shown: its name is the last word before the first parenthesis.
for header in "$include"/bylaw/*.h; do
    printf '#include <bylaw/%s>\n' "$(basename "$header")"
done > "$work/all.c"
"$cc" -E -P -I "$include" "$work/all.c" | tr '\n' ' ' |
    sed 's/__attribute__ *((visibility("default")))/\nSHOWN /g' |
    sed -n 's/__attribute__ *((warn_unused_result))//g; s/^SHOWN \([^(]*\)(.*/\1/p' |
    awk '{ print $NF }' | tr -d '*' | sort -u > "$work/declared"

if [ ! -s "$work/declared" ]; then
    echo "no declarations were found"
    exit 1
fi
if ! cmp -s "$work/shown" "$work/declared"; then
    comm -23 "$work/shown" "$work/declared" | sed 's/$/ is shown, but no public header declares it/'
    comm -13 "$work/shown" "$work/declared" | sed 's/$/ is declared, but the library has it not/'
    exit 1
fi
echo "$(wc -l < "$work/shown") functions"
