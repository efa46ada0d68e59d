#!/bin/sh
# tests/cli/codes.sh FOLDER: every code of the library's message tables is explained by `bylaw help CODE`,
# that is, stands in tools/codes.def; every command by `bylaw help COMMAND`.
set -u
cd "$1" || exit 1
failed=0

codes=$(sed -n 's/^BL_MSG([A-Za-z_0-9]*, *"\([a-z0-9-]*\)".*/\1/p' src/*/messages.def | sort -u)
[ -n "$codes" ] || { echo "no codes found"; exit 1; }
for code in $codes; do
    case $code in
    hint | part | out-of-memory | unreadable) ;; # parts of other messages; told without a code
    *) grep -q "^HELP_CODE(\"$code\"" tools/codes.def || { echo "nothing explains $code"; failed=1; } ;;
    esac
done
for command in $(sed -n 's/^CLI_COMMAND(\(.*\))/\1/p' tools/commands.def); do
    grep -q "^HELP_COMMAND(\"$command\"" tools/help.def || { echo "no help on $command"; failed=1; }
done
for option in $(sed -n '/option_rows\[\]/,/^};/p' tools/main.c | grep -oE '"--[a-z-]+"' | tr -d '"'); do
    case $option in
    --exhaustive | --max | --actions) ;; # of comparing rule sets: with that command
    *) grep -q -- "\"[^\"]*$option" tools/help.def || { echo "no help on $option"; failed=1; } ;;
    esac
done
again=$(grep -oE "^HELP_OPTION\('.'" tools/help.def | sort | uniq -d)
[ -z "$again" ] || { echo "a letter stands for two options: $again"; failed=1; }
exit "$failed"
