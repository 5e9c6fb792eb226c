"""An independent subscriber with its own MQTT client and its own books.

Usage: ledger.py <broker port> <pole> <points> <file that the writer keeps>

Readings have a device "d", a point "p<number>" and the number of their second as value; alarms are
events "proof" with a number "n". The writer's file says what was durable, in lines:
    D <first second> <last second>      readings of all points
    L <n> <milliseconds since 1970>     an alarm
The line "look" on standard input is answered with one line of JSON; its end is the end.
"""
import array
import json
import os
import select
import socket
import sys
import time

PORT, POLE, POINTS, WRITER = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
ROOT = "polegate/v1/" + POLE + "/"


def string(text):
    raw = text.encode()
    return len(raw).to_bytes(2, "big") + raw


def packet(kind, body):
    length, rest = b"", len(body)
    while True:
        length += bytes([rest & 0x7F | (0x80 if rest > 0x7F else 0)])
        rest >>= 7
        if rest == 0:
            return bytes([kind]) + length + body


class Books:
    """What came, by number and by point and second."""

    def __init__(self):
        self.contents = array.array("Q", bytes(8 * 1024))  # by number; 0 is "never came"
        self.last = 0
        self.present = bytearray()
        self.newest = [-1] * POINTS
        self.items = self.repeats = self.batches = 0
        self.wrong = []
        self.gaps = []
        self.alarms = {}
        self.online = []
        self.connected = []

    def complain(self, what):
        if len(self.wrong) < 20:
            self.wrong.append(what)

    def take(self, topic, payload, retained, now):
        if topic == ROOT + "state":
            if not retained and json.loads(payload)["state"] == "online":
                self.online.append(now)
            return
        body = json.loads(payload)
        self.batches += 1
        for item in body.get("readings", []):
            if self.fresh(item):
                self.reading(item)
        for item in body.get("events", []):
            if self.fresh(item):
                self.event(item, now)

    def fresh(self, item):
        item.pop("historical", None)  # says how it travelled, not what it is
        seq = item["seq"]
        content = hash(repr(sorted(item.items()))) & 0xFFFFFFFFFFFFFFFF | 1
        self.items += 1
        while seq >= len(self.contents):
            self.contents.extend(array.array("Q", bytes(8 * len(self.contents))))
        before = self.contents[seq]
        if before == 0:
            self.contents[seq] = content
            self.last = max(self.last, seq)
            return True
        self.repeats += 1
        if before != content:
            self.complain("one number, two contents: %s" % item)
        return False

    def reading(self, item):
        point, second = int(item["point"][1:]), item["value"]
        if second <= self.newest[point]:
            self.complain("out of order: %s behind second %d" % (item, self.newest[point]))
        self.newest[point] = max(self.newest[point], second)
        place = second * POINTS + point
        if place >= len(self.present):
            self.present.extend(bytes(place + 1 - len(self.present) + 1000000))
        if self.present[place]:
            self.complain("one reading, two numbers: %s" % item)
        self.present[place] = 1

    def event(self, item, now):
        if item["type"] == "gap":
            self.gaps.append(item)
        elif item["type"] == "proof":
            if item["n"] in self.alarms:
                self.complain("one alarm, two numbers: %s" % item)
            self.alarms[item["n"]] = now

    def look(self):
        durable = missing = alarms = 0
        if os.path.exists(WRITER):
            with open(WRITER) as lines:
                for line in lines:
                    words = line.split()
                    if not line.endswith("\n"):
                        continue
                    if words[0] == "D":
                        first, last = int(words[1]) * POINTS, (int(words[2]) + 1) * POINTS
                        durable += last - first
                        came = self.present[first:last].count(1)
                        missing += last - first - came
                    elif words[0] == "L":
                        alarms += 1
                        missing += int(words[1]) not in self.alarms
        holes = self.contents[1 : self.last + 1].count(0) if self.last else 0
        return {
            "items": self.items,
            "distinct": self.last - holes,
            "repeats": self.repeats,
            "messages": self.batches,
            "lastseq": self.last,
            "holes": holes,
            "gaps": len(self.gaps),
            "durable": durable,
            "durablealarms": alarms,
            "missing": missing,
            "wrong": self.wrong,
            "alarms": [[n, at] for n, at in sorted(self.alarms.items())],
            "online": self.online,
            "connected": self.connected,
        }


class Broken(Exception):
    pass


class Link:
    """The least of MQTT 3.1.1 that a subscriber needs."""

    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", PORT), 5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        body = string("MQTT") + bytes([4, 0, 0, 0]) + string("ledger-of-" + POLE)
        self.socket.sendall(packet(0x10, body))
        self.socket.sendall(packet(0x82, b"\x00\x01" + string(ROOT + "#") + b"\x01"))

    def read(self, books):
        block = self.socket.recv(1 << 18)
        if not block:
            raise Broken("the broker closed the connection")
        self.buffer += block
        answers = bytearray()
        place = 0
        while True:
            end, kind, body = self.next(place)
            if end < 0:
                break
            place = end
            answers += self.handle(kind, body, books)
        del self.buffer[:place]
        if answers:
            self.socket.sendall(answers)

    def next(self, place):
        length, shift, at = 0, 0, place + 1
        while True:
            if at >= len(self.buffer):
                return -1, 0, b""
            length |= (self.buffer[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not self.buffer[at - 1] & 0x80:
                break
        if at + length > len(self.buffer):
            return -1, 0, b""
        return at + length, self.buffer[place], bytes(self.buffer[at : at + length])

    def handle(self, kind, body, books):
        if kind >> 4 == 2:
            if body[1] != 0:
                raise Broken("refused")
            books.connected.append(int(time.time() * 1000))
        if kind >> 4 != 3:
            return b""
        size = int.from_bytes(body[:2], "big")
        topic, rest = body[2 : 2 + size].decode(), body[2 + size :]
        quality = kind >> 1 & 3
        if quality:
            number, rest = rest[:2], rest[2:]
        books.take(topic, rest, kind & 1, int(time.time() * 1000))
        return packet(0x40, number) if quality else b""


def main():
    books, link = Books(), None
    os.set_blocking(0, False)
    while True:
        if link is None:
            try:
                link = Link()
            except OSError:
                time.sleep(0.02)
        watched = [0] if link is None else [0, link.socket]
        readable, _, _ = select.select(watched, [], [], 1 if link else 0)
        if 0 in readable:
            asked = os.read(0, 4096)
            if not asked:
                return
            for _ in range(asked.count(b"\n")):
                print(json.dumps(books.look()), flush=True)
        if link is not None and link.socket in readable:
            try:
                link.read(books)
            except (OSError, Broken):
                link.socket.close()
                link = None


main()
