"""Which keys seal personal data, and how one value is sealed, opened and indexed.

The ring is a JSON file outside the database: `{"current": "k1", "keys": {"k1": base64}, "index": base64}`.
A sealed value is `key id | nonce | AES-256-GCM ciphertext`, bound to table, column and row by the associated data.
"""

import base64
import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32
KEY_NAME = re.compile(r"[A-Za-z0-9_-]{1,16}")


DAMAGED = "数据无法解密"
"""What is shown in place of a value that does not open."""


class SealBroken(Exception):
    """A sealed value cannot be opened: wrong key, another row's value, or changed bytes."""


@dataclass(frozen=True)
class KeyRing:
    """The sealing keys by id, the current one, and the key of the blind index."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)

    def seal(self, text: str, context: str) -> bytes:
        """Encrypt `text` for one place (`context` = table, column, row); every call gives other bytes.

        Refuses the words that stand for a damaged value (SealBroken), so that they are never written over it.
        """
        if DAMAGED in text:
            raise SealBroken(f"a damaged value was to be written to {context}")
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, text.encode(), context.encode())
        return self.current.encode() + b"|" + nonce + sealed

    def open(self, sealed: bytes, context: str) -> str:
        """Decrypt what `seal` made for the same place; refuses anything else (SealBroken)."""
        key_id, separator, rest = sealed.partition(b"|")
        key = self.keys.get(key_id.decode(errors="replace"))
        if not separator or key is None:
            # Not the id itself: in a damaged value it may be somebody's name.
            raise SealBroken(f"the key of {context} is not in the ring")
        try:
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], context.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBroken(f"sealed value of {context} is damaged") from error

    def digest(self, kind: str, value: str) -> str:
        """Keyed digest for equality search: the same for the same `kind` and value, 64 hex characters."""
        if DAMAGED in value:
            raise SealBroken(f"a damaged value was to be searched for as {kind}")
        return hmac.new(self.index_key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the ring; a missing or damaged file is a ValueError in one line."""
        try:
            stored = json.loads(path.read_text())
            keys = {name: base64.b64decode(value, validate=True) for name, value in stored["keys"].items()}
            ring = cls(stored["current"], keys, base64.b64decode(stored["index"], validate=True))
        except OSError as error:
            raise ValueError(f"The key file {path} cannot be read: {error.strerror}") from error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"The key file {path} is not a key ring.") from error
        if not ring.is_complete():
            raise ValueError(f"The key file {path} lacks its current key, or holds keys that are no 256 bits long.")
        return ring

    def is_complete(self) -> bool:
        """The current key is there and every key has its full length."""
        has_good_names = all(KEY_NAME.fullmatch(name) for name in self.keys)
        sizes = {len(key) for key in (*self.keys.values(), self.index_key)}
        return self.current in self.keys and has_good_names and sizes == {KEY_BYTES}

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a ring with one fresh key, readable by its owner alone; keeps a ring that is there."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        ring = cls("k1", {"k1": AESGCM.generate_key(256)}, os.urandom(KEY_BYTES))
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls.load(path)
        with os.fdopen(descriptor, "w") as file:
            file.write(ring.as_json())
            file.flush()
            os.fsync(file.fileno())
        return ring

    def as_json(self) -> str:
        """The ring in the form of its file."""
        keys = {name: base64.b64encode(value).decode() for name, value in self.keys.items()}
        index = base64.b64encode(self.index_key).decode()
        return json.dumps({"current": self.current, "keys": keys, "index": index})
