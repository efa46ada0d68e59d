/* expr/parser.c: a Pratt parser: operators by their precedence, everything else by its first token.
 *
 * After a mistake it goes on at the next comma, closing bracket, && or ||, so that one run tells
 * all mistakes. Running out of memory or over a limit makes the rest of the text look like its
 * end. */
#include "expr/parser.h"

#include "text/utf8.h"

enum operator_index {
#define BL_OPERATOR(token, text, precedence, function, op) OPERATOR_##token,
#include "expr/grammar.def"
#undef BL_OPERATOR
    OPERATOR__COUNT
};

const bl_operator bl_operators[] = {
#define BL_OPERATOR(token, text, precedence, function, op) {text, function, precedence, BL_OP_##op},
#include "expr/grammar.def"
#undef BL_OPERATOR
};
const size_t bl_operator_count = OPERATOR__COUNT;

/* Index + 1 of the operator that a token is; 0: none. */
static const uint8_t operator_of[BL_TOK__COUNT] = {
#define BL_OPERATOR(token, text, precedence, function, op) [BL_TOK_##token] = OPERATOR_##token + 1,
#include "expr/grammar.def"
#undef BL_OPERATOR
};

enum { PRECEDENCE_OR = 1, PRECEDENCE_LOWEST = 1 };

static bl_syntax *parse_expression(bl_parser *p);

/* ---- Building ---- */

void bl_parser_stop(bl_parser *p)
{
    p->stopped = true;
    p->lexer.at = p->lexer.text.len;
    p->token = (bl_token){.kind = BL_TOK_END, .from = p->last_to, .to = p->last_to};
}

static void stop_at_limit(bl_parser *p, const bl_msg *msg, uint32_t limit)
{
    const bl_arg arg = BL_INT("limit", limit);

    if (p->stopped)
        return;
    p->report->limit = true;
    bl_report_at(p->report, msg, p->token.from, p->token.to, &arg, 1);
    bl_parser_stop(p);
}

static void advance(bl_parser *p)
{
    if (p->stopped || p->token.kind == BL_TOK_END)
        return;
    p->last_to = p->token.to;
    p->last_told = p->token.told;
    p->token = bl_lexer_next(&p->lexer);
    if (p->lexer.failed)
        bl_parser_stop(p);
}

static bl_syntax *new_node(bl_parser *p, bl_syntax_kind kind, uint32_t from)
{
    bl_syntax *node = NULL;

    if (p->nodes++ >= p->limits->nodes)
        stop_at_limit(p, &bl_expr_msg_too_many_nodes, p->limits->nodes);
    if (!p->stopped && (node = bl_arena_alloc(p->trees, sizeof *node)) == NULL) {
        p->lexer.failed = true;
        bl_parser_stop(p);
    }
    if (node == NULL)
        node = &p->none;
    *node = (bl_syntax){.kind = (uint8_t)kind, .height = 1, .from = from, .to = p->last_to};
    return node;
}

/* child becomes the last child of node, which now ends where the consumed text ends. */
static void add_child(bl_parser *p, bl_syntax *node, bl_syntax *child)
{
    if (p->stopped)
        return;
    if (node->last == NULL)
        node->first = child;
    else
        node->last->next = child;
    node->last = child;
    node->count++;
    node->to = p->last_to;
    if (node->height <= child->height)
        node->height = (uint16_t)(child->height + 1);
    if (node->height > p->limits->depth)
        stop_at_limit(p, &bl_expr_msg_too_deep, p->limits->depth);
}

static void set_name(bl_syntax *node, const bl_token *token)
{
    node->name = token->text;
    node->name_from = token->from;
    node->name_to = token->to;
}

/* ---- Mistakes ---- */

static bylaw_str found(const bl_parser *p)
{
    return bl_str_slice(p->lexer.text, p->token.from, p->token.to);
}

