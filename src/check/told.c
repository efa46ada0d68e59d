/* check/told.c: see told.h. */
#include "check/told.h"

#include "check/messages.h"

static void add_values(bl_str *out, const bl_case *c, const bl_program *program,
                       const bl_value *slots)
{
    size_t n = 0;
    const uint32_t *read = bl_program_slots(program, &n);

    for (size_t i = 0; i < n; i++) {
        if (read[i] < BL_SLOT_FACTS)
            continue;
        if (out->len > 0)
            bl_str_addz(out, ", ");
        bl_str_add(out, c->set->facts[read[i] - BL_SLOT_FACTS].name);
        bl_str_addz(out, " = ");
        bl_value_write(out, slots[read[i]]);
    }
}

bylaw_status bl_tell_fault(const bl_case *the_case, bylaw_label where, const bl_program *program,
                           bl_value fault, const bl_value *slots)
{
    bl_str values = bl_str_init(the_case->arena);
    bylaw_str text;

    if (fault.as.fault == bl_oom_value().as.fault)
        return BYLAW_ENOMEM;
    add_values(&values, the_case, program, slots);
    if (bl_str_take(&text, &values) != BYLAW_OK)
        return BYLAW_ENOMEM;
    bl_error(the_case->diags, &bl_check_msg_evaluation, the_case->action->span,
             BL_LABEL("norm", where), BL_TEXT("expression", bl_program_text(program)),
             BL_LABEL("why", fault.as.fault->message), BL_TEXT("values", text));
    return BYLAW_EINPUT;
}
