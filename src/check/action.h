/* check/action.h: reading actions and registers: documents to facts by name, nothing judged yet. */
#ifndef BL_CHECK_ACTION_H
#define BL_CHECK_ACTION_H

#include "check/check.h"

typedef struct bl_action_list {
    bl_action *items;
    size_t count;
} bl_action_list;

/* A register as it was read: its facts lie under those of every action. */
typedef struct bl_entries {
    const bl_entry *items;
    size_t count;
} bl_entries;

/* Reads every action of the text. Facts keep their nodes: which fact a name is, and what its value
 * means, is decided for each rule set (check/resolve.h). `open` reads a register that an action
 * names; see bylaw_options. */
typedef struct bl_action_reading {
    bl_arena *arena;
    bylaw_diags *diags;
    const bylaw_options *options;
    const bl_entries *registers;      /* of the options */
    bool is_line;                     /* the text is one line of a stream, and may be empty */
    const bl_doc_node *const *shared; /* documents before it that have no action */
    size_t shared_count;
} bl_action_reading;

/* The keys of one action, as nodes; NULL where absent. */
typedef struct bl_action_nodes {
    const bl_doc_node *action, *rules, *date, *as_of, *declared, *reg, *facts, *waivers, *title,
        *proposed;
    const bl_doc_pair *action_pair, *declared_pair;
    const bl_doc_pair *date_pair; /* also where its value is left empty */
} bl_action_nodes;

/* One action from its nodes, over those of `shared`; `first` are entries that stand before its own
 * facts. */
bylaw_status bl_action_build(bl_action *out, const bl_source *source, const bl_action_nodes *nodes,
                             const bl_action_nodes *shared, bl_entries first,
                             const bl_action_reading *how);

bylaw_status bl_actions_read(bl_action_list *out, const bl_source *source, bylaw_format format,
                             const bl_action_reading *how);
/* The facts of a register file. */
bylaw_status bl_register_read(bl_entries *out, const bl_source *source, const bylaw_limits *limits,
                              bl_arena *arena, bylaw_diags *diags);
/* The facts of any file: by name, or, as in a register or an action, under the key `facts`. */
bylaw_status bl_facts_read(bl_entries *out, const bl_source *source, const bylaw_limits *limits,
                           bl_arena *arena, bylaw_diags *diags);
/* A date of an action or an option; false with a diagnostic. `rest` takes a time of day. */
bool bl_date_of_text(int64_t *out, bylaw_str *rest, bylaw_str text, bl_span span, bl_arena *arena,
                     bylaw_diags *diags);

#endif
