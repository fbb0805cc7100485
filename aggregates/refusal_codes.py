"""Every reason to refuse, in one table: the stable code, the article it comes from, and the sentence.

Columns: code; article of the rules; short label zh, en; sentence zh, en.  The sentences say what was
found, what was expected, how things stand now and what to do; the words in braces are the refusal's
details and are recorded with it.  A code, once published, keeps its meaning for ever.
"""

from aggregates.terms import RefusalReason


class RefusalCode(RefusalReason):
    """The stable reason codes of the ground floor; every area of the rules has its own beside them."""

    # ── what was asked is not well formed ─────────────────────────────────────────────────────────
    INVALID = (
        "INVALID", "—", "填写不合要求", "not well formed",
        "“{field}”填写不合要求：{problem_zh}。未作任何变更，请改正后重新提交。",
        "The field {field} is not well formed: {problem}. Nothing was changed; correct it and ask again.",
    )  # fmt: skip

    # ── persons, posts, units (十) ────────────────────────────────────────────────────────────────
    POST_NOT_HELD = (
        "POST_NOT_HELD", "(十)", "未任该岗位", "post not held",
        "{officer}于{day}未担任{unit}的“{post_zh}”岗位，不得以该岗位行事。请先办理岗位任命，或由在岗人员办理。",
        ("{officer} did not hold the post {post} in {unit} on {day} and cannot act in it. "
        "Have the post appointed first, or let whoever holds it act."),
    )  # fmt: skip
    POST_NOT_ENTITLED = (
        "POST_NOT_ENTITLED", "(十)", "岗位无此职权", "post not entitled",
        "“{post_zh}”岗位无权“{command_zh}”。有此职权的岗位：{entitled_zh}。请转由有权岗位办理。",
        "The post {post} may not {command_en}. Posts that may: {entitled}. Pass it to one of them.",
    )  # fmt: skip
    OTHER_UNIT = (
        "OTHER_UNIT", "(十)", "非本单位事项", "another unit's affair",
        "该事项属于{unit}，{actor_unit}的人员不能“{command_zh}”。请由{unit}办理。",
        "This is the affair of {unit}; nobody of {actor_unit} may {command_en} there. Let {unit} act.",
    )  # fmt: skip
    NOT_DISTRICT_OFFICE = (
        "NOT_DISTRICT_OFFICE", "(一)", "仅限区政府办公室", "district office only",
        "只有区政府办公室可以“{command_zh}”，{actor_unit}不是区政府办公室。请报区政府办公室办理。",
        "Only the district government office may {command_en}; {actor_unit} is not it. Ask the district office.",
    )  # fmt: skip
    SELF_APPOINTMENT = (
        "SELF_APPOINTMENT", "(十)", "不得任命自己", "self-appointment",
        "{officer}不能任命自己担任“{post_zh}”。请由另一名有权人员任命。",
        "{officer} cannot appoint themself to the post {post}. Let another entitled officer appoint.",
    )  # fmt: skip
    ALREADY_FOUNDED = (
        "ALREADY_FOUNDED", "(十)", "台账已开立", "already founded",
        "本台账已经开立，平台责任主体为{owner}，不能再次开立。请由现任系统管理员办理登记和任命。",
        ("This ledger is founded already, its platform belongs to {owner}; it cannot be founded again. "
        "Let the present administrator register and appoint."),
    )  # fmt: skip
    UNIT_NOT_REGISTERED = (
        "UNIT_NOT_REGISTERED", "(十)", "单位未登记", "unit not registered",
        "单位{unit}在该时点未登记或已由其他机构承继。请核对单位代码，必要时先登记单位。",
        ("The unit {unit} was not registered at that time, or had been succeeded. Check its code, or register "
        "it first."),
    )  # fmt: skip
    OFFICER_NOT_REGISTERED = (
        "OFFICER_NOT_REGISTERED", "(十)", "人员未登记", "officer not registered",
        "人员{officer}未登记。请核对人员代码，必要时先登记人员。",
        "The officer {officer} is not registered. Check the code, or register the officer first.",
    )  # fmt: skip
    ALREADY_REGISTERED = (
        "ALREADY_REGISTERED", "(十)", "代码已登记", "already registered",
        "{subject}已经登记，同一代码不能登记两次。原登记不变，请另用代码。",
        "{subject} is registered already; one code cannot be registered twice. The first stands; use another code.",
    )  # fmt: skip
    ALREADY_APPOINTED = (
        "ALREADY_APPOINTED", "(十)", "岗位已任命", "already appointed",
        "{officer}在{from_date}起的期间内已担任{unit}的“{post_zh}”。原任命不变。",
        ("{officer} already holds the post {post} in {unit} for a time that overlaps the one from {from_date}. "
        "The appointment stands as it is."),
    )  # fmt: skip
    APPOINTMENT_NOT_FOUND = (
        "APPOINTMENT_NOT_FOUND", "(十)", "无此任命", "no such appointment",
        "{officer}在{until_date}没有{unit}“{post_zh}”的有效任命可以解除。请核对岗位和日期。",
        ("{officer} has no appointment to the post {post} in {unit} that could end on {until_date}. "
        "Check the post and the date."),
    )  # fmt: skip
    NOTHING_TO_CHANGE = (
        "NOTHING_TO_CHANGE", "—", "没有变化", "nothing to change",
        "{subject}已是所要求的状态，没有可记录的变化。",
        "{subject} already stands as asked; there is nothing to record.",
    )  # fmt: skip

    # ── platform, channels, columns, workflow (一) (十) (十一) ─────────────────────────────────────
    PLATFORM_OWNER_NOT_DISTRICT_OFFICE = (
        "PLATFORM_OWNER_NOT_DISTRICT_OFFICE", "(十)", "平台责任主体须为区政府办公室", "platform owner not the office",
        "区政府办公室是平台建设管理的第一责任主体，{unit}不是区政府办公室，不能确定为平台责任主体。",
        ("The district government office is the platform's first responsible body; {unit} is not it and cannot own "
        "the platform."),
    )  # fmt: skip
    CHANNEL_NOT_REGISTERED = (
        "CHANNEL_NOT_REGISTERED", "(十一)", "渠道未登记", "channel not registered",
        "渠道{channel}未登记或已注销，不得在其上发布。请先登记渠道，或改用在册渠道。",
        ("The channel {channel} is not registered, or retired; nothing may be published there. "
        "Register it first, or use a registered one."),
    )  # fmt: skip
    CHANNEL_MISSING = (
        "CHANNEL_MISSING", "(十)", "未写明发布渠道", "no channel named",
        "{item}未写明发布渠道，发布登记至少须有一个在册渠道。请补充渠道后重新发布。",
        "{item} names no channel; a publication needs at least one registered channel. Name it and publish again.",
    )  # fmt: skip
    CHANNEL_ALREADY_USED = (
        "CHANNEL_ALREADY_USED", "(十)", "渠道已在用", "channel in use already",
        "{publication}已在渠道{channel}发布，无须重复增加。",
        "{publication} is on the channel {channel} already; it need not be added again.",
    )  # fmt: skip
    COLUMN_NOT_REGISTERED = (
        "COLUMN_NOT_REGISTERED", "(十)", "栏目未登记", "column not registered",
        "栏目{column}未登记。请先登记栏目及其维护单位。",
        "The column {column} is not registered. Register it with the unit that keeps it first.",
    )  # fmt: skip
    WORKFLOW_STEP_MISSING = (
        "WORKFLOW_STEP_MISSING", "(一)", "流程缺少必经环节", "workflow lacks a step",
        "流程{workflow}缺少必经环节：{missing}。公文办理程序必须有公开属性审查、保密审查和批准，不得省略。",
        ("The workflow {workflow} lacks compulsory steps: {missing}. The procedure must contain the attribute "
        "review, the secrecy review and the approval; add them."),
    )  # fmt: skip
    WORKFLOW_STEP_ORDER = (
        "WORKFLOW_STEP_ORDER", "(四)", "流程环节次序不当", "workflow out of order",
        "流程{workflow}中“{step}”排在发布之后，应先审查、后公开。请调整次序。",
        "In the workflow {workflow} the step {step} comes after publication; review first, publish then. Reorder it.",
    )  # fmt: skip

    # ── attribute and circulation of a document (一) ──────────────────────────────────────────────
    ITEM_UNKNOWN = (
        "ITEM_UNKNOWN", "(一)", "事项不存在", "item unknown",
        "台账中没有事项{item}的公文。请核对事项编号，或先登记拟稿。",
        "The ledger holds no document {item}. Check its number, or record the draft first.",
    )  # fmt: skip
    VERSION_OUTDATED = (
        "VERSION_OUTDATED", "(一)", "不是现行稿", "not the present draft",
        "{item}的现行稿为第{current}稿，所指为第{draft_version}稿。请阅读现行稿后重新办理。",
        ("The present draft of {item} is version {current}, the act names version {draft_version}. "
        "Read the present draft and act again."),
    )  # fmt: skip
    CONTENT_NOT_STORED = (
        "CONTENT_NOT_STORED", "(十)", "原始内容未存档", "content not stored",
        "内容库中没有哈希为{sha256}的内容（或大小与所报不符），无法登记信息原始内容。请先上传原文。",
        ("The content store holds nothing under {sha256}, or of another size; the original content cannot be "
        "registered. Upload it first."),
    )  # fmt: skip
    ATTRIBUTE_MISSING = (
        "ATTRIBUTE_MISSING", "(一)", "未认定公开属性", "no disclosure attribute",
        "{item}尚未认定公开属性，公开属性须随公文一并报批。请先认定公开属性。",
        ("{item} has no disclosure attribute; the attribute travels with the document for approval. "
        "Determine it, then go on."),
    )  # fmt: skip
    NO_LEGAL_REASON = (
        "NO_LEGAL_REASON", "(一)", "未依法依规说明不公开理由", "no legal reason",
        "{item}拟不予公开，但缺少{missing_zh}。拟不公开的要依法依规说明理由，请写明理由并引用至少一条依据。",
        ("{item} is proposed as withheld without {missing}. Withholding needs a reason and at least one legal basis; "
        "state both."),
    )  # fmt: skip
    SEVERANCE_MISSING = (
        "SEVERANCE_MISSING", "(一)", "未列明不予公开的内容和理由", "no severed passages",
        "{item}拟部分公开，但未逐项列明不予公开的内容及理由。请至少列明一处，每处写明位置和理由。",
        "{item} is proposed as partial without its withheld passages. List at least one, with its place and reason.",
    )  # fmt: skip
    PROPOSAL_REASON_MISSING = (
        "PROPOSAL_REASON_MISSING", "(一)", "公开属性建议未说明理由", "proposal without reason",
        "{item}为政府代拟稿，对公开属性的建议须说明理由（不论何种属性）。请补充理由。",
        "{item} is drafted for the government; its proposed attribute needs a reason, whatever it is. State it.",
    )  # fmt: skip
    ATTRIBUTE_NOT_REVIEWED = (
        "ATTRIBUTE_NOT_REVIEWED", "(一)", "公开属性未审查", "attribute not reviewed",
        "{item}第{draft_version}稿的公开属性尚未经审查同意，公开属性审查环节不得省略。请先完成审查。",
        ("The attribute of {item}, draft version {draft_version}, has not been reviewed and confirmed; this "
        "step cannot be skipped. Have it reviewed first."),
    )  # fmt: skip
    NOTHING_TO_EXAMINE = (
        "NOTHING_TO_EXAMINE", "(一)", "没有拟不公开事项", "nothing to examine",
        "{item}现行公开属性为{attribute}，并非不予公开，无须送公开机构审查。",
        "{item} stands as {attribute}, not as withheld; there is no non-disclosure to examine.",
    )  # fmt: skip
    DISCLOSURE_OFFICE_NOT_CONSULTED = (
        "DISCLOSURE_OFFICE_NOT_CONSULTED", "(一)", "未送公开机构审查", "disclosure office not consulted",
        "{item}为拟不公开的政策性文件，报批前应先送本单位政务公开工作机构审查。请先送审。",
        ("{item} is a policy document proposed as withheld; the unit's own disclosure office examines it before "
        "submission. Refer it there first."),
    )  # fmt: skip
    DISCLOSURE_OFFICE_DISAGREED = (
        "DISCLOSURE_OFFICE_DISAGREED", "(一)", "公开机构不同意不公开", "disclosure office disagreed",
        "本单位政务公开工作机构不同意{item}不予公开。请改定公开属性，或补充理由后重新送审。",
        ("The unit's disclosure office disagreed with withholding {item}. Change the attribute, or refer it "
        "again with better reasons."),
    )  # fmt: skip
    NOT_SUBMITTED = (
        "NOT_SUBMITTED", "(一)", "未报批", "not submitted",
        "{item}第{draft_version}稿没有待办的报批（现状：{state}）。请先报批。",
        ("{item}, draft version {draft_version}, has no submission to act upon (it stands as {state}). Submit "
        "it first."),
    )  # fmt: skip
    ALREADY_SUBMITTED = (
        "ALREADY_SUBMITTED", "(一)", "已经报批", "submitted already",
        "{item}第{draft_version}稿已经报批，无须重复报批。",
        "{item}, draft version {draft_version}, is submitted already; it need not be submitted again.",
    )  # fmt: skip
    RESUBMISSION_REQUIRED = (
        "RESUBMISSION_REQUIRED", "(一)", "退文后须重新报送", "must be resubmitted",
        "{item}已被退文（{return_number}），须以“重新报送”办理，以便与退文相联系。",
        ("{item} was returned ({return_number}); use resubmit_document, so that the new submission refers to "
        "the return."),
    )  # fmt: skip
    NOT_RETURNED = (
        "NOT_RETURNED", "(一)", "未被退文", "not returned",
        "{item}没有待处理的退文，不能重新报送。请以“报批”办理。",
        "{item} has no return to answer; it cannot be resubmitted. Use submit_draft_for_approval.",
    )  # fmt: skip
    RETURN_GROUND_NOT_MET = (
        "RETURN_GROUND_NOT_MET", "(一)", "退文理由不成立", "ground of return not met",
        "{item}不存在“{ground_zh}”的情形（现行公开属性：{attribute}），不能以此退文或免退。请核对后选择其他理由。",
        ("{item} does not show the ground {ground} (its attribute stands as {attribute}, a waived ground is spent). "
        "Check it and choose another ground."),
    )  # fmt: skip
    APPROVED_BY_DRAFTER = (
        "APPROVED_BY_DRAFTER", "(十)", "拟稿人不得批准", "drafter cannot approve",
        "{officer}是{item}的拟稿人，不能批准同一事项（换岗位或账号亦同）。请由他人批准。",
        "{officer} drafted {item} and cannot approve it, in whatever post or by whatever account. Let somebody else.",
    )  # fmt: skip
    NOT_APPROVED = (
        "NOT_APPROVED", "(四)", "未经批准", "not approved",
        "{item}第{draft_version}稿（内容{sha256}，公开属性{attribute}）未经批准，不得对外公开发布。请先办理批准。",
        ("{item}, draft version {draft_version}, content {sha256}, as {attribute}, is not approved and cannot be "
        "published. Have exactly this approved first."),
    )  # fmt: skip

    # ── secrecy review and publication (四) (十) ──────────────────────────────────────────────────
    BACKDATED = (
        "BACKDATED", "(四)", "倒填日期", "back-dated",
        "所报时间{occurred_at}早于{subject}已记录的{last}。先审查、后公开，不得倒填。请以实际时间办理。",
        ("The act is dated {occurred_at}, before the last recorded act on {subject}, {last}. Review first, "
        "publish then; nothing is back-dated. Use the true time."),
    )  # fmt: skip
    NOT_REVIEWED = (
        "NOT_REVIEWED", "(四)", "未经保密审查", "not reviewed",
        "{item}没有保密审查记录。未经审查和批准，不得对外公开发布。请先由本单位保密审查员审查。",
        ("{item} has no secrecy review. Without review and approval nothing is published. "
        "Have the unit's secrecy reviewer review it first."),
    )  # fmt: skip
    REVIEWED_BY_OTHER_UNIT = (
        "REVIEWED_BY_OTHER_UNIT", "(四)", "非发布单位审查", "reviewed by another unit",
        "{item}的保密审查由{review_unit}作出，而发布单位为{unit}。谁公开、谁审查，请由{unit}审查。",
        ("The secrecy review of {item} is by {review_unit}, the publishing unit is {unit}. Who publishes, reviews: "
        "have {unit} review it."),
    )  # fmt: skip
    VERSION_NOT_REVIEWED = (
        "VERSION_NOT_REVIEWED", "(四)", "该版本未经审查", "this version not reviewed",
        "{item}拟发布的内容（第{draft_version}稿，{sha256}）与审查通过的内容不一致。请对该版本重新审查。",
        ("What is to be published of {item} (draft version {draft_version}, {sha256}) is not what was reviewed. "
        "Have this version reviewed."),
    )  # fmt: skip
    ONE_ITEM_ONE_REVIEW = (
        "ONE_ITEM_ONE_REVIEW", "(四)", "一事一审", "one item, one review",
        "一次保密审查只能对应一个事项，所报涉及：{items}。请逐项审查。",
        "One secrecy review covers exactly one item; this one names {items}. Review them one by one.",
    )  # fmt: skip
    REVIEW_ALREADY_USED = (
        "REVIEW_ALREADY_USED", "(四)", "审查已被使用", "review used already",
        "审查{review}已用于{publication}，一次审查只用一次。请重新审查。",
        "The review {review} served {publication} already; a review serves once. Have the item reviewed again.",
    )  # fmt: skip
    REVIEW_REFUSED = (
        "REVIEW_REFUSED", "(四)", "审查结论为不得公开", "review refused",
        "{item}最近一次保密审查（{review}）结论为“{conclusion_zh}”，不得发布。请修改后重新审查，或报请确定。",
        ("The last secrecy review of {item} ({review}) concluded {conclusion}; it cannot be published. "
        "Revise and review again, or escalate."),
    )  # fmt: skip
    SECRECY_QUESTION_OPEN = (
        "SECRECY_QUESTION_OPEN", "(四)", "保密问题待确定", "secrecy question open",
        "{item}的保密问题已报请确定，尚未答复，事项锁定。请等待保密行政管理部门确定。",
        "A secrecy question on {item} is open; the item is locked until the secrecy administration determines it.",
    )  # fmt: skip
    NO_SECRECY_QUESTION = (
        "NO_SECRECY_QUESTION", "(四)", "没有待确定的保密问题", "no secrecy question",
        "{item}没有报请确定的保密问题，无可确定。",
        "No secrecy question on {item} is open; there is nothing to determine.",
    )  # fmt: skip
    DETERMINED_SECRET = (
        "DETERMINED_SECRET", "(四)", "已确定为国家秘密", "determined secret",
        "{item}第{draft_version}稿已确定为国家秘密，不得审查通过、批准、发布或启封。",
        ("{item}, draft version {draft_version}, was determined to be a state secret; it cannot be cleared, "
        "approved, published or unsealed."),
    )  # fmt: skip
    NOT_PROACTIVE = (
        "NOT_PROACTIVE", "(一)", "非主动公开事项", "not for publication",
        "{item}的公开属性为{attribute_zh}，不对外主动公开发布。确需公开的，请先改定公开属性并重新报批。",
        ("{item} stands as {attribute}; it is not published. To publish it, determine the attribute anew and have it "
        "approved."),
    )  # fmt: skip
    CONTENT_NOT_OF_DRAFT = (
        "CONTENT_NOT_OF_DRAFT", "(四)", "内容不是该稿", "not the draft's content",
        "所报内容{sha256}不是{item}第{draft_version}稿的内容。请核对后对该稿办理。",
        "The content {sha256} is not that of {item}, draft version {draft_version}. Check it and act on the draft.",
    )  # fmt: skip
    SEVERED_CONTENT_MISSING = (
        "SEVERED_CONTENT_MISSING", "(一)", "缺少区分处理后的内容", "no severed content",
        "{item}为部分公开，须指明区分处理后的内容（哈希），而非原稿。请先完成区分处理。",
        "{item} is disclosed in part; name the hash of the severed content, not of the full draft. Sever it first.",
    )  # fmt: skip
    SEVERANCE_NOT_APPLIED = (
        "SEVERANCE_NOT_APPLIED", "(一)", "未作区分处理", "severance not applied",
        "{item}拟发布的内容未去除不予公开的部分（{what}）。请以区分处理后的内容发布。",
        "What is to be published of {item} still holds what must be withheld ({what}). Publish the severed content.",
    )  # fmt: skip
    SEVERANCE_NOT_CLEARED = (
        "SEVERANCE_NOT_CLEARED", "(四)", "区分处理未经审查", "severance not cleared",
        "{item}为部分公开，审查{review}的结论不是“区分处理后可以公开”。请对区分处理后的内容审查。",
        ("{item} is disclosed in part, but the review {review} did not clear it with severance. "
        "Have the severed content reviewed."),
    )  # fmt: skip
    SEGREGATION_OF_DUTIES = (
        "SEGREGATION_OF_DUTIES", "(十)", "审核与拟稿、发布未分离", "duties not segregated",
        "{item}的审核人与拟稿人或发布人员为同一人（{same}）。请由不同人员审核、发布。",
        "The reviewer of {item} is also its drafter or publisher ({same}). Let different people review and publish.",
    )  # fmt: skip
    ALREADY_PUBLISHED = (
        "ALREADY_PUBLISHED", "(十)", "已在发布中", "published already",
        "{publication}正在发布中。如需增加渠道、更正或重新发布，请分别增加渠道、更正，或先撤回。",
        "{publication} stands published. Add a channel, correct it, or withdraw it before publishing anew.",
    )  # fmt: skip
    NOT_PUBLISHED = (
        "NOT_PUBLISHED", "(十)", "尚未发布", "not published",
        "{item}没有可办理的发布记录。请核对事项编号，或先发布。",
        "{item} has no publication to act upon. Check the number, or publish it first.",
    )  # fmt: skip
    PUBLICATION_WITHDRAWN = (
        "PUBLICATION_WITHDRAWN", "(十)", "发布已终止", "publication ended",
        "{publication}已撤回或被替代，不能再更正、增加渠道或撤回。再次公开须作为新的发布办理。",
        ("{publication} has been withdrawn or superseded; it cannot be corrected, extended or withdrawn again. "
        "Publish it anew."),
    )  # fmt: skip
    CORRECTION_NEEDS_NEW_VERSION = (
        "CORRECTION_NEEDS_NEW_VERSION", "(十)", "更正须有新稿", "correction needs a new draft",
        "{publication}发布的就是第{draft_version}稿，没有可更正的新稿。请先修改、审查、批准。",
        ("{publication} shows draft version {draft_version} already; there is no newer draft to correct it with. "
        "Revise, review and approve first."),
    )  # fmt: skip
    ALREADY_ARCHIVED = (
        "ALREADY_ARCHIVED", "(十)", "已归档", "archived already",
        "{publication}已归档（{archive_number}），原归档不变。",
        "{publication} is archived already as {archive_number}; the archiving stands.",
    )  # fmt: skip
    CONTENT_UNKNOWN = (
        "CONTENT_UNKNOWN", "(十)", "内容不属于该事项", "content not of this item",
        "内容{sha256}不属于{item}（或不处于可封存、启封的状态）。请核对哈希。",
        "The content {sha256} is not of {item}, or not in a state to be sealed or unsealed. Check the hash.",
    )  # fmt: skip
    CONTENT_SEALED = (
        "CONTENT_SEALED", "(四)", "内容已封存", "content sealed",
        "{item}的内容{sha256}已封存，不能发布。请先查明并按程序启封。",
        "The content {sha256} of {item} is sealed and cannot be published. Have it unsealed first, if it may be.",
    )  # fmt: skip
    ERASURE_NOT_APPROVED = (
        "ERASURE_NOT_APPROVED", "—", "删除未经批准", "erasure not approved",
        "删除{record}的个人信息须由另一名在任的主要负责人或分管负责人批准，{approver}不符合。未删除任何内容。",
        ("Erasing the personal values of {record} needs the approval of another officer who is a principal or a deputy in "
        "charge that day; {approver} is not. Nothing was erased."),
    )  # fmt: skip
    LEDGER_APPEND_ONLY = (
        "LEDGER_APPEND_ONLY", "(十)", "台账只增不改", "the ledger is append-only",
        "发布登记须记录存档、以备查阅，{publication}的记录不能删除。本次尝试已留痕。需停止公开的，请撤回。",
        ("The register is kept for inspection; the record of {publication} cannot be deleted, and this "
        "attempt is kept. To end the publication, withdraw it."),
    )  # fmt: skip

    # ── accountability (十) (十七) ────────────────────────────────────────────────────────────────
    CASE_UNKNOWN = (
        "CASE_UNKNOWN", "(十)", "案件不存在", "case unknown",
        "台账中没有案件{case}。请核对案号，或先立案。",
        "The ledger holds no case {case}. Check its number, or open it first.",
    )  # fmt: skip
    EVIDENCE_MISSING = (
        "EVIDENCE_MISSING", "(十)", "没有台账证据", "no evidence",
        "{case}的责任认定没有引用台账位置。请写明作为证据的台账位置。",
        "The finding in {case} cites no ledger position. Name the positions that are its evidence.",
    )  # fmt: skip
    EVIDENCE_UNKNOWN = (
        "EVIDENCE_UNKNOWN", "(十)", "证据位置不存在", "evidence unknown",
        "台账没有位置{position}（现有{size}条记录）。请核对证据位置。",
        "The ledger has no position {position}; it holds {size} entries. Check the evidence.",
    )  # fmt: skip
    RESPONSIBILITY_NOT_DETERMINED = (
        "RESPONSIBILITY_NOT_DETERMINED", "(十)", "责任未认定", "responsibility not determined",
        "{case}尚未认定{officer}的责任，不能作出处理决定。请先认定责任。",
        "The responsibility of {officer} is not determined in {case}; no measure can be imposed. Determine it first.",
    )  # fmt: skip
