"""How templates become code: as jinja2 does it, but for what every page would work out again, and gets the same.

- Texts of the catalogue are put in when the template is compiled; of one with values, the pieces between them.
- What is escaped only to be written down is escaped without being wrapped as `Markup` first.
- A call of what rolecall itself gave, such as `to.index()` or `count(...)`, and of a macro goes straight there; jinja2
  would first ask whether it wants the context. Whatever else bears that name is called as ever.
- What stands together is written together, not piece by piece through all templates that a page extends; but what is
  long (`|safe`, included templates) is given on its own, and what is in UTF-8 already stays so.

Loaded by `render` alone, with jinja2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.visitor import NodeTransformer

from rolecall.site.html import joined
from rolecall.site.messages import escaped, given, pieces, written


class _Generator(CodeGenerator):
    environment: QuickEnvironment
    _page: str | None = None  # the buffer of the template itself, or of the block

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("concat = ''.join")  # of what it gets here, nothing is encoded
        self.writeline("written, escaped, given = environment.written, environment.escaped, environment.given")
        self.writeline("own, links = environment.own, environment.links")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.toplevel or frame.block_frame:  # the template itself, or one of its blocks
            self.buffer(frame)
            self._page = frame.buffer

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if frame.toplevel or frame.block_frame:
            self.writeline(f"if {self._page}: yield concat({self._page})")
        super().leave_frame(frame, with_python_scope)

    def _hand_over(self) -> None:
        """Give what is written so far, before something is given that does not go through the list."""
        self.writeline(f"if {self._page}: yield concat({self._page})")
        self.writeline(f"{self._page}.clear()")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 -- jinja2's name
        if frame.buffer == self._page:
            self._hand_over()
            frame = frame.copy()
            frame.buffer = None
        super().visit_Block(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """What is `|safe` is most often a long text: joined with others, it would become as wide as their letters."""
        context = frame.eval_ctx
        if frame.buffer != self._page or frame.require_output_check or context.volatile or not context.autoescape:
            super().visit_Output(node, frame)
            return
        rest: list[nodes.Expr] = []
        for child in node.nodes:
            safe = child.node if isinstance(child, nodes.Filter) and child.name == "safe" else None
            if safe is None:
                rest.append(child)
                continue
            super().visit_Output(nodes.Output(rest, lineno=node.lineno), frame)
            rest = []
            self._hand_over()
            self.writeline("yield given(", child)
            self.visit(safe, frame)
            self.write(")")
        super().visit_Output(nodes.Output(rest, lineno=node.lineno), frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        if not node.with_context or frame.buffer == self._page:
            self._hand_over()
        if frame.buffer == self._page:
            frame = frame.copy()
            frame.buffer = None
        super().visit_Include(node, frame)

    def simple_write(self, s: str, frame: Frame, node: nodes.Node | None = None) -> None:
        # An included template or a block may give what is encoded; where it is joined with others, it must be text.
        super().simple_write(f"str({s})" if s == "event" and frame.buffer is not None else s, frame, node)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escaped(got) if type(got := ")  # `written`, without a call of a function of ours

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(") is str else written(got))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        name = frame.symbols.ref(node.node.name)
        self.write(f"(got if (got := getattr({name}, {node.attr!r}, missing)) is not missing else ")
        super().visit_Getattr(node, frame)
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(_is_keyword, node.kwargs)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        quick = self._own(node, frame)
        if quick:
            called, condition = quick
            self._call(called, node, frame)
            self.write(f" if {condition} else ")
        if not quick or isinstance(node.node, nodes.Getattr):
            # As a macro wants to be called; the context would first find out that it does.
            self._call("got", node, frame, "context.eval_ctx, ")
            self.write(" if type(got := ")
            self.visit(node.node, frame)
            self.write(") is Macro else ")
        super().visit_Call(node, frame, forward_caller=forward_caller)
        self.write(")")

    def _call(self, called: str, node: nodes.Call, frame: Frame, first: str = "") -> None:
        self.write(f"{called}({first}")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _own(self, node: nodes.Call, frame: Frame) -> tuple[str, str] | None:
        """What is called, and what is true when it is ours and wants no context, both as code; None: it cannot be."""
        called = node.node
        if isinstance(called, nodes.Name) and called.name in self.environment.own:
            name = frame.symbols.ref(called.name)
            return name, f"{name} is own[{called.name!r}]"
        if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
            name = frame.symbols.ref(called.node.name)
            if not called.attr.startswith("_") and callable(getattr(self.environment.links, called.attr, None)):
                return f"{name}.{called.attr}", f"type({name}) is links"
        return None


def _is_keyword(argument: nodes.Keyword) -> bool:
    return iskeyword(argument.key)


class _Texts(NodeTransformer):
    """Puts the text of `_("Posted")` in its place; `{{ _("at {host}", host=x) }}` becomes `at {{ x }}`."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:  # noqa: N802 -- jinja2's name
        return node  # `{% autoescape false %}`: our texts are escaped all the same, so they are left to be called

    def visit_Output(self, node: nodes.Output, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        node.nodes = [piece for child in node.nodes for piece in self._pieces(child) or [child]]
        return self.generic_visit(node, *args, **kwargs)

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        self.generic_visit(node, *args, **kwargs)
        message = _message(node)
        if message is None or node.kwargs:
            return node
        return nodes.MarkSafe(nodes.Const(str(self._text(message)), lineno=node.lineno), lineno=node.lineno)

    def _pieces(self, node: nodes.Expr) -> list[nodes.Expr] | None:
        """The message's text between its values, and the values; None when it is not a message, or not a simple one."""
        message = _message(node)
        found = pieces(str(self._text(message))) if message is not None else None
        values = {pair.key: pair.value for pair in node.kwargs} if isinstance(node, nodes.Call) else {}
        if found is None or not values or sorted(values) != sorted(name for _, name in found if name):
            return None
        parts: list[nodes.Expr] = []
        for text, name in found:
            parts.append(nodes.TemplateData(text, lineno=node.lineno))
            if name:
                parts.append(values[name])
        return parts


def _message(node: nodes.Expr) -> str | None:
    """The message in `_("...")`, if it stands there as it is."""
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
        return None
    if node.dyn_args or node.dyn_kwargs or len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
        return None
    message = node.args[0].value
    return message if isinstance(message, str) else None


class _Template(Template):
    """Whatever is imported is text."""

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        scope = self.new_context(vars, shared, locals)
        return TemplateModule(self, scope, list(map(str, self.root_render_func(scope))))


class QuickEnvironment(Environment):
    """An `Environment` whose templates do less.

    `text` gives a message's text, escaped. `links` is the class of whatever makes links. `own` names the globals that
    want no context.
    """

    code_generator_class = _Generator
    template_class = _Template
    concat = staticmethod(joined)  # what jinja2 itself joins: blocks that others ask for

    def __init__(self, text: Callable[[str], str], links: type, own: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self._texts = _Texts(text)
        self.links, self.own = links, own
        self.globals.update(own)
        self.written, self.escaped, self.given = written, escaped, given

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}  # jinja2 chains the two, and copies the chain for each page

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = self._texts.visit(super()._parse(source, name, filename))
        return parsed
