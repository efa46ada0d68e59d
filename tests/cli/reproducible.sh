#!/bin/sh
# The same input gives the same bytes, in every format and in the record: in any order of files and of registers, on any number
# of threads, in any time zone, from any folder. No output holds the day it was made on: SOURCE_DATE_EPOCH changes nothing.
#   reproducible.sh BYLAW SOURCE        SOURCE: the project
set -u
bylaw=$1
source=$2
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

mkdir "$tmp/here" "$tmp/elsewhere"
cp "$source"/rules/examples/联盟-[决解选]*.yaml "$source"/rules/examples/联合体-解散-*.yaml "$tmp/here/"
printf 'facts: {members: 8}\n' >"$tmp/here/b.register"
printf 'facts: {announced: true}\n' >"$tmp/here/a.register"
cat >"$tmp/here/waivers" <<'END'
waivers: [{norm: wcasp/dissolution-vote, reason: agreed, by: the Assembly}]
END
files=$(ls "$tmp/here"/*.yaml)
backwards=$(ls -r "$tmp/here"/*.yaml)
cp "$source/rules/examples/名册.yaml" "$tmp/here/" # which some of them name
[ "$(echo "$files" | wc -l)" -gt 20 ] || { echo "too few files to tell"; exit 1; }

# run NAME FILES OPTIONS...: standard output, the record and the exit code of a check
run() {
    name=$1 names=$2
    shift 2
    # shellcheck disable=SC2086
    "$bylaw" check --isolated --record "$tmp/here/record.json" "$@" $names >"$tmp/$name" 2>"$tmp/err" </dev/null
    echo "exit $?" >>"$tmp/$name"
    cat "$tmp/here/record.json" >>"$tmp/$name" || { head "$tmp/err"; exit 1; }
    rm "$tmp/here/record.json"
}

# same WHAT: the last run gave what the first did
same() {
    cmp -s "$tmp/first" "$tmp/then" && return
    echo "$format, $1: other bytes"; diff "$tmp/first" "$tmp/then" | head -6 | cut -c 1-200
    failures=$((failures + 1))
}

a=$tmp/here/a.register b=$tmp/here/b.register w=$tmp/here/waivers
for format in text json jsonl sarif junit junit-strict tap github gitlab markdown html compact template; do
    set -- -f $format -r wcasp -r cast-union --waivers "$w"
    [ $format = template ] && set -- "$@" --template '{file} {verdict} {violated}'
    run first "$files" "$@" --facts "$a" --facts "$b"
    run then "$backwards" "$@" --facts "$b" --facts "$a"
    same 'another order'
    TZ=Pacific/Kiritimati LC_ALL=zh_CN.UTF-8 SOURCE_DATE_EPOCH=1 HOME=$tmp COLUMNS=40 TERM=dumb
    export TZ SOURCE_DATE_EPOCH HOME COLUMNS TERM
    cd "$tmp/elsewhere" || exit 1
    run then "$files" --lang en -j 3 "$@" --facts "$a" --facts "$b"
    same 'another place, zone, folder, three threads'
    cd "$OLDPWD" || exit 1
    unset TZ SOURCE_DATE_EPOCH
    LC_ALL=C.UTF-8
done
grep -q '"verdict":"violation"' "$tmp/first" || { echo "nothing is violated: too little to tell"; failures=$((failures + 1)); }

# What is made of rule sets alone.
for command in 'rules' 'rules wcasp -f json' 'doc wcasp' 'doc -f html wcasp' 'need -r wcasp --set members=8 --set present=7' \
    'coverage' 'schema record' 'new dissolution -o -'; do
    # shellcheck disable=SC2086
    (cd "$tmp/elsewhere" && "$bylaw" $command --lang en) >"$tmp/first" 2>&1
    # shellcheck disable=SC2086
    (cd "$tmp/here" && TZ=Asia/Shanghai SOURCE_DATE_EPOCH=1 "$bylaw" $command --lang en) >"$tmp/then" 2>&1
    format=$command
    same 'another folder and zone'
done
[ $failures -eq 0 ] && echo 'the same input, the same bytes'
exit $((failures > 0))
