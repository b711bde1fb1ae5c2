# The assistant's two servers in one image: the bot (by default) and its actions.
FROM python:3.10-slim-bookworm AS build
WORKDIR /app
ENV RASA_TELEMETRY_ENABLED=false
COPY requirements/runtime.txt requirements/
RUN python -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes \
      -r requirements/runtime.txt

COPY . .
RUN .venv/bin/python -m tools.train \
 && rm -rf .rasa .run

FROM python:3.10-slim-bookworm
# onnxruntime and scikit-learn compute with OpenMP.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin assistant
WORKDIR /app
COPY --from=build /app /app
# The root is read-only: what is written goes to /tmp, conversations to PostgreSQL.
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 RASA_TELEMETRY_ENABLED=false \
    LOG_FORMAT=json SANIC_HOST=0.0.0.0
USER 10001
EXPOSE 5005
# A server that hangs is ended by its watchdog, and so the container, which is then started again.
CMD ["python", "-m", "tools.watched", "http://127.0.0.1:5005/health", \
     "python", "-m", "tools.rasa_cli", "run", "--interface", "0.0.0.0", "--model", "models", \
     "--endpoints", "endpoints.production.yml", "--credentials", "credentials.production.yml"]
