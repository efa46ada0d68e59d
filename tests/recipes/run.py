"""The recipes of tests/recipes/repository, run as the services run them: each step in a shell of its own that stops at the first
failure, in a fresh copy of the repository; hooks get the files of a commit.

    run.py SOURCE_DIR PROGRAM"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import yaml

source, program = sys.argv[1:3]
failures = 0


def holds(condition, message):
    global failures
    if not condition:
        failures += 1
        print("FAIL " + message)


work = tempfile.mkdtemp()
env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES")}
env.update(PATH=os.path.dirname(program) + os.pathsep + os.environ["PATH"], LANG="zh_CN.UTF-8", CI="true")


# What installs is stood in for: it fails where the package it is to install is not there, as apt-get would.
# (tests/package/deb.sh installs the real one in a fresh Debian.)
stubs = os.path.join(work, "stubs")
os.makedirs(stubs)
for name, text in (("apt-get", '#!/bin/sh\nfor file; do :; done\n[ "$1" = update ] || [ -f "$file" ]\n'), ("sudo", '#!/bin/sh\nexec "$@"\n')):
    with open(os.path.join(stubs, name), "w") as f:
        f.write(text)
    os.chmod(os.path.join(stubs, name), 0o755)
env["PATH"] = stubs + os.pathsep + env["PATH"]


def fresh(name):
    folder = os.path.join(work, name)
    shutil.copytree(os.path.join(source, "tests/recipes/repository"), folder)
    os.makedirs(os.path.join(folder, ".git"), exist_ok=True)
    os.makedirs(os.path.join(folder, "tools"))
    open(os.path.join(folder, "tools/bylaw_0.0.0_any.deb"), "w").close()
    return folder


def repair(folder):
    path = os.path.join(folder, "议案/02-改期.yaml")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(text.replace("yes: 4", "yes: 5"))


def step(script, folder, **more):
    return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, env={**env, **more},
                          capture_output=True, text=True)


def load(path):
    with open(path, encoding="utf-8") as f:
        return yaml.safe_load(f)


# ---- GitHub: `run` steps in order; after a failure only those with if: always() ----
def github(folder):
    job = load(os.path.join(folder, ".github/workflows/bylaw.yml"))["jobs"]["check"]
    failed, output = False, ""
    for one in job["steps"]:
        if "run" not in one or (failed and one.get("if") != "always()"):
            continue
        done = step(one["run"], folder, GITHUB_STEP_SUMMARY=os.path.join(folder, "step-summary"), GITHUB_ACTIONS="true")
        output += done.stdout
        failed = failed or done.returncode != 0
    return failed, output


folder = fresh("github")
failed, output = github(folder)
holds(failed, "github: a violation fails the job")
annotations = re.findall(r"^::error file=([^,]*),line=(\d+),title=([^:]*)::(.*)$", output, re.M)
holds(len(annotations) == 1 and annotations[0][0] == "议案/02-改期.yaml" and annotations[0][1] == "6", "github: one annotation: %s" % output)
holds("违反规定" in open(os.path.join(folder, "step-summary"), encoding="utf-8").read(), "github: the summary of a failed job")
with open(os.path.join(folder, "bylaw.sarif"), encoding="utf-8") as f:
    holds(len(json.load(f)["runs"][0]["results"]) == 1, "github: the file for code scanning")
repair(folder)
failed, output = github(folder)
holds(not failed and "::" not in output, "github: all well: %s" % output)


# ---- GitLab ----
def gitlab(folder):
    job = load(os.path.join(folder, ".gitlab-ci.yml"))["bylaw"]
    done = step("\n".join(job["before_script"] + job["script"]), folder, GITLAB_CI="true")
    reports = job["artifacts"]["reports"]
    with open(os.path.join(folder, reports["codequality"]), encoding="utf-8") as f:
        return done.returncode, json.load(f), xml.etree.ElementTree.parse(os.path.join(folder, reports["junit"]))


folder = fresh("gitlab")
code, quality, junit = gitlab(folder)
holds(code == 1 and len(quality) == 1 and quality[0]["location"]["path"] == "议案/02-改期.yaml", "gitlab: %s %s" % (code, quality))
holds(len(junit.findall(".//failure")) == 1 and len(junit.findall("testsuite")) == 2, "gitlab: junit")
repair(folder)
code, quality, junit = gitlab(folder)
holds(code == 0 and quality == [] and not junit.findall(".//failure"), "gitlab: all well")


# ---- pre-commit: each hook with the changed files that its pattern takes; the definition under the repository's own settings ----
def pre_commit(folder, changed):
    definitions = {h["id"]: h for h in load(os.path.join(source, ".pre-commit-hooks.yaml"))}
    result = {}
    for own in load(os.path.join(folder, ".pre-commit-config.yaml"))["repos"][0]["hooks"]:
        hook = {**definitions[own["id"]], **own}
        files = [f for f in changed if re.search(hook["files"], f) and not re.search(hook.get("exclude", "^$"), f)]
        if files:
            done = subprocess.run(hook["entry"].split() + files, cwd=folder, env=env, capture_output=True, text=True)
            result[hook["id"]] = (done.returncode, done.stdout + done.stderr)
    return result


folder = fresh("pre-commit")
found = pre_commit(folder, ["议案/01-买书.yaml", "议案/02-改期.yaml", "章程/reading-circle.yaml", "README.md"])
holds(found["bylaw-check"][0] == 1 and "./议案/02-改期.yaml:6:" in found["bylaw-check"][1], "pre-commit: check: %s" % (found["bylaw-check"],))
holds(found["bylaw-lint"][0] == 0, "pre-commit: lint: %s" % (found["bylaw-lint"],))
repair(folder)
holds(pre_commit(folder, ["议案/02-改期.yaml"])["bylaw-check"][0] == 0, "pre-commit: all well")
with open(os.path.join(folder, "章程/reading-circle.yaml"), "a", encoding="utf-8") as f:
    f.write("nroms: []\n")
holds(pre_commit(folder, ["章程/reading-circle.yaml"])["bylaw-lint"][0] not in (0,), "pre-commit: a mistake in a charter")


# ---- the words of README: its block under "In a pipeline", typed into a fresh copy of the project ----
with open(os.path.join(source, "README.md"), encoding="utf-8") as f:
    block = re.search(r"^## In a pipeline.*?^```sh\n(.*?)^```", f.read(), re.M | re.S).group(1)
project = os.path.join(work, "project")
shutil.copytree(os.path.join(source, "tests/recipes"), os.path.join(project, "tests/recipes"))
os.makedirs(os.path.join(project, "tools"))
with open(os.path.join(project, "tools/deb.sh"), "w") as f:  # stands in for the build; the real one is run by tests/package/deb.sh
    f.write("mkdir -p build/deb && touch build/deb/bylaw_0.0.0_any.deb && echo $PWD/build/deb/bylaw_0.0.0_any.deb\n")
home = os.path.join(work, "home")
os.makedirs(home)
typed = "".join('%s\necho "code $?"\n' % line for line in block.splitlines())
done = subprocess.run(["sh", "-c", typed], cwd=project, env={**env, "HOME": home}, capture_output=True, text=True)
codes = [int(n) for n in re.findall(r"^code (\d+)$", done.stdout, re.M)]
wanted = [int(m.group(1)) if m else 0 for m in (re.search(r"# exit (\d)", line) for line in block.splitlines())]
holds(codes == wanted and 1 in wanted, "README: %s %s %s" % (codes, done.stdout, done.stderr))
holds(os.path.exists(os.path.join(home, "circle/tools/bylaw_0.0.0_any.deb")), "README: the package is where the jobs look for it")

shutil.rmtree(work)
print("%d failures" % failures)
sys.exit(1 if failures else 0)
