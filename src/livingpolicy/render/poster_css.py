"""Write what `copyfit` found as custom properties, one block of rules for each shape of poster."""

from __future__ import annotations

from collections.abc import Mapping

from livingpolicy.render import copyfit, promise_cells, promise_grid
from livingpolicy.render.copyfit import Setting, Shape


def constants(cap_height: float, rise: float) -> str:
    """Return the measures that the fit takes for granted, so that they are written down once."""
    return _block(
        ".lp-sheet",
        {
            "cap": cap_height,
            "overhang": copyfit.OVERHANG,
            "words-rise": rise,
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
    }
    special = "".join(
        f".lp-promise:nth-child({index + 1}) {{\n  grid-column: span {columns};\n}}\n"
        for index, columns in grid.spans
    )
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
