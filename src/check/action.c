/* check/action.c: see action.h. A document without `action` is shared by those after it; the facts
 * of an action are a list of entries, one a dotted name, from all layers: its own, the shared
 * documents', the registers'. */
#include "check/accept.h"

#include "base/vec.h"
#include "check/messages.h"
#include "doc/shape.h"
#include "value/date.h"

#include <assert.h>
#include <stddef.h>

typedef bl_action_nodes raw_action;

static const bl_key action_keys[] = {
    {"action", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, action)},
    {"rules", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, rules)},
    {"date", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, date)},
    {"as_of", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, as_of)},
    {"declared", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, declared)},
    {"register", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, reg)},
    {"facts", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, facts)},
    {"waivers", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, waivers)},
    {"title", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, title)},
    {"proposed", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_action, proposed)},
    {NULL, 0, NULL, 0},
};

typedef BL_VEC(bl_entry) entry_vec;

typedef struct state {
    const bl_action_reading *how;
    const bl_source *source;
    bl_reader reader;
    raw_action shared;
    entry_vec shared_facts;
    bl_entries first;   /* before its own facts: a row of a test table */
    bool shared_yields; /* shared facts are defaults: what the action states replaces them */
    BL_VEC(bl_action) actions;
    bool failed;
} state;

static bylaw_label label_of(const char *zh, const char *en)
{
    return (bylaw_label){{bylaw_str_from(zh), bylaw_str_from(en)}};
}

bool bl_date_of_text(int64_t *out, bylaw_str *rest, bylaw_str text, bl_span span, bl_arena *arena,
                     bylaw_diags *diags)
{
    switch (bl_date_read(out, rest, text)) {
    case BL_DATE_OK:
        return true;
    case BL_DATE_NO_SUCH_DAY:
        bl_error(diags, &bl_check_msg_no_such_day, span,
                 BL_LABEL("date", bl_date_as_told(arena, text)));
        return false;
    case BL_DATE_NOT_A_DATE:
        break;
    }
    bl_error(diags, &bl_check_msg_bad_date, span, BL_TEXT("text", text));
    return false;
}

/* Appends the facts of a mapping: {vote: {yes: 5}} and {vote.yes: 5} are the same fact. */
static void flatten(state *s, entry_vec *out, const bl_doc_node *map, bylaw_str prefix,
                    bl_origin origin)
{
    for (size_t i = 0; i < map->count && !s->failed; i++) {
        const bl_doc_pair *pair = &map->pairs[i];
        bl_str name = bl_str_init(s->how->arena);
        bl_entry entry = {{NULL, 0}, pair->key, pair->value, origin};

        if (prefix.len > 0) {
            bl_str_add(&name, prefix);
            bl_str_addc(&name, '.');
        }
        bl_str_add(&name, pair->key->text);
        if (bl_str_take(&entry.name, &name) != BYLAW_OK) {
            s->failed = true;
        } else if (pair->value->shape == BL_DOC_MAP) {
            flatten(s, out, pair->value, entry.name, origin);
        } else if (!bl_vec_push(s->how->arena, out, entry)) {
            s->failed = true;
        }
    }
}

/* What stands here is no mapping or no list, perhaps only for a full-width colon or bracket. */
static void tell_shape(state *s, const bl_msg *msg, const bl_doc_node *node)
{
    if (!bl_doc_near_miss(s->how->arena, s->how->diags, node))
        bl_error0(s->how->diags, msg, bl_doc_place(node));
}

static void read_facts(state *s, entry_vec *out, const bl_doc_node *facts, bl_origin origin)
{
    if (bl_doc_is_empty(facts))
        return;
    if (facts->shape != BL_DOC_MAP)
        tell_shape(s, &bl_check_msg_not_a_mapping, facts);
    else
        flatten(s, out, facts, (bylaw_str){NULL, 0}, origin);
}

static const bl_doc_node *or_shared(const bl_doc_node *own, const bl_doc_node *shared)
{
    return own != NULL ? own : shared;
}

