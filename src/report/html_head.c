/* report/html_head.c: see html_head.h.
 *
 * On paper: A4, margins 20 mm, headings in 黑体, text in 宋体 五号 (10.5 pt). Nothing rests on
 * colour: frames differ by verdict, cells by filling, marks repeat the word beside them. */
#include "report/html_head.h"

static const char *const style[] = {
    /* what differs between a light and a dark screen */
    ":root{color-scheme:light dark;--ink:#1b1d21;--soft:#5a5f69;--line:#d8d7d2;--paper:#fff;"
    "--desk:#f1f0ec;--fill:#454a54;--bad:#a3161f;--good:#1c6b39;--open:#1d4f91;--care:#8a5200}",
    "@media screen and (prefers-color-scheme:dark){:root{--ink:#e6e4df;--soft:#a5a8ae;"
    "--line:#3b3e44;--paper:#1d1f22;--desk:#121315;--fill:#b9bdc6;--bad:#ff8f8f;--good:#7fd39b;"
    "--open:#8fbcff;--care:#f0bd6a}}",
    /* type */
    "*{box-sizing:border-box}",
    "body{font:1rem/1.7 \"Noto Serif CJK SC\",\"Source Han Serif SC\",SimSun,STSong,serif;"
    "color:var(--ink);background:var(--desk);margin:0;padding:2rem 1rem;"
    "font-variant-numeric:tabular-nums;overflow-wrap:anywhere}",
    "h1,h2,h3,th,dt,.head,.verdict,.cite,.bar{font-family:\"Noto Sans CJK SC\",\"Source Han Sans "
    "SC\",\"PingFang SC\",\"Microsoft YaHei\",SimHei,sans-serif}",
    "h1{font-size:1.7rem;line-height:1.3;margin:.6rem 0}h2{font-size:1.1rem;line-height:1.4;"
    "margin:1.9rem 0 .5rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}"
    "h3{font-size:1rem;margin:1rem 0 .2rem}p{margin:.3rem 0}",
    "main,section{display:block;max-width:46rem;margin:0 auto 2rem;padding:2rem 2.4rem;"
    "background:var(--paper);box-shadow:0 1px 4px rgba(0,0,0,.14)}",
    /* the page for the minutes */
    ".head,.title,.foot{display:flex;flex-wrap:wrap;justify-content:space-between;"
    "align-items:baseline;gap:.1rem 1.5rem}",
    ".head{font-size:.85rem;color:var(--soft);border-bottom:1px solid var(--ink);"
    "padding-bottom:.3rem}.title{margin-top:.5rem}",
    ".box{--tone:var(--soft);border:2px solid var(--tone);border-radius:2px;padding:.9rem 1.2rem;"
    "margin:.4rem 0 1rem;break-inside:avoid}",
    ".verdict{font-size:1.6rem;font-weight:bold;line-height:1.3;color:var(--tone);margin:0 0 "
    ".3rem}",
    ".compliant{--tone:var(--good)}.violation{--tone:var(--bad)}.undetermined{--tone:var(--open)}"
    ".caution{--tone:var(--care)}.box.violation{border:5px double var(--tone)}"
    ".box.undetermined,.box.not-governed{border-style:dashed}"
    ".box.caution{border-style:dotted;border-width:3px}",
    ".bar{display:flex;flex-wrap:wrap;align-items:center;gap:.2rem 1.2rem;margin:0 0 1rem;"
    "font-size:.92rem;break-inside:avoid}",
    ".cells{display:flex;flex-wrap:wrap;align-items:center}",
    ".cells i{width:.75rem;height:1rem;border:1px solid var(--fill);margin:1px;"
    "-webkit-print-color-adjust:exact;print-color-adjust:exact}.cells .on{background:var(--fill)}",
    ".cells .need{width:0;height:1.7rem;border:0;border-left:3px solid var(--ink);margin:0 .3rem}",
    ".finding{break-inside:avoid;margin:.7rem 0 1rem}.finding h3{margin:0 0 .1rem;"
    "padding-left:1.4em;text-indent:-1.4em}",
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0 0 0 1.4rem}",
    "dt{color:var(--soft);font-size:.92em}dd{margin:0}dd:only-of-type:first-child,"
    ".finding dl dd:first-child{grid-column:1/-1}",
    ".met{grid-template-columns:fit-content(38%) 1fr;margin-left:0}.met dt{color:var(--ink)}",
    /* tables and lists */
    "table{border-collapse:collapse;width:100%;margin:.4rem 0 "
    "1rem;font-size:.95em;line-height:1.5}",
    "th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top;"
    "border-bottom:1px solid var(--line)}th{font-size:.92em;color:var(--soft);"
    "border-bottom:1px solid var(--ink);white-space:nowrap}tr{break-inside:avoid}",
    "td:first-child,.contents "
    "td:nth-child(2){min-width:5em}.n{text-align:right;padding-right:1.6rem}.table{width:auto}"
    ".presumed td,.contents td:nth-child(3){color:var(--soft)}a{color:inherit}"
    ".contents td:first-child{min-width:0}.contents td:nth-child(n+4){white-space:nowrap}"
    ".contents td:nth-child(3){font-size:.85em}.tone{color:var(--tone)}",
    "ul{margin:.2rem 0 .8rem;padding-left:1.3em}.d2{margin-left:1.5em}.d3{margin-left:3em}"
    "code{font-size:.88em;color:var(--soft)}svg{max-width:100%;height:auto;display:block}",
    ".sign{display:flex;flex-wrap:wrap;gap:1.2rem 1.2rem;margin-top:2.6rem;break-inside:avoid}"
    ".sign span{flex:1 1 9rem;border-bottom:1px solid var(--ink)}",
    ".foot{font-size:.75rem;color:var(--soft);margin-top:1.2rem;line-height:1.4}",
    "@media(max-width:34rem){body{padding:0}main,section{padding:1.2rem 1rem;margin:0 0 1rem;"
    "box-shadow:none}h1{font-size:1.4rem}dl{margin-left:0}.finding h3{padding-left:0;"
    "text-indent:0}td,th{padding-right:.5rem}}",
    /* paper */
    "@page{size:A4;margin:20mm;@bottom-right{content:counter(page) \" / \" counter(pages);"
    "font:9pt serif}}",
    "@media print{:root{--ink:#000;--soft:#444;--line:#999;--paper:#fff;--desk:#fff;--fill:#444;"
    "--bad:#8f0f18;--good:#145229;--open:#12386b;--care:#5f3900;font-size:10.5pt}"
    "body{line-height:1.45;padding:0}main,section{max-width:none;margin:0;padding:0;"
    "box-shadow:none}section{break-after:page}div:last-child>section:last-child{break-after:auto}"
    "h2{margin:1rem 0 .3rem;break-after:avoid}h3{break-after:avoid}.box{padding:.5rem 1rem}"
    "th,td{padding-top:.1rem;padding-bottom:.1rem}.finding{margin:.4rem 0 .6rem}}",
};

void bl_html_head(bl_str *out, bylaw_lang lang, bylaw_str title, bylaw_str more)
{
    bl_str_addf(out,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
                lang == BYLAW_ZH ? "zh-CN" : "en");
    bl_escape_add(out, BL_ESCAPE_XML, title);
    bl_str_addz(out, "</title>\n<style>\n");
    for (size_t i = 0; i < sizeof style / sizeof *style; i++) {
        bl_str_addz(out, style[i]);
        bl_str_addc(out, '\n');
    }
    bl_str_add(out, more);
    bl_str_addz(out, "</style>\n</head>\n<body>\n");
}

void bl_html_end(bl_str *out)
{
    bl_str_addz(out, "</body>\n</html>\n");
}
