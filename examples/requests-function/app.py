import requests


def handler(event, context):
    """Builds a request without sending it: enough to need the layer."""
    prepared = requests.Request("GET", "https://example.com/", params={"id": event.get("id", 0)}).prepare()
    return {"requests": requests.__version__, "url": prepared.url}
