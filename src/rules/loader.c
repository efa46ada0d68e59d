/* rules/loader.c: from texts to a rule set, part after part (build.h), and the public functions. */
#include "rules/build.h"
#include "rules/bundled.h"

#include <assert.h>

/* --- a rule set --- */

typedef void bl_part(bl_builder *b);

static void read_scope(bl_builder *b)
{
    bylaw_ruleset *set = b->set;

    bl_read_period(b, b->nodes.in_force, &set->from, &set->until);
    set->scope = bl_read_scope(b, b->nodes.scope);
}

/* Each stands on those before it. */
static bl_part *const parts[] = {
    bl_read_words,      bl_read_types, bl_read_facts,    bl_read_fact_values,   bl_read_invariants,
    bl_read_provisions, read_scope,    bl_read_readings, bl_read_fact_readings, bl_order_facts,
    bl_read_norms,      bl_read_gaps,  bl_index_kinds,
};

static void build(bl_builder *b, bylaw_str file, bylaw_str text, bool is_static)
{
    if (!bl_load_layers(b, file, text, is_static) ||
        !bl_text_sha256(b, b->set->source->text, &b->set->sha256))
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (bl_over(b) || b->status != BYLAW_OK)
            return;
        parts[i](b);
    }
    b->set->texts = b->texts.items;
    b->set->text_count = b->texts.count;
}

static void init_builder(bl_builder *b, bylaw_ruleset *set, const bylaw_resolver *resolver,
                         const bylaw_limits *limits, bylaw_diags *diags)
{
    *b = (bl_builder){.set = set, .resolver = resolver, .limits = limits, .status = BYLAW_OK};
    b->reader = (bl_reader){.arena = &set->arena, .diags = diags, .context = b};
    bl_arena_init(&b->scratch, &set->allocator);
    b->spans = bl_map_init(&b->scratch);
    b->unit_index = bl_map_init(&b->scratch);
    b->enum_index = bl_map_init(&b->scratch);
    b->type_index = bl_map_init(&b->scratch);
    b->draft_index = bl_map_init(&b->scratch);
    b->constants = bl_map_init(&b->scratch);
    b->reading_index = bl_map_init(&b->scratch);
}

static bylaw_status read_into(bylaw_ruleset *set, bylaw_str file, bylaw_str text, bool is_static,
                              const bylaw_resolver *resolver, const bylaw_limits *limits,
                              bylaw_diags *diags)
{
    const size_t known = bylaw_diags_count(diags), errors = bylaw_diags_errors(diags);
    bl_builder b;

    init_builder(&b, set, resolver, limits, diags);
    b.errors_before = errors;
    b.is_bundled = is_static;
    build(&b, file, text, is_static);
    bl_tell_over(&b);
    const bool no_memory = b.reader.failed || b.scratch.failed || set->arena.failed;

    bl_arena_dispose(&b.scratch);
    bl_diags_sort(diags, known);
    if (no_memory)
        return BYLAW_ENOMEM;
    if (b.status != BYLAW_OK)
        return b.status;
    return bl_diags_status(diags, errors);
}

static bylaw_status read_set(bylaw_ruleset **out, bylaw_str file, bylaw_str text, bool is_static,
                             const bylaw_resolver *resolver, const bylaw_limits *limits,
                             const bylaw_allocator *allocator, bylaw_diags *diags)
{
    bylaw_diags *own = NULL; /* the status comes from a list, whether the caller wants one or not */
    bylaw_ruleset *set = NULL;
    bylaw_status status = BYLAW_OK;

    if (diags == NULL && (status = bylaw_diags_new(&own, allocator)) != BYLAW_OK)
        goto done;
    set = bl_new(allocator, sizeof *set);
    if (set == NULL) {
        status = BYLAW_ENOMEM;
        goto done;
    }
    set->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&set->arena, allocator);
    status = read_into(set, file, text, is_static, resolver, limits, diags != NULL ? diags : own);
    if (status != BYLAW_OK)
        goto done;
    *out = set;
    set = NULL;

done:
    bylaw_ruleset_free(set);
    bylaw_diags_free(own);
    return status;
}

bylaw_status bylaw_ruleset_read(bylaw_ruleset **out, bylaw_str file, bylaw_str text,
                                const bylaw_resolver *resolver, const bylaw_allocator *allocator,
                                bylaw_diags *diags)
{
    assert(out != NULL);
    return read_set(out, file, text, false, resolver, NULL, allocator, diags);
}

bylaw_status bylaw_ruleset_read_within(bylaw_ruleset **out, bylaw_str file, bylaw_str text,
                                       const bylaw_resolver *resolver, const bylaw_limits *limits,
                                       const bylaw_allocator *allocator, bylaw_diags *diags)
{
    assert(out != NULL);
    return read_set(out, file, text, false, resolver, limits, allocator, diags);
}

void bylaw_ruleset_free(bylaw_ruleset *set)
{
    if (set == NULL)
        return;
    const bylaw_allocator allocator = set->allocator;

    bl_arena_dispose(&set->arena);
    bl_free(&allocator, set, sizeof *set);
}

bylaw_str bylaw_ruleset_id(const bylaw_ruleset *set)
{
    return set->id;
}

bylaw_str bylaw_ruleset_title(const bylaw_ruleset *set, bylaw_lang lang)
{
    return set->title.in[lang];
}

bylaw_str bylaw_ruleset_short_title(const bylaw_ruleset *set, bylaw_lang lang)
{
    return set->short_title.in[lang];
}

/* --- those that are bundled: the texts beside the folders --- */

static bool is_set_name(bylaw_str path)
{
    return bl_str_find(path, BYLAW_STR("/"), 0) == SIZE_MAX &&
           bl_str_ends(path, BYLAW_STR(".yaml"));
}

size_t bylaw_bundled_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < bl_bundled_file_count; i++)
        count += is_set_name(bl_bundled_files[i].name);
    return count;
}

bylaw_str bylaw_bundled_name(size_t i)
{
    for (size_t k = 0; k < bl_bundled_file_count; k++) {
        const bylaw_str path = bl_bundled_files[k].name;

        if (is_set_name(path) && i-- == 0)
            return bl_str_slice(path, 0, path.len - (sizeof ".yaml" - 1));
    }
    return (bylaw_str){NULL, 0};
}

bylaw_status bylaw_ruleset_bundled(bylaw_ruleset **out, bylaw_str name,
                                   const bylaw_allocator *allocator, bylaw_diags *diags)
{
    assert(out != NULL);
    for (size_t i = 0; i < bl_bundled_file_count; i++) {
        const bylaw_str path = bl_bundled_files[i].name;

        if (is_set_name(path) && path.len == name.len + sizeof ".yaml" - 1 &&
            bl_str_starts(path, name))
            return read_set(out, path, bl_bundled_files[i].text, true, NULL, NULL, allocator,
                            diags);
    }
    return BYLAW_ENOTFOUND;
}
