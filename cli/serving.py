"""``serve``: the public door, started by its import path; the operator's door never reaches into it."""

import os

import uvicorn

from cli.session import DATABASE_VARIABLE, NAME_VARIABLE, Session, SessionOf

APPLICATION = "web.app:app"


def serve(*, session: SessionOf, host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """启动服务:接口与网页。Serve the API and the pages.

    :param host: 监听地址;对外请置于TLS代理之后。Address to listen on; put a TLS proxy before it.
    :param port: 端口。Port.
    :param workers: 进程数。Processes.
    """
    serve_at(session, host, port, workers)


def serve_at(session: Session, host: str, port: int, workers: int) -> None:
    """Run the service on this session's ledger until it is told to stop."""
    # The application reads where its ledger is from the environment, in this process and in every worker.
    os.environ.pop(f"{DATABASE_VARIABLE}_FILE", None)
    os.environ[DATABASE_VARIABLE] = session.database_url
    os.environ[NAME_VARIABLE] = session.ledger_name
    uvicorn.run(APPLICATION, host=host, port=port, workers=workers if workers > 1 else None, log_level="info")
