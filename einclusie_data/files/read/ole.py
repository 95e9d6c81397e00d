"""Streams in an OLE container (the file format of .xls)."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA
"""Sector numbers from here on are no sectors but marks."""
_ENTRY_BYTES = 128
_HEADER_FAT_SECTORS = 109
_STREAM = 2


class Container:
    """An OLE container.

    Parameters
    ----------
    content : bytes

    Raises
    ------
    struct.error, ValueError
        The container is damaged.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        self._mini_size = 1 << struct.unpack_from("<H", content, 32)[0]
        if not (512 <= self._size <= 4096 and self._mini_size == 64):
            raise ValueError("sector size")
        directory, self._cutoff, mini_fat = struct.unpack_from("<I4xII", content, 48)
        self._fat = self._sector_numbers(self._fat_sectors())
        self._mini_fat = self._sector_numbers(self._chain(mini_fat, self._fat))
        self._entries = self._read_directory(b"".join(map(self._sector, self._chain(directory, self._fat))))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _fat_sectors(self) -> list[int]:
        """Numbers of the sectors that hold the table of chains."""
        sectors = list(struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", self._content, 76))
        following, most = struct.unpack_from("<I", self._content, 68)[0], len(self._content) // self._size
        while following < _END and len(sectors) <= most:
            numbers = self._sector_numbers([following])
            sectors += numbers[:-1]
            following = numbers[-1]
        return [number for number in sectors if number <= most]

    def _sector_numbers(self, sectors: list[int]) -> list[int]:
        return [number for sector in sectors for (number,) in struct.iter_unpack("<I", self._sector(sector))]

    @staticmethod
    def _chain(start: int, table: list[int]) -> list[int]:
        """The sectors of a chain; a chain that bites its own tail is damage."""
        sectors: list[int] = []
        while start < _END:
            if start >= len(table) or len(sectors) > len(table):
                raise ValueError("chain")
            sectors.append(start)
            start = table[start]
        return sectors

    @staticmethod
    def _read_directory(directory: bytes) -> dict[str, tuple[int, int]]:
        """Name -> first sector and size; the root, which holds the small streams, is called ""."""
        entries = {}
        for place in range(0, len(directory), _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            name = directory[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == _STREAM or place == 0:
                entries[name if place else ""] = struct.unpack_from("<II", directory, place + 116)
        return entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; b"" when there is none."""
        if name not in self._entries:
            return b""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start, self._fat)))[:size]
        small = b"".join(map(self._sector, self._chain(self._entries[""][0], self._fat)))
        places = [number * self._mini_size for number in self._chain(start, self._mini_fat)]
        return b"".join(small[place : place + self._mini_size] for place in places)[:size]
