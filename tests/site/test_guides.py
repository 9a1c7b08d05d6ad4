"""The guides in docs/ are read once: what is remembered saves time and hides nothing that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.building import Project, every_file


def test_guides_that_are_remembered_are_what_they_were_and_complain_as_they_did(
    changing: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert changing.build("--strict").returncode == 0
    kept = [path for path in (tmp_path / "cache").rglob("guides/*") if path.is_file()]
    assert len(kept) == 1
    first = every_file(changing.site)
    assert changing.build("--strict").returncode == 0
    assert every_file(changing.site) == first

    guide = changing.root / "docs" / "granska.md"
    text = guide.read_text("utf-8")
    guide.write_text(f"{text}\nMer finns [här](borta.md), och [där](#borta).\n", "utf-8")
    for _ in range(2):
        done = changing.build("--strict")
        assert done.returncode == 1
        assert "'borta.md', but the target is not found" in done.stderr
        assert "'#borta', but there is no such anchor" in done.stderr
    assert "Mer finns" in changing.read("granska/index.html")

    guide.write_text(text, "utf-8")
    (changing.root / "docs" / "falt.md").unlink()  # other guides lead there, and have not changed
    done = changing.build("--strict")
    assert done.returncode == 1
    assert "'falt.md', but the target is not found" in done.stderr