/* One mistake is told of one token. */
static bool may_tell(bl_parser *p)
{
    const bool told = p->token.told || p->stopped;

    p->token.told = true;
    return !told;
}

/* What belongs here is missing. */
static void tell_expected(bl_parser *p, bylaw_label wanted)
{
    if (!may_tell(p))
        return;
    if (p->token.kind == BL_TOK_END)
        bl_tell(p->report, ends_early, p->last_to, p->last_to, BL_LABEL("wanted", wanted));
    else
        bl_tell(p->report, expected, p->token.from, p->token.to, BL_LABEL("wanted", wanted),
                BL_TEXT("found", found(p)));
}

static const bylaw_label wanted_operand = {
    {{"一个值", sizeof "一个值" - 1}, {"a value", sizeof "a value" - 1}}};

static const bylaw_label wanted_name = {
    {{"名称", sizeof "名称" - 1}, {"a name", sizeof "a name" - 1}}};

static bylaw_label wanted_sign(bl_parser *p, bl_token_kind kind)
{
    bl_str quoted = bl_str_init(p->arena);
    bylaw_label label = {{bl_token_sign(kind), bl_token_sign(kind)}};

    bl_str_addz(&quoted, "“");
    bl_str_add(&quoted, label.in[BYLAW_ZH]);
    bl_str_addz(&quoted, "”");
    if (bl_str_take(&label.in[BYLAW_ZH], &quoted) != BYLAW_OK) {
        p->lexer.failed = true;
        bl_parser_stop(p);
    }
    return label;
}

static bool opens(bl_token_kind kind)
{
    return kind == BL_TOK_OPEN || kind == BL_TOK_OPEN_LIST || kind == BL_TOK_OPEN_MAP;
}

static bool is_closing(bl_token_kind kind)
{
    return kind == BL_TOK_CLOSE || kind == BL_TOK_CLOSE_LIST || kind == BL_TOK_CLOSE_MAP;
}

/* Goes on to the next place where sense can be made again: a comma or closing bracket of this
 * nesting, or, where `logic`, an && or ||. */
static void recover(bl_parser *p, bool logic)
{
    size_t nesting = 0;

    for (; p->token.kind != BL_TOK_END; advance(p)) {
        const bl_token_kind kind = p->token.kind;

        if (nesting == 0 &&
            (kind == BL_TOK_COMMA || is_closing(kind) || (kind == BL_TOK_COLON && !logic) ||
             (logic && (kind == BL_TOK_AND_AND || kind == BL_TOK_OR_OR))))
            return;
        if (opens(kind))
            nesting++;
        else if (is_closing(kind))
            nesting--;
    }
}

/* Consumes the sign; otherwise says that it is missing. */
static bool expect(bl_parser *p, bl_token_kind kind)
{
    if (p->token.kind == kind) {
        advance(p);
        return true;
    }
    tell_expected(p, wanted_sign(p, kind));
    return false;
}

/* ---- Brackets ---- */

/* Behind an opening bracket: is there another entry? Consumes the comma between two; where
 * `trailing`, also one behind the last. */
static bool next_entry(bl_parser *p, bool first, bl_token_kind close, bool trailing)
{
    if (!first && p->token.kind != close && p->token.kind != BL_TOK_END) {
        if (p->token.kind != BL_TOK_COMMA) {
            if (!is_closing(p->token.kind))
                tell_expected(p, wanted_sign(p, close));
            recover(p, false);
        }
        if (p->token.kind != BL_TOK_COMMA)
            return false;
        advance(p);
        return !(trailing && p->token.kind == close);
    }
    return p->token.kind != close && p->token.kind != BL_TOK_END;
}

static void close_bracket(bl_parser *p, const bl_token *open, bl_token_kind close)
{
    if (p->token.kind == close) {
        advance(p);
        return;
    }
    if (!p->stopped)
        bl_tell(p->report, unclosed, open->from, open->to,
                BL_TEXT("open", bl_str_slice(p->lexer.text, open->from, open->to)),
                BL_TEXT("close", bl_token_sign(close)));
    if (is_closing(p->token.kind)) /* the wrong one closes it */
        advance(p);
}

