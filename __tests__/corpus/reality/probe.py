# Imports each module in a process of its own, as the first thing that process does. Arguments: seconds per module, then
# names; a name that begins with `use:` is a statement. Prints one JSON object: name -> {"ok": true} or {"type", "text"}.
import os
import select
import signal
import sys
import time


def attempt(name, pipe):
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    try:
        if name.startswith("use:"):
            exec(name[4:], {})
        else:
            __import__(name)
        answer = "ok"
    except BaseException as error:
        answer = "%s\0%s" % (type(error).__name__, describe(error))
    os.write(pipe, answer.encode("utf-8", "replace")[:4000])
    os._exit(0)


def describe(error):
    parts = []
    while error is not None and len(parts) < 4:
        parts.append("%s: %s" % (type(error).__name__, error))
        error = error.__cause__ or error.__context__
    return "\n<- ".join(parts)


def judge(name, seconds):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        attempt(name, writing)
    os.close(writing)
    text = b""
    end = time.time() + seconds
    while True:
        ready, _, _ = select.select([reading], [], [], max(0, end - time.time()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            break
        chunk = os.read(reading, 65536)
        if not chunk:
            break
        text += chunk
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if text == b"ok":
        return {"ok": True}
    if text:
        kind, _, message = text.decode("utf-8", "replace").partition("\0")
        return {"type": kind, "text": message}
    if time.time() >= end:
        return {"type": "timeout", "text": "%d seconds" % seconds}
    return {"type": "died", "text": "signal %d" % (status & 127) if status & 127 else "exit status %d" % (status >> 8)}


def shipped(folder):
    names = set()
    for entry in os.listdir(folder) if os.path.isdir(folder) else []:
        path = os.path.join(folder, entry)
        name = entry.split(".")[0]
        if entry.endswith((".dist-info", ".libs", ".data", ".egg-info")) or entry in ("bin", "share", "lib", "include"):
            continue
        if os.path.isdir(path) and name == entry or entry.endswith((".py", ".so", ".pyd")):
            if name.isidentifier() and name != "__pycache__":
                names.add(name)
    return sorted(names)


if __name__ == "__main__":
    wanted = sys.argv[2:]
    results = {}
    for name in wanted + [one for one in shipped("/opt/python")[:60] if one not in wanted]:
        results[name] = judge(name, int(sys.argv[1]))
    # Last, so that nothing that it loads is in the processes above.
    import json

    print(json.dumps(results))
