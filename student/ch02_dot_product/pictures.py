"""Pictures drawn by the student's own functions.

This file stands beside the notebook. A drawing function under `@picture` shows what it draws when it is
called, with the text that it returns as the picture's text alternative. If a function that it calls is not
written yet, it says which, in place of a traceback.
"""

import base64
import functools
import io
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
from IPython.display import HTML, display

if TYPE_CHECKING or __package__:
    from autograder.kit.checking import CallTimedOut, alarm
    from autograder.kit.feedback import state
else:
    from checking import CallTimedOut, alarm
    from feedback import state

# A picture may call a function hundreds of times; one that never ends would hold up every cell below.
DRAWING_SECONDS = 30

# Readable in grey, and apart for every common kind of colour blindness: dark blue, orange, sky, and a grey.
COLOURS = ["#00315c", "#d55e00", "#56b4e9", "#7a7a7a"]
LINES = ["-", "--", "-.", ":"]
HATCHES = ["", "//", "..", "xx"]

# In JupyterLab's dark theme light and dark change places, and hues stay. Elsewhere it is a white card.
DARK_THEME = (
    '<style>[data-jp-theme-light="false"] figure.drawn img'
    " { filter: invert(0.93) hue-rotate(180deg) }</style>"
)

plt.rcParams.update(
    {
        "axes.prop_cycle": plt.cycler(color=COLOURS, linestyle=LINES),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "figure.constrained_layout.use": True,
        "font.size": 10,
        "image.cmap": "cividis",
    }
)


def picture(draw: Callable[..., str]) -> Callable[..., None]:
    """Make a drawing function one that shows its figure when it is called.

    `draw` makes one figure and returns its text alternative. If it cannot finish, the reason is shown in its
    place.
    """

    @functools.wraps(draw)
    def show(*arguments: Any, **named: Any) -> None:
        _show(lambda: draw(*arguments, **named), _doubt([*arguments, *named.values()]))

    return show


def _doubt(arguments: list[Any]) -> str:
    """Which of the functions that draw failed a check when it was last run; empty if none did."""
    names = [getattr(argument, "__name__", "") for argument in arguments if callable(argument)]
    wrong = [name for name in names if name in state.passed and state.passed[name][0] < state.passed[name][1]]
    if not wrong:
        return ""
    return f"{' and '.join(wrong)}: not every check has passed yet, so the picture may be wrong."


def _show(draw: Callable[[], str], doubt: str = "") -> None:
    plt.close("all")
    try:
        with alarm(DRAWING_SECONDS):
            alternative = draw()
        figure = plt.gcf()
        image = io.BytesIO()
        figure.savefig(image, format="png", dpi=110, metadata={"Software": None})
    except NotImplementedError as missing:
        display(
            HTML(
                "<p><em>No picture yet.</em> It is drawn by your own functions, and one is missing:"
                f" {escape(str(missing))}.</p>"
            )
        )
    except CallTimedOut:
        display(
            HTML(
                "<p><em>No picture yet.</em> One of your functions did not come to its end within"
                f" {DRAWING_SECONDS} s.</p>"
            )
        )
    except Exception as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        display(
            HTML(
                "<p><em>No picture yet.</em> One of your functions stopped it:"
                f" <code>{escape(said[:300])}</code>. Its check says more.</p>"
            )
        )
    else:
        data = base64.b64encode(image.getvalue()).decode()
        note = f"<p><em>{escape(doubt)}</em></p>" if doubt else ""
        words = f"<details><summary>The picture in words</summary>{escape(alternative)}</details>"
        display(
            HTML(
                f'{DARK_THEME}<figure class="drawn" style="margin:0"><img src="data:image/png;base64,{data}"'
                f' alt="{escape(alternative)}" style="max-width:100%"><figcaption>{note}{words}</figcaption>'
                "</figure>"
            )
        )
    finally:
        plt.close("all")
