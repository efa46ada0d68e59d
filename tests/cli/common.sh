# tests/cli/common.sh: sourced by the tests that are shell scripts: a folder of their own in $tmp, which goes when they
# end, $failures counted from 0, and a locale that is the same everywhere.
# shellcheck shell=sh disable=SC2034
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failures=0
LANG=C.UTF-8 LC_ALL=C.UTF-8
export LANG LC_ALL
