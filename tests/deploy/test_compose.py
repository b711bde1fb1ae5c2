"""compose.yml is what Compose's published schema allows, and builds the image once."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from benchmarks.services import postgresql
from tests.conftest import ROOT
from tests.deploy.programs import needed
from tools import backup_postgresql

_VARIABLES = (
    "POSTGRES_ADMIN_PASSWORD",
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "WEBCHAT_SECRET",
)
_SANIC_SECONDS = 15  # GRACEFUL_SHUTDOWN_TIMEOUT (sanic/config.py)


def _compose(**changed: str) -> subprocess.CompletedProcess[str]:
    """What Compose, which needs no engine for this, makes of the file."""
    command = [needed("docker-compose"), "--file", str(ROOT / "compose.yml"), "config"]
    given = dict.fromkeys(_VARIABLES, "v" * 32) | changed
    environment = {"PATH": os.environ["PATH"], **{k: v for k, v in given.items() if v}}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """All services with what they share filled in."""
    done = _compose()
    assert done.returncode == 0, done.stderr
    services: dict[str, Any] = yaml.safe_load(done.stdout)["services"]
    return services


def test_the_schema_finds_no_fault(services: dict[str, Any]) -> None:
    assert {"bot-1", "bot-2", "actions-1", "actions-2", "nginx", "postgres"} <= set(services)


@pytest.mark.parametrize("name", _VARIABLES)
def test_a_missing_variable_is_named(name: str) -> None:
    done = _compose(**{name: ""})
    assert done.returncode
    assert name in done.stderr


def test_one_image_is_built_for_all(services: dict[str, Any]) -> None:
    ours = [each for each in services.values() if each["image"] == "two-roles"]
    assert len(ours) >= 5
    assert [name for name, each in services.items() if "build" in each] == ["bot-1"]


def test_a_server_is_given_longer_than_its_turns_take(services: dict[str, Any]) -> None:
    for each in services.values():
        if each["image"] == "two-roles":
            assert int(each["stop_grace_period"].removesuffix("s")) > _SANIC_SECONDS


def test_no_log_fills_the_disk(services: dict[str, Any]) -> None:
    for name, each in services.items():
        assert each.get("logging", {}).get("options", {}).get("max-size"), name


def test_no_server_of_ours_knows_the_superuser(services: dict[str, Any]) -> None:
    holders = [name for name, each in services.items() if "POSTGRES_USER" in str(each)]
    assert holders == ["postgres"]
    assert services["postgres"]["environment"]["POSTGRES_USER"] != "assistant"


def test_the_servers_role_has_its_database_and_nothing_else(open_folder: Path) -> None:
    needed("psql", *map(Path, backup_postgresql.folders()))
    with postgresql(open_folder / "postgresql") as database:
        engine = sa.create_engine(database.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            rights = "rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
            row = connection.execute(
                sa.text(f"SELECT {rights} FROM pg_roles WHERE rolname = current_user")  # noqa: S608
            ).one()
            assert not any(row)
            connection.execute(sa.text("CREATE TABLE own (id int)"))
            for forbidden in (
                "CREATE DATABASE another",
                "CREATE ROLE another",
                "SELECT pg_read_file('/etc/passwd')",
                "COPY own FROM PROGRAM 'id'",
            ):
                with pytest.raises(
                    sa.exc.ProgrammingError, match=r"permission denied|superuser|must"
                ):
                    connection.execute(sa.text(forbidden))
        engine.dispose()
