"""``bench``: the measurements beside the project, run as their own program."""

import subprocess
import sys
from importlib.util import find_spec
from typing import Annotated

from cyclopts import Parameter

from cli.failure import Failure
from cli.session import SessionOf


def bench(
    *arguments: Annotated[str, Parameter(allow_leading_hyphen=True)],
    session: SessionOf,
) -> int:
    """在本机测量,与同类软件对照。Measure on this machine, against the peers.

    :param arguments: 原样交给 python -m bench。Handed on to python -m bench as they are.
    """
    if find_spec("bench") is None:
        raise Failure(
            "此处没有bench/：性能测量随源码提供，不随安装包提供。请在源码目录运行。",
            "There is no bench/ here: it comes with the source tree, not with the package. Run it from the source tree.",
        )
    told = ["--json", *arguments] if session.json else list(arguments)
    return subprocess.run([sys.executable, "-m", "bench", *told], check=False).returncode  # noqa: S603 - our own module
