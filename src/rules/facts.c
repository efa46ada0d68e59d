/* rules/facts.c: the facts of all texts and the environment of their names; then what is presumed,
 * counted and derived.
 *
 * A fact is declared once. A rule set may give a shared one a presumption, a derivation or a
 * reading of its own, never another type. A fact whose type is a record stands for one fact a
 * field. */
#include "rules/build.h"

#include "doc/messages.h"

#include <stddef.h>

typedef struct fact_head {
    bylaw_label label;
    const bl_doc_node *type, *unit, *counts, *derive, *presumed, *readings, *by_kind;
    bl_open_until open_until;
    bool judgement;
} fact_head;

static bool read_open_until(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const char *const words[] = {"vote", "effect", "always", NULL};
    const int word = bl_read_word(reader, node, words);

    if (word < 0)
        return false;
    *(bl_open_until *)slot = (bl_open_until)(BL_OPEN_VOTE + word);
    return true;
}

static const bl_key fact_keys[] = {
    {"type", 0, bl_read_node, offsetof(fact_head, type)},
    {"zh", 0, bl_read_text, offsetof(fact_head, label.in[BYLAW_ZH])},
    {"en", 0, bl_read_text, offsetof(fact_head, label.in[BYLAW_EN])},
    {"by_kind", 0, bl_read_node, offsetof(fact_head, by_kind)},
    {"unit", 0, bl_read_node, offsetof(fact_head, unit)},
    {"counts", 0, bl_read_node, offsetof(fact_head, counts)},
    {"derive", 0, bl_read_node, offsetof(fact_head, derive)},
    {"presumed", 0, bl_read_node, offsetof(fact_head, presumed)},
    {"open_until", 0, read_open_until, offsetof(fact_head, open_until)},
    {"judgement", 0, bl_read_bool, offsetof(fact_head, judgement)},
    {"readings", 0, bl_read_node, offsetof(fact_head, readings)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_fact = {
    {{"这个事实", sizeof "这个事实" - 1}, {"this fact", sizeof "this fact" - 1}}};

/* --- names --- */

static bool is_reserved(bylaw_str name)
{
    static const char *const words[] = {
        "kind", "date",  "as_of",   "declared",  "outcome", "true", "false",    "null", "in",
        "as",   "break", "const",   "continue",  "else",    "for",  "function", "if",   "import",
        "let",  "loop",  "package", "namespace", "return",  "var",  "void",     "while"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bl_str_is(name, words[i]))
            return true;
    }
    return false;
}

/* Identifiers with dots between them, the first of them free. */
static bool check_fact_name(bl_builder *b, const bl_doc_node *key)
{
    const bylaw_str name = key->text;
    const size_t dot = bl_str_find(name, BYLAW_STR("."), 0);

    if (!bl_want_name(b, key, "_."))
        return false;
    if (bl_str_find(name, BYLAW_STR(".."), 0) != SIZE_MAX || bl_str_ends(name, BYLAW_STR("."))) {
        bl_rules_error(b, BAD_NAME, bl_doc_place(key), BL_TEXT("name", name),
                       BL_TEXT("also", BYLAW_STR("_.")));
        return false;
    }
    if (is_reserved(bl_str_slice(name, 0, dot == SIZE_MAX ? name.len : dot))) {
        bl_rules_error(b, RESERVED_NAME, bl_doc_place(key), BL_TEXT("name", name));
        return false;
    }
    return true;
}

static bool is_int(const bl_type *type)
{
    return type->kind == BL_T_INT;
}

/* The fact that a label means: exactly, or by its beginning where whole numbers are looked for. */
static const bl_fact *labelled_fact(const bl_builder *b, bylaw_str text, bool want_int)
{
    const bl_fact *exact = NULL, *begun = NULL;
    size_t exacts = 0, begins = 0;

    for (size_t i = 0; i < b->drafts.count; i++) {
        const bl_fact *fact = &b->drafts.items[i]->fact;

        if (want_int && !is_int(fact->type))
            continue;
        for (int lang = 0; lang < BYLAW_LANGS; lang++) {
            if (bl_str_equal(fact->label.in[lang], text)) {
                exact = fact;
                exacts++;
            } else if (want_int && bl_str_starts(fact->label.in[lang], text)) {
                begun = fact;
                begins++;
            }
        }
    }
    if (exacts == 1)
        return exact;
    return exacts == 0 && begins == 1 ? begun : NULL;
}

bl_fact_draft *bl_find_fact(bl_builder *b, bylaw_str name, bl_span span, bool want_int)
{
    bl_fact_draft *draft = bl_map_get(&b->draft_index, name);

    if (draft != NULL)
        return draft;
    const bl_fact *labelled = labelled_fact(b, name, want_int);
    const bylaw_label hint = labelled != NULL
                                 ? bl_hint_is(b, labelled->name)
                                 : bl_hint_near(b, bl_map_nearest(&b->draft_index, name));

    bl_rules_error(b, UNKNOWN_FACT, span, BL_TEXT("name", name), BL_LABEL("hint", hint));
    return NULL;
}

/* --- declaring --- */

static bl_fact_draft *add_fact(bl_builder *b, bylaw_str name, const bl_doc_node *key)
{
    bl_fact_draft *draft = BL_NEW(&b->scratch, bl_fact_draft);

    if (draft == NULL || !bl_vec_push(&b->scratch, &b->drafts, draft) ||
        !bl_map_put(&b->draft_index, name, draft)) {
        bl_no_memory(b);
        return NULL;
    }
    draft->key = key;
    draft->group = -1;
    draft->fact.name = name;
    draft->fact.slot = (uint32_t)(BL_SLOT_FACTS + b->drafts.count - 1);
    draft->fact.counts = -1;
    draft->fact.span = bl_doc_place(key);
    return draft;
}

static void set_common(bl_fact *fact, const fact_head *head)
{
    fact->open_until = head->open_until;
    fact->judgement = head->judgement;
}

static bool joined(bl_builder *b, bylaw_str *out, bylaw_str left, const char *between,
                   bylaw_str right)
{
    bl_str text = bl_str_init(b->reader.arena);

    bl_str_add(&text, left);
    bl_str_addz(&text, between);
    bl_str_add(&text, right);
    return bl_str_take(out, &text) == BYLAW_OK || bl_no_memory(b);
}

/* approved: {type: step} stands for approved.by and approved.on. */
static void add_group(bl_builder *b, const bl_doc_pair *pair, const fact_head *head,
                      const bl_type *type, bool nullable)
{
    bl_group group = {.name = pair->key->text,
                      .label = head->label,
                      .first = (uint32_t)b->drafts.count,
                      .nullable = true};

    for (size_t i = 0; i < type->field_count; i++) {
        const bl_field *field = &type->fields[i];
        bylaw_str name;

        if (!joined(b, &name, group.name, ".", field->name))
            return;
        bl_fact_draft *draft = add_fact(b, name, pair->key);

        if (draft == NULL)
            return;
        bl_fact *fact = &draft->fact;

        joined(b, &fact->label.in[BYLAW_ZH], head->label.in[BYLAW_ZH], "",
               field->label.in[BYLAW_ZH]);
        joined(b, &fact->label.in[BYLAW_EN], head->label.in[BYLAW_EN], " ",
               field->label.in[BYLAW_EN]);
        fact->type = field->type;
        if (nullable && field->type->kind != BL_T_NULLABLE) {
            fact->type = bl_type_nullable(b->reader.arena, field->type);
            if (fact->type == NULL) {
                bl_no_memory(b);
                fact->type = BL_SIMPLE(ERROR);
            }
        }
        if (field->type->kind == BL_T_RECORD)
            bl_rules_error(b, NESTED_RECORD, bl_doc_place(pair->key), BL_TEXT("name", type->name));
        fact->is_count = field->type == &bl_type_count;
        group.nullable &= fact->type->kind == BL_T_NULLABLE;
        set_common(fact, head);
        draft->group = (int64_t)b->groups.count;
    }
    group.count = (uint32_t)b->drafts.count - group.first;
    if (!bl_vec_push(b->reader.arena, &b->groups, group))
        bl_no_memory(b);
}

/* What can only be given to one of the facts of a group. */
static void refuse_group_keys(bl_builder *b, const bl_doc_pair *pair, const bl_type *type)
{
    static const char *const keys[] = {"by_kind", "unit",     "counts",
                                       "derive",  "presumed", "readings"};
    const bylaw_str field = type->field_count > 0 ? type->fields[0].name : BYLAW_STR("…");

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const bl_doc_pair *found = bl_doc_pair_of(pair->value, keys[i]);

        if (found != NULL)
            bl_rules_error(b, GROUP_KEY, bl_doc_place(found->key), BL_TEXT("name", pair->key->text),
                           BL_TEXT("key", found->key->text), BL_TEXT("field", field));
    }
}

