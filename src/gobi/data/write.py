"""Write files of the data package so that a power cut leaves the old file or the new one."""

import hashlib
import json
from pathlib import Path


def write_files(contents: dict[Path, bytes]) -> None:
    """Write several files. Each is complete or untouched at any moment.

    Args:
        contents: path → what the file shall hold. The folders exist.

    Raises:
        OSError: the disk is full or may not be written to; the files are as they were,
            unless the fault comes in the middle of the renaming at the end.
    """
    # the name begins with a dot: the check "extra" leaves hidden files alone
    parts = {path: path.with_name(f".{path.name}.part") for path in contents}
    try:
        for path, part in parts.items():
            part.write_bytes(contents[path])
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def package_bytes(package: dict) -> bytes:
    """Return ``datapackage.json`` as the file holds it."""
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def fingerprint(content: bytes) -> tuple[int, str]:
    """Return the size in bytes and the SHA-256 of what a file shall hold."""
    return len(content), "sha256:" + hashlib.sha256(content).hexdigest()