static void read_date(state *s, const bl_doc_node *node, bool *has, int64_t *out, bylaw_str *rest,
                      bl_span *span)
{
    if (node == NULL)
        return;
    *span = node->span;
    if (!bl_doc_is_empty(node))
        *has = bl_date_of_text(out, rest, node->text, node->span, s->how->arena, s->how->diags);
}

static const struct declared_word {
    const char *text;
    bool adopted;
} declared_words[] = {
    {"adopted", true}, {"rejected", false},    {"通过", true},
    {"未通过", false}, {"not-adopted", false}, {"not adopted", false},
};

static void read_declared(state *s, bl_action *action, const raw_action *raw)
{
    const bl_doc_node *node = or_shared(raw->declared, s->shared.declared);
    const bl_doc_pair *pair = raw->declared != NULL ? raw->declared_pair : s->shared.declared_pair;

    if (node == NULL)
        return;
    assert(pair != NULL); /* a value has its key */
    action->declared_span = node->span;
    action->declared_key_span = pair->key->span;
    if (bl_doc_is_empty(node))
        return;
    for (size_t i = 0; i < sizeof declared_words / sizeof *declared_words; i++) {
        if (node->shape == BL_DOC_SCALAR && bl_str_is(node->text, declared_words[i].text)) {
            action->declared =
                declared_words[i].adopted ? BL_DECLARED_ADOPTED : BL_DECLARED_REJECTED;
            return;
        }
    }
    bl_error(s->how->diags, &bl_check_msg_bad_declared, node->span, BL_TEXT("text", node->text));
}

/* `rules: wcasp` or `rules: [wcasp, cast-union]`. */
static void read_rules(state *s, bl_action *action, const bl_doc_node *node)
{
    if (bl_doc_is_empty(node))
        return;
    const bool one = node->shape == BL_DOC_SCALAR;

    if (one && bl_doc_near_miss(s->how->arena, s->how->diags, node))
        return;
    const size_t count = one ? 1 : node->count;
    bylaw_str *names = BL_NEW_N(s->how->arena, bylaw_str, count + 1);
    bl_span *spans = BL_NEW_N(s->how->arena, bl_span, count + 1);

    if (names == NULL || spans == NULL) {
        s->failed = true;
        return;
    }
    if (node->shape == BL_DOC_MAP) {
        tell_shape(s, &bl_check_msg_not_a_list, node);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const bl_doc_node *item = one ? node : node->items[i];

        if (item->shape != BL_DOC_SCALAR || bl_doc_is_empty(item)) {
            bl_error0(s->how->diags, &bl_check_msg_not_a_list, item->span);
            return;
        }
        names[i] = item->text;
        spans[i] = item->span;
    }
    action->rules = names;
    action->rule_spans = spans;
    action->rule_count = count;
}

typedef struct raw_waiver {
    bylaw_str norm, reason;
    const bl_doc_node *by, *until;
} raw_waiver;

static const bl_key waiver_keys[] = {
    {"norm", BL_REQUIRED, bl_read_text, offsetof(raw_waiver, norm)},
    {"reason", BL_REQUIRED, bl_read_text, offsetof(raw_waiver, reason)},
    {"by", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_waiver, by)},
    {"until", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_waiver, until)},
    {NULL, 0, NULL, 0},
};

static void read_waivers(state *s, bl_action *action, const bl_doc_node *node)
{
    if (bl_doc_is_empty(node))
        return;
    if (node->shape != BL_DOC_SEQ) {
        tell_shape(s, &bl_check_msg_not_a_list, node);
        return;
    }
    action->waivers = BL_NEW_N(s->how->arena, bl_waiver, node->count + 1);
    if (action->waivers == NULL) {
        s->failed = true;
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        raw_waiver raw = {0};
        bl_waiver *waiver = &action->waivers[action->waiver_count];
        bylaw_str rest;
        bl_span span;

        if (!bl_shape_read(&s->reader, node->items[i], label_of("豁免", "waiver"), waiver_keys,
                           &raw))
            continue;
        *waiver = (bl_waiver){.norm = raw.norm, .reason = raw.reason, .span = node->items[i]->span};
        if (!bl_doc_is_empty(raw.by) && raw.by->shape == BL_DOC_SCALAR)
            waiver->by = raw.by->text;
        read_date(s, raw.until, &waiver->has_until, &waiver->until, &rest, &span);
        action->waiver_count++;
    }
}

