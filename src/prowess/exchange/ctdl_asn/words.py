"""Texts and links of JSON-LD as they occur: language maps, lists, plain texts, objects with @id or @value."""

from typing import Any

from prowess.exchange.cleaning import as_list, as_text


def text_in(value: Any, *, language: str = "en") -> str:
    """What a field says, in the language asked for or a near one; several texts joined by line breaks."""
    if isinstance(value, dict):
        if "@value" in value:
            return as_text(value["@value"]).strip()
        return text_in(_in_language(value, language=language), language=language)
    if isinstance(value, list):
        return "\n".join(filter(None, (text_in(each, language=language) for each in value)))
    return as_text(value).strip()


def texts_in(value: Any, *, language: str = "en") -> list[str]:
    """What a field says, text by text."""
    if isinstance(value, dict) and "@value" not in value:
        return texts_in(_in_language(value, language=language), language=language)
    return [text for each in as_list(value) if (text := text_in(each, language=language))]


def links_in(value: Any) -> list[str]:
    """What a field points to."""
    found = [each.get("@id") or each.get("id") if isinstance(each, dict) else each for each in as_list(value)]
    return [text for each in found if (text := as_text(each).strip())]


def _in_language(texts: dict[str, Any], *, language: str) -> Any:
    by_small = {name.lower(): value for name, value in texts.items() if not name.startswith("@")}
    short = language.lower().split("-")[0]
    for name in (language.lower(), short):
        if name in by_small:
            return by_small[name]
    near = next((value for name, value in by_small.items() if name.startswith(f"{short}-")), None)
    return near if near is not None else next(iter(by_small.values()), None)
