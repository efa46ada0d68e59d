#!/bin/sh
# tests/package/made.sh BUILD PROGRAM INCLUDE: the manual pages are right for groff and leave out no option and no function; the
# completions are right for the shells and complete what they should.
set -eu
made=$1/made program=$2 include=$3
failed=0
complain() { echo "$1"; failed=1; }

for page in bylaw.1 bylaw-ruleset.5 bylaw-action.5 bylaw.3; do
    warnings=$(groff -man -Tutf8 -Kutf8 -ww -z "$made/$page" 2>&1 | grep -v "can't break line\|cannot adjust\|cannot break" || true)
    [ -z "$warnings" ] || complain "$page: $warnings"
done
# Every option that help tells of stands in bylaw(1), every public function in bylaw(3).
page=$(groff -man -Tutf8 -Kutf8 "$made/bylaw.1" 2> /dev/null | sed 's/\x1b\[[0-9;]*m//g; s/.\x08//g')
for command in $("$program" completion bash | sed -n 's/.*COMP_CWORD == 1.*_bylaw_words "\([^"]*\)".*/\1/p'); do
    echo "$page" | grep -q "bylaw $command" || complain "bylaw(1) leaves out the command $command"
done
grep -ho 'bylaw_[a-z_]*(' "$include"/bylaw/*.h | tr -d '(' | sort -u > "$1/made/functions"
while read -r name; do
    grep -q "$name" "$made/bylaw.3" || case $name in *_fn) ;; *) complain "bylaw(3) leaves out $name" ;; esac
done < "$1/made/functions"

bash -n "$made/bylaw" || complain "bash cannot read the completion"
reply() { bash -c 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bylaw; echo "${COMPREPLY[*]}"' "$made/bylaw" "$@"; }
[ "$(reply bylaw check -f sa)" = sarif ] || complain "bash: formats: $(reply bylaw check -f sa)"
[ "$(reply bylaw comp)" = completion ] || complain "bash: commands: $(reply bylaw comp)"
[ "$(reply bylaw check --fail-on c)" = caution ] || complain "bash: values"
[ "$(reply bylaw check -r wc)" = wcasp ] || complain "bash: rule sets"
for shell in zsh:_bylaw fish:bylaw.fish; do
    if command -v "${shell%%:*}" > /dev/null; then
        "${shell%%:*}" -n "$made/${shell#*:}" || complain "${shell%%:*} cannot read the completion"
    else
        echo "${shell%%:*} is not installed: its completion was not read"
    fi
done
exit $failed
