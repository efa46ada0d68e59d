#!/usr/bin/env python3
"""Makes what fuzzing begins with out of the project's own files:

    seeds.py PROJECT OUT

OUT/TARGET/* are seeds, OUT/TARGET.dict a dictionary in libFuzzer's format. The same files give the
same seeds."""
import hashlib
import json
import pathlib
import re
import sys

import yaml

project, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
fixture = project / "tests/fixtures/wcasp"
LARGEST = 20000  # a longer text teaches nothing that a part of it does not


def text(path):
    return path.read_text(encoding="utf-8")


class Plain(yaml.SafeLoader):
    """Scalars as they are written."""


Plain.yaml_implicit_resolvers = {}


def value(text_):
    return list(yaml.load_all(text_, Loader=Plain))


class Seeds:
    def __init__(self, target):
        self.folder = out / target
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.iterdir():
            old.unlink()
        self.count = 0
        self.seen = set()

    def add(self, content):
        if not content or content in self.seen or len(content.encode()) > LARGEST:
            return
        self.seen.add(content)
        (self.folder / f"{self.count:04}").write_text(content, encoding="utf-8")
        self.count += 1


def edited_sets():
    """The fixture, and each of its copies with one mistake (tests/rules/*.cases)."""
    whole = text(fixture / "wcasp.yaml")
    yield whole
    for name in ("mistakes.cases", "lint.cases"):
        for piece, by in re.findall(r"^- (.*)\n\+ (.*)$", text(project / "tests/rules" / name), re.M):
            old, new = piece.replace("\\n", "\n"), by.replace("\\n", "\n")
            if old in whole:
                yield whole.replace(old, new, 1)


def pieces_of_sets():
    """The bundled sets, cut down to a few norms each, under the fixture's vocabulary and their own."""
    for path in sorted((project / "rules").glob("*.yaml")):
        if path.name.count(".") > 1:
            continue
        head, *norms = re.split(r"^(?=  - \{?id:)", text(path), flags=re.M)
        for i in range(0, len(norms), 12):
            yield "ruleset: wcasp\ntitle: {zh: 试, en: trial}\nuses: [assembly]\nnorms:\n" + "".join(norms[i:i + 12])


def examples():
    for path in sorted((project / "rules/examples").glob("*.yaml")):
        yield text(path)


def cases():
    """The rule tests, each as an action of its own."""
    for path in sorted((project / "rules").glob("*.test.yaml")):
        tests = value(text(path))[0]
        for case in tests["cases"][::4]:
            if "facts" in case:
                yield {"action": case["action"], "rules": [tests["tests"]],
                       "date": case.get("date", tests.get("date", "2026-11-21")), "facts": case["facts"]}


def records():
    """The lines of tests/check/test_record.c and of the benchmark."""
    for line in re.findall(r'^    \{("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*), (?:true|false)\}',
                           text(project / "tests/check/test_record.c"), re.M):
        joined = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', line))
        yield re.sub(r'\\(["\\])', r"\1", joined).replace("\\r\\n", "\r\n")


def shown(name, begins):
    """What a transcript shows or writes that begins so, up to the next line that is none of it."""
    lines, out = text(project / f"tests/cli/{name}.transcript").split("\n"), []
    for i, line in enumerate(lines):
        if re.match(begins, line):
            end = next(k for k in range(i, len(lines)) if re.match(r"%|\[\d\] \$", lines[k]))
            out.append("\n".join(lines[i:end]) + "\n")
    return out


def baselines():
    """Those of tests/cli/baseline.transcript; two entries; and the same in YAML."""
    for one in shown("baseline", r"\{"):
        yield one
        yield "=yaml\n" + one
    known = value(shown("baseline", r"\{$")[0])[0]["accepted"][0]
    second = {"file": "议案/决议.yaml", "id": "wcasp/majority", "fingerprint": "0" * 64}
    yield json.dumps({"schema_version": 1, "accepted": [known, second]}, ensure_ascii=False)
    yield json.dumps({"schema_version": 1, "accepted": []})
    yield "=yaml\nschema_version: 1\naccepted:\n" + "".join(
        f"  - {{file: {e['file']}, id: {e['id']}, fingerprint: {e['fingerprint']}}}\n" for e in (known, second))


def verdict_records():
    """The one of tests/cli/record.transcript, its digests made whole and its own put right; cut down
    to one action; and the one that is all mistakes."""
    one, mistaken = shown("record", r'\{"schema_version":1,$')[0], shown("record", r'\{"schema_version":2,')[0]
    yield mistaken
    one = re.sub(r'"([0-9a-f]{6})…"', lambda m: f'"{m[1] + "0" * 58}"', one).replace("…", "1")
    body = one[:one.index(',\n"sha256":')]
    lines = body.split("\n")
    first = next(i for i, line in enumerate(lines) if '"verdict"' in line)
    short = "\n".join(lines[:first] + [lines[first].rstrip(",")] + lines[-1:])
    for content in (body, short, body.replace('"rules":["./wcasp"]',
                    '"rules":["./wcasp"],"set":[{"name":"present","value":"8"}],"reading":[{"name":"half","value":'
                    '"exclusive"}],"at":"2027-01-01","strict":true,"select":["maj*"],"ignore":["one-vote"],"line":5')):
        yield content + ',\n"sha256":"' + hashlib.sha256(content.encode()).hexdigest() + '"}\n'
        yield content.replace("compliant", "violation", 1) + ',\n"sha256":"' + "0" * 64 + '"}\n'


