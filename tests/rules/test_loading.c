/* tests/rules/test_loading.c: the small rule set as it stands in memory; all bundled ones; what
 * happens when a text cannot be had, or memory. */
#include "fixture.h"

#include "rules/bundled.h"

typedef struct loaded {
    texts texts;
    bylaw_ruleset *set;
    bylaw_diags *diags;
} loaded;

static int load_fixture(void **state)
{
    loaded *l = calloc(1, sizeof *l);

    assert_non_null(l);
    l->texts = fixture_texts();
    assert_int_equal(bylaw_diags_new(&l->diags, NULL), BYLAW_OK);
    assert_int_equal(read_texts(&l->set, &l->texts, NULL, l->diags), BYLAW_OK);
    assert_int_equal(bylaw_diags_count(l->diags), 0);
    /* Nothing of the texts is kept. */
    for (size_t i = 0; i < l->texts.count; i++)
        memset((char *)(uintptr_t)l->texts.files[i].text.ptr, '#', l->texts.files[i].text.len);
    free_texts(&l->texts);
    *state = l;
    return 0;
}

static int free_fixture(void **state)
{
    loaded *l = *state;

    bylaw_ruleset_free(l->set);
    bylaw_diags_free(l->diags);
    free(l);
    return 0;
}

static const bylaw_ruleset *set_of(void **state)
{
    return ((loaded *)*state)->set;
}

static void assert_text(bylaw_str text, const char *expected)
{
    if (!bl_str_is(text, expected))
        fail_msg("“%.*s”, not “%s”", (int)text.len, text.ptr == NULL ? "" : text.ptr, expected);
}

static const bl_fact *fact(const bylaw_ruleset *set, const char *name)
{
    const bl_fact *found = bl_map_get(&set->fact_index, bylaw_str_from(name));

    if (found == NULL)
        fail_msg("no fact %s", name);
    return found;
}

static const bl_norm *norm(const bylaw_ruleset *set, const char *id)
{
    for (size_t i = 0; i < set->norm_count; i++) {
        if (bl_str_is(set->norms[i].id, id))
            return &set->norms[i];
    }
    fail_msg("no norm %s", id);
    return NULL;
}

static void the_set_itself(void **state)
{
    const bylaw_ruleset *set = set_of(state);

    assert_text(bylaw_ruleset_id(set), "wcasp");
    assert_text(bylaw_ruleset_title(set, BYLAW_ZH), "西部科技期刊联盟章程");
    assert_text(set->short_title.in[BYLAW_ZH], "西部科技期刊联盟章程"); /* no short one is given */
    assert_int_equal(set->from, 18523);                                 /* 2020-09-18 */
    assert_true(set->until == INT64_MAX);
    assert_non_null(set->scope);
    assert_int_equal(set->sha256.len, 64);
    assert_int_equal(set->slot_count, BL_SLOT_FACTS + set->fact_count);
}

static void facts_have_types_slots_and_presumptions(void **state)
{
    const bylaw_ruleset *set = set_of(state);

    for (size_t i = 0; i < set->fact_count; i++)
        assert_int_equal(set->facts[i].slot, BL_SLOT_FACTS + i);
    assert_int_equal(fact(set, "vote.yes")->type->kind, BL_T_INT);
    assert_true(fact(set, "vote.yes")->is_count);
    assert_int_equal(fact(set, "vote.yes")->open_until, BL_OPEN_VOTE);
    assert_text(fact(set, "vote.yes")->unit->en_many, "votes");
    assert_non_null(fact(set, "vote.yes")->derive);
    assert_int_equal(fact(set, "members")->counts, fact(set, "roll")->slot);
    assert_int_equal(fact(set, "roll")->counts, -1);
    assert_true(fact(set, "all_called")->is_presumed && fact(set, "all_called")->is_conduct);
    assert_true(bl_is_true(fact(set, "all_called")->presumed));
    assert_true(fact(set, "chair_vacant")->is_presumed && !fact(set, "chair_vacant")->is_conduct);
    assert_false(fact(set, "announced")->is_presumed);
    assert_ptr_equal(fact(set, "提议人职务"), fact(set, "proposer.office"));
    assert_ptr_equal(fact(set, "votes for"), fact(set, "vote.yes"));
}

