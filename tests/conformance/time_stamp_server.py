"""A time-stamp server on the loopback, for tests: answers with `openssl ts`, or lies as it is told."""
import http.server
import pathlib
import subprocess
import threading

CONFIGURATION = """
[tsa]
default_tsa = tsa1
[tsa1]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/tsa-authority.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256
ess_cert_id_alg = {hash}
ordering = yes
"""


class Server:
    """Answers requests for time stamps at `url`. The folder has tsa.pem, tsa.key and tsa-authority.pem."""

    def __init__(self, folder, hash="sha256", edit=None):
        self.folder, self.count, self.lock = pathlib.Path(folder).resolve(), 0, threading.Lock()
        # Changes an answer: gets the status, the type of content and the body.
        self.edit = edit or (lambda *answer: answer)
        (self.folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=self.folder, hash=hash))
        (self.folder / "serial").write_text("01\n")
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                status, kind, body = owner.edit(200, "application/timestamp-reply", owner.answer(query))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, query):
        with self.lock:  # `openssl ts` counts in a file.
            self.count += 1
            (self.folder / "query.tsq").write_bytes(query)
            answer = self.folder / "answer.tsr"
            subprocess.run(["openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile",
                            self.folder / "query.tsq", "-out", answer], check=True, capture_output=True)
            return answer.read_bytes()
