/* doc/yaml_slip.c: see yaml_slip.h. One function a slip; a table says in which lines one can lie.
 */
#include "doc/yaml_slip.h"

#include "doc/yaml_line.h"

#include <string.h>

void bl_yaml_tell_tag(bl_build *build, bylaw_str text, size_t from, bool flow)
{
    bylaw_str value = bl_str_slice(text, from, bl_line_to(text, from));
    bl_str fixed = bl_str_init(&build->scratch);

    for (size_t i = 0; flow && i < value.len; i++) {
        if (strchr(",]}", value.ptr[i]) != NULL)
            value.len = i;
    }
    bl_str_addc(&fixed, '\'');
    bl_str_add(&fixed, bl_without_comment(value));
    bl_str_addc(&fixed, '\'');
    if (fixed.failed)
        bl_build_no_memory(build);
    else
        bl_build_tell(build, TAG, bl_build_span(build, from, from + 1),
                      BL_TEXT("fixed", bl_str_view(&fixed)));
}

/* Makes the line a comment, keeping every offset. */
static void mask_line(bl_hint *hint, size_t from, size_t to)
{
    from = bl_skip_blanks(hint->text, from);
    if (from < to) {
        memset(hint->bytes + from, ' ', to - from);
        hint->bytes[from] = '#';
    }
}

/* Each looks at one line of those at hand, and tells the mistake and mends the text if it can. */
typedef bl_slip_result slip(bl_hint *hint, size_t from, size_t to);

static bl_slip_result slip_colon(bl_hint *hint, size_t from, size_t to)
{
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    bl_near_colon colon;

    if (!bl_yaml_near_colon(&colon, &hint->build->scratch, line))
        return BL_NO_SLIP;
    if (colon.width == 1 && bl_has_colon(line) &&
        strchr("{[\"'", line.ptr[colon.at + 1]) == NULL) /* a:b is a good key */
        return BL_NO_SLIP;
    from += colon.at;
    bl_build_error(hint->build, colon.msg, bl_build_span(hint->build, from, from + colon.width),
                   BL_ARGS(BL_TEXT("fixed", colon.fixed)));
    if (colon.width > 1)
        memcpy(hint->bytes + from, ":  ", colon.width);
    else
        mask_line(hint, from - colon.at, to);
    return BL_SLIP_MENDED;
}

/* “-x” among “- y”. */
static bl_slip_result slip_dash(bl_hint *hint, size_t from, size_t to)
{
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    const size_t at = bl_skip_blanks(line, 0);
    bl_str fixed = bl_str_init(&hint->build->scratch);

    if (at >= line.len || line.ptr[at] != '-' || bl_blank_at(line, at + 1) ||
        line.ptr[at + 1] == '-')
        return BL_NO_SLIP;
    bl_str_addz(&fixed, "- ");
    bl_str_add(&fixed, bl_without_comment(bl_str_slice(line, at + 1, line.len)));
    if (fixed.failed) {
        bl_build_no_memory(hint->build);
        return BL_NO_SLIP;
    }
    bl_build_tell(hint->build, NO_BLANK_DASH, bl_build_span(hint->build, from + at, from + at + 1),
                  BL_TEXT("fixed", bl_str_view(&fixed)));
    mask_line(hint, from, to);
    return BL_SLIP_MENDED;
}

/* Full-width marks inside brackets. In running text they are right: each has its own sign that it
 * was meant for the half-width one. */
typedef bool meant_fn(bylaw_str before, bylaw_str behind); /* of the entry it stands in */

/* “5，no: 2”: a name and a colon follow. */
static bool meant_comma(bylaw_str before, bylaw_str behind)
{
    const size_t from = bl_skip_blanks(behind, 0),
                 colon = bl_str_find(behind, BYLAW_STR(": "), from);

    (void)before;
    return colon != SIZE_MAX && bl_is_name(bl_str_slice(behind, from, colon));
}

/* “yes：5”: nothing but a name before. */
static bool meant_colon(bylaw_str before, bylaw_str behind)
{
    (void)behind;
    return bl_is_name(bl_str_trim(before));
}

/* “rules: ［a”: where a value begins. */
static bool meant_opening(bylaw_str before, bylaw_str behind)
{
    (void)behind;
    before = bl_str_trim(before);
    return before.len == 0 || before.ptr[before.len - 1] == ':';
}

