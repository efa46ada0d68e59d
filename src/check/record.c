/* check/record.c: see record.h. Keys are learned when they are first met: what they mean for the
 * rule set is looked up once. As records of a stream have their keys in one order, the key that
 * followed last time is tried first, without looking for its end. */
#include "check/record.h"

#include "text/utf8.h"
#include "value/date.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define MAX_DEPTH   16   /* a record that nests deeper is left to the tree reader */
#define MAX_LEARNED 4096 /* keys; a stream whose keys never repeat is left to the tree reader */
#define MOST_BYTES  ((size_t)64 << 20)

typedef struct key key;
typedef struct level level;

struct key {
    bylaw_str name;
    bool plain;          /* it stands in JSON as it is */
    bool is_kind;        /* its value is the kind of action */
    bool is_date;        /* its value is the date */
    const bl_fact *fact; /* or NULL */
    const bl_type *type; /* of the fact or field, without T?; NULL: the value is left out */
    size_t field;        /* of a record in a list: its number */
    level *below;        /* of the value, where it is an object; made when first met */
    key *next;           /* the key that stood behind it last time */
    uint64_t seen;       /* the object in which it was seen last */
    const bl_enum_value *last;
};

/* The keys of one object: the record, a group of facts, or (type) an element of a list. */
struct level {
    bylaw_str path; /* "vote." */
    const bl_type *type;
    bl_map keys;
    key *first;
    level *sibling; /* levels of record types are a list */
};

struct bl_record_plan {
    const bylaw_ruleset *set;
    bylaw_str kind;
    bool ignore_unknown;
    bool settles; /* values go to their slots at once; nobody asks where they stand */
    bl_arena *arena;
    level top;
    level *types;
    const bl_enum_value *last_kind;
    size_t learned, room;
    uint64_t objects;
};

typedef struct reader {
    bl_record_plan *plan;
    const bl_source *source;
    const char *text, *p, *end;
    bl_arena *arena;
    bl_action *action;
    const bl_enum_value *kind;
    bl_statement *statements;
    size_t count;
    bl_settled *settled; /* or NULL: they become statements */
} reader;

bl_record_plan *bl_record_plan_new(const bl_case *like, bylaw_str kind, bool ignore_unknown,
                                   bl_arena *arena)
{
    bl_record_plan *plan = BL_NEW(arena, bl_record_plan);

    if (plan == NULL)
        return NULL;
    *plan = (bl_record_plan){.set = like->set,
                             .kind = kind,
                             .ignore_unknown = ignore_unknown,
                             .settles = like->brief && bl_settles_early(like->set, like->fixed),
                             .arena = arena,
                             .room = 16};
    plan->top.keys = bl_map_init(arena);
    return plan;
}

/* ---- bytes ---- */

/* Most records have none. */
static void skip_blanks(reader *r)
{
    if (r->p<r->end && * r->p> ' ')
        return;
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r' || *r->p == '\n'))
        r->p++;
}

static bool take_behind_blanks(reader *r, char c)
{
    skip_blanks(r);
    if (r->p == r->end || *r->p != c)
        return false;
    r->p++;
    return true;
}

static inline bool take(reader *r, char c)
{
    if (r->p < r->end && *r->p == c) {
        r->p++;
        return true;
    }
    return r->p<r->end && * r->p> ' ' ? false : take_behind_blanks(r, c);
}

static bl_span span_of(const reader *r, const char *from)
{
    return (bl_span){r->source, (uint32_t)(from - r->text), (uint32_t)(r->p - r->text)};
}

/* Past what are three bytes each of most Han characters, as long as sixteen bytes can be looked at:
 * E1 to EC or EE to EF, then two of 80 to BF, five times over. */
