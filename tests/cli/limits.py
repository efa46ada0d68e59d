#!/usr/bin/env python3
"""Every limit, from the table of `bylaw help limits`: input that comes to N is read where the limit is N,
and refused where it is N - 1, by a message that names the number and the option that raises it, in both
languages. The table in rules/FORMAT.md has the same names and defaults.

    limits.py BYLAW PROJECT FIXTURE"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

bylaw, project, fixture = (pathlib.Path(arg).resolve() for arg in sys.argv[1:4])
ACTION = "action: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
HEAD = "ruleset: wcasp\ntitle: {zh: 试, en: trial}\nuses: [assembly]\n"
NORM = "  - {id: n%d, provision: wcasp:7.1d, on: [resolution], modality: must, require: all_called, says: {zh: 要, en: must}}\n"


def run(*args, lang="en"):
    done = subprocess.run([bylaw, *args, "--lang", lang], capture_output=True, text=True, timeout=300)
    # a message may be wrapped: blanks at the folds say nothing
    return done.returncode, re.sub(r"\n\s*", " ", done.stdout + done.stderr)


def action(text, *options):
    pathlib.Path("a.yaml").write_text(text)
    return ["check", "-r", "wcasp.yaml", "a.yaml", *options]


def rules(text):
    pathlib.Path("wcasp.yaml").write_text(text)
    return ["lint", "wcasp.yaml"]


def file_size(n):
    return action(ACTION + "#" * (n - len(ACTION)))


def nesting(n):  # a map, and lists in it
    return action("x: " + "[" * (n - 1) + "]" * (n - 1) + "\n")


def entries(n):  # a list, and what is in it
    return action("[" + ", ".join("1" for _ in range(n - 1)) + "]\n")


def anchors(n):
    return action("".join(f"- &a{i} x\n" for i in range(n)))


def scalar_size(n):
    return action(f"{ACTION}title: {'x' * n}\n")


def mistakes(n):
    return action("".join("a: 1\n" for i in range(n + 1)))


def norms(n):
    return rules(HEAD + "norms:\n" + "".join(NORM % i for i in range(n)))


def kinds(n):
    return rules(HEAD + "kinds:\n" + "".join(f"  k{i}: {{zh: 种{i}, en: k{i}}}\n" for i in range(n)) +
                 "norms:\n" + NORM % 0)


def uses(n):  # the rule set itself uses the first
    for i in range(n):
        more = f"uses: [v{i + 1}]\n" if i + 1 < n else ""
        pathlib.Path(f"vocabulary/v{i}.yaml").write_text(
            f"vocabulary: v{i}\n{more}units: {{u{i}: {{zh: 个, en: [one, ones]}}}}\n")
    return rules(HEAD.replace("[assembly]", "[assembly, v0]") + "norms:\n" + NORM % 0)


def type_nesting(n):
    return rules(f"{HEAD}facts: {{f: {{type: \"{'list(' * n}int{')' * n}\", zh: 甲, en: f}}}}\nnorms:\n" + NORM % 0)


def kind_paths(n):
    above = "".join(f"  k{i}: {{zh: 种{i}, en: k{i}}}\n" for i in range(n))
    names = ", ".join(f"k{i}" for i in range(n))
    return rules(f"{HEAD}kinds:\n{above}  o: {{is: [{names}], zh: 下, en: below}}\nnorms:\n" + NORM % 0)


def expression_nesting(n):
    return ["eval", "(" * (n - 1) + "1" + ")" * (n - 1)]


def expression_parts(n):
    return ["eval", "[" + ",".join("1" for _ in range(n - 1)) + "]"]


def expression_size(n):
    return ["eval", "'" + "甲" * (n - 2) + "'"]


def cost(_):
    return ["eval", "[1, 2, 3, 4, 5].map(x, x * x).all(x, x > 0)"]


def regex_states(n):  # one a character, and the end
    return ["eval", f"'x'.matches('{'a' * (n - 1)}')"]


def readings_tried(n):  # two readings of two options: four combinations
    assert n == 4
    options = "options: {a: {zh: 一, en: one}, b: {zh: 二, en: two}}"
    rules(HEAD + "readings:\n" + "".join(f"  r{i}: {{asks: {{zh: 问, en: asked}}, default: a, {options}}}\n"
                                         for i in range(2)) +
          "norms:\n  - {id: n, provision: wcasp:7.1d, on: [resolution], modality: condition,\n"
          "     threshold: {count: vote.yes, of: present, at_least: 1/2},\n"
          "     readings: {r0.b: {threshold: {more_than: 1/2}}, r1.b: {threshold: {of: members}}},\n"
          "     says: {zh: 要, en: must}}\n")
    return action(ACTION + "facts: {members: 8, present: 8, vote: {yes: 4, no: 4}}\n", "--readings")


def folders(n):
    folder = pathlib.Path("f" + "/f" * n)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.yaml").write_text(ACTION)
    return ["check", "-r", "wcasp.yaml", "f"]


# name: what comes to N, N; the exit code beyond (2: refused)
CASES = {
    "file-size": (file_size, 20000, 2), "nesting": (nesting, 20, 2), "entries": (entries, 3000, 2),
    "anchors": (anchors, 10, 2), "scalar-size": (scalar_size, 200, 2), "mistakes": (mistakes, 5, 2),
    "norms": (norms, 4, 2), "kinds": (kinds, 6, 2), "uses": (uses, 5, 2), "type-nesting": (type_nesting, 4, 2),
    "kind-paths": (kind_paths, 5, 2), "expression-nesting": (expression_nesting, 20, 2),
    "expression-parts": (expression_parts, 30, 2), "expression-size": (expression_size, 40, 2),
    "cost": (cost, None, 2), "regex-states": (regex_states, 12, 2), "readings-tried": (readings_tried, 4, 0),
    "folders": (folders, 5, 2),
}
# where the usual limit itself can be met in a moment
USUAL = ["nesting", "anchors", "mistakes", "uses", "type-nesting", "kind-paths", "expression-nesting",
         "regex-states", "folders"]
failures = 0


def fail(what):
    global failures
    failures += 1
    print(what)


def is_named(out, name, most, lang):
    return f"--limit {name}=" in out and re.search(rf"(?<![0-9]){most}(?![0-9])", out) is not None and \
        ("可放宽" if lang == "zh" else "raises it") in re.sub(" ", "" if lang == "zh" else " ", out)


def boundary(argv, name):
    """The least limit within which the input is read."""
    low, high = 1, 10**6
    while low < high:
        middle = (low + high) // 2
        code, _ = run(*argv, "--limit", f"{name}={middle}")
        low, high = (low, middle) if code == 0 else (middle + 1, high)
    return low


def try_case(name, make, n, beyond):
    argv = make(n)
    n = boundary(argv, name) if n is None else n
    code, out = run(*argv, "--limit", f"{name}={n}")
    if f"--limit {name}=" in out:
        fail(f"{name}: {n} is refused within {n}: {out[:300]}")
    for lang in ("zh", "en"):
        code, out = run(*argv, "--limit", f"{name}={n - 1}", lang=lang)
        if code != beyond or not is_named(out, name, n - 1, lang):
            fail(f"{name}: {n} within {n - 1}, {lang}: exit {code}, {out[:300]}")


def try_usual(name, make, most):
    code, out = run(*make(most))
    if f"--limit {name}=" in out:
        fail(f"{name}: the usual {most} is refused: {out[:300]}")
    argv = make(most + 1)
    code, out = run(*argv)
    if code != 2 or not is_named(out, name, most, "en"):
        fail(f"{name}: {most + 1} is read: exit {code}, {out[:300]}")
    code, out = run(*argv, "--limit", f"{name}={most + 1}")
    if f"--limit {name}=" in out:
        fail(f"{name}: {most + 1} is refused within {most + 1}: {out[:300]}")


def try_option():
    for given in ("nestin=20", "nesting", "nesting=0", "nesting=1001", "nesting=many", "nesting=20x"):
        code, out = run("eval", "1", "--limit", given)
        if code != 2 or "--limit" not in out:
            fail(f"--limit {given}: exit {code}, {out[:200]}")
    for given in ("nesting=1000", "file-size=128M", "scalar-size=2K"):
        code, out = run("eval", "1", "--limit", given)
        if code != 0:
            fail(f"--limit {given}: exit {code}, {out[:200]}")
    argv = nesting(20)
    pathlib.Path(".bylaw.yaml").write_text("limits: {nesting: 10}\n")
    code, out = run(*argv)
    if not is_named(out, "nesting", 10, "en"):
        fail(f"limits: of the settings are not heeded: {out[:200]}")
    code, out = run(*argv, "--limit", "nesting=20")
    if "--limit nesting=" in out:
        fail("the command line does not go before the settings")
    pathlib.Path(".bylaw.yaml").write_text("limits: {nestin: 10}\n")
    code, out = run(*argv)
    if code != 2 or ".bylaw.yaml:1" not in out:
        fail(f"an unknown limit in the settings: exit {code}, {out[:200]}")
    pathlib.Path(".bylaw.yaml").unlink()


def main():
    done = subprocess.run([bylaw, "help", "limits", "--lang", "en"], capture_output=True, text=True, check=True)
    usual = {m[1]: int(m[2]) for m in re.finditer(r"^([a-z-]+) +(\d+)  ", done.stdout, re.M)}
    table = {m[1]: int(m[2].replace(",", "")) for m in
             re.finditer(r"^\|[^|]*\| `([a-z-]+)` \| ([0-9,]+)[^|]*\|", (project / "rules/FORMAT.md").read_text(), re.M)}
    if usual != table:
        fail(f"FORMAT.md has other limits than the program: {json.dumps(sorted(set(usual.items()) ^ set(table.items())))}")
    if set(CASES) != set(usual):
        fail(f"no case for {set(usual) ^ set(CASES)}")
    with tempfile.TemporaryDirectory() as folder:
        for part in ("vocabulary", "provisions"):
            (pathlib.Path(folder) / part).mkdir()
            for path in (fixture / part).iterdir():
                (pathlib.Path(folder) / part / path.name).write_bytes(path.read_bytes())
        os.chdir(folder)
        for name, (make, n, beyond) in CASES.items():
            pathlib.Path("wcasp.yaml").write_bytes((fixture / "wcasp.yaml").read_bytes())
            try_case(name, make, n, beyond)
            if name in USUAL:
                pathlib.Path("wcasp.yaml").write_bytes((fixture / "wcasp.yaml").read_bytes())
                try_usual(name, make, usual[name])
        pathlib.Path("wcasp.yaml").write_bytes((fixture / "wcasp.yaml").read_bytes())
        try_option()
        os.chdir("/")
    return failures > 0


sys.exit(main())
