"""PDF fixtures, written anew for each test run from what is said here; all wording is our own."""

from pathlib import Path

_PAGE = """<style>@page { size: A5; margin: 2cm; @top-center { content: "%s"; font-size: 8pt }
@bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 8pt } }
body { font-family: "DejaVu Sans"; font-size: 10pt } h1 { font-size: 20pt }
h2 { font-size: 14pt; page-break-before: always }
h3 { font-size: 11pt } table { border-collapse: collapse } td, th { border: 1px solid black; padding: 3pt }</style>"""


def _pdf(path: Path, html: str) -> None:
    import weasyprint

    weasyprint.HTML(string=html).write_pdf(str(path))


def pages_with_running_heads(path: Path) -> None:
    body = _PAGE % "Mountain Rescue Competencies" + "<h1>Mountain Rescue Competencies</h1>"
    for title, definition, levels in (
        (
            "Reading Avalanche Risk",
            "Judges whether a slope will hold, from the weather of the past days, the shape of the ground and what the "
            "snow itself shows when it is cut and pressed.",
            (
                ("Reads the bulletin before each tour.", "Carries probe, shovel and beacon and checks them aloud."),
                ("Digs and reads a snow profile.", "Turns back when two signs of danger meet, whoever is waiting."),
                ("Briefs whole teams on routes that are safe today and says why the others are not.",),
            ),
        ),
        (
            "Rope Work",
            "Secures people with ropes and anchors on rock, ice and from the air.",
            (
                ("Ties the six knots blindfolded.",),
                ("Builds anchors that share the load.", "Lowers a stretcher with a second rescuer."),
                ("Invents safe ways out of places that no manual shows.",),
            ),
        ),
    ):
        body += f"<h2>{title}</h2><p>{definition}</p>"
        for number, texts in enumerate(levels, start=1):
            items = "".join(f"<li>{text}</li>" for text in texts)
            body += f"<h3>Proficiency Level {number}</h3><ul>{items}</ul>"
    _pdf(path, body)


def ruled_tables_with_descriptions(path: Path) -> None:
    body = _PAGE.replace("page-break-before: always", "") % "" + "<h1>Tram Driver Standards</h1>"
    for title, definition, rows in (
        (
            "Smooth Driving",
            "Moves the tram so that nobody has to hold on.",
            (
                ("Exceeds", "Anticipates traffic lights three stops ahead."),
                ("Meets", "Brakes early and evenly at each stop of the line."),
                ("Below", "Brakes hard without need and jolts standing passengers."),
            ),
        ),
        (
            "Doors and Stops",
            "Lets people on and off safely and on time.",
            (
                ("Exceeds", "Notices a late runner and waits when the timetable allows."),
                ("Meets", "Watches both mirrors until the doors are shut."),
                ("Below", "Ignores prams at the rear door."),
            ),
        ),
    ):
        cells = "".join(f"<tr><td>{level}</td><td>{text}</td></tr>" for level, text in rows)
        head = "<tr><th>Rating</th><th>What it looks like</th></tr>"
        body += f"<h2>{title}</h2><p>{definition}</p><table>{head}{cells}</table>"
    _pdf(path, body)


_FERRY = (
    (
        "Docking",
        "Brings the ferry to the pier without a bump, in wind and current, by day and by night.",
        (
            "Throws the first line on the first try.",
            "Reads the current from the piles.",
            "Docks by hand when the thrusters fail, and talks the crew through every step of it calmly.",
        ),
        ("Comes in too fast and trusts the fenders.", "Does not look at the wind flag."),
    ),
    (
        "Passenger Care",
        "Keeps passengers safe, informed and in good temper from gangway to gangway.",
        (
            "Greets each passenger at the gangway.",
            "Announces delays before passengers ask about them.",
            "Finds a seat for those who cannot stand.",
        ),
        ("Hides from passengers when the ferry is late.", "Fails to check the lifejackets."),
    ),
    (
        "Engine Watch",
        "Keeps the engine running and notices small changes before they grow into large repairs.",
        (
            "Logs pressures and temperatures every hour.",
            "Hears a worn bearing through the noise of the room.",
            "Plans the overhaul of both engines in winter.",
        ),
        ("Ignores drips below the pump.", "Leaves rags on hot pipes."),
    ),
)


def two_columns(path: Path) -> None:
    html = """<style>@page { size: A4; margin: 2cm; @bottom-center { content: counter(page) } }
    body { font: 9pt "DejaVu Serif" } .c { columns: 2 } h1 { font-size: 18pt } h2 { font-size: 13pt }
    h3 { font-size: 10pt; font-style: italic }</style><h1>Ferry Crew Framework</h1><div class="c">"""
    for title, definition, good, bad in _FERRY:
        html += f"<h2>{title}</h2><p>{definition}</p>"
        for heading, texts in (("What good looks like", good), ("What it does not look like", bad)):
            html += f"<h3>{heading}</h3><ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"
    _pdf(path, html + "</div>")


def ruled_columns_per_level(path: Path) -> None:
    html = """<style>@page { size: A4 landscape; margin: 1.5cm;
    @bottom-left { content: "HR Directorate – Competency Catalogue v3.1" }
    @bottom-right { content: "Page " counter(page) } }
    body { font: 9pt "DejaVu Sans" } td, th { border: 1px solid; padding: 3pt; vertical-align: top }
    table { border-collapse: collapse; width: 100% } h2 { page-break-before: always }</style>
    <h1>Competency Catalogue</h1>
    <p>Published by the HR Directorate of the Waterworks for all of its six departments and their staff.</p>"""
    for title, definition, levels in (
        (
            "Leak Detection",
            "Finds leaks before they find us.",
            (
                ("Reads the night flow.", "Marks valves on the map."),
                ("Locates leaks by sound to within two metres.",),
                ("Plans listening routes for a district.",),
                ("Builds models that predict bursts.",),
            ),
        ),
        (
            "Water Quality",
            "Keeps water safe from spring to tap.",
            (
                ("Takes samples by the book.",),
                ("Explains a result to the public.",),
                ("Traces a contamination to its source.",),
                ("Sets limits with the ministry.",),
            ),
        ),
    ):
        head = "".join(f"<th>{name}</th>" for name in ("Basic", "Working", "Extensive", "Expert"))
        cells = ("<td><ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul></td>" for texts in levels)
        html += f"<h2>{title}</h2><p>{definition}</p><table><tr>{head}</tr><tr>{''.join(cells)}</tr></table>"
        html += "<p>Related competencies: Pump Operation; Risk Assessment</p>"
    _pdf(path, html)