static const char *skip_han(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i parts =
        _mm_setr_epi8(-16, -64, -64, -16, -64, -64, -16, -64, -64, -16, -64, -64, -16, -64, -64, 0);
    const __m128i wanted = _mm_setr_epi8(-32, -128, -128, -32, -128, -128, -32, -128, -128, -32,
                                         -128, -128, -32, -128, -128, 0);
    const __m128i first = _mm_set1_epi8((char)0xE0), surrogate = _mm_set1_epi8((char)0xED);

    for (; end - p >= 16; p += 15) {
        const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)p);
        const __m128i special =
            _mm_or_si128(_mm_cmpeq_epi8(b, first), _mm_cmpeq_epi8(b, surrogate));
        const __m128i fits = _mm_cmpeq_epi8(_mm_and_si128(b, parts), wanted);

        if ((_mm_movemask_epi8(_mm_andnot_si128(special, fits)) & 0x7FFF) != 0x7FFF)
            break;
    }
#else
    (void)end;
#endif
    return p;
}

/* UTF-8, quickly where it is the three bytes of most Han characters. */
static bool is_utf8(const char *p, const char *end)
{
    p = skip_han(p, end);
    while (p < end) {
        const unsigned char c = (unsigned char)*p;

        if (c < 0x80) {
            p++;
        } else if (c > 0xE0 && c < 0xED && end - p >= 3 && ((unsigned char)p[1] & 0xC0) == 0x80 &&
                   ((unsigned char)p[2] & 0xC0) == 0x80) {
            p += 3;
        } else {
            size_t at = 0;

            if (bl_utf8_next((bylaw_str){p, (size_t)(end - p)}, &at) == BL_BAD_CODEPOINT)
                return false;
            p += at;
        }
    }
    return true;
}

/* To the first quote, backslash or control character; *ascii: nothing else stood before it. */
static const char *run_of(const char *p, const char *end, bool *ascii)
{
    unsigned char all = 0;

#ifdef __SSE2__ /* sixteen bytes a look */
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'),
                  control = _mm_set1_epi8(0x1F);
    int high = 0;

    for (; end - p >= 16; p += 16) {
        const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)p);
        const __m128i stop =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(b, quote), _mm_cmpeq_epi8(b, slash)),
                         _mm_cmpeq_epi8(_mm_min_epu8(b, control), b));
        const int hit = _mm_movemask_epi8(stop), bits = _mm_movemask_epi8(b);

        if (hit != 0) {
            const int n = __builtin_ctz((unsigned)hit);

            *ascii = high == 0 && (bits & ((1 << n) - 1)) == 0;
            return p + n;
        }
        high |= bits;
    }
    all = high != 0 ? 0x80 : 0;
#endif
    for (; p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20; p++)
        all |= (unsigned char)*p;
    *ascii = all < 0x80;
    return p;
}

static int32_t hex4(const reader *r, const char *p)
{
    int32_t code = 0;

    for (size_t i = 0; i < 4; i++) {
        const char c = r->end - p > (ptrdiff_t)i ? p[i] : ' ';
        const int32_t digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;

        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

/* The escape at the backslash; an unpaired surrogate is a mistake, told elsewhere. */
static bool add_escape(reader *r, bl_str *out)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char c = r->end - r->p > 1 ? r->p[1] : '\0';
    const char *hit = c != '\0' ? strchr(names, c) : NULL;

    if (hit != NULL) {
        bl_str_addc(out, meanings[hit - names]);
        r->p += 2;
        return true;
    }
    int32_t code = c == 'u' ? hex4(r, r->p + 2) : -1;

    r->p += 6;
    if (code >= 0xD800 && code <= 0xDBFF && r->end - r->p > 2 && r->p[0] == '\\' &&
        r->p[1] == 'u') {
        const int32_t low = hex4(r, r->p + 2);

        if (low >= 0xDC00 && low <= 0xDFFF) {
            code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00);
            r->p += 6;
        }
    }
    if (code < 0 || (code >= 0xD800 && code <= 0xDFFF))
        return false;
    bl_str_add_codepoint(out, (uint32_t)code);
    return true;
}

/* The rest of a string behind its first part, whose end is no quote: put together. */
static bool read_escaped(reader *r, bylaw_str *out)
{
    bl_str built = bl_str_init(r->arena);
    const char *to = out->ptr + out->len;
    bool ascii;

    bl_str_add(&built, *out);
    while (*to != '"') {
        r->p = to;
        if (*to != '\\' || !add_escape(r, &built))
            return false;
        const char *from = r->p;

        to = run_of(from, r->end, &ascii);
        if (to == r->end || (!ascii && !is_utf8(from, to)))
            return false;
        bl_str_add(&built, (bylaw_str){from, (size_t)(to - from)});
    }
    r->p = to + 1;
    return bl_str_take(out, &built) == BYLAW_OK;
}

