"""tools/coverage.py COVERAGE.json [--missed]: lines and branches by file, by layer and in total, from what
gcovr counted; with --missed also each line that has a branch which no test takes."""
import collections
import json
import sys


def counts(file):
    lines = [line for line in file["lines"] if not line.get("gcovr/noncode")]
    branches = [branch for line in lines for branch in line.get("branches", [])]
    return [len(lines), sum(line["count"] > 0 for line in lines),
            len(branches), sum(branch["count"] > 0 for branch in branches)]


def shown(name, figures):
    lines, reached, branches, taken = figures
    return "%-34s %6d %6d %6.1f%% %8d %6d %6.1f%%" % (
        name, lines, lines - reached, 100 * reached / max(lines, 1),
        branches, branches - taken, 100 * taken / max(branches, 1))


def missed(file):
    with open(file["file"], encoding="utf-8") as source:
        text = source.read().split("\n")
    for line in file["lines"]:
        taken = "".join("+" if b["count"] else "-" for b in line.get("branches", []))
        if not line.get("gcovr/noncode") and (line["count"] == 0 or "-" in taken):
            number = line["line_number"]
            print("%s:%d: %s %s" % (file["file"], number, taken, text[number - 1].strip()))


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        files = json.load(source)["files"]
    layers = collections.defaultdict(lambda: [0, 0, 0, 0])
    if "--missed" in sys.argv:
        for file in files:
            missed(file)
    print("%-34s %6s %6s %7s %8s %6s %7s" % ("", "lines", "missed", "", "branches", "missed", ""))
    for file in files:
        figures = counts(file)
        if figures[0] > 0:
            print(shown(file["file"], figures))
        for name in (file["file"].rsplit("/", 1)[0], "total"):
            layers[name] = [a + b for a, b in zip(layers[name], figures)]
    print()
    for name in sorted(layers, key=lambda name: (name == "total", name)):
        print(shown(name, layers[name]))


main()
