"""Everything that leans on the inside of Streamlit, in one place, and looked at before the app is served.

A later Streamlit may move or rename what is used here. Then a guard would stand beside the door without anyone
noticing. So `check` looks at each part that the guards rest on, and the app does not start when one is not as it was.
"""

from __future__ import annotations

import ast
import inspect
import logging
import re
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from typing import Any

import streamlit
from google.protobuf.message import DecodeError
from streamlit import config, net_util, starlette
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state.session_state import SessionState
from streamlit.web import bootstrap, cli
from streamlit.web.server import server_util
from streamlit.web.server.starlette import starlette_routes, starlette_websocket
from streamlit.web.server.starlette.starlette_app_utils import validate_xsrf_token
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from einclusie_data.contract.errors import StartError

MESSAGES = frozenset(
    {
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request.deferred_file",
        "backend_operation_request.dataframe_chunk",
    }
)
"""The messages of a browser that this app uses; all others are refused, also those of a Streamlit still to come.

A choice, a click on "stop", a sign of life, the place for a file, a download that is made when it is asked for, and the
next rows of a table.
"""
RUNS = frozenset({"rerun_script", "backend_operation_request.deferred_file"})
"""The messages that have the server compute something."""
MOST_FILE_NAMES = 20
"""Places for files that one message may ask for; the app's fields take one file."""

FORM_BYTES = 1024 * 1024
"""How much larger a form may be than the file in it, for Streamlit and so for us."""

STREAM = "_stcore/stream"
UPLOAD = "_stcore/upload_file"
CORE = "_stcore"
COMPONENT = "component"
OPEN_CORE = (f"{CORE}/health", f"{CORE}/host-config", f"{CORE}/bidi-components/", f"{UPLOAD}/")
"""What is open below `_stcore`: whether the server is up, settings of the browser's part, parts of the page, files."""

BROWSER_COOKIE = XSRF_COOKIE_NAME
"""The cookie that tells browsers apart."""

_LOOK_UPS = ("get_external_ip", "get_internal_ip")
_APP_PARTS = frozenset({"script_path", "middleware", "routes", "exception_handlers"})
_SETTINGS: dict[str, object] = {
    "client.allowedOrigins": [],
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "global.developmentMode": False,
    "runner.fastReruns": False,
}
"""Settings on which the guards rest."""
MAP_PARTS: dict[str, tuple[str, ...]] = {
    "_component_func": (),
    "_get_header": ("fig",),
    "_get_html": ("fig",),
    "_get_map_string": ("fig",),
    "generate_js_hash": ("js_string", "key", "return_on_hover"),
}
"""What `folium_map` uses of streamlit-folium, and the first parameters that it takes."""
_ASSETS = Path(__file__).parents[1] / "assets"
_TEST_ID = re.compile(r"""data-testid[\^*$]?=["']?([A-Za-z-]+)""")
_MADE_UP = re.compile(r"[0-9A-Za-z_-]{0,100}")
_BAD_TEXT = "Invalid UTF-8 sequence"


def serve(script: Path) -> None:
    """Serve a script until it is stopped, as the command ``streamlit run`` does."""
    sys.argv = ["streamlit", "run", str(script)]
    cli.main()


def is_visit() -> bool:
    """Whether this code runs for a visit of a page, and not because the server imports a file."""
    return get_script_run_ctx(suppress_warning=True) is not None


def visit() -> str:
    """Identifies the visit (a tab of a browser) for which this code runs; "" outside one."""
    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id


def is_open(visit: str) -> bool:
    """Whether the tab of this visit is still open."""
    return Runtime.exists() and Runtime.instance().is_active_session(visit)


def same_browser(cookie: str, other: str) -> bool:
    """Whether two values of `BROWSER_COOKIE` are of one browser; each page may write the same token in another way."""
    return validate_xsrf_token(cookie, other)


def is_served() -> bool:
    """Whether a real server runs in this process; in tests of a page alone there is only an imitation."""
    return Runtime.exists() and type(Runtime.instance()) is Runtime


