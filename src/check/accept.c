/* check/accept.c: see accept.h. */
#include "check/accept.h"

#include "check/messages.h"

/* `*` stands for any run of characters, `?` for one byte of a name. */
static bool fits(bylaw_str pattern, bylaw_str text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, mark = 0;

    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.len && (pattern.ptr[p] == '?' || pattern.ptr[p] == text.ptr[t])) {
            p++;
            t++;
        } else if (star != SIZE_MAX) { /* let the star take one more */
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

/* ID, SET/ID or a citation. */
static bool named(const bylaw_ruleset *set, bylaw_str id, const bl_provision *const *provisions,
                  size_t count, bylaw_str pattern)
{
    const size_t slash = bl_str_find(pattern, BYLAW_STR("/"), 0);

    if (fits(pattern, id))
        return true;
    if (slash != SIZE_MAX && fits(bl_str_slice(pattern, 0, slash), set->id) &&
        fits(bl_str_slice(pattern, slash + 1, pattern.len), id))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (fits(pattern, provisions[i]->cite.in[BYLAW_ZH]) ||
            fits(pattern, provisions[i]->cite.in[BYLAW_EN]) || fits(pattern, provisions[i]->id))
            return true;
    }
    return false;
}

bool bl_names_norm(const bylaw_ruleset *set, const bl_norm *norm, bylaw_str text)
{
    if (bl_str_equal(norm->id, text))
        return true;
    if (text.len == set->id.len + 1 + norm->id.len && bl_str_starts(text, set->id) &&
        text.ptr[set->id.len] == '/' && bl_str_ends(text, norm->id))
        return true;
    for (size_t i = 0; i < norm->provision_count; i++) {
        if (bl_str_equal(norm->provisions[i]->cite.in[BYLAW_ZH], text) ||
            bl_str_equal(norm->provisions[i]->cite.in[BYLAW_EN], text))
            return true;
    }
    return false;
}

static bylaw_status read_files(bl_accept *accept, bylaw_diags *diags)
{
    const bylaw_options *options = accept->options;

    for (size_t i = 0; i < options->waiver_file_count; i++) {
        bl_source *source = BL_NEW(accept->arena, bl_source);
        bl_action one = {0};

        if (source == NULL)
            return BYLAW_ENOMEM;
        *source = (bl_source){.name = options->waiver_files[i].file,
                              .text = options->waiver_files[i].text};
        if (!bl_source_survey(source, accept->arena))
            return BYLAW_ENOMEM;
        const bylaw_status status =
            bl_waivers_read(&one, source, options->limits, accept->arena, diags);

        if (status != BYLAW_OK)
            return status;
        const size_t before = accept->waivers.waiver_count;
        bl_waiver *all = BL_NEW_N(accept->arena, bl_waiver, before + one.waiver_count + 1);

        if (all == NULL)
            return BYLAW_ENOMEM;
        for (size_t k = 0; k < before; k++)
            all[k] = accept->waivers.waivers[k];
        for (size_t k = 0; k < one.waiver_count; k++)
            all[before + k] = one.waivers[k];
        accept->waivers.waivers = all;
        accept->waivers.waiver_count = before + one.waiver_count;
    }
    return BYLAW_OK;
}

bylaw_status bl_accept_init(bl_accept *out, const bylaw_options *options, bl_arena *arena,
                            bylaw_diags *diags)
{
    *out = (bl_accept){.options = options, .arena = arena};
    const bylaw_status status = read_files(out, diags);

    out->selected = BL_NEW_N(arena, uint8_t, options->select_count + 1);
    out->ignored = BL_NEW_N(arena, uint8_t, options->ignore_count + 1);
    out->waived = BL_NEW_N(arena, uint8_t, out->waivers.waiver_count + 1);
    if (out->selected == NULL || out->ignored == NULL || out->waived == NULL)
        return BYLAW_ENOMEM;
    return status;
}

/* In, where nothing is selected or a pattern of --select names it; and no --ignore does. */
static bool picked(bl_accept *accept, const bylaw_ruleset *set, bylaw_str id,
                   const bl_provision *const *provisions, size_t count)
{
    const bylaw_options *options = accept->options;
    bool in = options->select_count == 0;

    for (size_t i = 0; i < options->select_count; i++) {
        if (named(set, id, provisions, count, options->select[i])) {
            accept->selected[i] = true;
            in = true;
        }
    }
    for (size_t i = 0; i < options->ignore_count; i++) {
        if (named(set, id, provisions, count, options->ignore[i])) {
            accept->ignored[i] = true;
            in = false;
        }
    }
    return in;
}

