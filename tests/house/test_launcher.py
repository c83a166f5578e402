"""The launcher: a copy of it with a tiny lock. It mends what is its own and touches nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSIDE = """import sys
print("from", __file__, *sys.argv[1:])
"""
# Stands for uv, at once and without a network: an installed command, and a line in the diary.
INSTALLER = """#!/bin/sh
while [ "$1" != --python ]; do shift; done
printf '#!%s\\nprint("a command")\\n' "$2" >"$(dirname "$2")/tool"
chmod +x "$(dirname "$2")/tool"
echo installed >>"$DIARY"
eval "${ON_THE_WAY:-}"
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="NOT TESTED HERE: a POSIX shell is needed"),
]


class Checkout:
    """A checkout with one package of two lines, and what was installed for it."""

    def __init__(self, folder: Path) -> None:
        self.at = folder / "checkout"
        package = self.at / "src" / "weaklink"
        package.mkdir(parents=True)
        shutil.copy(ROOT / "weaklink", self.at / "weaklink")
        (package / "__init__.py").write_text('"""A package."""\n')
        (package / "__main__.py").write_text(INSIDE)
        for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
            (self.at / name).write_text("")
        self.diary = folder / "installed.txt"
        self.tools = folder / "tools"
        self.tools.mkdir()
        (self.tools / "uv").write_text(INSTALLER)
        (self.tools / "uv").chmod(0o755)

    @property
    def environment(self) -> Path:
        return self.at / ".venv"

    @property
    def installs(self) -> int:
        """How often something was installed."""
        return len(self.diary.read_text().splitlines()) if self.diary.exists() else 0

    def begin(self, *words: str, by: Path | None = None, **more: str) -> subprocess.Popen[str]:
        path = f"{self.tools}:/usr/bin:/bin"
        said = {"PATH": path, "HOME": str(self.at), "DIARY": str(self.diary), "PYTHON": sys.executable}
        return subprocess.Popen(
            [by or self.at / "weaklink", *words], env=said | more, text=True, start_new_session=True,
            cwd=self.at.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def start(self, *words: str, by: Path | None = None, **more: str) -> tuple[str, str, int]:
        """What it prints, what it says beside, and how it ends."""
        process = self.begin(*words, by=by, **more)
        out, err = process.communicate(timeout=60)
        return out, err, process.returncode

    def works(self, *words: str, by: Path | None = None, **more: str) -> str:
        """What it says beside; the code of this checkout ran."""
        out, err, status = self.start(*words, by=by, **more)
        assert (out.split(), status) == (
            ["from", str(self.at / "src/weaklink/__main__.py"), *words],
            0,
        ), err
        return err


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """One that was never started."""
    return Checkout(tmp_path)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    checkout = Checkout(tmp_path_factory.mktemp("once"))
    assert "preparing .venv" in checkout.works()
    return checkout


@pytest.fixture
def ready(once: Checkout, checkout: Checkout) -> Checkout:
    """One whose environment is there; a copy, because making one takes its time."""
    shutil.copytree(once.environment, checkout.environment, symlinks=True)
    assert checkout.works() == ""
    checkout.diary.write_text("installed once\n")
    return checkout


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): str(path.readlink()).encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def test_the_second_start_installs_nothing_and_neither_does_an_edit_of_the_project(ready: Checkout) -> None:
    (ready.at / "pyproject.toml").write_text("version = 2")

    assert ready.works("assess", "case.toml", "--json") == ""
    assert ready.installs == 1


def test_another_lock_makes_the_environment_anew(ready: Checkout) -> None:
    (ready.environment / "lib" / "of-the-old-lock").write_text("")
    (ready.at / "requirements.lock").write_text("# another one\n")

    assert "preparing .venv" in ready.works()
    assert ready.installs == 2
    assert not (ready.environment / "lib" / "of-the-old-lock").exists()


@pytest.mark.parametrize("relative", [True, False])
def test_through_a_symlink_it_works_and_a_foreign_environment_beside_the_link_stays(
    checkout: Checkout, tmp_path: Path, relative: bool
) -> None:
    elsewhere = tmp_path / "bin"
    (elsewhere / ".venv").mkdir(parents=True)
    (elsewhere / ".venv" / "keep").write_text("precious")
    target = checkout.at / "weaklink"
    (elsewhere / "first").symlink_to(os.path.relpath(target, elsewhere) if relative else target)
    (elsewhere / "weaklink").symlink_to("first")

    checkout.works("up", by=elsewhere / "weaklink")

    assert tree(elsewhere / ".venv") == {"keep": b"precious"}
    assert checkout.environment.is_dir()


def test_a_moved_checkout_is_mended_without_installing(ready: Checkout, tmp_path: Path) -> None:
    ready.at = ready.at.rename(tmp_path / "moved here")
    tool = ready.environment / "bin" / "tool"

    out, err, status = ready.start("a")

    assert (out, err, status) == (f"from {ready.at / 'src/weaklink/__main__.py'} a\n", "", 0)
    assert ready.installs == 1
    assert tool.read_text().splitlines()[0] == f"#!{ready.environment}/bin/python"


