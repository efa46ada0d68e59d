"""Writes the manual pages from what the program and the files say themselves, so that they cannot disagree.

    manual.py SOURCE_DIR PROGRAM OUT_DIR

bylaw(1) from `bylaw help`, bylaw-ruleset(5) from rules/FORMAT.md, bylaw-action(5) from the JSON Schema and FORMAT.md, bylaw(3)
from the public headers. The build runs this."""
import json
import os
import re
import subprocess
import sys

source, program, out = sys.argv[1:4]


def text_of(name):
    with open(os.path.join(source, name), encoding="utf-8") as f:
        return f.read()


def said(*arguments):
    env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "NO_COLOR")}
    return subprocess.run([program, *arguments], capture_output=True, env={**env, "LANG": "C.UTF-8"}).stdout.decode("utf-8").rstrip("\n")


version = re.search(r"project\(bylaw VERSION ([0-9.]+)", text_of("CMakeLists.txt")).group(1)


def escape(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in text.split("\n"))


def page(name, section, brief, parts):
    lines = ['.TH %s %s "" "bylaw %s" "bylaw"' % (name.upper(), section, version), ".SH NAME", "%s \\- %s" % (escape(name), escape(brief))]
    for title, body in parts:
        lines += [".SH " + title, body]
    with open(os.path.join(out, "%s.%s" % (name, section)), "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


def verbatim(text):
    return ".nf\n%s\n.fi" % escape(text)


# ---- bylaw(1) ----
def command_names():
    return re.findall(r"^CLI_COMMAND\((\w+)\)", text_of("tools/commands.def"), re.M)


overview = said("help")
codes = [line for line in overview.split("\n") if line.startswith("exit")]
sections = []
for name in command_names():
    help_text = said("help", "-v", name)
    if help_text:
        sections.append('.SS "bylaw %s"\n%s' % (name, verbatim(help_text)))
page("bylaw", "1", "checks acts of associations against the rules of their charters", [
    ("SYNOPSIS", ".B bylaw\n[\\fIcommand\\fR] [\\fIoptions\\fR] [\\fIfile\\fR...]"),
    ("DESCRIPTION", verbatim(overview)),
    ("COMMANDS", "\n".join(sections)),
    ("EXIT STATUS", verbatim("\n".join(codes) + "\n" + overview.split(codes[-1], 1)[1].strip("\n") if codes else overview.split("\n")[-1])),
    ("FILES", verbatim(".bylaw.yaml   settings of a repository, looked for from the working folder upwards")),
    ("SEE ALSO", "bylaw\\-ruleset(5), bylaw\\-action(5), bylaw(3)"),
])


# ---- (5): Markdown as FORMAT.md uses it: headings, tables, code, paragraphs ----
def inline(text):
    text = escape(text)
    text = re.sub(r"`([^`]*)`", lambda m: "\\fB%s\\fR" % m.group(1), text)
    return re.sub(r"\*([^*]+)\*", lambda m: "\\fI%s\\fR" % m.group(1), text)


def cells(line):
    return [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def roff(markdown):
    lines, result, i = markdown.split("\n"), [], 0
    while i < len(lines):
        line = lines[i]
        if line.startswith("```"):
            end = next(k for k in range(i + 1, len(lines)) if lines[k].startswith("```"))
            result += [".PP", verbatim("\n".join(lines[i + 1:end]))]
            i = end
        elif line.startswith("|"):
            row = cells(line)
            if not re.fullmatch(r"[|: -]+", line) and not (i + 1 < len(lines) and re.fullmatch(r"[|: -]+", lines[i + 1])):
                result += [".TP", inline(row[0]), inline(" ".join(row[1:]))]
        elif line.strip():
            if i == 0 or not lines[i - 1].strip() or lines[i - 1].startswith(("|", "```")):
                result.append(".PP")
            result.append(inline(line))
        i += 1
    return "\n".join(result)


def parts_of(markdown):
    found = re.split(r"^## (.*)$", markdown, flags=re.M)
    return found[0].split("\n", 1)[1], list(zip(found[1::2], found[2::2]))


intro, format_parts = parts_of(text_of("rules/FORMAT.md"))
clean = lambda title: '"%s"' % re.sub(r"^\d+ ", "", title).replace("`", "").upper().replace("—", "\\(em")
page("bylaw-ruleset", "5", "the files that hold rules: vocabulary, rule set, provisions, tests",
     [("DESCRIPTION", roff(intro))] + [(clean(t), roff(b)) for t, b in format_parts if "Action" not in t] +
     [("SEE ALSO", "bylaw(1), bylaw\\-action(5)")])

schema = json.loads(text_of("rules/schema/bylaw-action.schema.json"))


def resolve(part):
    while "$ref" in part:
        part = {**schema["definitions"][part["$ref"].rsplit("/", 1)[1]], **{k: v for k, v in part.items() if k != "$ref"}}
    return part


keys = []
for key, part in schema["properties"].items():
    part = resolve(part)
    keys += [".TP", "\\fB%s\\fR" % escape(key), inline(part.get("description", ""))]
waiver = resolve({"$ref": "#/definitions/waiver"})
waiver_keys = []
for key, part in waiver["properties"].items():
    waiver_keys += [".TP", "\\fB%s\\fR" % escape(key), inline(resolve(part).get("description", ""))]
page("bylaw-action", "5", "the files that are checked: actions, registers, waivers",
     [("DESCRIPTION", roff("An action is one thing that was done or is proposed: a motion, an election, a report. A file holds one or several documents, in YAML "
                           "or JSON; a document with facts but without `action` is shared by those after it. In JSON lines every line is a document.")),
      ("KEYS", "\n".join(keys)), ("WAIVERS", "\n".join(waiver_keys))] +
     [(clean(t), roff(b)) for t, b in format_parts if "Action" in t] + [("SEE ALSO", "bylaw(1), bylaw\\-ruleset(5)")])

# ---- bylaw(3): comments and declarations of the headers ----
def plain(comment):
    body = re.sub(r"^/\*\*<?|\*/$", "", comment.strip())
    return "\n".join(re.sub(r"^\s*\*? ?", "", line, count=1) for line in body.split("\n")).strip("\n ")


blocks = []
for name in re.findall(r"#include <(bylaw/\w+\.h)>", text_of("include/bylaw/bylaw.h")):
    header = text_of("include/" + name)
    about = re.match(r"\s*(/\*\*.*?\*/)", header, re.S)
    blocks.append('.SS "%s"\n%s' % (name, verbatim(plain(about.group(1)))))
    for match in re.finditer(r"(/\*\*(?:(?!\*/).)*\*/)?\s*\n((?:BYLAW_API)[^;]*;)", header[about.end():], re.S):
        declaration = re.sub(r"BYLAW_API |BYLAW_NODISCARD ", "", match.group(2))
        declaration = re.sub(r"\s*\n\s*", " ", declaration)
        body = "\n" + verbatim(plain(match.group(1))) if match.group(1) else ""
        blocks.append(".PP\n\\fB%s\\fR%s" % (escape(declaration), body))
page("bylaw", "3", "the library: reading rule sets, checking actions, writing reports",
     [("SYNOPSIS", verbatim("#include <bylaw/bylaw.h>\n\ncc program.c $(pkg-config --cflags --libs bylaw)")), ("DESCRIPTION", "\n".join(blocks)),
      ("SEE ALSO", "bylaw(1)")])