/* arguments = "(" [ expression { "," expression } ] ")" */
static void parse_arguments(bl_parser *p, bl_syntax *call)
{
    const bl_token open = p->token;

    advance(p);
    for (bool first = true; next_entry(p, first, BL_TOK_CLOSE, false); first = false)
        add_child(p, call, parse_expression(p));
    close_bracket(p, &open, BL_TOK_CLOSE);
    call->to = p->last_to;
}

/* Consumes the ? before an entry. */
static uint8_t parse_entry_flag(bl_parser *p)
{
    if (p->token.kind != BL_TOK_QUESTION)
        return 0;
    advance(p);
    return BL_SYN_ENTRY;
}

/* list = "[" [ ["?"] expression { "," ["?"] expression } [","] ] "]" */
static bl_syntax *parse_list(bl_parser *p)
{
    const bl_token open = p->token;
    bl_syntax *list;

    advance(p);
    list = new_node(p, BL_SYN_LIST, open.from);
    for (bool first = true; next_entry(p, first, BL_TOK_CLOSE_LIST, true); first = false) {
        const uint8_t flag = parse_entry_flag(p);
        bl_syntax *element = parse_expression(p);

        element->flags |= flag;
        add_child(p, list, element);
    }
    close_bracket(p, &open, BL_TOK_CLOSE_LIST);
    list->to = p->last_to;
    return list;
}

/* map = "{" [ ["?"] key ":" value { "," ["?"] key ":" value } [","] ] "}" */
static bl_syntax *parse_map(bl_parser *p)
{
    const bl_token open = p->token;
    bl_syntax *map;

    advance(p);
    map = new_node(p, BL_SYN_MAP, open.from);
    for (bool first = true; next_entry(p, first, BL_TOK_CLOSE_MAP, true); first = false) {
        const uint8_t flag = parse_entry_flag(p);
        bl_syntax *key = parse_expression(p);

        key->flags |= flag;
        add_child(p, map, key);
        if (expect(p, BL_TOK_COLON))
            add_child(p, map, parse_expression(p));
        else
            add_child(p, map, new_node(p, BL_SYN_BAD, p->last_to));
    }
    close_bracket(p, &open, BL_TOK_CLOSE_MAP);
    map->to = p->last_to;
    return map;
}

/* ---- Operands ---- */

static bool is_reserved(bylaw_str name)
{
    static const char *const words[] = {
#define BL_RESERVED(word) word,
#include "expr/grammar.def"
#undef BL_RESERVED
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (name.ptr[0] == words[i][0] && bl_str_is(name, words[i]))
            return true;
    }
    return false;
}

/* named = ["."] NAME [arguments] */
static bl_syntax *parse_name(bl_parser *p, uint32_t from, uint8_t flags)
{
    const bl_token name = p->token;
    bl_syntax *node;

    advance(p);
    node = new_node(p, p->token.kind == BL_TOK_OPEN ? BL_SYN_CALL : BL_SYN_NAME, from);
    node->flags = flags;
    set_name(node, &name);
    if (name.kind == BL_TOK_NAME && is_reserved(name.text))
        bl_tell(p->report, reserved, name.from, name.to, BL_TEXT("name", name.text));
    if (name.kind == BL_TOK_FOREIGN)
        node->flags |= BL_SYN_FOREIGN;
    if (p->token.kind == BL_TOK_OPEN) {
        parse_arguments(p, node);
        bl_become_macro(p, node);
    }
    if (name.kind == BL_TOK_NAME && is_reserved(name.text))
        node->kind = BL_SYN_BAD;
    return node;
}

