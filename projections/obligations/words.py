"""The kinds of duty, each with the post that owes it and the article it rests on; the rules by which it is due."""

from collections.abc import Mapping
from typing import Self

from aggregates.terms import Term
from aggregates.vocabulary import Post

_ACT = "政府信息公开条例"


class Duty(Term):
    """A kind of duty; ``post`` owes it in the responsible unit, ``source`` is the article or law."""

    post: str
    source: str

    def __new__(cls, code: str, zh: str, en: str, post: str, source: str) -> Self:
        """Make the member: the code begins the obligation's number."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh, member.en = zh, en
        member.post, member.source = str(post), source
        return member

    REQUEST_ANSWER = "request_answer", "答复申请", "answer to a request", Post.DISCLOSURE_OFFICER, f"{_ACT}第三十三条"
    REQUEST_CORRECTION_NOTICE = (
        "request_correction_notice", "补正告知", "correction notice", Post.DISCLOSURE_OFFICER, f"{_ACT}第三十条",
    )  # fmt: skip
    REQUEST_EXTENSION = (
        "request_extension", "延期告知", "telling the applicant of an extension", Post.DISCLOSURE_OFFICER,
        f"{_ACT}第三十三条",
    )  # fmt: skip
    REQUEST_THIRD_PARTY = (
        "request_third_party", "第三方意见", "opinion of a third party", Post.DISCLOSURE_OFFICER, f"{_ACT}第三十二条",
    )  # fmt: skip
    REQUEST_CO_PRODUCER = (
        "request_co_producer", "共同制作机关意见", "opinion of a co-producer", Post.DISCLOSURE_OFFICER,
        f"{_ACT}第三十四条",
    )  # fmt: skip
    COURT_ORDER = (
        "court_order",
        "履行判决",
        "disclosure ordered by a court",
        Post.DISCLOSURE_OFFICER,
        "法释〔2025〕8号第十一条",
    )
    RECORD_CORRECTION = (
        "record_correction", "更正信息答复", "answer to a wish for correction", Post.DISCLOSURE_OFFICER,
        f"{_ACT}第四十一条",
    )  # fmt: skip
    SUGGESTION = (
        "suggestion",
        "主动公开建议答复",
        "answer to a suggestion",
        Post.DISCLOSURE_OFFICER,
        f"{_ACT}第四十四条",
    )
    FIRST_WORD = "first_word", "权威信息首发", "first authoritative word", Post.PUBLISHER, "(九)；国办发〔2016〕61号"
    PRESS_CONFERENCE = "press_conference", "新闻发布会", "press conference", Post.PRINCIPAL, "(九)"
    DIRECTIVE = "directive", "批示落实", "answer to a directive", Post.PRINCIPAL, "(七)"
    RECTIFICATION = "rectification", "整改", "rectification", Post.DISCLOSURE_OFFICER, "(四)"
    OWED_DISCLOSURE = "owed_disclosure", "应公开未公开", "owed to the public", Post.DISCLOSURE_OFFICER, "(四)"
    PROACTIVE_DISCLOSURE = (
        "proactive_disclosure",
        "主动公开",
        "proactive disclosure",
        Post.PUBLISHER,
        f"{_ACT}第二十六条",
    )
    COMMENT_FEEDBACK = "comment_feedback", "意见采纳反馈", "feedback on comments", Post.DISCLOSURE_OFFICER, "(十二)"
    INTERPRETATION = "interpretation", "政策解读", "interpretation", Post.DRAFTER, "(五)(六)"
    CONFIRMATION = "confirmation", "协商确认", "confirmation asked by another unit", Post.DISCLOSURE_OFFICER, "(十五)"
    MESSAGE_REPLY = "message_reply", "留言回复", "answer to a message", Post.DISCLOSURE_OFFICER, "(十三)"
    SELF_CHECK = "self_check", "自查报告", "self-check report", Post.DISCLOSURE_OFFICER, "(四)"
    YEARLY_HEARING = "yearly_hearing", "听取工作汇报", "report heard by the principal", Post.PRINCIPAL, "(十四)"
    ANNUAL_REPORT = "annual_report", "年度报告", "annual report", Post.DISCLOSURE_OFFICER, f"{_ACT}第四十九条"
    DISTRICT_REPORT = (
        "district_report", "全区年度报告", "annual report of the district", Post.DISCLOSURE_OFFICER,
        "国办公开办函〔2021〕30号",
    )  # fmt: skip
    MONTHLY_BULLETIN = "monthly_bulletin", "每月通报", "monthly bulletin", Post.DISCLOSURE_OFFICER, "(十七)"
    COLUMN_REFRESH = "column_refresh", "栏目更新", "upkeep of a column", Post.PUBLISHER, "(三)"


class Rule(Term):
    """How a duty's last moment is reckoned."""

    WORKING_DAYS = "WORKING_DAYS", "工作日", "working days"
    CALENDAR_DAY = "CALENDAR_DAY", "日历日", "calendar day"
    ELAPSED_HOURS = "ELAPSED_HOURS", "连续小时", "elapsed hours"
    SAME_TIME = "SAME_TIME", "同步", "at the same time"
    PROMPT = "PROMPT", "及时(未定期限)", "promptly, no number of days"


class State(Term):
    """How a duty stands at the moment it is looked at."""

    WAITING = "waiting", "期限未起算", "the clock does not run"
    OPEN = "open", "待办", "open"
    DUE_SOON = "due_soon", "即将到期", "due soon"
    OVERDUE = "overdue", "逾期", "overdue"
    DONE = "done", "已办", "done"


class Outcome(Term):
    """How a duty ended."""

    DONE = "DONE", "已履行", "done"
    CLOSED = "CLOSED", "申请另行办结", "the request ended otherwise"
    SILENT = "SILENT", "逾期未提出意见", "no opinion came"


DUTIES_BY_CODE: Mapping[str, Duty] = {str(duty): duty for duty in Duty}
"""Every kind by its code."""
