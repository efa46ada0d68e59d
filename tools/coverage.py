"""tools/coverage.py COVERAGE.json [--missed]: lines and branches by file, by layer and in total, from what
gcovr counted; with --missed also each line that has a branch which no test takes.

What cannot be reached is asserted; what cannot even be asserted is marked in the source, with its reason:
    if (handle == NULL) /* unreached: the loader has found the library before */
The comment stands on the line, or by itself above it. What no test reaches of a marked line is not
counted but listed; so is a mark that a test refutes."""
import collections
import json
import re
import sys

MARK = re.compile(r"(.*?)/\* unreached: (.*?)(\*/|$)")


def marks(name):
    """Which lines of a source file are marked: number -> reason."""
    found = {}
    with open(name, encoding="utf-8") as source:
        text = source.read().split("\n")
    for number, line in enumerate(text, 1):
        mark = MARK.match(line)
        if mark is None:
            continue
        reason, end, last = mark.group(2).strip(), mark.group(3), number
        while not end and last < len(text):
            more = re.match(r"[\s*]*(.*?)(\*/|$)", text[last])
            reason, end, last = reason + " " + more.group(1).strip(), more.group(2), last + 1
        found[number if mark.group(1).strip() else last + 1] = reason.strip()
    return found


def counts(file):
    """Lines, those reached, branches, those taken; and what is marked: (number, reason, refuted)."""
    marked, told = marks(file["file"]), []
    lines = reached = branches = taken = 0
    for line in file["lines"]:
        if line.get("gcovr/noncode"):
            continue
        hits = [branch["count"] > 0 for branch in line.get("branches", [])]
        missed = line["count"] == 0 or not all(hits)
        number = line["line_number"]
        if number in marked:
            told.append((number, marked[number], not missed))
            if missed:
                lines, reached = lines + (line["count"] > 0), reached + (line["count"] > 0)
                branches, taken = branches + sum(hits), taken + sum(hits)
                continue
        lines, reached = lines + 1, reached + (line["count"] > 0)
        branches, taken = branches + len(hits), taken + sum(hits)
    return [lines, reached, branches, taken], told


def shown(name, figures):
    lines, reached, branches, taken = figures
    return "%-34s %6d %6d %6.1f%% %8d %6d %6.1f%%" % (
        name, lines, lines - reached, 100 * reached / max(lines, 1),
        branches, branches - taken, 100 * taken / max(branches, 1))


def missed(file):
    with open(file["file"], encoding="utf-8") as source:
        text = source.read().split("\n")
    marked = marks(file["file"])
    for line in file["lines"]:
        taken = "".join("+" if b["count"] else "-" for b in line.get("branches", []))
        number = line["line_number"]
        if not line.get("gcovr/noncode") and (line["count"] == 0 or "-" in taken) and number not in marked:
            print("%s:%d: %s %s" % (file["file"], number, taken, text[number - 1].strip()))


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        files = json.load(source)["files"]
    layers = collections.defaultdict(lambda: [0, 0, 0, 0])
    told = []
    if "--missed" in sys.argv:
        for file in files:
            missed(file)
    print("%-34s %6s %6s %7s %8s %6s %7s" % ("", "lines", "missed", "", "branches", "missed", ""))
    for file in files:
        figures, marked = counts(file)
        told += [(file["file"], *mark) for mark in marked]
        if figures[0] > 0:
            print(shown(file["file"], figures))
        for name in (file["file"].rsplit("/", 1)[0], "total"):
            layers[name] = [a + b for a, b in zip(layers[name], figures)]
    print()
    for name in sorted(layers, key=lambda name: (name == "total", name)):
        print(shown(name, layers[name]))
    for name, number, reason, refuted in told:
        print("%s:%d: %s: %s" % (name, number, "marked, but reached" if refuted else "not reached", reason))


if __name__ == "__main__":
    main()
