/* text/regex.c: see regex.h: from the tree to a program of states, and the search that follows all
 * of them at once. */
#include "text/regex.h"

#include "text/regex_tree.h"
#include "text/utf8.h"

typedef enum opcode {
    OP_CHAR,
    OP_CLASS,
    OP_SPLIT, /* on to a and to b */
    OP_JUMP,  /* on to a */
    OP_ASSERT,
    OP_MATCH
} opcode;

typedef struct state {
    uint8_t op, assertion;
    uint32_t a, b; /* CHAR: a is the code point */
    const bl_class *class;
} state;

struct bl_regex {
    state *states;
    uint32_t count, room, most;
};

/* --- from tree to program --------------------------------------------------------------------- */

static bylaw_status emit(bl_arena *arena, bl_regex *r, state s)
{
    if (r->count == r->most)
        return BYLAW_ELIMIT;
    if (r->count == r->room) {
        const uint32_t room = r->room == 0 ? 32 : r->room * 2;
        state *states =
            bl_arena_grow(arena, r->states, r->room * sizeof *states, room * sizeof *states);

        if (states == NULL)
            return BYLAW_ENOMEM;
        r->states = states;
        r->room = room;
    }
    r->states[r->count++] = s;
    return BYLAW_OK;
}

static bylaw_status compile(bl_arena *arena, bl_regex *r, const bl_regex_node *node);

/* split L1, L2; L1: first; jump end; L2: … */
static bylaw_status compile_choice(bl_arena *arena, bl_regex *r, const bl_regex_node *branch)
{
    bylaw_status status;
    uint32_t last_jump = UINT32_MAX;

    for (; branch->next != NULL; branch = branch->next) {
        const uint32_t split = r->count;

        if ((status = emit(arena, r, (state){.op = OP_SPLIT})) != BYLAW_OK ||
            (status = compile(arena, r, branch)) != BYLAW_OK)
            return status;
        /* Jumps to the end are chained until the end is known. */
        const uint32_t jump = r->count;

        if ((status = emit(arena, r, (state){.op = OP_JUMP, .a = last_jump})) != BYLAW_OK)
            return status;
        last_jump = jump;
        r->states[split].a = split + 1;
        r->states[split].b = r->count;
    }
    if ((status = compile(arena, r, branch)) != BYLAW_OK)
        return status;
    while (last_jump != UINT32_MAX) {
        const uint32_t before = r->states[last_jump].a;

        r->states[last_jump].a = r->count;
        last_jump = before;
    }
    return BYLAW_OK;
}

/* L1: split L2, end; L2: child; jump L1 */
static bylaw_status compile_star(bl_arena *arena, bl_regex *r, const bl_regex_node *child)
{
    const uint32_t split = r->count;
    bylaw_status status;

    if ((status = emit(arena, r, (state){.op = OP_SPLIT, .a = split + 1})) != BYLAW_OK ||
        (status = compile(arena, r, child)) != BYLAW_OK ||
        (status = emit(arena, r, (state){.op = OP_JUMP, .a = split})) != BYLAW_OK)
        return status;
    r->states[split].b = r->count;
    return BYLAW_OK;
}

/* x{2,4} is xx(x(x)?)?: the splits all leave to the same end. */
static bylaw_status compile_repeat(bl_arena *arena, bl_regex *r, const bl_regex_node *node)
{
    bylaw_status status;
    uint32_t last_split = UINT32_MAX;

    for (int i = 0; i < node->min; i++) {
        const uint32_t before = r->count;

        if ((status = compile(arena, r, node->child)) != BYLAW_OK)
            return status;
        if (r->count == before) /* nothing, however often */
            return BYLAW_OK;
    }
    if (node->max < 0)
        return compile_star(arena, r, node->child);
    for (int i = node->min; i < node->max; i++) {
        const uint32_t split = r->count;

        if ((status = emit(arena, r, (state){.op = OP_SPLIT, .a = split + 1, .b = last_split})) !=
                BYLAW_OK ||
            (status = compile(arena, r, node->child)) != BYLAW_OK)
            return status;
        last_split = split;
    }
    while (last_split != UINT32_MAX) {
        const uint32_t before = r->states[last_split].b;

        r->states[last_split].b = r->count;
        last_split = before;
    }
    return BYLAW_OK;
}

static bylaw_status compile(bl_arena *arena, bl_regex *r, const bl_regex_node *node)
{
    bylaw_status status = BYLAW_OK;

    switch (node->op) {
    case BL_RE_EMPTY:
        return BYLAW_OK;
    case BL_RE_CHAR:
        return emit(arena, r, (state){.op = OP_CHAR, .a = node->cp});
    case BL_RE_CLASS:
        return emit(arena, r, (state){.op = OP_CLASS, .class = node->class});
    case BL_RE_CONCAT:
        for (const bl_regex_node *part = node->child; part != NULL && status == BYLAW_OK;
             part = part->next)
            status = compile(arena, r, part);
        return status;
    case BL_RE_CHOICE:
        return compile_choice(arena, r, node->child);
    case BL_RE_REPEAT:
        return compile_repeat(arena, r, node);
    default:
        return emit(arena, r, (state){.op = OP_ASSERT, .assertion = (uint8_t)node->op});
    }
}

