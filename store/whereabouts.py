"""Where the desk's file stands: on a disk of this machine, or where others reach it too.

SQLite needs a disk that keeps locks and one machine; a program that copies the
file while it is written makes two halves of two moments; a second name of the
file has a lock and a write-ahead log of its own. Of folders only the names are
looked at: one may be synced without telling so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from rules.wording import N_, Sentence, sentence

SYNCED: Mapping[str, str] = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "我的坚果云": "坚果云",
    "坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "百度云同步盘": "百度网盘",
    "wpsdrive": "WPS云盘",
    "wps云盘": "WPS云盘",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
}
"""Folders that a program syncs, in lower case; more words may follow after a blank."""
REMOTE = re.compile(
    r"(?:nfs4?|cifs|smb3?|smbfs|9p|afs|ncpfs|ceph|glusterfs|lustre|davfs2?|webdav|vboxsf|afpfs"
    r"|fuse\.(?:sshfs|rclone|davfs2?|glusterfs|s3fs|gvfsd-fuse|onedriver|google-drive-ocamlfuse))"
)
"""Filesystems that lie elsewhere, by the name the system gives them."""
MOUNTS = Path("/proc/mounts")


def danger_of(desk: Path, mounts: str | None = None) -> Sentence | None:
    """What threatens a desk where it stands, with what to do; None on a disk of its own.

    `mounts` is the system's table of mounted disks, read from it when None.
    """
    place = desk.absolute().parent
    with suppress(OSError):
        place = place.resolve()
    service = next(filter(None, map(_service, (*place.parts[::-1],))), None)
    if service is not None:
        return sentence(
            N_("The desk stands in a folder that {service} syncs, which can damage it: {remedy}"),
            service=service,
            remedy=REMEDY,
        )
    kind = _filesystem(place, _mounts() if mounts is None else mounts)
    if REMOTE.fullmatch(kind):
        return sentence(
            N_("The desk stands on a network drive ({kind}), which can damage it: {remedy}"),
            kind=kind,
            remedy=REMEDY,
        )
    with suppress(OSError):
        if desk.stat().st_nlink > 1:
            told = N_("{file} has another name somewhere (a hard link), which can damage it: {one}")
            return sentence(told, file=desk.name, one=ONE_NAME)
    return None


REMEDY = sentence(N_("keep it on this machine's own disk, and only its backups there"))
ONE_NAME = sentence(N_("open it by this name only, or delete the other one"))


def _service(folder: str) -> str | None:
    """Who syncs a folder of this name."""
    name = folder.casefold()
    return SYNCED.get(name) or SYNCED.get(re.split("[ （]", name, maxsplit=1)[0])


def _filesystem(place: Path, mounts: str) -> str:
    """The kind of disk on which a place lies; the one that everything begins with is no other."""
    found = [(point, kind) for point, kind in _points(mounts) if place.is_relative_to(point)]
    point, kind = max(found, key=lambda it: len(it[0].parts), default=(Path("/"), ""))
    return "" if point == Path("/") else kind


def _points(mounts: str) -> Iterator[tuple[Path, str]]:
    for line in mounts.splitlines():
        told = line.split(" ")
        if len(told) > 2:
            yield Path(re.sub(r"\\([0-7]{3})", lambda it: chr(int(it[1], 8)), told[1])), told[2]


def _mounts() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
