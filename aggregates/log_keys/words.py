"""The words of the log's keys: what may be asked, what is recorded, why it is refused."""

from aggregates.area import Area, FieldWords
from aggregates.terms import CommandName, EventName, RefusalReason
from ledger.rotation import ROTATED


class LogKeyCommand(CommandName):
    """What may be asked."""

    ROTATE_LOG_KEY = "rotate_log_key", "更换台账签名密钥", "change the log's keys"


class LogKeyEvent(EventName):
    """What is recorded."""

    LOG_KEY_ROTATED = ROTATED, "台账签名密钥更换", "log keys changed"


class LogKeyRefusal(RefusalReason):
    """Why it is refused."""

    LOG_NOT_SIGNED = (
        "LOG_NOT_SIGNED", "—", "台账没有签名", "log not signed",
        "本台账没有签名，没有密钥可以更换。未作任何变更。请先设LEDGER_SIGNING_DIRECTORY指明签名目录。",
        "This log is not signed; it has no keys to change. Nothing was changed; first name a signing directory.",
    )  # fmt: skip
    KEY_NOT_IN_FORCE = (
        "KEY_NOT_IN_FORCE", "—", "所指密钥不在用", "key not in force",
        "拟更换的密钥{key}不是现行密钥，现行密钥为{in_force}。未作任何变更。可能已由他人更换，请核对密钥更替记录。",
        ("The key {key} that was to be replaced is not the one in force, which is {in_force}. Nothing was changed. "
        "Somebody may have changed it already: look at the history of the keys."),
    )  # fmt: skip


AREA = Area(
    "log_keys",
    LogKeyCommand,
    LogKeyEvent,
    LogKeyRefusal,
    fields={
        "origin": FieldWords("台账名称", "log"),
        "old_verifier_keys": FieldWords("原验证公钥", "old verifier keys"),
        "new_verifier_keys": FieldWords("新验证公钥", "new verifier keys"),
        "statement": FieldWords("新旧密钥共同签署的声明", "statement signed by both"),
    },
)
