"""A check of the source: no text from outside reaches a widget but through the door.

It judges expressions, not values: what it cannot follow counts as text from
outside. The way out is always to wrap it in `show` (and in `Content` where a
plain string would be read as markup).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

DOORS = {"show", "show_lines", "pad", "clean", "printable", "wrap", "wrap_marked"}
"""Functions whose result may be drawn."""
PLAIN_CALLS = {"len", "int", "round", "abs", "dumps", "range"}
"""Functions whose result is never text from outside; `json.dumps` is for programs."""
SAFE_TYPES = {"Content", "Text", "Segment", "Strip", "int", "float", "bool", "Style"}
"""Annotations of what has been made of clean text, or of no text."""
STYLED = {"Content", "Text"}
"""What no widget reads as markup."""

MARKUP_WIDGETS = {
    *("Static", "Label", "Button", "Checkbox", "RadioButton", "Placeholder", "Collapsible"),
    *("Option", "Selection", "Tab", "TabPane", "ListItem"),
}
MARKUP_METHODS = {"notify", "update", "add_option"}
MARKUP_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
CLEAN_CALLS = {"Content", "Text", "Segment", "styled", "assemble", "echo", "secho"}
CLEAN_ATTRIBUTES = {"title", "sub_title"}
TEXT_KEYWORDS = {"content", "label", "prompt", "title", "renderable", "message", "text"}
BANNED_WIDGETS = {"DataTable", "Tree", "DirectoryTree", "Markdown", "MarkdownViewer"}


@dataclass(frozen=True, slots=True)
class Leak:
    line: int
    what: str


@dataclass
class Scope:
    """The names of one function: what is assigned to them and how parameters are annotated."""

    outer: Scope | None
    values: dict[str, list[ast.expr]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def values_of(self, name: str) -> list[ast.expr]:
        return self.values.get(name) or (self.outer.values_of(name) if self.outer else [])

    def type_of(self, name: str) -> str | None:
        return self.types.get(name) or (self.outer.type_of(name) if self.outer else None)


def leaks(source: str, returning: Mapping[str, str] | None = None) -> list[Leak]:
    """Every place of a source where text could reach the screen as it came."""
    tree = ast.parse(source)
    walk = _Walk({**return_types(tree), **(returning or {})})
    walk.visit(tree)
    return sorted(walk.found, key=lambda leak: leak.line)


def return_types(tree: ast.AST) -> dict[str, str]:
    """What the functions of a module say they return, by name."""
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f.name: ast.unparse(f.returns) for f in functions if f.returns is not None}


def _last_name(node: ast.expr) -> str:
    """`Content` of `Content`, `notify` of `self.app.notify`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


ZERO = ast.Constant(0)