static bl_syntax *parse_literal(bl_parser *p, uint32_t from)
{
    const bl_token literal = p->token;
    bl_syntax *node;

    advance(p);
    node = new_node(p, literal.broken ? BL_SYN_BAD : BL_SYN_LITERAL, from);
    node->value = literal.value;
    if (literal.needs_minus)
        bl_tell(p->report, number_range, literal.from, literal.to,
                BL_TEXT("text", bl_str_slice(p->lexer.text, literal.from, literal.to)),
                BL_TEXT("type", BYLAW_STR("int")));
    return node;
}

static bl_syntax *parse_parentheses(bl_parser *p)
{
    const bl_token open = p->token;
    bl_syntax *node;

    advance(p);
    node = parse_expression(p);
    if (p->token.kind != BL_TOK_CLOSE && p->token.kind != BL_TOK_END) {
        if (!is_closing(p->token.kind))
            tell_expected(p, wanted_sign(p, BL_TOK_CLOSE));
        recover(p, false);
    }
    if (p->token.kind == BL_TOK_COMMA) /* (a, b) */
        while (p->token.kind == BL_TOK_COMMA) {
            advance(p);
            recover(p, false);
        }
    close_bracket(p, &open, BL_TOK_CLOSE);
    return node;
}

/* Nothing that could be a value stands here. */
static bl_syntax *parse_nothing(bl_parser *p)
{
    bl_syntax *node = new_node(p, BL_SYN_BAD, p->token.from);

    if (p->token.kind == BL_TOK_QUOTED) {
        if (may_tell(p))
            bl_tell0(p->report, backticks, p->token.from, p->token.to);
        advance(p);
    } else if (p->token.kind == BL_TOK_BAD) {
        advance(p);
    } else if (p->last_to > 0 && p->lexer.text.ptr[p->last_to - 1] == '%' && !p->last_told &&
               may_tell(p)) {
        bl_tell0(p->report, percent, p->last_to - 1, p->last_to); /* present >= 50% */
    } else {
        tell_expected(p, wanted_operand);
        if (p->token.kind == BL_TOK_IN)
            advance(p);
    }
    return node;
}

/* primary = literal | named | list | map | "(" expression ")" */
static bl_syntax *parse_primary(bl_parser *p)
{
    const uint32_t from = p->token.from;

    switch (p->token.kind) {
    case BL_TOK_LITERAL:
        return parse_literal(p, from);
    case BL_TOK_NAME:
    case BL_TOK_FOREIGN:
        return parse_name(p, from, 0);
    case BL_TOK_DOT:
        advance(p);
        if (p->token.kind == BL_TOK_NAME || p->token.kind == BL_TOK_FOREIGN)
            return parse_name(p, from, BL_SYN_ROOTED);
        return parse_nothing(p);
    case BL_TOK_OPEN:
        return parse_parentheses(p);
    case BL_TOK_OPEN_LIST:
        return parse_list(p);
    case BL_TOK_OPEN_MAP:
        return parse_map(p);
    default:
        return parse_nothing(p);
    }
}

/* ---- Postfix ---- */

/* Behind a dot: ["?"] selector | selector arguments */
static bl_syntax *parse_select(bl_parser *p, bl_syntax *operand, uint32_t from)
{
    const bool optional = p->token.kind == BL_TOK_QUESTION;
    bl_syntax *node;

    if (optional)
        advance(p);
    const bl_token name = p->token;

    if (name.kind != BL_TOK_NAME && name.kind != BL_TOK_QUOTED && name.kind != BL_TOK_FOREIGN) {
        const bool keyword =
            name.kind == BL_TOK_IN || (name.kind == BL_TOK_LITERAL &&
                                       (name.value.kind == BL_BOOL || name.value.kind == BL_NULL));

        if (keyword)
            bl_tell(p->report, reserved, name.from, name.to, BL_TEXT("name", found(p)));
        else
            tell_expected(p, wanted_name);
        if (keyword)
            advance(p);
        node = new_node(p, BL_SYN_BAD, from);
        return node;
    }
    advance(p);
    const bool call = p->token.kind == BL_TOK_OPEN && !optional && name.kind != BL_TOK_QUOTED;

    node = new_node(p, call ? BL_SYN_CALL : BL_SYN_SELECT, from);
    node->flags = (uint8_t)((optional ? BL_SYN_OPTIONAL : 0) | (call ? BL_SYN_MEMBER : 0) |
                            (name.kind == BL_TOK_FOREIGN ? BL_SYN_FOREIGN : 0));
    set_name(node, &name);
    add_child(p, node, operand);
    if (call) {
        parse_arguments(p, node);
        bl_become_macro(p, node);
    }
    return node;
}

