"""Every report format, read back by something that is not ours, or held against what its readers demand.

    formats.py SOURCE_DIR PROGRAM

xmllint and prove are Debian packages; without them this fails, it does not skip. What needs packages from elsewhere is in
tests/validators/npm.sh."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

source, program = sys.argv[1:3]
failures = 0
work = tempfile.mkdtemp()


def fail(message):
    global failures
    failures += 1
    print("FAIL " + message)


def holds(condition, message):
    if not condition:
        fail(message)


def run(*arguments, cwd=None, code=None, env=None):
    done = subprocess.run([program, *arguments], capture_output=True, cwd=cwd or source,
                          env={**os.environ, "LANG": "zh_CN.UTF-8", **(env or {})})
    if done.returncode not in (0, 1, 2, 3) or (code is not None and done.returncode != code):
        fail("%s ended with %d, not %s: %s" % (arguments, done.returncode, code, done.stderr.decode()[:500]))
    return done.stdout.decode("utf-8")


def write(name, text):
    path = os.path.join(work, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return name


# ---- what is checked: the examples, and files that try to break out of the format ----
write("议案/a,b:c%.yaml", """action: 解散
rules: [wcasp]
date: 2026-11-21
title: ":: <b> & ]]> %0A ##[x"
declared: 通过
facts:
  proposer: {office: 副主席, name: "::add-mask::张三 ##[group]"}
  members: 8
  present: 7
  vote: {yes: 5, no: 2}
