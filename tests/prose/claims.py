"""What a chapter's prose claims: its text without code, and the numbers in it that no test works out."""

import re
from pathlib import Path

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"

# A number worth a claim has a decimal point, an exponent, or three digits; small whole numbers count what is
# at hand.
NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?(?![\w])")


def prose(chapter: str) -> str:
    """The chapter's text on one line: no code cells, no markers, no drawn numbers; minus signs as hyphens."""
    text = (ASSIGNMENTS / chapter / "chapter.md").read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", " ", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<!--.*?-->|<<.*?>>", " ", text, flags=re.DOTALL)
    return " ".join(text.replace("−", "-").split())


def unclaimed(text: str, claims: list[str], given: list[str]) -> list[str]:
    """The numbers of the text that stand in no claim and are not among what the text itself gives."""
    for claim in sorted(claims, key=len, reverse=True):
        text = text.replace(claim, " ")
    found = [number for number in NUMBER.findall(text) if re.search(r"[.e]|\d{3}", number)]
    return [number for number in found if number not in given]
