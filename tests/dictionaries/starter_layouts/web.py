"""Pages of the web with content of the starter library, each in the layout of some real dictionary."""

# ruff: noqa: E501  # lines of documents as they are found

from pathlib import Path

from prowess.framework.framework import Framework
from tests.dictionaries.starter_layouts.content import (
    COURSE,
    Starter,
    anchors,
    both,
    competency,
    framework,
    layout,
    scale,
    three,
)


@layout("university.html")
def university_html(path: Path) -> Framework:
    found = [Starter(0), Starter(1), Starter(2)]
    names = ["Foundational", "Intermediate", "Advanced"]
    body = ""
    for _n, c in enumerate(found):
        body += f'<div class="accordion-item"><h3><button aria-expanded="false" class="acc">{c.title}</button></h3><div class="panel"><p>{c.definition}</p>'
        for nm, texts in zip(names, three(c), strict=True):
            body += f"<h4>{nm}</h4><ul>" + "".join(f"<li>{t}</li>" for t in texts) + "</ul>"
        body += "</div></div>"
    path.write_text(f"""<!DOCTYPE html><html><head><title>Staff Competencies | Human Resources | University of Eastmoor</title><script>var a="Level 1";</script></head><body>
<div id="cookie" role="dialog"><p>We use cookies to improve your experience on our site.</p><button>Accept all</button><button>Manage preferences</button></div>
<header><a href="#main">Skip to main content</a><nav><ul><li><a>Home</a></li><li><a>Working here</a></li><li><a>Pay and benefits</a></li><li><a>Learning</a></li></ul></nav></header>
<ol class="breadcrumb"><li><a>Home</a></li><li><a>Human Resources</a></li><li>Staff Competencies</li></ol>
<main><h1>Staff Competencies</h1><p>These competencies describe how staff of the university go about their work, whatever their role.</p>
<button>Expand all</button><div class="accordion">{body}</div></main>
<aside><h2>Related links</h2><ul><li><a>Appraisal form</a></li><li><a>Induction</a></li></ul></aside>
<footer><p>University of Eastmoor, 12 High Street, Eastmoor</p><ul><li><a>Privacy</a></li><li><a>Accessibility</a></li></ul><p>© 2024 University of Eastmoor</p></footer></body></html>""")
    return framework(
        "Staff Competencies",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale(*names),
    )


@layout("rowspans.html")
def rowspans_html(path: Path) -> Framework:
    found = [Starter(46), Starter(47)]
    names = ["Level A", "Level B", "Level C"]
    html = "<html><body><h2>Annex 2: competency profiles</h2><table><thead><tr><th>Competency</th><th>Definition</th><th>Level</th><th>Behavioural indicators</th></tr></thead><tbody>"
    for c in found:
        for n, texts in enumerate(three(c)):
            html += (
                "<tr>"
                + (f"<td rowspan=3><b>{c.title}</b></td><td rowspan=3>{c.definition}</td>" if n == 0 else "")
                + f"<td>{names[n]}</td><td><ul>"
                + "".join(f"<li>{x}</li>" for x in texts)
                + "</ul></td></tr>"
            )
    path.write_text(html + "</table></body></html>")
    return framework(
        "Annex 2: competency profiles", [competency(c, indicators=anchors(three(c))) for c in found], scale(*names)
    )


@layout("word-saved.html")
def word_saved_html(path: Path) -> Framework:
    found = [Starter(9), Starter(19)]
    html = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body lang=EN-US><div class=WordSection1><p class=MsoNormal align=center><b><span style="font-size:16.0pt">Competency Guide</span></b></p>'
    for c in found:
        html += f'<p class=MsoNormal><b><span style="font-size:13.0pt">{c.title}<o:p></o:p></span></b></p><p class=MsoNormal><b>Definition:</b> {c.definition}</p><p class=MsoNormal><b>Indicators</b></p>'
        for n, texts in enumerate(three(c), 1):
            html += f"<p class=MsoNormal><i>Level {n}</i></p>" + "".join(
                f'<p class=MsoListParagraph><span style="font-family:Symbol">·<span style="font:7.0pt">&nbsp;&nbsp;&nbsp; </span></span>{x}</p>'
                for x in texts
            )
        html += "<p class=MsoNormal><b>Training courses</b></p>" + "".join(
            f'<p class=MsoListParagraph><span style="font-family:Symbol">·<span style="font:7.0pt">&nbsp;&nbsp;&nbsp; </span></span>{x[1]}</p>'
            for x in c.development
            if x[0] == COURSE
        )
    path.write_text(html + "</div></body></html>")
    return framework(
        "Competency Guide",
        [
            competency(c, indicators=anchors(three(c)), development=[x for x in c.development if x[0] == COURSE])
            for c in found
        ],
        scale("Level 1", "Level 2", "Level 3"),
    )


