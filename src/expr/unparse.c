/* expr/unparse.c: a syntax tree as text again, with the fewest parentheses that keep its shape. */
#include "expr/syntax.h"

#include <string.h>

/* Binding strength of what an expression is written as; operators have 1 to 5. */
enum { BIND_CONDITION = 0, BIND_OR = 1, BIND_AND = 2, BIND_UNARY = 6, BIND_MEMBER = 7 };

static void write(bl_str *out, const bl_syntax *s);

static int binding(const bl_syntax *s)
{
    switch ((bl_syntax_kind)s->kind) {
    case BL_SYN_COND:
        return BIND_CONDITION;
    case BL_SYN_OR:
        return BIND_OR;
    case BL_SYN_AND:
        return BIND_AND;
    case BL_SYN_BINARY:
        return bl_operators[s->op].precedence;
    case BL_SYN_NOT:
    case BL_SYN_NEGATE:
        return BIND_UNARY;
    default:
        return BIND_MEMBER;
    }
}

static void write_bound(bl_str *out, const bl_syntax *s, int least)
{
    if (binding(s) >= least) {
        write(out, s);
        return;
    }
    bl_str_addc(out, '(');
    write(out, s);
    bl_str_addc(out, ')');
}

static bool is_identifier(bylaw_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
              (c >= '0' && c <= '9' && i > 0)))
            return false;
    }
    return name.len > 0 && !bl_str_is(name, "in") && !bl_str_is(name, "true") &&
           !bl_str_is(name, "false") && !bl_str_is(name, "null");
}

static void write_children(bl_str *out, const bl_syntax *first)
{
    for (const bl_syntax *c = first; c != NULL; c = c->next) {
        if (c != first)
            bl_str_addz(out, ", ");
        if ((c->flags & BL_SYN_ENTRY) != 0)
            bl_str_addc(out, '?');
        write(out, c);
    }
}

static void write_arguments(bl_str *out, const bl_syntax *first)
{
    bl_str_addc(out, '(');
    write_children(out, first);
    bl_str_addc(out, ')');
}

/* @index0 is cel.index(0); @it:0:1 is cel.iterVar(0, 1); @ac:0:1 is cel.accuVar(0, 1). */
static void write_generated(bl_str *out, bylaw_str name)
{
    const bool index = bl_str_starts(name, BYLAW_STR("@index"));
    const size_t colon = bl_str_find(name, BYLAW_STR(":"), 4);

    bl_str_addz(out, index                                   ? "cel.index("
                     : bl_str_starts(name, BYLAW_STR("@it")) ? "cel.iterVar("
                                                             : "cel.accuVar(");
    if (index) {
        bl_str_add(out, bl_str_slice(name, 6, name.len));
    } else {
        bl_str_add(out, bl_str_slice(name, 4, colon));
        bl_str_addz(out, ", ");
        bl_str_add(out, bl_str_slice(name, colon + 1, name.len));
    }
    bl_str_addc(out, ')');
}

static void write_select(bl_str *out, const bl_syntax *s)
{
    const bool plain = is_identifier(s->name) || (s->flags & BL_SYN_FOREIGN) != 0;

    write_bound(out, s->first, BIND_MEMBER);
    bl_str_addz(out, (s->flags & BL_SYN_OPTIONAL) != 0 ? ".?" : ".");
    bl_str_addz(out, plain ? "" : "`");
    bl_str_add(out, s->name);
    bl_str_addz(out, plain ? "" : "`");
}

static void write_call(bl_str *out, const bl_syntax *s)
{
    const bl_syntax *arguments = s->first;

    if ((s->flags & BL_SYN_MEMBER) != 0) {
        write_bound(out, s->first, BIND_MEMBER);
        arguments = s->first->next;
    }
    if ((s->flags & (BL_SYN_MEMBER | BL_SYN_ROOTED)) != 0)
        bl_str_addc(out, '.');
    bl_str_add(out, s->name);
    write_arguments(out, arguments);
}

static void write_macro(bl_str *out, const bl_syntax *s)
{
    const bl_macro *macro = &bl_macros[s->op];
    const bl_syntax *arguments = s->first;

    if (macro->form == BL_MACRO_MEMBER) {
        write_bound(out, s->first, BIND_MEMBER);
        bl_str_addc(out, '.');
        arguments = s->first->next;
    } else if (macro->form == BL_MACRO_CEL) {
        bl_str_addz(out, "cel.");
    }
    bl_str_addz(out, macro->name);
    write_arguments(out, arguments);
}

