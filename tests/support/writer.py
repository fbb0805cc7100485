"""A process that writes: ``python -m tests.support.writer URL LEDGER STREAM COUNT THREADS`` prints every position given."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from ledger.database import open_database
from ledger.ledger import Ledger
from tests.support.ledgers import note


def main(url: str, name: str, stream: str, count: int, threads: int) -> None:
    database = open_database(url)
    with Ledger(database, name) as ledger, ThreadPoolExecutor(threads) as pool:

        def write(thread: int) -> list[int]:
            own = f"{stream}/{thread}"
            return [ledger.append(note(own, version)).position for version in range(1, count // threads + 1)]

        for positions in pool.map(write, range(threads)):
            sys.stdout.write(f"{' '.join(map(str, positions))}\n")
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
