"""How the words of the public sources map on the closed lists of the workbook: every text judged once.

A text that says less than a value of the list maps on nothing: an empty cell is unknown, and the remark of the row
says why.
"""

from __future__ import annotations

from collections.abc import Mapping

from einclusie_data.contract import codelists as lists

ACCESS, LENDING, PERSONAL, CLASS, PRACTICE = lists.TYPE.values
EVERYONE, CHILDREN, FAMILIES, OLDER, _, POVERTY, NEWCOMERS, LOW_LITERACY, DISABILITY, LESS_MOBILE = lists.GROUP.values
ON_SITE, TRAVELLING, AT_HOME, _, _ = lists.MODE.values
FREE, FREE_SOMETIMES, _ = lists.PRICE.values
DROP_IN, APPOINTMENT, ENROL, _ = lists.SIGNUP.values
_, PLANNED, _, STOPPED = lists.STATUS.values
WEEKLY, ONCE = lists.FREQUENCY.values[1], lists.FREQUENCY.values[4]

TYPES: Mapping[str, tuple[str, ...]] = {
    "inloop individuele hulp": (PERSONAL,),
    "inloop individuele hulp (digipunt)": (PERSONAL,),
    "inloop individuele hulp op verplaatsing": (PERSONAL,),
    "begeleiding": (PERSONAL,),
    "begeleiding aan huis": (PERSONAL,),
    "begeleiding aan huis via cheque": (PERSONAL,),
    "hulp aan huis": (PERSONAL,),
    "individuele begeleiding": (PERSONAL,),
    "individuele begeleiding (1-op-1)": (PERSONAL,),
    "themasessies": (CLASS,),
    "groep": (CLASS,),
    "groepssessie": (CLASS,),
    "cursus basisvaardigheden": (CLASS,),
    "cursus (taal, rekenen, ICT)": (CLASS,),
    "korte cursussen": (CLASS,),
    "computerklas / lessen": (CLASS,),
    "workshops door vrijwilligers": (CLASS,),
    "langdurige uitleen laptop": (LENDING,),
    "uitleendienst toestel": (LENDING,),
    "uitleendienst tablets": (LENDING,),
    "digitale oefenkansen": (PRACTICE,),
    "digitale oefenkansen (geintegreerd)": (PRACTICE,),
    "publieke computer": (ACCESS,),
    "openbaar gebouw": (),
    "publieke computer (stadsbreed vermeld, niet per filiaal bevestigd)": (),
    "publieke computer (niet per filiaal bevestigd)": (),
    "toestel (schenking, eenmalig)": (),
}
"""Part of the source's `type` -> Type aanbod."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "": (),
    "iedereen": (EVERYONE,),
    "alle Antwerpenaren": (EVERYONE,),
    "iedereen; bereikt vooral mensen zonder toestel/internet of met weinig vaardigheden": (EVERYONE,),
    "niet-mobiele Antwerpenaren, o.a. rechthebbenden taxicheques": (LESS_MOBILE,),
    "o.a. ouderen, mensen in kansarmoede": (OLDER, POVERTY),
    "mensen in armoede": (POVERTY,),
    "anderstalige nieuwkomers, inburgeraars (laaggeschoold)": (NEWCOMERS,),
    "cursisten maatschappelijke orientatie": (NEWCOMERS,),
    "cursisten maatschappelijke orientatie / Nederlands": (NEWCOMERS,),
    "jonge ouders": (FAMILIES,),
    "leerlingen; kwetsbare gezinnen en alleenstaanden": (CHILDREN, FAMILIES),
    "laaggeletterde / laaggeschoolde volwassenen 18+": (LOW_LITERACY,),
    "bezoekers buurtrestaurants, diensten- en ontmoetingscentra": (),
    "kwetsbare inwoners (via lokaal bestuur)": (),
}
"""The source's `doelgroep` -> Doelgroep."""

PRICES: Mapping[str, str] = {
    "": "",
    "gratis": FREE,
    "meeste cursisten betalen geen inschrijvingsgeld": FREE_SOMETIMES,
    "gratis internet; cursussen aan voordelig tarief": "",
    "cheque 40 euro = 1 uur (betaald door bestuur of gunsttarief)": "",
}
"""The source's `prijs` -> Prijs."""

SIGNUPS: Mapping[str, str] = {
    "": "",
    "nee": DROP_IN,
    "nee (zonder afspraak)": DROP_IN,
    "ja, telefonisch": APPOINTMENT,
    "ja (inschrijven)": ENROL,
    "ja": "",
}
"""The source's `aanmelden` -> Aanmelden."""

