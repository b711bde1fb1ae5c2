#!/bin/sh
# Run once by PostgreSQL's image, on an empty volume: the assistant's own role and database. It owns
# that database and has no rights beyond it.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
     --set password="$ASSISTANT_PASSWORD" <<'SQL'
CREATE ROLE assistant LOGIN PASSWORD :'password'
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE conversations OWNER assistant;
REVOKE ALL ON DATABASE conversations FROM PUBLIC;
SQL