@layout("cards.html")
def cards_html(path: Path) -> Framework:
    found = [Starter(8), Starter(18), Starter(28)]
    html = (
        '<!doctype html><html><head><title>Competencies - City of Rowan</title></head><body><div class="topbar"><a href="/">City of Rowan</a> <a href="/jobs">Jobs</a> <a href="/contact">Contact</a></div><div class="sidebar"><h4>In this section</h4><ul>'
        + "".join(f'<li><a href="#{i}">{c.title}</a></li>' for i, c in enumerate(found))
        + '</ul></div><div class="content"><h1>City competencies</h1>'
    )
    for i, c in enumerate(found):
        html += (
            f'<div class="card" id="{i}"><h2>{c.title}</h2><p class="lead">{c.definition}</p><dl><dt>You demonstrate this when you</dt>'
            + "".join(f"<dd>{x}</dd>" for x in c.levels[4])
            + "<dt>You do not demonstrate this when you</dt>"
            + "".join(f"<dd>{x}</dd>" for x in c.levels[1])
            + '</dl><a class="btn" href="#top">Back to top</a></div>'
        )
    html += '</div><div class="foot"><p>Last updated: 3 May 2024</p><p>Was this page helpful? Yes No</p></div></body></html>'
    path.write_text(html)
    return framework(
        "City competencies",
        [competency(c, indicators=both(c.levels[4], c.levels[1])) for c in found],
    )


@layout("colspan-clusters.html")
def colspan_clusters_html(path: Path) -> Framework:
    gs = {"Leading ourselves": [Starter(0), Starter(10)], "Leading others": [Starter(20)]}
    names = ["Team member", "Team leader", "Head of service"]
    competencies = []
    html = (
        "<html><body><h1>Competency grid</h1><table border=1><tr><th>Competency</th><th>Definition</th>"
        + "".join(f"<th>{n}</th>" for n in names)
        + "</tr>"
    )
    for g, found in gs.items():
        html += f"<tr><td colspan=5><b>{g}</b></td></tr>"
        for c in found:
            html += (
                f"<tr><td>{c.title}</td><td>{c.definition}</td>"
                + "".join("<td>" + "<br>".join("• " + x for x in texts) + "</td>" for texts in three(c))
                + "</tr>"
            )
            competencies.append(competency(c, cluster=g, indicators=anchors(three(c))))
    path.write_text(html + "</table></body></html>")
    return framework("Competency grid", competencies, scale(*names), gs)


@layout("captions.html")
def captions_html(path: Path) -> Framework:
    found = [Starter(1), Starter(15), Starter(31)]
    html = "<!doctype html><html><head><title>Competency tables</title></head><body><header><p>Institute of Soils</p><nav>Home Research Staff</nav></header><h1>Competency tables</h1>"
    for c in found:
        html += (
            f"<table><caption>{c.title}</caption><tbody><tr><th scope=row>Definition</th><td>{c.definition}</td></tr>"
            + "".join(
                f"<tr><th scope=row>{n}</th><td>" + "".join(f"<p>{x}</p>" for x in texts) + "</td></tr>"
                for n, texts in zip(("Entry level", "Full performance", "Expert level"), three(c), strict=True)
            )
            + "</tbody></table>"
        )
    path.write_text(html + "</body></html>")
    return framework(
        "Competency tables",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Entry level", "Full performance", "Expert level"),
    )


@layout("details.html")
def details_html(path: Path) -> Framework:
    found = [Starter(35), Starter(45)]
    html = '<!doctype html><html lang=en><head><title>Behaviours | Parks Trust intranet</title></head><body><a class="skip" href="#c">Skip to content</a><div role="navigation"><a>News</a> <a>People</a> <a>Tools</a></div><div id=c><p><strong>Behaviours</strong></p>'
    for c in found:
        html += f"<p><strong>{c.title}</strong></p><p>{c.definition}</p>" + "".join(
            f"<details><summary>{n}</summary><ul>" + "".join(f"<li>{x}</li>" for x in texts) + "</ul></details>"
            for n, texts in zip(("Foundation", "Practitioner", "Leader"), three(c), strict=True)
        )
    path.write_text(
        html
        + '</div><div class="share">Share this page</div><footer>Parks Trust. All rights reserved.</footer></body></html>'
    )
    return framework(
        "Behaviours",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Foundation", "Practitioner", "Leader"),
    )