def _shared_out(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each name of a target with what it gets; all of the value where that is not to be seen."""
    match target, value:
        case ast.Tuple(elts=[index, item]), ast.Call(func=ast.Name(id="enumerate"), args=[of, *_]):
            yield from [(index, ZERO), *_shared_out(item, of)]
        case ast.Tuple(elts=names), ast.Call(func=ast.Name(id="zip"), args=columns) if len(
            names
        ) == len(columns):
            yield from zip(names, columns, strict=True)
        case ast.Tuple(elts=names), _:
            for name in names:
                yield from _shared_out(name, value)
        case _:
            yield target, value


def _bound(statement: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets and what they get; a loop's target gets one of what it runs over."""
    match statement:
        case ast.Assign(targets=targets, value=value):
            yield from ((target, value) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield target, value
        case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
            yield target, value
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield target, value
        case ast.Call(func=ast.Attribute(value=ast.Name() as target, attr=method), args=values):
            if method in ("append", "extend", "insert"):
                yield from ((target, value) for value in values)


class _Walk(ast.NodeVisitor):
    def __init__(self, returning: Mapping[str, str]) -> None:
        self.returning = returning
        self.found: list[Leak] = []
        self.scope = Scope(None)
        self.asked: set[tuple[int, str]] = set()
        self.ours: set[str] = set()

    def visit_Module(self, node: ast.Module) -> None:
        self._enter(node, None)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._enter(node, node.args)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._enter(node, node.args)

    def _enter(self, node: ast.AST, arguments: ast.arguments | None) -> None:
        self.scope = Scope(self.scope)
        for argument in _every(arguments) if arguments else ():
            if argument.annotation is not None:
                self.scope.types[argument.arg] = ast.unparse(argument.annotation)
        for child in _own_nodes(node):
            for whole, value in _bound(child):
                for name, got in _shared_out(whole, value):
                    self.scope.values.setdefault(_last_name(name), []).append(got)
        self.generic_visit(node)
        self.scope = self.scope.outer or self.scope

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._judge_import(node, alias.name.rpartition(".")[2], alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self._judge_import(node, alias.name, node.module or "")
            if (node.module or "").partition(".")[0] == "tui":
                self.ours.add(alias.name)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.ours.add(node.name)
        self.generic_visit(node)

    def _judge_import(self, node: ast.stmt, name: str, module: str) -> None:
        if name in BANNED_WIDGETS:
            self._report(node, f"{name} is not used here")
        if name == "escape" and module in ("textual.markup", "rich.markup"):
            self._report(node, "escape does not make markup safe")

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Attribute) and node.value is not None:
            self._judge_attribute(node.target.attr, node.value)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute):
                self._judge_attribute(target.attr, node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _last_name(node.func)
        keywords = {word.arg: word.value for word in node.keywords if word.arg}
        literal = _is_constant(keywords.get("markup"), False)
        if _is_constant(keywords.get("markup"), True):
            self._report(node, "markup=True")
        if ast.unparse(node.func) in (
            "markup.escape",
            "textual.markup.escape",
            "rich.markup.escape",
        ):
            self._report(node, "escape does not make markup safe")
        texts = [*node.args[:1], *(v for k, v in keywords.items() if k in TEXT_KEYWORDS)]
        if name == "from_markup":
            self._judge(node, node.args[:1], self._is_own, "markup that is no literal")
            self._judge(
                node, [*keywords.values()], self.is_clean, "text that did not pass the door"
            )
        elif name in CLEAN_CALLS or (
            name == "append" and ("style" in keywords or len(node.args) > 1)
        ):
            first = node.args if name == "assemble" else node.args[:1]
            self._judge(node, first, self.is_clean, "text that did not pass the door")
        elif name in MARKUP_WIDGETS - self.ours or (
            name in MARKUP_METHODS and self._takes_text(node)
        ):
            judge = self.is_clean if literal else self.is_inert
            self._judge(node, texts, judge, "text that would be read as markup")
        if "tooltip" in keywords and name != "Binding":
            self._judge_attribute("tooltip", keywords["tooltip"])
        self.generic_visit(node)

    def _takes_text(self, node: ast.Call) -> bool:
        """Whether `update` is a widget's and not a mapping's."""
        mapping = (ast.Dict, ast.DictComp, ast.GeneratorExp, ast.Set)
        return bool(node.args) and not isinstance(node.args[0], mapping)

    def _judge_attribute(self, name: str, value: ast.expr) -> None:
        if name in MARKUP_ATTRIBUTES:
            self._judge(value, [value], self.is_inert, f"{name} that would be read as markup")
        elif name in CLEAN_ATTRIBUTES:
            self._judge(value, [value], self.is_clean, f"{name} that did not pass the door")

    def _judge(
        self, node: ast.expr, texts: list[ast.expr], safe: Callable[[ast.expr], bool], what: str
    ) -> None:
        for text in texts:
            if not safe(text):
                self._report(node, f"{what}: {ast.unparse(text)}")

    def _report(self, node: ast.stmt | ast.expr, what: str) -> None:
        self.found.append(Leak(node.lineno, what))

    def is_clean(self, node: ast.expr) -> bool:
        """Whether nothing in it came from outside without passing the door."""
        match node:
            case ast.Constant() | ast.List(elts=[]) | ast.Tuple(elts=[]):
                return True
            case ast.Call():
                return self._is_clean_call(node)
            case ast.Name(id=name):
                return self._named(name, self.is_clean, SAFE_TYPES)
            case ast.Attribute(attr=name):
                return name.isupper()
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(s))])):
                return s[-1:] in tuple("dfne%")
        parts = _parts(node)
        return bool(parts) and all(map(self.is_clean, parts))

    def _is_clean_call(self, node: ast.Call) -> bool:
        name = _last_name(node.func)
        arguments = [*node.args, *(word.value for word in node.keywords)]
        if name in DOORS | PLAIN_CALLS | STYLED or self.returning.get(name) in SAFE_TYPES:
            return True
        if name in ("_", "ngettext"):
            return all(self.is_clean(word.value) for word in node.keywords)
        if name in ("str", "zip", "reversed", "tuple", "list"):
            return all(map(self.is_clean, arguments))
        if not isinstance(node.func, ast.Attribute):
            return False
        of_styled = _last_name(node.func.value) in STYLED
        return of_styled or (self.is_clean(node.func.value) and all(map(self.is_clean, arguments)))

    def is_inert(self, node: ast.expr) -> bool:
        """Whether no bracket in it could be read as markup."""
        match node:
            case ast.IfExp(body=left, orelse=right):
                return self.is_inert(left) and self.is_inert(right)
            case ast.Name(id=name):
                return self._named(name, self.is_inert, STYLED)
            case ast.Call(func=func):
                name, owner = _last_name(func), func
                made = name in STYLED | MARKUP_WIDGETS or self.returning.get(name) in STYLED
                if isinstance(owner, ast.Attribute) and not made:
                    made = _last_name(owner.value) in STYLED or self._is_styled(owner.value)
                return made or self._is_own(node)
        return self._is_own(node)

    def _is_styled(self, node: ast.expr) -> bool:
        return self.is_inert(node) and not self._is_own(node)

    def _is_own(self, node: ast.expr) -> bool:
        """A literal, a constant, or its translation without a value in it."""
        match node:
            case ast.Constant():
                return True
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant()], keywords=[]):
                return True
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return name.isupper()
        return False

    def _named(self, name: str, safe: Callable[[ast.expr], bool], types: set[str]) -> bool:
        """A constant, a parameter of a safe type, or a name that only ever got what is safe."""
        if name.isupper() or self.scope.type_of(name) in types:
            return True
        asked = (id(self.scope), name)
        if asked in self.asked:
            return True
        self.asked.add(asked)
        values = self.scope.values_of(name)
        result = bool(values) and all(map(safe, values))
        self.asked.discard(asked)
        return result


MADE_OF: dict[type[ast.expr], tuple[str, ...]] = {
    ast.JoinedStr: ("values",),
    ast.FormattedValue: ("value",),
    ast.BoolOp: ("values",),
    ast.BinOp: ("left", "right"),
    ast.IfExp: ("body", "orelse"),
    ast.Tuple: ("elts",),
    ast.List: ("elts",),
    ast.ListComp: ("elt",),
    ast.GeneratorExp: ("elt",),
    ast.Starred: ("value",),
    ast.Subscript: ("value",),
    ast.NamedExpr: ("value",),
    ast.Await: ("value",),
}
"""The fields of an expression that its text is made of."""


def _parts(node: ast.expr) -> list[ast.expr]:
    found = (getattr(node, name) for name in MADE_OF.get(type(node), ()))
    return [part for value in found for part in (value if isinstance(value, list) else [value])]


def _every(arguments: ast.arguments) -> list[ast.arg]:
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, without what stands in the functions inside it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _own_nodes(child)


def _is_constant(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
