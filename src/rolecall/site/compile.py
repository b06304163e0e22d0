"""How templates become code: as jinja2 does it, but for what every page would work out again, and gets the same.

Texts of the catalogue that hold no value are put in when the template is compiled; and what is escaped only to be
written down is escaped without being wrapped as `Markup` first. Loaded by `render` alone, with jinja2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # a markupsafe without its C part

    def _escape_inner(text: str, /) -> str:
        return str(escape(text))


def written(value: Any) -> str:
    """`escape(value)`, as plain text: what a template writes is joined, and needs no mark that it is safe."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup else str(escape(value))


class _Generator(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


class _Texts(NodeTransformer):
    """Puts the text of a call such as `_("Posted")` in its place."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802 -- jinja2's name
        self.generic_visit(node, *args, **kwargs)
        if not (isinstance(node.node, nodes.Name) and node.node.name == "_" and len(node.args) == 1):
            return node
        message = node.args[0]
        if node.kwargs or node.dyn_args or node.dyn_kwargs or not isinstance(message, nodes.Const):
            return node
        return nodes.MarkSafe(nodes.Const(str(self._text(message.value)), lineno=node.lineno), lineno=node.lineno)


class QuickEnvironment(Environment):
    """An `Environment` whose templates do less; `text` gives a message's text, escaped."""

    code_generator_class = _Generator

    def __init__(self, text: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._texts = _Texts(text)
        self.written = written

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = self._texts.visit(super()._parse(source, name, filename))
        return parsed
