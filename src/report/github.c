/* report/github.c: workflow commands of GitHub Actions. It shows ten errors and ten warnings of a
 * step, so the worst come first and wait for the end; the total stands last. */
#include "report/issues.h"

static bool keep(bylaw_report *report, bylaw_verdict weight, bl_str *line)
{
    bl_row row = {.verdict = weight};
    bylaw_str text;

    return bl_str_take(&text, line) == BYLAW_OK && bl_arena_copy(&report->kept, &row.line, text) &&
           bl_vec_push(&report->kept, &report->lines, row);
}

/* ::error file=F,line=L,title=T::message; a column would be lost by GitHub where an entry spans
 * lines, and shows nothing more than the line. */
static void command(bl_str *out, bool error, bylaw_str file, size_t line, bylaw_str title,
                    bylaw_str message, bylaw_str id)
{
    bl_str_addz(out, error ? "::error file=" : "::warning file=");
    bl_escape_add(out, BL_ESCAPE_GITHUB_PROP, bl_relative(file));
    if (line > 0)
        bl_str_addf(out, ",line=%zu", line);
    bl_str_addz(out, ",title=");
    bl_escape_add(out, BL_ESCAPE_GITHUB_PROP, title);
    bl_str_addz(out, "::");
    bl_escape_add(out, BL_ESCAPE_GITHUB, message);
    if (id.len > 0) {
        bl_str_addz(out, " [");
        bl_escape_add(out, BL_ESCAPE_GITHUB, id);
        bl_str_addc(out, ']');
    }
    bl_str_addc(out, '\n');
}

static bylaw_status github_add(bylaw_report *report, const bylaw_result *result)
{
    bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0], .result = result};
    const bl_issues issues = bl_issues_of(&v, false);
    bool fine = !issues.failed;

    for (size_t i = 0; i < issues.count && fine; i++) {
        const bl_issue *issue = &issues.items[i];
        bl_str line = bl_str_init(&report->arena), title = bl_str_init(&report->arena);

        if (issue->weight == BYLAW_COMPLIANT)
            continue;
        bl_str_add(&title, bl_say_verdict(&v, issue->weight));
        if (issue->cite.len > 0) {
            bl_str_addc(&title, ' ');
            bl_str_add(&title, issue->cite);
        }
        command(&line, bl_weight_fails(report, issue->weight), bl_issue_file(&v, issue),
                bl_issue_spot(&v, issue).line, bl_str_view(&title), issue->text,
                issue->kind == BL_ISSUE_MISSING ? (bylaw_str){NULL, 0} : issue->id);
        fine = keep(report, issue->weight, &line);
    }
    bl_arena_reset(&report->arena);
    return fine ? BYLAW_OK : BYLAW_ENOMEM;
}

static bylaw_status github_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0]};
    bool fine = true;

    for (size_t i = 0; i < bylaw_diags_count(diags) && fine; i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);
        const bool error = d->severity == BYLAW_ERROR;
        bl_str line = bl_str_init(&report->arena);

        command(&line, error, d->file.len > 0 ? d->file : file, d->line,
                error ? BL_SAY0(&v, error) : BL_SAY0(&v, warning), d->message.in[v.lang], d->code);
        fine = keep(report, error ? BYLAW_NOT_GOVERNED : BYLAW_CAUTION, &line);
    }
    bl_arena_reset(&report->arena);
    return fine ? BYLAW_OK : BYLAW_ENOMEM;
}

static bylaw_status github_end(bylaw_report *report, const bylaw_summary *summary)
{
    const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0]};
    bl_str out = bl_str_init(&report->arena);

    for (int weight = BYLAW_NOT_GOVERNED; weight > BYLAW_COMPLIANT; weight--) {
        for (size_t i = 0; i < report->lines.count; i++) {
            if ((int)report->lines.items[i].verdict == weight)
                bl_str_add(&out, report->lines.items[i].line);
        }
    }
    bl_str_add(&out, bl_say_total(&v, summary));
    bl_str_addc(&out, '\n');
    return bl_emit(report, &out);
}

static bool github_join(bylaw_report *report, const bylaw_report *part)
{
    for (size_t i = 0; i < part->lines.count; i++) {
        bl_row row = {.verdict = part->lines.items[i].verdict};

        if (!bl_arena_copy(&report->kept, &row.line, part->lines.items[i].line) ||
            !bl_vec_push(&report->kept, &report->lines, row))
            return false;
    }
    return true;
}

const bl_writer bl_writer_github = {"github", github_add, github_errors, github_end, github_join};
