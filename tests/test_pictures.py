"""A picture is shown with its words, and where a student's function is missing, wrong or endless, says so in
place of a traceback."""

import matplotlib.pyplot as plt
import pytest

from autograder.kit import feedback, pictures


@pytest.fixture
def shown(monkeypatch):
    html = []
    monkeypatch.setattr(pictures, "display", lambda output: html.append(output.data))
    return html


def test_a_picture_is_shown_with_its_words_as_text_alternative(shown):
    @pictures.picture
    def line():
        plt.plot([1, 2])
        return 'A line from 1 to 2, "rising".'

    line()

    (html,) = shown
    assert 'alt="A line from 1 to 2, &quot;rising&quot;."' in html
    assert "data:image/png;base64," in html
    assert "<summary>The picture in words</summary>" in html
    assert not plt.get_fignums()


def test_a_picture_that_waits_for_a_function_names_it(shown):
    @pictures.picture
    def waiting():
        raise NotImplementedError("softmax: not attempted yet")

    waiting()

    assert shown == [
        "<p><em>No picture yet.</em> It is drawn by your own functions, and one is missing: softmax: not"
        " attempted yet.</p>"
    ]


def test_a_picture_that_a_function_breaks_says_how(shown):
    @pictures.picture
    def broken():
        return 1 / 0

    broken()

    assert "One of your functions stopped it: <code>ZeroDivisionError: division by zero</code>" in shown[0]


def test_a_picture_that_never_ends_is_ended(shown, monkeypatch):
    monkeypatch.setattr(pictures, "DRAWING_SECONDS", 0.2)

    @pictures.picture
    def endless():
        while True:
            pass

    endless()

    assert "did not come to its end within 0.2 s" in shown[0]


def test_the_same_picture_is_the_same_to_the_byte(shown):
    for _ in range(2):

        @pictures.picture
        def line():
            plt.plot([1, 2])
            return "A line."

        line()

    assert shown[0] == shown[1]


def test_a_picture_of_a_function_whose_check_failed_says_so(shown, monkeypatch):
    monkeypatch.setattr(pictures, "state", feedback.State(passed={"softmax": (1, 3), "sample": (2, 2)}))

    def softmax(z):
        return z

    def sample(p, u):
        return 0

    def line(softmax, sample):
        plt.plot(softmax([1, 2]))
        return "A line."

    drawn = pictures.picture(line)
    drawn(softmax, sample)
    assert "softmax: not every check has passed yet" in shown[0]
    assert "sample" not in shown[0]
    drawn(lambda z: z, sample)
    assert "not every check" not in shown[1]
