/* tests/doc/test_yaml_errors.c: what is wrong with a YAML text is told with its place and what to
 * do, in both languages, all of it in one run. */
#include "fixture.h"

static const error_case error_cases[] = {
    {TEXT("a: *b\n"), "1:4 “*b”没有对应的“&b”；是一段文字的，用引号括起来 [unknown-alias]",
     "1:4 “*b” has no “&b” before it; put a text that begins with “*” in quotes"},
    {TEXT("a: &b [*b]\n"), "1:8 “*b”引用了包含它自己的内容 [unknown-alias]",
     "1:8 “*b” stands inside what it names"},
    {TEXT("a: * b\n"), "1:4 “&”“*”后面应为字母、数字；是一段文字的，用引号括起来 [syntax]",
     "1:4 “&” and “*” are followed by letters or digits; put a text that begins with them in "
     "quotes"},
    {TEXT("a: && b\n"), "1:4 “&”“*”后面应为字母、数字；是一段文字的，用引号括起来 [syntax]",
     "1:4 “&” and “*” are followed by letters or digits; put a text that begins with them in "
     "quotes"},
    {TEXT("a: &章 b\n"), "1:4 “&”“*”后面应为字母、数字；是一段文字的，用引号括起来 [syntax]",
     "1:4 “&” and “*” are followed by letters or digits; put a text that begins with them in "
     "quotes"},
    {TEXT("require: &x.y && z\n"),
     "1:10 “&”“*”后面应为字母、数字；是一段文字的，用引号括起来 [syntax]",
     "1:10 “&” and “*” are followed by letters or digits; put a text that begins with them in "
     "quotes"},
    {TEXT("a: @b\n"), "1:4 一段文字不能以“@”开头，用引号括起来 [syntax]",
     "1:4 a text cannot begin with “@”; put it in quotes"},
    {TEXT("a: \"\007\"\n"), "1:5 有不可见的控制字符 U+0007，请删去 [syntax]",
     "1:5 there is a control character U+0007; delete it"},
    {TEXT("a: |x\n  b\n"), "1:5 “|”“>”后面应换行 [syntax]",
     "1:5 “|” and “>” end their line; the text begins on the next one"},
    {TEXT("a: |0\n  b\n"), "1:5 “|”“>”后面应换行 [syntax]",
     "1:5 “|” and “>” end their line; the text begins on the next one"},
    {TEXT("a: >- b\n"), "1:7 “|”“>”后面应换行 [syntax]",
     "1:7 “|” and “>” end their line; the text begins on the next one"},
    {TEXT("require: {a} == b\n"),
     "1:11 这里缺冒号，应写成“名称: 值” [syntax]\n"
     "1:14 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "1:11 a colon is missing here: write “name: value”\n"
     "1:14 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("require: [1, 2].size() == 2\n"),
     "1:16 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "1:16 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("a: 1\rb：2\r"), "1:6 这里缺冒号，应写成“名称: 值” [syntax]",
     "1:6 a colon is missing here: write “name: value”"},
    {TEXT("a: 1\r\nb：2\r\nc: 3\r\n"), "2:2 冒号应为半角“:”，后面空一格：b: 2 [syntax]",
     "2:2 the colon must be a plain “:” with a blank behind it: b: 2"},
    {TEXT("a: \001b\n"), "1:4 有不可见的控制字符 U+0001，请删去 [syntax]",
     "1:4 there is a control character U+0001; delete it"},
    {TEXT("a: - b\n"), "1:4 “- ”不能在这里；列表应另起一行，并与上下各项对齐 [syntax]",
     "1:4 “- ” cannot stand here; a list begins on a line of its own, its entries aligned"},
    {TEXT("a: 1\n- b\n"), "2:1 “- ”不能在这里；列表应另起一行，并与上下各项对齐 [syntax]",
     "2:1 “- ” cannot stand here; a list begins on a line of its own, its entries aligned"},
    {TEXT("norms:\n  - id: a\n    says：{zh: 甲, en: b}\n    on：[x]\n"),
     "3:9 冒号应为半角“:”，后面空一格：says: {zh: 甲, en: b} [syntax]\n"
     "4:7 冒号应为半角“:”，后面空一格：on: [x] [syntax]",
     "3:9 the colon must be a plain “:” with a blank behind it: says: {zh: 甲, en: b}\n"
     "4:7 the colon must be a plain “:” with a blank behind it: on: [x]"},
    {TEXT("%YAML 3.0\n---\na: 1\n"),
     "1:1 以“%”开头的行不能在这里；是一段文字的，用引号括起来 [syntax]",
     "1:1 a line that begins with “%” cannot stand here; put a text that begins with it in quotes"},
    {TEXT("%YAML 1.2\n%YAML 1.2\n---\na: 1\n"),
     "2:1 以“%”开头的行不能在这里；是一段文字的，用引号括起来 [syntax]",
     "2:1 a line that begins with “%” cannot stand here; put a text that begins with it in quotes"},
    {TEXT("%FOO\n"), "1:1 以“%”开头的行不能在这里；是一段文字的，用引号括起来 [syntax]",
     "1:1 a line that begins with “%” cannot stand here; put a text that begins with it in quotes"},
    {TEXT("%TAG ! \n---\n"), "1:1 以“%”开头的行不能在这里；是一段文字的，用引号括起来 [syntax]",
     "1:1 a line that begins with “%” cannot stand here; put a text that begins with it in quotes"},
    {TEXT("%YAML\n---\na: 1\n"), "1:1 以“%”开头的行不能在这里；是一段文字的，用引号括起来 [syntax]",
     "1:1 a line that begins with “%” cannot stand here; put a text that begins with it in quotes"},
    {TEXT("a: 1\n...\nb: 2\n"), "3:1 这一行之前应先有一行“---” [syntax]",
     "3:1 a line “---” is expected before this one"},
    {TEXT("%YAML 1.2\na: 1\n"), "2:1 这一行之前应先有一行“---” [syntax]",
     "2:1 a line “---” is expected before this one"},
    {TEXT("a: 1\n--- \nb: {\n"), "3:4 缺“,”或“}”：第 3 行的“{”还没有结束 [syntax]",
     "3:4 “,” or “}” is missing: the “{” of line 3 is still open"},
    {TEXT("require: \"x\" == y\n"),
     "1:14 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "1:14 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("a: 1\nb: 2\na: 3\n"), "3:1 a 重复，第 1 行已有；只留一个 [duplicate-key]",
     "3:1 a is given twice, first in line 1; keep one"},
    {TEXT("a: {b: 1, b: 2, b: 3}\nc: {d: 1, d: 2}\n"),
     "1:11 b 重复，第 1 行已有；只留一个 [duplicate-key]\n"
     "1:17 b 重复，第 1 行已有；只留一个 [duplicate-key]\n"
     "2:11 d 重复，第 2 行已有；只留一个 [duplicate-key]",
     "1:11 b is given twice, first in line 1; keep one\n"
     "1:17 b is given twice, first in line 1; keep one\n"
     "2:11 d is given twice, first in line 2; keep one"},
    {TEXT("a: {b: 1\nc: 2\n"), "1:4 缺“,”或“}”：第 1 行的“{”还没有结束 [syntax]",
     "1:4 “,” or “}” is missing: the “{” of line 1 is still open"},
    {TEXT("a: [1, 2\nb: 3\n"), "1:4 缺“,”或“]”：第 1 行的“[”还没有结束 [syntax]",
     "1:4 “,” or “]” is missing: the “[” of line 1 is still open"},
    {TEXT("a: [1, 2"), "1:4 缺“,”或“]”：第 1 行的“[”还没有结束 [syntax]",
     "1:4 “,” or “]” is missing: the “[” of line 1 is still open"},
    {TEXT("a: {b: 1}}\n"), "1:10 “}”多余，没有对应的开头 [syntax]",
     "1:10 “}” closes nothing that is open"},
    {TEXT("a: [1]]\n"), "1:7 “]”多余，没有对应的开头 [syntax]",
     "1:7 “]” closes nothing that is open"},
    {TEXT("a: [1,,2]\n"), "1:7 多出一个“,” [syntax]", "1:7 there is a “,” too many"},
    {TEXT("a: ]\n"), "1:4 “]”多余，没有对应的开头 [syntax]", "1:4 “]” closes nothing that is open"},
    {TEXT("a: {b: 1, c: [2, 3}\n"), "1:19 缺“,”或“]”：第 1 行的“[”还没有结束 [syntax]",
     "1:19 “,” or “]” is missing: the “[” of line 1 is still open"},
    {TEXT("a: [b: 1, {c: 2]\n"), "1:16 缺“,”或“}”：第 1 行的“{”还没有结束 [syntax]",
     "1:16 “,” or “}” is missing: the “{” of line 1 is still open"},
    {TEXT("a: {b 1, c: 2}\n"), "1:5 这里缺冒号，应写成“名称: 值” [syntax]",
     "1:5 a colon is missing here: write “name: value”"},
    {TEXT("- {id: x, y: \"a}\n- b\n"), "1:14 第 1 行开头的引号没有结束 [syntax]",
     "1:14 the quote opened in line 1 is not closed"},
    {TEXT("a: [1\n"), "1:4 缺“,”或“]”：第 1 行的“[”还没有结束 [syntax]",
     "1:4 “,” or “]” is missing: the “[” of line 1 is still open"},
    {TEXT("{"), "1:1 缺“,”或“}”：第 1 行的“{”还没有结束 [syntax]",
     "1:1 “,” or “}” is missing: the “{” of line 1 is still open"},
    {TEXT("a: {b:1}\n"), "1:6 冒号后面空一格：b: 1 [syntax]",
     "1:6 put a blank behind the colon: b: 1"},
    {TEXT("a: {b: [}\n"), "1:9 “}”多余，没有对应的开头 [syntax]",
     "1:9 “}” closes nothing that is open"},
    {TEXT("a: \276\366\322\351\012"), "1:4 文件不是 UTF-8 编码，请另存为 UTF-8 [not-utf8]",
     "1:4 the file is not UTF-8; save it as UTF-8"},
    {TEXT("a: > b\n"), "1:6 “|”“>”后面应换行 [syntax]",
     "1:6 “|” and “>” end their line; the text begins on the next one"},
    {TEXT("a: 1\n  b: 2\n"), "2:3 缩进不对：应与同组的其他各行对齐 [syntax]",
     "2:3 wrong indentation: align the line with the others of its group"},
    {TEXT("f:\n    a: 1\n  b: 2\n"), "3:3 缩进不对：应与同组的其他各行对齐 [syntax]",
     "3:3 wrong indentation: align the line with the others of its group"},
    {TEXT("f:\n  a: 1\n   b: 2\n"), "3:4 缩进不对：应与同组的其他各行对齐 [syntax]",
     "3:4 wrong indentation: align the line with the others of its group"},
    {TEXT("  a: 1\nb: 2\n"), "2:1 缩进不对：应与同组的其他各行对齐 [syntax]",
     "2:1 wrong indentation: align the line with the others of its group"},
    {TEXT("f:\n  - a\n - b\n"), "3:2 “- ”不能在这里；列表应另起一行，并与上下各项对齐 [syntax]",
     "3:2 “- ” cannot stand here; a list begins on a line of its own, its entries aligned"},
    {TEXT("f:\n  - a\n  b: 1\n"), "3:3 这里应为“- ”开头的一项，与上面各项对齐 [syntax]",
     "3:3 an entry that begins with “- ” is expected here, aligned with those above"},
    {TEXT("[a]: 1\n"), "1:1 冒号前应为名称，不能是列表或另一组内容 [key-not-text]",
     "1:1 a key is plain text, not a list or a mapping"},
    {TEXT(": 1\n"), "1:1 冒号前缺名称 [key-empty]", "1:1 the name before the colon is missing"},
    {TEXT("{a: 1}: 2\n"), "1:1 冒号前应为名称，不能是列表或另一组内容 [key-not-text]",
     "1:1 a key is plain text, not a list or a mapping"},
    {TEXT("? [a]\n: 1\n"), "1:3 冒号前应为名称，不能是列表或另一组内容 [key-not-text]",
     "1:3 a key is plain text, not a list or a mapping"},
    {TEXT("a: 1\na: 2\nb：3\nc:4\nd: \"x\n"),
     "3:2 冒号应为半角“:”，后面空一格：b: 3 [syntax]\n"
     "4:2 冒号后面空一格：c: 4 [syntax]\n"
     "5:4 第 5 行开头的引号没有结束 [syntax]",
     "3:2 the colon must be a plain “:” with a blank behind it: b: 3\n"
     "4:2 put a blank behind the colon: c: 4\n"
     "5:4 the quote opened in line 5 is not closed"},
    {TEXT("a: 1\na: 1\n\tb: 2\n"), "3:1 不能用制表符（Tab）缩进，请改用空格 [syntax]",
     "3:1 use blanks, not a tab, to indent"},
    {TEXT("facts:\n  members:8\n  present: 7\n"), "2:10 冒号后面空一格：members: 8 [syntax]",
     "2:10 put a blank behind the colon: members: 8"},
    {TEXT("a: 1\nmembers:8\n"), "2:8 冒号后面空一格：members: 8 [syntax]",
     "2:8 put a blank behind the colon: members: 8"},
    {TEXT("rules:\n- a\n-b\n- c\n"), "3:1 “-”后面空一格：- b [syntax]",
     "3:1 put a blank behind the “-”: - b"},
    {TEXT("a: 1\012\302\240b: 2\012"), "2:1 这是全角或不可见的空格，请改用半角空格 [syntax]",
     "2:1 use a plain blank, not a full-width or invisible one"},
    {TEXT("a: 1\nmembers 8\nb: 2\n"), "2:1 这里缺冒号，应写成“名称: 值” [syntax]",
     "2:1 a colon is missing here: write “name: value”"},
    {TEXT("a: 1\nb\n"), "2:1 这里缺冒号，应写成“名称: 值” [syntax]",
     "2:1 a colon is missing here: write “name: value”"},
    {TEXT("a: \000b\n"), "1:4 有不可见的控制字符 U+0000，请删去 [syntax]",
     "1:4 there is a control character U+0000; delete it"},
    {TEXT("a: %b\n"), "1:4 一段文字不能以“%”开头，用引号括起来 [syntax]",
     "1:4 a text cannot begin with “%”; put it in quotes"},
    {TEXT("%b\n"), "1:1 以“%”开头的行不能在这里；是一段文字的，用引号括起来 [syntax]",
     "1:1 a line that begins with “%” cannot stand here; put a text that begins with it in quotes"},
    {TEXT("a: | b\n"), "1:6 “|”“>”后面应换行 [syntax]",
     "1:6 “|” and “>” end their line; the text begins on the next one"},
    {TEXT("a: ? b\n"), "1:4 “? ”不能在这里；是一段文字的，用引号括起来 [syntax]",
     "1:4 “? ” cannot stand here; put a text that begins with it in quotes"},
    {TEXT("a: \"x\nb: 1\n"), "1:4 第 1 行开头的引号没有结束 [syntax]",
     "1:4 the quote opened in line 1 is not closed"},
    {TEXT("a: 'x\nb: 1\n"), "1:4 第 1 行开头的引号没有结束 [syntax]",
     "1:4 the quote opened in line 1 is not closed"},
    {TEXT("a: \"x\" y\n"), "1:8 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "1:8 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("a: 'x' == 'y'\n"), "1:8 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "1:8 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("a: \"x\\y\"\n"),
     "1:6 双引号里没有这种“\\”写法；反斜杠本身写成“\\\\”，或改用单引号 [syntax]",
     "1:6 there is no such “\\” escape in double quotes; write “\\\\” for a backslash, or use "
     "single quotes"},
    {TEXT("a: \"\\u12\"\n"), "1:7 “\\”后面的十六进制编码不对 [syntax]",
     "1:7 the hexadecimal code behind “\\” is not a character"},
    {TEXT("a: \"\\ud800\"\n"), "1:7 “\\”后面的十六进制编码不对 [syntax]",
     "1:7 the hexadecimal code behind “\\” is not a character"},
    {TEXT("a: \"x\n---\nb: 1\n"), "1:4 第 1 行开头的引号没有结束 [syntax]",
     "1:4 the quote opened in line 1 is not closed"},
    {TEXT("\"a\" b: 1\n"), "1:5 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "1:5 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("- 'x' y\n- z\n"), "1:7 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "1:7 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("require: *x == 1\n"),
     "1:10 “*x”没有对应的“&x”；是一段文字的，用引号括起来 [unknown-alias]",
     "1:10 “*x” has no “&x” before it; put a text that begins with “*” in quotes"},
    {TEXT("title: 关于: 经费\n"), "1:10 这里不能再有“: ”；是一段文字的，用引号括起来 [syntax]",
     "1:10 “: ” cannot stand here; put a text that holds one in quotes"},
    {TEXT("says: a: b\n"), "1:8 这里不能再有“: ”；是一段文字的，用引号括起来 [syntax]",
     "1:8 “: ” cannot stand here; put a text that holds one in quotes"},
    {TEXT("facts:\n\tmembers: 8\n"), "2:1 不能用制表符（Tab）缩进，请改用空格 [syntax]",
     "2:1 use blanks, not a tab, to indent"},
    {TEXT("facts:\n  a: 1\n\tmembers: 8\n"), "3:1 不能用制表符（Tab）缩进，请改用空格 [syntax]",
     "3:1 use blanks, not a tab, to indent"},
    {TEXT("a:\n  - x\n  -\ty: 1\n"), "3:4 不能用制表符（Tab）缩进，请改用空格 [syntax]",
     "3:4 use blanks, not a tab, to indent"},
    {TEXT("a: !b\n"), "1:4 以“!”开头的内容要用引号括起来：'!b' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!b'"},
    {TEXT("require: !announced && x # c\n"),
     "1:10 以“!”开头的内容要用引号括起来：'!announced && x' [tag]",
     "1:10 put a value that begins with “!” in quotes: '!announced && x'"},
    {TEXT("a: !!str 5\n"), "1:4 以“!”开头的内容要用引号括起来：'!!str 5' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!!str 5'"},
    {TEXT("a: !<x\n"), "1:4 以“!”开头的内容要用引号括起来：'!<x' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!<x'"},
    {TEXT("a: !(x || y)\n"), "1:4 以“!”开头的内容要用引号括起来：'!(x || y)' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!(x || y)'"},
    {TEXT("a: !x!y z\n"), "1:4 以“!”开头的内容要用引号括起来：'!x!y z' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!x!y z'"},
    {TEXT("a: !stated(x)\n"), "1:4 以“!”开头的内容要用引号括起来：'!stated(x)' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!stated(x)'"},
    {TEXT("a: !x.exists(y, y == 1)\n"),
     "1:4 以“!”开头的内容要用引号括起来：'!x.exists(y, y == 1)' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!x.exists(y, y == 1)'"},
    {TEXT("a: !{b: 1}\n"), "1:4 以“!”开头的内容要用引号括起来：'!{b: 1}' [tag]",
     "1:4 put a value that begins with “!” in quotes: '!{b: 1}'"},
    {TEXT("x: [!a, b]\n"), "1:5 以“!”开头的内容要用引号括起来：'!a' [tag]",
     "1:5 put a value that begins with “!” in quotes: '!a'"},
    {TEXT("a: `b`\n"), "1:4 一段文字不能以“`”开头，用引号括起来 [syntax]",
     "1:4 a text cannot begin with “`”; put it in quotes"},
    {TEXT("\377\376a\000:\000 \0001\000\012\000"),
     "1:1 文件不是 UTF-8 编码，请另存为 UTF-8 [not-utf8]",
     "1:1 the file is not UTF-8; save it as UTF-8"},
    {TEXT("a: [1\n"), "1:4 缺“,”或“]”：第 1 行的“[”还没有结束 [syntax]",
     "1:4 “,” or “]” is missing: the “[” of line 1 is still open"},
    {TEXT("a: 1\012b: \344\270\012"), "2:4 文件不是 UTF-8 编码，请另存为 UTF-8 [not-utf8]",
     "2:4 the file is not UTF-8; save it as UTF-8"},
    {TEXT("facts:\n  present: 7\n  members：8\n  yes：5 # x\n  no: 2\n"),
     "3:10 冒号应为半角“:”，后面空一格：members: 8 [syntax]\n"
     "4:6 冒号应为半角“:”，后面空一格：yes: 5 [syntax]",
     "3:10 the colon must be a plain “:” with a blank behind it: members: 8\n"
     "4:6 the colon must be a plain “:” with a blank behind it: yes: 5"},
    {TEXT("action：决议\nrules: [x]\n"), "1:7 冒号应为半角“:”，后面空一格：action: 决议 [syntax]",
     "1:7 the colon must be a plain “:” with a blank behind it: action: 决议"},
    {TEXT("a: 1\nb：\n  c: 2\n"), "2:2 冒号应为半角“:”，后面空一格：b: [syntax]",
     "2:2 the colon must be a plain “:” with a blank behind it: b:"},
    {TEXT("vote: {yes：5, no: 2}\n"), "1:11 冒号应为半角“:”，后面空一格：yes: 5 [syntax]",
     "1:11 the colon must be a plain “:” with a blank behind it: yes: 5"},
    {TEXT("vote: {yes: 5，no: 2}\n"), "1:14 逗号应为半角“,”，后面空一格 [syntax]",
     "1:14 the comma must be a plain “,” with a blank behind it"},
    {TEXT("vote: ｛yes: 5, no: 2｝\n"),
     "1:7 括号应为半角“{” [syntax]\n"
     "1:21 括号应为半角“}” [syntax]",
     "1:7 the bracket must be a plain “{”\n"
     "1:21 the bracket must be a plain “}”"},
    {TEXT("- name：张三\n  choice: 是\n"), "1:7 冒号应为半角“:”，后面空一格：name: 张三 [syntax]",
     "1:7 the colon must be a plain “:” with a blank behind it: name: 张三"},
    {TEXT("a: 1\n　b: 2\n"), "2:1 这是全角或不可见的空格，请改用半角空格 [syntax]",
     "2:1 use a plain blank, not a full-width or invisible one"},
    {TEXT("a: 1\n​b: 2\n"), "2:1 这是全角或不可见的空格，请改用半角空格 [syntax]",
     "2:1 use a plain blank, not a full-width or invisible one"},
    /* Full-width marks in running text are right, and never told where another thing is wrong. */
    {TEXT("norms:\n  - {id: a, says: {zh: 甲，乙【丙】：丁，方能生效, en: b}\n  - {id: b}\n"),
     "2:5 缺“,”或“}”：第 2 行的“{”还没有结束 [syntax]",
     "2:5 “,” or “}” is missing: the “{” of line 2 is still open"},
    {TEXT("notes:\n  - 甲：乙\n  - \"x\n"), "3:5 第 3 行开头的引号没有结束 [syntax]",
     "3:5 the quote opened in line 3 is not closed"},
    {TEXT("notes:\n  - 甲：乙\ntitle: a: b\n"),
     "3:9 这里不能再有“: ”；是一段文字的，用引号括起来 [syntax]",
     "3:9 “: ” cannot stand here; put a text that holds one in quotes"},
    {TEXT("notes:\n  - 甲：乙\n    b: 1\n"), "2:6 冒号应为半角“:”，后面空一格：甲: 乙 [syntax]",
     "2:6 the colon must be a plain “:” with a blank behind it: 甲: 乙"},
    {TEXT("a:\n  - 说明：乙\n  - c\n  d: 1\n"),
     "4:3 这里应为“- ”开头的一项，与上面各项对齐 [syntax]",
     "4:3 an entry that begins with “- ” is expected here, aligned with those above"},
    {TEXT("a: {x: 说明：乙，丙, y: [1, 2}\n"), "1:24 缺“,”或“]”：第 1 行的“[”还没有结束 [syntax]",
     "1:24 “,” or “]” is missing: the “[” of line 1 is still open"},
    {TEXT("says: {zh: 半数以上，方能生效 en: x}\nz: [\n"),
     "1:24 缺“,”或“}”：第 1 行的“{”还没有结束 [syntax]",
     "1:24 “,” or “}” is missing: the “{” of line 1 is still open"},
    {TEXT("a: {yes: 5， no: 2，abstain: 1}\n"),
     "1:11 逗号应为半角“,”，后面空一格 [syntax]\n"
     "1:18 逗号应为半角“,”，后面空一格 [syntax]",
     "1:11 the comma must be a plain “,” with a blank behind it\n"
     "1:18 the comma must be a plain “,” with a blank behind it"},
    {TEXT("a: [甲，乙\n"), "1:4 缺“,”或“]”：第 1 行的“[”还没有结束 [syntax]",
     "1:4 “,” or “]” is missing: the “[” of line 1 is still open"},
    {TEXT("rules: 【wcasp】\nx: : y\n"),
     "2:4 这里不能再有“: ”；是一段文字的，用引号括起来 [syntax]",
     "2:4 “: ” cannot stand here; put a text that holds one in quotes"},
    {TEXT("a: 时间：八点\nb: \"x\" y\n"),
     "2:8 引号或括号后面多出内容；整段都要的，一起括在引号里 [syntax]",
     "2:8 there is text behind the closing quote or bracket; put all of it in quotes"},
    {TEXT("a: http://x.y\nb: c: d\n"), "2:5 这里不能再有“: ”；是一段文字的，用引号括起来 [syntax]",
     "2:5 “: ” cannot stand here; put a text that holds one in quotes"},
    {TEXT("- 甲：1\n- 乙：2\n- c: 1\n d: 2\n"),
     "4:2 这里应为“- ”开头的一项，与上面各项对齐 [syntax]",
     "4:2 an entry that begins with “- ” is expected here, aligned with those above"},
    {TEXT("a: ［b, c］\nd：1\ne: f\n"), "2:2 冒号应为半角“:”，后面空一格：d: 1 [syntax]",
     "2:2 the colon must be a plain “:” with a blank behind it: d: 1"},
    {TEXT("a:\n- b：1\n  c: 2\n- d：3\n  e: 4\n"),
     "2:4 冒号应为半角“:”，后面空一格：b: 1 [syntax]\n"
     "4:4 冒号应为半角“:”，后面空一格：d: 3 [syntax]",
     "2:4 the colon must be a plain “:” with a blank behind it: b: 1\n"
     "4:4 the colon must be a plain “:” with a blank behind it: d: 3"},
    {TEXT("a: 'x\n  说明：y\n"), "1:4 第 1 行开头的引号没有结束 [syntax]",
     "1:4 the quote opened in line 1 is not closed"},
    {TEXT("x: |\n  甲：乙\n  a: b\ny: z: 1\n"),
     "4:5 这里不能再有“: ”；是一段文字的，用引号括起来 [syntax]",
     "4:5 “: ” cannot stand here; put a text that holds one in quotes"},
};

