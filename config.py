"""Which settings the product has, where they come from, and when it refuses to start.

Everything comes from the environment; one frozen object carries it. Nothing else reads `os.environ`.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

DEVELOPMENT_SECRET = "development-only-secret-key-of-fangtiaotong"
KNOWN_SECRETS = frozenset({DEVELOPMENT_SECRET, "changeme", "secret", "dev"})
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
SHORTEST_SECRET = 32
FEWEST_DIFFERENT_CHARACTERS = 10
ENVIRONMENTS = ("production", "development", "test")


class ConfigurationError(Exception):
    """The product cannot start with these settings; the text is one line for the operator."""


@dataclass(frozen=True)
class Settings:
    """What an installation decides; paths are absolute, sizes in bytes."""

    env: str
    data_dir: Path
    database_url: str
    bind: str = "127.0.0.1:8000"
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    secret_key: str = field(default="", repr=False)
    master_key_file: Path = Path()
    notice_gateway: str = ""
    fake_now_file: Path | None = None
    faults: str = ""
    debug: bool = False
    threads: int = 8
    smtp_url: str = field(default="", repr=False)
    max_request_bytes: int = 20 * 1024 * 1024
    password_time_cost: int = 2
    seal_certificate: Path | None = None
    seal_key: Path | None = None

    @property
    def is_production(self) -> bool:
        """True where real people's data may lie."""
        return self.env == "production"

    @property
    def is_secure(self) -> bool:
        """True where people reach the product over TLS, so that cookies never travel without it."""
        return self.base_url.startswith("https://")

    @property
    def known_hosts(self) -> frozenset[str]:
        """The names under which the product answers: its address, further ones, its own machine."""
        return frozenset({urlsplit(self.base_url).hostname or "", *self.trusted_hosts}) | OWN_MACHINE

    @property
    def documents_dir(self) -> Path:
        """Where the bytes of issued papers lie."""
        return self.data_dir / "documents"

    @property
    def uploads_dir(self) -> Path:
        """Where scans and attachments lie."""
        return self.data_dir / "uploads"

    @property
    def seal_certificate_file(self) -> Path:
        """The certificate with which signed papers are closed electronically, as PEM."""
        return self.seal_certificate or self.data_dir / "seal.crt"

    @property
    def seal_key_file(self) -> Path:
        """The key of that certificate, readable by the product's user alone."""
        return self.seal_key or self.data_dir / "seal.key"

    @classmethod
    def from_environment(cls, environ: dict[str, str] | None = None) -> Self:
        """Read the APP_… variables; refuses what must not run (ConfigurationError, one line)."""
        source = dict(os.environ if environ is None else environ)
        env = source.get("APP_ENV", "production")
        if env not in ENVIRONMENTS:
            raise ConfigurationError(f"APP_ENV must be one of {', '.join(ENVIRONMENTS)}, not {env!r}.")
        production = env == "production"
        data_dir = Path(_required(source, "APP_DATA_DIR", "" if production else "var")).absolute()
        fake_now = source.get("APP_FAKE_NOW", "")
        bind = source.get("APP_BIND", "127.0.0.1:8000")
        settings = cls(
            env=env,
            data_dir=data_dir,
            database_url=source.get("APP_DATABASE_URL", "") or f"sqlite:///{data_dir / 'fangtiao.sqlite3'}",
            bind=bind,
            base_url=(source.get("APP_BASE_URL", "") or f"http://{bind}").rstrip("/"),
            trusted_hosts=_words(source.get("APP_TRUSTED_HOSTS", "").lower()),
            trusted_proxies=_words(source.get("APP_TRUSTED_PROXIES", "")),
            secret_key=source.get("APP_SECRET_KEY", "" if production else DEVELOPMENT_SECRET),
            master_key_file=Path(source.get("APP_MASTER_KEY_FILE", "") or data_dir / "master.keys").absolute(),
            notice_gateway=source.get("APP_NOTICE_GATEWAY", "") or f"file:{data_dir / 'gateway'}",
            fake_now_file=Path(fake_now).absolute() if fake_now else None,
            faults=source.get("APP_FAULTS", ""),
            debug=source.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"),
            threads=_number(source, "APP_THREADS", 8),
            smtp_url=source.get("APP_SMTP_URL", ""),
            seal_certificate=_optional_path(source.get("APP_SEAL_CERTIFICATE", "")),
            seal_key=_optional_path(source.get("APP_SEAL_KEY", "")),
        )
        settings.check_may_start()
        return settings

    def check_may_start(self) -> None:
        """Refuse unreadable addresses; in production a weak secret, debug, plain HTTP, a fake clock, fault points."""
        if not self.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ConfigurationError("APP_DATABASE_URL must start with sqlite:/// or postgresql+psycopg://.")
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname or address.path or address.query:
            raise ConfigurationError("APP_BASE_URL must be like https://name.example, without a path.")
        if not self.is_production:
            return
        if not self.is_secure and address.hostname not in OWN_MACHINE:
            raise ConfigurationError("APP_BASE_URL must start with https://, or cookies would travel in the clear.")
        if self.has_weak_secret():
            raise ConfigurationError(
                "APP_SECRET_KEY is missing, too short or publicly known: set 32 random characters."
            )
        if self.debug:
            raise ConfigurationError("Debug mode is on: unset FLASK_DEBUG in production.")
        if self.fake_now_file or self.faults:
            raise ConfigurationError("APP_FAKE_NOW and APP_FAULTS are for tests and demonstrations only: unset them.")

    def has_weak_secret(self) -> bool:
        """A secret that is short, publicly known or made of a few characters only."""
        known = any(word in self.secret_key for word in KNOWN_SECRETS if len(word) >= SHORTEST_SECRET)
        few = len(set(self.secret_key)) < FEWEST_DIFFERENT_CHARACTERS
        return len(self.secret_key) < SHORTEST_SECRET or known or few


def _optional_path(value: str) -> Path | None:
    return Path(value).absolute() if value else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split(",") if (word := part.strip()))


def _number(source: dict[str, str], name: str, default: int) -> int:
    text = source.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1000):
        raise ConfigurationError(f"{name} must be a number between 1 and 1000, not {text!r}.")
    return int(text)


def _required(source: dict[str, str], name: str, default: str) -> str:
    value = source.get(name, "") or default
    if not value:
        raise ConfigurationError(f"{name} is not set: name the folder where everything is written.")
    return value
