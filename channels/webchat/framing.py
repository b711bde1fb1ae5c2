"""Refuses requests whose head does not tell plainly where their body ends.

Sanic 21.12 answers some of them with 500, waits for a body of negative length, and takes the word
of one header where two disagree (sanic/http.py, `http1_request_header`), which is how requests are
smuggled past a proxy.
"""

from __future__ import annotations

from sanic.exceptions import InvalidUsage


async def check(head: bytes) -> None:
    """Handler of Sanic's signal `http.lifecycle.read_head`; Sanic answers 400 to what it raises.

    Raises:
        InvalidUsage: for a length that is no number, or told twice, or an unknown encoding.
    """
    lines = [line.lower().partition(b":") for line in head.split(b"\r\n")[1:]]
    lengths = [value.strip() for name, _, value in lines if name == b"content-length"]
    encodings = [value.strip() for name, _, value in lines if name == b"transfer-encoding"]
    plain = all(length.isdigit() for length in lengths)
    if not plain or len(lengths) + len(encodings) > 1 or set(encodings) - {b"chunked"}:
        raise InvalidUsage("Bad Request")
