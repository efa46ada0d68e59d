#!/bin/sh
# Several threads tell what one would: output, mistakes and exit code of check -j N are those of -j 1, in every format.
#   jobs.sh BYLAW SOURCE                SOURCE: the project
set -u
bylaw=$1
source=$2
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# same NAME STATUS OPTIONS...: run in $tmp/here with -j 1, 2 and 8.
same() {
    name=$1 wanted=$2
    shift 2
    for jobs in 1 2 8; do
        status=0
        (cd "$tmp/here" && "$bylaw" check -j "$jobs" "$@") >"$tmp/out.$jobs" 2>"$tmp/err.$jobs" </dev/null || status=$?
        if [ "$status" -ne "$wanted" ]; then
            echo "$name, -j $jobs: exit $status instead of $wanted"; head -5 "$tmp/err.$jobs"
            failures=$((failures + 1))
        fi
        for stream in out err; do
            cmp -s "$tmp/$stream.1" "$tmp/$stream.$jobs" || {
                echo "$name, -j $jobs: $stream differs"; diff "$tmp/$stream.1" "$tmp/$stream.$jobs" | head -10
                failures=$((failures + 1))
            }
        done
    done
}

# The sample repository, with files that name rules and registers of their own, that cannot be read, and that are none.
cp -r "$source/tests/recipes/repository" "$tmp/here"
cp -r "$source/tests/cli/files/wcasp" "$tmp/here/wcasp"
cd "$tmp/here" || exit 1
mkdir more
i=0
while [ $i -lt 40 ]; do
    i=$((i + 1))
    yes=$((i % 9))
    case $((i % 8)) in
    0) printf 'action: resolution\nrules: [wcasp]\ndate: 2026-02-30\nfacts: {members: 8, prsent: 7}\n' ;;
    1) printf 'action: dissolution\nrules: [../wcasp/wcasp.yaml]\ndeclared: adopted\ndate: 2026-11-21\nfacts: {proposer: {office: chair}, members: 8, present: 8, vote: {yes: %d, no: 0}}\n' $yes ;;
    2) printf 'action: resolution\nrules: [../wcasp/broken.yaml]\ndate: 2026-11-21\nfacts: {members: 8}\n' ;;
    3) printf 'action: resolution\nrules: [cast-union]\ndate: 2026-11-21\nfacts: {}\n' ;;
    4) printf 'rules: [wcasp]\ndate: 2026-11-21\nfacts: {members: 8, present: 8}\n---\naction: resolution\nfacts: {vote: {yes: %d, no: 1}}\n---\naction: resolution\ndeclared: adopted\nfacts: {vote: {yes: 2, no: 3}}\n' $((yes % 8)) ;;
    *) printf 'action: resolution\nrules: [wcasp]\nregister: register.yaml\ndate: 2026-11-21\nfacts: {present: 8, vote: {yes: %d, no: 0}}\nwaivers: [{norm: majority, reason: agreed, by: the Assembly}]\n' $((yes % 9)) ;;
    esac >"more/$i.yaml"
done
printf 'facts: {members: 8}\n' >more/register.yaml
sed 's/require: /requires: /' wcasp/wcasp.yaml >wcasp/broken.yaml
rm -f more/7.yaml && ln -s nowhere.yaml more/7.yaml
cd "$OLDPWD" || exit 1

for format in text json jsonl sarif junit junit-strict tap github gitlab markdown html compact; do
    same "the repository, $format" 2 -f $format 议案 more
done
same 'two languages' 2 --lang zh,en 议案 more
same 'only what is wrong' 2 -q --lang zh 议案 more
same 'nothing fails' 2 --fail-on never 议案 more
same 'a template' 2 --template '{file} {line} {verdict} {satisfied}' 议案 more
same 'names that fit nothing' 2 --lang en --select 'majorty' --select 'all-*' --ignore 'nobody' 议案 more
same 'waivers that nobody needs' 2 --lang zh --waivers /dev/stdin more
same 'an expectation' 2 --lang en --expect adopted 议案 more
same 'an option that is wrong' 2 --lang en --set nothing=1 议案

# Known findings are counted in order.
(cd "$tmp/here" && mkdir known && cp more/1.yaml more/4.yaml more/9.yaml more/12.yaml known && sed 's|\.\./wcasp|wcasp|' more/17.yaml >known.yaml &&
    "$bylaw" check -q --write-baseline=known.json known known.yaml >/dev/null 2>&1) || { echo 'no baseline'; failures=$((failures + 1)); }
for format in text sarif junit compact; do
    same "a baseline, $format" 2 --baseline known.json -f $format known more
done

# A stream: mistakes in its middle, lines that are empty, a last line without an end.
awk 'BEGIN { srand(1) } { line[NR] = $0 } END {
    for (i = 1; i <= 6000; i++) {
        if (i % 1000 == 500) print "{\"kind\": \"resolution\", \"id\": " i ","
        else if (i % 1000 == 501) print ""
        else if (i % 1000 == 502) print "{\"kind\": \"resolution\", \"members\": \"many\", \"id\": " i "}"
        else print line[i % NR + 1]
    }
    printf "%s", line[1] }' "$source/tests/bench/records.ndjson" >"$tmp/here/stream.ndjson"
rules=$source/tests/bench/reference.yaml
flat="-r $rules --flat kind --unknown-keys ignore"
same 'a stream, template' 2 $flat --template '{id}\t{violated}' stream.ndjson
for format in text jsonl compact tap github; do
    same "a stream, $format" 2 $flat -f $format stream.ndjson
done
same 'a stream among files' 2 $flat --template '{file} {violated}' stream.ndjson more/1.yaml stream.ndjson none.ndjson

# It is done by several threads, or this shows nothing.
if [ -d /proc/self/task ]; then
    mkfifo "$tmp/pipe"
    (cd "$tmp/here" && exec "$bylaw" check -j 3 $flat --template '{id}' --stdin-filename x.ndjson -) <"$tmp/pipe" >/dev/null 2>&1 &
    pid=$!
    exec 3>"$tmp/pipe"
    seen=0
    for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        seen=$(ls "/proc/$pid/task" | wc -l)
        [ "$seen" -ge 3 ] && break
        sleep 0.2
    done
    exec 3>&-
    wait $pid
    [ "$seen" -ge 3 ] || { echo "-j 3 runs $seen threads"; failures=$((failures + 1)); }
fi
for wrong in -1 1.5 x 65 ''; do
    status=0
    "$bylaw" check -j "$wrong" x.yaml >/dev/null 2>"$tmp/err" || status=$?
    if [ "$status" -ne 2 ] || ! grep -q jobs "$tmp/err"; then
        echo "-j '$wrong': exit $status"; cat "$tmp/err"
        failures=$((failures + 1))
    fi
done
[ "$failures" -eq 0 ]
