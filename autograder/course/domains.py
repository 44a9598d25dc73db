"""What a function's arguments may be, and what is refused: declared once, beside its checks.

A domain says of each argument of what kinds it may be. Inputs are drawn from it, every kind in turn, to find
the wrong answers that checks let through (`autograder gaps`) and to choose the calls of a question's drawn
check::

    softmax.domain(z=vectors(of=ANY_LOGITS))
    softmax.refuses(ValueError, z=empty_vectors())

A question has as many of these lines as its text has cases. Arguments that depend on one another are drawn
by a function, which returns them by name::

    @dot.domain
    def two_vectors_of_one_length(draw):
        n = draw(lengths())
        return {"a": draw(vectors(n)), "b": draw(vectors(n))}

    @dot.refuses(ValueError, naming=lambda a, b: [len(a), len(b)])
    def two_lengths(draw):
        n = draw(lengths())
        return {"a": draw(vectors(n)), "b": draw(vectors(n + draw(among(1, 2))))}

`draw(strategy)` draws from a strategy:

    vectors(n, of)             a list, a tuple or an array, of ints of any width or floats (n may be left out)
    matrices(m, n, of)         a list of rows or a 2-D array (m and n may be left out)
    lengths(), shapes()        one component, two, a few, some 2,000; one row, one column, wide, tall, square
    numbers(of)                one number: an int, a float
    among(a, b, c)             one of these values, of no kind worth a name
    one_of({"a tie": s, ...})  one of several strategies or values, each a kind with a name
    edges(0.4, 0.9)            each of these numbers, and the next float on either side
    empty_vectors()            [], () and np.array([])
    masks(m, n)                Booleans with at least one True per row, as a list of rows or as an array
    words(n), tokens(n)        n different strings, in upper and lower case; a text of n, with repetitions
    functions_of_a_number(), functions_of_a_vector(n)
                               smooth functions to differentiate
    slopes(n)                  a gradient to hand over: it takes a number (n=None) or n, and gives the like

`of` says what the numbers are: a dict from the name of a kind to a function of `(rng, n)` that returns n
numbers. `ANY_REALS`, `ANY_POSITIVE`, `ANY_LOGITS`, `ANY_PROBABILITIES` and `ANY_DISTRIBUTION` are such dicts.
`ANY_REALS | {"so small that squares vanish": lambda rng, n: ...}` has one more,
`without(ANY_REALS, "large numbers")` one fewer. Students read what a kind is called: it says what sort of
input failed, and gives no input away.

`refuses` takes the error, and as `naming` what its message must name: an argument's name, several, or a
function of the arguments that returns the values. `domain` takes `rtol` and `atol` if the contract's 1e-9
and 1e-12 do not hold: `domain(..., rtol=1e-6, because="central differences are approximate")`. What neither
of the two says is not asked.

Rules of thumb. An input for which the text has no rule does not belong in a domain. Draw numbers from which
every right algorithm makes the same: where a sum cancels, or arccos is near 1, draw whole numbers and halves,
which add up exactly. A kind that is never drawn hides the faults that it alone shows.
"""

from __future__ import annotations

import inspect
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

Strategy = Callable[["Draw"], Any]
Content = Callable[[random.Random, int], list]
# A difference of two such numbers is within a millionth in float32 too, whatever the order of the steps.
MAX_IN_FLOAT32 = 16.0
# A long vector: longer than Python nests calls, and a power of 2, so that equal shares of it add up exactly.
LONG = 2048