static void keep_nodes(bl_fact_draft *draft, const fact_head *head)
{
    if (head->counts != NULL)
        draft->counts = head->counts;
    if (head->derive != NULL)
        draft->derive = head->derive;
    if (head->presumed != NULL)
        draft->presumed = head->presumed;
    if (head->readings != NULL)
        draft->readings = head->readings;
}

/* by_kind: {election: {zh: 得票数, en: votes for}}; a kind has one label, in whichever text. */
static void read_kind_label(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    bl_fact_draft *draft = context;
    bl_kind_label own = {.kind = bl_find_kind(b, pair->key)};

    b->reader.key = pair->key;
    const bool whole = bl_read_label(&b->reader, pair->value, &own.label);

    if (!whole || own.kind == NULL ||
        !bl_unique(b, "by_kind", draft->fact.name, own.kind->id, bl_doc_place(pair->key)))
        return;
    if (!bl_vec_push(b->reader.arena, &draft->kind_labels, own))
        bl_no_memory(b);
}

static void read_kind_labels(bl_builder *b, const bl_doc_pair *fact, bl_fact_draft *draft)
{
    const bl_doc_pair *given = bl_doc_pair_of(fact->value, "by_kind");
    const bl_doc_node *before = b->reader.key;

    if (given == NULL)
        return;
    b->reader.key = given->key;
    bl_read_pairs(b, given->value, read_kind_label, draft);
    b->reader.key = before;
}

