#!/usr/bin/env python3
"""Memory does not grow with the length of a stream, and each action is told before the next is read.

    stream.py BYLAW

The peak is that of the process, as the system counts it; a stream ten times as long may add what noise is.
"""
import os
import resource
import subprocess
import sys
import tempfile

bylaw = sys.argv[1]
NOISE = 1536  # KiB
failures = []

LINES = ['{"action": "resolution", "rules": ["wcasp"], "date": "2026-11-21", "title": "motion %d", '
         '"facts": {"present": 8, "vote": {"yes": 6, "no": 2}}, "waivers": []}',
         '{"action": "resolution", "rules": ["wcasp"], "date": "2026-11-21", "title": "%d", '
         '"facts": {"members": 8, "present": 8, "vote": {"yes": 5, "no": 2}}}',
         '{"action": "dissolution", "rules": ["wcasp"], "date": "2026-11-21", "title": "%d", '
         '"facts": {"proposer": {"office": "chair"}, "members": 8, "present": 8, "vote": {"yes": 7, "no": 1}, "announced": true}}']
FLAT = '{"kind": "resolution", "date": "2026-11-21", "body.id": "wcasp", "present": 8, "vote": {"yes": 6, "no": 2}, "id": %d}'


def expect(name, fine, *more):
    if not fine:
        failures.append(name)
        print("FAILED:", name, *more)


def write(path, lines, count):
    with open(path, "w") as f:
        for i in range(count):
            f.write(lines[i % len(lines)] % i + "\n")


def peak(arguments, folder):
    """Its exit code and its peak, of which a child's is counted apart from ours."""
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(bylaw, [bylaw, *arguments])
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss


def memory(folder):
    write(os.path.join(folder, "short.jsonl"), LINES, 400)
    write(os.path.join(folder, "long.jsonl"), LINES, 4000)
    write(os.path.join(folder, "flat-short.ndjson"), [FLAT], 1000)
    write(os.path.join(folder, "flat-long.ndjson"), [FLAT], 10000)
    runs = [("text", "", ["--lang", "zh"]), ("an expectation", "", ["--expect", "open"]),
            ("sarif", "", ["-f", "sarif"]), ("four at a time", "flat-", ["-j", "4", "-r", "wcasp", "--flat", "kind", "--unknown-keys", "ignore"]),
            ("flat", "flat-", ["-r", "wcasp", "--flat", "kind", "--unknown-keys", "ignore", "-f", "junit"])]
    for name, prefix, options in runs:
        suffix = ".ndjson" if prefix else ".jsonl"
        few, small = peak(["check", *options, prefix + "short" + suffix], folder)
        many, large = peak(["check", *options, prefix + "long" + suffix], folder)
        expect(f"{name}: the same exit code", few == many and few != 2, few, many)
        expect(f"{name}: {small} KiB for the short one, {large} KiB for the long", large - small < NOISE)
        if "-v" in sys.argv:
            print(name, few, small, large)


def at_once(folder):
    for options in ["-f", "jsonl"], ["--template", "{line}"], ["--lang", "en"]:
        run = subprocess.Popen([bylaw, "check", *options, "--stdin-filename", "x.jsonl", "-"], cwd=folder,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said = b""
        for i in range(400):  # what stands in the buffer of standard output is enough to be seen
            run.stdin.write((LINES[0] % i + "\n").encode())
        run.stdin.flush()
        if options[0] == "-f":
            said = os.read(run.stdout.fileno(), 4096)
            expect("told while the input is open", said != b"")
        run.stdin.close()
        said += run.stdout.read()
        expect("and all of it", said.count(b"\n") >= 400, options, said.count(b"\n"))
        run.wait(60)


# A sanitizer keeps what was freed for a while, to catch its use: not here.
os.environ["ASAN_OPTIONS"] = "quarantine_size_mb=0:thread_local_quarantine_size_kb=0"
with tempfile.TemporaryDirectory() as folder:
    memory(folder)
with tempfile.TemporaryDirectory() as folder:
    at_once(folder)
sys.exit(len(failures) > 0)