static void derived_facts_come_after_what_they_read(void **state)
{
    const bylaw_ruleset *set = set_of(state);
    bool done[256] = {false};

    assert_int_equal(set->derive_count, 3);
    for (size_t i = 0; i < set->derive_count; i++) {
        const bl_fact *f = &set->facts[set->derive_order[i] - BL_SLOT_FACTS];
        size_t count = 0;
        const uint32_t *slots = f->derive == NULL ? NULL : bl_program_slots(f->derive, &count);

        for (size_t k = 0; k < count; k++) {
            const bl_fact *read =
                slots[k] < BL_SLOT_FACTS ? NULL : &set->facts[slots[k] - BL_SLOT_FACTS];

            assert_true(read == NULL || (read->derive == NULL && read->counts < 0) ||
                        done[slots[k]]);
        }
        done[f->slot] = true;
    }
}

static void kinds_have_their_norms(void **state)
{
    const bylaw_ruleset *set = set_of(state);
    const bl_enum_value *resolution = bl_enum_find(set->kinds, BYLAW_STR("resolution"));
    const bl_enum_value *dissolution = bl_enum_find(set->kinds, BYLAW_STR("解散"));
    static const uint32_t of_resolution[] = {0, 4, 5}, of_dissolution[] = {1, 2, 3, 4, 5};
    static const uint32_t in_order[] = {4, 0, 5}; /* the fifth stands on the earliest provision */

    assert_true(bl_enum_is(dissolution, resolution) && !bl_enum_is(resolution, dissolution));
    assert_true(set->kinds->exact);
    const bl_kind_def *r = &set->kind_defs[resolution->index];
    const bl_kind_def *d = &set->kind_defs[dissolution->index];

    assert_int_equal(r->norm_count, 3);
    assert_memory_equal(r->norms, of_resolution, sizeof of_resolution);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(r->in_order[i].norm->index, in_order[i]);
    assert_int_equal(r->gap_count, 0);
    assert_int_equal(d->norm_count, 5);
    assert_memory_equal(d->norms, of_dissolution, sizeof of_dissolution);
    assert_int_equal(d->gap_count, 1);
}

static void thresholds_and_what_options_lay_over_them(void **state)
{
    const bylaw_ruleset *set = set_of(state);
    const bl_norm *majority = norm(set, "majority"), *vote = norm(set, "dissolution-vote");

    assert_int_equal(majority->body.modality, BL_CONDITION);
    assert_int_equal(majority->body.has, BL_HAS_MODALITY | BL_HAS_COUNT | BL_HAS_OF | BL_HAS_BOUND);
    assert_int_equal(majority->body.count.count, 1);
    assert_int_equal(majority->body.count.slots[0], fact(set, "vote.yes")->slot);
    assert_int_equal(majority->body.of.slots[0], fact(set, "present")->slot);
    assert_int_equal(majority->body.bound.num, 1);
    assert_int_equal(majority->body.bound.den, 2);
    assert_false(majority->body.strict);
    assert_int_equal(majority->overlay_count, 1);
    assert_int_equal(majority->overlays[0].body.has, BL_HAS_BOUND);
    assert_true(majority->overlays[0].body.strict);
    assert_int_equal(majority->overlays[0].choice.reading, 0);
    assert_int_equal(majority->overlays[0].choice.option, 1);
    assert_int_equal(majority->readings, 1);
    assert_int_equal(vote->overlays[0].body.has, BL_HAS_OF);
    assert_int_equal(vote->readings, 2);
    assert_int_equal(norm(set, "all-called")->readings, 0);
    assert_int_equal(vote->provision_count, 1);
    assert_text(vote->provisions[0]->cite.in[BYLAW_ZH], "第十一条");
}

static void readings_and_their_bases(void **state)
{
    const bylaw_ruleset *set = set_of(state);

    assert_int_equal(set->reading_count, 2);
    const bl_reading *half = &set->readings[0];

    assert_text(half->name, "half");
    assert_text(half->phrase, "半数以上");
    assert_true(half->open && half->default_option == 0 && half->option_count == 2);
    assert_text(half->options[0].basis.in[BYLAW_EN], "民法典第1259条");
    assert_text(half->options[1].basis.in[BYLAW_ZH], "第六条（四）");
    assert_text(half->options[1].basis.in[BYLAW_EN], "Art. 6(4) 第六条（四）");
}

static void norms_that_go_through_a_list_or_follow_the_outcome(void **state)
{
    const bylaw_ruleset *set = set_of(state);
    const bl_norm *one_vote = norm(set, "one-vote");

    assert_text(one_vote->each_name, "b");
    assert_int_equal(bl_program_type(one_vote->each)->params[0]->kind, BL_T_RECORD);
    assert_true(norm(set, "dissolution-announced")->reads_outcome);
    assert_false(one_vote->reads_outcome);
}