/* “b］”: nothing that it could close before, nothing but punctuation behind. */
static bool meant_closing(bylaw_str before, bylaw_str behind)
{
    const size_t at = bl_skip_blanks(behind, 0);

    return bl_str_find(before, BYLAW_STR("［"), 0) == SIZE_MAX &&
           bl_str_find(before, BYLAW_STR("｛"), 0) == SIZE_MAX &&
           bl_str_find(before, BYLAW_STR("【"), 0) == SIZE_MAX &&
           (at >= behind.len || strchr(",]}#\r", behind.ptr[at]) != NULL ||
            bl_str_starts(bl_str_slice(behind, at, behind.len), BYLAW_STR("｝")) ||
            bl_str_starts(bl_str_slice(behind, at, behind.len), BYLAW_STR("］")));
}

static const struct wide_mark {
    const char *wide, *half;
    bl_doc_msg msg;
    meant_fn *meant;
} wide_marks[] = {
    {"，", ",  ", BL_DOC_WIDE_COMMA, meant_comma},
    {"：", ":  ", BL_DOC_WIDE_COLON, meant_colon},
    {"｛", "{  ", BL_DOC_WIDE_BRACKET, meant_opening},
    {"［", "[  ", BL_DOC_WIDE_BRACKET, meant_opening},
    {"【", "[  ", BL_DOC_WIDE_BRACKET, meant_opening},
    {"｝", "}  ", BL_DOC_WIDE_BRACKET, meant_closing},
    {"］", "]  ", BL_DOC_WIDE_BRACKET, meant_closing},
    {"】", "]  ", BL_DOC_WIDE_BRACKET, meant_closing},
};

bylaw_str bl_yaml_near_bracket(bylaw_str text)
{
    for (size_t i = 0; i < sizeof wide_marks / sizeof *wide_marks; i++) {
        if (wide_marks[i].meant == meant_opening &&
            bl_str_starts(text, bylaw_str_from(wide_marks[i].wide)))
            return bl_str_trim(bylaw_str_from(wide_marks[i].half));
    }
    return (bylaw_str){NULL, 0};
}

/* Where brackets, half or full-width, begin in this line; `to` where they do not. */
static size_t flow_in_line(const bl_hint *hint, size_t from, size_t to)
{
    const size_t flow = hint->trouble->flow;

    if (flow != BL_NOWHERE)
        return from > flow ? from : flow;
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    const size_t value = bl_value_at(line);

    return bl_yaml_near_bracket(bl_str_slice(line, value, line.len)).len > 0 ? from + value : to;
}

static const struct wide_mark *wide_mark_at(const bl_hint *hint, size_t entry, size_t at, size_t to)
{
    const bylaw_str text = bl_str_slice(hint->text, at, to);

    for (size_t i = 0; i < sizeof wide_marks / sizeof *wide_marks; i++) {
        const bylaw_str wide = bylaw_str_from(wide_marks[i].wide);

        if (bl_str_starts(text, wide) &&
            wide_marks[i].meant(bl_str_slice(hint->text, entry, at),
                                bl_str_slice(text, wide.len, text.len)))
            return &wide_marks[i];
    }
    return NULL;
}

static bl_slip_result slip_wide_mark(bl_hint *hint, size_t from, size_t to)
{
    size_t entry = flow_in_line(hint, from, to);
    char quote = '\0';

    for (size_t at = entry; at < to; at++) {
        const char c = hint->text.ptr[at];

        if (quote != '\0' || c == '"' || c == '\'') {
            quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            continue;
        }
        if (strchr("{[,", c) != NULL)
            entry = at + 1;
        const struct wide_mark *mark = wide_mark_at(hint, entry, at, to);

        if (mark == NULL)
            continue;
        bl_build_error(hint->build, &bl_doc_messages[mark->msg],
                       bl_build_span(hint->build, at, at + 3),
                       BL_ARGS(BL_TEXT("fixed", bl_str_trim(bylaw_str_from(mark->half)))));
        memcpy(hint->bytes + at, mark->half, 3);
        return BL_SLIP_MENDED;
    }
    return BL_NO_SLIP;
}

