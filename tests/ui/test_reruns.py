"""A run is broken off only once its page has read what was chosen; an older message undoes nothing of the page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import config
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from einclusie_data.ui.fence import reruns
from einclusie_data.ui.fence.reruns import choices_are_read, guard
from tests.ui.test_pages import page


@pytest.fixture
def broken_off(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The runs that Streamlit was let to break off."""
    guard()
    runs: list[object] = []
    monkeypatch.setattr(reruns, "_break_off", runs.append)
    monkeypatch.setattr(reruns, "get_script_run_ctx", lambda **_: SimpleNamespace(fragment_ids_this_run=None))
    return runs


def runner(*, running: bool, asked: ScriptRequestType) -> Any:
    return SimpleNamespace(_execing=running, _is_in_script_thread=lambda: True, _requests=SimpleNamespace(_state=asked))


def look(run: Any) -> None:
    ScriptRunner._maybe_handle_execution_control_request(run)


def test_a_run_goes_on_until_its_choices_are_read(broken_off: list[object]):
    look(runner(running=False, asked=ScriptRequestType.CONTINUE))
    broken_off.clear()
    newer = runner(running=True, asked=ScriptRequestType.RERUN)
    look(newer)
    assert broken_off == []
    choices_are_read()
    look(newer)
    assert broken_off == [newer]


def test_the_next_run_has_its_own_choices_to_read(broken_off: list[object]):
    choices_are_read()
    look(runner(running=False, asked=ScriptRequestType.CONTINUE))
    broken_off.clear()
    look(runner(running=True, asked=ScriptRequestType.RERUN))
    assert broken_off == []


def test_a_page_that_stops_itself_and_a_visit_that_ends_need_not_wait(broken_off: list[object]):
    look(runner(running=False, asked=ScriptRequestType.CONTINUE))
    stopped = runner(running=True, asked=ScriptRequestType.STOP)
    look(stopped)
    assert broken_off[-1] is stopped


def test_runs_of_one_visit_follow_each_other():
    assert config.get_option("runner.fastReruns") is False


def test_filters_that_were_wiped_are_not_brought_back_by_what_the_browser_still_has():
    app = page("dashboard.py")
    app.radio(key="doelgroep").set_value("Ouderen").run()
    # The browser hears of nothing from here on: its radio and its address stay where they are.
    app.radio(key="doelgroep").set_value("Ouderen")
    next(one for one in app.button if one.label == "Filters wissen").click().run()
    assert app.radio(key="doelgroep").value == "Iedereen"
    app.query_params["doelgroep"] = "Ouderen"
    app.radio(key="doelgroep").set_value("Ouderen")
    app.selectbox(key="gebied").set_value("Kiel").run()
    assert (app.radio(key="doelgroep").value, app.selectbox(key="gebied").value) == ("Iedereen", "Kiel")


def test_a_second_choice_of_the_same_filter_counts_also_when_the_browser_is_late():
    app = page("dashboard.py")
    app.radio(key="doelgroep").set_value("Ouderen").run()
    del app.query_params["doelgroep"]
    app.radio(key="doelgroep").set_value("Iedereen").run()
    assert app.radio(key="doelgroep").value == "Iedereen"


def test_a_run_does_not_put_back_what_the_browser_told_itself():
    app = page("dashboard.py")
    app.radio(key="doelgroep").set_value("Ouderen").run()
    app.selectbox(key="soort").set_value("Alles").run()
    assert (app.radio(key="doelgroep").value, app.radio(key="doelgroep").proto.set_value) == ("Ouderen", False)
    next(one for one in app.button if one.label == "Filters wissen").click().run()
    assert (app.radio(key="doelgroep").value, app.radio(key="doelgroep").proto.set_value) == ("Iedereen", True)


def test_a_choice_whose_field_is_not_drawn_any_more_stays():
    app = page("dashboard.py", dagdeel="Avond")
    app.selectbox(key="soort").set_value("Eigen keuze").run()
    types = app.multiselect(key="type")
    types.set_value(types.options[:1]).run()
    app.selectbox(key="gebied").set_value("Kiel").run()
    app.selectbox(key="soort").set_value("Alles").run()
    app.selectbox(key="gebied").set_value("Hele stad").run()
    app.selectbox(key="soort").set_value("Eigen keuze").run()
    assert app.multiselect(key="type").value == types.options[:1]
    assert app.session_state["dagdeel"] == ["Avond"]