/* The facts of the register that the document names; its text comes from the caller. */
static void read_register(state *s, entry_vec *out, const bl_doc_node *node)
{
    const bylaw_options *options = s->how->options;
    bl_source *source = BL_NEW(s->how->arena, bl_source);
    bl_entries entries = {0};
    bylaw_status status = BYLAW_ENOTFOUND;

    if (source == NULL) {
        s->failed = true;
        return;
    }
    if (options->open != NULL)
        status = options->open(options->context, node->text, s->source->name, &source->text,
                               &source->name);
    if (status == BYLAW_ENOMEM) {
        s->failed = true;
        return;
    }
    if (status != BYLAW_OK) {
        bl_error(s->how->diags,
                 status == BYLAW_EIO ? &bl_check_msg_unread_register
                                     : &bl_check_msg_unknown_register,
                 node->span, BL_TEXT("name", node->text));
        return;
    }
    s->failed = s->failed || !bl_source_survey(source, s->how->arena);
    status = bl_register_read(&entries, source, options->limits, s->how->arena, s->how->diags);
    s->failed |= status == BYLAW_ENOMEM;
    for (size_t i = 0; i < entries.count && !s->failed; i++)
        s->failed = !bl_vec_push(s->how->arena, out, entries.items[i]);
}

static void append(state *s, entry_vec *out, const bl_entry *items, size_t count)
{
    for (size_t i = 0; i < count && !s->failed; i++)
        s->failed = !bl_vec_push(s->how->arena, out, items[i]);
}

/* Facts of a meeting must agree with those of its motions; the defaults of a test file give way. */
static void append_shared(state *s, entry_vec *out)
{
    const size_t own = out->count;

    for (size_t i = 0; i < s->shared_facts.count && !s->failed; i++) {
        bool replaced = false;

        for (size_t k = 0; s->shared_yields && k < own && !replaced; k++)
            replaced = bl_str_equal(out->items[k].name, s->shared_facts.items[i].name);
        if (!replaced)
            append(s, out, &s->shared_facts.items[i], 1);
    }
}

static void read_one(state *s, const raw_action *raw)
{
    bl_action action = {.source = s->source,
                        .span = raw->action->span,
                        .ignore_unknown =
                            s->how->options != NULL && s->how->options->ignore_unknown};
    entry_vec entries = {0};
    bylaw_str rest = {NULL, 0};
    bl_span span;
    const bl_doc_node *reg = or_shared(raw->reg, s->shared.reg);

    if (bl_doc_is_empty(raw->action) || raw->action->shape != BL_DOC_SCALAR)
        bl_error0(s->how->diags, &bl_check_msg_empty_action, raw->action_pair->key->span);
    action.kind = raw->action->text;
    action.key_span = raw->action_pair->key->span;
    action.line = bl_place_of(s->source, action.key_span.from).line;
    if (raw->title != NULL)
        action.title = raw->title->text;
    if (raw->proposed != NULL && !bl_doc_is_empty(raw->proposed) &&
        raw->proposed->shape == BL_DOC_SCALAR)
        action.proposed = raw->proposed->text;
    read_date(s, or_shared(raw->date, s->shared.date), &action.has_date, &action.date, &action.time,
              &action.date_span);
    if (action.date_span.source == NULL && raw->date_pair != NULL)
        action.date_span = raw->date_pair->key->span;
    read_date(s, or_shared(raw->as_of, s->shared.as_of), &action.has_as_of, &action.as_of, &rest,
              &span);
    read_declared(s, &action, raw);
    read_rules(s, &action, or_shared(raw->rules, s->shared.rules));
    read_waivers(s, &action, or_shared(raw->waivers, s->shared.waivers));
    append(s, &entries, s->first.items, s->first.count);
    read_facts(s, &entries, raw->facts, BL_FROM_ACTION);
    append_shared(s, &entries);
    if (!bl_doc_is_empty(reg))
        read_register(s, &entries, reg);
    append(s, &entries, s->how->registers->items, s->how->registers->count);
    action.entries = entries.items;
    action.entry_count = entries.count;
    if (!s->failed && !bl_vec_push(s->how->arena, &s->actions, action))
        s->failed = true;
}

