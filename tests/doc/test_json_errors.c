/* tests/doc/test_json_errors.c: what is wrong with a JSON text is told with its place and what to
 * do, in both languages, all of it in one run. */
#include "fixture.h"

static const error_case error_cases[] = {
    {TEXT("{"), "1:2 文件到此中断，JSON 还没有写完 [syntax]",
     "1:2 the file ends before the JSON value does"},
    {TEXT("{\"a\""), "1:5 文件到此中断，JSON 还没有写完 [syntax]",
     "1:5 the file ends before the JSON value does"},
    {TEXT("{\"a\":"), "1:6 文件到此中断，JSON 还没有写完 [syntax]",
     "1:6 the file ends before the JSON value does"},
    {TEXT("{\"a\":1"), "1:7 文件到此中断，JSON 还没有写完 [syntax]",
     "1:7 the file ends before the JSON value does"},
    {TEXT("{\"a\":1,"), "1:8 文件到此中断，JSON 还没有写完 [syntax]",
     "1:8 the file ends before the JSON value does"},
    {TEXT("{\"a\":1,}"), "1:7 最后一项后面不能有“,” [syntax]",
     "1:7 no “,” stands behind the last entry"},
    {TEXT("[1,]"), "1:3 最后一项后面不能有“,” [syntax]", "1:3 no “,” stands behind the last entry"},
    {TEXT("[1 2]"), "1:4 缺“,”或“]” [syntax]", "1:4 “,” or “]” is missing"},
    {TEXT("[1"), "1:3 文件到此中断，JSON 还没有写完 [syntax]",
     "1:3 the file ends before the JSON value does"},
    {TEXT("{a: 1}"), "1:2 这里应为双引号括起来的名称 [syntax]",
     "1:2 a name in double quotes is expected here"},
    {TEXT("{'a': 1}"), "1:2 这里应为双引号括起来的名称 [syntax]",
     "1:2 a name in double quotes is expected here"},
    {TEXT("{\"a\" 1}"), "1:6 名称后面缺半角“:” [syntax]", "1:6 “:” is missing behind the name"},
    {TEXT("{\"a\": 01}"), "1:7 JSON 没有 01 这种数字写法 [syntax]", "1:7 01 is not a JSON number"},
    {TEXT("[+1]"), "1:2 JSON 没有 +1 这种数字写法 [syntax]", "1:2 +1 is not a JSON number"},
    {TEXT("[.5]"), "1:2 JSON 没有 .5 这种数字写法 [syntax]", "1:2 .5 is not a JSON number"},
    {TEXT("[1.]"), "1:2 JSON 没有 1. 这种数字写法 [syntax]", "1:2 1. is not a JSON number"},
    {TEXT("[1e+]"), "1:2 JSON 没有 1e+ 这种数字写法 [syntax]", "1:2 1e+ is not a JSON number"},
    {TEXT("[\"\\ud800\\u0041\"]"), "1:3 “\\u”后面的代理对不成对，不是一个字符 [syntax]",
     "1:3 half of a surrogate pair is not a character"},
    {TEXT("[\"\\ud800\\ue000\"]"), "1:3 “\\u”后面的代理对不成对，不是一个字符 [syntax]",
     "1:3 half of a surrogate pair is not a character"},
    {TEXT("[\"\\uab\"]"), "1:3 JSON 没有这种“\\”写法；反斜杠本身写成“\\\\” [syntax]",
     "1:3 JSON has no such “\\” escape; write “\\\\” for a backslash"},
    {TEXT("[\"\\u00"), "1:3 JSON 没有这种“\\”写法；反斜杠本身写成“\\\\” [syntax]",
     "1:3 JSON has no such “\\” escape; write “\\\\” for a backslash"},
    {TEXT("[# a\n1]"), "1:2 JSON 不能有注释 [syntax]", "1:2 JSON has no comments"},
    {TEXT("[aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee]"),
     "1:2 JSON 没有 … 这种写法；是一段文字的，用双引号括起来 [syntax]",
     "1:2 … is not JSON; put a text in double quotes"},
    {TEXT("[1e]"), "1:2 JSON 没有 1e 这种数字写法 [syntax]", "1:2 1e is not a JSON number"},
    {TEXT("[NaN]"), "1:2 JSON 没有 NaN 这种写法；是一段文字的，用双引号括起来 [syntax]",
     "1:2 NaN is not JSON; put a text in double quotes"},
    {TEXT("[True]"), "1:2 JSON 没有 True 这种写法；是一段文字的，用双引号括起来 [syntax]",
     "1:2 True is not JSON; put a text in double quotes"},
    {TEXT("[-]"), "1:2 JSON 没有 - 这种数字写法 [syntax]", "1:2 - is not a JSON number"},
    {TEXT("[\"a\nb\"]"), "1:4 引号里不能直接换行或有控制字符，应写成“\\n”等 [syntax]",
     "1:4 a line end or control character in quotes is written “\\n” and the like"},
    {TEXT("[\"a\\x\"]"), "1:4 JSON 没有这种“\\”写法；反斜杠本身写成“\\\\” [syntax]",
     "1:4 JSON has no such “\\” escape; write “\\\\” for a backslash"},
    {TEXT("[\"\\u12G4\"]"), "1:3 JSON 没有这种“\\”写法；反斜杠本身写成“\\\\” [syntax]",
     "1:3 JSON has no such “\\” escape; write “\\\\” for a backslash"},
    {TEXT("[\"\\ud800\"]"), "1:3 “\\u”后面的代理对不成对，不是一个字符 [syntax]",
     "1:3 half of a surrogate pair is not a character"},
    {TEXT("[\"\\udc00\\ud800\"]"), "1:3 “\\u”后面的代理对不成对，不是一个字符 [syntax]",
     "1:3 half of a surrogate pair is not a character"},
    {TEXT("[\"a"), "1:2 文件到此中断，JSON 还没有写完 [syntax]",
     "1:2 the file ends before the JSON value does"},
    {TEXT("{\"a\":1,\"a\":2}"), "1:8 a 重复，第 1 行已有；只留一个 [duplicate-key]",
     "1:8 a is given twice, first in line 1; keep one"},
    {TEXT("{\"a\":1} {\"b\":2}"),
     "1:9 一个 JSON 文件只有一个值；多份的，每行一份，文件名用 .jsonl [syntax]",
     "1:9 a JSON file holds one value; for several, write one a line and name the file .jsonl"},
    {TEXT("// x\n1"), "1:1 JSON 不能有注释 [syntax]", "1:1 JSON has no comments"},
    {TEXT("[1, /* x */ 2]"), "1:5 JSON 不能有注释 [syntax]", "1:5 JSON has no comments"},
    {TEXT("{\"a\"：1}"), "1:5 名称后面缺半角“:” [syntax]", "1:5 “:” is missing behind the name"},
    {TEXT("{“a”: 1}"), "1:2 这里应为双引号括起来的名称 [syntax]",
     "1:2 a name in double quotes is expected here"},
    {TEXT("[“a”]"), "1:2 JSON 的文字要用半角双引号括起来 [syntax]",
     "1:2 JSON text stands in double quotes"},
    {TEXT("[1，2]"), "1:2 JSON 没有 1，2 这种数字写法 [syntax]", "1:2 1，2 is not a JSON number"},
    {TEXT("]"), "1:1 这里应为一个 JSON 值 [syntax]", "1:1 a JSON value is expected here"},
    {TEXT("[}"), "1:2 这里应为一个 JSON 值 [syntax]", "1:2 a JSON value is expected here"},
    {TEXT("{\"a\":1]"), "1:7 缺“,”或“}” [syntax]", "1:7 “,” or “}” is missing"},
    {TEXT("[\"\t\"]"), "1:3 引号里不能直接换行或有控制字符，应写成“\\n”等 [syntax]",
     "1:3 a line end or control character in quotes is written “\\n” and the like"},
    {TEXT("[\"a\" \"b\"]"), "1:6 缺“,”或“]” [syntax]", "1:6 “,” or “]” is missing"},
    {TEXT("[1]]"), "1:4 一个 JSON 文件只有一个值；多份的，每行一份，文件名用 .jsonl [syntax]",
     "1:4 a JSON file holds one value; for several, write one a line and name the file .jsonl"},
    {TEXT("{\"a\":}"), "1:6 这里应为一个 JSON 值 [syntax]", "1:6 a JSON value is expected here"},
    {TEXT("[,1]"), "1:2 这里应为一个 JSON 值 [syntax]", "1:2 a JSON value is expected here"},
    {TEXT("{,}"), "1:2 这里应为双引号括起来的名称 [syntax]",
     "1:2 a name in double quotes is expected here"},
    {TEXT("\"a\\"), "1:1 文件到此中断，JSON 还没有写完 [syntax]",
     "1:1 the file ends before the JSON value does"},
    {TEXT("[\"\\ud83d\\u0041\"]"), "1:3 “\\u”后面的代理对不成对，不是一个字符 [syntax]",
     "1:3 half of a surrogate pair is not a character"},
    {TEXT("[1\0012]"), "1:3 缺“,”或“]” [syntax]", "1:3 “,” or “]” is missing"},
    {TEXT("[\"a\\"), "1:2 文件到此中断，JSON 还没有写完 [syntax]",
     "1:2 the file ends before the JSON value does"},
    {TEXT("nul"), "1:1 JSON 没有 nul 这种写法；是一段文字的，用双引号括起来 [syntax]",
     "1:1 nul is not JSON; put a text in double quotes"},
    {TEXT("{\"a\":1,\"b\":{\"c\":1,\"c\":2},\"a\":3}"),
     "1:19 c 重复，第 1 行已有；只留一个 [duplicate-key]\n"
     "1:26 a 重复，第 1 行已有；只留一个 [duplicate-key]",
     "1:19 c is given twice, first in line 1; keep one\n"
     "1:26 a is given twice, first in line 1; keep one"},
    {TEXT("['a']"), "1:2 JSON 的文字要用半角双引号括起来 [syntax]",
     "1:2 JSON text stands in double quotes"},
    {TEXT("[0x10]"), "1:2 JSON 没有 0x10 这种数字写法 [syntax]", "1:2 0x10 is not a JSON number"},
    {TEXT("[1_000]"), "1:2 JSON 没有 1_000 这种数字写法 [syntax]",
     "1:2 1_000 is not a JSON number"},
    {TEXT("{\"a\":\302\2401}"),
     "1:6 JSON \346\262\241\346\234\211 \302\2401 "
     "\350\277\231\347\247\215\345\206\231\346\263\225\357\274\233\346\230\257\344\270\200\346\256"
     "\265\346\226\207\345\255\227\347\232\204\357\274\214\347\224\250\345\217\214\345\274\225\345"
     "\217\267\346\213\254\350\265\267\346\235\245 [syntax]",
     "1:6 \302\2401 is not JSON; put a text in double quotes"},
};

static void each_mistake_is_told_in_its_place(void **state)
{
    (void)state;
    assert_each_told(BL_DOC_JSON, error_cases, sizeof error_cases / sizeof *error_cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_is_told_in_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
