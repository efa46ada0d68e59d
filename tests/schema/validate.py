"""Validates every shipped file, and reports that the program writes of them, against the JSON Schemas.

    validate.py SOURCE_DIR PROGRAM

Scalars are read as YAML 1.2 reads them (no, on, yes are texts; a date is a text), as an editor does. The schemas are
also tried on mistakes that they must find: a schema that accepts everything proves nothing."""
import copy
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import yaml


class Core(yaml.SafeLoader):
    """The core schema of YAML 1.2, without floats: nothing of ours is one."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))

source, program = sys.argv[1:3]
failures = 0
checked = 0


def schema(name):
    with open(os.path.join(source, "rules/schema/bylaw-" + name + ".schema.json"), encoding="utf-8") as f:
        return json.load(f)


validators = {}
for path in sorted(glob.glob(os.path.join(source, "rules/schema/*.schema.json"))):
    name = os.path.basename(path)[len("bylaw-") : -len(".schema.json")]
    jsonschema.Draft7Validator.check_schema(schema(name))
    validators[name] = jsonschema.Draft7Validator(schema(name))


def complain(what, error):
    global failures
    failures += 1
    print("%s: %s: %s" % (what, "/".join(str(p) for p in error.absolute_path), error.message[:300]))


def check(name, value, what):
    global checked
    checked += 1
    for error in validators[name].iter_errors(value):
        complain(what, error)


def documents(path):
    with open(path, encoding="utf-8") as f:
        return [d for d in yaml.load_all(f, Loader=Core) if d is not None]


# Definitions of one name are the same in every schema: they are copied so that each file stands alone.
shared = {}
for name in validators:
    for key, value in schema(name).get("definitions", {}).items():
        if name != "report" and shared.setdefault(key, value) != value:
            failures += 1
            print("%s: the definition %s differs from that of another schema" % (name, key))

actions = []
for pattern, name in (
    ("rules/*.yaml", "ruleset"),
    ("rules/*.test.yaml", "tests"),
    ("rules/vocabulary/*.yaml", "vocabulary"),
    ("rules/provisions/*.yaml", "provisions"),
    ("rules/examples/*.yaml", "action"),
    ("tests/fixtures/wcasp/*.yaml", "ruleset"),
    ("tests/fixtures/wcasp/vocabulary/*.yaml", "vocabulary"),
    ("tests/fixtures/wcasp/provisions/*.yaml", "provisions"),
):
    paths = sorted(glob.glob(os.path.join(source, pattern)))
    if not paths:
        failures += 1
        print("no file %s" % pattern)
    for path in paths:
        if name == "ruleset" and path.endswith((".test.yaml", ".mutants.yaml")):
            continue
        found = documents(path)
        if name == "action":
            actions.append(path)
        for value in found:
            is_register = name == "action" and set(value) == {"facts"} and len(found) == 1
            check("register" if is_register else name, value, os.path.relpath(path, source))

# What the schemas must refuse.
mistakes = (
    ("ruleset", "rules/wcasp.yaml", lambda v: v["norms"][0].update(modalty="must")),
    ("ruleset", "rules/wcasp.yaml", lambda v: v["norms"][0].update(modality="musst")),
    ("ruleset", "rules/wcasp.yaml", lambda v: v["norms"][0]["says"].pop("en")),
    ("ruleset", "rules/wcasp.yaml", lambda v: v.pop("title")),
    ("vocabulary", "rules/vocabulary/assembly.yaml", lambda v: v["facts"]["present"].update(tpye="count")),
    ("vocabulary", "rules/vocabulary/assembly.yaml", lambda v: v["facts"]["present"].update(open_until="later")),
    ("provisions", "rules/provisions/wcasp.yaml", lambda v: v["items"][0].update(anchor="abc")),
    ("provisions", "rules/provisions/wcasp.yaml", lambda v: v["items"][0].pop("gist")),
    ("tests", "rules/wcasp.test.yaml", lambda v: v["cases"][0].update(acton="x")),
    ("action", None, lambda v: v.update(dat="2026-01-01")),
    ("action", None, lambda v: v.update(declared="perhaps")),
    ("action", None, lambda v: v.update(waivers=[{"norm": "x"}])),
    ("register", None, lambda v: v.update(fact={})),
    ("waivers", None, lambda v: v["waivers"][0].pop("reason")),
)
plain = {
    "action": {"action": "解散", "rules": ["wcasp"], "date": None, "facts": {"members": 8}},
    "register": {"facts": {}},
    "waivers": {"waivers": [{"norm": "wcasp/majority", "reason": "x", "by": "y", "until": "2026-12-31"}]},
}
for name, path, spoil in mistakes:
    good = documents(os.path.join(source, path))[0] if path else plain[name]
    check(name, good, name)
    bad = copy.deepcopy(good)
    spoil(bad)
    if validators[name].is_valid(bad):
        failures += 1
        print("%s: a mistake is not found" % name)


def run(*arguments):
    done = subprocess.run([program, "check", *arguments], capture_output=True, cwd=source)
    if done.returncode not in (0, 1, 2, 3):
        sys.exit("%s ended with %d: %s" % (arguments, done.returncode, done.stderr.decode()))
    return done.stdout.decode("utf-8")


report = json.loads(run("-f", "json", "rules/examples"))
check("report", report, "report")
if len(report["results"]) < len(actions) / 2:
    sys.exit("the report holds %d results of %d files" % (len(report["results"]), len(actions)))
for line in run("-f", "jsonl", "rules/examples").splitlines():
    check("report", json.loads(line), "a line of the report")
bad = copy.deepcopy(report)
bad["results"][0]["verdict"] = "fine"
if validators["report"].is_valid(bad):
    failures += 1
    print("report: a mistake is not found")

# A verdict record, what is told of it, and both spoilt.
with tempfile.TemporaryDirectory() as folder:
    record = os.path.join(folder, "record.json")
    run("--record", record, "-f", "json", "--at", "2026-12-31", "--set", "present=7", "rules/examples")
    with open(record, encoding="utf-8") as f:
        value = json.load(f)
    check("record", value, "the record")
    if len(value["actions"]) < len(actions) / 2:
        sys.exit("the record holds %d actions of %d files" % (len(value["actions"]), len(actions)))
    for spoil in (
        lambda v: v["actions"][0].update(verdict="fine"),
        lambda v: v["actions"][0]["rules"][0]["findings"][0].update(satus="satisfied"),
        lambda v: v["inputs"][0].update(sha256="abc"),
        lambda v: v.pop("options"),
    ):
        bad = copy.deepcopy(value)
        spoil(bad)
        if validators["record"].is_valid(bad):
            failures += 1
            print("record: a mistake is not found")
    value["actions"][0]["verdict"] = "violation" if value["actions"][0]["verdict"] != "violation" else "compliant"
    value["actions"].pop()
    with open(record, "w", encoding="utf-8") as f:
        json.dump(value, f)
    told = subprocess.run([program, "verify", "-f", "json", record], capture_output=True)
    if told.returncode != 1:
        sys.exit("verify ended with %d: %s" % (told.returncode, told.stderr.decode()))
    told = json.loads(told.stdout)
    check("verify", told, "what differs from the record")
    if not told["altered"] or told["actions_differing"] != 2:
        failures += 1
        print("verify: the spoilt record is told as %s" % told)
    told["differences"][0]["kind"] = "other"
    if validators["verify"].is_valid(told):
        failures += 1
        print("verify: a mistake is not found")

# What an amendment changes: the bundled sets against one another, and the fixture against drafts of it.
def differences(before, after):
    told = subprocess.run([program, "diff", "-f", "json", before, after], capture_output=True, cwd=source)
    if told.returncode != 0:
        sys.exit("diff ended with %d: %s" % (told.returncode, told.stderr.decode()))
    value = json.loads(told.stdout)
    check("diff", value, "diff %s %s" % (before, after))
    return value


edits = (
    ("at_least: 1/2", "more_than: 1/2"),
    ("more_than: 1/2", "at_least: 2/3"),
    ("of: members, at_least: 2/3", "of: present, at_least: 3/4"),
    ("require: announced", "require: announced && all_called"),
    ("en: does exactly half count", "en: is exactly half enough"),
    ("id: no-chair", "id: chairless"),
    ("id: one-vote", "id: single-vote"),
    ("zh: 解散由时任主席提议", "zh: 解散由主席提议"),
    ("in_force: {from: 2020-09-18}", "in_force: {from: 2021-09-18}"),
)
with tempfile.TemporaryDirectory() as folder:
    fixture = os.path.join(source, "tests/fixtures/wcasp")
    draft = os.path.join(folder, "wcasp")
    shutil.copytree(fixture, draft)
    with open(os.path.join(fixture, "wcasp.yaml"), encoding="utf-8") as f:
        text = f.read()
    seen = set()
    for old, new in edits:
        if old not in text:
            sys.exit("the fixture has no %s" % old)
        with open(os.path.join(draft, "wcasp.yaml"), "w", encoding="utf-8") as f:
            f.write(text.replace(old, new))
        both = (os.path.join(fixture, "wcasp.yaml"), os.path.join(draft, "wcasp.yaml"))
        for before, after in (both, both[::-1]):
            seen |= {(c["what"], c["change"]) for c in differences(before, after)["changes"]}
    for before, after in (("wcasp", "cast-union"), ("cast-union", "wcasp"), ("wcasp", "wcasp")):
        value = differences(before, after)
        seen |= {(c["what"], c["change"]) for c in value["changes"]}
    if not seen >= {("norm", "loosened"), ("norm", "tightened"), ("norm", "added"), ("norm", "removed"), ("reading", "changed")}:
        failures += 1
        print("diff: not every kind of change was seen: %s" % sorted(seen))
    value = differences("wcasp", "cast-union")
    for spoil in (
        lambda v: v["changes"][0].update(change="none"),
        lambda v: v["changes"][0].pop("example"),
        lambda v: v["before"].update(sha256="abc"),
        lambda v: v["counts"].pop("unchanged"),
    ):
        bad = copy.deepcopy(value)
        spoil(bad)
        if validators["diff"].is_valid(bad):
            failures += 1
            print("diff: a mistake is not found")

# The program prints the very same schemas.
for name in validators:
    printed = subprocess.run([program, "schema", name], capture_output=True, check=True).stdout
    if json.loads(printed) != schema(name):
        failures += 1
        print("bylaw schema %s prints another text" % name)

print("%d documents validated against %d schemas, %d failures" % (checked, len(validators), failures))
sys.exit(1 if failures else 0)
