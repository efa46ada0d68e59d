/* tests/expr/test_list_index.c: a long list that is asked again and again is indexed, and answers
 * as it does when it is gone through. The twin is the same expression in an evaluation of its own,
 * for a list that is asked once is never indexed. */
#include "harness.h"

#include "expr/list_index.h"

enum { MANY = 150 };

typedef struct world {
    harness h;
    bl_type record;
    bl_field fields[2];
    uint64_t state;
} world;

static uint64_t draw(world *w, uint64_t below)
{
    w->state = w->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (w->state >> 33) % below;
}

/* Some names come twice; the Latin and the Cyrillic letter look alike; numbers are one off. */
static bl_value a_name(world *w, uint64_t range)
{
    static const char *const forms[] = {"学会%llu", "学会%llu",       "学会%llu", "学会 %llu",
                                        "社a%llu",  "社\xd0\xb0%llu", "会%lluA"};
    char text[64];
    bylaw_str kept;

    snprintf(text, sizeof text, forms[draw(w, sizeof forms / sizeof *forms)],
             (unsigned long long)draw(w, range));
    assert_true(bl_arena_copy(&w->h.arena, &kept, bylaw_str_from(text)));
    return bl_name_value(&w->h.arena, kept);
}

static bl_value an_unknown(world *w, uint32_t slot)
{
    bl_attr *attr = BL_NEW(&w->h.arena, bl_attr);

    *attr = (bl_attr){slot, BYLAW_STR("[0].member")};
    return bl_unknown_value(&w->h.arena, attr);
}

static bl_value a_row(world *w, bl_value name)
{
    bl_value *fields = BL_NEW_N(&w->h.arena, bl_value, 2);
    bl_record *record = BL_NEW(&w->h.arena, bl_record);

    fields[0] = bl_int(1);
    fields[1] = name;
    *record = (bl_record){&w->record, fields};
    return (bl_value){.kind = BL_RECORD, .as.record = record};
}

/* rows: records with a name; names: the same names; x: the name asked for. */
static void open_world(world *w, uint64_t seed, size_t count, uint64_t range, bool unknown)
{
    bl_value *rows, *names;

    harness_open(&w->h, BL_ENV_CHARTER);
    w->state = seed;
    w->fields[0] = (bl_field){.name = BYLAW_STR("weight"), .type = BL_SIMPLE(INT)};
    w->fields[1] = (bl_field){.name = BYLAW_STR("member"), .type = BL_SIMPLE(NAME)};
    w->record = (bl_type){
        .kind = BL_T_RECORD, .name = BYLAW_STR("row"), .fields = w->fields, .field_count = 2};
    rows = BL_NEW_N(&w->h.arena, bl_value, count);
    names = BL_NEW_N(&w->h.arena, bl_value, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = unknown && i == count / 2 ? an_unknown(w, 0) : a_name(w, range);
        rows[i] = a_row(w, names[i]);
    }
    harness_declare(&w->h, "rows", bl_type_list(&w->h.arena, &w->record),
                    bl_list_value(&w->h.arena, rows, count));
    harness_declare(&w->h, "names", bl_type_list(&w->h.arena, BL_SIMPLE(NAME)),
                    bl_list_value(&w->h.arena, names, count));
    harness_declare(&w->h, "x", BL_SIMPLE(NAME), names[0]);
    harness_declare(&w->h, "row", &w->record, rows[0]);
}

static const char *const asked[] = {
    "rows.exists_one(r, r.member == x)",
    "rows.exists_one(r, x == r.member)",
    "rows.exists(r, r.member == x)",
    "!rows.exists(r, r.member == x)",
    "names.exists_one(n, n == x)",
    "names.exists(n, x == n)",
    "x in names",
    "!(x in names)",
    "rows.exists_one(r, r.member == row.member)",
};

static const char *cause_text(world *w, const bl_program *program, bl_eval *eval)
{
    const bl_cause *cause = bl_explain(program, eval);
    bl_str text = bl_str_init(&w->h.arena);
    bylaw_str out;

    assert_non_null(cause);
    bl_str_addf(&text, "%d %d %zu", (int)cause->kind, (int)cause->negated, cause->child_count);
    for (size_t i = 0; i < cause->child_count; i++)
        bl_str_addf(&text, " %zu", cause->children[i]->element_index);
    assert_int_equal(bl_str_take(&out, &text), BYLAW_OK);
    return out.ptr;
}

/* One question, in an evaluation that has asked before and in one that has not. */
static void compare(world *w, const bl_program *program, bl_eval *shared, bool traced)
{
    bl_eval fresh = *shared;

    fresh.indexes = NULL;
    fresh.cost = shared->cost = 0;
    fresh.trace = traced ? BL_NEW_N(&w->h.arena, bl_value, bl_program_size(program)) : NULL;
    shared->trace = traced ? BL_NEW_N(&w->h.arena, bl_value, bl_program_size(program)) : NULL;
    const bl_value naive = bl_evaluate(program, &fresh), indexed = bl_evaluate(program, shared);

    assert_string_equal(harness_text(&w->h, indexed), harness_text(&w->h, naive));
    if (traced)
        assert_string_equal(cause_text(w, program, shared), cause_text(w, program, &fresh));
}

