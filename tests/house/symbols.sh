#!/bin/sh
# tests/house/symbols.sh LIBRARY INCLUDE: the shared library shows exactly the functions that the
# public headers declare, all called bylaw_….
set -eu
library=$1 include=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nm -D --defined-only "$library" | awk '{ print $3 }' | sed 's/@.*//' | sort -u > "$work/shown"
if grep -v '^bylaw_' "$work/shown"; then
    echo "the names above are shown and should be hidden"
    exit 1
fi
while read -r name; do
    grep -rqw "$name" "$include/bylaw" || { echo "$name is shown, but no public header declares it"; exit 1; }
done < "$work/shown"
cat "$include"/bylaw/*.h | tr '\n' ' ' | grep -o 'BYLAW_API[^;{]*(' |
    sed 's/.*[ *]\([a-z_0-9]*\)($/\1/' | sort -u > "$work/declared"
echo "$(wc -l < "$work/shown") functions"
