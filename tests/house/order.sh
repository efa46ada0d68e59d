#!/bin/sh
# tests/house/order.sh FOLDER: the top level holds what it may hold, no function is longer than 75 lines
# (from its brace to its brace), no source file longer than 900.
set -u
cd "$1" || exit 1
failed=0

for entry in *; do
    case $entry in
    include | src | rules | tests | tools | CMakeLists.txt | README.md | LICENSE) ;;
    build | build-*) ;; # ignored by git
    *) echo "$entry does not belong at the top level"; failed=1 ;;
    esac
done

sources=$(find include src tests tools -name '*.c' -o -name '*.h' -o -name '*.def' | sort)
[ -n "$sources" ] || { echo "no sources found"; exit 1; }
# shellcheck disable=SC2086
awk '
    FNR == 1 { open = 0 }
    /^[{]/ { open = FNR }
    /^[}]/ && open { if (FNR - open > 75) { print FILENAME ":" open ": a function of " FNR - open " lines"; bad = 1 }
                     open = 0 }
    FNR == 901 { print FILENAME ": longer than 900 lines"; bad = 1 }
    END { exit bad }' $sources || failed=1
exit "$failed"
