#!/usr/bin/env python3
"""A framework in plain Python: launches N commands, survives a dropped stream, tears down.

Usage: framework.py [--master MASTERS] [--instances N] [--command COMMAND] [--executor COMMAND]
MASTERS is [https://]HOST:PORT, a comma list of these, zk://HOST:PORT,.../PATH or file://PATH (detector.py).
Whom to trust by https, and what to show there, say LIBPROCESS_SSL_CA_FILE, _CERT_FILE, _KEY_FILE.
With --executor, executor.py for example, the tasks of an agent run in one executor of our own.
Exit code: 0 if all tasks finished, 1 if one did not or the master said no.
"""
import argparse
import base64
import getpass
import http.client
import json
import os
import ssl
import sys
import time
import urllib.parse

import detector

ENDED = {"TASK_FINISHED", "TASK_FAILED", "TASK_KILLED", "TASK_ERROR", "TASK_LOST", "TASK_DROPPED",
         "TASK_GONE", "TASK_GONE_BY_OPERATOR", "TASK_UNKNOWN"}
GIVE_UP_SECONDS = 60


def connect(master):
    """A connection to HOST:PORT or https://HOST:PORT, given up after four missed heartbeats."""
    if not master.startswith("https://"):
        return http.client.HTTPConnection(master.removeprefix("http://"), timeout=60)
    context = ssl.create_default_context(cafile=os.environ.get("LIBPROCESS_SSL_CA_FILE"))
    if "LIBPROCESS_SSL_CERT_FILE" in os.environ:
        context.load_cert_chain(os.environ["LIBPROCESS_SSL_CERT_FILE"],
                                os.environ["LIBPROCESS_SSL_KEY_FILE"])
    return http.client.HTTPSConnection(master.removeprefix("https://"), timeout=60,
                                       context=context)


