#!/usr/bin/env python3
"""Finds masters as --master names them, with nothing but the standard library.

Usage: detector.py MASTERS prints whom to ask now. MASTERS is HOST:PORT; a comma list of these;
zk://[USER:PASSWORD@]HOST:PORT,.../PATH, where the masters say in ZooKeeper who leads; or file://PATH
of a file that says one of these. This speaks as much of ZooKeeper's wire protocol as it takes to look.
"""
import contextlib
import json
import os
import random
import re
import socket
import struct
import sys

GET_DATA, GET_CHILDREN, AUTH, CLOSE = 4, 8, 100, -11
NO_NODE = -101
SECONDS = 5


def packed(data):
    """A string or bytes as they stand on the wire: their length before them."""
    data = data.encode() if isinstance(data, str) else data
    return struct.pack(">i", len(data)) + data


class ZooKeeper:
    """A short session with one server."""

    def __init__(self, server, credentials):
        host, _, port = server.rpartition(":") if re.search(r":\d+$", server) else (server, "", "2181")
        self.socket = socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
        self.stream = self.socket.makefile("rb")
        self.requests = 0
        # Version, last change seen, timeout, no session of before and its password; not only to read.
        self.send(struct.pack(">iqiq", 0, 0, SECONDS * 1000, 0) + packed(bytes(16)) + b"\0")
        self.receive()
        if credentials:
            self.send(struct.pack(">iii", -4, AUTH, 0) + packed("digest") + packed(credentials))
            self.receive()

    def send(self, request):
        self.socket.sendall(packed(request))

    def receive(self):
        length = self.stream.read(4)
        if len(length) < 4:
            raise ConnectionError("the connection was closed")
        return self.stream.read(struct.unpack(">i", length)[0])

    def ask(self, kind, path):
        """What follows the header of the answer, or None where there is no such node."""
        self.requests += 1
        self.send(struct.pack(">ii", self.requests, kind) + packed(path) + b"\0")  # and no watch
        answer = self.receive()
        _, _, error = struct.unpack_from(">iqi", answer)
        if error not in (0, NO_NODE):
            raise ConnectionError(f"error {error} at {path}")
        return None if error else answer[16:]

    def children(self, path):
        answer, names, at = self.ask(GET_CHILDREN, path), [], 4
        for _ in range(struct.unpack_from(">i", answer)[0] if answer else 0):
            end = at + 4 + struct.unpack_from(">i", answer, at)[0]
            names.append(answer[at + 4:end].decode())
            at = end
        return names

    def data(self, path):
        answer = self.ask(GET_DATA, path)
        return answer[4:4 + struct.unpack_from(">i", answer)[0]] if answer else None

    def close(self):
        with contextlib.suppress(OSError):
            self.send(struct.pack(">ii", 0, CLOSE))  # or the session lasts until its timeout
        self.socket.close()


def leader(url):
    """HOST:PORT of the master that leads; OSError with a sentence where nobody does."""
    servers, _, path = url.removeprefix("zk://").partition("/")
    credentials, _, servers = servers.rpartition("@")
    servers, path, failures = servers.split(","), "/" + path.rstrip("/"), []
    for server in random.sample(servers, len(servers)):
        try:
            with contextlib.closing(ZooKeeper(server, credentials)) as zookeeper:
                # Each master has a node; the one with the smallest number leads.
                nodes = [n for n in zookeeper.children(path) if re.fullmatch(r"json\.info_\d{10}", n)]
                data = zookeeper.data(f"{path}/{min(nodes)}") if nodes else None
        except OSError as failure:
            failures.append(f"{server}: {failure}")
            continue
        if data is None:
            raise ConnectionError(f"nobody leads under {path} in ZooKeeper")
        address = json.loads(data)["address"]
        host = f"[{address['ip']}]" if ":" in address["ip"] else address["ip"]
        return f"{host}:{address['port']}"
    raise ConnectionError(f"ZooKeeper cannot be asked ({'; '.join(failures)})")


class Masters:
    """Whom to ask; after a failure ask again, for it may be another one."""

    def __init__(self, where):
        self.where, self.turn = where, 0

    def next(self):
        where = self.where
        if where.startswith("file://"):
            with open(where.removeprefix("file://"), encoding="utf-8") as file:
                where = file.read().strip()
        if where.startswith("zk://"):
            # Nodes do not say whether masters speak TLS; who has certificates for it does.
            return ("https://" if "LIBPROCESS_SSL_CA_FILE" in os.environ else "") + leader(where)
        masters = re.findall(r"[^,\s]+", where)
        self.turn += 1
        return masters[(self.turn - 1) % len(masters)]


if __name__ == "__main__":
    try:
        print(Masters(sys.argv[1]).next())
    except OSError as nobody:
        sys.exit(f"detector.py: {nobody}")
