#!/usr/bin/env python3
"""Kills a serving meshctl again and again, at any moment, and looks at what is left: kills.py MESHCTL KILLS SEED

Every write that was answered must be there after the next start; one that was not may be there or not, as a whole.
"""
import http.client
import json
import os
import random
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import time

meshctl, kills, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
draw = random.Random(seed)
folder = tempfile.mkdtemp()
kubeconfig = folder + "/kubeconfig"
path = "/api/v1/namespaces/default/configmaps"
tls = ssl.create_default_context()
tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
# What each name may hold: the values that are possible; None is absence.
possible = {}
answered = 0
highest = 0


def fail(text):
    sys.exit(f"error: {text} (seed {seed}, state in {folder})")


class Server:
    def __init__(self, kill_early):
        self.process = subprocess.Popen(
            [meshctl, "sim", "serve", "--state", folder + "/state", "--port", "0", "--kubeconfig", kubeconfig],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.ready = None
        if kill_early is not None:
            time.sleep(kill_early)
            return
        line = self.process.stdout.readline()
        found = re.search(r"https://127\.0\.0\.1:(\d+)", line)
        if not found:
            fail("it does not start again: " + self.process.stderr.read())
        self.port = int(found.group(1))
        self.token = re.search(r"token: \"?([^\s\"]+)", open(kubeconfig).read()).group(1)

    def connect(self):
        return http.client.HTTPSConnection("127.0.0.1", self.port, context=tls, timeout=30)

    def ask(self, connection, method, target, body=None):
        connection.request(
            method, target, json.dumps(body) if body else None,
            {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


def work(server, names, generator):
    """Writes until the server is gone, one after the other."""
    global answered
    try:
        connection = server.connect()
        while True:
            name = generator.choice(names)
            now = possible[name][0]
            value = f"{generator.random()}" + "x" * generator.choice([0, 10, 5000])
            if now is None:
                method, target, then = "POST", path, value
            elif generator.random() < 0.3:
                method, target, then = "DELETE", f"{path}/{name}", None
            else:
                method, target, then = "PUT", f"{path}/{name}", value
            body = None if then is None else {
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"value": then}}
            possible[name] = [now, then]
            status, answer = server.ask(connection, method, target, body)
            if status >= 300:
                fail(f"{method} {name}: {answer}")
            possible[name] = [then]
            answered += 1
    except (OSError, http.client.HTTPException, ValueError):
        pass


def look(server):
    """Compares what is there with what may be there."""
    global highest
    status, answer = server.ask(server.connect(), "GET", path)
    if status != 200:
        fail(f"the list cannot be had: {answer}")
    version = int(answer["metadata"]["resourceVersion"])
    if version < highest:
        fail(f"the version went back from {highest} to {version}")
    highest = version
    there = {item["metadata"]["name"]: item for item in answer["items"]}
    for name, values in possible.items():
        found = there[name]["data"]["value"] if name in there else None
        if found not in values:
            fail(f"{name} holds {str(found)[:40]}, not {[str(value)[:40] for value in values]}")
        possible[name] = [found]


groups = [[f"t{thread}-{index}" for index in range(8)] for thread in range(2)]
for names in groups:
    for name in names:
        possible[name] = [None]
done = 0
while done < kills:
    if done % 10 == 9:
        Server(draw.random() * 0.08).kill()  # while it starts, and folds the journal
        done += 1
        continue
    server = Server(None)
    look(server)
    threads = [
        threading.Thread(target=work, args=(server, names, random.Random(draw.random()))) for names in groups]
    for thread in threads:
        thread.start()
    time.sleep(draw.random() * 0.06)
    server.kill()
    for thread in threads:
        thread.join()
    done += 1
last = Server(None)
look(last)
last.kill()
subprocess.run(["rm", "-rf", folder], check=True)
print(f"{done} kills, {answered} answered writes, none lost (seed {seed})")
