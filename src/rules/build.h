/* rules/build.h: what the parts of the loader share while a rule set is being built.
 *
 * The parts run one after the other, each over all texts: words (words.c), types (types.c), facts
 * (facts.c), provisions, readings, norms and gaps. A part never stops at a mistake: it adds a
 * diagnostic and leaves something behind that the later parts can live with (a type that fits
 * everything, a norm without a program), so that one run tells everything. Running out of memory
 * sets reader.failed; parts then end soon, and nothing is handed over. */
#ifndef BL_RULES_BUILD_H
#define BL_RULES_BUILD_H

#include "base/vec.h"
#include "doc/shape.h"
#include "rules/messages.h"
#include "rules/ruleset.h"

/* One text: a vocabulary, or the rule set itself, which comes last. */
typedef struct bl_layer {
    bylaw_str name; /* as the file is called */
    bool is_set;
    const bl_doc_node *root; /* a mapping */
    const bl_doc_node *uses, *kinds, *units, *enums, *types, *facts, *constants, *invariants;
} bl_layer;

/* The rule set's keys beyond those of a vocabulary. */
typedef struct bl_set_nodes {
    const bl_doc_node *in_force, *scope, *provisions, *readings, *norms, *gaps, *reasons, *notes;
} bl_set_nodes;

typedef struct bl_enum_build {
    bl_enum *out;
    BL_VEC(bl_enum_value *) values;
    bl_map by_id; /* id -> bl_enum_value * */
} bl_enum_build;

/* A fact being declared; bl_read_facts copies `fact` into the set. */
typedef struct bl_fact_draft {
    bl_fact fact;
    int64_t group; /* index in groups, or -1 */
    const bl_doc_node *key, *counts, *derive, *presumed, *readings;
    BL_VEC(bl_kind_label) kind_labels;
} bl_fact_draft;

typedef struct bl_builder {
    bl_reader reader; /* its context is this builder */
    bylaw_ruleset *set;
    bl_arena scratch; /* of the reading alone */
    const bylaw_resolver *resolver;
    const bylaw_limits *limits; /* NULL: the usual ones */
    bylaw_status status;        /* of a resolver that gave up */
    size_t errors_before;       /* in the list of diagnostics */
    bool is_bundled; /* it has no mistakes (tests/rules/test_bundled.c): those that take time to
                        find are not looked for */
    BL_VEC(bl_layer *) layers;
    BL_VEC(bl_used_text) texts; /* of the set */
    bl_set_nodes nodes;
    bool id_is_good; /* else what is named after it is not missed */
    bylaw_str provision_prefix;
    bool has_provisions; /* they could be read: what is not among them is unknown */
    bl_map spans;        /* of what must be unique: "norm majority" -> its bl_span * */

    BL_VEC(bl_unit) units;
    bl_map unit_index; /* id -> bl_unit * of the set */
    BL_VEC(bl_enum_build *) enums;
    bl_map enum_index; /* name -> bl_enum_build * */
    bl_enum_build kinds;
    bl_map type_index; /* name of a record or enumeration -> bl_type * */

    BL_VEC(bl_fact_draft *) drafts;
    bl_map draft_index; /* name -> bl_fact_draft * */
    BL_VEC(bl_group) groups;
    BL_VEC(bl_invariant) invariants;
    bl_map constants;        /* name -> bl_value * of whole numbers and fractions */
    bl_map reading_index;    /* name -> bl_reading * */
    uint64_t *fact_readings; /* by fact: what its derivation depends on */
} bl_builder;

/* --- parts.c: small steps that all parts take --- */

/* Says that memory ran out; false, for `return`. */
bool bl_no_memory(bl_builder *b);
void bl_tell(bl_builder *b, bl_rules_msg msg, bl_span span, const bl_arg *args, size_t n);
#define bl_rules_error(b, MSG, span, ...) bl_tell((b), BL_RULES_##MSG, (span), BL_ARGS(__VA_ARGS__))
#define bl_rules_error0(b, MSG, span)     bl_tell((b), BL_RULES_##MSG, (span), NULL, 0)