static void add_new(bl_builder *b, const bl_doc_pair *pair, const fact_head *head)
{
    const bl_type *type = bl_read_type(b, head->type);
    const bool nullable = type->kind == BL_T_NULLABLE;
    const bl_type *inner = nullable ? type->params[0] : type;

    bl_want_both(b, &head->label, pair->key);
    if (inner->kind == BL_T_RECORD) {
        refuse_group_keys(b, pair, inner);
        add_group(b, pair, head, inner, nullable);
        return;
    }
    bl_fact_draft *draft = add_fact(b, pair->key->text, pair->key);

    if (draft == NULL)
        return;
    draft->fact.label = head->label;
    draft->fact.type = type;
    draft->fact.is_count = inner == &bl_type_count;
    set_common(&draft->fact, head);
    keep_nodes(draft, head);
    read_kind_labels(b, pair, draft);
    if (head->unit == NULL)
        return;
    draft->fact.unit = bl_find_unit(b, head->unit);
    if (!is_int(inner) && inner->kind != BL_T_FRACTION && inner->kind != BL_T_LIST &&
        inner->kind != BL_T_ERROR)
        bl_rules_error0(b, UNIT_NOT_NUMBER, bl_doc_place(head->unit));
}

/* What a rule set says of a fact that its vocabularies declare. */
static void add_to_shared(bl_builder *b, const bl_doc_pair *pair, const fact_head *head,
                          bl_fact_draft *draft)
{
    static const char *const refused[] = {"zh", "en", "unit", "counts", "open_until", "judgement"};
    const bl_span there = draft->fact.span, here = bl_doc_place(pair->key);

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const bl_doc_pair *found = bl_doc_pair_of(pair->value, refused[i]);

        if (found != NULL)
            bl_rules_error(b, SHARED_FACT, bl_doc_place(found->key),
                           BL_TEXT("name", pair->key->text));
    }
    if (head->type != NULL && !bl_type_same(bl_read_type(b, head->type), draft->fact.type)) {
        bl_str type = bl_str_init(&b->scratch);

        bl_type_write(&type, draft->fact.type);
        bl_rules_error(b, FACT_TYPE, bl_doc_place(head->type), BL_TEXT("name", draft->fact.name),
                       BL_TEXT("file", bl_other_file(b, there, here)),
                       BL_INT("line", bl_line_number(there)), BL_TEXT("type", bl_str_view(&type)));
    }
    keep_nodes(draft, head);
    read_kind_labels(b, pair, draft);
}

static const bl_group *find_group(const bl_builder *b, bylaw_str name)
{
    for (size_t i = 0; i < b->groups.count; i++) {
        if (bl_str_equal(b->groups.items[i].name, name))
            return &b->groups.items[i];
    }
    return NULL;
}

static void add_to_group(bl_builder *b, const bl_doc_pair *pair, const bl_group *group)
{
    const bylaw_str first = b->drafts.items[group->first]->fact.name;

    bl_rules_error(b, SHARED_GROUP, bl_doc_place(pair->key), BL_TEXT("name", group->name),
                   BL_TEXT("first", first));
}

