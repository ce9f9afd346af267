"""Server-sent events for open pages: the status of the last build, and each picture as soon as it is drawn."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HEARTBEAT = 10.0  # seconds after which an idle connection is written to, so that a closed page is noticed


@dataclass(frozen=True, slots=True)
class Message:
    """A server-sent event."""

    name: str
    content: dict[str, Any]

    def encode(self) -> bytes:
        """Return the event in its wire format."""
        return f"event: {self.name}\ndata: {json.dumps(self.content)}\n\n".encode()


class EventStream:
    """Publishes messages to every open page; a late subscriber receives the last status and what follows."""

    def __init__(self) -> None:
        """Create a stream without messages."""
        self._changed = threading.Condition()
        self._status: Message | None = None
        self._messages: list[Message] = []
        self._open = True

    def publish_status(self, **content: object) -> None:
        """Publish the status of a build, and keep it for later subscribers."""
        with self._changed:
            self._status = Message("status", dict(content))
            self._messages.append(self._status)
            self._changed.notify_all()

    def publish_picture(self, path: str) -> None:
        """Publish that a picture has been drawn."""
        with self._changed:
            self._messages.append(Message("picture", {"path": path}))
            self._changed.notify_all()

    def close(self) -> None:
        """End every subscription."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def subscribe(self, heartbeat: float = HEARTBEAT) -> Iterator[bytes]:
        """Yield encoded messages, and a comment after each `heartbeat` seconds without one."""
        with self._changed:
            place = len(self._messages)
            first = self._status
        yield b"retry: 300\n\n"
        if first:
            yield first.encode()
        while True:
            with self._changed:
                if self._open and place == len(self._messages):
                    self._changed.wait(heartbeat)
                fresh = self._messages[place:]
                place += len(fresh)
                if not self._open:
                    return
            yield b"".join(message.encode() for message in fresh) or b": still here\n\n"
