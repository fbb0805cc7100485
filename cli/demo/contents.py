"""The texts of the demo's documents: plain UTF-8, a page each, so that hashes are of real bytes."""

from random import Random

_OPENINGS = (
    "根据年度工作安排和有关法律法规规定，经研究，现将有关事项公布如下。",
    "为保障公众知情权，主动接受社会监督，现将有关情况予以公开。",
    "按照《中华人民共和国政府信息公开条例》第二十条的规定，现将本件全文公布。",
    "经集体审议并报批准，现将有关内容印发，请结合实际认真贯彻执行。",
)
_MEASURES = (
    "明确责任分工，逐项列出任务清单，每月调度一次进展",
    "办理结果在政府信息公开平台公布，接受群众查询",
    "涉及群众切身利益的事项，公示期不少于七个工作日",
    "对群众提出的意见逐条登记，采纳情况一并反馈",
    "资金使用情况按季度公开，由财政、审计部门监督",
    "工程建设实行全过程信息公开，招标、施工、验收分段发布",
    "对检查发现的问题建立台账，限期整改并复查",
    "设立咨询窗口和热线，工作时间内即时答复",
    "有关名单已作隐私处理，证件号码和住址不予公开",
    "本事项办理情况纳入年度政务公开考核",
)
_FIGURES = ("涉及户数{a}户", "总投资{a}万元", "抽检{a}批次，合格{b}批次", "受理{a}件，办结{b}件", "覆盖居民{a}人")
_NUMERALS = "一二三四五六七八九"

SEVERED = "（此处不予公开）"


def written(dice: Random, title: str, unit_name: str, document_number: str | None, day: str) -> bytes:
    """A document's full text."""
    chosen = dice.sample(_MEASURES, k=dice.randint(3, 6))
    measures = "\n".join(f"（{_NUMERALS[place]}）{text}。" for place, text in enumerate(chosen))
    larger = dice.randint(40, 900)
    figures = dice.choice(_FIGURES).format(a=larger, b=larger - dice.randint(0, 12))
    year, month, number = day.split("-")
    parts = [
        title,
        *([document_number] if document_number else []),
        "",
        dice.choice(_OPENINGS),
        "",
        f"一、基本情况。{figures}。",
        "二、主要内容。",
        measures,
        "三、其他事项。本件自公布之日起施行，由制发单位负责解释。",
        "",
        unit_name,
        f"{int(year)}年{int(month)}月{int(number)}日",
    ]
    return ("\n".join(parts) + "\n").encode()


def revised(text: bytes, what: str) -> bytes:
    """The next draft: the same text with one sentence more."""
    return text + f"\n（修改：{what}。）\n".encode()


def severed(text: bytes, passages: int) -> bytes:
    """What goes out of a partly disclosed document: the last measures blanked out."""
    lines = text.decode().split("\n")
    places = [place for place, line in enumerate(lines) if line.startswith("（")][-passages:]
    for place in places:
        lines[place] = f"{lines[place][:3]}{SEVERED}"
    return "\n".join(lines).encode()
