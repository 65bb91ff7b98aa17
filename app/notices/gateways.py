"""How a message leaves: into a folder, to an HTTP gateway, by mail. Each takes the same message id twice as once."""

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit

from app.documents.storage import write_file
from app.notices.models import OutboxMessage
from app.notices.rules import Channel
from app.web.installation import settings

TIMEOUT_SECONDS = 10
ALREADY_THERE = 409


class GatewayRefused(Exception):
    """The gateway did not take the message; it is tried again later."""


@dataclass(frozen=True)
class Envelope:
    """What is handed over, in plain values, so that no database row is needed while it travels."""

    key: int
    message_id: str
    channel: Channel
    to: str
    template: str
    variables: dict[str, str]
    text: str
    not_before: datetime

    @classmethod
    def of(cls, message: OutboxMessage) -> Self:
        """The envelope of an outbox row."""
        return cls(
            key=message.id,
            message_id=message.message_id,
            channel=message.channel,
            to=message.recipient,
            template=message.kind.value,
            variables=json.loads(message.variables_json or "{}"),
            text=message.text,
            not_before=message.not_before,
        )

    def as_json(self) -> bytes:
        """The body of the gateway protocol."""
        body = {
            "message_id": self.message_id,
            "channel": self.channel.value,
            "to": self.to,
            "template": self.template,
            "vars": self.variables,
            "text": self.text,
            "not_before": self.not_before.isoformat(),
        }
        return json.dumps(body, ensure_ascii=False).encode()


class Gateway(Protocol):
    """Takes a message or refuses it."""

    def deliver(self, envelope: Envelope) -> None:
        """Hand over; GatewayRefused or OSError when it was not taken."""
        ...


@dataclass(frozen=True)
class FileGateway:
    """One JSON file a message, there whole or not at all."""

    folder: Path

    def deliver(self, envelope: Envelope) -> None:
        """Write the file; one that is there is the same message."""
        name = f"{envelope.message_id}.json"
        if not (self.folder / name).exists():
            write_file(self.folder, name, envelope.as_json())


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_values: object) -> None:
        """A gateway that points elsewhere did not take the message."""
        return


@dataclass(frozen=True)
class HttpGateway:
    """A service that takes JSON by POST; 2xx and 409 mean taken."""

    url: str

    def deliver(self, envelope: Envelope) -> None:
        """Post the message, wait ten seconds at most."""
        request = urllib.request.Request(
            self.url, data=envelope.as_json(), headers={"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urllib.request.build_opener(_NoRedirects()).open(request, timeout=TIMEOUT_SECONDS):
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != ALREADY_THERE:
                raise GatewayRefused(f"HTTP {error.code}") from error
        except (OSError, HTTPException) as error:
            raise GatewayRefused(type(error).__name__) from error


@dataclass(frozen=True)
class MailGateway:
    """A mail server by smtp:// or smtps://."""

    url: str

    def deliver(self, envelope: Envelope) -> None:
        """Send one plain mail whose Message-ID is the message id."""
        parts = urlsplit(self.url)
        mail = EmailMessage()
        mail["Message-ID"] = f"<{envelope.message_id}@{parts.hostname}>"
        mail["From"] = unquote(parts.username) if parts.username else f"noreply@{parts.hostname}"
        mail["To"] = envelope.to
        mail["Subject"] = f"{envelope.variables.get('centre', '')}的消息"
        mail.set_content(envelope.text)
        try:
            self._send(mail)
        except smtplib.SMTPException as error:
            raise GatewayRefused(type(error).__name__) from error

    def _send(self, mail: EmailMessage) -> None:
        parts = urlsplit(self.url)
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(parts.hostname or "", parts.port or 465, timeout=TIMEOUT_SECONDS)
        else:
            server = smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=TIMEOUT_SECONDS)
        with server:
            if parts.username:
                if parts.scheme != "smtps":
                    server.starttls(context=ssl.create_default_context())
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(mail)


def gateway_for(channel: Channel) -> Gateway:
    """The gateway of this installation for a channel: mail by SMTP where it is set up, the rest by the gateway."""
    if channel is Channel.EMAIL and settings().smtp_url:
        return MailGateway(settings().smtp_url)
    address = settings().notice_gateway
    if address.startswith("file:"):
        return FileGateway(Path(address.removeprefix("file:")))
    return HttpGateway(address)
