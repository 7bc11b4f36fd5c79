"""Buckets on a real server of the S3 protocol: s3.py PROGRAM

The server is moto's, in this process: it listens on a port of this machine, supports create-only writes and keeps
nothing. A proxy in front of it injects failures.
"""

import http.client
import http.server
import json
import logging
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import zlib
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

program = Path(sys.argv[1]).resolve()
cities = Path(__file__).with_name("cities.py")
logs = open(os.devnull, "w")


class FaultyProxy(http.server.BaseHTTPRequestHandler):
    """Forwards requests, after failing as often as `failures` says for each kind."""

    protocol_version = "HTTP/1.1"
    failures = {"503": 0, "lost": 0, "cut": 0}
    lock = threading.Lock()
    server_port = 0
    seen = []

    def should_fail(self, kind):
        with self.lock:
            if self.command != "PUT" or not self.path.split("?")[0].endswith(".pdf") or not self.failures[kind]:
                return False
            self.failures[kind] -= 1
            return True

    def handle_any(self):
        if self.should_fail("cut"):
            # The connection breaks in the middle of an upload.
            self.rfile.read(1000)
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append((self.command, self.path, self.headers.get("If-None-Match")))
        if self.should_fail("503"):
            self.answer(503, [], b"<Error><Code>SlowDown</Code></Error>")
            return
        server = http.client.HTTPConnection("127.0.0.1", FaultyProxy.server_port)
        server.request(self.command, self.path, body, dict(self.headers))
        got = server.getresponse()
        data = got.read()
        if self.should_fail("lost"):
            # The object is stored, but the response is lost.
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self.answer(got.status, got.getheaders(), data)

    def answer(self, status, headers, data):
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        length = dict((n.lower(), v) for n, v in headers).get("content-length", len(data))
        self.send_header("Content-Length", str(length if self.command == "HEAD" else len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = handle_any

    def log_message(self, *_):
        pass


moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
logging.getLogger("werkzeug").setLevel(logging.ERROR)
moto.start()
_, FaultyProxy.server_port = moto.get_host_and_port()
direct = f"http://127.0.0.1:{FaultyProxy.server_port}"
proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), FaultyProxy)
threading.Thread(target=proxy.serve_forever, daemon=True).start()
through = f"http://127.0.0.1:{proxy.server_port}"
keys = {"AWS_ACCESS_KEY_ID": "press", "AWS_SECRET_ACCESS_KEY": "press", "AWS_REGION": "us-east-1"}
os.environ.update(keys)
s3 = boto3.client("s3", endpoint_url=direct)
s3.create_bucket(Bucket="press")
folder = tempfile.TemporaryDirectory()
project = Path(folder.name) / "project"
subprocess.run([program, "--quiet", "init", project, "--lang", "en"], check=True)
subprocess.run([sys.executable, cities, project / "reports/results.yaml", "20"], check=True)


