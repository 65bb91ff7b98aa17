"""What makes the bound file fit for the archive (PDF/A-3): one colour profile, plain metadata, files kept inside.

These are the structural marks; no outside program has judged the file.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{claim}<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_CLAIM = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
"""
_SIMPLE_FONTS = ("/Type1", "/TrueType", "/MMType1")


def mark_archival(pdf: pikepdf.Pdf, *, title: str, claims_archival: bool) -> None:
    """Give the file its title, language and colour profile; `claims_archival` says that every font is embedded."""
    metadata = _METADATA.format(title=title, claim=_CLAIM if claims_archival else "")
    stream = pdf.make_stream(metadata.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    pdf.Root.Lang = String("zh-CN")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo[Name.Title] = String(title)
    profile = pdf.make_stream(_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def keep_files(pdf: pikepdf.Pdf, kept: list[tuple[str, str, pikepdf.Object]]) -> None:
    """Name the signed files in the catalogue: (name, description, stream), each the source of its visual copy."""
    specs: list[Any] = []
    for name, description, stream in sorted(kept, key=lambda row: row[0]):
        spec = Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(description),
            AFRelationship=Name.Source,
            EF=Dictionary(F=stream, UF=stream),
        )
        specs.append((name, pdf.make_indirect(spec)))
    if not specs:
        return
    tree = [item for name, spec in specs for item in (String(name), spec)]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(tree)))
    pdf.Root.AF = Array([spec for _, spec in specs])
    pdf.Root.PageMode = Name.UseOutlines


def has_all_fonts(pdf: pikepdf.Pdf) -> bool:
    """True when every font of a foreign file is embedded."""
    return all(_is_embedded(item) for item in pdf.objects if isinstance(item, Dictionary))


@cache
def _profile() -> bytes:
    """The colour profile that comes with the layout library; to import that only for its place costs a second."""
    spec = find_spec("weasyprint")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("the layout library is not installed")
    return (Path(spec.submodule_search_locations[0]) / "pdf" / "sRGB2014.icc").read_bytes()


def _is_embedded(item: pikepdf.Object) -> bool:
    if item.get("/Type") == Name.FontDescriptor:
        return any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    is_simple = item.get("/Type") == Name.Font and str(item.get("/Subtype", "")) in _SIMPLE_FONTS
    return not is_simple or "/FontDescriptor" in item