#define SHARE(name)                                                                                \
    if (raw->name != NULL)                                                                         \
    s->shared.name = raw->name

/* A document without `action`: its entries lie under those of the documents after it. */
static void share(state *s, const raw_action *raw)
{
    SHARE(rules);
    SHARE(date);
    SHARE(as_of);
    SHARE(declared);
    SHARE(declared_pair);
    SHARE(reg);
    SHARE(waivers);
    read_facts(s, &s->shared_facts, raw->facts, BL_FROM_ACTION);
}

/* A flat record: the key that the options name is the kind, `date` the date, every other key a
 * fact. Records share nothing. */
static void read_flat(state *s, const bl_doc_node *root)
{
    const bylaw_str kind = s->how->options->flat;
    bl_doc_node facts = *root;
    raw_action raw = {.facts = &facts};
    bl_doc_pair *pairs = BL_NEW_N(s->how->arena, bl_doc_pair, root->count + 1);

    if (pairs == NULL) {
        s->failed = true;
        return;
    }
    facts.pairs = pairs;
    facts.count = 0;
    for (size_t i = 0; i < root->count; i++) {
        const bl_doc_pair *pair = &root->pairs[i];

        if (bl_str_equal(pair->key->text, kind)) {
            raw.action_pair = pair;
            raw.action = pair->value;
        } else if (bl_str_is(pair->key->text, "date")) {
            raw.date = pair->value;
        } else {
            pairs[facts.count++] = *pair;
        }
    }
    if (raw.action != NULL)
        read_one(s, &raw);
    else
        bl_error(s->how->diags, &bl_check_msg_missing_kind, bl_doc_place(root),
                 BL_TEXT("key", kind));
}

static bool is_flat(const state *s)
{
    return s->how->options != NULL && s->how->options->flat.len > 0;
}

/* Files of other kinds, told by the key that begins them: one mistake, not one for each of their
 * keys. */
static const struct other_file {
    const char *key, *zh, *en, *command;
} other_files[] = {
    {"ruleset", "规定", "a rule set", "lint"},
    {"vocabulary", "词汇", "a vocabulary", "lint"},
    {"provisions", "条款", "provisions", "lint"},
    {"tests", "测试", "rule tests", "test"},
    {"rulesets", "记录", "a verdict record", "verify"},
    {"$schema", "JSON Schema", "a JSON Schema", "schema"},
};

static bool is_other_file(state *s, const bl_doc_node *root)
{
    for (size_t i = 0; i < sizeof other_files / sizeof *other_files; i++) {
        const bl_doc_pair *pair = bl_doc_pair_of(root, other_files[i].key);

        if (pair != NULL && bl_doc_get(root, "action") == NULL) {
            bl_error(s->how->diags, &bl_check_msg_other_file, pair->key->span,
                     BL_LABEL("what", label_of(other_files[i].zh, other_files[i].en)),
                     BL_TEXT("command", bylaw_str_from(other_files[i].command)));
            return true;
        }
    }
    return false;
}

