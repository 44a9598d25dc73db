"""Wrong answers made by editing a right one: what people write in its place, expression by expression.

`autograder.prove.mutants` changes an operator or a number at a time. These edits know what the functions of
this course are made of: a largest logit becomes the first, the mean or none at all; a logarithm gets a small
number added; a comparison, some slack; an array, no dtype, or the caller's own memory.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

SLACKS = ("1e-12", "1e-9", "1e-06", "0.001")


@dataclass(frozen=True)
class Edit:
    """A source with one edit: the edited line before and after, and the whole."""

    before: str
    after: str
    source: str


def edits(source: str) -> Iterator[Edit]:
    """Every edit of a source, each different from it and from the others."""
    tree = ast.parse(source)
    plain = ast.unparse(tree)
    seen = {plain}
    for number, node in enumerate(ast.walk(tree)):
        for replacement in _replacements(node):
            with warnings.catch_warnings():
                # An edit may be odd Python, of which the compiler warns.
                warnings.simplefilter("ignore", SyntaxWarning)
                edited = _with_replacement(tree, number, replacement)
            if edited is not None and edited not in seen:
                seen.add(edited)
                yield Edit(*_changed_line(plain, edited), edited)


def _with_replacement(tree: ast.Module, number: int, replacement: str) -> str | None:
    """The source with one node, by its number in `ast.walk`, replaced; None if that is no Python."""
    edited = copy.deepcopy(tree)
    target = next(node for i, node in enumerate(ast.walk(edited)) if i == number)
    try:
        if isinstance(target, ast.expr):
            new: list[ast.stmt] | ast.expr = ast.parse(replacement, mode="eval").body
        else:
            new = ast.parse(replacement).body
        _Put(target, new).visit(edited)
        text = ast.unparse(ast.fix_missing_locations(edited))
        compile(text, "<edit>", "exec")
    except (SyntaxError, ValueError):
        return None
    return text


class _Put(ast.NodeTransformer):
    def __init__(self, target: ast.AST, new: list[ast.stmt] | ast.expr) -> None:
        self._target, self._new = target, new

    def visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:
        return self._new if node is self._target else super().visit(node)  # type: ignore[no-any-return]


def _changed_line(before: str, after: str) -> tuple[str, str]:
    old, new = before.splitlines(), after.splitlines()
    for a, b in zip(old, new, strict=False):
        if a != b:
            return a.strip(), b.strip()
    longer = old[len(new) :] or [""]
    return longer[0].strip(), (new[len(old) :] or [""])[0].strip()


# What takes the place of a node -----------------------------------------------------------------------------


def _replacements(node: ast.AST) -> Iterator[str]:
    """Source of what people write in the place of a node."""
    for kind, of in _OF_KIND.items():
        if isinstance(node, kind):
            yield from of(node)
    if isinstance(node, ast.stmt) and not isinstance(
        node, (ast.FunctionDef, ast.Raise, ast.Return, ast.Import, ast.ImportFrom, ast.Pass)
    ):
        yield "pass"


def _call(node: ast.Call) -> Iterator[str]:
    function = ast.unparse(node.func)
    name = function.rpartition(".")[2]
    args = [ast.unparse(arg) for arg in node.args]
    keywords = [ast.unparse(keyword) for keyword in node.keywords]
    whole = ast.unparse(node)

    def called(arguments: list[str], named: list[str] | None = None, by: str = function) -> str:
        return f"{by}({', '.join([*arguments, *(keywords if named is None else named)])})"

    for i in range(len(keywords)):
        yield called(args, [keyword for j, keyword in enumerate(keywords) if j != i])
    if len(args) == 1:
        yield args[0]
    if len(args) == 2:
        yield called(args[::-1])
    method_of = (
        ast.unparse(node.func.value)
        if isinstance(node.func, ast.Attribute) and function.partition(".")[0] not in ("np", "math", "numpy")
        else ""
    )
    subject = method_of or (args[0] if args else "")
    # The arguments that say along which axis.
    axes = ", ".join([*(args if method_of else args[1:]), *keywords])
    sep = f", {axes}" if axes else ""
    if name in ("max", "amax", "min") and subject:
        yield from _extremes(
            name, subject, axes, sep, whole, np_like=bool(method_of) or function.startswith("np.")
        )
    elif name in ("sum", "fsum", "prod", "mean", "nansum"):
        for other in {"sum", "prod", "mean", "max"} - {name}:
            yield (
                f"np.{other}(np.asarray({subject}){sep})"
                if not _is_generator(node)
                else f"np.{other}(np.asarray(list({subject})))"
            )
        yield from (f"({whole} + {slack})" for slack in ("1e-09", "1e-08"))
        if method_of or function.startswith("np."):
            yield f"{subject}.sum(axis=0)"
            yield f"{subject}.sum()"
            yield f"np.sum(np.unique({subject}))"
            yield f"np.sum(np.abs({subject}){sep})"
            yield f"np.sum({subject}[np.isfinite({subject})])"
    elif name in ("asarray", "array", "float64"):
        yield from _conversions(args, name)
    elif name == "float" and len(args) == 1:
        yield f"int({args[0]})"
        yield f"abs(float({args[0]}))"
        yield from (f"round(float({args[0]}), {n})" for n in (4, 8))
        yield f"float(np.float32({args[0]}))"
    elif name in ("exp", "expm1") and args:
        for inner in (
            f"np.clip({args[0]}, -700, 700)",
            f"np.clip({args[0]}, -50, 50)",
            f"-({args[0]})",
            f"np.float32({args[0]})",
            f"np.minimum({args[0]}, 0)",
        ):
            yield called([inner, *args[1:]])
        yield called(args, by="np.expm1")
        yield called(args, by="np.exp2")
        yield f"(1 + {args[0]})"
        yield f"({whole} + 1e-09)"
    elif name == "log" and args:
        for inner in (
            *(f"({args[0]} + {slack})" for slack in ("1e-300", "1e-15", *SLACKS[:2])),
            *(f"np.maximum({args[0]}, {low})" for low in ("1e-300", "1e-15", "1e-12", "5e-324")),
            f"np.clip({args[0]}, 1e-12, 1 - 1e-12)",
            f"np.abs({args[0]})",
            f"(1 + {args[0]})",
        ):
            yield called([inner, *args[1:]])
        for by in ("np.log2", "np.log10", "np.log1p", "np.nan_to_num"):
            yield called(args, by=by)
        yield f"np.nan_to_num({whole}, neginf=-10000.0)"
        yield f"np.nan_to_num({whole})"
    elif name == "sqrt" and args:
        for inner in (f"abs({args[0]})", f"({args[0]} + 1e-12)", f"({args[0]} + 1e-08)"):
            yield called([inner])
        yield called(args, by="np.cbrt")
    elif name in ("sorted", "reversed", "set", "list", "tuple") and args:
        for by in ("sorted", "reversed", "list"):
            yield f"list({called(args[:1], [], by)})"
        yield f"list(dict.fromkeys({args[0]}))"
        yield f"sorted(set({args[0]}))"
        yield f"sorted({args[0]}, key=str.lower)"
        yield f"sorted({args[0]}, reverse=True)"
    elif name == "len" and args:
        yield f"len(set(map(str, {args[0]})))"
        yield f"(len({args[0]}) - 1)"
        yield f"(len({args[0]}) + 1)"
        yield f"np.size({args[0]})"
    elif name in ("range", "arange") and len(args) == 1:
        yield f"range(1, {args[0]})"
        yield f"range({args[0]} - 1)"
        yield f"range({args[0]} + 1)"
        yield f"reversed(range({args[0]}))"
        yield f"range(min({args[0]}, 1000))"
    elif name == "isclose" and len(args) > 1:
        yield f"({args[0]} == {args[1]})"
        for slack in ("1e-15", "1e-09", "1e-06"):
            yield f"(abs({args[0]} - {args[1]}) <= {slack})"
        yield f"np.isclose({args[0]}, {args[1]})"
    elif name in ("argmax", "argmin"):
        yield f"({subject}.size - 1 - np.{name}({subject}[::-1]))"
        yield "0"
    elif name == "get" and len(args) == 2:
        yield f"{method_of}[{args[0]}]"
    elif name in ("flatnonzero", "nonzero"):
        yield f"np.arange(len({subject}))"
    elif name == "setdefault" and len(args) == 2:
        yield f"{method_of}.get({', '.join(args)})"


def _is_generator(node: ast.Call) -> bool:
    return bool(node.args) and isinstance(node.args[0], ast.GeneratorExp)


def _extremes(name: str, subject: str, axes: str, sep: str, whole: str, *, np_like: bool) -> Iterator[str]:
    other = "min" if name != "min" else "max"
    if "key=" in axes:
        yield f"{other}({subject}, {axes})"
        yield f"{name}(list({subject})[::-1], {axes})"
        yield f"{name}(sorted({subject}), {axes})"
        yield f"{name}(sorted({subject}, reverse=True), {axes})"
        return
    array = f"np.asarray({subject})" if not subject.isidentifier() or not np_like else subject
    for by in (other, "mean", "median"):
        yield f"np.{by}({array}{sep})"
    yield f"np.max(np.abs({array}){sep})"
    yield f"np.maximum({whole}, 0)"
    yield f"np.minimum({whole}, 700)"
    yield f"np.where({whole} > 700, {whole}, 0)"
    yield f"np.where(np.abs({whole}) > 700, {whole}, 0)"
    yield f"np.round({whole})"
    yield f"({whole} + 1e-09)"
    yield f"({whole} - 700)"
    if "axis" in axes:
        yield f"np.max({array})"
        yield f"{array}[:, :1]"
        yield f"{array}[:, -1:]"
        yield f"{array}[:1]"
    else:
        yield f"{subject}[0]"
        yield f"{subject}[-1]"
        yield f"{array}[np.argmax(np.abs({array}))]"


def _conversions(args: list[str], name: str) -> Iterator[str]:
    if not args:
        return
    what = args[0]
    for text in (
        "np.asarray({})",
        "np.array({})",
        "np.asarray({}, dtype=float)",
        "np.asarray({}, dtype=int)",
        "np.asarray({}, dtype=np.float32).astype(float)",
        "np.asarray({}, dtype=np.float16).astype(float)",
        "np.sort(np.asarray({}, dtype=float))",
        "np.unique(np.asarray({}, dtype=float))",
        "np.abs(np.asarray({}, dtype=float))",
        "np.round(np.asarray({}, dtype=float), 6)",
        "np.round(np.asarray({}, dtype=float), 8)",
        "np.nan_to_num(np.asarray({}, dtype=float), neginf=-10000.0)",
        "np.nan_to_num(np.asarray({}, dtype=float))",
        "np.clip(np.asarray({}, dtype=float), -700, 700)",
        "np.clip(np.asarray({}, dtype=float), 1e-12, None)",
        "np.clip(np.asarray({}, dtype=float), 1e-12, 1 - 1e-12)",
        "np.atleast_2d(np.asarray({}, dtype=float))",
        "np.asarray({}, dtype=float).T",
        "np.asarray({}, dtype=float)[::-1]",
    ):
        yield text.format(what)


def _compare(node: ast.Compare) -> Iterator[str]:
    if len(node.ops) != 1:
        yield from _chained(node)
        return
    left, other, sign = ast.unparse(node.left), ast.unparse(node.comparators[0]), _SIGNS[type(node.ops[0])]
    if sign in ("<", "<=", ">", ">="):
        for slack in SLACKS:
            yield f"({left} {sign} {other} + {slack})"
            yield f"({left} {sign} {other} - {slack})"
        yield f"(({left} {sign} {other}) | np.isclose({left}, {other}))"
        yield f"(({left} {sign} {other}) & ~np.isclose({left}, {other}))"
        yield f"(abs({left}) {sign} {other})"
        yield f"(round(float({left}), 9) {sign} {other})"
    elif sign in ("==", "!="):
        no = "" if sign == "==" else "not "
        yield f"({no}np.isclose({left}, {other}))"
        for slack in SLACKS:
            yield f"({no}abs({left} - {other}) <= {slack})"
        yield f"({left} is {other})" if not left.isnumeric() and not other.isnumeric() else "False"
        yield f"({left} {sign} {other}.lower())"
        for turned in ("<", ">"):
            yield f"({left} {turned} {other})"
    elif sign in ("in", "not in"):
        yield "True"
        yield "False"


def _chained(node: ast.Compare) -> Iterator[str]:
    """0 <= u < 1: each half alone, each number moved by a little, each edge in or out."""
    texts = [ast.unparse(part) for part in (node.left, *node.comparators)]
    signs = [_SIGNS[type(op)] for op in node.ops]

    def chain(numbers: list[str], by: list[str]) -> str:
        return "(" + numbers[0] + "".join(f" {s} {t}" for s, t in zip(by, numbers[1:], strict=True)) + ")"

    for i, sign in enumerate(signs):
        yield f"({texts[i]} {sign} {texts[i + 1]})"
        turned = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}.get(sign, sign)
        yield chain(texts, [*signs[:i], turned, *signs[i + 1 :]])
    for i in (0, len(texts) - 1):
        for moved in (f"{texts[i]} {by} {slack}" for slack in SLACKS[:3] for by in "+-"):
            yield chain([*texts[:i], moved, *texts[i + 1 :]], signs)


_SIGNS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def _bin_op(node: ast.BinOp) -> Iterator[str]:
    left, right = ast.unparse(node.left), ast.unparse(node.right)
    kind = type(node.op)
    if kind in (ast.Sub, ast.Div, ast.Pow, ast.MatMult):
        sign = {ast.Sub: "-", ast.Div: "/", ast.Pow: "**", ast.MatMult: "@"}[kind]
        yield f"(({right}) {sign} ({left}))"
    if kind in (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult):
        yield f"({left})"
        yield f"({right})"
    if kind is ast.Div:
        for slack in ("1e-09", "1e-08"):
            yield f"(({left}) / (({right}) + {slack}))"
        yield f"(({left}) / np.maximum({right}, 1e-12))"
        yield f"(({left}) / np.maximum({right}, 1e-08))"
        yield f"(({left}) / abs({right}))"
        yield f"(({left}) // ({right}))"
    if kind is ast.MatMult:
        for text in (
            "({0}).T @ ({1})",
            "({0}) @ ({1}).T",
            "({0}) * ({1})",
            "(({0}) @ ({1})).T",
            "np.outer({0}, {1})",
        ):
            yield f"({text.format(left, right)})"
    if kind is ast.Sub:
        yield f"abs(({left}) - ({right}))"
    if kind is ast.Pow:
        yield f"({left})"
        yield f"abs({left})"


def _bool_op(node: ast.BoolOp) -> Iterator[str]:
    word = " and " if isinstance(node.op, ast.And) else " or "
    parts = [f"({ast.unparse(value)})" for value in node.values]
    for i in range(len(parts)):
        yield "(" + word.join(part for j, part in enumerate(parts) if j != i) + ")"
    yield "(" + (" or " if word == " and " else " and ").join(parts) + ")"


def _unary(node: ast.UnaryOp) -> Iterator[str]:
    yield f"({ast.unparse(node.operand)})"


def _attribute(node: ast.Attribute) -> Iterator[str]:
    whole, of = ast.unparse(node), ast.unparse(node.value)
    if node.attr == "T":
        yield of
    elif node.attr == "size":
        yield f"len({of})"
    elif node.attr == "shape" and isinstance(node.ctx, ast.Load):
        yield f"{of}.size"
        yield f"{whole}[:1]"
        yield f"{whole}[-1:]"


def _if_exp(node: ast.IfExp) -> Iterator[str]:
    yield f"({ast.unparse(node.body)})"
    yield f"({ast.unparse(node.orelse)})"


def _constant(node: ast.Constant) -> Iterator[str]:
    value = node.value
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, float):
        yield from (repr(value * by) for by in (0.1, 10.0, 0.5, 1.01))
        yield from (repr(value + by) for by in (1e-9, -1e-9, 1e-6, 0.1))
        yield "0.0"
    elif isinstance(value, int):
        yield from (repr(value + by) for by in (1, -1))
        yield repr(float(value))
        yield repr(value + 1e-9)
    elif isinstance(value, str) and value.strip():
        yield from (
            repr(text)
            for text in {value.upper(), value.title(), value + " ", value.replace(" ", "_")} - {value}
        )


def _if(node: ast.If) -> Iterator[str]:
    body = "\n".join(ast.unparse(part) for part in node.body)
    other = "\n".join(ast.unparse(part) for part in node.orelse)
    yield body
    if other:
        yield other
    test = ast.unparse(node.test)
    indented = "\n".join("    " + line for line in body.splitlines())
    # What an array, or a list where an array was thought of, makes of it.
    names = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
    for name in sorted(names - {"len", "np", "math", "abs", "any", "all", "not"}):
        yield f"if not {name}:\n{indented}" + (f"\nelse:\n    {other}" if other and "\n" not in other else "")
    yield f"if not ({test}):\n{indented}"


def _raise(node: ast.Raise) -> Iterator[str]:
    if not isinstance(node.exc, ast.Call):
        return
    message = ", ".join(ast.unparse(arg) for arg in node.exc.args)
    name = ast.unparse(node.exc.func)
    for other in ("ValueError", "TypeError", "KeyError", "IndexError", "ArithmeticError"):
        if other != name:
            yield f"raise {other}({message})"
    yield f"raise {name}"
    yield f"raise {name}('bad input')"
    yield "return None"
    yield "return float('nan')"
    yield "return 0"


def _joined(node: ast.JoinedStr) -> Iterator[str]:
    for i, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            yield ast.unparse(ast.JoinedStr([p for j, p in enumerate(node.values) if j != i]))
            yield ast.unparse(
                ast.JoinedStr(
                    [
                        *node.values[:i],
                        ast.FormattedValue(part.value, -1, ast.JoinedStr([ast.Constant(".2f")])),
                        *node.values[i + 1 :],
                    ]
                )
            )


def _assign(node: ast.Assign) -> Iterator[str]:
    if len(node.targets) != 1:
        return
    target, value = ast.unparse(node.targets[0]), node.value
    if isinstance(value, ast.BinOp):
        sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}.get(type(value.op))
        # z = z - c where a new array was made: z -= c works on whatever z is.
        if sign and isinstance(value.left, ast.Name):
            left, right = value.left.id, ast.unparse(value.right)
            yield (
                f"{left} {sign}= {right}\n{target} = {left}" if left != target else f"{left} {sign}= {right}"
            )
    if isinstance(node.targets[0], ast.Name):
        yield f"{ast.unparse(node)}\n{target} = np.round({target}, 6)"
        yield f"{ast.unparse(node)}\n{target} = np.abs({target})"


def _aug_assign(node: ast.AugAssign) -> Iterator[str]:
    target, value = ast.unparse(node.target), ast.unparse(node.value)
    yield f"{target} = {value}"
    sign = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}.get(type(node.op))
    if sign:
        yield f"{target} {sign}= {value}"


def _for(node: ast.For) -> Iterator[str]:
    target, over = ast.unparse(node.target), ast.unparse(node.iter)
    body = "\n".join("    " + line for part in node.body for line in ast.unparse(part).splitlines())
    for other in (
        f"list({over})[:-1]",
        f"list({over})[1:]",
        f"list({over})[::-1]",
        f"sorted(set({over}))",
        f"list({over})[:1000]",
    ):
        yield f"for {target} in {other}:\n{body}"
    yield f"for {target} in {over}:\n{body}\n    break"


def _while(node: ast.While) -> Iterator[str]:
    test = ast.unparse(node.test)
    body = "\n".join("    " + line for part in node.body for line in ast.unparse(part).splitlines())
    yield f"for _ in range(1000):\n    if not ({test}):\n        break\n{body}"
    yield f"if {test}:\n{body}"


def _comprehension(node: ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp) -> Iterator[str]:
    generator = node.generators[0]
    over = ast.unparse(generator.iter)
    for other in (
        f"list({over})[:-1]",
        f"list({over})[1:]",
        f"list({over})[::-1]",
        f"dict.fromkeys({over})",
        f"sorted({over})",
        f"list({over})[:1000]",
    ):
        yield _with_iter(node, other)
    for i in range(len(generator.ifs)):
        changed = copy.deepcopy(node)
        del changed.generators[0].ifs[i]
        yield ast.unparse(changed)


def _with_iter(node: ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp, over: str) -> str:
    changed = copy.deepcopy(node)
    changed.generators[0].iter = ast.parse(over, mode="eval").body
    return ast.unparse(changed)


def _with(node: ast.With) -> Iterator[str]:
    yield "\n".join(ast.unparse(part) for part in node.body)


def _return(node: ast.Return) -> Iterator[str]:
    if node.value is None:
        return
    value = ast.unparse(node.value)
    if isinstance(node.value, ast.Tuple):
        parts = [ast.unparse(part) for part in node.value.elts]
        yield f"return ({', '.join(parts[::-1])})"
        yield f"return [{', '.join(parts)}][0]"
        return
    for other in (
        f"-({value})",
        f"abs({value})",
        f"1 - ({value})",
        f"np.round({value}, 5)",
        f"np.clip({value}, 0, 1)",
        f"np.clip({value}, -1e4, 1e4)",
    ):
        yield f"return {other}"


def _subscript(node: ast.Subscript) -> Iterator[str]:
    if not isinstance(node.ctx, ast.Load):
        return
    of, at = ast.unparse(node.value), ast.unparse(node.slice)
    if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
        yield f"{of}[-1]"
        yield f"{of}[0]"
    elif not isinstance(node.slice, (ast.Slice, ast.Tuple)):
        yield f"{of}[{at} - 1]"
        yield f"{of}.get({at})"


_OF_KIND: dict[type[ast.AST], Callable[[Any], Iterator[str]]] = {
    ast.Call: _call,
    ast.Compare: _compare,
    ast.BinOp: _bin_op,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary,
    ast.Attribute: _attribute,
    ast.IfExp: _if_exp,
    ast.Constant: _constant,
    ast.If: _if,
    ast.Raise: _raise,
    ast.JoinedStr: _joined,
    ast.Assign: _assign,
    ast.AugAssign: _aug_assign,
    ast.For: _for,
    ast.While: _while,
    ast.ListComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.With: _with,
    ast.Return: _return,
    ast.Subscript: _subscript,
}
