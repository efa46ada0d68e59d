#!/bin/sh
# tests/house/hardened.sh FILE...: a released program or shared library has what a release is hardened with, as
# the file itself shows: position independent, all of RELRO, nothing bound late, no executable stack, no
# segment both written and run, stack protector and fortified functions in use, and on x86 the note
# of -fcf-protection.
set -eu
wrong=0

say() {
    echo "$file: $*"
    wrong=1
}

for file; do
    headers=$(LC_ALL=C readelf -hW "$file")
    segments=$(LC_ALL=C readelf -lW "$file")
    dynamic=$(LC_ALL=C readelf -dW "$file")
    symbols=$(LC_ALL=C readelf --dyn-syms -W "$file")
    notes=$(LC_ALL=C readelf -nW "$file" 2> /dev/null)

    echo "$headers" | grep -q 'Type: *DYN' || say "is not position independent"
    case $file in
    *.so*) ;;
    *) echo "$dynamic" | grep -q 'FLAGS_1.*PIE' || say "is no PIE" ;;
    esac
    echo "$segments" | grep -q GNU_RELRO || say "has no RELRO segment"
    echo "$dynamic" | grep -qE 'BIND_NOW|FLAGS_1.*NOW' || say "binds functions late: RELRO is partial"
    echo "$segments" | grep 'GNU_STACK' | grep -q 'RW ' || say "says nothing of its stack"
    if echo "$segments" | grep 'GNU_STACK' | grep -q 'RWE'; then say "has an executable stack"; fi
    if echo "$segments" | grep 'LOAD' | grep -q 'RWE'; then say "has a segment that is written and run"; fi
    echo "$symbols" | grep -q '__stack_chk_fail' || say "has no stack protector"
    echo "$symbols" | grep -qE '__[a-z]+_chk(@|$)' || say "uses no fortified function"
    if echo "$headers" | grep -qE 'Machine:.*(X86-64|80386)'; then
        echo "$notes" | grep -q 'IBT' || say "has no indirect branch tracking"
        echo "$notes" | grep -q 'SHSTK' || say "has no shadow stack"
    fi
done
[ $wrong = 0 ] && echo "hardened: $*"
exit $wrong