static void read_document(state *s, const bl_doc_node *root)
{
    raw_action raw = {0};

    if (root == NULL || bl_doc_is_empty(root))
        return;
    if (root->shape != BL_DOC_MAP) {
        tell_shape(s, &bl_check_msg_not_a_mapping, root);
        return;
    }
    if (is_flat(s)) {
        read_flat(s, root);
        return;
    }
    if (is_other_file(s, root))
        return;
    bl_shape_read(&s->reader, root, label_of("事项", "action"), action_keys, &raw);
    raw.action_pair = bl_doc_pair_of(root, "action");
    raw.declared_pair = bl_doc_pair_of(root, "declared");
    raw.date_pair = bl_doc_pair_of(root, "date");
    if (raw.action_pair != NULL && raw.action != NULL)
        read_one(s, &raw);
    else if (raw.facts != NULL)
        share(s, &raw);
    else
        bl_error0(s->how->diags, &bl_check_msg_missing_action, root->span);
}

static bool nothing_in(const bl_document *doc)
{
    for (size_t i = 0; i < doc->count; i++) {
        if (doc->roots[i] != NULL && !bl_doc_is_empty(doc->roots[i]))
            return false;
    }
    return true;
}

static bl_doc_format doc_format(bylaw_format format)
{
    return format == BYLAW_FORMAT_YAML    ? BL_DOC_YAML
           : format == BYLAW_FORMAT_JSON  ? BL_DOC_JSON
           : format == BYLAW_FORMAT_JSONL ? BL_DOC_JSONL
                                          : BL_DOC_BY_NAME;
}

bylaw_status bl_action_build(bl_action *out, const bl_source *source, const bl_action_nodes *nodes,
                             const bl_action_nodes *shared, bl_entries first,
                             const bl_action_reading *how)
{
    state s = {.how = how,
               .source = source,
               .reader = {.arena = how->arena, .diags = how->diags},
               .shared = *shared,
               .first = first,
               .shared_yields = true};
    const size_t known = how->diags != NULL ? bylaw_diags_errors(how->diags) : 0;

    read_facts(&s, &s.shared_facts, shared->facts, BL_FROM_ACTION);
    read_one(&s, nodes);
    if (s.failed || s.reader.failed)
        return BYLAW_ENOMEM;
    const bylaw_status status = bl_diags_status(how->diags, known);

    if (status == BYLAW_OK)
        *out = s.actions.items[0];
    return status;
}

static const bylaw_limits *limits_of(const bl_action_reading *how)
{
    return how->options != NULL ? how->options->limits : NULL;
}

bylaw_status bl_actions_read(bl_action_list *out, const bl_source *source, bylaw_format format,
                             const bl_action_reading *how)
{
    state s = {.how = how, .source = source, .reader = {.arena = how->arena, .diags = how->diags}};
    const size_t known = how->diags != NULL ? bylaw_diags_errors(how->diags) : 0;
    bl_document doc = {0};
    bylaw_status status =
        bl_document_read(&doc, source, doc_format(format), limits_of(how), how->arena, how->diags);

    if (status != BYLAW_OK)
        return status;
    if (nothing_in(&doc) && !is_flat(&s) && !how->is_line) {
        bl_error0(how->diags, &bl_check_msg_empty_file, ((bl_span){source, 0, 0}));
        return BYLAW_EINPUT;
    }
    for (size_t i = 0; i < how->shared_count && !s.failed; i++)
        read_document(&s, how->shared[i]);
    for (size_t i = 0; i < doc.count && !s.failed; i++)
        read_document(&s, doc.roots[i]);
    if (s.failed || s.reader.failed)
        return BYLAW_ENOMEM;
    /* also with mistakes: the facts of the actions are looked at in the same run */
    *out = (bl_action_list){s.actions.items, s.actions.count};
    return bl_diags_status(how->diags, known);
}

typedef struct raw_register {
    const bl_doc_node *facts;
} raw_register;

static const bl_key register_keys[] = {
    {"facts", BL_REQUIRED, bl_read_node, offsetof(raw_register, facts)},
    {NULL, 0, NULL, 0},
};

