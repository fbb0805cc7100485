"""What an office's documents are called: patterns of titles with their theme, phase and usual attribute."""

from dataclasses import dataclass
from random import Random

from aggregates.vocabulary import Attribute, Phase

PROACTIVE, ON_REQUEST, WITHHELD, PARTIAL = (
    Attribute.PROACTIVE,
    Attribute.ON_REQUEST,
    Attribute.WITHHELD,
    Attribute.PARTIAL,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of document: how it is titled, what it is about, and whether it is numbered as a 文."""

    pattern: str
    theme: str
    phase: Phase
    attribute: Attribute = PROACTIVE
    policy: bool = False
    numbered: bool = True


_ROADS = ("望江路", "海晏路", "清潭路", "澄心路", "盐仓路", "柳堤路", "东渡路", "文澜街", "永丰街", "听涛路")
_VILLAGES = ("松坞村", "石浦村", "梅岭村", "金沙村", "后塘村", "双桥村", "上岙村", "沈家村", "枫林村", "湖塘村")
_ESTATES = ("海晏新村", "望潮小区", "清潭苑", "盐仓里", "柳堤花园", "东渡家园", "文澜小区", "永丰一村")
_SCHOOLS = ("澄湾实验小学", "望潮中学", "松坞中心小学", "白鹭中心小学", "文澜中学", "海晏幼儿园")
_WORKS = (
    "雨污分流改造工程",
    "道路提升工程",
    "老旧小区改造项目",
    "河道综合整治工程",
    "停车设施建设项目",
    "公园绿地提升工程",
)
_GOODS = ("粮食加工品", "食用油", "儿童玩具", "电动自行车", "燃气灶具", "瓶装饮用水", "糕点", "学生文具")


def fill(pattern: str, dice: Random, month: int) -> str:
    """A title from its pattern; the month is that of the document."""
    quarters = ("一", "二", "三", "四")
    return pattern.format(
        road=dice.choice(_ROADS),
        village=dice.choice(_VILLAGES),
        estate=dice.choice(_ESTATES),
        school=dice.choice(_SCHOOLS),
        work=dice.choice(_WORKS),
        goods=dice.choice(_GOODS),
        month=month,
        quarter=quarters[(month - 1) // 3],
        batch=dice.randint(1, 18),
        plot=f"CW{2024 + dice.randint(0, 1)}{dice.randint(1, 60):04}",
    )


_EVERYWHERE = (
    Subject("{month}月份政务公开工作自查情况的报告", "政务公开", Phase.ADMINISTRATION, ON_REQUEST),
    Subject("2025年度干部教育培训计划", "综合政务", Phase.ADMINISTRATION, WITHHELD),
    Subject("2025年政务公开工作任务分工方案", "政务公开", Phase.ADMINISTRATION),
    Subject("关于公布2025年度权责清单动态调整结果的公告", "综合政务", Phase.ADMINISTRATION),
    Subject("第{quarter}季度重点工作推进情况", "综合政务", Phase.EXECUTION),
)

_OF_UNIT: dict[str, tuple[Subject, ...]] = {
    "U01": (
        Subject("关于印发澄湾区2025年政务公开工作要点的通知", "政务公开", Phase.DECISION, policy=True),
        Subject("关于调整区政府领导工作分工的通知", "机构职能", Phase.ADMINISTRATION),
        Subject("关于印发优化营商环境若干措施的通知", "营商环境", Phase.DECISION, policy=True),
        Subject("区政府第{batch}次常务会议议定事项", "会议公开", Phase.DECISION),
        Subject("关于表彰2024年度先进集体的决定", "表彰奖励", Phase.RESULT),
        Subject("区政府专题会议纪要〔{batch}〕", "会议公开", Phase.DECISION, WITHHELD),
        Subject("关于做好{month}月份依申请公开办理工作的通知", "政务公开", Phase.SERVICE, ON_REQUEST),
    ),
    "U02": (
        Subject("关于{road}{work}可行性研究报告的批复", "项目审批", Phase.DECISION),
        Subject("关于{road}{work}初步设计的批复", "项目审批", Phase.DECISION, PARTIAL),
        Subject("2025年澄湾区重点建设项目计划", "规划计划", Phase.DECISION, policy=True),
        Subject("关于调整{estate}物业服务收费标准的通知", "价格收费", Phase.SERVICE),
        Subject("第{quarter}季度国民经济运行情况", "统计信息", Phase.RESULT),
        Subject("关于促进中小企业发展的若干政策意见", "产业政策", Phase.DECISION, policy=True),
    ),
    "U03": (
        Subject("2025年义务教育阶段学校招生工作方案", "招生入学", Phase.DECISION, policy=True),
        Subject("关于{school}学区调整的通知", "招生入学", Phase.SERVICE),
        Subject("关于对{school}开展办学水平督导评估的通知", "教育督导", Phase.EXECUTION),
        Subject("2025年{month}月校外培训机构检查结果公示", "教育监管", Phase.RESULT),
        Subject("关于{school}教师招聘拟录用人员名单的公示", "人事信息", Phase.RESULT, PARTIAL),
        Subject("民办幼儿园年检结论公告（第{batch}批）", "教育监管", Phase.RESULT),
    ),
    "U04": (
        Subject("{month}月份财政收支情况", "财政预决算", Phase.RESULT),
        Subject("关于下达2025年第{batch}批城乡社区建设资金的通知", "财政资金", Phase.EXECUTION),
        Subject("政府采购{work}中标结果公告", "政府采购", Phase.RESULT),
        Subject("关于{road}{work}预算评审的报告", "财政资金", Phase.DECISION, ON_REQUEST),
        Subject("2025年度区级部门预算公开说明", "财政预决算", Phase.RESULT),
        Subject("关于加强政府债务管理的意见", "财政资金", Phase.DECISION, PARTIAL, policy=True),
    ),
    "U05": (
        Subject("{plot}地块征收土地预公告", "征地补偿", Phase.DECISION),
        Subject("{plot}地块征地补偿安置方案公告", "征地补偿", Phase.DECISION),
        Subject("{estate}房屋征收决定公告", "房屋征收", Phase.DECISION),
        Subject("{estate}分户评估结果公示", "房屋征收", Phase.RESULT, PARTIAL),
        Subject("{road}{work}施工许可信息", "行政许可", Phase.RESULT),
        Subject("公共租赁住房配租对象名单公示（第{batch}批）", "住房保障", Phase.RESULT, PARTIAL),
        Subject("关于{estate}老旧小区改造实施方案的通知", "城市更新", Phase.DECISION, policy=True),
    ),
    "U06": (
        Subject("{goods}产品质量监督抽查结果通报（2025年第{batch}期）", "产品质量", Phase.RESULT),
        Subject("食品安全监督抽检信息公告（第{batch}期）", "食品药品", Phase.RESULT),
        Subject("关于吊销长期停业未经营企业营业执照的公告（第{batch}批）", "行政处罚", Phase.RESULT),
        Subject("{month}月份消费投诉信息公示", "消费维权", Phase.SERVICE),
        Subject("关于开展{goods}专项整治的通知", "市场监管", Phase.EXECUTION),
        Subject("行政处罚案件集体讨论记录〔{batch}〕", "行政处罚", Phase.EXECUTION, WITHHELD),
    ),
    "U07": (
        Subject("{month}月份安全生产形势通报", "安全生产", Phase.RESULT),
        Subject("关于发布{village}地质灾害隐患点防治方案的通知", "防灾减灾", Phase.EXECUTION),
        Subject("澄湾区突发事件应急预案（2025年修订）", "应急管理", Phase.DECISION, PARTIAL, policy=True),
        Subject("危险化学品企业安全检查结果公示（第{batch}批）", "安全生产", Phase.RESULT),
        Subject("{road}沿线企业事故调查报告", "事故调查", Phase.RESULT),
        Subject("应急物资储备点位与数量", "应急管理", Phase.ADMINISTRATION, WITHHELD),
    ),
    "U08": (
        Subject("{month}月份法定传染病疫情信息", "公共卫生", Phase.RESULT),
        Subject("医疗机构校验结果公示（第{batch}批）", "医疗监管", Phase.RESULT),
        Subject("关于公布社区卫生服务中心服务项目的公告", "医疗服务", Phase.SERVICE),
        Subject("公共场所卫生监督抽检结果（第{batch}期）", "公共卫生", Phase.RESULT),
        Subject("关于{school}传染病防控督查情况的报告", "公共卫生", Phase.EXECUTION, ON_REQUEST),
        Subject("2025年基本公共卫生服务项目实施方案", "公共卫生", Phase.DECISION, policy=True),
    ),
    "U09": (
        Subject("{month}月份行政处罚结果信息公示", "行政处罚", Phase.RESULT),
        Subject("关于{road}违法建筑处置结果的公告", "城市管理", Phase.RESULT),
        Subject("{road}占道经营专项整治方案", "城市管理", Phase.EXECUTION),
        Subject("城镇燃气经营检查情况通报（第{batch}期）", "城市管理", Phase.RESULT),
        Subject("关于调整{road}停车收费时段的通告", "城市管理", Phase.SERVICE),
    ),
    "U10": (
        Subject("{estate}加装电梯资金补助公示", "民生实事", Phase.RESULT, PARTIAL),
        Subject("最低生活保障对象公示（{month}月）", "社会救助", Phase.RESULT, PARTIAL),
        Subject("{estate}电动自行车充电设施建设方案", "民生实事", Phase.EXECUTION),
        Subject("社区工作者公开招聘公告（第{batch}批）", "人事信息", Phase.SERVICE),
        Subject("{road}沿街店铺安全巡查情况", "基层治理", Phase.RESULT),
    ),
    "U11": (
        Subject("{village}村级财务收支情况（第{quarter}季度）", "三农信息", Phase.RESULT),
        Subject("{village}农村宅基地审批结果公告", "三农信息", Phase.RESULT),
        Subject("{village}高标准农田建设方案", "三农信息", Phase.EXECUTION),
        Subject("惠农补贴发放情况公示（第{batch}批）", "三农信息", Phase.RESULT, PARTIAL),
        Subject("{village}地质灾害避险转移预案", "防灾减灾", Phase.EXECUTION),
    ),
    "U12": (
        Subject("{village}饮用水水源地保护方案", "生态环境", Phase.EXECUTION),
        Subject("{village}土地流转情况公示", "三农信息", Phase.RESULT),
        Subject("困难群众临时救助名单公示（{month}月）", "社会救助", Phase.RESULT, PARTIAL),
        Subject("{village}美丽乡村建设项目招标公告", "三农信息", Phase.EXECUTION),
        Subject("河湖长制巡查情况通报（{month}月）", "生态环境", Phase.RESULT),
    ),
}


def subjects_of(unit: str) -> tuple[Subject, ...]:
    """The kinds of documents a unit writes; its own are drawn more often than those of every office."""
    return _OF_UNIT[unit] * 2 + _EVERYWHERE


def titled(name_zh: str, title: str) -> str:
    """The title as it stands over the document: the issuing unit first, where the title is a 关于 one."""
    return f"{name_zh}{title}" if title.startswith("关于") else title
