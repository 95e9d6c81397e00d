"""A visitor without a browser: speaks Streamlit's own protocol over its websocket, as the page in the browser does.

It keeps what a browser keeps (the values of the widgets, the query string, which large messages it still has) and sends
all of that with every choice, so that the server does exactly what it does for a click.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

RUN_LIMIT_S = 30
KEPT_RUNS = 2
"""For how many runs a browser remembers a large message (`global.maxCachedMessageAge`)."""
CHOICES = ("radio", "selectbox", "button_group")
DRAWN = ("html", "markdown", "text", "heading", "component_instance", "bidi_component", "dataframe", "imgs")
"""Elements that show something, unlike a widget."""


@dataclass(frozen=True)
class Widget:
    """A choice of one option on a page."""

    id: str
    kind: str
    options: tuple[str, ...]


@dataclass
class Run:
    """What one run of a page's script brought.

    Attributes
    ----------
    seconds : float
        From sending the click until the message that the script has finished.
    size : int
        Bytes received.
    drawn : set of str
        Hashes of the elements that show something.
    errors : list of str
    """

    seconds: float = 0.0
    size: int = 0
    drawn: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


class Visitor:
    """One session of the app.

    Attributes
    ----------
    widgets : dict
        Key of every choice on the page -> the widget.
    path : str
        Of the page, as it stands in the address bar; "" for the start page.
    query : str
        Query string, as it stands in the address bar.
    drawn : set of str
        What the page shows: see Run.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._values: dict[str, str] = {}
        self._kept: dict[str, int] = {}
        self._runs = 0
        self._page_code = ""
        self.path = ""
        self.query = ""
        self.drawn: set[str] = set()
        self.widgets: dict[str, Widget] = {}

    @classmethod
    async def arrive(cls, address: str) -> Self:
        """Connect to the app at `address`."""
        url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        return cls(
            await connect(
                url,
                subprotocols=[Subprotocol("streamlit")],
                origin=Origin(address),
                compression=None,
                max_size=None,
                ping_interval=None,  # a machine that is busy for long is what is measured
            )
        )

    async def leave(self) -> None:
        """Close the tab."""
        await self._socket.close()

    async def open(self, path: str, query: str = "") -> Run:
        """Open a page by its address."""
        self.query, self.path = query, path
        return await self._run(ClientState(query_string=query, page_name=path))

    async def go(self, path: str) -> Run:
        """Choose another page in the menu, which takes the filters along."""
        self._values.clear()
        return await self.open(path, self.query)

    async def choose(self, key: str, option: str) -> Run:
        """Choose an option of the widget with that key."""
        self._values[self.widgets[key].id] = option
        state = ClientState(query_string=self.query, page_script_hash=self._page_code)
        self._fill_in(state)
        return await self._run(state)

    def chosen(self, key: str) -> str | None:
        """The option that a widget stands on."""
        return self._values.get(self.widgets[key].id)

    def _fill_in(self, state: ClientState) -> None:
        for widget in self.widgets.values():
            if value := self._values.get(widget.id):
                one = state.widget_states.widgets.add(id=widget.id)
                if widget.kind == "button_group":
                    one.string_array_value.data.append(value)
                else:
                    one.string_value = value

    async def _run(self, state: ClientState) -> Run:
        self._runs += 1
        self._kept = {code: run for code, run in self._kept.items() if run >= self._runs - KEPT_RUNS}
        state.cached_message_hashes.extend(self._kept)
        self.widgets, run = {}, Run()
        message = BackMsg(rerun_script=state).SerializeToString()
        begin = time.perf_counter()
        await self._socket.send(message)
        try:
            async with asyncio.timeout(RUN_LIMIT_S):
                await self._until_finished(run)
        except TimeoutError:
            run.errors.append(f"not finished within {RUN_LIMIT_S} s")
        run.seconds = time.perf_counter() - begin
        self.drawn = run.drawn
        if not run.drawn:
            run.errors.append("nothing was drawn")
        return run

    async def _until_finished(self, run: Run) -> None:
        while True:
            data = await self._socket.recv(decode=False)
            message = ForwardMsg.FromString(data)
            run.size += len(data)
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    run.errors.append(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
                return
            self._take(kind, message, run)

    def _take(self, kind: str | None, message: ForwardMsg, run: Run) -> None:
        if kind == "delta":
            self._take_element(message, run)
        elif kind == "ref_hash":
            self._kept[message.ref_hash] = self._runs
            run.drawn.add(message.ref_hash)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self._page_code = message.navigation.page_script_hash
            self._take_page(message.navigation.app_pages, run)
        elif kind == "page_not_found":
            run.errors.append("no such page")

    def _take_page(self, pages: Iterable[AppPage], run: Run) -> None:
        path = next(
            "" if page.is_default else page.url_pathname for page in pages if page.page_script_hash == self._page_code
        )
        if path != self.path:
            run.errors.append(f"page {path!r} instead of {self.path!r}")

    def _take_element(self, message: ForwardMsg, run: Run) -> None:
        if message.metadata.cacheable:
            self._kept[message.hash] = self._runs
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in DRAWN:
            run.drawn.add(message.hash)
        elif kind in CHOICES:
            self._take_widget(kind, getattr(element, kind))
        elif kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR):
            run.errors.append(f"the page shows an error: {element}")

    def _take_widget(self, kind: str, element: Any) -> None:
        several = kind == "button_group"
        options = [option.content for option in element.options] if several else list(element.options)
        self.widgets[element.id.rpartition("-")[2]] = Widget(element.id, kind, tuple(options))
        if element.set_value:
            self._values[element.id] = next(iter(element.raw_values), "") if several else element.raw_value
