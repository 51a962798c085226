"""The catalogues of translated texts: extracted from the code, updated, compiled, checked.

Invariants: a translation is kept word for word as long as its message stands
in the code, nothing is guessed, and the same code always gives the same files
(no dates, no places, sorted), so that a diff shows only what changed.
English has no catalogue: its texts are the message ids.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
ROOMS = ("rules", "scripts", "sop_content", "store", "tui")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "NN_": (1, 2)}
LANGUAGES = ("zh",)


class SteadyCatalog(Catalog):
    """A catalogue whose header says only what never changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        headers = [
            ("Project-Id-Version", "siyu"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
        if self.locale is None:
            return headers
        return [
            *headers,
            ("Language", str(self.locale)),
            ("Plural-Forms", f"nplurals={self.num_plurals}; plural={self.plural_expr};"),
        ]


def template_path(root: Path) -> Path:
    return root / "tui" / "locale" / "siyu.pot"


def catalogue_path(root: Path, language: str) -> Path:
    return root / "tui" / "locale" / language / "LC_MESSAGES" / "siyu.po"


def extracted(root: Path) -> Catalog:
    """Every message that is marked in the five rooms."""
    template = SteadyCatalog(header_comment="# Texts of siyu, one entry a message id.", fuzzy=False)
    for room in ROOMS:
        found = extract_from_dir(root / room, [("**.py", "python")], keywords=KEYWORDS)
        for _file, _line, message, _comments, _context in found:
            template.add(message)
    return template


def translated(template: Catalog, language: str, known: Catalog | None) -> Catalog:
    """The template's messages with the translations that are known for them."""
    catalogue = SteadyCatalog(
        language, header_comment=f"# Texts of siyu in the language {language}.", fuzzy=False
    )
    for message in _messages(template):
        old = known.get(message.id) if known is not None else None
        if old is None or old.id != message.id:
            catalogue.add(message.id)
        else:
            catalogue.add(message.id, old.string, user_comments=old.user_comments)
    return catalogue


def update(root: Path = ROOT) -> None:
    """Writes the template, and each language's catalogue with its compiled form."""
    template = extracted(root)
    _write(template, template_path(root))
    for language in LANGUAGES:
        path = catalogue_path(root, language)
        catalogue = translated(template, language, _read(path, language))
        _write(catalogue, path)
        with path.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


def faults(root: Path = ROOT) -> list[str]:
    """What is missing, stale or wrong in the catalogues, one sentence each."""
    wanted = _ids(extracted(root))
    found = _differences("siyu.pot", wanted, _ids(_read(template_path(root))))
    for language in LANGUAGES:
        path = catalogue_path(root, language)
        catalogue = _read(path, language)
        found += _differences(f"{language}/siyu.po", wanted, _ids(catalogue))
        for message in _messages(catalogue):
            found += [f"{language}: {fault}" for fault in _message_faults(message)]
        if _texts(_compiled(path)) != _texts(catalogue):
            found.append(f"{language}/siyu.mo differs from siyu.po: run make words")
    return found


def blanks(text: str) -> frozenset[str]:
    """The names between braces; raises ValueError for a brace that stands alone."""
    return frozenset(name for _text, name, _spec, _way in Formatter().parse(text) if name)


def _message_faults(message: Message) -> Iterator[str]:
    ids, strings = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"a guess stands as the translation of {ids[0]!r}"
    if not strings or not all(strings):
        yield f"no translation of {ids[0]!r}"
        return
    try:
        if any(blanks(string) != blanks(ids[-1]) for string in strings):
            yield f"other blanks in the translation of {ids[0]!r}: {strings[0]!r}"
    except ValueError as error:
        yield f"{error} in {ids[0]!r} or its translation"


def _differences(file: str, wanted: set[str], present: set[str]) -> list[str]:
    missing = [f"{file} lacks {message!r}: run make words" for message in sorted(wanted - present)]
    extra = [f"{file} keeps {message!r}: run make words" for message in sorted(present - wanted)]
    return missing + extra


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    if text is None:
        return ()
    return (text,) if isinstance(text, str) else tuple(text)


def _messages(catalogue: Catalog | None) -> Iterator[Message]:
    """The messages without the header, which has an empty id."""
    return (message for message in catalogue or () if message.id)


def _ids(catalogue: Catalog | None) -> set[str]:
    return {_forms(message.id)[0] for message in _messages(catalogue)}


def _read(path: Path, language: str | None = None) -> Catalog | None:
    if not path.exists():
        return None
    with path.open("rb") as text:
        return read_po(text, locale=language, ignore_obsolete=True)


def _write(catalogue: Catalog, path: Path) -> None:
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue().rstrip() + b"\n")


def _texts(catalogue: Catalog | None) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What a program reads once the catalogue is compiled: no blanks, no guesses."""
    kept = (message for message in _messages(catalogue) if message.string and not message.fuzzy)
    return {_forms(message.id): _forms(message.string) for message in kept}


def _compiled(path: Path) -> Catalog | None:
    """The compiled catalogue beside `path`."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return None
    with compiled.open("rb") as content:
        return read_mo(content)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the catalogues, or with --check says what is wrong with them."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, list faults")
    if not parser.parse_args(arguments).check:
        update()
        # What is still untranslated is told, yet is no reason to fail here.
        print("\n".join(faults()))
        return 0
    found = faults()
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
