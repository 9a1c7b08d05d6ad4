"""The one hook of a repository that holds a policy and no code: the others come with the installed package.

`livingpolicy init` copies it there as hooks/policy.py. Whoever upgrades livingpolicy gets new hooks, theme,
styles and scripts with it; a file of the same name in docs/ stands in for one of ours.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent
from mkdocs.structure.files import File, Files

from livingpolicy.starter import assets, hook_files, theme


def _module(path: Path) -> ModuleType:
    name = f"livingpolicy_hooks_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None  # noqa: S101 - for the type checker: the path ends in .py
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # a dataclass looks its own module up
    spec.loader.exec_module(module)
    return module


def _theme(config: MkDocsConfig) -> None:
    """Put our overrides before the theme, and after those of the repository's own `custom_dir`."""
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme()))


def _assets(files: Files, *, config: MkDocsConfig) -> None:
    """Add the styles, the scripts and the icon."""
    folder = assets()
    for path in sorted(folder.rglob("*")):
        uri = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix != ".md" and files.get_file_from_path(uri) is None:
            files.append(File(uri, str(folder), config.site_dir, config.use_directory_urls))


_modules = [_module(path) for path in hook_files()]
_handlers = {
    name: [getattr(module, name) for module in _modules if hasattr(module, name)]
    for name in sorted({name for module in _modules for name in dir(module) if name.startswith("on_")})
}
_handlers["on_config"].append(_theme)
_handlers["on_files"].append(_assets)
globals().update({name: CombinedEvent(*handlers) for name, handlers in _handlers.items()})