static void read_fact(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    const bl_layer *layer = context;
    fact_head head = {.type = NULL};
    bl_fact_draft *shared = layer->is_set ? bl_map_get(&b->draft_index, pair->key->text) : NULL;
    const bl_group *group = layer->is_set ? find_group(b, pair->key->text) : NULL;

    if (!check_fact_name(b, pair->key))
        return;
    bl_shape_read(&b->reader, pair->value, what_fact, fact_keys, &head);
    if (pair->value->shape != BL_DOC_MAP)
        return;
    if (shared != NULL) {
        add_to_shared(b, pair, &head, shared);
    } else if (group != NULL && group->count > 0) {
        add_to_group(b, pair, group);
    } else if (head.type == NULL) {
        const bylaw_str near = bl_map_nearest(&b->draft_index, pair->key->text);

        if (near.len > 0)
            bl_rules_error(b, UNKNOWN_FACT, bl_doc_place(pair->key),
                           BL_TEXT("name", pair->key->text),
                           BL_LABEL("hint", bl_hint_near(b, near)));
        else
            bl_rules_error(b, MISSING_TYPE, bl_doc_place(pair->key),
                           BL_TEXT("name", pair->key->text));
    } else if (bl_unique(b, "name", (bylaw_str){NULL, 0}, pair->key->text,
                         bl_doc_place(pair->key))) {
        add_new(b, pair, &head);
    }
}

/* vote and vote.yes: in a file, vote is either a value or a mapping. */
static void check_prefixes(bl_builder *b)
{
    for (size_t i = 0; i < b->drafts.count; i++) {
        const bl_fact *fact = &b->drafts.items[i]->fact;

        for (size_t at = 0; at < fact->name.len; at++) {
            if (fact->name.ptr[at] != '.')
                continue;
            const bylaw_str prefix = bl_str_slice(fact->name, 0, at);

            if (bl_map_get(&b->draft_index, prefix) != NULL)
                bl_rules_error(b, NAME_PREFIX, fact->span, BL_TEXT("name", prefix),
                               BL_TEXT("other", fact->name));
        }
    }
}

/* --- the set's facts --- */

/* A label of two facts stands for none of them. */
#define TWICE(b) ((void *)(b))

static void note_label(bl_builder *b, bl_map *labels, bylaw_label label, bl_fact *fact)
{
    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        void *other = bl_map_get(labels, label.in[lang]);
        const bool same = other == NULL || other == fact;

        if (!bl_map_put(labels, label.in[lang], same ? (void *)fact : TWICE(b)))
            bl_no_memory(b);
    }
}

static void add_labels(bl_builder *b, const bl_map *labels, const bl_map *before)
{
    bl_map *index = &b->set->fact_index;

    for (size_t i = 0; i < labels->count; i++) {
        const bl_map_entry *entry = &labels->entries[i];

        if (entry->key.len == 0 || entry->value == TWICE(b) ||
            bl_map_get(index, entry->key) != NULL ||
            (before != NULL && bl_map_get(before, entry->key) != NULL))
            continue;
        if (!bl_map_put(index, entry->key, entry->value))
            bl_no_memory(b);
    }
}

/* Labels may stand for names where only one fact has them; those by kind where no fact has them
 * everywhere. */
static void index_labels(bl_builder *b)
{
    bl_map labels = bl_map_init(&b->scratch), by_kind = bl_map_init(&b->scratch);
    bylaw_ruleset *set = b->set;

    for (size_t i = 0; i < set->fact_count; i++) {
        bl_fact *fact = &set->facts[i];

        note_label(b, &labels, fact->label, fact);
        for (size_t k = 0; k < fact->kind_label_count; k++)
            note_label(b, &by_kind, fact->kind_labels[k].label, fact);
    }
    add_labels(b, &labels, NULL);
    add_labels(b, &by_kind, &labels);
}

