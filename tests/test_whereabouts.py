"""A desk on a network drive or in a folder that is synced is told of; one on a disk is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.whereabouts import danger_of
from tests.app_kit import AtWork, new_file, play, squeeze
from tests.shell_kit import Shell
from tui.words import Language, say

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
/dev/sda2 /data ext4 rw 0 0
filer:/export /mnt/team nfs4 rw 0 0
//filer/share /mnt/our\040share cifs rw 0 0
C:\134 /mnt/c 9p rw 0 0
me@host: /data/op/far fuse.sshfs rw 0 0
/dev/sdb1 /mnt/team/disk ext4 rw 0 0
"""

PLACES = {
    "a home folder": ("/data/op/siyu", ""),
    "the folder that everything begins with": ("/srv", ""),
    "Dropbox": ("/data/op/Dropbox/desk", "Dropbox"),
    "a second Dropbox": ("/data/op/Dropbox (Team)", "Dropbox"),
    "OneDrive of a company": ("/data/op/OneDrive - Harbour Tools/a/b", "OneDrive"),
    "iCloud": ("/people/op/Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
    "Nutstore": ("/data/op/Nutstore Files/x", "坚果云"),
    "Nutstore in Chinese": ("/data/op/我的坚果云", "坚果云"),
    "Baidu": ("/data/op/BaiduSyncdisk", "百度网盘"),
    "a folder that only sounds like one": ("/data/op/dropboxes", ""),
    "NFS": ("/mnt/team/desk", "nfs4"),
    "a share with a blank in its name": ("/mnt/our share/desk", "cifs"),
    "a drive of Windows": ("/mnt/c/people/op", "9p"),
    "SSH": ("/data/op/far", "fuse.sshfs"),
    "a disk mounted below a network drive": ("/mnt/team/disk/x", ""),
    "a name that begins like a network drive": ("/mnt/teams", ""),
}


@pytest.mark.parametrize("case", PLACES)
def test_place_is_told_as_what_it_is(case: str) -> None:
    folder, word = PLACES[case]
    told = danger_of(Path(folder) / "desk.db", MOUNTS)
    assert (str(told) if told else "").count(word) >= bool(word)
    assert bool(told) == bool(word)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_desk_in_a_synced_folder_says_so_at_the_start(tmp_path: Path, lang: Language) -> None:
    folder = tmp_path / "坚果云"
    folder.mkdir()

    async def story(work: AtWork) -> None:
        told = danger_of(work.opened.path)
        assert told is not None
        assert squeeze(say(told)) in work.squeezed
        await work.press("1")
        assert "✿" in work.listed[0], "the work goes on"

    play(new_file(folder, lang), lang, story)


def test_doctor_tells_it_and_finds_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    shell = Shell(monkeypatch, new_file(folder, "en"))
    assert "Dropbox syncs" in shell.text("doctor")
    document = shell.json("doctor")
    assert document["ok"]
    assert "Dropbox" in json.dumps(document["warnings"])
    assert Shell(monkeypatch, new_file(tmp_path, "en")).json("doctor")["warnings"] == []