/* string, at its quote: a slice of the source, or put together where it has escapes. */
static bool read_string(reader *r, bylaw_str *out)
{
    bool ascii;

    if (r->p == r->end || *r->p != '"')
        return false;
    const char *from = r->p + 1, *to = run_of(from, r->end, &ascii);

    if (to == r->end || (!ascii && !is_utf8(from, to)))
        return false;
    *out = (bylaw_str){from, (size_t)(to - from)};
    r->p = to + 1;
    return *to == '"' || read_escaped(r, out);
}

/* A whole number written plainly, of at most 18 digits. */
static bool read_int(reader *r, int64_t *out, bylaw_str *text)
{
    const char *from = r->p;
    const bool negative = from < r->end && *from == '-';
    const char *digits = from + negative, *p = digits;
    int64_t n = 0;

    for (; p < r->end && *p >= '0' && *p <= '9'; p++) {
        if (p - digits == 18)
            return false;
        n = n * 10 + (*p - '0');
    }
    if (p == digits || p == r->end || (*digits == '0' && (negative || p - digits > 1)))
        return false;
    if (*p != ',' && *p != '}' && *p != ']' && *p != ' ' && *p != '\t' && *p != '\r' && *p != '\n')
        return false;
    r->p = p;
    *out = negative ? -n : n;
    *text = (bylaw_str){from, (size_t)(p - from)};
    return true;
}

/* ---- values ---- */

static bool read_word(reader *r, bylaw_str word)
{
    if ((size_t)(r->end - r->p) <= word.len || memcmp(r->p, word.ptr, word.len) != 0)
        return false;
    r->p += word.len;
    return true;
}

static bool read_bool(reader *r, bl_value *out)
{
    const bool yes = read_word(r, BYLAW_STR("true"));

    *out = bl_bool(yes);
    return yes || read_word(r, BYLAW_STR("false"));
}

/* 2026-11-21 and no other way of writing it. */
static bool read_date(reader *r, int64_t *days)
{
    bylaw_str text;
    int64_t parts[3] = {0, 0, 0};
    size_t part = 0;

    if (!read_string(r, &text) || text.len != 10)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];

        if (i == 4 || i == 7) {
            if (c != '-')
                return false;
            part++;
        } else if (c < '0' || c > '9') {
            return false;
        } else {
            parts[part] = parts[part] * 10 + (c - '0');
        }
    }
    return bl_date_make(days, parts[0], parts[1], parts[2]);
}

/* The value of that id or label; most often it is the one of the record before. */
static const bl_enum_value *find_enum(const bl_enum *e, bylaw_str text, const bl_enum_value **last)
{
    if (*last == NULL || !bl_str_equal((*last)->id, text))
        *last = bl_enum_find(e, text);
    return *last;
}

static bool read_enum(reader *r, bl_value *out, const bl_enum *e, const bl_enum_value **last)
{
    bylaw_str text;

    if (!read_string(r, &text))
        return false;
    *out = bl_enum_of(find_enum(e, bl_str_trim(text), last));
    return out->as.enumerated != NULL;
}

static bool read_text(reader *r, bl_value *out)
{
    bylaw_str text;
    int64_t n;

    if (r->p < r->end && *r->p == '"' ? !read_string(r, &text) : !read_int(r, &n, &text))
        return false;
    *out = bl_string_value(r->arena, text);
    return out->kind == BL_STRING;
}

static bool read_name(reader *r, bl_value *out)
{
    bylaw_str text;

    if (!read_string(r, &text))
        return false;
    text = bl_str_trim(text);
    if (text.len == 0)
        return false;
    *out = bl_name_value(r->arena, text);
    return out->kind == BL_NAME;
}

static bool read_value(reader *r, bl_value *out, key *k, const bl_type *type, int depth);