class Draw:
    """Draws from strategies, each kind in turn, and the same for the same seed. Notes which kinds it drew."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)
        self.kinds: list[str] = []
        self._drawn: Counter[tuple[str, int, str]] = Counter()
        self._asked: Counter[str] = Counter()

    def __call__(self, strategy: Strategy) -> Any:
        return strategy(self)

    def begin(self) -> None:
        """Begin a new input."""
        self.kinds, self._asked = [], Counter()

    def kind(self, of_what: str, weights: Mapping[str, float]) -> str:
        """One of these kinds: the less often it was drawn before for the same argument, the likelier."""
        self._asked[of_what] += 1
        place = self._asked[of_what]
        left = [weight / (1 + self._drawn[of_what, place, label]) for label, weight in weights.items()]
        (label,) = self.rng.choices(list(weights), left)
        self._drawn[of_what, place, label] += 1
        self.note(label)
        return label

    def note(self, label: str) -> None:
        """Note a kind of the input that is being drawn."""
        if label not in self.kinds:
            self.kinds.append(label)


class Formula:
    """A function to hand over, kept with its source, so that it can be written into a check."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._function = eval(source, {"np": np, "math": math})

    def __call__(self, *args: Any) -> Any:
        return self._function(*args)

    def __repr__(self) -> str:
        return self.source


# Choices ----------------------------------------------------------------------------------------------------


def among(*values: Any) -> Strategy:
    """One of these values."""
    return lambda draw: draw.rng.choice(values)


def one_of(kinds: Mapping[str, Any]) -> Strategy:
    """One of several kinds by name, each a strategy or a value."""

    def strategy(draw: Draw) -> Any:
        chosen = kinds[draw.kind("/".join(kinds), dict.fromkeys(kinds, 1.0))]
        return draw(chosen) if callable(chosen) and not isinstance(chosen, Formula) else chosen

    return strategy


def edges(*numbers: float) -> Strategy:
    """Each of these numbers, and the next float on either side."""

    def strategy(draw: Draw) -> float:
        edge = draw.rng.choice(numbers)
        below, above = math.nextafter(edge, -math.inf), math.nextafter(edge, math.inf)
        sides = {"just below an edge": below, "just above an edge": above}
        side = draw.kind("edges", {"an edge": 1.0, **dict.fromkeys(sides, 1.0)})
        return sides.get(side, edge)

    return strategy


def without(kinds: Mapping[str, Content], *labels: str) -> dict[str, Content]:
    """The same kinds, and none of these."""
    unknown = [label for label in labels if label not in kinds]
    if unknown:
        raise ValueError(f"no kind {unknown[0]!r}; there are {', '.join(map(repr, kinds))}")
    return {label: content for label, content in kinds.items() if label not in labels}


# Sizes ------------------------------------------------------------------------------------------------------


def lengths(low: int = 1, high: int = LONG) -> Strategy:
    """How many components: one, two, a few, a dozen, some 2,000; none of them below `low` or above `high`."""
    kinds: dict[str, tuple[float, Sequence[int]]] = {
        "one component": (1, [1]),
        "two components": (1.5, [2]),
        "a few components": (2.5, [3, 4, 5]),
        "a dozen components": (0.3, range(8, 17)),
        "some 2,000 components": (0.02, [LONG]),
    }
    fitting = {label: [n for n in sizes if low <= n <= high] for label, (_, sizes) in kinds.items()}
    weights = {label: kinds[label][0] for label, sizes in fitting.items() if sizes}
    return lambda draw: draw.rng.choice(fitting[draw.kind("lengths", weights)])


def shapes(*, square: bool = True) -> Strategy:
    """The shape of a small matrix: (rows, columns)."""

    def strategy(draw: Draw) -> tuple[int, int]:
        few, more = sorted(draw.rng.sample(range(2, 6), 2))
        kinds = {
            "one row": (1, more),
            "one column": (more, 1),
            "more columns than rows": (few, more),
            "more rows than columns": (more, few),
            "a single entry": (1, 1),
            "as many rows as columns": (few, few),
        }
        return kinds[draw.kind("shapes", {label: 1.0 for label, (m, n) in kinds.items() if square or m != n})]

    return strategy


# What numbers are -------------------------------------------------------------------------------------------


def _decimals(rng: random.Random, low: float, high: float) -> float:
    """A number of ten decimals, so that one rounded to fewer is another."""
    return round(rng.uniform(low, high), 10)


def _eighths(rng: random.Random, low: float, high: float) -> float:
    """A multiple of 1/8: exact in float32, and so are sums and products of a few."""
    return rng.randint(math.ceil(low * 8), math.floor(high * 8)) / 8


def _signed(rng: random.Random, size: float) -> float:
    return rng.choice([-1, 1]) * size


