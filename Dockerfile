# The service, the projection worker and the migration job are one image; the command says which.
FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/ledger
COPY requirements.lock ./
RUN /opt/ledger/bin/pip install --no-cache-dir --require-hashes --only-binary :all: --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY ledger ledger
COPY aggregates aggregates
COPY projections projections
COPY http http
COPY cli cli
# The build tools stay behind: what runs can install nothing.
RUN /opt/ledger/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/ledger/bin/pip uninstall --yes hatchling editables pip

FROM python:3.13-slim
RUN groupadd --system --gid 10001 ledger \
    && useradd --system --uid 10001 --gid ledger --no-create-home --shell /usr/sbin/nologin ledger \
    && install --directory --owner ledger --group ledger --mode 0700 /var/lib/disclosure-ledger
COPY --from=build /opt/ledger /opt/ledger
ENV PATH=/opt/ledger/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /var/lib/disclosure-ledger
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/live', timeout=2)"]
ENTRYPOINT ["disclosure-ledger"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
