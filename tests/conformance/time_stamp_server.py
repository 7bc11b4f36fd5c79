"""A time-stamp server on the loopback, for tests: answers with `openssl ts`."""
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
ess_cert_id_alg = sha256
ordering = yes
"""


class Server:
    """Answers requests for time stamps at `url`. The folder has tsa.pem, tsa.key and tsa-authority.pem."""

    def __init__(self, folder):
        self.folder, self.lock = pathlib.Path(folder).resolve(), threading.Lock()
        (self.folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=self.folder))
        (self.folder / "serial").write_text("01\n")
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                body = owner.answer(query)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
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
            (self.folder / "query.tsq").write_bytes(query)
            answer = self.folder / "answer.tsr"
            subprocess.run(["openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile",
                            self.folder / "query.tsq", "-out", answer], check=True, capture_output=True)
            return answer.read_bytes()