/* A value that nothing reads: still it must be a value. */
static bool skip_value(reader *r)
{
    bylaw_str text;
    bl_value v;
    int64_t n;

    if (r->p == r->end)
        return false;
    if (*r->p == '"')
        return read_string(r, &text);
    return *r->p == 't' || *r->p == 'f' ? read_bool(r, &v) : read_int(r, &n, &text);
}

/* ---- keys ---- */

static const bl_type *plain_type(const bl_type *type)
{
    return type->kind == BL_T_NULLABLE ? type->params[0] : type;
}

/* What the key means to the rule set. */
static bool resolve(bl_record_plan *plan, level *at, key *k)
{
    bl_str path = bl_str_init(plan->arena);
    const bylaw_ruleset *set = plan->set;

    if (at->type != NULL) {
        for (size_t i = 0; i < at->type->field_count; i++) {
            const bl_field *field = &at->type->fields[i];

            if (bl_str_equal(field->label.in[BYLAW_ZH], k->name) ||
                bl_str_equal(field->label.in[BYLAW_EN], k->name)) {
                if (!bl_str_equal(field->name, k->name))
                    return false; /* by its label: perhaps a second time */
            }
            if (bl_str_equal(field->name, k->name)) {
                k->field = i;
                k->type = plain_type(field->type);
            }
        }
        return k->type != NULL || plan->ignore_unknown;
    }
    if (at == &plan->top) {
        k->is_kind = bl_str_equal(k->name, plan->kind);
        k->is_date = !k->is_kind && bl_str_is(k->name, "date");
    }
    bl_str_add(&path, at->path);
    bl_str_add(&path, k->name);
    k->fact = path.failed || k->is_kind || k->is_date
                  ? NULL
                  : bl_map_get(&set->fact_index, bl_str_view(&path));
    if (k->fact != NULL)
        k->type = plain_type(k->fact->type);
    /* a group stated as a whole is left to others */
    return !path.failed && (k->type != NULL || k->is_kind || k->is_date ||
                            bl_map_get(&set->group_index, bl_str_view(&path)) == NULL);
}

static bool is_plain(bylaw_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '"' || name.ptr[i] == '\\' || (unsigned char)name.ptr[i] < 0x20)
            return false;
    }
    return true;
}

static key *learn(bl_record_plan *plan, level *at, bylaw_str name)
{
    key *k = BL_NEW(plan->arena, key);

    if (k == NULL || ++plan->learned > MAX_LEARNED || !bl_arena_copy(plan->arena, &k->name, name))
        return NULL;
    k->plain = is_plain(name);
    return resolve(plan, at, k) && bl_map_put(&at->keys, k->name, k) ? k : NULL;
}

static uint64_t word_at(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
    return word;
}

/* Most keys are short: no call is made for them. */
static bool same_bytes(const char *a, const char *b, size_t n)
{
    if (n > 16)
        return memcmp(a, b, n) == 0;
    if (n >= 8)
        return ((word_at(a) ^ word_at(b)) | (word_at(a + n - 8) ^ word_at(b + n - 8))) == 0;
    for (size_t i = 0; i < n; i++) {
        if (a[i] != b[i])
            return false;
    }
    return true;
}

/* The key at its quote, with the colon behind it; `guess` is tried first. */
static key *read_key(reader *r, level *at, key *guess, bl_span *span)
{
    const char *from = r->p;
    bylaw_str name;
    key *k = guess;

    if (guess != NULL && guess->plain && (size_t)(r->end - from) > guess->name.len + 2 &&
        from[0] == '"' && from[guess->name.len + 1] == '"' &&
        same_bytes(from + 1, guess->name.ptr, guess->name.len)) {
        r->p = from + guess->name.len + 2;
    } else {
        if (!read_string(r, &name))
            return NULL;
        k = bl_map_get(&at->keys, name);
        if (k == NULL)
            k = learn(r->plan, at, name);
    }
    *span = span_of(r, from);
    return k != NULL && take(r, ':') ? k : NULL;
}

static level *level_of_type(bl_record_plan *plan, const bl_type *type)
{
    level *l = plan->types;

    while (l != NULL && l->type != type)
        l = l->sibling;
    if (l == NULL && (l = BL_NEW(plan->arena, level)) != NULL) {
        *l = (level){.type = type, .keys = bl_map_init(plan->arena), .sibling = plan->types};
        plan->types = l;
    }
    return l;
}

