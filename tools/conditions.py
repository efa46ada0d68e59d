"""llvm-cov show --show-mcdc ... FILE | tools/conditions.py FILE: how many conditions of the file's decisions
(those of two conditions or more) the tests show to matter by themselves (MC/DC), and which they do not.
A line marked as tools/coverage.py has it is not counted but listed."""
import re
import sys

import coverage

CONDITION = re.compile(r"\s*\|\s+Condition C(\d+) --> \((\d+):(\d+)\)")
PAIR = re.compile(r"\s*\|\s+C(\d+)-Pair: (.*)")


def conditions(lines):
    """(line, column) -> shown by any of the functions that were made of it."""
    found, places = {}, {}
    for line in lines:
        at = CONDITION.match(line)
        if at:
            places[at.group(1)] = (int(at.group(2)), int(at.group(3)))
        pair = PAIR.match(line)
        if pair and not pair.group(2).startswith("constant"):
            place = places[pair.group(1)]
            found[place] = found.get(place, False) or pair.group(2).startswith("covered")
    return found


def main():
    name = sys.argv[1]
    found = conditions(sys.stdin)
    marked = coverage.marks(name)
    with open(name, encoding="utf-8") as source:
        text = source.read().split("\n")
    counted = {place: shown for place, shown in found.items() if shown or place[0] not in marked}
    print("%-34s %4d conditions, %4d not shown, %5.1f%%" % (
        name, len(counted), sum(not shown for shown in counted.values()),
        100 * sum(counted.values()) / max(len(counted), 1)))
    for (line, column), shown in sorted(found.items()):
        if not shown and line in marked:
            print("    %d:%d not reached: %s" % (line, column, marked[line]))
        elif not shown:
            print("    %d:%d not shown: %s" % (line, column, text[line - 1].encode()[column - 1:].decode()))


if __name__ == "__main__":
    main()