def run(*arguments, endpoint=through, code=0, **environment):
    """Runs the program on the project; returns its output."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")} | keys
    env |= {"AWS_ENDPOINT_URL": endpoint, "AWS_ALLOW_HTTP": "true", "NO_COLOR": "1"} | environment
    env = {k: v for k, v in env.items() if v is not None}
    done = subprocess.run(
        [program, *arguments], cwd=project, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == code, f"{arguments}: {done.returncode}, not {code}\n{done.stdout}"
    return done.stdout


def objects(prefix):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="press", Prefix=f"{prefix}/")
    return {o["Key"][len(prefix) + 1 :]: o for page in pages for o in page.get("Contents", [])}


def bodies(prefix):
    read = lambda key: s3.get_object(Bucket="press", Key=f"{prefix}/{key}")["Body"].read()
    return {key: read(key) for key in objects(prefix) if key.endswith(".pdf")}


def steps():
    run("--out", "whole")
    whole = {str(f.relative_to(project / "whole")): f.read_bytes() for f in (project / "whole").rglob("*.pdf")}
    assert len(whole) == 47, len(whole)

    yield "an upload is the same bytes as in a folder, and only creates"
    run("--out", "s3://press/first")
    assert bodies("first") == whole
    assert sorted(k for k in objects("first") if not k.endswith(".pdf")) == ["manifest.jsonl", "modules.jsonl"]
    manifest = s3.get_object(Bucket="press", Key="first/manifest.jsonl")["Body"].read().decode().splitlines()
    assert {json.loads(line)["file"] for line in manifest} == set(whole)
    puts = [match for command, path, match in FaultyProxy.seen if command == "PUT" and path.endswith(".pdf")]
    assert len(puts) == 47 and set(puts) == {"*"}, puts

    yield "a resumed run builds nothing twice"
    FaultyProxy.seen.clear()
    assert "47 documents up to date" in run("--out", "s3://press/first", "--resume")
    assert not [path for command, path, _ in FaultyProxy.seen if command == "PUT" and not path.endswith(".probe")]
    s3.delete_object(Bucket="press", Key="first/en/press-release.pdf")
    assert "built 1 document " in run("--out", "s3://press/first", "--resume")
    assert bodies("first") == whole

    yield "an object with the same bytes counts as built; one with other bytes is reported and stays"
    run("--out", "s3://press/first")
    s3.put_object(Bucket="press", Key="first/en/press-release.pdf", Body=b"another's")
    output = run("--out", "s3://press/first", "--report", "press-release", code=1)
    assert "E0611" in output, output
    assert "`s3://press/first/en/press-release.pdf` exists with different content" in output, output
    assert output.count("E0611") == 1, output
    assert bodies("first")["en/press-release.pdf"] == b"another's"
    run("--out", "s3://press/first", "--overwrite")
    assert bodies("first") == whole

    yield "503, broken connections and lost responses are retried"
    for kind in ("503", "lost", "cut"):
        FaultyProxy.failures[kind] = 5
        run("--out", f"s3://press/{kind}")
        assert FaultyProxy.failures[kind] == 0, kind
        assert bodies(kind) == whole, kind

    yield "--resume continues a killed run"
    env = {**os.environ, "AWS_ENDPOINT_URL": through, "AWS_ALLOW_HTTP": "true"}
    killed = subprocess.Popen(
        [program, "--out", "s3://press/killed"], cwd=project, env=env, text=True, stdout=subprocess.PIPE, stderr=logs
    )
    killed.stdout.readline()
    killed.kill()
    killed.wait()
    there = bodies("killed")
    assert there and there.items() <= whole.items()
    run("--out", "s3://press/killed", "--resume")
    assert bodies("killed") == whole
    assert sorted(k for k in objects("killed") if not k.endswith(".pdf")) == ["manifest.jsonl", "modules.jsonl"]

    yield "shards and their archives are merged in the bucket"
    for shard in "123":
        run("--out", "s3://press/shards", "--shard", f"{shard}/3", "--spread")
        run("--out", "s3://press/zips", "--shard", f"{shard}/3", "--archive", "zip")
    run("merge", "--spread", "--patience", "30", "s3://press/shards")
    spread = bodies("shards")
    assert {key[3:]: body for key, body in spread.items()} == whole and len({key[:2] for key in spread}) > 10
    run("merge", "--archive", "zip", "s3://press/zips")
    s3.delete_object(Bucket="press", Key="zips/en/certificate-all-2-of-3.zip")
    assert "`s3://press/zips/en/certificate-all-2-of-3.zip` does not exist" in run(
        "merge", "--archive", "zip", "s3://press/zips", code=1
    )

    yield "an audit reads the documents of a bucket"
    assert "read 47 finished documents" in run("check", "--out", "s3://press/first")
    assert "read 47 finished documents" in run("check", "--spread", "--out", "s3://press/shards")

    yield "large files are uploaded in parts"
    noise = os.urandom(2500 * 7500)
    rows = b"".join(b"\0" + noise[at : at + 7500] for at in range(0, len(noise), 7500))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    size = struct.pack(">IIBBBBB", 2500, 2500, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
    (project / "reports/noise.png").write_bytes(png)
    results = project / "reports/results.yaml"
    before = results.read_text()
    photo = "photo: {file: noise.png, credit: Nobody, alt: Noise, caption: Noise}"
    results.write_text(before.replace("    quotation:\n", f"    {photo}\n    quotation:\n", 1))
    large = ["--report", "press-release", "--city", "port-azure", "--archive", "zip", "--out", "s3://press/large"]
    run(*large)
    there = objects("large")["en/press-release-all.zip"]
    assert there["Size"] > 16 << 20 and "-" in there["ETag"], there
    run(*large)
    s3.put_object(Bucket="press", Key="large/en/press-release-all.zip", Body=b"another's")
    assert "E0611" in run(*large, code=1)
    results.write_text(before)

    yield "problems of a bucket are reported once, with help"
    output = run("--out", "s3://nowhere/first", code=1)
    assert output.count("error") == 1 and "there is no bucket `s3://nowhere`" in output, output
    output = run("--out", "s3://press/first", "--patience", "1", endpoint="http://127.0.0.1:9", code=75)
    assert "E0605" in output and "run again with `--resume`" in output, output
    output = run("--out", "s3://press/first", code=1, AWS_SECRET_ACCESS_KEY=None)
    assert "SecretAccessKey" in output and "set AWS_ACCESS_KEY_ID" in output, output
    output = run("--out", "s3://press/first", code=1, AWS_ALLOW_HTTP=None)
    assert "is not encrypted" in output and "AWS_ALLOW_HTTP=true" in output, output

    yield "wrong credentials are reported before anything is built"
    # From here on the server checks credentials.
    moto_request = http.client.HTTPConnection("127.0.0.1", FaultyProxy.server_port)
    moto_request.request("POST", "/moto-api/reset-auth", b"0")
    assert moto_request.getresponse().status == 200
    output = run("--out", "s3://press/first", code=1)
    assert output.count("error") == 1 and "`s3://press` denies access" in output and "InvalidAccessKeyId" in output, output


try:
    count = 0
    for step in steps():
        print(step, flush=True)
        count += 1
    print(f"s3: {count} passed, 0 failed")
finally:
    proxy.shutdown()
    moto.stop()
    folder.cleanup()
