"""``found``: open the ledger of a new district, which is the one thing that asks for no post."""

from aggregates.deed import Deed
from aggregates.registry import Registry
from aggregates.vocabulary import Post
from cli.acting import CREDENTIAL
from cli.session import SessionOf
from ledger.database import open_database
from ledger.entry import Actor
from ledger.ledger import Ledger


def found(
    *,
    session: SessionOf,
    unit: str,
    name_zh: str,
    name_en: str,
    officer: str,
    name: str | None = None,
    code: str | None = None,
) -> None:
    """开立一个区的台账。Open the ledger of a new district: its office, its platform, its first administrator.

    只能做一次;之后由这位系统管理员登记单位、人员和岗位。需要时先建表。
    Done once; from then on that administrator registers units, officers and posts.  Creates the tables if need be.

    :param unit: 区政府办公室的单位编号,如U01。Code of the district government office, such as U01.
    :param name_zh: 其中文名称。Its Chinese name.
    :param name_en: 其英文名称。Its English name.
    :param officer: 首位系统管理员的人员编号(不是姓名)。Code of the first administrator; not a name.
    :param name: 其姓名,存于可删除的个人信息表,不进入台账条目。The name, kept erasable beside the log, never in an entry.
    :param code: 统一社会信用代码。The unit's number in official registers.
    """
    database = open_database(session.database_url)
    try:
        with Ledger(database, session.ledger_name, clock=session.clock, signing=session.signing) as ledger:
            deed = Deed(Actor(officer, str(Post.ADMINISTRATOR), unit, CREDENTIAL), session.clock())
            receipt = Registry(ledger).found_district(
                deed, unit=unit, name_zh=name_zh, name_en=name_en, officer=officer, name=name, code=code
            )
    finally:
        database.close()
    if session.json:
        session.print_json({"unit": unit, "officer": officer, "positions": list(receipt.positions)})
        return
    session.note(
        f"{name_zh}的台账已开立，{officer}为系统管理员。下一步：disclosure-ledger token issue --officer {officer} --label …",
        f"The ledger of {name_en} is open, {officer} administers it. Next: disclosure-ledger token issue "
        f"--officer {officer} --label …",
    )