MODES: Mapping[str, str] = {
    "": "",
    "vast": ON_SITE,
    "vast (buurtwerk)": ON_SITE,
    "vast (meerdere huizen)": ON_SITE,
    "rondreizend/tijdelijk, in bestaande ontmoetingscentra": TRAVELLING,
    "mobiel tussen partnerlocaties": TRAVELLING,
    "aan huis": AT_HOME,
    "aan huis (geen adres)": AT_HOME,
    "aan huis + workshops": AT_HOME,
}
"""The source's `vast_of_mobiel` -> Bereik."""

PLACES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("Antwerpen", ""): ("Antwerpen", ""),
    ("Antwerpen (alle districten)", ""): ("Antwerpen", ""),
    ("Antwerpen (stadsbreed)", ""): ("Antwerpen", ""),
    ("Antwerpen (ook Brussel, Gent)", ""): ("Antwerpen", ""),
    ("Antwerpen (stad of provincie: niet duidelijk)", ""): ("", ""),
    ("Antwerpen", "Linkeroever"): ("Antwerpen", "Linkeroever"),
    ("Antwerpen", "Linkeroever (in naam)"): ("Antwerpen", "Linkeroever"),
    ("Antwerpen (Kiel)", ""): ("Antwerpen", "Kiel"),
    ("Antwerpen (Luchtbal)", ""): ("Antwerpen", "Luchtbal"),
    ("Antwerpen/Borgerhout/Deurne", "Dam"): ("Antwerpen", "Dam"),
    ("Antwerpen/Borgerhout/Deurne", "Kiel"): ("Antwerpen", "Kiel"),
    ("Antwerpen/Borgerhout/Deurne", "Antwerpen-Noord (geen officiele wijknaam)"): ("Antwerpen", "Antwerpen-Noord"),
    ("Antwerpen/Borgerhout/Deurne", "Borgerhout (district, geen officiele wijknaam)"): ("Borgerhout", "Borgerhout"),
    ("Antwerpen/Borgerhout/Deurne", "Deurne-Noord"): ("Deurne", "Deurne-Noord"),
    ("Berchem", ""): ("Berchem", ""),
    ("Borgerhout", ""): ("Borgerhout", ""),
    ("Deurne", ""): ("Deurne", ""),
    ("Ekeren", ""): ("Ekeren", ""),
    ("Hoboken", ""): ("Hoboken", ""),
    ("Merksem", ""): ("Merksem", ""),
    ("Wilrijk", ""): ("Wilrijk", ""),
}
"""The source's `gemeente_district` and `wijk_zoals_vermeld` -> Gemeente of district, Wijk."""

ADDRESSES: Mapping[str, str] = {
    "": "",
    "De Coninckplein": "De Coninckplein",
    "Uitbreidingstraat (nr. niet in bron)": "Uitbreidingstraat",
}
"""The source's `adres` -> Adres."""

ORGANISATIONS: Mapping[str, tuple[str, ...]] = {
    "Stad Antwerpen": ("Stad Antwerpen",),
    "Stad Antwerpen; SAAMO; buurtwerk Posthof vzw": ("Stad Antwerpen", "SAAMO", "buurtwerk Posthof"),
    "Stad Antwerpen; BEEGO": ("Stad Antwerpen", "Beego"),
    "Stad Antwerpen; Digital for Youth": ("Stad Antwerpen", "Digital for Youth"),
    "Zorgbedrijf Antwerpen; Beego": ("Zorgbedrijf Antwerpen", "Beego"),
    "BEEGO i.o.v. stad Antwerpen; Zorgbedrijf Antwerpen": ("Beego", "Zorgbedrijf Antwerpen"),
    "Beego; Antwerpen en Gent als eersten": ("Beego",),
    "BeCode; Close the Gap; BEEGO": ("BeCode", "Close the Gap", "Beego"),
    "buurtwerk Elegast": ("buurtwerk Elegast",),
    "Samenlevingsopbouw Antwerpen stad vzw (nu SAAMO)": ("SAAMO",),
    "Atlas": ("Atlas",),
    "Atlas, integratie en inburgering Antwerpen; dot.kom; hogescholen": ("Atlas", "dot.kom"),
    "Centrum Kauwenberg; STA-AN; stad; Dot.kom; Vormingplus":
        ("Centrum Kauwenberg", "STA-AN", "Stad Antwerpen", "dot.kom", "Vormingplus"),
    "Avansa regio Antwerpen (vroeger Vormingplus)": ("Avansa regio Antwerpen",),
    "Avansa regio Antwerpen; Huizen van het Kind stad Antwerpen":
        ("Avansa regio Antwerpen", "Huizen van het Kind stad Antwerpen"),
    "Blenders vzw; 8 Antwerpse welzijnsschakels": ("Blenders vzw",),
    "Bibliotheken stad Antwerpen": ("Bibliotheken stad Antwerpen",),
    "Ligo (vroeger Open School Antwerpen / Centrum voor Basiseducatie)": ("Ligo",),
}  # fmt: skip
"""The source's `organisatie` -> Organisatie. Who is not named (hogescholen, welzijnsschakels) is in the remark."""
