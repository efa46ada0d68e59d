# sources of the layer report, by name
bylaw_sources(report/clash.c report/conclude.c report/describe.c report/diags.c report/escape.c report/found.c)
bylaw_sources(report/json.c report/list.c report/not_governed.c report/page.c report/report.c report/say.c report/text.c)
bylaw_sources(report/text_folded.c report/text_readings.c report/text_wrong.c)
bylaw_sources(report/expression.c)
bylaw_sources(report/mend.c)
bylaw_sources(report/template.c)
# one writer a format
bylaw_sources(report/issues.c report/compact.c report/github.c report/gitlab.c report/html.c report/html_head.c report/junit.c
              report/markdown.c report/sarif.c report/tap.c)
bylaw_sources(report/need.c report/need_vote.c report/need_ask.c report/sheet.c)
bylaw_sources(report/explain.c)
bylaw_sources(report/blank.c)
bylaw_sources(report/handbook.c)
bylaw_sources(report/grid.c report/exhaust.c report/given.c report/tested.c)
bylaw_sources(report/config.c report/baseline.c)
bylaw_sources(report/diff.c report/diff_search.c report/diff_words.c)
bylaw_sources(report/record.c report/record_compare.c report/record_read.c report/record_tell.c report/record_write.c)