def _shuffled(rng: random.Random, values: list) -> list:
    """The values in another order: three times in four, one whose first is not the largest."""
    rng.shuffle(values)
    if len(values) > 1 and rng.random() < 0.75:
        largest = values.index(max(values))
        place = rng.randrange(1, len(values))
        values[largest], values[place] = values[place], values[largest]
    return values


def _with(rng: random.Random, values: list, special: Any) -> list:
    """The values with a special one in one place, or in two of many; a single value stays as it is."""
    places = rng.sample(range(len(values)), 2 if len(values) > 3 else 1) if len(values) > 1 else []
    for place in places:
        values[place] = special
    return values


def whole_numbers(rng: random.Random, n: int) -> list:
    return [_signed(rng, rng.randint(1, 9)) for _ in range(n)]


def many_decimals(rng: random.Random, n: int) -> list:
    return [_decimals(rng, -3, 3) for _ in range(n)]


def eighths(rng: random.Random, n: int) -> list:
    return [_eighths(rng, -6, 6) or 0.5 for _ in range(n)]


def equal_components(rng: random.Random, n: int) -> list:
    return [rng.choice([-4, 3, 7, 0.5, -2.75])] * n


def a_repeated_component(rng: random.Random, n: int) -> list:
    pair = rng.sample([-3, 2, 5, 8], 2)
    return [pair[i % 2] if i < 3 else rng.choice(pair) for i in range(n)]


def _of_several_kinds(rng: random.Random, n: int) -> list:
    """What shows many faults at once: decimals, equal numbers, a negative, a small one and a large one."""
    tied = _decimals(rng, 2, 4)
    small, large = round(rng.uniform(1e-4, 9e-4), 14), _decimals(rng, 40, 60)
    values = [tied, -_decimals(rng, 1, 2), tied, small, -large, *many_decimals(rng, n)][:n]
    rng.shuffle(values)
    return values


ANY_REALS: dict[str, Content] = {
    "whole numbers": whole_numbers,
    "many decimals": many_decimals,
    "halves and quarters": eighths,
    "a zero among them": lambda rng, n: _with(rng, [_eighths(rng, 1, 6) for _ in range(n)], 0.0),
    "equal components": equal_components,
    "a repeated component": a_repeated_component,
    "negative numbers": lambda rng, n: [_eighths(rng, -8, -0.125) for _ in range(n)],
    "small numbers": lambda rng, n: [_signed(rng, round(rng.uniform(1e-4, 9e-4), 14)) for _ in range(n)],
    "large whole numbers": lambda rng, n: [_signed(rng, rng.randint(90, 127)) for _ in range(n)],
    "whole numbers from 0 to 255": lambda rng, n: [rng.randint(128, 255) for _ in range(n)],
    "large numbers": lambda rng, n: [_signed(rng, round(rng.uniform(1e5, 9e5), 4)) for _ in range(n)],
    "numbers of several kinds": _of_several_kinds,
}
"""Numbers of either sign, none so large or so small that its square is out of range."""


def _without_sign(content: Content) -> Content:
    return lambda rng, n: [abs(x) for x in content(rng, n)]


ANY_POSITIVE: dict[str, Content] = {
    label: _without_sign(content) for label, content in without(ANY_REALS, "negative numbers").items()
}
"""The same without their signs."""


def _tied(rng: random.Random, n: int) -> list:
    return _shuffled(rng, [_eighths(rng, -4, 2) for _ in range(n - 2)] + [2.5] * min(n, 2))


def _one_far_above(rng: random.Random, n: int) -> list:
    return _shuffled(
        rng, [rng.choice([1000.0, 800.5, 10000.0, 20000.0])] + [_eighths(rng, -2, 2) for _ in range(n - 1)]
    )


def _one_far_below(rng: random.Random, n: int) -> list:
    return _shuffled(rng, [rng.choice([-1000.0, -10000.0])] + [_eighths(rng, -2, 2) for _ in range(n - 1)])


def _all_around(*centres: int) -> Content:
    def content(rng: random.Random, n: int) -> list:
        centre = rng.choice(centres)
        return [centre + rng.randint(-3, 3) for _ in range(n)]

    return content


