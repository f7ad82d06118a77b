"""A real Chromium, driven by its DevTools protocol.

Needs `pip install websockets` and a Chromium; see board.py.
"""

import base64
import json
import pathlib
import subprocess
import time
import urllib.request

from websockets.sync.client import connect

FONTS = pathlib.Path(__file__).resolve().parents[2] / "assets" / "fonts"


class Chromium:
    """One tab of 1920 x 1080 pixels. What it asks for and complains of is kept."""

    def __init__(self, program, folder):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True)
        fonts = folder / "fonts.conf"
        fonts.write_text(f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig><dir>{FONTS}"
                         f"</dir><cachedir>{folder}/cache</cachedir></fontconfig>", encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={folder}/profile",
                 "--window-size=1920,1080", "--hide-scrollbars", "about:blank"]
        self.process = subprocess.Popen([program, *flags], env={"FONTCONFIG_FILE": str(fonts), "PATH": "/usr/bin:/bin",
                                        "HOME": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = folder / "profile" / "DevToolsActivePort"
        wait_for(lambda: port.exists() and port.read_text(), "Chromium starts")
        number = port.read_text().splitlines()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{number}/json/list") as answer:
            page = next(one for one in json.load(answer) if one["type"] == "page")
        self.socket = connect(page["webSocketDebuggerUrl"], max_size=None)
        self.count, self.asked, self.complaints = 0, [], []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=1920, height=1080, deviceScaleFactor=1, mobile=False)

    def call(self, method, **parameters):
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            if message.get("id") == self.count:
                assert "error" not in message, f"{method}: {message}"
                return message["result"]
            self.hear(message)

    def hear(self, message):
        kind, told = message.get("method"), message.get("params", {})
        if kind == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])
        if kind == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(told["exceptionDetails"])[:400])
        if kind == "Runtime.consoleAPICalled" or (kind == "Log.entryAdded"):
            self.complaints.append(json.dumps(told)[:400])

    def open(self, path, after="", calm=False):
        features = [{"name": "prefers-reduced-motion", "value": "reduce" if calm else "no-preference"}]
        self.call("Emulation.setEmulatedMedia", features=features)
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=f"file://{path}{after}")
        wait_for(lambda: self.ask("document.querySelector('#screen header') !== null"), f"{path} is drawn")

    def ask(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def key(self, name, code=0, text=""):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code, **extra)

    def picture(self, path):
        time.sleep(0.8)
        shot = self.call("Page.captureScreenshot", format="png")
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(10)


def wait_for(is_so, what, seconds=20):
    end = time.time() + seconds
    while not is_so():
        assert time.time() < end, f"never: {what}"
        time.sleep(0.05)
