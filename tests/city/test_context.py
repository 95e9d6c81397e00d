"""Background figures, each with its own source."""

from __future__ import annotations

from einclusie_data.city.provenance import load_vulnerability


def test_every_figure_has_its_source_and_none_says_idem():
    table = load_vulnerability()
    assert len(table) == 32
    assert not (table == "idem").to_numpy().any()
    assert (table[["bron", "jaar_data", "gebied"]] != "").to_numpy().all()
    assert table["waarde_pct"].astype(float).between(0, 100).all()


def test_idem_is_what_stands_above_it(tmp_path):
    (tmp_path / "kwetsbaarheid.csv").write_text(
        "groep,indicator,waarde_pct,jaar_data,gebied,bron,bron_url\n"
        "a,x,1,2020,Belgie,Enquête,https://example.org\n"
        "b,x,2,2020,?,idem,idem\n",
        "utf-8",
    )
    table = load_vulnerability(tmp_path)
    assert table["bron"].tolist() == ["Enquête", "Enquête"]
    assert table["bron_url"].tolist() == ["https://example.org"] * 2
    assert table["gebied"].tolist() == ["België", "onbekend"]