/* The first thing that is written for it, without parentheses: is it a number? */
static bool begins_with_number(const bl_syntax *s)
{
    while (s->kind == BL_SYN_SELECT || s->kind == BL_SYN_INDEX ||
           (s->kind == BL_SYN_CALL && (s->flags & BL_SYN_MEMBER) != 0) ||
           (s->kind == BL_SYN_MACRO && bl_macros[s->op].form == BL_MACRO_MEMBER))
        s = s->first;
    return s->kind == BL_SYN_LITERAL && (s->value.kind == BL_INT || s->value.kind == BL_DOUBLE);
}

static void write_negation(bl_str *out, const bl_syntax *s)
{
    /* -5.f() would be (-5).f(), and -5 a literal: the minus of a number is part of it. */
    const bool number = begins_with_number(s->first);

    bl_str_addz(out, number ? "-(" : "-");
    write_bound(out, s->first, number ? BIND_CONDITION : BIND_UNARY);
    bl_str_addz(out, number ? ")" : "");
}

static void write_operators(bl_str *out, const bl_syntax *s)
{
    const int own = binding(s);

    for (const bl_syntax *c = s->first; c != NULL; c = c->next) {
        if (c != s->first) {
            bl_str_addc(out, ' ');
            bl_str_addz(out, bl_operators[s->op].sign);
            bl_str_addc(out, ' ');
        }
        /* Left-associative: an equal binding needs parentheses everywhere but on the left, and
         * there, too, where a chain would swallow it. */
        write_bound(out, c, c == s->first && s->kind == BL_SYN_BINARY ? own : own + 1);
    }
}

static void write_map(bl_str *out, const bl_syntax *s)
{
    bl_str_addc(out, '{');
    for (const bl_syntax *key = s->first; key != NULL; key = key->next->next) {
        if (key != s->first)
            bl_str_addz(out, ", ");
        if ((key->flags & BL_SYN_ENTRY) != 0)
            bl_str_addc(out, '?');
        write(out, key);
        bl_str_addz(out, ": ");
        write(out, key->next);
    }
    bl_str_addc(out, '}');
}

static void write_condition(bl_str *out, const bl_syntax *s)
{
    write_bound(out, s->first, BIND_OR);
    bl_str_addz(out, " ? ");
    write_bound(out, s->first->next, BIND_OR);
    bl_str_addz(out, " : ");
    write_bound(out, s->first->next->next, BIND_CONDITION);
}

static void write_name(bl_str *out, const bl_syntax *s)
{
    if ((s->flags & BL_SYN_GENERATED) != 0) {
        write_generated(out, s->name);
        return;
    }
    if ((s->flags & BL_SYN_ROOTED) != 0)
        bl_str_addc(out, '.');
    bl_str_add(out, s->name);
}

static void write(bl_str *out, const bl_syntax *s)
{
    switch ((bl_syntax_kind)s->kind) {
    case BL_SYN_BAD:
        bl_str_addz(out, "?");
        return;
    case BL_SYN_LITERAL:
        bl_value_write(out, s->value);
        return;
    case BL_SYN_NAME:
        write_name(out, s);
        return;
    case BL_SYN_SELECT:
        write_select(out, s);
        return;
    case BL_SYN_INDEX:
        write_bound(out, s->first, BIND_MEMBER);
        bl_str_addz(out, (s->flags & BL_SYN_OPTIONAL) != 0 ? "[?" : "[");
        write(out, s->first->next);
        bl_str_addc(out, ']');
        return;
    case BL_SYN_CALL:
        write_call(out, s);
        return;
    case BL_SYN_NOT:
        bl_str_addc(out, '!');
        write_bound(out, s->first, BIND_UNARY);
        return;
    case BL_SYN_NEGATE:
        write_negation(out, s);
        return;
    case BL_SYN_BINARY:
    case BL_SYN_AND:
    case BL_SYN_OR:
        write_operators(out, s);
        return;
    case BL_SYN_COND:
        write_condition(out, s);
        return;
    case BL_SYN_LIST:
        bl_str_addc(out, '[');
        write_children(out, s->first);
        bl_str_addc(out, ']');
        return;
    case BL_SYN_MAP:
        write_map(out, s);
        return;
    case BL_SYN_MACRO:
        write_macro(out, s);
        return;
    }
}

void bl_syntax_write(bl_str *out, const bl_syntax *syntax)
{
    write(out, syntax);
}

bool bl_syntax_same(const bl_syntax *a, const bl_syntax *b)
{
    if (a->kind != b->kind || a->flags != b->flags || a->op != b->op || a->count != b->count ||
        !bl_str_equal(a->name, b->name) ||
        (a->kind == BL_SYN_LITERAL && !bl_value_same(a->value, b->value)))
        return false;
    for (const bl_syntax *x = a->first, *y = b->first; x != NULL; x = x->next, y = y->next) {
        if (!bl_syntax_same(x, y))
            return false;
    }
    return true;
}