/* ", did you mean near?", empty where near is. */
bylaw_label bl_hint_near(bl_builder *b, bylaw_str near);
bylaw_label bl_hint_is(bl_builder *b, bylaw_str near); /* 应为 near */
/* "a/b.yaml " when that span stands in another file than `here`, else empty. */
bylaw_str bl_other_file(bl_builder *b, bl_span there, bl_span here);
int64_t bl_line_number(bl_span span);

/* Is it a name: a letter, then letters, digits and those of `also`? Tells it when not. */
bool bl_want_name(bl_builder *b, const bl_doc_node *node, const char *also);
/* Both languages of a label that stands among other keys; tells those that lack. */
void bl_want_both(bl_builder *b, const bylaw_label *label, const bl_doc_node *key);

/* The pairs of a mapping one by one, the reader's key set to each; nothing when node is NULL, told
 * when it is no mapping. */
typedef void bl_each_pair(bl_builder *b, const bl_doc_pair *pair, void *context);
void bl_read_pairs(bl_builder *b, const bl_doc_node *node, bl_each_pair *one, void *context);
/* The items of a list. */
typedef void bl_each_item(bl_builder *b, const bl_doc_node *node, void *context);
void bl_read_items(bl_builder *b, const bl_doc_node *node, bl_each_item *one, void *context);
/* A scalar, or each scalar of a list. */
void bl_read_scalars(bl_builder *b, const bl_doc_node *node, bl_each_item *one, void *context);

/* Enough has been told, or memory ran out: loops end. bl_tell_over says so. */
bool bl_over(const bl_builder *b);
void bl_tell_over(bl_builder *b);
/* No more than so many entries; told when there are. What is done for every kind and every norm
 * together would otherwise have no bound. */
bool bl_within(bl_builder *b, const bl_doc_node *node, bylaw_limit limit);
size_t bl_limit(const bl_builder *b, bylaw_limit limit);

/* One of `words` (NULL at the end): its index, or -1 and a diagnostic. */
int bl_read_word(bl_reader *reader, const bl_doc_node *node, const char *const *words);

/* {from, until}. */
void bl_read_period(bl_builder *b, const bl_doc_node *node, int64_t *from, int64_t *until);

/* Remembers where `id` of a class of things (the values of an enumeration, say) stands; tells it
 * when it is there already. */
bool bl_unique(bl_builder *b, const char *class_, bylaw_str of, bylaw_str id, bl_span span);

/* Compiles an expression; NULL when it is wrong (told) or memory ran out. */
const bl_program *bl_read_program(bl_builder *b, const bl_env *env, const bl_doc_node *node,
                                  const bl_type *want);
bool bl_program_reads(const bl_program *program, uint32_t slot);
/* Which bodies are governed: nothing that an act brings about. */
const bl_program *bl_read_scope(bl_builder *b, const bl_doc_node *node);

/* --- order.c --- */

/* What one thing needs: indexes of others. */
typedef struct bl_needs {
    const uint32_t *items;
    size_t count;
} bl_needs;
/* Told a ring once: path[0] needs path[1] … needs path[0]. */
typedef void bl_ring_fn(void *context, const uint32_t *path, size_t count);
/* Fills `order` with 0 … n-1 so that each comes after what it needs, otherwise in their own order.
 * A need that closes a ring is told and passed over. false: no memory. */
bool bl_order(uint32_t *order, const bl_needs *needs, size_t n, bl_arena *scratch, bl_ring_fn *ring,
              void *context);
/* "a → b → a" */
bylaw_str bl_ring_text(bl_arena *arena, const bylaw_str *names, size_t count);

/* --- the parts, in the order in which they run --- */

bool bl_load_layers(bl_builder *b, bylaw_str file, bylaw_str text, bool is_static); /* layers.c */
/* The digest of a text; what is bundled has had it since the library was built. */
bool bl_text_sha256(bl_builder *b, bylaw_str text, bylaw_str *out);
/* Reads "folder/name.yaml" of the resolver or the bundled ones; NULL with *found false: there is
 * none; NULL with *found: told. */
