"""A log does not fill the disk, and goes on while it is cut."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from tools.kept_log import KeptLog

_WRITER = "import sys\nfor line in sys.stdin:\n    print('line', line.strip(), flush=True)\n"


def test_the_last_parts_are_kept_while_the_process_writes_on(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    kept = KeptLog(path, max_bytes=1000)
    with path.open("ab") as stream:  # as launch.start opens it
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER], stdin=subprocess.PIPE, stdout=stream, text=True
        )
    assert writer.stdin is not None
    for number in range(1000):
        writer.stdin.write(f"{number}\n")
        writer.stdin.flush()
        while f"line {number}\n" not in path.read_text(encoding="ascii"):
            pass
        kept.tend()
    writer.stdin.close()
    writer.wait()
    names = sorted(each.name for each in tmp_path.iterdir())
    assert names == ["server.log", "server.log.1", "server.log.2", "server.log.3"]
    newest_last = [path.with_name(name) for name in reversed(names)]
    lines = "".join(each.read_text(encoding="ascii") for each in newest_last).split("\n")[:-1]
    first = int(lines[0].split()[1])
    assert lines == [f"line {number}" for number in range(first, 1000)]
    assert first > 0
    assert all(each.stat().st_size < 1100 for each in tmp_path.iterdir())
    assert stat.S_IMODE(path.with_name("server.log.1").stat().st_mode) == 0o600


def test_a_log_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    KeptLog(tmp_path / "none.log").tend()