/* The facts of one document of a register; `bare`: of any mapping, under the key `facts` or not. */
static void read_register_root(state *s, entry_vec *out, const bl_doc_node *root, bool bare)
{
    raw_register raw = {0};
    const bl_doc_pair *facts =
        bare && root->shape == BL_DOC_MAP ? bl_doc_pair_of(root, "facts") : NULL;

    if (bare)
        read_facts(s, out, facts != NULL ? facts->value : root, BL_FROM_REGISTER);
    else if (bl_shape_read(&s->reader, root, label_of("名册", "register"), register_keys, &raw))
        read_facts(s, out, raw.facts, BL_FROM_REGISTER);
}

static bylaw_status read_register_file(bl_entries *out, const bl_source *source, bool bare,
                                       const bylaw_limits *limits, bl_arena *arena,
                                       bylaw_diags *diags)
{
    const bl_action_reading how = {.arena = arena, .diags = diags};
    state s = {.how = &how, .source = source, .reader = {.arena = arena, .diags = diags}};
    const size_t known = diags != NULL ? bylaw_diags_errors(diags) : 0;
    bl_document doc = {0};
    entry_vec entries = {0};
    bylaw_status status = bl_document_read(&doc, source, BL_DOC_BY_NAME, limits, arena, diags);

    if (status != BYLAW_OK)
        return status;
    if (nothing_in(&doc))
        bl_error0(diags, &bl_check_msg_empty_file, ((bl_span){source, 0, 0}));
    for (size_t i = 0; i < doc.count && !s.failed; i++) {
        if (doc.roots[i] != NULL)
            read_register_root(&s, &entries, doc.roots[i], bare);
    }
    if (s.failed || s.reader.failed)
        return BYLAW_ENOMEM;
    if ((status = bl_diags_status(diags, known)) != BYLAW_OK)
        return status;
    *out = (bl_entries){entries.items, entries.count};
    return BYLAW_OK;
}

static const bl_key waiver_file_keys[] = {
    {"waivers", BL_REQUIRED, bl_read_node, 0},
    {NULL, 0, NULL, 0},
};

bylaw_status bl_waivers_read(bl_action *out, const bl_source *source, const bylaw_limits *limits,
                             bl_arena *arena, bylaw_diags *diags)
{
    const bl_action_reading how = {.arena = arena, .diags = diags};
    const size_t before = diags != NULL ? bylaw_diags_errors(diags) : 0;
    state s = {.how = &how, .source = source, .reader = {.arena = arena, .diags = diags}};
    const bl_doc_node *list = NULL;
    bl_document doc;
    const bylaw_status status =
        bl_document_read(&doc, source, BL_DOC_BY_NAME, limits, arena, diags);

    if (status != BYLAW_OK)
        return status;
    if (doc.count != 1 || bl_doc_is_empty(doc.roots[0]))
        bl_error0(diags, &bl_check_msg_waiver_file, ((bl_span){source, 0, 0}));
    else if (bl_shape_read(&s.reader, doc.roots[0], label_of("豁免文件", "waiver file"),
                           waiver_file_keys, &list))
        read_waivers(&s, out, list);
    for (size_t i = 0; i < out->waiver_count; i++) {
        if (out->waivers[i].by.len == 0)
            bl_error(diags, &bl_check_msg_waiver_grantor, out->waivers[i].span,
                     BL_TEXT("name", out->waivers[i].norm));
    }
    return s.failed || s.reader.failed ? BYLAW_ENOMEM : bl_diags_status(diags, before);
}

bylaw_status bl_register_read(bl_entries *out, const bl_source *source, const bylaw_limits *limits,
                              bl_arena *arena, bylaw_diags *diags)
{
    return read_register_file(out, source, false, limits, arena, diags);
}

bylaw_status bl_facts_read(bl_entries *out, const bl_source *source, const bylaw_limits *limits,
                           bl_arena *arena, bylaw_diags *diags)
{
    return read_register_file(out, source, true, limits, arena, diags);
}