def expressions():
    for path in sorted((project / "tests/expr/cases").glob("*.cases")):
        for line in re.findall(r"^> (.*)$", text(path), re.M):
            yield line
    for path in sorted((project / "rules").rglob("*.yaml")):
        for line in re.findall(r"\b(?:require|when|derive|decides): (\"[^\"]*\"|[^,}\n]*)", text(path)):
            yield line.strip('"')


def words_of_schemas():
    found = set()

    def walk(node):
        if isinstance(node, dict):
            found.update(node.get("properties", {}))
            found.update(v for v in node.get("enum", []) if isinstance(v, str))
            for below in node.values():
                walk(below)
        elif isinstance(node, list):
            for below in node:
                walk(below)

    for path in sorted((project / "rules/schema").glob("*.json")):
        walk(json.loads(text(path)))
    return sorted(found)


SIGNS = [": ", "\n", "{", "}", "[", "]", "'", '"', "-", "- ", "#", "&a ", "*a", "!", "|\n", "---\n", "null", "true",
         "no", "1/2", "三分之二", "-1", "9223372036854775807", "2026-02-30", "二〇二六年", "none", "无", "\t", "，", "：",
         "２", "\u202e", "=set\n", "=yaml\n", "\\u0000", "\\ud83d\\udcdc", "1e400", "0.5", "1E-3", "\ufeff"]


def expression_words():
    found = {w for w in re.findall(r"`([^`\n]+)`", text(project / "rules/EXPRESSIONS.md")) if len(w) < 40}
    found.update(["&&", "||", "?", ".?", "[?", "0x1f", "1.5", "2u", "b'x'", "r'\\d'", "'''", "cel.bind(x, ", ".all(x, ",
                  ".exists(x, y, ", ".map(x, ", "optional.of(", "has(", "a.b", "9223372036854775807", "`a b`", "// c\n"])
    return sorted(found)


def write_dictionary(target, words):
    def quoted(word):
        return "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in word.encode())

    (out / f"{target}.dict").write_text("".join(f'"{quoted(w)}"\n' for w in words if w), encoding="ascii")


def fill(target, contents, words):
    seeds = Seeds(target)
    for content in contents:
        seeds.add(content)
    write_dictionary(target, words)


def main():
    keys = words_of_schemas() + SIGNS
    vocabulary, provisions = text(fixture / "vocabulary/assembly.yaml"), text(fixture / "provisions/wcasp.yaml")
    register = text(project / "rules/examples/名册.yaml")
    sets, actions = list(edited_sets()), list(examples())
    as_json = [json.dumps(d, ensure_ascii=False) for t in actions for d in value(t)] + \
              [json.dumps(c, ensure_ascii=False) for c in cases()]

    fill("expr", expressions(), expression_words())
    fill("ruleset", sets + list(pieces_of_sets()) +
         [sets[0] + "\n=vocabulary\n" + vocabulary, sets[0] + "\n=provisions\n" + provisions], keys)
    fill("yaml", actions + as_json[::5], keys)
    fill("json", as_json + list(records()) + ["[" + ",".join(as_json[:3]) + "]"], keys)
    fill("register", [register] + [a for a in actions if "roll" in a or "present" in a], keys)
    sentences = re.findall(r"gist: \{zh: ([^,}]*)", provisions)
    drawn = "第一章 总则\n" + "".join(f"第{n}条 {s}。\n" for n, s in zip("一二三四五六七八九十", sentences))
    fill("source", [drawn, drawn + "\n=provisions\n" + provisions], ["第", "条", "章", "（一）", "\n", " ", "　", "=provisions\n"] + keys)
    fill("settings", ["=config\nrules: [wcasp]\nfacts: 名册.yaml\nreadings: {half: exclusive}\nlang: zh\n"
                      "formats: [text, {sarif: bylaw.sarif}]\nfail-on: caution\nstrict: true\n",
                      "=waivers\nwaivers:\n  - {norm: all-called, reason: 特例, by: 大会, until: 2027-01-01}\n",
                      "=mutants\n" + text(project / "rules/wcasp.mutants.yaml")] +
         ["=tests\n" + yaml.safe_dump({"tests": "wcasp", "cases": [c]}, allow_unicode=True)
          for c in value(text(project / "rules/wcasp.test.yaml"))[0]["cases"][::8]], keys)
    fill("baseline", baselines(), ["0" * 64] + keys)
    fill("record", list(verdict_records()) + ["=yaml\n" + a for a in actions[::2]] +
         ["=damage\n" + d for d in ("\x00\x20\x01", "\x01\x00\x00x", "\x02\x10\x40", "\x03\x00\x01\"", "\x04\x44\x02,,")],
         ["0" * 64, "=damage\n", "compliant", "violation", "satisfied", "not-governed", "adopted"] + keys)
    fill("check", actions[::3] + ["=set\n" + s + "\n=yaml\n" + a for s, a in zip(sets, actions)] +
         ["=register\n" + register] + ["=json\n" + j for j in as_json[::20]], keys)


main()
