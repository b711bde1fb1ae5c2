"""Makes deploy/kubernetes/nginx.conf of deploy/nginx.conf: other names, and visitors' addresses.

Kustomize reads no file outside of its folder, and nginx fills in no names by itself.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

SOURCE = Path("deploy/nginx.conf")
TARGET = Path("deploy/kubernetes/nginx.conf")
_DOMAIN = "two-roles.svc.cluster.local"
_HEAD = f"# Made of {SOURCE} by `python -m tools.kubernetes_nginx`: change that file.\n\n"
# The ingress controller, which is in the cluster, tells whom it speaks for.
_VISITORS = """\
        set_real_ip_from 10.0.0.0/8;
        set_real_ip_from 172.16.0.0/12;
        set_real_ip_from 192.168.0.0/16;
        real_ip_header X-Forwarded-For;
"""


def converted(text: str) -> str:
    """The configuration for Kubernetes."""
    changes = (
        (r"\A(#.*\n|\n)+", _HEAD),
        # A service without an address of its own has those of all its servers.
        (r"( +server )bot-1(:5005 .*\n)( +server bot-.*\n)*", rf"\1bots.{_DOMAIN}\2"),
        (r"( +server )actions-1(:5055 .*\n)( +server actions-.*\n)*", rf"\1actions.{_DOMAIN}\2"),
        (r"resolver \S+ (.*;).*\n", r"resolver kube-dns.kube-system.svc.cluster.local \1\n"),
        (r"( +listen 8080;\n)", rf"\1{_VISITORS}"),
    )
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text, count=1)
        if not count:
            raise ValueError(f"{SOURCE} has nothing like {pattern}")
    return text


def main() -> int:
    """Command line: `python -m tools.kubernetes_nginx`."""
    TARGET.write_text(converted(SOURCE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