static void hand_over(bl_builder *b)
{
    bylaw_ruleset *set = b->set;

    set->fact_count = b->drafts.count;
    set->facts = BL_NEW_N(b->reader.arena, bl_fact, set->fact_count + 1);
    set->fact_index = bl_map_init(b->reader.arena);
    set->group_index = bl_map_init(b->reader.arena);
    set->groups = b->groups.items;
    set->group_count = b->groups.count;
    set->slot_count = BL_SLOT_FACTS + set->fact_count;
    if (set->facts == NULL) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < set->fact_count; i++) {
        bl_fact *fact = &set->facts[i];

        *fact = b->drafts.items[i]->fact;
        fact->kind_labels = b->drafts.items[i]->kind_labels.items;
        fact->kind_label_count = b->drafts.items[i]->kind_labels.count;
        if (b->drafts.items[i]->group >= 0)
            fact->group = &set->groups[b->drafts.items[i]->group];
        if (!bl_map_put(&set->fact_index, fact->name, fact))
            bl_no_memory(b);
    }
    for (size_t i = 0; i < set->group_count; i++) {
        if (!bl_map_put(&set->group_index, b->groups.items[i].name, &b->groups.items[i]))
            bl_no_memory(b);
    }
    index_labels(b);
}

/* --- the environment --- */

static void add_variable(bl_builder *b, bylaw_str name, const bl_type *type, uint32_t slot)
{
    const bylaw_status status =
        type == NULL ? BYLAW_ENOMEM : bl_env_add_variable(b->set->env, name, type, slot);

    if (status == BYLAW_ENOMEM)
        bl_no_memory(b);
}

/* The fact that an unknown name is the label of, or a part of the label of. */
static bylaw_str name_by_label(const void *context, bylaw_str text)
{
    const bylaw_ruleset *set = context;
    const bl_fact *fact = bl_map_get(&set->fact_index, text);

    for (size_t i = 0; fact == NULL && text.len >= 6 && i < set->fact_count; i++) {
        if (bl_str_find(set->facts[i].label.in[BYLAW_ZH], text, 0) != SIZE_MAX)
            fact = &set->facts[i];
    }
    return fact != NULL ? fact->name : (bylaw_str){NULL, 0};
}

static void make_environment(bl_builder *b)
{
    bl_arena *arena = b->reader.arena;
    bylaw_ruleset *set = b->set;
    const bl_type *outcome = bl_type_enum(arena, set->outcomes);

    set->env = bl_env_new(arena, BL_ENV_CHARTER, NULL);
    if (set->env == NULL || outcome == NULL) {
        bl_no_memory(b);
        return;
    }
    const bl_limits limits = bl_limits_of(b->limits);

    bl_env_set_limits(set->env, &limits);
    bl_env_set_namer(set->env, name_by_label, set);
    add_variable(b, BYLAW_STR("kind"), bl_map_get(&b->type_index, BYLAW_STR("kind")), BL_SLOT_KIND);
    add_variable(b, BYLAW_STR("date"), BL_SIMPLE(DATE), BL_SLOT_DATE);
    add_variable(b, BYLAW_STR("as_of"), BL_SIMPLE(DATE), BL_SLOT_AS_OF);
    add_variable(b, BYLAW_STR("declared"), bl_type_nullable(arena, outcome), BL_SLOT_DECLARED);
    add_variable(b, BYLAW_STR("outcome"), outcome, BL_SLOT_OUTCOME);
    for (size_t i = 0; i < set->fact_count; i++)
        add_variable(b, set->facts[i].name, set->facts[i].type, set->facts[i].slot);
}

typedef struct constant_head {
    bylaw_label label;
    const bl_doc_node *type, *value;
} constant_head;

static void read_constant(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    static const bylaw_label what = {
        {{"这个常量", sizeof "这个常量" - 1}, {"this constant", sizeof "this constant" - 1}}};
    static const bl_key keys[] = {
        {"type", BL_REQUIRED, bl_read_node, offsetof(constant_head, type)},
        {"value", BL_REQUIRED, bl_read_node, offsetof(constant_head, value)},
        {"zh", 0, bl_read_text, offsetof(constant_head, label.in[BYLAW_ZH])},
        {"en", 0, bl_read_text, offsetof(constant_head, label.in[BYLAW_EN])},
        {NULL, 0, NULL, 0}};
    constant_head head = {.type = NULL};
    bl_value *value = BL_NEW(b->reader.arena, bl_value);

    (void)context;
    if (!check_fact_name(b, pair->key) ||
        !bl_unique(b, "name", (bylaw_str){NULL, 0}, pair->key->text, bl_doc_place(pair->key)))
        return;
    const bool whole = bl_shape_read(&b->reader, pair->value, what, keys, &head);

    bl_want_both(b, &head.label, pair->key);
    if (!whole || value == NULL)
        return;
    const bl_fact_view view = {.type = bl_read_type(b, head.type), .label = head.label};

    /* One that is wrong is declared all the same: whoever names it did not err. */
    if (view.type->kind == BL_T_ERROR || !bl_read_value(b, value, head.value, &view)) {
        add_variable(b, pair->key->text, BL_SIMPLE(ERROR), BL_SLOT_KIND);
        return;
    }
    if (bl_env_add_constant(b->set->env, pair->key->text, view.type, *value) == BYLAW_ENOMEM ||
        !bl_map_put(&b->constants, pair->key->text, value))
        bl_no_memory(b);
}

