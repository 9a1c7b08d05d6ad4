"""What of a drawing may be published: an allow-list of elements, attributes and properties.

A content security policy without `unsafe-inline` allows neither `<style>` nor `style=""`, so every property
goes into rules that a style sheet of the site's own carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from livingpolicy.diagrams.values import Diagram

SVG = "http://www.w3.org/2000/svg"

_ELEMENTS = frozenset(
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "defs", "marker", "title", "desc", "switch", "linearGradient", "stop", "symbol", "clipPath",
    }
)  # fmt: skip
_ATTRIBUTES = frozenset(
    {
        "class", "id", "viewBox", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry",
        "dx", "dy", "width", "height", "points", "transform", "text-anchor", "dominant-baseline",
        "alignment-baseline", "marker-start", "marker-end", "markerWidth", "markerHeight", "markerUnits",
        "refX", "refY", "orient", "fill", "fill-rule", "fill-opacity", "clip-rule", "stroke",
        "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-size", "font-weight",
        "font-style", "offset", "stop-color", "stop-opacity", "gradientUnits", "preserveAspectRatio",
    }
)  # fmt: skip
_PROPERTIES = frozenset(
    {
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-dasharray",
        "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "opacity", "color",
        "display", "visibility", "font-size", "font-weight", "font-style", "text-anchor",
        "dominant-baseline", "alignment-baseline", "text-decoration",
    }
)  # fmt: skip
_VALUE = re.compile(r"[#\w\s.,%()+-]{1,80}(?:!important)?")
_REFERENCE = re.compile(r"url\(\s*[\"']?#([\w-]+)[\"']?\s*\)")
_SELECTOR = re.compile(r"[\w\s.#>,*:=\"\[\]()-]{1,400}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIZE = re.compile(r"^\s*[-\d.e]+\s+[-\d.e]+\s+([\d.e]+)\s+([\d.e]+)\s*$")


def tidy(svg: str, name: str) -> Diagram:
    """Return the drawing *svg* under *name*, with what is not on the lists left out."""
    root = ET.fromstring(svg)  # noqa: S314 - written by the engine, which escapes what people wrote
    rules = list(_rules(root, root.get("id", ""), name))
    styles: dict[str, str] = {}
    prefix = root.get("id", "")
    _clean(root, prefix, name, styles)
    _frame(root, name)
    ET.register_namespace("", SVG)
    drawn = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    own = [f"#{name} .{label}{{{declared}}}" for declared, label in styles.items()]
    return Diagram(name, drawn, "".join(f"{rule}\n" for rule in (*rules, *own)))


def _frame(root: ET.Element, name: str) -> None:
    """Give the drawing its own size, which the style sheet lets shrink, and the role of a picture."""
    title = root.find(f"{{{SVG}}}title")
    for key in ("width", "height"):
        root.attrib.pop(key, None)
    if found := _SIZE.match(root.get("viewBox", "")):
        root.set("width", f"{float(found[1]):.0f}")
        root.set("height", f"{float(found[2]):.0f}")
    root.set("id", name)
    root.set("role", "img")
    named = [one for one in (title, root.find(f"{{{SVG}}}desc")) if one is not None]
    for one in named:
        one.set("id", f"{name}-{one.tag.rpartition('}')[2]}")
    if named:
        root.set("aria-labelledby", " ".join(str(one.get("id")) for one in named))


def _clean(element: ET.Element, prefix: str, name: str, styles: dict[str, str]) -> None:
    _attributes(element, prefix, name, styles)
    for child in [*element]:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "a":
            child.tag = f"{{{SVG}}}g"  # what it shows stays in its place, where it leads goes
        elif tag not in _ELEMENTS:
            element.remove(child)
            continue
        _clean(child, prefix, name, styles)


def _attributes(element: ET.Element, prefix: str, name: str, styles: dict[str, str]) -> None:
    declared = _declarations(element.get("style", ""), prefix, name)
    kept = {}
    for key, value in element.attrib.items():
        if key not in _ATTRIBUTES:
            continue
        if "url(" in value:
            value = _reference(value, prefix, name)  # noqa: PLW2901 - the same value under its new name
            if not value:
                continue
        if key == "id":
            value = _renamed(value, prefix, name)  # noqa: PLW2901 - as above
        kept[key] = value
    element.attrib.clear()
    element.attrib.update(kept)
    if declared:
        label = styles.setdefault(declared, f"{name}-s{len(styles)}")
        element.set("class", f"{element.get('class', '')} {label}".strip())


def _renamed(identifier: str, prefix: str, name: str) -> str:
    return (
        f"{name}{identifier.removeprefix(prefix)}"
        if prefix and identifier.startswith(prefix)
        else f"{name}-{identifier}"
    )


def _reference(value: str, prefix: str, name: str) -> str:
    """Return a reference to a part of the same drawing under its new name; "" for any other."""
    found = _REFERENCE.fullmatch(value.strip())
    return f"url(#{_renamed(found[1], prefix, name)})" if found else ""


def _rules(root: ET.Element, prefix: str, name: str) -> Iterator[str]:
    """Yield the rules of the drawing's own style sheets that only touch the drawing."""
    for style in root.iter(f"{{{SVG}}}style"):
        text = re.sub(r"@[\w-]+[^{};]*(?:\{(?:[^{}]|\{[^{}]*\})*\}|;)", "", style.text or "")
        for selector, body in _RULE.findall(text):
            declared = _declarations(body, prefix, name)
            parts = [part.strip() for part in selector.split(",")]
            ours = [part.replace(f"#{prefix}", f"#{name}", 1) for part in parts if _about(part, prefix)]
            if declared and ours:
                yield f"{','.join(ours)}{{{declared}}}"


def _about(selector: str, prefix: str) -> bool:
    return (
        bool(_SELECTOR.fullmatch(selector))
        and re.match(rf"#{re.escape(prefix)}(?![\w-])", selector) is not None
    )


def _declarations(body: str, prefix: str, name: str) -> str:
    kept = []
    for declaration in body.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key not in _PROPERTIES:
            continue
        if value.startswith("url("):
            value = _reference(value, prefix, name)
        if value and (
            _REFERENCE.fullmatch(value) or (_VALUE.fullmatch(value) and "url" not in value.lower())
        ):
            kept.append(f"{key}:{value}")
    return ";".join(kept)