bylaw_status bl_accept_pick(bl_accept *accept, const bylaw_ruleset *set, const bl_picked **out)
{
    *out = NULL;
    if (accept->options->select_count == 0 && accept->options->ignore_count == 0)
        return BYLAW_OK;
    for (size_t i = 0; i < accept->sets.count; i++) {
        if (accept->sets.items[i].set == set) {
            *out = &accept->sets.items[i];
            return BYLAW_OK;
        }
    }
    const bl_picked one = {set, BL_NEW_N(accept->arena, uint8_t, set->norm_count + 1),
                           BL_NEW_N(accept->arena, uint8_t, set->gap_count + 1)};

    if (one.norms == NULL || one.gaps == NULL || !bl_vec_push(accept->arena, &accept->sets, one))
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < set->norm_count; i++)
        one.norms[i] = picked(accept, set, set->norms[i].id, set->norms[i].provisions,
                              set->norms[i].provision_count);
    for (size_t i = 0; i < set->gap_count; i++)
        one.gaps[i] = picked(accept, set, set->gaps[i].id, set->gaps[i].provisions,
                             set->gaps[i].provision_count);
    *out = &accept->sets.items[accept->sets.count - 1];
    return BYLAW_OK;
}

bylaw_status bl_accept_join(bl_accept *accept, const bl_accept *other)
{
    const bl_picked *picked_set;

    for (size_t i = 0; i < other->sets.count; i++) {
        if (bl_accept_pick(accept, other->sets.items[i].set, &picked_set) != BYLAW_OK)
            return BYLAW_ENOMEM;
    }
    for (size_t i = 0; i < accept->waivers.waiver_count; i++)
        accept->waived[i] |= other->waived[i];
    return BYLAW_OK;
}

/* The nearest id of a norm; of several the first by name, since the sets may be met in any order.
 */
static bylaw_str nearest_norm(const bl_accept *accept, bylaw_str pattern)
{
    const size_t most = bl_str_near(pattern);
    size_t best = most + 1;
    bylaw_str found = {NULL, 0};

    for (size_t i = 0; i < accept->sets.count; i++) {
        const bylaw_ruleset *set = accept->sets.items[i].set;

        for (size_t k = 0; k < set->norm_count; k++) {
            const size_t distance = bl_str_distance(set->norms[k].id, pattern, most);

            if (distance < best || (distance == best && distance <= most &&
                                    bl_str_compare(set->norms[k].id, found) < 0)) {
                best = distance;
                found = set->norms[k].id;
            }
        }
    }
    return found;
}

static void unused_pattern(const bl_accept *accept, bylaw_str option, bylaw_str pattern,
                           bylaw_diags *diags)
{
    const bylaw_str near = nearest_norm(accept, pattern);

    if (near.len > 0)
        bl_error(diags, &bl_check_msg_pattern_near, BL_NO_SPAN, BL_TEXT("option", option),
                 BL_TEXT("pattern", pattern), BL_TEXT("near", near));
    else
        bl_error(diags, &bl_check_msg_pattern, BL_NO_SPAN, BL_TEXT("option", option),
                 BL_TEXT("pattern", pattern));
}

void bl_accept_unused(const bl_accept *accept, bylaw_diags *diags)
{
    const bylaw_options *options = accept->options;

    for (size_t i = 0; i < options->select_count; i++) {
        if (!accept->selected[i])
            unused_pattern(accept, BYLAW_STR("--select"), options->select[i], diags);
    }
    for (size_t i = 0; i < options->ignore_count; i++) {
        if (!accept->ignored[i])
            unused_pattern(accept, BYLAW_STR("--ignore"), options->ignore[i], diags);
    }
    for (size_t i = 0; i < accept->waivers.waiver_count; i++) {
        if (!accept->waived[i])
            bl_warn(diags, &bl_check_msg_waiver_unused, accept->waivers.waivers[i].span,
                    BL_TEXT("name", accept->waivers.waivers[i].norm));
    }
}
