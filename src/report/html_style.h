/* report/html_style.h: how the page for the minutes looks: A4, headings in 黑体, text in 宋体 五号
 * (10.5 pt), margins 20 mm. Nothing rests on colour: frames differ by verdict, cells by filling. */
#ifndef BL_REPORT_HTML_STYLE_H
#define BL_REPORT_HTML_STYLE_H

static const char *const page_style[] = {
    "@page{size:A4;margin:20mm;@bottom-right{content:counter(page) \" / \" counter(pages);"
    "font:9pt serif}}",
    "body{font:10.5pt/1.45 \"Noto Serif CJK SC\",\"Source Han Serif SC\",SimSun,STSong,serif;"
    "color:#000;background:#fff;margin:0 auto;max-width:170mm;padding:5mm}",
    "h1,h2,h3,.head,.verdict,th{font-family:\"Noto Sans CJK SC\",\"Source Han Sans "
    "SC\",SimHei,\"PingFang SC\",\"Microsoft YaHei\",sans-serif}",
    "section{break-after:page}section:last-child{break-after:auto}",
    ".head,.title{display:flex;justify-content:space-between;align-items:baseline}",
    ".head{font-size:9pt;border-bottom:.5pt solid #000}",
    "p{margin:1mm 0}h1{font-size:16pt;margin:3mm 0}h2{font-size:12pt;margin:3.5mm 0 "
    "1mm;break-after:avoid}",
    "h3{font-size:10.5pt;margin:2mm 0 0}",
    ".box{border:1.5pt solid #000;padding:3mm 4mm;margin:2mm 0 4mm;break-inside:avoid}",
    ".box p{margin:1mm 0}.verdict{font-size:18pt;font-weight:bold;line-height:1.3}",
    ".violation{border:4pt double #b00000}.undetermined,.not-governed{border-style:dashed}",
    ".caution{border-style:dotted;border-width:2.5pt}",
    ".violation .verdict{color:#b00000}.compliant .verdict{color:#006400}",
    ".bar{display:flex;flex-wrap:wrap;align-items:center;gap:1mm 4mm;margin:2mm 0;"
    "break-inside:avoid}",
    ".cells{display:flex;flex-wrap:wrap;align-items:center}",
    ".cells i{width:3mm;height:4mm;border:.75pt solid #000;margin:.4mm;-webkit-print-color-adjust:"
    "exact;print-color-adjust:exact}",
    ".cells .on{background:#444}.cells .need{border-right:2.5pt solid #b00000;padding-right:1mm;"
    "margin-right:1mm;height:7mm;width:0;border-left:0;border-top:0;border-bottom:0}",
    ".finding{break-inside:avoid;margin:1mm 0 2mm}",
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 3mm;margin:0 0 0 6mm}",
    "dt{color:#444}dd{margin:0}ul{margin:0;padding-left:6mm}",
    "table{border-collapse:collapse;width:100%}th,td{border:.5pt solid #888;padding:.5mm 2mm;"
    "text-align:left;vertical-align:top}tr{break-inside:avoid}",
    ".sign{display:flex;justify-content:space-between;gap:4mm;margin-top:10mm;break-inside:avoid}",
    ".sign span{flex:1;border-bottom:.5pt solid #000}",
    ".foot{display:flex;justify-content:space-between;font-size:8pt;color:#444;margin-top:4mm;"
    "gap:4mm}",
    "@media screen{section{border-bottom:1px solid #ccc;padding-bottom:8mm;margin-bottom:8mm}}",
    "@media print{body{max-width:none;padding:0}}",
};

#endif
