"""The fence around Streamlit's inside: each part that a guard rests on is looked at before the app is served."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import config, net_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.session_state import SessionState
from streamlit.starlette import App
from streamlit.web.server import server_util
from streamlit.web.server.starlette import starlette_routes, starlette_websocket

from einclusie_data.contract import settings
from einclusie_data.contract.errors import StartError
from einclusie_data.ui.fence import internals
from einclusie_data.ui.frame import front
from einclusie_data.ui.frame.front import Front

SCRIPT = settings.PROJECT_FOLDER / "dashboard.py"


@pytest.fixture(autouse=True)
def look_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test replaces in Streamlit is put back."""
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(net_util, name, getattr(net_util, name))


def served() -> App:
    return App(SCRIPT, **front.parts())


def test_the_streamlit_that_is_installed_is_as_expected():
    internals.check(served(), Front)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (starlette_routes, "BASE_ROUTE_CORE"),
        (starlette_routes, "BASE_ROUTE_UPLOAD_FILE"),
        (starlette_routes, "_ROUTE_UPLOAD_FILE"),
        (starlette_routes, "BASE_ROUTE_COMPONENT"),
        (starlette_routes, "ROUTE_HEALTH"),
        (starlette_routes, "ROUTE_HOST_CONFIG"),
        (starlette_routes, "_ROUTE_COMPONENTS_V2"),
        (starlette_websocket, "_ROUTE_WEBSOCKET_STREAM"),
        (server_util, "net_util"),
    ],
)
@pytest.mark.parametrize("change", ["other", "gone"])
def test_a_part_that_changed_stops_the_start(monkeypatch, module: Any, name: str, change: str):
    app = served()
    if change == "gone":
        monkeypatch.delattr(module, name)
    else:
        monkeypatch.setattr(module, name, "iets/anders")
    refuses(app, name)


@pytest.mark.parametrize("name", ["get_external_ip", "get_internal_ip"])
def test_another_way_to_ask_for_the_address_stops_the_start(monkeypatch, name: str):
    app = served()
    monkeypatch.setattr(net_util, name, lambda: "203.0.113.7")
    monkeypatch.setattr(server_util, "taken_by_value", getattr(net_util, name), raising=False)
    refuses(app, name)
    monkeypatch.delattr(net_util, name)
    refuses(app, name)


def test_another_choice_of_messages_stops_the_start(monkeypatch: pytest.MonkeyPatch):
    app = served()
    monkeypatch.setattr(internals, "MESSAGES", internals.MESSAGES | {"bestaat_niet"})
    refuses(app, "bestaat_niet")
    monkeypatch.setattr(
        internals, "BackMsg", SimpleNamespace(DESCRIPTOR=SimpleNamespace(name="BackMsg", oneofs_by_name={}))
    )
    refuses(app, "BackMsg.type")


def test_other_files_stop_the_start(monkeypatch: pytest.MonkeyPatch):
    app = served()
    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", lambda self, session: None)
    refuses(app, "remove_file")


def test_an_app_without_the_front_is_not_served(monkeypatch: pytest.MonkeyPatch):
    refuses(App(SCRIPT), "middleware")
    app = served()
    monkeypatch.delattr(app, "_user_middleware")
    refuses(app, "middleware")
    monkeypatch.setattr(internals.starlette, "App", lambda script: None)
    refuses(app, "App")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client.allowedOrigins", ["https://*.streamlit.app"]),
        ("server.enableXsrfProtection", False),
        ("server.enableCORS", False),
        ("global.developmentMode", True),
    ],
)
def test_a_setting_on_which_a_guard_rests_stops_the_start(monkeypatch, name: str, value: object):
    app = served()
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda key: value if key == name else real(key))
    with pytest.raises(StartError, match=name):
        internals.check(app, Front)


def refuses(app: App, part: str) -> None:
    with pytest.raises(StartError, match=part) as raised:
        internals.check(app, Front)
    assert "requirements.txt" in str(raised.value)


@pytest.mark.parametrize(
    "change",
    [
        "import streamlit.net_util as part; del part.get_external_ip",
        "import streamlit.web.server.starlette.starlette_websocket as part; part._ROUTE_WEBSOCKET_STREAM = 'elders'",
        "import os; os.environ['EINCLUSIE_ADRESSEN'] = 'een naam'",
        "import os; os.environ['STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION'] = 'false'",
    ],
)
def test_a_guard_that_cannot_stand_ends_the_start_with_one_sentence(change: str):
    run = (
        "from streamlit.web import cli; sys.argv = ['streamlit', 'run', 'dashboard.py', '--server.port=0']; cli.main()"
    )
    start = f"{change}; import sys; {run}"
    ran = subprocess.run(
        [sys.executable, "-c", start],
        cwd=settings.PROJECT_FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.strip().startswith("De app start niet. ")
    assert "\n" not in ran.stderr.strip()
    assert ran.stdout.strip() == ""


def test_what_is_no_message_of_a_browser():
    assert internals.message_kind(b"\xff") is None
    assert internals.message_kind(b"") == ""
    assert internals.message_kind(BackMsg(clear_cache=True).SerializeToString()) == "clear_cache"


@pytest.mark.parametrize("name", ["_maybe_handle_execution_control_request", "_is_in_script_thread"])
def test_a_runner_that_changed_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str):
    app = served()
    monkeypatch.delattr(ScriptRunner, name)
    with pytest.raises(StartError, match=name):
        internals.check(app, Front)


@pytest.mark.parametrize("name", ["set_widgets_from_proto", "is_new_state_value"])
def test_a_session_that_changed_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str):
    app = served()
    monkeypatch.delattr(SessionState, name)
    with pytest.raises(StartError, match=name):
        internals.check(app, Front)


def test_a_part_that_the_page_no_longer_draws_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    app = served()
    (tmp_path / "x.css").write_text('[data-testid="stNowhereToBeSeen"] { color: red; }', "utf-8")
    monkeypatch.setattr(internals, "_ASSETS", tmp_path)
    with pytest.raises(StartError, match="stNowhereToBeSeen"):
        internals.check(app, Front)


@pytest.mark.parametrize("change", ["gone", "other"])
@pytest.mark.parametrize("name", [name for name, takes in internals.MAP_PARTS.items() if takes])
def test_a_map_component_that_changed_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, change: str
):
    app = served()
    spec = find_spec("streamlit_folium")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text("utf-8")
    renamed = f"def {name}_(" if change == "gone" else f"def {name}(other, "
    (tmp_path / "other.py").write_text(source.replace(f"def {name}(", renamed), "utf-8")
    monkeypatch.setattr(internals, "find_spec", lambda _: SimpleNamespace(origin=str(tmp_path / "other.py")))
    with pytest.raises(StartError, match=name):
        internals.check(app, Front)


OPEN = ("streamlit", "streamlit.components.v2.types", "streamlit.delta_generator", "streamlit.starlette")
"""What of Streamlit is for everyone."""


def test_only_the_fence_knows_the_insides():
    package = Path(internals.__file__).parents[2]
    outside = [path for path in package.rglob("*.py") if path.parent.name != "fence"]
    outside += [package.parent / "dashboard.py", *(package.parent / "pages").glob("*.py")]
    assert len(outside) > 100
    wrong = []
    for path in outside:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{path.name}: {name}" for name in names if name.startswith("streamlit") and name not in OPEN]
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st":
                wrong += [f"{path.name}: st.{node.attr}"] * node.attr.startswith("_")
    assert wrong == []