static void invariants_are_bounds_where_they_can_be(void **state)
{
    const bylaw_ruleset *set = set_of(state);

    assert_int_equal(set->invariant_count, 2);
    assert_true(set->invariants[0].linear && set->invariants[1].linear);
    assert_int_equal(set->invariants[0].left.count, 2);
    assert_int_equal(set->invariants[0].right.slots[0], fact(set, "present")->slot);
    assert_text(set->invariants[1].text, "present <= members");
}

static void gaps_and_provisions(void **state)
{
    const bylaw_ruleset *set = set_of(state);

    assert_int_equal(set->gap_count, 1);
    assert_non_null(set->gaps[0].decides);
    assert_text(set->gaps[0].provisions[0]->class_, "gap");
    assert_int_equal(set->provision_count, 8);
    assert_non_null(bl_map_get(&set->provision_index, BYLAW_STR("wcasp:7.1d")));
}

/* --- beyond the fixture --- */

/* What a set says in place of `a` in the fixture, read; NULL when it is wrong. */
static bylaw_ruleset *load_edited(const char *a, const char *b)
{
    texts t = fixture_texts();
    bl_arena arena;
    const bylaw_str text = get_text(&t, "wcasp.yaml");
    const size_t at = bl_str_find(text, bylaw_str_from(a), 0);
    bylaw_diags *diags;
    bylaw_ruleset *set = NULL;

    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);

    assert_true(at != SIZE_MAX);
    bl_str_add(&out, bl_str_slice(text, 0, at));
    bl_str_addz(&out, b);
    bl_str_add(&out, bl_str_slice(text, at + strlen(a), text.len));
    const bylaw_resolver resolver = {find_text, &t};

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    if (bylaw_ruleset_read(&set, BYLAW_STR("wcasp.yaml"), bl_str_view(&out), &resolver, NULL,
                           diags) != BYLAW_OK)
        for (size_t i = 0; i < bylaw_diags_count(diags); i++)
            print_message("%s\n", bylaw_diags_get(diags, i)->message.in[BYLAW_EN].ptr);
    assert_non_null(set);
    bylaw_diags_free(diags);
    bl_arena_dispose(&arena);
    free_texts(&t);
    return set;
}

static const struct bound_case {
    const char *written;
    int64_t num, den;
} bound_cases[] = {
    {"1/2", 1, 2}, {"2/4", 1, 2},   {"２/３", 2, 3}, {"三分之二", 2, 3},
    {"1", 1, 1},   {"'3/4'", 3, 4}, {"3/2", 3, 2},   {"1/9223372036854775807", 1, INT64_MAX},
};

static void bounds_are_read_as_people_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bound_cases / sizeof *bound_cases; i++) {
        char text[256];

        snprintf(text, sizeof text, "at_least: %s}\n    readings:", bound_cases[i].written);
        bylaw_ruleset *first = load_edited("at_least: 1/2}\n    readings:", text);

        assert_int_equal(norm(first, "majority")->body.bound.num, bound_cases[i].num);
        assert_int_equal(norm(first, "majority")->body.bound.den, bound_cases[i].den);
        bylaw_ruleset_free(first);
    }
}

/* text of an invariant; the number of linear ones it becomes; left and right constants of the
 * first */
static const struct invariant_case {
    const char *text;
    size_t linear;
    int64_t left, right;
} invariant_cases[] = {
    {"vote.yes <= present", 1, 0, 0},
    {"vote.yes + vote.no + 1 <= present + 2", 1, 1, 2},
    {"present >= vote.yes", 1, 0, 0},
    {"vote.yes < present", 1, 1, 0},
    {"present > vote.yes", 1, 1, 0},
    {"vote.yes == present", 2, 0, 0},
    {"8 >= present", 1, 0, 8},
    {"vote.yes != present", 0, 0, 0},
    {"vote.yes - vote.no <= present", 0, 0, 0},
    {"all_called || present <= members", 0, 0, 0},
    {"vote.yes < 9223372036854775807 + 0 + present", 1, 1, INT64_MAX},
    {"9223372036854775807 < present", 0, 0, 0},
};

