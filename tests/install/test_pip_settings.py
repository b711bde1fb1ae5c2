"""What pip is told from outside does not lead our own small environment astray."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

_CONF = "[install]\nuser = true\n[global]\ntarget = {elsewhere}\n"


@pytest.mark.parametrize("by", ["variables", "file"])
def test_uv_is_installed_where_it_is_looked_for(tmp_path: Path, by: str) -> None:
    copy, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    (copy / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", copy)
    shutil.copy(ROOT / "requirements" / "uv.txt", copy / "requirements")
    environment = {**os.environ, "MAKEFLAGS": "", "PYTHONNOUSERSITE": "1"}
    environment.pop("VIRTUAL_ENV", None)
    if by == "variables":
        environment |= {"PIP_USER": "1", "PIP_TARGET": str(elsewhere), "PIP_PREFIX": "/nowhere"}
    else:
        home = tmp_path / "home"
        (home / ".config" / "pip").mkdir(parents=True)
        written = home / ".config" / "pip" / "pip.conf"
        written.write_text(_CONF.format(elsewhere=elsewhere), encoding="utf-8")
        environment["XDG_CONFIG_HOME"] = str(home / ".config")
    done = subprocess.run(
        ["make", ".uv/bin/uv"], cwd=copy, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (copy / ".uv" / "bin" / "uv").is_file()
    assert not elsewhere.exists()
