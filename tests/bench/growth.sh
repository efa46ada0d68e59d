#!/bin/sh
# How time grows: with the actions of a stream, the ballots of an action, the norms that apply, and
# the norms of other kinds. Prints a table of each: processor time above that of one item, by item,
# the power by which it grew since the row before (1: linear), and a plot with stars for the time.
#   growth.sh BYLAW BENCH_TIME [SCALE]      SCALE 0.01 is for a look whether it runs at all
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bylaw=$1
timer=$2
scale=${3:-1}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

scaled() { awk "BEGIN { n = int($1 * $scale); print n < 1 ? 1 : n }"; }

# N actions, made of the records that the answers are tested with.
actions() { awk -v n="$1" '{ line[NR] = $0 } END { for (i = 0; i < n; i++) print line[i % 30 + 1] }' "$here/records.ndjson"; }

# One action with N ballots, no member twice.
ballots() {
    awk -v n="$1" 'BEGIN {
        printf "{\"id\":1,\"kind\":\"resolution\",\"date\":\"2026-11-21\",\"members\":%d,\"present\":%d,", n, n
        printf "\"vote\":{\"yes\":%d,\"no\":0,\"abstain\":0},\"assemblies_this_year\":1,", n
        printf "\"secretariat_host\":\"a\",\"chair_association\":\"a\",\"ballots\":["
        for (i = 0; i < n; i++) printf "%s{\"member\":\"member %d\",\"choice\":\"yes\"}", i ? "," : "", i
        print "]}" }'
}

# The norms of the reference with N more that apply to elections, beside the same words.
norms() {
    mkdir -p "$dir/rules/provisions"
    cp "$here/provisions/reference.yaml" "$dir/rules/provisions/"
    cp "$here/reference.yaml" "$dir/rules/reference.yaml"
    awk -v n="$1" -v kind="$2" 'BEGIN { for (i = 0; i < n; i++)
        printf "  - {id: M%d, provision: reference:N12, on: %s, modality: must, require: members >= %d, says: {zh: 其他, en: another}}\n", i, kind, i % 8 }' >>"$dir/rules/reference.yaml"
}

# The processor time in microseconds of checking a file.
cost() {
    "$timer" 5 "$bylaw" check -r "$1" --flat kind --unknown-keys ignore --template '{violated}' "$2" | cut -d' ' -f1
}

# row NUMBER TIME BASE PER: a row of the table that head_of began.
row() {
    awk -v n="$1" -v t="$2" -v base="$3" -v per="$4" -v last="$(cat "$dir/last")" -v keep="$dir/last" 'BEGIN {
        d = t - base; if (d < 0) d = 0
        each = d / (n * per); stars = ""; power = "-"
        split(last, before, " ")
        if (before[2] > 0 && d > 0 && n > before[1]) power = sprintf("%.2f", log(d / before[2]) / log(n / before[1]))
        for (k = 1; k <= d && length(stars) < 60; k *= 1.4) stars = stars "*"
        print n, d >keep
        printf "%9d %12.0f %14.3f %6s  %s\n", n, d, each, power, stars }'
}
head_of() {
    printf '\n%s\n%9s %12s %14s %6s\n' "$1" number us "us an item" power
    echo "0 0" >"$dir/last"
}

actions 1 >"$dir/one.ndjson"
base=$(cost "$here/reference.yaml" "$dir/one.ndjson")
head_of "actions of a stream"
for n in 1000 10000 100000; do
    n=$(scaled $n)
    actions "$n" >"$dir/a.ndjson"
    row "$n" "$(cost "$here/reference.yaml" "$dir/a.ndjson")" "$base" 1
done
head_of "ballots of an action"
for n in 10 100 1000 10000 100000; do
    n=$(scaled $n)
    ballots "$n" >"$dir/b.ndjson"
    row "$n" "$(cost "$here/reference.yaml" "$dir/b.ndjson")" "$base" 1
done
elections=$(scaled 2000)
actions 30 | grep '"kind":"election"' | head -1 >"$dir/e1.ndjson"
awk -v n="$elections" '{ for (i = 0; i < n; i++) print }' "$dir/e1.ndjson" >"$dir/e.ndjson"
for kind in election dissolution; do
    head_of "norms on $kind, by $elections elections"
    for n in 10 100 1000 10000; do
        n=$(scaled $n)
        norms "$n" "$kind"
        base=$(cost "$dir/rules/reference.yaml" "$dir/e1.ndjson") # reading the norms is not counted
        row "$n" "$(cost "$dir/rules/reference.yaml" "$dir/e.ndjson")" "$base" "$elections"
    done
done
