/* expr/builtins_network.c: see builtins_network.h. Every address is kept as the 16 bytes of IPv6,
 * an IPv4 one as ::ffff:a.b.c.d, so that the two ways to write one address are equal. */
#include "expr/builtins_network.h"

#include "expr/builtin_util.h"

#include <string.h>

const bl_type bl_type_ip = {.kind = BL_T_ABSTRACT, .name = {"net.IP", sizeof "net.IP" - 1}};
const bl_type bl_type_cidr = {.kind = BL_T_ABSTRACT, .name = {"net.CIDR", sizeof "net.CIDR" - 1}};

#define BYTES     16
#define V4_OFFSET 12 /* where the four bytes of an IPv4 address stand */
#define PREFIX_AT BYTES
#define FAMILY_AT (BYTES + 1)

typedef struct address {
    unsigned char bytes[BYTES];
    int family; /* 4 or 6: how it was written */
    int prefix; /* of a network: in bits of its family */
} address;

static const unsigned char mapped[V4_OFFSET] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

static int bits_of(const address *a)
{
    return a->family == 4 ? 32 : 128;
}

static bool is_v4(const address *a)
{
    return memcmp(a->bytes, mapped, sizeof mapped) == 0;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* A number without zeros in front, at most `most`; moves *at behind it. */
static bool read_decimal(bylaw_str text, size_t *at, int most, int *out)
{
    const size_t start = *at;
    int value = 0;

    for (; *at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9'; (*at)++) {
        value = value * 10 + (text.ptr[*at] - '0');
        if (value > most)
            return false;
    }
    *out = value;
    return *at > start && (text.ptr[start] != '0' || *at == start + 1);
}

static bool read_v4(unsigned char *out, bylaw_str text)
{
    size_t at = 0;

    for (int i = 0; i < 4; i++) {
        int part;

        if ((i > 0 && (at >= text.len || text.ptr[at++] != '.')) ||
            !read_decimal(text, &at, 255, &part))
            return false;
        out[i] = (unsigned char)part;
    }
    return at == text.len;
}

static int hex_value(char c)
{
    const char lower = (char)(c | 0x20);

    if (c >= '0' && c <= '9')
        return c - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* One to four digits of base 16. */
static bool read_group(bylaw_str text, size_t *at, unsigned *out)
{
    const size_t start = *at;
    unsigned value = 0;

    while (*at < text.len && hex_value(text.ptr[*at]) >= 0 && *at - start < 4)
        value = value * 16 + (unsigned)hex_value(text.ptr[(*at)++]);
    *out = value;
    return *at > start;
}

/* Groups between colons; "::" stands for zeros once; the last 32 bits may be written as IPv4. */
static bool read_v6(unsigned char *out, bylaw_str text)
{
    size_t at = 0, n = 0, gap = SIZE_MAX;

    if (bl_str_starts(text, BYLAW_STR("::"))) {
        gap = 0;
        at = 2;
    }
    while (at < text.len) {
        const size_t dot = bl_str_find(text, BYLAW_STR("."), at);
        const size_t colon = bl_str_find(text, BYLAW_STR(":"), at);
        unsigned group;

        if (dot < text.len && colon == SIZE_MAX) {
            if (n + 4 > BYTES || !read_v4(out + n, bl_str_slice(text, at, text.len)))
                return false;
            n += 4;
            break;
        }
        if (n + 2 > BYTES || !read_group(text, &at, &group))
            return false;
        out[n++] = (unsigned char)(group >> 8);
        out[n++] = (unsigned char)(group & 0xFF);
        if (at == text.len)
            break;
        if (text.ptr[at++] != ':' || at == text.len)
            return false;
        if (text.ptr[at] == ':') {
            if (gap != SIZE_MAX)
                return false;
            gap = n;
            at++;
        }
    }
    if (gap == SIZE_MAX)
        return n == BYTES;
    if (n == BYTES)
        return false;
    memmove(out + gap + (BYTES - n), out + gap, n - gap);
    memset(out + gap, 0, BYTES - n);
    return true;
}

static bool read_address(address *out, bylaw_str text)
{
    unsigned char bytes[BYTES + 4] = {0};

    *out = (address){.family = 6};
    if (bl_str_find(text, BYLAW_STR(":"), 0) == SIZE_MAX) {
        memcpy(out->bytes, mapped, sizeof mapped);
        out->family = 4;
        return read_v4(out->bytes + V4_OFFSET, text);
    }
    if (!read_v6(bytes, text))
        return false;
    memcpy(out->bytes, bytes, BYTES);
    /* ::ffff:1.2.3.4 is an IPv4 address in disguise: refused, as in the other engines. */
    return !(is_v4(out) && bl_str_find(text, BYLAW_STR("."), 0) != SIZE_MAX);
}

static bool read_network(address *out, bylaw_str text)
{
    const size_t slash = bl_str_find(text, BYLAW_STR("/"), 0);
    size_t at = slash + 1;

    return slash != SIZE_MAX && read_address(out, bl_str_slice(text, 0, slash)) &&
           read_decimal(text, &at, bits_of(out), &out->prefix) && at == text.len;
}

/* --- writing ---------------------------------------------------------------------------------- */

static unsigned group_of(const address *a, int i)
{
    const unsigned char *group = a->bytes + (size_t)i * 2;

    return (unsigned)group[0] << 8 | group[1];
}

/* The longest run of zero groups, the first of several, at least two long. */
static void longest_zeros(const address *a, int *from, int *to)
{
    *from = *to = -1;
    for (int i = 0; i < 8; i++) {
        int end = i;

        while (end < 8 && group_of(a, end) == 0)
            end++;
        if (end - i >= 2 && end - i > *to - *from) {
            *from = i;
            *to = end;
        }
    }
}

static void write_address(bl_str *out, const address *a)
{
    const unsigned char *v4 = a->bytes + V4_OFFSET;
    int from, to;

    if (a->family == 4) {
        bl_str_addf(out, "%u.%u.%u.%u", v4[0], v4[1], v4[2], v4[3]);
        return;
    }
    longest_zeros(a, &from, &to);
    for (int i = 0; i < 8; i++) {
        if (i == from) {
            bl_str_addz(out, "::");
            i = to - 1;
            continue;
        }
        if (i > 0 && i != to)
            bl_str_addc(out, ':');
        bl_str_addf(out, "%x", group_of(a, i));
    }
}

static void write_network(bl_str *out, const address *a)
{
    write_address(out, a);
    bl_str_addc(out, '/');
    bl_str_add_int(out, a->prefix);
}

/* --- values ----------------------------------------------------------------------------------- */

/* A record of an abstract type: what decides equality, then its text as CEL reads it again. An
 * address is equal however it is written; a network is told apart by prefix and family, too. */
static bl_value make_value(bl_call *call, const bl_type *type, const address *a)
{
    bl_arena *arena = call->eval->arena;
    const bool network = type == &bl_type_cidr;
    bl_record *record = BL_NEW(arena, bl_record);
    bl_value *fields = BL_NEW_N(arena, bl_value, 2);
    char *bytes = bl_arena_alloc(arena, BYTES + 2);
    bl_str text = bl_str_init(arena);
    bylaw_str taken;

    bl_str_addz(&text, network ? "cidr(\"" : "ip(\"");
    if (network)
        write_network(&text, a);
    else
        write_address(&text, a);
    bl_str_addz(&text, "\")");
    if (record == NULL || fields == NULL || bytes == NULL || bl_str_take(&taken, &text) != BYLAW_OK)
        return bl_oom_value();
    memcpy(bytes, a->bytes, BYTES);
    bytes[PREFIX_AT] = (char)a->prefix;
    bytes[FAMILY_AT] = (char)a->family;
    /* The family stands behind the end of an address's bytes: kept, but not compared. */
    fields[0] = bl_bytes_value(arena, (bylaw_str){bytes, network ? BYTES + 2 : BYTES});
    fields[1] = bl_string_value(arena, taken);
    if (fields[0].kind == BL_ERROR || fields[1].kind == BL_ERROR)
        return bl_oom_value();
    *record = (bl_record){type, fields};
    return (bl_value){.kind = BL_RECORD, .as.record = record};
}

static bool is_value_of(bl_value v, const bl_type *type)
{
    return v.kind == BL_RECORD && v.as.record->type == type;
}

static address address_of(bl_value v)
{
    const char *bytes = v.as.record->fields[0].as.s->ptr;
    address a;

    memcpy(a.bytes, bytes, BYTES);
    a.prefix = (unsigned char)bytes[PREFIX_AT];
    a.family = (unsigned char)bytes[FAMILY_AT];
    return a;
}

static bl_value not_ours(bl_call *call, const char *function, bl_value v)
{
    return bl_fail(call, no_overload, BL_TEXT("function", bylaw_str_from(function)),
                   BL_TEXT("types", bl_kind_name(v.kind)));
}

static bl_value bad_address(bl_call *call, bl_value v)
{
    return bl_fail(call, bad_address, BL_TEXT("value", bl_value_shown(call->eval->arena, v)));
}

static bl_value bad_network(bl_call *call, bl_value v)
{
    return bl_fail(call, bad_network, BL_TEXT("value", bl_value_shown(call->eval->arena, v)));
}

static bl_value ip(bl_call *call, const bl_value *args, size_t n)
{
    address a;

    (void)n;
    return read_address(&a, *args[0].as.s) ? make_value(call, &bl_type_ip, &a)
                                           : bad_address(call, args[0]);
}

static bl_value cidr(bl_call *call, const bl_value *args, size_t n)
{
    address a;

    (void)n;
    return read_network(&a, *args[0].as.s) ? make_value(call, &bl_type_cidr, &a)
                                           : bad_network(call, args[0]);
}

static bl_value is_ip(bl_call *call, const bl_value *args, size_t n)
{
    address a;

    (void)call;
    (void)n;
    return bl_bool(read_address(&a, *args[0].as.s));
}

static bl_value is_cidr(bl_call *call, const bl_value *args, size_t n)
{
    address a;

    (void)call;
    (void)n;
    return bl_bool(read_network(&a, *args[0].as.s));
}

static bl_value is_canonical(bl_call *call, const bl_value *args, size_t n)
{
    bl_str text = bl_str_init(call->eval->arena);
    address a;

    (void)n;
    if (!read_address(&a, *args[0].as.s))
        return bad_address(call, args[0]);
    write_address(&text, &a);
    return text.failed ? bl_oom_value() : bl_bool(bl_str_equal(bl_str_view(&text), *args[0].as.s));
}

/* The text alone, from cidr("…") or ip("…"). */
static bl_value to_string(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!is_value_of(args[0], &bl_type_ip) && !is_value_of(args[0], &bl_type_cidr))
        return not_ours(call, "string", args[0]);
    const bylaw_str text = *args[0].as.record->fields[1].as.s;
    const size_t quote = bl_str_find(text, BYLAW_STR("\""), 0);

    return bl_string_value(call->eval->arena, bl_str_slice(text, quote + 1, text.len - 2));
}

/* --- what an address is for ------------------------------------------------------------------- */

static bool is_unspecified(const address *a)
{
    static const unsigned char zeros[BYTES] = {0};

    return memcmp(a->bytes, zeros, BYTES) == 0 ||
           (is_v4(a) && memcmp(a->bytes + V4_OFFSET, zeros, 4) == 0);
}

static bool is_loopback(const address *a)
{
    static const unsigned char one[BYTES] = {[BYTES - 1] = 1};

    return is_v4(a) ? a->bytes[V4_OFFSET] == 127 : memcmp(a->bytes, one, BYTES) == 0;
}

static bool is_multicast(const address *a)
{
    return is_v4(a) ? (a->bytes[V4_OFFSET] & 0xF0) == 0xE0 : a->bytes[0] == 0xFF;
}

static bool is_link_local_multicast(const address *a)
{
    const unsigned char *v4 = a->bytes + V4_OFFSET;

    return is_v4(a) ? v4[0] == 224 && v4[1] == 0 && v4[2] == 0
                    : a->bytes[0] == 0xFF && (a->bytes[1] & 0x0F) == 2;
}

static bool is_link_local_unicast(const address *a)
{
    const unsigned char *v4 = a->bytes + V4_OFFSET;

    return is_v4(a) ? v4[0] == 169 && v4[1] == 254
                    : a->bytes[0] == 0xFE && (a->bytes[1] & 0xC0) == 0x80;
}

static bool is_global_unicast(const address *a)
{
    static const unsigned char broadcast[4] = {255, 255, 255, 255};

    return !is_unspecified(a) && !is_loopback(a) && !is_multicast(a) && !is_link_local_unicast(a) &&
           !(is_v4(a) && memcmp(a->bytes + V4_OFFSET, broadcast, 4) == 0);
}

#define OF_ADDRESS(name, cel, result)                                                              \
    static bl_value name(bl_call *call, const bl_value *args, size_t n)                            \
    {                                                                                              \
        (void)n;                                                                                   \
        if (!is_value_of(args[0], &bl_type_ip))                                                    \
            return not_ours(call, cel, args[0]);                                                   \
        const address a = address_of(args[0]);                                                     \
                                                                                                   \
        return result;                                                                             \
    }

OF_ADDRESS(family, "family", bl_int(a.family))
OF_ADDRESS(unspecified, "isUnspecified", bl_bool(is_unspecified(&a)))
OF_ADDRESS(loopback, "isLoopback", bl_bool(is_loopback(&a)))
OF_ADDRESS(global_unicast, "isGlobalUnicast", bl_bool(is_global_unicast(&a)))
OF_ADDRESS(link_local_multicast, "isLinkLocalMulticast", bl_bool(is_link_local_multicast(&a)))
OF_ADDRESS(link_local_unicast, "isLinkLocalUnicast", bl_bool(is_link_local_unicast(&a)))

/* --- networks --------------------------------------------------------------------------------- */

/* Do the first bits of a network agree with those of an address? */
static bool holds(const address *network, const address *a)
{
    const int bits = network->prefix + (network->family == 4 ? 8 * V4_OFFSET : 0);
    const size_t whole = (size_t)bits / 8;
    const unsigned mask = 0xFF00u >> bits % 8 & 0xFF;

    if (is_v4(network) != is_v4(a) || memcmp(network->bytes, a->bytes, whole) != 0)
        return false;
    return bits % 8 == 0 || ((network->bytes[whole] ^ a->bytes[whole]) & mask) == 0;
}

/* The second argument, as it is or read from its text. Null: done. */
static bl_value second(bl_call *call, address *out, const bl_value *args, const bl_type *type)
{
    const bool network = type == &bl_type_cidr;

    if (!is_value_of(args[0], &bl_type_cidr))
        return not_ours(call, network ? "containsCIDR" : "containsIP", args[0]);
    if (is_value_of(args[1], type)) {
        *out = address_of(args[1]);
        return BL_NULL_VALUE;
    }
    if (args[1].kind != BL_STRING)
        return not_ours(call, network ? "containsCIDR" : "containsIP", args[1]);
    if (network)
        return read_network(out, *args[1].as.s) ? BL_NULL_VALUE : bad_network(call, args[1]);
    return read_address(out, *args[1].as.s) ? BL_NULL_VALUE : bad_address(call, args[1]);
}

static bl_value contains_ip(bl_call *call, const bl_value *args, size_t n)
{
    address a = {.family = 0};
    const bl_value failed = second(call, &a, args, &bl_type_ip);

    (void)n;
    if (failed.kind != BL_NULL)
        return failed;
    const address network = address_of(args[0]);

    return bl_bool(holds(&network, &a));
}

static bl_value contains_cidr(bl_call *call, const bl_value *args, size_t n)
{
    address a = {.family = 0};
    const bl_value failed = second(call, &a, args, &bl_type_cidr);

    (void)n;
    if (failed.kind != BL_NULL)
        return failed;
    const address network = address_of(args[0]);

    return bl_bool(network.family == a.family && network.prefix <= a.prefix && holds(&network, &a));
}

static bl_value network_ip(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!is_value_of(args[0], &bl_type_cidr))
        return not_ours(call, "ip", args[0]);
    address a = address_of(args[0]);

    a.prefix = 0;
    return make_value(call, &bl_type_ip, &a);
}

