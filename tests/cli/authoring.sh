#!/bin/sh
# authoring.sh TRANSCRIPT BYLAW PAGE [-u]: what the tutorial shows is what the program prints. The page becomes a
# transcript: its files and commands as they stand, all other lines remarks; with -u what was printed goes back into the page.
set -eu
transcript=$1
bylaw=$2
page=$3
update=${4:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/files"
awk '
/^```console$/ { print "%% " $0; shows = 1; next }
/^```yaml$/    { print "%% " $0; opens = 1; next }
/^```$/        { if (file) print "%end"; file = 0; shows = 0; print "%% " $0; next }
opens          { opens = 0; if (sub(/^# 文件：/, "")) { file = 1; print "%file " $0; next } }
shows || file  { print; next }
               { print "%% " $0 }' "$page" > "$folder/authoring.transcript"
"$transcript" $update "$bylaw" "$folder/files" "$folder/authoring.transcript" || [ -n "$update" ]
if [ -n "$update" ]; then
    awk '/^%end$/ { next } sub(/^%file /, "# 文件：") { print; next } { sub(/^%% /, ""); print }' \
        "$folder/authoring.transcript" > "$page"
fi
