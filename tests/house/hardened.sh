#!/bin/sh
# tests/house/hardened.sh ARCHIVE FILE...: a released program or shared library has what a release is hardened
# with, as the file itself shows: position independent, all of RELRO, nothing bound late, no executable
# stack, no segment both written and run, no code that the loader would write to, no folder of its own to look
# for libraries in, stack protector and fortified functions in use. On x86 every object of the static library carries
# the note of -fcf-protection; a program cannot, where the compiler's own start files have none (as in
# Debian 12): the linker keeps what all of its parts have. There the marks at the functions tell.
set -eu
archive=$1
shift
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

    echo "$headers" | grep -q 'Type: *DYN' || say "is not position independent"
    case $file in
    *.so*) ;;
    *) echo "$dynamic" | grep -q 'FLAGS_1.*PIE' || say "is no PIE" ;;
    esac
    echo "$segments" | grep -q GNU_RELRO || say "has no RELRO segment"
    echo "$dynamic" | grep -qE 'BIND_NOW|FLAGS_1.*NOW' || say "binds functions late: RELRO is partial"
    echo "$segments" | grep GNU_STACK | grep -q 'RW ' || say "does not ask for a stack that is not run"
    if echo "$segments" | grep LOAD | grep -q RWE; then say "has a segment that is written and run"; fi
    if echo "$dynamic" | grep -q TEXTREL; then say "has code that the loader writes to"; fi
    if echo "$dynamic" | grep -qE 'RPATH|RUNPATH'; then say "looks for libraries in a folder of its own"; fi
    echo "$symbols" | grep -q __stack_chk_fail || say "has no stack protector"
    echo "$symbols" | grep -qE '__[a-z]+_chk(@|$)' || say "uses no fortified function"
    if echo "$headers" | grep -qE 'Machine:.*(X86-64|80386)'; then
        marked=$(LC_ALL=C objdump -d --no-show-raw-insn "$file" | grep -cE 'endbr(64|32)' || :)
        [ "$marked" -ge 100 ] || say "has $marked functions marked as targets of indirect calls"
    fi
done

file=$archive
objects=$(ar t "$archive" | wc -l)
if LC_ALL=C readelf -hW "$archive" 2> /dev/null | grep -qE 'Machine:.*(X86-64|80386)'; then
    marked=$(LC_ALL=C readelf -nW "$archive" 2> /dev/null | grep -cE 'IBT.*SHSTK')
    [ "$marked" -eq "$objects" ] || say "$((objects - marked)) of $objects objects are without -fcf-protection"
fi
[ $wrong = 0 ] && echo "hardened: $objects objects, $*"
exit $wrong
