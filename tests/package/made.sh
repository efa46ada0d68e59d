#!/bin/sh
# tests/package/made.sh BUILD PROGRAM INCLUDE COMMANDS.DEF: the manual pages are right for groff and say all that help says of every
# command, and name every public function; help fits a screen; the completions are right for the shells' own readers.
set -eu
made=$1/made program=$2 include=$3 table=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 looked=0
complain() { echo "$1"; failed=1; }

for page in bylaw.1 bylaw-ruleset.5 bylaw-action.5 bylaw.3; do
    warnings=$(groff -man -Tutf8 -Kutf8 -ww -z "$made/$page" 2>&1 | grep -v "can't break line\|cannot adjust\|cannot break" || true)
    [ -z "$warnings" ] || complain "$page: $warnings"
done

# bylaw(1) as it is read: without overstrikes, and without the indentation, which is groff's.
groff -man -Tutf8 -Kutf8 "$made/bylaw.1" 2> /dev/null | sed 's/\x1b\[[0-9;]*m//g; s/.\x08//g; s/^ *//; s/ *$//' > "$work/page"
sed -n 's/^CLI_COMMAND(\(.*\))$/\1/p' "$table" > "$work/commands"
while read -r command; do
    grep -qx "bylaw $command" "$work/page" || complain "bylaw(1) leaves out the command $command"
    "$program" --lang en help -v "$command" | sed 's/^ *//; s/ *$//; /^$/d' > "$work/help"
    grep -q '^usage: ' "$work/help" || complain "there is no help on $command"
    while read -r line; do
        looked=$((looked + 1))
        grep -qxF -e "$line" "$work/page" || complain "bylaw(1) leaves out of $command: $line"
    done < "$work/help"
done < "$work/commands"
[ "$looked" -gt 150 ] || complain "only $looked lines of help were looked for in bylaw(1)"

# Help fits a screen of 80 columns and 24 lines; a Chinese character takes two.
for lang in zh en; do
    for command in '' $(cat "$work/commands"); do
        # shellcheck disable=SC2086
        "$program" --lang "$lang" help $command > "$work/help"
        lines=$(wc -l < "$work/help")
        [ "$lines" -ge 3 ] && [ "$lines" -le 24 ] || complain "help $command in $lang has $lines lines"
        widest=$(perl -CSD -ne 'chomp; s/[\x{2E80}-\x{9FFF}\x{3000}-\x{303F}\x{FF00}-\x{FF60}]/xx/g; $n = length if length > $n; END { print $n }' "$work/help")
        [ "$widest" -le 80 ] || complain "help $command in $lang has a line of $widest columns"
    done
done

grep -ho 'bylaw_[a-z_]*(' "$include"/bylaw/*.h | tr -d '(' | sort -u | grep -v '_fn$' > "$work/functions"
[ "$(wc -l < "$work/functions")" -gt 50 ] || complain "the headers declare few functions"
while read -r name; do
    grep -qw "$name" "$made/bylaw.3" || complain "bylaw(3) leaves out $name"
done < "$work/functions"

for shell in bash:bylaw zsh:_bylaw fish:bylaw.fish; do
    [ -s "$made/${shell#*:}" ] || complain "there is no completion for ${shell%%:*}"
    if command -v "${shell%%:*}" > /dev/null; then
        "${shell%%:*}" -n "$made/${shell#*:}" || complain "${shell%%:*} cannot read the completion"
    else
        echo "${shell%%:*} is not installed: its completion was not read"
    fi
done
echo "$looked lines of help, $(wc -l < "$work/functions") functions"
exit $failed
