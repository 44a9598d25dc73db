"""Wrong answers made from outside: a right function, and around it one fault of a kind that people make.

A wrapper changes what goes into a function, what comes out of it, what it refuses, or what it does to its
arguments. It knows nothing of the function. One that no drawn call tells from the function itself is no wrong
answer.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.kit.checking import identical
from autograder.prove.inputs import Drawn, copied

Function = Callable[..., Any]
Wrapper = Callable[[Function], Function]
Change = Callable[[Any], Any]
DECIMALS = range(1, 11)
# The numbers beside which small faults of tolerance are felt.
ROUND_NUMBERS = (-1.0, 0.0, 1.0)


def wrappers(parameters: Sequence[str], calls: Sequence[Drawn]) -> dict[str, Wrapper]:
    """The wrappers of a function with these parameters, by what they do: those that would do anything in one
    of these calls."""
    made: dict[str, Wrapper] = {}
    for place, name in enumerate(parameters):
        values = [_handed(place, name, call.args, call.kwargs) for call in calls]
        made |= {
            f"`{name}` {what}": _changing(place, name, change) for what, change in _acting(CHANGES, values)
        }
        made |= {
            f"`{name}` is written over: {what}": _writing(place, name, write)
            for what, write in WRITINGS.items()
            if any(_writes(write, value) for value in values)
        }
        made |= {
            f"fails where `{name}` {what}": _failing(place, name, holds)
            for what, holds in CONDITIONS.items()
            if any(map(holds, values)) and not all(map(holds, values))
        }
        made[f"the result takes the dtype of `{name}`"] = _result_retyped(place, name)
        made[f"only the first two of `{name}` count"] = _cut_short(place, name)
    for (i, first), (j, second) in itertools.permutations(enumerate(parameters), 2):
        made[f"`{first}` takes the dtype of `{second}`"] = _retyping(i, first, j, second)
        if i < j:
            made[f"`{first}` and `{second}` change places"] = _swapping(i, j)
    results = [call.value for call in calls if call.example.error is None]
    made |= {f"the result {what}": _altering(alter) for what, alter in _acting(RESULTS, results)}
    return made | (REFUSALS if len(results) < len(calls) else {}) | STATES


def _acting(changes: Mapping[str, Change], values: Sequence[Any]) -> Iterator[tuple[str, Change]]:
    """The changes that change one of these values."""
    with np.errstate(all="ignore"):
        for what, change in changes.items():
            if any(_acts(change, value) for value in values):
                yield what, change


def _acts(change: Change, value: Any) -> bool:
    try:
        return not identical(_as_float64(change(value)), _as_float64(value))
    except Exception:
        return True


def _as_float64(value: Any) -> Any:
    """Numbers in NumPy's float64, so that a change of container or of type alone does not count."""
    if _is_scalar(value):
        return float(value) if abs(value) < 1e300 else value
    array = _numeric(value)
    return value if array is None else array.astype(float)


def _writes(write: Callable[[Any], None], value: Any) -> bool:
    mine = copied(value)
    write(mine)
    return not identical(mine, value)


# What goes in -----------------------------------------------------------------------------------------------


