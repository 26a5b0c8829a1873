"""`make check` looks the locked packages up among known weaknesses, and says so when it could not."""

from __future__ import annotations

import runpy
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "audit-dependencies"
SOUND = {"name": "polib", "version": "1.2.0", "vulns": []}
WEAK = {
    "name": "django",
    "version": "5.2.0",
    "vulns": [{"id": "CVE-2025-32873", "fix_versions": ["5.1.9", "5.2.1"]}],
}
UNREAD = {"name": "typst", "skip_reason": "Dependency not found"}


@pytest.fixture
def audit():
    return runpy.run_path(str(SCRIPT))


def test_a_known_weakness_fails_the_check_and_names_the_version_that_mends_it(audit, capsys):
    assert audit["report"]([SOUND, WEAK]) == 1
    assert "django 5.2.0: CVE-2025-32873, mended in 5.1.9, 5.2.1" in capsys.readouterr().out


def test_packages_without_a_known_weakness_pass(audit, capsys):
    assert audit["report"]([SOUND]) == 0
    assert "NOT AUDITED" not in capsys.readouterr().out


def test_a_package_the_database_does_not_know_is_named_and_does_not_fail(audit, capsys):
    assert audit["report"]([SOUND, UNREAD]) == 0
    assert "NOT AUDITED: 1 of 2 packages: typst." in capsys.readouterr().out


def test_no_answer_at_all_is_told_and_does_not_fail(audit, capsys, monkeypatch):
    nothing = subprocess.CompletedProcess([], 1, stdout="", stderr="no route to host")
    monkeypatch.setattr(subprocess, "run", lambda *what, **how: nothing)
    assert audit["main"]() == 0
    assert "NOT AUDITED" in capsys.readouterr().out