def _several_huge(rng: random.Random, n: int) -> list:
    others = [rng.choice([-10000.0, 998.5, -998.0]) for _ in range(n)]
    return _shuffled(rng, [1000.0, -1000.0, 999.5, 0.0, *others][:n])


def _far_apart(rng: random.Random, n: int) -> list:
    return _shuffled(rng, [_eighths(rng, *((-24, -14), (-3, 3))[i % 2]) for i in range(n)])


def _bytes(rng: random.Random, n: int) -> list:
    return [rng.choice([rng.randint(0, 9), rng.randint(247, 255)]) for _ in range(n)]


def _logits_of_several_kinds(rng: random.Random, n: int) -> list:
    tied = _decimals(rng, 2, 4)
    far, near = -_decimals(rng, 15, 22), _decimals(rng, 0, 2)
    return _shuffled(rng, [near, tied, far, tied, -_decimals(rng, 0, 2), *many_decimals(rng, n)][:n])


ANY_LOGITS: dict[str, Content] = {
    "whole numbers": whole_numbers,
    "many decimals": many_decimals,
    "halves and quarters": eighths,
    "equal components": equal_components,
    "a tie for the largest": _tied,
    "far apart": _far_apart,
    "one far above the others": _one_far_above,
    "one far below the others": _one_far_below,
    # exp(708) and exp(-742) are floats still, the sum of the ones too large and the others of a digit or two.
    "all far above zero": _all_around(708, 1000, 10000),
    "all far below zero": _all_around(-742, -1000, -10000),
    "several huge ones": _several_huge,
    "large whole numbers": lambda rng, n: [_signed(rng, rng.randint(118, 127)) for _ in range(n)],
    "whole numbers from 0 to 255": _bytes,
    "-inf among them": lambda rng, n: _with(rng, many_decimals(rng, n), -math.inf),
    "logits of several kinds": _logits_of_several_kinds,
}
"""Logits: moderate, far apart, huge, tied; and -inf, as a mask sets it, among others."""