/* index = "[" ["?"] expression "]" */
static bl_syntax *parse_index(bl_parser *p, bl_syntax *operand, uint32_t from)
{
    const bl_token open = p->token;
    bl_syntax *node;

    advance(p);
    node = new_node(p, BL_SYN_INDEX, from);
    node->flags = parse_entry_flag(p) != 0 ? BL_SYN_OPTIONAL : 0;
    add_child(p, node, operand);
    add_child(p, node, parse_expression(p));
    if (p->token.kind != BL_TOK_CLOSE_LIST && !is_closing(p->token.kind))
        tell_expected(p, wanted_sign(p, BL_TOK_CLOSE_LIST)), recover(p, false);
    if (p->token.kind == BL_TOK_CLOSE_LIST || p->token.kind == BL_TOK_END)
        advance(p);
    else
        close_bracket(p, &open, BL_TOK_CLOSE_LIST);
    node->to = p->last_to;
    return node;
}

/* Type{field: value}: plain CEL without protobuf has no such types. */
static bl_syntax *parse_message(bl_parser *p, bl_syntax *name)
{
    bl_tell(p->report, message_literal, name->from, name->to,
            BL_TEXT("name", bl_str_slice(p->lexer.text, name->from, name->to)));
    parse_map(p);
    name->kind = BL_SYN_BAD;
    return name;
}

/* member = primary { "." … | "[" … "]" } */
static bl_syntax *parse_member(bl_parser *p)
{
    const uint32_t from = p->token.from;
    bl_syntax *node = parse_primary(p);

    for (;;) {
        if (p->token.kind == BL_TOK_DOT) {
            advance(p);
            node = parse_select(p, node, from);
        } else if (p->token.kind == BL_TOK_OPEN_LIST) {
            node = parse_index(p, node, from);
        } else if (p->token.kind == BL_TOK_OPEN_MAP &&
                   (node->kind == BL_SYN_NAME || node->kind == BL_SYN_SELECT)) {
            node = parse_message(p, node);
        } else {
            return node;
        }
    }
}

/* ---- Operators ---- */

static bool begins_operand(bl_token_kind kind)
{
    return kind == BL_TOK_NAME || kind == BL_TOK_FOREIGN || kind == BL_TOK_LITERAL;
}

/* Words that people write for operators. */
static const struct word {
    const char *word;
    bl_token_kind meant;
} words[] = {{"and", BL_TOK_AND_AND},  {"AND", BL_TOK_AND_AND}, {"且", BL_TOK_AND_AND},
             {"并且", BL_TOK_AND_AND}, {"or", BL_TOK_OR_OR},    {"OR", BL_TOK_OR_OR},
             {"或", BL_TOK_OR_OR},     {"或者", BL_TOK_OR_OR},  {"not", BL_TOK_BANG},
             {"NOT", BL_TOK_BANG},     {"非", BL_TOK_BANG},     {"mod", BL_TOK_PERCENT},
             {"IN", BL_TOK_IN}};

