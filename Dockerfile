# The assistant's two servers in one image: the bot (by default) and its actions. What is copied is
# listed in .dockerignore.
FROM python:3.10-slim-bookworm AS base
# onnxruntime and scikit-learn compute with OpenMP, in training as in serving.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin assistant
WORKDIR /app
ENV RASA_TELEMETRY_ENABLED=false

FROM base AS build
ENV UV_LINK_MODE=copy
COPY requirements requirements
RUN python -m venv /uv \
 && /uv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
      -r requirements/uv.txt \
 && python -m venv --without-pip .venv
# The cache is the builder's; it does not become part of the image.
RUN --mount=type=cache,target=/cache \
    UV_CACHE_DIR=/cache /uv/bin/uv pip sync --quiet --compile-bytecode --python .venv/bin/python requirements/runtime.txt
COPY . .
RUN .venv/bin/python -m tools.train || { cat .run/train.log; exit 1; } \
 && .venv/bin/python -m compileall -q . -x '\.venv' \
 && rm -rf .rasa .run requirements/uv.txt

FROM base
COPY --from=build /app /app
# The root is read-only: what is written goes to /tmp, conversations to PostgreSQL.
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 LOG_FORMAT=json \
    SANIC_HOST=0.0.0.0
USER 10001
EXPOSE 5005
# A server that hangs is ended by its watchdog, and so the container, which is then started again.
CMD ["python", "-m", "tools.watched", "http://127.0.0.1:5005/health", \
     "python", "-m", "tools.rasa_cli", "run", "--interface", "0.0.0.0", "--model", "models", \
     "--endpoints", "endpoints.production.yml", "--credentials", "credentials.production.yml"]
