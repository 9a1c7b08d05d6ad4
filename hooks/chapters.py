"""Publish the chapters of `policy/` in place, so that links and errors name the files editors know."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    """Mount each chapter under its id, whatever its file is called, and the pictures that the policy uses."""
    root = str(Path(config.config_file_path).resolve().parent)
    made = config.extra["site"]
    for page in made.chapters:
        dest = f"{page.url}index.html" if config.use_directory_urls else page.url
        file = File(page.path, root, config.site_dir, config.use_directory_urls, dest_uri=dest)
        file.edit_uri = f"../{page.path}"  # edit_uri in mkdocs.yml points into docs/
        files.append(file)
    for image in made.images:
        dest = image.removeprefix("policy/")
        files.append(File(image, root, config.site_dir, config.use_directory_urls, dest_uri=dest))