static level *level_below(bl_record_plan *plan, const level *at, key *k)
{
    if (k->below == NULL && at->type == NULL && !k->is_kind && !k->is_date) {
        level *l = BL_NEW(plan->arena, level);
        bl_str path = bl_str_init(plan->arena);

        bl_str_add(&path, at->path);
        bl_str_add(&path, k->name);
        bl_str_addc(&path, '.');
        if (l == NULL || bl_str_take(&l->path, &path) != BYLAW_OK)
            return NULL;
        l->keys = bl_map_init(plan->arena);
        k->below = l;
    }
    return k->below;
}

/* ---- objects and lists ---- */

typedef bool read_entry(reader *r, level *at, key *k, bl_span key_span, void *context, int depth);

/* "{" [ key ":" value { "," key ":" value } ] "}"; no key twice. */
static bool read_object(reader *r, level *at, read_entry *entry, void *context, int depth)
{
    const uint64_t object = ++r->plan->objects;
    key **guess = &at->first;

    if (depth > MAX_DEPTH || !take(r, '{'))
        return false;
    if (take(r, '}'))
        return true;
    for (;;) {
        bl_span span;

        skip_blanks(r);
        key *k = read_key(r, at, *guess, &span);

        if (k == NULL || k->seen == object)
            return false;
        k->seen = object;
        *guess = k;
        guess = &k->next;
        skip_blanks(r);
        if (!entry(r, at, k, span, context, depth))
            return false;
        if (take(r, '}'))
            return true;
        if (!take(r, ','))
            return false;
    }
}

static bool field_entry(reader *r, level *at, key *k, bl_span key_span, void *context, int depth)
{
    bl_value *fields = context;

    (void)at;
    (void)key_span;
    return k->type == NULL ? skip_value(r) : read_value(r, &fields[k->field], k, k->type, depth);
}

/* An element of a list: every field of its type must be there, or it is not known and needs a path
 * of its own. */
static bool read_record(reader *r, bl_value *out, const bl_type *type, int depth)
{
    level *at = level_of_type(r->plan, type);
    bl_record *record =
        bl_arena_alloc(r->arena, sizeof *record + type->field_count * sizeof(bl_value));

    if (at == NULL || record == NULL)
        return false;
    bl_value *fields = (bl_value *)(record + 1);

    for (size_t i = 0; i < type->field_count; i++)
        fields[i] = (bl_value){.kind = BL_KIND__COUNT};
    if (!read_object(r, at, field_entry, fields, depth + 1))
        return false;
    for (size_t i = 0; i < type->field_count; i++) {
        if (fields[i].kind == BL_KIND__COUNT)
            return false;
    }
    *record = (bl_record){type, fields};
    *out = (bl_value){.kind = BL_RECORD, .as.record = record};
    return true;
}

static bool read_list(reader *r, bl_value *out, key *k, const bl_type *type, int depth)
{
    const bl_type *element = plain_type(type->params[0]);
    bl_value few[16], *items = few;
    size_t count = 0, room = 16;

    if (!take(r, '['))
        return false;
    for (bool more = !take(r, ']'); more;) {
        if (count == room) {
            bl_value *larger = bl_arena_alloc(r->arena, 2 * room * sizeof *items);

            if (larger == NULL)
                return false;
            memcpy(larger, items, count * sizeof *items);
            items = larger;
            room *= 2;
        }
        skip_blanks(r);
        if (!read_value(r, &items[count++], k, element, depth + 1))
            return false;
        more = !take(r, ']');
        if (more && !take(r, ','))
            return false;
    }
    if (items == few) {
        items = bl_arena_alloc(r->arena, (count + 1) * sizeof *items);
        if (items == NULL)
            return false;
        memcpy(items, few, count * sizeof *items);
    }
    *out = bl_list_value(r->arena, items, count);
    return out->kind == BL_LIST;
}

