"""Reads the XMP packet of a photo (ISO 16684-1): the text of each property under its usual prefix, as `dc:title`.

Expat reads it, from a segment of at most 64 KB, with neither document types nor entities, which only an attack has.
"""

from collections.abc import Mapping
from xml.parsers import expat

from ingest.reading.exif_values import MOST_CHARACTERS

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = "adobe:ns:meta/"
_XML = "http://www.w3.org/XML/1998/namespace"
_NO_PROPERTIES = frozenset({_RDF, _META, _XML})
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
}
"""What these namespaces are called wherever they are known, whatever a packet calls them."""
_MOST_DEPTH = 50
_MOST_PROPERTIES = 500


class _RefusedError(Exception):
    """The packet has what no camera writes."""


def read_xmp(packet: bytes) -> Mapping[str, str]:
    """Return the properties of a packet with their text; what comes before damage counts, what is refused is empty.

    >>> read_xmp(b'<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Gate\\n 7</dc:title></x>')
    {'dc:title': 'Gate 7'}
    """
    texts: dict[str, list[str]] = {}
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    _listen(parser, texts)
    try:
        # Cameras fill up the segment with zero bytes, which XML does not know.
        parser.Parse(packet.rstrip(b"\0"), True)
    except (_RefusedError, ValueError, LookupError):
        return {}
    except expat.ExpatError:
        pass
    joined = {name: " ".join(" ".join(parts).split()) for name, parts in texts.items()}
    return {name: text[:MOST_CHARACTERS] for name, text in joined.items() if text}


def _listen(parser: expat.XMLParserType, texts: dict[str, list[str]]) -> None:
    """Have the parser put the text of each property, from its element or its attribute, where it belongs."""
    open_: list[str | None] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        inside = next((name for name in reversed(open_) if name), None)
        open_.append(_name(element) or inside)
        if len(open_) > _MOST_DEPTH or len(texts) > _MOST_PROPERTIES:
            raise _RefusedError
        for attribute, value in attributes.items():
            if name := _name(attribute):
                texts.setdefault(name, []).append(value)

    def end(_: str) -> None:
        open_.pop()

    def text(characters: str) -> None:
        if open_ and (name := open_[-1]):
            texts.setdefault(name, []).append(characters)

    def refuse(*_: object) -> None:
        raise _RefusedError

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse


def _name(name: str) -> str | None:
    """Return `prefix:name` of what expat calls `namespace name prefix`; None for what is no property."""
    namespace, _, rest = name.partition(" ")
    local, _, own = rest.partition(" ")
    prefix = _PREFIXES.get(namespace, own)
    return f"{prefix}:{local}" if prefix and local and namespace not in _NO_PROPERTIES else None
