"""XMP: properties under their usual prefixes, and nothing that an attack gains by it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.exif_values import MOST_CHARACTERS
from ingest.reading.xmp import read_xmp

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CAM = 'xmlns:cam="http://camera.example/1.0/"'
PACKET = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}>
 <rdf:Description rdf:about="" {CAM} cam:Serial="CAM-77" cam:Empty="">
  <dc:title {DC}><rdf:Alt><rdf:li xml:lang="x-default">Höhle
     7</rdf:li></rdf:Alt></dc:title>
  <cam:Tags><rdf:Bag><rdf:li>lynx</rdf:li><rdf:li>night</rdf:li></rdf:Bag></cam:Tags>
 </rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
EXPECTED = {"cam:Serial": "CAM-77", "dc:title": "Höhle 7", "cam:Tags": "lynx night"}


@pytest.mark.parametrize("raw", [PACKET.encode(), PACKET.encode() + b"\0\0\0", PACKET.encode("utf-16")])
def test_elements_and_attributes_are_properties(raw: bytes) -> None:
    assert read_xmp(raw) == EXPECTED


def test_a_packet_that_is_cut_gives_what_came_before() -> None:
    assert read_xmp(PACKET.encode().partition(b"<cam:Tags>")[0]) == {"cam:Serial": "CAM-77", "dc:title": "Höhle 7"}


def test_a_known_namespace_has_its_usual_prefix_whatever_the_packet_calls_it() -> None:
    for name, own in (("xmlns:q", "q:"), ("xmlns", "")):
        packet = f'<a {name}="http://ns.adobe.com/tiff/1.0/"><{own}Make>SY</{own}Make></a>'
        assert read_xmp(packet.encode())["tiff:Make"] == "SY"


def test_long_text_is_cut() -> None:
    assert read_xmp(f"<a {DC}><dc:title>{'x' * 9000}</dc:title></a>".encode()) == {"dc:title": "x" * MOST_CHARACTERS}


ENTITIES = "".join(f'<!ENTITY e{number + 1} "{f"&e{number};" * 10}">' for number in range(9))
HOSTILE = [
    f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]><a {DC}><dc:title>&e9;</dc:title></a>',
    f'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a {DC}><dc:title>&e;</dc:title></a>',
    f'<!DOCTYPE a SYSTEM "http://camera.example/a.dtd"><a {DC}><dc:title>x</dc:title></a>',
    f"<a {DC}>" + "<dc:a>x" * 9000,
    f"<a {DC}>" + "".join(f"<dc:a{number}>x</dc:a{number}>" for number in range(2500)),
    f'<?xml version="1.0" encoding="no such"?><a {DC}><dc:title>x</dc:title></a>',
]


@pytest.mark.parametrize("packet", HOSTILE)
def test_document_types_entities_and_towers_of_elements_give_nothing(packet: str) -> None:
    began = process_time()
    assert read_xmp(packet.encode()[:65_000]) == {}
    assert process_time() - began < 0.5


@given(st.binary(max_size=300) | st.text("<>/&;:ad =\"'?!x", max_size=300).map(str.encode))
def test_noise_gives_properties_or_nothing(noise: bytes) -> None:
    for packet in (noise, f"<a {DC}>".encode() + noise, PACKET.encode()[:200] + noise):
        assert all(isinstance(text, str) for text in read_xmp(packet).values())
