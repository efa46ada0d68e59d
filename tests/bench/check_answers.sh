#!/bin/sh
# The answers of the thirteen norms over a few records, ordinary and awkwardly spelt, byte for byte.
#   check_answers.sh BYLAW [RULES]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
answer() { # exit 1: some action violates a norm, as some of these do
    status=0
    "$1" check -r "$here/reference.yaml" --flat kind --unknown-keys ignore --template '{id}\t{violated}' "$2" || status=$?
    [ "$status" -eq 1 ] || { echo "exit $status instead of 1" >&2; exit 1; }
}
got=$(mktemp)
trap 'rm -f "$got"' EXIT
answer "$1" "$here/records.ndjson" >"$got"
cmp "$here/records.answers" "$got"
