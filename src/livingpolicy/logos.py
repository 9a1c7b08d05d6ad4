"""A company's logo as the poster can show it: what it measures, and that it can do nothing but be seen."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
FLATTEST, SLIMMEST = 12.0, 0.4
"""A logo is at most so many times as wide as it is tall, and at least."""

_INERT = frozenset({"metadata", "title", "desc", "style", "namedview"})
"""Elements of which nothing is seen, and which are left out."""
_SHAPES = frozenset(
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs",
        "linearGradient", "stop", "clipPath", "switch", "symbol",
    }
)  # fmt: skip
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASSES = re.compile(r"\.[\w-]+(\s*,\s*\.[\w-]+)*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LENGTH = re.compile(r"([\d.]+)(px)?")


class LogoError(ValueError):
    """A logo cannot be shown; `problem.<code>` in the catalogue says why."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo that can be shown."""

    data: bytes
    suffix: str
    """`svg`, `png` or `webp`."""
    ratio: float
    """Width through height."""


def picture(path: str, data: bytes) -> Picture:
    """Return the logo that stands in *data*; an SVG is drawn anew from the shapes that it holds.

    Raises:
        LogoError: it is no picture of the kind its name says, it moves, or it holds more than shapes.
    """
    suffix = path.rpartition(".")[2]
    read = {"svg": _svg, "png": _png, "webp": _webp}[suffix]
    try:
        clean, (width, height) = read(data)
    except (struct.error, IndexError):
        raise LogoError("logo-unreadable") from None
    if not width or not height or not SLIMMEST <= width / height <= FLATTEST:
        raise LogoError("logo-shape", width=f"{width:g}", height=f"{height:g}")
    return Picture(clean, suffix, width / height)


def _png(data: bytes) -> tuple[bytes, tuple[float, float]]:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR":
        raise LogoError("logo-unreadable")
    if b"acTL" in data:
        raise LogoError("logo-moves")
    width, height = struct.unpack(">II", data[16:24])
    return data, (width, height)


def _webp(data: bytes) -> tuple[bytes, tuple[float, float]]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise LogoError("logo-unreadable")
    if b"ANMF" in data or b"ANIM" in data:
        raise LogoError("logo-moves")
    kind = data[12:16]
    if kind == b"VP8X":
        return data, (1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"))
    if kind == b"VP8L":
        (bits,) = struct.unpack("<I", data[21:25])
        return data, (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = struct.unpack("<HH", data[26:30])
    return data, (width & 0x3FFF, height & 0x3FFF)


def _svg(data: bytes) -> tuple[bytes, tuple[float, float]]:
    try:
        text = data.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:  # of which a few lines can become gigabytes
            text = re.sub(r"<!DOCTYPE[^>\[]*>", "", text)
            if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
                raise LogoError("logo-svg", what="<!DOCTYPE>")
        root = ET.fromstring(text)  # noqa: S314 - without entities
    except (UnicodeDecodeError, ET.ParseError):
        raise LogoError("logo-unreadable") from None
    if root.tag != f"{SVG}svg":
        raise LogoError("logo-unreadable")
    _flatten(root, dict(_classes(root)))
    for element in root.iter():
        _refuse(element)
    size = _size(root)
    # Late: only a policy with such a logo pays for the room in which drawings are tidied.
    from livingpolicy.diagrams.tidy import tidy

    drawn = tidy(ET.tostring(root, encoding="unicode"), "logo").svg
    return drawn.encode(), size


def _classes(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield each class of the drawing's style sheets with its declarations; they must be that simple."""
    for style in root.iter(f"{SVG}style"):
        text = _COMMENT.sub("", style.text or "").replace("<![CDATA[", "").replace("]]>", "").strip()
        for selector, body in _RULE.findall(text):
            if not _CLASSES.fullmatch(selector.strip()):
                raise LogoError("logo-svg", what=selector.strip()[:40])
            for name in selector.split(","):
                yield name.strip().removeprefix("."), body
        if _RULE.sub("", text).strip():
            raise LogoError("logo-svg", what="<style>")


def _flatten(element: ET.Element, classes: Mapping[str, str]) -> None:
    """Write what style sheets and `style` say of an element as its attributes, and drop what is not seen."""
    said = ";".join(classes.get(name, "") for name in element.attrib.pop("class", "").split())
    for declaration in f"{said};{element.attrib.pop('style', '')}".split(";"):
        name, _, value = declaration.partition(":")
        if value.strip():
            element.set(name.strip(), value.strip())
    for key in [key for key in element.attrib if key.startswith("{") and not key.endswith("}href")]:
        del element.attrib[key]
    for child in [*element]:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag.startswith(SVG) or tag.removeprefix(SVG) in _INERT:
            element.remove(child)
        else:
            _flatten(child, classes)


def _refuse(element: ET.Element) -> None:
    tag = element.tag.removeprefix(SVG)
    if tag not in _SHAPES:
        raise LogoError("logo-svg", what=f"<{tag}>")
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2]
        if name.startswith("on") or name == "href":
            raise LogoError("logo-svg", what=name)
        if "url(" in value and not re.fullmatch(r"url\(\s*[\"']?#[\w-]+[\"']?\s*\)", value.strip()):
            raise LogoError("logo-svg", what=value[:40])


def _size(root: ET.Element) -> tuple[float, float]:
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4:
        try:
            return float(box[2]), float(box[3])
        except ValueError:
            raise LogoError("logo-unreadable") from None
    sides = [_LENGTH.fullmatch(root.get(name, "").strip()) for name in ("width", "height")]
    if not all(sides):
        raise LogoError("logo-unreadable")
    width, height = (float(side[1]) for side in sides if side)
    root.set("viewBox", f"0 0 {width:g} {height:g}")
    return width, height
