"""Ways through the tree of an SOP file that was read without fault, by the names of its fields."""

from __future__ import annotations

from sop_content.marked_yaml import Listing, Node, Scalar, Table


def items_of(node: Node, name: str) -> tuple[Node, ...]:
    """The entries of a list in a field; none when there is no such list."""
    found = node.fields.get(name) if isinstance(node, Table) else None
    return found[1].items if found and isinstance(found[1], Listing) else ()


def id_place(node: Node) -> Scalar | None:
    """The id of a record, with its place."""
    found = node.fields.get("id") if isinstance(node, Table) else None
    return found[1] if found and isinstance(found[1], Scalar) else None


def id_of(node: Node) -> str:
    """The id of a record; empty when it has none."""
    found = id_place(node)
    return found.value if found else ""
