#!/bin/sh
# A library that is opened late and cannot be: it is told by name, and nothing passes for checked.
#   missing_library.sh BYLAW ICU NETTLE
set -eu
bylaw=$1 icu=$2 nettle=$3 folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
expect() { # expect LIBRARY ARGUMENT...: with a broken LIBRARY the program says so and exits 2
    library=$1
    shift
    : > "$folder/$library"
    code=0
    LD_LIBRARY_PATH=$folder "$bylaw" --lang en "$@" > "$folder/out" 2>&1 || code=$?
    rm "$folder/$library"
    [ "$code" -eq 2 ] && grep -q "the library $library cannot be opened" "$folder/out" && return
    echo "exit $code of: bylaw $*"
    cat "$folder/out"
    failed=1
}
cat > "$folder/motion.yaml" << 'END'
action: 解散
rules: [wcasp]
date: 2026-03-18
facts: {proposer: {office: 主席}, roll: [ⅷ號]}
END
printf 'ruleset: tiny\n' > "$folder/tiny.yaml"
expect "$icu" eval "timestamp('2026-01-01T00:00:00Z').getHours('Asia/Shanghai')"
expect "$icu" check "$folder/motion.yaml"
expect "$nettle" check -r "$folder/tiny.yaml" "$folder/motion.yaml"
exit "$failed"
