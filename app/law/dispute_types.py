"""Which kinds of dispute does people's mediation count? The codes are ours (rulebook 5B, R-STAT-03)."""

from collections.abc import Mapping

DISPUTE_TYPES: Mapping[str, str] = {
    "D01": "婚姻家庭",
    "D02": "邻里",
    "D03": "房屋宅基地",
    "D04": "合同",
    "D05": "生产经营",
    "D06": "损害赔偿",
    "D07": "山林土地",
    "D08": "征地拆迁",
    "D09": "环境污染",
    "D10": "拖欠农民工工资",
    "D11": "其他劳动争议",
    "D12": "医疗",
    "D13": "道路交通事故",
    "D14": "物业",
    "D15": "旅游",
    "D16": "电子商务",
    "D17": "其他消费",
    "D18": "知识产权",
    "D19": "互联网",
    "D20": "村务管理",
    "D99": "其他",
}
