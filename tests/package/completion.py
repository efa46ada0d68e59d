"""The completions in the shells that read them: each is asked, by its own line editor, to complete what a user has typed.

    completion.py MADE PROGRAM SHELL

MADE holds the scripts bylaw (bash), _bylaw (zsh), bylaw.fish. Ends with 77 where the shell is not installed."""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

made, program, shell = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]

# What is typed, and what the line is after the tabulator; None: it stays.
CASES = [
    ("bylaw comp", "bylaw completion"),
    ("bylaw 议案/01", "bylaw 议案/01-年度计划.yaml"),
    ("bylaw check 议案/02", "bylaw check 议案/02-培训班.yaml"),
    ("bylaw check --fail-on c", "bylaw check --fail-on caution"),
    ("bylaw check -f sa", "bylaw check -f sarif"),
    ("bylaw check --format=sa", "bylaw check --format=sarif"),
    ("bylaw need -f cs", "bylaw need -f csv"),
    ("bylaw doc -f ma", "bylaw doc -f markdown"),
    ("bylaw check -r wc", "bylaw check -r wcasp"),
    ("bylaw check -r 章", "bylaw check -r 章程.yaml"),
    ("bylaw check --facts 名", "bylaw check --facts 名册.yaml"),
    ("bylaw check --at 名", None),
    ("bylaw check --stric", "bylaw check --strict"),
    ("bylaw need --tab", "bylaw need --table"),
    ("bylaw check --tab", None),
    ("bylaw 议案/01-年度计划.yaml --stric", "bylaw 议案/01-年度计划.yaml --strict"),
    ("bylaw diff --fail-on l", "bylaw diff --fail-on loosened"),
    ("bylaw rules cast", "bylaw rules cast-union"),
    ("bylaw new dissol", "bylaw new dissolution"),
    ("bylaw new 解散", "bylaw new 解散"),
    ("bylaw new 修", "bylaw new 修订章程"),
    ("bylaw schema act", "bylaw schema action"),
    ("bylaw help expl", "bylaw help explain"),
    ("bylaw completion zs", "bylaw completion zsh"),
]

if shutil.which(shell) is None:
    print("%s is not installed: its completion was not read" % shell)
    sys.exit(77)

work = tempfile.mkdtemp()
os.makedirs(os.path.join(work, "议案"))
for name in ("议案/01-年度计划.yaml", "议案/02-培训班.yaml", "名册.yaml", "章程.yaml"):
    open(os.path.join(work, name), "w").close()
os.symlink(program, os.path.join(work, "bylaw"))
environment = {"PATH": work + os.pathsep + os.environ["PATH"], "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "dumb", "HOME": work,
               "ZDOTDIR": work, "LINES": "50", "COLUMNS": "200"}

# The line as it stands is shown between marks, whatever the terminal makes of it.
SHOW = "\x18\x07"  # control-X control-G
SETUP = {
    "bash": "source '%s/bylaw'; bind 'set completion-ignore-case off'; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'\n"
            "_show() { printf '\\n[[%%s]]\\n' \"$READLINE_LINE\"; }; bind -x '\"\\C-x\\C-g\": _show'\n" % made,
    "zsh": "fpath=('%s' $fpath); autoload -Uz compinit; compinit -u -D; unsetopt beep; PS1='> '\n"
           "_show() { printf '\\n[[%%s]]\\n' \"$BUFFER\" }; zle -N _show; bindkey '^X^G' _show\n" % made,
}
START = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}


class Terminal:
    """An interactive shell behind a pseudo terminal."""

    def __init__(self):
        child, self.terminal = pty.fork()
        if child == 0:
            os.chdir(work)
            os.execvpe(START[shell][0], START[shell], environment)
        self.child, self.seen = child, ""
        self.send(SETUP[shell] + "echo re''ady\n")
        self.wait("\nready")

    def send(self, text):
        os.write(self.terminal, text.encode("utf-8"))

    def wait(self, pattern):
        end = time.monotonic() + 60
        data = b""
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 1)[0]:
                data += os.read(self.terminal, 65536)
            found = re.search(pattern, data.decode("utf-8", "replace").replace("\r", ""))
            if found:
                return found
        sys.exit("FAIL %s does not answer; it said: %r" % (shell, data))

    def complete(self, typed):
        self.send("\x15" + typed + "\t" + SHOW)
        return self.wait(r"\[\[(.*?)\]\]").group(1)

    def close(self):
        self.send("\x15exit\n")
        os.waitpid(self.child, 0)


def fish(typed):
    script = "source '%s/bylaw.fish'; complete -C (string join ' ' -- $argv)" % made
    done = subprocess.run(["fish", "--no-config", "-c", script, typed], cwd=work, env=environment, capture_output=True, text=True, timeout=60)
    found = [line.split("\t")[0] for line in done.stdout.splitlines()]
    head = typed[:typed.rfind(" ") + 1]
    return head + found[0] if len(found) == 1 else typed


failures = 0
terminal = None if shell == "fish" else Terminal()
for typed, expected in CASES:
    got = (fish(typed) if terminal is None else terminal.complete(typed)).rstrip()
    if got != (expected or typed):
        failures += 1
        print("FAIL %s: %r became %r, not %r" % (shell, typed, got, expected or typed))
if terminal is not None:
    terminal.close()
shutil.rmtree(work)
print("%s: %d completions, %d failures" % (shell, len(CASES), failures))
sys.exit(1 if failures else 0)