const bl_doc_node *bl_load_text(bl_builder *b, const char *folder, bylaw_str name, bool *found);
void bl_read_words(bl_builder *b); /* words.c: units, enumerations, kinds */
void bl_read_types(bl_builder *b); /* types.c: records */
const bl_type *bl_read_type(bl_builder *b, const bl_doc_node *node);
bool bl_reserved_type(bylaw_str name);
const bl_unit *bl_find_unit(bl_builder *b, const bl_doc_node *node);
void bl_read_facts(bl_builder *b);         /* facts.c: facts, constants and the environment */
void bl_read_fact_values(bl_builder *b);   /* facts.c: presumptions, lists counted, derivations */
void bl_read_invariants(bl_builder *b);    /* sum.c */
void bl_read_provisions(bl_builder *b);    /* provisions.c */
void bl_read_readings(bl_builder *b);      /* readings.c */
void bl_read_fact_readings(bl_builder *b); /* readings.c: what options lay over derivations */
void bl_order_facts(bl_builder *b);        /* derived.c: derive_order, fact_readings */
void bl_read_norms(bl_builder *b);         /* norms.c */
void bl_read_gaps(bl_builder *b);          /* gaps.c: gaps, reasons, notes */
void bl_index_kinds(bl_builder *b);        /* kinds.c: kind_defs */

/* --- what some of them lend to others --- */

/* Values of an enumeration: looks it up, tells it when there is none. */
const bl_enum_value *bl_find_kind(bl_builder *b, const bl_doc_node *node);
/* The draft of a fact, or NULL and a diagnostic with the nearest name; want_int: a whole number is
 * looked for. */
bl_fact_draft *bl_find_fact(bl_builder *b, bylaw_str name, bl_span span, bool want_int);
typedef struct bl_kinds {
    const bl_enum_value *const *items;
    size_t count;
} bl_kinds;
bl_kinds bl_read_kinds(bl_builder *b, const bl_doc_node *node);
/* The readings that what it reads depends on, through derived facts. */
uint64_t bl_program_readings(const bl_builder *b, const bl_program *program);
uint64_t bl_sum_readings(const bl_builder *b, const bl_sum *sum);
bool bl_read_value(bl_builder *b, bl_value *out, const bl_doc_node *node, const bl_fact_view *view);
const bl_program *bl_read_derivation(bl_builder *b, const bl_doc_node *node, const bl_fact *fact);
bylaw_label bl_citation(bl_builder *b, const bl_provision *provision);
const bl_provision *bl_find_provision(bl_builder *b, const bl_doc_node *node);
typedef struct bl_provisions {
    const bl_provision *const *items;
    size_t count;
} bl_provisions;
bl_provisions bl_read_provision_list(bl_builder *b, const bl_doc_node *node);
/* "half.exclusive"; the default option is refused unless `any`. */
bool bl_read_choice(bl_builder *b, const bl_doc_node *node, bool any, bl_choice *out);
/* What one option lays over something; calls `one` for every option of the mapping. */
typedef void bl_each_overlay(bl_builder *b, const bl_doc_pair *pair, bl_choice choice,
                             void *context);
void bl_read_overlays(bl_builder *b, const bl_doc_node *node, bl_each_overlay *one, void *context);
/* Two options of different readings change one slot. */
void bl_tell_clash(bl_builder *b, const bl_doc_node *key, bl_choice other, const char *slot);

/* Where names stand for things: the set's environment, or one with an element. */
typedef struct bl_scope {
    const bl_env *env;
    bylaw_str element_name; /* empty: none */
    const bl_type *element; /* its type */
} bl_scope;
/* The keys of a threshold; those given are set, with their bits in body->has. `base`: the body that
 * this one is laid over, or NULL. */
void bl_read_threshold(bl_builder *b, const bl_doc_node *node, const bl_scope *scope,
                       const bl_body *base, bl_body *body);

#endif
