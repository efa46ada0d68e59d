#!/bin/sh
# guards.sh RULES_FOLDER: each case that the header of the charter's tests names is there under that name.
set -eu
cd "$1"
sed -n 's/^#   [^|]* | //p' wcasp.test.yaml > /tmp/guards.$$
trap 'rm -f /tmp/guards.$$' EXIT
[ "$(wc -l < /tmp/guards.$$)" -ge 10 ]
while read -r name; do
    grep -qxF "  - name: $name" wcasp.test.yaml || { echo "no case is named: $name"; exit 1; }
done < /tmp/guards.$$