def remove_file(visit: str, file: str) -> None:
    """Take a file that was uploaded in a visit off the server."""
    manager = Runtime.instance().uploaded_file_mgr
    if isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(visit, file)


def base_path() -> str:
    """The path below which the app lives, as ``/kaart``; "" when it is all that is on its server."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def upload_bytes() -> int:
    """The largest file that is taken."""
    return int(config.get_option("server.maxUploadSize")) * 1024 * 1024


def message_bytes() -> int:
    """The largest message of a browser that is taken."""
    return get_max_widget_state_size_bytes()


def message_kind(data: bytes) -> str | None:
    """What a message of a browser asks.

    Parameters
    ----------
    data : bytes
        One frame of the websocket.

    Returns
    -------
    str or None
        A name as in `MESSAGES`; "" when it asks nothing that is known, or more than any page does; None when it is no
        message at all.
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return None
    kind = message.WhichOneof("type") or ""
    if kind == "rerun_script" and not _is_plain(message.rerun_script):
        return ""
    if kind == "file_urls_request" and len(message.file_urls_request.file_names) > MOST_FILE_NAMES:
        return ""
    if kind == "backend_operation_request":
        return f"{kind}.{message.backend_operation_request.WhichOneof('payload') or ''}"
    return kind


def _is_plain(run: Any) -> bool:
    """Whether the parts of a run that Streamlit makes up itself, and writes in its log, look as it makes them."""
    return all(_MADE_UP.fullmatch(part) for part in (run.fragment_id, run.page_script_hash))


def close_outgoing() -> None:
    """Have Streamlit ask nobody on the internet which address this computer has.

    It does so when the server listens on all addresses, and whenever a page of another site knocks.

    Raises
    ------
    StartError
        Streamlit asks in another way than we know.
    """
    for name in _LOOK_UPS:
        before = getattr(net_util, name, None)
        if before is None:
            raise StartError(_changed(f"net_util.{name}"))
        setattr(net_util, name, _nowhere)
        holders = [one for one in _modules() if any(part is before for part in vars(one).values())]
        if before is not _nowhere and holders:
            raise StartError(_changed(f"{holders[0].__name__}.{name}"))
    for module in (server_util, bootstrap):
        if getattr(module, "net_util", None) is not net_util:
            raise StartError(_changed(f"{module.__name__}.net_util"))


def _nowhere() -> None:
    """The address of this computer as others see it: not asked, so not known."""


def _modules() -> list[Any]:
    return [module for name, module in list(sys.modules.items()) if name.startswith("streamlit") and module is not None]


def quieten() -> None:
    """A visitor who sends no text where text was said to be is one line in the log, without our own lines of code."""
    logging.getLogger("uvicorn.error").addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    if str(record.msg).startswith(_BAD_TEXT):
        record.exc_info = None
    return True


def check(app: starlette.App, guard: type) -> None:
    """Look whether Streamlit is inside as the guards expect, before the app is served.

    Parameters
    ----------
    app : streamlit.starlette.App
        What will be served.
    guard : type
        The class of middleware that must stand in front of it.

    Raises
    ------
    StartError
        A guard would not hold.
    """
    close_outgoing()
    _check_messages()
    _check_paths()
    _check_settings()
    _check_files()
    _check_runs()
    _check_drawn_parts()
    _check_maps()
    if _APP_PARTS - inspect.signature(starlette.App).parameters.keys():
        raise StartError(_changed("App"))
    front = getattr(app, "_user_middleware", [])
    if not front or front[0].cls is not guard:
        raise StartError(_changed("App._user_middleware"))


def _check_messages() -> None:
    known = _one_of(BackMsg.DESCRIPTOR, "type")
    operations = _one_of(BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type, "payload")
    names = {*known, *(f"backend_operation_request.{name}" for name in operations)}
    missing = sorted(MESSAGES - names)
    if missing:
        raise StartError(_changed(f"BackMsg.{missing[0]}"))