/* The token of the operator that the current word stands for, END where it is none. */
static bl_token_kind meant_by_word(const bl_parser *p)
{
    if (p->token.kind != BL_TOK_NAME && p->token.kind != BL_TOK_FOREIGN)
        return BL_TOK_END;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (p->token.text.ptr[0] == words[i].word[0] && bl_str_is(p->token.text, words[i].word))
            return words[i].meant;
    }
    return BL_TOK_END;
}

static void take_word_as(bl_parser *p, bl_token_kind kind)
{
    bl_tell(p->report, word_operator, p->token.from, p->token.to, BL_TEXT("word", p->token.text),
            BL_TEXT("sign", bl_token_sign(kind)));
    p->token.kind = kind;
}

/* In front of an operand: `not x`, where the word is no name of its own. */
static bool is_word_for_not(bl_parser *p)
{
    if (meant_by_word(p) != BL_TOK_BANG)
        return false;
    const bl_lexer lexer = p->lexer;
    const size_t errors = p->report->errors;
    bylaw_diags *diags = p->report->diags;

    p->report->diags = NULL; /* what is looked at ahead is told when it is reached */
    const bool prefix = begins_operand(bl_lexer_next(&p->lexer).kind);

    p->report->diags = diags;
    p->report->errors = errors;
    p->lexer = lexer;
    return prefix;
}

static bool is_signed_number(const bl_token *token)
{
    return token->kind == BL_TOK_LITERAL &&
           (token->value.kind == BL_INT || token->value.kind == BL_DOUBLE);
}

/* The minus is part of the number: -9223372036854775808 has no positive twin. */
static void negate(bl_token *number)
{
    if (number->value.kind == BL_DOUBLE)
        number->value.as.d = -number->value.as.d;
    else if (!number->needs_minus)
        number->value.as.i = -number->value.as.i;
    number->needs_minus = false;
}

static bool descend(bl_parser *p)
{
    if (++p->depth > p->limits->depth)
        stop_at_limit(p, &bl_expr_msg_too_deep, p->limits->depth);
    return !p->stopped;
}

/* unary = { "!" } member | { "-" } member */
static bl_syntax *parse_unary(bl_parser *p)
{
    const bl_token sign = p->token;
    bl_syntax *node;

    if (is_word_for_not(p))
        take_word_as(p, BL_TOK_BANG);
    if (p->token.kind != BL_TOK_BANG && p->token.kind != BL_TOK_MINUS)
        return parse_member(p);
    const bool minus = p->token.kind == BL_TOK_MINUS;

    advance(p);
    if (minus && is_signed_number(&p->token)) {
        negate(&p->token);
        p->token.from = sign.from;
        return parse_member(p);
    }
    if (!descend(p))
        return &p->none;
    bl_syntax *operand = parse_unary(p);

    p->depth--;
    node = new_node(p, minus ? BL_SYN_NEGATE : BL_SYN_NOT, sign.from);
    node->name_from = sign.from;
    node->name_to = sign.to;
    add_child(p, node, operand);
    return node;
}

/* left op right; a chain of && or || is one node. */
static bl_syntax *join(bl_parser *p, const bl_token *sign, uint8_t op, bl_syntax *left,
                       bl_syntax *right, uint32_t from)
{
    const bl_syntax_kind kind = op == OPERATOR_OR_OR     ? BL_SYN_OR
                                : op == OPERATOR_AND_AND ? BL_SYN_AND
                                                         : BL_SYN_BINARY;

    if (kind != BL_SYN_BINARY && left->kind == kind) {
        add_child(p, left, right);
        left->from = from;
        return left;
    }
    bl_syntax *node = new_node(p, kind, from);

    node->op = op;
    node->name = bylaw_str_from(bl_operators[op].function);
    node->name_from = sign->from;
    node->name_to = sign->to;
    add_child(p, node, left);
    add_child(p, node, right);
    return node;
}

