/* tests/cli/fault_rows.c: see fault_rows.h. */
#include "fault_rows.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define RULES        "-r", "wcasp.yaml"
#define ROW(...)                                                                                   \
    {                                                                                              \
        {__VA_ARGS__}, NULL, false, false                                                          \
    }
#define FORMATS(...)                                                                               \
    {                                                                                              \
        {__VA_ARGS__}, NULL, true, false                                                           \
    }
#define FROM(input, ...)                                                                           \
    {                                                                                              \
        {__VA_ARGS__}, (input), false, false                                                       \
    }

const fault_row fault_rows[] = {
    ROW(NULL), /* bylaw alone */
    FORMATS("check", RULES, "motion.yaml"),
    FORMATS("check", RULES, "motions"),
    ROW("check", RULES, "--facts", "register.yaml", "motion.yaml:1"),
    ROW("check", RULES, "-f", "json", "-o", "new.json", "-f", "sarif", "-o", "new.sarif", "-f",
        "html", "-o", "new.html", "motions"),
    ROW("check", RULES, "--record", "new.record", "motion.yaml"),
    ROW("check", RULES, "--record", "new.record", "-o", "new.txt", "-j", "2", "motions"),
    ROW("check", RULES, "-j", "2", "motions"),
    ROW("check", RULES, "-j", "2", "-f", "sarif", "-o", "new.sarif", "motions"),
    ROW("check", RULES, "--flat", "kind", "-f", "template", "--template", "{verdict}",
        "records.jsonl"),
    ROW("check", RULES, "--flat", "kind", "-j", "2", "-f", "jsonl", "--unknown-keys", "ignore",
        "records.jsonl"),
    ROW("check", RULES, "actions.jsonl"),
    ROW("check", RULES, "actions.jsonl:2"),
    ROW("check", RULES, "--source", "charter.txt", "--readings", "-v", "motion.yaml"),
    ROW("check", RULES, "--source", "charter.txt", "-f", "html", "-j", "2", "motions"),
    ROW("check", RULES, "mistaken.yaml"),
    ROW("check", RULES, "-f", "json", "mistaken.yaml"),
    ROW("check", RULES, "motoin.yaml"), /* with a near name */
    ROW("check", RULES, "motions", "motoin.yaml"),
    ROW("check", "--no-strict", "--config", "settings.yaml", "motion.yaml"),
    ROW("check", RULES, "--waivers", "waivers.yaml", "--waivers", "unused.yaml", "motion.yaml"),
    ROW("check", RULES, "--waivers", "waivers.yaml", "-j", "2", "motions"),
    ROW("check", RULES, "--baseline", "old.baseline", "motion.yaml"),
    ROW("check", RULES, "--write-baseline=new.baseline", "motions"),
    ROW("check", RULES, "--baseline", "old.baseline", "--write-baseline=new.baseline", "motions"),
    FROM("motion.yaml", "check", RULES, "--stdin-filename", "in.yaml", "-"),
    FROM("records.jsonl", "check", RULES, "--flat", "kind", "--stdin-filename", "in.jsonl", "-"),
    FROM("motion.yaml", "check", RULES, "--record", "new.record", "-"),
    ROW("check", "--isolated", "--limit", "nesting=50", RULES, "--set", "present=7", "--at",
        "2026-12-31", "--reading", "half=exclusive", "--strict", "--expect", "adopted", "--fail-on",
        "caution", "motion.yaml"),
    ROW("check", RULES, "--select", "major*", "--ignore", "nothing", "--allow-empty", "-q",
        "--color", "always", "--lang", "zh,en", "motion.yaml"),
    ROW("check", "named.yaml"),            /* by its path, with a register */
    ROW("check", RULES, "names.yaml"),     /* written in forms that ICU knows to be one */
    ROW("check", RULES, "amendment.yaml"), /* which proposes rules */
    ROW("check", "motion.yaml"),           /* the bundled ones */
    FORMATS("need", RULES, "resolution", "--set", "members=8", "--set", "present=7"),
    FORMATS("need", RULES, "motion.yaml"),
    ROW("need", RULES, "-f", "svg", "-o", "new.svg", "--table", "present=1..5", "resolution"),
    ROW("need", RULES, "--facts", "register.yaml", "--reading", "half=exclusive", "motion.yaml"),
    ROW("explain", RULES, "--no-strict", "motion.yaml"),
    ROW("explain", RULES, "--facts", "register.yaml", "--set", "present=7", "--at", "2026-12-31",
        "--reading", "half=exclusive", "--strict", "--source", "charter.txt", "motion.yaml",
        "majority", "majoriti"),
    FORMATS("verify", "old.record"),
    ROW("verify", "--fail-on", "verdict", "-q", "-j", "2", "-o", "new.txt", "old.record"),
    ROW("verify", "other.record"), /* of other facts */
    FROM("motion.yaml", "verify", "input.record", "-"),
    ROW("new", RULES, "dissolution", "-o", "new.yaml"),
    ROW("new", RULES, "--all", "dissolution", "resolution"),
    ROW("new", RULES),
    ROW("new"),
    ROW("new", "dissolution"),
    ROW("new", "--ruleset", "circle"),
    ROW("new", "--ruleset", "circle", "--source", "charter.txt"),
    FORMATS("rules"),
    FORMATS("rules", "wcasp.yaml"),
    ROW("rules", RULES, "wcasp"),
    FORMATS("rule", RULES, "majority"),
    ROW("rule", RULES, "--source", "charter.txt", "majority", "majoriti"),
    ROW("lint", "wcasp.yaml"),
    ROW("lint", "-vv", "wcasp.yaml"),
    ROW("lint", "--exhaustive", "--max", "3", "wcasp.yaml"),
    ROW("lint", "wrong.yaml"),
    FORMATS("diff", "wcasp.yaml", "draft.yaml"),
    ROW("diff", "wcasp.yaml", "draft.yaml", "--fail-on", "loosened"),
    FORMATS("diff", "wcasp.yaml", "draft.yaml", "--actions", "motions"),
    FORMATS("test", "wcasp.yaml"),
    ROW("test", "-v", "draft.yaml"), /* whose tests fail */
    ROW("test", "-q"),
    FORMATS("test", "--mutate", "small.yaml"),
    ROW("test", "--boundary", "small.yaml"),
    FORMATS("coverage", "wcasp.yaml", "--source", "charter.txt"),
    ROW("coverage", "-q", RULES, "-v"),
    FORMATS("doc", "wcasp.yaml"),
    ROW("doc", "wcasp.yaml", "-o", "new.md"),
    ROW("doc", "-q", "-f", "html", "wcasp.yaml", "-o", "new.html"),
    ROW("doc", "--check", "old.md", "wcasp.yaml"),
    FORMATS("eval", RULES, "--set", "present=7", "--explain", "present * 2 >= 8"),
    ROW("eval", "--facts", "register.yaml", "size(roll) > 2"),
    ROW("eval", "present *"),
    ROW("config", "--no-strict", "--config", "settings.yaml"),
    ROW("config", RULES, "--facts", "register.yaml", "--reading", "half=exclusive", "--strict",
        "--fail-on", "caution", "-o", "new.txt", "--baseline", "old.baseline"),
    ROW("schema"),
    ROW("schema", "action"),
    ROW("schema", "acton"),
    ROW("completion", "bash"),
    ROW("completion", "zsh"),
    ROW("completion", "fish"),
    ROW("version"),
    ROW("help"),
    ROW("help", "-v", "check"),
    ROW("help", "actor", RULES),
    ROW("help", "unknown-fact"),
    ROW("help", "limits"),
    ROW("chekc"),
};
const size_t fault_row_count = COUNT(fault_rows);