def _one_of(descriptor: Any, name: str) -> list[str]:
    choice = descriptor.oneofs_by_name.get(name)
    if choice is None:
        raise StartError(_changed(f"{descriptor.name}.{name}"))
    return [field.name for field in choice.fields]


def _check_paths() -> None:
    expected: Iterable[tuple[str, object, object]] = (
        ("BASE_ROUTE_CORE", starlette_routes, CORE),
        ("BASE_ROUTE_UPLOAD_FILE", starlette_routes, UPLOAD),
        ("_ROUTE_UPLOAD_FILE", starlette_routes, f"{UPLOAD}/{{session_id}}/{{file_id}}"),
        ("BASE_ROUTE_COMPONENT", starlette_routes, COMPONENT),
        ("ROUTE_HEALTH", starlette_routes, OPEN_CORE[0]),
        ("ROUTE_HOST_CONFIG", starlette_routes, OPEN_CORE[1]),
        ("_ROUTE_COMPONENTS_V2", starlette_routes, f"{OPEN_CORE[2]}{{path:path}}"),
        ("_ROUTE_WEBSOCKET_STREAM", starlette_websocket, STREAM),
    )
    for name, module, value in expected:
        if getattr(module, name, None) != value:
            raise StartError(_changed(name))


def _check_settings() -> None:
    for name, value in _SETTINGS.items():
        if config.get_option(name) != value:
            raise StartError(
                f"De instelling {name} van Streamlit moet {value!r} zijn, zoals in .streamlit/config.toml."
            )


def _check_files() -> None:
    remove = getattr(MemoryUploadedFileManager, "remove_file", None)
    if remove is None or [*inspect.signature(remove).parameters] != ["self", "session_id", "file_id"]:
        raise StartError(_changed("MemoryUploadedFileManager.remove_file"))


def _check_runs() -> None:
    """What `reruns` needs, so that no choice is lost to a second click."""
    parts = {"_maybe_handle_execution_control_request": ["self"], "_is_in_script_thread": ["self"]}
    for name, parameters in parts.items():
        part = getattr(ScriptRunner, name, None)
        if part is None or [*inspect.signature(part).parameters] not in (parameters, ["runner"]):
            raise StartError(_changed(f"ScriptRunner.{name}"))
    session = SessionState()
    for name in ("_old_state", "_key_id_mapper.get_id_from_key", "set_widgets_from_proto", "is_new_state_value"):
        try:
            attrgetter(name)(session)
        except AttributeError:
            raise StartError(_changed(f"SessionState.{name}")) from None
    if "STOP" not in {one.value for one in ScriptRequestType}:
        raise StartError(_changed("ScriptRequestType"))


def _check_drawn_parts() -> None:
    """The parts of a page that our style and scripts look for: Streamlit's part in the browser must still draw them."""
    wanted = {name for asset in sorted(_ASSETS.iterdir()) for name in _TEST_ID.findall(asset.read_text("utf-8"))}
    files = sorted((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js"))
    for file in files:
        text = file.read_text("utf-8")
        wanted = {name for name in wanted if name not in text}
        if not wanted:
            return
    raise StartError(_changed(f"data-testid {min(wanted)}"))


def _check_maps() -> None:
    """What `folium_map` needs, read in the source: streamlit-folium can only be imported while a visit runs."""
    spec = find_spec("streamlit_folium")
    source = Path(spec.origin).read_text("utf-8") if spec is not None and spec.origin is not None else ""
    nodes = list(ast.walk(ast.parse(source)))
    functions = {node.name: node.args for node in nodes if isinstance(node, ast.FunctionDef)}
    variables = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for name, wanted in MAP_PARTS.items():
        takes = tuple(argument.arg for argument in functions[name].args) if name in functions else ()
        if (name not in variables and name not in functions) or takes[: len(wanted)] != wanted:
            raise StartError(_changed(f"streamlit_folium.{name}"))


def _changed(part: str) -> str:
    return (
        f"Streamlit is vanbinnen anders dan de beveiliging verwacht ({part}). Installeer de versie die in "
        "requirements.txt staat."
    )
