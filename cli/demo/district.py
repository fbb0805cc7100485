"""The invented district: 澄湾区 (Chengwan), its units, posts, channels and columns.  No such place exists."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from aggregates.deed import CHINA, PUBLIC
from aggregates.vocabulary import ChannelKind, Post, UnitKind, WorkflowStep
from ledger.entry import Actor

NAME_ZH, NAME_EN = "澄湾区", "Chengwan District"
OFFICE = "U01"
PUBLICITY, CYBERSPACE, SECRECY_BUREAU, SUPERVISORS, ASSESSORS = "X1", "X2", "X3", "X4", "X5"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its code, names, kind, the abbreviation in its document numbers and its social credit code."""

    code: str
    name_zh: str
    name_en: str
    kind: UnitKind
    short: str
    credit_code: str

    @property
    def number(self) -> str:
        """The figures of the code, which its officers' codes end in."""
        return self.code[1:]


def _unit(number: int, name_zh: str, name_en: str, kind: UnitKind, short: str) -> Unit:
    return Unit(f"U{number:02}", name_zh, name_en, kind, short, f"11339900MB{number:04}712{'ABCDEFGHJKLM'[number - 1]}")


UNITS = (
    _unit(1, f"{NAME_ZH}人民政府办公室", "Chengwan District Government Office", UnitKind.DISTRICT_OFFICE, "澄政办"),
    _unit(2, f"{NAME_ZH}发展和改革局", "Development and Reform Bureau", UnitKind.DEPARTMENT, "澄发改"),
    _unit(3, f"{NAME_ZH}教育局", "Education Bureau", UnitKind.DEPARTMENT, "澄教"),
    _unit(4, f"{NAME_ZH}财政局", "Finance Bureau", UnitKind.DEPARTMENT, "澄财"),
    _unit(5, f"{NAME_ZH}住房和城乡建设局", "Housing and Construction Bureau", UnitKind.DEPARTMENT, "澄建"),
    _unit(6, f"{NAME_ZH}市场监督管理局", "Market Supervision Bureau", UnitKind.DEPARTMENT, "澄市监"),
    _unit(7, f"{NAME_ZH}应急管理局", "Emergency Management Bureau", UnitKind.DEPARTMENT, "澄应急"),
    _unit(8, f"{NAME_ZH}卫生健康局", "Health Bureau", UnitKind.DEPARTMENT, "澄卫健"),
    _unit(9, f"{NAME_ZH}综合行政执法局", "Law Enforcement Bureau", UnitKind.DEPARTMENT, "澄综执"),
    _unit(10, "望潮街道办事处", "Wangchao Sub-district Office", UnitKind.SUBDISTRICT, "望街办"),
    _unit(11, "松坞镇人民政府", "Songwu Town Government", UnitKind.TOWN, "松政"),
    _unit(12, "白鹭镇人民政府", "Bailu Town Government", UnitKind.TOWN, "白政"),
)
BY_CODE = {unit.code: unit for unit in UNITS}

OUTSIDE = (
    (PUBLICITY, f"{NAME_ZH}委宣传部", "Publicity Department"),
    (CYBERSPACE, f"{NAME_ZH}委网信办", "Cyberspace Affairs Office"),
    (SECRECY_BUREAU, f"{NAME_ZH}国家保密局", "Secrecy Administration"),
    (SUPERVISORS, f"{NAME_ZH}监察委员会", "Supervisory Commission"),
    (ASSESSORS, "澄衡测评中心", "Chengheng Assessment Centre"),
)
"""Bodies that act in the ledger without being units of the district government."""

LETTERS = {
    "D": Post.DRAFTER,
    "A": Post.REVIEWER,
    "S": Post.SECRECY_REVIEWER,
    "P": Post.PUBLISHER,
    "G": Post.DISCLOSURE_OFFICER,
    "F": Post.DEPUTY_IN_CHARGE,
    "Z": Post.PRINCIPAL,
    "R": Post.ARCHIVIST,
}
"""An officer's code is the letter of the post and the number of the unit: P05 publishes for U05."""

FOUNDER, PEOPLE = "AD01", PUBLIC.officer
INSPECTOR, INVESTIGATOR, SECRECY_OFFICIAL, ASSESSOR = "J01", "T01", "X3-01", "X5-01"

OTHERS = {
    FOUNDER: (Post.ADMINISTRATOR, OFFICE),
    INSPECTOR: (Post.INSPECTOR, OFFICE),
    INVESTIGATOR: (Post.INVESTIGATOR, SUPERVISORS),
    SECRECY_OFFICIAL: (Post.SECRECY_ADMINISTRATION, SECRECY_BUREAU),
    ASSESSOR: (Post.ASSESSOR, ASSESSORS),
    # The disclosure section of the district office has four officers, whose codes begin the series of G.
    "G02": (Post.DISCLOSURE_OFFICER, OFFICE),
    "G03": (Post.DISCLOSURE_OFFICER, OFFICE),
    "G05": (Post.DISCLOSURE_OFFICER, OFFICE),
    "G21": (Post.DISCLOSURE_OFFICER, "U02"),
    "G31": (Post.DISCLOSURE_OFFICER, "U03"),
    "G51": (Post.DISCLOSURE_OFFICER, "U05"),
    "Y01": (Post.OPINION_MONITOR, OFFICE),
    "Y07": (Post.OPINION_MONITOR, "U07"),
    "Y10": (Post.OPINION_MONITOR, "U10"),
}
"""Officers whose codes do not follow the rule: their post and unit."""

