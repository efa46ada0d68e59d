/* expr/builtins_std.c: the table of the specification's own operators and functions, and those of
 * its functions that are neither operators nor conversions. */
#include "expr/operators.h"

#include "text/regex.h"
#include "text/utf8.h"

/* Text that is only looked through costs a tenth of a unit a byte, as in the other engines. */
static bool charge_scan(bl_call *call, size_t bytes)
{
    return bl_charge(call, bytes / 10);
}

static bl_value size_string(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!charge_scan(call, args[0].as.s->len))
        return bl_cost_error(call);
    return bl_int((int64_t)bl_utf8_count(*args[0].as.s));
}

static bl_value size_bytes(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int((int64_t)args[0].as.s->len);
}

bl_value bl_op_size_list(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int((int64_t)args[0].as.list->count);
}

static bl_value size_map(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int((int64_t)args[0].as.map->count);
}

static bl_value contains(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s;
    const bylaw_str part = *args[1].as.s;

    (void)n;
    /* The search may compare the part at every place: worst text x part, paid as such. */
    if (!charge_scan(call, text.len) || !bl_charge(call, text.len / 32 * (part.len / 32)))
        return bl_cost_error(call);
    return bl_bool(bl_str_find(text, part, 0) != SIZE_MAX);
}

static bl_value starts_with(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!charge_scan(call, args[1].as.s->len))
        return bl_cost_error(call);
    return bl_bool(bl_str_starts(*args[0].as.s, *args[1].as.s));
}

static bl_value ends_with(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!charge_scan(call, args[1].as.s->len))
        return bl_cost_error(call);
    return bl_bool(bl_str_ends(*args[0].as.s, *args[1].as.s));
}

static uint32_t most_states(const bl_eval *eval)
{
    return eval->regex_states != 0 ? eval->regex_states : bl_limits_default.states;
}

static bl_value bad_pattern(bl_call *call, bylaw_status status, bl_value pattern)
{
    const bylaw_str shown = bl_value_shown(call->eval->arena, pattern);

    if (status == BYLAW_ENOMEM)
        return bl_oom_value();
    return status == BYLAW_ELIMIT ? bl_fail(call, regex_limit, BL_TEXT("pattern", shown),
                                            BL_INT("limit", most_states(call->eval)))
                                  : bl_fail(call, bad_regex, BL_TEXT("pattern", shown));
}

/* A pattern that is constant was compiled when the expression was planned (call->cached). */
bl_value bl_op_matches(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s;
    const bylaw_str pattern = *args[1].as.s;
    const bl_regex *regex = call->cached;
    bool found = false;

    (void)n;
    if (regex == NULL) {
        if (!bl_charge(call, pattern.len))
            return bl_cost_error(call);
        const bylaw_status status =
            bl_regex_compile(&regex, call->eval->arena, pattern, most_states(call->eval));

        if (status != BYLAW_OK)
            return bad_pattern(call, status, args[1]);
    }
    /* A search takes at most a step for each state and each byte. */
    if (!charge_scan(call, text.len) || !charge_scan(call, text.len * bl_regex_size(regex)))
        return bl_cost_error(call);
    return bl_regex_search(&found, regex, text, call->eval->arena) == BYLAW_OK ? bl_bool(found)
                                                                               : bl_oom_value();
}

/* One row for each pair of kinds that have an order among each other. */
#define ORDER_ROWS(function, id, run)                                                              \
    {function, id "_bool", 0, "bool,bool->bool", run},                                             \
        {function, id "_int64", 0, "int,int->bool", run},                                          \
        {function, id "_int64_uint64", 0, "int,uint->bool", run},                                  \
        {function, id "_int64_double", 0, "int,double->bool", run},                                \
        {function, id "_uint64", 0, "uint,uint->bool", run},                                       \
        {function, id "_uint64_int64", 0, "uint,int->bool", run},                                  \
        {function, id "_uint64_double", 0, "uint,double->bool", run},                              \
        {function, id "_double", 0, "double,double->bool", run},                                   \
        {function, id "_double_int64", 0, "double,int->bool", run},                                \
        {function, id "_double_uint64", 0, "double,uint->bool", run},                              \
        {function, id "_string", 0, "string,string->bool", run},                                   \
        {function, id "_bytes", 0, "bytes,bytes->bool", run},                                      \
        {function, id "_timestamp", 0, "timestamp,timestamp->bool", run},                          \
        {function, id "_duration", 0, "duration,duration->bool", run},                             \
        {function, id "_fraction", BL_CHARTER_ONLY, "fraction,fraction->bool", run},               \
        {function, id "_fraction_int64", BL_CHARTER_ONLY, "fraction,int->bool", run},              \
        {function, id "_int64_fraction", BL_CHARTER_ONLY, "int,fraction->bool", run},              \
    {                                                                                              \
        function, id "_date", BL_CHARTER_ONLY, "date,date->bool", run                              \
    }