class Framework:
    def __init__(self, masters, command, instances, executor=None):
        self.masters, self.command, self.executor = masters, command, executor
        self.master = None
        self.states = {f"python-{i}": None for i in range(1, instances + 1)}
        self.framework_id = self.stream_id = None
        self.unconfirmed = set()  # asked about after a lost stream, not answered yet

    def post(self, call, stream=False, redirects=3):
        """One POST; gives the open response of a SUBSCRIBE, nothing for other calls."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.framework_id:
            call["framework_id"] = {"value": self.framework_id}
        if not stream:
            headers["Mesos-Stream-Id"] = self.stream_id
        connection = connect(self.master)
        connection.request("POST", "/api/v1/scheduler", json.dumps(call), headers)
        response = connection.getresponse()
        if response.status == 307 and redirects:  # a standby that knows who leads
            leader = urllib.parse.urlsplit(response.getheader("Location")).netloc
            self.master = self.master[:self.master.find("://") + 3 if "://" in self.master else 0] + leader
            return self.post(call, stream, redirects - 1)
        if response.status in (307, 403, 503):  # the stream has ended, or nobody leads yet
            raise ConnectionError(response.read().decode())
        if response.status not in (200, 202):
            sys.exit(f"{call['type']} got {response.status}: {response.read().decode()}")
        if stream:
            return response
        connection.close()

    def subscribe(self):
        info = {"user": getpass.getuser(), "name": "example-python", "roles": ["*"],
                "failover_timeout": GIVE_UP_SECONDS, "checkpoint": True,
                "capabilities": [{"type": "MULTI_ROLE"}, {"type": "PARTITION_AWARE"}]}
        if self.framework_id:
            info["id"] = {"value": self.framework_id}
        self.master = self.masters.next()
        response = self.post({"type": "SUBSCRIBE", "subscribe": {"framework_info": info}}, True)
        self.stream_id = response.getheader("Mesos-Stream-Id")
        return response

    def run(self):
        last_heard = time.monotonic()
        while True:
            try:
                response = self.subscribe()
                while not self.done():
                    length = response.readline()  # a record: its length, a newline, JSON
                    if not length:
                        raise ConnectionError("the stream ended")
                    self.handle(json.loads(response.read(int(length))))
                    last_heard = time.monotonic()
                self.post({"type": "TEARDOWN"})  # on a new stream, if the last call found none
                return 0 if all(s == "TASK_FINISHED" for s in self.states.values()) else 1
            except (OSError, http.client.HTTPException) as lost:
                if time.monotonic() - last_heard > GIVE_UP_SECONDS:
                    sys.exit(f"giving up: {lost}")
                print(f"stream lost ({lost}); subscribing again", flush=True)
                self.unconfirmed = {t for t, s in self.states.items() if s and s not in ENDED}
                time.sleep(0.5)

    def done(self):
        return all(state in ENDED for state in self.states.values())

    def handle(self, event):
        kind = event["type"]
        if kind == "SUBSCRIBED":
            self.framework_id = event["subscribed"]["framework_id"]["value"]
            print(f"subscribed as {self.framework_id}", flush=True)
        if kind in ("SUBSCRIBED", "HEARTBEAT") and self.unconfirmed:
            tasks = [{"task_id": {"value": task}} for task in sorted(self.unconfirmed)]
            self.post({"type": "RECONCILE", "reconcile": {"tasks": tasks}})
        elif kind == "OFFERS":
            for offer in event["offers"]["offers"]:
                self.use(offer)
        elif kind == "UPDATE":
            self.update(event["update"]["status"])
        elif kind == "ERROR":
            sys.exit(f"the master says: {event['error']['message']}")

    def use(self, offer):
        """Launches as many waiting tasks as the offer holds; with none the offer is declined."""
        left = {r["name"]: r["scalar"]["value"] for r in offer["resources"] if "scalar" in r}
        if self.executor:
            left = {name: amount - self.EXECUTOR.get(name, 0) for name, amount in left.items()}
        tasks = []
        for task_id in [t for t, state in self.states.items() if state is None]:
            if left.get("cpus", 0) < 0.1 or left.get("mem", 0) < 32:
                break
            left["cpus"], left["mem"] = round(left["cpus"] - 0.1, 3), left["mem"] - 32
            self.states[task_id] = "TASK_STAGING"
            tasks.append({"name": task_id, "task_id": {"value": task_id},
                          "agent_id": offer["agent_id"], **self.what(),
                          "resources": [self.scalar("cpus", 0.1), self.scalar("mem", 32)]})
        self.post({"type": "ACCEPT", "accept": {
            "offer_ids": [offer["id"]], "filters": {"refuse_seconds": 1},
            "operations": [{"type": "LAUNCH", "launch": {"task_infos": tasks}}] if tasks else []}})

    EXECUTOR = {"cpus": 0.1, "mem": 64}

    def what(self):
        """A command, or an executor that gets the command as the task's data."""
        if not self.executor:
            return {"command": {"value": self.command}}
        return {"data": base64.b64encode(self.command.encode()).decode(),
                "executor": {"executor_id": {"value": "runner"}, "name": "runner",
                             "framework_id": {"value": self.framework_id},
                             "command": {"value": self.executor},
                             "resources": [self.scalar(*one) for one in self.EXECUTOR.items()]}}

    @staticmethod
    def scalar(name, amount):
        return {"name": name, "type": "SCALAR", "scalar": {"value": amount},
                "allocation_info": {"role": "*"}}

    def update(self, status):
        task_id, state = status["task_id"]["value"], status["state"]
        self.unconfirmed.discard(task_id)
        if self.states.get(task_id) not in ENDED:
            self.states[task_id] = state
            print(f"{task_id} {state} {status.get('message', '')}".rstrip(), flush=True)
        if "uuid" in status:  # updates made by the master itself have none
            self.post({"type": "ACKNOWLEDGE", "acknowledge": {
                "agent_id": status["agent_id"], "task_id": status["task_id"],
                "uuid": status["uuid"]}})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--master", default="127.0.0.1:5050", metavar="MASTERS")
    parser.add_argument("--instances", type=int, default=3, metavar="N")
    parser.add_argument("--command", default="echo hello; sleep 1")
    parser.add_argument("--executor", metavar="COMMAND")
    given = parser.parse_args()
    masters = detector.Masters(given.master)
    sys.exit(Framework(masters, given.command, given.instances, given.executor).run())


if __name__ == "__main__":
    main()