/* binary = unary { operator binary-of-higher-precedence } */
static bl_syntax *parse_binary(bl_parser *p, unsigned precedence)
{
    const uint32_t from = p->token.from;
    bl_syntax *left = parse_unary(p);

    for (;;) {
        const bl_token_kind word = meant_by_word(p);

        if (word != BL_TOK_END && word != BL_TOK_BANG)
            take_word_as(p, word);
        const bl_token sign = p->token;
        const uint8_t op = operator_of[sign.kind];

        if (op == 0 || bl_operators[op - 1].precedence < precedence)
            return left;
        advance(p);
        bl_syntax *right = parse_binary(p, bl_operators[op - 1].precedence + 1U);

        left = join(p, &sign, (uint8_t)(op - 1), left, right, from);
    }
}

/* expression = or [ "?" or ":" expression ] */
static bl_syntax *parse_expression(bl_parser *p)
{
    const uint32_t from = p->token.from;

    if (!descend(p))
        return &p->none;
    bl_syntax *node = parse_binary(p, PRECEDENCE_LOWEST);

    if (p->token.kind == BL_TOK_QUESTION) {
        bl_syntax *condition = node;

        advance(p);
        bl_syntax *yes = parse_binary(p, PRECEDENCE_OR);
        const bool colon = expect(p, BL_TOK_COLON);
        bl_syntax *no = colon ? parse_expression(p) : new_node(p, BL_SYN_BAD, p->last_to);

        node = new_node(p, BL_SYN_COND, from);
        add_child(p, node, condition);
        add_child(p, node, yes);
        add_child(p, node, no);
    }
    p->depth--;
    return node;
}

/* What is left behind a whole expression: told once; mistakes behind the next && or || as well. */
static void parse_surplus(bl_parser *p)
{
    while (p->token.kind != BL_TOK_END) {
        if (may_tell(p))
            bl_tell(p->report, surplus, p->token.from, p->token.to, BL_TEXT("found", found(p)));
        advance(p);
        recover(p, true);
        while (p->token.kind == BL_TOK_COMMA || is_closing(p->token.kind)) {
            advance(p);
            recover(p, true);
        }
        if (p->token.kind != BL_TOK_END) {
            advance(p);
            parse_expression(p);
        }
    }
}

bylaw_status bl_parse(bl_syntax **out, bl_arena *nodes, bl_arena *arena, unsigned options,
                      const bl_limits *limits, bl_report *report)
{
    const bylaw_str text = report->text.text;
    size_t bad_at = 0;
    bl_parser p = {.lexer = {.text = text, .arena = arena, .report = report},
                   .trees = nodes,
                   .arena = arena,
                   .options = options,
                   .limits = limits,
                   .report = report};
    bl_syntax *root;

    /* Bytes bound code points, so that a huge text is not even counted. */
    if (text.len > (size_t)limits->text * 4 ||
        (text.len > limits->text && bl_utf8_count(text) > limits->text)) {
        stop_at_limit(&p, &bl_expr_msg_too_long, limits->text);
        return BYLAW_ELIMIT;
    }
    if (!bl_utf8_valid(text, &bad_at)) {
        bl_tell0(report, bad_utf8, (uint32_t)bad_at, (uint32_t)bad_at + 1);
        root = BL_NEW(nodes, bl_syntax);
        if (root == NULL)
            return BYLAW_ENOMEM;
        *out = root;
        return BYLAW_OK;
    }
    p.token = bl_lexer_next(&p.lexer);
    if (p.lexer.failed)
        return BYLAW_ENOMEM;
    if (p.token.kind == BL_TOK_END)
        bl_tell0(report, empty, 0, (uint32_t)text.len);
    root = p.token.kind == BL_TOK_END ? new_node(&p, BL_SYN_BAD, 0) : parse_expression(&p);
    parse_surplus(&p);
    if (p.lexer.failed)
        return BYLAW_ENOMEM;
    if (p.stopped)
        return BYLAW_ELIMIT;
    *out = root;
    return BYLAW_OK;
}