/* `require: !a && b`, which YAML takes for a tag. */
static bl_slip_result slip_tag(bl_hint *hint, size_t from, size_t to)
{
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    const size_t value = bl_value_at(line);

    if (value >= line.len || line.ptr[value] != '!')
        return BL_NO_SLIP;
    bl_yaml_tell_tag(hint->build, hint->text, from + value, false);
    mask_line(hint, from, to);
    return BL_SLIP_MENDED;
}

static bl_slip_result slip_odd_blank(bl_hint *hint, size_t from, size_t to)
{
    const size_t at = bl_skip_blanks(hint->text, from);
    const size_t odd = bl_yaml_odd_blank(bl_str_slice(hint->text, at, to));

    if (odd == 0)
        return BL_NO_SLIP;
    bl_build_tell0(hint->build, ODD_BLANK, bl_build_span(hint->build, at, at + odd));
    return BL_SLIP_TOLD; /* nobody knows how deep it was meant to be */
}

static slip *const slips[] = {slip_odd_blank, slip_tag, slip_wide_mark, slip_colon, slip_dash};

/* In which lines a slip can lie behind a problem: the line itself; from where what was being read
 * began; also the lines above that a multi-line text has swallowed; from the open bracket. A
 * problem that is not listed has its own cause, and only the first two slips are looked for. */
typedef enum slip_reach { HERE, BEGIN, ABOVE, FLOW, OWN_CAUSE } slip_reach;

static const struct reach_of {
    const char *problem;
    slip_reach reach;
} reaches[] = {
    {"could not find expected ':'", BEGIN},
    {"mapping values are not allowed in this context", ABOVE},
    {"did not find expected <document start>", ABOVE},
    {"did not find expected key", HERE},
    {"did not find expected '-' indicator", HERE},
    {"block sequence entries are not allowed in this context", HERE},
    {"did not find expected ',' or ']'", FLOW},
    {"did not find expected ',' or '}'", FLOW},
    {"did not find expected node content", FLOW},
};

static slip_reach reach_of_trouble(const bl_yaml_trouble *trouble)
{
    for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++) {
        if (trouble->problem != NULL && strcmp(trouble->problem, reaches[i].problem) == 0)
            return trouble->flow != BL_NOWHERE ? FLOW : reaches[i].reach;
    }
    return OWN_CAUSE;
}

/* The first line above that the text at `at` may have begun in: lines without a colon, if nothing
 * but a name stands before the trouble in its own. */
static size_t swallowed_from(const bl_hint *hint, size_t at)
{
    size_t from = bl_line_from(hint->text, at);
    const bylaw_str line = bl_str_slice(hint->text, from, bl_line_to(hint->text, from));

    if (!bl_is_name(bl_str_slice(line, bl_skip_dashes(line), at - from)) && bl_has_colon(line))
        return from;
    for (int up = 0; up < 20 && from > 0; up++) {
        const size_t above = bl_line_from(hint->text, from - 1);
        const bylaw_str text = bl_str_slice(hint->text, above, from - 1);

        if (bl_str_trim(text).len == 0 || bl_has_colon(text))
            break;
        from = above;
    }
    return from;
}

static size_t first_line(const bl_hint *hint, slip_reach reach)
{
    const bl_yaml_trouble *trouble = hint->trouble;

    if (reach == BEGIN && trouble->from != BL_NOWHERE)
        return bl_line_from(hint->text, trouble->from);
    if (reach == FLOW && trouble->flow != BL_NOWHERE)
        return bl_line_from(hint->text, trouble->flow);
    if (reach == ABOVE)
        return swallowed_from(hint, trouble->at);
    return bl_line_from(hint->text, trouble->at);
}

bl_slip_result bl_yaml_find_slip(bl_hint *hint)
{
    const slip_reach reach = reach_of_trouble(hint->trouble);
    const size_t last = bl_line_from(hint->text, hint->trouble->at);
    const size_t first = reach == OWN_CAUSE ? 0 : reach == FLOW ? 2 : 0;
    const size_t end = reach == OWN_CAUSE ? 2 : reach == FLOW ? 3 : sizeof slips / sizeof *slips;
    size_t from = first_line(hint, reach);

    for (int down = 0; down < 200 && from <= last; down++) {
        const size_t to = bl_line_to(hint->text, from);

        for (size_t i = first; i < end; i++) {
            const bl_slip_result result = slips[i](hint, from, to);

            if (result != BL_NO_SLIP)
                return result;
        }
        from = to + 1;
    }
    return BL_NO_SLIP;
}