#define MOTION "rules: [wcasp]\ndate: 2026-11-21\n"

static const char small[] =
    "ruleset: small\ntitle: {zh: 章程, en: Charter}\nuses: [assembly]\nnorms:\n"
    "  - id: majority\n    provision: wcasp:7.1d\n    on: [resolution]\n"
    "    modality: condition\n    threshold: {count: vote.yes, of: members, more_than: 1/2}\n"
    "    says: {zh: 决议须过半数, en: a resolution needs more than half}\n";
static const char small_tests[] =
    "tests: small\ndate: 2026-11-21\ncases:\n"
    "  - {name: half, action: resolution, facts: {members: 8, vote: {yes: 4}},\n"
    "     expect: {outcome: not-adopted}}\n";

const fault_input fault_inputs[] = {
    {"motion.yaml", "action: resolution\n" MOTION "declared: adopted\n"
                    "facts: {members: 8, present: 8, vote: {yes: 3, no: 5}}\n"},
    {"motions/a.yaml",
     "action: resolution\n" MOTION "facts: {members: 8, present: 8, vote: {yes: 6, no: 2}}\n"},
    {"motions/b.yaml", "action: dissolution\n" MOTION},
    {"motions/c.yaml", "action: resolution\n" MOTION "declared: adopted\n"
                       "facts: {members: 8, present: 8, vote: {yes: 4, no: 4}}\n"
                       "---\naction: resolution\n" MOTION "declared: adopted\n"
                       "facts: {members: 8, present: 8, vote: {yes: 2, no: 6}}\n"},
    {"mistaken.yaml", "action: resolutoin\nfacts: {prsent: 3}\n"},
    {"named.yaml", "action: resolution\nrules: [wcasp.yaml]\nregister: register.yaml\n"
                   "date: 2026-11-21\nfacts: {present: 3, vote: {yes: 2, no: 1}}\n"},
    {"names.yaml",
     "action: resolution\n" MOTION "facts:\n  roll: [甲會, Ａ社, 丙会]\n  present: 3\n  ballots:\n"
     "    - {member: 甲会, choice: yes}\n    - {member: a社, choice: no}\n"
     "    - {member: 内会, choice: yes}\n"},
    {"amendment.yaml", "action: resolution\nproposed: draft.yaml\n" MOTION
                       "facts: {members: 8, present: 8, vote: {yes: 6, no: 2}}\n"},
    {"register.yaml", "facts: {roll: [甲会, 乙会, 丙会]}\n"},
    {"waivers.yaml", "waivers: [{norm: all-called, reason: 特例, by: 大会, until: 2027-01-01}]\n"},
    {"unused.yaml",
     "waivers: [{norm: dissolution-vote, reason: 特例, by: 大会, until: 2027-01-01}]\n"},
    {"settings.yaml", "rules: [wcasp.yaml]\nreadings: {half: exclusive}\nlimits: {nesting: 50}\n"},
    {"charter.txt", "第一条 甲。\n第二条 乙。\n"},
    {"records.jsonl", "{\"kind\":\"resolution\",\"members\":8,\"present\":8,\"vote.yes\":3}\n"
                      "{\"kind\":\"resolution\",\"members\":8,\"present\":7,\"vote.yes\":6}\n"},
    {"actions.jsonl",
     "{\"rules\":[\"wcasp\"],\"date\":\"2026-11-21\",\"facts\":{\"members\":8,\"present\":8}}\n"
     "{\"action\":\"resolution\",\"facts\":{\"vote.yes\":3}}\n"
     "{\"action\":\"resolution\",\"facts\":{\"vote.yes\":6}}\n"},
    {"wcasp.test.yaml",
     "tests: wcasp\ndate: 2026-11-21\ncases:\n"
     "  - {name: half, action: resolution, facts: {present: 8, vote: {yes: 4}},\n"
     "     expect: {outcome: adopted}}\n"},
    {"draft.yaml",
     "ruleset: wcasp\ntitle: {zh: 章程, en: Charter}\nuses: [assembly]\nnorms:\n"
     "  - id: majority\n    provision: wcasp:7.1d\n    on: [resolution]\n"
     "    modality: condition\n    threshold: {count: vote.yes, of: members, more_than: 1/2}\n"
     "    says: {zh: 决议须过半数, en: a resolution needs more than half}\n"},
    {"draft.test.yaml",
     "tests: wcasp\ndate: 2026-11-21\ncases:\n"
     "  - {name: half, action: resolution, facts: {members: 8, vote: {yes: 4}},\n"
     "     expect: {outcome: adopted}}\n"},
    {"small.yaml", small},
    {"small.test.yaml", small_tests},
    {"small.mutants.yaml", "mutants: small\nequivalent: []\n"},
    {"rules/small.yaml", small},
    {"rules/small.test.yaml", small_tests},
    {"wrong.yaml", "ruleset: wrong\ntitle: {zh: 章程}\nuses: [asembly]\nnorms:\n"
                   "  - {id: x, on: [resolution], modality: must, require: 'present >'}\n"},
};
const size_t fault_input_count = COUNT(fault_inputs);

const fault_made_input fault_made[] = {
    {"old.record", ROW("check", RULES, "--record", "new.record", "motion.yaml")},
    {"other.record",
     ROW("check", RULES, "--set", "vote.yes=5", "--record", "new.record", "motion.yaml")},
    {"input.record", FROM("motion.yaml", "check", RULES, "--record", "new.record", "-")},
    {"old.baseline", ROW("check", RULES, "--write-baseline=new.baseline", "motion.yaml")},
    {"old.md", ROW("doc", "wcasp.yaml", "-o", "new.md")},
};
const size_t fault_made_count = COUNT(fault_made);

bool fault_is_input(const char *name)
{
    bool known = strcmp(name, "wcasp.yaml") == 0;

    for (size_t i = 0; i < fault_input_count; i++)
        known = known || strcmp(name, fault_inputs[i].name) == 0;
    for (size_t i = 0; i < fault_made_count; i++)
        known = known || strcmp(name, fault_made[i].name) == 0;
    return known;
}
