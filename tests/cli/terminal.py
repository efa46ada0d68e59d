#!/usr/bin/env python3
"""What a run shows on a terminal, and what it leaves when it is interrupted.

    terminal.py BYLAW SOURCE
"""
import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

bylaw, source = sys.argv[1:3]
failures = []
RECORD = open(os.path.join(source, "tests/bench/records.ndjson"), "rb").readline()
FLAT = ["-r", os.path.join(source, "tests/bench/reference.yaml"), "--flat", "kind", "--unknown-keys", "ignore",
        "--fail-on", "never"]
ACTION = b'{"action": "resolution", "rules": ["wcasp"], "date": "2026-11-21", "facts": {"present": 8, "vote": {"yes": 6, "no": 2}}}\n'


def expect(name, fine, *more):
    if not fine:
        failures.append(name)
        print("FAILED:", name, *more)


def environment(**more):
    env = {k: v for k, v in os.environ.items() if k not in ("CI", "TERM", "LC_ALL", "LC_MESSAGES")}
    env.update(LANG="C.UTF-8", TERM="xterm")
    env.update(more)
    return env


class Run:
    """bylaw with its input in our hand; standard error is a terminal or a pipe."""

    def __init__(self, arguments, cwd, terminal=True, **env):
        self.master, slave = pty.openpty() if terminal else os.pipe()
        self.process = subprocess.Popen([bylaw, *arguments], cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=slave, env=environment(**env))
        os.close(slave)
        os.set_blocking(self.master, False)
        self.told = b""

    def feed(self, line, seconds, until=None):
        """Writes a line now and again, until the time is over or something is said."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not (until and until in self.told):
            self.process.stdin.write(line)
            self.process.stdin.flush()
            self.listen(0.05)

    def listen(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            more = os.read(self.master, 65536)
        except OSError:
            more = b""
        self.told += more
        return more != b""

    def end(self, close=True):
        if close:
            self.process.stdin.close()
        out = b""
        os.set_blocking(self.process.stdout.fileno(), True)
        try:
            out = self.process.stdout.read()
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = None
        while self.listen(0.2):
            pass
        os.close(self.master)
        return code, out, self.told.decode()


def progress(folder):
    line = ["check", *FLAT, "--template", "{id}", "--stdin-filename", "x.ndjson", "-"]
    for lang, word in (("en", "checking"), ("zh", "检查中")):
        run = Run([*line, "--lang", lang], folder)
        run.feed(RECORD, 20, until=word.encode())
        code, out, told = run.end()
        expect(f"a stream shows how far it is, {lang}", code == 0 and "\r" + word in told, code, repr(told))
        expect("and wipes it at the end", told.endswith("\r\033[K"), repr(told))
        expect("in place, on one line", "\n" not in told, repr(told))
        expect("what it tells is whole", len(out.splitlines()) > 1 and word.encode() not in out)
    for name, more, terminal, env in (("quiet", ["-q"], True, {}), ("in CI", [], True, {"CI": "true"}),
                                      ("dumb terminal", [], True, {"TERM": "dumb"}), ("a pipe", [], False, {})):
        run = Run([*line, *more], folder, terminal, **env)
        run.feed(RECORD, 1.6)
        code, out, told = run.end()
        expect(f"nothing is shown: {name}", code == 0 and told == "" and out != b"", code, repr(told))

    # Of files: one that is slow, between two that are not. Mistakes stand on lines of their own.
    with open(os.path.join(folder, "a.yaml"), "wb") as f:
        f.write(b"action: resolution\nfacts: {prsent: 1}\n")
    for jobs in "1", "3":
        os.mkfifo(os.path.join(folder, "b.yaml"))
        run = Run(["check", "--color", "never", "-r", "wcasp", "-j", jobs, "a.yaml", "b.yaml", "a.yaml", "a.yaml"], folder)
        writer = open(os.path.join(folder, "b.yaml"), "wb")
        end = time.monotonic() + 2
        while time.monotonic() < end:
            run.listen(0.1)
        writer.write(ACTION)
        writer.close()
        code, out, told = run.end()
        shown = told.replace("\r\033[K", "").replace("\r\n", "\n")
        expect(f"files show how far they are, -j {jobs}", "checking  2/4" in shown or "checking  4/4" in shown or
               "checking  3/4" in shown, repr(told))
        expect("mistakes begin a line", all(l.startswith(("error", "  ", "checking")) or "error" not in l
                                            for l in told.replace("\r\033[K", "\n").splitlines()), repr(told))
        expect("the exit code is that of the files", code == 2, code)
        os.unlink(os.path.join(folder, "b.yaml"))


def interrupts(folder):
    old = os.path.join(folder, "old.json")
    for number in signal.SIGINT, signal.SIGTERM:
        for jobs in "1", "4":
            for lang, word in (("en", "interrupted; "), ("zh", "已中断，检查了")):
                with open(old, "w") as f:
                    f.write("as it was")
                before = set(os.listdir(folder))
                name = f"{number.name}, -j {jobs}, {lang}"
                run = Run(["check", *FLAT, "-j", jobs, "--lang", lang, "-f", "json", "-o", "old.json", "-f", "sarif", "-o",
                           "new.sarif", "--stdin-filename", "x.ndjson", "-"], folder, terminal=False)
                run.feed(RECORD * 200, 1.0)
                run.process.send_signal(number)
                code, out, told = run.end(close=False)  # its input stays open: it must not wait for more
                expect(f"{name}: exit 2", code == 2, code, told)
                expect(f"{name}: says so in one line", told.startswith(word) and told.count("\n") == 1, repr(told))
                expect(f"{name}: how many were checked", any(c in "123456789" for c in told), repr(told))
                expect(f"{name}: nothing on standard output", out == b"", out)
                expect(f"{name}: no file but those before", set(os.listdir(folder)) == before,
                       set(os.listdir(folder)) ^ before)
                expect(f"{name}: what stood there stands there", open(old).read() == "as it was")
                run.process.stdin.close()
    # Waiting for YAML on standard input, nothing read yet.
    run = Run(["check", "-r", "wcasp", "-f", "json", "-"], folder, terminal=False)
    time.sleep(0.7)
    run.process.send_signal(signal.SIGINT)
    code, out, told = run.end(close=False)
    expect("while it waits: exit 2", code == 2 and told.count("\n") == 1, code, repr(told))
    expect("while it waits: no report", out == b"", out)
    run.process.stdin.close()


with tempfile.TemporaryDirectory() as folder:
    progress(folder)
with tempfile.TemporaryDirectory() as folder:
    interrupts(folder)
sys.exit(len(failures) > 0)
