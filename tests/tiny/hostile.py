from diagrams import Cluster
from diagrams.onprem.queue import Kafka

from archfolio import request, view


@view("<script>alert('title')</script>")
def hostile() -> None:
    """A caption with <b>tags</b>, "quotes" & ampersands."""
    with Cluster("]]></g><script>alert(1)</script>"):
        script = Kafka("<script>alert('x')</script>\n\"quoted\" & 'more'", tooltip="\"><img src=x onerror=alert(1)>")
    nul = Kafka("null\0byte\x1b and \ufffe")
    words = Kafka("مرحبا بالعالم\n日本語のラベル 😀")
    endless = Kafka("x" * 5000)
    script >> request("\\N \\G \\L %s {not} <a&b>") >> nul >> request("") >> words >> request("</text>") >> endless