def _handed(place: int, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    return args[place] if place < len(args) else kwargs.get(name)


def _changing(place: int, name: str, change: Change) -> Wrapper:
    def wrap(function: Function) -> Function:
        def changed(*args: Any, **kwargs: Any) -> Any:
            if place < len(args):
                return function(*args[:place], change(args[place]), *args[place + 1 :], **kwargs)
            if name in kwargs:
                return function(*args, **{**kwargs, name: change(kwargs[name])})
            return function(*args, **kwargs)

        return changed

    return wrap


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (int, float, np.number)) and not isinstance(value, (bool, np.bool_))


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _is_text(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and any(isinstance(item, str) for item in value)


def _numeric(value: Any) -> np.ndarray | None:
    """The value as an array of numbers, of at least one dimension; None if it is none."""
    if not _is_sequence(value) or _is_text(value):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind in "iuf" else None


def on_numbers(change: Callable[[Any], Any]) -> Change:
    """The change, made to numbers and to what is made of them: vectors, matrices, a vocabulary's vectors."""

    def changed(value: Any) -> Any:
        if _is_scalar(value):
            return change(value)
        array = _numeric(value)
        if array is not None:
            return change(array) if array.size else value
        if isinstance(value, dict):
            return {key: changed(item) for key, item in value.items()}
        if isinstance(value, tuple):
            return tuple(changed(item) for item in value)
        if isinstance(value, list):
            return [changed(item) for item in value]
        return value

    return changed


def on_arrays(change: Callable[[np.ndarray], Any]) -> Change:
    """The change, made to what is a vector or a matrix."""

    def changed(value: Any) -> Any:
        array = _numeric(value)
        return change(array) if array is not None and array.size else value

    return changed


def on_words(change: Callable[[str], str]) -> Change:
    def changed(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, (list, tuple)):
            return type(value)(changed(item) for item in value)
        if isinstance(value, dict):
            return {changed(key): changed(item) for key, item in value.items()}
        return value

    return changed


def on_sequences(change: Callable[[list], list]) -> Change:
    def changed(value: Any) -> Any:
        if not _is_sequence(value):
            return value
        items = change(list(value))
        return np.array(items) if isinstance(value, np.ndarray) else type(value)(items)

    return changed


def on_dicts(change: Callable[[dict], dict]) -> Change:
    return lambda value: change(value) if isinstance(value, dict) else value


def _unique(items: list) -> list:
    seen: list = []
    for item in items:
        if not any(np.array_equal(item, other) for other in seen):
            seen.append(item)
    return seen


def _sorted(items: list) -> list:
    return sorted(items, key=lambda item: item if isinstance(item, str) else float(np.ravel(item)[0]))


def _to_int8(x: Any) -> Any:
    with np.errstate(all="ignore"):
        return (
            np.asarray(np.nan_to_num(np.asarray(x, dtype=float), posinf=0, neginf=0))
            .astype(np.int64)
            .astype(np.int8)
        )


def _truncated(x: Any) -> Any:
    whole = np.trunc(np.nan_to_num(np.asarray(x, dtype=float)))
    return int(whole) if np.ndim(x) == 0 else whole


def _rounding(decimals: int) -> Change:
    return on_numbers(lambda x: np.round(np.asarray(x, dtype=float), decimals)[()])


def _taken_for_0(low: float) -> Change:
    return on_numbers(lambda x: np.where(np.abs(np.asarray(x, dtype=float)) < low, 0.0, x)[()])


def _clipped(low: float | None, high: float | None) -> Change:
    return on_numbers(lambda x: np.clip(np.asarray(x, dtype=float), low, high)[()])


def _grown_by(by: float) -> Change:
    return on_numbers(lambda x: np.asarray(x, dtype=float)[()] + by)


def _replacing(found: Callable[[Any], Any], by: float) -> Change:
    return on_numbers(lambda x: np.where(found(np.asarray(x, dtype=float)), by, x)[()])


def _snapped(x: Any) -> Any:
    """A number within np.isclose of a round one taken for it."""
    values = np.array(x, dtype=float)
    for at in (*ROUND_NUMBERS, 0.4, 0.5, 0.7, 0.9):
        values[np.isclose(values, at)] = at
    return values[()]


CHANGES: dict[str, Change] = {
    **{f"is rounded to {n} decimals": _rounding(n) for n in (0, 1, 2, 3, 4, 6, 8)},
    "is kept in float32": on_numbers(lambda x: np.asarray(x, dtype=np.float32).astype(float)[()]),
    "is kept in float16": on_numbers(lambda x: np.asarray(x, dtype=np.float16).astype(float)[()]),
    "is cut to whole numbers": on_numbers(_truncated),
    "is cut to whole numbers if it is one number": lambda x: (
        int(x) if _is_scalar(x) and math.isfinite(x) else x
    ),
    "wraps around as int8 does": on_numbers(lambda x: _to_int8(x).astype(float)[()]),
    "loses its signs": on_numbers(np.abs),
    "changes its signs": on_numbers(lambda x: -np.asarray(x, dtype=float)),
    **{f"is clipped to ±{n}": _clipped(-n, n) for n in (1, 10, 50, 100, 500, 700, 5000)},
    **{f"is never below {n:g}": _clipped(n, None) for n in (0.0, 1e-300, 1e-15, 1e-12, 1e-9, 1e-6)},
    **{f"is never above {n!r}": _clipped(None, n) for n in (0.0, 1 - 1e-12, 1 - 1e-9, 1.0)},
    **{f"is taken for 0 below {low:g}": _taken_for_0(low) for low in (1e-15, 1e-12, 1e-9, 1e-6)},
    **{f"grows by {by:g}": _grown_by(by) for by in (1e-9, 1e-6)},
    "is snapped to a round number close by": on_numbers(_snapped),
    **{f"has {n:g} for -inf": _replacing(np.isneginf, n) for n in (-1e308, -1e9, -10000.0, -100.0, 0.0)},
    "is sorted": on_sequences(_sorted),
    "is reversed": on_sequences(lambda items: items[::-1]),
    "loses its duplicates": on_sequences(_unique),
    "loses its first": on_sequences(lambda items: items[1:] if len(items) > 1 else items),
    "loses its last": on_sequences(lambda items: items[:-1] if len(items) > 1 else items),
    "loses its zeros": on_arrays(lambda a: a[a != 0] if a.ndim == 1 and np.any(a != 0) else a),
    "loses what is not finite": on_arrays(
        lambda a: a[np.isfinite(a)] if a.ndim == 1 else np.nan_to_num(a, neginf=-1e9)
    ),
    "is divided by its sum": on_arrays(lambda a: a / a.sum() if a.sum() else a),
    "is divided by its largest": on_arrays(lambda a: a / a.max() if a.max() else a),
    "loses its mean": on_arrays(lambda a: a - a.mean() if np.all(np.isfinite(a)) else a),
    "is transposed": on_arrays(lambda a: a.T if a.ndim == 2 else a),
    "is transposed if square": on_arrays(lambda a: a.T if a.ndim == 2 and a.shape[0] == a.shape[1] else a),
    "loses its second dimension": on_arrays(lambda a: a[0] if a.ndim == 2 and len(a) == 1 else a),
    "is lower-cased": on_words(str.lower),
    "is upper-cased": on_words(str.upper),
    "loses its punctuation": on_words(lambda word: re.sub(r"\W", "", word) or word),
    "loses its last entry": on_dicts(lambda d: dict(list(d.items())[:-1]) if len(d) > 2 else d),
    "loses its first entry": on_dicts(lambda d: dict(list(d.items())[1:]) if len(d) > 2 else d),
}
"""What is done to an argument, out of the caller's sight."""


def _retyping(i: int, first: str, j: int, second: str) -> Wrapper:
    def wrap(function: Function) -> Function:
        def retyped(*args: Any, **kwargs: Any) -> Any:
            like = _dtype_of(_handed(j, second, args, kwargs))
            change = on_numbers(lambda x: _cast(x, like))
            return _changing(i, first, change)(function)(*args, **kwargs)

        return retyped

    return wrap


def _dtype_of(value: Any) -> np.dtype | None:
    if _is_scalar(value):
        return np.asarray(value).dtype
    array = _numeric(value)
    return None if array is None else array.dtype


def _cast(x: Any, dtype: np.dtype | None) -> Any:
    if dtype is None or (dtype.kind in "iu" and not np.all(np.isfinite(np.asarray(x, dtype=float)))):
        return x
    with np.errstate(all="ignore"):
        return np.asarray(x).astype(dtype)[()]


def _swapping(i: int, j: int) -> Wrapper:
    def wrap(function: Function) -> Function:
        def swapped(*args: Any, **kwargs: Any) -> Any:
            if j >= len(args):
                return function(*args, **kwargs)
            order = list(args)
            order[i], order[j] = order[j], order[i]
            return function(*order, **kwargs)

        return swapped

    return wrap


# What is written over ---------------------------------------------------------------------------------------


def _writing(place: int, name: str, write: Callable[[Any], None]) -> Wrapper:
    def wrap(function: Function) -> Function:
        def writing(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            write(_handed(place, name, args, kwargs))
            return result

        return writing

    return wrap


def _float_array(value: Any) -> None:
    if isinstance(value, np.ndarray) and value.dtype == np.float64 and value.size:
        value -= 1


def _any_array(value: Any) -> None:
    if (
        isinstance(value, np.ndarray)
        and value.dtype.kind in "iuf"
        and value.size
        and value.dtype != np.float64
    ):
        value.flat[0] = 0 if value.flat[0] else 1


def _list(value: Any) -> None:
    if isinstance(value, list) and value and not isinstance(value[0], (list, dict, str)):
        value[0] = value[0] - 1 if _is_scalar(value[0]) else value[0]


def _rows(value: Any) -> None:
    if (
        isinstance(value, list)
        and value
        and isinstance(value[0], list)
        and value[0]
        and _is_scalar(value[0][0])
    ):
        value[0][0] -= 1


def _order(value: Any) -> None:
    if isinstance(value, list) and len(value) > 1:
        value.reverse()
        if isinstance(value[0], str) or _is_scalar(value[0]):
            value.sort()


def _popped(value: Any) -> None:
    if isinstance(value, list) and value:
        value.pop()


def _grown(value: Any) -> None:
    if isinstance(value, list):
        value.append(value[-1] if value else 0)


def _dict_entry(value: Any) -> None:
    if isinstance(value, dict) and value:
        value.pop(next(iter(value)))


def _dict_grown(value: Any) -> None:
    if isinstance(value, dict):
        value.setdefault("<end>", {} if value and isinstance(next(iter(value.values())), dict) else 0)


def _dict_vectors(value: Any) -> None:
    for item in value.values() if isinstance(value, dict) else []:
        _float_array(item)
        _list(item)
        if isinstance(item, dict) and item:
            item.pop(next(iter(item)))


def _dict_inner(value: Any) -> None:
    for item in value.values() if isinstance(value, dict) else []:
        if isinstance(item, dict):
            item.setdefault("<end>", 0.0)


def _parts(value: Any) -> None:
    for item in value if isinstance(value, (list, tuple)) else []:
        _float_array(item)
        _rows(item)
        for part in item if isinstance(item, tuple) else []:
            _float_array(part)
            _rows(part)


def _masked(value: Any) -> None:
    if isinstance(value, np.ndarray) and value.dtype == bool and value.size:
        value[...] = ~value


WRITINGS: dict[str, Callable[[Any], None]] = {
    "an array of floats": _float_array,
    "an array of another type": _any_array,
    "a list": _list,
    "a list of rows": _rows,
    "a list's order": _order,
    "a list that loses its last": _popped,
    "a list that grows": _grown,
    "a dict that loses an entry": _dict_entry,
    "a dict that gains an entry": _dict_grown,
    "a dict's values": _dict_vectors,
    "a dict's dicts": _dict_inner,
    "the parts of a list": _parts,
    "a mask": _masked,
}
"""What is done to the caller's own argument, if it is of the kind that it can be done to."""


# Where it fails ---------------------------------------------------------------------------------------------


def _failing(place: int, name: str, holds: Callable[[Any], bool]) -> Wrapper:
    def wrap(function: Function) -> Function:
        def failing(*args: Any, **kwargs: Any) -> Any:
            value = _handed(place, name, args, kwargs)
            # If a refusal is asked for, this one is as wrong as the function is right: another error.
            if holds(value):
                result = function(*args, **kwargs)
                raise ArithmeticError(f"not for {type(result).__name__}")
            return function(*args, **kwargs)

        return failing

    return wrap


def _any(holds: Callable[[np.ndarray], Any]) -> Callable[[Any], bool]:
    """Whether it holds of a number, or of one of the numbers in a vector or a matrix."""

    def of(value: Any) -> bool:
        array = np.asarray(value) if _is_scalar(value) else _numeric(value)
        return array is not None and array.size > 0 and bool(np.any(holds(array.astype(float))))

    return of


def _scalar(holds: Callable[[float], bool]) -> Callable[[Any], bool]:
    return lambda value: _is_scalar(value) and bool(holds(float(value)))


def _sized(holds: Callable[[int], bool]) -> Callable[[Any], bool]:
    return lambda value: (_is_sequence(value) or isinstance(value, dict)) and bool(holds(len(value)))


def _shaped(holds: Callable[[int, int], bool]) -> Callable[[Any], bool]:
    def of(value: Any) -> bool:
        array = _numeric(value)
        return array is not None and array.ndim == 2 and bool(holds(*array.shape))

    return of


def _typed(*names: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, np.ndarray) and value.ndim > 0 and value.dtype.str[1:] in names


def _beside(value: Any) -> bool:
    """Whether a number is all but a round one."""
    array = np.asarray(value, dtype=float) if _is_scalar(value) else _numeric(value)
    if array is None or not array.size:
        return False
    array = array.astype(float)
    return any(
        bool(np.any((array != at) & np.isclose(array, at, rtol=1e-9, atol=1e-9))) for at in ROUND_NUMBERS
    )


def _with_ties(value: Any) -> bool:
    array = _numeric(value)
    return array is not None and array.ndim == 1 and len(np.unique(array)) < array.size


def _largest_tied(value: Any) -> bool:
    array = _numeric(value)
    return (
        array is not None
        and array.ndim == 1
        and array.size > 1
        and int(np.count_nonzero(array == array.max())) > 1
    )


def _largest_not_first(value: Any) -> bool:
    array = _numeric(value)
    return array is not None and array.ndim == 1 and array.size > 1 and bool(np.argmax(array) > 0)


def _all_equal(value: Any) -> bool:
    array = _numeric(value)
    return array is not None and array.ndim == 1 and array.size > 1 and bool(np.all(array == array[0]))


def _rows_alike(value: Any) -> bool:
    array = _numeric(value)
    return array is not None and array.ndim == 2 and len(np.unique(array, axis=0)) < len(array)


def _all_zero(value: Any) -> bool:
    array = _numeric(value)
    return array is not None and array.ndim == 1 and array.size > 0 and not np.any(array)


def _repeats(value: Any) -> bool:
    return _is_text(value) and len(set(value)) < len(value)


def _follows_itself(value: Any) -> bool:
    return _is_text(value) and any(a == b for a, b in itertools.pairwise(value))


CONDITIONS: dict[str, Callable[[Any], bool]] = {
    "is a list": lambda v: isinstance(v, list),
    "is a tuple": lambda v: isinstance(v, tuple),
    "is an array": lambda v: isinstance(v, np.ndarray),
    "is an array of float64": _typed("f8"),
    "is an array of float32": _typed("f4"),
    "is an array of ints": _typed("i1", "i2", "i4", "i8", "u1"),
    "is an array of unsigned ints": _typed("u1", "u2", "u4", "u8"),
    "is an int": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "is a float": lambda v: isinstance(v, float),
    "is a list of ints": lambda v: (
        isinstance(v, (list, tuple)) and len(v) > 0 and all(isinstance(x, int) for x in v)
    ),
    "has one component": _sized(lambda n: n == 1),
    "has two components": _sized(lambda n: n == 2),
    "has three components": _sized(lambda n: n == 3),
    "has four components or more": _sized(lambda n: n > 3),
    "has six components or more": _sized(lambda n: n > 5),
    "has a thousand components or more": _sized(lambda n: n > 999),
    "is empty": _sized(lambda n: n == 0),
    "has one row": _shaped(lambda m, n: m == 1),
    "has one column": _shaped(lambda m, n: n == 1),
    "is square": _shaped(lambda m, n: m == n and m > 1),
    "is wide": _shaped(lambda m, n: m < n),
    "is tall": _shaped(lambda m, n: m > n),
    "has a zero": _any(lambda a: a == 0),
    "has a one": _any(lambda a: a == 1),
    "has a negative number": _any(lambda a: a < 0),
    "has -inf": _any(np.isneginf),
    "has a number above 100": _any(lambda a: a > 100),
    "has a number above 700": _any(lambda a: a > 700),
    "has a number above 5000": _any(lambda a: a > 5000),
    "has a number below -700": _any(lambda a: a < -700),
    "has a number below -5000": _any(lambda a: a < -5000),
    "has a number above 1e100": _any(lambda a: np.abs(a) > 1e100),
    "has a number below 0.001": _any(lambda a: (np.abs(a) < 1e-3) & (a != 0)),
    "has a number below 1e-6": _any(lambda a: (np.abs(a) < 1e-6) & (a != 0)),
    "has a number below 1e-12": _any(lambda a: (np.abs(a) < 1e-12) & (a != 0)),
    "has a number below 1e-100": _any(lambda a: (np.abs(a) < 1e-100) & (a != 0)),
    "has nothing but zeros": _all_zero,
    "has a fraction": _any(lambda a: np.isfinite(a) & (a != np.round(a))),
    "is all but a round number": _beside,
    "is 0": _scalar(lambda x: x == 0),
    "is 1": _scalar(lambda x: x == 1),
    "is above 1": _scalar(lambda x: x > 1),
    "is above 10": _scalar(lambda x: x > 10),
    "has equal components": _with_ties,
    "has nothing but equal components": _all_equal,
    "has two rows alike": _rows_alike,
    "has a tie for the largest": _largest_tied,
    "has its largest not first": _largest_not_first,
    "has a token twice": _repeats,
    "has a token that follows itself": _follows_itself,
    "has upper case": lambda v: any(
        isinstance(w, str) and w != w.lower() for w in (v if isinstance(v, (list, tuple, dict)) else [v])
    ),
    "has punctuation": lambda v: any(
        isinstance(w, str) and not w.isalnum() for w in (v if isinstance(v, (list, tuple, dict)) else [v])
    ),
    "is a dict of one": lambda v: isinstance(v, dict) and len(v) == 1,
    "is a dict of two": lambda v: isinstance(v, dict) and len(v) == 2,
    "is a dict of more": lambda v: isinstance(v, dict) and len(v) > 3,
    "is left out": lambda v: v is None,
    "is given": lambda v: isinstance(v, (np.ndarray, list)),
}
"""Where a function can fail and be right elsewhere."""


# What comes out ---------------------------------------------------------------------------------------------


def _altering(alter: Change) -> Wrapper:
    def wrap(function: Function) -> Function:
        def altered(*args: Any, **kwargs: Any) -> Any:
            return alter(function(*args, **kwargs))

        return altered

    return wrap


def _as_text(value: Any) -> Any:
    return str(value) if not isinstance(value, str) else value.upper()


def _wrapped(value: Any) -> Any:
    """One dimension too many."""
    if _is_scalar(value):
        return np.array([value])
    array = _numeric(value)
    return value if array is None else array[np.newaxis]


RESULTS: dict[str, Change] = {
    **{f"is rounded to {n} decimals": _rounding(n) for n in DECIMALS},
    "is kept in float32": CHANGES["is kept in float32"],
    "is kept in float16": CHANGES["is kept in float16"],
    "is cut to whole numbers": CHANGES["is cut to whole numbers"],
    "loses its sign": on_numbers(np.abs),
    "changes its sign": on_numbers(lambda x: -np.asarray(x, dtype=float)),
    "is nan for inf": _replacing(np.isinf, math.nan),
    "is 1e308 for inf": _replacing(np.isposinf, 1e308),
    **{f"is {n:g} for -inf": _replacing(np.isneginf, n) for n in (-1.797e308, -1e9, -10000.0, -745.13, 0.0)},
    **{f"is never below {low:g}": _clipped(low, None) for low in (1e-300, 1e-15, 1e-12, 1e-9)},
    **{f"is never above {high:g}": _clipped(None, high) for high in (1.0, 100.0, 1e6, 1e300)},
    **{f"is 0 below {low:g}": _taken_for_0(low) for low in (1e-300, 1e-15, 1e-12, 1e-9, 1e-6)},
    **{f"grows by {by:g}": _grown_by(by) for by in (1e-11, 1e-9, 1e-6)},
    "grows by a part in a hundred million": on_numbers(lambda x: np.asarray(x, dtype=float) * (1 + 1e-8)),
    "is reversed": on_sequences(lambda items: items[::-1]),
    "is sorted": on_sequences(_sorted),
    "loses its duplicates": on_sequences(_unique),
    "loses its last": on_sequences(lambda items: items[:-1]),
    "is transposed if square": CHANGES["is transposed if square"],
    "is flat": on_arrays(np.ravel),
    "loses dimensions of 1": on_arrays(lambda a: np.squeeze(a)[()]),
    "has a dimension too many": _wrapped,
    "is text": _as_text,
    "is None": lambda value: None,
    "is one of a pair": lambda value: (value, value),
    "has -1 for the last": on_arrays(lambda a: np.append(a.ravel()[:-1], -1).reshape(a.shape)),
    "sums to 1": on_arrays(lambda a: a / a.sum() if a.sum() not in (0, 1) else a),
    "is 0 and 1 for False and True": lambda value: (
        value.astype(int) if isinstance(value, np.ndarray) and value.dtype == bool else value
    ),
    "is an int for a bool": lambda value: int(value) if isinstance(value, (bool, np.bool_)) else value,
    "is the other truth": lambda value: not value if isinstance(value, (bool, np.bool_)) else value,
    "is a dict without its last": on_dicts(lambda d: dict(list(d.items())[:-1])),
}
"""What is done to a result."""


def _result_retyped(place: int, name: str) -> Wrapper:
    def wrap(function: Function) -> Function:
        def retyped(*args: Any, **kwargs: Any) -> Any:
            like = _dtype_of(_handed(place, name, args, kwargs))
            if like is None or like == np.float64:
                return function(*args, **kwargs)
            return on_numbers(lambda x: _cast(x, like))(function(*args, **kwargs))

        return retyped

    return wrap


def _cut_short(place: int, name: str) -> Wrapper:
    return _changing(place, name, on_sequences(lambda items: items[:2] if len(items) > 2 else items))


# What is refused --------------------------------------------------------------------------------------------


def _giving(value: Any) -> Wrapper:
    """Where the function refuses, this one gives a value."""

    def wrap(function: Function) -> Function:
        def giving(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception:
                return value

        return giving

    return wrap


def _raising(make: Callable[[Exception], BaseException]) -> Wrapper:
    """Where the function refuses, this one does so in another way."""

    def wrap(function: Function) -> Function:
        def raising(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception as error:
                raise make(error) from None

        return raising

    return wrap


def _same_kind(message: Callable[[str], str]) -> Callable[[Exception], Exception]:
    def make(error: Exception) -> Exception:
        return (
            type(error)(message(str(error)))
            if isinstance(error, (ValueError, KeyError, IndexError))
            else error
        )

    return make


def _refusing_only(holds: Callable[[tuple[Any, ...]], bool]) -> Wrapper:
    """Refuses what the function refuses, but only if this holds of the arguments."""

    def wrap(function: Function) -> Function:
        def refusing(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception:
                if holds((*args, *kwargs.values())):
                    raise
                return math.nan

        return refusing

    return wrap


def _forgiving(slack: float) -> Wrapper:
    """Refuses what the function refuses, unless moving the numbers by a little makes them right."""

    def wrap(function: Function) -> Function:
        def forgiving(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception:
                for by in (-slack, slack):
                    for place, value in enumerate(args):
                        if not _is_scalar(value) and _numeric(value) is None:
                            continue
                        for moved in (
                            value + by if _is_scalar(value) else np.asarray(value, dtype=float) + by,
                            np.clip(value, 0, 1),
                        ):
                            if np.all(
                                np.abs(np.asarray(moved, dtype=float) - np.asarray(value, dtype=float))
                                <= slack * 1.01
                            ):
                                try:
                                    return function(*args[:place], moved, *args[place + 1 :], **kwargs)
                                except Exception:
                                    continue
                raise

        return forgiving

    return wrap


def _first_number(message: str) -> str:
    numbers = re.findall(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?", message)
    return f"bad: {numbers[0]}" if numbers else "bad"


REFUSALS: dict[str, Wrapper] = {
    "gives nan where it should refuse": _giving(math.nan),
    "gives 0 where it should refuse": _giving(0),
    "gives -inf where it should refuse": _giving(-math.inf),
    "gives None where it should refuse": _giving(None),
    "gives nothing where it should refuse": _giving([]),
    "gives '' where it should refuse": _giving(""),
    "refuses with TypeError": _raising(lambda error: TypeError(str(error))),
    "refuses with KeyError": _raising(lambda error: KeyError(str(error))),
    "refuses with ValueError": _raising(lambda error: ValueError(str(error))),
    "refuses with IndexError": _raising(lambda error: IndexError(str(error))),
    "refuses with AssertionError": _raising(lambda error: AssertionError(str(error))),
    "refuses with Exception": _raising(lambda error: Exception(str(error))),
    "refuses without a message": _raising(_same_kind(lambda message: "")),
    "refuses without a number": _raising(
        _same_kind(lambda message: re.sub(r"[-+]?\d[\d.e+-]*", "it", message))
    ),
    "refuses and names the first number alone": _raising(_same_kind(_first_number)),
    "refuses lists alone": _refusing_only(
        lambda args: not any(isinstance(v, (tuple, np.ndarray)) for v in args)
    ),
    "refuses arrays alone": _refusing_only(lambda args: not any(isinstance(v, (tuple, list)) for v in args)),
    "refuses arrays and tuples alone": _refusing_only(
        lambda args: not any(isinstance(v, list) for v in args)
    ),
    "refuses short things alone": _refusing_only(
        lambda args: not any(_is_sequence(v) and len(v) > 3 for v in args)
    ),
    "refuses negative numbers alone": _refusing_only(
        lambda args: any(_any(lambda a: a < 0)(v) for v in args)
    ),
    "refuses no negative number": _refusing_only(
        lambda args: not any(_any(lambda a: a < 0)(v) for v in args)
    ),
    "refuses no zero": _refusing_only(lambda args: not any(_scalar(lambda x: x == 0)(v) for v in args)),
    "refuses nothing but zero": _refusing_only(lambda args: any(_scalar(lambda x: x == 0)(v) for v in args)),
    "refuses no number above 1": _refusing_only(lambda args: not any(_any(lambda a: a > 1)(v) for v in args)),
    "refuses nothing that is empty": _refusing_only(
        lambda args: not any(_sized(lambda n: n == 0)(v) for v in args)
    ),
    "refuses nothing of one component": _refusing_only(
        lambda args: not any(_sized(lambda n: n == 1)(v) for v in args)
    ),
    "refuses no whole number": _refusing_only(lambda args: not any(isinstance(v, int) for v in args)),
    **{f"forgives what is off by {slack:g}": _forgiving(slack) for slack in (1e-15, 1e-12, 1e-9, 1e-6)},
}
"""What is done to refusals."""


# What is kept -----------------------------------------------------------------------------------------------


def _key(args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    return "/".join(
        str(np.shape(v)) if _is_sequence(v) and not _is_text(v) else repr(v)[:40]
        for v in (*args, *kwargs.values())
    )


def _remembering(function: Function) -> Function:
    """Gives what it gave before to arguments of the same shapes."""
    known: dict[str, Any] = {}

    def remembering(*args: Any, **kwargs: Any) -> Any:
        key = _key(args, kwargs)
        if key not in known:
            known[key] = function(*args, **kwargs)
        return known[key]

    return remembering


def _accumulating(function: Function) -> Function:
    """A default list or dict that every call adds to."""
    kept: list = []
    entries: dict = {}

    def accumulating(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if isinstance(result, list):
            kept.extend(result)
            return list(kept)
        if isinstance(result, dict):
            entries.update(result)
            return dict(entries)
        return result

    return accumulating


def _only_first(function: Function) -> Function:
    """Right the first time, and whatever came then ever after, where nothing was refused."""
    kept: list = []

    def only_first(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        kept.append(result)
        return kept[0]

    return only_first


def _too_deep(function: Function) -> Function:
    """Calls itself once per component."""

    def too_deep(*args: Any, **kwargs: Any) -> Any:
        if any(_is_sequence(value) and len(value) > 900 for value in (*args, *kwargs.values())):
            raise RecursionError("maximum recursion depth exceeded")
        return function(*args, **kwargs)

    return too_deep


def _mirrored_alphabet(function: Function) -> Function:
    """Settles ties by the other end of the alphabet: the function gets words with their letters mirrored."""

    def mirror(value: Any) -> Any:
        if isinstance(value, str):
            return "".join(chr(0x10000 - ord(letter)) for letter in value) + chr(0x10001)
        if isinstance(value, (list, tuple)):
            return type(value)(mirror(item) for item in value)
        if isinstance(value, dict):
            return {mirror(key): mirror(item) for key, item in value.items()}
        return value

    def back(value: Any) -> Any:
        if isinstance(value, str):
            return "".join(chr(0x10000 - ord(letter)) for letter in value[:-1])
        if isinstance(value, (list, tuple)):
            return type(value)(back(item) for item in value)
        if isinstance(value, dict):
            return {back(key): back(item) for key, item in value.items()}
        return value

    return lambda *args, **kwargs: back(function(*mirror(args), **mirror(kwargs)))


def _by_insertion(last: bool) -> Wrapper:
    """Settles ties by the order in which the words of a dict come, the first or the last first."""

    def wrap(function: Function) -> Function:
        def by_insertion(*args: Any, **kwargs: Any) -> Any:
            order: dict[str, str] = {}

            def note(value: Any) -> None:
                if isinstance(value, str):
                    order.setdefault(value, "")
                elif isinstance(value, dict):
                    for key, item in value.items():
                        note(key)
                        if isinstance(item, dict):
                            note(item)
                elif isinstance(value, (list, tuple)):
                    for item in value:
                        note(item)

            for value in (*(v for v in args if isinstance(v, dict)), *args, *kwargs.values()):
                note(value)
            names = [f"{i:06d}" for i in range(len(order))]
            order.update(zip(order, reversed(names) if last else names, strict=True))
            back = {new: old for old, new in order.items()}

            def renamed(value: Any, names: Mapping[str, str]) -> Any:
                if isinstance(value, str):
                    return names.get(value, value)
                if isinstance(value, (list, tuple)):
                    return type(value)(renamed(item, names) for item in value)
                if isinstance(value, dict):
                    return {renamed(key, names): renamed(item, names) for key, item in value.items()}
                return value

            return renamed(function(*renamed(args, order), **renamed(kwargs, order)), back)

        return by_insertion

    return wrap


STATES: dict[str, Wrapper] = {
    "remembers results by shape": _remembering,
    "adds to what it returned before": _accumulating,
    "gives its first result ever after": _only_first,
    "calls itself too deep for long inputs": _too_deep,
    "settles ties by a mirrored alphabet": _mirrored_alphabet,
    "settles ties by the order of insertion": _by_insertion(last=False),
    "settles ties by the reversed order of insertion": _by_insertion(last=True),
}
"""What is kept from call to call, and how ties are settled."""
