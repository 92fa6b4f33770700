#include "tests/mock_graph/hunting/sample_tables.hpp"

#include <doctest/doctest.h>

using namespace hunting_tests;

TEST_SUITE_BEGIN("hunting functions");

TEST_CASE("strings are measured, cut and joined by code point") {
  CHECK(printed("strlen('größe')") == "5");
  CHECK(printed("substring('größe', 2, 2)") == "öß");
  CHECK(printed("substring('abc', 1)") == "bc");
  CHECK(printed("strcat('a', 1, true, 2s)") == "a1true00:00:02");
  CHECK(printed("indexof('abcabc', 'c', 3)") == "5");
  CHECK(printed("indexof('abc', 'x')") == "-1");
  CHECK(printed("toupper('abc')") == "ABC");
  CHECK(printed("tolower('ABC')") == "abc");
  CHECK(printed("split('a/b//c', '/')") == R"(["a","b","","c"])");
  CHECK(printed("split('a/b', '/')[1]") == "b");
  CHECK(printed("split('a/b', '/', 0)") == R"(["a"])");
  CHECK(printed("strcat_array(dynamic([1,'b']), '-')") == "1-b");
  CHECK(printed("replace_string('a.b.c', '.', '')") == "abc");
  CHECK(printed(R"(replace_regex('john smith', @'(\w+) (\w+)', @'\2 \1'))") == "smith john");
  CHECK(printed(R"(trim(@'[\s"]+', ' "x y" '))") == "x y");
  CHECK(printed("trim_end('/', 'a//')") == "a");
}

TEST_CASE("patterns extract groups") {
  CHECK(printed(R"(extract(@'https?://([^/]+)', 1, 'see https://evil.example/a'))") ==
        "evil.example");
  CHECK(printed("extract('x', 0, 'abc')") == "");
  CHECK(printed(R"(extract(@'(\d+)', 1, 'n=42', typeof(long)) + 1)") == "43");
  CHECK(printed(R"(extract_all(@'(\d)', 'a1b2'))") == R"(["1","2"])");
  CHECK(printed(R"('abc' matches regex '^a.c$')") == "true");
}

TEST_CASE("conversions give null where the text does not fit") {
  CHECK(printed("tolong('42') + 1") == "43");
  CHECK(printed("toint('x')") == "null");
  CHECK(printed("isnull(todatetime('soon'))") == "true");
  CHECK(printed("todatetime('2026-03-10 08:00+01:00')") == "2026-03-10T07:00:00.0000000Z");
  CHECK(printed("totimespan('1.02:03:04.5')") == "1.02:03:04.5000000");
  CHECK(printed("tobool('1')") == "true");
  CHECK(printed("todouble('1.5') * 2") == "3.0");
  CHECK(printed("tostring(dynamic({'a':[1]}))") == R"({"a":[1]})");
  CHECK(printed("isempty(int(null))") == "true");
  CHECK(printed("isnotempty('x')") == "true");
  CHECK(printed("isnull('')") == "false");
}

TEST_CASE("choices take the branch that holds") {
  CHECK(printed("iff(1 > 2, 'a', 'b')") == "b");
  CHECK(printed("iif(true, 1, 2.5)") == "1.0");
  CHECK(printed("case(1 == 2, 'a', 2 == 2, 'b', 'c')") == "b");
  CHECK(printed("coalesce(long(null), 7)") == "7");
  CHECK(printed("coalesce('', 'x')") == "x");
  CHECK(printed("not(1 == 1)") == "false");
  CHECK(printed("min_of(3, 1, 2)") == "1");
  CHECK(printed("max_of(1, long(null), 2)") == "2");
}

TEST_CASE("time is counted from the caller's clock") {
  CHECK(printed("now()") == "2026-03-10T12:00:00.0000000Z");
  CHECK(printed("ago(90m)") == "2026-03-10T10:30:00.0000000Z");
  CHECK(printed("now(-1d)") == "2026-03-09T12:00:00.0000000Z");
  CHECK(printed("bin(datetime(2026-03-10 12:34:56), 1h)") == "2026-03-10T12:00:00.0000000Z");
  CHECK(printed("bin(datetime(2026-03-10 12:34:56), 7d)") == "2026-03-09T00:00:00.0000000Z");
  CHECK(printed("bin(-7, 5)") == "-10");
  CHECK(printed("floor(4.7, 0.5)") == "4.5");
  CHECK(printed("startofday(now(), -1)") == "2026-03-09T00:00:00.0000000Z");
  CHECK(printed("endofday(now())") == "2026-03-10T23:59:59.9999999Z");
  CHECK(printed("startofweek(now())") == "2026-03-08T00:00:00.0000000Z");
  CHECK(printed("datetime_diff('day', datetime(2026-03-10 00:01), datetime(2026-03-09 23:59))") ==
        "1");
  CHECK(printed("datetime_diff('month', datetime(2025-12-31), datetime(2026-01-01))") == "-1");
  CHECK(printed("datetime_add('month', 1, datetime(2026-01-31))") ==
        "2026-02-28T00:00:00.0000000Z");
  CHECK(printed("format_datetime(datetime(2026-03-10 08:05:06.5), 'yyyy-MM-dd HH:mm:ss.fff')") ==
        "2026-03-10 08:05:06.500");
  CHECK(printed("dayofweek(now()) == 2d") == "true");
  CHECK(printed("hourofday(now())") == "12");
  CHECK(printed("datetime_part('DayOfYear', now())") == "69");
  CHECK(printed("make_datetime(2026, 3, 10, 8, 0, 1.5)") == "2026-03-10T08:00:01.5000000Z");
  CHECK(printed("(now() - ago(1d)) / 1h") == "24.0");
  CHECK(printed("now() - 1.5h") == "2026-03-10T10:30:00.0000000Z");
}

TEST_CASE("literals are read in all their forms") {
  CHECK(printed("time(1d) + timespan(0.00:30:00) + 100ms") == "1.00:30:00.1000000");
  CHECK(printed("datetime(2026-03-10T08:00:00.1234567+00:00)") == "2026-03-10T08:00:00.1234567Z");
  CHECK(printed("datetime(2026-03)") == "2026-03-01T00:00:00.0000000Z");
  CHECK(printed("datetime(null)") == "null");
  CHECK(printed(R"(@'C:\dir ''x''')") == R"(C:\dir 'x')");
  CHECK(printed(R"("tab\tq\"\u0041")") == "tab\tq\"A");
  CHECK(printed("```two\nlines```") == "two\nlines");
  CHECK(printed("0x1F + 1e1") == "41.0");
  CHECK(printed("dynamic({'a': 'it\\'s', \"b\": [true, null]})") ==
        R"({"a":"it's","b":[true,null]})");
  CHECK(printed("'a' 'b'") == "ab");
}

TEST_CASE("arrays and bags are built and searched") {
  CHECK(printed("array_length(dynamic([1,2]))") == "2");
  CHECK(printed("array_length(dynamic('x'))") == "null");
  CHECK(printed("bag_pack('a', 1, 'b', 'c')") == R"({"a":1,"b":"c"})");
  CHECK(printed("pack_array(1, 'x', datetime(2026-03-10))") ==
        R"([1,"x","2026-03-10T00:00:00.0000000Z"])");
  CHECK(printed("set_has_element(dynamic(['a']), 'a')") == "true");
  CHECK(printed("parse_json('{\"a\":{\"b\":[5,6]}}').a.b[-1]") == "6");
  CHECK(printed("todynamic('[1').x") == "null");
  CHECK(printed("array_slice(dynamic([1,2,3,4]), 1, 2)") == "[2,3]");
  CHECK(printed("bag_keys(dynamic({'a':1}))") == R"(["a"])");
}

TEST_CASE("URLs, encodings and digests are taken apart") {
  CHECK(printed("parse_url('https://u:p@host.example:8443/a/b?x=1&y=2#f')") ==
        R"({"Fragment":"f","Host":"host.example","Password":"p","Path":"/a/b","Port":"8443",)"
        R"("Query Parameters":{"x":"1","y":"2"},"Scheme":"https","Username":"u"})");
  CHECK(printed("url_decode('a%20b%2Fc')") == "a b/c");
  CHECK(printed("url_encode('a b/c')") == "a%20b%2Fc");
  CHECK(printed("base64_decode_tostring('S3VzdG8=')") == "Kusto");
  CHECK(printed("base64_encode_tostring('Kusto')") == "S3VzdG8=");
  CHECK(printed("hash_sha256('World')") ==
        "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524");
  CHECK(printed("ipv4_is_private('172.20.1.1')") == "true");
}

TEST_CASE("arithmetic keeps to its types and does not overflow") {
  CHECK(printed("7 / 2") == "3");
  CHECK(printed("7 / 2.0") == "3.5");
  CHECK(printed("1 / 0") == "null");
  CHECK(printed("9223372036854775807 + 1") == "null");
  CHECK(printed("-7 % 3") == "2");
  CHECK(printed("2 + 3 * -2") == "-4");
  CHECK(printed("round(2.567, 2)") == "2.57");
  CHECK(printed("abs(-3)") == "3");
  CHECK(printed("datetime(9999-12-31) + 1d") == "null");
  CHECK(printed("datetime_add('year', 9999, now())") == "null");
  CHECK(printed("startofyear(now(), -9000)") == "null");
  CHECK(printed("-7 % -9223372036854775807") == "9223372036854775800");
  CHECK(printed("round(1.5, -9223372036854775807 - 1)") == "null");
}

TEST_SUITE_END();
