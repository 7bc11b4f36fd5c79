"""Documents in Azure Blob Storage: az.py PROGRAM AZURITE

The server is Azurite, Microsoft's own emulator, on a port of this machine; its account and key are published.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from azure.core.exceptions import ServiceRequestError
from azure.storage.blob import BlobServiceClient

program, azurite = (Path(argument).resolve() for argument in sys.argv[1:])
NAME = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def run(*arguments, key=KEY):
    address = {"AZURE_STORAGE_ENDPOINT": f"http://127.0.0.1:{port}/{NAME}", "AZURE_ALLOW_HTTP": "true"}
    account = {"AZURE_STORAGE_ACCOUNT_NAME": NAME, "AZURE_STORAGE_ACCOUNT_KEY": key}
    command = [program, "--lang", "en,zh", *arguments]
    done = subprocess.run(command, env=os.environ | address | account, capture_output=True, text=True)
    return done.returncode, done.stderr


with tempfile.TemporaryDirectory() as work:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Azurite may not support the latest version of the protocol yet.
    flags = ["--silent", "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck"]
    server = subprocess.Popen([azurite, *flags, "--blobPort", str(port)], cwd=work, stdout=subprocess.DEVNULL)
    try:
        container = BlobServiceClient(f"http://127.0.0.1:{port}/{NAME}", credential=KEY).get_container_client("press")
        for attempt in range(100):
            try:
                container.create_container()
                break
            except ServiceRequestError:
                time.sleep(0.2)
        assert run("--out", f"{work}/folder")[0] == 0
        code, output = run("--out", "az://press/first")
        assert code == 0, output
        files = {path.relative_to(f"{work}/folder").as_posix(): path.read_bytes() for path in Path(work, "folder").rglob("*.pdf")}
        blobs = {blob.name: container.download_blob(blob.name).readall() for blob in container.list_blobs()}
        assert {name.removeprefix("first/"): data for name, data in blobs.items() if name.endswith(".pdf")} == files
        assert set(blobs) - {f"first/{name}" for name in files} == {"first/manifest.jsonl", "first/modules.jsonl"}, set(blobs)
        # The manifest has the documents in order with their input hashes, as in a folder.
        assert blobs["first/manifest.jsonl"] == Path(work, "folder/manifest.jsonl").read_bytes()
        assert "built 0 documents" in run("--out", "az://press/first", "--resume")[1]
        code, output = run("--out", "az://nowhere/first")
        assert code == 1 and "there is no bucket `az://nowhere`" in output, output
        code, output = run("--out", "az://press/first", key="AAAA")
        assert code == 1 and "AZURE_STORAGE_ACCOUNT_KEY" in output, output
        print("az: the same bytes as in a folder, nothing built twice, wrong names and keys reported")
    finally:
        server.kill()
