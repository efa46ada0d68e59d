/* expr/parse_macros.c: the table of macros, and which calls are macros: by name, form and number of
 * arguments. The variables of a macro are plain names, each another. */
#include "expr/parser.h"

const bl_macro bl_macros[] = {
#define BL_MACRO(form, name, arguments, variables, kind, filtered, usage)                          \
    {BL_MACRO_##form, name, arguments, variables, BL_NODE_##kind, filtered, usage},
#include "expr/grammar.def"
#undef BL_MACRO
};
const size_t bl_macro_count = sizeof bl_macros / sizeof *bl_macros;

static bool is_plain_name(const bl_syntax *node)
{
    return node->kind == BL_SYN_NAME && (node->flags & BL_SYN_ROOTED) == 0;
}

/* cel.index(0), cel.iterVar(0, 1), cel.accuVar(0, 1): names that only an optimizer writes. */
static bool become_generated(bl_parser *p, bl_syntax *call)
{
    static const struct {
        const char *name, *prefix;
        uint32_t arguments;
    } forms[] = {{"index", "@index", 1}, {"iterVar", "@it", 2}, {"accuVar", "@ac", 2}};

    if ((p->options & BL_ENV_TEST_BLOCK) == 0 || p->stopped)
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!bl_str_is(call->name, forms[i].name) || call->count != forms[i].arguments + 1)
            continue;
        bl_str name = bl_str_init(p->arena);

        bl_str_addz(&name, forms[i].prefix);
        for (const bl_syntax *a = call->first->next; a != NULL; a = a->next) {
            if (a->kind != BL_SYN_LITERAL || a->value.kind != BL_INT || a->value.as.i < 0)
                return false;
            bl_str_addz(&name, forms[i].arguments == 2 ? ":" : "");
            bl_str_add_int(&name, a->value.as.i);
        }
        if (bl_str_take(&call->name, &name) != BYLAW_OK) {
            p->lexer.failed = true;
            bl_parser_stop(p);
            return false;
        }
        call->kind = BL_SYN_NAME;
        call->flags = BL_SYN_GENERATED;
        call->first = call->last = NULL;
        call->count = 0;
        call->height = 1;
        return true;
    }
    return false;
}

static bool is_cel(const bl_syntax *call)
{
    return (call->flags & BL_SYN_MEMBER) != 0 && is_plain_name(call->first) &&
           bl_str_is(call->first->name, "cel");
}

static const bl_macro *find_macro(const bl_parser *p, const bl_syntax *call, bl_macro_form form)
{
    const uint32_t arguments = call->count - (form != BL_MACRO_PLAIN);

    for (size_t i = 0; i < bl_macro_count; i++) {
        const bl_macro *m = &bl_macros[i];

        if (m->form == form && m->arguments == arguments && call->name.ptr[0] == m->name[0] &&
            bl_str_is(call->name, m->name) &&
            (m->node != BL_NODE_BLOCK || (p->options & BL_ENV_TEST_BLOCK) != 0))
            return m;
    }
    return NULL;
}

static void check_variables(bl_parser *p, const bl_macro *macro, bl_syntax *variable)
{
    const bl_syntax *first = variable;

    for (unsigned i = 0; i < macro->variables; i++, variable = variable->next) {
        if (!is_plain_name(variable)) {
            if (variable->kind != BL_SYN_BAD)
                bl_tell(p->report, macro_variable, variable->from, variable->to,
                        BL_TEXT("usage", bylaw_str_from(macro->usage)));
            variable->kind = BL_SYN_BAD;
        } else if (i > 0 && first->kind == BL_SYN_NAME &&
                   bl_str_equal(variable->name, first->name)) {
            bl_tell(p->report, macro_same_variable, variable->from, variable->to,
                    BL_TEXT("name", variable->name));
        }
    }
}

/* Makes a call a macro where it has the form of one. */
void bl_become_macro(bl_parser *p, bl_syntax *call)
{
    if (p->stopped || (call->flags & BL_SYN_ROOTED) != 0)
        return;
    const bool cel = is_cel(call);
    const bl_macro_form form = cel                                  ? BL_MACRO_CEL
                               : (call->flags & BL_SYN_MEMBER) != 0 ? BL_MACRO_MEMBER
                                                                    : BL_MACRO_PLAIN;

    if (cel && become_generated(p, call))
        return;
    const bl_macro *macro = find_macro(p, call, form);

    if (macro == NULL || p->stopped)
        return;
    call->kind = BL_SYN_MACRO;
    call->op = (uint8_t)(macro - bl_macros);
    if (cel) {
        call->first = call->first->next;
        call->count--;
    }
    bl_syntax *argument = form == BL_MACRO_MEMBER ? call->first->next : call->first;

    check_variables(p, macro, argument);
    if (macro->node == BL_NODE_HAS &&
        (argument->kind != BL_SYN_SELECT || (argument->flags & BL_SYN_OPTIONAL) != 0)) {
        if (argument->kind != BL_SYN_BAD)
            bl_tell0(p->report, has_argument, argument->from, argument->to);
        call->kind = BL_SYN_BAD;
    } else if (macro->node == BL_NODE_BLOCK && argument->kind != BL_SYN_LIST) {
        if (argument->kind != BL_SYN_BAD)
            bl_tell0(p->report, block_argument, argument->from, argument->to);
        call->kind = BL_SYN_BAD;
    }
}
