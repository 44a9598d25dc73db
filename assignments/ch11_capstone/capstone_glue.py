"""The glue of the capstone: loops, and one flat vector of parameters, around the functions that you wrote.

Each stage takes your functions from the notebook, or from the notebooks of Chapters I to X if they lie beside
it or in folders beside its own. If one is missing, the stage says which, and returns values recorded with a
finished set.
"""

import ast
import json
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from rhyme_model import Model, views

# What each stage is made of, by chapter.
REVERSE = {
    7: ["loss_from_logits"],
    8: ["gradient"],
    9: ["adam_step"],
    10: ["causal_mask", "project", "attention"],
}
CHECK = {8: ["gradient"], 10: ["attention", "attention_weights"], 11: ["attention_backward"]}
FORWARD = {3: ["feed_forward"], 7: ["loss_from_logits"], 10: ["causal_mask", "multi_head_attention"]}
WRITE = {3: ["feed_forward"], 5: ["bigram_model"], 6: ["softmax_rows", "sample"], 7: ["loss_from_logits"]}
WRITE |= {9: ["adam_step"], 10: ["causal_mask", "project", "attention_weights", "multi_head_attention"]}
WRITE |= {11: ["attention_backward"]}


def yours(needed, notebook):
    """Your functions by name, and what is missing. notebook: its globals(), so pasted ones count."""
    found, missing = {}, []
    for chapter, names in needed.items():
        others = {} if all(name in notebook for name in names) else defined_in(chapter)
        for name in names:
            function = notebook.get(name) or others.get(name)
            if function is None:
                missing.append(f"`{name}` of chapter {chapter}: no notebook with it was found")
            elif "NotImplementedError" in getattr(getattr(function, "__code__", None), "co_names", ()):
                missing.append(f"`{name}` of chapter {chapter}: not answered yet")
            found[name] = function
    return SimpleNamespace(**found), missing


def defined_in(chapter):
    """What a chapter's notebook imports and defines. None of its other lines is run, and no check."""
    name, space = f"ch{chapter:02}_*", {}
    for path in [*sorted(Path().glob(f"{name}.ipynb")), *sorted(Path("..").glob(f"{name}/{name}.ipynb"))][:1]:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            try:
                lines = ast.parse("".join(cell["source"]) if cell["cell_type"] == "code" else "").body
            except SyntaxError:  # a cell of `!pip` or the like
                continue
            for line in lines:
                calls = any(isinstance(part, ast.Call) for part in ast.walk(line))
                if (
                    isinstance(line, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom)
                    or not calls
                ):
                    try:
                        exec(compile(ast.Module([line], []), str(path), "exec"), space)
                    except Exception:  # a line that needs another one, which was not run
                        continue
    return space


def stage(run, needed, notebook, key):
    """What `run` makes of your functions; if it cannot, why not, and what was recorded under that key."""
    started = time.perf_counter()
    try:
        functions, missing = yours(needed, notebook)
        if not missing:
            return run(functions) | {"by": f"run with your functions, {time.perf_counter() - started:.1f} s"}
        print("This stage waits for\n" + "\n".join(f"- {one}" for one in missing))
    except NotImplementedError as unanswered:  # multi_head_attention may call attention, say
        print(f"This stage waits for a function that one of yours calls: {unanswered}")
    except Exception as error:
        print(f"This stage was stopped by one of your functions: {type(error).__name__}: {error}")
    print("Until then, here is what a finished set of notebooks made, recorded.")
    return json.loads(Path("recorded.json").read_text(encoding="utf-8"))[key] | {"by": "recorded"}


# Stage 1: a word reversed -----------------------------------------------------------------------------------

SYMBOLS, PLACES = "abcdef|.", 11  # six letters, "now reverse", "done"; abcde|edcba without its last symbol


def one_hot(text):
    """One row per symbol: which symbol it is, and beside that its place. No number is learned here."""
    return np.hstack(
        [np.eye(len(SYMBOLS))[[SYMBOLS.index(symbol) for symbol in text]], np.eye(PLACES)[: len(text)]]
    )


def reverse(f, steps=40, words=2, rate=0.2):
    """Train one attention layer of 304 numbers on random words; its values are the logits."""
    rng = np.random.default_rng(1)
    theta, m, v = rng.normal(size=304) * 0.1, np.zeros(304), np.zeros(304)
    seen, losses, maps = set(), [], []

    def word():
        return "".join(rng.choice(list("abcdef"), 5))

    def projected(theta, text):
        return f.project(one_hot(text), *views(theta, (19, 4), (19, 4), (19, 8)))

    def logits(theta, text):
        return np.asarray(f.attention(*projected(theta, text), f.causal_mask(len(text))))

    def loss(batch, theta):
        each = [(w + "|" + w[::-1], [SYMBOLS.index(symbol) for symbol in w[::-1] + "."]) for w in batch]
        return sum(f.loss_from_logits(logits(theta, text)[5:], y) for text, y in each) / len(batch)

    def written(theta, word):
        text = word + "|"
        while len(text) < 12:
            text += SYMBOLS[int(np.argmax(logits(theta, text)[-1]))]
        return text[6:]

    def weights(theta):  # attention to one-hot values is the weights themselves
        Q, K, _ = projected(theta, "cabde|edbac")
        return np.asarray(f.attention(Q, K, np.eye(11), f.causal_mask(11))).round(3).tolist()

    before = written(theta, "cabde")
    for t in range(1, steps + 1):
        batch = [word() for _ in range(words)]
        seen.update(batch)
        losses.append(float(loss(batch, theta)))
        maps = maps or [weights(theta)]
        theta, m, v = f.adam_step(theta, f.gradient(partial(loss, batch), theta), m, v, t, rate)
    unseen = [w for w in (word() for _ in range(250)) if w not in seen][:200]
    right = sum(written(theta, w) == w[::-1] + "." for w in unseen)
    last = float(loss(unseen, theta))
    return {
        "losses": losses,
        "unseen": last,
        "right": right,
        "of": len(unseen),
        "seen": len(seen),
        "wrote": [before, written(theta, "cabde")],
        "maps": [*maps, weights(theta)],
    }


