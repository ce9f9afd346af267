"""What open pages are told: how the last build went, and each picture the moment that it is drawn."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HEARTBEAT = 10.0  # seconds after which a silent line is tried, so that a page that was closed is noticed


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell, as server-sent events write it."""

    name: str
    content: dict[str, Any]

    def encode(self) -> bytes:
        """Write it as lines with an empty one after them."""
        return f"event: {self.name}\ndata: {json.dumps(self.content)}\n\n".encode()


class Channel:
    """A line to every open page. Who comes later is told the last status, and what is said from then on."""

    def __init__(self) -> None:
        """Begin in silence."""
        self._changed = threading.Condition()
        self._status: Message | None = None
        self._said: list[Message] = []
        self._open = True

    def tell_status(self, **content: object) -> None:
        """Say how things stand."""
        with self._changed:
            self._status = Message("status", dict(content))
            self._said.append(self._status)
            self._changed.notify_all()

    def tell_picture(self, path: str) -> None:
        """Say that a picture has been drawn."""
        with self._changed:
            self._said.append(Message("picture", {"path": path}))
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody who listens go."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def listen(self, heartbeat: float = HEARTBEAT) -> Iterator[bytes]:
        """Yield what is said, and now and then a comment that nobody reads."""
        with self._changed:
            place = len(self._said)
            first = self._status
        yield b"retry: 300\n\n"
        if first:
            yield first.encode()
        while True:
            with self._changed:
                if self._open and place == len(self._said):
                    self._changed.wait(heartbeat)
                fresh = self._said[place:]
                place += len(fresh)
                if not self._open:
                    return
            yield b"".join(message.encode() for message in fresh) or b": still here\n\n"
