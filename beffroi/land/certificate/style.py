"""How the certificate looks: A4, ink and rust on white, the serif faces that machines have."""

STYLE = """
@page{size:A4;margin:15mm 16mm 17mm;
@bottom-left{content:var(--foot);font:7pt var(--serif);color:var(--soft)}
@bottom-right{content:counter(page) " / " counter(pages);font:7.5pt var(--serif);color:var(--soft)}}
:root{--ink:#1c2733;--soft:#5f6b76;--rule:#c9c4b8;--pale:#f6f3ec;--rust:#8f3320;--blue:#1f4468;
--serif:"Source Serif 4","Iowan Old Style","Palatino Linotype",Palatino,"Liberation Serif",Georgia,serif;
--mono:"JetBrains Mono",Menlo,Consolas,"Liberation Mono",monospace}
*{box-sizing:border-box}
html{color:var(--ink);background:#e8e5de;font:10.2pt/1.42 var(--serif);
font-variant-numeric:lining-nums tabular-nums;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{margin:0}
main{width:210mm;min-height:297mm;margin:8mm auto;padding:15mm 16mm 17mm;background:#fff;box-shadow:0 2mm 8mm #0002}
header{display:grid;grid-template-columns:auto 1fr auto;gap:5mm;align-items:end;
padding-bottom:4mm;border-bottom:.7mm double var(--rust)}
.emblem{width:9.5mm;height:19mm;fill:none;stroke:var(--rust);stroke-width:1.7;stroke-linejoin:round;
stroke-linecap:round}
.town{font-variant-caps:small-caps;letter-spacing:.05em;color:var(--soft);font-size:11.5pt;line-height:1.2}
h1{margin:.8mm 0 0;font-size:25pt;font-weight:400;line-height:1;letter-spacing:.005em}
.ref{text-align:right;font-size:8.4pt;line-height:1.35;color:var(--soft)}
.ref b{display:block;font:600 11pt/1.3 var(--mono);color:var(--ink);letter-spacing:.02em}
.hero{display:grid;grid-template-columns:1fr 84.5mm;gap:8mm;margin-top:6mm}
.hero h2{margin:0 0 1mm;padding:0;border:0;font-size:17pt;font-weight:400;line-height:1.15;color:var(--ink);
font-variant-caps:normal;letter-spacing:0}
.chip{display:inline-block;margin:1.5mm 0 3.5mm;padding:.9mm 3mm;border:.3mm solid;border-radius:9mm;font-size:9.6pt;
line-height:1.2}
.chip.free{color:#2c6442;background:#eef5f0}.chip.sale{color:#7a5609;background:#fbf5e4}
.chip.barred,.chip.frozen{color:var(--rust);background:#faefec}.chip.retired{color:var(--soft);background:#f1f1f0}
dl{margin:0}dl div{padding:1.35mm 0;border-bottom:.15mm solid var(--rule)}
dl div:first-child{border-top:.15mm solid var(--rule)}
dt{font-size:8.2pt;color:var(--soft);line-height:1.2}dd{margin:.2mm 0 0;line-height:1.3}dd small{color:var(--soft);
font-size:8.8pt}
figure{margin:0}figcaption{display:flex;justify-content:space-between;margin-top:1.2mm;font-size:8pt;
color:var(--soft)}
.plan{display:block;box-sizing:content-box;width:84mm;height:84mm;border:.25mm solid var(--ink);background:#fdfcf9;
overflow:hidden}
.plan text{font:2.5px var(--serif);text-anchor:middle;dominant-baseline:central}
.around path{fill:none;stroke:#9aa1a6;stroke-width:.18}.around text{fill:#858d93}
.own path{fill:#8f332022;stroke:var(--rust);stroke-width:.55;stroke-linejoin:round;fill-rule:evenodd}
.own text{font-size:4.2px;fill:var(--rust);paint-order:stroke;stroke:#fdfcf9;stroke-width:.7}
.compass path{fill:var(--ink)}.compass text{font-size:3.2px;fill:var(--ink)}
.bar rect{fill:var(--ink);stroke:var(--ink);stroke-width:.15}.bar .hollow{fill:#fff}
.bar text{font-size:2.9px;fill:var(--ink);text-anchor:start;paint-order:stroke;stroke:#fdfcf9;stroke-width:.8}
h2{margin:5mm 0 1.3mm;font-size:12.5pt;font-weight:600;color:var(--rust);font-variant-caps:small-caps;
letter-spacing:.03em;
line-height:1.2;break-after:avoid}
table{width:100%;border-collapse:collapse;font-size:9.6pt;line-height:1.32}
thead{display:table-header-group}tr{break-inside:avoid}
th{padding:.8mm 3mm .8mm 0;text-align:left;font-weight:400;font-size:8.2pt;color:var(--soft);
border-bottom:.25mm solid var(--ink)}
td{padding:1.25mm 3mm 1.25mm 0;vertical-align:baseline;border-bottom:.15mm solid var(--rule)}
th:last-child,td:last-child{padding-right:0}.num{text-align:right;white-space:nowrap}.nowrap{white-space:nowrap}
.rank{width:12mm}.rank b{display:inline-grid;place-items:center;width:5.4mm;height:5.4mm;
border:.25mm solid var(--rust);
border-radius:50%;color:var(--rust);font-weight:600;font-size:9pt;line-height:1}
code{font:7.6pt/1.35 var(--mono);color:var(--soft);white-space:nowrap}code.hash{white-space:normal}

.none{margin:0;color:var(--soft);font-style:italic}
.history td:first-child{width:36mm;white-space:nowrap;color:var(--soft)}.history td:last-child{width:30mm;
text-align:right}
.verify{display:grid;grid-template-columns:36mm 1fr;gap:5mm;margin-top:5mm;padding:3mm 5mm;background:var(--pale);
border:.2mm solid var(--rule);break-inside:avoid}
.qr{display:block;width:36mm;height:36mm;shape-rendering:crispEdges}
.verify h2{margin:0 0 .8mm}.verify p{margin:0 0 1.6mm;font-size:9.2pt;line-height:1.35}
.verify a{color:var(--blue);font:7.4pt var(--mono);overflow-wrap:anywhere;text-decoration:none}
.proof{display:grid;grid-template-columns:auto 1fr;gap:.3mm 4mm;margin-top:2mm;font-size:8.4pt;line-height:1.4}
.proof dt{font-size:inherit}.proof dd{margin:0}.proof code{color:var(--ink);font-size:6.7pt}
.proof div{display:contents}
.notice{margin:3mm 0 0;font-size:8.2pt;line-height:1.38;color:var(--soft);break-inside:avoid}
@media print{html{background:#fff}main{width:auto;min-height:0;margin:0;padding:0;box-shadow:none}}
@media screen and (max-width:215mm){main{width:auto;margin:0;padding:6mm}.hero,.verify{grid-template-columns:1fr}
header{grid-template-columns:auto 1fr}.ref{grid-column:1/-1;text-align:left}.plan{width:auto;height:auto}
table{display:block;overflow-x:auto}td{min-width:20mm}code{white-space:normal;overflow-wrap:anywhere}}
"""
