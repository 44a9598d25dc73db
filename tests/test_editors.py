"""What editors and commits are told of the project's style is what the project holds."""

import configparser
import re
import subprocess
import tomllib

import yaml
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GENERATED = re.compile(r"student/|.*\.(ipynb|lock|png)$")


def editorconfig():
    read = configparser.ConfigParser()
    read.read_string("[top]\n" + (ROOT / ".editorconfig").read_text(encoding="utf-8"))
    return read


def test_editors_break_lines_where_ruff_does():
    assert int(editorconfig()["*.py"]["max_line_length"]) == PROJECT["tool"]["ruff"]["line-length"]


def test_every_source_is_as_editors_are_told_to_save_it():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    odd = []
    for name in listed.splitlines():
        if GENERATED.match(name) or not (ROOT / name).is_file():
            continue
        text = (ROOT / name).read_bytes().decode("utf-8")
        trailing = not name.endswith(".md") and re.search(r"[ \t]$", text, re.MULTILINE)
        tabs = name != "Makefile" and re.search(r"^\t", text, re.MULTILINE)
        odd += [name] if trailing or tabs or "\r" in text or (text and not text.endswith("\n")) else []
    assert odd == []


def test_hooks_call_the_projects_own_tools():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    tools = {*PROJECT["project"]["optional-dependencies"]["dev"], *PROJECT["project"]["scripts"]}
    (repository,) = hooks["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        place, _, tool = hook["entry"].split()[0].rpartition("/")
        assert place == ".venv/bin"
        assert tool in tools
    assert {hook["id"] for hook in repository["hooks"]} == {"ruff-check", "ruff-format", "mypy", "student"}
