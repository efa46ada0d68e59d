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
# Bundled rules come with their digests; what takes one of something else needs the library.
cat > "$folder/lost.yaml" << 'END'
action: 解散
rules: [wcasp]
date: 2026-03-18
declared: 通过
facts: {proposer: {office: 主席}, members: 8, present: 8, vote: {yes: 5, no: 3}}
END
seq 900 > "$folder/charter.txt"
"$bylaw" check -qq --record "$folder/record.json" "$folder/lost.yaml" || [ $? -eq 1 ]
expect "$nettle" check --record "$folder/new.json" "$folder/lost.yaml"
expect "$nettle" verify "$folder/record.json"
for format in html gitlab sarif; do
    expect "$nettle" check -f "$format" "$folder/lost.yaml"
done
expect "$nettle" check --write-baseline="$folder/new.json" "$folder/lost.yaml"
expect "$nettle" coverage wcasp --source "$folder/charter.txt"
bylaw=$(realpath "$bylaw")
(cd "$folder" && expect "$nettle" new --ruleset circle --source "$folder/charter.txt"; exit "$failed") || failed=1
for file in new.json provisions/circle.yaml; do
    [ ! -e "$folder/$file" ] || { echo "$file is left"; failed=1; }
done
exit "$failed"
