#!/bin/sh
# tests/cli/kinds.sh PROGRAM: `bylaw new KIND` for every kind of every bundled set, in both languages, with and without what is
# presumed: the file is read without an error, and what it lacks is missing, not wrong.
set -eu
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0 files=0
complain() { echo "FAIL $*"; failed=1; }
for set in $("$program" --lang en rules | sed -n 's/^\([a-z][a-z0-9-]*\)  .*/\1/p'); do
    for lang in zh en; do
        "$program" --lang "$lang" new -r "$set" > listed
        kinds=$(tail -n +2 listed | tr -d ' \n' | sed 's/、/ /g; s/,/ /g')
        for all in '' --all; do
            rm -rf kinds
            mkdir kinds
            # shellcheck disable=SC2086
            (cd kinds && "$program" --lang "$lang" new -r "$set" $all $kinds) > written 2>&1 || complain "$set $lang: $(cat written)"
            code=0
            "$program" --lang "$lang" check -r "$set" -f template --template '{verdict} {file}' kinds > verdicts 2> errors || code=$?
            [ ! -s errors ] || complain "$set $lang $all: $(head -n 5 errors)"
            [ "$code" -eq 3 ] || complain "$set $lang $all: exit code $code"
            [ "$(wc -l < verdicts)" -eq "$(echo "$kinds" | wc -w)" ] || complain "$set $lang $all: some kind was not checked"
            grep -v '^undetermined ' verdicts > other || true
            [ ! -s other ] || complain "$set $lang $all: $(cat other)"
            files=$((files + $(wc -l < verdicts)))
        done
    done
done
[ "$files" -gt 200 ] || complain "only $files files were made"
echo "$files files of new, each undetermined"
exit $failed