static void comparisons_of_sums_become_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof invariant_cases / sizeof *invariant_cases; i++) {
        const struct invariant_case *c = &invariant_cases[i];
        char text[256];

        snprintf(text, sizeof text, "uses: [assembly]\ninvariants: [\"%s\"]", c->text);
        bylaw_ruleset *set = load_edited("uses: [assembly]", text);
        const size_t own = set->invariant_count - 2;
        const bl_invariant *first = &set->invariants[2];

        assert_int_equal(own, c->linear == 2 ? 2 : 1);
        assert_int_equal(first->linear, c->linear > 0);
        if (first->linear) {
            assert_true(first->left.constant == c->left);
            assert_true(first->right.constant == c->right);
        } else {
            assert_non_null(first->holds);
        }
        bylaw_ruleset_free(set);
    }
}

static void a_bound_or_a_term_may_be_a_constant(void **state)
{
    (void)state;
    bylaw_ruleset *set = load_edited(
        "norms:\n  - id: majority",
        "constants: {bar: {type: fraction, value: 三分之二, zh: 界限, en: bar}, extra: {type: int, "
        "value: ５, zh: 另加, en: extra}}\n"
        "norms:\n"
        "  - {id: barred, provision: wcasp:7.1d, on: [resolution], modality: condition,\n"
        "     threshold: {count: vote.yes + extra, of: present, at_least: bar}, says: {zh: 达到, "
        "en: "
        "reached}}\n"
        "  - id: majority");
    const bl_norm *barred = norm(set, "barred");

    assert_int_equal(barred->body.bound.num, 2);
    assert_int_equal(barred->body.bound.den, 3);
    assert_int_equal(barred->body.count.constant, 5);
    bylaw_ruleset_free(set);
}

static void a_norm_depends_on_readings_of_what_it_reads(void **state)
{
    (void)state;
    bylaw_ruleset *set = load_edited(
        "uses: [assembly]",
        "uses: [assembly]\nfacts:\n"
        "  quorate: {type: bool, derive: present >= limit, zh: 足数, en: quorate}\n"
        "  limit: {type: count, derive: \"4\", readings: {base.attending: {derive: \"5\"}}, "
        "zh: 下限, en: limit}\n"
        "  all_called: {derive: quorate}");

    assert_int_equal(norm(set, "all-called")->readings, 2);
    assert_int_equal(norm(set, "majority")->readings, 1);
    assert_true(fact(set, "quorate")->ask_inputs);
    assert_false(fact(set, "vote.yes")->ask_inputs);
    bylaw_ruleset_free(set);
}

/* A set with n readings; n more than 64 is a mistake, told once. */
static size_t mistakes_of_readings(size_t n)
{
    texts t = fixture_texts();
    bl_arena arena;
    bylaw_diags *diags;
    bylaw_ruleset *set = NULL;

    bl_arena_init(&arena, NULL);
    bl_str text = bl_str_init(&arena);
    const bylaw_str whole = get_text(&t, "wcasp.yaml");
    const size_t norms = bl_str_find(whole, BYLAW_STR("norms:"), 0);

    bl_str_add(&text, bl_str_slice(whole, 0, norms));
    for (size_t i = 2; i < n; i++)
        bl_str_addf(&text,
                    "  r%zu: {asks: {zh: 问, en: q}, default: a, options: {a: {zh: 甲, en: a}, b: "
                    "{zh: 乙, en: b}}}\n",
                    i);
    bl_str_add(&text, bl_str_slice(whole, norms, whole.len));
    const bylaw_resolver resolver = {find_text, &t};

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    (void)!bylaw_ruleset_read(&set, BYLAW_STR("wcasp.yaml"), bl_str_view(&text), &resolver, NULL,
                              diags);
    const size_t mistakes = bylaw_diags_errors(diags);

    assert_int_equal(set != NULL, mistakes == 0);
    if (set != NULL)
        assert_int_equal(set->reading_count, n);
    bylaw_ruleset_free(set);
    bylaw_diags_free(diags);
    bl_arena_dispose(&arena);
    free_texts(&t);
    return mistakes;
}

static void a_set_has_at_most_64_readings(void **state)
{
    (void)state;
    assert_int_equal(mistakes_of_readings(64), 0);
    assert_int_equal(mistakes_of_readings(65), 1);
    assert_int_equal(mistakes_of_readings(300), 1);
}

