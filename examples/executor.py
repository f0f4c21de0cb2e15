#!/usr/bin/env python3
"""A custom executor in plain Python: runs the data of each task as a shell command.

An agent starts it, and tells it by its environment who it is and where the agent listens. It keeps
what the agent has not acknowledged, and comes back when the agent was restarted.
"""
import base64
import http.client
import json
import os
import random
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import uuid

UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "secs": 1, "mins": 60, "hrs": 3600, "days": 86400,
         "weeks": 604800}
KILL_SECONDS = 3


def seconds(name, default):
    """A duration of the environment, like 15mins."""
    number, unit = re.fullmatch(r"([0-9.]+)([a-z]+)", os.environ.get(name, default)).groups()
    return float(number) * UNITS[unit]


def connection():
    """To the agent, as our environment says: by its socket, encrypted, or plain."""
    if "MESOS_DOMAIN_SOCKET" in os.environ:
        return SocketConnection(os.environ["MESOS_DOMAIN_SOCKET"])
    agent = os.environ["MESOS_AGENT_ENDPOINT"]
    if os.environ.get("LIBPROCESS_SSL_ENABLED") not in ("1", "true"):
        return http.client.HTTPConnection(agent)
    context = ssl.create_default_context(cafile=os.environ.get("LIBPROCESS_SSL_CA_FILE"))
    if os.environ.get("LIBPROCESS_SSL_VERIFY_SERVER_CERT") in ("0", "false"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if "LIBPROCESS_SSL_CERT_FILE" in os.environ:
        context.load_cert_chain(os.environ["LIBPROCESS_SSL_CERT_FILE"],
                                os.environ["LIBPROCESS_SSL_KEY_FILE"])
    return http.client.HTTPSConnection(agent, context=context)


class SocketConnection(http.client.HTTPConnection):
    """HTTP over the agent's unix domain socket, where there is one."""

    def __init__(self, path):
        super().__init__("agent")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


class Executor:
    def __init__(self):
        self.lock = threading.RLock()
        self.connected = False
        self.tasks = {}  # given to us, and no update of them acknowledged
        self.updates = {}  # not acknowledged, by uuid, the oldest first
        self.told = set()  # those of them that were sent on this stream
        self.children = {}  # what runs, by task
        self.killed = set()

    # --- Calls ---

    def post(self, kind, **body):
        call = {"type": kind, "framework_id": {"value": os.environ["MESOS_FRAMEWORK_ID"]},
                "executor_id": {"value": os.environ["MESOS_EXECUTOR_ID"]}, **body}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if "MESOS_EXECUTOR_AUTHENTICATION_TOKEN" in os.environ:  # the agent may want to see it
            token = os.environ["MESOS_EXECUTOR_AUTHENTICATION_TOKEN"]
            headers["Authorization"] = f"Bearer {token}"
        agent = connection()
        agent.request("POST", "/api/v1/executor", json.dumps(call), headers)
        response = agent.getresponse()
        if response.status in (403, 503):  # the agent is not ready, or has forgotten our stream
            raise ConnectionError(response.read().decode())
        if response.status not in (200, 202):
            print(f"{kind} got {response.status}: {response.read().decode()}", flush=True)
            os._exit(1)  # from any thread: the agent does not understand us, or we it
        return response

    def subscribe(self):
        with self.lock:
            self.told = set(self.updates)
            unacknowledged = {"unacknowledged_tasks": list(self.tasks.values()),
                              "unacknowledged_updates": list(self.updates.values())}
        return self.post("SUBSCRIBE", subscribe=unacknowledged)

    def tell(self):
        """Sends what was not sent on this stream, in order; without one it waits for the next."""
        with self.lock:
            for key, update in list(self.updates.items()):
                if not self.connected or key in self.told:
                    continue
                try:
                    self.post("UPDATE", update=update).close()
                    self.told.add(key)
                except (OSError, http.client.HTTPException):
                    # Soon again, if the stream is still there; else with the next one.
                    timer = threading.Timer(1, self.tell)
                    timer.daemon = True
                    timer.start()
                    return

    def report(self, task, state, message=None):
        key = base64.b64encode(uuid.uuid4().bytes).decode()
        status = {"task_id": {"value": task}, "state": state, "source": "SOURCE_EXECUTOR",
                  "uuid": key, "timestamp": time.time()}
        if message:
            status["message"] = message
        with self.lock:
            self.updates[key] = {"status": status}
            self.tell()

    # --- Events ---

    def run(self):
        lost_since = None
        while True:
            try:
                response = self.subscribe()
                while True:
                    length = response.readline()  # a record: its length, a newline, JSON
                    if not length:
                        raise ConnectionError("the stream ended")
                    lost_since = None
                    self.handle(json.loads(response.read(int(length))))
            except (OSError, http.client.HTTPException) as lost:
                self.connected = False
                print(f"agent lost: {lost}", flush=True)
                lost_since = lost_since or time.monotonic()
                away = time.monotonic() - lost_since
                if (os.environ.get("MESOS_CHECKPOINT") != "1"
                        or away > seconds("MESOS_RECOVERY_TIMEOUT", "15mins")):
                    self.shut_down()
                time.sleep(random.uniform(0, seconds("MESOS_SUBSCRIPTION_BACKOFF_MAX", "2secs")))

    def handle(self, event):
        kind = event["type"]
        print(kind, flush=True)
        if kind == "SUBSCRIBED":
            with self.lock:
                self.connected = True
                self.tell()
        elif kind == "LAUNCH":
            self.launch(event["launch"]["task"])
        elif kind == "KILL":
            kill = event["kill"]
            grace = kill.get("kill_policy", {}).get("grace_period", {}).get("nanoseconds")
            self.kill(kill["task_id"]["value"], KILL_SECONDS if grace is None else grace / 1e9)
        elif kind == "ACKNOWLEDGED":
            with self.lock:
                self.tasks.pop(event["acknowledged"]["task_id"]["value"], None)
                self.updates.pop(event["acknowledged"]["uuid"], None)
        elif kind == "MESSAGE":
            text = b"echo: " + base64.b64decode(event["message"]["data"])
            try:
                self.post("MESSAGE", message={"data": base64.b64encode(text).decode()}).close()
            except (OSError, http.client.HTTPException) as lost:
                print(f"a message is lost: {lost}", flush=True)  # best effort by contract
        elif kind == "SHUTDOWN":
            self.shut_down()

    def launch(self, task):
        name = task["task_id"]["value"]
        with self.lock:
            self.tasks[name] = task
            self.report(name, "TASK_STARTING")
            try:
                command = base64.b64decode(task.get("data", "")).decode()
                child = subprocess.Popen(["/bin/sh", "-c", command], start_new_session=True)
            except (OSError, ValueError) as refused:  # too long, no room, or no text
                self.report(name, "TASK_FAILED", f"its command cannot be run: {refused}")
                return
            self.children[name] = child
            self.report(name, "TASK_RUNNING")
        threading.Thread(target=self.wait, args=(name, child), daemon=True).start()

    def wait(self, name, child):
        status = child.wait()
        with self.lock:
            ended = "TASK_FINISHED" if status == 0 else "TASK_FAILED"
            self.report(name, "TASK_KILLED" if name in self.killed else ended,
                        f"exited with status {status}")
            del self.children[name]  # after its last word: shut_down waits for it

    def kill(self, name, grace):
        with self.lock:
            child = self.children.get(name)
            if child and name not in self.killed:  # a KILL may come again
                self.killed.add(name)
                self.signal(child, signal.SIGTERM)
                timer = threading.Timer(grace, self.force, (name,))
                timer.daemon = True
                timer.start()

    def force(self, name):
        with self.lock:
            if name in self.children:
                self.signal(self.children[name], signal.SIGKILL)

    @staticmethod
    def signal(child, number):
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            pass  # it has ended just now

    def shut_down(self):
        """Ends all tasks; the agent gives us MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD for it."""
        limit = seconds("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", "5secs") / 2
        end = time.monotonic() + limit
        for name in list(self.children):
            self.kill(name, limit / 2)
        while self.children and time.monotonic() < end:
            time.sleep(0.02)
        sys.exit(0)


Executor().run()
