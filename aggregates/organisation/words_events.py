"""What is recorded in leadership, media, coordination and training."""

from aggregates.terms import EventName


class OrganisationEvent(EventName):
    """What is recorded."""

    MEDIA_CONTACT_RECORDED = "media.contact_recorded/1", "媒体沟通", "media contact recorded", "(十一)"
    INTERVIEW_REQUESTED = "interview.requested/1", "采访申请", "interview requested", "(十一)"
    INTERVIEW_ANSWERED = "interview.answered/1", "采访答复", "interview answered", "(十一)"
    DEPUTY_APPOINTED = "leadership.deputy_appointed/1", "分管负责人明确", "deputy in charge appointed", "(十四)"
    DEPUTY_RELIEVED = "leadership.deputy_relieved/1", "分管负责人卸任", "deputy in charge relieved", "(十四)"
    DIVISION_PUBLISHED = "leadership.division_published/1", "分工公布", "division of work published", "(十四)"
    ACTION_RECORDED = "leadership.action_recorded/1", "推动工作登记", "leader's action recorded", "(十四)"
    AGENDA_ITEM_RECORDED = "leadership.agenda_item_recorded/1", "议事日程登记", "agenda item recorded", "(十四)"
    HEARING_HELD = "leadership.hearing_held/1", "听取工作汇报", "report heard by the principal", "(十四)"
    HEARING_RESOLUTION_RECORDED = (
        "leadership.hearing_resolution_recorded/1",
        "研究事项登记",
        "resolution of a hearing recorded",
        "(十四)",
    )
    HEARING_NOTICE_PUBLISHED = (
        "leadership.hearing_notice_published/1",
        "听取汇报情况公布",
        "notice of a hearing published",
        "(十四)",
    )
    SECTION_ESTABLISHED = "section.established/1", "政务公开科设立", "disclosure section established", "(十五)"
    INSPECTION_CONDUCTED = "inspection.conducted/1", "监督检查", "inspection conducted", "(十五)"
    GAZETTE_ISSUE_PUBLISHED = "gazette.issue_published/1", "政府公报发布", "gazette issue published", "(十五)"
    COOPERATION_RECORDED = "cooperation.recorded/1", "协作登记", "cooperation recorded", "(十五)"
    GUIDANCE_ISSUED = "guidance.issued/1", "媒体协调", "guidance to media issued", "(十五)"
    CONFIRMATION_REQUESTED = "document.confirmation_requested/1", "发布协调征询", "confirmation requested", "(十五)"
    INFORMATION_CONFIRMED = "document.information_confirmed/1", "协商确认", "information confirmed", "(十五)"
    INFORMATION_OBJECTED = "document.information_objected/1", "提出异议", "objection to information", "(十五)"
    DISAGREEMENT_SETTLED = "document.disagreement_settled/1", "分歧裁定", "disagreement settled", "(十五)"
    INCONSISTENCY_FLAGGED = "inconsistency.flagged/1", "信息不一致", "inconsistency flagged", "(十五)"
    TRAINING_HELD = "training.held/1", "培训举办", "training held", "(十六)"
    TRAINING_RESULT_RECORDED = "officer.training_result_recorded/1", "培训结果", "training result recorded", "(十六)"
    UNTRAINED_OFFICER_ACTED = "officer.acted_untrained/1", "未经培训上岗", "untrained officer acted", "(十六)"
    PERSONS_LINKED = "persons.linked/1", "同一人认定", "two officer codes declared one person", "(十)"
