"""The SOP as files: the folders that ship (`zh`, `en`) and the reader that checks a folder.

The only room that knows YAML and the tables of public holidays. Whatever is in
a folder, reading it raises nothing: what is wrong comes back as faults with
file, line and column, and half of an SOP is never handed out.
"""

import os
from pathlib import Path

LANGUAGES = ("zh", "en")


def shipped(language: str) -> Path:
    """The folder of the SOP that ships in a language: "zh", "en", or a locale name such as
    "zh_CN.UTF-8"; any other language gets the English one."""
    chosen = "zh" if language.lower().startswith("zh") else "en"
    return Path(__file__).parent / chosen


def ships(folder: Path) -> bool:
    """Whether a folder is one of those that come with the program, which nothing writes into."""
    place = os.path.realpath(folder)  # a link that leads to itself leads nowhere
    return place in {os.path.realpath(shipped(language)) for language in LANGUAGES}