static void a_step_is_a_fact_a_field(void **state)
{
    (void)state;
    bylaw_ruleset *set =
        load_edited("uses: [assembly]",
                    "uses: [assembly]\n"
                    "types: {step: {by: {type: \"actor?\", zh: 机关, en: body}, on: {type: "
                    "\"date?\", zh: 日期, "
                    "en: date}}, home: {city: {type: text, zh: 城市, en: city}}}\n"
                    "facts: {approved: {type: step, open_until: effect, zh: 批准, en: approval}, "
                    "seat: {type: \"home?\", zh: 住所, en: seat}}");
    const bl_fact *by = fact(set, "approved.by"), *city = fact(set, "seat.city");
    const bl_group *group = bl_map_get(&set->group_index, BYLAW_STR("approved"));

    assert_text(by->label.in[BYLAW_ZH], "批准机关");
    assert_text(by->label.in[BYLAW_EN], "approval body");
    assert_int_equal(by->open_until, BL_OPEN_EFFECT);
    assert_int_equal(by->type->kind, BL_T_NULLABLE);
    assert_ptr_equal(by->group, group);
    assert_true(group->nullable && group->count == 2);
    assert_ptr_equal(&set->facts[group->first], by);
    assert_int_equal(city->type->kind, BL_T_NULLABLE); /* seat: none */
    bylaw_ruleset_free(set);
}

static void a_value_may_be_put_below_one_of_another_text(void **state)
{
    (void)state;
    bylaw_ruleset *set = load_edited(
        "uses: [assembly]", "uses: [assembly]\nenums: {actor: {cast: {has: {cast_council: {zh: "
                            "全国委员会, en: National Committee}}}}}");
    const bl_enum *actor = fact(set, "proposer.office")->type->enumerated;
    const bl_enum_value *cast = bl_enum_find(actor, BYLAW_STR("cast"));
    const bl_enum_value *council = bl_enum_find(actor, BYLAW_STR("全国委员会"));

    assert_non_null(council);
    assert_true(bl_enum_is(council, cast) && cast->has_below && council->parent == cast);
    for (uint32_t i = 0; i < actor->count; i++)
        assert_int_equal(actor->values[i]->index, i);
    bylaw_ruleset_free(set);
}

static void a_kind_may_be_several(void **state)
{
    (void)state;
    bylaw_ruleset *set =
        load_edited("uses: [assembly]",
                    "uses: [assembly]\nkinds: {all: {is: [b, a], zh: 全部, en: all}, a: {is: "
                    "resolution, zh: 甲, en: a}, b: {zh: 乙, en: b}}");
    const bl_enum *kinds = set->kinds;
    const bl_enum_value *all = bl_enum_find(kinds, BYLAW_STR("all"));

    assert_true(bl_enum_is(all, bl_enum_find(kinds, BYLAW_STR("a"))));
    assert_true(bl_enum_is(all, bl_enum_find(kinds, BYLAW_STR("b"))));
    assert_true(bl_enum_is(all, bl_enum_find(kinds, BYLAW_STR("resolution"))));
    assert_false(bl_enum_is(all, bl_enum_find(kinds, BYLAW_STR("dissolution"))));
    assert_int_equal(set->kind_defs[all->index].norm_count, 3);
    for (uint32_t i = 0; i < kinds->count; i++) {
        assert_int_equal(kinds->values[i]->index, i);
        assert_true(kinds->values[i]->parent == NULL || kinds->values[i]->parent->index < i);
    }
    bylaw_ruleset_free(set);
}

static void a_threshold_may_count_a_field_of_the_element(void **state)
{
    (void)state;
    bylaw_ruleset *set = load_edited(
        "norms:", "types: {vote_for: {name: {type: name, zh: 姓名, en: name}, votes: {type: count, "
                  "unit: vote, "
                  "zh: 得票, en: votes}}}\n"
                  "facts: {candidates: {type: list(vote_for), zh: 候选人, en: candidates}}\n"
                  "norms:\n"
                  "  - {id: each-half, provision: wcasp:7.1d, on: [resolution], modality: "
                  "condition, each: {c: "
                  "candidates}, label: c.name,\n"
                  "     threshold: {count: c.votes, of: present, more_than: 1/2}, says: {zh: "
                  "得票过半, en: more "
                  "than half}}");
    const bl_norm *each = norm(set, "each-half");

    assert_int_equal(each->body.count.slots[0], BL_SLOT_ELEMENT);
    assert_int_equal(each->body.count.fields[0], 1);
    assert_null(each->body.of.fields);
    assert_non_null(each->each_label);
    bylaw_ruleset_free(set);
}

