"""The parts of a Word file that are the same for every paper: settings, fonts, the plain styles; no theme."""

from xml.sax.saxutils import quoteattr

from app.documents.rendering.word.formats import FANG, HEI, KAI, NAMESPACE, SONG, TITLE_SONG, Role, StyleBook
from app.documents.rendering.word.runs import PLACE_STYLE

HEADER_STYLE, PAGE_STYLE = "WorkingCopyHead", "PageNumber"
_PLAIN_FONTS = (
    f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{FANG}" w:cs="Times New Roman"/>'
)
_SONG_FONTS = _PLAIN_FONTS.replace(FANG, SONG)
# What a program takes when it does not have the face.
_OTHER_NAMES = {FANG: "仿宋_GB2312", KAI: "楷体_GB2312", HEI: "SimHei", SONG: "SimSun", TITLE_SONG: "方正小标宋_GBK"}

SETTINGS = f"""<w:settings {NAMESPACE}>
<w:zoom w:percent="100"/><w:mirrorMargins/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat><w:balanceSingleByteDoubleByteWidth/><w:ulTrailSpace/><w:useFELayout/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
</w:settings>"""

_FIXED_STYLES = f"""
<w:docDefaults><w:rPrDefault><w:rPr>{_PLAIN_FONTS}<w:sz w:val="32"/><w:szCs w:val="32"/>
<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>
<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:jc w:val="both"/></w:pPr>
<w:rPr>{_PLAIN_FONTS}</w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="{PLACE_STYLE}"><w:name w:val="签章处"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{HEADER_STYLE}"><w:name w:val="工作稿提示"/>
<w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>
<w:jc w:val="center"/></w:pPr><w:rPr>{_SONG_FONTS}<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{PAGE_STYLE}"><w:name w:val="文书页码"/>
<w:basedOn w:val="Normal"/><w:rPr>{_SONG_FONTS}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>"""


def styles_xml(book: StyleBook) -> str:
    """All styles: the fixed ones and those that this paper's paragraphs have."""
    return f"<w:styles {NAMESPACE}>{_FIXED_STYLES}{''.join(_style(role, book) for role in book.styles)}</w:styles>"


def _style(role: Role, book: StyleBook) -> str:
    paragraph, run = book.styles[role]
    custom = "" if role.style_id in ("Title", "Heading1") else ' w:customStyle="1"'
    outline = f'<w:outlineLvl w:val="{role.outline}"/>' if role.outline is not None else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{role.style_id}"><w:name w:val={quoteattr(role.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"".join(paragraph.values())}{outline}</w:pPr>'
        f"<w:rPr>{''.join(run.values())}</w:rPr></w:style>"
    )


def fonts_xml() -> bytes:
    """The font table: each face and what may stand in for it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _OTHER_NAMES.items()
    )
    latin = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/></w:font>' for name in ("Arial", "Times New Roman")
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {NAMESPACE}>{fonts}{latin}</w:fonts>".encode()
