#!/bin/sh
# tests/house/swept.sh SOURCE: every public function that gives a status is called by a test in which each
# allocation fails in turn, but those that allocate nothing: a new one cannot be forgotten.
set -eu
cd "$1"
# What takes no memory: arithmetic. And what takes it without an allocator of the caller, or on several threads: the
# program calls it, with malloc failing in turn (tests/cli/faults.c).
none=' bylaw_share_compare bylaw_share_least '
program=' bylaw_checker_join bylaw_provisions_draft bylaw_rule_describe bylaw_ruleset_describe bylaw_ruleset_read_within 
 bylaw_rulesets_describe bylaw_test_tell bylaw_values_describe '

declared=$(cat include/bylaw/*.h | tr '\n' ' ' | grep -oE 'BYLAW_NODISCARD bylaw_status +bylaw_[a-z_0-9]+' | awk '{ print $3 }' | sort -u)
[ -n "$declared" ] || { echo "no functions found"; exit 1; }
swept=$(grep -lE 'assert_fault_sweep|assert_faults_at_new_sites' tests/*/*.c tests/*/*.h)
failed=0 count=0
for function in $declared; do
    count=$((count + 1))
    case $none in *" $function "*) continue ;; esac
    case $program in *" $function "*)
        grep -q "[^a-z_]$function(" tools/*.c || { echo "the program does not call $function"; failed=1; }
        continue ;;
    esac
    # shellcheck disable=SC2086
    grep -qE "(^|[^a-z_])$function\(" $swept || { echo "no sweep of failing memory calls $function"; failed=1; }
done
echo "$count functions"
exit "$failed"
