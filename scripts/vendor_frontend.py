"""Take the front-end files that pages need from their npm packages, with version and licence recorded.

    python scripts/vendor_frontend.py

Runs `npm pack` for each pinned package and copies the named files to `src/prowess/web/static/vendor/` (and axe-core,
which only the tests use, to `tests/vendor/`). `vendor.json` beside them records name, version, licence and SHA-256.
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "src/prowess/web/static/vendor"
TESTS = ROOT / "tests/vendor"

ICONS = """
adjustments alert-triangle arrow-down arrow-left arrow-right arrow-up arrows-exchange books briefcase check
checklist chevron-down chevron-right circle-check circle-x clipboard-text clock copy device-floppy
dots-vertical download edit eye file-text file-type-docx file-type-pdf file-upload history home info-circle
key link list-details login logout message-question moon pencil plus printer puzzle refresh school search
settings sun target trash upload user users users-group x zoom-question
""".split()

PACKAGES: dict[str, tuple[str, Path, dict[str, str]]] = {
    "@tabler/core": (
        "1.6.1",
        PAGES / "tabler",
        {
            "dist/css/tabler.min.css": "tabler.min.css",
            "dist/js/tabler.min.js": "tabler.min.js",
        },
    ),
    "@tabler/icons": (
        "3.51.0",
        PAGES / "tabler-icons",
        {f"icons/outline/{name}.svg": f"{name}.svg" for name in ICONS},
    ),
    "htmx.org": ("2.0.11", PAGES / "htmx", {"dist/htmx.min.js": "htmx.min.js"}),
    "idiomorph": ("0.8.0", PAGES / "idiomorph", {"dist/idiomorph-ext.min.js": "idiomorph-ext.min.js"}),
    "axe-core": ("4.14.1", TESTS / "axe-core", {"axe.min.js": "axe.min.js"}),
}


def take(name: str, *, version: str, target: Path, files: dict[str, str]) -> None:
    """Copy the named files of one package and record where they come from."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, stdout=subprocess.PIPE)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            manifest = json.loads(_content(tar, "package.json"))
            hashes: dict[str, str] = {}
            icons: dict[str, str] = {}
            for source, file in files.items():
                content = _content(tar, source)
                if file.endswith((".css", ".js")):
                    content = _without_source_map(content)
                if file.endswith(".svg"):
                    icons[file.removesuffix(".svg")] = content.decode()
                    continue
                (target / file).write_bytes(content)
                hashes[file] = hashlib.sha256(content).hexdigest()
        if icons:
            sprite = _sprite(icons).encode()
            (target / "icons.svg").write_bytes(sprite)
            hashes["icons.svg"] = hashlib.sha256(sprite).hexdigest()
    record = {"package": name, "version": version, "licence": manifest.get("license"), "sha256": hashes}
    (target / "vendor.json").write_text(json.dumps(record, indent=2) + "\n")


def _sprite(icons: dict[str, str]) -> str:
    """All icons in one file: a page asks for it once and uses each by its name."""
    symbols = []
    for name, svg in sorted(icons.items()):
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        if drawing is None:
            raise ValueError(name)
        content = re.sub(r"\s+", " ", drawing.group(1)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{content}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _content(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


def _without_source_map(content: bytes) -> bytes:
    """Drop the pointer to a source map that is not shipped; a manifest would look for it in vain."""
    lines = content.splitlines(keepends=True)
    return b"".join(line for line in lines if b"sourceMappingURL=" not in line)


if __name__ == "__main__":
    for package, (version, target, files) in PACKAGES.items():
        take(package, version=version, target=target, files=files)
        print(f"{package} {version} → {target.relative_to(ROOT)}")