bylaw_status bl_regex_compile(const bl_regex **out, bl_arena *arena, bylaw_str pattern,
                              uint32_t most_states)
{
    bl_regex_node *tree;
    bl_regex *regex;
    bylaw_status status;

    if ((status = bl_regex_parse(&tree, arena, pattern)) != BYLAW_OK)
        return status;
    if ((regex = BL_NEW(arena, bl_regex)) == NULL)
        return BYLAW_ENOMEM;
    regex->most = most_states;
    if ((status = compile(arena, regex, tree)) != BYLAW_OK ||
        (status = emit(arena, regex, (state){.op = OP_MATCH})) != BYLAW_OK)
        return status;
    *out = regex;
    return BYLAW_OK;
}

size_t bl_regex_size(const bl_regex *regex)
{
    return regex->count;
}

/* --- the search ------------------------------------------------------------------------------- */

/* States alive, each once: `member` tells in which round a state was added last. */
typedef struct crowd {
    uint32_t *alive;
    uint32_t count;
} crowd;

typedef struct search {
    const bl_regex *regex;
    bylaw_str text;
    size_t at;       /* between two code points */
    uint32_t before; /* BL_BAD_CODEPOINT at the ends */
    uint32_t after;
    uint32_t round;
    uint32_t *member;
    uint32_t *stack;
    bool matched;
} search;

static bool item_holds(const bl_class_item *item, uint32_t cp)
{
    return item->is_property ? bl_codepoint_has(item->property, cp)
                             : cp >= item->first && cp <= item->last;
}

static bool class_holds(const bl_class *class, uint32_t cp)
{
    uint32_t orbit[BL_CASE_ORBIT] = {cp};
    const size_t n = class->fold ? bl_case_orbit(orbit, cp) : 1;

    for (size_t i = 0; i < class->count; i++) {
        bool holds = false;

        for (size_t k = 0; k < n && !holds; k++)
            holds = item_holds(&class->items[i], orbit[k]);
        if (holds != class->items[i].negated)
            return !class->negated;
    }
    return class->negated;
}

static bool is_word(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
           cp == '_';
}

static bool assertion_holds(const search *s, bl_regex_op op)
{
    switch (op) {
    case BL_RE_TEXT_BEGIN:
        return s->before == BL_BAD_CODEPOINT;
    case BL_RE_TEXT_END:
        return s->after == BL_BAD_CODEPOINT;
    case BL_RE_LINE_BEGIN:
        return s->before == BL_BAD_CODEPOINT || s->before == '\n';
    case BL_RE_LINE_END:
        return s->after == BL_BAD_CODEPOINT || s->after == '\n';
    case BL_RE_WORD_EDGE:
        return is_word(s->before) != is_word(s->after);
    default:
        return is_word(s->before) == is_word(s->after);
    }
}

/* Adds a state and all that it reaches without reading. Each state enters the stack once a round,
 * so it holds at most all of them, and two more. */
static void add(search *s, crowd *into, uint32_t from)
{
    size_t depth = 0;

    s->stack[depth++] = from;
    while (depth > 0) {
        const uint32_t at = s->stack[--depth];
        const state *st = &s->regex->states[at];

        if (s->member[at] == s->round)
            continue;
        s->member[at] = s->round;
        switch (st->op) {
        case OP_SPLIT:
            s->stack[depth++] = st->b;
            s->stack[depth++] = st->a;
            break;
        case OP_JUMP:
            s->stack[depth++] = st->a;
            break;
        case OP_ASSERT:
            if (assertion_holds(s, (bl_regex_op)st->assertion))
                s->stack[depth++] = at + 1;
            break;
        case OP_MATCH:
            s->matched = true;
            return;
        default:
            into->alive[into->count++] = at;
            break;
        }
    }
}

static void step(search *s, const crowd *now, crowd *then, uint32_t cp)
{
    for (uint32_t i = 0; i < now->count && !s->matched; i++) {
        const state *st = &s->regex->states[now->alive[i]];

        if (st->op == OP_CHAR ? st->a == cp : class_holds(st->class, cp))
            add(s, then, now->alive[i] + 1);
    }
}

static uint32_t look_ahead(const search *s)
{
    size_t at = s->at;

    return at < s->text.len ? bl_utf8_next(s->text, &at) : BL_BAD_CODEPOINT;
}

static void run(search *s, crowd *now, crowd *then)
{
    s->before = BL_BAD_CODEPOINT;
    s->after = look_ahead(s);
    s->round = 1;
    add(s, now, 0);
    while (!s->matched && s->at < s->text.len) {
        const uint32_t cp = bl_utf8_next(s->text, &s->at);
        crowd *swap = now;

        s->before = cp;
        s->after = look_ahead(s);
        s->round++;
        then->count = 0;
        step(s, now, then, cp);
        if (!s->matched)
            add(s, then, 0); /* or it begins here */
        now = then;
        then = swap;
    }
}

bylaw_status bl_regex_search(bool *out, const bl_regex *regex, bylaw_str text, bl_arena *scratch)
{
    const bl_mark mark = bl_arena_mark(scratch);
    const size_t n = regex->count;
    uint32_t *memory = BL_NEW_N(scratch, uint32_t, n * 5 + 2);

    if (memory == NULL)
        return BYLAW_ENOMEM;
    search s = {.regex = regex, .text = text, .member = memory, .stack = memory + n};
    crowd now = {memory + 3 * n + 2, 0}, then = {memory + 4 * n + 2, 0};

    run(&s, &now, &then);
    *out = s.matched;
    bl_arena_release(scratch, mark);
    return BYLAW_OK;
}
