#!/usr/bin/env python3
"""Ships JSON lines from a file that a gateway appends to, to Tokenmeter's /v1/ingest.

    TOKENMETER_TOKEN=tm_... ./ship.py --url http://127.0.0.1:8080 /var/log/nginx/tokenmeter.jsonl

Lines are exchanges, halves or usage records. Where it has come to stands in FILE.position, and moves
only when a batch has been answered, so whatever is killed, nothing is left out; what is sent twice is
billed once. A line that is refused is put into FILE.refused, and the log says why. When FILE is
renamed and a new one begun, the old one is read to its end first.

Needs nothing but Python 3.8. With --once it ends when it has come to the end of the file.
"""

import argparse
import gzip
import json
import os
import sys
import time
import urllib.error
import urllib.request

BATCH_ITEMS = 200
BATCH_BYTES = 8 << 20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    token = os.environ.get("TOKENMETER_TOKEN", "")
    if not token:
        sys.exit("ship.py: TOKENMETER_TOKEN is empty; `tokenmeter token --gateway` makes one")
    Shipper(options.file, options.url + "/v1/ingest", token).run(options.once)


class Shipper:
    def __init__(self, path, url, token):
        self.path = path
        self.url = url
        self.token = token
        self.file = None

    def run(self, once):
        while True:
            if self.file is None and not self.open():
                if once:
                    return
                time.sleep(1)
                continue
            lines = self.read()
            if lines:
                self.send(lines)
                self.save()
            elif self.is_renamed():
                self.file.close()
                self.file = None
                self.remember(None, 0)
            elif once:
                return
            else:
                time.sleep(0.5)

    def open(self):
        """Opens the file where it was left; also the old one, when it was renamed meanwhile."""
        inode, offset = self.remembered()
        try:
            self.file = open(self.path, "rb")
        except FileNotFoundError:
            return False
        if inode is not None and os.fstat(self.file.fileno()).st_ino != inode:
            old = self.renamed(inode)
            if old is not None:
                self.file.close()
                self.file = open(old, "rb")
            else:
                log("the file that was read last is gone; what it had behind byte %d is lost" % offset)
                offset = 0
        self.file.seek(offset)
        return True

    def renamed(self, inode):
        folder = os.path.dirname(os.path.abspath(self.path))
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and os.stat(path).st_ino == inode:
                return path
        return None

    def is_renamed(self):
        try:
            return os.stat(self.path).st_ino != os.fstat(self.file.fileno()).st_ino
        except FileNotFoundError:
            return False

    def read(self):
        """Whole lines; one that is being written is left for the next time."""
        lines, size = [], 0
        while len(lines) < BATCH_ITEMS and size < BATCH_BYTES:
            start = self.file.tell()
            line = self.file.readline()
            if not line.endswith(b"\n"):
                self.file.seek(start)
                break
            lines.append(line)
            size += len(line)
        return lines

    def send(self, lines):
        body = gzip.compress(b"".join(lines), 5)
        pause = 0.5
        while True:
            status, answer, after = self.post(body)
            if status == 200:
                return
            if status == 422:
                # Empty lines are no items.
                items = [line for line in lines if line.strip()]
                for refusal in json.loads(answer)["refusals"]:
                    log("refused: %s: %s" % (refusal["code"], refusal["detail"]))
                    self.put_aside(items[refusal["index"]])
                return
            if status in (400, 413) and len(lines) > 1:
                self.send(lines[: len(lines) // 2])
                self.send(lines[len(lines) // 2 :])
                return
            if status in (400, 413):
                log("refused: Tokenmeter answers %d" % status)
                self.put_aside(lines[0])
                return
            log("Tokenmeter answers %s; the same is sent again" % status)
            time.sleep(max(pause, after))
            pause = min(pause * 2, 30)

    def post(self, body):
        headers = {
            "Authorization": "Bearer " + self.token,
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "gzip",
        }
        try:
            request = urllib.request.Request(self.url, data=body, headers=headers)
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read(), 0
        except urllib.error.HTTPError as e:
            after = e.headers.get("Retry-After", "")
            return e.code, e.read(), int(after) if after.isdigit() else 0
        except OSError as e:
            return type(e).__name__, b"", 0

    def put_aside(self, line):
        with open(os.open(self.path + ".refused", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as aside:
            aside.write(line)

    def remembered(self):
        try:
            with open(self.path + ".position", encoding="ascii") as position:
                inode, offset = position.read().split()
                return (None if inode == "-" else int(inode)), int(offset)
        except FileNotFoundError:
            return None, 0

    def save(self):
        self.remember(os.fstat(self.file.fileno()).st_ino, self.file.tell())

    def remember(self, inode, offset):
        temporary = self.path + ".position.new"
        with open(temporary, "w", encoding="ascii") as position:
            position.write("%s %d" % ("-" if inode is None else inode, offset))
            position.flush()
            os.fsync(position.fileno())
        os.replace(temporary, self.path + ".position")


def log(message):
    print("ship.py: " + message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
