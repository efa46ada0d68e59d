/* tests/expr/sample.c: see sample.h. */
#include "sample.h"

static bl_enum_value *value(bl_arena *arena, const bl_enum *of, uint32_t index, const char *id,
                            const char *zh, const bl_enum_value *parent)
{
    bl_enum_value *v = BL_NEW(arena, bl_enum_value);

    if (v != NULL)
        *v = (bl_enum_value){.id = bylaw_str_from(id),
                             .label = {{bylaw_str_from(zh), bylaw_str_from(id)}},
                             .parent = parent,
                             .of = of,
                             .index = index};
    return v;
}

static bool add_enums(bl_arena *arena, sample_vocabulary *s)
{
    s->choice = (bl_enum){.name = BYLAW_STR("choice"), .values = s->choices, .count = 3};
    s->actor = (bl_enum){.name = BYLAW_STR("actor"), .values = s->actors, .count = 5};
    s->choices[0] = value(arena, &s->choice, 0, "yes", "赞成", NULL);
    s->choices[1] = value(arena, &s->choice, 1, "no", "反对", NULL);
    s->choices[2] = value(arena, &s->choice, 2, "abstain", "弃权", NULL);
    s->actors[0] = value(arena, &s->actor, 0, "chair", "主席", NULL);
    s->actors[1] = value(arena, &s->actor, 1, "vice_chair", "副主席", NULL);
    s->actors[2] = value(arena, &s->actor, 2, "president", "理事长", NULL);
    s->actors[3] = value(arena, &s->actor, 3, "cast", "中国科协", NULL);
    s->actors[4] = value(arena, &s->actor, 4, "cast_secretariat", "中国科协书记处", s->actors[3]);
    for (size_t i = 0; i < 5; i++) {
        if (s->actors[i] == NULL || s->choices[i % 3] == NULL)
            return false;
    }
    s->actors[3]->has_below = true;
    s->choice_type = bl_type_enum(arena, &s->choice);
    s->actor_type = bl_type_enum(arena, &s->actor);
    return s->choice_type != NULL && s->actor_type != NULL;
}

static bl_type record(const char *name, const bl_field *fields, size_t count)
{
    return (bl_type){
        .kind = BL_T_RECORD, .name = bylaw_str_from(name), .fields = fields, .field_count = count};
}

static bl_field field(const char *name, const bl_type *type, const char *zh)
{
    return (bl_field){.name = bylaw_str_from(name),
                      .type = type,
                      .label = {{bylaw_str_from(zh), bylaw_str_from(name)}}};
}

static bool add_records(bl_arena *arena, sample_vocabulary *s)
{
    const bl_type *maybe_date = bl_type_nullable(arena, BL_SIMPLE(DATE));
    const bl_type *maybe_actor = bl_type_nullable(arena, s->actor_type);

    if (maybe_date == NULL || maybe_actor == NULL)
        return false;
    s->ballot_fields[0] = field("member", BL_SIMPLE(NAME), "投票成员");
    s->ballot_fields[1] = field("choice", s->choice_type, "意见");
    s->step_fields[0] = field("by", maybe_actor, "机关");
    s->step_fields[1] = field("on", maybe_date, "日期");
    s->membership_fields[0] = field("name", BL_SIMPLE(NAME), "名称");
    s->membership_fields[1] = field("from", BL_SIMPLE(DATE), "起");
    s->membership_fields[2] = field("to", maybe_date, "止");
    s->ballot = record("ballot", s->ballot_fields, 2);
    s->step = record("step", s->step_fields, 2);
    s->membership = record("membership", s->membership_fields, 3);
    return true;
}

/* 到会成员数, or a part of it, is the label of `present`. */
static bylaw_str by_label(const void *context, bylaw_str text)
{
    const bylaw_str label = BYLAW_STR("到会成员数");

    (void)context;
    return bl_str_find(label, text, 0) != SIZE_MAX ? BYLAW_STR("present") : (bylaw_str){NULL, 0};
}

/* {name, type}: type as in bl_type_read, or one of ours. */
static bylaw_status add_facts(bl_env *env, bl_arena *arena, const sample_vocabulary *s)
{
    const struct fact {
        const char *name;
        const bl_type *type;
    } facts[] = {{"kind", s->choice_type},
                 {"date", BL_SIMPLE(DATE)},
                 {"as_of", BL_SIMPLE(DATE)},
                 {"body.id", BL_SIMPLE(STRING)},
                 {"roll", bl_type_list(arena, BL_SIMPLE(NAME))},
                 {"members", BL_SIMPLE(INT)},
                 {"present", BL_SIMPLE(INT)},
                 {"attending", bl_type_list(arena, BL_SIMPLE(NAME))},
                 {"ballots", bl_type_list(arena, &s->ballot)},
                 {"vote.yes", BL_SIMPLE(INT)},
                 {"vote.no", BL_SIMPLE(INT)},
                 {"share", BL_SIMPLE(FRACTION)},
                 {"proposer.name", BL_SIMPLE(NAME)},
                 {"proposer.office", s->actor_type},
                 {"approved.by", s->step_fields[0].type},
                 {"approved.on", s->step_fields[1].type},
                 {"announced", BL_SIMPLE(BOOL)},
                 {"announced_on", s->step_fields[1].type},
                 {"assembly_dates", bl_type_list(arena, BL_SIMPLE(DATE))},
                 {"offices", bl_type_list(arena, s->actor_type)},
                 {"register.members", bl_type_list(arena, &s->membership)}};
    bylaw_status status = BYLAW_OK;

    bl_env_set_namer(env, by_label, NULL);
    for (size_t i = 0; i < sizeof facts / sizeof *facts && status == BYLAW_OK; i++)
        status = facts[i].type == NULL ? BYLAW_ENOMEM
                                       : bl_env_add_variable(env, bylaw_str_from(facts[i].name),
                                                             facts[i].type, (uint32_t)i);
    if (status == BYLAW_OK)
        status =
            bl_env_add_constant(env, BYLAW_STR("founding_day"), BL_SIMPLE(DATE), bl_date_value(0));
    return status;
}

static bylaw_status add_variables(bl_env *env, bl_arena *arena)
{
    static const struct variable {
        const char *name, *type;
    } variables[] = {{"x", "int"},
                     {"s", "string"},
                     {"d", "dyn"},
                     {"xs", "list(int)"},
                     {"m", "map(string, int)"},
                     {"t", "timestamp"},
                     {"o", "optional_type(string)"},
                     {"a.b", "map(string, bool)"},
                     {"a.b.c", "string"}};
    bylaw_status status = BYLAW_OK;

    for (size_t i = 0; i < sizeof variables / sizeof *variables && status == BYLAW_OK; i++) {
        const bl_type *type = NULL;

        status = bl_type_read(&type, arena, bylaw_str_from(variables[i].type));
        if (status == BYLAW_OK)
            status = bl_env_add_variable(env, bylaw_str_from(variables[i].name), type, (uint32_t)i);
    }
    return status;
}

bl_env *sample_env(bl_arena *arena, unsigned options)
{
    sample_vocabulary *s = BL_NEW(arena, sample_vocabulary);
    bl_env *env = bl_env_new(arena, options, NULL);
    bylaw_status status;

    if (s == NULL || env == NULL)
        return NULL;
    if ((options & BL_ENV_CHARTER) == 0)
        status = add_variables(env, arena);
    else if (add_enums(arena, s) && add_records(arena, s))
        status = add_facts(env, arena, s);
    else
        status = BYLAW_ENOMEM;
    return status == BYLAW_OK ? env : NULL;
}