def learn_to_reverse(notebook):
    """Stage 1, and what came of it."""
    r = stage(reverse, REVERSE, notebook, "reverse")
    print(f"Stage 1, {r['by']}. Loss {r['losses'][0]:.3f} before the first step, and after")
    print(f"{len(r['losses'])} steps {r['unseen']:.3f}, on words that it was not trained on.")
    print(
        f"For cabde it wrote {r['wrote'][0]} before, and {r['wrote'][1]} after. Of {r['of']} words that are"
    )
    print(f"not among the {r['seen']} of its training, {r['right']} come out right.")
    return r


# The wall, and the way over it ------------------------------------------------------------------------------


def wall(f, tried=30):
    """How many seconds the loss of one window of stage 2's model takes."""
    rng = np.random.default_rng(4)
    model, ids = Model(f, rng.normal(size=10_976) * 0.1, 26), rng.integers(0, 26, 33)
    started = time.perf_counter()
    for _ in range(tried):
        f.loss_from_logits(model.logits(ids[:32]), ids[1:])
    return {"seconds": (time.perf_counter() - started) / tried}


def time_the_wall(notebook):
    """How long stage 2 would take by numerical gradients: two losses per parameter, for 3,600 windows."""
    r = stage(wall, FORWARD, notebook, "wall")
    gradient = r["seconds"] * 2 * 10_976
    print(f"The loss of one window takes {1000 * r['seconds']:.2f} ms ({r['by']}),")
    print(f"its numerical gradient {gradient:.1f} s, and 3,600 of them {gradient * 3_600 / 60**2:.1f} hours.")


def compare(f):
    """Your attention_backward beside your numerical gradient: the largest difference of any slope."""
    rng = np.random.default_rng(3)
    Q, K, V, dO = (rng.normal(size=shape) for shape in [(4, 3), (5, 3), (5, 2), (4, 2)])
    mask = np.tri(4, 5, dtype=bool)
    exact = f.attention_backward(dO, Q, K, V, f.attention_weights(Q, K, mask))
    inputs = {"Q": Q, "K": K, "V": V}

    def loss(name, flat):
        given = inputs | {name: flat.reshape(inputs[name].shape)}
        return float((dO * f.attention(given["Q"], given["K"], given["V"], mask)).sum())

    numerical = {name: f.gradient(partial(loss, name), M.ravel()) for name, M in inputs.items()}
    pairs = zip(exact, numerical.values(), strict=True)
    return {"differences": [float(abs(np.ravel(mine) - theirs).max()) for mine, theirs in pairs]}


def compare_with_numerical_gradient(notebook):
    """Whether the way back agrees with central differences, under the causal mask."""
    r = stage(compare, CHECK, notebook, "compare")
    for name, difference in zip(["dQ", "dK", "dV"], r["differences"], strict=True):
        print(f"{name}: largest difference from the numerical gradient {difference:.0e}")


# Stage 2: a rhyme, character by character -------------------------------------------------------------------


def rhyme(f, masked=True, steps=600, windows=6, rate=0.02):
    """Train the layer of rhyme_model.py on random windows of the rhyme; count a bigram model beside it."""
    text = Path("rhyme.txt").read_text(encoding="utf-8")
    alphabet, rng = sorted(set(text)), np.random.default_rng(2)
    ids = np.array([alphabet.index(character) for character in text])
    theta = rng.normal(size=10_976) * 0.1
    m, v = np.zeros_like(theta), np.zeros_like(theta)
    starts = np.arange(0, len(ids) - 33, 8)

    def loss(theta):
        model = Model(f, theta, len(alphabet), masked)
        return float(
            np.mean([f.loss_from_logits(model.logits(ids[s : s + 32]), ids[s + 1 : s + 33]) for s in starts])
        )

    def write(theta):
        return Model(f, theta, len(alphabet), masked).write(
            alphabet, "this is the", 200, np.random.default_rng(5)
        )

    losses, before = [loss(theta)], write(theta)
    for t in range(1, steps + 1):
        model, slopes = Model(f, theta, len(alphabet), masked), np.zeros_like(theta)
        for s in rng.integers(0, len(ids) - 33, windows):
            slopes += model.slopes(ids[s : s + 32], ids[s + 1 : s + 33]) / windows
        theta, m, v = f.adam_step(theta, slopes, m, v, t, rate * (1 - t / steps) + 1e-4)
        if t % (steps // 10) == 0:
            losses.append(loss(theta))
    counts = f.bigram_model(list(text))
    bigram = float(np.mean([-np.log(counts[a][b]) for a, b in pairwise(text)]))
    return {"losses": losses, "steps": steps, "bigram": bigram, "before": before, "after": write(theta)}


def learn_a_rhyme(notebook, masked=True):
    """Stage 2, with the causal mask or without it, and what came of it."""
    run, key = partial(rhyme, masked=masked), "rhyme" if masked else "rhyme without a mask"
    r = stage(run, WRITE, notebook, key)
    print(f"Stage 2, {'with the' if masked else 'without a'} mask, {r['by']}.")
    print(f"Loss {r['losses'][0]:.3f} at first, {r['losses'][-1]:.3f} after {r['steps']} steps;", end=" ")
    print(f"the counted bigram has {r['bigram']:.3f}.")
    for said, text in [("before", r["before"]), ("after", r["after"])]:
        print(f"\n--- {said} ---\n{text}")
    return r
