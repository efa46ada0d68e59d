/* tests/check/records.h: a rule set with a fact of every type that a flat record can state. */
#ifndef TESTS_CHECK_RECORDS_H
#define TESTS_CHECK_RECORDS_H

static const char records_rules[] =
    "ruleset: records\n"
    "title: {zh: 记录, en: records}\n"
    "kinds: {sale: {zh: 出售, en: sale}, loan: {zh: 出借, en: loan}}\n"
    "enums:\n"
    "  colour: {red: {zh: 红, en: red}, blue: {zh: 蓝, en: blue}}\n"
    "types:\n"
    "  row:\n"
    "    who: {type: name, zh: 谁, en: who}\n"
    "    n: {type: count, zh: 数, en: number}\n"
    "  step: {by: {type: colour, zh: 由, en: by}}\n"
    "facts:\n"
    "  whole: {type: int, zh: 整数, en: whole}\n"
    "  votes: {type: count, zh: 票数, en: votes}\n"
    "  yes: {type: bool, zh: 是否, en: yes or no}\n"
    "  text: {type: text, zh: 文字, en: text}\n"
    "  holder: {type: name, zh: 持有人, en: holder}\n"
    "  day: {type: date?, zh: 日子, en: day}\n"
    "  paint.colour: {type: colour, zh: 颜色, en: colour}\n"
    "  part: {type: fraction, zh: 份额, en: share}\n"
    "  names: {type: list(name), zh: 名单, en: names}\n"
    "  rows: {type: list(row), zh: 各行, en: rows}\n"
    "  done: {type: step, zh: 完成, en: done}\n"
    "norms:\n"
    "  - {id: one, provision: records:one, on: [sale, loan], modality: "
    "must, require: votes > 0, says: {zh: 有票, en: there are votes}}\n";

static const char records_provisions[] =
    "provisions: records\n"
    "title: {zh: 记录, en: records}\n"
    "items:\n"
    "  - {id: one, cite: 第一条, en: Art. 1, class: obligation, testable: yes, kinds: [sale],\n"
    "     gist: {zh: 有票, en: votes},\n"
    "     anchor: 0000000000000000000000000000000000000000000000000000000000000000}\n";

#endif
