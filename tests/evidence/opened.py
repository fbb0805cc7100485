"""A package taken apart, so that it can be changed and closed again: as a careless hand would, or a careful one."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

Files = dict[str, bytes]
Change = Callable[[Files], None]


def opened(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def packed(files: Files, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def resealed(files: Files) -> Files:
    """The same files with the lists at the end made anew: what a careful hand does after every change."""
    manifest = json.loads(files["manifest.json"])
    listed = sorted(set(files) - {"manifest.json", "SHA256SUMS"})
    manifest["files"] = [{"path": name, "size": len(files[name]), "sha256": digest(files[name])} for name in listed]
    files["manifest.json"] = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    sums = [f"{digest(files[name])}  {name}\n" for name in [*listed, "manifest.json"]]
    files["SHA256SUMS"] = "".join(sums).encode()
    return files


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def flipped(content: bytes, at: int | None = None) -> bytes:
    at = len(content) // 2 if at is None else at
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def in_manifest(change: Callable[[Any], None]) -> Change:
    """A change of what the manifest says."""

    def apply(files: Files) -> None:
        manifest = json.loads(files["manifest.json"])
        change(manifest)
        files["manifest.json"] = json.dumps(manifest).encode()

    return apply


def replaced(name: str, old: str, new: str) -> Change:
    def apply(files: Files) -> None:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)

    return apply
