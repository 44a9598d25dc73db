"""Pictures drawn by the student's own functions.

This file stands beside the notebook. `@picture` runs a drawing function at once and shows what it drew, with the text that it returns as the
picture's text alternative. Where a function it calls is not written yet, it says which, in place of a traceback.
"""

import base64
import io
from collections.abc import Callable
from html import escape

import matplotlib.pyplot as plt
from checking import CallTimedOut, alarm
from IPython.display import HTML, display

# A picture may call a function hundreds of times; one that never ends would hold up every cell below.
DRAWING_SECONDS = 30

# Readable in grey, and apart for every common kind of colour blindness: dark blue, orange, sky, and a grey.
COLOURS = ["#00315c", "#d55e00", "#56b4e9", "#7a7a7a"]
LINES = ["-", "--", "-.", ":"]
HATCHES = ["", "//", "..", "xx"]

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


def picture(draw: Callable[[], str]) -> Callable[[], str]:
    """Draw now. `draw` makes one figure and returns its text alternative.

    Returns `draw`, so that the name stays usable. Shows the reason instead of the figure where `draw` cannot finish.
    """
    plt.close("all")
    try:
        with alarm(DRAWING_SECONDS):
            alternative = draw()
        figure = plt.gcf()
        image = io.BytesIO()
        figure.savefig(image, format="png", dpi=110, metadata={"Software": None})
    except NotImplementedError as missing:
        display(HTML(f"<p><em>No picture yet.</em> It is drawn by your own functions, and one is missing: {escape(str(missing))}.</p>"))
    except CallTimedOut:
        display(HTML(f"<p><em>No picture yet.</em> One of your functions did not come to its end within {DRAWING_SECONDS} s.</p>"))
    except Exception as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        display(HTML(f"<p><em>No picture yet.</em> One of your functions stopped it: <code>{escape(said[:300])}</code>. Its check says more.</p>"))
    else:
        data = base64.b64encode(image.getvalue()).decode()
        display(
            HTML(
                f'<figure style="margin:0"><img src="data:image/png;base64,{data}" alt="{escape(alternative)}" style="max-width:100%">'
                f"<figcaption><details><summary>The picture in words</summary>{escape(alternative)}</details></figcaption></figure>"
            )
        )
    finally:
        plt.close("all")
    return draw
