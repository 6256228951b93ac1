"""PDF pages with content of the starter library, each in the layout of some real dictionary."""

# ruff: noqa: E501  # lines of documents as they are found

from pathlib import Path

from prowess.framework.framework import Framework
from tests.dictionaries.starter_layouts.content import (
    Starter,
    anchors,
    both,
    competency,
    four,
    framework,
    layout,
    scale,
    three,
    write_pdf,
)


@layout("bank-columns.pdf")
def bank_columns_pdf(path: Path) -> Framework:
    found = [Starter(10), Starter(11), Starter(12)]
    names = ["Basic", "Working", "Extensive", "Expert"]
    html = '<style>@page{size:A4 landscape;margin:1.5cm;@bottom-right{content:"Page " counter(page) " of " counter(pages)}} body{font:9pt "DejaVu Sans"} table{border-collapse:collapse;width:100%} td,th{border:1px solid #444;padding:4px;vertical-align:top;width:25%}</style><h1>Competency Catalogue of the Harbour Bank</h1>'
    for c in found:
        html += (
            f"<h2>{c.title}</h2><p>{c.definition}</p><table><tr>"
            + "".join(f"<th>{n}</th>" for n in names)
            + "</tr><tr>"
            + "".join("<td>" + "".join(f"<p>• {x}</p>" for x in texts) + "</td>" for texts in four(c))
            + "</tr></table>"
        )
    write_pdf(html, path)
    return framework(
        "Competency Catalogue of the Harbour Bank",
        [competency(c, indicators=anchors(four(c))) for c in found],
        scale(*names),
    )


@layout("page-each.pdf")
def page_each_pdf(path: Path) -> Framework:
    found = [Starter(15), Starter(16), Starter(17)]
    html = '<style>@page{size:A4;margin:2.2cm;@top-left{content:"Competency Framework"}@top-right{content:"Page " counter(page) " of 12"}@bottom-center{content:"Coastal Water Authority"}} h1{page-break-before:always;font-size:15pt} body{font:10.5pt "DejaVu Serif"}</style><p style="font-size:24pt">Competency Framework</p><p>Coastal Water Authority</p>'
    for c in found:
        html += (
            f"<h1>{c.title}</h1><p>{c.definition}</p><p><b>Key actions</b></p><ul>"
            + "".join(f"<li><b>{a}</b> – {b}</li>" for a, b in c.key_actions)
            + "</ul><p><b>Sample job activities</b></p><ul>"
            + "".join(f"<li>{x}</li>" for x in c.job_activities[:4])
            + "</ul>"
        )
    write_pdf(html, path)
    return framework(
        "Competency Framework – Coastal Water Authority",
        [competency(c, key_actions=c.key_actions, job_activities=c.job_activities[:4]) for c in found],
    )


@layout("two-text-columns.pdf")
def two_text_columns_pdf(path: Path) -> Framework:
    found = [Starter(30), Starter(31), Starter(32)]
    html = '<style>@page{size:A4;margin:1.8cm} h1{column-span:all} body{font:9pt "DejaVu Serif"} .c{columns:2;column-gap:1cm;text-align:justify;hyphens:auto} h2{font-size:12pt} h3{font-size:10pt}</style><html lang="en"><h1>The Orchard Trust: competencies</h1><div class="c">'
    for c in found:
        html += f"<h2>{c.title}</h2><p>{c.definition}</p>"
        for n, texts in zip(("Basic", "Proficient", "Expert"), three(c), strict=True):
            html += f"<h3>{n}</h3><ul>" + "".join(f"<li>{x}</li>" for x in texts) + "</ul>"
    write_pdf(html + "</div>", path)
    return framework(
        "The Orchard Trust: competencies",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Basic", "Proficient", "Expert"),
    )


@layout("rows-across-pages.pdf")
def rows_across_pages_pdf(path: Path) -> Framework:
    found = [Starter(1), Starter(11)]
    names = ["Awareness", "Practitioner", "Advanced", "Expert"]
    html = '<style>@page{size:A4;margin:2cm;@top-center{content:"Metro Transit – Competency dictionary"}@bottom-right{content:counter(page)}} body{font:12pt "DejaVu Sans"} table{border-collapse:collapse} td,th{border:1px solid #000;padding:5px;vertical-align:top} tr{page-break-inside:avoid}</style><h1>Competency dictionary</h1>'
    for c in found:
        html += f"<h2>{c.title}</h2><p>{c.definition}</p><table><thead><tr><th>Proficiency level</th><th>Behavioural indicators</th></tr></thead>"
        for n, (nm, texts) in enumerate(zip(names, four(c), strict=True), 1):
            html += f"<tr><td>{n} {nm}</td><td><ul>" + "".join(f"<li>{x}</li>" for x in texts) + "</ul></td></tr>"
        html += "</table>"
    write_pdf(html, path)
    return framework(
        "Competency dictionary", [competency(c, indicators=anchors(four(c))) for c in found], scale(*names)
    )


