"""Why something is refused in leadership, media, coordination and training."""

from aggregates.terms import RefusalReason


class OrganisationRefusal(RefusalReason):
    """Why it is refused."""

    INTERVIEW_UNKNOWN = (
        "INTERVIEW_UNKNOWN", "(十一)", "采访申请不存在", "interview request unknown",
        "台账中没有采访申请{interview}。请核对编号，或先登记采访申请。",
        "The ledger holds no interview request {interview}. Check its number, or receive it first.",
    )  # fmt: skip
    INTERVIEW_ANSWERED_ALREADY = (
        "INTERVIEW_ANSWERED_ALREADY", "(十一)", "采访申请已答复", "interview answered already",
        "采访申请{interview}已经答复，原答复不变。如有新的采访，请另行登记。",
        "The interview request {interview} is answered already; the answer stands. Receive a new request for more.",
    )  # fmt: skip
    NOT_DEPUTY_IN_CHARGE = (
        "NOT_DEPUTY_IN_CHARGE", "(十四)", "不是分管负责人", "not the deputy in charge",
        "{officer}在{day}不是{unit}的分管负责人。请核对人员，或先明确分管负责人。",
        "On {day} {officer} is not the deputy in charge of {unit}. Check the officer, or appoint the deputy first.",
    )  # fmt: skip
    NOT_A_LEADER = (
        "NOT_A_LEADER", "(十四)", "不是单位负责人", "not a leader of the unit",
        "{officer}在{day}不是{unit}的{wanted_zh}，不能作此登记。请核对人员和日期。",
        "On {day} {officer} does not hold the post {wanted} in {unit}; this cannot be recorded so. Check who and when.",
    )  # fmt: skip
    HEARING_UNKNOWN = (
        "HEARING_UNKNOWN", "(十四)", "没有该次汇报", "hearing unknown",
        "{unit}没有登记过编号为{hearing}的听取汇报。请核对编号，或先登记听取汇报。",
        "{unit} has no hearing {hearing} on record. Check its number, or record the hearing first.",
    )  # fmt: skip
    PUBLISHED_BEFORE_THE_FACT = (
        "PUBLISHED_BEFORE_THE_FACT", "(十四)", "发布早于事实", "published before the fact",
        "{publication}发布于{published_on}，早于所公布的事项({since})，不能作为其公布。请核对事项编号。",
        ("{publication} went out on {published_on}, before the fact it is to publish ({since}); it cannot be its "
         "publication. Check the item."),
    )  # fmt: skip
    SECTION_NOT_OF_DISTRICT_OFFICE = (
        "SECTION_NOT_OF_DISTRICT_OFFICE", "(十五)", "政务公开科应设在区政府办公室", "section belongs to the office",
        "政务公开科由区政府办公室设立，{unit}不是区政府办公室。请在区政府办公室设立。",
        "The disclosure section is set up in the district government office; {unit} is not it. Establish it there.",
    )  # fmt: skip
    NOT_A_GAZETTE = (
        "NOT_A_GAZETTE", "(十五)", "不是政府公报渠道", "not a gazette channel",
        "渠道{channel}不是政府公报。公报须在登记的公报渠道发布，请改用公报渠道，或先登记。",
        "The channel {channel} is not a gazette; an issue goes out on a registered gazette. Use one, or register it.",
    )  # fmt: skip
    GAZETTE_ISSUE_EMPTY = (
        "GAZETTE_ISSUE_EMPTY", "(十五)", "公报没有事项", "gazette issue empty",
        "公报{issue}没有列出任何事项。请列明本期所载的已发布事项。",
        "The gazette issue {issue} lists no item. Name the published items it contains.",
    )  # fmt: skip
    NOT_CONCERNED = (
        "NOT_CONCERNED", "(十五)", "不是涉及单位", "unit not concerned",
        "{item}未列{unit}为涉及单位，也未征询其意见，无可确认或异议。请先征询该单位。",
        "{item} does not concern {unit}, nor was it asked; there is nothing to confirm or object to. Ask it first.",
    )  # fmt: skip
    CONFIRMED_BY_DRAFTER = (
        "CONFIRMED_BY_DRAFTER", "(十五)", "拟稿人不得代为确认", "drafter cannot confirm",
        "{officer}是{item}的拟稿人，不能代表{unit}对同一事项作出确认(换岗位或账号亦同)。请由他人确认。",
        ("{officer} drafted {item} and cannot confirm it for {unit}, in whatever post or by whatever account. "
         "Let somebody else confirm."),
    )  # fmt: skip
    UNCONFIRMED_BY = (
        "UNCONFIRMED_BY", "(十五)", "有关单位未确认", "unconfirmed by a unit concerned",
        "{item}第{draft_version}稿涉及{units_zh}，尚未经其确认，不得发布。请与有关单位沟通确认，或报区政府办公室协调。",
        ("{item}, draft version {draft_version}, concerns {units} and is not confirmed there; it cannot be published. "
         "Have it confirmed, or let the district office settle the disagreement."),
    )  # fmt: skip
    NO_DISAGREEMENT = (
        "NO_DISAGREEMENT", "(十五)", "没有分歧", "no disagreement",
        "{unit}对{item}第{draft_version}稿没有提出异议，无可协调裁定。",
        "{unit} has not objected to {item}, draft version {draft_version}; there is nothing to settle.",
    )  # fmt: skip
    NOT_INCONSISTENT = (
        "NOT_INCONSISTENT", "(十五)", "不构成不一致", "not inconsistent",
        "所列发布须来自至少两个单位且内容互不相同，现为{units}个单位、{values}种内容。请核对。",
        "An inconsistency is between two units with different values; this names {units} unit(s), {values} value(s).",
    )  # fmt: skip
    TRAINING_UNKNOWN = (
        "TRAINING_UNKNOWN", "(十六)", "培训不存在", "training unknown",
        "台账中没有培训{training}。请核对编号，或先登记培训。",
        "The ledger holds no training {training}. Check its number, or record that it was held.",
    )  # fmt: skip
    AUDIENCE_NOT_OF_TRAINING = (
        "AUDIENCE_NOT_OF_TRAINING", "(十六)", "不是该次培训的对象", "not an audience of the training",
        "培训{training}没有“{audience_zh}”这一对象。请核对培训和对象。",
        "The training {training} was not held for the audience {audience}. Check the training and the audience.",
    )  # fmt: skip
    UNTRAINED_OFFICER = (
        "UNTRAINED_OFFICER", "(十六)", "未经培训上岗", "untrained officer",
        "{officer}为新任人员，尚未经新兵培训合格，按现行规则不得审查、发布。请先参加培训，或由他人办理。",
        ("{officer} is a newcomer who has not passed newcomers' training; under the present rules they may not "
         "review or publish. Train them first, or let somebody else act."),
    )  # fmt: skip