static bl_value prefix_length(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!is_value_of(args[0], &bl_type_cidr))
        return not_ours(call, "prefixLength", args[0]);
    return bl_int(address_of(args[0]).prefix);
}

static bl_value masked(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!is_value_of(args[0], &bl_type_cidr))
        return not_ours(call, "masked", args[0]);
    address a = address_of(args[0]);
    const int bits = a.prefix + (a.family == 4 ? 8 * V4_OFFSET : 0);

    for (int i = 0; i < BYTES; i++) {
        const int kept = bits - 8 * i;

        if (kept < 8)
            a.bytes[i] &= (unsigned char)(kept <= 0 ? 0 : 0xFF00u >> kept & 0xFF);
    }
    return make_value(call, &bl_type_cidr, &a);
}

const bl_overload bl_builtins_network[] = {
    {"ip", "ip_string", 0, "string->net.IP", ip},
    {"ip", "cidr_ip", BL_MEMBER, "net.CIDR->net.IP", network_ip},
    {"isIP", "is_ip", 0, "string->bool", is_ip},
    {"ip.isCanonical", "ip_is_canonical", 0, "string->bool", is_canonical},
    {"string", "ip_to_string", 0, "net.IP->string", to_string},
    {"string", "cidr_to_string", 0, "net.CIDR->string", to_string},
    {"family", "ip_family", BL_MEMBER, "net.IP->int", family},
    {"isUnspecified", "ip_is_unspecified", BL_MEMBER, "net.IP->bool", unspecified},
    {"isLoopback", "ip_is_loopback", BL_MEMBER, "net.IP->bool", loopback},
    {"isGlobalUnicast", "ip_is_global_unicast", BL_MEMBER, "net.IP->bool", global_unicast},
    {"isLinkLocalMulticast", "ip_is_link_local_multicast", BL_MEMBER, "net.IP->bool",
     link_local_multicast},
    {"isLinkLocalUnicast", "ip_is_link_local_unicast", BL_MEMBER, "net.IP->bool",
     link_local_unicast},
    {"cidr", "cidr_string", 0, "string->net.CIDR", cidr},
    {"isCIDR", "is_cidr", 0, "string->bool", is_cidr},
    {"containsIP", "cidr_contains_ip", BL_MEMBER, "net.CIDR,net.IP->bool", contains_ip},
    {"containsIP", "cidr_contains_ip_string", BL_MEMBER, "net.CIDR,string->bool", contains_ip},
    {"containsCIDR", "cidr_contains_cidr", BL_MEMBER, "net.CIDR,net.CIDR->bool", contains_cidr},
    {"containsCIDR", "cidr_contains_cidr_string", BL_MEMBER, "net.CIDR,string->bool",
     contains_cidr},
    {"masked", "cidr_masked", BL_MEMBER, "net.CIDR->net.CIDR", masked},
    {"prefixLength", "cidr_prefix_length", BL_MEMBER, "net.CIDR->int", prefix_length},
    {NULL, NULL, 0, NULL, NULL},
};