@layout("slides.pdf")
def slides_pdf(path: Path) -> Framework:
    found = [Starter(28), Starter(38), Starter(48)]
    html = '<style>@page{size:25cm 14cm;margin:1cm} body{font:10pt "DejaVu Sans"} section{page-break-after:always} .b{display:flex;gap:1cm} .b div{width:50%} h1{font-size:18pt} h3{font-size:12pt}</style>'
    for c in found:
        html += (
            f"<section><h1>{c.title}</h1><p>{c.definition}</p><div class=b><div><h3>What good looks like</h3><ul>"
            + "".join(f"<li>{x}</li>" for x in c.levels[4])
            + "</ul></div><div><h3>Warning signs</h3><ul>"
            + "".join(f"<li>{x}</li>" for x in c.levels[1])
            + "</ul></div></div></section>"
        )
    write_pdf(html, path)
    return framework("U28 slides", [competency(c, indicators=both(c.levels[4], c.levels[1])) for c in found])


@layout("left-labels.pdf")
def left_labels_pdf(path: Path) -> Framework:
    found = [Starter(12), Starter(22)]
    html = '<style>@page{size:A4;margin:2cm;@bottom-left{content:"HR-POL-017 rev 3"}@bottom-right{content:"Page " counter(page) " of " counter(pages)}} body{font:10pt "DejaVu Sans"} table{border-spacing:6px} td{vertical-align:top} td:first-child{width:3.2cm;font-weight:bold} ul{margin:0}</style><h1>Competency profile booklet</h1>'
    for c in found:
        html += (
            f"<h2>{c.title}</h2><table><tr><td>Definition</td><td>{c.definition}</td></tr>"
            + "".join(
                f"<tr><td>{n}</td><td><ul>" + "".join(f"<li>{x}</li>" for x in texts) + "</ul></td></tr>"
                for n, texts in zip(("Basic", "Intermediate", "Advanced"), three(c), strict=True)
            )
            + "</table>"
        )
    write_pdf(html, path)
    return framework(
        "Competency profile booklet",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Basic", "Intermediate", "Advanced"),
    )


@layout("numbered-clusters.pdf")
def numbered_clusters_pdf(path: Path) -> Framework:
    gs = {"Delivering results": [Starter(2), Starter(13)], "Working with others": [Starter(23)]}
    competencies = []
    html = '<style>@page{size:A4;margin:2.2cm;@top-right{content:"Agency for Roads"}@bottom-center{content:"14 March 2023 – " counter(page)}} body{font:10.5pt "DejaVu Serif"} h1{font-size:17pt;page-break-before:always} h2{font-size:13pt}</style><p style="font-size:22pt">Competency framework</p><p>Second edition</p>'
    for i, (g, found) in enumerate(gs.items(), 1):
        html += f"<h1>{i}. {g}</h1><p>This cluster holds the competencies for {g.lower()}.</p>"
        for j, c in enumerate(found, 1):
            html += (
                f"<h2>{i}.{j} {c.title}</h2><p>{c.definition}</p><p><i>Indicators</i></p><ol>"
                + "".join(f"<li>{x}</li>" for x in c.levels[4])
                + "</ol><p><i>Questions to ask</i></p><ul>"
                + "".join(f"<li>{q[0]}</li>" for q in c.questions[:3])
                + "</ul>"
            )
            competencies.append(
                competency(
                    c, cluster=g, indicators=both(c.levels[4]), questions=[(q[0], [], q[2]) for q in c.questions[:3]]
                )
            )
    write_pdf(html, path)
    return framework("Competency framework", competencies, clusters=gs)


@layout("slides-bands.pdf")
def slides_bands_pdf(path: Path) -> Framework:
    found = [Starter(49), Starter(5)]
    html = '<style>@page{size:28cm 16cm;margin:1cm;@bottom-right{content:counter(page)}} body{font:9pt "DejaVu Sans"} section{page-break-after:always} .r{display:flex;gap:.6cm} .r div{width:33%;background:#eef;padding:.2cm} h1{background:#036;color:#fff;padding:.3cm}</style>'
    for c in found:
        html += (
            f"<section><h1>{c.title}</h1><p>{c.definition}</p><div class=r>"
            + "".join(
                f"<div><h3>{n}</h3>" + "".join(f"<p>– {x}</p>" for x in texts) + "</div>"
                for n, texts in zip(("Developing", "Proficient", "Role model"), three(c), strict=True)
            )
            + "</div></section>"
        )
    write_pdf(html, path)
    return framework(
        "V16",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Developing", "Proficient", "Role model"),
    )