""")
write("议案/坏的.yaml", "action: 解散\nrules: [wcasp]\nfacts: {\"::set-output\": 1, ##[b: 2}\n")
write("议案/缺的.yaml", "action: 解散\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {proposer: {office: 主席}, members: 8}\n")
write("议案/两件.yaml", """rules: [wcasp]
date: 2026-11-21
facts: {members: 8, present: 8}
---
action: 决议
declared: 通过
facts: {vote: {yes: 4, no: 4}}
---
action: 决议
declared: 通过
facts: {vote: {yes: 3, no: 5}}
---
action: 决议
declared: 通过
facts: {vote: {yes: 3, no: 5}}
""")
write("议案/豁免.yaml", """action: 解散
rules: [wcasp]
date: 2026-11-21
declared: 通过
facts: {proposer: {office: 副主席}, members: 8, present: 8, vote: {yes: 7, no: 1}, announced: 是}
waivers: [{norm: dissolution-proposer, reason: 主席因病不能提议, by: 联盟大会, until: 2026-12-31}]
""")


def hostile_run(form, *more):
    return run("check", "-f", form, *more, "议案", cwd=work)


def reports(form, *more):
    yield "examples", run("check", "-f", form, *more, "rules/examples")
    yield "hostile", hostile_run(form, *more)
    yield "english", hostile_run(form, "--lang", "en", *more)


# ---- no line of any format begins with foreign text; no ##[ anywhere, no controls ----
FORMATS = ["text", "json", "jsonl", "sarif", "junit", "junit-strict", "tap", "github", "gitlab", "markdown", "html", "compact"]
for form in FORMATS:
    for name, text in reports(form):
        holds("##[" not in text, "%s: ##[ stands in the report" % form)
        for line in text.split("\n"):
            # of ours: the commands of github themselves
            holds(not line.lstrip().startswith("::") or form == "github", "%s: a line begins with ::: %s" % (form, line[:80]))
            holds(not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", line), "%s: a control: %r" % (form, line[:80]))

# ---- SARIF: what its schema cannot say (the schema itself: tests/validators/npm.sh) ----
KINDS = {"fail", "open", "review", "pass", "notApplicable", "informational"}


def check_sarif(text):
    log = json.loads(text)
    holds(log["version"] == "2.1.0" and log["$schema"].startswith("https://"), "sarif: version, $schema")
    (one,) = log["runs"]
    holds(one["columnKind"] == "unicodeCodePoints", "sarif: columnKind")
    holds(one["automationDetails"]["id"].endswith("/"), "sarif: automationDetails.id")
    rules = one["tool"]["driver"]["rules"]
    holds(len({r["id"] for r in rules}) == len(rules), "sarif: rule ids are unique")
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            holds(0 < len(rule[key]["text"]) <= 1024, "sarif: %s of %s" % (key, rule["id"]))
    prints = set()
    for r in one["results"]:
        holds(r["kind"] in KINDS and r["level"] in {"none", "note", "warning", "error"}, "sarif: kind, level")
        holds((r["kind"] == "fail") == (r["level"] != "none"), "sarif: level none unless fail")
        holds(rules[r["ruleIndex"]]["id"] == r["ruleId"], "sarif: ruleIndex")
        holds("suppressions" in r and bool(r["message"]["text"]), "sarif: suppressions, message")
        place = r["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        holds(re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri) and not uri.startswith("./"), "sarif: uri %s" % uri)
        holds(os.path.exists(os.path.join(work, urllib.parse.unquote(uri))) or
              os.path.exists(os.path.join(source, urllib.parse.unquote(uri))), "sarif: uri names no file: %s" % uri)
        region = place["region"]
        holds(region["startLine"] >= 1 and region.get("startColumn", 1) >= 1, "sarif: region")
        holds(region.get("endLine", region["startLine"]) >= region["startLine"], "sarif: endLine")
        if "endColumn" in region:
            holds(region["endColumn"] > region["startColumn"], "sarif: endColumn")
        for value in r["partialFingerprints"].values():
            holds(value not in prints, "sarif: a fingerprint twice")
            prints.add(value)
    return one["results"]


found_kinds = set()
for name, text in list(reports("sarif")) + list(reports("sarif", "-v")):
    found_kinds |= {r["kind"] for r in check_sarif(text)}
holds(found_kinds >= {"fail", "open", "review", "pass", "notApplicable"}, "sarif: kinds seen: %s" % found_kinds)
waived = [r for r in check_sarif(hostile_run("sarif")) if r["suppressions"]]
holds(len(waived) == 1 and waived[0]["suppressions"][0]["status"] == "accepted" and
      waived[0]["suppressions"][0]["justification"] == "主席因病不能提议", "sarif: the waiver is a suppression")

# ---- JUnit: well-formed by xmllint, counters equal the elements, names unique ----
for form in ("junit", "junit-strict"):
    for name, text in reports(form):
        subprocess.run(["xmllint", "--noout", "-"], input=text.encode(), check=True)
        cases = set()
        for suite in xml.etree.ElementTree.fromstring(text):
            for counter, tag in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
                holds(int(suite.get(counter)) == len(suite.findall(tag)), "%s: %s of %s" % (form, counter, suite.get("name")))
            for case in suite.findall("testcase"):
                key = (case.get("classname"), case.get("name"))
                holds(key not in cases, "%s: a case twice: %s" % (form, key))
                cases.add(key)
                holds(len(case) <= 1, "%s: more than one outcome of %s" % (form, key))
                holds(re.fullmatch("[0-9.]+", case.get("time")), "%s: time" % form)
                if form == "junit-strict":
                    holds(case.get("file") is None and case.find("skipped") is None, "strict: file or skipped")

# ---- TAP: through prove ----
for name, text in reports("tap"):
    lines = text.split("\n")
    points = [l for l in lines if re.match(r"(not )?ok \d+", l)]
    holds(lines[0] == "TAP version 13" and lines[-2] == "1..%d" % len(points), "tap: head and plan")
    path = os.path.join(work, "x.t")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    done = subprocess.run(["prove", "--exec", "cat", path], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    bad = sum(1 for l in points if l.startswith("not ok") and " # TODO " not in l)
    told = re.search(r"Failed: (\d+)\)", done.stdout)
    holds((int(told.group(1)) if told else 0) == bad, "tap: prove counts other failures than %d: %s" % (bad, done.stdout[-300:]))
    holds("Parse errors" not in done.stdout, "tap: prove cannot parse it")
    holds((done.returncode == 0) == (bad == 0), "tap: the code of prove")
good = run("check", "-f", "tap", "rules/examples/联盟-解散-8个成员赞成6.yaml", code=0)
done = subprocess.run(["prove", "--exec", "cat", os.path.join(work, write("good.t", good))], capture_output=True)
holds(done.returncode == 0, "tap: a compliant action passes")
os.makedirs(os.path.join(work, "empty"))
holds("Bail out!" in run("check", "-f", "tap", write("empty/nothing.yaml", "facts: {}\n"), cwd=work, code=2), "tap: nothing is no success")

# ---- GitHub: an inverse parser ----
LEVEL = re.compile(r"^::(error|warning) (.*?)::(.*)$")


def unescape(text, is_property):
    if is_property:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def parse_github(text):
    commands = []
    lines = text.rstrip("\n").split("\n")
    for line in lines[:-1]:
        match = LEVEL.match(line)
        holds(match, "github: not a command: %s" % line)
        if not match:
            continue
        properties = dict(p.split("=", 1) for p in match.group(2).split(","))
        commands.append((match.group(1), {k: unescape(v, True) for k, v in properties.items()}, unescape(match.group(3), False)))
    holds(not lines[-1].startswith("::"), "github: the total stands last")
    return commands


for name, text in reports("github"):
    commands = parse_github(text)
    levels = [c[0] for c in commands]
    holds(levels == sorted(levels), "github: worst first")
    for level, properties, message in commands:
        holds(set(properties) <= {"file", "line", "title"} and bool(message), "github: properties %s" % properties)
        holds(os.path.exists(os.path.join(work if name != "examples" else source, properties["file"])), "github: file %s" % properties["file"])
holds(any(c[1]["file"] == "议案/a,b:c%.yaml" for c in parse_github(hostile_run("github"))), "github: a hostile file name comes back")

# ---- GitLab: its schema, unique fingerprints, and the same ones when lines move ----
def parse_gitlab(text):
    entries = json.loads(text)
    for e in entries:
        holds(isinstance(e["description"], str) and e["severity"] in {"info", "minor", "major", "critical", "blocker"}, "gitlab: %s" % e)
        holds(isinstance(e["location"]["lines"]["begin"], int) and e["location"]["lines"]["begin"] >= 1, "gitlab: line")
        holds(not e["location"]["path"].startswith("./") and e["check_name"] in e["description"], "gitlab: path, id")
    prints = [e["fingerprint"] for e in entries]
    holds(len(set(prints)) == len(prints), "gitlab: fingerprints are unique")
    return prints


for name, text in reports("gitlab"):
    parse_gitlab(text)
before = parse_gitlab(run("check", "-f", "gitlab", "两件.yaml", cwd=work + "/议案"))
with open(work + "/议案/两件.yaml", encoding="utf-8") as f:
    moved = "# one line\n# and another\n" + f.read()
write("议案/两件.yaml", moved)
after = parse_gitlab(run("check", "-f", "gitlab", "两件.yaml", cwd=work + "/议案"))
holds(len(before) >= 3 and before == after, "gitlab: fingerprints move with the lines")
holds(run("check", "-f", "gitlab", "rules/examples/联盟-解散-8个成员赞成6.yaml") == "[]\n", "gitlab: [] when clean")

# ---- HTML: self-contained, balanced, no script ----
for langs in ("zh", "en", "zh,en"):
    text = hostile_run("html", "--lang", langs)
    holds("<script" not in text and "http://" not in text and "https://" not in text and "url(" not in text, "html: nothing from elsewhere")
    holds("default-src 'none'" in text, "html: the policy")
    for tag in ("div", "section", "span", "table", "tr", "td", "p", "h1", "h2", "h3", "dl", "ul", "li", "i"):
        holds(len(re.findall(r"<%s[ >]" % tag, text)) == text.count("</%s>" % tag), "html: <%s> is not balanced" % tag)
    holds(text.count('<div lang="') == len(langs.split(",")), "html: a part a language")
    holds("<b>" not in text, "html: foreign text as markup")

# ---- compact, and several formats in one run ----
for name, text in reports("compact"):
    for line in text.splitlines():
        holds(re.match(r"^\./.+:\d+:\d+: (error|warning): .+$", line), "compact: %s" % line)
run("check", "-f", "json", "-o", "a.json", "-f", "compact", "-o", "a.txt", "-f", "sarif", "-o", "a.sarif", "议案/缺的.yaml", cwd=work, code=3)
with open(work + "/a.json", encoding="utf-8") as f:
    holds(json.load(f)["results"][0]["verdict"] == "undetermined", "pairs: json")
with open(work + "/a.sarif", encoding="utf-8") as f:
    check_sarif(f.read())

# ---- the exit code is the same in every format ----
for path, code in (("议案/缺的.yaml", 3), ("议案/坏的.yaml", 2), ("议案/a,b:c%.yaml", 1), ("议案/豁免.yaml", 0)):
    for form in FORMATS:
        run("check", "-f", form, path, cwd=work, code=code)

shutil.rmtree(work)
print("%d failures" % failures)
sys.exit(1 if failures else 0)