static bool read_value(reader *r, bl_value *out, key *k, const bl_type *type, int depth)
{
    const bool is_count = type == &bl_type_count || (k->fact != NULL && k->fact->is_count);
    bylaw_str text;

    switch (type->kind) {
    case BL_T_INT:
        *out = (bl_value){.kind = BL_INT};
        return read_int(r, &out->as.i, &text) && (!is_count || out->as.i >= 0);
    case BL_T_BOOL:
        return read_bool(r, out);
    case BL_T_STRING:
        return read_text(r, out);
    case BL_T_NAME:
        return read_name(r, out);
    case BL_T_DATE:
        *out = (bl_value){.kind = BL_DATE};
        return read_date(r, &out->as.i);
    case BL_T_ENUM:
        return read_enum(r, out, type->enumerated, &k->last);
    case BL_T_LIST:
        return depth <= MAX_DEPTH && read_list(r, out, k, type, depth);
    case BL_T_RECORD:
        return read_record(r, out, type, depth);
    default:
        return false;
    }
}

/* ---- the record ---- */

static bl_statement *new_statement(reader *r)
{
    if (r->count == r->plan->room) {
        bl_statement *larger = bl_arena_alloc(r->arena, 2 * r->count * sizeof *larger);

        if (larger == NULL)
            return NULL;
        memcpy(larger, r->statements, r->count * sizeof *larger);
        r->statements = larger;
        r->plan->room *= 2;
    }
    return &r->statements[r->count++];
}

static bool read_kind(reader *r, bl_span key_span)
{
    const char *from = r->p;
    bl_action *action = r->action;

    if (!read_string(r, &action->kind))
        return false;
    action->span = span_of(r, from);
    action->key_span = key_span;
    r->kind = find_enum(r->plan->set->kinds, action->kind, &r->plan->last_kind);
    return r->kind != NULL;
}

/* The value of a fact into its slot. Stated by two names, it is left to those who compare. */
static bool settle_entry(reader *r, key *k, int depth)
{
    const uint32_t slot = k->fact->slot;

    if (r->settled->stated[slot])
        return false;
    bl_settled_state(r->settled, slot);
    return read_value(r, &r->settled->slots[slot], k, k->type, depth);
}

static bool fact_entry(reader *r, level *at, key *k, bl_span key_span, void *context, int depth)
{
    const char *from = r->p;
    bl_statement *s;

    if (r->p < r->end && *r->p == '{') {
        level *below = level_below(r->plan, at, k);

        return below != NULL && read_object(r, below, fact_entry, context, depth + 1);
    }
    if (k->is_kind)
        return read_kind(r, key_span);
    if (k->is_date) {
        r->action->has_date = true;
        if (!read_date(r, &r->action->date))
            return false;
        r->action->date_span = span_of(r, from);
        return true;
    }
    if (k->type == NULL)
        return r->plan->ignore_unknown && skip_value(r);
    if (r->settled != NULL)
        return settle_entry(r, k, depth);
    if ((s = new_statement(r)) == NULL || !read_value(r, &s->value, k, k->type, depth))
        return false;
    s->slot = k->fact->slot;
    s->origin = BL_FROM_ACTION;
    s->span = span_of(r, from);
    s->key_span = key_span;
    return true;
}

bool bl_record_read(bl_record_plan *plan, bl_case *out, bl_action *action, const bl_source *source,
                    size_t *at, bl_arena *arena)
{
    const char *text = source->text.ptr;
    reader r = {.plan = plan,
                .source = source,
                .text = text,
                .p = text + *at,
                .end = text + source->text.len,
                .arena = arena,
                .action = action};

    if (plan->settles)
        r.settled = bl_settled_new(plan->set, arena);
    else
        r.statements = bl_arena_alloc(arena, plan->room * sizeof(bl_statement));
    if ((r.settled == NULL && r.statements == NULL) || source->text.len > MOST_BYTES)
        return false;
    if (!read_object(&r, &plan->top, fact_entry, NULL, 0) || r.kind == NULL)
        return false;
    skip_blanks(&r);
    *at = (size_t)(r.p - text);
    action->source = source;
    out->kind = r.kind;
    out->settled = r.settled;
    out->statements = r.statements;
    out->statement_count = r.count;
    return true;
}