static void each_mistake_is_told_in_its_place(void **state)
{
    (void)state;
    assert_each_told(BL_DOC_YAML, error_cases, sizeof error_cases / sizeof *error_cases);
}

/* Cutting a good file anywhere, or changing any byte, never ends badly. */
static void no_broken_text_does_harm(void **state)
{
    (void)state;
    static const char good[] =
        "# 规定\nnorms:\n  - {id: a, says: {zh: '甲', en: \"b\\n\"}}\n  - &x\n    id: b\n    note: "
        "|\n"
        "      两行\n      文字\n    like: *x\n---\n? k\n: [1, 2/3, 是]\n...\n";
    static const char marks[] = ":-[]{}\"'&*!|>%@`#?,\t\n \\x\xE3";
    char text[sizeof good];

    for (size_t cut = 0; cut < sizeof good; cut++) {
        for (size_t m = 0; m < sizeof marks; m++) {
            fixture f;

            memcpy(text, good, sizeof good);
            if (m > 0)
                text[cut] = marks[m - 1];
            const size_t len = m == 0 ? cut : sizeof good - 1;
            const bylaw_status status = read_text(&f, BL_DOC_YAML, (bylaw_str){text, len});

            assert_true(status == BYLAW_OK || status == BYLAW_EINPUT);
            assert_int_equal(bylaw_diags_errors(f.diags) > 0, status != BYLAW_OK);
            drop(&f);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_is_told_in_its_place),
        cmocka_unit_test(no_broken_text_does_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