def test_a_copied_checkout_leaves_the_one_it_was_copied_from_alone(ready: Checkout, tmp_path: Path) -> None:
    first = ready.at
    before = tree(first / ".venv")
    ready.at = Path(shutil.copytree(first, tmp_path / "copy", symlinks=True))
    ready.works()

    assert tree(first / ".venv") == before
    ready.at = first
    assert ready.works() == ""


@pytest.mark.parametrize("what", ["removed", "another version", "broken"])
def test_after_python_was_removed_or_upgraded_the_environment_is_made_anew(
    ready: Checkout, what: str
) -> None:
    inside = ready.environment / "bin" / "python"
    if what == "another version":  # then it looks for what is installed in another folder
        (libraries,) = (ready.environment / "lib").glob("python*")
        libraries.rename(libraries.with_name("python3.9"))
    else:
        inside.unlink()
        inside.symlink_to("/usr/bin/no-such-python" if what == "removed" else "/bin/false")

    assert "preparing .venv" in ready.works()
    assert ready.installs == 2
    assert ready.works() == ""


@pytest.mark.parametrize("what", ["folder", "link", "file"])
def test_what_is_not_its_own_is_never_changed(checkout: Checkout, tmp_path: Path, what: str) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "lib").mkdir(parents=True)
    (theirs / "lib" / "keep").write_text("precious")
    (theirs / ".lock").write_text("")
    if what == "folder":
        theirs = theirs.rename(checkout.environment)
    elif what == "link":
        checkout.environment.symlink_to(theirs)
    else:
        checkout.environment.write_text("precious")
        theirs = checkout.at
    before = tree(theirs)

    out, err, status = checkout.start()

    assert (out, status) == ("", 1)
    assert err == (
        f"weaklink: {checkout.environment} was not made by weaklink and stays as it is; "
        "move it away, then start again.\n"
    )
    assert (tree(theirs), checkout.installs) == (before, 0)


def test_an_environment_of_before_that_has_no_mark_is_replaced(checkout: Checkout) -> None:
    packages = checkout.environment / "lib" / "python3.9" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "weaklink.pth").write_text("/where/it/was/src\n")

    assert "preparing .venv" in checkout.works()
    assert not packages.exists()


@pytest.mark.parametrize("end", ["kill", "fail"])
def test_an_interrupted_install_is_finished_at_the_next_start(checkout: Checkout, end: str) -> None:
    if end == "kill":
        process = checkout.begin(ON_THE_WAY="sleep 60")
        while not checkout.installs:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        assert process.communicate(timeout=10)[0] == ""
    else:
        out, err, status = checkout.start(ON_THE_WAY="exit 1")
        assert (out, status) == ("", 1)
        assert "could not install what requirements.lock pins; is the network up?" in err

    assert "preparing .venv" in checkout.works()
    assert checkout.works() == ""


def test_starts_at_once_prepare_once_and_all_of_them_run(checkout: Checkout) -> None:
    processes = [checkout.begin(str(number), ON_THE_WAY="sleep 0.3") for number in range(4)]
    said = [process.communicate(timeout=60) for process in processes]

    assert [out.split()[-1] for out, _ in said] == ["0", "1", "2", "3"]
    assert [process.returncode for process in processes] == [0] * 4
    assert checkout.installs == 1


def test_an_active_environment_of_its_own_is_no_trap(ready: Checkout) -> None:
    (ready.at / "requirements.lock").write_text("# another one\n")
    active = f"{ready.environment}/bin:{ready.tools}:/usr/bin:/bin"

    assert "preparing .venv" in ready.works(PATH=active, PYTHON="")
    assert ready.works(PATH=active, PYTHON="") == ""


def test_a_copy_of_the_file_alone_says_what_to_do(checkout: Checkout, tmp_path: Path) -> None:
    alone = tmp_path / "weaklink"
    shutil.copy(checkout.at / "weaklink", alone)

    out, err, status = checkout.start(by=alone)

    assert (out, status) == ("", 1)
    assert (
        err
        == f"weaklink: {tmp_path} is no checkout of weaklink; link to the file there instead of copying it.\n"
    )
    assert not (tmp_path / ".venv").exists()


@pytest.mark.load
def test_without_uv_plain_pip_installs(checkout: Checkout) -> None:
    (checkout.tools / "uv").unlink()
    (checkout.tools / "python3").symlink_to(sys.base_prefix + "/bin/python3")
    if subprocess.run(
        [sys.base_prefix + "/bin/python3", "-m", "pip", "--version"], capture_output=True
    ).returncode:
        pytest.skip("NOT TESTED HERE: this Python has no pip")

    assert "preparing .venv" in checkout.works(PIP_NO_INDEX="1")
    assert checkout.works() == ""