def _rising_sums(rng: random.Random, n: int, total: int) -> list[int]:
    """n whole numbers of at least 1 that sum to the total."""
    cuts = sorted(rng.sample(range(1, total), n - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def _sixteenths(rng: random.Random, n: int) -> list:
    total = 16 if n <= 12 else 2 ** math.ceil(math.log2(n) + 2)
    return [part / total for part in _rising_sums(rng, n, total)]


def _some_impossible(rng: random.Random, n: int) -> list:
    possible = n - max(1, n // 3) if n > 1 else 1
    values = _sixteenths(rng, possible) + [0.0] * (n - possible)
    rng.shuffle(values)
    return values


def _one_certain(rng: random.Random, n: int) -> list:
    values = [0] * n
    values[rng.randrange(n)] = 1
    return values


def _of_many_decimals(rng: random.Random, n: int) -> list:
    parts = [rng.uniform(0.2, 1) for _ in range(n)]
    return [part / math.fsum(parts) for part in parts]


def _one_unlikely(rng: random.Random, n: int) -> list:
    values = [p * (1 - 2**-30) for p in _sixteenths(rng, n - 1)] + [2**-30] if n > 1 else [1.0]
    rng.shuffle(values)
    return values


ANY_DISTRIBUTION: dict[str, Content] = {
    "sixteenths": _sixteenths,
    "many decimals": _of_many_decimals,
    "impossible outcomes among them": _some_impossible,
    "one certain outcome, as whole numbers": _one_certain,
    "equal probabilities": lambda rng, n: [1 / n] * n,
    "an unlikely outcome": _one_unlikely,
}
"""Probabilities that sum to 1, to the last bit or two."""


def _moderate(rng: random.Random, n: int) -> list:
    return [_eighths(rng, 0.125, 0.875) for _ in range(n)]


ANY_PROBABILITIES: dict[str, Content] = {
    "many decimals": lambda rng, n: [_decimals(rng, 0.05, 0.95) for _ in range(n)],
    "halves and quarters": _moderate,
    "equal components": lambda rng, n: [rng.choice([0.5, 0.25, 0.3])] * n,
    "certainties": lambda rng, n: [1] * n,
    "a certain one among them": lambda rng, n: _with(rng, _moderate(rng, n), 1.0),
    "an impossible one among them": lambda rng, n: _with(rng, _moderate(rng, n), 0.0),
    "zeros and ones": lambda rng, n: [rng.randint(0, 1) for _ in range(n)],
    "small probabilities": lambda rng, n: [round(rng.uniform(1e-7, 9e-7), 16) for _ in range(n)],
    "tiny probabilities": lambda rng, n: [rng.choice([1e-30, 3e-35, 2e-25]) for _ in range(n)],
    "just below 1": lambda rng, n: [math.nextafter(1.0, 0.0), *_moderate(rng, n - 1)],
}
"""Probabilities that need not sum to anything."""

OF_SEVERAL = {
    "equal components",
    "a repeated component",
    "a zero among them",
    "a tie for the largest",
    "far apart",
    "-inf among them",
    "a certain one among them",
    "an impossible one among them",
    "impossible outcomes among them",
    "an unlikely outcome",
    "numbers of several kinds",
    "logits of several kinds",
}
"""Kinds that a single number cannot be of."""


def numbers(of: Mapping[str, Content] = ANY_REALS) -> Strategy:
    """One number: a float, or an int if it is whole."""
    weights = {label: 1.0 for label in of if label not in OF_SEVERAL}

    def strategy(draw: Draw) -> float:
        (number,) = of[draw.kind("/".join(weights), weights)](draw.rng, 1)
        if not isinstance(number, int):
            return number  # type: ignore[no-any-return]
        as_int = draw.kind("whole numbers as", {"an int": 1, "a whole float": 1}) == "an int"
        return number if as_int else float(number)

    return strategy


# Vectors and matrices ---------------------------------------------------------------------------------------

INT_TYPES = {
    "an array of ints": "int64",
    "an array of int32": "int32",
    "an array of int8": "int8",
    "an array of uint8": "uint8",
}
FLOAT_TYPES = {"an array of floats": "float64", "an array of float32": "float32"}


def _long(content: Content, rng: random.Random, size: int) -> list:
    """A long vector that repeats a short one, so that it can be written down; of a distribution, a share."""
    short, repeats = content(rng, 8), LONG // 8
    if math.isclose(math.fsum(short), 1) and min(short) >= 0:
        short = [x / repeats for x in short]
    return (short * (size // 8 + 1))[:size]


def _kinds_for(size: int, of: Mapping[str, Content]) -> dict[str, float]:
    """The kinds that so many numbers can be of."""
    fitting = [label for label in of if size > 1 or label not in OF_SEVERAL]
    return dict.fromkeys(fitting or of, 1.0)


Float32 = Literal["rounded", "exact", "never"]
"""Whether an array of float32 may be drawn: with rounded numbers, with numbers that it holds exactly (rounded
ones would give a distribution another sum), or never (it compares in float32, and moves a number over an
edge)."""


def _container(draw: Draw, values: Sequence[Any], lists: Sequence[str], float32: Float32) -> str:
    """What to hand these numbers over in."""
    weights = dict.fromkeys(lists, 1.0) | {"an array of floats": 1.0}
    # A number beyond float32's range becomes infinite there, which is answer enough.
    with np.errstate(over="ignore"):
        exact = np.array_equal(np.asarray(values, dtype=np.float32), values)
    small = all(abs(x) <= MAX_IN_FLOAT32 or math.isinf(x) for x in values)
    if small and (float32 == "rounded" or (float32 == "exact" and exact)):
        weights["an array of float32"] = 0.7
    if all(isinstance(x, int) for x in values):
        limits = {label: np.iinfo(name) for label, name in INT_TYPES.items()}
        low, high = min(values), max(values)
        weights |= {label: 0.7 for label, of in limits.items() if of.min <= low and high <= of.max}
    return draw.kind("containers", weights)


def _array(values: Any, container: str) -> np.ndarray:
    return np.array(values, dtype=(INT_TYPES | FLOAT_TYPES)[container])


def vectors(
    n: int | None = None, of: Mapping[str, Content] = ANY_REALS, *, float32: Float32 = "rounded"
) -> Strategy:
    """A vector of n numbers, or of any number of them."""

    def strategy(draw: Draw) -> list | tuple | np.ndarray:
        size = draw(lengths(2 if OF_SEVERAL.issuperset(of) else 1)) if n is None else n
        content = of[draw.kind("/".join(of), _kinds_for(size, of))]
        values = content(draw.rng, size) if size < LONG else _long(content, draw.rng, size)
        container = _container(draw, values, ["a list", "a tuple"], float32)
        if container in ("a list", "a tuple"):
            return values if container == "a list" else tuple(values)
        return _array(values, container)

    return strategy


def matrices(
    m: int | None = None,
    n: int | None = None,
    of: Mapping[str, Content] = ANY_REALS,
    *,
    float32: Float32 = "rounded",
    mixed: bool = False,
) -> Strategy:
    """An (m, n) matrix, or one of any small shape. Its rows are all of one kind, or each of its own if
    mixed."""

    def strategy(draw: Draw) -> list | np.ndarray:
        rows, columns = draw(shapes()) if m is None or n is None else (m, n)
        rows, columns = m or rows, n or columns
        weights = _kinds_for(columns, of)
        kinds = [draw.kind("/".join(of), weights) for _ in range(rows if mixed else 1)]
        values = [x for i in range(rows) for x in of[kinds[i % len(kinds)]](draw.rng, columns)]
        container = _container(draw, values, ["a list of rows"], float32)
        listed = [values[i * columns : (i + 1) * columns] for i in range(rows)]
        return listed if container == "a list of rows" else _array(listed, container)

    return strategy


def empty_vectors() -> Strategy:
    """An empty list, tuple or array."""

    def strategy(draw: Draw) -> list | tuple | np.ndarray:
        kinds: dict[str, Any] = {"an empty list": [], "an empty tuple": (), "an empty array": np.array([])}
        return kinds[draw.kind("empty", dict.fromkeys(kinds, 1.0))]  # type: ignore[no-any-return]

    return strategy


def masks(m: int, n: int) -> Strategy:
    """An (m, n) matrix of Booleans, with at least one True per row."""

    def strategy(draw: Draw) -> list | np.ndarray:
        kinds = {"a mask that looks back": 1, "a mask of any pattern": 2, "a mask that hides nothing": 0.5}
        label = draw.kind("masks", kinds)
        if label == "a mask that looks back":
            rows = [[j <= i for j in range(n)] for i in range(m)]
        elif label == "a mask that hides nothing":
            rows = [[True] * n for _ in range(m)]
        else:
            rows = [[draw.rng.random() < 0.5 for _ in range(n)] for _ in range(m)]
            for row in rows:
                row[draw.rng.randrange(n)] = True
        container = draw.kind("masks as", {"a mask as a list of rows": 1, "a mask as an array": 1.5})
        return rows if container == "a mask as a list of rows" else np.array(rows)

    return strategy


# Words ------------------------------------------------------------------------------------------------------

WORDS = ["cat", "dog", "Cat", "mat", "The", "the", "sat", "on", "zebra", "Zebra", "ant", "."]
WORDS += [",", "co-op", "it's", "été", "10", "9", "B", "a"]


def words(n: int) -> Strategy:
    """n different strings, some of which differ in case alone, in no order."""
    return lambda draw: draw.rng.sample(WORDS, n)


TOKENS = {
    "tokens of one case": 2,
    "tokens in upper and lower case": 2,
    # What text.split(" ") makes of two spaces.
    "an empty string among them": 1,
}


def tokens(n: int | None = None) -> Strategy:
    """A text of n tokens, as a list or a tuple, with repetitions and, often, a token that follows itself."""

    def strategy(draw: Draw) -> list | tuple:
        size = draw(lengths()) if n is None else n
        few = draw.rng.sample(WORDS, min(size, draw.rng.choice([1, 2, 3])) or 1)
        text = [draw.rng.choice(few) for _ in range(size)]
        if size > 2:
            kind = draw.kind("tokens", TOKENS)
            if kind == "tokens in upper and lower case":
                text[0], text[-1] = "The", "the"
            elif kind == "an empty string among them":
                text[draw.rng.randrange(size)] = ""
        return (
            tuple(text)
            if draw.kind("tokens as", {"a list of tokens": 2, "a tuple of tokens": 1}) == "a tuple of tokens"
            else text
        )

    return strategy


# Functions --------------------------------------------------------------------------------------------------


def _two_decimals(rng: random.Random, low: float, high: float) -> float:
    return round(rng.uniform(low, high), 2)


def functions_of_a_number() -> Strategy:
    """A smooth function of one number, its values of order one near 0."""

    def strategy(draw: Draw) -> Formula:
        a, b, c = (_two_decimals(draw.rng, 0.5, 2) for _ in range(3))
        kinds = {
            "a polynomial": f"lambda x: {a} * x**3 - {b} * x**2 + {c} * x",
            "a sine": f"lambda x: math.sin({a} * x + {b})",
            "an exponential": f"lambda x: {a} * math.exp(-{b} * x)",
            "a straight line": f"lambda x: {a} * x - {b}",
            "a constant": f"lambda x: {a}",
        }
        return Formula(
            kinds[draw.kind("functions", {label: 0.4 if label == "a constant" else 1.0 for label in kinds})]
        )

    return strategy


def functions_of_a_vector(n: int) -> Strategy:
    """A smooth function of an array of n numbers, its values of order one near 0, its slopes different."""

    def strategy(draw: Draw) -> Formula:
        a, b = _two_decimals(draw.rng, 0.5, 2), _two_decimals(draw.rng, 0.5, 2)
        w = [_two_decimals(draw.rng, 0.5, 2) * draw.rng.choice([-1, 1]) for _ in range(n)]
        kinds = {
            "a quadratic function": f"lambda v: float({a} * np.sum(np.asarray(v) ** 2) + np.dot({w}, v))",
            "a product of its inputs": f"lambda v: {a} * float(np.prod(np.asarray(v) + {b}))",
            "a sine of a sum": f"lambda v: math.sin({a} + float(np.dot({w}, v)))",
            "a function of the first input alone": f"lambda v: {a} * v[0] ** 3 - {b} * v[0]",
        }
        return Formula(kinds[draw.kind("functions", dict.fromkeys(kinds, 1.0))])

    return strategy


def slopes(n: int | None = None) -> Strategy:
    """The gradient of a bowl: of a number if n is None, else of n numbers."""

    def strategy(draw: Draw) -> Formula:
        if n is None:
            a, b = _two_decimals(draw.rng, 0.5, 2), _two_decimals(draw.rng, -3, 3)
            draw.note("a slope in one number")
            return Formula(f"lambda w: {a} * (w - {b})")
        centre = [_two_decimals(draw.rng, -3, 3) for _ in range(n)]
        steep = [_two_decimals(draw.rng, 0.5, 2) for _ in range(n)]
        draw.note("a slope in several numbers")
        return Formula(f"lambda w: np.array({steep}) * (np.asarray(w) - {centre})")

    return strategy


_CONVERT = "convert with np.asarray(..., dtype=float) first"
CAUSES = {
    "some 2,000 components": "a call per component nests too deeply, and a fixed number of them is too few",
    "one far above the others": "no exponential may be taken before the largest is subtracted",
    "one far below the others": "subtract the largest, and not the first or that of the largest magnitude",
    "all far above zero": "no exponential may be taken before the largest is subtracted",
    "all far below zero": "subtract the largest even if it is far below zero: else all exponentials vanish",
    "several huge ones": "subtract the largest, and not the mean, the first or the smallest",
    "-inf among them": "exp(-inf) is 0, and nothing needs replacing",
    "small numbers": "nothing may be rounded, and no small number taken for 0",
    "many decimals": "nothing may be rounded or cut",
}
"""What a failure at a kind of input usually comes from, if that kind fails and no other."""
CAUSES_BY_TYPE = {
    "an array of ints": f"an array of ints keeps whole numbers alone: {_CONVERT}",
    "an array of int32": f"an array of ints keeps whole numbers alone: {_CONVERT}",
    "an array of int8": f"narrow whole numbers wrap around: {_CONVERT}",
    "an array of uint8": f"whole numbers without a sign wrap around: {_CONVERT}",
    "a tuple": f"a tuple adds and multiplies as a list does: {_CONVERT}",
    "a list": f"a list adds and multiplies end to end: {_CONVERT}",
    "a list of rows": f"a list of rows is no array: {_CONVERT}",
}
"""The same of kinds that are types; told only if the same numbers in another type are right."""


# Domains ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """One drawn call. error: what it is refused with, and `names` the values that the message must name."""

    arguments: dict[str, Any]
    kinds: tuple[str, ...]
    error: type[Exception] | None = None
    names: tuple[Any, ...] = ()
    rtol: float | None = None
    atol: float | None = None


@dataclass(frozen=True)
class Case:
    """What a question says of its arguments: one kind of call, valid or refused."""

    draw: Callable[[Draw], dict[str, Any]]
    label: str = ""
    error: type[Exception] | None = None
    naming: Callable[..., Iterable[Any]] | None = None
    rtol: float | None = None
    atol: float | None = None
    because: str = ""


@dataclass
class Domain:
    """All the cases of a question."""

    cases: list[Case] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.cases)

    def examples(self, seed: str, count: int) -> Iterator[Example]:
        """So many drawn calls: valid and refused ones in turn, three valid ones to each refused one."""
        valid = [case for case in self.cases if case.error is None]
        refused = [case for case in self.cases if case.error is not None]
        draws = {id(case): Draw(f"{seed}/{number}") for number, case in enumerate(self.cases)}
        for i in range(count):
            of = refused if refused and (i % 4 == 3 or not valid) else valid
            case = of[(i // 4 if of is refused else i) % len(of)]
            yield _example(case, draws[id(case)])

    def one_of_each(self, seed: str) -> Iterator[Example]:
        """A drawn call of each case."""
        for number, case in enumerate(self.cases):
            yield _example(case, Draw(f"{seed}/{number}"))


def _example(case: Case, draw: Draw) -> Example:
    draw.begin()
    if case.label:
        draw.note(case.label)
    arguments = case.draw(draw)
    if not isinstance(arguments, dict):
        raise TypeError(
            f"a domain returns its arguments by name, as a dict; `{case.label}` returned {arguments!r}"
        )
    names = tuple(case.naming(**arguments)) if case.naming else ()
    return Example(arguments, tuple(draw.kinds), case.error, names, case.rtol, case.atol)


def case_of(
    function: Callable[[Draw], dict[str, Any]] | None,
    strategies: Mapping[str, Strategy],
    *,
    naming: Callable[..., Iterable[Any]] | Iterable[str] | str | None = None,
    **rest: Any,
) -> Case:
    """A case as a question declares it: by a function that draws, or by one strategy per argument."""
    label = " ".join(function.__name__.split("_")) if function else ""
    if function is None:
        chosen = dict(strategies)

        def function(draw: Draw) -> dict[str, Any]:
            return {name: draw(strategy) for name, strategy in chosen.items()}

    wanted: Callable[..., Iterable[Any]] | None
    if naming is None or callable(naming):
        wanted = naming
    else:
        names = [naming] if isinstance(naming, str) else list(naming)
        wanted = lambda **arguments: [arguments[name] for name in names]
    return Case(function, label, naming=wanted, **rest)


def in_call_order(
    function: Callable[..., Any], arguments: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Arguments by name as they are handed over: by place as far as the signature goes, by name after it."""
    parameters = list(inspect.signature(function).parameters)
    unknown = [name for name in arguments if name not in parameters]
    if unknown:
        raise TypeError(
            f"the domain of `{function.__name__}` draws `{unknown[0]}`, which it does not take;"
            f" it takes {', '.join(parameters)}"
        )
    by_place = []
    for name in parameters:
        if name not in arguments:
            break
        by_place.append(arguments[name])
    return by_place, {name: arguments[name] for name in parameters[len(by_place) :] if name in arguments}