void bl_read_facts(bl_builder *b)
{
    for (size_t i = 0; i < b->layers.count; i++)
        bl_read_pairs(b, b->layers.items[i]->facts, read_fact, b->layers.items[i]);
    check_prefixes(b);
    if (b->reader.failed)
        return;
    hand_over(b);
    if (!b->reader.failed)
        make_environment(b);
    for (size_t i = 0; i < b->layers.count && !b->reader.failed; i++)
        bl_read_pairs(b, b->layers.items[i]->constants, read_constant, NULL);
}

/* --- presumed, counted, derived --- */

bool bl_read_value(bl_builder *b, bl_value *out, const bl_doc_node *node, const bl_fact_view *view)
{
    const size_t errors = bylaw_diags_errors(b->reader.diags);

    if (bl_value_read(out, node, view, b->reader.arena, b->reader.diags))
        return true;
    if (bylaw_diags_errors(b->reader.diags) == errors)
        bl_no_memory(b);
    return false;
}

static void read_presumed(bl_builder *b, const bl_fact_draft *draft, bl_fact *fact)
{
    const bl_fact_view view = {fact->type, fact->label, fact->is_count, BL_SLOT_KIND, false};

    fact->is_presumed =
        fact->type->kind != BL_T_ERROR && bl_read_value(b, &fact->presumed, draft->presumed, &view);
    fact->presumed_span = bl_doc_place(draft->presumed);
    fact->is_conduct = fact->is_presumed && !bl_is_false(fact->presumed);
}

static void read_counts(bl_builder *b, const bl_fact_draft *draft, bl_fact *fact)
{
    const bl_doc_node *node = draft->counts;

    if (!bl_want_text(&b->reader, node))
        return;
    const bl_fact_draft *list = bl_find_fact(b, node->text, bl_doc_place(node), false);

    if (!fact->is_count)
        bl_rules_error0(b, NOT_COUNT, bl_doc_place(node));
    if (list == NULL)
        return;
    if (list->fact.type->kind == BL_T_LIST)
        fact->counts = list->fact.slot;
    else if (list->fact.type->kind != BL_T_ERROR)
        bl_rules_error(b, COUNTS_NOT_LIST, bl_doc_place(node), BL_TEXT("name", node->text));
}

const bl_program *bl_read_derivation(bl_builder *b, const bl_doc_node *node, const bl_fact *fact)
{
    const bl_type *want = fact->type->kind == BL_T_ERROR ? NULL : fact->type;
    const bl_program *program = bl_read_program(b, b->set->env, node, want);

    if (bl_program_reads(program, BL_SLOT_OUTCOME))
        bl_rules_error(b, READS_OUTCOME, bl_doc_place(node), BL_TEXT("what", fact->name));
    return program;
}

/* A figure that a list gives is shorter to state than the list, and a yes or no that one fact gives
 * is as short as that fact; one that several give is asked for as those. */
static bool derived_from_single_facts(const bylaw_ruleset *set, const bl_program *derive)
{
    size_t count = 0, facts = 0;
    const uint32_t *slots = derive == NULL ? NULL : bl_program_slots(derive, &count);

    for (size_t i = 0; i < count; i++) {
        if (slots[i] < BL_SLOT_FACTS)
            continue;
        if (set->facts[slots[i] - BL_SLOT_FACTS].type->kind == BL_T_LIST)
            return false;
        facts++;
    }
    return facts > 1;
}

void bl_read_fact_values(bl_builder *b)
{
    for (size_t i = 0; i < b->drafts.count && !b->reader.failed; i++) {
        const bl_fact_draft *draft = b->drafts.items[i];
        bl_fact *fact = &b->set->facts[i];

        b->reader.key = draft->key;
        if (draft->presumed != NULL)
            read_presumed(b, draft, fact);
        if (draft->counts != NULL)
            read_counts(b, draft, fact);
        if (draft->derive != NULL)
            fact->derive = bl_read_derivation(b, draft->derive, fact);
        fact->ask_inputs = fact->counts < 0 && derived_from_single_facts(b->set, fact->derive);
    }
    b->reader.key = NULL;
}
