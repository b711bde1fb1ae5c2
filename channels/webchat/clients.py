"""Who a request comes from: its address, and the page that sent it."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit

from sanic.request import Request

from channels.webchat.errors import Refusal

_PREFLIGHT_SECONDS = 3600


def address(request: Request, proxies_count: int) -> str:
    """The client's network address, for counting; of IPv6 the network of one household.

    Each trusted proxy appends the address it was called from to X-Forwarded-For, so the client's is
    the one `proxies_count` from the end; whatever stands before it, the client may have made up.
    """
    forwarded = ",".join(request.headers.getall("x-forwarded-for", [])).split(",")
    believed = 0 < proxies_count <= len(forwarded)
    text = forwarded[-proxies_count].strip() if believed else request.ip
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return str(request.ip)
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def cross_origin(request: Request, allowed: Collection[str]) -> str | None:
    """The other site that the request comes from; None if it comes from this server's own pages.

    Raises:
        Refusal: if that site is not allowed.
    """
    origin = request.headers.get("origin")
    # Behind a proxy that ends TLS only host and port can be compared.
    if origin is None or _host(origin) == request.host.lower():
        return None
    if origin.lower() not in allowed:
        message = "This site may not use the chat of this server."
        raise Refusal(HTTPStatus.FORBIDDEN, "origin_not_allowed", message)
    return str(origin)


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def cors_headers(origin: str | None) -> dict[str, str]:
    """Headers by which a browser lets a page of another site read the response."""
    if origin is None:
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
    }


def preflight_headers(origin: str | None, methods: Collection[str]) -> dict[str, str]:
    """Headers of the answer to a browser that asks beforehand what a page may send."""
    return {
        **cors_headers(origin),
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Max-Age": str(_PREFLIGHT_SECONDS),
    }
