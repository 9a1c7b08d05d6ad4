"""Write what `copyfit` found as custom properties, one block of rules for each shape of poster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from livingpolicy.render import copyfit, promise_cells, promise_grid
from livingpolicy.render.copyfit import Copy, Faces, Setting, Shape

_BESIDE = """\
.lp-promise:not(.lp-promise--statement) {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  align-content: start;
}
.lp-promise:not(.lp-promise--statement) .lp-text {
  grid-area: 2 / 1 / 3 / 3;
}
.lp-promise:not(.lp-promise--statement) .lp-value {
  grid-area: 1 / 2;
  place-self: end;
  width: calc(var(--lp-value-width) * var(--u));
  margin: 0 0 calc((var(--lp-text-cap) - var(--lp-value-leading)) / 2 * 1em);
}
"""
"""A measured value at the right end of the column, so that its last line stands on that of the figure."""


def colours(themes: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the rules that declare the colours of each theme."""
    return "".join(
        f"{selector} {{\n" + "".join(f"  {name}: {colour};\n" for name, colour in declared.items()) + "}\n"
        for selector, declared in themes
    )


def typeface(family: str) -> str:
    """Return the rule that names the typeface of figures and guiding words."""
    return f':root {{\n  --lp-display: "{family}";\n}}\n'


def constants(faces: Faces, copy: Copy) -> str:
    """Return the measures that the fit takes for granted, so that they are written down once."""
    return _block(
        ".lp-sheet",
        {
            "cap": faces.display.cap_height,
            "text-cap": faces.text.cap_height,
            "overhang": copyfit.OVERHANG,
            "words-rise": copy.rise,
            "logo-ratio": copy.logo or 0,
            "margin": copyfit.MARGIN,
            "space": copyfit.SPACE,
            "gutter": promise_grid.GUTTER,
            "rule-width": copyfit.RULE,
            "foot-gap": copyfit.FOOT_GAP,
            "door-gap": copyfit.DOOR_GAP,
            "words-leading": copyfit.WORDS_LEADING,
            "leading": copyfit.LEADING,
            "dot": copyfit.DOT,
            "row-gap": promise_grid.ROW_GAP,
            "text-leading": promise_cells.LEADING,
            "statement-leading": promise_cells.STATEMENT_LEADING,
            "rule-gap": promise_cells.RULE_GAP,
            "figure-gap": promise_cells.FIGURE_GAP,
            "value-gap": promise_cells.VALUE_GAP,
            "value-leading": promise_cells.VALUE_LEADING,
        },
    )


def rules(shape: Shape, setting: Setting) -> str:
    """Return the sizes of *shape* under the condition that the poster has that shape."""
    return f"@container poster {condition(shape)} {{\n{_sizes(setting)}}}\n"


def fallback(setting: Setting) -> str:
    """Return the sizes for browsers that know no containers: one setting for every shape."""
    return f"@supports not (width: 1cqmin) {{\n{_sizes(setting)}}}\n"


def upright(layout: str) -> str:
    """Return *layout*, the rules of `upright.css`, under the condition that the poster stands."""
    return f"@container poster (aspect-ratio < 100 / {round(copyfit.SQUARE * 100)}) {{\n{layout}}}\n"


def on_paper(layout: str, lying: Setting, standing: Setting) -> str:
    """Return the rules for the two sheets that there are, in millimetres and without a container.

    Firefox prints before it has asked how large a container is: no query holds, and nothing has a size.
    *layout* is that of an upright poster.
    """
    return (
        "@supports selector(&) {\n@media print {\n.lp-poster {\n  container: none;\n}\n"
        f':root:not([data-sheet="portrait"]) {{\n{_unit(420, 296.9)}{_sizes(lying)}}}\n'
        f'[data-sheet="portrait"] {{\n{_unit(297, 419.9)}{layout}{_sizes(standing)}}}\n'
        "}\n}\n"
    )


def _unit(width: float, height: float) -> str:
    share, least = copyfit.EDGE, "var(--lp-margin) * var(--u)"
    return (
        f".lp-sheet {{\n  --u: {min(width, height) / 100:.4g}mm;\n"
        f"  --lp-side: max(calc({least}), {width * share:.4g}mm);\n"
        f"  --lp-edge: max(calc({least}), calc({height * share:.4g}mm + var(--lp-overhang) * var(--u)));\n"
        "}\n"
    )


def _sizes(setting: Setting) -> str:
    grid = setting.grid
    properties = {
        "panel-text": setting.panel,
        "words-size": setting.words,
        "word-columns": setting.word_columns,
        "vision-size": setting.vision,
        "door-size": setting.door,
        "code": setting.code,
        "foot-size": setting.foot,
        "columns": grid.columns,
        "rows": grid.rows,
        "figure-size": grid.figure,
        "unit-size": grid.unit,
        "text-size": grid.text,
        "statement-size": grid.statement,
        "value-size": grid.value,
        "value-width": grid.beside,
        "logo": setting.logo,
    }
    special = "".join(
        f".lp-promise:nth-child({index + 1}) {{\n  grid-column: span {columns};\n}}\n"
        for index, columns in grid.spans
    )
    if grid.beside:
        special += _BESIDE
    if not setting.logo:
        special += ".lp-sheet--logo .lp-foot {\n  min-height: 0;\n  padding-right: 0;\n}\n"
    if not setting.signature:
        special += ".lp-signature {\n  display: none;\n}\n"
    return _block(".lp-sheet", properties) + special


def condition(shape: Shape) -> str:
    """Return the container query of *shape*; every proportion falls under exactly one."""
    near, far = round(shape.nearest * 100), round((shape.farthest or 0) * 100)
    if shape.landscape:
        low = f"{near} / 100" if near > 100 else f"100 / {far}"
        return f"({low} <= aspect-ratio < {far} / 100)" if far else f"(aspect-ratio >= {low})"
    comparison = "<" if shape.nearest == copyfit.SQUARE else "<="
    return f"({f'100 / {far} < ' if far else ''}aspect-ratio {comparison} 100 / {near})"


def _block(selector: str, properties: Mapping[str, float]) -> str:
    lines = "".join(f"  --lp-{name}: {value:.4g};\n" for name, value in properties.items())
    return f"{selector} {{\n{lines}}}\n"
