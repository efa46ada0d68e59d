/* expr/builtins_rows.c: see builtins_rows.h: ballots and registers.
 *
 * votes: a member of the roll counts once however many ballots it cast alike; ballots of one member
 * that differ count for none; those of others do not count. A ballot whose member or choice is not
 * known, or whose member looks like one of the roll, makes the count unknown only where it could
 * change it. */
#include "expr/builtins_rows.h"

#include "base/map.h"
#include "expr/builtin_util.h"
#include "text/unicode.h"

#include <string.h>

static const bl_value absent = {.kind = BL_NULL};

/* A field of a row: a record, or a map where nothing was checked. false: the row is neither. */
static bool field_of(bl_value row, const char *name, bl_value *out)
{
    const bylaw_str text = bylaw_str_from(name);

    *out = absent;
    if (row.kind == BL_UNKNOWN) { /* so are all its fields */
        *out = row;
        return true;
    }
    if (row.kind == BL_MAP) {
        const bl_value *found =
            bl_map_find(row.as.map, (bl_value){.kind = BL_STRING, .as.s = &text});

        *out = found != NULL ? *found : absent;
        return true;
    }
    if (row.kind != BL_RECORD)
        return false;
    const bl_type *type = row.as.record->type;

    for (size_t i = 0; i < type->field_count; i++) {
        if (bl_str_equal(type->fields[i].name, text))
            *out = row.as.record->fields[i];
    }
    return true;
}

static bl_value not_rows(bl_call *call, const char *function, const char *fields)
{
    return bl_fail(call, not_rows, BL_TEXT("function", bylaw_str_from(function)),
                   BL_TEXT("field", bylaw_str_from(fields)));
}

/* --- ballots ---------------------------------------------------------------------------------- */

/* What is known of ballots: those certainly cast, and, unknown or null, what is in doubt. */
typedef struct tally {
    const bl_name *member;
    bool chosen;           /* a ballot with the choice asked for */
    bool other;            /* a ballot with another */
    bl_value unsure;       /* a ballot whose choice is not known */
    bl_value maybe_chosen; /* a ballot that is perhaps this member's */
    bl_value maybe_other;
} tally;

typedef struct count {
    bl_call *call;
    bl_map members; /* key of the name to its tally */
    bl_value choice;
    tally anyone; /* ballots of no known member: only what is in doubt */
} count;

static void doubt(count *c, bl_value *about, bl_value v)
{
    *about = bl_unknown_merge(c->call->eval->arena, *about, v);
}

/* Null: done; otherwise the list or memory is at fault. */
static bl_value take_roll(count *c, const bl_list *roll)
{
    bl_arena *arena = c->call->eval->arena;

    for (size_t i = 0; i < roll->count; i++) {
        bl_value name = roll->items[i];

        if (name.kind == BL_UNKNOWN)
            continue; /* looked at when a ballot belongs to nobody else */
        if (name.kind == BL_STRING)
            name = bl_name_value(arena, *name.as.s);
        if (name.kind == BL_ERROR)
            return name;
        if (name.kind != BL_NAME)
            continue;
        if (bl_map_get(&c->members, name.as.name->key) != NULL)
            continue; /* one member, written twice */
        tally *t = BL_NEW(arena, tally);

        if (t == NULL || !bl_map_put(&c->members, name.as.name->key, t))
            return bl_oom_value();
        t->member = name.as.name;
    }
    return BL_NULL_VALUE;
}

/* A ballot that is perhaps this member's, by `why`. */
static void add_maybe(count *c, tally *t, bl_value is_choice, bl_value why)
{
    if (!bl_is_false(is_choice))
        doubt(c, &t->maybe_chosen, why);
    if (!bl_is_true(is_choice))
        doubt(c, &t->maybe_other, why);
}

/* A ballot of somebody who is not on the roll, unless the name is a slip for one who is. */
static bl_value add_stranger(count *c, const bl_name *name, bl_value is_choice)
{
    bl_arena *arena = c->call->eval->arena;
    tally *near = NULL;
    size_t nears = 0;

    if (!bl_charge(c->call, c->members.count))
        return bl_cost_error(c->call);
    for (size_t i = 0; i < c->members.count; i++) {
        tally *t = c->members.entries[i].value;
        bool alike = false;

        if (bl_name_looks_like(arena, &alike, name->key, t->member->key) != BYLAW_OK)
            return bl_oom_value();
        if (alike)
            add_maybe(c, t, is_choice, bl_look_alike_value(arena, name->text, t->member->text));
        if (!alike && bl_name_one_off(name->key, t->member->key)) {
            near = t;
            nears++;
        }
    }
    if (nears == 1 && !bl_names_apart(c->call->eval, name, near->member))
        add_maybe(c, near, is_choice, bl_look_alike_value(arena, name->text, near->member->text));
    return BL_NULL_VALUE;
}

static void add_certain(count *c, tally *t, bl_value is_choice)
{
    if (bl_is_true(is_choice))
        t->chosen = true;
    else if (bl_is_false(is_choice))
        t->other = true;
    else
        doubt(c, &t->unsure, is_choice);
}

/* true, false or unknown: is this ballot's choice the one asked for? */
static bl_value is_the_choice(const count *c, bl_value choice)
{
    bl_arena *arena = c->call->eval->arena;

    return choice.kind == BL_ENUM ? bl_value_is(arena, choice, c->choice)
                                  : bl_value_equal(arena, choice, c->choice);
}

