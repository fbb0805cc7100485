"""What may be asked in leadership, media, coordination and training."""

from aggregates.terms import CommandName


class OrganisationCommand(CommandName):
    """What may be asked."""

    RECORD_MEDIA_CONTACT = "record_media_contact", "登记媒体沟通", "record a media contact"
    RECEIVE_INTERVIEW_REQUEST = "receive_interview_request", "登记采访申请", "receive an interview request"
    ANSWER_INTERVIEW_REQUEST = "answer_interview_request", "答复采访申请", "answer an interview request"
    APPOINT_DEPUTY_IN_CHARGE = "appoint_deputy_in_charge", "明确分管负责人", "appoint the deputy in charge"
    PUBLISH_LEADERSHIP_DIVISION = (
        "publish_leadership_division",
        "公布分管负责人工作分工",
        "publish the deputy's division of work",
    )
    RECORD_LEADERSHIP_ACTION = "record_leadership_action", "登记领导推动工作", "record a leader's action"
    RECORD_AGENDA_ITEM = "record_agenda_item", "登记议事日程", "record an agenda item"
    RECORD_LEADERSHIP_HEARING = "record_leadership_hearing", "登记听取工作汇报", "record the principal's hearing"
    RECORD_HEARING_RESOLUTION = "record_hearing_resolution", "登记研究事项", "record a resolution of a hearing"
    PUBLISH_HEARING_NOTICE = "publish_hearing_notice", "公布听取汇报情况", "publish the notice of a hearing"
    ESTABLISH_DISCLOSURE_SECTION = "establish_disclosure_section", "设立政务公开科", "establish the disclosure section"
    CONDUCT_INSPECTION = "conduct_inspection", "开展监督检查", "conduct an inspection"
    PUBLISH_GAZETTE_ISSUE = "publish_gazette_issue", "发布政府公报", "publish a gazette issue"
    RECORD_SECTION_COOPERATION = "record_section_cooperation", "登记协作", "record a cooperation of the section"
    ISSUE_MEDIA_GUIDANCE = "issue_media_guidance", "指导协调媒体", "issue guidance to media"
    REQUEST_CONFIRMATION = "request_confirmation", "征询有关单位确认", "request confirmation by other units"
    CONFIRM_INFORMATION = "confirm_information", "确认信息", "confirm information"
    OBJECT_TO_INFORMATION = "object_to_information", "提出异议", "object to information"
    SETTLE_DISAGREEMENT = "settle_disagreement", "协调裁定分歧", "settle a disagreement between units"
    FLAG_INCONSISTENCY = "flag_inconsistency", "标记信息不一致", "flag an inconsistency"
    HOLD_TRAINING = "hold_training", "举办培训", "hold a training"
    RECORD_TRAINING_RESULT = "record_training_result", "登记培训结果", "record a training result"
    LINK_OFFICERS = "link_officers", "认定同一人", "declare two officer codes to be one person"
