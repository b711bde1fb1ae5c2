"""The image of the Dockerfile, built and run by Debian's buildah, podman and runc.

The base image that the Dockerfile names is made here, of Debian's packages and this Python, as no
registry of images need be reachable. All of it lives in a folder of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.services import program
from tests.conftest import ROOT

NAME = "two-roles"
PROGRAMS = ("buildah", "podman", "runc", "debootstrap")
_BASE = "docker.io/library/python:3.10-slim-bookworm"
_RELEASE = "bookworm"
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# What Python's own modules are linked with.
_LIBRARIES = (
    "ca-certificates,libbz2-1.0,libexpat1,libffi8,liblzma5,libncursesw6,libnsl2,libreadline8,"
    "libsqlite3-0,libssl3,libtirpc3,libuuid1"
)


@dataclass(frozen=True)
class Image:
    """A built image.

    Attributes:
        folder: where images and containers are kept.
    """

    folder: Path

    def _command(self, name: str) -> list[str]:
        places = ["--root", str(self.folder / "storage"), "--runroot", str(self.folder / "run")]
        more = ["--cgroup-manager", "cgroupfs"] if name == "podman" else []
        more += (
            ["--runtime", program("runc")] if name == "podman" else []
        )  # for any kind of cgroups
        return [program(name), *places, "--storage-driver", "overlay", *more]

    def buildah(self, *arguments: str) -> str:
        """Output of a buildah command.

        Raises:
            RuntimeError: with what it printed last, if it fails.
        """
        return _run([*self._command("buildah"), *arguments])

    def run_command(self, options: Sequence[str], command: Sequence[str]) -> list[str]:
        """Command line that runs the image as an orchestrator would: without rights, read-only."""
        rights = ["--read-only", "--read-only-tmpfs=false", "--tmpfs", "/tmp"]  # noqa: S108
        rights += ["--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
        place = ["--network", "host", "--log-driver", "none"]
        # Podman's own limits may be above what it is allowed to set here.
        place += ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"]
        return [
            *self._command("podman"), "run", "--rm", *rights, *place, *options, NAME, *command,
        ]  # fmt: skip

    def run(self, *command: str, variables: Mapping[str, str] | None = None) -> str:
        """Output of a command in a container."""
        options = [f"--env={name}={value}" for name, value in (variables or {}).items()]
        return _run(self.run_command(options, command))

    @property
    def command(self) -> list[str]:
        """What the image starts if nothing else is said."""
        shown = json.loads(self.buildah("inspect", "--type", "image", NAME))
        command: list[str] = shown["OCIv1"]["config"]["Cmd"]
        return command


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:8])} ... failed:\n{done.stdout[-4000:]}")
    return done.stdout


@contextmanager
def built(folder: Path, context: Path) -> Iterator[Image]:
    """Builds the image while the block runs.

    Args:
        folder: receives everything; must be empty.
        context: what the Dockerfile may copy from.

    Raises:
        MissingProgram: if buildah, podman, runc or debootstrap is not installed.
    """
    image = Image(folder)
    try:
        _make_base(image)
        image.buildah(
            "build", "--isolation", "chroot", "--pull-never", "--layers=false", "-t", NAME,
            str(context),
        )  # fmt: skip
        yield image
    finally:
        for mount in (folder / "storage" / "overlay", folder / "storage"):
            subprocess.run(["umount", "--lazy", str(mount)], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _make_base(image: Image) -> None:
    root = image.folder / "base"
    _run(
        [
            program("debootstrap"),
            "--variant=minbase",
            f"--include={_LIBRARIES}",
            _RELEASE,
            str(root),
        ]
    )
    _copy_python(root)
    # What this machine trusts, so that its package index is trusted as well.
    shutil.copy(_CERTIFICATES, root / _CERTIFICATES.relative_to("/"))
    container = image.buildah("from", "scratch").split()[-1]
    image.buildah("add", "--quiet", container, str(root), "/")
    settings = ["PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"]
    settings += [f"{name}={_CERTIFICATES}" for name in ("SSL_CERT_FILE", "PIP_CERT")]
    for setting in settings:
        image.buildah("config", "--env", setting, container)
    image.buildah("commit", "--quiet", container, _BASE)
    image.buildah("rm", container)
    shutil.rmtree(root)


def _copy_python(root: Path) -> None:
    """This environment's Python in /usr/local, where the image of that name has it."""
    prefix, target = Path(sys.base_prefix), root / "usr" / "local"
    unwanted = shutil.ignore_patterns("site-packages", "test", "__pycache__", "man", "doc")
    shutil.copytree(prefix, target, symlinks=True, ignore=unwanted, dirs_exist_ok=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (target / "lib" / version / "site-packages").mkdir()
    for name in ("python", "python3"):
        (target / "bin" / name).unlink(missing_ok=True)
        (target / "bin" / name).symlink_to(version)
    _run(["chroot", str(root), "ldconfig"])
    _run(["chroot", str(root), "python3", "-c", "import ctypes, lzma, sqlite3, ssl"])


def context_with_secrets(folder: Path, secrets: Mapping[str, str]) -> None:
    """A copy of what git has of this project, with files that must stay out of the image.

    Args:
        folder: receives it.
        secrets: those files, and what is in them.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for name, text in secrets.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def is_root() -> bool:
    """Whether images can be built here."""
    return os.geteuid() == 0