static bl_value add_ballot(count *c, bl_value ballot)
{
    bl_value member, choice;

    if (!field_of(ballot, "member", &member) || !field_of(ballot, "choice", &choice))
        return not_rows(c->call, "votes", "member, choice");
    const bl_value is_choice = is_the_choice(c, choice);

    if (is_choice.kind == BL_ERROR)
        return is_choice;
    if (member.kind == BL_STRING)
        member = bl_name_value(c->call->eval->arena, *member.as.s);
    if (member.kind == BL_ERROR)
        return member;
    if (member.kind == BL_UNKNOWN)
        add_maybe(c, &c->anyone, is_choice, member);
    if (member.kind != BL_NAME)
        return BL_NULL_VALUE;
    tally *t = bl_map_get(&c->members, member.as.name->key);

    if (t == NULL)
        return add_stranger(c, member.as.name, is_choice);
    add_certain(c, t, is_choice);
    return BL_NULL_VALUE;
}

/* 1, 0, or what would have to be known. */
static bl_value vote_of(count *c, const tally *t)
{
    bl_arena *arena = c->call->eval->arena;
    bl_value open = t->unsure;

    if (t->other)
        return bl_int(0); /* with a differing ballot none of them counts */
    if (t->chosen) {
        open = bl_unknown_merge(arena, open, t->maybe_other);
        open = bl_unknown_merge(arena, open, c->anyone.maybe_other);
        return open.kind == BL_NULL ? bl_int(1) : open;
    }
    open = bl_unknown_merge(arena, open, t->maybe_chosen);
    open = bl_unknown_merge(arena, open, c->anyone.maybe_chosen);
    return open.kind == BL_NULL ? bl_int(0) : open;
}

static bl_value total(count *c)
{
    bl_value open = BL_NULL_VALUE;
    int64_t votes = 0;

    for (size_t i = 0; i < c->members.count; i++) {
        const bl_value vote = vote_of(c, c->members.entries[i].value);

        if (vote.kind == BL_INT)
            votes += vote.as.i;
        else
            open = bl_unknown_merge(c->call->eval->arena, open, vote);
    }
    return open.kind == BL_NULL ? bl_int(votes) : open;
}

/* Somebody on the roll is not known: a ballot of a stranger, or of nobody known, may be theirs. */
static bl_value unknown_members(count *c, const bl_list *ballots, bl_value unknown)
{
    for (size_t i = 0; i < ballots->count; i++) {
        bl_value member, choice;

        if (!field_of(ballots->items[i], "member", &member) ||
            !field_of(ballots->items[i], "choice", &choice))
            return not_rows(c->call, "votes", "member, choice");
        if (member.kind == BL_STRING)
            member = bl_name_value(c->call->eval->arena, *member.as.s);
        const bool open =
            member.kind == BL_UNKNOWN ||
            (member.kind == BL_NAME && bl_map_get(&c->members, member.as.name->key) == NULL);

        if (open && !bl_is_false(is_the_choice(c, choice)))
            return unknown;
    }
    return BL_NULL_VALUE;
}

bl_value bl_builtin_votes(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *ballots = args[0].as.list, *roll = args[2].as.list;
    count c = {.call = call, .members = bl_map_init(call->eval->arena), .choice = args[1]};
    bl_value failed;

    (void)n;
    if (!bl_charge(call, ballots->count) || !bl_charge(call, roll->count))
        return bl_cost_error(call);
    if ((failed = take_roll(&c, roll)).kind != BL_NULL)
        return failed;
    for (size_t i = 0; i < ballots->count; i++) {
        if ((failed = add_ballot(&c, ballots->items[i])).kind != BL_NULL)
            return failed;
    }
    const bl_value votes = total(&c);
    const bl_value unknown = bl_unknown_items(call, roll);

    if (unknown.kind == BL_NULL)
        return votes;
    failed = unknown_members(&c, ballots, unknown);
    return failed.kind == BL_NULL ? votes : bl_unknown_merge(call->eval->arena, votes, failed);
}

/* --- registers -------------------------------------------------------------------------------- */

/* Rows carry from and to where they have a bound; one that is left out is none. */
static bool bound_of(bl_value row, const char *name, bl_value *out)
{
    return field_of(row, name, out) &&
           (out->kind == BL_DATE || out->kind == BL_NULL || out->kind == BL_UNKNOWN);
}

bl_value bl_builtin_at(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *rows = args[0].as.list;
    bl_value *items = BL_NEW_N(call->eval->arena, bl_value, rows->count);
    const int64_t day = args[1].as.i;
    size_t kept = 0;

    (void)n;
    if (!bl_charge(call, rows->count))
        return bl_cost_error(call);
    if (items == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < rows->count; i++) {
        bl_value from, to;

        if (!bound_of(rows->items[i], "from", &from) || !bound_of(rows->items[i], "to", &to))
            return not_rows(call, "at", "from, to");
        if ((from.kind == BL_DATE && from.as.i > day) || (to.kind == BL_DATE && to.as.i < day))
            continue;
        items[kept++] = rows->items[i];
    }
    return bl_list_value(call->eval->arena, items, kept);
}