SUCCESSORS = {
    "P09": ("P09b", datetime(2025, 8, 1, tzinfo=CHINA)),
    "S04": ("S04b", datetime(2025, 7, 29, tzinfo=CHINA)),
}
"""Who hands over to whom in summer, and from when; what was done keeps the old name."""

CREDENTIAL = "demo"
"""What the story's entries say instead of a credential; by it a demo is known from a real ledger."""


def regular(letter: str, unit: str) -> str:
    """The code of the officer who holds a post in a unit when the year begins."""
    code = f"{letter}{unit[1:]}"
    if code not in OTHERS:
        return code
    return next(other for other, (post, home) in OTHERS.items() if (post, home) == (LETTERS[letter], unit))


def officer(letter: str, unit: str, now: datetime) -> str:
    """The officer who holds a post in a unit at that time."""
    code = regular(letter, unit)
    successor, since = SUCCESSORS.get(code, (code, now))
    return successor if now >= since else code


def acting(code: str) -> Actor:
    """The officer with that code in the post the code stands for; whoever is of the public acts as nobody."""
    if code == PEOPLE:
        return PUBLIC
    post, unit = OTHERS.get(code) or (LETTERS[code[0]], f"U{code[1:3]}")
    return Actor(code, str(post), unit, CREDENTIAL)


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel with the unit that answers for it."""

    code: str
    kind: ChannelKind
    name_zh: str
    name_en: str
    owner: str = OFFICE


PLATFORM, WEIBO, WECHAT, GAZETTE, BOARD, WEBSITE, PAPER = (f"CH-{number:02}" for number in range(1, 8))
STANDING_CHANNELS = (
    Channel(WEBSITE, ChannelKind.WEBSITE, f"{NAME_ZH}人民政府网站", "Government website"),
    Channel(PAPER, ChannelKind.NEWSPAPER, "澄湾日报", "Chengwan Daily"),
)
"""Those that were there when the year began."""

CHANNELS = (
    Channel(PLATFORM, ChannelKind.PLATFORM, f"{NAME_ZH}政府信息公开平台", "Disclosure platform"),
    Channel(WEIBO, ChannelKind.WEIBO, "澄湾发布（微博）", "Chengwan Weibo"),
    Channel(WECHAT, ChannelKind.WECHAT, "澄湾发布（微信）", "Chengwan WeChat"),
    Channel(GAZETTE, ChannelKind.GAZETTE, f"{NAME_ZH}人民政府公报", "Government gazette"),
    Channel(BOARD, ChannelKind.NOTICE_BOARD, "政务公开公告栏", "Notice boards"),
)
"""Those that the disclosure section registers in January."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the platform: who keeps it, and within how many days it is refreshed."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    refresh_days: int


COLUMNS = (
    Column("COL-01", "政策文件", "Policy documents", "U01", 180),
    Column("COL-02", "重大决策公开", "Major decisions", "U01", 90),
    Column("COL-03", "规划计划", "Plans", "U02", 180),
    Column("COL-04", "财政资金", "Public finance", "U04", 30),
    Column("COL-05", "教育信息", "Education", "U03", 30),
    Column("COL-06", "征收与建设", "Land, housing and construction", "U05", 14),
    Column("COL-07", "市场监管", "Market supervision", "U06", 14),
    Column("COL-08", "应急与安全", "Emergencies and safety", "U07", 14),
    Column("COL-09", "卫生健康", "Health", "U08", 14),
    Column("COL-10", "行政执法公示", "Enforcement results", "U09", 14),
    Column("COL-11", "街镇动态", "Sub-district and towns", "U10", 14),
)

WORKFLOW_STEPS = (
    WorkflowStep.DRAFT,
    WorkflowStep.ATTRIBUTE,
    WorkflowStep.ATTRIBUTE_REVIEW,
    WorkflowStep.SUBMISSION,
    WorkflowStep.APPROVAL,
    WorkflowStep.SECRECY_REVIEW,
    WorkflowStep.PUBLICATION,
    WorkflowStep.REGISTRATION,
    WorkflowStep.ARCHIVING,
)
"""The workflow that every unit adopts in January."""

_SURNAMES = "赵钱孙周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳鲍史唐"
_GIVEN = "文华志明建国丽娟晓燕海涛静怡国栋雪梅俊杰雅琴永强思源佳宁宏伟春兰向东若溪立新慧敏子航婉清"


def invented_name(dice: Random) -> str:
    """A Chinese name drawn from common characters; nobody is meant."""
    given = "".join(dice.choice(_GIVEN) for _ in range(dice.choice((1, 2, 2))))
    return dice.choice(_SURNAMES) + given
