#!/bin/sh
# Output that cannot be written and input that cannot be read: exit 2, and a sentence that says so. Never a sanitizer's report,
# never success.
#   output.sh BYLAW FILES
set -u
bylaw=$1
files=$2
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"
cat >"$tmp/motion.yaml" <<'END'
action: resolution
rules: [wcasp]
date: 2026-11-21
facts: {members: 8, present: 8, vote: {yes: 6, no: 2}}
END

# The same, lost but recorded as adopted: every format has something to tell.
sed -e 's/yes: 6, no: 2/yes: 1, no: 7/' -e 's/^facts/declared: adopted\nfacts/' "$tmp/motion.yaml" >"$tmp/lost.yaml"

# expect NAME STATUS WORDS COMMAND...: standard error must hold the words (a regular expression; - for silence)
expect() {
    name=$1 wanted=$2 words=$3
    shift 3
    status=0
    "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
    if [ "$status" -ne "$wanted" ]; then
        echo "$name: exit $status instead of $wanted"; cat "$tmp/err"
        failures=$((failures + 1))
    elif [ "$words" = - ] && [ -s "$tmp/err" ]; then
        echo "$name: says something:"; cat "$tmp/err"
        failures=$((failures + 1))
    elif [ "$words" != - ] && ! grep -Eq -- "$words" "$tmp/err"; then
        echo "$name: does not say $words:"; cat "$tmp/err"
        failures=$((failures + 1))
    fi
}

check="check -r $files/wcasp/wcasp.yaml --lang en"
# What can be written is: the ground that the rest stands on.
expect 'a violation' 1 - "$bylaw" $check "$tmp/lost.yaml"
expect 'in order' 0 - "$bylaw" $check "$tmp/motion.yaml"

if [ -c /dev/full ]; then
    for format in text json jsonl sarif junit tap github gitlab markdown html compact; do
        expect "full disk, $format" 2 'No space left' sh -c '"$@" >/dev/full' sh "$bylaw" $check -f $format "$tmp/lost.yaml"
        expect "full disk, -f $format -o" 2 'No space left' "$bylaw" $check -q -f $format -o /dev/full "$tmp/lost.yaml"
    done
    for command in 'version' 'schema action' 'help' 'coverage' 'rules'; do
        expect "full disk, $command" 2 'No space left' sh -c '"$@" >/dev/full' sh "$bylaw" $command --lang en
    done
    for i in 1 2 3 4 5 6 7 8 9; do # more than any buffer holds
        sed 's/^action/---\naction/' "$tmp/motion.yaml" >>"$tmp/many.yaml"
    done
    expect 'full disk, many' 2 'No space left' sh -c '"$@" >/dev/full' sh "$bylaw" $check -f json "$tmp/many.yaml"
fi
expect 'closed output' 2 'Bad file descriptor' sh -c '"$@" >&-' sh "$bylaw" $check "$tmp/motion.yaml"
expect 'closed input' 2 'Bad file descriptor' sh -c '"$@" <&-' sh "$bylaw" $check -
# Standard error closed: nothing can be told, but the code is right.
expect 'closed error' 2 - sh -c '"$@" 2>&-' sh "$bylaw" $check "$tmp/none.yaml"
expect 'no folder for the output' 2 'No such file' "$bylaw" $check -f json -o "$tmp/none/report.json" "$tmp/motion.yaml"
expect 'a folder as the output' 2 'directory' "$bylaw" $check -f json -o "$tmp" "$tmp/motion.yaml"
expect 'a folder as a rule file' 2 . "$bylaw" check -r "$tmp/none.yaml" "$tmp/motion.yaml"
expect 'a register that is not there' 2 'none.yaml' "$bylaw" $check --facts "$tmp/none.yaml" "$tmp/motion.yaml"
expect 'a folder as a register' 2 'folder|directory' "$bylaw" $check --facts "$tmp" "$tmp/motion.yaml"
# A reader that has seen enough is no mistake, and no signal ends the program.
set --
for i in 1 2 3 4 5 6 7 8; do
    set -- "$@" -f json -o "$tmp/$i.json" -f sarif -o "$tmp/$i.sarif"
done
expect 'as many formats as there may be' 0 - "$bylaw" $check -q "$@" "$tmp/motion.yaml"
expect 'a format too many' 2 'at most 16' "$bylaw" $check -q "$@" -f json -o "$tmp/9.json" "$tmp/motion.yaml"
set --
printf 'facts: {}\n' >"$tmp/register.yaml"
printf 'nothing: {}\n' >"$tmp/wrong.yaml"
for i in 1 2 3 4 5 6 7 8; do
    set -- "$@" --facts "$tmp/register.yaml" --facts "$tmp/register.yaml" --facts "$tmp/register.yaml" \
        --facts "$tmp/register.yaml" --facts "$tmp/register.yaml" --facts "$tmp/register.yaml" \
        --facts "$tmp/register.yaml" --facts "$tmp/register.yaml"
done
expect 'many registers' 0 - "$bylaw" $check "$@" "$tmp/motion.yaml"
for command in check need explain; do # the last is read like the first, by every command that takes registers
    expect "a mistake in the last of them, $command" 2 'wrong.yaml' "$bylaw" $command -r "$files/wcasp/wcasp.yaml" \
        --lang en "$@" --facts "$tmp/wrong.yaml" "$tmp/motion.yaml"
done
expect 'the last of them is not there, eval' 2 'none.yaml' "$bylaw" eval --lang en "$@" --facts "$tmp/none.yaml" 1
set --
printf 'waivers: []\n' >"$tmp/waivers.yaml"
for i in 1 2 3 4 5 6 7 8 9 10; do
    set -- "$@" --waivers "$tmp/waivers.yaml" --waivers "$tmp/waivers.yaml" --waivers "$tmp/waivers.yaml" \
        --waivers "$tmp/waivers.yaml" --waivers "$tmp/waivers.yaml" --waivers "$tmp/waivers.yaml" \
        --waivers "$tmp/waivers.yaml" --waivers "$tmp/waivers.yaml"
done
expect 'many waiver files' 0 - "$bylaw" $check "$@" "$tmp/motion.yaml"
expect 'a mistake in the last waiver file' 2 'wrong.yaml' "$bylaw" $check "$@" --waivers "$tmp/wrong.yaml" "$tmp/motion.yaml"
mkfifo "$tmp/pipe"
: <"$tmp/pipe" & # opens it to read, reads nothing, closes it
expect 'closed pipe' 1 - sh -c 'exec 3>"$0"; sleep 1; exec "$@" >&3' "$tmp/pipe" "$bylaw" $check "$tmp/lost.yaml"
wait
if [ "$(id -u)" -ne 0 ]; then
    chmod 000 "$tmp/motion.yaml"
    expect 'a file that may not be read' 2 'Permission denied' "$bylaw" $check "$tmp/motion.yaml"
fi
[ "$failures" -eq 0 ]