const bl_overload bl_builtins_std[] = {
    {"!_", "logical_not", 0, "bool->bool", bl_op_not},
    {"_==_", "equals", 0, "<A>,<A>->bool", bl_op_eq},
    {"_!=_", "not_equals", 0, "<A>,<A>->bool", bl_op_ne},
    ORDER_ROWS("_<_", "less", bl_op_lt),
    ORDER_ROWS("_<=_", "less_equals", bl_op_le),
    ORDER_ROWS("_>_", "greater", bl_op_gt),
    ORDER_ROWS("_>=_", "greater_equals", bl_op_ge),
    {"@in", "in_list", 0, "<A>,list(<A>)->bool", bl_op_in_list},
    {"@in", "in_map", 0, "<A>,map(<A>, <B>)->bool", bl_op_in_map},
    {"_[_]", "index_list", 0, "list(<A>),int-><A>", bl_op_index_list},
    {"_[_]", "index_map", 0, "map(<A>, <B>),<A>-><B>", bl_op_index_map},
    {"_+_", "add_int64", 0, "int,int->int", bl_op_add_int},
    {"_+_", "add_uint64", 0, "uint,uint->uint", bl_op_add_uint},
    {"_+_", "add_double", 0, "double,double->double", bl_op_add_double},
    {"_+_", "add_string", 0, "string,string->string", bl_op_add_text},
    {"_+_", "add_bytes", 0, "bytes,bytes->bytes", bl_op_add_text},
    {"_+_", "add_list", 0, "list(<A>),list(<A>)->list(<A>)", bl_op_add_list},
    {"_+_", "add_timestamp_duration", 0, "timestamp,duration->timestamp",
     bl_op_add_timestamp_duration},
    {"_+_", "add_duration_timestamp", 0, "duration,timestamp->timestamp",
     bl_op_add_duration_timestamp},
    {"_+_", "add_duration_duration", 0, "duration,duration->duration", bl_op_add_duration},
    {"_+_", "add_fraction", BL_CHARTER_ONLY, "fraction,fraction->fraction", bl_op_add_fraction},
    {"_+_", "add_fraction_int64", BL_CHARTER_ONLY, "fraction,int->fraction", bl_op_add_fraction},
    {"_+_", "add_int64_fraction", BL_CHARTER_ONLY, "int,fraction->fraction", bl_op_add_fraction},
    {"_-_", "subtract_int64", 0, "int,int->int", bl_op_sub_int},
    {"_-_", "subtract_uint64", 0, "uint,uint->uint", bl_op_sub_uint},
    {"_-_", "subtract_double", 0, "double,double->double", bl_op_sub_double},
    {"_-_", "subtract_timestamp_timestamp", 0, "timestamp,timestamp->duration",
     bl_op_sub_timestamp},
    {"_-_", "subtract_timestamp_duration", 0, "timestamp,duration->timestamp",
     bl_op_sub_timestamp_duration},
    {"_-_", "subtract_duration_duration", 0, "duration,duration->duration", bl_op_sub_duration},
    {"_-_", "subtract_date_date", BL_CHARTER_ONLY, "date,date->int", bl_op_sub_date},
    {"_-_", "subtract_fraction", BL_CHARTER_ONLY, "fraction,fraction->fraction",
     bl_op_sub_fraction},
    {"_-_", "subtract_fraction_int64", BL_CHARTER_ONLY, "fraction,int->fraction",
     bl_op_sub_fraction},
    {"_-_", "subtract_int64_fraction", BL_CHARTER_ONLY, "int,fraction->fraction",
     bl_op_sub_fraction},
    {"_*_", "multiply_int64", 0, "int,int->int", bl_op_mul_int},
    {"_*_", "multiply_uint64", 0, "uint,uint->uint", bl_op_mul_uint},
    {"_*_", "multiply_double", 0, "double,double->double", bl_op_mul_double},
    {"_*_", "multiply_fraction", BL_CHARTER_ONLY, "fraction,fraction->fraction",
     bl_op_mul_fraction},
    {"_*_", "multiply_fraction_int64", BL_CHARTER_ONLY, "fraction,int->fraction",
     bl_op_mul_fraction},
    {"_*_", "multiply_int64_fraction", BL_CHARTER_ONLY, "int,fraction->fraction",
     bl_op_mul_fraction},
    {"_/_", "divide_int64", 0, "int,int->int", bl_op_div_int},
    {"_/_", "divide_uint64", 0, "uint,uint->uint", bl_op_div_uint},
    {"_/_", "divide_double", 0, "double,double->double", bl_op_div_double},
    {"_/_", "divide_fraction", BL_CHARTER_ONLY, "fraction,fraction->fraction", bl_op_div_fraction},
    {"_/_", "divide_fraction_int64", BL_CHARTER_ONLY, "fraction,int->fraction", bl_op_div_fraction},
    {"_/_", "divide_int64_fraction", BL_CHARTER_ONLY, "int,fraction->fraction", bl_op_div_fraction},
    {"_%_", "modulo_int64", 0, "int,int->int", bl_op_mod_int},
    {"_%_", "modulo_uint64", 0, "uint,uint->uint", bl_op_mod_uint},
    {"-_", "negate_int64", 0, "int->int", bl_op_neg_int},
    {"-_", "negate_double", 0, "double->double", bl_op_neg_double},
    {"-_", "negate_fraction", BL_CHARTER_ONLY, "fraction->fraction", bl_op_neg_fraction},
    {"size", "size_string", 0, "string->int", size_string},
    {"size", "size_bytes", 0, "bytes->int", size_bytes},
    {"size", "size_list", 0, "list(<A>)->int", bl_op_size_list},
    {"size", "size_map", 0, "map(<A>, <B>)->int", size_map},
    {"size", "string_size", BL_MEMBER, "string->int", size_string},
    {"size", "bytes_size", BL_MEMBER, "bytes->int", size_bytes},
    {"size", "list_size", BL_MEMBER, "list(<A>)->int", bl_op_size_list},
    {"size", "map_size", BL_MEMBER, "map(<A>, <B>)->int", size_map},
    {"contains", "contains_string", BL_MEMBER, "string,string->bool", contains},
    {"startsWith", "starts_with_string", BL_MEMBER, "string,string->bool", starts_with},
    {"endsWith", "ends_with_string", BL_MEMBER, "string,string->bool", ends_with},
    {"matches", "matches", 0, "string,string->bool", bl_op_matches},
    {"matches", "matches_string", BL_MEMBER, "string,string->bool", bl_op_matches},
    {"int", "int64_to_int64", 0, "int->int", bl_op_same},
    {"int", "uint64_to_int64", 0, "uint->int", bl_op_int_uint},
    {"int", "double_to_int64", 0, "double->int", bl_op_int_double},
    {"int", "string_to_int64", 0, "string->int", bl_op_int_string},
    {"int", "timestamp_to_int64", 0, "timestamp->int", bl_op_int_timestamp},
    {"uint", "uint64_to_uint64", 0, "uint->uint", bl_op_same},
    {"uint", "int64_to_uint64", 0, "int->uint", bl_op_uint_int},
    {"uint", "double_to_uint64", 0, "double->uint", bl_op_uint_double},
    {"uint", "string_to_uint64", 0, "string->uint", bl_op_uint_string},
    {"double", "double_to_double", 0, "double->double", bl_op_same},
    {"double", "int64_to_double", 0, "int->double", bl_op_double_int},
    {"double", "uint64_to_double", 0, "uint->double", bl_op_double_uint},
    {"double", "string_to_double", 0, "string->double", bl_op_double_string},
    {"string", "string_to_string", 0, "string->string", bl_op_same},
    {"string", "int64_to_string", 0, "int->string", bl_op_string_int},
    {"string", "uint64_to_string", 0, "uint->string", bl_op_string_uint},
    {"string", "double_to_string", 0, "double->string", bl_op_string_double},
    {"string", "bool_to_string", 0, "bool->string", bl_op_string_bool},
    {"string", "bytes_to_string", 0, "bytes->string", bl_op_string_bytes},
    {"string", "timestamp_to_string", 0, "timestamp->string", bl_op_string_timestamp},
    {"string", "duration_to_string", 0, "duration->string", bl_op_string_duration},
    {"string", "fraction_to_string", BL_CHARTER_ONLY, "fraction->string", bl_op_string_charter},
    {"string", "date_to_string", BL_CHARTER_ONLY, "date->string", bl_op_string_charter},
    {"string", "name_to_string", BL_CHARTER_ONLY, "name->string", bl_op_string_charter},
    {"bytes", "bytes_to_bytes", 0, "bytes->bytes", bl_op_same},
    {"bytes", "string_to_bytes", 0, "string->bytes", bl_op_bytes_string},
    {"bool", "bool_to_bool", 0, "bool->bool", bl_op_same},
    {"bool", "string_to_bool", 0, "string->bool", bl_op_bool_string},
    {"timestamp", "timestamp_to_timestamp", 0, "timestamp->timestamp", bl_op_same},
    {"timestamp", "int64_to_timestamp", 0, "int->timestamp", bl_op_timestamp_int},
    {"timestamp", "string_to_timestamp", 0, "string->timestamp", bl_op_timestamp_string},
    {"duration", "duration_to_duration", 0, "duration->duration", bl_op_same},
    {"duration", "string_to_duration", 0, "string->duration", bl_op_duration_string},
    {"dyn", "to_dyn", 0, "<A>->dyn", bl_op_same},
    {"type", "type", 0, "<A>->type(<A>)", bl_op_type_of},
    {NULL, NULL, 0, NULL, NULL},
};
