"""The repository builds the same on every machine, and names none of them."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LOCK_NAMES = re.compile(
    r"(^|/)(requirements/.+|[^/]*requirements[^/]*\.txt|[^/]+\.lock|pylock[^/]*\.toml"
    r"|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|\.npmrc|pip\.conf)$"
)
ADDRESS = re.compile(r"\w+://|\bfile:|\bgit\+")
INDEX_LINE = re.compile(
    r"^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host|--no-index|registry\s*=)(\W|$)"
)
ABSOLUTE_PATH = re.compile(r"(^|[\s=@\"'])(/[\w.]|[A-Za-z]:\\)")
# Home folders and work folders of the machines this is built on.
MACHINE_PATH = re.compile(r"(^|[^\w.])/(" + "|".join(("work", "root", "farm")) + ")/")

HASHED = re.compile(r"--hash=sha256:[0-9a-f]{64}(\s|$)")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[\w,]+\])?==(?P<version>[^\s;\\]+)")


def tracked_files() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    # A file deleted but not yet committed is still listed.
    return [name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_matching(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    found = []
    for name in names:
        text = (ROOT / name).read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    return found


def lock_files() -> list[str]:
    names = [name for name in tracked_files() if LOCK_NAMES.search(name)]
    assert "requirements/runtime.txt" in names, "the locks are not where this test looks"
    return names


def requirements_of(lock: str) -> list[str]:
    """One string a requirement, its hashes included."""
    text = (ROOT / "requirements" / lock).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_locks_carry_no_download_address() -> None:
    assert lines_matching(ADDRESS, lock_files()) == []


def test_locks_name_no_index() -> None:
    assert lines_matching(INDEX_LINE, lock_files()) == []


def test_locks_carry_no_absolute_path() -> None:
    assert lines_matching(ABSOLUTE_PATH, lock_files()) == []


def test_no_tracked_file_names_a_folder_of_the_machine_it_was_made_on() -> None:
    assert lines_matching(MACHINE_PATH, tracked_files()) == []


@pytest.mark.parametrize("lock", ["bootstrap.txt", "runtime.txt", "dev.txt"])
def test_every_locked_requirement_is_exact_and_hashed(lock: str) -> None:
    requirements = requirements_of(lock)
    assert requirements
    assert [line for line in requirements if not (PIN.match(line) and HASHED.search(line))] == []


@pytest.mark.parametrize("name", ["bootstrap", "runtime", "dev"])
def test_every_direct_requirement_stands_in_its_lock(name: str) -> None:
    locked = {}
    for line in requirements_of(f"{name}.txt"):
        pin = PIN.match(line)
        assert pin, line
        locked[normal(pin["name"])] = pin["version"]

    for line in requirements_of(f"{name}.in"):
        if line.startswith("-"):
            continue
        pin = PIN.match(line)
        wanted = normal(pin["name"]) if pin else normal(line.strip())
        assert wanted in locked, f"{line}: run `make lock`"
        if pin:
            assert locked[wanted] == pin["version"], f"{line}: run `make lock`"
