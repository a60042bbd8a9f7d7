// The report's style sheet. It is the only thing that the page's content security policy admits, by
// its hash, so it is one literal and the page holds no style attribute. Colours differ in lightness
// as well as in hue, and each effect has its word beside it, so that nobody has to see colours.

enum ReportStyle {
    static let sheet: StaticString = """
        :root{color-scheme:light dark;--back:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;\
        --panel:#f6f8fa;--allow:#3f8f5f;--approval:#c98a10;--deny:#b3261e;--good:#1a7f37;\
        --fair:#7a5200;--bad:#b3261e}
        @media(prefers-color-scheme:dark){:root{--back:#0f1318;--ink:#e6e9ed;--soft:#9aa4b0;\
        --line:#30363d;--panel:#171c22;--allow:#57b37c;--approval:#e3b341;--deny:#ff7b72;\
        --good:#56d364;--fair:#e3b341;--bad:#ff7b72}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:70rem;padding:1.2rem;background:var(--back);color:var(--ink);\
        font:15px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.2rem 0 .6rem;padding-top:.6rem;\
        border-top:1px solid var(--line)}
        p{margin:.3rem 0}.soft,small{color:var(--soft)}
        code{font:13px/1.45 ui-monospace,Menlo,Consolas,monospace}
        .health{background:var(--panel);border:1px solid var(--line);border-left:.4rem solid \
        var(--soft);border-radius:.4rem;padding:.8rem 1rem;margin:1rem 0}
        .health.good{border-left-color:var(--good)}.health.fair{border-left-color:var(--fair)}
        .health.bad{border-left-color:var(--bad)}
        .health strong{font-size:1.15rem}.health ul{padding-left:1.1rem;margin:.5rem 0 0}
        .good strong,.proved{color:var(--good)}.fair strong,.conditional{color:var(--fair)}\
        .bad strong,.refuted{color:var(--bad)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.6rem;\
        margin:1rem 0}
        .tile{background:var(--panel);border:1px solid var(--line);border-radius:.4rem;\
        padding:.5rem .8rem}.tile b{display:block;font-size:1.5rem;line-height:1.3}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:14px}
        th{text-align:left;color:var(--soft);font-weight:600;white-space:nowrap}
        th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        td{overflow-wrap:anywhere}td.n,td.w{overflow-wrap:normal;white-space:nowrap}
        td code{display:inline-block;min-width:9rem}
        svg{display:block;width:100%;height:auto;margin:.4rem 0}
        svg text{fill:var(--soft);font:11px system-ui,sans-serif}svg .axis{stroke:var(--line)}
        .allow{fill:var(--allow)}.approval{fill:var(--approval)}.deny{fill:var(--deny)}
        .narrow{display:none}
        .key{font-size:13px;color:var(--soft)}.key svg{display:inline;width:.8rem;height:.8rem;\
        margin:0 .3rem 0 .9rem;vertical-align:-1px}
        footer{margin-top:2.5rem;color:var(--soft);font-size:13px}
        @media screen and (max-width:40rem){body{padding:.7rem}.broad{display:none}\
        .narrow{display:block}.wide table,.wide tbody,.wide tr,.wide td{\
        display:block;width:auto}.wide thead{display:none}.wide tr{border-bottom:1px solid \
        var(--line);padding:.4rem 0}.wide td{border:0;padding:.05rem 0;text-align:left}\
        .wide td[data-name]::before{content:attr(data-name) ': ';color:var(--soft)}}
        @media print{:root{--back:#fff;--ink:#000;--soft:#444;--line:#bbb;--panel:#fff;\
        --allow:#3f8f5f;--approval:#c98a10;--deny:#b3261e}body{max-width:none;padding:0;\
        font-size:11px}h2{break-after:avoid}tr,svg,.health{break-inside:avoid}\
        .wide{overflow:visible}}
        """
}