static void an_index_answers_as_the_list_does(void **state)
{
    size_t compared = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        world w;

        open_world(&w, seed, seed % 4 == 0 ? 20 : MANY, seed % 3 == 0 ? 40 : 100000, seed % 5 == 0);
        bl_program *programs[sizeof asked / sizeof *asked];
        bl_eval shared = {
            .arena = &w.h.arena, .slots = w.h.slots, .slot_count = w.h.count, .stated = w.h.stated};

        for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
            programs[i] = harness_compile(&w.h, asked[i], true);
            assert_non_null(programs[i]);
        }
        for (size_t turn = 0; turn < 40; turn++) {
            const bl_list *names = w.h.slots[1].as.list;

            w.h.slots[2] =
                turn % 3 == 0 ? a_name(&w, 100000) : names->items[draw(&w, names->count)];
            w.h.slots[3] = a_row(&w, w.h.slots[2]);
            for (size_t i = 0; i < sizeof asked / sizeof *asked; i++, compared++)
                compare(&w, programs[i], &shared, turn % 2 == 1);
        }
        harness_close(&w.h);
    }
    print_message("%zu answers compared\n", compared);
}

/* All in one evaluation, as a norm about a whole list asks. */
static void a_loop_in_a_loop_answers_as_one_by_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        world w;
        size_t alone = 0;

        open_world(&w, seed, MANY, seed % 2 == 0 ? 60 : 1000000, false);
        const bl_list *rows = w.h.slots[0].as.list;
        bl_program *one = harness_compile(&w.h, asked[0], true);
        bl_program *all = harness_compile(
            &w.h, "rows.filter(y, rows.exists_one(o, o.member == y.member)).size()", true);
        bool known = true;

        assert_non_null(all);
        for (size_t i = 0; i < rows->count; i++) {
            w.h.slots[2] = rows->items[i].as.record->fields[1];
            const bl_value v = harness_run(&w.h, one, false);

            known = known && v.kind == BL_BOOL;
            alone += bl_is_true(v);
        }
        const bl_value v = harness_run(&w.h, all, false);

        if (known)
            assert_int_equal(v.as.i, alone);
        assert_int_equal(v.kind, known ? BL_INT : BL_UNKNOWN);
        harness_close(&w.h);
    }
}

/* What is known to be asked of an index: it is built, and says nothing of names that look alike. */
static void an_index_knows_what_it_does_not_know(void **state)
{
    world w;
    size_t count = 9, first = 9;

    (void)state;
    open_world(&w, 7, MANY, 1000000, false);
    bl_eval eval = {.arena = &w.h.arena, .slots = w.h.slots, .slot_count = w.h.count};
    bl_value *names = BL_NEW_N(&w.h.arena, bl_value, MANY);
    const bl_list_part itself = {NULL, 0};

    for (size_t i = 0; i < MANY; i++) {
        char text[32];
        bylaw_str kept;

        snprintf(text, sizeof text, i == 70 ? "\xd0\xb0%d" : "a%d", i == 90 ? 89 : (int)i);
        assert_true(bl_arena_copy(&w.h.arena, &kept, bylaw_str_from(text)));
        names[i] = bl_name_value(&w.h.arena, kept);
    }
    const bl_value list = bl_list_value(&w.h.arena, names, MANY);
    const bl_value latin = bl_name_value(&w.h.arena, BYLAW_STR("a70"));
    const bl_value absent = bl_name_value(&w.h.arena, BYLAW_STR("b1"));

    assert_false(bl_list_count_name(&count, &first, &eval, list.as.list, itself, names[3].as.name));
    assert_int_equal(count, 9); /* asked for the first time, and untouched */
    assert_true(bl_list_count_name(&count, &first, &eval, list.as.list, itself, names[3].as.name));
    assert_int_equal(count, 1);
    assert_int_equal(first, 3);
    assert_true(bl_list_count_name(&count, &first, &eval, list.as.list, itself, names[90].as.name));
    assert_int_equal(count, 2);
    assert_int_equal(first, 89);
    assert_false(bl_list_count_name(&count, &first, &eval, list.as.list, itself, latin.as.name));
    assert_true(bl_list_count_name(&count, &first, &eval, list.as.list, itself, absent.as.name));
    assert_int_equal(count, 0);
    assert_true(bl_list_has_name(&eval, list.as.list, names[70].as.name));
    assert_false(bl_list_has_name(&eval, list.as.list, latin.as.name));
    harness_close(&w.h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_index_answers_as_the_list_does),
        cmocka_unit_test(a_loop_in_a_loop_answers_as_one_by_one),
        cmocka_unit_test(an_index_knows_what_it_does_not_know),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