/* --- bundled, failing --- */

static void every_bundled_set_loads_without_a_remark(void **state)
{
    bylaw_diags *diags;

    (void)state;
    assert_true(bylaw_bundled_count() >= 5);
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        const bylaw_str name = bylaw_bundled_name(i);
        bylaw_ruleset *set = NULL;

        assert_int_equal(bylaw_ruleset_bundled(&set, name, NULL, diags), BYLAW_OK);
        assert_int_equal(bylaw_diags_count(diags), 0);
        assert_true(bl_str_equal(bylaw_ruleset_id(set), name));
        bylaw_ruleset_free(set);
    }
    bylaw_ruleset *set = NULL;

    assert_int_equal(bylaw_bundled_name(bylaw_bundled_count()).len, 0);
    assert_int_equal(bylaw_ruleset_bundled(&set, BYLAW_STR("vocabulary/assembly"), NULL, diags),
                     BYLAW_ENOTFOUND);
    assert_int_equal(bylaw_ruleset_bundled(&set, BYLAW_STR(""), NULL, diags), BYLAW_ENOTFOUND);
    assert_null(set);
    bylaw_diags_free(diags);
}

static bylaw_status refuse(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    (void)context;
    (void)name;
    (void)text;
    (void)shown;
    return BYLAW_EIO;
}

static void a_resolver_that_fails_ends_the_reading(void **state)
{
    texts t = fixture_texts();
    const bylaw_resolver resolver = {refuse, NULL};
    bylaw_ruleset *set = NULL;

    (void)state;
    assert_int_equal(bylaw_ruleset_read(&set, BYLAW_STR("wcasp.yaml"), get_text(&t, "wcasp.yaml"),
                                        &resolver, NULL, NULL),
                     BYLAW_EIO);
    assert_null(set);
    free_texts(&t);
}

static void mistakes_are_noticed_without_a_list(void **state)
{
    bylaw_ruleset *set = NULL;

    (void)state;
    assert_int_equal(
        bylaw_ruleset_read(&set, BYLAW_STR("x.yaml"), BYLAW_STR("ruleset: x\n"), NULL, NULL, NULL),
        BYLAW_EINPUT);
    assert_null(set);
}

static void every_failing_allocation_is_told_and_leaves_nothing(void **state)
{
    texts t = fixture_texts();

    (void)state;
    assert_fault_sweep(read_texts_once, &t);
    /* A set in which much is wrong, so that the ways of telling are swept too. */
    bylaw_str text = get_text(&t, "wcasp.yaml");

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == 'v' && i % 3 == 0)
            ((char *)(uintptr_t)text.ptr)[i] = 'w';
    }
    assert_fault_sweep(read_wrong_texts_once, &t);
    free_texts(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_set_itself, load_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(facts_have_types_slots_and_presumptions, load_fixture,
                                        free_fixture),
        cmocka_unit_test_setup_teardown(derived_facts_come_after_what_they_read, load_fixture,
                                        free_fixture),
        cmocka_unit_test_setup_teardown(kinds_have_their_norms, load_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(thresholds_and_what_options_lay_over_them, load_fixture,
                                        free_fixture),
        cmocka_unit_test_setup_teardown(readings_and_their_bases, load_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(norms_that_go_through_a_list_or_follow_the_outcome,
                                        load_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(invariants_are_bounds_where_they_can_be, load_fixture,
                                        free_fixture),
        cmocka_unit_test_setup_teardown(gaps_and_provisions, load_fixture, free_fixture),
        cmocka_unit_test(bounds_are_read_as_people_write_them),
        cmocka_unit_test(comparisons_of_sums_become_bounds),
        cmocka_unit_test(a_bound_or_a_term_may_be_a_constant),
        cmocka_unit_test(a_norm_depends_on_readings_of_what_it_reads),
        cmocka_unit_test(a_set_has_at_most_64_readings),
        cmocka_unit_test(a_step_is_a_fact_a_field),
        cmocka_unit_test(a_value_may_be_put_below_one_of_another_text),
        cmocka_unit_test(a_kind_may_be_several),
        cmocka_unit_test(a_threshold_may_count_a_field_of_the_element),
        cmocka_unit_test(every_bundled_set_loads_without_a_remark),
        cmocka_unit_test(a_resolver_that_fails_ends_the_reading),
        cmocka_unit_test(mistakes_are_noticed_without_a_list),
        cmocka_unit_test(every_failing_allocation_is_told_and_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
